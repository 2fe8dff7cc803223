package check

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Each cue has three words in 3 s. Its letters are the sentences of its first and its last
// word, and its mark says how it is: + its words fit, - they hardly do, x nothing can be said,
// ! they don't fit in at all, < they stand too short to be judged.
func TestWeighDoubts(t *testing.T) {
	share := map[byte]float64{'+': 0.8, '-': 0.25, 'x': math.NaN(), '!': math.Inf(-1), '<': 0.25}
	for _, test := range []struct{ name, cues, want string }{
		{"one", "aa+ bb- cc+", ".w."},
		{"two in a row", "aa- bb-", "EE"},
		{"one that fits between", "aa- bb+ cc-", "w.w"},
		{"two that can't be judged between", "aa- bbx cc< dd-", "E..E"},
		{"three that can't be judged between", "aa- bbx ccx dd< ee-", "w...w"},
		{"the count begins anew", "aa- bbx ccx dd- eex ffx gg-", "E..E..E"},
		{"one sentence", "aa- aa-", "ww"},
		{"the first ends with the sentence of the second", "ab- bb-", "ww"},
		{"the first begins with another of the second's", "ab- bc-", "ww"},
		{"the second ends with a sentence of its own", "aa- bc-", "EE"},
		{"nothing can be said", "aax bbx ccx ddx eex ffx", "......"},
		{"it does not fit at all", "aa! bb+ cc+", "E.."},
		{"it can't fit into so short a time", "aa+ bb< cc+", "..."},
	} {
		c := &checker{Report: &Report{Lang: "en"}}
		for i, cue := range strings.Fields(test.cues) {
			length := 3 * time.Second
			if cue[2] == '<' {
				length = 10 * time.Millisecond
			}
			c.in.Cues = append(c.in.Cues, format.Cue{Segment: audio.Segment{End: length}})
			var words []word
			for k, text := range []string{"stormy", "weather", "tonight"} {
				words = append(words, word{text: text, spoken: true, cue: i, sentence: int(cue[k/2])})
			}
			c.cueWords = append(c.cueWords, words)
			c.shares = append(c.shares, share[cue[2]])
		}
		c.doubt = make([]Level, len(c.in.Cues))
		c.weighDoubts()
		got := ""
		for _, level := range c.doubt {
			got += map[Level]string{"": ".", Warning: "w", Error: "E"}[level]
		}
		if got != test.want {
			t.Errorf("%s: %s: got %s, want %s", test.name, test.cues, got, test.want)
		}
		if c.mismatch != "" && !strings.ContainsAny(test.cues, "-!") {
			t.Errorf("%s: the words are those of something else than %s", test.name, c.mismatch)
		}
	}
}

// TestLeastShare: where all words of a recording fit less well, less is wanted, as long as
// there are enough cues to tell. Cues of which nothing can be said don't count, and one whose
// words don't fit in at all changes little.
func TestLeastShare(t *testing.T) {
	none, never := math.NaN(), math.Inf(-1)
	for _, test := range []struct {
		name     string
		shares   []float64
		want     float64
		mismatch bool
	}{
		{"clear", []float64{0.9, 0.8, 0.9, 0.8, 0.9}, leastShare, false},
		{"unclear", []float64{0.5, 0.5, none, 0.5, never, 0.5, 0.5}, 0.5 * usualShare, false},
		{"too few to tell", []float64{0.5, 0.5, none, 0.5, none, 0.5}, leastShare, false},
		{"few are right", []float64{0.7, 0.1, 0.1, 0.1, 0}, 0.1 * usualShare, true},
		{"worse than decoys", []float64{-1, -1, -1, -1, never}, 0, true},
		{"too few to refuse", []float64{-1, -1, -1, never, none}, leastShare, false},
	} {
		c := &checker{Report: &Report{Lang: "en"}, shares: test.shares, doubt: make([]Level, len(test.shares))}
		for i := range test.shares {
			var words []word
			for _, text := range []string{"stormy", "weather", "tonight"} {
				words = append(words, word{text: text, spoken: true, cue: i, sentence: i})
			}
			c.cueWords = append(c.cueWords, words)
			c.in.Cues = append(c.in.Cues, format.Cue{Segment: audio.Segment{End: 3 * time.Second}})
		}
		c.weighDoubts()
		if math.Abs(c.leastShare-test.want) > 1e-9 || (c.mismatch != "") != test.mismatch {
			t.Errorf("%s: the least share is %v, want %v; mismatch %q", test.name, c.leastShare, test.want, c.mismatch)
		}
	}
}

// TestFitsElsewhere: cues that all stand in wrong places are neither of another recording nor doubted.
func TestFitsElsewhere(t *testing.T) {
	for verdict, want := range map[align.Verdict]string{align.Fits: "", align.Doubtful: "the recording"} {
		c := &checker{Report: &Report{Lang: "en", Alignment: &align.Alignment{Verdict: verdict}}}
		for i := range minJudged {
			c.shares, c.doubt = append(c.shares, -1), append(c.doubt, "")
			c.cueWords = append(c.cueWords, slices.Repeat([]word{{text: "weather", spoken: true, sentence: i}}, minDoubted))
			c.in.Cues = append(c.in.Cues, format.Cue{Segment: audio.Segment{End: 3 * time.Second}})
		}
		c.shares[0] = math.Inf(-1)
		c.weighDoubts()
		if doubted := c.doubt[0] != ""; c.mismatch != want || doubted != (want != "") {
			t.Errorf("%s: the words are those of something else than %q, doubts %q", verdict, c.mismatch, c.doubt)
		}
	}
}

// TestNoDoubtsWithoutModel: broad classes can't tell words apart, so that no text is doubted
// by them, nor is it said elsewhere.
func TestNoDoubtsWithoutModel(t *testing.T) {
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range []*transcript.Script{nil, e.script} {
		in := Input{Cues: e.cues, Frames: e.frames, Transcript: script}
		r, err := Check(context.Background(), in, Options{
			Tolerance: DefaultTolerance, Preset: subtitles.DefaultPreset(), Align: align.Options{},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Kind == TextDoubtful || f.Kind == Moved || f.Kind == Mismatch {
				t.Errorf("found: %s %s: %s", f.Kind, f.Message, f.Text)
			}
		}
	}
}

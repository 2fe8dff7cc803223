package check

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
	"cuewright/testdata/race"
)

const sample = "../../testdata/sample/"

// episode is the sample episode, with captions of its true times: a cue for each
// sentence that is said.
type episode struct {
	frames *audio.Frames
	script *transcript.Script
	cues   []format.Cue
}

var sampleEpisode = sync.OnceValues(func() (*episode, error) {
	r, err := audio.Open(context.Background(), sample+"audio.wav")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	e := &episode{}
	if e.frames, err = audio.Analyze(context.Background(), r); err != nil {
		return nil, err
	}
	page, err := os.ReadFile(sample + "page.txt")
	if err != nil {
		return nil, err
	}
	if e.script, err = transcript.Parse(string(page)); err != nil {
		return nil, err
	}
	var truth struct {
		Turns     []struct{ Speaker string }
		Sentences []struct {
			Turn       int
			Start, End *float64
			Text       string
		}
	}
	data, err := os.ReadFile(sample + "truth.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		return nil, err
	}
	for _, s := range truth.Sentences {
		if s.Start == nil {
			continue
		}
		line := format.Line{Speaker: truth.Turns[s.Turn].Speaker}
		for _, w := range strings.Fields(s.Text) {
			line.Words = append(line.Words, format.Word{Text: w, Confidence: 1})
		}
		at := audio.Segment{Start: seconds(*s.Start), End: seconds(*s.End)}
		e.cues = append(e.cues, format.Cue{Segment: at, Lines: []format.Line{line}, Confidence: 1})
	}
	return e, nil
})

// TestDamage damages the captions of the sample episode and wants each damage
// named where it is, and nothing else: the advertisement is not in the transcript
// in truth.
func TestDamage(t *testing.T) {
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	type found struct {
		kind       Kind
		start, end float64 // in seconds, to half a second
		message    string  // part of it
	}
	advertisement := found{Uncovered, 49.6, 55.8, "s of speech without captions"}
	unsaid := found{Missing, 58.8, 58.8, "10 words of the transcript are not in the captions, and nobody seems to say them"}
	retime := func(offset time.Duration, rate float64) func([]format.Cue) []format.Cue {
		return func(cues []format.Cue) []format.Cue {
			for i := range cues {
				cues[i].Start = time.Duration(rate*float64(cues[i].Start)) + offset
				cues[i].End = time.Duration(rate*float64(cues[i].End)) + offset
			}
			return cues
		}
	}
	with := func(cues []format.Cue, words string) int {
		return slices.IndexFunc(cues, func(c format.Cue) bool { return strings.Contains(c.Text(), words) })
	}
	for _, c := range []struct {
		name       string
		transcript bool
		damage     func([]format.Cue) []format.Cue
		want       []found
	}{
		{"none", false, retime(0, 1), nil},
		{"none, with the transcript", true, retime(0, 1), nil},
		{"0.3 s late", false, retime(300*time.Millisecond, 1), []found{{Offset, 0, 88.8, "all cues come 0.3"}}},
		{"0.4 s early", false, retime(-400*time.Millisecond, 1), []found{{Offset, 0, 88.8, "s early"}}},
		{"drift", false, retime(0, 1.01), []found{{Drift, 0, 88.8, "% too slow, and begin on time"}}},
		{"film", false, retime(0, 25/23.976), []found{{Drift, 0, 88.8, "stretched by 1.04271, which is 25/23.976"}}},
		{"a cue moved", false, func(cues []format.Cue) []format.Cue {
			i := with(cues, "Today the clock")
			retime(1400*time.Millisecond, 1)(cues[i : i+1])
			return cues
		}, []found{{Misplaced, 78.0, 81.4, "the cue comes 1.4"}}},
		{"turns swapped", true, func(cues []format.Cue) []format.Cue {
			i := with(cues, "For a year")
			first, second := cues[i], cues[i+1]
			second.Start, second.End = first.Start, first.Start+second.Duration()
			first.Start, first.End = second.End, second.End+first.Duration()
			cues[i], cues[i+1] = second, first
			return cues
		}, []found{
			{Moved, 71.5, 72.6, "words of Nora Quill stand elsewhere in the transcript: out of order"},
			{Misplaced, 72.6, 75.1, "late, by the words"},
		}},
		{"cues deleted", true, func(cues []format.Cue) []format.Cue {
			i := with(cues, "I thought the mainspring")
			return slices.Delete(cues, i, i+2)
		}, []found{
			{Uncovered, 29.4, 35.1, "s of speech without captions"},
			{Missing, 29.4, 35.1, "19 words of the transcript are not in the captions"},
		}},
		{"a cue deleted", false, func(cues []format.Cue) []format.Cue {
			i := with(cues, "Leave the bees")
			return slices.Delete(cues, i, i+1)
		}, []found{{Uncovered, 68.8, 71.2, "s of speech without captions"}}},
		{"a cue cut to its first words", false, func(cues []format.Cue) []format.Cue {
			cue := &cues[with(cues, "New works")]
			cue.Lines = []format.Line{{Speaker: cue.Lines[0].Speaker, Words: cue.Lines[0].Words[:3]}}
			return cues
		}, []found{{TooFewWords, 59.2, 64.1, "s of speech more than its words take"}}},
		{"a cue cut to its first words, with the transcript", true, func(cues []format.Cue) []format.Cue {
			cue := &cues[with(cues, "New works")]
			cue.Lines = []format.Line{{Speaker: cue.Lines[0].Speaker, Words: cue.Lines[0].Words[:3]}}
			return cues
		}, []found{
			{TooFewWords, 59.2, 64.1, "s of speech more than its words take"},
			{Missing, 60.4, 64.1, "9 words of the transcript are not in the captions"},
		}},
		{"a sound cue for the words", true, func(cues []format.Cue) []format.Cue {
			i := with(cues, "I thought the mainspring")
			cues[i+1].Start = cues[i].Start
			cues[i+1].Lines = []format.Line{{Sound: true, Words: []format.Word{{Text: "[theme music]"}}}}
			return slices.Delete(cues, i, i+1)
		}, []found{
			{SoundOverSpeech, 29.4, 35.1, "s of speech without captions but for a sound"},
			{Missing, 29.4, 35.1, "19 words of the transcript are not in the captions"},
		}},
		{"a speaker wrong", true, func(cues []format.Cue) []format.Cue {
			cue := &cues[with(cues, "For a year")]
			cue.Lines = []format.Line{{Speaker: "Nora Quill", Words: cue.Lines[0].Words}}
			return cues
		}, []found{{Speaker, 71.5, 74, "said by Dr. Tomás Berg, not by Nora Quill"}}},
		{"words that nobody says", false, func(cues []format.Cue) []format.Cue {
			cue := format.Cue{Segment: audio.Segment{Start: 46 * time.Second, End: 49 * time.Second}, Confidence: 1}
			var words []format.Word
			for _, w := range strings.Fields("Purple giraffes never juggle frozen bananas quickly.") {
				words = append(words, format.Word{Text: w, Confidence: 1})
			}
			cue.Lines = []format.Line{{Words: words}}
			return append(cues, cue)
		}, []found{{NotHeard, 46, 49, "7 words that nobody says here"}}},
		{"the words of another cue", false, func(cues []format.Cue) []format.Cue {
			cues[with(cues, "The wood is dry")].Lines = cues[with(cues, "Today the clock")].Lines
			return cues
		}, []found{{TextDoubtful, 38.4, 41.8, "the words fit the sound no better than others would"}}},
		{"the words of another cue, all late", false, func(cues []format.Cue) []format.Cue {
			cues[with(cues, "The wood is dry")].Lines = cues[with(cues, "Today the clock")].Lines
			return retime(900*time.Millisecond, 1)(cues)
		}, []found{
			{TextDoubtful, 39.3, 42.7, "the words fit the sound no better than others would"},
			{Offset, 0, 88.8, "all cues come 0.9"},
		}},
		{"addresses that nobody says", false, func(cues []format.Cue) []format.Cue {
			cue := &cues[with(cues, "Today the clock")]
			for _, text := range []string{
				"(https://www.bookshop.example/p/the-clock-that-hummed/9780000000000)", "or", "clock@harbour.example.",
			} {
				cue.Lines = slices.Clone(cue.Lines)
				cue.Lines[0].Words = append(slices.Clone(cue.Lines[0].Words), format.Word{Text: text})
			}
			return cues
		}, nil},
		{"words made up over music", false, func(cues []format.Cue) []format.Cue {
			for i, text := range []string{"Subtitles by the Amara community.", "See you again next time."} {
				cue := format.Cue{Segment: audio.Segment{Start: seconds(84.5 + 2*float64(i)), End: seconds(86.3 + 2*float64(i))}}
				line := format.Line{}
				for _, w := range strings.Fields(text) {
					line.Words = append(line.Words, format.Word{Text: w})
				}
				cue.Lines = []format.Line{line}
				cues = append(cues, cue)
			}
			return cues
		}, []found{
			{TextDoubtful, 84.5, 86.3, "the words fit the sound no better than others would"},
			{TextDoubtful, 86.5, 88.3, "the words fit the sound no better than others would"},
		}},
		{"too fast", false, func(cues []format.Cue) []format.Cue {
			i := with(cues, "For a year")
			cues[i].End = cues[i].Start + 500*time.Millisecond
			return cues
		}, []found{{TooFast, 71.5, 72, "9 words in 0.50 s: nobody speaks so fast"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name != "none, with the transcript" && c.name != "a cue moved" { // these show it all goroutines
				race.Skip(t, race.Slow)
			}
			t.Parallel()
			cues, _ := InOrder(c.damage(slices.Clone(e.cues)))
			in := Input{Cues: cues, Frames: e.frames}
			if c.transcript {
				in.Transcript = e.script
			}
			o := Options{Tolerance: DefaultTolerance, Preset: subtitles.DefaultPreset(), Align: align.DefaultOptions()}
			r, err := Check(context.Background(), in, o)
			if err != nil {
				t.Fatal(err)
			}
			open := append(c.want, advertisement)
			if c.transcript {
				open = append(open, unsaid)
			}
			for _, f := range r.Findings {
				near := func(t time.Duration, want float64) bool { return math.Abs(t.Seconds()-want) < 0.5 }
				i := slices.IndexFunc(open, func(w found) bool {
					return f.Kind == w.kind && near(f.Start, w.start) && near(f.End, w.end) && strings.Contains(f.Message, w.message)
				})
				if i < 0 {
					t.Errorf("found: %s %v to %v: %s: %s", f.Kind, f.Start, f.End, f.Message, f.Text)
					continue
				}
				open = slices.Delete(open, i, i+1)
				if seen := f.Kind == advertisement.kind && near(f.Start, advertisement.start); f.Level == Error && c.transcript && seen {
					t.Error("what the transcript lacks, too, is an error")
				}
				if bare := f.Kind == Uncovered || f.Kind == TooFewWords; bare && f.Level != Error && !c.transcript {
					t.Errorf("%s is no error", f.Message)
				}
				if c.name == "drift" && math.Abs(r.Timing.Rate-1.01) > 0.0005 {
					t.Errorf("the captions run at %.4f, want 1.01", r.Timing.Rate)
				}
				if f.Kind == Moved && (*f.Expected-74290*time.Millisecond).Abs() > DefaultTolerance {
					t.Errorf("%s should be at %v", f.Text, *f.Expected)
				}
			}
			for _, w := range open {
				t.Errorf("not found: %+v", w)
			}
		})
	}
}

// TestMisplacedInNoise: a cue whose words are hard to hear where they are said is misplaced all
// the same, and its text is doubted, too.
func TestMisplacedInNoise(t *testing.T) {
	race.Skip(t, race.Slow)
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	cues := slices.Clone(e.cues)
	i := slices.IndexFunc(cues, func(c format.Cue) bool { return strings.Contains(c.Text(), "Today the clock") })
	data, err := os.ReadFile(sample + "audio.wav")
	if err != nil {
		t.Fatal(err)
	}
	const header, rate = 44, 16_000 // 16-bit PCM
	random := rand.New(rand.NewPCG(1, 2))
	for k := int(rate * cues[i].Start.Seconds()); k < int(rate*cues[i].End.Seconds()); k++ {
		sample := data[header+2*k:]
		noisy := float64(int16(binary.LittleEndian.Uint16(sample))) + 1000*random.NormFloat64()
		binary.LittleEndian.PutUint16(sample, uint16(int16(min(max(noisy, math.MinInt16), math.MaxInt16))))
	}
	path := filepath.Join(t.TempDir(), "noisy.wav")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := audio.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	frames, err := audio.Analyze(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	const early = 1400 * time.Millisecond
	cues[i].Start, cues[i].End = cues[i].Start-early, cues[i].End-early
	cues, _ = InOrder(cues)
	o := Options{Tolerance: DefaultTolerance, Preset: subtitles.DefaultPreset(), Align: align.DefaultOptions()}
	report, err := Check(context.Background(), Input{Cues: cues, Frames: frames}, o)
	if err != nil {
		t.Fatal(err)
	}
	got := map[Kind]Level{}
	for _, f := range report.Findings {
		if strings.Contains(f.Text, "Today the clock") {
			got[f.Kind] = f.Level
		}
		if f.Kind == Misplaced && !strings.HasSuffix(f.Message, "early, by the words, which are hard to hear there") {
			t.Error(f.Message)
		}
	}
	if want := map[Kind]Level{Misplaced: Error, TextDoubtful: Warning}; !maps.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// TestHardlyAnyWords: captions of which next to nothing is said are of something else, even
// where the aligner finds a few of their words.
func TestHardlyAnyWords(t *testing.T) {
	race.Skip(t, race.Slow)
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	cues := slices.Clone(e.cues[:2])
	for i := range 40 {
		var words []format.Word
		for k := range 9 {
			words = append(words, format.Word{Text: strings.Repeat(string(rune('b'+(i*7+k*3)%24)), 1+k%2) + "umberland" + pick(k == 8, ".", "")})
		}
		at := seconds(100 + 4*float64(i))
		stands := audio.Segment{Start: at, End: at + 3*time.Second}
		cues = append(cues, format.Cue{Segment: stands, Lines: []format.Line{{Words: words}}})
	}
	o := Options{Tolerance: DefaultTolerance, Align: align.DefaultOptions()}
	o.Align.Force = true
	r, err := Check(context.Background(), Input{Cues: cues, Frames: e.frames}, o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Kind == Mismatch }) {
		t.Errorf("findings %v", r.Findings)
	}
}

// TestOtherRecording: captions of something else are named so, and what can be said
// without their words is said.
func TestOtherRecording(t *testing.T) {
	race.Skip(t, race.Slow)
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	var cues []format.Cue
	for i, c := range e.cues {
		var words []format.Word
		for k := range 8 {
			words = append(words, format.Word{Text: strings.Repeat(string(rune('a'+(i*7+k*3)%26)), 1+k%3) + "ovulation", Confidence: 1})
		}
		words[7].Text += "."
		c.Lines = []format.Line{{Words: words}}
		c.Start, c.End = c.Start+700*time.Millisecond, c.End+700*time.Millisecond
		cues = append(cues, c)
	}
	o := Options{Tolerance: DefaultTolerance, Align: align.DefaultOptions()}
	r, err := Check(context.Background(), Input{Cues: cues, Frames: e.frames}, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) == 0 || r.Findings[0].Kind != Mismatch {
		t.Errorf("findings %v", r.Findings)
	}
	if r.Onsets.Rate != 1 || (r.Onsets.Offset-700*time.Millisecond).Abs() > 50*time.Millisecond || r.Onsets.Confidence < 0.9 {
		t.Errorf("by onsets %+v", r.Onsets)
	}
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Kind == Offset }) {
		t.Error("the offset is not told")
	}

	// Where the times don't fit either, whatever else is found only follows.
	for i := range cues {
		cues[i].Segment = audio.Segment{Start: time.Duration(i) * 3 * time.Second, End: time.Duration(i+1) * 3 * time.Second}
	}
	reference, err := ReferenceOfCues(e.cues)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in   Input
		want string
	}{
		{Input{Frames: e.frames}, "the words are not those of the recording, or hardly any of them: check the pair"},
		{Input{Frames: e.frames, Transcript: e.script}, "the words are not those of the transcript, or hardly any of them: check the pair"},
		{Input{Reference: reference}, "the words are not those of the reference, or hardly any of them: check the pair"},
	} {
		c.in.Cues = cues
		r, err := Check(context.Background(), c.in, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) != 1 || r.Findings[0].Kind != Mismatch || r.Findings[0].Message != c.want {
			t.Errorf("findings %+v, want %s", r.Findings, c.want)
		}
		if r.Timing != nil || r.Onsets != nil {
			t.Errorf("a timing that means nothing: %+v, %+v", r.Timing, r.Onsets)
		}
	}
}

// TestOtherTranscript: a transcript of something else is no fault of the captions.
func TestOtherTranscript(t *testing.T) {
	race.Skip(t, race.Slow)
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	for i := range 60 {
		for k := range 8 {
			fmt.Fprintf(&page, "%sovulation ", strings.Repeat(string(rune('a'+(i*7+k*3)%26)), 1+k%3))
		}
		page.WriteString("ends.\n")
	}
	script, err := transcript.Parse(page.String())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Tolerance: DefaultTolerance, Align: align.DefaultOptions()}
	r, err := Check(context.Background(), Input{Cues: e.cues, Frames: e.frames, Transcript: script}, o)
	if err != nil {
		t.Fatal(err)
	}
	want := "the transcript's words are not those of the recording, or hardly any of them: check the pair"
	if len(r.Findings) == 0 || r.Findings[0].Kind != Mismatch || r.Findings[0].Message != want {
		t.Errorf("findings %+v", r.Findings)
	}
}

func TestCheckErrors(t *testing.T) {
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o := Options{Align: align.DefaultOptions()}
	if _, err := Check(ctx, Input{Cues: e.cues, Frames: e.frames}, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := Check(context.Background(), Input{}, Options{}); err == nil {
		t.Error("no cues: no error")
	}
	// A recording of nothing.
	silence := audio.Segment{End: time.Second}
	r, err := Check(context.Background(), Input{
		Cues:   []format.Cue{{Segment: silence, Lines: []format.Line{{Words: []format.Word{{Text: "Hello"}, {Text: "there."}}}}}},
		Frames: e.frames.Part(0, 0),
	}, Options{Align: align.DefaultOptions()})
	if err != nil || len(r.Findings) == 0 || r.Findings[0].Kind != Mismatch {
		t.Errorf("no recording: %v, %+v", err, r)
	}
}

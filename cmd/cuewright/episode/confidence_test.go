package episode

import (
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// What ends with 1, and what is warned of: one of the two at the most.
func TestProblem(t *testing.T) {
	const (
		wrong  = "don't sound like the transcript's, which"
		poor   = "most of the transcript is not heard"
		none   = "hardly any sentence can be trusted"
		others = "than other words do"
	)
	for _, test := range []struct {
		verdict        align.Verdict
		confidence     float64
		heard          int // words of ten
		problem, doubt string
	}{
		{align.Fits, 0.9, 10, "", ""},
		{align.Fits, 0.35, 4, "", ""},
		{align.Fits, 0.34, 5, "", ""},
		{align.Fits, 0.34, 4, poor, ""},
		{align.Fits, 0.2, 10, "", ""},
		{align.Fits, 0.19, 10, none, ""},
		{align.Fits, 0.19, 0, none, ""},
		{align.Doubtful, 0.5, 4, "", others},
		{align.Doubtful, 0.49, 10, others, others},
		{align.TooShort, 0.1, 1, "", "too few words, or it is too short itself, to tell"},
		{align.TooNoisy, 0.1, 1, "too loud to tell", "too loud to tell"},
		{align.Mismatched, 0.1, 1, wrong, ""},
		{align.Mismatched, 0.9, 10, wrong, ""},
	} {
		words := make([]align.Word, 10)
		for i := range test.heard {
			words[i].Spoken = true
		}
		a := &align.Alignment{Verdict: test.verdict, Turns: []align.Turn{{Sentences: []align.Sentence{
			{Spoken: true, Confidence: 2 * test.confidence, Words: words[:test.heard]}, {Confidence: 1, Words: words[test.heard:]},
		}}}}
		problem, doubt := problemOf(a), doubt(a)
		if !strings.Contains(problem, test.problem) || (problem == "") != (test.problem == "") {
			t.Errorf("%v, %g: the problem is %q, want %q", test.verdict, test.confidence, problem, test.problem)
		}
		if !strings.Contains(doubt, test.doubt) || (doubt == "") != (test.doubt == "") {
			t.Errorf("%v, %g: the doubt is %q, want %q", test.verdict, test.confidence, doubt, test.doubt)
		}
	}
}

// From a third of the speech on it is a warning that the transcript lacks it. Music is no speech,
// nor are the pauses within what is unscripted.
func TestLacking(t *testing.T) {
	const speech, music = align.UnscriptedSpeech, align.UnscriptedMusic
	at := func(start, end int) audio.Segment {
		return audio.Segment{Start: time.Duration(start) * time.Second, End: time.Duration(end) * time.Second}
	}
	for _, test := range []struct {
		name       string
		unscripted []align.Unscripted
		want       string
	}{
		{"none", nil, ""},
		{"a quarter", []align.Unscripted{{Segment: at(0, 30), Kind: speech}}, ""},
		{"a third", []align.Unscripted{{Segment: at(0, 40), Kind: speech}}, "for 40s of its speech, 33 %, there is no transcript"},
		{"in two parts", []align.Unscripted{{Segment: at(0, 60), Kind: speech}, {Segment: at(90, 120), Kind: speech}},
			"for 1m20s of its speech, 67 %, "},
		{"music", []align.Unscripted{{Segment: at(0, 60), Kind: music}}, ""},
		{"a third beside music", []align.Unscripted{{Segment: at(0, 50), Kind: music}, {Segment: at(60, 85), Kind: speech}},
			"for 25s of its speech, 36 %, "},
		{"a pause", []align.Unscripted{{Segment: at(40, 60), Kind: speech}}, ""},
		{"nothing but music", []align.Unscripted{{Segment: at(0, 130), Kind: music}}, ""},
	} {
		a := &align.Alignment{Speech: []audio.Segment{at(0, 50), at(60, 130)}, Unscripted: test.unscripted}
		if got := lacking(a); !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Times of a transcript are warned of where most are off by seconds.
func TestMisguided(t *testing.T) {
	for _, c := range []struct {
		starts, hints string // of sentences, in seconds; - is unspoken or unknown
		want          string
	}{
		{"1 5 9 13", "1 5 9 13", ""},
		{"1 5 9 13", "3 7 11 15", ""},
		{"1 5 9 13", "11 15 19 23", "its times are about 10s too late throughout: they were not used"},
		{"11 15 19 23", "1 5 9 13", "its times are about 10s too early throughout: they were not used"},
		{"11 15 19 23", "1 5 9 23", "its times are about 10s too early throughout: they were not used"},
		{"11 15 19 23", "1 5 19 23", ""},
		{"11 - 19 23", "1 99 9 -", ""},
		{"11 15", "1 5", ""},
		{"11 15", "- -", ""},
	} {
		turn := align.Turn{Spoken: true}
		var hints []transcript.Hint
		for _, start := range strings.Fields(c.starts) {
			at, err := time.ParseDuration(start + "s")
			turn.Sentences = append(turn.Sentences, align.Sentence{Segment: audio.Segment{Start: at}, Spoken: err == nil})
		}
		for i, at := range strings.Fields(c.hints) {
			if d, err := time.ParseDuration(at + "s"); err == nil {
				hints = append(hints, transcript.Hint{Turn: 1, Sentence: i, At: d})
			}
		}
		hints = append(hints, transcript.Hint{Turn: 2}, transcript.Hint{Turn: 1, Sentence: 99})
		a := &align.Alignment{Turns: []align.Turn{{Aside: true}, {Sentences: []align.Sentence{{}}}, turn}}
		if got := misguided(a, hints); got != c.want {
			t.Errorf("%s for %s: %q, want %q", c.hints, c.starts, got, c.want)
		}
	}
}

package episode

import (
	"strings"
	"testing"

	"cuewright/align"
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

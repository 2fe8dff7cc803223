package episode

import (
	"strings"
	"testing"

	"cuewright/align"
)

func TestConfidence(t *testing.T) {
	said := func(c float64) align.Sentence { return align.Sentence{Spoken: true, Confidence: c} }
	unsaid := align.Sentence{Confidence: 1}
	// of: "+" stands before a word that is said, "~" before one that an editor inserted.
	of := func(text string) align.Sentence {
		s := said(.5)
		for _, w := range strings.Fields(text) {
			word := strings.TrimLeft(w, "+~")
			s.Words = append(s.Words, align.Word{Text: word, Spoken: w[0] == '+', Inserted: w[0] == '~'})
		}
		return s
	}
	for _, c := range []struct {
		name  string
		turns []align.Turn
		want  float64
	}{
		{"nothing", nil, 0},
		{"all sure", []align.Turn{{Sentences: []align.Sentence{said(1), said(1)}}}, 1},
		{"mean over turns", []align.Turn{{Sentences: []align.Sentence{said(1)}}, {Sentences: []align.Sentence{said(.5), said(0)}}}, .5},
		{"unspoken is wrong", []align.Turn{{Sentences: []align.Sentence{said(1), unsaid}}}, .5},
		{"a clause is unspoken", []align.Turn{{Sentences: []align.Sentence{of("+so, who went there, +left")}}}, .2},
		{"two are", []align.Turn{{Sentences: []align.Sentence{of("so far, +he +left, he said. +And +more."), said(1)}}}, .625},
		{"an insertion and an aside are", []align.Turn{{Sentences: []align.Sentence{of("+see ~[the] #ferries (and more) +now")}}}, .5},
		{"nothing is said", []align.Turn{{Sentences: []align.Sentence{unsaid, unsaid}}}, 0},
	} {
		if got := Confidence(&align.Alignment{Turns: c.turns}); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

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
		{align.TooShort, 0.1, 1, "", "too few to tell"},
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

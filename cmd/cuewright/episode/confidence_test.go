package episode

import (
	"testing"

	"cuewright/align"
)

func TestConfidence(t *testing.T) {
	said := func(c float64) align.Sentence { return align.Sentence{Spoken: true, Confidence: c} }
	unsaid := align.Sentence{Confidence: 1}
	for _, c := range []struct {
		name  string
		turns []align.Turn
		want  float64
	}{
		{"nothing", nil, 0},
		{"all sure", []align.Turn{{Sentences: []align.Sentence{said(1), said(1)}}}, 1},
		{"mean over turns", []align.Turn{{Sentences: []align.Sentence{said(1)}}, {Sentences: []align.Sentence{said(.5), said(0)}}}, .5},
		{"unspoken is wrong", []align.Turn{{Sentences: []align.Sentence{said(1), unsaid}}}, .5},
		{"nothing is said", []align.Turn{{Sentences: []align.Sentence{unsaid, unsaid}}}, 0},
	} {
		if got := Confidence(&align.Alignment{Turns: c.turns}); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

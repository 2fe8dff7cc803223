package align_test

import (
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

func TestReview(t *testing.T) {
	sentence := func(text string, spoken bool, confidence float64) align.Sentence {
		return align.Sentence{Words: []align.Word{{Text: text}}, Spoken: spoken, Confidence: confidence}
	}
	sound := func(start, end time.Duration) align.Unscripted {
		return align.Unscripted{Segment: audio.Segment{Start: start * time.Second, End: end * time.Second}}
	}
	open := sentence("open", true, 0.1)
	open.Doubtful = true
	a := &align.Alignment{
		Turns: []align.Turn{
			{Speaker: "Ann", Sentences: []align.Sentence{sentence("sure", true, 0.9), sentence("cut", false, 1), sentence("odd", true, 0.5)}},
			{Speaker: "Bob", Sentences: []align.Sentence{sentence("odder", true, 0.2), sentence("doubtful", false, 0.4),
				sentence("as odd", true, 0.5)}},
			{Aside: true, Sentences: []align.Sentence{open, sentence("so far", true, 1), sentence("a footer", false, 1)}},
		},
		Unscripted: []align.Unscripted{sound(0, 2), sound(5, 6)},
	}
	list := func(all []align.SaidBy) string {
		var texts []string
		for _, s := range all {
			texts = append(texts, s.Speaker+": "+s.Words[0].Text)
		}
		return strings.Join(texts, ", ")
	}
	r := a.Review(0.9)
	if got, want := list(r.Unspoken), "Ann: cut, Bob: doubtful, : a footer"; got != want {
		t.Errorf("unspoken are %s, want %s", got, want)
	}
	if got, want := list(r.Uncertain), "Bob: odder, Ann: odd, Bob: as odd"; got != want {
		t.Errorf("uncertain are %s, want %s", got, want)
	}
	if got, want := list(r.Doubtful), ": open"; got != want {
		t.Errorf("doubtful are %s, want %s", got, want)
	}
	if got, want := list(r.Aside), ": open, : so far"; got != want {
		t.Errorf("set aside are %s, want %s", got, want)
	}
	if r.Unscripted != 3*time.Second {
		t.Errorf("unscripted is %v, want 3s", r.Unscripted)
	}
}

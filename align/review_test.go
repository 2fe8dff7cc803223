package align_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// What nobody says of a spoken sentence is listed, but for insertions and asides. Words
// that are said have "+" before them, and those that an editor inserted have "~".
func TestReviewLeftOut(t *testing.T) {
	for _, test := range []struct{ sentence, want string }{
		{"+so +it +is", ""},
		{"+so, who went there, +left", "who went there, at 1s, 0.01"},
		{"who went there, +left", "who went there, at 0s, 0.00"},
		{"+so +he +left, who went there.", "who went there. at 3s, 0.03"},
		{"so far, +he +left, he said.", "so far, at 0s, 0.00; he said. at 2s, 0.04"},
		{"+so ~[the ~bees] +left", ""},
		{"+so, ~[the who ~bees] went there, +left", "who went there, at 1s, 0.02"},
		{"+see #ferries or the page (of old) +now", "or the page at 1s, 0.02"},
		{"+see #ferries (of old)", ""},
		{"who went there", "who went there at 0s, 0.50"},
	} {
		s := align.Sentence{Confidence: 0.5, Paragraph: 2}
		var now time.Duration
		for i, w := range strings.Fields(test.sentence) {
			word := align.Word{
				Text: strings.TrimLeft(w, "+~"), Spoken: w[0] == '+', Inserted: w[0] == '~', Confidence: float64(i) / 100,
				Segment: audio.Segment{Start: now, End: now},
			}
			if word.Spoken {
				now += time.Second
				word.End, s.Spoken = now, true
			}
			s.Words = append(s.Words, word)
		}
		var got []string
		for _, part := range (&align.Alignment{Turns: []align.Turn{{Speaker: "Ann",
			Sentences: []align.Sentence{s}}}}).Review(0).Unspoken {
			var texts []string
			for _, w := range part.Words {
				texts = append(texts, w.Text)
			}
			got = append(got, fmt.Sprintf("%s at %v, %.2f", strings.Join(texts, " "), part.Start, part.Confidence))
			if part.Spoken || part.Duration() != 0 || part.Speaker != "Ann" || part.Paragraph != 2 {
				t.Errorf("%s: %+v", test.sentence, part)
			}
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.sentence, got, test.want)
		}
	}
}

// TestAsidesUnheard: the mark of what could not be heard makes no aside part of the speech.
func TestAsidesUnheard(t *testing.T) {
	for _, text := range []string{"Write to", "www.ferry.example", "www.ferry.example [inaudible]", "www.ferry.example (unclear)",
		"555-0123 [inaudible],", "[inaudible] @harbour"} {
		words := []align.Word{{Text: "Ask", Spoken: true}, {Text: text}}
		got := (align.Sentence{Spoken: true, Words: words}).Asides()[1]
		if want := text != "Write to"; got != want {
			t.Errorf("%s is an aside: %v, want %v", text, got, want)
		}
	}
}

func TestReview(t *testing.T) {
	sentence := func(text string, spoken bool, confidence float64) align.Sentence {
		return align.Sentence{Words: []align.Word{{Text: text, Spoken: spoken}}, Spoken: spoken, Confidence: confidence}
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

func TestAlignmentConfidence(t *testing.T) {
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
		if got := (&align.Alignment{Turns: c.turns}).Confidence(); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

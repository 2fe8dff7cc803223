package align

import (
	"slices"
	"testing"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// TestPlaceChapters: a chapter begins with its first word that is said; one of which nothing is said is none.
func TestPlaceChapters(t *testing.T) {
	sentence := func(at int, spoken bool) Sentence {
		start := time.Duration(at) * time.Second
		s := Sentence{Segment: audio.Segment{Start: start, End: start + time.Second}, Spoken: spoken}
		if !spoken {
			s.End = s.Start
		}
		return s
	}
	a := &Alignment{Segment: audio.Segment{End: time.Minute}, Turns: []Turn{
		{Sentences: []Sentence{sentence(1, true), sentence(3, false), sentence(5, true)}},
		{Sentences: []Sentence{sentence(6, false)}},
		{Sentences: []Sentence{sentence(9, true), sentence(12, false)}},
	}}
	a.placeChapters(&transcript.Script{Headings: []transcript.Heading{
		{Text: "first"}, {Text: "late", Sentence: 1}, {Text: "unsaid", Turn: 1}, {Text: "last", Turn: 2}, {Text: "cut", Turn: 2, Sentence: 1},
		{Text: "behind", Turn: 3},
	}})
	want := []Chapter{{time.Second, "first"}, {5 * time.Second, "late"}, {9 * time.Second, "last"}}
	if !slices.Equal(a.Chapters, want) {
		t.Errorf("%v, want %v", a.Chapters, want)
	}
}

package align

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
)

// traces aligns the beginning of the sample by a model and returns what each pass found.
func traces(t *testing.T, model *Model) ([]PassTrace, *Alignment) {
	t.Helper()
	var all []PassTrace
	o := Options{Model: model, Hooks: &Hooks{Trace: func(p PassTrace) { all = append(all, p) }}}
	f, script := framesOf(t, readSample(t).samples[:24*audio.Rate]), parse(t, opening)
	a, err := Align(t.Context(), f, script, o)
	if err != nil {
		t.Fatal(err)
	}
	return all, a
}

// A trace of each pass covers the recording, and the last one is the alignment's.
func TestTrace(t *testing.T) {
	all, a := traces(t, SeedModel())
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
		var at time.Duration
		for _, phone := range p.Path {
			if phone.Start != at || phone.Duration() <= 0 {
				t.Fatalf("%s: %s at %v, after %v", p.Name, phone.Label, phone.Segment, at)
			}
			if phone.Label == "" || (phone.Word != nil) == (phone.Label == "SIL" || phone.Label == "filler" || phone.Label == "hesitation") {
				t.Errorf("%s: %q is in a word: %v", p.Name, phone.Label, phone.Word != nil)
			}
			if phone.Word != nil && !p.Words[*phone.Word].Contains(phone.Start) {
				t.Errorf("%s: %s of word %d is at %v", p.Name, phone.Label, *phone.Word, phone.Segment)
			}
			at = phone.End
		}
		if at != a.End {
			t.Errorf("%s ends at %v, the recording at %v", p.Name, at, a.End)
		}
		words := 0
		for _, arc := range p.Arcs {
			if arc.Kind == "word" {
				words++
			}
		}
		spoken := 0
		for _, w := range p.Words {
			if w.Spoken {
				spoken++
			}
		}
		unknown := func(s TracedSpan) bool { return s.Margin == nil }
		if p.Banded == slices.ContainsFunc(slices.Concat(p.Words, p.Sentences), unknown) {
			t.Errorf("%s: margins that aren't known, banded %v", p.Name, p.Banded)
		}
		if words != spoken || spoken == 0 {
			t.Errorf("%s: %d words are entered, %d spoken", p.Name, words, spoken)
		}
	}
	if want := []string{"wide-seed", "wide-adapted", "banded", "banded-again"}; !slices.Equal(names, want) {
		t.Errorf("passes %v, want %v", names, want)
	}
	// The boundary model moves words, but for the starts of sentences.
	moved := func(path, aligned audio.Segment) bool {
		near := func(earlier, most time.Duration) bool { return -lastCandidate*frameTime <= earlier && earlier <= most }
		return near(path.Start-aligned.Start, closureFrames*frameTime-FirstCandidate) && near(path.End-aligned.End, -FirstCandidate)
	}
	last := all[len(all)-1]
	checkLastTrace(t, a, last, moved)
	for _, s := range slices.Concat(last.Words, last.Sentences) {
		if s.Margin == nil || *s.Margin <= 0 {
			t.Errorf("the margin of %q is %v", s.Text, s.Margin)
		}
	}
	k := 0
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			if s := last.Sentences[k]; s.Start != sentence.Start {
				t.Errorf("sentence %d starts at %v, in the alignment at %v", k, s.Start, sentence.Start)
			}
			k++
		}
	}
}

// Without an acoustic model the words of an alignment are those of the last pass.
func TestTraceWithoutModel(t *testing.T) {
	all, a := traces(t, nil)
	checkLastTrace(t, a, all[len(all)-1], func(path, aligned audio.Segment) bool { return path == aligned })
}

// checkLastTrace compares the trace of the last pass with the alignment; same compares the
// segments of a word or a sentence on the path and in the alignment.
func checkLastTrace(t *testing.T, a *Alignment, last PassTrace, same func(path, aligned audio.Segment) bool) {
	t.Helper()
	i, k := 0, 0
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			s := last.Sentences[k]
			if !same(s.Segment, sentence.Segment) || s.Spoken != sentence.Spoken {
				t.Errorf("sentence %d is %+v, in the alignment at %v", k, s, sentence.Segment)
			}
			k++
			for _, w := range sentence.Words {
				s := last.Words[i]
				if !same(s.Segment, w.Segment) || s.Spoken != w.Spoken || s.Text != w.Text {
					t.Errorf("word %d is %+v, in the alignment %q at %v", i, s, w.Text, w.Segment)
				}
				i++
			}
		}
	}
	if i != len(last.Words) || k != len(last.Sentences) {
		t.Errorf("%d words and %d sentences, want %d and %d", len(last.Words), len(last.Sentences), i, k)
	}
}

// The labels and arcs of a path are those that it goes by: an unsaid sentence is skipped,
// a hesitation is told from filler between sentences.
func TestTracedArcs(t *testing.T) {
	readings := drawn("a b / c / d")
	g := newGraph(readings, testGrammar(1))
	// The states: S F a S F b S F c S F d S F.
	d := &decoded{graph: g, step: 1, state: []int32{0, 2, 2, 4, 4, 5, 6, 9, 11, 13}}
	var got []string
	for _, a := range d.arcs(audio.FrameTime) {
		got = append(got, a.Start.String()+" "+a.Kind)
	}
	want := []string{
		"0s silence", "10ms word", "30ms hesitation", "50ms word", "60ms silence", "70ms skip sentence", "80ms word", "90ms filler",
	}
	if !slices.Equal(got, want) {
		t.Errorf("arcs %q, want %q", got, want)
	}
	labels := (&episode{readings: readings}).labels(g)
	want = strings.Fields("SIL filler AA SIL hesitation AA SIL filler AA SIL filler AA SIL filler")
	if !slices.Equal(labels, want) {
		t.Errorf("labels %q, want %q", labels, want)
	}
}

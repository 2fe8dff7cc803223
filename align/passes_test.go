package align

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
)

// What the rows of the schedule must be for run: there is nothing to adapt to or to search
// around before the first pass, confidence is made of the margins of the last one, and a
// banded search goes by frames of 10 ms.
func TestSchedule(t *testing.T) {
	first, last := schedule[0], schedule[len(schedule)-1]
	if first.banded || first.adapted {
		t.Errorf("the first pass is %+v: banded or adapted, with nothing before it", first)
	}
	if !last.banded || last.done != 1 {
		t.Errorf("the last pass is %+v: want a banded one, and all done after it", last)
	}
	names, done := map[string]bool{}, 0.0
	for _, p := range schedule {
		if names[p.name] || !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(p.name) {
			t.Errorf("the name %q is another pass's or not fit for a file's", p.name)
		}
		names[p.name] = true
		if p.done <= done || p.done > 1 {
			t.Errorf("%s: %g of the work is done after it, %g before", p.name, p.done, done)
		}
		done = p.done
		if p.step < fineStep || p.banded && p.step != fineStep {
			t.Errorf("%s has a step of %d frames", p.name, p.step)
		}
		if p.states < 1 || p.states > statesPerPhone {
			t.Errorf("%s has %d states a phone", p.name, p.states)
		}
	}
}

// A wide pass that loses its way, here since the beam is too small for a page of which the
// recording has the beginning alone, is traced as lost; the path of the first is kept, and
// the passes after it look for no hesitations.
func TestLostPass(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	f := framesOf(t, s.samples[:24*audio.Rate])
	small, enough := DefaultTuning(), DefaultTuning()
	small.Hesitation, enough.Hesitation = 5, 5 // so cheap that some are found wherever they may be
	small.WideBeam = 25
	for _, test := range []struct {
		tuning Tuning
		want   []string
	}{
		{small, []string{"wide-seed", "wide-adapted lost", "banded", "banded-again"}},
		{enough, []string{"wide-seed", "wide-adapted hesitates", "banded hesitates", "banded-again hesitates",
			"banded-again hesitates"}}, // once more with the beginning of the sentence that the recording ends in
	} {
		var got []string
		o := DefaultOptions()
		o.Hooks = &Hooks{Tuning: &test.tuning, Trace: func(p PassTrace) {
			name := p.Name
			if p.Lost {
				name += " lost"
				if fmt.Sprint(p.Path, p.Arcs, p.Words, p.Sentences) != "[] [] [] []" {
					t.Errorf("%s holds something: %+v", name, p)
				}
			} else if len(p.Path) == 0 || len(p.Words) == 0 {
				t.Errorf("%s holds nothing", name)
			}
			if slices.ContainsFunc(p.Arcs, func(a TracedArc) bool { return a.Kind == arcHesitation.String() }) {
				name += " hesitates"
			}
			got = append(got, name)
		}}
		a, err := Align(t.Context(), f, s.script, o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("the passes are %q, want %q", got, test.want)
		}
		if !a.Turns[0].Spoken || a.Turns[len(a.Turns)-1].Spoken {
			t.Errorf("want the beginning of the page spoken and its end not:\n%s", strings.TrimSpace(fmt.Sprint(a.Turns)))
		}
	}
}

// Words teach nothing that are parted by more filler from the others than they last themselves;
// the longest run of words always does.
func TestWithoutFarOff(t *testing.T) {
	g := newGraph([]reading{say("so"), say("so")}, testGrammar(2))
	// w, s and f are 100 steps of 20 ms: in a word, in silence and in filler.
	for _, test := range []struct{ path, want string }{
		{"sfffs", "sfffs"},
		{"wwfffff", "wwfffff"},
		{"wwfw", "wwfw"}, // less than farOff
		{"wwfffw", "wwfff-"},
		{"wfffww", "-fffww"},
		{"wwsffswsw", "wwsffswsw"}, // less than farOff
		{"wwsfffswsf", "wwsfffs-sf"},
		{"wwwfffffwsfw", "wwwfffff----"},
		{"wfffw", "wfff-"},
		{"wwwwwfffwwww", "wwwwwfffwwww"}, // they last longer than the filler
		{"wwwfffwfffww", "wwwfff-fff--"},
		{"wwwwfffwwffffff", "wwwwfff--ffffff"},
		{"wffffwwwfff", "-ffffwwwfff"},
	} {
		state := map[rune]int32{'s': g.boundaries[1], 'f': g.boundaries[1] + 1, 'w': g.words[1].first}
		var path []int32
		for _, c := range test.path {
			path = append(path, slices.Repeat([]int32{state[c]}, 100)...)
		}
		var got strings.Builder
		before := slices.Clone(path)
		for i, state := range g.withoutFarOff(path, coarseStep) {
			if i%100 == 0 {
				switch {
				case state == none:
					got.WriteByte('-')
				case g.word[state] != none:
					got.WriteByte('w')
				case g.filling(state):
					got.WriteByte('f')
				default:
					got.WriteByte('s')
				}
			}
		}
		if got.String() != test.want {
			t.Errorf("%s: %s stays, want %s", test.path, got.String(), test.want)
		}
		if !slices.Equal(path, before) {
			t.Errorf("%s: the path itself was changed", test.path)
		}
	}
}

// Wherever a sentence lies that is far off from the others, the second wide pass searches by the
// same models, and finds it in its place.
func TestFarOffTeachesNothing(t *testing.T) {
	t.Parallel()
	const sentences = 5
	s := readSample(t)
	e, seed := sampleEpisode(t, false)
	e.readings = e.readings[:sentences]
	first, err := e.decode(t.Context(), schedule[0], seed, nil)
	if err != nil {
		t.Fatal(err)
	}
	g := first.graph
	t0, t1, said := g.sentenceFrames(sentences-1, wordsIn(g, first.state))
	if !said {
		t.Fatal("the last sentence is not said")
	}
	words := first.state[t0:t1]
	before, behind := g.boundaries[sentences-1]+1, g.boundaries[sentences]+1
	var want []float32
	for _, at := range []int{t1 + farOff, t1 + 2*farOff} {
		moved := *first
		moved.state = slices.Concat(first.state[:t0], slices.Repeat([]int32{before}, at-t0), words)
		moved.state = append(moved.state, slices.Repeat([]int32{behind}, len(first.state)-len(moved.state))...)
		second, err := e.decode(t.Context(), schedule[1], seed, &moved)
		if err != nil {
			t.Fatal(err)
		}
		rows := slices.Concat(rowsOf(t, second.scorer)...)
		if want == nil {
			want = rows
		} else if !slices.Equal(rows, want) {
			t.Errorf("with the last sentence at %v, the scores are others", audio.FrameTime(coarseStep*at))
		}
		start, _, _ := second.graph.sentenceFrames(sentences-1, wordsIn(second.graph, second.state))
		want := seconds(*s.truth.Sentences[sentences-1].Start)
		if off := audio.FrameTime(coarseStep*start) - want; off.Abs() > 100*time.Millisecond {
			t.Errorf("the last sentence was put at %v, and is %v off then", audio.FrameTime(coarseStep*at), off)
		}
	}
}

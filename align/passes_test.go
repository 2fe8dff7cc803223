package align

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

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

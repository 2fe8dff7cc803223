package align

import (
	"regexp"
	"testing"
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

package align

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"cuewright/testdata/race"
)

// odd returns the default tuning with all costs, and what goes into scores beside them,
// moved by d.
func odd(d float64) Tuning {
	t := DefaultTuning()
	costs := reflect.ValueOf(&t.Costs).Elem()
	for i := range costs.NumField() {
		if f := costs.Field(i); f.Kind() == reflect.Float64 {
			f.SetFloat(f.Float() + d)
		}
	}
	t.ScoreFloor += d
	t.SilenceMargin += d
	t.WeakSilence += d
	return t
}

// whole reports whether x is a multiple of scoreQuantum.
func whole(x float64) bool { return x/scoreQuantum == math.Trunc(x/scoreQuantum) }

// Whatever the Tuning, all arcs, stays and scores are multiples of scoreQuantum: a field
// of Costs that isn't rounded is found here.
func TestTuningIsRounded(t *testing.T) {
	if d := DefaultTuning(); d.rounded() != d {
		t.Error("the default tuning isn't made of multiples of scoreQuantum")
	}
	for _, d := range []float64{0.001, 0.0037, 0.11, math.Pi} {
		tuning := odd(d).rounded()
		costs := reflect.ValueOf(tuning.Costs)
		for i := range costs.NumField() {
			if f := costs.Field(i); f.Kind() == reflect.Float64 && !whole(f.Float()) {
				t.Errorf("%s is %v", costs.Type().Field(i).Name, f)
			}
		}
		rules := testGrammar(statesPerPhone)
		rules.costs = tuning.Costs
		g := newGraph(drawn("a b, c [d] e / f ... g / h / i / j / k / l"), rules)
		for _, a := range slices.Concat(g.arcs, g.starts, g.ends) {
			if !whole(float64(a.cost)) {
				t.Errorf("moved by %g: an arc %v costs %g", d, a.kind, a.cost)
			}
		}
		stay := newStayCosts(tuning.Costs, coarseStep)
		for held, cost := range stay.word {
			if !whole(float64(cost)) || !whole(float64(stay.silent)) {
				t.Errorf("moved by %g: staying costs %g after %d frames, %g in silence", d, cost, held, stay.silent)
			}
		}
		ac := randomAcoustics(1)
		ac.tuning = tuning
		for i := range ac.x.frames() {
			ac.activity = append(ac.activity, activity(i%5))
		}
		for _, score := range allScores(t, ac.scorer(ac.topology(statesPerPhone), fineStep)) {
			if !whole(float64(score)) {
				t.Fatalf("moved by %g: a frame scores %g", d, score)
			}
		}
	}
}

// Align rounds the Tuning that it is given: what lies within half a quantum of another
// one gives the very same evidence.
func TestAlignRoundsItsTuning(t *testing.T) {
	race.Skip(t, race.Slow)
	s := readSample(t)
	evidence := func(tuning Tuning) (all []Evidence) {
		o := DefaultOptions()
		o.Hooks = &Hooks{Evidence: func(words []Evidence) { all = words }, Tuning: &tuning}
		if _, err := Align(t.Context(), s.frames, s.script, o); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if want, got := evidence(DefaultTuning()), evidence(odd(0.003)); len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Error("a tuning that rounds to the default one gives other evidence")
	}
}

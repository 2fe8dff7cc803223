package main

import (
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// The regression finds the weights by which what it observes was drawn.
func TestRegress(t *testing.T) {
	want := []float64{-1, 0.8, 0, 1.5}
	r := rand.New(rand.NewPCG(1, 2))
	var all []observation
	for range 20_000 {
		ob := observation{evidence: []float64{1, r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}, spoken: true}
		ob.right = r.Float64() < logistic(ob.evidence, want)
		all = append(all, ob)
	}
	got := regress(append(all, observation{evidence: []float64{1, 100}}), true)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.1 {
			t.Errorf("weights %.2f, want %.2f", got, want)
			break
		}
	}
}

func TestDamageNeedsAnother(t *testing.T) {
	for _, test := range []struct {
		fit, dirs []string
	}{{nil, []string{"a"}}, {[]string{"a"}, []string{"a", "b"}}} {
		if err := run(t.Context(), config{fit: test.fit, seed: 1}, test.dirs, io.Discard); err == nil || !strings.Contains(err.Error(), "two episodes") {
			t.Errorf("%q, %v: error %v", test.fit, test.dirs, err)
		}
	}
}

// What is said stays where it is when audio before it is cut, and what is cut is not said.
func TestCut(t *testing.T) {
	e := &episode{samples: make([]float32, 100), sentences: []sentence{{start: 0, end: 10}, {start: 20, end: 30}, {start: 28, end: 50}, {start: 60, end: 90}, {start: -1, end: -1}}}
	e.cut(15, 35)
	want := []sentence{{start: 0, end: 10}, {start: -1, end: -1}, {start: 15, end: 30, doubtful: true}, {start: 40, end: 70}, {start: -1, end: -1}}
	for i, s := range e.sentences {
		if s.start != want[i].start || s.end != want[i].end || s.doubtful != want[i].doubtful {
			t.Errorf("sentence %d is %+v, want %+v", i, s, want[i])
		}
	}
	if len(e.samples) != 80 {
		t.Errorf("%d samples, want 80", len(e.samples))
	}
}

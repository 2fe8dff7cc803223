package align

import (
	"testing"
	"time"
)

// benchmark runs do on the sample episode and reports how many times faster than
// the recording it is.
func benchmark(b *testing.B, do func(s *sample) error) {
	s := readSample(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := do(s); err != nil {
			b.Fatal(err)
		}
	}
	perRun := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(s.frames.Duration().Seconds()/perRun.Seconds(), "×realtime")
}

func BenchmarkFeatures(b *testing.B) {
	benchmark(b, func(s *sample) error {
		newFeatures(s.frames)
		return nil
	})
}

func BenchmarkClassFeatures(b *testing.B) {
	benchmark(b, func(s *sample) error {
		classAcoustics(s.frames, nil, tuning)
		return nil
	})
}

// benchmarkAcoustics are those of the sample by the embedded model.
func benchmarkAcoustics(b *testing.B) (acoustics, []reading) {
	s := readSample(b)
	return DefaultOptions().Model.acoustics(newFeatures(s.frames), tuning), read(s.script, "en", costs.LongPhrase)
}

func BenchmarkWideSearch(b *testing.B) {
	ac, readings := benchmarkAcoustics(b)
	top := ac.topology(2)
	g := newGraph(readings, grammar{topology: top, costs: costs})
	benchmark(b, func(*sample) error {
		_, err := searchWide(b.Context(), g, ac.scorer(top, coarseStep), tuning.beams(), nil)
		return err
	})
}

func BenchmarkBandedSearch(b *testing.B) {
	ac, readings := benchmarkAcoustics(b)
	wide := ac.topology(2)
	wideGraph := newGraph(readings, grammar{topology: wide, costs: costs})
	p, err := searchWide(b.Context(), wideGraph, ac.scorer(wide, coarseStep), tuning.beams(), nil)
	if err != nil {
		b.Fatal(err)
	}
	coarse := newCoarsePath(wideGraph, p.state, coarseStep, ac.x.frames())
	top := ac.topology(statesPerPhone)
	g := newGraph(readings, grammar{topology: top, costs: costs})
	benchmark(b, func(*sample) error {
		_, err := searchBanded(b.Context(), g, coarse, ac.scorer(top, fineStep))
		return err
	})
}

func BenchmarkAlign(b *testing.B) {
	for _, test := range sampleCases() {
		b.Run(test.name, func(b *testing.B) {
			benchmark(b, func(s *sample) error {
				_, err := Align(b.Context(), s.frames, s.script, test.options)
				return err
			})
		})
	}
}

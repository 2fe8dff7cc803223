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
		classAcoustics(s.frames, nil)
		return nil
	})
}

// benchmarkAcoustics are those of the sample by the embedded model.
func benchmarkAcoustics(b *testing.B) (acoustics, []reading) {
	s := readSample(b)
	return DefaultOptions().Model.acoustics(newFeatures(s.frames)), read(s.script, "en")
}

func BenchmarkWideSearch(b *testing.B) {
	ac, readings := benchmarkAcoustics(b)
	l := ac.layout(2)
	c := newChain(readings, l.topology)
	benchmark(b, func(*sample) error {
		_, err := search(b.Context(), c, ac.scores(l, wideStep), wideBeam, nil)
		return err
	})
}

func BenchmarkRefine(b *testing.B) {
	ac, readings := benchmarkAcoustics(b)
	wide := ac.layout(2)
	wideChain := newChain(readings, wide.topology)
	p, err := search(b.Context(), wideChain, ac.scores(wide, wideStep), wideBeam, nil)
	if err != nil {
		b.Fatal(err)
	}
	g := p.guide(wideChain, wideStep, ac.x.frames())
	l := ac.layout(statesPerUnit)
	c := newChain(readings, l.topology)
	benchmark(b, func(*sample) error {
		_, err := refine(b.Context(), c, g, ac.scores(l, narrowStep))
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

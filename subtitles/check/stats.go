package check

import (
	"slices"
	"time"
)

// Tolerances returns the errors that Stats.Within counts.
func Tolerances() []time.Duration {
	return []time.Duration{
		50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second,
	}
}

// Stats are of boundary errors: how far times lie from where they should be.
type Stats struct {
	N      int // compared
	Missed int // without a partner
	// Median, Mean, P95 and Worst are of the absolute errors.
	Median, Mean, P95, Worst time.Duration
	Bias                     time.Duration // the mean of the signed errors; positive: late
	Within                   []float64     // the share within each of Tolerances
	WithinTolerance          float64       // the share within the tolerance asked for
}

// boundaries are the boundary errors of a kind of boundary.
type boundaries struct {
	errors []time.Duration
	missed int // boundaries without a partner
}

// stats returns the statistics of the errors. All but the counts are 0 for none.
func (b boundaries) stats(tolerance time.Duration) Stats {
	s := Stats{N: len(b.errors), Missed: b.missed, Within: make([]float64, len(Tolerances()))}
	if len(b.errors) == 0 {
		return s
	}
	n := float64(len(b.errors))
	var sum, sizes float64
	abs := make([]time.Duration, len(b.errors))
	for i, e := range b.errors {
		abs[i] = e.Abs()
		sum += e.Seconds()
		sizes += abs[i].Seconds()
	}
	slices.Sort(abs)
	s.Mean, s.Bias = seconds(sizes/n), seconds(sum/n)
	s.Median, s.P95, s.Worst = abs[len(abs)/2], abs[min(len(abs)-1, int(0.95*n))], abs[len(abs)-1]
	// A time in whole milliseconds may miss a tolerance by its rounding.
	within := func(t time.Duration) float64 {
		k, _ := slices.BinarySearch(abs, t+time.Microsecond)
		return float64(k) / n
	}
	for i, t := range Tolerances() {
		s.Within[i] = within(t)
	}
	s.WithinTolerance = within(tolerance)
	return s
}

// seconds returns s seconds.
func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

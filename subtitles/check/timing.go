package check

import (
	"math"
	"time"
)

// Timing is how the times of captions run against those of the recording, as a
// straight line: captions show at Offset + Rate*t what is heard at t.
type Timing struct {
	Offset     time.Duration // at the start of the recording; positive: late
	Rate       float64       // 1: no drift; above 1, the captions run slower than the recording
	Confidence float64       // in [0, 1], that Offset and Rate are right
	Cues       int           // that it is estimated from
}

// inSync returns the timing of captions that run with the recording.
func inSync() Timing { return Timing{Rate: 1} }

// caption returns when captions show what is heard at t.
func (g Timing) caption(t time.Duration) time.Duration {
	return g.Offset + time.Duration(g.Rate*float64(t))
}

// Recording returns when what captions show at t is heard.
func (g Timing) Recording(t time.Duration) time.Duration {
	return time.Duration(float64(t-g.Offset) / g.Rate)
}

// shifts reports whether the timing differs from none by enough to be reported, where the times of captions may be off by
// some slack.
func (g Timing) shifts(slack time.Duration) bool {
	return g.Rate != 1 || g.Offset.Abs() >= minOffset+slack
}

// conversion is a change of speed that film and video go through.
type conversion struct {
	name string
	rate float64
}

// conversions returns the known ones: between 24 and 25 frames a second, the same from
// 23.976 (24/1.001), and by a thousandth.
func conversions() []conversion {
	return []conversion{
		{"25/23.976", 25 / (24 / 1.001)}, {"23.976/25", 24 / 1.001 / 25},
		{"25/24", 25.0 / 24}, {"24/25", 24.0 / 25},
		{"24/23.976", 1.001}, {"23.976/24", 1 / 1.001},
	}
}

// RateTolerance is how far a rate that was measured may lie from the known conversion
// it is named after.
const RateTolerance = 2e-5

// RateName returns the known conversion that a rate is nearest to, as "25/24", if it
// lies within tolerance of it; else "".
func RateName(rate, tolerance float64) string {
	name, nearest := "", tolerance
	for _, c := range conversions() {
		if d := math.Abs(rate - c.rate); d <= nearest {
			name, nearest = c.name, d
		}
	}
	return name
}

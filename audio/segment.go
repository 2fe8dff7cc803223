// Package audio reads recordings and describes them: mono samples at the
// working rate, frames every 10 ms, and the cut into speech and pauses by
// energy.
package audio

import "time"

// Segment is the half-open interval [Start, End) of a recording, both measured
// from its first sample. Start <= End; a segment with Start == End is empty.
type Segment struct {
	Start, End time.Duration
}

// Duration is End - Start.
func (s Segment) Duration() time.Duration { return s.End - s.Start }

// Overlap is how much of s also lies in o, never negative.
func (s Segment) Overlap(o Segment) time.Duration {
	return max(0, min(s.End, o.End)-max(s.Start, o.Start))
}

// Contains reports whether t lies in [Start, End).
func (s Segment) Contains(t time.Duration) bool { return s.Start <= t && t < s.End }

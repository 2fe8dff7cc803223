package check

import (
	"testing"
	"time"

	"cuewright/align"
)

// TestMissingConfidence: the confidence that nobody says a run is that of its words that nobody
// says, not of one at its start that is said.
func TestMissingConfidence(t *testing.T) {
	c := &checker{Report: &Report{Alignment: &align.Alignment{}}, duration: time.Minute}
	for _, spoken := range []bool{true, false, false, false} {
		w := word{text: "weather", spoken: spoken, confidence: 0.2}
		if !spoken {
			w.confidence = 0.9
		}
		c.ref = append(c.ref, w)
	}
	c.reportMissing(Run{First: 0, End: 4}, c.placesOfRuns())
	if f := c.Findings[0]; f.Level != Warning || f.Confidence != 0.9 {
		t.Errorf("got %s of confidence %v, want a warning of 0.9", f.Level, f.Confidence)
	}
}

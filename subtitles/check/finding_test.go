package check

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Each kind has a weight, and a place in the README of the program.
func TestKinds(t *testing.T) {
	readme, err := os.ReadFile("../../cmd/cuewright/README.md")
	if err != nil {
		t.Fatal(err)
	}
	all := []Kind{
		Mismatch, Offset, Drift, Shift, Misplaced, Moved, NotHeard, TextDoubtful, Uncovered,
		SoundOverSpeech, OverSilence, OverMusic, TooFast, TooFewWords, PastEnd,
		Missing, Extra, Speaker,
	}
	for kind := range kinds {
		if !slices.Contains(all, kind) {
			t.Errorf("%q is no kind", kind)
		}
	}
	for _, kind := range all {
		if kind.weight(1) <= 0 {
			t.Errorf("%q has no weight", kind)
		}
		if !strings.Contains(string(readme), "`"+string(kind)+"`") {
			t.Errorf("README.md doesn't say what %q is", kind)
		}
	}
}

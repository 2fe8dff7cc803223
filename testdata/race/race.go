// Package race tells tests whether they run under the race detector. Only tests import it.
package race

import "testing"

// Slow is the reason of a test of numbers: what it computes, from whole recordings for the most
// part, has no goroutines, or those of quicker tests that do run under the detector.
const Slow = "makes it ten times as slow and sees nothing that it doesn't see in quicker tests"

// Skip passes over a test under the race detector, for a reason that says what the detector
// does to it. .ci/run runs all tests without the detector, too. Tests in a browser, which runs beside
// the program that the detector watches, have the build constraint !race instead: to compile what
// drives it takes longer than many tests.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Enabled {
		t.Skip("the race detector " + reason)
	}
}

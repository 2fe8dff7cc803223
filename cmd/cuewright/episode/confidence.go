package episode

import "cuewright/align"

// Doubtful is the confidence below which the start of a sentence is uncertain: one in
// ten of those at it is wrong, fewer above, and a list of such sends people to look at
// what is right.
const Doubtful = 0.9

// Confidence returns the share of the script's sentences expected to be captioned
// within 0.25 s of where they start. A sentence that is not said counts as wrong, so
// that the transcript of another episode is never trusted.
func Confidence(a *align.Alignment) float64 {
	var sum float64
	var n int
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			n++
			if s.Spoken {
				sum += s.Confidence
			}
		}
	}
	return sum / float64(max(n, 1))
}

package align

import "math"

// Confidence is the chance that a word's start lies within 0.25 s of the truth:
// a logistic regression on what the search knows of it, fitted on recordings and
// transcripts damaged on purpose (cmd/calibrate).

// numEvidence is how many values a word's confidence is made of.
const numEvidence = 6

// Evidence is what a word's confidence is made of, for calibration: a constant;
// the logarithms of how much worse the best path is on which the word starts
// elsewhere, and on which its sentence is not said; the mean score of a frame of
// its sentence, and of it and the three words after it; and the logarithm of how
// far the last wide pass had it elsewhere.
type Evidence [numEvidence]float64

// evidenceWeights and unspokenWeights are what the evidence counts, of words
// that are said and of those that are not. Fitted by cmd/calibrate on
// panel-clean, prompts-en and prompts-es of the bench.
var (
	evidenceWeights = Evidence{-4.903, 1.605, 0.4062, 1.522, -1.069, -1.799}
	unspokenWeights = Evidence{0.07934, 0.6652, 0, -0.238, -0.238, 0}
)

// Confidence is the chance, in [0, 1], that the evidence stands for by weights.
func (e Evidence) Confidence(weights Evidence) float64 {
	var sum float64
	for i, v := range e {
		sum += v * weights[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// evidence of all words, by their number in the script.
func (e *episode) evidence(c *chain, r *refinement, words map[int32]place) []Evidence {
	sums := scoreSums(r.score)
	wide := wordsIn(c, e.wide.states(c))
	all := make([]Evidence, len(c.words))
	for k, s := range c.sentences {
		whole := meanScore(sums, words, s.first, s.end)
		for w := s.first; w < s.end; w++ {
			v := Evidence{1, math.Log1p(float64(r.startMargin[w])), math.Log1p(float64(r.skipMargin[k])), whole, meanScore(sums, words, w, min(w+4, s.end))}
			if at, ok := words[w]; ok {
				moved := reachFrames
				if before, ok := wide[w]; ok {
					moved = abs(at.start - before.start)
				}
				v[5] = math.Log1p(float64(moved) / 10)
			}
			all[w] = v
		}
	}
	return all
}

// scoreSums is, for each frame and the end, the sum of the scores of the frames before it.
func scoreSums(score []float32) []float64 {
	sums := make([]float64, len(score)+1)
	for t, s := range score {
		sums[t+1] = sums[t] + float64(s)
	}
	return sums
}

// meanScore is the mean score of a frame of the words [first, end) that are
// said, within [-3, 1]; -3 when none is.
func meanScore(sums []float64, words map[int32]place, first, end int32) float64 {
	var sum float64
	n := 0
	for w := first; w < end; w++ {
		if at, ok := words[w]; ok {
			sum += sums[at.end] - sums[at.start]
			n += at.end - at.start
		}
	}
	if n == 0 {
		return -3
	}
	return min(1, max(-3, sum/float64(n)))
}

package align

import (
	"math"
	"slices"
)

// Confidence is the chance that a word's start lies within 0.25 s of the truth:
// a logistic regression on what the search knows of it, fitted on recordings and
// transcripts damaged on purpose (cmd/calibrate).

// numEvidence is how many values a word's confidence is made of.
const numEvidence = 9

// Evidence is what a word's confidence is made of, for calibration. It begins with
// a constant and the logarithms of how much worse the best path is on which the
// word starts elsewhere (on which it is said at all, if it isn't), and on which its
// sentence is not said. If it is said, there follow by how much the mean score of
// a frame of its sentence, and of it and the three words after it, is better than
// that of most sentences, the logarithm of how far the last wide pass had it
// elsewhere, how much of the quarter second before it is sound that is nobody's
// word, how much of it is loud, in [0, 1], and the mean of the second value over
// all words of its sentence that are said: one that nobody says may well begin at
// a place that nothing else fits. If it isn't said, there follows how much of the
// time that the unsaid sentences around it would take is filled with other sound,
// in [0, 1]: that may be these very sentences, badly recorded.
type Evidence [numEvidence]float64

// evidenceWeights and unspokenWeights are what the evidence counts, of words
// that are said and of those that are not. Fitted by cmd/calibrate (-seed 11) on
// panel-clean, prompts-en, prompts-es and prompts-ru of the bench.
var (
	evidenceWeights = Evidence{-3.326, 1.106, -0.05985, 1.523, 1.387, -0.5168, -2.25, 4.435, 0.3184}
	unspokenWeights = Evidence{2.878, 0.2514, 0, -1.342}
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
	sums := c.scoreSums(r)
	wide := wordsIn(c, e.wide.states(c))
	filled := filledGaps(c, r.state, words)
	typical := typicalScore(c, sums, words)
	all := make([]Evidence, len(c.words))
	for k, s := range c.sentences {
		whole := meanScore(sums, words, s.first, s.end)
		margin, said := 0.0, 0
		for w := s.first; w < s.end; w++ {
			if _, ok := words[w]; ok {
				margin += math.Log1p(float64(r.startMargin[w]))
				said++
			}
		}
		for w := s.first; w < s.end; w++ {
			v := Evidence{1, math.Log1p(float64(r.startMargin[w])), math.Log1p(float64(r.skipMargin[k]))}
			if at, ok := words[w]; ok {
				moved := reachFrames
				if before, ok := wide[w]; ok {
					moved = abs(at.start - before.start)
				}
				v[3], v[4] = whole-typical, meanScore(sums, words, w, min(w+4, s.end))-typical
				v[5] = math.Log1p(float64(moved) / 10)
				v[6] = share(at.start-startFrames, at.start, func(t int) bool { return c.filling(r.state[t]) })
				v[7] = share(at.start, at.end, func(t int) bool { return e.features.calm[t] == loud })
				v[8] = margin / float64(said)
			} else {
				v[3] = filled[w]
			}
			all[w] = v
		}
	}
	return all
}

// typicalScore is the median, over the sentences that are said, of the mean score
// of their frames: in noise all fit worse. It is 0 when none is said.
func typicalScore(c *chain, sums []float64, words map[int32]place) float64 {
	var scores []float64
	for _, s := range c.sentences {
		if v := meanScore(sums, words, s.first, s.end); v > leastMeanScore {
			scores = append(scores, v)
		}
	}
	if len(scores) == 0 {
		return 0
	}
	slices.Sort(scores)
	return scores[len(scores)/2]
}

// share is how many of the frames [first, end) are so, in [0, 1]; those before
// the first frame are not.
func share(first, end int, is func(t int) bool) float64 {
	n := 0
	for t := max(0, first); t < end; t++ {
		if is(t) {
			n++
		}
	}
	return float64(n) / float64(max(1, end-first))
}

// filledGaps is, for each word that isn't said, how much of the time that it and
// the other unsaid words around it would take, at the mean pace of the recording,
// is filled with sound that is nobody's word, in [0, 1]; 0 for words that are said.
func filledGaps(c *chain, state []int32, words map[int32]place) []float64 {
	filled := make([]float64, len(c.words))
	size := func(w int32) float64 { return float64(c.lengths[w]) }
	var frames, states float64
	for w, at := range words {
		frames += float64(at.end - at.start)
		states += size(w)
	}
	for w := int32(0); w < int32(len(c.words)); {
		if _, ok := words[w]; ok {
			w++
			continue
		}
		first, needed := w, 0.0
		for ; w < int32(len(c.words)); w++ {
			if _, ok := words[w]; ok {
				break
			}
			needed += size(w) * frames / max(1, states)
		}
		from, to := 0, len(state)
		if first > 0 {
			from = words[first-1].end
		}
		if w < int32(len(c.words)) {
			to = words[w].start
		}
		sound := 0.0
		for _, s := range state[from:to] {
			if c.filling(s) {
				sound++
			}
		}
		for i := first; i < w; i++ {
			filled[i] = min(1, sound/max(1, needed))
		}
	}
	return filled
}

// scoreSums is, for each frame and the end, the sum of the scores of the frames
// before it. A hesitation counts, once, against the word behind it.
func (c *chain) scoreSums(r *refinement) []float64 {
	sums := make([]float64, len(r.score)+1)
	cost := 0.0
	for t, s := range r.score {
		switch at := r.state[t]; {
		case c.hesitating(at):
			cost = costFillerPhrase
		case c.word[at] >= 0:
			sums[t+1], cost = -cost, 0
		}
		sums[t+1] += sums[t] + float64(s)
	}
	return sums
}

// leastMeanScore is the least that meanScore tells.
const leastMeanScore = -3

// meanScore is the mean score of a frame of the words [first, end) that are
// said, within [leastMeanScore, 1]; leastMeanScore when none is.
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
		return leastMeanScore
	}
	return min(1, max(leastMeanScore, sum/float64(n)))
}

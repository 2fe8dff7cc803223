package align

import (
	"math"
	"slices"
)

// Confidence is the chance that a word's start lies within 0.25 s of the truth:
// a logistic regression on what the search knows of it, fitted on recordings and
// transcripts damaged on purpose (cmd/calibrate).

// Evidence is what a word's confidence is computed from: Spoken for a word that is said,
// Unspoken for one that isn't. The other one is nil.
type Evidence struct {
	Spoken   *SpokenEvidence
	Unspoken *UnspokenEvidence
}

// SpokenEvidence is the evidence that a word that is said starts where it was found. The
// weights of the regression are of the same type. Margins are in the unit of Costs, and
// logarithms natural.
type SpokenEvidence struct {
	// Constant is 1.
	Constant float64
	// StartMargin is log(1+m), where m is how much worse the best path is on which the
	// word starts more than 0.25 s off.
	StartMargin float64
	// SkipMargin is the same for the best path on which its sentence is not said.
	SkipMargin float64
	// SentenceFit is by how much the mean score of 10 ms of its sentence is better than
	// that of most sentences, and WordsFit the same of the word and the three after it.
	SentenceFit, WordsFit float64
	// Moved is log(1+d), where d is by how many tenths of a second the last wide pass had
	// it elsewhere.
	Moved float64
	// FillerBefore is how much of the quarter second before it is sound that is nobody's
	// word, in [0, 1].
	FillerBefore float64
	// Speech is how much of the word is loud enough for speech, in [0, 1].
	Speech float64
	// SentenceMargin is the mean of StartMargin over all words of its sentence that are
	// said: a word that nobody says may well begin at a place that nothing else fits.
	SentenceMargin float64
}

// Values returns the fields in their order.
func (e SpokenEvidence) Values() []float64 {
	return []float64{
		e.Constant, e.StartMargin, e.SkipMargin, e.SentenceFit, e.WordsFit,
		e.Moved, e.FillerBefore, e.Speech, e.SentenceMargin,
	}
}

// UnspokenEvidence is the evidence that a word is not said. The weights of the
// regression are of the same type.
type UnspokenEvidence struct {
	// Constant is 1.
	Constant float64
	// SaidMargin is log(1+m), where m is how much worse the best path is on which the word
	// is said.
	SaidMargin float64
	// Filled is how much of the time that the unsaid words around it would take is filled
	// with other sound, in [0, 1]: that may be these very words, badly recorded.
	Filled float64
}

// Values returns the fields in their order.
func (e UnspokenEvidence) Values() []float64 {
	return []float64{e.Constant, e.SaidMargin, e.Filled}
}

// spokenWeights and unspokenWeights are the weights of the evidence, fitted by
// cmd/calibrate (-seed 11) on panel-clean, prompts-en, prompts-es and prompts-ru of the
// bench.
var (
	spokenWeights = SpokenEvidence{
		Constant: -3.326, StartMargin: 1.106, SkipMargin: -0.05985, SentenceFit: 1.523, WordsFit: 1.387,
		Moved: -0.5168, FillerBefore: -2.25, Speech: 4.435, SentenceMargin: 0.3184,
	}
	unspokenWeights = UnspokenEvidence{Constant: 2.878, SaidMargin: 0.2514, Filled: -1.342}
)

// confidence returns the chance, in [0, 1], that the evidence stands for.
func (e Evidence) confidence() float64 {
	if e.Spoken != nil {
		return Logistic(e.Spoken.Values(), spokenWeights.Values())
	}
	return Logistic(e.Unspoken.Values(), unspokenWeights.Values())
}

// Logistic returns the chance, in [0, 1], that a logistic regression with as many weights
// gives to the values.
func Logistic(values, weights []float64) float64 {
	var sum float64
	for i, v := range values {
		sum += v * weights[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// evidence returns that of all words, by their number in the script.
func (e *episode) evidence(found *decoded, words map[int32]place) []Evidence {
	g, r := found.graph, found.banded
	sums := g.scoreSums(r)
	wide := wordsIn(g, found.wide.states(g))
	filled := filledGaps(g, r.state, words)
	typical := typicalScore(g, sums, words)
	all := make([]Evidence, len(g.words))
	for k, s := range g.sentences {
		fit := meanScore(sums, words, s.first, s.end) - typical
		margin, said := 0.0, 0
		for w := s.first; w < s.end; w++ {
			if _, ok := words[w]; ok {
				margin += math.Log1p(float64(r.startMargin[w]))
				said++
			}
		}
		for w := s.first; w < s.end; w++ {
			startMargin := math.Log1p(float64(r.startMargin[w]))
			at, ok := words[w]
			if !ok {
				all[w].Unspoken = &UnspokenEvidence{Constant: 1, SaidMargin: startMargin, Filled: filled[w]}
				continue
			}
			moved := reachFrames
			if before, ok := wide[w]; ok {
				moved = abs(at.start - before.start)
			}
			filling := func(t int) bool { return g.filling(r.state[t]) }
			loud := func(t int) bool { return e.features.activity[t] == speech }
			all[w].Spoken = &SpokenEvidence{
				Constant:       1,
				StartMargin:    startMargin,
				SkipMargin:     math.Log1p(float64(r.skipMargin[k])),
				SentenceFit:    fit,
				WordsFit:       meanScore(sums, words, w, min(w+4, s.end)) - typical,
				Moved:          math.Log1p(float64(moved) / 10),
				FillerBefore:   share(at.start-startFrames, at.start, filling),
				Speech:         share(at.start, at.end, loud),
				SentenceMargin: margin / float64(said),
			}
		}
	}
	return all
}

// typicalScore returns the median, over the sentences that are said, of the mean score
// of their frames: in noise all fit worse. It is 0 when none is said.
func typicalScore(g *graph, sums []float64, words map[int32]place) float64 {
	var scores []float64
	for _, s := range g.sentences {
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

// share returns the share of the frames [first, end) for which is holds, in [0, 1]; for
// those before the first frame it does not.
func share(first, end int, is func(t int) bool) float64 {
	n := 0
	for t := max(0, first); t < end; t++ {
		if is(t) {
			n++
		}
	}
	return float64(n) / float64(max(1, end-first))
}

// filledGaps returns, for each word that isn't said, how much of the time that it and
// the other unsaid words around it would take, at the mean pace of the recording,
// is filled with sound that is nobody's word, in [0, 1]; 0 for words that are said.
func filledGaps(g *graph, state []int32, words map[int32]place) []float64 {
	filled := make([]float64, len(g.words))
	size := func(w int32) float64 { return float64(g.lengths[w]) }
	var frames, states float64
	for w, at := range words {
		frames += float64(at.end - at.start)
		states += size(w)
	}
	for w := int32(0); w < int32(len(g.words)); {
		if _, ok := words[w]; ok {
			w++
			continue
		}
		first, needed := w, 0.0
		for ; w < int32(len(g.words)); w++ {
			if _, ok := words[w]; ok {
				break
			}
			needed += size(w) * frames / max(1, states)
		}
		from, to := 0, len(state)
		if first > 0 {
			from = words[first-1].end
		}
		if w < int32(len(g.words)) {
			to = words[w].start
		}
		sound := 0.0
		for _, s := range state[from:to] {
			if g.filling(s) {
				sound++
			}
		}
		for i := first; i < w; i++ {
			filled[i] = min(1, sound/max(1, needed))
		}
	}
	return filled
}

// scoreSums returns, for each frame and the end, the sum of the scores of the frames
// before it. A hesitation counts, once, against the word behind it.
func (g *graph) scoreSums(r *bandResult) []float64 {
	sums := make([]float64, len(r.score)+1)
	cost := 0.0
	for t, s := range r.score {
		switch at := r.state[t]; {
		case g.hesitating(at):
			cost = g.costs.Hesitation
		case g.word[at] != none:
			sums[t+1], cost = -cost, 0
		}
		sums[t+1] += sums[t] + float64(s)
	}
	return sums
}

// leastMeanScore is the least that meanScore returns.
const leastMeanScore = -3

// meanScore returns the mean score of a frame of the words [first, end) that are
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

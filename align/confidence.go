package align

import (
	"math"
	"slices"

	"cuewright/audio/portable"
)

// Confidence is the chance that a word's start lies within 0.25 s of the truth:
// a logistic regression on what the search knows of it, fitted on recordings and
// transcripts damaged on purpose (cmd/calibrate).

// Evidence is what a word's confidence is computed from: Spoken for a word that is said,
// Unspoken for one that isn't. The other one is nil.
type Evidence struct {
	Spoken   *SpokenEvidence
	Unspoken *UnspokenEvidence
	// Trust, in [0, 1], is how far the evidence counts: less than 1 where it is doubtful
	// whether the script is the recording's, or the word is said at all.
	Trust float64
}

// SpokenEvidence is the evidence that a word that is said starts where it was found. The
// weights of the regression are of the same type. Margins are in the unit of Costs, and
// logarithms natural.
type SpokenEvidence struct {
	// Constant is 1.
	Constant float64
	// StartMargin is log(1+m), where m is how much worse the best path is on which the
	// word starts more than 0.25 s off. TossUp is the same up to 1: of two places that fit as
	// well either may be right.
	StartMargin, TossUp float64
	// NextMargin is StartMargin of the next word of its sentence that is said, its own
	// where there is none: a first word that jumped back over a silence has another one.
	NextMargin float64
	// Attack and Rise are by how much louder its sentence begins than what is before it: the
	// mean normalised energy, 0 at the noise floor and 1 at the level of speech, of its first 0.1
	// and 0.3 s less that of as long before. A start amid other sound may lie anywhere in it.
	Attack, Rise float64
	// Pace is by how much the logarithm of its length is off from the episode's pace.
	Pace float64
	// Length is the logarithm of how many states it has: short words fit anywhere.
	Length float64
	// SentenceFit is the mean score of 10 ms of its sentence, less that of most sentences.
	SentenceFit float64
	// Pauses is how much of its sentence is silence, in [0, 1].
	Pauses float64
	// TypicalFit is the mean score of most sentences, up to 0.2, Said the share of the script's
	// words that are said, and Heard the share of the speech, from the first of them to the
	// last, that is theirs, up to 0.8: where words fit badly, are left out or lie amid much
	// else, the recording may hold others.
	TypicalFit, Said, Heard float64
	// Contrast, in [-1.5, 0], is by how much the trust in its sentence, see verify, is below
	// clearTrust: 0 where it isn't, or the sentence wasn't held to decoys in its place.
	Contrast float64
}

// Values returns the fields in their order.
func (e SpokenEvidence) Values() []float64 {
	return []float64{
		e.Constant, e.StartMargin, e.TossUp, e.NextMargin, e.Attack, e.Rise, e.Pace, e.Length,
		e.SentenceFit, e.Pauses, e.TypicalFit, e.Said, e.Heard, e.Contrast,
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
	// TypicalFit is that of SpokenEvidence: a voice that fits badly may say what is left out.
	TypicalFit float64
}

// Values returns the fields in their order.
func (e UnspokenEvidence) Values() []float64 {
	return []float64{e.Constant, e.SaidMargin, e.Filled, e.TypicalFit}
}

// Regression is a logistic regression whose unlikely side is flatter than the likely one.
type Regression struct {
	// Weights are those of the values of the evidence, in their order.
	Weights []float64
	// Unlikely, in (0, 1], is what the logarithm of the odds is multiplied by where it is below 0: of
	// the words that fit badly more are right in a new voice than in those that the weights are
	// fitted on. By 1 it is a logistic regression as any other.
	Unlikely float64
}

// Chance returns the chance, in [0, 1], that the regression gives to values, as many as it has weights.
func (r Regression) Chance(values []float64) float64 {
	var logOdds float64
	for i, v := range values {
		logOdds += float64(v * r.Weights[i])
	}
	if logOdds < 0 {
		logOdds *= r.Unlikely
	}
	return 1 / (1 + portable.Exp(-logOdds))
}

// spokenWeights and unspokenWeights are the weights of the evidence, fitted by make
// confidence.
var (
	spokenWeights = SpokenEvidence{
		Constant: 0.717, StartMargin: 1.481, TossUp: -4.508, NextMargin: 0.253, Attack: -1.417, Rise: 5.403, Pace: -2.412,
		Length: -0.922, SentenceFit: 1.825, Pauses: -3.421, TypicalFit: -0.073, Said: 1.215, Heard: 1.39, Contrast: 1.406,
	}
	unspokenWeights = UnspokenEvidence{Constant: 3.177, SaidMargin: 0.043, Filled: -5.076, TypicalFit: 9.606}
)

// unlikely is Regression.Unlikely of what is spoken, fitted with the weights. There is hardly any
// evidence below 0 of what is unspoken.
const unlikely = 0.74

// confidence returns the chance, in [0, 1], that the evidence stands for.
func (e Evidence) confidence() float64 {
	if e.Spoken != nil {
		return e.ConfidenceBy(Regression{spokenWeights.Values(), unlikely})
	}
	return e.ConfidenceBy(Regression{unspokenWeights.Values(), 1})
}

// ConfidenceBy returns the chance, in [0, 1], that the evidence stands for by a regression.
func (e Evidence) ConfidenceBy(r Regression) float64 {
	p := r.Chance(e.Values())
	if e.Spoken != nil {
		return e.Trust * p
	}
	// Where nothing fits, what is left out may be said all the same.
	return float64(e.Trust*p) + float64((1-e.Trust)/2)
}

// Values returns those of what there is evidence of.
func (e Evidence) Values() []float64 {
	if e.Spoken != nil {
		return e.Spoken.Values()
	}
	return e.Unspoken.Values()
}

// evidence returns that of all words, by their number in the script, in a pair that is
// trusted so far; doubtful are the words of decoded.doubtful.
func (e *episode) evidence(found *decoded, words map[int32]place, trust float64, doubtful map[int32]float64) []Evidence {
	g := found.graph
	w := &witness{
		features: e.features, graph: g, result: found.banded, words: words,
		sums: g.scoreSums(found.banded), pace: pace(g, words), verified: found.verified,
		said: float64(len(words)) / float64(len(g.words)), heard: min(0.8, e.features.share(words)),
	}
	w.typical = typicalScore(g, w.sums, words)
	filled := filledGaps(g, found.banded.state, words)
	all := make([]Evidence, len(g.words))
	for k, s := range g.sentences {
		whole := w.sentence(k)
		for word := s.first; word < s.end; word++ {
			all[word].Trust = trust
			if factor, ok := doubtful[word]; ok {
				all[word].Trust *= factor
			}
			if _, ok := words[word]; ok {
				all[word].Spoken = w.spoken(word, s, whole)
			} else {
				all[word].Unspoken = &UnspokenEvidence{
					Constant: 1, SaidMargin: w.margin(word), Filled: filled[word], TypicalFit: w.typicalFit(),
				}
			}
		}
	}
	return all
}

// witness is what the evidence is taken from.
type witness struct {
	features *features
	graph    *graph
	result   *bandResult
	words    map[int32]place
	sums     []float64       // see scoreSums
	typical  float64         // the score of most sentences
	pace     float64         // frames a state
	said     float64         // see SpokenEvidence.Said
	heard    float64         // and Heard
	verified map[int]float64 // see decoded
}

// sentence returns what the evidence of all words of sentence k that are said has in common, once
// for all of them: a sentence without punctuation may have thousands.
func (w *witness) sentence(k int) SpokenEvidence {
	s := w.graph.sentences[k]
	first, end, said := w.graph.sentenceFrames(k, w.words)
	if !said {
		return SpokenEvidence{}
	}
	return SpokenEvidence{
		Constant:    1,
		Attack:      w.rise(first, attackFrames),
		Rise:        w.rise(first, riseFrames),
		SentenceFit: meanScore(w.sums, w.words, s.first, s.end) - w.typical,
		Pauses:      share(first, end, w.silent),
		TypicalFit:  w.typicalFit(),
		Said:        w.said,
		Heard:       w.heard,
		Contrast:    w.contrast(k),
	}
}

// spoken returns the evidence of a word that is said, of the sentence s that has the evidence whole
// in common.
func (w *witness) spoken(word int32, s span, whole SpokenEvidence) *SpokenEvidence {
	at, length := w.words[word], float64(w.graph.lengths[word])
	whole.StartMargin = w.margin(word)
	whole.TossUp = min(1, whole.StartMargin)
	whole.NextMargin = w.nextMargin(word, s)
	whole.Pace = math.Abs(portable.Log(float64(at.end-at.start) / (w.pace * length)))
	whole.Length = portable.Log(length)
	return &whole
}

// typicalFit returns TypicalFit of all words.
func (w *witness) typicalFit() float64 { return min(0.2, w.typical) }

// attackFrames and riseFrames are over how many frames of 10 ms SpokenEvidence has Attack and
// Rise.
const attackFrames, riseFrames = 10, 30

// contrast returns Contrast of the words of sentence k.
func (w *witness) contrast(k int) float64 {
	if trust, ok := w.verified[k]; ok {
		return min(0, trust-clearTrust)
	}
	return 0
}

// margin returns StartMargin or SaidMargin of a word.
func (w *witness) margin(word int32) float64 { return w.result.logMargin(word) }

// logMargin returns log(1+m) of the startMargin m of a word.
func (r *bandResult) logMargin(word int32) float64 {
	return portable.Log(1 + float64(r.startMargin[word]))
}

// nextMargin returns that of the next word that is said, or of the word itself.
func (w *witness) nextMargin(word int32, s span) float64 {
	for next := word + 1; next < s.end; next++ {
		if _, ok := w.words[next]; ok {
			return w.margin(next)
		}
	}
	return w.margin(word)
}

// rise returns by how much the mean normalised energy of the n frames from first on is more
// than that of the n frames before, as far as there are.
func (w *witness) rise(first, n int) float64 {
	return w.level(first, first+n) - w.level(max(0, first-n), first)
}

// silent reports whether the frame is of silence.
func (w *witness) silent(t int) bool {
	state := w.result.state[t]
	return w.graph.word[state] == none && !w.graph.filling(state)
}

// level returns the mean normalised energy of the frames [first, end), as far as there are.
func (w *witness) level(first, end int) float64 {
	var sum float64
	frames := w.features.energy[first:min(end, len(w.features.energy))]
	for _, v := range frames {
		sum += float64(v)
	}
	return sum / float64(max(1, len(frames)))
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
	pace := pace(g, words)
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
			needed += float64(pace * float64(g.lengths[w]))
		}
		from, to := 0, len(state)
		if first > 0 {
			from = words[first-1].end
		}
		if w < int32(len(g.words)) {
			to = words[w].start
		}
		sound := float64(g.fillerIn(state[from:to]))
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

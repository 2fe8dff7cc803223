package align

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"cuewright/align/transcript"
)

// A sentence that nobody says, in the place of another one of about its length, is found in the
// speech of that one: to leave it out would cost its skip, and filler for all of that speech. Its
// words fit badly, but so do many that are said. So the sentences that fit worst are held to
// decoys in their places, as recognizers verify an utterance. Where nobody says half of a sentence
// the other half carries it, and so runs of words are held to decoys, too: those in whose place
// filler would score better than they do by more than it costs to enter it. That holds for more runs
// than a path could pass by: fillerScore is about what filler has between sentences, not in them.

const (
	// sureMargin is the mean of SpokenEvidence.StartMargin over the words of a sentence from which
	// on it isn't verified. Of sentences in the place of others 156 of 161 in readable recordings
	// have less, and 50 of 50 of two actors; of right ones 183 of 3810, and 356 of 426 of the actors.
	sureMargin = 4.2
	// verifyingDecoys is how many decoys a sentence is held to: Contrast.Share needs no more than
	// the mean of their scores.
	verifyingDecoys = 6
	// leastVerified is how many phones a sentence that is verified has at the least, since fewer
	// fit anywhere: of right ones of up to 5 phones 3 of 16 are below leastShare, of longer ones 1
	// of 433 up to 30 phones. mostVerified is how long it may last, in frames of 10 ms: the time
	// that it takes to verify grows with the square.
	leastVerified, mostVerified = 6, 3000
	// leastShare is the Contrast.Share below which it is doubtful whether a sentence is said; where
	// voices or noise leave little to tell words by, it is usualShare of the recording's median.
	leastShare, usualShare = 0.33, 0.6
	// clearTrust is the trust, a share over that limit, from which on verification has nothing against
	// a sentence: in readable recordings 160 of 171 are right; of 1 to clearTrust 18 of 23, and of
	// less 3 of 175.
	clearTrust = 1.5
	// leastRunWords and leastRunPhones are how many words and phones a run that is verified has at the
	// least: with 3 and 10 one more of 64 replaced halves of sentences was found, and 6 instead of 3 of
	// 1475 right sentences lost confidence, when hesitations within a run still counted.
	leastRunWords, leastRunPhones = 4, 12
	// The median is that of usualSample sentences of leastSampled words and more, spread evenly over
	// those that are said. Of fewer than leastUsual it says nothing.
	usualSample, leastSampled, leastUsual = 9, 4, 5
)

// suspect is words that are held to decoys in their place: all of a sentence, or a run of them.
type suspect struct {
	sentence int
	words    span
	around   int // frames of 10 ms to either side that they may be said in
}

// allOf returns the suspect of all words of sentence k.
func (g *graph) allOf(k int) suspect { return suspect{k, g.sentences[k], aroundClaim} }

// verify holds the sentences of found that fit worst, and runs of words that filler would fit better, to
// decoys in their places: found.verified has the trust in each sentence, and found.runs that in each run.
func (e *episode) verify(ctx context.Context, found *decoded) error {
	places := wordsIn(found.graph, found.state)
	suspects, runs := e.suspects(found, places), e.badRuns(found, places)
	if len(suspects) == 0 && len(runs) == 0 {
		return nil
	}
	var sample []int
	if len(suspects) > 0 { // else no sentence fits badly, and to hold the usual ones to decoys takes longest
		sample = e.usualSentences(found, places)
	}
	held := slices.Concat(suspects, sample)
	slices.Sort(held)
	held = slices.Compact(held)
	all := slices.Clone(runs)
	for _, k := range held {
		all = append(all, found.graph.allOf(k))
	}
	shares := e.shares(ctx, found, places, all)
	ofRuns, ofSentences := shares[:len(runs)], shares[len(runs):]
	var usual []float64
	for _, k := range sample {
		i, _ := slices.BinarySearch(held, k)
		usual = append(usual, ofSentences[i])
	}
	limit := shareLimit(usual)
	if limit == 0 {
		return ctx.Err()
	}
	found.verified, found.runs = map[int]float64{}, map[span]float64{}
	for i, k := range held {
		if trust := ofSentences[i] / limit; !math.IsNaN(trust) {
			found.verified[k] = max(0, trust)
		}
	}
	for i, r := range runs {
		if trust := ofRuns[i] / limit; !math.IsNaN(trust) {
			found.runs[r.words] = max(0, trust)
		}
	}
	return ctx.Err()
}

// shareLimit returns the Contrast.Share below which it is doubtful whether a sentence is said, in a
// recording where sentences have the usual ones, of which some may be NaN. It is 0 where words
// fit no better than others would, wherever they are: then nothing can be said of one of them.
func shareLimit(usual []float64) float64 {
	usual = slices.DeleteFunc(slices.Clone(usual), math.IsNaN)
	if len(usual) < leastUsual {
		return leastShare
	}
	slices.Sort(usual)
	return max(0, min(leastShare, usualShare*usual[len(usual)/2]))
}

// verifiable reports whether sentence k can be held to decoys in its place, and has not been; what is
// known to be said need not be.
func (e *episode) verifiable(found *decoded, places map[int32]place, k int) bool {
	if e.known.spoken(k, found.graph.sentences[k]) {
		return false
	}
	_, putBack := found.putBack[found.graph.sentences[k]]
	t0, t1, said := found.graph.sentenceFrames(k, places)
	return said && !putBack && t1-t0 <= mostVerified &&
		phonesOf(e.saidOf(found.graph, places, found.graph.allOf(k)).said) >= leastVerified
}

// suspects returns the sentences whose words fit so badly that others may be said in their place,
// in order.
func (e *episode) suspects(found *decoded, places map[int32]place) (ks []int) {
	for k, words := range found.graph.sentences {
		sum, n := 0.0, 0
		for w := words.first; w < words.end; w++ {
			if _, said := places[w]; said {
				sum += found.banded.logMargin(w)
				n++
			}
		}
		if sum < sureMargin*float64(n) && e.verifiable(found, places, k) {
			ks = append(ks, k)
		}
	}
	return ks
}

// badRuns returns the runs of words, within sentences, in whose place filler would score better by more
// than it costs to enter it as a hesitation, in order. What hesitations between them cost doesn't count:
// many are part of a word that is said.
func (e *episode) badRuns(found *decoded, places map[int32]place) (runs []suspect) {
	for k, words := range found.graph.sentences {
		if _, putBack := found.putBack[words]; putBack || e.known.spoken(k, words) {
			continue
		}
		var ws []runWord
		for w := words.first; w < words.end; w++ {
			if at, said := places[w]; said {
				gain := 0.0
				for _, score := range found.banded.score[at.start:at.end] {
					gain -= fillerScore + float64(score)
				}
				ws = append(ws, runWord{w, len(e.readings[k].said[w-words.first].Phones), gain})
			}
		}
		for _, r := range worstRuns(ws, e.tuning.Hesitation) {
			for _, piece := range inPieces(r, places) {
				runs = append(runs, suspect{sentence: k, words: piece})
			}
		}
	}
	return runs
}

// inPieces returns the run halved as often as it takes for no piece to last longer than mostVerified,
// without pieces of which nothing is said: without punctuation a run may last for minutes.
func inPieces(run span, places map[int32]place) []span {
	t0, t1, said := wordFrames(run, places)
	switch {
	case !said:
		return nil
	case t1-t0 <= mostVerified || run.end-run.first == 1:
		return []span{run}
	}
	middle := (run.first + run.end) / 2
	return slices.Concat(inPieces(span{run.first, middle}, places), inPieces(span{middle, run.end}, places))
}

// runWord is a word of the script that is said, and by how much filler would score better there.
type runWord struct {
	word   int32
	phones int
	gain   float64
}

// worstRuns returns the run of words that has the highest gain, if that is more than least, and those
// before and behind it, in order: all of leastRunWords words and leastRunPhones phones at the least. The
// time grows with the number of words times that of runs, at the worst.
func worstRuns(ws []runWord, least float64) []span {
	sums, phones := make([]float64, len(ws)+1), make([]int, len(ws)+1) // before each word
	first, end, gain := 0, 0, least
	from, lowest := 0, 0 // runs that begin before from are long enough; the one at lowest has the highest gain
	for i, w := range ws {
		sums[i+1], phones[i+1] = sums[i]+w.gain, phones[i]+w.phones
		for ; i+1-from >= leastRunWords && phones[i+1]-phones[from] >= leastRunPhones; from++ {
			if sums[from] < sums[lowest] {
				lowest = from
			}
		}
		if x := sums[i+1] - sums[lowest]; from > 0 && x > gain {
			first, end, gain = lowest, i+1, x
		}
	}
	if end == 0 {
		return nil
	}
	run := span{ws[first].word, ws[end-1].word + 1}
	return slices.Concat(worstRuns(ws[:first], least), []span{run}, worstRuns(ws[end:], least))
}

// usualSentences returns sentences spread evenly over those that are said, usualSample at most,
// in order.
func (e *episode) usualSentences(found *decoded, places map[int32]place) (ks []int) {
	var all []int
	for k := range found.graph.sentences {
		if transcript.Size(e.readings[k].words) >= leastSampled && e.verifiable(found, places, k) {
			all = append(all, k)
		}
	}
	n := min(usualSample, len(all))
	for i := range n {
		ks = append(ks, all[(2*i+1)*len(all)/(2*n)])
	}
	return ks
}

// shares returns the Contrast.Share of each of the suspects in its place, NaN where nothing can be
// said.
func (e *episode) shares(ctx context.Context, found *decoded, places map[int32]place, suspects []suspect) []float64 {
	shares := make([]float64, len(suspects))
	pool := sync.Pool{New: func() any { return e.newContrast(found) }}
	inParallel(len(suspects), func(i int) {
		if ctx.Err() != nil {
			return
		}
		c := pool.Get().(*contrast)
		defer pool.Put(c)
		x := suspects[i]
		t0, t1, _ := wordFrames(x.words, places)
		s := c.listen(max(0, t0-x.around), min(len(found.state), t1+x.around))
		random := rand.New(rand.NewPCG(uint64(x.sentence), uint64(t0)))
		shares[i] = c.of(ctx, s, e.saidOf(found.graph, places, x), verifyingDecoys, random).Share
	})
	return shares
}

// saidOf returns the reading of what is said of the words of x.
func (e *episode) saidOf(g *graph, places map[int32]place, x suspect) reading {
	r := e.readings[x.sentence]
	said := reading{before: r.before, after: r.after, within: r.within}
	for w := x.words.first; w < x.words.end; w++ {
		if _, ok := places[w]; ok {
			i := w - g.sentences[x.sentence].first
			said.words, said.said = append(said.words, r.words[i]), append(said.said, r.said[i])
		}
	}
	return said
}

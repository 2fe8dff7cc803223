package align

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// A sentence that nobody says, in the place of another one of about its length, is found in the
// speech of that one: to leave it out would cost its skip, and filler for all of that speech. Its
// words fit badly, but so do many that are said. So the sentences that fit worst are held to
// decoys in their places, as recognizers verify an utterance.

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
	// The median is that of usualSample sentences of leastSampled words and more, spread evenly over
	// those that are said. Of fewer than leastUsual it says nothing.
	usualSample, leastSampled, leastUsual = 9, 4, 5
)

// verify holds the sentences of found that fit worst to decoys in their places: found.verified
// has the trust in each.
func (e *episode) verify(ctx context.Context, found *decoded) error {
	places := wordsIn(found.graph, found.state)
	suspects := e.suspects(found, places)
	if len(suspects) == 0 {
		return nil
	}
	sample := e.usualSentences(found, places)
	held := slices.Concat(suspects, sample)
	slices.Sort(held)
	held = slices.Compact(held)
	shares := e.shares(ctx, found, places, held)
	var usual []float64
	for _, k := range sample {
		i, _ := slices.BinarySearch(held, k)
		usual = append(usual, shares[i])
	}
	limit := shareLimit(usual)
	found.verified = map[int]float64{}
	for i, k := range held {
		if trust := shares[i] / limit; limit > 0 && !math.IsNaN(trust) {
			found.verified[k] = max(0, trust)
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

// verifiable reports whether sentence k can be held to decoys in its place, and has not been.
func (e *episode) verifiable(found *decoded, places map[int32]place, k int) bool {
	_, putBack := found.putBack[found.graph.sentences[k]]
	t0, t1, said := found.graph.extent(k, places)
	return said && !putBack && t1-t0 <= mostVerified && phonesOf(e.saidOf(found.graph, places, k).said) >= leastVerified
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

// usualSentences returns sentences spread evenly over those that are said, usualSample at most,
// in order.
func (e *episode) usualSentences(found *decoded, places map[int32]place) (ks []int) {
	var all []int
	for k, words := range found.graph.sentences {
		if words.end-words.first >= leastSampled && e.verifiable(found, places, k) {
			all = append(all, k)
		}
	}
	n := min(usualSample, len(all))
	for i := range n {
		ks = append(ks, all[(2*i+1)*len(all)/(2*n)])
	}
	return ks
}

// shares returns the Contrast.Share of each of the sentences ks in its place, NaN where nothing
// can be said.
func (e *episode) shares(ctx context.Context, found *decoded, places map[int32]place, ks []int) []float64 {
	shares := make([]float64, len(ks))
	pool := sync.Pool{New: func() any { return e.newContrast(found) }}
	inParallel(len(ks), func(i int) {
		if ctx.Err() != nil {
			return
		}
		c := pool.Get().(*contrast)
		defer pool.Put(c)
		t0, t1, _ := found.graph.extent(ks[i], places)
		s := c.listen(max(0, t0-aroundClaim), min(len(found.state), t1+aroundClaim))
		random := rand.New(rand.NewPCG(uint64(ks[i]), uint64(t0)))
		shares[i] = c.of(ctx, s, e.saidOf(found.graph, places, ks[i]), verifyingDecoys, random).Share
	})
	return shares
}

// saidOf returns the reading of what is said of sentence k.
func (e *episode) saidOf(g *graph, places map[int32]place, k int) reading {
	r := e.readings[k]
	said := reading{before: r.before, after: r.after, within: r.within}
	for i := range r.words {
		if _, ok := places[g.sentences[k].first+int32(i)]; ok {
			said.words, said.said = append(said.words, r.words[i]), append(said.said, r.said[i])
		}
	}
	return said
}

package align

import (
	"cmp"
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// A sentence that nobody says beside sound that is nobody's word, and long enough for it, is
// a contradiction: the sentence may be what is heard there, said by a voice that fits badly.
// Such a sentence is looked at once more. It is forced into that sound, and what decides is
// not the cost of leaving it out but the contrast with decoys that are forced into it, too.

const (
	// leastFilled is how much of the time that a sentence needs at the mean pace of the
	// recording has to be filled with sound for it to be looked at again.
	leastFilled = 0.5
	// mostFilled is how much of it may be filled for a sentence to be shown although the
	// contrast can't tell: an advertisement is not of its length. Nor is what a recording ends
	// in that lacks the rest of its script, of all that is left out there.
	mostFilled = 2
	// clearContrast is the contrast from which on a sentence is said, and openContrast the
	// one below which it isn't. Of 695 sentences in their places, in eight recordings, those
	// of five words and more reached openContrast in all but 7 cases and clearContrast in all
	// but 51, most of these of actors whose language the rules read badly; other sentences
	// of their length reached them in 49 and 11 of 618, most of these of menus that share
	// their words. A sentence that looks for its place in more sound than it needs finds a
	// better one by chance: of sentences in 10, 30 and 60 s of other speech 1 of 181, 8 of
	// 173 and 10 of 162 reached 3, and none, 2 and none 4. So clearContrast grows by
	// contrastGrowth with the logarithm of how much more sound there is.
	clearContrast, openContrast = 3, 1.5
	contrastGrowth              = 0.5
	// reconsidered is how many sentences at either end of a run of unspoken ones are looked
	// at: of a longer run, as of an episode's missing part, no more is likely to be said.
	reconsidered = 4
	// mostGap is how long a gap between two words may be, in frames of 10 ms: in more sound
	// than ten minutes a sentence says nothing of what is missing.
	mostGap = 60000
)

// gap is a run of sentences [first, end) that nobody says, and the frames [t0, t1) between
// the words around it.
type gap struct {
	first, end int
	t0, t1     int
}

// reconsider looks again at the sentences that found leaves out beside sound of their
// length, and puts those that turn out to be said there, or may be, back on its path:
// found.putBack has the contrast of each of these, by the number of the sentence.
func (e *episode) reconsider(ctx context.Context, found *decoded) error {
	found.putBack = map[int]float64{}
	places := wordsIn(found.graph, found.state)
	pace := pace(found.graph, places)
	var c *contrast
	for _, p := range gaps(found.graph, places, len(found.state)) {
		if p.t1-p.t0 > mostGap {
			continue
		}
		sound := float64(found.graph.fillerIn(found.state[p.t0:p.t1]))
		candidates := map[int]float64{} // how much of the time that each needs is filled
		all := 0.0                      // the time that all of them need
		for k := p.first; k < p.end; k++ {
			all += pace * float64(found.graph.statesOf(k))
		}
		for k := p.first; k < p.end; k++ {
			filled := sound / (pace * float64(found.graph.statesOf(k)))
			if filled >= leastFilled && (k < p.first+reconsidered || k >= p.end-reconsidered) {
				candidates[k] = filled
			}
		}
		if len(candidates) == 0 {
			continue
		}
		if c == nil {
			c = e.newContrast(found)
		}
		said := e.saidIn(ctx, c, p, candidates, sound >= leastFilled*all)
		if len(said) == 0 {
			continue
		}
		if err := e.putBack(ctx, found, c, p, said); err != nil {
			return err
		}
	}
	if len(found.putBack) > 0 && e.hooks.Trace != nil {
		t, err := e.trace(ctx, schedule[len(schedule)-1], found, found.scorer)
		if err != nil {
			return err
		}
		e.hooks.Trace(t)
	}
	return ctx.Err()
}

// gaps returns where sentences are left out of a path of n frames, in order.
func gaps(g *graph, places map[int32]place, n int) []gap {
	var all []gap
	end := 0 // of the last word said
	for k := 0; k < len(g.sentences); {
		if _, last, ok := g.extent(k, places); ok {
			end = last
			k++
			continue
		}
		p := gap{first: k, t0: end, t1: n}
		for ; k < len(g.sentences); k++ {
			if first, _, ok := g.extent(k, places); ok {
				p.t1 = first
				break
			}
		}
		p.end = k
		all = append(all, p)
	}
	return all
}

// extent returns the frames of the words of sentence k that are said, [first, end); ok is
// false where none is.
func (g *graph) extent(k int, places map[int32]place) (first, end int, ok bool) {
	for w := g.sentences[k].first; w < g.sentences[k].end; w++ {
		if at, said := places[w]; said {
			if !ok {
				first, ok = at.start, true
			}
			end = at.end
		}
	}
	return first, end, ok
}

// statesOf returns how many states the words of sentence k have.
func (g *graph) statesOf(k int) int {
	n := 0
	for _, states := range g.lengths[g.sentences[k].first:g.sentences[k].end] {
		n += int(states)
	}
	return n
}

// pace returns how many frames a state of a word lasts in the mean, 1 where none is said.
func pace(g *graph, places map[int32]place) float64 {
	var frames, states float64
	for w, at := range places {
		frames += float64(at.end - at.start)
		states += float64(g.lengths[w])
	}
	if states == 0 {
		return 1
	}
	return frames / states
}

// saidIn returns the contrast of those of the candidates that are said in the gap, or, where
// there is room for all that is left out, may be.
func (e *episode) saidIn(ctx context.Context, c *contrast, p gap, candidates map[int]float64, room bool) map[int]float64 {
	said := map[int]float64{}
	s := c.listen(p.t0, p.t1)
	for k, filled := range candidates {
		z := c.best(ctx, s, e.readings[k], rand.New(rand.NewPCG(uint64(k), uint64(p.t0)))).Deviations
		if math.IsNaN(z) {
			z = openContrast // nothing can be said against it
		}
		if z >= clearContrast+contrastGrowth*math.Log(max(1, filled)) || room && z >= openContrast && filled <= mostFilled {
			said[k] = z
		}
	}
	return said
}

// putBack puts the sentences that are said in a gap on the path of found: the piece of it
// around the gap is searched again with these forced. Where not all of them fit into the
// gap, those with the least contrast are taken out of said. Those that were put back before
// are forced, too: the piece may hold them.
func (e *episode) putBack(ctx context.Context, found *decoded, c *contrast, p gap, said map[int]float64) error {
	g := found.graph
	rules := found.rules
	rules.forced = true
	s := c.listen(p.t0, p.t1)
	for len(said) > 0 {
		order := slices.Sorted(maps.Keys(said))
		var rs []reading
		for _, k := range order {
			rs = append(rs, e.readings[k])
		}
		small, path, ok := s.force(ctx, rules, rs...)
		if !ok {
			delete(said, slices.MinFunc(order, func(a, b int) int { return cmp.Compare(said[a], said[b]) }))
			continue
		}
		coarse := newCoarsePath(g, found.state, 1, len(found.state))
		for t, state := range path.state {
			i := int(small.sentencesBefore(state)) // sentences of order that end before it
			k := order[len(order)-1] + 1
			if i < len(order) {
				k = order[i]
			}
			coarse[p.t0+t] = g.node[g.boundaries[k]] + small.node[state] - small.node[small.boundaries[i]]
		}
		forced := slices.Concat(order, slices.Collect(maps.Keys(found.putBack)))
		slices.Sort(forced)
		piece := coarse.around(g, p.t0-reachFrames, p.t1+reachFrames)
		kept := found.banded.margins()
		found.banded.forget(g, piece)
		err := newBandSearch(g.forcing(forced), coarse, c.sc, found.banded).search(piece)
		if lost(err) { // too many sentences lie between, as it seems: the path stays
			found.banded.startMargin, found.banded.skipMargin = kept.startMargin, kept.skipMargin
			return nil
		}
		if err != nil {
			return err
		}
		places := wordsIn(g, found.state)
		for _, k := range order {
			if _, _, ok := g.extent(k, places); ok {
				found.putBack[k] = said[k]
			}
		}
		for k := range found.putBack {
			found.banded.skipMargin[k] = 0
		}
		return nil
	}
	return ctx.Err()
}

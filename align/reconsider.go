package align

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"cuewright/align/transcript"
	"cuewright/audio/portable"
)

// A sentence, or a clause of one, that nobody says beside sound that is nobody's word, and long
// enough for it, is a contradiction: it may be what is heard there, said by a voice that fits
// badly. So it is looked at once more. It is forced into that sound, and what decides is
// not the cost of leaving it out but the contrast with decoys that are forced into it, too.

const (
	// leastFilled is how much of the time that a sentence or clause needs at the mean pace of the
	// recording has to be filled with sound for it to be looked at again.
	leastFilled = 0.5
	// leastRunFilled is the same for a sentence or clause of which some words may be said: three of
	// thirty, in half of the time that they need.
	leastRunFilled = 0.05
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
	// coveredShare is the share of frames of low energy (see lowEnergy) below which the sound of
	// a gap is steady enough to cover what is said in it. Noise 8 and 10 dB above a voice has 0 to
	// 0.05, of 1043 clauses in twelve recordings 3 have less than 0.15. Over so short a time
	// lowEnergyShare and steadyChange are no measures: 185 have less than the one, and of windows
	// of 0.5 s of speech in five recordings up to 7% change less than the other.
	coveredShare = 0.15
	// mostGap is how long a gap between two words may be, in frames of 10 ms: in more sound
	// than ten minutes a sentence says nothing of what is missing. Text that takes longer is no
	// sentence, so that no words of it are looked for in less sound.
	mostGap = 60000
)

// part is words of one sentence that nobody says: all of them, a clause, or a run of words of either.
type part struct {
	sentence int
	words    span    // of the script
	clause   bool    // it is a clause or a run
	of       span    // of a run: the words of the sentence or clause that it was found in; else empty
	filled   float64 // how much of the time that they need is filled with sound that is nobody's word
	contrast float64 // where they fit best
}

// trust returns the contrast of a part over the one from which on it is said, which grows with
// the sound that it looks for its place in: below 1 the part is in doubt.
func (x part) trust() float64 {
	return x.contrast / (clearContrast + float64(contrastGrowth*portable.Log(max(1, x.filled))))
}

// gap is a run of words that nobody says, and the frames [t0, t1) between the words around it.
type gap struct {
	parts  []part
	t0, t1 int
	coarse []int32 // the nodes at these frames where the parts are said, see fit
}

// reconsider looks again at the sentences and clauses that found leaves out beside sound of
// their length, and puts those that turn out to be said there, or may be, back on its path:
// found.putBack has the trust in each of these, by its words.
func (e *episode) reconsider(ctx context.Context, found *decoded) error {
	g := found.graph
	places := wordsIn(g, found.state)
	pace := pace(g, places)
	var c *contrast
	var again []gap // with the parts that are put back
	for _, p := range e.gaps(g, places, len(found.state)) {
		if p.t1-p.t0 > mostGap {
			continue
		}
		sound := float64(g.fillerIn(found.state[p.t0:p.t1]))
		all := 0.0 // the time that all parts need
		for i, x := range p.parts {
			needed := float64(pace * float64(g.statesOf(x.words)))
			p.parts[i].filled = sound / needed
			all += needed
		}
		p.parts = likely(p.parts)
		if len(p.parts) == 0 {
			continue
		}
		if c == nil {
			c = e.newContrast(found)
		}
		if e.keepSaid(ctx, found, c, &p, sound >= leastFilled*all); len(p.parts) == 0 {
			continue
		}
		if e.fit(ctx, found, c, &p); len(p.parts) > 0 {
			again = append(again, p)
		}
	}
	if len(again) == 0 {
		return ctx.Err()
	}
	e.passRest(found, again)
	if err := found.putBackOn(ctx, again, places); err != nil {
		return err
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

// gaps returns where sentences and clauses are left out of a path of n frames, in order.
func (e *episode) gaps(g *graph, places map[int32]place, n int) []gap {
	var all []gap
	p := gap{}
	next := func(t0, t1 int) {
		if p.t1 = t1; len(p.parts) > 0 {
			all = append(all, p)
		}
		p = gap{t0: t0}
	}
	for k, words := range g.sentences {
		if e.known.unspoken(k) {
			continue
		}
		if _, _, said := g.sentenceFrames(k, places); !said {
			p.parts = append(p.parts, part{sentence: k, words: words})
			continue
		}
		unsaid := words.first // from here on, up to w
		for w := words.first; w <= words.end; w++ {
			at, said := places[w]
			if !said && w < words.end {
				continue
			}
			for _, c := range clausesIn(e.readings[k].optional, span{unsaid - words.first, w - words.first}) {
				c = span{words.first + c.first, words.first + c.end}
				p.parts = append(p.parts, part{sentence: k, words: c, clause: true})
			}
			if w < words.end {
				next(at.end, at.start)
			}
			unsaid = w + 1
		}
	}
	next(n, n)
	return all
}

// covered reports whether the sound of a gap on the path of found is so steady that it covers
// what is said in it, as noise does, though the script announces no such sound. It tells little of
// a short gap: of windows within the words of five recordings 14% of those of 0.2 s pass for
// steady, 10% of 0.3 s, 4% of 0.5 s, 1% of 0.8 s; of windows of noise over 99% do, whatever
// their length. Half of the time that three words take, which has to be filled, is about 0.4 s.
func (e *episode) covered(found *decoded, p gap) bool {
	g := found.graph
	first, end := p.t1, p.t0
	for t := p.t0; t < p.t1; t++ {
		switch state := found.state[t]; {
		case !g.filling(state):
		case g.emit[state] == g.filler+uint16(announcedFiller):
			return false
		default:
			first, end = min(first, t), t+1
		}
	}
	return first < end && lowEnergy(e.frames, first, end) < coveredShare
}

// sentenceFrames returns the frames of the words of sentence k that are said, [first, end); ok is
// false where none is.
func (g *graph) sentenceFrames(k int, places map[int32]place) (first, end int, ok bool) {
	return wordFrames(g.sentences[k], places)
}

// wordFrames is the same of some words.
func wordFrames(words span, places map[int32]place) (first, end int, ok bool) {
	for w := words.first; w < words.end; w++ {
		if at, said := places[w]; said {
			if !ok {
				first, ok = at.start, true
			}
			end = at.end
		}
	}
	return first, end, ok
}

// statesOf returns how many states the words have.
func (g *graph) statesOf(words span) int {
	n := 0
	for _, states := range g.lengths[words.first:words.end] {
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

// likely returns the parts of a gap that are worth a look.
func likely(parts []part) []part {
	var some []part
	for i, x := range parts {
		if x.filled >= leastRunFilled && (i < reconsidered || i >= len(parts)-reconsidered) {
			some = append(some, x)
		}
	}
	return some
}

// keepSaid keeps those parts of a gap that are said in it, or, where there is room for half of
// all that is left out, may be. A clause may be said in any steady sound of its length, which
// covers it and all decoys alike; beside whole sentences there is music of any length.
// Of a part that isn't said as a whole, what is said of it is kept: see runsSaid.
func (e *episode) keepSaid(ctx context.Context, found *decoded, c *contrast, p *gap, room bool) {
	s := c.listen(p.t0, p.t1)
	covered := e.covered(found, *p)
	var said []part
	for _, x := range p.parts {
		if runs := e.runsSaid(ctx, found, c, *p, s, x); len(runs) > 0 {
			said = append(said, runs...)
			continue
		}
		if x.filled < leastFilled {
			continue
		}
		random := rand.New(rand.NewPCG(uint64(x.sentence), uint64(p.t0)))
		x.contrast = c.best(ctx, s, e.readingOf(found.graph, x), random).Deviations
		fills := room && x.filled <= mostFilled
		if math.IsNaN(x.contrast) || x.clause && fills && x.contrast < openContrast && covered {
			x.contrast = openContrast // nothing can be said against it
		}
		if x.trust() >= 1 || fills && x.contrast >= openContrast {
			said = append(said, x)
		}
	}
	p.parts = said
}

// runsSaid returns what of a part is said in the sound s of a gap, where that is some of its
// words only: text that nobody says stands there without punctuation. The loose path through the
// part passes by words that fit worse than filler. Of what it doesn't pass by, runs count whose
// contrast is open or clear, those of less than leastClause words only where the part begins or ends.
// It returns nothing where all of the part may be said but insertions, where less than leastClause words
// count, where there is so much sound that it need not be of the part, or where no path of the graph of
// found can pass by the rest, see passingBy.
func (e *episode) runsSaid(ctx context.Context, found *decoded, c *contrast, p gap, s scored, x part) []part {
	r := e.readingOf(found.graph, x)
	if x.filled > mostFilled || transcript.Size(r.words) <= leastClause ||
		found.graph.statesOf(x.words) > mostGap || found.rules.fluent {
		return nil
	}
	rules := found.rules
	rules.forced, rules.loose = true, true
	g, path, ok := s.force(ctx, rules, r)
	if !ok {
		return nil
	}
	places := wordsIn(g, path.state)
	all := true
	for i, w := range r.words {
		_, said := places[int32(i)]
		all = all && (said || w.Inserted)
	}
	if all {
		return nil
	}
	var runs []part
	states := 0 // of the runs
	for _, words := range runsIn(places, int32(len(r.said))) {
		if transcript.Size(r.words[words.first:words.end]) < leastClause && words.first > 0 && int(words.end) < len(r.said) {
			continue
		}
		run := part{
			sentence: x.sentence, words: span{x.words.first + words.first, x.words.first + words.end}, clause: true, of: x.words,
		}
		around := s.part(places[words.first].start-aroundClaim, places[words.end-1].end+aroundClaim)
		random := rand.New(rand.NewPCG(uint64(run.words.first), uint64(p.t0)))
		if run.contrast = c.of(ctx, around, e.readingOf(found.graph, run), decoys, random).Deviations; run.contrast >= openContrast {
			runs = append(runs, run)
			states += found.graph.statesOf(run.words)
		}
	}
	for i := range runs {
		runs[i].filled = x.filled * float64(found.graph.statesOf(x.words)) / float64(states)
	}
	runs = slices.DeleteFunc(runs, func(run part) bool { return run.filled > mostFilled && run.trust() < 1 })
	size := 0.0
	for _, run := range runs {
		size += transcript.Size(e.readingOf(found.graph, run).words)
	}
	if size < leastClause {
		return nil
	}
	return runs
}

// without returns the words outside of those parts that are runs of them, in order and counted from
// first on.
func without(words span, parts []part, first int32) (rest []span) {
	from := words.first
	for _, x := range parts {
		if x.of != words {
			continue
		}
		if from < x.words.first {
			rest = append(rest, span{from - first, x.words.first - first})
		}
		from = x.words.end
	}
	if from < words.end {
		rest = append(rest, span{from - first, words.end - first})
	}
	return rest
}

// runsIn returns the runs of words among the first n that have a place.
func runsIn(places map[int32]place, n int32) (runs []span) {
	first := none
	for w := int32(0); w <= n; w++ {
		switch _, said := places[w]; {
		case said && first == none:
			first = w
		case !said && first != none:
			runs, first = append(runs, span{first, w}), none
		}
	}
	return runs
}

// readingOf returns the reading of a part.
func (e *episode) readingOf(g *graph, x part) reading {
	r := e.readings[x.sentence]
	if !x.clause {
		return r
	}
	first := g.sentences[x.sentence].first
	words := span{x.words.first - first, x.words.end - first}
	return reading{
		words: r.words[words.first:words.end], said: r.said[words.first:words.end],
		before: r.within, after: r.within, within: r.within,
	}
}

// fit finds where in a gap its parts are said: its coarse nodes. Where not all of them fit into it,
// those with the least contrast are taken out of the gap.
func (e *episode) fit(ctx context.Context, found *decoded, c *contrast, p *gap) {
	rules := found.rules
	rules.forced = true
	s := c.listen(p.t0, p.t1)
	for len(p.parts) > 0 {
		var rs []reading
		for _, x := range p.parts {
			rs = append(rs, e.readingOf(found.graph, x))
		}
		small, path, ok := s.force(ctx, rules, rs...)
		if ok {
			p.coarse = p.nodes(found.graph, small, path.state)
			return
		}
		least := slices.MinFunc(p.parts, func(a, b part) int { return cmp.Compare(a.contrast, b.contrast) })
		p.parts = slices.DeleteFunc(p.parts, func(x part) bool { return x.words == least.words })
	}
}

// nodes returns the states of a path through small, the graph of the parts of p, as nodes of g.
func (p *gap) nodes(g, small *graph, states []int32) []int32 {
	nodes := make([]int32, len(states))
	for t, state := range states {
		i := int(small.sentencesBefore(state)) // parts that end before it
		next := p.parts[len(p.parts)-1].words.end
		if i < len(p.parts) {
			next = p.parts[i].words.first
		}
		nodes[t] = g.node[g.silenceBefore(next)] + small.node[state] - small.node[small.boundaries[i]]
	}
	return nodes
}

// passRest has the graph of found let paths pass by what is left out beside the runs of words in
// gaps. It has the same states as before.
func (e *episode) passRest(found *decoded, gaps []gap) {
	changed := false
	for _, p := range gaps {
		for i, x := range p.parts {
			if x.of == (span{}) || i > 0 && p.parts[i-1].of == x.of {
				continue
			}
			if !changed {
				e.readings, changed = slices.Clone(e.readings), true
			}
			r := &e.readings[x.sentence]
			r.optional = alsoOptional(r.optional, without(x.of, p.parts, found.graph.sentences[x.sentence].first))
		}
	}
	if changed {
		found.graph = e.graph(found)
	}
}

// putBackOn puts the parts of gaps on the path of d: the pieces of it around the gaps are
// searched again, around their coarse nodes, with these forced. Where the search of a piece with
// several gaps loses its way, they are tried one by one; where it still does, since too many
// sentences lie between, as it seems, the path stays. The words before were on it before.
func (d *decoded) putBackOn(ctx context.Context, gaps []gap, before map[int32]place) error {
	g := d.graph
	coarse := newCoarsePath(g, d.state, d.step, len(d.state))
	var words []span
	for _, p := range gaps {
		copy(coarse[p.t0:], p.coarse)
		words = append(words, p.words()...)
	}
	pieces, within := coarse.aroundGaps(g, gaps)
	errs := searchPieces(ctx, g.forcing(words, costNever), coarse, d.scorer, d.banded, pieces)
	var back []part
	var alone []span // of a piece whose gaps are tried one by one, the words put back so far
	for i, p := range gaps {
		first := i == 0 || within[i-1] != within[i]
		if first {
			alone = nil
		}
		err := errs[within[i]]
		if last := i == len(gaps)-1 || within[i+1] != within[i]; lost(err) && !(first && last) {
			err = d.putBackAlone(ctx, p, alone)
			if err == nil {
				alone = append(alone, p.words()...)
			}
		}
		switch {
		case lost(err):
			continue
		case err != nil:
			return err
		}
		back = append(back, p.parts...)
	}
	d.putBack = map[span]float64{}
	places := wordsIn(g, d.state)
	for _, x := range back {
		if _, _, ok := g.sentenceFrames(x.sentence, places); !ok {
			continue // it is an insertion alone
		}
		d.putBack[x.words] = x.trust()
		if _, _, said := g.sentenceFrames(x.sentence, before); !said {
			d.banded.skipMargin[x.sentence] = 0
		}
	}
	return nil
}

// words returns the words of the parts of a gap.
func (p gap) words() (words []span) {
	for _, x := range p.parts {
		words = append(words, x.words)
	}
	return words
}

// aroundGaps returns the pieces of a path around gaps, and the number of that which each gap lies in.
func (coarse coarsePath) aroundGaps(g *graph, gaps []gap) (pieces []piece, within []int) {
	for _, p := range gaps {
		around := coarse.around(g, p.t0-reachFrames, p.t1+reachFrames)
		if n := len(pieces); n > 0 && around.t0 < pieces[n-1].t1 {
			around.t0, around.first, around.from = pieces[n-1].t0, pieces[n-1].first, pieces[n-1].from
			pieces = pieces[:n-1]
		}
		pieces = append(pieces, around)
		within = append(within, len(pieces)-1)
	}
	return pieces, within
}

// putBackAlone puts the parts of a single gap on the path of d, which holds other words that were put
// back before it and are to stay there.
func (d *decoded) putBackAlone(ctx context.Context, p gap, others []span) error {
	coarse := newCoarsePath(d.graph, d.state, d.step, len(d.state))
	copy(coarse[p.t0:], p.coarse)
	around := coarse.around(d.graph, p.t0-reachFrames, p.t1+reachFrames)
	forcing := d.graph.forcing(slices.Concat(others, p.words()), costNever)
	return searchPieces(ctx, forcing, coarse, d.scorer, d.banded, []piece{around})[0]
}

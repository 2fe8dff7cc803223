package align

import (
	"context"
	"slices"
	"sync"
	"time"
)

// The narrow search moves the words of a path found before by up to
// narrowReach. The recording is cut where that path is silent into pieces of
// half a minute to a minute, which are searched independently, on all processors: a band
// around the path, forward for the best path and backward for what else could
// have been. The band's scores are kept for a piece alone, so that memory does
// not grow with the recording.

const (
	// narrowReach is how far a word may be moved.
	narrowReach = 3 * time.Second
	// pieceLength is how long a piece is at the least; from then on a silence of
	// pieceSilence ends it, and from twice that on any silence.
	pieceLength  = 30 * time.Second
	pieceSilence = 300 * time.Millisecond
)

const (
	reachFrames   = int(narrowReach / frameTime)
	pieceFrames   = int(pieceLength / frameTime)
	silenceFrames = int(pieceSilence / frameTime)
	// startFrames is how far off a word's start another one counts as different:
	// 0.25 s, what confidence speaks of.
	startFrames = 25
)

// piece is a stretch of frames of 10 ms, [t0, t1), and the states of a chain
// that can be passed in it, [first, end). Its path begins and ends in silent
// states; in from and to, unless it begins or ends the recording.
type piece struct {
	t0, t1     int
	first, end int32
	from, to   int32
}

// guide is a path found before: the node at each frame of 10 ms.
type guide []int32

// guide of a path through c of one frame every step times 10 ms, over n frames of 10 ms.
func (p path) guide(c *chain, step, n int) guide {
	g := make(guide, n)
	for t := range g {
		g[t] = c.node[p.state[min(t/step, len(p.state)-1)]]
	}
	return g
}

// states is the guide's nodes as the first state of each in c.
func (g guide) states(c *chain) []int32 {
	states := make([]int32, len(g))
	for t, n := range g {
		states[t] = c.nodeStart[n]
	}
	return states
}

// cut divides the recording at the guide's silences.
func (g guide) cut(c *chain) []piece {
	silent := func(t int) bool { return c.word[c.nodeStart[g[t]]] < 0 }
	// No path can say in narrowReach what lies further from its ends.
	before := c.sentenceBefore(max(0, c.around(g[0]).first-int32(reachFrames))) + 1
	pieces := []piece{{first: c.junctions[before]}}
	for t := 0; t < len(g); {
		if !silent(t) {
			t++
			continue
		}
		end := t
		for end < len(g) && g[end] == g[t] {
			end++
		}
		last := &pieces[len(pieces)-1]
		at := (t + end) / 2
		if end < len(g) && (at-last.t0 >= pieceFrames && end-t >= silenceFrames || at-last.t0 >= 2*pieceFrames) {
			state := c.nodeStart[g[t]]
			s := c.around(g[t])
			last.t1, last.end, last.to = at, s.end, state
			pieces = append(pieces, piece{t0: at, first: s.first, from: state})
		}
		t = end
	}
	last := &pieces[len(pieces)-1]
	last.t1, last.end = len(g), c.states()
	if after := c.sentenceBefore(min(c.states()-1, c.around(g[len(g)-1]).end+int32(reachFrames))) + 2; after < len(c.junctions)-1 {
		last.end = c.junctions[after] + 2
	}
	return pieces
}

// refinement is what a narrow search finds.
type refinement struct {
	state []int32   // at each frame of 10 ms
	score []float32 // of each frame in its state
	// startMargin is, for each word, how much worse the best path is on which the
	// word starts more than startFrames off; for a word that the path passes by,
	// on which it is said at all.
	startMargin []float32
	// skipMargin is, for each sentence, how much worse the best path is on which
	// nobody says it; 0 if the path skips it.
	skipMargin []float32
}

// noMargin stands for a path that the band does not hold at all.
const noMargin = float32(1000)

// refine searches around the guide.
func refine(ctx context.Context, c *chain, g guide, sc *mixtureScores) (*refinement, error) {
	r := &refinement{state: make([]int32, len(g)), score: make([]float32, len(g)),
		startMargin: make([]float32, len(c.words)), skipMargin: make([]float32, len(c.sentences))}
	fill(r.startMargin, noMargin)
	fill(r.skipMargin, noMargin)
	pieces := g.cut(c)
	errs := make([]error, len(pieces))
	pool := sync.Pool{New: func() any { return newBandSearch(c, g, sc, r) }}
	inParallel(len(pieces), func(i int) {
		if errs[i] = ctx.Err(); errs[i] == nil {
			b := pool.Get().(*bandSearch)
			errs[i] = b.search(pieces[i])
			pool.Put(b)
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// bandSearch searches one piece at a time. Pieces share no word, so that the
// searches of several write to different parts of the result.
type bandSearch struct {
	c       *chain
	g       guide
	sc      *mixtureScores
	scratch *scratch
	stay    *stayCosts
	result  *refinement

	p         piece
	rows      []float32 // scores of the piece's frames
	bounds    []span    // states of each frame's band
	offset    []int     // of each frame's band in alpha and steps
	alpha     []float32 // best score of a path that ends in a state
	steps     []uint8
	prev, cur column // impossible outside the band
	future    []float32
}

func newBandSearch(c *chain, g guide, sc *mixtureScores, r *refinement) *bandSearch {
	return &bandSearch{c: c, g: g, sc: sc, scratch: sc.scratch(), stay: newStayCosts(sc.step()), result: r, prev: newColumn(c), cur: newColumn(c)}
}

func (b *bandSearch) search(p piece) error {
	b.p = p
	n := p.t1 - p.t0
	width := len(b.sc.emissions)
	b.rows = grow(b.rows, n*width)
	for t := p.t0; t < p.t1; t += batchFrames {
		b.sc.fill(b.scratch, t, min(t+batchFrames, p.t1), b.rows[(t-p.t0)*width:])
	}
	b.bounds, b.offset = b.bounds[:0], b.offset[:0]
	total, most := 0, 0
	for t := p.t0; t < p.t1; t++ {
		s := b.band(t)
		b.bounds, b.offset = append(b.bounds, s), append(b.offset, total)
		total += int(s.end - s.first)
		most = max(most, int(s.end-s.first))
	}
	b.alpha, b.steps, b.future = grow(b.alpha, total), grow(b.steps, total), grow(b.future, most+1)
	b.forward()
	best, err := b.trace()
	b.clear()
	if err != nil {
		return err
	}
	b.backward(best)
	b.clear()
	return nil
}

// clear makes both columns impossible.
func (b *bandSearch) clear() {
	fill(b.prev.score[b.p.first:b.p.end], impossible)
	fill(b.cur.score[b.p.first:b.p.end], impossible)
}

func grow[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n, n+n/4)
	}
	return v[:n]
}

// band is the states that frame t may be in.
func (b *bandSearch) band(t int) span {
	c, p := b.c, b.p
	s := span{p.first, p.end}
	if t-reachFrames >= p.t0 {
		s.first = max(s.first, c.around(b.g[t-reachFrames]).first)
	}
	if t+reachFrames < p.t1 {
		s.end = min(s.end, c.around(b.g[t+reachFrames]).end)
	}
	return s
}

// starts is where the piece's paths can begin: within its first band, since the
// columns are shared with the pieces that come after.
func (b *bandSearch) starts() []way {
	if b.p.t0 == 0 {
		outside := func(w way) bool { return w.from < b.bounds[0].first || w.from >= b.bounds[0].end }
		return slices.DeleteFunc(slices.Clone(b.c.starts), outside)
	}
	return []way{{b.p.from, 0}}
}

// ends is where they can end.
func (b *bandSearch) ends() []way {
	if b.p.t1 == len(b.g) {
		last := b.bounds[len(b.bounds)-1]
		outside := func(w way) bool { return w.from < last.first || w.from >= last.end }
		return slices.DeleteFunc(slices.Clone(b.c.ends), outside)
	}
	return []way{{b.p.to, 0}}
}

// row is the scores of the piece's frame t.
func (b *bandSearch) row(t int) []float32 {
	width := len(b.sc.emissions)
	return b.rows[t*width:][:width]
}

// past is the best scores of the paths to the states of frame t's band.
func (b *bandSearch) past(t int) []float32 {
	return b.alpha[b.offset[t]:][:b.bounds[t].end-b.bounds[t].first]
}

func (b *bandSearch) forward() {
	for t, s := range b.bounds {
		steps := b.steps[b.offset[t]:][:s.end-s.first]
		if t == 0 {
			b.c.begin(b.cur, b.starts(), b.row(0))
			clear(steps)
		} else {
			b.c.advance(b.cur, b.prev, s.first, s.end, b.row(t), b.stay, steps)
			old := b.bounds[t-1]
			fill(b.prev.score[old.first:old.end], impossible)
		}
		copy(b.past(t), b.cur.score[s.first:s.end])
		b.prev, b.cur = b.cur, b.prev
	}
}

// trace writes the best path to the result and returns its score.
func (b *bandSearch) trace() (float32, error) {
	at, best := int32(-1), impossible/2
	for _, w := range b.ends() {
		if v := b.prev.score[w.from] - w.cost; v > best {
			at, best = w.from, v
		}
	}
	if at < 0 {
		return 0, errBeam
	}
	for t := len(b.bounds) - 1; t >= 0; t-- {
		b.result.state[b.p.t0+t] = at
		b.result.score[b.p.t0+t] = b.row(t)[b.c.emit[at]]
		if step := b.steps[b.offset[t]+int(at-b.bounds[t].first)]; step > 0 {
			at = b.c.into(at)[step-1].from
		}
	}
	return best, nil
}

// backward finds the margins. What a state's future is worth, its own score
// included, is spread to the states that it can be entered from; the sum with
// what their past is worth is the best path on that way. The future does not
// know how long a state has been held, so a way is compared with the path's own
// way into the same word rather than with the path's score.
func (b *bandSearch) backward(best float32) {
	c, r := b.c, b.result
	starts := b.wordStarts()
	// The best paths on which each word starts as on the path found, on which it
	// starts otherwise, and on which each sentence is skipped.
	own, other, skipped := impossibles(len(c.words)), impossibles(len(c.words)), impossibles(len(c.sentences))
	// enter notes the best path on which the word is entered at frame t (of the piece).
	enter := func(w int32, t int, score float32) {
		switch at := int(starts[w]); {
		case at == t:
			own[w] = max(own[w], score)
		case at < 0 || abs(at-t) > startFrames:
			other[w] = max(other[w], score)
		}
	}
	// What the future after a frame is worth: prev of frame t, cur of the one before.
	prev, cur := b.prev.score, b.cur.score
	last := len(b.bounds) - 1
	for _, w := range b.ends() {
		prev[w.from] = -w.cost
		if w.cost > 0 {
			// All sentences from this junction on are skipped.
			v := b.past(last)[w.from-b.bounds[last].first] - w.cost
			for k := c.sentenceBefore(w.from) + 1; k < len(skipped); k++ {
				skipped[k] = max(skipped[k], v)
			}
		}
	}
	for t := last; t > 0; t-- {
		s, before, past, row := b.bounds[t], b.bounds[t-1], b.past(t-1), b.row(t)
		future := b.future[:s.end-s.first+1]
		for j, e := range c.emit[s.first:s.end] {
			future[j] = prev[int(s.first)+j] + row[e]
		}
		future[s.end-s.first] = impossible
		fill(cur[before.first:before.end], impossible)
		// Staying, and going on to the next state ...
		lo, hi := max(s.first, before.first), min(s.end, before.end)
		for j := lo; j < hi; j++ {
			cur[j] = max(future[j-s.first]-costStay, future[j-s.first+1])
		}
		// ... which cannot be done before a head: that is entered by its ways.
		heads := c.heads[c.nextHead[s.first]:]
		for _, i := range heads {
			if i > hi {
				break
			}
			if i > lo {
				cur[i-1] = future[i-1-s.first] - costStay
			}
		}
		for _, i := range heads {
			if i >= s.end {
				break
			}
			word := c.word[i]
			for _, w := range c.ways[c.wayStart[i]:c.wayStart[i+1]] {
				if w.from < before.first || w.from >= before.end {
					continue
				}
				v := future[i-s.first] - w.cost
				cur[w.from] = max(cur[w.from], v)
				v += past[w.from-before.first]
				if word >= 0 && word != c.word[w.from] {
					enter(word, t, v)
				} else if c.skips(w, i) {
					k := c.sentenceBefore(i)
					skipped[k] = max(skipped[k], v)
				}
			}
		}
		fill(prev[s.first:s.end], impossible)
		prev, cur = cur, prev
	}
	for _, w := range b.starts() {
		v := prev[w.from] + b.row(0)[c.emit[w.from]] - w.cost
		if word := c.word[w.from]; word >= 0 {
			enter(word, 0, v)
		} else if b.p.t0 == 0 {
			// All sentences before this junction are skipped.
			for k := range c.sentenceBefore(w.from) + 1 {
				skipped[k] = max(skipped[k], v)
			}
		}
	}
	reference := func(w int32) float32 {
		if own[w] > impossible/2 {
			return own[w]
		}
		return best
	}
	for w, score := range other {
		if score > impossible/2 {
			r.startMargin[w] = margin(reference(int32(w)), score)
		}
	}
	for k, score := range skipped {
		if score > impossible/2 {
			r.skipMargin[k] = margin(reference(c.sentences[k].first), score)
		}
	}
}

// wordStarts is the frame of the piece at which each word starts, -1 for those
// not said in it.
func (b *bandSearch) wordStarts() []int32 {
	starts := make([]int32, len(b.c.words))
	for w := range starts {
		starts[w] = -1
	}
	for w, at := range wordsIn(b.c, b.result.state[b.p.t0:b.p.t1]) {
		starts[w] = int32(at.start)
	}
	return starts
}

func impossibles(n int) []float32 {
	v := make([]float32, n)
	fill(v, impossible)
	return v
}

// margin is how much worse the other way is, in [0, noMargin].
func margin(way, other float32) float32 { return min(max(way-other, 0), noMargin) }

func abs(x int) int {
	return max(x, -x)
}

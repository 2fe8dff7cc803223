package align

import (
	"context"
	"sync"
	"time"
)

// The narrow search moves the words of a path found before by up to
// narrowReach. The recording is cut where that path is silent into pieces of
// about a minute, which are searched independently, on all processors: a band
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
	frameTime     = 10 * time.Millisecond
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

// cut divides the recording at the guide's silences.
func (g guide) cut(c *chain) []piece {
	silent := func(t int) bool { return c.word[c.nodeStart[g[t]]] < 0 }
	pieces := []piece{{}}
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
	pool := sync.Pool{New: func() any { return &bandSearch{c: c, g: g, sc: sc, scratch: sc.scratch(), result: r} }}
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
	result  *refinement

	p      piece
	rows   []float32 // scores of the piece's frames
	bounds []span    // states of each frame's band, from p.first on
	offset []int     // of each frame's band in alpha and steps
	alpha  []float32 // best score of a path that ends in a state
	steps  []uint8
	prev   []float32 // by state, from p.first on; impossible outside the band
	cur    []float32
	held   []uint8 // how many frames the best paths have been in each state, of prev and cur
	hold   []uint8
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
	total := 0
	for t := p.t0; t < p.t1; t++ {
		s := b.band(t)
		b.bounds, b.offset = append(b.bounds, s), append(b.offset, total)
		total += int(s.end - s.first)
	}
	b.alpha, b.steps = grow(b.alpha, total), grow(b.steps, total)
	states := int(p.end - p.first)
	b.prev, b.cur = grow(b.prev, states), grow(b.cur, states)
	b.held, b.hold = grow(b.held, states), grow(b.hold, states)
	b.forward()
	best, err := b.trace()
	if err != nil {
		return err
	}
	b.backward(best)
	return nil
}

func grow[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n, n+n/4)
	}
	return v[:n]
}

// band is the states, from the piece's first on, that frame t may be in.
func (b *bandSearch) band(t int) span {
	c, p := b.c, b.p
	lo, hi := p.first, p.end
	if t-reachFrames >= p.t0 {
		lo = max(lo, c.around(b.g[t-reachFrames]).first)
	}
	if t+reachFrames < p.t1 {
		hi = min(hi, c.around(b.g[t+reachFrames]).end)
	}
	return span{lo - p.first, hi - p.first}
}

func fill(v []float32, x float32) {
	for i := range v {
		v[i] = x
	}
}

// starts is where the piece's paths can begin.
func (b *bandSearch) starts() []way {
	if b.p.t0 == 0 {
		return b.c.starts
	}
	return []way{{b.p.from, 0}}
}

// ends is where they can end.
func (b *bandSearch) ends() []int32 {
	if b.p.t1 == len(b.g) {
		return b.c.ends
	}
	return []int32{b.p.to}
}

func (b *bandSearch) forward() {
	c, p := b.c, b.p
	width := len(b.sc.emissions)
	const long = uint8(longState / frameTime)
	fill(b.prev, impossible)
	fill(b.cur, impossible)
	for t, s := range b.bounds {
		row := b.rows[t*width:][:width]
		alpha, steps := b.alpha[b.offset[t]:][:s.end-s.first], b.steps[b.offset[t]:][:s.end-s.first]
		for j := s.first; j < s.end; j++ {
			i := p.first + j
			v, step, hold := b.prev[j]-costStay, uint8(0), b.held[j]
			if hold >= long && c.word[i] >= 0 {
				v -= costLong
			}
			for k, w := range c.ways[c.wayStart[i]:c.wayStart[i+1]] {
				if from := w.from - p.first; from >= 0 && from < int32(len(b.prev)) {
					if x := b.prev[from] - w.cost; x > v {
						v, step = x, uint8(k)+1
					}
				}
			}
			if t == 0 {
				v = impossible
				for _, w := range b.starts() {
					if w.from == i {
						v = -w.cost
					}
				}
			}
			v = max(v+row[c.emit[i]], impossible)
			b.cur[j] = v
			if step > 0 || t == 0 {
				hold = 0
			}
			b.hold[j] = hold + 1 - hold>>7
			alpha[j-s.first], steps[j-s.first] = v, step
		}
		if t > 0 {
			old := b.bounds[t-1]
			fill(b.prev[old.first:old.end], impossible)
		}
		b.prev, b.cur = b.cur, b.prev
		b.held, b.hold = b.hold, b.held
	}
}

// trace writes the best path to the result and returns its score.
func (b *bandSearch) trace() (float32, error) {
	at, best := int32(-1), impossible/2
	for _, i := range b.ends() {
		if j := i - b.p.first; j >= 0 && j < int32(len(b.prev)) && b.prev[j] > best {
			at, best = i, b.prev[j]
		}
	}
	if at < 0 {
		return 0, errBeam
	}
	for t := len(b.bounds) - 1; t >= 0; t-- {
		b.result.state[b.p.t0+t] = at
		b.result.score[b.p.t0+t] = b.rows[t*len(b.sc.emissions)+int(b.c.emit[at])]
		if step := b.steps[b.offset[t]+int(at-b.p.first-b.bounds[t].first)]; step > 0 {
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
	c, p, r := b.c, b.p, b.result
	width := len(b.sc.emissions)
	said := wordsIn(c, r.state[p.t0:p.t1])
	own := map[int32]float32{}
	other := map[int32]float32{}
	skipped := map[int]float32{}
	// beta: of prev at frame t, of cur at the frame before.
	fill(b.prev, impossible)
	fill(b.cur, impossible)
	for _, i := range b.ends() {
		if j := i - p.first; j >= 0 && j < int32(len(b.prev)) {
			b.prev[j] = 0
		}
	}
	// enter notes the best path on which the word is entered at frame t (of the piece).
	enter := func(w int32, t int, score float32) {
		best := other
		if at, ok := said[w]; ok && abs(at.start-t) <= startFrames {
			if at.start != t {
				return
			}
			best = own
		}
		if old, ok := best[w]; !ok || score > old {
			best[w] = score
		}
	}
	for t := len(b.bounds) - 1; t >= 0; t-- {
		s := b.bounds[t]
		row := b.rows[t*width:][:width]
		if t == 0 {
			for _, w := range b.starts() {
				if j := w.from - p.first; c.word[w.from] >= 0 && j < s.end {
					enter(c.word[w.from], 0, b.prev[j]+row[c.emit[w.from]]-w.cost)
				}
			}
			break
		}
		before := b.bounds[t-1]
		alpha := b.alpha[b.offset[t-1]:][:before.end-before.first]
		fill(b.cur[before.first:before.end], impossible)
		for j := s.first; j < s.end; j++ {
			i := p.first + j
			future := b.prev[j]
			if future <= impossible/2 {
				continue
			}
			future += row[c.emit[i]]
			if j >= before.first && j < before.end {
				b.cur[j] = max(b.cur[j], future-costStay)
			}
			first := c.word[i] >= 0 && c.words[c.word[i]].first == i
			for _, w := range c.ways[c.wayStart[i]:c.wayStart[i+1]] {
				from := w.from - p.first
				if from < before.first || from >= before.end {
					continue
				}
				v := future - w.cost
				b.cur[from] = max(b.cur[from], v)
				if first {
					enter(c.word[i], t, v+alpha[from-before.first])
				} else if w.cost == costSkipSentence {
					k, score := c.sentenceBefore(i), v+alpha[from-before.first]
					if old, ok := skipped[k]; !ok || score > old {
						skipped[k] = score
					}
				}
			}
		}
		fill(b.prev[s.first:s.end], impossible)
		b.prev, b.cur = b.cur, b.prev
	}
	reference := func(w int32) float32 {
		if score, ok := own[w]; ok {
			return score
		}
		return best
	}
	for w, score := range other {
		r.startMargin[w] = margin(reference(w), score)
	}
	for k, score := range skipped {
		r.skipMargin[k] = margin(reference(c.sentences[k].first), score)
	}
}

// margin is how much worse the other way is, in [0, noMargin].
func margin(way, other float32) float32 { return min(max(way-other, 0), noMargin) }

func abs(x int) int {
	return max(x, -x)
}

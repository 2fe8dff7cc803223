package align

import (
	"context"
	"slices"
	"sort"
	"sync"
	"time"
)

// The banded search moves the words of a coarse path, found before, by up to bandReach.
// The recording is cut where that path is silent into pieces of half a minute to a
// minute, which are searched independently, on all processors: a band around the path,
// forward for the best path and backward for what else could have been. Both are
// max-product (Viterbi) scores: forward is the score of the best path that ends in a
// state, backward that of the best path that goes on from it, and their sum that of the
// best path through it. The band's scores are kept for a piece alone, so that memory
// does not grow with the recording.

const (
	// bandReach is how far a word may be moved.
	bandReach = 3 * time.Second
	// pieceLength is how long a piece is at the least; from then on a silence of
	// pieceSilence ends it, and from twice that on any silence.
	pieceLength  = 30 * time.Second
	pieceSilence = 300 * time.Millisecond
)

const (
	reachFrames   = int(bandReach / frameTime)
	pieceFrames   = int(pieceLength / frameTime)
	silenceFrames = int(pieceSilence / frameTime)
	// startFrames is how far off a word's start another one counts as different:
	// 0.25 s, as in the definition of confidence.
	startFrames = 25
)

// piece is a stretch of frames of 10 ms, [t0, t1), and the states of a graph that can
// be passed in it, [first, end). Its path begins and ends in silent states; in from and
// to, unless it begins or ends the recording.
type piece struct {
	t0, t1     int
	first, end int32
	from, to   int32
}

// coarsePath is a path found before: the node at each frame of 10 ms.
type coarsePath []int32

// newCoarsePath returns the coarse path over n frames of 10 ms of the states of a path
// through g, one every step times 10 ms.
func newCoarsePath(g *graph, state []int32, step, n int) coarsePath {
	coarse := make(coarsePath, n)
	for t := range coarse {
		coarse[t] = g.node[state[min(t/step, len(state)-1)]]
	}
	return coarse
}

// cut divides the recording at the silences of the coarse path.
func (coarse coarsePath) cut(g *graph) []piece {
	silent := func(t int) bool { return g.word[g.nodeStart[coarse[t]]] == none }
	pieces := []piece{{first: coarse.firstState(g)}}
	for t := 0; t < len(coarse); {
		if !silent(t) {
			t++
			continue
		}
		end := t
		for end < len(coarse) && coarse[end] == coarse[t] {
			end++
		}
		last := &pieces[len(pieces)-1]
		at := (t + end) / 2
		if end < len(coarse) && (at-last.t0 >= pieceFrames && end-t >= silenceFrames || at-last.t0 >= 2*pieceFrames) {
			state := g.nodeStart[coarse[t]]
			s := g.around(coarse[t])
			last.t1, last.end, last.to = at, s.end, state
			pieces = append(pieces, piece{t0: at, first: s.first, from: state})
		}
		t = end
	}
	last := &pieces[len(pieces)-1]
	last.t1, last.end = len(coarse), coarse.endState(g)
	return pieces
}

// firstState returns the first state of the band around the beginning of the path: no path
// can say in bandReach what lies further from it.
func (coarse coarsePath) firstState(g *graph) int32 {
	return g.boundaries[g.sentencesBefore(max(0, g.around(coarse[0]).first-int32(reachFrames)))]
}

// endState returns where the band around the end of the path ends, likewise.
func (coarse coarsePath) endState(g *graph) int32 {
	reached := min(g.states()-1, g.around(coarse[len(coarse)-1]).end+int32(reachFrames))
	if after := g.sentencesBefore(reached) + 1; int(after) < len(g.boundaries)-1 {
		return g.boundaries[after] + 2
	}
	return g.states()
}

// around returns the piece that holds the frames [t0, t1), from the last silence before
// them to the first one behind.
func (coarse coarsePath) around(g *graph, t0, t1 int) piece {
	silent := func(t int) bool { return g.word[g.nodeStart[coarse[t]]] == none }
	p := piece{t0: max(0, t0), t1: min(len(coarse), t1)}
	for p.t0 > 0 && !silent(p.t0) {
		p.t0--
	}
	for p.t1 < len(coarse) && !silent(p.t1-1) {
		p.t1++
	}
	p.first, p.end = coarse.firstState(g), coarse.endState(g)
	if p.t0 > 0 {
		p.first, p.from = g.around(coarse[p.t0]).first, g.nodeStart[coarse[p.t0]]
	}
	if p.t1 < len(coarse) {
		p.end, p.to = g.around(coarse[p.t1-1]).end, g.nodeStart[coarse[p.t1-1]]
	}
	return p
}

// bandResult is what a banded search finds.
type bandResult struct {
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

// searchBanded finds the best path in the band around a coarse path. It returns errBeam
// when there is none, and the error of ctx.
func searchBanded(ctx context.Context, g *graph, coarse coarsePath, sc *gmmScorer) (*bandResult, error) {
	r := &bandResult{
		state: make([]int32, len(coarse)), score: make([]float32, len(coarse)),
		startMargin: make([]float32, len(g.words)), skipMargin: make([]float32, len(g.sentences)),
	}
	fill(r.startMargin, noMargin)
	fill(r.skipMargin, noMargin)
	for _, err := range searchPieces(ctx, g, coarse, sc, r, coarse.cut(g)) {
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// searchPieces searches pieces, which are disjoint, and writes what it finds in each to r. It
// returns the error of each, as searchBanded does: where there is one, r stays as it is.
func searchPieces(ctx context.Context, g *graph, coarse coarsePath, sc *gmmScorer, r *bandResult, pieces []piece) []error {
	errs := make([]error, len(pieces))
	pool := sync.Pool{New: func() any { return newBandSearch(g, coarse, sc, r) }}
	inParallel(len(pieces), func(i int) {
		if errs[i] = ctx.Err(); errs[i] == nil {
			b := pool.Get().(*bandSearch)
			errs[i] = b.search(pieces[i])
			pool.Put(b)
		}
	})
	return errs
}

// forget makes the margins of the words and sentences of a piece unknown.
func (r *bandResult) forget(g *graph, p piece) {
	inside := func(n int, words func(i int) span) (first, end int) {
		first = sort.Search(n, func(i int) bool { return g.words[words(i).first].first >= p.first })
		end = sort.Search(n, func(i int) bool { return g.words[words(i).end-1].end > p.end })
		return first, max(first, end)
	}
	first, end := inside(len(g.words), func(i int) span { return span{int32(i), int32(i) + 1} })
	fill(r.startMargin[first:end], noMargin)
	first, end = inside(len(g.sentences), func(i int) span { return g.sentences[i] })
	fill(r.skipMargin[first:end], noMargin)
}

// bandSearch searches one piece at a time. Pieces share no word, so that the
// searches of several write to different parts of the result.
type bandSearch struct {
	graph   *graph
	coarse  coarsePath
	sc      *gmmScorer
	scratch *scratch
	stay    *stayCosts
	result  *bandResult

	p         piece
	rows      []float32 // scores of the piece's frames
	bounds    []span    // states of each frame's band
	offset    []int     // of each frame's band in forward and back
	forward   []float32 // best score of a path that ends in a state
	back      []uint8   // backpointers
	prev, cur column    // impossible outside the band
	future    []float32 // backward scores of a frame, with the frame's own
}

func newBandSearch(g *graph, coarse coarsePath, sc *gmmScorer, r *bandResult) *bandSearch {
	return &bandSearch{
		graph: g, coarse: coarse, sc: sc, scratch: sc.scratch(), stay: newStayCosts(g.costs, sc.step()),
		result: r, prev: newColumn(g), cur: newColumn(g),
	}
}

// search finds the best path of a piece and its margins.
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
	b.forward, b.back, b.future = grow(b.forward, total), grow(b.back, total), grow(b.future, most+1)
	b.searchForward()
	best, err := b.trace()
	b.clear()
	if err != nil {
		return err
	}
	b.result.forget(b.graph, p)
	b.searchBackward(best)
	b.clear()
	return nil
}

// clear makes both columns impossible.
func (b *bandSearch) clear() {
	fill(b.prev.score[b.p.first:b.p.end], impossible)
	fill(b.cur.score[b.p.first:b.p.end], impossible)
}

// grow returns a slice of n values, v itself if it is large enough.
func grow[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n, n+n/4)
	}
	return v[:n]
}

// band returns the states that frame t may be in.
func (b *bandSearch) band(t int) span {
	g, p := b.graph, b.p
	s := span{p.first, p.end}
	if t-reachFrames >= p.t0 {
		s.first = max(s.first, g.around(b.coarse[t-reachFrames]).first)
	}
	if t+reachFrames < p.t1 {
		s.end = min(s.end, g.around(b.coarse[t+reachFrames]).end)
	}
	if len(g.gates) > 0 {
		open := g.gates.at(t, g.states())
		s.first = max(s.first, open.first)
		s.end = max(s.first, min(s.end, open.end))
	}
	return s
}

// starts returns where the piece's paths can begin: within its first band, since the
// columns are shared with the pieces that come after.
func (b *bandSearch) starts() []arc {
	if b.p.t0 == 0 {
		return within(b.bounds[0], b.graph.starts)
	}
	return within(b.bounds[0], []arc{{from: b.p.from, kind: arcSilence}})
}

// ends returns where they can end.
func (b *bandSearch) ends() []arc {
	if b.p.t1 == len(b.coarse) {
		return within(b.bounds[len(b.bounds)-1], b.graph.ends)
	}
	return within(b.bounds[len(b.bounds)-1], []arc{{from: b.p.to, kind: arcEnd}})
}

// within returns the arcs whose from lies in the band.
func within(band span, arcs []arc) []arc {
	outside := func(a arc) bool { return a.from < band.first || a.from >= band.end }
	return slices.DeleteFunc(slices.Clone(arcs), outside)
}

// row returns the scores of the piece's frame t.
func (b *bandSearch) row(t int) []float32 {
	width := len(b.sc.emissions)
	return b.rows[t*width:][:width]
}

// past returns the forward scores of the states of frame t's band.
func (b *bandSearch) past(t int) []float32 {
	return b.forward[b.offset[t]:][:b.bounds[t].end-b.bounds[t].first]
}

func (b *bandSearch) searchForward() {
	for t, s := range b.bounds {
		back := b.back[b.offset[t]:][:s.end-s.first]
		if t == 0 {
			b.graph.begin(b.cur, b.starts(), b.row(0))
			clear(back)
		} else {
			b.graph.advance(b.cur, b.prev, s.first, s.end, b.row(t), b.stay, back)
			old := b.bounds[t-1]
			fill(b.prev.score[old.first:old.end], impossible)
		}
		copy(b.past(t), b.cur.score[s.first:s.end])
		b.prev, b.cur = b.cur, b.prev
	}
}

// trace writes the best path to the result and returns its score.
func (b *bandSearch) trace() (float32, error) {
	at, best := b.prev.best(b.ends())
	if at == none {
		return 0, errBeam
	}
	for t := len(b.bounds) - 1; t >= 0; t-- {
		b.result.state[b.p.t0+t] = at
		b.result.score[b.p.t0+t] = b.row(t)[b.graph.emit[at]]
		if p := b.back[b.offset[t]+int(at-b.bounds[t].first)]; p > 0 {
			at = b.graph.incoming(at)[p-1].from
		}
	}
	return best, nil
}

// rivals are the best scores of paths other than the one found, to compare it with.
type rivals struct {
	found []int32 // the frame of the piece at which each word starts on the path found, none if it doesn't
	// Of the best paths on which each word starts as on the path found, on which it
	// starts otherwise, and on which each sentence is skipped.
	own, other, skipped []float32
}

// enter notes that the best path on which the word is entered at frame t has a score.
func (r *rivals) enter(word int32, t int, score float32) {
	switch at := r.found[word]; {
	case at == int32(t):
		r.own[word] = max(r.own[word], score)
	case at == none || abs(int(at)-t) > startFrames:
		r.other[word] = max(r.other[word], score)
	}
}

// skip notes the same for a path on which the sentences [first, end) are skipped.
func (r *rivals) skip(first, end int, score float32) {
	for k := first; k < end; k++ {
		r.skipped[k] = max(r.skipped[k], score)
	}
}

// searchBackward finds the margins. A state's backward score, its own emission
// included, is spread along the arcs to the states that it can be entered from; the sum
// with their forward score is the best path that takes the arc. The backward score does
// not know how long a state has been held, so an arc is compared with the path's own
// arc into the same word rather than with the path's score.
func (b *bandSearch) searchBackward(best float32) {
	g := b.graph
	r := &rivals{
		found: b.wordStarts(),
		own:   impossibles(len(g.words)), other: impossibles(len(g.words)), skipped: impossibles(len(g.sentences)),
	}
	// The backward scores of frame t are in prev, those of the frame before in cur.
	prev, cur := b.prev.score, b.cur.score
	last := len(b.bounds) - 1
	for _, a := range b.ends() {
		prev[a.from] = -a.cost
		if a.kind == arcSkipRun {
			score := b.past(last)[a.from-b.bounds[last].first] - a.cost
			r.skip(int(g.sentencesBefore(a.from)), len(g.sentences), score)
		}
	}
	for t := last; t > 0; t-- {
		b.retreat(cur, prev, t, r)
		prev, cur = cur, prev
	}
	for _, a := range b.starts() {
		score := prev[a.from] + b.row(0)[g.emit[a.from]] - a.cost
		switch a.kind {
		case arcWord:
			r.enter(g.word[a.from], 0, score)
		case arcSkipRun:
			r.skip(0, int(g.sentencesBefore(a.from)), score)
		}
	}
	b.writeMargins(r, best)
}

// retreat computes cur, the backward scores of the frame before t, from prev, those of
// frame t, which it leaves impossible throughout.
func (b *bandSearch) retreat(cur, prev []float32, t int, r *rivals) {
	g, s, before, past, row := b.graph, b.bounds[t], b.bounds[t-1], b.past(t-1), b.row(t)
	future := b.future[:s.end-s.first+1]
	for j, e := range g.emit[s.first:s.end] {
		future[j] = prev[int(s.first)+j] + row[e]
	}
	future[s.end-s.first] = impossible
	fill(cur[before.first:before.end], impossible)
	// Staying, and going on to the next state ...
	lo, hi := max(s.first, before.first), min(s.end, before.end)
	stay := b.stay.silent
	for j := lo; j < hi; j++ {
		cur[j] = max(future[j-s.first]-stay, future[j-s.first+1])
	}
	// ... which cannot be done before a branch state: that is entered by its arcs.
	branches := g.branches[g.nextBranch[s.first]:]
	for _, i := range branches {
		if i > hi {
			break
		}
		if i > lo {
			cur[i-1] = future[i-1-s.first] - stay
		}
	}
	for _, i := range branches {
		if i >= s.end {
			break
		}
		word := g.word[i]
		for _, a := range g.arcs[g.arcStart[i]:g.arcStart[i+1]] {
			if a.from < before.first || a.from >= before.end {
				continue
			}
			score := future[i-s.first] - a.cost
			cur[a.from] = max(cur[a.from], score)
			score += past[a.from-before.first]
			if word != none && word != g.word[a.from] {
				r.enter(word, t, score)
			} else if a.kind == arcSkipSentence {
				k := int(g.sentencesBefore(i))
				r.skip(k-1, k, score)
			}
		}
	}
	fill(prev[s.first:s.end], impossible)
}

// writeMargins writes the margins of the piece's words and sentences to the result;
// best is the score of the path found.
func (b *bandSearch) writeMargins(r *rivals, best float32) {
	reference := func(w int32) float32 {
		if r.own[w] > impossible/2 {
			return r.own[w]
		}
		return best
	}
	for w, score := range r.other {
		if score > impossible/2 {
			b.result.startMargin[w] = margin(reference(int32(w)), score)
		}
	}
	for k, score := range r.skipped {
		if score > impossible/2 {
			b.result.skipMargin[k] = margin(reference(b.graph.sentences[k].first), score)
		}
	}
}

// wordStarts returns the frame of the piece at which each word starts, none for those
// not said in it.
func (b *bandSearch) wordStarts() []int32 {
	starts := make([]int32, len(b.graph.words))
	for w := range starts {
		starts[w] = none
	}
	for w, at := range wordsIn(b.graph, b.result.state[b.p.t0:b.p.t1]) {
		starts[w] = int32(at.start)
	}
	return starts
}

// margin returns how much worse a rival is than the path found, in [0, noMargin].
func margin(found, rival float32) float32 { return min(max(found-rival, 0), noMargin) }

func abs(x int) int {
	return max(x, -x)
}

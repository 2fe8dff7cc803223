package align

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
)

// The wide search is a Viterbi beam search, frame by frame, over the states of a
// decoding graph. A long episode has a hundred thousand states, of which few are
// plausible at any moment: states are kept in blocks of blockStates, a block is worked
// on while its best score lies within the beam of the frame's best, and backpointers
// are kept for those blocks alone, half a byte a state. From time to time they are
// settled: of all backpointers so far, those on the paths that are left are kept as
// moves, a few in a thousand. For most paths soon come together, and those that
// stay apart, as in speech that nobody has written down, wait in a silence each. Time
// grows with the length of the recording, not with its product with the script's; but
// for the first seconds, in which a path may have begun anywhere in the script. Memory
// grows by the moves alone.

const (
	blockShift  = 6
	blockStates = 1 << blockShift
)

var (
	errBeam = errors.New("no path within the beam")
	// errTooManyPaths says that so many paths stay apart for so long that nothing in the
	// recording tells them apart: see leastApart.
	errTooManyPaths = errors.New("too many paths within the beam")
)

// frameScorer yields how well each emission fits each frame of a recording, as
// scaled log-likelihood ratios against speech at large.
type frameScorer interface {
	// frames is the number of frames, step how many of 10 ms each stands for.
	frames() int
	step() int
	// batch calls each with the rows of all frames, in order.
	batch(ctx context.Context, each func(t int, row []float32) error) error
}

// path is the state at each frame, and the sum of their scores less costs.
type path struct {
	state []int32
	score float64
}

// backBlock holds the backpointers of a block's states at a frame: four bits a
// state, 0 for staying, else 1 plus the number of the arc.
type backBlock struct {
	block    int32
	pointers [blockStates * pointerBits / 64]uint64
}

// searcher is a wide search at a frame.
type searcher struct {
	graph *graph
	beam  float32
	step  int // frames of 10 ms a frame
	stay  *stayCosts

	prev, cur  column
	row        []float32          // scores of the frame less the best score of prev, so that scores stay small
	top        float32            // best score of prev
	offset     float64            // sum of what was taken off all scores so far
	active     []int32            // blocks of prev, ascending
	best       []float32          // best score of each active block in prev
	wanted     []int32            // blocks of cur, ascending
	bests      []float32          // best score of each wanted block
	mark       []int32            // the frame for which a block was last wanted, plus 1
	successors [][]int32          // other blocks that a block's states lead to
	pointers   [blockStates]uint8 // backpointers of a block
	settled    int                // how many frames are settled: the first ones
	moves      []move             // of all paths that are left, in the settled frames, by frame
	common     int                // how many of these moves, the first ones, are on all paths
	apart      int                // how many blocks were worked on since all paths last shared another move
	back       []backBlock        // of the frames that are not settled
	index      []int              // start of each of these frames' blocks in back
}

// move is a step of a path from one state to another one: it is in to at the frame, and was
// in from at the frame before.
type move struct{ frame, from, to int32 }

const (
	// mostBackBlocks is how many blocks of backpointers, 40 bytes each, are kept before
	// they are settled; but those of leastBackFrames are, since to settle takes time, too.
	mostBackBlocks  = 1 << 17
	leastBackFrames = 64
	// leastApart and apartPerFrame are how many blocks may be worked on while paths do not
	// come together: the first, or as many for each frame where that is more. Right pairs take
	// up to 2.1 million, with half an hour to an hour of the script or of the recording beyond
	// the other one, and 9 a frame in what nobody has written down; wrong ones 20 to 240.
	leastApart    = 6 << 20
	apartPerFrame = 16
)

// viterbi finds the best path through g. It returns errBeam when no complete path
// stayed within the beam, errTooManyPaths, and the error of ctx.
func viterbi(ctx context.Context, g *graph, sc frameScorer, beam float32) (path, error) {
	s := newSearcher(g, beam, sc.step())
	err := sc.batch(ctx, func(t int, row []float32) error {
		s.frame(t, row)
		if s.top <= impossible/2 {
			return errBeam
		}
		if len(s.back) > max(mostBackBlocks, leastBackFrames*len(s.active)) {
			if s.settle(); s.apart > max(leastApart, apartPerFrame*sc.frames()) {
				return errTooManyPaths
			}
		}
		return nil
	})
	if err != nil {
		return path{}, err
	}
	return s.trace()
}

func newSearcher(g *graph, beam float32, step int) *searcher {
	blocks := (int(g.states()) + blockStates - 1) >> blockShift
	s := &searcher{graph: g, beam: beam, step: step, stay: newStayCosts(g.costs, step), prev: newColumn(g), cur: newColumn(g),
		mark: make([]int32, blocks), successors: make([][]int32, blocks)}
	for i := range g.states() {
		to := i >> blockShift
		for _, a := range g.incoming(i) {
			if from := a.from >> blockShift; from != to && !slices.Contains(s.successors[from], to) {
				s.successors[from] = append(s.successors[from], to)
			}
		}
	}
	return s
}

// block returns the states of block b.
func (s *searcher) block(b int32) (lo, hi int32) {
	return b << blockShift, min((b+1)<<blockShift, s.graph.states())
}

// frame advances by one frame.
func (s *searcher) frame(t int, row []float32) {
	s.wanted, s.bests = s.wanted[:0], s.bests[:0]
	s.index = append(s.index, len(s.back))
	if t == 0 {
		s.begin(row)
		return
	}
	for i, b := range s.active {
		if s.best[i] >= s.top-s.beam {
			s.want(t, b)
			for _, next := range s.successors[b] {
				s.want(t, next)
			}
		}
	}
	slices.Sort(s.wanted)
	s.row = append(s.row[:0], row...)
	for i := range s.row {
		s.row[i] -= s.top
	}
	s.offset += float64(s.top)
	s.top = impossible
	for _, b := range s.wanted {
		lo, hi := s.block(b)
		best := s.graph.advance(s.cur, s.prev, lo, hi, s.row, s.stay, s.pointers[:])
		if len(s.graph.gates) > 0 {
			best = s.bar(t, lo, hi)
		}
		s.back = append(s.back, packPointers(b, &s.pointers))
		s.bests = append(s.bests, best)
		s.top = max(s.top, best)
	}
	s.swap()
}

// begin starts paths wherever they can begin.
func (s *searcher) begin(row []float32) {
	s.top = impossible
	s.graph.begin(s.cur, s.graph.starts, row)
	for _, a := range s.graph.starts {
		s.want(0, a.from>>blockShift)
	}
	slices.Sort(s.wanted)
	for _, b := range s.wanted {
		lo, hi := s.block(b)
		best := s.bar(0, lo, hi)
		s.back = append(s.back, backBlock{block: b})
		s.bests = append(s.bests, best)
		s.top = max(s.top, best)
	}
	s.swap()
}

// bar makes the states [lo, hi) of the current column impossible that a path may not be in at frame t,
// and returns the best score of the others.
func (s *searcher) bar(t int, lo, hi int32) float32 {
	open := s.graph.gates.at(t*s.step, s.graph.states())
	column := s.cur.score[lo:hi]
	fill(column[:min(hi, max(lo, open.first))-lo], impossible)
	fill(column[max(lo, min(hi, open.end))-lo:], impossible)
	return slices.Max(column)
}

// swap makes the current column the previous one, and that empty.
func (s *searcher) swap() {
	for _, b := range s.active {
		lo, hi := s.block(b)
		fill(s.prev.score[lo:hi], impossible)
	}
	s.prev, s.cur = s.cur, s.prev
	s.active, s.wanted = s.wanted, s.active
	s.best, s.bests = s.bests, s.best
}

// want has block b worked on in frame t.
func (s *searcher) want(t int, b int32) {
	if s.mark[b] != int32(t)+1 {
		s.mark[b] = int32(t) + 1
		s.wanted = append(s.wanted, b)
	}
}

// packPointers packs backpointers of a byte each into four bits each.
func packPointers(block int32, pointers *[blockStates]uint8) backBlock {
	b := backBlock{block: block}
	for i := range blockStates / 8 {
		v := binary.LittleEndian.Uint64(pointers[8*i:])
		v = (v | v>>4) & 0x00ff00ff00ff00ff
		v = (v | v>>8) & 0x0000ffff0000ffff
		v = (v | v>>16) & 0xffffffff
		b.pointers[i/2] |= v << (32 * (i % 2))
	}
	return b
}

// predecessor returns the state that a path comes from which is in state at in a
// frame, counted from the first that is not settled.
func (s *searcher) predecessor(frame int, at int32) int32 {
	end := len(s.back)
	if frame+1 < len(s.index) {
		end = s.index[frame+1]
	}
	blocks := s.back[s.index[frame]:end]
	j, _ := slices.BinarySearchFunc(blocks, at>>blockShift, func(b backBlock, x int32) int { return int(b.block - x) })
	k := uint(at) % blockStates
	if p := blocks[j].pointers[k*pointerBits/64] >> (k * pointerBits % 64) & maxIncoming; p > 0 {
		return s.graph.incoming(at)[p-1].from
	}
	return at
}

// settle goes back with all paths that are left, and keeps their moves in place of the
// backpointers.
func (s *searcher) settle() {
	var left []int32
	for _, b := range s.active {
		lo, hi := s.block(b)
		for i := lo; i < hi; i++ {
			if s.prev.score[i] > impossible/2 {
				left = append(left, i)
			}
		}
	}
	states, first := slices.Clone(left), len(s.moves)
	for frame := len(s.index) - 1; frame >= 0; frame-- {
		before := len(s.moves)
		for i, at := range states {
			if from := s.predecessor(frame, at); from != at {
				s.moves = append(s.moves, move{frame: int32(s.settled + frame), from: from, to: at})
				states[i] = from
			}
		}
		if len(s.moves) > before {
			slices.Sort(states)
			states = slices.Compact(states)
		}
	}
	slices.Reverse(s.moves[first:])
	shared, worked := s.common, len(s.back)
	s.settled += len(s.index)
	s.back, s.index = s.back[:0], s.index[:0]
	s.prune(left)
	if s.apart += worked; s.common > shared {
		s.apart = 0
	}
}

// prune forgets the moves of paths that are not left: those that do not lead to one of
// the states given at the last settled frame.
func (s *searcher) prune(left []int32) {
	on := make([]bool, s.graph.states()) // the states of the paths that are left, at a frame
	for _, i := range left {
		on[i] = true
	}
	paths, kept, common := len(left), len(s.moves), -1 // moves[kept:] stay
	for end := len(s.moves); end > s.common; {
		if paths == 1 && common < 0 {
			common = kept
		}
		first := end - 1 // of the moves of a frame
		for first > s.common && s.moves[first-1].frame == s.moves[end-1].frame {
			first--
		}
		last := kept
		for i := end - 1; i >= first; i-- {
			if m := s.moves[i]; on[m.to] {
				kept--
				s.moves[kept] = m
			}
		}
		for _, m := range s.moves[kept:last] {
			on[m.to] = false
			paths--
		}
		for _, m := range s.moves[kept:last] {
			if !on[m.from] {
				on[m.from] = true
				paths++
			}
		}
		end = first
	}
	apart := len(s.moves) - common // how many of the moves are not on all paths
	if common < 0 {
		apart = len(s.moves) - kept
	}
	s.moves = slices.Delete(s.moves, s.common, kept)
	s.common = len(s.moves) - apart
}

// trace follows the best path back from its end.
func (s *searcher) trace() (path, error) {
	at, score := s.prev.best(s.graph.ends)
	if at == none {
		return path{}, errBeam
	}
	states := make([]int32, s.settled+len(s.index))
	for frame := len(s.index) - 1; frame >= 0; frame-- {
		states[s.settled+frame] = at
		at = s.predecessor(frame, at)
	}
	end := s.settled
	for _, m := range slices.Backward(s.moves) {
		if m.to == at && int(m.frame) < end {
			fill(states[m.frame:end], at)
			at, end = m.from, int(m.frame)
		}
	}
	fill(states[:end], at)
	return path{state: states, score: s.offset + float64(score)}, nil
}

// beams are how far, in scores, a block of states may lie behind the best one.
type beams struct {
	first   float32 // tried first
	lenient float32 // where skipped sentences are cheap; twice Tuning.WideBeam holds runs of 160 of them
	widest  float32 // tried in the end
}

// beams returns the beams of a wide search.
func (t Tuning) beams() beams {
	b := float32(t.WideBeam)
	return beams{first: b, lenient: 2 * b, widest: 8 * b}
}

// searchWide finds the best path through g by up to three kinds of search:
//
//  1. viterbi with the first beam. Its path is taken if it begins and ends with the script.
//     A path that leaves out an end of it may be all that was left when the right one fell
//     out of the beam, in a long run of sentences that nobody says.
//  2. The lenient search, in which skipping a sentence is cheap, with a wider beam. The
//     better path of the two is taken, by the costs of g.
//  3. Where there is no path yet, viterbi with the beam doubled until there is one.
//
// before is what the path of the pass before left out, nil in the first pass. Where there
// is one, a path that leaves out the same is taken at once, and the beam is not widened:
// the error is errBeam or errTooManyPaths then.
func searchWide(ctx context.Context, g *graph, sc frameScorer, b beams, before *span) (path, error) {
	p, err := viterbi(ctx, g, sc, b.first)
	if err != nil && !lost(err) {
		return p, err
	}
	if err == nil {
		if left := g.leftOut(p.state); left == (span{}) || before != nil && left == *before {
			return p, nil
		}
	}
	if !g.whole {
		other := g.skippingFor(float32(g.costs.SkipInRun))
		lenient, lenientErr := viterbi(ctx, other, sc, b.lenient)
		if lenientErr != nil && !lost(lenientErr) {
			return path{}, lenientErr
		}
		if lenientErr == nil {
			lenient.score -= g.skipCost(lenient.state) - other.skipCost(lenient.state)
			if err != nil || lenient.score > p.score {
				return lenient, nil
			}
		}
	}
	if before != nil {
		return p, err
	}
	for beam := b.first; errors.Is(err, errBeam) && beam < b.widest; {
		beam *= 2
		p, err = viterbi(ctx, g, sc, beam)
	}
	if errors.Is(err, errTooManyPaths) {
		err = errors.New("too little of the script is found in the recording to follow it: is it the transcript of another episode?")
	}
	if errors.Is(err, errBeam) {
		err = errors.New("the script is too long for the recording: is it the transcript of another episode?")
	}
	return p, err
}

// lost reports whether a search has lost its way.
func lost(err error) bool { return errors.Is(err, errBeam) || errors.Is(err, errTooManyPaths) }

// leftOut returns how many sentences a path leaves out at the beginning of the script
// (first) and at its end (end).
func (g *graph) leftOut(path []int32) span {
	return span{g.sentencesBefore(path[0]), g.sentencesAfter(path[len(path)-1])}
}

// skipCost returns what a path pays in g for the sentences that it leaves out.
func (g *graph) skipCost(path []int32) float64 {
	left, n := g.leftOut(path), len(g.skipCosts)
	cost := g.costs.skipRun(g.skipCosts[:left.first]) + g.costs.skipRun(g.skipCosts[n-int(left.end):])
	for t := 1; t < len(path); t++ {
		if a, ok := g.arcBetween(path[t-1], path[t]); ok && a.kind == arcSkipSentence {
			cost += a.cost
		}
	}
	return float64(cost)
}

// arcBetween returns the arc from one state to another, and whether there is one.
func (g *graph) arcBetween(from, to int32) (arc, bool) {
	arcs := g.incoming(to)
	if i := slices.IndexFunc(arcs, func(a arc) bool { return a.from == from }); i >= 0 {
		return arcs[i], true
	}
	return arc{}, false
}

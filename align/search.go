package align

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
)

// The wide search is a Viterbi search, frame by frame, over the states of a
// chain. A long episode has a hundred thousand states, of which few are
// plausible at any moment: states are kept in blocks of blockStates, a block is
// worked on while its best score lies within the beam of the frame's best, and
// steps back are kept for those blocks alone, half a byte a state, until all paths
// that are left have come to one state. Time grows with the length of the
// recording, not with its product with the script's; but for the first seconds, in
// which a path may have begun anywhere in the script. Memory grows by the path
// alone, and stays below mostSteps where paths don't come together.

const (
	blockShift  = 6
	blockStates = 1 << blockShift
)

var (
	errBeam = errors.New("no path within the beam")
	// errSteps says that so many paths stay apart for so long that their steps back
	// take more than mostSteps.
	errSteps = errors.New("too many paths within the beam")
)

// scores yields how well each emission fits each frame of a recording, as
// scaled log-likelihood ratios against speech at large.
type scores interface {
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

// backBlock holds the steps back of a block's states at a frame: four bits a
// state, 0 for staying, else 1 plus the number of the way.
type backBlock struct {
	block int32
	steps [blockStates * stepBits / 64]uint64
}

type searcher struct {
	c    *chain
	beam float32
	stay *stayCosts

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
	steps      [blockStates]uint8 // of a block
	settled    []int32            // the states that every path goes through, of the first frames
	back       []backBlock        // of the frames after them
	index      []int              // start of each of these frames' blocks in back
}

// settleFrames is after how many frames it is tried to settle the path: in speech
// the paths come together within seconds.
const settleFrames = 4096

// mostSteps is how many blocks of steps back are kept at the most, 40 bytes each:
// 600 MB. It is a guard: a search by wideBeam keeps a few MB.
const mostSteps = 15 << 20

// viterbi finds the best path through c. It returns errBeam when no complete
// path stayed within the beam, and errSteps.
func viterbi(ctx context.Context, c *chain, sc scores, beam float32) (path, error) {
	s := newSearcher(c, beam, sc.step())
	err := sc.batch(ctx, func(t int, row []float32) error {
		s.frame(t, row)
		if s.top <= impossible/2 {
			return errBeam
		}
		if len(s.back) > mostSteps {
			if s.settle(); len(s.back) > mostSteps*3/4 {
				return errSteps
			}
		}
		return nil
	})
	if err != nil {
		return path{}, err
	}
	return s.trace()
}

func newSearcher(c *chain, beam float32, step int) *searcher {
	blocks := (int(c.states()) + blockStates - 1) >> blockShift
	s := &searcher{c: c, beam: beam, stay: newStayCosts(step), prev: newColumn(c), cur: newColumn(c),
		mark: make([]int32, blocks), successors: make([][]int32, blocks)}
	for i := range c.states() {
		to := i >> blockShift
		for _, w := range c.into(i) {
			if from := w.from >> blockShift; from != to && !slices.Contains(s.successors[from], to) {
				s.successors[from] = append(s.successors[from], to)
			}
		}
	}
	return s
}

// block is the states of block b.
func (s *searcher) block(b int32) (lo, hi int32) {
	return b << blockShift, min((b+1)<<blockShift, s.c.states())
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
		best := s.c.advance(s.cur, s.prev, lo, hi, s.row, s.stay, s.steps[:])
		s.back = append(s.back, packSteps(b, &s.steps))
		s.bests = append(s.bests, best)
		s.top = max(s.top, best)
	}
	s.swap()
	if t%settleFrames == 0 {
		s.settle()
	}
}

func (s *searcher) begin(row []float32) {
	s.top = impossible
	s.c.begin(s.cur, s.c.starts, row)
	for _, w := range s.c.starts {
		s.want(0, w.from>>blockShift)
	}
	slices.Sort(s.wanted)
	for _, b := range s.wanted {
		lo, hi := s.block(b)
		best := slices.Max(s.cur.score[lo:hi])
		s.back = append(s.back, backBlock{block: b})
		s.bests = append(s.bests, best)
		s.top = max(s.top, best)
	}
	s.swap()
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

func (s *searcher) want(t int, b int32) {
	if s.mark[b] != int32(t)+1 {
		s.mark[b] = int32(t) + 1
		s.wanted = append(s.wanted, b)
	}
}

// packSteps halves the distance of the steps, one a byte.
func packSteps(block int32, steps *[blockStates]uint8) backBlock {
	b := backBlock{block: block}
	for i := range blockStates / 8 {
		v := binary.LittleEndian.Uint64(steps[8*i:])
		v = (v | v>>4) & 0x00ff00ff00ff00ff
		v = (v | v>>8) & 0x0000ffff0000ffff
		v = (v | v>>16) & 0xffffffff
		b.steps[i/2] |= v << (32 * (i % 2))
	}
	return b
}

// before is the state that a path comes from which is in state at in a frame,
// counted from the first that is not settled.
func (s *searcher) before(frame int, at int32) int32 {
	end := len(s.back)
	if frame+1 < len(s.index) {
		end = s.index[frame+1]
	}
	blocks := s.back[s.index[frame]:end]
	j, _ := slices.BinarySearchFunc(blocks, at>>blockShift, func(b backBlock, x int32) int { return int(b.block - x) })
	k := uint(at) % blockStates
	if step := blocks[j].steps[k*stepBits/64] >> (k * stepBits % 64) & maxWays; step > 0 {
		return s.c.into(at)[step-1].from
	}
	return at
}

// settle goes back with all paths that are left to where they are one, and forgets
// the steps up to there.
func (s *searcher) settle() {
	var states []int32
	for _, b := range s.active {
		lo, hi := s.block(b)
		for i := lo; i < hi; i++ {
			if s.prev.score[i] > impossible/2 {
				states = append(states, i)
			}
		}
	}
	frame := len(s.index) - 1
	for ; len(states) > 1 && frame > 0; frame-- {
		for i, at := range states {
			states[i] = s.before(frame, at)
		}
		slices.Sort(states)
		states = slices.Compact(states)
	}
	if len(states) != 1 {
		return
	}
	s.settled = append(s.settled, s.statesTo(frame, states[0])...)
	kept := len(s.back)
	if frame+1 < len(s.index) {
		kept = s.index[frame+1]
	}
	s.back = slices.Delete(s.back, 0, kept)
	s.index = slices.Delete(s.index, 0, frame+1)
	for i := range s.index {
		s.index[i] -= kept
	}
}

// statesTo is the states of the path that is in state at in a frame, from the
// first frame that is not settled to that one.
func (s *searcher) statesTo(frame int, at int32) []int32 {
	states := make([]int32, frame+1)
	for ; frame > 0; frame-- {
		states[frame] = at
		at = s.before(frame, at)
	}
	states[0] = at
	return states
}

// trace follows the steps back from the best end.
func (s *searcher) trace() (path, error) {
	at, score := int32(-1), impossible/2
	for _, w := range s.c.ends {
		if v := s.prev.score[w.from] - w.cost; v > score {
			at, score = w.from, v
		}
	}
	if at < 0 {
		return path{}, errBeam
	}
	states := s.settled
	if len(s.index) > 0 {
		states = append(states, s.statesTo(len(s.index)-1, at)...)
	}
	return path{state: states, score: s.offset + float64(score)}, nil
}

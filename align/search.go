package align

import (
	"context"
	"errors"
	"slices"
)

// The wide search is a Viterbi search, frame by frame, over the states of a
// chain. A long episode has a hundred thousand states, of which few are
// plausible at any moment: states are kept in blocks of blockStates, a block is
// worked on while its best score lies within the beam of the frame's best, and
// steps back are kept for those blocks alone, two bits a state. Time and memory
// grow with the length of the recording, not with its product with the script's.

const (
	blockShift  = 6
	blockStates = 1 << blockShift

	impossible = float32(-1e30)
)

var errBeam = errors.New("no path within the beam")

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

// backBlock holds the steps back of a block's states at a frame: two bits a
// state, 0 for staying, else 1 plus the number of the way.
type backBlock struct {
	block int32
	steps [blockStates / 32]uint64
}

type searcher struct {
	c    *chain
	beam float32
	stay float32 // cost of staying for a frame
	long uint8   // frames in a state of a word after which staying costs longStay more

	longStay float32

	prev, cur  []float32   // scores by state, the best of prev being 0
	held, hold []uint8     // how many frames the best paths have been in each state, of prev and cur
	active     []int32     // blocks of prev, ascending
	best       []float32   // best score of each active block in prev
	wanted     []int32     // blocks of cur, ascending
	bests      []float32   // best score of each wanted block
	mark       []int32     // the frame for which a block was last wanted, plus 1
	successors [][]int32   // other blocks that a block's states lead to
	back       []backBlock // of all frames
	index      []int       // start of each frame's blocks in back
}

// viterbi finds the best path through c. It returns errBeam when no complete
// path stayed within the beam.
func viterbi(ctx context.Context, c *chain, sc scores, beam float32) (path, error) {
	s := newSearcher(c, beam, sc.step())
	var offset float64 // what was taken off all scores so far
	err := sc.batch(ctx, func(t int, row []float32) error {
		top := s.frame(t, row)
		if top <= impossible/2 {
			return errBeam
		}
		offset += float64(top)
		return nil
	})
	if err != nil {
		return path{}, err
	}
	return s.trace(offset)
}

func newSearcher(c *chain, beam float32, step int) *searcher {
	n := int(c.states())
	blocks := (n + blockStates - 1) >> blockShift
	s := &searcher{c: c, beam: beam, stay: costStay * float32(step), prev: make([]float32, n), cur: make([]float32, n),
		held: make([]uint8, n), hold: make([]uint8, n), long: uint8(int(longState/frameTime) / step), longStay: costLong * float32(step),
		mark: make([]int32, blocks), successors: make([][]int32, blocks)}
	for b := range int32(blocks) {
		clearBlock(s.prev, b)
		clearBlock(s.cur, b)
	}
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

func clearBlock(v []float32, b int32) {
	v = v[int(b)<<blockShift : min(int(b+1)<<blockShift, len(v))]
	for i := range v {
		v[i] = impossible
	}
}

// frame advances by one frame and returns what it took off the new scores: the
// best of them.
func (s *searcher) frame(t int, row []float32) float32 {
	s.wanted, s.bests = s.wanted[:0], s.bests[:0]
	if t == 0 {
		for _, w := range s.c.starts {
			s.want(t, w.from>>blockShift)
		}
	}
	for i, b := range s.active {
		if s.best[i] >= -s.beam {
			s.want(t, b)
			for _, next := range s.successors[b] {
				s.want(t, next)
			}
		}
	}
	slices.Sort(s.wanted)
	s.index = append(s.index, len(s.back))
	top := impossible
	for _, b := range s.wanted {
		best := s.block(t, b, row)
		s.bests = append(s.bests, best)
		top = max(top, best)
	}
	// prev is left empty for the frame after the next.
	for _, b := range s.active {
		clearBlock(s.prev, b)
	}
	for i, b := range s.wanted {
		s.bests[i] -= top
		states := s.cur[int(b)<<blockShift : min(int(b+1)<<blockShift, len(s.cur))]
		for j := range states {
			states[j] = max(states[j]-top, impossible)
		}
	}
	s.prev, s.cur = s.cur, s.prev
	s.held, s.hold = s.hold, s.held
	s.active, s.wanted = s.wanted, s.active
	s.best, s.bests = s.bests, s.best
	return top
}

func (s *searcher) want(t int, b int32) {
	if s.mark[b] != int32(t)+1 {
		s.mark[b] = int32(t) + 1
		s.wanted = append(s.wanted, b)
	}
}

// block computes the states of block b, keeps their steps back and returns
// their best score.
func (s *searcher) block(t int, b int32, row []float32) float32 {
	c, prev := s.c, s.prev
	bb := backBlock{block: b}
	top := impossible
	lo, hi := b<<blockShift, min((b+1)<<blockShift, c.states())
	for i := lo; i < hi; i++ {
		v, step, hold := prev[i]-s.stay, uint64(0), s.held[i]
		if hold >= s.long && c.word[i] >= 0 {
			v -= s.longStay
		}
		for k, w := range c.ways[c.wayStart[i]:c.wayStart[i+1]] {
			if p := prev[w.from] - w.cost; p > v {
				v, step = p, uint64(k)+1
			}
		}
		if t == 0 {
			v = impossible
			for _, w := range c.starts {
				if w.from == i {
					v = -w.cost
				}
			}
		}
		v += row[c.emit[i]]
		s.cur[i] = v
		if step > 0 {
			hold = 0
		}
		s.hold[i] = hold + 1 - hold>>7
		top = max(top, v)
		k := uint(i) % blockStates
		bb.steps[k/32] |= step << (2 * (k % 32))
	}
	s.back = append(s.back, bb)
	return top
}

// trace follows the steps back from the best end.
func (s *searcher) trace(offset float64) (path, error) {
	at, score := int32(-1), impossible/2
	for _, i := range s.c.ends {
		if s.prev[i] > score {
			at, score = i, s.prev[i]
		}
	}
	if at < 0 {
		return path{}, errBeam
	}
	p := path{state: make([]int32, len(s.index)), score: offset + float64(score)}
	end := len(s.back)
	for t := len(s.index) - 1; t >= 0; t-- {
		p.state[t] = at
		blocks := s.back[s.index[t]:end]
		end = s.index[t]
		j, _ := slices.BinarySearchFunc(blocks, at>>blockShift, func(b backBlock, x int32) int { return int(b.block - x) })
		k := uint(at) % blockStates
		if step := blocks[j].steps[k/32] >> (2 * (k % 32)) & 3; step > 0 {
			at = s.c.into(at)[step-1].from
		}
	}
	return p, nil
}

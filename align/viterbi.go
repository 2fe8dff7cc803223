package align

// The recurrence of both searches, by log scores. The best score of a path that is in
// state j at frame t is
//
//	v(j, t) = emission(j, t) + max( v(j, t-1) - stay(held),  max over arcs i->j of v(i, t-1) - cost(i->j) )
//
// where held is for how many frames the best path has been in j: staying in a state of
// a word becomes dearer with time, an explicit cost of duration. It is exact for each
// path; keeping, of all paths into a state, the held of the best one alone is the usual
// approximation.

// column is what a Viterbi search knows at a frame: for each state of a graph the score
// of the best path that ends in it, and how many frames that path has been there.
// States that were not reached score impossible.
type column struct {
	score []float32
	held  []uint8
}

func newColumn(g *graph) column {
	return column{score: impossibles(int(g.states())), held: make([]uint8, g.states())}
}

// impossible is the score of what can't be.
const impossible = float32(-1e30)

func impossibles(n int) []float32 {
	v := make([]float32, n)
	fill(v, impossible)
	return v
}

func fill[T any](v []T, x T) {
	for i := range v {
		v[i] = x
	}
}

// stayCosts is the cost of staying in a state for a frame of step times 10 ms,
// by the frames that the path has been there: in a state of a word and in a
// silent one.
type stayCosts struct {
	word   [256]float32
	silent float32
}

func newStayCosts(c Costs, step int) *stayCosts {
	s := &stayCosts{silent: float32(c.Stay) * float32(step)}
	longFrames := max(1, int(c.LongState/frameTime))
	for held := range s.word {
		s.word[held] = s.silent
		long := (held*step + longFrames) / (2 * longFrames)
		s.word[held] += float32(float32(c.Long) * float32(step*min(long, c.MostLong)))
	}
	return s
}

// advance computes the states [lo, hi) of the column next from the column before
// it and returns their best score. back becomes the backpointer of each: 0 for
// staying, else 1 plus the number of the arc. Nearly all states are a word's
// inner ones, with one arc in, from the state before: for those the choice is
// made without branches, since these could not be predicted.
func (g *graph) advance(next, before column, lo, hi int32, row []float32, stay *stayCosts, back []uint8) float32 {
	top := impossible
	back = back[:hi-lo]
	for i, h := lo, g.nextBranch[lo]; i < hi; {
		if g.branches[h] == i {
			h++
			held := before.held[i]
			v, pointer := before.score[i]-stay.silent, uint8(0)
			if g.word[i] != none {
				v = before.score[i] - stay.word[held]
			}
			for k, a := range g.arcs[g.arcStart[i]:g.arcStart[i+1]] {
				if x := before.score[a.from] - a.cost; x > v {
					v, pointer, held = x, uint8(k)+1, 0
				}
			}
			v += row[g.emit[i]]
			next.score[i], next.held[i] = v, held+1-held>>7
			back[i-lo] = pointer
			if v > top {
				top = v
			}
			i++
			continue
		}
		end := min(hi, g.branches[h])
		n := int(end - i)
		emit, nextScore, nextHeld, back := g.emit[i:end], next.score[i:end], next.held[i:end], back[i-lo:end-lo]
		score, held := before.score[i:end], before.held[i:end]
		moved := before.score[i-1]
		// The same lengths: no bounds are checked below but that of row.
		nextScore, nextHeld, back, score, held = nextScore[:n], nextHeld[:n], back[:n], score[:n], held[:n]
		for j, e := range emit {
			stayed := score[j] - stay.word[held[j]]
			pointer := uint8(0)
			if moved > stayed {
				pointer = 1
			}
			v := max(stayed, moved) + row[e]
			moved = score[j]
			h := held[j] & (pointer - 1)
			nextScore[j], nextHeld[j], back[j] = v, h+1-h>>7, pointer
			if v > top {
				top = v
			}
		}
		i = end
	}
	return top
}

// begin sets the states of the first column, which was impossible throughout.
func (g *graph) begin(first column, starts []arc, row []float32) {
	for _, a := range starts {
		first.score[a.from], first.held[a.from] = row[g.emit[a.from]]-a.cost, 1
	}
}

// best returns the state that the best path through a last column ends in, and its
// score; none if there is no path.
func (c column) best(ends []arc) (state int32, score float32) {
	state, score = none, impossible/2
	for _, a := range ends {
		if v := c.score[a.from] - a.cost; v > score {
			state, score = a.from, v
		}
	}
	return state, score
}

package align

// column is what a Viterbi search knows at a frame: for each state of a chain
// the score of the best path that ends in it, and how many frames that path has
// been there. States that were not reached score impossible.
type column struct {
	score []float32
	held  []uint8
}

func newColumn(c *chain) column {
	return column{score: impossibles(int(c.states())), held: make([]uint8, c.states())}
}

const longFrames = int(longState / frameTime)

const impossible = float32(-1e30)

// stayCosts is the cost of staying in a state for a frame of step times 10 ms,
// by the frames that the path has been there: in a state of a word and in a
// silent one.
type stayCosts struct {
	word   [256]float32
	silent float32
}

func newStayCosts(step int) *stayCosts {
	s := &stayCosts{silent: costStay * float32(step)}
	for held := range s.word {
		s.word[held] = s.silent
		long := (held*step + longFrames) / (2 * longFrames)
		s.word[held] += costLong * float32(step*min(long, mostLong))
	}
	return s
}

// advance computes the states [lo, hi) of the column next from the column before
// it and returns their best score. steps becomes the step back of each: 0 for
// staying, else 1 plus the number of the way. Nearly all states are a word's
// inner ones, with one way in, from the state before: for those the choice is
// made without branches, since these could not be predicted.
func (c *chain) advance(next, before column, lo, hi int32, row []float32, stay *stayCosts, steps []uint8) float32 {
	top := impossible
	steps = steps[:hi-lo]
	for i, h := lo, c.nextHead[lo]; i < hi; {
		if c.heads[h] == i {
			h++
			held := before.held[i]
			v, step := before.score[i]-stay.silent, uint8(0)
			if c.word[i] >= 0 {
				v = before.score[i] - stay.word[held]
			}
			for k, w := range c.ways[c.wayStart[i]:c.wayStart[i+1]] {
				if x := before.score[w.from] - w.cost; x > v {
					v, step, held = x, uint8(k)+1, 0
				}
			}
			v += row[c.emit[i]]
			next.score[i], next.held[i] = v, held+1-held>>7
			steps[i-lo] = step
			if v > top {
				top = v
			}
			i++
			continue
		}
		end := min(hi, c.heads[h])
		n := int(end - i)
		emit, nextScore, nextHeld, steps := c.emit[i:end], next.score[i:end], next.held[i:end], steps[i-lo:end-lo]
		score, held := before.score[i:end], before.held[i:end]
		moved := before.score[i-1]
		// The same lengths: no bounds are checked below but that of row.
		nextScore, nextHeld, steps, score, held = nextScore[:n], nextHeld[:n], steps[:n], score[:n], held[:n]
		for j, e := range emit {
			stayed := score[j] - stay.word[held[j]]
			step := uint8(0)
			if moved > stayed {
				step = 1
			}
			v := max(stayed, moved) + row[e]
			moved = score[j]
			h := held[j] & (step - 1)
			nextScore[j], nextHeld[j], steps[j] = v, h+1-h>>7, step
			if v > top {
				top = v
			}
		}
		i = end
	}
	return top
}

// begin sets the states of the first column, which was impossible throughout.
func (c *chain) begin(first column, starts []way, row []float32) {
	for _, w := range starts {
		first.score[w.from], first.held[w.from] = row[c.emit[w.from]]-w.cost, 1
	}
}

func fill(v []float32, x float32) {
	for i := range v {
		v[i] = x
	}
}

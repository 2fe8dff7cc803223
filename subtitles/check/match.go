package check

import (
	"cmp"
	"slices"
	"sort"
)

// match pairs equal words of a and b by their order: for each word of a the index
// of its partner in b, or -1. Partners increase.
//
// Beginning and end are paired as far as they are equal. Between them, runs of
// words that each side holds exactly once hold the sides together: the longest
// chain of such runs in order splits the texts, as in patience diff. What is left
// between two of them is aligned by dynamic programming. Its time is quadratic
// there and close to linear in texts that have much in common.
func match(a, b []string) []int {
	numbers := map[string]int32{}
	number := func(all []string) []int32 {
		out := make([]int32, len(all))
		for i, s := range all {
			n, ok := numbers[s]
			if !ok {
				n = int32(len(numbers))
				numbers[s] = n
			}
			out[i] = n
		}
		return out
	}
	m := matcher{number(a), number(b), make([]int, len(a))}
	for i := range m.at {
		m.at[i] = -1
	}
	m.pair(0, len(a), 0, len(b))
	return m.at
}

type matcher struct {
	a, b []int32
	at   []int
}

const (
	// mostCells bounds the dynamic programming, in cells of one byte; texts that
	// have no run in common over 8,000 words each have nothing in common.
	mostCells = 64 << 20
	// leastSplit is the fewest words that are worth a search for runs.
	leastSplit = 30
)

func (m *matcher) pair(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && m.a[a0] == m.b[b0] {
		m.at[a0] = b0
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && m.a[a1-1] == m.b[b1-1] {
		a1, b1 = a1-1, b1-1
		m.at[a1] = b1
	}
	if a0 == a1 || b0 == b1 {
		return
	}
	if a1-a0 > leastSplit && b1-b0 > leastSplit {
		for _, k := range []int{8, 5, 3} {
			chain := m.anchors(a0, a1, b0, b1, k)
			if len(chain) == 0 {
				continue
			}
			i, j := a0, b0
			for _, c := range chain {
				if c.a < i || c.b < j {
					continue // within the run before
				}
				m.pair(i, c.a, j, c.b)
				for d := range k {
					m.at[c.a+d] = c.b + d
				}
				i, j = c.a+k, c.b+k
			}
			m.pair(i, a1, j, b1)
			return
		}
	}
	if (a1-a0)*(b1-b0) <= mostCells {
		m.align(a0, a1, b0, b1)
	}
}

type anchor struct{ a, b int }

// anchors is the longest chain of runs of k words that occur once on each side.
func (m *matcher) anchors(a0, a1, b0, b1, k int) []anchor {
	type run [8]int32
	key := func(s []int32) (r run) {
		copy(r[:], s[:k])
		return r
	}
	once := func(s []int32, from, to int) map[run]int {
		at := map[run]int{}
		for i := from; i+k <= to; i++ {
			r := key(s[i:])
			if _, seen := at[r]; seen {
				at[r] = -1
			} else {
				at[r] = i
			}
		}
		return at
	}
	inA, inB := once(m.a, a0, a1), once(m.b, b0, b1)
	var all []anchor
	for r, i := range inA {
		if j, ok := inB[r]; ok && i >= 0 && j >= 0 {
			all = append(all, anchor{i, j})
		}
	}
	slices.SortFunc(all, func(x, y anchor) int { return cmp.Compare(x.a, y.a) })
	// The longest increasing subsequence: tails[n] ends the best chain of n+1.
	var tails []int
	before := make([]int, len(all))
	for i, c := range all {
		n := sort.Search(len(tails), func(n int) bool { return all[tails[n]].b >= c.b })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	var chain []anchor
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		chain = append(chain, all[i])
	}
	slices.Reverse(chain)
	return chain
}

// align pairs as many words as possible, and of equally many in as few runs as
// possible: a pair counts 2, and 1 more behind another pair.
func (m *matcher) align(a0, a1, b0, b1 int) {
	n := b1 - b0
	const (
		paired   = 1 << iota // the best path through the cell ends in a pair
		extended             // and that follows another pair
		up                   // it comes from the row above, else from the left
	)
	from := make([]uint8, (a1-a0)*n)
	best, pairs := make([]int32, n+1), make([]int32, n+1) // of the row above, then of this
	for i := a0; i < a1; i++ {
		diagonal, diagonalPair := int32(0), int32(-1)
		pairs[0] = -1
		for j := range n {
			upper, upperPair := best[j+1], pairs[j+1]
			var f uint8
			pair := int32(-1)
			if m.a[i] == m.b[b0+j] {
				pair = diagonal + 2
				if diagonalPair >= 0 && diagonalPair+3 >= pair {
					pair, f = diagonalPair+3, extended
				}
			}
			value := best[j]
			if upper > value {
				value = upper
				f |= up
			}
			if pair >= value {
				value = pair
				f |= paired
			}
			best[j+1], pairs[j+1] = value, pair
			diagonal, diagonalPair = upper, upperPair
			from[(i-a0)*n+j] = f
		}
	}
	forced := false // the pair at hand was extended by the one after
	for i, j := a1-a0-1, n-1; i >= 0 && j >= 0; {
		f := from[i*n+j]
		switch {
		case forced || f&paired != 0:
			m.at[a0+i] = b0 + j
			forced = f&extended != 0
			i, j = i-1, j-1
		case f&up != 0:
			i--
		default:
			j--
		}
	}
}

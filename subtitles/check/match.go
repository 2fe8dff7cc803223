package check

import (
	"cmp"
	"slices"
	"sort"
)

// match aligns two texts: for each word of a it returns the index of its partner in b,
// an equal word, or -1. Partners increase.
//
// It is close to a longest common subsequence (LCS), computed in the manner of Cohen's
// patience diff so that long texts stay quick:
//
//	a: the bell rang | at the first hour of the night | and then once more
//	    |   |    |      |   |    |    |   |   |   |       |
//	b: the bell rang | at the first hour of the night | and we heard it
//	   equal heads     a run that each side holds       what is left between
//	                   exactly once: an anchor          anchors: by itself
//
// Equal beginnings and ends are paired. Runs of 8 words (else 5, else 3) that each side
// holds exactly once are anchors: the longest chain of them in order, which is the longest
// increasing subsequence of their places in b (Fredman 1975), splits the texts, and each
// part is aligned by itself. Parts that are short or have no anchor are aligned by dynamic
// programming (Wagner & Fischer 1974), see align; those of more than maxCells pairs of
// words stay unpaired.
//
// For n and m words it takes O(n*m) time and bytes at worst, and about O(n log n) for
// texts that have much in common.
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

// matcher is a match under way.
type matcher struct {
	a, b []int32 // the words as numbers, the same for equal words
	at   []int   // the result
}

const (
	// maxCells bounds the dynamic programming, in cells of one byte; texts that have no
	// run in common over 8,000 words each have nothing in common.
	maxCells = 64 << 20
	// minSplit is the fewest words that are worth a search for anchors.
	minSplit = 30
)

// anchorRuns are the lengths of runs that are tried as anchors, in words.
func anchorRuns() []int { return []int{8, 5, 3} }

// pair aligns words [a0, a1) of a with words [b0, b1) of b.
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
	if a1-a0 > minSplit && b1-b0 > minSplit {
		for _, k := range anchorRuns() {
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
	if (a1-a0)*(b1-b0) <= maxCells {
		m.align(a0, a1, b0, b1)
	}
}

// anchor is where a run begins in each text.
type anchor struct{ a, b int }

// anchors returns the longest chain of runs of k words, at most 8, that occur exactly
// once on each side.
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
	return longestChain(all)
}

// longestChain returns the longest subsequence of anchors whose places in b increase; all
// are in the order of their places in a.
func longestChain(all []anchor) []anchor {
	var tails []int // tails[n] is the last of the chain of n+1 that ends earliest in b
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

// align pairs words [a0, a1) of a and [b0, b1) of b by dynamic programming over all
// prefixes of both, so that the score is greatest: a pair counts 2, and 1 more where it
// follows another one directly. Without that bonus, which an affine gap penalty would be
// as well (Gotoh 1982), the common words of a text scatter over the other.
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

package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"cuewright/align"
)

// bins are the edges of the bins of a table by corpus; the last bin holds 1 too.
var bins = []float64{0, 0.3, 0.6, 0.8, 0.9, 1}

// report prints how the confidence agrees with the truth: for all sentences that are spoken,
// and for all that are not, in ten bins, and by corpus in the bins above. Copies that align
// would refuse stand alone in the last row.
func report(w io.Writer, title string, all []*observation) {
	for _, spoken := range []bool{true, false} {
		some := only(all, func(ob *observation) bool { return ob.spoken == spoken && ob.verdict != align.Mismatched })
		fmt.Fprintf(w, "\n%s, spoken %v: %d sentences\n\n confidence      n  expected   found\n", title, spoken, len(some))
		for i := range 10 {
			if b := binOf(some, float64(i)/10, float64(i+1)/10); b.n > 0 {
				fmt.Fprintf(w, "  %.1f - %.1f  %6d     %.3f   %.3f %s\n", float64(i)/10, float64(i+1)/10, b.n, b.expected, b.found, b.mark())
			}
		}
		fmt.Fprint(w, "\n| corpus | sentences |")
		for i, low := range bins[:len(bins)-1] {
			fmt.Fprintf(w, " %.1f - %.1f |", low, bins[i+1])
		}
		fmt.Fprintln(w, " far off | in the least certain tenth |\n|---|---|---|---|---|---|---|---|---|")
		for _, corpus := range corporaOf(all) {
			row(w, corpus, only(some, func(ob *observation) bool { return ob.corpus == corpus }))
		}
		row(w, "all", some)
		row(w, "refused", only(all, func(ob *observation) bool { return ob.spoken == spoken && ob.verdict == align.Mismatched }))
	}
	unsaid, shown := 0, 0
	for _, ob := range only(all, func(ob *observation) bool { return ob.verdict != align.Mismatched }) {
		unsaid, shown = unsaid+ob.unsaid, shown+ob.shown
	}
	fmt.Fprintf(w, "\nof %d words that nobody says %d are called spoken\n", unsaid, shown)
}

// row prints a corpus's row of a table: for each bin how many sentences it has, how many of
// 100 are expected to be right and how many are, and how many are far off, see tail.
func row(w io.Writer, corpus string, some []*observation) {
	fmt.Fprintf(w, "| %s | %d |", corpus, len(some))
	for i, low := range bins[:len(bins)-1] {
		b := binOf(some, low, bins[i+1])
		if b.n == 0 {
			fmt.Fprint(w, " - |")
			continue
		}
		fmt.Fprintf(w, " %d: %.3f %.3f%s |", b.n, b.expected, b.found, b.mark())
	}
	far, caught := tail(some)
	fmt.Fprintf(w, " %d | %d |\n", far, caught)
}

// bin is what is in a bin of confidence: how many sentences, the shares of them that are expected
// to be right and that are, and the standard error of what is expected. That one is of sentences each
// of which is right or wrong by itself, or, where it is more, of as many as there are without their
// copies: the same words in the same recording are often right or wrong in all of them. It is that of a
// sum of clusters, about what is expected; so a bin of less than five sentences is never marked.
type bin struct {
	n               int
	expected, found float64
	err             float64
}

// binOf returns the bin from low on, below high; 1 itself is in the last one.
func binOf(some []*observation, low, high float64) bin {
	var b bin
	off := map[[2]int]float64{} // by how many more copies of each sentence are right than expected
	for _, ob := range some {
		if ob.confidence >= low && (ob.confidence < high || high == 1) {
			b.n++
			b.expected += ob.confidence
			off[ob.sentence] -= ob.confidence
			if ob.right {
				b.found++
				off[ob.sentence]++
			}
		}
	}
	n := float64(max(1, b.n))
	b.expected, b.found = b.expected/n, b.found/n
	var square float64
	for _, v := range off {
		square += v * v
	}
	b.err = max(math.Sqrt(b.expected*(1-b.expected)/n), math.Sqrt(square)/n)
	return b
}

// mark is an asterisk where what was found lies further from what was expected than 0.05
// and than two standard errors.
func (b bin) mark() string {
	if off := math.Abs(b.found - b.expected); off <= 0.05 || off <= 2*b.err {
		return ""
	}
	return "*"
}

// tail returns how many sentences are off by more than 0.5 s, or called unspoken though
// they are said, and how many of these are among the tenth of least confidence.
func tail(some []*observation) (far, caught int) {
	some = slices.Clone(some)
	slices.SortStableFunc(some, func(a, b *observation) int { return cmp.Compare(a.confidence, b.confidence) })
	for i, ob := range some {
		if ob.spoken && ob.off > 0.5 || !ob.spoken && !ob.right {
			far++
			if i < len(some)/10 {
				caught++
			}
		}
	}
	return far, caught
}

package main

import (
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"

	"cuewright/align"
)

// named writes weights with the names of the fields that they are of.
func named(weights []float64, spoken bool) string {
	fields := reflect.TypeFor[align.UnspokenEvidence]()
	if spoken {
		fields = reflect.TypeFor[align.SpokenEvidence]()
	}
	var b strings.Builder
	for i, w := range weights {
		fmt.Fprintf(&b, " %s: %.4g", fields.Field(i).Name, w)
	}
	return b.String()
}

// regress fits a logistic regression on the sentences that are spoken, or on those that
// are not, by Newton's method, drawn a little to 0. It returns nil if there is none.
func regress(all []observation, spoken bool) []float64 {
	const ridge = 0.1
	var some []observation
	for _, ob := range all {
		if ob.spoken == spoken {
			some = append(some, ob)
		}
	}
	if len(some) == 0 {
		return nil
	}
	n := len(some[0].evidence)
	w := make([]float64, n)
	for range 30 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range n {
			gradient[i] = -ridge * w[i]
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
		}
		for _, ob := range some {
			p := align.Logistic(ob.evidence, w)
			y := 0.0
			if ob.right {
				y = 1
			}
			for i := range n {
				gradient[i] += (y - p) * ob.evidence[i]
				for j := range n {
					hessian[i][j] += p * (1 - p) * ob.evidence[i] * ob.evidence[j]
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			w[i] += step
		}
	}
	return w
}

// solve solves m x = v in place by Gaussian elimination without pivoting; m is positive
// definite.
func solve(m [][]float64, v []float64) []float64 {
	n := len(v)
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := m[j][i] / m[i][i]
			for k := i; k < n; k++ {
				m[j][k] -= f * m[i][k]
			}
			v[j] -= f * v[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			v[i] -= m[i][j] * v[j]
		}
		v[i] /= m[i][i]
	}
	return v
}

// report prints how the confidence of the sentences that are spoken, or of those that
// are not, agrees with the truth.
func report(w io.Writer, title string, all []observation, spoken bool) {
	var some []observation
	for _, ob := range all {
		if ob.spoken == spoken {
			some = append(some, ob)
		}
	}
	sort.SliceStable(some, func(i, j int) bool { return some[i].confidence < some[j].confidence })
	fmt.Fprintf(w, "\n%s: %d sentences\n confidence      n  expected   found\n", title, len(some))
	for bin := range 10 {
		low, high := float64(bin)/10, float64(bin+1)/10
		n, expected, found := 0, 0.0, 0
		for _, ob := range some {
			if ob.confidence >= low && (ob.confidence < high || bin == 9) {
				n++
				expected += ob.confidence
				if ob.right {
					found++
				}
			}
		}
		if n > 0 {
			fmt.Fprintf(w, "  %.1f - %.1f  %6d     %.3f   %.3f\n", low, high, n, expected/float64(n), float64(found)/float64(n))
		}
	}
	far, caught := 0, 0
	for i, ob := range some {
		if spoken && ob.off > 0.5 || !spoken && !ob.right {
			far++
			if i < len(some)/10 {
				caught++
			}
		}
	}
	fmt.Fprintf(w, "wrong by more than 0.5 s: %d, of these in the least certain tenth: %d\n", far, caught)
}

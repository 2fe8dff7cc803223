package main

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
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
func regress(all []*observation, spoken bool) []float64 {
	const ridge = 0.1
	some := counting(all, spoken)
	if len(some) == 0 {
		return nil
	}
	values := make([][]float64, len(some))
	for i, ob := range some {
		values[i] = ob.evidence.Values()
	}
	n := len(values[0])
	w := make([]float64, n)
	for range 30 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range n {
			gradient[i] = -ridge * w[i]
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
		}
		for k, ob := range some {
			x := values[k]
			p := align.Regression{Weights: w, Unlikely: 1}.Chance(x)
			y := 0.0
			if ob.right {
				y = 1
			}
			for i := range n {
				gradient[i] += (y - p) * x[i]
				for j := range n {
					hessian[i][j] += p * (1 - p) * x[i] * x[j]
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			w[i] += step
		}
	}
	return w
}

// counting returns the sentences that are spoken, or those that are not, which the regressions are
// fitted on. Where the pair does not fit, most of what is left out is so because nothing does: that
// says nothing of a single sentence, and what is unspoken there does not count.
func counting(all []*observation, spoken bool) []*observation {
	return only(all, func(ob *observation) bool { return ob.spoken == spoken && ob.verdict == align.Fits })
}

// unlikely returns the align.Regression.Unlikely, in hundredths, by which what is right is likeliest
// among the spoken sentences of each corpus that are unlikely by the weights of the others, which
// are by its name. All corpora count alike, however many these sentences are: each is as
// much of a new voice. It is 1 where there are none.
func unlikely(all []*observation, others map[string][]float64) float64 {
	below := map[string][]*observation{} // the unlikely ones of each corpus
	for _, ob := range counting(all, true) {
		if w := others[ob.corpus]; w != nil && (align.Regression{Weights: w, Unlikely: 1}).Chance(ob.evidence.Values()) < 0.5 {
			below[ob.corpus] = append(below[ob.corpus], ob)
		}
	}
	found, best := 1.0, math.Inf(-1)
	for hundredths := 100; hundredths > 0; hundredths-- {
		factor, likelihood := float64(hundredths)/100, 0.0
		for _, corpus := range slices.Sorted(maps.Keys(below)) {
			r := align.Regression{Weights: others[corpus], Unlikely: factor}
			for _, ob := range below[corpus] {
				p := r.Chance(ob.evidence.Values())
				if !ob.right {
					p = 1 - p
				}
				likelihood += math.Log(p) / float64(len(below[corpus]))
			}
		}
		if likelihood > best {
			found, best = factor, likelihood
		}
	}
	return found
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

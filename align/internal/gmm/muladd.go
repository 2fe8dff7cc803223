//go:build !arm64

package gmm

import "math"

const (
	// belowFloat32 is the part of a float64 that a float32 lacks, and midway its value in the
	// middle between two of them.
	belowFloat32 = 1<<29 - 1
	midway       = 1 << 28
)

// multiplyAdd adds x times each weight to its sum, rounded once, as the instructions of
// processors do that have them. A float64 holds the product exactly, so that only the sum is
// rounded twice, which matters where the first time ends midway between two float32s. Results
// below 2^-126, where these have fewer bits, may differ; no sum of log-likelihoods is.
func multiplyAdd(sums *[tileComponents]float32, x float32, weights *[tileComponents]float32) {
	for c, w := range weights {
		product := float64(float64(x) * float64(w))
		sum := product + float64(sums[c])
		if math.Float64bits(sum)&belowFloat32 == midway {
			sums[c] = toOdd(product, sums[c])
			continue
		}
		sums[c] = float32(sum)
	}
}

// toOdd returns x + y. The sum is rounded to odd first: where it is not exact, to that of its
// neighbours whose last bit is 1. What is rounded to odd can be rounded once more as if it
// had been exact (Boldo and Melquiond 2008, "Emulation of FMA and correctly rounded sums").
func toOdd(x float64, y float32) float32 {
	sum := x + float64(y)
	back := sum - x
	rest := (x - (sum - back)) + (float64(y) - back) // what sum lacks (Knuth's two-sum)
	if rest != 0 && !math.IsNaN(rest) && math.Float64bits(sum)&1 == 0 {
		sum = math.Nextafter(sum, math.Copysign(math.Inf(1), rest))
	}
	return float32(sum)
}

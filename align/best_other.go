//go:build !amd64

package align

func bestOfQuads(best *[lanes]float32, x, w []float32) { bestOfQuadsPortable(best, x, w) }

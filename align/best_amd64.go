package align

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

func bestOfQuads(best *[lanes]float32, x, w []float32) {
	if !hasAVX2 {
		bestOfQuadsPortable(best, x, w)
		return
	}
	rows := len(x) / lanes
	if quads := len(w) / (quad * (1 + rows)); quads > 0 && rows > 0 {
		bestOfQuadsAVX2(&best[0], &x[0], &w[0], rows, quads)
	}
}

// bestOfQuadsAVX2 is bestOfQuads for processors with AVX2 and FMA; rows and
// quads are at least 1.
//
//go:noescape
func bestOfQuadsAVX2(best, x, w *float32, rows, quads int)

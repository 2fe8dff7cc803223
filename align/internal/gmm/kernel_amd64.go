package gmm

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

func maxOverTiles(best *[TileFrames]float32, x, w []float32) {
	if !hasAVX2 {
		maxOverTilesPortable(best, x, w)
		return
	}
	rows := len(x) / TileFrames
	if tiles := len(w) / (tileComponents * (1 + rows)); tiles > 0 && rows > 0 {
		maxOverTilesAVX2(&best[0], &x[0], &w[0], rows, tiles)
	}
}

// maxOverTilesAVX2 is maxOverTiles for processors with AVX2 and FMA; rows and
// tiles are at least 1.
//
//go:noescape
func maxOverTilesAVX2(best, x, w *float32, rows, tiles int)

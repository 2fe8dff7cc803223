//go:build !amd64

package gmm

func maxOverTiles(best *[TileFrames]float32, x, w []float32) { maxOverTilesPortable(best, x, w) }

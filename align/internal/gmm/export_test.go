package gmm

import "math"

// LogLikelihoodsPortable is LogLikelihoods by the kernel in plain Go.
func (p *Packed) LogLikelihoodsPortable(best []float32, x Tile) {
	for s := range p.States() {
		b := (*[TileFrames]float32)(best[s*TileFrames:])
		for i := range b {
			b[i] = float32(math.Inf(-1))
		}
		maxOverTilesPortable(b, x, p.weight[p.offset[s]:p.offset[s+1]])
	}
}

// SplitOffset is splitOffset.
const SplitOffset = splitOffset

// Counts, Sums and Squares are what was accumulated.
func (st *Stats) Counts() []float64  { return st.count }
func (st *Stats) Sums() []float64    { return st.sum }
func (st *Stats) Squares() []float64 { return st.square }

// MultiplyAdd is multiplyAdd of one component.
func MultiplyAdd(x, y, z float32) float32 {
	sums, weights := [tileComponents]float32{z}, [tileComponents]float32{y}
	multiplyAdd(&sums, x, &weights)
	return sums[0]
}

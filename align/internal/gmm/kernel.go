package gmm

import (
	"math"

	"cuewright/audio/portable"
)

// The log-likelihoods of a thousand components at each frame are most of the work of
// a search. log N(x) of a diagonal Gaussian is a constant, a sum of weights times x
// and a sum of weights times x squared:
//
//	log w - 1/2 sum(log 2 pi v + mean^2/v)  +  sum(mean/v * x)  +  sum(-1/(2v) * x^2)
//
// so that the components' log-likelihoods are one matrix product of the rows (x, x*x)
// with the weights. Only the best component of each state is wanted: the product is
// made in tiles of tileComponents components by TileFrames frames, as many as fit the
// registers, and of each tile the maximum is kept.

const (
	// TileFrames is how many frames a tile has: three registers of eight.
	TileFrames = 24
	// tileComponents is how many components a tile has.
	tileComponents = 4
)

// Tile holds the vectors of TileFrames frames, and their squares, as the kernels read
// them: value j of frame i is at [j*TileFrames+i].
type Tile []float32

// Set makes v the vector of frame i of the tile.
func (x Tile) Set(i int, v []float32) {
	for j, value := range v {
		x[j*TileFrames+i] = value
		x[(len(v)+j)*TileFrames+i] = value * value
	}
}

// Packed are the weights of mixtures in the order in which the kernels read them: for
// each component tile of a state tileComponents constants, then as many weights for
// each x, then as many for each x*x. A component tile that a state does not fill
// repeats the state's last component.
type Packed struct {
	rows   int // of x and x*x
	weight []float32
	offset []int // of each state in weight, and the end
}

// States is the number of states.
func (p *Packed) States() int { return len(p.offset) - 1 }

// NewTile returns a tile for vectors of the packed mixtures' dimensions.
func (p *Packed) NewTile() Tile { return make(Tile, p.rows*TileFrames) }

// Pack packs m.
func Pack(m *Mixtures) *Packed {
	d := m.Dims
	p := &Packed{rows: 2 * d, offset: make([]int, 0, len(m.Offset))}
	constants := make([]float64, m.Components())
	for c := range constants {
		constants[c] = float64(m.Weight[c])
		for j := range d {
			mean, v := float64(m.Mean[c*d+j]), float64(m.Var[c*d+j])
			constants[c] -= float64(0.5 * (portable.Log(2*math.Pi*v) + mean*mean/v))
		}
	}
	for s := range m.States() {
		p.offset = append(p.offset, len(p.weight))
		first, last := int(m.Offset[s]), int(m.Offset[s+1])-1
		for ; first <= last; first += tileComponents {
			var cs [tileComponents]int
			for i := range cs {
				cs[i] = min(first+i, last)
				p.weight = append(p.weight, float32(constants[cs[i]]))
			}
			for j := range d {
				for _, c := range cs {
					p.weight = append(p.weight, m.Mean[c*d+j]/m.Var[c*d+j])
				}
			}
			for j := range d {
				for _, c := range cs {
					p.weight = append(p.weight, -0.5/m.Var[c*d+j])
				}
			}
		}
	}
	p.offset = append(p.offset, len(p.weight))
	return p
}

// LogLikelihoods fills best[s*TileFrames+i] with the log-likelihood of state s at
// frame i of x. It is O(components × dimensions).
func (p *Packed) LogLikelihoods(best []float32, x Tile) {
	for s := range p.States() {
		b := (*[TileFrames]float32)(best[s*TileFrames:])
		for i := range b {
			b[i] = float32(math.Inf(-1))
		}
		maxOverTiles(b, x, p.weight[p.offset[s]:p.offset[s+1]])
	}
}

// maxOverTiles raises best, of each of the frames of x, to the log-likelihood of the
// best of the components whose weights are w. maxOverTilesPortable is the same in
// plain Go, bit by bit. What each kernel has to keep to: a component's sum begins with
// its constant, the products of x come first and those of x*x behind them, and each is
// multiplied and added in one step that rounds once (see multiplyAdd).
func maxOverTilesPortable(best *[TileFrames]float32, x, w []float32) {
	for len(w) > 0 {
		constants := w[:tileComponents]
		w = w[tileComponents:]
		weights := w[:tileComponents*(len(x)/TileFrames)]
		w = w[len(weights):]
		for i := range TileFrames {
			sums := [tileComponents]float32(constants)
			for j, k := i, 0; k+tileComponents <= len(weights) && j < len(x); j, k = j+TileFrames, k+tileComponents {
				multiplyAdd(&sums, x[j], (*[tileComponents]float32)(weights[k:]))
			}
			best[i] = max(best[i], sums[0], sums[1], sums[2], sums[3])
		}
	}
}

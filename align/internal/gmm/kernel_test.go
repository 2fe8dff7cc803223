package gmm_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"cuewright/align/internal/gmm"
	"cuewright/align/internal/gmm/gmmtest"
)

// randomTile has a vector of noise at each of its frames.
func randomTile(r *rand.Rand, p *gmm.Packed, dims int) gmm.Tile {
	x := p.NewTile()
	v := make([]float32, dims)
	for i := range gmm.TileFrames {
		for j := range v {
			v[j] = float32(r.NormFloat64())
		}
		x.Set(i, v)
	}
	return x
}

func TestLogLikelihoodsAreThoseOfTheDefinition(t *testing.T) {
	kernels := map[string]func(p *gmm.Packed, best []float32, x gmm.Tile){
		"this processor's": (*gmm.Packed).LogLikelihoods, "portable": (*gmm.Packed).LogLikelihoodsPortable,
	}
	for _, dims := range []int{1, 7, 39} {
		r := rand.New(rand.NewPCG(1, 1))
		m := gmmtest.Random(r, dims, 20, 13)
		p := gmm.Pack(m)
		x := randomTile(r, p, dims)
		for name, kernel := range kernels {
			best := make([]float32, p.States()*gmm.TileFrames)
			kernel(p, best, x)
			for s := range m.States() {
				for i, got := range best[s*gmm.TileFrames:][:gmm.TileFrames] {
					want := gmmtest.LogLikelihood(m, s, func(j int) float32 { return x[j*gmm.TileFrames+i] })
					if math.Abs(float64(got)-want) > 1e-5*(50+math.Abs(want)) {
						t.Errorf("%d dimensions, %s kernel: state %d at frame %d has %g, want %g", dims, name, s, i, got, want)
					}
				}
			}
		}
	}
}

// TestKernelsAgree: all kernels give the same bits, whatever the sizes of the numbers.
func TestKernelsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, dims := range []int{1, 5, 39} {
		m := gmmtest.Random(r, dims, 30, 9)
		p := gmm.Pack(m)
		for range 50 {
			x := randomTile(r, p, dims)
			scale := float32(math.Ldexp(1, r.IntN(20)-10))
			for i := range x {
				x[i] *= scale
			}
			a, b := make([]float32, p.States()*gmm.TileFrames), make([]float32, p.States()*gmm.TileFrames)
			p.LogLikelihoods(a, x)
			p.LogLikelihoodsPortable(b, x)
			for i := range a {
				if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
					t.Fatalf("%d dimensions: %v, and %v of the portable kernel", dims, a[i], b[i])
				}
			}
		}
	}
}

// TestMultiplyAdd: it rounds once, as exact arithmetic tells.
func TestMultiplyAdd(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	number := func(least, most int) float32 { // of few bits, so that midways are frequent
		x := math.Ldexp(float64(1+2*r.IntN(1<<(1+r.IntN(22)))), least+r.IntN(most-least))
		return float32(math.Copysign(x, r.Float64()-0.5))
	}
	for range 500000 {
		x, y, z := number(-40, -10), number(-40, -10), number(-60, -20)
		exact := new(big.Float).SetPrec(500).Mul(big.NewFloat(float64(x)), big.NewFloat(float64(y)))
		exact.Add(exact, big.NewFloat(float64(z)))
		want, _ := exact.Float32()
		if got := gmm.MultiplyAdd(x, y, z); got != want {
			t.Fatalf("%v * %v + %v is %v, want %v", x, y, z, got, want)
		}
	}
}

func TestTileHoldsSquares(t *testing.T) {
	x := make(gmm.Tile, 2*2*gmm.TileFrames)
	x.Set(3, []float32{2, -5})
	for row, want := range []float32{2, -5, 4, 25} {
		if got := x[row*gmm.TileFrames+3]; got != want {
			t.Errorf("row %d of the tile is %g, want %g", row, got, want)
		}
	}
}

func BenchmarkLogLikelihoods(b *testing.B) {
	const dims = 39
	r := rand.New(rand.NewPCG(1, 1))
	m := gmmtest.Random(r, dims, 136, 8)
	p := gmm.Pack(m)
	x := randomTile(r, p, dims)
	best := make([]float32, m.States()*gmm.TileFrames)
	perSecond := func(b *testing.B) {
		products := float64(gmm.TileFrames*2*dims*m.Components()) * float64(b.N)
		b.ReportMetric(products/b.Elapsed().Seconds()/1e9, "GMAC/s")
	}
	b.Run("kernel", func(b *testing.B) {
		for b.Loop() {
			p.LogLikelihoods(best, x)
		}
		perSecond(b)
	})
	b.Run("portable", func(b *testing.B) {
		for b.Loop() {
			p.LogLikelihoodsPortable(best, x)
		}
		perSecond(b)
	})
}

package portable_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"cuewright/audio/portable"
)

// arguments returns n numbers of each of several sizes, whose logarithms and powers of e
// are in range. They are the same on every processor.
func arguments(n int) (logs, powers []float64) {
	r := rand.New(rand.NewPCG(1, 1))
	logs = []float64{5e-324, 1e-310, 0x1p-1022, math.Nextafter(0x1p-1022, 0), math.MaxFloat64, 0.5, 2}
	for _, x := range []float64{1, math.Sqrt2, math.Sqrt2 / 2} {
		logs = append(logs, math.Nextafter(x, 0), x, math.Nextafter(x, 2))
	}
	powers = []float64{709.7, 709.78, -709.7, -708.3, 1e-300, -1e-20, math.Ln2 / 2, math.Nextafter(math.Ln2/2, 1)}
	for range n {
		logs = append(logs, math.Ldexp(0.5+r.Float64(), r.IntN(2040)-1020), 1+(r.Float64()-0.5)/50, 2*r.Float64(), 100*r.Float64())
		powers = append(powers, (r.Float64()-0.5)/50, 2*(r.Float64()-0.5), 50*(r.Float64()-0.5), 1400*(r.Float64()-0.5))
	}
	return logs, powers
}

// bigExp returns e to the x: that of x/2^20 by its power series, squared 20 times.
func bigExp(x float64) *big.Float {
	number := func(x float64) *big.Float { return big.NewFloat(x).SetPrec(200) }
	small, sum, term := number(math.Ldexp(x, -20)), number(1), number(1)
	for i := 1.0; i < 16; i++ {
		sum.Add(sum, term.Quo(term.Mul(term, small), number(i)))
	}
	for range 20 {
		sum.Mul(sum, sum)
	}
	return sum
}

// ulp returns the unit of the last place of x.
func ulp(x float64) float64 { return math.Nextafter(math.Abs(x), math.Inf(1)) - math.Abs(x) }

func TestLogAndExp(t *testing.T) {
	logs, powers := arguments(500)
	for _, x := range logs {
		// If e^y is off by a share of x, then y is off by that share, all but exactly.
		y := portable.Log(x)
		off := bigExp(y)
		off.Quo(off.Sub(off, big.NewFloat(x)), big.NewFloat(x))
		if off, _ := off.Float64(); !(math.Abs(off) <= ulp(y)) {
			t.Errorf("Log(%g) = %g is off by %g", x, y, off)
		}
	}
	for _, x := range powers {
		y := portable.Exp(x)
		off := bigExp(x)
		if off, _ := off.Sub(off, big.NewFloat(y)).Float64(); !(math.Abs(off) <= ulp(y)) {
			t.Errorf("Exp(%g) = %g is off by %g", x, y, off)
		}
	}
}

func TestSinPiAndCosPi(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 5000 {
		x := 4*r.Float64() - 2
		whole := float64(2 * (r.IntN(100) - 50))
		x += whole
		sin, cos := math.Sincos(math.Pi * (x - whole))
		if math.Abs(portable.SinPi(x)-sin) > 1e-15 || math.Abs(portable.CosPi(x)-cos) > 1e-15 {
			t.Errorf("of pi %g: sine %g and cosine %g, want %g and %g", x, portable.SinPi(x), portable.CosPi(x), sin, cos)
		}
	}
	for quarters, want := range [...]struct{ sin, cos float64 }{{0, 1}, {1, 0}, {0, -1}, {-1, 0}} {
		for _, x := range []float64{float64(quarters) / 2, float64(quarters)/2 - 4, float64(quarters)/2 + 1e6} {
			if portable.SinPi(x) != want.sin || portable.CosPi(x) != want.cos {
				t.Errorf("of pi %g: sine %g and cosine %g, want %v", x, portable.SinPi(x), portable.CosPi(x), want)
			}
		}
	}
}

func TestSpecialValues(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name    string
		of      func(float64) float64
		x, want float64
	}{
		{"Log", portable.Log, 0, -inf}, {"Log", portable.Log, -1, nan}, {"Log", portable.Log, -inf, nan}, {"Log", portable.Log, inf, inf},
		{"Log", portable.Log, nan, nan}, {"Log", portable.Log, 1, 0},
		{"Exp", portable.Exp, 0, 1}, {"Exp", portable.Exp, inf, inf}, {"Exp", portable.Exp, 709.79, inf}, {"Exp", portable.Exp, 1e300, inf},
		{"Exp", portable.Exp, -inf, 0}, {"Exp", portable.Exp, -745.2, 0}, {"Exp", portable.Exp, -1e300, 0}, {"Exp", portable.Exp, nan, nan},
		{"Exp", portable.Exp, -745.1, 5e-324},
	} {
		if got := c.of(c.x); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s(%g) = %g, want %g", c.name, c.x, got, c.want)
		}
	}
}

// TestSameBits: the results are those of the processor on which the sum below was made.
func TestSameBits(t *testing.T) {
	const want = 0x52029c5054c7d40b
	logs, powers := arguments(20000)
	h := fnv.New64a()
	add := func(y float64) { h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(y))) }
	for _, x := range logs {
		add(portable.Log(x))
	}
	for _, x := range powers {
		add(portable.Exp(x))
		add(portable.SinPi(x))
		add(portable.CosPi(x))
	}
	if got := h.Sum64(); got != want {
		t.Errorf("the results have the sum %#x, want %#x: their bits differ", got, uint64(want))
	}
}

func BenchmarkLog(b *testing.B) { benchmark(b, portable.Log) }
func BenchmarkExp(b *testing.B) { benchmark(b, portable.Exp) }

func benchmark(b *testing.B, of func(float64) float64) {
	var sum float64
	for i := 0; b.Loop(); i++ {
		sum += of(float64(1+i%1024) / 100)
	}
}

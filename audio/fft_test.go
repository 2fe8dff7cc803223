package audio

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
)

// noise is white, uniform in [-amplitude, amplitude], the same for each seed.
func noise(n int, amplitude float64, seed uint64) []float32 {
	random := rand.New(rand.NewPCG(seed, 0))
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(amplitude * (2*random.Float64() - 1))
	}
	return x
}

// powerByDFT is the definition, in double precision.
func powerByDFT(x []float32) []float64 {
	power := make([]float64, len(x)/2+1)
	for k := range power {
		var sum complex128
		for i, v := range x {
			sum += complex(float64(v), 0) * cmplx.Rect(1, -2*math.Pi*float64(k*i%len(x))/float64(len(x)))
		}
		power[k] = real(sum * cmplx.Conj(sum))
	}
	return power
}

func TestPowerMatchesDFT(t *testing.T) {
	impulse := make([]float32, fftSize)
	impulse[37] = 1
	constant := make([]float32, fftSize)
	for i := range constant {
		constant[i] = 1
	}
	nyquist := make([]float32, fftSize)
	for i := range nyquist {
		nyquist[i] = float32(1 - 2*(i%2))
	}
	for name, x := range map[string][]float32{
		"noise": noise(fftSize, 1, 1), "impulse": impulse, "constant": constant,
		"tone": tone(fftSize, 1234.5, 1), "nyquist": nyquist, "zero": make([]float32, fftSize),
	} {
		want := powerByDFT(x)
		f := realFFT{tw: newFFTTwiddles()}
		var got [fftBins]float32
		f.power(&got, (*[fftSize]float32)(x))
		var total float64
		for _, w := range want {
			total += w
		}
		for k, w := range want {
			// Single precision: each rounding is 6e-8 of the whole.
			if math.Abs(float64(got[k])-w) > 1e-6*math.Sqrt(w*total)+1e-12*total {
				t.Errorf("%s: bin %d is %v, want %v", name, k, got[k], w)
			}
		}
	}
}

func BenchmarkFFT(b *testing.B) {
	x := (*[fftSize]float32)(noise(fftSize, 1, 1))
	b.Run("single", func(b *testing.B) {
		b.ReportAllocs()
		f := realFFT{tw: newFFTTwiddles()}
		var power [fftBins]float32
		for b.Loop() {
			f.power(&power, x)
		}
	})
	b.Run("gonum", func(b *testing.B) {
		b.ReportAllocs()
		f := fourier.NewFFT(fftSize)
		seq := make([]float64, fftSize)
		coeff := make([]complex128, fftBins)
		power := make([]float64, fftBins)
		for b.Loop() {
			for i, v := range x {
				seq[i] = float64(v)
			}
			for k, c := range f.Coefficients(coeff, seq) {
				power[k] = real(c)*real(c) + imag(c)*imag(c)
			}
		}
	})
}

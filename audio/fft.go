package audio

import "math"

// fftSize is the length of the transform, the next power of two above
// WindowSamples; a bin is Rate/fftSize = 31.25 Hz wide.
const (
	fftSize = 512
	fftHalf = fftSize / 2
	fftBins = fftHalf + 1
)

// realFFT is the power spectrum of fftSize real samples in single precision. The
// samples are packed by twos into fftHalf complex ones, which four radix-4
// Stockham stages transform: they sort as they go, from one buffer into the
// other and back, so there is no bit reversal. See van Loan, Computational
// Frameworks for the Fast Fourier Transform (1992), sections 1.7 and 4.3.
type realFFT struct {
	tw   *fftTwiddles
	x, y [fftHalf]cplx
}

type cplx struct{ re, im float32 }

// fftTwiddles holds the roots of unity, which all transforms share.
type fftTwiddles struct {
	// stage holds, for each of the three stages that rotate, the first, second
	// and third power of exp(-2 pi i p/n) for p < n/4 and n = 256, 64, 16.
	stage [3][][3]cplx
	// unpack holds exp(-2 pi i k/fftSize).
	unpack [fftHalf / 2]cplx
}

func newFFTTwiddles() *fftTwiddles {
	root := func(k, n int) cplx {
		sin, cos := math.Sincos(-2 * math.Pi * float64(k) / float64(n))
		return cplx{float32(cos), float32(sin)}
	}
	t := new(fftTwiddles)
	for i, n := 0, fftHalf; i < len(t.stage); i, n = i+1, n/4 {
		for p := range n / 4 {
			t.stage[i] = append(t.stage[i], [3]cplx{root(p, n), root(2*p, n), root(3*p, n)})
		}
	}
	for k := range t.unpack {
		t.unpack[k] = root(k, fftSize)
	}
	return t
}

// power writes |X[k]|^2 of the samples, k = 0 ... fftSize/2.
func (f *realFFT) power(dst *[fftBins]float32, samples *[fftSize]float32) {
	for i := range f.x {
		f.x[i] = cplx{samples[2*i], samples[2*i+1]}
	}
	radix4(&f.y, &f.x, f.tw.stage[0], 1)
	radix4(&f.x, &f.y, f.tw.stage[1], 4)
	radix4(&f.y, &f.x, f.tw.stage[2], 16)
	radix4Last(&f.x, &f.y)

	// With E and O the transforms of the even and the odd samples and w the root,
	// X[k] = E + wO and X[fftHalf-k] is the conjugate of E - wO, so that both
	// powers are |E|^2 + |O|^2 +- 2 Re(E conj(wO)).
	z := &f.x
	dc, ny := z[0].re+z[0].im, z[0].re-z[0].im
	dst[0], dst[fftHalf] = dc*dc, ny*ny
	mid := z[fftHalf/2]
	dst[fftHalf/2] = mid.re*mid.re + mid.im*mid.im
	for k := 1; k < fftHalf/2; k++ {
		a, b, w := z[k], z[fftHalf-k], f.tw.unpack[k]
		// Twice E and twice O.
		er, ei := a.re+b.re, a.im-b.im
		or, oi := a.im+b.im, b.re-a.re
		wr, wi := w.re*or-w.im*oi, w.re*oi+w.im*or
		sum := 0.25 * (er*er + ei*ei + or*or + oi*oi)
		cross := 0.5 * (er*wr + ei*wi)
		// Rounding must not make a power negative.
		dst[k], dst[fftHalf-k] = max(0, sum+cross), max(0, sum-cross)
	}
}

// radix4 is one Stockham stage of decimation in frequency: groups of s
// neighbours, one rotation a group.
func radix4(y, x *[fftHalf]cplx, tw [][3]cplx, s int) {
	for p, w := range tw {
		in, out := x[s*p:], y[4*s*p:]
		quarter := fftHalf / 4
		x0, x1, x2, x3 := in[:s], in[quarter:][:s], in[2*quarter:][:s], in[3*quarter:][:s]
		y0, y1, y2, y3 := out[:s], out[s:][:s], out[2*s:][:s], out[3*s:][:s]
		for q := range x0 {
			a, b, c, d := x0[q], x1[q], x2[q], x3[q]
			sr, si, tr, ti := a.re+c.re, a.im+c.im, a.re-c.re, a.im-c.im
			ur, ui, vr, vi := b.re+d.re, b.im+d.im, b.re-d.re, b.im-d.im
			y0[q] = cplx{sr + ur, si + ui}
			y1[q] = w[0].times(tr+vi, ti-vr)
			y2[q] = w[1].times(sr-ur, si-ui)
			y3[q] = w[2].times(tr-vi, ti+vr)
		}
	}
}

// radix4Last is the stage in which nothing is left to rotate.
func radix4Last(y, x *[fftHalf]cplx) {
	const s = fftHalf / 4
	for q := range s {
		a, b, c, d := x[q], x[q+s], x[q+2*s], x[q+3*s]
		sr, si, tr, ti := a.re+c.re, a.im+c.im, a.re-c.re, a.im-c.im
		ur, ui, vr, vi := b.re+d.re, b.im+d.im, b.re-d.re, b.im-d.im
		y[q] = cplx{sr + ur, si + ui}
		y[q+s] = cplx{tr + vi, ti - vr}
		y[q+2*s] = cplx{sr - ur, si - ui}
		y[q+3*s] = cplx{tr - vi, ti + vr}
	}
}

func (w cplx) times(re, im float32) cplx {
	return cplx{w.re*re - w.im*im, w.re*im + w.im*re}
}

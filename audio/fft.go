package audio

import "cuewright/audio/portable"

// fftSize is the length of the transform, the next power of two above
// WindowSamples; a bin is Rate/fftSize = 31.25 Hz wide.
const (
	fftSize    = 512
	fftHalf    = fftSize / 2
	fftQuarter = fftHalf / 4
	fftBins    = fftHalf + 1
)

// realFFT computes the power spectrum of fftSize real samples in single precision. The
// samples are packed by twos into fftHalf complex ones, which four radix-4
// Stockham stages transform: they sort as they go, from one buffer into the
// other and back, so there is no bit reversal. See van Loan, Computational
// Frameworks for the Fast Fourier Transform (1992), sections 1.7 and 4.3.
type realFFT struct {
	tw   *fftTwiddles
	x, y complexBuffer
}

// complexBuffer keeps real and imaginary parts in arrays of their own, from which Go's
// compiler makes faster code than from pairs.
type complexBuffer struct{ re, im [fftHalf]float32 }

// root is a complex root of unity.
type root struct{ re, im float32 }

// rotation holds the twiddle factors of outputs 1, 2 and 3 of a butterfly: the powers
// of one root.
type rotation struct{ w1, w2, w3 root }

// fftTwiddles holds the twiddle factors, which all transforms share.
type fftTwiddles struct {
	// stage holds the rotation of each butterfly of the three stages that rotate.
	stage [3][fftQuarter]rotation
	// unpack holds exp(-2 pi i k/fftSize).
	unpack [fftHalf / 2]root
}

func newFFTTwiddles() *fftTwiddles {
	// unit is exp(-2 pi i k/n).
	unit := func(k, n int) root {
		x := -2 * float64(k) / float64(n)
		return root{float32(portable.CosPi(x)), float32(portable.SinPi(x))}
	}
	t := new(fftTwiddles)
	for i, stride := 0, 1; i < len(t.stage); i, stride = i+1, 4*stride {
		for j := range t.stage[i] {
			k := j / stride * stride
			t.stage[i][j] = rotation{unit(k, fftHalf), unit(2*k, fftHalf), unit(3*k, fftHalf)}
		}
	}
	for k := range t.unpack {
		t.unpack[k] = unit(k, fftSize)
	}
	return t
}

// power writes |X[k]|^2 of the samples to dst, k = 0 ... fftSize/2.
func (f *realFFT) power(dst *[fftBins]float32, samples *[fftSize]float32) {
	for i := range f.x.re {
		f.x.re[i], f.x.im[i] = samples[2*i], samples[2*i+1]
	}
	radix4(&f.y, &f.x, &f.tw.stage[0], 1)
	radix4(&f.x, &f.y, &f.tw.stage[1], 4)
	radix4(&f.y, &f.x, &f.tw.stage[2], 16)
	radix4Last(&f.x, &f.y)

	// With E and O the transforms of the even and the odd samples and w the root,
	// X[k] = E + wO and X[fftHalf-k] is the conjugate of E - wO.
	re, im := &f.x.re, &f.x.im
	dc, nyquist := re[0]+im[0], re[0]-im[0]
	dst[0], dst[fftHalf] = dc*dc, nyquist*nyquist
	const mid = fftHalf / 2
	dst[mid] = float32(re[mid]*re[mid]) + float32(im[mid]*im[mid])
	for k := 1; k < mid; k++ {
		ar, ai, br, bi, w := re[k], im[k], re[fftHalf-k], im[fftHalf-k], f.tw.unpack[k]
		// Twice E, O and wO.
		er, ei, or, oi := ar+br, ai-bi, ai+bi, br-ar
		wr, wi := w.times(or, oi)
		pr, pi, mr, mi := er+wr, ei+wi, er-wr, ei-wi
		dst[k], dst[fftHalf-k] = 0.25*(float32(pr*pr)+float32(pi*pi)), 0.25*(float32(mr*mr)+float32(mi*mi))
	}
}

// radix4 is one Stockham stage of decimation in frequency. Butterfly i takes its
// inputs a quarter of the buffer apart and leaves its outputs stride apart.
func radix4(y, x *complexBuffer, rotations *[fftQuarter]rotation, stride int) {
	const wrap = fftHalf - 1 // tells the compiler that indices stay inside
	for i := range rotations {
		ar, br, cr, dr := x.re[i], x.re[i+fftQuarter], x.re[i+2*fftQuarter], x.re[i+3*fftQuarter]
		ai, bi, ci, di := x.im[i], x.im[i+fftQuarter], x.im[i+2*fftQuarter], x.im[i+3*fftQuarter]
		sr, si, tr, ti := ar+cr, ai+ci, ar-cr, ai-ci
		ur, ui, vr, vi := br+dr, bi+di, br-dr, bi-di
		w := &rotations[i]
		o := 4*i - 3*(i&(stride-1))
		o0, o1, o2, o3 := o&wrap, (o+stride)&wrap, (o+2*stride)&wrap, (o+3*stride)&wrap
		y.re[o0], y.im[o0] = sr+ur, si+ui
		y.re[o1], y.im[o1] = w.w1.times(tr+vi, ti-vr)
		y.re[o2], y.im[o2] = w.w2.times(sr-ur, si-ui)
		y.re[o3], y.im[o3] = w.w3.times(tr-vi, ti+vr)
	}
}

// radix4Last is the last stage, in which all rotations are 1.
func radix4Last(y, x *complexBuffer) {
	for i := range fftQuarter {
		const q = fftQuarter
		ar, br, cr, dr := x.re[i], x.re[i+q], x.re[i+2*q], x.re[i+3*q]
		ai, bi, ci, di := x.im[i], x.im[i+q], x.im[i+2*q], x.im[i+3*q]
		sr, si, tr, ti := ar+cr, ai+ci, ar-cr, ai-ci
		ur, ui, vr, vi := br+dr, bi+di, br-dr, bi-di
		y.re[i], y.im[i] = sr+ur, si+ui
		y.re[i+q], y.im[i+q] = tr+vi, ti-vr
		y.re[i+2*q], y.im[i+2*q] = sr-ur, si-ui
		y.re[i+3*q], y.im[i+3*q] = tr-vi, ti+vr
	}
}

// times returns the product of w and re + i im.
func (w root) times(re, im float32) (float32, float32) {
	return float32(w.re*re) - float32(w.im*im), float32(w.re*im) + float32(w.im*re)
}

package audio

import (
	"math"

	"cuewright/audio/portable"
)

const (
	// melLow and melHigh bound the bands in Hz. Below is hum and rumble; above,
	// telephone and lossy recordings are empty and the resampler attenuates.
	melLow  = 80
	melHigh = 7200
)

// melBank is a filter bank: MelBands triangles, equally spaced on the mel scale, that
// overlap by half, so that between the first and the last centre the weights of every
// bin add up to 1.
type melBank struct {
	// [first, last) are the bins that any band takes.
	first, last int
	// rising is the weight of bin first+i in its upper band, band[i]; the rest goes
	// to band[i]-1. Band -1 and MelBands stand for what lies outside.
	rising []float32
	band   []int
	// window is the Hann window of a frame, scaled so that band powers are parts of the
	// mean square.
	window [windowSamples]float32
}

// mel returns a frequency in mel, on the scale of O'Shaughnessy, Speech Communication
// (1987), which HTK and Kaldi use.
func mel(hz float64) float64 { return float64(1127 * portable.Log(1+hz/700)) }

func newMelBank() *melBank {
	b := new(melBank)
	low := mel(melLow)
	step := (mel(melHigh) - low) / (MelBands + 1)
	for k := 1; k < fftHalf; k++ {
		// Band i rises from edge i to edge i+1 and falls to edge i+2.
		pos := (mel(float64(k)*Rate/fftSize) - low) / step
		if pos <= 0 || pos >= MelBands+1 {
			continue
		}
		if b.first == 0 {
			b.first = k
		}
		b.last = k + 1
		edge, frac := math.Modf(pos)
		b.band = append(b.band, int(edge))
		b.rising = append(b.rising, float32(frac))
	}
	var energy float64
	for i := range b.window {
		w := 0.5 - float64(0.5*portable.CosPi(2*(float64(i)+0.5)/windowSamples))
		b.window[i] = float32(w)
		energy += float64(w * w)
	}
	// By Parseval the one-sided spectrum sums to fftSize/2 times the energy.
	scale := float32(math.Sqrt(2 / (fftSize * energy)))
	for i := range b.window {
		b.window[i] *= scale
	}
	return b
}

// apply writes the MelBands band powers of a power spectrum to dst.
func (b *melBank) apply(dst *[MelBands]float32, power *[fftBins]float32) {
	var sums [MelBands + 2]float32 // shifted by one, for the bands outside
	spectrum := power[b.first:b.last]
	band, rising := b.band[:len(spectrum)], b.rising[:len(spectrum)]
	for i, p := range spectrum {
		up := float32(p * rising[i])
		j := band[i]
		sums[j+1] += up
		sums[j] += p - up
	}
	copy(dst[:], sums[1:MelBands+1])
}

package audio

const (
	// FrameTones is how many tones of a frame are kept.
	FrameTones = 4
	// toneFirst and toneLast are the first and the last bin that a tone may peak in, 188 and
	// 2125 Hz: the notes of a melody, or an overtone of lower ones. A bin is wider than the
	// distance of notes below, and above lies little but overtones.
	toneFirst, toneLast = 6, 68
	// toneSteps is how many steps of frequency there are to a bin, each 7.8 Hz.
	toneSteps = 4
	// toneShare is the least power of a tone against the strongest bin of its frame, -30 dB: below
	// that lie the side lobes of the window.
	toneShare = 1e-3
)

// Tone is the frequency of a peak of the spectrum between 180 and 2140 Hz, in steps of about 8 Hz;
// 0 stands for none.
type Tone uint8

// pickTones writes the greatest peaks of a power spectrum to dst, the greatest first, and 0
// where there are no more.
func pickTones(dst []Tone, power *[fftBins]float32) {
	var bins [FrameTones]int
	n := 0
	p := power[toneFirst-2 : toneLast+3]
	for k := 2; k < len(p)-2; k++ {
		here := p[k]
		if here <= p[k-1] || here < p[k+1] || here < p[k-2] || here < p[k+2] || n == FrameTones && here <= p[bins[n-1]] {
			continue
		}
		n = min(n+1, FrameTones)
		at := n - 1
		for ; at > 0 && here > p[bins[at-1]]; at-- {
			bins[at] = bins[at-1]
		}
		bins[at] = k
	}
	clear(dst)
	var most float32
	for _, v := range power[1:] {
		if v > most { // slices.Max looks for NaN and takes as long as the FFT
			most = v
		}
	}
	least := toneShare * most
	for i, k := range bins[:n] {
		if p[k] < least {
			break
		}
		// The top of the parabola through three bins lies half a bin to either side at the most. It
		// isn't quite where the sine is, but at the same place for the same sine.
		left, right := p[k]-p[k-1], p[k]-p[k+1]
		step := float32(toneSteps / 2 * (1 + (left-right)/(left+right))) // from 0 at half a bin below
		dst[i] = Tone(1 + (k-2)*toneSteps + int(step+0.5))
	}
}

package audio

import "math"

const (
	// resampleStop is how far in dB the filter suppresses what would fold back into
	// the bands, more than the noise of a 12-bit recording.
	resampleStop = 75
	// resampleEdge is half the width of the filter's slope as a share of the Nyquist
	// frequency, around which it lies: at 16 kHz from 7200 to 8800 Hz. What lies
	// above folds back no lower than the slope begins, above the highest band.
	resampleEdge = 0.1
	// resamplePhases is how many filters stand for the positions between two samples
	// when the ratio of the rates asks for more; between two of them the result is
	// interpolated, with an error below resampleStop.
	resamplePhases = 640
)

// resampler brings mono samples to Rate by a polyphase filter: a Kaiser-windowed
// sinc, sampled at each position that an output can have between two inputs. Output
// n is the input at the time n/Rate exactly: the filter's delay is taken out. See
// Crochiere and Rabiner, Multirate Digital Signal Processing (1983), chapter 4, and,
// for the window, Kaiser (1974).
type resampler struct {
	up, down int       // Rate to the input's rate, in lowest terms
	taps     int       // of a filter, a multiple of 4
	phases   int       // filters from one input to the next; up, unless that is too many
	filter   []float32 // phases+1 filters, one after the other
	// pending are inputs that are still needed; the next output's first tap is at
	// pending[next], its position beyond the middle tap is phase/up.
	pending     []float32
	next, phase int
	in, out     int64 // samples taken and given
}

// newResampler returns nil if there is nothing to do.
func newResampler(rate int) *resampler {
	if rate == Rate {
		return nil
	}
	g := gcd(rate, Rate)
	r := &resampler{up: Rate / g, down: rate / g}
	r.phases = min(r.up, resamplePhases)

	// Kaiser's rules for the window's shape and length. Frequencies are in cycles
	// per input sample.
	cutoff := float64(min(rate, Rate)) / 2 / float64(rate)
	width := 2 * resampleEdge * cutoff
	beta := 0.1102 * (resampleStop - 8.7)
	length := (resampleStop - 7.95) / (14.36 * width)
	r.taps = (int(math.Ceil(length)) + 4) / 4 * 4
	half := float64(r.taps) / 2

	r.filter = make([]float32, 0, (r.phases+1)*r.taps)
	row := make([]float64, r.taps)
	for p := range r.phases + 1 {
		frac := float64(p) / float64(r.phases)
		var sum float64
		for j := range row {
			t := float64(j) - (half - 1) - frac
			row[j] = sinc(2*cutoff*t) * kaiser(t/half, beta)
			sum += row[j]
		}
		for _, v := range row {
			r.filter = append(r.filter, float32(v/sum))
		}
	}
	r.pending = make([]float32, r.taps/2-1)
	return r
}

// process takes in and appends to dst the outputs that are then known.
func (r *resampler) process(dst, in []float32) []float32 {
	r.in += int64(len(in))
	return r.run(dst, in)
}

// flush appends the last outputs, so that in all there are as many as begin within
// the recording.
func (r *resampler) flush(dst []float32) []float32 {
	total := (r.in*int64(r.up) + int64(r.down) - 1) / int64(r.down)
	missing := int(total - r.out)
	had := len(dst)
	dst = r.run(dst, make([]float32, r.taps+r.down/r.up+1))
	return dst[:min(len(dst), had+missing)]
}

func (r *resampler) run(dst, in []float32) []float32 {
	r.pending = append(r.pending, in...)
	had := len(dst)
	whole, part := r.down/r.up, r.down%r.up
	for ; r.next+r.taps <= len(r.pending); r.next += whole {
		x := r.pending[r.next:][:r.taps]
		if r.phases == r.up {
			dst = append(dst, dot(x, r.filter[r.phase*r.taps:]))
		} else {
			row, frac := math.Modf(float64(r.phase) / float64(r.up) * float64(r.phases))
			h := r.filter[int(row)*r.taps:]
			y := dot(x, h)
			dst = append(dst, y+float32(frac)*(dot(x, h[r.taps:])-y))
		}
		if r.phase += part; r.phase >= r.up {
			r.phase -= r.up
			r.next++
		}
	}
	r.out += int64(len(dst) - had)
	used := min(r.next, len(r.pending))
	r.pending = r.pending[:copy(r.pending, r.pending[used:])]
	r.next -= used
	return dst
}

// dot is the sum of x[i]*h[i]; len(x) is a multiple of 4.
func dot(x, h []float32) float32 {
	var a, b, c, d float32
	h = h[:len(x)]
	for len(x) >= 4 && len(h) >= 4 {
		a += x[0] * h[0]
		b += x[1] * h[1]
		c += x[2] * h[2]
		d += x[3] * h[3]
		x, h = x[4:], h[4:]
	}
	return (a + b) + (c + d)
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window at x, 1 at 0 and nothing beyond -1 and 1.
func kaiser(x, beta float64) float64 {
	if x <= -1 || x >= 1 {
		return 0
	}
	return besselI0(beta*math.Sqrt(1-x*x)) / besselI0(beta)
}

// besselI0 is the modified Bessel function of the first kind and order 0, by its
// power series.
func besselI0(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= x / 2 / k * (x / 2 / k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

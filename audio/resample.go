package audio

import (
	"math"

	"cuewright/audio/portable"
)

const (
	// resampleStop is the stopband attenuation of the filters in dB. It is enough: what
	// speech has above 8 kHz, and would alias into the bands, is weak itself.
	resampleStop = 65
	// resampleEdge is half the width of the transition band, as a share of the Nyquist
	// frequency on which it is centred: 7 to 9 kHz for 16 kHz. What lies in its upper
	// half aliases into its lower half only.
	resampleEdge = 0.125
	// resamplePass is the edge of the passband in Hz; no stage may alias into it.
	resamplePass = (1 - resampleEdge) * Rate / 2
	// resamplePhases bounds the number of phases, the filters for the positions between
	// two samples. If the ratio of the rates asks for more, the result is interpolated
	// between two of them, with an error below resampleStop.
	resamplePhases = 640
	// leastDecimated is the least rate in Hz to decimate to. Far above Rate halving the
	// rate is cheap, since the transition band may be wide; nearer it saves nothing.
	leastDecimated = 20000
)

// resampler converts mono samples to Rate: half-band decimators halve high rates
// first, then a polyphase filter does the rest. Output n is the input at exactly the
// time n/Rate: the delays of the filters are compensated. See Crochiere and Rabiner, Multirate
// Digital Signal Processing (1983), chapters 4 and 5, and, for the windowed sinc,
// Kaiser (1974).
type resampler struct {
	rate       int
	decimators []*decimator
	decimated  [2][]float32 // what goes from one decimator to the next
	last       *polyphase
	in, out    int64 // samples read and written
}

// newResampler returns a resampler from rate in Hz, nil if that is Rate.
func newResampler(rate int) *resampler {
	if rate == Rate {
		return nil
	}
	r := &resampler{rate: rate}
	for rate%2 == 0 && rate/2 >= leastDecimated {
		r.decimators = append(r.decimators, newDecimator(rate))
		rate /= 2
	}
	r.last = newPolyphase(rate)
	return r
}

// process reads in and appends to dst the outputs that are complete then.
func (r *resampler) process(dst, in []float32) []float32 {
	r.in += int64(len(in))
	for i, h := range r.decimators {
		out := &r.decimated[i%2]
		*out = h.process((*out)[:0], in)
		in = *out
	}
	had := len(dst)
	dst = r.last.process(dst, in)
	r.out += int64(len(dst) - had)
	return dst
}

// flush appends the last outputs, so that there are as many in all as begin within the
// recording.
func (r *resampler) flush(dst []float32) []float32 {
	total := (r.in*Rate + int64(r.rate) - 1) / int64(r.rate)
	missing := int(total - r.out)
	had := len(dst)
	// The delay of the filters is much less than a tenth of a second.
	dst = r.process(dst, make([]float32, r.rate/10))
	return dst[:had+missing]
}

// polyphase is a polyphase filter: a windowed sinc, sampled at each position that an
// output can have between two inputs.
type polyphase struct {
	up, down int       // Rate to the input's rate, in lowest terms
	taps     int       // of a filter, a multiple of 8 for dot
	phases   int       // filters from one input to the next: up, or resamplePhases if that is less
	filter   []float32 // phases+1 filters, one after the other
	// pending holds the inputs that are still needed. The next output's first tap is at
	// pending[next], and the output lies phase/up of an input beyond its middle tap.
	pending     []float32
	next, phase int
}

func newPolyphase(rate int) *polyphase {
	g := gcd(rate, Rate)
	p := &polyphase{up: Rate / g, down: rate / g}
	p.phases = min(p.up, resamplePhases)

	// Frequencies are in cycles per input sample.
	cutoff := float64(min(rate, Rate)) / 2 / float64(rate)
	p.taps = (kaiserLength(2*resampleEdge*cutoff) + 7) / 8 * 8
	half := float64(p.taps / 2)
	p.filter = make([]float32, 0, (p.phases+1)*p.taps)
	row := make([]float64, p.taps)
	for phase := range p.phases + 1 {
		frac := float64(phase) / float64(p.phases)
		var sum float64
		for j := range row {
			t := float64(j) - (half - 1) - frac
			row[j] = float64(sinc(2*cutoff*t) * kaiser(t/half))
			sum += row[j]
		}
		for _, v := range row {
			p.filter = append(p.filter, float32(v/sum))
		}
	}
	p.pending = make([]float32, p.taps/2-1)
	return p
}

func (p *polyphase) process(dst, in []float32) []float32 {
	p.pending = append(p.pending, in...)
	whole, part := p.down/p.up, p.down%p.up
	for ; p.next+p.taps <= len(p.pending); p.next += whole {
		x := p.pending[p.next:][:p.taps]
		if p.phases == p.up {
			dst = append(dst, dot(x, p.filter[p.phase*p.taps:]))
		} else {
			row, frac := math.Modf(float64(float64(p.phase) / float64(p.up) * float64(p.phases)))
			h := p.filter[int(row)*p.taps:]
			y := dot(x, h)
			dst = append(dst, y+float32(float32(frac)*(dot(x, h[p.taps:])-y)))
		}
		if p.phase += part; p.phase >= p.up {
			p.phase -= p.up
			p.next++
		}
	}
	used := min(p.next, len(p.pending))
	p.pending = p.pending[:copy(p.pending, p.pending[used:])]
	p.next -= used
	return dst
}

// decimator halves the rate with a half-band filter: a windowed sinc whose even taps
// are 0 but for the middle one, which is 1/2. So half of the samples are filtered and
// the others only added. The filter is symmetric: samples with the same tap are added
// first.
type decimator struct {
	filter []float32 // the odd taps up to the middle
	// pending holds the samples at even and at odd places that are still needed. The
	// next output's middle tap is at the start of the even ones, its first odd tap at
	// the start of the odd ones.
	pending [2][]float32
	parity  int // of the next sample: 0 even, 1 odd
}

func newDecimator(rate int) *decimator {
	// The stopband holds all that would alias into the passband.
	width := (float64(rate/2) - 2*resamplePass) / float64(rate)
	side := (kaiserLength(width) + 6) / 4 // odd taps on either side of the middle
	h := &decimator{filter: make([]float32, side)}
	taps := make([]float64, side)
	var sum float64
	for i := range taps {
		t := float64(2*(i-side) + 1)
		taps[i] = float64(sinc(t/2) * kaiser(t/float64(2*side)))
		sum += float64(2 * taps[i])
	}
	for i, v := range taps {
		h.filter[i] = float32(v / sum / 2) // with the middle one, the taps add up to 1
	}
	h.pending[1] = make([]float32, side)
	return h
}

func (h *decimator) process(dst, in []float32) []float32 {
	even, odd := h.pending[0], h.pending[1]
	if h.parity == 1 && len(in) > 0 {
		odd, in = append(odd, in[0]), in[1:]
		h.parity = 0
	}
	for ; len(in) >= 2; in = in[2:] {
		even, odd = append(even, in[0]), append(odd, in[1])
	}
	if len(in) == 1 {
		even = append(even, in[0])
		h.parity = 1
	}
	taps := 2 * len(h.filter)
	n := max(0, min(len(even), len(odd)-taps+1))
	i := 0
	for ; i+2 <= n; i += 2 {
		// Two outputs at a time share most of their samples.
		x := odd[i:][:taps+1]
		var a, b float32
		left, right := x[0], x[taps]
		for j, tap := range h.filter {
			nextLeft, nextRight := x[j+1], x[taps-1-j]
			a += float32(tap * (left + nextRight))
			b += float32(tap * (nextLeft + right))
			left, right = nextLeft, nextRight
		}
		dst = append(dst, float32(even[i]/2)+a, float32(even[i+1]/2)+b)
	}
	if i < n {
		var a float32
		for j, tap := range h.filter {
			a += float32(tap * (odd[i+j] + odd[i+taps-1-j]))
		}
		dst = append(dst, float32(even[i]/2)+a)
	}
	h.pending[0] = even[:copy(even, even[n:])]
	h.pending[1] = odd[:copy(odd, odd[n:])]
	return dst
}

// kaiserLength returns the number of taps that a Kaiser-windowed filter needs for
// resampleStop and a transition band of the given width in cycles per sample.
func kaiserLength(width float64) int {
	return int(math.Ceil((resampleStop - 7.95) / (14.36 * width)))
}

// sinc returns sin(pi x) / (pi x).
func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return portable.SinPi(x) / (math.Pi * x)
}

// kaiser returns the Kaiser window for resampleStop at x: 1 at 0, and 0 outside (-1, 1).
func kaiser(x float64) float64 {
	const beta = 0.1102 * (resampleStop - 8.7)
	if x <= -1 || x >= 1 {
		return 0
	}
	return besselI0(beta*math.Sqrt(1-float64(x*x))) / besselI0(beta)
}

// besselI0 returns the modified Bessel function of the first kind and order 0, by its
// power series.
func besselI0(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= x / 2 / k * (x / 2 / k)
		sum += float64(term)
	}
	return sum
}

// gcd returns the greatest common divisor.
func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

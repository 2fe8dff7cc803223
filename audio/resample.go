package audio

import "math"

const (
	// resampleStop is how far in dB the filters suppress what would fold back into
	// the bands: what speech has above 8 kHz is weak itself.
	resampleStop = 65
	// resampleEdge is half the width of the filter's slope as a share of the Nyquist
	// frequency, around which it lies: at 16 kHz from 7 to 9 kHz. What lies above
	// folds back no lower than the slope begins.
	resampleEdge = 0.125
	// resamplePass is where the slope begins in Hz; no stage may touch what lies below.
	resamplePass = (1 - resampleEdge) * Rate / 2
	// resamplePhases is how many filters stand for the positions between two samples
	// when the ratio of the rates asks for more; between two of them the result is
	// interpolated, with an error below resampleStop.
	resamplePhases = 640
	// leastHalved is the least rate in Hz that halving may lead to. Far above Rate
	// halving is cheap, since its filter may fall off slowly; nearer it saves nothing.
	leastHalved = 20000
)

// resampler brings mono samples to Rate: high rates are halved first, then a
// polyphase filter does the rest. Output n is the input at the time n/Rate exactly:
// the delays of the filters are taken out. See Crochiere and Rabiner, Multirate
// Digital Signal Processing (1983), chapters 4 and 5, and, for the windowed sinc,
// Kaiser (1974).
type resampler struct {
	rate    int
	halvers []*halver
	halved  [2][]float32 // what goes from one halver to the next
	last    *polyphase
	in, out int64 // samples taken and given
}

// newResampler returns nil if there is nothing to do.
func newResampler(rate int) *resampler {
	if rate == Rate {
		return nil
	}
	r := &resampler{rate: rate}
	for rate%2 == 0 && rate/2 >= leastHalved {
		r.halvers = append(r.halvers, newHalver(rate))
		rate /= 2
	}
	r.last = newPolyphase(rate)
	return r
}

// process takes in and appends to dst the outputs that are then known.
func (r *resampler) process(dst, in []float32) []float32 {
	r.in += int64(len(in))
	for i, h := range r.halvers {
		out := &r.halved[i%2]
		*out = h.process((*out)[:0], in)
		in = *out
	}
	had := len(dst)
	dst = r.last.process(dst, in)
	r.out += int64(len(dst) - had)
	return dst
}

// flush appends the last outputs, so that in all there are as many as begin within
// the recording.
func (r *resampler) flush(dst []float32) []float32 {
	total := (r.in*Rate + int64(r.rate) - 1) / int64(r.rate)
	missing := int(total - r.out)
	had := len(dst)
	// What the filters wait for is much less than a tenth of a second.
	dst = r.process(dst, make([]float32, r.rate/10))
	return dst[:had+missing]
}

// polyphase is a windowed sinc, sampled at each position that an output can have
// between two inputs.
type polyphase struct {
	up, down int       // Rate to the input's rate, in lowest terms
	taps     int       // of a filter, a multiple of 8 for dot
	phases   int       // filters from one input to the next; up, unless that is too many
	filter   []float32 // phases+1 filters, one after the other
	// pending are inputs that are still needed; the next output's first tap is at
	// pending[next], and it lies phase/up of an input beyond its middle tap.
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
			row[j] = sinc(2*cutoff*t) * kaiser(t/half)
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
			row, frac := math.Modf(float64(p.phase) / float64(p.up) * float64(p.phases))
			h := p.filter[int(row)*p.taps:]
			y := dot(x, h)
			dst = append(dst, y+float32(frac)*(dot(x, h[p.taps:])-y))
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

// halver halves the rate by a half-band filter: a windowed sinc whose even taps are
// zero but for the middle one, which is 1/2. So one half of the samples is filtered
// and the other only added. The filter is symmetric: samples that share a tap are
// added first.
type halver struct {
	filter []float32 // the odd taps up to the middle
	// pending are the samples at even and at odd places that are still needed; the
	// next output's middle is at the start of the even ones, its first odd tap at the
	// start of the odd ones.
	pending [2][]float32
	parity  int // of the next sample
}

func newHalver(rate int) *halver {
	// What folds back below resamplePass must be gone.
	width := (float64(rate)/2 - 2*resamplePass) / float64(rate)
	side := (kaiserLength(width) + 6) / 4 // odd taps on either side of the middle
	h := &halver{filter: make([]float32, side)}
	taps := make([]float64, side)
	var sum float64
	for i := range taps {
		t := float64(2*(i-side) + 1)
		taps[i] = sinc(t/2) * kaiser(t/float64(2*side))
		sum += 2 * taps[i]
	}
	for i, v := range taps {
		h.filter[i] = float32(v / sum / 2) // with the middle one, the taps add up to 1
	}
	h.pending[1] = make([]float32, side)
	return h
}

func (h *halver) process(dst, in []float32) []float32 {
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
			a += tap * (left + nextRight)
			b += tap * (nextLeft + right)
			left, right = nextLeft, nextRight
		}
		dst = append(dst, even[i]/2+a, even[i+1]/2+b)
	}
	if i < n {
		var a float32
		for j, tap := range h.filter {
			a += tap * (odd[i+j] + odd[i+taps-1-j])
		}
		dst = append(dst, even[i]/2+a)
	}
	h.pending[0] = even[:copy(even, even[n:])]
	h.pending[1] = odd[:copy(odd, odd[n:])]
	return dst
}

// kaiserLength is how many taps a filter needs for resampleStop and a slope of the
// given width in cycles per sample.
func kaiserLength(width float64) int {
	return int(math.Ceil((resampleStop - 7.95) / (14.36 * width)))
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window for resampleStop at x, 1 at 0 and nothing beyond -1 and 1.
func kaiser(x float64) float64 {
	const beta = 0.1102 * (resampleStop - 8.7)
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

package audio

// fadesPerSecond sets how long a cross-fade from one mix to another takes, 10 ms, so
// that the change doesn't click.
const fadesPerSecond = 100

// cancelShare is the least power of a mix, as a share of what uncorrelated channels
// would give. Below it, the channels are taken to cancel each other. Ordinary stereo
// stays above 1, a pair in opposite phase comes near 0.
const cancelShare = 0.1

// mixer mixes several channels down to mono: to their mean or, while they cancel each
// other, as a pair in opposite phase does, to the loudest of them alone.
type mixer struct {
	channels int
	fade     int // length of a cross-fade in samples
	// weight holds the gain of each channel at the end of the block before, goal that
	// of this block.
	weight, goal []float32
}

func newMixer(channels, rate int) mixer {
	m := mixer{
		channels: channels,
		fade:     max(1, rate/fadesPerSecond),
		weight:   make([]float32, channels),
		goal:     make([]float32, channels),
	}
	for c := range channels {
		m.weight[c] = 1 / float32(channels)
	}
	return m
}

// mix writes the mix of interleaved samples to mono. It chooses the mix once a call, so
// the result depends on where the blocks are cut.
func (m *mixer) mix(mono, interleaved []float32) {
	if len(mono) == 0 {
		return
	}
	m.decide(interleaved)
	fade := min(m.fade, len(mono))
	step := 1 / float32(fade)
	for i := range fade {
		part := float32(i+1) * step
		var sum float32
		for c, v := range interleaved[i*m.channels:][:m.channels] {
			sum += float32(v * (m.weight[c] + float32(part*(m.goal[c]-m.weight[c]))))
		}
		mono[i] = sum
	}
	copy(m.weight, m.goal)
	if m.channels == 2 {
		left, right := m.goal[0], m.goal[1]
		rest := interleaved[2*fade:]
		for i := range mono[fade:] {
			mono[fade+i] = float32(left*rest[2*i]) + float32(right*rest[2*i+1])
		}
		return
	}
	for i := fade; i < len(mono); i++ {
		var sum float32
		for c, v := range interleaved[i*m.channels:][:m.channels] {
			sum += float32(v * m.goal[c])
		}
		mono[i] = sum
	}
}

// decide sets the goal for a block.
func (m *mixer) decide(interleaved []float32) {
	var power [maxChannels]float32
	var mix float32 // power of the mean, times the square of the number of channels
	if m.channels == 2 {
		var left, right, both float32
		for len(interleaved) >= 2 {
			l, r := interleaved[0], interleaved[1]
			left += float32(l * l)
			right += float32(r * r)
			both += float32(l * r)
			interleaved = interleaved[2:]
		}
		power[0], power[1], mix = left, right, left+right+2*both
	}
	for i := 0; m.channels > 2 && i < len(interleaved); i += m.channels {
		var sum float32
		for c, v := range interleaved[i:][:m.channels] {
			sum += v
			power[c] += float32(v * v)
		}
		mix += float32(sum * sum)
	}
	var total float32
	loudest := 0
	for c, p := range power[:m.channels] {
		total += p
		if p > power[loudest] {
			loudest = c
		}
	}
	if mix < cancelShare*total {
		clear(m.goal)
		m.goal[loudest] = 1
		return
	}
	for c := range m.goal {
		m.goal[c] = 1 / float32(m.channels)
	}
}

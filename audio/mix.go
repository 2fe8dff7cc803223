package audio

// fadesPerSecond sets how long the mixer takes from one mix to another, 10 ms, so
// that the change doesn't click.
const fadesPerSecond = 100

// cancelShare is the least power of a mix, as a share of what it would be with
// channels that have nothing in common. Less means that they cancel. Ordinary
// stereo stays above 1, a pair out of phase comes near 0.
const cancelShare = 0.1

// mixer makes mono of several channels: their mean or, while they cancel each
// other, as a pair out of phase does, the loudest of them alone.
type mixer struct {
	channels int
	fade     int // samples
	// weight is what the samples are multiplied by, from goal of the block before
	// to goal of this one.
	weight, goal []float32
}

func newMixer(channels, rate int) mixer {
	m := mixer{channels: channels, fade: max(1, rate/fadesPerSecond), weight: make([]float32, channels), goal: make([]float32, channels)}
	for c := range channels {
		m.weight[c] = 1 / float32(channels)
	}
	return m
}

// mix writes the mix of interleaved to mono. It decides once a call, so the result
// depends on where the blocks are cut.
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
			sum += v * (m.weight[c] + part*(m.goal[c]-m.weight[c]))
		}
		mono[i] = sum
	}
	copy(m.weight, m.goal)
	if m.channels == 2 {
		left, right := m.goal[0], m.goal[1]
		rest := interleaved[2*fade:]
		for i := range mono[fade:] {
			mono[fade+i] = left*rest[2*i] + right*rest[2*i+1]
		}
		return
	}
	for i := fade; i < len(mono); i++ {
		var sum float32
		for c, v := range interleaved[i*m.channels:][:m.channels] {
			sum += v * m.goal[c]
		}
		mono[i] = sum
	}
}

// decide sets goal for a block.
func (m *mixer) decide(interleaved []float32) {
	var power [maxChannels]float32
	var mix float32 // times the square of the number of channels
	if m.channels == 2 {
		var left, right, both float32
		for len(interleaved) >= 2 {
			l, r := interleaved[0], interleaved[1]
			left += l * l
			right += r * r
			both += l * r
			interleaved = interleaved[2:]
		}
		power[0], power[1], mix = left, right, left+right+2*both
	}
	for i := 0; m.channels > 2 && i < len(interleaved); i += m.channels {
		var sum float32
		for c, v := range interleaved[i:][:m.channels] {
			sum += v
			power[c] += v * v
		}
		mix += sum * sum
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

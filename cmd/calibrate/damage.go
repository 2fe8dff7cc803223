package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"cuewright/audio"
)

// damages are what is done to an episode; other is one that it takes from.
var damages = []struct {
	name string
	do   func(e, other *episode, r *rand.Rand)
}{
	{"none", func(e, other *episode, r *rand.Rand) {}},
	{"sentences dropped", func(e, other *episode, r *rand.Rand) {
		e.sentences = slices.DeleteFunc(e.sentences, func(sentence) bool { return r.IntN(8) == 0 })
	}},
	{"sentences added", func(e, other *episode, r *rand.Rand) {
		var out []sentence
		for _, s := range e.sentences {
			if r.IntN(8) == 0 {
				s := other.sentences[r.IntN(len(other.sentences))]
				s.start, s.end = -1, -1
				out = append(out, s)
			}
			out = append(out, s)
		}
		e.sentences = out
	}},
	{"sentences swapped", func(e, other *episode, r *rand.Rand) {
		for i := 1; i < len(e.sentences); i++ {
			if r.IntN(10) == 0 {
				e.sentences[i-1], e.sentences[i] = e.sentences[i], e.sentences[i-1]
				e.sentences[i-1].moved, e.sentences[i].moved = true, true
				i++
			}
		}
	}},
	{"another's part", func(e, other *episode, r *rand.Rand) {
		// A run of sentences that are said is replaced by as many of the other script.
		n := min(len(e.sentences), len(other.sentences)) / 8
		at, from := r.IntN(len(e.sentences)-n+1), r.IntN(len(other.sentences)-n+1)
		for i := range n {
			e.sentences[at+i] = other.sentences[from+i]
			e.sentences[at+i].start, e.sentences[at+i].end = -1, -1
		}
	}},
	{"audio cut", func(e, other *episode, r *rand.Rand) {
		for at := (10 + r.IntN(40)) * audio.Rate; at+25*audio.Rate < len(e.samples); at += (30 + r.IntN(60)) * audio.Rate {
			e.cut(at, at+(2+r.IntN(15))*audio.Rate)
		}
	}},
	{"ends cut", func(e, other *episode, r *rand.Rand) {
		n := len(e.samples)
		e.cut(n-r.IntN(n/3), n)
		e.cut(0, r.IntN(n/3))
	}},
	{"audio overlaid", func(e, other *episode, r *rand.Rand) {
		for at := 0; at < len(e.samples); at += (20 + r.IntN(20)) * audio.Rate {
			from := r.IntN(len(other.samples))
			e.overlay(at, other.samples[from:min(len(other.samples), from+8*audio.Rate)], 0.5)
		}
	}},
	{"noise", func(e, other *episode, r *rand.Rand) {
		addNoise(e.samples, -12*r.Float64(), r)
	}},
	{"hesitations", func(e, other *episode, r *rand.Rand) {
		// In the middle of a third of the sentences up to a second of the other recording.
		for i, s := range e.sentences {
			if s.start >= 0 && s.end-s.start > 2*audio.Rate && r.IntN(3) == 0 {
				n := audio.Rate/4 + r.IntN(audio.Rate*3/4)
				from := r.IntN(len(other.samples) - n)
				length := s.end - s.start
				e.insert(s.start+length/3+r.IntN(length/3), other.samples[from:from+n])
				e.sentences[i].end += n
			}
		}
	}},
	{"sped up", func(e, other *episode, r *rand.Rand) {
		const speed = 1.3
		out := make([]float32, int(float64(len(e.samples)-1)/speed))
		for i := range out {
			at := float64(i) * speed
			j := int(at)
			out[i] = e.samples[j] + float32(at-float64(j))*(e.samples[j+1]-e.samples[j])
		}
		e.samples = out
		for i := range e.sentences {
			if s := &e.sentences[i]; s.start >= 0 {
				s.start, s.end = int(float64(s.start)/speed), int(float64(s.end)/speed)
			}
		}
	}},
	{"words dropped", func(e, other *episode, r *rand.Rand) {
		// A quarter of the sentences lose up to a third of their words, but not the first one.
		for i, s := range e.sentences {
			if n := len(s.words); n > 3 && r.IntN(4) == 0 {
				lost := 1 + r.IntN(n/3)
				at := 1 + r.IntN(n-lost)
				e.sentences[i].words = slices.Delete(slices.Clone(s.words), at, at+lost)
			}
		}
	}},
	{"music at starts", func(e, other *episode, r *rand.Rand) {
		// Chords from up to 4 s before a third of the sentences to up to 2 s behind their start.
		for _, s := range e.sentences {
			if s.start >= 0 && r.IntN(3) == 0 {
				before := min(s.start, (1+r.IntN(4))*audio.Rate)
				e.overlay(s.start-before, chords(before+r.IntN(2*audio.Rate), r), loudness(e.samples)*math.Pow(10, -9*r.Float64()/20))
			}
		}
	}},
	{"turns overlap", func(e, other *episode, r *rand.Rand) {
		// A sixth of the sentences begin up to a second before the end of the one before.
		for i := 1; i < len(e.sentences); i++ {
			last, s := e.sentences[i-1], e.sentences[i]
			if last.start < 0 || s.start < last.end || s.end-s.start < audio.Rate || r.IntN(6) > 0 {
				continue
			}
			early := s.start - last.end + min(audio.Rate/4+r.IntN(audio.Rate*3/4), (last.end-last.start)/2)
			e.advance(s.start, early)
		}
	}},
	{"another language", func(e, other *episode, r *rand.Rand) {
		e.lang = []string{"de", "en", "es", "fr"}[r.IntN(4)]
	}},
	{"another's script", func(e, other *episode, r *rand.Rand) {
		e.sentences = slices.Clone(other.sentences)
		for i := range e.sentences {
			e.sentences[i].start, e.sentences[i].end = -1, -1
		}
	}},
}

const (
	// twoAtOnce is how often two kinds of damage are done to an episode: what is wrong is
	// seldom wrong alone.
	twoAtOnce = 4
	// ruinous is how many of the last damages leave nothing right: they are done alone.
	ruinous = 2
)

// damage does what number k stands for, and says what.
func (e *episode) damage(k int, other *episode, r *rand.Rand) string {
	if k < len(damages) {
		damages[k].do(e, other, r)
		return damages[k].name
	}
	kinds := r.Perm(len(damages) - 1 - ruinous)
	one, two := damages[1+kinds[0]], damages[1+kinds[1]]
	one.do(e, other, r)
	two.do(e, other, r)
	return one.name + ", " + two.name
}

// addNoise adds white noise of so many decibels against the samples.
func addNoise(samples []float32, decibels float64, r *rand.Rand) {
	amplitude := loudness(samples) * math.Pow(10, decibels/20)
	for i := range samples {
		samples[i] += float32(amplitude * r.NormFloat64())
	}
}

// cut takes the samples [from, to) out.
func (e *episode) cut(from, to int) {
	e.samples = slices.Delete(e.samples, from, to)
	for i := range e.sentences {
		s := &e.sentences[i]
		switch {
		case s.start < 0 || s.end <= from:
		case s.start >= to:
			s.start, s.end = s.start-(to-from), s.end-(to-from)
		case s.start >= from && s.end <= to:
			s.start, s.end = -1, -1
		default:
			s.doubtful = true
			s.start, s.end = min(s.start, from), max(s.end-(to-from), from)
		}
	}
}

// overlay adds samples, times gain, from a sample on, as far as the episode goes.
func (e *episode) overlay(at int, samples []float32, gain float64) {
	for i := range min(len(samples), len(e.samples)-at) {
		e.samples[at+i] += float32(gain) * samples[i]
	}
}

// advance lets all from a sample on begin earlier, over what is before it.
func (e *episode) advance(at, early int) {
	rest := slices.Clone(e.samples[at:])
	e.samples = slices.Delete(e.samples, at, at+min(early, len(rest)))
	for i, v := range rest[:min(early, len(rest))] {
		e.samples[at-early+i] += v
	}
	for i := range e.sentences {
		if s := &e.sentences[i]; s.start >= at {
			s.start, s.end = s.start-early, s.end-early
		}
	}
}

// loudness returns the root mean square of the samples.
func loudness(samples []float32) float64 {
	var power float64
	for _, v := range samples {
		power += float64(v) * float64(v)
	}
	return math.Sqrt(power / float64(len(samples)))
}

// chords returns n samples of chords of three harmonic tones, half a second each, with a
// root mean square of about 1.
func chords(n int, r *rand.Rand) []float32 {
	out := make([]float32, n)
	for at := 0; at < n; at += audio.Rate / 2 {
		root := 110 * math.Pow(2, float64(r.IntN(24))/12)
		for _, ratio := range []float64{1, 1.25, 1.5} {
			for harmonic := 1.0; harmonic <= 6; harmonic++ {
				step := 2 * math.Pi * root * ratio * harmonic / audio.Rate
				for i := range min(audio.Rate/2, n-at) {
					decay := math.Exp(-3 * float64(i) / audio.Rate)
					out[at+i] += float32(0.9 * decay / harmonic * math.Sin(step*float64(i)))
				}
			}
		}
	}
	return out
}

// insert puts samples in, at the beginning of a sentence or inside one.
func (e *episode) insert(at int, samples []float32) {
	e.samples = slices.Insert(e.samples, at, samples...)
	for i := range e.sentences {
		if s := &e.sentences[i]; s.start >= at {
			s.start, s.end = s.start+len(samples), s.end+len(samples)
		}
	}
}

package align

import (
	"math"
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// leastUnscripted is the shortest sound between words that counts: shorter ones are
	// breaths, laughs and hesitations.
	leastUnscripted = time.Second
	// changeLag is over how many frames the change of a spectrum is measured, and
	// changeStride how many lie between measurements. Music changes more slowly than
	// speech does (spectral flux, in Scheirer & Slaney, "Construction and evaluation of a
	// robust multifeature speech/music discriminator", ICASSP 1997), whatever its rhythm:
	// below steadyChange of what the recording's words have in the median it is music. The
	// four pieces of music of the bench have 0.21 to 0.46, melodies and bands that were made
	// for the purpose 0.01 to 0.4. Of ten seconds of speech 95% have 0.7 and more, in any
	// recording of the bench.
	changeLag, changeStride = 5, 8
	steadyChange            = 0.6
	// changeWindow is within how many frames powers are compared, and changeFloor the share
	// of their mean that is added to each band, so that what is quiet doesn't count.
	changeWindow = 500
	changeFloor  = 1e-4
	// lowEnergyWindow and lowEnergyShare tell music whose notes are as quick as syllables,
	// as in Saunders, "Real-time discrimination of broadcast speech/music", ICASSP 1996: within a
	// second of speech many frames, between and within words, have less than half
	// the mean power; music is steadier. Speech of the bench has 0.44 to 0.58 in the
	// median, its music 0.34 and 0.45: what may be either is called speech, which
	// somebody will want to look at.
	lowEnergyWindow = 100 // frames of 10 ms
	lowEnergyShare  = 0.36
	announcedShare  = 0.45 // where the script announces a sound
)

// unscripted returns the stretches of filler on the path, with what silence lies
// between them: one for each place between two words.
func unscripted(f *audio.Frames, g *graph, state []int32) []Unscripted {
	var found []Unscripted
	var change float64 // of words; it takes a while, and is needed where something is found alone
	for t := 0; t < len(state); {
		if g.word[state[t]] != none {
			t++
			continue
		}
		first, end := 0, 0
		for ; t < len(state) && g.word[state[t]] == none; t++ {
			if g.filling(state[t]) {
				if end == 0 {
					first = t
				}
				end = t + 1
			}
		}
		if end == 0 || audio.FrameTime(end-first) < leastUnscripted {
			continue
		}
		u := Unscripted{Segment: audio.Segment{Start: audio.FrameTime(first), End: min(audio.FrameTime(end), f.Duration())}}
		least := lowEnergyShare
		if g.emit[state[first]] == g.filler+uint16(announcedFiller) {
			least = announcedShare
		}
		if len(found) == 0 {
			change = spectralChange(f, 0, len(state), func(t int) bool { return g.word[state[t]] != none })
		}
		if steady(f, first, end, change, least) {
			u.Kind = UnscriptedMusic
		}
		found = append(found, u)
	}
	return found
}

// steady reports whether the sound of the frames [first, end) is steady, as music and noise are:
// its spectrum changes slowly, where change is the spectralChange of words, or less than the
// share least of its frames are of low energy.
func steady(f *audio.Frames, first, end int, change, least float64) bool {
	own := spectralChange(f, first, end, func(int) bool { return true })
	return own <= steadyChange*change || lowEnergy(f, first, end) < least
}

// spectralChange returns by how much the spectrum changes within changeLag: the median, over
// the frames in [first, end) that count, of the RMS distance between the logarithms of the
// bands. Quiet frames, with less than a tenth of the mean power around them, don't count.
// It is 0 where none do.
func spectralChange(f *audio.Frames, first, end int, counts func(t int) bool) float64 {
	var changes []float64
	for at := first; at < end; at += changeWindow {
		until := min(at+changeWindow, end)
		var sum float64
		n := 0
		for t := at; t < until; t += changeStride {
			if counts(t) {
				sum += power(f, t)
				n++
			}
		}
		mean := sum / float64(max(1, n))
		floor := changeFloor*mean/audio.MelBands + math.SmallestNonzeroFloat32
		for t := max(at, first+changeLag); t < until; t += changeStride {
			if !counts(t) || power(f, t) < 0.1*mean {
				continue
			}
			var squares float64
			before := f.Bands(t - changeLag)
			for b, p := range f.Bands(t) {
				d := math.Log((float64(p) + floor) / (float64(before[b]) + floor))
				squares += d * d
			}
			changes = append(changes, math.Sqrt(squares/audio.MelBands))
		}
	}
	if len(changes) == 0 {
		return 0
	}
	slices.Sort(changes)
	return changes[len(changes)/2]
}

// power returns that of all bands of a frame.
func power(f *audio.Frames, t int) (sum float64) {
	for _, p := range f.Bands(t) {
		sum += float64(p)
	}
	return sum
}

// lowEnergy returns the share of frames in [first, end) whose power is less than half
// the mean of the second around them.
func lowEnergy(f *audio.Frames, first, end int) float64 {
	powers := make([]float64, end-first)
	for i := range powers {
		powers[i] = power(f, first+i)
	}
	low, n := 0, 0
	for at := 0; at < len(powers); at += lowEnergyWindow {
		w := powers[at:min(at+lowEnergyWindow, len(powers))]
		var sum float64
		for _, p := range w {
			sum += p
		}
		for _, p := range w {
			if p < 0.5*sum/float64(len(w)) {
				low++
			}
			n++
		}
	}
	return float64(low) / float64(max(1, n))
}

// placeDirections gives each of the script's directions the unscripted audio
// between the words around it. The first one there that announces a sound gets
// all of it; where there is none, a direction lies at the next word, the end of
// a clip at the last one.
func (a *Alignment) placeDirections(s *transcript.Script) {
	next := make([][]time.Duration, len(a.Turns)+1) // start of the next word from each sentence on
	last := make([][]time.Duration, len(a.Turns)+1) // end of the last word before each sentence
	var at time.Duration
	for i, t := range a.Turns {
		for _, sentence := range t.Sentences {
			last[i] = append(last[i], at)
			if sentence.Spoken {
				at = sentence.End
			}
		}
		last[i] = append(last[i], at)
	}
	last[len(a.Turns)] = []time.Duration{at}
	at = a.End
	next[len(a.Turns)] = []time.Duration{at}
	for i, t := range slices.Backward(a.Turns) {
		next[i] = append(next[i], at)
		for _, sentence := range slices.Backward(t.Sentences) {
			if sentence.Spoken {
				at = sentence.Start
			}
			next[i] = append(next[i], at)
		}
		slices.Reverse(next[i])
	}
	taken := make([]bool, len(a.Unscripted))
	for _, d := range s.Directions {
		before, after := last[d.Turn][d.Sentence], next[d.Turn][d.Sentence]
		out := Direction{Kind: d.Kind, Text: d.Text, Segment: audio.Segment{Start: after, End: after}}
		if d.Kind == transcript.ClipEnd {
			out.Segment = audio.Segment{Start: before, End: before}
		}
		if d.Kind == transcript.Music || d.Kind == transcript.Sound {
			for i, u := range a.Unscripted {
				if !taken[i] && u.Start >= before && u.End <= after {
					taken[i] = true
					out.Segment = u.Segment
					break
				}
			}
		}
		a.Directions = append(a.Directions, out)
	}
}

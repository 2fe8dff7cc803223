package align

import (
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// leastUnscripted is the shortest sound between words that counts: shorter ones are
	// breaths, laughs and hesitations.
	leastUnscripted = time.Second
	// lowEnergyWindow and lowEnergyShare tell music from speech, as in Saunders,
	// "Real-time discrimination of broadcast speech/music", ICASSP 1996: within a
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
		if lowEnergy(f, first, end) < least {
			u.Kind = UnscriptedMusic
		}
		found = append(found, u)
	}
	return found
}

// lowEnergy returns the share of frames in [first, end) whose power is less than half
// the mean of the second around them.
func lowEnergy(f *audio.Frames, first, end int) float64 {
	power := make([]float64, end-first)
	for i := range power {
		for _, p := range f.Bands(first + i) {
			power[i] += float64(p)
		}
	}
	low, n := 0, 0
	for at := 0; at < len(power); at += lowEnergyWindow {
		w := power[at:min(at+lowEnergyWindow, len(power))]
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

package align

import "cuewright/audio"

// Music is known for certain by its notes. A tone begins, and stays where it is:
//
//	            what is heard             a tone stays     and has begun
//	music       notes                     yes              yes
//	speech      harmonics of the voice    hardly: glides   yes
//	noise       chance peaks              no
//	hum, motor  harmonics                 yes              no: it has been there
//	telephone   one or two tones          yes              yes, but always the same
//
// So it is counted how often a tone is heard that has been there for a while, but not long before
// (horizontal lines in the spectrogram find music in Seyerlehner et al., "Automatic music
// detection in television productions", DAFx 2007).
const (
	// A tone is steady if it is there in every second frame of the last steadyFrames, within
	// sameTone; it has begun if there was none within nearTone of it from begunFrames on before, for
	// toneGap. Tones are in steps of 8 Hz. A harmonic that glides too slowly not to be steady, by 80
	// Hz a second, is too near to where it was to have begun.
	steadyFrames = 10
	sameTone     = 1
	nearTone     = 6
	begunFrames  = 26
	toneGap      = 4
	// quietTones is the share of the mean power that a frame has at the least to count.
	quietTones = 0.02
	// leastNotes is the least share of frames with such a tone. None of 713 stretches of 5 s of speech
	// has as much, and 44% of 2380 of music; others are low, or drums, or many instruments at once.
	leastNotes = 0.08
	// leastPitches is the least number of pitches among the strongest of them, pitchSteps apart, as
	// 1 / the sum of the squares of their shares: signals have one or two.
	leastPitches = 3
	pitchSteps   = 3
)

// melodic reports whether the frames [first, end) hold notes, as music alone does.
func melodic(f *audio.Frames, first, end int) bool {
	var sum float64
	for t := first; t < end; t++ {
		sum += power(f, t)
	}
	quiet := quietTones * sum / float64(max(1, end-first))
	pitches := map[audio.Tone]int{}
	n, frames := 0, end-first-begunFrames-toneGap
	for t := end - frames; t < end; t++ {
		if power(f, t) < quiet {
			continue
		}
		if tone := note(f, t); tone != 0 {
			pitches[tone/pitchSteps]++
			n++
		}
	}
	squares := 0
	for _, count := range pitches {
		squares += count * count
	}
	return n > 0 && float64(n) >= leastNotes*float64(frames) && float64(n*n) >= leastPitches*float64(squares)
}

// note returns the strongest tone of a frame that is steady and has begun; 0 for none.
func note(f *audio.Frames, t int) audio.Tone {
tones:
	for _, tone := range f.Tones(t) {
		for lag := 2; lag <= steadyFrames; lag += 2 {
			if !hasTone(f, t-lag, tone, sameTone) {
				continue tones
			}
		}
		for lag := begunFrames; lag <= begunFrames+toneGap; lag += 2 {
			if hasTone(f, t-lag, tone, nearTone) {
				continue tones
			}
		}
		return tone
	}
	return 0
}

// hasTone reports whether frame t has a tone within so many steps of the one given.
func hasTone(f *audio.Frames, t int, tone audio.Tone, within int) bool {
	for _, other := range f.Tones(t) {
		if d := int(other) - int(tone); -within <= d && d <= within {
			return true
		}
	}
	return false
}

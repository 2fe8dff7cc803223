package align

import "context"

const (
	// clarityWindow is over how many frames of 10 ms a phone's score is averaged: hardly any
	// sound of speech is shorter.
	clarityWindow = 5
	// noisyRange is the audio.SpeechRange, in dB, below which a recording is noisy, and
	// clearSounds the clarity below which its sounds are not clear. Clean recordings have ranges of
	// 20 and more but for two, and 12 to 17 with noise 10 dB below the speech; clarities of 0.24 to 0.69,
	// and 0 to 0.25 with that noise, but for one speaker and words by themselves.
	noisyRange, clearSounds = 18, 0.2
	// leastSpeech is the share of frames that are loud where somebody speaks.
	leastSpeech = 0.05
)

// clarity returns how well the sounds of the recording fit phones, whichever they are: the
// mean over the frames of speech of the score of the state of a phone that is best over
// clarityWindow frames around; 0 where there is no speech. It stands for what the right words
// could reach, as a loop of phones does that takes the place of all other words in the
// verification of utterances. Noise and unusual voices lower it, as they lower the score of
// the right words.
func (e *episode) clarity(ctx context.Context, seed acoustics) (float64, error) {
	seed.open = false // sounds are as clear, whatever the script leaves open
	top := seed.topology(statesPerPhone)
	sounds := top.emissions
	if seed.letters != nil { // of which one may be any letter
		sounds = sounds[:top.sounds*top.statesPerPhone]
	}
	sc := seed.scorer(top, fineStep)
	width := len(sc.emissions)
	recent := make([]float32, clarityWindow*width) // the rows of the last frames, in turn
	sums := make([]float32, width)                 // of these rows
	total, frames := 0.0, 0
	err := sc.batch(ctx, func(t int, row []float32) error {
		oldest := recent[t%clarityWindow*width:][:width]
		for i, v := range row {
			sums[i] += v - oldest[i] // exact, see scoreQuantum
		}
		copy(oldest, row)
		if t < clarityWindow-1 || e.features.activity[t-clarityWindow/2] != speech {
			return nil
		}
		best := float32(clarityWindow * e.tuning.ScoreFloor)
		for i, states := range sounds {
			if len(states) > 0 && i != int(sc.silence) {
				best = max(best, sums[i])
			}
		}
		total += float64(best) / clarityWindow
		frames++
		return nil
	})
	return total / float64(max(1, frames)), err
}

// tooNoisy reports whether true pairs of the recording, of this clarity, may fit no better
// than false ones.
func (e *episode) tooNoisy(clarity, speechRange float64) bool {
	return speechRange < noisyRange && clarity < clearSounds && e.hasSpeech()
}

// hasSpeech reports whether somebody may speak in the recording: silence, tones and steady
// noise have hardly a loud frame.
func (e *episode) hasSpeech() bool {
	return float64(speechIn(e.features.activity)) >= leastSpeech*float64(len(e.features.activity))
}

package align

import (
	"math"
	"time"

	"cuewright/audio"
	"cuewright/audio/portable"
)

// frameTime is the distance between frames.
const frameTime = 10 * time.Millisecond

const (
	numCepstra = 13             // the normalised energy and cepstra 1-12
	numDims    = 3 * numCepstra // with delta and delta-delta

	// bandFloor keeps a band that falls silent (digital silence, a codec's
	// cut-off) from ruling the cepstra: its power is never taken to be less than
	// this share of its mean.
	bandFloor = 5e-4
	// energyScale brings the normalised energy to the spread of the cepstra.
	energyScale = 4
	// speechEnergy is the normalised energy above which a frame counts as speech
	// for the means and variances.
	speechEnergy = 0.45
	// meanReach is the half-width in frames of the window whose mean is taken
	// out of the cepstra. It is short so that a change of speaker or of
	// microphone is followed within a sentence.
	meanReach = 300
	// meanPrior is the weight, in frames, of the recording's mean in each window.
	meanPrior = 100
)

// features are what the acoustic models see of a recording: MFCC with an energy in
// place of c0, after CMVN, 13 values a frame, to which vectors adds delta and delta-delta
// (39 values, MFCC_E_D_A as HTK calls it). The deltas are computed when they are needed,
// since keeping them would triple the memory.
type features struct {
	n        int
	mfcc     []float32 // n rows of numCepstra
	energy   []float32 // normalised energy, about 0 at the noise floor and 1 at the speech level
	activity []activity
}

func (x *features) frames() int { return x.n }
func (x *features) dims() int   { return numDims }

// newFeatures returns the features of f.
func newFeatures(f *audio.Frames) *features { return newFeaturesAbove(f, bandFloors(f)) }

// newFeaturesAbove returns the features of f with those floors of the bands.
func newFeaturesAbove(f *audio.Frames, floor [audio.MelBands]float32) *features {
	x := newLoudness(f)
	x.addCepstra(f, floor)
	return x
}

// newLoudness returns the features of f without the cepstra.
func newLoudness(f *audio.Frames) *features {
	energy := audio.NormalizedEnergy(f)
	return &features{n: f.Len(), energy: energy, activity: activityOf(f, energy)}
}

// bandFloors returns the least power that each band of f is taken to have.
func bandFloors(f *audio.Frames) (floor [audio.MelBands]float32) {
	for b := range floor {
		var sum float64
		for i := range f.Len() {
			sum += float64(f.Power(i, b))
		}
		floor[b] = float32(bandFloor*sum/float64(max(f.Len(), 1))) + 1e-12
	}
	return floor
}

// addCepstra adds the cepstra of f with those floors of the bands.
func (x *features) addCepstra(f *audio.Frames, floor [audio.MelBands]float32) {
	x.mfcc = make([]float32, x.n*numCepstra)
	dct := cosines()
	var logs [audio.MelBands]float32
	for i := range x.n {
		for b, p := range f.Bands(i) {
			logs[b] = float32(portable.Log(float64(max(p, floor[b]))))
		}
		row := x.mfcc[i*numCepstra:][:numCepstra]
		row[0] = energyScale * x.energy[i]
		for k := 1; k < numCepstra; k++ {
			var sum float32
			for b, l := range logs {
				sum += float32(l * dct[k][b])
			}
			row[k] = sum
		}
	}
	x.applyCMVN()
}

// activity is what the energy of a frame says of it.
type activity uint8

const (
	speech   activity = iota // at least speechEnergy
	weak                     // less than that, but no pause
	silence                  // in a pause
	fading                   // not loud, and the level falls before the next loud frame
	unjudged                 // may be anything but a pause: in training
)

const (
	// loudEnergy is the normalised energy of a frame that is loud enough for a vowel.
	loudEnergy = 0.6
	// fadingFall is by how many dB the level falls behind a fading frame before it rises
	// to a loud one: more than it wavers within a weak consonant.
	fadingFall = 6
	// fadingReach is over how many frames to either side the level is averaged for that.
	fadingReach = 2
)

// pauseOptions find whatever is too loud for a pause, weak consonants and the
// breath before a word included: what they leave is silent beyond doubt.
var pauseOptions = audio.SegmentOptions{
	Onset: 0.2, Offset: 0.12,
	Lead: 60 * time.Millisecond, Hangover: 80 * time.Millisecond,
	MinSpeech: 30 * time.Millisecond, MinPause: 150 * time.Millisecond,
}

// activityOf returns the activity of each frame of f, whose normalised energy is given.
func activityOf(f *audio.Frames, energy []float32) []activity {
	a := make([]activity, f.Len())
	for i := range a {
		a[i] = silence
	}
	for _, s := range audio.Segments(f, pauseOptions) {
		for i := int(s.Start / frameTime); i < len(a) && audio.FrameTime(i) < s.End; i++ {
			a[i] = weak
			if energy[i] >= speechEnergy {
				a[i] = speech
			}
		}
	}
	markFading(a, f.Level, energy)
	return a
}

// markFading marks the frames that no word begins in, by level in dBFS and normalised
// energy: what begins with a weak sound rises from it to its first vowel. They are the
// echo behind a last word, a breath and a click before the pause that parts it from the
// next word, and the ends of words. What is silence stays so.
func markFading(a []activity, level, energy []float32) {
	lowest := float32(math.Inf(1)) // from here to the next loud frame
	for i := len(a) - 1; i >= 0; i-- {
		if energy[i] >= loudEnergy {
			lowest = float32(math.Inf(1))
			continue
		}
		around := level[max(0, i-fadingReach):min(len(level), i+fadingReach+1)]
		var mean float32
		for _, l := range around {
			mean += l / float32(len(around))
		}
		lowest = min(lowest, mean)
		if a[i] != silence && mean-lowest >= fadingFall {
			a[i] = fading
		}
	}
}

// share returns how much of the speech from the first word to the last lies within
// words, in [0, 1].
func (x *features) share(words map[int32]place) float64 {
	return x.shareOf(words, allFrames(words))
}

// shareOf returns how much of the speech in the frames at lies within words, all of which lie
// there, in [0, 1].
func (x *features) shareOf(words map[int32]place, at place) float64 {
	within := 0
	for _, w := range words {
		within += speechIn(x.activity[w.start:w.end])
	}
	return float64(within) / float64(max(1, speechIn(x.activity[at.start:at.end])))
}

// speechIn returns how many of the frames are speech.
func speechIn(frames []activity) int {
	n := 0
	for _, a := range frames {
		if a == speech {
			n++
		}
	}
	return n
}

// cosines returns the orthonormal DCT-II over the mel bands, row by row.
func cosines() (dct [numCepstra][audio.MelBands]float32) {
	for k := range dct {
		for b := range dct[k] {
			dct[k][b] = float32(math.Sqrt(2.0/audio.MelBands) * portable.CosPi(float64(k)*(float64(b)+0.5)/audio.MelBands))
		}
	}
	return dct
}

// applyCMVN normalises mean and variance of the cepstra: a sliding CMN over the speech
// of meanReach to either side, with the recording's mean as a prior of meanPrior frames,
// then a scaling by each cepstrum's standard deviation over the recording's speech. A
// mean of the whole episode alone would leave each speaker's own colour in.
func (x *features) applyCMVN() {
	isSpeech := make([]bool, x.n)
	for i, e := range x.energy {
		isSpeech[i] = e > speechEnergy
	}
	original := make([]float32, x.n)
	for k := 1; k < numCepstra; k++ {
		var sum, count float64
		for i, s := range isSpeech {
			if s {
				sum += float64(x.mfcc[i*numCepstra+k])
				count++
			}
		}
		mean := 0.0
		if count > 0 {
			mean = sum / count
		}
		// A sliding sum of the isSpeech frames in [i-meanReach, i+meanReach]; the
		// originals are kept, since the values are overwritten behind i.
		var winSum float64
		winCount := 0
		for i := range original {
			original[i] = x.mfcc[i*numCepstra+k]
		}
		for i := 0; i < min(meanReach, x.n); i++ {
			if isSpeech[i] {
				winSum += float64(original[i])
				winCount++
			}
		}
		var square float64
		for i := range x.n {
			if j := i + meanReach; j < x.n && isSpeech[j] {
				winSum += float64(original[j])
				winCount++
			}
			if j := i - meanReach - 1; j >= 0 && isSpeech[j] {
				winSum -= float64(original[j])
				winCount--
			}
			v := original[i] - float32((winSum+float64(meanPrior*mean))/(float64(winCount)+meanPrior))
			x.mfcc[i*numCepstra+k] = v
			if isSpeech[i] {
				square += float64(float64(v) * float64(v))
			}
		}
		scale := float32(1)
		if count > 1 && square > 0 {
			scale = float32(1 / math.Sqrt(square/count))
		}
		for i := range x.n {
			x.mfcc[i*numCepstra+k] *= scale
		}
	}
}

// at returns the MFCC of frame i, those of the first or the last frame outside.
func (x *features) at(i int) []float32 {
	i = min(max(i, 0), x.n-1)
	return x.mfcc[i*numCepstra:][:numCepstra]
}

// mostFrames is the most frames that vectors can be asked for at once.
const mostFrames = coarseStep * batchFrames

// vectors writes the numDims values of the frames t0, t0+step, ... below t1 to
// dst, stride values apart; t1-t0 is at most mostFrames.
func (x *features) vectors(t0, t1, step int, dst []float32, stride int) {
	const reach = 2
	// Deltas by regression over +-2 frames: of the MFCC, then of their deltas.
	n := t1 - t0
	var deltas [(mostFrames + 2*reach) * numCepstra]float32
	delta := deltas[:(n+2*reach)*numCepstra]
	for i := range n + 2*reach {
		t := t0 + i - reach
		m2, m1, p1, p2 := x.at(t-2), x.at(t-1), x.at(t+1), x.at(t+2)
		row := delta[i*numCepstra:][:numCepstra]
		for k := range row {
			row[k] = float32(0.1*(p1[k]-m1[k])) + float32(0.2*(p2[k]-m2[k]))
		}
	}
	r := 0
	for i := 0; i < n; i += step {
		row := dst[r*stride:][:numDims]
		copy(row, x.at(t0+i))
		copy(row[numCepstra:], delta[(i+reach)*numCepstra:][:numCepstra])
		m2, m1 := delta[i*numCepstra:][:numCepstra], delta[(i+1)*numCepstra:][:numCepstra]
		p1, p2 := delta[(i+3)*numCepstra:][:numCepstra], delta[(i+4)*numCepstra:][:numCepstra]
		for k := range numCepstra {
			row[2*numCepstra+k] = float32(0.1*(p1[k]-m1[k])) + float32(0.2*(p2[k]-m2[k]))
		}
		r++
	}
}

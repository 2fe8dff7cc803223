package align

import (
	"math"
	"time"

	"cuewright/audio"
)

// frameTime is the distance between frames.
const frameTime = 10 * time.Millisecond

const (
	numCepstra = 13             // the normalised energy and cepstra 1-12
	numDims    = 3 * numCepstra // with first and second differences

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

// features holds what the acoustic models see of a recording: numCepstra static
// values a frame. The differences are computed when they are needed, since
// keeping them would triple the memory.
type features struct {
	n      int
	static []float32 // n rows of numCepstra
	energy []float32 // normalised energy, about 0 at the noise floor and 1 at the speech level
	calm   []calm
}

func (x *features) frames() int { return x.n }
func (x *features) dims() int   { return numDims }

func newFeatures(f *audio.Frames) *features { return newFeaturesAbove(f, bandFloors(f)) }

// bandFloors is the least power that each band of f is taken to have.
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

// newFeaturesAbove are the features of f with those floors.
func newFeaturesAbove(f *audio.Frames, floor [audio.MelBands]float32) *features {
	n := f.Len()
	x := &features{n: n, static: make([]float32, n*numCepstra), energy: audio.NormalizedEnergy(f)}
	x.calm = calmOf(f, x.energy)
	dct := cosines()
	var logs [audio.MelBands]float32
	for i := range n {
		for b, p := range f.Bands(i) {
			logs[b] = float32(math.Log(float64(max(p, floor[b]))))
		}
		row := x.static[i*numCepstra:][:numCepstra]
		row[0] = energyScale * x.energy[i]
		for k := 1; k < numCepstra; k++ {
			var sum float32
			for b, l := range logs {
				sum += l * dct[k][b]
			}
			row[k] = sum
		}
	}
	x.normalize()
	return x
}

// calm is how quiet a frame is.
type calm uint8

const (
	loud  calm = iota
	soft       // less than speechEnergy
	still      // in a pause
)

// pauseOptions find whatever is too loud for a pause, weak consonants and the
// breath before a word included: what they leave is silent beyond doubt.
var pauseOptions = audio.SegmentOptions{
	Onset: 0.2, Offset: 0.12,
	Lead: 60 * time.Millisecond, Hangover: 80 * time.Millisecond,
	MinSpeech: 30 * time.Millisecond, MinPause: 150 * time.Millisecond,
}

// calmOf is how quiet each frame of f is, whose normalised energy is given.
func calmOf(f *audio.Frames, energy []float32) []calm {
	c := make([]calm, f.Len())
	for i := range c {
		c[i] = still
	}
	for _, s := range audio.Segments(f, pauseOptions) {
		for i := int(s.Start / frameTime); i < len(c) && audio.FrameTime(i) < s.End; i++ {
			c[i] = soft
			if energy[i] >= speechEnergy {
				c[i] = loud
			}
		}
	}
	return c
}

// share is how much of what is loud from the first word to the last lies within
// words, in [0, 1].
func (x *features) share(words map[int32]place) float64 {
	within, all := 0, 0
	first, end := x.n, 0
	for _, w := range words {
		first, end = min(first, w.start), max(end, w.end)
	}
	for _, c := range x.calm[min(first, end):end] {
		if c == loud {
			all++
		}
	}
	for _, w := range words {
		for _, c := range x.calm[w.start:w.end] {
			if c == loud {
				within++
			}
		}
	}
	return float64(within) / float64(max(1, all))
}

// cosines is the orthonormal DCT-II over the mel bands, row by row.
func cosines() (dct [numCepstra][audio.MelBands]float32) {
	for k := range dct {
		for b := range dct[k] {
			dct[k][b] = float32(math.Sqrt(2.0/audio.MelBands) * math.Cos(math.Pi*float64(k)*(float64(b)+0.5)/audio.MelBands))
		}
	}
	return dct
}

// normalize takes the local mean of the speech out of the cepstra and scales
// each by its standard deviation over the recording's speech. A whole-episode
// mean would leave each speaker's own colour in.
func (x *features) normalize() {
	speech := make([]bool, x.n)
	for i, e := range x.energy {
		speech[i] = e > speechEnergy
	}
	original := make([]float32, x.n)
	for k := 1; k < numCepstra; k++ {
		var sum, count float64
		for i, s := range speech {
			if s {
				sum += float64(x.static[i*numCepstra+k])
				count++
			}
		}
		mean := 0.0
		if count > 0 {
			mean = sum / count
		}
		// A sliding sum of the speech frames in [i-meanReach, i+meanReach]; the
		// originals are kept, since the values are overwritten behind i.
		var winSum float64
		winCount := 0
		for i := range original {
			original[i] = x.static[i*numCepstra+k]
		}
		for i := 0; i < min(meanReach, x.n); i++ {
			if speech[i] {
				winSum += float64(original[i])
				winCount++
			}
		}
		var square float64
		for i := range x.n {
			if j := i + meanReach; j < x.n && speech[j] {
				winSum += float64(original[j])
				winCount++
			}
			if j := i - meanReach - 1; j >= 0 && speech[j] {
				winSum -= float64(original[j])
				winCount--
			}
			v := original[i] - float32((winSum+meanPrior*mean)/(float64(winCount)+meanPrior))
			x.static[i*numCepstra+k] = v
			if speech[i] {
				square += float64(v) * float64(v)
			}
		}
		scale := float32(1)
		if count > 1 && square > 0 {
			scale = float32(1 / math.Sqrt(square/count))
		}
		for i := range x.n {
			x.static[i*numCepstra+k] *= scale
		}
	}
}

// at is the static row of frame i, that of the first or the last frame outside.
func (x *features) at(i int) []float32 {
	i = min(max(i, 0), x.n-1)
	return x.static[i*numCepstra:][:numCepstra]
}

// mostFrames is the most frames that vectors can be asked for at once.
const mostFrames = wideStep * batchFrames

// vectors writes the numDims values of the frames t0, t0+step, ... below t1 to
// dst, stride values apart; t1-t0 is at most mostFrames.
func (x *features) vectors(t0, t1, step int, dst []float32, stride int) {
	const reach = 2
	// Slopes by regression over +-2 frames: of the static values, then of their slopes.
	n := t1 - t0
	var slopes [(mostFrames + 2*reach) * numCepstra]float32
	slope := slopes[:(n+2*reach)*numCepstra]
	for i := range n + 2*reach {
		t := t0 + i - reach
		m2, m1, p1, p2 := x.at(t-2), x.at(t-1), x.at(t+1), x.at(t+2)
		row := slope[i*numCepstra:][:numCepstra]
		for k := range row {
			row[k] = 0.1*(p1[k]-m1[k]) + 0.2*(p2[k]-m2[k])
		}
	}
	r := 0
	for i := 0; i < n; i += step {
		row := dst[r*stride:][:numDims]
		copy(row, x.at(t0+i))
		copy(row[numCepstra:], slope[(i+reach)*numCepstra:][:numCepstra])
		m2, m1 := slope[i*numCepstra:][:numCepstra], slope[(i+1)*numCepstra:][:numCepstra]
		p1, p2 := slope[(i+3)*numCepstra:][:numCepstra], slope[(i+4)*numCepstra:][:numCepstra]
		for k := range numCepstra {
			row[2*numCepstra+k] = 0.1*(p1[k]-m1[k]) + 0.2*(p2[k]-m2[k])
		}
		r++
	}
}

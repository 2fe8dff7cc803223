package audio

import (
	"math"
	"slices"
)

const (
	// levelReach is how far to either side of a frame the window for its floor and its
	// speech level reaches, 15 s in frames: long enough to hold pauses and speech of the
	// same speaker, short enough to follow a change of speaker or room.
	levelReach = 1500
	// levelStep is how often they are measured, 0.5 s in frames; they are interpolated
	// in between.
	levelStep = 50
	// floorShare and speechShare are the percentiles that stand for the noise floor
	// and the speech level. They stay clear of clicks and of the frames in which a
	// word fades.
	floorShare, speechShare = 0.08, 0.92
	// leastRange is the least distance in dB of the speech level from the floor, so
	// that noise in a stretch without speech isn't scaled up to look like speech.
	leastRange = 8
	// mostRange is the most that the floor is taken to lie below the speech level, in
	// dB. A noise gate or silence put between takes lies further below, and a scale that
	// reached down to it would have the room's echo of a word in the middle of speech.
	mostRange = 55
	// histogramBin is the resolution of the percentiles in dB, and histogramBins
	// reaches from SilenceLevel to +100 dBFS, beyond what a float file can hold.
	histogramBin  = 0.5
	histogramBins = 400
)

// levels holds the noise floor and the speech level around each frame, in dBFS of the
// power between 80 and 7200 Hz.
type levels struct {
	// floor is the noise floor and speech the level of loud speech, 8 to 55 dB above
	// it.
	floor, speech []float32
}

// trackLevels returns the noise floor and the speech level around every frame, from
// energies in dBFS, one a frame: the 8th and the 92nd percentile of the energies within
// 15 s. Digital silence, which editors leave between takes, is no noise floor and isn't
// counted. The time is linear in the length of the recording.
func trackLevels(energy []float32) levels {
	l := levels{floor: make([]float32, len(energy)), speech: make([]float32, len(energy))}
	var h histogram
	begin, end := 0, 0 // of the frames that h counts
	var floor, speech float32 = silenceLevel, silenceLevel + leastRange
	for at := 0; at < len(energy)+levelStep; at += levelStep {
		for ; end < min(len(energy), at+levelReach); end++ {
			h.add(energy[end], 1)
		}
		for ; begin < min(len(energy), at-levelReach); begin++ {
			h.add(energy[begin], -1)
		}
		lastFloor, lastSpeech := floor, speech
		if h.total > 0 {
			floor, speech = h.percentile(floorShare), h.percentile(speechShare)
		}
		speech = max(speech, floor+leastRange)
		floor = max(floor, speech-mostRange)
		if at == 0 {
			continue
		}
		for i := at - levelStep; i < min(at, len(energy)); i++ {
			part := float32(i-at+levelStep) / levelStep
			l.floor[i] = lastFloor + float32(part*(floor-lastFloor))
			l.speech[i] = lastSpeech + float32(part*(speech-lastSpeech))
		}
	}
	return l
}

// SpeechRange returns how far the speech level of a recording lies above its noise floor, in
// dB, 8 to 55: the median over its frames. Speech in noise 10 dB below it has 14 to 17, in
// noise 5 dB below it 8 to 12, clear recordings 20 and more.
func SpeechRange(f *Frames) float64 {
	l := trackLevels(bandEnergy(f, 0, MelBands))
	ranges := make([]float32, len(l.floor))
	for i := range ranges {
		ranges[i] = l.speech[i] - l.floor[i]
	}
	if len(ranges) == 0 {
		return leastRange
	}
	slices.Sort(ranges)
	return float64(ranges[len(ranges)/2])
}

// NormalizedEnergy returns the energy of each frame between 80 and 7200 Hz, relative
// to its surroundings: 0 at the noise floor, 1 at the speech level, linear in dB
// and clamped to [-0.5, 1.5].
func NormalizedEnergy(f *Frames) []float32 { return NormalizedBands(f, 0, MelBands) }

// NormalizedBands is NormalizedEnergy of the mel bands [first, end) alone, with a
// floor and a speech level of their own.
func NormalizedBands(f *Frames, first, end int) []float32 {
	energy := bandEnergy(f, first, end)
	l := trackLevels(energy)
	for i, e := range energy {
		energy[i] = min(1.5, max(-0.5, (e-l.floor[i])/(l.speech[i]-l.floor[i])))
	}
	return energy
}

// bandEnergy returns the power of each frame in the mel bands [first, end), in dBFS.
func bandEnergy(f *Frames, first, end int) []float32 {
	energy := make([]float32, f.Len())
	for i := range energy {
		var sum float32
		for _, h := range f.mel[i*MelBands:][first:end] {
			sum += h.float32()
		}
		energy[i] = decibels(sum)
	}
	return energy
}

// histogram counts energies in dBFS.
type histogram struct {
	count [histogramBins]int
	total int
}

// add counts n frames of energy e, unless they are digitally silent.
func (h *histogram) add(e float32, n int) {
	if e > silenceLevel {
		h.count[min(histogramBins-1, int((e-silenceLevel)/histogramBin))] += n
		h.total += n
	}
}

// percentile returns the energy that a share of the frames stays below, interpolated
// within its bin.
func (h *histogram) percentile(share float64) float32 {
	rest := float64(share * float64(h.total))
	for bin, n := range h.count {
		if n > 0 && float64(n) >= rest {
			return float32(silenceLevel + float64(histogramBin*(float64(bin)+rest/float64(n))))
		}
		rest -= float64(n)
	}
	return float32(math.Inf(1)) // not reached: share is below 1
}

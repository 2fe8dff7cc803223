package align

import (
	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
	"cuewright/audio"
)

// Without a model the sounds are told apart by six broad phonetic classes and the
// energy alone: its course in five bands, each between its own noise floor and speech
// level. The classes' Gaussians start from what is known of speech (Stevens, Acoustic
// Phonetics, 1998) and are MAP-adapted to the episode.

// class is a broad phonetic class.
type class = int32

const (
	classSilence   class = iota
	classVowel           // loud, most so below 3 kHz
	classSonorant        // m n ng l r w y: low frequencies
	classSibilant        // s z sh zh ch jh: high frequencies
	classFricative       // f v th dh h: weak, flat
	classStop            // p b t d k g: a closure and a burst
	numClasses     = iota
)

// classOf returns the class of a phone; of an open one that of its commonest sound.
func classOf(p pronounce.Phone) class {
	switch p.Sounds()[0] {
	case pronounce.Silence:
		return classSilence
	case pronounce.M, pronounce.N, pronounce.NG, pronounce.L, pronounce.R, pronounce.W, pronounce.Y, pronounce.RR:
		return classSonorant
	case pronounce.S, pronounce.Z, pronounce.SH, pronounce.ZH, pronounce.CH, pronounce.JH:
		return classSibilant
	case pronounce.F, pronounce.V, pronounce.TH, pronounce.DH, pronounce.HH, pronounce.KH:
		return classFricative
	case pronounce.P, pronounce.B, pronounce.T, pronounce.D, pronounce.K, pronounce.G:
		return classStop
	default:
		return classVowel
	}
}

// classBands are the first mel bands of the five bands, and the end: at about
// 80, 400, 1000, 2000, 3900 and 7200 Hz.
var classBands = [...]int{0, 4, 9, 14, 20, audio.MelBands}

const classDims = 1 + len(classBands) // the whole energy, the bands, the delta of the whole

// classMeans and classDeviation are where the Gaussians start, in normalised
// energy: whole, five bands, delta over 40 ms.
var classMeans = [numClasses][classDims]float32{
	classSilence:   {0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0},
	classVowel:     {0.90, 0.85, 0.90, 0.80, 0.65, 0.50, 0},
	classSonorant:  {0.70, 0.85, 0.60, 0.50, 0.40, 0.30, 0},
	classSibilant:  {0.55, 0.30, 0.25, 0.40, 0.80, 0.95, 0},
	classFricative: {0.40, 0.40, 0.35, 0.35, 0.45, 0.50, 0},
	classStop:      {0.35, 0.40, 0.30, 0.30, 0.35, 0.40, 0},
}

const classDeviation = 0.25

// classBackground is how many times likelier than the average class "speech at
// large" is: with so few classes the average is never far behind the best.
const classBackground = 1

// classObservations are the rows of classDims values that the classes model.
type classObservations struct {
	n    int
	rows []float32
}

func (x *classObservations) frames() int { return x.n }
func (x *classObservations) dims() int   { return classDims }

func (x *classObservations) vectors(t0, t1, step int, dst []float32, stride int) {
	for i := 0; t0 < t1; i, t0 = i+1, t0+step {
		copy(dst[i*stride:], x.rows[t0*classDims:][:classDims])
	}
}

// classAcoustics returns the classes for a recording; activity is that of its frames.
func classAcoustics(f *audio.Frames, activity []activity, tuning Tuning) acoustics {
	x := &classObservations{n: f.Len(), rows: make([]float32, f.Len()*classDims)}
	put := func(d int, values []float32) {
		for i, v := range values {
			x.rows[i*classDims+d] = v
		}
	}
	whole := audio.NormalizedEnergy(f)
	put(0, whole)
	for b := range len(classBands) - 1 {
		put(1+b, audio.NormalizedBands(f, classBands[b], classBands[b+1]))
	}
	for i := range x.n {
		x.rows[i*classDims+classDims-1] = whole[min(i+2, x.n-1)] - whole[max(i-2, 0)]
	}
	m := gmm.New(classDims, numClasses)
	for c := range numClasses {
		copy(m.Mean[c*classDims:], classMeans[c][:])
	}
	for i := range m.Var {
		m.Var[i] = classDeviation * classDeviation
	}
	state := func(p pronounce.Phone, _ int) int32 { return classOf(p) }
	return acoustics{mix: m, x: x, tuning: tuning, background: classBackground, state: state, activity: activity}
}

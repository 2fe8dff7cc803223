package align

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"

	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/audio/portable"
)

// A seed model is trained by Viterbi training: alignment and re-estimation in turns, from
// a flat start (every utterance cut evenly among its phones), with splits of the
// components up to maxComponents Gaussians a state. What is learnt from each recording is
// also learnt from copies of it with the frequencies warped, for voices that are not
// there, and with noise.
//
// A model of letters starts from where the seed model, by rules, finds the words: each of them is
// cut evenly among its letters. So it learns from recordings of any length.

const (
	maxComponents = 8
	// minComponentFrames is the fewest frames of a component for it to be split.
	minComponentFrames = 150
)

// copies are what is made of each recording: resampled by warp, which moves
// formants and pitch as a longer or shorter vocal tract would, with noise that
// far below the speech, and as a telephone call in an episode of wider band.
var copies = [...]struct {
	warp      float64
	snr       float64 // dB; 0 for none
	telephone bool
}{{1, 0, false}, {0.88, 30, false}, {1.12, 30, false}, {0.94, 20, false}, {1.06, 15, false}, {1, 30, true}}

// phoneBands are the mel bands whose centres a telephone carries, 300 to 3400 Hz.
var phoneBands = span{2, 19}

// Trainer gathers recordings with their scripts and trains a Model on them. The zero
// value is ready for Add.
type Trainer struct {
	// Letters has a model learn letters in the place of phones. It is for a language without rules,
	// and reads any words by their letters alone.
	Letters bool

	utterances []utterance
}

// utterance is a recording in all its copies.
type utterance struct {
	script   *transcript.Script
	readings []reading
	copies   [len(copies)]*features
	path     []int32 // states of the model, a frame of 10 ms, of the first copy; none for filler
	word     []int32 // the number of the word on the path that was found, likewise; none beside words
}

// Add makes the copies of a recording and keeps their features; samples are mono at
// audio.Rate, in [-1, 1], and lang is as in Options. It returns an error when the script
// holds no words, when the recording is too short, and when ctx ends.
func (tr *Trainer) Add(ctx context.Context, samples []float32, s *transcript.Script, lang string) error {
	in := languages{read: lang}
	if lang == "" {
		in = detectLanguages(s)
	}
	u := utterance{script: s, readings: readIn(s, in, DefaultCosts().LongPhrase)}
	if len(u.readings) == 0 {
		return errors.New("the script holds no words")
	}
	for i, c := range copies {
		f, err := audio.Analyze(ctx, &warped{
			samples: samples, warp: c.warp, noise: noiseAmplitude(samples, c.snr), random: rand.New(rand.NewPCG(1, uint64(i))),
		})
		if err != nil {
			return err
		}
		if f.Len() < 20 {
			return errors.New("the recording is too short to learn from")
		}
		floor := bandFloors(f)
		if c.telephone {
			f.KeepBands(phoneBands.first, phoneBands.end)
		}
		u.copies[i] = newFeaturesAbove(f, floor)
	}
	// What is lenient with weak and fading frames would let a model learn the wrong sounds,
	// see utterance.realign.
	for i, a := range u.copies[0].activity {
		if a != silence {
			u.copies[0].activity[i] = unjudged
		}
	}
	tr.utterances = append(tr.utterances, u)
	return nil
}

// warped reads samples at another speed, with noise.
type warped struct {
	samples []float32
	warp    float64
	noise   float64 // standard deviation
	random  *rand.Rand
	next    int
}

func (w *warped) Read(dst []float32) (int, error) {
	for i := range dst {
		at := float64(float64(w.next) * w.warp)
		j := int(at)
		if j+1 >= len(w.samples) {
			if i == 0 {
				return 0, io.EOF
			}
			return i, nil
		}
		frac := float32(at - float64(j))
		dst[i] = float32(w.samples[j]*(1-frac)) + float32(w.samples[j+1]*frac)
		if w.noise > 0 {
			dst[i] += float32(w.noise * normal(w.random))
		}
		w.next++
	}
	return len(dst), nil
}

// normal draws a number of a normal distribution with a standard deviation of 1, by the method
// of Box and Muller (1958): that of package rand is not the same on every processor.
func normal(random *rand.Rand) float64 {
	u, v := float64(random.Float64()), float64(random.Float64())
	return math.Sqrt(-2*portable.Log(1-u)) * portable.CosPi(2*v)
}

// noiseAmplitude returns the standard deviation of noise that lies snr dB below the
// samples' own root mean square; 0 for an snr of 0.
func noiseAmplitude(samples []float32, snr float64) float64 {
	if snr == 0 {
		return 0
	}
	var sum float64
	for _, v := range samples {
		sum += float64(float64(v) * float64(v))
	}
	return math.Sqrt(sum/float64(max(1, len(samples)))) * portable.Exp(-snr/20*math.Ln10)
}

const (
	// flatStart is the longest recording, in frames, that is cut evenly among its
	// phones in the beginning; longer ones join when the models can find their way.
	flatStart = 2000
	// minStateFrames is the fewest frames of a component for it to be moved.
	minStateFrames = 10
)

// Train trains a model on all that was added: from a flat start if some of it is
// at most 20 s long, else from the seed model. It returns an error when nothing was
// added, when there is no letter to learn, or ctx ends. progress, where not nil, is called after
// each round, with its number from 1, how many there are, and the mean score of a frame.
func (tr *Trainer) Train(ctx context.Context, progress func(round, rounds int, score float64)) (*Model, error) {
	if len(tr.utterances) == 0 {
		return nil, errors.New("there is nothing to learn from")
	}
	m, schedule, err := tr.start(ctx)
	if err != nil {
		return nil, err
	}
	total, round := 0, 0
	for _, s := range schedule {
		total += s.rounds
	}
	for i, s := range schedule {
		if i > 0 {
			st := tr.accumulate(m)
			m.mix = m.mix.Split(func(state, components int) bool {
				return components < maxComponents && st.Frames(state)/float64(2*components) >= minComponentFrames
			})
			m.mix = m.mix.Reestimated(tr.accumulate(m), minStateFrames)
		}
		for range s.rounds {
			score, err := tr.realign(ctx, m, s.long)
			if err != nil {
				return nil, err
			}
			m.mix = m.mix.Reestimated(tr.accumulate(m), minStateFrames)
			round++
			if progress != nil {
				progress(round, total, score)
			}
		}
	}
	return m, nil
}

// stage is some rounds of training at one size of the model.
type stage struct {
	rounds int
	long   bool // recordings longer than flatStart too
}

// start returns the model that training begins with, and how it goes on.
func (tr *Trainer) start(ctx context.Context) (*Model, []stage, error) {
	if tr.Letters {
		m, err := tr.startLetters(ctx)
		return m, []stage{{4, true}, {4, true}, {4, true}, {4, true}}, err
	}
	short := false
	for i := range tr.utterances {
		short = tr.utterances[i].flat() || short
	}
	if !short { // long recordings alone are found by the model that is there already
		return SeedModel(), []stage{{4, true}}, nil
	}
	m := &Model{mix: gmm.New(numDims, modelStates())}
	m.mix = m.mix.Reestimated(tr.accumulate(m), minStateFrames)
	return m, []stage{{6, false}, {4, true}, {4, true}, {4, true}}, nil
}

// startLetters has the words of all recordings found by the seed model, and returns the model of
// their letters.
func (tr *Trainer) startLetters(ctx context.Context) (*Model, error) {
	if _, err := tr.realign(ctx, SeedModel(), true); err != nil {
		return nil, err
	}
	var texts []string
	for _, u := range tr.utterances {
		for _, r := range u.readings {
			texts = append(texts, transcript.SaidOf(r.words)...)
		}
	}
	letters := pronounce.NewAlphabet(texts)
	if letters.Letters() == "" {
		return nil, errors.New("the scripts hold no letters")
	}
	for i := range tr.utterances {
		tr.utterances[i].spell(letters)
	}
	m := &Model{mix: gmm.New(numDims, letterStates(letters)), letters: letters}
	m.mix = m.mix.Reestimated(tr.accumulate(m), minStateFrames)
	return m, nil
}

// spell reads the words by their letters, and cuts each word on the path evenly among these.
func (u *utterance) spell(letters *pronounce.Alphabet) {
	u.readings = readIn(u.script, languages{letters: letters}, DefaultCosts().LongPhrase)
	var said []pronounce.Word
	for _, r := range u.readings {
		said = append(said, r.said...)
	}
	for first := 0; first < len(u.path); {
		word := u.word[first]
		end := first + 1
		for end < len(u.path) && u.word[end] == word {
			end++
		}
		for t := first; t < end && word != none; t++ {
			phones := said[word].Phones
			at := (t - first) * len(phones) * statesPerPhone / (end - first)
			u.path[t] = none
			if p := phones[at/statesPerPhone]; int(p) < letters.NumPhones() {
				u.path[t] = modelState(p, at%statesPerPhone)
			}
		}
		first = end
	}
}

// flat cuts the speech of the utterance evenly among its phones, unless it is too long
// for that, and reports whether it did.
func (u *utterance) flat() bool {
	x := u.copies[0]
	if x.n > flatStart {
		return false
	}
	var states []int32
	for _, r := range u.readings {
		for _, w := range r.said {
			for _, p := range w.Phones {
				for k := range statesPerPhone {
					states = append(states, modelState(p.Sounds()[0], k))
				}
			}
		}
	}
	total := 0
	for _, e := range x.energy {
		if e > speechEnergy/2 {
			total++
		}
	}
	u.path = make([]int32, x.n)
	i := 0
	for t, e := range x.energy {
		if e > speechEnergy/2 {
			u.path[t] = states[i*len(states)/total]
			i++
		}
	}
	return true
}

// realign finds the path of each utterance anew and returns the mean score of a frame.
func (tr *Trainer) realign(ctx context.Context, m *Model, long bool) (float64, error) {
	scores := make([]float64, len(tr.utterances))
	errs := make([]error, len(tr.utterances))
	inParallel(len(tr.utterances), func(i int) {
		if u := &tr.utterances[i]; long || u.copies[0].n <= flatStart {
			scores[i], errs[i] = u.realign(ctx, m)
		}
	})
	var score float64
	frames := 0
	for i, u := range tr.utterances {
		if errs[i] != nil {
			return 0, errs[i]
		}
		if u.path != nil {
			score += scores[i]
			frames += u.copies[0].n
		}
	}
	return score / float64(max(1, frames)), nil
}

// realign finds the path of the utterance anew and returns its score.
func (u *utterance) realign(ctx context.Context, m *Model) (float64, error) {
	t := DefaultTuning()
	x := u.copies[0]
	ac := acoustics{mix: m.mix, x: x, tuning: t, background: m.background(t), state: modelState, activity: x.activity,
		open: opens(u.readings), letters: m.letters}
	// A weak model would put whole sentences into filler, never to learn from them,
	// and what is lenient with odd sounds would let it learn the wrong ones: models
	// trained with silent closures and silence in weak frames found 1% fewer sentences.
	top := newTopology(statesPerPhone, ac.open, modelState)
	if m.letters != nil {
		top = newLetterTopology(statesPerPhone, m.letters, modelState)
	}
	top.emission = top.strict
	g := newGraph(u.readings, grammar{topology: top, costs: t.Costs, whole: true})
	p, err := searchWide(ctx, g, ac.scorer(top, fineStep), t.beams(), nil)
	if err != nil {
		return 0, err
	}
	u.path, u.word = make([]int32, len(p.state)), make([]int32, len(p.state))
	for t, s := range p.state {
		u.word[t] = g.word[s]
		u.path[t] = none
		if e := top.emissions[g.emit[s]]; len(e) == 1 { // an open phone teaches nothing
			u.path[t] = e[0]
		}
	}
	return p.score, nil
}

// accumulate returns the statistics of all copies along the paths.
func (tr *Trainer) accumulate(m *Model) *gmm.Stats {
	parts := make([]*gmm.Stats, len(copies))
	inParallel(len(copies), func(k int) {
		parts[k] = gmm.NewStats(m.mix)
		rows := make([]float32, batchFrames*numDims)
		for _, u := range tr.utterances {
			x := u.copies[k]
			for t0 := 0; t0 < x.n && u.path != nil; t0 += batchFrames {
				n := min(batchFrames, x.n-t0)
				x.vectors(t0, t0+n, 1, rows, numDims)
				for i := range n {
					at := min(int(float64(t0+i)*copies[k].warp), len(u.path)-1)
					if s := u.path[at]; s != none {
						parts[k].Accumulate([]int32{s}, rows[i*numDims:][:numDims])
					}
				}
			}
		}
	})
	for _, p := range parts[1:] {
		parts[0].Merge(p)
	}
	return parts[0]
}

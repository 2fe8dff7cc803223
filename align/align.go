package align

import (
	"context"
	"errors"
	"strings"

	"cuewright/align/pronounce"
	"cuewright/audio"
	"cuewright/subtitles/transcript"
)

// The stages. A wide pass looks through the whole episode at 20 ms with two
// states a unit, the models are adapted to what it found, a second wide pass
// repairs its gross errors, and two passes at 10 ms with three states a unit
// move the words within narrowReach of the path.
const (
	wideStep   = 2
	narrowStep = 1
	// wideBeam is how far, in scores, a block of states may lie behind the best.
	// From 300 on the paths of seven episodes of 0.4 to 13 minutes, with
	// advertisements, music and unsaid sentences, are those of 1000 and 4000.
	wideBeam = 500
)

// Align finds the words of s in f. It returns an error when the script holds no
// words, when the recording is too short to hold them, when ctx ends, and
// ErrMismatch when they are not the recording's.
func Align(ctx context.Context, f *audio.Frames, s *transcript.Script, o Options) (*Alignment, error) {
	lang := o.Lang
	if lang == "" {
		lang = pronounce.Detect(scriptText(s))
	}
	readings := read(s, lang)
	if len(readings) == 0 {
		return nil, errors.New("the script holds no words")
	}
	if f.Len() == 0 {
		return nil, errors.New("the recording is empty")
	}
	progress := o.Progress
	if progress == nil {
		progress = func(float64) {}
	}
	e := newEpisode(f, readings)
	var ac acoustics
	if o.Model == nil {
		ac = classAcoustics(f)
	} else {
		ac = o.Model.acoustics(e.features)
	}
	r, c, err := e.passes(ctx, ac, progress)
	if err != nil {
		return nil, err
	}
	a := e.alignment(f, s, lang, c, r)
	// Broad classes tell too little of the words to judge by.
	if a.Fit < leastFit && o.Model != nil && !o.Force {
		return nil, ErrMismatch
	}
	return a, nil
}

// leastFit is the least Fit of a script that may be the recording's. Of all pairs
// of the bench's English recordings and transcripts the true ones reached 0.03
// and more, the false ones -0.17 at the most.
const leastFit = -0.1

// ErrMismatch says that the words of the script are not those of the recording.
var ErrMismatch = errors.New("its words don't sound like the transcript's, which seems to be of another recording: check the pair")

// read is the readings of all sentences, in order.
func read(s *transcript.Script, lang string) []reading {
	var rs []reading
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			texts := make([]string, len(sentence.Words))
			for i, w := range sentence.Words {
				texts[i] = w.Text
			}
			rs = append(rs, reading{words: sentence.Words, units: pronounce.Sentence(texts, lang)})
		}
	}
	return rs
}

func scriptText(s *transcript.Script) string {
	var b strings.Builder
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			b.WriteString(sentence.Text())
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// episode is a recording and what is to be found in it.
type episode struct {
	features *features
	readings []reading
	wide     guide // the path of the last wide pass
}

func newEpisode(f *audio.Frames, readings []reading) *episode {
	return &episode{features: newFeatures(f), readings: readings}
}

// passes searches the episode and returns what the last pass found, with its chain.
func (e *episode) passes(ctx context.Context, ac acoustics, progress func(float64)) (*refinement, *chain, error) {
	wide := ac.layout(2)
	wideChain := newChain(e.readings, wide.topology)
	full := ac.layout(statesPerUnit)
	fullChain := newChain(e.readings, full.topology)

	seed := ac.mix
	var g guide
	for i := range 2 {
		p, err := search(ctx, wideChain, ac.scores(wide, wideStep), wideBeam)
		if err != nil {
			return nil, nil, err
		}
		progress(0.3 * float64(i+1))
		ac.mix = seed.adapted(withMixtures(ac, seed).gather(wideChain, wide, wideStep, p.state))
		g = p.guide(wideChain, wideStep, e.features.n)
		e.wide = g
	}
	for i := range 2 {
		r, err := refine(ctx, fullChain, g, ac.scores(full, narrowStep))
		if err != nil {
			return nil, nil, err
		}
		if i == 1 {
			return r, fullChain, nil
		}
		progress(0.8)
		ac.mix = seed.adapted(withMixtures(ac, seed).gather(fullChain, full, narrowStep, r.state))
		g = path{state: r.state}.guide(fullChain, narrowStep, e.features.n)
	}
	panic("unreachable")
}

func withMixtures(a acoustics, m *mixtures) acoustics {
	a.mix = m
	return a
}

// search is viterbi with a beam that is widened until a path is found in it.
func search(ctx context.Context, c *chain, sc scores, beam float32) (path, error) {
	for {
		p, err := viterbi(ctx, c, sc, beam)
		if !errors.Is(err, errBeam) {
			return p, err
		}
		if beam > 1e6 {
			return p, errors.New("the script is too long for the recording: is it the transcript of another episode?")
		}
		beam *= 2
	}
}

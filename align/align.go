package align

import (
	"context"
	"errors"
	"strings"
	"time"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// The stages. A wide pass looks through the whole episode at 20 ms with two
// states a unit, the models are adapted to what it found, a second wide pass
// repairs its gross errors, and two passes at 10 ms with three states a unit
// move the words within narrowReach of the path.
const (
	wideStep   = 2
	narrowStep = 1
	// wideBeam is how far, in scores, a block of states may lie behind the best.
	// From 300 on the paths of the bench's episodes, with advertisements, music and
	// unsaid sentences, are those of 1000 and 2000, which take three times as long.
	wideBeam = 500
	// widestBeam is what is tried in the end.
	widestBeam = 8 * wideBeam
	// lenientBeam holds runs of 160 sentences that are skipped.
	lenientBeam = 2 * wideBeam
)

// Align finds the words of s in f. It returns an error when the script holds no
// words, when the recording is too short to hold them, when ctx ends, and
// ErrMismatch when they are not the recording's.
func Align(ctx context.Context, f *audio.Frames, s *transcript.Script, o Options) (*Alignment, error) {
	lang := o.Lang
	if lang == "" {
		lang = detect(s)
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
	e := &episode{features: newFeatures(f), readings: readings}
	var ac acoustics
	if o.Model != nil {
		ac = o.Model.acoustics(e.features)
	} else {
		ac = classAcoustics(f, e.features.calm)
	}
	r, c, err := e.passes(ctx, ac, progress)
	if err != nil {
		return nil, err
	}
	words := wordsIn(c, r.state)
	score := meanScore(c.scoreSums(r), words, 0, int32(len(c.words)))
	// Broad classes tell too little of the words to judge by, and so do few words.
	enough := len(c.words) >= leastWords && f.Duration() >= leastRecording
	said, heard := float64(len(words))/float64(len(c.words)), e.features.share(words)
	trust := 1.0
	if fit := score + (said+heard)/4; o.Model != nil && fit < leastFit {
		if enough && !o.Force {
			return nil, ErrMismatch
		}
		trust = max(0, fit) / leastFit
	}
	return e.alignment(f, s, lang, c, r, words, trust), nil
}

// leastFit is the least that a script that is the recording's reaches in this sum:
// the mean score of 10 ms of the words said, less what hesitations between them
// cost, and a quarter each of the share of the words that are said and of the share
// of the speech from the first of them to the last that is theirs. Of all pairs of
// the bench's English recordings and scripts the true ones reached 0.5 and more (in
// 10 dB of noise), and an excerpt in as much 0.35; the false ones stay below 0.2, but
// for those that share a third of their text: their words are passed by or torn apart,
// and what is said of them fits badly, though the models are adapted to it.
const leastFit = 0.25

// leastWords and leastRecording are what is needed to judge by it.
const (
	leastWords     = 50
	leastRecording = 20 * time.Second
)

// ErrMismatch says that the words of the script are not those of the recording.
var ErrMismatch = errors.New("its words don't sound like the transcript's, which seems to be of another recording or language: check the pair")

// read is the readings of all sentences, in order.
func read(s *transcript.Script, lang string) []reading {
	var rs []reading
	directions := s.Directions
	inClip := noHint
	// before is the hint of the directions before a sentence that were not seen yet.
	before := func(turn, sentence int) hint {
		h := inClip
		for ; len(directions) > 0 && directions[0].Turn == turn && directions[0].Sentence == sentence; directions = directions[1:] {
			switch directions[0].Kind {
			case transcript.Music, transcript.Sound:
				h = max(h, sound)
			case transcript.ClipBegin:
				h = clipEdge
				// Where its end is missing nobody knows how far it goes.
				if closes(directions[1:]) {
					inClip = clip
				}
			case transcript.ClipEnd:
				inClip = noHint
				h = clipEdge
			}
		}
		return h
	}
	for i, t := range s.Turns {
		for k, sentence := range t.Sentences {
			texts := make([]string, len(sentence.Words))
			for i, w := range sentence.Words {
				texts[i] = w.Text
			}
			h := before(i, k)
			rs = append(rs, reading{before: h, within: inClip, words: sentence.Words, said: pronounce.Sentence(texts, lang)})
		}
	}
	if len(rs) > 0 {
		rs[len(rs)-1].after = before(len(s.Turns), 0)
	}
	return rs
}

// closes reports whether the next edge of a clip among the directions is its end.
func closes(directions []transcript.Direction) bool {
	for _, d := range directions {
		if d.Kind == transcript.ClipBegin || d.Kind == transcript.ClipEnd {
			return d.Kind == transcript.ClipEnd
		}
	}
	return false
}

// detect is the language of s.
func detect(s *transcript.Script) string {
	var b strings.Builder
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			b.WriteString(sentence.Text())
			b.WriteByte(' ')
		}
	}
	return pronounce.Detect(b.String())
}

// episode is a recording and what is to be found in it.
type episode struct {
	features *features
	readings []reading
	wide     guide // the path of the last wide pass
}

// passes searches the episode and returns what the last pass found, with its chain.
func (e *episode) passes(ctx context.Context, seed acoustics, progress func(float64)) (*refinement, *chain, error) {
	wide, full := seed.layout(2), seed.layout(statesPerUnit)
	first := wide.topology
	first.fluent = true
	c := newChain(e.readings, first)
	p, err := search(ctx, c, seed.scores(wide, wideStep), wideBeam, nil)
	if err != nil {
		return nil, nil, err
	}
	progress(0.3)

	sc := seed.adaptedTo(c, wide, wideStep, p.state).scores(wide, wideStep)
	left := p.leftOut(c)
	hesitating := newChain(e.readings, wide.topology)
	switch second, err := search(ctx, hesitating, sc, wideBeam, &left); {
	case err == nil:
		p, c = second, hesitating
	case lost(err):
		// The first path is better than a search for hours.
		full.fluent = true
	default:
		return nil, nil, err
	}
	progress(0.6)

	adapted := seed.adaptedTo(c, wide, wideStep, p.state)
	e.wide = p.guide(c, wideStep, e.features.n)
	c = newChain(e.readings, full.topology)
	r, err := refine(ctx, c, e.wide, adapted.scores(full, narrowStep))
	if err != nil {
		return nil, nil, err
	}
	progress(0.8)

	adapted = seed.adaptedTo(c, full, narrowStep, r.state)
	r, err = refine(ctx, c, path{state: r.state}.guide(c, narrowStep, e.features.n), adapted.scores(full, narrowStep))
	return r, c, err
}

// search is viterbi with a beam that is widened until a path is found in it. First,
// where there is none, or one that leaves out the beginning or the end of the
// script, which may be what was left when the beam lost the way at a long run of
// sentences that nobody says, a path is looked for that passes such runs more
// easily; not if a path left out the same before. If there was one before, the beam
// is not widened.
func search(ctx context.Context, c *chain, sc scores, beam float32, before *span) (path, error) {
	p, err := viterbi(ctx, c, sc, beam)
	if err != nil && !lost(err) || err == nil && (p.leftOut(c) == (span{}) || before != nil && p.leftOut(c) == *before) {
		return p, err
	}
	if !c.whole {
		other := c.skippingFor(costSkipInRun)
		lenient, lenientErr := viterbi(ctx, other, sc, lenientBeam)
		if lenientErr != nil && !lost(lenientErr) {
			return path{}, lenientErr
		}
		if lenientErr == nil {
			lenient.score -= lenient.skipCost(c) - lenient.skipCost(other)
			if err != nil || lenient.score > p.score {
				return lenient, nil
			}
		}
	}
	if before != nil {
		return p, err
	}
	for errors.Is(err, errBeam) && beam < widestBeam {
		beam *= 2
		p, err = viterbi(ctx, c, sc, beam)
	}
	if lost(err) {
		err = errors.New("the script is too long for the recording: is it the transcript of another episode?")
	}
	return p, err
}

// lost reports whether a search has lost its way.
func lost(err error) bool { return errors.Is(err, errBeam) || errors.Is(err, errSteps) }

// leftOut is how many sentences a path leaves out at the beginning of the script and
// at its end.
func (p path) leftOut(c *chain) span {
	return span{c.sentencesBefore(p.state[0]), c.sentencesAfter(p.state[len(p.state)-1])}
}

// skipCost is what the path pays in c for the sentences that it passes by.
func (p path) skipCost(c *chain) float64 {
	left, k := p.leftOut(c), 0
	cost := skipRun(c.skipCosts[:left.first]) + skipRun(c.skipCosts[len(c.skipCosts)-int(left.end):])
	for t, s := range p.state {
		for k < len(c.junctions) && c.junctions[k] < s {
			k++
		}
		if t > 0 && 0 < k && k < len(c.junctions) && c.junctions[k] == s && c.junctions[k-1] == p.state[t-1] {
			cost += c.skipCosts[k-1]
		}
	}
	return float64(cost)
}

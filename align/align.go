package align

import (
	"context"
	"errors"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// Align finds the words of s in the recording whose frames are f. It returns an error
// when the script holds no words, when the recording is too short to hold them, when ctx
// ends, ErrTooManyWords when they are far too many, ErrNoSpeech when nothing in 20 s or more is
// loud enough for speech, both at once, and ErrMismatch when they are not the recording's. Where
// they are not and none of them is heard, it returns an alignment whose Verdict is Mismatched and
// in which nothing is spoken. A script that is forced may have any number of words, and fits.
// The same input gives the same alignment, whatever the number of processors, all of which
// are used. Time and memory grow with the length of the recording.
func Align(ctx context.Context, f *audio.Frames, s *transcript.Script, o Options) (*Alignment, error) {
	e, found, judged, err := search(ctx, f, s, o)
	if err != nil {
		return nil, err
	}
	return e.alignment(found, judged), nil
}

// Listen aligns as Align does, and also returns what holds words of the script to places of
// the recording. Its memory is about that of f.
func Listen(ctx context.Context, f *audio.Frames, s *transcript.Script, o Options) (*Alignment, *Listener, error) {
	e, found, judged, err := search(ctx, f, s, o)
	if err != nil {
		return nil, nil, err
	}
	return e.alignment(found, judged), newListener(e, found), nil
}

// search finds the words of s in the recording and judges whether they are its own.
func search(
	ctx context.Context, f *audio.Frames, s *transcript.Script, o Options,
) (*episode, *decoded, judgement, error) {
	if s.NumWords() == 0 {
		return nil, nil, judgement{}, errors.New("the script holds no words")
	}
	if f.Len() == 0 {
		return nil, nil, judgement{}, errors.New("the recording is empty")
	}
	known := o.Known
	if known.empty() {
		known = nil
	} else if err := known.Check(s, f.Duration()); err != nil {
		return nil, nil, judgement{}, err
	}
	forced := o.Force || known != nil
	if err := checkLength(s.Size(), f.Duration()); err != nil && !forced {
		return nil, nil, judgement{}, err
	}
	features := newLoudness(f)
	if f.Duration() >= leastRecording && speechIn(features.activity) == 0 {
		return nil, nil, judgement{}, ErrNoSpeech
	}
	features.addCepstra(f, bandFloors(f))
	progress := o.Progress
	if progress == nil {
		progress = func(float64) {}
	}
	e := &episode{frames: f, script: s, features: features, forced: forced, known: known, tuning: DefaultTuning()}
	features.activity = known.unjudged(features.activity)
	if o.Hooks != nil {
		e.hooks = *o.Hooks
	}
	if e.hooks.Tuning != nil {
		e.tuning = e.hooks.Tuning.rounded()
	}
	var seed acoustics
	if o.Model != nil {
		seed = o.Model.acoustics(e.features, e.tuning)
		if o.Model.letters == nil { // nobody knows the classes of letters
			e.boundaryModel = boundaryWeights()
		}
	} else {
		seed = classAcoustics(f, e.features.activity, e.tuning)
	}
	var err error
	if e.spoken, err = e.languages(ctx, o); err != nil {
		return nil, nil, judgement{}, err
	}
	e.readings = readIn(s, e.spoken, e.tuning.LongPhrase)
	seed.open = e.opens()
	seed.wordless = e.known.wordless()
	found, err := e.run(ctx, seed, progress)
	if err != nil && e.known != nil && ctx.Err() == nil {
		return nil, nil, judgement{}, errors.New(
			"nothing in the recording agrees with all that is known: take the last pin or mark out")
	}
	if err != nil {
		return nil, nil, judgement{}, err
	}
	judged := judgement{verdict: Fits, trust: 1, heard: true}
	// Broad classes tell too little of the words to judge by, and what is known need not be judged.
	if o.Model != nil && e.known == nil {
		if found, judged, err = e.judge(ctx, seed, found, creeping(progress)); err != nil {
			return nil, nil, judgement{}, err
		}
	}
	if judged.verdict == Mismatched && !e.forced {
		if judged.heard {
			return nil, nil, judgement{}, ErrMismatch
		}
		return e, found, judged, nil // and nothing is put back
	}
	if o.Model != nil { // nor do they tell a note from what is said
		if found, err = e.holdAside(ctx, seed, found, int(mostAside/frameTime)); err != nil {
			return nil, nil, judgement{}, err
		}
	}
	if err := e.reconsider(ctx, found); err != nil {
		return nil, nil, judgement{}, err
	}
	// Of a pair that may be none all is in doubt, and broad classes tell too little here, too.
	if o.Model != nil && (judged.verdict == Fits || judged.verdict == Doubtful) {
		if err := e.verify(ctx, found); err != nil {
			return nil, nil, judgement{}, err
		}
	}
	return e, found, judged, nil
}

// creeping returns a function that reports, each time it is called, a part of what is left of
// the last pass to progress: nobody knows how many searches it takes to judge a pair.
func creeping(progress func(float64)) func() {
	done := schedule[len(schedule)-2].done
	return func() {
		done += (1 - done) / 20
		progress(done)
	}
}

// read returns the readings of all sentences, in order. Phrases of more than longPhrase
// words are long ones.
func read(s *transcript.Script, lang string, longPhrase int) []reading {
	return readIn(s, languages{read: lang}, longPhrase)
}

// readIn does the same with a language for each sentence.
func readIn(s *transcript.Script, in languages, longPhrase int) []reading {
	var rs []reading
	directions := s.Directions
	inClip := plainFiller // the class of what lies inside sentences
	// before returns the class of the directions before a sentence that were not seen yet.
	before := func(turn, sentence int) fillerClass {
		h := inClip
		for ; len(directions) > 0 && directions[0].Turn == turn && directions[0].Sentence == sentence; directions = directions[1:] {
			switch directions[0].Kind {
			case transcript.Music, transcript.Sound:
				h = stronger(h, announcedFiller)
			case transcript.ClipBegin:
				h = clipEdgeFiller
				// Where its end is missing nobody knows how far it goes.
				if closes(directions[1:]) {
					inClip = clipFiller
				}
			case transcript.ClipEnd:
				inClip = plainFiller
				h = clipEdgeFiller
			}
		}
		return h
	}
	for i, t := range s.Turns {
		for k, sentence := range t.Sentences {
			h := before(i, k)
			rs = append(rs, reading{
				before: h, within: inClip, words: sentence.Words, said: in.say(transcript.SaidOf(sentence.Words), sentence.Text()),
				optional: optionals(sentence.Words, longPhrase),
			})
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

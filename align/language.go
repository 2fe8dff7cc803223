package align

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// Detected says how the language of a script was found.
type Detected struct {
	// Likely are the languages, up to three, that the text leaves open, the likeliest first; nil
	// where it is sure, or too short to tell.
	Likely []string
	// BySound says that the recording decided between the first two of Likely that sound different.
	BySound bool
	// Second is the language of Sentences of the script's sentences, a fifth of its words or more,
	// which were read in it; "" where all are in one.
	Second    string
	Sentences int
}

const (
	// heardTime is how much of the recording decides between languages, from its start, and
	// heardWords how many words are looked for there: as many as quick talkers say in it.
	heardTime  = time.Minute
	heardWords = 200
)

// languages are those that a script is read in.
type languages struct {
	tag      string            // of the script; pronounce.Undetermined where it isn't sure
	read     string            // that its words are read in
	own      map[string]string // other languages by the text of their sentences; nil where all are in one
	detected *Detected         // nil where it was given
	lexicon  *pronounce.Lexicon

	letters *pronounce.Alphabet // by which words of any language are read; nil for the rules of languages
}

// of returns the language in which a sentence of that text is read.
func (l languages) of(sentence string) string {
	if tag, ok := l.own[sentence]; ok {
		return tag
	}
	return l.read
}

// say returns how the words of a sentence of that text are pronounced.
func (l languages) say(words []string, sentence string) []pronounce.Word {
	if l.letters != nil {
		return l.letters.Sentence(words)
	}
	return l.lexicon.Sentence(words, l.of(sentence))
}

// phoneName returns the name of a phone.
func (l languages) phoneName(p pronounce.Phone) string {
	if l.letters != nil {
		return l.letters.Name(p)
	}
	return p.String()
}

// Language returns the BCP 47 tag of the language that most of a script is in, by its text
// alone, pronounce.Undetermined where that isn't sure.
func Language(s *transcript.Script) string {
	return detectLanguages(s).tag
}

// detectLanguages tells the languages of a script by its text. Where that isn't sure, it is read
// in the likeliest one.
func detectLanguages(s *transcript.Script) languages {
	var texts []string
	var words []float64
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			texts = append(texts, sentence.Text())
			words = append(words, transcript.Size(sentence.Words))
		}
	}
	each, main := pronounce.DetectEach(texts, words)
	l := languages{tag: main, read: main, detected: &Detected{}}
	if main == pronounce.Undetermined {
		text := strings.Join(texts, "\n")
		likely := pronounce.Likely(text)
		few := s.Size() < clearWords // which fit any language somehow, and any sound
		if len(likely) > 0 && !(few && pronounce.InLatin(text)) {
			l.read = likely[0] // of a few words it is what their letters mostly stand for
		}
		if !few {
			l.detected.Likely = likely
		}
		return l
	}
	for i, tag := range each {
		if tag == main {
			continue
		}
		if l.own == nil {
			l.own = map[string]string{}
		}
		l.own[texts[i]] = tag
		l.detected.Second = tag
		l.detected.Sentences++
	}
	return l
}

// languages returns the languages of the script: that which was given, else what its text tells,
// and where this leaves it open, what the recording does.
func (e *episode) languages(ctx context.Context, o Options) (languages, error) {
	var letters *pronounce.Alphabet
	if o.Model != nil {
		letters = o.Model.letters
	}
	if letters != nil && o.Lexicon != nil {
		return languages{}, errors.New("a model of letters reads words by their letters alone: leave out the lexicon")
	}
	if o.Lang != "" {
		return languages{tag: o.Lang, read: o.Lang, lexicon: o.Lexicon, letters: letters}, nil
	}
	l := detectLanguages(e.script)
	l.lexicon = o.Lexicon
	if letters != nil { // all is read alike
		return languages{tag: l.tag, read: l.tag, detected: &Detected{Likely: l.detected.Likely}, letters: letters}, nil
	}
	if len(l.detected.Likely) < 2 || o.Model == nil { // broad classes tell too little
		return l, nil
	}
	tag, err := e.heard(ctx, o, l.detected.Likely)
	if err != nil || tag == "" {
		return l, err
	}
	l.tag, l.read, l.detected.BySound = tag, tag, true
	return l, nil
}

// heard returns that of two languages in which the beginning of the script fits the beginning
// of the recording better: the first of tags, and the next one in which it sounds different. "" if
// there is none, or if neither can be followed.
func (e *episode) heard(ctx context.Context, o Options, tags []string) (string, error) {
	begin := beginning(e.script, heardWords)
	frames := e.frames.Part(0, min(e.frames.Len(), int(heardTime/frameTime)))
	features := newLoudness(frames)
	features.addCepstra(frames, bandFloors(frames))
	seed := o.Model.acoustics(features, e.tuning)
	in := func(tag string) []reading {
		return readIn(begin, languages{read: tag, lexicon: o.Lexicon}, e.tuning.LongPhrase)
	}
	first := in(tags[0])
	var second []reading
	other := slices.IndexFunc(tags, func(tag string) bool {
		second = in(tag)
		return !slices.EqualFunc(first, second, soundsAlike)
	})
	if other < 0 {
		return "", nil // nothing to be heard
	}
	best, most := "", math.Inf(-1)
	for i, readings := range [][]reading{first, second} {
		seed.open = opens(readings)
		top := seed.topology(schedule[0].states)
		rules := grammar{topology: top, costs: e.tuning.Costs, fluent: true}
		p, err := searchWide(ctx, newGraph(readings, rules), seed.scorer(top, schedule[0].step), e.tuning.beams(), nil)
		switch {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err == nil && p.score > most:
			best, most = tags[i*other], p.score
		}
	}
	return best, nil
}

// soundsAlike reports whether the words of two readings are pronounced alike.
func soundsAlike(a, b reading) bool {
	return slices.EqualFunc(a.said, b.said, func(a, b pronounce.Word) bool {
		return slices.EqualFunc(a.Ways(), b.Ways(), slices.Equal)
	})
}

// beginning returns the first sentences of a script, of so many words or somewhat more.
func beginning(s *transcript.Script, words float64) *transcript.Script {
	var begin transcript.Script
	for _, t := range s.Turns {
		whole := t.Sentences
		t.Sentences = nil
		for _, sentence := range whole {
			if words <= 0 {
				break
			}
			t.Sentences = append(t.Sentences, sentence)
			words -= transcript.Size(sentence.Words)
		}
		begin.Turns = append(begin.Turns, t)
	}
	return &begin
}

package check

import (
	"slices"
	"time"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// Reference is words in time that captions are compared with.
type Reference struct{ words []word }

// ReferenceOfCues returns the reference that the captions of a file are, in any order.
// It returns an error when they hold no words.
func ReferenceOfCues(cues []format.Cue) (*Reference, error) {
	sorted, _ := InOrder(cues)
	words, _, err := captionWords(sorted)
	if err != nil {
		return nil, err
	}
	return &Reference{words}, nil
}

// ReferenceOfAlignment returns the reference that an alignment is.
func ReferenceOfAlignment(a *align.Alignment) *Reference { return &Reference{alignmentWords(a)} }

// Comparison is of captions with a reference.
type Comparison struct {
	// Cues are the starts of cues, by their first words; Sentences and Turns the starts
	// of those of the reference, SentenceEnds their ends; Words the starts of all words,
	// where the captions have times of words.
	Cues, Sentences, SentenceEnds, Turns, Words Stats
	// Speakers are of sentences, in order of appearance; none where nobody is named.
	Speakers []SpeakerStats
	// RefWords are the words of the reference that captions have to hold, all of a
	// transcript and those of a reference that are said; Matched those that they hold.
	RefWords, Matched int
	CaptionWords      int        // words of the captions
	Missing, Extra    []Run      // words without a partner: of the reference and of the captions
	starts            []cueStart // of the cues whose first word has a partner with a time
}

// apart reports whether the captions and the reference are of different texts.
func (c *Comparison) apart() bool {
	return float64(c.Matched) < minShared*float64(min(c.RefWords, c.CaptionWords))
}

// SpeakerStats are of the sentences of one speaker.
type SpeakerStats struct {
	Speaker string
	Stats
}

// cueStart is a cue and the word of the reference that it begins with.
type cueStart struct {
	cue   int           // its index
	ref   int           // index of the word
	error time.Duration // of the cue's start; positive: late
}

// pairing pairs the words of a reference with those of captions, the hypothesis. A word
// without a partner has the index -1.
type pairing struct {
	ref, hyp     []word
	toHyp, toRef []int // for each word the index of its partner
}

// newPairing aligns the words of ref and hyp.
func newPairing(ref, hyp []word) pairing {
	p := pairing{ref, hyp, match(keys(ref), keys(hyp)), slices.Repeat([]int{-1}, len(hyp))}
	dropStrays(p.toHyp, len(hyp))
	dropReplaced(p.toHyp, hyp)
	for i, k := range p.toHyp {
		if k >= 0 {
			p.toRef[k] = i
		}
	}
	return p
}

// compare compares the words of captions with those of a reference.
func compare(ref, hyp []word, tolerance time.Duration) *Comparison {
	p := newPairing(ref, hyp)
	c := &Comparison{CaptionWords: len(hyp)}
	for i, r := range ref {
		if r.wanted {
			c.RefWords++
			if p.toHyp[i] >= 0 {
				c.Matched++
			}
		}
	}
	var cues boundaries
	cues, c.starts = p.cueStarts()
	c.Cues = cues.stats(tolerance)
	c.Words = p.wordStarts().stats(tolerance)
	c.Turns = p.turnStarts().stats(tolerance)
	p.sentences(c, tolerance)
	c.Missing, c.Extra = p.unpaired()
	return c
}

// wordStarts returns the errors of the words' starts; none for captions most of whose
// words have no time of their own: these are about cues and sentences.
func (p pairing) wordStarts() (b boundaries) {
	known := 0
	for _, w := range p.hyp {
		if w.startKnown {
			known++
		}
	}
	if 2*known <= len(p.hyp) {
		return b
	}
	for i, r := range p.ref {
		if !r.spoken || !r.startKnown {
			continue
		}
		if k := p.toHyp[i]; k < 0 {
			b.missed++
		} else if p.hyp[k].startKnown {
			b.errors = append(b.errors, p.hyp[k].Start-r.Start)
		}
	}
	return b
}

// cueStarts returns the errors of the cues' starts, by their first words.
func (p pairing) cueStarts() (b boundaries, starts []cueStart) {
	for k, words := range chunks(p.hyp, cueOf) {
		i := p.toRef[k]
		if i < 0 || !p.ref[i].spoken {
			b.missed++
			continue
		}
		if r := p.ref[i]; r.startKnown && words[0].startKnown {
			e := words[0].Start - r.Start
			b.errors = append(b.errors, e)
			starts = append(starts, cueStart{words[0].cue, i, e})
		}
	}
	return b, starts
}

// turnStarts returns the errors of the starts of the reference's turns, by their first
// words that are said.
func (p pairing) turnStarts() (b boundaries) {
	for i, words := range chunks(p.ref, turnOf) {
		if first, _, ok := spokenRange(words); ok {
			p.startError(&b, i+first)
		}
	}
	return b
}

// startError adds to b the error of the start of the sentence of the reference that word
// i is the first of.
func (p pairing) startError(b *boundaries, i int) {
	switch k := p.toHyp[i]; {
	case k < 0:
		b.missed++
	case p.ref[i].startKnown:
		b.errors = append(b.errors, p.hyp[k].Start-p.ref[i].extent.Start)
	}
}

// sentences fills in the statistics of the reference's sentences, by their first and
// last words that are said.
func (p pairing) sentences(c *Comparison, tolerance time.Duration) {
	var starts, ends boundaries
	var speakers []string
	bySpeaker := map[string]*boundaries{}
	named := false
	for i, words := range chunks(p.ref, sentenceOf) {
		first, last, ok := spokenRange(words)
		if !ok {
			continue
		}
		first, last = i+first, i+last
		name := p.ref[first].speaker
		named = named || name != ""
		if bySpeaker[name] == nil {
			bySpeaker[name] = &boundaries{}
			speakers = append(speakers, name)
		}
		p.startError(&starts, first)
		p.startError(bySpeaker[name], first)
		switch k := p.toHyp[last]; {
		case k < 0:
			ends.missed++
		case p.ref[last].endKnown:
			ends.errors = append(ends.errors, p.hyp[k].End-p.ref[last].extent.End)
		}
	}
	c.Sentences, c.SentenceEnds = starts.stats(tolerance), ends.stats(tolerance)
	for _, name := range speakers {
		if named {
			c.Speakers = append(c.Speakers, SpeakerStats{name, bySpeaker[name].stats(tolerance)})
		}
	}
}

// spokenRange returns the indexes of the first and the last word that is said, and false
// where none is.
func spokenRange(words []word) (first, last int, ok bool) {
	for i, w := range words {
		if w.spoken {
			if !ok {
				first, ok = i, true
			}
			last = i
		}
	}
	return first, last, ok
}

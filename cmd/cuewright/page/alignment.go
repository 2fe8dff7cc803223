package page

import (
	"fmt"
	"path/filepath"
	"slices"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Alignment is an episode that was captioned.
type Alignment struct {
	Path              string    // where the page will lie: its links are relative to that
	Audio, Transcript string    // names of the inputs
	Recording         string    // the file to play, "" for none
	Levels            []float32 // of its frames in dBFS, see audio.Frames
	Alignment         *align.Alignment
	Cues              []format.Cue
	Preset            string  // name of the style of Cues
	KeepUnspoken      bool    // Cues hold what nobody says, too
	Confidence        float64 // in the whole, in [0, 1]
	OfNoUse           bool    // the captions
	Doubtful          float64 // the confidence below which the start of a sentence is a finding
}

// Report returns the report of the episode, with what is doubtful, unspoken, unscripted
// and uncertain as its findings.
func (e *Alignment) Report() (*Report, error) {
	a := e.Alignment
	s := source{e.Path, e.Recording, e.Levels, a.Speech, a, e.Cues}
	r, err := s.report()
	if err != nil {
		return nil, err
	}
	r.Title, r.Lang = filepath.Base(e.Audio), a.Lang
	r.Subtitle = fmt.Sprintf("captioned from %s · language %s · style %s", filepath.Base(e.Transcript), a.Lang, e.Preset)
	for i, c := range e.Cues {
		r.Cues[i].Confidence = new(c.Confidence)
	}

	review := a.Review(e.Doubtful)
	r.Findings = slices.Concat(doubtful(review.Doubtful), aside(review.Aside), e.unspoken(review.Unspoken), e.unscripted(),
		uncertain(review.Uncertain))
	r.sortFindings()
	sentences := 0
	for _, t := range a.Turns {
		sentences += len(t.Sentences)
	}
	confidence := Fact{Label: "confidence", Value: fmt.Sprintf("%.2f", e.Confidence)}
	if e.OfNoUse {
		confidence.Value, confidence.Level = confidence.Value+", of no use", Error
	}
	r.Facts = []Fact{
		confidence,
		nounFact("turn", "turns", len(a.Turns), ""),
		nounFact("sentence", "sentences", sentences, ""),
		nounFact("cue", "cues", len(e.Cues), ""),
		nounFact("doubtful sentence", "doubtful sentences", len(review.Doubtful), Warning),
		nounFact("unspoken sentence or clause", "unspoken sentences or clauses", len(review.Unspoken), Warning),
		{Label: "unscripted", Value: fmt.Sprintf("%.1f s", review.Unscripted.Seconds())},
	}
	if a.Verdict != align.Fits {
		fit := Fact{"does the transcript fit", fitOf(a.Verdict), Warning}
		if a.Verdict == align.Mismatched {
			fit.Level = Error
		}
		r.Facts = slices.Insert(r.Facts, 0, fit)
	}
	return r, nil
}

// fitOf says whether a transcript is its recording's.
func fitOf(v align.Verdict) string {
	switch v {
	case align.TooShort:
		return "can't tell: too few words, or too short"
	case align.TooNoisy:
		return "can't tell: too noisy"
	case align.Mismatched:
		return "no"
	}
	return v.String()
}

// doubtful returns the sentences of which it is doubtful whether they are said.
func doubtful(sentences []align.SaidBy) (found []Finding) {
	for _, s := range sentences {
		found = append(found, Finding{
			Segment: s.Segment, Kind: "doubtful", Level: Error, Text: subtitles.SentenceText(s.Sentence),
			Message: "shown though all or some of the words hardly fit the sound here",
		})
	}
	return found
}

// aside returns the sentences that look like notes but are said.
func aside(sentences []align.SaidBy) (found []Finding) {
	for _, s := range sentences {
		found = append(found, Finding{
			Segment: s.Segment, Kind: "aside", Level: Note, Text: subtitles.SentenceText(s.Sentence),
			Message: "the transcript has it where notes stand, but it is said",
		})
	}
	return found
}

// unspoken returns the sentences and clauses that nobody says.
func (e *Alignment) unspoken(sentences []align.SaidBy) (found []Finding) {
	message := "in the transcript, but not heard"
	if !e.KeepUnspoken {
		message += ": left out of the captions"
	}
	for _, s := range sentences {
		found = append(found, Finding{
			Segment: s.Segment, Kind: "unspoken", Level: Warning, Message: message, Text: subtitles.SentenceText(s.Sentence),
		})
	}
	return found
}

// uncertain returns the sentences whose start is doubtful.
func uncertain(sentences []align.SaidBy) (found []Finding) {
	for _, s := range sentences {
		message := fmt.Sprintf("confidence %.2f that it starts here", s.Confidence)
		found = append(found, Finding{
			Segment: s.Segment, Kind: "uncertain", Level: Note, Message: message, Text: subtitles.SentenceText(s.Sentence),
		})
	}
	return found
}

// unscripted returns the sound without words of the transcript.
func (e *Alignment) unscripted() (found []Finding) {
	for _, u := range e.Alignment.Unscripted {
		length := u.Duration()
		f := Finding{
			Segment: u.Segment, Kind: "unscripted", Level: Warning,
			Message: fmt.Sprintf("%.1f s of speech that the transcript lacks", length.Seconds()),
			Text:    directionIn(e.Alignment, u.Segment),
		}
		if u.Kind == align.UnscriptedMusic {
			f.Kind, f.Level, f.Message = "music", Note, fmt.Sprintf("%.1f s of music or other sound", length.Seconds())
		}
		found = append(found, f)
	}
	return found
}

// directionIn returns the last direction within s, in brackets; "" for none.
func directionIn(a *align.Alignment, s audio.Segment) (text string) {
	for _, d := range a.Directions {
		if s.Overlap(d.Segment) > 0 {
			text = "[" + d.Text + "]"
		}
	}
	return text
}

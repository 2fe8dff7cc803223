package page

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"time"

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
	Doubtful          float64 // the confidence below which the start of a sentence is a finding
}

// Report returns the report of the episode, with what is unspoken, unscripted and
// uncertain as its findings.
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

	unspoken, uncertain := e.sentences()
	outside, unscripted := e.unscripted()
	r.Findings = slices.Concat(unspoken, unscripted, uncertain)
	r.sortFindings()
	sentences := 0
	for _, t := range a.Turns {
		sentences += len(t.Sentences)
	}
	r.Facts = []Fact{
		{Label: "confidence", Value: fmt.Sprintf("%.2f", e.Confidence)},
		CountFact("turns", len(a.Turns), ""),
		CountFact("sentences", sentences, ""),
		CountFact("cues", len(e.Cues), ""),
		CountFact("unspoken sentences", len(unspoken), Warning),
		{Label: "unscripted", Value: fmt.Sprintf("%.1f s", outside.Seconds())},
	}
	return r, nil
}

// sentences finds the sentences that nobody says, in their order, and those whose start
// is doubtful, the least certain first.
func (e *Alignment) sentences() (unspoken, uncertain []Finding) {
	type doubt struct {
		confidence float64
		finding    Finding
	}
	var doubts []doubt
	for _, t := range e.Alignment.Turns {
		for _, s := range t.Sentences {
			f := Finding{Segment: s.Segment, Text: subtitles.SentenceText(s)}
			switch {
			case !s.Spoken:
				f.Kind, f.Level, f.Message = "unspoken", Warning, "in the transcript, but not heard"
				if !e.KeepUnspoken {
					f.Message += ": left out of the captions"
				}
				unspoken = append(unspoken, f)
			case s.Confidence < e.Doubtful:
				f.Kind, f.Level = "uncertain", Note
				f.Message = fmt.Sprintf("confidence %.2f that it starts here", s.Confidence)
				doubts = append(doubts, doubt{s.Confidence, f})
			}
		}
	}
	slices.SortStableFunc(doubts, func(x, y doubt) int { return cmp.Compare(x.confidence, y.confidence) })
	for _, d := range doubts {
		uncertain = append(uncertain, d.finding)
	}
	return unspoken, uncertain
}

// unscripted finds sound without words of the transcript, and how long all of it lasts.
func (e *Alignment) unscripted() (outside time.Duration, found []Finding) {
	for _, u := range e.Alignment.Unscripted {
		length := u.Duration()
		outside += length
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
	return outside, found
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

package check

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cuewright/audio"
)

// checkCompleteness reports words that only one side holds, and words that both hold in
// different places.
func (c *checker) checkCompleteness() {
	for _, r := range c.Comparison.Missing {
		switch {
		case r.Moved:
			c.reportMoved(r)
		case r.len() >= minRun:
			c.reportMissing(r)
		}
	}
	for _, r := range c.Comparison.Extra {
		if r.Moved || r.len() < minRun {
			continue
		}
		words := c.words[r.First:r.End]
		first, last := words[0].cue, words[len(words)-1].cue
		c.add(Finding{
			Segment: span(words), Kind: Extra, Level: Warning, Text: r.Text, Confidence: 1, weight: Extra.weight(float64(len(words))),
			Message: fmt.Sprintf("%d words that %s lacks", len(words), c.source()), Cue: first, Cues: 1 + last - first,
		})
	}
}

// reportMoved reports a run of the reference that the captions hold elsewhere.
func (c *checker) reportMoved(r Run) {
	said := c.ref[r.First]
	first := c.words[r.at].cue
	last := c.words[min(r.at+r.len(), len(c.words))-1].cue
	f := Finding{
		Segment: c.extent(first, last), Kind: Moved, Level: Error, Text: r.Text, Cue: first, Cues: 1 + last - first,
		Message:    fmt.Sprintf("words of %s stand elsewhere in %s: out of order", cmp.Or(said.speaker, "a turn"), c.source()),
		Confidence: 1, weight: Moved.weight(float64(r.len())),
	}
	if said.startKnown {
		f.Expected, f.Error = new(said.Start), new(f.Start-said.Start)
	}
	c.add(f)
	c.settle(f.Cue, f.Cues)
}

// reportMissing reports a run of the reference that the captions lack. Words that the
// alignment takes to be unsaid are no error, unless there is speech without captions where
// they would be said, and enough of it.
func (c *checker) reportMissing(r Run) {
	words := c.ref[r.First:r.End]
	f := Finding{
		Kind: Missing, Level: Error, Text: r.Text, Confidence: 1, weight: Missing.weight(float64(r.len())),
		Message: fmt.Sprintf("%d words of %s are not in the captions", r.len(), c.source()),
	}
	if c.Alignment != nil || c.in.Reference != nil { // else the transcript has no times
		f.Segment = span(words)
		if said := count(words, func(w word) bool { return w.spoken }); said < minRun {
			room := within(c.bareSpeech(), c.between(r))
			if total(room) >= time.Duration(c.phones(words))*quickestPhone {
				f.Message += ", and there is speech without captions"
				f.Segment, f.Confidence = audio.Segment{Start: room[0].Start, End: room[len(room)-1].End}, unsaidConfidence
			} else {
				f.Message += ", and nobody seems to say them"
				unsaid := slices.IndexFunc(words, func(w word) bool { return !w.spoken })
				f.Level, f.Confidence = Warning, words[unsaid].confidence
			}
		}
		f.Expected = new(f.Start)
	}
	if f.Level == Error {
		c.missing = append(c.missing, f.Segment)
	}
	c.add(f)
}

// between returns the time from the last word that is said before a run of the reference
// to the first one behind it.
func (c *checker) between(r Run) audio.Segment {
	s := audio.Segment{End: c.duration}
	for _, w := range c.ref[:r.First] {
		if w.spoken {
			s.Start = max(s.Start, w.End)
		}
	}
	for _, w := range c.ref[r.End:] {
		if w.spoken {
			s.End = min(s.End, w.Start)
		}
	}
	return s
}

// count returns how many of all have the property.
func count[T any](all []T, has func(T) bool) (n int) {
	for _, x := range all {
		if has(x) {
			n++
		}
	}
	return n
}

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
	places := c.placesOfRuns()
	for _, r := range c.Comparison.Missing {
		switch {
		case r.Moved:
			c.reportMoved(r)
		case r.len() >= minRun:
			c.reportMissing(r, places)
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
func (c *checker) reportMissing(r Run, places placesOfRuns) {
	words := c.ref[r.First:r.End]
	f := Finding{
		Kind: Missing, Level: Error, Text: r.Text, Confidence: 1, weight: Missing.weight(float64(r.len())),
		Message: fmt.Sprintf("%d words of %s are not in the captions", r.len(), c.source()),
	}
	if c.Alignment != nil || c.in.Reference != nil { // else the transcript has no times
		f.Segment = span(words)
		if said := count(words, func(w word) bool { return w.spoken }); said < minRun {
			room := within(places.bare, places.between(r))
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

// placesOfRuns says where runs of the reference would be said.
type placesOfRuns struct {
	bare []audio.Segment // speech that is under no cue with words
	// ends is for each word of the reference when the last one before it ends that is said,
	// starts when the first one from it on starts; each has one more for the end.
	ends, starts []time.Duration
}

func (c *checker) placesOfRuns() placesOfRuns {
	n := len(c.ref)
	p := placesOfRuns{c.bareSpeech(), make([]time.Duration, n+1), make([]time.Duration, n+1)}
	for i, w := range c.ref {
		if p.ends[i+1] = p.ends[i]; w.spoken {
			p.ends[i+1] = max(p.ends[i], w.End)
		}
	}
	p.starts[n] = c.duration
	for i := n - 1; i >= 0; i-- {
		if p.starts[i] = p.starts[i+1]; c.ref[i].spoken {
			p.starts[i] = min(p.starts[i+1], c.ref[i].Start)
		}
	}
	return p
}

// between returns the time from the last word that is said before a run of the reference
// to the first one behind it.
func (p placesOfRuns) between(r Run) audio.Segment {
	return audio.Segment{Start: p.ends[r.First], End: p.starts[r.End]}
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

package subtitles

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// WriteTrace writes what a pass of an alignment found as a TextGrid of the length end:
// the phones of the path and the mean score of each, the words, the arcs between them
// with their costs, and after a banded pass the margins of words and sentences. A pass
// that lost its way has a tier that says so alone.
func WriteTrace(w io.Writer, t align.PassTrace, end time.Duration) error {
	if t.Lost {
		lost := tier{name: "lost"}
		lost.add(audio.Segment{End: end}, "no path was found: that of the pass before is kept")
		return writeTiers(w, []tier{lost}, end)
	}
	return writeTiers(w, traceTiers(t), end)
}

// traceTiers returns the tiers of the trace of a pass that found its way.
func traceTiers(t align.PassTrace) []tier {
	phones, scores, arcs := tier{name: "phones"}, tier{name: "scores"}, tier{name: "arcs"}
	for _, p := range t.Path {
		phones.add(p.Segment, p.Label)
		scores.add(p.Segment, decimal(p.Score))
	}
	for _, a := range t.Arcs {
		arcs.add(a.Segment, fmt.Sprintf("%s %s", a.Kind, decimal(a.Cost)))
	}
	words, wordMargins := spanTiers("words", t.Words)
	tiers := []tier{phones, scores, words, arcs}
	if t.Banded {
		_, sentenceMargins := spanTiers("sentences", t.Sentences)
		tiers = append(tiers, wordMargins, sentenceMargins)
	}
	return tiers
}

// spanTiers returns a tier with the texts of what is spoken, and one with its margins where
// they are known.
func spanTiers(name string, spans []align.TracedSpan) (texts, margins tier) {
	texts.name, margins.name = name, name+" margins"
	for _, s := range spans {
		if s.Spoken {
			texts.add(s.Segment, s.Text)
			if s.Margin != nil {
				margins.add(s.Segment, decimal(*s.Margin))
			}
		}
	}
	return texts, margins
}

// add adds an interval, unless it is empty.
func (t *tier) add(at audio.Segment, text string) {
	if at.Duration() > 0 {
		t.intervals = append(t.intervals, interval{Segment: at, text: format.Clean(text)})
	}
}

// decimal returns a score or a cost with at most two decimals.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
}

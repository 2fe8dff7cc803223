package subtitles

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
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
	return writeTiers(w, traceTiers(t, end), end)
}

// traceTiers returns the tiers of the trace of a pass that found its way.
func traceTiers(t align.PassTrace, end time.Duration) []tier {
	phones, scores, arcs := tier{name: "phones"}, tier{name: "scores"}, tier{name: "arcs"}
	for _, p := range t.Path {
		phones.add(p.Segment, p.Label)
		scores.add(p.Segment, decimal(p.Score))
	}
	for _, a := range t.Arcs {
		arcs.add(a.Segment, fmt.Sprintf("%s %s", a.Kind, decimal(a.Cost)))
	}
	words, wordMargins := spanTiers("words", t.Words, end)
	tiers := []tier{phones, scores, words, arcs}
	if t.Banded {
		_, sentenceMargins := spanTiers("sentences", t.Sentences, end)
		tiers = append(tiers, wordMargins, sentenceMargins)
	}
	return tiers
}

// spanTiers returns a tier with the texts of what is spoken, and one with the margins as
// far as they are known. What is not spoken stands with its margin, as "(text) margin",
// between its neighbours that are, or in the interval before it where these leave no room.
func spanTiers(name string, spans []align.TracedSpan, end time.Duration) (texts, margins tier) {
	texts.name, margins.name = name, name+" margins"
	var out []string  // what is not spoken, since at
	var more []string // what joins the text of the last interval
	var at time.Duration
	add := func(at audio.Segment, text string) {
		if n := len(margins.intervals); len(more) > 0 {
			margins.intervals[n-1].text += " " + strings.Join(more, " ")
			more = nil
		}
		margins.add(at, text)
	}
	mark := func(next time.Duration) {
		if next > at || len(margins.intervals) == 0 {
			add(audio.Segment{Start: at, End: next}, strings.Join(out, " "))
		} else {
			more = append(more, out...)
		}
		out = nil
	}
	for _, s := range spans {
		switch {
		case s.Spoken:
			mark(s.Start)
			texts.add(s.Segment, s.Text)
			if s.Margin != nil {
				add(s.Segment, decimal(*s.Margin))
			}
			at = s.End
		case s.Margin != nil:
			out = append(out, fmt.Sprintf("(%s) %s", s.Text, decimal(*s.Margin)))
		}
	}
	mark(end)
	add(audio.Segment{}, "")
	return texts, margins
}

// add adds an interval, unless it or its text is empty.
func (t *tier) add(at audio.Segment, text string) {
	if at.Duration() > 0 && text != "" {
		t.intervals = append(t.intervals, interval{Segment: at, text: format.Clean(text)})
	}
}

// decimal returns a score or a cost with at most two decimals.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
}

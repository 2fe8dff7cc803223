package subtitles

import (
	"bytes"
	"fmt"
	"io"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// interval is a stretch of time with a text, as labels and tiers have it.
type interval struct {
	audio.Segment
	text  string
	glued bool // to the interval before
}

// with returns v with the text that follows it.
func (v interval) with(next interval) interval {
	if v.text != "" && next.text != "" && !next.glued {
		v.text += " "
	} else if v.text == "" {
		v.glued = next.glued
	}
	v.text += next.text
	return v
}

// tiers returns the spoken turns, sentences and words of an alignment.
func tiers(c *Captions) (turns, sentences, words []interval) {
	for _, t := range c.Alignment.Turns {
		if t.Spoken {
			turns = append(turns, interval{Segment: t.Segment, text: format.Clean(t.Speaker)})
		}
		for _, s := range t.Sentences {
			spoken := shown(s, false)
			for _, w := range spoken {
				words = append(words, interval{w.Segment, w.Text, w.Glued})
			}
			if s.Spoken {
				sentences = append(sentences, interval{Segment: s.Segment, text: joined(spoken)})
			}
		}
	}
	return turns, sentences, words
}

// writeLabels writes an Audacity label track, a label a sentence: start and end in
// seconds and the text, parted by tabs.
func writeLabels(w io.Writer, c *Captions) error {
	var b bytes.Buffer
	_, sentences, _ := tiers(c)
	for _, s := range sentences {
		fmt.Fprintf(&b, "%.3f\t%.3f\t%s\n", s.Start.Seconds(), s.End.Seconds(), s.text)
	}
	_, err := w.Write(b.Bytes())
	return err
}

package subtitles

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// interval is a stretch of time with a text, as labels and tiers have it.
type interval struct {
	audio.Segment
	text  string
	glued bool // to the interval before
}

// joiner puts the texts of intervals together, with a space before those that are not glued.
type joiner struct{ b strings.Builder }

func (j *joiner) add(v interval) {
	if j.b.Len() > 0 && v.text != "" && !v.glued {
		j.b.WriteByte(' ')
	}
	j.b.WriteString(v.text)
}

// take returns the text, and begins another one.
func (j *joiner) take() string {
	defer j.b.Reset()
	return j.b.String()
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

package subtitles

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// interval is a stretch of time with a text, as labels and tiers have it.
type interval struct {
	audio.Segment
	text  string
	glued bool // to the interval before
}

// with is v with the text that follows it.
func (v interval) with(next interval) interval {
	if v.text != "" && next.text != "" && !next.glued {
		v.text += " "
	} else if v.text == "" {
		v.glued = next.glued
	}
	v.text += next.text
	return v
}

// tiers are the spoken turns, sentences and words of an alignment.
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

// writeTextGrid writes Praat's long text format with a tier each for turns,
// sentences and words. A tier covers the recording without gaps or overlaps:
// pauses are empty intervals, and what overlaps is cut off at the next start.
func writeTextGrid(w io.Writer, c *Captions) error {
	var b bytes.Buffer
	turns, sentences, words := tiers(c)
	end := c.Alignment.End
	for _, all := range [][]interval{turns, sentences, words} {
		for _, v := range all {
			end = max(end, v.End)
		}
	}
	fmt.Fprintf(&b, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = %s\ntiers? <exists>\nsize = 3\nitem []:\n", praatTime(end))
	for i, tier := range []struct {
		name string
		all  []interval
	}{{"turns", turns}, {"sentences", sentences}, {"words", words}} {
		all := fill(tier.all, end)
		fmt.Fprintf(&b, "    item [%d]:\n        class = \"IntervalTier\"\n        name = \"%s\"\n        xmin = 0\n        xmax = %s\n        intervals: size = %d\n",
			i+1, tier.name, praatTime(end), len(all))
		for k, v := range all {
			fmt.Fprintf(&b, "        intervals [%d]:\n            xmin = %s\n            xmax = %s\n            text = \"%s\"\n",
				k+1, praatTime(v.Start), praatTime(v.End), strings.ReplaceAll(v.text, `"`, `""`))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// praatUnit is the last digit of praatTime.
const praatUnit = time.Microsecond

func praatTime(t time.Duration) string { return fmt.Sprintf("%.6f", t.Seconds()) }

// fill covers [0, end) with the intervals, in order, and empty ones between them.
// The text of what has no time left joins its neighbour's; a tier has at least
// one interval.
func fill(all []interval, end time.Duration) []interval {
	var out []interval
	at, waiting := time.Duration(0), interval{} // the first ones without time
	for i, v := range all {
		v.Start = max(v.Start, at)
		if i+1 < len(all) {
			v.End = min(v.End, max(v.Start, all[i+1].Start))
		}
		switch n := len(out); {
		case v.End-v.Start >= praatUnit:
			if v.Start-at >= praatUnit {
				out = append(out, interval{Segment: audio.Segment{Start: at, End: v.Start}})
			} else {
				v.Start = at
			}
			v.text, waiting = waiting.with(v).text, interval{}
			out = append(out, v)
			at = v.End
		case n > 0:
			out[n-1] = out[n-1].with(v)
		default:
			waiting = waiting.with(v)
		}
	}
	if n := len(out); end-at < praatUnit && n > 0 {
		out[n-1].End = end
	} else {
		waiting.Segment = audio.Segment{Start: at, End: end}
		out = append(out, waiting)
	}
	return out
}

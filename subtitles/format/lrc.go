package format

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// lrcOwnTag names the program that made a file, and tells readers what even a short file is.
const lrcOwnTag = "[re:cuewright]"

// lrcUnit is the unit of times.
const lrcUnit = 10 * time.Millisecond

// lrcOwnTime is what looks like the time of a line where writeLRC keeps it from being one.
var lrcOwnTime = lazyRegexp(`^\[` + wordJoiner + `(` + lrcClock + `\])`)

// writeLRC writes lyrics (https://en.wikipedia.org/wiki/LRC_(file_format)): a cue is one line, with labels, behind the time of
// its start; where the next one does not follow at once, a time without text ends it. With the times of words
// each word that has one stands behind it, and the end of the cue behind the last word, as the enhanced
// form has it (A2). Cues of the same time are a hundredth of a second apart, and one that goes on when the next
// begins ends there: lyrics know no overlaps.
func writeLRC(w io.Writer, cues []Cue, o Options) error {
	var b bytes.Buffer
	b.WriteString(lrcOwnTag + "\n")
	before := o.before(cues)
	last, end := -lrcUnit, -lrcUnit // the start and the end of the cue before
	for i, cue := range cues {
		cue.Start, cue.End = max(o.down(cue.Start, lrcUnit), last+lrcUnit), o.down(cue.End, lrcUnit)
		if i > 0 && end < cue.Start {
			fmt.Fprintf(&b, "[%s]\n", lrcTimeOf(end))
		}
		cue.End = max(cue.End, cue.Start+lrcUnit)
		fmt.Fprintf(&b, "[%s]%s\n", lrcTimeOf(cue.Start), lrcText(cue, o.Label.rows(cue, before[i]), o.Words))
		last, end = cue.Start, cue.End
	}
	fmt.Fprintf(&b, "[%s]\n", lrcTimeOf(end))
	_, err := w.Write(b.Bytes())
	return err
}

// lrcText returns the text of a cue in one line, with the times of its words if they are asked for.
func lrcText(cue Cue, rows []row, words bool) string {
	var starts []time.Duration
	if words {
		clock := newWordClock(cue, lrcUnit)
		starts = clock.starts(rows)
	}
	var text strings.Builder
	timed := starts != nil
	if timed && starts[0] == 0 {
		starts[0] = cue.Start
	}
	for k, r := range rows {
		if k > 0 && (r.label != "" || len(r.words) == 0 || !r.words[0].Glued) {
			text.WriteByte(' ')
		}
		text.WriteString(disarm(r.label))
		for n, w := range r.words {
			if n > 0 && !w.Glued {
				text.WriteByte(' ')
			}
			if timed {
				if starts[0] > 0 {
					fmt.Fprintf(&text, "<%s>", lrcTimeOf(starts[0]))
				}
				starts = starts[1:]
			}
			text.WriteString(disarm(Clean(w.Text)))
		}
	}
	if timed {
		fmt.Fprintf(&text, "<%s>", lrcTimeOf(cue.End))
	}
	if line := text.String(); lrcTimes().MatchString(line) {
		return "[" + wordJoiner + line[1:]
	}
	return text.String()
}

// lrcTimeOf returns minutes, seconds and hundredths of them.
func lrcTimeOf(t time.Duration) string {
	n := int64(t.Round(lrcUnit) / lrcUnit)
	return fmt.Sprintf("%02d:%02d.%02d", n/6000, n/100%60, n%100)
}

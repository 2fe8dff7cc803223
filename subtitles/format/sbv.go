package format

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// sbvOwnBreak is what stands for a break in SBV where writeSBV keeps it from being one.
var sbvOwnBreak = lazyRegexp(`(?i)\[` + wordJoiner + `(br)\]`)

// writeSBV writes captions as YouTube has them (https://support.google.com/youtube/answer/2734698): a line of
// two times, lines of text with labels, and an empty one. There is no markup, and there are no escapes: a word joiner, which
// nobody sees, keeps text from being taken for what it is not, as in SubRip.
func writeSBV(w io.Writer, cues []Cue, o Options) error {
	var b bytes.Buffer
	before := o.before(cues)
	for i, cue := range cues {
		fmt.Fprintf(&b, "%s,%s\n", sbvClock(cue.Start), sbvClock(cue.End))
		for _, r := range o.Label.rows(cue, before[i]) {
			text := disarm(r.text)
			if sbvTimes().MatchString(text) {
				text = strings.Replace(text, ",", ","+wordJoiner, 1)
			}
			b.WriteString(sbvBreak().ReplaceAllStringFunc(text, func(m string) string { return "[" + wordJoiner + m[1:] }) + "\n")
		}
		b.WriteString("\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// sbvLine returns a line of text with its breaks as those of HTML, and without what writeSBV adds to it.
func sbvLine(line string) string {
	if plain := strings.Replace(line, ","+wordJoiner, ",", 1); sbvTimes().MatchString(plain) {
		return plain
	}
	return sbvOwnBreak().ReplaceAllString(sbvBreak().ReplaceAllString(line, "<br>"), "[$1]")
}

// sbvClock has at least one digit for the hours.
func sbvClock(t time.Duration) string { return strings.TrimPrefix(Clock(t, ".", 3), "0") }

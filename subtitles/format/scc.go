package format

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/subtitles/format/cea608"
)

// A file of Scenarist has lines of a time code and of words of four hexadecimal digits: what the first field of the
// frames from there on carries, a word each. Captions are sent to a memory that nobody sees, and shown at once by the
// frame that ends them; so one can't be shown before its words were sent, nor be sent before the one ahead of it is
// shown.

// sccStandard is what people call the captions.
const sccStandard = "CEA-608"

// sccTitle is the first line of a file.
const sccTitle = "Scenarist_SCC V1.0"

// sccLine is a time code and words. Behind a semicolon, or what else is no colon, the count of frames drops numbers.
var sccLine = lazyRegexp(`^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})([:;.,])(\d{1,2})\s+(.*)$`)

func isSCC(text string) bool { return strings.HasPrefix(headOf(text), sccTitle) }

// sccRate is the only rate of line 21: that of NTSC.
func sccRate() FrameRate { return FrameRate{30000, 1001} }

// The numbers that time codes drop (SMPTE ST 12-1): two in each minute but for each tenth one, so that they are
// behind the clock by a frame in half an hour.
const (
	sccMinute    = 60*30 - 2
	sccTenth     = 10*sccMinute + 2
	sccDay       = 24 * 6 * sccTenth // from where on they would begin again
	sccPerSecond = 30
)

// sccTime returns the time code of a frame.
func sccTime(frame int64) string {
	tenths, rest := frame/sccTenth, frame%sccTenth
	frame += 18 * tenths
	if rest >= 2 {
		frame += 2 * ((rest - 2) / sccMinute)
	}
	s := frame / sccPerSecond
	return fmt.Sprintf("%02d:%02d:%02d;%02d", s/3600, s/60%60, s%60, frame%sccPerSecond)
}

// sccFrame is the inverse of sccTime for the groups of sccLine. Without dropped numbers the labels of a second are
// those of 1.001 seconds.
func sccFrame(m []string) int64 {
	var n [6]int64
	for i := range n {
		n[i], _ = strconv.ParseInt(m[i], 10, 64) // of at most three digits, or the mark between them
	}
	minutes := 60*n[1] + n[2]
	frame := (60*minutes+n[3])*sccPerSecond + n[5]
	if m[4] != ":" {
		frame -= 2 * (minutes - minutes/10)
	}
	return max(0, frame)
}

// sccCaption is a caption as it is sent: frames are counted from 0.
type sccCaption struct {
	start, end int64 // of what is seen
	words      []cea608.Pair
}

// writeSCC writes captions that are loaded behind the one ahead of them, and then shown at their time or, if there was
// not enough of it, as soon as they are there.
func writeSCC(w io.Writer, cues []Cue, o Options) error {
	look := func(s Style) Style { return Style{Italic: s.Italic, Underline: s.Underline, Color: gridColor(s.Color)} }
	g := &grid{columns: cea608.Columns, rows: 4, look: look, replacer: &replacer{has: cea608.Has}}
	g.width = func(cells []cell) int { return cea608.Width(sccCells(cells)) }
	screens, overlaps, err := g.screens(cues, o, sccStandard)
	if err != nil {
		return err
	}
	var captions []sccCaption
	for _, s := range screens {
		captions = append(captions, sccCaption{o.FrameRate.Frame(s.Start), o.FrameRate.Frame(s.End), cea608.Load(sccRows(s))})
	}
	g.tell(sccStandard, o)
	warnOverlaps(o, overlaps)
	lines, late, latest := sccSchedule(captions)
	if last := lines[len(lines)-1]; last.start+int64(len(last.words)) > sccDay {
		return fmt.Errorf("%s: time codes end at 24 hours: part the captions", sccStandard)
	}
	if late > 0 {
		o.warn("%s later than asked for, by up to %.2f s: a caption is sent before it is shown, at %.0f characters a second",
			appear(late), o.FrameRate.Time(latest).Seconds(), 2*30/1.001)
	}
	var b strings.Builder
	b.WriteString(sccTitle + "\n")
	for _, l := range lines {
		b.WriteString("\n" + sccTime(l.start) + "\t")
		for i, p := range l.words {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(p.String())
		}
		b.WriteByte('\n')
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// appear returns that so many cues appear.
func appear(n int) string {
	if n == 1 {
		return "1 cue appears"
	}
	return fmt.Sprintf("%d cues appear", n)
}

// warnOverlaps tells that cues were shown at the same time, which the format can't.
func warnOverlaps(o Options, n int) {
	if n > 0 {
		o.warn("%s began before the one ahead had ended: the screen holds one at a time, so the one ahead leaves early, or they share it",
			counted(n, "cue"))
	}
}

// sccSchedule returns the lines of a file, in which captions are shown and erased, and how many of them appear later
// than they should, and by how many frames at most. The codes that do so have lines of their own: readers that count
// frames and those that do at once what a line says, as ffmpeg does, show them at the same time.
func sccSchedule(captions []sccCaption) (lines []sccCaption, late int, latest int64) {
	const (
		code     = 2  // frames of a control code, which is sent twice
		shortest = 20 // frames, for which a caption that is late is shown
	)
	add := func(frame int64, words ...cea608.Pair) {
		if len(words) > 0 {
			lines = append(lines, sccCaption{start: frame, words: words})
		}
	}
	twice := func(frame int64, p cea608.Pair) { add(frame, p, p) }
	free, hold := int64(0), int64(0) // the first free frame, and the first in which what is shown may be replaced
	erase := int64(-1)               // where it has to go; -1 for nowhere
	for _, c := range captions {
		length := int64(len(c.words))
		start := max(c.start, free+length, hold)
		erased := erase >= 0 && start >= erase+code
		if erased {
			start = max(start, free+length+code)
		}
		if start > c.start {
			late++
			latest = max(latest, start-c.start)
		}
		switch begin := start - length; {
		case !erased:
			add(begin, c.words...)
		case begin >= erase+code:
			twice(erase, cea608.EraseDisplayed)
			add(begin, c.words...)
		default: // it is loaded around the code that erases what is shown
			before := length - (start - erase - code)
			if sccRepeats(c.words, int(before)) {
				before++ // a code and its repetition must not be parted
				erase++
			}
			add(erase-before, c.words[:before]...)
			twice(erase, cea608.EraseDisplayed)
			add(erase+code, c.words[before:]...)
		}
		twice(start, cea608.EndOfCaption)
		free = start + code
		hold = start + min(shortest, c.end-c.start)
		erase = max(c.end, free, hold)
	}
	if erase >= 0 {
		twice(erase, cea608.EraseDisplayed)
	}
	return lines, late, latest
}

// sccRepeats reports whether word i is a control code and the repetition of the one before.
func sccRepeats(words []cea608.Pair, i int) bool {
	n := 0 // of the same words before it
	for i < len(words) && i-n-1 >= 0 && words[i-n-1] == words[i] {
		n++
	}
	return n%2 == 1 && words[i].IsControl()
}

// sccColors are the names that Style has for colours, in the order of those of cea608.
var sccColors = []string{"", "lime", "blue", "cyan", "red", "yellow", "magenta"}

// sccCells returns cells as they are sent.
func sccCells(cells []cell) []cea608.Cell {
	all := make([]cea608.Cell, len(cells))
	for i, c := range cells {
		color := cea608.Color(slices.Index(sccColors, c.look.Color))
		all[i] = cea608.Cell{Rune: c.text, Style: cea608.Style{Color: color, Italic: c.look.Italic, Underline: c.look.Underline}}
	}
	return all
}

// sccRows returns the rows of a screen at their places.
func sccRows(s screenful) []cea608.Row {
	first := cea608.Rows + 1 - len(s.rows)
	switch {
	case s.key > 6:
		first = 1
	case s.key > 3:
		first = (cea608.Rows-len(s.rows))/2 + 1
	}
	var rows []cea608.Row
	for i, cells := range s.rows {
		r := cea608.Row{Number: first + i, Cells: sccCells(cells)}
		free := cea608.Columns - cea608.Width(r.Cells)
		switch s.key % 3 {
		case 2:
			r.Column = free / 2
		case 0:
			r.Column = free
		}
		rows = append(rows, r)
	}
	return rows
}

// sccReader makes cues of what is seen.
type sccReader struct {
	file    *File
	decoder cea608.Decoder
	cue     Cue   // what is seen
	since   int64 // the frame from which on; -1 where nothing is
	rows    []cea608.Row
}

// readSCC reads captions of the first channel, whether they pop on, roll up or are painted on.
func readSCC(text string) (*File, error) {
	r := &sccReader{file: &File{}, since: -1}
	at := int64(0)
	for i, line := range strings.Split(text, "\n") {
		m := sccLine().FindStringSubmatch(line)
		words := line
		if m != nil {
			at, words = sccFrame(m), m[6]
			r.decoder.Gap()
		} else if before, _, ok := strings.Cut(line, "\t"); ok && strings.Contains(before, ":") {
			words = line[len(before):]
			r.file.warn(NoTime, i+1, "the time code can't be read, "+quotedLine(line)+": what it shows follows the line above")
		}
		for word := range strings.FieldsSeq(words) {
			p, err := cea608.ParsePair(word)
			if err != nil {
				continue
			}
			r.do(r.decoder.Decode(p), at, i+1)
			at++
		}
	}
	r.end(at + sccRate().Frame(openEnded))
	return r.file, nil
}

// do does what a frame did to what is seen.
func (r *sccReader) do(e cea608.Event, frame int64, number int) {
	switch e {
	case cea608.Nothing:
		return
	case cea608.Written:
	default:
		r.end(frame)
		if e == cea608.Rolled {
			return
		}
	}
	if r.rows = r.decoder.Screen(); len(r.rows) > 0 && r.since < 0 {
		r.since, r.cue = frame, Cue{Confidence: 1, Number: number}
	}
}

// end ends what is seen.
func (r *sccReader) end(frame int64) {
	if r.since < 0 {
		return
	}
	c := r.cue
	at := func(frame int64) time.Duration { return sccRate().Time(frame).Round(time.Millisecond) }
	c.Segment = r.file.segment(at(r.since), at(frame), c.Number, "give it a later end")
	for _, row := range r.rows {
		cells := make([]cell, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = cell{c.Rune, Style{Italic: c.Italic, Underline: c.Underline, Color: sccColors[c.Color]}}
		}
		c.Lines = append(c.Lines, fromCells(c.Number, cells))
	}
	c.Settings = anchored(sccKey(r.rows))
	r.file.Cues = append(r.file.Cues, c)
	r.since = -1
}

// sccKey returns where rows stand, as on a keypad. At the left or the right they are where all of them touch that edge,
// but for the column of a code, and one leaves room at the other.
func sccKey(rows []cea608.Row) int {
	key := 2
	switch first, last := rows[0].Number, rows[len(rows)-1].Number; {
	case last <= cea608.Rows/3+1:
		key = 8
	case first > cea608.Rows/3 && last <= 2*cea608.Rows/3:
		key = 5
	}
	left, right, skew := 0, 0, 0 // the most columns before and behind a row, and the most that these differ by
	for _, r := range rows {
		behind := cea608.Columns - r.Column - len(r.Cells)
		left, right = max(left, r.Column), max(right, behind)
		skew = max(skew, behind-r.Column, r.Column-behind)
	}
	switch {
	case left <= 1 && skew > 2:
		return key - 1
	case right <= 1 && skew > 2:
		return key + 1
	}
	return key
}

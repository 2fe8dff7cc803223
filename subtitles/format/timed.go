package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// WebVTT and SubRip have cues of the same build: a line of times, and below it lines
// of text. What is found of it in the wild is read, too: hours left out, a full stop
// for a comma, short arrows, dashes for hyphens, and more, see readOddTimes.

// block is a cue as it stands in such a file.
type block struct {
	number      int    // of the line of its times
	start, stop string // its times, "" where they can't be read
	written     string // the line of its times
	id          string // the line above it, in WebVTT
	first, end  int    // of its lines, in those of the scanner
}

const cueTime = `((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?)`

var (
	timeLine = lazyRegexp(`^\s*` + cueTime + `\s*` + arrow + `\s*` + cueTime + `(?:\s.*)?$`)
	halfLine = lazyRegexp(`^\s*[\d.,]*\d:[\d:.,]*\s*-->`)
	number   = lazyRegexp(`^\s*\p{Nd}+\s*$`)
)

// isTimeLine reports whether line has the times of a cue.
func isTimeLine(line string) bool {
	return strings.IndexByte(line, '>') >= 0 && timeLine().MatchString(line)
}

// parseCueTime reads a time that matches cueTime, or has a minus before that, to the
// millisecond.
func parseCueTime(s string) time.Duration {
	if after, ok := strings.CutPrefix(s, "-"); ok {
		return -parseCueTime(after)
	}
	var t time.Duration
	clock, fraction, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	for part := range strings.SplitSeq(clock, ":") {
		n, _ := strconv.Atoi(part) // at most four digits
		t = 60*t + time.Duration(n)*time.Second
	}
	unit := time.Second
	for _, digit := range fraction {
		unit /= 10
		t += time.Duration(digit-'0') * unit
	}
	return t.Round(time.Millisecond)
}

// scanner finds the cues of WebVTT and SubRip and what stands between them.
type scanner struct {
	vtt    bool
	lines  []string
	texts  []textLine // of all blocks, which share their memory
	blocks []block
	notes  []Note
	place  place
	above  Note // a line outside of cues: the number or identifier of the cue to come
	around Surroundings
	header bool     // what is read is the header of WebVTT
	last   int      // the number of the last cue
	filled int      // the last line that is not blank, counted from 1
	fenced bool     // what is read stands between two lines such as isFence knows
	aside  []string // the lines of the last block of around
}

// place is where a scanner stands.
type place int

const (
	outside place = iota // before a cue's times
	inside               // in a cue's text
	comment              // in a comment, a style, a region, or the header
)

// scan finds the blocks of a file. A cue of SubRip goes on up to the number before the
// next times, since some files have empty lines within a cue; one of WebVTT ends at
// an empty line, unless text follows that nothing else can be.
func scan(text string, vtt bool) *scanner {
	s := &scanner{vtt: vtt, lines: strings.Split(text, "\n")}
	s.texts = make([]textLine, 0, len(s.lines))
	for i, line := range s.lines {
		s.line(i)
		if strings.TrimSpace(line) != "" {
			s.filled = i + 1
		}
	}
	if s.takeNumber(len(s.lines)) {
		s.above.Stray = true // of a cue that is not there
	}
	s.stray()
	s.endBlock()
	return s
}

// opensFile reports whether WebVTT begins in line i. Where files were joined, each but the
// first one does behind an empty line.
func (s *scanner) opensFile(i int) bool {
	title, ok := strings.CutPrefix(s.lines[i], "WEBVTT")
	if title = strings.TrimSpace(title); !ok || i == 0 {
		return ok && s.vtt
	}
	return strings.TrimSpace(s.lines[i-1]) == "" && (title == "" || title == "FILE" || strings.HasPrefix(title, "- "))
}

// openFile reads the first line of WebVTT.
func (s *scanner) openFile(line string, i int) {
	s.place, s.header = comment, true
	title := Clean(strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(line, "WEBVTT")), "- "))
	if title != "" {
		s.notes = append(s.notes, Note{Text: title, Number: i + 1})
		s.around.Metadata = append(s.around.Metadata, Field{"title", title})
	}
}

// lacksTimes reports whether line i, below an empty one, is the number of the next cue of
// SubRip, and text follows where its times should stand.
func (s *scanner) lacksTimes(i int) bool {
	if s.vtt || i == 0 || i+1 == len(s.lines) || len(s.blocks) == 0 || s.place != inside || !number().MatchString(s.lines[i]) {
		return false
	}
	n, ok := numberOf(s.lines[i])
	next := s.lines[i+1]
	return ok && n == s.last+1 && strings.TrimSpace(s.lines[i-1]) == "" && strings.TrimSpace(next) != "" && !opensCue(next) &&
		!strings.Contains(next, "-->") && timesShape(plainFigures(next)) == noTimes
}

// isFence reports whether a line is of Markdown, which chat programs put around a file.
func isFence(text string) bool {
	rest, ok := strings.CutPrefix(text, "```")
	return ok && !strings.ContainsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// cueNumber is the number of a cue as some write it, such as #2 or 2.
var cueNumber = lazyRegexp(`^\s*[#№]?\s*(\d{1,9})\s*[.):]?\s*$`)

// numberOf returns the number that a line is.
func numberOf(line string) (n int, ok bool) {
	m := cueNumber().FindStringSubmatch(plainFigures(line))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

// isNext reports whether a line is the number of the next cue.
func (s *scanner) isNext(line string) bool {
	n, ok := numberOf(line)
	return ok && (n == s.last+1 || n == len(s.blocks)+1)
}

// takeNumber takes the number of the cue that begins on line i off the text of the cue before,
// and reports whether there is one. Where an empty line is below it, or it has marks, it is
// known by the one before it and by an empty line above it. Past the last line, no cue begins.
func (s *scanner) takeNumber(i int) bool {
	if len(s.blocks) == 0 {
		return false
	}
	b := &s.blocks[len(s.blocks)-1]
	if b.end == b.first || s.texts[b.end-1].number != s.filled {
		return false
	}
	last := s.texts[b.end-1]
	if last.number == b.number {
		return false // which stands behind its times
	}
	above := last.number - 1 // the line, counted from 0
	plain := above == i-1 && i < len(s.lines) && number().MatchString(last.text)
	if !plain && (strings.TrimSpace(s.lines[above-1]) != "" || !s.isNext(last.text)) {
		return false
	}
	b.end--
	s.above = Note{Text: Clean(last.text), Number: last.number}
	return true
}

// takeArrow takes a line with an arrow right above the times of the cue on line i off the text
// of the cue before, which it ends in WebVTT.
func (s *scanner) takeArrow(i int) {
	if !s.vtt || i == 0 || !strings.Contains(s.lines[i-1], "-->") {
		return
	}
	n := len(s.blocks) - 1
	if s.place != inside || s.blocks[n].end == s.blocks[n].first || s.texts[s.blocks[n].end-1].number != i {
		return
	}
	s.blocks[n].end--
	s.notes = append(s.notes, Note{Text: Clean(s.lines[i-1]), Number: i, Stray: true})
}

// settingsOnly is what a line of times has behind them in most files: nothing, or the place of the cue.
var settingsOnly = lazyRegexp(`^(?:\s+[\pL\d]+:\S+)*\s*$`)

// takeBeside takes what stands behind the times on line i for the text of the cue where there is
// none below: programs that print what they hear write a cue on a line.
func (s *scanner) takeBeside(i int, stop string) {
	_, rest, _ := strings.Cut(s.lines[i], ">")
	_, rest, ok := strings.Cut(rest, stop)
	if !ok || stop == "" || settingsOnly().MatchString(rest) || !strings.ContainsFunc(rest, unicode.IsLetter) {
		return
	}
	if i+1 < len(s.lines) && strings.TrimSpace(s.lines[i+1]) != "" && !opensCue(s.lines[i+1]) {
		return
	}
	s.texts = append(s.texts, textLine{number: i + 1, text: strings.TrimSpace(rest)})
	s.blocks[len(s.blocks)-1].end = len(s.texts)
}

// line reads line i, counted from 0.
func (s *scanner) line(i int) {
	line, n := s.lines[i], len(s.blocks)-1
	text := strings.TrimSpace(line)
	start, stop, ok := s.times(i)
	switch {
	case ok:
		s.takeNumber(i)
		s.takeArrow(i)
		if v, ok := numberOf(s.above.Text); ok {
			s.last = v
		} else {
			s.last++
		}
		s.blocks = append(s.blocks, block{
			number: i + 1, start: start, stop: stop, written: line, id: s.above.Text, first: len(s.texts), end: len(s.texts),
		})
		s.above = Note{} // the number or identifier of this cue
		s.place = inside
		s.takeBeside(i, stop)
	case s.lacksTimes(i):
		s.last++
		s.blocks = append(s.blocks, block{number: i + 1, first: len(s.texts), end: len(s.texts)})
		s.place = inside
	case s.opensFile(i):
		s.stray()
		s.openFile(line, i)
	case isFence(text) && (s.fenced || len(s.blocks) == 0 && s.place == outside):
		s.fenced = !s.fenced
		s.stray()
		s.notes = append(s.notes, Note{Text: Clean(text), Number: i + 1})
		s.place, s.header = outside, false
	case s.place == inside && text != "":
		s.texts = append(s.texts, textLine{number: i + 1, text: line})
		s.blocks[n].end = len(s.texts)
	case s.place == inside && (!s.vtt || line != "" || s.goesOn(i+1)):
	case text == "":
		if !s.isNext(s.above.Text) {
			s.stray()
		}
		s.place, s.header = outside, false
	case s.place == comment || isComment(text):
		s.stray()
		s.keep(line, i+1)
		s.place = comment
		if text = Clean(strings.TrimPrefix(text, "NOTE")); text != "" {
			s.notes = append(s.notes, Note{Text: text, Number: i + 1})
		}
	default:
		s.stray()
		s.above = Note{Text: Clean(text), Number: i + 1, Stray: true}
	}
}

// goesOn reports whether the lines from i on, which an empty one stands before, go on
// with the cue: one of the first two is text, no comment, and not the identifier of
// the next cue, which stands right above its times.
func (s *scanner) goesOn(i int) bool {
	for k := i; k < min(i+2, len(s.lines)); k++ {
		text := strings.TrimSpace(s.lines[k])
		if text == "" {
			continue
		}
		if opensCue(text) || isComment(text) {
			return false
		}
		return k+1 >= len(s.lines) || !opensCue(s.lines[k+1])
	}
	return false
}

// opensCue reports whether a line at the top of a block has the times of a cue, be they
// legible or not.
func opensCue(line string) bool {
	line = plainFigures(line)
	_, _, times := cueTimes(line)
	return times || timesShape(line) >= arrowed
}

// times reads the times of the cue on line i, counted from 0; ok says that it has such,
// and both are "" where they can't be read.
func (s *scanner) times(i int) (start, end string, ok bool) {
	line := plainFigures(s.lines[i])
	if start, end, ok = cueTimes(line); start != "" {
		return start, end, ok
	}
	switch timesShape(line) {
	case pointed:
		ok = true
	case arrowed:
		ok = ok || s.atTop(i) || s.underNumber(i)
	case twoClocks:
		ok = ok || s.underNumber(i)
	default:
		ok = ok || strings.Contains(line, "-->") && s.underNumber(i)
	}
	if ok {
		start, end, _ = readOddTimes(line)
	}
	return start, end, ok
}

// atTop reports whether line i is the first of a block of several lines, but for an
// identifier.
func (s *scanner) atTop(i int) bool {
	first := s.place == outside || s.place == inside && strings.TrimSpace(s.lines[i-1]) == ""
	return first && i+1 < len(s.lines) && strings.TrimSpace(s.lines[i+1]) != ""
}

// underNumber reports whether line i stands below the number of a cue, which an empty line
// keeps apart from the text of another one.
func (s *scanner) underNumber(i int) bool {
	if i == 0 || s.place == comment || !number().MatchString(s.lines[i-1]) && !s.isNext(s.lines[i-1]) {
		return false
	}
	return s.place == outside || strings.TrimSpace(s.lines[i-2]) == ""
}

// cueTimes reads the times of a cue; ok says that line has such, and both are "" where
// they can't be read.
func cueTimes(line string) (start, end string, ok bool) {
	if strings.IndexByte(line, '>') < 0 {
		return "", "", false
	}
	if m := timeLine().FindStringSubmatch(line); m != nil {
		return m[1], m[2], true
	}
	return "", "", halfLine().MatchString(line)
}

// stray notes a line that turned out to be no identifier.
func (s *scanner) stray() {
	if s.above.Text != "" {
		s.notes = append(s.notes, s.above)
	}
	s.above = Note{}
}

// headerName is the name of a field in a header of WebVTT.
var headerName = lazyRegexp(`^[\pL][\pL\pN _-]*$`)

// keep keeps a line of the header, or of a block that is no cue.
func (s *scanner) keep(line string, number int) {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	switch {
	case s.header:
		name, value, ok := strings.Cut(Clean(line), ":")
		if !ok || !headerName().MatchString(name) {
			name, value = "", Clean(line)
		}
		f := Field{name, strings.TrimSpace(value)}
		if len(s.blocks) == 0 || !slices.Contains(s.around.Metadata, f) { // in files that were joined
			s.around.Metadata = append(s.around.Metadata, f)
		}
	case s.place == comment:
		s.aside = append(s.aside, line)
	default:
		s.endBlock()
		kind, text, _ := strings.Cut(strings.Replace(strings.TrimSpace(line), "\t", " ", 1), " ")
		s.around.Blocks = append(s.around.Blocks,
			Block{Kind: map[string]BlockKind{"STYLE": StyleSheet, "REGION": Region}[kind], Number: number})
		if text = strings.TrimSpace(text); text != "" || kind == "NOTE" {
			s.aside = append(s.aside, text)
		}
	}
}

// endBlock gives the last block of around its text.
func (s *scanner) endBlock() {
	if n := len(s.around.Blocks); n > 0 && len(s.aside) > 0 {
		s.around.Blocks[n-1].Text = strings.Join(s.aside, "\n")
	}
	s.aside = s.aside[:0]
}

// isComment reports whether a block of WebVTT that begins with text is no cue.
func isComment(text string) bool {
	return text == "NOTE" || strings.HasPrefix(text, "NOTE ") || strings.HasPrefix(text, "NOTE\t") ||
		text == "STYLE" || text == "REGION"
}

// read returns the cues of the blocks that s found, and what stands between them.
func (m markup) read(s *scanner) (*File, error) {
	f := &File{Notes: s.notes, Around: s.around}
	r := &markupReader{}
	for i, b := range s.blocks {
		c := b.cue(f)
		if n, ok := numberOf(b.id); ok && n == 1 && i > 0 && c.End > c.Start && c.Start < f.Cues[i-1].Start {
			f.warn(NoTime, b.number, "numbers and times begin anew: these seem to be two files, whose cues are mixed")
		}
		lines := s.texts[b.first:b.end]
		b.warnHidden(f, s, lines)
		if s.vtt {
			c.takePlace(lines)
		} else {
			dropPairs(lines)
		}
		if !s.vtt || strings.Contains(c.ID, "-->") {
			c.ID = "" // a number, or what no identifier may be
		}
		c.Lines = m.lines(r, &c, lines)
		c.Source = b.source(c, s, lines)
		f.Cues = append(f.Cues, c)
	}
	return f, nil
}

// htmlBreak is a line break of HTML.
var htmlBreak = lazyRegexp(`(?i)<br\s*/?>`)

// inlineTime is a time in the text of a cue, which moves with it.
var inlineTime = lazyRegexp(`<[\d:]+[.,]\d+>`)

// source returns the cue of the block as its file has it, from behind its times on; "" where
// its lines should not be written as they are: with control characters, with empty lines
// between them, with what ends a cue, or with line breaks of HTML, which no player takes for
// one. Only WebVTT knows times within text.
func (b block) source(c Cue, s *scanner, lines []textLine) string {
	if len(lines) == 0 {
		return ""
	}
	settings := " " + c.Settings.String()
	_, behind, _ := strings.Cut(b.written, ">")
	if _, rest, ok := strings.Cut(behind, b.stop); ok && b.stop != "" && !strings.Contains(rest, ">") {
		settings = rest
	}
	var all strings.Builder
	all.WriteString(strings.TrimRight(settings, " \t"))
	before := b.number
	for _, l := range lines {
		if l.number != before+1 || strings.Contains(l.text, "-->") || isTimeLine(l.text) || htmlBreak().MatchString(l.text) ||
			!s.vtt && inlineTime().MatchString(l.text) {
			return ""
		}
		before = l.number
		all.WriteString("\n" + l.text)
	}
	source := all.String()
	if strings.ContainsFunc(source, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return ""
	}
	return source
}

// warnHidden warns of lines behind an empty one, which players of WebVTT don't show.
func (b block) warnHidden(f *File, s *scanner, lines []textLine) {
	before := b.number
	for _, l := range lines {
		if s.vtt && slices.Contains(s.lines[before:max(before, l.number-1)], "") {
			f.warn(Hidden, l.number, "text behind an empty line, which ends a cue of WebVTT: players don't show it")
			return
		}
		before = l.number
	}
}

// cue returns the cue of the block without its text, and warns of its times.
func (b block) cue(f *File) Cue {
	c := Cue{Confidence: 1, Number: b.number, ID: b.id, Settings: parseSettings(b.written)}
	if b.start == "" && b.written == "" {
		f.warn(LeftOut, b.number, "the cue has no times: "+timesAdvice)
		return c
	}
	if b.start == "" {
		f.warn(LeftOut, b.number, fmt.Sprintf("the times of the cue can't be read, %s: %s", quotedLine(b.written), timesAdvice))
		return c
	}
	known := len(f.Warnings)
	c.Segment = f.segment(parseCueTime(b.start), parseCueTime(b.stop), b.number, "give it a later end")
	if len(f.Warnings) == known && !plainTimes().MatchString(b.written) {
		f.warn(OddTimes, b.number, "the times have another form than 00:00:01.000 --> 00:00:02.500")
	}
	return c
}

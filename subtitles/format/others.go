package format

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/audio"
)

// other is a kind of captions that has neither a root element nor a line that opens it, so that a page of text may look like
// it. A new one is a row in others, and one that is written is a row in codecs, too.
type other struct {
	name string
	is   func(head []string) bool       // by the first lines that aren't blank, without a doubt
	read func(lines []string) (f *File) // nil for what is none
}

// others returns the kinds of captions that ReadOther reads: SBV, as YouTube writes it
// (https://support.google.com/youtube/answer/2734698), with SubViewer, from which it comes;
// MicroDVD and MPL2, see readFrames; and LRC, lyrics with a time before each line
// (https://en.wikipedia.org/wiki/LRC_(file_format)).
func others() []other {
	return []other{{"SBV", isSBV, readSBV}, {"MicroDVD", isFrames, readFrames}, {"LRC", isLRC, readLRC}}
}

// ReadOther reads a decoded file of such a kind, where captions are asked for, or
// OtherName names the kind. ok is false for any other file.
func ReadOther(text string) (f *File, ok bool) {
	lines := strings.Split(text, "\n")
	for _, o := range others() {
		if f := o.read(lines); f != nil {
			f.finish()
			return f, true
		}
	}
	return nil, false
}

// otherReader returns the reader of a kind of others for those who know that a file is of it.
func otherReader(read func(lines []string) *File) func(text string) (*File, error) {
	return func(text string) (*File, error) {
		if f := read(strings.Split(text, "\n")); f != nil {
			return f, nil
		}
		return &File{}, errors.New("there are no cues of its format")
	}
}

// OtherName returns the name of the kind of a decoded file that ReadOther reads, where the file is
// nothing else without a doubt; "" for any other. Pages of text may hold times before their lines, too.
func OtherName(text string) string {
	const most = 40
	var head []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			head = append(head, line)
		}
		if len(head) == most {
			break
		}
	}
	if len(head) == 0 {
		return ""
	}
	for _, o := range others() {
		if o.is(head) {
			return o.name
		}
	}
	return ""
}

// finish reads what all formats write alike in the text of cues.
func (f *File) finish() {
	for i := range f.Cues {
		markSound(f.Cues[i].Lines)
		timeWords(&f.Cues[i])
	}
	glueLines(f.Cues)
}

// Entry is what one person says in one entry of the export of another program.
type Entry struct {
	audio.Segment
	Speaker, Text string        // the segment is empty where the file has no time for it
	Number        int           // as that of a Cue
	Unit          time.Duration // likewise
	Shared        bool          // likewise
}

// FromEntries returns a file with a cue for each entry.
func FromEntries(entries []Entry) *File {
	f := &File{}
	for _, e := range entries {
		c := Cue{Confidence: 1, Number: e.Number, Unit: e.Unit, Shared: e.Shared}
		c.Lines = namedLines(rowsOf(e.Speaker, e.Text), e.Number)
		if e.Segment == (audio.Segment{}) {
			f.warn(LeftOut, e.Number, "it has no time: give it one")
		} else {
			c.Segment = f.segment(e.Start.Round(time.Millisecond), e.End.Round(time.Millisecond), e.Number, "give it a later end")
		}
		f.Cues = append(f.Cues, c)
	}
	f.finish()
	return f
}

var (
	sbvTimes  = lazyRegexp(`^\s*(\d{1,3}:\d{2}:\d{2}[.:]\d{1,3})\s*,\s*(\d{1,3}:\d{2}:\d{2}[.:]\d{1,3})\s*$`)
	sbvHeader = lazyRegexp(`^\[[A-Z][A-Z ]*\]`) // of SubViewer, such as [INFORMATION] or [TITLE]
	sbvBreak  = lazyRegexp(`(?i)\[br\]`)
)

// isSBV reports whether nothing but the head of SubViewer stands above the times of a cue.
func isSBV(head []string) bool {
	for _, line := range head {
		if sbvTimes().MatchString(line) {
			return true
		}
		if !sbvHeader().MatchString(line) {
			return false
		}
	}
	return false
}

// readSBV reads cues of a line of times and lines of text, which may have empty ones between
// them as those of SubRip; nil for what is none.
func readSBV(lines []string) *File {
	f := &File{}
	var look Style
	var read []textLine // of the last cue
	marks := srtMarks(false)
	r := &markupReader{}
	end := func() {
		if n := len(f.Cues); n > 0 {
			f.Cues[n-1].Lines = marks.lines(r, &f.Cues[n-1], read)
			f.Cues[n-1].look(look)
		}
		read = read[:0]
	}
	for i, line := range lines {
		m := sbvTimes().FindStringSubmatch(line)
		text := strings.TrimFunc(line, isBlank)
		switch {
		case m != nil:
			end()
			c := Cue{Confidence: 1, Number: i + 1}
			c.Segment = f.segment(sbvTime(m[1]), sbvTime(m[2]), i+1, "give it a later end")
			f.Cues = append(f.Cues, c)
		case text == "":
		case len(f.Cues) > 0:
			read = append(read, textLine{i + 1, sbvLine(text)})
		case !sbvHeader().MatchString(text):
			return nil
		default:
			f.Notes = append(f.Notes, Note{Text: Clean(text), Number: i + 1})
			look = f.readHeader(text, look)
		}
	}
	if len(f.Cues) == 0 {
		return nil
	}
	end()
	return f
}

// readHeader reads a line of the header of SubViewer: what tells of the file, or how all of its
// text looks, as in [COLF]&HFFFFFF,[STYLE]bd,[SIZE]18,[FONT]Arial.
func (f *File) readHeader(line string, look Style) Style {
	for _, field := range sbvField().FindAllStringSubmatch(line, -1) {
		name, value := strings.ToLower(field[1]), strings.TrimSpace(field[2])
		switch name {
		case "colf":
			look.Color = assColor(strings.TrimSuffix(value, ","))
		case "style":
			look.Bold, look.Italic = strings.Contains(value, "bd"), strings.Contains(value, "it")
			look.Underline = strings.Contains(value, "un")
		case "title", "author", "source", "comment", "prg":
			if value != "" && strings.HasPrefix(line, field[0]) {
				f.Around.Metadata = append(f.Around.Metadata, Field{name, Clean(value)})
			}
		}
	}
	return look
}

var sbvField = lazyRegexp(`\[([A-Z ]+)\]([^\[]*)`)

// look gives all words of a cue a look below their own.
func (c *Cue) look(s Style) {
	if s == (Style{}) {
		return
	}
	for _, l := range c.Lines {
		restyle(l.Words, s.over)
	}
}

// sbvTime reads hours, minutes, seconds and their fraction.
func sbvTime(s string) time.Duration { return colonTime(s, 3) }

// colonTime reads a time of that many numbers before their fraction, which some write behind a
// colon.
func colonTime(s string, numbers int) time.Duration {
	if i := strings.LastIndexByte(s, ':'); strings.Count(s, ":") == numbers {
		s = s[:i] + "." + s[i+1:]
	}
	return parseCueTime(s)
}

const lrcClock = `\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?`

var (
	lrcTimes = lazyRegexp(`^(?:\[` + lrcClock + `\]\s*)+`)
	lrcTime  = lazyRegexp(`[\[<](` + lrcClock + `)[\]>]`)
	lrcWord  = lazyRegexp(`<` + lrcClock + `>`)
	lrcTag   = lazyRegexp(`^\[([A-Za-z#]+):(.*)\]$`)

	lrcKnown   = lazyRegexp(`(?i)^\[(ti|ar|al|au|by|la|length|offset|re|tool|ve|#):(.*)\]$`)
	lrcPrecise = lazyRegexp(`^\[\d{1,3}:\d{2}[.]\d{2,3}\]`) // as times before the lines of a page hardly are
)

// lrcFields are the tags that tell of a file.
var lrcFields = map[string]string{"ti": "title", "ar": "artist", "al": "album", "au": "author", "lr": "lyricist", "by": "by"}

// isLRC reports whether most lines begin with times, and these have fractions, or a tag stands
// above them.
func isLRC(head []string) bool {
	timed, precise, tags := 0, 0, 0
	for _, line := range head {
		if lrcKnown().MatchString(line) {
			tags++
		}
		if lrcTimes().MatchString(line) {
			timed++
		}
		if lrcPrecise().MatchString(line) {
			precise++
		}
	}
	return timed > 0 && lrcKnown().MatchString(head[0]) && (timed+tags)*4 >= len(head)*3 ||
		precise >= 3 && precise*4 >= len(head)*3
}

// lrcLine is a line of lyrics as it stands in the file, with those below it that have no time.
type lrcLine struct {
	times string
	rows  []textLine
}

// readLRC reads lines that times in square brackets stand before, several of them where a
// line recurs, and times in angle brackets before words. A line without times goes on with the one
// above it. A line lasts until the next one, and the last one for as long as a line does, five
// seconds. nil for what is none.
func readLRC(lines []string) *File {
	f := &File{}
	var timed []lrcLine
	others, tags := 0, 0
	offset := time.Duration(0) // by which all of it comes later than it says; the file says by how much earlier
	for i, line := range lines {
		line = strings.TrimFunc(line, isBlank)
		times := lrcTimes().FindString(line)
		tag := lrcTag().FindStringSubmatch(line)
		switch {
		case times != "":
			timed = append(timed, lrcLine{times, []textLine{{i + 1, lrcOwnTime().ReplaceAllString(line[len(times):], "[$1")}}})
		case tag != nil && strings.EqualFold(tag[1], "offset"):
			tags++
			if ms, err := strconv.Atoi(strings.TrimSpace(tag[2])); err == nil && ms > -1e6 && ms < 1e6 {
				offset = time.Duration(-ms) * time.Millisecond
			}
		case line == lrcOwnTag:
			tags++
		case tag != nil:
			tags++
			f.Notes = append(f.Notes, Note{Text: Clean(tag[2]), Number: i + 1})
			if name := lrcFields[strings.ToLower(tag[1])]; name != "" && Clean(tag[2]) != "" {
				f.Around.Metadata = append(f.Around.Metadata, Field{name, Clean(tag[2])})
			}
		case line != "" && len(timed) > 0:
			others++
			last := &timed[len(timed)-1]
			last.rows = append(last.rows, textLine{i + 1, line})
		case line != "":
			others++
			f.Notes = append(f.Notes, Note{Text: Clean(line), Number: i + 1, Stray: true})
		}
	}
	if len(timed) == 0 || len(timed) == 1 && tags == 0 || others > len(timed) {
		return nil
	}
	r := &markupReader{}
	for _, l := range timed {
		f.addLyric(r, l)
	}
	slices.SortStableFunc(f.Cues, func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
	f.timeLyrics(offset)
	return f
}

// addLyric adds a cue for each time of a line, which begins at it.
func (f *File) addLyric(r *markupReader, l lrcLine) {
	const longest = 1 << 16 // bytes of a line times how often it recurs
	size := len(l.times)
	for i := range l.rows {
		row := &l.rows[i]
		size += len(row.text)
		row.text = lrcWord().ReplaceAllStringFunc(row.text, func(t string) string {
			return "<" + Clock(lrcParse(t[1:len(t)-1]), ".", 3) + ">"
		})
	}
	var c Cue
	c.Lines = srtMarks(true).lines(r, &c, l.rows)
	for _, m := range lrcTime().FindAllStringSubmatch(l.times, max(1, longest/size)) {
		c := Cue{Confidence: 1, Number: l.rows[0].number, Lines: slices.Clone(c.Lines), Settings: c.Settings, Effects: c.Effects}
		for k := range c.Lines {
			c.Lines[k].Words = slices.Clone(c.Lines[k].Words)
		}
		c.Start = lrcParse(m[1])
		f.Cues = append(f.Cues, c)
	}
}

// timeLyrics ends the cues of lines, which are in their order, and moves them by the offset of the file. Cues
// without text only end the one before, and are left out.
func (f *File) timeLyrics(offset time.Duration) {
	for i := range f.Cues {
		c := &f.Cues[i]
		end := c.Start + openEnded
		if i+1 < len(f.Cues) {
			end = f.Cues[i+1].Start
		}
		if c.IsEmpty() {
			c.Segment = audio.Segment{}
			continue
		}
		c.Segment = f.segment(c.Start+offset, end+offset, c.Number, "give the next line a later time")
		for _, l := range c.Lines {
			for k := range l.Words {
				if w := &l.Words[k]; w.Start > 0 {
					w.Start, w.End = w.Start+offset, w.Start+offset
				}
			}
		}
	}
	f.Cues = slices.DeleteFunc(f.Cues, Cue.IsEmpty)
}

// lrcParse reads minutes, seconds and their fraction.
func lrcParse(s string) time.Duration { return colonTime(s, 2) }

package format

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/audio"
)

// ReadOther reads a decoded file of a kind that is only read, and only where captions are
// asked for: SBV, as YouTube writes it (https://support.google.com/youtube/answer/2734698),
// with SubViewer, from which it comes, LRC, lyrics with a time before each line
// (https://en.wikipedia.org/wiki/LRC_(file_format)), and MicroDVD and MPL2, see readFrames. ok is
// false for any other file.
func ReadOther(text string) (f *File, ok bool) {
	lines := strings.Split(text, "\n")
	for _, read := range []func(lines []string) *File{readSBV, readFrames, readLRC} {
		if f := read(lines); f != nil {
			f.finish()
			return f, true
		}
	}
	return nil, false
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
	Speaker, Text string
	Number        int // as that of a Cue
}

// FromEntries returns a file with a cue for each entry.
func FromEntries(entries []Entry) *File {
	f := &File{}
	for _, e := range entries {
		c := Cue{Confidence: 1, Number: e.Number, Lines: namedLines(rowsOf(e.Speaker, e.Text), e.Number)}
		c.Segment = f.segment(e.Start.Round(time.Millisecond), e.End.Round(time.Millisecond), e.Number, "give it a later end")
		f.Cues = append(f.Cues, c)
	}
	f.finish()
	return f
}

var (
	sbvTimes  = regexp.MustCompile(`^\s*(\d{1,3}:\d{2}:\d{2}[.:]\d{1,3})\s*,\s*(\d{1,3}:\d{2}:\d{2}[.:]\d{1,3})\s*$`)
	sbvHeader = regexp.MustCompile(`^\[[A-Z][A-Z ]*\]`) // of SubViewer, such as [INFORMATION] or [TITLE]
	sbvBreak  = regexp.MustCompile(`(?i)\[br\]`)
)

// readSBV reads cues of a line of times and lines of text; nil for what is none.
func readSBV(lines []string) *File {
	f := &File{}
	var open bool // a cue goes on
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
		m := sbvTimes.FindStringSubmatch(line)
		text := strings.TrimSpace(line)
		switch {
		case m != nil:
			end()
			c := Cue{Confidence: 1, Number: i + 1}
			c.Segment = f.segment(sbvTime(m[1]), sbvTime(m[2]), i+1, "give it a later end")
			f.Cues = append(f.Cues, c)
			open = true
		case text == "":
			open = open && len(read) == 0
		case open:
			read = append(read, textLine{i + 1, sbvBreak.ReplaceAllString(text, "<br>")})
		case len(f.Cues) == 0 && !sbvHeader.MatchString(text):
			return nil
		case len(f.Cues) == 0:
			f.Notes = append(f.Notes, Note{Text: Clean(text), Number: i + 1})
			look = f.readHeader(text, look)
		default:
			f.Notes = append(f.Notes, Note{Text: Clean(text), Number: i + 1, Stray: true})
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
	for _, field := range sbvField.FindAllStringSubmatch(line, -1) {
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

var sbvField = regexp.MustCompile(`\[([A-Z ]+)\]([^\[]*)`)

// look gives all words of a cue a look below their own.
func (c *Cue) look(s Style) {
	if s == (Style{}) {
		return
	}
	for _, l := range c.Lines {
		restyle(l.Words, s.over)
	}
}

func sbvTime(s string) time.Duration {
	if i := strings.LastIndexByte(s, ':'); strings.Count(s, ":") == 3 {
		s = s[:i] + "." + s[i+1:]
	}
	return parseCueTime(s)
}

const lrcClock = `\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?`

var (
	lrcTimes = regexp.MustCompile(`^(?:\[` + lrcClock + `\]\s*)+`)
	lrcTime  = regexp.MustCompile(`[\[<](` + lrcClock + `)[\]>]`)
	lrcWord  = regexp.MustCompile(`<` + lrcClock + `>`)
	lrcTag   = regexp.MustCompile(`^\[([A-Za-z#]+):(.*)\]$`)
)

// lrcFields are the tags that tell of a file.
var lrcFields = map[string]string{"ti": "title", "ar": "artist", "al": "album", "au": "author", "lr": "lyricist", "by": "by"}

// readLRC reads lines that times in square brackets stand before, several of them where a
// line recurs, and times in angle brackets before words. A line lasts until the next one, and
// the last one for as long as a line does, five seconds. nil for what is none.
func readLRC(lines []string) *File {
	const lastLine = 5 * time.Second
	const longest = 1 << 16 // bytes of a line times how often it recurs
	f := &File{}
	marks, r := srtMarks(true), &markupReader{}
	timed, others := 0, 0
	offset := time.Duration(0) // by which all of it comes later than it says
	for i, line := range lines {
		line = strings.TrimSpace(line)
		times := lrcTimes.FindString(line)
		tag := lrcTag.FindStringSubmatch(line)
		switch {
		case times != "":
			timed++
			var c Cue
			text := lrcWord.ReplaceAllStringFunc(line[len(times):], func(t string) string {
				return "<" + Clock(lrcParse(t[1:len(t)-1]), ".", 3) + ">"
			})
			c.Lines = marks.lines(r, &c, []textLine{{i + 1, text}})
			often := max(1, longest/len(line))
			for _, m := range lrcTime.FindAllStringSubmatch(times, often) {
				c := Cue{Confidence: 1, Number: i + 1, Lines: slices.Clone(c.Lines), Settings: c.Settings, Effects: c.Effects}
				for k := range c.Lines {
					c.Lines[k].Words = slices.Clone(c.Lines[k].Words)
				}
				c.Start = lrcParse(m[1])
				f.Cues = append(f.Cues, c)
			}
		case tag != nil && strings.EqualFold(tag[1], "offset"):
			if ms, err := strconv.Atoi(strings.TrimSpace(tag[2])); err == nil && ms > -1e6 && ms < 1e6 {
				offset = time.Duration(-ms) * time.Millisecond
			}
		case tag != nil:
			f.Notes = append(f.Notes, Note{Text: Clean(tag[2]), Number: i + 1})
			if name := lrcFields[strings.ToLower(tag[1])]; name != "" && Clean(tag[2]) != "" {
				f.Around.Metadata = append(f.Around.Metadata, Field{name, Clean(tag[2])})
			}
		case line != "":
			others++
			f.Notes = append(f.Notes, Note{Text: Clean(line), Number: i + 1, Stray: true})
		}
	}
	if timed < 2 || others > timed {
		return nil
	}
	slices.SortStableFunc(f.Cues, func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
	for i := range f.Cues {
		c := &f.Cues[i]
		end := c.Start + lastLine
		if i+1 < len(f.Cues) {
			end = f.Cues[i+1].Start
		}
		if c.IsEmpty() {
			c.Segment = audio.Segment{} // it only ends the one before
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
	return f
}

// lrcParse reads minutes, seconds and their fraction, which some write behind a colon.
func lrcParse(s string) time.Duration {
	if i := strings.LastIndexByte(s, ':'); strings.Count(s, ":") == 2 {
		s = s[:i] + "." + s[i+1:]
	}
	return parseCueTime(s)
}

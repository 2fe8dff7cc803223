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
// (https://en.wikipedia.org/wiki/LRC_(file_format)), MicroDVD and MPL2, see readFrames, and
// the tables of Whisper. ok is false for any other file.
func ReadOther(text string) (f *File, ok bool) {
	lines := strings.Split(text, "\n")
	for _, read := range []func(lines []string) *File{readSBV, readFrames, readLRC, readTable} {
		if f := read(lines); f != nil {
			for i := range f.Cues {
				markSound(f.Cues[i].Lines)
				timeWords(&f.Cues[i])
			}
			glueLines(f.Cues)
			return f, true
		}
	}
	return nil, false
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
	for i, line := range lines {
		m := sbvTimes.FindStringSubmatch(line)
		text := strings.TrimSpace(line)
		switch {
		case m != nil:
			c := Cue{Confidence: 1, Number: i + 1}
			c.Segment = f.segment(sbvTime(m[1]), sbvTime(m[2]), i+1, "give it a later end")
			f.Cues = append(f.Cues, c)
			open = true
		case text == "":
			open = open && len(f.Cues[len(f.Cues)-1].Lines) == 0
		case open:
			c := &f.Cues[len(f.Cues)-1]
			for _, part := range sbvBreak.Split(text, -1) {
				if l := newLine("", i+1, []span{{text: part}}); len(l.Words) > 0 {
					c.Lines = append(c.Lines, l)
				}
			}
		case len(f.Cues) == 0 && !sbvHeader.MatchString(text):
			return nil
		default:
			f.Notes = append(f.Notes, Note{Text: Clean(text), Number: i + 1, Stray: len(f.Cues) > 0})
		}
	}
	if len(f.Cues) == 0 {
		return nil
	}
	return f
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

// readLRC reads lines that times in square brackets stand before, several of them where a
// line recurs, and times in angle brackets before words. A line lasts until the next one, and
// the last one for as long as a line does, five seconds. nil for what is none.
func readLRC(lines []string) *File {
	const lastLine = 5 * time.Second
	const longest = 1 << 16 // bytes of a line times how often it recurs
	f := &File{}
	timed, others := 0, 0
	offset := time.Duration(0) // by which all of it comes later than it says
	for i, line := range lines {
		line = strings.TrimSpace(line)
		times := lrcTimes.FindString(line)
		tag := lrcTag.FindStringSubmatch(line)
		switch {
		case times != "":
			timed++
			l := newLine("", i+1, lrcSpans(line[len(times):]))
			often := max(1, longest/len(line))
			for _, m := range lrcTime.FindAllStringSubmatch(times, often) {
				c := Cue{Confidence: 1, Number: i + 1, Lines: []Line{{Number: l.Number, Words: slices.Clone(l.Words)}}}
				c.Start = lrcParse(m[1])
				f.Cues = append(f.Cues, c)
			}
		case tag != nil && strings.EqualFold(tag[1], "offset"):
			if ms, err := strconv.Atoi(strings.TrimSpace(tag[2])); err == nil && ms > -1e6 && ms < 1e6 {
				offset = time.Duration(-ms) * time.Millisecond
			}
		case tag != nil:
			f.Notes = append(f.Notes, Note{Text: Clean(tag[2]), Number: i + 1})
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
		for k := range c.Lines[0].Words {
			if w := &c.Lines[0].Words[k]; w.Start > 0 {
				w.Start, w.End = w.Start+offset, w.Start+offset
			}
		}
	}
	f.Cues = slices.DeleteFunc(f.Cues, Cue.IsEmpty)
	return f
}

// lrcSpans cuts the text of a line at the times of its words.
func lrcSpans(text string) []span {
	var spans []span
	at := time.Duration(0)
	for {
		next := lrcWord.FindStringIndex(text)
		if next == nil {
			return append(spans, span{text: text, start: at})
		}
		spans = append(spans, span{text: text[:next[0]], start: at})
		at = lrcParse(text[next[0]+1 : next[1]-1])
		text = text[next[1]:]
	}
}

// lrcParse reads minutes, seconds and their fraction, which some write behind a colon.
func lrcParse(s string) time.Duration {
	if i := strings.LastIndexByte(s, ':'); strings.Count(s, ":") == 2 {
		s = s[:i] + "." + s[i+1:]
	}
	return parseCueTime(s)
}

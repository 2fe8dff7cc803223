package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/asticode/go-astisub"
)

// go-astisub escapes some of the characters that have a meaning in caption files
// and not others, and each format another set. So text passes through it, in and
// out, with these characters hidden behind Unicode noncharacters, which Clean
// keeps out of all text (they are for such internal use, Unicode 23.7).
const (
	firstMark = '\uFDD0'
	lastMark  = '\uFDEF'
	specials  = "<>&/=\"'`\u00A0"
	// guard stands at both ends of a line of text while go-astisub reads it, so
	// that it is trimmed nowhere and taken for nothing else.
	guard = string(lastMark)
	// maxLine is a little less than the 64 KiB after which go-astisub stops reading
	// without an error.
	maxLine = 60_000
)

// hide replaces the characters of set, all of them specials, by their marks.
func hide(s, set string) string {
	if !strings.ContainsAny(s, set) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(set, r) {
			r = mark(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mark returns the noncharacter for one of the specials.
func mark(r rune) rune {
	n := 0
	for _, s := range specials {
		if s == r {
			return firstMark + rune(n)
		}
		n++
	}
	return r
}

// show returns the replacer that turns marks into what becomes, given a special,
// makes of it.
func show(becomes func(special string) string) *strings.Replacer {
	var pairs []string
	for _, r := range specials {
		pairs = append(pairs, string(mark(r)), becomes(string(r)))
	}
	return strings.NewReplacer(pairs...)
}

func asItIs(special string) string { return special }

// parse has go-astisub read the blocks that s found, in a form that it reads well:
// numbered, with times of one form, and with lines without entities and markup save
// for inline times.
func (s *scanner) parse(m markup, header, point string, read func(io.Reader) (*astisub.Subtitles, error)) (f *File, err error) {
	f = &File{Notes: s.notes}
	if len(s.blocks) == 0 {
		return f, nil
	}
	var b strings.Builder
	b.WriteString(header)
	canonical := strings.NewReplacer(",", point, ".", point)
	lines := make([][]textLine, len(s.blocks))
	for i, c := range s.blocks {
		start, end := c.start, c.end
		if start == "" {
			start, end = "00:00:00", "00:00:00"
		}
		fmt.Fprintf(&b, "%d\n%s --> %s\n", i+1, canonical.Replace(start), canonical.Replace(end))
		lines[i] = m.plain(c.lines)
		for _, l := range lines[i] {
			if len(l.text)+2*len(guard) > maxLine {
				return f, fmt.Errorf("line %d: a line of the cue is longer than %d bytes: break it up", c.number, maxLine)
			}
			b.WriteString(guard + l.text + guard + "\n")
		}
		b.WriteByte('\n')
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("go-astisub can't read it: %v", r)
		}
	}()
	parsed, err := read(strings.NewReader(b.String()))
	if err != nil {
		return f, err
	}
	if len(parsed.Items) != len(s.blocks) {
		return f, fmt.Errorf("%d cues were read of %d", len(parsed.Items), len(s.blocks))
	}
	shown := show(asItIs)
	for i, item := range parsed.Items {
		c := s.blocks[i].cue(f)
		for k, from := range lines[i] {
			var spans []span
			for _, part := range item.Lines[k].Items {
				spans = append(spans, span{shown.Replace(strings.ReplaceAll(part.Text, guard, "")), part.StartAt})
			}
			if l := newLine(from.voice, from.number, spans); len(l.Words) > 0 {
				c.Lines = append(c.Lines, l)
			}
		}
		f.Cues = append(f.Cues, c)
	}
	return f, nil
}

// cue returns the cue of the block without its text, and warns of its times.
func (b block) cue(f *File) Cue {
	c := Cue{Confidence: 1, Number: b.number}
	if b.start == "" {
		f.Warnings = append(f.Warnings, Warning{b.number,
			"the times of the cue can't be read: write start --> end, as in 00:00:01.000 --> 00:00:02.500"})
		return c
	}
	if c.Start, c.End = parseCueTime(b.start), parseCueTime(b.end); c.End <= c.Start {
		c.End = c.Start
		f.Warnings = append(f.Warnings, noLength(b.number, "the cue", "give it a later end"))
	}
	return c
}

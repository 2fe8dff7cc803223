package format

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// What ASS says of how text looks and moves is more than any other format can hold. So a file
// that was ASS is written from its own lines, in their order, with nothing but the times of its
// events made anew. SSA is not: its styles have other fields.

// assStart and assEnd stand for the times of an event in its Source.
const assStart, assEnd = "\uFDD6", "\uFDD7"

// assSource returns an event of these values with marks for its times.
func assSource(kind string, fields, values []string) string {
	values = slices.Clone(values)
	for i, name := range fields {
		switch name {
		case "start":
			values[i] = assStart
		case "end":
			values[i] = assEnd
		}
	}
	return assLine(kind + ": " + strings.TrimLeft(strings.Join(values, ","), " "))
}

// assLine returns a line of a file without control characters.
func assLine(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return ' '
		}
		return r
	}, line)
}

// assLines are the lines of a file that are no events.
type assLines struct {
	lines  []string // those before the first event, or behind the last one
	number int      // of the last of them
	head   string
	begun  bool // an event was read
	legacy bool // it is SSA
}

// add adds a line that is no event.
func (a *assLines) add(line string, number int) {
	a.lines, a.number = append(a.lines, assLine(line)), number
}

// event says that an event follows the lines that were added.
func (a *assLines) event(f *File) {
	if !a.begun {
		a.head, a.begun = strings.Join(a.lines, "\n"), true
		a.lines = nil
	}
	for i, line := range a.lines {
		if strings.TrimSpace(line) != "" {
			f.Around.Blocks = append(f.Around.Blocks,
				Block{Kind: Foreign, Number: a.number - len(a.lines) + 1 + i, Source: line})
		}
	}
	a.lines = a.lines[:0]
}

// end gives the file its head and its tail.
func (a *assLines) end(f *File) {
	if !a.legacy && strings.Contains(strings.ToLower(a.head), "[events]") {
		f.Around.Head, f.Around.Tail = a.head, strings.TrimRight(strings.Join(a.lines, "\n"), " \t\n")
		return
	}
	for i := range f.Cues {
		f.Cues[i].Source = ""
	}
	for i := range f.Around.Blocks {
		f.Around.Blocks[i].Source = ""
	}
}

// isASS reports whether the cues, and what is around them, are those of a file of ASS.
func (s Surroundings) isASS(cues []Cue) bool {
	return s.Head != "" && !slices.ContainsFunc(cues, func(c Cue) bool { return !s.keeps("ass", c) })
}

// writeOwnASS writes a file of ASS from its own lines.
func (s Surroundings) writeOwnASS(b *bytes.Buffer, cues []Cue) {
	type line struct {
		number int
		text   string
	}
	var lines []line
	add := func(number int, source string, start, end time.Duration) {
		lines = append(lines, line{number, strings.NewReplacer(assStart, assTime(start), assEnd, assTime(end)).Replace(source)})
	}
	for _, c := range cues {
		add(c.Number, c.Source, c.Start, assEndOf(c))
	}
	for _, block := range s.Blocks {
		if block.Source != "" {
			add(block.Number, block.Source, block.Start, block.End)
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.number, b.number) })
	b.WriteString(s.Head + "\n")
	for _, l := range lines {
		b.WriteString(l.text + "\n")
	}
	if s.Tail != "" {
		b.WriteString(s.Tail + "\n")
	}
}

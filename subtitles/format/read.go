package format

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/audio"
)

// File is what a caption file holds.
type File struct {
	Cues     []Cue     // in the order of the file
	Notes    []Note    // what is no cue, in the order of the file
	Warnings []Warning // cues whose times are wrong, in the order of the file
}

// Note is text of a file that belongs to no cue.
type Note struct {
	Text   string
	Number int // of its line, from 1
	// Stray: it stands outside of cues where nothing should, as text behind an empty
	// line in WebVTT does. Else it is of a comment, a style, a region or the header.
	Stray bool
}

// Warning is what is wrong with the times of a cue. The cue stands in File.Cues with
// its text and an empty segment.
type Warning struct {
	Number int // of the line, from 1
	Text   string
}

// Error returns the warning with its line, for those who take it for an error.
func (w Warning) Error() string { return fmt.Sprintf("line %d: %s", w.Number, w.Text) }

// noLength is the warning of a cue that doesn't last; advice says how to mend it.
func noLength(number int, what, advice string) Warning {
	return Warning{number, what + " doesn't end after it starts: " + advice}
}

// Read reads a decoded file of the format of that name, see Decode, Detect and
// Formats. It is the inverse of Write as far as the formats go: SubRip keeps labels
// as text, and words have times only where a WebVTT file has inline ones. Files of
// others may hold markup (dropped), overlapping or unsorted cues (kept as they are),
// and cues with wrong times (kept, with a warning).
//
// The error names the line from which on the file can't be read; what was read
// before it is returned as well. It wraps ErrCutOff where that is all there is.
func Read(name, text string) (*File, error) {
	c, err := codecNamed(name)
	if err != nil {
		return &File{}, err
	}
	f, err := c.read(strings.Map(func(r rune) rune {
		switch {
		case r == 0: // damage, or a sign of another encoding: nothing that is read
			return -1
		case r >= firstMark && r <= lastMark:
			return utf8.RuneError
		}
		return r
	}, text))
	for i := range f.Cues {
		markSound(f.Cues[i].Lines)
		timeWords(&f.Cues[i])
	}
	glueLines(f.Cues)
	return f, err
}

// ErrCutOff is returned where a file ends too early, as one that was cut off in transfer
// does.
var ErrCutOff = errors.New("the file ends too early")

// textLine is a line of a cue's text as it stands in a file.
type textLine struct {
	number int // in the file
	text   string
}

// span is text that begins to be said at start; 0 where that isn't known.
type span struct {
	text  string
	start time.Duration
}

// newLine cuts text into words; the first word of a span with a time begins at it.
func newLine(voice string, number int, spans []span) Line {
	l := Line{Speaker: voice, Number: number}
	spaced := true // a space, or nothing, stands before the span
	for _, s := range spans {
		glued := !spaced && strings.IndexFunc(s.text, isBlank) != 0
		words := strings.FieldsFunc(Clean(s.text), isBlank)
		glued = glued && len(words) > 0 && !isEmpty(words[0])
		words = slices.DeleteFunc(words, isEmpty)
		l.Words = slices.Grow(l.Words, len(words))
		for k, next := 0, 0; k < len(words); k = next {
			// A mark that has nothing to be read is part of the word before it.
			for next = k + 1; next < len(words) && isDashes(words[next]); next++ {
			}
			w := Word{Text: strings.Join(words[k:next], " "), Confidence: 1}
			if k == 0 {
				w.Glued = glued
				w.Start, w.End = s.start, s.start
			}
			l.Words = append(l.Words, w)
		}
		last, _ := utf8.DecodeLastRuneInString(s.text)
		spaced = s.text == "" || isBlank(last)
	}
	if len(l.Words) > 1 && isDashes(l.Words[0].Text) && !l.Words[1].Glued {
		l.Words[1].Text = l.Words[0].Text + " " + l.Words[1].Text // nor is one that marks a speaker
		if l.Words[1].Start == 0 {
			l.Words[1].Segment = l.Words[0].Segment
		}
		l.Words = l.Words[1:]
	}
	return l
}

// isEmpty reports whether a word has nothing but spaces that don't break.
func isEmpty(word string) bool { return strings.TrimSpace(word) == "" }

// isDashes reports whether a word has nothing but dashes.
func isDashes(word string) bool { return strings.Trim(word, "-–—") == "" }

// namedLines returns the lines of a cue whose speaker the format names beside its
// text. The label that Write puts into the text as well is taken off it.
func namedLines(speaker string, lines []textLine) []Line {
	speaker = Clean(speaker)
	for _, l := range lines {
		if text := strings.TrimSpace(l.text); IsDashed(text) && !strings.HasPrefix(text, "--") {
			speaker = "" // there are two of them
		}
	}
	alone := false // the label had a line of its own
	if speaker != "" && len(lines) > 0 {
		first := strings.TrimFunc(lines[0].text, isBlank)
		for _, l := range []Label{NameLabel, CapsLabel, ChevronLabel} {
			if rest, ok := strings.CutPrefix(first, l.Of(speaker)); ok {
				lines = slices.Clone(lines)
				lines[0].text = rest
				alone = strings.TrimSpace(rest) == ""
				break
			}
		}
	}
	var all []Line
	for _, l := range lines {
		if line := newLine(speaker, l.number, []span{{text: l.text}}); len(line.Words) > 0 {
			all = append(all, line)
		}
	}
	if alone && len(all) > 0 {
		all = slices.Insert(all, 0, Line{Speaker: speaker, Number: lines[0].number}) // see Line
	}
	return all
}

// markSound finds what stands in brackets, in a line or over all of them, and signs
// for music.
func markSound(lines []Line) {
	opens := func(l Line) bool { return len(l.Words) > 0 && strings.IndexAny(l.Words[0].Text, "[♩♪♫♬") == 0 }
	if !slices.ContainsFunc(lines, opens) {
		return
	}
	bracketed := func(s string) bool { return len(s) > 2 && s[0] == '[' && strings.IndexByte(s, ']') == len(s)-1 }
	var all []string
	for _, l := range lines {
		all = append(all, l.Speaker+l.Text())
	}
	whole := bracketed(strings.Join(all, " "))
	for i := range lines {
		l := &lines[i]
		if text := l.Text(); l.Speaker == "" && (whole || bracketed(text) || IsMusicSigns(text)) {
			l.Sound = true
			l.Words = []Word{{Segment: l.Words[0].Segment, Text: text, Confidence: 1}}
		}
	}
}

// timeWords gives the words of a cue that has inline times a start and an end: the
// first begins with the cue unless it has a time itself, each ends where the next
// begins, and those between two known times share the stretch by their width.
func timeWords(c *Cue) {
	timed := func(l Line) bool { return slices.ContainsFunc(l.Words, func(w Word) bool { return w.Start > 0 }) }
	if !slices.ContainsFunc(c.Lines, timed) {
		return
	}
	var words []*Word
	for i := range c.Lines {
		for k := range c.Lines[i].Words {
			words = append(words, &c.Lines[i].Words[k])
		}
	}
	at := c.Start
	if first := words[0].Start; c.Start < first && first < c.End {
		at = first
	}
	for i := 0; i < len(words); {
		j := i + 1
		for j < len(words) && words[j].Start <= at {
			j++
		}
		free := audio.Segment{Start: at, End: c.End}
		if j < len(words) {
			free.End = max(at, min(words[j].Start, c.End))
		}
		widths := make([]int, j-i)
		for k := range widths {
			widths[k] = Columns(words[i+k].Text) + 1
		}
		for k, s := range Apportion(free, widths) {
			words[i+k].Segment = s
		}
		at, i = free.End, j
	}
}

// glueLines finds the line breaks that stand for no space: in scripts without
// spaces, and after a dash that closes up to its word where a small letter follows.
func glueLines(cues []Cue) {
	var before *Word
	speaker := ""
	for i := range cues {
		for k := range cues[i].Lines {
			l := &cues[i].Lines[k]
			if l.Sound || len(l.Words) == 0 {
				continue
			}
			first := &l.Words[0]
			if before != nil && l.Speaker == speaker {
				last, _ := utf8.DecodeLastRuneInString(before.Text)
				next, _ := utf8.DecodeRuneInString(first.Text)
				first.Glued = isIdeographic(last) && isIdeographic(next) ||
					last == '—' && !strings.HasSuffix(" "+before.Text, " —") && unicode.IsLower(next)
			}
			before, speaker = &l.Words[len(l.Words)-1], l.Speaker
		}
	}
}

// isIdeographic reports whether r is a letter or mark of Chinese or Japanese, which
// put no spaces between words.
func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r < 0x3040 || r >= 0xFF01 && r < 0xFF66
}

// splitLines cuts the text of a cue that stands in one line of its file.
func splitLines(text string, number int) []textLine {
	var lines []textLine
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, textLine{number: number, text: line})
	}
	return lines
}

package readable

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// timeEvery is how long a turn goes on before a paragraph of it has its time, too.
const timeEvery = time.Minute

// WriteText writes plain text:
//
//	Ada Byron [0:12]
//	The first paragraph of a turn.
//
//	[1:20] One that begins more than a minute after the last time.
//
//	[applause]
//
//	[1:31]
//	A turn of somebody who has no name.
//
//	The Ferry
//	---------
//
//	Ada Byron [2:02]
//	What stands below a heading; the title of all has a line of === below it.
//
// A paragraph that looks like a direction or a time has its time before it, too.
func WriteText(w io.Writer, t *Transcript) error {
	plain := func(s string) string { return s }
	return write(w, t, dialect{
		head: func(name, time string) string { return strings.TrimLeft(name+" "+time, " ") + "\n" },
		heading: func(s string, level int) string {
			return s + "\n" + strings.Repeat(map[int]string{1: "=", 2: "-"}[level], max(3, uniseg.StringWidth(s)))
		},
		direction: plain, text: plain,
	})
}

// WriteMarkdown writes Markdown: as WriteText, but the head of a turn is a paragraph of its own with the name in
// bold, and directions are in italics. What would be markup in the text has a backslash before it.
func WriteMarkdown(w io.Writer, t *Transcript) error {
	return write(w, t, dialect{
		head: func(name, time string) string {
			if name != "" {
				name = "**" + escapeMarkdown(name) + "** "
			}
			return name + time + "\n\n"
		},
		heading: func(s string, level int) string {
			s = escapeMarkdown(s)
			if rest, ok := strings.CutSuffix(s, "#"); ok && !strings.HasSuffix(rest, `\`) { // which may close a heading
				s = rest + `\#`
			}
			return strings.Repeat("#", level) + " " + s
		},
		direction: func(s string) string { return "*" + escapeMarkdown(s) + "*" },
		text:      escapeMarkdown,
	})
}

// dialect is how a kind of text has its parts.
type dialect struct {
	head            func(name, time string) string // of a turn, with what parts it from its first paragraph
	heading         func(s string, level int) string
	direction, text func(string) string
}

func write(w io.Writer, t *Transcript, d dialect) error {
	var b bytes.Buffer
	if t.Headed {
		b.WriteString(d.heading(t.Title, 1) + "\n\n")
	}
	last := time.Duration(0) // the last time that was written
	for i := range t.Blocks {
		block := &t.Blocks[i]
		if i > 0 {
			b.WriteByte('\n')
		}
		text := block.text()
		stamp := "[" + clock(block.Start) + "]"
		switch {
		case block.Heading:
			b.WriteString(d.heading(text, 2) + "\n")
			continue
		case block.Direction:
			b.WriteString(d.direction(text) + "\n")
			continue
		case block.Opens:
			b.WriteString(d.head(block.Speaker, stamp))
			last = block.Start
			if !isMistakable(text) {
				break
			}
			fallthrough
		case block.Start-last >= timeEvery, isMistakable(text):
			b.WriteString(stamp + " ")
			last = block.Start
		}
		b.WriteString(d.text(text) + "\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// numberMark matches what begins a numbered list.
var numberMark = regexp.MustCompile(`^[0-9]{1,9}[.)]`)

// characterReference matches what begins a character reference, which Markdown has as HTML does.
var characterReference = regexp.MustCompile(`^&#?[0-9A-Za-z]{1,40};`)

// escapeMarkdown returns a text of one line as CommonMark and GitHub show it.
func escapeMarkdown(s string) string {
	var b strings.Builder
	from := 0
	if m := numberMark.FindString(s); m != "" { // 1. and 1) begin a list
		b.WriteString(m[:len(m)-1] + `\`)
		from = len(m) - 1
	}
	before := ' '
	for i, r := range s {
		if i >= from {
			if isMarkup(s, i, r, before) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// isMarkup reports whether the character r at s[i] would be markup; before stands before it.
func isMarkup(s string, i int, r, before rune) bool {
	rest := s[i+utf8.RuneLen(r):]
	after, _ := utf8.DecodeRuneInString(rest)
	within := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch r {
	case '\\', '*', '`', '<':
		return true
	case '_': // within a word, as in an address, it is one
		return !within(before) || !within(after)
	case '~':
		return i == 0 || before == '~' || after == '~'
	case '#', '>', '-', '+', '=', '|', ':':
		return i == 0
	case '&':
		return characterReference.MatchString(s[i:])
	case '[':
		return after == '^' // a footnote
	case '(': // of a link
		return before == ']'
	}
	return false
}

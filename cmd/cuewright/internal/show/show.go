package show

import (
	"fmt"
	"strings"
	"unicode"
)

// Printable returns s in one line and without control characters, nor those that turn
// the direction of text around: names and words come from strangers, and a terminal
// obeys what it is shown.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// maxExcerpt is how much of a sentence is shown, in characters.
const maxExcerpt = 60

// Excerpt returns the beginning of s, printable and short enough for a line.
func Excerpt(s string) string {
	text := []rune(Printable(s))
	if len(text) > maxExcerpt {
		text = append(text[:maxExcerpt-1], '…')
	}
	return string(text)
}

// Count returns a number with its noun, such as "1 cue" and "2 cues".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// ShellWord returns a file's name as it is typed in a shell, to be copied without harm.
func ShellWord(name string) string {
	special := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("_./-", r)
	}
	if name != "" && name[0] != '-' && !strings.ContainsFunc(name, special) {
		return name
	}
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	return "'" + strings.ReplaceAll(Printable(name), "'", `'\''`) + "'"
}

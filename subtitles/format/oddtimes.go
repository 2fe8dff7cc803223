package format

import (
	"regexp"
	"strings"
	"unicode"
)

// Times that no standard knows are read where there is no doubt what they mean: with
// another dash in the arrow, with blanks, semicolons or figures of another width, with a
// minus, as programs write it that moved a file to before its start.

const (
	arrowDashes = `-–—−‐‑‒―`
	arrow       = `[` + arrowDashes + `][` + arrowDashes + ` ]*>`
	oddClock    = `([-−–]?\s*(?:-?\d{1,4}\s*[:;]\s*)?-?\d{1,2}\s*[:;]\s*-?\d{1,2}(?:\s*[.,]\s*-?\d{1,9}|\s*[:;]\s*\d{3})?)`
)

var (
	oddTimes = regexp.MustCompile(`^\s*` + oddClock + `\s*[` + arrowDashes + `][` + arrowDashes + ` ]*(?:>|&gt;)\s*` +
		oddClock + `\s*(?:[A-Za-z].*)?$`)
	// plainTimes are those that all players know, in either format.
	plainTimes = regexp.MustCompile(`^(?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3}(?:\s.*)?$`)
)

// readOddTimes reads a line of times in any of these forms. The times it returns are such
// as parseCueTime takes.
func readOddTimes(line string) (start, end string, ok bool) {
	m := oddTimes.FindStringSubmatch(line)
	if m == nil {
		return "", "", false
	}
	return tidyTime(m[1]), tidyTime(m[2]), true
}

// tidyTime returns a time that matches oddClock with its signs as they should be.
func tidyTime(s string) string {
	var b strings.Builder
	if strings.ContainsAny(s, "-−–") {
		b.WriteByte('-')
	}
	colons, all := 0, strings.Count(s, ":")+strings.Count(s, ";")
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ':' || r == ';':
			if colons++; colons == 3 && all == 3 {
				r = '.' // before milliseconds
			} else {
				r = ':'
			}
			b.WriteRune(r)
		case r == '.' || r == ',':
			b.WriteByte('.')
		}
	}
	return b.String()
}

// plainFigures returns a line with figures and signs of another width as those of ASCII,
// its blanks as spaces, and without marks that nobody sees, unless writers of ours put
// them there.
func plainFigures(line string) string {
	ascii := true
	for i := 0; i < len(line) && ascii; i++ {
		ascii = line[i] < 0x80
	}
	if ascii || strings.Contains(line, wordJoiner) {
		return line
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r < 0x80:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, line)
}

package transcript

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normalize returns s in Unicode's normal form C, with one kind of line end and none
// of the characters that nobody sees.
func normalize(s string) string { return clean(norm.NFC.String(s)) }

// clean makes one kind of line end and takes out what has no width: soft
// hyphens, byte order marks, direction marks, control characters. The joiners
// stay where scripts and emoji need them.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	prev := rune(0)
	for i, r := range s {
		switch {
		case r == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				continue
			}
			r = '\n'
		case r == '\f', r == '\v', r == '\u0085', r == '\u2028', r == '\u2029':
			r = '\n'
		case r == '\t', r == '\n':
		case r == '\u200C', r == '\u200D': // joiners
			if prev < '\u0600' {
				continue
			}
		case r == '\u00AD' && i+2 < len(s) && (s[i+2] == '\n' || s[i+2] == '\r'): // a word that a line was broken in
			r = '-'
		case r == '\u00AD', unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r) && !isTag(r):
			continue
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// isTag reports whether r is one of the characters that spell the flags of England,
// Scotland and Wales, or one of the signs that some scripts put before numbers.
func isTag(r rune) bool {
	return r >= 0xE0020 && r <= 0xE007F || r >= 0x0600 && r <= 0x0605
}

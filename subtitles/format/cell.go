package format

import (
	"strings"
	"unicode"
)

// SafeCell returns text of a stranger as a cell of CSV that a spreadsheet takes for text,
// whatever it begins with, see https://owasp.org/www-community/attacks/CSV_Injection. Control
// characters, which a terminal would obey, are replaced, but for white space.
func SafeCell(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\u0085' {
			return unicode.ReplacementChar
		}
		return r
	}, text)
	trimmed := strings.TrimLeft(text, " ")
	if trimmed != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(trimmed)[0]) {
		return "'" + text
	}
	return text
}

package format

import "strings"

// SafeCell returns text of a stranger as a cell of CSV that a spreadsheet takes for text,
// whatever it begins with, see https://owasp.org/www-community/attacks/CSV_Injection.
func SafeCell(text string) string {
	trimmed := strings.TrimLeft(text, " ")
	if trimmed != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(trimmed)[0]) {
		return "'" + text
	}
	return text
}

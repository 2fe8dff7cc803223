package ebustl

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Table is a character code table.
type Table int

// The tables, by their number in files.
const (
	Latin    Table = iota // ISO 6937
	Cyrillic              // ISO 8859-5
	Arabic                // ISO 8859-6
	Greek                 // ISO 8859-7
	Hebrew                // ISO 8859-8
	tables
)

// Tables returns all tables.
func Tables() []Table { return []Table{Latin, Cyrillic, Arabic, Greek, Hebrew} }

// others are the tables beside Latin.
var others = map[Table]*charmap.Charmap{
	Cyrillic: charmap.ISO8859_5, Arabic: charmap.ISO8859_6, Greek: charmap.ISO8859_7, Hebrew: charmap.ISO8859_8,
}

// newer are the bytes of Greek that came to its table after 1987, from when the standard has it.
const newer = "\xa4\xa5\xaa"

// latin are the characters from 0xA0 on. A space is none, or the byte of a mark.
var latin = []rune("\u00A0¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿                —¹®©™♪¬¦    ⅛⅜⅝⅞ΩÆĐªĦ ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u00AD")

// mark is what stands before the letter that it is set above or below: its byte, the character of Unicode, the
// letters that may have it, and how it looks over a space.
type mark struct {
	code    byte
	sign    rune
	letters string
	alone   rune
}

var marks = []mark{
	{0xc1, '\u0300', "AEIOUaeiou", '`'},
	{0xc2, '\u0301', "ACEILNORSUYZaceilnorsuyz", '´'},
	{0xc3, '\u0302', "ACEGHIJOSUWYaceghijosuwy", '^'},
	{0xc4, '\u0303', "AINOUainou", '~'},
	{0xc5, '\u0304', "AEIOUaeiou", '¯'},
	{0xc6, '\u0306', "AGUagu", '˘'},
	{0xc7, '\u0307', "CEGIZcegz", '˙'},
	{0xc8, '\u0308', "AEIOUYaeiouy", '¨'},
	{0xc9, '\u0308', "", '¨'}, // as some have it
	{0xca, '\u030A', "AUau", '˚'},
	{0xcb, '\u0327', "CGKLNRSTcklnrst", '¸'},
	{0xcd, '\u030B', "OUou", '˝'},
	{0xce, '\u0328', "AEIUaeiu", '˛'},
	{0xcf, '\u030C', "CDELNRSTZcdelnrstz", 'ˇ'},
}

// alike are characters that are written as others, since the table makes no difference.
var alike = map[rune]rune{'Ð': 'Đ', '―': '—', '\u2126': 'Ω', 'Ș': 'Ş', 'ș': 'ş', 'Ț': 'Ţ', 'ț': 'ţ'}

// encode returns the bytes of a character; nil where the table lacks it.
func (t Table) encode(r rune) []byte {
	switch {
	case r >= ' ' && r <= '~':
		return []byte{byte(r)}
	case unicode.Is(unicode.Cf, r):
		return nil
	case t != Latin:
		b, ok := others[t].EncodeRune(r)
		if !ok || b < 0xa0 || t == Greek && strings.IndexByte(newer, b) >= 0 {
			return nil
		}
		return []byte{b}
	}
	if other, ok := alike[r]; ok {
		r = other
	}
	if i := slices.Index(latin, r); i >= 0 {
		return []byte{byte(0xa0 + i)}
	}
	if r == 'ģ' {
		return []byte{0xc2, 'g'} // whose cedilla stands above it
	}
	letter, n := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	sign := strings.TrimPrefix(norm.NFD.String(string(r)), string(letter))
	if n == 1 {
		for _, m := range marks {
			if sign == string(m.sign) && strings.ContainsRune(m.letters, letter) {
				return []byte{m.code, byte(letter)}
			}
		}
	}
	return nil
}

// Has reports whether the table has a character.
func (t Table) Has(r rune) bool { return t.encode(r) != nil }

// decode returns the first character of text, which begins with one of a table, and how many bytes it takes.
func (t Table) decode(text []byte) (string, int) {
	b := text[0]
	switch {
	case b < 0x7f:
		return string(rune(b)), 1
	case t != Latin:
		return string(others[t].DecodeByte(b)), 1
	}
	for _, m := range marks {
		switch {
		case m.code != b:
		case len(text) < 2 || text[1] < ' ' || text[1] > '~':
			return string(m.alone), 1
		case text[1] == ' ':
			return string(m.alone), 2
		case m.code == 0xc2 && text[1] == 'g':
			return "ģ", 2
		default:
			return norm.NFC.String(string(text[1]) + string(m.sign)), 2
		}
	}
	if b < 0xa0 || latin[b-0xa0] == ' ' {
		return string(unicode.ReplacementChar), 1
	}
	return string(latin[b-0xa0]), 1
}

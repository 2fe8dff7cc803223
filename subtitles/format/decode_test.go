package format

import (
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"UTF-8", "Zoë: «so»", "Zoë: «so»"},
		{"byte order mark", "\xEF\xBB\xBFZoë", "Zoë"},
		{"UTF-16 little endian", "\xFF\xFEZ\x00o\x00\xEB\x00", "Zoë"},
		{"UTF-16 big endian", "\xFE\xFF\x00Z\x00o\x00\xEB", "Zoë"},
		{"UTF-16 cut short", "\xFF\xFEZ\x00o", "Z"},
		{"UTF-16 without a byte order mark", strings.Repeat("\x00a", 100), strings.Repeat("a", 100)},
		{"Windows-1252", "Zo\xEB \x93so\x94 \x85", "Zoë “so” …"},
		{"damaged UTF-8", strings.Repeat("ë", 40) + "\xFF", strings.Repeat("ë", 40) + "\uFFFD"},
		{"one accent and a stray byte", "caf\u00E9 au lait \xFF", "café au lait \uFFFD"},
		{"a stray byte before its accent", "d\xE9but, caf\u00E9", "d\uFFFDbut, café"},
		{"more stray bytes than accents", "caf\u00E9 \xE9t\xE9", "cafÃ© été"},
		{"Windows-1252, a sequence of UTF-8 by chance", "\xABCAF\xC9\xBB, d\xE9j\xE0 vu", "«CAFÉ», déjà vu"},
		{"Windows-1252, one accent", "caf\xE9 au lait", "café au lait"},
		{"zeros behind the end", "ab\n" + strings.Repeat("\x00", 100), "ab\n" + strings.Repeat("\x00", 100)},
		{"line ends that were made twice", "a\r\r\nb\r\r\n\r\r\nc", "a\nb\n\nc"},
		{"line ends of three kinds", "a\r\r\nb\nc", "a\n\nb\nc"},
		{"line ends", "a\r\nb\rc\r\n\r\nd\n", "a\nb\nc\n\nd\n"},
	} {
		got, err := Decode([]byte(c.in))
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"PDF", "%PDF-1.7 and so on", "this is a PDF"},
		{"DOCX", "PK\x03\x04 and so on", "word processor"},
		{"RTF", `{\rtf1\ansi so`, "RTF"},
		{"WAV", "RIFF\x24\x00\x00\x00WAVEfmt ", "name its transcript"},
		{"binary", strings.Repeat("\x01\x02\x03ab", 100), "binary data"},
		{"too large", strings.Repeat("so it is ", MaxSize/9+1), "larger than 50 MB"},
	} {
		_, err := Decode([]byte(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

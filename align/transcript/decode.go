package transcript

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// decode turns the bytes of a file into clean text: UTF-8 in normal form C, one
// kind of line end, and none of the characters that nobody sees.
func decode(data []byte) (string, error) {
	if err := refuse(data); err != nil {
		return "", err
	}
	return clean(norm.NFC.String(toUTF8(data))), nil
}

// The first bytes of files that people take for text.
var binaries = []struct{ magic, name, advice string }{
	{"%PDF", "a PDF", "save its text as .txt"},
	{"PK\x03\x04", "a word processor's file or an archive", "save it as plain text or HTML"},
	{"\xd0\xcf\x11\xe0", "a word processor's file", "save it as plain text or HTML"},
	{`{\rtf`, "rich text (RTF)", "save it as plain text or HTML"},
	{"RIFF", "a recording", "name its transcript"},
	{"ID3", "a recording", "name its transcript"},
	{"fLaC", "a recording", "name its transcript"},
	{"OggS", "a recording", "name its transcript"},
	{"\x1f\x8b", "compressed", "unpack it first"},
}

// refuse says why data cannot be a transcript.
func refuse(data []byte) error {
	for _, b := range binaries {
		if bytes.HasPrefix(data, []byte(b.magic)) {
			return errors.New("this is " + b.name + ", not text: " + b.advice)
		}
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return nil // UTF-16 is full of zero bytes
	}
	control := 0
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			control++
		}
	}
	// Stray control characters happen in saved pages; one byte in ten does not.
	if control > 16 && control > len(data)/10 {
		return errors.New("this is binary data, not text: save the transcript as plain text, HTML or captions")
	}
	return nil
}

// toUTF8 decodes UTF-8, UTF-16 with a byte order mark and, for whatever is not
// valid UTF-8, Windows-1252, which holds Latin-1.
func toUTF8(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return fromUTF16(data[2:], func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 })
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 })
	}
	if utf8.Valid(data) {
		return string(data)
	}
	// A few bad bytes among many good sequences are damage, not an encoding.
	bad, multi := 0, 0
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			multi++
		}
		rest = rest[n:]
	}
	if bad*10 < multi {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil { // the decoder maps every byte
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(s)
}

func fromUTF16(data []byte, unit func([]byte) uint16) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, unit(data))
	}
	return string(utf16.Decode(units))
}

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
		case r == '\u00AD', unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r) && !isTag(r):
			continue
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// isTag tells the characters that spell the flags of England, Scotland and Wales
// and the signs that some scripts put before numbers.
func isTag(r rune) bool {
	return r >= 0xE0020 && r <= 0xE007F || r >= 0x0600 && r <= 0x0605
}

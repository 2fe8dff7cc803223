package format

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// MaxSize is the size of the largest file that is read, in bytes. The speech of a
// whole day is 1 MB and its captions 10 MB; a web page with pictures inside may have
// 20.
const MaxSize = 50 << 20

// Decode turns the bytes of a text file, captions or a transcript, into UTF-8 with
// LF line ends. They may be UTF-8, UTF-16 with a byte order mark or Windows-1252. Bytes
// that are no UTF-8 are damage, and become U+FFFD, in a file that has as many characters
// of UTF-8 beyond ASCII.
//
// The error says what is wrong, and what to do, when data is larger than MaxSize
// or no text.
func Decode(data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", fmt.Errorf("larger than %d MB: cut it down to the page or the captions of one episode", MaxSize>>20)
	}
	if err := refuse(data); err != nil {
		return "", err
	}
	text := toUTF8(data)
	if strings.ContainsRune(text, '\r') {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	return text, nil
}

// binaries are the first bytes of files that people take for text.
var binaries = []struct{ magic, name, advice string }{
	{"%PDF", "a PDF", "make text of it with: pdftotext -layout FILE.pdf FILE.txt"},
	{"PK\x03\x04", "a word processor's file or an archive", "save it as plain text or HTML"},
	{"\xd0\xcf\x11\xe0", "a word processor's file", "save it as plain text or HTML"},
	{`{\rtf`, "rich text (RTF)", "save it as plain text or HTML"},
	{"RIFF", "a recording", "name its transcript or its captions"},
	{"ID3", "a recording", "name its transcript or its captions"},
	{"fLaC", "a recording", "name its transcript or its captions"},
	{"OggS", "a recording", "name its transcript or its captions"},
	{"\x1f\x8b", "compressed", "unpack it first"},
}

// refuse returns an error that says why data can't be text.
func refuse(data []byte) error {
	for _, b := range binaries {
		if bytes.HasPrefix(data, []byte(b.magic)) {
			return errors.New("this is " + b.name + ", not text: " + b.advice)
		}
	}
	if isUTF16(data) {
		return nil // which is full of zero bytes
	}
	control := 0
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			control++
		}
	}
	// Stray control characters happen in saved pages; one byte in ten does not.
	if control > 16 && control > len(data)/10 {
		return errors.New("this is binary data, not text: save it as plain text, HTML or captions, in UTF-8")
	}
	return nil
}

func isUTF16(data []byte) bool {
	return len(data) >= 2 && (data[0] == 0xFF && data[1] == 0xFE || data[0] == 0xFE && data[1] == 0xFF)
}

// toUTF8 decodes UTF-8, UTF-16 with a byte order mark and, for whatever is not
// valid UTF-8, Windows-1252, which holds Latin-1.
func toUTF8(data []byte) string {
	if isUTF16(data) {
		return fromUTF16(data[2:], data[0] == 0xFE)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return string(data)
	}
	// In Windows-1252 a letter with an accent stands among letters without: it is a bad byte.
	// To form a sequence of UTF-8 it would have to be followed by a sign such as © or », which
	// is rare. So one sequence for each bad byte is evidence enough that these are damage.
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
	if multi >= bad {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil { // the decoder maps every byte
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(s)
}

func fromUTF16(data []byte, bigEndian bool) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		low, high := data[0], data[1]
		if bigEndian {
			low, high = high, low
		}
		units = append(units, uint16(low)|uint16(high)<<8)
	}
	return string(utf16.Decode(units))
}

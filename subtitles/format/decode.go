package format

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"cuewright/subtitles/format/ebustl"
)

// MaxSize is the size of the largest file that is read, in bytes. The speech of a
// whole day is 1 MB and its captions 10 MB; a web page with pictures inside may have
// 20.
const MaxSize = 50 << 20

// Decode turns the bytes of a text file, captions or a transcript, into UTF-8 with
// LF line ends, as DecodeAs does without a name.
func Decode(data []byte) (string, error) {
	text, _, err := DecodeAs(data, "")
	return text, err
}

// DecodeAs turns the bytes of a text file into UTF-8 with LF line ends. They are in the
// encoding of that name, unless a byte order mark says otherwise; where it is "", in UTF-8, in
// UTF-16, in what a page of HTML or a file of XML says that it is in, or in a code page, which
// is guessed: guessed is the name of that. Bytes that are no UTF-8 are damage, and become
// U+FFFD, in a file that has as many characters of UTF-8 beyond ASCII.
//
// A file of EBU STL, which is no text, becomes one in which each character has the number of a byte, see
// Format.Binary.
//
// The error says what is wrong, and what to do, when data is larger than MaxSize
// or no text, and when no encoding of that name is known.
func DecodeAs(data []byte, name string) (text, guessed string, err error) {
	if len(data) > MaxSize {
		return "", "", fmt.Errorf("larger than %d MB: cut it down to the page or the captions of one episode", MaxSize>>20)
	}
	if ebustl.Is(data) {
		return textOfBytes(data), "", nil
	}
	if err := refuse(data); err != nil {
		return "", "", err
	}
	if text, guessed, err = toUTF8(data, name); err != nil {
		return "", "", err
	}
	if strings.ContainsRune(text, '\r') {
		if doubled := strings.Count(text, "\r\r\n"); doubled > 0 && doubled == strings.Count(text, "\n") {
			text = strings.ReplaceAll(text, "\r\r\n", "\n") // of a program that turned LF into CRLF twice
		}
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	return text, guessed, nil
}

// textOfBytes returns a text with a character for each byte, bytesOfText is its inverse.
func textOfBytes(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func bytesOfText(text string) []byte {
	data := make([]byte, 0, len(text))
	for _, r := range text {
		data = append(data, byte(r))
	}
	return data
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
	if wide, _ := wideUnicodeOf(data); wide != nil {
		return nil // which is full of zero bytes
	}
	data = bytes.TrimRight(data, "\x00") // of a file that was given room before it was written
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

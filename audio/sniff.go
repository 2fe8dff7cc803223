package audio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/go-audio/riff"
)

// unsupportedError is the error for a recording in a format that isn't decoded here.
// Its message ends with the command that converts it.
type unsupportedError struct {
	name, what string
	known      bool   // a container that ffmpeg decodes
	advice     string // what to do; "" for piping the recording through ffmpeg
}

func (e *unsupportedError) Error() string {
	advice := e.advice
	if advice == "" {
		advice = "make WAV of it on the way here with: ffmpeg -i - -ac 1 -ar 16000 -f wav -"
	}
	return fmt.Sprintf("%s: %s: %s", e.name, e.what, advice)
}

// convertCommand returns the command that converts the file to WAV, ready to be pasted
// into a POSIX shell.
func convertCommand(name string) string {
	ext := filepath.Ext(name)
	out := strings.TrimSuffix(name, ext) + ".wav"
	if strings.EqualFold(ext, ".wav") {
		out = strings.TrimSuffix(name, ext) + "-16k.wav"
	}
	return "ffmpeg -i " + shellQuote(name) + " -ac 1 -ar 16000 " + shellQuote(out)
}

// shellQuote quotes a file name for a POSIX shell. One with a leading dash or a colon
// gets a path, so that ffmpeg doesn't take it for an option or a protocol.
func shellQuote(name string) string {
	if strings.HasPrefix(name, "-") || strings.Contains(name, ":") && !filepath.IsAbs(name) {
		name = "./" + name
	}
	plain := func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune("_-./+@%,", r)
	}
	if name != "" && strings.IndexFunc(name, func(r rune) bool { return !plain(r) }) < 0 {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

// The GUIDs at the start of a Wave64 file and of its form. Source: Sonic Foundry, Wave64
// file format (2000).
const (
	wave64RIFF = "riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\x00\x00"
	wave64WAVE = "wave\xF3\xAC\xD3\x11\x8C\xD1\x00\xC0\x4F\x8E\xDB\x8A"
)

// identify reads the header of a WAV file and returns the walk over its chunks. For
// another file the error says what it is.
func (in *input) identify(name string) (*chunkWalk, error) {
	head, err := in.buf.Peek(sniffSize)
	switch {
	case len(head) == 0 && (err == nil || errors.Is(err, io.EOF)):
		return nil, fmt.Errorf("%s: the file is empty: record or export it again", name)
	case err != nil && !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: can't be read: %w", name, err)
	}
	walk := &chunkWalk{in: in, parser: riff.New(in)}
	opening := int64(12)
	switch {
	case isRIFF(head, "WAVE", "RIFF", "RF64", "BW64"):
	case len(head) >= 40 && string(head[:16]) == wave64RIFF && string(head[24:40]) == wave64WAVE:
		walk.wave64, opening = true, 40
	default:
		what, kind := sniff(head)
		if kind == noRecording {
			return nil, fmt.Errorf("%s: %s: name a recording", name, what)
		}
		return nil, &unsupportedError{name: name, what: what, known: kind == container}
	}
	if err := in.seek(opening); err != nil {
		return nil, damaged(name, false, false)
	}
	return walk, nil
}

// sniffSize is how much of a file is looked at to identify it, in bytes.
const sniffSize = 512

// isRIFF reports whether head begins with one of the IDs, a size and the form.
func isRIFF(head []byte, form string, ids ...string) bool {
	if len(head) < 12 || string(head[8:12]) != form {
		return false
	}
	for _, id := range ids {
		if string(head[:4]) == id {
			return true
		}
	}
	return false
}

// kind says what to do with a file that isn't WAV.
type kind int

const (
	unknown     kind = iota // refuse it and advise to convert it
	container               // have ffmpeg decode it
	noRecording             // refuse it
)

// signatures lists bytes at an offset that identify a file, and what to call it. The
// first that matches counts, so the special ones stand before the general ones.
var signatures = [...]struct {
	offset int
	bytes  string
	what   string
	kind   kind
}{
	{0, "ID3", "an MP3 file, not WAV", container},
	{0, "fLaC", "a FLAC file, not WAV", container},
	{28, "OpusHead", "an Ogg Opus file, not WAV", container},
	{0, "OggS", "an Ogg file, not WAV", container},
	{4, "ftypM4A", "an M4A file, not WAV", container},
	{4, "ftypqt", "a QuickTime movie, not WAV", container},
	{4, "ftyp", "an MP4 file, not WAV", container},
	{4, "moov", "a QuickTime movie, not WAV", container},
	{4, "mdat", "a QuickTime movie, not WAV", container},
	{4, "wide", "a QuickTime movie, not WAV", container},
	{0, "RIFX", "a big-endian WAV file (RIFX)", container},
	{8, "AIFF", "an AIFF file, not WAV", container},
	{8, "AIFC", "an AIFF-C file, not WAV", container},
	{8, "AVI ", "an AVI video, not WAV", container},
	{0, "caff", "a Core Audio file, not WAV", container},
	{0, ".snd", "a Sun audio file, not WAV", container},
	{0, "#!AMR", "an AMR file, not WAV", container},
	{0, "\x1A\x45\xDF\xA3", "a Matroska or WebM file, not WAV", container},
	{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a Windows Media file, not WAV", container},
	{0, "FLV\x01", "a Flash video, not WAV", container},
	{0, "\x00\x00\x01\xBA", "an MPEG video, not WAV", container},
	{0, "wvpk", "a WavPack file, not WAV", container},
	{0, "MAC ", "a Monkey's Audio file, not WAV", container},
	{0, "ADIF", "an AAC file, not WAV", container},
	{0, "FORM", "an IFF file, not WAV", container},
	{0, "RIFF", "a RIFF file, but not WAV", unknown},
	{0, "PK\x03\x04", "a ZIP archive, not a recording", noRecording},
	{0, "%PDF", "a PDF file, not a recording", noRecording},
	{0, "\x1F\x8B", "a gzip archive, not a recording", noRecording},
	{0, "\x89PNG", "a picture, not a recording", noRecording},
	{0, "\xFF\xD8\xFF", "a picture, not a recording", noRecording},
	{0, "\xFF\xFE", "text, not a recording", noRecording}, // UTF-16
	{0, "\xFE\xFF", "text, not a recording", noRecording},
}

// sniff returns what a file is that begins with head, of at least one byte.
func sniff(head []byte) (what string, kind kind) {
	for _, s := range signatures {
		if len(head) >= s.offset && bytes.HasPrefix(head[s.offset:], []byte(s.bytes)) {
			return s.what, s.kind
		}
	}
	// An MPEG frame begins with eleven bits of synchronisation; the layer follows: 0 is AAC.
	if len(head) >= 2 && head[0] == 0xFF && head[1]&0xE0 == 0xE0 {
		switch head[1] >> 1 & 3 {
		case 0:
			return "an AAC file, not WAV", container
		case 1, 2:
			return "an MP3 file, not WAV", container
		}
	}
	if isText(head) {
		return "text, not a recording", noRecording
	}
	// Packets of 188 bytes, each of which begins with the same byte.
	if len(head) > 2*188 && head[0] == 'G' && head[188] == 'G' && head[2*188] == 'G' {
		return "an MPEG transport stream, not WAV", container
	}
	return "no WAV file", unknown
}

// isText reports whether head is UTF-8 without control characters; its last rune may
// be cut off.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 && len(head) >= utf8.UTFMax || r < ' ' && !strings.ContainsRune("\t\n\r\f", r) {
			return false
		}
		head = head[size:]
	}
	return true
}

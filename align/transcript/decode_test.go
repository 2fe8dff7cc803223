package transcript

import (
	"bytes"
	"os"
	"path/filepath"
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
		{"Windows-1252", "Zo\xEB \x93so\x94 \x85", "Zoë “so” …"},
		{"damaged UTF-8", strings.Repeat("ë", 40) + "\xFF", strings.Repeat("ë", 40) + "\uFFFD"},
		{"line ends", "a\r\nb\rc\u2028d\fe", "a\nb\nc\nd\ne"},
		{"unseen characters", "so\u00ADft \u200Bzero\u2060 \u202Aleft\u202C \x00nul \uFEFFmark", "soft zero left nul mark"},
		{"joiners of emoji and Persian stay", "👩\u200D🚀 می\u200Cخواهم a\u200Db", "👩\u200D🚀 می\u200Cخواهم ab"},
		{"combining accents", "Zoe\u0308", "Zoë"},
	} {
		got, err := decode([]byte(c.in))
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "nothing that is said"},
		{"white space", " \n\t\n", "nothing that is said"},
		{"directions alone", "[MUSIC]\n[APPLAUSE]", "nothing that is said"},
		{"captions without text", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "nothing that is said"},
		{"PDF", "%PDF-1.7 and so on", "this is a PDF"},
		{"DOCX", "PK\x03\x04 and so on", "word processor"},
		{"RTF", `{\rtf1\ansi so`, "RTF"},
		{"WAV", "RIFF\x24\x00\x00\x00WAVEfmt ", "name its transcript"},
		{"binary", strings.Repeat("\x01\x02\x03ab", 100), "binary data"},
		{"too large", strings.Repeat("so it is ", maxSize/9+1), "larger than 50 MB"},
	} {
		_, err := Parse([]byte(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "missing.txt"), dir, empty} {
		_, err := Read(name)
		if err == nil || !strings.HasPrefix(err.Error(), name+": ") || strings.Count(err.Error(), name) != 1 {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestHugeLine reads a line of a megabyte, which a scanner would refuse.
func TestHugeLine(t *testing.T) {
	data := append([]byte("Ada: "), bytes.Repeat([]byte("so it is. "), 100_000)...)
	s, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.NumWords(); n != 300_000 {
		t.Errorf("%d words, want 300000", n)
	}
}

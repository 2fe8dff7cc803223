package transcript

import (
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"line ends", "a\r\nb\rc\u2028d\fe", "a\nb\nc\nd\ne"},
		{"unseen characters", "so\u00ADft \u200Bzero\u2060 \u202Aleft\u202C \x00nul \uFEFFmark", "soft zero left nul mark"},
		{"joiners of emoji and Persian stay", "👩\u200D🚀 می\u200Cخواهم a\u200Db", "👩\u200D🚀 می\u200Cخواهم ab"},
		{"combining accents", "Zoe\u0308", "Zoë"},
	} {
		if got := normalize(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "nothing that is said"},
		{"white space", " \n\t\n", "nothing that is said"},
		{"directions alone", "[MUSIC]\n[APPLAUSE]", "nothing that is said"},
	} {
		_, err := Parse(c.in)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	for _, lines := range [][]Line{nil, {{Text: "[MUSIC]", Number: 1}}, {{Text: " \u00AD", Number: 1}}} {
		if _, err := FromLines(lines); err == nil || !strings.Contains(err.Error(), "nothing that is said") {
			t.Errorf("%v: got %v", lines, err)
		}
	}
}

// TestHugeLine reads a line of a megabyte, which a scanner would refuse.
func TestHugeLine(t *testing.T) {
	s, err := Parse("Ada: " + strings.Repeat("so it is. ", 100_000))
	if err != nil {
		t.Fatal(err)
	}
	if n := s.NumWords(); n != 300_000 {
		t.Errorf("%d words, want 300000", n)
	}
}

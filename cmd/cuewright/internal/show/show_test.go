package show

import (
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Tomás — “ok”", "Tomás — “ok”"},
		{"a\nb\tc\r", "a b c "},
		{"\x1b[31mred\x07\u009b", "\ufffd[31mred\ufffd\ufffd"},
		{"gpj.\u202Eevil\u202C \u2066x\u2069", "gpj.evil x"},
		{"שלום 👩‍👩‍👧", "שלום 👩‍👩‍👧"},
	} {
		if got := Printable(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestShellWord(t *testing.T) {
	for _, c := range [][2]string{
		{"a/b-1.srt", "a/b-1.srt"}, {"é.vtt", "é.vtt"}, {"a b.srt", "'a b.srt'"}, {"-x.srt", "'./-x.srt'"},
		{"x;rm -rf ~.srt", "'x;rm -rf ~.srt'"}, {"it's", `'it'\''s'`}, {"$(x)", "'$(x)'"},
	} {
		if got := ShellWord(c[0]); got != c[1] {
			t.Errorf("%s: got %s, want %s", c[0], got, c[1])
		}
	}
}

func TestExcerpt(t *testing.T) {
	sixty := strings.Repeat("é", 60)
	for _, c := range [][2]string{
		{"", ""}, {"a\nb", "a b"}, {sixty, sixty}, {sixty + "x", sixty[:2*59] + "…"},
	} {
		if got := Excerpt(c[0]); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range []string{"0 cues", "1 cue", "2 cues"} {
		if got := Count(n, "cue"); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

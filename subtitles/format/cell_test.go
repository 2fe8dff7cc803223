package format

import "testing"

func TestSafeCell(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"episode", "episode"},
		{"0.98", "0.98"},
		{"a=b", "a=b"},
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{" =1", "' =1"},
		{"\t=1", "'\t=1"},
		{"\r=1", "'\r=1"},
		{"＝1", "'＝1"},
		{"a\nb\tc", "a\nb\tc"},
		{"\x1b[2Ja\u009b1m\u0085\x7f\x00é", "\ufffd[2Ja\ufffd1m\ufffd\ufffd\ufffdé"},
	} {
		if got := SafeCell(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

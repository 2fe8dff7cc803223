package transcript

import (
	"strings"
	"testing"
)

// TestUnpage: what stands on every page is a note, what only looks like it stays. Lines are parted by
// "|", and "||" leaves a blank one.
func TestUnpage(t *testing.T) {
	for _, c := range []struct{ name, in, want, notes string }{
		{"numbers", "a|b|c|1|d|e|f|2|g", "a|b|c|d|e|f|g", "1 2"},
		{"in dashes", "a|- 7 -|b|c|d|- 8 -|e", "a|b|c|d|e", "- 7 - - 8 -"},
		{"named, in heads", "Kilns, page 1|a|b|c|Kilns, page 2|d|e", "a|b|c|d|e", "Kilns, page 1 Kilns, page 2"},
		{"heads", "KILNS|a|b|1|KILNS|c|d|2|KILNS|e|f|3", "a|b|c|d|e|f", "KILNS 1 KILNS 2 KILNS 3"},
		{"one number", "a|b|c|12|d", "a|b|c|12|d", ""},
		{"counted aloud", "1|2|3|go", "1|2|3|go", ""},
		{"counted down", "a|3|b|c|d|2|e|f|g|1|h", "a|3|b|c|d|2|e|f|g|1|h", ""},
		{"a turn that comes again", "a|b|Ada: Yes|1|Ada: Yes|c|d|2|e", "a|b|Ada: Yes|Ada: Yes|c|d|e", "1 2"},
		{"numbers of lines", "1 a|2 b|3|4 c|1 d|2 e|3 f|4 g", "a|b|c|d|e|f|g", "3"},
		{"a list", "1 a|2 b|3 c|4 d|5 e|6 f|7 g|8 h", "1 a|2 b|3 c|4 d|5 e|6 f|7 g|8 h", ""},
	} {
		var lines []line
		for i, text := range strings.Split(c.in, "|") {
			lines = append(lines, line{num: i + 1, text: text})
		}
		kept, notes := unpage(lines)
		var got, noted []string
		for _, l := range kept {
			got = append(got, l.text)
		}
		for _, n := range notes {
			noted = append(noted, n.Text)
		}
		if text := strings.Join(got, "|"); text != c.want || strings.Join(noted, " ") != c.notes {
			t.Errorf("%s: got %q, %q, want %q, %q", c.name, text, noted, c.want, c.notes)
		}
	}
}

func TestJoinWord(t *testing.T) {
	compounds := map[string]bool{"well-known": true}
	for _, c := range []struct{ before, after, want string }{
		{"a wood-", "en door", "a wooden door"}, {"a well-", "known door", "a well-known door"}, {"so -", "en", "so - en"},
		{"the Upper-", "Lake", "the Upper- Lake"}, {"in 19-", "th", "in 19- th"}, {"a wood", "en", "a wood en"},
	} {
		if got := joinLines([]string{c.before, c.after}, compounds); got != c.want {
			t.Errorf("%q, %q: got %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

package pronounce

import (
	"slices"
	"strings"
	"testing"

	"cuewright/align/pronounce/langid"
)

func TestTablesParse(t *testing.T) {
	for _, tag := range append(Languages(), plainTag) {
		data, err := tables.ReadFile("lang/" + tag + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		l, err := parseLanguage(tag, string(data))
		if err != nil {
			t.Error(err)
			continue
		}
		n := l.numbers
		if len(n.small) < 11 || len(n.tens) != 8 && len(n.small) < 100 || len(n.hundreds) != 9 || n.point == "" ||
			n.minus == "" || n.to == "" {
			t.Errorf("%s: numbers are incomplete: %d small, %d tens, %d hundreds", tag, len(n.small), len(n.tens),
				len(n.hundreds))
		}
		for i, s := range n.scales {
			if s.one == "" || s.few == "" || s.many == "" {
				t.Errorf("%s: no word for 1000 to the power of %d", tag, i+1)
			}
		}
	}
}

// TestDetectable holds Detect to the languages that have rules.
func TestDetectable(t *testing.T) {
	known := langid.Languages()
	for _, tag := range Languages() {
		if !slices.Contains(known, tag) {
			t.Errorf("%s has rules, but no text is told to be in it", tag)
		}
	}
}

func TestTableErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[rules]\n[a AA", "left[letters]right"},
		{"[rules]\nb[a] XX", `no phone "XX"`},
		{"[rules]\nV[a] AA", "no class V"},
		{"[classes]\nVW a", "want a capital"},
		{"[words]\none SIL", `no phone "SIL"`},
		{"[say]\n& and", "want key = words"},
		{"[numbers]\nsmall", "want words"},
		{"[numbers]\nlarge one", `no numerals "large"`},
		{"[marks]\na", "want letters and an ending"},
		{"[nothing]\na", `no section "nothing"`},
	} {
		_, err := parseLanguage("xx", c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "xx.txt:2: ") {
			t.Errorf("%q: error %v, want %q at line 2", c.text, err, c.want)
		}
	}
}

// A rule that an earlier one of the same letters always hides can't apply.
func TestNoRuleIsHidden(t *testing.T) {
	for _, tag := range append(Languages(), plainTag) {
		for first, rules := range languageFor(tag).rules.byLetter {
			for i, r := range rules {
				if len(r.left)+len(r.right) > 0 {
					continue
				}
				for _, later := range rules[i+1:] {
					if strings.HasPrefix(string(later.letters), string(r.letters)) {
						t.Errorf("%s: [%s] hides a later rule for [%s] at %c", tag, string(r.letters),
							string(later.letters), first)
					}
				}
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	got := Languages()
	for _, tag := range []string{"en", "es", "it", "de", "fr", "pt", "ru"} {
		if !slices.Contains(got, tag) {
			t.Errorf("no %s in %v", tag, got)
		}
	}
	if !slices.IsSorted(got) || slices.Contains(got, plainTag) {
		t.Errorf("languages %v: want them sorted and without %s", got, plainTag)
	}
}

package pronounce

import (
	"maps"
	"slices"
	"strings"
	"testing"
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

// TestDetectable: whatever Detect finds by its list has rules, and no two entries are of the same
// language.
func TestDetectable(t *testing.T) {
	detected := slices.Sorted(maps.Values(detectable))
	for _, tag := range detected {
		if !slices.Contains(Languages(), tag) {
			t.Errorf("no rules for %s", tag)
		}
	}
	if n := len(slices.Compact(slices.Clone(detected))); n != len(detected) {
		t.Errorf("a language stands twice in %v", detected)
	}
}

func TestAliases(t *testing.T) {
	for alias, tag := range aliases {
		if languageFor(alias) != languageFor(tag) || languageFor(tag).tag != tag {
			t.Errorf("%s has not the table of %s", alias, tag)
		}
		if slices.Contains(Languages(), alias) {
			t.Errorf("%s has a table of its own", alias)
		}
	}
	for _, c := range []struct{ tag, want string }{
		{"no", "nb"}, {"no-NO", "nb"}, {"sh", "sr"}, {"tl-PH", "fil"}, {"bs_BA", "bs"}, {"xx", plainTag},
	} {
		if got := languageFor(c.tag).tag; got != c.want {
			t.Errorf("%s has the table of %s, want %s", c.tag, got, c.want)
		}
	}
}

// TestLike: a table takes from another language what it has no line of, and leaves that as it was.
func TestLike(t *testing.T) {
	hr, sr := languageFor("hr"), languageFor("sr")
	if names(hr.byRules(nil, "njega")) != names(sr.byRules(nil, "njega")) || len(sr.rules.byLetter) == 0 {
		t.Error("Serbian is not read by the rules of Croatian")
	}
	if hr.numbers.scales[0] == sr.numbers.scales[0] || hr.months["maja"] || !sr.months["maja"] || sr.months["svibnja"] {
		t.Error("Serbian has not its own numbers and months")
	}
	l, err := parseLanguage("xx", "[like]\nes\n[function]\nxa\n[words]\nxa SH AA")
	if err != nil || l.like != "es" {
		t.Fatalf("like %q, error %v", l.like, err)
	}
	es := languageFor("es")
	functions := len(es.function)
	l.inherit(es)
	if len(l.function) != 1 || len(l.words) != 1 || len(es.function) != functions || es.words["xa"] != nil {
		t.Errorf("%d function words and %d words, want 1 of each", len(l.function), len(l.words))
	}
	if l.numbers.cardinal(21) != es.numbers.cardinal(21) || !l.months["enero"] {
		t.Error("numbers and months are not those of Spanish")
	}
}

// TestSame: letters that are read as others, in two scripts and with tone marks.
func TestSame(t *testing.T) {
	for _, c := range []struct{ lang, a, b string }{
		{"sr", "Љубичаста џезва, њихов ђак", "Ljubičasta džezva njihov đak"},
		{"uz", "Ўзбекистон шаҳри", "O‘zbekiston shahri"},
		{"la", "amīcus cūrae", "amicus curæ"},
		{"vi", "ma má mà mả mã mạ", "ma ma ma ma ma ma"},
		{"vi", "ấy ầy", "ây ây"},
	} {
		a, b := phonesOf(c.a, c.lang), phonesOf(c.b, c.lang)
		if a != b || a == "" {
			t.Errorf("%s: %q: %s, want those of %q: %s", c.lang, c.a, a, c.b, b)
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
		{"[same]\na", "want letters"},
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

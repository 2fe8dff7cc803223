package pronounce

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cuewright/align/pronounce/langid"
)

func TestTablesParse(t *testing.T) {
	for _, tag := range append(Languages(), plainTag) {
		data, err := tables.ReadFile("lang/" + tag + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseLanguage(tag, string(data)); err != nil {
			t.Error(err)
			continue
		}
		n := languageFor(tag).numbers // with what it has from another
		if m := n.myriads; m.units != nil {
			if len(n.small) != 11 || len(m.units) != 6 || m.one < 1 || n.point == "" || n.minus == "" || n.to == "" {
				t.Errorf("%s: numbers are incomplete", tag)
			}
			continue
		}
		if len(n.small) < 11 || len(n.tens) != 8 && len(n.small) < 100 || len(n.hundreds) != 9 && n.powers == nil ||
			n.point == "" || n.minus == "" || n.to == "" {
			t.Errorf("%s: numbers are incomplete: %d small, %d tens, %d hundreds", tag, len(n.small), len(n.tens),
				len(n.hundreds))
		}
		for i, s := range n.scales {
			if n.powers != nil || i > 0 && n.hundredThousand.one != "" && n.tenMillion.one != "" {
				break
			}
			if s.one == "" || s.few == "" || s.many == "" {
				t.Errorf("%s: no word for 1000 to the power of %d", tag, i+1)
			}
		}
	}
}

// TestDetectable holds Detect to the languages that have rules, but for Western Armenian, which
// is taken for Armenian: both are written in the same letters.
func TestDetectable(t *testing.T) {
	known := []string{"hyw"}
	for _, tag := range langid.Languages() {
		known = append(known, languageFor(tag).tag)
	}
	for _, tag := range Languages() {
		if !slices.Contains(known, tag) && tag != "hyw" { // which is told as hy
			t.Errorf("%s has rules, but no text is told to be in it", tag)
		}
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

// TestSounds: what is particular to the spelling of a language.
func TestSounds(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"nb", "Jeg kjøpte skjønne blå hvaler", "Y EY | SH OE P T AH | SH OE N AH | B L OW | V AA L AH R"},
		{"nn", "Eg veit ikkje", "EY G | V EY T | IH SH AH"},
		{"fi", "Hyvää yötä äiti, kengät", "HH UE V AE | UE OE T AE | AE IY T IY | K EH NG AE T"},
		{"et", "Õhtul jõuab öö kätte", "AH HH T UW L | Y AH UW AA P | OE | K AE T EH"},
		{"hu", "Szép zsák, lyuk, csak gyümölcs", "S EY P | ZH AA K | Y UH K | CH AO K | D Y UE M OE L CH"},
		{"sk", "Ďakujem deti vlk krv nič", "D Y AA K UW Y EH M | D Y EH T Y IY | V L K | K RR W | N Y IY CH"},
		{"sl", "Človek bil vse prst", "CH L AO V EH K | B IY W | UW S EH | P AH RR S T"},
		{"hr", "Čovjek ljubav njiva đak prst", "CH AO V Y EH K | L Y UW B AA V | N Y IY V AA | JH AA K | P RR S T"},
		{"lt", "Ačiū žmonės reikia šiaurė", "AA CH UW | ZH M OW N EY S | RR EY K EH | SH EH UW RR EY"},
		{"lv", "Ķēniņš ļaudis runā", "T Y EY N IY N Y SH | L Y AW D IY S | RR UW N AA"},
		{"is", "Þorpið hvar allir einn", "TH AO RR P IH DH | K V AA RR | AA T L IH RR | EY T N"},
		{"ga", "Bhí fear agus bhean mhór", "V IY | F AE RR | AA G AH S | V AE N | W OW RR"},
		{"cy", "Llwyd ddŵr ysgol ffordd", "SH UW IY D | DH UW RR | AH S G AO L | F AO RR DH"},
		{"eu", "Etxe txiki gozoa", "EH CH EH | CH IY K IY | G AO S AO AA"},
		{"gl", "Xente unha cando cinco", "SH EH N T EH | UW NG AA | K AA N D OW | TH IY NG K OW"},
		{"id", "Banyak orang menunggu pulau", "B AA N Y AA K | AO RR AA NG | M AH N UW NG G UW | P UW L AW"},
		{"ms", "Kita punya buku", "K IY T AH | P UW N Y AH | B UW K UW"},
		{"fil", "Ang mga ngiti ng tao", "AA NG | M AA NG AA | NG IY T IY | N AA NG | T AA AO"},
		{"sw", "Ng'ombe chakula dhahabu", "NG AO M B EH | CH AA K UW L AA | DH AA HH AA B UW"},
		{"vi", "Nguyễn được nghĩ trường", "NG W IY AH N | D UH AH K | NG IY | CH UH AH NG"},
		{"eo", "Ĉiuj homoj ĝojas antaŭ", "CH IY UW IY | HH AO M OY | JH OY AA S | AA N T AW"},
		{"af", "Ek het 'n bietjie", "EH K | HH EH T | AH | B IY K IY"},
		{"sq", "Shqip është xhami gjak", "SH CH IY P | AH SH T AH | JH AA M IY | JH AA K"},
		{"mk", "Ќе одам ѓавол", "CH EH | AO D AA M | JH AA V AO L"},
		{"az", "Çox gözəl şəhər", "CH AO KH | G OE Z AE L | SH AE HH AE RR"},
		{"uz", "O‘zbekcha chiroyli", "OW Z B EH K CH AE | CH IH RR AO Y L IH"},
		{"kk", "Қазақ тілі", "K AA Z AA K | T IH L IH"},
		{"la", "Caesar quinque", "K AY S AA RR | K W IY NG K W EH"},
		{"mt", "Għandi xemx", "AA N D IY | SH EH M SH"},
		{"lb", "Ech schwätzen", "EH SH | SH V EH T S AH N"},
		{"ky", "Кыргыз тили, жаңы", "K AH RR G AH Z | T IH L IH | JH AA NG AH"},
		{"tk", "Türkmen ýaş söz", "T UE RR K M EH N | Y AA SH | TH OE DH"},
		{"tt", "Татар теле, җәй", "T AA T AA RR | T EH L EH | ZH EY"},
		{"ku", "Zimanê xweş, çiya", "Z IH M AA N EY | KH W AE SH | CH IH Y AA"},
		{"fo", "Hvat eitur tú", "K V EH AH T | AY T UH R | T UW"},
	} {
		if got := phonesOf(c.text, c.lang); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}

// TestReadmeListsLanguages: the table of languages has each that has rules, in their order.
func TestReadmeListsLanguages(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([a-z]{2,3}) \|`).FindAllStringSubmatch(string(readme), -1) {
		listed = append(listed, row[1])
	}
	listed = listed[1:] // what heads the column
	if diff := cmp.Diff(Languages(), listed); diff != "" {
		t.Errorf("languages that have rules, and those that README.md lists:\n%s", diff)
	}
}

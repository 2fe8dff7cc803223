package pronounce

import (
	"slices"
	"strings"
	"testing"
)

func TestOpenPhones(t *testing.T) {
	for _, c := range []struct {
		name   string
		sounds string
		may    bool // be missing
	}{
		{"AA", "AA", false},
		{"T?", "T", true},
		{"W|UW", "W UW", false},
		{"VOWEL?", "AH AE AA EH IH AO OW UH", true},
	} {
		phones, err := parsePhones([]string{c.name})
		if err != nil {
			t.Fatal(err)
		}
		p := phones[0]
		if got := names(p.Sounds()); got != c.sounds || p.Optional() != c.may || p.String() != c.name || p.Always().Optional() {
			t.Errorf("%s: %s, %s, optional %v", c.name, p, got, p.Optional())
		}
	}
	for _, name := range []string{"?", "W|Q", "SIL?", "VOWEL??"} {
		if p, err := parsePhones([]string{name}); err == nil {
			t.Errorf("%q is the phone %v", name, p)
		}
	}
	if AllPhones > int(closed) {
		t.Errorf("%d phones, at most %d can be told from optional ones", AllPhones, closed)
	}
}

// Words of the languages whose writing leaves vowels out, as they are written and with their
// vowel signs, and of others in their letters.
func TestOpenVowels(t *testing.T) {
	for _, c := range []struct{ lang, word, want string }{
		{"ar", "كتب", "K VOWEL T VOWEL? B VOWEL?"},
		{"ar", "كَتَبَ", "K AE|AA|AH T AE|AA|AH B AE|AA|AH"},
		{"ar", "كتاب", "K VOWEL T AA B VOWEL?"},
		{"ar", "القمر", "VOWEL? L K|G VOWEL? M VOWEL? R|RR VOWEL?"},        // a moon letter
		{"ar", "الشمس", "VOWEL? L? SH VOWEL? M VOWEL? S VOWEL?"},           // a sun letter
		{"ar", "والشمس", "W AE|AA|AH L? SH VOWEL? M VOWEL? S VOWEL?"},      // behind and
		{"ar", "الشَّمْسُ", "VOWEL? L? SH AE|AA|AH M S UH|OW"},             // a geminate, and a closed syllable
		{"ar", "مدرسة", "M VOWEL D VOWEL? R|RR VOWEL? S AE|AA|AH T?"},      // ta marbuta
		{"ar", "يوم", "Y VOWEL W|UW VOWEL? M VOWEL?"},                      // waw, a vowel or not
		{"ar", "ذهبوا", "DH|Z|D VOWEL HH VOWEL? B UW"},                     // an alif that is not said
		{"ar", "سؤال", "S VOWEL? AA L VOWEL?"},                             // a hamza on its carrier
		{"ar", "ســلام", "S VOWEL L AA M VOWEL?"},                          // a line made longer
		{"ar", "Otto", "AA T OW"},                                          // a name in Latin letters
		{"fa", "مدرسه", "M VOWEL D VOWEL? R|RR VOWEL? S EH|AE HH? EH|IH?"}, // silent he
		{"fa", "خواهر", "KH AA|AO HH VOWEL? R|RR EH|IH?"},                  // silent vav, and an ezafe
		{"fa", "می\u200cروم", "M IY R|RR VOWEL V|UW|OW VOWEL? M EH|IH?"},   // in two parts
		{"he", "שלום", "SH|S VOWEL? L VOWEL? V|UW|OW VOWEL? M"},            // vav, any of three
		{"he", "שָׁלוֹם", "SH AA|OW L OW M"},                               // with points
		{"he", "כַּלְבָּה", "K AA L EH? B AA|OW"},                          // hard letters, and a silent he
		{"he", "כלב", "K|KH VOWEL? L VOWEL? V"},                            // soft at the end
		{"ur", "لڑکا", "L VOWEL R|D VOWEL? K AA"},                          //
		{"ur", "بھاری", "B HH? AA R|RR IY"},                                // an aspirate
		{"ur", "کھڑکی", "K HH? VOWEL? R|D VOWEL? K IY"},                    //
		{"yi", "שלום", "SH L UH M"},                                        // vowels are written
		{"yi", "אידיש", "IH|IY D IH|IY SH"},
		{"ps", "ښځه", "SH VOWEL Z EH|AE HH? EH|IH?"}, // as in Persian, with letters of its own
		{"ckb", "کوردستان", "K EH|IH? W|UW EH|IH? R|RR EH|IH? D EH|IH? S EH|IH? T AA N"},
		{"iw", "כלב", "K|KH VOWEL? L VOWEL? V"}, // another tag of Hebrew
	} {
		if got := phonesOf(c.word, c.lang); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.lang, c.word, got, c.want)
		}
	}
}

func TestNumbersOfOpenScripts(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"ar", "٢٥", "خمسة و عشرون"},
		{"ar", "1999", "ألف و تسعمئة و تسعة و تسعون"},
		{"ar", "٣٫٥", "ثلاثة فاصلة خمسة"},
		{"ar", "١٢٬٠٠٠", "اثنا عشر ألف"},
		{"ar", "٥٠٪", "خمسون بالمئة"},
		{"fa", "۱۴۰۳", "هزار و چهارصد و سه"},
		{"fa", "۲۱", "بیست و یک"},
		{"he", "48", "ארבעים ו שמונה"},
		{"he", "₪20", "עשרים שקלים"},
		{"ur", "۷۵", "پچہتر"},
	} {
		if got := spokenFor(c.text, c.lang); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}

// No direction mark is part of a word, and each consonant of a word without signs stays.
func TestMarksOfDirection(t *testing.T) {
	plain := Sentence([]string{"بيت", "25"}, "ar")
	marked := Sentence([]string{"\u200fبيت\u200e", "\u206725\u2069"}, "ar")
	for i := range plain {
		if !slices.Equal(plain[i].Phones, marked[i].Phones) {
			t.Errorf("%s with marks, %s without", names(marked[i].Phones), names(plain[i].Phones))
		}
	}
	if !strings.HasPrefix(names(plain[0].Phones), "B ") {
		t.Errorf("%s", names(plain[0].Phones))
	}
}

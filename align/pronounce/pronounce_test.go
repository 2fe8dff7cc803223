package pronounce

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// phonesOf returns the phones of a sentence as text, its words separated by " | ".
func phonesOf(sentence, lang string) string {
	var words []string
	for _, w := range Sentence(strings.Fields(sentence), lang) {
		words = append(words, names(w.Phones))
	}
	return strings.Join(words, " | ")
}

// names returns the names of phones, separated by blanks.
func names(phones []Phone) string {
	var all []string
	for _, p := range phones {
		all = append(all, p.String())
	}
	return strings.Join(all, " ")
}

// checkPhones checks that each word has phones, none of them Silence.
func checkPhones(t interface{ Fatalf(string, ...any) }, words []string, said []Word) {
	if len(said) != len(words) {
		t.Fatalf("%d words, %d answers", len(words), len(said))
	}
	for i, w := range said {
		ways := w.Ways()
		for k, way := range ways {
			same := func(other []Phone) bool { return slices.Equal(way, other) }
			if len(way) == 0 || slices.IndexFunc(ways, same) < k || len(ways) > MostWays {
				t.Fatalf("%q is pronounced %v", words[i], ways)
			}
		}
		for _, p := range slices.Concat(ways...) {
			if p == Silence || int(p.Always()) >= AllPhones {
				t.Fatalf("%q has phone %v", words[i], p)
			}
		}
		for _, phones := range ways {
			if !slices.ContainsFunc(phones, func(p Phone) bool { return !p.Optional() }) {
				t.Fatalf("%q may be nothing at all, %v", words[i], phones)
			}
		}
	}
}

// spokenFor returns what is spoken for a sentence, as text, its words separated by " | ".
func spokenFor(sentence, lang string) string {
	words := strings.Fields(sentence)
	texts := make([]string, len(words))
	for _, s := range verbalize(words, languageFor(lang), choices{}).out {
		text := s.text
		if s.spelled {
			text = strings.Join(strings.Split(strings.ToUpper(text), ""), ".")
		}
		texts[s.word] = strings.TrimSpace(texts[s.word] + " " + text)
	}
	return strings.Join(texts, " | ")
}

func TestEveryWordHasPhones(t *testing.T) {
	langs := append(Languages(), "", "zz", "en-US", "pt_BR", "x-private", "../en")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`[A-Za-z'.,$%&0-9:/@#°€\-]{0,12}`),
			rapid.StringMatching(`[\pL\p{Nd}\pS\pP]{0,6}`),
			rapid.StringMatching(`[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー0-9a-z。、]{0,6}`),
		), 0, 8).Draw(t, "words")
		lang := rapid.SampledFrom(langs).Draw(t, "lang")
		checkPhones(t, words, Sentence(words, lang))
	})
}

func TestPhonesOfWords(t *testing.T) {
	for _, c := range []struct{ lang, word, want string }{
		{"en", "through", "TH R UW"},
		{"en", "the", "DH AH"},
		{"en", "people’s", "P IY P AH L Z"},
		{"en", "nation", "N EY SH AH N"},
		{"en", "making", "M EY K IH NG"},
		{"en", "stopped", "S T AA P T"},
		{"en", "visited", "V IH Z AH T IH D"},
		{"en", "boxes", "B AA K S IH Z"},
		{"en", "cities", "S IH T IY Z"},
		{"en", "tried", "T R AY D"},
		{"en", "handling", "HH AE N D L IH NG"},
		{"en", "quickly", "K W IH K L IY"},
		{"en", "politically", "P AH L IH T IH K L IY"},
		{"en", "knight", "N AY T"},
		{"en", "speechless", "S P IY CH L AH S"},
		{"en", "didn't", "D IH D AH N T"},
		{"en", "we'll", "W IY L"},
		{"en", "that'll", "DH AE T AH L"},
		{"en", "we've", "W IY V"},
		{"en", "would've", "W UH D AH V"},
		{"en", "rye", "R AY"},
		{"en", "heavier", "HH EH V IY ER"},
		{"en", "heaviest", "HH EH V IY AH S T"},
		{"en", "heavily", "HH EH V AH L IY"},
		{"en", "happiness", "HH AE P IY N AH S"},
		{"en", "freer", "F R IY ER"},
		{"en", "engineer", "EH N JH IH N IH R"},
		{"en", "greatest", "G R EY T AH S T"},
		{"en", "noted", "N OW T IH D"},
		{"en", "stopping", "S T AA P IH NG"},
		{"en", "evaluated", "IH V AE L Y UW EY T IH D"},
		{"en", "kindred", "K IH N D R AH D"},
		{"en", "upbringing", "AH P B R IH NG IH NG"},
		{"en", "sadly", "S AE D L IY"},
		{"en", "inadequate", "IH N AE D AH K W AH T"},
		{"en", "followers", "F AA L OW ER Z"},
		{"en", "theatre", "TH IY AH T ER"},
		{"en", "fibre", "F IH B ER"},
		{"en", "therapist", "TH EH R AH P IH S T"},
		{"en", "whopping", "W AA P IH NG"},
		{"en", "whoever", "HH UW EH V ER"},
		{"en", "honestly", "AA N AH S T L IY"},
		{"en", "psychology", "S AY K AA L AH JH IY"},
		{"en", "songwriter", "S AO NG R AY T ER"},
		{"en", "McDonald", "M AH K D AA N AH L D"},
		{"en", "mckay", "M AH K EY"},
		{"en", "IQs", "AY K Y UW Z"},
		{"en", "BBC's", "B IY B IY S IY Z"},
		{"en", "unified", "Y UW N AH F AY D"},
		{"en", "girlfriend", "G ER L F R EH N D"},
		{"en", "priest", "P R IY S T"},
		{"en", "DVDs", "D IY V IY D IY Z"},
		{"en", "uh-huh", "AH HH AH"},
		{"en", "sooo", "S OW"},
		{"en", "noooo", "N OW"},
		{"en", "hmmmm", "HH AH M"},
		{"en", "www", "D AH B AH L Y UW D AH B AH L Y UW D AH B AH L Y UW"},
		{"en", "OK", "OW K EY"},
		{"en", "y'know", "Y AH N OW"},
		{"en", "O'Neill", "OW N IY L"},
		{"en", "Zelenskyy’s", "Z EH L EH N S K IY Z"},
		{"en", "naïve", "N AE IY V"},
		{"es", "guerra", "G EH RR AA"},
		{"es", "pingüino", "P IY NG G W IY N OW"},
		{"es", "jueves", "KH W EH B EH S"},
		{"es", "llegar", "Y EH G AA RR"},
		{"es", "ciudad", "S Y UW DH AA D"},
		{"it", "figlio", "F IY L Y OW"},
		{"it", "scienza", "SH Y EH N T S AA"},
		{"it", "chiesa", "K Y EH Z AA"},
		{"it", "oggi", "OW JH IY"},
		{"it", "mio", "M IY OW"},
		{"it", "mezzo", "M EH D Z OW"},
		{"it", "società", "S OW CH EH T AA"},
		{"it", "energia", "EH N EH RR JH IY AA"},
		{"pt", "sexo", "S EH K S UH"},
		{"pt", "gêmeo", "ZH EY M IY UH"},
		{"it", "gnocchi", "N Y OW K IY"},
		{"de", "Straße", "SH T R AA S AH"},
		{"de", "ich", "IH SH"},
		{"de", "Buch", "B UW KH"},
		{"de", "Tag", "T AA K"},
		{"de", "verstehen", "F EH AH SH T EY AH N"},
		{"de", "zwanzig", "T S V AA N T S IH SH"},
		{"de", "höchste", "HH OE SH S T AH"},
		{"de", "besten", "B EH S T AH N"},
		{"de", "bestellt", "B AH SH T EH L T"},
		{"de", "Familie", "F AA M IY L IY AH"},
		{"de", "vollständig", "F AO L SH T EH N D IH SH"},
		{"de", "geheim", "G AH HH AY M"},
		{"fr", "vingt", "V EN"},
		{"fr", "l'homme", "L AO M"},
		{"fr", "maison", "M EH Z ON"},
		{"fr", "travaille", "T R AA V AA Y"},
		{"fr", "aujourd'hui", "OW ZH UW R D W IY"},
		{"fr", "heureux", "OE R OE"},
		{"fr", "qu'ils", "K IY L"},
		{"fr", "représentent", "R AH P R EY Z AN T"},
		{"fr", "gouvernement", "G UW V EH R N AH M AN"},
		{"fr", "forment", "F AO R M"},
		{"fr", "moment", "M AO M AN"},
		{"fr", "destituera", "D EH S T IY T UE R AA"},
		{"pt", "não", "N AN W"},
		{"pt", "trabalho", "T RR AA B AA L Y UH"},
		{"pt", "cidade", "S IY D AA JH IY"},
		{"ru", "его", "Y IH V AO"},
		{"ru", "город", "G AO RR AH T"},
		{"ru", "счастье", "SH AA S T Y EH"},
		{"ru", "ничего", "N IH CH IH V AO"},
		{"ru", "ещё", "Y EH SH AO"},
		{"ru", "нового", "N AH V AH V AH"},
		{"nl", "goed", "KH UW T"},
		{"nl", "vertellen", "V AH R T EH L AH"},
		{"nl", "gegeven", "KH AH KH EY V AH"},
		{"nl", "vrouw", "V R AW"},
		{"nl", "huis", "HH OE Y S"},
		{"nl", "mogelijk", "M OW KH AH L AH K"},
		{"nl", "kijk", "K EY K"},
		{"pl", "w", "V"},
		{"cs", "z", "Z"},
		{"uk", "з", "Z"},
		{"bg", "с", "S"},
		{"ca", "parlar", "P AH RR L AA"},
		{"pl", "szczęście", "SH CH EN SH CH EH"},
		{"el", "ευχαριστώ", "EH F KH AA RR IY S T AO"},
		{"tr", "teşekkür", "T EH SH EH K K UE RR"},
		{"uk", "Україна", "UW K RR AA Y IY N AA"},
		{"ja", "東京", "T OW OW K Y OW OW"},
		{"ar", "سلام", "S VOWEL L AA M VOWEL?"},
		{"en", "👍", "AH"},
		{"en", "—", "AH"},
		{"en", "", "AH"},
	} {
		if got := phonesOf(c.word, c.lang); got != c.want && (c.word != "" || got != "") {
			t.Errorf("%s %s: %s, want %s", c.lang, c.word, got, c.want)
		}
	}
}

func TestVerbalize(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "$4.5 million", "four point five | million dollars"},
		{"en", "$4.50 £1 €2bn", "four dollars fifty | one pound | two billion euros"},
		{"en", "Feb. 24, 2022,", "february | twenty fourth | twenty twenty two"},
		{"en", "May 1 1905", "may | first | nineteen oh five"},
		{"en", "in 1900 and 2005", "in | nineteen hundred | and | two thousand five"},
		{"en", "the 1990s, 90s and 21st-century", "the | nineteen nineties | nineties | and | twenty first century"},
		{"en", "70,000 1,234,567 3.14", "seventy thousand | one million two hundred thirty four thousand five hundred sixty seven | three point one four"},
		{"en", "50% of 12 %", "fifty percent | of | twelve | percent"},
		{"en", "10:30 a.m. at 9:05", "ten thirty | A.M | at | nine oh five"},
		{"en", "9:00", "nine o'clock"},
		{"en", "2014-16, 10–15% and 3-2", "twenty fourteen to sixteen | ten to fifteen percent | and | three two"},
		{"en", "call 555-1234 or 007", "call | five five five one two three four | or | zero zero seven"},
		{"en", "1/2 2½ 9/11", "one half | two and a half | nine eleven"},
		{"en", "-5 5km 100 km/h 20°C", "minus five | five kilometers | one hundred | kilometers per hour | twenty degrees celsius"},
		{"en", "Louis XIV, World Wars I and II", "louis | the fourteenth | world | wars | one | and | two"},
		{"en", "Elizabeth I am", "elizabeth | i | am"},
		{"en", "Dr. Smith of Main St. and St. John", "doctor | smith | of | main | street | and | saint | john"},
		{"en", "No. 5? No. He said no.", "number | five | no | he | said | no"},
		{"en", "J. F. Kennedy, the U.S. and U.K.-led", "J | F | kennedy | the | U.S | and | U.K led"},
		{"en", "We said NO, it is THE END. [THEME MUSIC] for US", "we | said | no | it | is | the | end | theme | music | for | U.S"},
		{"en", "NATO, the BBC's MPs e.g. BIPOC", "nato | the | B.B.C 's | M.P 's | for example | bipoc"},
		{"en", "ALL THIS IS LOUD", "all | this | is | loud"},
		{"en", "Smith & Sons + @me #1 #MeToo", "smith | and | sons | plus | at me | number one | hashtag me too"},
		{"en", "https://www.example.com/a-b joe@site.org.", "W.W.W dot example dot com slash a dash B | joe at site dot org"},
		{"en", "a_b C++ ____ ====", "a underscore B | C plus plus |  | "},
		{"en", "YouTube and McDonald", "you tube | and | mc donald"},
		{"en", "F-16 COVID-19 3D 24/7", "F sixteen | covid nineteen | three D | twenty four seven"},
		{"en", "½ ٣٤ １２", "a half | thirty four | twelve"},
		{"es", "1.234, 3,5, 22, 100, 101", "mil doscientos treinta y cuatro | tres coma cinco | veintidós | cien | ciento uno"},
		{"es", "Felipe II y Luis XIV, siglo XXI", "felipe | segundo | y | luis | catorce | siglo | veintiuno"},
		{"es", "el 1º y la 3ª por 5 €", "el | primero | y | la | tercera | por | cinco | euros"},
		{"it", "21 1.999 XX secolo Luigi XVI", "ventuno | mille novecento novantanove | ventesimo | secolo | luigi | sedicesimo"},
		{"de", "21 1999 2022 3,5", "ein und zwanzig | neunzehn hundert neun und neunzig | zwei tausend zwei und zwanzig | drei komma fünf"},
		{"de", "am 3. Oktober um 10:30", "am | dritte | oktober | um | zehn uhr dreißig"},
		{"de", "z.B. 5 Mio. €", "zum beispiel | fünf | millionen | euro"},
		{"fr", "71 80 91 1er XXIe siècle", "soixante et onze | quatre-vingts | quatre-vingt-onze | premier | vingt et unième | siècle"},
		{"fr", "Le Ve et le Xe. Ce Ier mai. De Les", "le | cinquième | et | le | dixième | ce | premier | mai | de | les"},
		{"de", "Der Herr", "der | herr"},
		{"es", "La Los Lo Vos Da", "la | los | lo | vos | da"},
		{"it", "La Lo Ma Io", "la | lo | ma | io"},
		{"pt", "Do Da Lo Va", "do | da | lo | va"},
		{"nl", "De XXe Me", "de | twintigste | me"},
		{"fr", "1 250 000 et 10 000", "un million | deux cents cinquante | mille | et | dix | mille"},
		{"fr", "M. Dupont à 10:30", "monsieur | dupont | à | dix heures trente"},
		{"pt", "1999 22 3ª R$5", "mil novecentos e noventa e nove | vinte e dois | terceira | cinco reais"},
		{"ru", "2000 21 5% 22 февраля", "две тысячи | двадцать один | пять процентов | двадцать второго | февраля"},
		{"ru", "в 2022 году и 5-го", "в | две тысячи двадцать втором | году | и | пятого"},
		{"pl", "22 5 zł", "dwadzieścia dwa | pięć | złotych"},
		{"da", "21", "en og tyve"},
		{"tr", "1.999", "bin dokuz yüz doksan dokuz"},
	} {
		if got := spokenFor(c.text, c.lang); got != c.want {
			t.Errorf("%s %q:\n got %s\nwant %s", c.lang, c.text, got, c.want)
		}
	}
}

// Symbols that are no sign, or repeat, add nothing to the word that they were put to.
func TestSymbolsHaveNoSound(t *testing.T) {
	for _, c := range []struct{ plain, marked string }{
		{"my", "my ____."},
		{"my", "my ==== ~~~~ ***"},
		{"my", "my 😀❤️👩‍🚀 → • • •"},
		{"seven", "seven $$$"},
		{"end", "end==="},
		{"50%", "50% ____"},
		{"www.example.org", "www.example.org ——"},
	} {
		plain, marked := Sentence([]string{c.plain, "a"}, "en"), Sentence([]string{c.marked, "a"}, "en")
		if got, want := names(marked[0].Phones), names(plain[0].Phones); got != want {
			t.Errorf("%q is pronounced %s, want %s", c.marked, got, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		lang string
		v    int
		want string
	}{
		{"en", 0, "zero"},
		{"en", 342, "three hundred forty two"},
		{"en", 999_999_999_999_999, "nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred ninety nine million nine hundred ninety nine thousand nine hundred ninety nine"},
		{"es", 1_000_000, "un millón"},
		{"es", 731, "setecientos treinta y uno"},
		{"it", 2_000_000_000, "due miliardi"},
		{"it", 188, "cento ottantotto"},
		{"de", 121_000, "einhundert ein und zwanzig tausend"},
		{"de", 1_000_000_000, "eine milliarde"},
		{"fr", 99, "quatre-vingt-dix-neuf"},
		{"fr", 1_200, "mille deux cents"},
		{"pt", 1_100, "mil e cem"},
		{"pt", 2_345, "dois mil trezentos e quarenta e cinco"},
		{"ru", 21_000, "двадцать одна тысяча"},
		{"ru", 12_000, "двенадцать тысяч"},
		{"ru", 3_000_000, "три миллиона"},
		{"nl", 75, "vijf en zeventig"},
		{"da", 92, "to og halvfems"},
		{"pl", 5_000, "pięć tysięcy"},
	} {
		if got := languageFor(c.lang).numbers.cardinal(c.v); got != c.want {
			t.Errorf("%s %d: %s, want %s", c.lang, c.v, got, c.want)
		}
	}
}

func TestOrdinals(t *testing.T) {
	for _, c := range []struct {
		lang string
		v    int
		want string
	}{
		{"en", 1, "first"}, {"en", 20, "twentieth"}, {"en", 42, "forty second"}, {"en", 100, "one hundredth"}, {"en", 112, "one hundred twelfth"},
		{"es", 3, "tercero"}, {"es", 21, "veintiuno"},
		{"it", 11, "undicesimo"}, {"it", 8, "ottavo"},
		{"de", 7, "siebte"}, {"de", 31, "ein und dreißigste"},
		{"fr", 21, "vingt et unième"}, {"fr", 30, "trentième"},
		{"pt", 23, "vigésimo terceiro"},
		{"ru", 22, "двадцать второе"}, {"ru", 1945, "тысяча девятьсот сорок пятое"},
	} {
		if got := languageFor(c.lang).numbers.ordinal(c.v); got != c.want {
			t.Errorf("%s %d: %s, want %s", c.lang, c.v, got, c.want)
		}
	}
}

// Every number has words that the language can pronounce, different ones for
// different numbers.
func TestNumbersDiffer(t *testing.T) {
	for _, tag := range append(Languages(), plainTag) {
		l := languageFor(tag)
		seen := map[string]int{}
		for v := range 3000 {
			text := l.numbers.cardinal(v)
			if other, ok := seen[text]; ok {
				t.Errorf("%s: %d and %d are both %q", tag, other, v, text)
			}
			seen[text] = v
			for _, w := range strings.Fields(text) {
				if len(l.byRules(nil, l.fold(w))) == 0 && l.words[w] == nil && l.native == nil {
					t.Fatalf("%s: %q of %d has no sound", tag, w, v)
				}
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			v := rapid.IntRange(0, limit-1).Draw(t, "v")
			if text := l.numbers.cardinal(v); strings.TrimSpace(text) == "" || strings.Contains(text, "  ") {
				t.Fatalf("%d is %q", v, text)
			}
			if v < 10_000 && l.numbers.ordinal(v) == "" {
				t.Fatalf("%d has no ordinal", v)
			}
		})
	}
}

func TestFrenchLiaison(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"les amis", "L EY Z | AA M IY"},
		{"les copains", "L EY | K AO P EN"},
		{"les haricots", "L EY | AA R IY K OW"},
		{"un petit homme", "EN | P AH T IY T | AO M"},
		{"dix ans", "D IY Z | AN"},
		{"c'est ici", "S EH T | IY S IY"},
		{"est-elle", "EH T EH L"},
		{"peut-être dit-il peut aller", "P OE T EH T R | D IY T IY L | P OE | AA L EY"},
		{"a-t-il y", "AA T IY L | IY"},
		{"on y va", "ON N | IY | V AA"},
		{"d'une s'il va-t'en c'est", "D UE N | S IY L | V AA T AN | S EH"},
		{"dix jours 10 % huit mois", "D IY | ZH UW R | D IY | P UW R S AN | W IY | M W AA"},
		{"17 19 22 82 le 19e", "D IY S S EH T | D IY Z N OE F | V EN T D OE | K AA T R AH V EN D OE | L AH | D IY Z N OE V Y EH M"},
		{"72 77 vingt-trois", "S W AA S AN T D UW Z | S W AA S AN T D IY S S EH T | V EN T T R W AA"},
	} {
		if got := phonesOf(c.text, "fr"); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"und", ""},
		{"und", "OK"},
		{"und", "http://example.org/page 12:30 x = y"},
		{"en", "The people of this country have waited for a long time, and they will not wait any longer."},
		{"es", "La gente de este país ha esperado mucho tiempo y no va a esperar más por una respuesta."},
		{"it", "La gente di questo paese ha aspettato a lungo e non vuole più aspettare una risposta dal governo."},
		{"de", "Die Menschen in diesem Land haben lange gewartet und werden nicht länger auf eine Antwort warten."},
		{"fr", "Les gens de ce pays ont attendu longtemps et ils ne veulent plus attendre une réponse du gouvernement."},
		{"pt", "As pessoas deste país esperaram muito tempo e não vão esperar mais por uma resposta do governo."},
		{"ru", "Люди в этой стране долго ждали и больше не будут ждать ответа от правительства."},
		{"uk", "Люди в цій країні довго чекали і більше не будуть чекати на відповідь від уряду, який їх забув."},
		{"el", "Οι άνθρωποι αυτής της χώρας περίμεναν πολύ καιρό και δεν θα περιμένουν άλλο."},
		{"ja", "この国の人々は長い間待っていました。もう待つことはできません。"},
	} {
		if got := Detect(c.text); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestDetectIsNoChance: what several languages share has no language, and the same likely ones each time.
func TestDetectIsNoChance(t *testing.T) {
	for _, text := range []string{"наша", "ё і", "х i = і", "[и] IH [і]", "una", "da, da"} {
		first := Likely(text)
		for range 50 {
			if got := Detect(text); got != Undetermined {
				t.Fatalf("%q: %s, want %s", text, got, Undetermined)
			}
			if got := Likely(text); !slices.Equal(got, first) {
				t.Fatalf("%q: likely %v, then %v", text, first, got)
			}
		}
	}
}

func TestOtherWaysToSayAWord(t *testing.T) {
	for _, c := range []struct{ lang, sentence, want string }{
		{"en", "Ask FEMO about it.", " | EH F IY EH M OW |  | "},
		{"en", "A QTF is not a RUT.", " |  |  |  |  | R AH T"},
		{"en", "NATO, the UN and the FBI", " |  |  |  |  | "},
		{"en", "THE WHOLE FEMO SHOUTED", " |  |  | "},
		{"en", "Hmm, I see.", "EY CH EH M EH M |  | "},
		{"en", "In 1995 we had 2500 of 1,900.", " | W AH N TH AW Z AH N D N AY N HH AH N D R AH D N AY N T IY F AY V |  |  |  |  | "},
		{"de", "Im Jahr 1995", " |  | T AW Z AH N T N OY N HH UH N D AH T F UE N F UH N T N OY N T S IH SH"},
		{"ru", "к нам в дом", " |  |  | "},
		{"en", "See https://www.bee.com/shows/42?utm=x, and", " | B IY D AA T K AA M | "},
		{"en", "bee.com/a bee.com?x=1 https://bee.com#a", "B IY D AA T K AA M | B IY D AA T K AA M | B IY D AA T K AA M"},
		{"en", "www.bee.com/ https://bee.com. joe@bee.com and/or", " |  |  | "},
		{"en", "FEMO.com/a FEMO.com", "F EH M OW D AA T K AA M | EH F IY EH M OW D AA T K AA M"},
	} {
		var others []string
		for _, w := range Sentence(strings.Fields(c.sentence), c.lang) {
			others = append(others, names(slices.Concat(w.Others...)))
		}
		if got := strings.Join(others, " | "); got != c.want {
			t.Errorf("%s: %q: %q, want %q", c.lang, c.sentence, got, c.want)
		}
	}
}

// TestHesitations: a hesitation may be drawn out, however it is written; other words not.
func TestHesitations(t *testing.T) {
	for _, c := range []struct{ lang, text, drawn string }{
		{"en", "Well, uh, I umm... er was there.", "uh, umm... er"},
		{"fr", "et euh tu euhhh, heu quand", "euh euhhh, heu"},
		{"de", "Ja äh, um er zu Ähm", "äh, Ähm"},
		{"pt", "Tem um livro, hum.", "hum."},
		{"en", "Hmm.", "Hmm."},
	} {
		words := strings.Fields(c.text)
		var got []string
		for i, w := range Sentence(words, c.lang) {
			if len(w.Others) > 0 && len(w.Others[0]) >= 2*len(w.Phones) {
				got = append(got, words[i])
			}
		}
		if strings.Join(got, " ") != c.drawn {
			t.Errorf("%s: %q: drawn out are %q, want %q", c.lang, c.text, got, c.drawn)
		}
	}
}

func TestFunctionWords(t *testing.T) {
	for _, c := range []struct{ lang, sentence, want string }{
		{"en", "“The bread of the town and, we hope, yours", "“The of the"},
		{"en-GB", "AND so it goes", "AND"},
		{"es", "¿Y la casa de Pedro?", "¿Y la de"},
		{"ru", "Он живёт в доме у реки", "Он в у"},
		{"ja", "the of and", ""},
	} {
		words := strings.Fields(c.sentence)
		var got []string
		for i, w := range Sentence(words, c.lang) {
			if w.Function {
				got = append(got, words[i])
			}
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: function words of %q: %q, want %q", c.lang, c.sentence, got, c.want)
		}
	}
	for _, tag := range Languages() {
		if len(languageFor(tag).function) < 10 {
			t.Errorf("%s has %d function words", tag, len(languageFor(tag).function))
		}
	}
}

func TestPhoneNames(t *testing.T) {
	seen := map[string]bool{}
	for p := range AllPhones {
		name := Phone(p).String()
		if name == "" || name == "?" || seen[name] {
			t.Errorf("phone %d is named %q", p, name)
		}
		seen[name] = true
	}
	var vowels []Phone
	for p := range NumPhones {
		if Phone(p).isVowel() {
			vowels = append(vowels, Phone(p))
		}
	}
	if got, want := names(vowels), "IY IH EY EH AE AA AO OW UH UW AH ER AY AW OY UE OE AN ON EN"; got != want {
		t.Errorf("the vowels are %s, want %s", got, want)
	}
	if got := Phone(AllPhones).String(); got != "?" {
		t.Errorf("the phone beyond the last is %q, want ?", got)
	}
}

func FuzzSentence(f *testing.F) {
	for _, s := range []string{"", "$4.5 million", "U.S.", "J.", "a.b.c", "https://x.org/", "1:2:3",
		"9999999999999999999", "XIV", "½½", "\xff\xfe", "٣٤", "l'", "''", "#", "-", "1-2-3-4", "R$", "𝟘𝟙", "e\u0301"} {
		f.Add(s, "en")
		f.Add(s, "fr")
		f.Add(s, "ru")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		words := strings.Fields(s)
		checkPhones(t, words, Sentence(words, lang))
		Detect(s)
	})
}

// A script of 14,000 words, as long as the longest episodes.
func BenchmarkScript(b *testing.B) {
	sentence := strings.Fields("As we cross the third anniversary of the invasion on Feb. 24, 2022, the U.S. government has issued repeated threats " +
		"to “take over” $4.5 million of working-class people’s resources, he said.")
	for _, lang := range []string{"en", "fr", "de", "ru"} {
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for n := 0; n < 14_000; n += len(sentence) {
					Sentence(sentence, lang)
				}
			}
		})
	}
}

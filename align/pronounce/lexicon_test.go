package pronounce

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// lexiconOf reads a lexicon that has to be right.
func lexiconOf(t testing.TB, text string) *Lexicon {
	t.Helper()
	x, err := ReadLexicon("names.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// saidWith returns how the words of a sentence are said, their ways parted by /, the words by |.
func saidWith(x *Lexicon, words []string, lang string) string {
	var all []string
	for _, w := range x.Sentence(words, lang) {
		var ways []string
		for _, way := range w.Ways() {
			ways = append(ways, names(way))
		}
		all = append(all, strings.Join(ways, " / "))
	}
	return strings.Join(all, " | ")
}

// TestLexicon: words of the lexicon are said as it says, in each way that they may be written in
// a sentence, and others as without it.
func TestLexicon(t *testing.T) {
	const siobhan = "SH IH V AO N"
	for _, c := range []struct{ name, lexicon, lang, sentence, want string }{
		{"IPA", "Siobhan = /ʃɪˈvɔːn/", "en", "Siobhan", siobhan},
		{"ARPABET", "Siobhan = /SH IH V AO N/", "en", "siobhan", siobhan},
		{"brackets", "Siobhan = [ʃɪvɔn]", "en", "SIOBHAN", siobhan},
		{"a tab", "Siobhan\t/ʃɪvɔn/", "en", "“Siobhan,”", siobhan},
		{"columns", "Siobhan    /ʃɪvɔn/  # she", "en", "Siobhan", siobhan},
		{"CMU", ";;; words\nSIOBHAN  SH IH0 V AO1 N", "en", "Siobhan.", siobhan},
		{"CMU of today", "siobhan SH IH0 V AO1 N # gaelic", "en", "Siobhan.", siobhan},
		{"CMU, twice", "BEE  B IY1\nBEE(2)  B EY1", "en", "bee", "B IY / B EY"},
		{"MFA", "siobhan\tʃ ɪ v ɔ n", "en", "Siobhan", siobhan},
		{"MFA with chances", "siobhan\t0.99\t0.1\t1.0\t1.0\tSH IH0 V AO1 N", "en", "Siobhan", siobhan},
		{"MFA in Latin letters", "yes\tj ɛ s\nbach\tb a x", "en", "yes Bach", "Y EH S | B AA KH"},
		{"MFA of Spanish", "a\ta\ngente\tx e n t e\nchico\ttʃ i k o", "es", "a gente", "AA | KH EH N T EH"},
		{"ARPABET without stress", "BEE  B IY\nXo  DH AH", "en", "xo", "DH AH"},
		{"own lines in MFA", "yes\tj ɛ s\nbach\tb a x\nXo\tbee bee\nBee = pea", "en", "Xo bee", "B IY B IY | P IY"},
		{"MFA, six of a word", "bee\tb a\nbee\tb e\nbee\tb i\nbee\tb o\nbee\tb u\nbee\tb y", "en", "bee",
			"B AA / B EH / B IY / B OW / B UW"},
		{"signs in letters", "Bee\tpea\nXo\tbee\nYes\tj e s", "en", "yes", "JH IY S"},
		{"MFA without a single letter", "chai\ttʃ aɪ", "en", "chai", "CH AY"},
		{"MFA of Chinese", "ba\tp a˥˩\nchuan\tʈʂʰ w a˥˩˧ n", "en", "chuan", "CH W AA N"},
		{"no chance", "naan = nan\ninf\tbee", "en", "naan inf", "N AE N | B IY"},
		{"what may be silent", "Xo = /fɑː(r)/", "en", "Xo", "F AA R|RR"},
		{"a tab behind =", "Nguyen = win,\tbee", "en", "Nguyen", "W IH N / B IY"},
		{"behind an apostrophe", "S = bee\nRe = bee", "en", "it's we’re", "IH T S | W IH R"},
		{"in a quotation", "S = bee\nRe = bee", "en", "'S' (‘Re’)", "B IY | B IY"},
		{"behind an elision", "Ami = /win/\nEs = /win/\nS = bee", "fr", "l'ami t’es", "L W IY N | T W IY N"},
		{"a letter behind an apostrophe", "S = bee", "fr", "it's", "IY"},
		{"its apostrophe", "D'Ami = /win/", "en", "d’ami", "W IY N"},
		{"letters", "Xo = bee", "en", "Xo", "B IY"},
		{"letters with stress and syllables", "Xo = bee-BEE", "en", "Xo", "B IY B IY"},
		{"letters with blanks", "Xo = bee bee", "en", "Xo", "B IY B IY"},
		{"letters of the language", "Xo = wie", "de", "Xo", "V IY"},
		{"letters of another", "Xo = de: wie", "en", "Xo", "V IY"},
		{"two ways", "Nguyen = /wɪn/, bee", "en", "Nguyen", "W IH N / B IY"},
		{"two lines", "Nguyen = /wɪn/\nNguyen = bee", "en", "Nguyen", "W IH N / B IY"},
		{"the same twice", "Nguyen = /wɪn/\nNguyen = /win/, /wɪn/", "en", "Nguyen", "W IH N / W IY N"},
		{"a genitive", "Bee = /wɪn/", "en", "Bee’s", "W IH N Z"},
		{"part of a word", "Bee = /wɪn/", "en", "Bee-line", "W IH N L AY N"},
		{"no part of letters", "Bee = /wɪn/", "en", "Beer", "B IH R"},
		{"several words", "Bee Xo = pea bee", "en", "Bee Xo", "P IY | B IY"},
		{"several in IPA", "Bee Xo = /wɪn biː/", "en", "the Bee Xo,", "DH AH | W IH N | B IY"},
		{"several in ARPABET", "Bee Xo = /W IH N/ /B IY/", "en", "Bee Xo", "W IH N | B IY"},
		{"no such run", "Bee Bee = /wɪn wɪn/", "en", "Bee, bee", "B IY | B IY"},
		{"the longest", "Bee = /wɪn/\nBee Bee = /æ/ /ɛ/", "en", "Bee bee Bee", "AE | EH | W IH N"},
		{"signs in a word", "C++ = bee\nC = /wɪn/", "en", "C++ C.", "B IY | W IH N"},
		{"digits in a word", "3M = bee", "en", "3M, 3", "B IY | TH R IY"},
		{"of an address", "Bee = /wɪn/", "en", "bee.com", "W IH N D AA T K AA M"},
		{"for one language", "[de]\nBee = /wɪn/", "en", "bee", "B IY"},
		{"for this language", "Bee = /æ/\n[en-GB]\nBee = /wɪn/", "en-US", "bee", "W IH N"},
		{"for all again", "[de]\nXo = /æ/\n[*]\nBee = /wɪn/", "en", "bee", "W IH N"},
		{"an open sound", "Bee = /ri/", "en", "bee", "R|RR IY"},
		{"ties, stress and length", "Bee = /ˈt͡ʃaɪ̯ː.d͜ʒɑ̃/", "en", "bee", "CH AY JH AN"},
		{"in Cyrillic", "Оби = /win/", "ru", "ОБИ!", "W IY N"},
		{"in Korean with a particle", "김 = /win/", "ko", "김은", "W IY N UH N"},
		{"not in a word in Korean", "김 = /win/", "ko", "외김", "W EH G IY M"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := saidWith(lexiconOf(t, c.lexicon), strings.Fields(c.sentence), c.lang); got != c.want {
				t.Errorf("%s in %q: %s, want %s", c.lexicon, c.sentence, got, c.want)
			}
		})
	}
}

// TestLexiconUnspaced: of scripts without blanks between the words, whose words are characters or
// syllables, entries are found in a run, and each character has its share.
func TestLexiconUnspaced(t *testing.T) {
	for _, c := range []struct{ lexicon, lang, sentence, want string }{
		{"重庆 = 虫庆", "zh", "在 重 庆 市", "D Z AY | CH UH NG | CH IY NG | SH ER"},
		{"重庆 = chóng qìng", "zh", "重 庆", "CH UH NG | CH IY NG"},
		{"重庆 = chong-qing", "zh", "重 庆", "CH UH NG | CH IY NG"},
		{"重庆 = /tʂʰʊŋ tɕʰiŋ/", "zh", "重 庆", "CH UH NG | CH IY NG"},
		{"女 = nü", "zh", "女", "N UE"},
		{"大谷 = おおたに", "ja", "の 大 谷 さ", "N OW | OW OW | T AA N IY | S AA"},
		{"大谷 = /oːta ni/", "ja", "大 谷", "OW T AA | N IY"},
		{"AI公司 = ai gong si", "zh", "AI 公 司", "AY | G UH NG | S IH"},
		{"สมชาย = /som t͡ɕʰaːj/", "th", "สม ชาย", "S OW M | CH AA Y"},
	} {
		if got := saidWith(lexiconOf(t, c.lexicon), strings.Fields(c.sentence), c.lang); got != c.want {
			t.Errorf("%s in %q: %s, want %s", c.lexicon, c.sentence, got, c.want)
		}
	}
}

// TestLexiconErrors: a wrong line is told by its number, with what is wrong and what to do.
func TestLexiconErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", `names.txt: holds no words: write a word, =, and how it is said in each line`},
		{"# Bee = bee", `names.txt: holds no words: write a word, =, and how it is said in each line`},
		{"\xff = bee", `names.txt: is no text in UTF-8: save it as that`},
		{"\nSiobhan shivawn", `names.txt:2: "Siobhan shivawn": nothing parts the word from how it is said: put = between them`},
		{"Siobhan =", `names.txt:1: "Siobhan": nothing tells how it is said: write that behind the =`},
		{"Siobhan = -", `names.txt:1: "-": nothing tells how it is said: write that in letters, or phones between slashes`},
		{"= bee", `names.txt:1: "= bee": has no word: write it before the =`},
		{"-- = bee", `names.txt:1: "--": is no word: write the word before the =`},
		{"Siobhan = sh1vawn", `names.txt:1: "sh1vawn": '1' is no letter: write how it is said in letters, or phones between slashes`},
		{"Siobhan = /ʃɪQɔn/", `names.txt:1: /ʃɪQɔn/: 'Q' is no sign of the IPA that is known here: write IPA, or names of ARPABET in capitals`},
		{"Siobhan = /SH IX N/", `names.txt:1: /SH IX N/: no phone "IX": write IPA, or names of ARPABET in capitals`},
		{"Siobhan = /ʃɪvɔn", `names.txt:1: /ʃɪvɔn: put phones between two slashes, as in /ʃɪvɔːn/, with nothing beside them`},
		{"Siobhan = /ʃɪ/ bee", `names.txt:1: /ʃɪ/ bee: put phones between two slashes, as in /ʃɪvɔːn/, with nothing beside them`},
		{"Siobhan = //", `names.txt:1: //: holds no phones: write them between the slashes`},
		{"Siobhan = /ʔ/", `names.txt:1: /ʔ/: "ʔ" is no sound: write IPA, or names of ARPABET in capitals`},
		{"[xx yy]\nBee = bee", `names.txt:1: [xx yy]: no language tag: give one such as [en] or [pt-BR], or [*] for all languages`},
		{"Bee = qq: bee", `names.txt:1: "qq: bee": there are no rules for a language "qq": write it in other letters, or in phones`},
		{"Bee Xo = bee", `names.txt:1: "Bee Xo": are 2 words, and 1 are said: ` +
			`put blanks between those that are said, or phones of each in slashes`},
		{"Bee = a, e, i, o, u, oo", `names.txt:1: "Bee": has more than 5 ways to say it: leave out the rarest`},
	} {
		if _, err := ReadLexicon("names.txt", []byte(c.text)); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

// TestLexiconAbsent: the words that stand in no sentence are named, in the order of the lexicon.
func TestLexiconAbsent(t *testing.T) {
	x := lexiconOf(t, "S = bee\nZoe = zo-ee\nBee = bee\n重庆 = 虫庆\nAoife = ee-fa\n[de]\nAoife = iefa\nSiobhan = schiwohn")
	got := x.Absent([][]string{strings.Fields("The bee, Siobhan’s."), strings.Fields("在 重 庆")})
	if want := []string{"S", "Zoe", "Aoife"}; !slices.Equal(got, want) || x.Len() != 6 {
		t.Errorf("absent are %q of %d, want %q of 6", got, x.Len(), want)
	}
}

// TestIPAOfPhones: each phone that is a sound can be written by its name and has a sign of IPA of
// its own, but for those of which the aligner hears one alone.
func TestIPAOfPhones(t *testing.T) {
	signed := map[Phone]bool{}
	for sign, phones := range ipa() {
		for _, p := range phones {
			for _, sound := range p.Sounds() {
				signed[sound] = true
			}
		}
		read, err := readIPA(sign)
		if err != nil || !slices.Equal(read, phones) {
			t.Errorf("%s is read as %v, %v; want %v", sign, read, err, phones)
		}
	}
	for p := IY; int(p) < NumPhones; p++ {
		if read, err := readPhones(p.String()); err != nil || !slices.Equal(read, []Phone{p}) {
			t.Errorf("%v is read as %v, %v", p, read, err)
		}
		if !signed[p] {
			t.Errorf("no sign of IPA is %v", p)
		}
	}
}

// TestREADMEHasPhones: README.md lists all signs of IPA, with what they are read as.
func TestREADMEHasPhones(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(ipaTable, "\n") {
		signs, phones, _ := strings.Cut(line, " = ")
		row := "| `" + strings.Join(strings.Fields(signs), "` `") + "` | " +
			strings.NewReplacer("|", " or ", "-", "none").Replace(phones) + " |"
		if !strings.Contains(string(readme), row) {
			t.Errorf("README.md lacks the row %s", row)
		}
	}
}

// FuzzLexicon: whatever a lexicon holds, it is refused by its name or its words can be said in any
// language, and words stay as many as they are.
func FuzzLexicon(f *testing.F) {
	f.Add("Siobhan = shi-vawn, /ʃɪˈvɔːn/\n[de]\nBee Xo = bie /ɔ/", "Siobhan's Bee Xo bee", "de")
	f.Add("重庆 = 虫庆\n김 = kim\nสมชาย = som", "在 重 庆 김은 สม ชาย", "zh")
	f.Add("BEE(2)  B IY1\nbee\t0.1\tb iː", "bee.com 3M C++ ＢＥＥ", "en")
	f.Fuzz(func(t *testing.T, lexicon, sentence, lang string) {
		x, err := ReadLexicon("names.txt", []byte(lexicon))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "names.txt:") {
				t.Fatalf("the error %q names no file", err)
			}
			return
		}
		words := strings.Fields(sentence)
		checkPhones(t, words, x.Sentence(words, lang))
		for _, w := range x.written {
			own := strings.Fields(w)
			checkPhones(t, own, x.Sentence(own, lang))
		}
		if again := fmt.Sprint(x.Sentence(words, lang)); again != fmt.Sprint(x.Sentence(words, lang)) {
			t.Fatal("said in two ways")
		}
	})
}

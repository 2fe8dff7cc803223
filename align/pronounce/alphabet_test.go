package pronounce

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// spelled are the names of the phones of each word.
func (a *Alphabet) spelled(words ...string) string {
	var b []string
	for _, w := range a.Sentence(words) {
		var names []string
		for _, p := range w.Phones {
			names = append(names, a.Name(p))
		}
		b = append(b, strings.Join(names, " "))
	}
	return strings.Join(b, " | ")
}

func TestAlphabet(t *testing.T) {
	const often = 10 // times that each text is read
	for _, c := range []struct{ text, letters, words, want string }{
		{"Ñawi, p'acha 20", "02achipwñʼ", "ÑAWI “p’acha” 2020!", "ñ a w i | p ʼ a c h a | 2 0 2 0"},
		{"mālama pono", "almnopā", "ma\u0304la mála x % -", "m ā l a | m a l a | ? | ? | ?"}, // marks, without a phone of their own
		{"ಕನ್ನಡ ಭಾಷೆ", "ಕಡನಭಷಾೆ್", "ಕನ್ನಡ", "ಕ ನ ್ ನ ಡ"},                                     // vowel signs
	} {
		var words []string
		for range often {
			words = append(words, strings.Fields(c.text)...)
		}
		a := NewAlphabet(words)
		if a.Letters() != c.letters || a.Latin() {
			t.Errorf("%s: letters %s, transliterated %v", c.text, a.Letters(), a.Latin())
			continue
		}
		if got := a.spelled(strings.Fields(c.words)...); got != c.want {
			t.Errorf("%s: %s, want %s", c.words, got, c.want)
		}
	}
}

// A script of more signs than there are phones is transliterated, and rare letters have no phone of
// their own.
func TestLargeAlphabets(t *testing.T) {
	var syllables []string
	for r := 'Ꭰ'; r < 'Ꮠ'; r++ { // 64 of Cherokee
		for range 20 {
			syllables = append(syllables, string(r))
		}
	}
	a := NewAlphabet(syllables)
	if !a.Latin() || strings.Trim(a.Letters(), "abcdefghijklmnopqrstuvwxyzʼ") != "" {
		t.Errorf("letters %s, transliterated %v", a.Letters(), a.Latin())
	}
	if got := a.spelled("ᎦᎸ"); got != "g a l v" {
		t.Errorf("%s", got)
	}
	words := append([]string{"æ"}, syllables[:40*20]...)
	for _, r := range "αβγδεζηθικλμνξοπρστυφχψω" {
		words = append(words, strings.Repeat(string(r), 400))
	}
	if a := NewAlphabet(words); a.NumPhones() >= NumPhones || strings.ContainsRune(a.Letters(), 'æ') {
		t.Errorf("%d phones: %s", a.NumPhones(), a.Letters())
	}
	if a := NewAlphabet([]string{"…", "%"}); a.Letters() != "" {
		t.Errorf("letters %s of signs", a.Letters())
	}
}

func TestReadAlphabet(t *testing.T) {
	most := strings.Repeat("a", mostLetters)
	for i := range mostLetters {
		most = most[:i] + string(rune('0'+i)) + most[i+1:]
	}
	for text, ok := range map[string]bool{"": false, "abc": true, "aba": false, most: true, most + "ä": false} {
		a, got := ReadAlphabet(text, true)
		if got != ok {
			t.Errorf("%q: %v", text, got)
		}
		if ok && (a.Letters() != text || !a.Latin() || a.NumPhones() != 1+utf8.RuneCountInString(text)) {
			t.Errorf("%q: %s, %d phones", text, a.Letters(), a.NumPhones())
		}
	}
	a, _ := ReadAlphabet(most, false)
	sounds := a.Sounds()
	if last := sounds[len(sounds)-1]; len(sounds) > NumPhones || len(last) != mostLetters || last[0] != 1 {
		t.Errorf("%d phones, the last may be %v", len(sounds), last)
	}
}

package pronounce

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// read is the units of a sentence as text, its words parted by " | ".
func read(sentence, lang string) string {
	var words []string
	for _, units := range Sentence(strings.Fields(sentence), lang) {
		var names []string
		for _, u := range units {
			names = append(names, u.String())
		}
		words = append(words, strings.Join(names, " "))
	}
	return strings.Join(words, " | ")
}

// said is what is spoken for a sentence, as text, its words parted by " | ".
func said(sentence, lang string) string {
	words := strings.Fields(sentence)
	texts := make([]string, len(words))
	for _, s := range readOut(words, languageFor(lang)) {
		text := s.text
		if s.spelled {
			text = strings.Join(strings.Split(strings.ToUpper(text), ""), ".")
		}
		texts[s.word] = strings.TrimSpace(texts[s.word] + " " + text)
	}
	return strings.Join(texts, " | ")
}

func TestEveryWordSounds(t *testing.T) {
	langs := append(Languages(), "", "zz", "en-US", "pt_BR", "x-private", "../en")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`[A-Za-z'.,$%&0-9:/@#°€\-]{0,12}`),
			rapid.StringMatching(`[\pL\p{Nd}\pS\pP]{0,6}`),
		), 0, 8).Draw(t, "words")
		lang := rapid.SampledFrom(langs).Draw(t, "lang")
		units := Sentence(words, lang)
		if len(units) != len(words) {
			t.Fatalf("%d words, %d answers", len(words), len(units))
		}
		for i, us := range units {
			if len(us) == 0 {
				t.Fatalf("%q has no units", words[i])
			}
			for _, u := range us {
				if u == Silence || int(u) >= NumUnits {
					t.Fatalf("%q has unit %v", words[i], u)
				}
			}
		}
	})
}

package pronounce

import (
	"slices"
	"strings"
	"unicode"
)

// Word is the pronunciation of a word of a sentence.
type Word struct {
	// Phones is the likeliest pronunciation: at least one phone that is not optional, none of
	// them Silence.
	Phones []Phone
	// Others are further pronunciations that are likely too, of the same form as Phones and each
	// another one; nil for most words. Capitals may be a word or initials, a year may be read as a
	// number, of a URL with a path the domain alone may be read, a synthetic voice spells a murmur
	// such as "hmm", a hesitation may be drawn out, and a lexicon may have several. With Phones
	// there are no more than MostWays.
	Others [][]Phone
	// Function reports whether the word is an article, a preposition, a conjunction
	// or the like, spoken in one breath with the word after it.
	Function bool
}

// Sentence returns the pronunciation of each word of a sentence, in order, for any
// text whatever. The sentence is given as a whole because a word may depend on its
// neighbours: "$4.5 million" is read "four point five" and "million dollars". lang
// is a BCP 47 tag, whose region is ignored; text of a language without rules is
// transliterated to Latin letters, which a plain table reads. The time grows
// linearly with the length of the words.
func Sentence(words []string, lang string) []Word {
	return (*Lexicon)(nil).Sentence(words, lang)
}

// MostWays is the most pronunciations of a word.
const MostWays = 5

// Sentence does the same, with the words that the lexicon has as it says. A nil lexicon has none.
func (x *Lexicon) Sentence(words []string, lang string) []Word {
	l := languageFor(lang)
	pronounced := make([]Word, len(words))
	chosen := choices{lexicon: x, tag: tableTag(lang)}
	v := verbalize(words, l, chosen)
	for i, phones := range l.phones(v.out, len(words)) {
		pronounced[i] = Word{Phones: phones, Function: l.isFunction(words[i])}
	}
	again := func() {
		for i, phones := range l.phones(verbalize(words, l, chosen).out, len(words)) {
			pronounced[i].addWay(phones)
		}
	}
	if v.unsure {
		chosen.other = true
		again()
		chosen.other = false
	}
	for chosen.way = 1; chosen.way < v.ways; chosen.way++ {
		again()
	}
	for i, w := range words {
		if l.isDrawn(w) && pronounced[i].Others == nil {
			pronounced[i].addWay(drawnOut(pronounced[i].Phones))
		}
	}
	return pronounced
}

// Ways returns all pronunciations, Phones first.
func (w Word) Ways() [][]Phone { return append([][]Phone{w.Phones}, w.Others...) }

// addWay adds a pronunciation unless the word has it, or has MostWays.
func (w *Word) addWay(phones []Phone) {
	ways := w.Ways()
	if len(ways) < MostWays && !slices.ContainsFunc(ways, func(way []Phone) bool { return slices.Equal(way, phones) }) {
		w.Others = append(w.Others, phones)
	}
}

// drawnTimes is how many times as long as otherwise the sounds of a hesitation may last. A
// search makes a phone dearer that lasts long, since other words stretch over music then.
const drawnTimes = 4

// drawnOut returns phones that last longer, each of them several times.
func drawnOut(phones []Phone) []Phone {
	var out []Phone
	for _, p := range phones {
		out = append(out, slices.Repeat([]Phone{p}, drawnTimes)...)
	}
	return out
}

// isDrawn reports whether the word, as it stands in a text, is a hesitation, however often
// its letters are written: euh, euhhh.
func (l *language) isDrawn(word string) bool {
	letters := []rune(strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })))
	return l.drawn[string(slices.Compact(letters))]
}

// phones returns the phones of each of n words, given the spoken words for them.
func (l *language) phones(out []spoken, n int) [][]Phone {
	phones := make([][]Phone, n)
	for i, s := range out {
		next := ""
		if i+1 < len(out) && !out[i+1].spelled {
			next = out[i+1].text
		}
		phones[s.word] = l.pronounce(phones[s.word], s, next)
	}
	for i := range phones {
		if len(phones[i]) == 0 {
			phones[i] = append(phones[i], AH) // a sign that no expansion is known for: a short vowel
		}
		if !slices.ContainsFunc(phones[i], func(p Phone) bool { return !p.Optional() }) {
			phones[i][0] = phones[i][0].Always()
		}
	}
	return phones
}

// isFunction reports whether the word, as it stands in a text, is in the
// language's list of function words. One with a comma behind it is not: a pause
// parts it from the next word.
func (l *language) isFunction(word string) bool {
	return l.function[strings.ToLower(strings.TrimLeft(word, "\"'“‘(«„¿¡"))]
}

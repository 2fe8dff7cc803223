package pronounce

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// Alphabet is letters that stand in the place of phones, as in grapheme-based recognition (Kanthak
// and Ney, "Context-dependent acoustic modeling using graphemes for large vocabulary speech
// recognition", ICASSP 2002): how a language without rules is said is learnt by how it is written.
// Its phones have the numbers of others, from 1 on, behind Silence: the letters in their order, then
// one for all other signs, which may sound like any letter. Digits count as letters.
type Alphabet struct {
	letters []rune
	latin   bool // signs are transliterated to Latin letters first
	phones  map[rune]Phone
}

const (
	// mostLetters is how many letters have a phone of their own; the last phone is that of all others.
	mostLetters = NumPhones - 2
	// leastSeen is how often a letter is written to have one, and leastSeenShare its share of the
	// letters of a short text.
	leastSeen      = 10
	leastSeenShare = 0.02
	// mostUnseen is the share of letters without a phone of their own from which on a script has too
	// many signs, as a syllabary has.
	mostUnseen = 0.02
	// glottal is an apostrophe within a word, a consonant in many languages.
	glottal = 'ʼ'
)

// NewAlphabet returns the letters that words are written with, the commonest ones, in small
// letters; of a script of more signs than there are phones the Latin letters of its transliteration.
func NewAlphabet(words []string) *Alphabet {
	own, unseen := commonLetters(words, lettersOf)
	if unseen > mostUnseen {
		if latin, rest := commonLetters(words, latinOf); rest < unseen {
			return newAlphabet(latin, true)
		}
	}
	return newAlphabet(own, false)
}

// ReadAlphabet returns the alphabet of these letters, in the order of their phones, for signs that
// are transliterated to Latin letters or not. It returns false where a letter comes twice, or there are
// none or too many.
func ReadAlphabet(letters string, latin bool) (*Alphabet, bool) {
	a := newAlphabet([]rune(letters), latin)
	return a, len(a.letters) > 0 && len(a.letters) <= mostLetters && len(a.phones) == len(a.letters)
}

func newAlphabet(letters []rune, latin bool) *Alphabet {
	a := &Alphabet{letters: letters, latin: latin, phones: map[rune]Phone{}}
	for i, r := range letters {
		a.phones[r] = Phone(1 + i)
	}
	return a
}

// commonLetters returns the letters of words that are common enough for a phone of their own, in the
// order of Unicode, and the share of all letters that are none of these.
func commonLetters(words []string, letters func(word string) []rune) (common []rune, unseen float64) {
	counts := map[rune]int{}
	total := 0
	for _, w := range words {
		for _, r := range letters(w) {
			counts[r]++
			total++
		}
	}
	byCount := slices.SortedFunc(maps.Keys(counts), func(a, b rune) int { return cmp.Or(counts[b]-counts[a], int(a-b)) })
	seen := 0
	for _, r := range byCount[:min(mostLetters, len(byCount))] {
		if n := counts[r]; n >= leastSeen || float64(n) >= leastSeenShare*float64(total) {
			common = append(common, r)
			seen += n
		}
	}
	slices.Sort(common)
	return common, float64(total-seen) / float64(max(1, total))
}

// lettersOf returns the letters of a word as it stands in a text, small ones, with its digits, with
// marks that are no part of a letter, and with the apostrophes between letters.
func lettersOf(word string) []rune {
	var letters []rune
	all := []rune(norm.NFC.String(strings.ToLower(word)))
	for i, r := range all {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			letters = append(letters, r)
		case strings.ContainsRune("'’‘`", r) && i > 0 && i+1 < len(all) && unicode.IsLetter(all[i-1]) && unicode.IsLetter(all[i+1]):
			letters = append(letters, glottal)
		}
	}
	return letters
}

// latinOf returns the letters of a word's transliteration.
func latinOf(word string) []rune { return lettersOf(unidecode.Unidecode(norm.NFC.String(word))) }

// Letters returns the letters in the order of their phones.
func (a *Alphabet) Letters() string { return string(a.letters) }

// Latin reports whether signs are transliterated to Latin letters first.
func (a *Alphabet) Latin() bool { return a.latin }

// NumPhones is how many phones have a sound of their own: the letters and Silence.
func (a *Alphabet) NumPhones() int { return 1 + len(a.letters) }

// Sounds returns, by phone, the phones that each may be: itself, and the last one any letter.
func (a *Alphabet) Sounds() [][]Phone {
	sounds := make([][]Phone, a.NumPhones(), a.NumPhones()+1)
	for p := range sounds {
		sounds[p] = []Phone{Phone(p)}
	}
	return append(sounds, slices.Concat(sounds[1:]...))
}

// Name returns the letter of a phone, "SIL" for Silence and "?" for the one that may be any.
func (a *Alphabet) Name(p Phone) string {
	switch {
	case p == Silence:
		return p.String()
	case int(p) > len(a.letters):
		return "?"
	}
	return string(a.letters[p-1])
}

// Sentence returns the pronunciation of each word of a sentence, in order, for any text whatever:
// its letters, one phone each, and one phone at least. Numbers are their digits. The time grows
// linearly with the length of the words.
func (a *Alphabet) Sentence(words []string) []Word {
	letters := lettersOf
	if a.latin {
		letters = latinOf
	}
	said := make([]Word, len(words))
	for i, w := range words {
		var phones []Phone
		for _, r := range letters(w) {
			if p, ok := a.phone(r); ok {
				phones = append(phones, p)
			}
		}
		if phones == nil {
			phones = []Phone{a.anyLetter()}
		}
		said[i].Phones = phones
	}
	return said
}

// anyLetter is the phone that may be any letter.
func (a *Alphabet) anyLetter() Phone { return Phone(a.NumPhones()) }

// phone returns the phone of a letter, that of the letter without its marks where it has none, and
// false for marks that are rare.
func (a *Alphabet) phone(r rune) (Phone, bool) {
	if p, ok := a.phones[r]; ok {
		return p, true
	}
	bare, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if p, ok := a.phones[bare]; ok {
		return p, true
	}
	return a.anyLetter(), !unicode.IsMark(r) && r != glottal
}

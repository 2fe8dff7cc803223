// Package pronounce turns written words into phone-like units, by rules for
// each language.
//
// A sentence goes through two stages. First it is read out: numbers, dates,
// money, abbreviations, initialisms, addresses and signs become words of the
// language (tokens.go, reader.go, numbers.go). Then each spoken word becomes
// units, by a list of irregular words and by letter-to-sound rules with context
// (rules.go, english.go, french.go). What belongs to one language stands in its
// table, lang/*.txt, whose format lang.go describes.
//
// Nobody reads these pronunciations: they lead a forced aligner, so the number
// of syllables, the consonants and the durations matter more than the exact
// colour of a vowel.
package pronounce

import (
	"slices"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// Phone is one of the sounds that the aligner knows, the same for all languages.
type Phone uint8

// The units. Silence is no sound of a word.
const (
	Silence Phone = iota
	IY            // b_ee_t
	IH            // b_i_t
	EY            // b_ai_t
	EH            // b_e_t
	AE            // b_a_t
	AA            // f_a_ther
	AO            // l_aw_
	OW            // b_oa_t
	UH            // b_oo_k
	UW            // b_oo_t
	AH            // b_u_t, and the unstressed _a_bout
	ER            // b_ir_d
	AY            // b_uy_
	AW            // n_ow_
	OY            // b_oy_
	UE            // French l_u_ne, German _ü_ber
	OE            // French d_eu_x, German sch_ö_n
	AN            // French v_ent_
	ON            // French b_on_
	EN            // French v_in_
	P
	B
	T
	D
	K
	G
	F
	V
	TH // _th_in
	DH // _th_en
	S
	Z
	SH // _sh_ip
	ZH // vi_s_ion
	HH // _h_at
	CH // _ch_in
	JH // _j_am
	M
	N
	NG // si_ng_
	L
	R
	W
	Y
	RR            // a trilled r, Spanish pe_rr_o
	KH            // Scottish lo_ch_, German ba_ch_, Spanish _j_ota
	NumPhones int = iota
)

var unitNames = [NumPhones]string{
	"SIL", "IY", "IH", "EY", "EH", "AE", "AA", "AO", "OW", "UH", "UW", "AH", "ER", "AY", "AW", "OY",
	"UE", "OE", "AN", "ON", "EN", "P", "B", "T", "D", "K", "G", "F", "V", "TH", "DH", "S", "Z", "SH",
	"ZH", "HH", "CH", "JH", "M", "N", "NG", "L", "R", "W", "Y", "RR", "KH",
}

// String is the unit's name, "SIL" for Silence, "?" beyond the known units.
func (u Phone) String() string {
	if int(u) >= NumPhones {
		return "?"
	}
	return unitNames[u]
}

// Name is the unit's name, as String.
func Name(u Phone) string { return u.String() }

// Languages are the BCP 47 tags of the languages that have rules of their own,
// in alphabetical order.
func Languages() []string {
	entries, err := tables.ReadDir("lang")
	if err != nil {
		panic(err) // embedded: can't fail
	}
	var tags []string
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), ".txt"); tag != plainTag {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return tags
}

// detectable are whatlanggo's languages that have rules here.
var detectable = map[whatlanggo.Lang]string{
	whatlanggo.Eng: "en", whatlanggo.Spa: "es", whatlanggo.Ita: "it", whatlanggo.Deu: "de",
	whatlanggo.Fra: "fr", whatlanggo.Por: "pt", whatlanggo.Rus: "ru", whatlanggo.Nld: "nl",
	whatlanggo.Dan: "da", whatlanggo.Ron: "ro", whatlanggo.Bul: "bg", whatlanggo.Bel: "be",
	whatlanggo.Ukr: "uk", whatlanggo.Ell: "el", whatlanggo.Pol: "pl", whatlanggo.Swe: "sv",
	whatlanggo.Tur: "tr", whatlanggo.Ces: "cs",
}

// detectBytes is how much of a text Detect reads: a page is no clearer than its
// first pages.
const detectBytes = 40_000

// Detect is the BCP 47 tag of the language of a text, as far as
// github.com/abadojack/whatlanggo is sure; "en" for what is short or unclear.
// Languages without rules of their own are named too when nothing else fits,
// by their script mostly (ja, ar, hi, ...).
func Detect(text string) string {
	if len(text) > detectBytes {
		text = strings.ToValidUTF8(text[:detectBytes], "")
	}
	known := make(map[whatlanggo.Lang]bool, len(detectable))
	for l := range detectable {
		known[l] = true
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: known})
	if tag, ok := detectable[info.Lang]; ok && (info.IsReliable() || info.Script != unicode.Latin) {
		return tag // a script of its own is never English
	}
	all := whatlanggo.Detect(text)
	if tag := all.Lang.Iso6391(); tag != "" && all.IsReliable() && detectable[info.Lang] == "" {
		return tag
	}
	return "en"
}

// Word is how a word of a sentence is said.
type Word struct {
	// Phones is how it is most likely said: at least one unit, and never Silence.
	Phones []Phone
	// Other is how else it may well be said, nil for most words: capitals that are
	// a word or initials, a year that is a number, a murmur that a synthetic voice
	// spells. As Units, if it is not nil.
	Other []Phone
	// Function says that the word is an article, a preposition, a conjunction or
	// the like, which leans on the words behind it.
	Function bool
}

// Sentence is how each word of one sentence is said, in order, whatever the words
// hold. The sentence is given whole because reading depends on neighbours: "$4.5
// million" is "four point five" and "million dollars". lang is a BCP 47 tag, whose
// region is ignored; a language without rules is transliterated to Latin and read
// by a plain table. The time grows with the length of the words.
func Sentence(words []string, lang string) []Word {
	l := languageFor(lang)
	said := make([]Word, len(words))
	r := readOut(words, l, false)
	for i, units := range l.units(r.out, len(words)) {
		said[i] = Word{Phones: units, Function: l.isFunction(words[i])}
	}
	if r.unsure {
		for i, units := range l.units(readOut(words, l, true).out, len(words)) {
			if !slices.Equal(units, said[i].Phones) {
				said[i].Other = units
			}
		}
	}
	return said
}

// units of n words of which the spoken ones are given.
func (l *language) units(out []spoken, n int) [][]Phone {
	units := make([][]Phone, n)
	for i, s := range out {
		next := ""
		if i+1 < len(out) && !out[i+1].spelled {
			next = out[i+1].text
		}
		units[s.word] = l.pronounce(units[s.word], s, next)
	}
	for i := range units {
		if len(units[i]) == 0 {
			units[i] = append(units[i], AH) // a sign nobody has a word for: a breath of sound
		}
	}
	return units
}

// isFunction reports whether the word, as it stands in a text, is in the
// language's list of function words. One with a comma behind it is not: that
// leans on nothing.
func (l *language) isFunction(word string) bool {
	return l.function[strings.ToLower(strings.TrimLeft(word, "\"'“‘(«„¿¡"))]
}

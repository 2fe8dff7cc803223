package pronounce

import (
	"fmt"
	"strings"
	"unicode"

	"cuewright/align/internal/syllable"
)

// Scripts whose signs are more than letters are first transcribed to Latin letters, which the
// rules of the language read: a consonant of the scripts that come from Brahmi has a vowel
// that isn't written, a vowel of Thai stands before the consonant it is said after, a sign of
// Ethiopia is a syllable.
//
// The letters are those of ISO 15919, but each is one code point: ṛ is the vowel and ř the flap,
// ê and ô are the vowels of English words, ~ a nasal vowel, æ and ǣ Sinhala's. A vowel that
// isn't written is ə, for rules to tell it from the one that is.
//
// The blocks of the scripts of India are laid out alike, after the Indian standard IS 13194
// (ISCII); see The Unicode Standard, chapter 12.

// A script is a range of code points with a way to transcribe them.
type script struct {
	first, last rune
	transcribe  func(dst []rune, text []rune, l *language) []rune
}

// scripts holds the scripts that are transcribed, in the order of their code points.
var scripts = []script{
	{0x0900, 0x0d7f, brahmic}, // Devanagari to Malayalam
	{0x0d80, 0x0dff, brahmic}, // Sinhala
	{0x0e00, 0x0eff, spelled}, // Thai and Lao
	{0x1000, 0x109f, spelled}, // Burmese
	{0x1200, 0x137f, ethiopic},
}

// scriptOf returns the script that r is of, nil if it is of none that is transcribed.
func scriptOf(r rune) *script {
	if r < scripts[0].first {
		return nil
	}
	for i := range scripts {
		if s := &scripts[i]; r >= s.first && r <= s.last {
			return s
		}
	}
	return nil
}

// transcribed returns a word with the signs of such scripts in Latin letters.
func (l *language) transcribed(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return scriptOf(r) != nil }) < 0 {
		return word
	}
	text := []rune(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) { // joiners ask for a shape, not for a sound
			return -1
		}
		return r
	}, word))
	var out []rune
	for i := 0; i < len(text); {
		s := scriptOf(text[i])
		j := i + 1
		for j < len(text) && scriptOf(text[j]) == s {
			j++
		}
		if s == nil {
			out = append(out, text[i:j]...)
		} else {
			out = s.transcribe(out, text[i:j], l)
		}
		i = j
	}
	return string(out)
}

// spelled transcribes the scripts that are read by the syllable.
func spelled(dst, text []rune, _ *language) []rune {
	for _, s := range syllable.Split(string(text)) {
		dst = append(dst, []rune(s.Said)...)
	}
	return dst
}

// Letters that stand at the same place of each block, from the first place given on. "." is a
// place without a letter.
var (
	// From 0x05 on. Short e and o are letters of the south, ê and ô of the north.
	brahmicVowels = strings.Fields("a ā i ī u ū ṛ ḷi ê e ē ai ô o ō au")
	// From 0x15 on.
	brahmicConsonants = strings.Fields(`k kh g gh ṅ c ch j jh ñ ṭ ṭh ḍ ḍh ṇ t th d dh n ṉ p ph b bh m
		y r ṟ l ḷ ḻ v ś ṣ s h`)
	// From 0x3e on.
	brahmicSigns = strings.Fields("ā i ī u ū ṛ ṛ ê e ē ai ô o ō au")
	// Sinhala has a layout of its own: vowels from 0x05, consonants from 0x1a, signs from 0x4f on.
	sinhalaVowels     = strings.Fields("a ā æ ǣ i ī u ū ṛ ṛ ḷi ḷi e ē ai o ō au")
	sinhalaConsonants = strings.Fields(`k kh g gh ṅ ṅg c ch j jh ñ jñ ñj ṭ ṭh ḍ ḍh ṇ ṇḍ t th d dh n . nd
		p ph b bh m mb y r . l . . v ś ṣ s h ḷ f`)
	sinhalaSigns = strings.Fields("ā æ ǣ i ī u . ū . ṛ e ē ai o ō au ḷi")
)

// What the blocks do not share, by code point.
var (
	brahmicOthers = map[rune]string{
		'ॐ': "ōm", 'ॠ': "ṛ", 'ೡ': "ḷi", 'ॲ': "ê", 'ऄ': "e",
		'ੴ': "ikōaṁkār",
	}
	brahmicOtherConsonants = map[rune]string{
		'ৰ': "r", 'ৱ': "w", 'ੜ': "ř", 'ୱ': "w", 'ౘ': "c", 'ౙ': "j", 'ೞ': "ḻ", 'ഩ': "ṉ", 'ഺ': "ṟ",
	}
	// Consonants that no vowel follows.
	brahmicDead = map[rune]string{
		'ৎ': "t", 'ൎ': "r", 'ൺ': "ṇ", 'ൻ': "n", 'ർ': "r", 'ൽ': "l", 'ൾ': "ḷ", 'ൿ': "k",
	}
	// Consonants with a dot.
	brahmicDotted = map[string]string{
		"k": "q", "kh": "x", "g": "ġ", "j": "z", "ḍ": "ř", "ḍh": "řh", "ph": "f", "y": "ẏ", "s": "ś", "l": "ḷ",
		"n": "ṉ", "r": "ṟ",
	}
)

// The kinds of signs.
type brahmicKind uint8

const (
	noSign        brahmicKind = iota
	fullVowel                 // a letter by itself
	vowelSign                 // said instead of the vowel of the consonant before it
	consonant                 // with a vowel
	deadConsonant             // without one
	virama                    // takes the vowel of the consonant before it
	nukta                     // makes another consonant of it
	addak                     // doubles the consonant that follows
	nasal                     // and other signs that are said after the vowel
)

// brahmicSign returns what a sign stands for.
func brahmicSign(r rune) (brahmicKind, string) {
	if s, ok := brahmicOthers[r]; ok {
		return fullVowel, s
	}
	if s, ok := brahmicOtherConsonants[r]; ok {
		return consonant, s
	}
	if s, ok := brahmicDead[r]; ok {
		return deadConsonant, s
	}
	vowels, consonants, signs, first, sign := brahmicVowels, brahmicConsonants, brahmicSigns, rune(0x15), rune(0x3e)
	sinhala := r >= 0x0d80
	if sinhala {
		vowels, consonants, signs, first, sign = sinhalaVowels, sinhalaConsonants, sinhalaSigns, 0x1a, 0x4f
	}
	place := r & 0x7f
	at := func(letters []string, first rune) string {
		if i := int(place - first); i >= 0 && i < len(letters) && letters[i] != "." {
			return letters[i]
		}
		return ""
	}
	if s := at(vowels, 0x05); s != "" {
		return fullVowel, s
	}
	if s := at(consonants, first); s != "" {
		return consonant, s
	}
	if s := at(signs, sign); s != "" {
		return vowelSign, s
	}
	switch {
	case place == 0x01 && !sinhala:
		return nasal, "~"
	case place == 0x02, r == 'ੰ':
		return nasal, "ṁ"
	case place == 0x03:
		return nasal, "ḥ"
	case r == 'ੱ':
		return addak, ""
	case sinhala && place == 0x4a, !sinhala && place == 0x4d:
		return virama, ""
	case !sinhala && place == 0x3c:
		return nukta, ""
	}
	return noSign, ""
}

// brahmic transcribes the scripts of India and Sri Lanka. The vowel that isn't written is left
// out where the language's table says so.
func brahmic(dst, text []rune, l *language) []rune {
	start := len(dst)
	open := false   // the last consonant has its vowel yet to come
	double := false // the next one is said twice
	last := len(dst)
	close := func() {
		if open {
			dst = append(dst, 'ə')
		}
		open = false
	}
	for _, r := range text {
		kind, letters := brahmicSign(r)
		switch kind {
		case consonant, deadConsonant:
			close()
			if double {
				dst = append(dst, []rune(letters)[0])
			}
			last = len(dst)
			dst = append(dst, []rune(letters)...)
			open, double = kind == consonant, false
		case vowelSign:
			open = false
			dst = append(dst, []rune(letters)...)
		case virama:
			open = false
		case nukta:
			if dotted, ok := brahmicDotted[string(dst[last:])]; ok {
				dst = append(dst[:last], []rune(dotted)...)
			}
		case addak:
			close()
			double = true
		case fullVowel, nasal:
			close()
			dst = append(dst, []rune(letters)...)
		}
	}
	close()
	return append(dst[:start], l.schwa.drop(dst[start:])...)
}

// schwa says where the vowel that isn't written isn't said either.
type schwa struct {
	final  string // "all" or "single", see drop; "" for nowhere
	medial bool
}

// add takes in a line of the section [schwa]: "final all", "final single" or "medial".
func (s *schwa) add(f []string) error {
	switch {
	case f[0] == "medial":
		s.medial = true
	case f[0] == "final" && len(f) > 1 && (f[1] == "all" || f[1] == "single"):
		s.final = f[1]
	default:
		return fmt.Errorf("%q: want final all, final single or medial", strings.Join(f, " "))
	}
	return nil
}

// isBrahmicVowel reports whether a letter of the transcription is a vowel.
func isBrahmicVowel(r rune) bool { return strings.ContainsRune("əaāäiīuūṛêeēôoōæǣ", r) }

// drop returns a word without the vowels that aren't said: after M. Ohala, Aspects of Hindi
// Phonology, 1983, the last one of the word, and from right to left each that stands between
// a vowel with one consonant and a consonant with a vowel.
//
// The last one stays in words of one syllable. Where it follows two consonants it stays, too:
// with "single" after any, with "all" if the second is more sonorous, as in mitra.
func (s schwa) drop(word []rune) []rune {
	sounds := brahmicSounds(word)
	kindAt := func(i int) soundKind {
		if i < 0 || i >= len(sounds) {
			return noSound
		}
		return kindOf(sounds[i])
	}
	first := 0 // the first vowel
	for first < len(sounds) && kindAt(first) != vowelSound {
		first++
	}
	dropped := make([]bool, len(sounds))
	said := func(i int) bool { return kindAt(i) == vowelSound && !dropped[i] }
	if last := len(sounds) - 1; s.final != "" && last > first && sounds[last][0] == 'ə' {
		a, b := kindAt(last-2), kindAt(last-1) // the consonants before it
		cluster := a == sonorant || a == obstruent
		dropped[last] = !cluster || s.final == "all" && (b == obstruent || a == sonorant)
	}
	for i := len(sounds) - 3; s.medial && i > first; i-- {
		if sounds[i][0] == 'ə' && kindAt(i-1).isConsonant() && said(i-2) && kindAt(i+1).isConsonant() && said(i+2) {
			dropped[i] = true
		}
	}
	var out []rune
	for i, sound := range sounds {
		if !dropped[i] {
			out = append(out, sound...)
		}
	}
	return out
}

// brahmicSounds returns the sounds of a word: its letters, an aspirate with its h.
func brahmicSounds(word []rune) [][]rune {
	var sounds [][]rune
	for i := 0; i < len(word); {
		j := i + 1
		if j < len(word) && word[j] == 'h' && strings.ContainsRune("kgcjṭḍtdpbř", word[i]) {
			j++
		}
		sounds = append(sounds, word[i:j])
		i = j
	}
	return sounds
}

// soundKind is what a sound is to the vowel beside it.
type soundKind uint8

const (
	noSound soundKind = iota
	vowelSound
	nasalSound // ṁ, which ends the syllable before it
	sonorant
	obstruent
	otherSound // a nasal vowel's ~ and the breath ḥ
)

func (k soundKind) isConsonant() bool { return k == nasalSound || k == sonorant || k == obstruent }

// kindOf returns the kind of a sound.
func kindOf(sound []rune) soundKind {
	switch r := sound[0]; {
	case isBrahmicVowel(r):
		return vowelSound
	case r == 'ṁ':
		return nasalSound
	case strings.ContainsRune("yrlvnmṇ", r):
		return sonorant
	case strings.ContainsRune("~ḥ", r):
		return otherSound
	}
	return obstruent
}

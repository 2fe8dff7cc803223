package pronounce

import "strings"

// Consonants of Ethiopia's syllables, eight code points each from U+1200 on; those whose last
// letter is w have the vowels of a rounded consonant.
var ethiopicConsonants = strings.Fields(`h l h m s r s š q qw q qw b v t č h hw n ñ ' k kw x xw w ' z ž y d ḍ
	ǧ g gw g ṭ ċ ṗ ṣ ṣ f p`)

// ethiopicVowels are the vowels of the eight signs of a consonant; ə may be missing.
var ethiopicVowels = strings.Fields("ä u i a e ə o wa")

// ethiopic transcribes the syllables of Ethiopia.
func ethiopic(dst, text []rune, l *language) []rune {
	start := len(dst)
	for _, r := range text {
		i := int(r - 0x1200)
		switch {
		case r == 0x135f: // the consonant before is long
		case i/8 < len(ethiopicConsonants):
			dst = append(dst, []rune(ethiopicConsonants[i/8]+ethiopicVowels[i%8])...)
		}
	}
	return append(dst[:start], l.schwa.drop(dst[start:])...)
}

package pronounce

import "strings"

// readKana is the reader of Japanese: Chinese characters become kana, see kanjiReadings, and kana
// phones, by moras. A character that is only a part of a mora gets the part of its phones that
// it can have.
func readKana(l *language, dst [][]Phone, text []rune, other bool) (said [][]Phone, unsure bool) {
	readings, unsure := l.kanji.kana(text, other)
	var kana []rune
	var owner []int // of each kana: the character that it is of
	for i, s := range readings {
		for _, r := range s {
			kana = append(kana, r)
			owner = append(owner, i)
		}
	}
	first := len(dst)
	dst = append(dst, make([][]Phone, len(text))...)
	said = dst[first:]
	add := func(k int, phones ...Phone) { said[owner[k]] = append(said[owner[k]], phones...) }
	for k, n := 0, 0; k < len(kana); k += n {
		n = 1
		switch r := kana[k]; {
		case r == 'ん':
			add(k, nasalBefore(l, kana[k+1:]))
		case r == 'っ':
			if k+1 < len(kana) {
				add(k, l.closure(kana[k+1:])...)
			}
		case r == 'ー', r == 'う' && k > 0 && ends(l, kana[:k], OW):
			if v := lastVowel(said[:owner[k]+1]); v != Silence {
				add(k, v)
			}
		default:
			if k+1 < len(kana) && isSmallKana(kana[k+1]) && kana[k+1] != 'っ' {
				n = 2
			}
			phones := l.mora(kana[k : k+n])
			switch particle := l.particle(text, owner[k]); {
			case particle != nil:
				phones = particle
				unsure = unsure || r == 'は'
				if other && r == 'は' {
					phones = l.mora(kana[k : k+1])
				}
			case n == 1 && voiceless(phones) && l.silentVowel(phones, kana[k+1:]):
				unsure = true
				if !other {
					phones = phones[:len(phones)-1]
				}
			}
			if n == 2 && owner[k+1] != owner[k] && len(phones) > 1 {
				add(k, phones[:len(phones)-1]...)
				add(k+1, phones[len(phones)-1])
				continue
			}
			add(k, phones...)
		}
	}
	return dst, unsure
}

// mora returns the phones of a kana with the small one behind it.
func (l *language) mora(kana []rune) []Phone { return l.byRules(nil, string(kana)) }

// particle returns the phones of the は and へ at i where they are read わ and え, nil elsewhere: behind
// the word that they belong to, unless they begin one of a few common words in kana.
func (l *language) particle(text []rune, i int) []Phone {
	if i == 0 {
		return nil
	}
	next := edge
	if i+1 < len(text) {
		next = text[i+1]
	}
	switch {
	case text[i] == 'は' && !strings.ContainsRune("じずっやるさたば", next):
		return []Phone{W, AA}
	case text[i] == 'へ' && !strings.ContainsRune("んやたこびえ", next):
		return []Phone{EH}
	}
	return nil
}

// nasalBefore returns the sound of ん before other kana.
func nasalBefore(l *language, next []rune) Phone {
	if len(next) == 0 {
		return N
	}
	switch phones := l.mora(next[:1]); {
	case len(phones) == 0:
	case phones[0] == P, phones[0] == B, phones[0] == M:
		return M
	case phones[0] == K, phones[0] == G:
		return NG
	}
	return N
}

// closure returns what っ is before other kana: a longer consonant.
func (l *language) closure(next []rune) []Phone {
	phones := l.mora(next[:1])
	switch {
	case len(phones) < 2:
		return nil
	case phones[0] == CH:
		return []Phone{T}
	}
	return phones[:1]
}

// ends reports whether kana end in a vowel, short or before う.
func ends(l *language, kana []rune, vowel Phone) bool {
	from := len(kana) - 1
	if from > 0 && isSmallKana(kana[from]) {
		from--
	}
	phones := l.mora(kana[from:])
	return len(phones) > 0 && phones[len(phones)-1] == vowel
}

// lastVowel returns the vowel said last, Silence if there is none.
func lastVowel(said [][]Phone) Phone {
	for i := len(said) - 1; i >= 0; i-- {
		for k := len(said[i]) - 1; k >= 0; k-- {
			if said[i][k].isVowel() {
				return said[i][k]
			}
		}
	}
	return Silence
}

// voiceless reports whether a mora is a voiceless consonant with い or う.
func voiceless(phones []Phone) bool {
	if len(phones) < 2 || phones[len(phones)-1] != IY && phones[len(phones)-1] != UH {
		return false
	}
	return isVoiceless(phones[0])
}

func isVoiceless(p Phone) bool {
	switch p {
	case P, T, K, S, SH, CH, F, HH:
		return true
	}
	return false
}

// silentVowel reports whether い or う is whispered there: between voiceless consonants, and す at
// the end of what is said.
func (l *language) silentVowel(phones []Phone, next []rune) bool {
	if len(next) == 0 {
		return phones[0] == S
	}
	if next[0] == 'っ' {
		return false
	}
	after := l.mora(next[:1])
	return len(after) > 1 && isVoiceless(after[0])
}

package pronounce

import "golang.org/x/text/unicode/norm"

// A syllable of Hangul is an initial consonant, a vowel and a final consonant or none, each a number:
// those of a precomposed character are found by arithmetic (The Unicode Standard, 3.12). The rules of
// sound are those of the standard pronunciation (표준 발음법, National Institute of Korean Language, 1988).

// The initials, in Unicode's order, as the standard romanises them; iNone is the silent ㅇ.
const (
	iG = iota
	iGG
	iN
	iD
	iDD
	iR
	iM
	iB
	iBB
	iS
	iSS
	iNone
	iJ
	iJJ
	iCh
	iK
	iT
	iP
	iH
)

// The finals that the rules name, in Unicode's order; of two consonants the name has both.
const (
	fNone = iota
	fG
	fGG
	fGS
	fN
	fNJ
	fNH
	fD
	fL
	fLG
	fLM
	fLB
	fLS
	fLT
	fLP
	fLH
	fM
	fB
	fBS
	fS
	fSS
	fNG
	fJ
	fCh
	fK
	fT
	fP
	fH
)

// vI and vYeo are the vowels ㅣ and ㅕ, vUi is ㅢ.
const (
	vYeo = 6
	vUi  = 19
	vI   = 20
)

// jamo is a syllable: its initial, its vowel and its final.
type jamo struct{ i, v, f int }

// jamoOf returns the parts of a syllable, and reports whether r is one.
func jamoOf(r rune) (jamo, bool) {
	n := int(r) - 0xAC00
	if n < 0 || n >= 19*21*28 {
		return jamo{}, false
	}
	return jamo{n / (21 * 28), n / 28 % 21, n % 28}, true
}

// movesOn says of each final what is left of it before a vowel, and which initial it gives to the next
// syllable.
var movesOn = [28]struct{ left, initial int }{
	fG: {fNone, iG}, fGG: {fNone, iGG}, fGS: {fG, iSS}, fN: {fNone, iN}, fNJ: {fN, iJ}, fNH: {fNone, iN}, fD: {fNone, iD},
	fL: {fNone, iR}, fLG: {fL, iG}, fLM: {fL, iM}, fLB: {fL, iB}, fLS: {fL, iSS}, fLT: {fL, iT}, fLP: {fL, iP},
	fLH: {fNone, iR}, fM: {fNone, iM}, fB: {fNone, iB}, fBS: {fB, iSS}, fS: {fNone, iS}, fSS: {fNone, iSS},
	fNG: {fNG, iNone}, fJ: {fNone, iJ}, fCh: {fNone, iCh}, fK: {fNone, iK}, fT: {fNone, iT}, fP: {fNone, iP},
	fH: {fNone, iNone},
}

// unreleased says which of the seven finals that are heard each of them becomes before a consonant or at
// the end.
var unreleased = [28]int{
	fG: fG, fGG: fG, fGS: fG, fN: fN, fNJ: fN, fNH: fN, fD: fD, fL: fL, fLG: fG, fLM: fM, fLB: fL, fLS: fL, fLT: fL,
	fLP: fB, fLH: fL, fM: fM, fB: fB, fBS: fB, fS: fD, fSS: fD, fNG: fNG, fJ: fD, fCh: fD, fK: fG, fT: fD, fP: fB, fH: fD,
}

// beforeNasal says which final a stop becomes before a nasal initial.
var beforeNasal = [28]int{fG: fNG, fD: fN, fB: fM}

// breathed and tensed say which initial a plain one becomes beside ㅎ and behind a stop; iG, where it is
// of another kind, stands for none, but for iG itself.
var (
	breathed = [19]int{iG: iK, iD: iT, iB: iP, iJ: iCh}
	tensed   = [19]int{iG: iGG, iD: iDD, iB: iBB, iS: iSS, iJ: iJJ}
)

// join changes two syllables in a row as they are said together.
func join(a, b *jamo) {
	switch {
	case b.i == iNone:
		if m := movesOn[a.f]; a.f != fNone {
			a.f, b.i = m.left, m.initial
		}
		if b.v == vI || b.v == vYeo { // 같이, 붙여
			switch b.i {
			case iD:
				b.i = iJ
			case iT:
				b.i = iCh
			}
		}
		return
	case b.i == iH:
		joinH(a, b)
		return
	case a.f == fH, a.f == fNH, a.f == fLH:
		if to := breathed[b.i]; to != 0 {
			b.i = to
			if a.f == fH {
				a.f = fNone
			}
		}
	}
	a.f = unreleased[a.f]
	stop := a.f == fG || a.f == fD || a.f == fB
	switch {
	case stop && b.i == iR, a.f == fM && b.i == iR, a.f == fNG && b.i == iR:
		b.i = iN
	case a.f == fN && b.i == iR, a.f == fL && b.i == iN:
		a.f, b.i = fL, iR
	}
	switch {
	case stop && (b.i == iN || b.i == iM):
		a.f = beforeNasal[a.f]
	case stop && tensed[b.i] != 0:
		b.i = tensed[b.i]
	}
}

// joinH changes two syllables of which the second begins with ㅎ, which makes a stop before it breathed.
func joinH(a, b *jamo) {
	m := movesOn[a.f]
	if m.initial == iS || m.initial == iSS {
		m.initial = iD
	}
	to := breathed[m.initial]
	if a.f == fNone || to == 0 {
		a.f = unreleased[a.f]
		return
	}
	a.f, b.i = m.left, to
	if b.i == iT && b.v == vI { // 닫히다
		b.i = iCh
	}
}

// The phones of the vowels and of the initials, a plain one between voiced sounds apart, and of the finals.
var (
	hangulVowels = [21][]Phone{
		{AA}, {EH}, {Y, AA}, {Y, EH}, {AH}, {EH}, {Y, AH}, {Y, EH}, {OW}, {W, AA}, {W, EH},
		{W, EH}, {Y, OW}, {UW}, {W, AH}, {W, EH}, {W, IY}, {Y, UW}, {UH}, {UH, IY}, {IY},
	}
	hangulInitials = [19][]Phone{
		{K}, {K}, {N}, {T}, {T}, {RR}, {M}, {P}, {P}, {S}, {S}, nil, {CH}, {CH}, {CH}, {K}, {T}, {P}, {HH},
	}
	hangulVoiced = [19][]Phone{iG: {G}, iD: {D}, iB: {B}, iJ: {JH}}
	hangulFinals = [28][]Phone{fG: {K}, fN: {N}, fD: {T}, fL: {L}, fM: {M}, fB: {P}, fNG: {NG}}
)

// readHangul is the reader of Korean, of one word.
func readHangul(_ *language, dst [][]Phone, text []rune, other bool) (said [][]Phone, unsure bool) {
	syllables := make([]jamo, len(text))
	known := make([]bool, len(text))
	for k, r := range text {
		syllables[k], known[k] = jamoOf(r)
	}
	for k := range syllables {
		if k+1 < len(syllables) && known[k] && known[k+1] {
			join(&syllables[k], &syllables[k+1])
		} else if known[k] {
			syllables[k].f = unreleased[syllables[k].f]
		}
	}
	for k, s := range syllables {
		if !known[k] {
			dst = append(dst, lonelyJamo(text[k]))
			continue
		}
		voiced := k > 0 && known[k-1] && (syllables[k-1].f == fNone || syllables[k-1].f == fN || syllables[k-1].f == fL ||
			syllables[k-1].f == fM || syllables[k-1].f == fNG)
		first := hangulInitials[s.i]
		vowel := hangulVowels[s.v]
		switch {
		case voiced && hangulVoiced[s.i] != nil:
			first = hangulVoiced[s.i]
		case voiced && s.i == iR && syllables[k-1].f == fL:
			first = []Phone{L}
		case (s.i == iS || s.i == iSS) && (vowel[0] == IY || vowel[0] == Y || s.v == 16):
			first = []Phone{SH}
		}
		if s.v == vUi && k > 0 { // the 의 of a word's end is mostly said as 에
			vowel = []Phone{EH}
			unsure = true
			if other || s.i != iNone {
				vowel = []Phone{IY}
			}
		}
		if vowel[0] == Y && (s.i == iJ || s.i == iJJ || s.i == iCh || first != nil && first[0] == SH) {
			vowel = vowel[1:]
		}
		phones := append([]Phone{}, first...)
		phones = append(phones, vowel...)
		dst = append(dst, append(phones, hangulFinals[s.f]...))
	}
	return dst, unsure
}

// lonelyJamo returns the phones of a character of Korean that is no syllable: ㅋㅋ, or a Chinese character.
func lonelyJamo(r rune) []Phone {
	for _, c := range norm.NFKD.String(string(r)) {
		switch {
		case c >= 0x1100 && c < 0x1100+19 && c != 0x110B:
			return append(append([]Phone{}, hangulInitials[c-0x1100]...), UH)
		case c >= 0x1161 && c < 0x1161+21:
			return hangulVowels[c-0x1161]
		}
	}
	zh := languageFor("zh")
	return zh.byRules(nil, zh.han.syllable(r))
}

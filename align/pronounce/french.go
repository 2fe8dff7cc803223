package pronounce

import "strings"

// linking are French words whose silent last consonant is heard before a vowel,
// with that consonant's sound then.
var linking = map[string]Unit{
	"les": Z, "des": Z, "ces": Z, "mes": Z, "tes": Z, "ses": Z, "nos": Z, "vos": Z, "leurs": Z, "aux": Z,
	"ils": Z, "elles": Z, "nous": Z, "vous": Z, "dans": Z, "sans": Z, "chez": Z, "très": Z, "deux": Z,
	"trois": Z, "quelques": Z, "plusieurs": Z, "autres": Z, "est": T, "sont": T, "ont": T, "quand": T, "grand": T, "vingt": T,
	"petit": T, "cent": T, "tout": T, "un": N, "en": N, "on": N, "mon": N, "ton": N, "son": N, "aucun": N, "bien": N,
}

// aspirated are the commonest French words in h that are neither linked to nor
// elided before.
const aspirated = " haut haute hauteur hasard haine hall halte handicap haricot hausse héro hibou hollande homard " +
	"honte hongrie huit huitième hor huée hâte harcèlement hockey hongroi onze onzième oui "

// french appends the units of a French word; next is the word after it, for
// liaison.
func (l *language) french(dst []Unit, word, next string) []Unit {
	for {
		head, rest, ok := strings.Cut(word, "'")
		if !ok {
			break
		}
		if rest == "" {
			word = head
			break
		}
		dst = l.elided(dst, head)
		word = rest
	}
	n := len(dst)
	dst = l.plain(dst, word)
	if next == "" || len(dst) == n || !l.startsWithVowel(next) {
		return dst
	}
	switch link, ok := linking[word]; {
	case ok:
		return append(dst, link)
	case word == "six" || word == "dix":
		dst[len(dst)-1] = Z
	case strings.HasSuffix(word, "e") && len(dst) > n+1 && dst[len(dst)-1] == AH && len(word) > 2:
		return dst[:len(dst)-1]
	}
	return dst
}

// elided appends what is left of a word that has lost its vowel: l', qu', jusqu'.
func (l *language) elided(dst []Unit, head string) []Unit {
	switch head {
	case "c":
		return append(dst, S)
	case "aujourd":
		return append(dst, OW, ZH, UW, R, D)
	case "quelqu":
		return append(dst, K, EH, L, K)
	}
	return l.byRules(dst, head)
}

// startsWithVowel says whether a word begins with a vowel to the ear.
func (l *language) startsWithVowel(word string) bool {
	if strings.Contains(aspirated, " "+strings.TrimSuffix(word, "s")+" ") {
		return false
	}
	word = strings.TrimPrefix(word, "h")
	return strings.IndexAny(word, "aeiouàâéèêëîïôœ") == 0
}

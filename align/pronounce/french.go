package pronounce

import "strings"

// linking maps the commonest French words whose silent last consonant is heard
// before a vowel (liaison) to the sound of that consonant.
var linking = map[string]Phone{
	"les": Z, "des": Z, "ces": Z, "mes": Z, "tes": Z, "ses": Z, "nos": Z, "vos": Z, "leurs": Z, "aux": Z,
	"ils": Z, "elles": Z, "nous": Z, "vous": Z, "dans": Z, "sans": Z, "chez": Z, "très": Z, "deux": Z,
	"trois": Z, "quelques": Z, "plusieurs": Z, "autres": Z, "est": T, "sont": T, "ont": T, "quand": T, "grand": T, "vingt": T,
	"petit": T, "cent": T, "tout": T, "un": N, "en": N, "on": N, "mon": N, "ton": N, "son": N, "aucun": N, "bien": N,
}

// aspirated lists the commonest French words before which there is neither liaison
// nor elision: those with an aspirated h, and a few in a vowel.
const aspirated = " haut haute hauteur hasard haine hall halte handicap haricot hausse héro hibou hollande homard " +
	"honte hongrie huit huitième hor huée hâte harcèlement hockey hongroi onze onzième oui "

// inverted lists French verbs, and inverting the pronouns, between which a silent t
// or d is heard as T: dit-il. So it is after verbs in -ait.
const (
	inverted = " dit fait peut veut doit sait voit vient tient met faut répond prend entend comprend semblent disent " +
		"fit fut vit font vont seront auront doivent peuvent veulent "
	inverting = " il elle on ils elles "
)

// ofTwenty lists the digits before which the t of vingt is heard; that of quatre-vingt
// is not.
const ofTwenty = " deux trois quatre cinq six sept huit neuf "

// frenchParts appends the phones of a French word that may have hyphens, as the
// numbers have.
func (l *language) frenchParts(dst []Phone, text, next string) []Phone {
	for before := ""; ; {
		head, rest, more := strings.Cut(text, "-")
		after := next
		if more {
			after, _, _ = strings.Cut(rest, "-")
		}
		if head = l.fold(head); before == "quatre" && head == "vingt" {
			after = ""
		}
		dst = l.french(dst, head, l.fold(after))
		if !more {
			return dst
		}
		if head == "quatre" {
			dst = append(dst, AH)
		}
		before, text = head, rest
	}
}

// french appends the phones of a French word; next is the word after it, for
// liaison.
func (l *language) french(dst []Phone, word, next string) []Phone {
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
	if next == "" || len(dst) == n {
		return dst
	}
	switch {
	case word == "dix" && (strings.HasPrefix(next, "huit") || strings.HasPrefix(next, "neuf")):
		dst[len(dst)-1] = Z
		return dst
	case word == "vingt" && isAmong(next, ofTwenty):
		return append(dst, T)
	case !l.startsWithVowel(next):
		if (word == "six" || word == "dix" || word == "huit") && !strings.HasPrefix(next, "sept") && next != "virgule" {
			return dst[:len(dst)-1] // dix jours
		}
		return dst
	}
	switch link, ok := linking[word]; {
	case ok:
		return append(dst, link)
	case word == "peut" && next == "être",
		isAmong(next, inverting) && (isAmong(word, inverted) || strings.HasSuffix(word, "ait") && len(word) > 4):
		return append(dst, T)
	case word == "six" || word == "dix":
		dst[len(dst)-1] = Z
	case strings.HasSuffix(word, "e") && len(dst) > n+1 && dst[len(dst)-1] == AH && len(word) > 2:
		return dst[:len(dst)-1]
	}
	return dst
}

// elided appends the phones of a word that has lost its last vowel: l', qu', jusqu'.
func (l *language) elided(dst []Phone, head string) []Phone {
	switch head {
	case "c", "s":
		return append(dst, S)
	case "d":
		return append(dst, D)
	case "t":
		return append(dst, T)
	case "aujourd":
		return append(dst, OW, ZH, UW, R, D)
	case "quelqu":
		return append(dst, K, EH, L, K)
	}
	return l.byRules(dst, head)
}

// startsWithVowel reports whether a word begins with a vowel sound.
func (l *language) startsWithVowel(word string) bool {
	if isAmong(strings.TrimSuffix(word, "s"), aspirated) {
		return false
	}
	if word == "y" {
		return true
	}
	word = strings.TrimPrefix(word, "h")
	return strings.IndexAny(word, "aeiouàâéèêëîïôœ") == 0
}

// isAmong reports whether a word is in a list with a blank around each of its words.
func isAmong(word, list string) bool { return strings.Contains(list, " "+word+" ") }

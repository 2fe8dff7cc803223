package transcript

import (
	"strings"
	"unicode"
)

// Aside is words of a sentence, one behind the other, that a reader may well pass over,
// since they are there to be looked at.
type Aside struct{ First, End int } // of the sentence's words: First <= i < End

// Asides returns the asides among the words of a sentence: what stands in round brackets,
// web and mail addresses, hashtags and names of accounts (#ferries, @harbour), telephone
// numbers and ISBNs, and a number in front that counts verses, lines or points. They are in
// the order of their first words; a bracket may hold others.
func Asides(words []string) []Aside {
	var all []Aside
	add := func(first, end int) {
		if a := (Aside{first, end}); end > first && (len(all) == 0 || all[len(all)-1] != a) {
			all = append(all, a)
		}
	}
	if counted(words) {
		add(0, 1)
	}
	for i, w := range words {
		if !strings.ContainsAny(w, "(（@#/.0123456789") && !isISBN(w) {
			continue
		}
		add(i, bracketFrom(words, i))
		add(i, dialFrom(words, i))
		if core := strings.TrimFunc(w, aroundAside); written().MatchString(core) {
			add(i, i+1)
		}
	}
	return all
}

// AsideWords reports, of each of the words of a sentence, whether it is part of an aside.
func AsideWords(words []string) []bool {
	aside := make([]bool, len(words))
	for _, a := range Asides(words) {
		for i := a.First; i < a.End; i++ {
			aside[i] = true
		}
	}
	return aside
}

// inFront matches a number that may count what stands behind it; counts matches one that does.
var inFront, counts = lazyRegexp(`^[0-9]{1,4}$`), lazyRegexp(`^([0-9]{1,4}[.)]|\[[0-9]{1,4}\])$`)

// counted reports whether a sentence has a number in front that counts it, as in 7 The ferry
// came, or 2. the ferry. It may also be said, as in 3 Männer: then it is found like other asides.
func counted(words []string) bool {
	if len(words) < 2 {
		return false
	}
	first := firstOf(strings.TrimLeft(words[1], `"'“‘«„*_`))
	return counts().MatchString(words[0]) && unicode.IsLetter(first) || inFront().MatchString(words[0]) && unicode.IsUpper(first)
}

// written matches what is an aside by itself: addresses of the web and of mail, hashtags
// and names of accounts. Of domains without a scheme only the commonest are known.
var written = lazyRegexp(`(?i)^(\S*://\S+|www\.\S+|[^\s@]+@[^\s@]+\.\pL{2,}|[#@][\pL\pN_]*\pL[\pL\pN_]*|` +
	`[\pL\pN-]{2,}(\.[\pL\pN-]+)*\.(com|org|net|edu|gov|info|io|co|tv|fm|de|fr|es|it|uk|eu|ru|br|pt|ua|us|nl|pl|ch|at|ca|au)(/\S*)?)$`)

// aroundAside reports whether r is no part of an address or a number that it stands at
// either end of.
func aroundAside(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("+@#/", r)
}

// bracketFrom returns the end of the round bracket that opens with word i and holds no
// other one; 0 if there is none.
func bracketFrom(words []string, i int) int {
	opens := func(w string) bool { return strings.ContainsRune("(（", firstOf(strings.TrimLeft(w, `"'“‘«*_`))) }
	if !opens(words[i]) {
		return 0
	}
	for k := i; k < len(words) && (k == i || !opens(words[k])); k++ {
		if at := strings.LastIndexAny(words[k], ")）"); at >= 0 {
			if strings.ContainsFunc(words[k][at:], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
				return 0 // (s)he
			}
			return k + 1
		}
	}
	return 0
}

func firstOf(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

var (
	digitGroup = lazyRegexp(`^\+?\(?[0-9][0-9()./‐‑–-]*X?$|^X$`)
	// dialled matches what tells a telephone number from other numbers: a plus sign, a
	// bracket, a zero or 1-800 in front, or groups as in 555-0123.
	dialled = lazyRegexp(`^[+(0]|^1[‐‑–-][0-9]{3}|(^|[^0-9])[0-9]{3}[‐‑–-][0-9]{4}$`)
	// dated matches numbers that look like it and are read.
	dated = lazyRegexp(`^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}$|^0?[0-9]*\.[0-9]+$`)
)

// dialFrom returns the end of the telephone number or ISBN that begins with word i; 0 if
// there is none.
func dialFrom(words []string, i int) int {
	k, isbn := i, isISBN(words[i])
	if isbn {
		k++
	} else if i > 0 && (isISBN(words[i-1]) || digitGroup().MatchString(groupOf(words[i-1])) && !pauses(words[i-1])) {
		return 0 // it goes on
	}
	var groups []string
	for ; k < len(words); k++ {
		group := groupOf(words[k])
		if !digitGroup().MatchString(group) {
			break
		}
		groups = append(groups, group)
		if pauses(words[k]) {
			k++
			break
		}
	}
	number := strings.Join(groups, " ")
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	isbn = isbn && digits >= 9 || digits == 13 && (strings.HasPrefix(number, "978") || strings.HasPrefix(number, "979"))
	if isbn || digits >= 7 && digits <= 15 && dialled().MatchString(number) && !dated().MatchString(number) {
		return k
	}
	return 0
}

// groupOf returns a word without the punctuation around it.
func groupOf(word string) string {
	return strings.TrimLeft(strings.TrimRightFunc(word, aroundAside), `"'“‘«[`)
}

// isISBN reports whether a word announces an ISBN.
func isISBN(word string) bool {
	s := strings.TrimLeftFunc(word, aroundAside)
	return len(s) >= 4 && strings.EqualFold(s[:4], "ISBN")
}

// pauses reports whether a number ends with the word.
func pauses(word string) bool { return strings.ContainsAny(word[len(word)-1:], ",;:.!?") }

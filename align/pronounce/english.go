package pronounce

import "strings"

// english appends the phones of an English word: by the list of words, by its
// ending when what precedes it is a word, else by rules.
func (l *language) english(dst []Phone, word string) []Phone {
	if phones, ok := l.words[word]; ok {
		return append(dst, phones...)
	}
	if i := strings.LastIndexByte(word, '\''); i >= 0 {
		return l.contraction(dst, word[:i], word[i+1:])
	}
	if stem, ending, ok := l.inflection(word); ok {
		dst = l.english(dst, stem)
		if n := len(dst); ending == "ing" && strings.HasSuffix(stem, "le") && n > 3 && dst[n-2] == AH && dst[n-1] == L {
			dst = append(dst[:n-2], L) // handling has two syllables
		}
		return appendEnding(dst, ending)
	}
	for _, h := range l.heads {
		if rest, ok := strings.CutPrefix(word, h.text); ok && isStem(rest) && hasVowel(rest) {
			return l.english(append(dst, h.phones...), rest)
		}
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(word, p.text); ok && len(rest) > 4 && l.words[rest] != nil {
			return l.english(append(dst, p.phones...), rest)
		}
	}
	for _, t := range l.tails {
		if rest, ok := strings.CutSuffix(word, t.text); ok && isStem(rest) && hasVowel(rest) {
			if t.text == "ness" || t.text == "ful" || t.text == "less" || t.text == "hood" {
				rest = uninflected(rest)
			}
			return append(l.english(dst, rest), t.phones...)
		}
	}
	return l.byRules(dst, word)
}

// prefixes are those with which many other words begin too: they count only where
// what follows is in the list of words.
var prefixes = []affix{
	{"in", []Phone{IH, N}}, {"im", []Phone{IH, M}}, {"dis", []Phone{D, IH, S}}, {"mis", []Phone{M, IH, S}},
	{"re", []Phone{R, IY}}, {"co", []Phone{K, OW}}, {"pre", []Phone{P, R, IY}},
}

// drawnOut returns a word without the letters that only draw it out: "sooo", "hmmmm".
func (l *language) drawnOut(word string) string {
	if l.words[word] != nil || !thrice(word) {
		return word
	}
	var once, twice []byte
	for i := 0; i < len(word); i++ {
		same := i > 0 && word[i] == word[i-1]
		if !same {
			once = append(once, word[i])
		}
		if !same || i < 2 || word[i] != word[i-2] {
			twice = append(twice, word[i])
		}
	}
	switch {
	case len(once) == 1: // www
		return word
	case l.words[string(twice)] != nil:
		return string(twice)
	}
	return string(once)
}

// thrice reports whether a letter stands three times in a row.
func thrice(word string) bool {
	for i := 2; i < len(word); i++ {
		if word[i] == word[i-1] && word[i] == word[i-2] {
			return true
		}
	}
	return false
}

// contraction appends a word and what an apostrophe has joined to it.
func (l *language) contraction(dst []Phone, word, tail string) []Phone {
	if len(word) < 2 && len(tail) > 2 { // O'Neill, D'Agata
		return l.english(l.byRules(dst, word), tail)
	}
	if tail == "t" && strings.HasSuffix(word, "n") && len(word) > 2 {
		return append(l.english(dst, word[:len(word)-1]), AH, N, T)
	}
	dst = l.english(dst, word)
	vowel := len(dst) > 0 && dst[len(dst)-1].isVowel()
	switch {
	case tail == "ll" && vowel: // we'll has one syllable, that'll two
		return append(dst, L)
	case tail == "ve" && !vowel: // would've
		return append(dst, AH, V)
	}
	switch tail {
	case "":
		return dst
	case "s":
		return appendEnding(dst, "s")
	case "d":
		return appendEnding(dst, "d")
	case "ll":
		return append(dst, AH, L)
	case "ve":
		return append(dst, V)
	case "re":
		return append(dst, ER)
	case "m":
		return append(dst, M)
	}
	return l.english(dst, tail)
}

// appendEnding appends the sound of -s, -ed, -ing, -er, -est, -ly or -ily, which
// follows from the sound before it.
func appendEnding(dst []Phone, ending string) []Phone {
	last := Silence
	if len(dst) > 0 {
		last = dst[len(dst)-1]
	}
	switch ending {
	case "s":
		switch last {
		case S, Z, SH, ZH, CH, JH:
			return append(dst, IH, Z)
		case P, T, K, F, TH:
			return append(dst, S)
		}
		return append(dst, Z)
	case "d":
		switch last {
		case T, D:
			return append(dst, IH, D)
		case P, K, F, TH, S, SH, CH:
			return append(dst, T)
		}
		return append(dst, D)
	case "ing":
		return append(dst, IH, NG)
	case "er":
		return append(dst, ER)
	case "est":
		return append(dst, AH, S, T)
	}
	if ending == "ily" && last == IY {
		dst[len(dst)-1] = AH
	}
	if last == L { // -ly
		return append(dst, IY)
	}
	return append(dst, L, IY)
}

// inflection splits a word into the word it is a form of and "s", "d", "ing",
// "er", "est", "ly" or "ily".
func (l *language) inflection(word string) (stem, ending string, ok bool) {
	n := len(word)
	switch {
	case n == 3 && word[2] == 's' && word[1] != 's' && l.words[word[:2]] != nil:
		return word[:2], "s", true // ads, IQs
	case n < 4:
	case strings.HasSuffix(word, "es") && l.words[word[:n-2]] != nil && strings.ContainsRune("sxz", rune(word[n-3])):
		return word[:n-2], "s", true // buses
	case word[n-1] == 's' && word[n-2] != 's' && l.words[word[:n-1]] != nil:
		return word[:n-1], "s", true
	case strings.HasSuffix(word, "ies"):
		return l.changedY(word[:n-3]), "s", true
	case strings.HasSuffix(word, "ied"):
		return l.changedY(word[:n-3]), "d", true
	case strings.HasSuffix(word, "oes"):
		return word[:n-2], "s", true
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "ches"),
		strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "zzes"):
		return word[:n-2], "s", true
	case word[n-1] == 's' && !strings.ContainsRune("su'", rune(word[n-2])) && !strings.HasSuffix(word, "is"):
		return word[:n-1], "s", hasVowel(word[:n-1])
	case strings.HasSuffix(word, "eed"), strings.HasSuffix(word, "bring"), strings.HasSuffix(word, "spring"),
		strings.HasSuffix(word, "string"):
	case strings.HasSuffix(word, "red") && !isVowel(word[n-4]) && word[n-4] != 'r' && l.words[word[:n-1]] == nil: // kindred
	case strings.HasSuffix(word, "ed") && hasVowel(word[:n-2]):
		return l.restoreE(word[:n-2]), "d", true
	case strings.HasSuffix(word, "ing") && hasVowel(word[:n-3]):
		return l.restoreE(word[:n-3]), "ing", true
	case strings.HasSuffix(word, "ically"):
	case n > 5 && strings.HasSuffix(word, "ly") && hasVowel(word[:n-2]):
		if stem = uninflected(word[:n-2]); stem != word[:n-2] {
			return stem, "ily", true
		}
		return stem, "ly", true
	case n == 5 && strings.HasSuffix(word, "ly") && isVowel(word[1]) && !strings.ContainsRune("aeiouyl", rune(word[2])):
		return word[:n-2], "ly", true // sadly, not rally or imply
	case n > 4 && strings.HasSuffix(word, "er"):
		return l.compared(word[:n-2], "er")
	case n > 5 && strings.HasSuffix(word, "est"):
		return l.compared(word[:n-3], "est")
	}
	return "", "", false
}

// compared returns the word before -er or -est: "heavy" for "heavi". Other words are
// looked for in the list only, since the rules cover those endings too.
func (l *language) compared(stem, ending string) (string, string, bool) {
	switch n := len(stem); {
	case stem[n-1] == 'i' && hasVowel(stem[:n-1]):
		return stem[:n-1] + "y", ending, true
	case stem[n-1] == 'e': // engineer
	case l.words[stem] != nil:
		return stem, ending, true
	case l.words[stem+"e"] != nil:
		return stem + "e", ending, true
	}
	return "", "", false
}

// uninflected undoes the change of y to i before -ly, -ness and the like.
func uninflected(stem string) string {
	if n := len(stem); n > 2 && stem[n-1] == 'i' && !isVowel(stem[n-2]) {
		return stem[:n-1] + "y"
	}
	return stem
}

// changedY undoes the change of y to i before -es and -ed: "countri", "di".
func (l *language) changedY(stem string) string {
	if !hasVowel(stem) {
		return stem + "ie" // dies, lied
	}
	return stem + "y"
}

// restoreE returns the verb before -ed or -ing: "make" for "mak", "visit" for "visit",
// "stop" for "stopp".
func (l *language) restoreE(stem string) string {
	if _, ok := l.words[stem]; ok && !droppedE(stem) {
		return stem
	}
	if _, ok := l.words[stem+"e"]; ok {
		return stem + "e"
	}
	n := len(stem)
	if n < 2 {
		return stem
	}
	last, before := stem[n-1], stem[n-2]
	if last == before && !isVowel(last) {
		if !strings.ContainsRune("lsfz", rune(last)) { // stopped, but not called, passed
			return stem[:n-1]
		}
		return stem
	}
	if strings.ContainsRune("cvzu", rune(last)) || last == 's' && before != 's' {
		return stem + "e"
	}
	if last == 'g' && n > 2 {
		if before != 'n' || stem[n-3] != 'i' && stem[n-3] != 'o' {
			return stem + "e"
		}
		return stem
	}
	if (last == 'l' || last == 'r') && !isVowel(before) && last != before && before != 'r' && before != 'w' {
		return stem + "e" // settled
	}
	if isVowel(last) || last == 'w' || last == 'x' || last == 'y' || last == 'h' || !isVowel(before) {
		return stem
	}
	if strings.HasSuffix(stem, "iat") || strings.HasSuffix(stem, "uat") {
		return stem + "e" // evaluated
	}
	if n >= 3 && isVowel(stem[n-3]) && !(n >= 4 && stem[n-4] == 'q') { // needed
		return stem
	}
	if syllables(stem) == 1 {
		return stem + "e" // hoped: a short vowel would double the consonant
	}
	if strings.Contains(" at ut ap id ud ad ed in ir ur ar ag ak ok ib ul am um ot od ", " "+stem[n-2:]+" ") {
		return stem + "e" // created, declared: endings that rarely stand without it
	}
	return stem
}

// droppedE reports whether a word of one syllable would double its last letter
// before -ed or -ing: "noted" comes from "note", not from "not".
func droppedE(stem string) bool {
	n := len(stem)
	return n > 2 && !isVowel(stem[n-1]) && !strings.ContainsRune("whx", rune(stem[n-1])) &&
		isVowel(stem[n-2]) && !isVowel(stem[n-3]) && syllables(stem) == 1
}

// isVowel reports whether c is a vowel letter, y among them.
func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// hasVowel reports whether s has a vowel letter.
func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// syllables returns the number of runs of vowels, about that of syllables.
func syllables(s string) int {
	n, in := 0, false
	for i := 0; i < len(s); i++ {
		v := isVowel(s[i])
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

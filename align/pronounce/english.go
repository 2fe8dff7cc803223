package pronounce

import "strings"

// english appends the units of an English word: by the list of words, by its
// ending when what precedes it is a word, else by rules.
func (l *language) english(dst []Unit, word string) []Unit {
	if units, ok := l.words[word]; ok {
		return append(dst, units...)
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
			return l.english(append(dst, h.units...), rest)
		}
	}
	for _, t := range l.tails {
		if rest, ok := strings.CutSuffix(word, t.text); ok && isStem(rest) && hasVowel(rest) {
			return append(l.english(dst, rest), t.units...)
		}
	}
	return l.byRules(dst, word)
}

// contraction appends a word and what an apostrophe has joined to it.
func (l *language) contraction(dst []Unit, word, tail string) []Unit {
	if len(word) < 2 && len(tail) > 2 { // O'Neill, D'Agata
		return l.english(l.byRules(dst, word), tail)
	}
	if tail == "t" && strings.HasSuffix(word, "n") && len(word) > 2 {
		return append(l.english(dst, word[:len(word)-1]), AH, N, T)
	}
	dst = l.english(dst, word)
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

// appendEnding appends the sound of -s, -ed, -ing or -ly, which follows from
// the sound before it.
func appendEnding(dst []Unit, ending string) []Unit {
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
	}
	if last == L { // -ly
		return append(dst, IY)
	}
	return append(dst, L, IY)
}

// inflection splits a word into the word it is a form of and "s", "d", "ing",
// "er" or "ly".
func (l *language) inflection(word string) (stem, ending string, ok bool) {
	n := len(word)
	switch {
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
	case strings.HasSuffix(word, "eed"):
	case strings.HasSuffix(word, "ed") && hasVowel(word[:n-2]):
		return l.restoreE(word[:n-2]), "d", true
	case strings.HasSuffix(word, "ing") && hasVowel(word[:n-3]):
		return l.restoreE(word[:n-3]), "ing", true
	case strings.HasSuffix(word, "ically"):
	case n > 5 && strings.HasSuffix(word, "ly") && hasVowel(word[:n-2]):
		return word[:n-2], "ly", true
	case strings.HasSuffix(word, "er") && n > 4:
		stem := word[:n-2]
		if _, known := l.words[stem]; known {
			return stem, "er", true
		}
		if _, known := l.words[stem+"e"]; known {
			return stem + "e", "er", true
		}
	}
	return "", "", false
}

// changedY undoes the change of y to i before -es and -ed: "countri", "di".
func (l *language) changedY(stem string) string {
	if !hasVowel(stem) {
		return stem + "ie" // dies, lied
	}
	return stem + "y"
}

// restoreE is the verb before -ed or -ing: "making" is of "make", "visiting" of
// "visit", "stopping" of "stop".
func (l *language) restoreE(stem string) string {
	if _, ok := l.words[stem]; ok {
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
	if n >= 3 && isVowel(stem[n-3]) && !(n >= 4 && stem[n-4] == 'q') { // needed
		return stem
	}
	if syllables(stem) == 1 {
		return stem + "e" // hoped: a short vowel would double the consonant
	}
	if strings.Contains(" at ut id ud ad ed in ir ur ar ag ak ok ib ul am um ot od ", " "+stem[n-2:]+" ") {
		return stem + "e" // created, declared: endings that rarely stand without it
	}
	return stem
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// syllables counts runs of vowels.
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

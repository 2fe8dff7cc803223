package pronounce

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken is a word of what is said for a sentence.
type spoken struct {
	word    int    // index of the written word that it belongs to
	text    string // in small letters
	spelled bool   // letter by letter

	behindSign bool    // see readNative
	phones     []Phone // where a reader has said it
}

// verbalizer expands the tokens of a sentence into spoken words, from left to right.
// This is text normalisation, the step that makes "fifty percent" of "50%".
type verbalizer struct {
	lang   *language
	tokens []token
	out    []spoken
	shout  bool // the whole sentence is in capitals, which then mark nothing

	choices
	unsure bool // there were places where two expansions are likely
	ways   int  // the most ways of saying what the lexicon has

	sign bool // a sign was the last token of a language that has a reader
}

// choices say how a sentence is expanded where there are several ways.
type choices struct {
	lexicon *Lexicon // whose words are said as it says; nil for none
	tag     string   // of the sentence's language, see tableTag: words of the lexicon may be for one alone
	way     int      // of those that the lexicon has for a word, where it has so many; else the first
	other   bool     // where two expansions are likely, choose the second
}

// verbalize expands a sentence. The result's out holds what is said for its words, in
// the order of the words.
func verbalize(words []string, l *language, c choices) *verbalizer {
	v := &verbalizer{lang: l, tokens: c.lexicon.mark(tokenize(words), c), choices: c}
	v.out = make([]spoken, 0, len(v.tokens)+8)
	v.shout = allCapitals(v.tokens)
	for i := 0; i < len(v.tokens); {
		i += v.expand(i)
	}
	// A currency is said after its number, and so may be a word late.
	slices.SortStableFunc(v.out, func(a, b spoken) int { return a.word - b.word })
	v.readNative()
	return v
}

// choose notes that there are two likely expansions and returns likely, or its
// opposite where second choices are wanted.
func (v *verbalizer) choose(likely bool) bool {
	v.unsure = true
	return likely != v.other
}

// emit adds words of the language, separated by blanks, as spoken for a word of the
// sentence.
func (v *verbalizer) emit(word int, text string) {
	for text != "" {
		var w string
		w, text, _ = strings.Cut(text, " ")
		if w != "" {
			v.out = append(v.out, spoken{word: word, text: w})
		}
	}
}

// emitLetters adds text to be spelled letter by letter for a word of the sentence.
func (v *verbalizer) emitLetters(word int, text string) {
	v.out = append(v.out, spoken{word: word, text: text, spelled: true})
}

// emitWay says a token as the lexicon has it.
func (v *verbalizer) emitWay(t token) {
	v.ways = max(v.ways, len(t.ways))
	way := 0
	if v.way < len(t.ways) {
		way = v.way
	}
	v.out = append(v.out, spoken{word: t.word, text: strings.ToLower(t.text), phones: t.ways[way]})
}

// at returns token i; outside the sentence, an empty sign of word -1.
func (v *verbalizer) at(i int) token {
	if i < 0 || i >= len(v.tokens) {
		return token{kind: sign, word: -1}
	}
	return v.tokens[i]
}

// is reports whether token i is the sign s, joined to the token before it.
func (v *verbalizer) is(i int, s string) bool {
	t := v.at(i)
	return t.kind == sign && t.text == s && t.glued
}

// expand expands what begins at token i and returns how many tokens that takes.
func (v *verbalizer) expand(i int) int {
	t := v.tokens[i]
	if !t.glued {
		if n := v.address(i); n > 0 {
			return n
		}
	}
	if t.ways != nil {
		v.emitWay(t)
		return 1
	}
	if n := v.expandNative(i); n > 0 {
		return n
	}
	switch t.kind {
	case number:
		return v.expandNumber(i)
	case letters:
		return v.expandLetters(i)
	}
	return v.expandSign(i)
}

// expandSign expands a character that is neither a letter nor a digit.
func (v *verbalizer) expandSign(i int) int {
	t, before, next := v.tokens[i], v.at(i-1), v.at(i+1)
	inside := t.glued && next.glued // a word goes on around it
	counts := next.glued && next.kind == number
	repeats := t.glued && before.text == t.text || next.glued && next.text == t.text
	switch {
	case repeats && t.text != "+": // C++ is read, a line of ==== isn't
	case isCurrency(t.text):
		forms := strings.Fields(v.lang.expansions[t.text])
		if own := v.lang.expansions[strings.ToLower(before.text)+t.text]; own != "" && t.glued {
			forms = strings.Fields(own) // R$
		}
		if counts {
			return 1 + v.amount(i+1, i+1, forms)
		}
		v.emit(t.word, v.plural(forms, ""))
	case t.text == "-" && counts && !t.glued:
		v.emit(t.word, v.lang.numbers.minus)
	case t.text == "-" && counts && before.kind == number && isRange(before.text, next.text):
		v.emit(t.word, v.lang.numbers.to)
	case t.text == "#" && next.glued && next.kind == letters:
		v.emit(t.word, v.lang.expansions["#^"])
	case t.text == "~" && counts, t.text == "_" && inside, t.text == "/" && !inside, !strings.Contains("-~_/.:*<>^", t.text):
		v.emit(t.word, v.lang.expansions[t.text])
	}
	return 1
}

func isCurrency(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Sc, c)
}

// isRange reports whether two numbers with a dash between them are the ends of a
// range: 10-15, 2014-16, not 555-1234 or 3-2.
func isRange(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX != nil || errY != nil || a[0] == '0' {
		return false
	}
	if len(a) == 4 && len(b) == 2 {
		return x%100 < y
	}
	return x < y && !(len(a) == 3 && len(b) == 4)
}

// expandLetters expands a run of letters.
func (v *verbalizer) expandLetters(i int) int {
	t := v.tokens[i]
	if text, n := v.dotted(i); n > 0 {
		v.emit(t.word, text)
		return n
	}
	if n := v.initials(i); n > 0 {
		return n
	}
	if next := v.at(i + 1); next.glued && isCurrency(next.text) && len(t.text) <= 2 {
		return 1 // the US of US$5
	}
	lower := strings.ToLower(t.text)
	if text, n := v.abbreviation(i, lower); n > 0 {
		v.emit(t.word, text)
		return n
	}
	if value := v.roman(i); value > 0 {
		v.romanNumber(i, value)
		return 1
	}
	v.word(i, t.text)
	return 1
}

// mostParts is the most parts of an abbreviation with points: o.s.frv. has three.
const mostParts = 4

// dotted returns what is said for an abbreviation of several parts, each with a point, such as
// Swedish t.ex., and how many tokens it takes, 0 if there is none at token i. Those of single
// letters alone are initials.
func (v *verbalizer) dotted(i int) (text string, n int) {
	key, letter := "", true
	for k := i; k < i+2*mostParts && v.at(k).kind == letters && v.is(k+1, ".") && (k == i || v.at(k).glued); k += 2 {
		key += strings.ToLower(v.at(k).text) + "."
		letter = letter && utf8.RuneCountInString(v.at(k).text) == 1
		if said := v.lang.expansions[key]; said != "" && k > i && !letter {
			text, n = said, k+2-i
		}
	}
	return text, n
}

// initials expands U.S., a.m., J. and the like, and returns how many tokens they take,
// 0 if there are none.
func (v *verbalizer) initials(i int) int {
	n := 0
	var text string
	isLetter := func(t token) bool { return t.kind == letters && utf8.RuneCountInString(t.text) == 1 }
	for isLetter(v.at(i+n)) && (n == 0 || v.at(i+n).glued) && v.is(i+n+1, ".") {
		text += v.at(i + n).text
		n += 2
	}
	if n == 0 {
		return 0
	}
	if n == 2 {
		c, _ := utf8.DecodeRuneInString(text)
		if !unicode.IsUpper(c) || v.at(i).glued || v.abbreviated(i, strings.ToLower(text)) {
			return 0 // an ordinary word, or an abbreviation
		}
		if i+n < len(v.tokens) && v.at(i+n).glued && isLetter(v.at(i+n)) {
			text += v.at(i + n).text // U.S without its last point
			n++
		} else if i+n >= len(v.tokens) { // "So do I."
			return 0
		}
	}
	word := v.tokens[i].word
	if dotted := strings.Join(strings.Split(strings.ToLower(text), ""), ".") + "."; v.lang.expansions[dotted] != "" {
		v.emit(word, v.lang.expansions[dotted])
		return n
	}
	v.emitLetters(word, text)
	return n
}

// abbreviated reports whether there is an abbreviation at token i.
func (v *verbalizer) abbreviated(i int, lower string) bool {
	_, n := v.abbreviation(i, lower)
	return n > 0
}

// abbreviation returns what is said for the abbreviation at token i, and how many
// tokens it takes, 0 if there is none.
func (v *verbalizer) abbreviation(i int, lower string) (string, int) {
	expansions := v.lang.expansions
	n, key := 1, lower
	if v.is(i+1, ".") && v.at(i+1).word == v.at(i).word {
		n, key = 2, lower+"."
	} else if v.is(i+1, "/") && expansions[lower+"/"+v.at(i+2).text] != "" && v.at(i+2).glued {
		return expansions[lower+"/"+v.at(i+2).text], 3
	} else if v.is(i+1, "/") && expansions[lower+"/"] != "" && !v.at(i+2).glued {
		return expansions[lower+"/"], 2
	}
	next := v.at(i + n)
	if text := expansions[key+"#"]; text != "" && (next.kind == number || next.text == "#") && next.word >= 0 {
		return text, n
	}
	if text := expansions[key+"^"]; text != "" && next.kind == letters && startsUpper(next.text) {
		return text, n
	}
	if text := expansions[key]; text != "" && (n == 2 || utf8.RuneCountInString(lower) > 1) {
		return text, n
	}
	if n == 2 && utf8.RuneCountInString(lower) > 1 {
		if text := expansions[lower]; text != "" {
			return text, 1
		}
	}
	return "", 0
}

func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// word expands letters as a word, an acronym or initials.
func (v *verbalizer) word(i int, text string) {
	t := v.tokens[i]
	lower := strings.ToLower(text)
	base, tail, ok := strings.Cut(text, "'")
	if ok && isInitialism(base) && !v.shout && utf8.RuneCountInString(tail) <= 2 && v.spelledOut(base) {
		v.emitLetters(t.word, base)
		if strings.EqualFold(tail, "s") {
			v.emit(t.word, "'s")
		}
		return
	}
	if isInitialism(text) && !v.shout && v.spelledOut(text) {
		plural := strings.HasSuffix(text, "s")
		v.emitLetters(t.word, strings.TrimSuffix(text, "s"))
		if plural {
			v.emit(t.word, "'s")
		}
		return
	}
	if utf8.RuneCountInString(text) == 1 && v.lang.words[lower] == nil {
		v.emitLetters(t.word, lower)
		return
	}
	if v.lang.murmured(lower) && v.choose(false) {
		v.emitLetters(t.word, lower)
		return
	}
	for _, part := range camelParts(text) {
		v.out = append(v.out, spoken{word: t.word, text: strings.ToLower(part)})
	}
}

// isInitialism reports whether a word consists of two capitals or more, and perhaps a
// plural s.
func isInitialism(s string) bool {
	n := 0
	s = strings.TrimSuffix(s, "s")
	for _, c := range s {
		if !unicode.IsUpper(c) {
			return false
		}
		n++
	}
	return n >= 2
}

// spelledOut reports whether capitals are read letter by letter: they are no known
// word, and too short for one or hard to pronounce.
func (v *verbalizer) spelledOut(s string) bool {
	lower := strings.ToLower(strings.TrimSuffix(s, "s"))
	switch {
	case v.lang.acronyms[lower]:
		return false
	case v.lang.initials[lower]:
		return true
	case v.lang.words[lower] != nil:
		return false
	}
	n := utf8.RuneCountInString(lower)
	return n < 3 || !v.lang.pronounceable(lower) || v.choose(n == 3)
}

// onsets and codas are pairs of consonants that words begin and end with.
const (
	onsets = " bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu sc sh sk sl sm sn sp st sv sw th tr tw wh wr " +
		"вр вс гр др зв кр пр сл см сн ср ст тр "
	codas = " ch ck ct ds ft gh ks ld lf lk ll lm ls lt mp ms nd ng nk ns nt ps pt rd rk rl rm rn rs rt " +
		"sh sk sp ss st th ts ws нд нт ск сс ст рт "
)

// pronounceable reports whether capitals look like a word: vowels and consonants
// in turn, no more than two consonants together, at either end only pairs that
// words begin and end with.
func (l *language) pronounceable(s string) bool {
	rs := []rune(s)
	vowel := func(c rune) bool {
		vowels := l.rules.classes['V']
		return vowels != nil && strings.ContainsRune(vowels.letters, c)
	}
	vowels, run := 0, 0
	for i, c := range rs {
		if vowel(c) {
			vowels++
			run = 0
			continue
		}
		run++
		switch {
		case run > 2,
			run == 2 && i == 1 && !strings.Contains(onsets, " "+string(rs[:2])+" "),
			run == 2 && i == len(rs)-1 && !strings.Contains(codas, " "+string(rs[i-1:])+" "):
			return false
		}
	}
	return 4*vowels >= len(rs) && 3*vowels <= 2*len(rs)
}

// camelParts splits a word such as YouTube at its inner capitals.
func camelParts(s string) []string {
	var parts []string
	start, prev := 0, rune(0)
	for i, c := range s {
		if unicode.IsUpper(c) && unicode.IsLower(prev) && i-start > 1 {
			parts = append(parts, s[start:i])
			start = i
		}
		prev = c
	}
	return append(parts, s[start:])
}

// allCapitals reports whether a sentence of more than two words is all in capitals.
func allCapitals(tokens []token) bool {
	words := 0
	for _, t := range tokens {
		if t.kind != letters {
			continue
		}
		if strings.ToUpper(t.text) != t.text {
			return false
		}
		if strings.ToLower(t.text) != t.text { // else its script has no capitals
			words++
		}
	}
	return words > 2
}

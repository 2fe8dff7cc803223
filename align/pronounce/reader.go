package pronounce

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken is a word as it is said.
type spoken struct {
	word    int    // of the sentence that it is part of
	text    string // in small letters
	spelled bool   // letter by letter
}

// reader turns atoms into spoken words, from left to right.
type reader struct {
	lang  *language
	atoms []atom
	out   []spoken
	shout bool // the whole sentence is in capitals: they mean nothing

	other  bool // where two ways of reading are likely, take the second
	unsure bool // there were such places
}

// readOut reads a sentence; out is what is said for its words, in order of words.
// other is the reading's second choices where it is unsure.
func readOut(words []string, l *language, other bool) *reader {
	r := &reader{lang: l, atoms: atoms(words), other: other}
	r.out = make([]spoken, 0, len(r.atoms)+8)
	r.shout = allCapitals(r.atoms)
	for i := 0; i < len(r.atoms); {
		i += r.read(i)
	}
	// A currency is said after its number, and so may be a word late.
	slices.SortStableFunc(r.out, func(a, b spoken) int { return a.word - b.word })
	return r
}

// choose is what is likely, or the other where second choices are wanted.
func (r *reader) choose(likely bool) bool {
	r.unsure = true
	return likely != r.other
}

// sayAt adds words of the language, parted by blanks, to a word of the sentence.
func (r *reader) sayAt(word int, text string) {
	for text != "" {
		var w string
		w, text, _ = strings.Cut(text, " ")
		if w != "" {
			r.out = append(r.out, spoken{word: word, text: w})
		}
	}
}

func (r *reader) spellAt(word int, text string) {
	r.out = append(r.out, spoken{word: word, text: text, spelled: true})
}

// at is atom i, or none.
func (r *reader) at(i int) atom {
	if i < 0 || i >= len(r.atoms) {
		return atom{kind: sign, word: -1}
	}
	return r.atoms[i]
}

// is says whether atom i is the sign s, joined to the atom before it.
func (r *reader) is(i int, s string) bool {
	a := r.at(i)
	return a.kind == sign && a.text == s && a.glued
}

// read reads from atom i on and returns how many atoms it has read.
func (r *reader) read(i int) int {
	a := r.atoms[i]
	if !a.glued {
		if n := r.address(i); n > 0 {
			return n
		}
	}
	switch a.kind {
	case number:
		return r.readNumber(i)
	case letters:
		return r.readLetters(i)
	}
	return r.readSign(i)
}

// readSign reads a character that is no letter and no digit.
func (r *reader) readSign(i int) int {
	a, before, next := r.atoms[i], r.at(i-1), r.at(i+1)
	inside := a.glued && next.glued // a word goes on around it
	counts := next.glued && next.kind == number
	switch {
	case isCurrency(a.text):
		forms := strings.Fields(r.lang.say[a.text])
		if own := r.lang.say[strings.ToLower(before.text)+a.text]; own != "" && a.glued {
			forms = strings.Fields(own) // R$
		}
		if counts {
			return 1 + r.amount(i+1, i+1, forms)
		}
		r.sayAt(a.word, r.plural(forms, ""))
	case a.text == "-" && counts && !a.glued:
		r.sayAt(a.word, r.lang.numbers.minus)
	case a.text == "-" && counts && before.kind == number && isRange(before.text, next.text):
		r.sayAt(a.word, r.lang.numbers.to)
	case a.text == "#" && next.glued && next.kind == letters:
		r.sayAt(a.word, r.lang.say["#^"])
	case a.text == "~" && counts, a.text == "_" && inside, a.text == "/" && !inside, !strings.Contains("-~_/.:*<>^", a.text):
		r.sayAt(a.word, r.lang.say[a.text])
	}
	return 1
}

func isCurrency(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Sc, c)
}

// isRange says whether two numbers with a dash between them are the ends of a
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

// readLetters reads a run of letters.
func (r *reader) readLetters(i int) int {
	a := r.atoms[i]
	if n := r.initials(i); n > 0 {
		return n
	}
	if next := r.at(i + 1); next.glued && isCurrency(next.text) && len(a.text) <= 2 {
		return 1 // the US of US$5
	}
	lower := strings.ToLower(a.text)
	if text, n := r.abbreviation(i, lower); n > 0 {
		r.sayAt(a.word, text)
		return n
	}
	if v := r.roman(i); v > 0 {
		r.romanNumber(i, v)
		return 1
	}
	r.word(i, a.text)
	return 1
}

// initials reads U.S., a.m., J. and the like.
func (r *reader) initials(i int) int {
	n := 0
	var text string
	for utf8.RuneCountInString(r.at(i+n).text) == 1 && r.at(i+n).kind == letters && (n == 0 || r.at(i+n).glued) && r.is(i+n+1, ".") {
		text += r.at(i + n).text
		n += 2
	}
	if n == 0 {
		return 0
	}
	if n == 2 {
		c, _ := utf8.DecodeRuneInString(text)
		if !unicode.IsUpper(c) || r.at(i).glued || r.abbreviated(i, strings.ToLower(text)) {
			return 0 // an ordinary word, or an abbreviation
		}
		if i+n < len(r.atoms) && r.at(i+n).glued && r.at(i+n).kind == letters && utf8.RuneCountInString(r.at(i+n).text) == 1 {
			text += r.at(i + n).text // U.S without its last point
			n++
		} else if i+n >= len(r.atoms) { // "So do I."
			return 0
		}
	}
	word := r.atoms[i].word
	if dotted := strings.Join(strings.Split(strings.ToLower(text), ""), ".") + "."; r.lang.say[dotted] != "" {
		r.sayAt(word, r.lang.say[dotted])
		return n
	}
	r.spellAt(word, text)
	return n
}

func (r *reader) abbreviated(i int, lower string) bool {
	_, n := r.abbreviation(i, lower)
	return n > 0
}

// abbreviation is what is said for the abbreviation at atom i, and how many
// atoms it takes; none if it is a word.
func (r *reader) abbreviation(i int, lower string) (string, int) {
	say := r.lang.say
	n, key := 1, lower
	if r.is(i+1, ".") && r.at(i+1).word == r.at(i).word {
		n, key = 2, lower+"."
	} else if r.is(i+1, "/") && say[lower+"/"+r.at(i+2).text] != "" && r.at(i+2).glued {
		return say[lower+"/"+r.at(i+2).text], 3
	} else if r.is(i+1, "/") && say[lower+"/"] != "" && !r.at(i+2).glued {
		return say[lower+"/"], 2
	}
	next := r.at(i + n)
	if text := say[key+"#"]; text != "" && (next.kind == number || next.text == "#") && next.word >= 0 {
		return text, n
	}
	if text := say[key+"^"]; text != "" && next.kind == letters && startsUpper(next.text) {
		return text, n
	}
	if text := say[key]; text != "" && (n == 2 || utf8.RuneCountInString(lower) > 1) {
		return text, n
	}
	if n == 2 && utf8.RuneCountInString(lower) > 1 {
		if text := say[lower]; text != "" {
			return text, 1
		}
	}
	return "", 0
}

func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// word reads letters as a word, an acronym or initials.
func (r *reader) word(i int, text string) {
	a := r.atoms[i]
	lower := strings.ToLower(text)
	if base, tail, ok := strings.Cut(text, "'"); ok && isInitialism(base) && !r.shout && utf8.RuneCountInString(tail) <= 2 && r.spelledOut(base) {
		r.spellAt(a.word, base)
		if strings.EqualFold(tail, "s") {
			r.sayAt(a.word, "'s")
		}
		return
	}
	if isInitialism(text) && !r.shout && r.spelledOut(text) {
		plural := strings.HasSuffix(text, "s")
		r.spellAt(a.word, strings.TrimSuffix(text, "s"))
		if plural {
			r.sayAt(a.word, "'s")
		}
		return
	}
	if utf8.RuneCountInString(text) == 1 && r.lang.words[lower] == nil {
		r.spellAt(a.word, lower)
		return
	}
	if r.lang.murmured(lower) && r.choose(false) {
		r.spellAt(a.word, lower)
		return
	}
	for _, part := range camelParts(text) {
		r.out = append(r.out, spoken{word: a.word, text: strings.ToLower(part)})
	}
}

// isInitialism says whether a word is of capitals, and perhaps a plural s.
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

// spelledOut says whether capitals are read letter by letter: they are no word
// that is known, and too short for one or hard to pronounce.
func (r *reader) spelledOut(s string) bool {
	lower := strings.ToLower(strings.TrimSuffix(s, "s"))
	switch {
	case r.lang.acronyms[lower]:
		return false
	case r.lang.initials[lower]:
		return true
	case r.lang.words[lower] != nil:
		return false
	}
	n := utf8.RuneCountInString(lower)
	return n < 3 || !r.lang.pronounceable(lower) || r.choose(n == 3)
}

// onsets and codas are pairs of consonants that words begin and end with.
const (
	onsets = " bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu sc sh sk sl sm sn sp st sv sw th tr tw wh wr вр вс гр др зв кр пр сл см сн ср ст тр "
	codas  = " ch ck ct ds ft gh ks ld lf lk ll lm ls lt mp ms nd ng nk ns nt ps pt rd rk rl rm rn rs rt sh sk sp ss st th ts ws нд нт ск сс ст рт "
)

// pronounceable says whether capitals look like a word: vowels and consonants
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

// camelParts splits YouTube into its words.
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

func allCapitals(as []atom) bool {
	words := 0
	for _, a := range as {
		if a.kind != letters {
			continue
		}
		if strings.ToUpper(a.text) != a.text {
			return false
		}
		words++
	}
	return words > 2
}

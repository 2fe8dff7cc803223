package subtitles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"cuewright/subtitles/format"
)

// Where a reader would break. Every place between two words has a cost, from
// nothing at the end of a sentence to boundBreak between words that belong
// together. The costs share their unit with those of layout.go, where one is about
// a third of a good break.
const (
	clauseBreak      = 1.0  // after ; : and dashes
	commaBreak       = 2.0  // after a comma, or around brackets
	conjunctionBreak = 4.0  // before a conjunction or relative pronoun
	prepositionBreak = 6.0  // before a preposition
	phraseBreak      = 7.0  // before an article or a subject
	anyBreak         = 11.0 // nothing speaks for the place, nor against it
	looseBreak       = 22.0 // between what may belong together: is | the, gives | them
	nounBreak        = 45.0 // before a noun, behind its adjective or another noun: a guess, so less than bound
	boundBreak       = 80.0 // within what belongs together
)

// classSet is a set of word classes; anyClass has all of them.
type classSet uint16

const anyClass classSet = 1<<classes - 1

// bound has the classes that hold on to the word behind them.
const bound classSet = 1<<conjunction | 1<<preposition | 1<<determiner | 1<<pronoun | 1<<auxiliary | 1<<infinitive

func of(members ...wordClass) classSet {
	var s classSet
	for _, c := range members {
		s |= 1 << c
	}
	return s
}

func (s classSet) has(c wordClass) bool { return s>>c&1 == 1 }

// breakRules say what a break costs between words of two classes where no mark decides; the first
// that fits holds. They follow the guides: Netflix, General Requirements, "Line Treatment" (NF),
// which breaks after punctuation and before conjunctions and prepositions, and never parts a noun
// from its article or adjective, a first from a last name, a verb from its subject pronoun, its
// auxiliary or its negation, nor a prepositional verb from its preposition; and BBC, Subtitle
// Guidelines, "Line breaks" (BBC), which breaks at the ends of clauses and phrases and keeps
// together article and noun, preposition and what follows it, conjunction and its clause, pronoun
// and verb, and the parts of a complex verb.
var breakRules = []struct {
	left, right classSet
	cost        float64
}{
	// "It was, | and is", "for you | because": the left one has no more to bind.
	{of(auxiliary), of(conjunction), conjunctionBreak},
	{of(auxiliary), of(preposition, determiner), looseBreak}, // is | the end, is | in there
	{of(pronoun), of(conjunction, preposition), prepositionBreak},
	{of(determiner), of(conjunction, preposition), looseBreak}, // alle | in den, plus | de
	{of(preposition), of(preposition), prepositionBreak},       // what we fight for | in May
	// Article and noun, subject and verb, auxiliary and verb (NF, BBC); preposition and what it
	// stands before, conjunction and clause (BBC).
	{bound, anyClass, boundBreak},
	// A number and what it counts: parting 160 billion | tons parts adjective and noun, too (NF).
	{of(number), of(content, adjective, noun, number), boundBreak},
	// A verb and its particle (NF's prepositional verb; BBC's complex verb) or its object.
	{of(verb, object), of(particle), boundBreak},
	{of(verb), of(object), looseBreak},
	{of(verb), of(infinitive), anyBreak}, // want | to go
	// Before conjunctions and prepositions (NF, BBC), and before what begins a phrase.
	{anyClass, of(conjunction), conjunctionBreak},
	{anyClass, of(preposition, infinitive), prepositionBreak},
	{anyClass, of(determiner, pronoun), phraseBreak},
	// Adjective and noun (NF); noun and noun, of which the first is to the second what an
	// adjective would be; very | old.
	{of(adjective), of(content, adjective, noun, number), nounBreak},
	{of(noun), of(noun), nounBreak},
	{of(adverb), of(adjective), looseBreak},
	{anyClass, anyClass, anyBreak},
}

// breaker knows what breaks cost in one language.
type breaker struct {
	lang  string
	class map[string]wordClass
}

// newBreaker takes a BCP 47 tag; a language without lists breaks by punctuation
// alone.
func newBreaker(lang string) breaker {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	b := breaker{lang: base, class: map[string]wordClass{}}
	for class, words := range breakWords[base] {
		for w := range strings.FieldsSeq(words) {
			if _, ok := b.class[w]; !ok {
				b.class[w] = wordClass(class)
			}
		}
	}
	return b
}

// sentence is one that is to be broken.
type sentence struct {
	words []string
	bare  []string // see bareWord
	// opens has the classes that decide what a break before a word costs, binds those that
	// decide whether it holds on to the next.
	opens, binds []wordClass
	shouts       bool // it has no small letters
}

// sentenceOf returns a sentence of these words, without classes.
func sentenceOf(words []string) *sentence {
	s := &sentence{words: words, bare: make([]string, len(words)), shouts: true}
	for i, w := range words {
		s.bare[i] = bareWord(w)
		s.shouts = s.shouts && !strings.ContainsFunc(w, unicode.IsLower)
	}
	return s
}

// costs returns what it costs to break behind each word of a sentence; the last one is 0.
func (b breaker) costs(words []string) []float64 {
	s := sentenceOf(words)
	s.opens, s.binds = b.classes(s)
	costs := make([]float64, len(words))
	for i := range max(0, len(words)-1) {
		costs[i] = b.cost(s, i)
	}
	return costs
}

// classes returns what the words of a sentence open and bind.
func (b breaker) classes(s *sentence) (opens, binds []wordClass) {
	if b.lang == "en" {
		return englishClasses(s)
	}
	opens, binds = make([]wordClass, len(s.words)), make([]wordClass, len(s.words))
	for i, bare := range s.bare {
		switch head, tail, found := strings.Cut(bare, "'"); {
		case found: // d'un | ami; l'homme | qui
			opens[i], binds[i] = b.class[head], b.class[tail]
		case isNumber(bare) && !isYear(bare):
			opens[i], binds[i] = number, number
		default:
			opens[i], binds[i] = b.class[bare], b.class[bare]
		}
		if i > 0 && binds[i-1] == content && opens[i] == content && b.describes(s.bare[i-1], s.words[i]) {
			binds[i-1] = adjective
		}
	}
	return opens, binds
}

// cost returns what it costs to break behind word i, which is not the last.
func (b breaker) cost(s *sentence, i int) float64 {
	left, right := s.words[i], s.words[i+1]
	if isYear(s.bare[i+1]) && strings.HasSuffix(left, ",") {
		return boundBreak // February, 2022
	}
	if isNumber(s.bare[i]) && isNumber(s.bare[i+1]) && strings.HasSuffix(left, ",") {
		return looseBreak // "1, | 2, or 3"
	}
	if c, ok := punctuationBreak(left, right); ok {
		return c
	}
	c := b.wordCost(s, i)
	switch {
	case isEllipsis(left) && c < looseBreak:
		return min(c, prepositionBreak) // the speaker hesitates, but goes on
	case atBracket(left, right) && c < nounBreak:
		return commaBreak // but not: a | (very old) | lamp
	case opensQuote(right) && s.binds[i] == noun:
		return min(c, anyBreak) // the word | "lamp"; else a quotation mark is no reason to break
	}
	return c
}

// wordCost is cost without regard to marks.
func (b breaker) wordCost(s *sentence, i int) float64 {
	l, r := s.binds[i], s.opens[i+1]
	marked := !unicode.IsLetter(lastRune(s.words[i+1])) // something stands behind the next word
	switch {
	case isAbbreviation(s.words[i]), b.areName(s, i), b.areOne(s, i):
		return boundBreak
	case r == preposition && b.isStranded(s, i+1):
		if l == verb || l == preposition || b.lang == "de" {
			return looseBreak // "what they fight | for in May", "es fängt morgen | an."
		}
		r = content
	case r == auxiliary && marked && !bound.has(l):
		return looseBreak
	case l == adverb && r == verb && i > 0 && s.binds[i-1] == auxiliary:
		return looseBreak // have always | called
	case s.bare[i+1] == "of" && b.lang == "en" && (l == number || isQuantity(s.bare[i])):
		return anyBreak // a lot | of help
	case s.bare[i+1] == "of" && b.lang == "en" && i+2 < len(s.words) && b.namePart(s, i) && b.namePart(s, i+2):
		return looseBreak // United States | of America
	case b.lang == "en" && r == number && isDegree(s.bare[i]):
		return boundBreak // nearly | 28 million
	case s.bare[i+1] == "of" && b.lang == "en" && !bound.has(l):
		return phraseBreak // it hangs on the noun before it: the lamp | of the house
	}
	for _, rule := range breakRules {
		if rule.left.has(l) && rule.right.has(r) {
			return rule.cost
		}
	}
	return anyBreak
}

// isStranded reports whether preposition i has lost its object: "what we fight for in May",
// "look after."
func (b breaker) isStranded(s *sentence, i int) bool {
	return i+1 == len(s.words) || !unicode.IsLetter(lastRune(s.words[i])) ||
		s.opens[i+1] == preposition && !b.areOne(s, i)
}

// areName reports whether words i and i+1 are parts of a name.
func (b breaker) areName(s *sentence, i int) bool {
	if b.lang == "en" && isTitle(s.bare[i]) && (s.opens[i+1] == number || b.namePart(s, i+1)) {
		return true
	}
	return b.namePart(s, i) && b.namePart(s, i+1)
}

// namePart reports whether word i looks like a part of a name.
func (b breaker) namePart(s *sentence, i int) bool {
	return isName(s.words[i], s.bare[i]) || b.lang == "en" && !s.shouts && isAcronym(s.words[i])
}

// describes guesses whether one of two neighbours is the adjective of the other: by its ending,
// the first one in Russian and the second one in Romance languages, or in German because only
// the noun has a capital.
func (b breaker) describes(bare, next string) bool {
	if b.lang == "de" {
		return isCapital(next) && hasEnding(bare, "e en er es em", 1)
	}
	if b.lang == "ru" {
		return hasEnding(bare, adjectiveEndings[b.lang], 4)
	}
	return hasEnding(bareWord(next), adjectiveEndings[b.lang], 4)
}

// adjectiveEndings has those that mark an adjective most of the time, by language; those of
// English stand in english.go.
var adjectiveEndings = map[string]string{
	"fr": "ique iques al ale aux ales if ive ifs ives eux euse euses able ables ible ibles aire aires el elle els elles ien ienne",
	"es": "ico ica icos icas al ales ivo iva ivos ivas oso osa osos osas ble bles ario aria arios arias ano ana anos anas",
	"it": "ico ica ici iche ale ali ivo iva ivi ive oso osa osi ose bile bili ario aria ari arie",
	"pt": "ico ica icos icas al ais ivo iva ivos ivas oso osa osos osas vel veis ário ária ários árias",
	"ru": "ый ий ой ая яя ое ее ые ие ого его ому ему ую юю ых их ым им ыми ими",
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// punctuationBreak returns the cost where punctuation, or a script without spaces,
// decides.
func punctuationBreak(left, right string) (cost float64, ok bool) {
	switch last := lastRune(strings.TrimRight(left, closers)); last {
	case '.':
	case ';', ':', '—', '–', '؛', '；', '：', '፤', '፥':
		return clauseBreak, true
	case ',', '、', '，', '،', '・', '፣', '၊':
		return commaBreak, true
	default:
		if unicode.Is(unicode.Sentence_Terminal, last) {
			return clauseBreak, true // the end of a sentence in disguise
		}
	}
	if strings.HasSuffix(left, "）") {
		return commaBreak, true
	}
	switch first, _ := utf8.DecodeRuneInString(right); first {
	case '—', '–', '-':
		if utf8.RuneCountInString(right) == 1 {
			return boundBreak, true // a dash ends a line, it doesn't open one
		}
		return clauseBreak, true
	case '「', '『', '（', '《', '〈', '【', '〔':
		return commaBreak, true
	}
	return 0, false
}

// atBracket reports whether a bracket closes behind the left word or opens before the right one.
func atBracket(left, right string) bool {
	r, _ := utf8.DecodeRuneInString(right)
	return strings.ContainsRune("([{", r) || strings.ContainsRune(")]}", lastRune(left))
}

// closers are the marks that may stand behind the one which ends a clause.
const closers = "\"'”’»)]}」』）》〉】〕"

// isEllipsis reports whether a word ends in dots of one that breaks off.
func isEllipsis(word string) bool {
	word = strings.TrimRight(word, closers)
	return strings.HasSuffix(word, "…") || strings.HasSuffix(word, "..")
}

// opensQuote reports whether a word begins with a quotation mark.
func opensQuote(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return strings.ContainsRune("\"“«„‘‹", r)
}

// gluedBreak returns the cost between words without a space between them: after the
// dash of here—and, and in scripts without spaces where Unicode's line breaking
// (UAX 14) allows it. That needs a dictionary for Thai and its like, which break
// at their spaces instead.
func (b breaker) gluedBreak(left, right string) float64 {
	if c, ok := punctuationBreak(left, right); ok {
		return c
	}
	state, at := -1, 0
	for rest := left + right; rest != "" && at < len(left); {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		at += len(segment)
	}
	if at != len(left) {
		return boundBreak
	}
	next, _ := utf8.DecodeRuneInString(right)
	return b.characterBreak(lastRune(left), next)
}

// suffixes of Chinese are never said without what is before them.
const suffixes = "的了着著过過吗嗎呢吧啊们們么麼儿兒"

// characterBreak returns the cost between two characters that belong to words which no space parts. A phrase of
// Japanese ends in hiragana and mostly begins with another script; what ends a word in Chinese is bound to it.
func (b breaker) characterBreak(left, right rune) float64 {
	hiragana := func(r rune) bool { return unicode.Is(unicode.Hiragana, r) }
	switch {
	case b.lang == "zh" && strings.ContainsRune(suffixes, right):
		return looseBreak
	case b.lang != "ja":
		return anyBreak
	case hiragana(left) && !hiragana(right):
		return prepositionBreak
	case hiragana(right) && !hiragana(left):
		return nounBreak // an ending or a particle
	}
	return looseBreak
}

// bareWord returns the word in lower case without the punctuation around it, its
// apostrophes straight.
func bareWord(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '%' })
}

// isAbbreviation reports whether s ends in a full stop, given that it stands within a
// sentence.
func isAbbreviation(s string) bool { return strings.HasSuffix(s, ".") && !isEllipsis(s) }

// isNumber reports whether bare is a number, such as 14, 17,000 or $4.5.
func isNumber(bare string) bool {
	r, _ := utf8.DecodeLastRuneInString(bare)
	return unicode.IsNumber(r) && strings.IndexFunc(bare, unicode.IsLetter) < 0
}

// isYear reports whether bare is a number such as 1984 or 2022, which is no number of
// anything most of the time.
func isYear(bare string) bool {
	return len(bare) == 4 && isNumber(bare) && (bare[:2] == "19" || bare[:2] == "20")
}

// isName reports whether s has one capital, the first letter, or is an initial; text
// in capitals is no name.
func isName(s, bare string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !unicode.IsUpper(r) || bare == "i" || strings.HasPrefix(bare, "i'") {
		return false
	}
	rest := s[n:]
	return strings.IndexFunc(rest, unicode.IsLower) >= 0 || strings.HasPrefix(rest, ".")
}

// pieces cuts a word that is wider than a line where Unicode's line breaking
// (UAX 14) allows it beside a wide character, as in Chinese, which has no spaces.
// Other long words, a URL say, stay whole.
func pieces(word string, width int) []string {
	if format.Columns(word) <= width || !strings.ContainsFunc(word, isWide) {
		return []string{word}
	}
	var all []string
	state := -1
	from, at := 0, 0 // of the piece at hand, in word
	for rest := word; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		before, _ := utf8.DecodeLastRuneInString(word[from:at])
		after, _ := utf8.DecodeRuneInString(segment)
		if at > from && (isWide(before) || isWide(after)) {
			all = append(all, word[from:at])
			from = at
		}
		at += len(segment)
	}
	return append(all, word[from:])
}

func isWide(r rune) bool { return r >= 0x1100 && format.Columns(string(r)) == 2 }

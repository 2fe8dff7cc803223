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
// together. The order is that of the guides (Netflix, "Line treatment"; BBC,
// section 5): after punctuation, then before conjunctions and prepositions,
// never between an article and its noun, a first and a last name, a preposition
// and its object, a pronoun or auxiliary and its verb. The costs share their
// unit with those of layout.go, where one is about a third of a good break.
const (
	clauseBreak      = 1.0  // after ; : ... and dashes
	commaBreak       = 2.0  // after a comma, or around brackets and quotes
	conjunctionBreak = 4.0  // before a conjunction or relative pronoun
	prepositionBreak = 6.0  // before a preposition
	phraseBreak      = 7.0  // before an article or a subject
	anyBreak         = 11.0 // nothing speaks for the place, nor against it
	looseBreak       = 22.0 // between what may belong together: is | the, political | will
	boundBreak       = 55.0 // within what belongs together
)

// wordClass is what a word is for line breaking; its zero value is any word that
// is in no list.
type wordClass int

const (
	content wordClass = iota
	conjunction
	preposition
	determiner // articles, possessives, degrees, titles: they bind to what follows
	pronoun    // subjects
	auxiliary  // and negations, and pronouns that may be objects
	adjective
)

// breakWords are the words that make or forbid a break. Words that are as often
// something else (English "up", French "si") are left out. The lists are short on
// purpose: the closed classes of a language are, and a missing word costs little.
var breakWords = map[string][adjective + 1]string{
	"en": {
		conjunction: `and or but nor so yet because although though while whereas if unless until when whenever where wherever
			since as that which who whom whose whether like how what why then than`,
		preposition: `of in on at by for with from to into onto about against along among around between beyond behind below
			beneath beside besides under over above across after before during through throughout toward towards
			upon within without via per near despite except`,
		determiner: `a an the this these those my your his her its our their each every some any no all both either neither
			another such many much more most few several other very too quite mr mrs ms miss dr doctor prof
			president senator secretary professor general captain sir lady judge saint king queen episode chapter
			page number`,
		pronoun: `i he she we they`,
		auxiliary: `you it there am is are was were be been being have has had do does did will would shall should can could
			may might must not never cannot`,
		adjective: `new old big great good bad own same first second third last next long little small high low large young
			real whole different certain entire full free open main major early late human white black red green
			blue north south east west world american also just even only really`,
	},
	"fr": {
		conjunction: `et ou mais donc or ni car que qu lorsqu puisqu qui dont où quand lorsque puisque parce comme si quoique
			afin alors tandis`,
		preposition: `de du des à au aux en dans par pour sur sous avec sans chez vers entre contre depuis pendant avant après
			malgré selon jusque dès d`,
		determiner: `le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
			chaque plusieurs quelques tout toute tous toutes très plus moins aussi trop monsieur madame mademoiselle
			docteur président présidente saint sainte`,
		pronoun: `je tu il elle on nous vous ils elles se me te ne y`,
		auxiliary: `suis es est sommes êtes sont étais était étaient serai sera seront ai as avons avez ont avais avait
			avaient aura auront pas jamais c j m n s t`,
	},
	"de": {
		conjunction: `und oder aber denn sondern dass weil wenn als ob obwohl damit bevor nachdem während wie wo was wer
			welche welcher welches sowie`,
		preposition: `von in im an am auf mit zu zum zur bei beim für aus nach über unter um durch gegen ohne seit bis vor
			hinter neben zwischen wegen trotz`,
		determiner: `der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine sein seine ihr
			ihre unser unsere dieser diese dieses diesen diesem jeder jede jedes alle viele einige sehr zu ganz mehr
			herr frau doktor professor präsident`,
		pronoun: `ich du er sie es wir man`,
		auxiliary: `bin bist ist sind seid war waren habe hast hat haben hatte hatten werde wird werden wurde wurden kann
			können muss müssen soll sollen will wollen darf nicht`,
	},
	"es": {
		conjunction: `y e o u pero sino que porque aunque cuando donde como si mientras pues quien quienes cual cuyo`,
		preposition: `de del a al en con por para sin sobre entre desde hasta hacia contra según durante ante bajo tras`,
		determiner: `el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella mi mis tu tus su
			sus nuestro nuestra nuestros nuestras cada todo toda todos todas muy más menos tan señor señora don doña
			doctor doctora presidente presidenta san santa`,
		pronoun: `yo tú él ella usted nosotros ellos ellas ustedes me te se nos le les`,
		auxiliary: `soy eres es somos son era eran fue fueron ser he has ha hemos han había habían está están estaba puede
			pueden no nunca`,
	},
	"it": {
		conjunction: `e ed o ma che perché anche quando dove come se mentre poiché però quindi cui chi benché`,
		preposition: `di del dello della dei degli delle dell a al allo alla ai agli alle all da dal dalla dai dalle dall in
			nel nello nella nei negli nelle nell con su sul sulla sui sulle sull per tra fra senza verso contro
			durante dopo prima d`,
		determiner: `il lo la i gli le l un uno una questo questa questi queste quel quello quella quei mio mia tuo tua suo
			sua nostro nostra loro ogni tutto tutta tutti tutte molto più meno così troppo signor signora dottor
			dottoressa professor presidente san santa`,
		pronoun:   `io tu lui lei noi voi loro mi ti si ci vi`,
		auxiliary: `sono sei è siamo siete era erano ho hai ha abbiamo avete hanno aveva può possono deve non mai c`,
	},
	"pt": {
		conjunction: `e ou mas que porque embora quando onde como se enquanto pois quem qual cujo então`,
		preposition: `de do da dos das a ao à aos às em no na nos nas num numa com por pelo pela pelos pelas para sem sobre
			entre desde até contra durante após`,
		determiner: `o os as um uma uns umas este esta esse essa isto aquele aquela meu minha seu sua nosso nossa cada todo
			toda todos todas muito mais menos tão senhor senhora dom dona doutor doutora presidente são santa`,
		pronoun:   `eu tu ele ela você nós eles elas vocês me te lhe`,
		auxiliary: `sou é somos são era eram foi foram ser está estão estava tem têm tinha pode podem vai vão não nunca`,
	},
	"ru": {
		conjunction: `и а но или что чтобы потому если когда где как который которая которое которые хотя пока чем либо`,
		preposition: `в во на с со к ко о об обо от до из изо за по под над при для без у между через перед про ради около`,
		determiner: `этот эта это эти тот та те мой моя мои твой наш наша ваш ваша свой своя каждый каждая весь вся все очень
			самый самая более менее господин госпожа`,
		pronoun:   `я ты он она оно мы вы они`,
		auxiliary: `был была было были буду будет будут есть может могут не ни бы`,
	},
}

// breaker knows what breaks cost in one language.
type breaker struct {
	class map[string]wordClass
	// elides says that what stands before an apostrophe is a word of its own, as
	// in "l'homme", and not, as in English, that what stands after it is bound to
	// what follows ("I'm here", "Ann's book").
	elides bool
	lang   string
}

// newBreaker takes a BCP 47 tag; a language without lists breaks by punctuation
// alone.
func newBreaker(lang string) breaker {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	b := breaker{class: map[string]wordClass{}, elides: base != "en", lang: base}
	for class, words := range breakWords[base] {
		for _, w := range strings.Fields(words) {
			if _, ok := b.class[w]; !ok {
				b.class[w] = wordClass(class)
			}
		}
	}
	return b
}

// cost returns what it costs to break between two words of one sentence; after is the
// one that follows them, "" at the sentence's end.
func (b breaker) cost(left, right, after string) float64 {
	lw, rw := bareWord(left), bareWord(right)
	if isYear(rw) && strings.HasSuffix(left, ",") {
		return boundBreak // February, 2022
	}
	if isNumber(lw) && isNumber(rw) {
		return looseBreak // "1, | 2, or 3"
	}
	if c, ok := punctuationBreak(left, right); ok {
		return c
	}
	opens, binds := b.opens(rw), b.binds(lw)
	if opens == preposition && (after == "" || b.opens(bareWord(after)) == preposition || !unicode.IsLetter(lastRune(right))) {
		opens = content // it has lost its object: "what we fight for in May", "look after."
	}
	switch {
	case isAbbreviation(left), isNumber(lw) && !isYear(lw) && opens == content, isName(left, lw) && isName(right, rw):
		return boundBreak
	case binds == auxiliary && opens == conjunction:
		return conjunctionBreak
	case binds == auxiliary && (opens == preposition || opens == determiner):
		return looseBreak
	case binds == pronoun && (opens == conjunction || opens == preposition):
		return prepositionBreak // "for you | because": no subject after all
	case binds == determiner && (opens == conjunction || opens == preposition):
		return anyBreak // "all | of them"
	case binds == preposition && opens == preposition:
		return prepositionBreak // "what we fight for | in May"
	case binds != content && binds != adjective:
		return boundBreak
	}
	switch opens {
	case conjunction:
		return conjunctionBreak
	case preposition:
		if rw == "of" && b.lang == "en" {
			return phraseBreak // it hangs on the noun before it: a kind | of lamp
		}
		return prepositionBreak
	case determiner, pronoun:
		return phraseBreak
	case auxiliary:
		if !unicode.IsLetter(lastRune(right)) {
			return looseBreak // "not even buy | it, as it were"
		}
		return anyBreak
	}
	if binds == adjective || b.describes(lw, right) {
		return looseBreak
	}
	return anyBreak
}

// describes guesses whether a word is an adjective before its noun, in the
// languages that have it there: by its ending, or in German because only the
// noun has a capital.
func (b breaker) describes(word, next string) bool {
	endings, stem := "", 4 // and the fewest bytes that stand before them
	switch b.lang {
	case "en":
		endings = "al ic ive ous ful less able ible ary ish ian ese"
	case "ru":
		endings = "ый ий ой ая яя ое ее ые ие ого его ому ему ую юю ых их ым им ыми ими"
	case "de":
		r, _ := utf8.DecodeRuneInString(next)
		if !unicode.IsUpper(r) {
			return false
		}
		endings, stem = "e en er es", 0
	}
	for _, e := range strings.Fields(endings) {
		if len(word) >= len(e)+stem && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// punctuationBreak returns the cost where punctuation, or a script without spaces,
// decides.
func punctuationBreak(left, right string) (cost float64, ok bool) {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(left, "\"'”’»)]}」』）"))
	switch last {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '।':
		if last != '.' || strings.HasSuffix(left, "..") {
			return clauseBreak, true // the end of a sentence in disguise
		}
	case ';', ':', '—', '–', '؛', '；', '：':
		return clauseBreak, true
	case ',', '、', '，', '،', '・':
		return commaBreak, true
	}
	if strings.TrimRight(left, ")]}）") != left {
		return commaBreak, true
	}
	switch first, _ := utf8.DecodeRuneInString(right); first {
	case '—', '–', '-':
		if utf8.RuneCountInString(right) == 1 {
			return boundBreak, true // a dash ends a line, it doesn't open one
		}
		return clauseBreak, true
	case '(', '[', '“', '«', '「', '『', '（', '"':
		return commaBreak, true
	}
	return 0, false
}

// gluedBreak returns the cost between words without a space between them: after the
// dash of here—and, and in scripts without spaces where Unicode's line breaking
// (UAX 14) allows it. That needs a dictionary for Thai and its like, which break
// at their spaces instead.
func gluedBreak(left, right string) float64 {
	if c, ok := punctuationBreak(left, right); ok {
		return c
	}
	state, at := -1, 0
	for rest := left + right; rest != "" && at < len(left); {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		at += len(segment)
	}
	if at == len(left) {
		return anyBreak
	}
	return boundBreak
}

// opens returns the class that decides what a break before the word costs.
func (b breaker) opens(word string) wordClass {
	if head, _, found := strings.Cut(word, "'"); found {
		return b.class[head] // I'm, l'homme, qu'il
	}
	return b.class[word]
}

// binds returns the class that decides whether the word holds on to the next.
func (b breaker) binds(word string) wordClass {
	head, tail, found := strings.Cut(word, "'")
	switch {
	case !found:
		return b.class[word]
	case b.elides:
		return b.class[tail] // d'un | ami; l'homme | qui
	case tail != "" && head != "":
		return auxiliary // I'm, don't, Ann's
	}
	return b.class[head]
}

// bareWord returns the word in lower case without the punctuation around it, its
// apostrophes straight.
func bareWord(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '%' })
}

// isAbbreviation reports whether s ends in a full stop, given that it stands within a
// sentence.
func isAbbreviation(s string) bool { return strings.HasSuffix(s, ".") }

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

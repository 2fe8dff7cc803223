package pronounce

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// tables holds the tables of the languages, a file each. "# " begins a comment on a
// line of its own; [name] begins a section:
//
//	[classes]   V a e i o u           a capital for letters or short strings (rules.go)
//	[rules]     left[letters]right PHONES   letters to phones (rules.go)
//	[like]      id                    a language whose sections this table has unless it has its own
//	[same]      â ấ ầ ẩ               letters that are read as the first, which may be several;
//	                                  for tone marks and for a second script
//	[syllabic]  r l                   consonants that may be the core of a syllable: words
//	                                  without a vowel that have one are no initials
//	[words]     one W AH N            words that the rules get wrong
//	            some- S AH M          the beginning of a compound
//	            -ness N AH S          an ending; what precedes is a word
//	[letters]   b B IY                the names of the letters
//	[family]    brahmic               a table of shared/, whose classes come first and whose rules last;
//	                                  a rule without context replaces that of the same letters
//	[schwa]     final all             where a vowel that isn't written isn't said, see schwa
//	[vowels]    between VOWEL?        vowels that the script leaves out (open.go)
//	[numbers]   see numerals, and myriads; _ stands for a blank within a word
//	[say]       key = spoken words    expansions of signs and abbreviations; a key that ends in #
//	                                  counts before a number, in ^ before a capital
//	            $ = dollar dollars    of money: one, many, and few in Slavic languages
//	[marks]     a -a                  letters after a number that make it an ordinal: its
//	                                  ending, "-" for the usual one, or the word for 1
//	[units]     km kilometer kilometers    units of measure, after numbers: one, many
//	[months]    january ...           twelve names, and their other forms
//	[scales]    million ...           words between an amount and its currency
//	[kings]     henry ...             names that Roman numerals follow as ordinals
//	[parts]     chapter ...           words that I, V and X follow as numbers
//	[acronyms]  nato ...              capitals that are read as a word
//	[initials]  us ...                capitals that are spelled, though there is such a word
//	[function]  the of and ...        function words, spoken in one breath with the next word
//	[drawn]     uh um ...             hesitations, which may be drawn out
//	[readings]  hang 行 银行           Chinese characters, see hanReadings and kanjiReadings
//
//go:embed lang/*.txt shared/*.txt
var tables embed.FS

// plainTag names the table for languages without one of their own.
const plainTag = "und"

// language is the table of a language in memory; nothing changes it once it is read.
type language struct {
	tag        string
	like       string // the language that lends the sections this one lacks
	rules      ruleSet
	same       map[rune]string // what a letter is read as
	syllabic   string          // consonants that a syllable may be built on
	words      map[string][]Phone
	heads      []affix // beginnings of compounds, the longest first
	tails      []affix // endings
	letters    map[rune][]Phone
	unwritten  unwritten
	schwa      schwa
	family     *language // whose rules apply where none of its own does; nil for most
	numbers    numerals
	expansions map[string]string
	marks      map[string]string
	measures   map[string][]string
	months     map[string]bool
	scales     map[string]bool
	kings      map[string]bool
	parts      map[string]bool
	acronyms   map[string]bool
	initials   map[string]bool
	function   map[string]bool
	drawn      map[string]bool
	han        hanReadings   // of Chinese
	kanji      kanjiReadings // of Japanese
	native     nativeReader  // of a script of its own; nil for most languages
	// transcribes: the language is written in a script that is transcribed before rules apply.
	transcribes bool
}

// affix is a part of a word that is pronounced by itself.
type affix struct {
	text   string
	phones []Phone
}

// aliases are tags of languages that have the table of another one: by another name, or
// because they are said alike. A macrolanguage has the table of its most common member.
var aliases = map[string]string{
	"no": "nb", "nob": "nb", "nno": "nn",
	"sh": "sr", "hbs": "sr", "cnr": "sr", "srp": "sr", "hrv": "hr", "bos": "bs",
	"in": "id", "ind": "id", "msa": "ms", "zsm": "ms",
	"kok": "mr", "bho": "hi", "mai": "hi", "awa": "hi", "bpy": "bn", "npi": "ne", "ory": "or",
	"tl": "fil", "tgl": "fil", "kmr": "ku",
	"cmn": "zh", "yue": "zh", // Cantonese has other syllables, but as many
	"arb": "ar", "ara": "ar", "pes": "fa", "prs": "fa", "fas": "fa", "iw": "he", "heb": "he", "urd": "ur", "ji": "yi",
}

// languages caches the tables that have been read.
var languages sync.Map // of string to func() *language

// languageFor returns the table for a BCP 47 tag, by its primary language; the plain
// table if there is none.
func languageFor(tag string) *language {
	tag = tableTag(tag)
	load, ok := languages.Load(tag)
	if !ok {
		data, err := tables.ReadFile("lang/" + tag + ".txt")
		if err != nil {
			if tag == plainTag {
				panic(err) // embedded: can't fail
			}
			return languageFor(plainTag)
		}
		load, _ = languages.LoadOrStore(tag, sync.OnceValue(func() *language {
			l, err := parseLanguage(tag, string(data))
			if err != nil {
				panic(err) // embedded: the tests read them all
			}
			if l.like != "" {
				l.inherit(languageFor(l.like))
			}
			return l
		}))
	}
	return load.(func() *language)()
}

// tableTag returns the tag of the table that a language would have, by its BCP 47 tag.
func tableTag(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if a, ok := aliases[tag]; ok {
		return a
	}
	return tag
}

// inherit takes over from another language, which it does not change, the sections that
// the table has no line of.
func (l *language) inherit(from *language) {
	if len(l.rules.byLetter) == 0 {
		l.rules, l.unwritten, l.schwa = from.rules, from.unwritten, from.schwa
	}
	if len(l.numbers.small) == 0 {
		l.numbers = from.numbers
	}
	if l.syllabic == "" {
		l.syllabic = from.syllabic
	}
	if len(l.heads) == 0 && len(l.tails) == 0 {
		l.heads, l.tails = from.heads, from.tails
	}
	orElse(&l.same, from.same)
	orElse(&l.words, from.words)
	orElse(&l.letters, from.letters)
	orElse(&l.expansions, from.expansions)
	orElse(&l.marks, from.marks)
	orElse(&l.measures, from.measures)
	for _, s := range [...]struct{ own, other *map[string]bool }{
		{&l.months, &from.months}, {&l.scales, &from.scales}, {&l.kings, &from.kings}, {&l.parts, &from.parts},
		{&l.acronyms, &from.acronyms}, {&l.initials, &from.initials}, {&l.function, &from.function},
		{&l.drawn, &from.drawn},
	} {
		orElse(s.own, *s.other)
	}
}

// orElse puts another map in the place of an empty one.
func orElse[K comparable, V any](own *map[K]V, other map[K]V) {
	if len(*own) == 0 {
		*own = other
	}
}

// parseLanguage parses a table. The error names the file and the line.
func parseLanguage(tag, text string) (*language, error) {
	l := &language{
		tag:        tag,
		rules:      ruleSet{byLetter: map[rune][]rule{}, classes: map[rune]*class{}},
		same:       map[rune]string{},
		words:      map[string][]Phone{},
		letters:    map[rune][]Phone{},
		expansions: map[string]string{},
		marks:      map[string]string{},
		measures:   map[string][]string{},
		months:     map[string]bool{},
		scales:     map[string]bool{},
		kings:      map[string]bool{},
		parts:      map[string]bool{},
		acronyms:   map[string]bool{},
		initials:   map[string]bool{},
		function:   map[string]bool{},
		drawn:      map[string]bool{},
		native:     nativeReaderOf(tag),
	}
	section := ""
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "# = ") {
			continue
		}
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			section = line[1 : len(line)-1]
			continue
		}
		if err := l.add(section, line); err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", tag, n+1, err)
		}
	}
	if l.family != nil {
		l.rules.addAfter(&l.family.rules)
	}
	for word := range l.function {
		first, _ := utf8.DecodeRuneInString(word)
		l.transcribes = l.transcribes || scriptOf(first) != nil
	}
	sortAffixes(l.heads)
	sortAffixes(l.tails)
	return l, nil
}

// join makes the language one of a family, whose table stands in shared/.
func (l *language) join(name string) error {
	data, err := tables.ReadFile("shared/" + name + ".txt")
	if err != nil {
		return err
	}
	if l.family, err = parseLanguage(name, string(data)); err != nil {
		return err
	}
	maps.Copy(l.rules.classes, l.family.rules.classes)
	return nil
}

// add takes in a line of a section.
func (l *language) add(section, line string) error {
	f := strings.Fields(line)
	switch section {
	case "classes":
		return l.rules.addClass(line)
	case "rules":
		return l.rules.addRule(line)
	case "vowels":
		if !l.unwritten.add(f) {
			return fmt.Errorf("%q: want first, between or last, and a phone", line)
		}
	case "like":
		l.like = f[0]
	case "same":
		if len(f) < 2 {
			return fmt.Errorf("%q: want letters and others that are read like them", line)
		}
		for _, s := range f[1:] {
			r, _ := utf8.DecodeRuneInString(s)
			l.same[r] = f[0]
		}
	case "syllabic":
		l.syllabic += strings.Join(f, "")
	case "family":
		return l.join(f[0])
	case "schwa":
		return l.schwa.add(f)
	case "numbers":
		return l.numbers.add(f)
	case "say":
		key, words, ok := strings.Cut(line, " = ")
		if !ok {
			return fmt.Errorf("%q: want key = words", line)
		}
		l.expansions[strings.TrimSpace(key)] = strings.TrimSpace(words)
	case "marks":
		if len(f) != 2 {
			return fmt.Errorf("%q: want letters and an ending", line)
		}
		l.marks[f[0]] = f[1]
	case "units":
		l.measures[f[0]] = spaced(f[1:])
	case "months":
		addAll(l.months, f)
	case "scales":
		addAll(l.scales, f)
	case "kings":
		addAll(l.kings, f)
	case "parts":
		addAll(l.parts, f)
	case "acronyms":
		addAll(l.acronyms, f)
	case "initials":
		addAll(l.initials, f)
	case "function":
		addAll(l.function, f)
	case "drawn":
		addAll(l.drawn, f)
	case "readings":
		if l.tag == "ja" {
			return l.kanji.add(f)
		}
		return l.han.add(f)
	case "letters":
		phones, err := parsePhones(f[1:])
		if err != nil {
			return err
		}
		r, _ := utf8.DecodeRuneInString(f[0])
		l.letters[r] = phones
	case "words":
		phones, err := parsePhones(f[1:])
		if err != nil {
			return err
		}
		switch w := f[0]; {
		case strings.HasSuffix(w, "-"):
			l.heads = append(l.heads, affix{w[:len(w)-1], phones})
		case strings.HasPrefix(w, "-"):
			l.tails = append(l.tails, affix{w[1:], phones})
		default:
			l.words[w] = phones
		}
	default:
		return fmt.Errorf("no section %q", section)
	}
	return nil
}

// addAll adds keys to a set.
func addAll(set map[string]bool, keys []string) {
	for _, k := range keys {
		set[k] = true
	}
}

// spaced returns the words with a blank for each _.
func spaced(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ReplaceAll(w, "_", " ")
	}
	return out
}

// pronounce appends the phones of a spoken word to dst. next is the word spoken
// after it, "" at the end.
func (l *language) pronounce(dst []Phone, s spoken, next string) []Phone {
	switch {
	case s.phones != nil:
		return append(dst, s.phones...)
	case l.native != nil, l.foreign(s.text): // of no script that the language is read in
		return languageFor("en").pronounce(dst, s, "")
	case s.spelled:
		return l.spell(dst, s.text)
	}
	word := l.fold(s.text)
	if l.tag == "en" {
		word = l.drawnOut(word)
	}
	if l.unspeakable(word) {
		return l.spell(dst, s.text)
	}
	n := len(dst)
	dst = l.asWord(dst, word, s.text, next)
	if len(dst) == n { // nothing but letters that are silent by themselves
		dst = l.spell(dst, s.text)
	}
	return dst
}

// asWord appends the phones of a word that is not spelled to dst, given in letters that the
// language has rules for, and as it is written.
func (l *language) asWord(dst []Phone, word, written, next string) []Phone {
	switch l.tag {
	case "en":
		return l.english(dst, word)
	case "fr":
		return l.frenchParts(dst, written, next)
	}
	return l.plain(dst, word)
}

// foreign reports whether a word is in Latin letters and the language has rules for none of
// these, but for those that its own script is transcribed to: mostly a name, which is read as in English.
func (l *language) foreign(word string) bool {
	if !l.transcribes && (l.rules.byLetter['a'] != nil || l.expansions["a"] != "") {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) == 0
}

// unspeakable reports whether a word is short, unknown and without a vowel, as
// initials in small letters are, and without another letter that may be a syllable's core, as
// of Czech words of that shape.
func (l *language) unspeakable(word string) bool {
	vowels := l.rules.classes['V']
	if vowels == nil || len(word) > 8 || l.tag == plainTag || l.words[word] != nil {
		return false
	}
	n := utf8.RuneCountInString(word)
	return n >= 2 && n <= 5 && !strings.ContainsAny(word, vowels.letters+l.syllabic+"'")
}

// murmured reports whether a word of the list is without a vowel, as hmm is. Words of
// one letter don't count: Russian has some.
func (l *language) murmured(word string) bool {
	vowels := l.rules.classes['V']
	return vowels != nil && utf8.RuneCountInString(word) > 1 && l.words[word] != nil &&
		!strings.ContainsAny(word, vowels.letters)
}

// plain pronounces a word by the list of words, else by affixes and rules.
func (l *language) plain(dst []Phone, word string) []Phone {
	if phones, ok := l.words[word]; ok {
		return append(dst, phones...)
	}
	for _, h := range l.heads {
		if rest, ok := strings.CutPrefix(word, h.text); ok && isStem(rest) {
			return l.plain(append(dst, h.phones...), rest)
		}
	}
	for _, t := range l.tails {
		if rest, ok := strings.CutSuffix(word, t.text); ok && isStem(rest) {
			return append(l.plain(dst, rest), t.phones...)
		}
	}
	return l.byRules(dst, word)
}

// isStem reports whether what is left of a word beside an affix can be a word.
func isStem(s string) bool { return utf8.RuneCountInString(s) >= 3 }

// byRules pronounces a word by rules alone.
func (l *language) byRules(dst []Phone, word string) []Phone {
	var buf [64]rune
	padded := append(buf[:0], edge)
	for _, r := range word {
		padded = append(padded, r)
	}
	padded = append(padded, edge)
	if l.unwritten != (unwritten{}) {
		return l.unwritten.into(dst, l.rules.apply(nil, padded))
	}
	return l.rules.apply(dst, padded)
}

// spell appends the phones of the names of letters. A letter whose name the table
// lacks is named by its sound, a consonant with a vowel after it.
func (l *language) spell(dst []Phone, text string) []Phone {
	for _, r := range strings.ToLower(text) {
		if scriptOf(r) != nil { // a sign with a vowel
			dst = l.byRules(dst, l.fold(string(r)))
			continue
		}
		if phones, ok := l.letters[r]; ok {
			dst = append(dst, phones...)
			continue
		}
		for _, c := range l.fold(string(r)) {
			if phones, ok := l.letters[c]; ok {
				dst = append(dst, phones...)
				continue
			}
			n := len(dst)
			dst = l.byRules(dst, string(c))
			if len(dst) > n && !dst[len(dst)-1].isVowel() {
				dst = append(dst, EH)
			}
		}
	}
	return dst
}

// fold returns a word in small letters that the language has rules for: others become
// Latin ones, and those lose their accents.
func (l *language) fold(word string) string {
	word = l.transcribed(word)
	known := true
	for i := 0; i < len(word); i++ {
		if c := word[i]; (c < 'a' || c > 'z') && c != '\'' {
			known = false
			break
		}
	}
	if known && l.rules.byLetter['a'] != nil {
		return word
	}
	var b strings.Builder
	for _, r := range word {
		r = unicode.ToLower(r)
		if s, ok := l.same[r]; ok {
			b.WriteString(s)
			continue
		}
		if _, ok := l.rules.byLetter[r]; ok || r == '\'' {
			b.WriteRune(r)
			continue
		}
		for _, c := range strings.ToLower(unidecode.Unidecode(string(r))) {
			if c >= 'a' && c <= 'z' {
				b.WriteString(l.latin(c))
			}
		}
	}
	return b.String()
}

// latin returns a Latin letter in letters of the language, as in Cyrillic, where the
// table gives them under the letter in [say].
func (l *language) latin(c rune) string {
	if own, ok := l.expansions[string(c)]; ok && l.rules.byLetter[c] == nil {
		return own
	}
	return string(c)
}

// sortAffixes sorts affixes, the longest first.
func sortAffixes(a []affix) {
	slices.SortStableFunc(a, func(x, y affix) int { return len(y.text) - len(x.text) })
}

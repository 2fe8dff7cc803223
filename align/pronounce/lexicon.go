package pronounce

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	bcp47 "golang.org/x/text/language"
)

// Lexicon says how words are pronounced that rules can't know: names, loan words, what a show
// calls itself. Nothing changes it once it is read, and it may be used by several goroutines.
type Lexicon struct {
	byFirst map[string][]*entry // by their first atoms in small letters, the longest first
	written []string            // the words, in the order of their first lines
}

// entry is a word of a lexicon, or several that stand together.
type entry struct {
	written string
	tag     string // of the sentences that it is for, see tableTag; "" for any
	atoms   []atom
	units   []int // how many of the atoms end each word, or each sign of a script without blanks
	ways    []way
}

// way is how an entry is said: a part for each of its units, or any number for all together.
type way []part

// part is phones, or letters to be read.
type part struct {
	phones []Phone
	text   string
	tag    string // of the language that the text is read in; "" for that of the sentence
}

// ReadLexicon reads a lexicon in UTF-8, a word a line:
//
//	# names of our show
//	Siobhan = shi-vawn
//	Nguyen = win, new-yen                one way or the other
//	Xochitl Gomez = /ˈsoʊtʃiːl ˈɡoʊmɛz/  in IPA, or in ARPABET
//	Guillaume = fr: Guillaume            as it would be read in French
//	[de]                                 the lines below are for sentences in German
//
// Lines of the CMU Pronouncing Dictionary and of the Montreal Forced Aligner's dictionaries are
// read as well, and of a word that has more than MostWays of these the first ones. The error names
// the file, by the given name, and the line.
func ReadLexicon(name string, data []byte) (*Lexicon, error) {
	x := &Lexicon{byFirst: map[string][]*entry{}}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("%s: is no text in UTF-8: save it as that", name)
	}
	tag := ""
	n := 0
	signs := isDictionary(text)
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(withoutComment(line))
		err := error(nil)
		switch {
		case line == "":
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			tag, err = sectionTag(line[1 : len(line)-1])
		default:
			err = x.add(tag, line, signs)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if len(x.written) == 0 {
		return nil, fmt.Errorf("%s: holds no words: write a word, =, and how it is said in each line", name)
	}
	for _, entries := range x.byFirst {
		slices.SortStableFunc(entries, func(a, b *entry) int { return len(b.atoms) - len(a.atoms) })
	}
	return x, nil
}

// withoutComment returns a line up to the sign of a comment: # at its beginning or behind a blank,
// or ;;; as in the CMU Pronouncing Dictionary.
func withoutComment(line string) string {
	if strings.HasPrefix(line, ";;;") {
		return ""
	}
	for i := range line {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return line[:i]
		}
	}
	return line
}

// sectionTag returns the tag of a section's language, "" for [*].
func sectionTag(tag string) (string, error) {
	tag = strings.TrimSpace(tag)
	if tag == "*" {
		return "", nil
	}
	if _, err := bcp47.Parse(tag); err != nil {
		return "", fmt.Errorf("[%s]: no language tag: give one such as [en] or [pt-BR], or [*] for all languages", tag)
	}
	return tableTag(tag), nil
}

// isDictionary reports whether a lexicon is a dictionary of another aligner: whether phones stand behind the
// tab or the blanks of most lines. A line by itself may not tell them from letters: j e s.
func isDictionary(text string) bool {
	lines, signs := 0, 0
	for line := range strings.Lines(text) {
		_, said, by, err := cutLine(strings.TrimSpace(withoutComment(line)))
		if err != nil || by == '=' {
			continue
		}
		lines++
		if _, single := areSigns(said); single {
			signs++
		}
	}
	return 2*signs > lines
}

// add takes in a line for sentences of a language, of a dictionary of another aligner or not.
func (x *Lexicon) add(tag, line string, signs bool) error {
	word, said, by, err := cutLine(line)
	if err != nil {
		return err
	}
	e := newEntry(word, tag)
	if !slices.ContainsFunc(e.atoms, func(a atom) bool { return a.kind != sign }) {
		return fmt.Errorf("%q: is no word: write the word before the =", word)
	}
	var ways []way
	phonetic := inPhones(said)
	if signs && by != '=' && !phonetic {
		phonetic, _ = areSigns(said)
	}
	if phonetic {
		phones, err := readPhones(said)
		if err != nil {
			return err
		}
		ways = []way{{{phones: phones}}}
	} else {
		for one := range strings.FieldsFuncSeq(said, func(r rune) bool { return strings.ContainsRune(",，、", r) }) {
			w, err := readWay(strings.TrimSpace(one))
			if err != nil {
				return err
			}
			ways = append(ways, w)
		}
	}
	for _, w := range ways {
		if w, err = e.fit(w); err != nil {
			return err
		}
		e.ways = append(e.ways, w)
	}
	return x.join(e, phonetic)
}

// join adds an entry, or its ways to those of the same words; cut says that those beyond MostWays are left out.
func (x *Lexicon) join(e *entry, cut bool) error {
	first := e.atoms[0].text
	known := slices.ContainsFunc(x.byFirst[first], func(o *entry) bool { return slices.Equal(o.atoms, e.atoms) })
	same := func(o *entry) bool { return o.tag == e.tag && slices.Equal(o.atoms, e.atoms) }
	if i := slices.IndexFunc(x.byFirst[first], same); i >= 0 {
		e.ways = append(x.byFirst[first][i].ways, e.ways...)
		if cut && len(e.ways) > MostWays {
			e.ways = e.ways[:MostWays]
		}
		x.byFirst[first][i].ways = e.ways
	} else {
		x.byFirst[first] = append(x.byFirst[first], e)
		if !known {
			x.written = append(x.written, e.written)
		}
	}
	if len(e.ways) > MostWays {
		return fmt.Errorf("%q: has more than %d ways to say it: leave out the rarest", e.written, MostWays)
	}
	return nil
}

// cutLine returns the word of a line, how it is said, and what parts them: =, a tab or a blank.
func cutLine(line string) (word, said string, by byte, err error) {
	by = '='
	word, said, ok := strings.Cut(line, "=")
	if !ok {
		by = '\t'
		word, said, ok = strings.Cut(line, "\t")
	}
	if !ok {
		by = ' '
		word, said, ok = strings.Cut(line, "  ")
	}
	if !ok {
		if word, said, _ = strings.Cut(line, " "); !inPhones(said) {
			return "", "", 0, fmt.Errorf("%q: nothing parts the word from how it is said: put = between them", line)
		}
	}
	word, said = withoutNumber(strings.TrimRight(word, " \t")), strings.TrimLeft(said, "= \t")
	for by == '\t' { // chances between a word and its phones, in dictionaries of the Montreal Forced Aligner
		chance, rest, ok := strings.Cut(said, "\t")
		if !ok || strings.Trim(chance, "0123456789.") != "" {
			break
		}
		said = rest
	}
	switch {
	case word == "":
		return "", "", 0, fmt.Errorf("%q: has no word: write it before the =", line)
	case said == "":
		return "", "", 0, fmt.Errorf("%q: nothing tells how it is said: write that behind the =", word)
	}
	return word, said, by, nil
}

// withoutNumber returns a word of the CMU Pronouncing Dictionary without the number, (2), of a line that
// is not its first one.
func withoutNumber(word string) string {
	if open := strings.LastIndexByte(word, '('); open > 0 && strings.HasSuffix(word, ")") {
		if _, err := strconv.Atoi(word[open+1 : len(word)-1]); err == nil {
			return word[:open]
		}
	}
	return word
}

// inPhones reports whether how a word is said surely stands there as in other aligners' dictionaries:
// names of ARPABET with the stress, or phones of IPA with blanks between them.
func inPhones(said string) bool {
	if _, stressed, err := readARPABET(said); err == nil && stressed {
		return true
	}
	return isIPA(said)
}

// readWay reads one way to say a word.
func readWay(said string) (way, error) {
	if strings.HasPrefix(said, "/") || strings.HasPrefix(said, "[") {
		return readSlashed(said)
	}
	tag, text, ok := strings.Cut(said, ":")
	if !ok {
		tag, text = "", said
	} else if tag = tableTag(strings.TrimSpace(tag)); languageFor(tag).tag == plainTag {
		return nil, fmt.Errorf("%q: there are no rules for a language %q: write it in other letters, or in phones", said, tag)
	}
	var w way
	for _, text := range strings.Fields(text) {
		for _, r := range text {
			if !unicode.In(r, unicode.L, unicode.M) && !strings.ContainsRune("-'’·", r) {
				return nil, fmt.Errorf("%q: %q is no letter: write how it is said in letters, or phones between slashes", text, r)
			}
		}
		w = append(w, part{text: text, tag: tag})
	}
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return nil, fmt.Errorf("%q: nothing tells how it is said: write that in letters, or phones between slashes", said)
	}
	return w, nil
}

// readSlashed reads phones between slashes or in brackets: words of IPA have blanks between them,
// words of ARPABET slashes of their own.
func readSlashed(said string) (w way, err error) {
	for rest := said; rest != ""; rest = strings.TrimSpace(rest) {
		closing := map[byte]string{'/': "/", '[': "]"}[rest[0]]
		inside, after, ok := strings.Cut(rest[1:], closing)
		if closing == "" || !ok {
			return nil, fmt.Errorf("%s: put phones between two slashes, as in /ʃɪvɔːn/, with nothing beside them", said)
		}
		texts := strings.Fields(inside)
		if isARPABET(inside) {
			texts = []string{inside}
		}
		if len(texts) == 0 {
			return nil, fmt.Errorf("%s: holds no phones: write them between the slashes", said)
		}
		for _, text := range texts {
			phones, err := readPhones(text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w: write IPA, or names of ARPABET in capitals", said, err)
			}
			w = append(w, part{phones: phones})
		}
		rest = after
	}
	return w, nil
}

// newEntry returns the entry of words without ways.
func newEntry(written, tag string) *entry {
	e := &entry{written: written, tag: tag, atoms: atomize(tokenize(strings.Fields(written)))}
	for i, a := range e.atoms {
		if i > 0 && (!a.glued || a.unspaced || e.atoms[i-1].unspaced) {
			e.units = append(e.units, i)
		}
	}
	e.units = append(e.units, len(e.atoms))
	for i := range e.atoms {
		e.atoms[i].token, e.atoms[i].from, e.atoms[i].to = 0, 0, 0 // they are those of the text that it is sought in
	}
	return e
}

// fit returns a way with a part for each unit of the entry, or any number where units are signs
// that stand together.
func (e *entry) fit(w way) (way, error) {
	if len(w) == len(e.units) || len(e.units) == 1 {
		return w, nil
	}
	var all way // also parted by hyphens
	for _, p := range w {
		if p.phones != nil {
			all = append(all, p)
			continue
		}
		for text := range strings.FieldsFuncSeq(p.text, func(r rune) bool { return r == '-' }) {
			all = append(all, part{text: text, tag: p.tag})
		}
	}
	if slices.ContainsFunc(e.atoms, func(a atom) bool { return a.unspaced }) {
		if len(all) == len(e.units) {
			return all, nil
		}
		return w, nil
	}
	return nil, fmt.Errorf("%q: are %d words, and %d are said: put blanks between those that are said, or phones of each in slashes",
		e.written, len(e.units), len(w))
}

// say returns the phones of an entry, said in one way, for runs of so many of its units each.
func (e *entry) say(w way, l *language, runs []int) (said [][]Phone) {
	each := make([][]Phone, len(w))
	for i, p := range w {
		each[i] = p.say(l)
	}
	if len(each) != len(e.units) {
		return spread(slices.Concat(each...), runs)
	}
	for _, n := range runs {
		said = append(said, slices.Concat(each[:n]...))
		each = each[n:]
	}
	return said
}

// spread parts phones into runs of the given sizes in proportion, where syllables begin.
func spread(phones []Phone, sizes []int) (runs [][]Phone) {
	begins := []int{0} // syllables
	for i := 1; i < len(phones); i++ {
		if vowel := phones[i].isVowel(); vowel && phones[i-1].isVowel() || !vowel && i+1 < len(phones) && phones[i+1].isVowel() {
			begins = append(begins, i)
		}
	}
	begins = append(begins, len(phones))
	total, done, from := 0, 0, 0
	for _, n := range sizes {
		total += n
	}
	for _, n := range sizes {
		done += n
		want, to := float64(len(phones)*done)/float64(total), len(phones)
		for _, at := range begins {
			if at >= from && math.Abs(float64(at)-want) < math.Abs(float64(to)-want) {
				to = at
			}
		}
		runs, from = append(runs, phones[from:to]), to
	}
	return runs
}

// say returns the phones of a part in a sentence of a language. Letters between hyphens are read
// by themselves, and capitals, with which people mark the stress, as small letters.
func (p part) say(l *language) (phones []Phone) {
	if p.phones != nil {
		return p.phones
	}
	if p.tag != "" {
		l = languageFor(p.tag)
	}
	for text := range strings.FieldsFuncSeq(normal(p.text), func(r rune) bool { return r == '-' || r == '·' }) {
		text = strings.ToLower(text)
		n := len(phones)
		switch {
		case l.native != nil && strings.IndexFunc(text, isNative) == 0:
			said, _ := l.native(l, nil, []rune(text), false)
			phones = append(phones, slices.Concat(said...)...)
		case l.tag == "zh": // Pinyin
			phones = l.byRules(phones, l.fold(strings.ReplaceAll(text, "ü", "v")))
		case l.native != nil, l.foreign(text):
			en := languageFor("en")
			phones = en.asWord(phones, en.fold(text), text, "")
		default:
			phones = l.asWord(phones, l.fold(text), text, "")
		}
		if len(phones) == n { // letters that are silent by themselves
			phones = l.spell(phones, text)
		}
	}
	return phones
}

package transcript

import (
	_ "embed" // the words
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Beside the lists of words in the code, which are of the languages that most pages are in, those of a few dozen more
// stand in vocabulary.txt. Since it doesn't say in which language a page is, a word counts only where it is the whole
// of what it is looked for in, or a clear part at its edge: what means laughter in one language may be any word of
// another.

//go:embed vocabulary.txt
var vocabularyText string

// vocabularyKind is what a word of vocabulary.txt stands for.
type vocabularyKind int

const (
	aTranscript vocabularyKind = iota // heads the text that is said
	aKey
	aRole
	aSound
	aSoundOf
	anUnheard
	aMusic
	aClipBegin
	aClipEnd
	aFooter
	numVocabularyKinds
)

// vocabularyKinds are the headings of vocabulary.txt.
var vocabularyKinds = map[string]vocabularyKind{
	"transcript": aTranscript, "key": aKey, "role": aRole, "sound": aSound, "sound of": aSoundOf, "unheard": anUnheard,
	"music": aMusic, "clip begins": aClipBegin, "clip ends": aClipEnd, "footer": aFooter,
}

// vocabularies holds the words and phrases of vocabulary.txt by their kind, in its order.
var vocabularies = sync.OnceValue(func() (v [numVocabularyKinds][]string) {
	kind := numVocabularyKinds
	for line := range strings.Lines(vocabularyText) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if name, ok := unwrap(line, '[', ']'); ok {
			kind = vocabularyKinds[name]
		} else if _, words, ok := strings.Cut(line, " "); ok {
			for w := range strings.SplitSeq(words, ",") {
				v[kind] = append(v[kind], strings.TrimSpace(w))
			}
		}
	}
	return v
})

// vocabularySets holds the same as sets.
var vocabularySets = sync.OnceValue(func() (sets [numVocabularyKinds]map[string]bool) {
	for kind, words := range vocabularies() {
		sets[kind] = make(map[string]bool, len(words))
		for _, w := range words {
			sets[kind][w] = true
		}
	}
	return sets
})

// mostAtEdge is the most words of a text that a word at its edge tells the kind of.
const mostAtEdge = 4

// shortestAtEdge is the fewest letters of such a word, in scripts with capitals: short ones are words of many languages.
// Where words are written together it holds, too, and for characters that are a word each it is shortestOfEastAsia: a
// single one is a part of many words, and 音, sound, ends 本音, what somebody really means.
const shortestAtEdge, shortestOfEastAsia = 4, 2

// isWordOf reports whether a text is a word or a phrase of a kind, in any letter case, or a few words that begin or end
// with one.
func isWordOf(kind vocabularyKind, text string) bool {
	if isASCII(text) && kind != aFooter { // which most text is, and nearly no word
		return vocabularySets()[kind][strings.ToLower(strings.TrimSpace(text))]
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !isJoiner(r) && r != '-'
	})
	bare := strings.Join(words, " ")
	if bare == "" {
		return false
	}
	if vocabularySets()[kind][bare] {
		return true
	}
	if len(words) > mostAtEdge {
		return false
	}
	for _, w := range vocabularies()[kind] {
		if isAtEdge(bare, w) {
			return true
		}
	}
	return false
}

// isAtEdge reports whether a text begins or ends with a word or a phrase: with a whole one where words are parted.
func isAtEdge(text, word string) bool {
	if len(word) >= len(text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(word)
	if Unspaced(first) {
		shortest := shortestAtEdge
		if inEastAsia(first, first) {
			shortest = shortestOfEastAsia
		}
		if utf8.RuneCountInString(word) < shortest {
			return false
		}
		rest, before := strings.CutPrefix(text, word)
		if !before {
			rest, before = strings.CutSuffix(text, word)
		}
		return before && utf8.RuneCountInString(rest) <= mostUnspaced(first)/3
	}
	if utf8.RuneCountInString(word) < shortestAtEdge && !isCaseless(word) {
		return false
	}
	return strings.HasPrefix(text, word+" ") || strings.HasSuffix(text, " "+word)
}

// isASCII reports whether s has nothing but ASCII.
func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// isJoiner reports whether r is one of the joiners, which stand within words.
func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }

// longestHeard is the most characters of what is heard by a word for that, sound.
const longestHeard = 20

// heardAs returns what a text in brackets announces by vocabulary.txt.
func heardAs(text string) (known bool, kind Kind) {
	if unspacedName(text) && utf8.RuneCountInString(text) > mostUnspaced(firstLetter(text)) { // a sentence
		return false, Other
	}
	for _, k := range []struct {
		is vocabularyKind
		Kind
	}{{aClipBegin, ClipBegin}, {aClipEnd, ClipEnd}, {aMusic, Music}, {aSound, Sound}} {
		if isWordOf(k.is, text) {
			return true, k.Kind
		}
	}
	return false, Other
}

// isSoundOf reports whether a text alone in brackets names a sound by the word for that.
func isSoundOf(text string) bool {
	return !isASCII(text) && utf8.RuneCountInString(text) <= longestHeard && isWordOf(aSoundOf, text)
}

// longestFooterPhrase is the most characters of a line that a phrase of a footer tells of where it isn't the first.
const longestFooterPhrase = 60

// isFooterPhrase reports whether a line below a text, which doesn't end as a sentence does, begins with a word or a phrase
// that one has there, or is a short one that holds one: as a word of its own where these are parted.
func isFooterPhrase(line string) bool {
	if endsText(line) {
		return false
	}
	lower := strings.ToLower(line)
	short := utf8.RuneCountInString(line) <= longestFooterPhrase
	for _, w := range vocabularies()[aFooter] {
		at := strings.Index(lower, w)
		if at < 0 || at > 0 && !short {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(w); Unspaced(first) {
			return true
		}
		before, _ := utf8.DecodeLastRuneInString(lower[:at])
		after, _ := utf8.DecodeRuneInString(lower[at+len(w):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
	}
	return false
}

package langid

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words counts the words of a text that tell its language, in small letters, without what
// is no language: addresses, code, words with digits. Marks of vowels in Arabic and Hebrew
// are left out, since most texts have none.
type Words struct {
	plain map[string]int
	// names are words with a capital inside a sentence: names from anywhere, but in German
	// also nouns.
	names map[string]int
	// capitals are words in capitals: initials, unless the whole text is written so.
	capitals map[string]int
}

// NewWords counts the words of a text.
func NewWords(text string) Words {
	w := Words{map[string]int{}, map[string]int{}, map[string]int{}}
	begins := true // the next word begins a sentence or a line
	for line := range strings.Lines(norm.NFC.String(text)) {
		begins = true
		for field := range strings.FieldsSeq(line) {
			if !isCode(field) {
				w.add(field, begins)
			}
			begins = endsSentence(field)
		}
	}
	return w
}

// isCode reports whether a field between blanks is no word: an address, a path, a number, code.
func isCode(field string) bool {
	inner := strings.TrimRight(field, ".,;:!?)\"'")
	odd := false
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case c >= utf8.RuneSelf:
			return false // a script without blanks may have anything in a field
		case c >= '0' && c <= '9', strings.IndexByte("/\\@_=<>{}|#~`$%^*+&", c) >= 0, c == '.' && i > 0:
			odd = true
		}
	}
	return odd
}

// endsSentence reports whether a new sentence may begin after a field.
func endsSentence(field string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(field, "\"'”’»)]"))
	return strings.ContainsRune(".!?:;…–—-", r) || r == utf8.RuneError
}

// add counts the words of a field.
func (w Words) add(field string, begins bool) {
	field = strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == 'ʼ' || r == '‘' || r == 'ʻ':
			return '\''
		case r >= 0x0591 && r <= 0x05c7 || r >= 0x064b && r <= 0x065f || r == 0x0670 || r == 0x0640:
			return -1
		case r == 0x200c || r == 0x200d: // joiners stay inside a word
			return -1
		}
		return r
	}, field)
	parts := strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' })
	for _, word := range parts {
		word = strings.Trim(word, "'")
		first, n := utf8.DecodeRuneInString(word)
		if n == 0 {
			continue
		}
		small := strings.ToLower(word)
		rest := word[n:]
		switch {
		case unicode.IsUpper(first) && utf8.RuneCountInString(word) > 1 && rest == strings.ToUpper(rest):
			w.capitals[small]++
		case unicode.IsUpper(first) && !begins:
			w.names[small]++
		default:
			w.plain[small]++
		}
		begins = false
	}
}

// weigh calls yield with each word and its weight: of the first times that a word comes
// more than of others, and of plain words twice that of names. Words in capitals count
// where most are.
func (w Words) weigh(yield func(word string, weight int)) {
	for word, n := range w.plain {
		yield(word, 2*bits.Len(uint(n)))
	}
	for word, n := range w.names {
		if w.plain[word] == 0 {
			yield(word, bits.Len(uint(n)))
		}
	}
	if len(w.capitals) > len(w.plain)+len(w.names) {
		for word, n := range w.capitals {
			yield(word, 2*bits.Len(uint(n)))
		}
	}
}

// script returns the name of the script of most letters of a text, "" if it has none. Names in
// Latin letters stand in texts of all scripts: another one counts twice. A text in Kana has Han in it.
func (w Words) script() string {
	letters := w.letters()
	if large("Han")*10*letters["Kana"] > large("Kana")*letters["Han"] {
		letters["Kana"] += letters["Han"] / large("Han") * large("Kana")
		letters["Han"] = 0
	}
	best, most := "", 0
	for _, s := range scripts {
		n := letters[s.name]
		if s.name != "Latin" {
			n *= 2
		}
		if n > most {
			best, most = s.name, n
		}
	}
	return best
}

// letters returns how many letters of each script a text has, as many as those of an alphabet would be.
func (w Words) letters() map[string]int {
	letters := map[string]int{}
	for _, words := range []map[string]int{w.plain, w.names, w.capitals} {
		for word, n := range words {
			for _, r := range word {
				letters[scriptOf(r)] += n
			}
		}
	}
	for name := range letters {
		letters[name] *= large(name)
	}
	return letters
}

// large returns how many letters of an alphabet one of a script counts for.
func large(script string) int {
	for _, s := range scripts {
		if s.name == script {
			return s.large
		}
	}
	return 1
}

// Letters returns how many letters of each script a text has, by its name, "" for one that isn't
// known here; those of Han, kana and Hangul count as many as letters of an alphabet would.
func Letters(text string) map[string]int { return NewWords(text).letters() }

// Counts calls yield with each word and how often it comes, twice that of plain words: what
// a table is made of.
func (w Words) Counts(yield func(word string, n int)) {
	for word, n := range w.plain {
		yield(word, 2*n)
	}
	for word, n := range w.names {
		yield(word, n)
	}
}

// The longest run of letters that is a feature; the ends of a word count as letters.
const maxGram = 5

// Features calls yield with the hash and the order of each feature of a word: its runs of 1
// to 5 letters, its ends among them, and, of order 6, the word.
func Features(word string, yield func(hash uint32, order int)) {
	var buf [64]int
	ends := append(buf[:0], 0)
	padded := "<" + word + ">"
	for i := range padded {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	ends = append(ends, len(padded))
	runes := len(ends) - 1
	for n := 1; n <= maxGram; n++ {
		for i := 0; i+n <= runes; i++ {
			if n == 1 && (i == 0 || i == runes-1) {
				continue
			}
			yield(hash(padded[ends[i]:ends[i+n]]), n)
		}
	}
	if runes > maxGram {
		yield(hash(padded), maxGram+1)
	}
}

// hash returns the hash of a feature, of 30 bits: FNV-1a, mixed once more.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	return h >> 2
}

package langid

import (
	_ "embed" // the table
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// The table, made by mktable. In little endian:
//
//	8 bytes           "langid01"
//	uint32            the length of the list of languages
//	that many bytes   "TAG SCRIPT TYPICAL PRIOR\n" for each language, see language
//	1025 uint32       where the entries of each bucket begin, and all end, in entries
//	uint32 each       entries: the low 20 bits of the hash of a feature, whose high 10 bits
//	                  are the bucket; 7 bits of language; 5 bits of weight; sorted
//
// A weight is how much likelier the feature is in the language than where the table is silent,
// in thirds of a neper, rounded: weightScale.
//
//go:embed ngrams.bin
var table string

// The shape of the table.
const (
	Magic       = "langid01"
	BucketBits  = 10
	HashBits    = 20 // of an entry
	LangBits    = 7
	WeightBits  = 5
	WeightScale = 3.0
)

// language is what the table knows of one: its BCP 47 tag and script; how much of a text's
// weight its words usually gather, per letter and in hundredths; and how much less is taken off
// the score of a text for it, since few texts are in it.
type language struct {
	tag     string
	script  string
	typical int
	prior   int
}

// reader reads the table.
type reader struct {
	langs   []language
	buckets string
	entries string
}

var load = sync.OnceValue(func() reader { return newReader(table) })

// newReader returns a reader of a table, whose entries stay where they are.
func newReader(table string) (r reader) {
	size := int(u32(table[len(Magic):]))
	rest := table[len(Magic)+4:]
	for line := range strings.Lines(rest[:size]) {
		f := strings.Fields(line)
		r.langs = append(r.langs, language{f[0], f[1], atoi(f[2]), atoi(f[3])})
	}
	rest = rest[size:]
	index := 4 * (1<<BucketBits + 1)
	r.buckets, r.entries = rest[:index], rest[index:]
	return r
}

func u32(s string) uint32 { return binary.LittleEndian.Uint32([]byte(s[:4])) }

func atoi(s string) (n int) {
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// weights calls yield with each language that has the feature, and its weight.
func (r reader) weights(hash uint32, yield func(lang, weight int)) {
	bucket := hash >> HashBits
	lo, hi := u32(r.buckets[4*bucket:]), u32(r.buckets[4*bucket+4:])
	low := hash & (1<<HashBits - 1)
	for lo < hi { // the first entry of that hash
		mid := lo + (hi-lo)/2
		if u32(r.entries[4*mid:])>>(LangBits+WeightBits) < low {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	end := u32(r.buckets[4*bucket+4:])
	for ; lo < end; lo++ {
		e := u32(r.entries[4*lo:])
		if e>>(LangBits+WeightBits) != low {
			return
		}
		yield(int(e>>WeightBits&(1<<LangBits-1)), int(e&(1<<WeightBits-1)))
	}
}

// Score is how well a text fits a language.
type Score struct {
	Tag   string
	Total int // the weights of all features, less what is taken off for a rare language
	// Level is Total by letter, in hundredths of what is usual for the language.
	Level int
}

// Evidence is what a text tells of its language.
type Evidence struct {
	Script  string  // the script of most of its letters; "" without letters
	Letters int     // weighted letters of words in that script that were looked up
	Scores  []Score // of the languages of the script, the best first; nil if the script tells
}

// Examine returns what a text tells of its language.
func Examine(text string) Evidence {
	return load().examine(NewWords(text))
}

func (r reader) examine(w Words) Evidence {
	e := Evidence{Script: w.script()}
	totals := make([]int, len(r.langs))
	w.weigh(func(word string, weight int) {
		if scriptOf(first(word)) != e.Script {
			return
		}
		Features(word, func(hash uint32, _ int) {
			r.weights(hash, func(lang, x int) { totals[lang] += weight * x })
		})
		e.Letters += weight * len([]rune(word))
	})
	for i, l := range r.langs {
		if l.script != e.Script || e.Letters == 0 {
			continue
		}
		total := totals[i] - l.prior
		e.Scores = append(e.Scores, Score{l.tag, total, 100 * 100 * totals[i] / max(1, e.Letters*l.typical)})
	}
	slices.SortStableFunc(e.Scores, func(a, b Score) int { return b.Total - a.Total })
	return e
}

// scripts are those that a text may be in, with the language of those that one alone has.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
	tag   string // "": by features
	large int    // how many letters of an alphabet one of them counts for
}{
	{"Latin", unicode.Latin, "", 1},
	{"Cyrillic", unicode.Cyrillic, "", 1},
	{"Arabic", unicode.Arabic, "", 1},
	{"Han", unicode.Han, "zh", 3},
	{"Kana", nil, "ja", 2},
	{"Hangul", unicode.Hangul, "ko", 2},
	{"Devanagari", unicode.Devanagari, "", 1},
	{"Greek", unicode.Greek, "el", 1},
	{"Hebrew", unicode.Hebrew, "", 1},
	{"Bengali", unicode.Bengali, "", 1},
	{"Thai", unicode.Thai, "th", 1},
	{"Georgian", unicode.Georgian, "ka", 1},
	{"Armenian", unicode.Armenian, "hy", 1},
	{"Gurmukhi", unicode.Gurmukhi, "pa", 1},
	{"Gujarati", unicode.Gujarati, "gu", 1},
	{"Oriya", unicode.Oriya, "or", 1},
	{"Tamil", unicode.Tamil, "ta", 1},
	{"Telugu", unicode.Telugu, "te", 1},
	{"Kannada", unicode.Kannada, "kn", 1},
	{"Malayalam", unicode.Malayalam, "ml", 1},
	{"Sinhala", unicode.Sinhala, "si", 1},
	{"Lao", unicode.Lao, "lo", 1},
	{"Khmer", unicode.Khmer, "km", 1},
	{"Myanmar", unicode.Myanmar, "", 1},
	{"Ethiopic", unicode.Ethiopic, "", 1},
	{"Tibetan", unicode.Tibetan, "", 1},
	{"Cherokee", unicode.Cherokee, "chr", 1},
	{"Thaana", unicode.Thaana, "dv", 1},
	{"Ol_Chiki", unicode.Ol_Chiki, "sat", 1},
}

// scriptOf returns the name of the script of a letter, "" of any other.
func scriptOf(r rune) string {
	switch {
	case r < 0x250:
		if unicode.Is(unicode.Latin, r) {
			return "Latin"
		}
		return ""
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return "Kana"
	}
	for _, s := range scripts {
		if s.table != nil && unicode.Is(s.table, r) {
			return s.name
		}
	}
	return ""
}

// ScriptOf returns the name of the script of a word, by its first letter.
func ScriptOf(word string) string { return scriptOf(first(word)) }

func first(word string) rune {
	for _, r := range word {
		return r
	}
	return 0
}

// What makes a guess sure. The best score must be further above the second best than sureBase,
// about six nepers of what the table says, since its features overlap, and than surePart
// hundredths of the letters more: where words of two languages stand, the longer a text is, the
// further apart their scores are. And the level must be sureLevel or more: a language that the
// table lacks is taken for its nearest kin, at a lower level. ngrams.md has what they do.
const (
	sureBase  = 100
	surePart  = 5
	sureLevel = 81
)

// mostLikely is how many languages are named, at the most.
const mostLikely = 3

// Guess is what a text is taken for.
type Guess struct {
	Tag    string   // BCP 47; "" where it isn't sure
	Likely []string // the likeliest languages, the best first; nil if nothing tells
}

// Identify tells the language of a text.
func Identify(text string) Guess { return Examine(text).guess() }

func (e Evidence) guess() Guess {
	if tag := ownerOf(e.Script); tag != "" {
		return Guess{tag, []string{tag}}
	}
	if len(e.Scores) == 0 || e.Scores[0].Total <= 0 {
		return Guess{}
	}
	var g Guess
	for _, s := range e.Scores[:min(mostLikely, len(e.Scores))] {
		g.Likely = append(g.Likely, s.Tag)
	}
	second := 0
	if len(e.Scores) > 1 {
		second = max(0, e.Scores[1].Total)
	}
	if e.Scores[0].Total-second >= sureBase+e.Letters*surePart/100 && e.Scores[0].Level >= sureLevel {
		g.Tag = g.Likely[0]
	}
	return g
}

// Likelier reports whether a text is likelier in the language a than in b.
func (e Evidence) Likelier(a, b string) bool {
	if tag := ownerOf(e.Script); tag != "" {
		return tag == a
	}
	at := func(tag string) int { return slices.IndexFunc(e.Scores, func(s Score) bool { return s.Tag == tag }) }
	i, k := at(a), at(b)
	return i >= 0 && (k < 0 || e.Scores[i].Total > e.Scores[k].Total)
}

// What tells a text of a language from another language that is spelled in its letters, as Japanese
// is in Latin ones: such a text has a level of up to 93, and its nearest languages are as near as
// 1 to 2 hundredths of a score. Texts of five sentences in languages that the table knows have a level
// of 94 and more, or of 89 with a lead of 10 hundredths and more.
const ownLevel, ownLead = 95, 5

// Own reports whether a text is in one of the languages named first, if not surely which, rather than in
// another one that is spelled in their letters.
func (e Evidence) Own() bool {
	if ownerOf(e.Script) != "" {
		return true
	}
	if len(e.Scores) == 0 || e.Scores[0].Level >= ownLevel {
		return len(e.Scores) > 0
	}
	second := 0
	if len(e.Scores) > 1 {
		second = e.Scores[1].Total
	}
	return e.guess().Tag != "" && 100*(e.Scores[0].Total-second) >= ownLead*e.Scores[0].Total
}

// ownerOf returns the language that alone has a script, "" if there are several.
func ownerOf(script string) string {
	for _, s := range scripts {
		if s.name == script {
			return s.tag
		}
	}
	return ""
}

// Languages returns the BCP 47 tags of the languages that a text may be told to be in, in
// alphabetical order.
func Languages() (tags []string) {
	for _, l := range load().langs {
		tags = append(tags, l.tag)
	}
	for _, s := range scripts {
		if s.tag != "" {
			tags = append(tags, s.tag)
		}
	}
	slices.Sort(tags)
	return tags
}

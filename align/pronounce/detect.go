package pronounce

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	jis "golang.org/x/text/encoding/japanese"

	"cuewright/align/pronounce/langid"
)

// Languages returns the BCP 47 tags of the languages that have rules of their own,
// in alphabetical order.
func Languages() []string {
	entries, err := tables.ReadDir("lang")
	if err != nil {
		panic(err) // embedded: can't fail
	}
	var tags []string
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), ".txt"); tag != plainTag {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return tags
}

// Undetermined is the BCP 47 tag of a text whose language isn't sure.
const Undetermined = "und"

// detectBytes is how much of a text is read to tell its language, in bytes: the rest makes that
// no clearer.
const detectBytes = 40_000

// Detect returns the BCP 47 tag of the language of a text, which may have no rules here, or
// Undetermined where it isn't sure: see package langid.
func Detect(text string) string {
	if tag, _ := identify(beginning(text)); tag != "" {
		return tag
	}
	return Undetermined
}

// identify returns the language that a text is surely in, "" for none; shared says that it may
// be Chinese or Japanese as well: that it has hardly a kana, and hardly a character that only Chinese has.
func identify(text string) (tag string, shared bool) {
	tag = langid.Identify(text).Tag
	if tag != chinese && tag != japanese {
		return tag, false
	}
	switch {
	case chineseAlone(text):
		return chinese, false // with a few kana or without: a name may be in kana
	case tag == chinese:
		return chinese, true
	}
	return tag, false
}

const chinese, japanese = "zh", "ja"

const (
	// alonePart is which part of the Chinese characters of a text chineseAlone counts if it is in Chinese: of
	// stories 34 %, of manuals in old characters 11 %, and of Japanese ones half a percent.
	alonePart = 20
	// kanaPart is how many kana there are to three Chinese characters in a Chinese text, at the most: in
	// names, or in words that it speaks of.
	kanaPart = 2
	// chineseParticles are common in Chinese and rare in Japanese, which has them in a few words, as 的 in 目的:
	// one or two of them, as in 政治的判断を了承した, tell nothing.
	chineseParticles = "的了是我它這們那麼什怎没沒很還呢吧"
)

// chineseAlone reports whether a text in Chinese characters is in Chinese by those that only Chinese has:
// what JIS X 0208 lacks, which holds 6355 in Japanese use, old forms and those of names among them; and
// particles where there are three, two without kana, or one beside such a character. A text with many kana is in Japanese.
func chineseAlone(text string) bool {
	all, kana, alone, inJapanese := 0, 0, 0, jis.ShiftJIS.NewEncoder()
	kinds := map[rune]bool{} // particles, and 0 for all characters that only Chinese has
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
			continue
		case !unicode.Is(unicode.Han, r):
			continue
		}
		all++
		var buf [2 * utf8.UTFMax]byte
		inJapanese.Reset()
		_, _, err := inJapanese.Transform(buf[utf8.UTFMax:], utf8.AppendRune(buf[:0], r), true)
		switch {
		case err != nil && r <= 0xffff: // beyond are rare ones of either, as in 𠮷野
			kinds[0] = true
			alone++
		case strings.ContainsRune(chineseParticles, r):
			kinds[r] = true
			alone++
		}
	}
	return (kinds[0] || len(kinds) > 2 || len(kinds) > 1 && kana == 0) && alonePart*alone > all && 3*kana <= kanaPart*all
}

// Likely returns the languages that a text is likeliest in, up to three, the best first, also
// where Detect isn't sure; nil if nothing tells.
func Likely(text string) []string { return langid.Identify(beginning(text)).Likely }

// beginning returns what is read of a text to tell its language.
func beginning(text string) string {
	if len(text) > detectBytes {
		text = strings.ToValidUTF8(text[:detectBytes], "")
	}
	return text
}

const (
	// secondPart is the least part of a text, by its words, that makes a language its second one.
	secondPart = 5
	// bothPart is the least part, of ten, that must be in sentences that are surely in one of two
	// languages: a text in neither has few.
	bothPart = 6
	// ownWords is how many words in a row a sentence needs for a language of its own.
	ownWords = 3
)

// DetectEach returns the language of each of the sentences of a text, and the language of most
// of them; words says how many words each has, in fractions where writing doesn't part them. It is
// one for all, as Detect has it, unless a fifth of the words or more are in sentences that are
// surely in a second language: then each sentence is in the likelier one of these two. What may be
// Chinese or Japanese, as a title is, is in that of them which most of the other sentences are in.
func DetectEach(sentences []string, words []float64) (each []string, main string) {
	main = Detect(strings.Join(sentences, "\n"))
	each = slices.Repeat([]string{main}, len(sentences))
	all, in := 0.0, map[string]float64{} // words, and those in sentences that are surely in a language
	either := 0.0                        // in Chinese or Japanese
	for i, s := range sentences {
		all += words[i]
		if words[i] < ownWords {
			continue
		}
		if tag, shared := identify(s); shared {
			either += words[i]
		} else {
			in[tag] += words[i]
		}
	}
	han := chinese
	if in[japanese] > in[chinese] {
		han = japanese
	}
	in[han] += either
	delete(in, "")
	tags := slices.SortedFunc(maps.Keys(in), func(a, b string) int {
		return cmp.Or(cmp.Compare(in[b], in[a]), strings.Compare(a, b))
	})
	if len(tags) < 2 || secondPart*in[tags[1]] < all || 10*(in[tags[0]]+in[tags[1]]) < bothPart*all {
		return each, main
	}
	for i, s := range sentences {
		each[i] = tags[0]
		if words[i] >= ownWords && likelier(s, tags[1], tags[0], han) {
			each[i] = tags[1]
		}
	}
	return each, tags[0]
}

// likelier reports whether a sentence is likelier in the language a than in b; one that may be Chinese
// or Japanese is in han.
func likelier(sentence, a, b, han string) bool {
	tag, shared := identify(sentence)
	switch {
	case shared:
		return han == a
	case tag == chinese || tag == japanese:
		return tag == a
	}
	return langid.Examine(sentence).Likelier(a, b)
}

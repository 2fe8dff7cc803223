package pronounce

import (
	"cmp"
	"maps"
	"slices"
	"strings"

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
	if tag := langid.Identify(beginning(text)).Tag; tag != "" {
		return tag
	}
	return Undetermined
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
// surely in a second language: then each sentence is in the likelier one of these two.
func DetectEach(sentences []string, words []float64) (each []string, main string) {
	main = Detect(strings.Join(sentences, "\n"))
	each = slices.Repeat([]string{main}, len(sentences))
	all, in := 0.0, map[string]float64{} // words, and those in sentences that are surely in a language
	for i, s := range sentences {
		all += words[i]
		if words[i] >= ownWords {
			in[langid.Identify(s).Tag] += words[i]
		}
	}
	delete(in, "")
	tags := slices.SortedFunc(maps.Keys(in), func(a, b string) int {
		return cmp.Or(cmp.Compare(in[b], in[a]), strings.Compare(a, b))
	})
	if len(tags) < 2 || secondPart*in[tags[1]] < all || 10*(in[tags[0]]+in[tags[1]]) < bothPart*all {
		return each, main
	}
	for i, s := range sentences {
		each[i] = tags[0]
		if words[i] >= ownWords && langid.Examine(s).Likelier(tags[1], tags[0]) {
			each[i] = tags[1]
		}
	}
	return each, tags[0]
}

package format

import "strings"

// go-astisub escapes some of the characters that have a meaning in caption files
// and not others, and each format another set. So text passes through it with these
// characters hidden behind Unicode noncharacters, which Clean keeps out of all text
// (they are for such internal use, Unicode 23.7).
const (
	firstMark = '\uFDD0'
	lastMark  = '\uFDEF'
	specials  = "<>&\u00A0"
	// tagOpen and tagEnd stand for the < and > of tags, which are written as they are.
	tagOpen = '\uFDD4'
	tagEnd  = '\uFDD5'
)

// hide replaces the characters of set, all of them specials, by their marks.
func hide(s, set string) string {
	if !strings.ContainsAny(s, set) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(set, r) {
			r = mark(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mark returns the noncharacter for one of the specials.
func mark(r rune) rune {
	n := 0
	for _, s := range specials {
		if s == r {
			return firstMark + rune(n)
		}
		n++
	}
	return r
}

// hideTag hides the angle brackets of a tag, of which the text is hidden already.
func hideTag(text string) string { return string(tagOpen) + text + string(tagEnd) }

// show returns the replacer that turns marks into what becomes, given a special,
// makes of it, and those of tags into tags.
func show(becomes func(special string) string) *strings.Replacer {
	pairs := []string{string(tagOpen), "<", string(tagEnd), ">"}
	for _, r := range specials {
		pairs = append(pairs, string(mark(r)), becomes(string(r)))
	}
	return strings.NewReplacer(pairs...)
}

func asItIs(special string) string { return special }

// blocksOf returns the blocks of a file that go-astisub wrote: what the empty lines part.
func blocksOf(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n\n") }

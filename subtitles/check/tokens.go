package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// token is a part of a written word that counts as a word of its own, as here and
// and in "here—and".
type token struct {
	key        string // see matchKey, never empty
	text       string // as it is written
	first, end int    // its characters in the written word: [first, end)
	total      int    // characters of the written word
}

// separators part the tokens of a word: dashes, ellipses, slashes and white space.
// Hyphens are among them, since files disagree about those.
var separators = regexp.MustCompile(`--+|[\x{2013}\x{2014}\x{2026}/\s]+|-`)

// tokenize returns the tokens of a written word; none for a mark that stands alone. Text of
// a script without spaces, which captions hold by the line, is parted as the reader of
// transcripts parts it; other words of a transcript, as addresses, may be several tokens.
func tokenize(written string) []token {
	var all []token
	total := utf8.RuneCountInString(written)
	add := func(from, to int) {
		if key := matchKey(written[from:to]); key != "" {
			first := utf8.RuneCountInString(written[:from])
			all = append(all, token{key, written[from:to], first, first + utf8.RuneCountInString(written[from:to]), total})
		}
	}
	addAll := func(from, to int) {
		if strings.IndexFunc(written[from:to], transcript.Unspaced) < 0 {
			add(from, to)
			return
		}
		for _, part := range transcript.Parted(written[from:to]) {
			add(from, from+len(part))
			from += len(part)
		}
	}
	from := 0
	for _, m := range separators.FindAllStringIndex(written, -1) {
		addAll(from, m[0])
		from = m[1]
	}
	addAll(from, len(written))
	if n := len(all); n > 0 { // marks belong to the tokens beside them
		all[0].first, all[n-1].end = 0, total
		if n == 1 {
			all[0].text = written
		}
	}
	return all
}

// in returns the part of the time of its written word that the token has.
func (t token) in(s audio.Segment) audio.Segment { return portion(s, t.first, t.end, t.total) }

// portion returns what characters [first, end) have of the time s of a text of total
// characters, at least 1.
func portion(s audio.Segment, first, end, total int) audio.Segment {
	return format.Apportion(s, []int{first, end - first, total - end})[1]
}

// matchKey returns what a word is compared by, whatever its punctuation, case and form
// in Unicode: its letters, marks, digits and inner apostrophes. It is empty where
// nothing is left.
func matchKey(written string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(written)) {
		switch {
		case r == '’':
			r = '\''
		case r == 'ё': // printed as е more often than not
			r = 'е'
		}
		if r == '\'' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), "'")
}

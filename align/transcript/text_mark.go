package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Emphasis, of Markdown or HTML, becomes marks around the text. Decoding removes control
// characters, so a mark can't be part of the text.
const (
	boldMark   = '\x01'
	italicMark = '\x02'
	breakMark  = '\x03' // a line ends, see tags
	blockMark  = '\x04' // a block begins or ends
)

var unmarker = strings.NewReplacer(string(boldMark), "", string(italicMark), "")

// unmark returns text without its marks.
func unmark(s string) string {
	if strings.IndexByte(s, boldMark) < 0 && strings.IndexByte(s, italicMark) < 0 {
		return s
	}
	return unmarker.Replace(s)
}

// marked returns what stands between the mark that s begins with and the next one, and
// what follows. ok reports whether there are two marks.
func marked(s string, mark rune) (inner, rest string, ok bool) {
	if s == "" || rune(s[0]) != mark {
		return "", s, false
	}
	end := strings.IndexRune(s[1:], mark)
	if end < 0 {
		return "", s, false
	}
	return s[1 : 1+end], s[2+end:], true
}

// markdownLine reads the Markdown of one line and returns its text, with marks for
// emphasis and without link targets, and its heading level, 0 for none. targets are the names of
// addresses, see links.
func markdownLine(s string, targets map[string]bool) (text string, level int) {
	s = strings.TrimSpace(s)
	for level < len(s) && s[level] == '#' {
		level++
	}
	if level > 6 || level > 0 && (level == len(s) || s[level] != ' ') {
		level = 0
	}
	if level > 0 {
		s = strings.TrimSpace(strings.TrimRight(s[level:], "#"))
	}
	// A quotation. Two signs are a change of speaker instead.
	if strings.HasPrefix(s, "> ") {
		s = strings.TrimSpace(s[2:])
	}
	for _, bullet := range []string{"* ", "• ", "‣ ", "◦ "} {
		if rest, ok := strings.CutPrefix(s, bullet); ok && sounds(rest) {
			s = strings.TrimSpace(rest)
			break
		}
	}
	return unescape(code(emphasis(links(s, targets)))), level
}

// escapable holds what a backslash takes the meaning from.
const escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// unescape returns s without the backslashes before signs: \[00:12\].
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(escapable, s[i+1]) >= 0 {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}

// escaped reports whether a backslash stands before s[i].
func escaped(s string, i int) bool { return i > 0 && s[i-1] == '\\' }

// code returns s without the backticks around code.
func code(s string) string {
	if strings.IndexByte(s, '`') < 0 {
		return s
	}
	type run struct{ at, n int }
	open := map[int]run{} // of backticks, by their number
	b := []byte(s)
	for i := 0; i < len(s); {
		n := 0
		for i+n < len(s) && s[i+n] == '`' {
			n++
		}
		if n == 0 || escaped(s, i) {
			i += max(n, 1)
			continue
		}
		if o, ok := open[n]; ok {
			for k := range n {
				b[o.at+k], b[i+k] = 0, 0
			}
			clear(open)
		} else {
			open[n] = run{i, n}
		}
		i += n
	}
	return strings.ReplaceAll(string(b), "\x00", "")
}

// longestTarget bounds the target of a link, in bytes: without it many brackets would
// take quadratic time.
const longestTarget = 2000

// links returns s with the text instead of [text](target), ![text](target), and, where the page has
// a target of that name, [text][name] and [name]. Marks of footnotes are left out: [^1].
func links(s string, targets map[string]bool) string {
	if strings.IndexByte(s, ']') < 0 && strings.IndexByte(s, '<') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	open := -1 // of the last bracket, as an offset in b
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '[' && !escaped(s, i):
			open = len(b)
		case s[i] == ']' && open >= 0 && !escaped(s, i):
			inner := b[open+1:]
			end := linkEnd(s, i, string(inner), targets)
			if end < 0 {
				open = -1
				break
			}
			if len(inner) > 0 && inner[0] == '^' {
				inner = nil
			}
			if open > 0 && b[open-1] == '!' {
				open--
			}
			b = append(b[:open], inner...)
			open = -1
			i = end - 1
			continue
		case s[i] == '<':
			end := strings.IndexAny(s[i+1:min(len(s), i+longestTarget)], "<> ")
			if end > 0 && s[i+1+end] == '>' && autolink().MatchString(s[i+1:i+1+end]) {
				b = append(b, s[i+1:i+1+end]...)
				i += end + 1
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// autolink matches what is an address between < and >.
var autolink = lazyRegexp(`^(?:https?://|mailto:|www\.)\S+$|^[^\s@<>]+@[^\s@<>]+\.\pL{2,}$`)

// linkEnd returns the end of the link or footnote mark whose text ends with the bracket s[i], and -1 if
// it is none.
func linkEnd(s string, i int, text string, targets map[string]bool) int {
	rest := s[i+1 : min(len(s), i+longestTarget)]
	switch {
	case strings.HasPrefix(text, "^") && len(text) > 1 && !strings.ContainsAny(text, " \t"):
		return i + 1
	case strings.HasPrefix(rest, "("):
		if end := strings.IndexByte(rest, ')'); end >= 0 {
			return i + end + 2
		}
	case len(targets) == 0:
	case strings.HasPrefix(rest, "["):
		end := strings.IndexByte(rest, ']')
		if name := rest[1:max(end, 1)]; end > 0 && (targets[strings.ToLower(name)] || name == "" && targets[strings.ToLower(text)]) {
			return i + end + 2
		}
	case targets[strings.ToLower(text)]:
		return i + 1
	}
	return -1
}

// emphasis returns s with marks for **bold**, __bold__, *italic* and _italic_. A star or
// an underscore that isn't at the start or the end of a word is text: f*ck, 5 * 3,
// snake_case.
func emphasis(s string) string {
	if !strings.ContainsAny(s, "*_") {
		return s
	}
	type run struct {
		at, n int // of the opening signs
	}
	var open []run
	b := []byte(s)
	for i := 0; i < len(s); {
		c := s[i]
		if c != '*' && c != '_' || escaped(s, i) {
			i++
			continue
		}
		n := 1
		for i+n < len(s) && s[i+n] == c {
			n++
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+n:])
		atStart, atEnd := i == 0, i+n == len(s)
		canOpen := !atEnd && !unicode.IsSpace(after) && (atStart || !wordRune(before))
		canClose := !atStart && !unicode.IsSpace(before) && (atEnd || !wordRune(after))
		if n > 3 { // ****
			i += n
			continue
		}
		if canClose && len(open) > 0 && open[len(open)-1].n == n && s[open[len(open)-1].at] == c {
			o := open[len(open)-1]
			open = open[:len(open)-1]
			for k := range n {
				// Signs beyond the mark are removed.
				b[o.at+k], b[i+k] = 0, 0
			}
			mark := byte(italicMark)
			if n >= 2 {
				mark = boldMark
			}
			b[o.at], b[i+n-1] = mark, mark
		} else if canOpen && len(open) < 64 { // no page nests deeper
			open = append(open, run{i, n})
		}
		i += n
	}
	return strings.ReplaceAll(string(b), "\x00", "")
}

// wordRune reports whether r is part of a word.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

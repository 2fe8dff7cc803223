package transcript

import (
	"html"
	"strings"
	"unicode"
)

// inlineElements are the elements of HTML that run on within a line, of those that people write in
// Markdown. Any other word between < and > is text.
var inlineElements = set(`a abbr code del font ins kbd mark q s small span strike sub sup time tt u wbr img input source`)

// longestTag bounds a tag, in bytes.
const longestTag = 2000

// tags reads the HTML within a line of text or Markdown: emphasis becomes marks, and marks part the
// lines that it is cut into.
func tags(s string) string {
	if strings.IndexByte(s, '<') < 0 && (strings.IndexByte(s, '&') < 0 || strings.IndexByte(s, ';') < 0) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '`' { // code
			if end := strings.IndexByte(s[i+1:], '`'); end >= 0 {
				b.WriteString(s[i : i+end+2])
				i += end + 2
				continue
			}
		}
		mark, n := tag(s[i:])
		if s[i] == '&' {
			mark, n = entity(s[i:])
		}
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(mark)
		i += n
	}
	return b.String()
}

// entity returns the characters of the entity that s begins with, and its length; 0 if it begins with
// none. One that doesn't end in a semicolon is text.
func entity(s string) (text string, n int) {
	end := strings.IndexByte(s[:min(len(s), 32)], ';')
	if end < 0 {
		return "", 0
	}
	text = html.UnescapeString(s[:end+1])
	return strings.ReplaceAll(clean(text), "\n", " "), end + 1
}

// tag returns what becomes of the tag that s begins with, and its length; 0 if it begins with none.
func tag(s string) (mark string, n int) {
	if s[0] != '<' {
		return "", 0
	}
	inner, closing := strings.CutPrefix(s[1:min(len(s), longestTag)], "/")
	n = strings.IndexFunc(inner, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 1 || n > 12 || strings.IndexByte(" \t/>", inner[n]) < 0 {
		return "", 0
	}
	name := strings.ToLower(inner[:n])
	kind, known := htmlElements[name]
	end := strings.IndexAny(s[1:min(len(s), longestTag)], "<>")
	switch {
	case !known && !inlineElements[name], end < 0, s[1+end] == '<':
		return "", 0
	case kind == htmlBold:
		mark = string(boldMark)
	case kind == htmlItalic:
		mark = string(italicMark)
	case kind == htmlBreak:
		mark = string(breakMark)
	case kind == htmlHeading && !closing:
		mark = string(blockMark) + strings.Repeat("#", int(name[1]-'0')) + " "
	case kind == htmlBlock, kind == htmlHeading, kind == htmlChrome:
		mark = string(blockMark)
	case kind == htmlSkipped && !closing:
		if to := strings.Index(strings.ToLower(s[1+end:min(len(s), 1+end+longestTag)]), "</"+name+">"); to >= 0 {
			return "", 1 + end + to + len(name) + 3
		}
	}
	return mark, end + 2
}

package transcript

import (
	"html"
	"strings"
	"unicode"
)

// line is one line of a transcript, freed from its format.
type line struct {
	num    int    // of the file, from 1
	text   string // with marks, without white space at its ends
	spaced bool   // a blank line or the edge of a block stands before
	level  int    // of a heading, 0 for none
	chrome bool   // from a part of a web page that holds no content, such as its menu
	voice  string // of a caption; with voiced
	voiced bool   // the format says who speaks
}

// htmlKind sorts the elements of HTML by what they mean for lines of text. What
// is not listed runs on within its line.
var htmlKind = map[string]int{
	"address": htmlBlock, "article": htmlBlock, "aside": htmlBlock, "blockquote": htmlBlock, "body": htmlBlock,
	"center": htmlBlock, "dd": htmlBlock, "details": htmlBlock, "div": htmlBlock, "dl": htmlBlock, "dt": htmlBlock,
	"fieldset": htmlBlock, "figcaption": htmlBlock, "figure": htmlBlock, "form": htmlBlock, "head": htmlBlock,
	"header": htmlBlock, "hr": htmlBlock, "html": htmlBlock, "li": htmlBlock, "main": htmlBlock, "ol": htmlBlock,
	"p": htmlBlock, "pre": htmlBlock, "section": htmlBlock, "summary": htmlBlock, "table": htmlBlock,
	"tbody": htmlBlock, "td": htmlBlock, "th": htmlBlock, "thead": htmlBlock, "tr": htmlBlock, "ul": htmlBlock,

	"h1": htmlHeading, "h2": htmlHeading, "h3": htmlHeading, "h4": htmlHeading, "h5": htmlHeading, "h6": htmlHeading,

	"nav": htmlChrome, "footer": htmlChrome, "button": htmlChrome, "title": htmlChrome, "label": htmlChrome,
	"select": htmlChrome,

	"script": htmlRaw, "style": htmlRaw, "template": htmlRaw, "textarea": htmlRaw, "svg": htmlRaw, "iframe": htmlRaw,
	"noscript": htmlRaw, "object": htmlRaw, "audio": htmlRaw, "video": htmlRaw, "canvas": htmlRaw,

	"b": htmlBold, "strong": htmlBold, "cite": htmlBold,
	"i": htmlItalic, "em": htmlItalic,
	"br": htmlBreak,
}

const (
	htmlInline  = iota
	htmlBlock   // stands on lines of its own
	htmlHeading // and is a heading
	htmlChrome  // and is no content
	htmlRaw     // left out with all that it holds
	htmlBold
	htmlItalic
	htmlBreak
)

// isHTML tells a saved web page from text that mentions a tag: it has a document
// tag or closes a paragraph or division.
func isHTML(s string) bool {
	head := strings.ToLower(strings.TrimSpace(s[:min(len(s), 2000)]))
	if strings.HasPrefix(head, "<!doctype html") || strings.Contains(head, "<html") || strings.Contains(head, "<body") {
		return true
	}
	if !strings.HasPrefix(head, "<") {
		return false
	}
	lower := strings.ToLower(s)
	for _, tag := range []string{"</p>", "</div>", "</li>", "</h1>", "</h2>", "</cite>", "</dd>", "</td>", "</span>", "<br>", "<br/>", "<br />"} {
		if strings.Contains(lower, tag) {
			return true
		}
	}
	return false
}

// htmlReader collects the lines of a web page.
type htmlReader struct {
	lines   []line
	text    strings.Builder
	num     int // line of the file
	start   int // line of the file where text began
	spaced  bool
	space   bool // white space is due before the next character
	level   int
	chrome  int // open elements without content
	pre     int
	bold    bool
	italic  bool
	pending [2]bool // bold, italic: a mark is due before the next character
}

// readHTML gives the lines of a web page: blocks on lines of their own, scripts
// and styles left out, entities decoded. It forgives what browsers forgive, in
// one pass over the page.
func readHTML(s string) []line {
	r := &htmlReader{num: 1, spaced: true}
	for len(s) > 0 {
		if s[0] != '<' {
			end := strings.IndexByte(s, '<')
			if end < 0 {
				end = len(s)
			}
			r.characters(s[:end])
			s = s[end:]
			continue
		}
		size := tagSize(s)
		if size == 0 { // a lone <
			r.characters("&lt;")
			s = s[1:]
			continue
		}
		tag := s[:size]
		s = s[size:]
		name, closing := tagName(tag)
		kind := htmlKind[name]
		if kind == htmlRaw && !closing && !strings.HasSuffix(tag, "/>") {
			skip := indexFold(s, "</"+name)
			r.num += strings.Count(tag, "\n") + strings.Count(s[:skip], "\n")
			s = s[skip:]
			continue
		}
		r.tag(name, kind, closing)
		r.num += strings.Count(tag, "\n")
	}
	r.flush(true)
	if r.chrome > 0 { // never closed: trust none of it
		for i := range r.lines {
			r.lines[i].chrome = false
		}
	}
	return r.lines
}

func (r *htmlReader) tag(name string, kind int, closing bool) {
	switch kind {
	case htmlBlock, htmlHeading, htmlChrome:
		r.flush(true)
		switch {
		case kind == htmlHeading && closing:
			r.level = 0
		case kind == htmlHeading:
			r.level = int(name[1] - '0')
		case kind == htmlChrome && closing:
			r.chrome = max(0, r.chrome-1)
		case kind == htmlChrome:
			r.chrome++
		case name == "pre" && closing:
			r.pre = max(0, r.pre-1)
		case name == "pre":
			r.pre++
		}
	case htmlBreak:
		r.flush(false)
	case htmlBold, htmlItalic:
		if name == "cite" && !closing { // of a podcast's transcript: a speaker
			r.flush(true)
		}
		on, mark := &r.bold, 0
		if kind == htmlItalic {
			on, mark = &r.italic, 1
		}
		if *on == closing {
			*on = !closing
			if closing && !r.pending[mark] {
				r.text.WriteByte(byte(boldMark + mark))
			} else {
				r.pending[mark] = !closing
			}
		}
	}
}

// characters takes text between tags.
func (r *htmlReader) characters(s string) {
	for _, c := range html.UnescapeString(s) {
		if c == '\n' {
			r.num++
			if r.pre > 0 {
				r.flush(false)
			}
		}
		if unicode.IsSpace(c) {
			r.space = r.text.Len() > 0
			continue
		}
		if unicode.IsControl(c) || c == '\u00AD' || c == '\u200B' || c == '\uFEFF' {
			continue // an entity can bring back what decode took out
		}
		if r.text.Len() == 0 {
			r.start = r.num
		}
		if r.space {
			r.text.WriteByte(' ')
			r.space = false
		}
		for mark, due := range r.pending {
			if due {
				r.text.WriteByte(byte(boldMark + mark))
				r.pending[mark] = false
			}
		}
		r.text.WriteRune(c)
	}
}

// flush ends the line. Emphasis that is open ends with it and starts again on
// the next.
func (r *htmlReader) flush(block bool) {
	for mark, on := range []bool{r.bold, r.italic} {
		if on && !r.pending[mark] {
			r.text.WriteByte(byte(boldMark + mark))
			r.pending[mark] = true
		}
	}
	text := strings.TrimSpace(r.text.String())
	if unmark(text) != "" {
		r.lines = append(r.lines, line{num: r.start, text: text, spaced: r.spaced, level: r.level, chrome: r.chrome > 0})
		r.spaced = false
	}
	r.text.Reset()
	r.space = false
	r.spaced = r.spaced || block
}

// tagSize is the length of the tag or comment that s begins with, 0 when it is
// a mere sign.
func tagSize(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		return len(s)
	}
	if len(s) < 2 || !(isASCIILetter(s[1]) || s[1] == '/' || s[1] == '!' || s[1] == '?') {
		return 0
	}
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

func tagName(tag string) (name string, closing bool) {
	tag = tag[1:]
	if strings.HasPrefix(tag, "/") {
		closing, tag = true, tag[1:]
	}
	end := 0
	for end < len(tag) && (isASCIILetter(tag[end]) || tag[end] >= '0' && tag[end] <= '9') {
		end++
	}
	return strings.ToLower(tag[:end]), closing
}

func isASCIILetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// indexFold is where the ASCII string sub begins in s in any case, or len(s).
func indexFold(s, sub string) int {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], sub[0])
		if i < 0 || at+i+len(sub) > len(s) {
			return len(s)
		}
		at += i
		if strings.EqualFold(s[at:at+len(sub)], sub) {
			return at
		}
		at++
	}
}

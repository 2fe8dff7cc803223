package transcript

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// htmlKind is what an element of HTML means for lines of text.
type htmlKind int

const (
	htmlInline  htmlKind = iota // runs on within its line: every element that isn't listed
	htmlBlock                   // stands on lines of its own
	htmlHeading                 // is a block and a heading
	htmlChrome                  // is a block without content, such as a menu
	htmlSkipped                 // is left out with all that it holds
	htmlBold
	htmlItalic
	htmlBreak // ends the line
)

// htmlElements lists the elements that don't run on within a line.
var htmlElements = map[string]htmlKind{
	"address": htmlBlock, "article": htmlBlock, "aside": htmlBlock, "blockquote": htmlBlock, "body": htmlBlock,
	"center": htmlBlock, "dd": htmlBlock, "details": htmlBlock, "div": htmlBlock, "dl": htmlBlock, "dt": htmlBlock,
	"fieldset": htmlBlock, "figcaption": htmlBlock, "figure": htmlBlock, "form": htmlBlock, "head": htmlBlock,
	"header": htmlBlock, "hr": htmlBlock, "html": htmlBlock, "li": htmlBlock, "main": htmlBlock, "ol": htmlBlock,
	"p": htmlBlock, "pre": htmlBlock, "section": htmlBlock, "summary": htmlBlock, "table": htmlBlock,
	"tbody": htmlBlock, "td": htmlBlock, "th": htmlBlock, "thead": htmlBlock, "tr": htmlBlock, "ul": htmlBlock,

	"h1": htmlHeading, "h2": htmlHeading, "h3": htmlHeading, "h4": htmlHeading, "h5": htmlHeading, "h6": htmlHeading,

	"nav": htmlChrome, "footer": htmlChrome, "button": htmlChrome, "title": htmlChrome, "label": htmlChrome,
	"select": htmlChrome,

	"script": htmlSkipped, "style": htmlSkipped, "template": htmlSkipped, "textarea": htmlSkipped, "svg": htmlSkipped,
	"iframe": htmlSkipped, "noscript": htmlSkipped, "object": htmlSkipped, "audio": htmlSkipped, "video": htmlSkipped,
	"canvas": htmlSkipped,

	"b": htmlBold, "strong": htmlBold, "cite": htmlBold,
	"i": htmlItalic, "em": htmlItalic,
	"br": htmlBreak,
}

// isHTML reports whether s is a saved web page and not text that mentions a tag: it
// has a document tag or closes a paragraph or the like.
func isHTML(s string) bool {
	head := strings.ToLower(strings.TrimSpace(s[:min(len(s), 2000)]))
	if strings.HasPrefix(head, "<!doctype html") || strings.Contains(head, "<html") || strings.Contains(head, "<body") {
		return true
	}
	if !strings.HasPrefix(head, "<") {
		return false
	}
	lower := strings.ToLower(s)
	for _, tag := range []string{
		"</p>", "</div>", "</li>", "</h1>", "</h2>", "</cite>", "</dd>", "</td>", "</span>", "<br>", "<br/>", "<br />",
	} {
		if strings.Contains(lower, tag) {
			return true
		}
	}
	return false
}

// htmlReader collects the lines of a web page.
type htmlReader struct {
	lines   []line
	words   int             // about how many they hold
	text    strings.Builder // of the line that is being read
	num     int             // line of the file
	start   int             // line of the file where text began
	spaced  bool            // a block has begun or ended since the last line
	space   bool            // white space is due before the next character
	level   int             // of the open heading, 0 for none
	chrome  int             // number of open elements without content
	pre     int             // number of open pre elements
	blank   bool            // nothing stands on the line of pre
	bold    bool
	italic  bool
	pending [2]bool // bold, italic: a mark is due before the next character
	inCell  bool    // of a table
	tableCells
}

// readHTML returns the lines of a web page: blocks on lines of their own, scripts and
// styles left out, entities decoded; up to mostWords and one line more. Broken markup is
// read as browsers read it, in one pass over the page: the time is linear in its size,
// and nothing is kept of the elements that are open but their number.
func readHTML(s string) []line { return readHTMLPage(s).lines }

// readHTMLPage is readHTML with the rows of the page's tables.
func readHTMLPage(s string) *htmlReader {
	r := &htmlReader{num: 1, spaced: true}
	z := html.NewTokenizer(strings.NewReader(s))
	lastTitleEnd := lastIndexFold(s, "</title")
	skipped := "" // the element that is being left out
	at := 0       // offset in s of the end of the token
	for {
		token := z.Next()
		if token == html.ErrorToken { // the end
			break
		}
		raw := z.Raw()
		at += len(raw)
		newlines := bytes.Count(raw, []byte{'\n'})
		if token == html.TextToken && skipped == "" {
			r.characters(string(raw))
			continue
		}
		if token == html.StartTagToken || token == html.EndTagToken || token == html.SelfClosingTagToken {
			nameBytes, _ := z.TagName()
			name, closing := string(nameBytes), token == html.EndTagToken
			kind := htmlElements[name]
			if !isRawText(name, kind) || token == html.SelfClosingTagToken || name == "title" && at > lastTitleEnd {
				z.NextIsNotRawText()
			}
			switch {
			case skipped != "":
				// Such elements hardly ever nest: the first end is taken for the right one.
				if closing && name == skipped {
					skipped = ""
				}
			case token == html.StartTagToken && isFootnote(raw):
				skipped = name
			case kind != htmlSkipped:
				r.tag(name, kind, closing)
			case token == html.StartTagToken:
				skipped = name
			}
		}
		r.num += newlines
	}
	r.flush(true)
	if r.chrome > 0 { // never closed: which lines it was meant for is unknown
		for i := range r.lines {
			r.lines[i].chrome = false
		}
	}
	return r
}

// tablePart handles the start tag of a table, a row or a cell, or its end tag. Rows and cells may end
// without one.
func (r *htmlReader) tablePart(name string, closing bool) {
	part := func(part tablePart, begins bool) { r.part(r.lines, r.num, part, begins) }
	if r.tables <= 1 && r.inCell && (name != "table" || closing) {
		part(tableCell, false)
		r.inCell = false
	}
	switch name {
	case "table":
		part(tableWhole, !closing)
	case "tr":
		part(tableRow, !closing)
	case "td", "th":
		if !closing {
			part(tableCell, true)
			r.inCell = r.inCell || r.tables == 1
		}
	}
}

// footnotes matches what e-books, and pages that were made with them, name footnotes and their
// numbers by.
var footnotes = lazyRegexp(`(?i)\s(?:epub:type|role|class)\s*=\s*["'](?:[^"']*\s)?(?:doc-)?(?:noteref|footnote-ref|(?:foot|end|rear)notes?)["'\s]`)

// isFootnote reports whether a tag begins a footnote, or the number of one.
func isFootnote(tag []byte) bool {
	return bytes.Contains(tag, []byte("note")) && footnotes().Match(tag)
}

// isRawText reports whether the tags inside an element are text. The tokenizer takes
// more elements for such, xmp and noframes among them, but their tags are those of a
// page.
func isRawText(name string, kind htmlKind) bool { return kind == htmlSkipped || name == "title" }

// lastIndexFold returns where the ASCII string sub, in any case, begins last in s, or -1.
// Sub begins with a character that has no case.
func lastIndexFold(s, sub string) int {
	for i := strings.LastIndexByte(s, sub[0]); i >= 0; i = strings.LastIndexByte(s[:i], sub[0]) {
		if len(s)-i >= len(sub) && strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}

// tag handles the start tag of an element, or its end tag.
func (r *htmlReader) tag(name string, kind htmlKind, closing bool) {
	switch kind {
	case htmlBlock, htmlHeading, htmlChrome:
		r.flush(true)
		switch {
		case name == "table", name == "tr", name == "td", name == "th":
			r.tablePart(name, closing)
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

// characters handles text between tags, with its entities.
func (r *htmlReader) characters(s string) {
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			r.num++
			r.lineBreak()
		}
		for _, c := range html.UnescapeString(part) {
			r.character(c)
		}
	}
}

// lineBreak handles a line break in the text, which is white space but in pre.
func (r *htmlReader) lineBreak() {
	if r.pre > 0 {
		r.flush(r.blank)
		r.blank = true
	}
	r.space = r.text.Len() > 0
}

// character handles one character of the text.
func (r *htmlReader) character(c rune) {
	switch {
	case c == '\n': // written as an entity
		r.lineBreak()
		return
	case unicode.IsSpace(c):
		r.space = r.text.Len() > 0
		return
	case unicode.IsControl(c) || c == '\u00AD' || c == '\u200B' || c == '\uFEFF':
		return // an entity can bring back what decoding has removed
	}
	if r.text.Len() == 0 {
		r.start = r.num
	}
	r.blank = false
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
	if unmark(text) != "" && r.words <= mostWords {
		r.words += wordsIn(text)
		r.lines = append(r.lines, line{num: r.start, text: text, spaced: r.spaced, level: r.level, chrome: r.chrome > 0})
		r.spaced = false
	}
	r.text.Reset()
	r.space = false
	r.spaced = r.spaced || block
}

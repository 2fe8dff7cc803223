package transcript

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// What people read of an episode, in the forms that package readable of subtitles writes: a head says who speaks and
// from when on, and below it stands what is said. Such a file holds nothing else, so that nobody needs to guess what in
// it is a name, a time, a note or a direction.

// turnForms returns these forms.
func turnForms() []exportForm {
	return []exportForm{
		{Form{"HTML of turns", "p elements with cite or time before them, headings, and no other text",
			"Podcasting 2.0's recommendation for HTML: github.com/Podcastindex-org/podcast-namespace, transcripts.md"},
			isOf(citedTurns), readBy(citedTurns)},
		{Form{"Markdown of turns", "paragraphs and headings alone, and of those some that are a name in bold and a time in brackets, such as [1:02]",
			"what convert and align write as .md"}, isOf(markdownTurns), readBy(markdownTurns)},
		{Form{"text of turns", "lines alone that are a name and a time in brackets, such as [1:02], right above a paragraph, and headings",
			"what convert and align write as .transcript.txt"}, isOf(textTurns), readBy(textTurns)},
	}
}

// IsTurns reports whether a decoded text is of one of the forms of turns: cuewright writes them for people.
func IsTurns(text string) bool {
	e := &export{text: text}
	return slices.ContainsFunc(turnForms(), func(f exportForm) bool { return f.is(e) })
}

// turnReader reads the pieces of a text, if it is of its form.
type turnReader func(text string) ([]piece, bool)

// isOf returns what tells an export by its reader.
func isOf(r turnReader) func(*export) bool {
	return func(e *export) bool {
		_, ok := r(e.text)
		return ok
	}
}

// readBy returns what reads an export by its reader.
func readBy(r turnReader) func(*export) error {
	return func(e *export) error {
		e.pieces, _ = r(e.text)
		e.turns = true
		return nil
	}
}

// turns collects the paragraphs of a text by turns.
type turns struct {
	pieces  []piece
	speaker string
	at      hint // of the next paragraph
	line    int  // of the head, 0 for none
}

// head begins a turn.
func (t *turns) head(speaker string, at hint, line int) { t.speaker, t.at, t.line = speaker, at, line }

// paragraph adds one; said rules out that it is a direction.
func (t *turns) paragraph(text string, said bool, line int) {
	if t.line > 0 {
		line = t.line
	}
	t.pieces = append(t.pieces, piece{speaker: t.speaker, text: text, opens: true, said: said, line: line, hint: t.at})
	t.at, t.line = hint{}, 0
}

// The levels of headings in such files: of the title, which stands first, and of its parts.
const (
	titleLevel = 1
	partLevel  = 2
)

// heading adds one, and reports whether it may stand there.
func (t *turns) heading(text string, level, line int) bool {
	if text = strings.TrimSpace(text); text == "" || t.line > 0 || level == titleLevel && len(t.pieces) > 0 {
		return false
	}
	t.pieces = append(t.pieces, piece{speaker: t.speaker, text: text, opens: true, said: true, level: level, line: line})
	return true
}

// nothingSaid reports whether no paragraph was added.
func (t *turns) nothingSaid() bool {
	return !slices.ContainsFunc(t.pieces, func(p piece) bool { return p.level == 0 })
}

// named returns the pieces, none of whose text is a label if anybody is named, and reports whether somebody is.
func (t *turns) named() (pieces []piece, ok bool) {
	for i := range t.pieces {
		ok = ok || t.pieces[i].speaker != ""
	}
	for i := range t.pieces {
		t.pieces[i].named = ok
	}
	return t.pieces, ok
}

// turnTime matches a time as such files have it: 0:07, 12:34, 1:02:03, 101:02:03.
const turnTime = `(?:[0-9]|[1-5][0-9]|[1-9][0-9]{0,2}:[0-5][0-9]):[0-5][0-9]`

// turnUnit is what such times count.
const turnUnit = time.Second

var (
	turnHead     = lazyRegexp(`^(?:(.*\S) )?\[(` + turnTime + `)\]$`)
	markdownHead = lazyRegexp(`^(?:\*\*(.*\S)\*\* )?\[(` + turnTime + `)\]$`)
	// underline matches what stands below the title, or else below the heading of a part.
	underline = lazyRegexp(`^(?:={3,}|-{3,})$`)
	turnLead  = lazyRegexp(`^\[(` + turnTime + `)\] `)
	// markdownBlock matches what begins a block of Markdown that is no paragraph.
	markdownBlock = lazyRegexp("^(?:#|>|[-+*] |[0-9]{1,9}[.)] |```|~~~|<|---|===|\\|)")
)

// lead cuts the time from the start of a paragraph, and reports whether there is one.
func (t *turns) lead(text string) (rest string, ok bool) {
	m := turnLead().FindStringSubmatch(text)
	if m == nil {
		return text, false
	}
	t.at = parseTime(m[1]).hint(turnUnit)
	return text[len(m[0]):], true
}

// textTurns reads plain text: a head stands right above a paragraph, a heading above a line of signs, and blank lines
// part the rest.
func textTurns(text string) ([]piece, bool) {
	if !strings.Contains(text, "]\n") && !strings.Contains(text, "]\r") {
		return nil, false
	}
	var t turns
	head, block := false, 0 // whether the line before is a head; how many lines the block has
	lines := strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n")
	for i := 0; i < len(lines); i++ {
		line, num := strings.TrimSpace(lines[i]), i+1
		if line == "" {
			if head {
				return nil, false
			}
			block = 0
			continue
		}
		block++
		m := turnHead().FindStringSubmatch(line)
		if below := strings.TrimSpace(lines[min(i+1, len(lines)-1)]); block == 1 && m == nil && underline().MatchString(below) {
			if level := map[byte]int{'=': titleLevel, '-': partLevel}[below[0]]; !t.heading(line, level, num) {
				return nil, false
			}
			i, block = i+1, 2
			continue
		}
		switch {
		case block == 1 && m != nil:
			t.head(m[1], parseTime(m[2]).hint(turnUnit), num)
			head = true
			continue
		case block == 1 && t.nothingSaid() && !IsDirection(line), block == 2 && !head, block > 2:
			return nil, false
		}
		head = false
		rest, said := t.lead(line)
		t.paragraph(rest, said, num)
	}
	pieces, ok := t.named()
	return pieces, ok && !head && !t.nothingSaid()
}

// markdownHeading matches a heading, and its level.
var markdownHeading = lazyRegexp(`^(#{1,2})\s+(.*\S)$`)

// markdownTurns reads Markdown: heads, headings and paragraphs are lines between blank ones.
func markdownTurns(text string) ([]piece, bool) {
	if !strings.Contains(text, "** [") {
		return nil, false
	}
	var t turns
	head, after := false, false // whether the paragraph before is a head; whether the line before is one of text
	num := 0
	for line := range strings.Lines(text) {
		num++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF"))
		if line == "" {
			after = false
			continue
		}
		if after {
			return nil, false
		}
		after = true
		if m := markdownHead().FindStringSubmatch(line); m != nil {
			if head {
				return nil, false
			}
			t.head(unescape(m[1]), parseTime(m[2]).hint(turnUnit), num)
			head = true
			continue
		}
		if m := markdownHeading().FindStringSubmatch(line); m != nil {
			if !t.heading(unescape(m[2]), len(m[1]), num) {
				return nil, false
			}
			continue
		}
		rest, said := t.lead(line)
		if inner, ok := unwrap(rest, '*', '*'); ok && !said && (strings.HasPrefix(inner, "[") || IsDirection(inner)) {
			rest = inner
		} else if t.nothingSaid() && !head || markdownBlock().MatchString(rest) {
			return nil, false
		}
		head = false
		t.paragraph(unescape(rest), said, num)
	}
	pieces, ok := t.named()
	return pieces, ok && !head && !t.nothingSaid()
}

// The elements of a page of turns, beside p: those around turns, and what stands above p.
var (
	turnFrames   = set(`html body main article section div a br hr`)
	turnParts    = set(`cite time h1 h2`)
	turnsIgnored = set(`head header footer nav aside form search button script style template noscript audio video svg`)
)

// citedReader reads a page of turns.
type citedReader struct {
	turns
	in      string // the element that is open: cite, time, p, a heading, a div that is a direction, or ""
	text    strings.Builder
	said    bool
	num     int  // line of the file
	start   int  // line of the element
	heads   int  // number of cite and time elements
	fit     bool // headings stand where they may
	skipped int  // number of elements of ignored that are open
	ignored string
}

// citedTurns reads HTML: cite and time are the head of the p below.
func citedTurns(text string) ([]piece, bool) {
	lower := strings.ToLower(text)
	if !strings.Contains(lower, "<time") && !strings.Contains(lower, "<cite") || !isHTML(strings.TrimPrefix(text, "\uFEFF")) {
		return nil, false
	}
	r := citedReader{num: 1, fit: true}
	z := html.NewTokenizer(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	for {
		token := z.Next()
		if token == html.ErrorToken {
			break
		}
		raw := z.Raw()
		newlines := bytes.Count(raw, []byte{'\n'})
		ok := true
		switch token {
		case html.TextToken:
			ok = r.characters(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, attributes := z.TagName()
			tag := string(name)
			if token == html.EndTagToken {
				r.end(tag)
				break
			}
			class := ""
			for attributes {
				var key, value []byte
				if key, value, attributes = z.TagAttr(); string(key) == "class" {
					class = string(value)
				}
			}
			ok = r.begin(tag, class, token == html.SelfClosingTagToken)
		}
		if !ok {
			return nil, false
		}
		r.num += newlines
	}
	r.end(r.in)
	pieces, _ := r.named()
	return pieces, r.fit && !r.nothingSaid() && r.heads*2 >= len(pieces)
}

// begin handles the start tag of an element, and reports whether a page of turns may have it.
func (r *citedReader) begin(tag, class string, closed bool) bool {
	switch {
	case r.ignored != "":
		if tag == r.ignored && !closed {
			r.skipped++
		}
	case turnsIgnored[tag]:
		if !closed {
			r.ignored, r.skipped = tag, 1
		}
	case r.in == "" && (turnParts[tag] || tag == "div" && class == "direction"), tag == "p":
		r.end(r.in)
		r.in, r.said, r.start = tag, class == "speech", r.num
		r.text.Reset()
	case r.in == "p" && tag == "br":
		r.text.WriteByte('\n')
	case r.in != "":
		kind := htmlElements[tag]
		return kind == htmlInline || kind == htmlBold || kind == htmlItalic
	default:
		return turnFrames[tag]
	}
	return true
}

// end handles the end tag of an element.
func (r *citedReader) end(tag string) {
	if r.ignored != "" {
		if tag == r.ignored {
			if r.skipped--; r.skipped == 0 {
				r.ignored = ""
			}
		}
		return
	}
	if tag == "" || tag != r.in {
		return
	}
	r.in = ""
	switch text := r.text.String(); tag {
	case "cite":
		r.heads++
		name := strings.TrimSpace(strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ":"))
		r.head(name, r.at, r.start)
	case "time":
		r.heads++
		r.at = parseTime(text).hint(turnUnit)
		if r.line == 0 {
			r.line = r.start
		}
	case "h1", "h2":
		level := int(tag[1] - '0')
		r.fit = r.fit && r.heading(strings.Join(strings.Fields(text), " "), level, r.start)
	case "p", "div":
		if strings.TrimSpace(text) != "" {
			r.paragraph(text, r.said, r.start)
		}
	}
}

// characters handles text between tags, and reports whether it may stand there.
func (r *citedReader) characters(s string) bool {
	switch {
	case r.ignored != "":
	case r.in == "":
		return strings.TrimSpace(s) == ""
	default:
		for _, c := range s {
			if c == '\n' || c == '\r' { // but for br, a line goes on
				c = ' '
			}
			r.text.WriteRune(c)
		}
	}
	return true
}

package format

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// markup is what the text of cues holds beside text.
type markup struct {
	tag      *regexp.Regexp // stands for nothing, or for what markupReader.tag knows
	opens    string         // what a tag may begin with
	times    bool           // a time in the text is that of the word behind it
	unescape func(string) string
}

var (
	voiceTag = lazyRegexp(`^<v((?:\.[^\s>]*)?)\s+([^>]*)>$`)
	breakTag = lazyRegexp(`(?i)^(?:<br\s*/?>|\\n)$`)
	timeTag  = lazyRegexp(`^<(?:\d{2,4}:)?\d{2}:\d{2}\.\d{3}>$`)
	styleTag = lazyRegexp(`^[<{](/?)([A-Za-z]+)((?:\.[^\s>}]*)?)\s*([^>}]*)[>}]$`)
	htmlAttr = lazyRegexp(`([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))`)
)

// lines returns the lines of a cue without their markup, each with its voice. A voice
// lasts until another one, or until its end, over whatever punctuation follows that.
func (m markup) lines(r *markupReader, c *Cue, lines []textLine) []Line {
	*r = markupReader{cue: c, spans: r.spans[:0], pieces: r.pieces[:0], open: r.open[:0]} // their memory is of use
	if len(lines) > 0 {
		r.all = make([]Line, 0, len(lines))
	}
	for _, l := range lines {
		r.number = l.number
		for rest := l.text; rest != ""; {
			tag := []int{len(rest), len(rest)}
			if strings.ContainsAny(rest, m.opens) {
				if at := m.tag.FindStringIndex(rest); at != nil {
					tag = at
				}
			}
			r.text(m.unescape(rest[:tag[0]]))
			switch t := rest[tag[0]:tag[1]]; {
			case t == "":
			case isPath(t):
				r.text(m.unescape(t))
			case m.times && timeTag().MatchString(t):
				r.stamp = parseCueTime(t[1 : len(t)-1])
			case breakTag().MatchString(t):
				r.flush(false)
			case t == `\h`:
				r.text("\u00A0")
			case strings.HasPrefix(t, `{\`):
				r.codes(t)
			case strings.HasPrefix(t, "{y:"), strings.HasPrefix(t, "{Y:"):
				r.base = r.base.withLetters(t[3 : len(t)-1])
				r.restyle()
			default:
				r.tag(t)
			}
			rest = rest[tag[1]:]
		}
		r.flush(false)
	}
	if len(r.all) == 0 {
		return nil
	}
	return r.all
}

// isPath reports whether what looks like an escape is part of a path, such as C:\News.
func isPath(t string) bool { return len(t) == 3 && t[1] == '\\' && (t[0] == ':' || t[0] == '\\') }

// markupReader collects the lines of a cue.
type markupReader struct {
	cue    *Cue // that the lines are of
	all    []Line
	number int           // of the line that is read
	spans  []span        // of the line, but for the last one
	start  time.Duration // of the last span
	pieces []string      // of its text, which tags cut
	voice  string
	class  string        // of the voice
	ended  bool          // the voice has, and its line goes on
	goesOn bool          // the line to come stands beside the last one
	spaced bool          // a space stands between the two
	stamp  time.Duration // an inline time that waits for text; 0 for none
	base   Style         // of text outside of tags, as codes of ASS have it
	open   []openTag     // from the outermost on
	style  Style         // of the text to come: base and open
}

// openTag is a tag that has not ended.
type openTag struct {
	name    string // in lower case
	classes string // with a full stop before each
	rest    string // what stands behind: attributes, or an annotation
	from    int    // the first of the spans of a ruby, or of the text above it
}

// on returns a style as the tag changes it.
func (t openTag) on(s Style) Style {
	for class := range strings.SplitSeq(ShortName(t.classes), ".") {
		s = s.addClass(Clean(class))
	}
	switch t.name {
	case "b", "strong":
		s.Bold = true
	case "i", "em":
		s.Italic = true
	case "u":
		s.Underline = true
	case "s", "strike", "del":
		s.Strike = true
	case "lang":
		s.Lang = Clean(ShortName(t.rest))
	case "font", "span":
		for _, a := range htmlAttr().FindAllStringSubmatch(t.rest, -1) {
			value := Clean(ShortName(html.UnescapeString(a[2] + a[3] + a[4])))
			switch strings.ToLower(a[1]) {
			case "color":
				s.Color = cmp.Or(parseColor(value), s.Color)
			case "face":
				s.Face = value
			case "size":
				s.Size = value
			case "style":
				s = s.withCSS(value)
			}
		}
	}
	return s
}

// tag reads a tag.
func (r *markupReader) tag(t string) {
	if m := voiceTag().FindStringSubmatch(t); m != nil {
		r.flush(true)
		r.voice = Clean(ShortName(html.UnescapeString(m[2])))
		r.class = Clean(strings.ReplaceAll(ShortName(m[1]), ".", " "))
		return
	}
	m := styleTag().FindStringSubmatch(t)
	if m == nil {
		return
	}
	name := strings.ToLower(m[2])
	switch {
	case m[1] == "":
		r.begin(openTag{name: name, classes: m[3], rest: m[4]})
	case name == "v":
		r.ended = r.voice != ""
	case name == "ruby":
		r.end("rt")
		r.end(name)
	default:
		r.end(name)
	}
}

// begin opens a tag. Those that nobody nests that deep are nothing.
func (r *markupReader) begin(t openTag) {
	if len(r.open) == deepest {
		return
	}
	if t.name == "ruby" || t.name == "rt" {
		r.endSpan()
		t.from = len(r.spans)
	}
	r.open = append(r.open, t)
	r.restyle()
}

// end ends the innermost tag of that name.
func (r *markupReader) end(name string) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if t := r.open[i]; t.name == name {
			if name == "rt" {
				r.annotate(t.from)
			}
			r.open = slices.Delete(r.open, i, i+1)
			r.restyle()
			return
		}
	}
}

// annotate puts the text of the spans from that one on above those that the innermost
// ruby has before them.
func (r *markupReader) annotate(from int) {
	r.endSpan()
	from = min(from, len(r.spans))
	var above strings.Builder
	for _, s := range r.spans[from:] {
		above.WriteString(s.text)
	}
	r.spans = r.spans[:from]
	for i := len(r.open) - 1; i >= 0; i-- {
		if t := &r.open[i]; t.name == "ruby" {
			for k := min(t.from, from); k < from; k++ {
				r.spans[k].style.Ruby = Clean(ShortName(above.String()))
			}
			t.from = from
			return
		}
	}
}

// restyle begins a span where the text to come has another style.
func (r *markupReader) restyle() {
	s := r.base
	for _, t := range r.open {
		s = t.on(s)
	}
	if s != r.style {
		r.endSpan()
		r.style = s
	}
}

// codes reads override codes of ASS, which players know in SubRip, too.
func (r *markupReader) codes(block string) {
	for _, c := range assCodes(block) {
		if c.name == "fs" || c.isEffect() { // the unit of a size is anyone's guess
			r.cue.Effects = true
			continue
		}
		r.base = c.on(r.base, Style{})
		switch key := c.key(); {
		case c.name == "pos":
			if x, y, ok := c.point(); ok && r.cue.Settings.Get("pos") == "" {
				key, _ := r.cue.Settings.anchor()
				r.cue.Settings = append(placed(key, x/srtWidth, y/srtHeight), Setting{"pos", c.value})
			}
		case key > 0 && len(r.cue.Settings) == 0:
			r.cue.Settings = anchored(key)
		}
	}
	r.restyle()
}

// The size of the screen on which players place SubRip with codes of ASS.
const srtWidth, srtHeight = 384, 288

// text adds text without markup to the line.
func (r *markupReader) text(s string) {
	if r.ended && strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }) {
		r.flush(true)
	}
	blank := len(s) - len(strings.TrimLeftFunc(s, isBlank))
	if r.stamp > 0 && blank < len(s) {
		r.add(s[:blank])
		r.endSpan()
		s, r.start, r.stamp = s[blank:], r.stamp, 0
	}
	r.add(s)
}

// add adds to the last span of the line.
func (r *markupReader) add(s string) {
	if s != "" {
		r.pieces = append(r.pieces, s)
	}
}

// endSpan ends the last span of the line.
func (r *markupReader) endSpan() {
	if len(r.pieces) == 0 {
		return
	}
	r.spans = append(r.spans, span{strings.Join(r.pieces, ""), r.start, r.style})
	r.pieces, r.start = r.pieces[:0], 0
}

// flush ends the line; the next one may stand beside it, where only the voice is another.
// A time at its end is that of the next one.
func (r *markupReader) flush(beside bool) {
	r.end("rt")
	r.endSpan()
	if l := newLine(r.voice, r.number, r.spans); len(l.Words) > 0 {
		l.Class = r.class
		if r.goesOn {
			l.Beside = true
			l.Words[0].Glued = !r.spaced && strings.IndexFunc(r.spans[0].text, isBlank) != 0
		}
		last, _ := utf8.DecodeLastRuneInString(r.spans[len(r.spans)-1].text)
		r.all = append(r.all, l)
		r.goesOn, r.spaced = beside, isBlank(last)
	} else if !beside {
		r.goesOn = false
	}
	r.spans = r.spans[:0]
	for i := range r.open {
		r.open[i].from = 0
	}
	if r.ended {
		r.voice, r.class, r.ended = "", "", false
	}
}

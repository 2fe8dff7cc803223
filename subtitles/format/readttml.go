package format

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readTTML reads the paragraphs of TTML. go-astisub needs a begin and an end, loses
// what is nested, and knows neither agents nor durations.
func readTTML(text string) (*File, error) {
	text = mendXML(text)
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	t := ttmlReader{
		rates: defaultRates(), agents: map[string]string{}, unseen: map[string]bool{}, regions: map[string]*ttmlTimes{},
		looks: newLooks(), around: []ttmlLook{{Style: Style{Size: "100%"}, scale: 1}},
		scales: map[float64]int{}, faces: map[string]int{}, times: []container{{end: never}},
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			t.finish()
			return &t.file, nil
		}
		t.line, _ = d.InputPos()
		switch {
		case err == nil:
			err = t.token(token)
		case d.InputOffset() >= int64(len(text)): // within an element, a tag or an entity
			t.leave()
			err = fmt.Errorf("it is no TTML: %w: %w", ErrCutOff, err)
		default:
			err = fmt.Errorf("it is no TTML: %w", err)
		}
		if err != nil {
			t.finish()
			return &t.file, fmt.Errorf("line %d: %w", t.line, err)
		}
	}
}

// mendXML returns XML in which signs that should be escaped are: a < that opens no tag, an &
// that opens no entity, and control characters, which XML does not know. It has as many lines.
func mendXML(text string) string {
	if strings.Contains(text, "<br>") && !strings.Contains(text, "</br>") {
		text = strings.ReplaceAll(text, "<br>", "<br/>") // as in HTML
	}
	if !strings.ContainsFunc(text, isStrayXML) {
		return text
	}
	var b strings.Builder
	for text != "" {
		at := strings.IndexFunc(text, isStrayXML)
		if at < 0 {
			break
		}
		b.WriteString(text[:at])
		text = text[at:]
		n, as := 1, ""
		switch text[0] {
		case '<':
			if n = tagStart(text); n == 0 {
				n, as = 1, "&lt;"
			}
		case '&':
			if n = len(entityStart().FindString(text)); n == 0 || text[1] != '#' && !knownEntity(text[1:n-1]) {
				n, as = 1, "&amp;"
			}
		default:
			_, n = utf8.DecodeRuneInString(text)
			as = " "
		}
		if as == "" {
			as = text[:n]
		}
		b.WriteString(as)
		text = text[n:]
	}
	b.WriteString(text)
	return b.String()
}

// isStrayXML reports whether mendXML looks at r.
func isStrayXML(r rune) bool {
	return r == '<' || r == '&' || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// tagStart returns how many bytes at the start of text, a <, are of a tag, or are a whole
// comment or character data, which nothing is to be changed in; 0 for no tag.
func tagStart(text string) int {
	for _, s := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}} {
		if !strings.HasPrefix(text, s[0]) {
			continue
		}
		if end := strings.Index(text, s[1]); end > 0 {
			return end
		}
		return len(text)
	}
	next, _ := utf8.DecodeRuneInString(text[1:])
	if unicode.IsLetter(next) || strings.ContainsRune("_:/!?", next) {
		return 1
	}
	return 0
}

var entityStart = lazyRegexp(`^&(?:#(?:x[0-9a-fA-F]{1,6}|\d{1,7})|\w{1,32});`)

func knownEntity(name string) bool {
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return true
	}
	return xml.HTMLEntity[name] != ""
}

// ttmlReader is where readTTML stands in its file.
type ttmlReader struct {
	file   File
	line   int
	depth  int
	rates  ttmlRates
	space  string            // the namespace of the root element
	agents map[string]string // names by their identifiers
	agent  string            // that is being defined
	naming bool              // its name follows
	name   strings.Builder   // what was read of it
	p      *paragraph        // that is open, nil outside of one
	within []*paragraph      // those that p stands in, from the outermost on
	beside int               // the depth of the element that describes p or is not shown; 0 outside of one
	// absolute: times are from the start of the recording wherever they stand, as Apple has it.
	absolute bool
	unseen   map[string]bool // whether what has the style or region of that identifier is not shown
	regions  map[string]*ttmlTimes
	styled   string          // the region that is being defined
	times    []container     // those that p stands in: that of the file, of the body, of divisions
	looks    looks           // styles and regions
	around   []ttmlLook      // of what times are of
	scales   map[float64]int // how many paragraphs have text of that scale
	faces    map[string]int  // and of that font
	field    string          // the metadata that is being read, "" outside of it
	endless  []endlessCue    // those that have no end, in the order of the file
}

// paragraph is text that is being read.
type paragraph struct {
	container
	number  int   // of its line
	err     error // of its times
	pieces  []piece
	spans   []timedSpan // those that have times
	open    []openSpan  // the spans that are open in it, from the outermost on, below one for itself
	inParts bool        // others stand in it, and this is what follows one of them

	settings Settings
	effects  bool     // see Cue.Effects
	bases    [][2]int // of ruby: the pieces of those without text above them, from and to
}

// openSpan is a span that is open, or the paragraph itself.
type openSpan struct {
	voice string
	timed int  // the innermost span with times, as an index into the paragraph's; -1 for none
	unit  bool // it is a word or a sentence, which stands apart from the next one without a space
	look  ttmlLook
	ruby  string // what it is of ruby, "" for none
	from  int    // its first piece
}

// piece is text between two tags, or a tag that parts text.
type piece struct {
	kind  pieceKind
	text  string
	voice string
	timed int // as in openSpan
	style Style
}

type pieceKind int

const (
	textPiece  pieceKind = iota
	breakPiece           // a line break
	unitPiece            // the edge of a unit, see openSpan
)

// add adds a piece of that kind.
func (p *paragraph) add(kind pieceKind, text string) {
	in := p.innermost()
	p.pieces = append(p.pieces, piece{kind, text, in.voice, in.timed, in.look.Style})
}

func (p *paragraph) innermost() *openSpan { return &p.open[len(p.open)-1] }

// isEmpty reports whether the paragraph has no text.
func (p *paragraph) isEmpty() bool {
	return !slices.ContainsFunc(p.pieces, func(p piece) bool { return !p.isBlank() })
}

func (p piece) isBlank() bool { return strings.TrimSpace(p.text) == "" }

// rowsOfPieces returns the rows that pieces make. Another speaker begins another row.
func rowsOfPieces(pieces []piece) []row {
	var rows []row
	var spans []span
	var text strings.Builder
	var style Style
	speaker := ""
	if len(pieces) > 0 {
		speaker = pieces[0].voice
	}
	said, parted := false, false // the row has more than blanks, and a unit ends it
	var last rune
	endSpan := func() {
		if text.Len() > 0 {
			spans = append(spans, span{text: text.String(), style: style})
		}
		text.Reset()
	}
	endRow := func() {
		endSpan()
		rows = append(rows, row{speaker: speaker, spans: spans})
		spans, said, parted = nil, false, false
	}
	for _, p := range pieces {
		switch {
		case p.kind == breakPiece:
			endRow()
		case p.kind == unitPiece:
			parted = true
		case p.text != "":
			if !p.isBlank() && p.voice != speaker {
				if said {
					endRow()
				}
				speaker = p.voice
			}
			if first, _ := utf8.DecodeRuneInString(p.text); parted && !(isIdeographic(last) && isIdeographic(first)) {
				text.WriteByte(' ')
			}
			if p.style != style {
				endSpan()
				style = p.style
			}
			text.WriteString(p.text)
			last, _ = utf8.DecodeLastRuneInString(p.text)
			said, parted = said || !p.isBlank(), false
		}
	}
	endRow()
	return rows
}

func (r *ttmlReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > deepest {
			return fmt.Errorf("elements are nested more than %d deep: this is no caption file", deepest)
		}
		if r.beside > 0 {
			return nil
		}
		return r.start(t)
	case xml.EndElement:
		r.depth--
		if r.beside > 0 {
			if r.depth < r.beside {
				r.beside = 0
			}
			return nil
		}
		r.end(t.Name.Local)
	case xml.CharData:
		switch {
		case r.beside > 0:
		case r.naming, r.field != "":
			r.name.Write(t)
		case r.p != nil:
			r.p.add(textPiece, strings.ReplaceAll(string(t), "\n", " "))
		}
	case xml.Comment:
		r.comment(string(t))
	}
	return nil
}

func (r *ttmlReader) start(e xml.StartElement) (err error) {
	name := e.Name.Local
	if len(r.times) > 1 && isPicture(e) {
		r.file.warn(LeftOut, r.line, "it is a picture, not text: make text of the pictures first")
		r.file.Cues = append(r.file.Cues, Cue{Confidence: 1, Number: r.line})
	}
	switch {
	case isContent(name) && r.isUnseen(e):
		r.passOver(e)
	case r.p != nil && r.isBeside(e):
		r.beside = r.depth
	case name == "tt":
		r.space = e.Name.Space
		r.looks.screen(e)
		r.rates, err = ratesOf(e)
		r.absolute = isApples(e)
	case name == "style" || name == "region":
		r.define(e)
	case len(r.around) == 1 && r.p == nil && isField(name):
		r.field = name
		if name == "item" {
			r.field = cmp.Or(attribute(e, "name"), " ") // of a line that says it all
		}
		r.name.Reset()
	case name == "agent":
		r.agent = attribute(e, "id")
	case name == "name":
		r.naming = r.agents[r.agent] == ""
		r.name.Reset()
	case name == "p":
		r.enter()
		look := r.looks.within(r.around[len(r.around)-1], e, true)
		r.scales[look.scale]++
		r.faces[look.Face]++
		r.p = &paragraph{number: r.line, settings: r.looks.settings(look), effects: look.isClear(),
			open: []openSpan{{voice: r.speaker(e, ""), timed: -1, look: look}}}
		r.p.container, r.p.err = r.placed(e)
	case name == "span" && r.p != nil:
		r.startSpan(e)
	case (name == "set" || name == "animate") && r.p != nil:
		r.animate(e)
	case name == "br" && r.p != nil:
		r.p.add(breakPiece, "")
	case r.p == nil && (name == "body" || name == "div"):
		c, err := r.placed(e)
		if err != nil {
			r.file.warn(NoTime, r.line, fmt.Sprintf("<%s> is read without its times: %v", name, err))
		}
		r.times = append(r.times, c)
		r.around = append(r.around, r.looks.within(r.around[len(r.around)-1], e, false))
	}
	return err
}

// isBeside reports whether an element in a paragraph is no part of its text: metadata, and
// whatever is of other namespaces.
func (r *ttmlReader) isBeside(e xml.StartElement) bool {
	switch e.Name.Local {
	case "span", "br", "p":
		return false
	case "metadata", "desc", "title", "copyright":
		return true
	}
	return e.Name.Space != r.space
}

// isPicture reports whether an element of the body shows a picture, as captions of discs and
// of broadcasters do (SMPTE ST 2052-1, IMSC image profile).
func isPicture(e xml.StartElement) bool {
	return e.Name.Local == "image" || isContent(e.Name.Local) && attribute(e, "backgroundImage") != ""
}

// isContent reports whether elements of that name are shown.
func isContent(name string) bool {
	return name == "body" || name == "div" || name == "p" || name == "span"
}

// speaker returns the name of the agent of an element, its identifier where it has no name,
// or else the one that says what is around it.
func (r *ttmlReader) speaker(e xml.StartElement, around string) string {
	id, _, _ := strings.Cut(strings.TrimSpace(attribute(e, "agent")), " ")
	if id == "" {
		return around
	}
	if name := r.agents[id]; name != "" {
		return name
	}
	return id
}

func (r *ttmlReader) startSpan(e xml.StartElement) {
	around := r.p.innermost()
	s := openSpan{voice: r.speaker(e, around.voice), timed: around.timed, look: r.looks.within(around.look, e, true),
		ruby: attribute(e, "ruby"), from: len(r.p.pieces)}
	r.p.effects = r.p.effects || s.look.isClear()
	r.p.startRuby(s.ruby)
	unit := attribute(e, "unit") // of Apple: words and sentences
	s.unit = unit == "word" || unit == "sentence"
	if t, err := r.rates.times(e); err == nil && (t != ttmlTimes{}) {
		r.p.spans = append(r.p.spans, timedSpan{given: t, parent: around.timed})
		s.timed = len(r.p.spans) - 1
	} else if err != nil && r.p.err == nil {
		r.p.err = err
	}
	if s.unit {
		r.p.add(unitPiece, "")
	}
	r.p.open = append(r.p.open, s)
}

// animate reads what changes text while it is shown. A change of the colour of a span to the one that it has
// anyway says when its words are said.
func (r *ttmlReader) animate(e xml.StartElement) {
	in := r.p.innermost()
	t, err := r.rates.times(e)
	color := parseColor(attribute(e, "color"))
	same := color != "" && (color == in.look.Color || color == "white" && in.look.Color == "")
	if err != nil || !same || !t.hasBegin || t.hasEnd || t.hasDur || len(r.p.open) == 1 {
		r.p.effects = true
		return
	}
	r.p.spans = append(r.p.spans, timedSpan{given: t, parent: in.timed, mark: true})
	in.timed = len(r.p.spans) - 1
}

func (r *ttmlReader) end(name string) {
	if r.naming {
		r.agents[r.agent] = ShortName(r.name.String())
		r.naming = false
	}
	if r.field != "" && isField(name) {
		if value := Clean(r.name.String()); value != "" {
			r.file.Around.Metadata = append(r.file.Around.Metadata, Field{Clean(r.field), value})
		}
		r.field = ""
	}
	switch {
	case name == "region":
		r.styled = ""
	case name == "p" && r.p != nil:
		r.leave()
	case name == "span" && r.p != nil && len(r.p.open) > 1:
		inner := r.p.innermost()
		unit := inner.unit
		r.p.endRuby(inner.ruby, inner.from)
		r.p.open = r.p.open[:len(r.p.open)-1]
		if unit {
			r.p.add(unitPiece, "")
		}
	case r.p == nil && (name == "body" || name == "div") && len(r.times) > 1:
		n := len(r.times) - 1
		inner := r.times[n]
		r.times, r.around = r.times[:n], r.around[:n]
		r.times[n-1].passed(inner)
	}
}

// define reads a style or a region, as far as it says that text is not shown.
func (r *ttmlReader) define(e xml.StartElement) {
	id := attribute(e, "id")
	switch {
	case e.Name.Local == "region":
		r.styled = id
		if t, err := r.rates.times(e); err == nil && (t.hasBegin || t.hasEnd || t.hasDur) {
			r.regions[id] = &t
		}
	case r.styled != "":
		id = r.styled // a style within a region is the region's
	}
	r.looks.define(id, e)
	if id != "" && r.isUnseen(e) {
		r.unseen[id] = true
	}
}

// isUnseen reports whether an element is not shown, by itself, a style or its region.
func (r *ttmlReader) isUnseen(e xml.StartElement) bool {
	switch attribute(e, "display") {
	case "none":
		return true
	case "":
	default:
		return false
	}
	if attribute(e, "visibility") == "hidden" {
		return true
	}
	for id := range strings.FieldsSeq(attribute(e, "style") + " " + attribute(e, "region")) {
		if r.unseen[id] {
			return true
		}
	}
	return false
}

// passOver leaves an element out that is not shown. It takes its time in a sequence.
func (r *ttmlReader) passOver(e xml.StartElement) {
	r.beside = r.depth
	if r.p != nil {
		return
	}
	if c, err := r.placed(e); err == nil {
		r.times[len(r.times)-1].passed(c)
	}
}

// enter makes room for a paragraph. Where one is open, which TTML forbids, what it holds
// so far is a cue, and what follows the inner one is another.
func (r *ttmlReader) enter() {
	if r.p == nil {
		return
	}
	outer := r.p
	if !outer.isEmpty() {
		r.endParagraph(outer)
	}
	r.within = append(r.within, &paragraph{container: outer.container, number: outer.number, err: outer.err,
		open: []openSpan{outer.open[0]}, inParts: true, settings: outer.settings, effects: outer.effects})
}

// isField reports whether elements of that name hold metadata of a file.
func isField(name string) bool {
	return name == "title" || name == "desc" || name == "copyright" || name == "item"
}

// comment keeps a comment of XML, unless it stands within text.
func (r *ttmlReader) comment(text string) {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "-"+wordJoiner, "-"), "\n") {
		if line = Clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 && r.p == nil {
		r.file.Around.Blocks = append(r.file.Around.Blocks,
			Block{Text: strings.Join(lines, "\n"), Number: r.line - strings.Count(text, "\n")})
	}
}

// leave ends the paragraph that is open, if one is.
func (r *ttmlReader) leave() {
	if r.p == nil {
		return
	}
	if !r.p.inParts || !r.p.isEmpty() {
		r.endParagraph(r.p)
	}
	r.times[len(r.times)-1].passed(r.p.container)
	r.p = nil
	if n := len(r.within); n > 0 {
		r.p, r.within = r.within[n-1], r.within[:n-1]
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

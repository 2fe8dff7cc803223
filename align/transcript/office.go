package transcript

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Office files are text with paragraphs: archives of XML, or RTF, which is text with its own
// marks. Of what they hold only the text that a reader of the page sees is taken: no headers and
// footers of pages, footnotes, comments or text that was deleted while changes were tracked.
//
// They are read with the standard library. Of the libraries for them, those of .docx that are
// kept either write alone, or are under the AGPL or sold (unioffice, fumiama/go-docx); for .odt
// and RTF none is kept; and one for each would bound nothing of what it unpacks.

// Bounds of an archive: what somebody makes to be read has far less.
const (
	maxEntries  = 20_000
	maxUnpacked = 64 << 20 // bytes of all the parts that are read
	maxRatio    = 250      // of a part that unpacks to more than smallPart; text packs 20 times, markup 60
	smallPart   = 4 << 20  // bytes
	maxDepth    = 500      // elements of XML within each other
)

// officeForm is the form of an office file. A new one is a row in officeForms.
type officeForm struct {
	Form
	is   func(*office) bool
	read func(*office, *paragraphs) error
}

// officeForms returns the forms of office files.
func officeForms() []officeForm {
	return []officeForm{
		{Form{"Word document (.docx)", "an archive with word/document.xml",
			"ECMA-376, part 1: WordprocessingML"}, (*office).isWord, (*office).readWord},
		{Form{"OpenDocument text (.odt)", "an archive with content.xml that holds office:text, or the same as one file of XML (.fodt)",
			"OASIS OpenDocument 1.3, part 3"}, (*office).isOpenDocument, (*office).readOpenDocument},
		{Form{"e-book (.epub)", "an archive with META-INF/container.xml",
			"EPUB 3.3, w3.org/TR/epub-33"}, (*office).isBook, (*office).readBook},
		{Form{"rich text (.rtf)", `{\rtf at its start`,
			"Rich Text Format specification 1.9.1"}, (*office).isRichText, (*office).readRichText},
	}
}

// office is an office file.
type office struct {
	data     []byte
	parts    map[string]*zip.File // of an archive, by their names
	unpacked int                  // bytes that were read of them
}

const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xd0\xcf\x11\xe0"
	rtfMagic = `{\rtf`
)

// IsOffice reports whether data, the bytes of a file, may be those of an office file, which is no
// text.
func IsOffice(data []byte) bool {
	return bytes.HasPrefix(data, []byte(zipMagic)) || bytes.HasPrefix(data, []byte(oleMagic)) ||
		bytes.HasPrefix(textStart(data), []byte(rtfMagic)) || isFlat(data)
}

// textStart returns data from its first character on that shows: some programs write a byte order
// mark, or a line break, above it.
func textStart(data []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
}

// isFlat reports whether data is a text of OpenDocument in one file of XML.
func isFlat(data []byte) bool {
	start := textStart(data)
	start = start[:min(len(start), 1<<14)] // the document names many spaces of names first
	return bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<office:document ")) &&
		bytes.Contains(start, []byte(`mimetype="`+openDocumentText))
}

// olderFile returns the error of a file of the kind that office programs wrote before they wrote
// archives, and in which those with a password are wrapped still. It names its parts in UTF-16.
func olderFile(data []byte) error {
	for _, c := range []struct{ part, is string }{
		{"EncryptedPackage", "it has a password: save it without one"},
		{"WordDocument", "it is a Word document of the older kind (.doc): save it as .docx, or make one of it with: " +
			"soffice --headless --convert-to docx FILE.doc"},
		{"Workbook", "it is a sheet (.xls): save the sheet as CSV"},
		{"PowerPoint Document", "these are slides (.ppt): save the text of the slides"},
	} {
		var name []byte
		for _, unit := range utf16.Encode([]rune(c.part)) {
			name = append(name, byte(unit), byte(unit>>8))
		}
		if bytes.Contains(data, name) {
			return errors.New(c.is)
		}
	}
	return errors.New("it is a word processor's file of an older kind: save it as .docx or as plain text")
}

// ParseOffice reads the bytes of an office file, see IsOffice, as Parse reads a page. Lines are
// numbered by paragraphs. The file may be packed; the time is linear in what it unpacks to, and
// that is bounded.
//
// It returns an error that says what to do when the file is damaged or of another kind, or when
// it holds nothing that is said.
func ParseOffice(data []byte) (*Script, error) {
	if bytes.HasPrefix(data, []byte(oleMagic)) {
		return nil, olderFile(data)
	}
	o := &office{data: data}
	if err := o.open(); err != nil {
		return nil, err
	}
	for _, f := range officeForms() {
		if !f.is(o) {
			continue
		}
		p := &paragraphs{}
		if err := f.read(o, p); err != nil {
			return nil, fmt.Errorf("as %s: %w", f.Name, err)
		}
		s, err := p.script()
		if err != nil {
			return nil, err
		}
		s.sortNotes()
		if len(s.Turns) == 0 {
			return nil, fmt.Errorf("as %s it holds nothing that is said: check that this is the episode's transcript", f.Name)
		}
		s.Form = f.Name
		return s, nil
	}
	return nil, errors.New("it is an archive without a transcript: " + o.advice())
}

// open lists the parts of an archive.
func (o *office) open() error {
	if !bytes.HasPrefix(o.data, []byte(zipMagic)) {
		return nil
	}
	r, err := zip.NewReader(bytes.NewReader(o.data), int64(len(o.data)))
	if err != nil {
		return fmt.Errorf("the archive is damaged or cut off (%w): save it again, or as plain text", err)
	}
	if len(r.File) > maxEntries {
		return fmt.Errorf("the archive has %d entries, more than any document: give the transcript alone", len(r.File))
	}
	o.parts = make(map[string]*zip.File, len(r.File))
	for _, f := range r.File {
		name := strings.ReplaceAll(f.Name, `\`, "/") // as some programs for Windows write it
		if _, twice := o.parts[name]; !twice {
			o.parts[name] = f
		}
	}
	return nil
}

// advice says what to do with an archive of another kind.
func (o *office) advice() string {
	if o.parts["mimetype"] != nil {
		switch kind, _ := o.part("mimetype"); {
		case bytes.Contains(kind, []byte("opendocument.spreadsheet")):
			return "save the sheet as CSV"
		case bytes.Contains(kind, []byte("opendocument.presentation")):
			return "save the text of the slides"
		}
	}
	for _, c := range []struct{ part, advice string }{
		{"xl/workbook.xml", "save the sheet as CSV"},
		{"ppt/presentation.xml", "save the text of the slides"},
		{"Index/Presentation.iwa", "save the text of the slides"},
		{"Index/Document.iwa", "export it from Pages as Word or plain text"},
		{"index.xml", "export it from Pages as Word or plain text"},
	} {
		if o.parts[c.part] != nil {
			return c.advice
		}
	}
	return "unpack it first"
}

// part returns what a part of the archive unpacks to. It is read once at most.
func (o *office) part(name string) ([]byte, error) {
	f := o.parts[name]
	if f == nil {
		return nil, fmt.Errorf("%s is missing in it: save it again", name)
	}
	if f.Flags&1 != 0 {
		return nil, errors.New("it has a password: save it without one")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s in it can't be unpacked (%w): save it again", name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(maxUnpacked-o.unpacked)+1))
	o.unpacked += len(data)
	switch {
	case o.unpacked > maxUnpacked:
		return nil, fmt.Errorf("it unpacks to more than %d MB: give the text alone", maxUnpacked>>20)
	case len(data) > smallPart && uint64(len(data)) > maxRatio*f.CompressedSize64:
		return nil, fmt.Errorf("%s in it unpacks to more than %d times its size, as no text does: save it again", name, maxRatio)
	case err != nil:
		return nil, fmt.Errorf("%s in it is damaged or cut off (%w): save it again", name, err)
	}
	return data, nil
}

// declaredEncoding matches the encoding that XML or HTML says it is in.
var declaredEncoding = lazyRegexp(`(?i)(?:encoding|charset)\s*=\s*["']?([a-z0-9_.:-]+)`)

// decoded returns the text of a part: in UTF-8, in UTF-16 with a mark, or else as it says itself.
func decoded(data []byte) string {
	var from encoding.Encoding = charmap.Windows1252
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\uFEFF")
	default:
		if m := declaredEncoding().FindSubmatch(data[:min(len(data), 1024)]); m != nil {
			if e, err := htmlindex.Get(string(m[1])); err == nil {
				from = e
			}
		}
	}
	text, err := from.NewDecoder().Bytes(data)
	if err != nil {
		text = data
	}
	return strings.ToValidUTF8(string(text), string(utf8.RuneError))
}

// walk reads XML: begin is called for each element, and reports whether to read what it holds;
// end for each that was read, and text for the characters in it. The names of elements and
// attributes are without their spaces of names.
func walk(data []byte, begin func(name string, attrs map[string]string) bool, end func(name string), text func(string)) error {
	d := xml.NewDecoder(strings.NewReader(decoded(data)))
	d.Strict = false
	// It is decoded already, whatever it says.
	d.CharsetReader = func(_ string, text io.Reader) (io.Reader, error) { return text, nil }
	depth, skipped := 0, 0 // skipped is the depth of the element that is passed over
	for {
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return fmt.Errorf("its text is damaged or cut off (%w): save it again", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("its text nests more than %d deep: save it again", maxDepth)
			}
			if skipped > 0 {
				continue
			}
			attrs := make(map[string]string, len(t.Attr))
			for _, a := range t.Attr {
				attrs[a.Name.Local] = a.Value
			}
			if !begin(t.Name.Local, attrs) {
				skipped = depth
			}
		case xml.EndElement:
			if skipped == 0 {
				end(t.Name.Local)
			}
			if depth == skipped {
				skipped = 0
			}
			depth = max(0, depth-1)
		case xml.CharData:
			if skipped == 0 {
				text(string(t))
			}
		}
	}
}

// paragraphs collects the lines of paragraphs.
type paragraphs struct {
	lines  []line
	num    int     // of the paragraph
	text   []byte  // of the line
	format [2]bool // bold, italic: of the characters to come
	open   [2]bool // of the last ones
	level  int     // of the heading that the paragraph is; 0 for none
	spaced bool    // an empty paragraph, or the edge of one that stands apart, is before
	hidden bool    // the characters to come are not shown
	around []paragraphAround
	tableCells
}

// paragraphAround is the open paragraph that a text box stands in.
type paragraphAround struct {
	text         []byte
	format, open [2]bool
	level        int
	hidden       bool
}

// box begins or ends a text box, whose paragraphs stand within another one. They come before it,
// so that it stays whole.
func (p *paragraphs) box(begins bool) {
	if begins {
		p.around = append(p.around, paragraphAround{p.text, p.format, p.open, p.level, p.hidden})
		p.text, p.format, p.open, p.level, p.hidden = nil, [2]bool{}, [2]bool{}, 0, false
		return
	}
	if len(p.around) == 0 {
		return // it never began
	}
	if len(p.text) > 0 {
		p.lineBreak()
	}
	last := p.around[len(p.around)-1]
	p.around = p.around[:len(p.around)-1]
	p.text, p.format, p.open, p.level, p.hidden = last.text, last.format, last.open, last.level, last.hidden
}

// table begins or ends a table, or a row or a cell of one.
func (p *paragraphs) table(part tablePart, begins bool) { p.part(p.lines, p.num+1, part, begins) }

// script makes a script of the paragraphs, or of the rows of their tables.
func (p *paragraphs) script() (*Script, error) {
	if tooManyWords(p.lines, nil) {
		return nil, errTooManyWords
	}
	if s, ok, err := p.tableCells.script(p.lines); ok {
		return s, err
	}
	return readPage(p.lines, false), nil
}

// write adds characters to the line.
func (p *paragraphs) write(s string) {
	if p.hidden {
		return
	}
	for i, on := range p.format {
		if on != p.open[i] && strings.TrimSpace(s) != "" {
			p.text = append(p.text, byte(boldMark+i))
			p.open[i] = on
		}
	}
	p.text = append(p.text, s...)
}

// lineBreak ends the line within a paragraph.
func (p *paragraphs) lineBreak() {
	for i, on := range p.open {
		if on {
			p.text = append(p.text, byte(boldMark+i))
		}
	}
	p.open = [2]bool{}
	marked := string(p.text)
	p.text = p.text[:0]
	text := strings.TrimSpace(normalizeMarked(marked))
	if unmark(text) == "" {
		p.spaced = true
		return
	}
	p.num = max(1, p.num) // damaged files have text above all paragraphs
	p.lines = append(p.lines, line{num: p.num, text: text, spaced: p.spaced, level: p.level})
	p.spaced = false
}

// begin begins a paragraph. One within another ends what stands above it.
func (p *paragraphs) begin(level int) {
	if len(p.text) > 0 {
		p.lineBreak()
	}
	p.num++
	p.level = level
	p.spaced = true
}

// end ends the paragraph.
func (p *paragraphs) end() {
	p.lineBreak()
	p.level = 0
	p.format = [2]bool{}
}

// normalizeMarked is normalize for a line with marks, which it would remove as control
// characters.
func normalizeMarked(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, string(rune(boldMark))+string(rune(italicMark)))
		if i < 0 {
			i = len(s)
		}
		b.WriteString(strings.ReplaceAll(normalize(s[:i]), "\n", " "))
		if i < len(s) {
			b.WriteByte(s[i])
			i++
		}
		s = s[i:]
	}
	return b.String()
}

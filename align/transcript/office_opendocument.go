package transcript

import (
	"bytes"
	"errors"
	"strings"
)

// openDocumentText is the type of a text of OpenDocument, with which those of its kinds begin.
const openDocumentText = "application/vnd.oasis.opendocument.text"

// isOpenDocument reports whether the file is a text of OpenDocument.
func (o *office) isOpenDocument() bool {
	if o.parts == nil {
		return isFlat(o.data)
	}
	if o.parts["content.xml"] == nil || o.parts["mimetype"] == nil {
		return false
	}
	kind, err := o.part("mimetype")
	return err == nil && strings.HasPrefix(string(kind), openDocumentText)
}

// readOpenDocument reads the text of an OpenDocument.
func (o *office) readOpenDocument(p *paragraphs) error {
	if o.parts["META-INF/manifest.xml"] != nil {
		manifest, err := o.part("META-INF/manifest.xml")
		if err != nil {
			return err
		}
		if bytes.Contains(manifest, []byte("encryption-data")) {
			return errors.New("it has a password: save it without one")
		}
	}
	data := o.data
	if o.parts != nil {
		var err error
		if data, err = o.part("content.xml"); err != nil {
			return err
		}
	}
	r := &openDocumentReader{paragraphs: p, styles: map[string]textStyle{}}
	return walk(data, r.element, r.elementEnd, r.characters)
}

// textStyle is how characters of an OpenDocument show.
type textStyle struct {
	format [2]bool // bold, italic
	hidden bool
}

// openDocumentReader reads the XML of an OpenDocument in one pass.
type openDocumentReader struct {
	*paragraphs
	styles      map[string]textStyle // of characters, by their names
	style       string               // that is being defined
	open        []textStyle          // of the open paragraphs and spans
	inBody      bool
	inParagraph int   // paragraphs that are open
	around      []int // inParagraph of those around the open text boxes
}

// shows sets how the characters to come show.
func (r *openDocumentReader) shows(s textStyle) { r.format, r.hidden = s.format, s.hidden }

// element begins an element, and reports whether to read what it holds.
func (r *openDocumentReader) element(name string, attrs map[string]string) bool {
	switch name {
	case "table":
		r.table(tableWhole, true)
	case "table-row":
		r.table(tableRow, true)
	case "table-cell":
		r.table(tableCell, true)
	case "style":
		r.style = attrs["name"]
	case "text-properties":
		r.styles[r.style] = textStyle{
			format: [2]bool{attrs["font-weight"] == "bold", attrs["font-style"] == "italic"},
			hidden: attrs["display"] == "none",
		}
	case "body":
		r.inBody = true
	case "p", "h":
		if r.inParagraph == 0 {
			level := 0
			if v := attrs["outline-level"]; name == "h" && len(v) == 1 && v[0] >= '1' && v[0] <= '6' {
				level = int(v[0] - '0')
			}
			r.begin(level)
		}
		r.inParagraph++
		r.open = append(r.open, r.styles[attrs["style-name"]])
		r.shows(r.open[len(r.open)-1])
	case "span":
		s := r.styles[attrs["style-name"]]
		s.format = [2]bool{r.format[0] || s.format[0], r.format[1] || s.format[1]}
		s.hidden = s.hidden || r.hidden
		r.open = append(r.open, s)
		r.shows(s)
	case "text-box":
		r.box(true)
		r.around = append(r.around, r.inParagraph)
		r.inParagraph = 0
	case "section":
		return attrs["display"] != "none"
	case "s":
		r.write(" ")
	case "tab":
		r.write("\t")
	case "line-break":
		r.lineBreak()
		r.spaced = false
	case "note", "annotation", "ruby-text", "tracked-changes", "table-of-content", "forms", "hidden-text", "hidden-paragraph":
		return false
	}
	return true
}

// elementEnd ends an element.
func (r *openDocumentReader) elementEnd(name string) {
	switch name {
	case "table":
		r.table(tableWhole, false)
	case "table-cell":
		r.table(tableCell, false)
	case "p", "h", "span":
		if len(r.open) == 0 {
			return // of an element that never began
		}
		r.open = r.open[:len(r.open)-1]
		if name != "span" {
			if r.inParagraph--; r.inParagraph == 0 {
				r.end()
			}
		}
		r.shows(textStyle{})
		if n := len(r.open); n > 0 {
			r.shows(r.open[n-1])
		}
	case "text-box":
		r.box(false)
		if n := len(r.around); n > 0 {
			r.inParagraph, r.around = r.around[n-1], r.around[:n-1]
		}
	}
}

// characters adds text.
func (r *openDocumentReader) characters(text string) {
	if r.inBody && r.inParagraph > 0 {
		r.write(text)
	}
}

package transcript

import (
	"bytes"
	"errors"
	"strings"
)

// isOpenDocument reports whether the file is a text of OpenDocument.
func (o *office) isOpenDocument() bool {
	if o.parts["content.xml"] == nil || o.parts["mimetype"] == nil {
		return false
	}
	kind, err := o.part("mimetype")
	return err == nil && strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.text")
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
	data, err := o.part("content.xml")
	if err != nil {
		return err
	}
	styles := map[string][2]bool{} // of characters, by their names
	style := ""
	var formats [][2]bool // of the open paragraphs and spans
	inBody, inParagraph := false, 0
	return walk(data, func(name string, attrs map[string]string) bool {
		switch name {
		case "table":
			p.table(tableWhole, true)
		case "table-row":
			p.table(tableRow, true)
		case "table-cell":
			p.table(tableCell, true)
		case "style":
			style = attrs["name"]
		case "text-properties":
			styles[style] = [2]bool{attrs["font-weight"] == "bold", attrs["font-style"] == "italic"}
		case "body":
			inBody = true
		case "p", "h":
			if inParagraph == 0 {
				level := 0
				if v := attrs["outline-level"]; name == "h" && len(v) == 1 && v[0] >= '1' && v[0] <= '6' {
					level = int(v[0] - '0')
				}
				p.begin(level)
			}
			inParagraph++
			p.format = styles[attrs["style-name"]]
			formats = append(formats, p.format)
		case "span":
			f := styles[attrs["style-name"]]
			p.format = [2]bool{p.format[0] || f[0], p.format[1] || f[1]}
			formats = append(formats, p.format)
		case "s", "tab":
			p.write(" ")
		case "line-break":
			p.lineBreak()
			p.spaced = false
		case "note", "annotation", "ruby-text", "tracked-changes", "table-of-content", "forms":
			return false
		}
		return true
	}, func(name string) {
		switch name {
		case "table":
			p.table(tableWhole, false)
		case "table-cell":
			p.table(tableCell, false)
		case "p", "h", "span":
			if len(formats) == 0 {
				return // of an element that never began
			}
			formats = formats[:len(formats)-1]
			if name != "span" {
				if inParagraph--; inParagraph == 0 {
					p.end()
				}
			}
			p.format = [2]bool{}
			if n := len(formats); n > 0 {
				p.format = formats[n-1]
			}
		}
	}, func(text string) {
		if inBody && inParagraph > 0 {
			p.write(text)
		}
	})
}

package transcript

import "strings"

// isWord reports whether the file is a Word document.
func (o *office) isWord() bool { return o.wordPart("document") != "" }

// wordPart returns the name of a part of a Word document, "" where there is none. Some of
// Microsoft's own services number them.
func (o *office) wordPart(name string) string {
	for _, number := range []string{"", "2"} {
		if full := "word/" + name + number + ".xml"; o.parts[full] != nil {
			return full
		}
	}
	return ""
}

// readWord reads the body of a Word document.
func (o *office) readWord(p *paragraphs) error {
	levels, err := o.wordHeadings()
	if err != nil {
		return err
	}
	data, err := o.part(o.wordPart("document"))
	if err != nil {
		return err
	}
	r := &wordDocumentReader{paragraphs: p, levels: levels}
	return walk(data, r.element, r.elementEnd, func(text string) {
		if r.inText {
			r.write(text)
		}
	})
}

// wordDocumentReader reads the XML of a Word document in one pass.
type wordDocumentReader struct {
	*paragraphs
	levels        map[string]int // of the styles that are headings
	inText, inRun bool
}

// isOn reports whether the element of a property sets it.
func isOn(attrs map[string]string) bool {
	switch attrs["val"] {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// element begins an element, and reports whether to read what it holds.
func (r *wordDocumentReader) element(name string, attrs map[string]string) bool {
	switch name {
	case "tbl":
		r.table(tableWhole, true)
	case "tr":
		r.table(tableRow, true)
	case "tc":
		r.table(tableCell, true)
	case "p":
		r.begin(0)
	case "pStyle":
		r.level = r.levels[attrs["val"]]
	case "outlineLvl":
		if level := attrs["val"]; len(level) == 1 && level[0] >= '0' && level[0] <= '5' {
			r.level = int(level[0]-'0') + 1
		}
	case "r":
		r.inRun = true
		r.format, r.hidden = [2]bool{}, false
	case "b":
		r.format[0] = r.inRun && isOn(attrs)
	case "i":
		r.format[1] = r.inRun && isOn(attrs)
	case "vanish":
		r.hidden = r.inRun && isOn(attrs)
	case "txbxContent":
		r.box(true)
		r.inRun, r.inText = false, false
	case "rStyle":
		r.format[0] = r.format[0] || attrs["val"] == "Strong"
	case "t":
		r.inText = true
	case "tab":
		if r.inRun {
			r.write("\t")
		}
	case "br", "cr":
		if attrs["type"] == "" || attrs["type"] == "textWrapping" {
			r.lineBreak()
			r.spaced = false
		} else if r.inRun { // of a page or a column, which the paragraph goes on behind
			r.write(" ")
		}
	case "noBreakHyphen":
		r.write("\u2011")
	// Deleted text, what a text box repeats for older programs, readings above the line, and
	// marks of revisions.
	case "del", "moveFrom", "Fallback", "instrText", "rt", "rPrChange", "pPrChange":
		return false
	}
	return true
}

// elementEnd ends an element.
func (r *wordDocumentReader) elementEnd(name string) {
	switch name {
	case "tbl":
		r.table(tableWhole, false)
	case "tc":
		r.table(tableCell, false)
	case "p":
		r.end()
	case "txbxContent":
		r.box(false)
		r.inRun = true
	case "r":
		r.inRun, r.hidden = false, false
	case "t":
		r.inText = false
	}
}

// wordHeadings returns the levels of the styles that are headings, by their names in the
// document, which differ by the language of Word.
func (o *office) wordHeadings() (map[string]int, error) {
	levels := map[string]int{}
	part := o.wordPart("styles")
	if part == "" {
		return levels, nil
	}
	data, err := o.part(part)
	if err != nil {
		return nil, err
	}
	style := ""
	err = walk(data, func(name string, attrs map[string]string) bool {
		switch name {
		case "style":
			style = attrs["styleId"]
		case "name":
			known := strings.ToLower(attrs["val"])
			if level, ok := strings.CutPrefix(known, "heading "); ok && len(level) == 1 && level[0] >= '1' && level[0] <= '6' {
				levels[style] = int(level[0] - '0')
			} else if known == "title" {
				levels[style] = 1
			}
		}
		return true
	}, func(string) {}, func(string) {})
	return levels, err
}

package transcript

import "strings"

// isWord reports whether the file is a Word document.
func (o *office) isWord() bool { return o.parts["word/document.xml"] != nil }

// readWord reads the body of a Word document.
func (o *office) readWord(p *paragraphs) error {
	levels, err := o.wordHeadings()
	if err != nil {
		return err
	}
	data, err := o.part("word/document.xml")
	if err != nil {
		return err
	}
	inText, inRun := false, false
	on := func(attrs map[string]string) bool {
		switch attrs["val"] {
		case "0", "false", "off", "none":
			return false
		}
		return true
	}
	return walk(data, func(name string, attrs map[string]string) bool {
		switch name {
		case "tbl":
			p.table(tableWhole, true)
		case "tr":
			p.table(tableRow, true)
		case "tc":
			p.table(tableCell, true)
		case "p":
			p.begin(0)
		case "pStyle":
			p.level = levels[attrs["val"]]
		case "outlineLvl":
			if level := attrs["val"]; len(level) == 1 && level[0] >= '0' && level[0] <= '5' {
				p.level = int(level[0]-'0') + 1
			}
		case "r":
			inRun = true
			p.format = [2]bool{}
		case "b":
			p.format[0] = inRun && on(attrs)
		case "i":
			p.format[1] = inRun && on(attrs)
		case "rStyle":
			p.format[0] = p.format[0] || attrs["val"] == "Strong"
		case "t":
			inText = true
		case "tab":
			if inRun {
				p.write("\t")
			}
		case "br", "cr":
			if attrs["type"] == "" || attrs["type"] == "textWrapping" {
				p.lineBreak()
				p.spaced = false
			}
		case "noBreakHyphen":
			p.write("\u2011")
		// Deleted text, what a text box repeats for older programs, readings above the line, and
		// marks of revisions.
		case "del", "moveFrom", "Fallback", "instrText", "rt", "rPrChange", "pPrChange":
			return false
		}
		return true
	}, func(name string) {
		switch name {
		case "tbl":
			p.table(tableWhole, false)
		case "tc":
			p.table(tableCell, false)
		case "p":
			p.end()
		case "r":
			inRun = false
		case "t":
			inText = false
		}
	}, func(text string) {
		if inText {
			p.write(text)
		}
	})
}

// wordHeadings returns the levels of the styles that are headings, by their names in the
// document, which differ by the language of Word.
func (o *office) wordHeadings() (map[string]int, error) {
	levels := map[string]int{}
	if o.parts["word/styles.xml"] == nil {
		return levels, nil
	}
	data, err := o.part("word/styles.xml")
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

package cea608

// Color is one of the colours of letters.
type Color uint8

// The colours, in the order of their codes.
const (
	White Color = iota
	Green
	Blue
	Cyan
	Red
	Yellow
	Magenta
)

// Style is how a character looks. The zero Style is what text has without any code.
type Style struct {
	Color             Color
	Italic, Underline bool
}

// codes returns the codes within a row that change from a style to s: none where they are the same. Each takes a
// column, in which nothing is shown. A colour ends italics; these leave the colour as it is.
func (s Style) codes(from Style) []Pair {
	if s == from {
		return nil
	}
	var line Pair
	if s.Underline {
		line = underlined
	}
	color := midRow + Pair(s.Color)<<1 + line
	switch italics := midRow + italicStyle + line; {
	case s.Italic && s.Color == from.Color:
		return []Pair{italics}
	case s.Italic:
		return []Pair{color, italics}
	}
	return []Pair{color}
}

// change returns the style that a code of a row makes of s.
func (s Style) change(code Pair) Style {
	s.Underline = code&underlined != 0
	if code&italicStyle == italicStyle {
		s.Italic = true
	} else {
		s.Italic, s.Color = false, Color(code&italicStyle>>1)
	}
	return s
}

// Cell is a character and how it looks.
type Cell struct {
	Rune rune
	Style
}

// Row is a row of a screen.
type Row struct {
	Number int // from 1 at the top to 15
	Column int // of its first cell, from 0 to 31
	Cells  []Cell
}

// step is what a column of a row is used for: a character, or the code of a style.
type step struct {
	text rune
	code Pair // 0 for a character
}

// steps returns what the columns of a row are used for. A code takes the place of a space before it, if there is one.
func steps(cells []Cell) []step {
	var all []step
	var style Style
	spaces := 0
	for _, c := range cells {
		if c.Rune == ' ' {
			spaces++
			continue
		}
		codes := c.codes(style)
		for range spaces - len(codes) {
			all = append(all, step{text: ' '})
		}
		for _, code := range codes {
			all = append(all, step{code: code})
		}
		all = append(all, step{text: c.Rune})
		style, spaces = c.Style, 0
	}
	return all
}

// Width returns how many columns a row of cells takes, with its codes. The first one takes none where it stands before
// all text: it can be part of the address of the row.
func Width(cells []Cell) int {
	all := steps(cells)
	if len(all) > 0 && all[0].code != 0 {
		return len(all) - 1
	}
	return len(all)
}

// Load returns the pairs that load a caption of these rows, to be shown with EndOfCaption. The cells have
// characters that Has reports, and rows are no wider than the screen.
func Load(rows []Row) []Pair {
	var l loader
	l.control(ResumeLoading)
	l.control(EraseLoaded)
	for _, r := range rows {
		l.row(r)
	}
	return l.pairs
}

// loader writes pairs.
type loader struct {
	pairs []Pair
	half  byte // a character that waits for the second one of its pair; 0 for none
}

// control adds a pair that is sent twice.
func (l *loader) control(p Pair) {
	l.flush()
	l.pairs = append(l.pairs, p, p)
}

// flush ends a pair that has only one character.
func (l *loader) flush() {
	if l.half != 0 {
		l.pairs = append(l.pairs, Pair(l.half)<<8)
		l.half = 0
	}
}

// text adds a character of one byte.
func (l *loader) text(code byte) {
	if l.half == 0 {
		l.half = code
		return
	}
	l.pairs = append(l.pairs, Pair(l.half)<<8|Pair(code))
	l.half = 0
}

// row adds a row with its address.
func (l *loader) row(r Row) {
	all := steps(r.Cells)
	codes := 0 // before the text
	for codes < len(all) && all[codes].code != 0 {
		codes++
	}
	address, column := addresses[r.Number], r.Column-codes
	if column < 0 { // the address has the first style, and no column
		address, all = address+all[0].code&0xf, all[1:]
	} else {
		address += indented + Pair(column/indent)<<1
	}
	l.control(address)
	if tab := column % indent; tab > 0 {
		l.control(tabOffset + Pair(tab))
	}
	for _, s := range all {
		if s.code != 0 {
			l.control(s.code)
			continue
		}
		g := glyphs[s.text]
		if g.code != 0 {
			l.text(g.code)
		}
		if g.pair != 0 {
			l.control(g.pair)
		}
	}
	l.flush()
}

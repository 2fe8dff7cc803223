package ebustl

// Color is one of the colours of letters, by the code of teletext.
type Color byte

// The colours.
const (
	Black Color = iota
	Red
	Green
	Yellow
	Blue
	Magenta
	Cyan
	White
)

// Cell is a character and how it looks. Text is that of a character, which may have marks.
type Cell struct {
	Text  string
	Color Color
	// Italic and Underline are of open subtitles alone.
	Italic, Underline bool
}

// The codes of text fields.
const (
	endBox       = 0x0a
	startBox     = 0x0b
	doubleHeight = 0x0d
	italicOn     = 0x80
	italicOff    = 0x81
	underlineOn  = 0x82
	underlineOff = 0x83
	newLine      = 0x8a
	unused       = 0x8f
)

// MaxColumns is how wide a row may be: what the codes for its height and its box leave of 40.
const MaxColumns = columns - 3

const columns, screenRows = 40, 23

// Width returns how many columns a row of cells takes, with the codes of its colours. Such a code takes the place of
// a space, if one stands there.
func Width(cells []Cell) int {
	width, color, spaces := 0, White, 0
	for _, c := range cells {
		if c.Text == " " {
			spaces++
			continue
		}
		if c.Color != color {
			spaces = max(spaces, 1)
			color = c.Color
		}
		width, spaces = width+spaces+1, 0
	}
	return width
}

// encodeRows returns rows as a text field. Cells have characters of the table, and rows the width of a screen.
func (t Table) encodeRows(rows [][]Cell) []byte {
	var all []byte
	for i, cells := range rows {
		if i > 0 {
			all = append(all, newLine, newLine) // letters of double height take two rows
		}
		all = append(all, doubleHeight, startBox, startBox)
		color, spaces := White, 0
		for _, c := range cells {
			if c.Text == " " {
				spaces++
				continue
			}
			if c.Color != color {
				spaces = max(0, spaces-1)
			}
			for ; spaces > 0; spaces-- {
				all = append(all, ' ')
			}
			if c.Color != color {
				color = c.Color
				all = append(all, byte(color))
			}
			for _, r := range c.Text {
				all = append(all, t.encode(r)...)
			}
		}
		for range min(2, MaxColumns-Width(cells)) { // a full row ends its box by itself
			all = append(all, endBox)
		}
	}
	return all
}

// decodeRows returns the rows of a text field, but for empty ones, and whether letters have double height. A code is a
// space, where one is seen.
func (t Table) decodeRows(field []byte) (rows [][]Cell, double bool) {
	style := Cell{Color: White}
	var row []Cell
	add := func(text string) {
		c := style
		c.Text = text
		row = append(row, c)
	}
	end := func() {
		for len(row) > 0 && row[0].Text == " " {
			row = row[1:]
		}
		for n := len(row); n > 0 && row[n-1].Text == " "; n-- {
			row = row[:n-1]
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
		row = nil
	}
	for len(field) > 0 {
		n := 1
		switch b := field[0]; {
		case b == newLine:
			end()
			style = Cell{Color: White, Italic: style.Italic, Underline: style.Underline}
		case b == italicOn || b == italicOff:
			style.Italic = b == italicOn
		case b == underlineOn || b == underlineOff:
			style.Underline = b == underlineOn
		case b < 0x20:
			add(" ")
			if b <= byte(White) {
				style.Color = Color(b)
			}
			double = double || b == doubleHeight
		case b >= 0x80 && b < 0xa0 || b == 0x7f: // unused, or unknown
		default:
			var text string
			text, n = t.decode(field)
			add(text)
		}
		field = field[n:]
	}
	end()
	return rows, double
}

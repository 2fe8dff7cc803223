package cea608

// Event is what a pair does to the screen that viewers see.
type Event int

// The events.
const (
	Nothing Event = iota // that is seen
	Written              // text was added to what is shown
	Erased               // nothing is shown any more
	Shown                // a caption took the place of what was shown
	Rolled               // the rows rolled up, or what follows is a text of its own
)

// memory is the content of a screen. A rune of 0 is nothing.
type memory [Rows + 1][Columns]Cell

// Decoder has the screen that pairs make. The zero Decoder is one before the first pair.
type Decoder struct {
	shown, loaded memory
	last          Pair // which is not done again where it is repeated; 0 for none
	mode          Pair // the code that began it; 0 before the first one
	row, column   int
	style         Style
	other         bool // pairs are for the second channel
}

// Gap tells the decoder that frames lie between the pair before and the next one, which is no repetition then.
func (d *Decoder) Gap() { d.last = 0 }

// Decode does what a pair says.
func (d *Decoder) Decode(p Pair) Event {
	if p == 0 {
		return Nothing
	}
	if p.IsControl() {
		d.other = p>>8&8 != 0
		if p == d.last {
			d.last = 0
			return Nothing
		}
		d.last = p
		if d.other {
			return Nothing
		}
		return d.control(p)
	}
	d.last = 0
	if d.other || p>>8 != 0 && p>>8 < 0x10 { // data about programmes
		return Nothing
	}
	event := Nothing
	for _, code := range []byte{byte(p >> 8), byte(p)} {
		if code >= ' ' {
			event = d.write(runeOf(code))
		}
	}
	return event
}

// control does what a control code of the first channel says.
func (d *Decoder) control(p Pair) Event {
	if p>>8 == 0x15 && p&0x70 == 0x20 {
		p = p&0xff | 0x1400 // as the other field of a frame has it
	}
	second := byte(p)
	switch {
	case rowOf(p) > 0:
		d.address(p)
	case p&^0xf == midRow:
		event := d.write(' ')
		d.style = d.style.change(p)
		return event
	case p&^0xf == 0x1130:
		return d.write(special[second&0xf])
	case p&^0x1f == 0x1220:
		d.column = max(0, d.column-1)
		return d.write(western[second&0x1f])
	case p&^0x1f == 0x1320:
		d.column = max(0, d.column-1)
		return d.write(northern[second&0x1f])
	case p > tabOffset && p <= tabOffset+3:
		d.column = min(d.column+int(p-tabOffset), Columns-1)
	case p&^0xf == ResumeLoading:
		return d.command(p)
	}
	return Nothing
}

// address moves to a row, and to an indent or a style.
func (d *Decoder) address(p Pair) {
	if row := rowOf(p); !d.rolls() {
		d.row = row
	} else if d.row != row { // which takes the rows above with it
		d.moveRows(row)
	}
	d.column, d.style = 0, Style{Underline: p&underlined != 0}
	if p&indented != 0 {
		d.column = indent * int(p&0xe>>1)
	} else {
		d.style = d.style.change(p)
	}
}

// command does what a code of the modes says.
func (d *Decoder) command(p Pair) Event {
	switch p {
	case ResumeLoading, textRestart, resumeText:
		d.mode = p
	case resumeDirect:
		d.mode = p
		return Rolled
	case rollUp2, rollUp2 + 1, rollUp4:
		was := d.rolls()
		d.mode = p
		if !was {
			d.shown, d.loaded, d.row, d.column, d.style = memory{}, memory{}, Rows, 0, Style{}
			return Erased
		}
	case EraseDisplayed:
		d.shown = memory{}
		return Erased
	case EraseLoaded:
		d.loaded = memory{}
	case EndOfCaption:
		d.mode = ResumeLoading
		d.shown, d.loaded = d.loaded, d.shown
		return Shown
	case carriageReturn:
		if d.rolls() {
			d.roll()
			return Rolled
		}
	case backspace:
		d.column = max(0, d.column-1)
		d.memory()[d.row][d.column] = Cell{}
		return d.written()
	case deleteToEnd:
		clear(d.memory()[d.row][d.column:])
		return d.written()
	}
	return Nothing
}

// rolls reports whether rows roll up.
func (d *Decoder) rolls() bool { return d.mode >= rollUp2 && d.mode <= rollUp4 }

// kept returns how many rows roll up.
func (d *Decoder) kept() int { return int(d.mode-rollUp2) + 2 }

// roll moves the rows up by one.
func (d *Decoder) roll() {
	top := max(1, d.row-d.kept()+1)
	for row := 1; row <= Rows; row++ {
		switch {
		case row < top || row > d.row:
			d.shown[row] = [Columns]Cell{}
		case row < d.row:
			d.shown[row] = d.shown[row+1]
		}
	}
	d.shown[d.row], d.column, d.style = [Columns]Cell{}, 0, Style{}
}

// moveRows moves rows that roll up so that another one is the lowest.
func (d *Decoder) moveRows(row int) {
	var moved memory
	for i := range d.kept() {
		if from, to := d.row-i, row-i; from > 0 && to > 0 {
			moved[to] = d.shown[from]
		}
	}
	d.shown, d.row = moved, row
}

// memory returns what is written to.
func (d *Decoder) memory() *memory {
	switch d.mode {
	case 0, textRestart, resumeText:
		return &memory{} // of what is no caption
	case ResumeLoading:
		return &d.loaded
	}
	return &d.shown
}

// write puts a character at the cursor. Those beyond the last column take the place of the one in it.
func (d *Decoder) write(r rune) Event {
	if d.row == 0 {
		d.row = Rows // of text without an address
	}
	d.memory()[d.row][min(d.column, Columns-1)] = Cell{r, d.style}
	d.column = min(d.column+1, Columns)
	return d.written()
}

// written returns what it does to what viewers see that the memory was changed.
func (d *Decoder) written() Event {
	if d.rolls() || d.mode == resumeDirect {
		return Written
	}
	return Nothing
}

// Screen returns the rows that viewers see, from the top: those with more than spaces.
func (d *Decoder) Screen() []Row {
	var rows []Row
	for number, cells := range d.shown {
		r := Row{Number: number}
		for column, c := range cells {
			switch {
			case c.Rune == 0 && len(r.Cells) == 0, c.Rune == ' ' && len(r.Cells) == 0:
				continue
			case c.Rune == 0:
				c.Rune = ' '
			case len(r.Cells) == 0:
				r.Column = column
			}
			r.Cells = append(r.Cells, c)
		}
		for n := len(r.Cells); n > 0 && r.Cells[n-1].Rune == ' '; n-- {
			r.Cells = r.Cells[:n-1]
		}
		if len(r.Cells) > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

package transcript

import "strings"

// tableCells collects the rows of the tables of a page or a word processor's file, beside their lines.
type tableCells struct {
	rows   []row
	tables int // that are open, one within the other
	cell   int // number of lines before the cell
	tabled int // number of lines in rows
}

// tablePart is a part of a table.
type tablePart int

const (
	tableWhole tablePart = iota
	tableRow
	tableCell
)

// part begins or ends a table, or a row or a cell of one, behind these lines; num is the number of the
// line to come. Those of a table within another are parts of its cell.
func (t *tableCells) part(lines []line, num int, part tablePart, begins bool) {
	switch {
	case part == tableWhole && begins:
		t.tables++
	case part == tableWhole:
		t.tables = max(0, t.tables-1)
	case t.tables != 1:
	case part == tableRow && begins:
		t.rows = append(t.rows, row{line: num})
	case part == tableCell && begins:
		t.cell = len(lines)
	case part == tableCell && len(t.rows) > 0:
		var text []string
		for i := min(t.cell, len(lines)); i < len(lines); i++ {
			lines[i].tabled = true
			text = append(text, lines[i].text)
		}
		last := &t.rows[len(t.rows)-1]
		last.cells = append(last.cells, strings.Join(text, "\n"))
		t.tabled += len(text)
		t.cell = len(lines)
	}
}

// script makes a script of the rows, if most lines stand in these and the columns are those of a
// transcript, and reports whether they are.
func (t *tableCells) script(lines []line) (s *Script, ok bool, err error) {
	shown := 0
	for _, l := range lines {
		if !l.chrome {
			shown++
		}
	}
	if t.tabled*2 <= shown || len(t.rows) < 2 {
		return nil, false, nil
	}
	rows := t.rows
	c, ok := readHeader(rows[0].cells)
	if ok {
		rows = rows[1:]
	} else if c, ok = guessColumns(rows, false); !ok {
		return nil, false, nil
	}
	e := &export{}
	e.addRows(c, rows)
	for _, l := range lines {
		if !l.tabled {
			e.notes = append(e.notes, Note{Reason: "outside of the table", Text: unmark(l.text), Line: l.num})
		}
	}
	s, err = e.script()
	return s, true, err
}

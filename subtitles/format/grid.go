package format

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/audio"
)

// Captions of television are rows of cells on a screen of few columns, and the code that changes how text looks takes
// a cell, too. A grid lays cues out on one.
type grid struct {
	columns int // of a row
	rows    int // that are shown at once
	width   func([]cell) int
	look    func(Style) Style // what it can show of a style
	*replacer
}

// cell is a character, and how it looks.
type cell struct {
	text rune
	look Style
}

// screenful is what is shown at once.
type screenful struct {
	audio.Segment
	rows [][]cell
	key  int // where it stands, as on a keypad
}

// screens returns what is to be shown for cues that are in order. Rows that are too wide are broken at spaces, and
// cues of too many rows become several that share their time. The screen holds one of them at a time: the second
// result counts cues that end before their time, or share a screen, because another one begins. It returns an error
// where the format of that title has not the letters of the text, or nothing is left to be shown.
func (g *grid) screens(cues []Cue, o Options, title string) (all []screenful, overlaps int, err error) {
	before := o.before(cues)
	for i, c := range cues {
		key, _ := c.Settings.anchor()
		var rows [][]cell
		for _, r := range o.Label.rows(c, before[i]) {
			rows = append(rows, g.broken(g.words(r))...)
		}
		for _, s := range g.parts(c.Segment, rows) {
			s.key = key
			if n := len(all); n > 0 && s.Start < all[n-1].End {
				overlaps++
				all = g.beside(all, s)
				continue
			}
			all = append(all, s)
		}
	}
	if err := g.check(title, few); err != nil {
		return nil, 0, err
	}
	if len(all) == 0 {
		return nil, 0, ErrNoCues
	}
	return all, overlaps, nil
}

// parts returns rows as screens that share a time.
func (g *grid) parts(s audio.Segment, rows [][]cell) []screenful {
	var all []screenful
	var widths []int
	n := (len(rows) + g.rows - 1) / g.rows
	for i := range n { // of nearly as many rows each
		part := rows[i*len(rows)/n : (i+1)*len(rows)/n]
		cells := 0
		for _, r := range part {
			cells += len(r)
		}
		all, widths = append(all, screenful{rows: part}), append(widths, cells)
	}
	if n > 0 {
		for i, part := range Apportion(s, widths) {
			all[i].Segment = part
		}
	}
	return all
}

// beside returns screens with another one that begins before the last of them ends. That ends then, if it has been
// shown for a while; else they stand together, or one after the other where there are too many rows.
func (g *grid) beside(all []screenful, s screenful) []screenful {
	const while = time.Second
	last := &all[len(all)-1]
	switch {
	case s.Start-last.Start >= while:
		last.End = s.Start
	case len(last.rows)+len(s.rows) <= g.rows:
		last.rows = slices.Concat(last.rows, s.rows)
		last.End = max(last.End, s.End)
		return all
	default:
		end := max(last.End, s.End)
		last.End = last.Start + (end-last.Start)/2
		s.Start, s.End = last.End, end
	}
	return append(all, s)
}

// words returns what a line may be broken between, in the characters of the format: the words of a row with its
// label. Those that are wider than a row are cut.
func (g *grid) words(r row) [][]cell {
	var words [][]cell
	add := func(text string, look Style, glued bool) {
		for k, part := range strings.FieldsFunc(g.text(text), isBlank) {
			var cells []cell
			for _, c := range part {
				cells = append(cells, cell{c, look})
			}
			if n := len(words); n > 0 && glued && k == 0 {
				words[n-1] = append(words[n-1], cells...)
			} else {
				words = append(words, cells)
			}
		}
	}
	add(r.label, Style{}, false)
	for i, w := range r.words {
		add(Clean(w.Text), g.look(w.Style()), w.Glued && (i > 0 || r.label == ""))
	}
	var cut [][]cell
	for _, w := range words {
		for g.width(w[:min(len(w), g.columns+1)]) > g.columns { // no cell takes less than a column
			n := 1
			for g.width(w[:n+1]) <= g.columns {
				n++
			}
			cut, w = append(cut, w[:n:n]), w[n:]
		}
		cut = append(cut, w)
	}
	return cut
}

// broken returns words as the fewest rows that fit, the widest of which is as narrow as can be.
func (g *grid) broken(words [][]cell) [][]cell {
	best := g.filled(words, g.columns)
	for limit := g.columns - 1; len(best) > 1 && limit > 0; limit-- {
		rows := g.filled(words, limit)
		if len(rows) > len(best) || slices.ContainsFunc(rows, func(r []cell) bool { return g.width(r) > limit }) {
			break
		}
		best = rows
	}
	return best
}

// filled returns words as rows that each hold as many as fit into so many columns.
func (g *grid) filled(words [][]cell, columns int) [][]cell {
	var rows [][]cell
	for _, w := range words {
		if n := len(rows); n > 0 {
			if wider := slices.Concat(rows[n-1], []cell{{text: ' '}}, w); g.width(wider) <= columns {
				rows[n-1] = wider
				continue
			}
		}
		rows = append(rows, w)
	}
	return rows
}

// gridColors are the colours of letters of both CEA-608 and teletext, white aside.
var gridColors = []string{"red", "lime", "yellow", "blue", "magenta", "cyan"}

// gridColor returns the one of gridColors that is nearest to a colour, "" for white and for one that isn't known.
func gridColor(color string) string {
	channels := func(color string) (v [3]int) {
		n, err := strconv.ParseInt(strings.TrimPrefix(rgb(color), "#"), 16, 32)
		if err != nil {
			n = 0xffffff
		}
		return [3]int{int(n >> 16), int(n >> 8 & 255), int(n & 255)}
	}
	of := channels(color)
	distance := func(color string) (sum int) {
		for i, v := range channels(color) {
			sum += (v - of[i]) * (v - of[i])
		}
		return sum
	}
	best := "white"
	for _, c := range gridColors {
		if distance(c) < distance(best) {
			best = c
		}
	}
	if best == "white" {
		return ""
	}
	return best
}

// fromCells returns the words of a row that was read.
func fromCells(number int, cells []cell) Line {
	var spans []span
	for _, c := range cells {
		if n := len(spans); n > 0 && (c.text == ' ' || spans[n-1].style == c.look) {
			spans[n-1].text += string(c.text)
			continue
		}
		spans = append(spans, span{text: string(c.text), style: c.look})
	}
	return newLine("", number, spans)
}

package format

import (
	"fmt"
	"io"
	"strings"
	"time"

	"cuewright/subtitles/format/ebustl"
)

func isSTL(text string) bool {
	const enough = 2 << 10 // characters beyond ASCII have two bytes
	return ebustl.Is(bytesOfText(text[:min(len(text), enough)]))
}

// stlStandard is what people call the format.
const stlStandard = "EBU STL"

// stlColors are the names that Style has for the colours of teletext, in their order.
var stlColors = []string{"black", "red", "lime", "yellow", "blue", "magenta", "cyan", ""}

// writeSTL writes subtitles for teletext.
func writeSTL(w io.Writer, cues []Cue, o Options) error {
	table, chars := stlTable(cues, o)
	look := func(s Style) Style { return Style{Color: gridColor(s.Color)} }
	g := &grid{columns: ebustl.MaxColumns, rows: 4, look: look, replacer: chars}
	g.width = func(cells []cell) int { return ebustl.Width(stlCells(cells)) }
	screens, overlaps, err := g.screens(cues, o, stlStandard)
	if err != nil {
		return err
	}
	f := &ebustl.File{Rate: int(o.FrameRate.Frames), Table: table, Language: o.Lang}
	for _, s := range screens {
		start := o.FrameRate.Frame(s.Start)
		if n := len(f.Subtitles); n > 0 {
			start = max(start, f.Subtitles[n-1].End) // of one that was shorter than a frame
		}
		sub := ebustl.Subtitle{Start: start, End: max(start+1, o.FrameRate.Frame(s.End)), Justification: ebustl.Centered}
		switch s.key % 3 {
		case 1:
			sub.Justification = ebustl.Left
		case 0:
			sub.Justification = ebustl.Right
		}
		switch rows := len(s.rows); { // of two rows each
		case s.key > 6:
			sub.Row = 2
		case s.key > 3:
			sub.Row = 12 - rows
		default:
			sub.Row = 24 - 2*rows
		}
		for _, cells := range s.rows {
			sub.Rows = append(sub.Rows, stlCells(cells))
		}
		f.Subtitles = append(f.Subtitles, sub)
	}
	data, err := f.Encode()
	if err != nil {
		return fmt.Errorf("%s: %w", stlStandard, err)
	}
	g.tell(stlStandard, o)
	warnOverlaps(o, overlaps)
	_, err = w.Write(data)
	return err
}

// stlTable returns the table of characters that lacks the fewest of what viewers read, the first one of several.
func stlTable(cues []Cue, o Options) (best ebustl.Table, chars *replacer) {
	least := -1
	for _, t := range ebustl.Tables() {
		r := &replacer{has: t.Has}
		for i, before := range o.before(cues) {
			for _, text := range o.Label.Texts(cues[i], before) {
				r.text(text)
			}
		}
		if least < 0 || r.replaced < least {
			least, best = r.replaced, t
		}
		if r.replaced == 0 {
			break
		}
	}
	return best, &replacer{has: best.Has}
}

// stlCells returns cells as they are written.
func stlCells(cells []cell) []ebustl.Cell {
	all := make([]ebustl.Cell, len(cells))
	for i, c := range cells {
		all[i] = ebustl.Cell{Text: string(c.text), Color: ebustl.White}
		for color, name := range stlColors {
			if name == c.look.Color {
				all[i].Color = ebustl.Color(color)
			}
		}
	}
	return all
}

// readSTL reads subtitles, whatever they are for. Their numbers are those of the file. The time code with which the
// programme begins is that of the start of the recording, unless one begins before it.
func readSTL(text string) (*File, error) {
	f := &File{}
	stl, err := ebustl.Decode(bytesOfText(text))
	if stl == nil {
		return f, err
	}
	if stl.Title != "" {
		f.Notes = append(f.Notes, Note{Text: Clean(stl.Title), Number: 1})
		f.Around.Metadata = append(f.Around.Metadata, Field{"title", Clean(stl.Title)})
	}
	rate := FrameRate{int64(stl.Rate), 1}
	origin := stl.Start
	for _, s := range stl.Subtitles {
		if s.Start >= 0 && s.Start < origin {
			origin = 0
		}
	}
	at := func(frame int64) time.Duration { return rate.Time(frame - origin).Round(time.Millisecond) }
	for _, s := range stl.Subtitles {
		c := Cue{Confidence: 1, Number: s.Number}
		for _, row := range s.Rows {
			c.Lines = append(c.Lines, fromCells(s.Number, stlRow(row)))
		}
		switch {
		case s.Comment:
			if text := c.Text(); text != "" {
				f.Notes = append(f.Notes, Note{Text: text, Number: s.Number})
				f.Around.Blocks = append(f.Around.Blocks, Block{Kind: Comment, Text: text, Number: s.Number})
			}
			continue
		case s.Start < 0 || s.End < 0:
			f.warn(LeftOut, s.Number, "the times of the subtitle can't be read: give hours, minutes, seconds and frames")
		default:
			c.Segment = f.segment(at(s.Start), at(s.End), s.Number, "give it a later end")
		}
		c.Settings = anchored(stlKey(s))
		f.Cues = append(f.Cues, c)
	}
	if err != nil {
		return f, fmt.Errorf("subtitle %d: %w", len(stl.Subtitles)+1, ErrCutOff)
	}
	return f, nil
}

// stlRow returns a row as cells of characters.
func stlRow(row []ebustl.Cell) []cell {
	var cells []cell
	for _, c := range row {
		look := Style{Italic: c.Italic, Underline: c.Underline, Color: stlColors[c.Color]}
		for _, r := range strings.ReplaceAll(c.Text, "\u00AD", "") {
			cells = append(cells, cell{r, look})
		}
	}
	return cells
}

// stlKey returns where a subtitle stands, as on a keypad.
func stlKey(s ebustl.Subtitle) int {
	const rows = 23
	key := 2
	switch last := s.Row + len(s.Rows)*s.Height - 1; {
	case s.Row == 0: // which says nothing
	case 3*s.Row <= rows:
		key = 8
	case 3*last <= 2*rows:
		key = 5
	}
	switch s.Justification {
	case ebustl.Left:
		return key - 1
	case ebustl.Right:
		return key + 1
	}
	return key
}

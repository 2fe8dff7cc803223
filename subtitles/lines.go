package subtitles

import (
	"math"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// The costs of the lines of a cue, in the unit of those of line breaks (linebreak.go).
const (
	// lineBreakShare is what a line break costs against a cue break at the same
	// place: the eye only moves down, nothing is hidden.
	lineBreakShare = 0.6
	// costUnbalanced is for a second line of no length against a full first one;
	// similar lengths keep the eye's way short.
	costUnbalanced = 8
	// costTopHeavy is added in full where the lower line is less than half as long
	// as the upper one; a short upper line is the better of the two. A label is no part of
	// the upper one here: what it takes off the text behind it would be paid for by the sense.
	costTopHeavy = 8
	// costOrphanLine is for a line of one short word.
	costOrphanLine = 8
)

// lineBreaks are the units with which the second line of a cue and those below it begin; the
// end of the cue where there are fewer lines.
type lineBreaks [maxLines - 1]int

// oneLine returns the breaks of a cue that ends before unit j, and has none.
func oneLine(j int) (b lineBreaks) {
	for k := range b {
		b[k] = j
	}
	return b
}

// split finds the best line breaks of units i to j-1, for as few lines as will do. The first
// break is i where the first line holds the label alone. A sound that is none of the speaker's
// has a line of its own if it can, since "Bob. [door creaks]" reads as if Bob did that.
func (l *layout) split(i, j int) (lineBreaks, float64) {
	lines, width, label := l.preset.Lines, l.preset.LineWidth, 0
	if l.units[i].label != "" {
		label = format.Columns(l.units[i].label) + 1
	}
	breaks, text := oneLine(j), l.width(i, j)
	alone := float64(lineBreakShare * anyBreak) // the label is easily taken for text by what reads the file
	if label > 0 && lines > 1 && l.preset.LabelLine {
		alone = 0
	} else {
		switch {
		case lines == 1 || j-i == 1 && label == 0:
			return breaks, 0
		case label+text <= width:
			breaks[0] = l.ownLine(i, j)
			return breaks, 0
		}
		for n := 2; n <= lines; n++ {
			if cost := l.fold(i, j, label, breaks[:n-1]); !math.IsInf(cost, 1) {
				return breaks, cost
			}
		}
		if label == 0 {
			return breaks, 0 // reach lets none of these pass
		}
	}
	if breaks[0] = i; text > width && j-i > 1 {
		for n := 2; n < lines; n++ {
			if cost := l.fold(i, j, 0, breaks[1:n]); !math.IsInf(cost, 1) {
				return breaks, alone + cost
			}
		}
	}
	return breaks, alone
}

// fold sets breaks to the best ones of units i to j-1, of which the first has a label of so many
// columns before it, in one line more than there are breaks, and returns their cost; infinity, and the
// breaks as they were, where these lines don't hold the units.
func (l *layout) fold(i, j, label int, breaks []int) float64 {
	least := math.Inf(1)
	var rest lineBreaks
	below := rest[:len(breaks)-1]
	for at := i + 1; at < j; at++ {
		text := l.width(i, at)
		if label+text > l.preset.LineWidth && (at-i > 1 || label > 0) {
			break
		}
		if c := l.foldBelow(i, at, j, label, text, below); c < least {
			least, breaks[0] = c, at
			copy(breaks[1:], below)
		}
	}
	return least
}

// ownLine returns the first unit between i and j that begins a line of its own, j for none.
func (l *layout) ownLine(i, j int) int {
	for k := i + 1; k < j && l.asides; k++ {
		if l.units[k].ownLine {
			return k
		}
	}
	return j
}

// foldBelow is fold for units at to j-1 below a line that begins with unit i, and has so many
// columns of label and of text; its cost has that of the break between them.
func (l *layout) foldBelow(i, at, j, label, text int, breaks []int) float64 {
	if len(breaks) == 0 {
		return l.lineBreakCost(i, at, j, label, text)
	}
	least := math.Inf(1)
	var rest lineBreaks
	below := rest[:len(breaks)-1]
	for next := at + 1; next < j; next++ {
		c := l.lineBreakCost(i, at, next, label, text)
		if math.IsInf(c, 1) {
			break
		}
		if c += l.foldBelow(at, next, j, 0, l.width(at, next), below); c < least {
			least, breaks[0] = c, next
			copy(breaks[1:], below)
		}
	}
	return least
}

// lineBreakCost returns what the break before unit at costs, between a line that begins with unit
// i, and has so many columns of label and of text, and one that ends before unit j; infinity if
// that is too long.
func (l *layout) lineBreakCost(i, at, j, label, text int) float64 {
	width, upper, lower := l.preset.LineWidth, label+text, l.width(at, j)
	if lower > width && j-at > 1 {
		return math.Inf(1)
	}
	if l.ownLine(i, at+1) == at {
		return 0
	}
	c := float64(lineBreakShare * l.breakCost(at-1))
	c += float64(costUnbalanced * math.Abs(float64(upper-lower)) / float64(width))
	if 2*lower < text {
		c += costTopHeavy
	}
	if at-i == 1 && 2*upper < width || j-at == 1 && 2*lower < width {
		c += costOrphanLine
	}
	return c
}

// build makes a cue of units i to j-1, of which the second speaker's begin with
// unit k; 0 if there is one speaker.
func (l *layout) build(i, j, k int) format.Cue {
	breaks := oneLine(j)
	if breaks[0] = k; k == 0 {
		breaks, _ = l.split(i, j)
	}
	c := format.Cue{
		Segment:    audio.Segment{Start: l.units[i].Start, End: l.units[j-1].End},
		Confidence: l.units[i].Confidence,
	}
	from := i
	for _, at := range breaks {
		if at < j {
			c.Lines, from = append(c.Lines, l.line(from, at)), at
		}
	}
	c.Lines = append(c.Lines, l.line(from, j))
	return c
}

// line joins the pieces of words that ended up side by side.
func (l *layout) line(i, j int) format.Line {
	line := format.Line{Speaker: l.units[min(i, len(l.units)-1)].speaker}
	line.Short = l.names[line.Speaker]
	var italic *format.Style
	for k, u := range l.units[i:j] {
		if u.piece && k > 0 {
			w := &line.Words[len(line.Words)-1]
			w.Text += u.Text
			w.End = u.End
			continue
		}
		w := cueWord(u.Word)
		if u.italic {
			if italic == nil {
				italic = format.Style{Italic: true}.Look()
			}
			w.Look = italic
		}
		line.Words = append(line.Words, w)
	}
	return line
}

package format

import (
	"cmp"
	"slices"
	"time"
)

// unroll makes one text of rolling captions. These, as video sites write them by machine
// and television does live, show each line a second time above the next one, and some show
// it alone for a moment between the two: here each line is a cue from when it comes up
// until the next one does, and a note where it is repeated. Other captions stay as they are.
func (f *File) unroll() {
	if !isRolling(f.Cues) {
		return
	}
	var all []Cue
	var before []Line // of the cue before
	for _, c := range f.Cues {
		if len(c.Lines) == 0 {
			continue // the screen is empty
		}
		again := repeated(before, c.Lines)
		for _, l := range c.Lines[:again] {
			f.Notes = append(f.Notes, Note{Text: l.Text(), Number: l.Number, Repeated: true})
		}
		before = c.Lines
		last := len(all) - 1
		if again < len(c.Lines) {
			if last >= 0 && again > 0 {
				all[last].End = max(all[last].Start, min(all[last].End, c.Start))
			}
			c.Lines = c.Lines[again:]
			if len(c.Settings) == 2 && c.Settings.Get("align") == "start" && c.Settings.Get("position") == "0%" {
				c.Settings = nil // by which words stay where they are while their line grows
			}
			c.Source = "" // which repeats them
			all = append(all, c)
		} else if c.End > all[last].End {
			all[last].End = c.End
		}
	}
	f.Cues = all
	slices.SortStableFunc(f.Notes, func(a, b Note) int { return cmp.Compare(a.Number, b.Number) })
}

// isRolling reports whether cues are rolling captions: more than two thirds of the cues, and
// no less than two of them, begin with the last lines of the cue before and go on, or show
// them for a moment, not all of them that. In others a line is repeated now and then, as in a song or where a
// second one is added to it.
func isRolling(cues []Cue) bool {
	const moment = 100 * time.Millisecond
	rolls, moments, all := 0, 0, 0
	var before []Line
	for _, c := range cues {
		if len(c.Lines) == 0 {
			continue
		}
		if before != nil {
			all++
			switch again := repeated(before, c.Lines); {
			case again == 0:
			case again < len(c.Lines):
				rolls++
			case c.Duration() <= moment:
				moments++
			}
		}
		before = c.Lines
	}
	return rolls >= 1 && rolls+moments >= 2 && 3*(rolls+moments) > 2*all
}

// repeated returns how many lines after begins with that are the last ones of before.
func repeated(before, after []Line) int {
	const most = 8 // lines on a screen
	for n := min(len(before), len(after), most); n > 0; n-- {
		same := true
		for i := range n {
			same = same && before[len(before)-n+i].Text() == after[i].Text()
		}
		if same {
			return n
		}
	}
	return 0
}

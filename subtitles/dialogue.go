package subtitles

import (
	"slices"

	"cuewright/subtitles/format"
)

// A dialogue is a cue of two speakers with a line each, of the end of a turn and the beginning of
// the next one. Dashes or colours tell who says which. It competes with cues of one speaker by its
// cost.

// The costs of a dialogue, in the unit of those of a cue (layout.go).
const (
	// costDialogue is for a cue of two speakers, beyond what its lines would cost as
	// cues of their own: it is there for a quick exchange that leaves them no time.
	// costAhead is for each second that the second one's line is there before it is said,
	// beyond longestPause: an answer tells what is asked.
	costDialogue = 10
	costAhead    = 8
)

// dialogue returns where the second line of a dialogue that begins with unit i begins,
// 0 if there is none, and the greatest j for which it can end before unit j.
func (l *layout) dialogue(i int) (k, j int) {
	if l.cast == nil && !l.preset.Label.HasDashes() || l.preset.Lines < 2 {
		return 0, 0
	}
	k = l.units[i].stop
	if !l.units[k-1].answer || k-i > cueUnits || l.width(i, k) > l.preset.LineWidth-l.dashed(i) || !l.canShare(i, k) {
		return 0, 0
	}
	room, j := l.preset.LineWidth-l.dashed(k), k
	for j < l.units[k].stop && j-k < cueUnits && l.width(k, j+1) <= room {
		j++
	}
	return k, j
}

// canShare reports whether the speakers of units i and k may share a cue: they need other
// colours where they have any, and no label with a line of its own.
func (l *layout) canShare(i, k int) bool {
	first, second := &l.units[i], &l.units[k]
	if (l.cast != nil || l.preset.LabelLine) && first.label+second.label != "" {
		return false
	}
	return l.cast == nil || l.cast[first.speaker].color != l.cast[second.speaker].color
}

// dialogueCost returns what units i to j-1 cost as one cue of two speakers, of whom the
// second begins with unit k.
func (l *layout) dialogueCost(i, k, j int) float64 {
	r := extent{columns: 2*l.dash() + l.width(i, k) + 1 + l.width(k, j)}
	for _, u := range l.units[i:j] {
		r.words += u.words
	}
	for _, label := range []string{l.units[i].label, l.units[k].label} {
		if label != "" {
			r.addLabel(label, &l.preset)
		}
	}
	ahead := max(0, l.units[k].Start-l.units[i].Start-longestPause)
	cost := 2*costCue + costDialogue + float64(costAhead*ahead.Seconds()) + l.breakCost(j-1)
	if i > 0 && !l.units[i-1].ends {
		cost += l.partCost(i, k, j)
	}
	return cost + l.timeCost(i, j, r)
}

// partCost returns what a reader has against a dialogue that begins within a sentence. The end of
// one may stand above a turn that leaves no time for a cue of its own, and above nothing else.
func (l *layout) partCost(i, k, j int) float64 {
	inner := slices.ContainsFunc(l.units[i:k-1], func(u unit) bool { return u.ends })
	if inner || !l.units[j-1].hard {
		return costStraddle
	}
	return costShortCue * max(0, 1-float64(l.width(i, k))/(shortCueShare*float64(l.preset.LineWidth)))
}

// dashed returns the columns before unit i as the first of a line in a dialogue: of its dash and
// its label.
func (l *layout) dashed(i int) int {
	if label := l.units[i].label; label != "" {
		return l.dash() + format.Columns(label) + 1
	}
	return l.dash()
}

// dash returns the columns of the dash before each line of a dialogue, which colours do without.
func (l *layout) dash() int {
	if l.cast != nil {
		return 0
	}
	return len(format.Dash)
}

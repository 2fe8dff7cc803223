package subtitles

import (
	"math"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// The words of a recording are cut into cues, and the cues into lines, all at
// once, so that no early choice spoils a later one:
//
//	unit   My support | for the people | doesn't mean that ... government. || What it
//	cost             6               11                                    0
//	best   0 ...... best[i] ................................... best[j]
//
// A unit is a word (or a piece of one, in a script without spaces). best[j] is
// the least cost of the cues that hold the first j units:
//
//	best[j] = min over i of best[i] + cue(i, j)
//
// where cue(i, j) is what a reader has against units i to j as one cue: where it
// breaks off, how its lines break, whether it can be read in its time. A cue
// never reaches over a change of speaker or a long pause, and holds few units, so
// the work grows linearly with the words. Only a style that marks two speakers in
// one cue with dashes or colours may have the end of a turn and the beginning of
// the next one as its lines. This is the dynamic programming by which TeX breaks a paragraph into
// lines (Knuth and Plass, 1981), with another cost. Its terms are constants, each
// with its idea, in a unit of which a missed good break is about ten.
//
// The ideas have a file each:
//
//	units.go      what is cut: words, with their labels, looks and ends
//	linebreak.go  what a break behind each word costs, by its sense
//	layout.go     the cues of least cost
//	lines.go      the lines of a cue
//	dialogue.go   cues of two speakers
//	cast.go       who has a colour, and who a label
//	names.go      what labels call those whose name is too long
//	timing.go     when cues appear and leave
//	sounds.go     what sounds: in cues between these, or among the words
//	clips.go      what is heard in clips
//	marks.go      what is heard and stands in no transcript

const (
	// longestPause within a cue; text from both sides of a longer one would show
	// an answer before its question has sunk in (the guides' figure).
	longestPause = time.Second
	// cueUnits bounds the units of a cue where their widths don't: letters of no
	// width, or 65 columns of one-letter words.
	cueUnits = 64
)

// The costs of a cue, in the unit of those of line breaks (linebreak.go).
const (
	// costCue is the price of any cue: it makes full cues where nothing else
	// speaks for more of them. Less than a comma saves would chop clauses.
	costCue = 9
	// costOrphanCue is for a cue of one word that is no sentence.
	costOrphanCue = 25
	// costShortCue is for a cue of hardly any text against one of shortCueShare of a
	// line, unless it is a sentence: it flickers by, and what it belongs to is gone or
	// not there yet.
	costShortCue  = 20
	shortCueShare = 0.8
	// costNewSentence is for a sentence that begins within a cue: one sentence a cue is
	// the rule (BBC, section 3.2), save where short ones would each flicker by or pass too
	// fast. At the line break it is half as bad.
	costNewSentence = 20
	// costStraddle, forbidding in effect, is for a cue that holds the end of a sentence and
	// the beginning of the next one without holding both as a whole: a reader sees two
	// fragments.
	costStraddle = 1000
	// costFragment is for a cue that breaks off one or two words into a clause, and half of it
	// for one that does after three: what hangs there belongs to the next cue. It is more than
	// costTooFast, since a reader who is a little behind follows better than one who was misled.
	costFragment = 20
	// costPauseWithin is for each second of pause between two words of a cue, from
	// shortestPause on. A pause at the cue's end takes pauseDiscount a second, over
	// mostDiscount at the most, from the cost of the break, and never more than half.
	costPauseWithin = 14
	shortestPause   = 250 * time.Millisecond
	pauseDiscount   = 16
	mostDiscount    = 500 * time.Millisecond
	// costTooFast is for any cue that can't be read in its time: a break at a lesser
	// place is worth it where that evens fast words out with slow ones, but not one
	// within what belongs together. costExcessSpeed is for each time that the reading
	// time exceeds the cue's, so that what must be fast isn't faster still.
	costTooFast     = 14
	costExcessSpeed = 45
	// costBelowShortest is for a cue of no length against the shortest for its words,
	// costFlicker for any that is no longer than the shortest of all, or than flickers where a
	// style asks for less, less for one up to calmTime as long, and costTooLong, forbidding in
	// effect, for each second above the longest.
	costBelowShortest = 45
	costFlicker       = 12
	calmTime          = 1.25
	flickers          = time.Second * 5 / 6
	costTooLong       = 1000
)

// LayoutOptions of Layout; the zero value is the default.
type LayoutOptions struct {
	// KeepUnspoken shows sentences, clauses and insertions that nobody says, in the pause
	// where they would be said; otherwise they are left out. Asides of a spoken sentence
	// are always shown: web addresses and the like, and what stands in round brackets.
	KeepUnspoken bool
	// NoSounds leaves out music and sounds, those that the transcript announces and music that is
	// heard for certain and longer than three seconds.
	NoSounds bool
	// MarkUnscripted shows where speech is heard that the transcript lacks.
	MarkUnscripted bool

	given bool              // the words are of cues, whose ends are not those of speech
	cast  cast              // of more than the alignment; nil for its own
	names map[string]string // likewise, see Preset.shortNames
}

// Layout returns a as cues in p's style, see Preset.For. The cues are in order and
// don't overlap, Start < End, all in whole milliseconds. Every spoken word is
// there once, in order and as it is written; a word in a script without spaces
// that is wider than a line may go on in the next line or cue. Sounds have cues of
// their own where there is room, and else stand among the words.
func Layout(a *align.Alignment, p Preset, o LayoutOptions) []format.Cue {
	o.cast, o.names = p.castOf(a, o), p.namesOf(a, o) // once for all rounds
	t := newTimer(p)
	apart, within := soundsOf(a, p, o)
	for rounds := 0; ; rounds++ {
		l := newLayout(a, p, o, within, apart)
		if len(l.units) == 0 { // no words to stand among
			apart, within = append(apart, within...), nil
			slices.SortStableFunc(apart, byStart)
		}
		cues := l.cues()
		l.cast.show(cues, &p)
		stays := t.timeCues(cues, a, apart, o.given)
		cues, crowded := t.addSounds(cues, stays, apart)
		if len(crowded) == 0 || len(l.units) == 0 {
			return cues
		}
		// A sound among the words makes these longer, which may crowd out another one: after a few
		// rounds all stand among the words.
		if within = append(within, crowded...); rounds == 2 {
			within, crowded = slices.Concat(within, without(apart, crowded)), apart
		}
		slices.SortStableFunc(within, byStart)
		apart = without(apart, crowded)
	}
}

// layout is the state of Layout.
type layout struct {
	preset Preset
	cast   cast              // nil without colours
	names  map[string]string // in labels, of those whose own is too long
	pace   pace              // in nanoseconds
	units  []unit
	asides bool // some units begin a line of their own
}

// cues returns the path of least cost through all units, without times of its own:
// each cue runs from its first word's start to its last one's end.
func (l *layout) cues() []format.Cue {
	n := len(l.units)
	best := make([]float64, n+1)
	from := make([]int32, n+1)
	answer := make([]int32, n+1) // where the second speaker of a dialogue begins, or 0
	for j := range best[1:] {
		best[j+1] = math.Inf(1)
	}
	for i := range n {
		for j, end := i+1, l.reach(i); j <= end; j++ {
			if c := best[i] + l.cue(i, j); c < best[j] {
				best[j], from[j], answer[j] = c, int32(i), 0
			}
		}
		if k, end := l.dialogue(i); k > 0 {
			for j := k + 1; j <= end; j++ {
				if !l.units[j-1].ends {
					continue
				}
				if c := best[i] + l.dialogueCost(i, k, j); c < best[j] {
					best[j], from[j], answer[j] = c, int32(i), int32(k)
				}
			}
		}
	}
	var cues []format.Cue
	for j := n; j > 0; j = int(from[j]) {
		cues = append(cues, l.build(int(from[j]), j, int(answer[j])))
	}
	slices.Reverse(cues)
	return cues
}

// reach returns the greatest j for which units i to j-1 can be one cue: its lines are
// filled one after the other, with at least a unit each.
func (l *layout) reach(i int) int {
	j := i
	for line := range l.preset.Lines {
		room := l.preset.LineWidth
		if label := l.units[i].label; line == 0 && label != "" {
			room -= format.Columns(label) + 1
			if l.preset.Lines > 1 && (l.preset.LabelLine || room < l.units[i].width) {
				continue // the label has a line of its own
			}
		}
		k := j
		for j < len(l.units) && j-i < cueUnits && (j == k || l.width(k, j+1) <= room) {
			j++
			if l.units[j-1].hard {
				return j
			}
		}
	}
	return j
}

// cue returns what units i to j-1 cost as one cue.
func (l *layout) cue(i, j int) float64 {
	p, first, last := &l.preset, &l.units[i], &l.units[j-1]
	cost := costCue + l.breakCost(j-1)
	breaks, c := l.split(i, j)
	cost += c

	words, inner := first.words, 0
	for k := i; k < j-1; k++ {
		u, next := &l.units[k], &l.units[k+1]
		if !next.Glued || strings.ContainsFunc(next.Text, transcript.IsCharacter) {
			words += next.words
		}
		if pause := next.Start - u.End; pause > shortestPause {
			cost += float64(costPauseWithin * pause.Seconds())
		}
		if u.ends {
			inner++
			if slices.Contains(breaks[:], k+1) {
				cost += costNewSentence / 2.0
			} else {
				cost += costNewSentence
			}
		}
	}
	begins, ends := i == 0 || l.units[i-1].ends, last.ends
	if inner > 0 && !begins {
		cost += costStraddle
	}
	if inner > 0 && !ends {
		cost += costStraddle
	}
	if !last.hard && last.cost > commaBreak {
		for k := j - 2; k >= i && k >= j-4; k-- {
			if l.units[k].cost <= commaBreak {
				if cost += costFragment; k == j-4 {
					cost -= costFragment / 2.0
				}
				break
			}
		}
	}
	text := l.width(i, j)
	if !(begins && ends) {
		cost += float64(costShortCue * max(0, 1-float64(text)/(shortCueShare*float64(p.LineWidth))))
		if j-i == 1 && text < p.LineWidth {
			cost += costOrphanCue
		}
	}
	r := extent{columns: text, words: words}
	if first.label != "" {
		r.addLabel(first.label, p)
	}
	return cost + l.timeCost(i, j, r)
}

// timeCost returns what a reader has against the time of units i to j-1 as one cue.
func (l *layout) timeCost(i, j int, r extent) float64 {
	p, cost := &l.preset, 0.0
	r.words = max(1, r.words)
	start, last := l.units[i].Start, l.units[j-1].End
	shown := time.Duration(l.pace.leave(stay{
		start: int64(start), last: int64(last), quiet: int64(last + p.Linger), next: l.next(j), over: never,
		shortest: int64(p.shortest(r)), read: int64(p.toRead(r)),
	})) - start
	time := shown.Seconds()
	if need := p.toRead(r).Seconds(); need > time {
		cost += costTooFast + float64(costExcessSpeed*min(need/max(time, 1e-3)-1, 3))
	}
	if least := p.shortest(r).Seconds(); least > time {
		cost += float64(costBelowShortest * (1 - time/least))
	}
	shortest := max(p.Shortest, flickers).Seconds()
	if calm := float64(calmTime * shortest); calm > time {
		cost += float64(costFlicker * min(1, (calm-time)/(calm-shortest)))
	}
	if longest := p.Longest.Seconds(); time > longest && j-i > 1 {
		cost += float64(costTooLong * (1 + time - longest))
	}
	return cost
}

// breakCost returns that of a cue which ends with unit k: less at a pause.
func (l *layout) breakCost(k int) float64 {
	u := &l.units[k]
	if u.hard {
		return 0
	}
	pause := min(max(0, l.units[k+1].Start-u.End), mostDiscount)
	return max(float64(u.cost/2), u.cost-float64(pauseDiscount*pause.Seconds()))
}

// next returns when the unit after a cue that ends before unit j is said, in nanoseconds.
func (l *layout) next(j int) int64 {
	if j < len(l.units) {
		return int64(l.units[j].Start)
	}
	return never
}

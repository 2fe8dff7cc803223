package subtitles

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/audio"
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
// one cue with dashes or colours may have the end of a turn and the beginning of the next one
// as its lines. This is the dynamic programming by which TeX breaks a paragraph into
// lines (Knuth and Plass, 1981), with another cost. Its terms are the constants
// below, in a unit of which a missed good break is about ten.

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
	// costFragment is for a cue that breaks off one or two words into a clause: what
	// hangs there belongs to the next cue.
	costFragment = 8
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
	costTooFast     = 12
	costExcessSpeed = 45
	// costDialogue is for a cue of two speakers, beyond what its lines would cost as
	// cues of their own: it is there for a quick exchange that leaves them no time.
	// costAhead is for each second that the second one's line is there before it is said,
	// beyond longestPause: an answer tells what is asked.
	costDialogue = 10
	costAhead    = 8
	// costBelowShortest is for a cue of no length against the shortest for its words,
	// costFlicker for any that is no longer than the shortest of all, or than flickers where a
	// style asks for less, less for one up to calmTime as long, and costTooLong, forbidding in effect, for each second above the
	// longest.
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

	given bool // the words are of cues, whose ends are not those of speech
	cast  cast // of more than the alignment; nil for its own
}

// Layout returns a as cues in p's style, see Preset.For. The cues are in order and
// don't overlap, Start < End, all in whole milliseconds. Every spoken word is
// there once, in order and as it is written; a word in a script without spaces
// that is wider than a line may go on in the next line or cue. Sounds have cues of
// their own where there is room, and else stand among the words.
func Layout(a *align.Alignment, p Preset, o LayoutOptions) []format.Cue {
	o.cast = p.castOf(a, o) // once for all rounds
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
		// Text takes the room of others at times: all of them stand in it in the end.
		if within = append(within, crowded...); rounds == 2 {
			within, crowded = slices.Concat(within, without(apart, crowded)), apart
		}
		slices.SortStableFunc(within, byStart)
		apart = without(apart, crowded)
	}
}

// unit is a word, or a piece of one, and never cut.
type unit struct {
	align.Word
	speaker string
	label   string  // shown before it where it opens a cue, or the second line of a dialogue
	piece   bool    // it goes on with the word of the unit before
	sound   bool    // it is of a sound among the words
	ownLine bool    // it begins a sound that is not its speaker's: it begins a line, if there is room for two
	italic  bool    // it is heard in a clip, and the preset has these in italics
	ends    bool    // the sentence's last
	closes  bool    // the paragraph's last
	hard    bool    // a cue ends here
	answer  bool    // another speaker follows, at once
	stop    int     // the first unit behind the next hard one, this one or a later one
	width   int     // columns
	words   int     // see countWords
	off     int     // columns of all units before it, with their spaces
	cost    float64 // of a break after it
}

type layout struct {
	preset Preset
	cast   cast // nil without colours
	pace   pace // in nanoseconds
	units  []unit
	asides bool // some units begin a line of their own
}

// newLayout returns the units of a, with the sounds that stand within among the words; apart are those
// that want cues of their own. Both are in order.
func newLayout(a *align.Alignment, p Preset, o LayoutOptions, within, apart []align.Direction) *layout {
	nanoseconds := func(t time.Duration) int64 { return int64(t) }
	l := &layout{preset: p, cast: p.castOf(a, o), pace: p.paceIn(nanoseconds, nanoseconds)}
	speaker, clips := "", clipsOf(a)
	for _, t := range a.Turns {
		said := make([][]align.Word, len(t.Sentences))
		for i, s := range t.Sentences {
			said[i] = shown(s, o.KeepUnspoken)
		}
		if p.Clips == QuotedClips {
			quoteClip(said, clips)
		}
		first, paragraph := len(l.units), 0
		label := p.Label.Of(t.Speaker)
		for i, s := range t.Sentences {
			if n := len(l.units); n > first && s.Paragraph != paragraph {
				l.units[n-1].closes = true
			}
			paragraph = s.Paragraph
			for _, w := range said[i] {
				l.add(w, t.Speaker)
			}
			if n := len(l.units); n > first {
				l.units[n-1].ends = true
			}
		}
		if n := len(l.units); n > first {
			l.units[n-1].hard, l.units[n-1].closes = true, true
			if l.needsLabel(t.Speaker, speaker) {
				l.units[first].label = label
			}
			speaker = t.Speaker
		}
	}
	if o.KeepUnspoken {
		l.spread(a.Segment)
	}
	if p.Clips == ItalicClips {
		for i := range l.units {
			l.units[i].italic = clipAt(clips, l.units[i].Segment)
		}
	}
	l.addSounds(within, apart)
	if p.Always {
		for i := range l.units {
			if u := &l.units[i]; i > 0 && u.speaker == l.units[i-1].speaker {
				u.label = l.units[i-1].label
			} else {
				u.label = p.Label.Of(u.speaker)
			}
		}
	}
	off := 0
	for i := range l.units {
		u := &l.units[i]
		if !u.Glued {
			off++
		}
		u.off = off
		u.width, u.words = format.Columns(u.Text), countWords(u.Text)
		off += u.width
		switch {
		case i+1 == len(l.units):
			u.hard = true
		case l.units[i+1].Start-u.End > longestPause:
			u.hard = true
		case u.hard:
			u.answer = l.units[i+1].speaker != u.speaker
		}
	}
	for i := len(l.units) - 1; i >= 0; i-- {
		if u := &l.units[i]; u.hard {
			u.stop = i + 1
		} else {
			u.stop = l.units[i+1].stop
		}
	}
	l.setCosts(newBreaker(a.Lang))
	return l
}

// needsLabel reports whether a speaker has a label behind the one before.
func (l *layout) needsLabel(speaker, before string) bool {
	if l.cast != nil {
		return l.cast.needsLabel(speaker, before)
	}
	return speaker != before
}

// setCosts sets what a break costs behind each unit within a sentence. A sound belongs to the
// word behind it, or to the one before the end of the sentence.
func (l *layout) setCosts(b breaker) {
	var words []string
	var at []int // the units of the words
	for i := range l.units {
		u := &l.units[i]
		if u.sound {
			u.cost = boundBreak
		} else {
			words, at = append(words, u.Text), append(at, i)
		}
		if !u.ends {
			continue
		}
		for k, cost := range b.costs(words) {
			u, next := &l.units[at[k]], min(at[k]+1, len(l.units)-1)
			switch {
			case u.hard || u.ends:
			case k == len(words)-1:
				u.cost = commaBreak // before the sounds at the end
			case l.units[next].Glued:
				u.cost = gluedBreak(u.Text, l.units[next].Text)
			default:
				u.cost = cost
			}
		}
		u.cost = 0
		words, at = words[:0], at[:0]
	}
}

// addSounds puts sounds, which are in the order of time, among the words: before the next one, or
// behind the last of a paragraph if the next one is not of its line, unless a sound of those apart
// comes in between: it would be shown too late.
func (l *layout) addSounds(sounds, apart []align.Direction) {
	if len(sounds) == 0 || len(l.units) == 0 {
		return
	}
	words := l.units
	l.units = make([]unit, 0, len(words)+len(sounds))
	for i, u := range words {
		sound := unit{Word: align.Word{Confidence: u.Confidence}, speaker: u.speaker}
		if l.preset.Always {
			sound.label = u.label
		}
		for len(sounds) > 0 && !u.piece && sounds[0].Start <= u.Start {
			first := len(l.units)
			sound.Segment, sound.Glued = audio.Segment{Start: u.Start, End: u.Start}, u.Glued
			l.addSound(sounds[0], sound)
			if !l.preset.Always {
				l.units[first].label, u.label = u.label, ""
			}
			sounds = sounds[1:]
		}
		l.units = append(l.units, u)
		for len(sounds) > 0 && u.closes && (i+1 == len(words) || standsBehind(sounds[0], u, words[i+1], apart)) {
			last := &l.units[len(l.units)-1]
			last.ends, last.hard, last.closes = false, false, false
			first := len(l.units)
			sound.Segment, sound.Glued = audio.Segment{Start: u.End, End: u.End}, false
			l.addSound(sounds[0], sound)
			if !sounds[0].Trails && !l.units[first-1].sound {
				l.units[first].ownLine, l.asides = true, true
			}
			last = &l.units[len(l.units)-1]
			last.ends, last.hard, last.closes = u.ends, u.hard, u.closes
			sounds = sounds[1:]
		}
	}
}

// standsBehind reports whether a sound stands behind the last word of a paragraph, and not before next.
func standsBehind(d align.Direction, last, next unit, apart []align.Direction) bool {
	if d.Leads || d.Start > next.Start {
		return false
	}
	i, _ := slices.BinarySearchFunc(apart, last.End, func(d align.Direction, t time.Duration) int {
		return cmp.Compare(d.Start, t)
	})
	return i == len(apart) || apart[i].Start >= d.Start
}

// addSound appends the words of a sound, each of them like u.
func (l *layout) addSound(d align.Direction, u unit) {
	u.sound = true
	for _, text := range strings.Fields(soundLabel(d.Text)) {
		for _, u.Text = range pieces(text, l.preset.LineWidth) {
			l.units = append(l.units, u)
			u.piece, u.Glued = true, true
		}
		u.piece, u.Glued = false, false
	}
}

// add appends a word, in pieces that share its time by their width where it must
// be cut.
func (l *layout) add(w align.Word, speaker string) {
	all := pieces(w.Text, l.preset.LineWidth)
	if len(all) == 1 {
		l.units = append(l.units, unit{Word: w, speaker: speaker})
		return
	}
	widths := make([]int, len(all))
	for i, text := range all {
		widths[i] = format.Columns(text)
	}
	for i, s := range format.Apportion(w.Segment, widths) {
		piece := w
		piece.Text, piece.Segment = all[i], s
		piece.Glued = w.Glued || i > 0
		l.units = append(l.units, unit{Word: piece, speaker: speaker, piece: i > 0})
	}
}

// spread gives units that nobody says the pause that they stand in, by their
// width: all that is free between their spoken neighbours.
func (l *layout) spread(recording audio.Segment) {
	for i := 0; i < len(l.units); {
		j := i
		var widths []int
		for j < len(l.units) && !l.units[j].Spoken {
			widths = append(widths, format.Columns(l.units[j].Text)+1)
			j++
		}
		if j > i {
			from, to := recording.Start, recording.End
			if i > 0 {
				from = l.units[i-1].End
			}
			if j < len(l.units) {
				to = l.units[j].Start
			}
			free := audio.Segment{Start: from, End: max(from, to)}
			for k, s := range format.Apportion(free, widths) {
				l.units[i+k].Segment = s
			}
		}
		i = j + 1
	}
}

// width returns the columns of units i to j-1 in one line, without a label.
func (l *layout) width(i, j int) int {
	if i == j {
		return 0
	}
	last := &l.units[j-1]
	return last.off + last.width - l.units[i].off
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
		if !next.Glued {
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
		for k := j - 2; k >= i && k >= j-3; k-- {
			if l.units[k].cost <= commaBreak {
				cost += costFragment
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

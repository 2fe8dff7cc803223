package subtitles

import (
	"cmp"
	"container/list"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/rivo/uniseg"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// stay is what a cue has its end from. Times are counted in any unit.
type stay struct {
	start, last    int64 // it appears, and its last word has been said
	quiet          int64 // what it may linger until
	shortest, read int64 // how long it stands at least, and how long to be read
	next           int64 // the next cue appears
	over           int64 // the recording ends
}

// pace is what a preset says of the ends of cues, in the same unit.
type pace struct{ gap, closeGap, longest, leastLinger int64 }

// leastLinger is how long a cue lingers at least where there is a choice: one that is gone
// with its last word, for half a second, flickers.
const leastLinger = 100 * time.Millisecond

// paceIn returns the pace of p in units, which a function converts times into.
func (p Preset) paceIn(up, down func(time.Duration) int64) pace {
	return pace{up(p.Gap), up(p.CloseGap), down(p.Longest), up(leastLinger)}
}

// leave returns when a cue leaves. It lingers as long as it may, which gives slow readers
// time, and longer only to stand its shortest time, but no longer than the longest beyond its
// last word. Where the gap behind it would be too short to be left open, it leaves as much
// earlier if it can be read by then and still lingers, else it stays until the next cue. The
// gap before that wins even over the last word, unless the cue would stand for less than
// half of the time that there is.
func (p pace) leave(s stay) int64 {
	end := max(s.last, s.start+1, min(max(s.quiet, s.start+s.shortest), s.start+p.longest, s.over))
	latest := max(s.next-p.gap, min(max(s.last, s.start+1), s.start+(s.next-s.start+1)/2))
	switch open := s.next - p.closeGap; {
	case end >= latest:
		return latest
	case end <= open:
		return end
	case open >= max(s.last+p.leastLinger, s.start+max(s.shortest, s.read)):
		return open
	case latest <= s.start+p.longest:
		return latest
	}
	return end
}

// never is later than any recording ends, in any unit, and can be added to.
const never = math.MaxInt64 / 4

// timer gives cues their times.
type timer struct {
	pace
	preset Preset
	steps  format.FrameRate
}

func newTimer(p Preset) timer {
	steps := p.steps()
	return timer{p.paceIn(steps.FrameAfter, steps.FrameBefore), p, steps}
}

// at returns the time of a step, in whole milliseconds.
func (t timer) at(step int64) time.Duration { return t.steps.Time(step).Round(time.Millisecond) }

// toRead returns how many steps it takes to read r.
func (t timer) toRead(r extent) int64 {
	need := t.preset.toRead(r)
	if !t.preset.FrameRate.IsZero() {
		need += time.Millisecond // that the times of frames may be off when they are rounded
	}
	return t.steps.FrameAfter(need)
}

// timeCues gives cues that run from their first word to their last, which are all cues of
// a's words, the times at which they are shown, and returns what they have their ends from.
// A cue appears with its first word, and the gap before it is made by the end of the cue
// before, even where that cuts off the end of a word: a text that comes late is what
// viewers see (Netflix, timing to audio). The sounds want cues of their own; given is as in
// LayoutOptions.
func (t timer) timeCues(cues []format.Cue, a *align.Alignment, sounds []align.Direction, given bool) []stay {
	stays := make([]stay, len(cues))
	before := t.preset.speakersBefore(cues)
	others, starts := interruptions(a, sounds)
	over := int64(never)
	if a.End > 0 {
		over = t.steps.FrameBefore(a.End)
	}
	for i, c := range cues {
		s := &stays[i]
		s.start, s.next, s.over = max(0, t.steps.Frame(c.Start)), never, over
		if i > 0 {
			s.start = max(s.start, stays[i-1].start+1)
			stays[i-1].next = s.start
		}
		last := max(c.End, c.Start)
		s.last = t.steps.FrameAfter(last)
		if last-c.Start <= t.preset.Longest { // in frames, too
			s.last = min(s.last, s.start+t.longest)
		}
		r := t.preset.extent(c, before[i])
		s.shortest, s.read = t.steps.FrameAfter(t.preset.shortest(r)), t.toRead(r)
		s.quiet = t.steps.FrameBefore(last + t.preset.Linger)
		if at, found := firstFrom(others, last); found {
			gone := t.steps.FrameBefore(at)
			s.quiet = min(s.quiet, gone)
			s.shortest = min(s.shortest, max(t.steps.FrameAfter(t.preset.Shortest), gone-s.start))
		}
		if at, found := firstFrom(starts, c.Start); found || given {
			s.quiet = min(s.quiet, max(s.last, t.steps.FrameBefore(at), s.start+s.read))
		}
	}
	for i := range cues {
		cues[i].Start, cues[i].End = t.at(stays[i].start), t.at(t.leave(stays[i]))
	}
	return stays
}

// interruptions returns the starts, in order, of what a cue does not linger into: of others'
// speech that the transcript lacks, and of sounds that want a cue of their own.
func interruptions(a *align.Alignment, sounds []align.Direction) (others, starts []time.Duration) {
	for _, u := range a.Unscripted {
		if u.Kind == align.UnscriptedSpeech {
			others = append(others, u.Start)
		}
	}
	for _, d := range sounds {
		starts = append(starts, d.Start)
	}
	return others, starts
}

// firstFrom returns the first of times, which are in order, that is not before t.
func firstFrom(times []time.Duration, t time.Duration) (at time.Duration, found bool) {
	i, _ := slices.BinarySearch(times, t)
	if i == len(times) {
		return 0, false
	}
	return times[i], true
}

// extent returns what a viewer reads in a cue; before is who spoke before it, see
// format.SpeakersBefore.
func (p *Preset) extent(c format.Cue, before string) (r extent) {
	for _, text := range p.label().Texts(c, before) {
		r.columns += format.Columns(text) + 1
		r.words += countWords(text)
	}
	if p.LabelTime > 0 {
		for _, label := range p.label().Before(c, before) {
			if words := countWords(label); words > 0 {
				r.columns -= format.Columns(strings.TrimSuffix(label, " ")) + 1
				r.words -= words
				r.labels += p.LabelTime
			}
		}
	}
	r.columns, r.words = max(0, r.columns-1), max(1, r.words)
	return r
}

// countWords returns how many words a reader finds in s: a dash that stands alone is
// none.
func countWords(s string) int {
	n := 0
	for _, f := range strings.Fields(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// addSounds puts a cue for each sound between those of the speech, as soon as
// the sound leaves room for a readable one. It stands for as long as the sound
// lasts and nobody speaks, so that a viewer knows why there is nothing to read, up
// to the longest cue: a label that stays for all of a long theme stands in the way
// and is refused by checks of its length, and one that comes again and again
// clutters what is also read as a transcript. Stays are those of the speech. Crowded are
// the sounds that there is no room for. Sounds are in the order of their starts.
func (t timer) addSounds(
	speech []format.Cue, stays []stay, sounds []align.Direction,
) (all []format.Cue, crowded []align.Direction) {
	if len(sounds) == 0 {
		return speech, nil
	}
	cues := list.New() // of *timedCue, so that a cue is put in without moving those behind it
	for i := range speech {
		cues.PushBack(&timedCue{stays[i], t.leave(stays[i]), &speech[i]})
	}
	from := cues.Front() // the first cue that ends after the start of the sound at hand, nil if none does
	for _, d := range sounds {
		for from != nil && t.at(cueAt(from).end) <= d.Start {
			from = from.Next()
		}
		switch at := t.addSound(cues, from, d); {
		case at == nil:
			crowded = append(crowded, d)
		case at.Next() == from:
			from = cmp.Or(at.Prev(), at) // the cue before may stay for longer now
		}
	}
	all = slices.Grow([]format.Cue(nil), cues.Len())
	for e := cues.Front(); e != nil; e = e.Next() {
		c := cueAt(e)
		c.Start, c.End = t.at(c.start), t.at(c.end)
		all = append(all, *c.Cue)
	}
	return all, crowded
}

// timedCue is a cue with what it has its end from.
type timedCue struct {
	stay
	end int64
	*format.Cue
}

// cueAt returns the cue of an element of the list in addSounds.
func cueAt(e *list.Element) *timedCue { return e.Value.(*timedCue) }

// isShown reports whether a direction is one that viewers see.
func isShown(d align.Direction) bool { return d.Kind == transcript.Music || d.Kind == transcript.Sound }

// soundsOf returns the sounds of a that viewers see, in the order of their starts: those that
// want a cue of their own and those that stand among the words. Where the recording has no
// sound for one it stands where the transcript has it, and so does one over what is taken for
// speech and is longer than any cue: that is speech.
func soundsOf(a *align.Alignment, p Preset, o LayoutOptions) (apart, within []align.Direction) {
	apart = unscriptedMarks(a, o)
	if o.NoSounds {
		return apart, nil
	}
	spoken := map[audio.Segment]bool{}
	for _, u := range a.Unscripted {
		spoken[u.Segment] = u.Kind == align.UnscriptedSpeech
	}
	for _, d := range a.Directions {
		speech := d.Kind == transcript.Sound && d.Duration() > p.Longest && spoken[d.Segment]
		if !isShown(d) || soundLabel(d.Text) == "[]" {
			continue
		}
		if parts := soundParts(d, p); d.Duration() > 0 && !speech && parts != nil {
			apart = append(apart, parts...)
		} else {
			within = append(within, d)
		}
	}
	slices.SortStableFunc(apart, byStart)
	slices.SortStableFunc(within, byStart)
	return apart, within
}

// isLyrics reports whether a direction holds the words of a song, between notes.
func isLyrics(s string) bool {
	return strings.IndexAny(s, "♩♪♫♬") == 0 && !format.IsMusicSigns(s)
}

// soundParts returns a sound in parts of which each fits into the lines of one cue, which share its
// time by their width: lyrics may be cut between words, and have notes in each cue. It is nil where
// one doesn't fit.
func soundParts(d align.Direction, p Preset) []align.Direction {
	fits := func(text string) bool {
		return !slices.ContainsFunc(soundLines(soundLabel(text), d.Segment, p), func(l format.Line) bool {
			return format.Columns(l.Text()) > p.LineWidth
		})
	}
	if fits(d.Text) {
		return []align.Direction{d}
	}
	if !isLyrics(d.Text) {
		return nil
	}
	var texts []string
	for rest := strings.Fields(strings.Trim(d.Text, "♩♪♫♬ ")); len(rest) > 0; {
		text, n := "", 0
		for ; n < min(len(rest), cueUnits); n++ {
			longer := "♪ " + strings.Join(rest[:n+1], " ") + " ♪"
			if !fits(longer) {
				break
			}
			text = longer
		}
		if n == 0 {
			return nil
		}
		texts, rest = append(texts, text), rest[n:]
	}
	widths := make([]int, len(texts))
	for i, text := range texts {
		widths[i] = format.Columns(text)
	}
	parts := make([]align.Direction, len(texts))
	for i, s := range format.Apportion(d.Segment, widths) {
		parts[i] = align.Direction{Segment: s, Kind: d.Kind, Text: texts[i], Leads: d.Leads, Trails: d.Trails}
	}
	return parts
}

func byStart(x, y align.Direction) int { return cmp.Compare(x.Start, y.Start) }

// without returns the sounds that are not among others, which are some of them in their order.
func without(sounds, others []align.Direction) (rest []align.Direction) {
	for _, d := range sounds {
		if len(others) > 0 && d == others[0] {
			others = others[1:]
			continue
		}
		rest = append(rest, d)
	}
	return rest
}

// maxRooms bounds the places where a sound is looked for room, which is more than an hour of
// captions: a sound may last for a day.
const maxRooms = 1000

// addSound puts a cue for a sound into the first place, not before the cue from, that has room
// for it, and returns it; nil where there is no room while the sound lasts.
func (t timer) addSound(cues *list.List, from *list.Element, d align.Direction) *list.Element {
	text := soundLabel(d.Text)
	r := extent{columns: format.Columns(text), words: max(1, countWords(text))}
	need := max(t.steps.FrameAfter(t.preset.shortest(r)), t.toRead(r))
	next, before := from, cues.Back()
	if from != nil {
		before = from.Prev()
	}
	for range maxRooms {
		start, end, follows := t.steps.Frame(d.Start), t.steps.FrameBefore(d.End), int64(never)
		if before != nil {
			start = max(start, cueAt(before).end+t.gap)
		}
		if next != nil {
			follows = cueAt(next).start
			end = min(end, follows-t.gap)
		}
		if t.at(start) >= d.End {
			return nil
		}
		if end-start >= need {
			end = min(end, start+t.longest)
			c := &timedCue{stay{start: start, last: end, quiet: end, next: follows, over: end}, end, &format.Cue{
				Lines: soundLines(text, d.Segment, t.preset), Confidence: 1,
			}}
			at := cues.PushBack(c)
			if next != nil {
				cues.MoveBefore(at, next)
			}
			c.end = t.leave(c.stay)
			if before != nil {
				b := cueAt(before)
				b.next = start
				b.end = t.leave(b.stay)
			}
			return at
		}
		if next == nil {
			return nil
		}
		before, next = next, next.Next()
	}
	return nil
}

// soundLines returns the text of a sound cue in one line or, where that is too long,
// in two of about the same length. Where these are too long as well, and there may be more, the
// first one is as long as may be.
func soundLines(text string, at audio.Segment, p Preset) []format.Line {
	if format.Columns(text) > p.LineWidth && p.Lines > 1 {
		if k := middleSpace(text); k < len(text)-1 {
			if p.Lines > 2 && max(format.Columns(text[:k]), format.Columns(text[k+1:])) > p.LineWidth {
				for next := k; next > 0; next = strings.LastIndexByte(text[:next], ' ') {
					if k = next; format.Columns(text[:k]) <= p.LineWidth {
						break
					}
				}
				p.Lines--
				return append([]format.Line{soundLine(text[:k], at)}, soundLines(text[k+1:], at, p)...)
			}
			return []format.Line{soundLine(text[:k], at), soundLine(text[k+1:], at)}
		}
	}
	return []format.Line{soundLine(text, at)}
}

// middleSpace returns the index of the space that parts text into halves of which the wider
// one has the fewest columns; the length of text where it has none.
func middleSpace(text string) int {
	best, longer := len(text), format.Columns(text)
	total, before, state := longer, 0, -1
	for rest := text; rest != ""; {
		at := len(text) - len(rest)
		var width int
		_, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if n := max(before, total-before-1); text[at] == ' ' && n < longer {
			best, longer = at, n
		}
		before += width
	}
	return best
}

func soundLine(text string, at audio.Segment) format.Line {
	return format.Line{Sound: true, Words: []format.Word{{Segment: at, Text: text, Confidence: 1}}}
}

// soundLabel returns a direction as it stands in a sound cue.
func soundLabel(s string) string {
	if isLyrics(s) {
		return format.Clean(s)
	}
	if s = soundText(s); format.IsMusicSigns(s) {
		return s
	}
	return "[" + s + "]"
}

// soundText returns a direction without brackets, in small letters where it had none:
// capitals are for shouting.
func soundText(s string) string {
	s = format.Clean(s)
	if strings.IndexFunc(s, unicode.IsLower) < 0 {
		s = strings.ToLower(s)
	}
	return s
}

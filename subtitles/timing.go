package subtitles

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"cuewright/align"
	"cuewright/align/transcript"
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
// none, and Han and kana count by their characters, see transcript.Word.Size.
func countWords(s string) float64 {
	n := 0.0
	for _, f := range strings.Fields(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n += transcript.Word{Text: f}.Size()
		}
	}
	return n
}

package subtitles

import (
	"cmp"
	"container/list"
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

// timeCues gives cues that run from their first word to their last the times at
// which they are shown. A cue appears with its first word, and the gap before it is
// made by the end of the cue before, even where that cuts off the end of a word: a
// text that comes late is what viewers see (Netflix, timing to audio).
func timeCues(cues []format.Cue, p Preset, recording time.Duration) {
	last := make([]time.Duration, len(cues))
	for i := range cues {
		c := &cues[i]
		first := c.Start.Round(time.Millisecond)
		last[i] = max(c.End.Round(time.Millisecond), first)
		c.Start = max(0, first)
		if i > 0 {
			c.Start = max(c.Start, cues[i-1].Start+time.Millisecond)
		}
	}
	before := format.SpeakersBefore(cues)
	for i := range cues {
		c := &cues[i]
		next := never
		if i+1 < len(cues) {
			next = cues[i+1].Start
		}
		width, words := p.extent(*c, before[i])
		// Up, as a time rounded down would be too short to read by a hair.
		c.End = (p.leave(c.Start, last[i], next, width, words) + time.Millisecond - 1).Truncate(time.Millisecond)
		if recording > 0 {
			c.End = min(c.End, max(last[i], recording.Truncate(time.Millisecond)))
		}
		c.End = min(max(c.End, c.Start+time.Millisecond), next)
	}
}

// extent returns how many columns, with a label and spaces for line breaks, and how
// many words, with those of a label, a viewer reads in a cue; see format.SpeakersBefore.
func (p Preset) extent(c format.Cue, before string) (width, words int) {
	for _, text := range p.Label.Texts(c, before) {
		width += format.Columns(text) + 1
		words += countWords(text)
	}
	return max(0, width-1), max(1, words)
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
// clutters what is also read as a transcript.
func addSounds(speech []format.Cue, directions []align.Direction, p Preset) []format.Cue {
	var sounds []align.Direction
	for _, d := range directions {
		if d.Kind == transcript.Music || d.Kind == transcript.Sound {
			sounds = append(sounds, d)
		}
	}
	if len(sounds) == 0 {
		return speech
	}
	slices.SortStableFunc(sounds, func(x, y align.Direction) int { return cmp.Compare(x.Start, y.Start) })
	cues := list.New() // of *format.Cue, so that a cue is put in without moving those behind it
	for i := range speech {
		cues.PushBack(&speech[i])
	}
	from := cues.Front() // the first cue that ends after the start of the sound at hand, nil if none does
	for _, d := range sounds {
		for from != nil && cueAt(from).End <= d.Start {
			from = from.Next()
		}
		if at := addSound(cues, from, d, p); at != nil && at.Next() == from {
			from = cmp.Or(at.Prev(), at) // the cue before may stay for longer now
		}
	}
	all := slices.Grow([]format.Cue(nil), cues.Len())
	for e := cues.Front(); e != nil; e = e.Next() {
		all = append(all, *cueAt(e))
	}
	return all
}

// maxRooms bounds the places where a sound is looked for room, which is more than an hour of
// captions: a sound may last for a day.
const maxRooms = 1000

// addSound puts a cue for a sound into the first place, not before the cue from, that has room
// for it, and returns it; nil where there is no room while the sound lasts.
func addSound(cues *list.List, from *list.Element, d align.Direction, p Preset) *list.Element {
	text := soundLabel(d.Text)
	words := max(1, countWords(text))
	need := max(p.shortest(words), p.Speed.Time(format.Columns(text), words))
	next, before := from, cues.Back()
	if from != nil {
		before = from.Prev()
	}
	for range maxRooms {
		room := d.Segment
		if before != nil {
			room.Start = max(room.Start, cueAt(before).End+p.Gap)
		}
		if next != nil {
			room.End = min(room.End, cueAt(next).Start-p.Gap)
		}
		room.Start, room.End = room.Start.Round(time.Millisecond), room.End.Truncate(time.Millisecond)
		if room.Start >= d.End {
			return nil
		}
		if room.Duration() >= need {
			room.End = min(room.End, room.Start+p.Longest)
			c := &format.Cue{Segment: room, Lines: soundLines(text, d.Segment, p), Confidence: 1}
			at := cues.PushBack(c)
			if next != nil {
				cues.MoveBefore(at, next)
			}
			closeGap(before, p)
			closeGap(at, p)
			return at
		}
		if next == nil {
			return nil
		}
		before, next = next, next.Next()
	}
	return nil
}

// cueAt returns the cue of an element of the list in addSounds.
func cueAt(e *list.Element) *format.Cue { return e.Value.(*format.Cue) }

// soundLines returns the text of a sound cue in one line or, where that is too long,
// in two of about the same length.
func soundLines(text string, at audio.Segment, p Preset) []format.Line {
	if format.Columns(text) > p.LineWidth && p.Lines > 1 {
		if k := middleSpace(text); k < len(text)-1 {
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

// closeGap lets a cue, if there is one, stay until the next one where the gap is short.
func closeGap(e *list.Element, p Preset) {
	if e == nil || e.Next() == nil {
		return
	}
	c, next := cueAt(e), cueAt(e.Next())
	end := next.Start - p.Gap
	if gap := next.Start - c.End; gap < p.CloseGap && end > c.End && end-c.Start <= p.Longest {
		c.End = end
	}
}

// soundLabel returns a direction as it stands in a sound cue.
func soundLabel(s string) string {
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

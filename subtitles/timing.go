package subtitles

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// timeCues gives cues that run from their first word to their last the times at
// which they are shown. A cue appears with its first word; only where a gap must
// be kept and the words leave none does it come by up to that gap later, as the
// one before may not end before its last word is said.
func timeCues(cues []format.Cue, p Preset, recording time.Duration) {
	last := make([]time.Duration, len(cues))
	for i := range cues {
		c := &cues[i]
		first := c.Start.Round(time.Millisecond)
		last[i] = max(c.End.Round(time.Millisecond), first)
		c.Start = first
		if i == 0 {
			c.Start = max(0, first)
			continue
		}
		if late := min(last[i-1]+p.Gap, first+p.Gap, last[i]-p.Shortest/2); late > first {
			c.Start = late
		}
		c.Start = max(c.Start, cues[i-1].Start+time.Millisecond)
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
	cues := speech
	for _, d := range directions {
		if d.Kind != transcript.Music && d.Kind != transcript.Sound {
			continue
		}
		text := soundLabel(d.Text)
		words := max(1, countWords(text))
		need := max(p.shortest(words), p.Speed.Time(format.Columns(text), words))
		at, _ := slices.BinarySearchFunc(cues, d.Start, func(c format.Cue, t time.Duration) int {
			if c.End <= t {
				return -1
			}
			return 1
		})
		for ; at <= len(cues); at++ {
			room := d.Segment
			if at > 0 {
				room.Start = max(room.Start, cues[at-1].End+p.Gap)
			}
			if at < len(cues) {
				room.End = min(room.End, cues[at].Start-p.Gap)
			}
			room.Start, room.End = room.Start.Round(time.Millisecond), room.End.Truncate(time.Millisecond)
			if room.Start >= d.End {
				break
			}
			if room.Duration() >= need {
				room.End = min(room.End, room.Start+p.Longest)
				cues = slices.Insert(cues, at, format.Cue{Segment: room, Lines: soundLines(text, d.Segment, p), Confidence: 1})
				closeGap(cues, at-1, p)
				closeGap(cues, at, p)
				break
			}
		}
	}
	return cues
}

// soundLines returns the text of a sound cue in one line or, where that is too long,
// in two of about the same length.
func soundLines(text string, at audio.Segment, p Preset) []format.Line {
	upper, lower := text, ""
	if format.Columns(text) > p.LineWidth && p.Lines > 1 {
		longer := format.Columns(text)
		for i, r := range text {
			if n := max(format.Columns(text[:i]), format.Columns(text[i:])-1); r == ' ' && n < longer {
				upper, lower, longer = text[:i], text[i+1:], n
			}
		}
	}
	if lower == "" {
		return []format.Line{soundLine(upper, at)}
	}
	return []format.Line{soundLine(upper, at), soundLine(lower, at)}
}

func soundLine(text string, at audio.Segment) format.Line {
	return format.Line{Sound: true, Words: []format.Word{{Segment: at, Text: text, Confidence: 1}}}
}

// closeGap lets cue i stay until the next one where the gap is short.
func closeGap(cues []format.Cue, i int, p Preset) {
	if i < 0 || i+1 >= len(cues) {
		return
	}
	c, end := &cues[i], cues[i+1].Start-p.Gap
	if gap := cues[i+1].Start - c.End; gap < p.CloseGap && end > c.End && end-c.Start <= p.Longest {
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

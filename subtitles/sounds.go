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

// A sound has a cue of its own between those of speech, if it lasts and there is room (timer.addSounds).
// Else it stands in brackets among the words, where the transcript has it (layout.addSounds), and
// takes its share of their time.

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

package subtitles

import (
	"cmp"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

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
	words   float64 // see countWords
	off     int     // columns of all units before it, with their spaces
	cost    float64 // of a break after it
}

// newLayout returns the units of a, with the sounds that stand within among the words; apart are those
// that want cues of their own. Both are in order.
func newLayout(a *align.Alignment, p Preset, o LayoutOptions, within, apart []align.Direction) *layout {
	nanoseconds := func(t time.Duration) int64 { return int64(t) }
	l := &layout{preset: p, cast: p.castOf(a, o), names: p.namesOf(a, o), pace: p.paceIn(nanoseconds, nanoseconds)}
	clips, speaker := clipsOf(a), ""
	for _, t := range a.Turns {
		first := len(l.units)
		l.addTurn(t, clips, o)
		if len(l.units) > first {
			if l.needsLabel(t.Speaker, speaker) {
				l.units[first].label = l.labelOf(t.Speaker)
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
		l.labelAll()
	}
	l.measure()
	l.setStops()
	l.setCosts(newBreaker(a.Lang))
	return l
}

// addTurn appends the words of a turn.
func (l *layout) addTurn(t align.Turn, clips []audio.Segment, o LayoutOptions) {
	said := make([][]align.Word, len(t.Sentences))
	for i, s := range t.Sentences {
		said[i] = shown(s, o.KeepUnspoken)
	}
	if l.preset.Clips == QuotedClips {
		quoteClip(said, clips)
	}
	first, paragraph := len(l.units), 0
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
	}
}

// labelAll gives a label to each unit, since a cue may open with any: that of the speaker.
func (l *layout) labelAll() {
	for i := range l.units {
		if u := &l.units[i]; i > 0 && u.speaker == l.units[i-1].speaker {
			u.label = l.units[i-1].label
		} else {
			u.label = l.labelOf(u.speaker)
		}
	}
}

// labelOf returns the label of a speaker.
func (l *layout) labelOf(speaker string) string {
	return l.preset.Label.Of(cmp.Or(l.names[speaker], speaker))
}

// measure sets how wide the units are, and how many words.
func (l *layout) measure() {
	off := 0
	for i := range l.units {
		u := &l.units[i]
		if !u.Glued {
			off++
		}
		u.off = off
		u.width, u.words = format.Columns(u.Text), countWords(u.Text)
		off += u.width
	}
}

// setStops sets where cues end in any case: behind each turn, and before a long pause.
func (l *layout) setStops() {
	for i := len(l.units) - 1; i >= 0; i-- {
		u := &l.units[i]
		switch {
		case i+1 == len(l.units):
			u.hard = true
		case l.units[i+1].Start-u.End > longestPause:
			u.hard = true
		case u.hard:
			u.answer = l.units[i+1].speaker != u.speaker
		}
		if u.stop = i + 1; !u.hard {
			u.stop = l.units[i+1].stop
		}
	}
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
				u.cost = b.gluedBreak(u.Text, l.units[next].Text)
			default:
				u.cost = cost
			}
		}
		u.cost = 0
		words, at = words[:0], at[:0]
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

package format

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"cuewright/audio"
)

// Cue is what a viewer sees at once.
type Cue struct {
	audio.Segment
	Lines      []Line   // 1 to the preset's lines; a file may have more of them, or none
	Confidence float64  // of its first word's start, in [0, 1], as of an alignment; 1 in most files
	ID         string   // its identifier in WebVTT, "" where it has none
	Settings   Settings // where it is shown
	Effects    bool     // it fades, moves or has other looks that only its own format can say
	// Source is the cue as its file has it, but for its times: what Write puts into a file of
	// the same format, in place of what it makes of the rest. Who changes the cue empties it; it is
	// "" where the cue was not read, or holds what no file should.
	Source string
	// Unit is what the times of its file are rounded down to, where that is more than a few milliseconds; else 0.
	Unit time.Duration
	// Shared: Start is that of a share of a longer time, as the file has none for the cue alone.
	Shared bool
	// Number is that of the line of its times in its file, from 1. In JSON, which has
	// no lines to speak of, segments are numbered. It is 0 for a cue that was not read.
	Number int
}

// Line is one line of a cue, said by one speaker.
type Line struct {
	Speaker string // "" where nobody is named, and for sound cues
	Short   string // what labels call Speaker, where they don't have the whole name; "" where they do
	Class   string // of the speaker's voice in WebVTT, as in Style
	Sound   bool   // a sound such as [theme music], not speech; its line is one Word for each Style
	Label   Label  // that the text of its file has for the speaker before Words, see OwnLabel
	Beside  bool   // it stands beside the line before it, as a second voice in a line does
	// Words are the text. A line without words is the place of a label too long to
	// share a line with its text.
	Words  []Word
	Number int // of the line in its file, from 1, as in Cue
}

// Word is a word with its punctuation. A mark that stands alone, such as a dash,
// is part of the word before it, a space between them ("have —").
type Word struct {
	audio.Segment         // empty where a file has no times for words
	Text          string  //
	Shared        bool    // its time is a share of a longer one, as the file has none for it alone
	Glued         bool    // no space stands between it and the word before
	Confidence    float64 // of Start, in [0, 1], as in Cue
	Look          *Style  // how it looks, nil for plain; words share it, and nobody changes it, see Style.Look
}

// Text returns the text of the cue in one line.
func (c Cue) Text() string {
	var b strings.Builder
	for i, l := range c.Lines {
		if b.Len() > 0 && !(i > 0 && l.isGlued()) && len(l.Words) > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.Text())
	}
	return b.String()
}

// Speaker returns who says the cue, as far as that is known: the speaker of its first
// line.
func (c Cue) Speaker() string {
	if len(c.Lines) == 0 {
		return ""
	}
	return c.Lines[0].Speaker
}

// IsEmpty reports whether the cue has no text.
func (c Cue) IsEmpty() bool {
	return !slices.ContainsFunc(c.Lines, func(l Line) bool { return !l.isEmpty() })
}

// HasWordTimes reports whether a word of the cue has a time of its own.
func (c Cue) HasWordTimes() bool {
	for _, l := range c.Lines {
		if !l.Sound && slices.ContainsFunc(l.Words, func(w Word) bool { return w.End > w.Start }) {
			return true
		}
	}
	return false
}

// HasSeveralSpeakers reports whether the lines of the cue have more than one
// speaker.
func (c Cue) HasSeveralSpeakers() bool {
	return slices.ContainsFunc(c.Lines, func(l Line) bool { return l.Speaker != c.Lines[0].Speaker })
}

// isEmpty reports whether the line has no text.
func (l Line) isEmpty() bool { return Clean(l.Text()) == "" }

// isSound reports whether the line is a sound, or will be one for who reads it: nobody says what stands in
// brackets.
func (l Line) isSound() bool {
	if l.Sound || l.Speaker != "" || len(l.Words) == 0 || strings.IndexAny(l.Words[0].Text, soundSigns) != 0 {
		return l.Sound
	}
	text := l.Text()
	return isBracketed(text) || IsMusicSigns(text)
}

// isBracketed reports whether s is one pair of brackets with what it holds.
func isBracketed(s string) bool {
	return len(s) > 2 && s[0] == '[' && strings.IndexByte(s, ']') == len(s)-1
}

// Text returns the words of the line as they are written, with single spaces
// between those that aren't glued.
func (l Line) Text() string { return joined(l.Words) }

func joined(words []Word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.Glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// Sorted returns a copy of cues in the order of their starts.
func Sorted(cues []Cue) []Cue {
	return slices.SortedStableFunc(slices.Values(cues), func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
}

// Apportion parts s among neighbours in proportion to their widths, which are at
// least 0 and not all 0: the parts touch and cover s.
func Apportion(s audio.Segment, widths []int) []audio.Segment {
	total := 0
	for _, w := range widths {
		total += w
	}
	at := func(sum int) time.Duration {
		return s.Start + time.Duration(float64(s.Duration())*(float64(sum)/float64(total)))
	}
	parts := make([]audio.Segment, len(widths))
	sum := 0
	for i, w := range widths {
		parts[i] = audio.Segment{Start: at(sum), End: at(sum + w)}
		sum += w
	}
	return parts
}

// longestSpeaker bounds the name of a speaker that is read, in bytes. A name is written with
// each of their cues: a file of a megabyte with a name as long would become gigabytes.
const longestSpeaker = 256

// ShortName returns the name of a speaker, cut off where it is longer than any name is.
func ShortName(s string) string {
	if len(s) <= longestSpeaker {
		return s
	}
	end := longestSpeaker
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// Columns returns the width of s on a screen: a grapheme cluster is one column, a
// wide one (Chinese, Japanese, Korean, emoji) two.
func Columns(s string) int { return uniseg.StringWidth(s) }

// IsMusicSigns reports whether s consists of signs for music without words.
func IsMusicSigns(s string) bool { return s != "" && strings.Trim(s, "♩♪♫♬ ") == "" }

// Clean returns s in one line and without what no caption file can hold: control
// characters, noncharacters and invalid UTF-8. White space becomes single spaces,
// except for spaces that forbid a break.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case isBlank(r) || unicode.IsControl(r):
			return ' '
		case r == '\uFEFF':
			return -1
		case isNoncharacter(r):
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
}

// isClean reports whether Clean would leave s as it is, without allocating.
func isClean(s string) bool {
	space := true // at the start, or after a space
	for _, r := range s {
		if r == ' ' && !space {
			space = true
			continue
		}
		if isBlank(r) || unicode.IsControl(r) || r == '\uFEFF' || r == unicode.ReplacementChar || isNoncharacter(r) {
			return false
		}
		space = false
	}
	return s == "" || !space
}

// isNoncharacter reports whether r is one of those that Unicode keeps for internal
// use (section 23.7).
func isNoncharacter(r rune) bool { return r >= firstMark && r <= lastMark || r&0xFFFE == 0xFFFE }

// isBlank reports whether r is white space at which a line may break.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00A0' && r != '\u2007' && r != '\u202F'
}

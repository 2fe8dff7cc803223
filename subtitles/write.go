package subtitles

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"cuewright/align"
)

// Captions are what a caption file is made from.
type Captions struct {
	Cues   []Cue
	Preset Preset // for labels: the one that the cues were laid out for
	// Words asks for the time of each word where the format can show it
	// (WebVTT); formats that exist for their words have them anyway.
	Words bool
	// Lang is the BCP 47 tag of the text, "" where it is not known.
	Lang string
	// Alignment is for the formats of sentences and words; nil where there is
	// none, and then these formats are an error; see FromCues.
	Alignment *align.Alignment
	// Origin is for .alignment.json.
	Origin Origin
}

// format is a kind of caption file. A new one is a row in formats.
type format struct {
	name  string // its extension without the dot
	about string
	// voices: speakers are marked by the format's own means, not in the text.
	voices bool
	write  func(io.Writer, *Captions) error
}

func formats() []format {
	return []format{
		{"vtt", "WebVTT, the web's captions", true, writeVTT},
		{"srt", "SubRip, read by every player", false, writeSRT},
		{"json", "Podcasting 2.0 transcript", true, writePodcastJSON},
		{"ttml", "TTML, IMSC 1 text profile", false, writeTTML},
		{"ass", "Advanced SubStation Alpha", false, writeASS},
		// No .stl (EBU Tech 3264): go-astisub v0.34.0 writes a dash as a control
		// code, as which its own reader takes it, other letters than Latin ones as
		// the low byte of their number, and nothing after 112 bytes of a cue.
		{"txt", "Audacity label track of the sentences", true, writeLabels},
		{"TextGrid", "Praat tiers of turns, sentences and words", true, writeTextGrid},
		{"alignment.json", "all that is known, see AlignmentSchema", true, writeAlignmentJSON},
	}
}

// Formats are the names that Write takes, each with a few words about it.
func Formats() [][2]string {
	var all [][2]string
	for _, f := range formats() {
		all = append(all, [2]string{f.name, f.about})
	}
	return all
}

// FormatOf is the format of a file by its name, the most specific one where more
// than one fits (.alignment.json before .json).
func FormatOf(file string) (string, error) {
	best := ""
	var names []string
	for _, f := range formats() {
		if suffix := "." + strings.ToLower(f.name); strings.HasSuffix(strings.ToLower(file), suffix) && len(f.name) > len(best) {
			best = f.name
		}
		names = append(names, "."+f.name)
	}
	if best == "" {
		return "", fmt.Errorf("%s: unknown caption format: use one of %s", file, strings.Join(names, " "))
	}
	return best, nil
}

// formatNamed takes a format's name in any case.
func formatNamed(name string) (format, bool) {
	all := formats()
	i := slices.IndexFunc(all, func(f format) bool { return strings.EqualFold(f.name, name) })
	if i < 0 {
		return format{}, false
	}
	return all[i], true
}

func marksSpeakers(name string) bool {
	f, ok := formatNamed(name)
	return ok && f.voices
}

// Write writes c as a file of the format of that name, see Formats and FormatOf.
// The cues need not be sorted; times are rounded to the format's unit. It
// returns an error for an unknown format, a cue that ends before it can be seen,
// where there is nothing to write, and where w fails.
func Write(w io.Writer, name string, c Captions) error {
	f, ok := formatNamed(name)
	if !ok {
		_, err := FormatOf("." + name)
		return err
	}
	cues, err := checkCues(c.Cues)
	if err != nil {
		return err
	}
	c.Cues = cues
	return f.write(w, &c)
}

// errNoCues is returned where a format can't be empty.
var errNoCues = errors.New("there are no cues: nothing to write")

// checkCues is a copy of cues as any format takes them: sorted by start, in whole
// milliseconds, with text.
func checkCues(cues []Cue) ([]Cue, error) {
	var checked []Cue
	for i, c := range cues {
		c.Start, c.End = wholeMillis(c.Start), wholeMillis(c.End)
		if c.Start < 0 || c.End <= c.Start {
			return nil, fmt.Errorf("cue %d: it runs from %v to %v: give it a start from 0 on and a later end", i+1, c.Start, c.End)
		}
		if !slices.ContainsFunc(c.Lines, func(l Line) bool { return clean(l.Text()) != "" }) {
			continue
		}
		checked = append(checked, c)
	}
	return sorted(checked), nil
}

// sorted is a copy of cues by their start.
func sorted(cues []Cue) []Cue {
	return slices.SortedStableFunc(slices.Values(cues), func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
}

// clean is s in one line and without what no caption file can hold: control
// characters, noncharacters and invalid UTF-8. White space becomes single spaces,
// save spaces that forbid a break.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case isBlank(r) || unicode.IsControl(r):
			return ' '
		case r == '\uFEFF':
			return -1
		case r >= firstMark && r <= '\uFDEF' || r&0xFFFE == 0xFFFE:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
}

// isClean is said of what clean would not change, without allocating.
func isClean(s string) bool {
	space := true // at the start, or after a space
	for _, r := range s {
		if r == ' ' && !space {
			space = true
			continue
		}
		if isBlank(r) || unicode.IsControl(r) || r == '\uFEFF' || r == unicode.ReplacementChar || r >= firstMark && r <= '\uFDEF' || r&0xFFFE == 0xFFFE {
			return false
		}
		space = false
	}
	return s == "" || !space
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00A0' && r != '\u2007' && r != '\u202F'
}

// go-astisub escapes some of the characters that have a meaning in caption files
// and not others, and each format another set. So text passes through it, in and
// out, with these characters hidden behind Unicode noncharacters, which clean
// keeps out of all text (they are for such internal use, Unicode 23.7).
const (
	firstMark = '\uFDD0'
	specials  = "<>&/=\"'`\u00A0"
	// guard stands at both ends of a line of text while go-astisub reads it, so
	// that it is trimmed nowhere and taken for nothing else.
	guard = "\uFDEF"
)

// hide replaces the characters of set, all of them specials, by their marks.
func hide(s, set string) string {
	if !strings.ContainsAny(s, set) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(set, r) {
			r = mark(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mark is the noncharacter for one of the specials.
func mark(r rune) rune {
	n := 0
	for _, s := range specials {
		if s == r {
			return firstMark + rune(n)
		}
		n++
	}
	return r
}

// show is the replacer that turns marks into what becomes, given a special, makes
// of it.
func show(becomes func(special string) string) *strings.Replacer {
	var pairs []string
	for _, r := range specials {
		pairs = append(pairs, string(mark(r)), becomes(string(r)))
	}
	return strings.NewReplacer(pairs...)
}

func asItIs(special string) string { return special }

// clock writes t as hours:minutes:seconds and, after sep, digits of its fraction.
func clock(t time.Duration, sep string, digits int) string {
	unit := time.Second
	for range digits {
		unit /= 10
	}
	n := int64(t.Round(unit) / unit)
	per := int64(time.Second / unit)
	s := n / per
	return fmt.Sprintf("%02d:%02d:%02d%s%0*d", s/3600, s/60%60, s%60, sep, digits, n%per)
}

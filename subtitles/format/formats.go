package format

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cuewright/subtitles/format/cea608"
	"cuewright/subtitles/format/ebustl"
)

// Format is a kind of caption file.
type Format struct {
	Name  string // its extension without the dot, by which it is written
	Title string // what people call it
	// Extensions are others by which it is read, without the dot.
	Extensions []string
	// MarksSpeakers: speakers are marked by the format's own means, whatever the text says.
	MarksSpeakers bool
	// HidesSpeakers: players don't show these marks, so that the text has to name who speaks.
	HidesSpeakers bool
	// ByWord: with the times of words a file holds words in place of cues.
	ByWord bool
	// MayBeEmpty: a file without cues is one, too.
	MayBeEmpty bool
	// Holds are the attributes that Write keeps.
	Holds []Attribute
	// WriteOnly: Read does not take it.
	WriteOnly bool
	// NumericColors: colours are red, green and blue, and names that only CSS knows are lost.
	NumericColors bool
	// Binary: the text of a file stands for its bytes, see Decode.
	Binary bool
	// MaxColumns is how wide a line may be in any case, 0 for as wide as it likes. Write breaks those that don't fit.
	MaxColumns int
	// FrameRates are those in which a format counts its times, the first one where none is asked for;
	// nil where it doesn't count frames.
	FrameRates []FrameRate
	// Hundredths: times are in hundredths of a second, not in milliseconds.
	Hundredths bool
	// OneLine: the text of a cue is one line, which players break as they like.
	OneLine bool
}

// Unit returns what the times of a file are multiples of.
func (f Format) Unit() time.Duration {
	switch {
	case f.FrameRates != nil:
		return f.FrameRates[0].Time(1)
	case f.Hundredths:
		return 10 * time.Millisecond
	}
	return time.Millisecond
}

// CheckFrameRate returns an error where the format can't have the frames of that rate. The zero
// value is that of no film, which all can have.
func (f Format) CheckFrameRate(r FrameRate) error {
	if r.IsZero() || f.FrameRates == nil || slices.Contains(f.FrameRates, r) {
		return nil
	}
	var names []string
	for _, r := range f.FrameRates {
		names = append(names, r.String())
	}
	return fmt.Errorf("%s counts %s frames a second, not %s: give another --fps, or none", f.Title,
		strings.Join(names, " or "), r)
}

// HasExtension reports whether files of the format may have that extension, without the
// dot and in any case.
func (f Format) HasExtension(extension string) bool {
	is := func(e string) bool { return strings.EqualFold(e, extension) }
	return is(f.Name) || slices.ContainsFunc(f.Extensions, is)
}

// Options say how cues are written.
type Options struct {
	// Label tells in the text who speaks, but in JSON.
	Label Label
	// Always has the label at the start of each cue, else it stands on a change of speaker.
	Always bool
	// Words asks for the time of each word where the format can hold it, see WordTimes.
	Words bool
	// Lang is the BCP 47 tag of the text, "" where it is not known.
	Lang string
	// Around is what stands around the cues, as far as the format can hold it.
	Around Surroundings
	// FrameRate is that of the film with the frames of which the cues begin and end, to the
	// nearest millisecond: formats that have other units are told which frames. The zero value
	// is for none.
	FrameRate FrameRate
	// Aspect is the shape of the picture, and LineWidth the longest line in columns, 0 where that
	// is not known: formats that say how large text is have lines of that length fit.
	Aspect    Aspect
	LineWidth int
	// Warn is given what viewers of the file miss or see otherwise than the cues have it, beside what
	// Losses counts; nil for nobody.
	Warn func(text string)
}

// warn tells what viewers miss.
func (o Options) warn(text string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(text, args...))
	}
}

// before returns for each cue the speaker before it, as Label.Texts takes it.
func (o Options) before(cues []Cue) []string { return SpeakersBefore(cues, o.Always) }

// down returns t in a unit: rounded, or where it is that of a frame, the last time that is not
// behind the frame, since players show what has begun when the frame does.
func (o Options) down(t, unit time.Duration) time.Duration {
	if o.FrameRate.IsZero() {
		return t.Round(unit)
	}
	return o.FrameRate.Time(o.FrameRate.Frame(t)).Truncate(unit)
}

// codec detects, reads and writes a format. A new format is a row in codecs.
type codec struct {
	Format
	detect func(text string) bool           // by what a file holds; nil where Detect leaves it to others, see OtherName
	read   func(text string) (*File, error) // nil for one that is only written
	write  func(io.Writer, []Cue, Options) error
}

func codecs() []codec {
	return []codec{
		{Format{Name: "vtt", Title: "WebVTT", MarksSpeakers: true, HidesSpeakers: true,
			Holds: holding(Backgrounds, Classes, Languages, RubyText, Alignments, Positions, Sizes, VerticalText,
				RegionSettings, Identifiers, WordTimes, Notes, StyleSheets, MetadataFields)}, isVTT, readVTT, writeVTT},
		{Format{Name: "srt", Title: "SubRip", Holds: holding(Fonts, Alignments)}, isSRT, readSRT, writeSRT},
		{Format{Name: "json", Title: "Podcasting 2.0 JSON", MarksSpeakers: true, ByWord: true, MayBeEmpty: true, OneLine: true,
			Holds: []Attribute{WordTimes}},
			isPodcastJSON, readPodcastJSON, writePodcastJSON},
		{Format{Name: "ttml", Title: "TTML", Extensions: []string{"dfxp"}, NumericColors: true, // as IMSC 1 text profile
			Holds: holding(Backgrounds, Fonts, TextSizes, Languages, RubyText, Alignments, Positions, Sizes, VerticalText, RegionSettings,
				WordTimes, Notes, MetadataFields)}, isTTML, readTTML, writeTTML},
		{Format{Name: "ass", Title: "ASS", Extensions: []string{"ssa"}, NumericColors: true, Hundredths: true,
			Holds: holding(Fonts, TextSizes, Alignments, Positions, WordTimes, Notes, MetadataFields)}, isASS, readASS, writeASS},
		{Format{Name: "sbv", Title: "SBV"}, nil, otherReader(readSBV), writeSBV},
		{Format{Name: "lrc", Title: "LRC", Holds: []Attribute{WordTimes}, Hundredths: true, OneLine: true},
			nil, otherReader(readLRC), writeLRC},
		{Format{Name: "csv", Title: "CSV", MarksSpeakers: true, MayBeEmpty: true, WriteOnly: true, OneLine: true}, nil, nil, writeCSV},
		{Format{Name: "scc", Title: "Scenarist SCC", Holds: []Attribute{Italics, Underlines, Colors, Alignments},
			NumericColors: true, MaxColumns: cea608.Columns, FrameRates: []FrameRate{{30000, 1001}}}, isSCC, readSCC, writeSCC},
		// By a package of its own: go-astisub v0.34.0 writes a dash as a control code, other letters than Latin ones as the
		// low byte of their number, and nothing after 112 bytes of a cue.
		{Format{Name: "stl", Title: "EBU STL", Holds: []Attribute{Colors, Alignments}, NumericColors: true, Binary: true,
			MaxColumns: ebustl.MaxColumns - 1, // and the code of a colour
			FrameRates: []FrameRate{{25, 1}, {30, 1}}}, isSTL, readSTL, writeSTL},
	}
}

// Formats returns the formats that Read and Write take.
func Formats() []Format {
	var all []Format
	for _, c := range codecs() {
		all = append(all, c.Format)
	}
	return all
}

// codecNamed finds a format by its name, in any case.
func codecNamed(name string) (codec, error) {
	all := codecs()
	i := slices.IndexFunc(all, func(c codec) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return codec{}, fmt.Errorf("%s: unknown caption format", name)
	}
	return all[i], nil
}

// headOf returns the first bytes of a file, in which a root element or the first cue
// stands.
func headOf(text string) string { return strings.TrimSpace(text[:min(len(text), 4096)]) }

// Detect returns the name of the format of a decoded file, by what it holds and, where
// that doesn't tell, by the extension of its name; "" where it has none of these formats,
// as a page of text.
func Detect(name, text string) string {
	all := codecs()
	for _, c := range all {
		if c.detect != nil && c.detect(text) {
			return c.Name
		}
	}
	if extension := filepath.Ext(name); extension != "" {
		for _, c := range all {
			if c.detect != nil && c.HasExtension(extension[1:]) {
				return c.Name
			}
		}
	}
	if beginsWithTimes(text) {
		return "srt"
	}
	return ""
}

// Write writes cues as a file of the format of that name, see Formats. The cues
// need not be sorted; times are rounded to the format's unit. It returns an error
// for an unknown format, a cue that ends before it can be seen, where there is
// nothing to write, and where w fails.
func Write(w io.Writer, name string, cues []Cue, o Options) error {
	c, err := codecNamed(name)
	if err != nil {
		return err
	}
	if cues, err = checkCues(cues); err != nil {
		return err
	}
	if len(cues) == 0 && !c.MayBeEmpty {
		return ErrNoCues
	}
	if err := c.CheckFrameRate(o.FrameRate); err != nil {
		return err
	}
	if c.FrameRates != nil {
		o.FrameRate = cmp.Or(o.FrameRate, c.FrameRates[0])
	}
	if !c.CanHold(Classes) {
		cues = o.Around.styled(cues)
	}
	return c.write(w, cues, o)
}

// ErrNoCues is returned where a format can't be empty.
var ErrNoCues = errors.New("there are no cues: nothing to write")

// checkCues returns a copy of cues as any format takes them: sorted by start, in
// whole milliseconds, with text.
func checkCues(cues []Cue) ([]Cue, error) {
	var checked []Cue
	for i, c := range cues {
		c.Start, c.End = c.Start.Round(time.Millisecond), c.End.Round(time.Millisecond)
		if c.Start < 0 || c.End <= c.Start {
			return nil, fmt.Errorf("cue %d: it runs from %v to %v: give it a start from 0 on and a later end",
				i+1, c.Start, c.End)
		}
		if c.IsEmpty() {
			continue
		}
		checked = append(checked, c)
	}
	return Sorted(checked), nil
}

// Clock returns t as hours:minutes:seconds and, after sep, digits of its fraction.
func Clock(t time.Duration, sep string, digits int) string {
	unit := time.Second
	for range digits {
		unit /= 10
	}
	n := int64(t.Round(unit) / unit)
	per := int64(time.Second / unit)
	s := n / per
	return fmt.Sprintf("%02d:%02d:%02d%s%0*d", s/3600, s/60%60, s%60, sep, digits, n%per)
}

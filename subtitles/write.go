package subtitles

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// Captions are what a caption file is made from.
type Captions struct {
	Cues   []format.Cue
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

// errNoAlignment is returned by the formats of sentences and words.
var errNoAlignment = errors.New("this format needs an alignment, not only cues: use FromCues to make one of them")

// alignmentWriter writes a format of sentences and words. A new one is a row in
// alignmentWriters; one of cues is a row in package format.
type alignmentWriter struct {
	name, about string // see format.Format
	write       func(io.Writer, *Captions) error
}

func alignmentWriters() []alignmentWriter {
	return []alignmentWriter{
		{"txt", "Audacity label track of the sentences", writeLabels},
		{"TextGrid", "Praat tiers of turns, sentences and words", writeTextGrid},
		{"alignment.json", "all that is known, see AlignmentSchema", writeAlignmentJSON},
	}
}

// Formats returns the formats that Write takes: those of cues, and those of
// sentences and words.
func Formats() []format.Format {
	all := format.Formats()
	for _, w := range alignmentWriters() {
		all = append(all, format.Format{Name: w.name, About: w.about, MarksSpeakers: true})
	}
	return all
}

// FormatOf returns the format of a file by its name, the most specific one where
// more than one fits (.alignment.json before .json).
func FormatOf(file string) (string, error) {
	best := ""
	var names []string
	for _, f := range Formats() {
		if suffix := "." + strings.ToLower(f.Name); strings.HasSuffix(strings.ToLower(file), suffix) && len(f.Name) > len(best) {
			best = f.Name
		}
		names = append(names, "."+f.Name)
	}
	if best == "" {
		return "", fmt.Errorf("%s: unknown caption format: use one of %s", file, strings.Join(names, " "))
	}
	return best, nil
}

// marksSpeakers reports whether the named format marks speakers by its own means.
func marksSpeakers(name string) bool {
	return slices.ContainsFunc(Formats(), func(f format.Format) bool {
		return f.MarksSpeakers && strings.EqualFold(f.Name, name)
	})
}

// Write writes c as a file of the format of that name, see Formats and FormatOf.
// The cues need not be sorted; times are rounded to the format's unit. It
// returns an error for an unknown format, a cue that ends before it can be seen,
// where there is nothing to write, and where w fails.
func Write(w io.Writer, name string, c Captions) error {
	for _, f := range alignmentWriters() {
		if !strings.EqualFold(f.name, name) {
			continue
		}
		if c.Alignment == nil {
			return errNoAlignment
		}
		return f.write(w, &c)
	}
	if _, err := FormatOf("." + name); err != nil {
		return err
	}
	return format.Write(w, name, c.Cues, format.Options{Label: c.Preset.Label, Words: c.Words, Lang: c.Lang})
}

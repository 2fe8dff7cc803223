package format

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Format is a kind of caption file.
type Format struct {
	Name  string // its extension without the dot
	About string
	// MarksSpeakers: speakers are marked by the format's own means, not in the text.
	MarksSpeakers bool
}

// Options say how cues are written.
type Options struct {
	// Label names speakers in formats that don't mark them, and in those whose marks
	// players don't show (TTML, ASS).
	Label Label
	// Words asks for the time of each word where the format can show it (WebVTT).
	Words bool
	// Lang is the BCP 47 tag of the text, "" where it is not known.
	Lang string
}

// codec reads and writes a format. A new format is a row in codecs, and in Detect
// a sign by which it is known.
type codec struct {
	Format
	read  func(text string) (*File, error)
	write func(io.Writer, []Cue, Options) error
}

func codecs() []codec {
	return []codec{
		{Format{"vtt", "WebVTT, the web's captions", true}, readVTT, writeVTT},
		{Format{"srt", "SubRip, read by every player", false}, readSRT, writeSRT},
		{Format{"json", "Podcasting 2.0 transcript", true}, readPodcastJSON, writePodcastJSON},
		{Format{"ttml", "TTML, IMSC 1 text profile", false}, readTTML, writeTTML},
		{Format{"ass", "Advanced SubStation Alpha", false}, readASS, writeASS},
		// No .stl (EBU Tech 3264): go-astisub v0.34.0 writes a dash as a control
		// code, as which its own reader takes it, other letters than Latin ones as
		// the low byte of their number, and nothing after 112 bytes of a cue.
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

var ttmlRoot = regexp.MustCompile(`<(?:[\w-]+:)?tt[\s>]`)

// Detect returns the name of the format of a decoded file, by what it holds and,
// where that doesn't tell, by the extension of its name; "" where it has none of
// these formats, as a page of text.
func Detect(name, text string) string {
	const (
		near  = 4096 // bytes, in which a root element stands
		lines = 6    // from the top, in one of which SubRip has the times of its first cue
	)
	begins := strings.TrimSpace(text[:min(len(text), near)])
	switch {
	case strings.HasPrefix(begins, "WEBVTT"):
		return "vtt"
	case strings.HasPrefix(begins, "[Script Info]"):
		return "ass"
	case strings.HasPrefix(begins, "<") && ttmlRoot.MatchString(begins):
		return "ttml"
	}
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".vtt", ".srt", ".json", ".ttml", ".ass":
		return ext[1:]
	case ".dfxp":
		return "ttml"
	case ".ssa":
		return "ass"
	}
	if strings.HasPrefix(begins, "{") && strings.Contains(text, `"segments"`) {
		return "json"
	}
	for range lines {
		head, rest, more := strings.Cut(text, "\n")
		if isTimeLine(head) {
			return "srt"
		}
		if !more {
			break
		}
		text = rest
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
	if len(cues) == 0 && c.Name != "json" {
		return ErrNoCues
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
		if !slices.ContainsFunc(c.Lines, func(l Line) bool { return Clean(l.Text()) != "" }) {
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

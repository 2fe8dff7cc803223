package subtitles

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align"
	"cuewright/subtitles/format"
	"cuewright/subtitles/readable"
)

// Captions are what a caption file is made from.
type Captions struct {
	Cues   []format.Cue
	Preset Preset // for labels and frames: the one that the cues were laid out for
	// Words asks for the time of each word where the format can hold it;
	// formats that exist for their words have them anyway.
	Words bool
	// Lang is the BCP 47 tag of the text, "" where it is not known.
	Lang string
	// Alignment is for the formats of sentences and words; nil where there is
	// none, and then these formats are an error; see FromCues.
	Alignment *align.Alignment
	// Origin is for .alignment.json.
	Origin Origin
	// Around is what stands around the cues, as far as the format can hold it.
	Around format.Surroundings
	// Layout is how the cues were laid out. What people read of an alignment holds the same.
	Layout LayoutOptions
	// Title is that of the recording, and Audio its URL, "" for none: for pages.
	Title, Audio string
	// Warn is given what viewers of the file miss, see format.Options.
	Warn func(text string)
}

// errNoAlignment is returned by the formats of sentences and words.
var errNoAlignment = errors.New("this format needs an alignment, not only cues: use FromCues to make one of them")

// Format is a kind of file that Write writes: of cues, or of sentences and words.
type Format struct {
	format.Format
	// Sentences: it holds the sentences and words of an alignment, see
	// Captions.Alignment.
	Sentences bool
	// Chapters: it holds the parts of the transcript that have headings, and nothing else.
	Chapters bool
	// PlaysAudio: it leads to the recording, see Captions.Audio.
	PlaysAudio bool
	// NamesAudio: it does so as to a file beside it, and is nothing without one.
	NamesAudio bool
	// WantsOrigin: it names what it was made from, see Captions.Origin.
	WantsOrigin bool
	// readable: it is a transcript to read, which shows what nobody says if it is asked for.
	readable bool
}

// alignmentFormat detects, reads and writes a format of sentences and words. A new one is
// a row in alignmentFormats; one of cues is a row in package format.
type alignmentFormat struct {
	Format
	detect func(text string) bool // by what a file holds; nil for one that is only written
	read   func(text string) (*align.Alignment, []format.Warning, error)
	write  func(io.Writer, *Captions) error
}

func alignmentFormats() []alignmentFormat {
	of := func(name, title string) Format {
		return Format{Format: format.Format{Name: name, Title: title, MarksSpeakers: true}, Sentences: true}
	}
	labels, grid, all := of("labels.txt", "Audacity labels"), of("TextGrid", "TextGrid"), of("alignment.json", ".alignment.json")
	marks, list := of("chapters.vtt", "chapters of WebVTT"), of("chapters.json", "chapters of Podcasting 2.0")
	marks.Chapters, marks.WriteOnly, list.Chapters, list.WriteOnly = true, true, true, true
	overlay, book := of("smil", "media overlay of EPUB"), of("xhtml", "page of EPUB")
	overlay.WriteOnly, overlay.NamesAudio, book.WriteOnly = true, true, true
	overlay.PlaysAudio, labels.WriteOnly = true, true
	grid.Holds, all.Holds = []format.Attribute{format.WordTimes}, []format.Attribute{format.WordTimes}
	all.WantsOrigin = true
	page := readableFormat("read.html", "page to read and listen to", readable.WritePage)
	page.Holds, page.PlaysAudio = []format.Attribute{format.WordTimes}, true
	return []alignmentFormat{
		readableFormat("md", "Markdown", readable.WriteMarkdown),
		readableFormat("html", "HTML", readable.WriteHTML),
		readableFormat("transcript.txt", "plain text", readable.WriteText),
		page,
		{labels, nil, nil, writeLabels},
		{grid, isTextGrid, readTextGrid, writeTextGrid},
		{overlay, nil, nil, writeOverlay},
		{book, nil, nil, writeBookPage},
		{marks, nil, nil, writeChaptersVTT},
		{list, nil, nil, writeChaptersJSON},
		{all, isAlignmentJSON, readAlignmentJSON, writeAlignmentJSON},
	}
}

// Formats returns the formats that Write takes: those of cues, and those of
// sentences and words.
func Formats() []Format {
	var all []Format
	for _, f := range format.Formats() {
		all = append(all, Format{Format: f})
	}
	for _, f := range alignmentFormats() {
		all = append(all, f.Format)
	}
	return all
}

// FormatNamed returns the format of that name, in any case; the zero Format where there
// is none, as for "".
func FormatNamed(name string) Format {
	for _, f := range Formats() {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return Format{}
}

// Readable lists the formats that Read takes, for people.
func Readable() string {
	var titles []string
	for _, f := range Formats() {
		if !f.WriteOnly {
			titles = append(titles, f.Title)
		}
	}
	last := len(titles) - 1
	return strings.Join(titles[:last], ", ") + " or " + titles[last]
}

// FormatOf returns the format in which a file is written, by its name, the most specific
// one where more than one fits (.alignment.json before .json).
func FormatOf(file string) (string, error) {
	best := ""
	var names []string
	for _, f := range Formats() {
		if suffix := "." + strings.ToLower(f.Name); strings.HasSuffix(strings.ToLower(file), suffix) && len(f.Name) > len(best) {
			best = f.Name
		}
		names = append(names, "."+f.Name)
	}
	if best != "" {
		return best, nil
	}
	if extension := strings.ToLower(filepath.Ext(file)); extension != "" {
		alike := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasSuffix(name, extension) })
		if len(alike) > 0 {
			return "", fmt.Errorf("%s: %s alone doesn't tell the format: use %s", file, extension, strings.Join(alike, " or "))
		}
	}
	return "", fmt.Errorf("%s: unknown caption format: use one of %s", file, strings.Join(names, " "))
}

// Write writes c as a file of the format of that name, see Formats and FormatOf.
// The cues need not be sorted; times are rounded to the format's unit. It
// returns an error for an unknown format, a cue that ends before it can be seen,
// where there is nothing to write, and where w fails.
func Write(w io.Writer, name string, c Captions) error {
	for _, f := range alignmentFormats() {
		if !strings.EqualFold(f.Name, name) {
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
	if c.Preset.Speakers == SpeakersNone {
		c.Cues = nameless(c.Cues)
	}
	return format.Write(w, name, c.Cues, format.Options{
		Label: c.Preset.label(), Always: c.Preset.Always, Words: c.Words, Lang: c.Lang, Around: c.Around,
		FrameRate: c.Preset.FrameRate, Warn: c.Warn,
		Aspect: c.Preset.Aspect, LineWidth: c.Preset.LineWidth,
	})
}

// Sentences returns how many sentences a file of the format of that name holds; 0 for one of cues or of chapters.
func (c *Captions) Sentences(name string) int {
	f, n := FormatNamed(name), 0
	if !f.Sentences || f.Chapters || c.Alignment == nil {
		return 0
	}
	for _, t := range c.Alignment.Turns {
		for _, s := range t.Sentences {
			if s.Spoken || f.WantsOrigin || f.readable && c.Layout.KeepUnspoken {
				n++
			}
		}
	}
	return n
}

// nameless returns cues without the names of their speakers.
func nameless(cues []format.Cue) []format.Cue {
	cues = slices.Clone(cues)
	for i := range cues {
		c := &cues[i]
		c.Lines, c.Source = slices.Clone(c.Lines), ""
		for k := range c.Lines {
			c.Lines[k].Speaker, c.Lines[k].Short, c.Lines[k].Class = "", "", ""
		}
	}
	return cues
}

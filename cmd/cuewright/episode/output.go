package episode

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cuewright/align/transcript"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Output is a file to be written.
type Output struct {
	Name   string // as it was given
	Format string // of captions, see subtitles.Formats
	Data   []byte

	Cues      int
	Sentences int // of a format that holds those, see subtitles.Format; else 0
	Findings  int // how many subtitles.Lint has in the cues

	path  string // what Name leads to when it is a link
	fresh bool   // it takes no other file's place
}

// StandardOutput is the name of what goes to a pipe. The package writes no such output: its
// bytes are for the program around it.
const StandardOutput = "-"

// IsStandard reports whether the output is for standard output.
func (o *Output) IsStandard() bool { return o.Name == StandardOutput && o.path == "" }

// title returns what a page calls the recording: the stem of the output, or of the input for standard output.
func (o *Output) title(input string) string {
	if !o.IsStandard() || input == StandardInput {
		return o.stem()
	}
	base := filepath.Base(input)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// formatOf returns the format of the named output. For StandardOutput it is the one that is
// given.
func formatOf(name, given string) (string, error) {
	if name != StandardOutput {
		return subtitles.FormatOf(name)
	}
	if given == "" {
		return "", errors.New("-: standard output has no extension to tell the format by: name it with --format, such as --format vtt")
	}
	format, err := subtitles.FormatOf("." + strings.TrimPrefix(given, "."))
	if err != nil {
		err = fmt.Errorf("--format %w", err)
	}
	return format, err
}

// newOutputs finds whatever would keep the named captions from being written, before
// hours of work are spent on them: an unknown format, no folder or no right to write
// there, an output that is also an input or given twice. format is that of StandardOutput.
func newOutputs(names []string, format string, inputs ...string) ([]Output, error) {
	return addOutputs(nil, names, format, inputs...)
}

// addOutputs appends the named captions to all, see newOutputs.
func addOutputs(all []Output, names []string, format string, inputs ...string) ([]Output, error) {
	for _, name := range names {
		if first, _, several := strings.Cut(name, ","); several {
			if _, err := subtitles.FormatOf(first); err == nil {
				return nil, fmt.Errorf("%s: looks like several files: give each with an -o of its own", name)
			}
		}
		format, err := formatOf(name, format)
		if err != nil {
			return nil, err
		}
		o := &Output{Name: name}
		if name != StandardOutput {
			if o, err = NewOutput(name, inputs...); err != nil {
				return nil, err
			}
		}
		o.Format = format
		for _, other := range all {
			if sameName(o.path, other.path) {
				return nil, fmt.Errorf("%s: is the same file as %s: give each output once", name, other.Name)
			}
		}
		all = append(all, *o)
	}
	return all, nil
}

// checkFrameRate returns an error where the format of an output can't have the frames of that rate.
func checkFrameRate(outputs []Output, r format.FrameRate) error {
	for _, o := range outputs {
		if err := subtitles.FormatNamed(o.Format).CheckFrameRate(r); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return nil
}

// checkLetters returns an error where the format of an output lacks most letters of a script.
func checkLetters(outputs []Output, script *transcript.Script) error {
	var text strings.Builder
	for _, t := range script.Turns {
		for _, s := range t.Sentences {
			text.WriteString(s.Text() + "\n")
		}
	}
	for _, o := range outputs {
		if err := subtitles.FormatNamed(o.Format).CheckLetters(text.String()); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return nil
}

// NewOutput returns the output of that name, which may be written and is none of the
// inputs.
func NewOutput(name string, inputs ...string) (*Output, error) {
	o := &Output{Name: name, path: name}
	if err := o.check(inputs); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return o, nil
}

// pageOutput returns the page of that name, which may be written; nil for "".
func pageOutput(name string, inputs ...string) (*Output, error) {
	if name == "" {
		return nil, nil
	}
	if lower := strings.ToLower(name); !strings.HasSuffix(lower, ".html") && !strings.HasSuffix(lower, ".htm") {
		return nil, fmt.Errorf("--html %s: would not be opened as a page: give a name that ends in .html", name)
	}
	o, err := NewOutput(name, inputs...)
	if err != nil {
		return nil, fmt.Errorf("--html %w", err)
	}
	return o, nil
}

// check finds where o leads to, and returns an error where it may not be written.
func (o *Output) check(inputs []string) error {
	if _, err := os.Lstat(o.Name); err == nil {
		// A rename would put a file in the place of a link; what the link leads to is meant.
		if o.path, err = filepath.EvalSymlinks(o.Name); err != nil {
			return errors.New("is a link that leads nowhere: remove it or give another name")
		}
		info, err := os.Stat(o.path)
		if err != nil {
			return Underlying(err)
		}
		if !info.Mode().IsRegular() {
			return errors.New("is a folder or a device, no file to be written over: give another name")
		}
		for _, input := range inputs {
			if in, err := os.Stat(input); err == nil && os.SameFile(info, in) {
				return fmt.Errorf("is also the input %s: give the output another name", input)
			}
		}
	}
	return checkFolder(filepath.Dir(o.path))
}

// checkFresh returns an error where o must not take the place of a file, and there is one.
func (o *Output) checkFresh() error {
	if _, err := os.Lstat(o.path); o.fresh && err == nil {
		return fmt.Errorf("%s: is there already, and may have been corrected: give --overwrite to replace it, "+
			"or name the captions with -o", o.Name)
	}
	return nil
}

// checkFolder tries to make a file in dir: permissions alone don't tell whether a
// disk can be written.
func checkFolder(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s: make it first", dir)
	}
	s, err := newScratch(dir)
	if err != nil {
		return fmt.Errorf("no file can be made in folder %s (%w): write elsewhere", dir, Underlying(err))
	}
	s.remove()
	return nil
}

// Underlying returns err without the operation and the temporary name it may hold.
func Underlying(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}

// sameName reports whether a and b would be one file, now or on a disk that takes no
// notice of case.
func sameName(a, b string) bool {
	if a == "" || b == "" { // standard output
		return a == b
	}
	if !strings.EqualFold(filepath.Base(a), filepath.Base(b)) {
		return false
	}
	x, errX := os.Stat(filepath.Dir(a))
	y, errY := os.Stat(filepath.Dir(b))
	return errX == nil && errY == nil && os.SameFile(x, y)
}

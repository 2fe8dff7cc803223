package episode

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// document is a text file that was read: captions, an alignment or a page of text. Which
// of them it is, and so which reader it gets, is decided once, by newDocument, for all
// commands and for whatever the file serves as.
type document struct {
	name string // opens the errors
	text string // decoded
	kind string // its format, one of subtitles.Formats; "" for a page of text, or the export of another program
	form string // what its format is called, "" for a page

	office []byte // a word processor's file, which has no text until it is unpacked; nil for others
}

// newDocument returns the file of that name that holds data.
func newDocument(name string, data []byte) (*document, error) {
	if len(data) <= format.MaxSize && transcript.IsOffice(data) {
		return &document{name: name, office: data}, nil
	}
	text, err := format.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &document{name: name, text: text, kind: subtitles.Detect(name, text)}
	d.form = subtitles.FormatNamed(d.kind).Title
	if d.isAlignment() {
		return d, nil
	}
	// An export that is no captions is none by its name either.
	form, captions := transcript.CaptionsForm(text)
	switch {
	case captions:
		d.kind, d.form = "json", form
	case transcript.IsJSON(text), d.kind != "" && subtitles.Detect("", text) == "" && transcript.IsTable(text):
		d.kind, d.form = "", ""
	}
	return d, nil
}

// The roles of a document, for errors.
const (
	roleTranscript = "transcript"
	roleCaptions   = "captions"
	roleReference  = "reference"
)

// openDocument reads the named file, which is to serve in that role.
func openDocument(name, role string) (*document, error) {
	if info, err := os.Stat(name); role == roleReference && err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is a pipe or a device: give the reference as a file", name)
	}
	f, err := os.Open(name)
	switch {
	case role == roleCaptions && errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file: check the name", name)
	case role == roleCaptions && err != nil:
		return nil, fmt.Errorf("%s: can't be opened: %w", name, Underlying(err))
	case err != nil:
		return nil, fmt.Errorf("%s: the %s can't be opened (%w): check the name", name, role, Underlying(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, format.MaxSize+1))
	switch {
	case role == roleCaptions && err != nil:
		return nil, fmt.Errorf("%s: can't be read: %w: name a caption file", name, Underlying(err))
	case err != nil:
		return nil, fmt.Errorf("%s: the %s can't be read (%w): give a text file", name, role, Underlying(err))
	}
	return newDocument(name, data)
}

// script returns the document as a transcript. Captions whose times are wrong serve as
// one, too.
func (d *document) script() (*transcript.Script, error) {
	s, err := d.readScript()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return s, nil
}

func (d *document) readScript() (*transcript.Script, error) {
	switch {
	case d.office != nil:
		return transcript.ParseOffice(d.office)
	case d.isAlignment():
		return nil, errors.New("is an alignment, not a transcript: make captions of it with cuewright convert, or give its page")
	case d.kind == "":
		return transcript.Parse(d.text)
	}
	captions, err := format.Read(d.kind, d.text)
	if err != nil && (!errors.Is(err, format.ErrCutOff) || len(captions.Cues) == 0) {
		return nil, err
	}
	if err != nil { // what there is serves; as captions, the rest would be missed
		captions.Notes = append(captions.Notes, format.Note{Text: err.Error(), Number: strings.Count(d.text, "\n") + 1})
	}
	s, err := subtitles.Script(captions)
	if err == nil {
		s.Form = d.form
		if d.kind != "json" { // captions that serve as a transcript do so because their times are wrong
			s.Hints = nil
		}
	}
	return s, err
}

// cues returns the document as captions.
func (d *document) cues() ([]format.Cue, error) {
	cues, err := subtitles.Read(d.kind, d.text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return cues, nil
}

// alignment returns the document as an alignment, which it has to be.
func (d *document) alignment() (*align.Alignment, error) {
	a, err := subtitles.ReadAlignment(d.kind, d.text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return a, nil
}

// reference returns the document as what captions are compared with.
func (d *document) reference() (*check.Reference, error) {
	if d.isAlignment() {
		a, err := d.alignment()
		if err != nil {
			return nil, err
		}
		return check.ReferenceOfAlignment(a), nil
	}
	cues, err := d.cues()
	if err != nil {
		return nil, err
	}
	ref, err := check.ReferenceOfCues(cues)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return ref, nil
}

// isAlignment reports whether the document holds sentences and words, not cues.
func (d *document) isAlignment() bool { return subtitles.FormatNamed(d.kind).Sentences }

// ReadTranscript reads the named file, or StandardInput, as a transcript: captions of any
// format, an office file, the export of another program, or else a page of text.
func ReadTranscript(name string, h Hooks) (*transcript.Script, error) {
	script, _, err := readTranscript(name, h)
	return script, err
}

// readTranscript is ReadTranscript, and returns the hash of standard input, which can't be read
// again for it.
func readTranscript(name string, h Hooks) (*transcript.Script, subtitles.Input, error) {
	in := subtitles.Input{Name: name}
	var d *document
	var err error
	if name == StandardInput {
		var data []byte
		if data, err = readStdin(h); err == nil {
			sum := sha256.Sum256(data)
			in.SHA256 = hex.EncodeToString(sum[:])
			d, err = newDocument(stdinTitle, data)
		}
	} else {
		d, err = openDocument(name, roleTranscript)
	}
	if err != nil {
		return nil, in, err
	}
	script, err := d.script()
	return script, in, err
}

// readStdin returns what standard input holds, up to what a document may.
func readStdin(h Hooks) ([]byte, error) {
	r, err := h.stdin()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, format.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("%s: can't be read (%w): name a file", stdinTitle, Underlying(err))
	}
	return data, nil
}

// readCaptions reads the named file as captions, and returns their format, too.
func readCaptions(name string) (cues []format.Cue, kind string, err error) {
	d, err := openDocument(name, roleCaptions)
	if err != nil {
		return nil, "", err
	}
	cues, err = d.cues()
	return cues, d.kind, err
}

// readReference reads the named file as an alignment, or else as captions.
func readReference(name string) (*check.Reference, error) {
	d, err := openDocument(name, roleReference)
	if err != nil {
		return nil, err
	}
	return d.reference()
}

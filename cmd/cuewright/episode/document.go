package episode

import (
	"context"
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
	"cuewright/cmd/cuewright/internal/show"
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
	form string // what its format, or its kind of captions that are only read, is called; "" for a page
	// guessed is the encoding that it was taken for; "" where there is no doubt.
	guessed string

	office []byte // a word processor's file, which has no text until it is unpacked; nil for others
	sha256 string // of standard input, which can't be read again for it; "" for a file
}

// newDocument returns the file of that name that holds data in an encoding, see
// format.DecodeAs.
func newDocument(name, encoding string, data []byte) (*document, error) {
	if len(data) <= format.MaxSize && transcript.IsOffice(data) {
		return &document{name: name, office: data}, nil
	}
	if made, err := subtitles.FormatOf(name); err == nil && strings.HasPrefix(made, "chapters.") {
		return nil, fmt.Errorf("%s: holds chapters, which have no words: give the captions, the page or the .alignment.json "+
			"that they belong to", name)
	}
	text, guessed, err := format.DecodeAs(data, encoding)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &document{name: name, text: text, kind: subtitles.Detect(name, text), guessed: guessed}
	d.form = subtitles.FormatNamed(d.kind).Title
	if d.isAlignment() {
		return d, nil
	}
	// An export that is no captions is none by its name either.
	form, captions := transcript.CaptionsForm(text)
	named := subtitles.Detect("", text) == "" // what its format goes by
	switch {
	case captions:
		d.kind, d.form = "json", form
	case transcript.IsJSON(text), named && d.kind != "" && transcript.IsTable(text):
		d.kind, d.form = "", ""
	case named:
		if other := format.OtherName(text); other != "" {
			d.kind, d.form = "", other
		}
	}
	return d, nil
}

// guess tells people for what encoding the document was taken; nothing where there is no
// doubt.
func (d *document) guess() []string {
	if d.guessed == "" {
		if example := format.Garbled(d.text); example != "" {
			return []string{fmt.Sprintf("%s: letters are wrong, such as %s: a program has read UTF-8 in another encoding and saved it "+
				"again, with some letters lost: copy the text anew and save it as UTF-8", d.name, example)}
		}
		return nil
	}
	return []string{fmt.Sprintf("%s: read as %s, which is a guess: if letters are wrong, name the encoding with --encoding, "+
		"or save the file as UTF-8", d.name, d.guessed)}
}

// The roles of a document, for errors.
const (
	roleTranscript = "transcript"
	roleCaptions   = "captions"
	roleReference  = "reference"
)

// openDocument reads the named file, which is to serve in that role, in an encoding.
func openDocument(name, role, encoding string) (*document, error) {
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
	return newDocument(name, encoding, data)
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
	case d.kind == "" && d.form == "":
		return transcript.Parse(d.text)
	case d.kind == "":
		captions, ok := format.ReadOther(d.text)
		if !ok { // what looks like it at its start alone
			return transcript.Parse(d.text)
		}
		s, err := subtitles.Script(captions)
		if err == nil {
			s.Form = d.form
		}
		return s, err
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

// cues returns the document as captions, and what is wrong with them.
func (d *document) cues() ([]format.Cue, []format.Warning, error) {
	f, err := d.captions()
	if err != nil {
		return nil, nil, err
	}
	return f.Cues, f.Warnings, nil
}

// captions returns the document as captions, with what stands around its cues.
func (d *document) captions() (*format.File, error) {
	if d.office != nil {
		return nil, fmt.Errorf("%s: a word processor's file has no cues: "+
			"cuewright align makes captions of it with its recording", d.name)
	}
	f, err := subtitles.ReadFile(d.kind, d.text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return f, nil
}

// told returns the warnings for people. Cues that are left out have a line each, but for
// those beyond the first few; other warnings have one for all of their kind. Times that are
// odd but read did no harm: they are for those who check the file.
func (d *document) told(warnings []format.Warning) []string {
	const most = 10
	lines := d.guess()
	left := 0
	type kind struct{ line, count int }
	others := map[string]*kind{}
	var order []string
	for _, w := range warnings {
		switch {
		case w.Kind == format.OddTimes:
		case w.Kind == format.LeftOut:
			if left++; left <= most {
				lines = append(lines, fmt.Sprintf("%s: line %d: a cue is left out: %s", d.name, w.Number, w.Text))
			}
		case others[w.Text] == nil:
			others[w.Text] = &kind{w.Number, 1}
			order = append(order, w.Text)
		default:
			others[w.Text].count++
		}
	}
	if left > most {
		lines = append(lines, fmt.Sprintf("%s: %s more left out", d.name, show.Count(left-most, "cue")))
	}
	for _, text := range order {
		k := others[text]
		more := ""
		if k.count > 1 {
			more = fmt.Sprintf(" and %d more", k.count-1)
		}
		lines = append(lines, fmt.Sprintf("%s: line %d%s: %s", d.name, k.line, more, text))
	}
	return lines
}

// alignment returns the document as an alignment, which it has to be, and what is wrong with
// that.
func (d *document) alignment() (*align.Alignment, []format.Warning, error) {
	a, warnings, err := subtitles.ReadAlignment(d.kind, d.text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", d.name, err)
	}
	return a, warnings, nil
}

// reference returns the document as what captions are compared with.
func (d *document) reference() (*check.Reference, error) {
	if d.isAlignment() {
		a, _, err := d.alignment()
		if err != nil {
			return nil, err
		}
		return check.ReferenceOfAlignment(a), nil
	}
	cues, _, err := d.cues()
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
// format, an office file, the export of another program, or else a page of text. It is in an
// encoding; "" for one that is found. The warnings say for which it was taken.
func ReadTranscript(name, encoding string, h Hooks) (script *transcript.Script, warnings []string, err error) {
	d, err := openInput(name, roleTranscript, encoding, h)
	if err != nil {
		return nil, nil, err
	}
	script, err = d.script()
	return script, d.guess(), err
}

// openInput opens the named file, or StandardInput, which is to serve in that role, in an encoding.
func openInput(name, role, encoding string, h Hooks) (*document, error) {
	if name != StandardInput {
		return openDocument(name, role, encoding)
	}
	data, err := readStdin(h)
	if err != nil {
		return nil, err
	}
	d, err := newDocument(stdinTitle, encoding, data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	d.sha256 = hex.EncodeToString(sum[:])
	return d, nil
}

// fingerprint returns the name that the document was given, and its hash.
func (d *document) fingerprint(ctx context.Context, name string) (subtitles.Input, error) {
	if d.sha256 != "" {
		return subtitles.Input{Name: name, SHA256: d.sha256}, nil
	}
	return Fingerprint(ctx, name)
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

// readCaptions reads the named file as captions, in an encoding. The document is nil where there is none;
// the error may be one of its cues.
func readCaptions(name, encoding string) (d *document, cues []format.Cue, warnings []format.Warning, err error) {
	if d, err = openDocument(name, roleCaptions, encoding); err != nil {
		return nil, nil, nil, err
	}
	cues, warnings, err = d.cues()
	return d, cues, warnings, err
}

// readReference reads the named file as an alignment, or else as captions.
func readReference(name string) (*check.Reference, error) {
	d, err := openDocument(name, roleReference, "")
	if err != nil {
		return nil, err
	}
	return d.reference()
}

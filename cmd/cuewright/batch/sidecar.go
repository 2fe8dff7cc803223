package batch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles/format"
)

// How an episode's files come into the output folder, so that a crash at any moment,
// of the program or of the machine, leaves nothing that the next run can't tell:
//
//  1. the sidecar is replaced by one that lists the outputs to come, beside those
//     that are there: from now on both are known as the batch's own
//  2. each output is written whole under a temporary name in .cuewright, and synced
//  3. the outputs are renamed into their places
//  4. the sidecar is replaced, in the same way, by one that says so
//
// An output that is there, but in no sidecar, is somebody else's and never replaced.
// What is found before 4 is made again, to the same bytes. All of it happens
// under a lock that ends with the process. The lock spares work and keeps runs with
// other options apart; where storage has no locks, two runs with the same options
// rename the same bytes into the same places.
const (
	// sidecarExtension follows an episode's name.
	sidecarExtension = ".cuewright.json"
	// sidecarSchema names the layout of a sidecar.
	sidecarSchema = "cuewright.episode/1"

	stateWriting = "writing"
	stateDone    = "done"
)

// sidecar is the file beside an episode's outputs: what they were made from, and how it
// went.
type sidecar struct {
	Schema  string     `json:"schema"`
	State   string     `json:"state"`
	Recipe  recipe     `json:"fingerprint"`
	Source  string     `json:"source"`  // the recording, where it was
	Outputs []fileMark `json:"outputs"` // as they are, or will be
	// Earlier are other outputs that the batch has made: those about to be replaced,
	// and those of formats that aren't asked for any more.
	Earlier  []fileMark `json:"earlier,omitempty"`
	Figures  Figures    `json:"figures"`
	Warnings []string   `json:"warnings,omitempty"`
	Problem  string     `json:"problem,omitempty"` // see episode.Result

	again bool // made by a run before
}

// recipe is all that decides what the outputs hold.
type recipe struct {
	Program    string      `json:"program"` // its version
	Options    episode.Job `json:"options"` // with formats as its outputs
	Audio      InputMark   `json:"audio"`
	Transcript InputMark   `json:"transcript"`
}

// InputMark is an input as it was when it was read.
type InputMark struct {
	Name     string    `json:"name"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	SHA256   string    `json:"sha256"`
}

// fileMark is an output that the batch has made.
type fileMark struct {
	Format string `json:"format"`
	SHA256 string `json:"sha256"`
}

func markOf(name string) (InputMark, error) {
	info, err := os.Stat(name)
	if err != nil {
		return InputMark{}, fmt.Errorf("%s: can't be found (%w): check the name", name, episode.Underlying(err))
	}
	return InputMark{
		Name: strings.ToValidUTF8(filepath.Base(name), "\ufffd"), Size: info.Size(), Modified: info.ModTime().UTC(),
	}, nil
}

// is reports whether m, which was seen at the time of written, is still the named file.
// Like git, it reads only files whose times leave a doubt.
func (m InputMark) is(ctx context.Context, name string, written time.Time) (bool, error) {
	now, err := markOf(name)
	if err != nil || now.Name != m.Name || now.Size != m.Size {
		return false, err
	}
	if now.Modified.Equal(m.Modified) && m.Modified.Before(written) {
		return true, nil
	}
	read, err := episode.Fingerprint(ctx, name)
	return err == nil && read.SHA256 == m.SHA256, err
}

func (e *Episode) sidecar() string { return e.Name + sidecarExtension }

// sidecarOf returns the sidecar of an episode, nil where there is none, and when it was
// written.
func (f *Folder) sidecarOf(e *Episode) (*sidecar, time.Time, error) {
	data, info, err := f.read(e.sidecar())
	if data == nil || err != nil {
		return nil, time.Time{}, err
	}
	s := &sidecar{}
	if err := json.Unmarshal(data, s); err != nil || s.Schema != sidecarSchema {
		return nil, time.Time{}, fmt.Errorf("%s: %w", path.Join(f.name, e.sidecar()), errNotOurs)
	}
	return s, info.ModTime(), nil
}

// finished returns the episode's sidecar if its outputs have been made from the same,
// with warnings about those that somebody has changed since; nil if they have to be made.
// The error is one that keeps them from being made.
func (f *Folder) finished(ctx context.Context, e *Episode, want recipe) (*sidecar, error) {
	if err := f.checkFolders(path.Dir(e.Name)); err != nil {
		return nil, err
	}
	s, written, err := f.sidecarOf(e)
	if err != nil {
		return nil, err
	}
	if s == nil {
		s = &sidecar{}
	}
	changed, missing, err := f.changed(e, s, want.Options.Outputs)
	if err != nil {
		return nil, err
	}
	complete := s.State == stateDone && !missing
	if complete {
		same, err := s.Recipe.is(ctx, want, e, written)
		if err != nil {
			return nil, err
		}
		if same {
			s.again = true
			for _, name := range changed {
				s.Warnings = append(s.Warnings, name+": has been changed since it was made: left as it is")
			}
			return s, nil
		}
	}
	if len(changed) > 0 && s.State == stateDone {
		return nil, fmt.Errorf("%s: has been changed since it was made, and would be made anew: move it away", changed[0])
	}
	if len(changed) > 0 {
		return nil, fmt.Errorf("%s: %w", changed[0], errNotOurs)
	}
	if s.Source != "" && s.Source != absolute(e.Audio) {
		before, err := os.Stat(s.Source)
		if now, errNow := os.Stat(e.Audio); err == nil && errNow == nil && !os.SameFile(before, now) {
			return nil, fmt.Errorf("%s: was made for %s, which is still there: give another folder with --out, or names in a manifest",
				path.Join(f.name, e.sidecar()), s.Source)
		}
	}
	return nil, nil
}

// changed returns the outputs of an episode that are there, but not as a batch made them or
// is about to, by the sidecar s; missing is true where one is not there.
func (f *Folder) changed(e *Episode, s *sidecar, formats []string) (changed []string, missing bool, err error) {
	for i, name := range e.Outputs {
		data, info, err := f.read(name)
		if err != nil {
			return nil, false, err
		}
		if data == nil {
			missing = true
			continue
		}
		for _, input := range []string{e.Audio, e.Transcript} {
			if in, err := os.Stat(input); err == nil && os.SameFile(in, info) {
				return nil, false, alsoInputError(path.Join(f.name, name), input)
			}
		}
		if !slices.Contains(s.made(), fileMark{formats[i], sum(data)}) {
			changed = append(changed, path.Join(f.name, name))
		}
	}
	return changed, missing, nil
}

// alsoInputError means that an output would take the place of an input.
func alsoInputError(output, input string) error {
	return fmt.Errorf("%s: is also the input %s: give another folder with --out, or other formats with --format", output, input)
}

// madeByBatch reports whether a sidecar beside the file names it as an output, of any run, of
// any version of the program and with any options. Without it, a batch whose output folder is its
// source would take its captions for the transcript. The formats of today don't count: one may
// have had another name when the file was made. A file that a person has changed still is an
// output.
func madeByBatch(name string) bool {
	dir, base := filepath.Split(name)
	for i := 1; i < len(base); i++ {
		if base[i] != '.' {
			continue
		}
		data, err := readFile(dir + base[:i] + sidecarExtension)
		s := &sidecar{}
		if err == nil && json.Unmarshal(data, s) == nil && s.Schema == sidecarSchema &&
			slices.ContainsFunc(s.made(), func(m fileMark) bool { return m.Format == base[i+1:] }) {
			return true
		}
	}
	return false
}

func (s *sidecar) made() []fileMark { return slices.Concat(s.Outputs, s.Earlier) }

// is reports whether r, of the time of written, is what the episode would be made from
// now.
func (r recipe) is(ctx context.Context, want recipe, e *Episode, written time.Time) (bool, error) {
	if r.Program != want.Program || !reflect.DeepEqual(r.Options, want.Options) {
		return false, nil
	}
	same, err := r.Audio.is(ctx, e.Audio, written)
	if same && err == nil {
		same, err = r.Transcript.is(ctx, e.Transcript, written)
	}
	return same, err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// commit puts what has been made of an episode into the folder, see above.
func (f *Folder) commit(e *Episode, made *Made, r recipe) (*sidecar, error) {
	s, err := f.put(e, made, r)
	if err != nil && !errors.Is(err, errMeanwhile) {
		err = f.judge(fmt.Errorf("%s: can't be written: %w", path.Join(f.name, e.Name), episode.Underlying(err)))
	}
	return s, err
}

// errMeanwhile means that somebody has put a file in the place of an output, or corrected
// one, while the episode was captioned.
var errMeanwhile = errors.New("was put there or changed while the episode was captioned, and is left as it is: " +
	"move it away, or give another folder with --out")

func (f *Folder) put(e *Episode, made *Made, r recipe) (*sidecar, error) {
	if err := f.present(); err != nil {
		return nil, err
	}
	before, _, err := f.sidecarOf(e)
	if err != nil {
		return nil, err
	}
	if before == nil {
		before = &sidecar{}
	}
	s := &sidecar{
		Schema: sidecarSchema, State: stateWriting, Recipe: r, Source: absolute(e.Audio),
		Figures: made.Figures, Warnings: made.Warnings, Problem: made.Problem,
	}
	s.Recipe.Audio, s.Recipe.Transcript = made.Audio, made.Transcript
	for i, format := range r.Options.Outputs {
		s.Outputs = append(s.Outputs, fileMark{format, sum(made.Data[i])})
	}
	for _, mark := range before.made() {
		if !slices.Contains(s.made(), mark) {
			s.Earlier = append(s.Earlier, mark)
		}
	}
	ours := func() error {
		changed, _, err := f.changed(e, s, r.Options.Outputs)
		if err == nil && len(changed) > 0 {
			err = fmt.Errorf("%s: %w", changed[0], errMeanwhile)
		}
		return err
	}
	k := key(e.Name)
	if err := f.makeFolders(path.Dir(e.Name)); err != nil {
		return nil, err
	}
	if err := ours(); err != nil {
		return nil, err
	}
	if err := f.replaceSidecar(k, e, s); err != nil {
		return nil, err
	}
	if err := f.replace(k, e.Outputs, made.Data, ours); err != nil {
		return nil, err
	}
	s.State = stateDone
	s.Earlier = slices.DeleteFunc(s.Earlier, func(m fileMark) bool { return slices.Contains(r.Options.Outputs, m.Format) })
	return s, f.replaceSidecar(k, e, s)
}

func (f *Folder) replaceSidecar(k int64, e *Episode, s *sidecar) error {
	var b bytes.Buffer
	if err := format.WriteJSON(&b, s, "  "); err != nil {
		return err
	}
	return f.replace(k, []string{e.sidecar()}, [][]byte{b.Bytes()}, nil)
}

package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
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
	// privateFolder, in the output folder, holds the lock and what is being written.
	privateFolder = ".cuewright"
	// sidecarExtension follows an episode's name.
	sidecarExtension = ".cuewright.json"
	// sidecarSchema names the layout of a sidecar.
	sidecarSchema = "cuewright.episode/1"

	stateWriting = "writing"
	stateDone    = "done"
)

// sidecar tells what an episode's outputs were made from, and how it went.
type sidecar struct {
	Schema  string     `json:"schema"`
	State   string     `json:"state"`
	Recipe  recipe     `json:"fingerprint"`
	Source  string     `json:"source"`  // the recording, where it was
	Outputs []fileMark `json:"outputs"` // as they are, or will be
	// Earlier are other outputs that the batch has made: those about to be replaced,
	// and those of formats that aren't asked for any more.
	Earlier  []fileMark `json:"earlier,omitempty"`
	Figures  figures    `json:"figures"`
	Warnings []string   `json:"warnings,omitempty"`

	again bool // made by a run before
}

// recipe is all that decides what the outputs hold.
type recipe struct {
	Program    string    `json:"program"` // its version
	Options    job       `json:"options"` // with formats as its outputs
	Audio      inputMark `json:"audio"`
	Transcript inputMark `json:"transcript"`
}

// inputMark is an input as it was when it was read.
type inputMark struct {
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

func markOf(name string) (inputMark, error) {
	info, err := os.Stat(name)
	if err != nil {
		return inputMark{}, fmt.Errorf("%s: can't be found (%w): check the name", name, underlying(err))
	}
	return inputMark{
		Name: strings.ToValidUTF8(filepath.Base(name), "\ufffd"), Size: info.Size(), Modified: info.ModTime().UTC(),
	}, nil
}

// is says whether m, seen at the time of written, is still the named file. Like git,
// it reads only files whose times leave a doubt.
func (m inputMark) is(name string, written time.Time) (bool, error) {
	now, err := markOf(name)
	if err != nil || now.Name != m.Name || now.Size != m.Size {
		return false, err
	}
	if now.Modified.Equal(m.Modified) && m.Modified.Before(written) {
		return true, nil
	}
	read, err := fingerprint(name)
	return err == nil && read.SHA256 == m.SHA256, err
}

func (e *episode) sidecar() string { return e.name + sidecarExtension }

// key is where the lock of an episode or a table lies, and what its temporary names
// begin with.
func key(name string) int64 {
	sum := sha256.Sum256([]byte(name))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 2)
}

// folder is the output folder. Nothing is written but through its root, which keeps
// within it whatever names and links say.
type folder struct {
	name  string
	root  *os.Root
	locks *os.File // a byte for each key
}

// lostError says that the output folder as a whole can't be written any more.
type lostError struct{ error }

// openFolder makes the folder where there is none.
func openFolder(name string) (f *folder, err error) {
	failed := func(err error) (*folder, error) {
		return nil, fmt.Errorf("%s: can't be written (%w): give another folder with --out", name, underlying(err))
	}
	if err := makeLasting(absolute(name)); err != nil {
		return failed(err)
	}
	f = &folder{name: name}
	if f.root, err = os.OpenRoot(name); err != nil {
		return failed(err)
	}
	if err := f.root.Mkdir(privateFolder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return failed(err)
	}
	if info, err := f.root.Lstat(privateFolder); err != nil || !info.IsDir() {
		return failed(fmt.Errorf("%s in it is no folder", privateFolder))
	}
	if f.locks, err = f.root.OpenFile(path.Join(privateFolder, "lock"), os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return failed(err)
	}
	if err := f.probe(); err != nil {
		return failed(err)
	}
	return f, f.tidy()
}

// makeLasting makes a folder and those above it, to last.
func makeLasting(name string) error {
	err := os.Mkdir(name, 0o777)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeLasting(filepath.Dir(name)); err != nil {
			return err
		}
		err = os.Mkdir(name, 0o777)
	}
	if err == nil {
		return syncFolder(os.Open(filepath.Dir(name)))
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil
	} else if err == nil {
		return errors.New("is a file")
	}
	return err
}

// syncFolder makes renames within a folder last, and closes it.
func syncFolder(dir *os.File, err error) error {
	if err != nil {
		return err
	}
	defer dir.Close()
	if runtime.GOOS == "windows" {
		return nil // it can't be synced there
	}
	return dir.Sync()
}

func (f *folder) close() {
	f.locks.Close()
	f.root.Close()
}

// tidy removes what a run that was killed has left half-written, and leaves what a
// run is writing.
func (f *folder) tidy() error {
	entries, err := fs.ReadDir(f.root.FS(), privateFolder)
	if err != nil {
		return fmt.Errorf("%s: can't be read: %w", f.name, underlying(err))
	}
	for _, entry := range entries {
		var k int64
		if _, err := fmt.Sscanf(entry.Name(), "%x-", &k); err != nil || !tryLock(f.locks, k) {
			continue
		}
		err := f.root.Remove(path.Join(privateFolder, entry.Name()))
		unlock(f.locks, k)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", f.name, underlying(err))
		}
	}
	return nil
}

// stage writes data to the disk under a temporary name.
func (f *folder) stage(k int64, data []byte) (name string, err error) {
	name = path.Join(privateFolder, fmt.Sprintf("%x-%s", k, rand.Text()[:10]))
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err := cmp.Or(err, file.Close()); err != nil {
		return "", errors.Join(err, f.root.Remove(name))
	}
	return name, nil
}

// makeFolders makes the folder name and those above it, to last.
func (f *folder) makeFolders(name string) error {
	if name == "." {
		return nil
	}
	parent := path.Dir(name)
	if err := f.makeFolders(parent); err != nil {
		return err
	}
	if err := f.root.Mkdir(name, 0o777); err == nil {
		return syncFolder(f.root.Open(parent))
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.checkFolders(name)
}

// checkFolders refuses links among the folders of name, as far as there are any: two
// names could mean one file.
func (f *folder) checkFolders(name string) error {
	if name == "." {
		return nil
	}
	if err := f.checkFolders(path.Dir(name)); err != nil {
		return err
	}
	info, err := f.root.Lstat(name)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s: is a link or a file where a folder is needed: move it away", path.Join(f.name, name))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// replace writes files whole, each under its name, which is one of the batch's own.
func (f *folder) replace(k int64, names []string, data [][]byte) error {
	const tries = 3 // a run that can't see our lock may tidy up what we are writing
	for try := 1; ; try++ {
		if err := f.tryReplace(k, names, data); err == nil || try == tries || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
}

func (f *folder) tryReplace(k int64, names []string, data [][]byte) error {
	staged := make([]string, len(names))
	defer func() {
		for _, name := range staged {
			if name != "" {
				_ = f.root.Remove(name) // an error is told already
			}
		}
	}()
	for i := range names {
		var err error
		if staged[i], err = f.stage(k, data[i]); err != nil {
			return err
		}
	}
	for i, name := range names {
		if err := f.root.Rename(staged[i], name); err != nil {
			return err
		}
		staged[i] = ""
	}
	return syncFolder(f.root.Open(path.Dir(names[0])))
}

// present says whether the folder is still in its place: what has been moved away
// or unmounted could be written for long.
func (f *folder) present() error {
	here, err := os.Stat(f.name)
	if err != nil {
		return err
	}
	if kept, err := f.root.Stat("."); err != nil || !os.SameFile(here, kept) {
		return errors.New("another folder has taken its place")
	}
	return nil
}

// probe says whether the folder is still there and can be written.
func (f *folder) probe() error {
	if err := f.present(); err != nil {
		return err
	}
	name, err := f.stage(key("probe"), []byte("probe"))
	if err != nil {
		return err
	}
	if err := f.root.Remove(name); !errors.Is(err, fs.ErrNotExist) { // another run may tidy it up
		return err
	}
	return nil
}

// judge makes a lostError of an error that all episodes would meet.
func (f *folder) judge(err error) error {
	if err == nil {
		return nil
	}
	reason := f.probe()
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) {
			reason = full // there may be room for a probe still
		}
	}
	if reason == nil {
		return err
	}
	return lostError{fmt.Errorf("%s: can't be written any more (%w): put that right and give the same command again, which goes on from here", f.name, underlying(reason))}
}

// errNotOurs says that a file would be lost.
var errNotOurs = errors.New("is there already and wasn't made by this batch: move it away, or give another folder with --out")

// read reads a file of the episode; without an error nothing is nil that is there.
func (f *folder) read(name string) ([]byte, fs.FileInfo, error) {
	info, err := f.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errNotOurs
	}
	var data []byte
	if err == nil {
		data, err = f.root.ReadFile(name)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path.Join(f.name, name), underlying(err))
	}
	return append([]byte{}, data...), info, nil
}

// sidecarOf is what is known of an episode, nil where nothing is, and when it was
// written.
func (f *folder) sidecarOf(e *episode) (*sidecar, time.Time, error) {
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

// finished is the episode's sidecar if it has been made from the same, with warnings
// of outputs that somebody has changed since; nil if it has to be made. The error is
// one that keeps it from being made.
func (f *folder) finished(e *episode, want recipe) (*sidecar, error) {
	if err := f.checkFolders(path.Dir(e.name)); err != nil {
		return nil, err
	}
	s, written, err := f.sidecarOf(e)
	if err != nil {
		return nil, err
	}
	if s == nil {
		s = &sidecar{}
	}
	var changed []string
	complete := s.State == stateDone
	for i, name := range e.Outputs {
		data, info, err := f.read(name)
		if err != nil {
			return nil, err
		}
		if data == nil {
			complete = false
			continue
		}
		for _, input := range []string{e.Audio, e.Transcript} {
			if in, err := os.Stat(input); err == nil && os.SameFile(in, info) {
				return nil, fmt.Errorf("%s: is also the input %s: give another folder with --out", path.Join(f.name, name), input)
			}
		}
		if !slices.Contains(s.made(), fileMark{want.Options.Outputs[i], sum(data)}) {
			changed = append(changed, path.Join(f.name, name))
		}
	}
	if complete {
		same, err := s.Recipe.is(want, e, written)
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

func (s *sidecar) made() []fileMark { return slices.Concat(s.Outputs, s.Earlier) }

// is says whether r, of the time of written, is what the episode would be made from now.
func (r recipe) is(want recipe, e *episode, written time.Time) (bool, error) {
	if r.Program != want.Program || !reflect.DeepEqual(r.Options, want.Options) {
		return false, nil
	}
	same, err := r.Audio.is(e.Audio, written)
	if same && err == nil {
		same, err = r.Transcript.is(e.Transcript, written)
	}
	return same, err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// commit puts what has been made of an episode into the folder, see above.
func (f *folder) commit(e *episode, made *captioned, r recipe) (*sidecar, error) {
	s, err := f.put(e, made, r)
	if err != nil {
		err = f.judge(fmt.Errorf("%s: can't be written: %w", path.Join(f.name, e.name), underlying(err)))
	}
	return s, err
}

func (f *folder) put(e *episode, made *captioned, r recipe) (*sidecar, error) {
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
		Figures: made.Figures, Warnings: made.Warnings,
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
	k := key(e.name)
	if err := f.makeFolders(path.Dir(e.name)); err != nil {
		return nil, err
	}
	if err := f.replaceSidecar(k, e, s); err != nil {
		return nil, err
	}
	if err := f.replace(k, e.Outputs, made.Data); err != nil {
		return nil, err
	}
	s.State = stateDone
	s.Earlier = slices.DeleteFunc(s.Earlier, func(m fileMark) bool { return slices.Contains(r.Options.Outputs, m.Format) })
	return s, f.replaceSidecar(k, e, s)
}

func (f *folder) replaceSidecar(k int64, e *episode, s *sidecar) error {
	var b bytes.Buffer
	if err := printJSON(&b, s); err != nil {
		return err
	}
	return f.replace(k, []string{e.sidecar()}, [][]byte{b.Bytes()})
}

// table writes a file of the batch as a whole.
func (f *folder) table(name string, data []byte) error {
	return f.judge(f.replace(key(name), []string{name}, [][]byte{data}))
}

package batch

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"syscall"

	"cuewright/cmd/cuewright/episode"
)

// privateFolder, in the output folder, holds the lock and what is being written.
const privateFolder = ".cuewright"

// key returns the position of the lock of an episode or a table. Its temporary names
// begin with it, too.
func key(name string) int64 {
	sum := sha256.Sum256([]byte(name))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 2)
}

// Folder is the output folder. Nothing is written but through its root, which keeps
// within it whatever names and links say.
type Folder struct {
	name  string
	root  *os.Root
	locks *os.File // a byte for each key
}

// lostError means that the output folder as a whole can't be written any more.
type lostError struct{ error }

// OpenFolder opens an output folder, which is made where there is none.
func OpenFolder(name string) (f *Folder, err error) {
	failed := func(err error) (*Folder, error) {
		return nil, fmt.Errorf("%s: can't be written (%w): give another folder with --out", name, episode.Underlying(err))
	}
	if err := makeLasting(absolute(name)); err != nil {
		return failed(err)
	}
	f = &Folder{name: name}
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

// makeLasting makes a folder and those above it, and syncs them to the disk.
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

// syncFolder syncs the renames within a folder to the disk, and closes it.
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

// Close lets go of the folder.
func (f *Folder) Close() {
	f.locks.Close()
	f.root.Close()
}

// tidy removes the temporary files of runs that were killed, but not those that a run
// is writing now.
func (f *Folder) tidy() error {
	entries, err := fs.ReadDir(f.root.FS(), privateFolder)
	if err != nil {
		return fmt.Errorf("%s: can't be read: %w", f.name, episode.Underlying(err))
	}
	for _, entry := range entries {
		var k int64
		if _, err := fmt.Sscanf(entry.Name(), "%x-", &k); err != nil || !tryLock(f.locks, k) {
			continue
		}
		err := f.root.Remove(path.Join(privateFolder, entry.Name()))
		unlock(f.locks, k)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", f.name, episode.Underlying(err))
		}
	}
	return nil
}

// stage writes data to the disk under a temporary name.
func (f *Folder) stage(k int64, data []byte) (name string, err error) {
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

// makeFolders makes the folder name and those above it, and syncs them to the disk.
func (f *Folder) makeFolders(name string) error {
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
func (f *Folder) checkFolders(name string) error {
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
func (f *Folder) replace(k int64, names []string, data [][]byte) error {
	const tries = 3 // a run that can't see our lock may tidy up what we are writing
	for try := 1; ; try++ {
		if err := f.tryReplace(k, names, data); err == nil || try == tries || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
}

func (f *Folder) tryReplace(k int64, names []string, data [][]byte) error {
	staged := make([]string, len(names))
	defer func() {
		for _, name := range staged {
			if name != "" {
				_ = f.root.Remove(name) // an error is returned already
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

// present returns an error where the folder is no longer in its place: one that was
// moved away or unmounted could still be written.
func (f *Folder) present() error {
	here, err := os.Stat(f.name)
	if err != nil {
		return err
	}
	if kept, err := f.root.Stat("."); err != nil || !os.SameFile(here, kept) {
		return errors.New("another folder has taken its place")
	}
	return nil
}

// probe returns an error where the folder is gone or can't be written.
func (f *Folder) probe() error {
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

// judge returns err, or a lostError where all episodes would meet it.
func (f *Folder) judge(err error) error {
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
	return lostError{fmt.Errorf("%s: can't be written any more (%w): put that right and give the same command again, which goes on from here", f.name, episode.Underlying(reason))}
}

// errNotOurs means that a file of somebody else would be lost.
var errNotOurs = errors.New("is there already and wasn't made by this batch: move it away, or give another folder with --out")

// read reads a file of the episode. Its data is nil where there is no such file, and
// not nil, even if empty, where there is.
func (f *Folder) read(name string) ([]byte, fs.FileInfo, error) {
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
		return nil, nil, fmt.Errorf("%s: %w", path.Join(f.name, name), episode.Underlying(err))
	}
	return append([]byte{}, data...), info, nil
}

// table writes a file of the batch as a whole.
func (f *Folder) table(name string, data []byte) error {
	return f.judge(f.replace(key(name), []string{name}, [][]byte{data}))
}

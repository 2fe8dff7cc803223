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
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

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
	lock := path.Join(privateFolder, "lock")
	if f.locks, err = f.root.OpenFile(lock, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return failed(fmt.Errorf("%s in it: %w", lock, episode.Underlying(err)))
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
	if errors.Is(err, fs.ErrExist) {
		return errors.New("is a link that leads nowhere")
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
		m := temporaryName.FindStringSubmatch(entry.Name())
		if m == nil || !entry.Type().IsRegular() {
			continue // somebody else's
		}
		k, err := strconv.ParseInt(m[1], 16, 64)
		if err != nil || !tryLock(f.locks, k) {
			continue
		}
		err = f.root.Remove(path.Join(privateFolder, entry.Name()))
		unlock(f.locks, k)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: can't be removed (%w): remove it",
				path.Join(f.name, privateFolder, entry.Name()), episode.Underlying(err))
		}
	}
	return nil
}

// temporaryName matches the names that stage gives.
var temporaryName = regexp.MustCompile(`^([0-9a-f]{1,16})-([A-Z2-7]{10})$`)

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

// replace writes files whole, each under its name, unless check, which may be nil, finds
// at the last moment that somebody else's file would be lost.
func (f *Folder) replace(k int64, names []string, data [][]byte, check func() error) error {
	const tries = 3 // a run that can't see our lock may tidy up what we are writing
	for try := 1; ; try++ {
		if err := f.tryReplace(k, names, data, check); err == nil || try == tries || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
}

func (f *Folder) tryReplace(k int64, names []string, data [][]byte, check func() error) error {
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
	if check != nil {
		if err := check(); err != nil {
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

// maxOwn bounds the files that are taken for the batch's own, in bytes. Captions of a day
// are a hundredth of it.
const maxOwn = 1 << 28

// read reads a file of the batch. Its data is nil where there is no such file, and not nil,
// even if empty, where there is. What can't be a file of the batch, such as a pipe, is not
// opened.
func (f *Folder) read(name string) ([]byte, fs.FileInfo, error) {
	info, err := f.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxOwn) {
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

// there returns the outputs of an episode that are there.
func (f *Folder) there(e *Episode) (names []string) {
	for _, name := range e.Outputs {
		if _, err := f.root.Lstat(name); err == nil {
			names = append(names, path.Join(f.name, name))
		}
	}
	return names
}

// errNoFile means that what has the name of a file of the batch can't be one.
var errNoFile = errors.New("is a folder, a pipe or a device, or too large")

// readFile reads a file that a batch may have made, wherever it is. What can't be such a
// file is an error, and is not opened.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxOwn {
		return nil, errNoFile
	}
	return os.ReadFile(name)
}

// A table is replaced only as the batch left it: it may have been edited, or be a file of
// somebody else. So the hash of each table stands in the private folder, before the table
// is in its place.

// errTableChanged means that what is in the place of a table would be lost.
var errTableChanged = errors.New("is there already, and is not as this batch left it: move it away, or give another folder with --out")

// tableMark returns the name of the file that holds the hashes of what the batch made
// or was about to make of a table, the newest last.
func tableMark(name string) string { return path.Join(privateFolder, name+".sum") }

// checkTable returns an error where a table would take the place of a file that is not
// the batch's own.
func (f *Folder) checkTable(name string) error {
	_, err := f.ownSums(name)
	return err
}

// ownSums returns the hashes of what may be in the place of a table.
func (f *Folder) ownSums(name string) ([]string, error) {
	marks, _, err := f.read(tableMark(name))
	if err != nil {
		return nil, err
	}
	sums := strings.Fields(string(marks))
	data, _, err := f.read(name)
	if err != nil || data == nil {
		return nil, err
	}
	now := sum(data)
	if !slices.Contains(sums, now) {
		return nil, fmt.Errorf("%s: %w", path.Join(f.name, name), errTableChanged)
	}
	return []string{now}, nil
}

// lock waits for the lock at k.
func (f *Folder) lock(k int64) {
	for !tryLock(f.locks, k) {
		time.Sleep(busyWait)
	}
}

// tables writes the files of a table, each as a whole, and none of them where one would take the
// place of a file that is not the batch's own. Runs that write the same table do so one after
// the other: each must see the hashes of the other's.
func (f *Folder) tables(names []string, data [][]byte) error {
	sums := make([][]string, len(names))
	for i, name := range names {
		k := key(name)
		f.lock(k)
		defer unlock(f.locks, k)
		var err error
		if sums[i], err = f.ownSums(name); err != nil {
			return err
		}
	}
	for i, name := range names {
		if err := f.table(name, data[i], sums[i]); err != nil {
			if _, lost := errors.AsType[lostError](err); lost || errors.Is(err, errTableChanged) {
				return err
			}
			return fmt.Errorf("%s: can't be written: %w", filepath.Join(f.name, name), episode.Underlying(err))
		}
	}
	return nil
}

// table writes a file of a table, whose lock the caller has. What may be in its place has one
// of the hashes.
func (f *Folder) table(name string, data []byte, sums []string) error {
	if s := sum(data); !slices.Contains(sums, s) {
		sums = append(sums, s)
	}
	k := key(name)
	if err := f.replace(k, []string{tableMark(name)}, [][]byte{[]byte(strings.Join(sums, "\n") + "\n")}, nil); err != nil {
		return f.judge(err)
	}
	return f.judge(f.replace(k, []string{name}, [][]byte{data}, func() error { return f.checkTable(name) }))
}

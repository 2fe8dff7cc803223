package episode

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// scratch is a folder of our own beside outputs, for what isn't in its place yet. It is
// locked as long as its process lives, so that the next one that writes there can tell
// what a killed process has left, and removes that.
type scratch struct {
	dir  string
	lock *os.File
}

const scratchLock = "lock"

var (
	// scratchName matches the names of scratch folders.
	scratchName = regexp.MustCompile(`^\.cuewright-\d+$`)
	// scratchFile matches the names that WriteOutputs gives to files there.
	scratchFile = regexp.MustCompile(`^\d+\.(new|kept)$`)
)

// newScratch makes a scratch folder in dir, and removes those that were left there.
func newScratch(dir string) (*scratch, error) {
	removeScratches(dir)
	const tries = 5 // another process may take a folder without its lock for one that was left
	for try := 1; ; try++ {
		s, err := makeScratch(dir)
		if err == nil || try == tries || !errors.Is(err, fs.ErrNotExist) {
			return s, err
		}
	}
}

func makeScratch(dir string) (*scratch, error) {
	name, err := os.MkdirTemp(dir, ".cuewright-*")
	if err != nil {
		return nil, err
	}
	s := &scratch{dir: name}
	if s.lock, err = os.OpenFile(filepath.Join(name, scratchLock), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, errors.Join(err, os.Remove(name))
	}
	_ = lockScratch(s.lock) // where there are no locks, what is left stays
	if _, err := os.Stat(s.lock.Name()); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

// removeScratches removes the scratch folders in dir whose processes have ended, as far
// as that goes: one that stays does no harm.
func removeScratches(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !scratchName.MatchString(e.Name()) {
			continue
		}
		s := &scratch{dir: filepath.Join(dir, e.Name())}
		s.lock, err = os.OpenFile(filepath.Join(s.dir, scratchLock), os.O_RDWR, 0)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			os.Remove(s.dir) // which it does only where it is empty
		case err == nil && lockScratch(s.lock) == nil:
			s.remove()
		case err == nil:
			s.lock.Close()
		}
	}
}

// remove removes the folder with our files in it. Where somebody has put others there, these
// stay.
func (s *scratch) remove() {
	defer s.lock.Close()
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.Type().IsRegular() && scratchFile.MatchString(e.Name()) {
			os.Remove(filepath.Join(s.dir, e.Name()))
		}
	}
	os.Remove(filepath.Join(s.dir, scratchLock))
	os.Remove(s.dir)
}

package episode

import (
	"os"
	"path/filepath"
)

// pendingFile is what renameio, which has nothing for Windows, is elsewhere. A rename
// replaces a file here too, though it isn't promised to be atomic.
type pendingFile struct {
	*os.File
	path string // where it belongs
	done bool
}

func newPendingFile(path, dir string) (*pendingFile, error) {
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*")
	return &pendingFile{File: f, path: path}, err
}

func (p *pendingFile) CloseAtomicallyReplace() error {
	if err := p.Close(); err != nil {
		return err
	}
	err := os.Rename(p.Name(), p.path)
	p.done = err == nil
	return err
}

func (p *pendingFile) Cleanup() error {
	if p.done {
		return nil
	}
	p.Close() // may be closed already
	return os.Remove(p.Name())
}

package episode

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// WriteOutputs writes all files or none: all of them are on the disk in a scratch folder
// before the first is renamed, the renames follow in a row, and if one fails, those
// before it are taken back.
func WriteOutputs(all []Output) error {
	scratches := map[string]*scratch{}
	defer func() {
		for _, s := range scratches {
			s.remove()
		}
	}()
	pending := make([]*pendingFile, len(all))
	for i, o := range all {
		dir := filepath.Dir(o.path)
		s, err := scratches[dir], error(nil)
		if s == nil {
			if s, err = newScratch(dir); err == nil {
				scratches[dir] = s
			}
		}
		if err == nil {
			pending[i], err = stage(o, s)
		}
		if err != nil {
			return errors.Join(notWritten(o, err), cleanUp(pending))
		}
	}
	kept := make([]replaced, len(all))
	for i, o := range all {
		kept[i] = keep(o, filepath.Join(scratches[filepath.Dir(o.path)].dir, fmt.Sprintf("%d.kept", i)))
	}
	for _, o := range all { // once more: the work may have taken hours
		if err := o.checkFresh(); err != nil {
			return errors.Join(err, cleanUp(pending))
		}
	}
	for i, p := range pending {
		if err := p.CloseAtomicallyReplace(); err != nil {
			err = notWritten(all[i], err)
			for _, r := range slices.Backward(kept[:i]) {
				err = errors.Join(err, r.restore())
			}
			return errors.Join(err, cleanUp(pending))
		}
	}
	return nil
}

func notWritten(o Output, err error) error {
	return fmt.Errorf("%s: can't be written (%w): make room or write elsewhere", o.Name, Underlying(err))
}

// stage writes an output to the disk under a temporary name in s.
func stage(o Output, s *scratch) (*pendingFile, error) {
	p, err := newPendingFile(o.path, s.dir)
	if err != nil {
		return nil, err
	}
	if _, err = p.Write(o.Data); err == nil {
		err = p.Sync()
	}
	return p, err
}

// cleanUp removes what has been staged and not renamed.
func cleanUp(pending []*pendingFile) (err error) {
	for _, p := range pending {
		if p != nil {
			err = errors.Join(err, p.Cleanup()) // does nothing to a renamed file
		}
	}
	return err
}

// replaced is the file that an output takes the place of.
type replaced struct {
	Output
	was  bool   // there was a file
	kept string // another name of that file; "" where the disk has no links
}

// keep gives the file in the place of an output another name.
func keep(o Output, name string) replaced {
	r := replaced{Output: o}
	if _, err := os.Lstat(o.path); err != nil {
		return r
	}
	r.was = true
	if os.Link(o.path, name) == nil {
		r.kept = name
	}
	return r
}

func (r replaced) restore() error {
	err := errors.New("no other name could be given to what it held")
	switch {
	case !r.was:
		err = os.Remove(r.path)
	case r.kept != "":
		err = os.Rename(r.kept, r.path)
	}
	if err != nil {
		return fmt.Errorf("%s: is new, and could not be taken back: %w", r.Name, Underlying(err))
	}
	return nil
}

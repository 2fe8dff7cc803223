package episode

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// WriteOutputs writes all files or none: all of them are on the disk under temporary
// names before the first is renamed, and if a rename fails, those before it are
// taken back.
func WriteOutputs(all []Output) (err error) {
	var pending []*pendingFile
	defer func() {
		for _, p := range pending {
			err = errors.Join(err, p.Cleanup()) // does nothing to a renamed file
		}
	}()
	failed := func(o Output, err error) error {
		return fmt.Errorf("%s: can't be written (%w): make room or write elsewhere", o.Name, Underlying(err))
	}
	for _, o := range all {
		p, err := newPendingFile(o.path)
		if err != nil {
			return failed(o, err)
		}
		pending = append(pending, p)
		if _, err := p.Write(o.Data); err != nil {
			return failed(o, err)
		}
		if err := p.Sync(); err != nil {
			return failed(o, err)
		}
	}
	for _, o := range all { // once more: the work may have taken hours
		if err := o.checkFresh(); err != nil {
			return err
		}
	}
	var done []*replaced
	for i, p := range pending {
		r := keep(all[i])
		if err := p.CloseAtomicallyReplace(); err != nil {
			r.forget()
			err = failed(all[i], err)
			for _, r := range slices.Backward(done) {
				err = errors.Join(err, r.restore())
			}
			return err
		}
		done = append(done, r)
	}
	for _, r := range done {
		r.forget()
	}
	return nil
}

// replaced is the file that an output takes the place of.
type replaced struct {
	Output
	was  bool   // there was a file
	kept string // another name of that file; "" where the disk has no links
}

func keep(o Output) *replaced {
	r := &replaced{Output: o}
	if _, err := os.Lstat(o.path); err != nil {
		return r
	}
	r.was = true
	f, err := os.CreateTemp(filepath.Dir(o.path), ".cuewright-*") // for its name alone
	if err != nil {
		return r
	}
	f.Close()
	if os.Remove(f.Name()) == nil && os.Link(o.path, f.Name()) == nil {
		r.kept = f.Name()
	}
	return r
}

func (r *replaced) forget() {
	if r.kept != "" {
		os.Remove(r.kept)
	}
}

func (r *replaced) restore() error {
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

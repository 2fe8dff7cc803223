package episode

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// WriteOutputs writes all files or none, and leaves out what is for standard output: all of
// them are on the disk in a scratch folder before the first is renamed, the renames follow in
// a row with nothing in between, and if one fails, those before it are taken back.
func WriteOutputs(all []Output) error {
	all = slices.DeleteFunc(slices.Clone(all), func(o Output) bool { return o.IsStandard() })
	scratches := map[string]*scratch{}
	defer func() {
		for _, s := range scratches {
			s.remove()
		}
	}()
	staged, kept := make([]string, len(all)), make([]replaced, len(all))
	for i, o := range all {
		dir := filepath.Dir(o.path)
		s, err := scratches[dir], error(nil)
		if s == nil {
			if s, err = newScratch(dir); err == nil {
				scratches[dir] = s
			}
		}
		if err == nil {
			staged[i] = filepath.Join(s.dir, fmt.Sprintf("%d.new", i))
			err = stage(o, staged[i])
		}
		if err != nil {
			return notWritten(o, err)
		}
		kept[i] = keep(o, filepath.Join(s.dir, fmt.Sprintf("%d.kept", i)))
	}
	for _, o := range all { // once more: the work may have taken hours
		if err := o.checkFresh(); err != nil {
			return err
		}
	}
	for i, o := range all {
		if err := os.Rename(staged[i], o.path); err != nil {
			err = notWritten(o, err)
			for _, r := range slices.Backward(kept[:i]) {
				err = errors.Join(err, r.restore())
			}
			return err
		}
	}
	return nil
}

func notWritten(o Output, err error) error {
	return fmt.Errorf("%s: can't be written (%w): make room or write elsewhere", o.Name, Underlying(err))
}

// stage writes an output to the disk under another name. It has the permissions of the file
// whose place it is to take; a new file may be read by all, as far as the umask lets them.
func stage(o Output, name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(o.Data)
	if before, there := os.Stat(o.path); there == nil && err == nil {
		now, _ := f.Stat()
		if perm := before.Mode().Perm(); now == nil || now.Mode().Perm() != perm { // some disks have none to change
			err = f.Chmod(perm)
		}
	}
	if err == nil {
		err = f.Sync()
	}
	return cmp.Or(err, f.Close())
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

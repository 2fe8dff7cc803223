package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/subtitles"
)

// output is a caption file to be written.
type output struct {
	name   string // as it was given
	path   string // what name leads to when it is a link
	format string // see subtitles.Formats
	data   []byte

	cues, findings int // the latter of subtitles.Lint
}

// checkOutputs finds whatever would keep the named outputs from being written,
// before hours of work are spent on them: an unknown format, no folder or no
// right to write there, an output that is also an input or given twice.
func checkOutputs(names []string, inputs ...string) ([]output, error) {
	var all []output
	for _, name := range names {
		format, err := subtitles.FormatOf(name)
		if err != nil {
			return nil, err
		}
		o := output{name: name, path: name, format: format}
		if err := o.check(inputs); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, other := range all {
			if sameName(o.path, other.path) {
				return nil, fmt.Errorf("%s: is the same file as %s: give each output once", name, other.name)
			}
		}
		all = append(all, o)
	}
	return all, nil
}

// check finds where o leads to, and whether it may be written there.
func (o *output) check(inputs []string) error {
	if _, err := os.Lstat(o.name); err == nil {
		// A rename would put a file in the place of a link; what the link leads to is meant.
		if o.path, err = filepath.EvalSymlinks(o.name); err != nil {
			return errors.New("is a link that leads nowhere: remove it or give another name")
		}
		info, err := os.Stat(o.path)
		if err != nil {
			return underlying(err)
		}
		if !info.Mode().IsRegular() {
			return errors.New("is a folder or a device, no file to be written over: give another name")
		}
		for _, input := range inputs {
			if in, err := os.Stat(input); err == nil && os.SameFile(info, in) {
				return fmt.Errorf("is also the input %s: give the output another name", input)
			}
		}
	}
	return checkFolder(filepath.Dir(o.path))
}

// checkFolder tries to make a file in dir: permissions alone don't tell whether a
// disk can be written.
func checkFolder(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s: make it first", dir)
	}
	f, err := os.CreateTemp(dir, ".cuewright-*")
	if err != nil {
		return fmt.Errorf("no file can be made in folder %s (%w): write elsewhere", dir, underlying(err))
	}
	f.Close()
	return os.Remove(f.Name())
}

// underlying is err without the operation and the temporary name it may hold.
func underlying(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}

// sameName says whether a and b would be one file, now or on a disk that takes no
// notice of case.
func sameName(a, b string) bool {
	if !strings.EqualFold(filepath.Base(a), filepath.Base(b)) {
		return false
	}
	x, errX := os.Stat(filepath.Dir(a))
	y, errY := os.Stat(filepath.Dir(b))
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// writeOutputs writes all files or none: all of them are on the disk under temporary
// names before the first is renamed, and if a rename fails, those before it are
// taken back.
func writeOutputs(all []output) (err error) {
	var pending []*pendingFile
	defer func() {
		for _, p := range pending {
			err = errors.Join(err, p.Cleanup()) // does nothing to a renamed file
		}
	}()
	failed := func(o output, err error) error {
		return fmt.Errorf("%s: can't be written (%w): make room or write elsewhere", o.name, underlying(err))
	}
	for _, o := range all {
		p, err := newPendingFile(o.path)
		if err != nil {
			return failed(o, err)
		}
		pending = append(pending, p)
		if _, err := p.Write(o.data); err != nil {
			return failed(o, err)
		}
		if err := p.Sync(); err != nil {
			return failed(o, err)
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

// replaced is what an output takes the place of.
type replaced struct {
	output
	was  bool   // there was a file
	kept string // another name of that file; "" where the disk has no links
}

func keep(o output) *replaced {
	r := &replaced{output: o}
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
		return fmt.Errorf("%s: is new, and could not be taken back: %w", r.name, underlying(err))
	}
	return nil
}

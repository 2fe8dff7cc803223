package episode

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/subtitles"
)

// trace is what each pass of an alignment finds, to be written as a TextGrid.
type trace struct {
	outputs []Output // one for each of align.PassNames
	passes  map[string]align.PassTrace
	end     time.Duration // of the recording
	made    string        // the folder, if it was made for the trace; else ""
}

// newTrace makes the folder of the job's trace and finds whatever would keep the trace
// from being written there, or would put it in the place of one of the outputs: beforehand,
// since an alignment may take long. It returns nil where no trace is wanted.
func (j *Job) newTrace(outputs []Output) (*trace, error) {
	if j.TraceDir == "" {
		return nil, nil
	}
	made, err := makeFolder(j.TraceDir)
	if err != nil {
		return nil, fmt.Errorf("--trace %s: no folder for the trace (%w): name another one", j.TraceDir, Underlying(err))
	}
	t := &trace{passes: map[string]align.PassTrace{}}
	if made {
		t.made = j.TraceDir
	}
	stem := "trace"
	if j.Audio != StandardInput {
		base := filepath.Base(j.Audio)
		stem = strings.TrimSuffix(base, filepath.Ext(base))
	}
	var names []string
	for i, pass := range align.PassNames() {
		names = append(names, filepath.Join(j.TraceDir, fmt.Sprintf("%s.%d-%s.TextGrid", stem, i+1, pass)))
	}
	all, err := addOutputs(outputs[:len(outputs):len(outputs)], names, "", j.Audio, j.Transcript)
	if err != nil {
		t.removeFolder()
		return nil, fmt.Errorf("--trace: %w", err)
	}
	t.outputs = all[len(outputs):]
	return t, nil
}

// makeFolder makes a folder unless it is there, or returns an error where it can't be
// written.
func makeFolder(dir string) (made bool, err error) {
	switch err := os.Mkdir(dir, 0o777); {
	case err == nil:
		return true, nil
	case !errors.Is(err, fs.ErrExist):
		return false, err
	}
	return false, checkFolder(dir)
}

// removeFolder takes back the folder, if it was made for the trace and nothing is in it.
func (t *trace) removeFolder() {
	if t != nil && t.made != "" {
		os.Remove(t.made) // fails where something is
	}
}

func (t *trace) add(p align.PassTrace) { t.passes[p.Name] = p }

// fill writes the passes into the data of the outputs. Every pass has a file, those that
// lost their way too, so that no trace of an earlier run stands among the others.
func (t *trace) fill() error {
	for i, name := range align.PassNames() {
		o := &t.outputs[i]
		var b bytes.Buffer
		if err := subtitles.WriteTrace(&b, t.passes[name], t.end); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		o.Data = b.Bytes()
	}
	return nil
}

// writeAlone writes the trace of a pair that is refused: it shows why.
func (t *trace) writeAlone() error {
	if t == nil {
		return nil
	}
	if err := t.fill(); err != nil {
		return err
	}
	return WriteOutputs(t.outputs)
}

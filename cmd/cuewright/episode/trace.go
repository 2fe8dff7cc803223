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
}

// newTrace makes the folder of the job's trace and finds whatever would keep the trace
// from being written there, or would put it in the place of one of the outputs: beforehand,
// since an alignment may take long. It returns nil where no trace is wanted.
func (j *Job) newTrace(outputs []Output) (*trace, error) {
	if j.TraceDir == "" {
		return nil, nil
	}
	if err := makeFolder(j.TraceDir); err != nil {
		return nil, fmt.Errorf("--trace %s: no folder for the trace (%w): name another one", j.TraceDir, Underlying(err))
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
	all, err := addOutputs(outputs[:len(outputs):len(outputs)], names, j.Audio, j.Transcript)
	if err != nil {
		return nil, fmt.Errorf("--trace: %w", err)
	}
	return &trace{outputs: all[len(outputs):], passes: map[string]align.PassTrace{}}, nil
}

// makeFolder makes a folder, or returns an error where that of the name can't be written.
func makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o777)
	if errors.Is(err, fs.ErrExist) {
		err = checkFolder(dir)
	}
	return err
}

func (t *trace) add(p align.PassTrace) { t.passes[p.Name] = p }

// fill writes the passes into the data of the outputs; end is that of the recording. Every
// pass has a file, those that lost their way too, so that no trace of an earlier run stands
// among the others.
func (t *trace) fill(end time.Duration) error {
	for i, name := range align.PassNames() {
		o := &t.outputs[i]
		var b bytes.Buffer
		if err := subtitles.WriteTrace(&b, t.passes[name], end); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		o.Data = b.Bytes()
	}
	return nil
}

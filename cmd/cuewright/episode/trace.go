package episode

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cuewright/subtitles"
)

// makeTraceDir makes the folder of a trace, beforehand, since an alignment may take
// long.
func makeTraceDir(dir string) error {
	if dir == "" {
		return nil
	}
	err := os.Mkdir(dir, 0o777)
	if errors.Is(err, fs.ErrExist) {
		err = checkFolder(dir)
	}
	if err != nil {
		return fmt.Errorf("--trace %s: no folder for the trace (%w): name another one", dir, Underlying(err))
	}
	return nil
}

// traces returns a TextGrid for each pass of the alignment, named after the recording
// and numbered in the order of the passes.
func (j *Job) traces(r *Result) ([]Output, error) {
	var all []Output
	stem := "trace"
	if j.Audio != StandardInput {
		base := filepath.Base(j.Audio)
		stem = strings.TrimSuffix(base, filepath.Ext(base))
	}
	for i, pass := range r.passes {
		name := filepath.Join(j.TraceDir, fmt.Sprintf("%s.%d-%s.TextGrid", stem, i+1, pass.Name))
		o, err := NewOutput(name, append([]string{j.Audio, j.Transcript}, j.Outputs...)...)
		if err != nil {
			return nil, fmt.Errorf("--trace: %w", err)
		}
		var b bytes.Buffer
		if err := subtitles.WriteTrace(&b, pass, r.Alignment.End); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		o.Data = b.Bytes()
		all = append(all, *o)
	}
	return all, nil
}

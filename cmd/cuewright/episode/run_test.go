package episode

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/internal/sample"
)

// TestStdin: a recording on standard input makes the captions of the file, hash
// included, and its stages are reported one after another, without going back.
func TestStdin(t *testing.T) {
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	j := Job{
		Audio: filepath.Join(dir, "short.wav"), Transcript: filepath.Join(dir, "short.txt"),
		Outputs: []string{"a.vtt", "a.alignment.json"}, Options: DefaultOptions(),
	}
	var stages []string
	last := 0.0
	h := Hooks{
		Progress: func(stage string, share float64) {
			if len(stages) == 0 || stages[len(stages)-1] != stage {
				stages, last = append(stages, stage), 0
			}
			if share < last || share > 1 {
				t.Errorf("%s goes from %v to %v", stage, last, share)
			}
			last = share
		},
		OpenStdin: func() (io.Reader, error) { return os.Open(filepath.Join(dir, "short.wav")) },
	}
	file, err := Render(t.Context(), j, h)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(stages, []string{StageReading, StageAligning}) {
		t.Errorf("the stages are %q", stages)
	}
	j.Audio = StandardInput
	piped, err := Render(t.Context(), j, h)
	if err != nil {
		t.Fatal(err)
	}
	if string(piped.Outputs[0].Data) != string(file.Outputs[0].Data) || len(file.Outputs[0].Data) == 0 {
		t.Errorf("%s differs from\n%s", piped.Outputs[0].Data, file.Outputs[0].Data)
	}
	if got := strings.Replace(string(piped.Outputs[1].Data), `"-"`, `"short.wav"`, 1); got != string(file.Outputs[1].Data) {
		t.Errorf("%s differs from\n%s", got, file.Outputs[1].Data)
	}
	if _, err := os.Stat("a.vtt"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}

	h.OpenStdin = nil
	if _, err := Render(t.Context(), j, h); err == nil || !strings.HasPrefix(err.Error(), "-: there is no standard input") {
		t.Errorf("without a pipe: %v", err)
	}
}

// TestRunAllOrNothing: where one output can't be written, nothing is, and it is said
// before the recording is read.
func TestRunAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		outputs []string
		html    string
		want    string
	}{
		{[]string{"a.vtt", "a.doc"}, "", "a.doc: unknown caption format"},
		{[]string{"a.vtt", "none/a.srt"}, "", "there is no folder"},
		{[]string{"a.vtt", "A.vtt"}, "", "is the same file as"},
		{[]string{"a.vtt,b.srt"}, "", "a.vtt,b.srt: looks like several files: give each with an -o of its own"},
		{[]string{"a.vtt"}, "a.txt", "--html"},
		{[]string{"a.vtt"}, "none/a.html", "there is no folder"},
	} {
		j := Job{Audio: at("short.wav"), Transcript: at("short.txt"), Options: DefaultOptions()}
		for _, name := range c.outputs {
			j.Outputs = append(j.Outputs, at(name))
		}
		if c.html != "" {
			j.HTML = at(c.html)
		}
		read := func(stage string, share float64) { t.Errorf("%q: %s at %v", c.outputs, stage, share) }
		if _, err := Run(context.Background(), j, Hooks{Progress: read}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q %s: %v, want %q", c.outputs, c.html, err, c.want)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 2 {
		t.Errorf("there are %v: %v", files, err)
	}
}

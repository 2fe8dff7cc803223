package episode

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/testdata/race"
)

// A trace is a TextGrid for each pass, with the words where they lie in it, and leaves
// the captions as they are without one.
func TestTrace(t *testing.T) {
	dir := t.TempDir()
	captions := func(traceDir string) string {
		j := Job{
			Audio: "../../../testdata/sample/audio.wav", Transcript: "../../../testdata/sample/page.txt",
			Outputs: []string{filepath.Join(dir, "o.vtt")}, Options: DefaultOptions(),
		}
		j.TraceDir = traceDir
		if _, err := Run(context.Background(), j, Hooks{}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(j.Outputs[0])
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	traceDir := filepath.Join(dir, "trace")
	if captions(traceDir) != captions("") {
		t.Error("a trace changes the captions")
	}
	files, err := filepath.Glob(filepath.Join(traceDir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"audio.1-wide-seed", "audio.2-wide-adapted", "audio.3-banded", "audio.4-banded-again"}
	for i := range want {
		want[i] = filepath.Join(traceDir, want[i]+".TextGrid")
	}
	if !slices.Equal(files, want) {
		t.Fatalf("the files are %q, want %q", files, want)
	}
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, _, err := subtitles.ReadAlignment("TextGrid", string(data))
		if err != nil {
			t.Fatal(err)
		}
		words := 0
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				words += len(sentence.Words)
			}
		}
		if words < 190 {
			t.Errorf("%s has %d words, want those of the sample, about 200", file, words)
		}
		for _, tier := range []string{"phones", "scores", "words", "arcs"} {
			if !strings.Contains(string(data), fmt.Sprintf("name = %q", tier)) {
				t.Errorf("%s has no tier %s", file, tier)
			}
		}
		if banded := i >= 2; strings.Contains(string(data), `name = "words margins"`) != banded {
			t.Errorf("%s: margins, want them in it: %v", file, banded)
		}
	}
}

// A trace that would take the place of an output is refused before the work starts.
func TestTraceIsNoOutput(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"audio.3-banded.TextGrid", "AUDIO.3-banded.textgrid"} {
		j := Job{
			Audio: "../../../testdata/sample/audio.wav", Transcript: "../../../testdata/sample/page.txt",
			Outputs: []string{filepath.Join(dir, name)}, Options: DefaultOptions(), TraceDir: dir,
		}
		read := func(stage string, share float64) { t.Errorf("%s: %s at %v", name, stage, share) }
		_, err := Run(context.Background(), j, Hooks{Progress: read})
		if err == nil || !strings.Contains(err.Error(), "is the same file as") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// Each pass has the file of its place in the schedule, whichever of them told something.
func TestTraceOfEachPass(t *testing.T) {
	j := Job{Audio: "a.wav", TraceDir: t.TempDir()}
	traced, err := j.newTrace(nil)
	if err != nil {
		t.Fatal(err)
	}
	pass := align.PassTrace{Name: "banded", Words: []align.TracedSpan{
		{Segment: audio.Segment{End: time.Second}, Text: "well", Spoken: true},
	}}
	traced.add(pass)
	traced.end = 2 * time.Second
	if err := traced.fill(); err != nil {
		t.Fatal(err)
	}
	for i, o := range traced.outputs {
		want := fmt.Sprintf("a.%d-%s.TextGrid", i+1, align.PassNames()[i])
		if filepath.Base(o.Name) != want || strings.Contains(string(o.Data), `"well"`) != (i == 2) ||
			!strings.Contains(string(o.Data), "xmax = 2.0") {
			t.Errorf("%s, want %s:\n%s", o.Name, want, o.Data)
		}
	}
}

// A pair that is refused leaves its trace, which shows why, and no captions.
func TestTraceOfRefusedPair(t *testing.T) {
	race.Skip(t, race.Slow)
	dir := t.TempDir()
	page := filepath.Join(dir, "page.txt")
	text := strings.Repeat("Anna: A quick march through seven muddy fields brought them home before supper. "+
		"Why would anybody choose purple curtains?\n\nPaul: My cousin never learnt to whistle.\n\n", 3)
	if err := os.WriteFile(page, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	j := Job{
		Audio: "../../../testdata/sample/audio.wav", Transcript: page,
		Outputs: []string{filepath.Join(dir, "o.vtt")}, Options: DefaultOptions(), TraceDir: filepath.Join(dir, "trace"),
	}
	if _, err := Run(context.Background(), j, Hooks{}); !errors.Is(err, align.ErrMismatch) {
		t.Fatalf("error %v", err)
	}
	files, err := filepath.Glob(filepath.Join(j.TraceDir, "*.TextGrid"))
	if err != nil || len(files) != len(align.PassNames()) {
		t.Errorf("the trace is %q, error %v", files, err)
	}
	if _, err := os.Stat(j.Outputs[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("captions of a refused pair: %v", err)
	}
}

// A job that is stopped amid its passes writes no trace, and leaves no folder behind.
func TestTraceOfStoppedJob(t *testing.T) {
	j := Job{
		Audio: "../../../testdata/sample/audio.wav", Transcript: "../../../testdata/sample/page.txt", Options: DefaultOptions(),
	}
	j.TraceDir = filepath.Join(t.TempDir(), "trace")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	_, err := Run(ctx, j, Hooks{Progress: func(stage string, share float64) {
		if stage == StageAligning && share > 0.5 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(j.TraceDir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of the trace: %v", err)
	}
}

// A job that fails before the first pass leaves no folder behind, but for one that was
// there already.
func TestTraceOfFailure(t *testing.T) {
	dir := t.TempDir()
	j := Job{Audio: "../../../testdata/sample/audio.wav", Transcript: filepath.Join(dir, "none.txt"), Options: DefaultOptions()}
	for _, made := range []bool{false, true} {
		j.TraceDir = filepath.Join(dir, fmt.Sprint(made))
		if made {
			if err := os.Mkdir(j.TraceDir, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Run(context.Background(), j, Hooks{}); err == nil {
			t.Fatal("no error")
		}
		if _, err := os.Stat(j.TraceDir); (err == nil) != made {
			t.Errorf("the folder was there before: %v; afterwards: %v", made, err)
		}
	}
}

func TestTraceErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	j := Job{
		Audio: "../../../testdata/sample/audio.wav", Transcript: "../../../testdata/sample/page.txt",
		Options: DefaultOptions(),
	}
	for _, dir := range []string{file, filepath.Join(file, "in"), filepath.Join(filepath.Dir(file), "none", "in")} {
		j.TraceDir = dir
		if _, err := Run(context.Background(), j, Hooks{}); err == nil || !strings.Contains(err.Error(), "--trace "+dir+": ") {
			t.Errorf("%s: error %v", dir, err)
		}
	}
}

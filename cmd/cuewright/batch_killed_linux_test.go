package main

import (
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/cmd/cuewright/internal/sample"
)

// TestKilled kills a batch at random moments. No process outlives it, no file is ever
// half there, and the end is that of a batch that was left alone. CUEWRIGHT_ARCHIVE
// names a folder of episodes to do so with on a large scale, see make killed.
func TestKilled(t *testing.T) {
	archive := t.TempDir()
	sources := []string{archive}
	good, kills := 12, 4
	bad := []string{"gone", "killed", "noise", "panics", "unsaid"} // see makeArchive and testMain
	if large := os.Getenv("CUEWRIGHT_ARCHIVE"); large != "" {
		good, kills = 0, 10
		bad[1] = "hangs" // which takes its time
		slices.Sort(bad)
		sources = append(sources, large)
	} else {
		t.Parallel()
	}
	makeArchive(t, archive, good, bad...)
	args := func(out string) []string {
		return append(slices.Clone(sources), "--out", out, "--jobs", "2", "--timeout", "0.1", "--format", "vtt,srt,alignment.json")
	}
	quiet, disturbed := t.TempDir(), t.TempDir()
	began := time.Now()
	p := startBatch(t, args(quiet)...)
	if code := p.end(t); code != exitFailed {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	took := time.Since(began)
	if got := failures(t, quiet); !slices.Equal(got, bad) {
		t.Fatalf("%q failed, want %q", got, bad)
	}
	want := tree(t, quiet)
	t.Logf("a quiet run takes %v and makes %d files", took.Round(time.Millisecond), len(want))

	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewSource(seed))
	killed := 0
	for range kills {
		p := startBatch(t, args(disturbed)...)
		// Together the runs come about to the end.
		time.Sleep(time.Duration(random.Int63n(int64(2 * took / time.Duration(kills)))))
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if code := p.end(t); code == -1 {
			killed++
		}
		done := 0
		for name, text := range tree(t, disturbed) {
			caption := strings.HasSuffix(name, ".vtt") || strings.HasSuffix(name, ".srt") || strings.HasSuffix(name, ".alignment.json")
			if caption && text != want[name] {
				t.Errorf("%s is half there:\n%s", name, text)
			}
			if caption {
				done++
			}
		}
		t.Logf("killed with %d caption files there", done)
	}
	if killed == 0 {
		t.Error("no run was killed before its end")
	}
	p = startBatch(t, args(disturbed)...)
	if code := p.end(t); code != exitFailed {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	same(t, disturbed, quiet)
}

// TestAlignKilled kills align at random moments: the next run leaves nothing of that.
func TestAlignKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("cuewright")
	if err != nil {
		t.Fatal(err)
	}
	run := func() *exec.Cmd {
		cmd := exec.Command(program, "align", "-q", "short.wav", "short.txt", "--overwrite")
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	began := time.Now()
	if err := run().Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	want := tree(t, dir)
	random := rand.New(rand.NewSource(1))
	for range 20 {
		cmd := run()
		time.Sleep(took/2 + time.Duration(random.Int63n(int64(took)))/2) // files are written at the end
		_ = cmd.Process.Kill()                                           // it may have ended
		_ = cmd.Wait()
		for name, text := range tree(t, dir) {
			if other, ok := want[name]; ok && text != other {
				t.Errorf("%s was half-written", name)
			}
		}
	}
	if err := run().Wait(); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("there are %q", slices.Sorted(maps.Keys(got)))
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("there are %q", left)
	}
}

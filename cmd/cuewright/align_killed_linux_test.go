package main

import (
	"maps"
	"math/rand"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cuewright/cmd/cuewright/internal/sample"
)

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

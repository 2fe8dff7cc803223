package episode

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What a killed process has left goes, and nothing else does: not what a process that
// lives is writing, nor a file of somebody else.
func TestScratchesOfTheKilled(t *testing.T) {
	dir := t.TempDir()
	lives, err := newScratch(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := lockScratch(lives.lock); err != nil {
		t.Skip("there are no locks here")
	}
	for _, name := range []string{
		".cuewright-1/lock", ".cuewright-1/0.new", ".cuewright-1/0.kept", // left
		".cuewright-3/lock", ".cuewright-3/folder/theirs", ".cuewright-3/theirs.txt", // left, and somebody has put something there
		".cuewright-4/theirs", ".cuewright-5", ".cuewright-x/lock", "a.vtt", // somebody else's
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".cuewright-2"), 0o777); err != nil { // killed before the lock was there
		t.Fatal(err)
	}
	if err := WriteOutputs([]Output{{Name: "b.vtt", path: filepath.Join(dir, "b.vtt"), Data: []byte("b")}}); err != nil {
		t.Fatal(err)
	}
	var got []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	want := []string{filepath.Base(lives.dir), ".cuewright-3", ".cuewright-4", ".cuewright-5", ".cuewright-x", "a.vtt", "b.vtt"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	for _, name := range []string{"folder/theirs", "theirs.txt"} {
		if _, err := os.Stat(filepath.Join(dir, ".cuewright-3", name)); err != nil {
			t.Error(err)
		}
	}
	lives.remove()
}

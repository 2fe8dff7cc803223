package batch

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/episode"
)

// What somebody puts in the place of an output while the episode is captioned, or
// corrects there, is not replaced, whenever that is.
func TestPutThereMeanwhile(t *testing.T) {
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		first bool   // the episode was captioned before
		found string // what commit finds in the place of the captions; "" for what was there
		ok    bool
	}{
		{"nothing was there", false, "", true},
		{"put there", false, "by hand", false},
		{"made before", true, "", true},
		{"corrected", true, "by hand", false},
		{"to be the same", false, "made", true}, // by a run that can't see our lock
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			f, err := OpenFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			e := &Episode{Name: "a", Job: episode.Job{Outputs: []string{"a.vtt"}}}
			r := recipe{Options: episode.Job{Outputs: []string{"vtt"}}}
			captions := filepath.Join(dir, "a.vtt")
			if c.first {
				if _, err := f.commit(e, &Made{Data: [][]byte{[]byte("first")}}, r); err != nil {
					t.Fatal(err)
				}
			}
			if c.found != "" {
				write(captions, c.found)
			}
			_, err = f.commit(e, &Made{Data: [][]byte{[]byte("made")}}, r)
			want := "made"
			if !c.ok {
				want = c.found
			}
			if got, _ := os.ReadFile(captions); string(got) != want {
				t.Errorf("%q is there", got)
			}
			if (err == nil) != c.ok || err != nil && !errors.Is(err, errMeanwhile) {
				t.Error(err)
			}
		})
	}
}

// The last look is when all is written but the names.
func TestReplaceChecksLast(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	refused := errors.New("refused")
	err = f.replace(1, []string{"a", "b"}, [][]byte{nil, nil}, func() error {
		staged, _ := filepath.Glob(filepath.Join(dir, privateFolder, "1-*"))
		if len(staged) != 2 {
			t.Errorf("%q are written", staged)
		}
		return refused
	})
	left, _ := filepath.Glob(filepath.Join(dir, "[ab]"))
	staged, _ := filepath.Glob(filepath.Join(dir, privateFolder, "1-*"))
	if !errors.Is(err, refused) || len(left)+len(staged) > 0 {
		t.Errorf("%v, and there are %q %q", err, left, staged)
	}
}

// A table is written whole or not at all: where somebody else has one of its files, the others
// stay as they were.
func TestTableWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write := func(program string) error { return (&Table{Schema: tableSchema, Program: program}).Write(f, "report") }
	read := func(name string) string {
		data, _ := os.ReadFile(filepath.Join(dir, name))
		return string(data)
	}
	for _, program := range []string{"one", "two"} {
		if err := write(program); err != nil || !strings.Contains(read("report.json"), program) {
			t.Fatalf("%v\n%s", err, read("report.json"))
		}
	}
	page := filepath.Join(dir, "report.html")
	if err := os.WriteFile(page, []byte("by hand"), 0o666); err != nil {
		t.Fatal(err)
	}
	err = write("three")
	if !errors.Is(err, errTableChanged) || read("report.html") != "by hand" || !strings.Contains(read("report.json"), "two") {
		t.Errorf("%v\n%s", err, read("report.json"))
	}
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if err := write("four"); err != nil || !strings.Contains(read("report.json")+read("report.html"), "four") {
		t.Errorf("%v\n%s", err, read("report.json"))
	}
}

package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// helpDir holds the help of each command, named as it is called.
const helpDir = "testdata/help"

// TestHelp holds the help of the program and of every command that is not hidden to the
// files of helpDir, which -update rewrites.
func TestHelp(t *testing.T) {
	names := []string{"cuewright"}
	for _, c := range newApp(strings.NewReader(""), io.Discard, io.Discard).Commands {
		if c.Hidden {
			continue
		}
		names = append(names, "cuewright "+c.Name)
		for _, s := range c.Subcommands {
			names = append(names, "cuewright "+c.Name+" "+s.Name)
		}
	}
	want := map[string]bool{}
	for _, name := range names {
		file := filepath.Join(helpDir, strings.ReplaceAll(name, " ", "-")+".txt")
		want[file] = true
		var stdout, stderr strings.Builder
		if code := run(t.Context(), append(strings.Fields(name), "--help"), nil, &stdout, &stderr); code != exitDone || stderr.Len() > 0 {
			t.Errorf("%s --help: exit code %d, %s", name, code, stderr.String())
		}
		got := withoutVersion(stdout.String())
		if name != "cuewright help" { // a variable of cli, which each run changes
			var other strings.Builder
			run(t.Context(), slices.Insert(strings.Fields(name), 1, "help"), nil, &other, &stderr)
			if got := other.String(); got != stdout.String() {
				t.Errorf("%s: the command help prints\n%s", name, got)
			}
		}
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		golden, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%v: run the test with -update", err)
		} else if got != string(golden) {
			t.Errorf("%s --help prints\n%s\nwant\n%s", name, got, golden)
		}
	}
	files, err := filepath.Glob(filepath.Join(helpDir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !want[file] {
			t.Errorf("%s belongs to no command", file)
		}
	}
}

// withoutVersion is help with the line below VERSION, which each build changes, masked.
func withoutVersion(help string) string {
	const heading = "VERSION:\n"
	before, after, found := strings.Cut(help, heading)
	if !found {
		return help
	}
	_, after, _ = strings.Cut(after, "\n")
	return before + heading + "   (masked)\n" + after
}

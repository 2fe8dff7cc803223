package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// maxFileLines is how long a Go file of this folder may be: commands are thin.
const maxFileLines = 250

// TestLayering holds the packages of the module to the directions in which they may
// import each other, and what they may not know.
func TestLayering(t *testing.T) {
	const arithmetic = "cuewright/audio/portable"         // which all may use
	const syllables = "cuewright/align/internal/syllable" // which words and their sounds both need
	dependencies := dependenciesOf(t)
	flags := []string{"flag", "github.com/urfave/cli", "github.com/vbauerster/mpb", "golang.org/x/term"}
	for _, c := range []struct {
		packages string
		without  []string // import paths, each with all below it but for the packages themselves
	}{
		// Leaves.
		{"./audio/portable", []string{"cuewright"}},
		{"./audio/...", []string{"cuewright"}},
		{"./align/pronounce/...", []string{"cuewright"}},
		{"./align/transcript/...", []string{"cuewright"}},
		{"./align/internal/gmm/...", []string{"cuewright"}},
		{"./align/internal/syllable/...", []string{"cuewright"}},
		{"./subtitles/format/cea608", []string{"cuewright"}},
		{"./subtitles/format/ebustl", []string{"cuewright"}},
		// Nothing goes back up.
		{"./align/...", []string{"cuewright/subtitles", "cuewright/cmd"}},
		{"./subtitles/format", []string{"cuewright/align", "cuewright/cmd"}},
		{"./subtitles/readable", []string{"cuewright/align/pronounce", "cuewright/cmd"}},
		{"./subtitles", []string{"cuewright/subtitles/check"}},
		{"./subtitles/...", []string{"cuewright/cmd"}},
		{"./cmd/cuewright/page", []string{"cuewright/cmd/cuewright/episode", "cuewright/cmd/cuewright/batch"}},
		{"./cmd/cuewright/episode", []string{"cuewright/cmd/cuewright/batch"}},
		// Flags and terminals are the commands' alone.
		{"./align/...", flags},
		{"./subtitles/...", flags},
		{"./cmd/cuewright/batch", flags},
		{"./cmd/cuewright/episode", flags},
		{"./cmd/cuewright/page", flags},
	} {
		under := func(dep, path string) bool { return dep == path || strings.HasPrefix(dep, path+"/") }
		own := "cuewright" + strings.TrimPrefix(c.packages, ".")
		tree, all := strings.CutSuffix(own, "/...")
		found := false
		for name, deps := range dependencies {
			if name != own && !(all && under(name, tree)) {
				continue
			}
			found = true
			for _, dep := range deps {
				if dep == arithmetic || dep == syllables && strings.HasPrefix(own, "cuewright/align/") || all && under(dep, tree) {
					continue
				}
				for _, path := range c.without {
					if under(dep, path) {
						t.Errorf("%s depends on %s", name, dep)
					}
				}
			}
		}
		if !found {
			t.Errorf("%s names no package", c.packages)
		}
	}
}

// dependenciesOf returns what each package of the module imports, at any depth, tests aside.
func dependenciesOf(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, stderr.String())
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		all[fields[0]] = fields[1:]
	}
	return all
}

func TestFilesAreShort(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(data, []byte("\n")); n > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", file, n, maxFileLines)
		}
	}
}

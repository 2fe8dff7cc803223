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
	for _, c := range []struct {
		packages string
		without  []string // prefixes of import paths
	}{
		{"./align/...", []string{"cuewright/subtitles", "cuewright/cmd"}},
		{"./audio/...", []string{"cuewright/align", "cuewright/subtitles", "cuewright/cmd"}},
		{"./subtitles/format", []string{"cuewright/align", "cuewright/cmd"}},
		{"./subtitles/...", []string{"cuewright/cmd"}},
		{"./cmd/cuewright/page", []string{"cuewright/cmd/cuewright/episode", "cuewright/cmd/cuewright/batch"}},
		{"./cmd/cuewright/episode", []string{"cuewright/cmd/cuewright/batch"}},
		{"./cmd/cuewright/batch", []string{"github.com/urfave/cli", "github.com/vbauerster/mpb", "golang.org/x/term"}},
		{"./cmd/cuewright/episode", []string{"github.com/urfave/cli", "github.com/vbauerster/mpb", "golang.org/x/term"}},
		{"./cmd/cuewright/page", []string{"github.com/urfave/cli", "github.com/vbauerster/mpb", "golang.org/x/term"}},
	} {
		deps := dependencies(t, c.packages)
		for _, dep := range deps {
			for _, prefix := range c.without {
				if dep == prefix || strings.HasPrefix(dep, prefix+"/") {
					t.Errorf("%s depends on %s", c.packages, dep)
				}
			}
		}
	}
}

// dependencies returns the import paths of packages and of all that they import, tests
// aside.
func dependencies(t *testing.T, packages string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", packages)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v: %s", packages, err, stderr.String())
	}
	deps := strings.Fields(string(out))
	if len(deps) == 0 {
		t.Fatalf("%s names no package", packages)
	}
	return deps
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

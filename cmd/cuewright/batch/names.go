package batch

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/cmd/cuewright/episode"
)

// check completes the episodes, and finds what keeps one from being run: a name that
// leads out of the output folder, files that aren't there, outputs that would take the
// place of their transcript, that another episode has, or has folders for.
func (f *finder) check(out string) {
	claims := claims{files: map[string][]int{}, folders: map[string][]int{}}
	for i := range f.episodes {
		e := &f.episodes[i]
		if err := checkName(e.Name); err != nil && e.Err == nil {
			e.Err = err
		}
		if e.Err != nil {
			continue
		}
		e.Err = checkInputs(e.Audio, e.Transcript)
		for _, format := range f.formats {
			e.Outputs = append(e.Outputs, e.Name+"."+format)
		}
		for _, file := range append([]string{e.sidecar()}, e.Outputs...) {
			if top, _, _ := strings.Cut(file, "/"); isTable(top) && e.Err == nil {
				e.Err = fmt.Errorf("%s: the batch's own table has that name: name it otherwise in a manifest", top)
			}
			for _, in := range []string{e.Audio, e.Transcript} {
				if target := filepath.Join(out, file); e.Err == nil && f.place(target) == f.place(in) {
					e.Err = alsoInputError(target, in)
				}
			}
			claim(claims.files, file, i)
		}
		for dir := path.Dir(e.Name); dir != "."; dir = path.Dir(dir) {
			claim(claims.folders, dir, i)
		}
	}
	f.checkClaims(claims)
	for i := range f.episodes {
		if e := &f.episodes[i]; e.Err != nil && e.line != "" {
			e.Err = fmt.Errorf("%s: %w", e.line, e.Err)
		}
	}
}

// checkInputs returns an error for the first of names that is no file.
func checkInputs(names ...string) error {
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return fmt.Errorf("%s: can't be found (%w): check the name", name, episode.Underlying(err))
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s: is a folder, a pipe or a device: name a file", name)
		}
	}
	return nil
}

// claims are the files and folders that the episodes need in the output folder, each
// with the indexes of those that need it, in order.
type claims struct{ files, folders map[string][]int }

// claim notes that an episode needs a name. On some disks names are one that differ in
// case or in how accents are written.
func claim(of map[string][]int, name string, i int) {
	key := fold(name)
	if n := len(of[key]); n == 0 || of[key][n-1] != i {
		of[key] = append(of[key], i)
	}
}

// checkClaims fails the episodes that need a name that another one needs.
func (f *finder) checkClaims(c claims) {
	fail := func(i int, format string, args ...any) {
		if e := &f.episodes[i]; e.Err == nil {
			e.Err = fmt.Errorf("output %q: "+format+": name them apart in a manifest", append([]any{e.Name}, args...)...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.files)) {
		files, folders := c.files[key], c.folders[key]
		for _, i := range files {
			if other := slices.IndexFunc(files, func(j int) bool { return j != i }); other >= 0 {
				fail(i, "%s is to be captioned there too", f.episodes[files[other]].input())
			}
			if len(folders) > 0 {
				fail(i, "its file %s would lie where %s needs a folder", key, f.episodes[folders[0]].input())
			}
		}
		for _, i := range folders {
			fail(i, "its folder %s would lie where %s needs a file", key, f.episodes[files[0]].input())
		}
	}
}

// input returns the recording, and where a manifest names it.
func (e *Episode) input() string {
	if e.line != "" {
		return e.Audio + " of " + e.line
	}
	return e.Audio
}

// maxName is how long a name of outputs may be, in bytes: macOS takes no longer paths.
const maxName = 1000

// checkName returns an error for a name of outputs that can't be used. os.Root would
// refuse it later in any case.
func checkName(name string) error {
	switch {
	case !filepath.IsLocal(filepath.FromSlash(name)):
		return fmt.Errorf("output %q: leads out of the output folder: give a name within it", name)
	case len(name) > maxName:
		return fmt.Errorf("output %.40q...: is longer than a file's name can be: give a shorter one", name)
	case name == "." || path.Clean(name) != name || strings.ContainsRune(name, 0):
		return fmt.Errorf("output %q: is no name of a file: give one without extension", name)
	case strings.HasPrefix(strings.ToLower(name)+"/", privateFolder+"/"):
		return fmt.Errorf("output %q: %s is the batch's own: give another name", name, privateFolder)
	}
	return nil
}

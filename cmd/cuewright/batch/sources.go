package batch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuewright/audio"
	"cuewright/cmd/cuewright/episode"
)

// Episode is a job of a batch.
type Episode struct {
	episode.Job               // Outputs are relative to the output folder
	Name        string        // of its outputs, without extension; slashes between folders
	Length      time.Duration // by the header of a WAV file, estimated by size for others
	Err         error         // known beforehand: it isn't run
	line        string        // of a manifest, such as list.csv:3; "" for what no manifest names
}

// stray is a file that belongs to no episode, and why, with what to do.
type stray struct{ name, why string }

// The files of a folder that are taken for transcripts: captions serve as one only
// where there is no text, and never those that a batch has made.
var (
	textExtensions    = []string{".txt", ".md", ".html", ".htm"}
	captionExtensions = []string{".srt", ".vtt", ".json"}
	// What people write transcripts in, but can't be read here.
	documentExtensions = []string{".docx", ".doc", ".odt", ".rtf", ".pdf"}
)

// finder gathers the episodes of a batch's sources.
type finder struct {
	out      fs.FileInfo // the output folder, which is no source; nil if there is none yet
	options  episode.Options
	formats  []string
	episodes []Episode
	strays   []stray
	seen     map[string]bool   // files and folders by their place, so that sources may overlap
	folders  map[string]string // where they are, see place
}

// findEpisodes lists the episodes of all sources by their names, those with errors
// among them, and the files that are left over. An error is one of the command line
// or of a manifest as a whole.
func findEpisodes(sources []string, out string, options episode.Options, formats []string) ([]Episode, []stray, error) {
	f := &finder{options: options, formats: formats, seen: map[string]bool{}, folders: map[string]string{}}
	f.out, _ = os.Stat(out)
	for _, source := range sources {
		if err := f.source(source); err != nil {
			return nil, nil, err
		}
	}
	f.check(out)
	slices.SortStableFunc(f.episodes, func(a, b Episode) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Audio, b.Audio))
	})
	slices.SortFunc(f.strays, func(a, b stray) int { return cmp.Compare(a.name, b.name) })
	// Where the output folder is a source, the tables lie among the rest.
	f.strays = slices.DeleteFunc(f.strays, func(s stray) bool {
		return isTable(filepath.Base(s.name)) && f.place(s.name) == f.place(filepath.Join(out, filepath.Base(s.name)))
	})
	return f.episodes, f.strays, nil
}

// source adds what a folder, a file, a manifest or a glob names.
func (f *finder) source(name string) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		f.pair(f.walk(name), name)
	case err == nil && isManifest(name):
		if err := f.manifest(name); err != nil {
			return err
		}
	case err == nil:
		f.pair([]string{filepath.Clean(name)}, filepath.Dir(name))
	case strings.ContainsAny(name, "*?["):
		matches, err := filepath.Glob(name)
		if err != nil {
			return fmt.Errorf("%s: no pattern: %w: see https://pkg.go.dev/path/filepath#Match", name, err)
		}
		if len(matches) == 0 {
			return fmt.Errorf("%s: matches no file: check the pattern", name)
		}
		var files []string
		for _, match := range matches {
			if info, err := os.Stat(match); err == nil && info.IsDir() {
				files = append(files, f.walk(match)...)
			} else {
				files = append(files, match)
			}
		}
		f.pair(files, fixedPart(name))
	default:
		return fmt.Errorf("%s: can't be found (%w): check the name", name, episode.Underlying(err))
	}
	return nil
}

// fixedPart is the folder that all matches of a pattern lie in.
func fixedPart(pattern string) string {
	i := strings.IndexAny(pattern, "*?[")
	return filepath.Dir(pattern[:i] + "x")
}

// walk lists the files of a folder at any depth, but for hidden ones and the output
// folder.
func (f *finder) walk(root string) []string {
	if info, err := os.Lstat(root); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		root += string(filepath.Separator) // WalkDir follows no link but this
	}
	var files []string
	// The function below returns no error but to skip a folder.
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if f.first(name) {
				f.fail(name, root, fmt.Errorf("%s: can't be searched: %w", name, episode.Underlying(err)))
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case name == root:
			return nil
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if info, err := d.Info(); err == nil && f.out != nil && os.SameFile(info, f.out) {
				return fs.SkipDir
			}
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(name); err == nil && info.IsDir() {
				if f.first(name) {
					f.strays = append(f.strays, stray{name, "a linked folder, which isn't searched: name it as a source"})
				}
				return nil
			}
		}
		files = append(files, name)
		return nil
	})
	return files
}

// place is a name that is the same however a source comes to the file: by a relative
// name, an absolute one or through a linked folder. A file that is a link itself is one
// of its own, for its name may belong to another transcript.
func (f *finder) place(name string) string {
	dir := filepath.Dir(name)
	if f.folders[dir] == "" {
		f.folders[dir] = absolute(dir)
		if real, err := filepath.EvalSymlinks(f.folders[dir]); err == nil {
			f.folders[dir] = real
		}
	}
	return filepath.Join(f.folders[dir], filepath.Base(name))
}

// first says whether no source has named the file or folder before.
func (f *finder) first(name string) bool {
	place := f.place(name)
	before := f.seen[place]
	f.seen[place] = true
	return !before
}

// pair makes episodes of the recordings and transcripts with one stem. Names are
// relative to root.
func (f *finder) pair(files []string, root string) {
	type group struct{ recordings, texts, captions []string }
	groups := map[string]*group{}
	for _, file := range files {
		if !f.first(file) {
			continue
		}
		extension := filepath.Ext(file)
		stem := strings.TrimSuffix(file, extension)
		extension = strings.ToLower(extension)
		g := groups[stem]
		if g == nil {
			g = &group{}
		}
		switch {
		case strings.HasSuffix(file, sidecarExtension), madeByBatch(file):
			continue
		case slices.Contains(recordingExtensions, extension):
			g.recordings = append(g.recordings, file)
		case slices.Contains(textExtensions, extension):
			g.texts = append(g.texts, file)
		case slices.Contains(captionExtensions, extension):
			g.captions = append(g.captions, file)
		default:
			continue
		}
		groups[stem] = g
	}
	for _, stem := range slices.Sorted(maps.Keys(groups)) {
		g := groups[stem]
		// A glob may name the recordings alone, or the transcripts.
		if len(g.recordings) == 0 {
			g.recordings = f.beside(stem, recordingExtensions)
		}
		if len(g.texts) == 0 {
			g.texts = f.beside(stem, textExtensions)
		}
		if len(g.texts)+len(g.captions) == 0 {
			g.captions = f.beside(stem, captionExtensions)
		}
		transcripts := g.texts
		if len(transcripts) == 0 {
			transcripts, g.captions = g.captions, nil
		}
		if len(g.recordings) == 0 {
			for _, file := range transcripts {
				f.strays = append(f.strays, stray{file, fmt.Sprintf("has no recording: name that %s.wav, .mp3 or the like, in the same folder, or pair the two in a manifest", filepath.Base(stem))})
			}
		} else if len(transcripts) == 0 {
			text := filepath.Base(stem) + ".txt"
			why := fmt.Sprintf("has no transcript: name that %s, in the same folder, or pair the two in a manifest", text)
			for _, extension := range documentExtensions {
				if info, err := os.Stat(stem + extension); err == nil && info.Mode().IsRegular() {
					why = fmt.Sprintf("has no transcript that can be read: save %s as plain text, %s", filepath.Base(stem+extension), text)
				}
			}
			for _, file := range g.recordings {
				f.strays = append(f.strays, stray{file, why})
			}
		} else {
			e := f.add(g.recordings[0], transcripts[0], relativeStem(root, g.recordings[0]))
			if len(g.recordings) > 1 {
				e.Err = fmt.Errorf("%s: share a stem: leave one of them, or give a manifest", strings.Join(g.recordings, " and "))
			} else if len(transcripts) > 1 {
				e.Err = fmt.Errorf("%s: which is the transcript? leave one of them, or give a manifest", strings.Join(transcripts, " or "))
			}
		}
		for _, file := range g.captions {
			f.strays = append(f.strays, stray{file, "isn't used: there is a transcript of that stem"})
		}
	}
}

// beside is the file with that stem and one of the extensions that no source has
// named, if there is one.
func (f *finder) beside(stem string, extensions []string) []string {
	for _, extension := range extensions {
		name := stem + extension
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && !madeByBatch(name) && f.first(name) {
			return []string{name}
		}
	}
	return nil
}

// relativeStem names the outputs of a recording below root, or elsewhere by its last
// name alone.
func relativeStem(root, recording string) string {
	stem := strings.TrimSuffix(recording, filepath.Ext(recording))
	name, err := filepath.Rel(root, stem)
	if err != nil || !filepath.IsLocal(name) {
		name = filepath.Base(stem)
	}
	return filepath.ToSlash(name)
}

func (f *finder) add(recording, text, name string) *Episode {
	e := Episode{Job: episode.Job{Options: f.options}, Name: name}
	if recording == episode.StandardInput {
		recording = "./" + recording // a file of that name
	}
	e.Audio, e.Transcript = recording, text
	f.episodes = append(f.episodes, e)
	return &f.episodes[len(f.episodes)-1]
}

// fail adds what would be episodes if it could be read.
func (f *finder) fail(name, root string, err error) {
	f.add(name, "", relativeStem(root, name)).Err = err
}

// manifest adds an episode a row.
func (f *finder) manifest(name string) error {
	rows, err := readRows(name)
	if err != nil {
		return err
	}
	root := filepath.Dir(name)
	for _, row := range rows {
		recording, text := under(root, row.cells["audio"]), row.cells["transcript"]
		if text != "" {
			text = under(root, text)
		}
		output := row.cells["output"]
		if output == "" {
			output = relativeStem(root, recording)
		}
		e := f.add(recording, text, output)
		e.line = fmt.Sprintf("%s:%d", name, row.line)
		e.Lang = cmp.Or(row.cells["language"], e.Lang)
		e.Preset = cmp.Or(row.cells["preset"], e.Preset)
		if row.cells["audio"] == "" {
			e.Err = errors.New("names no audio")
		} else if text == "" {
			e.Err = errors.New("names no transcript")
		} else if err := e.Validate(); err != nil {
			e.Err = err
		}
	}
	return nil
}

// check completes the episodes, and finds what keeps one from being run: a name that
// leads out of the output folder, files that aren't there, outputs that would take the
// place of their transcript, that another episode has, or has folders for.
func (f *finder) check(out string) {
	// By the names of files and of folders that lie in the output folder. On some disks
	// names are one that differ in case or in how accents are written.
	owners, parents := map[string][]int{}, map[string][]int{}
	note := func(to map[string][]int, name string, i int) {
		key := strings.ToLower(norm.NFC.String(name))
		if n := len(to[key]); n == 0 || to[key][n-1] != i {
			to[key] = append(to[key], i)
		}
	}
	for i := range f.episodes {
		e := &f.episodes[i]
		if err := checkName(e.Name); err != nil && e.Err == nil {
			e.Err = err
		}
		if e.Err != nil {
			continue
		}
		for _, name := range []string{e.Audio, e.Transcript} {
			if info, err := os.Stat(name); err != nil && e.Err == nil {
				e.Err = fmt.Errorf("%s: can't be found (%w): check the name", name, episode.Underlying(err))
			} else if err == nil && !info.Mode().IsRegular() && e.Err == nil {
				e.Err = fmt.Errorf("%s: is a folder, a pipe or a device: name a file", name)
			}
		}
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
			note(owners, file, i)
		}
		for dir := path.Dir(e.Name); dir != "."; dir = path.Dir(dir) {
			note(parents, dir, i)
		}
	}
	fail := func(i int, format string, args ...any) {
		if e := &f.episodes[i]; e.Err == nil {
			e.Err = fmt.Errorf("output %q: "+format+": name them apart in a manifest", append([]any{e.Name}, args...)...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(owners)) {
		files, folders := owners[key], parents[key]
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
	for i := range f.episodes {
		if e := &f.episodes[i]; e.Err != nil && e.line != "" {
			e.Err = fmt.Errorf("%s: %w", e.line, e.Err)
		}
	}
}

// input is the recording, and where a manifest names it.
func (e *Episode) input() string {
	if e.line != "" {
		return e.Audio + " of " + e.line
	}
	return e.Audio
}

// checkName says what is wrong with a name of outputs. The folder is kept by os.Root
// in any case; this is to say so beforehand.
func checkName(name string) error {
	switch {
	case !filepath.IsLocal(filepath.FromSlash(name)):
		return fmt.Errorf("output %q: leads out of the output folder: give a name within it", name)
	case name == "." || path.Clean(name) != name || strings.ContainsRune(name, 0):
		return fmt.Errorf("output %q: is no name of a file: give one without extension", name)
	case strings.HasPrefix(strings.ToLower(name)+"/", privateFolder+"/"):
		return fmt.Errorf("output %q: %s is the batch's own: give another name", name, privateFolder)
	}
	return nil
}

// absolute is a name for comparisons.
func absolute(name string) string {
	if full, err := filepath.Abs(name); err == nil {
		return full
	}
	return name
}

// measure finds how long the recordings are, without decoding them: the same on every
// machine that sees the same files.
func measure(episodes []Episode) {
	// Storage that is far away answers several questions in the time of one.
	const atOnce = 8
	var wg sync.WaitGroup
	for first := range atOnce {
		wg.Go(func() {
			for i := first; i < len(episodes); i += atOnce {
				if episodes[i].Err == nil {
					episodes[i].Length = lengthOf(episodes[i].Audio)
				}
			}
		})
	}
	wg.Wait()
}

// compressedRate is how many bytes a second of a recording has that isn't WAV, 128 kbit/s.
const compressedRate = 16000

// lengthOf is 0 for what can't be read, which is told when its turn comes.
func lengthOf(name string) (length time.Duration) {
	defer func() {
		if recover() != nil {
			length = 0 // a stranger's header is no reason for all the others to end
		}
	}()
	f, err := os.Open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	if r, err := audio.NewReader(f, name); err == nil {
		return r.Info().Duration
	}
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return time.Duration(float64(info.Size()) / compressedRate * float64(time.Second))
}

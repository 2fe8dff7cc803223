package batch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
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

// recordingExtensions are those of the files of a folder that are taken for recordings: what
// package audio reads, by itself or by ffmpeg.
var recordingExtensions = []string{
	".wav", ".w64", ".rf64", ".bwf", ".flac", ".mp3", ".mp2", ".m4a", ".m4b", ".ogg", ".oga", ".opus", ".aac", ".aif", ".aiff",
	".aifc", ".wma", ".mka", ".amr", ".ape", ".wv", ".caf", ".au",
	".mp4", ".m4v", ".mkv", ".mov", ".webm", ".avi", ".wmv", ".asf", ".flv", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts",
	".3gp", ".ogv",
}

// The files of a folder that are taken for transcripts: those of other programs and captions
// serve as one only where there is no text, and never those that a batch has made.
var (
	textExtensions = []string{".txt", ".md", ".html", ".htm"}
	// Those of word processors and the exports of other tools.
	otherExtensions = []string{".docx", ".odt", ".rtf", ".epub", ".otr", ".tsv"}
	// What people write transcripts in, but can't be read here.
	documentExtensions = []string{".doc", ".pdf", ".pages"}
	// What programs that fetch files append to their names until all of one is there.
	partialExtensions = []string{".part", ".partial", ".crdownload", ".download", ".opdownload"}
)

// captionExtensions returns those of all files that align takes as a transcript where there is
// no text.
func captionExtensions() []string {
	all := slices.Clone(otherExtensions)
	for _, f := range format.Formats() {
		if f.WriteOnly {
			continue
		}
		all = append(all, "."+f.Name)
		for _, other := range f.Extensions {
			all = append(all, "."+other)
		}
	}
	return all
}

// finder gathers the episodes of a batch's sources.
type finder struct {
	out      fs.FileInfo // the output folder, which is no source; nil if there is none yet
	options  episode.Options
	formats  []string
	captions []string // see captionExtensions
	episodes []Episode
	strays   []stray
	seen     map[string]bool   // files and folders by their place, so that sources may overlap
	folders  map[string]string // where they are, see place
	lexicons map[string]lexicon
}

// lexicon is a lexicon that a manifest names: what it holds, and what is wrong with it.
type lexicon struct {
	text string
	err  error
}

func newFinder(options episode.Options, formats []string) *finder {
	return &finder{
		options: options, formats: formats, captions: captionExtensions(), seen: map[string]bool{}, folders: map[string]string{},
		lexicons: map[string]lexicon{},
	}
}

// findEpisodes lists the episodes of all sources by their names, those with errors
// among them, and the files that are left over. An error is one of the command line
// or of a manifest as a whole.
func findEpisodes(sources []string, out string, options episode.Options, formats []string) ([]Episode, []stray, error) {
	f := newFinder(options, formats)
	f.out, _ = os.Stat(out)
	if options.Lexicon != "" {
		f.first(options.Lexicon) // it is no transcript
	}
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
		if !hidden(filepath.Base(name)) { // as in a shell
			matches = slices.DeleteFunc(matches, func(match string) bool { return hidden(filepath.Base(match)) })
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

// fixedPart returns the folder that all matches of a pattern lie in.
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
		case hidden(d.Name()):
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

// place returns a name that is the same however a source comes to the file: by a
// relative name, an absolute one or through a linked folder. A file that is a link itself
// has a place of its own, since its name may belong to another transcript.
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

// first reports whether no source has named the file or folder before.
func (f *finder) first(name string) bool {
	place := f.place(name)
	before := f.seen[place]
	f.seen[place] = true
	return !before
}

// pair makes episodes of recordings and their transcripts. Names are relative to root.
func (f *finder) pair(files []string, root string) {
	for _, file := range files {
		if slices.Contains(partialExtensions, extension(file)) && f.first(file) {
			whole := extension(strings.TrimSuffix(file, filepath.Ext(file)))
			if slices.Contains(slices.Concat(recordingExtensions, textExtensions, f.captions), whole) {
				f.strays = append(f.strays, stray{file, "isn't all there: fetch it to its end"})
			}
		}
	}
	for _, g := range f.matched(files, root) {
		transcripts, unused := g.transcripts()
		if len(g.recordings) == 0 {
			f.addStrays(readable(slices.Concat(transcripts, unused)), fmt.Sprintf(
				"has no recording: name that %s.wav, .mp3 or the like, in the same folder, or pair the two in a manifest", filepath.Base(g.stem)))
			continue
		}
		f.addStrays(unused, "isn't used: there is another transcript of that recording")
		if len(readable(transcripts)) == 0 {
			f.addStrays(g.recordings, g.lacksTranscript(transcripts))
			continue
		}
		e := f.add(g.recordings[0], transcripts[0], relativeStem(root, g.recordings[0]))
		e.Err = g.unclear(transcripts)
	}
}

// extension returns the extension of a file, in small letters.
func extension(file string) string { return strings.ToLower(filepath.Ext(file)) }

// readable returns the transcripts that are of a kind that can be read here.
func readable(transcripts []string) []string {
	return slices.DeleteFunc(slices.Clone(transcripts), func(name string) bool {
		return slices.Contains(documentExtensions, extension(name))
	})
}

// lacksTranscript returns what to do about recordings that have no transcript, or one that can't
// be read.
func (g *group) lacksTranscript(documents []string) string {
	text := filepath.Base(g.stem) + ".txt"
	if len(documents) > 0 {
		return fmt.Sprintf("has no transcript that can be read: save %s as plain text, %s", filepath.Base(documents[0]), text)
	}
	return fmt.Sprintf("has no transcript: name that %s, in the same folder, or pair the two in a manifest", text)
}

// unclear returns an error where it isn't clear which files of a group belong together.
func (g *group) unclear(transcripts []string) error {
	all := slices.Concat(g.recordings, g.rivals)
	switch sameStem := func(name string) bool { return strings.TrimSuffix(name, filepath.Ext(name)) == g.stem }; {
	case len(all) > 1 && !slices.ContainsFunc(all, func(name string) bool { return !sameStem(name) }):
		return fmt.Errorf("%s: share a stem: leave one of them, or give a manifest", strings.Join(all, " and "))
	case len(all) > 1:
		return fmt.Errorf("%s: which is the recording of %s? name the two alike, or give a manifest",
			strings.Join(all, " or "), strings.Join(transcripts, " or "))
	case len(transcripts) > 1:
		return fmt.Errorf("%s: which is the transcript? leave one of them, or give a manifest", strings.Join(transcripts, " or "))
	}
	return nil
}

func (f *finder) addStrays(files []string, why string) {
	for _, file := range files {
		f.strays = append(f.strays, stray{file, why})
	}
}

// relativeStem returns the name of a recording's outputs: its path below root without
// the extension, or, for a recording elsewhere, its last element.
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

// presetUnder returns the preset that a row of a manifest names: its name, or a preset file in root
// and what that holds.
func presetUnder(root, cell string) (name, text string, err error) {
	if _, err := subtitles.PresetNamed(cell); err == nil {
		return cell, "", nil
	}
	if file, err := under(root, cell); err == nil {
		if _, err := os.Stat(file); err == nil {
			cell = file
		}
	}
	text, err = episode.PresetText(cell)
	return cell, text, err
}

// lexiconUnder returns the lexicon in root that a row of a manifest names, and what it holds. Many rows
// may name the same.
func (f *finder) lexiconUnder(root, cell string) (name, text string, err error) {
	if name, err = under(root, cell); err != nil {
		return name, "", err
	}
	read, ok := f.lexicons[name]
	if !ok {
		if read.text, read.err = episode.LexiconText(name); read.err == nil {
			_, read.err = episode.ReadLexicon(name, read.text)
		}
		f.lexicons[name] = read
	}
	return name, read.text, read.err
}

// manifest adds an episode a row.
func (f *finder) manifest(name string) error {
	rows, err := readRows(name)
	if err != nil {
		return err
	}
	root := filepath.Dir(name)
	for _, row := range rows {
		recording, noRecording := under(root, row.cells["audio"])
		text, noText := "", error(nil)
		if row.cells["transcript"] != "" {
			text, noText = under(root, row.cells["transcript"])
		}
		output := row.cells["output"]
		if output == "" {
			output = relativeStem(root, cmp.Or(recording, row.cells["audio"]))
		}
		e := f.add(recording, text, output)
		e.line = fmt.Sprintf("%s:%d", name, row.line)
		var noPreset error
		if cell := strings.TrimSpace(row.cells["preset"]); cell != "" {
			e.Preset, e.PresetText, noPreset = presetUnder(root, cell)
		}
		var noLexicon error
		if cell := strings.TrimSpace(row.cells["lexicon"]); cell != "" {
			e.Lexicon, e.LexiconText, noLexicon = f.lexiconUnder(root, cell)
		}
		e.Encoding = cmp.Or(row.cells["encoding"], e.Encoding)
		e.FPS = cmp.Or(strings.TrimSpace(row.cells["fps"]), e.FPS)
		var noLang, noTrack error
		e.Lang, noLang = episode.Language(cmp.Or(strings.TrimSpace(row.cells["language"]), e.Lang))
		if row.cells["track"] != "" {
			e.Track, noTrack = row.track()
		}
		switch {
		case row.cells["audio"] == "":
			e.Err = errors.New("names no audio")
		case row.cells["transcript"] == "":
			e.Err = errors.New("names no transcript")
		default:
			e.Err = cmp.Or(noRecording, noText, noPreset, noLexicon, noLang, noTrack, checkEncoding(e.Encoding))
		}
		if e.Err == nil {
			e.Err = e.Validate()
		}
	}
	return nil
}

// checkEncoding returns an error where a name is given that no encoding has.
func checkEncoding(name string) error {
	if name == "" {
		return nil
	}
	return format.CheckEncoding(name)
}

// absolute returns the absolute form of a name, for comparisons.
func absolute(name string) string {
	if full, err := filepath.Abs(name); err == nil {
		return full
	}
	return name
}

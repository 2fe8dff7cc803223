package batch

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// group is the files that belong together by their names.
type group struct {
	stem                        string // of its recordings, or of its transcripts where there are none
	recordings, texts, captions []string
	unused                      []string // transcripts of the recordings under a name that fits less well
}

// add sorts a file of that extension in, if it is an input of a batch.
func (g *group) add(file, extension string, captions []string) {
	switch {
	case slices.Contains(recordingExtensions, extension):
		g.recordings = append(g.recordings, file)
	case slices.Contains(textExtensions, extension):
		g.texts = append(g.texts, file)
	case slices.Contains(captions, extension):
		g.captions = append(g.captions, file)
	}
}

func (g *group) isEmpty() bool { return len(g.recordings) == 0 && !g.hasTranscript() }

func (g *group) hasTranscript() bool { return len(g.texts)+len(g.captions) > 0 }

// matched returns the groups of the files that no source has named before, in the order of
// their stems. What a group lacks is looked for beside it, since a glob may name the
// recordings alone, or the transcripts.
func (f *finder) matched(files []string) []*group {
	var named []string
	var folders []string
	for _, file := range files {
		if f.first(file) {
			named = append(named, file)
			folders = append(folders, filepath.Dir(file))
		}
	}
	slices.Sort(folders)
	groups := f.grouped(named)
	var recordings, transcripts []*group
	for _, g := range groups {
		if len(g.recordings) > 0 {
			recordings = append(recordings, g)
		} else {
			transcripts = append(transcripts, g)
		}
	}
	match(recordings, transcripts)

	recordings = slices.DeleteFunc(recordings, func(g *group) bool { return len(g.texts) > 0 })
	transcripts = slices.DeleteFunc(transcripts, func(g *group) bool { return !g.hasTranscript() })
	var otherRecordings, otherTranscripts []*group
	for _, g := range f.grouped(f.beside(slices.Compact(folders))) {
		otherRecordings = append(otherRecordings, &group{stem: g.stem, recordings: g.recordings})
		otherTranscripts = append(otherTranscripts, &group{stem: g.stem, texts: g.texts, captions: g.captions})
	}
	match(recordings, otherTranscripts)
	match(otherRecordings, transcripts)
	for _, g := range otherRecordings {
		if g.hasTranscript() {
			groups = append(groups, g)
		}
	}
	groups = slices.DeleteFunc(groups, (*group).isEmpty) // what went to another group
	for _, g := range groups {
		for _, file := range slices.Concat(g.recordings, g.texts, g.captions, g.unused) {
			f.first(file)
		}
	}
	slices.SortFunc(groups, func(a, b *group) int { return cmp.Compare(a.stem, b.stem) })
	return groups
}

// grouped returns files by their stems, in the order of these. What a batch has made is
// left out, and what is no input of one.
func (f *finder) grouped(files []string) []*group {
	groups := map[string]*group{}
	var all []*group
	for _, file := range files {
		if strings.HasSuffix(file, sidecarExtension) || madeByBatch(file) {
			continue
		}
		extension := filepath.Ext(file)
		stem := strings.TrimSuffix(file, extension)
		g := groups[stem]
		if g == nil {
			g = &group{stem: stem}
			groups[stem] = g
			all = append(all, g)
		}
		g.add(file, strings.ToLower(extension), f.captions)
	}
	all = slices.DeleteFunc(all, (*group).isEmpty)
	slices.SortFunc(all, func(a, b *group) int { return cmp.Compare(a.stem, b.stem) })
	return all
}

// beside returns the files of folders that no source has named, but for hidden ones.
func (f *finder) beside(folders []string) []string {
	var files []string
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue // the files that are named in it may be read all the same
		}
		for _, entry := range entries {
			name := filepath.Join(folder, entry.Name())
			if strings.HasPrefix(entry.Name(), ".") || f.seen[f.place(name)] {
				continue
			}
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				files = append(files, name)
			}
		}
	}
	return files
}

// match moves transcripts to the recordings that they belong to by their names, see
// stemsFor. All that fit a recording equally well are given to it: which one is meant
// is for the user to say. The same goes for recordings that fit a transcript.
func match(recordings, transcripts []*group) {
	exact, folded := map[string]*group{}, map[string][]*group{}
	own := map[*group]bool{}
	for _, g := range recordings {
		exact[g.stem] = g
		folded[fold(g.stem)] = append(folded[fold(g.stem)], g)
		own[g] = g.hasTranscript()
	}
	for _, t := range transcripts {
		for i, stem := range stemsFor(t.stem) {
			g := exact[stem]
			if same := folded[fold(stem)]; (g == nil || i > 0) && len(same) > 0 {
				g = same[0]
				for _, other := range same[1:] {
					g.recordings = append(g.recordings, other.recordings...)
					other.recordings = nil
				}
				folded[fold(stem)] = same[:1]
			}
			if g == nil {
				continue
			}
			if own[g] && (len(g.texts) > 0 || len(t.texts) == 0) {
				g.unused = slices.Concat(g.unused, t.texts, t.captions)
			} else {
				g.texts, g.captions = append(g.texts, t.texts...), append(g.captions, t.captions...)
			}
			t.texts, t.captions = nil, nil
			break
		}
	}
}

// fold returns the form in which names are compared that differ in case or in how accents
// are written, as they do once files have been through several systems.
func fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }

var (
	languageEnding   = regexp.MustCompile(`(?i)(?:\.([a-z]{2,3})|[_-]([a-z]{2}))(?:[_-][a-z0-9]{2,4})?$`)
	transcriptEnding = regexp.MustCompile(`(?i)[\s\pZ._-]+[(\[]?transcript(?:ion)?[)\]]?$`)
)

// stemsFor returns the stems that the recording of a transcript may have, the likeliest
// first: its own, and what is left of it without the language (ep.en.txt), the recording's
// extension (ep.mp3.txt) and the word transcript. In a folder for each episode
// transcript.txt may stand beside audio.mp3.
func stemsFor(stem string) []string {
	stems := []string{stem}
	for {
		dir, base := filepath.Split(stem)
		if strings.EqualFold(base, "transcript") {
			return append(stems, dir+"audio")
		}
		end := len(base)
		if extension := filepath.Ext(base); slices.Contains(recordingExtensions, strings.ToLower(extension)) {
			end -= len(extension)
		} else if at := transcriptEnding.FindStringIndex(base); at != nil {
			end = at[0]
		} else if at := languageEnding.FindStringSubmatchIndex(base); at != nil {
			tag := base[max(at[2], at[4]):max(at[3], at[5])]
			if _, err := language.ParseBase(tag); err == nil {
				end = at[0]
			}
		}
		if end == len(base) || end == 0 {
			return stems
		}
		stem = dir + base[:end]
		stems = append(stems, stem)
	}
}

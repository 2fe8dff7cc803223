package batch

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/subtitles"
)

// group is recordings of one stem with their transcripts, or transcripts of one stem without a
// recording.
type group struct {
	stem       string
	recordings []string
	named      bool                       // by a transcript, with its extension
	rivals     []string                   // recordings with better transcripts that its own could be of, too
	fitting    [leastClass + 1]candidates // transcripts by how well their names fit
}

// candidates are files that could be the transcript of a recording.
type candidates struct {
	texts, captions []string
	documents       []string // which can't be read here
}

// add sorts a file in, if it could be a transcript.
func (c *candidates) add(file string, captions []string) {
	switch extension := extension(file); {
	case slices.Contains(textExtensions, extension):
		c.texts = append(c.texts, file)
	case slices.Contains(captions, extension):
		c.captions = append(c.captions, file)
	case slices.Contains(documentExtensions, extension):
		c.documents = append(c.documents, file)
	}
}

// take moves what other has.
func (c *candidates) take(other *candidates) {
	c.texts, c.captions = append(c.texts, other.texts...), append(c.captions, other.captions...)
	c.documents = append(c.documents, other.documents...)
	*other = candidates{}
}

// Names fit the less well, the higher the number.
const (
	sameStem  = iota
	sameName  // but for letter case and the form of accents
	sameWords // see words
	lessWords // by what else was left out
)

// leastClass is the class of all that fit by less than the same words: which of those is meant is
// for the user to say.
const leastClass = 2

// class returns the class of a fit, from 0 for the best to leastClass.
func class(fit int) int { return min((fit+1)/2, leastClass) }

// transcripts returns the transcripts that fit best, texts before captions before documents, and
// what is left over.
func (g *group) transcripts() (best, unused []string) {
	for _, of := range []func(c *candidates) []string{
		func(c *candidates) []string { return c.texts },
		func(c *candidates) []string { return c.captions },
		func(c *candidates) []string { return c.documents },
	} {
		for i := range g.fitting {
			if files := of(&g.fitting[i]); len(best) == 0 {
				best = files
			} else {
				unused = append(unused, files...)
			}
		}
	}
	return best, unused
}

// has reports whether there is a transcript that makes one of other needless: one that fits
// better and is not of a lesser kind.
func (g *group) has(better int, other *candidates) bool {
	for _, c := range g.fitting[:better] {
		if len(c.texts) > 0 || len(other.texts) == 0 && len(c.captions) > 0 {
			return true
		}
	}
	return false
}

// hasText reports whether there is a text among the transcripts.
func (g *group) hasText() bool {
	return slices.ContainsFunc(g.fitting[:], func(c candidates) bool { return len(c.texts) > 0 })
}

// isEmpty reports whether nothing is left of the group.
func (g *group) isEmpty() bool {
	best, _ := g.transcripts()
	return len(g.recordings)+len(best) == 0
}

// matched returns the groups of the files that no source has named before, in the order of
// their stems. What a group lacks is looked for beside it, since a glob may name the
// recordings alone, or the transcripts. Names are relative to root.
func (f *finder) matched(files []string, root string) []*group {
	var named, folders []string
	for _, file := range files {
		if f.first(file) {
			named = append(named, file)
			folders = append(folders, filepath.Dir(file))
		}
	}
	slices.Sort(folders)
	recordings, transcripts := f.grouped(named)
	otherRecordings, otherTranscripts := f.grouped(f.beside(slices.Compact(folders)))
	m := matcher{root: root, alone: map[string]int{}}
	for _, g := range slices.Concat(recordings, otherRecordings) {
		m.alone[filepath.Dir(g.stem)]++
	}
	recordings = divided(recordings, slices.Concat(transcripts, otherTranscripts))
	otherRecordings = divided(otherRecordings, transcripts)
	m.match(recordings, transcripts)
	m.match(slices.DeleteFunc(slices.Clone(recordings), (*group).hasText), otherTranscripts)
	transcripts = slices.DeleteFunc(transcripts, (*group).isEmpty)
	m.match(otherRecordings, transcripts)
	for _, g := range otherRecordings {
		if best, _ := g.transcripts(); len(best) > 0 {
			recordings = append(recordings, g)
		}
	}
	groups := slices.DeleteFunc(slices.Concat(recordings, transcripts), (*group).isEmpty) // what went to another group
	for _, g := range groups {
		best, unused := g.transcripts()
		for _, file := range slices.Concat(g.recordings, best, unused) {
			f.first(file)
		}
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(a.stem, b.stem) })
	return groups
}

// isChapters reports whether a file holds chapters by its name, which nobody takes for a transcript.
func isChapters(file string) bool {
	name, err := subtitles.FormatOf(file)
	return err == nil && subtitles.FormatNamed(name).Chapters
}

// grouped returns the recordings and the transcripts among files by their stems, in the order
// of these. What a batch has made is left out, and what is no input of one.
func (f *finder) grouped(files []string) (recordings, transcripts []*group) {
	sorted := [2]map[string]*group{{}, {}}
	of := func(kind int, stem string) *group {
		if sorted[kind][stem] == nil {
			sorted[kind][stem] = &group{stem: stem}
		}
		return sorted[kind][stem]
	}
	for _, file := range files {
		if strings.HasSuffix(file, sidecarExtension) || isChapters(file) || madeByBatch(file) {
			continue
		}
		stem := strings.TrimSuffix(file, filepath.Ext(file))
		if slices.Contains(recordingExtensions, extension(file)) {
			g := of(0, stem)
			g.recordings = append(g.recordings, file)
		} else {
			of(1, stem).fitting[0].add(file, f.captions)
		}
	}
	var all [2][]*group
	for kind := range sorted {
		for _, g := range sorted[kind] {
			if !g.isEmpty() {
				all[kind] = append(all[kind], g)
			}
		}
		slices.SortFunc(all[kind], func(a, b *group) int { return cmp.Compare(a.stem, b.stem) })
	}
	return all[0], all[1]
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
			if hidden(entry.Name()) || f.seen[f.place(name)] {
				continue
			}
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				files = append(files, name)
			}
		}
	}
	return files
}

// hidden reports whether a file is hidden, or stands for one that a word processor has open.
func hidden(base string) bool { return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") }

// matcher moves transcripts to the recordings that they belong to by their names.
type matcher struct {
	root  string
	alone map[string]int // how many stems of recordings are in a folder
}

// relative returns a stem as it stands below the source.
func (m *matcher) relative(stem string) string {
	if rel, err := filepath.Rel(m.root, stem); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return stem
}

// match gives each transcript to the recording whose name it fits best. All that fit a recording
// equally well are given to it, and so are recordings that fit a transcript: which one is meant is
// for the user to say.
func (m *matcher) match(recordings, transcripts []*group) {
	type read struct {
		*group
		reading
	}
	byWords, byStem := map[string][]read{}, map[string]*group{}
	for _, g := range recordings {
		if g.named {
			byStem[g.recordings[0]] = g
		} else {
			byStem[g.stem] = g
		}
		for _, r := range m.recordingReadings(g) {
			byWords[r.words] = append(byWords[r.words], read{g, r})
		}
	}
	type pair struct {
		fit    int
		of     []*group
		script *group
	}
	var pairs []pair
	for _, t := range transcripts {
		best := pair{fit: 1 << 30, script: t}
		offer := func(fit int, g *group) {
			if fit < best.fit {
				best.fit, best.of = fit, nil
			}
			if fit == best.fit && !slices.Contains(best.of, g) {
				best.of = append(best.of, g)
			}
		}
		if g := byStem[t.stem]; g != nil {
			offer(sameStem, g)
		}
		for _, mine := range aTranscript().readings(m.relative(t.stem)) {
			for _, r := range byWords[mine.words] {
				switch left := mine.left + r.left; {
				case mine.undated && r.undated: // the dates differ
				case left > 0:
					offer(sameWords+left, r.group)
				case fold(r.stem) == fold(t.stem):
					offer(sameName, r.group)
				default:
					offer(sameWords, r.group)
				}
			}
		}
		if len(best.of) > 0 {
			pairs = append(pairs, best)
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.fit, b.fit) })
	for _, p := range pairs {
		give(p.of, p.script, class(p.fit))
	}
}

// recordingReadings returns the readings of the name of a recording. One that is alone in its
// folder may have its name.
func (m *matcher) recordingReadings(g *group) []reading {
	all := aRecording().readings(m.relative(g.stem))
	if m.alone[filepath.Dir(g.stem)] == 1 {
		folder, _ := filepath.Split(m.relative(g.stem))
		for _, r := range aRecording().readings(folder + "audio")[1:] {
			r.left += 2
			all = append(all, r)
		}
	}
	return all
}

// divided returns recordings with those by themselves that a transcript names by their extension,
// and no transcript of their stem.
func divided(recordings, transcripts []*group) []*group {
	stems := map[string]bool{}
	for _, t := range transcripts {
		stems[t.stem] = true
	}
	var all []*group
	for _, g := range recordings {
		all = append(all, g)
		if stems[g.stem] {
			continue
		}
		for _, recording := range g.recordings {
			if len(g.recordings) > 1 && stems[recording] {
				g.recordings = slices.DeleteFunc(slices.Clone(g.recordings), func(other string) bool { return other == recording })
				all = append(all, &group{stem: g.stem, recordings: []string{recording}, named: true})
			}
		}
	}
	return all
}

// give moves a transcript to the one of several recordings that lacks one. Of several of these
// each may be meant, and the others with them.
func give(recordings []*group, script *group, class int) {
	var first *group
	var rivals []string
	for _, g := range recordings {
		switch {
		case len(g.recordings) == 0: // that went to another
		case g.has(class, &script.fitting[0]):
			rivals = append(rivals, g.recordings...)
		case first == nil:
			first = g
		default:
			first.recordings = append(first.recordings, g.recordings...)
			for i := range g.fitting {
				first.fitting[i].take(&g.fitting[i])
			}
			g.recordings = nil
		}
	}
	if first != nil {
		first.rivals = append(first.rivals, rivals...)
	} else {
		first = recordings[0]
	}
	first.fitting[class].take(&script.fitting[0])
}

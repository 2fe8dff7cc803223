package batch

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/cmd/cuewright/episode"
)

// Lesson is a recording to learn from.
type Lesson struct {
	Audio, Transcript string
	Lang              string // BCP 47 tag; "" detects the language
	Track             int    // see episode.RecordingOptions
}

// FindLessons lists what a source holds, in the order of the names or of the manifest, and what
// to say of the files of folders that belong to no recording.
func FindLessons(source, root, lang string) (found []Lesson, leftOver []string, err error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: can't be found (%w): check the name", source, episode.Underlying(err))
	}
	if info.IsDir() {
		found, leftOver, err = lessonsIn(source, lang)
	} else {
		if root == "" {
			root = filepath.Dir(source)
		}
		found, leftOver, err = readManifest(source, root, lang)
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: holds no recording with its transcript: put NAME.txt beside NAME.wav", source)
	}
	return found, leftOver, err
}

// lessonsIn returns the recordings that have a transcript, of a folder at any depth or of a
// single file, paired as a batch pairs them.
func lessonsIn(source, lang string) (found []Lesson, leftOver []string, err error) {
	f := newFinder(episode.Options{}, nil)
	if err := f.source(source); err != nil {
		return nil, nil, err
	}
	for _, e := range f.episodes {
		if e.Err != nil {
			return nil, nil, e.Err
		}
		found = append(found, Lesson{Audio: e.Audio, Transcript: e.Transcript, Lang: lang})
	}
	// A folder's files come before those beside it whose names begin with its own.
	slices.SortFunc(found, func(a, b Lesson) int {
		return slices.Compare(strings.Split(a.Audio, string(filepath.Separator)), strings.Split(b.Audio, string(filepath.Separator)))
	})
	for _, s := range f.strays {
		leftOver = append(leftOver, s.name+": "+s.why)
	}
	return found, leftOver, nil
}

// readManifest lists what a manifest names, see readRows.
func readManifest(name, root, lang string) (found []Lesson, leftOver []string, err error) {
	rows, err := readRows(name)
	if err != nil {
		return nil, nil, err
	}
	for _, row := range rows {
		lessons, more, err := row.lessons(root, lang)
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", name, row.line, err)
		}
		found, leftOver = append(found, lessons...), append(leftOver, more...)
	}
	return found, leftOver, nil
}

// lessons returns what a row names: a recording, whose transcript is sought beside it where the
// row has none, or a folder.
func (row manifestRow) lessons(root, lang string) (found []Lesson, leftOver []string, err error) {
	var l Lesson
	if l.Audio, err = under(root, row.cells["audio"]); err != nil {
		return nil, nil, err
	}
	if l.Lang, err = episode.Language(cmp.Or(row.cells["language"], lang)); err != nil {
		return nil, nil, err
	}
	if l.Track, err = row.track(); err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(l.Audio)
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("%s can't be found (%w): check the name, or give --root", l.Audio, episode.Underlying(err))
	case info.IsDir():
		return FindLessons(l.Audio, "", l.Lang)
	case row.cells["transcript"] != "":
		l.Transcript, err = under(root, row.cells["transcript"])
		return []Lesson{l}, nil, err
	}
	found, _, err = lessonsIn(l.Audio, l.Lang)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s has no transcript beside it: name that in a column transcript", l.Audio)
	}
	for i := range found {
		found[i].Track = l.Track
	}
	return found, nil, err
}

// read reads the recording whole: what is learnt from is short. It returns which track was read,
// too, see episode.Recording.TrackRead.
func (l Lesson) read(ctx context.Context) (samples []float32, script *transcript.Script, track string, err error) {
	if script, _, err = episode.ReadTranscript(l.Transcript, "", episode.Hooks{}); err != nil {
		return nil, nil, "", err
	}
	r, err := episode.OpenRecording(ctx, l.Audio, episode.RecordingOptions{Track: l.Track, Lang: func() string {
		return cmp.Or(l.Lang, episode.DetectLanguage(script))
	}}, episode.Hooks{})
	if err != nil {
		return nil, nil, "", err
	}
	defer r.Close()
	block := make([]float32, 1<<16)
	for {
		n, err := r.Read(block)
		samples = append(samples, block[:n]...)
		if err == io.EOF {
			return samples, script, r.TrackRead(), nil
		}
		if err != nil {
			return nil, nil, "", err
		}
	}
}

// Trained is a model and what it was made of.
type Trained struct {
	Model  *align.Model
	Length float64 // of all recordings, in seconds
	Tracks []TrackRead
	// Misnamed says which transcripts are not in the language that was given for them, a line each.
	Misnamed []string
}

// TrackRead is which track was read of a recording with several.
type TrackRead struct{ Audio, Track string }

// Train makes a model of lessons, of letters in the place of phones if that is asked for. The same
// lessons make the same model.
func Train(ctx context.Context, lessons []Lesson, letters bool, progress func(stage string, share float64)) (*Trained, error) {
	trainer := align.Trainer{Letters: letters}
	var length float64
	var tracks []TrackRead
	var misnamed []string
	progress(episode.StageReading, 0)
	for i, l := range lessons {
		samples, script, track, err := l.read(ctx)
		if err != nil {
			return nil, err
		}
		if track != "" {
			tracks = append(tracks, TrackRead{l.Audio, track})
		}
		if note := episode.Misnamed(l.Lang, script); note != "" {
			misnamed = append(misnamed, l.Transcript+": "+note)
		}
		if err := trainer.Add(ctx, samples, script, l.Lang); err != nil {
			return nil, fmt.Errorf("%s: %w", l.Audio, err)
		}
		length += float64(len(samples)) / audio.Rate
		progress(episode.StageReading, float64(i+1)/float64(len(lessons)))
	}
	const stage = "training"
	progress(stage, 0)
	model, err := trainer.Train(ctx, func(round, rounds int, _ float64) { progress(stage, float64(round)/float64(rounds)) })
	if err != nil {
		return nil, err
	}
	return &Trained{model, length, tracks, misnamed}, nil
}

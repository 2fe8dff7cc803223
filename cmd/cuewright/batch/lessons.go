package batch

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
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
}

// FindLessons lists what a source holds, in the order of the names or of the manifest.
func FindLessons(source, root, lang string) ([]Lesson, error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be found (%w): check the name", source, episode.Underlying(err))
	}
	var found []Lesson
	if info.IsDir() {
		found, err = lessonsIn(source, lang)
	} else {
		if root == "" {
			root = filepath.Dir(source)
		}
		found, err = readManifest(source, root, lang)
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: holds no recording with its transcript: put NAME.txt beside NAME.wav", source)
	}
	return found, err
}

// recordingExtensions are those of the files of a folder that are taken for recordings.
var recordingExtensions = []string{".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".mkv", ".mov", ".webm", ".aac"}

// lessonsIn returns the recordings in a folder, at any depth, that have their transcript
// beside them.
func lessonsIn(dir, lang string) ([]Lesson, error) {
	var found []Lesson
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(recordingExtensions, strings.ToLower(filepath.Ext(name))) {
			return err
		}
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		texts := []string{stem + ".txt"}
		if filepath.Base(stem) == "audio" {
			texts = append(texts, filepath.Join(filepath.Dir(name), "transcript.txt"))
		}
		for _, text := range texts {
			if _, err := os.Stat(text); err == nil {
				found = append(found, Lesson{name, text, lang})
				break
			}
		}
		return nil
	})
	return found, err
}

// readManifest lists what a manifest names, see readRows.
func readManifest(name, root, lang string) ([]Lesson, error) {
	rows, err := readRows(name)
	if err != nil {
		return nil, err
	}
	var found []Lesson
	for _, row := range rows {
		l := Lesson{Audio: under(root, row.cells["audio"])}
		if l.Lang, err = episode.Language(cmp.Or(row.cells["language"], lang)); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, row.line, err)
		}
		info, err := os.Stat(l.Audio)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %s can't be found (%w): check the name, or give --root",
				name, row.line, l.Audio, episode.Underlying(err))
		case info.IsDir():
			more, err := FindLessons(l.Audio, "", l.Lang)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, row.line, err)
			}
			found = append(found, more...)
			continue
		case row.cells["transcript"] != "":
			l.Transcript = under(root, row.cells["transcript"])
		default:
			l.Transcript = strings.TrimSuffix(l.Audio, filepath.Ext(l.Audio)) + ".txt"
		}
		found = append(found, l)
	}
	return found, nil
}

// read reads the recording whole: what is learnt from is short.
func (l Lesson) read(ctx context.Context) ([]float32, *transcript.Script, error) {
	script, _, err := episode.ReadTranscript(l.Transcript, "", episode.Hooks{})
	if err != nil {
		return nil, nil, err
	}
	r, err := audio.Open(ctx, l.Audio)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	var samples []float32
	block := make([]float32, 1<<16)
	for {
		n, err := r.Read(block)
		samples = append(samples, block[:n]...)
		if err == io.EOF {
			return samples, script, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
}

// Trained is a model and what it was made of.
type Trained struct {
	Model  *align.Model
	Length float64 // of all recordings, in seconds
}

// Train makes a model of lessons. The same lessons make the same model.
func Train(ctx context.Context, lessons []Lesson, progress func(stage string, share float64)) (*Trained, error) {
	var trainer align.Trainer
	var length float64
	progress(episode.StageReading, 0)
	for i, l := range lessons {
		samples, script, err := l.read(ctx)
		if err != nil {
			return nil, err
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
	return &Trained{model, length}, nil
}

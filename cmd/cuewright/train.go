package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

func trainCommand() *cli.Command {
	return &cli.Command{
		Name:      "train",
		Usage:     "make a model of recordings and their transcripts, for align --model",
		ArgsUsage: "SOURCE...",
		Description: "A SOURCE is a folder, in which each recording has its transcript beside it as .txt of the\n" +
			"same name (or audio.* has transcript.txt), or a manifest: a CSV file whose first line names\n" +
			"its columns, of which audio (a recording or a folder), transcript and language count. Ten\n" +
			"minutes of speech are little, an hour is good. The same input makes the same model.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the model to `FILE`"},
			&cli.StringFlag{Name: "root", Usage: "the `FOLDER` that a manifest's names are relative to (default: its own)"},
			&cli.StringFlag{Name: "lang", Usage: "the language where a manifest names none, a `TAG` (default: found by itself)"},
			quietFlag(),
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() == 0 {
				return errors.New("train: needs recordings: cuewright train FOLDER -o voices.model")
			}
			out := output{name: c.String("output"), path: c.String("output")}
			if out.name == "" {
				return errors.New("train: say where the model goes: -o voices.model")
			}
			var lessons []lesson
			for _, source := range c.Args().Slice() {
				found, err := findLessons(source, c.String("root"), c.String("lang"))
				if err != nil {
					return err
				}
				lessons = append(lessons, found...)
			}
			var inputs []string
			for _, l := range lessons {
				inputs = append(inputs, l.audio, l.transcript)
			}
			if err := out.check(append(inputs, c.Args().Slice()...)); err != nil {
				return fmt.Errorf("%s: %w", out.name, err)
			}
			bars := newProgress(c.Context, c.App.ErrWriter, c.Bool("quiet"))
			defer bars.close()
			var trainer align.Trainer
			read := bars.stage("reading")
			var length float64
			for i, l := range lessons {
				samples, script, err := l.read()
				if err != nil {
					return err
				}
				if err := trainer.Add(c.Context, samples, script, l.lang); err != nil {
					return fmt.Errorf("%s: %w", l.audio, err)
				}
				length += float64(len(samples)) / audio.Rate
				read(float64(i+1) / float64(len(lessons)))
			}
			train := bars.stage("training")
			model, err := trainer.Train(c.Context, func(round, rounds int, _ float64) { train(float64(round) / float64(rounds)) })
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := align.WriteModel(&b, model); err != nil {
				return err
			}
			out.data = b.Bytes()
			if err := writeOutputs([]output{out}); err != nil {
				return err
			}
			bars.close()
			if !c.Bool("quiet") {
				fmt.Fprintf(c.App.ErrWriter, "trained on %s, %.1f minutes: %s\n", count(len(lessons), "recording"), length/60, printable(out.name))
			}
			return nil
		},
	}
}

// lesson is a recording to learn from.
type lesson struct {
	audio, transcript string
	lang              string // "" detects it
}

// findLessons lists what a source holds, in the order of the names or of the manifest.
func findLessons(source, root, lang string) ([]lesson, error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be found (%w): check the name", source, underlying(err))
	}
	var found []lesson
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

// recordingExtensions are the files of a folder that are taken for recordings.
var recordingExtensions = []string{".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".mkv", ".mov", ".webm", ".aac"}

// lessonsIn is the recordings in a folder, at any depth, that have their transcript beside them.
func lessonsIn(dir, lang string) ([]lesson, error) {
	var found []lesson
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
				found = append(found, lesson{name, text, lang})
				break
			}
		}
		return nil
	})
	return found, err
}

// readManifest lists what a manifest names, see readRows.
func readManifest(name, root, lang string) ([]lesson, error) {
	rows, err := readRows(name)
	if err != nil {
		return nil, err
	}
	var found []lesson
	for _, row := range rows {
		l := lesson{audio: under(root, row.cells["audio"]), lang: row.cells["language"]}
		if l.lang == "" {
			l.lang = lang
		}
		info, err := os.Stat(l.audio)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %s can't be found (%w): check the name, or give --root", name, row.line, l.audio, underlying(err))
		case info.IsDir():
			more, err := findLessons(l.audio, "", l.lang)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, row.line, err)
			}
			found = append(found, more...)
			continue
		case row.cells["transcript"] != "":
			l.transcript = under(root, row.cells["transcript"])
		default:
			l.transcript = strings.TrimSuffix(l.audio, filepath.Ext(l.audio)) + ".txt"
		}
		found = append(found, l)
	}
	return found, nil
}

// read reads the recording whole: what is learnt from is short.
func (l lesson) read() ([]float32, *transcript.Script, error) {
	script, err := readTranscript(l.transcript)
	if err != nil {
		return nil, nil, err
	}
	r, err := audio.Open(l.audio)
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

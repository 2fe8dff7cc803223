package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/sample"
	"cuewright/subtitles"
)

// BenchmarkStages is each stage of an episode by itself, on its way from a file to
// captions, with how many times real time it runs at. BENCH_AUDIO and BENCH_PAGE
// name another episode than the sample.
func BenchmarkStages(b *testing.B) {
	name, page := os.Getenv("BENCH_AUDIO"), os.Getenv("BENCH_PAGE")
	if name == "" || page == "" {
		name, page = sample.File("audio.wav"), sample.File("page.txt")
	}
	ctx := context.Background()
	open := func(b *testing.B) *audio.Reader {
		r, err := audio.Open(ctx, name)
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	script, _, err := episode.ReadTranscript(page, "", episode.Hooks{})
	if err != nil {
		b.Fatal(err)
	}
	r := open(b)
	frames, err := audio.Analyze(ctx, r)
	r.Close()
	if err != nil {
		b.Fatal(err)
	}
	alignment, err := align.Align(ctx, frames, script, align.DefaultOptions())
	if err != nil {
		b.Fatal(err)
	}
	preset := subtitles.DefaultPreset().For("vtt")

	stage := func(name string, do func(b *testing.B) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := do(b); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(frames.Duration().Seconds()*float64(b.N)/b.Elapsed().Seconds(), "x-realtime")
		})
	}
	stage("transcript", func(*testing.B) error {
		_, _, err := episode.ReadTranscript(page, "", episode.Hooks{})
		return err
	})
	stage("read", func(b *testing.B) error {
		r := open(b)
		defer r.Close()
		block := make([]float32, 1<<12)
		for {
			if _, err := r.Read(block); err != nil {
				if errors.Is(err, io.EOF) {
					return nil
				}
				return err
			}
		}
	})
	stage("read-and-frames", func(b *testing.B) error {
		r := open(b)
		defer r.Close()
		_, err := audio.Analyze(ctx, r)
		return err
	})
	stage("segments", func(*testing.B) error {
		audio.Segments(frames, audio.DefaultSegmentOptions())
		return nil
	})
	stage("align", func(*testing.B) error {
		_, err := align.Align(ctx, frames, script, align.DefaultOptions())
		return err
	})
	stage("cues", func(*testing.B) error {
		cues := subtitles.Layout(alignment, preset, subtitles.LayoutOptions{})
		return subtitles.Write(new(bytes.Buffer), "vtt", subtitles.Captions{Cues: cues, Preset: preset, Alignment: alignment})
	})
	stage("all", func(b *testing.B) error {
		outputs := []string{filepath.Join(b.TempDir(), "out.vtt")}
		j := episode.Job{Audio: name, Transcript: page, Outputs: outputs, Options: episode.DefaultOptions()}
		_, err := episode.Run(ctx, j, episode.Hooks{})
		return err
	})
	stage("training", func(b *testing.B) error {
		_, err := batch.Train(ctx, []batch.Lesson{{Audio: name, Transcript: page}}, false, func(string, float64) {})
		return err
	})
}

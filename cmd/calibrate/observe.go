package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// observation is a sentence that was aligned.
type observation struct {
	evidence   []float64 // values of align.SpokenEvidence or align.UnspokenEvidence
	confidence float64
	spoken     bool    // as the aligner says
	right      bool    // its start lies within 0.25 s, or it is unspoken indeed
	off        float64 // seconds, infinite where nobody says it
}

// observeAll damages each episode in every way and returns all sentences aligned.
func observeAll(ctx context.Context, dirs []string, o align.Options, seed uint64, w io.Writer) ([]observation, error) {
	var episodes []*episode
	for _, dir := range dirs {
		e, err := load(dir)
		if err != nil {
			return nil, err
		}
		episodes = append(episodes, e)
	}
	var all []observation
	for i, e := range episodes {
		for k := range len(damages) + atOnce {
			copied := &episode{samples: slices.Clone(e.samples), sentences: slices.Clone(e.sentences)}
			name := copied.damage(k, episodes[(i+1)%len(episodes)], rand.New(rand.NewPCG(seed, uint64(i<<8|k))))
			began := time.Now()
			seen, err := observe(ctx, copied, o)
			if errors.Is(err, align.ErrMismatch) {
				fmt.Fprintf(w, "%-24s %-36s refused\n", filepath.Base(dirs[i]), name)
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", dirs[i], name, err)
			}
			wrong := 0
			for _, s := range seen {
				if !s.right {
					wrong++
				}
			}
			fmt.Fprintf(w, "%-24s %-36s %4d sentences, %3d wrong, %.1f s\n",
				filepath.Base(dirs[i]), name, len(seen), wrong, time.Since(began).Seconds())
			all = append(all, seen...)
		}
	}
	return all, nil
}

// observe aligns an episode by the Tuning of o.Hooks and returns its sentences, but for the
// doubtful ones.
func observe(ctx context.Context, e *episode, o align.Options) ([]observation, error) {
	f, err := audio.Analyze(ctx, &source{e.samples})
	if err != nil {
		return nil, err
	}
	var evidence []align.Evidence
	o.Hooks = &align.Hooks{Evidence: func(words []align.Evidence) { evidence = words }, Tuning: o.Hooks.Tuning}
	a, err := align.Align(ctx, f, e.script(), o)
	if err != nil {
		return nil, err
	}
	var all []observation
	word := 0 // of the script, the sentence's first one
	for i, s := range a.Turns[0].Sentences {
		first := word + max(0, slices.IndexFunc(s.Words, func(w align.Word) bool { return w.Spoken }))
		word += len(s.Words)
		truth := e.sentences[i]
		if truth.doubtful {
			continue
		}
		ob := observation{evidence: values(evidence[first]), confidence: s.Confidence, spoken: s.Spoken, off: math.Inf(1)}
		if truth.start >= 0 {
			ob.off = math.Abs(s.Start.Seconds() - float64(truth.start)/audio.Rate)
		}
		ob.right = ob.off <= 0.25
		if !s.Spoken {
			ob.right = truth.start < 0 || truth.moved
		}
		all = append(all, ob)
	}
	return all, nil
}

// values returns the values of the evidence.
func values(e align.Evidence) []float64 {
	if e.Spoken != nil {
		return e.Spoken.Values()
	}
	return e.Unspoken.Values()
}

// source reads samples.
type source struct{ rest []float32 }

func (s *source) Read(dst []float32) (int, error) {
	n := copy(dst, s.rest)
	s.rest = s.rest[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

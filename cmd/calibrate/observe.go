package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"cuewright/align"
	"cuewright/audio"
)

// observation is a sentence that was aligned.
type observation struct {
	corpus     string
	sentence   [2]int // in which recording it was looked for, and its id
	evidence   align.Evidence
	confidence float64
	spoken     bool    // as the aligner says
	right      bool    // its start lies within 0.25 s, or it is unspoken indeed
	off        float64 // seconds, infinite where nobody says it
	verdict    align.Verdict
	unsaid     int // how many words it has that nobody says, and how many of these the aligner calls spoken
	shown      int
}

// observeParts damages each episode in every way, rounds times, and returns all sentences
// aligned. What it takes from another one is taken from the next. Several are aligned at
// once; their order stays.
func observeParts(ctx context.Context, parts []part, o align.Options, seed uint64, rounds int, w io.Writer) (
	[]*observation, error) {
	models, err := readModels(parts)
	if err != nil {
		return nil, err
	}
	episodes, errs := make([]*episode, len(parts)), make([]error, len(parts))
	atOnce(len(parts), func(i int) { episodes[i], errs[i] = parts[i].load(uint64(i)) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	id := 0
	for _, e := range episodes {
		for i := range e.sentences {
			e.sentences[i].id = id
			id++
		}
	}
	ways := len(damages) + twoAtOnce
	results := make([]struct {
		all  []*observation
		line string
		err  error
	}, rounds*len(parts)*ways)
	atOnce(len(results), func(n int) {
		round, i, way := n/len(parts)/ways, n/ways%len(parts), n%ways
		o := o
		if m := models[parts[i].model]; m != nil {
			o.Model = m
		}
		e := &episode{samples: slices.Clone(episodes[i].samples), sentences: slices.Clone(episodes[i].sentences)}
		random := rand.New(rand.NewPCG(seed+uint64(round), uint64(i<<8|way)))
		name := e.damage(way, episodes[(i+1)%len(episodes)], random)
		r := &results[n]
		if r.all, r.err = observe(ctx, e, o); r.err != nil {
			r.err = fmt.Errorf("%s, %s: %w", parts[i].name(), name, r.err)
		}
		for _, ob := range r.all {
			ob.corpus, ob.sentence[0] = parts[i].corpus, i
		}
		wrong := len(only(r.all, func(ob *observation) bool { return !ob.right }))
		r.line = fmt.Sprintf("%-24s %-36s %4d sentences, %3d wrong\n", parts[i].name(), name, len(r.all), wrong)
	})
	var all []*observation
	for _, r := range results {
		if r.err != nil {
			return nil, r.err
		}
		io.WriteString(w, r.line)
		all = append(all, r.all...)
	}
	return all, nil
}

// atOnce calls do for each number below n, on all processors.
func atOnce(n int, do func(i int)) {
	var wait sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// observe aligns an episode by the Tuning of o.Hooks and returns its sentences, but for the
// doubtful ones.
func observe(ctx context.Context, e *episode, o align.Options) ([]*observation, error) {
	f, err := audio.Analyze(ctx, &source{e.samples})
	if err != nil {
		return nil, err
	}
	var evidence []align.Evidence
	o.Hooks = &align.Hooks{Evidence: func(words []align.Evidence) { evidence = words }, Tuning: o.Hooks.Tuning}
	o.Lang = e.lang
	a, err := align.Align(ctx, f, e.script(), o)
	if err != nil {
		return nil, err
	}
	var all []*observation
	word := 0 // of the script, the sentence's first one
	for i, s := range a.Turns[0].Sentences {
		spoken := max(0, slices.IndexFunc(s.Words, func(w align.Word) bool { return w.Spoken }))
		first := word + spoken
		word += len(s.Words)
		truth := e.sentences[i]
		if truth.doubtful && truth.start >= 0 {
			continue
		}
		ob := &observation{
			evidence: evidence[first], confidence: s.Words[spoken].Confidence, spoken: s.Spoken, off: math.Inf(1),
			verdict: a.Verdict, sentence: [2]int{1: truth.id},
		}
		if truth.start >= 0 {
			ob.off = math.Abs(s.Start.Seconds() - float64(truth.start)/audio.Rate)
		} else {
			ob.unsaid = len(s.Words)
			for _, w := range s.Words {
				if w.Spoken {
					ob.shown++
				}
			}
		}
		ob.right = ob.off <= 0.25
		if !s.Spoken {
			ob.right = truth.start < 0 || truth.moved
		}
		all = append(all, ob)
	}
	return all, nil
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

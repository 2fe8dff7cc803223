package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// timed is an aligned word with its true times.
type timed struct {
	align.Word
	truth    audio.Segment
	number   int  // of the word on the page
	first    bool // it is the first one of its sentence
	followed bool // the next word of the truth begins where it ends
	pause    bool // a pause lies before it, as the aligner has it
}

// farOff is how far off a word may be to count as found: others say nothing of boundaries.
const farOff = 250 * time.Millisecond

// timeWords aligns an episode with its page and returns the words that are found, with what
// the boundary model saw of them, by the number of the word before the boundary.
func timeWords(ctx context.Context, dir string, o align.Options) ([]timed, map[int]align.Boundary, error) {
	e, err := load(dir)
	if err != nil {
		return nil, nil, err
	}
	f, err := audio.Analyze(ctx, &source{e.samples})
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, err)
	}
	boundaries := map[int]align.Boundary{}
	o.Force = true
	o.Hooks = &align.Hooks{Tuning: o.Hooks.Tuning, Boundaries: func(all []align.Boundary) {
		for _, b := range all {
			boundaries[b.Before] = b
		}
	}}
	a, err := align.Align(ctx, f, e.script(), o)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, err)
	}
	var truth, page []string
	for _, w := range e.words {
		truth = append(truth, key(w.text))
	}
	var words []timed
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			for i, w := range s.Words {
				words = append(words, timed{Word: w, number: len(page), first: i == 0})
				page = append(page, key(w.Text))
			}
		}
	}
	var found []timed
	for i, k := range match(truth, page) {
		if k < 0 || !words[k].Spoken {
			continue
		}
		w := words[k]
		w.truth = e.words[i].Segment
		w.pause = k == 0 || words[k-1].End < w.Start
		w.followed = i+1 < len(e.words) && (e.words[i+1].Start-w.truth.End).Abs() < time.Millisecond
		if (w.Start - w.truth.Start).Abs() < farOff {
			found = append(found, w)
		}
	}
	return found, boundaries, nil
}

// reportBoundaries prints how far the words of each episode lie from the truth.
func reportBoundaries(ctx context.Context, dirs []string, o align.Options, w io.Writer) error {
	if len(dirs) == 0 {
		return errors.New("give an episode or more")
	}
	const row = "%-24s %20v %20v %20v %20v\n"
	fmt.Fprintf(w, "mean distance from the truth and mean lateness in ms, of how many\n")
	fmt.Fprintf(w, row, "episode", "first of a sentence", "behind a pause", "inside a phrase", "word ends")
	for _, dir := range dirs {
		words, _, err := timeWords(ctx, dir, o)
		if err != nil {
			return err
		}
		var first, pause, inside, ends distance
		for _, w := range words {
			late := w.Start - w.truth.Start
			switch {
			case w.first:
				first.add(late)
			case w.pause:
				pause.add(late)
			default:
				inside.add(late)
			}
			if late := w.End - w.truth.End; late.Abs() < farOff {
				ends.add(late)
			}
		}
		fmt.Fprintf(w, row, filepath.Base(dir), first, pause, inside, ends)
	}
	return nil
}

// distance is how far times lie from the truth.
type distance struct{ off, late average }

func (d *distance) add(late time.Duration) {
	ms := late.Seconds() * 1000
	d.off.add(math.Abs(ms))
	d.late.add(ms)
}

func (d distance) String() string {
	if d.off.n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %+.1f (%d)", d.off.sum/float64(d.off.n), d.late.sum/float64(d.late.n), d.off.n)
}

// seen is a boundary whose true place is known, among its candidates.
type seen struct {
	align.Boundary
	chances []float64 // of each candidate: around the true place
}

// trueWidth is the standard deviation of the chances around a boundary's true place, in
// candidates: the truth is not exact either.
const trueWidth = 0.8

// fitBoundaries fits the weights of the boundary model on the words of some episodes and
// prints them as align/boundaries.csv has them. A boundary between two words counts if they
// follow each other at once in the truth, too.
func fitBoundaries(ctx context.Context, dirs []string, o align.Options, w io.Writer) error {
	var all []seen
	for _, dir := range dirs {
		words, boundaries, err := timeWords(ctx, dir, o)
		if err != nil {
			return err
		}
		for _, word := range words {
			b, ok := boundaries[word.number]
			if !ok || b.Behind >= 0 && !word.followed {
				continue
			}
			at := float64(word.truth.End-b.At-align.FirstCandidate) / float64(audio.FrameTime(1))
			if late := word.truth.End - b.At; late.Abs() < farOff {
				all = append(all, seen{b, around(at, len(b.Values))})
			}
		}
	}
	weights, err := fitWeights(all)
	if err != nil {
		return err
	}
	_, err = w.Write(weights.Table())
	return err
}

// around returns the chances of n candidates where the true one is number at; one that lies
// beyond them counts as the first or the last.
func around(at float64, n int) []float64 {
	at = min(max(at, 0), float64(n-1))
	chances := make([]float64, n)
	sum := 0.0
	for i := range chances {
		d := (float64(i) - at) / trueWidth
		chances[i] = math.Exp(-d * d / 2)
		sum += chances[i]
	}
	for i := range chances {
		chances[i] /= sum
	}
	return chances
}

// fitWeights returns the weights that make the true places of the boundaries likeliest,
// drawn a little to 0, by Newton's method.
func fitWeights(all []seen) (*align.BoundaryWeights, error) {
	if len(all) == 0 {
		return nil, errors.New("no words with times in these episodes")
	}
	const ridge = 4
	weights := &align.BoundaryWeights{}
	classes, dims := len(weights[0]), len(weights[0][0])
	n := 2 * classes * dims
	for range 12 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range n {
			side, class, k := i/dims/classes, i/dims%classes, i%dims
			gradient[i] = -ridge * weights[side][class][k]
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
		}
		for _, b := range all {
			chances := weights.Chances(&b.Boundary)
			mean := make([]float64, dims)
			for i, p := range chances {
				for k, v := range b.Values[i] {
					mean[k] += p * v
				}
			}
			first := [2]int{b.Classes[0] * dims, (classes + b.Classes[1]) * dims}
			for i, p := range chances {
				for k, v := range b.Values[i] {
					for _, at := range first {
						gradient[at+k] += (b.chances[i] - p) * v
						for l, u := range b.Values[i] {
							d := p * (v - mean[k]) * (u - mean[l])
							hessian[at+k][first[0]+l] += d
							hessian[at+k][first[1]+l] += d
						}
					}
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			weights[i/dims/classes][i/dims%classes][i%dims] += step
		}
	}
	return weights, nil
}

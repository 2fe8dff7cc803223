package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// mostWindows is how many windows of each length are taken from an episode, evenly
	// spread.
	mostWindows = 5
	// hopeless is the confidence below which align ends with 1.
	hopeless = 0.35
	// leastWords is how many words it takes to refuse a pair: those with less are counted
	// by themselves.
	leastWords = 50
)

// windowSeconds are the lengths of the windows, noiseDecibels the loudness of the noise in
// copies of whole recordings, against theirs.
var (
	windowSeconds = []int{20, 30, 60, 120}
	noiseDecibels = []float64{-10, -5}
)

// window is a stretch of a recording with the sentences that are said in it.
type window struct {
	samples   []float32
	sentences []sentence
	at        int // second at which it begins
}

// windows returns windows of so many seconds: each begins just before a sentence.
func (e *episode) windows(seconds int) (all []window) {
	n := seconds * audio.Rate
	room := len(e.samples) - n
	if room < 0 {
		return nil
	}
	most := min(mostWindows, 1+room/n)
	for i := range most {
		at := room / 2
		if most > 1 {
			at = room * i / (most - 1)
		}
		first := slices.IndexFunc(e.sentences, func(s sentence) bool { return s.start >= at })
		if first < 0 {
			continue
		}
		at = min(max(0, e.sentences[first].start-audio.Rate/5), room)
		var said []sentence
		for _, s := range e.sentences[first:] {
			if s.start >= 0 && s.end <= at+n {
				said = append(said, s)
			}
		}
		if len(said) > 0 {
			all = append(all, window{e.samples[at : at+n], said, at / audio.Rate})
		}
	}
	return all
}

// verdicts counts the verdicts on pairs of a kind.
type verdicts struct {
	n, short, refused, doubtful, fits int
	sure                              int // of those that are not refused nor too short: not below hopeless
}

// pairs judges recordings with their own scripts and with others, prints the verdict on each
// pair that is judged wrongly, and counts them. True pairs are the episodes with their pages,
// as they are and in noise, and windows of them with the words said there. False ones are
// the same windows with the words of a window of the next episode of the language; where
// there is none, of the farthest window of the same length.
func pairs(ctx context.Context, dirs []string, o align.Options, w io.Writer) error {
	if len(dirs) == 0 {
		return errors.New("give an episode or more")
	}
	o.Force = true
	j := judge{ctx: ctx, options: o, w: w, counts: map[string]*verdicts{}}
	for i, dir := range dirs {
		e, err := load(dir)
		if err != nil {
			return err
		}
		other, otherName, err := nextOfLanguage(dirs, i, e)
		if err != nil {
			return err
		}
		name := filepath.Base(dir)
		if err := j.judge(true, "whole", name, e.samples, e.script()); err != nil {
			return err
		}
		for _, decibels := range noiseDecibels {
			noisy := slices.Clone(e.samples)
			addNoise(noisy, decibels, rand.New(rand.NewPCG(1, 2)))
			if err := j.judge(true, fmt.Sprintf("in noise of %g dB", decibels), name, noisy, e.script()); err != nil {
				return err
			}
		}
		for _, seconds := range windowSeconds {
			own, others := e.windows(seconds), []window(nil)
			if other != nil {
				others = other.windows(seconds)
			}
			for k, win := range own {
				kind, at := fmt.Sprintf("%d s", seconds), fmt.Sprintf("%s at %d s", name, win.at)
				if err := j.judge(true, kind, at, win.samples, script(win.sentences)); err != nil {
					return err
				}
				text, from := farthest(own, k), name
				if len(others) > 0 {
					text, from = &others[(k+1)%len(others)], otherName
				}
				if text == nil {
					continue
				}
				at = fmt.Sprintf("%s with %s at %d s", at, from, text.at)
				if err := j.judge(false, kind, at, win.samples, script(text.sentences)); err != nil {
					return err
				}
			}
		}
	}
	j.print()
	return nil
}

// nextOfLanguage returns the next episode whose language is that of number i, nil if there
// is no other one.
func nextOfLanguage(dirs []string, i int, e *episode) (*episode, string, error) {
	for k := 1; k < len(dirs); k++ {
		dir := dirs[(i+k)%len(dirs)]
		next, err := load(dir)
		if err != nil {
			return nil, "", err
		}
		if next.language() == e.language() {
			return next, filepath.Base(dir), nil
		}
	}
	return nil, "", nil
}

// language returns that of what is said.
func (e *episode) language() string {
	var b strings.Builder
	for _, s := range e.sentences {
		for _, w := range s.words {
			b.WriteString(w.Text + " ")
		}
	}
	return pronounce.Detect(b.String())
}

// farthest returns the window that lies farthest from window k, nil if all overlap it.
func farthest(windows []window, k int) *window {
	var best *window
	most := len(windows[k].samples)/audio.Rate - 1
	for i := range windows {
		if d := max(windows[i].at-windows[k].at, windows[k].at-windows[i].at); d > most {
			best, most = &windows[i], d
		}
	}
	return best
}

// judge has pairs judged.
type judge struct {
	ctx     context.Context
	options align.Options
	w       io.Writer
	counts  map[string]*verdicts // by kind
	kinds   []string             // in the order in which they came
}

// judge judges a pair and counts the verdict.
func (j *judge) judge(isTrue bool, kind, name string, samples []float32, s *transcript.Script) error {
	if s.NumWords() < leastWords {
		kind += ", few words"
	}
	kind = fmt.Sprintf("%s, %s", map[bool]string{true: "true", false: "false"}[isTrue], kind)
	f, err := audio.Analyze(j.ctx, &source{samples})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	a, err := align.Align(j.ctx, f, s, j.options)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c := j.counts[kind]
	if c == nil {
		c = &verdicts{}
		j.counts[kind], j.kinds = c, append(j.kinds, kind)
	}
	confidence := a.Confidence()
	c.n++
	switch a.Verdict {
	case align.TooShort, align.TooNoisy:
		c.short++
	case align.Mismatched:
		c.refused++
	case align.Doubtful:
		c.doubtful++
	default:
		c.fits++
	}
	accepted := a.Verdict == align.Fits || a.Verdict == align.Doubtful
	if accepted && confidence >= hopeless {
		c.sure++
	}
	if isTrue == (a.Verdict == align.Mismatched) || isTrue && confidence < hopeless || !isTrue && accepted {
		fmt.Fprintf(j.w, "%s: %s: %v, %d words, confidence %.2f\n", kind, name, a.Verdict, s.NumWords(), confidence)
	}
	return nil
}

func (j *judge) print() {
	slices.SortStableFunc(j.kinds, func(a, b string) int { return strings.Compare(b[:1], a[:1]) })
	const row = "%-28s %6v %9v %9v %9v %9v %9v\n"
	fmt.Fprintf(j.w, row, "pairs", "n", "too short", "refused", "doubtful", "fit", "sure")
	for _, kind := range j.kinds {
		c := j.counts[kind]
		fmt.Fprintf(j.w, row, kind, c.n, c.short, c.refused, c.doubtful, c.fits, c.sure)
	}
}

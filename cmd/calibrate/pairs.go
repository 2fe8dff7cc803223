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
	"unicode"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// mostWindows is how many windows of each length are taken from an episode, evenly
	// spread.
	mostWindows = 5
	// leastSure is the confidence below which a false pair that is not refused is known to be
	// doubtful, and a true one is printed.
	leastSure = 0.35
	// leastWords is how many words it takes to refuse a pair: those with less are counted
	// by themselves.
	leastWords = 50
	// Scripts share passages where more than mostShared of the runs of runWords words of one
	// of them are in the other. Those of the bench share half of them, or none.
	runWords   = 5
	mostShared = 0.05
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
	n, short, noisy, refused, doubtful, fits int
	sure                                     int // of those that are doubtful or fit: not below leastSure
}

// parts returns the first half of the sentences, the second one, and the middle third.
func parts(all []sentence) [][]sentence {
	n := len(all)
	return [][]sentence{all[:n/2], all[n/2:], all[n/3 : n-n/3]}
}

// pairs judges recordings with their own scripts and with others, prints the verdict on each
// pair that is judged wrongly, and counts them. True pairs are the episodes with their pages,
// as they are and in noise, and windows of them with the words said there, and with halves and
// thirds of these where they are enough to refuse a pair. False ones are the episodes with the
// pages of all others of their language, and the windows with the words of a window of the
// next of these; where there are none, halves with the words of the other half, and windows
// with those of the farthest window of the same length. Episodes whose scripts share passages
// are no false pairs; how many these are is printed.
func pairs(ctx context.Context, dirs []string, o align.Options, w io.Writer) error {
	if len(dirs) == 0 {
		return errors.New("give an episode or more")
	}
	texts, runs := make([]*episode, len(dirs)), make([]passages, len(dirs))
	for i, dir := range dirs {
		var err error
		if texts[i], err = loadText(dir); err != nil {
			return err
		}
		runs[i] = texts[i].passages()
	}
	j := judge{ctx: ctx, options: o, w: w, counts: map[string]*verdicts{}}
	leftOut := 0
	for i, dir := range dirs {
		e, err := load(dir)
		if err != nil {
			return err
		}
		others, related := strangers(runs, i)
		leftOut += related
		name := filepath.Base(dir)
		if err := j.whole(name, e); err != nil {
			return err
		}
		next, nextName := (*episode)(nil), ""
		for _, k := range others {
			if err := j.judge(false, "whole", name+" with "+filepath.Base(dirs[k]), e.samples, texts[k].script()); err != nil {
				return err
			}
		}
		if len(others) == 0 {
			err = j.halves(name, e)
		} else {
			nextName = filepath.Base(dirs[others[0]])
			next, err = load(dirs[others[0]])
		}
		if err != nil {
			return err
		}
		if err := j.windows(name, e, nextName, next); err != nil {
			return err
		}
	}
	j.print()
	if leftOut > 0 {
		fmt.Fprintf(w, "%d of the pairs, each in both orders, share passages and are left out\n", leftOut)
	}
	return nil
}

// whole judges an episode with its own page, as it is and in noise.
func (j *judge) whole(name string, e *episode) error {
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
	return nil
}

// halves judges each half of an episode with the words of the other one.
func (j *judge) halves(name string, e *episode) error {
	middle := slices.IndexFunc(e.sentences, func(s sentence) bool { return s.start >= len(e.samples)/2 })
	if middle <= 0 {
		return nil
	}
	cut := e.sentences[middle].start
	first, second := script(e.sentences[:middle]), script(e.sentences[middle:])
	if err := j.judge(false, "half", name+", the first with the second", e.samples[:cut], second); err != nil {
		return err
	}
	return j.judge(false, "half", name+", the second with the first", e.samples[cut:], first)
}

// windows judges the windows of an episode with their own words, and with those of windows of
// another one, or of its own farthest ones where other is nil.
func (j *judge) windows(name string, e *episode, otherName string, other *episode) error {
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
			for i, part := range parts(win.sentences) {
				s := script(part)
				if s.NumWords() < leastWords {
					continue
				}
				if err := j.judge(true, kind+", part of text", fmt.Sprintf("%s, part %d", at, i), win.samples, s); err != nil {
					return err
				}
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
	return nil
}

// strangers returns the other episodes whose language is that of number i, the next one
// first, but for those that share passages with it, which it counts.
func strangers(texts []passages, i int) (others []int, related int) {
	own := texts[i]
	for k := 1; k < len(texts); k++ {
		n := (i + k) % len(texts)
		other := texts[n]
		if other.language != own.language {
			continue
		}
		if own.runs.shared(other.runs) > mostShared || other.runs.shared(own.runs) > mostShared {
			related++
		} else {
			others = append(others, n)
		}
	}
	return others, related
}

// passages is what tells whether the scripts of two episodes share passages.
type passages struct {
	language string
	runs     wordRuns
}

func (e *episode) passages() passages { return passages{e.language(), e.runs()} }

// wordRuns is all runs of runWords words of a script, in lower case without punctuation.
type wordRuns map[[runWords]string]bool

// runs returns the runs of words of what is said.
func (e *episode) runs() wordRuns {
	all := wordRuns{}
	var last [runWords]string
	n := 0
	for _, s := range e.sentences {
		for _, w := range s.words {
			text := strings.TrimFunc(strings.ToLower(w.Text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
			if text == "" {
				continue
			}
			copy(last[:], last[1:])
			last[runWords-1] = text
			if n++; n >= runWords {
				all[last] = true
			}
		}
	}
	return all
}

// shared returns the share of others that are among the runs, in [0, 1].
func (r wordRuns) shared(others wordRuns) float64 {
	n := 0
	for run := range others {
		if r[run] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(others)))
}

// language returns that of what is said, "" where its text leaves it open.
func (e *episode) language() string {
	var b strings.Builder
	for _, s := range e.sentences {
		for _, w := range s.words {
			b.WriteString(w.Text + " ")
		}
	}
	if tag := pronounce.Detect(b.String()); tag != pronounce.Undetermined {
		return tag
	}
	return ""
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
	o := j.options
	o.Force = !isTrue // of a false one that is refused, the confidence counts
	a, err := align.Align(j.ctx, f, s, o)
	if err == nil && isTrue && !hears(a) { // of which the command says that nothing is heard
		err = align.ErrMismatch
	}
	if errors.Is(err, align.ErrMismatch) {
		a, err = &align.Alignment{Verdict: align.Mismatched}, nil
	}
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
	case align.TooShort:
		c.short++
	case align.TooNoisy:
		c.noisy++
	case align.Mismatched:
		c.refused++
	case align.Doubtful:
		c.doubtful++
	default:
		c.fits++
	}
	accepted := a.Verdict == align.Fits || a.Verdict == align.Doubtful
	if accepted && confidence >= leastSure {
		c.sure++
	}
	if isTrue == (a.Verdict == align.Mismatched) || isTrue && confidence < leastSure || !isTrue && accepted {
		fmt.Fprintf(j.w, "%s: %s: %v, %d words, confidence %.2f\n", kind, name, a.Verdict, s.NumWords(), confidence)
	}
	return nil
}

// hears reports whether any word is said.
func hears(a *align.Alignment) bool {
	return slices.ContainsFunc(a.Turns, func(t align.Turn) bool { return t.Spoken })
}

func (j *judge) print() {
	slices.SortStableFunc(j.kinds, func(a, b string) int { return strings.Compare(b[:1], a[:1]) })
	const row = "%-28s %6v %9v %9v %9v %9v %9v %9v\n"
	fmt.Fprintf(j.w, row, "pairs", "n", "too short", "too noisy", "refused", "doubtful", "fit", "sure")
	for _, kind := range j.kinds {
		c := j.counts[kind]
		fmt.Fprintf(j.w, row, kind, c.n, c.short, c.noisy, c.refused, c.doubtful, c.fits, c.sure)
	}
}

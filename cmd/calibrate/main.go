// Command calibrate holds the aligner's confidence to the truth. It damages
// recordings and transcripts whose truth is known, aligns them, and prints for
// ten bins of confidence how many sentence starts were expected and how many
// were found within 0.25 s. With -fit it also prints new weights for
// align/confidence.go, fitted on those episodes, and goes by these.
//
//	calibrate [-fit DIR,DIR...] [-model FILE] [-seed N] DIR...
//
// Each DIR is an episode: audio.wav (or another recording) and truth.json as
// described in testdata/README.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

func main() {
	fit := flag.String("fit", "", "fit the weights on these episodes, `DIR,DIR...`")
	model := flag.String("model", "", "align with this model, `FILE`")
	seed := flag.Uint64("seed", 1, "of the damage")
	flag.Parse()
	if err := run(context.Background(), *fit, *model, *seed, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, fit, model string, seed uint64, dirs []string) error {
	if len(dirs) < 2 || fit != "" && !strings.Contains(fit, ",") {
		return errors.New("give two episodes or more: some of the damage takes from another one")
	}
	o := align.DefaultOptions()
	if model != "" {
		f, err := os.Open(model)
		if err != nil {
			return err
		}
		defer f.Close()
		if o.Model, err = align.ReadModel(f); err != nil {
			return fmt.Errorf("%s: %w", model, err)
		}
	}
	fitted := map[bool]align.Evidence{} // by whether the sentence is spoken
	if fit != "" {
		var trained []observation
		for round := range uint64(fitRounds) {
			more, err := observeAll(ctx, strings.Split(fit, ","), o, seed+round)
			if err != nil {
				return err
			}
			trained = append(trained, more...)
		}
		for _, spoken := range []bool{true, false} {
			weights := regress(trained, spoken)
			fitted[spoken] = weights
			fmt.Printf("weights, spoken %v: %.4g\n", spoken, weights)
			for i := range trained {
				if trained[i].spoken == spoken {
					trained[i].confidence = trained[i].evidence.Confidence(weights)
				}
			}
			report(fmt.Sprintf("fitted on, spoken %v", spoken), trained, spoken)
		}
	}
	tested, err := observeAll(ctx, dirs, o, seed+1000)
	if err != nil {
		return err
	}
	for i, ob := range tested {
		if weights, ok := fitted[ob.spoken]; ok {
			tested[i].confidence = ob.evidence.Confidence(weights)
		}
	}
	for _, spoken := range []bool{true, false} {
		report(fmt.Sprintf("not fitted on, spoken %v", spoken), tested, spoken)
	}
	return nil
}

// fitRounds is how often each episode is damaged to fit the weights: little of what
// is aligned is wrong.
const fitRounds = 3

// observation is a sentence that was aligned.
type observation struct {
	evidence   align.Evidence
	confidence float64
	spoken     bool    // as the aligner says
	right      bool    // its start lies within 0.25 s, or it is unspoken indeed
	off        float64 // seconds, infinite where nobody says it
}

// sentence is one of an episode's, with the sample at which it starts and ends;
// -1 where nobody says it, and doubtful where damage left a part of it.
type sentence struct {
	words      []transcript.Word
	start, end int
	doubtful   bool
	moved      bool // said elsewhere: at its place nobody says it
}

type episode struct {
	samples   []float32
	sentences []sentence
}

func load(dir string) (*episode, error) {
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return nil, err
	}
	var truth struct {
		Sentences []struct {
			Start, End *float64
			Text       string
		}
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "audio.*"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("%s: no audio.* there", dir)
	}
	r, err := audio.Open(names[0])
	if err != nil {
		return nil, err
	}
	defer r.Close()
	e := &episode{}
	block := make([]float32, 1<<16)
	for {
		n, err := r.Read(block)
		e.samples = append(e.samples, block[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	for _, s := range truth.Sentences {
		script, err := transcript.Parse(s.Text)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", dir, s.Text, err)
		}
		out := sentence{start: -1, end: -1}
		if s.Start != nil && s.End != nil {
			out.start, out.end = int(*s.Start*audio.Rate), int(*s.End*audio.Rate)
		}
		for _, t := range script.Turns {
			for _, part := range t.Sentences {
				out.words = append(out.words, part.Words...)
			}
		}
		e.sentences = append(e.sentences, out)
	}
	return e, nil
}

// damages are what is done to an episode; other is one that it takes from.
var damages = []struct {
	name string
	do   func(e, other *episode, r *rand.Rand)
}{
	{"none", func(e, other *episode, r *rand.Rand) {}},
	{"sentences dropped", func(e, other *episode, r *rand.Rand) {
		e.sentences = slices.DeleteFunc(e.sentences, func(sentence) bool { return r.IntN(8) == 0 })
	}},
	{"sentences added", func(e, other *episode, r *rand.Rand) {
		var out []sentence
		for _, s := range e.sentences {
			if r.IntN(8) == 0 {
				s := other.sentences[r.IntN(len(other.sentences))]
				s.start, s.end = -1, -1
				out = append(out, s)
			}
			out = append(out, s)
		}
		e.sentences = out
	}},
	{"sentences swapped", func(e, other *episode, r *rand.Rand) {
		for i := 1; i < len(e.sentences); i++ {
			if r.IntN(10) == 0 {
				e.sentences[i-1], e.sentences[i] = e.sentences[i], e.sentences[i-1]
				e.sentences[i-1].moved, e.sentences[i].moved = true, true
				i++
			}
		}
	}},
	{"another's part", func(e, other *episode, r *rand.Rand) {
		// A run of sentences that are said is replaced by as many of the other script.
		n := min(len(e.sentences), len(other.sentences)) / 8
		at, from := r.IntN(len(e.sentences)-n+1), r.IntN(len(other.sentences)-n+1)
		for i := range n {
			e.sentences[at+i] = other.sentences[from+i]
			e.sentences[at+i].start, e.sentences[at+i].end = -1, -1
		}
	}},
	{"audio cut", func(e, other *episode, r *rand.Rand) {
		for at := (10 + r.IntN(40)) * audio.Rate; at+25*audio.Rate < len(e.samples); at += (30 + r.IntN(60)) * audio.Rate {
			e.cut(at, at+(2+r.IntN(15))*audio.Rate)
		}
	}},
	{"audio overlaid", func(e, other *episode, r *rand.Rand) {
		for at := 0; at < len(e.samples); at += (20 + r.IntN(20)) * audio.Rate {
			from := r.IntN(len(other.samples))
			for i := range min(8*audio.Rate, len(e.samples)-at, len(other.samples)-from) {
				e.samples[at+i] += 0.5 * other.samples[from+i]
			}
		}
	}},
	{"noise", func(e, other *episode, r *rand.Rand) {
		var power float64
		for _, v := range e.samples {
			power += float64(v) * float64(v)
		}
		decibels := -12 * r.Float64()
		amplitude := math.Sqrt(power/float64(len(e.samples))) * math.Pow(10, decibels/20)
		for i := range e.samples {
			e.samples[i] += float32(amplitude * r.NormFloat64())
		}
	}},
	{"hesitations", func(e, other *episode, r *rand.Rand) {
		// In the middle of a third of the sentences up to a second of the other recording.
		for i, s := range e.sentences {
			if s.start >= 0 && s.end-s.start > 2*audio.Rate && r.IntN(3) == 0 {
				n := audio.Rate/4 + r.IntN(audio.Rate*3/4)
				from := r.IntN(len(other.samples) - n)
				length := s.end - s.start
				e.insert(s.start+length/3+r.IntN(length/3), other.samples[from:from+n])
				e.sentences[i].end += n
			}
		}
	}},
	{"sped up", func(e, other *episode, r *rand.Rand) {
		const speed = 1.3
		out := make([]float32, int(float64(len(e.samples)-1)/speed))
		for i := range out {
			at := float64(i) * speed
			j := int(at)
			out[i] = e.samples[j] + float32(at-float64(j))*(e.samples[j+1]-e.samples[j])
		}
		e.samples = out
		for i := range e.sentences {
			if s := &e.sentences[i]; s.start >= 0 {
				s.start, s.end = int(float64(s.start)/speed), int(float64(s.end)/speed)
			}
		}
	}},
}

// atOnce is how often two kinds of damage are done to an episode: what is wrong is
// seldom wrong alone.
const atOnce = 6

// damage does what number k stands for, and says what.
func (e *episode) damage(k int, other *episode, r *rand.Rand) string {
	if k < len(damages) {
		damages[k].do(e, other, r)
		return damages[k].name
	}
	kinds := r.Perm(len(damages) - 1)
	one, two := damages[1+kinds[0]], damages[1+kinds[1]]
	one.do(e, other, r)
	two.do(e, other, r)
	return one.name + ", " + two.name
}

// cut takes the samples [from, to) out.
func (e *episode) cut(from, to int) {
	e.samples = slices.Delete(e.samples, from, to)
	for i := range e.sentences {
		s := &e.sentences[i]
		switch {
		case s.start < 0 || s.end <= from:
		case s.start >= to:
			s.start, s.end = s.start-(to-from), s.end-(to-from)
		case s.start >= from && s.end <= to:
			s.start, s.end = -1, -1
		default:
			s.doubtful = true
			s.start, s.end = min(s.start, from), max(s.end-(to-from), from)
		}
	}
}

// insert puts samples in, at the beginning of a sentence or inside one.
func (e *episode) insert(at int, samples []float32) {
	e.samples = slices.Insert(e.samples, at, samples...)
	for i := range e.sentences {
		if s := &e.sentences[i]; s.start >= at {
			s.start, s.end = s.start+len(samples), s.end+len(samples)
		}
	}
}

func observeAll(ctx context.Context, dirs []string, o align.Options, seed uint64) ([]observation, error) {
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
			copied := &episode{slices.Clone(e.samples), slices.Clone(e.sentences)}
			name := copied.damage(k, episodes[(i+1)%len(episodes)], rand.New(rand.NewPCG(seed, uint64(i<<8|k))))
			began := time.Now()
			seen, err := observe(ctx, copied, o)
			if errors.Is(err, align.ErrMismatch) {
				fmt.Printf("%-24s %-36s refused\n", filepath.Base(dirs[i]), name)
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
			fmt.Printf("%-24s %-36s %4d sentences, %3d wrong, %.1f s\n", filepath.Base(dirs[i]), name, len(seen), wrong, time.Since(began).Seconds())
			all = append(all, seen...)
		}
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

func observe(ctx context.Context, e *episode, o align.Options) ([]observation, error) {
	f, err := audio.Analyze(ctx, &source{e.samples})
	if err != nil {
		return nil, err
	}
	turn := transcript.Turn{}
	for _, s := range e.sentences {
		turn.Sentences = append(turn.Sentences, transcript.Sentence{Words: s.words})
	}
	a, err := align.Align(ctx, f, &transcript.Script{Turns: []transcript.Turn{turn}}, o)
	if err != nil {
		return nil, err
	}
	var all []observation
	for i, s := range a.Turns[0].Sentences {
		truth := e.sentences[i]
		if truth.doubtful {
			continue
		}
		first := max(0, slices.IndexFunc(s.Words, func(w align.Word) bool { return w.Spoken }))
		ob := observation{evidence: s.Words[first].Evidence, confidence: s.Confidence, spoken: s.Spoken, off: math.Inf(1)}
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

// regress fits a logistic regression by Newton's method, drawn a little to 0.
func regress(all []observation, spoken bool) align.Evidence {
	var w align.Evidence
	const n, ridge = len(w), 0.1
	for range 30 {
		var gradient [n]float64
		var hessian [n][n]float64
		for i := range n {
			gradient[i] = -ridge * w[i]
			hessian[i][i] = ridge
		}
		for _, ob := range all {
			if ob.spoken != spoken {
				continue
			}
			p := ob.evidence.Confidence(w)
			y := 0.0
			if ob.right {
				y = 1
			}
			for i := range n {
				gradient[i] += (y - p) * ob.evidence[i]
				for j := range n {
					hessian[i][j] += p * (1 - p) * ob.evidence[i] * ob.evidence[j]
				}
			}
		}
		// Gaussian elimination; the ridge keeps the matrix positive definite.
		for i := range n {
			for j := i + 1; j < n; j++ {
				f := hessian[j][i] / hessian[i][i]
				for k := i; k < n; k++ {
					hessian[j][k] -= f * hessian[i][k]
				}
				gradient[j] -= f * gradient[i]
			}
		}
		for i := n - 1; i >= 0; i-- {
			for j := i + 1; j < n; j++ {
				gradient[i] -= hessian[i][j] * gradient[j]
			}
			gradient[i] /= hessian[i][i]
		}
		for i := range n {
			w[i] += gradient[i]
		}
	}
	return w
}

func report(title string, all []observation, spoken bool) {
	var some []observation
	for _, ob := range all {
		if ob.spoken == spoken {
			some = append(some, ob)
		}
	}
	sort.SliceStable(some, func(i, j int) bool { return some[i].confidence < some[j].confidence })
	fmt.Printf("\n%s: %d sentences\n confidence      n  expected   found\n", title, len(some))
	for bin := range 10 {
		low, high := float64(bin)/10, float64(bin+1)/10
		n, expected, found := 0, 0.0, 0
		for _, ob := range some {
			if ob.confidence >= low && (ob.confidence < high || bin == 9) {
				n++
				expected += ob.confidence
				if ob.right {
					found++
				}
			}
		}
		if n > 0 {
			fmt.Printf("  %.1f - %.1f  %6d     %.3f   %.3f\n", low, high, n, expected/float64(n), float64(found)/float64(n))
		}
	}
	far, caught := 0, 0
	for i, ob := range some {
		if spoken && ob.off > 0.5 || !spoken && !ob.right {
			far++
			if i < len(some)/10 {
				caught++
			}
		}
	}
	fmt.Printf("wrong by more than 0.5 s: %d, of these in the least certain tenth: %d\n", far, caught)
}

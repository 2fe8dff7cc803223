package align

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align/internal/gmm"
	"cuewright/align/internal/gmm/gmmtest"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// part is the sentences [first, end) of the sample with their audio and the 0.1 s
// around it, and when each starts in that.
func (s *sample) part(first, end int) (samples []float32, script *transcript.Script, starts []time.Duration) {
	at := func(i int) (from, to int) {
		const margin = audio.Rate / 10
		sentence := s.truth.Sentences[i]
		return int(*sentence.Start*audio.Rate) - margin, int(*sentence.End*audio.Rate) + margin
	}
	var all []transcript.Sentence
	for _, turn := range s.script.Turns {
		all = append(all, turn.Sentences...)
	}
	script = &transcript.Script{Turns: []transcript.Turn{{Sentences: all[first:end]}}}
	begin, _ := at(first)
	_, until := at(end - 1)
	for i := first; i < end; i++ {
		starts = append(starts, seconds(*s.truth.Sentences[i].Start)-audio.SampleTime(int64(begin)))
	}
	return s.samples[begin:until], script, starts
}

// trainingParts are shorter sentences of the sample by the voice that says most.
var trainingParts = [][2]int{{10, 11}, {20, 21}}

func newTrainer(t *testing.T, s *sample) *Trainer {
	t.Helper()
	tr := new(Trainer)
	for _, p := range trainingParts {
		samples, script, _ := s.part(p[0], p[1])
		if err := tr.Add(t.Context(), samples, script, "en"); err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

// fit is the mean log-likelihood of the frames of the recordings themselves in the
// states of their paths.
func fit(tr *Trainer, m *gmm.Mixtures) float64 {
	var sum float64
	n := 0
	for _, u := range tr.utterances {
		rows := vectorsOf(u.copies[0])
		for i, s := range u.path {
			if s >= 0 {
				sum += gmmtest.LogLikelihood(m, int(s), func(j int) float32 { return rows[i*numDims+j] })
				n++
			}
		}
	}
	return sum / float64(n)
}

// A few seconds teach the trainer a voice: the sounds fit better than when they
// were cut evenly, and with that model the sentences are found where they are.
func TestTrain(t *testing.T) {
	s := readSample(t)
	tr := newTrainer(t, s)
	for i := range tr.utterances {
		tr.utterances[i].flat()
	}
	even := gmm.New(numDims, modelStates())
	before := fit(tr, even.Reestimated(tr.accumulate(&Model{mix: even}), minStateFrames))

	last, rounds := 0, 0
	m, err := tr.Train(t.Context(), func(round, of int, score float64) {
		if round != last+1 || round > of || rounds > 0 && of != rounds {
			t.Errorf("round %d of %d after %d of %d", round, of, last, rounds)
		}
		if math.IsNaN(score) || math.IsInf(score, 0) {
			t.Errorf("round %d scores %g", round, score)
		}
		last, rounds = round, of
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != rounds || rounds < 2 {
		t.Fatalf("%d rounds of %d", last, rounds)
	}
	if after := fit(tr, m.mix); after < before+1 {
		t.Errorf("log-likelihood %.1f a frame, %.1f when cut evenly", after, before)
	}

	for _, p := range trainingParts {
		samples, script, starts := s.part(p[0], p[1])
		a, err := Align(t.Context(), framesOf(t, samples), script, Options{Lang: "en", Model: m})
		if err != nil {
			t.Fatal(err)
		}
		for i, sentence := range a.Turns[0].Sentences {
			if off := sentence.Start - starts[i]; !sentence.Spoken || off.Abs() > 100*time.Millisecond {
				t.Errorf("%q starts at %v, off by %v, spoken %v", script.Turns[0].Sentences[i].Text(), sentence.Start, off, sentence.Spoken)
			}
		}
	}
}

func TestTrainIsTheSameForAnyProcessors(t *testing.T) {
	s := readSample(t)
	train := func(processors int) []byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		tr := new(Trainer)
		for _, p := range trainingParts[:1] {
			samples, script, _ := s.part(p[0], p[1])
			if err := tr.Add(t.Context(), samples, script, "en"); err != nil {
				t.Fatal(err)
			}
		}
		m, err := tr.Train(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return modelBytes(t, m)
	}
	if !bytes.Equal(train(1), train(2)) {
		t.Error("two processors train another model than one")
	}
}

// Letters are learnt from where the seed finds the words, of recordings that are too long for an even
// start, too. The model reads words by them, whatever the language is called.
func TestTrainLetters(t *testing.T) {
	s := readSample(t)
	samples, script, starts := s.part(2, 7)
	tr := &Trainer{Letters: true}
	if err := tr.Add(t.Context(), samples, script, "x-ours"); err != nil {
		t.Fatal(err)
	}
	if tr.utterances[0].copies[0].n <= flatStart {
		t.Fatalf("%d frames are no long recording", tr.utterances[0].copies[0].n)
	}
	trained, err := tr.Train(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(bytes.NewReader(modelBytes(t, trained)))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Letters(); !strings.Contains(got, "e") || strings.ContainsAny(got, "E.,") {
		t.Errorf("the letters %q", got)
	}
	var traced []string
	a, err := Align(t.Context(), framesOf(t, samples), script, Options{Lang: "x-ours", Model: m,
		Hooks: &Hooks{Trace: func(p PassTrace) {
			for _, phone := range p.Path {
				traced = append(traced, phone.Label)
			}
		}}})
	if err != nil {
		t.Fatal(err)
	}
	if a.Lang != "x-ours" || !slices.Contains(traced, "e") || slices.Contains(traced, "IY") {
		t.Errorf("language %s, phones %v", a.Lang, slices.Compact(slices.Sorted(slices.Values(traced))))
	}
	for i, sentence := range a.Turns[0].Sentences {
		if off := sentence.Start - starts[i]; !sentence.Spoken || off.Abs() > 100*time.Millisecond {
			t.Errorf("%q starts at %v, off by %v, spoken %v", script.Turns[0].Sentences[i].Text(), sentence.Start, off, sentence.Spoken)
		}
	}
	tr = &Trainer{Letters: true}
	signs := parse(t, "% %")
	if err := tr.Add(t.Context(), samples[:audio.Rate], signs, "x-ours"); err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Train(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "no letters") {
		t.Errorf("error %v where there is no letter", err)
	}
}

func TestTrainerRefuses(t *testing.T) {
	s := readSample(t)
	samples, script, _ := s.part(2, 3)
	for _, test := range []struct {
		name    string
		samples []float32
		script  *transcript.Script
	}{
		{"no words", samples, &transcript.Script{}},
		{"no samples", nil, script},
		{"a tenth of a second", samples[:audio.Rate/10], script},
	} {
		tr := new(Trainer)
		if err := tr.Add(t.Context(), test.samples, test.script, "en"); err == nil {
			t.Errorf("%s: no error", test.name)
		}
		if len(tr.utterances) != 0 {
			t.Errorf("%s: added all the same", test.name)
		}
	}
}

func TestTrainerStops(t *testing.T) {
	s := readSample(t)
	samples, script, _ := s.part(2, 3)
	tr := new(Trainer)
	if err := tr.Add(t.Context(), samples, script, "en"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	m, err := tr.Train(ctx, func(round, _ int, _ float64) {
		if round == 2 {
			cancel()
		}
	})
	if m != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, error %v", m, err)
	}
	if err := tr.Add(ctx, samples, script, "en"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestWarped(t *testing.T) {
	const n, hz = 16_000, 100
	sine := make([]float32, n)
	for i := range sine {
		sine[i] = float32(math.Sin(2 * math.Pi * hz * float64(i) / audio.Rate))
	}
	read := func(w *warped, block int) (all []float32) {
		for buffer := make([]float32, block); ; {
			k, err := w.Read(buffer)
			if all = append(all, buffer[:k]...); err == io.EOF {
				return all
			} else if err != nil || k == 0 {
				t.Fatalf("%d samples, error %v", k, err)
			}
		}
	}
	for _, warp := range []float64{0.88, 1, 1.06} {
		got := read(&warped{samples: sine, warp: warp}, 777)
		if want := n / warp; math.Abs(float64(len(got))-want) > 2 {
			t.Errorf("%d samples at a warp of %g, want %.0f", len(got), warp, want)
		}
		for i, v := range got {
			if want := math.Sin(2 * math.Pi * hz * warp * float64(i) / audio.Rate); math.Abs(float64(v)-want) > 1e-3 {
				t.Fatalf("warp %g: sample %d is %g, want %g", warp, i, v, want)
			}
		}
	}
	for _, snr := range []float64{15, 30} {
		noisy := read(&warped{samples: sine, warp: 1, noise: noiseAmplitude(sine, snr), random: rand.New(rand.NewPCG(1, 1))}, n)
		var signal, noise float64
		for i, v := range noisy {
			signal += float64(sine[i]) * float64(sine[i])
			noise += float64(v-sine[i]) * float64(v-sine[i])
		}
		if got := 10 * math.Log10(signal/noise); math.Abs(got-snr) > 0.3 {
			t.Errorf("the noise is %g dB below the signal, want %g", got, snr)
		}
	}
	if got := noiseAmplitude(sine, 0); got != 0 {
		t.Errorf("noise of %g where none is wanted", got)
	}
}

// The flat start spreads the phones evenly over the speech.
func TestFlatStart(t *testing.T) {
	x := &features{n: 400, energy: make([]float32, 400)}
	for i := range x.n {
		if i >= 50 && i < 350 && i/10%5 != 0 { // 240 frames of speech
			x.energy[i] = 1
		}
	}
	r := say("so")
	u := utterance{readings: []reading{r}}
	u.copies[0] = x
	u.flat()
	var want []int32
	for _, phone := range r.said[0].Phones {
		for k := range statesPerPhone {
			want = append(want, modelState(phone, k))
		}
	}
	counts := map[int32]int{}
	var order []int32
	for t0, s := range u.path {
		if x.energy[t0] == 0 {
			if s != 0 {
				t.Errorf("frame %d is silent and in state %d", t0, s)
			}
			continue
		}
		if counts[s]++; counts[s] == 1 {
			order = append(order, s)
		}
	}
	if !slices.Equal(order, want) {
		t.Errorf("states %v, want %v", order, want)
	}
	for s, n := range counts {
		if n != 240/len(want) {
			t.Errorf("state %d has %d of 240 frames, want one in %d", s, n, len(want))
		}
	}
	u.copies[0] = &features{n: flatStart + 1}
	u.path = nil
	if u.flat(); u.path != nil {
		t.Error("a long recording was cut evenly")
	}
}

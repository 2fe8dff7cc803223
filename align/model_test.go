package align

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"cuewright/align/internal/gmm/gmmtest"
	"cuewright/align/pronounce"
	"cuewright/audio"
)

func randomModel(seed uint64) *Model {
	return &Model{mix: gmmtest.Random(rand.New(rand.NewPCG(seed, 1)), numDims, modelStates(), 4)}
}

func modelBytes(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteModel(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestModelSurvivesFile(t *testing.T) {
	m := randomModel(1)
	data := modelBytes(t, m)
	got, err := ReadModel(iotest.OneByteReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	a, b := m.mix, got.mix
	if b.Dims != a.Dims || !slices.Equal(b.Offset, a.Offset) {
		t.Fatalf("%d values and components at %v, want %d and %v", b.Dims, b.Offset, a.Dims, a.Offset)
	}
	// Half a step of 255 between the least and the greatest of each dimension.
	half := func(values []float32, j int) float64 {
		low, high := math.Inf(1), math.Inf(-1)
		for i := j; i < len(values); i += numDims {
			low, high = min(low, float64(values[i])), max(high, float64(values[i]))
		}
		return (high-low)/510 + 1e-5
	}
	logs := func(values []float32) (l []float32) {
		for _, v := range values {
			l = append(l, float32(math.Log(float64(v))))
		}
		return l
	}
	before, after := logs(a.Var), logs(b.Var)
	for j := range numDims {
		meanOff, variOff := half(a.Mean, j), half(before, j)
		for i := j; i < len(a.Mean); i += numDims {
			if off := math.Abs(float64(a.Mean[i] - b.Mean[i])); off > meanOff {
				t.Errorf("mean %d is off by %g, at most %g", i, off, meanOff)
			}
			if off := math.Abs(float64(before[i] - after[i])); off > variOff {
				t.Errorf("log variance %d is off by %g, at most %g", i, off, variOff)
			}
		}
	}
	for c := range a.Weight {
		if off := math.Abs(float64(a.Weight[c] - b.Weight[c])); off > weightStep/2+1e-6 {
			t.Errorf("weight %d is off by %g", c, off)
		}
	}
	if again := modelBytes(t, got); len(again) != len(data) {
		t.Errorf("%d bytes when it is written again, %d before", len(again), len(data))
	}
}

// letterModel is a model of these letters.
func letterModel(t testing.TB, text string) *Model {
	letters, ok := pronounce.ReadAlphabet(text, true)
	if !ok {
		t.Fatalf("no letters: %s", text)
	}
	return &Model{mix: gmmtest.Random(rand.New(rand.NewPCG(4, 1)), numDims, letterStates(letters), 1), letters: letters}
}

// A model of letters knows them again, and one of phones is written as it was before there were any.
func TestLetterModelSurvivesFile(t *testing.T) {
	const text = "abñд"
	m, err := ReadModel(bytes.NewReader(modelBytes(t, letterModel(t, text))))
	if err != nil {
		t.Fatal(err)
	}
	if m.Letters() != text || !m.letters.Latin() || m.mix.States() != 1+4*statesPerPhone {
		t.Errorf("letters %q, transliterated %v, %d states", m.Letters(), m.letters.Latin(), m.mix.States())
	}
	if data := modelBytes(t, randomModel(1)); !bytes.HasPrefix(data, []byte("cuewright model 1\n")) {
		t.Errorf("a model of phones begins with %q", data[:headAt])
	}
}

func TestWriteModelTellsErrors(t *testing.T) {
	if err := WriteModel(brokenWriter{}, randomModel(1)); err != io.ErrClosedPipe {
		t.Errorf("error %v", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// Where the parts of a model file begin.
const (
	headAt   = len(modelMagic)
	countsAt = headAt + 4
)

func TestReadModelRefuses(t *testing.T) {
	good := modelBytes(t, randomModel(2))
	boundsAt := countsAt + modelStates()
	changed := func(at int, with ...byte) []byte { return slices.Concat(good[:at], with, good[at+len(with):]) }
	number := func(v float64) []byte { return binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(v))) }
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "not a cuewright model"},
		{"another file", []byte("RIFF\x00\x00\x00\x00WAVEfmt "), "not a cuewright model"},
		{"a later version", changed(len(modelMagic)-2, '3'), "not a cuewright model"},
		{"letters cut off", []byte(letterMagic + "\x00\x05\x00abc"), "ends too early"},
		{"their number cut off", []byte(letterMagic + "\x00\x05"), "ends too early"},
		{"no letters", []byte(letterMagic + "\x00\x00\x00"), "no letters"},
		{"a letter twice", []byte(letterMagic + "\x00\x03\x00aba"), "no letters"},
		{"phones under letters", slices.Concat([]byte(letterMagic+"\x00\x03\x00abc"), good[headAt:]), "train it anew"},
		{"only the magic", good[:headAt], "ends too early"},
		{"half a head", good[:headAt+3], "ends too early"},
		{"counts cut off", good[:boundsAt-1], "ends too early"},
		{"bounds cut off", good[:boundsAt+5], "ends too early"},
		{"components cut off", good[:len(good)-1], "ends too early"},
		{"a byte too many", slices.Concat(good, []byte{0}), "goes on"},
		{"other features", changed(headAt, 13, 0), "train it anew"},
		{"other phones", changed(headAt+2, 7, 0), "train it anew"},
		{"a state without components", changed(countsAt, 0), "without components"},
		{"a bound that is no number", changed(boundsAt, number(math.NaN())...), "out of range"},
		{"an infinite bound", changed(boundsAt+4, number(math.Inf(1))...), "out of range"},
		{"a huge variance", changed(boundsAt+12, number(1e30)...), "out of range"},
	} {
		if m, err := ReadModel(bytes.NewReader(test.data)); err == nil || m != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, error %v, want %q", test.name, m, err, test.want)
		}
	}
	if _, err := ReadModel(iotest.ErrReader(os.ErrPermission)); err != os.ErrPermission {
		t.Errorf("error %v of a reader that fails", err)
	}
}

// Whatever is read is an error, or a model that gives finite scores and survives
// another turn through a file.
func FuzzReadModel(f *testing.F) {
	good := modelBytes(f, &Model{mix: gmmtest.Random(rand.New(rand.NewPCG(3, 1)), numDims, modelStates(), 1)})
	boundsAt := countsAt + modelStates()
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add(good[:boundsAt+16])
	f.Add([]byte(modelMagic))
	f.Add(modelBytes(f, letterModel(f, "aäβ ")))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadModel(bytes.NewReader(data))
		if err != nil {
			if m != nil {
				t.Error("a model beside an error")
			}
			return
		}
		states := modelStates()
		if m.letters != nil {
			states = letterStates(m.letters)
		}
		if m.mix.States() != states || m.mix.Dims != numDims || len(m.mix.Mean) != m.mix.Components()*numDims {
			t.Fatalf("%d states of %d values", m.mix.States(), m.mix.Dims)
		}
		ac := acoustics{mix: m.mix, x: &noise{width: numDims, rows: make([]float32, numDims)}, tuning: tuning,
			background: tuning.Background, state: modelState, letters: m.letters}
		for _, v := range rowsOf(t, ac.scorer(ac.topology(1), 1))[0] {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("a score is %g", v)
			}
		}
		if again, err := ReadModel(bytes.NewReader(modelBytes(t, m))); err != nil {
			t.Errorf("written again: %v", err)
		} else if again.Letters() != m.Letters() {
			t.Errorf("written again its letters are %q, before %q", again.Letters(), m.Letters())
		} else if !slices.Equal(again.mix.Offset, m.mix.Offset) {
			t.Errorf("written again its components are at %v, before at %v", again.mix.Offset, m.mix.Offset)
		}
	})
}

func TestTopology(t *testing.T) {
	ac := acoustics{state: modelState}
	for _, test := range []struct {
		states, k int
		thirds    []int
	}{
		{1, 0, []int{0, 1, 2}},
		{2, 0, []int{0, 1}},
		{2, 1, []int{1, 2}},
		{3, 0, []int{0}},
		{3, 2, []int{2}},
	} {
		top := ac.topology(test.states)
		var want []int32
		for _, third := range test.thirds {
			want = append(want, modelState(pronounce.S, third))
		}
		if got := top.emissions[top.emission([]pronounce.Phone{pronounce.S}, 0, test.k)]; !slices.Equal(got, want) {
			t.Errorf("part %d of %d looks at the states %v, want %v", test.k, test.states, got, want)
		}
		if got := top.emissions[top.silence]; !slices.Equal(got, []int32{0}) {
			t.Errorf("silence looks at %v", got)
		}
		if fillers := top.emissions[top.filler:]; len(fillers) != numFillerClasses ||
			slices.ContainsFunc(fillers, func(states []int32) bool { return len(states) > 0 }) {
			t.Errorf("the fillers from emission %d on look at %v", top.filler, fillers)
		}
		// Within a word a stop's closure may be silent, and at the end of a word the
		// stop may be left out behind a consonant; in training neither.
		strict := func(u pronounce.Phone, k int) []int32 {
			return top.emissions[top.strict([]pronounce.Phone{u}, 0, k)]
		}
		whole := func(u pronounce.Phone) (states []int32) {
			for k := range test.states {
				states = append(states, strict(u, k)...)
			}
			return states
		}
		for _, lenient := range []struct {
			phones []pronounce.Phone
			i      int
			more   []int32 // than the phone's own states
		}{
			{[]pronounce.Phone{pronounce.AA, pronounce.K, pronounce.S}, 1, []int32{0}},
			{[]pronounce.Phone{pronounce.K, pronounce.S}, 0, nil},
			{[]pronounce.Phone{pronounce.AA, pronounce.S}, 1, nil},
			{[]pronounce.Phone{pronounce.AE, pronounce.N, pronounce.D}, 2, whole(pronounce.N)},
			{[]pronounce.Phone{pronounce.AE, pronounce.S, pronounce.T}, 2, append(whole(pronounce.S), 0)},
			{[]pronounce.Phone{pronounce.AE, pronounce.N, pronounce.D, pronounce.IY}, 2, nil},
			{[]pronounce.Phone{pronounce.AE, pronounce.D}, 1, nil},
		} {
			want := slices.Concat(strict(lenient.phones[lenient.i], 0), lenient.more)
			slices.Sort(want)
			got := slices.Sorted(slices.Values(top.emissions[top.emission(lenient.phones, lenient.i, 0)]))
			if want = slices.Compact(want); !slices.Equal(got, want) {
				t.Errorf("phone %d of %v in %d parts looks at %v first, want %v", lenient.i, lenient.phones, test.states, got, want)
			}
		}
	}
	// The phones share all states of the model among them, each with one owner.
	owner := map[int32]pronounce.Phone{}
	for u := range pronounce.NumPhones {
		for k := range statesPerPhone {
			s := modelState(pronounce.Phone(u), k)
			if other, ok := owner[s]; ok && other != pronounce.Phone(u) {
				t.Errorf("state %d is of %v and %v", s, other, pronounce.Phone(u))
			}
			owner[s] = pronounce.Phone(u)
		}
	}
	if len(owner) != modelStates() {
		t.Errorf("the phones have %d states, the model %d", len(owner), modelStates())
	}
}

// A letter looks at its own states, one fewer than a phone does, and a sign without any at those of
// all letters.
func TestLetterTopology(t *testing.T) {
	letters, _ := pronounce.ReadAlphabet("ab", false)
	ac := acoustics{state: modelState, letters: letters}
	words := letters.Sentence([]string{"ba", "%"})
	for _, test := range []struct {
		states, word, i, k int
		want               []int32
	}{
		{3, 0, 0, 0, []int32{4, 5}}, {3, 0, 0, 1, []int32{5, 6}}, {3, 0, 1, 1, []int32{2, 3}},
		{2, 0, 1, 0, []int32{1, 2, 3}},
		{3, 1, 0, 0, []int32{1, 4, 2, 5}}, {2, 1, 0, 0, []int32{1, 4, 2, 5, 3, 6}},
	} {
		top := ac.topology(test.states)
		got := slices.Sorted(slices.Values(top.emissions[top.emission(words[test.word].Phones, test.i, test.k)]))
		if want := slices.Sorted(slices.Values(test.want)); !slices.Equal(got, want) || top.statesPerPhone != test.states-1 {
			t.Errorf("%+v: states %v of %d a letter", test, got, top.statesPerPhone)
		}
		if top.sounds != 3 || len(top.emissions[top.silence]) != 1 || len(top.emissions) != int(top.filler)+int(numFillerClasses) {
			t.Errorf("%d sounds, silence %v, %d emissions", top.sounds, top.emissions[top.silence], len(top.emissions))
		}
	}
}

func TestOwnSilence(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	x := &features{n: 1000, mfcc: make([]float32, 1000*numCepstra), energy: make([]float32, 1000)}
	for i := range x.n {
		level := float32(2)
		if x.energy[i] = 1; i/100%2 == 1 { // every other second is silent
			x.energy[i], level = 0, -1
		}
		for k := range numCepstra {
			x.mfcc[i*numCepstra+k] = level + 0.3*float32(random.NormFloat64())
		}
	}
	m := ownSilence(x)
	if m == nil || m.States() != 1 || m.Components() != silenceComponents {
		t.Fatalf("silence is %+v", m)
	}
	mean := make([]float64, numCepstra)
	var total float64
	for c, w := range m.Weight {
		total += math.Exp(float64(w))
		for k := range mean {
			mean[k] += math.Exp(float64(w)) * float64(m.Mean[c*numDims+k])
		}
	}
	if math.Abs(total-1) > 0.01 {
		t.Errorf("the weights add up to %g", total)
	}
	for k, v := range mean {
		if math.Abs(v+1) > 0.05 {
			t.Errorf("the mean of value %d is %g, want -1", k, v)
		}
	}
	for i := range x.n {
		if x.energy[i] = 1; i < minSilence-1 {
			x.energy[i] = 0
		}
	}
	if m := ownSilence(x); m != nil {
		t.Errorf("silence of %d frames is %+v", minSilence-1, m)
	}
}

// tone is a band of power in each frame.
func tone(frames int, band func(i int) int, power func(i int) float32) *audio.Frames {
	powers := make([]float32, frames*audio.MelBands)
	for i := range frames {
		row := powers[i*audio.MelBands:][:audio.MelBands]
		for b := range row {
			row[b] = 1e-7
		}
		row[band(i)] += power(i)
	}
	return audio.NewFrames(make([]float32, frames), powers, int64(frames)*audio.HopSamples)
}

// speechLike is 0.2 s of sound and 0.1 s of silence in turns.
func speechLike(i int) float32 {
	if i%30 < 20 {
		return 1e-3
	}
	return 0
}

// vectorsOf is all vectors of the features.
func vectorsOf(x *features) []float32 {
	rows := make([]float32, x.n*numDims)
	for t0 := 0; t0 < x.n; t0 += mostFrames {
		x.vectors(t0, min(t0+mostFrames, x.n), 1, rows[t0*numDims:], numDims)
	}
	return rows
}

func TestFeaturesTakeLocalMeanOut(t *testing.T) {
	// Two speakers who differ in colour alone, a minute each, and say three sounds.
	const n = 12_000
	band := func(speaker, announcedFiller int) int { return 3 + 2*announcedFiller + 12*speaker }
	f := tone(n, func(i int) int { return band(i/(n/2), i/7%3) }, speechLike)
	x := newFeatures(f)
	dct := cosines()
	for k := 1; k < numCepstra; k++ {
		var sum, count [2][3]float64
		var square, all float64
		for i := range n {
			if x.energy[i] <= speechEnergy {
				continue
			}
			v := float64(x.at(i)[k])
			square += v * v
			all++
			if at := i % (n / 2); at >= meanReach && at < n/2-meanReach {
				sum[i/(n/2)][i/7%3] += v
				count[i/(n/2)][i/7%3]++
			}
		}
		if d := math.Sqrt(square / all); math.Abs(d-1) > 1e-3 {
			t.Errorf("the deviation of cepstrum %d is %g", k, d)
		}
		mean := func(speaker, announcedFiller int) float64 {
			return sum[speaker][announcedFiller] / count[speaker][announcedFiller]
		}
		// A cepstrum is in proportion to its cosine at the band, here as far as one
		// speaker's sounds tell; the window holds 4 times the frames of meanPrior.
		cosine := func(speaker, announcedFiller int) float64 { return float64(dct[k][band(speaker, announcedFiller)]) }
		scale := (mean(0, 0) - mean(0, 2)) / (cosine(0, 0) - cosine(0, 2))
		var got, raw float64
		for announcedFiller := range 3 {
			got += (mean(1, announcedFiller) - mean(0, announcedFiller)) / 3
			raw += scale * (cosine(1, announcedFiller) - cosine(0, announcedFiller)) / 3
		}
		if math.Abs(got-raw/5) > 0.1 {
			t.Errorf("the speakers' cepstra %d are %g apart, %g before, want a fifth", k, got, raw)
		}
	}
	for i := range n {
		if got, want := x.at(i)[0], energyScale*x.energy[i]; got != want {
			t.Fatalf("the first value of frame %d is %g, want its energy, %g", i, got, want)
		}
	}
}

func TestDeltas(t *testing.T) {
	const n = 300
	x := &features{n: n, mfcc: make([]float32, n*numCepstra)}
	for i := range n {
		for k := range numCepstra {
			v := float64(i) - 100
			x.mfcc[i*numCepstra+k] = float32([]float64{3, 0.5 * v, 0.1 * v * v}[k%3])
		}
	}
	rows := vectorsOf(x)
	for i := 4; i < n-4; i++ { // at the ends the first and last frames are repeated
		row := rows[i*numDims:][:numDims]
		for k := range numCepstra {
			v := float64(i) - 100
			delta := []float64{0, 0.5, 0.2 * v}[k%3]
			second := []float64{0, 0, 0.2}[k%3]
			if math.Abs(float64(row[numCepstra+k])-delta) > 1e-3 || math.Abs(float64(row[2*numCepstra+k])-second) > 1e-3 {
				t.Fatalf("frame %d, value %d: delta %g of delta %g, want %g of %g", i, k, row[2*numCepstra+k], row[numCepstra+k],
					second, delta)
			}
		}
	}
	// Every other frame, from anywhere, has the same values.
	rapid.Check(t, func(t *rapid.T) {
		t0 := rapid.IntRange(0, n-1).Draw(t, "from")
		t1 := min(n, t0+rapid.IntRange(1, mostFrames).Draw(t, "frames"))
		step := rapid.IntRange(1, 2).Draw(t, "step")
		const stride = numDims + 5
		some := make([]float32, mostFrames*stride)
		x.vectors(t0, t1, step, some, stride)
		for i := t0; i < t1; i += step {
			if got, want := some[(i-t0)/step*stride:][:numDims], rows[i*numDims:][:numDims]; !slices.Equal(got, want) {
				t.Fatalf("frame %d of [%d, %d): %v, want %v", i, t0, t1, got, want)
			}
		}
	})
}

func TestFeaturesAreFinite(t *testing.T) {
	silence := func(int) float32 { return 0 }
	for _, test := range []struct {
		name   string
		frames *audio.Frames
	}{
		{"digital silence", framesOf(t, make([]float32, 5000))},
		{"one sample", framesOf(t, []float32{1})},
		{"one frame", tone(1, func(int) int { return 3 }, speechLike)},
		{"two frames", tone(2, func(int) int { return 3 }, speechLike)},
		{"hum", tone(900, func(int) int { return 0 }, func(int) float32 { return 1 })},
		{"noise floor", tone(900, func(int) int { return 0 }, silence)},
		{"full scale and nothing", framesOf(t, append(make([]float32, 8000), slices.Repeat([]float32{1, -1}, 4000)...))},
		{"far above full scale", framesOf(t, slices.Repeat([]float32{1e6, -1e6, 0}, 4000))},
	} {
		x := newFeatures(test.frames)
		class := classAcoustics(test.frames, nil, tuning).x.(*classObservations)
		for what, rows := range map[string][]float32{"features": vectorsOf(x), "class features": class.rows} {
			if len(rows) == 0 {
				t.Errorf("%s: no %s", test.name, what)
			}
			for i, v := range rows {
				if !(math.Abs(float64(v)) < 1e6) {
					t.Errorf("%s: value %d of the %s is %g", test.name, i, what, v)
					break
				}
			}
		}
	}
}

func TestClasses(t *testing.T) {
	for _, test := range []struct {
		phones string
		want   class
	}{
		{"SIL", classSilence}, {"IY AA AY ER UE ON", classVowel}, {"M NG L R W RR", classSonorant},
		{"S Z SH CH JH", classSibilant}, {"F V TH DH HH KH", classFricative}, {"P B T D K G", classStop},
	} {
		for _, name := range strings.Fields(test.phones) {
			for u := range pronounce.NumPhones {
				if phone := pronounce.Phone(u); phone.String() == name && classOf(phone) != test.want {
					t.Errorf("%s is of class %d, want %d", name, classOf(phone), test.want)
				}
			}
		}
	}
}

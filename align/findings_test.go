package align

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

func TestLowEnergyTellsMusicFromSpeech(t *testing.T) {
	const n = 10 * audio.Rate
	random := rand.New(rand.NewPCG(1, 1))
	hiss := make([]float32, n)
	for i := range hiss {
		hiss[i] = 0.1 * float32(random.NormFloat64())
	}
	sine := func(i int, hz float64) float64 { return math.Sin(2 * math.Pi * hz * float64(i) / audio.Rate) }
	made := func(at func(i int, second float64) float64) []float32 {
		samples := make([]float32, n)
		for i := range samples {
			samples[i] = float32(at(i, float64(i)/audio.Rate))
		}
		return samples
	}
	chord := func(i int) float64 { return 0.1 * (sine(i, 220) + sine(i, 277) + sine(i, 330)) }
	for _, test := range []struct {
		name    string
		samples []float32
		music   bool
	}{
		{"hiss", hiss, true},
		{"a chord", made(func(i int, _ float64) float64 { return chord(i) }), true},
		{"a chord that swells", made(func(i int, s float64) float64 { return chord(i) * (0.2 + 0.08*s) }), true},
		{"tremolo", made(func(i int, s float64) float64 { return chord(i) * (1 + 0.3*math.Sin(2*math.Pi*5*s)) }), true},
		{"syllables, four a second", made(func(i int, s float64) float64 {
			return float64(hiss[i]) * math.Pow(max(0, math.Sin(2*math.Pi*4*s)), 2)
		}), false},
		{"words with pauses", made(func(i int, s float64) float64 {
			if math.Mod(s, 0.7) > 0.3 {
				return 0.001 * float64(hiss[i])
			}
			return chord(i)
		}), false},
	} {
		f := framesOf(t, test.samples)
		if share := lowEnergy(f, 100, f.Len()-100); (share < lowEnergyShare) != test.music {
			t.Errorf("%s: %.2f of the frames are low, music is below %.2f", test.name, share, lowEnergyShare)
		}
	}
	f := framesOf(t, make([]float32, audio.Rate))
	if share := lowEnergy(f, 0, f.Len()); share != 0 {
		t.Errorf("digital silence: %g of the frames are low", share)
	}
}

// sounds returns seconds of sounds of random frequencies that change every so often, and fade
// by so much, over faint noise.
func sounds(random *rand.Rand, seconds, each, fade float64) []float32 {
	samples := make([]float32, int(seconds*audio.Rate))
	var hz [4]float64
	for i := range samples {
		at := math.Mod(float64(i)/audio.Rate, each)
		if i == 0 || at < 1.0/audio.Rate {
			for k := range hz {
				hz[k] = 150 * math.Pow(20, random.Float64())
			}
		}
		for _, f := range hz {
			samples[i] += float32(0.05 * math.Exp(-fade*at) * math.Sin(2*math.Pi*f*float64(i)/audio.Rate))
		}
		samples[i] += 0.0005 * float32(random.NormFloat64())
	}
	return samples
}

// TestSpectralChange: what is plucked has its pauses and its beats as speech has, and yet
// each of its notes lasts.
func TestSpectralChange(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	f := framesOf(t, slices.Concat(sounds(random, 10, 0.08, 0), sounds(random, 10, 0.5, 8), sounds(random, 10, 0.12, 25),
		make([]float32, audio.Rate)))
	for _, test := range []struct {
		name       string
		first, end int // in seconds
		music      bool
	}{
		{"a plucked melody", 10, 20, true},
		{"syllables", 20, 30, false},
		{"digital silence", 30, 31, true},
	} {
		g := newGraph(drawn("a"), testGrammar(1))
		const filler, word = 1, 2
		state := slices.Repeat([]int32{filler}, f.Len())
		for i := range 10 * 100 {
			state[i] = word
		}
		words := spectralChange(f, 0, f.Len(), func(i int) bool { return state[i] == word })
		own := spectralChange(f, 100*test.first, 100*test.end, func(int) bool { return true })
		if (own < steadyChange*words) != test.music {
			t.Errorf("%s: changes by %.2f, words by %.2f", test.name, own, words)
		}
		for i := range state[1000:] {
			if i += 1000; i < 100*test.first || i >= min(100*test.end, f.Len()) {
				state[i] = 3 // silence behind the word
			}
		}
		kind := UnscriptedSpeech
		if test.music {
			kind = UnscriptedMusic
		}
		state[0] = word
		if found := unscripted(f, g, state); test.end-test.first > 1 && (len(found) != 1 || found[0].Kind != kind) {
			t.Errorf("%s: found %+v", test.name, found)
		}
	}
}

func TestUnscripted(t *testing.T) {
	// S and F, a word of one state, S and F, another one, S and F.
	g := newGraph(drawn("a / b"), testGrammar(1))
	const S0, F0, A, S1, F1, B, S2, F2 = 0, 1, 2, 3, 4, 5, 6, 7
	type run struct {
		state  int32
		frames int
	}
	at := func(first, end int) audio.Segment {
		return audio.Segment{Start: audio.FrameTime(first), End: audio.FrameTime(end)}
	}
	for _, test := range []struct {
		name string
		path []run
		want []audio.Segment
	}{
		{"none", []run{{S0, 200}, {A, 50}, {S1, 300}, {B, 50}, {S2, 100}}, nil},
		{"at the beginning", []run{{F0, 150}, {S0, 50}, {A, 50}, {B, 50}}, []audio.Segment{at(0, 150)}},
		{"between", []run{{A, 50}, {S1, 50}, {F1, 150}, {S1, 50}, {B, 50}}, []audio.Segment{at(100, 250)}},
		{"at the end", []run{{A, 50}, {B, 50}, {F2, 200}}, []audio.Segment{at(100, 300)}},
		{"too short", []run{{A, 50}, {F1, 99}, {B, 50}}, nil},
		{"just long enough", []run{{A, 50}, {F1, 100}, {B, 50}}, []audio.Segment{at(50, 150)}},
		{"with silence in it", []run{{A, 50}, {F1, 60}, {S1, 100}, {F1, 60}, {B, 50}}, []audio.Segment{at(50, 270)}},
		{"two", []run{{F0, 100}, {A, 50}, {F1, 100}, {B, 50}}, []audio.Segment{at(0, 100), at(150, 250)}},
		{"over a sentence that nobody says", []run{{F0, 100}, {S0, 1}, {S1, 1}, {F1, 100}, {B, 50}}, []audio.Segment{at(0, 202)}},
		{"all of it", []run{{F0, 100}, {S0, 1}, {S1, 1}, {S2, 1}, {F2, 100}}, []audio.Segment{at(0, 203)}},
	} {
		var state []int32
		for _, r := range test.path {
			state = append(state, slices.Repeat([]int32{r.state}, r.frames)...)
		}
		f := tone(len(state), func(int) int { return 5 }, func(int) float32 { return 1 })
		var got []audio.Segment
		for _, u := range unscripted(f, g, state) {
			got = append(got, u.Segment)
			if u.Kind != UnscriptedMusic {
				t.Errorf("%s: a steady tone at %v is of kind %d", test.name, u.Segment, u.Kind)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// TestUnscriptedParts: words, then sound that turns from lively to steady or back, s and m with
// their seconds, with silence (-) between; the path calls all of it filler but for S.
func TestUnscriptedParts(t *testing.T) {
	race.Skip(t, race.Slow)
	const filler, word, silence = 1, 2, 3
	type part struct {
		kind    byte
		seconds float64
	}
	for _, test := range []struct {
		name  string
		parts []part
		want  []Unscripted
	}{
		{"speech", []part{{'s', 20}}, []Unscripted{{Segment: seg(10, 30), Kind: UnscriptedSpeech}}},
		{"music", []part{{'m', 20}}, []Unscripted{{Segment: seg(10, 30), Kind: UnscriptedMusic}}},
		{"speech, then music", []part{{'s', 10}, {'m', 18}},
			[]Unscripted{{Segment: seg(10, 20), Kind: UnscriptedSpeech}, {Segment: seg(20, 38), Kind: UnscriptedMusic}}},
		{"a jingle, then speech", []part{{'m', 4}, {'s', 20}},
			[]Unscripted{{Segment: seg(10, 14), Kind: UnscriptedMusic}, {Segment: seg(14, 34), Kind: UnscriptedSpeech}}},
		{"speech between music", []part{{'m', 8}, {'s', 6}, {'m', 8}},
			[]Unscripted{{Segment: seg(10, 18), Kind: UnscriptedMusic}, {Segment: seg(18, 24), Kind: UnscriptedSpeech},
				{Segment: seg(24, 32), Kind: UnscriptedMusic}}},
		{"silence that the path calls filler", []part{{'s', 6}, {'-', 0.4}, {'m', 6}},
			[]Unscripted{{Segment: seg(10, 16), Kind: UnscriptedSpeech}, {Segment: seg(16.4, 22.4), Kind: UnscriptedMusic}}},
		{"silence of the path", []part{{'m', 6}, {'S', 3}, {'s', 6}},
			[]Unscripted{{Segment: seg(10, 16), Kind: UnscriptedMusic}, {Segment: seg(19, 25), Kind: UnscriptedSpeech}}},
		{"silence within speech", []part{{'s', 6}, {'S', 3}, {'s', 6}}, []Unscripted{{Segment: seg(10, 25), Kind: UnscriptedSpeech}}},
		{"too short for a part", []part{{'s', 10}, {'m', 0.8}, {'s', 10}}, []Unscripted{{Segment: seg(10, 30.8), Kind: UnscriptedSpeech}}},
		{"too short at the end", []part{{'m', 10}, {'s', 0.8}}, []Unscripted{{Segment: seg(10, 20.8), Kind: UnscriptedMusic}}},
	} {
		random := rand.New(rand.NewPCG(3, 3))
		samples := sounds(random, 10, 0.08, 0)
		state := slices.Repeat([]int32{word}, 1000)
		for _, p := range test.parts {
			of := int32(filler)
			switch p.kind {
			case 's':
				samples = append(samples, sounds(random, p.seconds, 0.12, 25)...)
			case 'm':
				samples = append(samples, sounds(random, p.seconds, 0.5, 2)...)
			case 'S':
				of = silence
				fallthrough
			default:
				samples = append(samples, make([]float32, int(p.seconds*audio.Rate))...)
			}
			state = append(state, slices.Repeat([]int32{of}, int(math.Round(100*p.seconds)))...)
		}
		f := framesOf(t, samples)
		got := unscripted(f, newGraph(drawn("a"), testGrammar(1)), state[:f.Len()])
		same := func(a, b Unscripted) bool {
			return a.Kind == b.Kind && alike(a.Segment, b.Segment, 200*time.Millisecond)
		}
		if !slices.EqualFunc(got, test.want, same) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// No parts agree with more changes than those of cutByChange, less what the cuts cost.
func TestCutByChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const bound = 0.5
		stretch := place{100, 100 + changeStride*80}
		var changes []spectrumChange
		for _, run := range rapid.SliceOfN(rapid.IntRange(-20, 20), 0, 4).Draw(t, "runs") { // below 0 for slow ones
			for range max(run, -run) {
				by := 1.0
				if (run < 0) != (rapid.IntRange(0, 5).Draw(t, "noise") == 0) {
					by = 0.2
				}
				changes = append(changes, spectrumChange{stretch.start + changeStride*(len(changes)+1), by})
			}
		}
		// agree is how many changes from one to another are of the kind.
		agree := func(from, to int, slow bool) (n int) {
			for _, c := range changes[from:to] {
				if (c.by <= bound) == slow {
					n++
				}
			}
			return n
		}
		// What ends in a part that begins with change i, by all parts before it.
		best := 0
		ends := map[bool][]int{}
		for _, slow := range []bool{false, true} {
			ends[slow] = make([]int, len(changes)+1)
		}
		for to := range len(changes) + 1 {
			for _, slow := range []bool{false, true} {
				ends[slow][to] = agree(0, to, slow)
				for from := 1; from < to; from++ {
					ends[slow][to] = max(ends[slow][to], ends[!slow][from]+agree(from, to, slow)-switchCost)
				}
			}
			best = max(ends[false][to], ends[true][to])
		}
		parts, slow := cutByChange(changes, stretch, bound)
		if parts[0].start != stretch.start || parts[len(parts)-1].end != stretch.end {
			t.Fatalf("parts %v of %v", parts, stretch)
		}
		got, from := -switchCost*(len(parts)-1), 0
		for i, p := range parts {
			if i > 0 && p.start != parts[i-1].end {
				t.Fatalf("a gap in %v", parts)
			}
			to := from
			for to < len(changes) && (i == len(parts)-1 || changes[to].frame-changeLag < p.end) {
				to++
			}
			got += agree(from, to, slow == (i%2 == 0))
			from = to
		}
		if got != best {
			t.Fatalf("parts %v agree with %d, want %d", parts, got, best)
		}
	})
}

// TestPlaceDirectionsWithin: a direction within a sentence lies between the words around it; where
// words are missing from the script, what is heard there is no cough.
func TestPlaceDirectionsWithin(t *testing.T) {
	sentence := Sentence{Segment: seg(10, 30), Spoken: true, Words: []Word{
		{Segment: seg(10, 11), Spoken: true}, {Segment: seg(11, 11)},
		{Segment: seg(20, 21), Spoken: true}, {Segment: seg(29, 30), Spoken: true},
	}}
	for _, tt := range []struct {
		word   int
		kind   transcript.Kind
		gap    bool
		sounds UnscriptedKind
		want   audio.Segment
	}{
		{0, transcript.Sound, false, UnscriptedSpeech, seg(1, 8)},
		{0, transcript.Sound, true, UnscriptedSpeech, seg(10, 10)},
		{0, transcript.Sound, true, UnscriptedMusic, seg(10, 10)},
		{0, transcript.Music, true, UnscriptedMusic, seg(1, 8)},
		{0, transcript.Music, true, UnscriptedSpeech, seg(10, 10)},
		{1, transcript.Sound, false, UnscriptedSpeech, seg(12, 19)},
		{2, transcript.Sound, false, UnscriptedSpeech, seg(12, 19)},
		{3, transcript.Sound, false, UnscriptedSpeech, seg(29, 29)},
	} {
		a := Alignment{Segment: seg(0, 40), Turns: []Turn{{Sentences: []Sentence{sentence}}},
			Unscripted: []Unscripted{{Segment: seg(1, 8), Kind: tt.sounds}, {Segment: seg(12, 19), Kind: tt.sounds}}}
		words := make([]transcript.Word, len(sentence.Words))
		words[tt.word].GapBefore = tt.gap
		a.placeDirections(&transcript.Script{
			Turns:      []transcript.Turn{{Sentences: []transcript.Sentence{{Words: words}}}},
			Directions: []transcript.Direction{{Kind: tt.kind, Word: tt.word, Leads: true}},
		})
		if got := a.Directions[0]; got.Segment != tt.want || !got.Leads {
			t.Errorf("%+v: %+v", tt, got)
		}
	}
}

// seg is from one second to another.
func seg(from, to float64) audio.Segment {
	return audio.Segment{Start: seconds(from), End: seconds(to)}
}

func TestPlaceDirections(t *testing.T) {
	// Two turns: sentences at 10-12 and 14-16, one that nobody says, one at 30-32.
	aligned := Alignment{
		Segment: seg(0, 40),
		Turns: []Turn{
			{Sentences: []Sentence{{Segment: seg(10, 12), Spoken: true}, {Segment: seg(14, 16), Spoken: true}}},
			{Sentences: []Sentence{{Segment: seg(16, 16)}, {Segment: seg(30, 32), Spoken: true}}},
		},
	}
	const music, sound, other = transcript.Music, transcript.Sound, transcript.Other
	const begin, end = transcript.ClipBegin, transcript.ClipEnd
	type direction struct {
		kind           transcript.Kind
		turn, sentence int
		want           audio.Segment
	}
	for _, test := range []struct {
		name       string
		unscripted []audio.Segment
		directions []direction
	}{
		{"none", []audio.Segment{seg(0, 5)}, nil},
		{"music where there is some", []audio.Segment{seg(1, 8)}, []direction{{music, 0, 0, seg(1, 8)}}},
		{"music where there is none", nil, []direction{{music, 0, 0, seg(10, 10)}, {sound, 0, 1, seg(14, 14)},
			{music, 2, 0, seg(40, 40)}}},
		{"not beyond a word", []audio.Segment{seg(17, 20)}, []direction{{music, 0, 0, seg(10, 10)}, {music, 0, 1, seg(14, 14)}}},
		{"beside a sentence that nobody says", []audio.Segment{seg(17, 29)}, []direction{{music, 1, 1, seg(17, 29)}}},
		{"each to its own", []audio.Segment{seg(1, 8), seg(17, 29), seg(33, 39)},
			[]direction{{music, 0, 0, seg(1, 8)}, {sound, 1, 0, seg(17, 29)}, {music, 2, 0, seg(33, 39)}}},
		{"the first of two", []audio.Segment{seg(1, 8)}, []direction{{music, 0, 0, seg(1, 8)}, {music, 0, 0, seg(10, 10)}}},
		{"what makes no sound of its own", []audio.Segment{seg(1, 8)},
			[]direction{{other, 0, 0, seg(10, 10)}, {begin, 0, 0, seg(10, 10)}}},
		{"a clip", nil, []direction{{begin, 0, 1, seg(14, 14)}, {end, 1, 0, seg(16, 16)}}},
		{"the end of a clip that nobody hears", nil, []direction{{end, 1, 1, seg(16, 16)}, {end, 0, 0, seg(0, 0)},
			{end, 2, 0, seg(32, 32)}}},
	} {
		a := aligned
		for _, u := range test.unscripted {
			a.Unscripted = append(a.Unscripted, Unscripted{Segment: u})
		}
		s := &transcript.Script{}
		for _, d := range test.directions {
			s.Directions = append(s.Directions, transcript.Direction{Kind: d.kind, Text: test.name, Turn: d.turn, Sentence: d.sentence})
		}
		a.placeDirections(s)
		if len(a.Directions) != len(test.directions) {
			t.Fatalf("%s: %d directions, want %d", test.name, len(a.Directions), len(test.directions))
		}
		for i, want := range test.directions {
			if got := a.Directions[i]; got.Segment != want.want || got.Kind != want.kind || got.Text != test.name {
				t.Errorf("%s: direction %d is %+v, want %v", test.name, i, got, want.want)
			}
		}
	}
}

// TestPlaceDirectionsLeavesMusic: a sound leaves music to a direction behind it that announces music,
// between the same words, and takes none of the speech beside it instead.
func TestPlaceDirectionsLeavesMusic(t *testing.T) {
	const music, sound = transcript.Music, transcript.Sound
	first, second, none := seg(4, 8), seg(10, 18), seg(20, 20)
	for _, tt := range []struct {
		name  string
		kinds []transcript.Kind
		want  []audio.Segment
	}{
		{"a sound alone", []transcript.Kind{sound}, []audio.Segment{first}},
		{"one before music", []transcript.Kind{sound, music}, []audio.Segment{first, second}},
		{"one before all the music", []transcript.Kind{sound, music, music}, []audio.Segment{none, first, second}},
		{"one behind it", []transcript.Kind{music, sound}, []audio.Segment{first, second}},
		{"one between", []transcript.Kind{music, sound, music}, []audio.Segment{first, none, second}},
	} {
		a := Alignment{Segment: seg(0, 30), Turns: []Turn{{Sentences: []Sentence{{Segment: seg(20, 30), Spoken: true}}}},
			Unscripted: []Unscripted{{Segment: seg(1, 3)}, {Segment: first, Kind: UnscriptedMusic},
				{Segment: second, Kind: UnscriptedMusic}}}
		s := &transcript.Script{}
		for _, kind := range tt.kinds {
			s.Directions = append(s.Directions, transcript.Direction{Kind: kind})
		}
		a.placeDirections(s)
		for i, want := range tt.want {
			if got := a.Directions[i].Segment; got != want {
				t.Errorf("%s: direction %d is at %v, want %v", tt.name, i, got, want)
			}
		}
	}
}

// What announces a sound gets the music in a gap, not the speech beside it, and is given no speech
// where the music is taken.
func TestSoundWithin(t *testing.T) {
	of := func(from, to float64, kind UnscriptedKind) Unscripted {
		return Unscripted{Segment: seg(from, to), Kind: kind}
	}
	a := Alignment{Unscripted: []Unscripted{
		of(0, 5, UnscriptedMusic), of(10, 15, UnscriptedSpeech), of(15, 20, UnscriptedMusic),
		of(20, 25, UnscriptedSpeech), of(25, 30, UnscriptedMusic), of(40, 45, UnscriptedSpeech),
	}}
	for _, test := range []struct {
		gap       audio.Segment
		taken     []int
		announced int
		want      int
	}{
		{seg(8, 32), nil, 0, 2}, {seg(8, 32), []int{2}, 0, 4}, {seg(8, 32), []int{2, 4}, 0, -1},
		{seg(8, 16), nil, 0, 1}, {seg(8, 16), []int{1}, 0, -1}, {seg(0, 50), nil, 0, 0},
		{seg(35, 50), nil, 0, 5}, {seg(30, 40), nil, 0, -1},
		{seg(8, 32), nil, 1, 2}, {seg(8, 32), nil, 2, -1}, {seg(8, 32), []int{2}, 1, -1}, {seg(8, 16), nil, 1, 1},
	} {
		taken := make([]bool, len(a.Unscripted))
		for _, i := range test.taken {
			taken[i] = true
		}
		if got := a.soundWithin(test.gap, taken, test.announced); got != test.want {
			t.Errorf("in %v, with %v taken and %d announced: %d, want %d", test.gap, test.taken, test.announced, got, test.want)
		}
	}
}

func TestSpokenExtent(t *testing.T) {
	type part struct {
		segment    audio.Segment
		spoken     bool
		confidence float64
	}
	for _, test := range []struct {
		name       string
		parts      []part
		want       audio.Segment
		spoken     bool
		confidence float64
	}{
		{"all spoken", []part{{seg(1, 2), true, 0.9}, {seg(3, 4), true, 0.1}}, seg(1, 4), true, 0.9},
		{"the first one isn't", []part{{seg(1, 1), false, 0.2}, {seg(3, 4), true, 0.7}}, seg(3, 4), true, 0.7},
		{"the last one isn't", []part{{seg(1, 2), true, 0.8}, {seg(2, 2), false, 0.3}}, seg(1, 2), true, 0.8},
		{"none is", []part{{seg(1, 1), false, 0.4}, {seg(1, 1), false, 0.5}}, seg(1, 1), false, 0.4},
	} {
		got, spoken, confidence := spokenExtent(len(test.parts), func(i int) (audio.Segment, bool, float64) {
			p := test.parts[i]
			return p.segment, p.spoken, p.confidence
		})
		if got != test.want || spoken != test.spoken || confidence != test.confidence {
			t.Errorf("%s: %v, %v, %g", test.name, got, spoken, confidence)
		}
	}
}

func TestWordsIn(t *testing.T) {
	g := newGraph(drawn("a / b"), testGrammar(1))
	got := wordsIn(g, []int32{0, 0, 2, 2, 2, 3, 4, 4, 5})
	if want := (map[int32]place{0: {2, 5}, 1: {8, 9}}); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("words are at %v, want %v", got, want)
	}
	if got := wordsIn(g, slices.Repeat([]int32{1}, 5)); len(got) != 0 {
		t.Errorf("words at %v in filler", got)
	}
}

// A hesitation costs the word behind it what the search paid for it, filler between
// sentences costs none; also where both cost the same.
func TestScoreSums(t *testing.T) {
	for _, hesitation := range []float64{costs.Hesitation, costs.Filler} {
		rules := testGrammar(1)
		rules.costs.Hesitation = hesitation
		g := newGraph(drawn("a b / c"), rules)
		// The states: S F a S F b S F c S F.
		r := &bandResult{state: []int32{1, 2, 4, 4, 5, 7, 8}, score: []float32{-1, 1, -1, -1, 2, -1, 3}}
		sums := g.scoreSums(r)
		words := wordsIn(g, r.state)
		for w, want := range []float64{1, 2 - hesitation, 3} {
			at := words[int32(w)]
			if got := sums[at.end] - sums[at.start]; got != want {
				t.Errorf("word %d scores %g, want %g", w, got, want)
			}
		}
		if end, want := sums[len(r.state)], 2.0-hesitation; end != want {
			t.Errorf("all frames score %g, want %g", end, want)
		}
	}
}

// What is loud before the first word and behind the last says nothing against a script
// that is an excerpt.
func TestShare(t *testing.T) {
	x := &features{n: 10, activity: []activity{speech, speech, speech, weak, speech, speech, silence, speech, speech, speech}}
	for _, test := range []struct {
		words map[int32]place
		want  float64
	}{
		{map[int32]place{0: {1, 3}, 1: {4, 6}}, 1},
		{map[int32]place{0: {1, 3}, 1: {8, 9}}, 0.5},
		{nil, 0},
	} {
		if got := x.share(test.words); got != test.want {
			t.Errorf("%v: %g, want %g", test.words, got, test.want)
		}
	}
}

// A word that may be said in two ways takes no longer than one.
func TestFilledGapsOfTwoWays(t *testing.T) {
	for _, script := range []string{"a / b c / d", "a / b|B c|C / d"} {
		g := newGraph(drawn(script), testGrammar(1))
		filler := g.boundaries[1] + 1
		first, last := g.words[0].first, g.words[3].first
		state := append(slices.Repeat([]int32{first}, 4), filler, last, last, last, last)
		filled := filledGaps(g, state, wordsIn(g, state))
		// Two words of a state each would take 8 frames, of which one is filled.
		if want := []float64{0, 0.125, 0.125, 0}; !slices.Equal(filled, want) {
			t.Errorf("%q: %v, want %v", script, filled, want)
		}
	}
}

package align

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

// said returns the words that are said, of how many, and their mean confidence.
func said(a *Alignment) (said, all int, confidence float64) {
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			for _, w := range sentence.Words {
				all++
				if w.Spoken {
					said++
					confidence += w.Confidence
				}
			}
		}
	}
	return said, all, confidence / float64(max(1, said))
}

// Pages in scripts that leave vowels open, 74 and 78 words.
const (
	hebrew = "הבוקר ירד גשם על הכפר הקטן שליד הים. סבא שלי יצא אל הגינה וקטף עגבניות ומלפפונים. אחר כך הלכנו יחד אל " +
		"הנמל לראות את הסירות. הדייג הזקן סיפר לנו על הדגים הגדולים שראה בלילה. בצהריים אכלנו לחם חם עם גבינה וזיתים " +
		"שחורים. הילדים שיחקו בכדור ליד בית הספר עד שהשמש שקעה. בערב ישבנו ליד האש ושרנו שירים ישנים. אחותי כתבה מכתב " +
		"ארוך לחברה שלה בעיר הגדולה. מחר ניסע ברכבת אל ההרים ונטייל ביער."
	arabic = "نزل المطر هذا الصباح على القرية الصغيرة قرب البحر. خرج جدي إلى الحديقة وقطف الطماطم والخيار. ثم ذهبنا معا " +
		"إلى الميناء لنرى القوارب. حكى لنا الصياد العجوز عن السمك الكبير الذي رآه في الليل. أكلنا عند الظهر خبزا ساخنا مع " +
		"الجبن والزيتون الأسود. لعب الأولاد بالكرة قرب المدرسة حتى غابت الشمس. جلسنا في المساء قرب النار وغنينا أغاني قديمة. " +
		"كتبت أختي رسالة طويلة إلى صديقتها في المدينة الكبيرة. غدا نسافر بالقطار إلى الجبال ونمشي في الغابة."
)

// The pairs that can be made of the sample: its own page, in noise, too, and pages of something
// else, or of another part of it, which the same speakers say.
func TestVerdict(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	half := len(s.samples) / 2
	firstTurns, lastTurns := &transcript.Script{Turns: s.script.Turns[:3]}, &transcript.Script{Turns: s.script.Turns[4:]}
	noisy := slices.Clone(s.samples)
	amplitude := noiseAmplitude(noisy, 5)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range noisy {
		noisy[i] += float32(amplitude * random.NormFloat64())
	}
	for _, test := range []struct {
		name    string
		samples []float32
		script  *transcript.Script
		want    Verdict
		least   float64 // mean confidence of the words that are said
		most    float64
	}{
		{"its own", s.samples, s.script, Fits, 0.9, 1},
		{"its own in noise", noisy, s.script, Fits, 0.8, 1},
		{"a part with all of the page", s.samples[:half], s.script, Fits, 0.9, 1},
		{"all with a part of the page", s.samples, firstTurns, Fits, 0.9, 1},
		{"another page", s.samples, parse(t, strings.Repeat(another, 3)), Mismatched, 0, 0.25},
		{"the other half", s.samples[:half], lastTurns, Mismatched, 0, 0.25},
		{"a few words of another page", s.samples, parse(t, another), TooShort, 0, 0.25},
		{"six seconds with what is said there", s.samples[:6*audio.Rate], &transcript.Script{Turns: s.script.Turns[:1]}, Fits, 0.8, 1},
		{"all with a sentence of the page", s.samples, parse(t, "Caller 1: I can hear it humming."), TooShort, 0, 0.25},
		{"all with a word of the page", s.samples, parse(t, "Nora: Clock."), TooShort, 0, 0.25},
		{"all with two words of another page", s.samples, parse(t, "Anna: Seven windows."), TooShort, 0, 0.25},
		{"another page in noise", noisy, parse(t, strings.Repeat(another, 3)), TooNoisy, 0, 0.25},
		{"twelve seconds with another page", s.samples[29*audio.Rate : 41*audio.Rate], parse(t, strings.Repeat(another, 2)), TooShort, 0, 0.25},
		{"a page in Hebrew, which leaves vowels open", s.samples, parse(t, hebrew), Mismatched, 0, 0.25},
		{"a page in Arabic", s.samples, parse(t, arabic), Mismatched, 0, 0.25},
		{"six seconds with another page", s.samples[:6*audio.Rate], parse(t, strings.Repeat(another, 2)), TooShort, 0, 0.25},
		{"four seconds with all of the page", s.samples[:4*audio.Rate], s.script, TooShort, 0, 0.35},
		{"four seconds with another page", s.samples[:4*audio.Rate], parse(t, strings.Repeat(another, 4)), TooShort, 0, 0.25},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := DefaultOptions()
			f := framesOf(t, test.samples)
			a, err := Align(t.Context(), f, test.script, o)
			if refused := errors.Is(err, ErrMismatch); refused != (test.want == Mismatched) {
				t.Errorf("refused: %v, error %v", refused, err)
			} else if refused {
				o.Force = true
				a, err = Align(t.Context(), f, test.script, o)
			}
			if err != nil {
				t.Fatal(err)
			}
			check(t, a, test.script, f)
			n, all, confidence := said(a)
			if a.Verdict != test.want || n == 0 || confidence < test.least || confidence > test.most {
				t.Errorf("%v, %d of %d words are said with a confidence of %.2f; want %v, %g to %g", a.Verdict, n, all, confidence,
					test.want, test.least, test.most)
			}
		})
	}
}

// Words that leave all vowels open fit any sound to some extent: right ones fit all the same, in noise, too, and
// the same words in another order don't.
func TestVerdictOfOpenVowels(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	for _, test := range []struct {
		name        string
		noise       float64 // in dB below the speech
		shuffled    bool
		want        Verdict
		least, most float64 // trust
	}{
		{"right words", math.Inf(1), false, Fits, 0.9, 1},
		{"in noise", 5, false, Doubtful, 0.4, 1},
		{"in another order", math.Inf(1), true, Mismatched, 0, 0.25},
		{"in another order, in noise", 5, true, TooNoisy, 0, 0.25},
	} {
		t.Run(test.name, func(t *testing.T) {
			samples := slices.Clone(readSample(t).samples)
			if !math.IsInf(test.noise, 1) {
				amplitude, random := noiseAmplitude(samples, test.noise), rand.New(rand.NewPCG(1, 1))
				for i := range samples {
					samples[i] += float32(amplitude * random.NormFloat64())
				}
			}
			e, _ := sampleEpisode(t, false)
			e.frames = framesOf(t, samples)
			e.features = newFeatures(e.frames)
			seed := SeedModel().acoustics(e.features, e.tuning)
			vowel := pronounce.Sentence([]string{"كتب"}, "ar")[0].Phones[1]
			for _, r := range e.readings {
				for i := range r.said {
					r.said[i].Phones, r.said[i].Others = openVowels(r.said[i].Phones, vowel), nil
				}
			}
			if test.shuffled {
				e.readings = shuffledText(e.readings, 99)
			}
			seed.open = true
			found, err := e.run(t.Context(), seed, func(float64) {})
			if err != nil {
				t.Fatal(err)
			}
			_, j, err := e.judge(t.Context(), seed, found, func() {})
			if err != nil || j.verdict != test.want || j.trust < test.least || j.trust > test.most {
				t.Errorf("%v, trust %.2f, %v; want %v, %g to %g", j.verdict, j.trust, err, test.want, test.least, test.most)
			}
		})
	}
}

// openVowels returns phones with an open one, which may be missing, for each vowel.
func openVowels(phones []pronounce.Phone, vowel pronounce.Phone) []pronounce.Phone {
	open, said := slices.Clone(phones), false
	for i, p := range phones {
		if slices.Contains(vowel.Sounds(), p) {
			open[i] = vowel
		}
		said = said || !open[i].Optional()
	}
	if !said {
		open[0] = open[0].Always()
	}
	return open
}

// Where the first look leaves out what is said, here since that is cheap, the second one finds
// the sentences of a true pair, and makes no true one of a false pair.
func TestSecondLook(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	tuning := DefaultTuning()
	tuning.SkipSentence = -5000
	for _, test := range []struct {
		script *transcript.Script
		want   Verdict
	}{{s.script, Fits}, {parse(t, strings.Repeat(another, 3)), Mismatched}} {
		e, seed := sampleEpisode(t, false)
		e.script, e.readings, e.tuning = test.script, read(test.script, "en", DefaultCosts().LongPhrase), tuning.rounded()
		first, err := e.run(t.Context(), seed, func(float64) {})
		if err != nil {
			t.Fatal(err)
		}
		words := len(first.graph.words)
		if n := len(wordsIn(first.graph, first.state)); n > words/4 {
			t.Errorf("%d of %d words are said at first sight", n, words)
		}
		var traced []PassTrace
		e.hooks.Trace = func(p PassTrace) { traced = append(traced, p) }
		steps := 0
		found, judged, err := e.judge(t.Context(), seed, first, func() { steps++ })
		if err != nil {
			t.Fatal(err)
		}
		n := len(wordsIn(found.graph, found.state))
		if judged.verdict != test.want || (test.want == Fits) != (n > words*3/4) {
			t.Errorf("%v, %d of %d words are said; want %v", judged.verdict, n, words, test.want)
		}
		if least := len(schedule); steps < least {
			t.Errorf("%v: %d steps, want %d and more", test.want, steps, least)
		}
		var passes, want []string
		for _, p := range traced {
			passes = append(passes, p.Name)
		}
		if test.want == Fits {
			want = PassNames()
		}
		if !slices.Equal(passes, want) {
			t.Errorf("%v: %v are traced, want %v", test.want, passes, want)
		}
	}
}

// A part of a page is held to the sound around what is said of it, not to the rest of the recording,
// unless it is too short to refuse.
func TestContrastOfPart(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	for _, test := range []struct {
		name        string
		turns       []transcript.Turn
		least, most float64
	}{
		{"the first third", s.script.Turns[:3], 2, 99},
		{"the last third", s.script.Turns[5:], 2, 99},
		{"too few words to refuse", s.script.Turns[:1], -1, 0.5},
	} {
		e, seed := sampleEpisode(t, false)
		e.script = &transcript.Script{Turns: test.turns}
		e.readings = read(e.script, "en", DefaultCosts().LongPhrase)
		found, err := e.run(t.Context(), seed, func(float64) {})
		if err != nil {
			t.Fatal(err)
		}
		contrast, err := e.pairContrast(t.Context(), seed, found, 0, -99, func() {})
		if err != nil || contrast < test.least || contrast > test.most {
			t.Errorf("%s: a contrast of %g, want %g to %g; error %v", test.name, contrast, test.least, test.most, err)
		}
	}
}

// TestUnheard: where nothing is heard there is nothing to refuse, and nothing is put back.
func TestUnheard(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	script := parse(t, strings.Repeat(another, 3))
	samples := make([]float32, 40*audio.Rate)
	random := rand.New(rand.NewPCG(1, 2))
	for second := 5; second < 40; second += 10 { // a rustle
		for i := range audio.Rate / 10 {
			samples[second*audio.Rate+i] = random.Float32() - 0.5
		}
	}
	a, err := Align(t.Context(), framesOf(t, samples), script, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if a.Verdict != Mismatched {
		t.Errorf("the verdict is %v", a.Verdict)
	}
	for i, turn := range a.Turns {
		if turn.Spoken {
			t.Errorf("turn %d is spoken", i)
		}
	}
}

func TestReach(t *testing.T) {
	for _, test := range []struct{ said, cover, want float64 }{
		{1, 0.1, 1}, {0.1, 1, 1}, {0.5, 0.2, 1}, {0.1, 0.2, 0.4}, {0, 0, 0},
	} {
		if got := (match{said: test.said, cover: test.cover}).reach(); !near(got, test.want) {
			t.Errorf("%+v: %g", test, got)
		}
	}
}

func TestAllFrames(t *testing.T) {
	for _, test := range []struct {
		words map[int32]place
		want  place
	}{
		{nil, place{}},
		{map[int32]place{4: {10, 20}}, place{10, 20}},
		{map[int32]place{2: {10, 20}, 7: {40, 50}, 3: {25, 30}}, place{10, 50}},
	} {
		if got := allFrames(test.words); got != test.want {
			t.Errorf("%v: %v, want %v", test.words, got, test.want)
		}
	}
}

func TestWordCount(t *testing.T) {
	for _, test := range []struct {
		text string
		want float64
	}{
		{"Anna: One, two -- three!", 3},
		{"Anna: 時計が止まりました。", 9 * 0.625},
		{"Anna: One 時計 two.", 2 + 2*0.625},
	} {
		if got := wordCount(read(parse(t, test.text), "en", DefaultCosts().LongPhrase)); got != test.want {
			t.Errorf("%q counts as %g words, want %g", test.text, got, test.want)
		}
	}
}

// A decoy has the sentences of the script in length, and its words with their pronunciations,
// in another order, which is the same each time.
func TestShuffledText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		seed := rapid.Uint64().Draw(t, "seed")
		got, again := shuffledText(readings, seed), shuffledText(readings, seed)
		type pair struct{ text, phones string }
		pairs := func(readings []reading) (all []pair) {
			for _, r := range readings {
				for i, w := range r.words {
					all = append(all, pair{w.Text, fmt.Sprint(r.said[i].Ways())})
				}
			}
			return all
		}
		if !slices.Equal(pairs(got), pairs(again)) {
			t.Fatal("the order depends on more than the seed")
		}
		for i, r := range readings {
			g := got[i]
			if len(g.words) != len(r.words) || len(g.said) != len(r.said) ||
				g.before != r.before || g.after != r.after || g.within != r.within {
				t.Fatalf("sentence %d is %v, want as long as %v", i, g, r)
			}
		}
		sorted := func(readings []reading) []pair {
			all := pairs(readings)
			slices.SortFunc(all, func(a, b pair) int { return strings.Compare(a.text+a.phones, b.text+b.phones) })
			return all
		}
		if !slices.Equal(sorted(got), sorted(readings)) {
			t.Fatal("the words are others")
		}
	})
	readings := read(readSample(t).script, "en", DefaultCosts().LongPhrase)
	if first := shuffledText(readings, 0); slices.EqualFunc(first, readings, func(a, b reading) bool {
		return slices.EqualFunc(a.words, b.words, func(a, b transcript.Word) bool { return a.Text == b.Text })
	}) {
		t.Error("the order stays")
	}
}

func TestSaidWithin(t *testing.T) {
	g := newGraph([]reading{say("one", "two"), say("three"), say("four", "five"), say("six")}, testGrammar(statesPerPhone))
	words := map[int32]place{0: {10, 20}, 1: {20, 30}, 3: {40, 50}, 4: {50, 60}, 5: {70, 80}}
	for _, test := range []struct {
		at   place
		want span
	}{
		{place{0, 100}, span{0, 4}}, // the second sentence, which nobody says, is between others
		{place{15, 100}, span{2, 4}},
		{place{0, 59}, span{0, 1}},
		{place{10, 60}, span{0, 3}},
		{place{65, 100}, span{3, 4}},
		{place{81, 100}, span{0, 0}},
	} {
		if got := g.saidWithin(words, test.at); got != test.want {
			t.Errorf("within %v: sentences %v, want %v", test.at, got, test.want)
		}
	}
}

func TestStretches(t *testing.T) {
	const minute = 6000
	for _, test := range []struct {
		name   string
		frames int
		speech []span
		want   []place
	}{
		{"short", 6 * minute, []span{{0, 6 * minute}}, []place{{0, 6 * minute}}},
		{"all speech", 12 * minute, []span{{0, 12 * minute}},
			[]place{{minute, 3 * minute}, {5 * minute, 7 * minute}, {9 * minute, 11 * minute}}},
		{"speech at the end", 20 * minute, []span{{18 * minute, 20 * minute}},
			[]place{{17*minute + 2000, 19*minute + 2000}, {18 * minute, 20 * minute}, {18 * minute, 20 * minute}}},
		{"silence", 7 * minute, nil, []place{{0, 2 * minute}, {0, 2 * minute}, {0, 2 * minute}}},
	} {
		x := &features{n: test.frames, activity: make([]activity, test.frames)}
		for i := range x.activity {
			x.activity[i] = silence
		}
		for _, s := range test.speech {
			for i := s.first; i < s.end; i++ {
				x.activity[i] = speech
			}
		}
		if got := (&episode{features: x}).stretches(place{0, test.frames}); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	within := place{minute, 7 * minute}
	if got := (&episode{features: &features{n: 40 * minute}}).stretches(within); !slices.Equal(got, []place{within}) {
		t.Errorf("words within six minutes of a long recording: %v", got)
	}
}

func TestMatchValue(t *testing.T) {
	for _, test := range []struct {
		match        match
		value, clear float64
	}{
		{match{}, 0, 0},
		{match{said: 1, cover: 1, mean: 0.5}, 1, 1},
		{match{said: 0.5, cover: 1, mean: 0.5}, 0.5, 0.75},  // half of the script is not recorded
		{match{said: 1, cover: 0.5, mean: 0.5}, 0.25, 0.75}, // half of the recording is not in the script
		{match{said: 0.5, cover: 0.5, mean: 0.5}, 0.125, 0.5},
		{match{said: 1, cover: 1, mean: -0.5}, 0, 0},
	} {
		if value, clear := test.match.value(), test.match.clear(); !near(value, test.value) || !near(clear, test.clear) {
			t.Errorf("%+v: %g and %g, want %g and %g", test.match, value, clear, test.value, test.clear)
		}
	}
}

func TestVerdictNames(t *testing.T) {
	for v, want := range map[Verdict]string{Fits: "fits", Doubtful: "doubtful", TooShort: "too short", TooNoisy: "too noisy", Mismatched: "mismatched"} {
		if v.String() != want {
			t.Errorf("%q, want %q", v, want)
		}
	}
}

// Each step goes on, and none comes to the end.
func TestCreeping(t *testing.T) {
	last := schedule[len(schedule)-2].done
	step := creeping(func(done float64) {
		if done <= last || done >= 1 {
			t.Errorf("%g behind %g", done, last)
		}
		last = done
	})
	for range 100 {
		step()
	}
	if last < 0.99 {
		t.Errorf("after 100 steps %g", last)
	}
}

func TestTrustHasNoJumps(t *testing.T) {
	for _, test := range []struct{ contrast, cover, words, want float64 }{
		{-1, 1, 200, 0}, {0, 1, 200, 0}, {0.25, 1, 200, 0.15625}, {0.5, 1, 200, 0.5}, {0.5, 0.5, 200, 0.125},
		{1, 0.5, 200, 0.25}, {1.125, 0.5, 200, 0.625}, {1.25, 0.5, 200, 1}, {7, 0.1, 200, 1},
		{0.5, 1, 0, 0.5}, {0.5, 1, 300, 0.5}, // fewer words change nothing
		{0.5 / math.Sqrt2, 1, 600, 0.5}, {-1, 1, 600, 0}, {0.8, 0.5, 600, 0.25}, {1.125, 0.5, 600, 0.625},
		{0.25, 1, 1000, 0.434819}, {0.25, 1, 1e6, 0.434819},
	} {
		if got := trustIn(test.contrast, test.cover, test.words); math.Abs(got-test.want) > 1e-5 {
			t.Errorf("a contrast of %g, a cover of %g, %g words: %g, want %g", test.contrast, test.cover, test.words, got, test.want)
		}
	}
}

// TestNoSpeech: what nobody speaks in is told apart from a script of another recording, without a search.
func TestNoSpeech(t *testing.T) {
	script, err := transcript.Parse(strings.Repeat("Anna: Nobody says a word of this.\n\n", 2000))
	if err != nil {
		t.Fatal(err)
	}
	for name, samples := range map[string][]float32{
		"zeros": make([]float32, 60*audio.Rate), "a constant": slices.Repeat([]float32{0.25}, 60*audio.Rate),
	} {
		o := DefaultOptions()
		o.Hooks = &Hooks{Trace: func(PassTrace) { t.Errorf("%s: is searched", name) }}
		if _, err := Align(t.Context(), framesOf(t, samples), script, o); !errors.Is(err, ErrNoSpeech) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTooManyWords: a script that nobody could say in the recording, and an hour beyond, is
// refused without a search, unless it is forced.
func TestTooManyWords(t *testing.T) {
	for _, test := range []struct {
		words   int
		length  time.Duration
		refused bool
	}{
		{39_300, 0, false},
		{40_000, time.Minute, true},
		{42_500, 5 * time.Minute, false},
		{42_600, 5 * time.Minute, true},
		{14_000, time.Minute, false}, // the page of an episode, with a minute of it
		{100_000, 90 * time.Minute, true},
		{250_000, 24 * time.Hour, false},
	} {
		if err := checkLength(float64(test.words), test.length); errors.Is(err, ErrTooManyWords) != test.refused {
			t.Errorf("%d words in %v: %v", test.words, test.length, err)
		}
	}
	sentence := transcript.Sentence{Words: slices.Repeat([]transcript.Word{{Text: "no"}}, 100)}
	script := &transcript.Script{Turns: []transcript.Turn{{Sentences: slices.Repeat([]transcript.Sentence{sentence}, 400)}}}
	silence := framesOf(t, make([]float32, 20*audio.Rate))
	o := DefaultOptions()
	if _, err := Align(t.Context(), silence, script, o); !errors.Is(err, ErrTooManyWords) {
		t.Errorf("40,000 words in 20 s: %v", err)
	}
	o.Force = true
	if _, err := Align(t.Context(), silence, script, o); !errors.Is(err, ErrNoSpeech) {
		t.Errorf("40,000 words in 20 s, forced: %v", err)
	}
}

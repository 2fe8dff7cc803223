package main

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

// The regression finds the weights by which what it observes was drawn.
func TestRegress(t *testing.T) {
	want := align.Regression{Weights: []float64{-1, 0.8, 1.5, -0.6}, Unlikely: 1}
	r := rand.New(rand.NewPCG(1, 2))
	var all []*observation
	for range 20_000 {
		e := align.Evidence{Unspoken: &align.UnspokenEvidence{
			Constant: 1, SaidMargin: r.NormFloat64(), Filled: r.NormFloat64(), TypicalFit: r.NormFloat64(),
		}}
		all = append(all, &observation{evidence: e, right: r.Float64() < want.Chance(e.Values())})
	}
	// Those that are spoken, or of a pair that doesn't fit, don't count.
	all = append(all, &observation{spoken: true}, &observation{evidence: all[0].evidence, verdict: align.Mismatched})
	got := regress(all, false)
	for i, w := range want.Weights {
		if math.Abs(got[i]-w) > 0.1 {
			t.Errorf("weights %.2f, want %.2f", got, want.Weights)
			break
		}
	}
}

// What the weights of the others call unlikely is as unlikely as each corpus has it, however much of
// it there is, and whatever they call likely.
func TestUnlikely(t *testing.T) {
	race.Skip(t, race.Slow)
	weights := make([]float64, len(align.SpokenEvidence{}.Values()))
	weights[1] = 1
	others := map[string][]float64{"a": weights, "b": weights}
	said := func(logOdds float64) align.Evidence {
		return align.Evidence{Spoken: &align.SpokenEvidence{StartMargin: logOdds}}
	}
	for _, test := range []struct {
		a, b, above float64 // what the logarithm of the odds is multiplied by in truth: below 0, of a and b, and above
		want        float64
	}{
		{0.5, 0.5, 1, 0.5}, {0.5, 0.5, 0.1, 0.5}, {1, 1, 0.3, 1}, {2, 2, 1, 1}, {-1, -1, 1, 0.01},
		{0.2, 1, 1, 0.46}, {1, 0.2, 1, 0.46},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		var all []*observation
		for i := range 20_000 {
			corpus, below := "a", test.a
			if i%5 == 0 {
				corpus, below = "b", test.b
			}
			logOdds := 2 * r.NormFloat64()
			factor := test.above
			if logOdds < 0 {
				factor = below
			}
			right := r.Float64() < 1/(1+math.Exp(-factor*logOdds))
			all = append(all, &observation{corpus: corpus, evidence: said(logOdds), spoken: true, right: right})
		}
		// What doesn't fit, is unspoken, or has no weights of others doesn't count.
		all = append(all, &observation{corpus: "a", evidence: said(-100), spoken: true, right: true, verdict: align.Mismatched},
			&observation{corpus: "a", evidence: align.Evidence{Unspoken: &align.UnspokenEvidence{}}},
			&observation{corpus: "c", evidence: said(-100), spoken: true, right: true})
		if got := unlikely(all, others); math.Abs(got-test.want) > 0.05 {
			t.Errorf("%+v: %.2f", test, got)
		}
	}
	if got := unlikely(nil, others); got != 1 {
		t.Errorf("of nothing %g, want 1", got)
	}
}

func TestDamageNeedsAnother(t *testing.T) {
	manifest := filepath.Join(t.TempDir(), "corpora.csv")
	rows := "corpus,use,model,speech\na,fit,,a\na,judge,,a\nb,judge,,b\n"
	if err := os.WriteFile(manifest, []byte(rows), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		c    config
		dirs []string
	}{{config{}, []string{"a"}}, {config{corpora: manifest, fit: true}, nil}} {
		if err := run(t.Context(), test.c, test.dirs, io.Discard); err == nil || !strings.Contains(err.Error(), "two episodes") {
			t.Errorf("%+v, %v: error %v", test.c, test.dirs, err)
		}
	}
}

func TestReadCorpora(t *testing.T) {
	const header = "corpus,use,model,speech\n"
	got, err := readCorpora(strings.NewReader(header+"x,fit,one,a/b a/c\ny,judge,,d\n"), "root", "models")
	want := []part{
		{"x", true, filepath.Join("models", "one.model"), []string{filepath.Join("root", "a/b"), filepath.Join("root", "a/c")}},
		{"y", false, "", []string{filepath.Join("root", "d")}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, error %v, want %+v", got, err, want)
	}
	for rows, want := range map[string]string{
		"": "columns", "corpus,speech\nx,a\n": "columns", header + "x,fitted,,a\n": "row 2", header + "x,fit,, \n": "no speech",
		header + "x,fit\n": "fields",
	} {
		if _, err := readCorpora(strings.NewReader(rows), "", ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", rows, err, want)
		}
	}
}

// Each clip is a sentence that begins with its first sound, and speakers take turns.
func TestJoin(t *testing.T) {
	root := t.TempDir()
	tone := func(quiet, loud int) []byte { // samples of each, the loud ones at half of full scale
		r := rand.New(rand.NewPCG(1, 1))
		data := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00" +
			"\x01\x00\x01\x00\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data")
		data = binary.LittleEndian.AppendUint32(data, uint32(2*(quiet+loud)))
		for i := range quiet + loud {
			v := int16(r.IntN(20) - 10)
			if i >= quiet {
				v += int16(16384 * math.Sin(float64(i)/5))
			}
			data = binary.LittleEndian.AppendUint16(data, uint16(v))
		}
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
		return data
	}
	for name, clip := range map[string]struct {
		text        string
		quiet, loud int
	}{
		"ann/001": {"One of them.", 3200, 16000}, "ann/002": {"Two of them.", 1600, 8000}, "bob/001": {"Three of them.", 1600, 8000},
	} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		for file, data := range map[string][]byte{file + ".wav": tone(clip.quiet, clip.loud), file + ".txt": []byte(clip.text)} {
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	dirs := []string{filepath.Join(root, "ann"), filepath.Join(root, "bob")}
	for number := range uint64(20) {
		e, err := join(dirs, number)
		if err != nil {
			t.Fatal(err)
		}
		lengths := map[string]int{"One": 16000, "Two": 8000, "Three": 8000}
		end := 0
		for _, s := range e.sentences {
			if n := s.end - s.start; n < lengths[s.words[0].Text] || n > lengths[s.words[0].Text]+160 {
				t.Errorf("join %d: %q has %d samples", number, s.words[0].Text, n)
			}
			if pause := s.start - end; pause < 0 || pause > 3*audio.Rate {
				t.Errorf("join %d: a pause of %d samples", number, pause)
			}
			end = s.end
			delete(lengths, s.words[0].Text)
		}
		if len(lengths) > 0 || len(e.samples) < end {
			t.Errorf("join %d: %v are missing; %d samples, the last sentence ends at %d", number, lengths, len(e.samples), end)
		}
	}
	if _, err := join([]string{root}, 0); err == nil || !strings.Contains(err.Error(), "neither truth.json nor") {
		t.Errorf("a folder without clips: error %v", err)
	}
}

// What begins earlier is added to what is there, and no sample is lost.
func TestAdvance(t *testing.T) {
	e := &episode{samples: []float32{1, 2, 3, 4, 5, 6}, sentences: []sentence{{start: 0, end: 4}, {start: 4, end: 6},
		{start: -1, end: -1}}}
	e.advance(4, 2)
	if want := []float32{1, 2, 3 + 5, 4 + 6}; !slices.Equal(e.samples, want) {
		t.Errorf("samples %v, want %v", e.samples, want)
	}
	if s := e.sentences; s[0].start != 0 || s[0].end != 4 || s[1].start != 2 || s[1].end != 4 || s[2].start != -1 {
		t.Errorf("sentences %+v", s)
	}
}

// A bin is marked where it is off by more than 0.05 and more than chance allows. The copies of a
// sentence are wrong by one chance.
func TestBin(t *testing.T) {
	copies := func(copies, n, right int, confidence float64) []*observation {
		var all []*observation
		for i := range n {
			all = append(all, &observation{confidence: confidence, right: i < right, spoken: true, sentence: [2]int{1: i / copies}})
		}
		return all
	}
	observed := func(n, right int, confidence float64) []*observation { return copies(1, n, right, confidence) }
	for _, test := range []struct {
		some      []*observation
		low, high float64
		n         int
		mark      string
	}{
		{observed(100, 90, 0.9), 0.9, 1, 100, ""},
		{observed(100, 80, 0.9), 0.9, 1, 100, "*"},
		{observed(10, 8, 0.9), 0.9, 1, 10, ""},      // within chance
		{observed(1e5, 94e3, 0.9), 0.9, 1, 1e5, ""}, // within 0.05
		{observed(3, 3, 1), 0.9, 1, 3, ""},
		{observed(3, 3, 0.9), 0.8, 0.9, 0, ""},
		{copies(10, 100, 80, 0.9), 0.9, 1, 100, ""}, // two sentences of ten are wrong
		{copies(10, 1000, 800, 0.9), 0.9, 1, 1000, "*"},
		{copies(10, 1000, 800, 0.7), 0.6, 0.8, 1000, "*"},
		{copies(100, 1000, 800, 0.7), 0.6, 0.8, 1000, ""},
	} {
		if b := binOf(test.some, test.low, test.high); b.n != test.n || b.mark() != test.mark {
			t.Errorf("%+v with the mark %q, want %d with %q", b, b.mark(), test.n, test.mark)
		}
	}
}

// What is said stays where it is when audio before it is cut, and what is cut is not said.
func TestCut(t *testing.T) {
	e := &episode{samples: make([]float32, 100), sentences: []sentence{{start: 0, end: 10}, {start: 20, end: 30},
		{start: 28, end: 50}, {start: 60, end: 90}, {start: -1, end: -1}}}
	e.cut(15, 35)
	want := []sentence{{start: 0, end: 10}, {start: -1, end: -1}, {start: 15, end: 30, doubtful: true}, {start: 40, end: 70},
		{start: -1, end: -1}}
	for i, s := range e.sentences {
		if s.start != want[i].start || s.end != want[i].end || s.doubtful != want[i].doubtful {
			t.Errorf("sentence %d is %+v, want %+v", i, s, want[i])
		}
	}
	if len(e.samples) != 80 {
		t.Errorf("%d samples, want 80", len(e.samples))
	}
}

// A page is decoded as by the program.
func TestReadPage(t *testing.T) {
	for name, data := range map[string]string{
		"UTF-8": "\ufeffAnn: Caf\u00e9.\r\n", "Windows-1252": "Ann: Caf\xe9.\n",
		"UTF-16": "\xff\xfeA\x00n\x00n\x00:\x00 \x00C\x00a\x00f\x00\xe9\x00.\x00",
	} {
		file := filepath.Join(t.TempDir(), "transcript.txt")
		if err := os.WriteFile(file, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := readPage(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := s.Turns[0].Speaker + ": " + s.Turns[0].Sentences[0].Text(); got != "Ann: Caf\u00e9." {
			t.Errorf("%s: read as %q", name, got)
		}
	}
	if s, err := readPage(filepath.Join(t.TempDir(), "none")); s != nil || err != nil {
		t.Errorf("no page: %v, error %v", s, err)
	}
}

func TestSet(t *testing.T) {
	tuning := align.DefaultTuning()
	for _, assignment := range []string{"SkipSentence=60", "MAPTau=20.5", "LongRun=7", "LongState=100ms"} {
		if err := set(&tuning, assignment); err != nil {
			t.Error(err)
		}
	}
	want := align.DefaultTuning()
	want.SkipSentence, want.MAPTau, want.LongRun, want.LongState = 60, 20.5, 7, 100*time.Millisecond
	if tuning != want {
		t.Errorf("%+v, want %+v", tuning, want)
	}
	for assignment, want := range map[string]string{
		"Skip=1": "SkipSentence", "Costs=1": "no constant", "SkipSentence": "like 60", "SkipSentence=much": "like 60",
		"LongRun=1.5": "like 7", "LongState=3": "like 100ms",
	} {
		if err := set(&tuning, assignment); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", assignment, err, want)
		}
	}
}

// match leaves the order as it is and pairs as many as the quadratic algorithm does.
func TestMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 12)
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		n, last := 0, -1
		for i, j := range match(a, b) {
			if j < 0 {
				continue
			}
			if a[i] != b[j] || j <= last {
				t.Fatalf("%d is paired with %d, after %d", i, j, last)
			}
			last = j
			n++
		}
		longest := make([][]int, len(a)+1)
		for i := range longest {
			longest[i] = make([]int, len(b)+1)
			for j := range longest[i] {
				switch {
				case i == 0 || j == 0:
				case a[i-1] == b[j-1]:
					longest[i][j] = longest[i-1][j-1] + 1
				default:
					longest[i][j] = max(longest[i-1][j], longest[i][j-1])
				}
			}
		}
		if n != longest[len(a)][len(b)] {
			t.Fatalf("%d pairs, want %d", n, longest[len(a)][len(b)])
		}
	})
}

func TestTally(t *testing.T) {
	at := func(second float64) int { return int(second * audio.Rate) }
	said := func(text string, start float64) sentence {
		return sentence{words: []transcript.Word{{Text: text}, {Text: "so"}}, start: at(start), end: at(start + 1)}
	}
	unsaid := func(text string) sentence { s := said(text, 0); s.start, s.end = -1, -1; return s }
	e := &episode{sentences: []sentence{said("Right,", 1), said("late,", 3), said("lost,", 5), unsaid("cut,"),
		unsaid("heard,"), said("unheard,", 9)}}
	aligned := func(text string, start float64, spoken bool, confidence float64) align.Sentence {
		first := time.Duration(start * float64(time.Second))
		return align.Sentence{Words: []align.Word{
			{Text: text, Segment: audio.Segment{Start: first, End: first + time.Second}, Spoken: spoken, Confidence: confidence},
			{Text: "so.", Spoken: spoken},
		}}
	}
	a := &align.Alignment{Turns: []align.Turn{{Sentences: []align.Sentence{
		aligned("The title", 0, false, 0.5), aligned("right,", 1.2, true, 0.9), aligned("Late,", 3.3, true, 0.4),
		aligned("cut,", 7, false, 0.5), aligned("heard,", 7, true, 0.5), aligned("unheard,", 9, false, 0.5),
	}}}}
	want := tally{said: 4, wrong: 3, missing: 2, unsaid: 2, found: 1, right: average{0.9, 1}, off: average{0.4, 1}}
	if got := e.tally(a); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// The sample is counted, and a constant that is set tells in the counts: where leaving
// out a sentence costs too much, the one that nobody says is not found to be unsaid.
func TestCounts(t *testing.T) {
	for assignment, want := range map[string]string{"SkipSentence=120": " 1/1 ", "SkipSentence=5000": " 0/1 "} {
		c := config{counts: true, tuning: align.DefaultTuning()}
		if err := set(&c.tuning, assignment); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := run(t.Context(), c, []string{"../../testdata/sample"}, &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s: %s, want %s", assignment, b.String(), want)
		}
	}
}

// A recording is found beside captions of its name, and what is wrong is said where there is none.
func TestOpenRecording(t *testing.T) {
	wav, err := os.ReadFile("../../testdata/sample/audio.wav")
	if err != nil {
		t.Fatal(err)
	}
	srt := []byte("1\n00:00:01,000 --> 00:00:02,000\nHello.\n")
	for _, test := range []struct {
		files map[string][]byte
		err   string // part of it, "" for none
	}{
		{map[string][]byte{"audio.wav": wav}, ""},
		{map[string][]byte{"audio.srt": srt, "audio.wav": wav}, ""},
		{map[string][]byte{"audio.srt": srt}, "audio.srt"},
		{map[string][]byte{"truth.json": nil}, "audio.*"},
	} {
		dir := t.TempDir()
		for name, data := range test.files {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		r, err := openRecording(filepath.Join(dir, "audio"))
		if err == nil {
			r.Close()
		}
		if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%v: %v, want %q", slices.Sorted(maps.Keys(test.files)), err, test.err)
		}
	}
}

// Windows begin at sentences and hold those that end in them; the farthest one overlaps none
// of its own.
func TestWindows(t *testing.T) {
	e := &episode{samples: make([]float32, 100*audio.Rate)}
	for s := range 20 {
		e.sentences = append(e.sentences, sentence{start: 5 * s * audio.Rate, end: (5*s + 4) * audio.Rate})
	}
	e.sentences[7].start, e.sentences[7].end = -1, -1 // nobody says it
	windows := e.windows(30)
	var got [][2]int
	for _, w := range windows {
		if len(w.samples) != 30*audio.Rate {
			t.Errorf("%d samples", len(w.samples))
		}
		for _, s := range w.sentences {
			if s.start < w.at*audio.Rate || s.end > (w.at+31)*audio.Rate {
				t.Errorf("a window at %d s holds a sentence from %d to %d", w.at, s.start/audio.Rate, s.end/audio.Rate)
			}
		}
		got = append(got, [2]int{w.at, len(w.sentences)})
	}
	if want := [][2]int{{0, 6}, {39, 6}, {69, 6}}; !slices.Equal(got, want) {
		t.Errorf("windows at and with %v, want %v", got, want)
	}
	for k, want := range []int{69, 0, 0} {
		if far := farthest(windows, k); far == nil || far.at != want {
			t.Errorf("farthest from window %d: %v, want that at %d s", k, far, want)
		}
	}
	if far := farthest(windows[:1], 0); far != nil {
		t.Errorf("a window alone has another one: %+v", far)
	}
	if e.windows(101) != nil {
		t.Error("a window longer than the recording")
	}
}

// Pairs are made of episodes of a language whose scripts share no passages.
func TestStrangers(t *testing.T) {
	const opening = "Good evening, and welcome to the show. Tonight we talk about bread and about the people who bake it. "
	const end = "The dough has to rest for a long time before anybody puts it into the oven, and nobody should hurry it."
	var texts []passages
	for _, text := range []string{
		opening + end,
		"Bonsoir et bienvenue dans cette émission. Nous parlons du pain et des gens qui le font avec beaucoup de soin.",
		"The ship left the harbour in the morning, and all of the sailors were on deck to see the coast go down behind them.",
		"\"GOOD EVENING -- and welcome to the show!\" Another evening has another subject, which is how the mail gets to an island.",
	} {
		words, err := readWords(text)
		if err != nil {
			t.Fatal(err)
		}
		e := &episode{sentences: []sentence{{words: words}}}
		texts = append(texts, e.passages())
	}
	for i, want := range [][]int{{2}, nil, {3, 0}, {2}} {
		wantRelated := map[int]int{0: 1, 3: 1}[i]
		if got, related := strangers(texts, i); !slices.Equal(got, want) || related != wantRelated {
			t.Errorf("%d: %v and %d that share passages, want %v and %d", i, got, related, want, wantRelated)
		}
	}
	few := wordRuns{{"a", "b", "c", "d", "e"}: true, {"b", "c", "d", "e", "f"}: true}
	if got := few.shared(wordRuns{{"b", "c", "d", "e", "f"}: true}); got != 1 {
		t.Errorf("a script that is in another one shares %g", got)
	}
	if got := (wordRuns{}).shared(few); got != 0 {
		t.Errorf("nothing shares %g", got)
	}
}

// The sample and its sentences are a true pair.
func TestPairs(t *testing.T) {
	race.Skip(t, race.Slow)
	var out strings.Builder
	c := config{pairs: true, tuning: align.DefaultTuning()}
	if err := run(t.Context(), c, []string{"../../testdata/sample"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`(?m)^true, whole +1 +0 +0 +0 +0 +1 +1$`, `(?m)^true, in noise of -5 dB +1 +0 +0 +0 `,
		`(?m)^true, 20 s +[1-5] +0 +0 +0 `, `(?m)^true, 60 s, part of text +[1-9] +0 +0 +0 `, `(?m)^false, half +2 +0 +0 +2 `, `(?m)^false, 30 s +[1-5] `,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("it says\n%s\nwant %s", out.String(), want)
		}
	}
	if err := run(t.Context(), config{pairs: true}, nil, io.Discard); err == nil {
		t.Error("no episode is no error")
	}
}

// The fit finds the weights by which the places of the boundaries are as likely as they are.
func TestFitWeights(t *testing.T) {
	race.Skip(t, race.Slow)
	want := &align.BoundaryWeights{}
	r := rand.New(rand.NewPCG(1, 2))
	for _, class := range []int{1, 5} {
		for k := range want[0][class] {
			want[0][class][k], want[1][class][k] = r.NormFloat64()/4, r.NormFloat64()/4
		}
	}
	var all []seen
	for i := range 2000 {
		b := seen{}
		b.Classes = [2]int{1 + i%2*4, 1 + i/2%2*4}
		for i := range b.Values {
			for k := range b.Values[i] {
				b.Values[i][k] = r.NormFloat64()
			}
		}
		chances := want.Chances(&b.Boundary)
		b.chances = chances[:]
		all = append(all, b)
	}
	got, err := fitWeights(all)
	if err != nil {
		t.Fatal(err)
	}
	// A constant may move from all phones before to all phones behind: pairs are compared.
	for _, before := range []int{1, 5} {
		for _, behind := range []int{1, 5} {
			for k := range want[0][before] {
				g, w := got[0][before][k]+got[1][behind][k], want[0][before][k]+want[1][behind][k]
				if math.Abs(g-w) > 0.1 {
					t.Errorf("classes %d and %d, value %d: weight %.2f, want %.2f", before, behind, k, g, w)
				}
			}
		}
	}
	if _, err := fitWeights(nil); err == nil {
		t.Error("nothing is fitted on without an error")
	}
}

func TestAround(t *testing.T) {
	for _, test := range []struct {
		at    float64
		first int // of the two likeliest candidates, or the likeliest
		same  bool
	}{{3, 3, false}, {3.5, 3, true}, {-2, 0, false}, {20, 11, false}} {
		got := around(test.at, 12)
		sum := 0.0
		for _, p := range got {
			sum += p
		}
		same := math.Abs(got[min(test.first+1, 11)]-got[test.first]) < 1e-9
		if math.Abs(sum-1) > 1e-9 || slices.Max(got) != got[test.first] || test.same && !same {
			t.Errorf("around %g: %.3f", test.at, got)
		}
	}
}

// Words of the truth 5 ms behind those of the aligner are 5 ms too early, and boundaries can
// be fitted on them.
func TestBoundaries(t *testing.T) {
	race.Skip(t, race.Slow)
	dir := t.TempDir()
	wav, err := os.ReadFile("../../testdata/sample/audio.wav")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "audio.wav"), wav, 0o666); err != nil {
		t.Fatal(err)
	}
	write := func(truth map[string]any) {
		data, err := json.Marshal(truth)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "truth.json"), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	sentences := []map[string]any{{"text": "This is Small Wonders, and I’m Nora Quill."}}
	write(map[string]any{"sentences": sentences})
	e, err := load(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, err := audio.Analyze(t.Context(), &source{e.samples})
	if err != nil {
		t.Fatal(err)
	}
	o := align.DefaultOptions()
	o.Force = true
	a, err := align.Align(t.Context(), f, e.script(), o)
	if err != nil {
		t.Fatal(err)
	}
	var words []map[string]any
	for _, w := range a.Turns[0].Sentences[0].Words {
		words = append(words, map[string]any{"text": w.Text, "start": w.Start.Seconds() + 0.005, "end": w.End.Seconds() + 0.005})
	}
	for _, test := range []struct {
		words []map[string]any
		fit   bool
		want  string // in what is printed, or in the error
	}{
		{words, false, "5.0 -5.0 (1) "}, {nil, false, " - "},
		{words, true, "behind,stop,"}, {nil, true, "no words with times"},
	} {
		write(map[string]any{"sentences": sentences, "words": test.words})
		c := config{boundaries: true, fit: test.fit, tuning: align.DefaultTuning()}
		dirs := []string{dir}
		var b strings.Builder
		if err := run(t.Context(), c, dirs, &b); err != nil {
			b.WriteString(err.Error())
		}
		if !strings.Contains(b.String(), test.want) {
			t.Errorf("%d words, fit %v: %s, want %q", len(test.words), test.fit, b.String(), test.want)
		}
	}
}

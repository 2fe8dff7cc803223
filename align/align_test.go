package align

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

const sampleDir = "../testdata/sample"

// sample is the sample episode with its truth, read once for all tests.
type sample struct {
	samples []float32
	frames  *audio.Frames
	script  *transcript.Script
	truth   truth
}

// truth is what testdata/README.md describes; times are in seconds.
type truth struct {
	Sentences []struct {
		Turn       int
		Text       string
		Start, End *float64 // nil: not said
	}
	Nonspeech []struct {
		Kind       string
		Start, End float64
	}
}

var loadSample = sync.OnceValues(func() (*sample, error) {
	s := new(sample)
	page, err := os.ReadFile(filepath.Join(sampleDir, "page.txt"))
	if err != nil {
		return nil, err
	}
	if s.script, err = transcript.Parse(string(page)); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(sampleDir, "truth.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &s.truth); err != nil {
		return nil, err
	}
	r, err := audio.Open(context.Background(), filepath.Join(sampleDir, "audio.wav"))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for buffer := make([]float32, audio.Rate); ; {
		n, err := r.Read(buffer)
		s.samples = append(s.samples, buffer[:n]...)
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	s.frames, err = audio.Analyze(context.Background(), &pcm{s.samples})
	return s, err
})

func readSample(t testing.TB) *sample {
	t.Helper()
	s, err := loadSample()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pcm is samples as a Source.
type pcm struct{ rest []float32 }

func (p *pcm) Read(dst []float32) (int, error) {
	n := copy(dst, p.rest)
	if p.rest = p.rest[n:]; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func framesOf(t testing.TB, samples []float32) *audio.Frames {
	t.Helper()
	f, err := audio.Analyze(t.Context(), &pcm{samples})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func parse(t testing.TB, page string) *transcript.Script {
	t.Helper()
	s, err := transcript.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check holds an alignment to what every alignment is.
func check(t testing.TB, a *Alignment, s *transcript.Script, f *audio.Frames) {
	t.Helper()
	if (a.Segment != audio.Segment{End: f.Duration()}) {
		t.Errorf("the recording is %v, want its %v", a.Segment, f.Duration())
	}
	inside := func(what string, seg audio.Segment, in audio.Segment) {
		t.Helper()
		if seg.Start < in.Start || seg.End > in.End || seg.Start > seg.End {
			t.Errorf("%s is %v, outside %v", what, seg, in)
		}
	}
	chance := func(what string, c float64) {
		t.Helper()
		if !(c >= 0 && c <= 1) {
			t.Errorf("%s has the confidence %g", what, c)
		}
	}
	var turnStart, sentenceStart, wordStart, wordEnd time.Duration
	if len(a.Turns) != len(s.Turns) {
		t.Fatalf("%d turns, want %d", len(a.Turns), len(s.Turns))
	}
	for i, turn := range a.Turns {
		if turn.Speaker != s.Turns[i].Speaker || len(turn.Sentences) != len(s.Turns[i].Sentences) {
			t.Fatalf("turn %d is %d sentences by %q, want %d by %q", i, len(turn.Sentences), turn.Speaker,
				len(s.Turns[i].Sentences), s.Turns[i].Speaker)
		}
		inside("turn", turn.Segment, a.Segment)
		chance("turn", turn.Confidence)
		if turn.Start < turnStart {
			t.Errorf("turn %d starts at %v, after %v", i, turn.Start, turnStart)
		}
		turnStart = turn.Start
		spokenTurn := false
		for j, sentence := range turn.Sentences {
			want := s.Turns[i].Sentences[j]
			if sentence.Paragraph != want.Paragraph || len(sentence.Words) != len(want.Words) {
				t.Fatalf("sentence %d of turn %d is %d words of paragraph %d, want %d of %d", j, i, len(sentence.Words),
					sentence.Paragraph, len(want.Words), want.Paragraph)
			}
			in := a.Segment
			if turn.Spoken && sentence.Spoken {
				in = turn.Segment
			}
			inside(want.Text(), sentence.Segment, in)
			chance(want.Text(), sentence.Confidence)
			if sentence.Start < sentenceStart {
				t.Errorf("%q starts at %v, after %v", want.Text(), sentence.Start, sentenceStart)
			}
			sentenceStart = sentence.Start
			spoken := false
			passable := map[int]bool{}
			for _, o := range optionals(want.Words, costs.LongPhrase) {
				for k := o.first; k < o.end; k++ {
					passable[int(k)] = true
				}
			}
			for k, w := range sentence.Words {
				if w.Text != want.Words[k].Text || w.Inserted != want.Words[k].Inserted {
					t.Errorf("word %d of %q is %q, inserted %v", k, want.Text(), w.Text, w.Inserted)
				}
				in := a.Segment
				if w.Spoken {
					in = sentence.Segment
				}
				inside(w.Text, w.Segment, in)
				chance(w.Text, w.Confidence)
				if w.Start < wordStart || w.Start < wordEnd {
					t.Errorf("%q of %q starts at %v, after %v-%v", w.Text, want.Text(), w.Start, wordStart, wordEnd)
				}
				wordStart, wordEnd = w.Start, w.End
				if w.Spoken == (w.Duration() == 0) {
					t.Errorf("%q is %v, spoken %v", w.Text, w.Segment, w.Spoken)
				}
				if sentence.Spoken && !w.Spoken && !want.Words[k].Inserted && !passable[k] {
					t.Errorf("%q of %q is not spoken, the sentence is", w.Text, want.Text())
				}
				spoken = spoken || w.Spoken
			}
			if sentence.Spoken != spoken || spoken == (sentence.Duration() == 0) {
				t.Errorf("%q is %v, spoken %v, its words %v", want.Text(), sentence.Segment, sentence.Spoken, spoken)
			}
			spokenTurn = spokenTurn || spoken
		}
		if turn.Spoken != spokenTurn || spokenTurn == (turn.Duration() == 0) {
			t.Errorf("turn %d is %v, spoken %v, its sentences %v", i, turn.Segment, turn.Spoken, spokenTurn)
		}
	}
	disjoint := func(what string, segs []audio.Segment) {
		t.Helper()
		var end time.Duration
		for _, seg := range segs {
			inside(what, seg, a.Segment)
			if seg.Start < end || seg.Duration() == 0 {
				t.Errorf("%s at %v, after one that ends at %v", what, seg, end)
			}
			end = seg.End
		}
	}
	disjoint("speech", a.Speech)
	var unscripted []audio.Segment
	for _, u := range a.Unscripted {
		unscripted = append(unscripted, u.Segment)
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				for _, w := range sentence.Words {
					if w.Overlap(u.Segment) > 0 {
						t.Errorf("unscripted at %v, where %q is said at %v", u.Segment, w.Text, w.Segment)
					}
				}
			}
		}
	}
	disjoint("unscripted", unscripted)
	if len(a.Directions) != len(s.Directions) {
		t.Fatalf("%d directions, want %d", len(a.Directions), len(s.Directions))
	}
	for i, d := range a.Directions {
		inside("direction "+d.Text, d.Segment, a.Segment)
		if d.Kind != s.Directions[i].Kind || d.Text != s.Directions[i].Text {
			t.Errorf("direction %d is %q, want %q", i, d.Text, s.Directions[i].Text)
		}
	}
}

// sampleCase is how well the sample episode has to be aligned.
type sampleCase struct {
	name      string
	options   Options
	tolerance time.Duration // of a sentence's start
	share     float64       // of the spoken sentences within it
	unscripted,
	music, // of both directions, within musicTolerance
	unspoken bool // each as the truth has it
}

const (
	musicTolerance      = 500 * time.Millisecond
	unscriptedTolerance = time.Second
)

func sampleCases() []sampleCase {
	return []sampleCase{
		{"classes", Options{}, 500 * time.Millisecond, 0.8, false, false, false},
		{"embedded model", DefaultOptions(), 100 * time.Millisecond, 1, true, true, true},
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func TestAlignSample(t *testing.T) {
	s := readSample(t)
	for _, test := range sampleCases() {
		t.Run(test.name, func(t *testing.T) {
			last := 0.0
			test.options.Progress = func(done float64) {
				if done < last || done > 1 {
					t.Errorf("progress %g after %g", done, last)
				}
				last = done
			}
			a, err := Align(t.Context(), s.frames, s.script, test.options)
			if err != nil {
				t.Fatal(err)
			}
			check(t, a, s.script, s.frames)
			if a.Lang != "en" {
				t.Errorf("the language is %q", a.Lang)
			}
			if last == 0 {
				t.Error("no progress was told")
			}

			var sentences []Sentence
			for _, turn := range a.Turns {
				sentences = append(sentences, turn.Sentences...)
			}
			if len(sentences) != len(s.truth.Sentences) {
				t.Fatalf("%d sentences, want %d", len(sentences), len(s.truth.Sentences))
			}
			within, spoken := 0, 0
			for i, want := range s.truth.Sentences {
				got := sentences[i]
				if want.Start == nil {
					if test.unspoken && got.Spoken {
						t.Errorf("%q is spoken at %v", want.Text, got.Segment)
					}
					continue
				}
				spoken++
				if off := got.Start - seconds(*want.Start); got.Spoken && off.Abs() <= test.tolerance {
					within++
				} else {
					t.Logf("%q starts at %v, off by %v, spoken %v", want.Text, got.Start, off, got.Spoken)
				}
				if test.unspoken && !got.Spoken {
					t.Errorf("%q is not spoken", want.Text)
				}
			}
			if share := float64(within) / float64(spoken); share < test.share {
				t.Errorf("%d of %d sentences start within %v", within, spoken, test.tolerance)
			}

			var music []Direction
			for _, d := range a.Directions {
				if d.Kind == transcript.Music {
					music = append(music, d)
				}
			}
			for _, n := range s.truth.Nonspeech {
				want := audio.Segment{Start: seconds(n.Start), End: seconds(n.End)}
				switch {
				case n.Kind == "music" && test.music:
					if len(music) == 0 || !alike(music[0].Segment, want, musicTolerance) {
						t.Errorf("music at %v, directions %v", want, music)
					} else {
						music = music[1:]
					}
					if !holds(a.Unscripted, want, UnscriptedMusic) {
						t.Errorf("music at %v, unscripted %v", want, a.Unscripted)
					}
				case n.Kind == "unscripted" && test.unscripted:
					if !holds(a.Unscripted, want, UnscriptedSpeech) {
						t.Errorf("unscripted speech at %v, found %v", want, a.Unscripted)
					}
				}
			}
		})
	}
}

// alike reports whether both ends are within the tolerance.
func alike(a, b audio.Segment, tolerance time.Duration) bool {
	return (a.Start-b.Start).Abs() <= tolerance && (a.End-b.End).Abs() <= tolerance
}

func holds(us []Unscripted, want audio.Segment, kind UnscriptedKind) bool {
	for _, u := range us {
		if u.Kind == kind && alike(u.Segment, want, unscriptedTolerance) {
			return true
		}
	}
	return false
}

// The number of processors changes nothing, to the last bit: neither in a recording
// that is searched in pieces nor with a model, where words that nobody says are held to decoys.
func TestAlignIsTheSameForAnyProcessors(t *testing.T) {
	s := readSample(t)
	half, turns := framesOf(t, s.samples[:40*audio.Rate]), &transcript.Script{Turns: s.script.Turns[:3]}
	wrong, others := copyOf(turns), sentencesOf(s.script)
	for k, sentence := range sentencesOf(wrong)[3:] {
		n := len(sentence.Words) / 2
		sentence.Words = slices.Concat(sentence.Words[:n], others[6-k].Words[:min(n, len(others[6-k].Words))])
	}
	var claims []Claim
	for i := range 4 {
		at := time.Duration(20+3*i) * time.Second
		claims = append(claims, Claim{audio.Segment{Start: at, End: at + 3*time.Second}, 5 * i, 5*i + 5})
	}
	type found struct {
		long, begin *Alignment
		contrasts   []Contrast
	}
	align := func(processors int) (f found) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		var err error
		if f.long, err = Align(t.Context(), half, turns, Options{}); err != nil {
			t.Fatal(err)
		}
		var l *Listener
		if f.begin, l, err = Listen(t.Context(), half, wrong, DefaultOptions()); err != nil {
			t.Fatal(err)
		}
		if f.contrasts, err = l.Contrasts(t.Context(), claims); err != nil {
			t.Fatal(err)
		}
		return f
	}
	if !reflect.DeepEqual(align(1), align(4)) {
		t.Error("four processors find another alignment than one")
	}
}

// another is a page of something that the sample does not say.
const another = "Anna: A quick march through seven muddy fields brought them home before supper. " +
	"Why would anybody choose purple curtains? Boats from the eastern islands carry salt, timber and wool.\n\n" +
	"Paul: My cousin never learnt to whistle. Give him a drum instead, it suits his temper.\n\n"

// opening is how the sample begins.
const opening = "Caller 1: Is that the council? The town clock has stopped again, and I can hear it humming.\n\n" +
	"[THEME MUSIC]\n\n" +
	"Nora Quill: This is Small Wonders, and I’m Nora Quill. " +
	"In the spring of 1987, the clock on St. Brannoc’s Hall stopped at twenty to nine — and nobody knew why.\n"

// What doesn't fit ends soon, in an error or in an alignment that says so.
func TestAlignOddInput(t *testing.T) {
	s := readSample(t)
	many := "Anna: " + strings.Repeat("nothing of this was ever said by anyone at all ", 20) + "."
	silence := make([]float32, 4*audio.Rate)
	hiss := make([]float32, 4*audio.Rate)
	for i, v := uint32(1), uint32(1); int(i) < len(hiss); i++ {
		v = v*1664525 + 1013904223
		hiss[i] = float32(int32(v)) / math.MaxInt32 / 1000
	}
	for _, test := range []struct {
		name    string
		samples []float32
		script  string
		most    float64 // share of the words that may be said
	}{
		{"digital silence", silence, opening, 0},
		{"hiss", hiss, opening, 1},
		{"half a second", s.samples[:audio.Rate/2], "Anna: Is that so?", 1},
		{"two frames", s.samples[:2*audio.HopSamples], "Anna: Is that so?", 1},
		{"one frame", s.samples[:1], "Anna: Is that so?", 1},
		{"180 words in a second", s.samples[audio.Rate:][:audio.Rate], many, 0},
		{"a script in brackets", s.samples[:5*audio.Rate], "Anna: [Is that the council?] [Yes.]", 1},
		{"Japanese", s.samples[:5*audio.Rate], "Anna: 時計が止まりました。ブーンという音が聞こえます。", 1},
		{"signs", s.samples[:5*audio.Rate], "Anna: 100% & 🐝 @ https://x.example/?a=1 + $4,200!", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, script := framesOf(t, test.samples), parse(t, test.script)
			a, err := Align(t.Context(), f, script, DefaultOptions())
			if err != nil {
				if a != nil || !strings.Contains(err.Error(), "recording") {
					t.Errorf("%v, error %q", a, err)
				}
				return
			}
			check(t, a, script, f)
			said := 0
			for _, turn := range a.Turns {
				for _, sentence := range turn.Sentences {
					for _, w := range sentence.Words {
						if w.Spoken {
							said++
						}
					}
				}
			}
			if float64(said) > test.most*float64(script.NumWords()) {
				t.Errorf("%d of %d words are said", said, script.NumWords())
			}
		})
	}
}

func TestAlignErrors(t *testing.T) {
	s := readSample(t)
	for _, test := range []struct {
		name   string
		frames *audio.Frames
		script *transcript.Script
		want   string
	}{
		{"no words", s.frames, &transcript.Script{}, "no words"},
		{"only directions", s.frames, &transcript.Script{Directions: []transcript.Direction{{Text: "MUSIC"}}}, "no words"},
		{"no recording", &audio.Frames{}, s.script, "empty"},
	} {
		a, err := Align(t.Context(), test.frames, test.script, Options{})
		if err == nil || a != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, error %v, want %q", test.name, a, err, test.want)
		}
	}
}

// A recording that lacks its beginning, its end or both is aligned with what it
// holds, however much of the script that is; what it lacks is not smeared over it.
func TestAlignCutRecording(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	length := seconds(float64(len(s.samples)) / audio.Rate)
	for _, cut := range []audio.Segment{
		{Start: 0, End: length / 2}, {Start: length / 2, End: length}, {Start: length / 4, End: length * 3 / 4},
		{Start: 0, End: 100 * time.Millisecond},
	} {
		samples := s.samples[cut.Start*audio.Rate/time.Second : cut.End*audio.Rate/time.Second]
		f := framesOf(t, samples)
		a, err := Align(t.Context(), f, s.script, DefaultOptions())
		if err != nil {
			t.Errorf("%v: %v", cut, err)
			continue
		}
		check(t, a, s.script, f)
		k := 0
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				truth := s.truth.Sentences[k]
				k++
				if truth.Start == nil {
					continue
				}
				start, end := seconds(*truth.Start), seconds(*truth.End)
				switch {
				case start >= cut.Start && end <= cut.End:
					if off := (sentence.Start + cut.Start - start).Abs(); !sentence.Spoken || off > 100*time.Millisecond {
						t.Errorf("%v: spoken %v, %v off: %s", cut, sentence.Spoken, off, truth.Text)
					}
				case end <= cut.Start || start >= cut.End:
					if sentence.Spoken {
						t.Errorf("%v: not in it, but found at %v: %s", cut, sentence.Segment, truth.Text)
					}
				}
			}
		}
	}
}

// A long sentence whose voice drowns in noise is said all the same. What filler
// gains over such a voice grows with every frame, so that the longest are lost first.
func TestLongSentenceInNoise(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	lost, all := 0, 0
	for _, noisy := range []int{3, 4} { // of 21 and 25 words
		for _, snr := range []float64{-6, -7, -10} {
			samples := slices.Clone(s.samples)
			sentence := s.truth.Sentences[noisy]
			voice := samples[int(*sentence.Start*audio.Rate):int(*sentence.End*audio.Rate)]
			amplitude := noiseAmplitude(voice, snr)
			random := rand.New(rand.NewPCG(1, uint64(noisy)))
			for i := range voice {
				voice[i] += float32(amplitude * random.NormFloat64())
			}
			a, err := Align(t.Context(), framesOf(t, samples), s.script, DefaultOptions())
			if err != nil {
				t.Fatal(err)
			}
			k := 0
			for _, turn := range a.Turns {
				for _, found := range turn.Sentences {
					if s.truth.Sentences[k].Start != nil {
						all++
						if !found.Spoken {
							t.Errorf("noise %g dB above sentence %d: not heard: %s", -snr, noisy, s.truth.Sentences[k].Text)
							lost++
						}
					}
					k++
				}
			}
		}
	}
	if all == 0 || lost > 0 {
		t.Errorf("%d of %d sentences that are said are lost", lost, all)
	}
}

// A recording of a part far into the script, or far from its end, is found there.
func TestAlignPartOfLongScript(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	other := parse(t, strings.Repeat(another, 25))
	for _, script := range []*transcript.Script{
		{Turns: slices.Concat(other.Turns, s.script.Turns)},
		{Turns: slices.Concat(s.script.Turns, other.Turns)},
	} {
		a, err := Align(t.Context(), s.frames, script, DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		check(t, a, script, s.frames)
		k := 0
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				if turn.Speaker == "Anna" || turn.Speaker == "Paul" {
					if sentence.Spoken {
						t.Errorf("found at %v what nobody says: %v", sentence.Start, sentence.Words)
					}
					continue
				}
				truth := s.truth.Sentences[k]
				k++
				if truth.Start == nil {
					continue
				}
				if off := (sentence.Start - seconds(*truth.Start)).Abs(); !sentence.Spoken || off > 100*time.Millisecond {
					t.Errorf("spoken %v, %v off: %s", sentence.Spoken, off, truth.Text)
				}
			}
		}
	}
}

// What stands in a sentence and isn't read out takes none of its words with it; what is
// read out is not passed by, though it could be.
func TestAlignWhatIsNotReadOut(t *testing.T) {
	s := readSample(t)
	data, err := os.ReadFile(filepath.Join(sampleDir, "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	edit := func(old, new string) {
		if strings.Count(page, old) != 1 {
			t.Fatalf("%q is on the page %d times", old, strings.Count(page, old))
		}
		page = strings.Replace(page, old, new, 1)
	}
	// Said, but in a form that could be passed by.
	edit("paint the hands on.", "paint (the hands) on.")
	edit("Today the clock runs again,", "(Today the clock runs again),")
	edit("the pendulum.", "the ____.")
	edit("the mainspring", "the mainspring,")
	silent := map[string]bool{}
	for _, add := range []struct{ behind, silent string }{
		{"With me are the two people", "(https://www.saltby.example/2024/05/17/two-people-who-climbed-up-to-look-9780000000000/)"},
		{"the mainspring,", "of the large brass clock on the market hall,"},
		{"I opened the case,", "(see the picture on page twelve of the book that came out later)"},
		{"They wanted the bees", "(ISBN 978-3-16-148410-0)"},
		{"So we asked", "(020 7946 0958)"},
		{"For a year it was always", "bees@saltby.example"},
		{"and the bees", "#SmallWonders #Bees www.saltby.example/bees"},
	} {
		edit(add.behind, add.behind+" "+add.silent)
		silent[add.silent] = true
	}
	script := parse(t, page)
	a, err := Align(t.Context(), s.frames, script, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	check(t, a, script, s.frames)
	k := 0
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			truth := s.truth.Sentences[k]
			k++
			if truth.Start == nil {
				continue
			}
			if off := (sentence.Start - seconds(*truth.Start)).Abs(); !sentence.Spoken || off > 100*time.Millisecond {
				t.Errorf("spoken %v, %v off: %s", sentence.Spoken, off, truth.Text)
			}
			var unspoken []string
			for _, w := range sentence.Words {
				if !w.Spoken {
					unspoken = append(unspoken, w.Text)
				}
			}
			got := strings.TrimSuffix(strings.Join(unspoken, " "), ".")
			if got != "" && got != "[the bees]" && !silent[got] {
				t.Errorf("%q is not read out in %s", got, truth.Text)
			}
			delete(silent, got)
		}
	}
	for text := range silent {
		t.Errorf("%q is read out", text)
	}
}

// Of a web address the domain may be said alone, or all of it, or nothing.
func TestAlignAddresses(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	data, err := os.ReadFile(filepath.Join(sampleDir, "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	// words returns those of the sentence that holds old, with new in its place.
	words := func(old, new string) []Word {
		if !strings.Contains(string(data), old) {
			t.Fatalf("the page lacks %q", old)
		}
		a, err := Align(t.Context(), s.frames, parse(t, strings.Replace(string(data), old, new, 1)), DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				if sentence.Words[0].Text == "New" {
					return sentence.Words
				}
			}
		}
		t.Fatal("the sentence is gone")
		return nil
	}
	const said = "and we had sixty."
	plain := words(said, said)
	last := len(plain) - 1
	for _, c := range []struct {
		new         string
		first, last int // the words of plain that the address stands for; none if last is 0
	}{
		{"and we had https://sixty/shows/42?utm=x.", last, last},
		{"and we had https://www.sixty/shows/42?utm=x.", last, last},
		{"and we https://had?sixty.", last - 1, last},
		{"and https://we/shows/42 had sixty.", last - 2, last - 2},
		{"and we had sixty https://www.saltby.example/shows/42?utm=x.", 0, 0},
	} {
		for _, w := range words(said, c.new) {
			first := slices.IndexFunc(plain, func(p Word) bool { return strings.Trim(p.Text, ".") == strings.Trim(w.Text, ".") })
			end := first
			if strings.Contains(w.Text, "//") {
				first, end = c.first, c.last
			}
			if want := end > 0 && plain[first].Spoken || end == 0 && w.Text == "New"; w.Spoken != want {
				t.Errorf("%s: %s is spoken: %v", c.new, w.Text, w.Spoken)
			} else if early, late := w.Start-plain[first].Start, w.End-plain[end].End; want &&
				max(early.Abs(), late.Abs()) > 100*time.Millisecond {
				t.Errorf("%s: %s is at %v", c.new, w.Text, w.Segment)
			}
		}
	}
}

func TestFillerClasses(t *testing.T) {
	for _, test := range []struct {
		script string
		want   []fillerClass // before each sentence, and after the last one
	}{
		{"Anna: One. Two.\n\nPaul: Three.", []fillerClass{plainFiller, plainFiller, plainFiller, plainFiller}},
		{"[THEME MUSIC]\n\nAnna: One. Two.\n\n[LAUGHTER]\n\nPaul: Three.\n\n[MUSIC]",
			[]fillerClass{announcedFiller, plainFiller, announcedFiller, announcedFiller}},
		{"Anna: One.\n\n[CLIP BEGINS]\n\nPaul: Two. Three.\n\n[CLIP ENDS]\n[THEME MUSIC]\n\nAnna: Four.",
			[]fillerClass{plainFiller, clipEdgeFiller, clipFiller, clipEdgeFiller, plainFiller}},
		{"Anna: One.\n\n[CLIP BEGINS]\n\nPaul: Two. Three.\n\nAnna: Four.",
			[]fillerClass{plainFiller, clipEdgeFiller, plainFiller, plainFiller, plainFiller}},
	} {
		var got []fillerClass
		readings := read(parse(t, test.script), "en", costs.LongPhrase)
		for _, r := range readings {
			got = append(got, r.before)
		}
		got = append(got, readings[len(readings)-1].after)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: classes %v, want %v", test.script, got, test.want)
		}
	}
}

// A script of something else, aligned all the same, is not believed.
func TestAlignForcedOnAnotherScript(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	f := readSample(t).frames
	script := parse(t, strings.Repeat(another, 3))
	o := DefaultOptions()
	o.Force = true
	a, err := Align(t.Context(), f, script, o)
	if err != nil {
		t.Fatal(err)
	}
	var sum float64
	said := 0
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			if sentence.Spoken {
				sum += sentence.Confidence
				said++
			}
		}
	}
	if sum > 0.25*float64(said) {
		t.Errorf("%d sentences are said with a confidence of %.2f", said, sum/float64(said))
	}
}

func TestAlignStops(t *testing.T) {
	f, script := framesOf(t, readSample(t).samples[:6*audio.Rate]), parse(t, opening)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Align(ctx, f, script, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled at once: error %v", err)
	}
	// And from within, wherever it is.
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		_, err := Align(ctx, f, script, Options{Progress: func(float64) {
			if calls++; calls == stop {
				cancel()
			}
		}})
		cancel()
		if calls < stop {
			if err != nil {
				t.Errorf("not cancelled: error %v", err)
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at call %d of Progress: error %v", stop, err)
		}
	}
}

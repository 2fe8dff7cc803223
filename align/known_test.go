package align

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/testdata/race"
)

const ms = time.Millisecond

// alignKnown aligns the sample episode by what is known.
func alignKnown(t *testing.T, known *Known) *Alignment {
	t.Helper()
	s := readSample(t)
	o := DefaultOptions()
	o.Known = known
	a, err := Align(t.Context(), s.frames, s.script, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func wordsOf(a *Alignment) (words []Word) {
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			words = append(words, s.Words...)
		}
	}
	return words
}

func checkOrder(t *testing.T, words []Word) {
	t.Helper()
	var last time.Duration
	for i, w := range words {
		if w.Spoken && (w.Start < last || w.Duration() < shortestWord) {
			t.Errorf("word %d, %s, is at %v to %v, the one before ends at %v", i, w.Text, w.Start, w.End, last)
		}
		if w.Spoken {
			last = w.End
		}
	}
}

func TestPins(t *testing.T) {
	race.Skip(t, race.Slow)
	free := wordsOf(alignKnown(t, nil))
	// A word amid a sentence that begins later than it does, one that ends earlier, and one between
	// that stays where it is.
	word := func(text string) int {
		return slices.IndexFunc(free, func(w Word) bool { return strings.HasPrefix(w.Text, text) })
	}
	late, early, kept := word("mainspring"), word("council"), word("Archer")
	start, end, same := free[late].Start+300*ms, free[early].End-60*ms, free[kept].Start
	known := &Known{Pins: []Pin{{Word: late, Start: &start}, {Word: early, End: &end}, {Word: kept, Start: &same}}}
	pinned := wordsOf(alignKnown(t, known))
	checkOrder(t, pinned)
	if got := pinned[late]; got.Start != start || got.Confidence != 1 {
		t.Errorf("%s begins at %v by %v, pinned to %v", got.Text, got.Start, got.Confidence, start)
	}
	if got := pinned[early]; got.End != end {
		t.Errorf("%s ends at %v, pinned to %v", got.Text, got.End, end)
	}
	moved := 0
	for i, w := range pinned {
		if w.Spoken != free[i].Spoken {
			t.Errorf("word %d, %s, is said: %v, without pins %v", i, w.Text, w.Spoken, free[i].Spoken)
		}
		if off := (w.Start - free[i].Start).Abs(); off > 30*ms {
			moved++
			if far := (w.Start - free[late].Start).Abs(); far > 2*time.Second {
				t.Errorf("word %d, %s, at %v has moved by %v", i, w.Text, w.Start, off)
			}
		}
	}
	if moved == 0 {
		t.Error("no word has moved")
	}

	slices.Reverse(known.Pins)
	if again := wordsOf(alignKnown(t, known)); !reflect.DeepEqual(again, pinned) {
		t.Error("pins in another order make another alignment")
	}
}

// TestTightPins pins two words so close to each other that the states of those between them have no
// room, and a last word far behind its sound.
func TestTightPins(t *testing.T) {
	race.Skip(t, race.Slow)
	free := wordsOf(alignKnown(t, nil))
	first := slices.IndexFunc(free, func(w Word) bool { return w.Text == "forty" })
	from := free[first].Start
	to := from + 4*shortestWord
	end := free[len(free)-1].End + 700*ms
	pinned := wordsOf(alignKnown(t, &Known{Pins: []Pin{
		{Word: first, Start: &from}, {Word: first + 4, Start: &to}, {Word: len(free) - 1, End: &end},
	}}))
	checkOrder(t, pinned)
	for i := range 4 {
		if w := pinned[first+i]; !w.Spoken || w.Start != from+time.Duration(i)*shortestWord {
			t.Errorf("%s begins at %v", w.Text, w.Start)
		}
	}
	if got := pinned[first+4].Start; got != to {
		t.Errorf("%s begins at %v, pinned to %v", pinned[first+4].Text, got, to)
	}
	if got := pinned[len(free)-1].End; got != end {
		t.Errorf("the last word ends at %v, pinned to %v", got, end)
	}
}

func TestKnownSentences(t *testing.T) {
	race.Skip(t, race.Slow)
	s := readSample(t)
	free := alignKnown(t, nil)
	var sentences []Sentence
	for _, turn := range free.Turns {
		sentences = append(sentences, turn.Sentences...)
	}
	with := func(text string) int {
		return slices.IndexFunc(sentences, func(x Sentence) bool { return x.Words[0].Text == text })
	}
	lost, said := with("They"), with("Honey,")
	for ; sentences[lost].Spoken; lost++ {
	}
	if !sentences[said].Spoken {
		t.Fatal("nobody says it anyway")
	}
	at := sentences[said].Segment
	a := alignKnown(t, &Known{
		Spoken: []int{lost}, Unspoken: []int{said},
		Unscripted: []Unscripted{{Segment: at, Kind: UnscriptedMusic}},
	})
	checkOrder(t, wordsOf(a))
	k := 0
	for _, turn := range a.Turns {
		for _, x := range turn.Sentences {
			want := k != said && (sentences[k].Spoken || k == lost)
			if x.Spoken != want {
				t.Errorf("sentence %d is said: %v, want %v", k, x.Spoken, want)
			}
			if k == said && x.Confidence != 1 {
				t.Errorf("by %v nobody says sentence %d, want 1", x.Confidence, k)
			}
			if x.Spoken && x.Overlap(at) > 0 {
				t.Errorf("sentence %d is said from %v to %v, where no word is", k, x.Start, x.End)
			}
			if k == lost && x.Doubtful {
				t.Errorf("sentence %d is doubtful", k)
			}
			k++
		}
	}
	if !slices.Contains(a.Unscripted, Unscripted{Segment: at, Kind: UnscriptedMusic}) {
		t.Errorf("%v holds no music from %v to %v", a.Unscripted, at.Start, at.End)
	}
	if n := len(sentenceSpans(s.script)); k != n {
		t.Errorf("%d sentences of %d", k, n)
	}
}

func TestKnownCheck(t *testing.T) {
	s := readSample(t)
	at := func(d time.Duration) *time.Duration { return &d }
	stretch := func(start, end time.Duration) Unscripted {
		return Unscripted{Segment: audio.Segment{Start: start, End: end}}
	}
	words := s.script.NumWords()
	tests := map[string]struct {
		known Known
		want  string // "" for no error
	}{
		"nothing":  {Known{}, ""},
		"in order": {Known{Pins: []Pin{{5, at(time.Second), at(1500 * ms)}, {4, nil, at(time.Second)}}}, ""},
		"as close": {Known{Pins: []Pin{{5, at(time.Second), nil}, {7, at(1040 * ms), nil}}}, ""},
		"too close": {
			Known{Pins: []Pin{{5, at(time.Second), nil}, {7, at(1039 * ms), nil}}},
			"2 words between them take 40ms",
		},
		"against order": {
			Known{Pins: []Pin{{5, at(time.Second), nil}, {4, at(2 * time.Second), nil}}},
			"word 4 is pinned to 2s and word 5 to 1s",
		},
		"twice":       {Known{Pins: []Pin{{5, at(time.Second), nil}, {5, at(2 * time.Second), nil}}}, "both 1s and 2s"},
		"ends first":  {Known{Pins: []Pin{{5, at(time.Second), at(900 * ms)}}}, "word 5 is pinned to 1s and word 5 to 900ms"},
		"too late":    {Known{Pins: []Pin{{5, at(time.Hour), nil}}}, "the recording lasts"},
		"no word":     {Known{Pins: []Pin{{words, at(time.Second), nil}}}, "is pinned, but the script has"},
		"no sentence": {Known{Spoken: []int{1000}}, "sentence 1000 is known"},
		"both":        {Known{Spoken: []int{3}, Unspoken: []int{3}}, "both said and not said"},
		"not said":    {Known{Pins: []Pin{{0, at(time.Second), nil}}, Unspoken: []int{0}}, "nobody says sentence 0"},
		"in music": {
			Known{Pins: []Pin{{0, at(time.Second), nil}}, Unscripted: []Unscripted{stretch(0, 2*time.Second)}},
			"no word is said from",
		},
		"no time":        {Known{Pins: []Pin{{5, nil, nil}}}, "to no time"},
		"no room before": {Known{Pins: []Pin{{3, at(59 * ms), nil}}}, "the 3 words before it take 60ms"},
		"room before":    {Known{Pins: []Pin{{3, at(60 * ms), nil}}}, ""},
		"ends too early": {Known{Pins: []Pin{{0, nil, at(5 * ms)}}}, "the 1 words before it take 20ms"},
		"no room behind": {Known{Pins: []Pin{{words - 1, at(s.frames.Duration()), nil}}}, "the 1 words behind it take 20ms"},
		"around music": {
			Known{
				Pins:       []Pin{{0, at(time.Second), at(4 * time.Second)}},
				Unscripted: []Unscripted{stretch(2*time.Second, 3*time.Second)},
			},
			"where no word is said",
		},
		"over sentences": {Known{Pins: []Pin{{0, at(time.Second), nil}, {words - 1, at(1400 * ms), nil}}}, ""},
		"said between": {
			Known{Pins: []Pin{{0, at(time.Second), nil}, {words - 1, at(1400 * ms), nil}}, Spoken: []int{4, 5, 6, 7}},
			"words between them take",
		},
		"backwards": {Known{Unscripted: []Unscripted{stretch(2*time.Second, time.Second)}}, "is none of a recording"},
		"overlapping": {
			Known{Unscripted: []Unscripted{stretch(0, 2*time.Second), stretch(1*time.Second, 3*time.Second)}},
			"overlap",
		},
	}
	for name, tt := range tests {
		err := tt.known.Check(s.script, s.frames.Duration())
		switch {
		case tt.want == "" && err != nil, tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// Pins that are too close to each other loosen no pin elsewhere: its neighbours still go with it.
func TestTightPinsElsewhere(t *testing.T) {
	race.Skip(t, race.Slow)
	free := wordsOf(alignKnown(t, nil))
	late := slices.IndexFunc(free, func(w Word) bool { return w.Text == "mainspring" })
	first := slices.IndexFunc(free, func(w Word) bool { return w.Text == "children" })
	start := free[late].Start + 500*ms
	known := &Known{Pins: []Pin{{Word: late, Start: &start}}}
	want := wordsOf(alignKnown(t, known))
	for i := range 5 {
		at := free[first].Start + time.Duration(i)*60*ms
		known.Pins = append(known.Pins, Pin{Word: first + i, Start: &at})
	}
	got := wordsOf(alignKnown(t, known))
	checkOrder(t, got)
	for i := late; i < late+4; i++ {
		if off := (got[i].Start - want[i].Start).Abs(); off > 20*ms {
			t.Errorf("%s begins at %v, without pins elsewhere at %v", got[i].Text, got[i].Start, want[i].Start)
		}
	}
}

// Where nothing is known all is as ever: a script of another recording is refused.
func TestNothingKnown(t *testing.T) {
	race.Skip(t, race.Slow)
	s := readSample(t)
	o := DefaultOptions()
	free, err := Align(t.Context(), s.frames, s.script, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Known = &Known{}
	if got, err := Align(t.Context(), s.frames, s.script, o); err != nil || !reflect.DeepEqual(got, free) {
		t.Errorf("another alignment, error %v", err)
	}
}

// TestGates holds gates.at to what gates mean.
func TestGates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := int32(rapid.IntRange(1, 40).Draw(t, "states"))
		var gs gates
		x := gate{}
		for range rapid.IntRange(0, 5).Draw(t, "gates") {
			x.state = min(n-1, x.state+int32(rapid.IntRange(0, 5).Draw(t, "state")))
			x.from += rapid.IntRange(0, 5).Draw(t, "from")
			x.until = max(x.until, x.from+rapid.IntRange(0, 9).Draw(t, "until"))
			gs = append(gs, x)
		}
		for frame := range 60 {
			open := gs.at(frame, n)
			for i := range n {
				want := true
				for _, x := range gs {
					want = want && (frame >= x.from || i < x.state) && (frame < x.until || i >= x.state)
				}
				if got := i >= open.first && i < open.end; got != want {
					t.Fatalf("frame %d, state %d: %v, want %v", frame, i, got, want)
				}
			}
		}
	})
}

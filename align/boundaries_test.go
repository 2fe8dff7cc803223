package align

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align/pronounce"
	"cuewright/audio"
)

// The embedded table is what Table writes, and another one is refused.
func TestBoundaryTable(t *testing.T) {
	if !bytes.Equal(boundaryWeights().Table(), boundaryTable) {
		t.Error("boundaries.csv is not as Table writes it")
	}
	for name, change := range map[string]func(string) string{
		"a column":    func(s string) string { return strings.Replace(s, "cepstrum 1,", "cepstrum 0,", 1) },
		"a class":     func(s string) string { return strings.Replace(s, "before,vowel", "before,stop", 1) },
		"a number":    func(s string) string { return strings.Replace(s, "before,silence,", "before,silence,x", 1) },
		"a row":       func(s string) string { return s[:strings.LastIndex(s, "behind")] },
		"a short row": func(s string) string { return s[:len(s)-2-strings.IndexByte(s, ',')] },
	} {
		if w, err := readBoundaryWeights([]byte(change(string(boundaryTable)))); err == nil {
			t.Errorf("%s is changed: read as %v", name, w)
		}
	}
}

// sharp returns a boundary before the word numbered before+1, and weights by which it lies
// at a candidate.
func sharp(candidate int) (*BoundaryWeights, Boundary) {
	w, b := &BoundaryWeights{}, Boundary{Behind: 1, At: time.Second}
	w[0][classSilence][0] = 1000
	b.Values[candidate][0] = 1
	return w, b
}

func TestBoundaryPlace(t *testing.T) {
	for candidate := range numCandidates {
		w, b := sharp(candidate)
		if got, want := w.place(&b), time.Second+time.Duration(firstCandidate+candidate)*frameTime; got != want {
			t.Errorf("candidate %d is sure: at %v, want %v", candidate, got, want)
		}
	}
	// All are as likely: the middle between the first and the last.
	b := Boundary{At: time.Second}
	if got, want := (&BoundaryWeights{}).place(&b), time.Second-15*time.Millisecond; got != want {
		t.Errorf("nothing is known: at %v, want %v", got, want)
	}
}

// The chances are those of the formula, and add up to 1.
func TestBoundaryChances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, b := &BoundaryWeights{}, Boundary{Classes: [2]int{int(classVowel), int(classStop)}}
		value := rapid.Float64Range(-3, 3)
		for k := range boundaryDims {
			w[0][classVowel][k], w[1][classStop][k] = value.Draw(t, "before"), value.Draw(t, "behind")
			for i := range b.Values {
				b.Values[i][k] = value.Draw(t, "value")
			}
		}
		got := w.Chances(&b)
		dot := func(i int) (sum float64) {
			for k, v := range b.Values[i] {
				sum += w[0][classVowel][k]*v + w[1][classStop][k]*v
			}
			return sum
		}
		sum := 0.0
		for i, p := range got {
			sum += p
			if want := dot(i) - dot(0); p > 1e-200 && got[0] > 1e-200 && math.Abs(math.Log(p/got[0])-want) > 1e-6 {
				t.Fatalf("candidate %d is %g as likely as the first, want e^%g", i, p/got[0], want)
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("the chances add up to %g", sum)
		}
	})
}

// What the model sees of a boundary: energy rises and a cepstrum jumps there.
func TestBoundaryValues(t *testing.T) {
	x := &features{n: 12, mfcc: make([]float32, 12*numCepstra)}
	for i := 5; i < x.n; i++ {
		x.at(i)[0], x.at(i)[2] = energyScale, 6
	}
	for _, test := range []struct {
		t, offset int
		energies  [2 * boundarySide]float64
		change    float64
	}{
		{5, 0, [...]float64{0, 0, 0, 1, 1, 1}, 1.5},
		{4, -1, [...]float64{0, 0, 0, 0, 1, 1}, 1},
		{7, 2, [...]float64{0, 1, 1, 1, 1, 1}, 0.5},
		{-2, -7, [2 * boundarySide]float64{}, 0},
		{14, 4, [...]float64{1, 1, 1, 1, 1, 1}, 0},
	} {
		got := x.boundaryValues(test.t, test.offset)
		o := float64(test.offset) / 4
		want := [boundaryDims]float64{0: o, 1: o * o, 2 + 2*boundarySide + 1: test.change}
		copy(want[2:], test.energies[:])
		for k := range got {
			if math.Abs(got[k]-want[k]) > 1e-6 {
				t.Errorf("before frame %d: values %.3v, want %.3v", test.t, got, want)
				break
			}
		}
	}
}

// A boundary joins two words where no pause lies between them, or no more than the closure
// of a stop. Where there is filler, or a sentence begins at once, nothing is looked at.
func TestBoundaries(t *testing.T) {
	readings := drawn("a b c / d")
	for i := range readings[0].said {
		readings[0].said[i].Phones = []pronounce.Phone{[...]pronounce.Phone{pronounce.AA, pronounce.T, pronounce.S}[i]}
	}
	readings[1].said[0].Phones = []pronounce.Phone{pronounce.B}
	g := newGraph(readings, testGrammar(1))
	// The states: S F a S F b S F c S F d S F.
	const s0, a, s1, f1, b, s2, f2, c, s3, d, s4 = 0, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12
	type boundary struct {
		frame, before, behind int
		classes               [2]class
	}
	for name, test := range map[string]struct {
		path []int32
		want []boundary
	}{
		"no pauses": {[]int32{s0, a, a, b, c, d}, []boundary{
			{3, 0, 1, [2]class{classVowel, classStop}},
			{4, 1, 2, [2]class{classStop, classSibilant}},
		}},
		"a closure between sentences": {[]int32{c, s3, d}, []boundary{{frame: 1, before: 2, behind: -1}}},
		"a closure":                   {[]int32{a, s1, s1, s1, s1, s1, b}, []boundary{{1, 0, 1, [2]class{classVowel, classStop}}}},
		"a pause before a stop":       {[]int32{a, s1, s1, s1, s1, s1, s1, b}, []boundary{{frame: 1, before: 0, behind: -1}}},
		"a short pause":               {[]int32{b, b, s2, c}, []boundary{{frame: 2, before: 1, behind: -1}}},
		"filler at once":              {[]int32{a, f1, f1, b}, nil},
		"filler behind silence":       {[]int32{a, s1, f1, b}, []boundary{{frame: 1, before: 0, behind: -1}}},
		"filler twice": {[]int32{a, s1, b, s2, f2, c, s3}, []boundary{
			{1, 0, 1, [2]class{classVowel, classStop}}, {frame: 3, before: 1, behind: -1}, {frame: 6, before: 2, behind: -1},
		}},
		"a word left out": {[]int32{a, c, s3, d, s4}, []boundary{
			{1, 0, 2, [2]class{classVowel, classSibilant}}, {frame: 2, before: 2, behind: -1}, {frame: 4, before: 3, behind: -1},
		}},
		"nothing said": {[]int32{s0, s0}, nil},
	} {
		x := &features{n: len(test.path), mfcc: make([]float32, len(test.path)*numCepstra)}
		e := &episode{readings: readings, features: x}
		var got []boundary
		for _, b := range e.boundaries(&decoded{graph: g, state: test.path}, wordsIn(g, test.path)) {
			classes := [2]class{class(b.Classes[0]), class(b.Classes[1])}
			got = append(got, boundary{int(b.At / frameTime), b.Before, b.Behind, classes})
			if first := b.Values[0][0]; first != firstCandidate/4.0 {
				t.Errorf("%s: the first candidate is %g off", name, first)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: boundaries %v, want %v", name, got, test.want)
		}
	}
}

// Wherever the model has the boundaries, words keep their order and some length, those
// behind a pause keep their starts, and words that are joined stay so.
func TestMovedWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := map[int32]place{}
		var all []Boundary
		kept := map[int32]bool{} // words behind a pause
		at := rapid.IntRange(0, 9).Draw(t, "first")
		word, pause := int32(0), true
		weights := &BoundaryWeights{}
		weights[0][classSilence][0] = 1000
		for range rapid.IntRange(1, 12).Draw(t, "words") {
			word += int32(rapid.IntRange(1, 2).Draw(t, "next"))
			kept[word] = pause
			p := place{at, at + rapid.IntRange(3, 9).Draw(t, "length")}
			places[word], at = p, p.end
			if n := len(all); n > 0 && !pause {
				all[n-1].Behind = int(word)
			}
			b := Boundary{Before: int(word), Behind: -1, At: audio.FrameTime(at)}
			b.Values[rapid.IntRange(0, numCandidates-1).Draw(t, "candidate")][0] = 1
			all = append(all, b)
			if pause = rapid.Bool().Draw(t, "pause"); pause {
				at += rapid.IntRange(1, 9).Draw(t, "silence")
			}
		}
		end := audio.FrameTime(at) - time.Duration(rapid.IntRange(0, 9).Draw(t, "less"))*time.Millisecond
		got := map[int32]audio.Segment{}
		for n, p := range places {
			got[n] = audio.Segment{Start: audio.FrameTime(p.start), End: audio.FrameTime(p.end)}
		}
		weights.move(got, all)
		keepApart(got, end)
		if len(got) != len(places) {
			t.Fatalf("%d words, want %d", len(got), len(places))
		}
		last := audio.Segment{}
		for n := int32(0); n <= word; n++ {
			s, ok := got[n]
			if !ok {
				continue
			}
			if s.Start < last.End || s.End-s.Start < shortestWord || s.End > end {
				t.Fatalf("word %d is at %v, behind one at %v, in %v", n, s, last, end)
			}
			if start := audio.FrameTime(places[n].start); kept[n] && s.Start != start {
				t.Fatalf("word %d behind a pause begins at %v, want %v", n, s.Start, start)
			} else if !kept[n] && s.Start != last.End {
				t.Fatalf("word %d begins at %v, the one before it ends at %v", n, s.Start, last.End)
			}
			last = s
		}
	})
}

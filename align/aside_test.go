package align

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// TestAside: of what was set aside at either end of a script, what is said is captioned in its
// place, and the rest is left alone.
func TestAside(t *testing.T) {
	s := readSample(t)
	notes := parse(t, "Small Wonders is made with the help of those who give. Find us wherever you get such things.\n\n"+
		"Recorded at the county library in October, and edited by hand.").Turns
	turns := s.script.Turns
	head, tail := turns[0], turns[len(turns)-1]
	last := len(tail.Sentences) - 1
	aside := func(sentences ...transcript.Sentence) []transcript.Turn {
		return []transcript.Turn{{Sentences: sentences}}
	}
	cut := *s.script
	cut.Directions = nil
	for _, c := range []struct {
		name          string
		before, after bool // what is said was set aside
	}{{"both ends", true, true}, {"the beginning", true, false}, {"the end", false, true}, {"neither", false, false}} {
		script := cut
		script.Turns = slices.Clone(turns)
		script.Before, script.After = slices.Clone(notes), slices.Clone(notes)
		if c.before {
			script.Before = append(script.Before, aside(head.Sentences...)...)
			script.Turns = script.Turns[1:]
		}
		if c.after {
			script.After = append(aside(tail.Sentences[last]), script.After...)
			shorter := tail
			shorter.Sentences = tail.Sentences[:last]
			script.Turns[len(script.Turns)-1] = shorter
		}
		a, err := Align(t.Context(), s.frames, &script, DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		k := 0
		for _, turn := range a.Turns {
			for _, sentence := range turn.Sentences {
				truth := s.truth.Sentences[k]
				k++
				if sentence.Spoken != (truth.Start != nil) {
					t.Errorf("%s: sentence %d, %q: said: %v", c.name, k-1, truth.Text, sentence.Spoken)
				} else if sentence.Spoken && math.Abs(sentence.Start.Seconds()-*truth.Start) > 0.1 {
					t.Errorf("%s: sentence %d starts at %v, want %.2f s", c.name, k-1, sentence.Start, *truth.Start)
				}
			}
		}
		if k != len(s.truth.Sentences) {
			t.Errorf("%s: %d sentences, want %d", c.name, k, len(s.truth.Sentences))
		}
		if len(script.Turns)+btoi(c.before) != len(turns) {
			t.Errorf("%s: the script was changed", c.name)
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestAsideInLongRecording: text beside the script is looked for near it alone, however much
// of the recording lies beyond.
func TestAsideInLongRecording(t *testing.T) {
	s := readSample(t)
	const beyond = 11 * 60 // seconds of silence before the first word
	random := rand.New(rand.NewPCG(1, 2))
	samples := make([]float32, beyond*audio.Rate, beyond*audio.Rate+len(s.samples))
	for i := range samples {
		samples[i] = float32(0.002 * random.NormFloat64())
	}
	samples = append(samples, s.samples...)
	script := *s.script
	script.Directions = nil
	script.Before, script.Turns = script.Turns[:1], script.Turns[1:]
	a, err := Align(t.Context(), framesOf(t, samples), &script, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Turns) != len(s.script.Turns) {
		t.Fatalf("%d turns, want %d", len(a.Turns), len(s.script.Turns))
	}
	if off := a.Turns[0].Start.Seconds() - beyond - *s.truth.Sentences[0].Start; math.Abs(off) > 0.1 {
		t.Errorf("what was set aside starts %.2f s off", off)
	}
}

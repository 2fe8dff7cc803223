package align

import (
	"math"
	"testing"

	"cuewright/audio"
)

// claimsOf returns a claim of each sentence of the sample that is said, of its own words and
// of those of the sentence shift further on, in its own place.
func claimsOf(s *sample, shift int) (own, other []Claim) {
	var words []span
	n := int32(0)
	for _, t := range s.script.Turns {
		for _, sentence := range t.Sentences {
			words = append(words, span{n, n + int32(len(sentence.Words))})
			n += int32(len(sentence.Words))
		}
	}
	for i, sentence := range s.truth.Sentences {
		if sentence.Start == nil {
			continue
		}
		at := audio.Segment{Start: seconds(*sentence.Start), End: seconds(*sentence.End)}
		w, o := words[i], words[(i+shift)%len(words)]
		own = append(own, Claim{at, int(w.first), int(w.end)})
		other = append(other, Claim{at, int(o.first), int(o.end)})
	}
	return own, other
}

// TestContrast: the words of a sentence fit where they are said far better than decoys do,
// and those of another one no better.
func TestContrast(t *testing.T) {
	s := readSample(t)
	for _, shift := range []int{1, 5} {
		own, other := claimsOf(s, shift)
		o := DefaultOptions()
		o.Claims = append(own, other...)
		a, err := Align(t.Context(), s.frames, s.script, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Contrasts) != len(o.Claims) {
			t.Fatalf("%d contrasts of %d claims", len(a.Contrasts), len(o.Claims))
		}
		low, high := 0, 0
		for i, z := range a.Contrasts {
			words := o.Claims[i].EndWord - o.Claims[i].FirstWord
			switch {
			case i < len(own) && z < clearContrast && words > 3:
				t.Errorf("claim %d, %d words of its own: contrast %.2f", i, words, z)
			case i >= len(own) && z >= clearContrast:
				high++
			case i >= len(own) && z < openContrast:
				low++
			}
		}
		if high > 0 || low < len(other)*3/4 {
			t.Errorf("of %d false claims %d are called clear, and %d are called false", len(other), high, low)
		}
	}
}

// TestOddClaims: what a claim lacks is no fault of the alignment.
func TestOddClaims(t *testing.T) {
	s := readSample(t)
	o := DefaultOptions()
	end := s.frames.Duration()
	for _, c := range []struct {
		claim Claim
		known bool
	}{
		{Claim{audio.Segment{Start: 0, End: end}, 3, 3}, false},
		{Claim{audio.Segment{Start: 0, End: end}, 1 << 20, 1 << 21}, false},
		{Claim{audio.Segment{Start: end + 10*minute, End: end + 11*minute}, 0, 5}, false},
		{Claim{audio.Segment{Start: -minute, End: end + minute}, -5, 8}, true},
		{Claim{audio.Segment{Start: 5 * frameTime, End: 5 * frameTime}, 0, 1 << 20}, true}, // all words in 0.35 s
	} {
		o.Claims = []Claim{c.claim}
		a, err := Align(t.Context(), s.frames, s.script, o)
		if err != nil {
			t.Fatal(err)
		}
		if known := !math.IsNaN(a.Contrasts[0]); known != c.known {
			t.Errorf("%+v: contrast %v", c.claim, a.Contrasts[0])
		}
	}
	if a, err := Align(t.Context(), s.frames, s.script, DefaultOptions()); err != nil || len(a.Contrasts) != 0 {
		t.Errorf("without claims: %v, %v", a.Contrasts, err)
	}
}

const minute = 60 * 1e9

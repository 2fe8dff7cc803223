package align

import (
	"math"
	"testing"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
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

// contrastsOf returns the contrasts of claims of a script, after its alignment with the sample.
func contrastsOf(t *testing.T, s *sample, script *transcript.Script, claims []Claim) []Contrast {
	t.Helper()
	_, l, err := Listen(t.Context(), s.frames, script, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	all, err := l.Contrasts(t.Context(), claims)
	if err != nil || len(all) != len(claims) {
		t.Fatalf("%d contrasts of %d claims, %v", len(all), len(claims), err)
	}
	return all
}

// TestContrast: the words of a sentence fit where they are said far better than decoys do,
// and those of another one no better.
func TestContrast(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	for _, shift := range []int{1, 5} {
		own, other := claimsOf(s, shift)
		claims := append(own, other...)
		contrasts := contrastsOf(t, s, s.script, claims)
		low, high := 0, 0
		for i, c := range contrasts {
			z := c.Deviations
			words := claims[i].EndWord - claims[i].FirstWord
			if wrong := i >= len(own); words > 3 && (c.Share < 0.33) != wrong {
				t.Errorf("claim %d, %d words, wrong %v: share %.2f", i, words, wrong, c.Share)
			}
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
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	o := DefaultOptions()
	o.Force = true
	end := 5 * time.Second
	alike := parse(t, "Nora Quill: No, no, no, no, no.") // no decoy differs
	for _, c := range []struct {
		name   string
		script *transcript.Script
		claim  Claim
		want   func(z float64) bool
	}{
		{"no words", s.script, Claim{audio.Segment{Start: 0, End: end}, 3, 3}, math.IsNaN},
		{"beyond the words", s.script, Claim{audio.Segment{Start: 0, End: end}, 1 << 20, 1 << 21}, math.IsNaN},
		{"beyond the end", s.script, Claim{audio.Segment{Start: end + 10*minute, End: end + 11*minute}, 0, 5}, math.IsNaN},
		{"from before the start", s.script, Claim{audio.Segment{Start: -minute, End: 3 * second}, -5, 4},
			func(z float64) bool { return z > 0 }},
		{"all words at once", s.script, Claim{audio.Segment{Start: 5 * frameTime, End: 5 * frameTime}, 0, 1 << 20},
			func(z float64) bool { return math.IsInf(z, -1) }},
		{"alike", alike, Claim{audio.Segment{Start: 0, End: 3 * second}, 0, 5}, math.IsNaN},
		{"known", s.script, Claim{audio.Segment{Start: 0, End: 3 * second}, 0, 4}, func(z float64) bool { return z > 0 }},
	} {
		_, l, err := Listen(t.Context(), s.frames.Part(0, 500), c.script, o)
		if err != nil {
			t.Fatal(err)
		}
		contrasts, err := l.Contrasts(t.Context(), []Claim{c.claim})
		if err != nil || !c.want(contrasts[0].Deviations) || !c.want(contrasts[0].Share) {
			t.Errorf("%s: contrast %v, %v", c.name, contrasts[0], err)
		}
	}
	far := contrastsOf(t, s, s.script, []Claim{{audio.Segment{End: s.frames.Duration()}, 0, 1}}) // a word in 88 s
	if !math.IsNaN(far[0].Share) {
		t.Errorf("far too long: %v", far)
	}
	if none := contrastsOf(t, s, s.script, nil); len(none) != 0 {
		t.Errorf("without claims: %v", none)
	}
}

const (
	second = 1e9
	minute = 60 * second
)

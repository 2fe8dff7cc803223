package align

import (
	"math"
	"slices"
	"testing"

	"cuewright/align/transcript"
)

// sentencesOf returns the sentences of a script, which they are part of.
func sentencesOf(s *transcript.Script) (all []*transcript.Sentence) {
	for i := range s.Turns {
		for k := range s.Turns[i].Sentences {
			all = append(all, &s.Turns[i].Sentences[k])
		}
	}
	return all
}

// likeSentence returns the sentence, not next to k, whose number of phones is nearest to that of
// sentence k.
func likeSentence(rs []reading, k int) int {
	best, off := -1, 0
	for i := range rs {
		d := phonesOf(rs[i].said) - phonesOf(rs[k].said)
		if d = max(d, -d); max(i-k, k-i) > 1 && (best < 0 || d < off) {
			best, off = i, d
		}
	}
	return best
}

// TestVerify: a sentence that nobody says, in the place of another one of its length, is in doubt
// where it is shown. Those that are said are not, and cost nothing where all fit.
func TestVerify(t *testing.T) {
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	own, script := e.readings, e.script
	shown, doubted := 0, 0 // of what nobody says
	for first := range 6 { // 5 stands for none
		e.script = &transcript.Script{Turns: slices.Clone(script.Turns)}
		for i, turn := range script.Turns {
			e.script.Turns[i].Sentences = slices.Clone(turn.Sentences)
		}
		sentences, others := sentencesOf(e.script), sentencesOf(script)
		unsaid := make([]bool, len(own))
		unsaid[12] = true
		for k := first; k < len(own) && first < 5; k += 5 {
			if i := likeSentence(own, k); len(own[k].said) > 3 {
				unsaid[k], sentences[k].Words = true, others[i].Words
			}
		}
		e.readings = read(e.script, "en", e.tuning.LongPhrase)
		d := lookAgain(t, e)
		if err := e.verify(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		k := 0
		for _, turn := range e.alignment(d, judgement{verdict: Fits, trust: 1}).Turns {
			for _, x := range turn.Sentences {
				switch {
				case x.Doubtful && (!x.Spoken || !unsaid[k]):
					t.Errorf("from %d on, sentence %d is in doubt, by a trust of %.2f", first, k, d.verified[k])
				case x.Doubtful && x.Confidence > 0.9:
					t.Errorf("from %d on, sentence %d is in doubt, but its confidence is %.2f", first, k, x.Confidence)
				case x.Doubtful:
					doubted++
					shown++
				case x.Spoken && unsaid[k]:
					shown++
				}
				k++
			}
		}
		if first == 5 && len(d.verified) > 0 {
			t.Errorf("where all fit these were verified: %v", d.verified)
		}
	}
	if doubted < 8 || doubted < shown-1 {
		t.Errorf("of %d sentences that nobody says and that are shown %d are in doubt", shown, doubted)
	}
}

// TestShareLimit: what is usual lowers the limit, where enough is known of it.
func TestShareLimit(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		usual []float64
		want  float64
	}{
		{nil, leastShare},
		{[]float64{0.1, 0.1, 0.1, 0.1}, leastShare},
		{[]float64{0.1, 0.1, nan, nan, 0.1}, leastShare},
		{[]float64{0.9, 0.8, 0.9, 0, 0.7}, leastShare},
		{[]float64{0.5, 0.4, 0, 0.3, 0.9}, usualShare * 0.4},
		{[]float64{-0.1, -0.2, 0.1, 0, 0.3, 0}, 0},
		{[]float64{-0.1, -0.2, -0.1, 0, 0.3}, 0},
	} {
		if got := shareLimit(c.usual); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %g, want %g", c.usual, got, c.want)
		}
	}
}

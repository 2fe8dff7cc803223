package align

import (
	"math"
	"slices"
	"testing"
)

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
	own := e.readings
	shown, doubted := 0, 0 // of what nobody says
	for first := range 6 { // 5 stands for none
		e.readings = slices.Clone(own)
		unsaid := make([]bool, len(own))
		unsaid[12] = true
		for k := first; k < len(own) && first < 5; k += 5 {
			if i := likeSentence(own, k); len(own[k].said) > 3 {
				unsaid[k], e.readings[k].words, e.readings[k].said = true, own[i].words, own[i].said
				e.readings[k].optional = own[i].optional
			}
		}
		d := lookAgain(t, e)
		if err := e.verify(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		doubtful := d.doubtful()
		places := wordsIn(d.graph, d.state)
		for k, words := range d.graph.sentences {
			_, _, said := d.graph.extent(k, places)
			trust, doubt := doubtful[words.first]
			switch {
			case said && doubt && !unsaid[k]:
				t.Errorf("from %d on, sentence %d is in doubt, by a trust of %.2f", first, k, trust)
			case said && doubt:
				doubted++
				shown++
			case said && unsaid[k]:
				shown++
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

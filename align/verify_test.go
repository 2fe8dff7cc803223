package align

import (
	"maps"
	"math"
	"slices"
	"testing"

	"cuewright/align/transcript"
	"cuewright/testdata/race"

	"pgregory.net/rapid"
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

// sentencesIn returns the sentences of an alignment.
func sentencesIn(a *Alignment) (all []Sentence) {
	for _, turn := range a.Turns {
		all = append(all, turn.Sentences...)
	}
	return all
}

// copyOf returns a script whose sentences can be changed without changing those of s.
func copyOf(s *transcript.Script) *transcript.Script {
	c := &transcript.Script{Turns: slices.Clone(s.Turns)}
	for i, turn := range s.Turns {
		c.Turns[i].Sentences = slices.Clone(turn.Sentences)
	}
	return c
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
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	own, script := e.readings, e.script
	shown, doubted := 0, 0 // of what nobody says
	for first := range 6 { // 5 stands for none
		e.script = copyOf(script)
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
		for k, x := range sentencesIn(e.alignment(d, judgement{verdict: Fits, trust: 1})) {
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
		}
		if first == 5 && len(d.verified)+len(d.runs) > 0 {
			t.Errorf("where all fit these were verified: %v, %v", d.verified, d.runs)
		}
	}
	if doubted < 8 || doubted < shown-1 {
		t.Errorf("of %d sentences that nobody says and that are shown %d are in doubt", shown, doubted)
	}
}

// TestVerifyRuns: where half of a sentence is replaced by words that nobody says, these are in doubt
// for the most part, and hardly any others.
func TestVerifyRuns(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	own, script := e.readings, e.script
	replaced, doubted := 0, 0 // sentences
	unsaid, right := 0, 0     // words of runs in doubt
	for first := range 3 {
		e.script = copyOf(script)
		sentences, others := sentencesOf(e.script), sentencesOf(script)
		wrong := map[int]span{} // the words of the sentence that nobody says
		for k := first; k < len(own); k += 3 {
			n := len(own[k].words) / 2
			if n <= leastRunWords || k == 12 { // which nobody says
				continue
			}
			words, o := others[k].Words, others[likeSentence(own, k)].Words
			m := min(n, len(o))
			if k%2 == 0 {
				sentences[k].Words, wrong[k] = slices.Concat(words[:n], o[len(o)-m:]), span{int32(n), int32(n + m)}
			} else {
				sentences[k].Words, wrong[k] = slices.Concat(o[:m], words[n:]), span{0, int32(m)}
			}
		}
		e.readings = read(e.script, "en", e.tuning.LongPhrase)
		d := lookAgain(t, e)
		if err := e.verify(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		words := int32(0)
		for k, x := range sentencesIn(e.alignment(d, judgement{verdict: Fits, trust: 1})) {
			if half, ok := wrong[k]; ok {
				replaced++
				if x.Doubtful {
					doubted++
				}
				for r, trust := range d.runs {
					for i := max(0, r.first-words); i < min(r.end-words, int32(len(x.Words))) && trust < 1; i++ {
						if half.first <= i && i < half.end {
							unsaid++
						} else {
							right++
						}
					}
				}
			} else if x.Doubtful {
				t.Errorf("from %d on, sentence %d is in doubt", first, k)
			}
			words += int32(len(x.Words))
		}
	}
	if doubted < 5 || replaced != 9 {
		t.Errorf("of %d sentences with such a half %d are in doubt", replaced, doubted)
	}
	if unsaid < 30 || 9*right > unsaid {
		t.Errorf("in runs that are in doubt are %d of the words that nobody says in these, and %d others", unsaid, right)
	}
}

// TestWorstRuns: the runs are those that a slow search finds.
// What decoys don't fit as well is not in doubt, even where filler would fit better.
func TestRightRuns(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	d := lookAgain(t, e)
	e.tuning.Hesitation = -1e6 // any run has more gain
	if err := e.verify(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	doubted := 0
	for _, trust := range d.runs {
		if trust < 1 {
			doubted++
		}
	}
	if len(d.runs) < 12 || doubted > 1 { // nobody says one of the sentences
		t.Errorf("of %d runs %d are in doubt", len(d.runs), doubted)
	}
}

// In text without punctuation a run that nobody says may last for minutes.
func TestVerifyLongRuns(t *testing.T) {
	places := map[int32]place{0: {0, 400}, 1: {400, 900}, 3: {2900, 3000}, 4: {3000, 3100}, 7: {8000, 8300}}
	for _, c := range []struct {
		run  span
		want []span
	}{
		{span{0, 4}, []span{{0, 4}}},
		{span{0, 5}, []span{{0, 2}, {2, 5}}},
		{span{0, 8}, []span{{0, 4}, {4, 6}, {6, 8}}},
		{span{5, 7}, nil},
		{span{2, 3}, nil},
	} {
		if got := inPieces(c.run, places); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.run, got, c.want)
		}
	}
	if got := inPieces(span{0, 1}, map[int32]place{0: {0, 9999}}); !slices.Equal(got, []span{{0, 1}}) {
		t.Errorf("a word: %v", got)
	}
}

// The least of several trusts counts.
func TestDoubtfulWords(t *testing.T) {
	g := &graph{sentences: []span{{0, 4}, {4, 6}, {6, 7}}}
	d := &decoded{
		graph:    g,
		verified: map[int]float64{0: 0.4, 1: 1.2},
		putBack:  map[span]float64{{1, 3}: 0.5, {4, 5}: 0.2},
		runs:     map[span]float64{{2, 4}: 0.7, {4, 6}: 0.6, {6, 7}: 1},
	}
	want := map[int32]float64{0: 1, 1: 0.5, 2: 0.5, 3: 0.7, 4: 0.2, 5: 0.6}
	if got := d.doubtful(); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWorstRuns(t *testing.T) {
	t.Parallel()
	type runs = []span
	word := func(phones int, gain float64) runWord { return runWord{phones: phones, gain: gain} }
	for _, c := range []struct {
		name string
		ws   []runWord
		want runs
	}{
		{"no words", nil, nil},
		{"all fit", slices.Repeat([]runWord{word(4, -10)}, 9), nil},
		{"too little gain", slices.Repeat([]runWord{word(4, 9)}, 5), nil},
		{"enough", slices.Repeat([]runWord{word(4, 9)}, 6), runs{{0, 6}}},
		{"too few phones", slices.Repeat([]runWord{word(2, 20)}, 5), nil},
		{"too few words", slices.Repeat([]runWord{word(9, 20)}, 3), nil},
		{"with what is too little by itself", append(slices.Repeat([]runWord{word(9, 20)}, 3), word(3, -1)), runs{{0, 4}}},
		{"at both ends", slices.Concat(
			slices.Repeat([]runWord{word(4, 20)}, 4), slices.Repeat([]runWord{word(4, -30)}, 4), slices.Repeat([]runWord{word(4, 15)}, 4),
		), runs{{0, 4}, {8, 12}}},
	} {
		for i := range c.ws {
			c.ws[i].word = int32(i)
		}
		if got := worstRuns(c.ws, 45); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var ws []runWord
		for i := range rapid.IntRange(0, 20).Draw(t, "words") {
			gain := float64(rapid.IntRange(-30, 30).Draw(t, "gain"))
			ws = append(ws, runWord{int32(2 * i), rapid.IntRange(1, 6).Draw(t, "phones"), gain}) // words between them are not said
		}
		if got, want := worstRuns(ws, 45), slowRuns(ws, 45); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// slowRuns is worstRuns by all runs there are.
func slowRuns(ws []runWord, least float64) []span {
	first, end, most := 0, 0, least
	for e := 1; e <= len(ws); e++ {
		for f := range e {
			phones, gain := 0, 0.0
			for _, w := range ws[f:e] {
				phones, gain = phones+w.phones, gain+w.gain
			}
			if e-f >= leastRunWords && phones >= leastRunPhones && gain > most {
				first, end, most = f, e, gain
			}
		}
	}
	if end == 0 {
		return nil
	}
	runs := append(slowRuns(ws[:first], least), span{ws[first].word, ws[end-1].word + 1})
	return append(runs, slowRuns(ws[end:], least)...)
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

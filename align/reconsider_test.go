package align

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

// searched returns what the passes find.
func searched(t *testing.T, e *episode) *decoded {
	d, err := e.run(t.Context(), SeedModel().acoustics(e.features, e.tuning), func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lookAgain returns what the passes find and what is put back on their path.
func lookAgain(t *testing.T, e *episode) *decoded {
	d := searched(t, e)
	if err := e.reconsider(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReconsider: where filler and leaving out a sentence are so cheap that the passes lose a
// sentence beside music, it is found again in its place, and nothing else is.
func TestReconsider(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	e, _ := sampleEpisode(t, false)
	e.tuning.SkipSentence, e.tuning.SkipWord, e.tuning.FillerMargin = 5, 0, 0.4
	d := lookAgain(t, e)
	const lost = 2
	if z, ok := d.putBack[d.graph.sentences[lost]]; len(d.putBack) != 1 || !ok || z < 1 {
		t.Errorf("found again, by the trust in them: %v, want sentence %d alone", d.putBack, lost)
	}
	places := wordsIn(d.graph, d.state)
	for k, sentence := range s.truth.Sentences {
		first, _, said := d.graph.sentenceFrames(k, places)
		if said != (sentence.Start != nil) {
			t.Errorf("sentence %d is said: %v", k, said)
		} else if said && math.Abs(audio.FrameTime(first).Seconds()-*sentence.Start) > 0.1 {
			t.Errorf("sentence %d starts at %v, want %.2f s", k, audio.FrameTime(first), *sentence.Start)
		}
	}
	if d.banded.skipMargin[lost] != 0 {
		t.Errorf("its margin is %g: want 0, since the path is better without it", d.banded.skipMargin[lost])
	}
}

// TestRunsSaidInsertion: of a sentence of which an editor's insertion alone is not said there are no
// runs to put back, but the whole.
func TestRunsSaidInsertion(t *testing.T) {
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	d := searched(t, e)
	const sentence, at = 3, 9
	first, end, _ := d.graph.sentenceFrames(sentence, wordsIn(d.graph, d.state))
	r, other := &e.readings[sentence], e.readings[14]
	r.words = slices.Insert(slices.Clone(r.words), at, other.words...)
	r.said, r.optional = slices.Insert(slices.Clone(r.said), at, other.said...), nil
	for _, inserted := range []bool{false, true} {
		for i := range other.words {
			r.words[at+i].Inserted = inserted
		}
		d.graph = newGraph(e.readings, d.rules)
		c := e.newContrast(d)
		x := part{sentence: sentence, words: d.graph.sentences[sentence], filled: 1}
		p := gap{parts: []part{x}, t0: first, t1: end}
		if runs := e.runsSaid(t.Context(), d, c, p, c.listen(first, end), x); (len(runs) == 0) != inserted {
			t.Errorf("insertions: %v: the runs are %v", inserted, runs)
		}
	}
}

// TestReconsiderUnsaid: a sentence that nobody says is not found in speech that the script
// lacks, though that is of its length.
func TestReconsiderUnsaid(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	e.tuning.SkipSentence, e.tuning.SkipWord = 20, 0 // the passes leave it out
	own := e.readings
	for _, c := range []struct{ place, text int }{{3, 4}, {6, 19}, {8, 16}, {14, 1}, {16, 8}, {19, 6}} {
		e.readings = slices.Clone(own)
		e.readings[c.place] = own[c.text]
		d := lookAgain(t, e)
		if _, _, said := d.graph.sentenceFrames(c.place, wordsIn(d.graph, d.state)); said {
			t.Errorf("sentence %d is said to be where sentence %d is: found again by %v", c.text, c.place, d.putBack)
		}
	}
}

// TestReconsiderRuns: where words that nobody says are attached to a sentence without punctuation, or
// stand in it, the sentence is said without them, but for one word or two beside them.
func TestReconsiderRuns(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	own := e.readings
	d := searched(t, e)
	places := wordsIn(d.graph, d.state)
	for _, c := range []struct{ sentence, at, text int }{ // words of text stand before word at
		{3, 20, 9}, {8, 11, 3}, {9, 8, 4}, {14, 0, 3}, {14, 5, 19}, {16, 0, 6},
	} {
		r, text := own[c.sentence], own[c.text]
		added := span{int32(c.at), int32(c.at + len(text.words))}
		r.said = slices.Insert(slices.Clone(r.said), c.at, text.said...)
		r.words = slices.Insert(slices.Clone(r.words), c.at, text.words...)
		for i := range r.words {
			r.words[i].Text = strings.Trim(r.words[i].Text, ",.:;?—")
		}
		r.optional = optionals(r.words, e.tuning.LongPhrase)
		e.readings = slices.Clone(own)
		e.readings[c.sentence] = r
		d := lookAgain(t, e)
		got := wordsIn(d.graph, d.state)
		first, was := d.graph.sentences[c.sentence].first, 0
		for i := range int32(len(r.words)) {
			at, said := got[first+i]
			if i >= added.first && i < added.end {
				if said {
					t.Errorf("%v: %s is said", c, r.words[i].Text)
				}
				continue
			}
			want := places[first+int32(was)]
			was++
			if beside := i >= added.first-2 && i < added.end+2; !said && !beside || said && abs(at.start-want.start) > 10 {
				t.Errorf("%v: %s lies at %v, %v: want %v", c, r.words[i].Text, at, said, want)
			}
		}
	}
}

// TestPassRest: what is left out of a sentence or a clause is all but the runs of it that are put back.
func TestPassRest(t *testing.T) {
	sentence, clause := span{1, 11}, span{3, 9} // words of the script; the sentence begins with the second one
	run := func(first, end int32, of span) part {
		return part{sentence: 1, words: span{first, end}, clause: true, of: of}
	}
	for _, c := range []struct {
		parts []part
		want  []span // words of the sentence
	}{
		{[]part{run(3, 6, sentence), run(8, 11, sentence)}, []span{{0, 2}, {5, 7}}},
		{[]part{run(8, 11, sentence)}, []span{{0, 7}}}, // the other one does not fit in
		{[]part{run(3, 6, clause)}, []span{{5, 8}}},
		{[]part{run(1, 4, sentence)}, []span{{3, 10}}},
		{[]part{{sentence: 1, words: sentence}}, nil},
	} {
		e := &episode{readings: drawn("z / a b c d e f g h i j / y")}
		rules := testGrammar(2)
		found := &decoded{graph: newGraph(e.readings, rules), rules: rules}
		e.passRest(found, []gap{{parts: c.parts}})
		var got []span
		for _, o := range e.readings[1].optional {
			got = append(got, o.span)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.parts, got, c.want)
		}
	}
}

// TestReconsiderFluent: where the passes do without hesitations, a path can't pass by a part of a
// sentence without punctuation: words that nobody says are not put back with those that are said.
func TestReconsiderFluent(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, seed := sampleEpisode(t, false)
	const sentence = 14
	own, others := e.readings[sentence], e.readings[9]
	r := reading{
		words: slices.Concat(own.words, others.words, others.words), said: slices.Concat(own.said, others.said, others.said),
	}
	for i := range r.words {
		r.words[i].Text = strings.Trim(r.words[i].Text, ",.:;?—")
	}
	r.optional = optionals(r.words, e.tuning.LongPhrase)
	e.readings = slices.Clone(e.readings)
	e.readings[sentence] = r
	var d *decoded
	for _, p := range schedule {
		p.hesitations = false
		var err error
		if d, err = e.decode(t.Context(), p, seed, d); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, said := d.graph.sentenceFrames(sentence, wordsIn(d.graph, d.state)); said {
		t.Fatal("the sentence is said without a second look")
	}
	if err := e.reconsider(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	places := wordsIn(d.graph, d.state)
	for w := d.graph.sentences[sentence].first + int32(len(own.words)); w < d.graph.sentences[sentence].end; w++ {
		if _, said := places[w]; said {
			t.Errorf("word %d is said", w)
		}
	}
}

// TestPutBack: what is taken off the path, with filler in its place, is put back where it was,
// wherever it lies and however near to others.
func TestPutBack(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	d := searched(t, e)
	g := d.graph
	state, want := slices.Clone(d.state), wordsIn(g, d.state)
	whole := func(k int) part { return part{sentence: k, words: g.sentences[k]} }
	clause := func(k int, first, end int32) part {
		return part{sentence: k, words: span{g.sentences[k].first + first, g.sentences[k].first + end}, clause: true}
	}
	for _, parts := range [][]part{
		{whole(2)},
		{whole(0), whole(3), whole(4), whole(6)},
		{whole(3), whole(8), whole(9), whole(14), whole(19)},
		{clause(4, 0, 11)},
		{clause(1, 6, 12), clause(3, 9, 16), clause(4, 0, 11), whole(6), clause(19, 5, 11)},
	} {
		copy(d.state, state)
		for _, x := range parts {
			for t := want[x.words.first].start; t < want[x.words.end-1].end; t++ {
				d.state[t] = g.silenceBefore(x.words.first) + 1
			}
		}
		if err := e.reconsider(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		for _, x := range parts {
			if z, ok := d.putBack[x.words]; !ok || z < 1 {
				t.Errorf("of %v, %v: trust %g, put back %v", parts, x, z, ok)
			}
		}
		got := wordsIn(g, d.state)
		for w, at := range want {
			if got[w] != at {
				t.Errorf("of %v, word %d lies at %v, want %v", parts, w, got[w], at)
			}
		}
		if len(d.putBack) != len(parts) || len(got) != len(want) {
			t.Errorf("%v are put back, and %d words said: want %v and %d", d.putBack, len(got), parts, len(want))
		}
	}
}

// TestPutBackAlone: where the search around two gaps loses its way, since the words of one are too
// many for the time there, those of the other are put back.
func TestPutBackAlone(t *testing.T) {
	t.Parallel()
	e, _ := sampleEpisode(t, false)
	const unsaid = 12
	long := &e.readings[unsaid]
	long.words, long.said, long.optional = slices.Repeat(long.words, 10), slices.Repeat(long.said, 10), nil
	d := searched(t, e)
	g := d.graph
	want, state := wordsIn(g, d.state), slices.Clone(d.state)
	at := want[g.sentences[unsaid-1].end-1].end
	hopeless := gap{parts: []part{{sentence: unsaid, words: g.sentences[unsaid], contrast: 5}}, t0: at, t1: at + 10}
	for i := range int32(10) {
		hopeless.coarse = append(hopeless.coarse, g.node[g.words[g.sentences[unsaid].first+10*i].first])
	}
	for _, k := range []int{unsaid - 1, unsaid + 1} {
		copy(d.state, state)
		own := g.sentences[k]
		fits := gap{parts: []part{{sentence: k, words: own, contrast: 5}}, t0: want[own.first].start, t1: want[own.end-1].end}
		for t := fits.t0; t < fits.t1; t++ {
			fits.coarse = append(fits.coarse, g.node[d.state[t]])
			d.state[t] = g.boundaries[k] + 1
		}
		gaps := []gap{hopeless, fits}
		if k < unsaid {
			slices.Reverse(gaps)
		}
		if err := d.putBackOn(t.Context(), gaps, wordsIn(g, d.state)); err != nil {
			t.Fatal(err)
		}
		if got := wordsIn(g, d.state); !maps.Equal(got, want) {
			t.Errorf("the words lie at %v, want %v", got, want)
		}
		if _, ok := d.putBack[own]; !ok || len(d.putBack) != 1 {
			t.Errorf("put back are %v, want %v alone", d.putBack, own)
		}
	}
}

// TestReconsiderClause: a clause that is so cheap to leave out that noise over it does so is
// shown in doubt; one that nobody says, in speech of its length, is not.
func TestReconsiderClause(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	cheap := DefaultTuning()
	cheap.SkipClause, cheap.SkipWord = 30, 0
	own := read(s.script, "en", DefaultCosts().LongPhrase)
	for _, c := range []struct {
		sentence   int
		clause     span
		start, end float64 // of the clause, in seconds
		snr        float64 // of the voice to noise, in dB
		text       int     // the sentence whose last words it has
		doubtful   bool
	}{
		{9, span{3, 8}, 44.94, 46.39, -10, 9, true},
		{19, span{5, 11}, 78.10, 79.97, -14, 19, true},
		{4, span{0, 11}, 0, 0, 0, 3, false},
		{9, span{3, 8}, 0, 0, 0, 14, false},
	} {
		samples := slices.Clone(s.samples)
		voice := samples[int(c.start*audio.Rate):int(c.end*audio.Rate)]
		random := rand.New(rand.NewPCG(1, uint64(c.sentence)))
		amplitude := noiseAmplitude(voice, c.snr)
		for i := range voice {
			voice[i] += float32(amplitude * random.NormFloat64())
		}
		frames := framesOf(t, samples)
		e := &episode{frames: frames, script: s.script, spoken: languages{tag: "en", read: "en"}, features: newFeatures(frames),
			readings: slices.Clone(own), tuning: cheap}
		r := &e.readings[c.sentence]
		if other := own[c.text].said; c.text != c.sentence {
			r.said = slices.Concat(r.said[:c.clause.first], other[len(other)-int(c.clause.end-c.clause.first):], r.said[c.clause.end:])
		}
		d := searched(t, e)
		first := d.graph.sentences[c.sentence].first
		words := span{first + c.clause.first, first + c.clause.end}
		said := func() bool { _, ok := wordsIn(d.graph, d.state)[words.first]; return ok }
		if said() {
			t.Errorf("sentence %d: the clause is not lost", c.sentence)
		}
		if err := e.reconsider(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if said() != c.doubtful {
			t.Errorf("sentence %d: its clause is said: %v, want %v; put back %v", c.sentence, said(), c.doubtful, d.putBack)
		}
		k := 0
		for _, turn := range e.alignment(d, judgement{verdict: Fits, trust: 1, heard: true}).Turns {
			for _, sentence := range turn.Sentences {
				if sentence.Doubtful != (c.doubtful && k == c.sentence) {
					t.Errorf("sentence %d is doubtful: %v", k, sentence.Doubtful)
				}
				if sentence.Doubtful && sentence.Confidence > openContrast/clearContrast {
					t.Errorf("sentence %d has a confidence of %.2f", k, sentence.Confidence)
				}
				for i, w := range sentence.Words {
					in := int32(i) >= c.clause.first && int32(i) < c.clause.end
					if sentence.Doubtful && in && w.Confidence > openContrast/clearContrast {
						t.Errorf("sentence %d: %s has a confidence of %.2f", k, w.Text, w.Confidence)
					}
				}
				k++
			}
		}
	}
}

// TestCovered: noise covers what is said in it, whatever its length; speech of the length of a
// short clause doesn't, though its spectrum may change as slowly as that of music.
func TestCovered(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	e, _ := sampleEpisode(t, false)
	d := searched(t, e)
	samples := make([]float32, len(s.samples))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range samples {
		samples[i] = float32(0.1 * random.NormFloat64())
	}
	noise := &episode{frames: framesOf(t, samples)}
	g := d.graph
	state := slices.Clone(d.state)
	for i := range d.state {
		d.state[i] = g.boundaries[0] + 1 // filler
	}
	for _, n := range []int{80, 120} {
		all, covered, covering := 0, 0, 0
		for i := 0; i+n <= len(state); i += n {
			if slices.ContainsFunc(state[i:i+n], func(state int32) bool { return g.word[state] == none }) {
				continue
			}
			all++
			if e.covered(d, gap{t0: i, t1: i + n}) {
				covered++
			}
			if noise.covered(d, gap{t0: i, t1: i + n}) {
				covering++
			}
		}
		if all == 0 || covered > 0 || covering != all {
			t.Errorf("of %d windows of %d frames speech covers %d, noise %d: want none and all", all, n, covered, covering)
		}
	}
}

// TestPartTrust: what is put back only since the sound is of its length is in doubt, though in sound
// that it fills it would be clear.
func TestPartTrust(t *testing.T) {
	for _, c := range []struct {
		contrast, filled float64
		want             bool // in doubt
	}{{3, 0.5, false}, {3, 1, false}, {2.9, 1, true}, {3.1, 2, true}, {3.4, 2, false}, {3.4, 10, true}} {
		x := part{words: span{4, 6}, contrast: c.contrast, filled: c.filled}
		d := &decoded{putBack: map[span]float64{x.words: x.trust()}}
		if got := len(d.doubtful()) == 2; got != c.want {
			t.Errorf("contrast %g, filled %g: in doubt is %v", c.contrast, c.filled, got)
		}
	}
}

func TestClausesIn(t *testing.T) {
	for _, c := range []struct{ text, want string }{ // _ stands for a word that is said
		{"so far so good, said the bees, and _ left", "so far so good, | said the bees,"},
		{"_ far so good, said the bees, and left us.", "said the bees, | and left us."},
		{"_ “so far, so good so far,” said the bees", "so good so far,” | said the bees"},
		{"_ (as we saw then) https://a.example/b/c", ""},
		{"so far so good", ""}, // a whole sentence
	} {
		texts := strings.Fields(c.text)
		words, first, end := make([]transcript.Word, len(texts)), 0, len(texts)
		for i, text := range texts {
			if words[i].Text = text; text == "_" && i == 0 {
				first = 1
			} else if text == "_" {
				end = i
			}
		}
		var got []string
		for _, s := range clausesIn(optionals(words, 25), span{int32(first), int32(end)}) {
			got = append(got, strings.Join(texts[s.first:s.end], " "))
		}
		if got := strings.Join(got, " | "); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

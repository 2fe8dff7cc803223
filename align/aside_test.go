package align

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/testdata/race"
)

// TestAside: of what was set aside at either end of a script, what is said is captioned in its
// place, and the rest is left alone.
func TestAside(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	// So many lines that what a script is charged for those that nobody says would outweigh the few
	// that somebody does.
	notes := parse(t, "Small Wonders is made with the help of those who give. Find us wherever you get such things.\n\n"+
		"Recorded at the county library in October, and edited by hand.\n\n"+
		"Produced by Clara Stone.\n\nMusic by the Blue Dots.\n\nArtwork by Peter Lang.\n\nNew episodes on Fridays.\n\n"+
		"With thanks to all who wrote.\n\nThe railway town, part one.\n\nA long walk home, part two.").Turns
	turns := s.script.Turns
	head, tail := turns[0], turns[len(turns)-1]
	last := len(tail.Sentences) - 1
	// aside returns a turn of sentences behind a line that nobody says.
	aside := func(sentences ...transcript.Sentence) []transcript.Turn {
		all := slices.Clone(parse(t, "Published 3 May 2024").Turns[0].Sentences)
		for _, sentence := range sentences {
			sentence.Paragraph++
			all = append(all, sentence)
		}
		return []transcript.Turn{{Sentences: all}}
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
			script.Before = slices.Concat(notes, aside(head.Sentences...), notes)
			script.Turns = script.Turns[1:]
		}
		if c.after {
			script.After = slices.Concat(notes, aside(tail.Sentences[last]), notes)
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
			if first := turn.Sentences[0].Paragraph; first != 0 {
				t.Errorf("%s: the first paragraph of a turn is %d", c.name, first)
			}
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

// TestAsideNear: what was set aside is looked for near the script alone, however much of the
// recording lies beyond.
func TestAsideNear(t *testing.T) {
	t.Parallel()
	s := readSample(t)
	const beyond = 30 // seconds before the recording
	random := rand.New(rand.NewPCG(1, 2))
	samples := make([]float32, beyond*audio.Rate, beyond*audio.Rate+len(s.samples))
	for i := range samples {
		samples[i] = float32(0.002 * random.NormFloat64())
	}
	samples = append(samples, s.samples...)
	script := *s.script
	script.Directions = nil
	script.Before, script.Turns = script.Turns[:1], script.Turns[1:]
	e := &episode{frames: framesOf(t, samples), script: &script, spoken: languages{tag: "en", read: "en"}, tuning: DefaultTuning(),
		readings: read(&script, "en", DefaultCosts().LongPhrase)}
	e.features = newFeatures(e.frames)
	seed := SeedModel().acoustics(e.features, e.tuning)
	found, err := e.run(t.Context(), seed, func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	if found, err = e.holdAside(t.Context(), seed, found, int(15*time.Second/frameTime)); err != nil {
		t.Fatal(err)
	}
	if len(e.script.Turns) != len(s.script.Turns) {
		t.Fatalf("%d turns, want %d", len(e.script.Turns), len(s.script.Turns))
	}
	first := audio.FrameTime(wordsIn(found.graph, found.state)[0].start).Seconds() - beyond
	if math.Abs(first-*s.truth.Sentences[0].Start) > 0.1 {
		t.Errorf("what was set aside starts at %.2f s, want %.2f", first, *s.truth.Sentences[0].Start)
	}
}

// TestClaimsBehindAside: claims count the words of the script as it was given, whatever was
// found to be said before them.
func TestClaimsBehindAside(t *testing.T) {
	race.Skip(t, race.Slow)
	t.Parallel()
	s := readSample(t)
	own, _ := claimsOf(s, 1)
	before := 0
	for _, sentence := range s.script.Turns[0].Sentences {
		before += len(sentence.Words)
	}
	script := *s.script
	script.Directions = nil
	script.Before, script.Turns = script.Turns[:1], script.Turns[1:]
	var claims []Claim
	for _, c := range own[len(s.script.Turns[0].Sentences):] {
		claims = append(claims, Claim{c.Segment, c.FirstWord - before, c.EndWord - before})
	}
	a, l, err := Listen(t.Context(), s.frames, &script, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Turns) != len(s.script.Turns) {
		t.Fatalf("%d turns, want %d: nothing of what was set aside is said", len(a.Turns), len(s.script.Turns))
	}
	contrasts, err := l.Contrasts(t.Context(), claims)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range contrasts {
		if words := claims[i].EndWord - claims[i].FirstWord; words > 3 && c.Deviations < clearContrast {
			t.Errorf("claim %d, %d words of its own: contrast %.2f", i, words, c.Deviations)
		}
	}
}

// TestSearchedFor: the more text there is, the less of the recording is searched for it.
func TestSearchedFor(t *testing.T) {
	for _, c := range []struct{ words, want int }{{0, 6000}, {1, 6000}, {500, 6000}, {1000, 3000}, {20_000, 150}} {
		var words []transcript.Word
		for range c.words {
			words = append(words, transcript.Word{Text: "so"})
		}
		text := []transcript.Turn{{Sentences: []transcript.Sentence{{Words: words}}}}
		if got := searchedFor(text, 6000); got != c.want {
			t.Errorf("%d words: %d frames, want %d", c.words, got, c.want)
		}
	}
}

// TestAsideInOpenScript: what was set aside may leave vowels open where the script doesn't, as beside English words in
// an Arabic page, and is looked for in the same states.
func TestAsideInOpenScript(t *testing.T) {
	for _, c := range []struct {
		script, before, after, lang string
		want                        bool
	}{
		{"Nobody knows that.", arabic, "", "ar", true},
		{"Nobody knows that.", "", arabic, "ar", true},
		{arabic, "", "", "ar", true},
		{"Nobody knows that.", "Produced by Clara Stone.", "", "ar", false},
		{"Nobody knows that.", "", "", "en", false},
	} {
		e := &episode{script: parse(t, c.script), spoken: languages{read: c.lang}, tuning: DefaultTuning()}
		e.readings = readIn(e.script, e.spoken, e.tuning.LongPhrase)
		if c.before != "" {
			e.script.Before = parse(t, c.before).Turns
		}
		if c.after != "" {
			e.script.After = parse(t, c.after).Turns
		}
		if got := e.opens(); got != c.want {
			t.Errorf("%.20q, before %.20q, after %.20q, %s: %v", c.script, c.before, c.after, c.lang, got)
		}
	}
}

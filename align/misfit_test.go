package align

import (
	"context"
	"slices"
	"strings"
	"testing"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// TestMisfits: words of the sample that are given the phones of others are named first, each once
// with how often it is said, and at most one word is without that; a lexicon that has them right
// names none.
func TestMisfits(t *testing.T) {
	s := readSample(t)
	said := map[string]int{}
	for _, turn := range s.script.Turns {
		for _, sentence := range turn.Sentences {
			for _, w := range sentence.Words {
				said[strings.ToLower(bare(w.Said()))]++
			}
		}
	}
	named := func(lexicon string) (words []string) {
		o := DefaultOptions()
		if lexicon != "" {
			x, err := pronounce.ReadLexicon("planted.txt", []byte(lexicon))
			if err != nil {
				t.Fatal(err)
			}
			o.Lexicon = x
		}
		a, err := Align(context.Background(), s.frames, s.script, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range a.Misfits {
			word := strings.ToLower(m.Text)
			if m.Count < 1 || m.Count > said[word] || m.Start <= 0 || m.Start >= a.End || slices.Contains(words, word) {
				t.Errorf("misfit %+v of a word that stands there %d times", m, said[word])
			}
			words = append(words, word)
		}
		return words
	}
	clean := named("")
	if len(clean) > 1 {
		t.Errorf("%q fit badly", clean)
	}
	const word = "wonders"
	if said[word] == 0 {
		t.Fatalf("the sample has no %q", word)
	}
	if got := named(word + " = /tʃiːkoʊb/"); len(got) == 0 || got[0] != word {
		t.Errorf("%q fit badly, and not %s before all", got, word)
	}
	if got := named(word + " = wun-ders"); !slices.Equal(got, clean) {
		t.Errorf("%q fit badly, and %q do without the lexicon", got, clean)
	}
}

// TestJudged: words of letters are judged, but none of digits or signs, short ones or syllables.
func TestJudged(t *testing.T) {
	for word, want := range map[string]bool{
		"Siobhan": true, "O’Brien": true, "Jean-Luc": true, "Обь": false, "Обама": true, "the": false, "3rd": false,
		"C++": false, "ab.com": false, "北京": false, "ชาย์": false, "12345": false, "": false,
	} {
		if got := isJudged(word); got != want {
			t.Errorf("%q is judged: %v", word, got)
		}
	}
}

// A word in several ways is found in whichever is said, as in TestOpenPhonesAreFound.
func TestWaysAreFound(t *testing.T) {
	ways := [][]pronounce.Phone{{pronounce.AA, pronounce.K}, {pronounce.S, pronounce.IY}, {pronounce.T, pronounce.OW, pronounce.M}}
	r := reading{words: []transcript.Word{{Text: "so"}}, said: []pronounce.Word{{Phones: ways[0], Others: ways[1:]}}}
	rules := grammar{topology: newTopology(1, false, modelState), costs: costs}
	g := newGraph([]reading{r}, rules)
	for k, said := range ways {
		rows := rowsSaying(rules, said)
		found, err := viterbi(t.Context(), g, rowScores{rows, 1}, 1e6)
		if err != nil {
			t.Fatal(err)
		}
		for i, state := range found.state {
			if rows[i][g.emit[state]] != 5 {
				t.Errorf("way %d: phone %d is heard as state %d", k, i, state)
			}
		}
	}
}

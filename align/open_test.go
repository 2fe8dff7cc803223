package align

import (
	"slices"
	"strings"
	"testing"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// An open phone looks at the states of all phones that it may be, and whether it may be missing
// makes no difference to that.
func TestTopologyOfOpenPhones(t *testing.T) {
	for n := 1; n <= statesPerPhone; n++ {
		top := newTopology(n, true, modelState)
		for p := pronounce.Phone(pronounce.NumPhones); int(p) < pronounce.AllPhones; p++ {
			for k := range n {
				var want []int32
				for _, sound := range p.Sounds() {
					want = append(want, top.emissions[top.strict([]pronounce.Phone{sound}, 0, k)]...)
				}
				got := slices.Clone(top.emissions[top.emission([]pronounce.Phone{p}, 0, k)])
				maybe := top.emissions[top.emission([]pronounce.Phone{p.AsOptional()}, 0, k)]
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) || len(maybe) != len(got) {
					t.Errorf("state %d of %v looks at %v, want %v", k, p, got, want)
				}
			}
		}
		plain := newTopology(n, false, modelState)
		if more := len(top.emissions) - len(plain.emissions); more != n*(pronounce.AllPhones-pronounce.NumPhones) {
			t.Errorf("%d emissions more with open phones", more)
		}
	}
}

// Of a word that ends in any of several phones, around which words can be left out, a
// state has no more arcs than a backpointer can tell apart.
func TestOpenPhonesKeepToBackpointers(t *testing.T) {
	r := reading{}
	maybe := func(p pronounce.Phone) pronounce.Phone { return p.AsOptional() }
	for range 12 {
		r.words = append(r.words, transcript.Word{Text: "so"})
		r.said = append(r.said, pronounce.Word{
			Phones: []pronounce.Phone{maybe(pronounce.AA), maybe(pronounce.L), pronounce.B, maybe(pronounce.N), maybe(pronounce.T)},
			Others: [][]pronounce.Phone{{pronounce.S, maybe(pronounce.IY), maybe(pronounce.N)}},
		})
	}
	for first := range int32(12) {
		for end := first + 1; end <= 12; end++ {
			r.optional = append(r.optional, optional{span{first, end}, true})
		}
	}
	r.optional = inOrder(r.optional)
	rules := grammar{topology: newTopology(1, false, modelState), costs: costs}
	g := newGraph([]reading{r, r}, rules)
	for i := range g.states() {
		if n := len(g.incoming(i)); n > maxIncoming {
			t.Errorf("%d arcs into state %d", n, i)
		}
	}
	// The likeliest word is still reached from the silence before it and from the end of the word before.
	entered := map[int32]bool{}
	for i := range g.states() {
		for _, a := range g.incoming(i) {
			if a.kind == arcWord {
				entered[g.word[i]] = true
			}
		}
	}
	if len(entered) != len(g.words) {
		t.Errorf("%d of %d words can be entered", len(entered), len(g.words))
	}
}

// A word may end in any number of letters that are silent or drawn out, as in a chat: it can
// be left from the last phone of both pronunciations.
func TestDrawnOutOpenPhones(t *testing.T) {
	words := []string{"لا" + strings.Repeat("ع", 40), "نعم"}
	r := reading{words: []transcript.Word{{Text: words[0]}, {Text: words[1]}}, said: pronounce.Sentence(words, "ar")}
	r.said[0].Phones = append(r.said[0].Phones, slices.Repeat([]pronounce.Phone{pronounce.AH.AsOptional()}, 40)...)
	r.said[0].Others = [][]pronounce.Phone{r.said[0].Phones}
	g := newGraph([]reading{r, r}, grammar{topology: newTopology(1, true, modelState), costs: costs})
	n := int32(len(r.said[0].Phones))
	left := map[int32]bool{}
	for i := range g.states() {
		for _, a := range g.incoming(i) {
			if a.from != none && g.word[a.from] == 0 && g.word[i] != 0 {
				left[a.from-g.words[0].first] = true
			}
		}
	}
	if !left[n-1] || !left[2*n-1] {
		t.Errorf("a word of %d phones is left from %v", n, left)
	}
}

// rowsSaying returns the scores of frames in which phones are said, one in each: 5 for an emission that
// the phone may be, and -5 for others.
func rowsSaying(rules grammar, said []pronounce.Phone) [][]float32 {
	var rows [][]float32
	for _, p := range said {
		row := make([]float32, len(rules.emissions))
		for e, states := range rules.emissions {
			row[e] = -5
			if slices.Contains(states, modelState(p, 0)) {
				row[e] = 5
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// A word of open phones is found where it is said, with and without what may be missing.
func TestOpenPhonesAreFound(t *testing.T) {
	open := pronounce.Sentence([]string{"كتب"}, "ar")[0].Phones
	r := reading{words: []transcript.Word{{Text: "كتب"}}, said: []pronounce.Word{{Phones: open}}}
	rules := grammar{topology: newTopology(1, true, modelState), costs: costs}
	g := newGraph([]reading{r}, rules)
	for _, said := range [][]pronounce.Phone{
		{pronounce.K, pronounce.UH, pronounce.T, pronounce.IH, pronounce.B, pronounce.AH},
		{pronounce.K, pronounce.AA, pronounce.T, pronounce.B},
	} {
		rows := rowsSaying(rules, said)
		found, err := viterbi(t.Context(), g, rowScores{rows, 1}, 1e6)
		if err != nil {
			t.Fatal(err)
		}
		for i, state := range found.state {
			if rows[i][g.emit[state]] != 5 {
				t.Errorf("%v: phone %d is heard as state %d", said, i, state)
			}
		}
	}
}

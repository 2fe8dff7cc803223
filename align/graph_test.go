package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// drawn is the readings of sentences parted by slashes, one phone a word: [x] is an
// editor's insertion, ... a gap before the word behind it, and x|y may be said in
// two ways.
func drawn(text string) []reading {
	var readings []reading
	for _, sentence := range strings.Split(text, " / ") {
		var r reading
		gap := false
		for _, w := range strings.Fields(sentence) {
			if w == "..." {
				gap = true
				continue
			}
			r.words = append(r.words, transcript.Word{Text: w, Inserted: strings.HasPrefix(w, "["), GapBefore: gap})
			said := pronounce.Word{Phones: []pronounce.Phone{pronounce.AA}}
			if strings.Contains(w, "|") {
				said.Others = [][]pronounce.Phone{{pronounce.S, pronounce.IY}}
			}
			r.said = append(r.said, said)
			gap = false
		}
		r.optional = optionals(r.words, costs.LongPhrase)
		readings = append(readings, r)
	}
	return readings
}

// routes is what a path through g can say, "" for nothing; * stands where there can
// be filler, if fillers is true.
func routes(g *graph, readings []reading, fillers bool) []string {
	var names []string
	for _, r := range readings {
		for _, w := range r.words {
			names = append(names, w.Text)
		}
	}
	out := make([][]int32, g.states())
	for i := range g.states() {
		for _, a := range g.incoming(i) {
			out[a.from] = append(out[a.from], i)
		}
	}
	found := map[string]bool{}
	seen := map[string]bool{}
	var walk func(before, state int32, said string)
	walk = func(before, state int32, said string) {
		if w := g.word[state]; w != none && (before == none || g.word[before] != w) {
			said += " " + names[w]
		} else if fillers && g.filling(state) && !strings.HasSuffix(said, "*") {
			said += " *"
		}
		key := fmt.Sprint(state, said)
		if seen[key] {
			return
		}
		seen[key] = true
		if slices.ContainsFunc(g.ends, func(a arc) bool { return a.from == state }) {
			found[strings.TrimSpace(said)] = true
		}
		for _, next := range out[state] {
			walk(state, next, said)
		}
	}
	for _, s := range g.starts {
		walk(none, s.from, "")
	}
	var all []string
	for said := range found {
		all = append(all, said)
	}
	slices.Sort(all)
	return all
}

func TestWhatCanBeSaid(t *testing.T) {
	for _, test := range []struct {
		name, script string
		want         []string
	}{
		{"a word", "a", []string{"", "a"}},
		{"a sentence whole or not at all", "a b c", []string{"", "a b c"}},
		{"each sentence for itself", "a b / c", []string{"", "a b", "a b c", "c"}},
		{"an insertion at the beginning", "[a] b", []string{"", "[a] b", "b"}},
		{"in the middle", "a [b] c", []string{"", "a [b] c", "a c"}},
		{"at the end", "a [b]", []string{"", "a", "a [b]"}},
		{"as the whole sentence", "[a]", []string{"", "[a]"}},
		{"between sentences", "a / [b] / c", []string{"", "[b]", "[b] c", "a", "a [b]", "a [b] c", "a c", "c"}},
		{"of several words, together", "a [b [c] d", []string{"", "a [b [c] d", "a d"}},
		{"at both ends", "[a] b [c]", []string{"", "[a] b", "[a] b [c]", "b", "b [c]"}},
		{"before a gap", "a [b] ... c", []string{"", "a [b] c", "a c"}},
		{"behind a gap", "a ... [b] c", []string{"", "a [b] c", "a c"}},
		{"with a gap in it", "a [b ... [c] d", []string{"", "a [b [c] d", "a d"}},
		{"a gap", "a ... b", []string{"", "a b"}},
		{"in two ways", "a|A b|B", []string{"", "a|A b|B"}},
		{"an aside", "a (b c) d", []string{"", "a (b c) d", "a d"}},
		{"at the beginning", "a / (b) c", []string{"", "(b) c", "a", "a (b) c", "a c", "c"}},
		{"at the end", "a (b) / c", []string{"", "a", "a (b)", "a (b) c", "a c", "c"}},
		{"as the whole sentence", "(a b)", []string{"", "(a b)"}},
		{"one behind the other", "a #b #c d", []string{"", "a #b #c d", "a #b d", "a #c d", "a d"}},
		{"one in the other", "a (b #c) d", []string{"", "a (b #c) d", "a (b d", "a d"}},
		{"in two ways", "a|A (b|B) c|C", []string{"", "a|A (b|B) c|C", "a|A c|C"}},
		{"before a gap", "a (b) ... c", []string{"", "a (b) c", "a c"}},
		{"beside an insertion", "a (b) [c] d", []string{"", "a (b) [c] d", "a (b) d", "a [c] d", "a d"}},
		{"clauses", "a, b c d, e", []string{"", "a, b c d, e", "a, e"}},
		{"a clause at the end", "a, b c d", []string{"", "a,", "a, b c d"}},
		{"at the beginning", "a b c, d", []string{"", "a b c, d", "d"}},
		{"a quotation", "a “b, c d” e", []string{"", "a e", "a “b,", "a “b, c d” e"}},
	} {
		readings := drawn(test.script)
		for n := 1; n <= statesPerPhone; n++ {
			g := newGraph(readings, testGrammar(n))
			if got := routes(g, readings, false); !slices.Equal(got, test.want) {
				t.Errorf("%s: %q with %d states a phone can be %q, want %q", test.name, test.script, n, got, test.want)
			}
		}
	}
}

// Where all is said, nothing can be left out but an editor's insertion.
func TestWhatIsForced(t *testing.T) {
	readings := drawn("a, b c d, e / (f) g [h]")
	rules := testGrammar(1)
	rules.forced = true
	want := []string{"a, b c d, e (f) g", "a, b c d, e (f) g [h]"}
	if got := routes(newGraph(readings, rules), readings, false); !slices.Equal(got, want) {
		t.Errorf("it can be %q, want %q", got, want)
	}
}

// A loose path passes by any run of words, through filler in its place.
func TestWhatIsLoose(t *testing.T) {
	readings := drawn("a b [c] d / e")
	rules := testGrammar(2)
	rules.forced, rules.loose = true, true
	g := newGraph(readings, rules)
	for _, c := range []struct {
		said string
		can  bool
	}{
		{"a b [c] d e", true}, {"a b d e", true}, {"a b d * e", true}, {"*", true}, {"* e", true}, {"a * d e", true},
		{"* b * d *", true}, {"a *", true}, {"a d e", false}, {"", false}, {"b d e", false}, {"a b d", false},
	} {
		if got := slices.Contains(routes(g, readings, true), c.said); got != c.can {
			t.Errorf("%q can be said: %v", c.said, got)
		}
	}
	for i, a := range g.arcs {
		if to := int32(sort.Search(int(g.states()), func(s int) bool { return g.arcStart[s+1] > int32(i) })); a.kind == arcSkipWords &&
			(!g.filling(a.from) || !g.filling(to) || float64(a.cost) != costs.SkipWord) {
			t.Errorf("an arc from %d to %d costs %g", a.from, to, a.cost)
		}
	}
}

func TestWhereFillerCanBe(t *testing.T) {
	for _, test := range []struct {
		script, most string
		fluent       bool
	}{
		{"a b", "* a * b *", false},
		{"a / b", "* a * b *", false},
		{"a ... b c", "* a * b * c *", false},
		{"... a", "* a *", false},
		{"a [b] c", "* a * [b] * c *", false},
		{"a [b]", "* a * [b] *", false},
		{"a|A b", "* a|A * b *", false},
		{"a b / c ... d", "* a b * c * d *", true},
	} {
		readings := drawn(test.script)
		rules := testGrammar(1)
		rules.fluent = test.fluent
		all := routes(newGraph(readings, rules), readings, true)
		longest := slices.MaxFunc(all, func(a, b string) int { return len(a) - len(b) })
		if longest != test.most {
			t.Errorf("%q: at most it is %q, want %q", test.script, longest, test.most)
		}
		if !slices.Contains(all, strings.ReplaceAll(strings.Trim(test.most, "* "), " *", "")) {
			t.Errorf("%q: filler can't be left out: %q", test.script, all)
		}
	}
}

// Where nobody hesitates, filler can still be between the words of a phrase that is
// too long to be one.
func TestFillerInLongPhrase(t *testing.T) {
	rules := testGrammar(1)
	rules.fluent = true
	for words, want := range map[int]int{costs.LongPhrase: 2, costs.LongPhrase + 1: 2 + costs.LongPhrase} {
		g := newGraph(drawn(strings.Repeat("a ", words)), rules)
		fillers := 0
		for i := range g.states() {
			if g.filling(i) {
				fillers++
			}
		}
		if fillers != want {
			t.Errorf("%d places for filler in a phrase of %d words, want %d", fillers, words, want)
		}
	}
}

// The graph goes where the slow search does, at the same cost, and its tables
// agree with one another.
func TestGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		n := rapid.IntRange(1, statesPerPhone).Draw(t, "states a phone")
		rules := testGrammar(n)
		rules.fluent = rapid.Bool().Draw(t, "fluent")
		rules.costs = drawCosts(t)
		g, x := newGraph(readings, rules), newSlow(readings, rules)

		if int(g.states()) != len(x.states) || len(g.word) != len(x.states) || len(g.node) != len(x.states) {
			t.Fatalf("%d states, want %d", g.states(), len(x.states))
		}
		word := -1
		for i, to := range x.states {
			if g.emit[i] != to.emit {
				t.Errorf("state %d emits %d, want %d", i, g.emit[i], to.emit)
			}
			if !to.silent() && to.state == 0 && to.way == 0 {
				word++
			}
			switch want := int32(word); {
			case to.silent() && g.word[i] != none, !to.silent() && g.word[i] != want:
				t.Errorf("state %d is of word %d", i, g.word[i])
			case !to.silent() && (int32(i) < g.words[want].first || int32(i) >= g.words[want].end):
				t.Errorf("state %d of word %d is outside its states %v", i, want, g.words[want])
			}
			arcs := g.incoming(int32(i))
			if len(arcs) > maxIncoming {
				t.Errorf("%d arcs into state %d", len(arcs), i)
			}
			for j, from := range x.states {
				a, ok := x.arc(from, to)
				if got := slices.Contains(arcs, arc{int32(j), float32(a.cost), a.kind}); got != ok {
					t.Errorf("arcs into %d, %+v, are %v: from %d %v is %v", i, to, arcs, j, a, ok)
				}
			}
			a, ok := x.start(to)
			if got := slices.Contains(g.starts, arc{int32(i), float32(a.cost), a.kind}); got != ok {
				t.Errorf("starts %v, state %d, %v: %v", g.starts, i, a, ok)
			}
			a, ok = x.end(to)
			if got := slices.Contains(g.ends, arc{int32(i), float32(a.cost), a.kind}); got != ok {
				t.Errorf("ends %v, state %d, %v: %v", g.ends, i, a, ok)
			}
		}

		// Words and sentences follow one another without a gap.
		words := int32(0)
		for si, s := range g.sentences {
			if s.first != words || int(s.end-s.first) != len(readings[si].words) {
				t.Errorf("sentence %d has the words %v", si, s)
			}
			for wi := range readings[si].words {
				phones := len(slices.Concat(readings[si].said[wi].Ways()...))
				if w := g.words[int(s.first)+wi]; int(w.end-w.first) != phones*n {
					t.Errorf("word %d of sentence %d has the states %v", wi, si, w)
				}
			}
			words = s.end
		}
		if int(words) != len(g.words) {
			t.Errorf("%d words in sentences, %d in all", words, len(g.words))
		}

		// Boundaries, and what is before them.
		var boundaries []int32
		for i, s := range x.states {
			if s.kind == slowSilence && s.word == 0 {
				if got := g.sentencesBefore(int32(i)); int(got) != s.sentence {
					t.Errorf("%d sentences are before the boundary at %d, want %d", got, i, s.sentence)
				}
				boundaries = append(boundaries, int32(i))
			}
		}
		if !slices.Equal(g.boundaries, boundaries) {
			t.Errorf("boundaries at %v, want %v", g.boundaries, boundaries)
		}
	})
}

func TestNodesAreNumberedAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		ref := newGraph(readings, testGrammar(1))
		for n := 1; n <= statesPerPhone; n++ {
			g := newGraph(readings, testGrammar(n))
			if len(g.nodeStart) != len(ref.nodeStart) {
				t.Fatalf("%d nodes with %d states a phone, %d with one", len(g.nodeStart)-1, n, len(ref.nodeStart)-1)
			}
			for node := range g.nodeStart[1:] {
				first, end := g.nodeStart[node], g.nodeStart[node+1]
				want := int32(1)
				if g.word[first] != none {
					want = int32(n)
				}
				if end-first != want || g.word[first] != ref.word[ref.nodeStart[node]] {
					t.Errorf("node %d has the states [%d, %d) of word %d with %d states a phone, that of word %d with one", node, first,
						end, g.word[first], n, ref.word[ref.nodeStart[node]])
				}
				for s := first; s < end; s++ {
					if g.node[s] != int32(node) || g.word[s] != g.word[first] {
						t.Errorf("state %d is of node %d and word %d, want %d and %d", s, g.node[s], g.word[s], node, g.word[first])
					}
				}
				// What is around a node holds it, and of words only its own.
				around := g.around(int32(node))
				if around.first > first || around.end < end {
					t.Errorf("around node %d of [%d, %d) is %v", node, first, end, around)
				}
				for s := around.first; s < around.end; s++ {
					if g.word[s] != g.word[first] {
						t.Errorf("around node %d is state %d of word %d", node, s, g.word[s])
					}
				}
			}
			if last := g.nodeStart[len(g.nodeStart)-1]; last != g.states() {
				t.Errorf("the nodes end at state %d of %d", last, g.states())
			}
		}
	})
}

// A path goes to and fro between the two states of a boundary, so that a band
// around one of them holds both.
func TestAroundBoundary(t *testing.T) {
	for _, script := range []string{"a / b", "a [b] / c", "a ... b"} {
		g := newGraph(drawn(script), testGrammar(2))
		for i := range g.states() {
			if !g.filling(i) {
				continue
			}
			for _, s := range []int32{i - 1, i} {
				if around := g.around(g.node[s]); around.first > i-1 || around.end < i+1 {
					t.Errorf("%s: around state %d is %v, want the boundary of %d and %d", script, s, around, i-1, i)
				}
			}
		}
	}
}

func TestPauses(t *testing.T) {
	long := strings.Repeat("so ", costs.LongPhrase-1) + "so"
	for _, test := range []struct {
		script string
		want   []float64 // before the last words
	}{
		{"bees like roses", []float64{costs.PausePhrase, costs.PausePhrase}},
		{"well, bees", []float64{costs.PauseClause}},
		{"bees of the town", []float64{costs.PauseBefore, costs.PauseAfter, costs.PauseAfter}},
		{"roses and, well", []float64{costs.PausePhrase, costs.PauseClause}},
		{"bees [really like", []float64{costs.PauseClause, costs.PauseClause}},
		{"bees, " + long, []float64{costs.PausePhrase}},
		{"bees " + long, []float64{costs.PauseClause}},
		{long + " bees", append([]float64{costs.PausePhrase}, slices.Repeat([]float64{costs.PauseClause}, costs.LongPhrase-1)...)},
		{"well, " + long + " bees", append([]float64{costs.PauseClause, costs.PausePhrase},
			slices.Repeat([]float64{costs.PauseClause}, costs.LongPhrase-1)...)},
		{"the " + long + " bees of the town", []float64{costs.PauseClause, costs.PauseClause, costs.PauseAfter, costs.PauseAfter}},
	} {
		words := strings.Fields(test.script)
		r := say(words...)
		for i, w := range words {
			r.words[i].Inserted = strings.HasPrefix(w, "[")
		}
		pauses, _ := r.pauses(costs)
		var got []float64
		for _, cost := range pauses[len(pauses)-len(test.want):] {
			got = append(got, float64(cost))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: silences cost %v, want %v at its end", test.script, got, test.want)
		}
	}
}

func TestPausesAfter(t *testing.T) {
	for _, test := range []struct {
		word string
		want bool
	}{
		{"well,", true}, {"so:", true}, {"here;", true}, {"clock —", true}, {"wait...", true}, {"wait…", true},
		{"done.”", true}, {"(so)", false}, {"(so.)", true}, {"**so,**", true}, {"[bees],", true}, {"why?’", true},
		{"今日は、", true}, {"что,", true}, {"قال،", true}, {"ነው።", true}, {"ሰላም፣", true}, {"է։", true}, {"တယ်။", true},
		{"well", false}, {"St", false}, {"don’t", false}, {"dogs’", false}, {"twenty-one", false}, {"$4,200", false},
		{"", false}, {"”", false},
	} {
		if got := pausesAfter(test.word); got != test.want {
			t.Errorf("%q: %v", test.word, got)
		}
	}
}

// Each kind of arc has a name of its own.
func TestArcKindNames(t *testing.T) {
	names := map[string]arcKind{}
	for k := arcNext; k <= arcEnd; k++ {
		if other, ok := names[k.String()]; ok || k.String() == "" {
			t.Errorf("kind %d is named %q, as kind %d", k, k, other)
		}
		names[k.String()] = k
	}
}

// Forced words are said, and nothing else changes: where the best path says
// them anyway it stays, and one that says them keeps its score. Staying costs the same at any
// length here, since the search is exact then: else it may miss a better path, see viterbi.go, which
// it finds where others are out of the way.
func TestForcing(t *testing.T) {
	forced, as := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		rules := testGrammar(rapid.IntRange(1, statesPerPhone).Draw(t, "states a phone"))
		rules.costs = drawCosts(t)
		rules.costs.Long = 0
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rows := rowScores{randomRows(random, rapid.IntRange(1, 60).Draw(t, "frames"), len(rules.emissions)), 1}
		g := newGraph(readings, rules)
		var words []span
		for k, s := range g.sentences {
			first := rapid.Int32Range(s.first, s.end-1).Draw(t, "first")
			end := rapid.Int32Range(first+1, s.end).Draw(t, "end")
			inserted := func(w transcript.Word) bool { return w.Inserted }
			if !slices.ContainsFunc(readings[k].words[first-s.first:end-s.first], inserted) {
				words = append(words, span{first, end})
			}
		}
		if len(words) == 0 {
			return
		}
		says := func(p path) bool {
			places := wordsIn(g, p.state)
			for _, said := range words {
				for w := said.first; w < said.end; w++ {
					if _, ok := places[w]; !ok {
						return false
					}
				}
			}
			return true
		}
		free, err := viterbi(t.Context(), g, rows, 1e6)
		if err != nil {
			return
		}
		got, err := viterbi(t.Context(), g.forcing(words, costNever), rows, 1e6)
		if err != nil || got.score < -costNever/2 { // too few frames
			return
		}
		forced++
		if !says(got) {
			t.Fatalf("the path %v does not say the words %v", got.state, words)
		}
		if says(free) {
			if as++; !near(got.score, free.score) {
				t.Fatalf("score %g, want %g", got.score, free.score)
			}
		}
		if score := newSlow(readings, rules).score(got.state, rows.rows, 1); !near(got.score, score) {
			t.Fatalf("score %g of a path of %g", got.score, score)
		}
	})
	if forced == 0 || as == 0 || as == forced {
		t.Errorf("of %d paths %d are as they were", forced, as)
	}
}

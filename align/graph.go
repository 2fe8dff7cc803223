package align

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// The search runs over one decoding graph that holds the whole script. Between two
// words stands a word boundary of two states, silence S and filler F: a garbage model
// for sound that the script lacks, as an advertisement between sentences or a
// hesitation inside one. A boundary can be left out, every state can be stayed in, and
// a word that may be said in several ways has the states of all, one behind the other:
//
//	        .----------------- sentence skipped -----------------.
//	        |                                                    v
//	end -> [S <-> F] -> word -> [S <-> F] -> word or word -> ... [S <-> F] -> ...
//	  \_________________^  \_________________^
//
// An editor's insertion can be passed over, and so can optional words. A path may begin and end at any boundary
// between sentences, at a cost: a recording may lack either end of its script.

// arc is an arc into a state, other than the one that stays in it. As a start or an
// end of paths its from is the state itself.
type arc struct {
	from int32
	cost float32
	kind arcKind
}

// arcKind is what a path does by taking an arc.
type arcKind uint8

const (
	arcNext          arcKind = iota // goes on to the next state of a word, at no cost
	arcWord                         // enters a word, from the boundary or the word before it
	arcSilence                      // enters silence, from a word or from the filler of the same boundary
	arcFiller                       // enters filler between sentences or where the script has a gap
	arcHesitation                   // enters filler inside a sentence
	arcSkipSentence                 // leaves out a sentence
	arcSkipInsertion                // leaves out an editor's insertion
	arcSkipWords                    // leaves out optional words
	arcSkipRun                      // leaves out all sentences up to here (a start) or from here on (an end)
	arcEnd                          // ends the path behind the last sentence
)

// String returns the kind as a trace shows it.
func (k arcKind) String() string {
	return [...]string{
		arcNext: "next", arcWord: "word", arcSilence: "silence", arcFiller: "filler", arcHesitation: "hesitation",
		arcSkipSentence: "skip sentence", arcSkipInsertion: "skip insertion", arcSkipWords: "skip words",
		arcSkipRun: "skip run", arcEnd: "end",
	}[k]
}

// pointerBits is how many bits a backpointer has, which tells the arcs into a state
// apart, and staying; packPointers goes by it.
const pointerBits = 4

// maxIncoming is the most arcs into a state.
const maxIncoming = 1<<pointerBits - 1

// maxEnds is the most phones that the pronunciations of a word may end in together, the last one of
// each and those before optional ones: all of them go into the silence behind the word, with arcs
// from its filler and around mostEnding optional words. There are pronounce.MostWays at the most.
const maxEnds = maxIncoming - 1 - mostEnding

// costNever is the cost of filler and skipped sentences where a recording is known to
// fit its script.
const costNever = 1e5

// graph is the states that a script can be said in, in its order. Its states are
// grouped into nodes: a phone of a word, S or F of a boundary. Nodes are numbered alike
// whatever the number of states a phone, so that a path found in one graph bounds the
// search in another. Only a graph without filler inside phrases (grammar.fluent) has
// fewer nodes, and so other numbers.
type graph struct {
	emit       []uint16 // of each state: index into the scores of a frame
	arcs       []arc    // into state i: arcs[arcStart[i]:arcStart[i+1]]
	arcStart   []int32
	node       []int32 // of each state
	word       []int32 // of each state, counted through the script; none for silence and filler
	nodeStart  []int32 // first state of each node, and the number of states
	branches   []int32 // states that are not entered by one arcNext alone, and the number of states
	nextBranch []int32 // of each state: index in branches of the first one that is not before it
	starts     []arc   // where a path can begin
	ends       []arc   // where it can end

	words      []span    // states of each word
	lengths    []int32   // how many states its first pronunciation has
	sentences  []span    // words of each sentence
	skipCosts  []float32 // of leaving out each sentence
	boundaries []int32   // S before each sentence, and after the last one

	gates gates // that all paths pass, none but in a graph that is knowing

	filler uint16 // the emission of F, and those after it, by fillerClass
	whole  bool   // see grammar
	costs  Costs
}

// none is the number of a word or a state that isn't there.
const none = int32(-1)

// span is the half-open range [first, end).
type span struct{ first, end int32 }

// grammar is how a script becomes a decoding graph.
type grammar struct {
	topology
	costs Costs
	// whole says that the script is all said and nothing else: filler between
	// sentences and skipped ones cost costNever, and there is none inside.
	whole bool
	// fluent says that nobody hesitates: there is no filler inside phrases. It is for
	// a first look, since in noise hesitations leave too many paths open.
	fluent bool
	// forced says that all is said: no sentence and no optional words can be skipped.
	forced bool
	// loose says that any run of words can be skipped, by way of filler: from the F before a word
	// a path can go on to the F behind it at the cost of SkipWord. It is for a look at single
	// sentences, where there is filler inside of them.
	loose bool
}

// fillerCost is the cost of entering filler between sentences.
func (r grammar) fillerCost() float32 {
	if r.whole {
		return costNever
	}
	return float32(r.costs.Filler)
}

// skipCost is the cost of skipping a sentence.
func (r grammar) skipCost(sentence reading) float32 {
	if r.whole {
		return costNever
	}
	size := transcript.Size(sentence.words)
	for _, o := range sentence.optional {
		if int(o.end-o.first) == len(sentence.words) {
			return r.costs.skipOptional(o, size) // it is nothing but an aside
		}
	}
	return r.costs.skip(size)
}

// reading is a sentence as it is read aloud.
type reading struct {
	words         []transcript.Word
	said          []pronounce.Word // the pronunciations of each word
	optional      []optional       // what of it can be passed by on its own
	before, after fillerClass      // of the boundaries around it
	within        fillerClass      // of all boundaries inside
}

// fillerClass is what the script's directions say of the sound at a boundary: each
// class has its own margin, see gmmScorer. Where several apply the later one here
// counts: a clip's words may fit badly, whatever else is announced.
type fillerClass uint8

const (
	plainFiller      fillerClass = iota // nothing is said
	announcedFiller                     // a sound is announced
	hesitationFiller                    // it lies inside a sentence
	clipEdgeFiller                      // a clip begins or ends, whose words may fit badly: a telephone call
	clipFiller                          // it lies within a clip
	numFillerClasses = iota
)

// stronger is the class that counts where a and b apply.
func stronger(a, b fillerClass) fillerClass { return max(a, b) }

// newGraph returns the decoding graph of the readings, of which there is one at the
// least. It takes time and memory in proportion to their states.
func newGraph(readings []reading, rules grammar) *graph {
	b := &graphBuilder{
		graph: &graph{filler: rules.filler, whole: rules.whole, costs: rules.costs},
		rules: rules,
	}
	for _, r := range readings {
		b.addSentenceBoundary(r.before)
		b.addSentence(r)
	}
	b.addSentenceBoundary(plainFiller)
	b.nodeStart = append(b.nodeStart, b.states())
	b.arcStart = append(b.arcStart, int32(len(b.arcs)))
	b.findBranches()
	b.addStartsAndEnds()
	return b.graph
}

// graphBuilder adds a script to a graph, sentence by sentence.
type graphBuilder struct {
	*graph
	rules   grammar
	last    []int32     // states that what was added last ends in
	after   fillerClass // what the sentence added last says of the boundary behind it
	passing []arc       // into that boundary, around what the sentence ends in
	before  int32       // F of the boundary that was added last
	size    float64     // of the word that was added last
}

// entry is how a path comes to a word.
type entry struct {
	s    int32   // S of the boundary before it
	last []int32 // states that the word before it ends in; none for the first word
}

// addSentenceBoundary adds the boundary before a sentence, or the last one; the
// sentence before it can be skipped.
func (b *graphBuilder) addSentenceBoundary(class fillerClass) {
	var skipping []arc
	if n := len(b.sentences); n > 0 && !b.rules.forced {
		skipping = append(skipping, arc{b.boundaries[n-1], b.skipCosts[n-1], arcSkipSentence})
		skipping = append(skipping, b.passing...)
	}
	s := b.addBoundary(stronger(class, b.after), 0, arc{cost: b.rules.fillerCost(), kind: arcFiller}, skipping...)
	b.boundaries = append(b.boundaries, s)
}

// addSentence adds the words of r behind the boundary that was added last, with the
// boundaries between them.
func (b *graphBuilder) addSentence(r reading) {
	b.skipCosts = append(b.skipCosts, b.rules.skipCost(r))
	b.after = r.after
	first := int32(len(b.words))
	pauses, long := r.pauses(b.costs)
	s := b.boundaries[len(b.boundaries)-1]
	open := none // the silence before a run of insertions
	passing := func() arc { return arc{open, float32(b.costs.SkipInsertion), arcSkipInsertion} }
	var entries []entry
	for i, w := range r.words {
		pausing, straight := b.passingBy(r, entries, i)
		noPause, filled := float32(b.costs.NoPause), true
		switch {
		case i == 0:
		case w.GapBefore:
			s = b.addBoundary(r.within, 0, arc{cost: b.rules.fillerCost(), kind: arcFiller}, pausing...)
		default:
			noPause = 0
			s, filled = b.addPhraseBoundary(r.within, pauses[i], long[i], pausing...)
		}
		arcs := []arc{{s, 0, arcWord}}
		if filled {
			arcs = append(arcs, arc{s + 1, 0, arcWord})
		}
		for _, l := range b.last {
			arcs = append(arcs, arc{l, noPause, arcWord})
		}
		switch {
		case w.Inserted && open == none:
			open = s
		case !w.Inserted && open != none:
			arcs = append(arcs, passing())
			open = none
		}
		entries = append(entries, entry{s: s})
		if i > 0 {
			entries[i].last = b.last
		}
		b.addWord(r.said[i], append(arcs, straight...))
		b.size = w.Size()
	}
	pausing, straight := b.passingBy(r, entries, len(r.words))
	b.passing = atMost(maxIncoming-2-len(b.last), append(pausing, straight...))
	if open != none {
		// The sentence ends in an insertion: a silence to reach its end without it.
		b.last = []int32{b.addSilence(0, passing())}
	}
	b.sentences = append(b.sentences, span{first, int32(len(b.words))})
}

// passingBy returns the arcs around the optional words of r that end before word i: into
// the S there, of a path that pauses, and into what is behind that, of one that goes
// straight on.
func (b *graphBuilder) passingBy(r reading, entries []entry, i int) (pausing, straight []arc) {
	first, _ := slices.BinarySearchFunc(r.optional, int32(i), func(o optional, end int32) int { return int(o.end - end) })
	for _, o := range r.optional[first:] {
		whole := int(o.end-o.first) == len(r.words) // see skipCost
		switch {
		case o.end != int32(i):
			return pausing, straight
		case whole, b.rules.whole, b.rules.forced, b.rules.fluent && !o.aside:
			continue
		}
		cost := b.costs.skipOptional(o, transcript.Size(r.words[o.first:o.end]))
		pausing = append(pausing, arc{entries[o.first].s, cost, arcSkipWords})
		for _, l := range entries[o.first].last {
			straight = append(straight, arc{l, cost, arcSkipWords})
		}
	}
	return pausing, straight
}

// addPhraseBoundary adds the boundary before a word that stands behind another one of
// its sentence; long says that their phrase is a long one, and more are other arcs into
// S. It returns S, and whether there is F.
func (b *graphBuilder) addPhraseBoundary(within fillerClass, pause float32, long bool, more ...arc) (s int32, filled bool) {
	if b.rules.whole || b.rules.fluent && !long {
		return b.addSilence(pause, more...), false
	}
	if !long {
		within = stronger(within, hesitationFiller)
	}
	return b.addBoundary(within, pause, arc{cost: float32(b.costs.Hesitation), kind: arcHesitation}, more...), true
}

// addBoundary adds S and F, which are entered from what was added last, S at the cost
// of a pause and F by the arc filler (of which from is set here), and returns S; more
// are other arcs into S.
func (b *graphBuilder) addBoundary(class fillerClass, pause float32, filler arc, more ...arc) int32 {
	s := b.addSilence(pause, append(more, arc{b.states() + 1, 0, arcSilence})...)
	var arcs []arc
	for _, from := range append([]int32{s}, b.last...) {
		filler.from = from
		arcs = append(arcs, filler)
	}
	if b.rules.loose && len(b.words) > 0 {
		arcs = append(arcs, arc{b.before, b.costs.skipWords(b.size), arcSkipWords})
	}
	b.before = s + 1
	b.addNode(b.rules.filler+uint16(class), arcs)
	return s
}

// addSilence adds a silence that is entered from what was added last at a cost, and by
// more arcs, which come first.
func (b *graphBuilder) addSilence(cost float32, more ...arc) int32 {
	for _, l := range b.last {
		more = append(more, arc{l, cost, arcSilence})
	}
	return b.addNode(b.rules.silence, more)
}

// addNode adds a node of one state that is of no word, and returns the state.
func (b *graphBuilder) addNode(emit uint16, arcs []arc) int32 {
	b.nodeStart = append(b.nodeStart, b.states())
	return b.addState(emit, none, arcs)
}

func (b *graphBuilder) addState(emit uint16, word int32, arcs []arc) int32 {
	if len(arcs) > maxIncoming {
		panic("align: more arcs into a state than a backpointer can tell apart")
	}
	s := b.states()
	b.emit = append(b.emit, emit)
	b.node = append(b.node, int32(len(b.nodeStart)-1))
	b.word = append(b.word, word)
	b.arcStart = append(b.arcStart, int32(len(b.arcs)))
	b.arcs = append(b.arcs, arcs...)
	return s
}

// addWord adds the states of a word, which is entered by the arcs. Around an optional phone
// goes an arc from each phone that it may stand behind, at no cost.
func (b *graphBuilder) addWord(w pronounce.Word, arcs []arc) {
	word, first := int32(len(b.words)), b.states()
	b.last = nil
	ways := w.Ways()
	for _, phones := range ways {
		into := arcs // the next phone
		for i, p := range phones {
			b.nodeStart = append(b.nodeStart, b.states())
			around := into
			for k := range b.rules.statesPerPhone {
				s := b.addState(b.rules.emission(phones, i, k), word, atMost(maxIncoming, into))
				into = []arc{{s, 0, arcNext}}
			}
			if p.Optional() {
				into = append(into, around...)
			}
		}
		for _, a := range atMost(maxEnds/max(2, len(ways)), into) {
			if a.kind == arcNext {
				b.last = append(b.last, a.from)
			}
		}
	}
	b.words = append(b.words, span{first, b.states()})
	b.lengths = append(b.lengths, int32(len(w.Phones)*b.rules.statesPerPhone))
}

// atMost returns the first n arcs at the most. Only words that may end in several phones have
// more than a backpointer can tell apart; the last ones go around the most words, and a path
// that pauses there can pass these by as well.
func atMost(n int, arcs []arc) []arc { return arcs[:min(n, len(arcs))] }

// findBranches lists the states that a search can't pass through straight on.
func (b *graphBuilder) findBranches() {
	for i := range b.states() {
		b.nextBranch = append(b.nextBranch, int32(len(b.branches)))
		if arcs := b.incoming(i); b.word[i] == none || len(arcs) != 1 || arcs[0].kind != arcNext {
			b.branches = append(b.branches, i)
		}
	}
	b.branches = append(b.branches, b.states())
}

// addStartsAndEnds lists where paths can begin and end: at either end of the script,
// and at each boundary between sentences at the cost of those left out.
func (b *graphBuilder) addStartsAndEnds() {
	b.starts = []arc{{0, 0, arcSilence}, {1, b.rules.fillerCost(), arcFiller}}
	for i := range b.words[0].end {
		fromSilence := func(a arc) bool { return a.from == 0 && a.kind == arcWord }
		if b.word[i] == 0 && slices.ContainsFunc(b.incoming(i), fromSilence) {
			b.starts = append(b.starts, arc{i, 0, arcWord})
		}
	}
	n := len(b.sentences)
	s := b.boundaries[n]
	b.ends = []arc{{s, 0, arcEnd}, {s + 1, 0, arcEnd}}
	for _, l := range b.last {
		b.ends = append(b.ends, arc{l, 0, arcEnd})
	}
	if b.whole || b.rules.forced {
		return
	}
	for i, s := range b.boundaries {
		if i > 0 {
			b.starts = append(b.starts, arc{s, b.costs.skipRun(b.skipCosts[:i]), arcSkipRun})
		}
		if i < n {
			cost := b.costs.skipRun(b.skipCosts[i:])
			b.ends = append(b.ends, arc{s, cost, arcSkipRun}, arc{s + 1, cost, arcSkipRun})
		}
	}
}

// pauses returns what a silence before each word costs, and whether its phrase is a
// long one; for the first word the cost means nothing. Readers pause where punctuation
// is, else before function words rather than behind them: phrases are runs of such
// words and what they lean on (Liberman and Church, "Text analysis and word
// pronunciation in text-to-speech synthesis", 1992). In a long phrase, whose text lacks its
// punctuation, they may pause anywhere; but one word is seldom a phrase, and where silence
// behind the first one was cheap it lay on a stray sound before its sentence.
func (r reading) pauses(c Costs) (costs []float32, long []bool) {
	costs, long = make([]float32, len(r.words)), make([]bool, len(r.words))
	first := 0 // of the phrase
	for i, w := range r.words {
		if i < len(r.words)-1 && !pausesAfter(w.Text) {
			continue
		}
		size := transcript.Size(r.words[first : i+1])
		for k := first; k <= i; k++ {
			long[k] = size > float64(c.LongPhrase)
			cost := c.PausePhrase
			switch {
			case k == first, r.words[k-1].Inserted != r.words[k].Inserted:
				cost = c.PauseClause
			case r.said[k-1].Function:
				cost = c.PauseAfter
			case long[k] && k > first+1:
				cost = c.PauseClause
			case r.said[k].Function:
				cost = c.PauseBefore
			}
			costs[k] = float32(cost)
		}
		first = i + 1
	}
	return costs, long
}

// pausesAfter reports whether a reader would pause after the word.
func pausesAfter(word string) bool {
	word = strings.TrimRightFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.S, unicode.Pe, unicode.Pf, unicode.Mn, unicode.Z) || strings.ContainsRune("\"'*_", r)
	})
	r, _ := utf8.DecodeLastRuneInString(word)
	return unicode.Is(unicode.Terminal_Punctuation, r) || strings.ContainsRune("…—–-", r)
}

func (g *graph) states() int32 { return int32(len(g.emit)) }

// incoming returns the arcs into state i.
func (g *graph) incoming(i int32) []arc { return g.arcs[g.arcStart[i]:g.arcStart[i+1]] }

// sentencesBefore returns how many sentences end at or before the boundary that state i is
// of or that comes before it. A path that begins in state i leaves these out.
func (g *graph) sentencesBefore(i int32) int32 {
	k, isS := slices.BinarySearch(g.boundaries, i)
	if !isS {
		k--
	}
	return int32(k)
}

// sentencesAfter returns how many sentences a path leaves out that ends in state i.
func (g *graph) sentencesAfter(i int32) int32 {
	if i > g.boundaries[len(g.sentences)-1]+1 {
		return 0 // it ends behind the last sentence
	}
	return int32(len(g.sentences)) - g.sentencesBefore(i)
}

// skippingFor returns g with the same cost for each skipped sentence.
func (g *graph) skippingFor(cost float32) *graph {
	other := *g
	other.arcs, other.starts, other.ends = slices.Clone(g.arcs), slices.Clone(g.starts), slices.Clone(g.ends)
	other.skipCosts = slices.Repeat([]float32{cost}, len(g.skipCosts))
	for i, a := range g.starts {
		n := g.sentencesBefore(a.from)
		other.starts[i].cost += g.costs.skipRun(other.skipCosts[:n]) - g.costs.skipRun(g.skipCosts[:n])
	}
	for i, a := range g.ends {
		first := len(g.sentences) - int(g.sentencesAfter(a.from))
		other.ends[i].cost += g.costs.skipRun(other.skipCosts[first:]) - g.costs.skipRun(g.skipCosts[first:])
	}
	for i, a := range other.arcs {
		if a.kind == arcSkipSentence && a.cost < costNever {
			other.arcs[i].cost = cost
		}
	}
	return &other
}

// forcing returns g with the given words said, but for an editor's insertions among them:
// runs of words in ascending order, each of one sentence. To leave them out costs cost at the least.
func (g *graph) forcing(words []span, cost float32) *graph {
	other := *g
	other.arcs, other.starts, other.ends = slices.Clone(g.arcs), slices.Clone(g.starts), slices.Clone(g.ends)
	first, last := g.sentenceOf(words[0].first), g.sentenceOf(words[len(words)-1].first)
	for i, a := range g.starts {
		if int(g.sentencesBefore(a.from)) > first {
			other.starts[i].cost = max(a.cost, cost)
		}
	}
	for i, a := range g.ends {
		if len(g.sentences)-int(g.sentencesAfter(a.from)) <= last {
			other.ends[i].cost = max(a.cost, cost)
		}
	}
	for _, said := range words {
		k := g.sentenceOf(said.first)
		// Into the states behind S and F before it, up to S behind it.
		for i := g.boundaries[k] + 2; i <= g.boundaries[k+1]; i++ {
			for n := g.arcStart[i]; n < g.arcStart[i+1]; n++ {
				if a := g.arcs[n]; a.kind != arcSkipSentence && a.kind != arcSkipWords {
					continue
				} else if out := g.passedBy(a, i); out.first < said.end && out.end > said.first {
					other.arcs[n].cost = max(g.arcs[n].cost, cost)
				}
			}
		}
	}
	return &other
}

// passedBy returns the words that a path leaves out by taking an arc into state i.
func (g *graph) passedBy(a arc, i int32) span {
	from := func(i int32) int32 {
		return int32(sort.Search(len(g.words), func(w int) bool { return g.words[w].first >= i }))
	}
	if w := g.word[i]; w != none {
		return span{from(a.from + 1), w}
	}
	return span{from(a.from + 1), from(i)}
}

// sentenceOf returns the sentence that a word is of.
func (g *graph) sentenceOf(word int32) int {
	return sentenceWith(g.sentences, int(word))
}

// silenceBefore returns S before a word, or the last one.
func (g *graph) silenceBefore(word int32) int32 {
	if int(word) == len(g.words) {
		return g.boundaries[len(g.sentences)]
	}
	s := g.words[word].first - 1
	if g.filling(s) {
		s--
	}
	return s
}

// filling reports whether the state is F of a boundary.
func (g *graph) filling(i int32) bool {
	return g.emit[i] >= g.filler && g.emit[i] < g.filler+numFillerClasses
}

// fillerIn returns how many of the states are F of a boundary.
func (g *graph) fillerIn(states []int32) int {
	n := 0
	for _, i := range states {
		if g.filling(i) {
			n++
		}
	}
	return n
}

// hesitating reports whether the state is F of a boundary inside a sentence.
func (g *graph) hesitating(i int32) bool {
	return g.filling(i) && g.incoming(i)[0].kind == arcHesitation
}

// around returns the states of a node; of both nodes, if it is one of a boundary's,
// since a path goes to and fro between these.
func (g *graph) around(node int32) span {
	s := span{g.nodeStart[node], g.nodeStart[node+1]}
	if g.word[s.first] != none {
		return s
	}
	if s.first > 0 && g.word[s.first-1] == none {
		s.first--
	}
	if s.end < g.states() && g.word[s.end] == none {
		s.end++
	}
	return s
}

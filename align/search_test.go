package align

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/testdata/race"
)

// The slow search looks at all states in all frames and tells from the readings,
// pair of states by pair of states, where a path can go: what the drawing in
// graph.go says, said again without any of its tables.

type slowKind int

const (
	slowSilence slowKind = iota // S of a boundary
	slowFiller                  // F of a boundary
	slowPause                   // the silence at the end of a sentence that ends in an insertion
	slowWord                    // a state of a word
)

// slowState is a state of the slow search. Silence, filler and pause stand before
// the word; those with word == len(words) stand at the sentence's end.
type slowState struct {
	kind           slowKind
	sentence, word int
	way            int // which of its pronunciations
	state          int // which one of that pronunciation's
	emit           uint16
}

// silent reports whether the state is no word's.
func (s slowState) silent() bool { return s.kind != slowWord }

// slow is the readings with the states that they can be said in, in their order.
type slow struct {
	readings []reading
	rules    grammar
	states   []slowState
}

func newSlow(readings []reading, rules grammar) *slow {
	x := &slow{readings: readings, rules: rules}
	add := func(kind slowKind, sentence, word int) {
		emit := rules.silence
		if kind == slowFiller {
			emit = rules.filler + uint16(x.fillerClass(sentence, word))
		}
		x.states = append(x.states, slowState{kind: kind, sentence: sentence, word: word, emit: emit})
	}
	for i, r := range readings {
		for w := range r.words {
			add(slowSilence, i, w)
			if !x.phrased(i, w) || !rules.whole && (!rules.fluent || x.long(i, w)) {
				add(slowFiller, i, w)
			}
			for way, phones := range r.said[w].Ways() {
				for state := range len(phones) * rules.statesPerPhone {
					emit := rules.emission(phones, state/rules.statesPerPhone, state%rules.statesPerPhone)
					x.states = append(x.states, slowState{kind: slowWord, sentence: i, word: w, way: way, state: state, emit: emit})
				}
			}
		}
		if r.words[len(r.words)-1].Inserted {
			add(slowPause, i, len(r.words))
		}
	}
	add(slowSilence, len(readings), 0)
	add(slowFiller, len(readings), 0)
	return x
}

// fillerClass is that of the filler before the word.
func (x *slow) fillerClass(sentence, word int) fillerClass {
	h := plainFiller
	switch {
	case word > 0:
		if h = x.readings[sentence].within; x.phrased(sentence, word) && !x.long(sentence, word) {
			h = stronger(h, hesitationFiller)
		}
		return h
	case sentence < len(x.readings):
		h = x.readings[sentence].before
	}
	if sentence > 0 {
		h = stronger(h, x.readings[sentence-1].after)
	}
	return h
}

// phrased reports whether the word stands behind another one of its sentence, with
// nothing left out between them.
func (x *slow) phrased(sentence, word int) bool {
	return word > 0 && word < len(x.readings[sentence].words) && !x.readings[sentence].words[word].GapBefore
}

// punctuated reports whether the reader pauses behind the word.
func (x *slow) punctuated(sentence, word int) bool {
	return strings.ContainsAny(x.readings[sentence].words[word].Text, ",.")
}

// long reports whether the word's phrase is a long one.
func (x *slow) long(sentence, word int) bool {
	first, last := word, word
	for first > 0 && !x.punctuated(sentence, first-1) {
		first--
	}
	for last < len(x.readings[sentence].words)-1 && !x.punctuated(sentence, last) {
		last++
	}
	return last+1-first > x.rules.costs.LongPhrase
}

// pause is the cost of a silence before such a word.
func (x *slow) pause(sentence, word int) float64 {
	words, said := x.readings[sentence].words, x.readings[sentence].said
	switch {
	case x.punctuated(sentence, word-1) || words[word-1].Inserted != words[word].Inserted:
		return x.rules.costs.PauseClause
	case said[word-1].Function:
		return x.rules.costs.PauseAfter
	case x.long(sentence, word) && word > 1 && !x.punctuated(sentence, word-2):
		return x.rules.costs.PauseClause
	case said[word].Function:
		return x.rules.costs.PauseBefore
	}
	return x.rules.costs.PausePhrase
}

// last reports whether s is the last state before the place in front of the word:
// the end of the word before, or the pause at the end of the sentence before.
func (x *slow) last(s slowState, sentence, word int) bool {
	if word > 0 {
		return s.kind == slowWord && s.sentence == sentence && s.word == word-1 &&
			x.follows(s, len(x.phones(sentence, word-1, s.way))*x.rules.statesPerPhone)
	}
	if sentence == 0 || s.sentence != sentence-1 {
		return false
	}
	n := len(x.readings[sentence-1].words)
	if x.readings[sentence-1].words[n-1].Inserted {
		return s.kind == slowPause && s.word == n
	}
	return x.last(s, sentence-1, n)
}

// follows reports whether what begins with that state of its pronunciation, or what comes behind
// it, can follow on a state: it is the next one, or all phones between are optional.
func (x *slow) follows(s slowState, state int) bool {
	n := x.rules.statesPerPhone
	if s.state+1 == state {
		return true
	}
	return (s.state+1)%n == 0 && state%n == 0 && s.state < state &&
		x.skippable(s.sentence, s.word, s.way, (s.state+1)/n, state/n)
}

// skippable reports whether the phones [first, end) of a pronunciation are optional.
func (x *slow) skippable(sentence, word, way, first, end int) bool {
	required := func(p pronounce.Phone) bool { return !p.Optional() }
	return !slices.ContainsFunc(x.phones(sentence, word, way)[first:end], required)
}

// begins reports whether the word of a state can begin with it.
func (x *slow) begins(s slowState) bool {
	return s.state%x.rules.statesPerPhone == 0 && x.skippable(s.sentence, s.word, s.way, 0, s.state/x.rules.statesPerPhone)
}

// phones of a pronunciation of a word.
func (x *slow) phones(sentence, word, way int) []pronounce.Phone {
	return x.readings[sentence].said[word].Ways()[way]
}

// insertion is the first word of the run of insertions that ends before the word.
func (x *slow) insertion(sentence, word int) (first int, ok bool) {
	words := x.readings[sentence].words
	if word < len(words) && words[word].Inserted {
		return 0, false
	}
	first = word
	for first > 0 && words[first-1].Inserted {
		first--
	}
	return first, first < word
}

// optional returns the arc that passes by the words [first, end) of a sentence, and
// whether there is one.
func (x *slow) optional(sentence, first, end int) (a slowArc, ok bool) {
	r, costs := x.readings[sentence], x.rules.costs
	for _, o := range r.optional {
		if int(o.first) != first || int(o.end) != end || end-first == len(r.words) || x.rules.whole {
			continue
		}
		cost := costs.SkipWord * float64(end-first)
		if o.aside {
			return slowArc{cost + costs.SkipAside, arcSkipWords}, true
		}
		return slowArc{cost + costs.SkipClause, arcSkipWords}, !x.rules.fluent
	}
	return slowArc{}, false
}

// slowArc is what it costs to go from one state to another, and what is done by it.
type slowArc struct {
	cost float64
	kind arcKind
}

// arc returns the arc from one state to another, and whether there is one.
func (x *slow) arc(from, to slowState) (a slowArc, ok bool) {
	here := from.sentence == to.sentence && from.word == to.word // the same place, or the word behind it
	costs := x.rules.costs
	switch to.kind {
	case slowSilence:
		switch {
		case from.kind == slowFiller && here:
			return slowArc{0, arcSilence}, true
		case x.last(from, to.sentence, to.word):
			if x.phrased(to.sentence, to.word) {
				return slowArc{x.pause(to.sentence, to.word), arcSilence}, true
			}
			return slowArc{0, arcSilence}, true
		case from.kind == slowSilence && from.word == 0 && to.word == 0 && from.sentence == to.sentence-1:
			return slowArc{x.skip(from.sentence), arcSkipSentence}, true
		}
		sentence, end := to.sentence, to.word
		if end == 0 && sentence > 0 {
			sentence--
			end = len(x.readings[sentence].words)
		}
		switch {
		case from.sentence != sentence:
		case from.kind == slowSilence:
			return x.optional(sentence, from.word, end)
		case to.word == 0 && x.last(from, sentence, from.word+1):
			return x.optional(sentence, from.word+1, end)
		}
	case slowFiller:
		if from.kind == slowSilence && here || x.last(from, to.sentence, to.word) {
			if x.phrased(to.sentence, to.word) {
				return slowArc{costs.Hesitation, arcHesitation}, true
			}
			return slowArc{costs.Filler, arcFiller}, true
		}
	case slowPause:
		if x.last(from, to.sentence, to.word) {
			return slowArc{0, arcSilence}, true
		}
		return slowArc{costs.SkipInsertion, arcSkipInsertion}, x.passes(from, to)
	case slowWord:
		switch {
		case from.kind == slowWord && here && from.way == to.way:
			return slowArc{0, arcNext}, x.follows(from, to.state)
		case !x.begins(to):
			return slowArc{}, false
		case from.silent() && here:
			return slowArc{0, arcWord}, true
		case x.last(from, to.sentence, to.word):
			if x.phrased(to.sentence, to.word) {
				return slowArc{0, arcWord}, true
			}
			return slowArc{costs.NoPause, arcWord}, true
		case from.sentence == to.sentence && x.last(from, to.sentence, from.word+1):
			return x.optional(to.sentence, from.word+1, to.word)
		}
		return slowArc{costs.SkipInsertion, arcSkipInsertion}, x.passes(from, to)
	}
	return slowArc{}, false
}

// passes reports whether from is the silence before a run of insertions and to is
// behind it.
func (x *slow) passes(from, to slowState) bool {
	first, ok := x.insertion(to.sentence, to.word)
	return ok && from.kind == slowSilence && from.sentence == to.sentence && from.word == first
}

// start returns the arc by which a path begins in a state.
func (x *slow) start(s slowState) (a slowArc, ok bool) {
	switch {
	case s.kind == slowSilence && s.word == 0 && s.sentence > 0:
		return slowArc{x.run(0, s.sentence), arcSkipRun}, true
	case s.sentence > 0 || s.word > 0 || s.kind == slowWord && !x.begins(s):
		return slowArc{}, false
	case s.kind == slowFiller:
		return slowArc{x.rules.costs.Filler, arcFiller}, true
	case s.kind == slowWord:
		return slowArc{0, arcWord}, true
	default:
		return slowArc{0, arcSilence}, true
	}
}

// end returns the arc by which a path ends in a state.
func (x *slow) end(s slowState) (a slowArc, ok bool) {
	switch {
	case s.sentence == len(x.readings) || x.last(s, len(x.readings), 0):
		return slowArc{0, arcEnd}, true
	case s.word == 0 && (s.kind == slowSilence || s.kind == slowFiller):
		return slowArc{x.run(s.sentence, len(x.readings)), arcSkipRun}, true
	default:
		return slowArc{}, false
	}
}

// skip is the cost of passing by a sentence.
func (x *slow) skip(sentence int) float64 {
	n := len(x.readings[sentence].words)
	if o := (optional{span{0, int32(n)}, true}); slices.Contains(x.readings[sentence].optional, o) {
		return x.rules.costs.SkipAside + x.rules.costs.SkipWord*float64(n)
	}
	return x.rules.costs.SkipSentence + x.rules.costs.SkipWord*float64(n)
}

// run is the cost of the sentences [first, end), at the beginning or the end of the
// script.
func (x *slow) run(first, end int) float64 {
	cost := 0.0
	for i := first; i < min(end, first+x.rules.costs.LongRun); i++ {
		cost += x.skip(i)
	}
	if n := end - first; n > x.rules.costs.LongRun {
		cost += x.rules.costs.RunGrowth * math.Log(float64(n-x.rules.costs.LongRun+1))
	}
	return cost
}

// stay is the cost of another frame in a state that has been held for so many.
func (x *slow) stay(s slowState, held, step int, long float64) float64 {
	cost := x.rules.costs.Stay * float64(step)
	if !s.silent() {
		length := time.Duration(held*step) * frameTime
		long *= min(math.Floor(float64(length+x.rules.costs.LongState)/float64(2*x.rules.costs.LongState)),
			float64(x.rules.costs.MostLong))
		cost += long * float64(step)
	}
	return cost
}

// score is that of a path; NaN if it can't be gone.
func (x *slow) score(path []int32, rows [][]float32, step int) float64 {
	first, last := x.states[path[0]], x.states[path[len(path)-1]]
	before, ok := x.start(first)
	after, ends := x.end(last)
	if !ok || !ends {
		return math.NaN()
	}
	score, held := -before.cost-after.cost+float64(rows[0][first.emit]), 1
	for t := 1; t < len(path); t++ {
		from, to := x.states[path[t-1]], x.states[path[t]]
		score += float64(rows[t][to.emit])
		if path[t] == path[t-1] {
			score -= x.stay(to, held, step, x.rules.costs.Long)
			held++
			continue
		}
		a, ok := x.arc(from, to)
		if !ok {
			return math.NaN()
		}
		score -= a.cost
		held = 1
	}
	return score
}

// slowQuery is what is asked of the slow search.
type slowQuery struct {
	step int
	long float64 // cost of staying beyond Costs.LongState
	// through says which steps the path has to take one of, which it may not take,
	// and the rest is free: 1, -1, 0; from is -1 at the beginning, to at the end.
	// All are free if it is nil.
	through func(t, from, to int) int
}

// best is the best path by full enumeration, -Inf if there is none. The time a
// state was held is that of the best path into it, as in the searches.
func (x *slow) best(rows [][]float32, q slowQuery) (score float64, path []int) {
	type cell struct {
		score      float64
		held, from int // from: the cell before, -1 at the beginning
	}
	nothing := cell{score: math.Inf(-1), from: -1}
	type arrow struct {
		from int
		slowArc
	}
	n := len(x.states)
	incoming := make([][]arrow, n)
	for i, to := range x.states {
		for j, from := range x.states {
			if a, ok := x.arc(from, to); ok {
				incoming[i] = append(incoming[i], arrow{j, a})
			}
		}
	}
	ask := q.through
	if ask == nil {
		ask = func(int, int, int) int { return 1 }
	}
	// cells[t][2*state+1] are paths that took a step through, cells[t][2*state] are not.
	cells := make([][]cell, len(rows))
	for t, row := range rows {
		cells[t] = slices.Repeat([]cell{nothing}, 2*n)
		for i, s := range x.states {
			arrive := func(layer int, c cell) {
				c.score += float64(row[s.emit])
				if at := &cells[t][2*i+layer]; c.score > at.score {
					*at = c
				}
			}
			if a, ok := x.start(s); ok && t == 0 {
				if through := ask(t, -1, i); through >= 0 {
					arrive(through, cell{-a.cost, 1, -1})
				}
			}
			for layer := range 2 {
				if t == 0 {
					break
				}
				c := cells[t-1][2*i+layer]
				arrive(layer, cell{c.score - x.stay(s, c.held, q.step, q.long), c.held + 1, 2*i + layer})
				for _, a := range incoming[i] {
					if through := ask(t, a.from, i); through >= 0 {
						arrive(max(layer, through), cell{cells[t-1][2*a.from+layer].score - a.cost, 1, 2*a.from + layer})
					}
				}
			}
		}
	}
	at := -1
	score = math.Inf(-1)
	for i, s := range x.states {
		a, ok := x.end(s)
		for layer := range 2 {
			c := cells[len(rows)-1][2*i+layer]
			if through := ask(len(rows), i, -1); ok && max(layer, through) > 0 && through >= 0 && c.score-a.cost > score {
				at, score = 2*i+layer, c.score-a.cost
			}
		}
	}
	if at < 0 {
		return score, nil
	}
	path = make([]int, len(rows))
	for t := len(rows) - 1; t >= 0; t-- {
		path[t] = at / 2
		at = cells[t][at].from
	}
	return score, path
}

// holds reports whether a state of a word is held beyond Costs.LongState.
func (x *slow) holds(path []int) bool {
	held := 0
	for t, i := range path {
		if t > 0 && path[t-1] != i {
			held = 0
		}
		if held++; held > int(x.rules.costs.LongState/frameTime) && !x.states[i].silent() {
			return true
		}
	}
	return false
}

// drawReadings are one to three sentences of one to three words with insertions,
// optional words, optional phones and gaps. No phone comes twice: two states that fit alike make paths of the same
// score, of which one is long in a state and the other isn't, and either search
// may keep either.
func drawReadings(t *rapid.T) []reading {
	var phones []pronounce.Phone
	for u := pronounce.Silence + 1; int(u) < pronounce.NumPhones; u++ {
		phones = append(phones, u)
	}
	phones = rapid.Permutation(phones).Draw(t, "phones")
	word := rapid.Custom(func(t *rapid.T) transcript.Word {
		return transcript.Word{
			Text:      rapid.SampledFrom([]string{"so", "so,", "so."}).Draw(t, "text"),
			Inserted:  rapid.IntRange(0, 3).Draw(t, "inserted") == 3,
			GapBefore: rapid.IntRange(0, 5).Draw(t, "gap") == 5,
		}
	})
	fillerClasses := rapid.Custom(func(t *rapid.T) fillerClass {
		return fillerClass(rapid.IntRange(0, numFillerClasses-1).Draw(t, "class"))
	})
	var readings []reading
	for range rapid.IntRange(1, 3).Draw(t, "sentences") {
		r := reading{words: rapid.SliceOfN(word, 1, 3).Draw(t, "words"), before: fillerClasses.Draw(t, "before"),
			after: fillerClasses.Draw(t, "after"), within: fillerClasses.Draw(t, "within")}
		for range r.words {
			take := func(least int, name string) []pronounce.Phone {
				n := rapid.IntRange(least, 2).Draw(t, name)
				some := phones[:n:n]
				phones = phones[n:]
				return some
			}
			w := pronounce.Word{Phones: take(1, "phones of a word"), Function: rapid.Bool().Draw(t, "function")}
			if rapid.IntRange(0, 3).Draw(t, "several pronunciations") == 3 {
				w.Others = append(w.Others, take(1, "other phones"))
				if rapid.Bool().Draw(t, "three of them") {
					w.Others = append(w.Others, phones[:1:1])
					phones = phones[1:]
				}
			} else if len(w.Phones) > 1 && rapid.Bool().Draw(t, "optional phone") {
				i := rapid.IntRange(0, 1).Draw(t, "which")
				w.Phones[i] = w.Phones[i].AsOptional()
			}
			r.said = append(r.said, w)
		}
		for range rapid.IntRange(0, 4).Draw(t, "optional") {
			first := rapid.IntRange(0, len(r.words)-1).Draw(t, "first")
			end := rapid.IntRange(first+1, len(r.words)).Draw(t, "end")
			aside := end-first == len(r.words) || rapid.Bool().Draw(t, "aside")
			r.optional = append(r.optional, optional{span{int32(first), int32(end)}, aside})
		}
		r.optional = inOrder(r.optional)
		readings = append(readings, r)
	}
	return readings
}

// rowScores are scores that are there already.
type rowScores struct {
	rows [][]float32
	skip int
}

func (s rowScores) frames() int { return len(s.rows) }
func (s rowScores) step() int   { return s.skip }

func (s rowScores) batch(ctx context.Context, each func(t int, row []float32) error) error {
	for t, row := range s.rows {
		if err := each(t, row); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// randomRows are scores as different as those of speech. Now and then a state is
// the right one for some frames, so that paths are worth something.
func randomRows(random *rand.Rand, frames, width int) [][]float32 {
	rows := make([][]float32, frames)
	for t := range rows {
		rows[t] = make([]float32, width)
		for e := range rows[t] {
			rows[t][e] = float32(random.NormFloat64()) - 1
			if t > 0 && rows[t-1][e] > 1 {
				rows[t][e] += 3
			}
		}
	}
	return rows
}

// costs and tuning are those of every alignment.
var (
	costs  = DefaultCosts()
	tuning = DefaultTuning()
)

// drawCosts are the costs of every alignment or some of which two or more are equal, so
// that no arc can be told from another one by its cost.
func drawCosts(t *rapid.T) Costs {
	c := DefaultCosts()
	switch rapid.SampledFrom([]string{"as they are", "filler", "pauses", "skips", "free skips", "free"}).Draw(t, "equal costs") {
	case "filler":
		c.Hesitation = c.Filler
	case "pauses":
		c.PausePhrase, c.PauseBefore, c.PauseAfter, c.PauseClause, c.NoPause = c.Filler, c.Filler, c.Filler, c.Filler, c.Filler
	case "skips":
		c.SkipSentence, c.SkipWord, c.SkipInsertion, c.Filler, c.Hesitation = c.PauseAfter, 0, c.PauseAfter, c.PauseAfter, c.PauseAfter
		c.SkipAside, c.SkipClause = c.PauseAfter, c.PauseAfter
	case "free skips":
		c.SkipSentence, c.SkipWord, c.RunGrowth, c.SkipInsertion, c.SkipAside, c.SkipClause = 0, 0, 0, 0, 0, 0
	case "free":
		c = Costs{Stay: c.Stay, LongState: c.LongState, LongRun: c.LongRun, LongPhrase: c.LongPhrase}
	}
	c.LongPhrase = rapid.SampledFrom([]int{c.LongPhrase, 2, 1}).Draw(t, "long phrase")
	return c
}

// testGrammar returns the grammar of a model with n states a phone.
func testGrammar(n int) grammar {
	return grammar{topology: newTopology(n, false, modelState), costs: costs}
}

// near reports whether two scores agree as far as single precision lets them.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-3+1e-5*math.Abs(a) || a == b }

func TestWideSearchAgreesWithSlowSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		rules := testGrammar(rapid.IntRange(1, statesPerPhone).Draw(t, "states a phone"))
		rules.costs = drawCosts(t)
		step := rapid.IntRange(1, 2).Draw(t, "step")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rows := randomRows(random, rapid.IntRange(1, 60).Draw(t, "frames"), len(rules.emissions))

		x := newSlow(readings, rules)
		want, _ := x.best(rows, slowQuery{step: step, long: rules.costs.Long})
		got, err := viterbi(t.Context(), newGraph(readings, rules), rowScores{rows, step}, 1e6)
		if math.IsInf(want, -1) {
			if !errors.Is(err, errBeam) {
				t.Fatalf("a path of score %g, %v where there is none", got.score, err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !near(got.score, want) {
			t.Fatalf("score %g, want %g", got.score, want)
		}
		if score := x.score(got.state, rows, step); !near(score, want) {
			t.Fatalf("the path %v scores %g, want %g", got.state, score, want)
		}
	})
}

// A beam may cost the best path, but never gives one that can't be gone or whose
// score is another.
func TestWideSearchInNarrowBeam(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		// Many words, since the beam works by blocks of states.
		var readings []reading
		for range rapid.IntRange(2, 6).Draw(t, "sentences") {
			var r reading
			for range rapid.IntRange(1, 12).Draw(t, "words") {
				r.words = append(r.words, transcript.Word{Text: "so"})
				r.said = append(r.said, pronounce.Word{Phones: []pronounce.Phone{pronounce.S, pronounce.OW, pronounce.N}})
			}
			readings = append(readings, r)
		}
		rules := testGrammar(2)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rows := randomRows(random, rapid.IntRange(1, 200).Draw(t, "frames"), len(rules.emissions))
		got, err := viterbi(t.Context(), newGraph(readings, rules), rowScores{rows, coarseStep},
			float32(rapid.IntRange(5, 300).Draw(t, "beam")))
		if errors.Is(err, errBeam) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		found++
		if score := newSlow(readings, rules).score(got.state, rows, coarseStep); !near(got.score, score) {
			t.Fatalf("score %g of a path of %g", got.score, score)
		}
	})
	if found == 0 {
		t.Error("no path was ever within the beam")
	}
}

// Settling changes no path, whenever it is done; and the moves that are kept are those of
// the paths that are left, in order, those that all of them share first.
func TestSettledPathIsThePath(t *testing.T) {
	forgot, shared, apart := 0, 0, 0 // moves
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		rules := testGrammar(2)
		g := newGraph(readings, rules)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rows := randomRows(random, rapid.IntRange(1, 300).Draw(t, "frames"), len(rules.emissions))
		beam := float32(rapid.IntRange(5, 300).Draw(t, "beam"))
		every := rapid.IntRange(1, 40).Draw(t, "every")

		want, wantErr := viterbi(t.Context(), g, rowScores{rows, coarseStep}, beam)
		s, all := newSearcher(g, beam, coarseStep), newSearcher(g, beam, coarseStep)
		worked := 0 // blocks since another move was shared
		for i, row := range rows {
			s.frame(i, row)
			all.frame(i, row)
			worked += len(s.active)
			if i%every == 0 && s.top > impossible/2 {
				before, common := len(s.moves), s.common
				if s.settle(); s.common > common {
					worked = 0
				}
				if s.apart != worked {
					t.Fatalf("frame %d: %d blocks were worked on while paths stayed apart, want %d", i, s.apart, worked)
				}
				forgot += max(0, before-len(s.moves))
				shared += s.common
				apart += len(s.moves) - s.common
				if moves, common := slowMoves(all); !slices.Equal(s.moves, moves) || s.common != common {
					t.Fatalf("frame %d: %v, the first %d of them common, want %v, %d", i, s.moves, s.common, moves, common)
				}
			}
		}
		got, err := s.trace()
		if !errors.Is(err, wantErr) || got.score != want.score || !slices.Equal(got.state, want.state) {
			t.Fatalf("%v, error %v, want %v, error %v", got, err, want, wantErr)
		}
	})
	if forgot == 0 || shared == 0 || apart == 0 {
		t.Errorf("%d moves were forgotten, %d shared, %d not", forgot, shared, apart)
	}
}

// slowMoves returns the moves of all paths that are left in a search of which no frame is
// settled, each path followed by itself, and how many are on all of them.
func slowMoves(s *searcher) (moves []move, common int) {
	paths := map[move]int{}
	n := 0
	for _, b := range s.active {
		lo, hi := s.block(b)
		for at := lo; at < hi; at++ {
			if s.prev.score[at] <= impossible/2 {
				continue
			}
			n++
			to := at
			for frame := len(s.index) - 1; frame >= 0; frame-- {
				from := s.predecessor(frame, to)
				if from != to {
					paths[move{int32(frame), from, to}]++
				}
				to = from
			}
		}
	}
	moves = slices.SortedFunc(maps.Keys(paths), func(a, b move) int {
		return cmp.Or(cmp.Compare(a.frame, b.frame), cmp.Compare(b.to, a.to))
	})
	for common < len(moves) && paths[moves[common]] == n {
		common++
	}
	return moves, common
}

func TestSearchWidensBeam(t *testing.T) {
	rules := testGrammar(1)
	phones := slices.Repeat([]pronounce.Phone{pronounce.S}, 3*blockStates)
	g := newGraph([]reading{{words: []transcript.Word{{Text: "sss"}}, said: []pronounce.Word{{Phones: phones}}}}, rules)
	// Noise for as long as the word takes, in which everything but silence is bad,
	// and at last the word's phone: skipping it costs less than the beam holds.
	rows := make([][]float32, len(phones)+2)
	for i := range rows {
		rows[i] = slices.Repeat([]float32{-10}, len(rules.emissions))
		rows[i][rules.silence] = 0
	}
	p, err := searchWide(t.Context(), g, rowScores{rows, 1}, beams{1, 1000, 4000}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := -costs.SkipSentence - costs.SkipWord - costs.Stay*float64(len(rows)-2)
	if !near(p.score, want) {
		t.Errorf("score %g, want %g: the sentence skipped", p.score, want)
	}
	rules.whole = true
	g = newGraph([]reading{{words: []transcript.Word{{Text: "sss"}}, said: []pronounce.Word{{Phones: phones}}}}, rules)
	if _, err := searchWide(t.Context(), g, rowScores{rows[:1], 1}, beams{1, 1000, 4000}, nil); err == nil ||
		!strings.Contains(err.Error(), "too long for the recording") {
		t.Errorf("error %v for a script that has no room", err)
	}
}

func TestSearchStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, g, sc := randomEpisode(rand.New(rand.NewPCG(1, 2)), 5000, []reading{say("so"), say("so")}, costs)
	if _, err := searchWide(ctx, g, sc, tuning.beams(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("wide search: %v", err)
	}
	if _, err := searchBanded(ctx, g, make(coarsePath, 5000), sc); !errors.Is(err, context.Canceled) {
		t.Errorf("banded search: %v", err)
	}
}

// say is the reading of an English sentence.
func say(words ...string) reading {
	r := reading{said: pronounce.Sentence(words, "en")}
	for _, w := range words {
		r.words = append(r.words, transcript.Word{Text: w})
	}
	return r
}

// noise is observations of random numbers.
type noise struct {
	width int
	rows  []float32
}

func (x *noise) frames() int { return len(x.rows) / x.width }
func (x *noise) dims() int   { return x.width }

func (x *noise) vectors(t0, t1, step int, dst []float32, stride int) {
	for i := 0; t0 < t1; i, t0 = i+1, t0+step {
		copy(dst[i*stride:], x.rows[t0*x.width:][:x.width])
	}
}

// randomEpisode is the scores of random observations by random mixtures.
func randomEpisode(random *rand.Rand, frames int, readings []reading, costs Costs) (grammar, *graph, *gmmScorer) {
	x := &noise{width: 3}
	value := make([]float64, x.width)
	for range frames * x.width {
		j := len(x.rows) % x.width
		value[j] = 0.9*value[j] + random.NormFloat64() // phones last a while
		x.rows = append(x.rows, float32(value[j]))
	}
	m := gmm.New(x.width, modelStates())
	for i := range m.Mean {
		m.Mean[i] = float32(2 * random.NormFloat64())
		m.Var[i] = float32(0.5 + random.Float64())
	}
	ac := acoustics{mix: m, x: x, tuning: tuning, background: tuning.Background, state: modelState}
	rules := grammar{topology: ac.topology(statesPerPhone), costs: costs}
	return rules, newGraph(readings, rules), ac.scorer(rules.topology, fineStep)
}

// rowsOf is the scores of all frames.
func rowsOf(t interface{ Fatal(...any) }, sc *gmmScorer) [][]float32 {
	var rows [][]float32
	err := sc.batch(context.Background(), func(_ int, row []float32) error {
		rows = append(rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestBandedSearchAgreesWithSlowSearch(t *testing.T) {
	starts, skips, impossibles := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		readings := drawReadings(t)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rules, g, sc := randomEpisode(random, rapid.IntRange(1, 90).Draw(t, "frames"), readings, drawCosts(t))
		rows := rowsOf(t, sc)
		x := newSlow(readings, rules)
		want, _ := x.best(rows, slowQuery{step: 1, long: rules.costs.Long})
		r, err := searchBanded(t.Context(), g, make(coarsePath, len(rows)), sc)
		if math.IsInf(want, -1) {
			if !errors.Is(err, errBeam) {
				t.Fatalf("error %v where there is no path", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if score := x.score(r.state, rows, 1); !near(score, want) {
			t.Fatalf("the path %v scores %g, want %g", r.state, score, want)
		}
		for i, score := range r.score {
			if score != rows[i][g.emit[r.state[i]]] {
				t.Fatalf("frame %d scores %g, want %g", i, score, rows[i][g.emit[r.state[i]]])
			}
		}
		for _, m := range slices.Concat(r.startMargin, r.skipMargin) {
			if !(m >= 0 && m <= noMargin) {
				t.Fatalf("margins %v, %v", r.startMargin, r.skipMargin)
			}
		}
		// The margins leave out the cost of long states, so that they are the slow
		// search's only where the best paths have none.
		free := slowQuery{step: 1}
		best, path := x.best(rows, free)
		compare := func(what string, got float32, through func(t, from, to int) int) bool {
			score, other := x.best(rows, slowQuery{step: 1, through: through})
			if math.IsInf(score, -1) {
				if got != noMargin {
					t.Fatalf("%s: margin %g where nothing else can be", what, got)
				}
				impossibles++
				return false
			}
			if x.holds(path) || x.holds(other) {
				return false
			}
			if want := min(best-score, float64(noMargin)); math.Abs(float64(got)-want) > 2e-3 {
				t.Fatalf("%s: margin %g, want %g", what, got, want)
			}
			return true
		}
		said := wordsIn(g, r.state)
		word := 0
		for si, reading := range readings {
			for wi := range reading.words {
				at, ok := said[int32(word)]
				if compare("start of a word", r.startMargin[word], func(t, from, to int) int {
					if to < 0 {
						return 0
					}
					of := func(s slowState) bool { return !s.silent() && s.sentence == si && s.word == wi }
					switch {
					case !of(x.states[to]) || from >= 0 && of(x.states[from]):
						return 0
					case ok && abs(t-at.start) <= startFrames:
						return -1
					default:
						return 1
					}
				}) {
					starts++
				}
				word++
			}
			if compare("skipped sentence", r.skipMargin[si], func(t, from, to int) int {
				skips := false
				switch {
				case from < 0:
					s := x.states[to]
					skips = s.kind == slowSilence && s.sentence > si && s.word == 0
				case to < 0:
					s := x.states[from]
					skips = (s.kind == slowSilence || s.kind == slowFiller) && s.sentence <= si && s.word == 0
				case x.states[to].kind == slowSilence && x.states[from].kind == slowSilence:
					skips = x.states[from].sentence == si && x.states[from].word == 0 && x.states[to].sentence == si+1
				}
				if skips {
					return 1
				}
				return 0
			}) {
				skips++
			}
		}
	})
	if starts < 20 || skips < 20 || impossibles < 20 {
		t.Errorf("only %d starts, %d skips and %d impossible ones were compared", starts, skips, impossibles)
	}
}

// walk is a coarse path that stays a while in each of the nodes, longer in silence, and
// skips filler, until it has gone on for so many frames.
func walk(random *rand.Rand, g *graph, frames int) coarsePath {
	var coarse coarsePath
	for node := range int32(len(g.nodeStart) - 1) {
		s := g.nodeStart[node]
		most := 12
		switch {
		case g.filling(s):
			continue
		case g.word[s] < 0:
			most = 80
		}
		coarse = append(coarse, slices.Repeat(coarsePath{node}, 1+random.IntN(most))...)
	}
	for len(coarse) < frames {
		coarse = append(coarse, coarse[len(coarse)-1])
	}
	return coarse[:frames]
}

// longReadings are so many sentences of four to ten words.
func longReadings(sentences int) []reading {
	var readings []reading
	for i := range sentences {
		readings = append(readings, say(strings.Fields("now the wood is dry it is warm and it faces south")[:4+i%7]...))
	}
	return readings
}

func TestCut(t *testing.T) {
	g := newGraph(longReadings(150), testGrammar(statesPerPhone))
	for seed := range uint64(20) {
		coarse := walk(rand.New(rand.NewPCG(seed, 3)), g, 20_000)
		pieces := coarse.cut(g)
		if len(pieces) < 5 {
			t.Errorf("%d pieces of %d frames", len(pieces), len(coarse))
		}
		for i, p := range pieces {
			if i == 0 {
				if p.t0 != 0 || p.first != 0 {
					t.Errorf("the first piece is %+v", p)
				}
				continue
			}
			before := pieces[i-1]
			if p.t0 != before.t1 || p.t0-before.t0 < pieceFrames || p.from != before.to || g.node[p.from] != coarse[p.t0] ||
				coarse[p.t0] != coarse[p.t0-1] {
				t.Errorf("piece %+v after %+v", p, before)
			}
			if p.first > p.from || before.end <= before.to {
				t.Errorf("pieces %+v and %+v don't hold the state between them", before, p)
			}
			for s := p.first; s < before.end; s++ {
				if g.word[s] >= 0 {
					t.Errorf("pieces %+v and %+v share word %d", before, p, g.word[s])
				}
			}
		}
		reached := min(g.states(), g.around(coarse[len(coarse)-1]).end+int32(reachFrames))
		if last := pieces[len(pieces)-1]; last.t1 != len(coarse) || last.end < reached || last.end > reached+500 {
			t.Errorf("the last piece is %+v", last)
		}
	}
}

// Around the best path the banded search finds it again, piece by piece, and
// around another one something that can be gone.
func TestBandedSearchInPieces(t *testing.T) {
	race.Skip(t, race.Slow)
	const frames = 6000
	readings := longReadings(8)
	random := rand.New(rand.NewPCG(1, 3))
	rules, g, sc := randomEpisode(random, frames, readings, costs)
	x, rows := newSlow(readings, rules), rowsOf(t, sc)
	best, err := searchWide(t.Context(), g, sc, tuning.beams(), nil)
	if err != nil {
		t.Fatal(err)
	}
	coarse := newCoarsePath(g, best.state, fineStep, frames)
	if len(coarse.cut(g)) < 2 {
		t.Fatalf("the coarse path is not cut")
	}
	r, err := searchBanded(t.Context(), g, coarse, sc)
	if err != nil {
		t.Fatal(err)
	}
	if score := x.score(r.state, rows, 1); !near(score, best.score) {
		t.Errorf("score %g, want that of the wide search, %g", score, best.score)
	}
	for i, p := range coarse.cut(g)[1:] {
		if r.state[p.t0] != p.from || r.state[p.t0-1] != p.from {
			t.Errorf("piece %d begins in state %d after %d, want %d", i+1, r.state[p.t0], r.state[p.t0-1], p.from)
		}
	}
	if r, err = searchBanded(t.Context(), g, walk(random, g, frames), sc); err != nil {
		t.Fatal(err)
	}
	if score := x.score(r.state, rows, 1); math.IsNaN(score) || score > best.score+1 {
		t.Errorf("score %g around another coarse path, the best is %g", score, best.score)
	}
}

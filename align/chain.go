package align

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// The search runs over one chain of states that holds the whole script. Between
// two words stands a junction of two states, silence S and filler F (sound that the
// script lacks: an advertisement between sentences, a hesitation within one). A
// junction can be left out, every state can be stayed in, and a word that may be
// said in two ways has the states of both, one behind the other:
//
//	        .----------------- sentence skipped -----------------.
//	        |                                                    v
//	end -> [S <-> F] -> word -> [S <-> F] -> word or word -> ... [S <-> F] -> ...
//	  \_________________^  \_________________^
//
// An editor's insertion can be passed by. A path may begin and end at any junction
// between sentences, at a cost: a recording may lack either end of its script.

// Costs are in the unit of the scores: natural log-likelihood ratios times
// scoreScale. Pauses that know punctuation were worth two points of sentences
// placed within 0.25 s on two hours of speech.
const (
	costPausePhrase   = 25             // a silence inside a phrase
	costPauseBefore   = 15             // the same, before a function word
	costPauseAfter    = 40             // the same, after one
	costPauseClause   = 1              // a silence after a comma, a colon or a dash
	costNoPause       = 15             // no silence at a sentence's end
	costFiller        = 20             // entering filler between sentences
	costFillerPhrase  = 45             // entering filler inside a sentence
	costSkipSentence  = 120            // a sentence that nobody says; 60 skipped too readily
	costSkipWord      = 2              // the same, more for each of its words: what filler gains over a voice that fits badly grows with the sentence
	costSkipInRun     = 6              // a sentence that nobody says, to find the way through a long run of them
	costLongRun       = 10             // times the logarithm of how many more than longRun are skipped at an end of the recording
	costSkipInsertion = 1              // an editor's insertion that nobody says: as likely as not
	costStay          = 13 * scoreUnit // staying in a state for another 10 ms
	costNever         = 1e5            // filler and skipped sentences where a recording is known to fit its script
	costLong          = 0.5            // more for each 10 ms in a state of a word beyond longState, twice as much beyond three times that, and so on
)

// longState is how long a state of a word lasts without cost. Speech seldom
// stays longer in a third of a sound; words stretched over music do, and the more
// so the cheaper that is: at one cost for any length, first sentences lay in the
// music before them in three of six copies of panel-music.
const longState = 80 * time.Millisecond

// mostLong is how many times costLong 10 ms cost at the most.
const mostLong = 4

// longRun is how many sentences that nobody says cost as much as any number does
// at an end of the recording.
const longRun = 4

// longPhrase is after how many words without punctuation a phrase is too long to
// be one: its text is not punctuated, as that of speech recognizers.
const longPhrase = 25

// way is a way into a state, other than staying in it.
type way struct {
	from int32
	cost float32
}

// stepBits is how many bits tell the ways into a state apart, and staying;
// packSteps goes by it.
const stepBits = 4

// maxWays is the most ways into a state.
const maxWays = 1<<stepBits - 1

// chain is the states that a script can be said in, in its order. Its states
// are grouped into nodes: a unit of a word, a pause, S or F of a junction. Nodes
// are numbered alike whatever the number of states a unit, so that a path found
// in one chain bounds the search in another.
type chain struct {
	emit      []uint16 // of each state: index into the scores of a frame
	ways      []way    // into state i: ways[wayStart[i]:wayStart[i+1]]
	wayStart  []int32
	node      []int32 // of each state
	word      []int32 // of each state, counted through the script; -1 for silence and filler
	nodeStart []int32 // first state of each node, and the number of states
	heads     []int32 // states that are not entered from the one before alone, and the number of states
	nextHead  []int32 // of each state: index in heads of the first one that is not before it
	starts    []way   // where a path can begin; from is the state itself
	ends      []way   // where it can end; from is the state itself

	filler uint16 // the emission of F, and those after it, by the hint at its junction
	whole  bool   // see topology

	words     []span    // states of each word
	lengths   []int32   // how many states the first way to say it has
	sentences []span    // words of each sentence
	skipCosts []float32 // of leaving out each sentence
	junctions []int32   // S before each sentence, and after the last one
}

// span is the half-open range [first, end).
type span struct{ first, end int32 }

// topology is how units become states.
type topology struct {
	statesPerUnit int
	// emission is the score's index for a state of unit i of a word.
	emission func(units []pronounce.Phone, i, state int) uint16
	// silence and filler are the indexes of the scores of those; after that of
	// filler come those by the hint at its junction.
	silence, filler uint16
	// whole says that the script is all said and nothing else: filler between
	// sentences and skipped ones cost costNever, and there is none inside.
	whole bool
	// fluent says that there is no filler inside phrases, for a first look: in noise
	// it leaves too many ways open.
	fluent bool
}

// costs of entering filler between sentences and of skipping one of so many words.
func (t topology) costs(words int) (filler, skip float32) {
	if t.whole {
		return costNever, costNever
	}
	return costFiller, float32(costSkipSentence + costSkipWord*words)
}

// reading is a sentence with how its words are said.
type reading struct {
	words         []transcript.Word
	said          []pronounce.Word
	before, after hint
	within        hint // of all places inside
}

// hint is what the script's directions say of a junction: what filler costs there.
type hint uint8

const (
	noHint   hint = iota
	sound         // one is announced
	phrase        // it lies inside a sentence
	clipEdge      // a clip begins or ends, whose words may fit badly: a telephone call
	clip          // it lies within a clip
	numHints = iota
)

func newChain(readings []reading, top topology) *chain {
	c := &chain{filler: top.filler, whole: top.whole}
	var last []int32 // states that what was added last ends in
	for i, r := range readings {
		filler, skip := top.costs(len(r.words))
		c.skipCosts = append(c.skipCosts, skip)
		h := r.before
		if i > 0 {
			h = max(h, readings[i-1].after)
		}
		var skipping []way
		if i > 0 {
			skipping = []way{{c.junctions[i-1], c.skipCosts[i-1]}}
		}
		s := c.addJunction(top, last, h, 0, filler, skipping...)
		c.junctions = append(c.junctions, s)
		first := int32(len(c.words))
		pauses, long := r.pauses()
		open := int32(-1) // the silence before a run of insertions
		for wi, w := range r.words {
			// What it costs to do without a silence before the word, and whether there
			// can be filler.
			none := float32(costNoPause)
			filled := true
			switch {
			case wi == 0:
			case w.GapBefore:
				s = c.addJunction(top, last, r.within, 0, filler)
			default:
				none = 0
				filled = !top.whole && (!top.fluent || long[wi])
				switch {
				case !filled:
					s = c.addPause(top, last, pauses[wi])
				case long[wi]:
					s = c.addJunction(top, last, r.within, pauses[wi], costFillerPhrase)
				default:
					s = c.addJunction(top, last, max(phrase, r.within), pauses[wi], costFillerPhrase)
				}
			}
			ways := []way{{s, 0}}
			if filled {
				ways = append(ways, way{s + 1, 0})
			}
			for _, l := range last {
				ways = append(ways, way{l, none})
			}
			switch {
			case w.Inserted && open < 0:
				open = s
			case !w.Inserted && open >= 0:
				ways = append(ways, way{open, costSkipInsertion})
				open = -1
			}
			last = c.addWord(top, r.said[wi], ways)
		}
		if open >= 0 {
			// The sentence ends in an insertion: a silence to reach its end without it.
			last = []int32{c.addPause(top, last, 0, way{open, costSkipInsertion})}
		}
		c.sentences = append(c.sentences, span{first, int32(len(c.words))})
	}
	n := len(readings)
	filler, _ := top.costs(0)
	s := c.addJunction(top, last, readings[n-1].after, 0, filler, way{c.junctions[n-1], c.skipCosts[n-1]})
	c.junctions = append(c.junctions, s)
	c.nodeStart = append(c.nodeStart, c.states())
	c.wayStart = append(c.wayStart, int32(len(c.ways)))
	for i := range c.states() {
		c.nextHead = append(c.nextHead, int32(len(c.heads)))
		if ways := c.into(i); c.word[i] < 0 || len(ways) != 1 || ways[0] != (way{i - 1, 0}) {
			c.heads = append(c.heads, i)
		}
	}
	c.heads = append(c.heads, c.states())
	c.starts = []way{{0, 0}, {1, filler}}
	for i := range c.words[0].end {
		if slices.Contains(c.into(i), way{0, 0}) && c.word[i] == 0 {
			c.starts = append(c.starts, way{i, 0})
		}
	}
	c.ends = []way{{s, 0}, {s + 1, 0}}
	for _, l := range last {
		c.ends = append(c.ends, way{l, 0})
	}
	if !top.whole {
		for i, s := range c.junctions {
			if i > 0 {
				c.starts = append(c.starts, way{s, skipRun(c.skipCosts[:i])})
			}
			if i < n {
				cost := skipRun(c.skipCosts[i:])
				c.ends = append(c.ends, way{s, cost}, way{s + 1, cost})
			}
		}
	}
	return c
}

// pauses is what a silence before each word costs, and whether its phrase is a long
// one; of the first they say nothing.
// Readers pause where punctuation is, else before function words rather than
// behind them: phrases are runs of such words and what they lean on (Liberman and
// Church, "Text analysis and word pronunciation in text-to-speech synthesis",
// 1992).
func (r reading) pauses() (costs []float32, long []bool) {
	costs, long = make([]float32, len(r.words)), make([]bool, len(r.words))
	first := 0 // of the phrase
	for i, w := range r.words {
		if i < len(r.words)-1 && !pausesAfter(w.Text) {
			continue
		}
		for k := first; k <= i; k++ {
			long[k] = i+1-first > longPhrase
			switch {
			case k == first, r.words[k-1].Inserted != r.words[k].Inserted:
				costs[k] = costPauseClause
			case r.said[k-1].Function:
				costs[k] = costPauseAfter
			case long[k]:
				costs[k] = costPauseClause
			case r.said[k].Function:
				costs[k] = costPauseBefore
			default:
				costs[k] = costPausePhrase
			}
		}
		first = i + 1
	}
	return costs, long
}

// skipRun is the cost of sentences at an end of the script that nobody says, of
// each of which the cost is given: those of a recording that was cut.
func skipRun(costs []float32) float32 {
	n := min(len(costs), longRun)
	var sum float32
	for _, c := range costs[:n] {
		sum += c
	}
	return sum + inUnits(float32(costLongRun*math.Log(float64(len(costs)+1-n))))
}

func (c *chain) states() int32 { return int32(len(c.emit)) }

// addJunction adds S and F, which are entered from the states of last at the costs
// of pause and filler, and returns S; more is another way into S.
func (c *chain) addJunction(top topology, last []int32, h hint, pause, filler float32, more ...way) int32 {
	s := c.addPause(top, last, pause, append(more, way{c.states() + 1, 0})...)
	fill := []way{{s, filler}}
	for _, l := range last {
		fill = append(fill, way{l, filler})
	}
	c.addNode(top.filler+uint16(h), fill...)
	return s
}

// addPause adds a silence that is entered from the states of last at a cost, and by
// more ways.
func (c *chain) addPause(top topology, last []int32, cost float32, more ...way) int32 {
	for _, l := range last {
		more = append(more, way{l, cost})
	}
	return c.addNode(top.silence, more...)
}

// addNode adds a silent node of one state and returns the state.
func (c *chain) addNode(emit uint16, ways ...way) int32 {
	c.nodeStart = append(c.nodeStart, c.states())
	return c.addState(emit, -1, ways)
}

func (c *chain) addState(emit uint16, word int32, ways []way) int32 {
	if len(ways) > maxWays {
		panic("align: more ways into a state than a step back can tell apart")
	}
	s := c.states()
	c.emit = append(c.emit, emit)
	c.node = append(c.node, int32(len(c.nodeStart)-1))
	c.word = append(c.word, word)
	c.wayStart = append(c.wayStart, int32(len(c.ways)))
	c.ways = append(c.ways, ways...)
	return s
}

// addWord adds the states of a word and returns those that it ends in.
func (c *chain) addWord(top topology, w pronounce.Word, ways []way) (last []int32) {
	word, first := int32(len(c.words)), c.states()
	for _, units := range [][]pronounce.Phone{w.Phones, w.Other} {
		ways := ways
		for i := range units {
			c.nodeStart = append(c.nodeStart, c.states())
			for k := range top.statesPerUnit {
				s := c.addState(top.emission(units, i, k), word, ways)
				ways = []way{{s, 0}}
			}
		}
		if len(units) > 0 {
			last = append(last, c.states()-1)
		}
	}
	c.words = append(c.words, span{first, c.states()})
	c.lengths = append(c.lengths, last[0]+1-first)
	return last
}

// into is the ways into state i.
func (c *chain) into(i int32) []way { return c.ways[c.wayStart[i]:c.wayStart[i+1]] }

// pausesAfter reports whether a reader would pause after the word.
func pausesAfter(word string) bool {
	word = strings.TrimRight(word, "\"'”’»)]}*_")
	r, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(",;:.!?…—–-、，；：。！？،؛", r)
}

// sentenceBefore is the sentence that ends at the junction of which state i is one.
func (c *chain) sentenceBefore(i int32) int {
	k, isS := slices.BinarySearch(c.junctions, i)
	if !isS {
		k--
	}
	return k - 1
}

// skippingFor is c with the same cost for each skipped sentence.
func (c *chain) skippingFor(cost float32) *chain {
	other := *c
	other.ways, other.starts, other.ends = slices.Clone(c.ways), slices.Clone(c.starts), slices.Clone(c.ends)
	other.skipCosts = slices.Repeat([]float32{cost}, len(c.skipCosts))
	for i, w := range c.starts {
		n := c.sentencesBefore(w.from)
		other.starts[i].cost += skipRun(other.skipCosts[:n]) - skipRun(c.skipCosts[:n])
	}
	for i, w := range c.ends {
		first := len(c.sentences) - int(c.sentencesAfter(w.from))
		other.ends[i].cost += skipRun(other.skipCosts[first:]) - skipRun(c.skipCosts[first:])
	}
	for k, s := range c.junctions[1:] {
		for i := c.wayStart[s]; i < c.wayStart[s+1]; i++ {
			if other.ways[i].from == c.junctions[k] {
				other.ways[i].cost = cost
			}
		}
	}
	return &other
}

// skips reports whether w, a way into state i, passes by a sentence.
func (c *chain) skips(w way, i int32) bool {
	// Any other way between two silent states comes from the one before or behind it,
	// or from the silence before a run of insertions, which is of the same sentence.
	if c.word[w.from] >= 0 || c.word[i] >= 0 || i-w.from <= 1 {
		return false
	}
	k := c.sentenceBefore(i)
	return k >= 0 && c.junctions[k+1] == i && c.junctions[k] == w.from
}

// sentencesBefore is how many sentences a path leaves out that begins in state i.
func (c *chain) sentencesBefore(i int32) int32 { return int32(c.sentenceBefore(i) + 1) }

// sentencesAfter is the same for one that ends in state i.
func (c *chain) sentencesAfter(i int32) int32 {
	if i > c.junctions[len(c.sentences)-1]+1 {
		return 0 // it ends behind the last sentence
	}
	return int32(len(c.sentences) - 1 - c.sentenceBefore(i))
}

// filling reports whether the state is F of a junction.
func (c *chain) filling(i int32) bool {
	return c.emit[i] >= c.filler && c.emit[i] < c.filler+numHints
}

// hesitating reports whether the state is F of a junction inside a sentence.
func (c *chain) hesitating(i int32) bool {
	return c.filling(i) && c.into(i)[0].cost == costFillerPhrase
}

// around is the states of a node; of both nodes, if it is one of a junction's:
// a path goes to and fro between these.
func (c *chain) around(node int32) span {
	s := span{c.nodeStart[node], c.nodeStart[node+1]}
	if c.word[s.first] >= 0 {
		return s
	}
	if s.first > 0 && c.word[s.first-1] < 0 {
		s.first--
	}
	if s.end < c.states() && c.word[s.end] < 0 {
		s.end++
	}
	return s
}

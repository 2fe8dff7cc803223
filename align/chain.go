package align

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cuewright/align/pronounce"
	"cuewright/subtitles/transcript"
)

// The search runs over one chain of states that holds the whole script. Between
// two sentences stands a junction of two states, silence S and filler F (sound
// that the script lacks); between two words of a sentence stands one silence.
// Every arrow can be left out, every state can be stayed in:
//
//	          .---------- sentence skipped ----------.
//	          |                                      v
//	  end -> [S <-> F] -> word -> [s] -> word -> ... [S <-> F] -> ...
//	    \_________________^  \____________^
//
// An editor's insertion can be passed by, and where words were cut the silence
// between two words is a junction, too. A path may begin and end at any junction
// between sentences, at a cost: a recording may lack either end of its script.

// Costs are in the unit of the scores: natural log-likelihood ratios times
// scoreScale. Pauses that know punctuation were worth two points of sentences
// placed within 0.25 s on two hours of speech.
const (
	costPausePhrase   = 25             // a silence inside a phrase
	costPauseClause   = 1              // a silence after a comma, a colon or a dash
	costNoPause       = 15             // no silence at a sentence's end
	costFiller        = 20             // entering filler
	costSkipSentence  = 120            // a sentence that nobody says; 60 skipped too readily
	costSkipInRun     = 6              // the same, to find the way through a long run of them
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

// way is a way into a state, other than staying in it.
type way struct {
	from int32
	cost float32
}

// maxWays is the most ways into a state: with staying, four bits tell them apart.
const maxWays = 15

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

	words     []span  // states of each word
	sentences []span  // words of each sentence
	junctions []int32 // S before each sentence, and after the last one
}

// span is the half-open range [first, end).
type span struct{ first, end int32 }

// topology is how units become states.
type topology struct {
	statesPerUnit int
	// emission is the score's index for a state of a unit.
	emission func(u pronounce.Unit, state int) uint16
	// within is the same for a unit that is not its word's first.
	within func(u pronounce.Unit, state int) uint16
	// silence and filler are the indexes of the scores of those; after that of
	// filler come those by the hint at its junction.
	silence, filler uint16
	// whole says that the script is all said and nothing else: filler and skipped
	// sentences cost costNever.
	whole bool
}

// costs of entering filler and of skipping a sentence.
func (t topology) costs() (filler, skip float32) {
	if t.whole {
		return costNever, costNever
	}
	return costFiller, costSkipSentence
}

// reading is a sentence with the units of its words.
type reading struct {
	words         []transcript.Word
	units         [][]pronounce.Unit
	before, after hint
}

// hint is what the script's directions say of a junction: what filler costs there.
type hint uint8

const (
	noHint   hint = iota
	sound         // one is announced
	clipEdge      // a clip begins or ends, whose words may fit badly: a telephone call
	clip          // it lies within a clip
	numHints = iota
)

func newChain(readings []reading, top topology) *chain {
	c := &chain{filler: top.filler, whole: top.whole}
	for i, r := range readings {
		h := r.before
		if i > 0 {
			h = max(h, readings[i-1].after)
		}
		s := c.addSentenceJunction(top, h)
		first := int32(len(c.words))
		before := s       // the last silent state
		open := int32(-1) // the silence before a run of insertions
		for wi, w := range r.words {
			var ways []way
			switch {
			case wi == 0:
				ways = c.fromJunction(s, costNoPause)
			case w.GapBefore:
				var passing []way
				if open >= 0 && !w.Inserted {
					passing = []way{{open, costSkipInsertion}}
					open = -1
				}
				before = c.addJunction(top, passing...)
				ways = c.fromJunction(before, costNoPause)
			default:
				prev := r.words[wi-1]
				cost := float32(costPausePhrase)
				if pausesAfter(prev.Text) || prev.Inserted != w.Inserted {
					cost = costPauseClause
				}
				last := c.states() - 1
				before = c.addNode(top.silence, way{last, cost})
				ways = []way{{before, 0}, {last, 0}}
			}
			switch {
			case w.Inserted && open < 0:
				open = before
			case !w.Inserted && open >= 0:
				ways = append(ways, way{open, costSkipInsertion})
				open = -1
			}
			c.addWord(top, r.units[wi], ways)
		}
		if open >= 0 {
			// The sentence ends in an insertion: a silence to reach its end without it.
			c.addNode(top.silence, way{c.states() - 1, 0}, way{open, costSkipInsertion})
		}
		c.sentences = append(c.sentences, span{first, int32(len(c.words))})
	}
	s := c.addSentenceJunction(top, readings[len(readings)-1].after)
	c.nodeStart = append(c.nodeStart, c.states())
	c.wayStart = append(c.wayStart, int32(len(c.ways)))
	for i := range c.states() {
		c.nextHead = append(c.nextHead, int32(len(c.heads)))
		if ways := c.into(i); c.word[i] < 0 || len(ways) != 1 || ways[0] != (way{i - 1, 0}) {
			c.heads = append(c.heads, i)
		}
	}
	c.heads = append(c.heads, c.states())
	filler, _ := top.costs()
	c.starts = []way{{0, 0}, {1, filler}, {2, 0}}
	c.ends = []way{{s, 0}, {s + 1, 0}, {s - 1, 0}}
	if !top.whole {
		for i, s := range c.junctions {
			if i > 0 {
				c.starts = append(c.starts, way{s, top.skipRun(i)})
			}
			if rest := len(readings) - i; rest > 0 {
				c.ends = append(c.ends, way{s, top.skipRun(rest)}, way{s + 1, top.skipRun(rest)})
			}
		}
	}
	return c
}

// skipRun is the cost of the first n sentences, or the last, that nobody says:
// those of a recording that was cut.
func (t topology) skipRun(n int) float32 {
	_, skip := t.costs()
	return skip*float32(min(n, longRun)) + inUnits(float32(costLongRun*math.Log(float64(max(1, n+1-longRun)))))
}

func (c *chain) states() int32 { return int32(len(c.emit)) }

// addSentenceJunction adds the junction before a sentence or after the last one,
// to which one can skip from the one before.
func (c *chain) addSentenceJunction(top topology, h hint) int32 {
	var skipping []way
	if n := len(c.junctions); n > 0 {
		_, skip := top.costs()
		skipping = []way{{c.junctions[n-1], skip}}
	}
	s := c.addJunction(top, skipping...)
	c.emit[s+1] += uint16(h)
	c.junctions = append(c.junctions, s)
	return s
}

// addJunction adds S and F and returns S; more is another way into S.
func (c *chain) addJunction(top topology, more ...way) int32 {
	s := c.states()
	filler, _ := top.costs()
	ways := []way{{s + 1, 0}}
	fill := []way{{s, filler}}
	if s > 0 {
		ways = append(ways, way{s - 1, 0})
		fill = append(fill, way{s - 1, filler})
	}
	c.addNode(top.silence, append(ways, more...)...)
	c.addNode(top.filler, fill...)
	return s
}

// fromJunction is the ways into the word after the junction at s.
func (c *chain) fromJunction(s int32, noPause float32) []way {
	ways := []way{{s, 0}, {s + 1, 0}}
	if s > 0 {
		ways = append(ways, way{s - 1, noPause})
	}
	return ways
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

func (c *chain) addWord(top topology, units []pronounce.Unit, ways []way) {
	word := int32(len(c.words))
	first := c.states()
	for i, u := range units {
		c.nodeStart = append(c.nodeStart, c.states())
		for k := range top.statesPerUnit {
			emit := top.emission(u, k)
			if i > 0 {
				emit = top.within(u, k)
			}
			s := c.addState(emit, word, ways)
			ways = []way{{s, 0}}
		}
	}
	c.words = append(c.words, span{first, c.states()})
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

// skippingFor is c with another cost of a skipped sentence.
func (c *chain) skippingFor(cost float32) *chain {
	other := *c
	other.ways, other.starts, other.ends = slices.Clone(c.ways), slices.Clone(c.starts), slices.Clone(c.ends)
	for i, w := range c.starts {
		other.starts[i].cost -= (costSkipSentence - cost) * float32(c.skippedBefore(w.from))
	}
	for i, w := range c.ends {
		other.ends[i].cost -= (costSkipSentence - cost) * float32(c.skippedAfter(w.from))
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

// skippedBefore is how many skipped sentences a path pays for that begins in state i.
func (c *chain) skippedBefore(i int32) int { return min(longRun, c.sentenceBefore(i)+1) }

// skippedAfter is the same for one that ends in state i.
func (c *chain) skippedAfter(i int32) int {
	if i >= c.ends[2].from {
		return 0
	}
	return min(longRun, len(c.sentences)-1-c.sentenceBefore(i))
}

// filling reports whether the state is F of a junction.
func (c *chain) filling(i int32) bool {
	return c.emit[i] >= c.filler && c.emit[i] < c.filler+numHints
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

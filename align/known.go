package align

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// Known is what somebody who has listened knows of a recording. It is a constraint of the search,
// not a patch of its result: a word that is pinned is passed at its time by all paths, and its
// neighbours go where they fit best beside it. Words and sentences are numbered through the script,
// from 0. A script of which anything is known is that of its recording: it is not judged.
type Known struct {
	Pins     []Pin // in any order
	Spoken   []int // sentences that are said, but for an editor's insertions in them
	Unspoken []int // sentences that nobody says
	// Unscripted are stretches in which no word of the script is said: music, an advertisement.
	Unscripted []Unscripted
}

// Pin is where a word begins or ends, or both: nil is what isn't known. A pinned word is said.
type Pin struct {
	Word       int
	Start, End *time.Duration
}

// event is a side of a pinned word.
type event struct {
	word int
	end  bool
	at   time.Duration
}

// events returns the sides that pins know, in the order of the script.
func (k *Known) events() []event {
	var all []event
	for _, p := range k.Pins {
		if p.Start != nil {
			all = append(all, event{p.Word, false, *p.Start})
		}
		if p.End != nil {
			all = append(all, event{p.Word, true, *p.End})
		}
	}
	slices.SortStableFunc(all, func(x, y event) int { return 2*(x.word-y.word) + side(x.end) - side(y.end) })
	return all
}

func side(end bool) int {
	if end {
		return 1
	}
	return 0
}

// Check returns an error where s has no such word or sentence, where a time lies outside of a
// recording of this duration, and where two things that are known contradict each other: pins
// against the order of the script, or with less than 20 ms for each word that is said between them,
// before the first or behind the last one; a word of a sentence that nobody says or in an unscripted
// stretch; a sentence that is said and not said.
func (k *Known) Check(s *transcript.Script, duration time.Duration) error {
	sentences := sentenceSpans(s)
	words := s.NumWords()
	for _, list := range [][]int{k.Spoken, k.Unspoken} {
		for _, i := range list {
			if i < 0 || i >= len(sentences) {
				return fmt.Errorf("sentence %d is known, but the script has %d", i, len(sentences))
			}
			if slices.Contains(k.Spoken, i) && slices.Contains(k.Unspoken, i) {
				return fmt.Errorf("sentence %d can't be both said and not said", i)
			}
		}
	}
	for i, at := range k.Unscripted {
		for _, other := range k.Unscripted[:i] {
			if at.Overlap(other.Segment) > 0 {
				return fmt.Errorf("stretches without words overlap: %v to %v and %v to %v", other.Start, other.End, at.Start, at.End)
			}
		}
		if at.Start < 0 || at.End <= at.Start || at.End > duration {
			return fmt.Errorf("a stretch without words from %v to %v is none of a recording of %v", at.Start, at.End, duration)
		}
	}
	for _, p := range k.Pins {
		if p.Word < 0 || p.Word >= words {
			return fmt.Errorf("word %d is pinned, but the script has %d", p.Word, words)
		}
		if p.Start == nil && p.End == nil {
			return fmt.Errorf("word %d is pinned, but to no time", p.Word)
		}
		if i := sentenceWith(sentences, p.Word); slices.Contains(k.Unspoken, i) {
			return fmt.Errorf("word %d is pinned, but nobody says sentence %d, which it is of", p.Word, i)
		}
	}
	return k.checkTimes(s, sentences, duration)
}

// checkTimes is the part of Check that looks at the times of pins.
func (k *Known) checkTimes(s *transcript.Script, sentences []span, duration time.Duration) error {
	needed := k.surelySaid(s, sentences)
	begin, end := event{0, false, 0}, event{s.NumWords(), false, duration}
	before := begin
	for _, x := range append(k.events(), end) {
		if x != end && (x.at < 0 || x.at > duration) {
			return fmt.Errorf("word %d is pinned to %v, but the recording lasts from 0 to %v", x.word, x.at, duration)
		}
		for _, at := range k.Unscripted {
			inside := x != end && x.at > at.Start && x.at < at.End
			within := x.word == before.word && x.end != before.end && at.Overlap(audio.Segment{Start: before.at, End: x.at}) > 0
			if inside || within {
				return fmt.Errorf("word %d is pinned to %v, where no word is said from %v to %v", x.word, x.at, at.Start, at.End)
			}
		}
		if x.word == before.word && x.end == before.end && x.at != before.at && before != begin {
			return fmt.Errorf("word %d is pinned to both %v and %v", x.word, before.at, x.at)
		}
		between := needed[x.word+side(x.end)] - needed[before.word+side(before.end)]
		least := time.Duration(between) * shortestWord
		switch {
		case x.at-before.at >= least:
		case before == begin:
			return fmt.Errorf("word %d is pinned to %v: the %d words before it take %v at the least", x.word, x.at, between, least)
		case x == end:
			return fmt.Errorf("word %d is pinned to %v, and the recording ends at %v: the %d words behind it take %v at the least",
				before.word, before.at, duration, between, least)
		default:
			return fmt.Errorf("word %d is pinned to %v and word %d to %v: %d words between them take %v at the least",
				before.word, before.at, x.word, x.at, between, least)
		}
		before = x
	}
	return nil
}

// surelySaid returns how many of the words before each word, and before the end, are known to be said:
// those of sentences that are said or have a pinned word, but for insertions that are not pinned.
func (k *Known) surelySaid(s *transcript.Script, sentences []span) []int {
	pinned := map[int]bool{}
	said := map[int]bool{}
	for _, p := range k.Pins {
		pinned[p.Word] = true
		said[sentenceWith(sentences, p.Word)] = true
	}
	for _, i := range k.Spoken {
		said[i] = true
	}
	counts := []int{0}
	word, i := 0, 0
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			for _, w := range sentence.Words {
				n := 0
				if pinned[word] || said[i] && !w.Inserted {
					n = 1
				}
				counts = append(counts, counts[word]+n)
				word++
			}
			i++
		}
	}
	return counts
}

// empty reports whether nothing is known.
func (k *Known) empty() bool {
	return k == nil || len(k.Pins)+len(k.Spoken)+len(k.Unspoken)+len(k.Unscripted) == 0
}

// sentenceSpans returns the words of each sentence of s.
func sentenceSpans(s *transcript.Script) (sentences []span) {
	n := int32(0)
	for _, t := range s.Turns {
		for _, x := range t.Sentences {
			end := n + int32(len(x.Words))
			sentences = append(sentences, span{n, end})
			n = end
		}
	}
	return sentences
}

// sentenceWith returns the sentence that a word is of.
func sentenceWith(sentences []span, word int) int {
	return sort.Search(len(sentences), func(i int) bool { return int(sentences[i].end) > word })
}

// behind returns k for a script before which there are so many more words and sentences.
func (k *Known) behind(words, sentences int) *Known {
	if k == nil || words == 0 {
		return k
	}
	moved := &Known{Unscripted: k.Unscripted}
	for _, p := range k.Pins {
		p.Word += words
		moved.Pins = append(moved.Pins, p)
	}
	for _, i := range k.Spoken {
		moved.Spoken = append(moved.Spoken, i+sentences)
	}
	for _, i := range k.Unspoken {
		moved.Unspoken = append(moved.Unspoken, i+sentences)
	}
	return moved
}

// wordless returns the frames in which no word is said.
func (k *Known) wordless() (all []place) {
	if k == nil {
		return nil
	}
	for _, x := range k.Unscripted {
		all = append(all, place{int(x.Start / frameTime), int((x.End + frameTime - 1) / frameTime)})
	}
	return all
}

// unjudged returns activity without a judgement where no word is said, so that it doesn't count as speech.
func (k *Known) unjudged(activity []activity) []activity {
	if k == nil {
		return activity
	}
	activity = slices.Clone(activity)
	for _, p := range k.wordless() {
		for t := p.start; t < min(p.end, len(activity)); t++ {
			activity[t] = unjudged
		}
	}
	return activity
}

// certain returns the words of s of which it is known where they begin, or that they aren't said.
func (k *Known) certain(s *transcript.Script) map[int]bool {
	if k == nil {
		return nil
	}
	words := map[int]bool{}
	for _, p := range k.Pins {
		words[p.Word] = words[p.Word] || p.Start != nil
	}
	for i, sentence := range sentenceSpans(s) {
		for w := sentence.first; w < sentence.end && k.unspoken(i); w++ {
			words[int(w)] = true
		}
	}
	return words
}

// among puts the known unscripted stretches in the place of what was found there, which may be nothing.
func (k *Known) among(found []Unscripted) []Unscripted {
	if k == nil || len(k.Unscripted) == 0 {
		return found
	}
	all := slices.Clone(k.Unscripted)
	for _, u := range found {
		rest := []audio.Segment{u.Segment}
		for _, x := range k.Unscripted {
			var parts []audio.Segment
			for _, r := range rest {
				parts = append(parts, outside(r, x.Segment)...)
			}
			rest = parts
		}
		for _, r := range rest {
			if r.Duration() >= leastUnscripted {
				all = append(all, Unscripted{Segment: r, Kind: u.Kind, Melodic: u.Melodic})
			}
		}
	}
	slices.SortFunc(all, func(x, y Unscripted) int { return cmp.Compare(x.Start, y.Start) })
	return all
}

// outside returns the parts of s that don't lie in x.
func outside(s, x audio.Segment) []audio.Segment {
	if s.Overlap(x) == 0 {
		return []audio.Segment{s}
	}
	var parts []audio.Segment
	if s.Start < x.Start {
		parts = append(parts, audio.Segment{Start: s.Start, End: x.Start})
	}
	if x.End < s.End {
		parts = append(parts, audio.Segment{Start: x.End, End: s.End})
	}
	return parts
}

// pin moves the words of segments to where they are pinned, and what lies between them along, as far
// as it must be for shortestWord: the words before a pin by keepApart.
func (k *Known) pin(segments map[int32]audio.Segment) {
	if k == nil {
		return
	}
	words := slices.Sorted(maps.Keys(segments))
	index := func(word int) int { i, _ := slices.BinarySearch(words, int32(word)); return i }
	for _, x := range k.events() {
		i := index(x.word)
		s := segments[words[i]]
		if x.end {
			if i+1 < len(words) {
				behind := segments[words[i+1]]
				if behind.Start == s.End || behind.Start < x.at {
					behind.Start = x.at
				}
				segments[words[i+1]] = behind
			}
			s.End = x.at
		} else {
			if i > 0 {
				before := segments[words[i-1]]
				if before.End == s.Start {
					before.End = x.at
				}
				segments[words[i-1]] = before
			}
			s.Start = x.at
		}
		segments[words[i]] = s
	}
	starts, ends := map[int32]time.Duration{}, map[int32]time.Duration{}
	for _, x := range k.events() {
		if x.end {
			ends[int32(x.word)] = x.at
		} else {
			starts[int32(x.word)] = x.at
		}
	}
	least := time.Duration(0) // where the next word begins
	for _, w := range words {
		if at, ok := starts[w]; ok {
			least = at
		}
		s := segments[w]
		s.Start = max(s.Start, least)
		segments[w] = s
		least = max(least+shortestWord, ends[w])
	}
	most := time.Duration(math.MaxInt64) // where the word before ends
	for _, w := range slices.Backward(words) {
		s := segments[w]
		if at, ok := ends[w]; ok {
			most = at
		}
		most -= shortestWord
		if at, ok := starts[w]; ok {
			most = at
		}
		s.Start = min(s.Start, most)
		if _, ok := ends[w]; !ok {
			s.End = max(s.End, s.Start+shortestWord)
		}
		segments[w] = s
	}
}

// unspoken reports whether sentence i is known not to be said; of nil nothing is known.
func (k *Known) unspoken(i int) bool { return k != nil && slices.Contains(k.Unspoken, i) }

// spoken reports whether sentence i is known to be said, as a whole or by a pin in its words.
func (k *Known) spoken(i int, words span) bool {
	if k == nil {
		return false
	}
	pinned := func(p Pin) bool { return p.Word >= int(words.first) && p.Word < int(words.end) }
	return slices.Contains(k.Spoken, i) || slices.ContainsFunc(k.Pins, pinned)
}

// gate is a place in a graph that all paths pass at a time which is known, give or take: they
// have come to state or a later one at frame until (of 10 ms), and not before frame from.
type gate struct {
	from, until int
	state       int32
}

// gates are places that all paths pass, in order.
type gates []gate

// at returns the states, of n, that a path may be in at frame t.
func (gs gates) at(t int, n int32) span {
	passed := sort.Search(len(gs), func(i int) bool { return gs[i].until > t })
	open := sort.Search(len(gs), func(i int) bool { return gs[i].from > t })
	s := span{0, n}
	if passed > 0 {
		s.first = gs[passed-1].state
	}
	if open < len(gs) {
		s.end = gs[open].state
	}
	return s
}

// never is the cost of what is known not to be.
const never = -impossible

// leastGate is how far off its time a gate may be passed, in frames of 10 ms: by a step of the
// coarse passes to either side. mostGate is how far gates are opened at the most where no path is
// found: further than the times of most words need be moved for the states of all to find room.
const leastGate, mostGate = coarseStep, 128

// graph returns the decoding graph of the episode for the passes of found, as far as its paths agree
// with what is known.
func (e *episode) graph(found *decoded) *graph {
	return newGraph(e.readings, found.rules).knowing(e.known, found.step, found.slack)
}

// throughGates gives found its graph and searches it. Where no path leads through its gates, they are
// opened further: words may have more states than there is time for.
func (e *episode) throughGates(ctx context.Context, found *decoded, search func() error) error {
	for {
		found.graph = e.graph(found)
		err := search()
		if err == nil || ctx.Err() != nil || len(found.graph.gates) == 0 || found.slack >= mostGate {
			return err
		}
		found.slack *= 2
	}
}

// knowing returns g as far as paths through it agree with what k knows, with gates that are passed
// within slack frames of their times, and more where words have more states than there are
// frames between two gates.
func (g *graph) knowing(k *Known, step, slack int) *graph {
	if k == nil {
		return g
	}
	other := g
	said := map[int]bool{}
	if len(k.Spoken) > 0 {
		var words []span
		for _, i := range slices.Sorted(slices.Values(k.Spoken)) {
			words, said[i] = append(words, g.sentences[i]), true
		}
		other = g.forcing(slices.Compact(words), never)
	}
	events := k.events()
	for _, x := range events {
		said[g.sentenceOf(int32(x.word))] = true
	}
	if len(events) > 0 {
		other = other.through(events)
		other.gates = g.gatesAt(events, said, step, slack)
	}
	if len(k.Unspoken) > 0 {
		other = other.leavingOut(k.Unspoken)
	}
	return other
}

// through returns g in which all paths go through the words that events are of.
func (g *graph) through(events []event) *graph {
	other := *g
	other.arcs, other.starts, other.ends = slices.Clone(g.arcs), slices.Clone(g.starts), slices.Clone(g.ends)
	for _, x := range events {
		k, word := g.sentenceOf(int32(x.word)), g.words[x.word]
		for i := word.end; i <= g.boundaries[k+1]; i++ {
			for n := g.arcStart[i]; n < g.arcStart[i+1]; n++ {
				if g.arcs[n].from < word.first {
					other.arcs[n].cost = never
				}
			}
		}
		for i, a := range g.starts {
			if a.from >= word.end {
				other.starts[i].cost = never
			}
		}
		for i, a := range g.ends {
			if a.from < word.first {
				other.ends[i].cost = never
			}
		}
	}
	return &other
}

// gatesAt returns the gates of events, where the sentences said are known to be said.
func (g *graph) gatesAt(events []event, said map[int]bool, step, slack int) gates {
	gs := make(gates, len(events))
	// First and last are the earliest and the latest frames that leave room for all states, from the first
	// gate on and back from the last one: both are the gate's own where there is room.
	first, last := make([]int, len(events)), make([]int, len(events))
	for i, x := range events {
		first[i] = int(x.at.Round(frameTime) / frameTime)
		last[i] = first[i]
	}
	needed := func(i int) int { // frames from the gate before
		from, to := int32(events[i-1].word+side(events[i-1].end)), int32(events[i].word+side(events[i].end))
		n := 0
		for w := from; w < to; w++ {
			if said[g.sentenceOf(w)] {
				n += step * int(g.lengths[w])
			}
		}
		return n
	}
	for i := 1; i < len(events); i++ {
		first[i] = max(first[i], first[i-1]+needed(i))
	}
	for i := len(events) - 2; i >= 0; i-- {
		last[i] = min(last[i], last[i+1]-needed(i+1))
	}
	for i, x := range events {
		t := int(x.at.Round(frameTime) / frameTime)
		state := g.words[x.word].first
		if x.end {
			state = g.words[x.word].end
		}
		middle := (first[i] + last[i]) / 2 // a way through all gates
		gs[i] = gate{min(t, middle) - slack, max(t, middle) + slack, state}
	}
	// In order, see gates.at.
	for i := 1; i < len(gs); i++ {
		gs[i].until = max(gs[i].until, gs[i-1].until)
	}
	for i := len(gs) - 2; i >= 0; i-- {
		gs[i].from = min(gs[i].from, gs[i+1].from)
	}
	// Whole steps of a coarse pass, so that what it finds is open to a fine one.
	for i, x := range gs {
		gs[i].from, gs[i].until = x.from&^(coarseStep-1), (x.until+coarseStep-1)&^(coarseStep-1)
	}
	return gs
}

// leavingOut returns g in which no path says the sentences of these numbers: to leave them out is free.
func (g *graph) leavingOut(sentences []int) *graph {
	other := *g
	other.arcs, other.starts, other.ends = slices.Clone(g.arcs), slices.Clone(g.starts), slices.Clone(g.ends)
	for _, k := range sentences {
		words := g.sentences[k]
		inside := func(state int32) bool { return state >= g.words[words.first].first && state < g.words[words.end-1].end }
		for i := g.boundaries[k] + 2; i <= g.boundaries[k+1]; i++ {
			for n := g.arcStart[i]; n < g.arcStart[i+1]; n++ {
				switch a := g.arcs[n]; {
				case a.kind == arcSkipSentence:
					other.arcs[n].cost = 0
				case inside(i) && !inside(a.from):
					other.arcs[n].cost = never
				}
			}
		}
		for i, a := range g.starts {
			if inside(a.from) {
				other.starts[i].cost = never
			}
		}
	}
	return &other
}

package align

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// What the reader of a transcript takes for notes around the script may be said after all:
// the words before the first label, of a cold open, look like show notes. Where there is
// sound beside the script that is nobody's word, that text is looked for in it.

const (
	// leastAside is how much of such sound there has to be.
	leastAside = time.Second
	// mostAside is in how much of the recording at either end such text is looked for, if it has
	// asideWords at the most. Of more words, as of the comments below a page, less of it is searched
	// in proportion, from the script on: the search takes time for each word in each frame.
	mostAside  = 10 * time.Minute
	asideWords = 500
)

// end is one of the script's: the text set aside there, and the frames between it and the
// recording's end.
type end struct {
	text   []transcript.Turn
	t0, t1 int
}

// opens reports whether any word of the script has an open phone, or of the text that was set aside.
func (e *episode) opens() bool {
	aside := &transcript.Script{Turns: slices.Concat(e.script.Before, e.script.After)}
	return opens(e.readings) || opens(readIn(aside, e.spoken, e.tuning.LongPhrase))
}

// holdAside looks for the text that was set aside at either end of the script. Where some of
// it is said, it becomes part of e.script and e.readings, and the last pass is done again
// with it; else found is returned as it is. It is looked for in so many frames at the most.
func (e *episode) holdAside(ctx context.Context, seed acoustics, found *decoded, most int) (*decoded, error) {
	words := wordsIn(found.graph, found.state)
	if len(words) == 0 {
		return found, nil
	}
	said := allFrames(words)
	before := end{e.script.Before, max(0, said.start-searchedFor(e.script.Before, most)), said.start}
	after := end{e.script.After, said.end, min(len(found.state), said.end+searchedFor(e.script.After, most))}
	var paths [2][]int32
	for i, x := range []*end{&before, &after} {
		var err error
		if paths[i], err = e.saidAside(ctx, found, x); err != nil {
			return nil, err
		}
	}
	if paths[0] == nil && paths[1] == nil {
		return found, nil
	}
	return e.extend(ctx, seed, found, before, after, paths)
}

// searchedFor returns in how many frames text is looked for that was set aside, of most.
func searchedFor(text []transcript.Turn, most int) int {
	words := int((&transcript.Script{Turns: text}).Size())
	return most * asideWords / max(asideWords, words)
}

// saidAside reduces the text of x to what is said of it and returns the states of the path
// through that, in a graph of its own; nil where nothing is.
func (e *episode) saidAside(ctx context.Context, found *decoded, x *end) ([]int32, error) {
	filler := found.graph.fillerIn(found.state[x.t0:x.t1])
	text := x.text
	x.text = nil
	if len(text) == 0 || audio.FrameTime(filler) < leastAside {
		return nil, nil
	}
	c := e.newContrast(found)
	s := c.listen(x.t0, x.t1)
	readings := readIn(&transcript.Script{Turns: text}, e.spoken, e.tuning.LongPhrase)
	rules := found.rules
	// What a script is charged for each sentence that nobody says would outweigh the few that
	// somebody does: of notes hardly any is said.
	rules.costs.SkipSentence, rules.costs.SkipWord, rules.costs.SkipInRun, rules.costs.RunGrowth = 0, 0, 0, 0
	g := newGraph(readings, rules)
	p, err := viterbi(ctx, g, s, e.tuning.beams().lenient)
	if lost(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	words := wordsIn(g, p.state)
	contrasts := make([]float64, len(readings))
	for k, r := range readings {
		if t0, t1, said := g.sentenceFrames(k, words); said {
			random := rand.New(rand.NewPCG(uint64(k), uint64(x.t0)))
			contrasts[k] = c.of(ctx, s.part(t0-aroundClaim, t1+aroundClaim), r, decoys, random).Deviations
		}
	}
	said := found.areSaid(x, g, words, contrasts)
	var kept []reading
	k := 0
	for _, t := range text {
		var sentences []transcript.Sentence
		for _, sentence := range t.Sentences {
			if said[k] {
				sentences = append(sentences, sentence)
				kept = append(kept, readings[k])
			}
			k++
		}
		if t.Sentences = sentences; len(sentences) > 0 {
			countParagraphs(sentences)
			x.text = append(x.text, t)
		}
	}
	if len(kept) == 0 {
		return nil, ctx.Err()
	}
	rules = found.rules
	rules.forced = true
	_, p, ok := s.force(ctx, rules, kept...)
	if !ok {
		x.text = nil
		return nil, ctx.Err()
	}
	return p.state, nil
}

// areSaid reports of each sentence of g whether it is said in the frames of x, by its contrast in
// the place that words has for it. What can't be told by itself, since it is short, goes with
// what stands next to it.
func (d *decoded) areSaid(x *end, g *graph, words map[int32]place, contrasts []float64) []bool {
	pace := pace(d.graph, wordsIn(d.graph, d.state))
	// trust is that in a sentence which is looked for in the frames [t0, t1) of x.
	trust := func(k, t0, t1 int) float64 {
		sound := float64(d.graph.fillerIn(d.state[x.t0+t0 : x.t0+max(t0, t1)]))
		return part{contrast: contrasts[k], filled: sound / (pace * float64(g.statesOf(g.sentences[k])))}.trust()
	}
	clear := make([]bool, len(contrasts))
	for k := range clear {
		clear[k] = trust(k, 0, x.t1-x.t0) >= 1
	}
	said := slices.Clone(clear)
	for k := range said {
		t0, t1 := 0, x.t1-x.t0
		before, behind := k > 0 && clear[k-1], k+1 < len(clear) && clear[k+1]
		if before {
			_, t0, _ = g.sentenceFrames(k-1, words)
		}
		if behind {
			t1, _, _ = g.sentenceFrames(k+1, words)
		}
		if before || behind {
			said[k] = clear[k] || trust(k, t0, t1) >= openContrast/clearContrast
		}
	}
	return said
}

// countParagraphs counts the paragraphs of the sentences anew, from 0: some may be gone.
func countParagraphs(sentences []transcript.Sentence) {
	before, n := sentences[0].Paragraph, 0
	for i := range sentences {
		if p := &sentences[i].Paragraph; *p != before {
			before = *p
			n++
		}
		sentences[i].Paragraph = n
	}
}

// extend makes what is said around the script part of it and does the last pass again
// around the path of found and those through the new text.
func (e *episode) extend(
	ctx context.Context, seed acoustics, found *decoded, before, after end, paths [2][]int32,
) (*decoded, error) {
	script := *e.script
	script.Turns = slices.Concat(before.text, script.Turns, after.text)
	script.Directions = slices.Clone(script.Directions)
	for i := range script.Directions {
		script.Directions[i].Turn += len(before.text)
	}
	script.Headings = slices.Clone(script.Headings)
	for i := range script.Headings {
		script.Headings[i].Turn += len(before.text)
	}
	longer := *e
	longer.script, longer.readings = &script, readIn(&script, e.spoken, e.tuning.LongPhrase)
	longer.tuning.Costs = found.rules.costs

	old := found.graph
	g := newGraph(longer.readings, found.rules)
	sentences := func(turns []transcript.Turn) (n int) {
		for _, t := range turns {
			n += len(t.Sentences)
		}
		return n
	}
	first := sentences(before.text)
	longer.known = e.known.behind(int(g.sentences[first].first), first)
	behind := g.boundaries[first+len(old.sentences)] // S before the text after the script
	// The states of the script, and of the text before it, stand in g in their order.
	states := make([]int32, len(found.state))
	for t, state := range found.state {
		states[t] = state + g.boundaries[first]
	}
	for t, state := range paths[0] {
		states[before.t0+t] = state
	}
	for t, state := range paths[1] {
		states[after.t0+t] = state + behind
	}
	// Beyond what was searched is sound at either end.
	for t := range states {
		switch {
		case paths[0] != nil && t < before.t0:
			states[t] = g.boundaries[0] + 1
		case paths[1] != nil && t >= after.t1:
			states[t] = g.states() - 1
		}
	}
	p := schedule[len(schedule)-1]
	p.hesitations = !found.rules.fluent
	again, err := longer.decode(ctx, p, seed, &decoded{graph: g, rules: found.rules, slack: found.slack, step: p.step, state: states})
	if lost(err) { // too many sentences lie between, as it seems
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	e.script, e.readings, e.known, e.wordsBefore = longer.script, longer.readings, longer.known, int(g.sentences[first].first)
	return again, nil
}

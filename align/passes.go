package align

import (
	"context"
	"math"
	"slices"

	"cuewright/align/transcript"
	"cuewright/audio"
)

const (
	// coarseStep and fineStep are how many frames of 10 ms a step of a pass takes.
	coarseStep = 2
	fineStep   = 1
	// farOff is how many frames of 10 ms of filler lie at the least between words that are far off
	// and the others.
	farOff = 500
)

// pass is a search through the whole episode.
type pass struct {
	name        string
	banded      bool    // search around the path of the pass before; else a wide search, everywhere
	step        int     // frames of 10 ms a step
	states      int     // of the decoding graph, a phone
	adapted     bool    // models MAP-adapted to the path of the pass before, from the seed each time
	hesitations bool    // filler inside sentences too
	done        float64 // share of the work that is done after it
}

// schedule is the passes in their order. A wide pass looks through the whole episode,
// the models are adapted to what it found, a second wide pass repairs its gross errors,
// and two banded passes move the words within bandReach of the path. The first pass is
// wide, and the last one banded, since confidence is made of its margins.
var schedule = [...]pass{
	{name: "wide-seed", step: coarseStep, states: 2, done: 0.3},
	{name: "wide-adapted", step: coarseStep, states: 2, adapted: true, hesitations: true, done: 0.6},
	{name: "banded", banded: true, step: fineStep, states: statesPerPhone, adapted: true, hesitations: true, done: 0.8},
	{name: "banded-again", banded: true, step: fineStep, states: statesPerPhone, adapted: true, hesitations: true, done: 1},
}

// episode is a recording and what is to be found in it.
type episode struct {
	frames   *audio.Frames
	script   *transcript.Script
	spoken   languages
	features *features
	readings []reading
	// wordsBefore is how many words were put before those of the script, see holdAside.
	wordsBefore int
	forced      bool // see Options.Force
	known       *Known
	tuning      Tuning
	hooks       Hooks

	// boundaryModel moves the boundaries of words; nil without an acoustic model, since it
	// is fitted to the lateness of one.
	boundaryModel *BoundaryWeights
}

// decoded is what a pass found: the path with its graph.
type decoded struct {
	graph    *graph
	rules    grammar
	slack    int     // of the gates of the graph, see knowing
	step     int     // frames of 10 ms a state
	state    []int32 // at each step
	banded   *bandResult
	scorer   *gmmScorer
	putBack  map[span]float64 // trust in what was put back, by its words: see reconsider
	verified map[int]float64  // trust in what was held to decoys in its place, by its sentence: see verify
	runs     map[span]float64 // the same of runs of words, by these
}

// run searches the episode by the schedule and returns what the last pass found.
// progress is called before each pass but the first, with the share of the work done.
// Where a wide pass loses its way, the path of the pass before is kept: a search in a wider
// beam may take hours. The passes after it do without hesitations, which leave more paths
// open than the beam holds.
func (e *episode) run(ctx context.Context, seed acoustics, progress func(float64)) (*decoded, error) {
	var found *decoded
	fluent := false
	for i, p := range schedule {
		if i > 0 {
			progress(schedule[i-1].done)
		}
		p.hesitations = p.hesitations && !fluent
		next, err := e.decode(ctx, p, seed, found)
		switch {
		case err == nil:
			found = next
		case lost(err) && found != nil && !p.banded:
			fluent = true
			if e.hooks.Trace != nil {
				e.hooks.Trace(p.lostTrace())
			}
		default:
			return nil, err
		}
	}
	return found, nil
}

// decode does a pass; before is what the one before it found, nil in the first one; a
// banded pass uses it up. The error is errBeam or errTooManyPaths where the pass loses its
// way.
func (e *episode) decode(ctx context.Context, p pass, seed acoustics, before *decoded) (*decoded, error) {
	ac := seed
	if p.adapted {
		taught := before.state
		if !p.banded { // a banded one can't move them anyway
			taught = before.graph.withoutFarOff(before.state, before.step)
		}
		ac = seed.adaptedTo(before.graph, before.rules.topology, before.step, taught)
	}
	top := seed.topology(p.states)
	sc := ac.scorer(top, p.step)
	rules := grammar{topology: top, costs: e.tuning.Costs, fluent: !p.hesitations}
	found := &decoded{rules: rules, step: p.step, scorer: sc, slack: leastGate}
	if before != nil {
		found.slack = max(found.slack, before.slack)
	}
	var coarse coarsePath
	var left *span
	switch {
	case p.banded:
		coarse = newCoarsePath(before.graph, before.state, before.step, e.features.n)
		*before = decoded{} // what it holds takes much memory, beside the new graph
	case before != nil:
		l := before.graph.leftOut(before.state)
		left = &l
	}
	err := e.throughGates(ctx, found, func() error {
		if p.banded {
			r, err := searchBanded(ctx, found.graph, coarse, sc)
			if err == nil {
				found.state, found.banded = r.state, r
			}
			return err
		}
		best, err := searchWide(ctx, found.graph, sc, e.tuning.beams(), left)
		found.state = best.state
		return err
	})
	if err != nil {
		return nil, err
	}
	if e.hooks.Trace != nil {
		t, err := e.trace(ctx, p, found, sc)
		if err != nil {
			return nil, err
		}
		e.hooks.Trace(t)
	}
	return found, nil
}

// withoutFarOff returns a path, a state for each step times 10 ms, that is none wherever words
// are far off from the others: in runs of words, with the pauses between them, that are shorter
// than the filler which parts them from the next words on either side, farOff at the least. The
// longest run is never far off, of several the first.
func (g *graph) withoutFarOff(path []int32, step int) []int32 {
	type run struct {
		first, end int // steps
		words      int // steps of words
		before     int // steps of filler in front of it
	}
	var runs []run
	filler := 0 // steps since the last word
	for t, i := range path {
		switch {
		case g.filling(i):
			filler++
		case g.word[i] != none:
			if len(runs) == 0 || filler*step >= farOff {
				runs = append(runs, run{first: t, before: filler})
			}
			last := &runs[len(runs)-1]
			last.end, last.words = t+1, last.words+1
			filler = 0
		}
	}
	if len(runs) < 2 {
		return path
	}
	longest := 0
	for k, r := range runs {
		if r.words > runs[longest].words {
			longest = k
		}
	}
	near := slices.Clone(path)
	for k, r := range runs {
		parting := math.MaxInt
		if k > 0 {
			parting = r.before
		}
		if k+1 < len(runs) {
			parting = min(parting, runs[k+1].before)
		}
		for t := r.first; t < r.end && k != longest && r.words < parting; t++ {
			near[t] = none
		}
	}
	return near
}

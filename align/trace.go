package align

import (
	"context"
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// Hooks let those who work on the aligner look into an alignment, and measure other
// constants of the method than its own. The functions are called from the goroutine that
// called Align, and change nothing.
type Hooks struct {
	// Trace, where not nil, is given what each pass of the schedule found, in their order,
	// also of one that lost its way; all of them again where the alignment is that of a second
	// look at the pair, and the last one where sentences were put back on its path.
	Trace func(PassTrace)
	// Evidence, where not nil, is given once what the confidence of each word is
	// computed from, by the words' number in the script.
	Evidence func(words []Evidence)
	// Boundaries, where not nil, is given once the boundaries of words that are looked at
	// once more, in their order.
	Boundaries func([]Boundary)
	// Tuning, where not nil, replaces DefaultTuning.
	Tuning *Tuning
}

// PassNames returns the names of the passes of an alignment, in their order, as
// PassTrace has them.
func PassNames() []string {
	names := make([]string, len(schedule))
	for i, p := range schedule {
		names[i] = p.name
	}
	return names
}

// PassTrace is what a pass of the alignment found; subtitles.WriteTrace writes it.
type PassTrace struct {
	Name   string        // fit for a file's name
	Step   time.Duration // between two frames of the path: 10 or 20 ms
	Banded bool          // only banded passes know margins
	// Lost says that the pass lost its way, so that the path of the one before is kept.
	// What is below is empty then.
	Lost bool

	Path      []TracedPhone // covers the recording without a gap
	Arcs      []TracedArc   // the arcs taken at word boundaries, in their order
	Words     []TracedSpan  // of the script
	Sentences []TracedSpan  // of the script
}

// TracedPhone is a stretch of the path in one phone, in silence or in filler.
type TracedPhone struct {
	audio.Segment
	Label string  // a phone, or a letter where a model has these, "SIL", "filler" or "hesitation"
	Word  *int    // the word's number in the script, from 0; nil in silence and filler
	Score float64 // mean of a step, in the unit of Costs
}

// TracedArc is an arc that the path took between words, at the beginning of its
// segment, which ends where the path takes the next one.
type TracedArc struct {
	audio.Segment
	Kind string  // word, silence, filler, hesitation, skip sentence, skip insertion or skip run
	Cost float64 // in the unit of Costs
}

// TracedSpan is a word or a sentence on the path.
type TracedSpan struct {
	audio.Segment // where it is said
	Text          string
	Spoken        bool // on the path
	// Margin is how much worse a rival of the path is, in the unit of Costs. The rival of
	// a word is the best path on which it starts more than 0.25 s off or, if the path leaves
	// it out, the best one on which it is said; the rival of a sentence is the best path
	// on which nobody says it (0 if the path leaves it out). At most 1000, which stands for
	// rivals outside of the band. It is nil in passes that aren't banded.
	Margin *float64
}

// lostTrace returns the trace of a pass that lost its way.
func (p pass) lostTrace() PassTrace {
	return PassTrace{Name: p.name, Step: audio.FrameTime(p.step), Banded: p.banded, Lost: true}
}

// trace returns what a pass found; sc is what it scored with.
func (e *episode) trace(ctx context.Context, p pass, found *decoded, sc *gmmScorer) (PassTrace, error) {
	scores, err := found.scores(ctx, sc)
	if err != nil {
		return PassTrace{}, err
	}
	g := found.graph
	t := PassTrace{Name: p.name, Step: audio.FrameTime(p.step), Banded: p.banded}
	at := func(step int) time.Duration { return min(audio.FrameTime(step*p.step), e.frames.Duration()) }
	labels := e.labels(g)
	for first, step := 0, 1; step <= len(found.state); step++ {
		if step < len(found.state) && g.node[found.state[step]] == g.node[found.state[first]] {
			continue
		}
		state := found.state[first]
		out := TracedPhone{
			Segment: audio.Segment{Start: at(first), End: at(step)},
			Label:   labels[g.node[state]], Score: mean(scores[first:step]),
		}
		if w := int(g.word[state]); g.word[state] != none {
			out.Word = &w
		}
		t.Path = append(t.Path, out)
		first = step
	}
	t.Arcs = found.arcs(at)
	t.Words, t.Sentences = e.tracedSpans(found, at)
	return t, nil
}

func mean(v []float32) float64 {
	var sum float64
	for _, x := range v {
		sum += float64(x)
	}
	return sum / float64(max(1, len(v)))
}

// scores returns the score of each step in its state.
func (d *decoded) scores(ctx context.Context, sc frameScorer) ([]float32, error) {
	if d.banded != nil {
		return d.banded.score, nil
	}
	scores := make([]float32, len(d.state))
	err := sc.batch(ctx, func(t int, row []float32) error {
		scores[t] = row[d.graph.emit[d.state[t]]]
		return nil
	})
	return scores, err
}

// labels returns the label of each node of g.
func (e *episode) labels(g *graph) []string {
	phones := e.phones(g)
	labels := make([]string, len(g.nodeStart)-1)
	for node := range labels {
		state := g.nodeStart[node]
		switch {
		case g.hesitating(state):
			labels[node] = arcHesitation.String()
		case g.filling(state):
			labels[node] = arcFiller.String()
		default:
			labels[node] = e.spoken.phoneName(phones[node])
		}
	}
	return labels
}

// arcs returns the arcs taken between words; at returns the time of a step.
func (d *decoded) arcs(at func(step int) time.Duration) []TracedArc {
	var taken []TracedArc
	take := func(step int, a arc) {
		if n := len(taken); n > 0 {
			taken[n-1].End = at(step)
		}
		segment := audio.Segment{Start: at(step), End: at(len(d.state))}
		taken = append(taken, TracedArc{Segment: segment, Kind: a.kind.String(), Cost: float64(a.cost)})
	}
	g, last := d.graph, len(d.state)-1
	from := func(state int32) func(arc) bool { return func(a arc) bool { return a.from == state } }
	if i := slices.IndexFunc(g.starts, from(d.state[0])); i >= 0 {
		take(0, g.starts[i])
	}
	for t := 1; t <= last; t++ {
		if a, ok := g.arcBetween(d.state[t-1], d.state[t]); ok && a.kind != arcNext {
			take(t, a)
		}
	}
	if i := slices.IndexFunc(g.ends, from(d.state[last])); i >= 0 && g.ends[i].kind == arcSkipRun {
		take(last+1, g.ends[i])
	}
	return taken
}

// tracedSpans returns the words and the sentences of the script on the path.
func (e *episode) tracedSpans(d *decoded, at func(step int) time.Duration) (words, sentences []TracedSpan) {
	places := wordsIn(d.graph, d.state)
	for k, r := range e.readings {
		sentence := TracedSpan{Text: transcript.Sentence{Words: r.words}.Text()}
		for _, w := range r.words {
			number := int32(len(words))
			word := TracedSpan{Text: w.Text}
			if p, ok := places[number]; ok {
				word.Spoken = true
				word.Segment = audio.Segment{Start: at(p.start), End: at(p.end)}
				if !sentence.Spoken {
					sentence.Segment, sentence.Spoken = word.Segment, true
				}
				sentence.End = word.End
			}
			if d.banded != nil {
				margin := float64(d.banded.startMargin[number])
				word.Margin = &margin
			}
			words = append(words, word)
		}
		if d.banded != nil {
			margin := float64(d.banded.skipMargin[k])
			sentence.Margin = &margin
		}
		sentences = append(sentences, sentence)
	}
	return words, sentences
}

package align

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// Hooks let a maintainer look into an alignment. They are called from the goroutine
// that called Align, and change nothing.
type Hooks struct {
	// Trace, where not nil, is given what each pass found, in their order. A pass that
	// lost its way, so that the path of the one before is kept, is left out.
	Trace func(PassTrace)
	// Evidence, where not nil, is given once what the confidence of each word is
	// computed from, by the words' number in the script.
	Evidence func(words []Evidence)
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

// PassTrace is what a pass of the alignment found. Tiers makes labelled intervals of it.
type PassTrace struct {
	Name   string        // fit for a file's name
	Step   time.Duration // between two frames of the path: 10 or 20 ms
	Banded bool          // only banded passes know margins

	Path      []TracedPhone // covers the recording without a gap
	Arcs      []TracedArc   // the arcs taken at word boundaries, in their order
	Words     []TracedSpan  // of the script
	Sentences []TracedSpan  // of the script
}

// TracedPhone is a stretch of the path in one phone, in silence or in filler.
type TracedPhone struct {
	audio.Segment
	Label string // ARPABET or one of pronounce's extras, SIL for silence, "filler" or "hesitation"
	// Word is the word's number in the script, from 0. It means nothing where InWord is
	// false: in silence and filler.
	Word   int
	InWord bool
	Score  float64 // mean of a step, in the unit of Costs
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
	// Margin is how much worse, in the unit of Costs, the best path is on which a word
	// starts more than 0.25 s off (is said at all, if the path leaves it out), or on which
	// a sentence is left out (0, if the path leaves it out). At most 1000, which stands
	// for paths that the band does not hold. 0 in passes that aren't banded.
	Margin float64
}

// Tier is a sequence of labelled intervals, as in a TextGrid.
type Tier struct {
	Name      string
	Intervals []Interval // in order, none empty, without overlap
}

// Interval is a stretch of the recording with a label.
type Interval struct {
	audio.Segment
	Text string
}

// Tiers returns the trace as tiers: the phones of the path and the mean score of each,
// the words, the arcs between them with their costs, and after a banded pass the
// margins of words and sentences.
func (t PassTrace) Tiers() []Tier {
	phones, scores, arcs := Tier{Name: "phones"}, Tier{Name: "scores"}, Tier{Name: "arcs"}
	for _, p := range t.Path {
		phones.add(p.Segment, p.Label)
		scores.add(p.Segment, decimal(p.Score))
	}
	for _, a := range t.Arcs {
		arcs.add(a.Segment, fmt.Sprintf("%s %s", a.Kind, decimal(a.Cost)))
	}
	words, wordMargins := tiersOf("words", t.Words)
	tiers := []Tier{phones, scores, words, arcs}
	if t.Banded {
		_, sentenceMargins := tiersOf("sentences", t.Sentences)
		tiers = append(tiers, wordMargins, sentenceMargins)
	}
	return tiers
}

// tiersOf returns a tier with the texts of what is spoken, and one with its margins.
func tiersOf(name string, spans []TracedSpan) (texts, margins Tier) {
	texts.Name, margins.Name = name, name+" margins"
	for _, s := range spans {
		if s.Spoken {
			texts.add(s.Segment, s.Text)
			margins.add(s.Segment, decimal(s.Margin))
		}
	}
	return texts, margins
}

func (t *Tier) add(at audio.Segment, text string) {
	if at.Duration() > 0 {
		t.Intervals = append(t.Intervals, Interval{at, text})
	}
}

// decimal returns a score or a cost with at most two decimals.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
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
		if w := g.word[state]; w != none {
			out.Word, out.InWord = int(w), true
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
	var phones [][]pronounce.Phone // of each word: of its pronunciations, one behind the other
	for _, r := range e.readings {
		for _, w := range r.said {
			phones = append(phones, slices.Concat(w.Phones, w.Other))
		}
	}
	labels := make([]string, len(g.nodeStart)-1)
	for node := range labels {
		state := g.nodeStart[node]
		switch word := g.word[state]; {
		case word != none:
			labels[node] = phones[word][node-int(g.node[g.words[word].first])].String()
		case g.hesitating(state):
			labels[node] = arcHesitation.String()
		case g.filling(state):
			labels[node] = arcFiller.String()
		default:
			labels[node] = pronounce.Silence.String()
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
				word.Margin = float64(d.banded.startMargin[number])
			}
			words = append(words, word)
		}
		if d.banded != nil {
			sentence.Margin = float64(d.banded.skipMargin[k])
		}
		sentences = append(sentences, sentence)
	}
	return words, sentences
}

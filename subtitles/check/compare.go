package check

import (
	"slices"
	"time"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// Tolerances are the errors that Stats.Within counts.
var Tolerances = []time.Duration{
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second,
}

// Stats are of boundary errors: how far times lie from where they should be.
type Stats struct {
	N      int // compared
	Missed int // without a partner
	// Median, Mean, P95 and Worst are of the errors without their signs.
	Median, Mean, P95, Worst time.Duration
	Bias                     time.Duration // the mean of the errors; positive: late
	Within                   []float64     // the share within each of Tolerances
	WithinTolerance          float64       // the share within the tolerance asked for
}

func stats(errors []time.Duration, missed int, tolerance time.Duration) Stats {
	s := Stats{N: len(errors), Missed: missed, Within: make([]float64, len(Tolerances))}
	if len(errors) == 0 {
		return s
	}
	n := float64(len(errors))
	var sum, sizes float64
	abs := make([]time.Duration, len(errors))
	for i, e := range errors {
		abs[i] = e.Abs()
		sum += e.Seconds()
		sizes += abs[i].Seconds()
	}
	slices.Sort(abs)
	s.Mean, s.Bias = seconds(sizes/n), seconds(sum/n)
	s.Median, s.P95, s.Worst = abs[len(abs)/2], abs[min(len(abs)-1, int(0.95*n))], abs[len(abs)-1]
	// A time in whole milliseconds may miss a tolerance by its rounding.
	within := func(t time.Duration) float64 {
		k, _ := slices.BinarySearch(abs, t+time.Microsecond)
		return float64(k) / n
	}
	for i, t := range Tolerances {
		s.Within[i] = within(t)
	}
	s.WithinTolerance = within(tolerance)
	return s
}

// Comparison is of captions against words whose times are known.
type Comparison struct {
	// Cues are the starts of cues, against their first words; Sentences and Turns
	// the starts of those, of the reference, SentenceEnds their ends; Words the
	// starts of all words, where the captions have times of words.
	Cues, Sentences, SentenceEnds, Turns, Words Stats
	Speakers                                    []SpeakerStats // of sentences, in order of appearance; none where nobody is named
	RefWords, Matched                           int            // words of the reference that are said, and those of them that the captions hold
	CaptionWords                                int            // words of the captions
	Missing, Extra                              []Run          // words without a partner: of the reference and of the captions
	starts                                      []cueStart     // cues whose first word has a partner
}

// apart says whether the captions and what they are compared to are of different
// texts.
func (c *Comparison) apart() bool {
	return float64(c.Matched) < leastShared*float64(min(c.RefWords, c.CaptionWords))
}

// SpeakerStats are of the sentences of one speaker.
type SpeakerStats struct {
	Speaker string
	Stats
}

// Run is words in a row, [First, End) of the text they are in.
type Run struct {
	First, End int
	Text       string
	Moved      bool // it stands elsewhere in the other text
	at         int  // of its first word there, where Moved
}

// cueStart is a cue and the word of the reference that it begins with.
type cueStart struct {
	cue   int
	ref   int           // index of the word
	error time.Duration // of its start
}

// Against is what captions are held to.
type Against struct{ words []word }

// Reference is a file read by subtitles.Read.
func Reference(cues []format.Cue) (Against, error) {
	sorted, _ := InOrder(cues)
	words, _, err := captionWords(sorted)
	return Against{words}, err
}

// Alignment is words whose times are known.
func Alignment(a *align.Alignment) Against { return Against{alignmentWords(a)} }

// compare holds words of captions to those of ref.
func compare(ref, words []word, tolerance time.Duration) *Comparison {
	at := match(keys(ref), keys(words)) // for each word of ref its partner
	dropStrays(at, len(words))
	back := make([]int, len(words))
	for i := range back {
		back[i] = -1
	}
	c := &Comparison{CaptionWords: len(words)}
	var wordErrors []time.Duration
	wordsMissed := 0
	timed := 0
	for _, w := range words {
		if w.startKnown {
			timed++
		}
	}
	for i, k := range at {
		if k >= 0 {
			back[k] = i
		}
		if !ref[i].spoken {
			continue
		}
		c.RefWords++
		if k >= 0 {
			c.Matched++
		}
		switch {
		case k >= 0 && ref[i].startKnown && words[k].startKnown:
			wordErrors = append(wordErrors, words[k].Start-ref[i].Start)
		case k < 0 && ref[i].startKnown:
			wordsMissed++
		}
	}
	if 2*timed > len(words) { // else they are of cues and sentences
		c.Words = stats(wordErrors, wordsMissed, tolerance)
	} else {
		c.Words = stats(nil, 0, tolerance)
	}

	// Cues.
	var cueErrors []time.Duration
	missed := 0
	for k, w := range words {
		if k > 0 && words[k-1].cue == w.cue {
			continue
		}
		i := back[k]
		if i < 0 || !ref[i].spoken {
			missed++
			continue
		}
		if !ref[i].startKnown {
			continue
		}
		e := w.Start - ref[i].Start
		cueErrors = append(cueErrors, e)
		c.starts = append(c.starts, cueStart{w.cue, i, e})
	}
	c.Cues = stats(cueErrors, missed, tolerance)

	// Sentences and turns of the reference begin with their first word that is said.
	c.Sentences, c.SentenceEnds, c.Speakers = sentenceStats(ref, words, at, tolerance)
	var turns []time.Duration
	missed = 0
	turn := -1
	for i, r := range ref {
		if !r.spoken || r.turn == turn {
			continue
		}
		turn = r.turn
		switch k := at[i]; {
		case k < 0:
			missed++
		case r.startKnown:
			turns = append(turns, words[k].Start-r.extent.Start)
		}
	}
	c.Turns = stats(turns, missed, tolerance)
	c.Missing, c.Extra = unmatched(ref, words, at, back)
	return c
}

// sentenceStats are of the reference's sentences.
func sentenceStats(ref, words []word, at []int, tolerance time.Duration) (starts, ends Stats, speakers []SpeakerStats) {
	type group struct {
		name   string
		errors []time.Duration
		missed int
	}
	var all, last group
	var groups []group
	named := false
	for first := 0; first < len(ref); {
		end := first
		for end < len(ref) && ref[end].sentence == ref[first].sentence {
			end++
		}
		said := slices.DeleteFunc(indexes(first, end), func(i int) bool { return !ref[i].spoken })
		first = end
		if len(said) == 0 {
			continue
		}
		i := said[0]
		name := ref[i].speaker
		named = named || name != ""
		g := slices.IndexFunc(groups, func(g group) bool { return g.name == name })
		if g < 0 {
			g = len(groups)
			groups = append(groups, group{name: name})
		}
		switch k := at[i]; {
		case k < 0:
			all.missed++
			groups[g].missed++
		case ref[i].startKnown:
			e := words[k].Start - ref[i].extent.Start
			all.errors = append(all.errors, e)
			groups[g].errors = append(groups[g].errors, e)
		}
		i = said[len(said)-1]
		switch k := at[i]; {
		case k < 0:
			last.missed++
		case ref[i].endKnown:
			last.errors = append(last.errors, words[k].End-ref[i].extent.End)
		}
	}
	for _, g := range groups {
		if named {
			speakers = append(speakers, SpeakerStats{g.name, stats(g.errors, g.missed, tolerance)})
		}
	}
	return stats(all.errors, all.missed, tolerance), stats(last.errors, last.missed, tolerance), speakers
}

func indexes(first, end int) []int {
	all := make([]int, 0, end-first)
	for i := first; i < end; i++ {
		all = append(all, i)
	}
	return all
}

const (
	// leastMoved is the fewest words that are told to stand elsewhere: shorter runs
	// are found anywhere.
	leastMoved = 4
	// nearMoved is within how many words they may be fewer, if they are the whole of
	// what is missing in one place and too much in the other.
	nearMoved = 100
	// strayRun is how many words in a row match by chance, where leastAround words
	// before and after them don't.
	strayRun, leastAround = 2, 4
)

// placeOf is where in the reference words[k] would stand.
func placeOf(back []int, k int) int {
	for ; k >= 0; k-- {
		if back[k] >= 0 {
			return back[k] + 1
		}
	}
	return 0
}

func near(a, b int) bool { return max(a-b, b-a) <= nearMoved }

// dropStrays undoes matches of few words amid many that have none: they are common
// words and say nothing of their times.
func dropStrays(at []int, words int) {
	type run struct{ a, b, n int }
	runs := []run{{-1, -1, 0}}
	for i, k := range at {
		if k < 0 {
			continue
		}
		if r := &runs[len(runs)-1]; r.n > 0 && r.a+r.n == i && r.b+r.n == k {
			r.n++
		} else {
			runs = append(runs, run{i, k, 1})
		}
	}
	runs[0] = run{0, 0, 0}
	runs = append(runs, run{len(at), words, 0})
	for i := 1; i+1 < len(runs); i++ {
		before, r, after := runs[i-1], runs[i], runs[i+1]
		around := min(max(r.a-before.a-before.n, r.b-before.b-before.n), max(after.a-r.a-r.n, after.b-r.b-r.n))
		if r.n <= strayRun && around >= leastAround {
			for k := range r.n {
				at[r.a+k] = -1
			}
		}
	}
}

// unmatched is the runs of words without a partner, those of the reference that
// are said. Runs that each lack and hold elsewhere are found moved.
func unmatched(ref, words []word, at, back []int) (missing, extra []Run) {
	runs := func(words []word, partner []int) (all []Run) {
		for i := 0; i < len(words); i++ {
			if partner[i] >= 0 || !words[i].spoken {
				continue
			}
			first := i
			for i < len(words) && partner[i] < 0 && words[i].spoken {
				i++
			}
			all = append(all, Run{First: first, End: i, Text: text(words[first:i])})
		}
		return all
	}
	missing, extra = runs(ref, at), runs(words, back)
	for m := range missing {
		for e := range extra {
			x, y := &missing[m], &extra[e]
			if slices.Equal(keys(ref[x.First:x.End]), keys(words[y.First:y.End])) && near(placeOf(back, y.First), x.First) {
				x.Moved, x.at = true, y.First
				y.Moved, y.at = true, x.First
				continue
			}
			if x.End-x.First < leastMoved || y.End-y.First < leastMoved {
				continue
			}
			n, first := 0, anchor{-1, -1}
			for i, k := range match(keys(ref[x.First:x.End]), keys(words[y.First:y.End])) {
				if k >= 0 {
					n++
					if first.a < 0 {
						first = anchor{x.First + i, y.First + k}
					}
				}
			}
			if n >= leastMoved && 5*n >= 3*min(x.End-x.First, y.End-y.First) {
				x.Moved, x.at = true, first.b
				y.Moved, y.at = true, first.a
			}
		}
	}
	return missing, extra
}

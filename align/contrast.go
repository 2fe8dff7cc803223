package align

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// A score tells how well words fit a stretch of sound, but not what that is worth: a voice
// may fit all words badly, and in a short stretch any words fit somehow. Contrast is the
// scale: words are said there if they fit better than decoys do, which are other words of
// the script of about that length, and the same words in another order. All of them are
// searched for in the same way, with whatever sound lies around them.

const (
	// decoys is how many a contrast draws whose Deviations count.
	decoys = 12
	// leastDecoysFit is how many of them have to fit into a stretch, and differ.
	leastDecoysFit = 4
	// leastShuffled is of how many words a decoy is made by their order.
	leastShuffled = 4
	// decoySpread is the standard deviation of the scores of decoys, times the square root of
	// the number of their phones, for each of which they are. It was 5.1 to 6.1 for 15 to 150
	// phones, on readers, dialogues and actors in four languages. It counts as much as the
	// deviation of the decoys drawn, of which there are few.
	decoySpread = 5.5
	// freePhone is the cost of each phone where any phones may follow one another.
	freePhone = 2
	// contrastBeam is wide enough to hold every path through a single sentence.
	contrastBeam = float32(1e5)
)

// Contrast is how well words fit a stretch of sound on the scale that decoys give. Both are NaN
// where nothing can be said, as of words that are all alike, and -Inf where the words don't fit
// in at all.
type Contrast struct {
	// Deviations is by how many standard deviations of the decoys' scores the words score
	// better than the mean decoy. It grows with the number of words.
	Deviations float64
	// Share is how far the words come on the way from the mean decoy's score to the best one
	// that any phones in any order have there, at most 1: about 0 where others are said, and
	// 0.5 to 0.9 where they are. Length, voice and noise bear on both scores alike, so that it
	// tells words of a place from others where Deviations can't; how much evidence there is it
	// doesn't tell.
	Share float64
}

// bothAre returns the contrast that is x in all respects.
func bothAre(x float64) Contrast { return Contrast{Deviations: x, Share: x} }

// contrast holds words to stretches of a recording. It is not safe for concurrent use.
type contrast struct {
	rules   grammar // for a single reading, which has to be said
	sc      *gmmScorer
	scratch *scratch
	words   []pronounce.Word // of the whole script: decoys are drawn from them
	rows    []float32
	free    []float32 // see freely
}

// Claim says that words of the script are said in a segment of the recording.
type Claim struct {
	audio.Segment
	FirstWord, EndWord int // of the script's words, counted through it: [FirstWord, EndWord)
}

// aroundClaim is by how many frames of 10 ms words may be said outside of the segment of a
// claim.
const aroundClaim = 30

// longestClaim returns in how many frames of 10 ms words may be claimed to be said: ten times
// as long as they take, and half a minute.
func longestClaim(said []pronounce.Word) int { return 3000 + 100*phonesOf(said) }

// Listener holds words of a script to places of its recording, by the models that their
// alignment ended with. It may be used by several goroutines at once.
type Listener struct {
	e     *episode
	found *decoded
	said  map[int32]place // the words that the alignment found
	words []transcript.Word
	read  []pronounce.Word // how words are said
	aside []bool           // of words: see transcript.Asides
}

// newListener returns the listener of what the last pass of an episode found.
func newListener(e *episode, found *decoded) *Listener {
	l := &Listener{
		e: e, found: &decoded{graph: found.graph, rules: found.rules, state: found.state, scorer: found.scorer},
		said: wordsIn(found.graph, found.state),
	}
	for _, r := range e.readings {
		first := len(l.words)
		l.words, l.read = append(l.words, r.words...), append(l.read, r.said...)
		l.aside = append(l.aside, make([]bool, len(r.words))...)
		for _, o := range r.optional {
			for i := o.first; i < o.end && o.aside; i++ {
				l.aside[first+int(i)] = true
			}
		}
	}
	return l
}

// Contrasts returns the contrast of each claim, NaN where it has no words, no time or far too
// much of it. Asides that the alignment doesn't hear are no words of a claim: they are there to
// be looked at. It returns an error only when ctx ends.
func (l *Listener) Contrasts(ctx context.Context, claims []Claim) ([]Contrast, error) {
	all := make([]Contrast, len(claims))
	pool := sync.Pool{New: func() any { return l.e.newContrast(l.found) }}
	inParallel(len(claims), func(i int) {
		all[i] = bothAre(math.NaN())
		r := l.reading(claims[i])
		t0 := max(0, int(claims[i].Start/frameTime)-aroundClaim)
		t1 := min(len(l.found.state), int(claims[i].End/frameTime)+aroundClaim)
		if len(r.said) == 0 || t0 >= t1 || t1-t0 > longestClaim(r.said) || ctx.Err() != nil {
			return
		}
		c := pool.Get().(*contrast)
		first := l.e.wordsBefore + max(0, claims[i].FirstWord)
		all[i] = c.of(ctx, c.listen(t0, t1), r, decoys, rand.New(rand.NewPCG(uint64(first), uint64(t0))))
		pool.Put(c)
	})
	return all, ctx.Err()
}

// reading returns the words of a claim, without asides that nobody says.
func (l *Listener) reading(c Claim) (r reading) {
	end := min(c.EndWord+l.e.wordsBefore, len(l.words))
	for i := max(0, c.FirstWord) + l.e.wordsBefore; i < end; i++ {
		if _, said := l.said[int32(i)]; said || !l.aside[i] {
			r.words, r.said = append(r.words, l.words[i]), append(r.said, l.read[i])
		}
	}
	return r
}

// newContrast returns the contrast of an episode by the models of the last pass.
func (e *episode) newContrast(found *decoded) *contrast {
	c := &contrast{
		rules: grammar{topology: found.rules.topology, costs: e.tuning.Costs, fluent: true, forced: true},
		sc:    found.scorer, scratch: found.scorer.scratch(),
	}
	for _, r := range e.readings {
		c.words = append(c.words, r.said...)
	}
	return c
}

// scored is the scores of frames of 10 ms in a row.
type scored struct {
	rows  []float32 // width for each frame
	width int
}

func (s scored) frames() int { return len(s.rows) / s.width }
func (s scored) step() int   { return 1 }

// batch implements frameScorer.
func (s scored) batch(ctx context.Context, each func(t int, row []float32) error) error {
	for t := range s.frames() {
		if err := each(t, s.rows[t*s.width:][:s.width]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// part returns the frames [from, to) of s, counted in it, as far as it goes.
func (s scored) part(from, to int) scored {
	from, to = max(0, from), min(s.frames(), to)
	return scored{rows: s.rows[from*s.width : to*s.width], width: s.width}
}

// listen scores the frames [t0, t1) of the recording. What it returns is overwritten by the next call.
func (c *contrast) listen(t0, t1 int) scored {
	width := len(c.sc.emissions)
	c.rows = grow(c.rows, (t1-t0)*width)
	for t := t0; t < t1; t += batchFrames {
		c.sc.fill(c.scratch, t, min(t+batchFrames, t1), c.rows[(t-t0)*width:])
	}
	return scored{rows: c.rows, width: width}
}

// force returns the best path on which all of the readings are said in s, with sound around
// them that is nobody's word; ok is false where the stretch is too short for that.
func (s scored) force(ctx context.Context, rules grammar, rs ...reading) (g *graph, p path, ok bool) {
	g = newGraph(rs, rules)
	p, err := viterbi(ctx, g, s, contrastBeam)
	return g, p, err == nil
}

// of returns the contrast of r, held to as many decoys as draws, wherever in s it and each of them fit
// best. It is -Inf where r does not fit into s at all, and NaN where too few decoys do, or too few
// differ from r: all words of "No, no, no!" are alike.
func (c *contrast) of(ctx context.Context, s scored, r reading, draws int, random *rand.Rand) Contrast {
	phones := phonesOf(r.said)
	score := func(r reading) (perPhone float64, ok bool) {
		_, p, ok := s.force(ctx, c.rules, r)
		return p.score / float64(phones), ok
	}
	own, ok := score(r)
	if !ok {
		return bothAre(math.Inf(-1))
	}
	ownPhones := allPhones(r.said)
	var sum, squares, n float64
	for i := range draws {
		d := c.others(r, phones, random)
		if i%2 == 0 && len(r.said) >= leastShuffled {
			d = shuffled(r, random)
		}
		if slices.Equal(allPhones(d.said), ownPhones) {
			continue
		}
		if v, ok := score(d); ok {
			sum, squares, n = sum+v, squares+float64(v*v), n+1
		}
	}
	if n < leastDecoysFit {
		return bothAre(math.NaN())
	}
	mean := sum / n
	expected := decoySpread * decoySpread / float64(phones)
	spread := math.Sqrt((expected + max(0, squares/n-float64(mean*mean))) / 2)
	lead, room := own-mean, c.freely(s)/float64(phones)-mean
	return Contrast{Deviations: lead / spread, Share: lead / max(room, lead, math.SmallestNonzeroFloat64)}
}

// freely returns the score of the best path through s of any phones and filler in any order.
func (c *contrast) freely(s scored) float64 {
	n, stay := c.rules.statesPerPhone, float32(c.rules.costs.Stay)
	c.free = grow(c.free, c.rules.sounds*n) // of each state, whose emission has its number: see topology.own
	fill(c.free, impossible)
	ended := float32(0) // the best score of a path whose last phone ends here
	for t := range s.frames() {
		row := s.rows[t*s.width:][:s.width]
		top := ended + row[c.rules.filler]
		for i := len(c.free) - 1; i >= 0; i-- { // backwards: the state before has the score of the frame before
			entered := ended - freePhone
			if i%n > 0 {
				entered = c.free[i-1]
			}
			c.free[i] = max(c.free[i]-stay, entered) + row[i]
			if i%n == n-1 {
				top = max(top, c.free[i])
			}
		}
		ended = top
	}
	return float64(ended)
}

// best returns the contrast of r in the place of s where it fits best, with aroundClaim to
// either side. In all of a longer stretch decoys look better than they do there: they
// shrink into wherever they fit least badly.
func (c *contrast) best(ctx context.Context, s scored, r reading, random *rand.Rand) Contrast {
	g, p, ok := s.force(ctx, c.rules, r)
	if !ok {
		return bothAre(math.Inf(-1))
	}
	t0, t1, ok := g.sentenceFrames(0, wordsIn(g, p.state))
	if !ok { // an insertion that is passed over
		return Contrast{}
	}
	return c.of(ctx, s.part(t0-aroundClaim, t1+aroundClaim), r, decoys, random)
}

// others returns a reading of random words of the script, of about as many phones.
func (c *contrast) others(r reading, phones int, random *rand.Rand) reading {
	d := reading{before: r.before, after: r.after, within: r.within}
	for n := 0; n < phones; {
		w := c.words[random.IntN(len(c.words))]
		if n > 0 && n+len(w.Phones)-phones > phones-n {
			break
		}
		d.said = append(d.said, w)
		n += len(w.Phones)
	}
	for i := range d.said { // the same punctuation, as far as it goes
		d.words = append(d.words, transcript.Word{Text: r.words[i%len(r.words)].Text})
	}
	return d
}

// shuffled returns a reading of the same words in another order.
func shuffled(r reading, random *rand.Rand) reading {
	d := r
	d.said, d.optional = slices.Clone(r.said), nil
	random.Shuffle(len(d.said), func(i, k int) { d.said[i], d.said[k] = d.said[k], d.said[i] })
	return d
}

// allPhones returns the phones of words, one behind the other.
func allPhones(words []pronounce.Word) (phones []pronounce.Phone) {
	for _, w := range words {
		phones = append(phones, w.Phones...)
	}
	return phones
}

// phonesOf returns how many phones words have, 1 at the least.
func phonesOf(words []pronounce.Word) int {
	n := 0
	for _, w := range words {
		n += len(w.Phones)
	}
	return max(1, n)
}

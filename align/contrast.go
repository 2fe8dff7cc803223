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
	// decoys is how many a contrast draws.
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
	// contrastBeam is wide enough to hold every path through a single sentence.
	contrastBeam = float32(1e5)
)

// contrast holds words to stretches of a recording. It is not safe for concurrent use.
type contrast struct {
	rules   grammar // for a single reading, which has to be said
	sc      *gmmScorer
	scratch *scratch
	words   []pronounce.Word // of the whole script: decoys are drawn from them
	rows    []float32
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

// contrasts returns the contrast of each claim, NaN where it has no words, no time or far too
// much of it.
func (e *episode) contrasts(ctx context.Context, found *decoded, claims []Claim) ([]float64, error) {
	var words []transcript.Word
	var said []pronounce.Word
	for _, r := range e.readings {
		words, said = append(words, r.words...), append(said, r.said...)
	}
	all := make([]float64, len(claims))
	pool := sync.Pool{New: func() any { return e.newContrast(found) }}
	inParallel(len(claims), func(i int) {
		all[i] = math.NaN()
		first, end := max(0, claims[i].FirstWord)+e.wordsBefore, min(claims[i].EndWord+e.wordsBefore, len(words))
		t0 := max(0, int(claims[i].Start/frameTime)-aroundClaim)
		t1 := min(len(found.state), int(claims[i].End/frameTime)+aroundClaim)
		if first >= end || t0 >= t1 || t1-t0 > longestClaim(said[first:end]) || ctx.Err() != nil {
			return
		}
		c := pool.Get().(*contrast)
		r := reading{words: words[first:end], said: said[first:end]}
		all[i] = c.of(ctx, c.listen(t0, t1), r, rand.New(rand.NewPCG(uint64(first), uint64(t0))))
		pool.Put(c)
	})
	return all, ctx.Err()
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

// of returns by how many standard deviations of the scores of decoys those of r are better
// than the mean decoy's, wherever in s each fits best. It is -Inf where r does not fit into s
// at all, and NaN where too few decoys do, or too few differ from r: all words of "No, no, no!"
// are alike.
func (c *contrast) of(ctx context.Context, s scored, r reading, random *rand.Rand) float64 {
	phones := phonesOf(r.said)
	score := func(r reading) (perPhone float64, ok bool) {
		_, p, ok := s.force(ctx, c.rules, r)
		return p.score / float64(phones), ok
	}
	own, ok := score(r)
	if !ok {
		return math.Inf(-1)
	}
	ownPhones := allPhones(r.said)
	var sum, squares, n float64
	for i := range decoys {
		d := c.others(r, phones, random)
		if i%2 == 0 && len(r.said) >= leastShuffled {
			d = shuffled(r, random)
		}
		if slices.Equal(allPhones(d.said), ownPhones) {
			continue
		}
		if v, ok := score(d); ok {
			sum, squares, n = sum+v, squares+v*v, n+1
		}
	}
	if n < leastDecoysFit {
		return math.NaN()
	}
	mean := sum / n
	expected := decoySpread * decoySpread / float64(phones)
	spread := math.Sqrt((expected + max(0, squares/n-mean*mean)) / 2)
	return (own - mean) / spread
}

// best returns the contrast of r in the place of s where it fits best, with aroundClaim to
// either side. In all of a longer stretch decoys look better than they do there: they
// shrink into wherever they fit least badly.
func (c *contrast) best(ctx context.Context, s scored, r reading, random *rand.Rand) float64 {
	g, p, ok := s.force(ctx, c.rules, r)
	if !ok {
		return math.Inf(-1)
	}
	t0, t1, ok := g.extent(0, wordsIn(g, p.state))
	if !ok { // an insertion that is passed over
		return 0
	}
	return c.of(ctx, s.part(t0-aroundClaim, t1+aroundClaim), r, random)
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

package align

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// Whether a script is its recording's is decided by contrast. How well the words fit says
// little by itself: a lively voice, another language or noise bring the words of a true pair
// below what those of a false one reach on a clear voice. So decoys are aligned to the same
// sound, the script's own words in another order: what they reach is what words of that
// language and length reach there by chance. A pair whose words fit beyond doubt is spared
// that; see Tuning.ClearMatch.

// Verdict says whether the words of a script are those of its recording.
type Verdict uint8

// The verdicts. The confidence of words in a pair that doesn't fit well is lowered.
const (
	Fits       Verdict = iota // they are
	Doubtful                  // they fit better than others would, but less than twice as well
	TooShort                  // they fit less than twice as well, and are too few, or the recording too short, to refuse
	TooNoisy                  // they fit hardly better than others would, but noise leaves little to tell them by
	Mismatched                // they fit hardly better than others would: see ErrMismatch
)

// String returns the name of the verdict.
func (v Verdict) String() string {
	return [...]string{
		Fits: "fits", Doubtful: "doubtful", TooShort: "too short", TooNoisy: "too noisy", Mismatched: "mismatched",
	}[v]
}

// ErrNoSpeech says that nobody speaks in the recording, as in silence.
var ErrNoSpeech = errors.New("nothing in it is loud enough for speech")

// ErrTooManyWords says that the script has far more words than anybody could say in the
// recording.
var ErrTooManyWords = errors.New("its transcript is far too long")

// ErrMismatch says that the words of the script are not those of the recording.
var ErrMismatch = errors.New("its words don't sound like the transcript's, " +
	"which seems to be of another recording or language: check the pair")

const (
	// leastRecording and leastWords are what is needed to refuse a pair.
	leastRecording = 20 * time.Second
	leastWords     = 50
	// mostBeyond is how much more speech than the recording a script may hold, at the highest
	// speed there is: about four hours at a usual one.
	mostBeyond = time.Hour
	// clearWords is how many words are needed for a match that tells anything. One or two fit
	// somewhere in any recording as well as if they were said there, and have hardly another order.
	clearWords = 5

	// A pair is held to the mean of leastDecoys at the least, and to as many as fill
	// decoyTime of sound, up to mostDecoys: what a decoy reaches varies the more, the
	// shorter it is.
	leastDecoys, mostDecoys = 3, 8
	decoyTime               = 8 * time.Minute
	// mostWhole is the length of a recording up to which decoys are aligned to all of it;
	// of a longer one they are aligned to numStretches of stretchLength.
	mostWhole     = 6 * time.Minute
	numStretches  = 3
	stretchLength = 2 * time.Minute

	// chanceMatch is a match that means nothing, however little the decoys reach.
	chanceMatch = 0.1
	// leastRoom is how far decoys are from what the right words reach, at the least, where vowels are open: in
	// 60 wrong pairs a text was above the mean of its decoys by up to 0.1, and in right ones by 0.3 and more.
	leastRoom = 0.25
	// The mean score of the words of a true pair is hardly ever further below the clarity than
	// usualShortfall. For each unit beyond, shortfallCost is added to Tuning.LeastContrast.
	// Windows of actors fell short by up to 0.67, at a contrast of 0.87, and false pairs of a
	// contrast of 0.3 to 0.7 by 0.55 to 1.02.
	usualShortfall, shortfallCost = 0.6, 2
	// fullContrast is the contrast from which on the pair fits, and wholeContrast the one from
	// which on its confidence is not lowered, see trustIn: decoys drawn anew move a contrast by
	// a tenth or two.
	fullContrast, wholeContrast = 1, 1.25
	// Chance brings a long script less far, by the root of its words: 55 false pairs of 50 to 80 words
	// had a contrast of up to 0.72, 37 of 120 to 200 up to 0.52, and 21 of 200 to 400 up to 0.37. So
	// that of a script of more than chanceWords counts for the confidence as the higher one that
	// is as rare in chanceWords. mostChanceWords are about as many as the stretches hold.
	chanceWords, mostChanceWords = 300, 1000
	// dearSkip is Costs.SkipSentence and SkipClause in the second look, also of each sentence
	// in a run; sureContrast is the least contrast for which that is gone by: two looks are
	// two chances for a false pair.
	dearSkip     = 1000
	sureContrast = 1
)

// sayable returns how many words can be said in that time, at the 655 a minute that the
// fastest talker reached for 24 seconds (Guinness World Records, 1995); readers say 150 to 160.
func sayable(d time.Duration) int { return int(d.Minutes() * 655) }

// checkLength returns an error where a script of so many words is far too long for a recording
// of that length: where nobody could say it in mostBeyond more. A script may go on before and behind
// an excerpt, but what fits into a small part of it somewhere says nothing, and each word takes
// memory and time in every search.
func checkLength(words float64, recording time.Duration) error {
	if words <= float64(sayable(recording+mostBeyond)) {
		return nil
	}
	return fmt.Errorf("%w: it holds %.0f words, and nobody says more than %d in %v: give the part that is said there",
		ErrTooManyWords, words, sayable(recording), recording.Round(time.Second))
}

// judgement is whether a script is its recording's.
type judgement struct {
	verdict Verdict
	trust   float64 // factor in [0, 1] for the confidence of the words that are said
	heard   bool    // whether either look heard a word, in what may be speech if it was the second
}

// judge judges the script by what the last pass found. Where that matches no better than
// decoys do, it looks once more, with all sentences said: a voice that fits badly can make
// a search leave out all that is said. It returns what is to be gone by, found or that.
// step is called before each search that this takes.
func (e *episode) judge(ctx context.Context, seed acoustics, found *decoded, step func()) (*decoded, judgement, error) {
	heard := wordsIn(found.graph, found.state)
	m := e.wholeMatch(found, heard)
	// Words of open phones fit somehow anywhere: how well says nothing of them.
	if m.clear() >= e.tuning.ClearMatch && wordCount(e.readings) >= clearWords && !opens(e.readings) {
		return found, judgement{verdict: Fits, trust: 1, heard: true}, nil
	}
	clarity, err := e.clarity(ctx, seed)
	if err != nil {
		return nil, judgement{}, err
	}
	least := e.leastContrast(m.mean, clarity)
	contrast, err := e.pairContrast(ctx, seed, found, clarity, least, step)
	if err != nil {
		return nil, judgement{}, err
	}
	var again look
	if contrast < least {
		if again, err = e.lookAgain(ctx, seed, clarity, step); err != nil {
			return nil, judgement{}, err
		}
		if again.contrast >= sureContrast {
			found, contrast = e.goBy(again), again.contrast
		}
	}
	verdict := Fits
	switch {
	case contrast >= fullContrast:
	case e.tooShort():
		verdict = TooShort
	case contrast >= least:
		verdict = Doubtful
	case e.tooNoisy(clarity, audio.SpeechRange(e.frames)):
		verdict = TooNoisy
	default:
		verdict = Mismatched
	}
	if contrast < least {
		if e.shows(again, len(heard), verdict) {
			found, contrast = e.goBy(again), again.contrast
		}
		contrast = min(contrast, e.tuning.LeastContrast) // it is by a few decoys only, which may have been bad ones
	}
	words, all, size := wordsIn(found.graph, found.state), place{0, e.features.n}, 0.0
	if verdict == Fits || verdict == Doubtful {
		compared := found.graph.saidWithin(words, all)
		size = wordCount(e.readings[compared.first:compared.end])
	}
	trust := trustIn(contrast, e.features.shareOf(words, all), size)
	return found, judgement{verdict, trust, len(heard) > 0 || e.hears(again)}, nil
}

// tooShort reports whether there is too little to refuse the pair by.
func (e *episode) tooShort() bool {
	return e.frames.Duration() < leastRecording || wordCount(e.readings) < leastWords
}

// wholeMatch returns how well the script, of which the path found holds these words, matches
// the recording.
func (e *episode) wholeMatch(found *decoded, words map[int32]place) match {
	return e.match(found, words, span{0, int32(len(found.graph.sentences))}, place{0, e.features.n})
}

// shows reports whether what a second look found is shown in the place of what the first one
// found, which was so many words, although its contrast doesn't tell. What may be the
// recording's is shown rather than left out, where the first look heard nothing, or less than
// half of it and the second one more than that.
func (e *episode) shows(again look, first int, verdict Verdict) bool {
	if verdict == Mismatched && !e.forced || !e.hears(again) {
		return false
	}
	all, second := len(again.found.graph.words), len(wordsIn(again.found.graph, again.found.state))
	return first == 0 || verdict != Mismatched && 2*first < all && 2*second >= all
}

// hears reports whether a second look found words in what may be speech.
func (e *episode) hears(again look) bool {
	return again.found != nil && e.hasSpeech() && len(wordsIn(again.found.graph, again.found.state)) > 0
}

// trustIn returns the factor for the confidence of the words of a pair of this contrast, which
// hold the share cover of all speech, and which was found by so many words, 0 where decoys did as
// well as they. Up to fullContrast, less where it has more than chanceWords, the factor goes from 0
// to the square of the share, slowly at both ends: up to a third of it pairs are mostly false, and
// from two thirds on mostly true. From fullContrast to wholeContrast the share counts less and
// less, to nothing, whatever the words.
func trustIn(contrast, cover, words float64) float64 {
	rarer := math.Sqrt(max(1, min(words, mostChanceWords)/chanceWords))
	c := min(1, max(0, contrast*rarer/fullContrast))
	square := float64(cover * cover)
	beyond := min(1, max(0, (contrast-fullContrast)/(wholeContrast-fullContrast)))
	return c * c * (3 - float64(2*c)) * (square + float64((1-square)*beyond))
}

// leastContrast returns the contrast that a pair needs whose words have this mean score in a
// recording of this clarity, fullContrast at the most.
func (e *episode) leastContrast(mean, clarity float64) float64 {
	shortfall := clarity - mean
	return min(fullContrast, e.tuning.LeastContrast+shortfallCost*max(0, shortfall-usualShortfall))
}

// look is what a second search of the episode found, nil where it lost its way, with its
// contrast and the trace of its passes.
type look struct {
	found    *decoded
	contrast float64
	traces   []PassTrace
}

// lookAgain searches the episode with all sentences said.
func (e *episode) lookAgain(ctx context.Context, seed acoustics, clarity float64, step func()) (look, error) {
	var again look
	said := *e
	said.hooks = Hooks{}
	if e.hooks.Trace != nil {
		said.hooks.Trace = func(t PassTrace) { again.traces = append(again.traces, t) }
	}
	said.tuning.SkipSentence, said.tuning.SkipClause, said.tuning.LongRun = dearSkip, dearSkip, len(e.readings)
	step()
	found, err := said.run(ctx, seed, func(float64) { step() })
	if lost(err) {
		return look{}, nil
	}
	if err != nil {
		return look{}, err
	}
	again.found = found
	again.contrast, err = said.pairContrast(ctx, seed, found, clarity, sureContrast, step)
	return again, err
}

// goBy has the passes of a second look traced in the place of those of the first one, and
// returns what it found.
func (e *episode) goBy(again look) *decoded {
	for _, t := range again.traces {
		e.hooks.Trace(t)
	}
	return again.found
}

// wordCount returns how many words the readings hold; of Han and kana as many as would say
// as much.
func wordCount(readings []reading) float64 {
	n := 0.0
	for _, r := range readings {
		n += transcript.Size(r.words)
	}
	return n
}

// match is how well the words of a script and a recording match.
type match struct {
	said  float64 // share of the words that are said
	cover float64 // share of the speech that lies within them
	mean  float64 // mean score of 10 ms of the words said, see meanScore
}

// value is 0 where nothing matches, and 1 where all words are said, fill the speech and fit
// as well as speech of a known voice. A frame that fits worse than filler counts against it.
// The share of the speech counts twice: words in a wrong place find the few sounds that suit
// them, and leave the rest.
func (m match) value() float64 { return float64(m.said * m.cover * m.cover * (m.mean + fillerScore)) }

// clear is about the same, but kinder where a part of the script or of the recording lacks its
// counterpart.
func (m match) clear() float64 { return (m.said + m.cover) / 2 * (m.mean + fillerScore) }

// reach is 1 from where half of the words are said, or half of the speech is theirs, and goes to 0
// where neither is: a few words fit somewhere in any recording.
func (m match) reach() float64 { return min(1, 2*max(m.said, m.cover)) }

// fillerScore is about how far below 0 filler scores.
const fillerScore = 0.5

// match returns how well the sentences, of which the path found holds these words, match
// the speech in the frames at.
func (e *episode) match(found *decoded, words map[int32]place, sentences span, at place) match {
	if len(words) == 0 || sentences.first >= sentences.end {
		return match{}
	}
	g := found.graph
	first, end := g.sentences[sentences.first].first, g.sentences[sentences.end-1].end
	return match{
		said:  float64(len(words)) / float64(end-first),
		cover: e.features.shareOf(words, at),
		mean:  meanScore(g.scoreSums(found.banded), words, first, end),
	}
}

// pairContrast returns how much better the words found match their recording, of this clarity, than
// decoys do, see contrastOf; 0 where there are too few words to tell; where it is below least, more
// than it is, since not all decoys are tried then. The text is that between the first
// sentence that is said and the last one, and the sound that between the first word and the last
// one, so that neither what the recording lacks counts against it nor what the script lacks at its
// ends. All sound counts of stretches, whose text goes on before and behind them, and where there
// is too little to refuse by, since a few words fit somewhere in most recordings. step is called
// before each search.
func (e *episode) pairContrast(
	ctx context.Context, seed acoustics, found *decoded, clarity, least float64, step func(),
) (float64, error) {
	if wordCount(e.readings) < clearWords {
		return 0, nil
	}
	words := wordsIn(found.graph, found.state)
	stretches := e.stretches(allFrames(words))
	aligned := len(stretches) > 1   // the text to each of them, as the decoys
	ends := aligned || e.tooShort() // whether what lies before the first word and behind the last one counts
	texts := make([][]reading, len(stretches))
	own, frames := 0.0, 0 // of all stretches
	for i, at := range stretches {
		text := found.graph.saidWithin(words, at)
		texts[i] = e.readings[text.first:text.end]
		if len(texts[i]) == 0 {
			texts[i] = e.partWithin(found.graph, words, at)
		}
		if aligned {
			step()
			m, err := e.stretchMatch(ctx, seed, at, texts[i], ends)
			if err != nil {
				return 0, err
			}
			own += m.value()
		} else {
			own += e.match(found, words, text, e.counting(words, ends)).value()
		}
		frames += at.end - at.start
	}
	own = float64(own * e.wholeMatch(found, words).reach())
	n := min(mostDecoys, max(leastDecoys, int(decoyTime/frameTime)/max(1, frames)))
	chance := 0.0 // of all stretches, in the mean of n
	open := opens(e.readings)
	contrast := func() float64 {
		n := float64(len(stretches))
		return contrastOf(own/n, chance/n, clarity, open)
	}
	for k := 0; k < n && contrast() >= least; k++ {
		for i, at := range stretches {
			step()
			m, err := e.stretchMatch(ctx, seed, at, shuffledText(texts[i], uint64(k)), ends)
			if err != nil {
				return 0, err
			}
			chance += max(0, m.value()) / float64(n)
		}
	}
	return contrast(), nil
}

// contrastOf returns how much better a match is than that of decoys: 1 where it is twice as high, 0 where it
// is no higher. Where writing leaves vowels open words fit so much by chance that none fit twice as well:
// then 1 is also what the right words reach by the clarity.
func contrastOf(own, chance, clarity float64, open bool) float64 {
	scale := chance + chanceMatch
	if open {
		scale = min(scale, max(leastRoom, clarity+fillerScore-chance))
	}
	return (own - chance) / scale
}

// counting returns the frames whose speech the words are held to: all, or without the ends those
// from the first word to the last one.
func (e *episode) counting(words map[int32]place, ends bool) place {
	if ends {
		return place{0, e.features.n}
	}
	return allFrames(words)
}

// allFrames returns the frames from the first word to the last one; none where there is none.
func allFrames(words map[int32]place) place {
	if len(words) == 0 {
		return place{}
	}
	all := place{math.MaxInt, 0}
	for _, w := range words {
		all = place{min(all.start, w.start), max(all.end, w.end)}
	}
	return all
}

// stretches returns the frames that a pair is judged by whose words lie in the frames within:
// all of the recording, or all of these, or as many stretches of them as there are, each in the
// middle of its share of the speech.
func (e *episode) stretches(within place) []place {
	n := e.features.n
	for _, whole := range []place{{0, n}, within} {
		if whole.end-whole.start <= int(mostWhole/frameTime) {
			return []place{whole}
		}
	}
	all := speechIn(e.features.activity[within.start:within.end])
	length := int(stretchLength / frameTime)
	var stretches []place
	at, passed := within.start, 0
	for k := range numStretches {
		for ; at < within.end && passed < all*(2*k+1)/(2*numStretches); at++ {
			passed += speechIn(e.features.activity[at : at+1])
		}
		first := min(max(within.start, at-length/2), within.end-length)
		stretches = append(stretches, place{first, first + length})
	}
	return stretches
}

// saidWithin returns the sentences from the first one that is said within the frames at to
// the last one; those that are said in part outside of them are not among them.
func (g *graph) saidWithin(words map[int32]place, at place) span {
	said := span{-1, 0}
	for k, s := range g.sentences {
		n := 0
		inside := true
		for w := s.first; w < s.end; w++ {
			if p, ok := words[w]; ok {
				n++
				inside = inside && p.start >= at.start && p.end <= at.end
			}
		}
		if n > 0 && inside {
			if said.first < 0 {
				said.first = int32(k)
			}
			said.end = int32(k) + 1
		}
	}
	return span{max(0, said.first), said.end}
}

// partWithin returns what of a sentence is said within the frames at, of the first one there
// is: text without punctuation has sentences of many minutes.
func (e *episode) partWithin(g *graph, words map[int32]place, at place) []reading {
	for k, s := range g.sentences {
		first, end := none, none
		for w := s.first; w < s.end; w++ {
			if p, ok := words[w]; ok && p.start >= at.start && p.end <= at.end {
				if first == none {
					first = w - s.first
				}
				end = w - s.first + 1
			}
		}
		if first != none {
			r := e.readings[k]
			r.words, r.said, r.optional = r.words[first:end], r.said[first:end], nil
			return []reading{r}
		}
	}
	return nil
}

// stretchMatch returns how well readings match a stretch, with the speech at its ends or from the
// first word to the last alone; not at all where there are none or the search loses its way.
func (e *episode) stretchMatch(
	ctx context.Context, seed acoustics, at place, readings []reading, ends bool,
) (match, error) {
	if len(readings) == 0 {
		return match{}, nil
	}
	found, err := e.searchStretch(ctx, seed, at, readings)
	if lost(err) {
		return match{}, nil
	}
	if err != nil {
		return match{}, err
	}
	part := &episode{features: e.features.stretch(at)}
	words := wordsIn(found.graph, found.state)
	return part.match(found, words, span{0, int32(len(readings))}, part.counting(words, ends)), nil
}

// shuffledText returns readings of the same lengths with the same words in another order, which
// depends on seed and on how many words there are alone.
func shuffledText(readings []reading, seed uint64) []reading {
	var words []transcript.Word
	var said []pronounce.Word
	for _, r := range readings {
		words, said = append(words, r.words...), append(said, r.said...)
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(words), func(i, k int) {
		words[i], words[k] = words[k], words[i]
		said[i], said[k] = said[k], said[i]
	})
	out := make([]reading, len(readings))
	for i, r := range readings {
		n := len(r.words)
		out[i] = r
		out[i].words, words = words[:n:n], words[n:]
		out[i].said, said = said[:n:n], said[n:]
	}
	return out
}

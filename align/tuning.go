package align

import (
	"math"
	"time"

	"cuewright/audio/portable"
)

// Tuning holds the constants of the method that a maintainer may want to turn.
// README.md has a ledger of what each was chosen on, and cmd/calibrate measures
// others: go run ./cmd/calibrate -counts -set SkipSentence=60 DIR...
//
// Align rounds Costs, ScoreFloor, SilenceMargin, WeakSilence and FadingSilence to
// multiples of 1/128 once, since sums of scores and costs must be exact: see scoreQuantum.
type Tuning struct {
	Costs

	// ScoreScale tempers the log-likelihood ratios (the acoustic scale): neighbouring
	// frames tell much the same, so that their product claims too much.
	ScoreScale float64
	// ScoreFloor is the least score of a frame of 10 ms, so that one odd frame does
	// not rule out a path.
	ScoreFloor float64
	// Background is how many times likelier than the average GMM state "speech at
	// large" is, against which all frames are scored.
	Background float64

	// FillerMargin is how much worse than speech at large a frame of filler scores
	// before scaling, a natural log-likelihood ratio. In noise, sentences in the wrong
	// place score -0.6 a frame when scaled, right ones rarely less than -0.5; with 1.6
	// ten sentences whose audio was cut off were put into 80 s of unscripted speech.
	FillerMargin float64
	// AnnouncedMargin is the same where the script announces a sound.
	AnnouncedMargin float64
	// HesitationMargin is the same inside a sentence, since hesitations are short. At
	// 1.2 the first words of sentences were torn off and lay before the music in front.
	HesitationMargin float64
	// ClipEdgeMargin is the same at either end of a clip, ClipMargin within it.
	ClipEdgeMargin, ClipMargin float64
	// SeedMargin is the least of all these before the models are adapted: words fit
	// badly themselves then.
	SeedMargin float64

	// SilenceMargin is how much worse than silence any sound scores in a pause, a
	// frame of 10 ms. Without it the closures of stops learn to fit the room's silence,
	// and the first words of sentences begin in the pause before.
	SilenceMargin float64
	// WeakSilence is the least that silence scores in a weak frame of 10 ms, for breaths
	// and clicks, which else are taken for the first consonant of the word behind them.
	WeakSilence float64
	// FadingSilence is the same for a fading frame: the echo of a last word else takes the
	// first words of the next sentence.
	FadingSilence float64

	// MAPTau is how many steps of the pass before (20 ms of a wide one, 10 ms of a banded
	// one) the seed's mean of a component counts for when it is adapted to the episode: tau
	// of MAP adaptation.
	MAPTau float64
	// WideBeam is how far, in scores, a block of states may lie behind the best one in
	// a wide search. The paths of nine of the bench's episodes, with advertisements, music
	// and unsaid sentences, are those of 1000 and 4000, which take twice as long.
	WideBeam float64
	// ClearMatch is from where on a pair fits without a doubt: the mean score of 10 ms of
	// the words said, and fillerScore, times the mean of the share of the words that are said
	// and of the share of the speech that is words. Clear recordings lie above, unless the
	// pronunciations are poor or the speech is acted; a pair below is held to decoys.
	ClearMatch float64
	// LeastContrast is by how much the words of a script have to match their recording better
	// than decoys do, as a share of that: a pair below is refused.
	LeastContrast float64
}

// DefaultTuning returns the constants of every alignment.
func DefaultTuning() Tuning {
	return Tuning{
		Costs:            DefaultCosts(),
		ScoreScale:       0.4,
		ScoreFloor:       -10,
		Background:       6,
		FillerMargin:     1.2,
		AnnouncedMargin:  0.7,
		HesitationMargin: 1.5,
		ClipEdgeMargin:   1.6,
		ClipMargin:       2.5,
		SeedMargin:       1.6,
		SilenceMargin:    1,
		WeakSilence:      -1,
		FadingSilence:    0,
		MAPTau:           50,
		WideBeam:         500,
		ClearMatch:       0.45,
		LeastContrast:    0.3,
	}
}

// rounded returns t with all costs, and what goes into scores after these are rounded, as
// multiples of scoreQuantum.
func (t Tuning) rounded() Tuning {
	t.Costs = t.Costs.rounded()
	for _, v := range []*float64{&t.ScoreFloor, &t.SilenceMargin, &t.WeakSilence, &t.FadingSilence} {
		*v = roundCost(*v)
	}
	return t
}

// Costs are what the arcs of the decoding graph cost, in the unit of the scores:
// natural log-likelihood ratios times Tuning.ScoreScale; Align rounds them, see Tuning.
// Silences that know punctuation were worth two points of sentences placed within 0.25 s
// on two hours of speech.
type Costs struct {
	// PausePhrase is the cost of a silence inside a phrase.
	PausePhrase float64
	// PauseBefore is the same before a function word, PauseAfter after one.
	PauseBefore, PauseAfter float64
	// PauseClause is the cost of a silence after a comma, a colon or a dash.
	PauseClause float64
	// NoPause is the cost of doing without a silence at a sentence's end.
	NoPause float64
	// LongPhrase is after how many words without punctuation a phrase is too long to be
	// one: its text is not punctuated, as that of speech recognizers.
	LongPhrase int

	// Filler is the cost of entering filler between sentences, Hesitation inside one.
	Filler, Hesitation float64

	// SkipSentence is the cost of a sentence that nobody says (60 skipped too readily),
	// and SkipWord is added for each of its words: what filler gains over a voice that
	// fits badly grows with the sentence.
	SkipSentence, SkipWord float64
	// SkipInRun is the cost of a sentence that nobody says in a search for the way
	// through a long run of them.
	SkipInRun float64
	// LongRun is how many sentences that nobody says at an end of the recording are
	// paid for in full. Of all beyond, RunGrowth times the logarithm of their number
	// (and one) is paid.
	LongRun   int
	RunGrowth float64
	// SkipInsertion is the cost of an editor's insertion that nobody says. The way around it
	// leads through a silence, of one step at least: where nobody pauses that
	// costs up to 11 more, or 21 at a step of 20 ms.
	SkipInsertion float64
	// SkipAside is the cost of an aside that nobody says, an address or a round bracket,
	// and SkipClause that of a clause or a quotation; SkipWord is added for each of their
	// words.
	SkipAside, SkipClause float64

	// Stay is the cost of staying in a state for another 10 ms.
	Stay float64
	// LongState is how long a state of a word lasts without more cost. Speech seldom
	// stays longer in a third of a phone; words stretched over music do, and the more so
	// the cheaper that is: at one cost for any length, first sentences lay in the music
	// before them in three of six copies of panel-music.
	LongState time.Duration
	// Long is added for each 10 ms in a state of a word beyond LongState, twice as much
	// beyond three times that, and so on, up to MostLong times.
	Long     float64
	MostLong int
}

// DefaultCosts returns the costs of every alignment.
func DefaultCosts() Costs {
	return Costs{
		PausePhrase:   25,
		PauseBefore:   15,
		PauseAfter:    40,
		PauseClause:   1,
		NoPause:       15,
		LongPhrase:    25,
		Filler:        20,
		Hesitation:    45,
		SkipSentence:  120,
		SkipWord:      2,
		SkipInRun:     6,
		LongRun:       4,
		RunGrowth:     10,
		SkipInsertion: 1,
		SkipAside:     60,
		SkipClause:    150,
		Stay:          13 * scoreQuantum,
		LongState:     80 * time.Millisecond,
		Long:          0.5,
		MostLong:      4,
	}
}

// rounded returns c with each cost as a multiple of scoreQuantum.
func (c Costs) rounded() Costs {
	for _, cost := range []*float64{
		&c.PausePhrase, &c.PauseBefore, &c.PauseAfter, &c.PauseClause, &c.NoPause, &c.Filler, &c.Hesitation,
		&c.SkipSentence, &c.SkipWord, &c.SkipInRun, &c.RunGrowth, &c.SkipInsertion, &c.SkipAside,
		&c.SkipClause, &c.Stay, &c.Long,
	} {
		*cost = roundCost(*cost)
	}
	return c
}

// roundCost returns the multiple of scoreQuantum next to x.
func roundCost(x float64) float64 { return math.Round(x/scoreQuantum) * scoreQuantum }

// skip is the cost of leaving out a sentence of so many words.
func (c Costs) skip(words float64) float32 {
	return float32(c.SkipSentence) + c.skipWords(words)
}

// skipWords is the part of such a cost that grows with the words.
func (c Costs) skipWords(words float64) float32 { return float32(roundCost(c.SkipWord * words)) }

// skipOptional is the cost of leaving out optional words, of which there are so many.
func (c Costs) skipOptional(o optional, words float64) float32 {
	cost := c.SkipClause
	if o.aside {
		cost = c.SkipAside
	}
	return float32(cost) + c.skipWords(words)
}

// skipRun is the cost of sentences at an end of the script that nobody says, of
// each of which the cost is given: those of a recording that was cut.
func (c Costs) skipRun(skips []float32) float32 {
	n := min(len(skips), c.LongRun)
	var sum float32
	for _, skip := range skips[:n] {
		sum += skip
	}
	return sum + roundScore(float32(c.RunGrowth*portable.Log(float64(len(skips)+1-n))))
}

package check

import "time"

// The thresholds that decide what is reported. They were set on 15 episodes of known
// times, so that none of the 2,500 cues of their captions is blamed, and of 1,500 of
// their true times three, and 243 of 257 single cues that were moved by 0.6 to 3 s are
// found. The parameters of a method stand where it is: in match.go, onsets.go and trend.go.

// Of times.
const (
	// DefaultTolerance is half of what viewers begin to notice.
	DefaultTolerance = 250 * time.Millisecond
	// minStartConfidence is the confidence from which a start is taken to be known.
	minStartConfidence = 0.9
	// minTimingConfidence is that from which a timing by words is reported, and
	// minOnsetConfidence that from which one by onsets is, where there is none by words.
	minTimingConfidence, minOnsetConfidence = 0.5, 0.9
	// minOffset is the least common offset that is reported.
	minOffset = 150 * time.Millisecond
	// maxSpared is how far off by the words a cue may be that begins within onsetReach
	// of an onset, and yet isn't reported.
	maxSpared  = time.Second
	onsetReach = 80 * time.Millisecond
	// maxRelistened bounds how many misplaced cues are listened to again, each of which
	// takes an alignment of some seconds.
	maxRelistened = 100
)

// Of speech and silence.
const (
	// minUncovered is the least speech without words that is reported, between cues or under
	// one: a sentence of 2 s, without its soft ends and its pauses. Where a cue announces a
	// sound it is an error from severeSound on.
	minUncovered, severeSound = 1500 * time.Millisecond, 5 * time.Second
	// slowSpeech is how many times as long as in the median words take where somebody speaks
	// slowly, and minPaced the fewest phones by which a pace is told.
	slowSpeech, minPaced = 1.5, 8
	// edge is by how much cues are widened before speech outside of them is looked for:
	// words begin and end softly.
	edge = 250 * time.Millisecond
	// maxMusic is the longest stretch that is believed to be music: speech in noise or
	// through a telephone is taken for it, too.
	maxMusic = 30 * time.Second
	// silentShare is the most speech that a cue over silence holds.
	silentShare = 0.1
	// minHeardConfidence is the confidence from which words count as heard where the
	// alignment has them.
	minHeardConfidence = 0.5
	// fastestSpeech is in phones a second; fast talkers reach 20.
	fastestSpeech = 30
)

// Of words.
const (
	// minShared is the share of the words, of the side that has fewer, that both sides
	// hold where they belong together: others share next to none in order.
	minShared = 0.1
	// minRun is the fewest words in a row that are reported as missing or extra.
	minRun = 3
	// rollingStep is how long a cue stands that only repeats, while captions roll up.
	rollingStep = 50 * time.Millisecond
	// minMoved is the fewest words that are reported as standing elsewhere: shorter runs
	// are found anywhere.
	minMoved = 4
	// movedShare is the share of the shorter of two runs that has to match for them to
	// be the same words.
	movedShare = 0.6
	// nearMoved is within how many words runs may be shorter than minMoved, if they are
	// the whole of what is missing in one place and too much in the other.
	nearMoved = 100
	// strayRun is how many words in a row match by chance, where minAround words before
	// and after them don't.
	strayRun, minAround = 2, 4
)

// Of words that nobody says.
const (
	// minUnspokenConfidence is the confidence from which words are taken to be unsaid.
	minUnspokenConfidence = 0.9
	// unsaidConfidence is that of words being said, after all, where there is room for them.
	unsaidConfidence = 0.6
	// leastShare is the share, see align.Contrast, that the words of a cue have to reach in order
	// not to be doubted. Where voices or noise leave little to tell words by, it is usualShare of
	// the recording's median. Below wrongShare of that limit the words are wrong by themselves.
	leastShare, usualShare, wrongShare = 0.33, 0.4, 0.5
	// doubtedConfidence and wrongConfidence are how sure that is.
	doubtedConfidence, wrongConfidence = 0.8, 0.95
	// mismatchShare is the median below which the captions are of another recording, of
	// minJudged cues at the least.
	mismatchShare, minJudged = 0.15, 5
	// minDoubted is the fewest words that are doubted: of fewer nothing can be said.
	minDoubted = 3
	// mostBeside is the most cues that can't be judged between two that are doubted in a row.
	mostBeside = 2
	// maxSearches bounds how often unheard words are looked for elsewhere.
	maxSearches = 40
	// minSought is the fewest words that are looked for: fewer are found anywhere.
	minSought = 5
	// quickestPhone is the least time that a phone takes in a long stretch.
	quickestPhone = 40 * time.Millisecond
	// foundShare and foundConfidence are what words have to reach to count as heard, and
	// elsewhereConfidence is what they have to reach to count as said elsewhere. Turns
	// that were swapped reached 0.98 and more, other words 0.95 at the most.
	foundShare, foundConfidence = 0.8, 0.8
	elsewhereConfidence         = 0.97
	// elsewhereContrast is the contrast that they have to reach, times the square root of the
	// number of phones: those of swapped turns had 1.4 and more, other words 0.8.
	elsewhereContrast = 1.1
	// aroundCue is how far around a cue its words are looked for: to where they would be
	// found if the cue were wrong by a little.
	aroundCue = 1500 * time.Millisecond
	// listenMargin is what is taken of the recording to both sides of where words are
	// looked for.
	listenMargin = 200 * time.Millisecond
)

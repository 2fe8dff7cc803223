// Package check finds out whether captions are right: against the recording, against
// the transcript, and against reference captions or an alignment.
//
// Check is the entry point. It takes the cues of one caption file and whatever there is to
// compare them with, and returns a Report: the timing of all cues and what is wrong, the
// worst first. ReferenceOfCues and ReferenceOfAlignment make a reference; InOrder sorts
// cues as Check takes them.
//
//	captions --> words in time (hypothesis) --\
//	                                           match --> Comparison --> Timing, Findings
//	reference, or the words that align --------/
//	finds in the recording
//
// Both sides become lists of words in time (words.go), which are paired by their text
// (match.go). The pairs give boundary errors (compare.go, stats.go), what is missing,
// extra or out of order (runs.go, completeness.go), words under another's name
// (speakers.go), and the offset and drift of the captions (trend.go) with the cues that
// are off it (misplaced.go). A recording also shows what needs no words: the timing by
// onsets of speech (onsets.go), speech without cues, and cues without speech
// (coverage.go). Captions that nobody says are looked for elsewhere (unheard.go), the words
// of each cue are held to the sound (doubtful.go), and so is how many they are (unfilled.go).
//
// A new kind of finding is a Kind with its row in kinds in finding.go, and a method of
// checker that Check calls. What decides whether something is reported is in thresholds.go.
//
// Times are time.Duration. Errors, offsets and other differences of times are those of the
// captions less those of the reference: positive is late. Confidences and shares are in
// [0, 1]. What isn't known is a nil pointer; an index of what isn't found is -1, as in
// package slices, and only inside the package.
package check

// Package align finds where in a recording the turns, sentences and words of a script
// are said (forced alignment), how sure that is, and what is not there: audio that the
// script lacks and sentences that nobody says.
//
// [Align] is the entry point. It takes the frames of a recording ([audio.Analyze]) and a
// script ([transcript.Parse]) and returns an [Alignment]. [DefaultOptions] start from the
// embedded acoustic model, [SeedModel], which is adapted to the voices of each recording;
// a [Trainer] makes another one, [WriteModel] and [ReadModel] keep it. [Listen] also returns a
// [Listener], which tells how well words of the script fit a place ([Contrast]).
//
// For those who work on the aligner, [Options] has [Hooks]: they show each pass
// ([PassTrace]) and what confidence is made of ([Evidence]), and take other constants
// ([Tuning]). README.md explains the method.
//
// Times are time.Duration from the beginning of the recording, in whole milliseconds but
// for the recording's end. Segments are half open, [Start, End). Confidence is
// a chance in [0, 1]. Inside, frames are of 10 ms; scores and costs are natural
// log-likelihood ratios times [Tuning].ScoreScale, where more is better for scores and
// worse for costs. What need not be there or isn't known is a pointer in exported types,
// nil then; inside, the number of a word or a state that isn't there is none.
//
// The same input gives the same alignment, whatever the number of processors. Nothing is
// kept between calls, and calls may run at once.
package align

// Command calibrate measures the aligner on episodes whose truth is known, for its
// maintainers. Each DIR is an episode: audio.wav (or another recording) and truth.json
// as described in testdata/README.md; transcript.txt, where there is one, is its page,
// which -counts aligns. Without -counts the sentences of the truth are aligned, since
// these can be damaged: one turn without labels and directions.
//
//	calibrate DIR DIR...
//	calibrate -corpora FILE -root FOLDER -models FOLDER [-fit] [-seed N]
//
// holds the confidence to the truth. It damages recordings and transcripts, aligns
// them, and prints for ten bins of confidence, and by corpus, how many sentence starts were
// expected and how many were found within 0.25 s. FILE is a manifest such as corpora.csv;
// a corpus of it may also be folders of clips NNN.flac, each with its words as NNN.txt.
// With -fit it also prints new weights for align/confidence.go, fitted on the episodes
// that the manifest holds for this use, and goes by these.
//
//	calibrate -counts DIR...
//
// aligns each episode with its page as it is and prints how many sentences are wrong.
//
//	calibrate -pairs DIR...
//
// judges recordings with their own scripts and with others, and prints how many of both are
// refused: episodes as they are and in noise, those of a language crossed, or the halves of
// a single one, and windows of 20 to 120 s.
//
//	calibrate -boundaries [-fit] DIR...
//
// aligns each episode with its page and prints how far the words lie from the truth. With
// -fit it prints weights for align/boundaries.csv instead, fitted on the episodes.
//
// All take -model FILE and, to see what a constant of align.Tuning does, -set NAME=VALUE,
// as often as needed: calibrate -counts -set SkipSentence=60 -set SkipWord=0 DIR...
// Costs are rounded to multiples of 1/128.
package main

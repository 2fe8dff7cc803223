// Package audio reads recordings and describes them for an aligner.
//
// Open (or NewReader, for a stream) gives a recording as mono samples at Rate,
// 16 kHz. Analyze turns samples into Frames, one every 10 ms: a level and the
// powers of 26 mel bands. From these come NormalizedEnergy and
// Segments, which cuts a recording into speech and pauses by energy (voice
// activity detection):
//
//	file -> Reader (samples) -> Analyze -> Frames -> Segments
//
// Samples have full scale 1. Levels are in dBFS, 0 for a mean square of 1, so
// that a sine of full scale has -3 dBFS. Times are time.Duration from the first
// sample, derived from sample indices; intervals are half open, [Start, End).
//
// WAV is decoded here (PCM, float, A-law, mu-law; RIFF, RF64, BW64, Wave64), any
// other format by ffmpeg if it is installed. Files are not trusted: sizes that a
// header claims are checked before memory is taken for them.
package audio

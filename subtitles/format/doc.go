// Package format reads and writes caption files: WebVTT, SubRip, TTML, Advanced
// SubStation Alpha, the JSON of Podcasting 2.0, SBV, LRC, and two of television, files of
// Scenarist and of EBU Tech 3264, whose codes and characters are packages cea608 and ebustl;
// and writes tables (CSV).
//
// A file is decoded to text by Decode, its format is found by Detect, and Read returns
// what it holds: its cues, what stands beside them, and what is wrong with them. One bad
// cue stops no file: it stands in File.Cues with a Warning and without times.
// Write is the way back, from cues made by whatever means. All that reads these formats goes
// through here, whether it wants captions or a transcript, so that they are not read in two
// ways. So do kinds of captions that are only read, see ReadOther.
//
// Times are time.Duration from the start of the recording, in whole milliseconds in
// files (hundredths of a second in ASS); a cue is shown from its Start until before its
// End. Widths are columns of a screen. Lines of files are counted from 1.
//
// The package knows nothing of alignments, transcripts or files on disk; of this module
// it imports audio alone, for Segment, beside its own cea608 and ebustl.
//
// WebVTT and SubRip are written by go-astisub; the other formats, of which it keeps too
// little, are written here. All are read here: go-astisub's readers lose lines, voices and
// cues that others write, and report none of it.
package format

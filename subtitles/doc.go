// Package subtitles turns alignments into captions.
//
// Layout cuts the words of an alignment into cues in the style of a Preset, and Write
// writes them, or the alignment itself, as a file of any of the Formats; those for people to
// read are made by package readable. The way back
// begins with Detect, which tells the format of a file. Read returns the cues of a caption
// file, with FromCues for the alignment that they stand for, and ReadAlignment reads files
// of sentences and words. Script reads captions as a transcript. Voices, Retime,
// Relayout and Lint find the speakers of cues, change their times, lay them out anew, and
// judge them by a preset; RetimeAlignment changes the times of an alignment.
//
// Cues and their files are those of package format; this package adds what needs an
// alignment. Times are time.Duration from the start of the recording, intervals are
// half open, widths are columns of a screen: a grapheme cluster is one column, a wide
// one two. All functions are pure: the same input gives the same bytes.
package subtitles

// Package subtitles lays an alignment out as cues and writes and reads caption
// files.
package subtitles

import (
	"cuewright/align"
	"cuewright/audio"
)

// Cue is what a viewer sees at once.
type Cue struct {
	audio.Segment
	Lines      []Line  // 1 to the preset's lines
	Confidence float64 // of its first word's start, see align.Word
}

// Line is one line of a cue, said by one speaker.
type Line struct {
	Speaker string // "" where nobody is named, and for sound cues
	Sound   bool   // a sound such as [theme music], not speech; it is one Word
	Words   []align.Word
}

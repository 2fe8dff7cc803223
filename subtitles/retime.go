package subtitles

import (
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// Retime is a copy of cues in which the time t becomes t*stretch + shift, as when
// a recording was cut at its front or played at another speed; stretch is above 0.
// What would come before 0 is left out or begins at 0; dropped counts the cues
// that are left out.
func Retime(cues []Cue, stretch float64, shift time.Duration) (kept []Cue, dropped int) {
	moved := func(s audio.Segment) audio.Segment {
		at := func(t time.Duration) time.Duration {
			return max(0, time.Duration(float64(t)*stretch)+shift)
		}
		return audio.Segment{Start: at(s.Start), End: at(s.End)}
	}
	for _, c := range cues {
		c.Segment = moved(c.Segment)
		if wholeMillis(c.End) <= wholeMillis(c.Start) {
			dropped++
			continue
		}
		lines := make([]Line, len(c.Lines))
		for i, l := range c.Lines {
			words := make([]align.Word, len(l.Words))
			for k, w := range l.Words {
				if w.End > w.Start { // others have no time
					w.Segment = moved(w.Segment)
				}
				words[k] = w
			}
			l.Words = words
			lines[i] = l
		}
		c.Lines = lines
		kept = append(kept, c)
	}
	return kept, dropped
}

// HasWordTimes says whether a word of cues has a time of its own.
func HasWordTimes(cues []Cue) bool {
	for _, c := range cues {
		for _, l := range c.Lines {
			for _, w := range l.Words {
				if !l.Sound && w.End > w.Start {
					return true
				}
			}
		}
	}
	return false
}

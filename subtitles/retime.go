package subtitles

import (
	"time"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// Retime returns a copy of cues in which the time t becomes t*stretch + shift, as when
// a recording was cut at its front or played at another speed; stretch is above 0.
// What would come before 0 is left out or begins at 0; dropped counts the cues
// that are left out.
func Retime(cues []format.Cue, stretch float64, shift time.Duration) (kept []format.Cue, dropped int) {
	moved := func(s audio.Segment) audio.Segment {
		at := func(t time.Duration) time.Duration {
			return max(0, time.Duration(float64(t)*stretch)+shift)
		}
		return audio.Segment{Start: at(s.Start), End: at(s.End)}
	}
	for _, c := range cues {
		c.Segment = moved(c.Segment)
		if c.End.Round(time.Millisecond) <= c.Start.Round(time.Millisecond) {
			dropped++
			continue
		}
		lines := make([]format.Line, len(c.Lines))
		for i, l := range c.Lines {
			words := make([]format.Word, len(l.Words))
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

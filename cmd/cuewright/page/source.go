package page

import (
	"fmt"
	"strings"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// source is what the reports of all kinds are made of: cues, and the recording, its
// speech and the words found in it, as far as they are known.
type source struct {
	path      string    // where the page will lie
	recording string    // a file, "" for none
	levels    []float32 // in dBFS
	speech    []audio.Segment
	alignment *align.Alignment // nil for none
	cues      []format.Cue
}

// report returns a report without a title, facts and findings.
func (s *source) report() (*Report, error) {
	r := &Report{Speech: s.speech, Levels: Levels(s.levels), Duration: audio.FrameTime(len(s.levels))}
	if s.recording != "" {
		var err error
		if r.Audio, err = FileURL(s.path, s.recording); err != nil {
			return nil, fmt.Errorf("%s: can't be found from %s: %w", s.recording, s.path, err)
		}
	}
	for _, c := range s.cues {
		var lines []string
		sound := true
		for _, l := range c.Lines {
			lines = append(lines, l.Text())
			sound = sound && l.Sound
		}
		speaker := c.Speaker()
		if n := len(r.Cues); sound && n > 0 {
			speaker = r.Cues[n-1].Speaker // a sound is no turn
		}
		r.Duration = max(r.Duration, c.End)
		r.Cues = append(r.Cues, Cue{Segment: c.Segment, Speaker: speaker, Text: strings.Join(lines, "\n")})
	}
	if s.alignment != nil {
		r.addAlignment(s.alignment)
		return r, nil
	}
	for _, c := range r.Cues {
		if n := len(r.Turns); n > 0 && r.Turns[n-1].Speaker == c.Speaker {
			r.Turns[n-1].End = max(r.Turns[n-1].End, c.End)
		} else {
			r.Turns = append(r.Turns, Turn{Segment: c.Segment, Speaker: c.Speaker})
		}
	}
	return r, nil
}

// addAlignment adds the turns and words that are spoken.
func (r *Report) addAlignment(a *align.Alignment) {
	for _, t := range a.Turns {
		if t.Spoken {
			r.Turns = append(r.Turns, Turn{Segment: t.Segment, Speaker: t.Speaker})
		}
		for _, s := range t.Sentences {
			for _, w := range s.Words {
				if w.Spoken {
					r.Words = append(r.Words, Word{Segment: w.Segment, Text: w.Text, Confidence: w.Confidence})
				}
			}
		}
	}
}

package align

import (
	"time"

	"cuewright/audio"
	"cuewright/subtitles/transcript"
)

// found is where a word lies: frames of 10 ms, [start, end), and the mean score
// of a frame; start is -1 for a word that is not said.
type found struct {
	start, end int
	score      float64
}

// foundWords reads the words' frames off a path of one state a frame of 10 ms.
func foundWords(c *chain, states []int32) []found {
	ws := make([]found, len(c.words))
	for i := range ws {
		ws[i].start = -1
	}
	for t, s := range states {
		w := c.word[s]
		if w < 0 {
			continue
		}
		if ws[w].start < 0 {
			ws[w].start = t
		}
		ws[w].end = t + 1
	}
	return ws
}

// alignment puts the script in time.
func (e *episode) alignment(f *audio.Frames, s *transcript.Script, lang string, c *chain, r *refinement) *Alignment {
	a := &Alignment{
		Segment: audio.Segment{End: f.Duration()},
		Lang:    lang,
		Speech:  audio.Segments(f, audio.DefaultSegmentOptions()),
	}
	words := foundWords(c, r.state)
	clip := func(frame int) time.Duration { return min(audio.FrameTime(frame), a.End) }
	next := 0
	var now time.Duration
	for _, t := range s.Turns {
		turn := Turn{Speaker: t.Speaker}
		for _, sentence := range t.Sentences {
			out := Sentence{Paragraph: sentence.Paragraph}
			for _, w := range sentence.Words {
				word := Word{Text: w.Text, Segment: audio.Segment{Start: now, End: now}}
				if at := words[next]; at.start >= 0 {
					word.Segment = audio.Segment{Start: clip(at.start), End: clip(at.end)}
					word.Spoken = true
					word.Confidence = 0.5
					now = word.End
				}
				out.Words = append(out.Words, word)
				next++
			}
			out.Segment, out.Spoken, out.Confidence = extent(len(out.Words), func(i int) (audio.Segment, bool, float64) {
				w := out.Words[i]
				return w.Segment, w.Spoken, w.Confidence
			})
			turn.Sentences = append(turn.Sentences, out)
		}
		turn.Segment, turn.Spoken, turn.Confidence = extent(len(turn.Sentences), func(i int) (audio.Segment, bool, float64) {
			s := turn.Sentences[i]
			return s.Segment, s.Spoken, s.Confidence
		})
		a.Turns = append(a.Turns, turn)
	}
	a.Unscripted = unscripted(f, c, r.state)
	a.placeDirections(s)
	return a
}

// extent is from the first to the last of n parts that are spoken, with the
// confidence of the first; where none is, it is empty and lies at the first part.
func extent(n int, part func(i int) (audio.Segment, bool, float64)) (seg audio.Segment, spoken bool, confidence float64) {
	for i := range n {
		s, ok, c := part(i)
		switch {
		case i == 0 && !ok:
			seg = audio.Segment{Start: s.Start, End: s.Start}
		case ok && !spoken:
			seg, spoken, confidence = s, true, c
		case ok:
			seg.End = s.End
		}
	}
	return seg, spoken, confidence
}

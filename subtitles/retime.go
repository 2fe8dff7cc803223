package subtitles

import (
	"cmp"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// Retime returns a copy of cues in which the time t becomes t*stretch + shift, as when
// a recording was cut at its front or played at another speed; stretch is above 0.
// What would come before 0 is left out or begins at 0; dropped counts the cues
// that are left out.
func Retime(cues []format.Cue, stretch float64, shift time.Duration) (kept []format.Cue, dropped int) {
	moved := mover(stretch, shift)
	for _, c := range cues {
		c.Segment = moved(c.Segment)
		if isEmpty(c.Segment) {
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
		if stretch != 1 || shift != 0 {
			c.Source = c.SourceMoved(stretch)
		}
		kept = append(kept, c)
	}
	return kept, dropped
}

// RetimeAround returns what stands around cues with its times changed as by Retime. Drawings
// that would come before 0 are left out.
func RetimeAround(around format.Surroundings, stretch float64, shift time.Duration) format.Surroundings {
	moved := mover(stretch, shift)
	around.Blocks = slices.Clone(around.Blocks)
	for i := range around.Blocks {
		around.Blocks[i].Segment = moved(around.Blocks[i].Segment)
	}
	around.Blocks = slices.DeleteFunc(around.Blocks, func(b format.Block) bool {
		return b.Kind == format.Drawing && isEmpty(b.Segment)
	})
	return around
}

// OnFrames returns a copy of cues, in the order of their starts, that begin and end with the
// nearest frames of r, to the millisecond, and last a frame at least. Cues that touch still do,
// and no two of them overlap that did not before. The times of words stay.
func OnFrames(cues []format.Cue, r format.FrameRate) []format.Cue {
	cues = format.Sorted(cues)
	byEnd := make([]int, len(cues))
	ends := make([]int64, len(cues)) // as frames
	for i := range byEnd {
		byEnd[i] = i
	}
	slices.SortFunc(byEnd, func(i, k int) int { return cmp.Compare(cues[i].End, cues[k].End) })
	placed := slices.Clone(cues)
	free := int64(0) // the first frame that none of those shows that are over when a cue starts
	for i := range placed {
		c := &placed[i]
		for len(byEnd) > 0 && cues[byEnd[0]].End <= c.Start && byEnd[0] < i {
			free = max(free, ends[byEnd[0]])
			byEnd = byEnd[1:]
		}
		start := max(free, r.Frame(c.Start))
		ends[i] = max(start+1, r.Frame(c.End))
		c.Start, c.End = r.Time(start).Round(time.Millisecond), r.Time(ends[i]).Round(time.Millisecond)
	}
	return placed
}

// mover returns what moves a segment as Retime does.
func mover(stretch float64, shift time.Duration) func(audio.Segment) audio.Segment {
	at := func(t time.Duration) time.Duration { return max(0, time.Duration(float64(t)*stretch)+shift) }
	return func(s audio.Segment) audio.Segment { return audio.Segment{Start: at(s.Start), End: at(s.End)} }
}

// isEmpty reports whether a segment has no length in whole milliseconds.
func isEmpty(s audio.Segment) bool {
	return s.End.Round(time.Millisecond) <= s.Start.Round(time.Millisecond)
}

// RetimeAlignment returns a copy of an alignment with its times changed as by Retime.
// Sentences and words that would come before 0 are no longer spoken: dropped counts the
// sentences. The recording begins at 0 as before.
func RetimeAlignment(a *align.Alignment, stretch float64, shift time.Duration) (moved *align.Alignment, dropped int) {
	move := mover(stretch, shift)
	out := *a
	out.End = move(a.Segment).End
	out.Turns = make([]align.Turn, len(a.Turns))
	for i, t := range a.Turns {
		lost := 0
		out.Turns[i], lost = retimedTurn(t, move)
		dropped += lost
	}
	out.Speech, out.Unscripted = nil, nil
	for _, s := range a.Speech {
		if s = move(s); !isEmpty(s) {
			out.Speech = append(out.Speech, s)
		}
	}
	for _, u := range a.Unscripted {
		if u.Segment = move(u.Segment); !isEmpty(u.Segment) {
			out.Unscripted = append(out.Unscripted, u)
		}
	}
	out.Directions = slices.Clone(a.Directions)
	for i := range out.Directions {
		out.Directions[i].Segment = move(out.Directions[i].Segment)
	}
	out.Chapters = nil
	for i, c := range a.Chapters {
		c.Start = move(audio.Segment{Start: c.Start}).Start
		if i+1 < len(a.Chapters) && move(audio.Segment{Start: a.Chapters[i+1].Start}).Start <= c.Start {
			continue // it would be over before 0
		}
		out.Chapters = append(out.Chapters, c)
	}
	out.Misfits = slices.Clone(a.Misfits)
	for i, m := range out.Misfits {
		out.Misfits[i].Start = move(audio.Segment{Start: m.Start}).Start
	}
	return &out, dropped
}

// retimedTurn returns a turn whose times are moved, and how many of its sentences are no
// longer spoken.
func retimedTurn(t align.Turn, move func(audio.Segment) audio.Segment) (moved align.Turn, dropped int) {
	t.Segment = move(t.Segment)
	sentences := slices.Clone(t.Sentences)
	for i := range sentences {
		s := &sentences[i]
		was := s.Segment
		s.Segment = move(was)
		lost := s.Spoken && !isEmpty(was) && isEmpty(s.Segment)
		if lost {
			s.Spoken, s.Doubtful, s.Confidence, s.End = false, false, 1, s.Start
			dropped++
		}
		s.Words = slices.Clone(s.Words)
		for k := range s.Words {
			w := &s.Words[k]
			was := w.Segment
			w.Segment = move(was)
			if lost || w.Spoken && !isEmpty(was) && isEmpty(w.Segment) {
				w.Spoken, w.Confidence, w.End = false, 1, w.Start
			}
		}
	}
	t.Sentences = sentences
	if dropped > 0 {
		spoken := func(s align.Sentence) bool { return s.Spoken }
		if first := slices.IndexFunc(sentences, spoken); first >= 0 {
			t.Start, t.Confidence = sentences[first].Start, startConfidence(sentences[first])
		} else {
			t.Spoken, t.Confidence, t.End = false, 1, t.Start
		}
	}
	return t, dropped
}

// startConfidence returns the confidence in the start of a spoken sentence, which is that of its first
// spoken word. A doubtful sentence may have less.
func startConfidence(s align.Sentence) float64 {
	for _, w := range s.Words {
		if w.Spoken {
			return w.Confidence
		}
	}
	return s.Confidence
}

// TimeWords returns a copy of an alignment in which the words of a spoken sentence that
// has no word times, as in a TextGrid of sentences, share its time by their width.
func TimeWords(a *align.Alignment) *align.Alignment {
	out := *a
	out.Turns = slices.Clone(a.Turns)
	for i := range out.Turns {
		t := &out.Turns[i]
		t.Sentences = slices.Clone(t.Sentences)
		for k := range t.Sentences {
			s := &t.Sentences[k]
			if !s.Spoken || len(s.Words) == 0 || slices.ContainsFunc(s.Words, func(w align.Word) bool { return w.End > w.Start }) {
				continue
			}
			s.Words = slices.Clone(s.Words)
			widths := make([]int, len(s.Words))
			for n, w := range s.Words {
				widths[n] = format.Columns(w.Text) + 1
			}
			for n, part := range format.Apportion(s.Segment, widths) {
				s.Words[n].Segment = part
			}
		}
	}
	return &out
}

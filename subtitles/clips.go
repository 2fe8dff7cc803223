package subtitles

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// clipsOf returns where clips are heard, in order: from each direction that begins one to the next
// that ends it. One that nothing ends is none: nobody knows how far it goes.
func clipsOf(a *align.Alignment) (clips []audio.Segment) {
	begun, start := false, time.Duration(0)
	for _, d := range a.Directions {
		switch {
		case d.Kind == transcript.ClipBegin:
			begun, start = true, d.Start
		case d.Kind == transcript.ClipEnd && begun:
			begun = false
			if d.End > start {
				clips = append(clips, audio.Segment{Start: start, End: d.End})
			}
		}
	}
	slices.SortFunc(clips, func(x, y audio.Segment) int { return cmp.Compare(x.Start, y.Start) })
	return clips
}

// clipAt reports whether s, a word's, lies in one of the clips, which are in order.
func clipAt(clips []audio.Segment, s audio.Segment) bool {
	i, found := slices.BinarySearchFunc(clips, s.Start, func(c audio.Segment, t time.Duration) int {
		return cmp.Compare(c.Start, t)
	})
	if !found {
		i--
	}
	return i >= 0 && s.End <= clips[i].End && s.Start < clips[i].End
}

// quoteClip puts quotes around what a turn, given as the words of its sentences, says in clips, unless
// the transcript has any there.
func quoteClip(said [][]align.Word, clips []audio.Segment) {
	var first, last *align.Word
	for _, words := range said {
		for i := range words {
			if w := &words[i]; clipAt(clips, w.Segment) {
				if first == nil {
					first = w
				}
				last = w
			}
		}
	}
	if first == nil || strings.IndexAny(first.Text, `"“”„«‹`) == 0 {
		return
	}
	first.Text = `"` + first.Text
	last.Text += `"`
}

package subtitles

import (
	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// SentenceText returns the words of a sentence as they are written, spoken or not.
func SentenceText(s align.Sentence) string { return joined(s.Words) }

func joined(words []align.Word) string { return format.Line{Words: cueWords(words)}.Text() }

// cueWords returns words as those of a cue.
func cueWords(words []align.Word) []format.Word {
	all := make([]format.Word, len(words))
	for i, w := range words {
		all[i] = cueWord(w)
	}
	return all
}

func cueWord(w align.Word) format.Word {
	return format.Word{Segment: w.Segment, Text: w.Text, Glued: w.Glued, Confidence: w.Confidence}
}

// shown returns the words of a sentence that are spoken, or all of them, in clean
// text. Asides of a spoken sentence are there, too, though nobody says them: a web
// address is for the eye. A word is glued to the one that is shown before it where it was
// so to all that are left out between them.
func shown(s align.Sentence, unspoken bool) []align.Word {
	var words []align.Word
	glued := true
	aside := s.Asides()
	for i, w := range s.Words {
		w.Text = format.Clean(w.Text)
		w.Glued = w.Glued && glued
		if glued = true; w.Text == "" || !w.Spoken && !unspoken && !aside[i] {
			glued = w.Glued
			continue
		}
		if !w.Spoken && s.Spoken && w.Start < s.Start { // it waits for the first word that is said
			w.Segment = audio.Segment{Start: s.Start, End: s.Start}
		}
		words = append(words, w)
	}
	return words
}

package subtitles

import (
	"cuewright/align"
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
// text. A word is glued to the one that is shown before it where it was so to all
// that are left out between them.
func shown(s align.Sentence, unspoken bool) []align.Word {
	var words []align.Word
	glued := true
	for _, w := range s.Words {
		w.Text = format.Clean(w.Text)
		w.Glued = w.Glued && glued
		if glued = true; w.Text == "" || !w.Spoken && !unspoken {
			glued = w.Glued
			continue
		}
		words = append(words, w)
	}
	return words
}

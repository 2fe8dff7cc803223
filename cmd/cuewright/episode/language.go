package episode

import (
	"fmt"
	"strings"
	"unicode"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// DetectLanguage returns the language that a script is in, "" where its text leaves it open.
func DetectLanguage(s *transcript.Script) string {
	return known(align.Language(s))
}

// known returns a language, "" for pronounce.Undetermined.
func known(tag string) string {
	if tag == pronounce.Undetermined {
		return ""
	}
	return tag
}

// languageNotes says what is to be known of a language that was not given.
func languageNotes(a *align.Alignment) (notes []string) {
	d := a.Detected
	switch {
	case d == nil:
		return nil
	case d.BySound:
		notes = append(notes, fmt.Sprintf("its text may be in %s, and the recording sounds most like %s: give --lang if it isn't that",
			either(d.Likely), a.Lang))
	case len(d.Likely) > 0:
		notes = append(notes, fmt.Sprintf("its text may be in %s, and was read as %s: give --lang", either(d.Likely), d.Likely[0]))
	case a.Lang == pronounce.Undetermined:
		notes = append(notes, "its language isn't known, so that it was read by rough rules: give --lang")
	}
	if d.Second != "" {
		notes = append(notes, fmt.Sprintf("%s read as %s, the others as %s", ofItsSentences(d.Sentences), d.Second, a.Lang))
	}
	return notes
}

func ofItsSentences(n int) string {
	if n == 1 {
		return "1 of its sentences is"
	}
	return fmt.Sprintf("%d of its sentences are", n)
}

// either returns tags as a choice.
func either(tags []string) string {
	if len(tags) == 1 {
		return tags[0]
	}
	return strings.Join(tags[:len(tags)-1], ", ") + " or " + tags[len(tags)-1]
}

// misnamed says that a text, which was said to be in a language, is in another one by its letters; ""
// where it isn't, or nothing was said.
func misnamed(given, text string) string {
	m, is := pronounce.IsMisnamed(text, given)
	if !is {
		return ""
	}
	note := fmt.Sprintf("its language was given as %s, but its letters are %s", given, m.Script)
	if len(m.Likely) == 0 {
		return note + ": give its own language, or none"
	}
	return note + ", and it seems to be in " + either(m.Likely) + ": give that language, or none"
}

// Misnamed says that a script, which was said to be in a language, is in another one by its letters; ""
// where it isn't, or nothing was said.
func Misnamed(given string, s *transcript.Script) string { return misnamed(given, plainScript(s)) }

// plainScript returns the text of a script, a sentence a line.
func plainScript(s *transcript.Script) string {
	var b strings.Builder
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			b.WriteString(sentence.Text() + "\n")
		}
	}
	return b.String()
}

// wordy reports whether a text has so many words that they should tell its language, or as many letters
// as these would have: not all scripts part words.
func wordy(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return len(strings.Fields(text)) >= 8 || letters >= 8*5
}

// detect returns the language of captions, pronounce.Undetermined where they leave it open, and
// then tells made so.
func (made *Converted) detect(name, text string) string {
	tag := pronounce.Detect(text)
	if tag == pronounce.Undetermined && wordy(text) {
		note := "its language isn't known"
		if likely := pronounce.Likely(text); likely != nil {
			note = "its text may be in " + either(likely)
		}
		made.Warnings = append(made.Warnings, name+": "+note+", and its language was left open: give --lang")
	}
	return tag
}

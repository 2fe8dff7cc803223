package transcript

import (
	"errors"
	"slices"
	"strings"
)

// Parse reads a transcript: text saved from a web page, Markdown, HTML or plain
// prose, whichever text looks like. It is decoded already; captions are read by
// FromLines. The time that Parse takes grows linearly with text.
//
// It returns an error that says what to do when text holds nothing that is said, or far more
// than an episode does.
func Parse(text string) (*Script, error) {
	if s, ok, err := readExport(text); ok || err != nil {
		return s, err
	}
	text = timeOfF4().ReplaceAllString(normalize(text), "[$1]")
	var lines []line
	var notes []Note
	kind := formHTML
	if isHTML(text) {
		page := readHTMLPage(text)
		lines = page.lines
		if s, ok, err := page.tableCells.script(lines); ok && (err != nil || len(s.Turns) > 0) {
			if err == nil {
				s.Form = formHTML
			}
			return s, err
		}
	} else {
		lines, notes = readText(text)
		kind = formText
		if slices.ContainsFunc(lines, func(l line) bool { return l.level > 0 || strings.ContainsRune(l.text, boldMark) }) {
			kind = formMarkdown
		}
	}
	if tooManyWords(lines, notes) {
		return nil, errTooManyWords
	}
	westernTimes(lines)
	usualTimes(lines)
	s := readPage(lines, false)
	s.Form = kind
	s.AddNotes(notes)
	if len(s.Turns) == 0 {
		return nil, errors.New("transcript holds nothing that is said: looked for turns (Name: text), a Transcript heading " +
			"with text below, paragraphs, and captions (.srt, .vtt): check that this is the episode's transcript")
	}
	return s, nil
}

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
	if s, ok, err := readExport(text); ok {
		return s, err
	}
	text = normalize(text)
	var lines []line
	var notes []Note
	kind := formHTML
	if isHTML(text) {
		lines = readHTML(text)
	} else {
		lines, notes = readText(text)
		kind = formText
		if slices.ContainsFunc(lines, func(l line) bool { return l.level > 0 || strings.ContainsRune(l.text, boldMark) }) {
			kind = formMarkdown
		}
	}
	if tooManyWords(lines) {
		return nil, errTooManyWords
	}
	s := readPage(lines, false)
	s.Form = kind
	s.AddNotes(notes)
	if len(s.Turns) == 0 {
		return nil, errors.New("transcript holds nothing that is said: looked for turns (Name: text), a Transcript heading " +
			"with text below, paragraphs, and captions (.srt, .vtt): check that this is the episode's transcript")
	}
	return s, nil
}

// readText returns the lines of plain text or Markdown, up to mostWords and one line more,
// and its front matter as notes.
func readText(s string) (lines []line, notes []Note) {
	lines = make([]line, 0, min(strings.Count(s, "\n"), mostWords)+1)
	words := 0
	spaced := true
	matter := strings.HasPrefix(s, "---\n") && strings.Contains(s[4:min(len(s), 8000)], "\n---\n")
	num := 0
	for text := range strings.SplitSeq(s, "\n") {
		num++
		text = strings.TrimSpace(text)
		if matter {
			if text != "" && text != "---" {
				notes = append(notes, Note{Reason: "front matter", Text: text, Line: num})
			}
			matter = num == 1 || text != "---"
			continue
		}
		text, level := markdownLine(text)
		if text == "" {
			spaced = true
			continue
		}
		lines = append(lines, line{num: num, text: text, spaced: spaced, level: level})
		spaced = false
		if words += wordsIn(text); words > mostWords {
			break
		}
	}
	return lines, notes
}

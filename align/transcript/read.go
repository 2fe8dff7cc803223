package transcript

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// maxSize is the size of the largest transcript that is read, in bytes. The
// speech of a whole day is 1 MB; a web page with pictures inside may have 20.
const maxSize = 50 << 20

// Read reads the transcript in the named file, see Parse. Its errors begin with
// the name.
func Read(name string) (*Script, error) {
	f, err := os.Open(name)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("%s: the transcript can't be opened (%w): check the name", name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("%s: the transcript can't be read (%w): give a text file", name, err)
	}
	s, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// Parse reads a transcript: text saved from a web page, Markdown, HTML, plain
// prose, SubRip or WebVTT captions, or Podcasting 2.0 JSON, whichever data looks
// like. It may be encoded as UTF-8, UTF-16 with a byte order mark or
// Windows-1252. Times are left out; the time that Parse takes grows linearly
// with data.
//
// The error says what is wrong when data is larger than 50 MB, no text, or holds
// nothing that is said.
func Parse(data []byte) (*Script, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("transcript is larger than %d MB: cut it down to the page of one episode", maxSize>>20)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	var s *Script
	if lines, ok := readJSON(text); ok {
		s = readPage(lines, true)
	} else if isCaptions(text) {
		lines, notes := readCaptions(text)
		s = readPage(lines, true)
		s.Notes = append(s.Notes, notes...)
	} else if isHTML(text) {
		s = readPage(readHTML(text), false)
	} else {
		lines, notes := readText(text)
		s = readPage(lines, false)
		s.Notes = append(s.Notes, notes...)
	}
	slices.SortStableFunc(s.Notes, func(a, b Note) int { return a.Line - b.Line })
	if len(s.Turns) == 0 {
		return nil, errors.New("transcript holds nothing that is said: looked for turns (Name: text), a Transcript heading " +
			"with text below, paragraphs, and captions (.srt, .vtt): check that this is the episode's transcript")
	}
	return s, nil
}

// readText gives the lines of plain text or Markdown, and its front matter as
// notes.
func readText(s string) (lines []line, notes []Note) {
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
	}
	return lines, notes
}

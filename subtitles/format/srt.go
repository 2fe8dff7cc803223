package format

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/asticode/go-astisub"
)

// srtStart is the number of a cue and, below it, times with commas, of which WebVTT has
// none.
var srtStart = regexp.MustCompile(`(?m)^[ \t]*\d+[ \t]*\n[ \t]*[\d:]+:\d+,\d+[ \t]*[-–—]+>[ \t]*[\d:]+:\d+,\d+`)

// isSRT reports whether a cue of SubRip starts in the head of a file. A page of HTML may
// quote one.
func isSRT(text string) bool {
	head := headOf(text)
	return !strings.HasPrefix(head, "<") && srtStart.MatchString(head)
}

// beginsWithTimes reports whether the times of a cue stand among the first lines: a file
// whose name says nothing else is SubRip then.
func beginsWithTimes(text string) bool {
	const lines = 6
	for range lines {
		line, rest, more := strings.Cut(text, "\n")
		if isTimeLine(line) {
			return true
		}
		if !more {
			break
		}
		text = rest
	}
	return false
}

// readSRT reads SubRip, with the markup and the entities that are found in it.
func readSRT(text string) (*File, error) {
	return markup{srtTag, false, srtText}.read(scan(text, false))
}

// srtTag is the markup that some writers put into SubRip: that of HTML and WebVTT as
// far as its names are known, and override codes of ASS. Other words in angle
// brackets, such as <laughs>, are text.
var srtTag = regexp.MustCompile(`(?i)</?(?:b|i|u|s|c|v|font|lang|ruby|rt)(?:[\s.][^<>]*)?>|<br\s*/?>` +
	`|<(?:\d+:)?\d+:\d+[.,]\d+>|\{\\[^{}]*\}`)

// srtText returns text without the escapes of HTML, which some writers use, and of
// writeSRT.
func srtText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = srtEntity.ReplaceAllStringFunc(s, html.UnescapeString)
	}
	return rearm(s)
}

// writeSRT writes SubRip: plain UTF-8 text with labels, neither entities nor a byte
// order mark, both of which players show.
func writeSRT(w io.Writer, cues []Cue, o Options) error {
	s := astisub.NewSubtitles()
	before := SpeakersBefore(cues)
	for i, cue := range cues {
		item := &astisub.Item{StartAt: cue.Start, EndAt: cue.End}
		for _, text := range o.Label.Texts(cue, before[i]) {
			text = hide(disarm(text), "<>&\u00A0")
			item.Lines = append(item.Lines, astisub.Line{Items: []astisub.LineItem{{Text: text}}})
		}
		s.Items = append(s.Items, item)
	}
	var b bytes.Buffer
	if err := s.WriteToSRT(&b); err != nil {
		return fmt.Errorf("write srt: %w", err)
	}
	_, err := show(asItIs).WriteString(w, strings.TrimPrefix(b.String(), string(astisub.BytesBOM)))
	return err
}

// SubRip has no escapes. A word joiner, which nobody sees, keeps players and readers
// from taking text for a tag, an override code, an entity or a time line.
const wordJoiner = "\u2060"

const entity = `(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`

var (
	srtEntity   = regexp.MustCompile(`&` + entity)
	srtMarkup   = regexp.MustCompile(`<[A-Za-z/]|<\d+:|\{\\|-->|&` + entity)
	srtDisarmed = regexp.MustCompile(`<` + wordJoiner + `(?:[A-Za-z/]|\d+:)|\{` + wordJoiner + `\\` +
		`|[` + arrowDashes + ` ]` + wordJoiner + `>|&` + wordJoiner + entity)
)

func disarm(s string) string {
	if isTimeLine(s) {
		s = strings.Replace(s, ">", wordJoiner+">", 1)
	}
	return srtMarkup.ReplaceAllStringFunc(s, func(m string) string {
		at := 1
		if m == "-->" {
			at = 2
		}
		return m[:at] + wordJoiner + m[at:]
	})
}

func rearm(s string) string {
	if !strings.Contains(s, wordJoiner) {
		return s
	}
	return srtDisarmed.ReplaceAllStringFunc(s, func(m string) string { return strings.Replace(m, wordJoiner, "", 1) })
}

package subtitles

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/asticode/go-astisub"
)

// writeSRT writes SubRip: plain UTF-8 text with the preset's labels, neither
// entities nor a byte order mark, both of which players show.
func writeSRT(w io.Writer, c *Captions) error {
	if len(c.Cues) == 0 {
		return errNoCues
	}
	s := astisub.NewSubtitles()
	for i, cue := range c.Cues {
		item := &astisub.Item{StartAt: cue.Start, EndAt: cue.End}
		for _, text := range c.Preset.texts(c.Cues, i) {
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

// SubRip has no escapes. A word joiner, which nobody sees, keeps players from
// taking text for a tag, an override code or a time line.
const wordJoiner = "\u2060"

var srtMarkup = regexp.MustCompile(`<[A-Za-z/]|\{\\|-->`)

func disarm(s string) string {
	return srtMarkup.ReplaceAllStringFunc(s, func(m string) string {
		return m[:len(m)-1] + wordJoiner + m[len(m)-1:]
	})
}

func rearm(s string) string {
	return srtDisarmed.ReplaceAllStringFunc(s, func(m string) string { return strings.Replace(m, wordJoiner, "", 1) })
}

var srtDisarmed = regexp.MustCompile("<\u2060[A-Za-z/]|\\{\u2060\\\\|--\u2060>")

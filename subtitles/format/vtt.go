package format

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/asticode/go-astisub"
)

func isVTT(text string) bool { return strings.HasPrefix(headOf(text), "WEBVTT") }

// readVTT reads WebVTT (https://www.w3.org/TR/webvtt1/).
func readVTT(text string) (*File, error) {
	return markup{vttTag, true, html.UnescapeString}.read(scan(text, true))
}

var vttTag = regexp.MustCompile(`<[^<>]*>`)

// writeVTT writes WebVTT. The speaker is the
// voice of each cue, once, at its start, even where it is the same as before: a
// player may begin anywhere. go-astisub neither closes a voice nor escapes all
// that needs it; so a cue of several speakers gets its voices as tags, which are
// closed.
func writeVTT(w io.Writer, cues []Cue, o Options) error {
	s := astisub.NewSubtitles()
	for _, cue := range cues {
		item := &astisub.Item{StartAt: cue.Start, EndAt: cue.End}
		several := cue.HasSeveralSpeakers()
		last := cue.Start
		for _, line := range cue.Lines {
			items := vttWords(line, o.Words, &last, cue.End)
			if len(items) == 0 {
				continue
			}
			out := astisub.Line{Items: items}
			voice := hide(Clean(line.Speaker), "<>&")
			if strings.HasSuffix(voice, "--") {
				voice += " " // with the end of its tag it would be an arrow, which ends the cue; readers drop the space
			}
			switch {
			case voice == "" || !several && len(item.Lines) > 0:
			case several:
				for k := range items {
					tags := []astisub.WebVTTTag{{Name: "v", Annotation: voice}}
					items[k].InlineStyle = &astisub.StyleAttributes{WebVTTTags: tags}
				}
			default:
				out.VoiceName = voice
			}
			item.Lines = append(item.Lines, out)
		}
		s.Items = append(s.Items, item)
	}
	var b bytes.Buffer
	if err := s.WriteToWebVTT(&b); err != nil {
		return fmt.Errorf("write webvtt: %w", err)
	}
	entities := map[string]string{"<": "&lt;", ">": "&gt;", "&": "&amp;"}
	_, err := show(func(r string) string {
		if e, ok := entities[r]; ok {
			return e
		}
		return r
	}).WriteString(w, b.String())
	return err
}

// vttWords is the text of a line, with a time for each word that begins after
// last, the latest time written in its cue, and before the cue's end.
func vttWords(line Line, times bool, last *time.Duration, end time.Duration) []astisub.LineItem {
	var items []astisub.LineItem
	var open strings.Builder // the text of the last item
	closeItem := func() {
		if n := len(items); n > 0 {
			items[n-1].Text = open.String()
			open.Reset()
		}
	}
	for _, word := range line.Words {
		text := hide(Clean(word.Text), "<>&\u00A0")
		if text == "" {
			continue
		}
		at := word.Start.Round(time.Millisecond)
		stamp := times && !line.Sound && at > *last && at < end
		if len(items) > 0 && !word.Glued {
			open.WriteByte(' ')
		}
		switch {
		case stamp:
			closeItem()
			items = append(items, astisub.LineItem{StartAt: at})
			*last = at
		case len(items) == 0:
			items = append(items, astisub.LineItem{})
		}
		open.WriteString(text)
	}
	closeItem()
	return items
}

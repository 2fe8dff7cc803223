package subtitles

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// A book to be read along is two files: a page of text (.xhtml), and a media overlay (.smil) that says which stretch of the
// recording is which sentence of that page. Both number the sentences that are said, s1, s2 and so on, so that they
// fit each other if they are made of one alignment and have one name (https://www.w3.org/TR/epub-33/#sec-media-overlays).

// readAlong is a sentence that is said.
type readAlong struct {
	start     time.Duration
	text      string
	glued     bool // no space stands before it, in scripts without spaces
	speaker   string
	turn      int // the number of its turn
	paragraph int // of the turn
}

// readAlongs returns the sentences of an alignment that are said, in order.
func readAlongs(a *align.Alignment) []readAlong {
	var all []readAlong
	for i, t := range a.Turns {
		for _, s := range t.Sentences {
			words := shown(s, false)
			if text := format.Clean(joined(words)); s.Spoken && text != "" {
				start := s.Start.Round(time.Millisecond)
				all = append(all, readAlong{start, text, words[0].Glued, format.Clean(t.Speaker), i, s.Paragraph})
			}
		}
	}
	return all
}

// errNoRecording is returned where the recording of an overlay is not known.
var errNoRecording = errors.New("an overlay names its recording, which captions don't: " +
	"name it with --audio, or convert an .alignment.json")

// writeOverlay writes a media overlay of EPUB 3 for the page that writeBookPage writes. Reading systems play clip after clip: so
// that nothing of the recording is passed over, the first one begins with it, each lasts until the next one begins,
// and the last one ends with it. Of sentences that begin at the same time the last one has a clip.
func writeOverlay(w io.Writer, c *Captions) error {
	if c.Audio == "" {
		return errNoRecording
	}
	all := readAlongs(c.Alignment)
	if len(all) == 0 {
		return format.ErrNoCues
	}
	page := xmlEscaped(url.PathEscape(cmp.Or(c.Title, "transcript") + ".xhtml"))
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
 <body epub:textref="%s">
`, page)
	begin := time.Duration(0)
	for i := range all {
		end := c.Alignment.End.Round(time.Millisecond)
		if i+1 < len(all) {
			end = all[i+1].start
		}
		if end <= begin {
			continue
		}
		fmt.Fprintf(&b, `  <par id="p%d"><text src="%s#s%d"/><audio src="%s" clipBegin="%s" clipEnd="%s"/></par>`+"\n",
			i+1, page, i+1, xmlEscaped(c.Audio), format.Clock(begin, ".", 3), format.Clock(end, ".", 3))
		begin = end
	}
	b.WriteString(" </body>\n</smil>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// writeBookPage writes the text that is said as a page of an EPUB 3 book: a paragraph for each of the transcript, with the
// name of its speaker where that changes, a span with an identifier for each sentence, and a heading for each chapter.
func writeBookPage(w io.Writer, c *Captions) error {
	all := readAlongs(c.Alignment)
	if len(all) == 0 {
		return format.ErrNoCues
	}
	var b bytes.Buffer
	language := ""
	if c.Lang != "" {
		language = fmt.Sprintf(` lang="%[1]s" xml:lang="%[1]s"`, xmlEscaped(c.Lang))
	}
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"%s>
<head><title>%s</title></head>
<body>
`, language, xmlEscaped(cmp.Or(format.Clean(c.Alignment.Title), c.Title, "Transcript")))
	chapters := c.Alignment.Chapters
	speaker := ""
	for i, s := range all {
		heads := 0
		for ; heads < len(chapters) && chapters[heads].Start.Round(time.Millisecond) <= s.start; heads++ {
		}
		opens := i == 0 || heads > 0 || s.turn != all[i-1].turn || s.paragraph != all[i-1].paragraph
		if i > 0 && opens {
			b.WriteString("</p>\n")
		}
		for _, chapter := range chapters[:heads] {
			fmt.Fprintf(&b, "<h2>%s</h2>\n", xmlEscaped(format.Clean(chapter.Title)))
		}
		chapters = chapters[heads:]
		switch {
		case !opens && s.glued:
		case !opens:
			b.WriteByte(' ')
		case s.speaker != speaker && s.speaker != "" && c.Preset.Speakers != SpeakersNone:
			fmt.Fprintf(&b, "<p><cite>%s:</cite> ", xmlEscaped(s.speaker))
		default:
			b.WriteString("<p>")
		}
		speaker = s.speaker
		fmt.Fprintf(&b, `<span id="s%d">%s</span>`, i+1, xmlEscaped(s.text))
	}
	b.WriteString("</p>\n</body>\n</html>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// xmlEscaped returns text for an element or an attribute of XML.
func xmlEscaped(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a Buffer takes all
	return b.String()
}

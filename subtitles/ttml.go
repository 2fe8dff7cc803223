package subtitles

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"golang.org/x/text/unicode/bidi"
)

// writeTTML writes TTML in the IMSC 1 text profile
// (https://www.w3.org/TR/ttml-imsc1.0.1/): white text at the bottom, a paragraph
// a cue. Speakers are agents, which few players show, so the labels of the preset
// are in the text as well. go-astisub's TTML has neither profile nor agents and
// knows few languages.
func writeTTML(w io.Writer, c *Captions) error {
	if len(c.Cues) == 0 {
		return errNoCues
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text" ttp:timeBase="media" xml:lang="%s">
 <head>
  <metadata>
`, xmlText(c.Lang))
	agents := map[string]int{}
	for _, cue := range c.Cues {
		speaker := clean(cue.Lines[0].Speaker)
		if _, ok := agents[speaker]; ok || speaker == "" {
			continue
		}
		agents[speaker] = len(agents) + 1
		fmt.Fprintf(&b, "   <ttm:agent xml:id=\"speaker%d\" type=\"person\"><ttm:name type=\"full\">%s</ttm:name></ttm:agent>\n", agents[speaker], xmlText(speaker))
	}
	b.WriteString(`  </metadata>
  <styling>
   <style xml:id="caption" tts:color="white" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:textAlign="center"/>
   <style xml:id="box" tts:backgroundColor="#000000c0"/>
  </styling>
  <layout>
   <region xml:id="bottom" tts:origin="10% 70%" tts:extent="80% 25%" tts:displayAlign="after"/>
  </layout>
 </head>
 <body>
  <div region="bottom" style="caption">
`)
	for i, cue := range c.Cues {
		fmt.Fprintf(&b, `   <p xml:id="cue%d" begin="%s" end="%s"`, i+1, clock(cue.Start, ".", 3), clock(cue.End, ".", 3))
		if n := agents[clean(cue.Lines[0].Speaker)]; n > 0 {
			fmt.Fprintf(&b, ` ttm:agent="speaker%d"`, n)
		}
		if rightToLeft(cue) {
			b.WriteString(` tts:direction="rtl"`)
		}
		b.WriteString(`><span style="box">`)
		for k, text := range c.Preset.texts(c.Cues, i) {
			if k > 0 {
				b.WriteString("<br/>")
			}
			b.WriteString(xmlText(text))
		}
		b.WriteString("</span></p>\n")
	}
	b.WriteString("  </div>\n </body>\n</tt>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// rightToLeft is said of cues whose first letter is Arabic, Hebrew or their like.
// WebVTT's and SubRip's players find that out by themselves; in TTML text runs
// left to right unless it says otherwise.
func rightToLeft(c Cue) bool {
	for _, l := range c.Lines {
		for _, r := range l.Text() {
			switch p, _ := bidi.LookupRune(r); p.Class() {
			case bidi.L:
				return false
			case bidi.R, bidi.AL:
				return true
			}
		}
	}
	return false
}

func xmlText(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a Buffer takes all
	return b.String()
}

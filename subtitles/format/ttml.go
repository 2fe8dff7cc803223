package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"

	"golang.org/x/text/unicode/bidi"
)

// writeTTML writes TTML in the IMSC 1 text profile
// (https://www.w3.org/TR/ttml-imsc1.0.1/): white text at the bottom, a paragraph
// a cue, a span in it each of several speakers. Speakers are agents, which few players show, so the labels of the preset
// are in the text as well. go-astisub's TTML has neither profile nor agents and
// knows few languages.
func writeTTML(w io.Writer, cues []Cue, o Options) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"`+
		` xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"`+
		` ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text" ttp:timeBase="media" xml:lang="%s">
 <head>
  <metadata>
`, xmlText(o.Lang))
	all := make([][]row, len(cues))
	agents := map[string]int{}
	before := SpeakersBefore(cues)
	for i, cue := range cues {
		all[i] = o.Label.rows(cue, before[i])
		for _, r := range all[i] {
			if _, ok := agents[r.speaker]; ok || r.speaker == "" {
				continue
			}
			agents[r.speaker] = len(agents) + 1
			fmt.Fprintf(&b, "   <ttm:agent xml:id=\"speaker%d\" type=\"person\"><ttm:name type=\"full\">%s</ttm:name></ttm:agent>\n",
				agents[r.speaker], xmlText(r.speaker))
		}
	}
	agent := func(speaker string) string {
		if n := agents[speaker]; n > 0 {
			return fmt.Sprintf(` ttm:agent="speaker%d"`, n)
		}
		return ""
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
	for i, cue := range cues {
		fmt.Fprintf(&b, `   <p xml:id="cue%d" begin="%s" end="%s"`, i+1, Clock(cue.Start, ".", 3), Clock(cue.End, ".", 3))
		rows := all[i]
		several := severalSpeakers(rows)
		if !several {
			b.WriteString(agent(rows[0].speaker))
		}
		if rightToLeft(cue) {
			b.WriteString(` tts:direction="rtl"`)
		}
		b.WriteByte('>')
		for k, r := range rows {
			starts := startsVoice(rows, k)
			if k > 0 && starts {
				b.WriteString("</span>")
			}
			if k > 0 {
				b.WriteString("<br/>")
			}
			switch {
			case starts && several:
				fmt.Fprintf(&b, `<span style="box"%s>`, agent(r.speaker))
			case starts:
				b.WriteString(`<span style="box">`)
			}
			b.WriteString(xmlText(r.text))
		}
		b.WriteString("</span></p>\n")
	}
	b.WriteString("  </div>\n </body>\n</tt>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// rightToLeft reports whether the first letter of a cue is Arabic, Hebrew or their like.
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

// deepest is how deep elements are nested in a TTML file at the most.
const deepest = 100

// ttmlRoot is the root element, behind what may stand before it. A page of HTML or
// Markdown may have an element of the same name, for teletype.
var ttmlRoot = regexp.MustCompile(`^(?s:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w-]+:)?tt[\s/>]`)

func isTTML(text string) bool { return ttmlRoot.MatchString(headOf(text)) }

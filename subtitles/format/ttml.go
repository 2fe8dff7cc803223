package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/bidi"
)

// writeTTML writes TTML in the IMSC 1 text profile
// (https://www.w3.org/TR/ttml-imsc1.0.1/): white text at the bottom, a paragraph
// a cue, a span in it each of several speakers. Speakers are agents, which few players show, so the labels of the preset
// are in the text as well. go-astisub's TTML has neither profile nor agents and
// knows few languages. Ruby is of IMSC 1.1.
func writeTTML(w io.Writer, cues []Cue, o Options) error {
	var b bytes.Buffer
	profile := "imsc1"
	for s := range stylesOf(cues) {
		if s.Ruby != "" {
			profile = "imsc1.1"
		}
	}
	screen := o.screen()
	columns, rows := screen.cells()
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"`+
		` xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"`+
		` ttp:profile="http://www.w3.org/ns/ttml/profile/%s/text" ttp:cellResolution="%d %d" ttp:timeBase="media"%s xml:lang="%s">
 <head>
  <metadata>
`, profile, columns, rows, ttmlFrameRate(o.FrameRate), xmlText(o.Lang))
	o.Around.writeTTMLMetadata(&b)
	all := make([][]row, len(cues))
	agents := map[string]int{}
	before := o.before(cues)
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
	b.WriteString(`  </metadata>
  <styling>
   <style xml:id="caption" tts:color="white" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:textAlign="center"/>
   <style xml:id="box" tts:backgroundColor="#000000c0"/>
  </styling>
  <layout>
`)
	fmt.Fprintf(&b, "   <region xml:id=\"bottom\" %s/>\n", screen.area().region())
	places := o.Around.writeTTMLRegions(&b, cues)
	b.WriteString(`  </layout>
 </head>
 <body>
  <div region="bottom" style="caption">
`)
	notes := slices.DeleteFunc(slices.Clone(o.Around.Blocks), func(b Block) bool { return b.Kind != Comment })
	for i, cue := range cues {
		for len(notes) > 0 && notes[0].Number <= cue.Number {
			notes = writeTTMLNote(&b, notes)
		}
		fmt.Fprintf(&b, `   <p xml:id="cue%d" begin="%s" end="%s"`, i+1, o.ttmlTime(cue.Start), o.ttmlTime(cue.End))
		b.WriteString(places[cue.Settings.String()])
		o.writeTTMLText(&b, cue, all[i], agents)
	}
	for len(notes) > 0 {
		notes = writeTTMLNote(&b, notes)
	}
	b.WriteString("  </div>\n </body>\n</tt>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// ttmlFrameRate returns the attributes of a rate, "" for that of no film.
func ttmlFrameRate(r FrameRate) string {
	if r.IsZero() {
		return ""
	}
	nominal := (r.Frames + r.Seconds - 1) / r.Seconds
	if nominal*r.Seconds == r.Frames {
		return fmt.Sprintf(` ttp:frameRate="%d"`, nominal)
	}
	return fmt.Sprintf(` ttp:frameRate="%d" ttp:frameRateMultiplier="%d %d"`, nominal, r.Frames/nominal, r.Seconds)
}

// ttmlTime returns a time of a cue. Where it is a frame's, it has the digits that tell it from
// the frame before and behind: players show what begins at it with the first frame that does not
// begin before it (IMSC 1, related video object).
func (o Options) ttmlTime(t time.Duration) string {
	if o.FrameRate.IsZero() {
		return Clock(t, ".", 3)
	}
	return Clock(o.down(t, time.Microsecond), ".", 6)
}

// writeTTMLText writes the text of a cue, in rows, up to the end of its paragraph.
func (o Options) writeTTMLText(b *bytes.Buffer, cue Cue, rows []row, agents map[string]int) {
	agent := func(speaker string) string {
		if n := agents[speaker]; n > 0 {
			return fmt.Sprintf(` ttm:agent="speaker%d"`, n)
		}
		return ""
	}
	text := escaped(xmlText)
	if o.Words {
		text = o.ttmlWords(cue, rows)
	}
	several, screen := severalSpeakers(rows), o.screen()
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
			fmt.Fprintf(b, `<span style="box"%s>`, agent(r.speaker))
		case starts:
			b.WriteString(`<span style="box">`)
		}
		line := xmlText(r.label) + marked(r.words, ttmlTags, text)
		if percent := screen.shrunk(r.text, screen.width-2*screen.side); percent < 100 {
			line = fmt.Sprintf(`<span tts:fontSize="%d%%">%s</span>`, percent, line)
		}
		b.WriteString(line)
	}
	b.WriteString("</span></p>\n")
}

// ttmlWords returns what writes the words of a cue, one by one in the order of rows, with their times. A span
// that begins later than its paragraph hides its word until then, and the words before it move when it comes. So
// each time is that of a change of the word's colour to the one that it has anyway, which is relative to
// the start of the paragraph.
func (o Options) ttmlWords(cue Cue, rows []row) func(Word) string {
	clock := newWordClock(cue, time.Millisecond)
	starts := clock.starts(rows)
	begin, digits := cue.Start, 3
	if !o.FrameRate.IsZero() {
		begin, digits = o.down(cue.Start, time.Microsecond), 6
	}
	return func(w Word) string {
		text := xmlText(Clean(w.Text))
		if len(starts) == 0 {
			return text
		}
		at := starts[0]
		if starts = starts[1:]; at == 0 {
			return text
		}
		color := rgb(w.Style().Color)
		if color == "" {
			color = "white"
		}
		return fmt.Sprintf(`<span><set begin="%s" tts:color="%s"/>%s</span>`, Clock(at-begin, ".", digits), color, text)
	}
}

// writeTTMLNote writes the first of notes and returns the others.
func writeTTMLNote(b *bytes.Buffer, notes []Block) []Block {
	fmt.Fprintf(b, "   <!-- %s -->\n", strings.ReplaceAll(strings.TrimSpace(notes[0].Text), "-", "-"+wordJoiner))
	return notes[1:]
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
var ttmlRoot = lazyRegexp(`^(?s:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w-]+:)?tt[\s/>]`)

func isTTML(text string) bool { return ttmlRoot().MatchString(headOf(text)) }

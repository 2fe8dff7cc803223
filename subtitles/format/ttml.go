package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/bidi"

	"cuewright/audio"
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
	for i := range cues {
		all[i] = o.Label.rows(cues, i)
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

// readTTML reads the paragraphs of TTML. go-astisub needs a begin and an end, loses
// what is nested, and knows neither agents nor durations. Times of divisions and
// spans are warned of, since those of their paragraphs are wrong without them.
func readTTML(text string) (*File, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	t := ttmlReader{rates: ttmlRates{frames: 30, ticks: 1}, agents: map[string]string{}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return &t.file, nil
		}
		t.line, _ = d.InputPos()
		switch {
		case err == nil:
			err = t.token(token)
		case d.InputOffset() >= int64(len(text)): // within an element, a tag or an entity
			t.leave()
			err = fmt.Errorf("it is no TTML: %w: %w", ErrCutOff, err)
		default:
			err = fmt.Errorf("it is no TTML: %w", err)
		}
		if err != nil {
			return &t.file, fmt.Errorf("line %d: %w", t.line, err)
		}
	}
}

// ttmlReader is where readTTML stands in its file.
type ttmlReader struct {
	file   File
	line   int
	depth  int
	rates  ttmlRates
	agents map[string]string // names by their identifiers
	agent  string            // that is being defined
	naming bool              // its name follows
	name   strings.Builder   // what was read of it
	p      *paragraph        // that is open, nil outside of one
	within []*paragraph      // those that p stands in, from the outermost on
	beside int               // the depth of the element that describes p, not part of its text; 0 outside of one
}

// paragraph is a cue that is being read.
type paragraph struct {
	audio.Segment
	number  int      // of its line
	err     error    // of its times
	voices  []string // who says it, and who the spans that are open in it, from the outermost on
	rows    []row
	speaker string // of the row that is read
	text    strings.Builder
	inParts bool // others stand in it, and this is what follows one of them
}

// add adds text to the row that is read. Another speaker begins another row.
func (p *paragraph) add(text string) {
	voice := p.voices[len(p.voices)-1]
	if voice != p.speaker && strings.TrimSpace(text) != "" {
		if strings.TrimSpace(p.text.String()) != "" {
			p.endRow()
		}
		p.speaker = voice
	}
	p.text.WriteString(text)
}

func (p *paragraph) endRow() {
	p.rows = append(p.rows, row{p.speaker, p.text.String()})
	p.text.Reset()
}

// isEmpty reports whether the paragraph has no text.
func (p *paragraph) isEmpty() bool {
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	return blank(p.text.String()) && !slices.ContainsFunc(p.rows, func(r row) bool { return !blank(r.text) })
}

// newParagraph returns a paragraph with a speaker, "" for none.
func newParagraph(speaker string) *paragraph {
	return &paragraph{voices: []string{speaker}, speaker: speaker}
}

func (r *ttmlReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > deepest {
			return fmt.Errorf("elements are nested more than %d deep: this is no caption file", deepest)
		}
		if r.beside > 0 {
			return nil
		}
		return r.start(t)
	case xml.EndElement:
		r.depth--
		if r.beside > 0 {
			if r.depth < r.beside {
				r.beside = 0
			}
			return nil
		}
		if r.naming {
			r.agents[r.agent] = r.name.String()
			r.naming = false
		}
		switch name := t.Name.Local; {
		case r.p == nil:
		case name == "p":
			r.leave()
		case name == "span":
			r.p.voices = r.p.voices[:len(r.p.voices)-1]
		}
	case xml.CharData:
		switch {
		case r.beside > 0:
		case r.naming:
			r.name.Write(t)
		case r.p != nil:
			r.p.add(strings.ReplaceAll(string(t), "\n", " "))
		}
	}
	return nil
}

func (r *ttmlReader) start(e xml.StartElement) (err error) {
	if e.Name.Local == "span" && r.p != nil {
		voice := r.p.voices[len(r.p.voices)-1]
		if agent := attribute(e, "agent"); agent != "" {
			voice = r.agents[agent]
		}
		r.p.voices = append(r.p.voices, voice)
	}
	switch name := e.Name.Local; {
	case name == "tt":
		r.rates, err = ratesOf(e)
	case r.p != nil && (name == "metadata" || name == "desc" || name == "title" || name == "copyright"):
		r.beside = r.depth
	case name == "agent":
		r.agent = attribute(e, "id")
	case name == "name":
		r.naming = r.agents[r.agent] == ""
		r.name.Reset()
	case name == "p":
		r.enter()
		r.p = newParagraph(r.agents[attribute(e, "agent")])
		r.p.number = r.line
		r.p.Start, r.p.End, r.p.err = r.rates.times(e)
	case name == "br" && r.p != nil:
		r.p.endRow()
	case (name == "body" || name == "div" || name == "span") && hasTimes(e):
		r.file.Warnings = append(r.file.Warnings, Warning{r.line,
			fmt.Sprintf("<%s> has times, which are read of <p> alone: give each <p> its own", name)})
	}
	return err
}

// enter makes room for a paragraph. Where one is open, which TTML forbids, what it holds
// so far is a cue, and what follows the inner one is another.
func (r *ttmlReader) enter() {
	if r.p == nil {
		return
	}
	outer := r.p
	if !outer.isEmpty() {
		r.end(outer)
	}
	r.within = append(r.within, &paragraph{Segment: outer.Segment, number: outer.number, err: outer.err,
		voices: outer.voices, speaker: outer.speaker, inParts: true})
}

// leave ends the paragraph that is open, if one is.
func (r *ttmlReader) leave() {
	if r.p != nil && (!r.p.inParts || !r.p.isEmpty()) {
		r.end(r.p)
	}
	r.p = nil
	if n := len(r.within); n > 0 {
		r.p, r.within = r.within[n-1], r.within[:n-1]
	}
}

// end adds the cue of a paragraph, unless it holds nothing and lasts no time.
func (r *ttmlReader) end(p *paragraph) {
	c := Cue{Segment: p.Segment, Confidence: 1, Number: p.number}
	c.Start, c.End = c.Start.Round(time.Millisecond), c.End.Round(time.Millisecond)
	switch {
	case p.err != nil:
		r.file.Warnings = append(r.file.Warnings, Warning{p.number, p.err.Error()})
		c.Segment = audio.Segment{}
	case c.End > c.Start:
	case p.isEmpty():
		return
	default:
		r.file.Warnings = append(r.file.Warnings, noLength(r.line, "the cue", "give its <p> a begin and a later end"))
		c.End = c.Start
	}
	p.endRow()
	c.Lines = namedLines(p.rows, p.number)
	r.file.Cues = append(r.file.Cues, c)
}

func hasTimes(e xml.StartElement) bool {
	return attribute(e, "begin")+attribute(e, "end")+attribute(e, "dur") != ""
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ttmlRates are what times are counted in, in units a second.
type ttmlRates struct{ frames, ticks float64 }

func ratesOf(tt xml.StartElement) (ttmlRates, error) {
	r := ttmlRates{frames: 30, ticks: 1}
	rate := func(name string, into *float64) error {
		s := attribute(tt, name)
		if s == "" {
			return nil
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || !(v > 0 && v <= 1e9) {
			return fmt.Errorf("%s is %q: give a number above 0", name, s)
		}
		*into = v
		return nil
	}
	if err := rate("frameRate", &r.frames); err != nil {
		return r, err
	}
	if attribute(tt, "frameRate") != "" {
		r.ticks = r.frames
	}
	var above, below float64
	if n, _ := fmt.Sscan(attribute(tt, "frameRateMultiplier"), &above, &below); n == 2 && above > 0 && below > 0 {
		r.frames *= above / below
	}
	return r, rate("tickRate", &r.ticks)
}

// times are begin and end of a paragraph; the same where it has none.
func (r ttmlRates) times(p xml.StartElement) (start, end time.Duration, err error) {
	at := func(name string) time.Duration {
		s := attribute(p, name)
		if s == "" || err != nil {
			return 0
		}
		var t time.Duration
		t, err = r.time(strings.TrimSpace(s))
		return t
	}
	start = at("begin")
	if end = at("end"); attribute(p, "end") == "" {
		end = start + at("dur")
	}
	if attribute(p, "begin") == "" {
		end = start
	}
	return start, end, err
}

var (
	ttmlClock  = regexp.MustCompile(`^(\d{1,4}):(\d{2}):(\d{2}(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$`)
	ttmlOffset = regexp.MustCompile(`^(\d+(?:\.\d+)?)(h|ms|m|s|f|t)$`)
)

func (r ttmlRates) time(s string) (time.Duration, error) {
	number := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v } // "" is 0
	if m := ttmlClock.FindStringSubmatch(s); m != nil {
		return ParseSeconds(float64(3600*number(m[1])) + float64(60*number(m[2])) + number(m[3]) + number(m[4])/r.frames)
	}
	if m := ttmlOffset.FindStringSubmatch(s); m != nil {
		unit := map[string]float64{"h": 3600, "m": 60, "s": 1, "ms": 0.001, "f": 1 / r.frames, "t": 1 / r.ticks}[m[2]]
		return ParseSeconds(number(m[1]) * unit)
	}
	return 0, fmt.Errorf("%q is no time: write it as 00:00:01.500 or 1.5s", s)
}

package subtitles

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The readers of formats other than WebVTT and SubRip bring their cues to the form
// in which those are read. Where a format names the speaker of a cue, the label
// that Write puts into its text as well is taken off it.

// said is b with the lines of its text, each with the voice, as go-astisub reads
// them well.
func (b block) said(speaker string, lines []string) block {
	speaker = clean(speaker)
	for _, l := range lines {
		if l = strings.TrimSpace(l); dashed.MatchString(l) && !strings.HasPrefix(l, "--") {
			speaker = "" // there are two of them
		}
	}
	if speaker != "" {
		for _, l := range []Label{NameLabel, CapsLabel, ChevronLabel} {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(lines[0]), (Preset{Label: l}).label(speaker)); ok {
				lines[0] = rest
				b.label = strings.TrimSpace(rest) == ""
				break
			}
		}
	}
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			b.text = append(b.text, voiced(speaker, hide(l, specials)))
		}
	}
	return b
}

// readASS reads the dialogues of Advanced SubStation Alpha and of its forerunner
// SSA, without their override codes and drawings.
func readASS(lines []string) ([]Cue, error) {
	var all []block
	var fields []string
	events := false
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			events = strings.EqualFold(line, "[Events]")
			continue
		}
		kind, rest, _ := strings.Cut(line, ":")
		if !events || kind != "Format" && kind != "Dialogue" {
			continue
		}
		if len(line) > maxLine {
			return nil, fmt.Errorf("line %d: longer than %d bytes: break it up", i+1, maxLine)
		}
		if kind == "Format" {
			fields = strings.Split(strings.ToLower(strings.ReplaceAll(rest, " ", "")), ",")
			continue
		}
		values := strings.SplitN(rest, ",", len(fields)) // the last one, the text, may hold commas
		if fields == nil || len(values) < len(fields) {
			return nil, fmt.Errorf("line %d: the dialogue has other fields than the Format line says: restore that", i+1)
		}
		of := map[string]string{}
		for k, f := range fields {
			of[f] = strings.TrimSpace(values[k])
		}
		if !assClock.MatchString(of["start"]) || !assClock.MatchString(of["end"]) {
			return nil, fmt.Errorf("line %d: the times of the dialogue can't be read: write them as 0:00:01.50", i+1)
		}
		if text := of["text"]; !assDrawing.MatchString(text) {
			all = append(all, block{line: i + 1, start: of["start"], end: of["end"]}.said(of["name"], assLines(text)))
		}
	}
	return parseVTT(all)
}

var (
	assClock   = regexp.MustCompile(`^` + cueTime + `$`)
	assDrawing = regexp.MustCompile(`\{[^{}]*\\p[1-9][^{}]*\}`)
)

// assLines are the lines of a dialogue, see assText.
func assLines(s string) []string {
	var b strings.Builder
	braces := strings.LastIndexByte(s, '}')
	for i := 0; i < len(s); {
		rest := s[i:]
		took := func(prefix, becomes string) bool {
			if !strings.HasPrefix(rest, prefix) {
				return false
			}
			b.WriteString(becomes)
			i += len(prefix)
			return true
		}
		switch {
		case took(`\N`, "\n"), took(`\n`, "\n"), took(`\h`, "\u00A0"):
		case took(`\{`+wordJoiner, "{"), took(`\{`, "{"), took(`\}`, "}"), took(`\`+wordJoiner, `\`):
		case rest[0] == '{' && i < braces:
			i += strings.IndexByte(rest, '}') + 1
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return strings.Split(b.String(), "\n")
}

// readPodcastJSON reads the segments of a Podcasting 2.0 transcript, one by one, so
// that a file that is none ends it early.
func readPodcastJSON(text string) ([]Cue, error) {
	d := json.NewDecoder(strings.NewReader(text))
	var all []block
	line, at := 1, int64(0)
	no := func(err error) error {
		return fmt.Errorf("line %d: it is no Podcasting 2.0 transcript: %w", line, err)
	}
	open := func(want json.Delim) error {
		t, err := d.Token()
		if err == nil && t != want {
			err = fmt.Errorf("%v stands where %v should", t, want)
		}
		return err
	}
	if err := open('{'); err != nil {
		return nil, no(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, no(err)
		}
		if key != "segments" {
			var other json.RawMessage
			if err := d.Decode(&other); err != nil {
				return nil, no(err)
			}
			continue
		}
		if err := open('['); err != nil {
			return nil, no(err)
		}
		for d.More() {
			var s struct {
				Speaker   string
				StartTime seconds
				EndTime   seconds
				Body      string
			}
			err := d.Decode(&s)
			line += strings.Count(text[at:d.InputOffset()], "\n")
			at = d.InputOffset()
			if err != nil {
				return nil, no(err)
			}
			if s.EndTime <= s.StartTime {
				return nil, fmt.Errorf("line %d: the segment doesn't end after it starts: give it a later endTime", line)
			}
			all = append(all, timed(line, time.Duration(s.StartTime), time.Duration(s.EndTime)).said(s.Speaker, strings.Split(s.Body, "\n")))
		}
		if err := open(']'); err != nil {
			return nil, no(err)
		}
	}
	return parseVTT(all)
}

func timed(line int, start, end time.Duration) block {
	return block{line: line, start: clock(start, ".", 3), end: clock(end, ".", 3)}
}

// deepest is how deep elements are nested in a TTML file at the most.
const deepest = 100

// readTTML reads the paragraphs of TTML. go-astisub needs a begin and an end, loses
// what is nested, and knows neither agents nor durations. Times of divisions and
// spans are refused, since those of their paragraphs would be wrong without them.
func readTTML(text string) ([]Cue, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	rates := ttmlRates{frames: 30, ticks: 1}
	var all []block
	var b *strings.Builder // of a paragraph
	var start, end time.Duration
	agents, agent, speaker := map[string]string{}, "", ""
	depth, naming := 0, false
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		if err == io.EOF {
			break
		}
		no := func(err error) error { return fmt.Errorf("line %d: %w", line, err) }
		if err != nil {
			return nil, no(fmt.Errorf("it is no TTML: %w", err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return nil, no(fmt.Errorf("elements are nested more than %d deep: this is no caption file", deepest))
			}
			switch name := t.Name.Local; {
			case name == "tt":
				if rates, err = ratesOf(t); err != nil {
					return nil, no(err)
				}
			case name == "agent":
				agent = attribute(t, "id")
			case name == "name":
				naming = agents[agent] == ""
			case name == "p":
				if start, end, err = rates.times(t); err != nil {
					return nil, no(err)
				}
				b, speaker = &strings.Builder{}, agents[attribute(t, "agent")]
			case name == "br" && b != nil:
				b.WriteByte('\n')
			case (name == "body" || name == "div" || name == "span") && attribute(t, "begin")+attribute(t, "end")+attribute(t, "dur") != "":
				return nil, no(fmt.Errorf("<%s> has times, which are read of <p> alone: give each <p> its own", name))
			}
		case xml.EndElement:
			depth--
			naming = false
			if t.Name.Local == "p" && b != nil {
				if s := b.String(); end > start {
					all = append(all, timed(line, start, end).said(speaker, strings.Split(s, "\n")))
				} else if strings.TrimSpace(s) != "" {
					return nil, no(errors.New("the cue doesn't end after it starts: give its <p> a begin and a later end"))
				}
				b = nil
			}
		case xml.CharData:
			switch {
			case naming:
				agents[agent] += string(t)
			case b != nil:
				b.WriteString(strings.ReplaceAll(string(t), "\n", " "))
			}
		}
	}
	return parseVTT(all)
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
		return secondsOf(3600*number(m[1]) + 60*number(m[2]) + number(m[3]) + number(m[4])/r.frames)
	}
	if m := ttmlOffset.FindStringSubmatch(s); m != nil {
		unit := map[string]float64{"h": 3600, "m": 60, "s": 1, "ms": 0.001, "f": 1 / r.frames, "t": 1 / r.ticks}[m[2]]
		return secondsOf(number(m[1]) * unit)
	}
	return 0, fmt.Errorf("%q is no time: write it as 00:00:01.500 or 1.5s", s)
}

package format

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// TTML may time its body, divisions, paragraphs and spans alike: each is relative to what it
// stands in, or in a sequence to the end of the one before it, and none goes on for longer
// than what it stands in (https://www.w3.org/TR/ttml1/, section 10).

// never is the end of what goes on.
const never = time.Duration(math.MaxInt64)

// container is an element in time.
type container struct {
	begin, end time.Duration // end is never where nothing says it
	ended      bool          // its end is its own, not that of what it stands in
	timed      bool          // it, or what it stands in, has times
	sequence   bool          // what stands in it is shown one after the other
	next       time.Duration // what the times of the next element in it are relative to
	latest     time.Duration // the latest end of an element in it
	region     *ttmlTimes    // those of the region that it is shown in, nil where that has none
}

// ttmlTimes are the times of an element as it gives them.
type ttmlTimes struct {
	begin, end, dur          time.Duration
	hasBegin, hasEnd, hasDur bool
	sequence                 bool
}

// within returns when an element with these times is shown that stands in c.
func (c container) within(t ttmlTimes) container { return c.from(c.next, t) }

// from returns the same where the times are relative to origin.
func (c container) from(origin time.Duration, t ttmlTimes) container {
	in := container{begin: min(origin+t.begin, longestTime), end: c.end, sequence: t.sequence, region: c.region}
	if !t.hasBegin {
		in.begin = max(in.begin, c.begin)
	}
	if t.hasEnd {
		in.end = min(in.end, origin+t.end)
	}
	if t.hasDur {
		in.end = min(in.end, in.begin+t.dur)
	}
	in.ended = t.hasEnd || t.hasDur
	in.timed = c.timed || t.hasBegin || in.ended
	in.next = in.begin
	return in
}

// seen returns c as far as its region is shown, too.
func (c container) seen() container {
	t := c.region
	if t == nil {
		return c
	}
	c.begin = max(c.begin, t.begin)
	if t.hasEnd {
		c.end = min(c.end, t.end)
	}
	if t.hasDur {
		c.end = min(c.end, t.begin+t.dur)
	}
	c.timed = true
	return c
}

// passed tells c of an element that stands in it: the next one in a sequence begins behind
// that. Without an end of its own it lasts as long as what stands in it.
func (c *container) passed(inner container) {
	end := max(inner.begin, inner.latest)
	if inner.ended {
		end = inner.end
	}
	c.latest = max(c.latest, end)
	if c.sequence {
		c.next = max(c.next, end)
	}
}

// isApples reports whether a root element is of Apple's podcasts or lyrics, whose times are
// all from the start of the recording.
func isApples(tt xml.StartElement) bool {
	return slices.ContainsFunc(tt.Attr, func(a xml.Attr) bool {
		return a.Name.Space == "xmlns" && strings.Contains(a.Value, ".apple.com/")
	})
}

// placed returns when an element is shown. Where that is never, since it begins when what
// it stands in has ended, its times are taken from the start of the recording. The error is
// that of its times.
func (r *ttmlReader) placed(e xml.StartElement) (container, error) {
	in := r.times[len(r.times)-1]
	if t := r.regions[strings.TrimSpace(attribute(e, "region"))]; t != nil {
		in.region = t
	}
	t, err := r.rates.times(e)
	if err != nil {
		return in.within(ttmlTimes{sequence: t.sequence}), err
	}
	c := in.within(t)
	if outside := t.hasBegin && c.begin >= in.end && t.begin >= in.begin && t.begin < in.end; outside || r.absolute {
		if r.absolute && (t.hasEnd || t.hasDur) {
			in.end = never // Apple's divisions are parts of songs, and rounded
		}
		c = in.from(0, t)
	}
	return c, nil
}

// timedSpan is a span that has times.
type timedSpan struct {
	given ttmlTimes
	container
	parent int  // the span with times that it stands in, as an index; -1 for none
	mark   bool // its begin says when its words are said; they are shown before, too
}

// placeSpans finds when the spans of a paragraph are shown. Some writers, Apple's among
// them, give the time from the start of the recording: that is so where absolute says it,
// or where times from the paragraph's start would not fit into it and these do.
func (p *paragraph) placeSpans(absolute bool) {
	const slack = 10 * time.Millisecond // as both are rounded
	fits := func(origin time.Duration) bool {
		return !slices.ContainsFunc(p.spans, func(s timedSpan) bool {
			begin, end := origin+s.given.begin, origin+max(s.given.begin, s.given.end)
			return s.parent < 0 && !s.mark && (begin < p.begin-slack || end > p.end+slack)
		})
	}
	absolute = absolute || p.end < never && !fits(p.begin) && fits(0)
	for i := range p.spans {
		s := &p.spans[i]
		in := &p.container
		if s.parent >= 0 {
			in = &p.spans[s.parent].container
		}
		if absolute {
			s.container = in.from(0, s.given)
		} else {
			s.container = in.within(s.given)
		}
		if !s.mark {
			in.passed(s.container)
		}
	}
}

// part is what of a paragraph is shown at once.
type part struct {
	container
	from, to int  // its pieces
	word     bool // each span in it with times is one word
}

// parts returns what of a paragraph is shown at once. Spans of several words that are
// shown one after the other are parts; words that are, and spans that come to what is shown
// already, have times in one of them.
func (p *paragraph) parts() []part {
	whole := []part{{container: p.container, to: len(p.pieces)}}
	const longestGap = time.Second // between words of one part
	var parts []part
	for i := 0; i < len(p.pieces); {
		top, from, blank, words := p.outermost(p.pieces[i].timed), i, true, 0
		for ; i < len(p.pieces) && p.outermost(p.pieces[i].timed) == top; i++ {
			blank = blank && p.pieces[i].isBlank()
			words += len(strings.Fields(p.pieces[i].text))
		}
		if blank {
			continue
		}
		if top < 0 {
			return whole // text that is shown all the time
		}
		next := part{p.spans[top].container, from, i, words == 1}
		if n := len(parts); n > 0 {
			last := &parts[n-1]
			if gap := next.begin - last.end; gap < 0 || last.word && next.word && gap <= longestGap {
				last.begin, last.end = min(last.begin, next.begin), max(last.end, next.end)
				last.to, last.word = next.to, last.word && next.word
				continue
			}
		}
		parts = append(parts, next)
	}
	if len(parts) == 0 {
		return whole
	}
	return parts
}

// outermost returns the outermost span around the one of that index that is shown at times of its own; -1 for none.
func (p *paragraph) outermost(span int) int {
	top := -1
	for ; span >= 0; span = p.spans[span].parent {
		if !p.spans[span].mark {
			top = span
		}
	}
	return top
}

// endParagraph adds the cues of a paragraph, unless it holds nothing and lasts no time.
func (r *ttmlReader) endParagraph(p *paragraph) {
	parts := []part{{container: p.container, to: len(p.pieces)}}
	if len(p.spans) > 0 && p.err == nil {
		p.placeSpans(r.absolute)
		parts = p.parts()
	}
	for _, t := range parts {
		r.endPart(p, t)
	}
}

// endPart adds the cue of a part of a paragraph.
func (r *ttmlReader) endPart(p *paragraph, t part) {
	c := Cue{Confidence: 1, Number: p.number, Settings: p.settings, Effects: p.effects}
	t.container = t.container.seen()
	begin, end := t.begin.Round(time.Millisecond), t.begin.Round(time.Millisecond)
	endless := t.end == never && p.err == nil
	if t.end < never {
		end = t.end.Round(time.Millisecond)
	}
	switch {
	case p.err != nil:
		r.file.warn(LeftOut, p.number, p.err.Error())
	case end <= begin && p.isEmpty():
		return
	case endless:
		c.Start, c.End = max(begin, 0), max(begin, 0)
	default:
		c.Segment = r.file.segment(begin, end, r.line, noEnd)
	}
	pieces := p.pieces[t.from:t.to]
	c.Lines = namedLines(rowsOfPieces(pieces), p.number)
	p.stamp(c.Lines, pieces, c.Start)
	if endless {
		r.endless = append(r.endless, endlessCue{len(r.file.Cues), r.line, t.timed})
	}
	r.file.Cues = append(r.file.Cues, c)
}

// noEnd is how to mend a cue of TTML that doesn't last.
const noEnd = "give its <p> a begin and a later end"

// endlessCue is a cue that nothing ends, the line that its paragraph ends in, and whether it
// has any time.
type endlessCue struct {
	cue, line int
	timed     bool
}

// finish ends the cues that nothing ends where the next one begins, or a while after they
// begin. Those without any time are shown so where all are; elsewhere they are a mistake.
func (r *ttmlReader) finish() {
	timed := len(r.endless) < len(r.file.Cues) || slices.ContainsFunc(r.endless, func(e endlessCue) bool { return e.timed })
	next := time.Duration(-1) // the start of a cue behind
	k := len(r.endless) - 1
	for i := len(r.file.Cues) - 1; i >= 0 && k >= 0; i-- {
		c := &r.file.Cues[i]
		if i+1 < len(r.file.Cues) && r.file.Cues[i+1].Start > c.Start {
			next = r.file.Cues[i+1].Start
		}
		if r.endless[k].cue != i {
			continue
		}
		switch e := r.endless[k]; {
		case !e.timed && timed:
			c.Segment = r.file.segment(c.Start, c.Start, e.line, noEnd)
		case next > c.Start:
			c.End = next
		default:
			c.End = c.Start + openEnded
			r.file.warn(NoTime, e.line, fmt.Sprintf("a cue that nothing ends is shown for %v: %s", openEnded, noEnd))
		}
		k--
	}
	r.makeRelative()
	slices.SortStableFunc(r.file.Warnings, func(a, b Warning) int { return cmp.Compare(a.Number, b.Number) })
}

// stamp gives the words of a cue from begin on that a span with times begins with the time
// of that. Words are found by the letters behind them, since labels are taken off before them.
func (p *paragraph) stamp(lines []Line, pieces []piece, begin time.Duration) {
	if len(p.spans) == 0 {
		return
	}
	total := 0
	for _, l := range pieces {
		total += letters(l.text)
	}
	starts := map[int]time.Duration{} // by how many letters are left
	last, several := -1, false
	for _, l := range pieces {
		n := letters(l.text)
		if n > 0 && l.timed >= 0 && l.timed != last {
			starts[total] = p.spans[l.timed].begin.Round(time.Millisecond)
			several = several || starts[total] > begin
		}
		if n > 0 {
			last = l.timed
		}
		total -= n
	}
	if !several {
		return // it says no more than the times of the cue
	}
	left := 0
	for i := len(lines) - 1; i >= 0; i-- {
		words := lines[i].Words
		for k := len(words) - 1; k >= 0; k-- {
			left += letters(words[k].Text)
			if at, ok := starts[left]; ok {
				words[k].Start, words[k].End = at, at
			}
		}
	}
}

// letters returns how many characters of s are seen.
func letters(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && r != '\uFEFF' {
			n++
		}
	}
	return n
}

// ttmlRates are what times are counted in.
type ttmlRates struct {
	frames    float64 // a second
	nominal   float64 // the same, as labels of frames count them
	subFrames float64 // a frame
	ticks     float64 // a second
	labels    bool    // clock times are labels of frames (SMPTE 12M), not times
	drop      func(minutes float64) (frames float64)
}

func defaultRates() ttmlRates { return ttmlRates{frames: 30, nominal: 30, subFrames: 1, ticks: 1} }

// Frames that are no labels, by the minutes that have passed.
func dropNTSC(minutes float64) float64 { return float64(2 * (minutes - math.Floor(minutes/10))) }
func dropPAL(minutes float64) float64 {
	return float64(4 * (math.Floor(minutes/2) - math.Floor(minutes/20)))
}

func ratesOf(tt xml.StartElement) (ttmlRates, error) {
	r := defaultRates()
	rate := func(name string, into *float64) error {
		s := attribute(tt, name)
		if s == "" {
			return nil
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil || !(v > 0 && v <= 1e9) {
			return fmt.Errorf("%s is %q: give a number above 0", name, s)
		}
		*into = v
		return nil
	}
	if err := errors.Join(rate("frameRate", &r.nominal), rate("subFrameRate", &r.subFrames)); err != nil {
		return r, err
	}
	if attribute(tt, "frameRate") != "" {
		r.ticks = r.nominal * r.subFrames
	}
	r.frames = r.nominal
	r.labels = attribute(tt, "timeBase") == "smpte"
	multiplier := strings.ReplaceAll(attribute(tt, "frameRateMultiplier"), ":", " ")
	switch attribute(tt, "dropMode") {
	case "dropNTSC":
		r.drop = dropNTSC
		if multiplier == "" {
			multiplier = "1000 1001" // there is no other rate at which it is done
		}
	case "dropPAL":
		r.drop = dropPAL
	}
	var above, below float64
	switch n, _ := fmt.Sscan(multiplier, &above, &below); {
	case n == 1:
		below = 1
		fallthrough
	case n == 2:
		if v := r.nominal * above / below; above > 0 && below > 0 && v > 0.001 && v < 1e9 {
			r.frames = v
		}
	}
	return r, rate("tickRate", &r.ticks)
}

// times returns the times that an element has.
func (r ttmlRates) times(e xml.StartElement) (t ttmlTimes, err error) {
	t.sequence = attribute(e, "timeContainer") == "seq"
	for _, a := range []struct {
		name string
		at   *time.Duration
		has  *bool
	}{{"begin", &t.begin, &t.hasBegin}, {"end", &t.end, &t.hasEnd}, {"dur", &t.dur, &t.hasDur}} {
		s := strings.TrimSpace(attribute(e, a.name))
		if s == "" || s == "indefinite" {
			continue
		}
		if *a.at, err = r.time(s); err != nil {
			return ttmlTimes{sequence: t.sequence}, err
		}
		*a.has = true
	}
	return t, nil
}

var (
	ttmlClock  = lazyRegexp(`^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d*)?)$`)
	ttmlFrames = lazyRegexp(`^(\d{1,4}):(\d{1,2}):(\d{1,2})[:;](\d+)(?:\.(\d+))?$`)
	ttmlOffset = lazyRegexp(`^(\d+(?:[.,]\d+)?)\s*(h|ms|m|s|f|t|)$`) // without a unit, as of Apple, seconds
	ttmlSum    = lazyRegexp(`^(\d+(?:[.,]\d+)?(?:h|m))(\d.*)$`)      // 1h2.5s, as shaka reads it
)

func (r ttmlRates) time(s string) (time.Duration, error) {
	if after, ok := strings.CutPrefix(s, "-"); ok {
		t, err := r.time(after)
		return -t, err
	}
	number := func(s string) float64 { // "" is 0
		v, _ := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		return v
	}
	if m := ttmlSum().FindStringSubmatch(s); m != nil && m[2] != "" {
		first, err := r.time(m[1])
		if err != nil {
			return 0, err
		}
		rest, err := r.time(m[2])
		return first + rest, err
	}
	if m := ttmlOffset().FindStringSubmatch(s); m != nil {
		unit := map[string]float64{"h": 3600, "m": 60, "s": 1, "": 1, "ms": 0.001, "f": 1 / r.frames, "t": 1 / r.ticks}[m[2]]
		return ParseSeconds(number(m[1]) * unit)
	}
	minutes, seconds, frames := 0.0, 0.0, 0.0
	if m := ttmlClock().FindStringSubmatch(s); m != nil {
		minutes, seconds = float64(60*number(m[1]))+number(m[2]), number(m[3])
	} else if m := ttmlFrames().FindStringSubmatch(s); m != nil {
		minutes, seconds = float64(60*number(m[1]))+number(m[2]), number(m[3])
		frames = number(m[4]) + number(m[5])/r.subFrames
	} else {
		return 0, fmt.Errorf("%q is no time: write it as 00:00:01.500 or 1.5s", s)
	}
	if !r.labels {
		return ParseSeconds(float64(60*minutes) + seconds + frames/r.frames)
	}
	frames += float64((float64(60*minutes) + seconds) * r.nominal)
	drop := r.drop
	if drop == nil && strings.Contains(s, ";") && r.frames < r.nominal {
		drop = dropNTSC // which the semicolon says where the head says nothing (SMPTE ST 12-1)
	}
	if drop != nil {
		frames -= float64(drop(minutes) * math.Round(r.nominal/30)) // at 59.94 twice as many are dropped
	}
	return ParseSeconds(frames / r.frames)
}

package subtitles

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// writeTextGrid writes tiers of the spoken turns, sentences and words.
func writeTextGrid(w io.Writer, c *Captions) error {
	turns, sentences, words := tiers(c)
	return writeTiers(w, []tier{{"turns", turns}, {"sentences", sentences}, {"words", words}}, c.Alignment.End)
}

// writeTiers writes Praat's long text format, of the length end or longer where a tier
// goes on. A tier covers the recording without gaps or overlaps: pauses are empty
// intervals, and what overlaps is cut off at the next start.
func writeTiers(w io.Writer, tiers []tier, end time.Duration) error {
	var b bytes.Buffer
	for _, t := range tiers {
		for _, v := range t.intervals {
			end = max(end, v.End)
		}
	}
	fmt.Fprintf(&b, `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = %s
tiers? <exists>
size = %d
item []:
`, praatTime(end), len(tiers))
	for i, tier := range tiers {
		all := fill(tier.intervals, end)
		fmt.Fprintf(&b, `    item [%d]:
        class = "IntervalTier"
        name = "%s"
        xmin = 0
        xmax = %s
        intervals: size = %d
`, i+1, praatText(tier.name), praatTime(end), len(all))
		for k, v := range all {
			fmt.Fprintf(&b, `        intervals [%d]:
            xmin = %s
            xmax = %s
            text = "%s"
`, k+1, praatTime(v.Start), praatTime(v.End), praatText(v.text))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func praatText(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

// praatUnit is the last digit of praatTime.
const praatUnit = time.Microsecond

func praatTime(t time.Duration) string { return fmt.Sprintf("%.6f", t.Seconds()) }

// fill covers [0, end) with the intervals, in order, and empty ones between them.
// The text of an interval that has no time left joins its neighbour's; a tier has at
// least one interval.
func fill(all []interval, end time.Duration) []interval {
	var out []interval
	at := time.Duration(0)
	var open joiner // the text of the last of out, and while there is none, of what waits for the first
	closeLast := func() {
		if n := len(out); n > 0 {
			out[n-1].text = open.take()
		}
	}
	for i, v := range all {
		v.Start = max(v.Start, at)
		if i+1 < len(all) {
			v.End = min(v.End, max(v.Start, all[i+1].Start))
		}
		if v.End-v.Start >= praatUnit {
			closeLast()
			if v.Start-at >= praatUnit {
				out = append(out, interval{Segment: audio.Segment{Start: at, End: v.Start}})
			} else {
				v.Start = at
			}
			out = append(out, interval{Segment: v.Segment})
			at = v.End
		}
		open.add(v)
	}
	if n := len(out); end-at < praatUnit && n > 0 {
		out[n-1].End = end
		closeLast()
	} else {
		closeLast()
		out = append(out, interval{Segment: audio.Segment{Start: at, End: end}, text: open.take()})
	}
	return out
}

// tier is one of a TextGrid, its empty intervals left out.
type tier struct {
	name      string
	intervals []interval
}

// textGridHead is how such a file begins; the short format names itself in its oldest form.
var textGridHead = regexp.MustCompile(`^\s*File type = "ooTextFile(?: short)?"`)

func isTextGrid(text string) bool { return textGridHead.MatchString(text) }

// readTextGrid reads Praat's long and short text formats
// (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html): they hold
// the same values in the same order, the long one with names before them. Tiers
// are known by their names: words; sentences, utterances or segments; turns or
// speakers; and "Ann - words" is Ann's words, as the Montreal Forced Aligner has
// it. Where none is known, the first is taken for sentences. What marks a pause is no word.
// An interval that ends before it starts is left out, with a warning.
func readTextGrid(text string) (*align.Alignment, []format.Warning, error) {
	end, tiers, warnings, err := textGridTiers(text)
	if err != nil {
		return nil, nil, err
	}
	var words, sentences, turns []interval
	var named []interval // turns of the names before " - words"
	for _, t := range tiers {
		speaker, kind, ok := strings.Cut(t.name, " - ")
		if !ok {
			speaker, kind = "", speaker
		}
		switch strings.ToLower(strings.Trim(kind, ` "`)) { // ELAN writes quotes into the name
		case "words", "word":
			words = append(words, t.intervals...)
			for _, v := range t.intervals {
				if speaker != "" {
					named = append(named, interval{Segment: v.Segment, text: speaker})
				}
			}
		case "sentences", "utterances", "segments", "phrases", "sentence", "utterance", "segment", "phrase":
			sentences = append(sentences, t.intervals...)
		case "turns", "speakers":
			turns = append(turns, t.intervals...)
		}
	}
	if len(words) == 0 && len(sentences) == 0 && len(tiers) > 0 {
		sentences = tiers[0].intervals
		if n := len(tiers) - 1; n > 0 {
			text := fmt.Sprintf("of the tiers, %q alone is read, %d more with text are left out: "+
				"name those to read sentences or words, or Ann - words", tiers[0].name, n)
			warnings = append(warnings, format.Warning{Kind: format.Hidden, Number: 1, Text: text})
		}
	}
	turns = append(turns, named...)
	for _, all := range [][]interval{words, sentences, turns} {
		slices.SortStableFunc(all, func(x, y interval) int { return cmp.Compare(x.Start, y.Start) })
	}
	said := make([]map[string]bool, len(sentences)) // the words of each, once a mark lies in it
	words = slices.DeleteFunc(words, func(w interval) bool {
		if !isPauseMark(w.text) {
			return false
		}
		i := intervalAt(sentences, (w.Start+w.End)/2)
		if i < 0 {
			return true
		}
		if said[i] == nil {
			said[i] = map[string]bool{}
			for word := range strings.FieldsSeq(sentences[i].text) {
				said[i][word] = true
			}
		}
		return !said[i][w.text]
	})
	sentences = slices.DeleteFunc(sentences, func(s interval) bool { return isPauseMark(s.text) })
	if len(words) == 0 && len(sentences) == 0 {
		if len(warnings) > 0 {
			return nil, nil, warnings[0]
		}
		return nil, nil, errors.New("there is no tier of words or sentences with text in it")
	}
	if len(sentences) == 0 {
		sentences = sentencesOf(words, turns)
	}
	return fromTiers(end, turns, sentences, words), warnings, nil
}

// isPauseMark reports whether the text of an interval says that there is a pause, or a noise:
// sp and sil of HTK, pau of Festival, <eps> of Kaldi, spn of the Montreal Forced Aligner, ns and
// {SL} of FAVE, <p:> of WebMAUS, and their like.
func isPauseMark(text string) bool {
	mark := strings.ToLower(strings.Trim(text, "<>{}[]()"))
	switch mark {
	case "sp", "sil", "pau", "spn", "ns", "eps", "silence", "pause":
		return true
	case "sl", "p:", "p", "nib", "usb":
		return len(mark) < len(text) // these in brackets alone
	}
	return text == "#" || text == "h#" || text == "_"
}

// longestSentencePause is the longest silence within a sentence of a TextGrid that
// marks none.
const longestSentencePause = 500 * time.Millisecond

// sentencesOf puts words together until one ends a sentence, a pause comes, or
// somebody else speaks.
func sentencesOf(words, turns []interval) []interval {
	var all []interval
	for len(words) > 0 {
		n := 1
		speaker := nameAt(turns, words[0].Start)
		for n < len(words) && words[n].Start-words[n-1].End <= longestSentencePause && nameAt(turns, words[n].Start) == speaker {
			n++
		}
		for _, length := range sentencesIn(n, func(i int) string { return words[i].text }) {
			s := interval{Segment: words[0].Segment}
			texts := make([]string, length)
			for i, w := range words[:length] {
				s.End = max(s.End, w.End)
				texts[i] = w.text
			}
			s.text = transcript.JoinWords(texts)
			all = append(all, s)
			words = words[length:]
		}
	}
	return all
}

// intervalAt returns the index of the interval that holds t, or -1.
func intervalAt(all []interval, t time.Duration) int {
	i, found := slices.BinarySearchFunc(all, t, func(v interval, t time.Duration) int { return cmp.Compare(v.Start, t) })
	if !found {
		i--
	}
	if i >= 0 && all[i].Contains(t) {
		return i
	}
	return -1
}

// nameAt returns the text of the interval that holds t, or "".
func nameAt(all []interval, t time.Duration) string {
	if i := intervalAt(all, t); i >= 0 {
		return all[i].text
	}
	return ""
}

// fromTiers makes an alignment of tiers. A sentence has the words of which more than
// half lies in it, or else its own text without times; a turn has its sentences.
func fromTiers(end time.Duration, turns, sentences, words []interval) *align.Alignment {
	a := &align.Alignment{Segment: audio.Segment{End: end}}
	timed := func(at audio.Segment, text string) align.Word {
		return align.Word{Segment: at, Text: text, Spoken: true, Confidence: 1}
	}
	for i, s := range sentences {
		out := align.Sentence{Segment: s.Segment, Spoken: true, Confidence: 1}
		for len(words) > 0 && (words[0].Start+words[0].End)/2 < s.End {
			if w := words[0]; (w.Start+w.End)/2 >= s.Start {
				out.Words = append(out.Words, timed(w.Segment, w.text))
			}
			words = words[1:]
		}
		if len(out.Words) == 0 {
			for _, text := range strings.Fields(s.text) {
				out.Words = append(out.Words, timed(audio.Segment{Start: s.Start, End: s.Start}, text))
			}
		}
		speaker := format.ShortName(nameAt(turns, s.Start))
		if n := len(a.Turns); i == 0 || a.Turns[n-1].Speaker != speaker {
			a.Turns = append(a.Turns, align.Turn{Segment: s.Segment, Speaker: speaker, Spoken: true, Confidence: 1})
		}
		t := &a.Turns[len(a.Turns)-1]
		t.Sentences = append(t.Sentences, out)
		t.End = max(t.End, s.End)
	}
	return a
}

// textGridTiers reads the interval tiers; those of points are passed over.
func textGridTiers(text string) (end time.Duration, tiers []tier, warnings []format.Warning, err error) {
	v := &praatValues{rest: text, line: 1}
	if end, tiers, err = v.file(); err != nil {
		err = fmt.Errorf("line %d: %w: save it as a text file from Praat", v.line, err)
	}
	return end, tiers, v.warnings, err
}

// praatValues yields the numbers and texts of a Praat text file, in which anything
// else is for people alone.
type praatValues struct {
	rest     string
	line     int  // of rest, from 1
	damaged  bool // the last time was no number, though a value
	warnings []format.Warning
}

var errPraat = errors.New("a value is missing or of another kind")

// file reads the whole file.
func (v *praatValues) file() (end time.Duration, tiers []tier, err error) {
	if kind, _ := v.text(); kind != "ooTextFile" && kind != "ooTextFile short" {
		return 0, nil, errors.New("this is no text file of Praat")
	}
	if kind, _ := v.text(); kind != "TextGrid" {
		return 0, nil, errors.New("this is no TextGrid")
	}
	from, err := v.time()
	if err != nil {
		return 0, nil, err
	}
	if end, err = v.time(); err != nil {
		return 0, nil, err
	}
	n, err := v.count()
	for ; err == nil && n > 0; n-- {
		var t tier
		if t, err = v.tier(from); err == nil && len(t.intervals) > 0 {
			tiers = append(tiers, t)
		}
	}
	return end, tiers, err
}

// tier reads a tier of a file that begins at from.
func (v *praatValues) tier(from time.Duration) (t tier, err error) {
	class, err := v.text()
	if err != nil {
		return t, err
	}
	if t.name, err = v.text(); err != nil {
		return t, err
	}
	for range 2 { // its start and its end
		if _, err = v.time(); err != nil {
			return t, err
		}
	}
	size, err := v.count()
	for ; err == nil && size > 0; size-- {
		var w interval
		w.Start, err = v.time()
		w.End = w.Start
		bad := v.damaged
		if (err == nil || bad) && class == "IntervalTier" {
			w.End, err = v.time()
			bad = bad || v.damaged
		}
		if err != nil && !bad {
			return t, err
		}
		if w.text, err = v.text(); err != nil {
			return t, err
		}
		if bad {
			v.warnings = append(v.warnings, format.Warning{Kind: format.LeftOut, Number: v.line,
				Text: "the times of an interval can't be read: write them in seconds, as in 1.25"})
			continue
		}
		if w.End < w.Start || w.Start < from {
			v.warnings = append(v.warnings, format.Warning{Kind: format.LeftOut, Number: v.line,
				Text: fmt.Sprintf("an interval runs from %v to %v: give it a later end", w.Start, w.End)})
			continue
		}
		if w.text = format.Clean(w.text); w.text != "" && class == "IntervalTier" {
			t.intervals = append(t.intervals, w)
		}
	}
	return t, err
}

// next returns the next value as it is written, "" at the end.
func (v *praatValues) next() string {
	for v.rest != "" {
		n := strings.IndexAny(v.rest, " \t\n")
		if v.rest[0] == '"' {
			n = 1
			for n < len(v.rest) {
				if v.rest[n] != '"' {
					n++
				} else if strings.HasPrefix(v.rest[n:], `""`) {
					n += 2
				} else {
					n++
					break
				}
			}
		}
		if v.rest[0] == '!' { // a comment
			n = strings.IndexByte(v.rest, '\n')
		}
		if n < 0 {
			n = len(v.rest)
		}
		token := v.rest[:n]
		v.line += strings.Count(v.rest[:max(n, 1)], "\n")
		v.rest = v.rest[max(n, 1):]
		if token != "" && (token[0] == '"' || token[0] == '-' || token[0] >= '0' && token[0] <= '9') {
			return token
		}
	}
	return ""
}

func (v *praatValues) text() (string, error) {
	s := v.next()
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", errPraat
	}
	return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`), nil
}

func (v *praatValues) time() (time.Duration, error) {
	token := v.next()
	x, err := strconv.ParseFloat(token, 64)
	v.damaged = err != nil && token != "" && token[0] != '"'
	if err != nil {
		return 0, errPraat
	}
	return format.ParseSeconds(x)
}

func (v *praatValues) count() (int, error) {
	n, err := strconv.Atoi(v.next())
	if err != nil || n < 0 {
		return 0, errPraat
	}
	return n, nil
}

package subtitles

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// tier is one of a TextGrid, its empty intervals left out.
type tier struct {
	name      string
	intervals []interval
}

// readTextGrid reads Praat's long and short text formats
// (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html): they hold
// the same values in the same order, the long one with names before them. Tiers
// are known by their names: words; sentences, utterances or segments; turns or
// speakers; and "Ann - words" is Ann's words, as the Montreal Forced Aligner has
// it. Where none is known, the first is taken for sentences.
func readTextGrid(text string) (*align.Alignment, error) {
	end, tiers, err := textGridTiers(text)
	if err != nil {
		return nil, err
	}
	var words, sentences, turns []interval
	var speakers []tier // of the names before " - words"
	for _, t := range tiers {
		speaker, kind, named := strings.Cut(t.name, " - ")
		if !named {
			speaker, kind = "", speaker
		}
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "words", "word":
			words = append(words, t.intervals...)
			if speaker != "" {
				speakers = append(speakers, tier{speaker, t.intervals})
			}
		case "sentences", "utterances", "segments":
			sentences = append(sentences, t.intervals...)
		case "turns", "speakers":
			turns = append(turns, t.intervals...)
		}
	}
	if len(words) == 0 && len(sentences) == 0 && len(tiers) > 0 {
		sentences = tiers[0].intervals
	}
	if len(words) == 0 && len(sentences) == 0 {
		return nil, errors.New("there is no tier of words or sentences with text in it")
	}
	for _, s := range speakers {
		for _, v := range s.intervals {
			turns = append(turns, interval{Segment: v.Segment, text: s.name})
		}
	}
	byStart := func(x, y interval) int { return int(x.Start - y.Start) }
	for _, all := range [][]interval{words, sentences, turns} {
		slices.SortStableFunc(all, byStart)
	}
	if len(sentences) == 0 {
		sentences = sentencesOf(words, turns)
	}
	return fromTiers(end, turns, sentences, words), nil
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
		for n < len(words) && words[n].Start-words[n-1].End <= longestSentencePause && nameAt(turns, words[n].Start) == nameAt(turns, words[0].Start) {
			n++
		}
		for _, length := range sentencesIn(n, func(i int) string { return words[i].text }) {
			s := words[0]
			for _, w := range words[1:length] {
				s.End = max(s.End, w.End)
				s.text += " " + w.text
			}
			all = append(all, s)
			words = words[length:]
		}
	}
	return all
}

// nameAt is the text of the interval that holds t, or "".
func nameAt(all []interval, t time.Duration) string {
	i, found := slices.BinarySearchFunc(all, t, func(v interval, t time.Duration) int { return int(v.Start - t) })
	if !found {
		i--
	}
	if i >= 0 && all[i].Contains(t) {
		return all[i].text
	}
	return ""
}

// fromTiers gives each sentence the words of which more than half lies in it, or
// its own without times, and each turn its sentences.
func fromTiers(end time.Duration, turns, sentences, words []interval) *align.Alignment {
	a := &align.Alignment{Segment: audio.Segment{End: end}}
	for i, s := range sentences {
		out := align.Sentence{Segment: s.Segment, Spoken: true, Confidence: 1}
		for len(words) > 0 && (words[0].Start+words[0].End)/2 < s.End {
			if w := words[0]; (w.Start+w.End)/2 >= s.Start {
				out.Words = append(out.Words, align.Word{Segment: w.Segment, Text: w.text, Spoken: true, Confidence: 1})
			}
			words = words[1:]
		}
		if len(out.Words) == 0 {
			for _, text := range strings.Fields(s.text) {
				out.Words = append(out.Words, align.Word{Segment: audio.Segment{Start: s.Start, End: s.Start}, Text: text, Spoken: true, Confidence: 1})
			}
		}
		speaker := nameAt(turns, s.Start)
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
func textGridTiers(text string) (end time.Duration, tiers []tier, err error) {
	v := &praatValues{rest: text}
	defer func() {
		if err != nil {
			line := 1 + strings.Count(text[:len(text)-len(v.rest)], "\n")
			err = fmt.Errorf("line %d: %w: save it as a text file from Praat", line, err)
		}
	}()
	if kind, _ := v.text(); kind != "ooTextFile" {
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
		var class string
		var t tier
		if class, err = v.text(); err != nil {
			break
		}
		if t.name, err = v.text(); err != nil {
			break
		}
		for range 2 {
			if _, err = v.time(); err != nil {
				return 0, nil, err
			}
		}
		var size int
		if size, err = v.count(); err != nil {
			break
		}
		for ; size > 0; size-- {
			var w interval
			if w.Start, err = v.time(); err != nil {
				return 0, nil, err
			}
			w.End = w.Start
			if class == "IntervalTier" {
				if w.End, err = v.time(); err != nil {
					return 0, nil, err
				}
			}
			if w.text, err = v.text(); err != nil {
				return 0, nil, err
			}
			if w.End < w.Start || w.Start < from {
				return 0, nil, fmt.Errorf("an interval runs from %v to %v", w.Start, w.End)
			}
			if w.text = format.Clean(w.text); w.text != "" && class == "IntervalTier" {
				t.intervals = append(t.intervals, w)
			}
		}
		if len(t.intervals) > 0 {
			tiers = append(tiers, t)
		}
	}
	return end, tiers, err
}

// praatValues yields the numbers and texts of a Praat text file, in which anything
// else is for people alone.
type praatValues struct{ rest string }

var errPraat = errors.New("a value is missing or of another kind")

// next is the next value as it is written, "" at the end.
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
	x, err := strconv.ParseFloat(v.next(), 64)
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

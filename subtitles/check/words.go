// Package check says whether captions are right: against a reference, against
// the recording, and against the transcript.
//
// All of them are brought to one form, words in time, and compared by their
// text. Differences of time are positive where the captions are late.
package check

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Word is a word as it is compared.
type Word struct {
	audio.Segment
	Key  string // its letters and digits in lower case
	Text string // as it is written
	// Timed: its start is known; else it is judged from the neighbours by the
	// length of the text.
	Timed      bool
	EndTimed   bool    // its end is known, too
	Spoken     bool    // false: not said; the segment is empty
	Cue        int     // that it stands in, -1 for none
	Turn       int     // counted from 0, not decreasing
	Sentence   int     // counted over all turns, from 0, not decreasing
	Speaker    string  // "" where nobody is named
	Confidence float64 // of Start, in [0, 1], see align.Word
	// sentence is that of the file, whose ends may differ from those of its words.
	sentence audio.Segment
}

// ofAlignment is all words of a, spoken or not. A word of several parts, as in
// here—and, counts as several. Words without times share their sentence's by
// their length.
func ofAlignment(a *align.Alignment) []Word {
	var words []Word
	sentence := 0
	for i, t := range a.Turns {
		for _, s := range t.Sentences {
			first, sum, length := len(words), 0, 0
			for _, w := range s.Words {
				length += utf8.RuneCountInString(w.Text) + 1
			}
			for _, w := range s.Words {
				timed := w.End > w.Start
				whole := w.Segment
				from := sum
				sum += utf8.RuneCountInString(w.Text) + 1
				if !timed && w.Spoken {
					whole = audio.Segment{Start: s.Start + part(s.Segment, from, length-1), End: s.Start + part(s.Segment, sum-1, length-1)}
				}
				for _, p := range parts(w.Text) {
					words = append(words, Word{
						Key: p.key, Text: p.text, Segment: within(whole, p), Timed: timed && p.first == 0, EndTimed: timed && p.end == p.total,
						Spoken: w.Spoken, Cue: -1, Turn: i, Sentence: sentence, Speaker: t.Speaker, Confidence: w.Confidence, sentence: s.Segment,
					})
				}
			}
			if len(words) > first && s.Spoken && !slices.ContainsFunc(words[first:], func(w Word) bool { return w.Timed }) {
				words[first].Timed, words[len(words)-1].EndTimed = true, true // a file of sentences
			}
			sentence++
		}
	}
	return words
}

// ofScript is the words of s without times.
func ofScript(s *transcript.Script) []Word {
	a := &align.Alignment{}
	for _, t := range s.Turns {
		turn := align.Turn{Speaker: t.Speaker}
		for _, sentence := range t.Sentences {
			var out align.Sentence
			for _, w := range sentence.Words {
				out.Words = append(out.Words, align.Word{Text: w.Text, Glued: w.Glued})
			}
			turn.Sentences = append(turn.Sentences, out)
		}
		a.Turns = append(a.Turns, turn)
	}
	return ofAlignment(a)
}

// ofCues is the words of cues, which are in the order of their starts, and the
// script that they make up. Sentences, turns and, in formats without voices, speakers are the
// script's; what it takes for a label or a repetition is no word. Words of a cue
// without times share it by their length.
func ofCues(cues []format.Cue) ([]Word, *transcript.Script, error) {
	script, err := transcript.FromLines(subtitles.TranscriptLines(cues))
	if err != nil {
		return nil, nil, errors.New("the captions hold no words")
	}
	words := ofScript(script)
	var shown []Word
	for i, c := range cues {
		shown = append(shown, cueWords(i, c)...)
	}
	voices := slices.ContainsFunc(shown, func(w Word) bool { return w.Speaker != "" })
	at := match(keys(words), keys(shown))
	var found []Word
	for i, k := range at {
		if k < 0 {
			continue
		}
		w, s := words[i], shown[k]
		w.Segment, w.Timed, w.EndTimed, w.Cue, w.Confidence, w.Spoken = s.Segment, s.Timed, s.EndTimed, s.Cue, s.Confidence, true
		if voices { // a cue without one is nobody's, not the last speaker's
			w.Speaker = s.Speaker
		}
		found = append(found, w)
	}
	// The first word of a cue is known to appear with it, even behind a label.
	for i := range found {
		if i == 0 || found[i].Cue != found[i-1].Cue {
			w := &found[i]
			w.Timed = true
			if !cues[w.Cue].HasWordTimes() {
				w.Start = cues[w.Cue].Start
			}
		}
	}
	for first := 0; first < len(found); {
		end := first
		for end < len(found) && found[end].Sentence == found[first].Sentence {
			end++
		}
		for k := first; k < end; k++ {
			found[k].sentence = audio.Segment{Start: found[first].Start, End: found[end-1].End}
		}
		first = end
	}
	return found, script, nil
}

// cueWords is the words of cue i: those that have times, or all of them in the
// share of the cue that their place in its text gives them.
func cueWords(i int, c format.Cue) []Word {
	timed := c.HasWordTimes()
	var text strings.Builder
	var words []Word
	type span struct{ first, end int } // in characters of the text
	var spans []span
	length := 0
	for _, l := range c.Lines {
		if l.Sound {
			continue
		}
		for _, w := range l.Words {
			if text.Len() > 0 && !w.Glued {
				text.WriteByte(' ')
				length++
			}
			for _, p := range parts(w.Text) {
				out := Word{Key: p.key, Text: p.text, Cue: i, Speaker: l.Speaker, Confidence: c.Confidence, Spoken: true}
				if timed {
					out.Segment = within(w.Segment, p)
					out.Timed, out.EndTimed = p.first == 0, p.end == p.total
				}
				words = append(words, out)
				spans = append(spans, span{length + p.first, length + p.end})
			}
			text.WriteString(w.Text)
			length += utf8.RuneCountInString(w.Text)
		}
	}
	for k := range words {
		if w := &words[k]; !timed {
			w.Start, w.End = c.Start+part(c.Segment, spans[k].first, length), c.Start+part(c.Segment, spans[k].end, length)
			if k == 0 {
				w.Start, w.Timed = c.Start, true
			}
			if k == len(words)-1 {
				w.End, w.EndTimed = c.End, true
			}
		}
	}
	return words
}

// span is from the first to the last moment of words.
func span(words []Word) audio.Segment {
	s := words[0].Segment
	for _, w := range words {
		s.Start, s.End = min(s.Start, w.Start), max(s.End, w.End)
	}
	return s
}

func keys(words []Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Key
	}
	return all
}

// piece is a part of a token that is a word by itself: characters [first, end).
type piece struct {
	key, text  string
	first, end int
	total      int // characters of the token
}

// joints part the words of a token: dashes but the hyphen, dots, slashes.
var joints = regexp.MustCompile(`--+|[\x{2013}\x{2014}\x{2026}/\s]+|-`)

// parts are the words within a token, hyphens among what parts them: files
// disagree about those.
func parts(token string) []piece {
	var all []piece
	total := utf8.RuneCountInString(token)
	add := func(from, to int) {
		if key := Key(token[from:to]); key != "" {
			first := utf8.RuneCountInString(token[:from])
			all = append(all, piece{key, token[from:to], first, first + utf8.RuneCountInString(token[from:to]), total})
		}
	}
	from := 0
	for _, m := range joints.FindAllStringIndex(token, -1) {
		add(from, m[0])
		from = m[1]
	}
	add(from, len(token))
	if n := len(all); n > 0 { // marks belong to the words beside them
		all[0].first, all[n-1].end = 0, total
		if n == 1 {
			all[0].text = token
		}
	}
	return all
}

// within is the share of a word's time that one of its parts has.
func within(s audio.Segment, p piece) audio.Segment {
	return audio.Segment{Start: s.Start + part(s, p.first, p.total), End: s.Start + part(s, p.end, p.total)}
}

// part is n of total parts of s.
func part(s audio.Segment, n, total int) time.Duration {
	return s.Duration() * time.Duration(n) / time.Duration(max(1, total))
}

// Key is what a word is known by whatever its punctuation, case and form: its
// letters, digits and inner apostrophes. It is empty where nothing is left.
func Key(word string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(word)) {
		switch {
		case r == '’':
			r = '\''
		case r == 'ё':
			r = 'е'
		}
		if r == '\'' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), "'")
}

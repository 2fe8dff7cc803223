package check

import (
	"errors"
	"iter"
	"slices"
	"time"
	"unicode/utf8"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// word is a word as it is compared. Alignments, scripts and captions all become lists
// of words, each straight from its source.
type word struct {
	audio.Segment
	key  string // see matchKey
	text string // as it is written
	// startKnown reports whether Start is known; else it is estimated from the
	// neighbours by the length of the text.
	startKnown bool
	endKnown   bool    // the same of End
	spoken     bool    // false: nobody says it, or an aside of captions that nobody is known to say
	aside      bool    // it is shown whether it is said or not, see transcript.Asides
	wanted     bool    // captions have to hold it: all words of a transcript, and those of a reference that are said
	cue        int     // index of the cue that it stands in; for words of captions alone
	written    int     // which word of its script it is, or is part of; for words of scripts alone
	turn       int     // counted from 0, not decreasing
	sentence   int     // counted over all turns, from 0, not decreasing
	speaker    string  // "" where nobody is named
	confidence float64 // of Start, in [0, 1], see align.Word
	// extent is that of the sentence in its file, whose ends may differ from those of
	// its words.
	extent audio.Segment
}

func cueOf(w word) int      { return w.cue }
func sentenceOf(w word) int { return w.sentence }
func turnOf(w word) int     { return w.turn }

// chunks yields the runs of words of one number each, with the index of their first word.
func chunks(words []word, number func(word) int) iter.Seq2[int, []word] {
	return func(yield func(int, []word) bool) {
		for first := 0; first < len(words); {
			end := first + 1
			for end < len(words) && number(words[end]) == number(words[first]) {
				end++
			}
			if !yield(first, words[first:end]) {
				return
			}
			first = end
		}
	}
}

// alignmentWords returns the words of a, spoken or not; those that are said are wanted.
// Words without times share the time of their sentence by their length.
func alignmentWords(a *align.Alignment) []word {
	var words []word
	sentence := 0
	for i, t := range a.Turns {
		for _, s := range t.Sentences {
			first := len(words)
			total := -1 // characters of the sentence, with single spaces
			for _, w := range s.Words {
				total += 1 + utf8.RuneCountInString(w.Said())
			}
			at := 0
			asides := s.Asides()
			for k, w := range s.Words {
				said := w.Said()
				length := utf8.RuneCountInString(said)
				timed := w.End > w.Start
				for _, part := range tokenize(said) {
					whole := w.Segment
					if !timed && w.Spoken {
						whole = portion(s.Segment, at, at+length, total)
					}
					words = append(words, word{
						Segment: part.in(whole), key: part.key, text: part.text,
						startKnown: timed && part.first == 0, endKnown: timed && part.end == part.total, spoken: w.Spoken, wanted: w.Spoken,
						aside: asides[k], turn: i, sentence: sentence, speaker: t.Speaker, confidence: w.Confidence, extent: s.Segment,
					})
				}
				at += length + 1
			}
			known := slices.ContainsFunc(words[first:], func(w word) bool { return w.startKnown })
			if n := len(words); n > first && s.Spoken && !known { // a file of sentences
				words[first].startKnown, words[n-1].endKnown = true, true
			}
			sentence++
		}
	}
	return words
}

// scriptWords returns the words of s without times. All are taken to be spoken, and are
// wanted.
func scriptWords(s *transcript.Script) []word {
	var words []word
	sentence, written := 0, 0
	for i, t := range s.Turns {
		for _, s := range t.Sentences {
			var said []string
			for _, w := range s.Words {
				said = append(said, w.Said())
			}
			asides := transcript.AsideWords(said)
			for k := range s.Words {
				for _, part := range tokenize(said[k]) {
					words = append(words, word{
						key: part.key, text: part.text, spoken: true, wanted: true, aside: asides[k],
						turn: i, sentence: sentence, speaker: t.Speaker, written: written,
					})
				}
				written++
			}
			sentence++
		}
	}
	return words
}

// captionWords returns the words of cues, which are in the order of their starts, and
// the script that the cues make up. Sentences, turns and, in formats without voices,
// speakers are the script's; what it takes for a label or a repetition is no word, so
// that its words are found among those of the cues by sequence alignment. It returns an
// error when the cues hold no words.
func captionWords(cues []format.Cue) ([]word, *transcript.Script, error) {
	script, err := transcript.FromLines(subtitles.TranscriptLines(cues))
	if err != nil {
		return nil, nil, errors.New("the captions hold no words")
	}
	var shown, anew []word // anew is without what rolls up
	for i, c := range cues {
		all := cueWords(i, c)
		shown = append(shown, all...)
		if n := rolledUp(cues, i); n > 0 {
			all = cueWords(i, withoutRolled(c, n))
		}
		anew = append(anew, all...)
	}
	voices := slices.ContainsFunc(shown, func(w word) bool { return w.speaker != "" })
	said := scriptWords(script)
	partners := match(keys(said), keys(shown))
	if len(anew) < len(shown) {
		paired := func(k int) bool { return k >= 0 }
		// What is said twice is in the script twice, unless the captions roll.
		if once := match(keys(said), keys(anew)); count(once, paired) >= count(partners, paired) {
			shown, partners = anew, once
		}
	}
	var words []word
	for i, k := range partners {
		if k < 0 {
			continue
		}
		w := shown[k]
		w.text, w.turn, w.sentence, w.aside = said[i].text, said[i].turn, said[i].sentence, said[i].aside
		if !voices { // else a cue without one is nobody's, not the last speaker's
			w.speaker = said[i].speaker
		}
		words = append(words, w)
	}
	// The first word of a cue is known to appear with it, even behind a label. Of a time that is rounded down
	// the middle is the best guess.
	for _, all := range chunks(words, cueOf) {
		w := &all[0]
		c := &cues[w.cue]
		w.startKnown = !c.Shared
		if !c.HasWordTimes() {
			w.Start = c.Start + c.Unit/2
		}
	}
	for _, all := range chunks(words, sentenceOf) {
		extent := audio.Segment{Start: all[0].Start, End: all[len(all)-1].End}
		for k := range all {
			all[k].extent = extent
		}
	}
	return words, script, nil
}

// maxRolled bounds the lines that stay when captions roll up: no screen has more rows
// (CTA-708).
const maxRolled = 15

// rolledUp returns how many lines at the top of cue i are the last ones of the cue before, as in
// captions that roll up. A cue that shows just what the one before does is a step of the rolling
// only if it is short: else somebody says the same once more.
func rolledUp(cues []format.Cue, i int) int {
	if i == 0 {
		return 0
	}
	before, lines := cues[i-1].Lines, cues[i].Lines
	same := func(a, b format.Line) bool {
		return slices.EqualFunc(a.Words, b.Words, func(v, w format.Word) bool { return v.Text == w.Text })
	}
	for n := min(len(before), len(lines), maxRolled); n > 0; n-- {
		if n == len(lines) && n == len(before) && cues[i].Duration() > rollingStep {
			continue
		}
		if slices.EqualFunc(before[len(before)-n:], lines[:n], same) {
			return n
		}
	}
	return 0
}

// withoutRolled returns a cue without its first n lines, which stand there already when it
// begins. Where the first word behind them has no time of its own, the reader has given it what
// is left of the time that it shares with them by their length: it begins with the cue.
func withoutRolled(c format.Cue, n int) format.Cue {
	rolled := c.Lines[n-1].Words
	c.Lines = slices.Clone(c.Lines[n:])
	if len(rolled) == 0 || len(c.Lines) == 0 || len(c.Lines[0].Words) == 0 {
		return c
	}
	pace := func(w format.Word) time.Duration { return w.Duration() / time.Duration(format.Columns(w.Text)+1) }
	words := slices.Clone(c.Lines[0].Words)
	if before, first := rolled[len(rolled)-1], words[0]; (pace(before) - pace(first)).Abs() < time.Microsecond {
		words[0].Start = min(first.End, c.Start)
	}
	c.Lines[0].Words = words
	return c
}

// cueWords returns the words of cue i. Those of a cue without times of words share
// the time of the cue by their length.
func cueWords(i int, c format.Cue) []word {
	type place struct{ first, end int } // in characters of the cue's text
	var words []word
	var places []place
	timed := c.HasWordTimes()
	length := 0 // of the text so far
	for _, l := range c.Lines {
		if l.Sound {
			continue
		}
		for _, w := range l.Words {
			if length > 0 && !w.Glued {
				length++ // a space
			}
			for _, part := range tokenize(w.Text) {
				out := word{
					key: part.key, text: part.text, cue: i, speaker: l.Speaker,
					confidence: c.Confidence, spoken: true, wanted: true,
				}
				if timed {
					out.Segment, out.startKnown, out.endKnown = part.in(w.Segment), part.first == 0, part.end == part.total
				}
				words = append(words, out)
				places = append(places, place{length + part.first, length + part.end})
			}
			length += utf8.RuneCountInString(w.Text)
		}
	}
	if timed || len(words) == 0 {
		return words
	}
	for k, p := range places {
		words[k].Segment = portion(c.Segment, p.first, p.end, length)
	}
	first, last := &words[0], &words[len(words)-1]
	first.Start, first.startKnown = c.Start, true
	last.End, last.endKnown = c.End, true
	return words
}

// span returns the time from the first to the last moment of words.
func span(words []word) audio.Segment {
	s := words[0].Segment
	for _, w := range words {
		s.Start, s.End = min(s.Start, w.Start), max(s.End, w.End)
	}
	return s
}

func keys(words []word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.key
	}
	return all
}

// text returns words as they are written, in one line.
func text(words []word) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.text
	}
	return transcript.JoinWords(all)
}

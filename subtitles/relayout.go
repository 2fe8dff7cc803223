package subtitles

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// Relayout returns the cues of a file as cues in p's style, see Preset.For, in the order of
// their starts. Words keep their looks, and cues what they say of their place. Some cues
// stay what they are, since their break has a meaning: signs, which stand elsewhere than
// most cues or are in capitals, songs, sounds, and dialogues whose lines begin with dashes. Their lines are broken
// anew where they don't fit. No cue holds text from both sides of a gap that the style
// leaves open, and the name of a speaker stays with the first word that follows it.
func Relayout(cues []format.Cue, lang string, p Preset) []format.Cue {
	cues = withoutCastColors(format.Sorted(cues))
	who, names := p.castOfCues(cues), p.namesOfCues(cues)
	cues = withNames(cues, names)
	usual, capitals := usualPlace(cues), capitalsStandOut(cues)
	var flow, laid []format.Cue
	apart := map[int]bool{} // cues of flow before which a turn begins
	dashed := false
	for i, c := range cues {
		sign := c.Settings.String() != usual || capitals && inCapitals(c)
		if sign || isSong(c) || isDialogue(c) || isSound(c) {
			laid = append(laid, ownCues(c, lang, p, who, names)...)
			if i == 0 || cues[i-1].End <= c.Start {
				apart[len(flow)] = true
			}
			continue
		}
		if n := len(flow); n > 0 && (c.Start-flow[n-1].End >= max(p.CloseGap, p.Gap) || dashed) {
			apart[n] = true
		}
		dashed = slices.ContainsFunc(c.Lines, func(l format.Line) bool { return format.IsDashed(l.Text()) })
		flow = append(flow, withoutSounds(c))
	}
	laid = append(laid, flowing(flow, lang, p, apart, who, names)...)
	if !p.FrameRate.IsZero() {
		laid = OnFrames(laid, p.FrameRate)
	}
	laid = format.Sorted(laid)
	who.showAt(usual, laid, &p)
	return parted(p.labelLines(laid), p)
}

// flowing lays out cues one after the other, with a turn that begins before each of apart.
func flowing(cues []format.Cue, lang string, p Preset, apart map[int]bool, who cast, names map[string]string) []format.Cue {
	bound, sources, begins := bindWords(cues)
	a := fromCues(bound, lang, func(cue, line, word int) bool {
		return line == 0 && word == 0 && apart[cue] || begins[[3]int{cue, line, word}]
	})
	return restored(Layout(a, p, LayoutOptions{given: true, cast: who, names: names}), sources)
}

// ownCues returns a cue that stays one, or where it has more text than a cue of the style
// may have, those that hold it.
func ownCues(c format.Cue, lang string, p Preset, who cast, names map[string]string) []format.Cue {
	if isDialogue(c) {
		c.Lines = turnLines(c.Lines)
	}
	texts := p.label().Texts(c, "")
	wide := func(text string) bool { return format.Columns(text) > p.LineWidth }
	if len(texts) <= p.Lines && !slices.ContainsFunc(texts, wide) {
		c.ID, c.Source = "", ""
		return []format.Cue{c}
	}
	if isDialogue(c) && !c.HasWordTimes() {
		c.Lines = sharedTime(c, p)
	}
	return flowing([]format.Cue{c}, lang, p, nil, who, names)
}

// sharedTime returns the lines of a dialogue with times for their words: each line gets as long
// as the style asks of a cue, where there is so much, and what is left by its width.
func sharedTime(c format.Cue, p Preset) []format.Line {
	lines := slices.Clone(c.Lines)
	widths, needs := make([]int, len(lines)), make([]time.Duration, len(lines))
	all, least := 0, time.Duration(0)
	for i, l := range lines {
		widths[i] = format.Columns(l.Text()) + 1
		needs[i] = max(p.Shortest, time.Duration(countWords(l.Text())*float64(p.ShortestPerWord)))
		all += widths[i]
		least += needs[i]
	}
	held := min(1, float64(c.Duration())/float64(max(1, least))) // of what they need
	free := max(0, c.Duration()-least)
	at := c.Start
	for i := range lines {
		long := time.Duration(float64(needs[i])*held) + time.Duration(float64(free)*float64(widths[i])/float64(all))
		l := &lines[i]
		l.Words = slices.Clone(l.Words)
		for k := range l.Words {
			l.Words[k].Segment = audio.Segment{Start: at, End: at + long}
		}
		l.Words = sharing(l.Words, audio.Segment{Start: at, End: at + long})
		at += long
	}
	return lines
}

// inCapitals reports whether the text of a cue is in capitals, as that of signs is.
func inCapitals(c format.Cue) bool {
	const least = 4 // letters: less are a word such as OK, or a name
	upper := 0
	for _, r := range c.Text() {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= least
}

// capitalsStandOut reports whether few cues are in capitals, which in other files all speech is.
func capitalsStandOut(cues []format.Cue) bool {
	n := 0
	for _, c := range cues {
		if inCapitals(c) {
			n++
		}
	}
	return 3*n <= len(cues)
}

// turnLines returns the lines of a dialogue with one for each of those that begin with a
// dash.
func turnLines(lines []format.Line) []format.Line {
	var turns []format.Line
	for _, l := range lines {
		if n := len(turns); n > 0 && !l.Sound && !turns[n-1].Sound && !format.IsDashed(l.Text()) {
			turns[n-1].Words = slices.Concat(turns[n-1].Words, l.Words)
			continue
		}
		turns = append(turns, l)
	}
	return turns
}

// usualPlace returns the settings that most cues have.
func usualPlace(cues []format.Cue) string {
	counts := map[string]int{}
	usual := ""
	for _, c := range cues {
		s := c.Settings.String()
		if counts[s]++; counts[s] > counts[usual] {
			usual = s
		}
	}
	return usual
}

// isSong reports whether a line of the cue begins or ends with a sign for music, or with one
// that stands for it, beside words.
func isSong(c format.Cue) bool {
	const signs = "♩♪♫♬"
	return slices.ContainsFunc(c.Lines, func(l format.Line) bool {
		text := l.Text()
		if l.Sound || text == "" {
			return false
		}
		for _, sign := range []string{"#", "*"} {
			if strings.HasPrefix(text, sign+" ") || strings.HasSuffix(text, " "+sign) ||
				len(text) > 2 && strings.HasPrefix(text, sign) && strings.HasSuffix(text, sign) {
				return true
			}
		}
		return strings.Trim(text, signs) != text
	})
}

// isSound reports whether the cue is nothing but a sound.
func isSound(c format.Cue) bool {
	return !slices.ContainsFunc(c.Lines, func(l format.Line) bool { return !l.Sound })
}

// withoutSounds returns a cue in which a sound beside speech is part of that, since it has
// no time of its own.
func withoutSounds(c format.Cue) format.Cue {
	c.Lines = slices.Clone(c.Lines)
	for i := range c.Lines {
		c.Lines[i].Sound = false
	}
	return c
}

// isDialogue reports whether two in a cue speak who are told apart by dashes alone, be it that
// only what the second one says has one.
func isDialogue(c format.Cue) bool {
	if c.HasSeveralSpeakers() {
		return false
	}
	for i, l := range c.Lines {
		if i > 0 && format.IsDashed(l.Text()) {
			return true
		}
	}
	return false
}

// source is a word of a file, and its cue.
type source struct {
	format.Word
	cue format.Cue
}

// bindWords returns cues in which words that no line may part are one: a mark with the word
// before it, and the name of a speaker with the first word behind it. begins has the places
// of names, with which turns begin.
func bindWords(cues []format.Cue) (bound []format.Cue, sources []source, begins map[[3]int]bool) {
	begins = map[[3]int]bool{}
	ended := true // a sentence, before the word
	for i, c := range cues {
		lines := slices.Clone(c.Lines)
		for k := range lines {
			l := &lines[k]
			if l.Sound {
				continue
			}
			var words []format.Word
			for n := 0; n < len(l.Words); {
				take, named := boundWords(l.Words[n:], n == 0, ended)
				if named && ended || n == 0 && (strings.HasPrefix(l.Words[n].Text, ">>") ||
					named && strings.IndexAny(l.Words[n].Text, "([") == 0) {
					begins[[3]int{i, k, len(words)}] = true
				}
				part := l.Words[n : n+take]
				w := part[0]
				w.Text, w.End = format.Line{Words: part}.Text(), part[take-1].End
				words = append(words, w)
				for _, w := range part {
					sources = append(sources, source{w, c})
				}
				ended = strings.ContainsRune(".?!…。？！\"”", lastRune(w.Text))
				n += take
			}
			l.Words = words
		}
		c.Lines = lines
		bound = append(bound, c)
	}
	return bound, sources, begins
}

// boundWords returns how many of words belong together, at least 1, and whether they begin
// with the name of a speaker; opens says that they begin a line, ended that a sentence ends
// before them.
func boundWords(words []format.Word, opens, ended bool) (n int, named bool) {
	const longestName = 4 // words
	n = 1
	for n < len(words) && (isDashOnly(words[n].Text) || n == 1 && isDashOnly(words[0].Text)) {
		n++
	}
	if !opens && !ended {
		return n, false
	}
	bracketed := opens && strings.IndexAny(words[0].Text, "([") == 0
	for k, w := range words[:min(longestName, len(words))] {
		text := strings.Trim(w.Text, "()[]> "+format.Dashes)
		name, labelled := strings.CutSuffix(strings.TrimSuffix(text, "]"), ":")
		r, _ := utf8.DecodeRuneInString(name)
		if name != "" && !unicode.IsUpper(r) && !unicode.IsDigit(r) || !opens && name != strings.ToUpper(name) {
			break
		}
		if labelled || bracketed && strings.IndexAny(w.Text, ")]") == len(w.Text)-1 {
			return max(n, min(k+2, len(words))), true
		}
	}
	return n, false
}

func isDashOnly(text string) bool { return strings.Trim(text, format.Dashes) == "" }

// restored returns cues that were laid out from the words of sources, with what these have
// beside their text. Layout keeps their order, may cut one into pieces, and may have some of
// them in one word.
func restored(cues []format.Cue, sources []source) []format.Cue {
	left := "" // of the first of sources, where a piece of it was taken
	next := func(w format.Word) (words []format.Word, from *source) {
		for text := w.Text; text != "" && len(sources) > 0; {
			s := &sources[0]
			if left == "" {
				left = format.Clean(s.Text)
			}
			part := w
			part.Text, part.Look = left, s.Look
			part.Shared = s.Shared || s.End <= s.Start
			part.Glued = w.Glued
			if len(words) > 0 {
				part.Glued = text[0] != ' '
			}
			text = strings.TrimPrefix(text, " ")
			if rest, whole := strings.CutPrefix(text, left); whole {
				text, left, sources = rest, "", sources[1:]
			} else if after, piece := strings.CutPrefix(left, text); piece {
				part.Text, text, left = text, "", after
			} else { // no piece of it, which Layout never makes
				part.Text, part.Look, text = text, nil, ""
			}
			if part.Text != "" {
				words = append(words, part)
				from = cmp.Or(from, s)
			}
		}
		return sharing(words, w.Segment), from
	}
	for i := range cues {
		c := &cues[i]
		var from *source
		for k := range c.Lines {
			l := &c.Lines[k]
			if l.Sound {
				continue
			}
			var words []format.Word
			for _, w := range l.Words {
				parts, s := next(w)
				words = append(words, parts...)
				from = cmp.Or(from, s)
			}
			l.Words = words
		}
		if from != nil {
			c.Settings, c.Number = from.cue.Settings, from.cue.Number
		}
	}
	return cues
}

// sharing gives words shares of a segment by their width.
func sharing(words []format.Word, s audio.Segment) []format.Word {
	if len(words) < 2 {
		return words
	}
	widths := make([]int, len(words))
	for i, w := range words {
		widths[i] = format.Columns(w.Text) + 1
	}
	for i, part := range format.Apportion(s, widths) {
		words[i].Segment = part
	}
	return words
}

// parted returns cues that leave the style's gap to the next one, as far as they came to
// lie closer since they were laid out.
func parted(cues []format.Cue, p Preset) []format.Cue {
	t := newTimer(p)
	for i := range cues {
		if i+1 == len(cues) {
			break
		}
		c, next := &cues[i], cues[i+1].Start
		spoken := c.End // as far as is known
		if c.HasWordTimes() {
			spoken = 0
		}
		for _, l := range c.Lines {
			for _, w := range l.Words {
				spoken = max(spoken, w.End)
			}
		}
		if end := t.at(t.steps.Frame(next) - t.gap); c.End > end && spoken <= next && end >= c.Start+(c.End-c.Start)/2 {
			c.End = end
		}
	}
	return cues
}

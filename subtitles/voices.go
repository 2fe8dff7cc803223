package subtitles

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// Voices returns cues in the order of their starts in which labels, such as >> NAME:
// or Name: at the start of a line, are the speakers of what follows them, and no
// longer text, of which Line.Label says how it was. What is a label and what a sentence with a colon is decided as in a
// transcript, with all of them in view: see transcript.FromLines. A label holds up to text of
// another colour, which is another speaker's who has no label. Cues that name their
// speakers otherwise, or nowhere, are as they were.
func Voices(cues []format.Cue) []format.Cue {
	cues = format.Sorted(cues)
	for _, c := range cues {
		for _, l := range c.Lines {
			if l.Speaker != "" {
				return cues
			}
		}
	}
	script, err := transcript.FromLines(TranscriptLines(cues))
	if err != nil { // nothing is said
		return cues
	}
	names := map[string]bool{}
	for _, t := range script.Turns {
		names[strings.ToLower(t.Speaker)] = t.Speaker != ""
	}
	speaker, ended := "", true // ended: a sentence has, before the line
	color, said := "", false   // of the speaker, once anything is said behind the label
	for i := range cues {
		c := &cues[i]
		c.Lines = slices.Clone(c.Lines)
		labels, words := make([]int, len(c.Lines)), 0
		shared := opensShared(c.Lines, speaker, ended, names)
		for k := range c.Lines {
			l := &c.Lines[k]
			name, n := labelOf(*l, ended)
			ended = endsSentence(l.Text())
			if l.Sound && !names[strings.ToLower(name)] {
				continue
			}
			l.Sound = false
			switch {
			case n > 0 && names[strings.ToLower(name)]:
				speaker, labels[k], said = name, n, false
				l.Label = labelForm(*l, name, n)
			case k == 0 && shared:
				l.Label, l.Words = format.DashLabel, withoutDash(l.Words)
			case strings.HasPrefix(l.Text(), ">>"), format.IsDashed(l.Text()), said && colorOf(l.Words) != color:
				speaker, said = "", false // another one, who is not named
			}
			if words := l.Words[labels[k]:]; len(words) > 0 && speaker != "" && !said {
				color, said = colorOf(words), true
			}
			l.Speaker = speaker
			words += len(l.Words) - labels[k]
		}
		if words == 0 {
			for k := range c.Lines {
				c.Lines[k].Label = format.NoLabel
			}
			continue // without its labels nothing would be left of it
		}
		for k := range c.Lines {
			c.Lines[k].Words = c.Lines[k].Words[labels[k]:]
		}
	}
	return cues
}

// opensShared reports whether the first line of a cue has a dash and no label, and one below it has
// both, of another speaker than the one before the cue. Who spoke before goes on with the first line:
// the dash only parts the two.
func opensShared(lines []format.Line, speaker string, ended bool, names map[string]bool) bool {
	for k, l := range lines {
		if !format.IsDashed(l.Text()) {
			if k == 0 {
				return false
			}
			continue
		}
		name, n := labelOf(l, ended || k > 0)
		if n > 0 && names[strings.ToLower(name)] {
			return k > 0 && !strings.EqualFold(name, speaker)
		}
	}
	return false
}

// withoutDash returns the words of a line without the dash that they begin with.
func withoutDash(words []format.Word) []format.Word {
	words = slices.Clone(words)
	_, dash := utf8.DecodeRuneInString(words[0].Text)
	if words[0].Text = strings.TrimLeft(words[0].Text[dash:], " "); words[0].Text == "" {
		return words[1:]
	}
	return words
}

// colorOf returns the colour in which words begin.
func colorOf(words []format.Word) string {
	if len(words) == 0 {
		return ""
	}
	return words[0].Style().Color
}

// labelForm returns how the first n words of a line name its speaker.
func labelForm(l format.Line, name string, n int) format.Label {
	text := strings.TrimLeft(format.Line{Words: l.Words[:n]}.Text(), format.Dashes+" ")
	for _, form := range []format.Label{format.BracketLabel, format.ChevronLabel} {
		if form.Of(name) == text {
			return form
		}
	}
	return format.NameLabel
}

// endsSentence reports whether a sentence may end with text, or nothing is said in it.
func endsSentence(text string) bool {
	last := lastRune(text)
	return text == "" || unicode.Is(unicode.Sentence_Terminal, last) || strings.ContainsRune("…\"”])♪", last)
}

// labelOf returns the name before the first colon of a line, or in the brackets that it
// begins with, without the signs that may open it, and how many words that takes; 0 where
// there is none. Small letters in brackets within a sentence are what an editor put in.
func labelOf(l format.Line, ended bool) (name string, words int) {
	opens := false
	if len(l.Words) > 0 {
		inside, found := strings.CutPrefix(strings.TrimLeft(l.Words[0].Text, format.Dashes+" "), "[")
		r, _ := utf8.DecodeRuneInString(inside)
		if opens = found; found && !ended && unicode.IsLower(r) {
			return "", 0
		}
	}
	for i, w := range l.Words {
		before, ok := strings.CutSuffix(w.Text, ":")
		if opens {
			ok = ok || strings.HasSuffix(before, "]")
			before = strings.TrimSuffix(before, "]")
		}
		if ok {
			name = strings.TrimLeft(format.Line{Words: l.Words[:i]}.Text()+" "+before, ">-–— ")
			return strings.TrimPrefix(name, "["), i + 1
		}
	}
	return "", 0
}

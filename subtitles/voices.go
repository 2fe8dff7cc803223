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
	lines := TranscriptLines(cues)
	for i, l := range lines {
		if bare := strings.TrimLeft(l.Text, format.Dashes+" "); strings.HasPrefix(bare, "[") {
			lines[i].Text = bare // a name in brackets behind a dash is one
		}
	}
	script, err := transcript.FromLines(lines)
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
	return text == "" || strings.ContainsRune(".?!…。？！\"”])♪", lastRune(text))
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

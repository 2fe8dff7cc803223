package subtitles

import (
	"slices"
	"strings"

	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// Voices returns cues in the order of their starts in which labels, such as >> NAME:
// or Name: at the start of a line, are the speakers of what follows them, and no
// longer text. What is a label and what a sentence with a colon is decided as in a
// transcript, with all of them in view: see transcript.FromLines. Cues that name their
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
	onlySpeakers(names, cues)
	speaker := ""
	for i := range cues {
		c := &cues[i]
		c.Lines = slices.Clone(c.Lines)
		labels, words := make([]int, len(c.Lines)), 0
		for k := range c.Lines {
			l := &c.Lines[k]
			name, n := labelOf(*l)
			if l.Sound && !names[strings.ToLower(name)] {
				continue
			}
			l.Sound = false
			switch {
			case n > 0 && names[strings.ToLower(name)]:
				speaker, labels[k] = name, n
			case strings.HasPrefix(l.Text(), ">>"), format.IsDashed(l.Text()):
				speaker = "" // another one, who is not named
			}
			l.Speaker = speaker
			words += len(l.Words) - labels[k]
		}
		if words == 0 {
			continue // without its labels nothing would be left of it
		}
		for k := range c.Lines {
			c.Lines[k].Words = c.Lines[k].Words[labels[k]:]
		}
	}
	return cues
}

// onlySpeakers takes those of names away that stand once, without a mark of a change of
// speaker, and not before a person's words, as in a credit or a title.
func onlySpeakers(names map[string]bool, cues []format.Cue) {
	counts, said := map[string]int{}, map[string]bool{}
	for _, c := range cues {
		var behind ending
		for k := len(c.Lines) - 1; k >= 0; k-- {
			text := c.Lines[k].Text()
			name, n := labelOf(c.Lines[k])
			if key := strings.ToLower(name); n > 0 && names[key] {
				_, rest, _ := strings.Cut(text, ":")
				marked := strings.HasPrefix(text, ">>") || strings.HasPrefix(text, "[") || format.IsDashed(text)
				counts[key]++
				said[key] = said[key] || marked || !isCredit(name) && behind.of(rest).isSaid()
			}
			behind = behind.of(text)
		}
	}
	for key := range names {
		names[key] = names[key] && (counts[key] > 1 && !isCredit(key) || said[key])
	}
}

// creditWords are what stands before the colon of a credit or a title.
const creditWords = " by act captioned captioning captions chapter copyright correction corrections credits directed edited editing " +
	"encoded encoding episode music part presented produced ripped scene season series source starring subtitle subtitled " +
	"subtitles subtitling subs sync synced synchronisation synchronization timed timing title transcript transcription " +
	"translated translation translator translators untertitel untertitelung übersetzung sous-titres traduction " +
	"subtítulos traducción sottotitoli traduzione legendas tradução ondertiteling vertaling "

// isCredit reports whether a name has one of creditWords.
func isCredit(name string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(name)), func(word string) bool {
		return strings.Contains(creditWords, " "+word+" ")
	})
}

// ending is what tells whether the text from a place to the end of its cue is said. It is made
// from the last line of a cue to the first, so that a cue of many lines is read once.
type ending struct {
	address bool // it holds an address, or the sign of a copyright
	last    rune // the last character, but for what closes a quotation; 0 if there is none
}

// of returns the ending of a text with e behind it.
func (e ending) of(text string) ending {
	lower := strings.ToLower(text)
	for _, sign := range []string{"@", "www.", "http", ".com", ".org", ".net", "©"} {
		e.address = e.address || strings.Contains(lower, sign)
	}
	if text = strings.TrimRight(text, "\"'”’»)] ♪"); e.last == 0 && text != "" {
		e.last = lastRune(text)
	}
	return e
}

// isSaid reports whether the text holds words that are said: they end like a sentence.
func (e ending) isSaid() bool {
	return !e.address && strings.ContainsRune(".?!…,;:—–-。？！、，؟।", e.last)
}

// labelOf returns the name before the first colon of a line, or in the brackets that it
// begins with, without the signs that may open it, and how many words that takes; 0 where
// there is none.
func labelOf(l format.Line) (name string, words int) {
	opens := len(l.Words) > 0 && strings.HasPrefix(l.Words[0].Text, "[")
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

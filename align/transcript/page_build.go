package transcript

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// builder builds a script from what page finds, in the order of the transcript.
type builder struct {
	script    Script
	speaker   string // of the paragraphs to come
	open      bool   // the last turn goes on
	cut       bool   // words are missing before the next one
	paragraph int    // number in the turn of the next paragraph
	line      int    // of the last label
	fresh     bool   // no words have come since the last label
	// Marks of what could not be heard, in paragraphs of their own: those that open the next words of the
	// turn, and those behind the last word. There may be any number of them.
	unheard, behind strings.Builder
	clip            bool   // between the beginning of a clip and its end
	before          string // speaker before the clip
	turns           int    // number of turns before the clip
	wasOpen         bool   // open, before the clip
	clipEnds        int    // ends of clips that are still to come
	leading         int    // 1 + the index of the direction of a label whose words are to come; 0 for none

	spellings map[string]string // of names, by their small letters
	roles     map[string]bool   // that were noted
	level     int               // of the last heading
}

// turn starts the turn that a label announces. A speaker without a name is taken for
// somebody else than the one before.
func (b *builder) turn(speaker string, line int) {
	speaker = b.spelling(speaker)
	if b.unheard.Len() > 0 && speaker != "" && speaker == b.speaker {
		return // the mark opens what comes
	}
	b.dropLabel()
	if b.leading > 0 && speaker != b.speaker {
		b.script.Directions[b.leading-1].Leads, b.leading = false, 0 // to nothing that its speaker says
	}
	if b.open && speaker != "" && speaker == b.speaker {
		return // goes on: a turn lasts until another one speaks
	}
	b.speaker, b.line, b.open, b.fresh = speaker, line, false, true
}

// spelling returns a name as it was written first: Ada and ADA are one person.
func (b *builder) spelling(name string) string {
	lower := strings.ReplaceAll(strings.ToLower(name), "ـ", "") // a tatweel is no letter
	if first, ok := b.spellings[lower]; ok {
		return first
	}
	if b.spellings == nil {
		b.spellings = map[string]string{}
	}
	b.spellings[lower] = name
	return name
}

// role makes a note of what stands behind a name, once, or a direction of a sound.
func (b *builder) role(l label, line int) {
	if isSoundRemark(l.role) {
		b.direction(Direction{Kind: Sound, Text: trimRemark(l.role), Line: line, Leads: true})
		b.leading = len(b.script.Directions)
		return
	}
	if text := l.name + " " + l.role; l.role != "" && !b.roles[text] {
		if b.roles == nil {
			b.roles = map[string]bool{}
		}
		b.roles[text] = true
		b.note("role", text, line)
	}
}

// dropLabel makes a note of a label without words below it. Where the turn is nothing but the mark of
// what could not be heard, the mark is shown.
func (b *builder) dropLabel() {
	if mark := b.unheard.String(); mark != "" {
		b.unheard.Reset()
		b.words([]Word{{Text: mark}}, nil, b.line)
		b.cut = true
	}
	if b.fresh && b.speaker != "" {
		b.note("label without words", b.speaker, b.line)
	}
	b.fresh = false
}

// text adds a paragraph to the turn, with the directions in it, and reports whether it has words.
func (b *builder) text(text string, line int) bool {
	words, events, cut, tail := readWords(text)
	if len(words) == 0 && cut && strings.ContainsAny(tail, "[(") && strings.ContainsFunc(tail, unicode.IsLetter) {
		// nothing but [inaudible]
		if b.open {
			b.behind.WriteString(" " + tail)
		} else {
			if b.unheard.Len() > 0 {
				b.unheard.WriteByte(' ')
			}
			b.unheard.WriteString(strings.TrimSpace(tail))
			b.line = cmp.Or(b.line, line)
		}
		tail = ""
	} else if len(words) > 0 && b.unheard.Len() > 0 {
		words[0].Text = b.unheard.String() + " " + words[0].Text
		words[0].GapBefore = true
		b.unheard.Reset()
	}
	b.words(words, events, line)
	b.cut = b.cut || cut
	if tail != "" {
		b.note("no words", tail, line)
	}
	return len(words) > 0
}

// closeWord appends the marks of the paragraphs behind the last word to it.
func (b *builder) closeWord() {
	if b.behind.Len() == 0 {
		return
	}
	sentences := b.script.Turns[len(b.script.Turns)-1].Sentences
	words := sentences[len(sentences)-1].Words
	words[len(words)-1].Text += b.behind.String()
	b.behind.Reset()
}

// words adds the words of a paragraph to the turn, with the directions among them.
func (b *builder) words(words []Word, events []event, line int) {
	if len(words) > 0 {
		b.closeWord()
		if !b.open {
			if !b.fresh {
				b.line = line
			}
			b.script.Turns = append(b.script.Turns, Turn{Speaker: b.speaker, Line: b.line})
			b.open, b.fresh, b.paragraph = true, false, 0
		}
		words[0].GapBefore = words[0].GapBefore || b.cut
		if t := &b.script.Turns[len(b.script.Turns)-1]; len(t.Sentences) > 0 {
			before := t.Sentences[len(t.Sentences)-1].Words
			last, _ := utf8.DecodeLastRuneInString(before[len(before)-1].Text)
			words[0].Glued = inEastAsia(last, firstOf(words[0].Text))
		}
		b.cut, b.leading = false, 0
	}
	sentences := SplitSentences(words)
	turn := len(b.script.Turns) - 1
	word := 0
	for _, sentence := range sentences {
		for len(events) > 0 && events[0].word < word+len(sentence) {
			e := events[0]
			b.direction(Direction{Kind: e.kind, Text: e.text, Line: line, Word: max(0, e.word-word), Leads: true})
			events = events[1:]
		}
		t := &b.script.Turns[turn]
		t.Sentences = append(t.Sentences, Sentence{Paragraph: b.paragraph, Words: sentence})
		word += len(sentence)
	}
	if len(words) > 0 {
		b.paragraph++
	}
	for _, e := range events {
		b.direction(Direction{Kind: e.kind, Text: e.text, Line: line, Trails: len(words) > 0})
	}
}

// hint adds the hints of the parts of the paragraph that was added last: to those sentences that
// begin with a part, as their letters tell.
func (b *builder) hint(parts []string, hints []hint) {
	if !slices.ContainsFunc(hints, func(h hint) bool { return h.known }) {
		return
	}
	at := map[int]hint{} // by the letters before a part
	letters := 0
	for i, part := range parts {
		if hints[i].known {
			at[letters] = hints[i]
		}
		letters += countLetters(part)
	}
	turn := len(b.script.Turns) - 1
	sentences := b.script.Turns[turn].Sentences
	first := len(sentences) // of the paragraph: a turn may have any number of these
	for first > 0 && sentences[first-1].Paragraph == b.paragraph-1 {
		first--
	}
	letters = 0
	for i := first; i < len(sentences); i++ {
		if h, ok := at[letters]; ok {
			b.script.Hints = append(b.script.Hints, Hint{Turn: turn, Sentence: i, At: h.at})
		}
		for _, w := range sentences[i].Words {
			letters += countLetters(w.Text)
		}
	}
}

// countLetters returns the number of letters and digits of s.
func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// direction adds a direction before a word of the next sentence, and keeps track of who speaks
// in a clip and after it.
func (b *builder) direction(d Direction) {
	if d.Kind == ClipEnd {
		b.clipEnds--
		if b.clip {
			b.dropLabel()
			b.clip = false
			b.speaker, b.open = b.before, b.wasOpen && len(b.script.Turns) == b.turns
		}
	}
	if d.Turn = len(b.script.Turns); b.open {
		d.Turn--
		d.Sentence = len(b.script.Turns[d.Turn].Sentences)
	} else {
		d.Word = 0
	}
	b.script.Directions = append(b.script.Directions, d)
	// A clip without an end: where it is over can't be known.
	if d.Kind == ClipBegin && !b.clip && b.clipEnds > 0 && !b.fresh {
		b.clip, b.before, b.turns, b.wasOpen = true, b.speaker, len(b.script.Turns), b.open
		// The speaker in the clip is another one.
		b.speaker, b.open = "", false
	}
}

// note adds a note, unless the text is empty.
func (b *builder) note(reason, text string, line int) {
	if text = strings.TrimSpace(unmark(text)); text != "" {
		b.script.Notes = append(b.script.Notes, Note{Reason: reason, Text: text, Line: line})
	}
}

// finish returns the script. A direction after the last sentence of a turn comes to
// stand before the next turn.
func (b *builder) finish() *Script {
	b.dropLabel()
	b.closeWord()
	s := &b.script
	for i := range s.Directions {
		d := &s.Directions[i]
		if d.Turn < len(s.Turns) && d.Sentence == len(s.Turns[d.Turn].Sentences) {
			d.Turn, d.Sentence = d.Turn+1, 0
		}
	}
	for i := range s.Headings {
		h := &s.Headings[i]
		if h.Turn < len(s.Turns) && h.Sentence == len(s.Turns[h.Turn].Sentences) {
			h.Turn, h.Sentence = h.Turn+1, 0
		}
	}
	// Directions in a clip without words stand before a turn that never came.
	for i := len(s.Directions) - 2; i >= 0; i-- {
		d, next := &s.Directions[i], s.Directions[i+1]
		if d.Turn > next.Turn || d.Turn == next.Turn && d.Sentence > next.Sentence ||
			d.Turn == next.Turn && d.Sentence == next.Sentence && d.Word > next.Word {
			d.Turn, d.Sentence, d.Word = next.Turn, next.Sentence, next.Word
		}
	}
	return s
}

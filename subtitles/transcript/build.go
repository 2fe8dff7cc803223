package transcript

import "strings"

// builder puts a script together in the order of the transcript.
type builder struct {
	script    Script
	speaker   string // of the paragraphs to come
	open      bool   // a turn goes on
	cut       bool   // words are missing before the next one
	paragraph int    // of the turn, the next one's
	line      int    // of the label that waits for its words
	fresh     bool   // a label was read, and no words since
	before    string // who spoke before the clip
	clip      bool   // between the beginning of a clip and its end
	labelled  bool   // the clip has named a speaker
	clipEnds  int    // ends of clips that are still to come
}

// turn starts what a label announces. Nobody named means somebody else.
func (b *builder) turn(speaker string, line int) {
	b.dropLabel()
	b.labelled = true
	if b.open && speaker != "" && speaker == b.speaker {
		return // goes on: a turn lasts until another one speaks
	}
	b.speaker, b.line, b.open, b.fresh = speaker, line, false, true
}

// dropLabel notes a label that nothing was said under.
func (b *builder) dropLabel() {
	if b.fresh && b.speaker != "" {
		b.note("label without words", b.speaker, b.line)
	}
	b.fresh = false
}

// text adds a paragraph to the turn.
func (b *builder) text(text string, line int) {
	words, events, cut, tail := readWords(text)
	if len(words) > 0 {
		if !b.open {
			if !b.fresh {
				b.line = line
			}
			b.script.Turns = append(b.script.Turns, Turn{Speaker: b.speaker, Line: b.line})
			b.open, b.fresh, b.paragraph = true, false, 0
		}
		words[0].GapBefore = words[0].GapBefore || b.cut
		b.cut = false
	}
	b.cut = b.cut || cut
	sentences := splitSentences(words)
	turn := len(b.script.Turns) - 1
	word := 0
	for _, sentence := range sentences {
		for len(events) > 0 && events[0].word < word+len(sentence) {
			b.direction(events[0].kind, events[0].text, line)
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
		b.direction(e.kind, e.text, line)
	}
	if tail != "" {
		b.note("no words", tail, line)
	}
}

// direction adds a direction before whatever is said next, and minds who speaks
// in a clip and after it.
func (b *builder) direction(kind Kind, text string, line int) {
	d := Direction{Kind: kind, Text: text, Line: line, Turn: len(b.script.Turns)}
	if b.open {
		d.Turn--
		d.Sentence = len(b.script.Turns[d.Turn].Sentences)
	}
	b.script.Directions = append(b.script.Directions, d)
	switch kind {
	case ClipBegin:
		if b.clip || b.clipEnds == 0 || b.fresh {
			break // an end is missing: don't guess where the clip is over
		}
		b.clip, b.labelled, b.before = true, false, b.speaker
		// Whoever is heard in it, it is not the one who spoke before.
		b.speaker, b.open = "", false
	case ClipEnd:
		b.clipEnds--
		if !b.clip {
			break
		}
		b.dropLabel()
		b.clip = false
		if b.speaker != b.before || !b.open {
			b.speaker, b.open = b.before, false
		}
	}
}

func (b *builder) note(reason, text string, line int) {
	if text = strings.TrimSpace(unmark(text)); text != "" {
		b.script.Notes = append(b.script.Notes, Note{Reason: reason, Text: text, Line: line})
	}
}

// finish closes the script: a direction after the last sentence of a turn stands
// before the next turn.
func (b *builder) finish() *Script {
	b.dropLabel()
	s := &b.script
	for i := range s.Directions {
		d := &s.Directions[i]
		if d.Turn < len(s.Turns) && d.Sentence == len(s.Turns[d.Turn].Sentences) {
			d.Turn, d.Sentence = d.Turn+1, 0
		}
	}
	return s
}

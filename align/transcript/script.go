// Package transcript reads what people have as a transcript - a web page saved
// as text, Markdown, captions, plain prose - into a Script.
package transcript

import (
	"slices"
	"strings"
)

// Script is what is said in an episode, in order, as far as its transcript
// knows, and what else the transcript holds. Nothing of the input is lost: each
// of its lines is part of a turn, a direction or a note.
type Script struct {
	Turns      []Turn
	Directions []Direction // in order of Turn, then Sentence
	Notes      []Note      // in order of Line
}

// Turn is what one speaker says until another one speaks.
type Turn struct {
	Speaker   string // "" where the transcript names nobody
	Line      int    // of the transcript, from 1
	Sentences []Sentence
}

// Sentence is the unit that the aligner may find unspoken as a whole.
type Sentence struct {
	Paragraph int // of the turn, from 0
	Words     []Word
}

// Word is a word with its punctuation, as it is shown in captions. It holds at
// least one character that is read aloud: a dash or another mark that stands
// alone belongs to the word before it, a space between them ("have —").
type Word struct {
	Text string
	// Glued marks words that no white space parts from the word before: here—and
	// is two words, and so are those of scripts that are written without spaces.
	Glued bool
	// Inserted marks words that an editor put in brackets: the speaker may not
	// have said them.
	Inserted bool
	// GapBefore marks that words were cut here ([...]): speech that the
	// transcript lacks may stand before this word.
	GapBefore bool
}

// Kind says what a direction announces.
type Kind int

// The kinds of direction.
const (
	Other     Kind = iota // anything else in brackets on a line of its own
	Music                 // [THEME MUSIC]
	Sound                 // [LAUGHTER], [APPLAUSE]
	ClipBegin             // [CLIP BEGINS], [CLIPS BEGIN]
	ClipEnd               // [CLIP ENDS], [CLIPS END]
)

// Direction is a line such as [THEME MUSIC]: not said, but a hint of what is
// heard there.
type Direction struct {
	Kind Kind
	Text string // without its brackets
	Line int    // of the transcript, from 1
	// The direction stands before Turns[Turn].Sentences[Sentence]. Turn is
	// len(Turns) for those after the last turn.
	Turn, Sentence int
}

// Note is text that is not said: show notes, credits, footer.
type Note struct {
	Reason string // "show notes", "credits", "footer", ...
	Text   string
	Line   int // of the transcript, from 1
}

// Text is the words of the sentence as they are written.
func (s Sentence) Text() string {
	var b strings.Builder
	for i, w := range s.Words {
		if i > 0 && !w.Glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// NumWords is the number of words of the script.
func (s *Script) NumWords() int {
	n := 0
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			n += len(sentence.Words)
		}
	}
	return n
}

// AddNotes adds notes in their places.
func (s *Script) AddNotes(notes []Note) {
	s.Notes = append(s.Notes, notes...)
	s.sortNotes()
}

func (s *Script) sortNotes() {
	slices.SortStableFunc(s.Notes, func(a, b Note) int { return a.Line - b.Line })
}

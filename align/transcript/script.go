package transcript

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Script is what a transcript says is spoken in an episode, in order, and what else
// the transcript holds: each line of it that holds words is part of a turn, a direction or a
// note.
type Script struct {
	Turns      []Turn
	Directions []Direction // in order of Turn, then Sentence, then Word
	Notes      []Note      // in order of Line
	Headings   []Heading   // in order of Turn, then Sentence; they are notes, too
	Title      string      // of the page, by its first heading; "" where it has none
	// Before and After are the notes at either end of the script that may be speech after
	// all, as they would be said: paragraphs of show notes, credits and a footer, each as a
	// turn of nobody. They are held to the sound, see align.
	Before, After []Turn
	// Hints are the times that the file gives, for the sentences that begin with one, in order of
	// Turn, then Sentence. They decide nothing.
	Hints []Hint
	// Form is the name of the form that the transcript was taken for, see Forms; "" for
	// captions.
	Form string
}

// Hint is when a sentence begins, by the file of the transcript.
type Hint struct {
	Turn, Sentence int
	At             time.Duration // from the start of the recording
}

// Turn is what one speaker says until another one speaks. It has at least one sentence.
type Turn struct {
	Speaker   string // "" if unknown
	Line      int    // of the transcript, from 1
	Aside     bool   // it looks like a note: see Script.Before
	Sentences []Sentence
}

// Sentence is the unit that the aligner may find unspoken as a whole. It has at least
// one word.
type Sentence struct {
	Paragraph int // of the turn, from 0
	Words     []Word
}

// Word is a word with its punctuation, as it is shown in captions. It holds at
// least one character that is read aloud: a dash, a blank to fill in, the mark of what could not
// be heard or another mark that stands alone belongs to the word before it, with a space between
// them ("have —", "my ____", "great 😀", "the [inaudible],"), or to the word behind it where there
// is none. Only the mark of a turn of which nothing could be heard is a word without a sound.
type Word struct {
	Text string
	// Glued marks a word without white space before it: the second one of here—and,
	// and words of scripts that are written without spaces.
	Glued bool
	// Inserted marks a word that an editor put in brackets: the speaker may not
	// have said it.
	Inserted bool
	// GapBefore marks a word before which words were cut ([...]): speech that the
	// transcript lacks may come before it.
	GapBefore bool
}

// wordsPerCharacter is of how many words a character of Han or kana is: some 80 of them say as much as 50
// words of English.
const wordsPerCharacter = 50. / 80

// Size returns how many words the word counts for wherever a number of words stands for how much is
// said: one, but of Han and kana, where words are not parted, wordsPerCharacter for each character.
func (w Word) Size() float64 {
	characters := 0
	for _, r := range w.Text {
		if IsCharacter(r) {
			characters++
		}
	}
	if characters == 0 {
		return 1
	}
	return float64(wordsPerCharacter * float64(characters))
}

// IsCharacter reports whether r is a character of Han or kana.
func IsCharacter(r rune) bool {
	return r > 0x2E00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー')
}

// Size returns the sum of the Size of words.
func Size(words []Word) float64 {
	n := 0.0
	for _, w := range words {
		n += w.Size()
	}
	return n
}

// SaidOf returns what is said of each of the words, see Word.Said.
func SaidOf(words []Word) []string {
	said := make([]string, len(words))
	for i, w := range words {
		said[i] = w.Said()
	}
	return said
}

// Said returns the word without the marks of what could not be heard, [inaudible] or (unclear: no?):
// they are shown beside it and have no sound.
func (w Word) Said() string {
	s := w.Text
	if !strings.ContainsAny(s, "[(") {
		return s
	}
	var said strings.Builder
	from := 0 // of what is not written yet
	for at := 0; at < len(s); {
		i := strings.IndexAny(s[at:], "[(")
		if i < 0 {
			break
		}
		at += i
		if end := strings.IndexAny(s[at:min(len(s), at+longestBracket)], "])"); end > 0 && isUnheard(s[at+1:at+end]) {
			said.WriteString(s[from:at])
			at += end + 1
			from = at
			continue
		}
		at++
	}
	said.WriteString(s[from:])
	return strings.TrimSpace(said.String())
}

// isUnheard reports whether what stands in brackets says that words could not be heard.
func isUnheard(content string) bool {
	what, _ := readBracket(content)
	return what == gap && strings.ContainsFunc(content, unicode.IsLetter)
}

// Kind says what a direction announces. Other packages index tables by it, so the order
// matters: a new kind goes to the end.
type Kind int

// The kinds of direction.
const (
	Other     Kind = iota // anything else in brackets on a line of its own
	Music                 // [THEME MUSIC]
	Sound                 // [LAUGHTER], [APPLAUSE]
	ClipBegin             // [CLIP BEGINS], [CLIPS BEGIN]
	ClipEnd               // [CLIP ENDS], [CLIPS END]
)

// Direction is a line such as [THEME MUSIC]: not spoken, but a hint of what is heard
// there.
type Direction struct {
	Kind Kind
	Text string // without its brackets
	Line int    // of the transcript, from 1
	// The direction stands before Turns[Turn].Sentences[Sentence].Words[Word]. Turn is
	// len(Turns) for those after the last turn.
	Turn, Sentence, Word int
	Leads                bool // that word follows in its line or, behind a label, in its turn
	Trails               bool // it stands behind all words of its line
}

// Note is text that is not spoken: show notes, credits, a footer.
type Note struct {
	Reason string // "show notes", "credits", "footer", ...
	Text   string
	Line   int // of the transcript, from 1
}

// Text returns the words of the sentence as they are written.
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

// NumWords returns the number of words of the script.
func (s *Script) NumWords() int {
	n := 0
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			n += len(sentence.Words)
		}
	}
	return n
}

// Size returns the sum of the Size of the words of the script.
func (s *Script) Size() float64 {
	n := 0.0
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			n += Size(sentence.Words)
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

package readable

import (
	"fmt"
	"strings"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// Transcript is what is said in a recording, in order.
type Transcript struct {
	Title  string // of the recording
	Headed bool   // Title stands above the text, too: it is no name of a file
	Lang   string // BCP 47 tag of the language; "" where it is not known
	Audio  string // URL of the recording, relative to the page; "" for none
	Blocks []Block
}

// Block is a paragraph, or a direction or heading that stands by itself.
type Block struct {
	Start     time.Duration
	Opens     bool   // a turn begins with it
	Speaker   string // whose turn it is, "" where nobody is named; of paragraphs alone
	Direction bool   // it is one, such as [applause], and its only word
	Heading   bool   // it is one, and its only word; a turn begins with the next paragraph
	Words     []Word // at least one
}

// Word is a word, or a direction in the midst of a paragraph.
type Word struct {
	audio.Segment
	Text      string // clean, see format.Clean, and not empty
	Glued     bool   // no space stands before it
	Direction bool
	Spoken    bool // its time is that of its sound
}

// text returns the words of a block as they are written.
func (b *Block) text() string {
	var s strings.Builder
	for i, w := range b.Words {
		if i > 0 && !w.Glued {
			s.WriteByte(' ')
		}
		s.WriteString(w.Text)
	}
	return s.String()
}

// isMistakable reports whether a reader would take a paragraph for a direction, or what it begins with for a
// time.
func isMistakable(text string) bool {
	return strings.HasPrefix(text, "[") || transcript.IsDirection(text)
}

// clock returns a time for people, rounded down to seconds: 0:07, 12:34 or 1:02:03.
func clock(t time.Duration) string {
	s := int64(max(t, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

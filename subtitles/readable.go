package subtitles

import (
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
	"cuewright/subtitles/readable"
)

// readableFormat returns the format of a file for people that write writes.
func readableFormat(name, title string, write func(io.Writer, *readable.Transcript) error) alignmentFormat {
	return alignmentFormat{
		Format: Format{
			Format:    format.Format{Name: name, Title: title, MarksSpeakers: true, WriteOnly: true},
			Sentences: true, readable: true,
		},
		write: func(w io.Writer, c *Captions) error {
			t := readableOf(c)
			if len(t.Blocks) == 0 {
				return format.ErrNoCues
			}
			return write(w, t)
		},
	}
}

// readableOf returns what is to be read of an alignment: what Layout shows of it, and all of its directions.
func readableOf(c *Captions) *readable.Transcript {
	b := readableBuilder{t: &readable.Transcript{Title: c.Title, Lang: c.Lang, Audio: c.Audio}, chapters: c.Alignment.Chapters}
	if title := headingText(c.Alignment.Title); title != "" {
		b.t.Title, b.t.Headed = title, true
	}
	named := c.Preset.Speakers != SpeakersNone
	for _, d := range c.Alignment.Directions {
		if !c.Layout.NoSounds || !isShown(d) {
			b.directions = append(b.directions, d)
		}
	}
	if marks := unscriptedMarks(c.Alignment, c.Layout); len(marks) > 0 {
		b.directions = append(b.directions, marks...)
		slices.SortStableFunc(b.directions, byStart)
	}
	parted := isParted(c.Alignment)
	for _, t := range c.Alignment.Turns {
		speaker := ""
		if named {
			speaker = format.Clean(t.Speaker)
		}
		b.turn(speaker)
		paragraphs := make([]int, len(t.Sentences))
		for i, s := range t.Sentences {
			paragraphs[i] = s.Paragraph
		}
		if !parted {
			paragraphs = partTurn(t.Sentences)
		}
		for i, s := range t.Sentences {
			if i > 0 && paragraphs[i] != paragraphs[i-1] {
				b.paragraph = false
			}
			b.sentence(s, c.Layout.KeepUnspoken)
		}
	}
	for i := range b.directions { // behind all words
		b.directions[i].Leads = false
	}
	b.directionsUpTo(math.MaxInt64, c.Alignment.End)
	return b.t
}

// readableBuilder builds a transcript for people, in the order of the alignment.
type readableBuilder struct {
	t          *readable.Transcript
	directions []align.Direction // that are still to come
	chapters   []align.Chapter   // likewise
	speaker    string
	opens      bool // the next paragraph begins a turn
	paragraph  bool // the last block is a paragraph that goes on
}

// turn begins one.
func (b *readableBuilder) turn(speaker string) {
	if n := len(b.t.Blocks); n > 0 && !b.opens && speaker != "" && speaker == b.speaker {
		b.paragraph = false
		return // it goes on
	}
	b.speaker, b.opens, b.paragraph = speaker, true, false
}

// sentence adds what is shown of a sentence, and the directions before its words.
func (b *readableBuilder) sentence(s align.Sentence, unspoken bool) {
	words := shown(s, unspoken)
	if !s.Spoken && !unspoken || len(words) == 0 {
		return
	}
	for len(b.chapters) > 0 && b.chapters[0].Start <= s.Start {
		for len(b.directions) > 0 && b.directions[0].Start < b.chapters[0].Start && !isWithin(b.directions[0]) {
			b.direction(s.Start)
		}
		b.heading(b.chapters[0])
		b.chapters = b.chapters[1:]
	}
	b.directionsUpTo(s.Start, s.Start)
	for _, w := range words {
		for len(b.directions) > 0 && b.directions[0].Start <= w.Start && isWithin(b.directions[0]) {
			b.direction(s.Start)
		}
		b.word(readable.Word{Segment: w.Segment, Text: w.Text, Glued: w.Glued, Spoken: w.Spoken}, s.Start)
	}
}

// heading adds that of a chapter. The turn below has a name and a time of its own, be it the one above.
func (b *readableBuilder) heading(c align.Chapter) {
	if text := headingText(c.Title); text != "" {
		word := readable.Word{Segment: audio.Segment{Start: c.Start, End: c.Start}, Text: text}
		b.t.Blocks = append(b.t.Blocks, readable.Block{Start: c.Start, Heading: true, Words: []readable.Word{word}})
		b.opens, b.paragraph = true, false
	}
}

// headingText returns a heading as it is to be read, in which nothing is a time.
func headingText(s string) string { return format.Clean(directionText.Replace(s)) }

// word adds a word to the paragraph that goes on, or to one that begins at a time.
func (b *readableBuilder) word(w readable.Word, start time.Duration) {
	if !b.paragraph {
		b.t.Blocks = append(b.t.Blocks, readable.Block{Start: start, Opens: b.opens, Speaker: b.speaker})
		b.opens, b.paragraph = false, true
	}
	block := &b.t.Blocks[len(b.t.Blocks)-1]
	block.Words = append(block.Words, w)
}

// directionsUpTo adds the directions that begin by t, before words from start on.
func (b *readableBuilder) directionsUpTo(t, start time.Duration) {
	for len(b.directions) > 0 && b.directions[0].Start <= t {
		b.direction(start)
	}
}

// direction adds the next direction: in the paragraph of the words from start on where it stands in their line, and
// else by itself.
func (b *readableBuilder) direction(start time.Duration) {
	d := b.directions[0]
	b.directions = b.directions[1:]
	word := readable.Word{Segment: d.Segment, Text: readableDirection(d), Direction: true}
	switch {
	case strings.Trim(word.Text, "[]0123456789:. ") == "": // a time says nothing, and would be read as that of a turn
	case isWithin(d):
		b.word(word, start)
	default:
		b.paragraph = false
		b.t.Blocks = append(b.t.Blocks, readable.Block{Start: d.Start, Direction: true, Words: []readable.Word{word}})
	}
}

// isWithin reports whether a direction stands in the line of the words behind it, and a reader knows it there.
func isWithin(d align.Direction) bool {
	return d.Leads && transcript.IsDirectionWithin(readableDirection(d))
}

// readableDirection returns a direction as it is to be read.
func readableDirection(d align.Direction) string { return soundLabel(directionText.Replace(d.Text)) }

// directionText replaces the brackets that would end those around a direction.
var directionText = strings.NewReplacer("[", "(", "]", ")")

// isParted reports whether an alignment knows of paragraphs: captions and tables don't.
func isParted(a *align.Alignment) bool {
	return slices.ContainsFunc(a.Turns, func(t align.Turn) bool {
		return slices.ContainsFunc(t.Sentences, func(s align.Sentence) bool { return s.Paragraph > 0 })
	})
}

// A turn that no paragraphs are known of is parted between sentences, so that each part but the last has at least
// leastParagraph columns and, unless a sentence is longer, at most mostParagraph: three lines of a book to ten.
const (
	leastParagraph = 200
	mostParagraph  = 700
)

// partTurn returns the number of the paragraph of each sentence of a turn. It parts where the longest pause is,
// and of equal ones at the last.
func partTurn(sentences []align.Sentence) []int {
	numbers := make([]int, len(sentences))
	widths := make([]int, len(sentences))
	left := 0 // columns that are not in a paragraph yet
	for i, s := range sentences {
		for _, w := range s.Words {
			widths[i] += format.Columns(w.Text) + 1
		}
		left += widths[i]
	}
	for from, number := 0, 0; from < len(sentences); number++ {
		end, width, pause := len(sentences), 0, time.Duration(-1)
		for i := from; i < len(sentences)-1 && left > mostParagraph; i++ {
			width += widths[i]
			if width > mostParagraph && end < len(sentences) {
				break
			}
			if gap := max(0, sentences[i+1].Start-sentences[i].End); width >= leastParagraph && gap >= pause {
				end, pause = i+1, gap
			}
		}
		for ; from < end; from++ {
			numbers[from] = number
			left -= widths[from]
		}
	}
	return numbers
}

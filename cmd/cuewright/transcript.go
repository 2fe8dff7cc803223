package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"cuewright/align/transcript"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles/format"
)

func transcriptCommand() *cli.Command {
	return &cli.Command{
		Name:      "transcript",
		Usage:     "show what is understood of a transcript",
		ArgsUsage: "FILE",
		Description: "Prints turns with their speakers, directions in brackets, and notes: what is taken as not said,\n" +
			"and why. The last line says which form FILE was taken for. Numbers are lines of FILE.\n" +
			"- is standard input.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print JSON"},
			encodingFlag("FILE"),
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return fmt.Errorf("transcript: needs one file: cuewright transcript FILE")
			}
			name, err := encoding(c)
			if err != nil {
				return err
			}
			script, warnings, err := episode.ReadTranscript(c.Args().First(), name, hooks(c, &progress{}))
			if err != nil {
				return err
			}
			warn(c.App.ErrWriter, warnings)
			if c.Bool("json") {
				return scriptJSON(c.App.Writer, script)
			}
			b := bufio.NewWriter(c.App.Writer)
			p := scriptPrinter{w: b, colour: hasColour(c.App.Writer), speakers: map[string]int{}}
			p.print(script)
			return b.Flush()
		},
	}
}

// hasColour reports whether w is a terminal whose user doesn't mind colours, see
// https://no-color.org.
func hasColour(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Styles of ANSI terminals (ECMA-48, 8.3.117).
const (
	faint   = "2"
	magenta = "35"
)

// speakerStyles are bold in colours that can be told apart on black and on white.
var speakerStyles = [...]string{"1;36", "1;33", "1;32", "1;34", "1;31", "1;35"}

// scriptPrinter shows a script to people, in the order of the transcript.
type scriptPrinter struct {
	w        io.Writer
	colour   bool
	speakers map[string]int // numbered as they come
	unheard  bool           // a mark of what could not be heard stands behind the last word
}

func (p *scriptPrinter) print(s *transcript.Script) {
	notes, directions := s.Notes, s.Directions
	notesBefore := func(line int) {
		for len(notes) > 0 && notes[0].Line < line {
			n := notes[0]
			p.line(n.Line, p.style(faint, "not said, "+show.Printable(n.Reason)+": "+show.Printable(n.Text)))
			notes = notes[1:]
		}
	}
	directionsBefore := func(turn, sentence int) {
		for len(directions) > 0 && cmp.Or(cmp.Compare(directions[0].Turn, turn), directions[0].Sentence-sentence) <= 0 {
			d := directions[0]
			notesBefore(d.Line)
			p.line(d.Line, p.style(magenta, fmt.Sprintf("[%s] %s", show.Printable(d.Text), kindName(d.Kind))))
			directions = directions[1:]
		}
	}
	var sentences int
	for i, t := range s.Turns {
		directionsBefore(i, 0)
		notesBefore(t.Line)
		p.line(t.Line, p.name(t.Speaker))
		var paragraph strings.Builder
		flush := func() {
			if paragraph.Len() > 0 {
				fmt.Fprintf(p.w, "%6s%s\n", "", paragraph.String())
				paragraph.Reset()
			}
		}
		for k, sentence := range t.Sentences {
			if k > 0 && sentence.Paragraph != t.Sentences[k-1].Paragraph {
				flush()
			}
			if len(directions) > 0 && directions[0].Turn == i && directions[0].Sentence <= k {
				flush()
				directionsBefore(i, k)
			}
			if paragraph.Len() > 0 && !sentence.Words[0].Glued {
				paragraph.WriteByte(' ')
			}
			paragraph.WriteString(p.sentence(sentence))
		}
		flush()
		sentences += len(t.Sentences)
	}
	directionsBefore(len(s.Turns), 0)
	notesBefore(int(^uint(0) >> 1))
	fmt.Fprintf(p.w, "\nread as %s: %s, %s, %s, %s, %s, %s\n",
		s.Form, show.Count(len(s.Turns), "turn"), speakersNamed(len(p.speakers)), show.Count(sentences, "sentence"),
		show.Count(s.NumWords(), "word"), show.Count(len(s.Directions), "direction"), show.Count(len(s.Notes), "note"))
}

func (p *scriptPrinter) line(number int, text string) {
	fmt.Fprintf(p.w, "%s %s\n", p.style(faint, fmt.Sprintf("%5d", number)), text)
}

func (p *scriptPrinter) name(speaker string) string {
	if speaker == "" {
		return p.style(faint, "(nobody named)")
	}
	n, ok := p.speakers[speaker]
	if !ok {
		n = len(p.speakers)
		p.speakers[speaker] = n
	}
	return p.style(speakerStyles[n%len(speakerStyles)], show.Printable(speaker))
}

// sentence returns the text of s, with marks where an editor put something in or cut it. Where words are missing
// because nobody could hear them, the text says so itself: [inaudible].
func (p *scriptPrinter) sentence(s transcript.Sentence) string {
	var b strings.Builder
	for i, w := range s.Words {
		if i > 0 && !w.Glued {
			b.WriteByte(' ')
		}
		marked := w.Said() != w.Text
		if opens := marked && strings.IndexAny(w.Text, "[(") == 0; w.GapBefore && !opens && !p.unheard {
			b.WriteString(p.style(faint, "[...] "))
		}
		p.unheard = marked && strings.LastIndexAny(w.Text, "[(") > 0
		text := show.Printable(w.Text)
		if w.Inserted {
			text = p.style(magenta, text)
		}
		b.WriteString(text)
	}
	return b.String()
}

func (p *scriptPrinter) style(codes, text string) string {
	if !p.colour {
		return text
	}
	return "\x1b[" + codes + "m" + text + "\x1b[0m"
}

func kindName(k transcript.Kind) string {
	switch k {
	case transcript.Music:
		return "music"
	case transcript.Sound:
		return "sound"
	case transcript.ClipBegin:
		return "clip begins"
	case transcript.ClipEnd:
		return "clip ends"
	}
	return "direction"
}

// scriptJSON writes s for programs. Turns and sentences are numbered from 0,
// lines from 1.
func scriptJSON(w io.Writer, s *transcript.Script) error {
	type (
		word struct {
			Text      string `json:"text"`
			Glued     bool   `json:"glued,omitempty"`
			Inserted  bool   `json:"inserted,omitempty"`
			GapBefore bool   `json:"gapBefore,omitempty"`
		}
		sentence struct {
			Paragraph int    `json:"paragraph"`
			Text      string `json:"text"`
			Words     []word `json:"words"`
		}
		turn struct {
			Speaker   string     `json:"speaker"`
			Line      int        `json:"line"`
			Sentences []sentence `json:"sentences"`
		}
		direction struct {
			Kind     string `json:"kind"`
			Text     string `json:"text"`
			Line     int    `json:"line"`
			Turn     int    `json:"turn"`
			Sentence int    `json:"sentence"`
			Word     int    `json:"word"`
		}
		note struct {
			Reason string `json:"reason"`
			Text   string `json:"text"`
			Line   int    `json:"line"`
		}
	)
	doc := struct {
		Form       string      `json:"form"`
		Turns      []turn      `json:"turns"`
		Directions []direction `json:"directions"`
		Notes      []note      `json:"notes"`
	}{s.Form, []turn{}, []direction{}, []note{}}
	for _, t := range s.Turns {
		out := turn{Speaker: t.Speaker, Line: t.Line}
		for _, s := range t.Sentences {
			o := sentence{Paragraph: s.Paragraph, Text: s.Text()}
			for _, w := range s.Words {
				o.Words = append(o.Words, word(w))
			}
			out.Sentences = append(out.Sentences, o)
		}
		doc.Turns = append(doc.Turns, out)
	}
	for _, d := range s.Directions {
		doc.Directions = append(doc.Directions, direction{kindName(d.Kind), d.Text, d.Line, d.Turn, d.Sentence, d.Word})
	}
	for _, n := range s.Notes {
		doc.Notes = append(doc.Notes, note{n.Reason, n.Text, n.Line})
	}
	return format.WriteJSON(w, doc, "  ")
}

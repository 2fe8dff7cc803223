package subtitles_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// episode is an alignment of two turns in which a word takes 300 ms.
func episode() *align.Alignment {
	a := &align.Alignment{Lang: "en"}
	at := time.Second
	for _, turn := range [][2]string{
		{"Ann", "The keeper said nothing, but he left the lamp burning for those at sea."},
		{"Bob", "Every night?"},
	} {
		t := align.Turn{Speaker: turn[0], Spoken: true}
		s := align.Sentence{Spoken: true}
		for _, text := range strings.Fields(turn[1]) {
			w := align.Word{Text: text, Spoken: true, Confidence: 1}
			w.Start, w.End = at, at+300*time.Millisecond
			s.Words = append(s.Words, w)
			at = w.End
		}
		t.Sentences = append(t.Sentences, s)
		a.Turns = append(a.Turns, t)
		at += time.Second
	}
	a.End = at
	return a
}

func ExampleLayout() {
	preset, err := subtitles.PresetNamed("podcast")
	if err != nil {
		log.Fatal(err)
	}
	preset = preset.For("srt")
	cues := subtitles.Layout(episode(), preset, subtitles.LayoutOptions{})
	if err := subtitles.Write(os.Stdout, "srt", subtitles.Captions{Cues: cues, Preset: preset}); err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(subtitles.Lint(cues, preset)), "rules broken")
	// Output:
	// 1
	// 00:00:01,000 --> 00:00:04,000
	// Ann: The keeper said nothing,
	// but he left the lamp burning
	//
	// 2
	// 00:00:04,000 --> 00:00:05,700
	// for those at sea.
	//
	// 3
	// 00:00:06,200 --> 00:00:07,300
	// Bob: Every night?
	// 0 rules broken
}

// Captions are a transcript, too: sentences run on from cue to cue.
func ExampleScript() {
	file, err := format.Read("srt", "1\n00:00:01,000 --> 00:00:02,500\nANN: The keeper\nsaid nothing,\n\n"+
		"2\n00:00:02,500 --> 00:00:04,000\nbut he left the lamp burning.\n\n"+
		"3\n00:00:05,000 --> 00:00:06,000\nBOB: Every night?\n\n4\n00:00:07,000 --> 00:00:08,000\nANN: Every night.\n")
	if err != nil {
		log.Fatal(err)
	}
	script, err := subtitles.Script(file)
	if err != nil {
		log.Fatal(err)
	}
	for _, turn := range script.Turns {
		for _, sentence := range turn.Sentences {
			fmt.Printf("line %d, %s: %s\n", turn.Line, turn.Speaker, sentence.Text())
		}
	}
	// Output:
	// line 3, ANN: The keeper said nothing, but he left the lamp burning.
	// line 12, BOB: Every night?
	// line 16, ANN: Every night.
}

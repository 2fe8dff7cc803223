package transcript_test

import (
	"fmt"
	"log"

	"cuewright/align/transcript"
)

func ExampleParse() {
	page := `The Long Road, episode 7

Transcript

[THEME MUSIC]
Ada Byron: Good evening. We talk about [Charles] Babbage.
Bo: [laughs] At last!
Ada Byron: So we do.

© 2024 The Long Road`

	script, err := transcript.Parse(page)
	if err != nil {
		log.Fatal(err)
	}
	for _, turn := range script.Turns {
		fmt.Printf("line %d, %s:\n", turn.Line, turn.Speaker)
		for _, sentence := range turn.Sentences {
			fmt.Printf("    %d words: %s\n", len(sentence.Words), sentence.Text())
		}
	}
	for _, d := range script.Directions {
		fmt.Printf("line %d, before turn %d: %s\n", d.Line, d.Turn, d.Text)
	}
	for _, n := range script.Notes {
		fmt.Printf("line %d, %s: %s\n", n.Line, n.Reason, n.Text)
	}
	// Output:
	// line 6, Ada Byron:
	//     2 words: Good evening.
	//     5 words: We talk about [Charles] Babbage.
	// line 7, Bo:
	//     2 words: At last!
	// line 8, Ada Byron:
	//     3 words: So we do.
	// line 5, before turn 0: THEME MUSIC
	// line 7, before turn 1: laughs
	// line 1, show notes: The Long Road, episode 7
	// line 3, heading: Transcript
	// line 10, footer: © 2024 The Long Road
}

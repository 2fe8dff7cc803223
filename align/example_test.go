package align_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// When the first sentences of the sample episode are said, and which one is not.
func ExampleAlign() {
	page, err := os.ReadFile("../testdata/sample/page.txt")
	if err != nil {
		log.Fatal(err)
	}
	script, err := transcript.Parse(string(page))
	if err != nil {
		log.Fatal(err)
	}
	recording, err := audio.Open(context.Background(), "../testdata/sample/audio.wav")
	if err != nil {
		log.Fatal(err)
	}
	defer recording.Close()
	ctx := context.Background()
	frames, err := audio.Analyze(ctx, recording)
	if err != nil {
		log.Fatal(err)
	}
	a, err := align.Align(ctx, frames, script, align.DefaultOptions())
	if err != nil {
		log.Fatal(err)
	}
	for _, turn := range a.Turns {
		for _, sentence := range turn.Sentences {
			switch first := sentence.Words[0].Text; {
			case !sentence.Spoken:
				fmt.Printf("      %s: nobody says %q ...\n", turn.Speaker, first)
			case sentence.Start < 30*time.Second:
				fmt.Printf("%4.1f  %s: %s ...\n", sentence.Start.Seconds(), turn.Speaker, first)
			}
		}
	}
	// Output:
	//  0.6  Caller 1: Is ...
	//  2.1  Caller 1: The ...
	// 11.4  Nora Quill: This ...
	// 14.5  Nora Quill: In ...
	// 21.5  Nora Quill: With ...
	// 29.4  Wilf Archer Jr.: I ...
	//       Wilf Archer Jr.: nobody says "They" ...
}

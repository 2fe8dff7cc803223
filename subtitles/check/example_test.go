package check_test

import (
	"context"
	"fmt"
	"log"

	"cuewright/subtitles"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// Captions are compared with others that are known to be right. With Frames of a
// recording in the place of the reference, they are compared with what is heard in it.
func ExampleCheck() {
	const right = `WEBVTT

00:01.000 --> 00:02.800
<v Ann>Who lit the lamp?

00:03.500 --> 00:05.000
<v Bob>The keeper did, of course.

00:05.600 --> 00:07.000
<v Bob>He never missed a night.

00:07.900 --> 00:09.500
<v Ann>And then came the storm.
`
	const wrong = `WEBVTT

00:01.000 --> 00:02.800
<v Ann>Who lit the lamp?

00:04.700 --> 00:06.200
<v Ann>The keeper did, of course.

00:07.900 --> 00:09.500
<v Ann>And then came the storm.
`
	reference, err := check.ReferenceOfCues(read("right.vtt", right))
	if err != nil {
		log.Fatal(err)
	}
	report, err := check.Check(
		context.Background(),
		check.Input{Cues: read("wrong.vtt", wrong), Reference: reference},
		check.Options{Tolerance: check.DefaultTolerance, Preset: subtitles.DefaultPreset()},
	)
	if err != nil {
		log.Fatal(err)
	}
	words := report.Comparison
	fmt.Printf("%d of %d words\n", words.Matched, words.RefWords)
	for _, f := range report.Findings {
		fmt.Printf("%v %s: %s\n", f.Start, f.Kind, f.Message)
	}
	// Output:
	// 14 of 19 words
	// 4.7s speaker: said by Bob, not by Ann
	// 5.6s missing: 5 words of the reference are not in the captions
	// 4.7s misplaced: the cue comes 1.20 s late, by the reference
}

func read(name, text string) []format.Cue {
	cues, _, err := subtitles.Read(subtitles.Detect(name, text), text)
	if err != nil {
		log.Fatal(err)
	}
	return cues
}

package format_test

import (
	"fmt"
	"log"
	"os"

	"cuewright/subtitles/format"
)

// A file of another program becomes SubRip, with the speakers in its text.
func Example() {
	data := []byte("WEBVTT\r\n\r\nNOTE by hand\r\n\r\n00:01.000 -> 00:02.500\r\n<v Ann>Who is there?\r\n\r\n" +
		"00:03.000 --> 00:04.000\r\n<v Bob>Me &amp; the cat.\r\n")
	text, err := format.Decode(data)
	if err != nil {
		log.Fatal(err)
	}
	file, err := format.Read(format.Detect("episode.txt", text), text)
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range file.Notes {
		fmt.Printf("line %d: %s\n", n.Number, n.Text)
	}
	for _, w := range file.Warnings {
		fmt.Println(w)
	}
	if err := format.Write(os.Stdout, "srt", file.Cues, format.Options{Label: format.NameLabel}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// line 3: by hand
	// line 5: the times have another form than 00:00:01.000 --> 00:00:02.500
	// 1
	// 00:00:01,000 --> 00:00:02,500
	// Ann: Who is there?
	//
	// 2
	// 00:00:03,000 --> 00:00:04,000
	// Bob: Me & the cat.
}

func ExampleRead() {
	file, err := format.Read("srt", "1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n\n2\n"+
		"00:00:03,000 --> 00:00:02,000\nGood night.\n")
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range file.Cues {
		fmt.Printf("line %d: %v to %v: %s\n", c.Number, c.Start, c.End, c.Text())
	}
	fmt.Println(file.Warnings[0])
	// Output:
	// line 2: 1s to 2s: Good evening.
	// line 6: 3s to 3s: Good night.
	// line 6: the cue doesn't end after it starts: give it a later end
}

func ExampleWrite() {
	cue := format.Cue{Lines: []format.Line{{Speaker: "Ann", Words: []format.Word{{Text: "Good"}, {Text: "evening."}}}}}
	cue.End = 1500e6 // nanoseconds
	if err := format.Write(os.Stdout, "vtt", []format.Cue{cue}, format.Options{}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// WEBVTT
	//
	// 1
	// 00:00:00.000 --> 00:00:01.500
	// <v Ann>Good evening.
}

package audio_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cuewright/audio"
)

func ExampleSegments() {
	ctx := context.Background()
	r, err := audio.Open(ctx, "../testdata/sample/audio.wav")
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	frames, err := audio.Analyze(ctx, r)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(frames.Len(), "frames,", frames.Duration().Round(time.Millisecond))
	for _, s := range audio.Segments(frames, audio.DefaultSegmentOptions())[:3] {
		fmt.Println(s.Start, "to", s.End)
	}
	// Output:
	// 8876 frames, 1m28.76s
	// 620ms to 1.73s
	// 2.15s to 5.46s
	// 5.9s to 10.85s
}

package check

import (
	"testing"
	"time"

	"cuewright/align"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
	"cuewright/testdata/race"
)

// TestHeardInPlace: words of any number are heard where they are said, and nowhere else.
func TestHeardInPlace(t *testing.T) {
	race.Skip(t, race.Slow)
	e, err := sampleEpisode()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Tolerance: DefaultTolerance, Preset: subtitles.DefaultPreset(), Align: align.DefaultOptions()}
	in := Input{Cues: e.cues, Frames: e.frames}
	checkerOf := func(in Input) *checker {
		words, script, err := captionWords(in.Cues)
		if err != nil {
			t.Fatal(err)
		}
		c := newChecker(in, o, words)
		if err := c.hearRecording(t.Context(), script); err != nil {
			t.Fatal(err)
		}
		return c
	}
	found := checkerOf(in).found
	for _, most := range []int{1, 3} { // words of a cue
		in.Cues = nil
		for i, w := range found {
			if !w.spoken {
				continue
			}
			if k := len(in.Cues) - 1; k >= 0 && len(in.Cues[k].Lines[0].Words) < most && w.sentence == found[i-1].sentence {
				cue := &in.Cues[k]
				cue.Lines[0].Words, cue.End = append(cue.Lines[0].Words, format.Word{Segment: w.Segment, Text: w.text}), w.End
			} else {
				words := []format.Word{{Segment: w.Segment, Text: w.text}}
				in.Cues = append(in.Cues, format.Cue{Segment: w.Segment, Confidence: 1, Lines: []format.Line{{Words: words}}})
			}
		}
		c := checkerOf(in)
		for _, off := range []time.Duration{0, -700 * time.Millisecond, 1400 * time.Millisecond} {
			n, all := 0, 0
			for i := 1; i < len(in.Cues); i += 6 {
				was := in.Cues[i].Segment
				in.Cues[i].Start, in.Cues[i].End = was.Start+off, was.End+off
				ok, err := c.heardInPlace(t.Context(), i)
				if err != nil {
					t.Fatal(err)
				}
				if all++; ok {
					n++
				}
				in.Cues[i].Segment = was
			}
			if off == 0 && 2*n < all || off != 0 && n > 0 {
				t.Errorf("%d of %d cues of up to %d words are heard where they stand, off by %v", n, all, most, off)
			}
		}
	}
}

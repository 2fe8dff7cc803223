package subtitles

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

func TestRetime(t *testing.T) {
	ms := time.Millisecond
	seg := func(start, end time.Duration) audio.Segment { return audio.Segment{Start: start * ms, End: end * ms} }
	cues := []format.Cue{
		{Segment: seg(0, 1000), Lines: []format.Line{{Words: []format.Word{{Text: "one"}}}}},
		{Segment: seg(1000, 3000), Lines: []format.Line{{Words: []format.Word{{Text: "two", Segment: seg(1000, 2000)},
			{Text: "three", Segment: seg(2000, 3000)}}}}},
	}
	for _, tt := range []struct {
		stretch float64
		shift   time.Duration
		want    string // cues, then the times of their words
		dropped int
	}{
		{1, 0, "0-1000 0-0, 1000-3000 1000-2000 2000-3000", 0},
		{1, 500, "500-1500 0-0, 1500-3500 1500-2500 2500-3500", 0},
		{2, -1000, "0-1000 0-0, 1000-5000 1000-3000 3000-5000", 0},
		{1, -1500, "0-1500 0-500 500-1500", 1},
		{0.5, -1500, "", 2},
	} {
		kept, dropped := Retime(cues, tt.stretch, tt.shift*ms)
		var got []string
		for _, c := range kept {
			s := fmt.Sprintf("%d-%d", c.Start/ms, c.End/ms)
			for _, w := range c.Lines[0].Words {
				s += fmt.Sprintf(" %d-%d", w.Start/ms, w.End/ms)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, ", "); s != tt.want || dropped != tt.dropped {
			t.Errorf("*%v %+v ms: %s and %d dropped, want %s and %d", tt.stretch, int64(tt.shift), s, dropped,
				tt.want, tt.dropped)
		}
	}
	if cues[1].Start != time.Second || !cues[1].HasWordTimes() || cues[0].HasWordTimes() {
		t.Error("the cues given were changed")
	}
}

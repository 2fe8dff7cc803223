package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// TestRounded: times that a file rounds down to seconds are no fault of its, and hide none.
func TestRounded(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var truth []format.Cue
	at := 10 * time.Second
	for i := range 60 {
		var c format.Cue
		c.Start = at
		at += 2*time.Second + time.Duration(random.IntN(4000))*time.Millisecond
		c.End = at - 100*time.Millisecond
		c.Confidence = 1
		for k := range 6 {
			c.Lines = append(c.Lines, format.Line{Words: []format.Word{{Text: fmt.Sprintf("%c%c", 'a'+i%26, 'a'+(i/26+5*k)%26)}}})
		}
		truth = append(truth, c)
	}
	reference, err := ReferenceOfCues(truth)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name        string
		late        func(i int) time.Duration
		shared      bool // most cues have no times of their own
		want        string
		least, most float64 // the error of what is found, in seconds
	}{
		{name: "as written"},
		{name: "late", late: func(int) time.Duration { return 1500 * time.Millisecond }, want: "offset", least: 1.35, most: 1.65},
		{name: "early", late: func(int) time.Duration { return -2 * time.Second }, want: "offset", least: -2.15, most: -1.85},
		{name: "slow", late: func(i int) time.Duration { return time.Duration(i) * 200 * time.Millisecond },
			want: "drift", least: -1, most: 1},
		{name: "one moved", late: func(i int) time.Duration { return map[bool]time.Duration{i == 30: 2 * time.Second}[true] },
			want: "misplaced", least: 1.4, most: 2.6},
		{name: "no times", late: func(i int) time.Duration { return map[bool]time.Duration{i%2 == 1: 1700 * time.Millisecond}[true] },
			shared: true},
	} {
		cues := make([]format.Cue, len(truth))
		for i, c := range truth {
			if tt.late != nil {
				c.Start += tt.late(i)
			}
			c.Start, c.Unit = c.Start.Truncate(time.Second), time.Second
			c.End = c.Start + 2*time.Second
			c.Shared = tt.shared && i%2 == 1
			cues[i] = c
		}
		preset, err := subtitles.PresetNamed("youtube")
		if err != nil {
			t.Fatal(err)
		}
		r, err := Check(context.Background(), Input{Cues: cues, Reference: reference},
			Options{Tolerance: DefaultTolerance, Preset: preset})
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range r.Findings {
			found = append(found, string(f.Kind))
			if e := f.Error; e == nil || e.Seconds() < tt.least || e.Seconds() > tt.most {
				t.Errorf("%s: %+v", tt.name, f)
			}
		}
		if got := strings.Join(found, " "); got != tt.want {
			t.Errorf("%s: found %q, want %q", tt.name, got, tt.want)
		}
	}
}

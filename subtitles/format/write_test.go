package format

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
)

func TestWriteRefuses(t *testing.T) {
	cue := func(start, end time.Duration) Cue {
		return Cue{Segment: audio.Segment{Start: start, End: end}, Lines: []Line{{Words: []Word{{Text: "Hello"}}}}}
	}
	for _, tt := range []struct {
		name, format string
		cues         []Cue
		want         string
	}{
		{"unknown format", "doc", []Cue{cue(0, 1e9)}, "unknown caption format"},
		{"no cues", "vtt", nil, "there are no cues"},
		{"no cues", "srt", []Cue{{Segment: audio.Segment{End: 1e9}}}, "there are no cues"},
		{"end before start", "vtt", []Cue{cue(0, 1e9), cue(2e9, 1e9)}, "cue 2: it runs from 2s to 1s"},
		{"no time", "vtt", []Cue{cue(1e9, 1e9+1e5)}, "cue 1: it runs"},
		{"before zero", "srt", []Cue{cue(-1e9, 1e9)}, "cue 1: it runs"},
	} {
		if err := Write(&bytes.Buffer{}, tt.format, tt.cues, Options{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestWriteSortsAndRounds(t *testing.T) {
	cues := []Cue{
		{Segment: audio.Segment{Start: 2*time.Second + 400*time.Microsecond, End: 100 * time.Hour},
			Lines: []Line{{Words: []Word{{Text: "last"}}}}},
		{Segment: audio.Segment{Start: 999600 * time.Microsecond, End: 2 * time.Second},
			Lines: []Line{{Words: []Word{{Text: "two\n\nlines\x00"}}}, {}}},
	}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\ntwo lines\n\n2\n00:00:02.000 --> 100:00:00.000\nlast\n"},
		{"srt", "1\n00:00:01,000 --> 00:00:02,000\ntwo lines\n\n2\n00:00:02,000 --> 100:00:00,000\nlast\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{}); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

// TestWriteGlued: what is glued stays so where a format joins lines.
func TestWriteGlued(t *testing.T) {
	cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{
		{Words: []Word{{Text: "They"}, {Text: "came—"}}}, {Words: []Word{{Text: "here", Glued: true}, {Text: "too."}}},
	}}}
	for _, tt := range [][2]string{{"json", `"They came—here too."`}, {"srt", "\nThey came—\nhere too.\n"},
		{"ass", `They came—\Nhere too.`}} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{}); err != nil || !strings.Contains(b.String(), tt[1]) {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

func TestWriteRightToLeft(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{{"Hello", false}, {"«שלום» 14", true}, {"14 كان البحر", true}, {"OK שלום", false}, {"14", false}} {
		cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{{Words: []Word{{Text: tt.text}}}}}}
		var b bytes.Buffer
		if err := Write(&b, "ttml", cues, Options{}); err != nil ||
			strings.Contains(b.String(), ` tts:direction="rtl"`) != tt.want ||
			!strings.Contains(b.String(), ">"+tt.text+"<") {
			t.Errorf("%s: %v\n%s", tt.text, err, b.String())
		}
	}
}

func TestWriteTwoSpeakers(t *testing.T) {
	line := func(speaker, text string) Line {
		return Line{Speaker: speaker, Words: []Word{{Text: text}}}
	}
	cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{line("Ann", "Yes?"), line("Bob", "No!")}}}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n<v Ann>Yes?</v>\n<v Bob>No!</v>\n"},
		{"srt", "1\n00:00:00,000 --> 00:00:01,000\n-Yes?\n-No!\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{Label: DashLabel}); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

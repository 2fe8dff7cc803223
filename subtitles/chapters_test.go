package subtitles

import (
	"bytes"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// TestWriteChapters: a chapter lasts until the next one, and the last one to the end of the recording; without any a file is
// one all the same.
func TestWriteChapters(t *testing.T) {
	two := []align.Chapter{{Start: 1500 * time.Millisecond, Title: "The ferry & <Bo>"}, {Start: time.Hour, Title: " The\nlamp "}}
	for _, tt := range []struct {
		format   string
		chapters []align.Chapter
		want     string
	}{
		{"chapters.vtt", two, "WEBVTT\n\n1\n00:00:01.500 --> 01:00:00.000\nThe ferry &amp; &lt;Bo&gt;\n\n2\n01:00:00.000 --> 01:30:00.000\nThe lamp\n"},
		{"chapters.json", two, "{\n \"version\": \"1.2.0\",\n \"chapters\": [\n  {\n   \"startTime\": 1.500,\n   \"title\": \"The ferry & <Bo>\"\n  },\n" +
			"  {\n   \"startTime\": 3600.000,\n   \"title\": \"The lamp\"\n  }\n ]\n}\n"},
		{"chapters.vtt", nil, "WEBVTT\n"},
		{"chapters.json", nil, "{\n \"version\": \"1.2.0\",\n \"chapters\": []\n}\n"},
	} {
		a := &align.Alignment{Segment: audio.Segment{End: 90 * time.Minute}, Chapters: tt.chapters}
		var b bytes.Buffer
		if err := Write(&b, tt.format, Captions{Alignment: a}); err != nil || b.String() != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.format, err, b.String(), tt.want)
		}
	}
}

// TestRetimeMisfits: the place of a word moves with the others, in a copy.
func TestRetimeMisfits(t *testing.T) {
	a := &align.Alignment{Segment: audio.Segment{End: time.Minute}, Misfits: []align.Misfit{{Text: "a", Count: 1, Start: time.Second}}}
	got, _ := RetimeAlignment(a, 2, 3*time.Second)
	if want := (align.Misfit{Text: "a", Count: 1, Start: 5 * time.Second}); len(got.Misfits) != 1 || got.Misfits[0] != want {
		t.Errorf("%v, want %v", got.Misfits, want)
	}
	if a.Misfits[0].Start != time.Second {
		t.Error("the alignment given was changed")
	}
}

// TestRetimeChapters: of chapters that would begin before 0, the last one begins there.
func TestRetimeChapters(t *testing.T) {
	a := &align.Alignment{Segment: audio.Segment{End: time.Minute}, Chapters: []align.Chapter{{Start: time.Second, Title: "a"},
		{Start: 2 * time.Second, Title: "b"}, {Start: 20 * time.Second, Title: "c"}}}
	for _, tt := range []struct {
		shift time.Duration
		want  []align.Chapter
	}{
		{time.Second, []align.Chapter{
			{Start: 2 * time.Second, Title: "a"}, {Start: 3 * time.Second, Title: "b"}, {Start: 21 * time.Second, Title: "c"},
		}},
		{-5 * time.Second, []align.Chapter{{Start: 0, Title: "b"}, {Start: 15 * time.Second, Title: "c"}}},
	} {
		got, _ := RetimeAlignment(a, 1, tt.shift)
		if len(got.Chapters) != len(tt.want) {
			t.Errorf("%v: %v", tt.shift, got.Chapters)
			continue
		}
		for i, c := range got.Chapters {
			if c != tt.want[i] {
				t.Errorf("%v: %v, want %v", tt.shift, c, tt.want[i])
			}
		}
	}
}

package subtitles

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// TestTableSurvives: a table that is written is read, by what it holds, as cues with the same times to the millisecond,
// the same speakers and the same words.
func TestTableSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cues []format.Cue
		var want []string
		at := time.Duration(0)
		names := []string{""} // a row without a name goes on with the one above
		if rapid.Bool().Draw(t, "named") {
			names = []string{"Ann", "Bo, the “keeper”", "-Dé"}
		}
		for range rapid.IntRange(1, 6).Draw(t, "cues") {
			at += time.Duration(rapid.Int64Range(1, 2_000_000).Draw(t, "later")) * time.Millisecond
			long := time.Duration(rapid.Int64Range(1, 9000).Draw(t, "length")) * time.Millisecond
			l := format.Line{Speaker: rapid.SampledFrom(names).Draw(t, "speaker")}
			for _, text := range rapid.SliceOfN(rapid.SampledFrom([]string{"fog,", "=1+1", "-so", "@noon", `"lit"`, "灯台", "7", "12:30", "a;b|c"}), 1, 5).
				Draw(t, "words") {
				l.Words = append(l.Words, format.Word{Text: text})
			}
			if rapid.IntRange(0, 4).Draw(t, "sound") == 0 {
				l = format.Line{Sound: true, Words: []format.Word{{Text: "[bell rings]"}}}
			}
			c := format.Cue{Segment: audio.Segment{Start: at, End: at + long}, Lines: []format.Line{l}}
			at = c.End
			cues = append(cues, c)
			want = append(want, format.Clock(c.Start, ".", 3)+" "+format.Clock(c.End, ".", 3)+" "+l.Speaker+": "+l.Text())
		}
		var b bytes.Buffer
		if err := Write(&b, "csv", Captions{Cues: cues}); err != nil {
			t.Fatal(err)
		}
		text, _, err := format.DecodeAs(b.Bytes(), "")
		if err != nil {
			t.Fatal(err)
		}
		got, err := readNamed("a.csv", text)
		if err != nil {
			t.Fatalf("%v of\n%s", err, b.String())
		}
		var read []string
		for _, c := range got {
			read = append(read, format.Clock(c.Start, ".", 3)+" "+format.Clock(c.End, ".", 3)+" "+c.Speaker()+": "+c.Text())
		}
		if d := cmp.Diff(want, read); d != "" {
			t.Fatalf("-written +read\n%s\n%s", d, b.String())
		}
	})
}

// TestRowsWithoutTimes: what has no time in a table is left out of its cues with a warning of its line; a direction of a
// transcript to read is text outside of cues.
func TestRowsWithoutTimes(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"start,end,speaker,text\n1,3,Ann,The lamp is lit.\n,,Bo,I saw it.\n4,6,Ann,Good night.\n7,9,Bo,Good night.\n",
			"3 LeftOut it has no time: give it one"},
		{"Ann [0:01]\nThe lamp is lit.\n\n[bell rings]\n\nBo [0:05]\nI saw it too.\n\nAnn [0:09]\nGood night.\n",
			"4 Hidden text outside of cues, which players don't show: it is left out"},
	} {
		f, err := ReadFile("", tt.text)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		for _, w := range f.Warnings {
			got += fmt.Sprintf("%d %s %s", w.Number, map[format.WarningKind]string{format.LeftOut: "LeftOut", format.Hidden: "Hidden"}[w.Kind], w.Text)
		}
		if got != tt.want || len(f.Cues) != 3 {
			t.Errorf("%d cues, %q\nwant %q", len(f.Cues), got, tt.want)
		}
	}
}

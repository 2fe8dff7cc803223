package format

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/subtitles/format/ebustl"
)

// TestSTLSurvives: subtitles keep their text, their colours, their edge of the screen and, to the frame, their times; at
// any rate that a file can have.
func TestSTLSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cues := drawGridCues(t, "♪ñÄ“?ğł$#", 0)
		rate := FrameRate{rapid.SampledFrom([]int64{25, 30}).Draw(t, "rate"), 1}
		text, warnings := writtenCues(t, "stl", cues, Options{FrameRate: rate})
		if kind := Detect("captions", text); kind != "stl" {
			t.Fatalf("taken for %q", kind)
		}
		got, err := Read("stl", text)
		if err != nil || len(got.Warnings)+len(warnings)+len(got.Notes) > 0 || len(got.Cues) != len(cues) {
			t.Fatalf("%v, %v, %v, %d cues", err, got.Warnings, warnings, len(got.Cues))
		}
		frame := rate.Time(1)
		for i, c := range cues {
			g := got.Cues[i]
			if (c.Start-g.Start).Abs() > frame || (c.End-g.End).Abs() > frame {
				t.Fatalf("cue %d is at %v, want %v", i, g.Segment, c.Segment)
			}
			for _, a := range []Attribute{Colors, Alignments} {
				if !sameValue(a, valueOf(a, c), valueOf(a, g)) {
					t.Fatalf("cue %d has the %s %s, want %s", i, a, valueOf(a, g), valueOf(a, c))
				}
			}
			wide := slices.ContainsFunc(g.Lines, func(l Line) bool { return Columns(l.Text()) > ebustl.MaxColumns })
			if wide || len(g.Lines) > 4 || g.Number != i+1 {
				t.Fatalf("cue %d, number %d, has the lines %v", i, g.Number, g.Lines)
			}
		}
	})
}

// TestSTLTables: a text is written in the table that has most of its characters, and read with these.
func TestSTLTables(t *testing.T) {
	for _, c := range []struct{ text, table, want, warn string }{
		{"Fog, Zoë — “so” Ł ♪", "00", "Fog, Zoë — “so” Ł ♪", ""},
		{"Шлюпка ушла — да", "01", "Шлюпка ушла - да", "1 character that EBU STL lacks was replaced by the nearest: —"},
		{"عاصفة", "02", "عاصفة", ""},
		{"Ομίχλη στο λιμάνι, Zoe", "03", "Ομίχλη στο λιμάνι, Zoe", ""},
		{"ערפל בנמל", "04", "ערפל בנמל", ""},
		{"Zoe saw a lot of fog over the harbour: Ж", "01", "Zoe saw a lot of fog over the harbour: Ж", ""},
		{"Wait… 5 €", "00", "Wait... 5 EUR", "2 characters that EBU STL lacks were replaced by the nearest: … €"},
		{"lighthouse, ships and fog: ſ", "00", "lighthouse, ships and fog: s", "1 character that EBU STL lacks was replaced by the nearest: ſ"},
	} {
		text, warnings := writtenCues(t, "stl", []Cue{cueOf(1000, 2000, "|"+c.text)}, Options{})
		got, err := Read("stl", text)
		if err != nil || text[12:14] != c.table || got.Cues[0].Text() != c.want || strings.Join(warnings, "\n") != c.warn {
			t.Errorf("%s: %v, table %s, %q, %q; want %s, %q, %q", c.text, err, text[12:14], got.Cues[0].Text(), warnings, c.table, c.want, c.warn)
		}
	}
	err := Write(&bytes.Buffer{}, "stl", []Cue{cueOf(1000, 2000, "|灯台守")}, Options{})
	if want := "EBU STL has no Han letters, such as "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestReadSTL: subtitles of others.
func TestReadSTL(t *testing.T) {
	subtitle := func(start, end int64, text string, comment bool) ebustl.Subtitle {
		s := ebustl.Subtitle{Start: start, End: end, Row: 22, Justification: ebustl.Centered, Comment: comment}
		for line := range strings.SplitSeq(text, "|") {
			var row []ebustl.Cell
			for _, r := range line {
				row = append(row, ebustl.Cell{Text: string(r), Color: ebustl.White})
			}
			s.Rows = append(s.Rows, row)
		}
		return s
	}
	const hour = 3600 * 25
	for _, c := range []struct {
		name   string
		start  int64
		change func(data []byte)
		want   string
		warn   string
	}{
		{"times of the programme", 10 * hour, func([]byte) {}, "1000-2000||Fog||ahead\n3000-4000||No\n", ""},
		{"one before it", 10*hour + 30, func([]byte) {}, "36001000-36002000||Fog||ahead\n36003000-36004000||No\n", ""},
		{"no time", 10 * hour, func(d []byte) { d[1024+6] = 77 }, "0-0||Fog||ahead\n3000-4000||No\n", "the times of the subtitle can't be read"},
		{"it ends before it starts", 10 * hour, func(d []byte) { d[1024+11] = 1 }, "1000-1000||Fog||ahead\n3000-4000||No\n", "the cue doesn't end"},
		{"a comment", 10 * hour, func(d []byte) { d[1024+15] = 1 }, "3000-4000||No\n", ""},
		{"the count of 23.976", 0, func(d []byte) { d[6], d[7] = '2', '3' }, "36001000-36002000||Fog||ahead\n36003000-36004000||No\n", ""},
	} {
		f := &ebustl.File{Rate: 25, Start: c.start, Subtitles: []ebustl.Subtitle{
			subtitle(10*hour+25, 10*hour+50, "Fog|ahead", false), subtitle(10*hour+75, 10*hour+100, "No", false)}}
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if c.change(data); c.start > 0 {
			copy(data[256:264], "10000000")
		}
		if c.start%hour > 0 {
			copy(data[256:264], "10000105")
		}
		text, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read("stl", text)
		warned := len(got.Warnings) == 1 && strings.HasPrefix(got.Warnings[0].Text, c.warn)
		if drawn := drawnCues(got.Cues); err != nil || drawn != c.want || warned != (c.warn != "") {
			t.Errorf("%s: %v, %v\n%swant\n%s", c.name, err, got.Warnings, drawn, c.want)
		}
	}
	if _, err := Read("stl", "solid lighthouse\nfacet normal 0 0 0\n"); err == nil {
		t.Error("another kind of .stl is read")
	}
	text, _ := writtenCues(t, "stl", []Cue{cueOf(1000, 2000, "|Fog"), cueOf(3000, 4000, "|Rain")}, Options{})
	f, err := Read("stl", text[:len(text)-60])
	if err == nil || !strings.Contains(err.Error(), "subtitle 2: ") || len(f.Cues) != 1 {
		t.Errorf("%v, %d cues of a file that was cut off", err, len(f.Cues))
	}
}

// TestSTLAnyTimes: cues of any lengths and overlaps become subtitles that follow each other.
func TestSTLAnyTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cues := drawGridCues(t, "ñ", 0)
		for i := range cues {
			cues[i].Start -= min(cues[i].Start, time.Duration(rapid.IntRange(0, 900).Draw(t, "earlier"))*time.Millisecond)
		}
		text, _ := writtenCues(t, "stl", cues, Options{})
		got, err := Read("stl", text)
		if err != nil || len(got.Warnings) > 0 {
			t.Fatal(err, got.Warnings)
		}
		end := time.Duration(0)
		for _, c := range got.Cues {
			if c.Start < end {
				t.Fatalf("%v overlaps the one before", c.Segment)
			}
			end = c.End
		}
	})
}

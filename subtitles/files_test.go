package subtitles

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// lighthouse is a small episode of our own words with what is awkward: markup in
// the text, a pause, music, a name with a reserved character, an unspoken
// sentence.
func lighthouse() *align.Alignment {
	a := said("en", normal,
		"Ann Petrie: Good evening, and welcome to the lighthouse. Tonight <b>we</b> ask who --> kept the lamp & why.",
		"R&D <Bob>: ____ The keeper did, of course, until the storm of Feb. 24, 1953, when nobody could reach the island for nine days— +nine of them~—. He never spoke of it again. {\\an8} isn’t markup &amp; neither is this.",
		"Ann Petrie: "+strings.Repeat("_", 80)+" Thank you.")
	for i := range a.Turns {
		t := &a.Turns[i]
		for k := range t.Sentences {
			s := &t.Sentences[k]
			s.Start, s.End = s.Words[0].Start, s.Words[len(s.Words)-1].End
		}
		t.Start, t.End = t.Sentences[0].Start, t.Sentences[len(t.Sentences)-1].End
	}
	s := &a.Turns[1].Sentences[1]
	s.Spoken, s.End = false, s.Start
	for i := range s.Words {
		s.Words[i].Spoken, s.Words[i].Segment = false, audio.Segment{Start: s.Start, End: s.Start}
	}
	end := a.Turns[1].End
	a.Directions = []align.Direction{{Segment: audio.Segment{Start: end, End: end + 7*time.Second}, Kind: transcript.Music, Text: "THEME MUSIC"}}
	a.Speech = []audio.Segment{{Start: a.Turns[0].Start, End: end}, {Start: a.Turns[2].Start, End: a.Turns[2].End}}
	a.Unscripted = []align.Unscripted{{Segment: a.Directions[0].Segment, Kind: align.UnscriptedMusic}}
	return a
}

// TestWriteGolden holds each format to testdata/golden.<format>.
func TestWriteGolden(t *testing.T) {
	for _, f := range Formats() {
		name := f[0]
		p := preset(t, "podcast", name)
		a := lighthouse()
		c := Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Words: true, Lang: "en", Alignment: a}
		var b bytes.Buffer
		if err := Write(&b, name, c); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden := filepath.Join("testdata", "golden."+name)
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), b.String()); d != "" {
			t.Errorf("%s (-want +got; go test ./subtitles -update rewrites it)\n%s", golden, d)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	cue := func(start, end time.Duration) Cue {
		return Cue{Segment: audio.Segment{Start: start, End: end}, Lines: []Line{{Words: []align.Word{{Text: "Hello"}}}}}
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
		if err := Write(&bytes.Buffer{}, tt.format, Captions{Cues: tt.cues}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestWriteSortsAndRounds(t *testing.T) {
	c := Captions{Cues: []Cue{
		{Segment: audio.Segment{Start: 2*time.Second + 400*time.Microsecond, End: 100 * time.Hour}, Lines: []Line{{Words: []align.Word{{Text: "last"}}}}},
		{Segment: audio.Segment{Start: 999600 * time.Microsecond, End: 2 * time.Second}, Lines: []Line{{Words: []align.Word{{Text: "two\n\nlines\x00"}}}, {}}},
	}}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\ntwo lines\n\n2\n00:00:02.000 --> 100:00:00.000\nlast\n"},
		{"srt", "1\n00:00:01,000 --> 00:00:02,000\ntwo lines\n\n2\n00:00:02,000 --> 100:00:00,000\nlast\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], c); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

// TestWriteGlued: what is glued stays so where a format joins lines.
func TestWriteGlued(t *testing.T) {
	c := Captions{Cues: []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{
		{Words: []align.Word{{Text: "They"}, {Text: "came—"}}}, {Words: []align.Word{{Text: "here", Glued: true}, {Text: "too."}}},
	}}}}
	for _, tt := range [][2]string{{"json", `"They came—here too."`}, {"srt", "\nThey came—\nhere too.\n"}, {"ass", `They came—\Nhere too.`}} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], c); err != nil || !strings.Contains(b.String(), tt[1]) {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

func TestWriteRightToLeft(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{{"Hello", false}, {"«שלום» 14", true}, {"14 كان البحر", true}, {"OK שלום", false}, {"14", false}} {
		c := Captions{Cues: []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{{Words: []align.Word{{Text: tt.text}}}}}}}
		var b bytes.Buffer
		if err := Write(&b, "ttml", c); err != nil || strings.Contains(b.String(), ` tts:direction="rtl"`) != tt.want || !strings.Contains(b.String(), ">"+tt.text+"<") {
			t.Errorf("%s: %v\n%s", tt.text, err, b.String())
		}
	}
}

func TestWriteTwoSpeakers(t *testing.T) {
	line := func(speaker, text string) Line {
		return Line{Speaker: speaker, Words: []align.Word{{Text: text}}}
	}
	c := Captions{Preset: preset(t, "netflix", "srt"), Cues: []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{line("Ann", "Yes?"), line("Bob", "No!")}}}}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n<v Ann>Yes?</v>\n<v Bob>No!</v>\n"},
		{"srt", "1\n00:00:00,000 --> 00:00:01,000\n-Yes?\n-No!\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], c); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

// ofFile is what a caption file keeps of cues: the text of their lines, and in
// WebVTT the speakers.
func ofFile(cues []Cue, p Preset, voices bool) [][]string {
	var all [][]string
	for i, c := range cues {
		lines := []string{clock(c.Start, ".", 3) + " " + clock(c.End, ".", 3)}
		for _, text := range p.texts(cues, i) {
			if voices {
				text = c.Lines[0].Speaker + ": " + text
			}
			lines = append(lines, text)
		}
		all = append(all, lines)
	}
	return all
}

func TestCuesSurviveAFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAlignment(t)
		format := rapid.SampledFrom([]string{"vtt", "srt"}).Draw(t, "format")
		p := rapid.SampledFrom(Presets()).Draw(t, "preset").For(format)
		words := rapid.Bool().Draw(t, "times")
		cues := Layout(a, p, LayoutOptions{})
		if len(cues) == 0 {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, format, Captions{Cues: cues, Preset: p, Words: words}); err != nil {
			t.Fatal(err)
		}
		file := b.String()
		got, err := Read(&b, "a."+format)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		voices := format == "vtt"
		if d := cmp.Diff(ofFile(cues, p, voices), ofFile(got, Preset{}, voices)); d != "" {
			t.Fatalf("-written +read\n%s\n%s", d, file)
		}
		if !voices || !words {
			return
		}
		for i, c := range cues {
			var last time.Duration
			for k, l := range c.Lines {
				read := map[int]align.Word{} // by where they stand in the line
				for n, w := range got[i].Lines[k].Words {
					read[len(Line{Words: got[i].Lines[k].Words[:n+1]}.Text())-len(w.Text)] = w
				}
				for n, w := range l.Words {
					back, ok := read[len(Line{Words: l.Words[:n+1]}.Text())-len(w.Text)]
					if at := wholeMillis(w.Start); at > max(c.Start, last) && at < c.End && !l.Sound {
						if !ok || back.Start != at || n > 0 && back.Glued != w.Glued {
							t.Fatalf("cue %d: %q at %v, read %+v\n%s", i, w.Text, at, back, file)
						}
						last = at
					}
				}
			}
		}
	})
}

func TestRead(t *testing.T) {
	ms := time.Millisecond
	cue := func(start, end time.Duration, lines ...string) Cue {
		c := Cue{Segment: audio.Segment{Start: start * ms, End: end * ms}}
		for _, text := range lines {
			l := Line{Sound: text[0] == '[' || strings.HasSuffix(text, "]")}
			if speaker, rest, ok := strings.Cut(text, "|"); ok {
				l.Speaker, text = speaker, rest
			}
			for _, w := range strings.Fields(text) {
				text, glued := strings.CutPrefix(strings.ReplaceAll(w, "~", " "), "+")
				l.Words = append(l.Words, align.Word{Text: text, Glued: glued})
			}
			if l.Sound {
				l.Words = []align.Word{{Text: text}}
			}
			c.Lines = append(c.Lines, l)
		}
		return c
	}
	for _, tt := range []struct {
		name, file, text string
		want             []Cue
	}{
		{"plain", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello you\n", []Cue{cue(1000, 2000, "Hello you")}},
		{"no extension", "captions", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", []Cue{cue(1000, 2000, "Hello")}},
		{"byte order mark and CRLF", "a.srt", "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\nyou\r\n\r\n", []Cue{cue(1000, 2000, "Hello", "you")}},
		{"CR", "a.srt", "1\r00:00:01,000 --> 00:00:02,000\rHello\r\r", []Cue{cue(1000, 2000, "Hello")}},
		{"UTF-16", "a.srt", "\xff\xfe1\x00\n\x000\x00:\x000\x00:\x001\x00,\x005\x00-\x00-\x00>\x000\x00:\x000\x00:\x002\x00\n\x00\xe9\x00", []Cue{cue(1500, 2000, "é")}},
		{"Latin-1", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nd\xe9j\xe0 vu\n", []Cue{cue(1000, 2000, "déjà vu")}},
		{"voices", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ann>Yes <i>I</i> do</v> no\n<v Bob>So?\nI\n", []Cue{cue(1000, 2000, "Ann|Yes I do", "no", "Bob|So?", "Bob|I")}},
		{"a voice with reserved characters", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v R&amp;D a/b=\"c>Yes\n", []Cue{cue(1000, 2000, "R&D a/b=\"c|Yes")}},
		{"two voices in a line", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes <v Bob>No\n", []Cue{cue(1000, 2000, "Ann|Yes", "Bob|No")}},
		{"entities", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\na &lt;b&gt; &amp;gt; &quot;c&quot;\n", []Cue{cue(1000, 2000, `a <b> &gt; "c"`)}},
		{"no entities in srt", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nAT&amp;T < 3\n", []Cue{cue(1000, 2000, "AT&amp;T < 3")}},
		{"markup in srt", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Hello</i> <font color=\"red\">you</font> <laughs>\n", []Cue{cue(1000, 2000, "Hello you <laughs>")}},
		{"text that looks like a block", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE this\nSTYLE\nRegion: x\n", []Cue{cue(1000, 2000, "NOTE this", "STYLE", "Region: x")}},
		{"blocks that are no cues", "a.vtt", "WEBVTT - a title\nKind: captions\n\nNOTE\nnot this\n\nSTYLE\n::cue { color: red }\n\nid 7\n00:01.000 --> 00:02.000 align:start line:0\nHello\n", []Cue{cue(1000, 2000, "Hello")}},
		{"numbers as text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n43\n", []Cue{cue(1000, 2000, "42"), cue(3000, 4000, "43")}},
		{"an empty line within", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n\nyou\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n", []Cue{cue(1000, 2000, "Hello", "you"), cue(3000, 4000, "Bye")}},
		{"no empty line between", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n2\n00:00:03,000 --> 00:00:04,000\nBye", []Cue{cue(1000, 2000, "Hello"), cue(3000, 4000, "Bye")}},
		{"unsorted and overlapping", "a.srt", "1\n00:00:03,000 --> 00:00:05,000\nB\n\n2\n00:00:01,000 --> 00:00:04,000\nA\n", []Cue{cue(3000, 5000, "B"), cue(1000, 4000, "A")}},
		{"an arrow in the text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\ngo --> there\n", []Cue{cue(1000, 2000, "go --> there")}},
		{"stamps within words", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nhere—<00:01.500>and<00:02.000> now<00:02.100> <00:02.200>on\n", []Cue{cue(1000, 3000, "here— +and now on")}},
		{"a line without a space to the next", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhere—\nand\n\n00:02.000 --> 00:03.000\n灯台守は\n海を\n\n00:04.000 --> 00:05.000\nhere —\nand—\nBut\n", []Cue{cue(1000, 2000, "here—", "+and"), cue(2000, 3000, "灯台守は", "+海を"), cue(4000, 5000, "here~—", "and—", "But")}},
		{"a sound", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n[theme music]\n", []Cue{cue(1000, 2000, "[theme music]")}},
		{"a sound of two lines", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n[theme\nmusic]\n", []Cue{cue(1000, 2000, "[theme", "music]")}},
		{"a cue of nothing", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nHello", []Cue{cue(1000, 2000), cue(3000, 4000, "Hello")}},
		{"line separators", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\na\u2028b\n", []Cue{cue(1000, 2000, "a b")}},
	} {
		got, err := Read(strings.NewReader(tt.text), tt.file)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if d := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(Cue{}, "Confidence"), cmpopts.IgnoreFields(align.Word{}, "Segment", "Spoken", "Confidence")); d != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, d)
		}
	}
}

func TestReadWordTimes(t *testing.T) {
	got, err := Read(strings.NewReader("WEBVTT\n\n00:01.000 --> 00:03.000\nfour ab <00:00:02.000>cd\n"), "a.vtt")
	if err != nil {
		t.Fatal(err)
	}
	ms := time.Millisecond
	for i, want := range []audio.Segment{{Start: 1000 * ms, End: 1625 * ms}, {Start: 1625 * ms, End: 2000 * ms}, {Start: 2000 * ms, End: 3000 * ms}} {
		if w := got[0].Lines[0].Words[i]; w.Segment != want {
			t.Errorf("%s: %v, want %v", w.Text, w.Segment, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ name, file, text, want string }{
		{"no end", "a.vtt", "WEBVTT\n\n00:00:00.000 -->\nHello\n", "a.vtt: line 3: the times of the cue can't be read"},
		{"no end", "a.srt", "1\n00:00:00,000 --> \nHello\n", "a.srt: line 2: the times of the cue can't be read"},
		{"no start", "a.srt", "1\n00:0x --> 00:00:01,000\nHello\n", "there are no cues"},
		{"end before start", "a.srt", "\n1\n00:00:02,000 --> 00:00:01,000\nHello\n", "a.srt: line 3: the cue doesn't end after it starts"},
		{"a line of 64 KiB", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + strings.Repeat("word ", 20000), "a.srt: line 2: a line of the cue is longer"},
		{"empty", "a.vtt", "", "there are no cues"},
		{"prose", "a.txt", "Once upon a time.", "there are no cues"},
		{"binary", "a.srt", "RIFF\x00\x00\x00\x00", "null characters"},
	} {
		if _, err := Read(strings.NewReader(tt.text), tt.file); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// FuzzRead: what is read can be written, and reads the same again.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"golden.vtt", "golden.srt"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, strings.HasSuffix(name, "vtt"))
	}
	f.Add([]byte("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v a><c.x><00:00:00.500>b</c>&lrm;<v c>d"), true)
	f.Add([]byte("1\n00:00:00.0 --> 0:1:1\n<b>x{\\an8}\n\ny --> z"), false)
	f.Add([]byte("\ufeff1\r\n00:00:05,000 --> 00:00:09,000\r\nlater\r\n\r\n2\r\n00:00:01,000 --> 00:00:08,000\r\nearlier\r\n"), false)
	f.Add([]byte("\xff\xfe1\x00\n\x000\x000\x00:\x000\x000\x00:\x000\x001\x00"), false)
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\nGar\xe7on\n[D\xe9but]\n\xab\xa0non\xa0\xbb\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, vtt bool) {
		name := map[bool]string{true: "vtt", false: "srt"}[vtt]
		cues, err := Read(bytes.NewReader(data), "a."+name)
		if err != nil {
			return
		}
		var b bytes.Buffer
		for _, format := range []string{"TextGrid", "srt"} { // laid out anew
			a, p := FromCues(cues, "en"), preset(t, "netflix", format)
			err := Write(&b, format, Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Alignment: a})
			if err != nil && !errors.Is(err, errNoCues) {
				t.Fatal(err)
			}
		}
		b.Reset()
		p := Preset{}
		if err := Write(&b, name, Captions{Cues: cues, Preset: p, Words: true}); err != nil {
			return
		}
		want, err := checkCues(cues)
		if err != nil {
			t.Fatal(err)
		}
		file := b.String()
		got, err := Read(&b, "b."+name)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		if d := cmp.Diff(ofFile(want, p, false), ofFile(got, p, false)); d != "" {
			t.Fatalf("-want +got\n%s\n%q", d, file)
		}
	})
}

func BenchmarkWriteVTT(b *testing.B) {
	p := preset(b, "youtube", "vtt")
	a := said("en", normal, "Ann: "+strings.Repeat("The keeper said nothing, but he left the lamp burning for those at sea. ", 500))
	c := Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Words: true}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, "vtt", c); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for _, tt := range [][2]string{
		{"a.vtt", "vtt"}, {"dir.x/A.SRT", "srt"}, {"a.json", "json"}, {"a.alignment.json", "alignment.json"}, {"a.textgrid", "TextGrid"}, {"a.doc", ""}, {"vtt", ""},
	} {
		if got, err := FormatOf(tt[0]); got != tt[1] || (err == nil) != (tt[1] != "") {
			t.Errorf("%s: %q, %v", tt[0], got, err)
		}
	}
}

// TestFromCues: cues of a file laid out anew are what they were.
func TestFromCues(t *testing.T) {
	p := preset(t, "youtube", "vtt")
	cues := Layout(said("en", normal, "Ann: Good evening. Who kept the lamp?", "Bob: ____ The keeper did, until the storm of that winter, when nobody could reach the island for nine days."), p, LayoutOptions{})
	var b bytes.Buffer
	if err := Write(&b, "vtt", Captions{Cues: cues, Preset: p}); err != nil {
		t.Fatal(err)
	}
	read, err := Read(&b, "a.vtt")
	if err != nil {
		t.Fatal(err)
	}
	a := FromCues(read, "en")
	if got, want := drawn(Layout(a, p, LayoutOptions{}), p), drawn(cues, p); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if len(a.Turns) != 2 || len(a.Turns[0].Sentences) != 2 || len(a.Turns[1].Sentences) != 1 || a.Turns[1].Speaker != "Bob" {
		t.Errorf("turns %+v", a.Turns)
	}
	two, err := Read(strings.NewReader("1\n00:00:01,000 --> 00:00:04,000\n- Who kept\nthe lamp?\n-Nobody —\n– Why?\n"), "a.srt")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := drawn(Layout(FromCues(two, "en"), p, LayoutOptions{}), p), "- Who kept the lamp?\n-Nobody —\n– Why?"; got != want {
		t.Errorf("two speakers:\n%s\nwant\n%s", got, want)
	}
	if err := Write(&b, "TextGrid", Captions{Cues: read, Alignment: a}); err != nil {
		t.Error(err)
	}
	if err := Write(&b, "txt", Captions{Cues: read}); err == nil {
		t.Error("labels without an alignment")
	}
}

// TestTiersCover: a tier is a row of intervals from 0 to the end that holds every
// word once.
func TestTiersCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAlignment(t)
		_, _, words := tiers(&Captions{Alignment: a})
		at, text := time.Duration(0), ""
		for _, v := range fill(words, a.End) {
			if v.Start != at || v.End <= v.Start {
				t.Fatalf("%v to %v after %v", v.Start, v.End, at)
			}
			at, text = v.End, text+v.text
		}
		if at != a.End {
			t.Fatalf("it ends at %v, not %v", at, a.End)
		}
		want := ""
		for _, w := range words {
			want += w.text
		}
		unspaced := strings.NewReplacer(" ", "")
		if got, want := unspaced.Replace(text), unspaced.Replace(want); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

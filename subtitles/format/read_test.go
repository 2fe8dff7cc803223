package format

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cuewright/audio"
)

// read reads a file as it comes: decoded, and with its format found. A cue
// that is left out is an error.
func read(name, data string) ([]Cue, error) {
	text, err := Decode([]byte(data))
	if err != nil {
		return nil, err
	}
	return readAs(Detect(name, text), []byte(data))
}

func readAs(format string, data []byte) ([]Cue, error) {
	text, err := Decode(data)
	if err != nil {
		return nil, err
	}
	f, err := Read(format, text)
	for _, w := range f.Warnings {
		if w.Kind == LeftOut {
			return f.Cues, w
		}
	}
	return f.Cues, err
}

// texts is what a file of any format keeps of cues: their times and the texts of
// their lines.
func texts(cues []Cue) [][]string {
	var all [][]string
	for _, c := range cues {
		all = append(all, append([]string{Clock(c.Start, ".", 3) + " " + Clock(c.End, ".", 3)}, NoLabel.Texts(c, "")...))
	}
	return all
}

// cueOf returns a cue of these lines from start to end, in milliseconds. A speaker
// stands before |, + opens a word that is glued, ~ is a space within one, and a line in
// square brackets is a sound.
func cueOf(start, end time.Duration, lines ...string) Cue {
	c := Cue{Segment: audio.Segment{Start: start * time.Millisecond, End: end * time.Millisecond}}
	for _, text := range lines {
		l := Line{Sound: text[0] == '[' || strings.HasSuffix(text, "]")}
		if speaker, rest, ok := strings.Cut(text, "|"); ok {
			l.Speaker, text = speaker, rest
		}
		for _, w := range strings.Fields(text) {
			text, glued := strings.CutPrefix(strings.ReplaceAll(w, "~", " "), "+")
			l.Words = append(l.Words, Word{Text: text, Glued: glued})
		}
		if l.Sound {
			l.Words = []Word{{Text: text}}
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

// readCase is a file and the cues that are read of it.
type readCase struct {
	name, file, text string
	want             []Cue
}

func (c readCase) test(t *testing.T) {
	t.Helper()
	got, err := read(c.file, c.text)
	if err != nil {
		t.Errorf("%s: %v", c.name, err)
		return
	}
	if d := cmp.Diff(c.want, got, cmpopts.IgnoreFields(Cue{}, "Confidence", "Number", "ID", "Settings", "Source"),
		cmpopts.IgnoreFields(Line{}, "Number", "Beside", "Class", "Label"), cmpopts.IgnoreFields(Word{}, "Segment", "Confidence", "Look", "Shared")); d != "" {
		t.Errorf("%s (-want +got)\n%s", c.name, d)
	}
}

// TestRead: files of all kinds and how their cues are told apart.
func TestRead(t *testing.T) {
	for _, c := range []readCase{
		{"plain", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello you\n", []Cue{cueOf(1000, 2000, "Hello you")}},
		{"no extension", "captions", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", []Cue{cueOf(1000, 2000, "Hello")}},
		{"byte order mark and CRLF", "a.srt", "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\nyou\r\n\r\n",
			[]Cue{cueOf(1000, 2000, "Hello", "you")}},
		{"CR", "a.srt", "1\r00:00:01,000 --> 00:00:02,000\rHello\r\r", []Cue{cueOf(1000, 2000, "Hello")}},
		{"UTF-16", "a.srt", "\xff\xfe1\x00\n" +
			"\x000\x00:\x000\x00:\x001\x00,\x005\x00-\x00-\x00>\x000\x00:\x000\x00:\x002\x00\n\x00\xe9\x00",
			[]Cue{cueOf(1500, 2000, "é")}},
		{"Latin-1", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nd\xe9j\xe0 vu\n", []Cue{cueOf(1000, 2000, "déjà vu")}},
		{"blocks that are no cues", "a.vtt",
			"WEBVTT - a title\nKind: captions\n\nNOTE\nnot this\n\nSTYLE\n::cue { color: red }\n\nid 7\n" +
				"00:01.000 --> 00:02.000 align:start line:0\nHello\n", []Cue{cueOf(1000, 2000, "Hello")}},
		{"numbers as text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n43\n",
			[]Cue{cueOf(1000, 2000, "42"), cueOf(3000, 4000, "43")}},
		{"an empty line within", "a.srt",
			"1\n00:00:01,000 --> 00:00:02,000\nHello\n\nyou\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n",
			[]Cue{cueOf(1000, 2000, "Hello", "you"), cueOf(3000, 4000, "Bye")}},
		{"no empty line between", "a.srt",
			"1\n00:00:01,000 --> 00:00:02,000\nHello\n2\n00:00:03,000 --> 00:00:04,000\nBye",
			[]Cue{cueOf(1000, 2000, "Hello"), cueOf(3000, 4000, "Bye")}},
		{"unsorted and overlapping", "a.srt",
			"1\n00:00:03,000 --> 00:00:05,000\nB\n\n2\n00:00:01,000 --> 00:00:04,000\nA\n",
			[]Cue{cueOf(3000, 5000, "B"), cueOf(1000, 4000, "A")}},
		{"a cue of nothing", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nHello",
			[]Cue{cueOf(1000, 2000), cueOf(3000, 4000, "Hello")}},
		{"a short arrow", "a.srt", "1\n00:00:01,000 -> 00:00:02,000\nHello\n\n2\n00:00:03,000 —> 00:00:04,000\nyou\n",
			[]Cue{cueOf(1000, 2000, "Hello"), cueOf(3000, 4000, "you")}},
		{"a dash for an arrow", "a.vtt", "WEBVTT\n\n00:01.000 –> 00:02.000\nHello -> you\n",
			[]Cue{cueOf(1000, 2000, "Hello -> you")}},
		{"a damaged byte", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nélé\xe9 òùîç — àèìòù\n",
			[]Cue{cueOf(1000, 2000, "élé\uFFFD òùîç~— àèìòù")}},
		{"a null", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHel\x00lo\n", []Cue{cueOf(1000, 2000, "Hello")}},
		{"a blank line within", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n \nHello\n\t\nyou\n",
			[]Cue{cueOf(1000, 2000, "Hello", "you")}},
		{"text below an empty line", "a.vtt",
			"WEBVTT\n\n00:01.000 --> 00:02.000\n\nHello\n\nyou\n\nid\n00:03.000 --> 00:04.000\nBye\n\n\n\nnobody's\n",
			[]Cue{cueOf(1000, 2000, "Hello", "you"), cueOf(3000, 4000, "Bye")}},
		{"WebVTT by another name", "a.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello &lt;\n",
			[]Cue{cueOf(1000, 2000, "Ann|Hello <")}},
	} {
		c.test(t)
	}
}

// TestReadText: the text of cues.
// TestReadLongLine: a line may have more than the 64 KiB at which bufio.Scanner stops.
func TestReadLongLine(t *testing.T) {
	const words = 20_000
	for _, name := range []string{"vtt", "srt"} {
		text := "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + strings.Repeat("word ", words) + "\n\n00:00:02.000 --> 00:00:03.000\nEnd.\n"
		if name == "srt" {
			text = strings.TrimPrefix(text, "WEBVTT\n\n")
		}
		f, err := Read(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(f.Cues); n != 2 || len(f.Cues[0].Lines[0].Words) != words || f.Cues[1].Text() != "End." {
			t.Errorf("%s: %d cues, the first of %d words", name, n, len(f.Cues[0].Lines[0].Words))
		}
	}
}

func TestReadText(t *testing.T) {
	for _, c := range []readCase{
		{"voices", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ann>Yes <i>I</i> do</v> no\n<v Bob>So?\nI\n",
			[]Cue{cueOf(1000, 2000, "Ann|Yes I do", "no", "Bob|So?", "Bob|I")}},
		{"a voice with reserved characters", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v R&amp;D a/b=\"c>Yes\n",
			[]Cue{cueOf(1000, 2000, "R&D a/b=\"c|Yes")}},
		{"two voices in a line", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes <v Bob>No\n",
			[]Cue{cueOf(1000, 2000, "Ann|Yes", "Bob|No")}},
		{"entities", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\na &lt;b&gt; &amp;gt; &quot;c&quot;\n",
			[]Cue{cueOf(1000, 2000, `a <b> &gt; "c"`)}},
		{"entities in srt", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nAT&amp;T < 3 R&D; &nope;\n",
			[]Cue{cueOf(1000, 2000, "AT&T < 3 R&D; &nope;")}},
		{"markup in srt", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" +
			"{\\an8}<i>Hello</i> <font color=\"red\">you</font> <laughs>\n",
			[]Cue{cueOf(1000, 2000, "Hello you <laughs>")}},
		{"text that looks like a block", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE this\nSTYLE\nRegion: x\n",
			[]Cue{cueOf(1000, 2000, "NOTE this", "STYLE", "Region: x")}},
		{"an arrow in the text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\ngo --> there\n",
			[]Cue{cueOf(1000, 2000, "go --> there")}},
		{"stamps within words", "a.vtt",
			"WEBVTT\n\n00:01.000 --> 00:03.000\nhere—<00:01.500>and<00:02.000> now<00:02.100> <00:02.200>on\n",
			[]Cue{cueOf(1000, 3000, "here— +and now on")}},
		{"a line without a space to the next", "a.vtt",
			"WEBVTT\n\n00:01.000 --> 00:02.000\nhere—\nand\n\n00:02.000 --> 00:03.000\n灯台守は\n海を\n\n" +
				"00:04.000 --> 00:05.000\nhere —\nand—\nBut\n",
			[]Cue{cueOf(1000, 2000, "here—", "+and"), cueOf(2000, 3000, "灯台守は", "+海を"),
				cueOf(4000, 5000, "here~—", "and—", "But")}},
		{"a sound", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n[theme music]\n", []Cue{cueOf(1000, 2000, "[theme music]")}},
		{"a sound of two lines", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n[theme\nmusic]\n",
			[]Cue{cueOf(1000, 2000, "[theme", "music]")}},
		{"times as text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n0:01 -\u2060> 0:02\n",
			[]Cue{cueOf(1000, 2000, "0:01 -> 0:02")}},
		{"a line break", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello<br>you\n",
			[]Cue{cueOf(1000, 2000, "Ann|Hello", "Ann|you")}},
		{"a voice that ends within", "a.vtt",
			"WEBVTT\n\n00:01.000 --> 00:02.000\nHe asked <v Ann>why</v>, <v Bob>when</v>? Yes\n",
			[]Cue{cueOf(1000, 2000, "He asked", "Ann|why,", "Bob|when", "+? Yes")}},
		{"markup of the web in srt", "a.srt",
			"1\n00:00:01,000 --> 00:00:02,000\n<v Ann><c.x>Hello</c><br/>you <00:00:01.500>there\n",
			[]Cue{cueOf(1000, 2000, "Ann|Hello", "Ann|you there")}},
		{"line separators", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\na\u2028b\n", []Cue{cueOf(1000, 2000, "a b")}},
	} {
		c.test(t)
	}
}

// TestReadBesides: what a file holds beside cues, and where all of it stands.
func TestReadBesides(t *testing.T) {
	const vtt = "WEBVTT - a title\nKind: captions\n\nNOTE\nnot this\n\nSTYLE\n::cue { color: red }\n\nnobody's\n\nid\n" +
		"00:01.000 --> 00:02.000\n<v Ann>One\ntwo<br>three\n\n00:05.000 --> 00:03.000\nfour\n\n00:x0 -->\n" +
		"00:06.000 -->\nfive\n\n\n\nthe end\n"
	const ass = "[Events]\nFormat: Start, End, Text\nComment: 0:00:01.00,0:00:02.00,by me\n" +
		"Dialogue: soon,0:00:02.00,One\\Ntwo\nDialogue: 0:00:02.00,0:00:01.00,three\n"
	for _, tt := range []struct{ name, format, text, want string }{
		{"WebVTT", "vtt", vtt, "1 a title|2 Kind: captions|5 not this|7 STYLE|8 ::cue { color: red }|10 stray " +
			"nobody's|26 stray the end|" +
			"cue 13: 14 15 15|cue 17: 18|cue 21: 22|" +
			"line 17: the cue doesn't end after it starts: give it a later end|" +
			"line 21: the times of the cue can't be read, \"00:06.000 -->\": write start --> end, as in 00:00:01.000 --> 00:00:02.500"},
		{"SubRip", "srt", "by me\n\n1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo\n", "1 stray by me|cue 4: 5 7"},
		{"ASS", "ass", ass, "3 by me|cue 4: 4 4|cue 5: 5|" +
			"line 4: the times of the dialogue can't be read: write them as 0:00:01.50|line 5: the cue doesn't end " +
			"after it starts: give it a later end"},
		{"TTML", "ttml", "<tt>\n<p begin='1s'\n end='2s'>One\n two<br/>three</p>\n<p begin='2s'>four</p></tt>",
			"cue 3: 3 3|cue 5: 5|" +
				"line 5: a cue that nothing ends is shown for 5s: give its <p> a begin and a later end"},
		{"JSON", "json", "{\"segments\": [\n{\"start\": 1, \"end\": 2.5, \"text\": \" One\"},\n{\"body\": \"two\"},\n" +
			"{\"startTime\": \"x\", \"body\": \"three\"}]}",
			"cue 1: 1|cue 2: 2|cue 3: 3|line 3: the cue doesn't end after it starts: give it a later endTime|line " +
				"4: \"x\" is no time in seconds"},
	} {
		f, err := Read(tt.format, tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		var got []string
		for _, n := range f.Notes {
			stray := ""
			if n.Stray {
				stray = "stray "
			}
			got = append(got, fmt.Sprintf("%d %s%s", n.Number, stray, n.Text))
		}
		for _, c := range f.Cues {
			s := fmt.Sprintf("cue %d:", c.Number)
			for _, l := range c.Lines {
				s += fmt.Sprint(" ", l.Number)
			}
			got = append(got, s)
		}
		for _, w := range f.Warnings {
			got = append(got, w.Error())
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

// TestDamagedTimes: a line of times that can't be read opens a cue, with a warning that
// quotes it; its text is that of no other cue.
func TestDamagedTimes(t *testing.T) {
	const first, last = "00:00:01,000 --> 00:00:02,000", "00:00:08,000 --> 00:00:09,000"
	for _, times := range []string{
		"00:0ÿ1:03.810 --> 00:01:05.260", "0O:00:03,000 --> 00:00:04,000", "00:00:01:12 --> 00:00:04:24",
		"00:00:\uFFFD3,000 --> 00:00:04,000", "xx --> 00:00:04,000", "00:00:03,000 -->", "00:00:03,000 --> soon",
		"00: 00: 03,000 -->", "00:0x --> 00:00:04,000", "00:00:03,000 --> 00:00:0x", "00:00:123,000 --> 00:00:04,000",
	} {
		for _, name := range []string{"srt", "vtt"} {
			for at, text := range []string{
				"2\n" + times + "\nDamaged.\n\n3\n" + last + "\nLast.\n",
				"1\n" + first + "\nFirst.\n\n2\n" + times + "\nDamaged.\n",
				"1\n" + first + "\nFirst.\n\n" + times + "\nDamaged.\n",
			} {
				f, err := Read(name, text)
				if err != nil || len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0].Text, strings.Split(times, " align")[0]) {
					t.Errorf("%s, %q: %v, %v", name, text, f.Warnings, err)
					continue
				}
				want := []string{"Damaged.|Last.", "First.|Damaged.", "First.|Damaged."}[at]
				if got := f.Cues[0].Text() + "|" + f.Cues[1].Text(); len(f.Cues) != 2 || got != want {
					t.Errorf("%s, %q: %d cues, %q", name, text, len(f.Cues), got)
				}
			}
		}
	}
	// Only a number tells these from text.
	for _, times := range []string{"00:00:03,000 00:00:04,000", "00.00.03.000 - 00.00.04.000", "00:00:03,000 bis 00:00:04,000",
		"xx --> yy", "-->", "3 --> 4", "00:00:01:12 00:00:04:24"} {
		f, err := Read("srt", "1\n"+first+"\nFirst.\n\n2\n"+times+"\nDamaged.\n")
		if err != nil || len(f.Warnings) != 1 || len(f.Cues) != 2 {
			t.Errorf("%q: %d cues, %v, %v", times, len(f.Cues), f.Warnings, err)
		}
	}
}

// TestOddTimes: times that are written in another way, but can mean nothing else. They
// are read, with a warning.
func TestOddTimes(t *testing.T) {
	const first, last = "00:00:01,000 --> 00:00:02,000", "00:01:08,000 --> 00:01:09,000"
	for _, c := range []struct{ times, want string }{
		{"00:00:03,000 - -> 00:00:04,000", "3000-4000"}, {"00:00:03,000 -- > 00:00:04,000", "3000-4000"},
		{"00:00:03,000 -> 00:00:04,000", "3000-4000"}, {"00:00:03,000 —> 00:00:04,000", "3000-4000"},
		{"00:00:03,000 −−> 00:00:04,000", "3000-4000"}, {"00:00:03,000 ‐‐> 00:00:04,000", "3000-4000"},
		{"00:00:03,000---->00:00:04,000", "3000-4000"}, {"00:00:03,000 --&gt; 00:00:04,000", "3000-4000"},
		{"00;00;55,2 --> 00;00;57,1", "55200-57100"}, {"00: 00: 55,2 --> 00: 00: 57,1", "55200-57100"},
		{"00:00:55 , 200 --> 00:00:57 ,1", "55200-57100"}, {"00 : 00 : 55.2 --> 00 : 00 : 57.1 align:start", "55200-57100"},
		{"00;00;55;200 --> 00;00;57;100", "55200-57100"}, {"00:00:55:200 --> 00:00:57:100", "55200-57100"},
		{"00：00：55，200 --> 00：00：57，100", "55200-57100"}, {"00:00:55.200123 --> 00:00:57.1", "55200-57100"},
		{"\u200e00:00:55,200\u00a0-->\u00a000:00:57,100", "55200-57100"}, {"0:55,2 -> 0:57,1", "55200-57100"},
		{"-00:00:01,630 --> 00:00:04,000", "0-4000"}, {"−00:00:01,630 --> 00:00:04,000", "0-4000"},
		{"00:00:-1,-630 --> 00:00:04,000", "0-4000"}, {"00:00:03,000 → 00:00:04,000", "3000-4000"},
		{"00:00:03,000 ==> 00:00:04,000", "3000-4000"}, {"00:00:03,000 > 00:00:04,000", "3000-4000"},
		{"00:00:03,000 => 00:00:04,000 align:start line:0", "3000-4000"}, {"00:00:03,000 --》 00:00:04,000", "3000-4000"},
		{"[00:00:03,000] --> [00:00:04,000]", "3000-4000"}, {"(00:00:03,000 --> 00:00:04,000)", "3000-4000"},
		{"00:00:03,000 --> 00:00:04,000.", "3000-4000"}, {"00:00:03.000Z --> 00:00:04.000Z", "3000-4000"},
		{"00:00:03,000s --> 00:00:04,000s", "3000-4000"}, {"00:00:03'000 --> 00:00:04'000", "3000-4000"},
		{"00.00.03.000 --> 00.00.04.000", "3000-4000"}, {"00.01.03,5 --> 00.01.04,5", "63500-64500"},
		{"٠٠:٠٠:٠٣,٠٠٠ --> ٠٠:٠٠:٠٤,٠٠٠", "3000-4000"}, {"०0:00:03,000 --> 00:00:०4,000", "3000-4000"},
		{"00:03:250 --> 00:04:500", "3250-4500"}, {"100:00:03,000 → 100:00:04,000", "360003000-360004000"},
	} {
		for _, name := range []string{"srt", "vtt"} {
			for at, text := range []string{
				"2\n" + c.times + "\nOdd.\n\n3\n" + last + "\nLast.\n",
				"1\n" + first + "\nFirst.\n\n2\n" + c.times + "\nOdd.\n\n3\n" + last + "\nLast.\n",
				"1\n" + first + "\nFirst.\n\n" + c.times + "\nOdd.\n",
			} {
				want := []string{"%s||Odd.\n68000-69000||Last.\n", "1000-2000||First.\n%s||Odd.\n68000-69000||Last.\n",
					"1000-2000||First.\n%s||Odd.\n"}[at]
				f, err := Read(name, text)
				if want = fmt.Sprintf(want, c.want); err != nil || drawnCues(f.Cues) != want {
					t.Errorf("%s, %q: %v\n%swant\n%s", name, text, err, drawnCues(f.Cues), want)
				}
				if len(f.Warnings) != 1 || f.Warnings[0].Kind == LeftOut {
					t.Errorf("%s, %q: %v", name, text, f.Warnings)
				}
			}
		}
	}
}

// TestOddTimesUnderNumber: times that only the number above them tells from text.
func TestOddTimesUnderNumber(t *testing.T) {
	for _, times := range []string{
		"00:00:03,000 - 00:00:04,000", "00:00:03,000-00:00:04,000", "00:00:03,000 – 00:00:04,000", "00:00:03,000 <-- 00:00:04,000",
		"00:00:03,000 00:00:04,000", "00:00:03,000,00:00:04,000", "3.000 --> 4.000", "3,0 --> 4,0", "00h00m03s000 --> 00h00m04s000",
		"00.00.03.000 - 00.00.04.000",
	} {
		for _, name := range []string{"srt", "vtt"} {
			f, err := Read(name, "1\n00:00:01,000 --> 00:00:02,000\nFirst.\n\n2\n"+times+"\nOdd.\n")
			if got := drawnCues(f.Cues); err != nil || len(f.Warnings) != 1 || got != "1000-2000||First.\n3000-4000||Odd.\n" {
				t.Errorf("%s, %q: %v, %v\n%s", name, times, err, f.Warnings, got)
			}
		}
	}
}

// TestReadAround: what stands between cues, and is no text of theirs.
func TestReadAround(t *testing.T) {
	const one, two = "00:00:01.000 --> 00:00:02.000\nOne.\n", "00:00:03.000 --> 00:00:04.000\nTwo.\n"
	const want = "1000-2000||One.\n3000-4000||Two.\n"
	for _, c := range []struct{ name, text, want string }{
		{"a cue that lost its times", "1\n" + one + "\n2\nLost.\n\n3\n" + two, "1000-2000||One.\n0-0||Lost.\n3000-4000||Two.\n"},
		{"numbers with marks", "#1\n" + one + "\n#2\n" + two, want},
		{"numbers with a full stop", "1.\n" + one + "\n2.\n" + two, want},
		{"numbers of another script", "١\n" + one + "\n٢\n" + two, want},
		{"an empty line below numbers", "1\n\n" + one + "\n2\n\n" + two, want},
		{"empty lines everywhere", strings.ReplaceAll("1\n"+one+"\n2\n"+two, "\n", "\n\n"), want},
		{"a number at the end", "1\n" + one + "\n2\n" + two + "\n3\n", want},
		{"a figure at the end", "1\n" + one + "\n2\n" + two + "\n2029\n", "1000-2000||One.\n3000-4000||Two.||2029\n"},
		{"a figure with a full stop in text", one + "1984.\n\n" + two, "1000-2000||One.||1984.\n3000-4000||Two.\n"},
		{"two files of WebVTT", "WEBVTT\n\n" + one + "\nWEBVTT\nKind: captions\n\n" + two, want},
		{"tabs of two kinds", strings.ReplaceAll(one, " ", "\v") + "\n" + strings.ReplaceAll(two, " ", "\f"), want},
		{"two files with marks", "\uFEFF1\n" + one + "\n\uFEFF1\n" + two, want},
		{"what a chat program puts around", "```srt\n1\n" + one + "\n2\n" + two + "```\n", want},
		{"marks of Markdown in text", "1\n" + one + "```\n\n2\n" + two, "1000-2000||One.||```\n3000-4000||Two.\n"},
	} {
		for _, name := range []string{"srt", "vtt"} {
			if name == "vtt" && strings.Contains(c.text, "Lost") {
				continue // whose cues have no numbers
			}
			f, err := Read(name, c.text)
			if got := drawnCues(f.Cues); err != nil || got != c.want {
				t.Errorf("%s, %s: %v\n%swant\n%s", name, c.name, err, got, c.want)
			}
		}
	}
}

// TestReadJoined: it is told where the times of a second file begin.
func TestReadJoined(t *testing.T) {
	const file = "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n\n"
	f, err := Read("srt", file+file)
	if err != nil || len(f.Cues) != 4 || len(f.Warnings) != 1 || f.Warnings[0].Number != 10 || f.Warnings[0].Kind != NoTime {
		t.Errorf("%v, %v", err, f.Warnings)
	}
	if f, err = Read("srt", file+strings.ReplaceAll(file, "00:00:", "00:01:")); err != nil || len(f.Cues) != 4 || len(f.Warnings) != 0 {
		t.Errorf("times that go on: %v, %v", err, f.Warnings)
	}
}

// TestReadArrows: in WebVTT a line with an arrow ends the text before it, and is no identifier.
func TestReadArrows(t *testing.T) {
	const times = "00:00.000 --> 00:01.000\n"
	f, err := Read("vtt", "WEBVTT\n\n-->\n"+times+"One\nfoo-->\n"+times+"two\n--->\n"+times+"three\n"+times+"four\n")
	if got := drawnCues(f.Cues); err != nil || got != "0-1000||One\n0-1000||two\n0-1000||three\n0-1000||four\n" || len(f.Notes) != 2 {
		t.Errorf("%v, %v\n%s", err, f.Notes, got)
	}
	if f.Cues[0].ID != "" {
		t.Errorf("an arrow is the identifier %q", f.Cues[0].ID)
	}
}

// TestReadBeforeStart: what ends before 0:00 is left out, in any format.
func TestReadBeforeStart(t *testing.T) {
	const want = "0-0||gone\n0-500||cut\n1000-2000||kept\n"
	for name, text := range map[string]string{
		"srt": "1\n-00:00:02,000 --> -00:00:01,000\ngone\n\n2\n-00:00:01,000 --> 00:00:00,500\ncut\n\n" +
			"3\n00:00:01,000 --> 00:00:02,000\nkept\n",
		"vtt": "WEBVTT\n\n-00:02.000 --> -00:01.000\ngone\n\n-00:01.000 --> 00:00.500\ncut\n\n00:01.000 --> 00:02.000\nkept\n",
		"ass": "[Events]\nFormat: Start, End, Text\nDialogue: -0:00:02.00,-0:00:01.00,gone\nDialogue: -0:00:01.00,0:00:00.50,cut\n" +
			"Dialogue: 0:00:01.00,0:00:02.00,kept\n",
		"ttml": "<tt><body><p begin='-2s' end='-1s'>gone</p><p begin='-1s' end='0.5s'>cut</p><p begin='1s' end='2s'>kept</p></body></tt>",
		"json": `{"segments": [{"start": -2, "end": -1, "text": "gone"}, {"start": -1, "end": 0.5, "text": "cut"}, ` +
			`{"start": 1, "end": 2, "text": "kept"}]}`,
	} {
		f, err := Read(name, text)
		kinds := ""
		for _, w := range f.Warnings {
			kinds += fmt.Sprint(w.Kind)
		}
		if err != nil || drawnCues(f.Cues) != want || kinds != fmt.Sprint(LeftOut)+fmt.Sprint(CutOff) {
			t.Errorf("%s: %v, %v\n%s", name, err, f.Warnings, drawnCues(f.Cues))
		}
	}
}

// TestReadHidden: text behind an empty line is kept, though players of WebVTT don't show it.
func TestReadHidden(t *testing.T) {
	const one, two = "00:01.000 --> 00:02.000\n", "\n\n00:03.000 --> 00:04.000\nthere."
	for _, c := range []struct{ text, want string }{
		{one + "Who is" + two, ""}, {one + " \nWho is\n \nit" + two, ""},
		{one + "\nWho is" + two, "line 5: "}, {one + "Who is\n\nit" + two, "line 6: "}, {one + " \n\nWho is" + two, "line 6: "},
	} {
		f, err := Read("vtt", "WEBVTT\n\n"+c.text)
		got := ""
		for _, w := range f.Warnings {
			if w.Kind == Hidden {
				got += w.Error()
			}
		}
		if want := c.want; err != nil || len(f.Cues) != 2 || !strings.HasPrefix(got, want) || got != "" && want == "" {
			t.Errorf("%q: %v, %q, %v", c.text, err, got, texts(f.Cues))
		}
	}
}

// TestTimesInText: text with figures and arrows is no line of times.
func TestTimesInText(t *testing.T) {
	for _, text := range []string{
		"go --> there", "10:30 → 11:45", "42\n10:30 → 11:45", "1,000 → 2,000", "555-1234 > 555-1235",
		"call 555:1234 --> 10:30", "3 --> 4 of them", "10 --> 20", "12.03.2024 14:30:00", "3\n12.03.2024 14:30:00", "from 10:30 --> 11:45 on", "1984",
	} {
		for _, name := range []string{"srt", "vtt"} {
			f, err := Read(name, "1\n00:00:01,000 --> 00:00:02,000\n"+text+"\nyes\n")
			if want := strings.ReplaceAll(text, "\n", " ") + " yes"; err != nil || len(f.Warnings) > 0 || f.Cues[0].Text() != want {
				t.Errorf("%s, %q: %q, %v, %v", name, text, f.Cues[0].Text(), f.Warnings, err)
			}
		}
	}
}

func TestDetect(t *testing.T) {
	const times = "00:00:01,000 --> 00:00:02,000\nHello\n"
	for _, tt := range []struct{ name, text, want string }{
		{"a.vtt", "", "vtt"}, {"a.SRT", "", "srt"}, {"a.dfxp", "", "ttml"}, {"a.ssa", "", "ass"},
		{"a.json", "[1]", "json"}, {"a.txt", "", ""},
		{"a.srt", "WEBVTT\n", "vtt"}, {"a.txt", "\n WEBVTT", "vtt"}, {"a.vtt", times, "vtt"},
		{"a.txt", "1\n" + times, "srt"}, {"a.txt", "A title\n\n\n1\n" + times, "srt"},
		{"a.txt", strings.Repeat("prose\n", 6) + times, ""},
		{"a.txt", "0:01.5 -> 0:02.5\n", "srt"}, {"a.txt", "0:01 a -> b\n", ""},
		{"a.xml", "<?xml version='1.0'?>\n<tt:tt xmlns:tt='x'>", "ttml"},
		{"a.xml", "<?xml version='1.0'?>\n<html>", ""}, {"a.html", "<title>", ""},
		{"a", "<tt xml:lang='en'>", "ttml"},
		{"a", "\n<!-- by\n<p> -->\n<!DOCTYPE tt [\n<!ENTITY a 'b'>\n]>\n<?x y?><tt/>", "ttml"},
		{"a.html", "<html><body><p>Type <tt>ls</tt>.", ""}, {"a.html", "<!DOCTYPE html>\n<p><tt>ls</tt>", ""},
		{"a.md", "<!-- <tt> -->\n# Notes\n<tt>ls</tt>", ""}, {"a.md", "<b>Type</b> <tt>ls</tt>", ""},
		{"a.vtt", "1\n" + times, "srt"}, {"a.json", "A title\n\n1\n" + times, "srt"},
		{"a.txt", strings.Repeat("prose\n", 9) + "1\n" + times, "srt"},
		{"a.txt", strings.Repeat("prose\n", 999) + "1\n" + times, ""},
		{"a.vtt", "1\n" + strings.ReplaceAll(times, ",", "."), "vtt"},
		{"a.html", strings.Repeat("<p>\n", 9) + "1\n" + times, ""}, {"a.srt", "{\"segments\": []}", "json"},
		{"a.txt", "{\"text\": \"" + strings.Repeat("Hello. ", 999) + "\", \"segments\": []}", "json"},
		{"a", "[Script Info]\n", "ass"}, {"a", "[theme music]\n", ""},
		{"a", "{\"segments\": []}", "json"}, {"a", "{\"a\": 1}", ""}, {"a", "{music} Ada: Hello.", ""},
	} {
		if got := Detect(tt.name, tt.text); got != tt.want {
			t.Errorf("%s, %q: %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestReadWordTimes(t *testing.T) {
	got, err := read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nfour ab <00:00:02.000>cd\n")
	if err != nil {
		t.Fatal(err)
	}
	ms := time.Millisecond
	for i, want := range []audio.Segment{{Start: 1000 * ms, End: 1625 * ms}, {Start: 1625 * ms, End: 2000 * ms},
		{Start: 2000 * ms, End: 3000 * ms}} {
		if w := got[0].Lines[0].Words[i]; w.Segment != want {
			t.Errorf("%s: %v, want %v", w.Text, w.Segment, want)
		}
	}
}

// FuzzRead: what is read can be written, and reads the same again.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"golden.vtt", "golden.srt"} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, strings.HasSuffix(name, "vtt"))
	}
	f.Add([]byte("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v a><c.x><00:00:00.500>b</c>&lrm;<v c>d"), true)
	f.Add([]byte("1\n00:00:00.0 --> 0:1:1\n<b>x{\\an8}\n\ny --> z"), false)
	f.Add([]byte("\ufeff1\r\n00:00:05,000 --> 00:00:09,000\r\nlater\r\n\r\n2\r\n00:00:01,000 --> 00:00:08,000\r\n"+
		"earlier\r\n"), false)
	f.Add([]byte("\xff\xfe1\x00\n\x000\x000\x00:\x000\x000\x00:\x000\x001\x00"), false)
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\nAnn:\n--\x1d\u2060> who\n"), false)
	f.Add([]byte("00:00:01,000 --> 00:00:02,000 One\n2\n\n00:00:03,000 --> 00:00:04,000 7\n"), false)
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\nGar\xe7on\n[D\xe9but]\n\xab\xa0non\xa0\xbb\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, vtt bool) {
		name := map[bool]string{true: "vtt", false: "srt"}[vtt]
		cues, err := readAs(name, data)
		if err != nil || isRolling(cues) { // again, when it was unrolled
			return
		}
		var b bytes.Buffer
		if err := Write(&b, name, cues, Options{Words: true}); err != nil {
			return
		}
		want, err := checkCues(cues)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readAs(name, b.Bytes())
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		if d := cmp.Diff(texts(want), texts(got)); d != "" {
			t.Fatalf("-want +got\n%s\n%q", d, b.String())
		}
	})
}

// drawnCues are cues in a line each: times in milliseconds, speaker, text.
func drawnCues(cues []Cue) string {
	var b strings.Builder
	for _, c := range cues {
		fmt.Fprintf(&b, "%d-%d", c.Start.Milliseconds(), c.End.Milliseconds())
		for _, l := range c.Lines {
			fmt.Fprintf(&b, "|%s|%s", l.Speaker, l.Text())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestReadOthers(t *testing.T) {
	const tt1 = `<?xml version="1.0" encoding="ISO-8859-1"?><tt xmlns="http://www.w3.org/ns/ttml" ` +
		`xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ` +
		`ttp:tickRate="10000000"><head><metadata xmlns:ttm="x"><ttm:agent xml:id="a"><ttm:name>Ann &amp; ` +
		`Co</ttm:name><ttm:name>other</ttm:name></ttm:agent></metadata></head><body><div>`
	const events = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n" +
		"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
	for _, c := range []struct{ name, file, text, want string }{
		{"ttml: clock, frames, ticks and durations", "a.ttml", tt1 +
			`<p begin="00:00:01.5" end="00:00:02.000">clock</p><p begin="00:00:03:12" end="00:00:05:00">frames</p><p ` +
			`begin="60000000t" dur="1.5s">ticks</p><p begin="0.002h" end="8000ms">offsets</p><p begin="240f" ` +
			`end="0.2m"/></div></body></tt>`,
			"1500-2000||clock\n3501-5000||frames\n6000-7500||ticks\n7200-8000||offsets\n10010-12000\n"},
		{"ttml: spans, breaks, entities, agents", "a.dfxp", tt1 +
			"<p begin='1s' end='2s' ttm:agent='a'>\n  <span>Hello <span>there</span>,</span>\n" +
			" you<br/>&lt;b&gt; &amp; &#233;&nbsp;!<metadata/></p><p>\n</p></div></body></tt>",
			"1000-2000|Ann & Co|Hello there, you|Ann & Co|<b> & é\u00A0!\n"},
		{"ass: codes, drawings, comments, commas", "a.ass", events +
			`Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,nothing` + "\n" +
			`Dialogue: 0,0:00:01.50,0:00:02.00,Default,Ann,0,0,0,,{\an8\i1}Well,{\i0} no\Nand\hyes {not closed` + "\n" +
			`Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 100 100{\p0}` + "\n" +
			`Dialogue: 0,0:00:05.00,0:00:06.00,Default,Ann,0,0,0,,- Who?\N- Me.` + "\n[Fonts]\nDialogue: x\n",
			"1500-2000|Ann|Well, no|Ann|and\u00A0yes {not closed\n5000-6000||- Who?||- Me.\n"},
		{"ssa", "a.ssa", "[Script Info]\r\n[Events]\r\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, " +
			"MarginV, Effect, Text\r\nDialogue: " +
			"Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0000,0000,0000,!Effect,Hello\r\n",
			"1000-2000|NTP|Hello\n"},
		{"ass: letter case", "a.ass", "[Script Info]\n[events]\nformat: Start, End, Text\nDIALOGUE: 0:00:01.00,0:00:02.00,Hello, you\n",
			"1000-2000||Hello, you\n"},
		{"ass: no head, colons before hundredths", "a.ass", "Dialogue: 0,0:00:01:00,0:00:02:50,Default,Ann,0,0,0,,Hello, you\n",
			"1000-2500|Ann|Hello, you\n"},
		{"ass: an actor", "a.ass", "[Script Info]\n[Events]\nFormat: Start, End, Actor, Text\nDialogue: 0:00:01.00,0:00:02.00,Ann,Hello\n",
			"1000-2000|Ann|Hello\n"},
		{"srt: text behind its times", "a.srt", "00:00:01.000 --> 00:00:02.000 Hello there\n00:00:03.000 --> 00:00:04.000 X1:1 Y1:2\nYou\n",
			"1000-2000||Hello there\n3000-4000||You\n"},
		{"vtt: text behind its times", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000 So it is\n\n00:03.000 --> 00:04.000 align:start\nYou\n",
			"1000-2000||So it is\n3000-4000||You\n"},
		{"vtt: a code of ASS", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{\\an8}Hello {you}\n", "1000-2000||Hello {you}\n"},
		{"json", "a.json",
			`{"version":"1.0.0","other":{"segments":[1]},"segments":[` +
				`{"speaker":"Ann","startTime":0.5,"endTime":1.25,"body":"Hello <you>\nthere"},` +
				`{"startTime":2,"endTime":3,"body":" "}]}`,
			"500-1250|Ann|Hello <you>|Ann|there\n2000-3000\n"},
	} {
		got, err := read(c.file, c.text)
		if err != nil || drawnCues(got) != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, drawnCues(got), c.want)
		}
	}
}

// FuzzReadOthers: what is read of TTML, ASS, JSON and captions of television can be written; by the last of these, where
// they have its letters and times.
func FuzzReadOthers(f *testing.F) {
	formats := []string{"ttml", "ass", "json", "scc", "stl"}
	for i, format := range formats {
		data, err := os.ReadFile(filepath.Join("..", "testdata", "golden."+format))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	f.Add([]byte("<tt frameRate='25' tickRate='1e9'><p begin='00:00:01:24' dur='1h'>&nbsp;<br/>x</p></tt>"), uint8(0))
	f.Add([]byte("[Events]\nFormat: Start,End,Text\nDialogue: 0:0:1,0:0:2,{\\k10}a{\\N}\\h\\{\u2060\\\u2060"), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, format uint8) {
		cues, err := readAs(formats[int(format)%len(formats)], data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		for _, to := range []string{"vtt", "ass", "ttml"} {
			if err := Write(&b, to, cues, Options{Label: ChevronLabel}); err != nil && !errors.Is(err, ErrNoCues) {
				t.Fatal(err)
			}
		}
		for _, to := range []string{"scc", "stl"} {
			var b bytes.Buffer
			if err := Write(&b, to, cues, Options{Label: ChevronLabel}); err != nil {
				continue
			}
			if got, err := readAs(to, b.Bytes()); err != nil || len(got) == 0 {
				t.Fatalf("%s: %v, %d cues of %q", to, err, len(got), b.String())
			}
		}
	})
}

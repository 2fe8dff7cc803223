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

// read reads a file as it comes: decoded, and with its format found. The first
// warning is an error.
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
	if len(f.Warnings) > 0 {
		err = f.Warnings[0]
	}
	return f.Cues, err
}

// texts is what a file of any format keeps of cues: their times and the texts of
// their lines.
func texts(cues []Cue) [][]string {
	var all [][]string
	for i, c := range cues {
		all = append(all, append([]string{Clock(c.Start, ".", 3) + " " + Clock(c.End, ".", 3)}, NoLabel.Texts(cues, i)...))
	}
	return all
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
				l.Words = append(l.Words, Word{Text: text, Glued: glued})
			}
			if l.Sound {
				l.Words = []Word{{Text: text}}
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
		{"entities in srt", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nAT&amp;T < 3 R&D; &nope;\n", []Cue{cue(1000, 2000, "AT&T < 3 R&D; &nope;")}},
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
		got, err := read(tt.file, tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if d := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(Cue{}, "Confidence", "Number"), cmpopts.IgnoreFields(Line{}, "Number"), cmpopts.IgnoreFields(Word{}, "Segment", "Confidence")); d != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, d)
		}
	}
}

func TestReadWordTimes(t *testing.T) {
	got, err := read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nfour ab <00:00:02.000>cd\n")
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
	f.Add([]byte("\ufeff1\r\n00:00:05,000 --> 00:00:09,000\r\nlater\r\n\r\n2\r\n00:00:01,000 --> 00:00:08,000\r\nearlier\r\n"), false)
	f.Add([]byte("\xff\xfe1\x00\n\x000\x000\x00:\x000\x000\x00:\x000\x001\x00"), false)
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\nGar\xe7on\n[D\xe9but]\n\xab\xa0non\xa0\xbb\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, vtt bool) {
		name := map[bool]string{true: "vtt", false: "srt"}[vtt]
		cues, err := readAs(name, data)
		if err != nil {
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
	const tt1 = `<?xml version="1.0" encoding="ISO-8859-1"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="10000000"><head><metadata xmlns:ttm="x"><ttm:agent xml:id="a"><ttm:name>Ann &amp; Co</ttm:name><ttm:name>other</ttm:name></ttm:agent></metadata></head><body><div>`
	const events = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
	for _, c := range []struct{ name, file, text, want string }{
		{"ttml: clock, frames, ticks and durations", "a.ttml", tt1 +
			`<p begin="00:00:01.5" end="00:00:02.000">clock</p><p begin="00:00:03:12" end="00:00:05:00">frames</p><p begin="60000000t" dur="1.5s">ticks</p><p begin="0.002h" end="8000ms">offsets</p><p begin="240f" end="0.2m"/></div></body></tt>`,
			"1500-2000||clock\n3501-5000||frames\n6000-7500||ticks\n7200-8000||offsets\n10010-12000\n"},
		{"ttml: spans, breaks, entities, agents", "a.dfxp", tt1 +
			"<p begin='1s' end='2s' ttm:agent='a'>\n  <span>Hello <span>there</span>,</span>\n you<br/>&lt;b&gt; &amp; &#233;&nbsp;!<metadata/></p><p>\n</p></div></body></tt>",
			"1000-2000|Ann & Co|Hello there, you|Ann & Co|<b> & é\u00A0!\n"},
		{"ass: codes, drawings, comments, commas", "a.ass", events +
			`Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,nothing` + "\n" +
			`Dialogue: 0,0:00:01.50,0:00:02.00,Default,Ann,0,0,0,,{\an8\i1}Well,{\i0} no\Nand\hyes {not closed` + "\n" +
			`Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 100 100{\p0}` + "\n" +
			`Dialogue: 0,0:00:05.00,0:00:06.00,Default,Ann,0,0,0,,- Who?\N- Me.` + "\n[Fonts]\nDialogue: x\n",
			"1500-2000|Ann|Well, no|Ann|and\u00A0yes {not closed\n5000-6000||- Who?||- Me.\n"},
		{"ssa", "a.ssa", "[Script Info]\r\n[Events]\r\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\nDialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0000,0000,0000,!Effect,Hello\r\n",
			"1000-2000|NTP|Hello\n"},
		{"json", "a.json", `{"version":"1.0.0","other":{"segments":[1]},"segments":[{"speaker":"Ann","startTime":0.5,"endTime":1.25,"body":"Hello <you>\nthere"},{"startTime":2,"endTime":3,"body":" "}]}`,
			"500-1250|Ann|Hello <you>|Ann|there\n2000-3000\n"},
	} {
		got, err := read(c.file, c.text)
		if err != nil || drawnCues(got) != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, drawnCues(got), c.want)
		}
	}
}

// FuzzReadOthers: what is read of TTML, ASS and JSON can be written.
func FuzzReadOthers(f *testing.F) {
	formats := []string{"ttml", "ass", "json"}
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
	})
}

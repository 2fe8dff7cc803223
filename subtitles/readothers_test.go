package subtitles

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

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

// TestReadGolden: what was written with voices or names reads as the WebVTT file
// does, but for line breaks and hundredths.
func TestReadGolden(t *testing.T) {
	for _, format := range []string{"ttml", "ass", "json"} {
		a, p := lighthouse(), preset(t, "youtube", format)
		want := Layout(a, p, LayoutOptions{})
		var b bytes.Buffer
		if err := Write(&b, format, Captions{Cues: want, Preset: p, Lang: "en", Alignment: a}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a." + format, "captions"} {
			got, err := Read(bytes.NewReader(b.Bytes()), name)
			if err != nil || len(got) != len(want) {
				t.Errorf("%s: %d cues of %d, %v", format, len(got), len(want), err)
				continue
			}
			for i, w := range want {
				g := got[i]
				if (g.Start-w.Start).Abs() > 5*time.Millisecond || (g.End-w.End).Abs() > 5*time.Millisecond || g.Text() != w.Text() || g.Lines[0].Speaker != w.Lines[0].Speaker {
					t.Errorf("%s, cue %d: %s not %s", format, i+1, drawnCues(got[i:i+1]), drawnCues(want[i:i+1]))
				}
			}
		}
	}
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
		got, err := Read(strings.NewReader(c.text), c.file)
		if err != nil || drawnCues(got) != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, drawnCues(got), c.want)
		}
	}
	for _, c := range []struct{ name, file, text, want string }{
		{"ttml without an end", "a.ttml", tt1 + "\n<p begin='1s'>x</p>", "a.ttml: line 2: the cue doesn't end after it starts"},
		{"ttml of no times", "a.ttml", tt1 + "<p begin='soon' end='2s'>x</p>", `"soon" is no time: write it as 00:00:01.500`},
		{"ttml with times of spans", "a.ttml", tt1 + "<p begin='1s' end='3s'><span begin='1s'>x</span></p>", "<span> has times, which are read of <p> alone"},
		{"ttml cut off", "a.ttml", tt1 + "<p begin='1s' end='2s'>x", "it is no TTML"},
		{"ttml of no rate", "a.ttml", `<tt frameRate="0"/>`, `frameRate is "0": give a number above 0`},
		{"ttml without end", "a.ttml", strings.Repeat("<a>", 1000), "nested more than 100 deep"},
		{"ttml of nothing", "a.ttml", tt1 + "</div></body></tt>", "there are no cues: give WebVTT, SubRip, TTML"},
		{"ass without a format", "a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,x", "line 2: the dialogue has other fields than the Format line says"},
		{"ass of no times", "a.ass", events + "Dialogue: 0,soon,0:00:02.00,Default,,0,0,0,,x", "line 10: the times of the dialogue can't be read"},
		{"ass that ends first", "a.ass", events + "Dialogue: 0,0:00:03.00,0:00:02.00,Default,,0,0,0,,x", "line 10: the cue doesn't end after it starts"},
		{"a list", "a.json", `[1]`, "a.json: line 1: it is no Podcasting 2.0 transcript: [ stands where { should"},
		{"other json", "a.json", `{"a": 1}`, "there are no cues"},
		{"a segment without times", "a.json", "{\"segments\": [\n{\"body\": \"x\"}]}", "line 2: the segment doesn't end after it starts"},
		{"a segment of no time", "a.json", `{"segments": [{"startTime": -1, "endTime": 1}]}`, "is no time in a recording"},
	} {
		if _, err := Read(strings.NewReader(c.text), c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// FuzzReadOthers: what is read of TTML, ASS and JSON can be written.
func FuzzReadOthers(f *testing.F) {
	formats := []string{"ttml", "ass", "json"}
	for i, format := range formats {
		data, err := os.ReadFile(filepath.Join("testdata", "golden."+format))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	f.Add([]byte("<tt frameRate='25' tickRate='1e9'><p begin='00:00:01:24' dur='1h'>&nbsp;<br/>x</p></tt>"), uint8(0))
	f.Add([]byte("[Events]\nFormat: Start,End,Text\nDialogue: 0:0:1,0:0:2,{\\k10}a{\\N}\\h\\{\u2060\\\u2060"), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, format uint8) {
		cues, err := Read(bytes.NewReader(data), "a."+formats[int(format)%len(formats)])
		if err != nil {
			return
		}
		var b bytes.Buffer
		for _, to := range []string{"vtt", "ass", "ttml"} {
			if err := Write(&b, to, Captions{Cues: Voices(cues), Preset: DefaultPreset()}); err != nil && !errors.Is(err, errNoCues) {
				t.Fatal(err)
			}
		}
	})
}

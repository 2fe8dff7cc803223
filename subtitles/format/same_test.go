package format

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestSameWritten: a file that is written in its own format comes out as it was, whatever
// its cues hold, but for the form of its times and its line ends.
func TestSameWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, v := range []struct {
			name string
			draw func(*rapid.T) string
		}{{"vtt", drawVTT}, {"srt", drawSRT}, {"ass", drawASS}} {
			name, text := v.name, v.draw(t)
			f, err := Read(name, text)
			if err != nil {
				t.Fatalf("%s: %v of\n%s", name, err, text)
			}
			var b strings.Builder
			if err := Write(&b, name, f.Cues, Options{Around: f.Around, Words: true}); err != nil {
				t.Fatalf("%s: %v of\n%s", name, err, text)
			}
			if got := b.String(); got != text {
				t.Errorf("%s (-want +got)\n%s", name, cmp.Diff(text, got))
			}
			c, _ := codecNamed(name)
			if lost := c.Losses(f.Cues, f.Around); len(lost) > 0 {
				t.Errorf("%s: %v is lost of\n%s", name, lost, text)
			}
		}
	})
}

// pieces are text and markup of all formats, be it whole or not.
var pieces = []string{"Fog", "ahead", "灯台守", "шлюпка", "عاصفة", "ῥόδον", "a b", "no-", "— so", "&amp;", "&nbsp;", "&lt;3", "AT&T", "é", "👩‍🚀",
	"<i>", "</i>", "<b>", "</b>", "<u>", "<c.yellow>", "<c.bg_blue.low>", "</c>", "<v Ann>", "<v.loud Bo B>", "</v>", "<lang fr>", "</lang>",
	"<ruby>", "<rt>", "</ruby>", `<font color="#12ab90">`, `<font face='Georgia' size=24>`, "</font>", "<s>", "<laughs>", "< 3", "1 > 0",
	`{\an8}`, `{\pos(96,144)}`, `{\i1}`, `{\fad(200,200)\b1}`, `{\c&H0000FF&}`, `{\k20}`, `{y:i}`, "{x}", `\N`, `\h`, "- who?", "-Me.", "♪ la ♪", "[fog horn]",
	"ANN:", ">> BO:", "7", "100%", "C:\\News", "\ttab", "NOTE x", "WEBVTT"}

// drawText returns a line of a cue with something to be read.
func drawText(t *rapid.T) string {
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 5).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "space"))
	return "Sea " + text
}

// drawLines returns the lines of a cue.
func drawLines(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.Custom(drawText), 1, 3).Draw(t, "lines")
}

// drawTimes returns the times of cues in their order.
func drawTimes(t *rapid.T, unit time.Duration) [][2]time.Duration {
	var all [][2]time.Duration
	at := time.Duration(0)
	for range rapid.IntRange(1, 4).Draw(t, "cues") {
		at += time.Duration(rapid.IntRange(0, 400_000).Draw(t, "later")) * unit
		all = append(all, [2]time.Duration{at, at + time.Duration(rapid.IntRange(1, 9000).Draw(t, "length"))*unit})
	}
	return all
}

// maybe draws s, or nothing.
func maybe(t *rapid.T, s string) string {
	if rapid.Bool().Draw(t, "maybe") {
		return s
	}
	return ""
}

// drawVTT returns a file of WebVTT.
func drawVTT(t *rapid.T) string {
	blocks := []string{"WEBVTT" + rapid.SampledFrom([]string{"", " - Fog", " Fog & co"}).Draw(t, "title") + maybe(t, "\nKind: captions\nLanguage: en-GB")}
	for _, b := range []string{"STYLE\n::cue(.low) {\n  color: teal;\n}", "REGION\nid:left\nwidth:40%\nscroll:up", "NOTE by hand\n  and foot"} {
		if rapid.Bool().Draw(t, "block") {
			blocks = append(blocks, b)
		}
	}
	for _, times := range drawTimes(t, time.Millisecond) {
		id := rapid.SampledFrom([]string{"", "7\n", "part one\n"}).Draw(t, "id")
		settings := rapid.SampledFrom([]string{"", " line:0", " align:left line:20%,end  position:30%,center size:50%", " vertical:rl", " region:left odd:1"})
		blocks = append(blocks, id+Clock(times[0], ".", 3)+" --> "+Clock(times[1], ".", 3)+settings.Draw(t, "settings")+
			"\n"+strings.Join(drawLines(t), "\n"))
		if rapid.IntRange(0, 4).Draw(t, "note") == 0 {
			blocks = append(blocks, "NOTE\nbetween & <b>cues</b>")
		}
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// drawSRT returns a file of SubRip.
func drawSRT(t *rapid.T) string {
	var b strings.Builder
	for i, times := range drawTimes(t, time.Millisecond) {
		fmt.Fprintf(&b, "%d\n%s --> %s%s\n%s\n\n", i+1, Clock(times[0], ",", 3), Clock(times[1], ",", 3), maybe(t, "  X1:10 X2:500 Y1:20 Y2:60"),
			strings.Join(drawLines(t), "\n"))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// drawASS returns a file of ASS, whose events need not be in the order of their times.
func drawASS(t *rapid.T) string {
	var b strings.Builder
	b.WriteString("[Script Info]\nTitle: Fog\n; by hand\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\n\n[V4+ Styles]\n" +
		"Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Alignment, MarginL, MarginR, MarginV\n" +
		"Style: Default,Arial,20,&H00FFFFFF,0,0,2,10,10,10\nStyle: Sign,Impact,40,&H0000FFFF,-1,0,8,10,10,10\n\n" +
		"[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n")
	for i, times := range drawTimes(t, 10*time.Millisecond) {
		kind := "Dialogue"
		if i > 0 {
			kind = rapid.SampledFrom([]string{"Dialogue", "Comment"}).Draw(t, "kind")
		}
		start := times[0]
		if rapid.Bool().Draw(t, "unsorted") {
			start = 0
		}
		fmt.Fprintf(&b, "%s: %d,%s,%s,%s,%s,0,0,%d,%s,%s\n", kind, i%2, assTime(start), assTime(times[1]),
			rapid.SampledFrom([]string{"Default", "Sign", "None"}).Draw(t, "style"), maybe(t, "Ann"), 10*i, maybe(t, "Banner;9"),
			strings.Join(drawLines(t), `\N`))
		b.WriteString(maybe(t, "; a line that is no event\n"))
		b.WriteString(maybe(t, fmt.Sprintf("Dialogue: 0,%s,%s,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}\n", assTime(start), assTime(times[1]))))
	}
	b.WriteString(maybe(t, "\n[Fonts]\nfontname: fog_0.ttf\nAB12\n"))
	return b.String()
}

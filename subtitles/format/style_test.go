package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cuewright/audio"
)

// convert reads a file and writes it in another format.
func convert(t *testing.T, from, text, to string) string {
	t.Helper()
	f, err := Read(from, text)
	if err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	return written(t, f, to)
}

// rewrite is convert with nothing taken from the file as it stands there.
func rewrite(t *testing.T, from, text, to string) string {
	t.Helper()
	f, err := Read(from, text)
	if err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	for i := range f.Cues {
		f.Cues[i].Source = ""
	}
	return written(t, f, to)
}

// written returns what was read in another format.
func written(t *testing.T, f *File, to string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, to, f.Cues, Options{Around: f.Around, Words: true}); err != nil {
		t.Fatalf("%s: %v", to, err)
	}
	return b.String()
}

// TestConvertText: the markup of one format in another one.
func TestConvertText(t *testing.T) {
	vtt := func(text string) string { return "WEBVTT\n\n00:00:01.000 --> 00:00:02.000" + text + "\n" }
	srt := func(text string) string { return "1\n00:00:01,000 --> 00:00:02,000\n" + text + "\n" }
	ass := func(text string) string {
		return wideHead + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,," + text + "\n"
	}
	ttml := func(attributes, text string) string {
		return `<tt xml:lang="en" tts:extent="1000px 500px"><head><styling><style xml:id="s0" tts:fontWeight="bold"/>` +
			`<style xml:id="s1" ` +
			`style="s0" tts:color="yellow"/></styling><layout><region xml:id="r1" tts:origin="10% 4%" tts:extent="80% 20%" ` +
			`tts:displayAlign="before"/><region xml:id="r2" tts:origin="200px 150px" tts:extent="400px 100px" tts:displayAlign="center">` +
			`<style tts:textAlign="left"/></region></layout></head><body><div><p begin="1s" end="2s" ` + attributes + ">" + text +
			"</p></div></body></tt>"
	}
	for _, tt := range []struct{ from, text, to, want string }{
		{"srt", srt("<i>Far</i> <b>a<u>wa</u>y</b>"), "vtt", "\n<i>Far</i> <b>a<u>wa</u>y</b>\n"},
		{"srt", srt("<i>one\ntwo</i>\nthree"), "vtt", "\n<i>one</i>\n<i>two</i>\nthree\n"},
		{"srt", srt("<b><i>one</b> two</i>"), "srt", "\n<b><i>one</i></b> <i>two</i>\n"},
		{"srt", srt(`<font color="#FFFF00" face="Georgia" size="20">Far</font>`), "vtt", "\n<c.yellow>Far</c>\n"},
		{"srt", srt(`<font color="#FFFF00" face="Georgia" size="20">Far</font>`), "srt",
			`<font face="Georgia" size="20" color="yellow">Far</font>`},
		{"srt", srt(`<font color=#12ab9>no</font> <font color='#12ab90'>yes</font>`), "vtt",
			"NOTE styles\r\rSTYLE\n::cue(.color-12ab90) { color: #12ab90 }\n\n1\n00:00:01.000 --> 00:00:02.000\nno <c.color-12ab90>yes</c>\n"},
		{"srt", srt(`<font color="#FFFF00">Far</font>`), "vtt",
			"WEBVTT\n\nNOTE styles\r\rSTYLE\n::cue(.yellow) { color: #ffff00 }\n\n1\n00:00:01.000 --> 00:00:02.000\n<c.yellow>Far</c>\n"},
		{"srt", srt(`{\an8}Above {\i1}and{\i0} below`), "vtt", " --> 00:00:02.000 line:0\nAbove <i>and</i> below\n"},
		{"srt", srt(`{\an8}Above {\i1}and{\i0} below`), "srt", `{\an8}Above <i>and</i> below` + "\n"},
		{"srt", srt(`{\an5}{\pos(96,144)}Sign`), "vtt", " line:50%,center position:25%\nSign\n"},
		{"srt", srt(`{\an5}{\pos(96,144)}Sign`), "srt", `{\an5\pos(96,144)}Sign` + "\n"},
		{"srt", strings.Replace(srt("Sign"), ",000\n", ",000  X1:63 X2:223 Y1:43 Y2:58\n", 1), "srt",
			"00:00:02,000 X1:63 X2:223 Y1:43 Y2:58\nSign\n"},
		{"srt", srt(`The pot\Nis\hfull, {b}very{/b} {i}so{/i}`), "vtt", "\nThe pot\nis\u00A0full, <b>very</b> <i>so</i>\n"},
		{"srt", srt(`Open C:\News and \\nas`), "vtt", "\nOpen C:\\News and \\\\nas\n"},
		{"srt", srt(`{y:i,b}Far away`), "vtt", "\n<b><i>Far away</i></b>\n"},
		{"srt", srt("Salt &amp; pepper&#33; &lt;3"), "vtt", "\nSalt &amp; pepper! &lt;3\n"},
		{"srt", srt("<i>♪ La la ♪</i>"), "vtt", "\n<i>♪ La la ♪</i>\n"},
		{"srt", srt("<i>[music]</i>"), "vtt", "\n<i>[music]</i>\n"},
		{"srt", srt("- <i>Who?</i>\n- Me."), "srt", "\n- <i>Who?</i>\n- Me.\n"},
		{"srt", srt("<em>one</em> <strong>two</strong> <s>three</s>"), "srt", "\n<i>one</i> <b>two</b> <s>three</s>\n"},
		{"srt", srt(`<span style="color: red; font-style: italic">one</span> two`), "vtt", "\n<c.red><i>one</i></c> two\n"},
		{"vtt", vtt(" align:end line:90%\n<i.loud>One</i> <c.red.bg_blue.low>two</c>"), "vtt",
			"00:00:02.000 align:end line:90%\n<c.loud><i>One</i></c> <c.red.bg_blue.low>two</c>\n"},
		{"vtt", vtt("\n<ruby>東京<rt>とうきょう</rt></ruby>へ"), "vtt", "\n<ruby>東京<rt>とうきょう</rt></ruby>へ\n"},
		{"vtt", vtt("\n<ruby>東<rt>とう</rt>京<rt>きょう</ruby>へ"), "vtt", "\n<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>へ\n"},
		{"vtt", vtt("\n<ruby>東京<rt>とうきょう</rt></ruby>へ"), "srt", "\n東京へ\n"},
		{"vtt", vtt("\nShe said <v Ann>no</v>; he said <v Bob>yes</v>."), "vtt",
			"\nShe said <v Ann>no</v>; he said <v Bob>yes.</v>\n"},
		{"vtt", vtt("\n<i>a <00:00:01.500>b</i> <00:00:01.700>c"), "vtt", "\n<i>a <00:00:01.500>b</i> <00:00:01.700>c\n"},
		{"vtt", vtt("\n<lang en-GB>Lift</lang> <v Ann><b>off</b>"), "vtt", "\n<lang en-GB>Lift</lang> <v Ann><b>off</b></v>\n"},
		{"vtt", vtt(" line:0\n<i>One</i> <c.lime>two</c>"), "ass", `,,{\an8}{\i1}One{\i0} {\c&H00FF00&}two{\c&HFFFFFF&}` + "\n"},
		{"vtt", vtt(" line:10% position:30% align:left\nOne"), "ass", `,,{\an7\pos(576,108)}One` + "\n"},
		{"vtt", vtt(" line:0\n<i>One</i>"), "ttml", `region="place1"><span style="box"><span tts:fontStyle="italic">One</span></span>`},
		{"ass", ass(`{\i1}One{\i0} {\b700}two{\b0} {\c&H00FFFF&}three{\c}`), "vtt", "\n<i>One</i> <b>two</b> <c.yellow>three</c>\n"},
		{"ass", ass(`{\an8\pos(960,108)}Sign`), "vtt", " line:10% position:50%\nSign\n"},
		{"ass", ass(`{\a6}Sign{\t(0,500,\i1\fs20)} here`), "vtt", " line:0\nSign here\n"},
		{"ass", ass(`Pot {\p1}m 0 0 l 9 9{\p0} boils`), "vtt", "\nPot boils\n"},
		{"ass", ass(`{\p1\c&H0000FF&}m 0 0 l 9 9{\p0\r}Behind`), "vtt", "\nBehind\n"},
		{"ass", strings.Replace(ass(`One{\rOther} two`), "[Events]", "Style: Other,Arial,60,&H000000FF,,,,-1,0,0,0\n\n[Events]", 1),
			"vtt", "\nOne <c.red><b>two</b></c>\n"},
		{"ass", strings.Replace(strings.Replace(ass(`Top`), "[Events]",
			"Style: Up,Arial,60,&H00FFFFFF,,,,0,-1,0,0,100,100,0,0,1,3,1,8\n\n[Events]", 1),
			"2.00,Default", "2.00,Up", 1), "srt", "\n{\\an8}<i>Top</i>\n"},
		{"ttml", ttml("", `<span tts:fontStyle="italic">One</span> <span style="s1">t<span tts:color="#0f0">w</span>o</span>`), "vtt",
			"\n<i>One</i> <c.yellow><b>t</b></c><c.lime><b>w</b></c><c.yellow><b>o</b></c>\n"},
		{"ttml", ttml(`region="r1"`, "Up"), "srt", "\n{\\an8}Up\n"},
		{"ttml", ttml(`region="r2"`, "Left"), "vtt", " line:40%,center position:20% size:40% align:left\nLeft\n"},
		{"ttml", ttml(`tts:textAlign="end" xml:lang="en"`, `One <span xml:lang="fi">kaksi</span>`), "vtt",
			" align:right\nOne <lang fi>kaksi</lang>\n"},
		{"ttml", ttml("", `<span tts:ruby="container"><span tts:ruby="base">東</span><span tts:ruby="delimiter">(</span>`+
			`<span tts:ruby="text">とう</span></span>へ`), "vtt", "\n<ruby>東<rt>とう</rt></ruby>へ\n"},
		{"ttml", ttml("", `<span tts:textDecoration="underline">One<br/>two</span>`), "ass", `{\u1}One{\u0}\N{\u1}two{\u0}`},
		{"ttml", ttml(`tts:origin="10% 20%" tts:extent="40% 30%"`, "One"), "vtt", " line:20% position:30% size:40%\nOne\n"},
		{"ttml", ttml(`tts:position="right top 10%" tts:extent="400px 20%"`, "One"), "vtt", " line:8% position:80% size:40%\nOne\n"},
		{"ttml", ttml(`tts:position="left 100px bottom 100px" tts:extent="40% 20%" tts:displayAlign="after"`, "One"), "vtt",
			" position:30% size:40%\nOne\n"},
		{"ttml", ttml(`tts:fontSize="80%"`, `One <span tts:fontSize="150%">two <span tts:fontSize="2em">three</span></span>`), "ass",
			`One {\fs90}two{\fs60} {\fs180}three{\fs60}`},
		{"ttml", ttml(`tts:fontFamily="Arial"`, `One <span tts:fontFamily="Georgia">two</span> <span tts:fontFamily="default">three</span>`), "srt",
			"\nOne <font face=\"Georgia\">two</font> three\n"},
		{"ttml", strings.Replace(ttml("", `One <span style="s1">two</span>`), `tts:fontWeight="bold"`, `tts:fontFamily="Georgia"`, 1), "srt",
			"\nOne <font face=\"Georgia\" color=\"yellow\">two</font>\n"},
		{"ttml", ttml(`tts:fontSize="2c"`, `One <span tts:fontSize="1c">two</span>`), "ass", `One {\fs30}two{\fs60}` + "\n"},
		{"vtt", vtt("\n2 < 3, I <3 you, 4 > 3"), "srt", "\n2 < 3, I <3 you, 4 > 3\n"},
		{"vtt", vtt(" line:0 line:50%\nOne"), "srt", "\n{\\an5}One\n"},
		{"vtt", vtt(" vertical:rl line:0\nOne"), "ass", ",,One\n"},
		{"vtt", "WEBVTT\n\nSTYLE\n::cue(.big) { font-size: 1.5em }\n\n00:01.000 --> 00:02.000\n<c.big>One</c> two\n", "ttml",
			`<span tts:fontSize="150%">One</span> two`},
		{"srt", srt(`{\fs30}One {\blur2}two`), "ttml", `<span style="box">One two</span>`},
		{"ass", ass(`One {\fs90\fnGeorgia}two{\fs\fn} three`), "ttml", `One <span tts:fontFamily="Georgia" tts:fontSize="150%">two</span> three`},
		{"ass", strings.Replace(ass("Raised"), "Default,,0,0,0", "Default,,0,0,216", 1), "vtt", " line:80%,end position:50%\nRaised\n"},
		{"ass", strings.Replace(ass(`{\an7}Aside`), "Default,,0,0,0", "Default,,480,0,0", 1), "vtt", " line:5.56% position:25% align:left\nAside\n"},
		{"ass", ass("Usual"), "vtt", "00:00:02.000\nUsual\n"},
	} {
		if got := rewrite(t, tt.from, tt.text, tt.to); !strings.Contains(got, tt.want) {
			t.Errorf("%s to %s, %q:\n%s\nwant\n%s", tt.from, tt.to, tt.text, got, tt.want)
		}
	}
}

// TestSameFormat: what WebVTT holds comes out as it went in.
func TestSameFormat(t *testing.T) {
	for _, text := range []string{
		"WEBVTT - Fog\nKind: captions\nLanguage: en-GB\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n" +
			"NOTE by hand\nand foot\n\n" +
			"STYLE\n::cue(.low) {\n  color: teal;\n}\n\nREGION\nid:left\nwidth:40%\nlines:3\n\nNOTE\nbelow\n\n" +
			"first one\n00:00:01.000 --> 00:00:02.000 region:left size:80% align:start\n<c.low>One</c> two\n\n" +
			"00:00:03.000 --> 00:00:04.000\nNo name\n\nNOTE between\n\n7\n00:00:05.000 --> 00:00:06.000 line:5,end\n" +
			"<b>a</b>b <u>c\u00A0d</u>\n\nNOTE the end\n",
		"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>One\n\n00:00:01.500 --> 00:00:02.500 vertical:lr\n<lang fi>kaksi</lang>\n",
		"WEBVTT\n\nNOTE\nTodo & <b>more</b>\n\nx\n00:00:01.000 --> 00:00:02.000\nOne\n",
	} {
		if got := convert(t, "vtt", text, "vtt"); got != text {
			t.Errorf("%s", cmp.Diff(text, got))
		}
	}
	srt := "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>One</i> <font color=\"#12ab90\">two</font>\n- three\n\n" +
		"2\n00:00:03,000 --> 00:00:04,000 X1:1 X2:2 Y1:3 Y2:4\nAnn: <b><u>four</u></b>\n"
	if got := convert(t, "srt", srt, "srt"); got != srt {
		t.Errorf("%s", cmp.Diff(srt, got))
	}
}

// TestSameFormatBreaks: a line break of HTML, which players show or pass over, is one when the
// file is written again.
func TestSameFormatBreaks(t *testing.T) {
	for name, text := range map[string]string{
		"vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne<br/>two\n",
		"srt": "1\n00:00:01,000 --> 00:00:02,000\nOne<BR>two\n",
	} {
		if got := convert(t, name, text, name); !strings.HasSuffix(got, "\nOne\ntwo\n") {
			t.Errorf("%s", got)
		}
	}
}

// TestSurroundings: what stands around cues, in formats that can hold it.
func TestSurroundings(t *testing.T) {
	const vtt = "WEBVTT - Fog --> 7\nKind: captions\n\nNOTE one -- two\n\n00:00:01.000 --> 00:00:02.000\nFirst\n\n" +
		"NOTE\nthree\nfour\n\n00:00:03.000 --> 00:00:04.000\nLast\n"
	for _, to := range []string{"ass", "ttml"} {
		back := convert(t, to, convert(t, "vtt", vtt, to), "vtt")
		want := strings.NewReplacer("NOTE\n", "NOTE ", "\n\n00:00:01", "\n\n1\n00:00:01",
			"\n\n00:00:03", "\n\n2\n00:00:03").Replace(vtt)
		if back != want {
			t.Errorf("%s: %s", to, cmp.Diff(want, back))
		}
	}
	if got := convert(t, "vtt", vtt, "srt"); strings.Contains(got, "Fog") || strings.Contains(got, "three") {
		t.Errorf("SubRip: %s", got)
	}
}

// losses names what a file loses in another format, each with its count.
func losses(t *testing.T, from, text, to string) string {
	t.Helper()
	f, err := Read(from, text)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := codecNamed(to)
	var all []string
	for _, l := range c.Losses(f.Cues, f.Around) {
		all = append(all, fmt.Sprintf("%s %d", l.Attribute, l.Count))
	}
	return strings.Join(all, ", ")
}

// reread reads what Write wrote.
func reread(name, written string) (*File, error) {
	text, err := Decode([]byte(written))
	if err != nil {
		return nil, err
	}
	return Read(name, text)
}

// TestOwnSheet: the rules for colours give way to those of the file.
func TestOwnSheet(t *testing.T) {
	const head = "WEBVTT\n\nSTYLE\n::cue(.lime), ::cue(b.yellow) { color: gold }\n\n"
	f, err := Read("vtt", head+"00:01.000 --> 00:02.000\n<c.yellow>One</c> <c.cyan>two</c> <c.lime>three</c>\n")
	if err != nil {
		t.Fatal(err)
	}
	f.Cues[0].Source = "" // to be written anew
	var b strings.Builder
	if err := Write(&b, "vtt", f.Cues, Options{Around: f.Around}); err != nil {
		t.Fatal(err)
	}
	if want := head + "NOTE styles\r\rSTYLE\n::cue(.cyan) { color: #00ffff }\n\n"; !strings.HasPrefix(b.String(), want) {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}

// TestLosses counts what formats can't hold.
func TestLosses(t *testing.T) {
	const vtt = "WEBVTT\nKind: captions\n\nNOTE one\n\nSTYLE\n::cue(.low), ::cue(v[voice=\"Ann\"]) { color: teal }\n\n" +
		"00:00:01.000 --> 00:00:02.000 line:0\n<c.low><i>One</i></c> <i>two</i>\n\n" +
		"00:00:03.000 --> 00:00:04.000 line:20% size:50%\n<c.high>Three</c> <i>four</i>\n"
	for _, tt := range []struct{ to, want string }{
		{"vtt", ""}, {"srt", "classes 1, position 1, size 1, note 1, style sheet 1, metadata field 1"},
		{"ttml", "classes 1, style sheet 1"}, {"ass", "classes 1, size 1, style sheet 1"},
		{"json", "italics 2, colours 1, classes 1, alignment 2, position 1, size 1, note 1, style sheet 1, metadata field 1"},
	} {
		if got := losses(t, "vtt", vtt, tt.to); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.to, got, tt.want)
		}
	}
	const ass = "[Script Info]\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\nStyle: Sign,Impact,40\n\n" +
		"[Events]\nFormat: Start, End, Style, Effect, Text\nDialogue: 0:00:01.00,0:00:02.00,Default,,{\\fad(200,0)}One {\\t(\\fs20)}\n" +
		"Dialogue: 0:00:02.00,0:00:03.00,Default,Banner;9,Two\nDialogue: 0:00:03.00,0:00:04.00,Sign,,Three\n" +
		"Dialogue: 0:00:03.00,0:00:04.00,Default,,{\\p1}m 0 0 l 9 9\n"
	for _, tt := range []struct{ from, text, to, want string }{
		{"ass", ass, "ass", ""}, {"ass", ass, "ttml", "effects 2, drawing 1"}, {"ass", ass, "vtt", "fonts 1, font sizes 1, effects 2, drawing 1"},
		{"ass", ass, "srt", "font sizes 1, effects 2, drawing 1"},
		{"srt", "1\n00:00:01,000 --> 00:00:02,000\n<font size=24>One</font> {\\blur2}two\n", "srt", ""},
		{"srt", "1\n00:00:01,000 --> 00:00:02,000\n<font size=24>One</font> {\\blur2}two\n", "ass", "font sizes 1, effects 1"},
		{"ttml", "<tt><body><p begin='1s' end='2s' opacity='0.5'>One</p><p begin='2s' end='3s'><set color='red'/>Two</p></body></tt>", "vtt",
			"effects 2"},
		{"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nOne <00:01.500>two\n", "vtt", ""},
		{"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nOne <00:01.500>two\n", "srt", "times of words 1"},
		{"vtt", "WEBVTT\n\nSTYLE\n::cue(.yellow) { color: #ffff00 }\n\n00:01.000 --> 00:02.000\n<c.yellow>One</c>\n", "srt", ""},
		{"vtt", "WEBVTT\n\nNOTE styles\n\nSTYLE\n::cue(.yellow) { color: #ffff00 }\n\n00:01.000 --> 00:02.000\n<c.yellow>One</c>\n", "srt", ""},
		{"vtt", "WEBVTT\n\nSTYLE\n::cue(.yellow) { color: gold }\n\n00:01.000 --> 00:02.000\n<c.yellow>One</c>\n", "srt", "style sheet 1"},
	} {
		if got := losses(t, tt.from, tt.text, tt.to); got != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.from, tt.to, got, tt.want)
		}
	}
	if got := convert(t, "vtt", vtt, "srt"); !strings.Contains(got, "\n{\\an8}<font color=\"teal\"><i>One</i></font> <i>two</i>\n") {
		t.Errorf("the style sheet is not read: %s", got)
	}
}

// TestStylesSurvive: each format keeps the styles and the places that it says it holds. Cues that are rolling
// captions are left out, whose lines are read once.
func TestStylesSurvive(t *testing.T) {
	words := []string{"Hello", "there,", "you.", "été", "a<b", "&amp;", "{x}", `\N`, "no-", "¿qué?"}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(freeFormats()).Draw(t, "format")
		var cues []Cue
		for i := range rapid.IntRange(1, 3).Draw(t, "cues") {
			cue := Cue{Segment: audio.Segment{Start: time.Duration(i) * time.Second, End: time.Duration(i+1) * time.Second}}
			if c.CanHold(Alignments) {
				cue.Settings = anchored(rapid.IntRange(1, 9).Draw(t, "key"))
			}
			for range rapid.IntRange(1, 2).Draw(t, "lines") {
				l := Line{}
				for k, text := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words") {
					w := Word{Text: text, Look: drawStyle(t, c).Look()}
					w.Glued = k > 0 && w.Style() != l.Words[k-1].Style() && rapid.Bool().Draw(t, "glued")
					l.Words = append(l.Words, w)
				}
				cue.Lines = append(cue.Lines, l)
			}
			cues = append(cues, cue)
		}
		if isRolling(cues) {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, c.Name, cues, Options{}); err != nil {
			t.Fatal(err)
		}
		got, err := reread(c.Name, b.String())
		if err != nil {
			t.Fatal(err)
		}
		if c.Name == "json" || c.Name == "lrc" { // of one line
			return
		}
		if d := cmp.Diff(cues, got.Cues, cmpopts.IgnoreFields(Cue{}, "Confidence", "Number", "ID", "Source"), cmpopts.EquateEmpty(),
			cmpopts.IgnoreFields(Line{}, "Number"), cmpopts.IgnoreFields(Word{}, "Segment", "Confidence")); d != "" {
			t.Errorf("%s (-want +got)\n%s\n%s", c.Name, d, b.String())
		}
	})
}

// drawStyle returns a style that the format can hold.
func drawStyle(t *rapid.T, f Format) (s Style) {
	if rapid.IntRange(0, 2).Draw(t, "plain") > 0 {
		return s
	}
	on := func(a Attribute) bool { return f.CanHold(a) && rapid.IntRange(0, 3).Draw(t, a.String()) == 0 }
	s.Italic, s.Bold, s.Underline, s.Strike = on(Italics), on(BoldText), on(Underlines), on(Strikes)
	if on(Colors) {
		s.Color = rapid.SampledFrom([]string{"yellow", "blue", "#12ab90"}).Draw(t, "color")
	}
	if on(Backgrounds) {
		s.Background = rapid.SampledFrom([]string{"yellow", "red", "#ff8800"}).Draw(t, "background")
	}
	if on(Fonts) {
		s.Face = "Georgia"
	}
	if on(Classes) {
		s.Class = rapid.SampledFrom([]string{"loud", "low big", "bg"}).Draw(t, "class")
	}
	if on(Languages) {
		s.Lang = "fr-CA"
	}
	if on(RubyText) {
		s.Ruby = rapid.SampledFrom([]string{"ka", "a b"}).Draw(t, "ruby")
	}
	return s
}

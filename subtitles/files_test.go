package subtitles

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// lighthouse is a small episode of our own words with what is awkward: markup in
// the text, a pause, music, a name with a reserved character, an unspoken
// sentence.
func lighthouse() *align.Alignment {
	a := said("en", normal,
		"Ann Petrie: Good evening, and welcome to the lighthouse. Tonight <b>we</b> ask who --> kept the lamp & why.",
		"R&D <Bob>: ____ The keeper did, of course, until the storm of Feb. 24, 1953, when nobody could reach the "+
			"island for nine days— +nine of them~—. He never spoke of it again. {\\an8} isn’t markup &amp; neither is "+
			"this.",
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
	s.Words[1].Inserted = true
	end := a.Turns[1].End
	a.Directions = []align.Direction{{Segment: audio.Segment{Start: end, End: end + 7*time.Second},
		Kind: transcript.Music, Text: "THEME MUSIC", Leads: true}}
	a.Speech = []audio.Segment{{Start: a.Turns[0].Start, End: end}, {Start: a.Turns[2].Start, End: a.Turns[2].End}}
	a.Unscripted = []align.Unscripted{{Segment: a.Directions[0].Segment, Kind: align.UnscriptedMusic}}
	a.Chapters = []align.Chapter{{Start: a.Turns[0].Start, Title: "Who --> kept the lamp & <why>"}, {Start: a.Turns[2].Start, Title: "Thanks"}}
	a.Misfits = []align.Misfit{{Text: "keeper", Count: 2, Start: a.Turns[0].Start}}
	return a
}

// TestWriteGolden holds each format to testdata/golden.<format>.
func TestWriteGolden(t *testing.T) {
	for _, f := range Formats() {
		name := f.Name
		p := preset(t, "podcast", name)
		a := lighthouse()
		c := Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Words: true, Lang: "en", Alignment: a,
			Title: "R&D 7", Audio: "./R%26D%207.mp3"}
		var b bytes.Buffer
		if err := Write(&b, name, c); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkGolden(t, "golden."+name, b.String())
	}
}

// checkGolden holds what was made to the file of that name in testdata, which -update rewrites.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got; go test ./subtitles -update rewrites it)\n%s", golden, d)
	}
}

// readNamed reads a file as it comes: decoded, and with its format found by Detect.
func readNamed(name, data string) ([]format.Cue, error) {
	text, err := format.Decode([]byte(data))
	if err != nil {
		return nil, err
	}
	cues, _, err := Read(Detect(name, text), text)
	return cues, err
}

// ofFile is what a caption file keeps of cues: the text of their lines, and in
// WebVTT the speakers.
func ofFile(cues []format.Cue, p Preset, voices bool) [][]string {
	var all [][]string
	speakers := p.speakersBefore(cues)
	for i, c := range cues {
		lines := []string{format.Clock(c.Start, ".", 3) + " " + format.Clock(c.End, ".", 3)}
		for _, text := range p.label().Texts(c, speakers[i]) {
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
		name := rapid.SampledFrom([]string{"vtt", "srt"}).Draw(t, "format")
		p := rapid.SampledFrom(Presets()).Draw(t, "preset")
		p.Speakers = rapid.SampledFrom(append(AllSpeakers(), "", "", "")).Draw(t, "speakers")
		p = p.For(name)
		words := rapid.Bool().Draw(t, "times")
		cues := Layout(a, p, LayoutOptions{})
		if len(cues) == 0 {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, name, Captions{Cues: cues, Preset: p, Words: words}); err != nil {
			t.Fatal(err)
		}
		file := b.String()
		got, err := readNamed("a."+name, b.String())
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		voices := name == "vtt"
		read := Preset{}
		if voices {
			read.Label = format.OwnLabel // which is taken off the text
		}
		if p.Speakers == SpeakersNone {
			cues = nameless(cues)
		}
		if d := cmp.Diff(ofFile(cues, p, voices), ofFile(got, read, voices)); d != "" {
			t.Fatalf("-written +read\n%s\n%s", d, file)
		}
		if !voices || !words {
			return
		}
		for i, c := range cues {
			last := c.Start
			for k := range c.Lines {
				sameWordTimes(t, c, got[i], k, &last, file)
			}
		}
	})
}

// sameWordTimes fails where a word of line k of a cue that has a time in the file, one
// after last and before the end, lacks it as read. A dash that opens the line alone is
// read as one word with the next, which begins with the cue, or when that word does, or
// else with the dash.
func sameWordTimes(t *rapid.T, c, got format.Cue, k int, last *time.Duration, file string) {
	t.Helper()
	l, read := c.Lines[k], got.Lines[k]
	at := func(l format.Line, n int) int { // where word n stands in the line
		return len(format.Line{Words: l.Words[:n+1]}.Text()) - len(l.Words[n].Text)
	}
	byPlace := map[int]format.Word{}
	for n := range read.Words {
		byPlace[at(read, n)] = read.Words[n]
	}
	stamp := func(w format.Word, last time.Duration) (time.Duration, bool) {
		start := w.Start.Round(time.Millisecond)
		return start, start > last && start < c.End && !l.Sound
	}
	dash, _, dashed := strings.Cut(l.Text(), " ")
	dashed = dashed && strings.Trim(dash, "-–—") == ""
	for n, w := range l.Words {
		start, ok := stamp(w, *last)
		if !ok {
			continue
		}
		*last = start
		place := at(l, n)
		joined := dashed && place <= len(dash)+1
		if joined {
			place = 0
			if n+1 < len(l.Words) && at(l, n+1) <= len(dash)+1 {
				if _, ok := stamp(l.Words[n+1], start); ok {
					continue
				}
			}
		}
		back, ok := byPlace[place]
		timed := back.Start == start || joined && back.Start == c.Start.Round(time.Millisecond)
		if !ok || !timed || place > 0 && back.Glued != w.Glued || joined && !strings.HasPrefix(back.Text, dash+" ") {
			t.Fatalf("%q at %v, read %+v\n%s", w.Text, start, back, file)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	const tt1 = `<?xml version="1.0" encoding="ISO-8859-1"?><tt xmlns="http://www.w3.org/ns/ttml" ` +
		`xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ` +
		`ttp:tickRate="10000000"><head><metadata xmlns:ttm="x"><ttm:agent xml:id="a"><ttm:name>Ann &amp; ` +
		`Co</ttm:name><ttm:name>other</ttm:name></ttm:agent></metadata></head><body><div>`
	const events = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n" +
		"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
	for _, tt := range []struct{ name, file, text, want string }{
		{"no end", "a.vtt", "WEBVTT\n\n00:00:00.000 -->\nHello\n", "line 3: the times of the cue can't be read"},
		{"no end", "a.srt", "1\n00:00:00,000 --> \nHello\n", "line 2: the times of the cue can't be read"},
		{"no start", "a.srt", "1\n00:0x --> 00:00:01,000\nHello\n",
			`line 2: the times of the cue can't be read, "00:0x --> 00:00:01,000"`},
		{"end before start", "a.srt", "\n1\n00:00:02,000 --> 00:00:01,000\nHello\n",
			"line 3: the cue doesn't end after it starts"},
		{"empty", "a.vtt", "", "there are no cues"},
		{"prose", "a.txt", "Once upon a time.", "there are no cues"},
		{"unknown arrows", "a.vtt", "WEBVTT\n\n00:00:01.000 ... 00:00:02.000\nHello\n",
			`there are no cues, but line 3 looks like the times of one, "00:00:01.000 ... 00:00:02.000": write start --> end`},
		{"unknown arrows in a page", "a.txt", "1\n00:00:01,000 → 00:00:02,000\nHello\n",
			`there are no cues, but line 2 looks like the times of one, "00:00:01,000 → 00:00:02,000"`},
		{"unknown arrows by the name", "a.srt", "1\n00:00:01,000 ~ 00:00:02,00x\nHello\n",
			`line 2: the times of the cue can't be read, "00:00:01,000 ~ 00:00:02,00x"`},
		{"times below a page", "a.txt", strings.Repeat("Prose.\n", 9) + "00:00:01,000 --> 00:00:02,000\nHello\n",
			`there are no cues, but line 10 has the times of one, "00:00:01,000 --> 00:00:02,000": name the file .srt`},
		{"prose with a clock", "a.txt", "It was 10:30, or 10:31.", "there are no cues: give"},
		{"binary", "a.srt", "RIFF\x00\x00\x00\x00", "this is a recording, not text"},
		{"ttml without an end", "a.ttml", tt1 + "\n<p begin='1s' end='1s'>x</p>", "line 2: the cue doesn't end after it starts"},
		{"ttml of no times", "a.ttml", tt1 + "<p begin='soon' end='2s'>x</p>", `"soon" is no time: write it as 00:00:01.500`},
		{"ttml with a span that is never shown", "a.ttml",
			tt1 + "\n<p begin='1s' end='3s'><span begin='9s'>x</span></p></div></body></tt>",
			"line 2: the cue doesn't end after it starts"},
		{"ttml cut off", "a.ttml", tt1 + "<p begin='1s' end='2s'>x", "it is no TTML"},
		{"ttml cut off below wrong times", "a.ttml", tt1 + "<p begin='soon' end='2s'>x</p><p",
			`unexpected EOF; before that, line 1: "soon" is no time`},
		{"ttml of no rate", "a.ttml", `<tt frameRate="0"/>`, `frameRate is "0": give a number above 0`},
		{"ttml without end", "a.ttml", strings.Repeat("<a>", 1000), "nested more than 100 deep"},
		{"ttml of nothing", "a.ttml", tt1 + "</div></body></tt>", "there are no cues: give WebVTT, SubRip, Podcasting 2.0 JSON, TTML"},
		{"ass without a format", "a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,x",
			"line 2: the dialogue has other fields than the Format line says"},
		{"ass of no times", "a.ass", events + "Dialogue: 0,soon,0:00:02.00,Default,,0,0,0,,x",
			"line 10: the times of the dialogue can't be read"},
		{"ass that ends first", "a.ass", events + "Dialogue: 0,0:00:03.00,0:00:02.00,Default,,0,0,0,,x",
			"line 10: the cue doesn't end after it starts"},
		{"a list", "a.json", `[1]`, "line 1: it is no Podcasting 2.0 transcript: [ stands where { should"},
		{"other json", "a.json", `{"a": 1}`, "there are no cues"},
		{"a segment without times", "a.json", "{\"segments\": [\n{\"body\": \"x\"}]}",
			"line 2: the cue doesn't end after it starts"},
		{"a segment of no time", "a.json", `{"segments": [{"startTime": 1e9, "endTime": 1}]}`, "is no time in a recording"},
	} {
		if _, err := readNamed(tt.file, tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func BenchmarkWriteVTT(b *testing.B) {
	p := preset(b, "youtube", "vtt")
	a := said("en", normal, "Ann: "+strings.Repeat("The keeper said nothing, but he left the lamp burning for those at "+
		"sea. ", 500))
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
		{"a.vtt", "vtt"}, {"dir.x/A.SRT", "srt"}, {"a.json", "json"}, {"a.alignment.json", "alignment.json"},
		{"a.textgrid", "TextGrid"}, {"a.Labels.txt", "labels.txt"}, {"a.txt", ""}, {"a.doc", ""}, {"vtt", ""},
	} {
		if got, err := FormatOf(tt[0]); got != tt[1] || (err == nil) != (tt[1] != "") {
			t.Errorf("%s: %q, %v", tt[0], got, err)
		}
	}
	if _, err := FormatOf("a.txt"); err == nil || !strings.Contains(err.Error(), "a.txt: .txt alone doesn't tell the format: use .transcript.txt or .labels.txt") {
		t.Errorf("a.txt: %v", err)
	}
}

// TestFromCues: cues of a file laid out anew are what they were.
func TestFromCues(t *testing.T) {
	p := preset(t, "youtube", "json")
	cues := Layout(said("en", normal, "Ann: Good evening to you all. Who kept the lamp?",
		"Bob: ____ The keeper did, until the storm of that winter, when nobody could reach the island for nine "+
			"days."), p, LayoutOptions{})
	var b bytes.Buffer
	if err := Write(&b, "vtt", Captions{Cues: cues, Preset: p}); err != nil {
		t.Fatal(err)
	}
	read, err := readNamed("a.vtt", b.String())
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
	two, _, err := Read("srt", "1\n00:00:01,000 --> 00:00:04,000\n- Who kept\nthe lamp?\n-Nobody —\n– Why?\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := drawn(Layout(FromCues(two, "en"), p, LayoutOptions{}), p),
		"- Who kept the lamp?\n-Nobody —\n– Why?"; got != want {
		t.Errorf("two speakers:\n%s\nwant\n%s", got, want)
	}
	if err := Write(&b, "TextGrid", Captions{Cues: read, Alignment: a}); err != nil {
		t.Error(err)
	}
	if err := Write(&b, "labels.txt", Captions{Cues: read}); err == nil {
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

// TestReadGolden: what was written with voices or names reads as the WebVTT file
// does, but for line breaks and hundredths.
func TestReadGolden(t *testing.T) {
	for _, kind := range []string{"ttml", "ass", "json"} {
		a, p := lighthouse(), preset(t, "youtube", kind)
		want := Layout(a, p, LayoutOptions{})
		var b bytes.Buffer
		if err := Write(&b, kind, Captions{Cues: want, Preset: p, Lang: "en", Alignment: a}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a." + kind, "captions"} {
			got, err := readNamed(name, b.String())
			if err != nil || len(got) != len(want) {
				t.Errorf("%s: %d cues of %d, %v", kind, len(got), len(want), err)
				continue
			}
			for i, w := range want {
				g := got[i]
				if (g.Start-w.Start).Abs() > 5*time.Millisecond || (g.End-w.End).Abs() > 5*time.Millisecond ||
					g.Text() != w.Text() || g.Lines[0].Speaker != w.Lines[0].Speaker {
					t.Errorf("%s, cue %d: %s not %s", kind, i+1, got[i].Text(), want[i].Text())
				}
			}
		}
	}
}

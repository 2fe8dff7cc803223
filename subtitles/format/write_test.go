package format

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"cuewright/audio"
)

func TestWriteRefuses(t *testing.T) {
	cue := func(start, end time.Duration) Cue {
		return Cue{Segment: audio.Segment{Start: start, End: end}, Lines: []Line{{Words: []Word{{Text: "Hello"}}}}}
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
		if err := Write(&bytes.Buffer{}, tt.format, tt.cues, Options{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestWriteSortsAndRounds(t *testing.T) {
	cues := []Cue{
		{Segment: audio.Segment{Start: 2*time.Second + 400*time.Microsecond, End: 100 * time.Hour},
			Lines: []Line{{Words: []Word{{Text: "last"}}}}},
		{Segment: audio.Segment{Start: 999600 * time.Microsecond, End: 2 * time.Second},
			Lines: []Line{{Words: []Word{{Text: "two\n\nlines\x00"}}}, {}}},
	}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\ntwo lines\n\n2\n00:00:02.000 --> 100:00:00.000\nlast\n"},
		{"srt", "1\n00:00:01,000 --> 00:00:02,000\ntwo lines\n\n2\n00:00:02,000 --> 100:00:00,000\nlast\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{}); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

// TestWriteFrames: formats tell the frames that cues begin and end with, in a time that is not
// behind them where players look for that, and are read with the times that were written.
func TestWriteFrames(t *testing.T) {
	for _, tt := range []struct{ format, rate, want string }{
		{"srt", "23.976", "00:00:01,043 --> 00:00:02,127"}, // frames 25 and 51, at 1.042708 and 2.127125 s
		{"vtt", "23.976", "00:00:01.043 --> 00:00:02.127"},
		{"json", "23.976", `"startTime": 1.043`},
		{"ass", "23.976", "Dialogue: 0,0:00:01.04,0:00:02.12,"},
		{"ass", "25", "Dialogue: 0,0:00:01.04,0:00:02.12,"},
		{"ass", "", "Dialogue: 0,0:00:01.04,0:00:02.13,"},
		{"ttml", "23.976", `begin="00:00:01.042708" end="00:00:02.127125"`},
		{"ttml", "23.976", ` ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" `},
		{"ttml", "29.97", ` ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" `},
		{"ttml", "59.94", ` ttp:frameRate="60" ttp:frameRateMultiplier="1000 1001" `},
		{"ttml", "25", `ttp:timeBase="media" ttp:frameRate="25" xml:lang=""`},
		{"ttml", "", `ttp:timeBase="media" xml:lang=""`},
		{"ttml", "", `begin="00:00:01.043" end="00:00:02.127"`},
	} {
		cue := Cue{Segment: audio.Segment{Start: 1043 * time.Millisecond, End: 2127 * time.Millisecond},
			Lines: []Line{{Words: []Word{{Text: "Hello"}}}}}
		r, err := FrameRateNamed(tt.rate)
		if err != nil {
			t.Fatal(err)
		}
		if !r.IsZero() {
			cue.Start = r.Time(r.Frame(cue.Start)).Round(time.Millisecond)
			cue.End = r.Time(r.Frame(cue.End)).Round(time.Millisecond)
		}
		var b bytes.Buffer
		if err := Write(&b, tt.format, []Cue{cue}, Options{FrameRate: r}); err != nil || !strings.Contains(b.String(), tt.want) {
			t.Errorf("%s at %q: %v\n%swant %s", tt.format, tt.rate, err, b.String(), tt.want)
		}
		f, err := Read(tt.format, b.String())
		if err != nil || tt.format != "ass" && f.Cues[0].Segment != cue.Segment {
			t.Errorf("%s at %q: read with the times %v, %v", tt.format, tt.rate, f.Cues, err)
		}
	}
}

// TestWriteFramesOfASS: a file of ASS that stays one has its times rounded down, too.
func TestWriteFramesOfASS(t *testing.T) {
	f, err := Read("ass", "[Script Info]\nPlayResX: 640\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.05,0:00:02.14,{\\b1}Fog\n")
	if err != nil {
		t.Fatal(err)
	}
	f.Cues[0].Start, f.Cues[0].End = 1051*time.Millisecond, 2135*time.Millisecond // frames 63 and 128, at 1.0511 and 2.1355 s
	var b bytes.Buffer
	if err := Write(&b, "ass", f.Cues, Options{Around: f.Around, FrameRate: FrameRate{60000, 1001}}); err != nil ||
		!strings.Contains(b.String(), "Dialogue: 0:00:01.05,0:00:02.13,{\\b1}Fog\n") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// TestWriteFramesInTime: what ASS and TTML say of a frame lies behind the frame before, and
// not behind the frame itself.
func TestWriteFramesInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(frameRates()).Draw(t, "rate").FrameRate
		n := rapid.Int64Range(1, 1e7).Draw(t, "frame")
		o := Options{FrameRate: r}
		for _, unit := range []time.Duration{10 * time.Millisecond, time.Microsecond} {
			at := o.down(r.Time(n).Round(time.Millisecond), unit)
			if at <= r.Time(n-1) || at > r.Time(n) || at%unit != 0 {
				t.Fatalf("frame %d at %v is at %v in units of %v", n, r.Time(n), at, unit)
			}
		}
	})
}

// TestTimesSurvive: in any format a file that is read, written and read again has the same
// cues, with the same times to the millisecond, or to the hundredth of a second in ASS.
func TestTimesSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"vtt", "srt", "json", "ttml", "ass", "sbv"}).Draw(t, "format")
		unit := time.Millisecond
		if name == "ass" {
			unit = 10 * time.Millisecond
		}
		var cues []Cue
		for range rapid.IntRange(1, 8).Draw(t, "cues") {
			at := time.Duration(rapid.Int64Range(0, int64(200*time.Hour/unit)).Draw(t, "start")) * unit
			long := time.Duration(rapid.Int64Range(1, int64(time.Minute/unit)).Draw(t, "length")) * unit
			word := rapid.SampledFrom([]string{"tea", "Is it?", "灯台", "10:30", "-"}).Draw(t, "text")
			line := newLine("", 0, []span{{text: word}})
			cues = append(cues, Cue{Segment: audio.Segment{Start: at, End: at + long}, Lines: []Line{line}})
		}
		text := ""
		for range 2 {
			var b bytes.Buffer
			if err := Write(&b, name, cues, Options{}); err != nil {
				t.Fatal(err)
			}
			f, err := reread(name, b.String())
			if err != nil || len(f.Warnings) > 0 {
				t.Fatalf("%v, %v\n%s", err, f.Warnings, b.String())
			}
			if want, got := drawnCues(Sorted(cues)), drawnCues(f.Cues); got != want {
				t.Fatalf("%s\nwant\n%s\nof\n%s", got, want, b.String())
			}
			if text != "" && b.String() != text {
				t.Fatalf("written again:\n%s\nnot\n%s", b.String(), text)
			}
			cues, text = f.Cues, b.String()
		}
	})
}

// TestWriteGlued: what is glued stays so where a format joins lines.
func TestWriteGlued(t *testing.T) {
	cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{
		{Words: []Word{{Text: "They"}, {Text: "came—"}}}, {Words: []Word{{Text: "here", Glued: true}, {Text: "too."}}},
	}}}
	for _, tt := range [][2]string{{"json", `"They came—here too."`}, {"srt", "\nThey came—\nhere too.\n"},
		{"ass", `They came—\Nhere too.`}} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{}); err != nil || !strings.Contains(b.String(), tt[1]) {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

func TestWriteRightToLeft(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{{"Hello", false}, {"«שלום» 14", true}, {"14 كان البحر", true}, {"OK שלום", false}, {"14", false}} {
		cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{{Words: []Word{{Text: tt.text}}}}}}
		var b bytes.Buffer
		if err := Write(&b, "ttml", cues, Options{}); err != nil ||
			strings.Contains(b.String(), ` tts:direction="rtl"`) != tt.want ||
			!strings.Contains(b.String(), ">"+tt.text+"<") {
			t.Errorf("%s: %v\n%s", tt.text, err, b.String())
		}
	}
}

func TestWriteTwoSpeakers(t *testing.T) {
	line := func(speaker, text string) Line {
		return Line{Speaker: speaker, Words: []Word{{Text: text}}}
	}
	cues := []Cue{{Segment: audio.Segment{End: time.Second}, Lines: []Line{line("Ann", "Yes?"), line("Bob", "No!")}}}
	for _, tt := range [][2]string{
		{"vtt", "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n<v Ann>-Yes?</v>\n<v Bob>-No!</v>\n"},
		{"srt", "1\n00:00:00,000 --> 00:00:01,000\n-Yes?\n-No!\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt[0], cues, Options{Label: DashLabel}); err != nil || b.String() != tt[1] {
			t.Errorf("%s: %v\n%s", tt[0], err, b.String())
		}
	}
}

// TestWriteJSONControls: no control character but line ends comes out raw.
func TestWriteJSONControls(t *testing.T) {
	const text = "\x00\x1b[1m\x7f\u0080\u009b2J\u009f\u00a0é\u2028<&>"
	for _, indent := range []string{"", " "} {
		var b bytes.Buffer
		if err := WriteJSON(&b, map[string]string{text: text}, indent); err != nil {
			t.Fatal(err)
		}
		raw := func(r rune) bool { return unicode.IsControl(r) && r != '\n' }
		var again map[string]string
		if err := json.Unmarshal(b.Bytes(), &again); err != nil || again[text] != text || strings.ContainsFunc(b.String(), raw) {
			t.Errorf("%q: %v", b.String(), err)
		}
	}
}

// FuzzWrite: whatever a stranger calls a speaker and has said, each format holds it in the
// cue it belongs to, and nothing else is changed by it.
func FuzzWrite(f *testing.F) {
	for _, name := range []string{"Nora Quill--", "-->", "--", "a.b c", "<v Bob>", "&lt;", "]]>", "\"", "{\\i1}", "a,b", "a:", ">> A", "\u202E", "\u009B1m"} {
		for _, said := range []string{"Hello.", "00:00:01.000 --> 00:00:02.000", "1", "NOTE x", "STYLE", "WEBVTT", "</p></div>", "--", "<00:00:03.500>x",
			"{\\p1}m 0 0", "]]>", "Dialogue: 0,0:00:01.00", "&nbsp;&#10;", "=1+1", "\u2028"} {
			f.Add(name, said, uint16(len(name)*len(said)*97))
		}
	}
	f.Fuzz(func(t *testing.T, name, said string, look uint16) {
		if strings.Contains(name+said, wordJoiner) {
			return // by which writers mark text that would be markup
		}
		cue := func(at time.Duration, speaker, text string) Cue {
			return Cue{
				Segment: audio.Segment{Start: at * time.Second, End: (at + 1) * time.Second},
				Lines:   []Line{newLine(ShortName(Clean(speaker)), 1, []span{{text: Clean(text)}})},
			}
		}
		cues := []Cue{cue(1, "Ann", "Before."), cue(3, name, said), cue(5, "Bob", "Behind.")}
		if len(cues[1].Lines[0].Words) == 0 {
			return
		}
		text, speaker := strings.ToUpper(cues[1].Text()), strings.ToUpper(cues[1].Speaker())
		if speaker != "" && strings.Contains(text, speaker+":") {
			return // it is read as the label of the speaker, who is named beside the text
		}
		words := cues[1].Lines[0].Words
		for i := range words {
			if i%2 == 0 { // each other one has a look
				words[i].Look = fuzzedStyle(look, said).Look()
			}
		}
		cues[1].Settings = anchored(int(look>>8) % 10)
		for _, codec := range freeFormats() {
			for _, words := range []bool{false, true} {
				var b bytes.Buffer
				if err := Write(&b, codec.Name, cues, Options{Words: words, Lang: name}); err != nil {
					t.Fatalf("%s: %v", codec.Name, err)
				}
				if codec.WriteOnly {
					continue
				}
				got, err := reread(codec.Name, b.String())
				if err != nil || len(got.Warnings) > 0 || len(got.Notes) > 0 || len(got.Cues) != 3 {
					t.Fatalf("%s: %d cues, %v, %v, %v of\n%s", codec.Name, len(got.Cues), got.Warnings, got.Notes, err, b.String())
				}
				for i, c := range got.Cues {
					want := cues[i]
					if c.Start != want.Start || c.End != want.End || c.Text() != want.Text() ||
						codec.MarksSpeakers && c.Speaker() != want.Speaker() {
						t.Fatalf("%s: cue %d is %+v, want %+v, of\n%q", codec.Name, i+1, c, want, b.String())
					}
				}
			}
		}
	})
}

// fuzzedStyle returns the style of these bits, in which a stranger's words are values.
func fuzzedStyle(bits uint16, value string) (s Style) {
	s.Italic, s.Bold, s.Underline, s.Strike = bits&1 > 0, bits&2 > 0, bits&4 > 0, bits&8 > 0
	if bits&16 > 0 {
		s.Color, s.Background = parseColor(value), parseColor("#12ab90")
	}
	if bits&32 > 0 {
		s.Face, s.Size, s.Lang = Clean(value), Clean(value), Clean(value)
	}
	if bits&64 > 0 {
		s.Ruby = Clean(value)
	}
	if bits&128 > 0 {
		s.Class = Clean(value)
	}
	return s
}

// TestSoundsHaveNoDash: what stands in brackets and nobody says is a sound for who reads it, and has no dash.
func TestSoundsHaveNoDash(t *testing.T) {
	said := cueOf(0, 1000, "Ann|No.")
	cue := cueOf(1000, 2000, "|[thud]", "Ann|Who is there?")
	cue.Lines[0].Sound = false // it stands among words
	for _, o := range []Options{{Label: BracketLabel}, {Label: DashLabel}} {
		var b strings.Builder
		if err := Write(&b, "vtt", []Cue{said, cue}, o); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "\n[thud]\n<v Ann>-Who is there?</v>\n") {
			t.Errorf("%d: %s", o.Label, b.String())
		}
		if again, err := rewritten("vtt", b.String(), o); err != nil || again != b.String() {
			t.Errorf("%d: %v, %s", o.Label, err, again)
		}
	}
}

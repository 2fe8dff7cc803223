package format

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/subtitles/format/cea608"
)

// TestTimeCodes: numbers are dropped as SMPTE ST 12-1 says, and a time code is read as the frame that it was written
// for.
func TestTimeCodes(t *testing.T) {
	for _, c := range []struct {
		frame int64
		want  string
	}{
		{0, "00:00:00;00"}, {1799, "00:00:59;29"}, {1800, "00:01:00;02"}, {3597, "00:01:59;29"}, {3598, "00:02:00;02"},
		{17981, "00:09:59;29"}, {17982, "00:10:00;00"}, {107892, "01:00:00;00"}, {24 * 107892, "24:00:00;00"},
	} {
		if got := sccTime(c.frame); got != c.want {
			t.Errorf("frame %d is at %s, want %s", c.frame, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		frame := rapid.Int64Range(0, 90*107892).Draw(t, "frame")
		if got := sccFrame(sccLine().FindStringSubmatch(sccTime(frame) + "\t942f")); got != frame {
			t.Fatalf("frame %d is read as %d", frame, got)
		}
	})
	if got := sccFrame(sccLine().FindStringSubmatch("01:00:00:00\t942f")); got != 108000 {
		t.Errorf("without dropped numbers an hour has %d frames", got)
	}
}

// writtenCues returns a file of cues, and the warnings of its writer.
func writtenCues(t interface {
	Helper()
	Fatal(...any)
}, name string, cues []Cue, o Options) (text string, warnings []string) {
	t.Helper()
	var b bytes.Buffer
	o.Warn = func(text string) { warnings = append(warnings, text) }
	if err := Write(&b, name, cues, o); err != nil {
		t.Fatal(err)
	}
	decoded, err := Decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return decoded, warnings
}

// TestSCCLoads: a caption is sent before it is shown, around the code that erases the one before it, and shown later
// where there is not enough time, which is told.
func TestSCCLoads(t *testing.T) {
	long := strings.Repeat("harbour ", 6) + "fog" // 51 characters of two rows: 38 frames with their codes
	for _, c := range []struct {
		name  string
		cues  []Cue
		times []string // of what is shown and erased
		warn  string
	}{
		{"enough time", []Cue{cueOf(2000, 3000, "|Fog")}, []string{"00:00:02;00 942f", "00:00:03;00 942c"}, ""},
		{"too early", []Cue{cueOf(100, 3000, "|Fog")}, []string{"00:00:00;10 942f", "00:00:03;00 942c"},
			"1 cue appears later than asked for, by up to 0.23 s"},
		{"one that touches", []Cue{cueOf(2000, 3000, "|Fog"), cueOf(3000, 4000, "|Rain")},
			[]string{"00:00:02;00 942f", "00:00:03;00 942f", "00:00:04;00 942c"}, ""},
		{"a gap of a frame", []Cue{cueOf(2000, 3000, "|Fog"), cueOf(3033, 4000, "|Rain")},
			[]string{"00:00:02;00 942f", "00:00:03;01 942f", "00:00:04;00 942c"}, ""},
		{"a gap of two frames", []Cue{cueOf(2000, 3000, "|Fog"), cueOf(3067, 4000, "|Rain")},
			[]string{"00:00:02;00 942f", "00:00:03;00 942c", "00:00:03;02 942f", "00:00:04;00 942c"}, ""},
		{"a long one behind a short one", []Cue{cueOf(2000, 3000, "|Fog"), cueOf(3000, 6000, "|"+long)},
			[]string{"00:00:02;00 942f", "00:00:03;00 942c", "00:00:03;10 942f", "00:00:06;00 942c"},
			"1 cue appears later than asked for, by up to 0.33 s"},
		{"no time at all", []Cue{cueOf(2000, 2500, "|Fog"), cueOf(2500, 2600, "|"+long), cueOf(2600, 5000, "|Rain")},
			[]string{"00:00:02;00 942f", "00:00:02;15 942c", "00:00:03;10 942f", "00:00:03;14 942c", "00:00:03;24 942f", "00:00:05;00 942c"},
			"2 cues appear later than asked for, by up to 1.20 s"},
	} {
		text, warnings := writtenCues(t, "scc", c.cues, Options{})
		var times []string
		for _, m := range regexp.MustCompile(`(?m)^(\S+)\t(942[cf]) 942[cf]$`).FindAllStringSubmatch(text, -1) {
			times = append(times, m[1]+" "+m[2])
		}
		if diff := cmp.Diff(c.times, times); diff != "" {
			t.Errorf("%s (-want +got)\n%s%s", c.name, diff, text)
		}
		if got := strings.Join(warnings, "\n"); !strings.HasPrefix(got, c.warn) || c.warn == "" && got != "" {
			t.Errorf("%s: warnings %q, want %q", c.name, got, c.warn)
		}
	}
}

// TestSCCFrames: no two words of a file are in one frame, whatever the cues are.
func TestSCCFrames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, _ := writtenCues(t, "scc", drawGridCues(t, "♪ñÄ", 0), Options{})
		free := int64(0)
		for line := range strings.Lines(text) {
			m := sccLine().FindStringSubmatch(strings.TrimSpace(line))
			if m == nil {
				continue
			}
			if at := sccFrame(m); at < free {
				t.Fatalf("frame %d has two words:\n%s", at, text)
			}
			free = sccFrame(m) + int64(len(strings.Fields(m[6])))
		}
	})
}

// drawGridCues draws cues with words of some of these letters, at least so long after each other; where that is any
// time, each fits a screen, however its lines are broken. Their lines have other numbers, so that none is another's.
func drawGridCues(t *rapid.T, letters string, gap time.Duration) []Cue {
	var cues []Cue
	at, mostWords := time.Duration(0), 6
	if gap > 0 {
		mostWords = 4
	}
	word := rapid.StringOfN(rapid.RuneFrom([]rune(letters+"abé")), 1, 9, -1)
	for i := range rapid.IntRange(1, 5).Draw(t, "cues") {
		at += gap + time.Duration(rapid.IntRange(0, 3000).Draw(t, "later"))*time.Millisecond
		length := gap + time.Duration(rapid.IntRange(40, 3000).Draw(t, "length"))*time.Millisecond
		c := Cue{Segment: audio.Segment{Start: at, End: at + length}, Confidence: 1,
			Settings: anchored(rapid.IntRange(1, 9).Draw(t, "key"))}
		at = c.End
		for k := range rapid.IntRange(1, 2).Draw(t, "lines") {
			l := Line{Words: []Word{{Text: fmt.Sprintf("n%d.%d", i, k)}}}
			for _, text := range rapid.SliceOfN(word, 0, mostWords).Draw(t, "words") {
				s := Style{Color: rapid.SampledFrom(append([]string{"", ""}, gridColors...)).Draw(t, "colour")}
				s.Italic, s.Underline = rapid.Bool().Draw(t, "italic"), rapid.Bool().Draw(t, "underline")
				l.Words = append(l.Words, Word{Text: text, Look: s.Look()})
			}
			c.Lines = append(c.Lines, l)
		}
		cues = append(cues, c)
	}
	return cues
}

// TestSCCSurvives: where there is time to load them, captions keep their text, what they hold of its looks, their edge
// of the screen and, to the frame, their times; an end may be a frame later, behind a code and its repetition.
func TestSCCSurvives(t *testing.T) {
	kept := []Attribute{Italics, Underlines, Colors}
	rapid.Check(t, func(t *rapid.T) {
		cues := drawGridCues(t, "♪ñÄ“?", 9*time.Second)
		text, warnings := writtenCues(t, "scc", cues, Options{})
		got, err := Read("scc", text)
		if err != nil || len(got.Warnings)+len(warnings) > 0 || len(got.Cues) != len(cues) {
			t.Fatalf("%v, %v, %v, %d cues of\n%s", err, got.Warnings, warnings, len(got.Cues), text)
		}
		for i, c := range cues {
			g := got.Cues[i]
			if (c.Start-g.Start).Abs() > 18*time.Millisecond || (c.End-g.End).Abs() > 52*time.Millisecond {
				t.Fatalf("cue %d is at %v, want %v", i, g.Segment, c.Segment)
			}
			for _, a := range kept {
				if !sameValue(a, valueOf(a, c), valueOf(a, g)) {
					t.Fatalf("cue %d has the %s %s, want %s, of\n%s", i, a, valueOf(a, g), valueOf(a, c), text)
				}
			}
			wide := slices.ContainsFunc(g.Lines, func(l Line) bool { return Columns(l.Text()) > cea608.Columns })
			if wide || len(g.Lines) > 4 {
				t.Fatalf("cue %d has the lines %v", i, g.Lines)
			}
			key, _ := c.Settings.anchor()
			full := !slices.ContainsFunc(g.Lines, func(l Line) bool { return Columns(l.Text()) < cea608.Columns-8 })
			if other, _ := g.Settings.anchor(); key != other && !full {
				t.Fatalf("cue %d stands at %d, want %d, of\n%s", i, other, key, text)
			}
		}
	})
}

// TestSCCLate: cues that can't be loaded in time lose no text and come in their order.
func TestSCCLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cues := drawGridCues(t, "ñÄ", 0)
		text, _ := writtenCues(t, "scc", cues, Options{})
		got, err := Read("scc", text)
		if err != nil || len(got.Warnings) > 0 {
			t.Fatal(err, got.Warnings)
		}
		letters := func(cues []Cue) string {
			var b strings.Builder
			for _, c := range cues {
				b.WriteString(lettersOf(c, nil))
			}
			return b.String()
		}
		if want, got := letters(cues), letters(got.Cues); got != want {
			t.Fatalf("got %s, want %s, of\n%s", got, want, text)
		}
	})
}

// TestReadSCC: files of others.
func TestReadSCC(t *testing.T) {
	const head = sccTitle + "\n\n"
	for _, c := range []struct{ name, text, want string }{
		{"shown by the last word of a line", head + "00:00:01;00\t94ae 94ae 9420 9420 9470 9470 c8e5 ecec ef80 942f 942f\r\n\r\n" +
			"00:00:03;00\t942c 942c\n", "1301-3003||Hello\n"},
		{"no end", head + "00:00:01;00\t9420 9470 c8e9 942f\n", "1101-6139||Hi\n"},
		{"no dropped numbers", head + "01:00:00:00\t9420 9470 c8e9 942f\n\n01:00:01:00\t942c\n", "3603700-3604601||Hi\n"},
		{"capitals, no tabs, other marks", head + "00:00:01.00 9420 9470 C8E9 942F\n\n00:00:02,00  942C", "1101-2002||Hi\n"},
		{"rolling up", head + "00:00:01;00\t9425 9425 94ad 94ad 9470 9470 c8e9\n\n00:00:02;00\t94ad 94ad e2ef\n\n" +
			"00:00:03;00\t94ad 94ad 616e\n\n00:00:04;00\t942c\n", "1201-2002||Hi\n2069-3003||bo\n3070-4004||an\n"},
		{"painted on", head + "00:00:01;00\t9429 9429 94d0 94d0 c8e9 9470 9470 e2ef\n\n00:00:02;00\t942c\n", "1134-2002||Hi||bo\n"},
		{"words that are none", head + "00:00:01;00\t9420 9470 xyz c8e9 942f\n00:00:02;00\t942c\n", "1101-2002||Hi\n"},
		{"a row in the middle of a line", head + "00:00:01;00\t9429 91d0 c8e9\n\n00:00:02;00\t942c\n", "1068-2002||Hi\n"},
	} {
		decoded, err := Decode([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if kind := Detect("captions", decoded); kind != "scc" {
			t.Errorf("%s: taken for %q", c.name, kind)
		}
		f, err := Read("scc", decoded)
		if got := drawnCues(f.Cues); err != nil || got != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, got, c.want)
		}
	}
}

// TestGridReplaces: what a format of television lacks is replaced by the nearest and counted; a text of other letters
// is refused.
func TestGridReplaces(t *testing.T) {
	for _, c := range []struct{ format, text, want, warn string }{
		{"scc", "Zoë’s “café” — ¿qué? ♪", "Zoë's “café” — ¿qué? ♪", ""},
		{"scc", "Zoë", "Zoë", ""},
		{"scc", "Wait… 5–6 „so‟ ♫", `Wait... 5-6 "so" ♪`, "5 characters that CEA-608 lacks were replaced by the nearest: … – „ ‟ ♫ ..."},
		{"scc", "Łódź, Ňæ", "Lódz, Nae", "4 characters that CEA-608 lacks were replaced by the nearest: Ł ź Ň æ"},
		{"scc", "a\u00A0b 5\u202F€ 👍\uFE0F", "a b 5 EUR ?", "2 characters that CEA-608 lacks were replaced by the nearest: € 👍"},
		{"scc", "the number π is greater than three", "the number p is greater than three",
			"1 character that CEA-608 lacks was replaced by the nearest: π"},
	} {
		cue := cueOf(5000, 9000, "|"+c.text)
		text, warnings := writtenCues(t, c.format, []Cue{cue}, Options{})
		got, err := Read(c.format, text)
		if err != nil || strings.ReplaceAll(got.Cues[0].Text(), "\u00A0", " ") != c.want || strings.Join(warnings, "\n") != c.warn {
			t.Errorf("%s: %v, %q, %q; want %q, %q", c.text, err, got.Cues[0].Text(), warnings, c.want, c.warn)
		}
	}
	for _, c := range []struct{ format, text, want string }{
		{"scc", "Шлюпка ушла", "CEA-608 has no Cyrillic letters, such as "},
		{"scc", "灯台守", "CEA-608 has no Han letters, such as "},
		{"scc", "Fog عاصفة", "CEA-608 has no Arabic letters, such as "},
	} {
		err := Write(&bytes.Buffer{}, c.format, []Cue{cueOf(5000, 9000, "|"+c.text)}, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}

// TestGridEmpty: a text of signs that nobody sees is none.
func TestGridEmpty(t *testing.T) {
	for _, name := range []string{"scc", "stl"} {
		if err := Write(&bytes.Buffer{}, name, []Cue{cueOf(1000, 2000, "|\u200B")}, Options{}); !errors.Is(err, ErrNoCues) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGridOverlaps: cues that are shown at the same time share the screen, or the one ahead leaves when another one
// comes, and that is told.
func TestGridOverlaps(t *testing.T) {
	for _, c := range []struct {
		name string
		cues []Cue
		want string
	}{
		{"one leaves", []Cue{cueOf(5005, 9009, "|Fog"), cueOf(7007, 11011, "|Rain")}, "5005-7007||Fog\n7007-11011||Rain\n"},
		{"they share it", []Cue{cueOf(5005, 9009, "|Fog"), cueOf(5205, 8008, "|Rain")}, "5005-9009||Fog||Rain\n"},
		{"too many rows", []Cue{cueOf(5005, 9009, "|Fog", "|and", "|rain"), cueOf(5005, 9009, "|and", "|hail")},
			"5005-7007||Fog||and||rain\n7007-9009||and||hail\n"},
	} {
		text, warnings := writtenCues(t, "scc", c.cues, Options{})
		f, err := Read("scc", text)
		if got := drawnCues(f.Cues); err != nil || got != c.want || len(warnings) != 1 || !strings.HasPrefix(warnings[0], "1 cue began") {
			t.Errorf("%s: %v, %v\n%swant\n%s", c.name, err, warnings, got, c.want)
		}
	}
}

// TestGridBreaks: lines that are too wide are broken, as evenly as can be, words that are wider are cut, and cues of
// too many rows become several.
func TestGridBreaks(t *testing.T) {
	many := "|" + strings.TrimSpace(strings.Repeat("one two three four ", 16))
	for _, c := range []struct {
		name, line, want string
	}{
		{"fits", "|Fog over the harbour, or no boat", "5005-25025||Fog over the harbour, or no boat\n"},
		{"two rows", "|Fog over the harbour, and no boats", "5005-25025||Fog over the harbour,||and no boats\n"},
		{"a wide word", "|https://example.org/harbour/fog/42", "5005-25025||https://example.org/harbour/fog/||42\n"},
		{"three cues", many, "5005-11278||one two three four one two three||four one two three four one two||three four one two three four\n" +
			"11278-17551||one two three four one two three||four one two three four one two||three four one two three four\n" +
			"17551-25025||one two three four one two three||four one two three four one two||three four one two three four||" +
			"one two three four\n"},
	} {
		text, _ := writtenCues(t, "scc", []Cue{cueOf(5005, 25025, c.line)}, Options{})
		f, err := Read("scc", text)
		if got := drawnCues(f.Cues); err != nil || got != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, got, c.want)
		}
	}
}

// TestFFmpegReadsSCC: what ffmpeg makes of a file has its text, its times and its italics.
func TestFFmpegReadsSCC(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not on the PATH: files of Scenarist aren't read by it here")
	}
	italic := cueOf(6000, 8000, "|said")
	italic.Lines[0].Words[0].Look = Style{Italic: true}.Look()
	cues := []Cue{
		cueOf(2000, 3500, "|Fog over the harbour, Zoë?", "|“¡Señal!” ½ ♪"), cueOf(3500, 5900, "|No boat."), italic,
		cueOf(8067, 9000, "|A long row of words to be loaded", "|while the one before is erased."), cueOf(3600_000, 3602_000, "|An hour later"),
	}
	text, warnings := writtenCues(t, "scc", cues, Options{})
	name := filepath.Join(t.TempDir(), "a.scc")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffmpeg", "-v", "error", "-i", name, "-f", "srt", "-").Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := Read("srt", string(out))
	if err != nil || len(got.Cues) != len(cues) || len(warnings) > 0 {
		t.Fatalf("%v, %v, %d cues of\n%s", err, warnings, len(got.Cues), out)
	}
	for i, c := range cues {
		g := got.Cues[i]
		letters := strings.NewReplacer("\u00A0", "", "’", "'").Replace(lettersOf(g, nil))
		if (c.Start-g.Start).Abs() > 50*time.Millisecond || (c.End-g.End).Abs() > 50*time.Millisecond || letters != lettersOf(c, nil) {
			t.Errorf("ffmpeg reads %v %q, want %v %q", g.Segment, g.Text(), c.Segment, c.Text())
		}
	}
	if !got.Cues[2].Lines[0].Words[0].Style().Italic {
		t.Errorf("ffmpeg reads no italics in\n%s", out)
	}
}

// TestFrameRates: a format that counts frames refuses the rates that it can't have.
func TestFrameRates(t *testing.T) {
	takes := map[string]string{"scc": "29.97", "stl": "25 30"}
	for _, f := range Formats() {
		for _, r := range frameRates() {
			err := Write(&bytes.Buffer{}, f.Name, []Cue{cueOf(5000, 6000, "|Fog")}, Options{FrameRate: r.FrameRate})
			if want := takes[f.Name]; (err == nil) != (want == "" || slices.Contains(strings.Fields(want), r.name)) {
				t.Errorf("%s at %s: %v", f.Name, r.name, err)
			}
		}
	}
}

// TestCheckLetters: a text that nobody could read is refused before there are cues, and no other one.
func TestCheckLetters(t *testing.T) {
	lacks := map[string]string{"scc": "CEA-608 has no ", "stl": "EBU STL has no "}
	for _, c := range []struct {
		text    string
		refused []string
	}{
		{"The boat left Łeba at nine.", nil}, {"", nil}, {"Шлюпка ушла.", []string{"scc"}}, {"הסירה יצאה", []string{"scc"}},
		{"船は出た。", []string{"scc", "stl"}}, {"The boat, 船, left at nine.", nil},
	} {
		for _, f := range Formats() {
			err := f.CheckLetters(c.text)
			want := slices.Contains(c.refused, f.Name)
			if (err != nil) != want || want && !strings.HasPrefix(err.Error(), lacks[f.Name]) {
				t.Errorf("%s, %q: %v", f.Name, c.text, err)
			}
		}
	}
}

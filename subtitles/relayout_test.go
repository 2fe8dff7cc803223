package subtitles

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

// TestRelayout: what stays apart, and what stays with it.
func TestRelayout(t *testing.T) {
	for _, tt := range []struct {
		name, preset string
		cues         []string // start, end and text, / between lines
		want         string   // / between lines, | between cues
	}{
		{"joined", "youtube", []string{"1 2 The kettle", "2 3.5 is on the stove."}, "The kettle is on the stove."},
		{"a gap", "youtube", []string{"1 2 The kettle", "2.6 3.6 is on the stove."}, "The kettle|is on the stove."},
		{"a longer gap", "bbc", []string{"1 2 The kettle", "2.6 3.6 is on the stove."}, "The kettle is on the stove."},
		{"a dialogue", "youtube", []string{"1 2 Well, look.", "2 3 - Tea?/- No.", "3 4 Then we left."},
			"Well, look.|- Tea?/- No.|Then we left."},
		{"a dialogue of long lines", "netflix",
			[]string{"1 5 - Shall we carry all of this up to the attic now?/- No.", "5 6 So we left it."},
			"- Shall we carry all of this up/to the attic now?|- No.|So we left it."},
		{"a dialogue of three lines", "netflix", []string{"1 2 - Why/not?/- So."}, "- Why not?/- So."},
		{"a song", "youtube", []string{"1 2 We sang", "2 3 ♪ Row, row ♪", "3 4 ♪ your boat ♪", "4 5 all night."},
			"We sang|♪ Row, row ♪|♪ your boat ♪|all night."},
		{"a sign", "youtube", []string{"1 3 The door", "2 4 {\\an8}PLEASE KNOCK", "3 5 was shut."}, "The door was shut.|{8}PLEASE KNOCK"},
		{"signs everywhere", "youtube", []string{"1 2 {\\an8}The door", "2 3 {\\an8}was shut."}, "{8}The door was shut."},
		{"styles", "youtube", []string{"1 2 The <i>old", "2 3.5 k<b>ett</b>le</i> boils.", "3.5 4.5 <u>So — what?</u>"},
			"The old k<b>ett</b>le boils.|<u>So —</u> <u>what?</u>"},
		{"names", "netflix", []string{"1 2 BO: Sit.", "2 4 Sit down there. AMY VANCE:", "4 5 No, thank you."},
			"BO: Sit.|Sit down there.|AMY VANCE: No, thank you."},
		{"sounds", "youtube", []string{"1 1.3 [thud]", "1.3 2 Hello", "2 3.5 [laughs]/there, you.", "3.5 4 [rain]"},
			"[thud]|Hello [laughs] there, you.|[rain]"},
		{"a name and a word", "netflix", []string{"1 1.2 Amy: Extraordinarycircumstancesareoverwhelming"},
			"Amy: Extraordinarycircumstancesareoverwhelming"},
		{"a dialogue of one dash", "youtube", []string{"1 2 Well, look.", "2 4 Tea?/- No.", "4 5 Then we left."},
			"Well, look.|Tea?/- No.|Then we left."},
		{"a dialogue of other dashes", "youtube", []string{"1 2 ― Tea?/― No.", "2 3 ‐ So?/‐ So."}, "― Tea?/― No.|‐ So?/‐ So."},
		{"songs in other signs", "youtube", []string{"1 2 # Row, row", "2 3 # your boat #", "3 4 * all night *", "4 5 we sang,", "5 6 #1 of all."},
			"# Row, row|# your boat #|* all night *|we sang, #1 of all."},
		{"a sign in capitals", "youtube", []string{"1 2 PLEASE KNOCK", "2 3 The door", "3 5 was shut,", "5 6 OK"},
			"PLEASE KNOCK|The door was shut, OK"},
		{"all in capitals", "youtube", []string{"1 2 THE DOOR", "2 3 WAS SHUT."}, "THE DOOR WAS SHUT."},
		{"names in brackets", "youtube", []string{"1 3 (AMY) The door", "3 5 (BO) was it shut?"}, "(AMY) The door|(BO) was it shut?"},
		{"names and dashes", "youtube", []string{"1 3 AMY: - Tea?/BO: - No."}, "AMY: - Tea?|BO: - No."},
		{"a style of a name", "netflix", []string{"1 3 <b>Amy:</b> No, thank you."}, "<b>Amy:</b> No, thank you."},
	} {
		var srt strings.Builder
		for i, c := range tt.cues {
			f := strings.SplitN(c, " ", 3)
			fmt.Fprintf(&srt, "%d\n%s --> %s\n%s\n\n", i+1, clockOf(f[0]), clockOf(f[1]), strings.ReplaceAll(f[2], "/", "\n"))
		}
		text := strings.NewReplacer("<\n", "</").Replace(srt.String())
		cues, _, err := Read("srt", text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := PresetNamed(tt.preset)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Relayout(cues, "en", p) {
			var lines []string
			for _, l := range c.Lines {
				line := ""
				for i, w := range l.Words {
					if i > 0 && !w.Glued {
						line += " "
					}
					line += looked(w)
				}
				lines = append(lines, line)
			}
			place := ""
			if c.Settings.Get("line") == "0" {
				place = "{8}"
			}
			got = append(got, place+strings.Join(lines, "/"))
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

// looked returns a word with its bold letters and underlines.
func looked(w format.Word) string {
	switch {
	case w.Style().Bold:
		return "<b>" + w.Text + "</b>"
	case w.Style().Underline:
		return "<u>" + w.Text + "</u>"
	}
	return w.Text
}

// clockOf returns seconds as SubRip has them.
func clockOf(seconds string) string {
	d, err := time.ParseDuration(seconds + "s")
	if err != nil {
		panic(err)
	}
	return format.Clock(d, ",", 3)
}

// TestRelayoutKeeps: whatever the cues, all of their words are there, in order of the cues that
// flow, and each looks as it did.
func TestRelayoutKeeps(t *testing.T) {
	texts := []string{"Hello", "there,", "you.", "—", "-", "ANN:", "[x", ">>", "#",
		"灯台守は海を見ていたがだれもこなかったので帰った", "wait…", "no?"}
	rapid.Check(t, func(t *rapid.T) {
		var cues []format.Cue
		at := time.Duration(0)
		for range rapid.IntRange(1, 6).Draw(t, "cues") {
			at += time.Duration(rapid.IntRange(0, 900).Draw(t, "gap")) * time.Millisecond
			c := format.Cue{Segment: audio.Segment{Start: at, End: at + time.Second}, Confidence: 1}
			at = c.End
			for range rapid.IntRange(1, 2).Draw(t, "lines") {
				l := format.Line{Speaker: rapid.SampledFrom([]string{"", "Ann"}).Draw(t, "speaker")}
				for k, text := range rapid.SliceOfN(rapid.SampledFrom(texts), 1, 5).Draw(t, "words") {
					w := format.Word{Text: text, Look: format.Style{Italic: rapid.Bool().Draw(t, "italic")}.Look()}
					w.Glued = k > 0 && rapid.IntRange(0, 3).Draw(t, "glued") == 0
					l.Words = append(l.Words, w)
				}
				c.Lines = append(c.Lines, l)
			}
			cues = append(cues, c)
		}
		p := rapid.SampledFrom(Presets()).Draw(t, "preset")
		if rapid.Bool().Draw(t, "film") {
			p = atAnyRate(t, p)
		}
		laid := Relayout(cues, "en", p)
		if want, got := letters(cues), letters(laid); !slices.Equal(want, got) {
			t.Errorf("%s: %v\nwant %v", p.Name, got, want)
		}
		for i, c := range laid {
			if c.End <= c.Start || i > 0 && c.Start < laid[i-1].Start || !isStep(p, c.Start) || !isStep(p, c.End) {
				t.Errorf("%s: cue %d has the time %v", p.Name, i, c.Segment)
			}
		}
	})
}

// letters returns what of cues is seen, each letter with its look.
func letters(cues []format.Cue) (all []string) {
	for _, c := range cues {
		for _, l := range c.Lines {
			for _, w := range l.Words {
				for _, r := range strings.ReplaceAll(w.Text, " ", "") {
					all = append(all, fmt.Sprint(string(r), w.Style().Italic))
				}
			}
		}
	}
	return all
}

// TestRelayoutDialogue: a dialogue that doesn't fit leaves each of its speakers time to be read.
func TestRelayoutDialogue(t *testing.T) {
	cues, _, err := Read("srt", "1\n00:00:01,000 --> 00:00:04,000\n- Shall we carry all of this up to the attic now, before it rains again?\n- No.\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Presets() {
		laid := Relayout(cues, "en", p)
		last := laid[len(laid)-1]
		least := min(p.Shortest, 1500*time.Millisecond) // its share, where two shortest cues have no room
		if last.Text() != "- No." || last.Duration() < least-p.Gap {
			t.Errorf("%s: %q for %v", p.Name, last.Text(), last.Duration())
		}
	}
}

// TestRelayoutWordTimes: of words in a new layout those have times that had some in the file.
func TestRelayoutWordTimes(t *testing.T) {
	cues, _, err := Read("vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nThe kettle <00:02.000>is on\n\n00:03.000 --> 00:04.000\nthe hot stove.\n")
	if err != nil {
		t.Fatal(err)
	}
	p := DefaultPreset()
	var b strings.Builder
	if err := Write(&b, "vtt", Captions{Cues: Relayout(cues, "en", p), Preset: p, Words: true}); err != nil {
		t.Fatal(err)
	}
	if want := "\nThe kettle <00:00:02.000>is on the hot stove.\n"; !strings.Contains(b.String(), want) {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}

package format

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/testdata/cputime"
	"cuewright/testdata/race"
)

// fileOf returns a file of the format with one cue that holds text as it stands, markup
// and all, but for what would end the cue.
func fileOf(name, text string) string {
	switch name {
	case "vtt":
		return "WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n"
	case "srt":
		return "1\n00:00:01,000 --> 00:00:02,000\n" + text + "\n"
	case "sbv":
		return "0:00:01.000,0:00:02.000\n" + text + "\n"
	case "lrc":
		return lrcOwnTag + "\n[00:01.00]" + text + "\n[00:02.00]\n"
	case "ass":
		return wideHead + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,," + strings.ReplaceAll(text, "\n", `\N`) + "\n"
	case "ttml":
		return "<tt><body><p begin='1s' end='2s'>" +
			strings.ReplaceAll(html.EscapeString(text), "\n", "<br/>") + "</p></body></tt>"
	}
	return fmt.Sprintf(`{"segments": [{"startTime": 1, "endTime": 2, "body": %q}]}`, text)
}

// TestReadBlankThenDash: a space that doesn't break is no word that a dash could join.
func TestReadBlankThenDash(t *testing.T) {
	for _, f := range freeFormats() {
		for _, blank := range []string{"\u00A0", "\u00A0 \u202F", "\u2007"} {
			got, err := Read(f.Name, fileOf(f.Name, blank+" - Hello there"))
			if err != nil || len(got.Cues) != 1 || got.Cues[0].Text() != "- Hello there" || len(got.Cues[0].Lines[0].Words) != 2 {
				t.Errorf("%s, %q: %v, %+v", f.Name, blank, err, got.Cues)
			}
		}
	}
	const ass, vtt = `\h - Hello`, "&nbsp; - Hello"
	for name, text := range map[string]string{"ass": ass, "vtt": vtt} {
		if got, err := Read(name, fileOf(name, text)); err != nil || got.Cues[0].Text() != "- Hello" {
			t.Errorf("%s: %v, %+v", name, err, got.Cues)
		}
	}
}

// TestReadOddText: text of blanks, dashes and markup is read in any format, and what is
// read survives being written. It has no word joiners, by which writers mark text that
// would be markup.
func TestReadOddText(t *testing.T) {
	pieces := []string{" ", "\t", "\u00A0", "\u2007", "\u202F", "\u2003", "\u3000", "\u200B", "\u0085", "\n", "-", "–", "—",
		"<v Ann>", "</v>", "<i>", "<br>", "<00:00:01.500>", "<", ">", `{\i1}`, "{", "}", `\`, `\N`, `\h`, "&nbsp;", "&amp;", "&",
		",", ";", "[", "]", "♪", "Ann:", ">>", "a", "B", "é", "灯", "1", "."}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"vtt", "srt", "json", "ttml", "ass", "sbv", "lrc"}).Draw(t, "format")
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "pieces"), "")
		label := Label(rapid.IntRange(int(NoLabel), int(DashLabel)).Draw(t, "label"))
		switch name {
		case "srt", "sbv":
			label = NoLabel // it is text there
		case "lrc":
			label, text = NoLabel, strings.NewReplacer("\n", " ", "<br>", " ", `\N`, " ").Replace(text) // one line
		case "json":
			text = strings.ReplaceAll(text, "\n", " ") // lines are joined there
		}
		var written bytes.Buffer
		f, err := Read(name, fileOf(name, text))
		if err == nil {
			err = Write(&written, name, f.Cues, Options{Label: label, Words: true})
		}
		if errors.Is(err, ErrNoCues) {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		again, err := reread(name, written.String())
		if err != nil {
			t.Fatalf("%q, written as %q: %v", text, written.String(), err)
		}
		want, _ := checkCues(f.Cues)
		got, _ := checkCues(again.Cues)
		if label != NoLabel { // a voice in the midst of a line begins another one with its label
			for _, c := range slices.Concat(want, got) {
				for k := range c.Lines {
					c.Lines[k].Beside = false
				}
			}
		}
		if d := cmp.Diff(texts(want), texts(got)); d != "" {
			t.Errorf("%q, written as %q (-want +got)\n%s", text, written.String(), d)
		}
	})
}

// TestLabelsWithinWords: a voice that begins within a word has no label, and what looks like one is its text;
// the next line of that voice has one.
func TestLabelsWithinWords(t *testing.T) {
	for _, text := range []string{"\u200b<v Ann>-\n-", "-<v Ann>Ann:", "-<v Ann>-\n-", "灯<v Ann>台\n海", "a<v Ann>b<v Bob>c\nd"} {
		for label := NoLabel; label <= DashLabel; label++ {
			f, err := Read("vtt", fileOf("vtt", text))
			if err != nil {
				t.Fatal(err)
			}
			want := f.Cues[0].Text()
			var b strings.Builder
			if err := Write(&b, "vtt", f.Cues, Options{Label: label}); err != nil {
				t.Fatal(err)
			}
			again, err := Read("vtt", b.String())
			if err != nil || again.Cues[0].Text() != want {
				t.Errorf("%q with label %d: %v, %q\n%s", text, label, err, again.Cues[0].Text(), b.String())
			}
		}
	}
}

// TestDashBehindLabel: a dash alone is one word with the next, whether a label stands before it or not.
func TestDashBehindLabel(t *testing.T) {
	for _, text := range []string{"<v Ann>Ann: — <00:00:01.500>the lamp", "<v Ann>— <00:00:01.500>the lamp"} {
		f, err := Read("vtt", fileOf("vtt", text))
		if err != nil {
			t.Fatal(err)
		}
		if words := f.Cues[0].Lines[0].Words; len(words) != 2 || words[0].Text != "— the" || words[0].Start != 1500*time.Millisecond {
			t.Errorf("%q: %+v", text, words)
		}
	}
}

// TestLinear: files of nothing but what starts something are read in a time that grows
// with their size, not with its square.
func TestLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	const size = 1 << 17 // bytes
	const times = 4
	measure := func(name, text string) time.Duration {
		return cputime.Of(func() { Read(name, text) }) // an error is an answer, too
	}
	names := func(unit string, n int) string {
		return "<tt><head><metadata><ttm:agent xml:id='a'><ttm:name>" + strings.Repeat(unit, 8*n) +
			"</ttm:name></ttm:agent></metadata></head></tt>"
	}
	for _, c := range []struct {
		format string
		file   func(unit string, n int) string
		units  []string
	}{
		{"ttml", names, []string{"a<!-- -->", "a<?b?>", "a<b/>"}},
		{"ttml", func(unit string, n int) string {
			return "<tt><body><p begin='1s' end='2s'>" + strings.Repeat(unit, n) + "</p></body></tt>"
		}, []string{"a<!-- -->", "a<br/>", "a<span>b</span>", "- ", "a - ", "<p>a</p>", "a& ", "a< ", "a\x01",
			"<span begin='1s'>a</span> ", "<span begin='1s'>", "<span unit='word'>a</span>"}},
		{"vtt", nil, []string{"a<b>", "a<v b>", "a<", "a<00:00:01.500>", "a</v>", "a&", "- ", "a - ", "\u00A0 - ", "a\n", "[", "♪ "}},
		{"srt", nil, []string{"a<b>", "a<v b>", "a<", `a{\`, `{\b}`, "a&", "- ", "a - ", "1\n\n"}},
		{"ass", nil, []string{"a{b}", "a{", `a{\k1}`, `{\k1}`, `a\N`, `\h`, "- ", "a - "}},
		{"json", nil, []string{"- ", "a - ", "\n"}},
	} {
		if c.file == nil {
			c.file = func(unit string, n int) string { return fileOf(c.format, strings.Repeat(unit, n)) }
		}
		for _, unit := range c.units {
			n := size / len(unit)
			part, whole := c.file(unit, n/times), c.file(unit, n)
			slow := true
			small, large := time.Hour, time.Hour
			for range 8 { // one try may be slow because of what else the machine does
				small, large = min(small, measure(c.format, part)), min(large, measure(c.format, whole))
				if slow = large > 100*time.Millisecond && large > 2*times*small; !slow { // a square takes 16 times as long
					break
				}
			}
			if slow {
				t.Errorf("%s, %q: %d times as many take %v instead of %v", c.format, unit, times, large, small)
			}
		}
	}
}

// TestStampsSurvive: an inline time is that of the word behind it, whatever stands
// between the two.
func TestStampsSurvive(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"<v Ann>So what <00:00:01.500>now?</v>\n<00:00:03.000><v Bob>Nothing <00:00:03.400>at all.</v>",
			"1.000 So|1.188 what|1.500 now?|3.000 Nothing|3.400 at|3.625 all."},
		{"So <00:00:02.000>\nwhat", "1.000 So|2.000 what"}, {"So <00:00:02.000><br>what", "1.000 So|2.000 what"},
		{"– <00:00:03.000>Hello there", "3.000 – Hello|3.571 there"},
		{"So\n– <00:00:03.000>Hello there", "1.000 So|3.000 – Hello|3.571 there"},
		{"<00:00:02.000>Hello <00:00:03.000>there", "2.000 Hello|3.000 there"},
		{"<00:00:05.000>Hello <00:00:03.000>there", "1.000 Hello|3.000 there"},
	} {
		text := fmt.Sprintf("WEBVTT\n\n00:01.000 --> 00:04.000\n%s\n", c.text)
		for range 2 { // as it came, and as we write it
			f, err := Read("vtt", text)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range f.Cues[0].Lines {
				for _, w := range l.Words {
					got = append(got, fmt.Sprintf("%.3f %s", w.Start.Seconds(), w.Text))
				}
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("%q: %s\nwant %s", text, s, c.want)
			}
			var b bytes.Buffer
			if err := Write(&b, "vtt", f.Cues, Options{Words: true}); err != nil {
				t.Fatal(err)
			}
			text = b.String()
		}
	}
}

// TestReadMetadata: what describes a paragraph is no part of its text.
func TestReadMetadata(t *testing.T) {
	for _, inner := range []string{
		"<metadata><desc>secret</desc><p begin='1s' end='2s'>more</p></metadata>",
		"<ttm:desc>secret</ttm:desc>", "<ttm:title>secret</ttm:title>",
		"<metadata><metadata>a</metadata>b</metadata>", "<span><ttm:desc>secret</ttm:desc></span>",
	} {
		f, err := Read("ttml", "<tt><body><p begin='1s' end='2s'>Hello "+inner+"there</p><p begin='3s' end='4s'>Bye</p></body></tt>")
		if err != nil || len(f.Cues) != 2 || f.Cues[0].Text()+"|"+f.Cues[1].Text() != "Hello there|Bye" {
			t.Errorf("%s: %v, %v", inner, err, texts(f.Cues))
		}
	}
}

// TestReadJSONEnd: a file goes on after its segments up to the closing brace, and no
// further.
func TestReadJSONEnd(t *testing.T) {
	const segments = `{"segments": [{"start": 1, "end": 2, "text": "Hello"}]`
	for _, c := range []struct{ end, want string }{
		{"}", ""}, {"\n}\n \n", ""}, {`, "a": {"b": [1]}}`, ""},
		{"} x", "line 1: it is no Podcasting 2.0 transcript: text stands behind its closing brace"},
		{"}\n" + segments + "}", "line 1: it is no Podcasting 2.0 transcript: text stands behind its closing brace"},
		{"", "line 1: it is no Podcasting 2.0 transcript: the file ends too early"},
	} {
		f, err := Read("json", segments+c.end)
		if got := fmt.Sprint(err); got != c.want && (err != nil || c.want != "") {
			t.Errorf("%q: %s, want %q", c.end, got, c.want)
		}
		if len(f.Cues) != 1 || f.Cues[0].Text() != "Hello" {
			t.Errorf("%q: %v", c.end, texts(f.Cues))
		}
	}
}

// TestReadJSONOfOthers: keys in any case, and speakers that are numbers.
func TestReadJSONOfOthers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"Segments":[{"Start":1,"End":2,"Text":"yo man"}]}`, "1000-2000||yo man\n"},
		{`{"SEGMENTS":[{"START":1,"END":2,"BODY":"yo"}]}`, "1000-2000||yo\n"},
		{`{"segments":[{"start":"1.0","end":" 2","text":"yo"},{"start":"-1","end":"00:01:02,5","text":"ho"}]}`,
			"1000-2000||yo\n0-62500||ho\n"},
		{`{"segments":[{"speaker":1,"start":1,"end":2,"text":"yo"}]}`, "1000-2000|Speaker 1|yo\n"},
		{`{"segments":[{"speaker":null,"start":1,"end":2,"text":"yo"}]}`, "1000-2000||yo\n"},
	} {
		got, err := read("a", c.text)
		if err != nil || drawnCues(got) != c.want {
			t.Errorf("%s: %v, %q", c.text, err, drawnCues(got))
		}
	}
	if _, err := read("a", `{"segments":[{"speaker":{},"start":1,"end":2,"text":"yo"}]}`); err == nil {
		t.Error("a speaker that is an object is read")
	}
}

// TestReadTTMLParts: paragraphs within others, and files that were cut off, keep all
// their text, in its order.
func TestReadTTMLParts(t *testing.T) {
	const p = "<tt><body><p begin='1s' end='4s'>"
	for _, c := range []struct {
		text, want string
		cut        bool
	}{
		{p + "outer<p begin='2s' end='3s'>inner</p>tail</p></body></tt>", "1000-4000||outer|2000-3000||inner|1000-4000||tail", false},
		{p + "<p begin='2s' end='3s'>inner</p> </p></body></tt>", "2000-3000||inner", false},
		{p + "a<p begin='2s' end='3s'>b<p begin='2s' end='3s'>c</p></p>d</p></body></tt>",
			"1000-4000||a|2000-3000||b|2000-3000||c|1000-4000||d", false},
		{p + "one</p><p begin='5s' end='6s'>two three", "1000-4000||one|5000-6000||two three", true},
		{p + "one</p><p begin='5s' end='6s'>two<br/", "1000-4000||one|5000-6000||two", true},
		{p + "one</p><p beg", "1000-4000||one", true}, {p + "one</p>", "1000-4000||one", true},
		{p + "one</p></div></body></tt>", "1000-4000||one", false},
	} {
		f, err := Read("ttml", c.text)
		got := strings.ReplaceAll(strings.TrimSpace(drawnCues(f.Cues)), "\n", "|")
		if got != c.want || errors.Is(err, ErrCutOff) != c.cut {
			t.Errorf("%s: %v, %s", c.text, err, got)
		}
	}
	if _, err := Read("json", `{"segments": [{"start": 1, "end": 2, "text": "Hello"}, {"st`); !errors.Is(err, ErrCutOff) {
		t.Error(err)
	}
}

// rewritten reads a file and writes what was read.
func rewritten(name, text string, o Options) (string, error) {
	f, err := Read(name, text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = Write(&b, name, f.Cues, o)
	return b.String(), err
}

// TestNamesSurvive: what names do to files that are read and written again.
func TestNamesSurvive(t *testing.T) {
	for _, c := range []struct {
		name  string
		cue   Cue
		label Label
	}{
		{"a comma", cueOf(0, 1000, "Smith,~Ann|Hello there"), NameLabel},
		{"a semicolon", cueOf(0, 1000, "Smith;~Ann|Hello there"), CapsLabel},
		{"two speakers", cueOf(0, 1000, "Ann|Yes?", "Bob|No!"), NoLabel},
		{"two speakers with labels", cueOf(0, 1000, "Ann|Yes?", "Smith,~Bob|No!"), ChevronLabel},
		{"two speakers with dashes", cueOf(0, 1000, "Ann|Yes?", "Ann|Or?", "Bob|No!"), DashLabel},
		{"a speaker in brackets", cueOf(0, 1000, "Smith,~Ann|Hello there"), BracketLabel},
		{"two speakers in brackets", cueOf(0, 1000, "Ann|Yes?", "Ann|Or?", "Smith,~Bob|No!"), BracketLabel},
		{"a sound before a speaker", cueOf(0, 1000, "[music]", "Ann|No!"), NameLabel},
		{"a dash on one line", cueOf(0, 1000, "A|- text"), NoLabel},
		{"a dash on one of two lines", cueOf(0, 1000, "A|text", "A|- text"), NameLabel},
		{"what looks like a label", cueOf(0, 1000, "12|12:30 is late"), NoLabel},
	} {
		for i := range c.cue.Lines {
			c.cue.Lines[i].Speaker = strings.ReplaceAll(c.cue.Lines[i].Speaker, "~", " ")
		}
		for _, f := range freeFormats() {
			if slices.Contains([]string{"srt", "sbv", "lrc"}, f.Name) || f.Name == "json" && c.cue.HasSeveralSpeakers() {
				continue // names nobody, or one
			}
			var b bytes.Buffer
			o := Options{Label: c.label}
			if err := Write(&b, f.Name, []Cue{c.cue}, o); err != nil {
				t.Fatal(err)
			}
			got, err := reread(f.Name, b.String())
			if err != nil {
				t.Fatal(err)
			}
			want := drawnCues([]Cue{c.cue})
			if f.Name == "json" {
				line := Line{Speaker: c.cue.Speaker(), Words: []Word{{Text: c.cue.Text()}}}
				want = drawnCues([]Cue{{Segment: c.cue.Segment, Lines: []Line{line}}})
			}
			if got := drawnCues(got.Cues); got != want {
				t.Errorf("%s in %s:\n%swant\n%s%s", c.name, f.Name, got, want, b.String())
			}
		}
	}
}

// TestRewriteIsTheSame: what is written, read and written again has the same bytes. These
// cases are left out, where a text could have come about in two ways:
//   - A line that begins as the label of its own speaker does, which is taken for one.
//   - Lines of one speaker of whom more than one begins with a dash: in files of others
//     these are two speakers, of whom one is named.
//   - Lines of several speakers who all begin with a dash, which is taken for DashLabel.
//   - Brackets around what is no sound.
//   - Times of words, which share the stretch where some have none.
//   - Rolling captions.
func TestRewriteIsTheSame(t *testing.T) {
	names := []string{"", "Ann", "Bob", "ANN", "Smith, Ann", "Smith; Ann", "Smith,Ann", "A: B", "Ann/Bob", "R&D <x>", "12", "Dr. No", "灯台",
		"{Ann}", `A\N`, "- Ann", ",", ";"}
	words := []string{"Hello", "there,", "you.", "—", "–", "-", "-yes", "no-", "note:", "a;", "b,", "12:30", "&", "&amp;", "<b>", "{x}", `\N`, "灯",
		">>", "Bob:", "x\u00A0y"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"vtt", "srt", "json", "ttml", "ass"}).Draw(t, "format")
		o := Options{Label: Label(rapid.IntRange(int(NoLabel), int(DashLabel)).Draw(t, "label"))}
		var cues []Cue
		for i := range rapid.IntRange(1, 4).Draw(t, "cues") {
			c := Cue{Segment: audio.Segment{Start: time.Duration(i) * time.Second, End: time.Duration(i+1) * time.Second}}
			rows := []row{}
			for range rapid.IntRange(1, 3).Draw(t, "lines") {
				l := Line{Speaker: rapid.SampledFrom(names).Draw(t, "speaker")}
				if rapid.IntRange(0, 5).Draw(t, "sound") == 0 {
					l = Line{Sound: true, Words: []Word{{Text: "[laughs]"}}}
				} else {
					for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words") {
						l.Words = append(l.Words, Word{Text: w})
					}
				}
				c.Lines = append(c.Lines, l)
				rows = append(rows, row{speaker: l.Speaker, text: l.Text()})
				if _, form, _ := withoutLabel(rows[len(rows)-1]); form != NoLabel {
					return
				}
			}
			if severalSpeakers(rows) && eachDashed(rows) || !severalSpeakers(rows) && countDashed(rows) > 1 {
				return
			}
			cues = append(cues, c)
		}
		if isRolling(cues) {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, name, cues, o); err != nil {
			t.Fatal(err)
		}
		again, err := rewritten(name, b.String(), o)
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		if d := cmp.Diff(b.String(), again); d != "" {
			t.Errorf("%s (-written +again)\n%s", name, d)
		}
	})
}

// TestReadBadSegments: one cue of another kind stops no file, in any format.
func TestReadBadSegments(t *testing.T) {
	const events = "[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,,One\n"
	const behind = "Dialogue: 0:00:05.00,0:00:06.00,,Three\n"
	for _, c := range []struct{ name, text, warning string }{
		{"json", `{"segments":[{"start":1,"end":2,"text":"One"},` + "\n" + `7,{"start":5,"end":6,"text":"Three"}]}`,
			"line 2: it is a number: a segment is"},
		{"json", `{"segments":[{"start":1,"end":2,"text":"One"},` + "\n" + `{"start":3,"end":4,"speaker":{},"text":"Two"},{"start":5,"end":6,"text":"Three"}]}`,
			"line 2: its speaker is a object: a segment is"},
		{"json", `{"segments":[{"start":1,"end":2,"text":"One"},` + "\n" + `{"start":"soon","end":4,"text":"Two"},{"start":5,"end":6,"text":"Three"}]}`,
			`line 2: "soon" is no time in seconds`},
		{"json", `{"segments":[{"start":1,"end":2,"text":"One"},` + "\n" + `{"end":4,"text":"Two"},{"start":5,"end":6,"text":"Three"}]}`,
			"line 2: a segment has no startTime or no endTime"},
		{"ass", events + "Dialogue: 0:00:03.00\n" + behind, "line 4: the dialogue has other fields"},
		{"ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,One\nDialogue: 1,2\nDialogue: 0,0:00:05.00,0:00:06.00,,,0,0,0,,Three\n",
			"line 3: the dialogue has other fields"},
		{"ass", events + "Dialogue: soon,0:00:04.00,,Two\n" + behind, "line 4: the times of the dialogue can't be read"},
		{"ass", events + "Dialogue: 0:00:04.00,0:00:03.00,,Two\n" + behind, "line 4: the cue doesn't end"},
		{"ttml", "<tt><body><p begin='1s' end='2s'>One</p>\n<p begin='soon' end='4s'>Two</p><p begin='5s' end='6s'>Three</p></body></tt>",
			`line 2: "soon" is no time`},
		{"ttml", "<tt><body><p begin='1s' end='2s'>One</p>\n<p begin='4s' end='3s'>Two</p><p begin='5s' end='6s'>Three</p></body></tt>",
			"line 2: the cue doesn't end"},
	} {
		f, err := Read(c.name, c.text)
		if err != nil || len(f.Cues) != 3 || f.Cues[0].Text() != "One" || f.Cues[1].Duration() > 0 || f.Cues[2].Text() != "Three" {
			t.Errorf("%s: %v, %v", c.text, err, texts(f.Cues))
		}
		if len(f.Warnings) != 1 || f.Warnings[0].Kind != LeftOut || !strings.HasPrefix(f.Warnings[0].Error(), c.warning) {
			t.Errorf("%s: %v, want %s", c.text, f.Warnings, c.warning)
		}
	}
}

// TestReadStrayXML: signs that XML wants escaped are read as they are.
func TestReadStrayXML(t *testing.T) {
	for _, c := range [][2]string{
		{"R&D at AT&T", "R&D at AT&T"}, {"1 < 2 <3", "1 < 2 <3"}, {"a &nosuch; b", "a &nosuch; b"}, {"a\x08b\x1b", "a b"},
		{"&eacute;&#233;&amp;&lt;b&gt;", "éé&<b>"}, {"a<!-- & < -->b", "ab"}, {"<![CDATA[1 < 2 & 3]]>", "1 < 2 & 3"}, {"a & b<br/>c", "a & b c"},
	} {
		f, err := Read("ttml", "<tt><body><p begin='1s' end='2s' xml:id='a&b'>"+c[0]+"</p></body></tt>")
		if err != nil || len(f.Cues) != 1 || f.Cues[0].Text() != c[1] {
			t.Errorf("%q: %v, %v", c[0], err, texts(f.Cues))
		}
	}
}

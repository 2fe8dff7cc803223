package format

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/audio"
)

// TestKeptOrCounted: from any format to any, a cue keeps its times, to the unit of the format, its
// text, and what the format says it holds; what it doesn't keep is counted, and nothing else is.
func TestKeptOrCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFile(t)
		for _, name := range []string{"from", "to"} {
			f = keepOrCount(t, f, rapid.SampledFrom(freeFormats()).Draw(t, name))
		}
	})
}

// freeFormats returns the formats that are read, and hold any text in lines of any length at any time. Those of
// television have tests of their own.
func freeFormats() []Format {
	return slices.DeleteFunc(Formats(), func(f Format) bool { return f.WriteOnly || f.MaxColumns > 0 })
}

// keepOrCount writes a file in a format, reads it again, and returns that, if it has all that it
// should.
func keepOrCount(t *rapid.T, f *File, to Format) *File {
	var b strings.Builder
	words := !to.ByWord // see TestWordTimes
	if !words {
		to = to.Without(WordTimes)
	}
	if err := Write(&b, to.Name, f.Cues, Options{Around: f.Around, Words: words}); err != nil {
		t.Fatal(err)
	}
	got, err := reread(to.Name, b.String())
	if err != nil || len(got.Warnings) > 0 || len(got.Cues) != len(f.Cues) {
		t.Fatalf("%s: %v, %v, %d cues of\n%s", to.Name, err, got.Warnings, len(got.Cues), b.String())
	}
	counts := map[Attribute]int{}
	for _, l := range to.Losses(f.Cues, f.Around) {
		counts[l.Attribute] = l.Count
	}
	want := f.Cues
	if !to.CanHold(Classes) {
		want = f.Around.styled(want)
	}
	unit := time.Millisecond
	if to.Name == "ass" || to.Name == "lrc" {
		unit = 10 * time.Millisecond
	}
	for i, c := range want {
		g := got.Cues[i]
		if (c.Start-g.Start).Abs() > unit/2 || (c.End-g.End).Abs() > unit || lettersOf(c, nil) != lettersOf(g, nil) {
			t.Fatalf("%s: cue %d is %v %q, want %v %q, of\n%s", to.Name, i, g.Segment, g.Text(), c.Segment, c.Text(), b.String())
		}
		if to.MarksSpeakers && g.Speaker() != c.Speaker() {
			t.Fatalf("%s: cue %d is said by %q, want %q, of\n%s", to.Name, i, g.Speaker(), c.Speaker(), b.String())
		}
	}
	for _, a := range Attributes() {
		lost := 0
		if a.PerCue() {
			for i, c := range want {
				if to.Name == "ttml" && c.Settings.Get("region") != "" && (a == Alignments || a == Positions) {
					continue // the region is where it stands
				}
				if !sameValue(a, valueOf(a, c), valueOf(a, got.Cues[i])) {
					lost++
				}
			}
		} else {
			lost = max(0, countOf(a, f)-countOf(a, got))
		}
		if a == RegionSettings && to.Name == "ttml" || a == Sizes && to.Name == "ttml" {
			continue // which become places, and those of places
		}
		if lost != counts[a] {
			t.Fatalf("%s: %s: %d are lost and %d counted, of\n%s", to.Name, a, lost, counts[a], b.String())
		}
	}
	return got
}

// countOf returns how many of an attribute that isn't of cues a file has.
func countOf(a Attribute, f *File) int {
	switch a {
	case Notes:
		return f.Around.count(Comment)
	case StyleSheets:
		return f.Around.count(StyleSheet)
	case MetadataFields:
		return len(f.Around.Metadata)
	}
	return f.Around.count(Drawing)
}

// lettersOf returns the letters of a cue, each with what value says of its style.
func lettersOf(c Cue, value func(Style) string) string {
	var b strings.Builder
	for _, l := range c.Lines {
		for _, w := range l.Words {
			for _, r := range w.Text {
				if r == ' ' {
					continue
				}
				b.WriteRune(r)
				if value != nil {
					b.WriteString("=" + value(w.Style()) + " ")
				}
			}
		}
	}
	return b.String()
}

// valueOf returns what a cue has of an attribute.
func valueOf(a Attribute, c Cue) string {
	styles := map[Attribute]func(Style) string{
		Italics: func(s Style) string { return fmt.Sprint(s.Italic) }, BoldText: func(s Style) string { return fmt.Sprint(s.Bold) },
		Underlines: func(s Style) string { return fmt.Sprint(s.Underline) },
		Strikes:    func(s Style) string { return fmt.Sprint(s.Strike) },
		Colors:     func(s Style) string { return s.Color }, Backgrounds: func(s Style) string { return s.Background },
		Fonts: func(s Style) string { return s.Face }, TextSizes: func(s Style) string { return s.Size },
		Classes: func(s Style) string { return s.Class }, Languages: func(s Style) string { return s.Lang },
		RubyText: func(s Style) string { return s.Ruby },
	}
	if value := styles[a]; value != nil {
		return lettersOf(c, value)
	}
	switch a {
	case Alignments:
		key, _ := c.Settings.anchor()
		return fmt.Sprint(key)
	case Positions:
		key, x, y, ok := c.Settings.point()
		if _, exact := c.Settings.anchor(); exact {
			return ""
		} else if !ok {
			return c.Settings.Get("position")
		}
		return fmt.Sprintf("%d %.4f %.4f", key, x, y)
	case Sizes:
		return c.Settings.Get("size")
	case VerticalText:
		return c.Settings.Get("vertical")
	case RegionSettings:
		return c.Settings.Get("region")
	case Identifiers:
		return strings.Trim(c.ID, "0123456789")
	case WordTimes:
		return fmt.Sprint(c.HasWordTimes())
	}
	return fmt.Sprint(c.Effects)
}

// sameValue reports whether two values of an attribute are the same; places to a hundredth of the
// screen, names of colours by what they stand for.
func sameValue(a Attribute, x, y string) bool {
	var key, other int
	var left, top, right, bottom float64
	n, _ := fmt.Sscanf(x, "%d %f %f", &key, &left, &top)
	m, _ := fmt.Sscanf(y, "%d %f %f", &other, &right, &bottom)
	switch {
	case a == Colors || a == Backgrounds:
		return numeric(x) == numeric(y)
	case a == Positions && n == 3 && m == 3:
		return key == other && math.Abs(left-right) < 0.011 && math.Abs(top-bottom) < 0.011
	}
	return x == y
}

// numeric returns letters with the numbers of their colours.
func numeric(letters string) string {
	fields := strings.Split(letters, " ")
	for i, f := range fields {
		if letter, color, ok := strings.Cut(f, "="); ok && rgb(color) != "" {
			fields[i] = letter + rgb(color)
		}
	}
	return strings.Join(fields, " ")
}

// drawFile returns a file with all that files hold.
func drawFile(t *rapid.T) *File {
	f := &File{Around: Surroundings{Format: "vtt"}}
	for _, b := range []Block{{Text: "by hand\n-- and foot"}, {Kind: StyleSheet, Text: "::cue(.low) { color: teal }"},
		{Kind: Region, Text: "id:left\nwidth:40%"}} {
		if rapid.IntRange(0, 2).Draw(t, "block") == 0 {
			f.Around.Blocks = append(f.Around.Blocks, b)
		}
	}
	for _, m := range []Field{{"title", "Fog & co"}, {"Kind", "captions"}, {"", "made by <hand>"}} {
		if rapid.IntRange(0, 2).Draw(t, "metadata") == 0 {
			f.Around.Metadata = append(f.Around.Metadata, m)
		}
	}
	at := time.Duration(0)
	for i := range rapid.IntRange(1, 4).Draw(t, "cues") {
		at += time.Duration(rapid.Int64Range(0, 5e6).Draw(t, "later")) * time.Millisecond
		c := Cue{Segment: audio.Segment{Start: at, End: at + time.Duration(rapid.Int64Range(10, 60_000).Draw(t, "length"))*time.Millisecond},
			Confidence: 1, Number: i + 1, Settings: drawSettings(t), Effects: rapid.IntRange(0, 5).Draw(t, "effects") == 0,
			ID: rapid.SampledFrom([]string{"", "", "7", "part one"}).Draw(t, "id")}
		at = c.End
		speaker := rapid.SampledFrom([]string{"", "", "Ann", "Bo & Dé"}).Draw(t, "speaker")
		for k := range rapid.IntRange(1, 2).Draw(t, "lines") {
			l := Line{Speaker: speaker, Words: []Word{{Text: fmt.Sprintf("n%d.%d", i, k), Confidence: 1}}} // no line is another's
			for _, text := range rapid.SliceOfN(rapid.SampledFrom(strangeWords), 0, 4).Draw(t, "words") {
				w := Word{Text: text, Look: drawAnyStyle(t).Look(), Confidence: 1}
				w.Glued = w.Style() != l.Words[len(l.Words)-1].Style() && rapid.IntRange(0, 3).Draw(t, "glued") == 0
				l.Words = append(l.Words, w)
			}
			c.Lines = append(c.Lines, l)
		}
		if rapid.IntRange(0, 3).Draw(t, "timed") == 0 && c.Duration() > time.Second {
			last := c.Lines[len(c.Lines)-1].Words
			if n := len(last) - 1; n > 0 && !last[n].Glued {
				last[n].Segment = audio.Segment{Start: (c.Start + c.Duration()/2).Round(time.Millisecond), End: c.End}
			}
		}
		f.Cues = append(f.Cues, c)
	}
	return f
}

// strangeWords are of many scripts, or hold what has a meaning in some format.
var strangeWords = []string{"Fog", "灯台守", "шлюпка", "عاصفة", "שלום", "ῥόδον", "สายหมอก", "👩‍🚀", "été", "a<b", "<i>", "</c>", "&amp;", "AT&T",
	"{x}", `{\an8}`, `\N`, `C:\News`, "no-", "-->", "00:01.000", "]]>", "100%", "<00:01.500>", "a,b", "“so”", "NOTE", "¿qué?", "7"}

// drawAnyStyle returns a style with what any format may say.
func drawAnyStyle(t *rapid.T) (s Style) {
	if rapid.IntRange(0, 2).Draw(t, "plain") > 0 {
		return s
	}
	on := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	s.Italic, s.Bold, s.Underline, s.Strike = on("italic"), on("bold"), on("underline"), on("strike")
	for _, v := range []struct {
		name   string
		into   *string
		values []string
	}{
		{"color", &s.Color, []string{"yellow", "teal", "#12ab90", "rebeccapurple"}}, {"background", &s.Background, []string{"blue", "#12ab90"}},
		{"face", &s.Face, []string{"Georgia", "Noto Sans"}}, {"size", &s.Size, []string{"150%", "80%", "24"}},
		{"class", &s.Class, []string{"loud", "low", "loud low"}}, {"lang", &s.Lang, []string{"fr-CA", "fi"}}, {"ruby", &s.Ruby, []string{"ka", "a b"}},
	} {
		if on(v.name) {
			*v.into = rapid.SampledFrom(v.values).Draw(t, v.name+" value")
		}
	}
	return s
}

// drawSettings returns where a cue may be shown.
func drawSettings(t *rapid.T) Settings {
	switch rapid.IntRange(0, 4).Draw(t, "place") {
	case 0:
		return anchored(rapid.IntRange(1, 9).Draw(t, "key"))
	case 1:
		return placed(rapid.IntRange(1, 9).Draw(t, "key"), float64(rapid.IntRange(30, 70).Draw(t, "x"))/100,
			float64(rapid.IntRange(25, 70).Draw(t, "y"))/100)
	case 2:
		return Settings{rapid.SampledFrom([]Setting{{"vertical", "rl"}, {"region", "left"}, {"size", "60%"}}).Draw(t, "setting")}
	}
	return nil
}

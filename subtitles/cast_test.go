package subtitles

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/subtitles/format"
)

func TestLayoutColors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		turns []string // with a long pause before each, but for the last row
		want  string
	}{
		{"one speaker", []string{"Ann: The lamp was lit that night."}, "The lamp was lit that night."},
		{"nobody named", []string{": The lamp was lit that night."}, "The lamp was lit that night."},
		{"in the order in which they come up", []string{"Ann: We rowed out to the lighthouse.", "Bob: Nobody was there to let us in.",
			"Ann: So we climbed in by the window."},
			"We rowed out to the lighthouse.\n<yellow>Nobody was there to let us in.\nSo we climbed in by the window."},
		{"who is not named is white", []string{"Ann: We rowed out to the lighthouse.", ": Nobody was there to let us in.",
			"Bob: So we climbed in by the window."},
			"<yellow>We rowed out to the lighthouse.\nNobody was there to let us in.\n<cyan>So we climbed in by the window."},
		{"five", []string{"Ann: We rowed out to the lighthouse.", "Bob: Nobody was there to let us in.",
			"Cora: So we climbed in by the window.", "Dan: And the lamp of it was still warm.", "Eve: Why was that?",
			"Eve: Who lit it?", "Ann: Somebody must have been there.", "Bob: Yes, but none of us saw a soul.",
			"Ann: Then we rowed home in the fog.", "Eve: Wait."},
			"We rowed out to the lighthouse.\n<yellow>Nobody was there to let us in.\n<cyan>So we climbed in by the window.\n" +
				"<lime>And the lamp of it was still warm.\nEVE: / Why was that?\nWho lit it?\nANN: / Somebody must have been there.\n" +
				"<yellow>Yes, but none of us saw a soul.\nThen we rowed home in the fog.\nEVE: / Wait."},
		{"who opens it and says little", []string{"Eve: This is Island Radio.", "Ann: We rowed out to the lighthouse.",
			"Bob: Nobody was there to let us in.", "Cora: So we climbed in by the window.", "Dan: And the lamp of it was still warm."},
			"EVE: / This is Island Radio.\nANN: / We rowed out to the lighthouse.\n<yellow>Nobody was there to let us in.\n" +
				"<cyan>So we climbed in by the window.\n<lime>And the lamp of it was still warm."},
		{"two in a cue", []string{"Ann: Was it lit?", "Bob: No.", "Ann: Why not?", "Bob: Fog."},
			"Was it lit? / <yellow>No.\nWhy not? / <yellow>Fog."},
	} {
		p := preset(t, "bbc", "srt")
		if tt.name != "two in a cue" {
			for i, turn := range tt.turns {
				tt.turns[i] = strings.Replace(turn, ": ", ": ____________ ", 1)
			}
		}
		cues := Layout(said("en", normal, tt.turns...), p, LayoutOptions{})
		if got := drawn(cues, p); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestColorsTell: wherever another one speaks than before, the colour is another one or the name
// stands there, and each has one colour throughout.
func TestColorsTell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), Presets()[0].For("vtt")
		p.Colors = p.Colors[:rapid.IntRange(1, 4).Draw(t, "colours")]
		who := p.castOf(a, LayoutOptions{})
		colors, before := map[string]string{}, ""
		for _, c := range Layout(a, p, LayoutOptions{}) {
			labels := p.label().Before(c, "")
			label := ""
			for k, l := range c.Lines {
				if l.Sound {
					continue
				}
				if label += strings.TrimSpace(labels[k]); len(l.Words) == 0 {
					continue
				}
				color := l.Words[0].Style().Color
				if known, ok := colors[l.Speaker]; ok && known != color {
					t.Fatalf("%q has %q, and %q", l.Speaker, known, color)
				}
				_, spoke := colors[before]
				colors[l.Speaker] = color
				if label != "" && label != strings.ToUpper(cmp.Or(p.namesOf(a, LayoutOptions{})[l.Speaker], l.Speaker))+":" {
					t.Fatalf("%q has the label %q", l.Speaker, label)
				}
				if spoke && l.Speaker != before && l.Speaker != "" && color == colors[before] && label == "" {
					t.Fatalf("nothing tells %q from %q: %v", l.Speaker, before, c.Lines)
				}
				if who[l.Speaker].shared != slices.Contains(leastTalkative(a, len(p.Colors)), l.Speaker) {
					t.Fatalf("%q has %+v", l.Speaker, who[l.Speaker])
				}
				before, label = l.Speaker, ""
			}
		}
	})
}

// leastTalkative returns those who have no colour, of so many of them, by going through all.
func leastTalkative(a *align.Alignment, colors int) []string {
	words := map[string]int{}
	var names []string
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			for _, w := range s.Words {
				if !w.Spoken {
					continue
				}
				if !slices.Contains(names, t.Speaker) {
					names = append(names, t.Speaker)
				}
				words[t.Speaker]++
			}
		}
	}
	var least []string
	for i, name := range names {
		above := 0
		for k, other := range names {
			if other == "" || words[other] > words[name] || words[other] == words[name] && k < i {
				above++
			}
		}
		if name != "" && above >= colors {
			least = append(least, name)
		}
	}
	return least
}

// TestColorsGolden holds what five speakers say in colours to testdata/colours.<format>, and what is
// read of it to what was laid out.
func TestColorsGolden(t *testing.T) {
	a := said("en", 90*time.Millisecond, "Ann Petrie: Good evening. _____ Was the lamp lit?", "Bob: No.",
		"Ann Petrie: ___ Who says so?",
		"Cora: ______ I do. I was on the quay until the last ferry came in.", "Dan Ode: __ So was I.", "Bob: I was not.",
		"Dan Ode: ___ There was a light in the tower, for an hour or two.",
		"Ewan: _____ Excuse me. ______________", "Ann Petrie: ____ Thank you all for that. ___ Good night.")
	a.End += 10 * time.Second
	for _, name := range []string{"vtt", "srt", "ttml", "ass"} {
		p := preset(t, "bbc", name)
		cues := Layout(a, p, LayoutOptions{})
		for _, f := range Lint(cues, p) {
			t.Errorf("%s: cue %d: %s", name, f.Cue+1, f.Rule)
		}
		var b bytes.Buffer
		if err := Write(&b, name, Captions{Cues: cues, Preset: p, Lang: "en", Alignment: a}); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, "colours."+name, b.String())
		read, err := readNamed("a."+name, b.String())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := looks(read, name != "srt"), looks(cues, name != "srt"); got != want {
			t.Errorf("%s: read\n%s\nwant\n%s", name, got, want)
		}
		if name == "srt" {
			continue // which names nobody
		}
		again := Relayout(Voices(read), "en", p)
		if got, want := looks(again, true), looks(cues, true); got != want {
			t.Errorf("%s: laid out anew\n%s\nwant\n%s", name, got, want)
		}
	}
}

// looks is what of cues is said, by whom if they are named, and in which colours.
func looks(cues []format.Cue, named bool) string {
	var b strings.Builder
	last := ""
	for _, c := range cues {
		for _, l := range c.Lines {
			for _, w := range l.Words {
				who := w.Style().Color
				if named {
					who += " " + l.Speaker
				}
				if who != last {
					fmt.Fprintf(&b, "\n%s:", who)
				}
				last = who
				b.WriteString(" " + w.Text)
			}
		}
	}
	return strings.NewReplacer(" EWAN: ", " ", " ANN PETRIE: ", " ").Replace(b.String())
}

// TestRelayoutColors: speakers of a file get colours in place of those that it has, signs and text of
// nobody keep theirs.
func TestRelayoutColors(t *testing.T) {
	const cues = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann><c.red>Was the <i>lamp</i> lit?</c>\n\n" +
		"00:02.000 --> 00:04.000 line:0\n<v Ann><c.cyan>HARBOUR</c>\n\n" +
		"00:03.000 --> 00:05.000\n<v Bob>Nobody told us of any lamp.\n\n00:07.000 --> 00:09.000\n<c.lime>♪ Row, row ♪</c>\n"
	read, err := readNamed("a.vtt", cues)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ speakers, want string }{
		{"", "yellow Ann: Was the lamp lit? / cyan Ann: HARBOUR / cyan Bob: Nobody told us of any lamp. / lime : ♪ Row, row ♪"},
		{"change", "red Ann: Was the lamp lit? / cyan Ann: HARBOUR /  Bob: Nobody told us of any lamp. / lime : ♪ Row, row ♪"},
	} {
		p := preset(t, strings.TrimSpace("bbc "+tt.speakers), "vtt")
		got := strings.ReplaceAll(strings.TrimSpace(looks(Relayout(read, "en", p), true)), "\n", " / ")
		if got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.speakers, got, tt.want)
		}
	}
}

// TestRelayoutDropsColors: colours that tell named speakers apart go where another style names them, and no others.
func TestRelayoutDropsColors(t *testing.T) {
	for _, tt := range []struct {
		name string
		cues []string
		want string // the colours of the first words of the lines
	}{
		{"speakers", []string{"<v Ann><c.cyan>Was it lit?</c>", "<v Bob>Nobody told us.", "<v Cora><c.lime>No.</c>"}, ",,"},
		{"one of them in two", []string{"<v Ann><c.cyan>Was it <c.red>lit</c>?</c>", "<v Bob><c.lime>Nobody told us.</c>", "No."}, "cyan,,"},
		{"nobody named", []string{"<c.cyan>Was it lit?</c>", "<v Bob><c.lime>Nobody told us.</c>", "<v Ann>No."}, "cyan,,"},
		{"all in one", []string{"<v Ann><c.cyan>Was it lit?</c>", "<v Bob><c.cyan>Nobody told us.</c>"}, "cyan,cyan"},
	} {
		var vtt strings.Builder
		vtt.WriteString("WEBVTT\n\n")
		for i, c := range tt.cues {
			fmt.Fprintf(&vtt, "00:%02d.000 --> 00:%02d.000\n%s\n\n", 3*i+1, 3*i+3, c)
		}
		read, err := readNamed("a.vtt", vtt.String())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range Relayout(read, "en", preset(t, "netflix", "vtt")) {
			got = append(got, c.Lines[0].Words[0].Style().Color)
		}
		if strings.Join(got, ",") != tt.want {
			t.Errorf("%s: %q, want %s", tt.name, got, tt.want)
		}
	}
}

// TestPresetForNames: in each preset and format of cues something tells who speaks.
func TestPresetForNames(t *testing.T) {
	for _, preset := range Presets() {
		for _, f := range Formats() {
			p := preset.For(f.Name)
			colored := len(p.Colors) > 0 && f.CanHold(format.Colors)
			if !f.Sentences && !f.MarksSpeakers && !colored && (p.Label == format.NoLabel || len(p.Colors) > 0) {
				t.Errorf("%s: nobody is named in .%s", p.Name, f.Name)
			}
		}
	}
}

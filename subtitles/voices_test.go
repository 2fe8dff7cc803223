package subtitles

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/subtitles/format"
)

func TestVoices(t *testing.T) {
	for _, tt := range []struct {
		name string
		cues []string // each with | between its lines
		want string   // the text of the WebVTT file, / between cues
	}{
		{"chevrons", []string{">> ANN: Good evening.", "I am glad | to be here.", ">> BOB OF YORK: So am I."},
			"<v ANN>Good evening. / <v ANN>I am glad|to be here. / <v BOB OF YORK>So am I."},
		{"names", []string{"Ann: Good evening.", "Bob: Good evening, Ann: it is late.", "Ann: It is."},
			"<v Ann>Good evening. / <v Bob>Good evening, Ann: it is late. / <v Ann>It is."},
		{"both in a cue", []string{"- ANN: Really? | - BOB: Yes, really.", "ANN: No."},
			"<v ANN>Really?</v>|<v BOB>Yes, really.</v> / <v ANN>No."},
		{"a line of its own", []string{"ANN PETRIE: | Good evening.", "BOB: Hello.", "ANN PETRIE: Hello."},
			"<v ANN PETRIE>Good evening. / <v BOB>Hello. / <v ANN PETRIE>Hello."},
		{"nothing else", []string{"ANN:", "Good evening.", "BOB: Hello.", "ANN: Hello."},
			"<v ANN>ANN: / <v ANN>Good evening. / <v BOB>Hello. / <v ANN>Hello."},
		{"by machine", []string{"[SPEAKER_00]: Good evening.", "I am glad.", "SPEAKER_01: So am I."},
			"<v SPEAKER_00>Good evening. / <v SPEAKER_00>I am glad. / <v SPEAKER_01>So am I."},
		{"brackets", []string{"[Ann] Good evening.", "[Bob March] Hello.", "[Ann] Hello.", "[music]", "[Bob March] So."},
			"<v Ann>Good evening. / <v Bob March>Hello. / <v Ann>Hello. / [music] / <v Bob March>So."},
		{"brackets, one name once", []string{"[Ann] Good evening.", "[Ann] It is late.", "[Bob] How late?", "[Ann] Ten."},
			"<v Ann>Good evening. / <v Ann>It is late. / <v Bob>How late? / <v Ann>Ten."},
		{"brackets alone", []string{"[Ann] | Good evening.", "[Bob] | Hello.", "[Ann] | Hello.", "[Bob] | So."},
			"<v Ann>Good evening. / <v Bob>Hello. / <v Ann>Hello. / <v Bob>So."},
		{"another one, not named", []string{">> ANN: Good evening.", ">> Who is there?", "It is late.", ">> ANN: Me."},
			"<v ANN>Good evening. / &gt;&gt; Who is there? / It is late. / <v ANN>Me."},
		{"colours", []string{"<font color=cyan>ANN:</font> | Good evening.", "It is late.", "<font color=yellow>Is it?</font>", "Yes.",
			"BOB: <font color=cyan>How late?</font>", "<font color=cyan>Past ten?</font>", "ANN: Ten."},
			"<v ANN>Good evening. / <v ANN>It is late. / <c.yellow>Is it?</c> / Yes. / <v BOB><c.cyan>How late?</c> / " +
				"<v BOB><c.cyan>Past ten?</c> / <v ANN>Ten."},
		{"one goes on above a dash", []string{"[Ann] Where were you all of", "-that night? | -[Bob] No.", "[Ann] No?", "- No. | - [Bob] No."},
			"<v Ann>Where were you all of / <v Ann>that night?</v>|<v Bob>No.</v> / <v Ann>No? / <v Ann>No.</v>|<v Bob>No.</v>"},
		{"sounds", []string{">> ANN: Good evening.", "[music]", "And welcome.", ">> BOB: Hello."},
			"<v ANN>Good evening. / [music] / <v ANN>And welcome. / <v BOB>Hello."},
		{"a credit", []string{"Subtitles: Otto Quill", "It is late.", "Sync: @otto"},
			"Subtitles: Otto Quill / It is late. / Sync: @otto"},
		{"a credit at the end", []string{"AMY: It is late.", "Go home.", "BO: No.", "AMY: Yes.", "Translated by: Otto Quill."},
			"<v AMY>It is late. / <v AMY>Go home. / <v BO>No. / <v AMY>Yes. / <v AMY>Translated by: Otto Quill."},
		{"a title", []string{"The Lamp: A Story in Three Nights", "It is late."}, "The Lamp: A Story in Three Nights / It is late."},
		{"one name once", []string{"Amy: It is late.", "Go home."}, "<v Amy>It is late. / <v Amy>Go home."},
		{"no label", []string{"We had one rule at home:", "never open the door.", "Remember: it was dark."},
			"We had one rule at home: / never open the door. / Remember: it was dark."},
	} {
		var srt strings.Builder
		for i, c := range tt.cues {
			at := 2 * time.Duration(i) * time.Second
			fmt.Fprintf(&srt, "%s --> %s\n%s\n\n", format.Clock(at, ",", 3), format.Clock(at+2*time.Second, ",", 3),
				strings.ReplaceAll(c, " | ", "\n"))
		}
		cues, _, err := Read("srt", srt.String())
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := Write(&b, "vtt", Captions{Cues: Voices(cues)}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, block := range strings.Split(strings.TrimSpace(b.String()), "\n\n")[1:] {
			if strings.HasPrefix(block, "NOTE styles") {
				continue
			}
			got = append(got, strings.Join(strings.Split(block, "\n")[2:], "|"))
		}
		if got := strings.Join(got, " / "); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}

	cues, _, err := Read("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>BOB: that is what they say.\n")
	if err != nil {
		t.Fatal(err)
	}
	if l := Voices(cues)[0].Lines[0]; l.Speaker != "Ann" || l.Text() != "BOB: that is what they say." {
		t.Errorf("voices of the file became %+v", l)
	}
}

// TestLabelsComeOff: what is laid out in one style and read back is laid out in another as if it
// had never been in the first, with each name once.
func TestLabelsComeOff(t *testing.T) {
	a := said("en", normal, "Ann Lee: Was the lamp lit that night?", "Bob: No.", "Ann Lee: Then who [the keeper] said that it was?",
		"Carla: I did, and I would say so again.", "Ann Lee: Nobody saw it.", "Bob: I looked for it.", "Carla: So did I.")
	want := []string{"Ann Lee", "Bob", "Ann Lee", "Carla", "Ann Lee", "Bob", "Carla"}
	for _, p := range Presets() {
		for _, name := range []string{"vtt", "srt", "ttml", "ass"} {
			for _, s := range []Speakers{"", SpeakersChange, SpeakersAlways} {
				style := p
				style.Speakers = s
				style = style.For(name)
				var b bytes.Buffer
				if err := Write(&b, name, Captions{Cues: Layout(a, style, LayoutOptions{}), Preset: style, Alignment: a}); err != nil {
					t.Fatal(err)
				}
				read, err := readNamed("a."+name, b.String())
				if err != nil {
					t.Fatal(err)
				}
				got, text := []string{}, ""
				for _, c := range Voices(read) {
					for _, l := range c.Lines {
						if n := len(got); n == 0 || got[n-1] != l.Speaker {
							got = append(got, l.Speaker)
						}
					}
					text += c.Text() + " "
				}
				want := want
				if len(style.Colors) > 0 && name == "srt" {
					want = []string{""} // colours name nobody
				}
				same := slices.EqualFunc(got, want, strings.EqualFold)
				if !same || strings.ContainsAny(text, ">:-") || strings.Count(text, "[") != 1 {
					t.Errorf("%s %s %s: %q, %q\n%s", p.Name, name, s, got, text, b.String())
				}
			}
		}
	}
}

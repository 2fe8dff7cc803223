package subtitles

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cuewright/subtitles/format"
)

func TestShortNames(t *testing.T) {
	for _, tt := range []struct {
		preset string
		names  string // parted by bars, each with what a label calls it behind an equals sign
	}{
		{"youtube", "Defense Secretary Lloyd Austin"},
		{"square", "Defense Secretary Lloyd Austin = Lloyd Austin | Mika Brzezinski"},
		{"square", "Defense Secretary Lloyd Austin = Secretary Lloyd Austin | Lloyd Austin"},
		{"square", "Defense Secretary Lloyd Austin = Lloyd Austin | Austin | Lloyd"},
		{"vertical", "Unidentified Female Speaker 1 = Speaker 1 | Unidentified Female Speaker 2 = Speaker 2"},
		// A part of a title or of a name is none.
		{"square", "Secretary of State Antony Blinken = Antony Blinken"},
		{"square", "Prime Minister Charles de Gaulle = Charles de Gaulle"},
		{"vertical", "Commission President Ursula von der Leyen = Ursula von der Leyen"},
		{"vertical", "A Man from the Third Row on the Left = Row on the Left"},
		{"vertical", "Chancellor Rosa von der Leyendecker = von der Leyendecker"},
		{"square", "The Reverend Doctor Martin Luther King Jr. = Luther King Jr."},
		{"square", "Dr. Maria Lopez Garcia, University of Oslo = Dr. Maria Lopez Garcia"},
		{"square", "Representative Ann Lee (Florida, 19th) = Representative Ann Lee"},
		{"square", "Congresswoman Ann Lee (Florida) = Congresswoman Ann Lee (Fl… | Congresswoman Ann Lee (Ohio)"},
		// What has no part that fits, or none of its own, is cut off.
		{"vertical", "Kapitän Donaudampfschifffahrtsgesellschaft = Donaudampfschifffa…"},
		{"vertical", "内閣府特命担当大臣科学技術政策担当山田太郎 = …術政策担当山田太郎"},
		{"netflix", "Mister Lee Lee Lee Lee Lee Lee Lee Lee Lee Lee Lee = Lee Lee"},
	} {
		var speakers []string
		want := map[string]string{}
		for _, n := range strings.Split(tt.names, " | ") {
			name, short, cut := strings.Cut(n, " = ")
			if speakers = append(speakers, name); cut {
				want[name] = short
			}
		}
		p := preset(t, tt.preset, "srt")
		if got := p.shortNames(speakers); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %q, want %q", tt.preset, got, want)
		}
	}
}

// TestShortNamesInOneLine: a label and what it stands before share the only line.
func TestShortNamesInOneLine(t *testing.T) {
	p := preset(t, "netflix", "srt")
	p.Lines = 1
	a := said("en", normal, "Defense Secretary Lloyd Austin: We were there all night.", "Bob: They were.")
	for _, f := range Lint(Layout(a, p, LayoutOptions{}), p) {
		if f.Rule == RuleLineWidth || f.Rule == RuleLines {
			t.Errorf("%+v", f)
		}
	}
}

// TestShortNamesComeOff: files that name speakers beside the text have whole names, and what is read of them is laid
// out and written anew as it was.
func TestShortNamesComeOff(t *testing.T) {
	names := []string{"Defense Secretary Lloyd James Austin III, United States", "Mika", "Kapitän Donaudampfschifffahrtsgesellschaftskapitänsmütze",
		"内閣府特命担当大臣科学技術政策担当秘書官山田太郎", "Representative Maxwell Frost-Alexander of the Florida House"}
	var turns []string
	for i := range 3 * len(names) {
		turns = append(turns, names[i*i%len(names)]+": Was the lamp lit that night? Nobody saw it from here, they say.")
	}
	a := said("en", normal, turns...)
	for _, base := range Presets() {
		for _, name := range []string{"vtt", "ttml", "ass"} {
			for _, speakers := range []Speakers{SpeakersChange, SpeakersAlways} {
				p := base
				p.Speakers = speakers
				p = p.For(name)
				cues := Layout(a, p, LayoutOptions{})
				for _, f := range Lint(cues, p) {
					if f.Rule == RuleLineWidth || f.Rule == RuleLines {
						t.Errorf("%s %s: %+v", p.Name, name, f)
					}
				}
				write := func(c Captions) string {
					var b bytes.Buffer
					if err := Write(&b, name, c); err != nil {
						t.Fatal(err)
					}
					return b.String()
				}
				file := write(Captions{Cues: cues, Preset: p})
				read, err := readNamed("a."+name, file)
				if err != nil {
					t.Fatal(err)
				}
				for i, c := range read {
					if c.Text() != cues[i].Text() || !slices.Contains(names, c.Speaker()) {
						t.Errorf("%s %s: %q said by %q", p.Name, name, c.Text(), c.Speaker())
					}
					read[i].Source = ""
				}
				own := p
				own.Label, own.Colors = format.OwnLabel, nil
				if again := write(Captions{Cues: read, Preset: own}); again != file {
					t.Errorf("%s %s: written again:\n%s\nwas\n%s", p.Name, name, again, file)
				}
				for _, q := range Presets() {
					q = q.For(name)
					for _, f := range Lint(Relayout(read, "en", q), q) {
						if f.Rule == RuleLineWidth || f.Rule == RuleLines {
							t.Errorf("%s as %s, %s: %+v", p.Name, q.Name, name, f)
						}
					}
				}
			}
		}
	}
}

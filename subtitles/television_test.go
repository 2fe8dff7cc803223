package subtitles

import (
	"bytes"
	"slices"
	"testing"

	"cuewright/subtitles/format"
)

// TestTelevisionLines: in every preset lines are laid out as wide as captions of television have them, so that Write
// breaks none, and the cues of a file are those that were laid out.
func TestTelevisionLines(t *testing.T) {
	limits := map[string]int{}
	for _, f := range Formats() {
		if f.MaxColumns > 0 {
			limits[f.Name] = f.MaxColumns
		}
	}
	if limits["scc"] != 32 || limits["stl"] != 36 {
		t.Errorf("the longest lines have %v columns", limits)
	}
	for name, most := range limits {
		for _, p := range Presets() {
			p := p.For(name)
			cues := Layout(lighthouse(), p, LayoutOptions{})
			if p.LineWidth > most {
				t.Errorf("%s in %s: lines of %d columns", name, p.Name, p.LineWidth)
			}
			var b bytes.Buffer
			if err := Write(&b, name, Captions{Cues: cues, Preset: p, Lang: "en"}); err != nil {
				t.Fatal(err)
			}
			text, err := format.Decode(b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := Read(Detect("captions", text), text)
			if err != nil || len(got) != len(cues) {
				t.Fatalf("%s in %s: %v, %d cues, want %d", name, p.Name, err, len(got), len(cues))
			}
			speakers := p.speakersBefore(cues)
			for i, c := range cues {
				want := p.label().Texts(c, speakers[i])
				wide := func(text string) bool { return format.Columns(text) > most }
				if len(want) != len(got[i].Lines) || slices.ContainsFunc(want, wide) {
					t.Errorf("%s in %s: cue %d has %d lines, want %q", name, p.Name, i+1, len(got[i].Lines), want)
				}
			}
		}
	}
}

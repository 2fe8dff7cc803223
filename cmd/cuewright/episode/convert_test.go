package episode

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuewright/cmd/cuewright/internal/sample"
	"cuewright/subtitles"
)

// An alignment stays one: what Run writes from it, Convert writes from its file, with what
// is unspoken and unscripted, and what it was made from.
func TestConvertAlignment(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	read := func(name string) string {
		data, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	formats := []string{".alignment.json", ".vtt", ".srt", ".ttml", ".ass", ".labels.txt", ".json"}
	for _, preset := range []string{"youtube", "netflix"} {
		j := Job{Audio: sample.File("audio.wav"), Transcript: sample.File("page.txt"), Options: DefaultOptions()}
		j.Preset = preset
		for _, f := range formats {
			j.Outputs = append(j.Outputs, at("a"+f))
		}
		if _, err := Run(t.Context(), j, Hooks{}); err != nil {
			t.Fatal(err)
		}
		for _, f := range formats {
			if _, err := Convert(t.Context(), Conversion{In: at("a.alignment.json"), Out: at("b" + f), Preset: preset, Stretch: 1}); err != nil {
				t.Fatal(err)
			}
			if read("b"+f) != read("a"+f) {
				t.Errorf("%s, %s: it is not what it was made as", preset, f)
			}
		}
	}

	v := Conversion{In: at("a.alignment.json"), Out: at("later.alignment.json"), Stretch: 1, Shift: time.Second, Lang: "de"}
	if _, err := Convert(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	before, _, err := subtitles.ReadAlignment("alignment.json", read("a.alignment.json"))
	if err != nil {
		t.Fatal(err)
	}
	later, _, err := subtitles.ReadAlignment("alignment.json", read("later.alignment.json"))
	if err != nil {
		t.Fatal(err)
	}
	if d := later.Unscripted[0].Start - before.Unscripted[0].Start; d != time.Second || later.Lang != "de" {
		t.Errorf("unscripted sound is shown %v later, in %s", d, later.Lang)
	}
	if o := subtitles.ReadOrigin(read("later.alignment.json")); o.Audio.Name != "audio.wav" || o.Transcript.Name != "page.txt" {
		t.Errorf("its origin is %+v", o)
	}
	v = Conversion{In: at("a.alignment.json"), Out: at("none.vtt"), Stretch: 1, Shift: -time.Hour}
	if _, err := Convert(t.Context(), v); err == nil || !strings.Contains(err.Error(), "all of its cues would come before 0:00") {
		t.Errorf("an hour earlier: error %v", err)
	}
}

// TestConvertLanguage: cues of an alignment break their lines by the language that a person names, as
// if the file named it.
func TestConvertLanguage(t *testing.T) {
	var words []string
	for i, w := range strings.Fields("Das haben wir damals schon gewusst und auf dem Schiff auch allen so gesagt.") {
		words = append(words, fmt.Sprintf(`{"text": %q, "spoken": true, "start": %.1f, "end": %.1f}`, w, 0.3*float64(i), 0.3*float64(i+1)))
	}
	text := `{"schema": "cuewright.alignment/1", "lang": "LANG", "duration": 5, "turns": [{"spoken": true, "end": 4.2,
		"sentences": [{"spoken": true, "end": 4.2, "words": [` + strings.Join(words, ",") + `]}]}]}`
	dir := t.TempDir()
	srt := func(in, lang string) string {
		file, out := filepath.Join(dir, "in.alignment.json"), filepath.Join(dir, "out.srt")
		if err := os.WriteFile(file, []byte(strings.Replace(text, "LANG", in, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Convert(t.Context(), Conversion{In: file, Out: out, Lang: lang, Stretch: 1}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if got, want := srt("en", "de"), srt("de", ""); got != want || got == srt("en", "") {
		t.Errorf("--lang de:\n%s\nwant\n%s", got, want)
	}
}

// TestConvertNames: who is named beside the text of a file is named in it as before.
func TestConvertNames(t *testing.T) {
	ttml := func(first, second string) string {
		return `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"><head><metadata>` +
			`<ttm:agent xml:id="a"><ttm:name>Ann</ttm:name></ttm:agent></metadata></head><body><div><p begin="1s" end="2s" ttm:agent="a">` +
			first + `</p><p begin="3s" end="4s">` + second + "</p></div></body></tt>"
	}
	ass := func(text string) string {
		return "[Script Info]\n\n[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,Ann," + text + "\n"
	}
	for _, tt := range []struct{ name, text, out, want string }{
		{"a.ttml", ttml("The fog lifts.", "It does."), "b.ttml", `<span style="box">The fog lifts.</span>`},
		{"a.ttml", ttml("Ann: The fog lifts.", "It does."), "b.ttml", `<span style="box">Ann: The fog lifts.</span>`},
		{"a.ttml", ttml("&gt;&gt; ANN: The fog lifts.", "It does."), "b.ttml", `<span style="box">&gt;&gt; ANN: The fog lifts.</span>`},
		{"a.ttml", ttml("The fog lifts.", "It does."), "b.srt", "\n>> ANN: The fog lifts.\n"},
		{"a.ass", ass("The fog lifts."), "b.ass", ",Ann,The fog lifts.\n"},
		{"a.ass", ass("The fog lifts."), "b.vtt", "\n<v Ann>&gt;&gt; ANN: The fog lifts.\n"},
		{"a.ass", ass("[Ann] The fog lifts."), "b.vtt", "\n<v Ann>[Ann] The fog lifts.\n"},
		{"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>[Ann] The fog lifts.\n", "b.ttml", ">[Ann] The fog lifts.<"},
		{"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>The fog lifts.\n", "b.vtt", "\n<v Ann>The fog lifts.\n"},
		{"a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<v Ann>The fog\n\nlifts.\n", "b.srt", "\n>> ANN: The fog\nlifts.\n"},
	} {
		dir := t.TempDir()
		in, out := filepath.Join(dir, tt.name), filepath.Join(dir, tt.out)
		if err := os.WriteFile(in, []byte(tt.text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Convert(t.Context(), Conversion{In: in, Out: out, Stretch: 1}); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(out)
		if err != nil || !strings.Contains(string(got), tt.want) {
			t.Errorf("%s to %s: %v\n%s\nwant\n%s", tt.name, tt.out, err, got, tt.want)
		}
	}
}

// TestConvertLost: what is counted is what the file had, not what a layout made.
func TestConvertLost(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "a.vtt")
	for _, tt := range []struct {
		text, out, preset string
		words             bool
		want              int
	}{
		{"The fog lifts.", "b.srt", "", false, 0}, {"The fog lifts.", "b.srt", "bbc", false, 0},
		{"The fog <00:01.500>lifts.", "b.srt", "", false, 1}, {"The fog <00:01.500>lifts.", "b.srt", "bbc", false, 1},
		{"The fog lifts.", "b.ass", "bbc", false, 0}, {"The fog <00:01.500>lifts.", "b.ass", "", false, 0},
		{"The fog lifts.", "b.json", "bbc", true, 0}, {"The fog <00:01.500>lifts.", "b.json", "", true, 0},
		{"The fog <00:01.500>lifts.", "b.json", "", false, 1}, {"The fog <00:01.500>lifts.", "b.json", "bbc", false, 1},
	} {
		if err := os.WriteFile(in, []byte("WEBVTT\n\n00:01.000 --> 00:02.000\n"+tt.text+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, tt.out)
		got, err := Convert(t.Context(), Conversion{In: in, Out: out, Preset: tt.preset, Words: tt.words, Stretch: 1})
		if err != nil || len(got.Lost) != tt.want {
			t.Errorf("%q to %s, %q: %v, %v", tt.text, tt.out, tt.preset, got.Lost, err)
		}
	}
}

package episode

import (
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
	formats := []string{".alignment.json", ".vtt", ".srt", ".ttml", ".ass", ".txt", ".json"}
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

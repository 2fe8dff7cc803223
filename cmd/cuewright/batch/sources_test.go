package batch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles/format"
)

// TestCaptionsAreTranscripts: captions of any format that align takes serve as the
// transcript of the recording beside them, and an alignment does not.
func TestCaptionsAreTranscripts(t *testing.T) {
	serves := map[string]bool{"dfxp": true, "ssa": true, "SRT": true, "TextGrid": false, "alignment.json": false, "xml": false}
	for _, f := range format.Formats() {
		serves[f.Name] = true
	}
	for extension, want := range serves {
		dir := t.TempDir()
		for _, name := range []string{"a.wav", "a." + extension} {
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		episodes, strays, err := findEpisodes([]string{dir}, filepath.Join(dir, "out"), episode.DefaultOptions(), []string{"vtt"})
		if err != nil {
			t.Fatal(err)
		}
		paired := len(episodes) == 1 && strings.HasSuffix(episodes[0].Transcript, "."+extension)
		if paired != want || want != (len(strays) == 0) {
			t.Errorf("%s: %d episodes, strays %v", extension, len(episodes), strays)
		}
	}
}

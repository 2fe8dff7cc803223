//go:build unix

package episode

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuewright/cmd/cuewright/internal/sample"
	"cuewright/testdata/cputime"
	"cuewright/testdata/race"
)

// TestLinear: an episode of three times the length takes about three times the
// work, not nine times. That of 11 hours is measured by hand, see the README.
func TestLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	wav, err := os.ReadFile(sample.File("audio.wav"))
	if err != nil {
		t.Fatal(err)
	}
	first := t.TempDir()
	j := Job{
		Audio: sample.File("audio.wav"), Transcript: sample.File("page.txt"),
		Outputs: []string{filepath.Join(first, "out.srt")}, Options: Options{Preset: "podcast", Model: SeedModel},
	}
	// work is the CPU time that it takes, in which other programs don't count.
	work := func(j Job) time.Duration {
		return cputime.Of(func() {
			if _, err := Run(context.Background(), j, Hooks{}); err != nil {
				t.Fatal(err)
			}
		})
	}
	once := work(j)

	const times = 3
	captions, err := os.ReadFile(j.Outputs[0])
	if err != nil {
		t.Fatal(err)
	}
	samples := bytes.Repeat(wav[sample.HeaderSize:], times)
	long := t.TempDir()
	j.Audio, j.Transcript, j.Outputs = filepath.Join(long, "long.wav"), filepath.Join(long, "long.srt"), []string{filepath.Join(long, "out.srt")}
	for name, data := range map[string][]byte{
		j.Audio:      append(sample.Header(len(samples)), samples...),
		j.Transcript: []byte(strings.Repeat(string(captions)+"\n", times)),
	} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	all := work(j)
	t.Logf("the sample takes %v, %d of it take %v", once, times, all)
	if all > times*once*3/2 {
		t.Errorf("the sample takes %v, %d of it take %v", once, times, all)
	}
}

package episode

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/cmd/cuewright/internal/sample"
)

// TestOddAudio captions the short recording after something happened to it: its
// words are found where they were, or it is said why not.
func TestOddAudio(t *testing.T) {
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	plain, err := os.ReadFile(filepath.Join(dir, "short.wav"))
	if err != nil {
		t.Fatal(err)
	}
	speech := make([]float64, (len(plain)-sample.HeaderSize)/2)
	for i := range speech {
		speech[i] = float64(int16(binary.LittleEndian.Uint16(plain[sample.HeaderSize+2*i:]))) / 32768
	}
	caption := func(name string, wav []byte, text string) (*align.Alignment, error) {
		file, page := filepath.Join(dir, name+".wav"), filepath.Join(dir, name+".txt")
		if err := errors.Join(os.WriteFile(file, wav, 0o666), os.WriteFile(page, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
		j := Job{Audio: file, Transcript: page, Outputs: []string{filepath.Join(dir, name+".vtt")}, Options: DefaultOptions()}
		r, err := Run(context.Background(), j, Hooks{})
		if err != nil {
			return nil, err
		}
		return r.Alignment, nil
	}
	want, err := caption("plain", wavOf(1, speech), sample.ShortText)
	if err != nil {
		t.Fatal(err)
	}

	// changed is the speech with each sample made anew.
	changed := func(f func(i int, v float64) float64) []float64 {
		out := make([]float64, len(speech))
		for i, v := range speech {
			out[i] = f(i, v)
		}
		return out
	}
	var square float64
	for _, v := range speech {
		square += v * v
	}
	quiet := math.Pow(10, -60.0/20) / math.Sqrt(square/float64(len(speech)))
	dither := rand.New(rand.NewPCG(1, 2))
	silence := changed(func(int, float64) float64 { return 0 })
	tone := changed(func(i int, _ float64) float64 { return 0.5 * math.Sin(2*math.Pi*440/16000*float64(i)) })
	inverse := changed(func(_ int, v float64) float64 { return -v })
	for _, tt := range []struct {
		name string
		wav  []byte
		err  string        // what is said where nothing can be found
		late time.Duration // what was put before the speech
		text string        // "" for all that is said
	}{
		{name: "one channel is silent", wav: wavOf(2, speech, silence)},
		{name: "out of phase", wav: wavOf(2, speech, inverse)},
		{name: "clipped", wav: wavOf(1, changed(func(_ int, v float64) float64 { return 8 * v }))},
		{name: "-60 dBFS", wav: wavOf(1, changed(func(_ int, v float64) float64 { return v*quiet + (dither.Float64()-0.5)/32768 }))},
		{name: "DC offset", wav: wavOf(1, changed(func(_ int, v float64) float64 { return 0.3 + v/2 }))},
		{name: "after 40 s of silence", wav: wavOf(1, append(make([]float64, 40*16000), speech...)), late: 40 * time.Second},
		{name: "5 s", wav: wavOf(1, speech[:5*16000]), text: sample.ShortText[:strings.Index(sample.ShortText, "?")+1]},
		{name: "silence", wav: wavOf(1, silence), err: "nothing of "},
		{name: "tone", wav: wavOf(1, tone), err: "nothing of "},
	} {
		got, err := caption(tt.name, tt.wav, cmp.Or(tt.text, sample.ShortText))
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		near, all := 0, 0
		for i, turn := range got.Turns {
			for k, s := range turn.Sentences {
				for m, w := range s.Words {
					all++
					old := want.Turns[i].Sentences[k].Words[m]
					if w.Spoken && (w.Start-tt.late-old.Start).Abs() <= 60*time.Millisecond {
						near++
					}
				}
			}
		}
		if 10*near < 9*all {
			t.Errorf("%s: %d of %d words within 60 ms of where they are", tt.name, near, all)
		}
	}
}

// wavOf is a WAV file at 16 kHz of channels in [-1, 1].
func wavOf(channels int, samples ...[]float64) []byte {
	b := sample.Header(2 * channels * len(samples[0]))
	binary.LittleEndian.PutUint16(b[22:], uint16(channels))
	binary.LittleEndian.PutUint32(b[28:], uint32(32000*channels))
	binary.LittleEndian.PutUint16(b[32:], uint16(2*channels))
	for i := range samples[0] {
		for _, channel := range samples {
			v := math.Round(32768 * min(max(channel[i], -1), 32767.0/32768))
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(v)))
		}
	}
	return b
}

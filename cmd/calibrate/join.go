package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align/transcript"
	"cuewright/audio"
)

// clip is a recording with its words, and what it sounds like where nobody speaks.
type clip struct {
	samples  []float32 // from its first sound to its last
	words    []transcript.Word
	doubtful bool    // its first sound may not be its first word
	floor    float64 // standard deviation of the room's noise
}

// join makes one episode of clips, of which each becomes a sentence: NNN.flac (or another recording) with NNN.txt
// in the folders of their speakers, who take turns of up to three clips. Between clips lie
// pauses of the room's noise: a third of up to 0.05 s, as in speech that flows, a third of up
// to 0.8 s, a third of up to 3 s. number chooses the random numbers.
func join(dirs []string, number uint64) (*episode, error) {
	speakers := make([][]clip, len(dirs))
	left := 0
	for i, dir := range dirs {
		var err error
		if speakers[i], err = readClips(dir); err != nil {
			return nil, err
		}
		left += len(speakers[i])
	}
	r := rand.New(rand.NewPCG(number, 0))
	e := &episode{}
	for turn := 0; left > 0; turn++ {
		clips := &speakers[turn%len(speakers)]
		n := min(1+r.IntN(3), len(*clips))
		for _, c := range (*clips)[:n] {
			e.pause(r, c.floor)
			start := len(e.samples)
			e.samples = append(e.samples, c.samples...)
			e.sentences = append(e.sentences, sentence{
				words: c.words, start: start, end: len(e.samples), doubtful: c.doubtful,
			})
		}
		*clips = (*clips)[n:]
		left -= n
	}
	e.pause(r, 1e-4)
	return e, nil
}

// pause adds a pause of noise with this standard deviation.
func (e *episode) pause(r *rand.Rand, floor float64) {
	most := []float64{0.05, 0.8, 3}[r.IntN(3)]
	for range int(audio.Rate * most * r.Float64()) {
		e.samples = append(e.samples, float32(floor*r.NormFloat64()))
	}
}

// readClips reads the clips of a folder in the order of their names.
func readClips(dir string) ([]clip, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(texts) == 0 {
		return nil, fmt.Errorf("%s: neither truth.json nor clips with *.txt there", dir)
	}
	slices.Sort(texts)
	var all []clip
	for _, name := range texts {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		words, err := readWords(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(words) == 0 {
			continue
		}
		f, err := openRecording(strings.TrimSuffix(name, ".txt"))
		if err != nil {
			return nil, err
		}
		samples, err := readSamples(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		from, to, doubtful, floor := extent(samples)
		all = append(all, clip{samples: samples[from:to], words: words, doubtful: doubtful, floor: floor})
	}
	return all, nil
}

// extent returns the samples [from, to) from the first sound of a clip to its last, whether
// the first one may be a breath or a click before the first word, and the root mean square
// of what is quiet. Levels in dB are told by where they lie between those of the quietest
// and the loudest tenth of the frames: sound is 30 ms above a quarter of the way, and a word
// begins where 100 ms above half of it follow within 0.1 s.
func extent(samples []float32) (from, to int, doubtful bool, floor float64) {
	const frame = audio.Rate / 100
	var levels []float64
	for i := 0; i+frame <= len(samples); i += frame {
		power := 1e-9
		for _, v := range samples[i : i+frame] {
			power += float64(v) * float64(v) / frame
		}
		levels = append(levels, 10*math.Log10(power))
	}
	if len(levels) == 0 {
		return 0, len(samples), true, 0
	}
	sorted := slices.Sorted(slices.Values(levels))
	quiet, loud := sorted[len(sorted)/10], sorted[len(sorted)*9/10]
	// first returns where so many frames in a row lie above a share of the way.
	first := func(frames int, share float64) (at int, ok bool) {
		run := 0
		for i, level := range levels {
			run++
			if level < quiet+share*(loud-quiet) {
				run = 0
			}
			if run == frames {
				return i + 1 - frames, true
			}
		}
		return 0, false
	}
	sound, _ := first(3, 0.25)
	word, ok := first(10, 0.5)
	slices.Reverse(levels)
	after, _ := first(3, 0.25)
	return sound * frame, len(samples) - after*frame, !ok || word > sound+10, math.Pow(10, quiet/20)
}

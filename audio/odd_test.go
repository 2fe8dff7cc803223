package audio

import (
	"bytes"
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// babble is what energy alone makes of speech: noise in syllables of 200 ms, with a
// pause of 0.5 s after every ten, over a floor 50 dB below.
func babble(seconds, amplitude float64) []float32 {
	x := noise(int(seconds*Rate), amplitude, 1)
	for i := range x {
		at := math.Mod(float64(i)/Rate, 2.5)
		envelope := math.Abs(math.Sin(math.Pi * at / 0.2))
		if at > 2 {
			envelope = 0
		}
		x[i] *= float32(0.003 + 0.997*envelope)
	}
	return x
}

func analyze(t testing.TB, x []float32) *Frames {
	f, err := Analyze(t.Context(), &memory{samples: x})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// speechTime is the sum of the segments in seconds.
func speechTime(segments []Segment) float64 {
	var sum time.Duration
	for _, s := range segments {
		sum += s.Duration()
	}
	return sum.Seconds()
}

func scaled(x []float32, by float64) []float32 {
	y := slices.Clone(x)
	for i := range y {
		y[i] *= float32(by)
	}
	return y
}

// Whatever happened to a recording, its speech is found: 20 s hold 16 s of
// syllables.
func TestOddAudio(t *testing.T) {
	speech := babble(20, 0.3)
	clipped := scaled(speech, 20)
	for i, v := range clipped {
		clipped[i] = max(-1, min(1, v))
	}
	offset := slices.Clone(speech)
	for i := range offset {
		offset[i] += 0.2
	}
	quantised := scaled(speech, 0.003)
	for i, v := range quantised {
		quantised[i] = float32(math.Round(float64(v)*32768) / 32768)
	}
	loudThenQuiet := slices.Concat(speech, scaled(speech, 0.03))
	for _, c := range []struct {
		name    string
		samples []float32
		least   float64 // seconds of speech
		most    float64
	}{
		{"speech", speech, 14, 18},
		{"clipped", clipped, 14, 18},
		{"-60 dBFS, 16 bit", quantised, 13, 19},
		{"DC offset", offset, 14, 18},
		{"a speaker 30 dB quieter", loudThenQuiet, 26, 37},
		{"digital silence between", slices.Concat(speech, make([]float32, 20*Rate), speech), 28, 36},
		{"silence", make([]float32, 20*Rate), 0, 0},
		{"DC alone", scaled(offset, 0), 0, 0},
		{"tone", tone(20*Rate, 440, 0.5), 0, 0},
		{"steady noise", noise(20*Rate, 0.1, 2), 0, 1},
		{"5 s", speech[:5*Rate], 3.2, 4.7},
		{"1 s", speech[Rate+Rate/2 : 2*Rate+Rate/2], 0.3, 0.8},
		{"one sample", speech[:1], 0, 0},
		{"nothing", nil, 0, 0},
	} {
		f := analyze(t, c.samples)
		if want := (len(c.samples) + HopSamples - 1) / HopSamples; f.Len() != want ||
			f.Samples != int64(len(c.samples)) || len(f.mel) != want*MelBands {
			t.Errorf("%s: %d frames of %d samples, want %d", c.name, f.Len(), f.Samples, want)
		}
		for i, e := range NormalizedEnergy(f) {
			if !(e >= -0.5 && e <= 1.5) || !(f.Level[i] >= silenceLevel && f.Level[i] < 10) {
				t.Fatalf("%s: frame %d: energy %v, level %v", c.name, i, e, f.Level[i])
			}
		}
		if got := speechTime(Segments(f, DefaultSegmentOptions())); got < c.least || got > c.most {
			t.Errorf("%s: %.2f s of speech, want %v to %v", c.name, got, c.least, c.most)
		}
	}
}

// The offset must not show in the level, least of all at the ends.
func TestOffsetIsTakenOut(t *testing.T) {
	x := make([]float32, Rate)
	for i := range x {
		x[i] = 0.25
	}
	for i, level := range analyze(t, x).Level {
		if level > silenceLevel {
			t.Fatalf("frame %d of a constant: %v dBFS", i, level)
		}
	}
}

func TestMixdown(t *testing.T) {
	left, other := babble(3, 0.3), noise(3*Rate, 0.3, 7)
	inverted, silent := scaled(left, -1), make([]float32, len(left))
	half := scaled(left, 0.5)
	sum := slices.Clone(half)
	for i := range sum {
		sum[i] += other[i] / 2
	}
	for _, c := range []struct {
		name     string
		channels [][]float32
		want     []float32
	}{
		{"the same twice", [][]float32{left, left}, left},
		{"different ones", [][]float32{left, other}, sum},
		{"one silent", [][]float32{left, silent}, half},
		{"out of phase", [][]float32{left, inverted}, left},
		{"out of phase, one a little louder", [][]float32{scaled(left, 0.9), inverted}, inverted},
		{"one of eight", [][]float32{silent, silent, left, silent, silent, silent, silent, silent}, scaled(left, 0.125)},
	} {
		var interleaved []float32
		for i := range left {
			for _, channel := range c.channels {
				interleaved = append(interleaved, channel[i])
			}
		}
		wav := wavSpec{tag: tagFloat, bits: 32, channels: len(c.channels), data: encode(interleaved, 4, 32, true)}.bytes()
		got, _, err := readAll(bytes.NewReader(wav))
		// At first the mixer fades from the mean.
		if err != nil || len(got) != len(c.want) || worst(got[Rate/100:], c.want[Rate/100:]) > 1e-6 {
			t.Errorf("%s: %v, %d samples", c.name, err, len(got))
		}
	}
}

// A float that is no number is silence and doesn't spread.
func TestBrokenFloats(t *testing.T) {
	x := tone(Rate, 440, 0.5)
	for i, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e30} {
		x[4000+2000*i] = float32(v)
	}
	got, _, err := readAll(bytes.NewReader(wavSpec{tag: tagFloat, bits: 32, data: encode(x, 4, 32, true)}.bytes()))
	if err != nil {
		t.Fatal(err)
	}
	f := analyze(t, got)
	for _, i := range []int{10, 33, 48, 70, 90} {
		if math.Abs(float64(f.Level[i])+9.03) > 0.05 {
			t.Errorf("frame %d: %v dBFS", i, f.Level[i])
		}
	}
}

// The frames are the same for any number of cores, and however the source cuts its
// samples.
func TestAnalyzeIsTheSameForAnyCut(t *testing.T) {
	for _, n := range []int{1, 119, 120, 121, 160, 161, blockSamples - 1, blockSamples, blockSamples + 1,
		blockSamples + lead, blockSamples + lead + 1, 2*blockSamples + 777} {
		x := noise(n, 0.5, uint64(n))
		want := analyzeSlowly(x)
		for _, cores := range []int{1, 2} {
			old := runtime.GOMAXPROCS(cores)
			for _, piece := range []int{0, 997} {
				got, err := Analyze(t.Context(), &memory{samples: x, piece: piece})
				if err != nil || got.Samples != want.Samples || !slices.Equal(got.Level, want.Level) ||
					!slices.Equal(got.mel, want.mel) || !slices.Equal(got.tones, want.tones) {
					t.Errorf("%d samples, %d cores, pieces of %d: %v, %d frames, want %d", n, cores, piece, err,
						got.Len(), want.Len())
				}
			}
			runtime.GOMAXPROCS(old)
		}
	}
}

// analyzeSlowly is Analyze in its plainest form: one frame after the other, from the
// whole recording in memory.
func analyzeSlowly(x []float32) *Frames {
	f := &Frames{Samples: int64(len(x))}
	a := newAnalyzer(newFrameTables())
	for at := 0; at < len(x); at += HopSamples {
		window := make([]float32, windowSamples)
		begin := at - lead
		from, to := max(0, -begin), min(windowSamples, len(x)-begin)
		copy(window[from:to], x[begin+from:])
		f.Level = append(f.Level, a.frame(window, from, to))
		a.fft.power(&a.power, &a.padded)
		var row [MelBands]float32
		a.mel.apply(&row, &a.power)
		for _, p := range row {
			f.mel = append(f.mel, toPower16(p))
		}
		var tones [FrameTones]Tone
		pickTones(tones[:], &a.power)
		f.tones = append(f.tones, tones[:]...)
	}
	return f
}

// failing fails after some reads.
type failing struct{ reads int }

func (s *failing) Read(dst []float32) (int, error) {
	if s.reads--; s.reads < 0 {
		return 0, errLost
	}
	return len(dst), nil
}

func TestAnalyzeErrors(t *testing.T) {
	if _, err := Analyze(t.Context(), &failing{20}); !errors.Is(err, errLost) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Analyze(ctx, &failing{math.MaxInt}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSegmentProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		energy := rapid.SliceOfN(rapid.Float32Range(-0.5, 1.5), 0, 400).Draw(t, "energy")
		ms := func(label string) time.Duration {
			return time.Duration(rapid.IntRange(0, 300).Draw(t, label)) * time.Millisecond
		}
		o := SegmentOptions{
			Onset: 0.6, Offset: 0.3, Lead: ms("lead"), Hangover: ms("hangover"),
			MinSpeech: ms("speech"), MinPause: ms("pause"),
		}
		end := FrameTime(len(energy)) - time.Duration(rapid.IntRange(0, 9).Draw(t, "short"))*time.Millisecond
		end = max(0, end)
		var last time.Duration
		for i, s := range segments(energy, o, end) {
			if s.Start < 0 || s.End > end || s.End < s.Start || s.Duration() < o.MinSpeech {
				t.Fatalf("%v of %v", s, end)
			}
			if i > 0 && s.Start-last < max(o.MinPause, 1) {
				t.Fatalf("%v follows %v too soon", s, last)
			}
			last = s.End
			loud := false
			for f := int(s.Start / (10 * time.Millisecond)); f < len(energy) && FrameTime(f) < s.End; f++ {
				loud = loud || energy[f] >= o.Onset
			}
			if !loud {
				t.Fatalf("nothing in %v is loud", s)
			}
		}
	})
}

func TestLevelsMatchSortedWindows(t *testing.T) {
	energy := analyze(t, slices.Concat(babble(25, 0.3), make([]float32, 5*Rate), babble(25, 0.01))).Level
	l := trackLevels(energy)
	for at := 0; at < len(energy); at += 7 * levelStep {
		var window []float32
		for _, e := range energy[max(0, at-levelReach):min(len(energy), at+levelReach)] {
			if e > silenceLevel {
				window = append(window, e)
			}
		}
		slices.Sort(window)
		floor := window[int(floorShare*float64(len(window)))]
		speech := max(floor+leastRange, window[int(speechShare*float64(len(window)))])
		floor = max(floor, speech-mostRange)
		if math.Abs(float64(l.floor[at]-floor)) > 2*histogramBin || math.Abs(float64(l.speech[at]-speech)) > 2*histogramBin {
			t.Fatalf("frame %d: floor %v and speech %v, want %v and %v", at, l.floor[at], l.speech[at], floor, speech)
		}
	}
}

// A tone lies in the bands around its frequency, and in no others.
func TestMelBandsOfTones(t *testing.T) {
	step := (mel(melHigh) - mel(melLow)) / (MelBands + 1)
	for band := range MelBands {
		centre := 700 * math.Expm1((mel(melLow)+step*float64(band+1))/1127)
		row := analyze(t, tone(Rate/4, centre, 1)).Bands(12)
		for i, p := range row {
			if (i == band) != (p == slices.Max(row[:])) || math.Abs(float64(i-band)) > 4 && p > 1e-4 {
				t.Errorf("a tone of %.0f Hz has power %v in band %d", centre, p, i)
			}
		}
	}
}

// A chunked slice allocates at most twice its size, and only its size if that was
// known beforehand.
func TestChunked(t *testing.T) {
	x := noise(blockFrames*MelBands, 1, 1)
	for _, blocks := range []int{1, 3, 1400} { // 1400 are an hour
		for hint, most := range map[int]int{0: 2, blocks: 1, blocks / 2: 2} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p := newChunked[float32](hint * len(x))
			for range blocks {
				p.append(x)
			}
			all := p.join()
			runtime.ReadMemStats(&after)
			if len(all) != blocks*len(x) || !slices.Equal(all[:len(x)], x) || !slices.Equal(all[len(all)-len(x):], x) {
				t.Fatalf("%d blocks, %d expected: %d values", blocks, hint, len(all))
			}
			limit := most*len(all)*4 + 2*chunkSize*4
			if taken := int(after.TotalAlloc - before.TotalAlloc); taken > limit {
				t.Errorf("%d blocks, %d expected: %d bytes allocated for %d", blocks, hint, taken, 4*len(all))
			}
		}
	}
}

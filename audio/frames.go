package audio

import (
	"context"
	"errors"
	"io"
	"math"
	"runtime"
	"sync"
	"time"

	"cuewright/audio/portable"
)

const (
	// Rate is the working sample rate in Hz. Speech needs little above 7 kHz.
	Rate = 16000
	// HopSamples is the distance between frames, 10 ms.
	HopSamples = Rate / 100
	// windowSamples is the length of a frame, 25 ms, centred on its hop.
	windowSamples = Rate / 40
	// MelBands is the number of triangular bands, equally spaced on the mel scale
	// from 80 to 7200 Hz.
	MelBands = 26
	// silenceLevel is the lowest level in dBFS, that of digital silence.
	silenceLevel = -100
)

// Source yields mono samples at Rate; full scale is [-1, 1]. Read fills dst from
// its start and returns how many samples it wrote; at the end it returns 0, io.EOF.
type Source interface {
	Read(dst []float32) (n int, err error)
}

// Frames describes a recording every 10 ms. Frame i is centred on sample
// i*HopSamples + HopSamples/2, so that it stands for [FrameTime(i), FrameTime(i+1)).
// The last frame may reach beyond the end of the recording.
type Frames struct {
	// Level is the RMS of each frame in dBFS, without its mean (a DC offset), and
	// SilenceLevel or more.
	Level []float32
	// mel holds MelBands band powers a frame, frame after frame. It is nearly all of
	// the memory that a recording takes: 5.2 of 6 KB a second.
	mel []power16
	// tones holds FrameTones tones a frame, frame after frame; nil where they are not known.
	tones []Tone
	// Samples is the length of the recording at Rate.
	Samples int64
}

// FrameTime returns the time at which frame i begins, exactly 10 ms * i.
func FrameTime(i int) time.Duration { return time.Duration(i) * 10 * time.Millisecond }

// SampleTime returns the time of sample n at Rate, rounded down to the nanosecond.
func SampleTime(n int64) time.Duration {
	return time.Duration(n/Rate)*time.Second + time.Duration(n%Rate)*time.Second/Rate
}

// NewFrames returns frames of the given levels and MelBands band powers a frame, frame
// after frame; see Level and Power. They have no tones.
func NewFrames(level, power []float32, samples int64) *Frames {
	f := &Frames{Level: level, mel: make([]power16, len(power)), Samples: samples}
	for i, p := range power {
		f.mel[i] = toPower16(p)
	}
	return f
}

// power16 is a power as a 16-bit floating-point number: a float32 without its sign,
// which is always +, and with the upper 8 bits of its fraction. (That is a bfloat16
// with one bit more for the fraction.) It is exact to 0.2 %, or 0.01 dB, over the
// whole range of a float32.
type power16 uint16

const power16Shift = 15

// toPower16 rounds a power to 16 bits.
func toPower16(power float32) power16 {
	const rounding = 1 << (power16Shift - 1)
	return power16((math.Float32bits(power) + rounding) >> power16Shift)
}

func (h power16) float32() float32 { return math.Float32frombits(uint32(h) << power16Shift) }

// Len returns the number of frames.
func (f *Frames) Len() int { return len(f.Level) }

// Power returns the linear power of frame i in a mel band: the part of the mean square
// (full scale 1) that lies in the band. The powers of a frame add up to that between 80
// and 7200 Hz. Digital silence is 0.
func (f *Frames) Power(i, band int) float32 { return f.mel[i*MelBands+band].float32() }

// Bands returns the Power of all bands of frame i.
func (f *Frames) Bands(i int) (power [MelBands]float32) {
	for b, h := range f.mel[i*MelBands:][:MelBands] {
		power[b] = h.float32()
	}
	return power
}

// Tones returns the strongest tones of frame i, at most FrameTones and the strongest first: the peaks
// of its spectrum, of whatever they are.
func (f *Frames) Tones(i int) []Tone {
	if f.tones == nil {
		return nil
	}
	tones := f.tones[i*FrameTones:][:FrameTones]
	n := FrameTones
	for n > 0 && tones[n-1] == 0 {
		n--
	}
	return tones[:n]
}

// KeepBands sets all mel bands but [first, end) to 0, in all frames.
func (f *Frames) KeepBands(first, end int32) {
	for i := range f.Len() {
		bands := f.mel[i*MelBands:][:MelBands]
		clear(bands[:first])
		clear(bands[end:])
	}
}

// Duration returns the length of the recording.
func (f *Frames) Duration() time.Duration { return SampleTime(f.Samples) }

// Part returns the frames [first, end), as those of a shorter recording. It shares
// their memory.
func (f *Frames) Part(first, end int) *Frames {
	part := &Frames{
		Level:   f.Level[first:end],
		mel:     f.mel[first*MelBands : end*MelBands],
		Samples: min(int64(end)*HopSamples, f.Samples) - int64(first)*HopSamples,
	}
	if f.tones != nil {
		part.tones = f.tones[first*FrameTones : end*FrameTones]
	}
	return part
}

const (
	// blockFrames is how many frames a worker takes at a time: its 160 KB of
	// samples and 13 KB of bands stay in a core's cache.
	blockFrames  = 256
	blockSamples = blockFrames * HopSamples
	// lead is how far a frame's window begins before its hop, and how far the
	// last window of a block reaches beyond the block.
	lead = (windowSamples - HopSamples) / 2
)

// block is a stretch of the recording, the unit of work of a worker. All blocks but
// the last hold blockFrames frames.
type block struct {
	// samples begin lead samples before the block's first hop and end lead samples
	// after its last; those that the recording has are [start, end).
	samples    [lead + blockSamples + lead]float32
	start, end int
	frames     int
	level      [blockFrames]float32
	mel        [blockFrames * MelBands]power16
	tones      [blockFrames * FrameTones]Tone
	done       chan struct{}
}

// Analyze reads src to its end and returns its frames. The spectra are spread over
// GOMAXPROCS workers; frames don't depend on each other, so the result is the same
// for any number of them. It returns the errors of src and ctx. The time is linear in
// the length of the recording.
func Analyze(ctx context.Context, src Source) (*Frames, error) {
	var (
		workers = runtime.GOMAXPROCS(0)
		depth   = 2 * workers
		free    = make(chan *block, depth)
		work    = make(chan *block, depth)
		ordered = make(chan *block, depth)
		readErr error
		wg      sync.WaitGroup
	)
	for range depth {
		free <- &block{done: make(chan struct{}, 1)}
	}
	tables := newFrameTables()
	for range workers {
		wg.Go(func() {
			a := newAnalyzer(tables)
			for b := range work {
				a.analyze(b)
				b.done <- struct{}{}
			}
		})
	}
	f := new(Frames)
	wg.Go(func() {
		defer close(ordered)
		defer close(work)
		f.Samples, readErr = readBlocks(ctx, src, free, func(b *block) {
			ordered <- b
			work <- b
		})
	})
	var hint int // in frames
	if r, ok := src.(interface{ sizeHint() int64 }); ok {
		hint = int((r.sizeHint() + HopSamples - 1) / HopSamples)
	}
	level, mel, tones := newChunked[float32](hint), newChunked[power16](hint*MelBands), newChunked[Tone](hint*FrameTones)
	for b := range ordered {
		<-b.done
		level.append(b.level[:b.frames])
		mel.append(b.mel[:b.frames*MelBands])
		tones.append(b.tones[:b.frames*FrameTones])
		free <- b
	}
	wg.Wait()
	if readErr != nil {
		return nil, readErr
	}
	f.Level, f.mel, f.tones = level.join(), mel.join(), tones.join()
	return f, nil
}

// readBlocks cuts src into blocks, each with the margins that its windows need,
// and hands them to emit in order. It returns the number of samples read.
func readBlocks(ctx context.Context, src Source, free <-chan *block, emit func(*block)) (int64, error) {
	var (
		total int64
		carry [2 * lead]float32 // what a block shares with the one before
		have  = lead            // samples of a block that are there before it is read,
		start = lead            // at first a margin before the recording begins
		eof   bool
	)
	for more := true; more; more = !eof || have > lead {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		b := <-free
		copy(b.samples[:], carry[:have])
		b.start, b.end = start, have
		for !eof && b.end < len(b.samples) {
			n, err := src.Read(b.samples[b.end:])
			b.end += n
			total += int64(n)
			if eof = errors.Is(err, io.EOF); err != nil && !eof {
				return total, err
			}
		}
		if b.frames = min(blockFrames, (b.end-lead+HopSamples-1)/HopSamples); b.frames > 0 {
			emit(b)
		}
		copy(carry[:], b.samples[blockSamples:])
		have, start = b.end-blockSamples, 0
	}
	return total, nil
}

// frameTables holds the constants that all workers share.
type frameTables struct {
	mel *melBank
	tw  *fftTwiddles
}

func newFrameTables() frameTables { return frameTables{newMelBank(), newFFTTwiddles()} }

// analyzer is the memory of one worker.
type analyzer struct {
	frameTables
	fft    realFFT
	padded [fftSize]float32
	power  [fftBins]float32
	bands  [MelBands]float32
}

func newAnalyzer(t frameTables) *analyzer {
	return &analyzer{frameTables: t, fft: realFFT{tw: t.tw}}
}

// analyze computes the frames of a block.
func (a *analyzer) analyze(b *block) {
	for i := range b.frames {
		window := b.samples[i*HopSamples:][:windowSamples]
		// At the ends of the recording a window is only partly there.
		from, to := 0, windowSamples
		if at := i * HopSamples; at < b.start || at+windowSamples > b.end {
			from, to = max(0, b.start-at), min(windowSamples, b.end-at)
		}
		b.level[i] = a.frame(window, from, to)
		a.fft.power(&a.power, &a.padded)
		a.mel.apply(&a.bands, &a.power)
		pickTones(b.tones[i*FrameTones:][:FrameTones], &a.power)
		for k, p := range a.bands {
			b.mel[i*MelBands+k] = toPower16(p)
		}
	}
}

// frame subtracts the mean of the samples [from, to) of a window, applies the Hann
// window, writes them to a.padded, and returns their level in dBFS.
func (a *analyzer) frame(window []float32, from, to int) float32 {
	padded := a.padded[:windowSamples]
	if to-from < windowSamples {
		clear(padded)
	}
	x, y, weights := window[from:to], padded[from:to], a.mel.window[from:to]
	mean := sum(x) / float32(len(x))
	for i, v := range x {
		y[i] = v - mean
	}
	squares := dot(y, y)
	for i, w := range weights {
		y[i] *= w
	}
	return decibels(squares / float32(len(x)))
}

// dot returns the sum of x[i]*h[i]; h is at least as long as x. It keeps four partial
// sums, so that no addition waits for the one before.
func dot(x, h []float32) float32 {
	var a, b, c, d float32
	h = h[:len(x)]
	for len(x) >= 8 && len(h) >= 8 {
		a += float32(x[0]*h[0]) + float32(x[4]*h[4])
		b += float32(x[1]*h[1]) + float32(x[5]*h[5])
		c += float32(x[2]*h[2]) + float32(x[6]*h[6])
		d += float32(x[3]*h[3]) + float32(x[7]*h[7])
		x, h = x[8:], h[8:]
	}
	for i, v := range x {
		a += float32(v * h[i])
	}
	return (a + b) + (c + d)
}

// sum returns the sum of x.
func sum(x []float32) float32 {
	var a, b, c, d float32
	for len(x) >= 4 {
		a += x[0]
		b += x[1]
		c += x[2]
		d += x[3]
		x = x[4:]
	}
	for _, v := range x {
		a += v
	}
	return (a + b) + (c + d)
}

// decibels returns 10 log10 of a power, and SilenceLevel or more.
func decibels(power float32) float32 {
	const least = 1e-10 // SilenceLevel as a power
	if power <= least {
		return silenceLevel
	}
	return float32(10 / math.Ln10 * portable.Log(float64(power)))
}

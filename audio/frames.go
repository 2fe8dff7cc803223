package audio

import (
	"context"
	"errors"
	"io"
	"math"
	"runtime"
	"sync"
	"time"
)

const (
	// Rate is the working sample rate in Hz. Speech needs little above 7 kHz.
	Rate = 16000
	// HopSamples is the distance between frames, 10 ms.
	HopSamples = Rate / 100
	// WindowSamples is the length of a frame, 25 ms, centred on its hop.
	WindowSamples = Rate / 40
	// MelBands is the number of triangular bands, equally spaced in mel from
	// 80 to 7200 Hz.
	MelBands = 26
	// SilenceLevel is the least level in dBFS, that of digital silence.
	SilenceLevel = -100
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
	// Level is the RMS of each frame in dBFS, its mean (a DC offset) taken out,
	// SilenceLevel at the least.
	Level []float32
	// mel holds MelBands band powers a frame, frame after frame. It is nearly all
	// that is kept of a recording.
	mel []half
	// Samples is the length of the recording at Rate.
	Samples int64
}

// FrameTime is the time at which frame i begins. It is exact: 10 ms * i.
func FrameTime(i int) time.Duration { return time.Duration(i) * 10 * time.Millisecond }

// SampleTime is the time of sample n at Rate, rounded down to the nanosecond.
func SampleTime(n int64) time.Duration {
	return time.Duration(n/Rate)*time.Second + time.Duration(n%Rate)*time.Second/Rate
}

// NewFrames makes frames of their levels and MelBands band powers a frame, frame
// after frame; see Level and Power.
func NewFrames(level, power []float32, samples int64) *Frames {
	f := &Frames{Level: level, mel: make([]half, len(power)), Samples: samples}
	for i, p := range power {
		f.mel[i] = halve(p)
	}
	return f
}

// half is a power in 16 bits: a float32 without its sign, which is always +, and
// with 8 bits of its fraction. That is exact to 0.2 %, or 0.01 dB.
type half uint16

const halfShift = 15

func halve(power float32) half {
	const rounding = 1 << (halfShift - 1)
	return half((math.Float32bits(power) + rounding) >> halfShift)
}

func (h half) float() float32 { return math.Float32frombits(uint32(h) << halfShift) }

// Len is the number of frames.
func (f *Frames) Len() int { return len(f.Level) }

// Power is that of frame i in a mel band, linear: the part of the mean square (full
// scale 1) that lies in the band. All of a frame add up to the power between 80 and
// 7200 Hz. Digital silence is 0.
func (f *Frames) Power(i, band int) float32 { return f.mel[i*MelBands+band].float() }

// Bands is the Power of all bands of frame i.
func (f *Frames) Bands(i int) (power [MelBands]float32) {
	for b, h := range f.mel[i*MelBands:][:MelBands] {
		power[b] = h.float()
	}
	return power
}

// KeepBands silences all mel bands but [first, end), in all frames.
func (f *Frames) KeepBands(first, end int32) {
	for i := range f.Len() {
		bands := f.mel[i*MelBands:][:MelBands]
		clear(bands[:first])
		clear(bands[end:])
	}
}

// Duration is the length of the recording.
func (f *Frames) Duration() time.Duration { return SampleTime(f.Samples) }

const (
	// blockFrames is how many frames a worker takes at a time: its 160 KB of
	// samples and 13 KB of bands stay in a core's cache.
	blockFrames  = 256
	blockSamples = blockFrames * HopSamples
	// lead is how far a frame's window begins before its hop, and how far the
	// last window of a block reaches beyond the block.
	lead = (WindowSamples - HopSamples) / 2
)

// block is a stretch of the recording on its way through a worker. All blocks but
// the last hold blockFrames frames.
type block struct {
	// samples begin lead samples before the block's first hop and end lead samples
	// after its last; start and end bound those that the recording has.
	samples    [lead + blockSamples + lead]float32
	start, end int
	frames     int
	level      [blockFrames]float32
	mel        [blockFrames * MelBands]half
	done       chan struct{}
}

// Analyze reads src to its end and returns its frames. The spectra are spread over
// GOMAXPROCS workers; frames don't depend on each other, so the result is the same
// for any number of them. An error is src's own, or ctx's.
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
	level, mel := newPile[float32](hint), newPile[half](hint*MelBands)
	for b := range ordered {
		<-b.done
		level.add(b.level[:b.frames])
		mel.add(b.mel[:b.frames*MelBands])
		free <- b
	}
	wg.Wait()
	if readErr != nil {
		return nil, readErr
	}
	f.Level, f.mel = level.all(), mel.all()
	return f, nil
}

// pile is a slice that is added to until it is whole. A slice that grows by append
// leaves the ones it has outgrown behind it; at 12 hours they were 1.3 GB.
type pile[T any] struct {
	parts [][]T
}

// pileStep is the size of what is added to a pile at a time, 5 minutes of bands.
const pileStep = 5 * 60 * 100 * MelBands

// newPile returns a pile that holds size values in one piece.
func newPile[T any](size int) pile[T] { return pile[T]{[][]T{make([]T, 0, size)}} }

func (p *pile[T]) add(x []T) {
	last := len(p.parts) - 1
	if part := p.parts[last]; cap(part)-len(part) < len(x) {
		p.parts = append(p.parts, make([]T, 0, max(pileStep, len(x))))
		last++
	}
	p.parts[last] = append(p.parts[last], x...)
}

// all is everything; nothing can be added after it.
func (p *pile[T]) all() []T {
	if len(p.parts) == 1 {
		return p.parts[0]
	}
	size := 0
	for _, part := range p.parts {
		size += len(part)
	}
	all := make([]T, 0, size)
	for _, part := range p.parts {
		all = append(all, part...)
	}
	return all
}

// readBlocks cuts src into blocks, each with the margins that its windows need,
// and hands them to emit in order. It returns the number of samples read.
func readBlocks(ctx context.Context, src Source, free <-chan *block, emit func(*block)) (int64, error) {
	var (
		total int64
		carry [2 * lead]float32 // what a block shares with the one before
		have  = lead            // how much of a block is there before it is read:
		start = lead            // at first a margin that the recording doesn't have
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

// frameTables are the constants that all workers share.
type frameTables struct {
	mel *melBank
	tw  *fftTwiddles
}

func newFrameTables() frameTables { return frameTables{newMelBank(), newFFTTwiddles()} }

// analyzer is one worker's memory.
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

func (a *analyzer) analyze(b *block) {
	for i := range b.frames {
		window := b.samples[i*HopSamples:][:WindowSamples]
		// At the ends of the recording a window is only partly there.
		from, to := 0, WindowSamples
		if at := i * HopSamples; at < b.start || at+WindowSamples > b.end {
			from, to = max(0, b.start-at), min(WindowSamples, b.end-at)
		}
		b.level[i] = a.frame(window, from, to)
		a.fft.power(&a.power, &a.padded)
		a.mel.apply(&a.bands, &a.power)
		for k, p := range a.bands {
			b.mel[i*MelBands+k] = halve(p)
		}
	}
}

// frame puts the windowed samples [from, to) into a.padded, their mean taken out,
// and returns their level in dBFS.
func (a *analyzer) frame(window []float32, from, to int) float32 {
	padded := a.padded[:WindowSamples]
	if to-from < WindowSamples {
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

// dot is the sum of x[i]*h[i], h at least as long as x. Four sums side by side don't
// wait for each other.
func dot(x, h []float32) float32 {
	var a, b, c, d float32
	h = h[:len(x)]
	for len(x) >= 8 && len(h) >= 8 {
		a += x[0]*h[0] + x[4]*h[4]
		b += x[1]*h[1] + x[5]*h[5]
		c += x[2]*h[2] + x[6]*h[6]
		d += x[3]*h[3] + x[7]*h[7]
		x, h = x[8:], h[8:]
	}
	for i, v := range x {
		a += v * h[i]
	}
	return (a + b) + (c + d)
}

// sum is the sum of x.
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

// decibels is 10 log10 of a power, SilenceLevel at the least.
func decibels(power float32) float32 {
	const least = 1e-10 // SilenceLevel as a power
	if power <= least {
		return SilenceLevel
	}
	return float32(10 * math.Log10(float64(power)))
}

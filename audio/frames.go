package audio

import (
	"context"
	"errors"
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
)

// Source yields mono samples in [-1, 1] at Rate. Read fills dst from its start
// and returns how many samples it wrote; at the end it returns 0, io.EOF.
type Source interface {
	Read(dst []float32) (n int, err error)
}

// Frames describes a recording every 10 ms. Frame i is centred on sample
// i*HopSamples + HopSamples/2, so that it stands for [FrameTime(i), FrameTime(i+1)).
type Frames struct {
	// Level is the RMS of each frame in dBFS, -100 at the least.
	Level []float32
	// Mel holds MelBands band powers a frame, frame after frame, linear.
	Mel []float32
	// Samples is the length of the recording at Rate.
	Samples int64
}

// FrameTime is the time at which frame i begins. It is exact: 10 ms * i.
func FrameTime(i int) time.Duration { return time.Duration(i) * 10 * time.Millisecond }

// SampleTime is the time of sample n at Rate, rounded down to the nanosecond.
func SampleTime(n int64) time.Duration {
	return time.Duration(n/Rate)*time.Second + time.Duration(n%Rate)*time.Second/Rate
}

// Len is the number of frames.
func (f *Frames) Len() int { return len(f.Level) }

// Bands is the row of MelBands powers of frame i.
func (f *Frames) Bands(i int) []float32 { return f.Mel[i*MelBands : (i+1)*MelBands] }

// Duration is the length of the recording.
func (f *Frames) Duration() time.Duration { return SampleTime(f.Samples) }

// Analyze reads src to its end and returns its frames.
func Analyze(ctx context.Context, src Source) (*Frames, error) {
	return nil, errors.New("not there yet")
}

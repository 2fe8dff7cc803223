package episode

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cuewright/audio"
	"cuewright/subtitles"
)

// StandardInput is the name by which a recording is read from a pipe, see Hooks.
const StandardInput = "-"

// Recording is a recording that is read once.
type Recording struct {
	*audio.Reader
	name string
	pipe io.Reader // standard input; nil for a file
	sum  hash.Hash // of what was read of pipe
}

// OpenRecording opens the named recording, or WAV on standard input. It may be as long as
// most; 0 is for audio.MaxLength.
func OpenRecording(ctx context.Context, name string, most time.Duration, h Hooks) (*Recording, error) {
	r, err := openRecording(ctx, name, h)
	if err == nil && most > 0 {
		r.SetMaxLength(most)
	}
	return r, err
}

func openRecording(ctx context.Context, name string, h Hooks) (*Recording, error) {
	if name != StandardInput {
		r, err := audio.Open(ctx, name)
		return &Recording{Reader: r, name: name}, err
	}
	if h.OpenStdin == nil {
		return nil, errors.New("-: there is no standard input: name a file")
	}
	stdin, err := h.OpenStdin()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	pipe := io.TeeReader(stdin, sum)
	r, err := audio.NewReader(pipe, "standard input")
	return &Recording{Reader: r, name: name, pipe: pipe, sum: sum}, err
}

// Analyze reads the recording to its end and returns its frames.
func (r *Recording) Analyze(ctx context.Context, h Hooks) (*audio.Frames, error) {
	frames, err := audio.Analyze(ctx, &meter{
		Reader: r.Reader,
		report: h.stage(StageReading),
		total:  r.Info().Duration.Seconds() * audio.Rate,
	})
	if errors.Is(err, audio.ErrTooLong) {
		err = fmt.Errorf("%w, or give --max-length", err)
	}
	return frames, err
}

// meter reports how much of a recording has been read.
type meter struct {
	*audio.Reader // embedded, for Analyze asks it for its length
	report        func(share float64)
	read, total   float64 // in samples
}

func (m *meter) Read(dst []float32) (int, error) {
	n, err := m.Reader.Read(dst)
	m.read += float64(n)
	if m.total > 0 {
		m.report(m.read / m.total)
	}
	return n, err
}

// fingerprint returns the name and the hash of the recording once it was read.
func (r *Recording) fingerprint() (subtitles.Input, error) {
	if r.pipe == nil {
		return Fingerprint(r.name)
	}
	if _, err := io.Copy(io.Discard, r.pipe); err != nil { // chunks after the samples
		return subtitles.Input{}, fmt.Errorf("standard input: can't be read to its end: %w", Underlying(err))
	}
	return subtitles.Input{Name: r.name, SHA256: hex.EncodeToString(r.sum.Sum(nil))}, nil
}

// Fingerprint reads the named file for its hash.
func Fingerprint(name string) (subtitles.Input, error) {
	f, err := os.Open(name)
	if err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, Underlying(err))
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, Underlying(err))
	}
	return subtitles.Input{Name: filepath.Base(name), SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// checkTwice refuses a named pipe that would have to be read a second time.
func checkTwice(name string) error {
	if info, err := os.Stat(name); err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		return fmt.Errorf("%s: a pipe can't be read twice, as .alignment.json wants it: give - and let it be standard input", name)
	}
	return nil
}

// isRecording reports whether the file could be read as a recording, for errors that
// say what was mistaken for what.
func isRecording(ctx context.Context, name string) bool {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return false
	}
	r, err := audio.Open(ctx, name)
	if err != nil {
		return false
	}
	r.Close()
	return true
}

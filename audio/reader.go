package audio

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// blocksPerSecond sets how much of a recording is decoded and mixed down at a
// time, 250 ms.
const blocksPerSecond = 4

// Info is what a recording says of itself.
type Info struct {
	// Rate is in Hz and Channels at least 1; Bits are those of a sample.
	Rate, Channels, Bits int
	// Encoding is "PCM", "float", "A-law" or "mu-law".
	Encoding string
	// Duration is the declared length, as far as the file holds it; 0 if it isn't
	// known before the end, as with a pipe.
	Duration time.Duration
}

// Reader is a recording as mono samples at Rate, read in blocks: its memory doesn't
// grow with the length. It is a Source.
type Reader struct {
	name  string
	info  Info
	close func() error

	wav      *wavFile
	raw      []byte    // a block as it is in the file,
	channels []float32 // decoded, interleaved
	mono     []float32 // and mixed down
	mixer    mixer
	resample *resampler // nil at Rate

	out []float32 // samples at Rate, of which pos are handed out
	pos int
	err error // after out
}

// Open opens a recording. The error names the file, says what it is if it can't be
// read, and what to do.
func Open(name string) (*Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: there is no such file: check the name: %w", name, fs.ErrNotExist)
		}
		return nil, fmt.Errorf("%s: can't be opened: %w", name, errors.Unwrap(err))
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s: is a folder: name a recording in it", name)
	}
	r, err := NewReader(f, name)
	if err != nil {
		f.Close()
		return nil, err
	}
	r.close = f.Close
	return r, nil
}

// NewReader reads a recording from r, a file, a pipe or bytes in memory; name is for
// errors. If r is an io.Seeker, its length is known beforehand and chunks may come
// in any order. Closing the Reader doesn't close r.
func NewReader(r io.Reader, name string) (*Reader, error) {
	w, err := openWAV(r, name)
	if err != nil {
		return nil, err
	}
	frames := max(1, w.format.rate/blocksPerSecond)
	reader := &Reader{
		name: name,
		info: Info{
			Rate: w.format.rate, Channels: w.format.channels, Bits: w.format.bits,
			Encoding: w.format.encoding, Duration: w.duration(),
		},
		wav:      w,
		raw:      make([]byte, frames*w.format.frameBytes()),
		channels: make([]float32, frames*w.format.channels),
		mono:     make([]float32, frames),
		mixer:    newMixer(w.format.channels, w.format.rate),
		resample: newResampler(w.format.rate),
	}
	// The first block is read now, so that a recording without samples is an error
	// here and not in the midst of the work.
	reader.fill()
	if reader.err != nil && reader.err != io.EOF {
		return nil, reader.err
	}
	if w.frames == 0 {
		return nil, fmt.Errorf("%s: a WAV header without samples: record or export it again", name)
	}
	return reader, nil
}

// Read fills dst with the next samples, in [-1, 1] but for float recordings that
// exceed full scale. It returns 0, io.EOF at the end.
func (r *Reader) Read(dst []float32) (int, error) {
	for r.pos == len(r.out) {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(dst, r.out[r.pos:])
	r.pos += n
	return n, nil
}

// fill decodes the next block into r.out and sets r.err after the last.
func (r *Reader) fill() {
	r.out, r.pos = r.out[:0], 0
	n, err := r.wav.read(r.raw)
	f := &r.wav.format
	samples := n * f.channels
	f.decode(r.channels[:samples], r.raw[:n*f.frameBytes()])
	mono := r.channels[:samples]
	if f.channels > 1 {
		mono = r.mono[:n]
		r.mixer.mix(mono, r.channels[:samples])
	}
	if r.resample == nil {
		r.out = append(r.out, mono...)
	} else {
		r.out = r.resample.process(r.out, mono)
	}
	if err == nil {
		return
	}
	if r.resample != nil {
		r.out = r.resample.flush(r.out)
	}
	r.err = err
	if err != io.EOF {
		r.err = fmt.Errorf("%s: reading failed after %v: %w", r.name, r.wav.position().Round(time.Second), err)
	}
}

// Info is what the recording says of itself.
func (r *Reader) Info() Info { return r.info }

// Warnings says what was wrong with the recording and how it was taken, in the form
// of an error. They are complete once Read has returned io.EOF.
func (r *Reader) Warnings() []string { return r.wav.warnings }

// Close closes the file that Open opened.
func (r *Reader) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

// sizeHint is about how many samples are to be expected, 0 if that isn't certain: a
// pipe may declare anything.
func (r *Reader) sizeHint() int64 {
	if !r.wav.checked {
		return 0
	}
	return int64(r.info.Duration.Seconds()*Rate) + Rate
}

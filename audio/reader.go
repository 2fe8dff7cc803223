package audio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// blocksPerSecond sets how much of a recording is decoded and mixed down at a
// time, 250 ms.
const blocksPerSecond = 4

// Info is what the header of a recording declares.
type Info struct {
	// Rate is the sample rate in Hz, Channels is at least 1, and Bits is the size of a
	// sample.
	Rate, Channels, Bits int
	// Encoding is "PCM", "float", "A-law" or "mu-law"; "ffmpeg" if that decodes the
	// recording, and then Bits is the size of the samples that it writes.
	Encoding string
	// Duration is the declared length, but of a WAV file no more than it holds; 0 if it
	// is unknown before the end, as of a pipe.
	Duration time.Duration
}

// Track is an audio track of a file that may hold several, such as a film.
type Track struct {
	Lang    string // as the file names it, mostly with three letters such as eng; "" if it doesn't
	Default bool   // the file marks it as the one to play where nobody chooses
	Aside   bool   // by its marks or its title it is a commentary, or describes what is seen
}

// DefaultTrack returns the index of the first track that its file marks as the default, 0
// where it marks none.
func DefaultTrack(tracks []Track) (int, error) {
	return max(0, slices.IndexFunc(tracks, func(t Track) bool { return t.Default })), nil
}

// Reader reads a recording as mono samples at Rate, block by block: its memory doesn't
// grow with the length. It is a Source.
type Reader struct {
	name     string
	info     Info
	close    func() error
	complete func() error // returns an error if the file is still being written
	decoder  *ffmpeg      // nil for WAV
	tracks   []Track
	track    int // the index of the one that is read

	wav      *wavFile
	raw      []byte    // a block as it is in the file
	channels []float32 // the block decoded, interleaved
	mono     []float32 // the block mixed down
	mixer    mixer
	resample *resampler // nil at Rate

	most time.Duration // how long the recording may be, see SetMaxLength

	out []float32 // samples at Rate
	pos int       // how many of out have been read
	err error     // to be returned after out
}

// Open opens a recording. WAV is decoded here; other formats, video among them, by
// ffmpeg if it is on the PATH. An error names the file, says what it is if it can't be
// read, and what to do.
//
// For a file that is still being written Open returns an error if it notices, else Read
// does at the end. When ctx ends, so does ffmpeg, and Read returns an error.
//
// Of several audio tracks it reads the one that DefaultTrack returns.
func Open(ctx context.Context, name string) (*Reader, error) {
	return OpenTrack(ctx, name, DefaultTrack)
}

// OpenTrack opens a recording as Open does, but choose returns the index of the track to
// read, or an error, which OpenTrack returns with the name of the file. It is called
// with one track at least.
func OpenTrack(ctx context.Context, name string, choose func([]Track) (int, error)) (*Reader, error) {
	r, err := openAny(ctx, name, choose)
	if err != nil || r.decoder != nil {
		return r, err
	}
	if _, err := choose(r.tracks); err != nil {
		r.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

func openAny(ctx context.Context, name string, choose func([]Track) (int, error)) (*Reader, error) {
	before, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missingError(name)
	case err != nil:
		return nil, fmt.Errorf("%s: can't be opened: %w", name, errors.Unwrap(err))
	case before.Mode()&fs.ModeNamedPipe != 0:
		return openPipe(name)
	case before.IsDir():
		return nil, fmt.Errorf("%s: is a folder: name a recording in it", name)
	case !before.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is a device or a socket: name a recording", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be opened: %w", name, errors.Unwrap(err))
	}
	r, err := NewReader(f, name)
	var unsupported *unsupportedError
	if errors.As(err, &unsupported) {
		f.Close()
		unsupported.advice = "convert it with: " + convertCommand(name)
		if r, err = nil, error(unsupported); unsupported.known {
			r, err = decode(ctx, unsupported, choose)
		}
	} else if err == nil {
		r.close = f.Close
	} else {
		f.Close()
	}
	if err != nil {
		return nil, err
	}
	r.complete = func() error {
		after, err := os.Stat(name)
		if err == nil && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
			return fmt.Errorf("%s: it is still being written: try again when it is finished", name)
		}
		return nil
	}
	if r.wav.open && r.decoder == nil && time.Since(before.ModTime()) < writingWait {
		time.Sleep(writingLook)
		if err := r.complete(); err != nil {
			r.Close()
			return nil, err
		}
	}
	return r, nil
}

// missingError is the error for a file, by name, that doesn't exist. It matches
// fs.ErrNotExist.
type missingError string

func (e missingError) Error() string { return string(e) + ": there is no such file: check the name" }

func (e missingError) Is(target error) bool { return target == fs.ErrNotExist }

// MaxLength is how long a recording may be, see Reader.SetMaxLength.
const MaxLength = 24 * time.Hour

// ErrTooLong is returned for a recording that is longer than it may be.
var ErrTooLong = errors.New("check it, or split it")

const (
	// writingWait is the age of its last change up to which a file may still be being
	// written, and writingLook how long it is then watched for another change.
	writingWait = 10 * time.Second
	writingLook = 300 * time.Millisecond
	// maxTrustedLength bounds the memory allocated because of a length that a header
	// declares: a file may be as long as it says and hold nothing.
	maxTrustedLength = 4 * time.Hour
	// pipeWait is how long a named pipe may be without a writer.
	pipeWait = 500 * time.Millisecond
)

// openPipe opens a named pipe, on which a program writes WAV.
func openPipe(name string) (*Reader, error) {
	// Without O_NONBLOCK opening would wait for a writer, maybe forever.
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be opened: %w", name, errors.Unwrap(err))
	}
	first := make([]byte, 1)
	n := 0
	for end := time.Now().Add(pipeWait); n == 0 && time.Now().Before(end); time.Sleep(pipeWait / 50) {
		n, _ = f.Read(first)
	}
	if n == 0 {
		f.Close()
		return nil, fmt.Errorf("%s: a pipe on which nothing is written: start what writes it first", name)
	}
	r, err := NewReader(io.MultiReader(bytes.NewReader(first), f), name)
	if err != nil {
		f.Close()
		return nil, err
	}
	r.close = f.Close
	return r, nil
}

// decode starts ffmpeg on a file that can't be decoded here. Which tracks it holds is
// known only then, so ffmpeg is started anew where another than the first is chosen.
func decode(ctx context.Context, file *unsupportedError, choose func([]Track) (int, error)) (*Reader, error) {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		file.advice = fmt.Sprintf("ffmpeg isn't installed to decode it: install it (%s), or %s", installCommand(), file.advice)
		return nil, file
	}
	r, tracks, err := decodeTrack(ctx, path, file, 0)
	if len(tracks) == 0 {
		return r, err
	}
	track, wrong := choose(tracks)
	if wrong != nil {
		if r != nil {
			r.Close()
		}
		return nil, fmt.Errorf("%s: %w", file.name, wrong)
	}
	if track > 0 {
		if r != nil {
			r.Close()
		}
		r, _, err = decodeTrack(ctx, path, file, track)
	}
	return r, err
}

// decodeTrack starts ffmpeg on a track. It returns the tracks of the file even where that
// one can't be read.
func decodeTrack(ctx context.Context, path string, file *unsupportedError, track int) (*Reader, []Track, error) {
	d, err := startFFmpeg(ctx, path, file.name, track, stallLimit)
	if err != nil {
		return nil, nil, err
	}
	r, err := NewReader(d, file.name)
	if err != nil {
		d.Close()
		_, tracks := d.describe()
		var unsupported *unsupportedError
		if errors.As(err, &unsupported) {
			unsupported.advice = file.advice
		}
		return nil, tracks, err
	}
	length, tracks := d.describe()
	r.close, r.decoder = d.Close, d
	r.tracks, r.track = tracks, track
	r.info.Encoding, r.info.Duration = "ffmpeg", length
	return r, tracks, nil
}

// NewReader returns a Reader of a WAV recording in r: a file, a pipe or bytes in memory.
// Errors begin with name. If r is an io.Seeker, its length is known beforehand and
// chunks may come in any order. Closing the Reader doesn't close r.
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
		tracks:   make([]Track, 1),
		wav:      w,
		raw:      make([]byte, frames*w.format.frameBytes()),
		channels: make([]float32, frames*w.format.channels),
		mono:     make([]float32, frames),
		mixer:    newMixer(w.format.channels, w.format.rate),
		resample: newResampler(w.format.rate),
		most:     MaxLength,
	}
	// The first block is read now, so that a recording without samples is an error
	// here and not in the midst of the work.
	reader.fill()
	if reader.err != nil && reader.err != io.EOF {
		return nil, reader.err
	}
	if w.frames == 0 {
		return nil, fmt.Errorf("%s: a header without samples: record or export it again", name)
	}
	return reader, nil
}

// SetMaxLength sets how long the recording may be in place of MaxLength: Read returns an
// ErrTooLong at once for a WAV file that is longer, and else where it comes to that length.
// A pipe may be endless, and a small file of another format claim any length.
func (r *Reader) SetMaxLength(most time.Duration) { r.most = most }

// Read fills dst with the next samples and returns their number, 0 and io.EOF at the
// end. They are in [-1, 1], unless a float recording exceeds full scale.
func (r *Reader) Read(dst []float32) (int, error) {
	if r.wav.checked && r.info.Duration > r.most {
		return 0, r.tooLong()
	}
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
		if r.wav.position() > r.most {
			r.err = r.tooLong()
		}
		return
	}
	if r.resample != nil {
		r.out = r.resample.flush(r.out)
	}
	r.err = err
	if err == io.EOF && r.complete != nil {
		if err := r.complete(); err != nil {
			r.err = err
		}
	}
	if err != io.EOF {
		r.err = fmt.Errorf("%s: reading failed after %v: %w", r.name, r.wav.position().Round(time.Second), err)
	}
}

func (r *Reader) tooLong() error {
	return fmt.Errorf("%s: goes on beyond %v: %w", r.name, r.most, ErrTooLong)
}

// Info returns what the recording's header declares.
func (r *Reader) Info() Info { return r.info }

// Tracks returns the audio tracks of the file, and the index of the one that is read. A
// WAV file is a single one.
func (r *Reader) Tracks() (tracks []Track, read int) { return slices.Clone(r.tracks), r.track }

// Warnings returns what was wrong with the recording and how it was read nevertheless,
// each in the form of an error. They are complete once Read has returned io.EOF.
func (r *Reader) Warnings() []string {
	if r.decoder != nil {
		return r.decoder.warnings()
	}
	return r.wav.warnings
}

// Close closes the file that Open opened and ends the ffmpeg that it started.
func (r *Reader) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

// sizeHint returns about how many samples to expect, as far as that is trusted.
func (r *Reader) sizeHint() int64 {
	return int64(min(r.info.Duration, maxTrustedLength).Seconds()*Rate) + Rate
}

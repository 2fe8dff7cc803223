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
	"slices"
	"time"

	"golang.org/x/text/language"

	"cuewright/audio"
	"cuewright/subtitles"
)

// StandardInput is the name by which a recording or a transcript is read from a pipe, see
// Hooks.
const StandardInput = "-"

// stdinTitle is what errors call it.
const stdinTitle = "standard input"

// checkStdin refuses a pipe that is to hold both.
func checkStdin(recording, script string) error {
	if recording == StandardInput && script == StandardInput {
		return errors.New("-: standard input can't be both the recording and the transcript: give one as a file")
	}
	return nil
}

// Recording is a recording that is read once.
type Recording struct {
	*audio.Reader
	name string
	pipe io.Reader // standard input; nil for a file
	sum  hash.Hash // of what was read of pipe
}

// RecordingOptions say how a recording is read.
type RecordingOptions struct {
	MaxLength time.Duration // how long it may be; 0 for audio.MaxLength
	Track     int           // which audio track of a file with several, from 1; 0 chooses
	// Lang returns the BCP 47 tag of the language that is said, "" if it isn't known. It is
	// called where it decides between tracks, and may be nil.
	Lang func() string
}

// OpenRecording opens the named recording, or WAV on standard input.
func OpenRecording(ctx context.Context, name string, o RecordingOptions, h Hooks) (*Recording, error) {
	r, err := openRecording(ctx, name, o, h)
	if err == nil && o.MaxLength > 0 {
		r.SetMaxLength(o.MaxLength)
	}
	return r, err
}

func openRecording(ctx context.Context, name string, o RecordingOptions, h Hooks) (*Recording, error) {
	if name != StandardInput {
		r, err := audio.OpenTrack(ctx, name, o.choose)
		return &Recording{Reader: r, name: name}, err
	}
	stdin, err := h.stdin()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	pipe := io.TeeReader(stdin, sum)
	r, err := audio.NewReader(pipe, stdinTitle)
	return &Recording{Reader: r, name: name, pipe: pipe, sum: sum}, err
}

// choose returns the index of the track to read: the default one, or else the first in the
// language of the words, or else the first that isn't known to be in another, or else the first.
// Commentaries and descriptions are passed over where there is anything else.
func (o RecordingOptions) choose(tracks []audio.Track) (int, error) {
	if o.Track > len(tracks) {
		if len(tracks) == 1 {
			return 0, fmt.Errorf("has no audio track %d, but a single one: leave --track out", o.Track)
		}
		return 0, fmt.Errorf("has no audio track %d: give one from 1 to %d with --track", o.Track, len(tracks))
	}
	if o.Track > 0 || len(tracks) == 1 {
		return max(0, o.Track-1), nil
	}
	all := make([]int, len(tracks))
	for i := range all {
		all[i] = i
	}
	only := func(is func(t audio.Track) bool) {
		some := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !is(tracks[i]) })
		if len(some) > 0 {
			all = some
		}
	}
	only(func(t audio.Track) bool { return !t.Aside })
	only(func(t audio.Track) bool { return t.Default })
	if len(all) > 1 && o.Lang != nil {
		lang := o.Lang()
		only(func(t audio.Track) bool {
			return lang != "" && (t.Lang == "" || t.Lang == "und" || sameLanguage(t.Lang, lang))
		})
		only(func(t audio.Track) bool { return sameLanguage(t.Lang, lang) })
	}
	return all[0], nil
}

// sameLanguage reports whether two tags name one language, wherever it is spoken. One may
// be of three letters, as films have them.
func sameLanguage(a, b string) bool {
	x, err := language.Parse(a)
	if err != nil || b == "" {
		return false
	}
	y, err := language.Parse(b)
	if err != nil {
		return false
	}
	first, _ := x.Base()
	second, _ := y.Base()
	return first == second
}

// TrackRead says which audio track is read, such as "track 2 of 3, eng"; "" where there is
// only one.
func (r *Recording) TrackRead() string {
	tracks, read := r.Tracks()
	if len(tracks) < 2 {
		return ""
	}
	s := fmt.Sprintf("track %d of %d", read+1, len(tracks))
	if lang := tracks[read].Lang; lang != "" {
		s += ", " + lang
	}
	return s
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
func (r *Recording) fingerprint(ctx context.Context) (subtitles.Input, error) {
	if r.pipe == nil {
		return Fingerprint(ctx, r.name)
	}
	if _, err := io.Copy(io.Discard, r.pipe); err != nil { // chunks after the samples
		return subtitles.Input{}, fmt.Errorf("standard input: can't be read to its end: %w", Underlying(err))
	}
	return subtitles.Input{Name: r.name, SHA256: hex.EncodeToString(r.sum.Sum(nil))}, nil
}

// Fingerprint reads the named file for its hash, until ctx ends.
func Fingerprint(ctx context.Context, name string) (subtitles.Input, error) {
	f, err := os.Open(name)
	if err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, Underlying(err))
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, untilEnd{ctx, f}); err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, Underlying(err))
	}
	return subtitles.Input{Name: filepath.Base(name), SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// untilEnd is a Reader until its context ends.
type untilEnd struct {
	context.Context
	io.Reader
}

func (r untilEnd) Read(p []byte) (int, error) {
	if err := r.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
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

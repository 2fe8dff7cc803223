package audio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode"
)

// What isn't WAV is decoded by ffmpeg, which hands over WAV of its own: 32-bit float
// at the recording's rate and with all its channels. So one code mixes down and
// resamples everything, and a FLAC file gives the same samples as the WAV file it was
// made from, to the bit.
//
// The file is a stranger's. ffmpeg gets it only once its opening is that of a known
// container, never a text that might be a playlist; it may open no other address than
// a file, and none of the formats that name other files. See the ffmpeg manual,
// sections Format Options and Protocol Options.

// ffmpegFormats are the demuxers that read a single file: no playlists, scripts or
// devices.
const ffmpegFormats = "aac,aiff,amr,ape,asf,au,avi,caf,flac,flv,iff,matroska,mov,mp3,mpeg,mpegts,ogg,w64,wav,wv"

const (
	// stallLimit is how long ffmpeg may take to hand over more, or to end.
	stallLimit = 30 * time.Second
	// maxDecoded bounds what is taken of it: a small file may claim a century.
	maxDecoded = 24 * time.Hour
)

// ffmpegArgs are the arguments that decode the file.
func ffmpegArgs(name string) []string {
	return []string{
		"-nostdin", "-hide_banner", "-nostats", "-v", "level+info",
		"-protocol_whitelist", "file", "-format_whitelist", ffmpegFormats,
		"-threads", "1", "-vn", "-sn", "-dn", "-i", "file:" + name,
		"-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1",
		// Sound that begins later than the picture, or after a gap, stays in its place.
		"-af", "aresample=async=1:first_pts=0",
		"-c:a", "pcm_f32le", "-f", "wav", "pipe:1",
	}
}

var errStalled = errors.New("ffmpeg is stuck in it")

// ffmpeg is a running ffmpeg and the WAV file that it writes.
type ffmpeg struct {
	cmd   *exec.Cmd
	out   io.Reader
	err   error // after out
	log   ffmpegLog
	kill  context.CancelCauseFunc
	cause func() error // why it was killed
	stall time.Duration
	watch *time.Timer
	wait  func() error // for its end; the error says what it says itself
}

// startFFmpeg runs the program at path on a file. It is ended when it has given nothing
// for the time of stall.
func startFFmpeg(path, name string, stall time.Duration) (*ffmpeg, error) {
	ctx, kill := context.WithCancelCause(context.Background())
	d := &ffmpeg{
		cmd:   exec.CommandContext(ctx, path, ffmpegArgs(name)...),
		log:   ffmpegLog{name: name, measured: make(chan struct{})},
		kill:  kill,
		stall: stall,
		cause: func() error { return context.Cause(ctx) },
	}
	d.watch = time.AfterFunc(stall, func() { kill(errStalled) })
	d.watch.Stop()
	d.wait = sync.OnceValue(d.end)
	d.cmd.Stderr = &d.log
	d.cmd.WaitDelay = time.Second
	endWithParent(d.cmd)
	out, err := d.cmd.StdoutPipe()
	if err == nil {
		d.out = out
		err = d.cmd.Start()
	}
	if err != nil {
		kill(err)
		return nil, fmt.Errorf("%s: ffmpeg can't be started: %w", name, err)
	}
	return d, nil
}

// Read reads what ffmpeg writes. At the end it is io.EOF only if ffmpeg was content.
func (d *ffmpeg) Read(p []byte) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	d.watch.Reset(d.stall)
	n, err := d.out.Read(p)
	if err != nil {
		d.err = err
		if failed := d.wait(); failed != nil {
			d.err = failed
		}
	}
	d.watch.Stop()
	return n, d.err
}

func (d *ffmpeg) end() error {
	err := d.cmd.Wait()
	said := d.log.close()
	switch cause := d.cause(); {
	case cause != nil:
		return fmt.Errorf("%w: check that it plays", cause)
	case err == nil:
		d.kill(nil) // frees the context
		return nil
	case strings.Contains(said, "matches no streams"):
		return errors.New("there is no sound in it: name a recording")
	case said == "":
		said = err.Error()
	}
	return fmt.Errorf("ffmpeg can't decode it (%s): check that it plays", said)
}

// duration is how long the container says that it is, 0 if it doesn't; to be asked
// once samples have come, which they do after that.
func (d *ffmpeg) duration() time.Duration {
	select {
	case <-d.log.measured:
	case <-time.After(time.Second): // another ffmpeg, other words
	}
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	return min(d.log.duration, maxDecoded)
}

// warnings are for a file that was decoded in spite of damage.
func (d *ffmpeg) warnings() []string {
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	if d.log.complaint == "" {
		return nil
	}
	return []string{fmt.Sprintf("%s: damaged: ffmpeg has left out or guessed parts (%s): check that it plays", d.log.name, d.log.complaint)}
}

// Close ends ffmpeg, wherever it is, and waits for its end.
func (d *ffmpeg) Close() error {
	d.watch.Stop()
	d.kill(context.Canceled)
	d.wait()
	return nil
}

// ffmpegLog takes what ffmpeg prints, and keeps little of it.
type ffmpegLog struct {
	name      string
	measured  chan struct{} // closed once duration is set, or won't be
	mu        sync.Mutex
	line      []byte
	complaint string // the first
	duration  time.Duration
	closed    bool
}

// maxLogLine is how much of a line is looked at, in bytes.
const maxLogLine = 1000

func (l *ffmpegLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for part := range bytes.Lines(p) {
		l.line = append(l.line, part[:min(len(part), maxLogLine-len(l.line))]...)
		if part[len(part)-1] == '\n' {
			l.take(string(l.line))
			l.line = l.line[:0]
		}
	}
	return len(p), nil
}

// take reads a line such as "[mp3 @ 0x55e0] [error] Header missing" or
// "[info]   Duration: 00:01:00.03, start: 0.025057, bitrate: 128 kb/s".
func (l *ffmpegLog) take(line string) {
	if length, ok := strings.CutPrefix(line, "[info]   Duration: "); ok {
		var hours, minutes, seconds, hundredths int64
		if _, err := fmt.Sscanf(length, "%d:%d:%d.%d", &hours, &minutes, &seconds, &hundredths); err == nil && hours < 1e6 {
			l.duration = time.Duration(((hours*60+minutes)*60+seconds)*100+hundredths) * 10 * time.Millisecond
		}
		l.measure()
	}
	for _, level := range []string{"[error] ", "[fatal] ", "[panic] "} {
		_, said, ok := strings.Cut(line, level)
		said = strings.TrimPrefix(said, "file:"+l.name+": ")
		if ok && l.complaint == "" {
			l.complaint = printable(strings.TrimRight(said, "\r\n. "))
		}
	}
}

func (l *ffmpegLog) measure() {
	if !l.closed {
		l.closed = true
		close(l.measured)
	}
}

// close is for when there is nothing more to come. It returns the complaint.
func (l *ffmpegLog) close() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.measure()
	return l.complaint
}

// printable keeps a stranger's text from moving a terminal's cursor, and short.
func printable(s string) string {
	const most = 200
	s = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return s
}

// installCommand is how to come by ffmpeg.
func installCommand() string {
	switch runtime.GOOS {
	case "darwin":
		return "brew install ffmpeg"
	case "windows":
		return "winget install ffmpeg"
	}
	return "sudo apt install ffmpeg, or see https://ffmpeg.org/download.html"
}

package audio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// ffmpeg decodes what isn't WAV and writes WAV to a pipe: 32-bit float at the
// recording's rate and with all its channels. So the same code mixes down and resamples
// everything, and a FLAC file gives the same samples as the WAV file it was made from,
// to the bit.
//
// The file is not trusted. ffmpeg gets it only if it begins like a known container,
// never a text that might be a playlist; it may open files only, and none of the formats
// that name other files. See the ffmpeg manual, sections Format Options and Protocol
// Options.

// ffmpegFormats lists the demuxers that read a single file: no playlists, scripts or
// devices.
const ffmpegFormats = "aac,aiff,amr,ape,asf,au,avi,caf,flac,flv,iff,matroska,mov,mp3,mpeg,mpegts,ogg,w64,wav,wv"

// stallLimit is how long ffmpeg may take to write more, or to end.
const stallLimit = 30 * time.Second

// ffmpegArgs returns the arguments that decode an audio track of the file, counted from 0.
func ffmpegArgs(name string, track int) []string {
	return []string{
		"-nostdin", "-hide_banner", "-nostats", "-v", "level+info",
		"-protocol_whitelist", "file", "-format_whitelist", ffmpegFormats,
		"-threads", "1", "-vn", "-sn", "-dn", "-i", "file:" + name,
		"-map", "0:a:" + strconv.Itoa(track), "-map_metadata", "-1", "-map_chapters", "-1",
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
	err   error // to be returned after out
	log   ffmpegLog
	kill  context.CancelCauseFunc
	cause func() error // why it was killed
	stall time.Duration
	watch *time.Timer
	wait  func() error // waits for its end; the error is what it printed
}

// startFFmpeg starts the program at path on an audio track of a file. It is killed, with what it has started,
// when ctx ends or when it writes nothing for the time of stall.
func startFFmpeg(ctx context.Context, path, name string, track int, stall time.Duration) (*ffmpeg, error) {
	ctx, kill := context.WithCancelCause(ctx)
	d := &ffmpeg{
		cmd:   exec.CommandContext(ctx, path, ffmpegArgs(name, track)...),
		log:   ffmpegLog{name: name, described: make(chan struct{})},
		kill:  kill,
		stall: stall,
		cause: func() error { return context.Cause(ctx) },
	}
	d.watch = time.AfterFunc(stall, func() { kill(errStalled) })
	d.watch.Stop()
	d.wait = sync.OnceValue(d.end)
	d.cmd.Stderr = &d.log
	d.cmd.WaitDelay = time.Second
	apart(d.cmd)
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

// Read reads what ffmpeg writes. At the end it returns io.EOF only if ffmpeg succeeded.
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

// end waits for the end of ffmpeg and returns why it failed.
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

// describe returns the length that the container declares, 0 if it doesn't, and its audio
// tracks. ffmpeg prints them before the first samples, so describe is to be called after
// those, or after its end.
func (d *ffmpeg) describe() (time.Duration, []Track) {
	select {
	case <-d.log.described:
	case <-time.After(time.Second): // an ffmpeg that prints other words
	}
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	return min(d.log.duration, MaxLength), slices.Clone(d.log.tracks) // it may claim a century
}

// warnings returns the warning for a file that was decoded in spite of damage.
func (d *ffmpeg) warnings() []string {
	d.log.mu.Lock()
	defer d.log.mu.Unlock()
	if d.log.complaint == "" {
		return nil
	}
	return []string{fmt.Sprintf("%s: damaged: ffmpeg has left out or guessed parts (%s): check that it plays",
		d.log.name, d.log.complaint)}
}

// Close kills ffmpeg if it is running, and waits for its end.
func (d *ffmpeg) Close() error {
	d.watch.Stop()
	d.kill(context.Canceled)
	d.wait()
	return nil
}

// ffmpegLog reads what ffmpeg prints, and keeps the declared duration, the audio tracks
// and the first error.
type ffmpegLog struct {
	name      string
	described chan struct{} // closed once duration and tracks are set, or won't be
	mu        sync.Mutex
	line      []byte
	complaint string // the first error
	duration  time.Duration
	tracks    []Track
	inTrack   bool // the last stream was an audio track: its title follows
	closed    bool
}

// maxLogLine is how much of a line is looked at, in bytes.
const maxLogLine = 1000

// Write implements io.Writer.
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

// take parses a line such as "[mp3 @ 0x55e0] [error] Header missing",
// "[info]   Duration: 00:01:00.03, start: 0.025057, bitrate: 128 kb/s" or
// "[info]   Stream #0:1[0x2](eng): Audio: aac (LC), 44100 Hz, mono, fltp (default)".
func (l *ffmpegLog) take(line string) {
	if length, ok := strings.CutPrefix(line, "[info]   Duration: "); ok && l.duration == 0 {
		l.duration = parseLength(length)
	}
	if m := declaredTrack.FindStringSubmatch(line); m != nil && !l.closed && len(l.tracks) < maxTracks {
		l.tracks = append(l.tracks, Track{
			Lang: m[1], Default: strings.Contains(m[2], " (default)"), Aside: asideMark.MatchString(m[2]),
		})
		l.inTrack = true
	} else if strings.HasPrefix(line, "[info]   Stream #") {
		l.inTrack = false
	} else if n := len(l.tracks); l.inTrack && !l.closed && asideTitle.MatchString(line) {
		l.tracks[n-1].Aside = true
	}
	if strings.HasPrefix(line, "[info] Stream mapping:") {
		l.describe() // the tracks of the output follow
	}
	for _, level := range []string{"[error] ", "[fatal] ", "[panic] "} {
		_, said, ok := strings.Cut(line, level)
		said = strings.TrimPrefix(said, "file:"+l.name+": ")
		if ok && l.complaint == "" {
			l.complaint = printable(strings.TrimRight(said, "\r\n. "))
		}
	}
}

// declaredLength is a length as ffmpeg prints it. A damaged file may have a negative one.
var declaredLength = regexp.MustCompile(`^(\d{1,6}):(\d{2}):(\d{2})\.(\d{2})\b`)

// declaredTrack is an audio track as ffmpeg prints it: its language and what it is.
var declaredTrack = regexp.MustCompile(`^\[info\]   Stream #0:\d+(?:\[\w+\])?(?:\(([A-Za-z-]{1,20})\))?: Audio: (.*)`)

// What ffmpeg prints of a track that is beside the sound itself: its marks, and its title, by the
// words that people give such tracks.
var (
	asideMark  = regexp.MustCompile(` \((?:comment|visual impaired|descriptions)\)`)
	asideTitle = regexp.MustCompile(`(?i)^\[info\]     +title +: .*(?:commentar|kommentar|comentario|commento|` +
		`audio ?-?desc|audiodesk|described|descriptive|hörfilm)`)
)

// maxTracks is how many tracks of a file are listed.
const maxTracks = 100

// parseLength returns the length that s begins with, 0 where it begins with none.
func parseLength(s string) time.Duration {
	m := declaredLength.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	var parts [4]int64
	for i, digits := range m[1:] {
		parts[i], _ = strconv.ParseInt(digits, 10, 64) // at most six digits
	}
	return time.Duration(((parts[0]*60+parts[1])*60+parts[2])*100+parts[3]) * 10 * time.Millisecond
}

// describe closes described, once.
func (l *ffmpegLog) describe() {
	if !l.closed {
		l.closed = true
		close(l.described)
	}
}

// close is called after the last Write. It returns the complaint.
func (l *ffmpegLog) close() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.describe()
	return l.complaint
}

// printable returns s without control characters, which could move a terminal's cursor,
// and shortened.
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

// installCommand returns how to install ffmpeg.
func installCommand() string {
	switch runtime.GOOS {
	case "darwin":
		return "brew install ffmpeg"
	case "windows":
		return "winget install ffmpeg"
	}
	return "sudo apt install ffmpeg, or see https://ffmpeg.org/download.html"
}

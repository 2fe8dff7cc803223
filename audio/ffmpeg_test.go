package audio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// needFFmpeg skips a test that decodes where nothing can be decoded.
func needFFmpeg(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not on the PATH: decoding isn't tested here")
	}
}

// convert runs ffmpeg with arguments; an ffmpeg without the encoder skips the test.
func convert(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.Command("ffmpeg", append([]string{"-nostdin", "-v", "error", "-y"}, args...)...).CombinedOutput()
	if err != nil {
		t.Skipf("this ffmpeg can't make the file: %s", out)
	}
}

// write makes a file and returns its name.
func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// open returns all samples of a file.
func open(name string) ([]float32, *Reader, error) {
	r, err := Open(context.Background(), name)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	var all []float32
	buf := make([]float32, 4096)
	for {
		n, err := r.Read(buf)
		all = append(all, buf[:n]...)
		if err == io.EOF {
			return all, r, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
}

// lagOf is by how many samples got comes later than want, and how alike they then
// are, 1 if the same; it looks most samples to either side.
func lagOf(got, want []float32, most int) (lag int, alike float64) {
	n := min(len(got), len(want), 2*Rate) - 2*most
	x := want[most:][:n]
	power := dot(x, x)
	for l := -most; l <= most; l++ {
		y := got[most+l:][:n]
		if c := float64(dot(x, y)) / math.Sqrt(float64(power)*float64(dot(y, y))+1e-9); c > alike {
			lag, alike = l, c
		}
	}
	return lag, alike
}

// What an encoder puts before the first sample must be gone after decoding.
func TestDecodedInTime(t *testing.T) {
	needFFmpeg(t)
	dir := t.TempDir()
	x := babble(3, 0.3)
	original := write(t, filepath.Join(dir, "original.wav"), wavSpec{data: int16s(x)}.bytes())
	want, _, err := open(original)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"exact.flac", nil},
		{"exact.mov", []string{"-c:a", "pcm_s16be"}},
		{"128k.mp3", []string{"-b:a", "128k", "-ar", "44100", "-ac", "2"}},
		{"16k.mp3", []string{"-b:a", "64k"}},
		{"44k.m4a", []string{"-b:a", "128k", "-ar", "44100"}},
		{"48k.mkv", []string{"-c:a", "aac", "-b:a", "128k", "-ar", "48000"}},
		{"44k.ogg", []string{"-c:a", "libvorbis", "-ar", "44100"}},
		{"48k.opus", []string{"-c:a", "libopus", "-b:a", "64k"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := filepath.Join(dir, c.name)
			convert(t, slices.Concat([]string{"-i", original}, c.args, []string{name})...)
			got, r, err := open(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Warnings()) > 0 {
				t.Error(r.Warnings())
			}
			if strings.HasPrefix(c.name, "exact") && !slices.Equal(got, want) {
				t.Errorf("%d samples that aren't those of the WAV file", len(got))
			}
			lag, alike := lagOf(got, want, Rate/25)
			ms := 1000 * float64(lag) / Rate
			t.Logf("%.2f ms late, likeness %.4f, %+d samples", ms, alike, len(got)-len(want))
			limit := 1.0
			if strings.HasSuffix(c.name, ".mkv") {
				limit = 25 // it doesn't say how long AAC's priming is, so that players are late as well
			}
			if math.Abs(ms) > limit || alike < 0.8 {
				t.Errorf("%.2f ms late, likeness %.4f", ms, alike)
			}
			if d := r.Info().Duration.Seconds(); r.Info().Encoding != "ffmpeg" || math.Abs(d-3) > 0.2 {
				t.Errorf("%+v", r.Info())
			}
		})
	}
}

// A film's sound may begin later than its picture; captions go by the picture.
func TestDecodedInTimeWithPicture(t *testing.T) {
	needFFmpeg(t)
	dir := t.TempDir()
	x := babble(3, 0.3)
	original := write(t, filepath.Join(dir, "original.wav"), wavSpec{data: int16s(x)}.bytes())
	for _, name := range []string{"film.mkv", "film.mp4"} {
		t.Run(name, func(t *testing.T) {
			film := filepath.Join(dir, name)
			convert(t, "-f", "lavfi", "-i", "color=s=32x32:r=25:d=4", "-itsoffset", "0.5", "-i", original,
				"-map", "0:v", "-map", "1:a", "-c:v", "mpeg4", "-c:a", "aac", film)
			got, _, err := open(film)
			if err != nil {
				t.Fatal(err)
			}
			lag, alike := lagOf(got[Rate/2:], x, Rate/25)
			if ms := 1000 * float64(lag) / Rate; math.Abs(ms) > 2 || alike < 0.9 {
				t.Errorf("%.1f ms late, likeness %.4f", 500+ms, alike)
			}
		})
	}
}

// A list that names other files or addresses opens none of them, whatever it is
// called and whatever it begins with.
func TestPlaylistsAreNotFollowed(t *testing.T) {
	needFFmpeg(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	connected := make(chan struct{})
	go func() {
		if c, err := listener.Accept(); err == nil {
			c.Close()
			close(connected)
		}
	}()
	dir := t.TempDir()
	x := int16s(babble(1, 0.3))
	secret := write(t, filepath.Join(dir, "secret.wav"), wavSpec{data: x}.bytes())
	text := write(t, filepath.Join(dir, "secret.txt"), []byte("a secret"))
	url := "http://" + listener.Addr().String() + "/a.wav"
	tag := "ID3\x04\x00\x00\x00\x00\x00\x00"
	for i, target := range []string{url, secret, "file:" + secret, text, "secret.txt", "concat:" + secret + "|" + text,
		"subfile,,start,0,end,0,,:" + secret} {
		for _, list := range []string{
			"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + target + "\n#EXT-X-ENDLIST\n",
			"ffconcat version 1.0\nfile '" + target + "'\n",
			`<?xml version="1.0"?><MPD><Period><AdaptationSet><BaseURL>` + target + `</BaseURL></AdaptationSet></Period></MPD>`,
			"v=0\nm=audio 5004 RTP/AVP 0\nc=IN IP4 127.0.0.1\n" + target,
			"\x00\x01" + target,
		} {
			for _, opening := range []string{"", "\uFEFF", tag} {
				if i > 0 && opening == tag && !strings.HasPrefix(list, "#EXTM3U") {
					continue // each of these starts ffmpeg
				}
				got, _, err := open(write(t, filepath.Join(dir, "list.m3u8"), []byte(opening+list)))
				if err == nil || strings.Contains(err.Error(), "a secret") {
					t.Errorf("%q was taken: %d samples, %v", opening+list, len(got), err)
				}
			}
		}
	}
	select {
	case <-connected:
		t.Error("somebody has connected")
	case <-time.After(50 * time.Millisecond):
	}
	listener.Close()
}

func TestDecodingErrors(t *testing.T) {
	needFFmpeg(t)
	dir := t.TempDir()
	original := write(t, filepath.Join(dir, "original.wav"), wavSpec{data: int16s(babble(2, 0.3))}.bytes())
	mp4 := filepath.Join(dir, "a.mp4")
	convert(t, "-i", original, "-c:a", "aac", mp4)
	whole, err := os.ReadFile(mp4)
	if err != nil {
		t.Fatal(err)
	}
	silent := filepath.Join(dir, "silent.mkv")
	convert(t, "-f", "lavfi", "-i", "color=s=32x32:d=1", "-c:v", "mpeg4", silent)
	mute, err := os.ReadFile(silent)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		bytes      []byte
	}{
		{"cut.mp4", "moov atom not found", whole[:len(whole)/2]},
		{"header.mp4", "ffmpeg can't decode it", whole[:40]},
		{"noise.mp3", "ffmpeg can't decode it", append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), int16s(noise(3000, 0.5, 1))...)},
		{"tag.mp3", "ffmpeg can't decode it", []byte("ID3\x04\x00\x00\x00\x00\x00\x00")},
		{"header.flac", "ffmpeg can't decode it", []byte("fLaC\x00\x00\x00\x22")},
		{"header.ogg", "ffmpeg can't decode it", []byte("OggS\x00\x02")},
		{"film.mkv", "there is no sound in it", mute},
		{"nine.wav", "9 channels, only 1 to 8 are read: convert it with: ffmpeg -i", wavSpec{channels: 9, data: make([]byte, 3600)}.bytes()},
		{"bits.wav", "bits.wav: ", withByte(wavSpec{data: make([]byte, 8)}.bytes(), 34, 0)},
	} {
		name := write(t, filepath.Join(dir, c.name), c.bytes)
		start := time.Now()
		_, _, err := open(name)
		if err == nil || !strings.HasPrefix(err.Error(), name+": ") || !strings.Contains(err.Error(), c.want) ||
			strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", c.name, took)
		}
	}
}

// Names that ffmpeg would take for options, addresses or patterns are files.
func TestDecodingOddNames(t *testing.T) {
	needFFmpeg(t)
	if runtime.GOOS == "windows" {
		t.Skip("such names can't be had here")
	}
	t.Chdir(t.TempDir())
	write(t, "original.wav", wavSpec{data: int16s(babble(1, 0.3))}.bytes())
	convert(t, "-i", "original.wav", "a.flac")
	flac, err := os.ReadFile("a.flac")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"-i.mp3", "-", "http:a.flac", "%03d.flac", "a \"b\" $(c)\n.flac", "concat:a.flac|a.flac"} {
		if got, _, err := open(write(t, name, flac)); err != nil || len(got) != Rate {
			t.Errorf("%q: %d samples, %v", name, len(got), err)
		}
	}
}

func TestWithoutFFmpeg(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Chdir(t.TempDir())
	write(t, "episode.mp3", []byte("ID3\x04\x00\x00\x00\x00\x00\x00"))
	_, err := Open(context.Background(), "episode.mp3")
	if want := "episode.mp3: an MP3 file, not WAV: ffmpeg isn't installed to decode it: install it (" + installCommand() +
		"), or convert it with: ffmpeg -i episode.mp3 -ac 1 -ar 16000 episode.wav"; err == nil || err.Error() != want {
		t.Errorf("%v, want %v", err, want)
	}
	if _, err := Open(context.Background(), write(t, "noise.bin", []byte{1, 2, 3, 0xFE})); err == nil ||
		!strings.Contains(err.Error(), "no WAV file: convert it") {
		t.Error(err)
	}
}

// Damage in the midst costs what is damaged, and is told.
func TestDecodingDamage(t *testing.T) {
	needFFmpeg(t)
	t.Chdir(t.TempDir())
	write(t, "original.wav", wavSpec{data: int16s(babble(6, 0.3))}.bytes())
	convert(t, "-i", "original.wav", "a.flac")
	flac, err := os.ReadFile("a.flac")
	if err != nil {
		t.Fatal(err)
	}
	copy(flac[len(flac)/2:], make([]byte, 2000))
	got, r, err := open(write(t, "a.flac", flac))
	if err != nil || len(got) < 4*Rate || len(r.Warnings()) != 1 || !strings.HasPrefix(r.Warnings()[0], "a.flac: damaged: ") {
		t.Errorf("%d samples, %v, %v", len(got), err, r)
	}
}

// Close ends ffmpeg wherever it is.
func TestCloseEndsFFmpeg(t *testing.T) {
	needFFmpeg(t)
	t.Chdir(t.TempDir())
	write(t, "original.wav", wavSpec{data: int16s(noise(60*Rate, 0.3, 1))}.bytes())
	convert(t, "-i", "original.wav", "a.flac")
	r, err := Open(context.Background(), "a.flac")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if state := r.decoder.cmd.ProcessState; state == nil || state.Success() || time.Since(start) > time.Second {
		t.Errorf("%v after %v", state, time.Since(start))
	}
}

// Of several tracks the one that is marked is read, or the one that is asked for.
func TestTracks(t *testing.T) {
	needFFmpeg(t)
	t.Chdir(t.TempDir())
	write(t, "one.wav", wavSpec{data: int16s(babble(1, 0.3))}.bytes())
	write(t, "two.wav", wavSpec{data: int16s(noise(2*Rate, 0.3, 1))}.bytes())
	film := func(name string, args ...string) {
		convert(t, slices.Concat([]string{"-i", "one.wav", "-i", "two.wav", "-map", "0", "-map", "1", "-c:a", "flac",
			"-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=eng"}, args, []string{name})...)
	}
	film("second.mka", "-disposition:a:0", "0", "-disposition:a:1", "default")
	film("none.mka", "-disposition:a:0", "0", "-disposition:a:1", "0")
	for _, c := range []struct {
		name   string
		choose func([]Track) (int, error)
		read   int
	}{
		{"second.mka", DefaultTrack, 1},
		{"none.mka", DefaultTrack, 0},
		{"none.mka", func([]Track) (int, error) { return 1, nil }, 1},
		{"one.wav", DefaultTrack, 0},
	} {
		r, err := OpenTrack(context.Background(), c.name, c.choose)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		tracks, read := r.Tracks()
		if len(tracks) == 2 && (tracks[0].Lang != "ger" || tracks[1].Lang != "eng") || read != c.read {
			t.Errorf("%s: track %d of %v, want %d", c.name, read, tracks, c.read)
		}
		got, err := io.ReadAll(samplesOf{r})
		if err != nil || len(got) != (1+c.read)*Rate {
			t.Errorf("%s: %d samples of track %d, %v", c.name, len(got), read, err)
		}
	}
	for _, name := range []string{"none.mka", "one.wav"} {
		_, err := OpenTrack(context.Background(), name, func([]Track) (int, error) { return 0, errors.New("not this one") })
		if err == nil || err.Error() != name+": not this one" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// samplesOf reads a byte a sample.
type samplesOf struct{ *Reader }

func (s samplesOf) Read(p []byte) (int, error) { return s.Reader.Read(make([]float32, len(p))) }

func TestFFmpegLog(t *testing.T) {
	for _, c := range []struct {
		log, complaint string
		duration       time.Duration
	}{
		{"", "", 0},
		{"[info]   Duration: 01:02:03.45, start: 0.025057, bitrate: 128 kb/s\n", "", time.Hour + 2*time.Minute + 3450*time.Millisecond},
		{"[info]   Duration: N/A, bitrate: 128 kb/s\n", "", 0},
		{"[info]   Duration: 99999999999999999999:00:00.00,\n", "", 0},
		{"[info]   Duration: -577014:32:22.77, start: 0.000000\n", "", 0},
		{"[info]   Duration: 00:-32:-22.-77, start: 0.000000\n", "", 0},
		{"[info]   Duration: 1:2:3.4\n", "", 0},
		{"[info]     title   :   Duration: 01:02:03.45\n", "", 0},
		{"[mp3 @ 0x55e0] [error] Header missing\n[error] file:a.mp3: Invalid\n", "Header missing", 0},
		{"[error] file:a.mp3: Invalid\x1b[2J data\n", "Invalid[2J data", 0},
		{"[error] " + strings.Repeat("x", 1<<20) + "\n", strings.Repeat("x", 200) + "...", 0},
	} {
		for _, piece := range []int{1, 7, 1 << 21} {
			l := &ffmpegLog{name: "a.mp3", described: make(chan struct{})}
			for part := range slices.Chunk([]byte(c.log), piece) {
				l.Write(part)
			}
			if got := l.close(); got != c.complaint || l.duration != c.duration {
				t.Errorf("%.80q: %.80q, %v", c.log, got, l.duration)
			}
		}
	}
}

// The tracks are those of the input, as several versions of ffmpeg print them.
func TestFFmpegLogTracks(t *testing.T) {
	const log = "[info]   Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 640x360 (default)\n" +
		"[info]   Stream #0:1[0x2](eng): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 69 kb/s (default) (dub)\n" +
		"[info]     Metadata:\n" +
		"[info]       title           :   Stream #0:9(fre): Audio: aac (default)\n" +
		"[info]   Stream #0:2: Audio: mp3, 44100 Hz, stereo, fltp, 64 kb/s\n" +
		"[info]   Stream #0:3(pt-BR): Audio: flac, 44100 Hz, stereo, s16 (visual impaired)\n" +
		"[info]   Stream #0:4(eng): Audio: flac, 44100 Hz, stereo, s16\n" +
		"[info]     Metadata:\n" +
		"[info]       title           : Director's Commentary\n" +
		"[info]   Stream #0:5(eng): Audio: flac, 44100 Hz, stereo, s16 (comment)\n" +
		"[info]   Stream #0:6(eng): Audio: aac (LC), 44100 Hz, stereo, fltp (dub) (original) (hearing impaired)\n" +
		"[info]   Stream #0:7(eng): Subtitle: subrip\n" +
		"[info]       title           : with commentary\n" +
		"[info] Stream mapping:\n" +
		"[info]   Stream #0:0(eng): Audio: pcm_f32le, 44100 Hz, mono, flt, 1411 kb/s (default)\n"
	l := &ffmpegLog{name: "a.mkv", described: make(chan struct{})}
	l.Write([]byte(log))
	if want := []Track{
		{Lang: "eng", Default: true}, {}, {Lang: "pt-BR", Aside: true}, {Lang: "eng", Aside: true}, {Lang: "eng", Aside: true}, {Lang: "eng"},
	}; !slices.Equal(l.tracks, want) {
		t.Errorf("%v, want %v", l.tracks, want)
	}
}

// FuzzFFmpegLog looks for what ffmpeg might print that gives a length which isn't one.
func FuzzFFmpegLog(f *testing.F) {
	f.Add("[info]   Duration: 01:02:03.45, start: 0.025057, bitrate: 128 kb/s\n")
	f.Add("[info]   Duration: -577014:32:22.77, start: 0.000000\n")
	f.Add("[info]   Duration: 999999:99:99.99\n[error] no\n")
	f.Fuzz(func(t *testing.T, log string) {
		d := &ffmpeg{log: ffmpegLog{name: "a.mp3", described: make(chan struct{})}}
		d.log.Write([]byte(log))
		said := d.log.close()
		length, tracks := d.describe()
		unclean := func(t Track) bool { return strings.ContainsFunc(t.Lang, unicode.IsControl) }
		if len(tracks) > maxTracks || slices.ContainsFunc(tracks, unclean) {
			t.Errorf("tracks %+q", fmt.Sprint(tracks))
		}
		if length < 0 || length > MaxLength {
			t.Errorf("a length of %v", length)
		}
		if strings.ContainsFunc(said, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("printed %q", said)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		b.Skip("ffmpeg is not on the PATH")
	}
	dir := b.TempDir()
	wav := filepath.Join(dir, "a.wav")
	data := encode(noise(2*44100*benchSeconds, 0.1, 1), 2, 16, false)
	if err := os.WriteFile(wav, wavSpec{rate: 44100, channels: 2, data: data}.bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, ext := range []string{"mp3", "flac", "m4a"} {
		b.Run(ext, func(b *testing.B) {
			name := filepath.Join(dir, "a."+ext)
			encode := exec.Command(path, "-v", "error", "-y", "-i", wav, "-b:a", "128k", name)
			if out, err := encode.CombinedOutput(); err != nil {
				b.Skipf("this ffmpeg can't make the file: %s", out)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := open(name); err != nil {
					b.Fatal(err)
				}
			}
			reportSpeed(b, benchSeconds)
		})
	}
}

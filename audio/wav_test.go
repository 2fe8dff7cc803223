package audio

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"math"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// wavSpec is a WAV file to be made. Zero fields mean 16-bit mono PCM at Rate.
type wavSpec struct {
	tag, subTag    uint16
	channels, bits int
	container      int // bytes of a sample, if more than its bits need
	rate           int
	data           []byte
	id             string    // RIFF
	dataSize       *uint32   // instead of the true one
	before, after  []rawPart // chunks before the format and after the data
	dataFirst      bool
}

// rawPart is a chunk as it stands.
type rawPart struct {
	id    string
	size  uint32
	bytes []byte
}

func part(id string, bytes ...byte) rawPart { return rawPart{id, uint32(len(bytes)), bytes} }

func (p rawPart) append(to []byte) []byte {
	to = append(to, p.id...)
	to = binary.LittleEndian.AppendUint32(to, p.size)
	return append(to, p.bytes...)
}

func orDefault[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

func (s wavSpec) bytes() []byte {
	le := binary.LittleEndian
	channels, bits := orDefault(s.channels, 1), orDefault(s.bits, 16)
	rate, container := orDefault(s.rate, Rate), orDefault(s.container, (bits+7)/8)
	f := le.AppendUint16(nil, orDefault(s.tag, tagPCM))
	f = le.AppendUint16(f, uint16(channels))
	f = le.AppendUint32(f, uint32(rate))
	f = le.AppendUint32(f, uint32(rate*channels*container))
	f = le.AppendUint16(f, uint16(channels*container))
	f = le.AppendUint16(f, uint16(bits))
	if s.tag == tagExtensible {
		f = append(f, 22, 0, byte(bits), 0, 0, 0, 0, 0)
		f = le.AppendUint16(f, s.subTag)
		f = append(f, guidTail...)
	}
	data := part("data", s.data...)
	if s.dataSize != nil {
		data.size = *s.dataSize
	}
	out := append([]byte(orDefault(s.id, "RIFF")), 0xFF, 0xFF, 0xFF, 0xFF)
	out = append(out, "WAVE"...)
	for _, p := range s.before {
		out = p.append(out)
	}
	if s.dataFirst {
		out = part("fmt ", f...).append(data.append(out))
	} else {
		out = data.append(part("fmt ", f...).append(out))
	}
	for _, p := range s.after {
		out = p.append(out)
	}
	return out
}

// encode writes samples of full scale 1 as a container of the given bytes, float if
// so, else PCM with its bits at the top.
func encode(x []float32, container, bits int, float bool) []byte {
	le := binary.LittleEndian
	var out []byte
	for _, v := range x {
		switch {
		case float && container == 4:
			out = le.AppendUint32(out, math.Float32bits(v))
		case float:
			out = le.AppendUint64(out, math.Float64bits(float64(v)))
		case bits == 8 && container == 1:
			out = append(out, byte(math.Round(float64(v)*127)+128))
		default:
			scaled := int64(math.Round(float64(v)*(math.Exp2(float64(bits-1))-1))) << (8*container - bits)
			for b := range container {
				out = append(out, byte(scaled>>(8*b)))
			}
		}
	}
	return out
}

func int16s(x []float32) []byte { return encode(x, 2, 16, false) }

func ptr[T any](v T) *T { return &v }

// pipe hides that what it reads can seek.
type pipe struct{ io.Reader }

// readAll returns all samples of a WAV file in memory.
func readAll(r io.Reader) ([]float32, *Reader, error) {
	reader, err := NewReader(r, "episode.wav")
	if err != nil {
		return nil, nil, err
	}
	var all []float32
	buf := make([]float32, 1000)
	for {
		n, err := reader.Read(buf)
		all = append(all, buf[:n]...)
		if err == io.EOF {
			return all, reader, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
}

// worst is the largest difference, infinite if the lengths differ.
func worst(got, want []float32) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	var d float64
	for i := range got {
		d = max(d, math.Abs(float64(got[i]-want[i])))
	}
	return d
}

func TestEncodings(t *testing.T) {
	x := tone(Rate/2, 440, 0.9)
	for _, c := range []struct {
		name      string
		spec      wavSpec
		container int
		float     bool
		tolerance float64
	}{
		{"8 bit", wavSpec{bits: 8}, 1, false, 1.3e-2},
		{"12 bit", wavSpec{bits: 12}, 2, false, 8e-4},
		{"16 bit", wavSpec{bits: 16}, 2, false, 5e-5},
		{"20 bit", wavSpec{bits: 20}, 3, false, 4e-6},
		{"24 bit", wavSpec{bits: 24}, 3, false, 5e-7},
		{"24 bit in 4 bytes", wavSpec{bits: 24, container: 4}, 4, false, 5e-7},
		{"32 bit", wavSpec{bits: 32}, 4, false, 1e-7},
		{"float 32", wavSpec{tag: tagFloat, bits: 32}, 4, true, 0},
		{"float 64", wavSpec{tag: tagFloat, bits: 64}, 8, true, 0},
		{"extensible 24 bit", wavSpec{tag: tagExtensible, subTag: tagPCM, bits: 24}, 3, false, 5e-7},
		{"extensible float", wavSpec{tag: tagExtensible, subTag: tagFloat, bits: 32}, 4, true, 0},
	} {
		c.spec.data = encode(x, c.container, c.spec.bits, c.float)
		for _, r := range []io.Reader{bytes.NewReader(c.spec.bytes()), pipe{bytes.NewReader(c.spec.bytes())}} {
			got, _, err := readAll(r)
			if err != nil || worst(got, x) > c.tolerance {
				t.Errorf("%s: %v, off by %v", c.name, err, worst(got, x))
			}
		}
	}
}

// The values of the table are those that ffmpeg 5.1 decodes (pcm_alaw, pcm_mulaw to
// s16).
func TestTelephoneCodes(t *testing.T) {
	for _, c := range []struct {
		code        byte
		aLaw, muLaw int
	}{
		{0x00, -5504, -32124}, {0x2A, -32256, -5372}, {0x55, -8, -716}, {0x7F, -848, 0},
		{0x80, 5504, 32124}, {0xAA, 32256, 5372}, {0xD5, 8, 716}, {0xFF, 848, 0},
	} {
		if aLaw(c.code) != c.aLaw || muLaw(c.code) != c.muLaw {
			t.Errorf("%#02x: A-law %d, mu-law %d, want %d and %d", c.code, aLaw(c.code), muLaw(c.code), c.aLaw, c.muLaw)
		}
	}
	for tag, encoding := range map[uint16]string{tagALaw: "A-law", tagMuLaw: "mu-law"} {
		got, r, err := readAll(bytes.NewReader(wavSpec{tag: tag, bits: 8, rate: 16000, data: []byte{0xAA, 0x80}}.bytes()))
		if err != nil || len(got) != 2 || r.Info().Encoding != encoding {
			t.Errorf("%s: %v %v", encoding, got, err)
		}
	}
}

// What stands around the samples must not matter.
func TestContainers(t *testing.T) {
	x := tone(4001, 440, 0.5)
	data := int16s(x)
	ds64 := func(size uint64) rawPart {
		b := make([]byte, 28)
		binary.LittleEndian.PutUint64(b[8:], size)
		return part("ds64", b...)
	}
	length, unknown := uint64(len(data)), ptr[uint32](math.MaxUint32)
	trailing := []rawPart{part("LIST", []byte("INFOISFT\x02\x00\x00\x00a\x00")...)}
	for _, c := range []struct {
		name     string
		wav      []byte
		seekOnly bool
		warnings int
	}{
		{"plain", wavSpec{data: data}.bytes(), false, 0},
		{"junk before", wavSpec{data: data, before: []rawPart{part("JUNK", make([]byte, 28)...), part("bext", make([]byte, 602)...)}}.bytes(), false, 0},
		{"odd chunk, padded", wavSpec{data: data, before: []rawPart{{"LIST", 3, []byte{1, 2, 3, 0}}}}.bytes(), false, 0},
		{"odd chunk, not padded", wavSpec{data: data, before: []rawPart{part("LIST", 1, 2, 3)}}.bytes(), false, 0},
		{"chunks after", wavSpec{data: data, after: trailing}.bytes(), false, 0},
		{"data before the format", wavSpec{data: data, dataFirst: true}.bytes(), true, 0},
		{"size 0", wavSpec{data: data, dataSize: ptr[uint32](0)}.bytes(), false, 0},
		{"size 0xFFFFFFFF", wavSpec{data: data, dataSize: unknown}.bytes(), false, 0},
		{"size of SoX", wavSpec{data: data, dataSize: ptr[uint32](0x7FFFF000)}.bytes(), false, 0},
		{"cut off", wavSpec{data: data, dataSize: ptr[uint32](1e6)}.bytes(), false, 1},
		{"half a sample at the end", wavSpec{data: append(bytes.Clone(data), 7)}.bytes(), false, 0},
		{"RF64", wavSpec{id: "RF64", data: data, dataSize: unknown, before: []rawPart{ds64(length)}, after: trailing}.bytes(), false, 0},
		{"BW64", wavSpec{id: "BW64", data: data, dataSize: unknown, before: []rawPart{ds64(length)}}.bytes(), false, 0},
		{"RF64 cut off", wavSpec{id: "RF64", data: data, dataSize: unknown, before: []rawPart{ds64(6 << 30)}}.bytes(), false, 1},
		{"Wave64", wave64(data, uint64(len(data))+24), false, 0},
		{"Wave64 to the end", wave64(data, math.MaxUint64), false, 0},
		{"Wave64 cut off", wave64(data, 6<<30), false, 1},
	} {
		for _, r := range []io.Reader{bytes.NewReader(c.wav), pipe{bytes.NewReader(c.wav)}} {
			if _, ok := r.(pipe); ok && c.seekOnly {
				continue
			}
			got, reader, err := readAll(r)
			if err != nil {
				t.Errorf("%s, %T: %v", c.name, r, err)
			} else if worst(got, x) > 1e-4 || len(reader.Warnings()) != c.warnings {
				t.Errorf("%s, %T: %d samples off by %v, warnings %q", c.name, r, len(got), worst(got, x), reader.Warnings())
			}
		}
	}
}

// wave64 is a Wave64 file of 16-bit mono with a data chunk of the given size.
func wave64(data []byte, size uint64) []byte {
	le := binary.LittleEndian
	out := le.AppendUint64([]byte(wave64RIFF), uint64(len(data)+104))
	out = append(out, wave64WAVE...)
	out = append(out, "fmt "+wave64WAVE[4:]...)
	out = le.AppendUint64(out, 24+18)
	out = append(out, 1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0, 0, 0)
	out = append(out, make([]byte, 6)...) // to a multiple of 8
	out = append(out, "data"+wave64WAVE[4:]...)
	return append(le.AppendUint64(out, size), data...)
}

// What can't be read is an error that names the file and says what to do; it takes
// neither time nor memory, whatever sizes the file claims.
func TestTraps(t *testing.T) {
	fmtOnly := wavSpec{}.bytes()
	huge := rawPart{"LIST", 0xF0000000, []byte("INFO")}
	for _, c := range []struct {
		name, want string
		bytes      []byte
	}{
		{"empty", "the file is empty", nil},
		{"one byte", "text, not a recording: name a recording", []byte("R")},
		{"text", "text, not a recording: name a recording", []byte("Good morning, and welcome.\n")},
		{"UTF-16 text", "text, not a recording", []byte("\xFF\xFEG\x00o\x00")},
		{"binary", "no WAV file: make WAV of it on the way here with: ffmpeg -i - -ac 1 -ar 16000 -f wav -", []byte{1, 2, 3, 4, 0xFE}},
		{"MP3 with tags", "an MP3 file", []byte("ID3\x04\x00")},
		{"MP3", "an MP3 file", []byte("\xFF\xFB\x90\x64\x00\x00")},
		{"AAC", "an AAC file", []byte("\xFF\xF1\x50\x80")},
		{"FLAC", "a FLAC file", []byte("fLaC\x00\x00")},
		{"Ogg", "an Ogg file", []byte("OggS\x00\x02")},
		{"Opus", "an Ogg Opus file", append([]byte("OggS\x00\x02"), append(make([]byte, 22), "OpusHead"...)...)},
		{"M4A", "an M4A file", []byte("\x00\x00\x00\x20ftypM4A ")},
		{"MP4", "an MP4 file", []byte("\x00\x00\x00\x20ftypisom")},
		{"AIFF", "an AIFF file", []byte("FORM\x00\x00\x00\x20AIFFCOMM")},
		{"RIFX", "big-endian", []byte("RIFX\x00\x00\x00\x20WAVEfmt ")},
		{"AVI", "an AVI video", []byte("RIFF\x00\x00\x00\x20AVI LIST")},
		{"ZIP", "a ZIP archive", []byte("PK\x03\x04")},
		{"RIFF alone", "damaged WAV header", []byte("RIFF\xFF\xFF\xFF\xFFWAVE")},
		{"RIFF cut off", "a RIFF file, but not WAV", []byte("RIFF\xFF\xFF")},
		{"header alone", "without samples: record or export", fmtOnly},
		{"no data chunk", "its samples can't be found", fmtOnly[:36]},
		{"format cut off", "its format and samples can't be found", fmtOnly[:25]},
		{"empty data, then chunks", "without samples", wavSpec{after: []rawPart{part("LIST", []byte("INFO")...)}}.bytes()},
		{"half a sample", "without samples", wavSpec{data: []byte{1}}.bytes()},
		{"LIST of 4 GB", "can't be found", wavSpec{before: []rawPart{huge}}.bytes()},
		{"LIST entry of 4 GB", "without samples", wavSpec{before: []rawPart{part("LIST", []byte("INFOISFT\xFF\xFF\xFF\xFF")...)}}.bytes()},
		{"format of 4 GB", "can't be found", append([]byte("RIFF\xFF\xFF\xFF\xFFWAVEfmt \xFF\xFF\xFF\xFF"), make([]byte, 100)...)},
		{"zeros for chunks", "can't be found", append([]byte("RIFF\xFF\xFF\xFF\xFFWAVE"), make([]byte, 1000)...)},
		{"no channels", "0 channels", withByte(wavSpec{data: make([]byte, 8)}.bytes(), 22, 0)},
		{"9 channels", "9 channels", wavSpec{channels: 9, data: make([]byte, 36)}.bytes()},
		{"4000 Hz", "4000 Hz", wavSpec{rate: 4000, data: make([]byte, 36)}.bytes()},
		{"no rate", "0 Hz", withByte(withByte(wavSpec{data: make([]byte, 8)}.bytes(), 24, 0), 25, 0)},
		{"ADPCM", "compressed format 0x0002: make WAV of it", wavSpec{tag: 2, bits: 4, data: make([]byte, 36)}.bytes()},
		{"16-bit float", "16-bit float", wavSpec{tag: tagFloat, data: make([]byte, 36)}.bytes()},
		{"0 bits", "0-bit", withByte(wavSpec{data: make([]byte, 8)}.bytes(), 34, 0)},
		{"unknown sub-format", "unknown sub-format", withByte(wavSpec{tag: tagExtensible, subTag: 1, data: make([]byte, 8)}.bytes(), 50, 1)},
		{"extensible without sub-format", "unknown sub-format", withByte(withByte(wavSpec{data: make([]byte, 8)}.bytes(), 20, 0xFE), 21, 0xFF)},
	} {
		for _, r := range []io.Reader{bytes.NewReader(c.bytes), pipe{bytes.NewReader(c.bytes)}} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := NewReader(r, "episode.wav")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.HasPrefix(err.Error(), "episode.wav: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %T: %v, want %q", c.name, r, err, c.want)
			}
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<20 || took > time.Second {
				t.Errorf("%s, %T: took %v and %d bytes", c.name, r, took, taken)
			}
		}
	}
}

func withByte(b []byte, at int, v byte) []byte {
	b[at] = v
	return b
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "episode.wav")
	if err := os.WriteFile(name, wavSpec{channels: 2, rate: 44100, data: make([]byte, 4*44100)}.bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Info{44100, 2, 16, "PCM", time.Second}); r.Info() != want {
		t.Errorf("%+v, want %+v", r.Info(), want)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Open(context.Background(), dir); err == nil || !strings.Contains(err.Error(), dir+": is a folder") {
		t.Error(err)
	}
	missing := filepath.Join(dir, "missing.wav")
	if _, err := Open(context.Background(), missing); !errors.Is(err, fs.ErrNotExist) ||
		!strings.Contains(err.Error(), missing+": there is no such file") {
		t.Error(err)
	}
	socket := filepath.Join(dir, "s")
	if l, err := net.Listen("unix", socket); err == nil {
		defer l.Close()
		if _, err := Open(context.Background(), socket); err == nil || !strings.HasPrefix(err.Error(), socket+": ") {
			t.Error(err)
		}
	}
}

// broken fails after some bytes, as a lost network drive does.
type broken struct {
	rest []byte
}

var errLost = errors.New("connection lost")

func (b *broken) Read(p []byte) (int, error) {
	if len(b.rest) == 0 {
		return 0, errLost
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

func TestReadErrorIsPassedOn(t *testing.T) {
	wav := wavSpec{data: make([]byte, 3*2*Rate), dataSize: ptr[uint32](1e6)}.bytes()
	_, _, err := readAll(&broken{wav})
	if !errors.Is(err, errLost) || !strings.Contains(err.Error(), "episode.wav: reading failed after 3s") {
		t.Error(err)
	}
}

func TestConvertCommand(t *testing.T) {
	for name, want := range map[string]string{
		"a.mp3":          "ffmpeg -i a.mp3 -ac 1 -ar 16000 a.wav",
		"a.wav":          "ffmpeg -i a.wav -ac 1 -ar 16000 a-16k.wav",
		"A.WAV":          "ffmpeg -i A.WAV -ac 1 -ar 16000 A-16k.wav",
		"my show.mp3":    "ffmpeg -i 'my show.mp3' -ac 1 -ar 16000 'my show.wav'",
		"it's $(me).mp3": `ffmpeg -i 'it'\''s $(me).mp3' -ac 1 -ar 16000 'it'\''s $(me).wav'`,
		"-i.mp3":         "ffmpeg -i ./-i.mp3 -ac 1 -ar 16000 ./-i.wav",
		"http://x/a.mp3": "ffmpeg -i './http://x/a.mp3' -ac 1 -ar 16000 './http://x/a.wav'",
		"noext":          "ffmpeg -i noext -ac 1 -ar 16000 noext.wav",
	} {
		if got := convertCommand(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func FuzzReader(f *testing.F) {
	x := int16s(tone(500, 440, 0.5))
	for _, s := range []wavSpec{
		{data: x}, {channels: 2, rate: 44100, data: x}, {bits: 24, channels: 6, rate: 48000, data: x},
		{tag: tagFloat, bits: 32, data: x}, {tag: tagFloat, bits: 64, data: x}, {tag: tagALaw, bits: 8, rate: 8000, data: x},
		{tag: tagExtensible, subTag: tagPCM, data: x}, {id: "RF64", data: x, before: []rawPart{part("ds64", make([]byte, 28)...)}},
		{data: x, dataFirst: true}, {data: x, dataSize: ptr[uint32](0)}, {data: x, dataSize: ptr[uint32](math.MaxUint32)},
		{data: x, before: []rawPart{{"LIST", 0xF0000000, nil}}}, {data: x, before: []rawPart{part("LIST", 1, 2, 3)}},
		{rate: 47952, data: x}, {rate: 191999, channels: 8, data: x},
	} {
		f.Add(s.bytes())
	}
	for _, b := range [][]byte{
		wave64(x, uint64(len(x))+24), wave64(x, math.MaxUint64), wavSpec{}.bytes(), wavSpec{data: x}.bytes()[:30],
		wavSpec{bits: 20, data: x}.bytes(), wavSpec{bits: 24, container: 4, data: x}.bytes(),
		wavSpec{tag: tagMuLaw, bits: 8, data: x}.bytes(),
		wavSpec{data: x, dataSize: ptr[uint32](1e6)}.bytes(), wavSpec{data: x[:7]}.bytes(),
		wavSpec{tag: 2, bits: 4, data: x}.bytes(),
		[]byte("ID3"), []byte("fLaC"), []byte("#EXTM3U\nsecret.txt\n"), []byte("\xFF\xFBtext"),
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, wav []byte) {
		got, r, err := readAll(bytes.NewReader(wav))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "episode.wav: ") {
				t.Error(err)
			}
			return
		}
		for i, v := range got {
			if !(math.Abs(float64(v)) <= 2*maxSample) {
				t.Fatalf("sample %d is %v", i, v)
			}
		}
		if limit := (int64(len(wav))*Rate+int64(r.Info().Rate)-1)/int64(r.Info().Rate) + 1; len(got) == 0 ||
			int64(len(got)) > limit {
			t.Fatalf("%d samples of %d bytes at %d Hz", len(got), len(wav), r.Info().Rate)
		}
		if piped, _, err := readAll(pipe{bytes.NewReader(wav)}); err == nil && len(r.Warnings()) == 0 {
			if d := worst(piped, got); d > 0 && !math.IsInf(d, 1) {
				t.Fatalf("a pipe gives other samples, off by %v", d)
			}
		}
	})
}

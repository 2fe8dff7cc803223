package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/go-audio/riff"
	"github.com/go-audio/wav"
)

// A WAV file is read in two steps. openWAV walks the chunks, checks each size against
// the file and allocates memory for none of them but the format. go-audio/wav then
// decodes a header of our own that holds only the format and the data: given the file's
// chunks it would allocate whatever size they claim. RF64, BW64 and Wave64 differ only in
// how chunk sizes are written, so the decoder sees no difference.

const (
	// maxChunks bounds the walk: a stream could be endless small chunks.
	maxChunks = 10000
	// formatSize is the longest format chunk of use, that of the extensible format.
	formatSize = 40
	// endlessSize is the least data size by which a writer to a pipe may mean "to the
	// end": ffmpeg writes 0xFFFFFFFF, SoX 0x7FFFF000.
	endlessSize = 0x7FFFF000
	// maxRIFFSize is the longest even chunk that a RIFF header can declare.
	maxRIFFSize = math.MaxUint32 - 1
	// unknownSize stands for a length that is known only at the end.
	unknownSize = -1
)

// wavFile is a WAV file, read up to its samples.
type wavFile struct {
	name     string
	format   format
	pcm      io.Reader
	size     int64 // of the samples in bytes, or unknownSize
	checked  bool  // the file is known to hold size bytes
	open     bool  // its header doesn't fit what it holds: it may still be written
	frames   int64 // samples of a channel read so far
	bytes    int64
	warnings []string
}

// duration returns the declared length, 0 if it is unknown.
func (w *wavFile) duration() time.Duration {
	if w.size == unknownSize {
		return 0
	}
	return w.format.time(w.size / int64(w.format.frameBytes()))
}

// position returns how far the samples have been read.
func (w *wavFile) position() time.Duration { return w.format.time(w.frames) }

// read fills dst, which is a whole number of frames long, and returns the number of
// frames read; with the last ones, or after them, io.EOF.
func (w *wavFile) read(dst []byte) (frames int, err error) {
	n, err := io.ReadFull(w.pcm, dst)
	frames = n / w.format.frameBytes()
	w.frames += int64(frames)
	w.bytes += int64(n)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	if err == io.EOF && w.bytes < w.size {
		w.cutOff(w.size, w.bytes)
		w.size = w.bytes
	}
	return frames, err
}

// cutOff adds the warning that samples are missing.
func (w *wavFile) cutOff(declared, held int64) {
	w.warnings = append(w.warnings, fmt.Sprintf(
		"%s: cut off: the header declares %d bytes of samples, there are %d: used as far as they go", w.name, declared, held))
}

// openWAV reads r up to the first sample.
func openWAV(r io.Reader, name string) (*wavFile, error) {
	in := newInput(r)
	chunks, err := in.identify(name)
	if err != nil {
		return nil, err
	}
	var (
		fmtChunk  []byte
		data      = chunk{size: unknownSize}
		foundData bool
		long      int64 // the data size of RF64
	)
	for n := 0; fmtChunk == nil || !foundData; n++ {
		c, err := chunks.next()
		if err != nil || n == maxChunks {
			return nil, damaged(name, fmtChunk != nil, foundData)
		}
		switch c.id {
		case "fmt ":
			fmtChunk = make([]byte, min(max(c.size, 16), formatSize))
			if _, err := io.ReadFull(in, fmtChunk[:min(c.size, formatSize)]); err != nil {
				return nil, damaged(name, false, foundData)
			}
		case "ds64":
			var sizes struct{ RIFF, Data uint64 }
			if err := binary.Read(in, binary.LittleEndian, &sizes); err == nil && sizes.Data < math.MaxInt64 {
				long = int64(sizes.Data)
			}
		case "data":
			data, foundData = c, true
			if c.size == math.MaxUint32 && long > 0 {
				data.size = long
			}
		}
		if fmtChunk != nil && foundData {
			break
		}
		if err := in.seek(c.end()); err != nil {
			return nil, damaged(name, fmtChunk != nil, foundData)
		}
	}
	if err := in.seek(data.start); err != nil {
		return nil, damaged(name, true, true)
	}
	w := &wavFile{name: name, size: data.size}
	w.limit(in, data)
	if err := w.decodeHeader(in, fmtChunk); err != nil {
		return nil, err
	}
	return w, nil
}

// damaged returns the error for a file whose chunks end too early.
func damaged(name string, hasFormat, hasData bool) error {
	missing := "samples"
	switch {
	case !hasFormat && !hasData:
		missing = "format and samples"
	case !hasFormat:
		missing = "format"
	}
	return fmt.Errorf("%s: a damaged WAV header, its %s can't be found: record or export it again", name, missing)
}

// limit sets w.size, given an input that stands at the data.
func (w *wavFile) limit(in *input, data chunk) {
	held := int64(unknownSize)
	if in.size != unknownSize {
		held = max(0, in.size-in.pos)
		w.checked = true
	}
	fits := held >= data.size
	switch {
	case data.size == 0 && in.chunkAhead():
		// An empty chunk that others follow.
	case data.size == 0, data.size == math.MaxUint32, data.size >= endlessSize && data.size < math.MaxUint32 && !fits:
		w.size, w.open = held, true
	case held != unknownSize && !fits:
		w.cutOff(data.size, held)
		w.size, w.open = held, true
	}
}

// decodeHeader decodes the format, by go-audio/wav, and sets w.pcm to the samples.
func (w *wavFile) decodeHeader(in io.Reader, fmtChunk []byte) error {
	size := w.size
	if size == unknownSize || size > maxRIFFSize {
		size = maxRIFFSize
	}
	le := binary.LittleEndian
	header := append([]byte("RIFF"), 0xFF, 0xFF, 0xFF, 0xFF)
	header = append(header, "WAVEfmt "...)
	header = le.AppendUint32(header, uint32(len(fmtChunk)))
	header = append(header, fmtChunk...)
	header = append(header, "data"...)
	header = le.AppendUint32(header, uint32(size))

	samples := in
	if w.size != unknownSize {
		samples = io.LimitReader(in, w.size)
	}
	d := wav.NewDecoder(forward{io.MultiReader(bytes.NewReader(header), samples)})
	d.ReadInfo()
	err := d.Err()
	if err == nil {
		if w.format, err = newFormat(d, fmtChunk); err != nil {
			return &unsupportedError{name: w.name, what: err.Error(), known: true}
		}
		err = d.FwdToPCM()
	}
	if err != nil {
		return fmt.Errorf("%s: a damaged WAV header: record or export it again: %w", w.name, err)
	}
	// Beyond what its 32-bit size can hold, a chunk goes on in the file itself.
	w.pcm = io.MultiReader(d.PCMChunk.R, samples)
	return nil
}

// forward is the io.ReadSeeker that the decoder takes. With the format first, as in our
// header, it never seeks.
type forward struct{ io.Reader }

func (forward) Seek(int64, int) (int64, error) { return 0, errors.ErrUnsupported }

// chunk is a part of a WAV file.
type chunk struct {
	id          string
	start, size int64 // of its contents, in bytes
}

// end returns where the next chunk begins, without padding.
func (c chunk) end() int64 { return c.start + c.size }

// chunkWalk reads chunk headers from an input that stands at one.
type chunkWalk struct {
	in     *input
	parser *riff.Parser
	wave64 bool
}

// next reads the header of the next chunk. A chunk whose ID isn't text is an error:
// what follows is no longer a WAV file.
func (w *chunkWalk) next() (chunk, error) {
	if w.wave64 {
		return w.nextWave64()
	}
	// A chunk of odd size should be padded with a zero, but not every writer knows.
	if w.in.pos%2 == 1 {
		if pad, err := w.in.buf.Peek(1); err == nil && pad[0] == 0 {
			if err := w.in.seek(w.in.pos + 1); err != nil {
				return chunk{}, err
			}
		}
	}
	if !w.in.chunkAhead() {
		return chunk{}, io.ErrUnexpectedEOF
	}
	id, size, err := w.parser.IDnSize()
	if err != nil {
		return chunk{}, err
	}
	return chunk{id: string(id[:]), start: w.in.pos, size: int64(size)}, nil
}

// nextWave64 reads a chunk header of a GUID and 64 bits of size, header included.
// Chunks begin at multiples of 8.
func (w *chunkWalk) nextWave64() (chunk, error) {
	const align, headerSize = 8, 24
	if err := w.in.seek((w.in.pos + align - 1) / align * align); err != nil {
		return chunk{}, err
	}
	if !w.in.chunkAhead() {
		return chunk{}, io.ErrUnexpectedEOF
	}
	var header [headerSize]byte
	if _, err := io.ReadFull(w.in, header[:]); err != nil {
		return chunk{}, err
	}
	size := binary.LittleEndian.Uint64(header[16:])
	switch {
	case size < headerSize:
		size = 0
	case size > 1<<60:
		size = math.MaxUint32
	default:
		size -= headerSize
	}
	return chunk{id: string(header[:4]), start: w.in.pos, size: int64(size)}, nil
}

package audio

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-audio/wav"
)

// Format tags, and the rest of a GUID that begins with one. Source: Microsoft, mmreg.h.
const (
	tagPCM        = 0x0001
	tagFloat      = 0x0003
	tagALaw       = 0x0006
	tagMuLaw      = 0x0007
	tagExtensible = 0xFFFE
	guidTail      = "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71"
)

const (
	maxChannels      = 8
	minRate, maxRate = 8000, 192000 // Hz
	// maxSample bounds float samples, so that powers of them don't overflow. A file
	// whose floats are scaled like 16-bit integers stays below it.
	maxSample = 1 << 16
)

// format is how the samples of a WAV file are written.
type format struct {
	channels, rate, bits int
	sampleBytes          int
	encoding             string
	// decode decodes the interleaved samples in src to dst, full scale 1. src holds
	// sampleBytes for each value of dst.
	decode func(dst []float32, src []byte)
}

// frameBytes returns the size of one sample of all channels.
func (f *format) frameBytes() int { return f.channels * f.sampleBytes }

// time returns how long n samples of a channel last.
func (f *format) time(n int64) time.Duration {
	rate := int64(f.rate)
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate)*time.Second/time.Duration(rate)
}

// newFormat returns the format by what the decoder has read, and by what it doesn't
// export of the format chunk: the size of a sample and the sub-format. The error says
// which format isn't read.
func newFormat(d *wav.Decoder, chunk []byte) (format, error) {
	f := format{channels: int(d.NumChans), rate: int(d.SampleRate), bits: int(d.BitDepth)}
	tag := d.WavAudioFormat
	if tag == tagExtensible {
		if len(chunk) < formatSize || string(chunk[26:40]) != guidTail {
			return f, errors.New("a WAV file in an unknown sub-format")
		}
		tag = binary.LittleEndian.Uint16(chunk[24:])
	}
	switch {
	case f.channels < 1 || f.channels > maxChannels:
		return f, fmt.Errorf("a recording of %d channels, only 1 to %d are read", f.channels, maxChannels)
	case f.rate < minRate || f.rate > maxRate:
		return f, fmt.Errorf("a recording of %d Hz, only %d to %d are read", f.rate, minRate, maxRate)
	}
	// A sample takes whole bytes, its bits at the top: 12 bits take 2 bytes, 20 take 3,
	// 24 sometimes 4. So the size of that container is all that is needed.
	f.sampleBytes = (f.bits + 7) / 8
	if frame := int(binary.LittleEndian.Uint16(chunk[12:])); frame%f.channels == 0 && frame/f.channels > f.sampleBytes {
		f.sampleBytes = frame / f.channels
	}
	switch tag {
	case tagPCM:
		f.encoding = "PCM"
		f.decode = map[int]func([]float32, []byte){1: decodeUint8, 2: decodeInt16, 3: decodeInt24, 4: decodeInt32}[f.sampleBytes]
	case tagFloat:
		f.encoding = "float"
		f.decode = map[int]func([]float32, []byte){4: decodeFloat32, 8: decodeFloat64}[f.sampleBytes]
	case tagALaw:
		f.encoding = "A-law"
		if f.sampleBytes == 1 {
			f.decode = decodeTable(aLaw)
		}
	case tagMuLaw:
		f.encoding = "mu-law"
		if f.sampleBytes == 1 {
			f.decode = decodeTable(muLaw)
		}
	default:
		return f, fmt.Errorf("a WAV file in the compressed format 0x%04X", tag)
	}
	if f.decode == nil || f.bits == 0 {
		return f, fmt.Errorf("a WAV file of %d-bit %s", f.bits, f.encoding)
	}
	return f, nil
}

func decodeUint8(dst []float32, src []byte) {
	for i, v := range src[:len(dst)] {
		dst[i] = float32(int(v)-1<<7) / (1 << 7)
	}
}

func decodeInt16(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = float32(int16(binary.LittleEndian.Uint16(src[2*i:]))) / (1 << 15)
	}
}

func decodeInt24(dst []float32, src []byte) {
	for i := range dst {
		b := src[3*i:][:3]
		dst[i] = float32(int32(b[0])<<8|int32(b[1])<<16|int32(b[2])<<24) / (1 << 31)
	}
}

func decodeInt32(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = float32(int32(binary.LittleEndian.Uint32(src[4*i:]))) / (1 << 31)
	}
}

func decodeFloat32(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = finite(math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:])))
	}
}

func decodeFloat64(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = finite(float32(math.Float64frombits(binary.LittleEndian.Uint64(src[8*i:]))))
	}
}

// finite returns 0 for NaN and clamps other values to maxSample.
func finite(v float32) float32 {
	if v != v {
		return 0
	}
	return min(maxSample, max(-maxSample, v))
}

// decodeTable returns a decoder of one-byte samples, given the 16-bit value of each.
func decodeTable(linear func(byte) int) func([]float32, []byte) {
	var table [256]float32
	for code := range table {
		table[code] = float32(linear(byte(code))) / (1 << 15)
	}
	return func(dst []float32, src []byte) {
		for i, v := range src[:len(dst)] {
			dst[i] = table[v]
		}
	}
}

// aLaw returns the 16-bit value of an A-law code of ITU-T G.711: a sign, a segment of 3
// bits and a mantissa of 4, every second bit inverted.
func aLaw(code byte) int {
	code ^= 0x55
	segment, v := code>>4&7, int(code&0xF)<<4+8
	if segment > 0 {
		v = (v + 0x100) << (segment - 1)
	}
	if code&0x80 == 0 {
		return -v
	}
	return v
}

// muLaw returns the 16-bit value of a mu-law code of ITU-T G.711: a sign, a segment of 3
// bits and a mantissa of 4, all bits inverted.
func muLaw(code byte) int {
	const bias = 0x84
	code = ^code
	v := (int(code&0xF)<<3+bias)<<(code>>4&7) - bias
	if code&0x80 != 0 {
		return -v
	}
	return v
}

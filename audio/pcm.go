package audio

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-audio/wav"
)

// Format tags and the tail that makes a GUID of one. Source: Microsoft, mmreg.h.
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
	// maxSample keeps a broken float from overflowing the powers made of it, yet
	// lets pass a file whose floats are scaled like 16-bit integers.
	maxSample = 1 << 16
)

// format is how the samples of a WAV file are written.
type format struct {
	channels, rate, bits int
	sampleBytes          int
	encoding             string
	// decode turns interleaved samples into dst, full scale 1. src holds sampleBytes
	// for each of dst.
	decode func(dst []float32, src []byte)
}

// frameBytes is the size of a sample of all channels.
func (f *format) frameBytes() int { return f.channels * f.sampleBytes }

// time is how long n samples last.
func (f *format) time(n int64) time.Duration {
	rate := int64(f.rate)
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate)*time.Second/time.Duration(rate)
}

// newFormat takes from the decoder what it has read and from the chunk what it
// keeps to itself: the size of a sample and the sub-format. The error says what the
// format is that isn't read.
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
	// A sample takes whole bytes, its bits at the top: 12 bits lie in 2 bytes, 20 in 3,
	// sometimes 24 in 4. So the size of the container is all that is needed.
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

// finite makes silence of what is no number and bounds the rest by maxSample.
func finite(v float32) float32 {
	if v != v {
		return 0
	}
	return min(maxSample, max(-maxSample, v))
}

// decodeTable decodes samples of one byte.
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

// aLaw and muLaw expand a code of ITU-T G.711 to 16 bits: a sign, a segment of 3
// bits and a mantissa of 4. In A-law every second bit is inverted, in mu-law all.
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

func muLaw(code byte) int {
	const bias = 0x84
	code = ^code
	v := (int(code&0xF)<<3+bias)<<(code>>4&7) - bias
	if code&0x80 != 0 {
		return -v
	}
	return v
}

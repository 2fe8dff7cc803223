package audio

import (
	"bytes"
	"fmt"
	"io"
	"testing"
)

// benchSeconds is the length of the recording that the benchmarks work on.
const benchSeconds = 60

// reportSpeed adds how many times real time a benchmark runs at, seconds of audio an
// operation.
func reportSpeed(b *testing.B, seconds float64) {
	b.ReportMetric(seconds*float64(b.N)/b.Elapsed().Seconds(), "x-realtime")
}

// BenchmarkRead is reading, decoding, mixing down and resampling.
func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		name string
		spec wavSpec
	}{
		{"16k-mono-16", wavSpec{}},
		{"44k-stereo-16", wavSpec{rate: 44100, channels: 2}},
		{"44k-stereo-24", wavSpec{rate: 44100, channels: 2, bits: 24}},
		{"48k-mono-float", wavSpec{tag: tagFloat, rate: 48000, bits: 32}},
	} {
		b.Run(c.name, func(b *testing.B) {
			bits, channels := orDefault(c.spec.bits, 16), orDefault(c.spec.channels, 1)
			n := benchSeconds * orDefault(c.spec.rate, Rate) * channels
			c.spec.data = encode(noise(n, 0.1, 1), bits/8, bits, c.spec.tag == tagFloat)
			wav := c.spec.bytes()
			buf := make([]float32, 4096)
			b.ReportAllocs()
			for b.Loop() {
				r, err := NewReader(bytes.NewReader(wav), "episode.wav")
				for err == nil {
					_, err = r.Read(buf)
				}
				if err != io.EOF {
					b.Fatal(err)
				}
			}
			reportSpeed(b, benchSeconds)
		})
	}
}

func BenchmarkResample(b *testing.B) {
	for _, rate := range []int{8000, 22050, 44100, 48000, 47952, 192000} {
		b.Run(fmt.Sprint(rate), func(b *testing.B) {
			x := noise(rate, 0.1, 1)
			out := make([]float32, 0, Rate+1000)
			r := newResampler(rate)
			b.ReportAllocs()
			for b.Loop() {
				out = r.process(out[:0], x)
			}
			reportSpeed(b, 1)
		})
	}
}

// BenchmarkAnalyze is the spectra on all cores, BenchmarkBlock on one.
func BenchmarkAnalyze(b *testing.B) {
	x := babble(benchSeconds, 0.3)
	b.ReportAllocs()
	for b.Loop() {
		analyze(b, x)
	}
	reportSpeed(b, benchSeconds)
}

func BenchmarkBlock(b *testing.B) {
	a := newAnalyzer(newFrameTables())
	bl := &block{frames: blockFrames, end: lead + blockSamples + lead}
	copy(bl.samples[:], noise(len(bl.samples), 0.1, 1))
	b.ReportAllocs()
	for b.Loop() {
		a.analyze(bl)
	}
	reportSpeed(b, blockFrames*float64(HopSamples)/Rate)
}

func BenchmarkNormalizedEnergy(b *testing.B) {
	f := analyze(b, babble(benchSeconds, 0.3))
	b.ReportAllocs()
	for b.Loop() {
		NormalizedEnergy(f)
	}
	reportSpeed(b, benchSeconds)
}

func BenchmarkSegments(b *testing.B) {
	f := analyze(b, babble(benchSeconds, 0.3))
	b.ReportAllocs()
	for b.Loop() {
		Segments(f, DefaultSegmentOptions())
	}
	reportSpeed(b, benchSeconds)
}

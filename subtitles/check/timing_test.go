package check

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"cuewright/testdata/race"
)

// TestOnsetTiming finds the offset and the rate of cues of which two in three begin
// with a rise of the level, and not those of others.
func TestOnsetTiming(t *testing.T) {
	race.Skip(t, race.Slow)
	random := rand.New(rand.NewPCG(1, 2))
	const frames = 36_000 // 6 minutes
	rise := make([]float32, frames)
	for range 540 { // onsets that no cue begins with, too
		rise[random.IntN(frames)] = random.Float32()
	}
	var cues []float64 // frames
	for at := 300.0; at < frames-500; at += 150 + 500*random.Float64() {
		cues = append(cues, at)
		if random.Float64() < 0.67 {
			for d := -3; d <= 3; d++ {
				rise[int(at)+d] = float32(1 - 0.2*math.Abs(float64(d)))
			}
		}
	}
	for _, c := range []struct{ offset, rate float64 }{
		{0, 1}, {-7.35, 1}, {59, 1}, {-0.4, 23.976 / 25}, {2, 1.001}, {0.5, 1.01},
	} {
		var starts []time.Duration
		for _, at := range cues {
			starts = append(starts, seconds(c.offset+c.rate*at/100))
		}
		g := onsetTiming(rise, starts)
		if math.Abs(g.Offset.Seconds()-c.offset) > 0.05 || math.Abs(g.Rate-c.rate) > 1e-4 || g.Confidence < 0.99 {
			t.Errorf("offset %.2f, rate %.4f: got %v, %.5f, confidence %.2f", c.offset, c.rate, g.Offset, g.Rate, g.Confidence)
		}
	}
	var others []time.Duration
	for range len(cues) {
		others = append(others, seconds(random.Float64()*frames/100))
	}
	if g := onsetTiming(rise, others); g.Confidence > 0.5 {
		t.Errorf("cues of another recording: %+v", g)
	}
	for _, starts := range [][]time.Duration{nil, {0}, {time.Hour}} {
		if g := onsetTiming(rise, starts); g.Confidence > 0.5 {
			t.Errorf("%v: %+v", starts, g)
		}
	}
	onsetTiming(nil, others)
}

func TestRateName(t *testing.T) {
	for _, c := range []struct {
		rate float64
		want string
	}{{25 / 23.976, "25/23.976"}, {0.96, "24/25"}, {1.001, "24/23.976"}, {1.01, ""}, {1, ""}} {
		if got := RateName(c.rate, 2e-5); got != c.want {
			t.Errorf("%v: %q, want %q", c.rate, got, c.want)
		}
	}
}

// TestTrends: points every 4 s with a few hundredths of noise, one in six far off.
func TestTrends(t *testing.T) {
	type piece struct {
		from, offset, rate float64
	}
	for _, c := range []struct {
		name   string
		pieces []piece
		cues   int
	}{
		{"none", []piece{{0, 0, 1}}, 300},
		{"few", []piece{{0, 0.4, 1}}, 6},
		{"late", []piece{{0, 0.3, 1}}, 300},
		{"drift", []piece{{0, -0.2, 1.01}}, 300},
		{"film", []piece{{0, 0, 25 / 23.976}}, 60},
		{"a thousandth", []piece{{0, 0, 1.001}}, 300},
		{"an advertisement cut", []piece{{0, 0, 1}, {400, -31, 1}}, 300},
		{"two", []piece{{0, 0.5, 1}, {300, 12, 1}, {700, 40, 1}}, 300},
	} {
		random := rand.New(rand.NewPCG(3, 4))
		var points []point
		for i := range c.cues {
			x := 4 * float64(i)
			p := c.pieces[0]
			for _, q := range c.pieces {
				if x >= q.from {
					p = q
				}
			}
			y := p.offset + p.rate*x + 0.02*random.NormFloat64()
			if i%6 == 5 {
				y += 10 * random.NormFloat64()
			}
			points = append(points, point{i, seconds(x), seconds(y), 1, 0})
		}
		all := trends(points)
		if len(all) != len(c.pieces) {
			t.Errorf("%s: %d stretches, want %d: %+v", c.name, len(all), len(c.pieces), all)
			continue
		}
		for i, s := range all {
			want := c.pieces[i]
			first := points[s.first].heard.Seconds()
			if math.Abs(s.Offset.Seconds()-want.offset) > 0.03 || math.Abs(s.Rate-want.rate) > 5e-5 || math.Abs(first-want.from) > 8 {
				t.Errorf("%s: %s, want %+v", c.name, fmt.Sprintf("from %.0f %+v", first, s.Timing), want)
			}
		}
	}
}

func BenchmarkOnsetTiming(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	strength := make([]float32, 360_000) // an hour
	for range 5400 {
		strength[random.IntN(len(strength))] = random.Float32()
	}
	starts := make([]time.Duration, 1000)
	for i := range starts {
		starts[i] = seconds(random.Float64() * 3600)
	}
	b.ReportAllocs()
	for b.Loop() {
		onsetTiming(strength, starts)
	}
}

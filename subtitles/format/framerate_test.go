package format

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFrameRateNamed(t *testing.T) {
	for _, tt := range []struct {
		name            string
		frames, seconds int64
	}{
		{"", 0, 0}, {"23.976", 24000, 1001}, {"24", 24, 1}, {"25", 25, 1}, {"29.97", 30000, 1001}, {"30", 30, 1}, {"50", 50, 1},
		{"59.94", 60000, 1001},
	} {
		r, err := FrameRateNamed(tt.name)
		if err != nil || r != (FrameRate{tt.frames, tt.seconds}) || r.String() != tt.name {
			t.Errorf("%q: %v, %v, named %q", tt.name, r, err, r)
		}
	}
	for _, name := range []string{"12", "0", "-25", "24fps", "23,976", "NaN", "1e9", " 25"} {
		if _, err := FrameRateNamed(name); err == nil || !strings.Contains(err.Error(), "23.976, 24, 25, 29.97, 30, 50 or 59.94") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestFrames(t *testing.T) {
	ms, µs := time.Millisecond, time.Microsecond
	for _, tt := range []struct {
		rate                   string
		at                     time.Duration
		before, nearest, after int64
	}{
		{"25", 0, 0, 0, 0},
		{"25", 40 * ms, 1, 1, 1},
		{"25", 59 * ms, 1, 1, 2},
		{"25", 60 * ms, 1, 2, 2},
		{"25", -1 * ms, -1, 0, 0},
		{"24", 41 * ms, 0, 1, 1},
		{"24", 42 * ms, 1, 1, 2},
		{"24", time.Second * 5 / 6, 20, 20, 20},
		{"23.976", 1001 * ms, 24, 24, 24},
		{"29.97", 33366 * µs, 0, 1, 1},
		{"29.97", 33367 * µs, 1, 1, 2},
		{"29.97", 1001 * time.Second, 30000, 30000, 30000},
		{"29.97", time.Hour, 107892, 107892, 107893}, // of which the timecode without drops is 59:56:12
		{"59.94", 24 * time.Hour, 5178821, 5178821, 5178822},
	} {
		r, err := FrameRateNamed(tt.rate)
		if err != nil {
			t.Fatal(err)
		}
		if b, n, a := r.FrameBefore(tt.at), r.Frame(tt.at), r.FrameAfter(tt.at); b != tt.before || n != tt.nearest || a != tt.after {
			t.Errorf("%v at %s: frames %d, %d, %d, want %d, %d, %d", tt.at, tt.rate, b, n, a, tt.before, tt.nearest, tt.after)
		}
	}
}

// TestFramesAreExact: frames are counted as fractions are, over weeks.
func TestFramesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(frameRates()).Draw(t, "rate").FrameRate
		n := rapid.Int64Range(0, 1e8).Draw(t, "frame")
		exact := new(big.Rat).SetFrac64(n*r.Seconds, r.Frames)
		off := new(big.Rat).Sub(exact.Mul(exact, big.NewRat(1e9, 1)), big.NewRat(int64(r.Time(n)), 1))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("frame %d is at %v", n, r.Time(n))
		}
		b, k, a := r.FrameBefore(r.Time(n)), r.Frame(r.Time(n).Round(time.Millisecond)), r.FrameAfter(r.Time(n))
		if b != n || k != n || a != n {
			t.Fatalf("frame %d is %d, %d and %d", n, b, k, a)
		}
		past := time.Duration(rapid.Int64Range(5, int64(r.Time(1))-5).Draw(t, "past"))
		if at := r.Time(n) + past; r.FrameBefore(at) != n || r.FrameAfter(at) != n+1 {
			t.Fatalf("%v behind frame %d: frames %d and %d", past, n, r.FrameBefore(at), r.FrameAfter(at))
		}
	})
}

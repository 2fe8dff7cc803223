package format

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// FrameRate is how many frames of a film pass in how many seconds: a fraction, as the rates
// of NTSC are no other numbers. The zero value is that of no film.
type FrameRate struct{ Frames, Seconds int64 }

// namedRate is a frame rate by the name that people know it by.
type namedRate struct {
	name string
	FrameRate
}

// frameRates returns the rates of films (SMPTE ST 12-1), the slowest first.
func frameRates() []namedRate {
	return []namedRate{
		{"23.976", FrameRate{24000, 1001}}, {"24", FrameRate{24, 1}}, {"25", FrameRate{25, 1}},
		{"29.97", FrameRate{30000, 1001}}, {"30", FrameRate{30, 1}}, {"50", FrameRate{50, 1}},
		{"59.94", FrameRate{60000, 1001}},
	}
}

// FrameRateNames lists the names that FrameRateNamed takes, for people.
func FrameRateNames() string {
	var names []string
	for _, r := range frameRates() {
		names = append(names, r.name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// FrameRateNamed returns the rate of a name such as 23.976; "" is that of no film. The error
// of any other lists the names.
func FrameRateNamed(name string) (FrameRate, error) {
	if name == "" {
		return FrameRate{}, nil
	}
	for _, r := range frameRates() {
		if r.name == name {
			return r.FrameRate, nil
		}
	}
	return FrameRate{}, fmt.Errorf("%q: no frame rate of films: give %s", name, FrameRateNames())
}

// String returns the name of r, "" where it has none.
func (r FrameRate) String() string {
	all := frameRates()
	if i := slices.IndexFunc(all, func(f namedRate) bool { return f.FrameRate == r }); i >= 0 {
		return all[i].name
	}
	return ""
}

// IsZero reports whether r is that of no film.
func (r FrameRate) IsZero() bool { return r == FrameRate{} }

// Frame returns the number, from 0, of the frame that begins nearest to t; the later one of two.
// Like the methods below it wants a rate of a film.
func (r FrameRate) Frame(t time.Duration) int64 { return r.frame(t, 1, 2) }

// FrameBefore returns the number of the last frame that begins at t or before, FrameAfter that of
// the first one that begins at t or after. A time that Time returned is where its frame begins.
func (r FrameRate) FrameBefore(t time.Duration) int64 { return r.frame(t+frameSlack, 0, 1) }

// FrameAfter is described at FrameBefore.
func (r FrameRate) FrameAfter(t time.Duration) int64 { return -r.frame(frameSlack-t, 0, 1) }

// frameSlack is more than a time in nanoseconds is off that stands for a fraction.
const frameSlack = 2 * time.Nanosecond

// frame returns the whole frames in t plus above/below of one.
func (r FrameRate) frame(t time.Duration, above, below int64) int64 {
	// In seconds and a rest, as a day of nanoseconds times a rate is too much.
	seconds, rest := floorDiv(int64(t), int64(time.Second))
	whole, part := floorDiv(seconds*r.Frames, r.Seconds)
	frames, _ := floorDiv((part*int64(time.Second)+rest*r.Frames)*below+above*r.Seconds*int64(time.Second),
		below*r.Seconds*int64(time.Second))
	return whole + frames
}

// Time returns when the frame of that number begins, to the nanosecond.
func (r FrameRate) Time(frame int64) time.Duration {
	seconds, rest := floorDiv(frame*r.Seconds, r.Frames)
	return time.Duration(seconds)*time.Second + time.Duration((rest*int64(time.Second)+r.Frames/2)/r.Frames)
}

// floorDiv returns the quotient of a and b > 0, rounded down, and the rest from 0 to b-1.
func floorDiv(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		return quotient - 1, rest + b
	}
	return quotient, rest
}

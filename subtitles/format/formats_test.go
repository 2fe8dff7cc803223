package format

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	for _, c := range []struct {
		in   time.Duration
		want string
	}{
		{0, "00:00:00.000"},
		{59*time.Second + 999_500*time.Microsecond, "00:01:00.000"},
		{25*time.Hour + 61*time.Second + time.Millisecond, "25:01:01.001"},
	} {
		if got := Clock(c.in, ".", 3); got != c.want {
			t.Errorf("%v: got %s, want %s", c.in, got, c.want)
		}
	}
}

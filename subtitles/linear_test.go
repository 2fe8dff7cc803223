package subtitles

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestLinear: what is read, laid out and written takes a time that grows with its size, not
// with its square: words without an end of a sentence, a cue of nothing but lines.
func TestLinear(t *testing.T) {
	grid := func(n int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 %d <exists> 1\n\"IntervalTier\" \"words\" 0 %d %d\n", n, n, n)
		for i := range n {
			fmt.Fprintf(&b, "%d.0 %d.9 \"word\"\n", i, i)
		}
		return b.String()
	}
	lines := func(n int) string { return "1\n00:00:01,000 --> 00:00:09,000\n" + strings.Repeat("ab\n", n) }
	for _, c := range []struct {
		format string
		file   func(n int) string
		n      int
	}{{"TextGrid", grid, 15000}, {"srt", lines, 10000}} {
		measure := func(n int) time.Duration {
			text := c.file(n)
			began := time.Now()
			var written bytes.Buffer
			if FormatNamed(c.format).Sentences {
				a, err := ReadAlignment(c.format, text)
				if err != nil {
					t.Fatal(err)
				}
				Layout(a, DefaultPreset(), LayoutOptions{})
				return time.Since(began)
			}
			cues, err := Read(c.format, text)
			if err != nil {
				t.Fatal(err)
			}
			laid := Layout(FromCues(cues, "en"), DefaultPreset(), LayoutOptions{})
			if err := Write(&written, "vtt", Captions{Cues: laid, Preset: DefaultPreset()}); err != nil {
				t.Fatal(err)
			}
			return time.Since(began)
		}
		slow := true
		for range 3 { // once may be due to what else the machine does
			took := measure(4 * c.n)
			slow = slow && took > 300*time.Millisecond && took > 8*measure(c.n)
			if !slow {
				break
			}
		}
		if slow {
			t.Errorf("%s: four times as much takes more than eight times as long", c.format)
		}
	}
}

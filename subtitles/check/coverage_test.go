package check

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// segments draws segments of whole seconds, disjoint or not, in the order of their starts.
func segments(t *rapid.T, name string, disjoint bool) []audio.Segment {
	var all []audio.Segment
	at := 0
	for range rapid.IntRange(0, 6).Draw(t, name) {
		start := at + rapid.IntRange(0, 3).Draw(t, "gap")
		end := start + rapid.IntRange(1, 5).Draw(t, "length")
		all = append(all, audio.Segment{Start: time.Duration(start) * time.Second, End: time.Duration(end) * time.Second})
		if at = start; disjoint {
			at = end
		}
	}
	return all
}

// TestWithout holds the difference of segments to that of the seconds they contain.
func TestWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, gone := segments(t, "all", true), segments(t, "gone", false)
		left := without(all, gone)
		for i, s := range left {
			if s.Duration() <= 0 || i > 0 && s.Start < left[i-1].End {
				t.Fatalf("%v without %v: %v", all, gone, left)
			}
		}
		in := func(segments []audio.Segment, at time.Duration) bool {
			return overlapsAny(segments, audio.Segment{Start: at, End: at + time.Second})
		}
		for second := range 60 {
			at := time.Duration(second) * time.Second
			if in(left, at) != (in(all, at) && !in(gone, at)) {
				t.Fatalf("%v without %v: %v, wrong at %v", all, gone, left, at)
			}
		}
	})
}

// TestWithin: what of segments lies in another one, in their order and without what is empty.
func TestWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := segments(t, "all", true)
		first := rapid.IntRange(-5, 60).Draw(t, "first")
		end := rapid.IntRange(first, 65).Draw(t, "end")
		s := audio.Segment{Start: time.Duration(first) * time.Second, End: time.Duration(end) * time.Second}
		var want []audio.Segment
		for _, x := range all {
			if x = (audio.Segment{Start: max(x.Start, s.Start), End: min(x.End, s.End)}); x.Start < x.End {
				want = append(want, x)
			}
		}
		if got := within(all, s); !slices.Equal(got, want) {
			t.Fatalf("%v within %v: %v, want %v", all, s, got, want)
		}
	})
}

func TestNearest(t *testing.T) {
	all := []time.Duration{1, 4, 9}
	for _, c := range []struct{ t, want time.Duration }{{0, 1}, {1, 1}, {2, 1}, {3, 4}, {4, 4}, {8, 9}, {20, 9}} {
		if got := nearest(all, c.t); got != c.want {
			t.Errorf("%d: got %d, want %d", c.t, got, c.want)
		}
	}
}

// TestSpeechUnder: a cue over silence is an error if none of its words is said anywhere, in
// how few words ever, or if they are doubted.
func TestSpeechUnder(t *testing.T) {
	speech := []audio.Segment{{Start: 0, End: 10 * time.Second}, {Start: 20 * time.Second, End: 30 * time.Second}}
	for _, c := range []struct {
		name          string
		text          string
		start         time.Duration
		said, aligned bool
		doubt         Level
		want          Level // "" for nothing
	}{
		{"over speech", "Bye.", 2 * time.Second, false, true, "", ""},
		{"over silence", "Bye.", 12 * time.Second, true, true, "", Warning},
		{"over silence, not said", "Bye.", 12 * time.Second, false, true, "", Error},
		{"over silence, doubted", "Bye.", 12 * time.Second, true, true, Warning, Error},
		{"an aside over silence", "#podcast", 12 * time.Second, false, true, "", Warning},
		{"over silence, nothing aligned", "Bye.", 12 * time.Second, false, false, "", Warning},
	} {
		cue := format.Cue{Segment: audio.Segment{Start: c.start, End: c.start + 2*time.Second}}
		k := newChecker(Input{Cues: []format.Cue{cue}}, Options{}, []word{{text: c.text, aside: c.text[0] == '#', cue: 0}})
		k.Speech, k.said[0], k.doubt[0] = speech, c.said, c.doubt
		if c.aligned {
			k.Alignment = &align.Alignment{}
		}
		k.checkSpeechUnder(0, cue.Segment)
		var got Level
		for _, f := range k.Findings {
			got = f.Level
		}
		if got != c.want || c.want != "" && k.Findings[0].Kind != OverSilence {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

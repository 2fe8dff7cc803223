package subtitles

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// sampleTraces aligns the sample and returns what each pass found.
func sampleTraces(t *testing.T) ([]align.PassTrace, *align.Alignment) {
	t.Helper()
	page, err := os.ReadFile("../testdata/sample/page.txt")
	if err != nil {
		t.Fatal(err)
	}
	script, err := transcript.Parse(string(page))
	if err != nil {
		t.Fatal(err)
	}
	r, err := audio.Open(context.Background(), "../testdata/sample/audio.wav")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	frames, err := audio.Analyze(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var all []align.PassTrace
	o := align.DefaultOptions()
	o.Hooks = &align.Hooks{Trace: func(p align.PassTrace) { all = append(all, p) }}
	a, err := align.Align(t.Context(), frames, script, o)
	if err != nil {
		t.Fatal(err)
	}
	return all, a
}

// The tiers of a trace are in order, without empty intervals, in the recording.
func TestTraceTiers(t *testing.T) {
	all, a := sampleTraces(t)
	for _, p := range all {
		var names []string
		for _, tier := range traceTiers(p, a.End) {
			names = append(names, tier.name)
			var at time.Duration
			for _, in := range tier.intervals {
				if in.Start < at || in.End <= in.Start || in.End > a.End || in.text == "" {
					t.Errorf("%s, %s: %q at %v, after %v", p.Name, tier.name, in.text, in.Segment, at)
				}
				at = in.End
			}
			if len(tier.intervals) == 0 {
				t.Errorf("%s, %s: nothing", p.Name, tier.name)
			}
		}
		want := "phones scores words arcs"
		if p.Banded {
			want += " words margins sentences margins"
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s has the tiers %q, want %q", p.Name, got, want)
		}
	}
}

// What is not spoken has its margin between its neighbours, or beside the one before it.
func TestUnspokenMargins(t *testing.T) {
	at := func(start, end time.Duration) audio.Segment {
		return audio.Segment{Start: start * time.Second, End: end * time.Second}
	}
	said := func(start, end time.Duration) align.TracedSpan {
		return align.TracedSpan{Segment: at(start, end), Text: "said", Spoken: true, Margin: new(7.0)}
	}
	unsaid := func(text string) align.TracedSpan { return align.TracedSpan{Text: text, Margin: new(1.5)} }
	for _, c := range []struct {
		name  string
		spans []align.TracedSpan
		want  []interval
	}{
		{"between", []align.TracedSpan{said(0, 1), unsaid("a"), unsaid("b"), said(3, 4)}, []interval{
			{Segment: at(0, 1), text: "7"}, {Segment: at(1, 3), text: "(a) 1.5 (b) 1.5"}, {Segment: at(3, 4), text: "7"}}},
		{"no room", []align.TracedSpan{said(0, 1), unsaid("a"), said(1, 2)}, []interval{
			{Segment: at(0, 1), text: "7 (a) 1.5"}, {Segment: at(1, 2), text: "7"}}},
		{"first and last", []align.TracedSpan{unsaid("a"), said(1, 2), unsaid("b")}, []interval{
			{Segment: at(0, 1), text: "(a) 1.5"}, {Segment: at(1, 2), text: "7"}, {Segment: at(2, 9), text: "(b) 1.5"}}},
		{"not known", []align.TracedSpan{{Text: "a"}, {Segment: at(1, 2), Text: "said", Spoken: true}}, nil},
	} {
		if _, margins := spanTiers("words", c.spans, 9*time.Second); !slices.Equal(margins.intervals, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, margins.intervals, c.want)
		}
	}
}

// The trace of a pass that lost its way says so, for the whole recording.
func TestLostTrace(t *testing.T) {
	var b strings.Builder
	if err := WriteTrace(&b, align.PassTrace{Name: "wide-adapted", Lost: true}, 9*time.Second); err != nil {
		t.Fatal(err)
	}
	_, tiers, _, err := textGridTiers(b.String())
	if err != nil {
		t.Fatal(err)
	}
	whole := audio.Segment{End: 9 * time.Second}
	if len(tiers) != 1 || tiers[0].name != "lost" || len(tiers[0].intervals) != 1 || tiers[0].intervals[0].Segment != whole {
		t.Errorf("the tiers are %+v, want one that says so from 0 to 9 s", tiers)
	}
}

func TestDecimal(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 45: "45", 0.1015625: "0.1", -1.239: "-1.24", 1000: "1000", -0.001: "0"} {
		if got := decimal(v); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
}

package subtitles

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cuewright/audio"
	"cuewright/subtitles/format"
)

func TestLint(t *testing.T) {
	ms := time.Millisecond
	cue := func(start, end time.Duration, lines ...string) format.Cue {
		c := format.Cue{Segment: audio.Segment{Start: start * ms, End: end * ms}}
		for _, text := range lines {
			speaker, text, _ := strings.Cut(text, "|")
			l := format.Line{Speaker: speaker}
			for _, w := range strings.Fields(text) {
				l.Words = append(l.Words, format.Word{Text: w})
			}
			c.Lines = append(c.Lines, l)
		}
		return c
	}
	in := func(c format.Cue, line int, color string) format.Cue {
		c.Lines[line].Words[0].Look = format.Style{Color: color}.Look()
		return c
	}
	sound := func(c format.Cue) format.Cue {
		c.Lines[0].Sound = true
		return c
	}
	timed := func(start, end, first, last time.Duration) format.Cue {
		c := cue(start, end, "|one two")
		c.Lines[0].Words[0].Segment = audio.Segment{Start: first * ms, End: (first + 100) * ms}
		c.Lines[0].Words[1].Segment = audio.Segment{Start: (last - 100) * ms, End: last * ms}
		return c
	}
	for _, tt := range []struct {
		name, preset string
		cues         []format.Cue
		want         string // rules and values, parted by spaces
	}{
		{"nothing", "youtube", []format.Cue{cue(0, 1000, "|Hello")}, ""},
		{"order", "youtube", []format.Cue{cue(5000, 6000, "|Hello"), cue(1000, 2000, "|Hello")}, "1 order -4, 1 overlap 5"},
		{"overlap", "youtube", []format.Cue{cue(0, 2000, "|Hello"), cue(1500, 3000, "|Hello")}, "1 overlap 0.5"},
		{"line width", "bbc", []format.Cue{cue(0, 5000, "|"+strings.Repeat("x", 38))}, "0 line width 38"},
		{"wide characters", "bbc", []format.Cue{cue(0, 5000, "|"+strings.Repeat("海", 19))}, "0 line width 38"},
		{"a label counts", "podcast", []format.Cue{cue(0, 5000, "Ann|"+strings.Repeat("x", 33))}, "0 line width 38"},
		{"no label where colours tell", "bbc", []format.Cue{cue(0, 5000, "Ann|"+strings.Repeat("x", 37))}, ""},
		{"lines", "youtube", []format.Cue{cue(0, 5000, "|a", "|b", "|c")}, "0 lines 3"},
		{"two speakers", "podcast", []format.Cue{cue(0, 5000, "Ann|a", "Bob|b")}, "0 speakers 2"},
		{"two speakers in one colour", "bbc", []format.Cue{cue(0, 5000, "Ann|a", "Bob|b")}, "0 speakers 2"},
		{"two speakers in colours", "bbc", []format.Cue{in(cue(0, 5000, "Ann|a", "Bob|b"), 1, "yellow")}, ""},
		{"a sound and a speaker", "bbc", []format.Cue{sound(cue(0, 5000, "|[thud]", "Bob|b"))}, ""},
		{"two speakers with dashes", "netflix", []format.Cue{cue(0, 5000, "Ann|a", "Bob|b")}, ""},
		{"reading speed", "youtube", []format.Cue{cue(0, 1000, "|"+strings.Repeat("x", 25))}, "0 reading cps 25"},
		{"words a minute", "bbc", []format.Cue{cue(0, 1000, "|a b c d")}, "0 reading wpm 240"},
		{"a second for a label", "bbc change", []format.Cue{cue(0, 2000, "Ann|", "Ann|a b c")}, ""},
		{"less than a second for a label", "bbc change", []format.Cue{cue(0, 1900, "Ann|", "Ann|a b c")}, "0 reading wpm 189.5"},
		{"short", "youtube", []format.Cue{cue(0, 800, "|Hello")}, "0 shortest 0.8"},
		{"long", "youtube", []format.Cue{cue(0, 7100, "|Hello")}, "0 longest 7.1"},
		{"gap", "netflix", []format.Cue{cue(0, 1000, "|Hello"), cue(1040, 2000, "|Hello")}, "0 gap 0.04"},
		{"open gap", "netflix", []format.Cue{cue(0, 1000, "|Hello"), cue(1400, 2300, "|Hello")}, "0 open gap 0.4"},
		{"closed", "netflix", []format.Cue{cue(0, 1000, "|Hello"), cue(1083, 2300, "|Hello")}, ""},
		{"no text", "youtube", []format.Cue{cue(0, 1000)}, "0 no text 0"},
		{"early", "youtube", []format.Cue{timed(0, 2000, 200, 2000)}, "0 early 0.2"},
		{"late", "youtube", []format.Cue{timed(300, 2000, 0, 2000)}, "0 late 0.3"},
		{"cut off", "youtube", []format.Cue{timed(0, 2000, 0, 2300)}, "0 cut off 0.3, 0 pause 2.1"},
		{"cut off by the gap", "netflix", []format.Cue{timed(0, 1917, 0, 2000), timed(2000, 4000, 2000, 4000)}, ""},
		{"cut off by more", "netflix", []format.Cue{timed(0, 1900, 0, 2000), timed(1983, 4000, 1983, 4000)}, "0 cut off 0.1"},
		{"lingers", "youtube", []format.Cue{timed(0, 2000, 0, 800)}, "0 lingers 1.2"},
		{"stands for the shortest time", "youtube", []format.Cue{timed(0, 834, 0, 220)}, ""},
	} {
		var got []string
		for _, f := range Lint(tt.cues, preset(t, tt.preset, "srt")) {
			if f.Rule != RulePause || tt.name == "cut off" {
				got = append(got, strings.TrimSpace(strings.Join([]string{itoa(float64(f.Cue)), f.Rule, itoa(f.Value)}, " ")))
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

// TestLintOfFrames: the rules are in the frames of the film.
func TestLintOfFrames(t *testing.T) {
	ms := time.Millisecond
	for _, tt := range []struct {
		rate string
		gap  time.Duration // in ms
		want string
	}{
		{"", 80, "gap"}, {"24", 83, ""}, {"24", 42, "gap"}, {"25", 80, ""}, {"25", 40, "gap"}, {"25", 120, "open gap"},
		{"29.97", 67, ""}, {"50", 40, ""}, {"50", 20, "gap"}, {"59.94", 33, ""}, {"59.94", 50, "open gap"}, {"23.976", 501, ""},
	} {
		rate, err := format.FrameRateNamed(tt.rate)
		if err != nil {
			t.Fatal(err)
		}
		lines := []format.Line{{Words: []format.Word{{Text: "Hello"}}}}
		cues := []format.Cue{
			{Segment: audio.Segment{End: 1001 * ms}, Lines: lines},
			{Segment: audio.Segment{Start: (1001 + tt.gap) * ms, End: 3003 * ms}, Lines: lines},
		}
		var got []string
		for _, f := range Lint(cues, preset(t, "netflix", "srt").At(rate)) {
			got = append(got, f.Rule)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%d ms at %q: %q, want %q", tt.gap, tt.rate, s, tt.want)
		}
	}
}

// TestLayoutPassesLint: whatever is laid out breaks no rule but those that the
// speech itself may break.
func TestLayoutPassesLint(t *testing.T) {
	may := map[string]bool{RuleCharSpeed: true, RuleWordSpeed: true, RuleShortest: true, RuleLineWidth: true,
		RuleGap: true, RuleLongest: true}
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		cues := Layout(a, p, LayoutOptions{})
		for _, f := range Lint(cues, p) {
			// Crowded words of no length each get a step.
			crowded := max(0.1, float64(f.Cue+1)*oneStep(p).Seconds())
			if f.Rule == RuleCutOff && f.Value < crowded || f.Rule == RuleLate && !p.FrameRate.IsZero() && f.Value < crowded {
				continue
			}
			if c := cues[f.Cue]; f.Rule == RuleCharSpeed || f.Rule == RuleWordSpeed {
				// It stands as long as it may.
				_, last, _, timed := wordTimes(c)
				end := min(last+p.Linger, c.Start+p.Longest, a.End)
				if f.Cue+1 < len(cues) {
					end = min(end, cues[f.Cue+1].Start-p.Gap)
				}
				if timed && c.End < end-oneStep(p) {
					t.Fatalf("cue %d is fast and ends at %v, not at %v\n%s", f.Cue, c.End, end, drawn(cues, p))
				}
			}
			if !may[f.Rule] {
				t.Fatalf("cue %d: %s: %v, limit %v\n%s", f.Cue, f.Rule, f.Value, f.Limit, drawn(cues, p))
			}
		}
	})
}

// TestLintOfFiles: a file is judged as its cues were when they were laid out, labels
// and all, save for what needs the times of words.
func TestLintOfFiles(t *testing.T) {
	ofWords := []string{RuleEarly, RuleLate, RuleCutOff, RulePause, RuleLingers}
	// Turns too short for their labels, and a label that needs a line of its own.
	a := said("en", normal, "Ann Petrie: Were people late?", "Wilfred Archer the Younger of Wells: Not once.",
		"Ann Petrie: Today the clock runs again, and the bees live next door to it.")
	tooFast := 0
	for _, p := range Presets() {
		for _, format := range []string{"vtt", "srt", "ttml"} {
			p := p.For(format)
			cues := Layout(a, p, LayoutOptions{})
			var b bytes.Buffer
			if err := Write(&b, format, Captions{Cues: cues, Preset: p, Alignment: a}); err != nil {
				t.Fatal(err)
			}
			read, err := readNamed("a."+format, b.String())
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(Lint(cues, p), func(f Finding) bool { return slices.Contains(ofWords, f.Rule) })
			if d := cmp.Diff(want, Lint(read, p), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("%s.%s (-laid out +read)\n%s", p.Name, format, d)
			}
			for _, f := range want {
				if f.Rule == RuleCharSpeed && format == "srt" && p.Name == "youtube" {
					tooFast++
				}
			}
		}
	}
	if tooFast == 0 {
		t.Error("no label takes longer to read than its cue stands")
	}
}

func itoa(f float64) string { return strconv.FormatFloat(f, 'g', 4, 64) }

// TestLintFile: what is wrong with a file belongs to the cue on its line, if that is shown.
func TestLintFile(t *testing.T) {
	cues, warnings, err := Read("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:04.000 --> 00:03.000\nTwo\n\n"+
		"00:05.000 -> 00:06.000\nThree\n\nand on\n\n\n\nfour\n")
	if err != nil || len(cues) != 2 {
		t.Fatalf("%v, %d cues", err, len(cues))
	}
	want := []Finding{
		{Cue: -1, Line: 6, Rule: RuleTimes}, {Cue: 1, Line: 9, Rule: RuleTimes}, {Cue: -1, Line: 12, Rule: RuleHidden},
		{Cue: -1, Line: 16, Rule: RuleHidden},
	}
	if got := LintFile(cues, warnings); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	for _, f := range want {
		if f.Level() != Error {
			t.Errorf("%s is no error", f.Rule)
		}
	}
}

// TestLintUnit: what a format rounds breaks no rule.
func TestLintUnit(t *testing.T) {
	ms := time.Millisecond
	cue := func(start, end int) format.Cue {
		return format.Cue{Segment: audio.Segment{Start: time.Duration(start) * ms, End: time.Duration(end) * ms},
			Lines: []format.Line{{Words: []format.Word{{Text: "Late."}}}}}
	}
	netflix, err := PresetNamed("netflix")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		gap  int
		want bool // it is too short, or should be closed
	}{
		{"vtt", 83, false}, {"vtt", 80, true}, {"ass", 80, false}, {"ass", 70, true}, {"lrc", 80, false},
		{"scc", 67, false}, {"scc", 33, true}, {"stl", 80, false}, {"stl", 40, true}, {"stl", 120, false}, {"stl", 160, true},
	} {
		if found := Lint([]format.Cue{cue(0, 2000), cue(2000+c.gap, 4000)}, netflix.For(c.name)); len(found) > 0 != c.want {
			t.Errorf("%s, a gap of %d ms: %v", c.name, c.gap, found)
		}
	}
}

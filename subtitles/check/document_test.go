package check

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// sampleDocument is two cues, of which the first is late, lacks words and breaks a rule,
// and nothing is known of the second.
func sampleDocument() *Document {
	cue := func(start, end time.Duration, speaker, text string) format.Cue {
		return format.Cue{
			Segment: audio.Segment{Start: start, End: end},
			Lines:   []format.Line{{Speaker: speaker, Words: []format.Word{{Text: text}}}},
		}
	}
	return &Document{
		Captions: "a.vtt", Audio: "a.wav", Tolerance: DefaultTolerance, Preset: "bbc",
		Cues: []format.Cue{cue(1500*time.Millisecond, 2*time.Second, "=Ann", "Hello"), cue(3*time.Second, 4*time.Second, "", "<Bye>")},
		Lint: []subtitles.Finding{{Cue: 0, Rule: subtitles.RuleOverlap, Value: 0.25, Limit: 0}},
		Report: &Report{
			Lang: "en", Onsets: new(Timing), Coverage: new(0.87654),
			Cues: []CueReport{{Expected: new(time.Second), Confidence: 0.98765, Onset: new(time.Duration(0)), Findings: []int{0}}, {}},
			Findings: []Finding{
				{
					Kind: Misplaced, Level: Error, Message: "the cue comes late", Cue: 0, Cues: 1,
					Error: new(500 * time.Millisecond), Expected: new(time.Second),
				},
				{Kind: Uncovered, Level: Warning, Message: "speech without captions"},
			},
		},
	}
}

func TestWriteCSV(t *testing.T) {
	var b strings.Builder
	if err := sampleDocument().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"cue|start|end|speaker|text|expected|error|confidence|onset|findings|lint",
		"1|1.500|2.000|'=Ann|Hello|1.000|0.500|0.988|0.000|misplaced|overlap",
		"2|3.000|4.000||<Bye>||||||",
	} {
		if got := strings.Join(records[i], "|"); got != want {
			t.Errorf("line %d is %s, want %s", i+1, got, want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	var b strings.Builder
	if err := sampleDocument().WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var compact strings.Builder
	for line := range strings.Lines(b.String()) {
		compact.WriteString(strings.TrimSpace(line))
	}
	const want = `{"schema": "cuewright.check/1","captions": "a.vtt","audio": "a.wav","lang": "en","tolerance": 0.250,` +
		`"onsets": {"offset": 0.000,"rate": 0,"confidence": 0,"cues": 0},"coverage": 0.8765,"findings": [` +
		`{"start": 0.000,"end": 0.000,"kind": "misplaced","level": "error","message": "the cue comes late","cue": 1,"cues": 1,` +
		`"expected": 1.000,"error": 0.500,"confidence": 0},` +
		`{"start": 0.000,"end": 0.000,"kind": "uncovered","level": "warning","message": "speech without captions","confidence": 0}],` +
		`"preset": "bbc","lint": [{"cue": 1,"rule": "overlap","level": "error","value": 0.25,"limit": 0}],"cues": [` +
		`{"start": 1.500,"end": 2.000,"speaker": "=Ann","text": "Hello","expected": 1.000,"error": 0.500,"confidence": 0.988,"onset": 0.000,"findings": [0]},` +
		`{"start": 3.000,"end": 4.000,"text": "<Bye>"}]}`
	if compact.String() != want {
		t.Errorf("got\n%s\nwant\n%s", compact.String(), want)
	}
	if !json.Valid([]byte(b.String())) {
		t.Error("it is no JSON")
	}
}

func TestLintCount(t *testing.T) {
	d := &Document{}
	for _, rule := range []string{subtitles.RuleOverlap, subtitles.RuleGap, subtitles.RuleNoText} {
		d.Lint = append(d.Lint, subtitles.Finding{Rule: rule})
	}
	if errors, all := d.LintCount(Error), d.LintCount(Warning); errors != 2 || all != 3 {
		t.Errorf("%d errors of %d, want 2 of 3", errors, all)
	}
}

// An error of 0 is known, and is no missing one.
func TestErrorIsKnown(t *testing.T) {
	for want, f := range map[string]Finding{
		`"error":0.000`: {Kind: Drift, Error: new(time.Duration(0))}, `"confidence":0}`: {Kind: Missing},
	} {
		data, err := json.Marshal(findingJSON(f))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(data); !strings.Contains(got, want) || strings.Contains(got, `"error"`) != (f.Error != nil) {
			t.Errorf("%s: %s, want %s", f.Kind, got, want)
		}
	}
}

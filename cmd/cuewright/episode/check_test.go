package episode

import (
	"strings"
	"testing"
	"time"

	"cuewright/subtitles"
	"cuewright/subtitles/check"
)

func TestBroken(t *testing.T) {
	const ms = time.Millisecond
	lint := []subtitles.Finding{{Rule: subtitles.RuleOverlap}, {Rule: subtitles.RuleGap}}
	compared := &check.Comparison{Cues: check.Stats{N: 2, P95: 400 * ms}, RefWords: 4, Matched: 3}
	other := []check.Finding{{Kind: check.Mismatch, Level: check.Error, Message: "other words"}}
	found := []check.Finding{{Level: check.Error}, {Level: check.Warning}, {Level: check.Warning}}
	kept := Limits{MaxP95: new(400 * ms), MinCoverage: new(.75), Lint: check.Warning}
	for _, c := range []struct {
		name   string
		d      check.Document
		report check.Report
		limits Limits
		want   string
	}{
		{"no limits", check.Document{Audio: "a", Lint: lint}, check.Report{Comparison: compared}, Limits{}, ""},
		{"kept", check.Document{}, check.Report{Comparison: compared}, kept, ""},
		{"something else, no limits", check.Document{}, check.Report{Findings: other}, Limits{}, ""},
		{"something else", check.Document{Audio: "a"}, check.Report{Findings: other, Coverage: new(1.)}, Limits{MinCoverage: new(0.)}, "other words"},
		{"findings", check.Document{}, check.Report{Findings: found}, Limits{FailOn: check.Warning}, "--fail-on warning: 3 findings"},
		{"errors alone", check.Document{}, check.Report{Findings: found}, Limits{FailOn: check.Error}, "--fail-on error: 1 finding"},
		{"no errors", check.Document{}, check.Report{Findings: found[1:]}, Limits{FailOn: check.Error}, ""},
		{"late", check.Document{}, check.Report{Comparison: compared}, Limits{MaxP95: new(time.Duration(0))}, "--max-p95 0s: it is 0.400s"},
		{"nothing compared", check.Document{}, check.Report{}, Limits{MaxP95: new(ms)}, "--max-p95 1ms: no cue could be compared"},
		{"speech", check.Document{Audio: "a"}, check.Report{Coverage: new(.5)}, Limits{MinCoverage: new(.6)}, "--min-coverage 0.6: 0.500 of the speech is under cues"},
		{"no words of its own", check.Document{Audio: "a"}, check.Report{Coverage: new(1.)}, Limits{MinCoverage: new(1.)}, ""},
		{"words", check.Document{}, check.Report{Comparison: compared}, Limits{MinCoverage: new(1.)}, "--min-coverage 1: 0.750 of the words are in the captions"},
		{"no words", check.Document{}, check.Report{}, Limits{MinCoverage: new(.1)}, "--min-coverage 0.1: 0.000 of the words are in the captions"},
		{"errors", check.Document{Lint: lint, Preset: "bbc"}, check.Report{}, Limits{Lint: check.Error}, "--lint error: 1 broken rule of the style bbc"},
		{"warnings", check.Document{Lint: lint, Preset: "bbc"}, check.Report{}, Limits{Lint: check.Warning}, "--lint warning: 2 broken rules of the style bbc"},
	} {
		c.d.Report = &c.report
		if got := strings.Join((&CheckResult{Document: &c.d}).Broken(c.limits), "; "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRepair(t *testing.T) {
	offset, drift := []check.Finding{{Kind: check.Offset}}, []check.Finding{{Kind: check.Drift}}
	for _, c := range []struct {
		captions string
		findings []check.Finding
		timing   check.Timing
		want     string
	}{
		{"a.srt", nil, check.Timing{Offset: time.Second, Rate: 1}, ""},
		{"a.srt", offset, check.Timing{Offset: time.Second, Rate: 1}, "cuewright convert a.srt a-fixed.srt --shift -1.000s"},
		{"a b.srt", drift, check.Timing{Rate: 1.001}, "cuewright convert 'a b.srt' 'a b-fixed.srt' --stretch 23.976/24 --shift 0.000s"},
		{"a", drift, check.Timing{Offset: -time.Second, Rate: 1.25}, "cuewright convert a a-fixed --stretch 0.800000 --shift 0.800s"},
	} {
		d := &check.Document{Captions: c.captions, Report: &check.Report{Findings: c.findings, Timing: &c.timing}}
		if got := strings.Replace((&CheckResult{Document: d}).Repair(), "-0.000s", "0.000s", 1); got != c.want {
			t.Errorf("%s: got %q, want %q", c.captions, got, c.want)
		}
	}
}

// TestRepairIsWritten: the file that the command names has an extension that is written.
func TestRepairIsWritten(t *testing.T) {
	for _, c := range []struct{ captions, kind, want string }{
		{"a.dfxp", "ttml", "a-fixed.ttml"}, {"a.xml", "ttml", "a-fixed.ttml"}, {"a.ssa", "ass", "a-fixed.ass"},
		{"a.SRT", "srt", "a-fixed.SRT"}, {"a.srt", "vtt", "a-fixed.srt"}, {"a.txt", "srt", "a-fixed.srt"}, {"a", "vtt", "a-fixed.vtt"},
		{"a.alignment.json", "alignment.json", "a-fixed.alignment.json"},
	} {
		report := &check.Report{Findings: []check.Finding{{Kind: check.Offset}}, Timing: &check.Timing{Offset: time.Second, Rate: 1}}
		r := &CheckResult{Document: &check.Document{Captions: c.captions, Report: report}, kind: c.kind}
		if got, want := r.Repair(), "cuewright convert "+c.captions+" "+c.want+" --shift -1.000s"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

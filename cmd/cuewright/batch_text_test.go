package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cuewright/cmd/cuewright/batch"
	"cuewright/subtitles/format"
)

// TestShowTable: what failed comes first, then what is of no use, then what is warned of or unsure
// in the whole, then what has doubtful sentences, then the rest by confidence; a doubtful sentence
// in an episode that is sure otherwise must not cut off one that is warned of. Warnings and an
// error stand below the name of their episode.
func TestShowTable(t *testing.T) {
	done := func(name string, confidence float64, doubtful int, err string) batch.Row {
		f := &batch.Figures{Confidence: confidence, Doubtful: doubtful}
		return batch.Row{Episode: name, Status: batch.StatusDone, Figures: f, Error: err}
	}
	short := done("short", 0.3, 0, "")
	short.Warnings = []string{"too few words to tell by"}
	cut := done("cut", 0.99, 0, "")
	cut.Warnings = []string{"cut off"}
	var b bytes.Buffer
	showTable(&b, &batch.Table{Episodes: []batch.Row{
		{Episode: "open", Status: batch.StatusOpen},
		done("surest", 0.95, 0, ""),
		done("sure", 0.9, 0, ""),
		cut,
		done("unsure", 0.4, 0, ""),
		short,
		done("doubtful", 0.94, 1, ""),
		done("more", 0.93, 3, ""),
		done("unsteady", 0.8, 1, ""),
		done("wrong", 0.7, 0, "the words are others"),
		done("worse", 0.1, 0, "hardly any word fits"),
		{Episode: "broken", Status: batch.StatusFailed, Error: "no audio"},
		{Status: batch.StatusUnpaired, Error: "a stray"},
	}})
	lines := strings.Split(b.String(), "\n")
	want := []string{"episode", "broken", "no audio", "worse", "hardly any word fits", "wrong", "the words are others",
		"short", "warning: too few words to tell by", "unsure", "unsteady", "cut", "warning: cut off", "more", "doubtful", "sure",
		"surest"}
	column := strings.Index(lines[0], "episode")
	for i, text := range want {
		indent := 0
		if strings.Contains(text, " ") { // a warning or an error
			indent = 2
		}
		if i >= len(lines) || strings.Index(lines[i], text) != column+indent || !strings.HasSuffix(lines[i], text) {
			t.Fatalf("line %d is not %q in column %d:\n%s", i, text, column+indent, b.String())
		}
	}
}

// TestEndLine: what align would warn of, and what it would end with 1 for, is said at once.
func TestEndLine(t *testing.T) {
	for _, c := range []struct {
		row  batch.Row
		want string
	}{
		{batch.Row{Status: batch.StatusFailed, Error: "no audio"}, "ep: failed: no audio"},
		{batch.Row{Status: batch.StatusDone}, "ep: confidence 0.50, 1m0s in 2s"},
		{batch.Row{Status: batch.StatusDone, Warnings: []string{"cut off", "too short"}},
			"ep: confidence 0.50, 1m0s in 2s; warning: cut off; too short"},
		{batch.Row{Status: batch.StatusDone, Error: "others fit"}, "ep: confidence 0.50, 1m0s in 2s; others fit"},
		{batch.Row{Status: batch.StatusDone, Error: "others fit", Again: true}, ""},
	} {
		c.row.Episode, c.row.Took = "ep", 2*time.Second
		c.row.Figures = &batch.Figures{Confidence: 0.5, Length: format.Seconds(time.Minute)}
		if got := endLine(c.row); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

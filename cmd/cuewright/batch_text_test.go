package main

import (
	"bytes"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/batch"
)

// TestShowTable: what failed comes first, then what is wrong, then what is doubtful, then the
// rest by confidence; and an error stands below the name of its episode.
func TestShowTable(t *testing.T) {
	done := func(name string, confidence float64, doubtful int, err string) batch.Row {
		f := &batch.Figures{Confidence: confidence, Doubtful: doubtful}
		return batch.Row{Episode: name, Status: batch.StatusDone, Figures: f, Error: err}
	}
	var b bytes.Buffer
	showTable(&b, &batch.Table{Episodes: []batch.Row{
		done("sure", 0.9, 0, ""),
		done("unsure", 0.4, 0, ""),
		done("doubtful", 0.8, 3, ""),
		done("wrong", 0.7, 0, "the words are others"),
		done("worse", 0.1, 0, "hardly any word fits"),
		{Episode: "broken", Status: batch.StatusFailed, Error: "no audio"},
		{Status: batch.StatusUnpaired, Error: "a stray"},
	}})
	lines := strings.Split(b.String(), "\n")
	want := []string{"episode", "broken", "no audio", "worse", "hardly any word fits", "wrong", "the words are others",
		"doubtful", "unsure", "sure"}
	column := strings.Index(lines[0], "episode")
	for i, text := range want {
		indent := 0
		if strings.Contains(text, " ") { // an error
			indent = 2
		}
		if i >= len(lines) || strings.Index(lines[i], text) != column+indent || !strings.HasSuffix(lines[i], text) {
			t.Fatalf("line %d is not %q in column %d:\n%s", i, text, column+indent, b.String())
		}
	}
}

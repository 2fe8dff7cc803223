package transcript

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"cuewright/testdata/race"
)

// TestTooManyWords: what holds more words than anybody says in a day is refused, and is not read
// in full.
func TestTooManyWords(t *testing.T) {
	const lineWords = 1000
	more := strings.Repeat(strings.Repeat("a ", lineWords)+"\n", mostWords/lineWords+5)
	for _, c := range []struct {
		name, text string
		lines      []line
	}{
		{"text", more, first(readText(more))},
		{"a page", "<html><pre>" + more, readHTML("<html><pre>" + more)},
	} {
		if _, err := Parse(c.text); !errors.Is(err, errTooManyWords) {
			t.Errorf("%s: %v", c.name, err)
		}
		if got, want := len(c.lines), mostWords/lineWords+1; got != want {
			t.Errorf("%s: %d lines are read, want %d", c.name, got, want)
		}
	}
	if _, err := FromLines([]Line{{Text: more, Number: 1}}); !errors.Is(err, errTooManyWords) {
		t.Errorf("captions: %v", err)
	}
}

// TestMemory bounds what reading a page of lines of one letter takes, all that is thrown away
// included.
func TestMemory(t *testing.T) {
	race.Skip(t, "throws pooled memory away")
	page := strings.Repeat("a\nb\nc\n", 10_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Parse(page); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / uint64(len(page)); got > 400 {
		t.Errorf("%d bytes for a byte", got)
	}
}

func first(lines []line, _ []Note) []line { return lines }

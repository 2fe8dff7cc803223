package check

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cuewright/subtitles/format"
)

// WriteCSV writes a table with a line for each cue. Times are in seconds, empty where
// they are not known; an error is positive where the cue is late.
func (d *Document) WriteCSV(w io.Writer) error {
	records := [][]string{{
		"cue", "start", "end", "speaker", "text", "expected", "error", "confidence", "onset", "findings", "lint",
	}}
	lint := make([][]string, len(d.Cues))
	for _, f := range d.Lint {
		if f.Cue >= 0 {
			lint[f.Cue] = append(lint[f.Cue], f.Rule)
		}
	}
	for i, cue := range d.Cues {
		r := d.Report.Cues[i]
		var expected, late, confidence, onset string
		if r.Expected != nil {
			expected, late, confidence = secondsText(*r.Expected), secondsText(cue.Start-*r.Expected), fmt.Sprintf("%.3f", r.Confidence)
		}
		if r.Onset != nil {
			onset = secondsText(*r.Onset)
		}
		var kinds []string
		for _, f := range r.Findings {
			kinds = append(kinds, string(d.Report.Findings[f].Kind))
		}
		records = append(records, []string{
			fmt.Sprint(i + 1), secondsText(cue.Start), secondsText(cue.End), format.SafeCell(cue.Speaker()), format.SafeCell(cue.Text()),
			expected, late, confidence, onset, strings.Join(slices.Compact(kinds), "; "), strings.Join(lint[i], "; "),
		})
	}
	return csv.NewWriter(w).WriteAll(records)
}

func secondsText(t time.Duration) string {
	return fmt.Sprintf("%.3f", t.Round(time.Millisecond).Seconds())
}

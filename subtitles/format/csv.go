package format

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"
)

// writeCSV writes a table as RFC 4180 has it, below a header: start and end in seconds, speaker, and text in one line. A
// cue of several speakers has a row for what each of them says. Spreadsheets take what begins with =, +, - or @ for a
// formula, even within quotation marks: a space before it keeps it text, and readers of tables drop it. Excel takes a table for
// one of the system's code page unless a byte order mark opens it.
func writeCSV(w io.Writer, cues []Cue, _ Options) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	rows := [][]string{{"start", "end", "speaker", "text"}}
	for _, cue := range cues {
		start, end := csvSeconds(cue.Start), csvSeconds(cue.End)
		for i := 0; i < len(cue.Lines); {
			speaker := cue.Lines[i].Speaker
			var words []Word
			for ; i < len(cue.Lines) && cue.Lines[i].Speaker == speaker; i++ {
				words = append(words, cue.Lines[i].Words...)
			}
			if text := Clean(joined(words)); text != "" {
				rows = append(rows, []string{start, end, csvCell(Clean(speaker)), csvCell(text)})
			}
		}
	}
	return c.WriteAll(rows)
}

func csvSeconds(t time.Duration) string { return fmt.Sprintf("%.3f", t.Seconds()) }

// csvCell returns text that no spreadsheet takes for a formula.
func csvCell(text string) string {
	if text != "" && strings.IndexByte("=+-@", text[0]) >= 0 {
		return " " + text
	}
	return text
}

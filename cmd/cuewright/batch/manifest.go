package batch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"cuewright/cmd/cuewright/episode"
)

// manifestRow is an entry of a manifest: its cells by the names of their columns.
type manifestRow struct {
	line  int // in the file, from 1
	cells map[string]string
}

// isManifest reports whether a file is a manifest, by its name.
func isManifest(name string) bool {
	return isJSONLines(name) || slices.Contains([]string{".csv", ".tsv"}, strings.ToLower(filepath.Ext(name)))
}

func isJSONLines(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(name)))
}

// readRows reads a manifest whole: JSON lines, an object of strings each, or CSV
// whose first line names the columns, in any letter case, separated by commas or, as
// spreadsheets write it, by semicolons or tabs, with or without a byte order mark and in
// UTF-8 or UTF-16. There must be an audio in each. Lines that
// begin with # are comments. A manifest that can't be read to its end is an error,
// for what follows would be lost.
func readRows(name string) ([]manifestRow, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be opened: %w", name, episode.Underlying(err))
	}
	data, _, err = transform.Bytes(unicode.BOMOverride(encoding.Nop.NewDecoder()), data)
	if err != nil {
		return nil, fmt.Errorf("%s: is no text: save it as CSV in UTF-8: %w", name, err)
	}
	if isJSONLines(name) {
		return readJSONLines(name, data)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	r.Comma = separator(string(data))
	r.TrimLeadingSpace = r.Comma != '\t' // there, it would take the empty cells
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: no manifest: give a CSV file with the columns audio, transcript and language: %w", name, err)
	}
	for i, title := range header {
		header[i] = columnName(title)
		if header[i] != "" && slices.Contains(header[:i], header[i]) {
			return nil, fmt.Errorf("%s: has two columns named %s: leave one of them", name, header[i])
		}
	}
	if !slices.Contains(header, "audio") {
		return nil, fmt.Errorf("%s: has no column named audio: name the columns in its first line", name)
	}
	var rows []manifestRow
	for {
		record, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w: put this right, or quote the cell", name, err)
		}
		row := manifestRow{cells: map[string]string{}}
		row.line, _ = r.FieldPos(0)
		for i, title := range header {
			row.cells[title] = record[i]
		}
		rows = append(rows, row)
	}
}

// columnName returns a name of a column as rows have it.
func columnName(title string) string { return strings.ToLower(strings.TrimSpace(title)) }

// separator returns what parts the columns of a CSV file: what stands most often in its
// first line.
func separator(data string) rune {
	for line := range strings.Lines(data) {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		best := ','
		for _, other := range ";\t" {
			if strings.Count(line, string(other)) > strings.Count(line, string(best)) {
				best = other
			}
		}
		return best
	}
	return ','
}

func readJSONLines(name string, data []byte) ([]manifestRow, error) {
	var rows []manifestRow
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 1<<20)
	line := 0
	for s.Scan() {
		line++
		text := bytes.TrimSpace(s.Bytes())
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		row := manifestRow{line: line, cells: map[string]string{}}
		var cells map[string]string
		err := json.Unmarshal(text, &cells)
		for title, cell := range cells {
			row.cells[columnName(title)] = cell
		}
		if err == nil && row.cells["audio"] == "" {
			err = errors.New("no audio is named")
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: give an object of strings with audio and transcript", name, line, err)
		}
		rows = append(rows, row)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	return rows, nil
}

// under returns a name of a manifest, which is relative to root unless it is absolute.
func under(root, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(root, name)
}

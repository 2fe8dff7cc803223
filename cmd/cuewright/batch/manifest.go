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

	"cuewright/cmd/cuewright/episode"
)

// manifestRow is an entry of a manifest: its cells by the names of their columns.
type manifestRow struct {
	line  int // in the file, from 1
	cells map[string]string
}

// isManifest reports whether a file is a manifest, by its name.
func isManifest(name string) bool {
	return isJSONLines(name) || strings.EqualFold(filepath.Ext(name), ".csv")
}

func isJSONLines(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(name)))
}

// readRows reads a manifest whole: JSON lines, an object of strings each, or CSV
// whose first line names the columns, separated by commas or, as spreadsheets of
// some countries write it, by semicolons. There must be an audio in each. Lines that
// begin with # are comments. A manifest that can't be read to its end is an error,
// for what follows would be lost.
func readRows(name string) ([]manifestRow, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be opened: %w", name, episode.Underlying(err))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if isJSONLines(name) {
		return readJSONLines(name, data)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	for line := range strings.Lines(string(data)) {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if !strings.Contains(line, ",") && strings.Contains(line, ";") {
			r.Comma = ';'
		}
		break
	}
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: no manifest: give a CSV file with the columns audio, transcript and language: %w", name, err)
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
		row := manifestRow{line: line}
		err := json.Unmarshal(text, &row.cells)
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

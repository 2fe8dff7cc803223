package batch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"cuewright/cmd/cuewright/episode"
)

// manifestRow is an entry of a manifest: its cells by the names of their columns.
type manifestRow struct {
	line  int // in the file, from 1
	cells map[string]string
}

// track returns the number of the audio track that a row names, 0 if it names none.
func (row manifestRow) track() (int, error) {
	cell := strings.TrimSpace(row.cells["track"])
	if cell == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("track %q: give the number of an audio track, from 1", cell)
	}
	return n, nil
}

// isManifest reports whether a file is a manifest, by its name.
func isManifest(name string) bool {
	return isJSONLines(name) || slices.Contains([]string{".csv", ".tsv"}, strings.ToLower(filepath.Ext(name)))
}

func isJSONLines(name string) bool {
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(name)))
}

// readRows reads a manifest whole: JSON lines, an object each, or CSV whose first line names
// the columns, see columns, separated by commas or, as spreadsheets write it, by semicolons or
// tabs, with or without a byte order mark and in UTF-8 or UTF-16. There must be an audio in
// each. Lines that begin with # are comments. A manifest that can't be read to its end is an
// error, for what follows would be lost.
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
	if !bytes.Contains(data, []byte("\n")) { // as spreadsheets on the Macintosh ended lines
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	comma := separator(string(data))
	if m := declaredSeparator.FindSubmatch(data); m != nil {
		comma, _ = utf8.DecodeRune(m[1])
		data = data[len(m[0])-1:] // with the end of the line, so that lines have their numbers
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	r.Comma = comma
	r.TrimLeadingSpace = r.Comma != '\t' // there, it would take the empty cells
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: no manifest: give a CSV file with the columns audio, transcript and language: %w", name, err)
	}
	titles, err := columnNames(header)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !slices.Contains(titles, "audio") {
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
		if strings.TrimSpace(strings.Join(record, "")) == "" { // as spreadsheets write rows that were emptied
			continue
		}
		row := manifestRow{cells: map[string]string{}}
		row.line, _ = r.FieldPos(0)
		for i, title := range titles {
			row.cells[title] = record[i]
		}
		rows = append(rows, row)
	}
}

// declaredSeparator is the first line by which a spreadsheet says what parts the columns.
var declaredSeparator = regexp.MustCompile(`^"?sep=([^"\r\n])"?\r?\n`)

// columns are the names of columns, each with the titles that people give it as well, without
// blanks and hyphens.
var columns = []struct {
	name   string
	titles []string
}{
	{"audio", []string{"audiofile", "audiopath", "audiofilename", "file", "filename", "filepath", "path", "recording",
		"recordingfile", "media", "mediafile", "sound", "wav", "mp3", "video", "videofile"}},
	{"transcript", []string{"transcriptfile", "transcriptpath", "transcription", "transcriptionfile", "script", "scriptfile",
		"text", "textfile", "textpath", "txt", "captions", "subtitles"}},
	{"output", nil},
	{"language", []string{"lang", "locale"}},
	{"preset", nil},
	{"lexicon", []string{"lexiconfile", "pronunciations", "dictionary"}},
	{"fps", []string{"framerate"}},
	{"track", []string{"audiotrack"}},
	{"encoding", []string{"charset", "codepage"}},
}

// columnNames returns the titles of columns by their names in columns, "" for other columns. A
// column that has the name itself comes before all that could be meant by it.
func columnNames(titles []string) ([]string, error) {
	plain := func(title string) string {
		return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(title)))
	}
	names := make([]string, len(titles))
	for _, column := range columns {
		var itself, alike []int
		for i, title := range titles {
			if plain(title) == column.name {
				itself = append(itself, i)
			} else if slices.Contains(column.titles, plain(title)) {
				alike = append(alike, i)
			}
		}
		if len(itself) > 1 {
			return nil, fmt.Errorf("has two columns named %s: leave one of them", column.name)
		}
		if len(itself) == 0 {
			itself = alike
		}
		if len(itself) > 1 {
			return nil, fmt.Errorf("has two columns that could be the %s, %q and %q: name one of them %s",
				column.name, titles[itself[0]], titles[itself[1]], column.name)
		}
		for _, i := range itself {
			names[i] = column.name
		}
	}
	return names, nil
}

// separator returns what parts the columns of a CSV file: what stands most often in its
// first line.
func separator(data string) rune {
	for line := range strings.Lines(data) {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		best := ','
		for _, other := range ";\t|" {
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
		row := manifestRow{line: line}
		var err error
		row.cells, err = jsonCells(text)
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

// jsonCells returns the cells of a line. Values of names that are not in columns don't matter.
func jsonCells(line []byte) (map[string]string, error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(line, &values); err != nil {
		return nil, err
	}
	titles := slices.Sorted(maps.Keys(values))
	names, err := columnNames(titles)
	if err != nil {
		return nil, err
	}
	cells := map[string]string{}
	for i, name := range names {
		if name == "" {
			continue
		}
		value := values[titles[i]]
		var cell string
		if err := json.Unmarshal(value, &cell); err != nil { // null is ""
			var number json.Number
			if name != "track" && name != "fps" || json.Unmarshal(value, &number) != nil {
				return nil, err
			}
			cell = number.String()
		}
		cells[name] = cell
	}
	return cells, nil
}

// under returns a file of a manifest by its name, a file: URL or a path of another system. It
// is relative to root unless it is absolute. Where there is no such file, its name may be
// written in another form of accents or in the code page of a spreadsheet.
func under(root, name string) (string, error) {
	if scheme, rest, ok := strings.Cut(name, ":"); ok && strings.EqualFold(scheme, "file") {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "//localhost"), "//")
		if decoded, err := url.PathUnescape(rest); err == nil {
			name = filepath.FromSlash(decoded)
		}
	} else if ok && len(scheme) > 1 && strings.HasPrefix(rest, "//") {
		return "", fmt.Errorf("%s: is an address: fetch it, and give the file", name)
	}
	below := func(name string) string {
		if filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(root, name)
	}
	forms := []string{name, strings.TrimSpace(name), filepath.FromSlash(strings.ReplaceAll(name, `\`, "/"))}
	if decoded, err := charmap.Windows1252.NewDecoder().String(name); err == nil && !utf8.ValidString(name) {
		forms = append(forms, decoded)
	}
	for _, form := range slices.Clone(forms) {
		forms = append(forms, norm.NFC.String(form), norm.NFD.String(form))
	}
	for _, form := range forms {
		if _, err := os.Stat(below(form)); err == nil {
			return below(form), nil
		}
	}
	return below(name), nil
}

package transcript

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// tableForms returns the forms of text that is a table or lines with times, in the order in
// which they are looked for.
func tableForms() []exportForm {
	return []exportForm{
		{Form{"CTM", "lines of a file, a channel, a start, a length and a word, maybe with a confidence",
			"NIST's sclite, as Kaldi and Gentle write it: github.com/lowerquality/gentle, tests"}, isCTM, readCTM},
		{Form{"Markdown table", "a row of dashes below a header that names text and speaker or time, and most of the file",
			"github.github.com/gfm: tables"}, isMarkdownTable, readMarkdownTable},
		{Form{"TSV", "tabs, below a header that names text and speaker or time, or with a column of times",
			"github.com/openai/whisper, utils.py: WriteTSV; labels of Audacity"}, isSeparated("\t"), readSeparated("\t")},
		{Form{"CSV", "likewise with commas, semicolons or bars; or names that come again, each before a text",
			"RFC 4180; spreadsheets, for semicolons"}, isSeparated(",;|"), readSeparated(",;|")},
	}
}

// IsTable reports whether a decoded text, which is no captions by what it holds, is of one of the
// forms of tables and lines with times.
func IsTable(text string) bool {
	e := &export{text: text}
	return slices.ContainsFunc(tableForms(), func(f exportForm) bool { return f.is(e) })
}

// headLines returns the first lines of a text that aren't blank, without white space at their
// ends, at most n of them.
func headLines(text string, n int) []string {
	var lines []string
	for len(lines) < n && text != "" {
		var l string
		l, text, _ = strings.Cut(text, "\n")
		if l = strings.TrimSpace(strings.TrimPrefix(l, "\uFEFF")); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// ctmLine matches a word of CTM: its file, channel, start, length, text, and maybe a confidence.
var ctmLine = lazyRegexp(`^\S+\s+\S+\s+(?:\d+\.?\d*|\.\d+)\s+(?:\d+\.?\d*|\.\d+)\s+\S+(?:\s+[\d.]+)?$`)

func isCTM(e *export) bool {
	const least = 3
	words := 0
	for _, l := range headLines(e.text, 20) {
		if strings.HasPrefix(l, ";;") { // a remark
			continue
		}
		if words++; !ctmLine().MatchString(l) {
			return false
		}
	}
	return words >= least
}

// readCTM reads words. Several channels tell who speaks.
func readCTM(e *export) error {
	var channels []jsonName
	words := map[jsonName][]exportWord{}
	for l := range strings.Lines(e.text) {
		f := strings.Fields(strings.TrimPrefix(l, "\uFEFF"))
		const least = 5
		if len(f) < least || strings.HasPrefix(f[0], ";;") {
			continue
		}
		channel := jsonName(f[1])
		if !slices.Contains(channels, channel) {
			channels = append(channels, channel)
		}
		start, end := parseTime(f[2]), parseTime(f[3])
		end.value += start.value
		words[channel] = append(words[channel], exportWord{Word: jsonText(f[4]), Start: start, End: end})
	}
	e.addChannels(channels, words)
	return nil
}

// columns says where a table has what.
type columns struct {
	speaker, text, start, end int // index; -1 for none
	unit                      time.Duration
	unitKnown                 bool
	width                     int // cells of a row; 0 for those of its header, or of the first row
}

// The names of columns, in small letters and without signs.
var (
	speakerColumns = set(`speaker speakers speakername speakerlabel speakerid who name person participant character role
		voice talker sprecher sprecherin locuteur intervenant orador hablante interlocutor parlante falante spreker
		говорящий спикер 话者 発言者 说话人 講者`)
	textColumns = set(`text transcript transcription content utterance sentence caption captions subtitle subtitles dialogue
		dialog speech spoken spokentext words line body message said quote texte texto testo tekst inhalt текст
		文本 内容 テキスト 発言`)
	startColumns = set(`start starttime startms starts startseconds startsec begin begintime timein in from time timecode
		timestamp timestamps tc timecodein tcin inpoint incue heure hora ora zeit anfang beginn
		temps début tiempo inicio tempo inizio время 時間 时间`)
	endColumns = set(`end endtime endms ends endseconds endsec stop stoptime out to timecodeout tcout outpoint outcue ende bis fin
		fim fine eind einde конец 終了 结束`)
)

// columnKey returns the name of a column without what may differ: Start Time (s), start_time.
func columnKey(name string) string {
	name, _, _ = strings.Cut(name, "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, unmark(name))
}

// readHeader returns what the columns of a table hold by their header. It is no header of a
// transcript if none names the text, or the text alone is named.
func readHeader(names []string) (c columns, ok bool) {
	c = columns{speaker: -1, text: -1, start: -1, end: -1, unit: time.Second}
	for i, name := range names {
		key := columnKey(name)
		switch {
		case c.speaker < 0 && speakerColumns[key]:
			c.speaker = i
		case c.text < 0 && textColumns[key]:
			c.text = i
		case c.end < 0 && endColumns[key]:
			c.end = i
		case c.start < 0 && startColumns[key]:
			c.start = i
			lower := strings.ToLower(name)
			if strings.HasSuffix(key, "ms") || strings.Contains(lower, "(ms") || strings.Contains(lower, "millis") {
				c.unit, c.unitKnown = time.Millisecond, true
			}
		}
	}
	return c, c.text >= 0 && (c.speaker >= 0 || c.start >= 0)
}

// row is a row of a table.
type row struct {
	cells []string
	line  int
}

// cell returns a cell without white space at its ends, "" where the row has none there.
func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// guessColumns returns what the columns of a table hold by its cells, where no header says so:
// times; names, which come again; and text, which is longest. It is no table of a transcript where
// there is no column of times in their order, or, if the file says that it is a table, neither times nor names;
// nor where a few of its first rows differ in length. timed asks for times.
func guessColumns(rows []row, timed bool) (c columns, ok bool) {
	c = columns{speaker: -1, text: -1, start: -1, end: -1, unit: time.Second}
	rows = rows[:min(len(rows), 200)]
	if len(rows) < 3 {
		return c, false
	}
	width := len(rows[0].cells)
	longest := 0
	for i := range width {
		times, later, counted, filled, length := 0, 0, 0, 0, 0
		before := jsonTime{value: -1}
		values := map[string]bool{}
		for _, r := range rows {
			if len(r.cells) != width {
				return c, false
			}
			cell := r.cell(i)
			if t := parseTime(cell); t.known {
				times++
				if t.value >= before.value {
					later++
				}
				if !t.clock && t.value == before.value+1 {
					counted++
				}
				before = t
			}
			if cell != "" {
				filled++
				length += len(cell)
				values[cell] = true
			}
		}
		switch {
		case times*10 >= len(rows)*9:
			if c.start < 0 && later*10 >= len(rows)*9 && counted*10 < len(rows)*9-10 { // nor the numbers of rows
				c.start = i
			} else if c.start >= 0 && c.end < 0 {
				c.end = i
			}
		case length > longest:
			c.text, longest = i, length
		}
		names := len(values) > 0 && len(values)*2 <= filled
		for value := range values {
			names = names && nameLike(cleanName(strings.TrimRight(value, ": ")))
		}
		if c.speaker < 0 && times == 0 && names {
			c.speaker = i
		}
	}
	if c.speaker == c.text {
		c.speaker = -1
	}
	return c, c.text >= 0 && (c.start >= 0 || !timed && c.speaker >= 0)
}

// guessNames returns the columns of a table without times, and whether it is one by its rows: a name, which comes again,
// and a text without a blank behind the comma, as there is one in prose.
func guessNames(rows []row) (c columns, ok bool) {
	const least = 4
	names := map[string]bool{}
	shown, said := 0, 0 // bytes
	for _, r := range rows {
		if len(r.cells) < 2 || r.cells[1] == "" || strings.TrimLeft(r.cells[1][:1], " \t") == "" {
			return c, false
		}
		name := r.cell(0)
		if first := firstLetter(name); !mayBegin(first) && !machineName().MatchString(name) ||
			!nameLike(cleanName(strings.TrimRight(name, ": "))) {
			return c, false
		}
		names[name] = true
		shown += len(name)
		said += len(r.cells[1])
	}
	c = columns{speaker: 0, text: 1, start: -1, end: -1, unit: time.Second, width: 2}
	return c, len(rows) >= least && len(names)*2 <= len(rows) && said > shown
}

// hundredths matches a number as exact as a hundredth, which is one of seconds: no clock counts hundredths of milliseconds.
var hundredths = lazyRegexp(`[.,]\d\d`)

// addRows adds the rows of a table. A row without a speaker goes on with the one above.
func (e *export) addRows(c columns, rows []row) {
	if c.start >= 0 && !c.unitKnown {
		last, words, exact := 0.0, 0, true
		for _, r := range rows {
			for _, i := range []int{c.start, c.end} {
				if t := parseTime(r.cell(i)); t.known && !t.clock {
					last = max(last, t.value)
					exact = exact && hundredths().MatchString(r.cell(i))
				}
			}
			words += strings.Count(r.cell(c.text), " ") + 2
		}
		if !exact || last == 0 {
			c.unit = unitOfTimes(last, words)
		}
	}
	speaker := ""
	for _, r := range rows {
		if n := len(e.pieces); n > 0 && len(r.cells) == 1 && c.text > 0 { // of the cell above, which nobody quoted
			e.pieces = append(e.pieces, piece{speaker: speaker, named: c.speaker >= 0, text: r.cells[0], line: r.line})
			continue
		}
		name := unmark(r.cell(c.speaker))
		if name != "" {
			speaker = speakerName(strings.TrimRight(name, ": "))
		}
		if text := r.cell(c.text); text != "" {
			e.pieces = append(e.pieces, piece{
				speaker: speaker, named: c.speaker >= 0, below: name == "", text: text, line: r.line, opens: c.speaker >= 0 && e.ended(),
				hint: parseTime(r.cell(c.start)).hint(c.unit), end: parseTime(r.cell(c.end)).hint(c.unit),
			})
		}
	}
}

// tableRows returns the rows of a table with comma between its cells, at most as many as most if
// that is not 0. It is an error where a quotation mark is never closed.
func tableRows(text string, comma rune, most int) (rows []row, err error) {
	number := 1
	for text != "" { // what may stand above the header
		l, below, _ := strings.Cut(text, "\n")
		if l = strings.TrimSpace(strings.TrimPrefix(l, "\uFEFF")); l != "" && !strings.HasPrefix(l, "sep=") {
			break
		}
		text = below
		number++
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	if comma == '\t' { // quotation marks are text there, unless a spreadsheet wrote them
		return tabRows(text, number, most), nil
	}
	return csvRows(text, string(comma), number, most)
}

// csvRows returns the rows of a table as RFC 4180 has it, but that quotation marks within a cell need not be twice,
// and that one nobody closed is text. The first line has that number.
func csvRows(text, comma string, number, most int) (rows []row, err error) {
	width := 0 // of the last row of several cells
	for text != "" && (most == 0 || len(rows) < most) {
		if l, below, _ := strings.Cut(text, "\n"); l == "" || l == "\r" {
			text = below
			number++
			continue
		}
		cells, rest, ok := csvRecord(text, comma, width)
		if !ok {
			return nil, fmt.Errorf("line %d: a quotation mark begins a cell there and none ends it: close it", number)
		}
		if len(cells) > 1 {
			width = len(cells)
		}
		rows = append(rows, row{cells, number})
		number += strings.Count(text[:len(text)-len(rest)], "\n")
		text = rest
	}
	return rows, nil
}

// csvRecord reads the first row of text, and returns its cells and what is below it. ok is false where a quotation mark
// begins a cell that is longer than any. Rows have about width cells; 0 if that is not known.
func csvRecord(text, comma string, width int) (cells []string, below string, ok bool) {
	plain := false // a mark of the row is text, and so are others behind it
	for {
		if inner, quoted := strings.CutPrefix(text, `"`); quoted && !plain {
			q := readQuoted(inner, comma)
			switch lines := strings.Count(q.text, "\n"); {
			case lines > 0 && q.holdsRows(cells, inner, comma, width):
				plain = true
			case lines > longestCell:
				return nil, "", false
			default:
				cell := strings.ReplaceAll(strings.ReplaceAll(q.text, `""`, `"`), "\r\n", "\n")
				cells, text = append(cells, cell), q.rest
				if text == "" {
					return cells, "", true
				}
				if below, ended := strings.CutPrefix(strings.TrimPrefix(text, "\r"), "\n"); ended {
					return cells, below, true
				}
				text = strings.TrimPrefix(text, comma)
				continue
			}
		}
		end := strings.IndexAny(text, comma+"\n")
		if end < 0 {
			return append(cells, strings.TrimSuffix(text, "\r")), "", true
		}
		cell, rest := text[:end], text[end+1:]
		if text[end] == '\n' {
			return append(cells, strings.TrimSuffix(cell, "\r")), rest, true
		}
		cells, text = append(cells, cell), rest
	}
}

// quotedCell is a cell that a quotation mark begins.
type quotedCell struct {
	text   string // up to the mark that ends it, with marks that are twice
	rest   string // of the table, behind that mark
	closed bool   // there is such a mark
	lone   bool   // marks that are not twice stand within the text
}

// readQuoted reads a cell behind its quotation mark, up to a few more lines than cells have.
func readQuoted(inner, comma string) (q quotedCell) {
	for at, lines := 0, 0; ; {
		i := strings.IndexByte(inner[at:], '"')
		if i < 0 {
			q.text = inner
			return q
		}
		lines += strings.Count(inner[at:at+i], "\n")
		at += i + 1
		switch behind := inner[at:]; {
		case lines > longestCell:
			q.text = inner[:at-1]
			return q
		case strings.HasPrefix(behind, `"`):
			at++
		case behind == "" || strings.HasPrefix(behind, comma) || strings.TrimLeft(behind[:1], "\r\n") == "":
			q.text, q.rest, q.closed = inner[:at-1], behind, true
			return q
		default:
			q.lone = true
		}
	}
}

// holdsRows reports whether a line of a cell, which begins behind the cells of its row and goes on as inner does, is a row
// itself, so that the mark that begins the cell is text: it has as many cells, without a blank before the second one, and
// either marks are amiss, or both rows begin with a time, the lower one with the later.
func (q quotedCell) holdsRows(cells []string, inner, comma string, width int) bool {
	above, lines, _ := strings.Cut(inner, "\n")
	if width == 0 {
		width = len(cells) + strings.Count(above, comma) + 1
	}
	end := len(q.text) - len(above) - 1 // of the cell in lines
	for n, at := 0, 0; n < longestCell && at < min(end, len(lines)) && width > 1; n++ {
		l, _, _ := strings.Cut(lines[at:], "\n")
		first, others, _ := strings.Cut(l, comma)
		if at += len(l) + 1; strings.Count(l, comma) < width-1 || strings.HasPrefix(others, " ") {
			continue // text: the mark, too, would not begin a cell behind a blank
		}
		if !q.closed || q.lone {
			return true
		}
		if len(cells) > 0 {
			upper, lower := parseTime(cells[0]), parseTime(first)
			if upper.known && lower.known && upper.value < lower.value {
				return true
			}
		}
	}
	return false
}

// tabRows returns the rows of a table with tabs between its cells, whose first line has that number.
func tabRows(text string, number, most int) (rows []row) {
	for text != "" && (most == 0 || len(rows) < most) {
		l, below, _ := strings.Cut(text, "\n")
		first := number
		number++
		// A spreadsheet writes a cell of several lines in quotation marks.
		if last := l[strings.LastIndexByte(l, '\t')+1:]; strings.HasPrefix(last, `"`) && strings.Count(last, `"`)%2 == 1 {
			rest, lines, open := below, 0, true
			for lines < longestCell && rest != "" && open {
				var more string
				more, rest, _ = strings.Cut(rest, "\n")
				if strings.Count(more, "\t") >= strings.Count(l, "\t") {
					break // a row of its own: the mark is text
				}
				open = strings.Count(more, `"`)%2 == 0
				lines++
			}
			if !open {
				l, below, number = text[:len(text)-len(rest)], rest, number+lines
			}
		}
		if text = below; strings.TrimSpace(l) == "" {
			continue
		}
		cells := strings.Split(strings.TrimRight(l, "\r\n"), "\t")
		for i, cell := range cells {
			cells[i] = unquoteCell(cell)
		}
		rows = append(rows, row{cells, first})
	}
	return rows
}

// longestCell bounds the lines of a cell.
const longestCell = 100

// unquoteCell returns a cell without the quotation marks that a spreadsheet puts around one that
// holds some.
func unquoteCell(cell string) string {
	inner, opened := strings.CutPrefix(cell, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	if !opened || !closed || strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return cell
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// separatedColumns returns what the columns of a table with comma between its cells hold, and
// how many rows its header has, with what may stand above the names of columns. A guess needs three
// columns or times that are numbers: lines with a clock and a text are a page.
func separatedColumns(text string, comma rune) (c columns, header int, ok bool) {
	head := text
	if most := 1 << 16; len(text) > most {
		head = head[:strings.LastIndexByte(head[:most], '\n')+1]
	}
	if !strings.ContainsRune(strings.TrimSpace(head[:min(len(head), 2000)]), comma) {
		return c, 0, false
	}
	rows, err := tableRows(head, comma, 50)
	if err != nil { // which the reader reports, if the first row is a header
		rows, err = tableRows(head, comma, 1)
	}
	if err != nil || len(rows) == 0 || len(rows[0].cells) < 2 {
		return c, 0, false
	}
	const mostAbove = 5 // titles and dates
	for i, names := range rows[:min(len(rows), mostAbove+1)] {
		if c, ok = readHeader(names.cells); !ok {
			continue
		}
		same := 0
		for _, r := range rows[i+1:] {
			if len(r.cells) >= len(names.cells) {
				same++
			}
		}
		return c, i + 1, len(rows) == i+1 || same*2 >= len(rows)-i-1
	}
	if c, ok = guessColumns(rows, true); !ok {
		if c, ok = guessNames(rows); ok && comma != '\t' {
			return c, 0, true
		}
		if len(rows) < 4 || parseTime(rows[0].cell(c.start)).known {
			return c, 0, false
		}
		if c, ok = guessColumns(rows[1:], true); !ok {
			return c, 0, false
		}
		header = 1
	}
	return c, header, len(rows[0].cells) > 2 || !parseTime(rows[len(rows)-1].cell(c.start)).clock
}

// isSeparated returns a function that reports whether a file is a table with one of these signs
// between its cells.
func isSeparated(commas string) func(*export) bool {
	return func(e *export) bool {
		return e.json == nil && strings.ContainsFunc(commas, func(comma rune) bool {
			_, _, ok := separatedColumns(e.text, comma)
			return ok
		})
	}
}

// readSeparated returns a reader of tables with one of these signs between their cells.
func readSeparated(commas string) func(*export) error {
	return func(e *export) error {
		for _, comma := range commas {
			c, header, ok := separatedColumns(e.text, comma)
			if !ok {
				continue
			}
			rows, err := tableRows(e.text, comma, 0)
			if err != nil {
				return err
			}
			width := cmp.Or(c.width, len(rows[max(0, header-1)].cells))
			for _, r := range rows[:max(0, header-1)] {
				if title := strings.Trim(strings.Join(r.cells, " "), " "); title != "" {
					e.notes = append(e.notes, Note{Reason: "outside of the table", Text: normalize(title), Line: r.line})
				}
			}
			rows = rows[header:]
			for i, r := range rows { // commas of a text that nobody quoted
				if c.text == width-1 && len(r.cells) > width {
					rows[i].cells[c.text] = strings.TrimRight(strings.Join(r.cells[c.text:], string(comma)), string(comma))
				}
			}
			e.addRows(c, rows)
			return nil
		}
		return nil
	}
}

// markdownRule matches the row of dashes below the header of a Markdown table.
var markdownRule = lazyRegexp(`^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$`)

// markdownTable returns the rows of the tables of Markdown, a header first, and the other lines.
func markdownTable(text string) (rows []row, others []Note) {
	before := ""
	inside, framed := false, false // framed says that bars stand at the ends of a row, too
	number := 0
	for l := range strings.Lines(text) {
		number++
		l = strings.TrimSpace(l)
		switch {
		case l == "":
			inside = false
		case inside && strings.Contains(l, "|"):
			rows = append(rows, row{markdownCells(l, framed), number})
		case !inside && strings.Contains(before, "|") && markdownRule().MatchString(l):
			others = others[:len(others)-1]
			framed = strings.HasPrefix(before, "|")
			if len(rows) == 0 {
				rows = append(rows, row{markdownCells(before, framed), number - 1})
			}
			inside = true
		default:
			inside = false
			others = append(others, Note{Reason: "outside of the table", Text: l, Line: number})
		}
		before = l
	}
	return rows, others
}

// markdownCells cuts a row of a table at its bars, but for those behind a backslash. The bar that a
// row of a table without a frame begins with ends an empty cell.
func markdownCells(l string, framed bool) []string {
	if framed {
		l = strings.TrimPrefix(l, "|")
	}
	if !strings.HasSuffix(l, `\|`) {
		l = strings.TrimSuffix(l, "|")
	}
	var cells []string
	for i, cell := range strings.Split(l, "|") {
		if i > 0 && strings.HasSuffix(cells[len(cells)-1], `\`) {
			last := &cells[len(cells)-1]
			*last = strings.TrimSuffix(*last, `\`) + "|" + cell
			continue
		}
		cells = append(cells, cell)
	}
	for i, cell := range cells {
		cells[i], _ = markdownLine(cell, nil)
	}
	return cells
}

// markdownColumns returns what the columns of a table hold, whose first row is a header.
func markdownColumns(rows []row) (c columns, ok bool) {
	if len(rows) < 2 {
		return c, false
	}
	if c, ok = readHeader(rows[0].cells); ok {
		return c, true
	}
	return guessColumns(rows[1:], false)
}

// isMarkdownTable reports whether most lines of a file are rows of tables that hold a
// transcript.
func isMarkdownTable(e *export) bool {
	if e.json != nil || !strings.Contains(e.text, "|") || !strings.Contains(e.text, "--") {
		return false
	}
	rows, others := markdownTable(e.text)
	_, ok := markdownColumns(rows)
	return ok && len(rows) > len(others)
}

func readMarkdownTable(e *export) error {
	rows, others := markdownTable(e.text)
	c, _ := markdownColumns(rows)
	e.addRows(c, rows[1:])
	for _, n := range others {
		if n.Text = strings.TrimSpace(strings.ReplaceAll(normalize(n.Text), "\n", " ")); n.Text != "" {
			e.notes = append(e.notes, n)
		}
	}
	return nil
}

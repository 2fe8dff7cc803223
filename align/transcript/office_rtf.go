package transcript

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"golang.org/x/text/encoding"
)

// isRichText reports whether the file is RTF.
func (o *office) isRichText() bool {
	return o.parts == nil && bytes.HasPrefix(textStart(o.data), []byte(rtfMagic))
}

// rtfState is what a group of RTF changes for what it holds.
type rtfState struct {
	skipped bool // the group is no text
	format  [2]bool
	unicode int // characters that stand for one of Unicode in older programs, to be passed over
	page    encoding.Encoding
}

// rtfReader reads RTF in one pass.
type rtfReader struct {
	*paragraphs
	states []rtfState
	pages  map[int]encoding.Encoding // code pages of fonts, by their numbers
	page   encoding.Encoding         // of the document
	font   int                       // that the table of fonts is at; -1 outside of it
	fonts  int                       // depth of the table of fonts; 0 outside of it
	styles int                       // depth of the table of styles; 0 outside of it
	style  int                       // that the table of styles is at
	named  []byte                    // its name, as far as it has come
	levels map[int]int               // of the styles that are headings, by their numbers
	inRow  bool                      // of a table
	hangs  bool                      // the first line of the paragraph begins to the left of others
	utf8   bool                      // characters that are no ASCII are UTF-8, which the specification does not know
	pass   int                       // characters to be passed over
	bytes  []byte                    // characters of a code page that wait for more
	high   rune                      // the first half of a pair of UTF-16, 0 for none
}

// rtfSkipped holds the groups that are no text, beside those with \*.
var rtfSkipped = set(`fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr
	footerf footnote annotation fldinst listtable listoverridetable rsidtbl generator themedata colorschememapping
	datastore latentstyles xmlnstbl bkmkstart bkmkend filetbl revtbl nonshppict shpinst deleted tc xe mmathpr
	listtext pntext`)

// rtfSigns are characters that RTF writes as words.
var rtfSigns = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": "\t",
}

// readRichText reads RTF.
func (o *office) readRichText(p *paragraphs) error {
	r := &rtfReader{
		paragraphs: p,
		states:     []rtfState{{unicode: 1, page: charmap.Windows1252}},
		pages:      map[int]encoding.Encoding{},
		page:       charmap.Windows1252,
		font:       -1,
		levels:     map[int]int{},
		utf8:       utf8.Valid(o.data),
	}
	r.begin(0)
	s := string(textStart(o.data))
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '{':
			r.flush()
			if len(r.states) > maxDepth {
				return fmt.Errorf("its groups nest more than %d deep: save it again", maxDepth)
			}
			r.states = append(r.states, r.states[len(r.states)-1])
			r.pass = 0
			i++
		case '}':
			r.flush()
			r.pass = 0
			if len(r.states) > 1 {
				r.states = r.states[:len(r.states)-1]
			}
			if len(r.states) < r.fonts {
				r.fonts, r.font = 0, -1
			}
			if r.styles > 0 {
				r.endStyle()
			}
			i++
		case '\\':
			i = r.control(s, i+1)
		case '\r', '\n':
			i++
		default:
			if c >= utf8.RuneSelf && r.utf8 && r.pass == 0 {
				_, size := utf8.DecodeRuneInString(s[i:])
				r.flush()
				r.put(s[i : i+size])
				i += size
				continue
			}
			r.char(c)
			i++
		}
	}
	r.flush()
	r.end()
	return nil
}

// endStyle ends a style of the table of styles, and the table with its own group.
func (r *rtfReader) endStyle() {
	name := strings.ToLower(strings.Trim(string(r.named), " ;"))
	if level, ok := strings.CutPrefix(name, "heading "); ok && len(level) == 1 && level[0] >= '1' && level[0] <= '6' {
		r.levels[r.style] = int(level[0] - '0')
	}
	r.style, r.named = 0, r.named[:0]
	if len(r.states) < r.styles {
		r.styles = 0
	}
}

// tablePart begins a row of a table, or ends a cell or the row. Each row is a table of its own, which comes to the
// same.
func (r *rtfReader) tablePart(name string) {
	switch {
	case r.state().skipped || name == "trowd" && r.inRow: // Word says it again at the end of a row
		return
	case name == "cell" && !r.inRow:
		r.put("\t")
		return
	}
	r.end()
	switch name {
	case "trowd":
		r.inRow = true
		r.table(tableWhole, true)
		r.table(tableRow, true)
		r.table(tableCell, true)
	case "cell":
		r.table(tableCell, false)
	case "row":
		r.inRow = false
		r.table(tableWhole, false)
	}
	r.begin(0)
}

// state returns the state of the group.
func (r *rtfReader) state() *rtfState { return &r.states[len(r.states)-1] }

// char adds a character of the code page.
func (r *rtfReader) char(c byte) {
	switch {
	case r.pass > 0:
		r.pass--
	case r.styles > 0:
		if len(r.named) < longestName {
			r.named = append(r.named, c)
		}
	case !r.state().skipped:
		r.bytes = append(r.bytes, c)
	}
}

// flush decodes the characters of the code page that have come.
func (r *rtfReader) flush() {
	if len(r.bytes) == 0 {
		return
	}
	text, err := r.state().page.NewDecoder().Bytes(r.bytes)
	if err != nil {
		text = r.bytes
	}
	r.bytes = r.bytes[:0]
	r.put(strings.ToValidUTF8(string(text), string(utf8.RuneError)))
}

// put adds text.
func (r *rtfReader) put(text string) {
	if !r.state().skipped {
		r.format = r.state().format
		r.write(text)
	}
}

// control reads what stands behind a backslash, at i, and returns where it ends.
func (r *rtfReader) control(s string, i int) int {
	if i >= len(s) {
		return i
	}
	switch c := s[i]; {
	case c == '\'':
		if i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				r.char(byte(v))
				return i + 3
			}
		}
		return i + 1
	case c == '*':
		r.state().skipped = true
		return i + 1
	case c == '~':
		r.char(' ')
		return i + 1
	case c == '_':
		r.char('-')
		return i + 1
	case c == '\r' || c == '\n':
		r.word("par", 0, false)
		return i + 1
	case c < 'A' || c > 'z' || c > 'Z' && c < 'a':
		if c == '\\' || c == '{' || c == '}' {
			r.char(c)
		}
		return i + 1
	}
	start := i
	for i < len(s) && i-start < 32 && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z') {
		i++
	}
	name := s[start:i]
	start = i
	if i < len(s) && s[i] == '-' {
		i++
	}
	for i < len(s) && i-start < 11 && isDigit(s[i]) {
		i++
	}
	value, err := strconv.Atoi(s[start:i])
	if i < len(s) && s[i] == ' ' {
		i++
	}
	if name == "bin" && value > 0 {
		return min(len(s), i+min(value, len(s)))
	}
	r.word(name, value, err == nil)
	return i
}

// word does what a control word says.
func (r *rtfReader) word(name string, value int, has bool) {
	if name != "u" && r.pass > 0 { // it stands for a character
		r.pass--
		return
	}
	if name != "u" {
		r.flush()
	}
	state := r.state()
	switch name {
	case "fonttbl":
		r.fonts = len(r.states)
		state.skipped = true
	case "stylesheet":
		r.styles = len(r.states)
		state.skipped = true
	case "s":
		if r.styles > 0 {
			r.style = value
		} else if !state.skipped {
			r.level = r.levels[value]
		}
	case "trowd", "cell", "row":
		r.tablePart(name)
	case "ansicpg":
		r.page = codePage(value)
		state.page = r.page
	case "mac":
		r.page = charmap.Macintosh
		state.page = r.page
	case "f":
		if r.fonts > 0 {
			r.font = value
		} else {
			state.page = r.page
			if page := r.pages[value]; page != nil {
				state.page = page
			}
		}
	case "fcharset":
		if page := charsets[value]; r.fonts > 0 && page != 0 {
			r.pages[r.font] = codePage(page)
		}
	case "uc":
		state.unicode = max(0, min(value, 16))
	case "u":
		r.unicode(value)
	case "b":
		state.format[0] = !has || value != 0
	case "i":
		state.format[1] = !has || value != 0
	case "plain":
		state.format = [2]bool{}
	case "par", "sect", "page", "column", "nestrow":
		if !state.skipped {
			r.end()
			r.begin(0)
		}
	case "line":
		if !state.skipped {
			r.lineBreak()
			r.spaced = false
		}
	case "fi":
		r.hangs = value < 0
	case "tab":
		r.tab()
	case "pard":
		r.hangs = false
		if len(r.text) == 0 {
			r.level = 0
		}
	case "outlinelevel":
		if !state.skipped && value >= 0 && value < 6 {
			r.level = value + 1
		}
	case "v", "deleted": // hidden, or deleted while changes were tracked
		state.skipped = state.skipped || !has || value != 0
	default:
		if rtfSkipped[name] {
			state.skipped = true
		} else if sign := rtfSigns[name]; sign != "" {
			r.put(sign)
		}
	}
}

// rtfListMark matches what some programs write before an item of a list, without saying that it is one: a number, or
// a sign. Capital letters may be speakers.
var rtfListMark = lazyRegexp(`^\s*(?:\(?(?:\d{1,4}|[a-z]{1,4})[.)]|[•◦▪·–-])$`)

// tab adds a tab, which the mark of an item of a list is left out before.
func (r *rtfReader) tab() {
	if r.state().skipped {
		return
	}
	if r.hangs && len(r.text) < longestName && rtfListMark().Match(r.text) {
		r.text = r.text[:0]
		return
	}
	r.put("\t")
}

// unicode adds a character of UTF-16, which RTF writes as a number with a sign.
func (r *rtfReader) unicode(value int) {
	if len(r.bytes) > 0 {
		r.flush()
	}
	c := rune(value)
	if c < 0 {
		c += 1 << 16
	}
	r.pass = r.state().unicode
	if pair := utf16.DecodeRune(r.high, c); pair != utf8.RuneError {
		c = pair
	}
	r.high = 0
	if utf16.IsSurrogate(c) {
		r.high = c
	} else if utf8.ValidRune(c) {
		r.put(string(c))
	}
}

// charsets holds the code pages of the sets of characters that fonts have.
var charsets = map[int]int{
	0: 1252, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
	204: 1251, 222: 874, 238: 1250, 77: 10000,
}

// codePage returns the encoding of a code page by its number in Windows.
func codePage(number int) encoding.Encoding {
	switch number {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	case 65001:
		return encoding.Nop
	}
	return charmap.Windows1252
}

package ebustl

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// row returns a row of a text in a colour.
func row(text string, color Color) []Cell {
	var cells []Cell
	for _, r := range text {
		cells = append(cells, Cell{Text: string(r), Color: color})
	}
	return cells
}

// sample is a file of two subtitles.
func sample() *File {
	return &File{Rate: 25, Teletext: true, Table: Latin, Language: "de-AT", Title: "Fährmann", Subtitles: []Subtitle{
		{Start: 25*61 + 12, End: 25*63 + 24, Row: 20, Height: 2, Justification: Centered,
			Rows: [][]Cell{row("Nebel über dem Hafen,", White), row("und kein Boot.", White)}},
		{Start: 25 * 3700, End: 25*3702 + 1, Row: 22, Height: 2, Justification: Left, Rows: [][]Cell{row("Ja?", Yellow)}},
	}}
}

// TestGSI holds the fields of the first block to their places in the standard, section 4.
func TestGSI(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, c := range []struct {
		name string
		size int
		want string
	}{
		{"CPN", 3, "850"}, {"DFC", 8, "STL25.01"}, {"DSC", 1, "1"}, {"CCT", 2, "00"}, {"LC", 2, "08"}, {"OPT", 32, "F\x84hrmann"},
		{"OET", 32, ""}, {"TPT", 32, ""}, {"TET", 32, ""}, {"TN", 32, ""}, {"TCD", 32, ""}, {"SLR", 16, ""}, {"CD", 6, "000101"},
		{"RD", 6, "000101"}, {"RN", 2, "00"}, {"TNB", 5, "00002"}, {"TNS", 5, "00002"}, {"TNG", 3, "001"}, {"MNC", 2, "40"},
		{"MNR", 2, "23"}, {"TCS", 1, "1"}, {"TCP", 8, "00000000"}, {"TCF", 8, "00010112"}, {"TND", 1, "1"}, {"DSN", 1, "1"},
		{"CO", 3, ""}, {"PUB", 32, ""}, {"EN", 32, ""}, {"ECD", 32, ""}, {"spare", 75, ""}, {"UDA", 576, ""},
	} {
		want := c.want + strings.Repeat(" ", c.size-len(c.want))
		if got := string(data[at : at+c.size]); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
		at += c.size
	}
	if at != 1024 {
		t.Errorf("the fields have %d bytes", at)
	}
}

// TestTTI holds the fields of the other blocks to their places in the standard, section 5.
func TestTTI(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if len(data) != 1024+2*128 {
		t.Fatalf("the file has %d bytes", len(data))
	}
	at := 1024
	for _, f := range []struct{ name, want string }{
		{"SGN", "00"}, {"SN", "0100"}, {"EBN", "ff"}, {"CS", "00"}, {"TCI", "0001010c"}, {"TCO", "00010318"}, {"VP", "14"}, {"JC", "02"},
		{"CF", "00"}, {"height and box", "0d0b0b"}, {"first row", "4e6562656c20c8756265722064656d20486166656e2c"}, {"end of the box", "0a0a"},
		{"new line", "8a8a"}, {"height and box", "0d0b0b"}, {"second row", "756e64206b65696e20426f6f742e"}, {"end of the box", "0a0a"},
		{"unused", strings.Repeat("8f", 112-29-19)},
		{"SGN", "00"}, {"SN", "0200"}, {"EBN", "ff"}, {"CS", "00"}, {"TCI", "01012800"}, {"TCO", "01012a01"}, {"VP", "16"}, {"JC", "01"},
		{"CF", "00"}, {"height and box", "0d0b0b"}, {"colour", "03"}, {"text", "4a613f"}, {"end of the box", "0a0a"},
		{"unused", strings.Repeat("8f", 112-9)},
	} {
		n := min(len(f.want)/2, len(data)-at)
		if got := hex.EncodeToString(data[at : at+n]); got != f.want {
			t.Errorf("%s at %d: %s, want %s", f.name, at, got, f.want)
		}
		at += n
	}
	if at != 1024+2*128 || len(data) != at {
		t.Errorf("the fields have %d bytes of %d", at, len(data))
	}
}

// TestExtensionBlocks: text that a block can't hold goes on in others, which are numbered but for the last one, and a
// mark stays with its letter.
func TestExtensionBlocks(t *testing.T) {
	f := sample()
	wide := row(strings.Repeat("é", MaxColumns), White)
	f.Subtitles = []Subtitle{{Start: 10, End: 20, Row: 16, Height: 2, Rows: [][]Cell{wide, wide, wide, wide}}}
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var numbers, text []byte
	for block := data[1024:]; len(block) > 0; block = block[128:] {
		numbers = append(numbers, block[3])
		if !bytes.Equal(block[4:16], data[1024+4:1024+16]) {
			t.Errorf("block %d has other fields than the first", len(numbers))
		}
		field := bytes.ReplaceAll(block[16:128], []byte{unused}, nil)
		if last := field[len(field)-1]; last > 0xc0 && last < 0xd0 {
			t.Errorf("block %d ends with a mark", len(numbers))
		}
		text = append(text, field...)
	}
	if want := []byte{0, 1, 0xff}; !bytes.Equal(numbers, want) {
		t.Errorf("the blocks have the numbers %x, want %x", numbers, want)
	}
	if !bytes.Equal(text, Latin.encodeRows(f.Subtitles[0].Rows)) {
		t.Errorf("the blocks have the text %x", text)
	}
	if tnb, tns := string(data[238:243]), string(data[243:248]); tnb != "00003" || tns != "00001" {
		t.Errorf("%s blocks of %s subtitles", tnb, tns)
	}
}

// TestLatin holds the table to that of the standard, appendix 2, and its letters with marks to those of Unicode.
func TestLatin(t *testing.T) {
	if len(latin) != 0x60 {
		t.Fatalf("the table has %d characters", len(latin))
	}
	for r, want := range map[rune]string{
		'A': "41", '$': "24", '#': "23", '£': "a3", '§': "a7", '¤': "a8", '‘': "a9", '“': "aa", '«': "ab", '→': "ae", '×': "b4", '÷': "b8",
		'’': "b9", '”': "ba", '»': "bb", '¿': "bf", '—': "d0", '®': "d2", '♪': "d5", '¦': "d7", '⅛': "dc", '⅞': "df", 'Ω': "e0", 'Æ': "e1", 'Đ': "e2",
		'Ð': "e2", 'Ħ': "e4", 'Ĳ': "e6", 'Ł': "e8", 'Ø': "e9", 'Œ': "ea", 'Þ': "ec", 'ŉ': "ef", 'ĸ': "f0", 'æ': "f1", 'ð': "f3", 'ı': "f5", 'ł': "f8",
		'ø': "f9", 'œ': "fa", 'ß': "fb", 'þ': "fc", 'ŋ': "fe", 'è': "c165", 'É': "c245", 'ô': "c36f", 'ñ': "c46e", 'ī': "c569", 'ğ': "c667",
		'İ': "c749", 'ü': "c875", 'å': "ca61", 'ç': "cb63", 'ş': "cb73", 'ș': "cb73", 'ő': "cd6f", 'ę': "ce65", 'č': "cf63", 'ģ': "c267",
		'€': "", '…': "", '–': "", 'ж': "", 'ẽ': "", '\u0301': "",
	} {
		if got := hex.EncodeToString(Latin.encode(r)); got != want {
			t.Errorf("%c is %s, want %s", r, got, want)
		}
	}
	for _, m := range marks {
		for _, letter := range m.letters {
			if r := []rune(norm.NFC.String(string(letter) + string(m.sign))); len(r) != 1 {
				t.Errorf("Unicode has no %c with %U", letter, m.sign)
			}
		}
	}
	for code, want := range map[string]string{"c220": "´", "c8": "¨", "c961": "ä", "a424": "$$", "c0": "\uFFFD", "e5": "\uFFFD"} {
		data, _ := hex.DecodeString(code)
		got := ""
		for len(data) > 0 {
			text, n := Latin.decode(data)
			got, data = got+text, data[n:]
		}
		if got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
}

// TestTables: what a table has is read as it was written, and each has the letters of its alphabet.
func TestTables(t *testing.T) {
	for table, letters := range map[Table]string{Latin: "ÅåŁłŐőČč", Cyrillic: "ЖжЁёЇї", Arabic: "عاصفة؟", Greek: "ΆάΩωΐ", Hebrew: "אבגםץת"} {
		for _, r := range letters {
			if !table.Has(r) {
				t.Errorf("table %d has no %c", table, r)
			}
		}
		n := 0
		for r := rune(' '); r < 0x3000; r++ {
			code := table.encode(r)
			if code == nil {
				continue
			}
			n++
			got, length := table.decode(code)
			want := r
			if other, ok := alike[r]; ok && table == Latin {
				want = other
			}
			if got != norm.NFC.String(string(want)) || length != len(code) {
				t.Errorf("table %d: %c is read as %s", table, r, got)
			}
		}
		if n < 95+40 {
			t.Errorf("table %d has %d characters", table, n)
		}
	}
}

// TestWidth: a row as wide as it may be leaves no room to end its box, and none is wider than the screen.
func TestWidth(t *testing.T) {
	two := append(row("Fog ", White), row("ahead", Cyan)...)
	for _, c := range []struct {
		row   []Cell
		width int
		want  string
	}{
		{row("Fog", White), 3, "0d0b0b" + "466f67" + "0a0a"},
		{row("Fog", Cyan), 4, "0d0b0b" + "06466f67" + "0a0a"},
		{two, 9, "0d0b0b" + "466f67" + "06" + "6168656164" + "0a0a"},
		{append(row("Fo", White), row("g", Cyan)...), 4, "0d0b0b" + "466f" + "0667" + "0a0a"},
		{row(strings.Repeat("a", 35), White), 35, "0d0b0b" + strings.Repeat("61", 35) + "0a0a"},
		{row(strings.Repeat("a", 36), White), 36, "0d0b0b" + strings.Repeat("61", 36) + "0a"},
		{row(strings.Repeat("a", 37), White), 37, "0d0b0b" + strings.Repeat("61", 37)},
	} {
		if got := Width(c.row); got != c.width {
			t.Errorf("%v: %d columns, want %d", c.row, got, c.width)
		}
		if got := hex.EncodeToString(Latin.encodeRows([][]Cell{c.row})); got != c.want {
			t.Errorf("%v: %s, want %s", c.row, got, c.want)
		}
	}
}

// texts returns rows as text, with the colours of letters that aren't white.
func texts(rows [][]Cell) string {
	var all []string
	for _, r := range rows {
		var b strings.Builder
		for _, c := range r {
			b.WriteString(c.Text)
			if c.Color != White && c.Text != " " {
				b.WriteByte("krgybmcw"[c.Color])
			}
			b.WriteString(map[bool]string{true: "/"}[c.Italic] + map[bool]string{true: "_"}[c.Underline])
		}
		all = append(all, b.String())
	}
	return strings.Join(all, "|")
}

// TestDecodeRows: text fields of others.
func TestDecodeRows(t *testing.T) {
	for _, c := range []struct {
		name, field, want string
		double            bool
	}{
		{"no box", "Fog\x8aahead", "Fog|ahead", false},
		{"placed by spaces", "\x0d    \x0b\x0bFog\x0a\x0a\x8a\x8a\x0d  \x0b\x0bahead\x0a\x0a", "Fog|ahead", true},
		{"a colour within", "Fog\x03ahead", "Fog ayhyeyaydy", false},
		{"a colour ends with its row", "\x06Fog\x8aahead", "Fcocgc|ahead", false},
		{"italics go on", "\x80Fog\x8aa\x81b", "F/o/g/|a/b", false},
		{"underlined", "a\x82b\x83c", "ab_c", false},
		{"boxes of open subtitles, and unknown codes", "\x84Fog\x85\x99", "Fog", false},
		{"a new background", "\x04\x1d\x07Fog", "Fog", false},
		{"empty rows", "\x8a\x8a \x8aFog\x8a\x8a", "Fog", false},
	} {
		rows, double := Latin.decodeRows([]byte(c.field))
		if got := texts(rows); got != c.want || double != c.double {
			t.Errorf("%s: %q, %v, want %q", c.name, got, double, c.want)
		}
	}
}

// TestRefused: what a file can't number or time is an error.
func TestRefused(t *testing.T) {
	f := sample()
	f.Subtitles[1].End = 24 * 3600 * 25
	if _, err := f.Encode(); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	f.Subtitles = make([]Subtitle, 0x10000)
	if _, err := f.Encode(); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

// TestSurvives: a file is read as it was written.
func TestSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &File{Rate: rapid.SampledFrom([]int{25, 30}).Draw(t, "rate"), Teletext: true, Title: "Fährmann",
			Table: rapid.SampledFrom(Tables()).Draw(t, "table"), Start: rapid.Int64Range(0, 36000).Draw(t, "start")}
		var letters []rune
		for r := rune('!'); r < 0x2200; r++ {
			if _, other := alike[r]; f.Table.Has(r) && !other && !unicode.IsSpace(r) && norm.NFC.IsNormalString(string(r)) {
				letters = append(letters, r)
			}
		}
		for n := range rapid.IntRange(0, 4).Draw(t, "subtitles") {
			start := rapid.Int64Range(0, 23*3600*25).Draw(t, "in")
			s := Subtitle{Number: n + 1, Start: start, End: start + rapid.Int64Range(1, 1000).Draw(t, "length"), Height: 2,
				Row: rapid.IntRange(1, 22).Draw(t, "row"), Justification: Justification(rapid.IntRange(0, 3).Draw(t, "justification"))}
			for range rapid.IntRange(1, 4).Draw(t, "rows") {
				var cells []Cell
				for range rapid.IntRange(1, 5).Draw(t, "words") {
					if len(cells) > 0 {
						cells = append(cells, Cell{Text: " ", Color: cells[len(cells)-1].Color})
					}
					word := rapid.StringOfN(rapid.RuneFrom(letters), 1, 6, -1).Draw(t, "word")
					cells = append(cells, row(word, Color(rapid.IntRange(0, 7).Draw(t, "colour")))...)
				}
				s.Rows = append(s.Rows, cells)
			}
			f.Subtitles = append(f.Subtitles, s)
		}
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(data)
		if err != nil || !Is(data) {
			t.Fatal(err)
		}
		for i := range f.Subtitles {
			want, got := &f.Subtitles[i], &got.Subtitles[i]
			if texts(want.Rows) != texts(got.Rows) {
				t.Fatalf("%s is read as %s", texts(want.Rows), texts(got.Rows))
			}
			want.Rows, got.Rows = nil, nil
		}
		if diff := cmp.Diff(f, got); diff != "" {
			t.Fatalf("-want +got\n%s", diff)
		}
	})
}

// TestDecodeOthers: files of others, with what ours never have.
func TestDecodeOthers(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	changed := func(change func(data []byte)) []byte {
		data := bytes.Clone(data)
		change(data)
		return data
	}
	if _, err := Decode(data[:1023]); err == nil {
		t.Error("a block that isn't whole is read")
	}
	for _, c := range []struct {
		name      string
		data      []byte
		subtitles int
		is        func(*File) bool
		err       error
	}{
		{"cut off", data[:len(data)-1], 1, func(f *File) bool { return true }, ErrCutOff},
		{"a line end behind it", append(bytes.Clone(data), '\r', '\n'), 2, func(f *File) bool { return true }, nil},
		{"user data", changed(func(d []byte) { d[1024+3] = 0xfe }), 1, func(f *File) bool { return true }, nil},
		{"a comment", changed(func(d []byte) { d[1024+15] = 1 }), 2, func(f *File) bool { return f.Subtitles[0].Comment }, nil},
		{"no time code", changed(func(d []byte) { d[1024+6] = 60 }), 2, func(f *File) bool { return f.Subtitles[0].Start < 0 }, nil},
		{"open subtitles", changed(func(d []byte) { d[11], d[253], d[254], d[1024+13] = '0', '9', '9', 90 }), 2,
			func(f *File) bool { return !f.Teletext && f.Subtitles[0].Row == 20 }, nil},
		{"24 frames", changed(func(d []byte) { d[7] = '4' }), 2, func(f *File) bool { return f.Rate == 24 }, nil},
		{"the start of the programme", changed(func(d []byte) { copy(d[256:], "10000000") }), 2,
			func(f *File) bool { return f.Start == 36000*25 }, nil},
		{"blank fields", changed(func(d []byte) { copy(d[11:272], strings.Repeat(" ", 261)) }), 2,
			func(f *File) bool { return f.Teletext && f.Table == Latin && f.Start == 0 }, nil},
		{"an unknown table", changed(func(d []byte) { d[13] = '9' }), 2, func(f *File) bool { return f.Table == Latin }, nil},
	} {
		f, err := Decode(c.data)
		if !errors.Is(err, c.err) || len(f.Subtitles) != c.subtitles || !c.is(f) {
			t.Errorf("%s: %v, %+v", c.name, err, f)
		}
	}
}

// FuzzDecode: no file breaks the reader, and what it reads can be written.
func FuzzDecode(f *testing.F) {
	for table := range tables {
		s := sample()
		s.Table = table
		data, err := s.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= 11 && !Is(data) { // else hardly anything is read
			copy(data[3:], "STL25.01")
		}
		file, err := Decode(data)
		if file == nil {
			return
		}
		if err != nil && !errors.Is(err, ErrCutOff) {
			t.Fatal(err)
		}
		var kept []Subtitle
		for _, s := range file.Subtitles {
			fits := s.Start >= 0 && s.End >= 0
			for _, r := range s.Rows {
				fits = fits && Width(r) <= MaxColumns
			}
			if fits {
				kept = append(kept, s)
			}
		}
		if file.Subtitles = kept; file.Rate < 100 {
			if _, err := file.Encode(); err != nil && !errors.Is(err, ErrTooMany) {
				t.Fatal(err)
			}
		}
	})
}

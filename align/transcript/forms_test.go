package transcript

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuewright/testdata/cputime"
	"cuewright/testdata/race"

	"github.com/google/go-cmp/cmp"
)

// readForm reads a file of testdata/forms.
func readForm(t testing.TB, file string) (*Script, error) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(string(data))
}

// TestFormsGolden reads an export of each form, and its variants, written for this test in the
// form that the source of each names, and shows all that was understood.
func TestFormsGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/forms/*.*")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			s, err := readForm(t, file)
			if err != nil {
				t.Fatal(err)
			}
			check(t, s)
			seen[s.Form] = true
			got, golden := s.Form+"\n"+dump(s), file+".golden"
			for _, h := range s.Hints {
				got += fmt.Sprintf("%d.%d at %v\n", h.Turn, h.Sentence, h.At)
			}
			checkGolden(t, golden, got)
		})
	}
	for _, f := range exportForms() {
		if !seen[f.Name] {
			t.Errorf("there is no example of %s", f.Name)
		}
	}
	for _, f := range Forms() {
		if f.Name == "" || f.Told == "" || f.Source == "" {
			t.Errorf("%+v is not filled in", f)
		}
	}
}

// TestFormErrors reads what can't be read: the error says what is wrong, where, and what to do.
func TestFormErrors(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"unknown object", `{"name": "lamp", "version": 2, "deps": {}}`,
			"JSON of an unknown form: its keys are deps, name, version; known are oTranscribe, whisper.cpp, "},
		{"unknown array", `[{"x": 1, "y": 2}]`, "JSON of an unknown form: it is an array of objects with the keys x, y; known are "},
		{"empty object", "{}", "JSON of an unknown form: it is empty; known are "},
		{"empty array", " [\n] ", "JSON of an unknown form: it is empty; known are "},
		{"too many words", "start\tend\ttext\n0\t1\t" + strings.Repeat("a ", mostWords+1), "holds more than 2,500,000 words"},
		{"strings", `["Good morning.", "Good night."]`, "JSON of an unknown form: it is an array of something else; known are "},
		{"arrays", "[[1, 2], [3]]", "JSON of an unknown form: it is an array of something else; known are "},
		{"wrapped", `[{"a": {"b": {"c": 1}}}]`, "JSON of an unknown form: it is an array of objects with the keys a; known are "},
		{"a lone carriage return", "Who|Said\n--\r | ---\nMara |", "as Markdown table it holds nothing that is said"},
		{"a long key", `{"` + strings.Repeat("k", 1000) + `": 1}`, "its keys are " + strings.Repeat("k", 40) + "...; known are "},
		{"many keys", `{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1}`, "its keys are a, b, c, d, e, f, g, h, ...; known"},
		{"cut off", "{\n\"segments\": [\n{\"text\": \"a\"},\n", "line 3: the JSON breaks off: export it again"},
		{"cut off at once", "{", "line 1: the JSON breaks off: export it again"},
		{"broken", "\n{\n\"segments\": [\n{\"text\": a}]}", "line 4: the JSON is broken at its byte 26 (invalid character 'a'"},
		{"text behind it", "{\"segments\": []}\nx", "line 2: the JSON is broken at its byte 18 (invalid character 'x'"},
		{"another type", "{\"segments\": [\n{\"text\": \"a\"},\n3]}", "line 3: segments holds a number: export it again"},
		{"nested without end", strings.Repeat(`{"a":`, 1<<20), "exceeded max depth"},
		{"arrays without end", `{"segments":` + strings.Repeat("[", 1<<20), "exceeded max depth"},
		{"no segments", `{"text": "", "segments": [], "language": "en"}`, "as JSON of Whisper it holds nothing that is said"},
		{"no words", `{"words": [{"case": "success", "word": ""}]}`, "as JSON of Gentle it holds nothing that is said"},
		{"no rows", "start\tend\ttext\n1\t2\t\n", "as TSV it holds nothing that is said"},
		{"a header alone", "start,speaker,text\n", "as CSV it holds nothing that is said"},
		{"a file of XML", "<?xml version='1.0'?>\n<!-- a --><!DOCTYPE Trans SYSTEM 'a'>\n<Trans><Turn>Hi.</Turn></Trans>",
			"XML of an unknown form: its outermost element is Trans: export it as text or captions"},
		{"xml without a declaration", "<talk lang=\"en\">\n<turn who=\"Ada\">Good morning.</turn>\n</talk>\n",
			"XML of an unknown form: its outermost element is talk: export it as text or captions"},
		{"times without words", "SPEAKER ferry 1 0.50 1.20 <NA> <NA> spk_0 <NA> <NA>\n", "RTTM says who speaks when, but not what"},
		{"an entry of another type", "[\n{\"speaker\": \"Mara\", \"text\": \"It is late.\"},\n7\n]", "line 3: the JSON holds a number"},
		{"a line of another type", "\n{\"start\": 1, \"text\": \"It is late.\"}\n\n7", "line 4: the JSON holds a number"},
		{"an entry under a name", "{\n\"id\": 1,\n\"data\": [{\"start\": 1, \"text\": \"It is late.\"},\n7]}", "line 4: the JSON holds a number"},
		{"another type within others", "\n\n{\"result\": {\n\"segments\": [\n{\"text\": \"a\"},\n3]}}", "line 6: segments holds a number"},
		{"a quotation mark", "time,speaker,text\n0:01,Ann,Hi\n0:02,Bob,\"" + strings.Repeat("a\n", 200),
			"as CSV: line 3: a quotation mark begins a cell there and none ends it: close it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if s, err := Parse(c.in); err == nil {
				t.Errorf("%s: read as %s", c.name, s.Form)
			} else if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// TestTables reads tables as spreadsheets, editors and people write them: nothing of them is lost or
// added.
func TestTables(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"German, with semicolons", "Sprecher;Start;Text\r\nMara;0:01;\"Spät; sehr.\"\r\nJoon;0:04;\"Seit\ndem Sturm.\"\r\n",
			"Mara: Spät; sehr. | Joon: Seit dem Sturm."},
		{"columns in another order", "TEXT,SPEAKER NAME,START TIME\nIt is late.,Mara,00:01\n\"Yes, it is.\",Joon,00:04\n",
			"Mara: It is late. | Joon: Yes, it is."},
		{"a title above", "The ferry,,\n,,\nSpeaker,Time,Text\nMara,0:01,It is late.\nJoon,0:04,Yes.\n", "Mara: It is late. | Joon: Yes."},
		{"marks of HTML", "speaker,text\n<b>Mara</b>,It is<br>late.\nJoon,\"Yes,<br />salt &amp; <i>pepper</i> &lt;3.\"\n",
			"Mara: It is late. | Joon: Yes, salt & pepper <3."},
		{"a cell of lines in TSV", "speaker\ttext\nMara\t\"It is\r\n \"\"late\"\".\"\r\nJoon\tYes.\r\n", `Mara: It is "late". | Joon: Yes.`},
		{"quotation marks in TSV", "speaker\ttext\nMara\t\"It is\nJoon\tYes.\n", `Mara: "It is | Joon: Yes.`},
		{"a cell that nobody quoted", "speaker,text\nMara,It is late.\nAnd slow.\nJoon,Yes.\n", "Mara: It is late. And slow. | Joon: Yes."},
		{"frames", "Speaker\tTimecode\tText\nMara\t00:00:01:12\tIt is late.\nJoon\t00:00:04;00\tYes.\n", "Mara: It is late. | Joon: Yes."},
		{"unknown speakers", "speaker,text\nMara,It is late.\nUnknown,Yes.\n", "Mara: It is late. | : Yes."},
		{"a quotation mark that nobody closed", "start,speaker,text\n1,Mara,Hello there\n2,Joon,\"Well, I said\n3,Mara,The ferry left.\n" +
			"4,Joon,Yes it did.\n5,Mara,He said \"go\" and left.\n6,Joon,Fine.\n",
			`Mara: Hello there | Joon: "Well, I said | Mara: The ferry left. | Joon: Yes it did. | Mara: He said "go" and left. | Joon: Fine.`},
		{"one that another row closes", "start,speaker,text\n1,Mara,Hello there\n2,Joon,\"Well.\n3,Mara,It left.\n4,Joon,\"Yes, it did.\"\n5,Mara,Fine.\n",
			`Mara: Hello there | Joon: "Well. | Mara: It left. | Joon: Yes, it did. | Mara: Fine.`},
		{"one that ends another row", "start,speaker,text\n1,Mara,Hello there\n2,Joon,\"Well.\n3,Mara,It left.\"\n4,Joon,Yes.\n",
			`Mara: Hello there | Joon: "Well. | Mara: It left." | Joon: Yes.`},
		{"one in a middle column", "speaker,text,start\nMara,Hello there,1\nJoon,\"Well,2\nMara,The ferry left.,3\n",
			`Mara: Hello there | Joon: "Well | Mara: The ferry left.`},
		{"one in the last row", "speaker,text\nMara,It is late.\nJoon,\"Yes.\n", "Mara: It is late. | Joon: Yes."},
		{"cells of lines with commas", "start,speaker,text\n1,Mara,\"It is late,\nand, well, so, it is.\n\nSo, so, so.\"\n2,Joon,\"\"\"Yes,\"\"\r\n3, 4, 5.\"\n",
			`Mara: It is late, and, well, so, it is. So, so, so. | Joon: "Yes," 3, 4, 5.`},
		{"an empty cell and a last comma", "speaker,text,\nMara,It is late.,\n\n\"\",Very.,\"\"\nJoon,Yes.,", "Mara: It is late. Very. | Joon: Yes."},
		{"a quotation mark in TSV that a later row ends", "speaker\ttext\nMara\t\"It is\nJoon\tYes.\nMara\tNo\"\n", `Mara: "It is | Joon: Yes. | Mara: No"`},
		{"names and text alone", "Mara,Welcome back to the ferry.\nJoon,\"Thank you, Mara.\"\nMara,Shall we, then?\nJoon,We shall.\n",
			"Mara: Welcome back to the ferry. | Joon: Thank you, Mara. | Mara: Shall we, then? | Joon: We shall."},
		{"names and text with semicolons", "speaker_1;It is late, and dark.\nspeaker_2;Yes.\nspeaker_1;Is it?\nspeaker_2;It is.\n",
			"speaker_1: It is late, and dark. | speaker_2: Yes. | speaker_1: Is it? | speaker_2: It is."},
		{"breaks in Markdown", "Speaker | Text\n---|---\n**Mara** | It is<br>late.\nJoon | Yes \\| no.\n", "Mara: It is late. | Joon: Yes | no."},
		{"no speaker in Markdown", "Speaker | Text\n---|---\nMara | It is late.\n | Very.\nJoon | Yes.\n", "Mara: It is late. Very. | Joon: Yes."},
		{"no speaker in a frame", "| Speaker | Text |\n|---|---|\n| Mara | It is late. |\n| | Very. |\n| Joon | Yes. |\n",
			"Mara: It is late. Very. | Joon: Yes."},
		{"a list of JSON under a name", `{"id": 1, "data": [{"speaker": "Mara", "start": 1, "text": "It is late."}, {"speaker": null, "text": "Very."}]}`,
			"Mara: It is late. Very."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			check(t, s)
			if got := spoken(s); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// TestTimesOfExports reads times as exports write them.
func TestTimesOfExports(t *testing.T) {
	for in, want := range map[string]time.Duration{
		`1.5`: 1500 * time.Millisecond, `"1.5"`: 1500 * time.Millisecond, `"1.500s"`: 1500 * time.Millisecond, `"4.1"`: 4100 * time.Millisecond,
		`"00:01:02,5"`: 62500 * time.Millisecond, `"1:02"`: 62 * time.Second, `"00:00:03.7167320"`: 3716732 * time.Microsecond,
		`"00:01:02:12"`: 62 * time.Second, `"PT1H1M2.5S"`: 3662500 * time.Millisecond, `"PT2S"`: 2 * time.Second,
		`{"seconds": "62", "nanos": 500000000}`: 62500 * time.Millisecond, `{"nanos": 5e8}`: 500 * time.Millisecond,
		`null`: -1, `""`: -1, `"NaN"`: -1, `[1]`: -1, `{}`: -1, `-2`: -1, `"PT"`: -1, `1e99`: -1,
	} {
		var v jsonTime
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if got := v.hint(time.Second); got.known != (want >= 0) || got.known && got.at != want {
			t.Errorf("%s: %v, want %v", in, got, want)
		}
	}
}

// TestOddJSON reads exports that hold what their form has no place for: the rest is read.
func TestOddJSON(t *testing.T) {
	channels := make([]string, 12)
	for i := range channels {
		channels[i] = fmt.Sprintf(`{"alternatives": [{"words": [{"word": "Deck %c.", "start": %d}]}]}`, 'A'+i, i)
	}
	for _, c := range []struct{ name, in, want string }{
		{"words that are none", `[{"speaker": "Mara", "text": "It is late."}, {"speaker": "Joon", "text": "Yes.", "words": 5, "offsets": []}]`,
			"Mara: It is late. | Joon: Yes."},
		{"a turn that is none", `{"segments": [{"speaker": "Mara", "text": "It is late.", "speaker_turn_next": "no", "words": ["a"]}]}`,
			"Mara: It is late."},
		{"twelve channels", `{"results": {"channels": [` + strings.Join(channels, ",") + `]}}`,
			"Channel 1: Deck A. | Channel 2: Deck B. | Channel 3: Deck C. | Channel 4: Deck D. | Channel 5: Deck E. | Channel 6: Deck F. | " +
				"Channel 7: Deck G. | Channel 8: Deck H. | Channel 9: Deck I. | Channel 10: Deck J. | Channel 11: Deck K. | Channel 12: Deck L."},
		{"a channel without times", `{"results": {"channels": [
			{"alternatives": [{"words": [{"word": "Late.", "start": 3}, {"word": "Very."}]}]},
			{"alternatives": [{"words": [{"word": "Yes.", "start": 2}, {"word": "Quite.", "start": 4}]}]}]}}`,
			"Channel 2: Yes. | Channel 1: Late. Very. | Channel 2: Quite."},
		{"parts of words", `{"transcription": [{"text": " The light"}, {"text": "house is"}, {"text": " dar"}, {"text": "k."}, {"text": " Still."}]}`,
			": The lighthouse is dark. Still."},
	} {
		s, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		check(t, s)
		if got := spoken(s); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestNoForm reads pages that look like exports in part.
func TestNoForm(t *testing.T) {
	numbered := ""
	for i := range 12 {
		numbered += fmt.Sprintf("%d | to do this and that | well enough for all %c of us\n", i+1, 'a'+i)
	}
	for _, in := range []string{
		"[THEME MUSIC]\nAnn: Hi.\nBob: Ho.",
		"{pause}\nAnn: Hi.\nBob: Ho.",
		"[{pause}]\nAnn: Hi.\nBob: Ho.",
		`["Hello," she said.]` + "\nAnn: Hi.\nBob: Ho.",
		`{"Hello," she said}` + "\nAnn: Hi.\nBob: Ho.",
		`{"Hello"} is said.` + "\nAnn: Hi.\nBob: Ho.",
		`[{"Hello," she said}]` + "\nAnn: Hi.\nBob: Ho.",
		"[1] is a note.\nAnn: Hi.\nBob: Ho.",
		"[[1]] is a note.\nAnn: Hi.\nBob: Ho.",
		"[00:01] Ann: Hi.\n[00:02] Bob: Ho.\n[00:03] Ann: Oh.",
		"In time, said the line,\nthe text, from the start, is right.",
		"Speaker, text\nand time are what the book is about.",
		"0:01\tHello there.\n0:02\tHi.\n0:03\tWell, well.\n0:04\tBye.",
		"Ann\tHello there, all of you.\nBob\tHi.\nAnn\tWell, well.\nBob\tBye.",
		"One, two\nthree, four\nfive, six\nseven, eight",
		"Well, it is late.\nSo, we left.\nWell, they came.\nSo, we stayed.",
		"Mara,Welcome back.\nNobody,Joon,came.\nMara,And he left.\nAll went home,and so did we.\nMara,It was late.",
		"it,is late\nso,we left\nit,was dark\nso,they came",
		"No. | what | how\n--|--|--\n" + numbered,
		"Ann | host\nBob | guest\n\nAnn: Hi.\nBob: Ho.\nAnn: Oh.",
	} {
		s, err := Parse(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		} else if s.Form != formText {
			t.Errorf("%q is read as %s", in, s.Form)
		}
	}
}

// FuzzForms reads exports and office files; of an archive the part that holds the text changes,
// and its bytes as a whole.
func FuzzForms(f *testing.F) {
	exports, err := filepath.Glob("testdata/forms/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range exports {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".golden") {
			f.Add(data, uint8(0))
		}
	}
	for i, part := range []string{
		"word.docx/word/document.xml", "word.docx/word/styles.xml", "opendocument.odt/content.xml", "book.epub/text/one.xhtml",
		"book.epub/text/book.opf", "rich-text.rtf",
	} {
		data, err := os.ReadFile("testdata/office/" + part)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i+1))
	}
	f.Add(word(f, "<w:p><w:r><w:t>Good morning.</w:t></w:r></w:p>"), uint8(0))
	const contents = `<item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/>`
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		text := string(data)
		switch kind % 7 {
		case 1:
			data = archive(t, "word/document.xml", text)
		case 2:
			data = archive(t, "word/styles.xml", text, "word/document.xml", "<w:p><w:pStyle w:val='A'/><w:r><w:t>Hi.</w:t></w:r></w:p>")
		case 3:
			data = archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", text)
		case 4:
			data = archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", contents, "a.html", text)
		case 5:
			data = archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", text, "a.html", "<p>Hi.</p>")
		case 6:
			data = append([]byte(rtfMagic), data...)
		}
		read := func() (*Script, error) {
			if IsOffice(data) {
				return ParseOffice(data)
			}
			return Parse(string(data))
		}
		s, err := read()
		if err != nil {
			if err.Error() == "" || strings.HasPrefix(err.Error(), ": ") {
				t.Errorf("the error is %q", err)
			}
			return
		}
		check(t, s)
		if s.Form == "" {
			t.Error("the script has no form")
		}
		again, err := read()
		if err != nil || !cmp.Equal(s, again) {
			t.Fatal("not the same again")
		}
		CaptionsForm(string(data))
	})
}

// TestFormsGrow: exports and office files take a time that grows with their length, not with its square.
func TestFormsGrow(t *testing.T) {
	race.Skip(t, "takes time of its own")
	text := func(head, unit, tail string) func(int) []byte {
		return func(n int) []byte { return []byte(head + strings.Repeat(unit, n) + tail) }
	}
	for _, c := range []struct {
		name  string
		units int
		file  func(n int) []byte
	}{
		{"parts of words", 1000, func(n int) []byte {
			part := strings.Repeat("a", 64)
			return text(`{"transcription":[`+strings.Repeat(`{"text":" a"},`, n+2), `{"text":"`+part+`"},`, `{"text":"a"}]}`)(n)
		}},
		{"marks of one row", 2000, text("speaker,text\na", `,"b`, "\na,b\n")},
		{"marks of rows", 2000, text("speaker,text\n", `a,"b`+"\n", "")},
		{"marks of long rows", 500, text("speaker,text\n", `a,"`+strings.Repeat("b", 500)+"\n\n\n\n\n", "")},
		{"pages of a book and what is encrypted of it", 150, func(n int) []byte {
			var contents, encrypted strings.Builder
			parts := []string{"META-INF/container.xml", `<rootfile full-path="a.opf"/>`}
			for i := range n {
				fmt.Fprintf(&contents, `<item id="%d" href="%d.html" media-type="text/html"/><itemref idref="%d"/>`, i, i, i)
				parts = append(parts, fmt.Sprintf("%d.html", i), "<p>Hi.")
			}
			for i := range 50 * n {
				fmt.Fprintf(&encrypted, `<CipherReference URI="fonts/%d.ttf"/>`, i)
			}
			return archive(t, append(parts, "a.opf", contents.String(), "META-INF/encryption.xml", encrypted.String())...)
		}},
	} {
		took := func(units int) time.Duration {
			data := c.file(units)
			return cputime.Of(func() {
				if IsOffice(data) {
					ParseOffice(data)
				} else {
					Parse(string(data))
				}
			})
		}
		const times = 8 // a square would take 64 times as long
		small, large := took(c.units), took(times*c.units)
		slow := func() bool { return large > 100*time.Millisecond && large > 3*times*small }
		for try := 0; try < 4 && slow(); try++ { // once may be due to what else the machine does
			small, large = min(small, took(c.units)), min(large, took(times*c.units))
		}
		if slow() {
			t.Errorf("%s: %d times as many take %v instead of %v", c.name, times, large, small)
		}
	}
}

// TestFormsLinear reads hostile exports in a time that what is quadratic would miss.
func TestFormsLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	const size = 48 << 10
	for _, c := range []struct{ head, unit, tail string }{
		{`{"segments":[`, `{"text":"a. "},`, `{}]}`},
		{`{"results":{"items":[`, `{"type":"pronunciation","alternatives":[{"content":"a"}]},`, `{}]}}`},
		{`{"monologues":[{"elements":[`, `{"type":"punct","value":" "},`, `{}]}]}`},
		{`{"monologues":[`, `{"elements":[{"type":"text","value":"a"}]},`, `{}]}`},
		{`{"transcript":"` + strings.Repeat(`a\n`, 1<<13) + `","words":[`, `{"case":"success","word":"a","startOffset":1},`, `{}]}`},
		{`{"words":[`, `{"value":"a","time":1,"para":"b"},`, `{}]}`},
		{`[`, `{"text":"a","start":1},`, `{}]`},
		{`{"text":"a","start":1}`, "\n" + `{"text":"b","start":1}`, ""},
		{`{"a":`, `{"a":`, ``},
		{`{"text":"`, `<p>`, `","media":""}`},
		{`{`, `"a":1,`, `"b":2}`},
		{"a|b\n-|-\n", "|", ""},
		{"Speaker|Text\n-|-\n", "a|b\n", ""},
		{"Speaker|Text\n-|-\n", "a|b\n-|-\n", ""},
		{"Speaker|Text\n-|-\n", `\|`, ""},
		{"speaker,text\n", `"`, ""},
		{"speaker,text\n", `a,"b""c` + "\n", ""},
		{"speaker,text\n", `a,"b` + "\n", ""},
		{"speaker,text\n", `a,"` + "\n", ""},
		{"speaker,text\n", "a,\"b\n\n\n\n\n", ""},
		{"start,speaker,text\n", "1,a,\"b\"\"\n2,c\n", ""},
		{"speaker\ttext\n", "a\t\"b\n\n\n\n\n", ""},
		{"", ",", ""},
		{"", ",\n", ""},
		{"start\tend\ttext\n", "\t", ""},
		{`{\rtf1 `, `\u1?`, "}"},
		{`{\rtf1 `, `\'e9`, "}"},
		{`{\rtf1 `, `{a}`, "}"},
		{`{\rtf1 `, `a\par `, "}"},
		{`{\rtf1 `, `\b a\b0 `, "}"},
		{`{\rtf1 `, `\f1`, "}"},
	} {
		in := c.head + strings.Repeat(c.unit, size/len(c.unit)) + c.tail
		var err error
		took := cputime.Of(func() {
			if IsOffice([]byte(in)) {
				_, err = ParseOffice([]byte(in))
			} else {
				_, err = Parse(in)
			}
		})
		if took > 3*time.Second {
			t.Errorf("%q after %.40q took %v (%v)", c.unit, c.head, took, err)
		} else if took > 300*time.Millisecond {
			t.Logf("%q after %.40q took %v (%v)", c.unit, c.head, took, err)
		}
	}
}

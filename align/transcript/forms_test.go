package transcript

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
		{"too many words", "0:00:00.000,0:00:01.000\n" + strings.Repeat("a ", mostWords+1), "holds more than 2,500,000 words"},
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
		{"breaks in Markdown", "Speaker | Text\n---|---\n**Mara** | It is<br>late.\nJoon | Yes \\| no.\n", "Mara: It is late. | Joon: Yes | no."},
		{"no speaker in Markdown", "Speaker | Text\n---|---\nMara | It is late.\n | Very.\nJoon | Yes.\n", "Mara: It is late. Very. | Joon: Yes."},
		{"no speaker in a frame", "| Speaker | Text |\n|---|---|\n| Mara | It is late. |\n| | Very. |\n| Joon | Yes. |\n",
			"Mara: It is late. Very. | Joon: Yes."},
		{"a list of JSON under a name", `{"id": 1, "data": [{"speaker": "Mara", "start": 1, "text": "It is late."}, {"speaker": null, "text": "Very."}]}`,
			"Mara: It is late. Very."},
		{"more tags than lines", "[ar:Mara]\n[ti:The ferry]\n[al:Isle]\n[by:x]\n[offset:+500]\n\n[00:01.00]<00:01.00>It <00:01.50>is late.\n" +
			"[00:04.00]Yes.\n", ": It is late. Yes."},
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
		"[1] is a note.\nAnn: Hi.\nBob: Ho.",
		"[[1]] is a note.\nAnn: Hi.\nBob: Ho.",
		"[00:01] Ann: Hi.\n[00:02] Bob: Ho.\n[00:03] Ann: Oh.",
		"In time, said the line,\nthe text, from the start, is right.",
		"Speaker, text\nand time are what the book is about.",
		"0:01\tHello there.\n0:02\tHi.\n0:03\tWell, well.\n0:04\tBye.",
		"Ann\tHello there, all of you.\nBob\tHi.\nAnn\tWell, well.\nBob\tBye.",
		"One, two\nthree, four\nfive, six\nseven, eight",
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

// TestFormsLinear reads hostile exports in a time that what is quadratic would miss.
func TestFormsLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	t.Parallel()
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
		{"", ",", ""},
		{"", ",\n", ""},
		{"start\tend\ttext\n", "\t", ""},
		{"0:00:01.000,0:00:02.000\n", "[br]", ""},
		{"[ti:a]\n", "[00:01.00]", "a\n"},
		{"[ti:a]\n[00:01.00]a\n", "<00:01.00>", ""},
		{`{\rtf1 `, `\u1?`, "}"},
		{`{\rtf1 `, `\'e9`, "}"},
		{`{\rtf1 `, `{a}`, "}"},
		{`{\rtf1 `, `a\par `, "}"},
		{`{\rtf1 `, `\b a\b0 `, "}"},
		{`{\rtf1 `, `\f1`, "}"},
	} {
		began := time.Now()
		in := c.head + strings.Repeat(c.unit, size/len(c.unit)) + c.tail
		var err error
		if IsOffice([]byte(in)) {
			_, err = ParseOffice([]byte(in))
		} else {
			_, err = Parse(in)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%q after %.40q took %v (%v)", c.unit, c.head, took, err)
		} else if took > 300*time.Millisecond {
			t.Logf("%q after %.40q took %v (%v)", c.unit, c.head, took, err)
		}
	}
}

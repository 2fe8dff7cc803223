package transcript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
			seen[s.Form] = true
			got, golden := s.Form+"\n"+dump(s), file+".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
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
		{"unknown array", `[{"x": 1, "y": 2}]`, "JSON of an unknown form: an array of objects with the keys x, y; known are "},
		{"empty object", "{}", "JSON of an unknown form: it is empty; known are "},
		{"empty array", " [\n] ", "JSON of an unknown form: it is empty; known are "},
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

// TestNoForm reads pages that look like exports in part.
func TestNoForm(t *testing.T) {
	for _, in := range []string{
		"[THEME MUSIC]\nAnn: Hi.\nBob: Ho.",
		"{pause}\nAnn: Hi.\nBob: Ho.",
		"[{pause}]\nAnn: Hi.\nBob: Ho.",
		"[[1]] is a note.\nAnn: Hi.\nBob: Ho.",
		"[00:01] Ann: Hi.\n[00:02] Bob: Ho.\n[00:03] Ann: Oh.",
		"In time, said the line,\nthe text, from the start, is right.",
		"Speaker, text\nand time are what the book is about.",
		"0:01\tHello there.\n0:02\tHi.\n0:03\tWell, well.\n0:04\tBye.",
		"Ann\tHello there, all of you.\nBob\tHi.\nAnn\tWell, well.\nBob\tBye.",
		"One, two\nthree, four\nfive, six\nseven, eight",
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

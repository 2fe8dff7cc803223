package subtitles

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// scriptOf reads a file as a transcript.
func scriptOf(name string, data []byte) (*transcript.Script, error) {
	text, err := format.Decode(data)
	if err != nil {
		return nil, err
	}
	kind := format.Detect(name, text)
	if kind == "" {
		return transcript.Parse(text)
	}
	f, err := format.Read(kind, text)
	if err != nil {
		return nil, err
	}
	return Script(f)
}

// drawnScript is all of a script, one thing a line: turns with the line and the
// speaker, sentences with the paragraph, directions and notes.
func drawnScript(s *transcript.Script) string {
	var b strings.Builder
	d := s.Directions
	directions := func(turn, sentence int) {
		for len(d) > 0 && (d[0].Turn < turn || d[0].Turn == turn && d[0].Sentence <= sentence) {
			kind := [...]string{"other", "music", "sound", "clip begins", "clip ends"}[d[0].Kind]
			fmt.Fprintf(&b, "    %d [%s] %s\n", d[0].Line, kind, d[0].Text)
			d = d[1:]
		}
	}
	for i, t := range s.Turns {
		directions(i, -1)
		fmt.Fprintf(&b, "%d %q\n", t.Line, t.Speaker)
		for k, sentence := range t.Sentences {
			directions(i, k)
			fmt.Fprintf(&b, "    .%d %s\n", sentence.Paragraph, sentence.Text())
		}
	}
	directions(len(s.Turns), 0)
	for _, n := range s.Notes {
		fmt.Fprintf(&b, "%d %s: %s\n", n.Line, n.Reason, n.Text)
	}
	return b.String()
}

// TestScriptGolden holds what is understood of captions as a transcript, and of text
// in other encodings, to a file beside each.
func TestScriptGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/scripts/*.*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		n++
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scriptOf(file, data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got, golden := drawnScript(s), file+".golden"
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
			t.Errorf("%s (-want +got)\n%s", file, diff)
		}
	}
	if n < 6 {
		t.Fatalf("only %d files in testdata/scripts", n)
	}
}

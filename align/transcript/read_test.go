package transcript

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// dump shows all of a script, one thing a line.
func dump(s *Script) string {
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
		for j, sentence := range t.Sentences {
			directions(i, j)
			fmt.Fprintf(&b, "    .%d", sentence.Paragraph)
			for _, w := range sentence.Words {
				switch {
				case w.GapBefore:
					b.WriteString(" ...")
				}
				if w.Glued {
					b.WriteString("+")
				} else {
					b.WriteString(" ")
				}
				text := strings.ReplaceAll(w.Text, " ", "_")
				if w.Inserted {
					text = "{" + text + "}"
				}
				b.WriteString(text)
			}
			b.WriteString("\n")
		}
	}
	directions(len(s.Turns), 0)
	for _, n := range s.Notes {
		fmt.Fprintf(&b, "%d %s: %s\n", n.Line, n.Reason, n.Text)
	}
	return b.String()
}

// checkGolden compares what was read with a file of testdata, which -update writes.
func checkGolden(t *testing.T, golden, got string) {
	t.Helper()
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
}

// TestReadGolden reads transcripts in the shapes that people have, written for
// this test, and shows all that was understood.
func TestReadGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	shapes, err := filepath.Glob("testdata/shapes/*.*") // one page for each shape of a label, a header, a footer
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range append(files, shapes...) {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		n++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := Parse(string(data))
			if err != nil {
				t.Fatal(err)
			}
			got, golden := dump(s), file+".golden"
			checkGolden(t, golden, got)
		})
	}
	if n < 10 {
		t.Fatalf("only %d files in testdata", n)
	}
}

package subtitles

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

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

// letters is the letters and digits of s, without accents.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, norm.NFD.String(s))
}

// sameWords fails where the script of cues has other words than the cues, in another
// order, or fewer: sounds, labels and what rolling captions repeat are none of it.
func sameWords(t testing.TB, name string, cues []format.Cue) {
	t.Helper()
	var all strings.Builder
	for _, c := range cues {
		all.WriteString(c.Text() + "\n")
	}
	s, err := transcript.FromLines(TranscriptLines(cues))
	if err != nil {
		s = &transcript.Script{}
	}
	var said strings.Builder
	for _, turn := range s.Turns {
		for _, sentence := range turn.Sentences {
			said.WriteString(sentence.Text() + "\n")
		}
	}
	shown, script := letters(all.String()), letters(said.String())
	rest := shown
	for _, r := range script {
		at := strings.IndexRune(rest, r)
		if at < 0 {
			t.Fatalf("%s: the script has words that the cues lack, or in another order\n%s\n%s", name, all.String(),
				said.String())
		}
		rest = rest[at+len(string(r)):]
	}
	plain := len(s.Directions) == 0 && len(s.Notes) == 0 && !strings.ContainsAny(all.String(), "[](){}<>:：♩♪♫♬")
	if plain && script != shown {
		t.Fatalf("%s: the script lacks words of the cues\n%s\n%s", name, all.String(), said.String())
	}
}

// TestSameWords holds both ways to read a caption file, as captions and as a
// transcript, to the same words, for every such file in the tree.
func TestSameWords(t *testing.T) {
	n := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "testdata") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := format.Decode(data)
		kind := format.Detect(path, text)
		if err != nil || kind == "" {
			return nil // a recording, or a page
		}
		f, err := format.Read(kind, text)
		if err != nil || len(f.Cues) == 0 {
			return nil // other JSON
		}
		n++
		sameWords(t, path, f.Cues)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 9 {
		t.Errorf("only %d caption files", n)
	}
}

// FuzzScript: both ways to read captions see the same words, and cues can be laid out
// anew and written.
func FuzzScript(f *testing.F) {
	kinds := format.Formats()
	for i, kind := range kinds {
		data, err := os.ReadFile("testdata/golden." + kind.Name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	f.Add([]byte("WEBVTT\n\n0:1.0 -> 0:2\n<v A>a</v>. <v B>b\n\n \nc<br>d\n\n0:2.0 --> 0:3\nd\n"), uint8(0))
	f.Add([]byte("1\n0:1 --> 0:2\nA: a&amp;b\n\n0:2 --> 0:3\nA: a\n"), uint8(1))
	f.Add([]byte("{\"segments\":[{\"text\":\"a\"},{\"speaker\":\"B\",\"start\":1,\"end\":2,\"text\":\"B: c\"}]}"), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		text, err := format.Decode(data)
		if err != nil {
			return
		}
		file, err := format.Read(kinds[int(kind)%len(kinds)].Name, text)
		if err != nil {
			return
		}
		sameWords(t, "", file.Cues)
		if len(file.Warnings) > 0 {
			return
		}
		var b bytes.Buffer
		for _, to := range []string{"TextGrid", "srt", "ass"} {
			a, p := FromCues(Voices(file.Cues), "en"), preset(t, "netflix", to)
			err := Write(&b, to, Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Alignment: a})
			if err != nil && !errors.Is(err, format.ErrNoCues) {
				t.Fatal(err)
			}
		}
	})
}

// TestScriptLinear reads hostile captions in a time that what is quadratic would miss.
func TestScriptLinear(t *testing.T) {
	const head, size = "WEBVTT\n\n00:01.000 --> 00:02.000\n", 32 << 10
	for _, unit := range []string{"<v A>", "<v A>b", "<", "{\\", "\n", "00:01.000 --> 00:02.000\n\n\na\n", "a\n\n",
		"- a\n", "NOTE\na\n\n", "</v>.", "&", "->", "<br>"} {
		for _, name := range []string{"a.vtt", "a.srt"} {
			text := head + strings.Repeat(unit, size/len(unit))
			if name == "a.srt" {
				text = strings.TrimPrefix(text, "WEBVTT\n\n")
			}
			began := time.Now()
			_, err := scriptOf(name, []byte(text))
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%q in %s took %v, %v", unit, name, took, err)
			}
		}
	}
}

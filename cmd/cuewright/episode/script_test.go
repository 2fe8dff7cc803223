package episode

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"cuewright/align/transcript"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
	"cuewright/testdata/cputime"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// module is the folder of the module.
const module = "../../.."

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
	files, err := filepath.Glob(module + "/subtitles/testdata/scripts/*.*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		n++
		s, _, err := ReadTranscript(file, "", Hooks{})
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

// sameWords fails where the script of a file has other words than its cues, in another
// order, or fewer: sounds, labels and what rolling captions repeat are none of it.
func sameWords(t testing.TB, name string, s *transcript.Script, cues []format.Cue) {
	t.Helper()
	var all, said strings.Builder
	for _, c := range cues {
		all.WriteString(c.Text() + "\n")
	}
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

// sameDocument holds both ways to read a file, as a transcript and as captions, to the
// same words, and returns its cues. An error of one is one of the other, too,
// but for what only captions need, times that are right and an end, and for cues without
// speech.
func sameDocument(t testing.TB, d *document) (cues []format.Cue) {
	t.Helper()
	script, err := d.script()
	cues, warnings, cuesErr := d.cues()
	if cuesErr != nil {
		f, readErr := format.Read(d.kind, d.text)
		switch {
		case d.kind == "" || d.isAlignment():
			return nil // a page, or what is no transcript
		case readErr != nil && err == nil && !errors.Is(readErr, format.ErrCutOff):
			t.Fatalf("%s: captions of %s can't be read, a transcript can: %v", d.name, d.kind, cuesErr)
		case readErr != nil && err != nil:
			return nil // for both
		}
		cues = f.Cues
	} else if d.kind != "" && !d.isAlignment() { // the cues of an export, which has no format, are what there is
		f, err := format.Read(d.kind, d.text)
		if err != nil {
			t.Fatalf("%s: captions can be read, but not their file: %v", d.name, err)
		}
		cues = f.Cues // with those that captions leave out
	} else if d.kind == "" && slices.ContainsFunc(warnings, func(w format.Warning) bool { return w.Kind == format.LeftOut }) {
		cues = exportCues(t, d.text)
	}
	if d.isAlignment() {
		if err == nil {
			t.Fatalf("%s: an alignment is taken for a transcript", d.name)
		}
		return cues
	}
	if err != nil {
		script = &transcript.Script{}
	}
	sameWords(t, d.name, script, cues)
	return cues
}

// exportCues returns the entries of an export as cues in their order in the file, with those without a
// time, which captions leave out and tell of.
func exportCues(t testing.TB, text string) []format.Cue {
	t.Helper()
	exported, _, err := transcript.Entries(text)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(exported, func(a, b transcript.Entry) int { return a.Line - b.Line })
	entries := make([]format.Entry, len(exported))
	for i, e := range exported {
		entries[i] = format.Entry{Speaker: e.Speaker, Text: e.Text, Number: e.Line}
	}
	return format.FromEntries(entries).Cues
}

// TestSameWords holds the transcript and the captions of a file to the same words, for
// every file of text in the tree.
func TestSameWords(t *testing.T) {
	n := 0
	err := filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(path, "testdata") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		d, err := newDocument(path, "", data)
		if err != nil {
			return nil // a recording
		}
		if d.kind == "" {
			return nil // a page
		}
		if cues := sameDocument(t, d); len(cues) == 0 {
			return nil // other JSON
		}
		n++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 11 {
		t.Errorf("only %d caption files", n)
	}
}

// TestSameWordsOfDamage: damage that two readers would take in two ways.
func TestSameWordsOfDamage(t *testing.T) {
	const times = "00:00:01,000 --> 00:00:02,000\n"
	accents := strings.Repeat("déjà vu, ", 12)
	for _, c := range []struct{ name, text, want string }{
		{"a stray byte", "1\n" + times + accents + "\xe9 fin\n", "déjà vu"},
		{"a short arrow", "1\n" + strings.Replace(times, "-->", "->", 1) + "Good morning.\n", "Good morning."},
		{"damaged times", "1\n" + times + "Hello.\n\n2\n00:\xff0:03,000 --> 00:00:04,000\nGood morning.\n", "Good morning."},
		{"a short arrow later", "1\n" + times + "Hello.\n\n2\n00:00:03,000 -> 00:00:04,000\nGood morning.\n", "Good morning."},
	} {
		for _, name := range []string{"a.srt", "a.txt"} {
			d, err := newDocument(name, "", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			cues := sameDocument(t, d)
			script, err := d.script()
			if err != nil || len(cues) == 0 || len(script.Turns) == 0 {
				t.Errorf("%s: %d cues, %v", c.name, len(cues), err)
				continue
			}
			if shown := cues[len(cues)-1].Text(); !strings.Contains(shown, c.want) {
				t.Errorf("%s: the cue is %q", c.name, shown)
			}
			if said := drawnScript(script); !strings.Contains(said, c.want) || strings.Contains(said, "00") {
				t.Errorf("%s: the script is %s", c.name, said)
			}
		}
	}
}

// FuzzSameWords: both ways to read a file see the same words, and cues can be laid out
// anew and written.
func FuzzSameWords(f *testing.F) {
	var names []string
	for _, kind := range append(subtitles.Formats(), subtitles.Format{Format: format.Format{Name: "unknown"}}) {
		names = append(names, "a."+kind.Name)
		if data, err := os.ReadFile(module + "/subtitles/testdata/golden." + kind.Name); err == nil {
			f.Add(data, uint8(len(names)-1))
			f.Add(data, uint8(0))
		}
	}
	f.Add([]byte("WEBVTT\n\n0:1.0 -> 0:2\n<v A>a</v>. <v B>b\n\n \nc<br>d\n\n0:2.0 --> 0:3\nd\n"), uint8(0))
	f.Add([]byte("1\n0:1 --> 0:2\nA: a&amp;b\n\n0:2 --> 0:3\nA: a\n"), uint8(1))
	f.Add([]byte("1\n0:1 -> 0:2\n\xe9\n"), uint8(1))
	f.Add([]byte("{\"segments\":[{\"text\":\"a\"},{\"speaker\":\"B\",\"start\":1,\"end\":2,\"text\":\"B: c\"}]}"), uint8(2))
	f.Add([]byte("{\"segments\":[{\"text\":\"a\"},{"), uint8(2))
	netflix, err := subtitles.PresetNamed("netflix")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		d, err := newDocument(names[int(kind)%len(names)], "", data)
		if err != nil {
			return
		}
		if _, ok := format.ReadOther(d.text); ok {
			_, _ = d.script() // in which a time that is badly written is a word
		} else {
			sameDocument(t, d)
		}
		cues, _, err := d.cues()
		if err != nil {
			return
		}
		var b bytes.Buffer
		for _, to := range []string{"TextGrid", "srt", "ass"} {
			a, p := subtitles.FromCues(subtitles.Voices(cues), "en"), netflix.For(to)
			c := subtitles.Captions{Cues: subtitles.Layout(a, p, subtitles.LayoutOptions{}), Preset: p, Alignment: a}
			if err := subtitles.Write(&b, to, c); err != nil && !errors.Is(err, format.ErrNoCues) {
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
			var err error
			took := cputime.Of(func() {
				var d *document
				if d, err = newDocument(name, "", []byte(text)); err == nil {
					_, err = d.script()
				}
			})
			if took > 3*time.Second {
				t.Errorf("%q in %s took %v, %v", unit, name, took, err)
			}
		}
	}
}

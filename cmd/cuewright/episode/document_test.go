package episode

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"cuewright/subtitles"
)

// TestReadTranscript: which reader a file gets goes by what it holds.
func TestReadTranscript(t *testing.T) {
	const vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Good morning.\n"
	for _, c := range []struct{ name, text, speaker, words string }{
		{"a.vtt", vtt, "Ann", "Good morning."},
		{"a.txt", vtt, "Ann", "Good morning."},
		{"a.txt", "1\n00:00:01,000 -> 00:00:02,000\nGood morning.\n", "", "Good morning."},
		{"a.txt", "Ann: Good morning.\n", "Ann", "Good morning."},
		{"a.json", `{"version": "1.0.0", "segments": [{"speaker": "Ann", "startTime": 1, "endTime": 2, "body": "Good morning."}]}`, "Ann", "Good morning."},
		{"a.json", `{"segments": [{"text": "Good morning."}]}`, "", "Good morning."},
		{"a.json", `{"Segments": [{"Start": 1, "End": 2, "Speaker": 1, "Text": "Good morning."}]}`, "Speaker 1", "Good morning."},
		{"a.txt", "0:00:01:200,0:00:03:400\nGood morning.\n", "", "Good morning."},
		{"a.srt", "[ti:Ferry]\n[offset:+500]\n[00:01.00]Good morning.\n", "", "Good morning."},
		{"a.txt", "{1}{1}25\n{25}{75}Good morning.\n", "", "Good morning."},
		{"a.ttml", `<tt><body><p begin="1s" end="2s">Good morning.</p><p beg`, "", "Good morning."},
		{"a.ttml", `<tt><body><p begin="1s" end="2s">Good <p begin="1s" end="2s">morning.</p></p></body></tt>`, "", "Good morning."},
	} {
		name := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(name, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		s, _, err := ReadTranscript(name, "", Hooks{})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if len(s.Turns) != 1 || s.Turns[0].Speaker != c.speaker || s.Turns[0].Sentences[0].Text() != c.words || s.NumWords() != 2 {
			t.Errorf("%s: read as %+v", c.text, s.Turns)
		}
	}
}

// TestOneReader: a file is the same to all who read it, whatever it is called: captions,
// an alignment, or a page, which has no cues.
func TestOneReader(t *testing.T) {
	const times = "00:00:01,000 --> 00:00:02,000\nGood morning.\n"
	for _, c := range []struct{ name, text, kind, asScript, asCues string }{
		{"a.txt", "1\n" + times, "srt", "", ""},
		{"a.txt", strings.Repeat("Ann: One.\n", 8) + times, "", "", "there are no cues"},
		{"a.json", `{"segments": [{"startTime": 1,`, "json", "it is no Podcasting 2.0", "it is no Podcasting 2.0"},
		{"a.ttml", "<tt><p begin='1s' end='2s'>Good morning.", "ttml", "", "it is no TTML: the file ends too early"},
		{"a.ttml", "<tt><p begin='1s' end='2s'>Good</p></x>morning.", "ttml", "it is no TTML", "it is no TTML"},
		{"a.html", "<html><p>Type <tt>ls</tt> to list.", "", "", "there are no cues"},
		{"a.json", `{"a": "Good morning."}`, "", "JSON of an unknown form: its keys are a; known are ", "there are no cues"},
		{"a.json", `{"segments": [{"a": "Good morning."}]}`, "", "JSON of an unknown form: its keys are segments; known are ", "there are no cues"},
		{"a.json", `{"segments": []}`, "json", "hold nothing that is said", "there are no cues"},
		{"a.json", `{"results": {"items": [{"segments": 1,`, "", "line 1: the JSON breaks off", "there are no cues"},
		{"a.json", `{"text": "a", "segments": [{"text": "Good morning."}, {"te`, "json", "", "it is no Podcasting 2.0"},
		{"a.json", `{"words": [{"case": "success", "word": "morning"}], "segments": 2}`, "", "", "there are no cues"},
		{"a.json", "Ann: Good morning.", "json", "it is no Podcasting 2.0", "it is no Podcasting 2.0"},
		{"a.TextGrid", "Ann: Hello.", "TextGrid", "is an alignment", "this is no text file of Praat"},
		{"a.txt", `{"schema": "cuewright.alignment/1", "turns": []}`, "alignment.json", "is an alignment", ""},
		{"a.txt", "Ann: Good morning.\n", "", "", "there are no cues"},
	} {
		d, err := newDocument(c.name, "", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if d.kind != c.kind {
			t.Errorf("%s: %q is %q, want %q", c.name, c.text, d.kind, c.kind)
		}
		_, asScript := d.script()
		_, _, asCues := d.cues()
		for _, got := range []struct {
			err  error
			want string
		}{{asScript, c.asScript}, {asCues, c.asCues}} {
			if (got.err == nil) != (got.want == "") || got.err != nil && !strings.Contains(got.err.Error(), got.want) {
				t.Errorf("%s: %q: %v, want %q", c.name, c.text, got.err, got.want)
			}
		}
	}
}

// TestStyleByContent: SubRip is judged and converted as SubRip, whatever it is called.
func TestStyleByContent(t *testing.T) {
	const srt = "1\n00:00:01,000 --> 00:00:04,000\n>> ANN: Good morning, and welcome to the lighthouse.\n"
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"a.srt", "a.txt", "a.vtt", "a"} {
		if err := os.WriteFile(at(name), []byte(srt), 0o666); err != nil {
			t.Fatal(err)
		}
		j := CheckJob{Captions: at(name), Reference: at("a.srt"), Preset: "podcast", Model: NoModel, Tolerance: time.Second}
		r, err := Check(t.Context(), j, Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		if lint := r.Document.Lint; len(lint) != 1 || lint[0].Rule != subtitles.RuleLineWidth {
			t.Errorf("%s: lint %+v", name, lint)
		}
		if _, err := Convert(t.Context(), Conversion{In: at(name), Out: at("out.vtt"), Stretch: 1}); err != nil {
			t.Fatal(err)
		}
		out, err := os.ReadFile(at("out.vtt"))
		if err != nil || !strings.Contains(string(out), "<v ANN>&gt;&gt; ANN: Good morning") {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
}

// TestStylesGoWithColors: in a new layout without colours no style sheet of ours stays, and a foreign one does.
func TestStylesGoWithColors(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	const first, second = "1\n00:00:01,000 --> 00:00:03,000\nANN: Is the lamp lit?\n\n", "2\n00:00:04,000 --> 00:00:07,000\nBO: It is dark.\n"
	if err := os.WriteFile(at("in.srt"), []byte(first+second), 0o666); err != nil {
		t.Fatal(err)
	}
	convert := func(in, out, preset string) string {
		t.Helper()
		if _, err := Convert(t.Context(), Conversion{In: at(in), Out: at(out), Preset: preset, Stretch: 1}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(at(out))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const rule, foreign = "::cue(.yellow) { color: #ffff00 }", "STYLE\n::cue { font-size: 80% }\n\n"
	colored := convert("in.srt", "a.vtt", "bbc")
	if !strings.Contains(colored, rule) {
		t.Fatal(colored)
	}
	colored = strings.Replace(colored, "WEBVTT\n\n", "WEBVTT\n\n"+foreign, 1)
	if err := os.WriteFile(at("a.vtt"), []byte(colored), 0o666); err != nil {
		t.Fatal(err)
	}
	for preset, want := range map[string]bool{"youtube": false, "bbc": true, "": true} {
		if got := convert("a.vtt", "b.vtt", preset); strings.Contains(got, rule) != want || strings.Contains(got, "<c.yellow>") != want ||
			!strings.Contains(got, foreign) {
			t.Errorf("%q:\n%s", preset, got)
		}
	}
}

// TestWidthOfTables: a table has no lines, so that all of a cue's together may fill its text.
func TestWidthOfTables(t *testing.T) {
	dir := t.TempDir()
	const text = "The keeper of the lighthouse on the northern coast went home." // 61 columns
	for name, s := range map[string]struct {
		text string
		wide int
	}{
		"a.csv": {"start,end,speaker,text\n1.000,6.000,Ann," + text + "\n", 0},
		"b.tsv": {"start\tend\ttext\n1000\t6000\t" + text + "\n7000\t17000\t" + text + " " + text + "\n", 1},
		"c.sbv": {"0:00:01.000,0:00:06.000\n" + text + "\n", 1},
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(s.text), 0o666); err != nil {
			t.Fatal(err)
		}
		j := CheckJob{Captions: file, Reference: file, Preset: "netflix", Model: NoModel, Tolerance: time.Second}
		r, err := Check(t.Context(), j, Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		wide := 0
		for _, l := range r.Document.Lint {
			if l.Rule == subtitles.RuleLineWidth {
				wide++
			}
		}
		if wide != s.wide {
			t.Errorf("%s: %d cues too wide, want %d: %+v", name, wide, s.wide, r.Document.Lint)
		}
	}
}

// TestReadErrors: whatever a file is read as, an error begins with its name, which stands
// there once.
func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	names := []string{filepath.Join(dir, "missing.txt"), dir}
	for name, text := range map[string]string{
		"empty.txt": "", "empty.srt": "", "recording.txt": "RIFF\x00\x00\x00\x00", "cut.json": `{"segments": [`,
		"a.alignment.json": "{}", "a.TextGrid": "", "cut.ttml": "<tt><p begin='soon'>", "music.vtt": "WEBVTT\n",
		"a.chapters.vtt": "WEBVTT\n\n00:00.000 --> 00:09.000\nThe quay\n", "a.chapters.json": `{"chapters": []}`,
	} {
		names = append(names, filepath.Join(dir, name))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for role, read := range map[string]func(name string) error{
		roleTranscript: func(name string) error { _, _, err := ReadTranscript(name, "", Hooks{}); return err },
		roleCaptions:   func(name string) error { _, _, _, err := readCaptions(name, ""); return err },
		roleReference:  func(name string) error { _, err := readReference(name); return err },
	} {
		for _, name := range names {
			err := read(name)
			if err == nil || !strings.HasPrefix(err.Error(), name+": ") || strings.Count(err.Error(), name) != 1 {
				t.Errorf("%s as %s: got %v", name, role, err)
			}
		}
	}
}

// TestEncoding: a code page is guessed, with a warning, or given.
func TestEncoding(t *testing.T) {
	const cues = "1\n00:00:01,000 --> 00:00:03,000\nПаром уже ждёт у причала.\n\n" +
		"2\n00:00:03,000 --> 00:00:05,000\nВчера весь день шёл дождь.\n"
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.srt"), filepath.Join(dir, "out.srt")
	for _, page := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R} {
		data, err := page.NewEncoder().String(cues)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(in, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		name := strings.ReplaceAll(strings.ToLower(page.String()), " ", "-")
		for _, given := range []string{"", name} {
			made, err := Convert(t.Context(), Conversion{In: in, Out: out, Stretch: 1, Encoding: given})
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(out)
			if err != nil || string(got) != cues {
				t.Errorf("%s, given as %q: %v\n%s", name, given, err, got)
			}
			script, warnings, err := ReadTranscript(in, given, Hooks{})
			if err != nil || script.Turns[0].Sentences[0].Text() != "Паром уже ждёт у причала." {
				t.Errorf("%s, given as %q: a transcript of %+v, %v", name, given, script, err)
			}
			for _, w := range [][]string{made.Warnings, warnings} {
				if told := strings.Contains(strings.Join(w, " "), "which is a guess: if letters are wrong, name the encoding"); told != (given == "") {
					t.Errorf("%s, given as %q: warnings %q", name, given, w)
				}
			}
		}
	}
	if _, err := Convert(t.Context(), Conversion{In: in, Out: out, Stretch: 1, Encoding: "cp-none"}); err == nil {
		t.Error("an unknown encoding")
	}
}

// TestStandardInput: a transcript on standard input is of any form, in any encoding.
func TestStandardInput(t *testing.T) {
	table, err := charmap.Windows1251.NewEncoder().String("start\tspeaker\ttext\n1.0\tИнга\tПаром: ждёт.\n2.0\tОлег\tДа.\n")
	if err != nil {
		t.Fatal(err)
	}
	h := Hooks{OpenStdin: func() (io.Reader, error) { return strings.NewReader(table), nil }}
	s, warnings, err := ReadTranscript(StandardInput, "windows-1251", h)
	if err != nil {
		t.Fatal(err)
	}
	if s.Form != "TSV" || len(s.Turns) != 2 || s.Turns[0].Speaker != "Инга" || s.Turns[0].Sentences[0].Text() != "Паром: ждёт." {
		t.Errorf("read as %s: %+v", s.Form, s.Turns)
	}
	if len(s.Hints) != 2 || len(warnings) != 0 {
		t.Errorf("hints %v, warnings %q", s.Hints, warnings)
	}
	if _, _, err := ReadTranscript(StandardInput, "", Hooks{}); err == nil {
		t.Error("no standard input")
	}
}

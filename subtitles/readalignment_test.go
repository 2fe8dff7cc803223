package subtitles

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// TestReadAlignmentJSON: what is written is read again.
func TestReadAlignmentJSON(t *testing.T) {
	for v := align.Fits; v <= align.Mismatched; v++ {
		checkReadAlignmentJSON(t, v)
	}
}

func checkReadAlignmentJSON(t *testing.T, v align.Verdict) {
	t.Helper()
	want := lighthouse()
	want.Verdict = v
	var b bytes.Buffer
	if err := Write(&b, "alignment.json", Captions{Alignment: want}); err != nil {
		t.Fatal(err)
	}
	got, err := ReadAlignment("alignment.json", b.String())
	if err != nil {
		t.Fatal(err)
	}
	want.Start, want.End = 0, got.End // recording and language are not known to lighthouse
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("-written +read\n%s", d)
	}
}

// TestReadTextGrid: the tiers that are written are read again, in the long format
// and in the short one.
func TestReadTextGrid(t *testing.T) {
	long, err := os.ReadFile("testdata/golden.TextGrid")
	if err != nil {
		t.Fatal(err)
	}
	var short strings.Builder
	v := &praatValues{rest: string(long)}
	for s := v.next(); s != ""; s = v.next() {
		short.WriteString(s + "\n")
	}
	for _, text := range []string{string(long), short.String(), "\ufeff" + string(long)} {
		a, err := ReadAlignment("TextGrid", text)
		if err != nil {
			t.Fatal(err)
		}
		turns, sentences, words := tiers(&Captions{Alignment: a})
		wantTurns, wantSentences, wantWords := tiers(&Captions{Alignment: lighthouse()})
		near := cmp.Options{
			cmp.AllowUnexported(interval{}), cmpopts.IgnoreFields(interval{}, "glued"),
			cmp.Comparer(func(x, y time.Duration) bool { return (x - y).Abs() < 2*praatUnit }),
		}
		for _, d := range []string{cmp.Diff(wantTurns, turns, near), cmp.Diff(wantWords, words, near)} {
			if d != "" {
				t.Errorf("-written +read\n%s", d)
			}
		}
		if len(sentences) != len(wantSentences) || sentences[0].text != wantSentences[0].text {
			t.Errorf("sentences %v, want %v", sentences, wantSentences)
		}
	}
}

// TestReadTextGridOfOthers: words by speaker, as forced aligners write them, and
// sentences alone.
func TestReadTextGridOfOthers(t *testing.T) {
	head := "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0\n9\n<exists>\n"
	for _, c := range []struct {
		name, tiers, want string
	}{
		{"words by speaker", `2 "IntervalTier" "Ann - words" 0 9 4  0 1 "" 1 1.5 "well" 1.5 2 "now." 2 3 "Then"
			"IntervalTier" "Bob - words" 0 9 1 5 6 "no"`, "1s Ann: well now. | 2s Ann: Then | 5s Bob: no"},
		{"one tier", `1 "IntervalTier" "Mary" 0 9 2 1 2 "Good day." 3 4 "So ""they"" say"`,
			`1s : Good day. | 3s : So "they" say`},
		{"points beside", `2 "TextTier" "clicks" 0 9 1 3 "click" "IntervalTier" "utterances" 0 9 1 1 2 "Yes." ! a ` +
			`comment "x"`, "1s : Yes."},
	} {
		cues, _, err := Read("TextGrid", head+c.tiers)
		var got []string
		for _, c := range cues {
			got = append(got, c.Start.String()+" "+c.Lines[0].Speaker+": "+c.Lines[0].Text())
		}
		if s := strings.Join(got, " | "); err != nil || s != c.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, s, c.want)
		}
	}
}

func TestReadAlignmentRefuses(t *testing.T) {
	grid := func(rest string) string { return "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n" + rest }
	for _, c := range []struct{ name, text, want string }{
		{"a.TextGrid", "", "line 1: this is no text file of Praat"},
		{"a.TextGrid", grid("0 9 <exists> 1\n\"IntervalTier\" \"words\" 0 9 1 1"), "line 4: a value is missing"},
		{"a.TextGrid", grid(`0 9 <exists> 1 "IntervalTier" "words" 0 9 1 2 1 "x"`), "an interval runs from 2s to 1s"},
		{"a.TextGrid", grid(`0 9 <exists> 1 "IntervalTier" "words" 0 9 1 1 1e300 "x"`), "is no time in a recording"},
		{"a.TextGrid", grid(`0 9 <exists> 1 "IntervalTier" "words" 0 9 1 1 2 ""`), "no tier of words or sentences"},
		{"a.alignment.json", "{}", `its schema is "", not`},
		{"a.alignment.json", "[", "it is no cuewright.alignment"},
		{"a.alignment.json", `{"schema":"cuewright.alignment/1","turns":[{"start":2,"end":1}]}`, "it ends before it starts"},
		{"a.alignment.json", `{"schema":"cuewright.alignment/1","duration":-1}`, "is no time in a recording"},
		{"a.alignment.json", `{"schema":"cuewright.alignment/2"}`, "make it anew"},
		{"a.alignment.json", `{"schema":"cuewright.alignment/1","unscripted":[{"kind":"noise"}]}`, `no kind of unscripted audio is named "noise"`},
		{"a.alignment.json", `{"schema":"cuewright.alignment/1","verdict":"fine"}`, `no kind of verdict is named "fine"`},
		{"a.alignment.json", `{"schema":"cuewright.alignment/1","directions":[{"kind":""}]}`, `no kind of direction is named ""`},
	} {
		_, err := ReadAlignment(Detect(c.name, c.text), c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
	if _, err := ReadAlignment("vtt", "WEBVTT\n"); !errors.Is(err, ErrNoAlignment) {
		t.Errorf("WebVTT: %v", err)
	}
}

// FuzzWriteAlignment: whatever a stranger calls a speaker and has said, the formats of
// sentences and words hold it in its turn, and nothing else is changed by it.
func FuzzWriteAlignment(f *testing.F) {
	for _, name := range []string{"Nora Quill--", `"`, "a: b", "\u009B", "", "]"} {
		for _, said := range []string{"Hello.", `"" text = "x"`, "-", "xmin = 1", "!", "[music]", `\u0000`} {
			f.Add(name, said)
		}
	}
	f.Fuzz(func(t *testing.T, name, said string) {
		line := func(at time.Duration, speaker, text string) format.Cue {
			l := format.Line{Speaker: format.ShortName(format.Clean(speaker))}
			for i, w := range strings.Fields(format.Clean(text)) {
				start := at*time.Second + time.Duration(i)*time.Millisecond
				l.Words = append(l.Words, format.Word{Segment: audio.Segment{Start: start, End: start + time.Millisecond}, Text: w})
			}
			return format.Cue{Segment: audio.Segment{Start: at * time.Second, End: (at + 1) * time.Second}, Lines: []format.Line{l}}
		}
		cues := []format.Cue{line(1, "Ann", "Before."), line(3, name, said), line(5, "Bob", "Behind.")}
		if n := len(cues[1].Lines[0].Words); n == 0 || n > 999 {
			return
		}
		want := FromCues(cues, "en")
		for _, kind := range []string{"alignment.json", "TextGrid"} {
			var b bytes.Buffer
			if err := Write(&b, kind, Captions{Alignment: want}); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			got, err := ReadAlignment(Detect("x", b.String()), b.String())
			if err != nil {
				t.Fatalf("%s: %v of\n%s", kind, err, b.String())
			}
			if d := cmp.Diff(whoSaysWhat(want), whoSaysWhat(got)); d != "" {
				t.Fatalf("%s: -want +got\n%s\nof\n%s", kind, d, b.String())
			}
		}
	})
}

// whoSaysWhat returns who says what.
func whoSaysWhat(a *align.Alignment) (all []string) {
	for _, turn := range a.Turns {
		text := turn.Speaker + "|"
		for _, s := range turn.Sentences {
			for _, w := range s.Words {
				text += " " + w.Text
			}
		}
		all = append(all, text)
	}
	return all
}

// FuzzReadAlignment: whatever is read has its segments the right way round.
func FuzzReadAlignment(f *testing.F) {
	for _, name := range []string{"testdata/golden.TextGrid", "testdata/golden.alignment.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := format.Decode(data)
		if err != nil {
			return
		}
		a, err := ReadAlignment(Detect("x", text), text)
		if err != nil {
			return
		}
		check := func(s audio.Segment) {
			if s.Start < 0 || s.End < s.Start {
				t.Fatalf("segment %v", s)
			}
		}
		for _, turn := range a.Turns {
			check(turn.Segment)
			for _, s := range turn.Sentences {
				check(s.Segment)
			}
		}
	})
}

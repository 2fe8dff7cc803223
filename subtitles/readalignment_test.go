package subtitles

import (
	"bytes"
	"errors"
	"os"
	"slices"
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
	got, _, err := ReadAlignment("alignment.json", b.String())
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
		a, _, err := ReadAlignment("TextGrid", text)
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
		{"marks of pauses", `1 "IntervalTier" "word" 0 9 8 0 1 "sp" 1 2 "Come" 2 2.1 "<eps>" 2.1 3 "in." 3 4 "SIL" 4 5 "<p:>" 5 6 "spn" 6 7 "Sit."`,
			"1s : Come in. | 6s : Sit."},
		{"such a word in a sentence", `2 "IntervalTier" "sentences" 0 9 2 1 3 "Buy SP now." 4 5 "sil" "IntervalTier" "words" 0 9 5 1 2 "Buy" 2 2.5 "SP" ` +
			`2.5 3 "now." 4 5 "sil" 5 6 "ns"`, "1s : Buy SP now."},
		{"an interval without legible times", `1 "IntervalTier" "utterances" 0 9 3 1 2 "One." 3 4x "Two." 5 6 "Three."`, "1s : One. | 5s : Three."},
		{"names in quotes", `2 "IntervalTier" """phones""" 0 9 1 1 2 "t" "IntervalTier" """word""" 0 9 1 1 2 "Tea."`, "1s : Tea."},
		{"phrases", `2 "IntervalTier" "phones" 0 9 1 1 2 "t" "IntervalTier" "phrase" 0 9 1 1 2 "More tea."`, "1s : More tea."},
		{"one bad interval", `1 "IntervalTier" "utterances" 0 9 3 1 2 "One." 4 3 "Two." 5 6 "Three."`, "1s : One. | 5s : Three."},
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

// TestReadTextGridForms: the long format, the short one, and the short one as it was first.
func TestReadTextGridForms(t *testing.T) {
	const short = "0\n9\n<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n9\n1\n1\n2\n\"tea\"\n"
	for _, text := range []string{
		"File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n" + short,
		"File type = \"ooTextFile short\"\n\"TextGrid\"\n\n" + short,
		"\n File type = \"ooTextFile short\"\n\"TextGrid\"\n\n" + short,
		"File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 1\nitem []:\n    item [1]:\n" +
			"class = \"IntervalTier\"\nname = \"words\"\nxmin = 0\nxmax = 9\nintervals: size = 1\nintervals [1]:\nxmin = 1\nxmax = 2\ntext = \"tea\"\n",
	} {
		cues, _, err := Read(Detect("a.txt", text), text)
		if err != nil || len(cues) != 1 || cues[0].Text() != "tea" || cues[0].Start != time.Second {
			t.Errorf("%s: %v, %v", text, err, cues)
		}
	}
}

// TestReadTextGridWarns: an interval that is left out is told with its line.
func TestReadTextGridWarns(t *testing.T) {
	_, warnings, err := Read("TextGrid", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 9 <exists> 1 \"IntervalTier\" \"words\"\n"+
		"0 9 2\n4 3 \"a\"\n5 6 \"b\"")
	if err != nil || len(warnings) != 1 || warnings[0].Error() != "line 5: an interval runs from 4s to 3s: give it a later end" {
		t.Errorf("%v, %v", warnings, err)
	}
}

// TestReadTextGridTiers: tiers that nothing is known of are told, not passed over.
func TestReadTextGridTiers(t *testing.T) {
	_, warnings, err := Read("TextGrid", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 9 <exists> 2 \"IntervalTier\" \"Mary\"\n"+
		"0 9 1 4 5 \"a\" \"IntervalTier\" \"Bob\" 0 9 1 5 6 \"b\"")
	if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0].Text, `"Mary" alone is read, 1 more`) {
		t.Errorf("%v, %v", warnings, err)
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
		_, _, err := ReadAlignment(Detect(c.name, c.text), c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
	if _, _, err := ReadAlignment("vtt", "WEBVTT\n"); !errors.Is(err, ErrNoAlignment) {
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
		words := cues[1].Lines[0].Words
		if n := len(words); n == 0 || n > 999 || slices.ContainsFunc(words, func(w format.Word) bool { return isPauseMark(w.Text) }) {
			return
		}
		want := FromCues(cues, "en")
		for _, kind := range []string{"alignment.json", "TextGrid"} {
			var b bytes.Buffer
			if err := Write(&b, kind, Captions{Alignment: want}); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			got, _, err := ReadAlignment(Detect("x", b.String()), b.String())
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
		a, _, err := ReadAlignment(Detect("x", text), text)
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

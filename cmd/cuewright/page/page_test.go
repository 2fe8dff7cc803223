package page

import (
	"bytes"
	"math"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/audio"
)

// TestSize: the page of 90 minutes is less than 3 MB.
func TestSize(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	r := Report{Title: "Long", Duration: 90 * time.Minute}
	level := make([]float32, 90*60*100)
	for i := range level {
		level[i] = float32(-20 + 10*random.NormFloat64())
	}
	r.Levels = Levels(level)
	const text = "So this is what a sentence of an\nordinary length looks like in a cue."
	for at := time.Duration(0); at < r.Duration; at += 3500 * time.Millisecond {
		s := audio.Segment{Start: at, End: at + 3400*time.Millisecond}
		r.Cues = append(r.Cues, Cue{Segment: s, Speaker: "Somebody", Text: text, Expected: new(at), Confidence: new(0.98)})
		r.Speech = append(r.Speech, s)
	}
	for at := time.Duration(0); at < r.Duration; at += 300 * time.Millisecond {
		r.Words = append(r.Words, Word{Segment: audio.Segment{Start: at, End: at + 280*time.Millisecond}, Text: "ordinary", Confidence: 0.97})
	}
	for i := range 300 {
		r.Findings = append(r.Findings, Finding{Kind: "misplaced", Level: Error, Message: "the cue comes 1.40 s late, by the words", Text: text, Cue: new(i)})
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 3_000_000 {
		t.Errorf("%d bytes", b.Len())
	}
}

// TestEscape: nothing that is put in can end the element it stands in, and nothing
// refers to the outside.
func TestEscape(t *testing.T) {
	const hostile = "</script></title><img src=x onerror=alert(1)>{{script}}\u2028"
	var b bytes.Buffer
	r := Report{
		Title: hostile, Subtitle: hostile, Lang: hostile, Audio: hostile, Facts: []Fact{{hostile, hostile, Level(hostile)}},
		Turns: []Turn{{Speaker: hostile}}, Cues: []Cue{{Speaker: hostile, Text: hostile}}, Words: []Word{{Text: hostile}},
		Findings: []Finding{{Kind: hostile, Level: Level(hostile), Message: hostile, Text: hostile, Repair: hostile}},
	}
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	row := Row{Cells: []string{hostile}, Link: hostile, Level: Level(hostile)}
	table := Table{Title: hostile, Columns: []Column{{Name: hostile}}, Rows: []Row{row}}
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "<img"); n != 0 {
		t.Errorf("%d images", n)
	}
	if n := strings.Count(b.String(), "</script>"); n != 4 {
		t.Errorf("%d scripts end, want two on each page", n)
	}
	if m := regexp.MustCompile(`(?i)https?://|@import|url\(|innerHTML|insertAdjacent|document\.write|eval\(`).FindString(b.String()); m != "" {
		t.Errorf("there is %q in a page", m)
	}
}

func TestFileURL(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ page, file, want string }{
		{"report.html", "a.wav", "./a.wav"},
		{"out/report.html", "a b.wav", "./../a%20b.wav"},
		{"report.html", "x/100%#?.wav", "./x/100%25%23%3F.wav"},
		{"report.html", "javascript:alert(1).wav", "./javascript:alert%281%29.wav"},
		{"report.html", `"><é.wav`, "./%22%3E%3C%C3%A9.wav"},
	} {
		got, err := FileURL(filepath.Join(dir, c.page), filepath.Join(dir, c.file))
		if err != nil || got != c.want {
			t.Errorf("%s from %s: %s, %v, want %s", c.file, c.page, got, err, c.want)
		}
	}
}

func TestLevels(t *testing.T) {
	level := []float32{-100, -40, -20, -20, -20, float32(math.Inf(-1))}
	got := Levels(level)
	want := []byte{2, 80, 255, 255, 255, 0}
	if !bytes.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if Levels(nil) != nil {
		t.Error("levels of nothing")
	}
}

// TestUnknown: what is not known is -1 in the JSON of a page, and else as it is.
func TestUnknown(t *testing.T) {
	at := 1500 * time.Millisecond
	r := Report{
		Cues: []Cue{
			{Text: "a"},
			{Text: "b", Expected: &at, Confidence: new(0.987)},
			{Text: "c", Expected: new(time.Duration(0)), Confidence: new(0.)},
		},
		Findings: []Finding{{Kind: "a"}, {Kind: "b", Cue: new(0), Expected: &at}},
	}
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"cues":[[0,0,0,"a",-1,-1,""],[0,0,0,"b",1500,0.99,""],[0,0,0,"c",0,0,""]]`,
		`"findings":[[0,0,"a","","","",-1,-1,""],[0,0,"b","","","",0,1500,""]]`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// A page shows first that its transcript may be another recording's.
func TestVerdictFact(t *testing.T) {
	for verdict, want := range map[align.Verdict]Fact{
		align.Fits:       {Label: "confidence", Value: "0.20"},
		align.Doubtful:   {"does the transcript fit", "doubtful", Warning},
		align.TooShort:   {"does the transcript fit", "can't tell: too few words, or too short", Warning},
		align.TooNoisy:   {"does the transcript fit", "can't tell: too noisy", Warning},
		align.Mismatched: {"does the transcript fit", "no", Error},
	} {
		e := &Alignment{Path: "a.html", Audio: "a.wav", Transcript: "a.txt", Alignment: &align.Alignment{Verdict: verdict}, Confidence: 0.2}
		r, err := e.Report()
		if err != nil {
			t.Fatal(err)
		}
		if r.Facts[0] != want {
			t.Errorf("%v: %v, want %v", verdict, r.Facts[0], want)
		}
	}
}

// The page of captions that are of no use says so, and one of anything has no plural.
func TestFacts(t *testing.T) {
	e := &Alignment{
		Path: "a.html", Audio: "a.wav", Transcript: "a.txt", OfNoUse: true, Confidence: 0.2,
		Alignment: &align.Alignment{Turns: []align.Turn{{Sentences: make([]align.Sentence, 2)}}},
	}
	r, err := e.Report()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Fact{
		{"confidence", "0.20, of no use", Error}, {"turn", "1", ""}, {"sentences", "2", ""}, {"cues", "0", ""},
	} {
		if !slices.Contains(r.Facts, want) {
			t.Errorf("%v lacks %v", r.Facts, want)
		}
	}
}

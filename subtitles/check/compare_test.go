package check

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// said is an alignment of sentences without times of words: lines of a speaker,
// a start and an end in seconds, and the text.
func said(lines string) *align.Alignment {
	a := &align.Alignment{}
	for line := range strings.Lines(lines) {
		var speaker string
		var start, end float64
		n, err := fmt.Sscan(line, &speaker, &start, &end)
		if err != nil {
			panic(fmt.Sprint(n, err))
		}
		s := align.Sentence{Segment: audio.Segment{Start: seconds(start), End: seconds(end)}, Spoken: true, Confidence: 1}
		for _, w := range strings.Fields(line)[3:] {
			start := audio.Segment{Start: s.Start, End: s.Start}
			s.Words = append(s.Words, align.Word{Segment: start, Text: w, Spoken: true, Confidence: 1})
		}
		if k := len(a.Turns); k == 0 || a.Turns[k-1].Speaker != speaker {
			a.Turns = append(a.Turns, align.Turn{Segment: s.Segment, Speaker: speaker, Spoken: true, Confidence: 1})
		}
		t := &a.Turns[len(a.Turns)-1]
		t.Sentences, t.End = append(t.Sentences, s), s.End
	}
	return a
}

const keeper = `Ann 0.5 2.9 Good evening, and welcome back.
Ann 3.1 6.0 Tonight we ask who lit the lamp.
Bob 6.4 9.9 The keeper did, of course, every night.
Bob 10.2 11.0 Until the storm.
Ann 11.3 14.8 And what became of him — of the keeper, I mean?
Bob 15.2 18.0 Nobody knows, not even his sister.
Ann 18.5 20.1 Thank you, Bob.
`

const keeperCaptions = `WEBVTT

00:00:00.520 --> 00:00:03.020
<v Ann>Good evening, and welcome back.

00:00:03.400 --> 00:00:06.230
<v Ann>Tonight we ask who lit the lamp.

00:00:06.310 --> 00:00:08.200
<v Bob>The keeper did,
of course,

00:00:08.200 --> 00:00:11.130
<v Bob>every night. Until the storm.

00:00:12.450 --> 00:00:15.040
<v Bob>And what became of him —
of the keeper, I mean?

00:00:15.150 --> 00:00:18.220
<v Bob>No one knows, not even his sister.

00:00:18.500 --> 00:00:20.450
<v Ann>Thank you very much, Bob.
`

func read(t *testing.T, captions string) []format.Cue {
	t.Helper()
	cues, _, err := subtitles.Read("vtt", captions)
	if err != nil {
		t.Fatal(err)
	}
	return cues
}

// readBytes reads a file of any format.
func readBytes(data []byte) ([]format.Cue, error) {
	text, err := format.Decode(data)
	if err != nil {
		return nil, err
	}
	cues, _, err := subtitles.Read(subtitles.Detect("captions", text), text)
	return cues, err
}

// TestCompare: the figures are those of an independent scorer, written in Python,
// for the same truth and captions.
func TestCompare(t *testing.T) {
	ref := ReferenceOfAlignment(said(keeper))
	in := Input{Cues: read(t, keeperCaptions), Reference: ref}
	r, err := Check(context.Background(), in, Options{Tolerance: 400 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	c := r.Comparison
	show := func(s Stats) string {
		ms := func(d time.Duration) int64 { return d.Round(time.Millisecond).Milliseconds() }
		return fmt.Sprintf("%d and %d missed: median %d mean %d p95 %d worst %d bias %d within %.4f %.4f",
			s.N, s.Missed, ms(s.Median), ms(s.Mean), ms(s.P95), ms(s.Worst), ms(s.Bias), s.Within[1:], s.WithinTolerance)
	}
	for _, k := range []struct {
		what string
		got  Stats
		want string
	}{
		{"sentence starts", c.Sentences,
			"6 and 1 missed: median 300 mean 374 p95 1150 worst 1150 bias 116 within [0.5000 0.5000 0.6667 0.8333] 0.6667"},
		{"sentence ends", c.SentenceEnds,
			"7 and 0 missed: median 230 mean 254 p95 488 worst 488 bias 115 within [0.0000 0.7143 1.0000 1.0000] 0.8571"},
		{"turn starts", c.Turns,
			"4 and 1 missed: median 90 mean 315 p95 1150 worst 1150 bias 270 within [0.7500 0.7500 0.7500 0.7500] 0.7500"},
	} {
		if got := show(k.got); got != k.want {
			t.Errorf("%s:\ngot  %s\nwant %s", k.what, got, k.want)
		}
	}
	if c.RefWords != 41 || c.Matched != 40 || c.CaptionWords != 44 {
		t.Errorf("%d of %d words of the reference, and %d of the captions", c.Matched, c.RefWords, c.CaptionWords)
	}
	if c.Words.N != 0 {
		t.Errorf("%d words were compared, and there are no times of words", c.Words.N)
	}
	var speakers []string
	for _, s := range c.Speakers {
		speakers = append(speakers, fmt.Sprintf("%s %d+%d", s.Speaker, s.N, s.Missed))
	}
	if got := strings.Join(speakers, ", "); got != "Ann 4+0, Bob 2+1" {
		t.Errorf("speakers: %s", got)
	}
	want(t, r, "speaker 12.45-15.04 said by Ann, not by Bob", "misplaced 12.45-15.04 the cue comes 1.15 s late, by the reference")
}

// want holds the findings of r to those named, in any order.
func want(t *testing.T, r *Report, all ...string) {
	t.Helper()
	found := map[string]bool{}
	for _, f := range r.Findings {
		found[fmt.Sprintf("%s %.2f-%.2f %s", f.Kind, f.Start.Seconds(), f.End.Seconds(), f.Message)] = true
	}
	for _, w := range all {
		if !found[w] {
			t.Errorf("not found: %s", w)
		}
		delete(found, w)
	}
	for f := range found {
		t.Errorf("found: %s", f)
	}
}

// TestUnknown: without a recording nothing is known of onsets, and without words in
// common nothing of times.
func TestUnknown(t *testing.T) {
	for _, c := range []struct {
		name     string
		captions string
		timed    bool // cues are found in the reference
	}{
		{"the same words", keeperCaptions, true},
		{"other words", "WEBVTT\n\n00:01.000 --> 00:03.000\nNothing that anybody says there.\n", false},
	} {
		in := Input{Cues: read(t, c.captions), Reference: ReferenceOfAlignment(said(keeper))}
		r, err := Check(context.Background(), in, Options{Tolerance: DefaultTolerance})
		if err != nil {
			t.Fatal(err)
		}
		if r.Onsets != nil || r.Cues[0].Onset != nil || r.Alignment != nil {
			t.Errorf("%s: onsets %v, %v, alignment %v, want none", c.name, r.Onsets, r.Cues[0].Onset, r.Alignment)
		}
		if got := r.Timing != nil; got != c.timed {
			t.Errorf("%s: a timing is %v, want %v", c.name, got, c.timed)
		}
		if got := r.Cues[0].Expected != nil; got != c.timed {
			t.Errorf("%s: an expected start is %v, want %v", c.name, got, c.timed)
		}
	}
}

// TestCompareText: words that are missing, besides, and elsewhere.
func TestCompareText(t *testing.T) {
	lines := strings.SplitAfter(keeper, "\n")
	cues := func(order ...int) string {
		var b strings.Builder
		b.WriteString("WEBVTT\n")
		for at, k := range order {
			f := strings.Fields(lines[k])
			fmt.Fprintf(&b, "\n00:00:%02d.000 --> 00:00:%02d.900\n<v %s>%s\n", 3*at, 3*at+2, f[0], strings.Join(f[3:], " "))
		}
		return b.String()
	}
	const credit = "\n00:00:30.000 --> 00:00:32.000\nTranslated by somebody else entirely.\n"
	for _, c := range []struct {
		name, captions string
		want           string // kinds of the findings about text
	}{
		{"all", cues(0, 1, 2, 3, 4, 5, 6), ""},
		{"one missing", cues(0, 1, 3, 4, 5, 6), "missing: The keeper did, of course, every night."},
		{"two swapped", cues(0, 1, 2, 4, 3, 5, 6), "moved: Until the storm."},
		{"one too many", cues(0, 1, 2, 3, 4, 5, 6) + credit, "extra: Translated by somebody else entirely."},
	} {
		ref := ReferenceOfAlignment(said(keeper))
		r, err := Check(context.Background(), Input{Cues: read(t, c.captions), Reference: ref}, Options{Tolerance: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range r.Findings {
			if f.Kind == Missing || f.Kind == Extra || f.Kind == Moved {
				got = append(got, fmt.Sprintf("%s: %s", f.Kind, f.Text))
			}
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, s, c.want)
		}
	}
}

// TestSpeakers: a name is wrong when it is another's, but not when it is a short
// form or a number that stands for one person throughout.
func TestSpeakers(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"<v Ann>", "<v ann>", ""},
		{"<v Ann>", "<v Speaker 1>", ""},
		{"<v Ann>", "", ""},
		{"<v Ann>Thank", "<v Bob>Thank", "said by Ann, not by Bob"},
		{"<v Ann>Thank", "<v Carol>Thank", "said by Ann, not by Carol"},
	} {
		ref := ReferenceOfAlignment(said(keeper))
		captions := strings.Replace(keeperCaptions, "<v Bob>And", "<v Ann>And", 1)
		in := Input{Cues: read(t, strings.ReplaceAll(captions, c.from, c.to)), Reference: ref}
		r, err := Check(context.Background(), in, Options{Tolerance: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range r.Findings {
			if f.Kind == Speaker {
				got += f.Message
			}
		}
		if got != c.want {
			t.Errorf("%q for %q: got %q, want %q", c.to, c.from, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Hello,", "hello"}, {"it’s", "it's"}, {"‘tis’", "tis"}, {"“No!”", "no"}, {"—", ""},
		{"ЁЖ", "еж"}, {"ﬁne", "fine"}, {"$4,200", "4200"}, {"नमस्ते।", "नमस्ते"},
	} {
		if got := matchKey(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ in, want string }{
		{"well-known", "well known"}, {"here—and", "here and"}, {"and/or", "and or"}, {"wait...what", "waitwhat"}, {"--", ""},
		{"門は、六時に閉まる。", "門 は 六 時 に 閉 ま る"}, {"Der 12号門", "der 12 号 門"},
	} {
		var got []string
		for _, p := range tokenize(c.in) {
			got = append(got, p.key)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.in, s, c.want)
		}
	}
}

// anyCues draws cues that follow each other.
func anyCues(t *rapid.T) []format.Cue {
	word := rapid.SampledFrom([]string{"a", "The", "lamp.", "who?", "here—and", "it’s", "12", "ö", "---", "well-known"})
	var cues []format.Cue
	at := time.Duration(0)
	for range rapid.IntRange(1, 20).Draw(t, "cues") {
		c := format.Cue{Confidence: 1}
		at += time.Duration(rapid.IntRange(0, 3000).Draw(t, "gap")) * time.Millisecond
		c.Start = at
		at += time.Duration(rapid.IntRange(200, 5000).Draw(t, "length")) * time.Millisecond
		c.End = at
		line := format.Line{Speaker: rapid.SampledFrom([]string{"", "Ann", "Bob"}).Draw(t, "speaker")}
		for _, w := range rapid.SliceOfN(word, 1, 8).Draw(t, "words") {
			line.Words = append(line.Words, format.Word{Text: w, Confidence: 1})
		}
		c.Lines = []format.Line{line}
		cues = append(cues, c)
	}
	return cues
}

// TestCompareSelf: captions agree with themselves, whatever they are.
func TestCompareSelf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cues := anyCues(t)
		ref, err := ReferenceOfCues(cues)
		if err != nil {
			return // no words
		}
		r, err := Check(context.Background(), Input{Cues: cues, Reference: ref}, Options{Tolerance: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		c := r.Comparison
		if c.Matched != c.RefWords || c.Matched != c.CaptionWords || c.Cues.Worst != 0 || c.Sentences.Worst != 0 || c.Cues.N == 0 {
			t.Fatalf("%+v", c)
		}
		for _, f := range r.Findings {
			if f.Kind != TooFast {
				t.Fatalf("%+v", f)
			}
		}
	})
}

// TestCheckAny: cues in any order, that overlap, against any others.
func TestCheckAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		other := anyCues(t)
		cues := rapid.Permutation(append(anyCues(t), other...)).Draw(t, "order")
		for i := range cues {
			if rapid.IntRange(0, 5).Draw(t, "late") == 0 {
				d := time.Duration(rapid.IntRange(0, 20_000).Draw(t, "by")) * time.Millisecond
				cues[i].Start, cues[i].End = cues[i].Start+d, cues[i].End+d
			}
		}
		if ref, err := ReferenceOfCues(other); err == nil {
			sound(t, cues, ref)
		}
	})
}

// sound checks cues, and that each finding is about cues that are there, and that
// no more words match than there are.
func sound(t interface{ Fatalf(string, ...any) }, cues []format.Cue, ref *Reference) {
	cues, _ = InOrder(cues)
	r, err := Check(context.Background(), Input{Cues: cues, Reference: ref}, Options{Tolerance: DefaultTolerance})
	if err != nil {
		return // no words
	}
	if c := r.Comparison; c.Matched > min(c.RefWords, c.CaptionWords) {
		t.Fatalf("%d words match of %d and %d", c.Matched, c.RefWords, c.CaptionWords)
	}
	for _, f := range r.Findings {
		if f.Cue < 0 || f.Cues < 0 || f.Cue+f.Cues > len(cues) || f.End < f.Start {
			t.Fatalf("%+v", f)
		}
	}
}

// FuzzCheck: any files.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(keeperCaptions), []byte(keeperCaptions))
	for _, name := range []string{"rolling.vtt", "drifted.srt"} {
		data, err := os.ReadFile("../testdata/scripts/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, []byte(keeperCaptions))
		f.Add([]byte(keeperCaptions), data)
		f.Add(data, data)
	}
	f.Fuzz(func(t *testing.T, captions, reference []byte) {
		if len(captions)+len(reference) > 20_000 {
			return // slow, and no different
		}
		cues, err := readBytes(captions)
		if err != nil {
			return
		}
		other, err := readBytes(reference)
		if err != nil {
			return
		}
		if ref, err := ReferenceOfCues(other); err == nil {
			sound(t, cues, ref)
		}
	})
}

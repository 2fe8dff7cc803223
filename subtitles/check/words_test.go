package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// show writes words with their times in seconds; those that are known with an exclamation mark.
func show(words []word) string {
	mark := map[bool]string{true: "!"}
	var all []string
	for _, w := range words {
		start, end := w.Start.Seconds(), w.End.Seconds()
		all = append(all, fmt.Sprintf("%s %.4g%s-%.4g%s", w.key, start, mark[w.startKnown], end, mark[w.endKnown]))
	}
	return strings.Join(all, ", ")
}

// TestCueWords: words of a cue of 10 s share its time by their characters, or keep their own times.
func TestCueWords(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"one two six", "one 0!-2.727, two 3.636-6.364, six 7.273-10!"},
		{"here—and on", "here 0!-3.636, and 4.545-7.273, on 8.182-10!"},
		{"— but", "but 0!-10!"},
		{"—", ""},
		{"one@1-2 two@3-4.5", "one 1!-2!, two 3!-4.5!"},
		{"here—and@1-3", "here 1!-2, and 2.25-3!"},
	} {
		var line format.Line
		for text := range strings.FieldsSeq(c.line) {
			text, times, timed := strings.Cut(text, "@")
			w := format.Word{Text: text}
			if timed {
				var start, end float64
				if _, err := fmt.Sscanf(times, "%g-%g", &start, &end); err != nil {
					t.Fatal(err)
				}
				w.Segment = audio.Segment{Start: seconds(start), End: seconds(end)}
			}
			line.Words = append(line.Words, w)
		}
		sound := format.Line{Sound: true, Words: []format.Word{{Text: "[bell]"}}}
		cue := format.Cue{Segment: audio.Segment{End: 10 * time.Second}, Lines: []format.Line{sound, line}}
		if got := show(cueWords(0, cue)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
}

// TestCaptionWordsUnspaced: a line without spaces is as many words as the transcript's.
func TestCaptionWordsUnspaced(t *testing.T) {
	words, script, err := captionWords(read(t, "WEBVTT\n\n00:01.000 --> 00:03.000\n門は閉まる。\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(words), "門 1!-1.333, は 1.333-1.667, 閉 1.667-2, ま 2-2.333, る 2.333-3!"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if n := script.NumWords(); n != len(words) {
		t.Errorf("%d words of captions, %d of their script", len(words), n)
	}
}

// TestCaptionWordsRolledUp: a line that rolls up is said when it is first shown.
func TestCaptionWordsRolledUp(t *testing.T) {
	var cues []format.Cue // read one by one: in one file they would be unrolled
	add := func(times, text string) {
		c := read(t, "WEBVTT\n\n"+times+"\n"+text+"\n")
		cues = append(cues, c...)
	}
	const said = "the lamp/was lit/at six/by the/harbour master/who came/down from/the hill/every night/of his/long life/alone"
	lines := strings.Split(said, "/")
	for i := range lines {
		add(fmt.Sprintf("00:%02d.000 --> 00:%02d.990", 2*i, 2*i+1), strings.Join(lines[max(0, i-1):i+1], "\n"))
		add(fmt.Sprintf("00:%02d.990 --> 00:%02d.000", 2*i+1, 2*i+2), lines[i])
	}
	words, _, err := captionWords(cues)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := text(words), strings.Join(lines, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, w := range words {
		if line := lines[w.cue/2]; w.cue%2 > 0 || !strings.Contains(line, w.text) || int(w.Start.Seconds())/2 != w.cue/2 {
			t.Errorf("%s: in cue %d at %v", w.text, w.cue, w.Start)
		}
	}
}

// TestCaptionWordsRolledUpTimes: the first word below a line that rolls up appears with its cue,
// unless it has a time of its own.
func TestCaptionWordsRolledUpTimes(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"was<00:03.000> lit", "was 2!-3!, lit 3!-4!"},
		{"<00:02.800>was<00:03.000> lit", "was 2.8!-3!, lit 3!-4!"},
	} {
		words, _, err := captionWords(read(t, "WEBVTT\n\n00:00.000 --> 00:02.000\nthe<00:01.000> lamp\n\n"+
			"00:02.000 --> 00:04.000\nthe lamp\n"+c.line+"\n\n"+
			"00:04.000 --> 00:06.000\nwas lit\nat<00:05.000> six\n\n00:06.000 --> 00:08.000\nat six\nby<00:07.000> her\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := show(words[2:4]); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.line, got, c.want)
		}
	}
}

// TestCaptionWordsSaidTwice: lines that are said twice, in captions that don't roll, are kept, whatever
// else makes more tokens than words.
func TestCaptionWordsSaidTwice(t *testing.T) {
	for _, c := range []struct{ name, cues string }{
		{"hyphens", "Row the boat.|Row the boat./Row on.|Up-to-date and well-known./It is self-taught."},
		{"labels", "ANN: Is it?|BOB: Well,/not at all.|not at all.|ANN: I see.|BOB: You do.|ANN: So do you."},
		{"a whole cue", "Is it well-to-do?/Not at all.|Not at all.|I see, a ne'er-do-well."},
	} {
		var b strings.Builder
		b.WriteString("WEBVTT\n\n")
		var want []string
		for i, cue := range strings.Split(c.cues, "|") {
			fmt.Fprintf(&b, "00:%02d.000 --> 00:%02d.000\n%s\n\n", 2*i, 2*i+2, strings.ReplaceAll(cue, "/", "\n"))
			for text := range strings.FieldsSeq(strings.NewReplacer("|", " ", "/", " ", "-", " ", "ANN: ", "", "BOB: ", "").Replace(cue)) {
				want = append(want, fmt.Sprint(i, " ", matchKey(text)))
			}
		}
		words, _, err := captionWords(read(t, b.String()))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range words {
			got = append(got, fmt.Sprint(w.cue, " ", w.key))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %v\nwant %v", c.name, got, want)
		}
	}
}

// TestCaptionWords: a label is no word, the first word starts with its cue, and a
// sentence runs on over cues.
func TestCaptionWords(t *testing.T) {
	const captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nANN: So the lamp\n\n" +
		"00:03.000 --> 00:05.000\nwas lit.\n\n00:06.000 --> 00:07.000\nBOB: Yes.\n"
	words, script, err := captionWords(read(t, captions))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(words), "so 1!-1.438, the 1.5-1.688, lamp 1.75-2!, was 3!-3.75, lit 4-5!, yes 6!-7!"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(script.Turns) != 2 {
		t.Errorf("%d turns, want 2", len(script.Turns))
	}
	if w := words[4]; w.speaker != "ANN" || w.turn != 0 || w.sentence != 0 {
		t.Errorf("the last word of the first sentence: %+v", w)
	}
	if w := words[5]; w.speaker != "BOB" || w.turn != 1 || w.sentence != 1 {
		t.Errorf("the second sentence: %+v", w)
	}
	if got, want := words[3].extent, (audio.Segment{Start: time.Second, End: 5 * time.Second}); got != want {
		t.Errorf("the sentence lies at %v, want %v", got, want)
	}
}

// What nobody says of a sentence that is said is an aside or isn't.
func TestAsidesOfAlignment(t *testing.T) {
	said := func(text string, spoken bool) align.Word { return align.Word{Text: text, Spoken: spoken} }
	for _, tt := range []struct {
		words []align.Word
		want  string // the asides
	}{
		{[]align.Word{said("see", true), said("https://a-b.org", false), said("all", false)}, "https: a b.org"},
		{[]align.Word{said("see", false), said("https://a-b.org", false)}, ""},
		{[]align.Word{said("see [unclear]", true), said("a-b.org [inaudible]", false)}, "a b.org"},
	} {
		s := align.Sentence{Words: tt.words, Spoken: tt.words[0].Spoken}
		var got []word
		for _, w := range alignmentWords(&align.Alignment{Turns: []align.Turn{{Sentences: []align.Sentence{s}}}}) {
			if w.aside {
				got = append(got, w)
			}
		}
		if text(got) != tt.want {
			t.Errorf("%v: the asides are %q, want %q", tt.words, text(got), tt.want)
		}
	}
}

func TestScriptWords(t *testing.T) {
	s, err := transcript.Parse("ANN: Well-known. Is it?\n\nBOB: It is [inaudible].\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range scriptWords(s) {
		got = append(got, fmt.Sprint(w.speaker, " ", w.turn, w.sentence, " ", w.key))
		if !w.spoken || w.startKnown || w.endKnown {
			t.Errorf("%+v", w)
		}
	}
	want := "ANN 0 0 well, ANN 0 0 known, ANN 0 1 is, ANN 0 1 it, BOB 1 2 it, BOB 1 2 is"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

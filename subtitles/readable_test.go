package subtitles

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// readableNames are the formats for people.
var readableNames = []string{"md", "html", "transcript.txt", "read.html"}

// TestReadableAgain: what is written for people is read again as the same words of the same speakers, whatever they
// look like.
func TestReadableAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyReadable(t)
		for _, name := range readableNames {
			keep := rapid.Bool().Draw(t, "keep")
			c := Captions{Alignment: a, Lang: a.Lang, Title: "a <b> & c", Audio: "./a.wav", Layout: LayoutOptions{KeepUnspoken: keep}}
			var b bytes.Buffer
			if err := Write(&b, name, c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s, err := transcript.Parse(b.String())
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, b.String())
			}
			if got, want := readBack(s), toRead(a, keep); got != want {
				t.Fatalf("%s, as %s:\n%s\nwant\n%s\nof\n%s", name, s.Form, got, want, b.String())
			}
			if got, want := headingsOf(s), headingsToRead(a, keep); name != "read.html" && got != want {
				t.Fatalf("%s, as %s: headings %q, want %q, of\n%s", name, s.Form, got, want, b.String())
			}
		}
	})
}

// headingsOf returns the title of a script and the headings of its parts, a line each, with what stands below these.
func headingsOf(s *transcript.Script) string {
	all := s.Title + "\n"
	for _, h := range s.Headings {
		below := ""
		if h.Turn < len(s.Turns) {
			below = s.Turns[h.Turn].Sentences[h.Sentence].Text()
		}
		all += h.Text + " | " + firstLetter(below) + "\n"
	}
	return all
}

// firstLetter returns that of a text, and what stands before it.
func firstLetter(s string) string {
	s = strings.TrimSpace(s)
	return s[:min(1, len(s))]
}

// headingsToRead returns what headingsOf should of what is written of an alignment.
func headingsToRead(a *align.Alignment, unspoken bool) string {
	plain := func(s string) string { return strings.NewReplacer("[", "(", "]", ")").Replace(s) }
	all, chapters := plain(a.Title)+"\n", a.Chapters
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			for len(chapters) > 0 && chapters[0].Start <= s.Start && (s.Spoken || unspoken) {
				all += plain(chapters[0].Title) + " | " + firstLetter(joined(shown(s, unspoken))) + "\n"
				chapters = chapters[1:]
			}
		}
	}
	return all
}

// readBack returns who says what in a script, a line for each turn.
func readBack(s *transcript.Script) string {
	var turns [][2]string
	for _, t := range s.Turns {
		text := ""
		for _, sentence := range t.Sentences {
			text += " " + sentence.Text()
		}
		turns = append(turns, [2]string{t.Speaker, text})
	}
	return saidBy(turns)
}

// toRead returns what is to be read of an alignment, in the same form.
func toRead(a *align.Alignment, unspoken bool) string {
	var turns [][2]string
	for _, t := range a.Turns {
		text := ""
		for _, s := range t.Sentences {
			if s.Spoken || unspoken {
				text += " " + joined(shown(s, unspoken))
			}
		}
		turns = append(turns, [2]string{t.Speaker, text})
	}
	return saidBy(turns)
}

// saidBy joins turns of one speaker. Where no blank stands doesn't count: in scripts without blanks it depends on where
// a paragraph ends.
func saidBy(turns [][2]string) string {
	var b strings.Builder
	last := "\n"
	for _, t := range turns {
		text := strings.Join(strings.Fields(t[1]), "")
		if text == "" {
			continue
		}
		if t[0] != last {
			last = t[0]
			fmt.Fprintf(&b, "\n%s: ", last)
		}
		b.WriteString(text)
	}
	return b.String()
}

// anyReadable draws an alignment whose words and names look like labels, times, directions, notes, and markup of
// HTML and Markdown.
func anyReadable(t *rapid.T) *align.Alignment {
	words := strings.Fields("the and said. Who? # ## > >> - + * ** _a_ __b__ `c` ``` ~~~ ~~d~~ 1. 2) 1815. <b> </p> <!--x--> &amp; & &lt; " +
		"\\ \\n a|b | --- === :: Note: Ann: Bob: Host: Credits: Transcript [so] ](x) [a](b) ![a](b) [^1] $5 {x} https://a.example/a_b_c " +
		"<script>alert(1)</script> Copyright © Thanks for listening. 海 岸。 שלום ~ = + “yes” (quietly) ♪la♪ *waves* _")
	headings := []string{"The Ferry", "Chapter 2: C #", "1. Ann: mate", "# *so* <b>", "Ann [0:12]", "[laughs]", "---", "APPLAUSE", "海岸"}
	a := &align.Alignment{Lang: rapid.SampledFrom([]string{"en", "he", "ja", ""}).Draw(t, "lang")}
	at := rapid.SampledFrom([]time.Duration{0, 59 * time.Minute, 100*time.Hour - time.Second, 101 * time.Hour}).Draw(t, "start")
	pick := rapid.SampledFrom(words)
	turns := rapid.IntRange(1, 4).Draw(t, "turns")
	for i := range turns {
		turn := align.Turn{Spoken: true, Speaker: rapid.SampledFrom([]string{"", "Ann", "Bob <b>", "Dr. *Eve* [x]", "1. Joon: mate",
			"Mara, # 5", "O’Hara"}).Draw(t, "speaker")}
		if i == 0 {
			turn.Speaker = "Ann"
		}
		paragraph := 0
		for k := range rapid.IntRange(1, 4).Draw(t, "sentences") {
			if k > 0 && rapid.Bool().Draw(t, "paragraph") {
				paragraph++
			}
			s := align.Sentence{Spoken: rapid.IntRange(0, 5).Draw(t, "spoken") > 0 || k == 0, Paragraph: paragraph}
			s.Start = at
			text := append(rapid.SliceOfN(pick, 0, 5).Draw(t, "words"), "word.")
			if rapid.Bool().Draw(t, "first") {
				text = append([]string{"Well"}, text...)
			}
			for _, word := range text {
				w := align.Word{Segment: audio.Segment{Start: at, End: at}, Text: word, Spoken: s.Spoken}
				if s.Spoken {
					at += time.Duration(rapid.IntRange(0, 20).Draw(t, "length")) * time.Second
					w.End = at
				}
				s.Words = append(s.Words, w)
			}
			s.End = at
			turn.Sentences = append(turn.Sentences, s)
			if rapid.IntRange(0, 3).Draw(t, "direction") == 0 {
				d := rapid.SampledFrom([]string{"laughs", "THEME MUSIC", "they sit down", "♪", "a [b] c", "0:12", ""}).Draw(t, "text")
				leads := rapid.Bool().Draw(t, "leads")
				a.Directions = append(a.Directions, align.Direction{Segment: audio.Segment{Start: at, End: at}, Text: d, Leads: leads})
			}
		}
		if rapid.IntRange(0, 2).Draw(t, "heading") == 0 {
			c := align.Chapter{Start: turn.Sentences[rapid.IntRange(0, len(turn.Sentences)-1).Draw(t, "part")].Start}
			c.Title = rapid.SampledFrom(headings).Draw(t, "chapter")
			if n := len(a.Chapters); n == 0 || a.Chapters[n-1].Start < c.Start {
				a.Chapters = append(a.Chapters, c)
			}
		}
		a.Turns = append(a.Turns, turn)
	}
	a.Title = rapid.SampledFrom(append(headings, "")).Draw(t, "title")
	a.End = at
	return a
}

// timedSentences gives the sentences of an alignment the times of their words.
func timedSentences(a *align.Alignment) *align.Alignment {
	for _, t := range a.Turns {
		for k := range t.Sentences {
			s := &t.Sentences[k]
			s.Start, s.End = s.Words[0].Start, s.Words[len(s.Words)-1].End
		}
	}
	return a
}

// TestReadable holds what is written to what a reader expects.
func TestReadable(t *testing.T) {
	ann := func(sentences ...string) *align.Alignment {
		return timedSentences(said("en", normal, "Ann: "+strings.Join(sentences, " ")))
	}
	parts := func(a *align.Alignment, numbers ...int) *align.Alignment {
		for i := range a.Turns[0].Sentences {
			a.Turns[0].Sentences[i].Paragraph = numbers[i]
		}
		return a
	}
	sounds := func(a *align.Alignment, before int, texts ...string) *align.Alignment {
		for _, text := range texts {
			text, leads := strings.CutSuffix(text, " >")
			at := a.Turns[0].Sentences[before].Words[0].Start
			a.Directions = append(a.Directions, align.Direction{
				Segment: audio.Segment{Start: at, End: at}, Kind: transcript.Sound, Text: text, Leads: leads,
			})
		}
		return a
	}
	amid := func(a *align.Alignment, word int, d align.Direction) *align.Alignment {
		d.Start = a.Turns[0].Sentences[0].Words[word].Start
		d.End = d.Start
		a.Directions = append(a.Directions, d)
		return a
	}
	lacking := func(a *align.Alignment) *align.Alignment {
		end := a.Turns[0].Sentences[0].End
		a.Unscripted = []align.Unscripted{{Segment: audio.Segment{Start: end, End: a.Turns[0].Sentences[1].Start}}}
		return a
	}
	unspoken := func(a *align.Alignment, i int) *align.Alignment {
		s := &a.Turns[0].Sentences[i]
		s.Spoken = false
		for k := range s.Words {
			s.Words[k].Spoken = false
		}
		return a
	}
	for _, c := range []struct {
		name string
		a    *align.Alignment
		o    LayoutOptions
		want string
	}{
		{"paragraphs", parts(ann("Good evening.", "It is late."), 0, 1), LayoutOptions{}, "Ann [0:00]\nGood evening.\n\nIt is late.\n"},
		{"a turn over a minute", parts(ann("One.", strings.Repeat("_", 600)+" Two."), 0, 1), LayoutOptions{},
			"Ann [0:00]\nOne.\n\n[1:00] Two.\n"},
		{"a sound in the line", sounds(ann("One.", "Two."), 1, "laughs >"), LayoutOptions{}, "Ann [0:00]\nOne. [laughs] Two.\n"},
		{"a sound on a line of its own", sounds(ann("One.", "Two."), 1, "laughs"), LayoutOptions{}, "Ann [0:00]\nOne.\n\n[laughs]\n\nTwo.\n"},
		{"a sound first", sounds(ann("One.", "Two."), 0, "laughs >"), LayoutOptions{}, "Ann [0:00]\n[0:00] [laughs] One. Two.\n"},
		{"a sound last", amid(ann("One two."), 1, align.Direction{Text: "laughs"}), LayoutOptions{}, "Ann [0:00]\nOne two.\n\n[laughs]\n"},
		{"a sound within", amid(ann("One two."), 1, align.Direction{Text: "laughs", Leads: true}), LayoutOptions{},
			"Ann [0:00]\nOne [laughs] two.\n"},
		{"lyrics", sounds(ann("One.", "Two."), 1, "♪ Row, row ♪"), LayoutOptions{}, "Ann [0:00]\nOne.\n\n♪ Row, row ♪\n\nTwo.\n"},
		{"speech that is lacking", lacking(ann("One.", "Two.")), LayoutOptions{MarkUnscripted: true},
			"Ann [0:00]\nOne.\n\n[speech not in transcript]\n\nTwo.\n"},
		{"and not marked", lacking(ann("One.", "Two.")), LayoutOptions{}, "Ann [0:00]\nOne. Two.\n"},
		{"sounds between paragraphs", sounds(parts(ann("One.", "Two."), 0, 1), 1, "BELL RINGS", "a [far] cry"), LayoutOptions{},
			"Ann [0:00]\nOne.\n\n[bell rings]\n\n[a (far) cry]\n\nTwo.\n"},
		{"what is known alone", sounds(ann("One.", "Two."), 1, "the boat lands >"), LayoutOptions{}, "Ann [0:00]\nOne.\n\n[the boat lands]\n\nTwo.\n"},
		{"no sounds", sounds(ann("One.", "Two."), 1, "laughs"), LayoutOptions{NoSounds: true}, "Ann [0:00]\nOne. Two.\n"},
		{"unspoken", unspoken(ann("One.", "Two."), 0), LayoutOptions{}, "Ann [0:00]\nTwo.\n"},
		{"unspoken, kept", unspoken(ann("One.", "Two."), 0), LayoutOptions{KeepUnspoken: true}, "Ann [0:00]\nOne. Two.\n"},
		{"a direction's looks", ann("APPLAUSE."), LayoutOptions{}, "Ann [0:00]\n[0:00] APPLAUSE.\n"},
		{"a time's looks", ann("[0:10] sharp."), LayoutOptions{}, "Ann [0:00]\n[0:00] [0:10] sharp.\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, "transcript.txt", Captions{Alignment: c.a, Layout: c.o}); err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if b.String() != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, b.String(), c.want)
		}
	}
	if err := Write(&bytes.Buffer{}, "md", Captions{Alignment: unspoken(ann("One."), 0)}); err == nil {
		t.Error("nothing to read is written")
	}
}

// TestReadableTimes: captions are made of the times of a transcript to read, also where these stand before most
// paragraphs.
func TestReadableTimes(t *testing.T) {
	a := timedSentences(said("en", normal, "Ann: One. "+strings.Repeat("_", 700)+" Two. "+strings.Repeat("_", 700)+" Three. "+
		strings.Repeat("_", 700)+" Four."))
	for i := range a.Turns[0].Sentences {
		a.Turns[0].Sentences[i].Paragraph = i
	}
	for _, name := range readableNames {
		var b bytes.Buffer
		if err := Write(&b, name, Captions{Alignment: a}); err != nil {
			t.Fatal(err)
		}
		kind := Detect("a."+name, b.String())
		cues, _, err := Read(kind, b.String())
		if err != nil || kind != "" {
			t.Errorf("%s: read as %q: %v", name, kind, err)
			continue
		}
		var got []string
		for _, c := range cues {
			got = append(got, fmt.Sprintf("%s %s: %s", c.Start, c.Speaker(), c.Text()))
		}
		if got, want := strings.Join(got, ", "), "0s Ann: One., 1m10s Ann: Two., 2m21s Ann: Three., 3m31s Ann: Four."; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestReadableShares: the captions of a transcript to read hold all that is said, also where the paragraphs of a turn
// share its time.
func TestReadableShares(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Ann [0:10]\nOne.\n\nFour of.\n\nBob [0:22]\nTwo.\n", "10s-14s Ann: One. | 14s-22s Ann: Four of. | 22s-27s Bob: Two."},
		{"Ann [0:10]\nOne.\n\n[applause]\n\nFour of.\n\nBob [0:22]\nTwo.\n", "10s-14s Ann: One. | 14s-22s Ann: Four of. | 22s-27s Bob: Two."},
		{"Ann [0:10]\nOne.\n\nTwo.\n\nSix.\n\nTen.\n", "10s-15s Ann: One. | 15s-20s Ann: Two. | 20s-25s Ann: Six. | 25s-30s Ann: Ten."},
		{"**Ann** [0:10]\n\nOne.\n\nFour of.\n\n**Bob** [0:22]\n\nTwo.\n", "10s-14s Ann: One. | 14s-22s Ann: Four of. | 22s-27s Bob: Two."},
		{"<cite>Ann:</cite><time>0:10</time><p>One.</p><p>Four of.</p><cite>Bob:</cite><time>0:22</time><p>Two.</p>",
			"10s-14s Ann: One. | 14s-22s Ann: Four of. | 22s-27s Bob: Two."},
	} {
		cues, _, err := Read(Detect("a.html", c.in), c.in)
		var got []string
		for _, cue := range cues {
			got = append(got, fmt.Sprintf("%s-%s %s: %s", cue.Start, cue.End, cue.Speaker(), cue.Text()))
		}
		if got := strings.Join(got, " | "); err != nil || got != c.want {
			t.Errorf("%q: %v: %s\nwant %s", c.in, err, got, c.want)
		}
	}
}

// TestReadableWords: turns of a word are no words of an export.
func TestReadableWords(t *testing.T) {
	a := timedSentences(said("en", normal, strings.Split(strings.Repeat("Ann: Yes.|Bob: No.|", 9)+"Ann: Why?", "|")...))
	a.Directions = []align.Direction{{Text: "the boat lands", Segment: a.Turns[4].Segment}}
	a.Directions[0].Start = a.Turns[4].Sentences[0].Start
	for _, name := range readableNames {
		var b bytes.Buffer
		if err := Write(&b, name, Captions{Alignment: a}); err != nil {
			t.Fatal(err)
		}
		s, err := transcript.Parse(b.String())
		if err != nil || readBack(s) != toRead(a, false) || len(s.Directions) != 1 {
			t.Errorf("%s: %v: %s with %d directions", name, err, readBack(s), len(s.Directions))
		}
	}
}

// TestPartTurn: a turn without paragraphs is parted at pauses, into parts that are neither short nor long.
func TestPartTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sentences []align.Sentence
		at := time.Duration(0)
		for range rapid.IntRange(1, 60).Draw(t, "sentences") {
			s := align.Sentence{Segment: audio.Segment{Start: at, End: at + time.Second}}
			s.Words = []align.Word{{Text: strings.Repeat("x", rapid.IntRange(1, 900).Draw(t, "width")-1)}}
			at = s.End + time.Duration(rapid.IntRange(0, 3).Draw(t, "pause"))*time.Second
			sentences = append(sentences, s)
		}
		numbers := partTurn(sentences)
		widths := make([]int, numbers[len(numbers)-1]+1)
		count := make([]int, len(widths))
		for i, n := range numbers {
			if i > 0 && n != numbers[i-1] && n != numbers[i-1]+1 {
				t.Fatalf("%v", numbers)
			}
			widths[n] += len(sentences[i].Words[0].Text) + 1
			count[n]++
		}
		for n, width := range widths {
			if last := n == len(widths)-1; width < leastParagraph && !last {
				t.Fatalf("part %d has %d columns of %v", n, width, widths)
			}
			if width > leastParagraph+900 && count[n] > 1 {
				t.Fatalf("part %d has %d columns of %v", n, width, widths)
			}
		}
	})
	long := timedSentences(said("en", normal, "Ann: "+strings.Repeat("The keeper lit the lamp at dusk. ", 20)+strings.Repeat("_", 10)+
		strings.Repeat(" The keeper put it out at dawn.", 20)))
	if numbers := partTurn(long.Turns[0].Sentences); numbers[19] == numbers[20] {
		t.Errorf("it is not parted at the pause: %v", numbers)
	}
}

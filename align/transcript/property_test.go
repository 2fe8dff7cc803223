package transcript

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/testdata/cputime"
	"cuewright/testdata/race"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// said is a turn as it was meant: a speaker and paragraphs of sentences.
type said struct {
	speaker    string
	paragraphs [][]string
}

// shapes write turns in the ways that people have them. Captions lose the
// paragraphs, and in text broken to a width they cannot always be told.
var shapes = map[string]struct {
	write      func(i int, t said) string
	paragraphs bool
}{
	"labels": {func(_ int, t said) string { return t.speaker + ": " + t.body("\n") + "\n" }, true},
	"blanks": {func(_ int, t said) string { return t.speaker + ": " + t.body("\n\n") + "\n\n" }, true},
	"crlf":   {func(_ int, t said) string { return t.speaker + ": " + t.body("\r\n") + "\r\n" }, true},
	"arrows": {func(_ int, t said) string { return ">> " + t.speaker + ": " + t.body("\n") + "\n" }, true},
	"times":  {func(i int, t said) string { return clock(i) + " " + t.speaker + ": " + t.body("\n") + "\n" }, true},
	"times after": {func(i int, t said) string {
		return t.speaker + " " + clock(i) + ":\n" + t.body("\n") + "\n\n"
	}, true},
	"name lines": {func(i int, t said) string {
		return t.speaker + "  " + strings.Trim(clock(i), "[]") + "\n" + t.body("\n") + "\n\n"
	}, true},
	"clock behind brackets": {func(i int, t said) string {
		return "[" + t.speaker + "] " + strings.Trim(clock(i), "[]") + "\n" + t.body("\n") + "\n\n"
	}, true},
	"times in words": {func(i int, t said) string {
		return fmt.Sprintf("%s\n%d minutes %d seconds\n%s\n", t.speaker, i/60, i%60, t.body("\n"))
	}, true},
	"frames": {func(i int, t said) string {
		return strings.Trim(clock(i), "[]") + ":12 " + t.speaker + ": " + t.body("\n") + "\n"
	}, true},
	"time in bold": {func(i int, t said) string {
		return "**" + clock(i) + " " + t.speaker + ":** " + t.body("\n\n") + "\n\n"
	}, true},
	"tabs":    {func(_ int, t said) string { return t.speaker + "\t" + t.body("\n") + "\n" }, true},
	"escapes": {func(i int, t said) string { return "**" + t.speaker + ":** \\[0:01\\] " + t.body("\n\n") + "\n\n" }, true},
	"bold":    {func(_ int, t said) string { return "**" + t.speaker + ":** " + t.body("\n\n") + "\n\n" }, true},
	"html":    {func(_ int, t said) string { return "<p><b>" + t.speaker + "</b>: " + t.body("</p>\n<p>") + "</p>\n" }, true},
	"wrapped": {func(_ int, t said) string { return wrap(t.speaker+": "+t.body("\n\n")) + "\n\n" }, false},
	"srt": {func(i int, t said) string {
		// In captions a line that begins with a dash may be another speaker's.
		text := strings.ReplaceAll(wrap(t.speaker+": "+t.body(" ")), "\n— ", " —\n")
		lines := strings.Split(text, "\n")
		return fmt.Sprintf("%d\n00:00:%02d,000 --> 00:00:%02d,900\n%s\n\n", i+1, i%60, i%60, strings.Join(lines, "\n"))
	}, false},
}

// cueLines is the lines of cues, each of which begins with a number and a line of
// times.
func cueLines(page string) []Line {
	var lines []Line
	number := 0
	for i, cue := range strings.Split(strings.TrimSpace(page), "\n\n") {
		for k, text := range strings.Split(cue, "\n") {
			number++
			if k >= 2 {
				lines = append(lines, Line{Text: text, Number: number, Cue: i})
			}
		}
		number++
	}
	return lines
}

func (t said) body(sep string) string {
	var p []string
	for _, sentences := range t.paragraphs {
		p = append(p, strings.Join(sentences, " "))
	}
	return strings.Join(p, sep)
}

func clock(i int) string { return fmt.Sprintf("[00:%02d:%02d]", i/60, i%60) }

// wrap breaks text at about 40 characters.
func wrap(s string) string {
	var b strings.Builder
	col := 0
	for i, w := range strings.Split(s, " ") {
		switch {
		case i == 0:
		case col+utf8.RuneCountInString(w) > 40:
			b.WriteByte('\n')
			col = 0
		default:
			b.WriteByte(' ')
		}
		b.WriteString(w)
		col += utf8.RuneCountInString(w) + 1
	}
	return b.String()
}

func drawTurns(t *rapid.T) []said {
	word := rapid.SampledFrom(strings.Fields(`road ferry kettle bees the a of wet it's well-known naïve 1963, 3:30, $4.5
		street; “quietly” R&B (mostly) — Saturn Aurélie's U.S. Mr. buckets, and`))
	first := rapid.SampledFrom(strings.Fields(`The It Nobody We Ferries “Bees And`))
	last := rapid.SampledFrom(strings.Fields(`road. ferry? kettle! bees.” wet?! (mostly).`))
	sentence := rapid.Custom(func(t *rapid.T) string {
		words := append([]string{first.Draw(t, "first")}, rapid.SliceOfN(word, 0, 12).Draw(t, "words")...)
		return strings.Join(append(words, last.Draw(t, "last")), " ")
	})
	speakers := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Ada Byron", "Dr. Aurélie N’Diaye", "Reporter 1",
		"Bill Fletcher Jr.", "President Jo de la Cruz", "OKONKWO", "Zoë"}), 2, 5, rapid.ID).Draw(t, "speakers")
	turns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) said {
		return said{rapid.SampledFrom(speakers).Draw(t, "speaker"),
			rapid.SliceOfN(rapid.SliceOfN(sentence, 1, 4), 1, 3).Draw(t, "paragraphs")}
	}), 4, 12).Draw(t, "turns")
	// Somebody else speaks each time, and the first two names come again.
	turns = append([]said{{speakers[0], [][]string{{"We begin."}}}, {speakers[1], [][]string{{"We do."}}}}, turns...)
	return slices.CompactFunc(append(turns, turns[0], turns[1]), func(a, b said) bool { return a.speaker == b.speaker })
}

// TestReadsBack writes random turns in a shape and reads the same back.
func TestReadsBack(t *testing.T) {
	names := slices.Sorted(maps.Keys(shapes))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "shape")
		shape := shapes[name]
		sentenceOf := func(paragraph int, text string) string {
			if !shape.paragraphs {
				return text
			}
			return fmt.Sprint(paragraph, " ", text)
		}
		var page strings.Builder
		var want, got [][]string
		for i, turn := range drawTurns(t) {
			page.WriteString(shape.write(i, turn))
			all := []string{turn.speaker}
			for p, sentences := range turn.paragraphs {
				for _, s := range sentences {
					all = append(all, sentenceOf(p, s))
				}
			}
			want = append(want, all)
		}
		read := Parse
		if name == "srt" {
			read = func(page string) (*Script, error) { return FromLines(cueLines(page)) }
		}
		s, err := read(page.String())
		if err != nil {
			t.Fatal(err)
		}
		for _, turn := range s.Turns {
			all := []string{turn.Speaker}
			for _, sentence := range turn.Sentences {
				all = append(all, sentenceOf(sentence.Paragraph, sentence.Text()))
			}
			got = append(got, all)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got:\n%s\n%s", diff, page.String())
		}
	})
}

// TestFromLines: rolling captions are taken once, and voices are turns.
func TestFromLines(t *testing.T) {
	cues := func(all ...string) []Line { // each with | between its lines, and a voice before :
		var lines []Line
		for i, cue := range all {
			for _, text := range strings.Split(cue, "|") {
				voice := ""
				if name, rest, ok := strings.Cut(text, "<"); ok {
					voice, text = name, rest
				}
				lines = append(lines, Line{Text: text, Voice: voice, Number: len(lines) + 1, Cue: i})
			}
		}
		return lines
	}
	for _, c := range []struct {
		name  string
		lines []Line
		want  string // see dump
	}{
		{"rolling", cues("It rains.", "It rains.|We stay.", "We stay.|You go.", "You go.|So."),
			"1 \"\"\n    .0 It rains.\n    .0 We stay.\n    .0 You go.\n    .0 So.\n" +
				"2 repeated caption: It rains.\n4 repeated caption: We stay.\n6 repeated caption: You go.\n"},
		{"said twice", cues("No.", "No.|Never.", "Not me.", "Nor you."),
			"1 \"\"\n    .0 No.\n    .0 No.\n    .0 Never.\n    .0 Not me.\n    .0 Nor you.\n"},
		{"voices", cues("Ann<We go", "Ann<home.", "Bob<Do we?", "Ann<Yes.|Bob<Oh."),
			"1 \"Ann\"\n    .0 We go home.\n3 \"Bob\"\n    .0 Do we?\n4 \"Ann\"\n    .0 Yes.\n5 \"Bob\"\n    .0 Oh.\n"},
		{"labels", cues("ANN: We go|home.", "BOB: Do we?", "ANN: Yes."),
			"1 \"ANN\"\n    .0 We go home.\n3 \"BOB\"\n    .0 Do we?\n4 \"ANN\"\n    .0 Yes.\n"},
		{"unseen characters", cues("so\u00ADft", "Zoe\u0308\u2028now."), "1 \"\"\n    .0 soft Zoë now.\n"},
	} {
		s, err := FromLines(c.lines)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, dump(s)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}

// TestNothingLost puts lines of all kinds in any order; each of their numbered
// words is found once, in its order, in what was said, in a direction or a note.
func TestNothingLost(t *testing.T) {
	n := 0
	fill := func(pattern string) string {
		for strings.Contains(pattern, "~") {
			pattern = strings.Replace(pattern, "~", fmt.Sprintf("z%dz", n), 1)
			n++
		}
		return pattern
	}
	pattern := rapid.SampledFrom([]string{"Ada: ~ ~.", "Bo Young: ~", "BO: ~ ~ [~ ~] ~.", "Credits: ~", "Music: ~, ~",
		"~ ~.", "~ ~", "[~]", "[CLIP BEGINS ~]",
		"[CLIP ENDS ~]", "(~ laughs)", "~ [laughs ~] ~.", "~ […] ~.", "~ (~) ~", "Transcript", "# ~", "**~** ~.", "*~ ~*", ">> ~.", "- ~", "> ~", "~:", "~ ~: ~.", "Host:",
		"© 2024 ~", "Share this ~", "All rights reserved ~", "This transcript was edited ~", "https://example.org/~", "", "", "---", "[00:01:02] ~ ~.", "0:01", "~ — ~—~… ~",
		"[inaudible ~] ~.", "Ada (0:01) ~.", "Ada 0:01", "|~|~|", "« ~ »", "~ [~.", "“~.” ~", "Step 1: ~", "[~](~)", "♪ ~ ♪", "END", "1. ~"})
	rapid.Check(t, func(t *rapid.T) {
		n = 0
		var lines []string
		for _, p := range rapid.SliceOfN(pattern, 1, 40).Draw(t, "lines") {
			// Addresses of Markdown links are left out, as its other signs are.
			line := fill(strings.Replace(p, "[~](~)", "[~](target)", 1))
			lines = append(lines, line)
		}
		page := strings.Join(lines, "\n")
		s, err := Parse(page)
		if err != nil {
			return // nothing is said
		}
		found := map[string]int{}
		count := func(text string) {
			parts := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
			for _, w := range strings.FieldsFunc(text, parts) {
				if strings.HasPrefix(w, "z") {
					found[w]++
				}
			}
		}
		var order []int
		for _, turn := range s.Turns {
			count(turn.Speaker)
			for _, sentence := range turn.Sentences {
				count(sentence.Text())
				var k int
				parts := func(r rune) bool { return r != 'z' && !unicode.IsDigit(r) }
				for _, w := range strings.FieldsFunc(sentence.Text(), parts) {
					if _, err := fmt.Sscanf(w, "z%dz", &k); err == nil {
						order = append(order, k)
					}
				}
			}
		}
		for _, d := range s.Directions {
			count(d.Text)
		}
		for _, note := range s.Notes {
			count(note.Text)
		}
		for k := range n {
			if w := fmt.Sprintf("z%dz", k); found[w] != 1 {
				t.Fatalf("%s is there %d times\n%s\n%s", w, found[w], page, dump(s))
			}
		}
		if !slices.IsSorted(order) {
			t.Fatalf("out of order: %v\n%s", order, page)
		}
		check(t, s)
	})
}

// check holds a script to what its types promise.
func check(t interface{ Fatalf(string, ...any) }, s *Script) {
	if len(s.Turns) == 0 {
		t.Fatalf("no turns and no error")
	}
	for i, turn := range s.Turns {
		if len(turn.Sentences) == 0 || turn.Line < 1 || i > 0 && turn.Line < s.Turns[i-1].Line {
			t.Fatalf("turn %d has %d sentences, line %d", i, len(turn.Sentences), turn.Line)
		}
		paragraph := 0
		for j, sentence := range turn.Sentences {
			if len(sentence.Words) == 0 {
				t.Fatalf("sentence %d of turn %d has no words", j, i)
			}
			if p := sentence.Paragraph; p != paragraph && (p != paragraph+1 || j == 0) {
				t.Fatalf("turn %d: paragraph %d after %d", i, p, paragraph)
			}
			paragraph = sentence.Paragraph
			for _, w := range sentence.Words {
				if strings.IndexFunc(w.Text, readable) < 0 || w.Text != strings.TrimSpace(w.Text) ||
					strings.ContainsAny(w.Text, "\n\x01\x02") {
					t.Fatalf("word %q", w.Text)
				}
			}
		}
	}
	turn, sentence, word := 0, 0, 0
	for _, d := range s.Directions {
		if d.Turn < turn || d.Turn == turn && d.Sentence < sentence || d.Turn > len(s.Turns) ||
			d.Turn == len(s.Turns) && d.Sentence > 0 || d.Turn < len(s.Turns) && d.Sentence >= len(s.Turns[d.Turn].Sentences) {
			t.Fatalf("direction %+v of %d turns", d, len(s.Turns))
		}
		if d.Turn == turn && d.Sentence == sentence && d.Word < word ||
			d.Word > 0 && (d.Turn == len(s.Turns) || d.Word >= len(s.Turns[d.Turn].Sentences[d.Sentence].Words)) {
			t.Fatalf("direction %+v behind word %d", d, word)
		}
		turn, sentence, word = d.Turn, d.Sentence, d.Word
	}
	for i, n := range s.Notes {
		if n.Reason == "" || n.Text == "" || i > 0 && n.Line < s.Notes[i-1].Line {
			t.Fatalf("note %+v", n)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	shapes, err := filepath.Glob("testdata/shapes/*.*")
	if err != nil {
		f.Fatal(err)
	}
	files = append(files, shapes...)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(string(data))
		if err != nil {
			return
		}
		check(t, s)
		again, err := Parse(string(data))
		if err != nil || !cmp.Equal(s, again) {
			t.Fatal("not the same again")
		}
	})
}

// TestLinear reads hostile input in a time that grows with its length, not with the square of it.
func TestLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	const page, web = "Ada: Hi.\nBo: Ho.\nAda: ", "<html>"
	for _, c := range []struct {
		head string
		size int
		unit []string
	}{
		{page, 64 << 10, []string{"[", "(", "*", "**a ", "_a", "[a](", "](", "a", "A ", ":", "A: ", "\n", "\x00", ". ", "… ", "。", "今", ">> ", "[a] ", "*laughs* ",
			"(laughs) ", "—", "— ", "« ", "\"", "\u0301", "a\u200d", "# ", "a [... ", "0:01 ", "[0:01] ", "|", "♪", "b.c.d.", "\xff",
			"<", "<a ", "<b>", "&", "`", "[^a] ", "\\[", "Hi. Bo: Ho. ", "0:01 Bo: Ho. ", "12:00:00 ", "[inaudible] ", "Ada (", "Q. "}},
		{page, 8 << 10, []string{"A: b\n", "a\n", "0:01\n", "Ada 0:01\n", "# a\n", "- a\n", "[CLIP BEGINS]\n", "[CLIP ENDS]\n", "Transcript\n", "a.\n", "© 2024\n",
			"Q. A\n", "Ada\tA\n", "Jingle:\n\n", "ADA\n", "ADA\na.\n", "a\nb\nc\n1\n", "a-\nb ", "Title: a\n", "```\n", "<!--\n", "0:01 A\n"}},
		{web, 64 << 10, []string{"<", "<p>", "<p><b>", "<b>", "<i>a", "</nav>", "<script", "<script>", "<!--", "&", "&amp;", "<a href='",
			"</", "<title>", "<title>a</title>", "</title", "<svg>", "<ul><li>", "<![CDATA[", "<?", "<script><!--<script>", "<a b=c ", "&#1"}},
	} {
		for _, unit := range c.unit {
			if s, err := Parse(c.head + strings.Repeat(unit, c.size/len(unit))); err == nil {
				check(t, s)
			}
			linear(t, c.head, unit, c.size/len(unit))
		}
	}
}

// TestLinearInLines: the same for what has to be longer before it shows: lines that look like labels without
// words below them, elements within elements, marks of what could not be heard.
func TestLinearInLines(t *testing.T) {
	race.Skip(t, "takes time of its own")
	for _, c := range []struct{ head, unit string }{
		{"Ada: Hi.\nBo: Ho.\nAda: ", "[Ada]\n[Bo]\n"}, {"Ada: Hi.\nBo: Ho.\n", "Ada:\n"},
		{"Ada: Hi.\nBo: Ho.\n", "**Ada:** So it was. "}, {"<html>", "<div>"}, {"<html>", "<nav><ul><li>a"},
		{"Ada: Hi.\nBo: Ho", " [inaudible]"}, {"Ada: Hi.\nBo: Ho.\n\n", "[inaudible]\n\n"}, {"", "[inaudible]\n\n"},
	} {
		linear(t, c.head, c.unit, 20_000)
	}
}

// linear reports an error if a text of so many units takes more than twice as long as it may in comparison with
// a quarter of it. What is read at once is not compared.
func linear(t *testing.T, head, unit string, units int) {
	took := func(units int) time.Duration {
		return cputime.Of(func() {
			s, err := Parse(head + strings.Repeat(unit, units)) // an error is an answer, too
			if err != nil {
				return
			}
			for _, turn := range s.Turns {
				for _, sentence := range turn.Sentences {
					for _, w := range sentence.Words {
						w.Said()
					}
				}
			}
		})
	}
	const times, tries = 4, 8 // once may be due to what else the machine does
	small, large := time.Hour, time.Hour
	for range tries {
		if large = min(large, took(units)); large < 100*time.Millisecond {
			return
		}
		if small = min(small, took(units/times)); large < 2*times*small {
			return
		}
	}
	t.Errorf("%q after %q: %d times as many take more than %d times as long", unit, head, times, 2*times)
}

// TestDeep: a million elements within each other are no danger to the stack.
func TestDeep(t *testing.T) {
	s, err := Parse("<html>" + strings.Repeat("<b><div>", 500_000) + "<p>Ada: Hello there.</p>")
	if err != nil || s.NumWords() != 2 {
		t.Errorf("%v, %v", s, err)
	}
}

func BenchmarkParse(b *testing.B) {
	page, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		b.Fatal(err)
	}
	head, turns, _ := strings.Cut(string(page), "[THEME MUSIC]\n")
	turns, footer, _ := strings.Cut(turns, "[THEME MUSIC]\n")
	data := []byte(head + strings.Repeat(turns, 60) + footer) // about 85 KB, the length of the seed page
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(string(data)); err != nil {
			b.Fatal(err)
		}
	}
}

package subtitles

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cuewright/align"
	"cuewright/subtitles/format"
)

var alignments = flag.String("alignments", "", "print what captions of these .alignment.json break, a `PATTERN` of files")

// asked is what a style asks of a file of SubRip, in seconds. It is written down a second time
// here, from the sources that Presets names, so that a mistake in Presets, Layout or Lint can't
// hide itself.
type asked struct {
	preset               string
	width, lines         int
	perSecond, perMinute float64 // the fastest reading: characters, or words
	shortest, perWord    float64
	gap, close           float64 // the least gap, and below what a gap is closed to it
	name                 string  // as a change of speaker names who speaks: the names Ann and ANN stand for his or hers
	oneSpeaker           bool    // in a cue
	colors               bool    // tell who speaks, where a line has another one than the line before
}

var styles = []asked{
	{preset: "bbc", width: 37, lines: 2, perMinute: 180, perWord: 0.3, close: 1, name: "ANN:", colors: true},
	{preset: "dcmp", width: 32, lines: 2, perMinute: 160, shortest: 2, close: 0.5, name: "Ann:", oneSpeaker: true},
	{preset: "netflix", width: 42, lines: 2, perSecond: 20, shortest: 0.833, gap: 2.0 / 24, close: 0.5, name: "[Ann]"},
	{preset: "podcast", width: 32, lines: 2, perSecond: 20, shortest: 0.833, close: 0.5, name: "Ann:", oneSpeaker: true},
	{preset: "square", width: 32, lines: 2, perSecond: 20, shortest: 0.833, close: 0.5, name: ">> ANN:", oneSpeaker: true},
	{preset: "vertical", width: 25, lines: 3, perSecond: 20, shortest: 0.833, close: 0.5, name: ">> ANN:", oneSpeaker: true},
	{preset: "youtube", width: 42, lines: 2, perSecond: 20, shortest: 0.833, close: 0.5, name: ">> ANN:", oneSpeaker: true},
}

// broken are the rules that captions break, in the order in which they are told.
var broken = []string{
	"words missing", "lines", "width", "overlap", "gap", "above 7 s", "late over 0.1 s", "over the next speaker",
	"change of speaker without a name", "two speakers unmarked", "sound over speech", // none may be broken
	"open gap", "too fast", "too short", "gone with its last word", "parts of two sentences", "ends with a function word",
}

const mayBreak = 11 // the first of broken that speech may force

// plainCue is a cue of a file of SubRip, as plainly read as can be.
type plainCue struct {
	start, end float64
	lines      []string
	colors     []string // of lines, "" for white
	said       []*plainWord
}

// plainWord is a word that is said, or several without a blank.
type plainWord struct {
	text        string
	start, end  float64
	speaker     string
	opens       bool // a turn of another speaker than before
	first, last bool // of its sentence
	cue, line   int  // that show it; -1 for none
	endsLine    bool
}

var plainColor = regexp.MustCompile(`^<font color="(\w+)">(.*)</font>$`)

var plainTimes = regexp.MustCompile(`^(\d+):(\d\d):(\d\d),(\d\d\d) --> (\d+):(\d\d):(\d\d),(\d\d\d)$`)

func plainCues(t *testing.T, srt string) []*plainCue {
	t.Helper()
	var cues []*plainCue
	for _, block := range strings.Split(strings.TrimSpace(srt), "\n\n") {
		lines := strings.Split(block, "\n")
		if len(lines) < 3 || !plainTimes.MatchString(lines[1]) {
			t.Fatalf("no cue of SubRip: %q", block)
		}
		var n [8]float64
		for i, digits := range plainTimes.FindStringSubmatch(lines[1])[1:] {
			n[i], _ = strconv.ParseFloat(digits, 64)
		}
		c := &plainCue{start: 3600*n[0] + 60*n[1] + n[2] + n[3]/1000, end: 3600*n[4] + 60*n[5] + n[6] + n[7]/1000}
		for _, line := range lines[2:] {
			line, color := strings.NewReplacer("<i>", "", "</i>", "").Replace(line), ""
			if m := plainColor.FindStringSubmatch(line); m != nil {
				color, line = m[1], m[2]
			}
			c.lines, c.colors = append(c.lines, line), append(c.colors, color)
		}
		cues = append(cues, c)
	}
	return cues
}

// plainWords returns the words of an alignment that are said, parted by blanks.
func plainWords(a *align.Alignment) []*plainWord {
	var all []*plainWord
	speaker := ""
	for _, turn := range a.Turns {
		for _, s := range turn.Sentences {
			var words []*plainWord
			for _, w := range s.Words {
				switch n := len(words); {
				case !w.Spoken:
				case w.Glued && n > 0:
					words[n-1].text, words[n-1].end = words[n-1].text+w.Text, w.End.Seconds()
				default:
					for _, text := range strings.Fields(w.Text) {
						words = append(words, &plainWord{text: text, start: w.Start.Seconds(), end: w.End.Seconds(),
							speaker: turn.Speaker, cue: -1})
					}
				}
			}
			if n := len(words); n > 0 {
				words[0].first, words[n-1].last = true, true
				words[0].opens = turn.Speaker != speaker && turn.Speaker != ""
				speaker = turn.Speaker
			}
			all = append(all, words...)
		}
	}
	return all
}

// bare is a word without what a style may put around it: dashes of speakers, and the quotation
// marks of clips, whose italics are taken off by plainCues.
func bare(word string) string { return strings.Trim(word, `-"“”`) }

// show finds the words in the cues, in order. What isn't the next word is a label, a sound, or
// stands where a word is missing: the next word comes in none of its cue's lines then.
func show(cues []*plainCue, words []*plainWord) {
	next := 0
	for i, c := range cues {
		fields := strings.Fields(strings.Join(c.lines, " "))
		var rest []string
		for _, field := range fields {
			rest = append(rest, bare(field))
		}
		line, left := 0, len(strings.Fields(c.lines[0]))
		for n, field := range fields {
			for left == 0 {
				line++
				left = len(strings.Fields(c.lines[line]))
			}
			left--
			at := next
			for at < len(words) && at < next+3 && bare(field) != bare(words[at].text) &&
				!slices.Contains(rest[n+1:], bare(words[at].text)) {
				at++
			}
			if at == len(words) || bare(field) != bare(words[at].text) {
				continue
			}
			w := words[at]
			w.cue, w.line, w.endsLine = i, line, left == 0
			c.said = append(c.said, w)
			next = at + 1
		}
	}
}

// hangs are words that a reader in English doesn't want to wait behind.
var hangs = map[string]bool{"a": true, "an": true, "the": true, "of": true, "my": true, "your": true, "our": true, "their": true,
	"very": true, "and": true, "or": true, "at": true, "from": true, "into": true, "every": true}

// count returns how often captions of an alignment break each rule of a style.
func (s asked) count(t *testing.T, a *align.Alignment) map[string]int {
	t.Helper()
	p := preset(t, s.preset, "srt")
	var b bytes.Buffer
	c := Captions{Cues: Layout(a, p, LayoutOptions{}), Preset: p, Lang: a.Lang, Alignment: a}
	if err := Write(&b, "srt", c); err != nil {
		t.Fatal(err)
	}
	cues, words, n := plainCues(t, b.String()), plainWords(a), map[string]int{}
	show(cues, words)
	count := func(rule string, breaks bool) {
		if breaks {
			n[rule]++
		}
	}
	const rounded = 0.0021
	for i, c := range cues {
		columns, text := 0, 0
		for _, line := range c.lines {
			width := format.Columns(line)
			columns, text = max(columns, width), text+width
		}
		text += len(c.lines) - 1
		labels := strings.Fields(strings.Join(c.lines, " "))
		time := c.end - c.start
		count("lines", len(c.lines) > s.lines)
		count("width", columns > s.width)
		count("above 7 s", time > 7+rounded)
		count("too fast", s.perSecond > 0 && float64(text) > s.perSecond*(time+0.001) ||
			s.perMinute > 0 && 60*float64(len(labels)) > s.perMinute*(time+0.001))
		count("too short", time < max(s.shortest, s.perWord*float64(len(labels)))-rounded)
		if i+1 < len(cues) {
			gap := cues[i+1].start - c.end
			count("overlap", gap < 0)
			count("gap", gap >= 0 && gap < s.gap-rounded)
			count("open gap", gap > s.gap+rounded && gap < s.close-rounded && time+gap-s.gap < 7-rounded)
		}
		s.countWords(cues, i, count)
		if len(c.said) == 0 {
			for _, w := range words {
				count("sound over speech", w.start < c.end-rounded && c.start < w.end-0.1)
			}
		}
	}
	for i, w := range words {
		count("words missing", w.cue < 0)
		if !w.opens || w.cue < 0 {
			continue
		}
		line := cues[w.cue].lines[w.line]
		named := s.names(line, w.speaker) ||
			w.line == 1 && s.names(cues[w.cue].lines[0], w.speaker) // the name has the first line for itself
		recolored := i == 0 || words[i-1].cue >= 0 &&
			cues[words[i-1].cue].colors[words[i-1].line] != cues[w.cue].colors[w.line]
		count("change of speaker without a name", !named && !(s.colors && recolored))
		if i > 0 && words[i-1].cue == w.cue {
			dashed := strings.HasPrefix(line, "-") && strings.HasPrefix(cues[w.cue].lines[0], "-")
			count("two speakers unmarked", s.oneSpeaker || s.colors && !recolored || !s.colors && !dashed)
		} else if i > 0 && words[i-1].cue >= 0 {
			count("over the next speaker", cues[words[i-1].cue].end > w.start+0.1)
		}
	}
	return n
}

// names reports whether a line begins with the name of a speaker: the whole one, or where that is wider than a line
// of the style, its last words, or those before a comma or a bracket, or what is left before or behind dots.
func (s asked) names(line, speaker string) bool {
	before, behind, _ := strings.Cut(strings.ToLower(s.name), "ann")
	if strings.Contains(s.name, "ANN") {
		speaker = strings.ToUpper(speaker)
	}
	rest, opens := strings.CutPrefix(strings.TrimLeft(line, "-"), before)
	if _, whole := strings.CutPrefix(rest, speaker+behind); opens && whole {
		return true
	}
	name, _, closes := strings.Cut(rest, behind)
	if !opens || !closes || name == "" || format.Columns(before+speaker+behind) <= s.width {
		return false
	}
	if end, cut := strings.CutPrefix(name, "…"); cut {
		return strings.HasSuffix(speaker, end)
	}
	if start, cut := strings.CutSuffix(name, "…"); cut {
		return strings.Contains(" "+speaker, " "+start)
	}
	bare, _, _ := strings.Cut(speaker, ",")
	bare, _, _ = strings.Cut(bare, " (")
	return strings.HasSuffix(" "+speaker, " "+name) || strings.HasSuffix(" "+bare, " "+name)
}

// countWords counts what is wrong with the words of a cue.
func (s asked) countWords(cues []*plainCue, i int, count func(string, bool)) {
	c := cues[i]
	if len(c.said) == 0 {
		return
	}
	first, last := c.said[0], c.said[len(c.said)-1]
	count("late over 0.1 s", c.start > first.start+0.1)
	next := c.end + 1
	if i+1 < len(cues) {
		next = cues[i+1].start
	}
	count("gone with its last word", c.end < last.end+0.1 && next > last.end+0.6)
	parts := false
	for k, w := range c.said {
		if k+1 < len(c.said) && w.last && w.speaker == c.said[k+1].speaker {
			parts = parts || !first.first || !last.last
		}
		count("ends with a function word", w.endsLine && !w.last && hangs[strings.ToLower(w.text)])
	}
	count("parts of two sentences", parts)
}

// talk is an episode of the sentences in testdata/breaks.txt with pauses of up to 1.2 s behind
// them: three people, of whom each says three sentences, and now and then one answers in a word,
// or speaks slowly.
func talk(t *testing.T) *align.Alignment {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "breaks.txt"))
	if err != nil {
		t.Fatal(err)
	}
	people := []string{"Ann Petrie", "Bob", "Cora Lind"}
	var turns []string
	pause := 0
	for _, line := range strings.Split(string(data), "\n") {
		text, ok := strings.CutPrefix(line, "en: ")
		if !ok {
			continue
		}
		pause = (pause + 5) % 13 // tenths of a second
		text += " " + strings.Repeat("_", pause)
		if n := len(turns); n > 0 && strings.Count(turns[n-1], ".") < 3 {
			turns[n-1] += " " + text
			continue
		}
		n := len(turns)
		turns = append(turns, people[n%3]+": "+text)
		if n%2 == 1 {
			slowly := strings.ReplaceAll("I have to think of what it was that I saw from up there when the fog came in", " ", " __ ")
			turns = append(turns, people[(n+1)%3]+": Right. ___", people[n%3]+": "+slowly+".")
		}
	}
	return said("en", normal, turns...)
}

// TestRulesIndependently: what captions are asked for, counted in the file by a reader and by
// figures that share nothing with Layout and Lint. What speech may force stands in
// testdata/rules.txt. With -alignments it prints the counts for recordings:
//
//	go test ./subtitles -run TestRulesIndependently -v -alignments '/captions/*.alignment.json'
func TestRulesIndependently(t *testing.T) {
	if *alignments != "" {
		printCounts(t)
		return
	}
	var got strings.Builder
	for _, s := range styles {
		n := s.count(t, talk(t))
		for i, rule := range broken {
			if i < mayBreak && n[rule] > 0 {
				t.Errorf("%s: %s: %d", s.preset, rule, n[rule])
			}
			if i >= mayBreak {
				fmt.Fprintf(&got, "%s: %s: %d\n", s.preset, rule, n[rule])
			}
		}
	}
	checkGolden(t, "rules.txt", got.String())
}

// TestLongNamesIndependently: names that are wider than a line break none of the rules that none may break.
func TestLongNamesIndependently(t *testing.T) {
	for _, people := range [][3]string{
		{"Defense Secretary Lloyd Austin", "Former Defense Secretary Mark Austin", "Austin"},
		{"Secretary of State Antony Blinken", "Representative Maxwell Frost (Democrat of Florida)", "Blinken"},
		{"Donaudampfschifffahrtsgesellschaftskapitän", "Donaudampfschifffahrtsgesellschaftsdirektor", "Bo"},
		{"内閣府特命担当大臣科学技術政策担当秘書官山田太郎", "内閣府特命担当大臣科学技術政策担当秘書官山田花子", "東京大学 大学院情報理工学系研究科 教授 鈴木一郎"},
		{strings.Repeat("🎙️", 40), strings.Repeat("x y ", 30) + "z", strings.Repeat("x y ", 29) + "z"},
	} {
		a := talk(t)
		for i := range a.Turns {
			turn := &a.Turns[i]
			turn.Speaker = people[slices.Index([]string{"Ann Petrie", "Bob", "Cora Lind"}, turn.Speaker)]
		}
		for _, s := range styles {
			n := s.count(t, a)
			for _, rule := range broken[:mayBreak] {
				if n[rule] > 0 {
					t.Errorf("%s: %s: %s: %d", people[0], s.preset, rule, n[rule])
				}
			}
		}
	}
}

// printCounts prints a table of the counts of the files that -alignments names.
func printCounts(t *testing.T) {
	files, err := filepath.Glob(*alignments)
	if err != nil || len(files) == 0 {
		t.Fatalf("-alignments %s: no files (%v)", *alignments, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, _, err := ReadAlignment("alignment.json", string(data))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		fmt.Println(filepath.Base(file))
		counts := make([]map[string]int, len(styles))
		for i, s := range styles {
			counts[i] = s.count(t, a)
		}
		for _, rule := range broken {
			fmt.Printf("%-34s", rule)
			for i, s := range styles {
				fmt.Printf("  %s %4d", s.preset, counts[i][rule])
			}
			fmt.Println()
		}
	}
}

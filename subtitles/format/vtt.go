package format

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/asticode/go-astisub"
)

func isVTT(text string) bool { return strings.HasPrefix(headOf(text), "WEBVTT") }

// readVTT reads WebVTT (https://www.w3.org/TR/webvtt1/).
func readVTT(text string) (*File, error) {
	f, err := markup{vttTag(), "<", true, html.UnescapeString}.read(scan(text, true))
	for i := range f.Cues {
		takeLabels(f.Cues[i].Lines)
	}
	f.markOwnSheets()
	f.Around.Head = vttHead(text)
	return f, err
}

// vttHead returns the lines of a file before its first empty one; "" where that would not
// be safe to write, as where a cue stands in them.
func vttHead(text string) string {
	head, _, _ := strings.Cut(text, "\n\n")
	odd := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	if !strings.HasPrefix(head, "WEBVTT") || strings.Contains(head, "-->") || strings.ContainsFunc(head, odd) {
		return ""
	}
	for line := range strings.SplitSeq(head, "\n") {
		if strings.TrimSpace(line) == "" || opensCue(line) {
			return ""
		}
	}
	return head
}

// vttTag is what a browser takes for a tag, but for what nobody means to be one: a < before a
// blank or a number.
var vttTag = lazyRegexp(`<(?:[A-Za-z/.!?][^<>]*|[\d:]*:[\d:.]*)?>`)

// placeCode is a code of ASS for the place of a cue. Programs that made WebVTT of SubRip leave
// it before the text, where nobody wants to read it; text of ours has a word joiner in it.
var placeCode = lazyRegexp(`^\s*\{\\an?\d{1,2}\}`)

const ownPlace = "{" + wordJoiner + `\a`

// takePlace takes the code for its place off the text of a cue of WebVTT.
func (c *Cue) takePlace(lines []textLine) {
	for i, l := range lines {
		code := placeCode().FindString(l.text)
		if i > 0 || code == "" {
			lines[i].text = strings.ReplaceAll(l.text, ownPlace, `{\a`)
			continue
		}
		lines[i].text = l.text[len(code):]
		for _, a := range assCodes(strings.TrimSpace(code)) {
			if key := a.key(); key > 0 && len(c.Settings) == 0 {
				c.Settings = anchored(key)
			}
		}
	}
}

// writeVTT writes WebVTT. The speaker is the
// voice of each cue, once, at its start, even where it is the same as before: a
// player may begin anywhere. go-astisub neither closes a voice nor escapes all
// that needs it; so a cue of several speakers gets its voices as tags, which are
// closed. It knows one style sheet, no order of settings and no identifiers, and puts
// notes where it likes: what stands around the text of cues is written here.
func writeVTT(w io.Writer, cues []Cue, o Options) error {
	s := astisub.NewSubtitles()
	before := o.before(cues)
	for i, cue := range cues {
		if !o.Words && cue.HasWordTimes() {
			cues[i].Source = "" // which has them
		}
		item := &astisub.Item{StartAt: cue.Start, EndAt: cue.End}
		several := cue.HasSeveralSpeakers()
		t := vttText{times: o.Words, clock: newWordClock(cue, time.Millisecond)}
		labels := o.Label.Before(cue, before[i])
		for k, line := range cue.Lines {
			voice := hide(Clean(line.Speaker), "<>&")
			if strings.HasSuffix(voice, "--") {
				voice += " " // with the end of its tag it would be an arrow, which ends the cue; readers drop the space
			}
			tags := tag{}
			if (several || line.Class != "") && voice != "" {
				tags = tag{hideTag(hide(dotted("v", line.Class), "<>&") + " " + voice), hideTag("/v")}
				voice = ""
			}
			if several || len(item.Lines) > 0 || t.row.Len() > 0 {
				voice = ""
			}
			if !o.Label.joins(line, labels[k]) {
				item.Lines = t.endRow(item.Lines)
			}
			t.add(line, labels[k], tags, voice)
		}
		item.Lines = t.endRow(item.Lines)
		s.Items = append(s.Items, item)
	}
	var b bytes.Buffer
	if err := s.WriteToWebVTT(&b); err != nil {
		return fmt.Errorf("write webvtt: %w", err)
	}
	entities := map[string]string{"<": "&lt;", ">": "&gt;", "&": "&amp;"}
	_, err := show(func(r string) string {
		if e, ok := entities[r]; ok {
			return e
		}
		return r
	}).WriteString(w, o.Around.inVTT(blocksOf(strings.ReplaceAll(b.String(), nextRuby, ""))[1:], cues))
	return err
}

// vttText makes the text of a cue.
type vttText struct {
	row   strings.Builder // of the screen: text, and times for the words behind them
	voice string          // of the row
	times bool            // those of words are written
	clock wordClock
}

// endRow adds the row to lines, unless it is empty, and begins another one.
func (t *vttText) endRow(lines []astisub.Line) []astisub.Line {
	if t.row.Len() > 0 {
		lines = append(lines, astisub.Line{Items: []astisub.LineItem{{Text: t.row.String()}}, VoiceName: t.voice})
	}
	t.row.Reset()
	t.voice = ""
	return lines
}

// add adds a line with a label, within tags, to the row, with a time for each word that gets one.
// The voice is that of the row that it begins.
func (t *vttText) add(line Line, label string, within tag, voice string) {
	m := marker{tags: vttTags}
	empty, first := true, t.row.Len() == 0
	if label != "" {
		if first {
			t.voice = voice
		}
		t.row.WriteString(within.open + hide(label, "<>&\u00A0"))
		empty, first = false, true
	}
	for _, word := range line.Words {
		text := hide(Clean(word.Text), "<>&\u00A0")
		if text == "" {
			continue
		}
		if t.row.Len() == 0 {
			if voice == "" && strings.HasPrefix(text, `{\a`) {
				text = ownPlace + text[len(`{\a`):]
			}
			t.voice = voice
		}
		ends, space, starts := m.before(word, first)
		t.row.WriteString(ends + space)
		first = false
		if at, ok := t.clock.start(word, line.Sound); ok && t.times {
			t.row.WriteString(hideTag(Clock(at, ".", 3)))
		}
		if empty {
			empty, starts = false, within.open+starts
		}
		t.row.WriteString(starts + text)
	}
	if !empty {
		t.row.WriteString(m.end() + within.end)
	}
}

// dotted returns the name of a tag with classes.
func dotted(name, classes string) string {
	return strings.Join(append([]string{name}, strings.Fields(classes)...), ".")
}

// nextRuby is what stands between two words with ruby: one pair of tags holds both.
var nextRuby = hideTag("/ruby") + hideTag("ruby")

// vttTags returns the tags of WebVTT for a style.
func vttTags(s Style) (tags []tag) {
	if s.Lang != "" {
		tags = append(tags, tag{hideTag("lang " + hide(s.Lang, "<>&")), hideTag("/lang")})
	}
	if classes := s.classes(); len(classes) > 0 {
		tags = append(tags, tag{hideTag(hide(dotted("c", strings.Join(classes, " ")), "<>&")), hideTag("/c")})
	}
	s.Strike = false
	for _, t := range s.letters() {
		tags = append(tags, tag{hideTag(t), hideTag("/" + t)})
	}
	if s.Ruby != "" {
		above := hideTag("rt") + hide(s.Ruby, "<>&\u00A0") + hideTag("/rt")
		tags = append(tags, tag{hideTag("ruby"), above + hideTag("/ruby")})
	}
	return tags
}

// inVTT returns the file of these cues, of which blocks are the texts with numbers and
// times.
func (s Surroundings) inVTT(blocks []string, cues []Cue) string {
	out := []string{s.vttHeader()}
	rest := slices.DeleteFunc(slices.Clone(s.Blocks), func(b Block) bool { return b.Kind == Drawing || b.Kind == Foreign })
	all := len(rest)
	take := func(before func(Block) bool) {
		for len(rest) > 0 && before(rest[0]) {
			out, rest = append(out, rest[0].inVTT()), rest[1:]
		}
	}
	last := -1 // of the blocks that have to stand before all cues
	for i, b := range rest {
		if b.Kind != Comment {
			last = i
		}
	}
	take(func(Block) bool { return all-len(rest) <= last })
	sheet := s.ownSheet(cues)
	for i, c := range cues {
		take(func(b Block) bool { return b.Number <= c.Number })
		if sheet != "" {
			out, sheet = append(out, ownSheetHead+sheet), ""
		}
		head, times, text := cutTimes(blocks[i])
		if s.Format == "vtt" {
			if head = c.ID; head != "" {
				head += "\n"
			}
		}
		if s.keeps("vtt", c) {
			out = append(out, head+times+c.Source)
			continue
		}
		for _, v := range c.Settings {
			if isSettingName(v.Name) && v.Name[0] >= 'a' {
				times += " " + v.Name + ":" + v.Value
			}
		}
		out = append(out, head+times+text)
	}
	take(func(Block) bool { return true })
	return strings.Join(out, "\n\n") + "\n"
}

// vttHeader returns the first lines of a file.
func (s Surroundings) vttHeader() string {
	if s.Format == "vtt" && s.Head != "" {
		return s.Head
	}
	title := ""
	var rest strings.Builder
	for _, f := range s.Metadata {
		name, value := vttSafe(Clean(f.Name)), vttSafe(Clean(f.Value))
		switch {
		case title == "" && strings.EqualFold(name, "title"):
			title = " - " + value
		case name != "":
			rest.WriteString("\n" + name + ": " + value)
		case value != "":
			rest.WriteString("\n" + value)
		}
	}
	return "WEBVTT" + title + rest.String()
}

// inVTT returns a block with what opens it.
func (b Block) inVTT() string {
	var lines []string
	for line := range strings.SplitSeq(b.Text, "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, vttSafe(line))
		}
	}
	text := strings.Join(lines, "\n")
	switch {
	case b.Kind == OwnSheet:
		return ownSheetHead + text
	case b.Kind == StyleSheet:
		return "STYLE\n" + text
	case b.Kind == Region:
		return "REGION\n" + text
	case strings.HasPrefix(b.Text, "\n"):
		return "NOTE\n" + text
	}
	return strings.TrimSpace("NOTE " + text)
}

// vttSafe returns a line around cues in which nothing is taken for the times of one.
func vttSafe(line string) string {
	if _, _, times := cueTimes(line); times || timesShape(line) == pointed {
		return strings.ReplaceAll(line, ">", wordJoiner+">")
	}
	return line
}

// ownSheetHead stands before the rules of ownSheet. Programs built on ffmpeg 5, such as mpv,
// read none of the cues behind a style sheet, but skip a note up to its end, which is no empty line
// between bare carriage returns for them as it is by the standard.
const (
	ownSheetNote = "styles"
	ownSheetHead = "NOTE " + ownSheetNote + "\r\rSTYLE\n"
)

// ownSheet returns the rules for the classes of cues that stand for how text looks; "" where
// there are none.
func (s Surroundings) ownSheet(cues []Cue) string {
	known, rules := map[string]bool{}, map[string]bool{}
	for _, b := range s.Blocks {
		if b.Kind != StyleSheet && b.Kind != OwnSheet {
			continue
		}
		for _, rule := range cueRule().FindAllStringSubmatch(b.Text, -1) {
			for _, class := range ruleClass().FindAllStringSubmatch(rule[1], -1) {
				known[class[1]] = true
			}
		}
	}
	made := slices.DeleteFunc(slices.Clone(cues), func(c Cue) bool { return s.keeps("vtt", c) })
	for style := range stylesOf(made) {
		for _, class := range style.classes() {
			if declaration := ownDeclaration(class); declaration != "" && !known[class] {
				rules["::cue(."+class+") { "+declaration+" }"] = true
			}
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(rules)), "\n")
}

// WithoutOwnSheets returns what stands around cues that are all to be written anew: without the style sheets that
// a writer of WebVTT makes for the classes of cues.
func (s Surroundings) WithoutOwnSheets() Surroundings {
	s.Blocks = slices.DeleteFunc(slices.Clone(s.Blocks), func(b Block) bool { return b.Kind == OwnSheet })
	return s
}

// ownDeclaration returns what a class of Style.classes means in CSS; "" where that is what others
// made of it. The classes of vttColors need none by the standard
// (https://www.w3.org/TR/webvtt1/#default-text-color), but Chromium shows them in white without.
func ownDeclaration(class string) string {
	if class == ownStrike {
		return "text-decoration: line-through"
	}
	property := "color: "
	if under, ok := strings.CutPrefix(class, "bg_"); ok {
		class, property = under, "background-color: "
	}
	color := colorOfClass(class)
	if color == "" {
		return ""
	}
	return property + cmp.Or(vttColors[color], color)
}

// ruleClass is a class in the selectors of a rule for cues.
var ruleClass = lazyRegexp(`\.([^\s.,:>#\[\]]+)`)

// ownRule is a line of ownSheet, with the class and its declaration.
var ownRule = lazyRegexp(`^::cue\(\.([\w-]+)\) \{ (.+) \}$`)

// isOwnRule reports whether ownSheet makes that line.
func isOwnRule(line string) bool {
	m := ownRule().FindStringSubmatch(line)
	return m != nil && m[2] == ownDeclaration(m[1])
}

// markOwnSheets finds the sheets of ownSheet in a file, and takes out the notes before them: no
// other format misses them.
func (f *File) markOwnSheets() {
	own := map[int]bool{} // lines
	var blocks []Block
	for _, b := range f.Around.Blocks {
		lines := strings.Split(b.Text, "\n")
		foreign := func(line string) bool { return !isOwnRule(line) }
		if b.Kind == StyleSheet && !slices.ContainsFunc(lines, foreign) {
			b.Kind = OwnSheet
			for i := range len(lines) + 1 {
				own[b.Number+i] = true
			}
			if n := len(blocks); n > 0 && blocks[n-1].Kind == Comment && blocks[n-1].Text == ownSheetNote {
				own[blocks[n-1].Number] = true
				blocks = blocks[:n-1]
			}
		}
		blocks = append(blocks, b)
	}
	f.Around.Blocks = blocks
	if len(own) > 0 {
		f.Notes = slices.DeleteFunc(f.Notes, func(n Note) bool { return own[n.Number] })
	}
}

package format

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/audio"
)

// File is what a caption file holds.
type File struct {
	Cues     []Cue     // in the order of the file
	Notes    []Note    // what is no cue, in the order of the file
	Warnings []Warning // what is wrong with cues, in the order of the file
	Around   Surroundings
}

// Note is text of a file that belongs to no cue.
type Note struct {
	Text   string
	Number int // of its line, from 1
	// Stray: it stands outside of cues where nothing should, as text behind an empty
	// line in WebVTT does. Else it is of a comment, a style, a region or the header.
	Stray bool
	// Repeated: it is a line of rolling captions that stands in the cue before, too.
	Repeated bool
}

// Warning is what is wrong with a cue.
type Warning struct {
	Kind   WarningKind
	Number int // of the line, from 1
	Text   string
}

// WarningKind says what becomes of a cue with which something is wrong.
type WarningKind int

// The kinds of warnings.
const (
	// LeftOut: its times can't be read, or it lasts no time. It stands in File.Cues with
	// its text and an empty segment.
	LeftOut WarningKind = iota
	// CutOff: it begins before the recording does, and is shown from there on.
	CutOff
	// Hidden: it has text that players don't show.
	Hidden
	// OddTimes: its times are read, though players may not know their form.
	OddTimes
	// NoTime: a time of what it stands in can't be read, and so its own may be others.
	NoTime
)

// Error returns the warning with its line, for those who take it for an error.
func (w Warning) Error() string { return fmt.Sprintf("line %d: %s", w.Number, w.Text) }

func (f *File) warn(kind WarningKind, number int, text string) {
	f.Warnings = append(f.Warnings, Warning{kind, number, text})
}

// segment returns the times of a cue, whole milliseconds, and warns where they are wrong.
// A time may lie before 0, as where a file was shifted too far. Advice says how to mend a
// cue that doesn't last.
func (f *File) segment(start, end time.Duration, number int, advice string) audio.Segment {
	switch {
	case end <= start:
		f.warn(LeftOut, number, "the cue doesn't end after it starts: "+advice)
	case end <= 0:
		f.warn(LeftOut, number, "the cue ends before 0:00: shift it")
	case start < 0:
		f.warn(CutOff, number, "the cue begins before 0:00: it is shown from there on")
		return audio.Segment{End: end}
	default:
		return audio.Segment{Start: start, End: end}
	}
	start = max(start, 0)
	return audio.Segment{Start: start, End: start}
}

// Read reads a decoded file of the format of that name, see Decode, Detect and
// Formats. It is the inverse of Write as far as the formats go: SubRip keeps labels
// as text, and words have times only where a WebVTT file has inline ones. Files of
// others may hold markup (dropped), overlapping or unsorted cues (kept as they are),
// and cues with wrong times (kept, with a warning). The lines of rolling captions are read once.
//
// The error names the line from which on the file can't be read; what was read
// before it is returned as well. It wraps ErrCutOff where that is all there is.
func Read(name, text string) (*File, error) {
	c, err := codecNamed(name)
	if err != nil {
		return &File{}, err
	}
	if c.read == nil {
		return &File{}, fmt.Errorf("%s is only written here", c.Title)
	}
	if !c.Binary {
		text = undamaged(text)
	}
	f, err := c.read(text)
	f.Around.Format = c.Name
	for i := range f.Cues {
		markSound(f.Cues[i].Lines)
	}
	f.unroll()
	for i := range f.Cues {
		timeWords(&f.Cues[i])
	}
	glueLines(f.Cues)
	return f, err
}

// undamaged returns the text of a file without characters that none should hold.
func undamaged(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0, r == '\uFEFF': // damage, or the start of a file that was joined to another: nothing that is read
			return -1
		case r == '\v':
			return ' '
		case r >= firstMark && r <= lastMark:
			return utf8.RuneError
		}
		return r
	}, text)
}

// ErrCutOff is returned where a file ends too early, as one that was cut off in transfer
// does.
var ErrCutOff = errors.New("the file ends too early")

// textLine is a line of a cue's text as it stands in a file.
type textLine struct {
	number int // in the file
	text   string
}

// span is text that begins to be said at start; 0 where that isn't known.
type span struct {
	text  string
	start time.Duration
	style Style
}

// newLine cuts text into words; the first word of a span with a time begins at it.
func newLine(voice string, number int, spans []span) Line {
	l := Line{Speaker: voice, Number: number}
	spaced := true // a space, or nothing, stands before the span
	for _, s := range spans {
		look := s.style.Look()
		glued := !spaced && strings.IndexFunc(s.text, isBlank) != 0
		words := strings.FieldsFunc(Clean(s.text), isBlank)
		glued = glued && len(words) > 0 && !isEmpty(words[0])
		words = slices.DeleteFunc(words, isEmpty)
		l.Words = slices.Grow(l.Words, len(words))
		for k, next := 0, 0; k < len(words); k = next {
			// A mark that has nothing to be read is part of the word before it.
			for next = k + 1; next < len(words) && isDashes(words[next]); next++ {
			}
			w := Word{Text: strings.Join(words[k:next], " "), Confidence: 1, Look: look}
			if k == 0 {
				w.Glued = glued
				w.Start, w.End = s.start, s.start
			}
			l.Words = append(l.Words, w)
		}
		last, _ := utf8.DecodeLastRuneInString(s.text)
		spaced = s.text == "" || isBlank(last)
	}
	l.Words = withDash(l.Words)
	return l
}

// withDash returns the words of a line, of which the first one has nothing but a dash that marks a
// speaker, as part of the next.
func withDash(words []Word) []Word {
	if len(words) > 1 && isDashes(words[0].Text) && !words[1].Glued && words[0].Style() == words[1].Style() {
		words[1].Text = words[0].Text + " " + words[1].Text
		if words[1].Start == 0 {
			words[1].Segment = words[0].Segment
		}
		return words[1:]
	}
	return words
}

// isEmpty reports whether a word has nothing but spaces that don't break.
func isEmpty(word string) bool { return strings.TrimSpace(word) == "" }

// isDashes reports whether a word has nothing but dashes.
func isDashes(word string) bool { return strings.Trim(word, Dashes) == "" }

// namedLines returns the lines of a cue whose speakers the format names beside its
// text. The labels that Write puts into the text as well are taken off it. Where one name
// stands for several rows with a dash, two speak, and it is unknown whose name it is. All
// rows stand in the line of the file with that number.
func namedLines(rows []row, number int) []Line {
	for i := range rows {
		r := &rows[i]
		if r.spans == nil {
			r.spans = []span{{text: r.text}}
		}
		r.speaker, r.text = Clean(r.speaker), Clean(textOf(r.spans))
	}
	switch several := severalSpeakers(rows); {
	case several && eachDashed(rows):
		for i := range rows {
			if startsVoice(rows, i) && !isSoundRow(rows[i]) {
				rows[i].cut(Dash)
				rows[i].form = DashLabel
			}
		}
	case !several && countDashed(rows) > 1:
		for i := range rows {
			rows[i].speaker = ""
		}
	}
	all := make([]Line, 0, len(rows))
	said := false
	for i, r := range rows {
		labelled := false
		if startsVoice(rows, i) {
			text, form, short := withoutLabel(r)
			if labelled = form != NoLabel; labelled {
				r.cut(r.text[:len(r.text)-len(text)])
				r.form, r.short = form, short
			}
		}
		line := newLine(r.speaker, number, r.spans)
		line.Label, line.Short = r.form, r.short
		if len(line.Words) > 0 || labelled { // a label may have a line of its own, see Line
			all = append(all, line)
		}
		said = said || len(line.Words) > 0
	}
	if said {
		return all
	}
	all = nil // what looks like labels is all that is said
	for _, r := range rows {
		if line := newLine(r.speaker, number, []span{{text: r.text}}); len(line.Words) > 0 {
			all = append(all, line)
		}
	}
	return all
}

// textOf returns the text of spans.
func textOf(spans []span) string {
	if len(spans) == 1 {
		return spans[0].text
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// cut takes what the text of a row begins with off it, and off its spans, which differ by
// what Clean takes away.
func (r *row) cut(prefix string) {
	rest, ok := strings.CutPrefix(r.text, prefix)
	if !ok {
		return
	}
	r.text = rest
	spans := slices.Clone(r.spans)
	for _, want := range prefix {
		for len(spans) > 0 && want != ' ' {
			c, n := utf8.DecodeRuneInString(spans[0].text)
			if spans[0].text = spans[0].text[n:]; n == 0 {
				spans = spans[1:]
				continue
			}
			if c == want || want == unicode.ReplacementChar && !isBlank(c) {
				break
			}
		}
	}
	r.spans = spans
}

// eachDashed reports whether a dash marks each change of speaker, see DashLabel.
func eachDashed(rows []row) bool {
	for i, r := range rows {
		if !startsVoice(rows, i) || isSoundRow(r) {
			continue
		}
		if _, form, _ := withoutLabel(r); form != NoLabel || !strings.HasPrefix(r.text, Dash) || r.text == Dash {
			return false
		}
	}
	return true
}

// countDashed returns how many rows begin as those of one of two speakers.
func countDashed(rows []row) (n int) {
	for _, r := range rows {
		if !IsDashed(r.text) || strings.HasPrefix(r.text, "--") {
			continue
		}
		if _, form, _ := withoutLabel(r); form == NoLabel {
			n++
		}
	}
	return n
}

// isSoundRow reports whether a row may be a sound, which nobody says.
func isSoundRow(r row) bool { return r.speaker == "" && strings.IndexAny(r.text, soundSigns) == 0 }

// withoutLabel returns the text of a row without the label of its speaker, which one there was, and the short
// name that it had, see Line.Short.
func withoutLabel(r row) (text string, form Label, short string) {
	if r.speaker == "" || !strings.ContainsAny(r.text, ":]") {
		return r.text, NoLabel, ""
	}
	for _, l := range []Label{NameLabel, CapsLabel, ChevronLabel, BracketLabel} {
		rest, ok := strings.CutPrefix(r.text, l.Of(r.speaker))
		if ok && (rest == "" || rest[0] == ' ') {
			return rest, l, ""
		}
	}
	for _, l := range []Label{BracketLabel, ChevronLabel, CapsLabel, NameLabel} {
		before, behind, _ := strings.Cut(l.Of("."), ".")
		name, ok := strings.CutPrefix(r.text, before)
		name, rest, ends := strings.Cut(name, behind)
		if ok && ends && (rest == "" || rest[0] == ' ') && l.Of(name) == before+name+behind && isShort(name, r.speaker) {
			return rest, l, name
		}
	}
	return r.text, NoLabel, ""
}

// takeLabels takes the labels that Write puts into the text of a cue off its lines, of which
// each has its voice.
func takeLabels(lines []Line) {
	if !slices.ContainsFunc(lines, func(l Line) bool { return l.Speaker != "" }) {
		return
	}
	rows := make([]row, len(lines))
	said := false
	for i, l := range lines {
		rows[i] = row{speaker: l.Speaker, text: l.Text()}
	}
	dashes := severalSpeakers(rows) && eachDashed(rows) && !slices.ContainsFunc(lines, Line.isGlued)
	named := -1 // the last line before which a label has room
	for i := range rows {
		r := &rows[i]
		if i > 0 && lines[i].isGlued() { // as in Before
			said = true
			continue
		}
		starts := named < 0 || r.speaker != rows[named].speaker
		named = i
		if starts && !isSoundRow(*r) {
			if dashes {
				r.text, r.form = strings.TrimPrefix(r.text, Dash), DashLabel
			}
			if text, form, short := withoutLabel(*r); form != NoLabel {
				r.text, r.form, r.short = strings.TrimPrefix(text, " "), form, short
			}
		}
		said = said || r.text != ""
	}
	if !said {
		return // what looks like labels is all that is said
	}
	for i, r := range rows {
		l := &lines[i]
		if n := len(l.Text()) - len(r.text); n > 0 {
			l.Words = withDash(wordsBehind(l.Words, n))
		}
		l.Label, l.Short = r.form, r.short
	}
}

// wordsBehind returns words without the first n bytes of their text in one line.
func wordsBehind(words []Word, n int) []Word {
	for n > 0 && len(words) > 0 {
		w := words[0]
		if n < len(w.Text) {
			w.Text = w.Text[n:]
			return slices.Concat([]Word{w}, words[1:])
		}
		n -= len(w.Text)
		if words = words[1:]; n > 0 && len(words) > 0 && !words[0].Glued {
			n--
		}
	}
	return words
}

// soundSigns open the text of a sound.
const soundSigns = "[♩♪♫♬"

// markSound finds what stands in brackets, in a line or over all of them, and signs
// for music.
func markSound(lines []Line) {
	opens := func(l Line) bool { return len(l.Words) > 0 && strings.IndexAny(l.Words[0].Text, soundSigns) == 0 }
	if !slices.ContainsFunc(lines, opens) {
		return
	}
	var all []string
	for _, l := range lines {
		all = append(all, l.Speaker+l.Text())
	}
	whole := isBracketed(strings.Join(all, " "))
	for i := range lines {
		l := &lines[i]
		if l.Speaker == "" && (whole || l.isSound()) {
			l.Sound = true
			l.Words = soundWords(l.Words)
		}
	}
}

// soundWords returns the words of a sound as one, or as one for each Style.
func soundWords(words []Word) []Word {
	var all []Word
	for start, i := 0, 1; i <= len(words); i++ {
		if i == len(words) || words[i].Style() != words[start].Style() {
			w := words[start]
			w.Segment, w.Text, w.Confidence = words[0].Segment, joined(words[start:i]), 1
			all = append(all, w)
			start = i
		}
	}
	return all
}

// timeWords gives the words of a cue that has inline times a start and an end: the
// first begins with the cue unless it has a time itself, each ends where the next
// begins, and those between two known times share the stretch by their width.
func timeWords(c *Cue) {
	timed := func(l Line) bool { return slices.ContainsFunc(l.Words, func(w Word) bool { return w.Start > 0 }) }
	if !slices.ContainsFunc(c.Lines, timed) {
		return
	}
	var words []*Word
	for i := range c.Lines {
		for k := range c.Lines[i].Words {
			words = append(words, &c.Lines[i].Words[k])
		}
	}
	at := c.Start
	if first := words[0].Start; c.Start < first && first < c.End {
		at = first
	}
	unsaid := words[0].Start == 0 // a label may stand before the first word, which begins with the cue
	for i := 0; i < len(words); {
		j := i + 1
		for j < len(words) && words[j].Start <= at && !(unsaid && words[j].Start == at) {
			j++
		}
		unsaid = false
		free := audio.Segment{Start: at, End: c.End}
		if j < len(words) {
			free.End = max(at, min(words[j].Start, c.End))
		}
		widths := make([]int, j-i)
		for k := range widths {
			widths[k] = Columns(words[i+k].Text) + 1
		}
		for k, s := range Apportion(free, widths) {
			words[i+k].Segment, words[i+k].Shared = s, k > 0
		}
		at, i = free.End, j
	}
}

// glueLines finds the line breaks that stand for no space: in scripts without
// spaces, and after a dash that closes up to its word where a small letter follows.
func glueLines(cues []Cue) {
	var before *Word
	speaker := ""
	for i := range cues {
		for k := range cues[i].Lines {
			l := &cues[i].Lines[k]
			if l.Sound || len(l.Words) == 0 {
				continue
			}
			first := &l.Words[0]
			if before != nil && l.Speaker == speaker && !l.Beside {
				last, _ := utf8.DecodeLastRuneInString(before.Text)
				next, _ := utf8.DecodeRuneInString(first.Text)
				first.Glued = isIdeographic(last) && isIdeographic(next) ||
					last == '—' && !strings.HasSuffix(" "+before.Text, " —") && unicode.IsLower(next)
			}
			before, speaker = &l.Words[len(l.Words)-1], l.Speaker
		}
	}
}

// isIdeographic reports whether r is a letter or mark of Chinese or Japanese, which
// put no spaces between words.
func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r < 0x3040 || r >= 0xFF01 && r < 0xFF66
}

// rowsOf cuts a text in which one speaker is named into rows.
func rowsOf(speaker, text string) []row {
	speaker = ShortName(speaker)
	rows := make([]row, 0, strings.Count(text, "\n")+1)
	for line := range strings.SplitSeq(text, "\n") {
		rows = append(rows, row{speaker: speaker, text: line})
	}
	return rows
}

package format

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cuewright/audio"
)

// assForm makes white text with an outline, at the bottom, lines as we broke them. It takes the
// width and height of the screen, the size of the font, and the margins.
const assForm = `[Script Info]
ScriptType: v4.00+
PlayResX: %d
PlayResY: %d
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: ` + "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, " +
	"Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, " +
	"Alignment, MarginL, MarginR, MarginV, Encoding" + `
Style: Default,Arial,%d,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,%d,%d,%d,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`

// Text that is still to be said is grey where words have times, and white, or in its own colour, from then on.
const (
	assPlain   = "&H00FFFFFF,&H00FFFFFF,"
	assKaraoke = "&H00FFFFFF,&H00A8A8A8,"
)

// assHead returns the head of a file for the screen.
func (s screen) assHead() string {
	return fmt.Sprintf(assForm, s.width, s.height, s.size, s.side, s.side, s.below)
}

// writeASS writes Advanced SubStation Alpha. The speaker stands in the field for
// it, which players don't show, and with the preset's label in the text.
func writeASS(w io.Writer, cues []Cue, o Options) error {
	for i := range cues {
		c := &cues[i]
		c.Start, c.End = o.down(c.Start, assUnit), o.down(c.End, assUnit)
	}
	var b bytes.Buffer
	if o.Around.isASS(cues) {
		o.Around.writeOwnASS(&b, cues)
		_, err := w.Write(b.Bytes())
		return err
	}
	screen := o.screen()
	head := o.Around.inASS(screen.assHead())
	if o.Words && slices.ContainsFunc(cues, Cue.HasWordTimes) {
		head = strings.Replace(head, assPlain, assKaraoke, 1)
	}
	b.WriteString(head)
	notes := slices.DeleteFunc(slices.Clone(o.Around.Blocks), func(b Block) bool { return b.Kind != Comment })
	before := o.before(cues)
	for i, cue := range cues {
		for len(notes) > 0 && notes[0].Number <= cue.Number {
			writeASSNote(&b, notes[0], cue)
			notes = notes[1:]
		}
		rows := o.Label.rows(cue, before[i])
		text := screen.assPlace(cue.Settings) + screen.assRowsText(cue, rows, o.Words)
		writeASSEvent(&b, "Dialogue", cue, assNames(rows), text)
	}
	for _, n := range notes {
		writeASSNote(&b, n, cues[len(cues)-1])
	}
	_, err := w.Write(b.Bytes())
	return err
}

// assRowsText returns the text of a cue, with the times of its words if they are asked for.
func (screen screen) assRowsText(cue Cue, rows []row, words bool) string {
	k := karaoke{end: assEndOf(cue)}
	open := ""
	if words {
		clock := newWordClock(cue, assUnit)
		if k.starts = clock.starts(rows); k.starts != nil {
			open = k.code(cue.Start)
		}
	}
	var texts []string
	for _, r := range rows {
		text, led := assText.Replace(r.label), false
		if text != "" && len(r.words) > 0 {
			text, led = k.next()+text, true // the label goes with its first word
		}
		text += marked(r.words, screen.assTags, func(w Word) string {
			code := ""
			if !led {
				code = k.next()
			}
			led = false
			return code + assText.Replace(Clean(w.Text))
		})
		if percent := screen.shrunk(r.text, screen.width*97/100); percent < 100 {
			text = fmt.Sprintf(`{\fs%d}%s{\fs%d}`, screen.size*percent/100, text, screen.size)
		}
		texts = append(texts, text)
	}
	return open + strings.Join(texts, `\N`)
}

// writeASSEvent writes a line of events with the times of a cue.
func writeASSEvent(b *bytes.Buffer, kind string, cue Cue, name, text string) {
	fmt.Fprintf(b, "%s: 0,%s,%s,Default,%s,0,0,0,,%s\n", kind, assTime(cue.Start), assTime(assEndOf(cue)), name, text)
}

// assUnit is the unit of times.
const assUnit = 10 * time.Millisecond

// assEndOf returns the end of a cue that lasts a unit at least.
func assEndOf(c Cue) time.Duration { return max(c.End, c.Start+assUnit) }

// writeASSNote writes a note with the times of a cue beside it.
func writeASSNote(b *bytes.Buffer, n Block, cue Cue) {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(n.Text), "\n") {
		lines = append(lines, assText.Replace(Clean(line)))
	}
	writeASSEvent(b, "Comment", cue, "", strings.Join(lines, `\N`))
}

// A comma would end the field of the name. Word joiners keep what stands for one, and
// what stands between several names, apart from the same signs in a name.
const (
	assComma = ";" + wordJoiner
	assSlash = "/" + wordJoiner
)

// assNames returns the field of the speaker: where there are several, the name of each
// row.
func assNames(rows []row) string {
	several := severalSpeakers(rows)
	var names []string
	for _, r := range rows {
		names = append(names, strings.ReplaceAll(r.speaker, ",", assComma))
	}
	if !several {
		names = names[:1]
	}
	return strings.Join(names, assSlash)
}

// assText keeps braces from being override codes and backslashes from being
// escapes: libass takes a backslash before a brace, ffmpeg looks for an opening
// brace right before a backslash.
var assText = strings.NewReplacer(`\`, `\`+wordJoiner, "{", `\{`+wordJoiner, "}", `\}`)

// assTime has one digit for the hours.
func assTime(t time.Duration) string {
	return strings.TrimPrefix(Clock(t, ".", 2), "0")
}

var (
	assClock = lazyRegexp(`^` + cueTime + `$`)
	assPoint = lazyRegexp(`^(\d+:\d+:\d+):(\d{1,3})$`) // before hundredths, as some write it
)

// assEvent is how the events begin in a file that lost its head.
var assEvent = lazyRegexp(`(?m)^(?:\[(?:Events|V4\+? Styles)\][ \t]*$|Dialogue:[^,\n]*,\s*\d+:\d+:\d+[.:,]\d+\s*,\s*\d+:\d+:\d+[.:,]\d+\s*,)`)

func isASS(text string) bool {
	head := headOf(text)
	return strings.HasPrefix(head, "[Script Info]") || assEvent().MatchString(head) && !strings.HasPrefix(head, "<") && !isVTT(text)
}

// readASS reads the dialogues of Advanced SubStation Alpha and of its forerunner
// SSA, without their drawings. Comments are notes.
func readASS(text string) (*File, error) {
	f := &File{}
	fields := assFields(assDefault)
	looks := newASSLooks()
	events, headless := false, true // no line with the name of a section was read
	var own assLines
	num := 0
	for line := range strings.SplitSeq(text, "\n") {
		num++
		written := line
		line = strings.TrimFunc(line, isBlank)
		kind, rest, _ := strings.Cut(line, ":")
		for _, name := range []string{"Format", "Dialogue", "Comment"} {
			if strings.EqualFold(strings.TrimSpace(kind), name) {
				kind = name
			}
		}
		if strings.HasPrefix(line, "[") {
			events, headless = strings.EqualFold(line, "[Events]"), false
			own.legacy = own.legacy || strings.EqualFold(line, "[V4 Styles]")
		} else if events = events || headless && assEvent().MatchString(line); !events {
			looks.read(line, &f.Around)
		}
		if !events || kind != "Dialogue" && kind != "Comment" {
			if events && kind == "Format" {
				fields = assFields(rest)
			}
			own.add(written, num)
			continue
		}
		own.event(f)
		values := strings.SplitN(rest, ",", len(fields)) // the last one, the text, may hold commas
		if len(values) < len(fields) {
			f.warn(LeftOut, num, "the dialogue has other fields than the Format line says: restore that")
			f.Cues = append(f.Cues, Cue{Confidence: 1, Number: num})
			continue
		}
		of := map[string]string{}
		for k, name := range fields {
			of[name] = strings.TrimFunc(values[k], isBlank)
		}
		t := looks.text(of)
		block := Block{Kind: Foreign, Text: t.plain(), Number: num, Source: assSource(kind, fields, values)}
		if start, end, ok := assTimes(of["start"], of["end"]); ok {
			block.Segment = audio.Segment{Start: parseCueTime(start), End: parseCueTime(end)}
		}
		switch {
		case kind == "Comment":
			f.Notes = append(f.Notes, Note{Text: Clean(of["text"]), Number: num})
			if !t.isEmpty() {
				block.Kind = Comment
			}
			f.Around.Blocks = append(f.Around.Blocks, block)
		case t.drawing && t.isEmpty():
			block.Kind = Drawing
			f.Around.Blocks = append(f.Around.Blocks, block)
		default:
			c := assCue(f, of, t, num)
			c.Source, c.Effects = block.Source, t.effects
			f.Cues = append(f.Cues, c)
		}
	}
	looks.makeRelative(f.Cues)
	own.end(f)
	return f, nil
}

// assDefault are the fields of a dialogue in a file that lost the line that names them.
const assDefault = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"

// assFields returns the names of fields in a Format line.
func assFields(line string) []string {
	fields := strings.Split(strings.ToLower(strings.ReplaceAll(line, " ", "")), ",")
	for i, name := range fields {
		if name == "actor" { // as Aegisub calls it
			fields[i] = "name"
		}
	}
	return fields
}

// assCue returns the cue of a dialogue with these fields and this text, and warns of its times.
func assCue(f *File, fields map[string]string, t assRead, num int) Cue {
	c := Cue{Confidence: 1, Number: num, Lines: namedLines(assRows(fields["name"], t.rows), num), Settings: t.settings}
	start, end, ok := assTimes(fields["start"], fields["end"])
	if !ok {
		f.warn(LeftOut, num, "the times of the dialogue can't be read: write them as 0:00:01.50")
		return c
	}
	c.timeSyllables(parseCueTime(start))
	c.Segment = f.segment(parseCueTime(start), parseCueTime(end), num, "give it a later end")
	return c
}

// timeSyllables moves the times of syllables, which count from the start of their dialogue, to where they are
// in the recording.
func (c *Cue) timeSyllables(start time.Duration) {
	for _, l := range c.Lines {
		for k := range l.Words {
			if w := &l.Words[k]; w.Start > 0 {
				w.Start, w.End = max(0, start+w.Start), max(0, start+w.Start)
			}
		}
	}
}

// assTimes returns the times of a dialogue such as parseCueTime takes them, be they odd.
func assTimes(start, end string) (from, to string, ok bool) {
	start, end = assPoint().ReplaceAllString(start, "$1.$2"), assPoint().ReplaceAllString(end, "$1.$2")
	if assClock().MatchString(start) && assClock().MatchString(end) {
		return start, end, true
	}
	return readOddTimes(plainFigures(start + " --> " + end))
}

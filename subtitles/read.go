package subtitles

import (
	"errors"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asticode/go-astisub"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"cuewright/align"
	"cuewright/audio"
)

const (
	// maxFile bounds what Read takes; a day of captions is under 10 MB.
	maxFile = 64 << 20
	// maxLine is a little less than the 64 KiB after which go-astisub stops
	// reading without a word.
	maxLine = 60_000
)

// Read reads a file of WebVTT, SubRip, TTML, ASS or SSA, or Podcasting 2.0 JSON,
// told apart by the extension of name or else by what it holds; name also opens the
// errors. It is the inverse of Write as far as the formats go: SRT keeps labels as
// text, see Voices, and words have times only where a WebVTT file has inline ones.
// Files of others may be in UTF-8, UTF-16
// with a byte order mark or Windows-1252, end their lines in any way, and hold
// markup (dropped), overlapping or unsorted cues (kept as they are). A cue
// without an end, or that doesn't end after it starts, is an error that names its
// line.
//
// The files that ReadAlignment reads are taken too, a cue for each sentence.
func Read(r io.Reader, name string) ([]Cue, error) {
	text, err := readText(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if read := alignmentReader(text, name); read != nil {
		a, err := read(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return sentenceCues(a), nil
	}
	cues, err := cueReader(text, name)(text)
	if err == nil && len(cues) == 0 {
		err = errors.New("there are no cues: give WebVTT, SubRip, TTML, ASS, Podcasting 2.0 JSON, TextGrid or .alignment.json")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return cues, nil
}

// cueReader is what reads a file of cues.
func cueReader(text, name string) func(string) ([]Cue, error) {
	lines := func(read func([]string) ([]Cue, error)) func(string) ([]Cue, error) {
		return func(text string) ([]Cue, error) { return read(strings.Split(text, "\n")) }
	}
	ext, begins := strings.ToLower(filepath.Ext(name)), strings.TrimSpace(text[:min(len(text), 200)])
	is := func(exts ...string) bool { return slices.Contains(exts, ext) }
	switch {
	case is(".vtt"):
		return lines(readVTT)
	case is(".srt"):
		return lines(readSRT)
	case is(".ttml", ".dfxp", ".xml"), strings.HasPrefix(begins, "<?xml"), strings.HasPrefix(begins, "<tt"):
		return readTTML
	case is(".ass", ".ssa"), strings.HasPrefix(begins, "[Script Info]"):
		return lines(readASS)
	case is(".json"), strings.HasPrefix(begins, "{"):
		return readPodcastJSON
	case strings.HasPrefix(begins, "WEBVTT"):
		return lines(readVTT)
	}
	return lines(readSRT)
}

// readText reads a whole file of text, see decode.
func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return "", err
	}
	if len(data) > maxFile {
		return "", fmt.Errorf("longer than %d MB: this is no caption file", maxFile>>20)
	}
	return decode(data)
}

// decode brings a file to UTF-8 with LF line ends and no noncharacters.
func decode(data []byte) (string, error) {
	var from encoding.Encoding = utf.UTF8
	utf16 := len(data) >= 2 && (data[0] == 0xFE && data[1] == 0xFF || data[0] == 0xFF && data[1] == 0xFE)
	if !utf16 && !utf8.Valid(data) {
		from = charmap.Windows1252
	}
	data, _, err := transform.Bytes(utf.BOMOverride(from.NewDecoder()), data)
	if err != nil {
		return "", fmt.Errorf("%w: save it as UTF-8", err)
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data))
	if strings.ContainsRune(text, 0) {
		return "", errors.New("it holds null characters: save it as UTF-8")
	}
	return strings.Map(func(r rune) rune {
		if r >= firstMark && r <= '\uFDEF' {
			return utf8.RuneError
		}
		return r
	}, text), nil
}

// block is a cue as it stands in a file.
type block struct {
	line       int // of its times, from 1
	start, end string
	text       []string
	label      bool // a label that was taken off the text had a line of its own
}

var (
	cueTime  = `((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)`
	timeLine = regexp.MustCompile(`^\s*` + cueTime + `\s*-->\s*` + cueTime + `(?:\s.*)?$`)
	halfLine = regexp.MustCompile(`^\s*[\d:.,]*\d[\d:.,]*\s*-->`)
	number   = regexp.MustCompile(`^\s*\d+\s*$`)
)

// blocks finds the cues: a line of times and what follows, in WebVTT up to an
// empty line, in SRT up to the number before the next times, since some files
// have empty lines within a cue.
func blocks(lines []string, vtt bool) ([]block, error) {
	var all []block
	var open bool
	for i, line := range lines {
		if m := timeLine.FindStringSubmatch(line); m != nil {
			if n := len(all); open && i > 0 && number.MatchString(lines[i-1]) && len(all[n-1].text) > 0 {
				all[n-1].text = all[n-1].text[:len(all[n-1].text)-1]
			}
			all = append(all, block{line: i + 1, start: m[1], end: m[2]})
			open = true
			continue
		}
		if halfLine.MatchString(line) {
			return nil, fmt.Errorf("line %d: the times of the cue can't be read: write start --> end, as in 00:00:01.000 --> 00:00:02.500", i+1)
		}
		if strings.TrimSpace(line) == "" {
			open = open && !vtt
			continue
		}
		if open {
			all[len(all)-1].text = append(all[len(all)-1].text, line)
		}
	}
	return all, nil
}

// readVTT has go-astisub read the cues in a form that it reads well: one voice a
// line, no entities, no other markup.
func readVTT(lines []string) ([]Cue, error) {
	all, err := blocks(lines, true)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].text = vttLines(all[i].text)
	}
	return parseVTT(all)
}

func parseVTT(all []block) ([]Cue, error) {
	return parse(all, "WEBVTT\n\n", ".", astisub.ReadFromWebVTT)
}

// voiced is a line of hidden text with its voice.
func voiced(voice, text string) string {
	if text = guard + text + guard; voice != "" {
		text = "<v " + hide(voice, specials) + ">" + text
	}
	return text
}

var (
	vttTag   = regexp.MustCompile(`<[^<>]*>`)
	vttStamp = regexp.MustCompile(`^<(?:\d{2,4}:)?\d{2}:\d{2}\.\d{3}>$`)
	vttVoice = regexp.MustCompile(`^<v(?:\.[^\s>]*)?\s+([^>]*)>$`)
)

// vttLines are lines of a cue's text, each with its voice, its characters hidden
// from go-astisub save inline times.
func vttLines(lines []string) []string {
	var out []string
	var text strings.Builder
	voice, stamp := "", "" // stamp waits for text
	flush := func() {
		stamp = ""
		if s := text.String(); strings.TrimSpace(vttTag.ReplaceAllString(s, "")) != "" {
			out = append(out, voiced(voice, s))
		}
		text.Reset()
	}
	for _, line := range lines {
		for line != "" {
			tag := vttTag.FindStringIndex(line)
			if tag == nil {
				tag = []int{len(line), len(line)}
			}
			plain := html.UnescapeString(line[:tag[0]])
			if trimmed := strings.TrimLeftFunc(plain, isBlank); trimmed != "" {
				text.WriteString(plain[:len(plain)-len(trimmed)] + stamp)
				plain, stamp = trimmed, ""
			}
			text.WriteString(hide(plain, specials))
			switch t := line[tag[0]:tag[1]]; {
			case vttStamp.MatchString(t):
				stamp = t
			case t == "</v>":
				flush()
				voice = ""
			default:
				if m := vttVoice.FindStringSubmatch(t); m != nil {
					flush()
					voice = clean(html.UnescapeString(m[1]))
				}
			}
			line = line[tag[1]:]
		}
		flush()
	}
	return out
}

// readSRT has go-astisub read the cues without the markup that it knows.
func readSRT(lines []string) ([]Cue, error) {
	all, err := blocks(lines, false)
	if err != nil {
		return nil, err
	}
	for i := range all {
		var text []string
		for _, line := range all[i].text {
			line = rearm(srtTag.ReplaceAllString(line, ""))
			if strings.TrimSpace(line) != "" {
				text = append(text, guard+hide(line, specials)+guard)
			}
		}
		all[i].text = text
	}
	return parse(all, "", ",", astisub.ReadFromSRT)
}

var srtTag = regexp.MustCompile(`(?i)</?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}`)

// parse writes the blocks out in good form and has go-astisub read them.
func parse(all []block, header, point string, read func(io.Reader) (*astisub.Subtitles, error)) (cues []Cue, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	var b strings.Builder
	b.WriteString(header)
	for i, c := range all {
		canonical := strings.NewReplacer(",", point, ".", point)
		fmt.Fprintf(&b, "%d\n%s --> %s\n", i+1, canonical.Replace(c.start), canonical.Replace(c.end))
		for _, t := range c.text {
			if len(t) > maxLine {
				return nil, fmt.Errorf("line %d: a line of the cue is longer than %d bytes: break it up", c.line, maxLine)
			}
			b.WriteString(t + "\n")
		}
		b.WriteByte('\n')
	}
	defer func() {
		if r := recover(); r != nil {
			cues, err = nil, fmt.Errorf("go-astisub can't read it: %v", r)
		}
	}()
	s, err := read(strings.NewReader(b.String()))
	if err != nil {
		return nil, err
	}
	if len(s.Items) != len(all) {
		return nil, fmt.Errorf("%d cues were read of %d", len(s.Items), len(all))
	}
	shown := show(asItIs)
	for i, item := range s.Items {
		c := Cue{Segment: audio.Segment{Start: item.StartAt, End: item.EndAt}, Confidence: 1}
		if c.End <= c.Start {
			return nil, fmt.Errorf("line %d: the cue doesn't end after it starts: give it a later end", all[i].line)
		}
		for _, line := range item.Lines {
			if l := readLine(line, shown); len(l.Words) > 0 {
				c.Lines = append(c.Lines, l)
			}
		}
		if all[i].label && len(c.Lines) > 0 {
			c.Lines = slices.Insert(c.Lines, 0, Line{Speaker: c.Lines[0].Speaker}) // see Line
		}
		markSound(c.Lines)
		timeWords(&c)
		cues = append(cues, c)
	}
	glueLines(cues)
	return cues, nil
}

// glueLines finds the line breaks that stand for no space: in scripts without
// spaces, and after a dash that closes up to its word where a small letter follows.
func glueLines(cues []Cue) {
	var before *align.Word
	speaker := ""
	for i := range cues {
		for k := range cues[i].Lines {
			l := &cues[i].Lines[k]
			if l.Sound || len(l.Words) == 0 {
				continue
			}
			first := &l.Words[0]
			if before != nil && l.Speaker == speaker {
				last := lastRune(before.Text)
				next, _ := utf8.DecodeRuneInString(first.Text)
				first.Glued = isIdeographic(last) && isIdeographic(next) ||
					last == '—' && !strings.HasSuffix(" "+before.Text, " —") && unicode.IsLower(next)
			}
			before, speaker = &l.Words[len(l.Words)-1], l.Speaker
		}
	}
}

// isIdeographic tells the letters and marks of Chinese and Japanese, which put no
// spaces between words.
func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF01 && r < 0xFF66
}

// readLine takes a line's words; those with an inline time begin at it.
func readLine(line astisub.Line, shown *strings.Replacer) Line {
	l := Line{Speaker: shown.Replace(line.VoiceName)}
	spaced := true // a space, or nothing, stands before the item
	for _, item := range line.Items {
		text := shown.Replace(strings.ReplaceAll(item.Text, guard, ""))
		glued := !spaced && strings.IndexFunc(text, isBlank) != 0
		for k, word := range strings.FieldsFunc(clean(text), isBlank) {
			if strings.TrimSpace(word) == "" {
				continue // spaces that don't break, and nothing between them
			}
			if n := len(l.Words); k > 0 && strings.Trim(word, "-–—") == "" {
				l.Words[n-1].Text += " " + word // a mark that has nothing to be read is part of the word before it
				continue
			}
			w := align.Word{Text: word, Spoken: true, Confidence: 1}
			if k == 0 {
				w.Glued = glued
				w.Start, w.End = item.StartAt, item.StartAt
			}
			l.Words = append(l.Words, w)
		}
		spaced = text == "" || isBlank(lastRune(text))
	}
	if len(l.Words) > 1 && strings.Trim(l.Words[0].Text, "-–—") == "" && !l.Words[1].Glued {
		l.Words[1].Text = l.Words[0].Text + " " + l.Words[1].Text // nor is one that marks a speaker
		if l.Words[1].Start == 0 {
			l.Words[1].Segment = l.Words[0].Segment
		}
		l.Words = l.Words[1:]
	}
	return l
}

// markSound finds what stands in brackets, in a line or over all of them, and
// notes.
func markSound(lines []Line) {
	bracketed := func(s string) bool { return len(s) > 2 && s[0] == '[' && strings.IndexByte(s, ']') == len(s)-1 }
	var all []string
	for _, l := range lines {
		all = append(all, l.Speaker+l.Text())
	}
	whole := bracketed(strings.Join(all, " "))
	for i := range lines {
		l := &lines[i]
		if text := l.Text(); l.Speaker == "" && (whole || bracketed(text) || isNotes(text)) {
			l.Sound = true
			l.Words = []align.Word{{Segment: l.Words[0].Segment, Text: text, Spoken: true, Confidence: 1}}
		}
	}
}

// timeWords gives the words of a cue that has inline times a start and an end:
// the first begins with the cue, each ends where the next begins, and those
// between two known times share the stretch by their width.
func timeWords(c *Cue) {
	var words []*align.Word
	for i := range c.Lines {
		for k := range c.Lines[i].Words {
			words = append(words, &c.Lines[i].Words[k])
		}
	}
	if !slices.ContainsFunc(words, func(w *align.Word) bool { return w.Start > 0 }) {
		return
	}
	at := c.Start
	for i := 0; i < len(words); {
		j, total := i, 0
		for ; j < len(words) && (j == i || words[j].Start <= at); j++ {
			total += columns(words[j].Text) + 1
		}
		free := audio.Segment{Start: at, End: c.End}
		if j < len(words) {
			free.End = max(at, min(words[j].Start, c.End))
		}
		for sum := 0; i < j; i++ {
			words[i].Start = share(free, sum, total)
			sum += columns(words[i].Text) + 1
			words[i].End = share(free, sum, total)
		}
		at = free.End
	}
}

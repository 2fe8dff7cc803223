package format

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/asticode/go-astisub"
)

// srtStart is the number of a cue and, below it, times with commas, of which WebVTT has
// none.
var srtStart = lazyRegexp(`(?m)^[ \t]*\d+[ \t]*\n[ \t]*[\d:]+:\d+,\d+[ \t]*[-–—]+>[ \t]*[\d:]+:\d+,\d+`)

// isSRT reports whether a cue of SubRip starts in the head of a file. A page of HTML may
// quote one.
func isSRT(text string) bool {
	head := headOf(text)
	return !strings.HasPrefix(head, "<") && srtStart().MatchString(head)
}

// beginsWithTimes reports whether the times of a cue stand among the first lines: a file
// whose name says nothing else is SubRip then.
func beginsWithTimes(text string) bool {
	const lines = 6
	for range lines {
		line, rest, more := strings.Cut(text, "\n")
		if isTimeLine(line) {
			return true
		}
		if !more {
			break
		}
		text = rest
	}
	return false
}

// readSRT reads SubRip, with the markup and the entities that are found in it.
func readSRT(text string) (*File, error) {
	return srtMarks(false).read(scan(text, false))
}

// srtMarks is the markup of SubRip, which is seen in formats that have none, too; times says
// that a time within text is that of the word behind it.
func srtMarks(times bool) markup { return markup{srtTag(), `<{\`, times, srtText} }

// srtTag is the markup that some writers put into SubRip: that of HTML and WebVTT as
// far as its names are known, override codes and escapes of ASS, and what is left of
// MicroDVD. Other words in angle brackets, such as <laughs>, are text, and so is the
// backslash of a path.
var srtTag = lazyRegexp(`(?i)</?(?:b|i|u|s|c|v|em|strong|strike|del|font|span|div|p|center|sub|sup|small|big|lang|` +
	`ruby|rt)(?:[\s.][^<>]*)?>|<br\s*/?>|<(?:\d+:)?\d+:\d+[.,]\d+>|\{\\[^{}]*\}|\{/?[bius]\}|\{y:[a-z,]+\}|[:\\]?\\[nh]`)

var (
	anyEnd   = lazyRegexp(`</([A-Za-z_][\w-]*)\s*>`)
	anyStart = lazyRegexp(`<([A-Za-z_][\w-]*)(?:\s[^<>]*)?>`)
)

// dropPairs takes tags of any name off the lines of a cue that have an end there: what has
// none, such as <laughs>, is text.
func dropPairs(lines []textLine) {
	var ends, starts map[string]bool
	find := func(tag *regexp.Regexp, into *map[string]bool) {
		*into = map[string]bool{}
		for _, l := range lines {
			for _, m := range tag.FindAllStringSubmatch(l.text, -1) {
				(*into)[strings.ToLower(m[1])] = true
			}
		}
	}
	if !slices.ContainsFunc(lines, func(l textLine) bool { return strings.Contains(l.text, "</") }) {
		return
	}
	find(anyEnd(), &ends)
	find(anyStart(), &starts)
	drop := func(tag *regexp.Regexp, line string) string {
		return tag.ReplaceAllStringFunc(line, func(t string) string {
			name := strings.ToLower(tag.FindStringSubmatch(t)[1])
			if ends[name] && starts[name] && !srtTag().MatchString(t) {
				return ""
			}
			return t
		})
	}
	for i := range lines {
		lines[i].text = drop(anyStart(), drop(anyEnd(), lines[i].text))
	}
}

// srtText returns text without the escapes of HTML, which some writers use, and of
// writeSRT.
func srtText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = srtEntity().ReplaceAllStringFunc(s, html.UnescapeString)
	}
	return rearm(s)
}

// writeSRT writes SubRip: UTF-8 text with labels, neither entities nor a byte order mark,
// both of which players show. Where a cue is shown is a code of ASS, as players have it.
func writeSRT(w io.Writer, cues []Cue, o Options) error {
	s := astisub.NewSubtitles()
	before := o.before(cues)
	for i, cue := range cues {
		item := &astisub.Item{StartAt: cue.Start, EndAt: cue.End}
		for k, r := range o.Label.rows(cue, before[i]) {
			text := hide(disarm(r.label+marked(r.words, srtTags, escaped(asItIs))), "<>&\u00A0")
			if k == 0 {
				text = srtPlace(cue.Settings) + text
			}
			item.Lines = append(item.Lines, astisub.Line{Items: []astisub.LineItem{{Text: text}}})
		}
		s.Items = append(s.Items, item)
	}
	var b bytes.Buffer
	if err := s.WriteToSRT(&b); err != nil {
		return fmt.Errorf("write srt: %w", err)
	}
	blocks := blocksOf(strings.TrimPrefix(b.String(), string(astisub.BytesBOM)))
	for i, cue := range cues {
		if o.Around.keeps("srt", cue) {
			head, times, _ := cutTimes(blocks[i])
			blocks[i] = head + times + cue.Source
			continue
		}
		for _, v := range cue.Settings {
			if strings.HasPrefix(v.Name, "X") || strings.HasPrefix(v.Name, "Y") {
				head, times, rest := cutTimes(blocks[i])
				blocks[i] = head + times + " " + v.Name + ":" + v.Value + rest
			}
		}
	}
	_, err := show(asItIs).WriteString(w, strings.Join(blocks, "\n\n")+"\n")
	return err
}

// cutTimes cuts a block behind its first line and behind its second one, its times.
func cutTimes(block string) (head, times, rest string) {
	at := strings.IndexByte(block, '\n') + 1
	end := at + strings.IndexByte(block[at:], '\n')
	return block[:at], block[at:end], block[end:]
}

// srtTags returns the tags of SubRip for a style.
func srtTags(s Style) (tags []tag) {
	var font strings.Builder
	size := s.Size
	if strings.HasSuffix(size, "%") {
		size = "" // which HTML does not know
	}
	for _, a := range []Field{{"face", s.Face}, {"size", size}, {"color", s.Color}} {
		if value := plainValue(a.Value); value != "" {
			fmt.Fprintf(&font, " %s=\"%s\"", a.Name, value)
		}
	}
	if font.Len() > 0 {
		tags = append(tags, tag{hideTag("font" + font.String()), hideTag("/font")})
	}
	for _, t := range s.letters() {
		tags = append(tags, tag{hideTag(t), hideTag("/" + t)})
	}
	return tags
}

// plainValue returns a value of an attribute without signs that none needs.
func plainValue(s string) string { return strings.TrimSpace(oddSigns().ReplaceAllString(s, "")) }

var oddSigns = lazyRegexp(`[^\pL\pN #%+,._-]`)

// srtPlace returns the code for where a cue is shown; "" where that is the usual place.
func srtPlace(s Settings) string {
	key, _ := s.anchor()
	if pos := s.Get("pos"); pos != "" {
		if k, _, _, ok := s.point(); ok {
			key = k
		}
		return fmt.Sprintf(`{\an%d\pos%s}`, key, pos)
	}
	if key == 2 {
		return ""
	}
	return fmt.Sprintf(`{\an%d}`, key)
}

// SubRip has no escapes. A word joiner, which nobody sees, keeps players and readers
// from taking text for a tag, an override code, an entity or a time line.
const wordJoiner = "\u2060"

const entity = `(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`

var (
	srtEntity   = lazyRegexp(`&` + entity)
	srtEscape   = lazyRegexp(`\\[NnHh]`)
	srtMarkup   = lazyRegexp(`<[A-Za-z/]|<\d+:|\{(?:\\|/?[BbIiUuSs]\}|[Yy]:)|-->|&` + entity)
	srtDisarmed = lazyRegexp(`<` + wordJoiner + `(?:[A-Za-z/]|\d+:)|\{` + wordJoiner + `(?:\\|/?[BbIiUuSs]\}|[Yy]:)` +
		`|[` + arrowDashes + `\pZ\p{Cc}]` + wordJoiner + `>|&` + wordJoiner + entity)
	srtUnescaped = lazyRegexp(`\\` + wordJoiner + `[NnHh]`)
)

func disarm(s string) string {
	if isTimeLine(s) {
		s = strings.Replace(s, ">", wordJoiner+">", 1)
	}
	s = srtEscape().ReplaceAllStringFunc(s, func(m string) string { return m[:1] + wordJoiner + m[1:] })
	return srtMarkup().ReplaceAllStringFunc(s, func(m string) string {
		at := 1
		if m == "-->" {
			at = 2
		}
		return m[:at] + wordJoiner + m[at:]
	})
}

func rearm(s string) string {
	if !strings.Contains(s, wordJoiner) {
		return s
	}
	join := func(m string) string { return strings.Replace(m, wordJoiner, "", 1) }
	return srtUnescaped().ReplaceAllStringFunc(srtDisarmed().ReplaceAllStringFunc(s, join), join)
}

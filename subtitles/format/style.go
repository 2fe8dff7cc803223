package format

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"cuewright/audio"
)

// What cues are beside their text is held in one neutral form, to which each codec maps
// what its format knows:
//
//   - a Style for each Word. Markup that covers part of a word cuts it into words that are
//     glued; markup of several words is that of each of them, and writers put neighbours
//     that look alike into one span;
//   - Settings for each Cue: where it is shown, in the terms of WebVTT, which are the
//     richest; and its identifier;
//   - Surroundings of a File: notes, style sheets, regions and metadata.
//
// What a format can hold of it is a row in Format.Holds. Write leaves out the rest, and
// Losses counts it. A file of the same format needs none of this: Cue.Source, Block.Source and
// the head and tail of Surroundings have what stood in the file.

// Style is how a word looks beside the way in which captions look by default. The zero
// Style is plain.
type Style struct {
	Italic, Bold, Underline, Strike bool
	Color, Background               string // of CSS: a name, or # and six hexadecimal digits, in lower case
	Face                            string // the name of the font
	Size                            string // of the font: in percent of the usual one, or without a unit as HTML has it
	Class                           string // names that style sheets know it by, with single spaces
	Lang                            string // BCP 47 tag, where it is another one than that of the file
	Ruby                            string // what stands above it, to be read in its place or with it
}

// Look returns s as words have it.
func (s Style) Look() *Style {
	if s == (Style{}) {
		return nil
	}
	look := s // s itself would be allocated where it is plain, too
	return &look
}

// Style returns how the word looks.
func (w Word) Style() Style {
	if w.Look == nil {
		return Style{}
	}
	return *w.Look
}

// restyle gives words the style that change makes of theirs.
func restyle(words []Word, change func(Style) Style) {
	var was, is *Style
	for i := range words {
		w := &words[i]
		if i == 0 || w.Look != was {
			was, is = w.Look, change(w.Style()).Look()
		}
		w.Look = is
	}
}

// Setting is one of the settings of a cue, such as line and 0, or of a region.
type Setting struct{ Name, Value string }

// Settings say where a cue is shown, in the terms of WebVTT
// (https://www.w3.org/TR/webvtt1/#webvtt-cue-settings): line, position, size, align, vertical and
// region; in the order of the file, each name once. SubRip adds X1, X2, Y1, Y2 and pos,
// which only SubRip knows. Without any a cue stands in the middle of the bottom.
type Settings []Setting

// Get returns the value of the setting of that name, "" where there is none.
func (s Settings) Get(name string) string {
	for _, v := range s {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// String returns the settings as WebVTT has them behind the times of a cue.
func (s Settings) String() string {
	var all []string
	for _, v := range s {
		all = append(all, v.Name+":"+v.Value)
	}
	return strings.Join(all, " ")
}

// parseSettings returns the settings among the fields of a line.
func parseSettings(line string) Settings {
	var s Settings
	for field := range strings.FieldsSeq(line) {
		name, value, ok := strings.Cut(field, ":")
		if !ok || value == "" || !isSettingName(name) {
			continue
		}
		s = slices.DeleteFunc(s, func(v Setting) bool { return v.Name == name }) // the last one holds
		s = append(s, Setting{name, strings.ReplaceAll(Clean(value), "-->", "")})
	}
	return s
}

// isSettingName reports whether a name is that of a setting of a cue.
func isSettingName(name string) bool {
	switch name {
	case "vertical", "line", "position", "size", "align", "region", "X1", "X2", "Y1", "Y2":
		return true
	}
	return false
}

// Surroundings are what a file holds around its cues.
type Surroundings struct {
	Format   string  // that it was read of, see Formats; "" for what was not read
	Metadata []Field // of the file, in its order
	Blocks   []Block // in the order of the file
	// Head and Tail stand before and behind cues and blocks in a file of the same format, as
	// Cue.Source does; "" where they are made of the rest.
	Head, Tail string
}

// keeps reports whether a file of the format of that name gets the cue as it stands in its
// own file.
func (s Surroundings) keeps(name string, c Cue) bool { return c.Source != "" && s.Format == name }

// Field is a piece of metadata, such as title and a name. Name is "" where a line says
// it all.
type Field struct{ Name, Value string }

// Block is what stands between cues, or before them.
type Block struct {
	Kind   BlockKind
	Text   string // in lines, without what opens it; that of a comment may begin on its second line
	Number int    // of its first line in its file, from 1; blocks stand before cues of no lesser numbers
	// Source is the block in a file of the same format, as in Cue; "" where that is made of Text.
	Source        string
	audio.Segment // in which it would be shown, as a comment of ASS says; empty for others
}

// BlockKind is what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	Comment    BlockKind = iota // a note that nobody sees
	StyleSheet                  // CSS
	Region                      // the settings of a part of the screen, as in WebVTT
	OwnSheet                    // CSS that Write made for classes that no other format needs
	Drawing                     // what ASS draws
	Foreign                     // a line that only its own format knows
)

// count returns how many blocks are of that kind.
func (s Surroundings) count(kind BlockKind) (n int) {
	for _, b := range s.Blocks {
		if b.Kind == kind {
			n++
		}
	}
	return n
}

// anchor returns where on the screen the settings put a cue, as on the keys of a keypad,
// from 1 at the bottom left to 9 at the top right, and whether their line and position say
// no more.
func (s Settings) anchor() (key int, exact bool) {
	row, column := 0, 1 // from the bottom left
	exact = true
	line, _, _ := strings.Cut(s.Get("line"), ",")
	if s.Get("vertical") != "" {
		line = "" // it counts columns
	}
	percent, ok := percentOf(line)
	n, err := strconv.Atoi(line)
	switch {
	case ok:
		row = 2 - min(2, int(percent)/34)
		exact = exact && (percent == 0 || percent == 50 || percent == 100)
	case err != nil: // none, or auto
	case n >= 0:
		row = max(0, 2-n/6) // of about 18 lines
		exact = exact && n == 0
	default:
		row = min(2, (-1-n)/6)
		exact = exact && n == -1
	}
	position, _, _ := strings.Cut(s.Get("position"), ",")
	percent, ok = percentOf(position)
	switch s.Get("align") {
	case "start", "left":
		column = 0
		exact = exact && (!ok || percent == 0)
	case "end", "right":
		column = 2
		exact = exact && (!ok || percent == 100)
	default:
		if ok {
			column = min(2, int(percent)/34)
			exact = exact && percent == 50
		}
	}
	return 3*row + column + 1, exact
}

// percentOf reads a percentage from 0 to 100.
func percentOf(s string) (percent float64, ok bool) {
	s, ok = strings.CutSuffix(s, "%")
	percent, err := strconv.ParseFloat(s, 64)
	return percent, ok && err == nil && percent >= 0 && percent <= 100
}

// anchored returns the settings of a cue at that key of a keypad, see anchor.
func anchored(key int) Settings {
	var s Settings
	switch {
	case key < 1 || key > 9:
		return nil
	case key > 6:
		s = append(s, Setting{"line", "0"})
	case key > 3:
		s = append(s, Setting{"line", "50%"})
	}
	switch key % 3 {
	case 1:
		s = append(s, Setting{"align", "left"})
	case 0:
		s = append(s, Setting{"align", "right"})
	}
	return s
}

// vttColors are the colours that WebVTT has classes for.
var vttColors = map[string]string{
	"white": "#ffffff", "lime": "#00ff00", "cyan": "#00ffff", "red": "#ff0000",
	"yellow": "#ffff00", "magenta": "#ff00ff", "blue": "#0000ff", "black": "#000000",
}

// otherColors are the names of other colours that are seen in captions, as CSS has them.
var otherColors = map[string]string{
	"aqua": "#00ffff", "fuchsia": "#ff00ff", "green": "#008000", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0",
	"maroon": "#800000", "olive": "#808000", "navy": "#000080", "purple": "#800080", "teal": "#008080", "orange": "#ffa500",
	"pink": "#ffc0cb", "brown": "#a52a2a", "gold": "#ffd700", "violet": "#ee82ee", "tan": "#d2b48c", "beige": "#f5f5dc",
	"turquoise": "#40e0d0", "salmon": "#fa8072", "khaki": "#f0e68c", "orchid": "#da70d6", "indigo": "#4b0082",
	"crimson": "#dc143c", "coral": "#ff7f50", "lightblue": "#add8e6", "lightgreen": "#90ee90", "darkred": "#8b0000",
	"darkblue": "#00008b", "darkgreen": "#006400", "skyblue": "#87ceeb", "lightyellow": "#ffffe0",
}

// parseColor returns a colour of CSS, HTML or TTML as Style has it: a name of vttColors
// where it is one of them. It is "" for what is none, and for one that can't be seen.
func parseColor(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if digits, ok := strings.CutPrefix(s, "#"); ok || isHex(s) && len(s) == 6 {
		if !isHex(digits) {
			return ""
		}
		switch len(digits) {
		case 3, 4:
			s = "#"
			for _, d := range digits[:3] {
				s += string(d) + string(d)
			}
		case 6, 8: // with an opacity
			if strings.HasSuffix(digits[6:], "00") {
				return ""
			}
			s = "#" + digits[:6]
		default:
			return ""
		}
	} else if inner, ok := strings.CutPrefix(s, "rgb"); ok {
		if s = rgbOf(inner); s == "" {
			return ""
		}
	} else if rgb, ok := otherColors[s]; ok && (s == "aqua" || s == "fuchsia") {
		s = rgb
	}
	for name, rgb := range vttColors {
		if s == rgb {
			return name
		}
	}
	if s == "" || s == "transparent" || s[0] != '#' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s
}

// rgbOf returns the colour that rgb() or rgba() of CSS stand for, without their name; ""
// where they can't be read.
func rgbOf(s string) string {
	s = strings.TrimPrefix(s, "a")
	values := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("(), /", r) })
	if len(values) < 3 || len(values) > 3 && strings.Trim(values[3], "0.%") == "" {
		return ""
	}
	color := "#"
	for _, v := range values[:3] {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > 255 {
			return ""
		}
		color += string("0123456789abcdef"[n>>4]) + string("0123456789abcdef"[n&15])
	}
	return color
}

func isHex(s string) bool { return s != "" && strings.Trim(s, "0123456789abcdef") == "" }

// rgb returns a colour of Style as # and six digits; "" where its name is not known.
func rgb(color string) string {
	if strings.HasPrefix(color, "#") {
		return color
	}
	return cmp.Or(vttColors[color], otherColors[color])
}

// addClass returns s with a class of WebVTT, which may be that of a colour.
func (s Style) addClass(class string) Style {
	under, isUnder := strings.CutPrefix(class, "bg_")
	switch {
	case colorOfClass(class) != "":
		s.Color = colorOfClass(class)
	case isUnder && colorOfClass(under) != "":
		s.Background = colorOfClass(under)
	case class == ownStrike:
		s.Strike = true
	case class != "" && len(s.Class) < longestSpeaker && !slices.Contains(strings.Fields(s.Class), class):
		s.Class = strings.TrimPrefix(s.Class+" "+class, " ")
	}
	return s
}

// The classes by which writeVTT calls what WebVTT has no class for.
const (
	ownColor  = "color-" // before the name, or six digits, of a colour
	ownStrike = "line-through"
)

// colorOfClass returns the colour that a class stands for, be it of WebVTT or one of
// classOfColor; "" where it stands for none.
func colorOfClass(class string) string {
	if vttColors[class] != "" {
		return class
	}
	color, ok := strings.CutPrefix(class, ownColor)
	if ok && len(color) == 6 && isHex(color) {
		color = "#" + color
	}
	if !ok || vttColors[color] != "" || parseColor(color) != color {
		return ""
	}
	return color
}

// classOfColor is the inverse of colorOfClass.
func classOfColor(color string) string {
	if vttColors[color] != "" {
		return color
	}
	return ownColor + strings.TrimPrefix(color, "#")
}

// classes returns the classes of WebVTT for s, its colours among them.
func (s Style) classes() []string {
	var all []string
	if s.Color != "" {
		all = append(all, classOfColor(s.Color))
	}
	if s.Background != "" {
		all = append(all, "bg_"+classOfColor(s.Background))
	}
	if s.Strike {
		all = append(all, ownStrike)
	}
	return append(all, strings.Fields(s.Class)...)
}

// letters returns the names of the tags of HTML for s, without its colours.
func (s Style) letters() (names []string) {
	for _, v := range []struct {
		on   bool
		name string
	}{{s.Bold, "b"}, {s.Italic, "i"}, {s.Underline, "u"}, {s.Strike, "s"}} {
		if v.on {
			names = append(names, v.name)
		}
	}
	return names
}

// stylesOf yields the styles of the words of cues, each once for each stretch of it.
func stylesOf(cues []Cue) iter.Seq[Style] {
	return func(yield func(Style) bool) {
		var last Style
		for _, c := range cues {
			for _, l := range c.Lines {
				for _, w := range l.Words {
					s := w.Style()
					if s != last && !yield(s) {
						return
					}
					last = s
				}
			}
		}
	}
}

// tag is markup around words: what opens and what ends it.
type tag struct{ open, end string }

// marked returns words in one line, those that look alike within the same tags, of which
// tags returns those of a style from the outermost on. Each word is written by text.
func marked(words []Word, tags func(Style) []tag, text func(Word) string) string {
	var b strings.Builder
	m := marker{tags: tags}
	for i, w := range words {
		ends, space, starts := m.before(w, i == 0)
		b.WriteString(ends + space + starts + text(w))
	}
	b.WriteString(m.end())
	return b.String()
}

// escaped returns what writes the text of a word, which passes through escape.
func escaped(escape func(string) string) func(Word) string {
	return func(w Word) string { return escape(Clean(w.Text)) }
}

// marker finds the tags between words.
type marker struct {
	tags  func(Style) []tag
	open  []tag
	style Style
	tried bool // style and open are of a word
}

// before returns what stands before the next word: the ends of tags, a space, and the
// tags that start.
func (m *marker) before(w Word, first bool) (ends, space, starts string) {
	if !first && !w.Glued {
		space = " "
	}
	style := w.Style()
	if m.tried && style == m.style && !(w.Glued && style.Ruby != "") {
		return "", space, ""
	}
	all := m.tags(style)
	common := 0
	for common < len(m.open) && common < len(all) && m.open[common] == all[common] {
		common++
	}
	if w.Glued && style.Ruby != "" && common == len(all) && common > 0 {
		common-- // each has its own
	}
	for i := len(m.open) - 1; i >= common; i-- {
		ends += m.open[i].end
	}
	for _, t := range all[common:] {
		starts += t.open
	}
	m.open, m.style, m.tried = all, style, true
	return ends, space, starts
}

// end returns the ends of the tags that are open, and leaves none.
func (m *marker) end() (ends string) {
	for i := len(m.open) - 1; i >= 0; i-- {
		ends += m.open[i].end
	}
	m.open, m.style, m.tried = nil, Style{}, false
	return ends
}

// withCSS returns s with what declarations of CSS say.
func (s Style) withCSS(declarations string) Style {
	for d := range strings.SplitSeq(declarations, ";") {
		name, written, _ := strings.Cut(d, ":")
		value := strings.ToLower(strings.TrimSpace(written))
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "color":
			s.Color = cmp.Or(parseColor(value), s.Color)
		case "background", "background-color":
			s.Background = cmp.Or(parseColor(value), s.Background)
		case "font-style":
			s.Italic = value == "italic" || value == "oblique"
		case "font-weight":
			s.Bold = isBold(value)
		case "font-size":
			s.Size = cmp.Or(sizeOfCSS(value), s.Size)
		case "font-family":
			first, _, _ := strings.Cut(strings.TrimSpace(written), ",")
			if first = Clean(strings.Trim(first, ` "'`)); !strings.Contains(genericFonts, "|"+strings.ToLower(first)+"|") {
				s.Face = first
			}
		case "text-decoration", "text-decoration-line":
			s.Underline = strings.Contains(value, "underline")
			s.Strike = strings.Contains(value, "line-through")
		}
	}
	return s
}

// genericFonts are the names of CSS that stand for whatever font is there.
const genericFonts = "||serif|sans-serif|monospace|cursive|fantasy|system-ui|inherit|initial|default|"

// sizeOfCSS returns a size of a font in percent of that around it; "" for one in other units.
func sizeOfCSS(value string) string {
	for _, unit := range []struct {
		name string
		of   float64
	}{{"%", 1}, {"rem", 100}, {"em", 100}} {
		if n, ok := strings.CutSuffix(value, unit.name); ok {
			v, err := strconv.ParseFloat(n, 64)
			if err != nil {
				return ""
			}
			return percentSize(v * unit.of)
		}
	}
	return ""
}

// percentSize returns a size in whole percent; "" where that is the usual one, or none.
func percentSize(percent float64) string {
	if n := math.Round(percent); n >= 1 && n <= 999 && n != 100 {
		return strconv.Itoa(int(n)) + "%"
	}
	return ""
}

// makeRelative makes sizes and fonts of cues, which are those that their file names, sizes as
// percent, those beside the usual ones.
func makeRelative(cues []Cue, size float64, face string) {
	for _, c := range cues {
		for _, l := range c.Lines {
			restyle(l.Words, func(s Style) Style {
				if v, ok := strings.CutSuffix(s.Size, "%"); ok && size > 0 {
					percent, _ := strconv.ParseFloat(v, 64) // which has been read
					s.Size = percentSize(100 * percent / size)
				}
				if s.Face == face {
					s.Face = ""
				}
				return s
			})
		}
	}
}

// isBold reports whether a weight of CSS is one of bold letters.
func isBold(weight string) bool {
	n, err := strconv.Atoi(weight)
	return weight == "bold" || weight == "bolder" || err == nil && n >= 600
}

// withLetters returns s with the styles of MicroDVD, such as i,b.
func (s Style) withLetters(letters string) Style {
	for _, r := range strings.ToLower(letters) {
		switch r {
		case 'b':
			s.Bold = true
		case 'i':
			s.Italic = true
		case 'u':
			s.Underline = true
		case 's':
			s.Strike = true
		}
	}
	return s
}

// placed returns the settings of a cue whose point at that key of a keypad, such as its
// left upper corner at 7, lies at x and y, as shares of the screen.
func placed(key int, x, y float64) Settings {
	percent := func(v float64) string {
		return strconv.FormatFloat(round2(100*max(0, min(1, v))), 'f', -1, 64) + "%"
	}
	s := Settings{{"line", percent(y) + []string{",end", ",center", ""}[(key-1)/3]}, {"position", percent(x)}}
	switch key % 3 {
	case 1:
		s = append(s, Setting{"align", "left"})
	case 0:
		s = append(s, Setting{"align", "right"})
	}
	return s
}

// round2 returns v to two decimals.
func round2(v float64) float64 { return math.Round(100*v) / 100 }

// point is the inverse of placed; ok is false where the settings name no point of the
// screen.
func (s Settings) point() (key int, x, y float64, ok bool) {
	if s.Get("vertical") != "" {
		return 0, 0, 0, false
	}
	line, edge, _ := strings.Cut(s.Get("line"), ",")
	position, _, _ := strings.Cut(s.Get("position"), ",")
	column := 1
	switch s.Get("align") {
	case "start", "left":
		column = 0
	case "end", "right":
		column = 2
	}
	y, hasLine := percentOf(line)
	if n, err := strconv.Atoi(line); err == nil && n > 0 {
		y, hasLine = min(topLine+float64(float64(n)*lineHeight), bottomLine), true
	} else if err == nil && n < -1 {
		y, hasLine, edge = max(topLine, bottomLine+float64(float64(n+1)*lineHeight)), true, "end"
	}
	x, hasPosition := percentOf(position)
	if !hasPosition {
		x = 50 * float64(column)
	} else if line == "" || line == "auto" {
		y, hasLine, edge = bottomLine, true, "end"
	}
	row := 2
	switch edge {
	case "center":
		row = 1
	case "end":
		row = 0
	}
	return 3*row + column + 1, x / 100, y / 100, hasLine && (hasPosition || y > 0 || edge != "")
}

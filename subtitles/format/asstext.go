package format

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// assCode is an override code of ASS, such as i1 (http://www.tcax.org/docs/ass-specs.htm, appendix A).
type assCode struct{ name, value string }

var assCodeName = lazyRegexp(`^(?:fn|r|\d?[A-Za-z]+)`)

// assCodes returns the codes of a block in braces. What changes with time is passed over.
func assCodes(block string) []assCode {
	var codes []assCode
	rest := strings.Trim(block, "{}")
	for {
		_, after, ok := strings.Cut(rest, `\`)
		if !ok {
			return codes
		}
		name := assCodeName().FindString(after)
		switch {
		case strings.HasPrefix(name, "fn"):
			name = "fn"
		case strings.HasPrefix(name, "r"):
			name = "r"
		}
		value := after[len(name):]
		end := strings.IndexByte(value, '\\')
		if strings.HasPrefix(value, "(") {
			if end = strings.IndexByte(value, ')') + 1; end == 0 {
				end = len(value)
			}
		}
		if end < 0 {
			end = len(value)
		}
		rest = value[end:]
		codes = append(codes, assCode{name, strings.TrimSpace(value[:end])})
	}
}

// on returns a style as the code changes it; base is the one that codes return to.
func (c assCode) on(s, base Style) Style {
	switch c.name {
	case "r":
		return base
	case "i":
		s.Italic = c.isOn(base.Italic)
	case "b":
		s.Bold = c.isOn(base.Bold)
	case "u":
		s.Underline = c.isOn(base.Underline)
	case "s":
		s.Strike = c.isOn(base.Strike)
	case "fn":
		s.Face = base.Face
		if c.value != "" {
			s.Face = Clean(ShortName(c.value))
		}
	case "fs":
		if c.value == "" {
			s.Size = base.Size
		} else if n, err := strconv.ParseFloat(c.value, 64); err == nil && n > 0 && c.value[0] != '+' {
			s.Size = c.value + "%" // of what, makeRelative knows
		}
	case "c", "1c":
		s.Color = base.Color
		if c.value != "" {
			s.Color = assColor(c.value)
		}
	}
	return s
}

// isEffect reports whether the code says what no Style and no Settings hold.
func (c assCode) isEffect() bool {
	switch c.name {
	case "fad", "fade", "move", "t", "clip", "iclip", "org", "K", "kf", "ko", "bord", "xbord", "ybord", "shad", "xshad",
		"yshad", "be", "blur", "fax", "fay", "fscx", "fscy", "fsp", "fr", "frx", "fry", "frz", "alpha", "1a", "2a", "3a", "4a",
		"2c", "3c", "4c":
		return true
	}
	return false
}

// isOn reports whether the code turns something on; without a value it returns to base.
func (c assCode) isOn(base bool) bool {
	n, err := strconv.Atoi(c.value)
	if err != nil {
		return base
	}
	return n == 1 || n == -1 || n >= 600 // a weight
}

// key returns where the code puts a cue, as on the keys of a keypad; 0 for other codes.
func (c assCode) key() int {
	n, err := strconv.Atoi(c.value)
	switch {
	case err != nil || n < 1 || n > 11:
	case c.name == "an" && n < 10:
		return n
	case c.name == "a":
		return ssaKey(n)
	}
	return 0
}

// ssaKey returns the key for an alignment of SSA: 4 more is at the top, 8 more in the
// middle; 0 for what is none.
func ssaKey(n int) int {
	if n < 1 || n > 11 || n%4 == 0 {
		return 0
	}
	return n%4 + []int{0, 6, 3}[n/4]
}

// point returns the first point among the values of a code.
func (c assCode) point() (x, y float64, ok bool) {
	values := strings.Split(strings.Trim(c.value, "()"), ",")
	if len(values) < 2 {
		return 0, 0, false
	}
	x, errX := strconv.ParseFloat(strings.TrimSpace(values[0]), 64)
	y, errY := strconv.ParseFloat(strings.TrimSpace(values[1]), 64)
	return x, y, errX == nil && errY == nil && x >= 0 && y >= 0
}

// assColor returns a colour of ASS, such as &H00FF00&: blue, green and red. White is what
// captions are anyway.
func assColor(s string) string {
	digits, ok := strings.CutPrefix(strings.ToLower(strings.Trim(s, "& ")), "h")
	if !ok { // as SSA has it
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return ""
		}
		digits = fmt.Sprintf("%06x", n&0xffffff)
	}
	if len(digits) > 6 {
		digits = digits[len(digits)-6:] // before them stands the opacity
	}
	if !isHex(digits) {
		return ""
	}
	digits = strings.Repeat("0", 6-len(digits)) + digits
	if color := parseColor("#" + digits[4:6] + digits[2:4] + digits[:2]); color != "white" {
		return color
	}
	return ""
}

// assTags returns the codes for a style, and those that end it.
func (screen screen) assTags(s Style) (tags []tag) {
	if face := plainValue(s.Face); face != "" {
		tags = append(tags, tag{`{\fn` + face + "}", `{\fn` + assFace + "}"})
	}
	if v, ok := strings.CutSuffix(s.Size, "%"); ok {
		if percent, err := strconv.ParseFloat(v, 64); err == nil && percent > 0 {
			size := round2(percent * float64(screen.size) / 100)
			tags = append(tags, tag{fmt.Sprintf(`{\fs%g}`, size), fmt.Sprintf(`{\fs%d}`, screen.size)})
		}
	}
	if c := rgb(s.Color); c != "" {
		tags = append(tags, tag{`{\c&H` + strings.ToUpper(c[5:7]+c[3:5]+c[1:3]) + "&}", `{\c&HFFFFFF&}`})
	}
	for _, t := range s.letters() {
		tags = append(tags, tag{`{\` + t + "1}", `{\` + t + "0}"})
	}
	return tags
}

// assFace is the font of assForm.
const assFace = "Arial"

// assPlace returns the code for where a cue is shown; "" where that is the usual place.
func (screen screen) assPlace(s Settings) string {
	key, exact := s.anchor()
	if key, x, y, ok := s.point(); ok && !exact {
		return fmt.Sprintf(`{\an%d\pos(%g,%g)}`, key, round2(x*float64(screen.width)), round2(y*float64(screen.height)))
	}
	if key != 2 {
		return fmt.Sprintf(`{\an%d}`, key)
	}
	return ""
}

// assLooks is what a file says before its events.
type assLooks struct {
	styles        map[string]assStyle
	used          map[string]int // dialogues by the style that they name
	fields        []string
	width, height float64 // of the screen
}

// assStyle is a style by its name: how text looks, and where it stands.
type assStyle struct {
	Style
	key     int
	margins [3]float64 // left, right and below or above
}

// newASSLooks returns those of a file that says nothing.
func newASSLooks() *assLooks {
	return &assLooks{styles: map[string]assStyle{}, used: map[string]int{}, width: srtWidth, height: srtHeight}
}

// assTitles are the fields of a file's head that tell of its text, in lower case.
const assTitles = "|title|original script|original translation|original editing|original timing|synch point|" +
	"script updated by|update details|"

var assField = lazyRegexp(`^[\pL][\pL\pN _-]*$`)

// read reads a line before the events.
func (a *assLooks) read(line string, around *Surroundings) {
	name, value, ok := strings.Cut(line, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if comment, isComment := strings.CutPrefix(line, ";"); isComment && !ok {
		if comment = Clean(comment); comment != "" && !strings.HasPrefix(comment, "Script generated by") {
			around.Metadata = append(around.Metadata, Field{"", comment})
		}
	}
	if !ok {
		return
	}
	switch other, isOther := strings.CutPrefix(name, "; "); {
	case strings.EqualFold(name, "PlayResX"):
		a.width = sizeOr(value, a.width)
	case strings.EqualFold(name, "PlayResY"):
		a.height = sizeOr(value, a.height)
	case name == "Format":
		a.fields = strings.Split(strings.ToLower(strings.ReplaceAll(value, " ", "")), ",")
	case name == "Style":
		a.define(strings.Split(value, ","))
	case strings.Contains(assTitles, "|"+strings.ToLower(name)+"|") && value != "":
		around.Metadata = append(around.Metadata, Field{Clean(name), Clean(value)})
	case isOther && assField().MatchString(other) && !strings.HasPrefix(value, "//"):
		around.Metadata = append(around.Metadata, Field{Clean(other), Clean(value)})
	}
}

// sizeOr returns the size that s holds, before where it holds none.
func sizeOr(s string, before float64) float64 {
	if v, err := strconv.ParseFloat(s, 64); err == nil && v > 0 {
		return v
	}
	return before
}

// define reads a style.
func (a *assLooks) define(values []string) {
	var s assStyle
	name := ""
	legacy := false
	for i, field := range a.fields {
		if i == len(values) {
			break
		}
		value := strings.TrimSpace(values[i])
		on := value != "0" && value != ""
		switch field {
		case "name":
			name = strings.TrimPrefix(value, "*")
		case "fontname":
			s.Face = Clean(ShortName(value))
		case "fontsize":
			if n, err := strconv.ParseFloat(value, 64); err == nil && n > 0 {
				s.Size = value + "%" // of what, makeRelative knows
			}
		case "marginl", "marginr", "marginv":
			s.margins[strings.Index("lrv", field[6:])] = sizeOr(value, 0)
		case "primarycolour":
			s.Color = assColor(value)
		case "bold":
			s.Bold = on
		case "italic":
			s.Italic = on
		case "underline":
			s.Underline = on
		case "strikeout":
			s.Strike = on
		case "tertiarycolour": // of SSA alone
			legacy = true
		case "alignment":
			s.key, _ = strconv.Atoi(value)
		}
	}
	if legacy {
		s.key = ssaKey(s.key)
	}
	a.styles[strings.ToLower(name)] = s
}

// inASS returns the head of a file with its metadata.
func (s Surroundings) inASS(head string) string {
	var fields strings.Builder
	for _, f := range s.Metadata {
		name, value := Clean(f.Name), Clean(f.Value)
		switch {
		case strings.EqualFold(name, "title"):
			fmt.Fprintf(&fields, "Title: %s\n", value)
		case name == "" || !assField().MatchString(name):
			fmt.Fprintf(&fields, "; %s\n", strings.TrimPrefix(name+": "+value, ": "))
		case strings.Contains(assTitles, "|"+strings.ToLower(name)+"|"):
			fmt.Fprintf(&fields, "%s: %s\n", name, value)
		default:
			fmt.Fprintf(&fields, "; %s: %s\n", name, value)
		}
	}
	first, rest, _ := strings.Cut(head, "\n")
	return first + "\n" + fields.String() + rest
}

// styleNamed returns the style that an event names: players take that by the name of Default for
// one that is missing.
func (a *assLooks) styleNamed(name string) (style assStyle, key string) {
	key = strings.ToLower(strings.TrimPrefix(name, "*"))
	if _, ok := a.styles[key]; !ok {
		key = "default"
	}
	return a.styles[key], key
}

// makeRelative makes the fonts of cues those beside the font of the style that most of them
// have.
func (a *assLooks) makeRelative(cues []Cue) {
	most := "default"
	for _, key := range slices.Sorted(maps.Keys(a.used)) {
		if a.used[key] > a.used[most] {
			most = key
		}
	}
	usual := a.styles[most]
	size, _ := strconv.ParseFloat(strings.TrimSuffix(usual.Size, "%"), 64) // 0 where it has none
	makeRelative(cues, size, usual.Face)
}

// assRead is the text of a dialogue.
type assRead struct {
	rows     [][]span
	settings Settings
	drawing  bool // it holds a drawing
	effects  bool // see Cue.Effects
}

// isEmpty reports whether there is no text.
func (t assRead) isEmpty() bool { return Clean(t.plain()) == "" }

// plain returns the text in lines.
func (t assRead) plain() string {
	var lines []string
	for _, r := range t.rows {
		lines = append(lines, textOf(r))
	}
	return strings.Join(lines, "\n")
}

// text reads the text of a dialogue with these fields, see assText for its escapes.
func (a *assLooks) text(fields map[string]string) assRead {
	s := fields["text"]
	base, key := a.styleNamed(fields["style"])
	a.used[key]++
	p := assPen{looks: a, base: base.Style, style: base.Style}
	var t assRead
	var row []span
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			row = append(row, span{text: b.String(), style: p.style, start: p.said})
			b.Reset()
		}
	}
	braces := strings.LastIndexByte(s, '}')
	for i := 0; i < len(s); {
		rest := s[i:]
		took := func(prefix, becomes string) bool {
			if !strings.HasPrefix(rest, prefix) {
				return false
			}
			if !p.draws {
				b.WriteString(becomes)
			}
			i += len(prefix)
			return true
		}
		switch {
		case took(`\N`, ""), took(`\n`, ""):
			end()
			t.rows, row = append(t.rows, row), nil
		case took(`\h`, "\u00A0"):
		case took(`\{`+wordJoiner, "{"), took(`\{`, "{"), took(`\}`, "}"), took(`\`+wordJoiner, `\`):
		case rest[0] == '{' && i < braces:
			block := rest[:strings.IndexByte(rest, '}')+1]
			i += len(block)
			next := p
			next.read(block)
			if isWithinWord(b.String(), s[i:]) {
				next.said = p.said
			}
			if next.style != p.style || next.said != p.said {
				end()
			}
			p = next
			t.drawing = t.drawing || p.draws
		default:
			took(rest[:1], rest[:1])
		}
	}
	end()
	t.rows = append(t.rows, row)
	t.settings = p.settings(base.key)
	if p.point.name == "" {
		t.settings = a.inMargins(t.settings, base.margins, fields)
	}
	t.effects = p.effects || t.drawing || fields["effect"] != ""
	return t
}

// isWithinWord reports whether a syllable that begins between two texts goes on with a word. In scripts without spaces
// it is as good as one.
func isWithinWord(before, behind string) bool {
	const most = 8 // blocks of codes between two letters
	last, _ := utf8.DecodeLastRuneInString(before)
	if !unicode.IsLetter(last) {
		return false
	}
	for i := 0; i < most && strings.HasPrefix(behind, "{"); i++ {
		_, behind, _ = strings.Cut(behind, "}")
	}
	first, _ := utf8.DecodeRuneInString(behind)
	return unicode.IsLetter(first) && !isIdeographic(last) && !isIdeographic(first)
}

// assPen is what override codes have changed up to a place in a dialogue.
type assPen struct {
	looks   *assLooks
	base    Style // of the dialogue
	style   Style
	draws   bool // text is a drawing
	key     int  // where the cue stands, as on a keypad, 0 for as its style says
	effects bool // see Cue.Effects
	// said is when the syllable begins, and next when the one behind it does, from the start of the dialogue.
	said, next time.Duration
	point      assCode // that names the point where it stands; the zero code for none
}

// read reads a block of codes.
func (p *assPen) read(block string) {
	for _, c := range assCodes(block) {
		base := p.base
		if other, ok := p.looks.styles[strings.ToLower(c.value)]; c.name == "r" && ok {
			base = other.Style
		}
		p.style = c.on(p.style, base)
		p.effects = p.effects || c.isEffect()
		switch c.name {
		case "k", "K", "kf", "ko":
			n, _ := strconv.Atoi(c.value)
			p.said = p.next
			p.next += time.Duration(max(0, min(n, 1e6))) * assUnit
		case "kt":
			n, _ := strconv.Atoi(c.value)
			p.next = time.Duration(max(0, min(n, 1e6))) * assUnit
		case "p":
			p.draws = strings.Trim(c.value, "0") != ""
		case "pos", "move":
			if p.point.name == "" {
				p.point = c
			}
		case "an", "a":
			if p.key == 0 {
				p.key = c.key()
			}
		}
	}
}

// settings returns where the cue is shown; usual is the key of its style.
func (p assPen) settings(usual int) Settings {
	key := p.key
	if key == 0 {
		key = usual
	}
	x, y, ok := p.point.point()
	if !ok {
		return anchored(key)
	}
	if key < 1 || key > 9 {
		key = 2
	}
	return placed(key, x/p.looks.width, y/p.looks.height)
}

// inMargins returns the settings of a cue within the margins of its style, or those of its own.
// What styles usually leave free is what captions have anyway.
func (a *assLooks) inMargins(s Settings, margins [3]float64, fields map[string]string) Settings {
	const farOff, aside = 1.0 / 8, 1.0 / 10 // of the screen
	var own [3]bool
	for i, name := range []string{"marginl", "marginr", "marginv"} {
		if v := sizeOr(fields[name], 0); v > 0 {
			own[i], margins[i] = true, v
		}
	}
	key, _ := s.anchor()
	left, right, vertical := margins[0]/a.width, margins[1]/a.width, margins[2]/a.height
	x := []float64{1 - right, left, (left + 1 - right) / 2}[key%3]
	row := (key - 1) / 3
	across := (own[0] || own[1]) && left != right || max(left-right, right-left) > aside
	along := row != 1 && (own[2] || vertical > farOff)
	if !across && !along {
		return s
	}
	return placed(key, x, []float64{1 - vertical, 0.5, vertical}[row])
}

// assRows returns the rows of a dialogue. Several names are of no use where they aren't
// one for each row.
func assRows(field string, lines [][]span) []row {
	field = strings.ReplaceAll(field, assComma, ",")
	rows := make([]row, len(lines))
	for i, l := range lines {
		rows[i] = row{speaker: ShortName(field), spans: l}
	}
	if !strings.Contains(field, assSlash) {
		return rows
	}
	names := strings.Split(field, assSlash)
	for i := range rows {
		if rows[i].speaker = ""; len(names) == len(rows) {
			rows[i].speaker = ShortName(names[i])
		}
	}
	return rows
}

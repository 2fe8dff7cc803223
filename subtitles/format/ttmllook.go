package format

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ttmlLook is how text looks and where it stands, as the elements around it say.
type ttmlLook struct {
	Style
	region      string  // its identifier
	align, mode string  // of text and of writing
	scale       float64 // of the font, beside the size that all text has
	opacity     string
	place       map[string]string // what elements say of their place beside their region
}

// ttmlAttributes are those of TTML that a look is made of, by their names without a
// namespace, in the order in which they are read.
var ttmlAttributes = []string{"fontStyle", "fontWeight", "textDecoration", "color", "backgroundColor", "textAlign",
	"displayAlign", "origin", "extent", "position", "writingMode", "fontFamily", "fontSize", "opacity"}

// looks are the styles and regions of a file.
type looks struct {
	named         map[string]map[string]string // attributes by the identifier of what has them
	lang          string                       // of the file
	width, height float64                      // of the screen in pixels; 0 where that isn't known
	columns, rows float64                      // of the screen in cells
}

func newLooks() looks {
	return looks{named: map[string]map[string]string{}, columns: 32, rows: 15}
}

// screen reads what the root element says of the screen.
func (k *looks) screen(tt xml.StartElement) {
	k.lang = attribute(tt, "lang")
	pair := func(name, unit string, x, y *float64) {
		values := strings.Fields(attribute(tt, name))
		if len(values) != 2 {
			return
		}
		a, errA := strconv.ParseFloat(strings.TrimSuffix(values[0], unit), 64)
		b, errB := strconv.ParseFloat(strings.TrimSuffix(values[1], unit), 64)
		if errA == nil && errB == nil && a > 0 && b > 0 {
			*x, *y = a, b
		}
	}
	pair("extent", "px", &k.width, &k.height)
	pair("cellResolution", "", &k.columns, &k.rows)
}

// define adds the attributes of an element to those of an identifier.
func (k *looks) define(id string, e xml.StartElement) {
	if id == "" {
		return
	}
	if k.named[id] == nil {
		k.named[id] = map[string]string{}
	}
	maps.Copy(k.named[id], k.attributes(e))
}

// attributes returns those of an element and of the styles that it names.
func (k *looks) attributes(e xml.StartElement) map[string]string {
	all := map[string]string{}
	for id := range strings.FieldsSeq(attribute(e, "style")) {
		maps.Copy(all, k.named[id])
	}
	for _, name := range ttmlAttributes {
		if v := strings.TrimSpace(attribute(e, name)); v != "" {
			all[name] = v
		}
	}
	return all
}

// within returns the look of an element within what looks so; inline says that it is a
// paragraph or a span.
func (k *looks) within(around ttmlLook, e xml.StartElement, inline bool) ttmlLook {
	l := around
	all := k.attributes(e)
	for _, name := range ttmlAttributes {
		v, ok := all[name]
		if !ok {
			continue
		}
		switch name {
		case "fontStyle":
			l.Italic = v != "normal"
		case "fontWeight":
			l.Bold = isBold(v)
		case "textDecoration":
			l.decorate(v)
		case "color":
			if l.Color = parseColor(v); l.Color == "white" { // as captions are
				l.Color = ""
			}
		case "backgroundColor":
			if l.Background = parseColor(v); l.Background == "black" || !inline {
				l.Background = ""
			}
		case "textAlign":
			l.align = v
		case "fontFamily":
			if l.Face = Clean(ShortName(v)); genericFamily().MatchString(l.Face) {
				l.Face = ""
			}
		case "fontSize":
			l.scale = k.scaled(l.scale, v)
			l.Size = strconv.FormatFloat(round2(100*l.scale), 'f', -1, 64) + "%"
		case "opacity":
			l.opacity = v
		case "origin", "extent", "position", "displayAlign":
			if e.Name.Local != "span" {
				l.place = maps.Clone(l.place)
				if l.place == nil {
					l.place = map[string]string{}
				}
				l.place[name] = v
			}
		case "writingMode":
			l.mode = v
		}
	}
	if id := attribute(e, "region"); id != "" {
		l.region = id
	}
	if inline {
		if lang := Clean(ShortName(attribute(e, "lang"))); lang != "" {
			if l.Lang = lang; strings.EqualFold(lang, k.lang) {
				l.Lang = ""
			}
		}
	}
	return l
}

// genericFamily begins a list of fonts with one that is whatever the player has.
var genericFamily = lazyRegexp(`^(?:default|(?:monospace|proportional)?(?:sansS|S|s)erif|monospace)\b`)

// decorate reads a text decoration.
func (l *ttmlLook) decorate(v string) {
	for word := range strings.FieldsSeq(v) {
		switch word {
		case "none":
			l.Underline, l.Strike = false, false
		case "underline", "noUnderline":
			l.Underline = word == "underline"
		case "lineThrough", "noLineThrough":
			l.Strike = word == "lineThrough"
		}
	}
}

// isClear reports whether text of that look lets shine through what is behind it.
func (l ttmlLook) isClear() bool {
	v, err := strconv.ParseFloat(l.opacity, 64)
	return err == nil && v < 1
}

// makeRelative makes sizes and fonts of text those beside the ones of most paragraphs.
func (r *ttmlReader) makeRelative() {
	usual, face := 1.0, ""
	for _, scale := range slices.Sorted(maps.Keys(r.scales)) {
		if r.scales[scale] > r.scales[usual] {
			usual = scale
		}
	}
	for _, f := range slices.Sorted(maps.Keys(r.faces)) {
		if r.faces[f] > r.faces[face] {
			face = f
		}
	}
	makeRelative(r.file.Cues, 100*usual, face)
}

// scaled returns the scale of text of that size within text of another scale.
func (k *looks) scaled(around float64, size string) float64 {
	values := strings.Fields(size)
	if len(values) == 0 {
		return around
	}
	last := values[len(values)-1] // the height, where the width has a size of its own
	for _, unit := range []struct {
		name string
		of   float64
	}{{"%", around / 100}, {"em", around}, {"px", k.rows / k.height}, {"c", 1}} {
		if n, ok := strings.CutSuffix(last, unit.name); ok {
			v, err := strconv.ParseFloat(n, 64)
			if v *= unit.of; err == nil && v > 0 && v < 100 {
				return v
			}
			return around
		}
	}
	return around
}

// settings returns where text of that look is shown.
func (k *looks) settings(l ttmlLook) Settings {
	a := bottomArea
	region := k.named[l.region]
	if len(l.place) > 0 {
		region = maps.Clone(region)
		if region == nil {
			region = map[string]string{}
		}
		maps.Copy(region, l.place)
	}
	x, y, hasOrigin := k.point(region["origin"])
	width, height, hasExtent := k.point(region["extent"])
	if !hasExtent {
		width, height = 100-x, 100-y
	}
	if v := region["position"]; v != "" && !hasOrigin {
		x, y, hasOrigin = k.position(v, width, height)
	}
	if hasOrigin || hasExtent {
		a.x, a.y, a.width, a.height, a.display = x, y, width, height, "before"
	}
	if v := region["displayAlign"]; v != "" {
		a.display = v
	}
	a.mode = region["writingMode"]
	if l.mode != "" {
		a.mode = l.mode
	}
	switch align := cmp.Or(l.align, region["textAlign"]); align {
	case "left", "start":
		a.align = "left"
	case "right", "end":
		a.align = "right"
	}
	return a.settings()
}

// position returns the corner of a region of that size, in percent, at a position such as
// "center top 10%" (https://www.w3.org/TR/ttml2/#style-attribute-position). A percentage is of
// what the region leaves free.
func (k *looks) position(s string, width, height float64) (x, y float64, ok bool) {
	fields := strings.Fields(s)
	at := [2]float64{50, 50} // in percent of what is free
	moved := [2]float64{}    // from there
	free := [2]float64{100 - width, 100 - height}
	axis, next := -1, 0
	from := 1.0 // the sign of an offset from the edge
	for _, field := range fields {
		edge, known := map[string]struct {
			axis int
			at   float64
		}{"left": {0, 0}, "right": {0, 100}, "top": {1, 0}, "bottom": {1, 100}, "center": {-1, 50}}[field]
		if known {
			axis, from = edge.axis, 1
			if edge.at == 100 {
				from = -1
			}
			if axis >= 0 {
				at[axis] = edge.at
				next = 1 - axis
			} else {
				next = 1
			}
			continue
		}
		into := axis
		if into < 0 { // without an edge before it
			into, from = next, 1
			at[into] = 0
			next = 1
		}
		if v, isPercent := strings.CutSuffix(field, "%"); isPercent {
			percent, err := strconv.ParseFloat(v, 64)
			if err != nil {
				return 0, 0, false
			}
			at[into] += float64(from * percent)
		} else if px, py, isLength := k.point(field + " " + field); isLength {
			moved[into] = from * []float64{px, py}[into]
		} else {
			return 0, 0, false
		}
		axis = -1
	}
	corner := func(i int) float64 { return max(0, min(100, float64(free[i]*at[i]/100)+moved[i])) }
	return corner(0), corner(1), len(fields) > 0
}

// point reads a pair of lengths in percent of the screen.
func (k *looks) point(s string) (x, y float64, ok bool) {
	values := strings.Fields(s)
	if len(values) != 2 {
		return 0, 0, false
	}
	length := func(s string, pixels, cells float64) (float64, bool) {
		for _, unit := range []struct {
			name string
			of   float64
		}{{"%", 100}, {"px", pixels}, {"c", cells}} {
			if n, found := strings.CutSuffix(s, unit.name); found && unit.of > 0 {
				v, err := strconv.ParseFloat(n, 64)
				return 100 * v / unit.of, err == nil && v >= 0 && v <= unit.of
			}
		}
		return 0, false
	}
	x, okX := length(values[0], k.width, k.columns)
	y, okY := length(values[1], k.height, k.rows)
	return x, y, okX && okY
}

// startRuby notes where text of ruby begins.
func (p *paragraph) startRuby(kind string) {
	if kind == "container" {
		p.bases = nil
	}
}

// endRuby reads the span of ruby whose text begins with that piece: the text above goes
// with the first base that has none.
func (p *paragraph) endRuby(kind string, from int) {
	switch kind {
	case "base":
		p.bases = append(p.bases, [2]int{from, len(p.pieces)})
	case "delimiter":
		p.pieces = p.pieces[:from]
	case "text":
		var above strings.Builder
		for _, piece := range p.pieces[from:] {
			above.WriteString(piece.text)
		}
		p.pieces = p.pieces[:from]
		if len(p.bases) == 0 {
			return
		}
		for i := p.bases[0][0]; i < min(p.bases[0][1], from); i++ {
			p.pieces[i].style.Ruby = Clean(ShortName(above.String()))
		}
		p.bases = p.bases[1:]
	}
}

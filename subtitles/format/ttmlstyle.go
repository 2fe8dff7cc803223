package format

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// writeTTMLMetadata writes what is known of a file.
func (s Surroundings) writeTTMLMetadata(b *bytes.Buffer) {
	for _, f := range s.Metadata {
		name, value := strings.ToLower(Clean(f.Name)), xmlText(Clean(f.Value))
		switch name {
		case "title", "desc", "copyright":
			fmt.Fprintf(b, "   <ttm:%s>%s</ttm:%s>\n", name, value, name)
		default:
			fmt.Fprintf(b, "   <ttm:item name=\"%s\">%s</ttm:item>\n", xmlText(Clean(f.Name)), value)
		}
	}
}

// ttmlTags returns the tags of TTML for a style.
func ttmlTags(s Style) (tags []tag) {
	var look strings.Builder
	add := func(on bool, attribute, value string) {
		if on {
			fmt.Fprintf(&look, ` %s="%s"`, attribute, xmlText(value))
		}
	}
	add(s.Lang != "", "xml:lang", s.Lang)
	add(s.Bold, "tts:fontWeight", "bold")
	add(s.Italic, "tts:fontStyle", "italic")
	lines := ""
	if s.Underline {
		lines = "underline"
	}
	if s.Strike {
		lines = strings.TrimPrefix(lines+" lineThrough", " ")
	}
	add(lines != "", "tts:textDecoration", lines)
	add(rgb(s.Color) != "", "tts:color", rgb(s.Color))
	add(rgb(s.Background) != "", "tts:backgroundColor", rgb(s.Background))
	add(s.Face != "", "tts:fontFamily", s.Face)
	add(strings.HasSuffix(s.Size, "%"), "tts:fontSize", s.Size)
	if look.Len() > 0 {
		tags = append(tags, tag{"<span" + look.String() + ">", "</span>"})
	}
	if s.Ruby != "" {
		tags = append(tags, tag{`<span tts:ruby="container"><span tts:ruby="base">`,
			`</span><span tts:ruby="text">` + xmlText(s.Ruby) + "</span></span>"})
	}
	return tags
}

// area is a part of the screen and how text stands in it, all in percent.
type area struct {
	x, y, width, height float64
	display             string // before, center or after: where in its height
	align               string // left, center or right
	mode                string // of writing; "" for lines from left to right
}

// bottomArea is where captions are shown that say nothing else.
var bottomArea = area{x: 10, y: 70, width: 80, height: 25, display: "after", align: "center"}

// The lines of WebVTT in percent of the screen: their height, and where the first one
// begins and the last one ends.
const lineHeight, topLine, bottomLine = 5.33, 5.0, 95.0

// leastWidth is how wide an area is at least, so that words fit into it, unless a cue says
// otherwise.
const leastWidth = 30

// writeTTMLRegions writes a region for each of the places of cues, and returns the
// attributes of paragraphs there by the text of their settings.
func (s Surroundings) writeTTMLRegions(b *bytes.Buffer, cues []Cue) map[string]string {
	regions := map[string]Settings{}
	for _, b := range s.Blocks {
		if r := regionSettings(b.Text); b.Kind == Region {
			regions[r.Get("id")] = r
		}
	}
	attributes := map[string]string{}
	known := map[area]string{bottomArea: ""}
	for _, c := range cues {
		settings := c.Settings.String()
		if _, ok := attributes[settings]; ok || settings == "" {
			continue
		}
		a := areaOf(c.Settings, regions)
		align := ""
		if a.align != bottomArea.align { // which the style of all says
			align = fmt.Sprintf(` tts:textAlign="%s"`, a.align)
			a.align = bottomArea.align
		}
		region, ok := known[a]
		if !ok {
			id := "place" + strconv.Itoa(len(known))
			region = fmt.Sprintf(` region="%s"`, id)
			known[a] = region
			mode := ""
			if a.mode != "" {
				mode = fmt.Sprintf(` tts:writingMode="%s"`, a.mode)
			}
			fmt.Fprintf(b, "   <region xml:id=\"%s\" %s%s/>\n", id, a.region(), mode)
		}
		attributes[settings] = region + align
	}
	return attributes
}

// areaOf returns the area of a cue with these settings, in a file with these regions.
func areaOf(c Settings, regions map[string]Settings) area {
	if r, ok := regions[c.Get("region")]; ok {
		return regionArea(r)
	}
	a := bottomArea
	switch c.Get("align") {
	case "start", "left":
		a.align = "left"
	case "end", "right":
		a.align = "right"
	}
	size, hasSize := percentOf(c.Get("size"))
	if !hasSize {
		size = a.width
	}
	position, edge, _ := strings.Cut(c.Get("position"), ",")
	at, hasPosition := percentOf(position)
	if hasPosition || hasSize {
		if !hasPosition {
			at = map[string]float64{"left": 0, "center": 50, "right": 100}[a.align]
		}
		side := a.align // which side of the box the position is that of
		switch edge {
		case "line-left", "start":
			side = "left"
		case "center":
			side = "center"
		case "line-right", "end":
			side = "right"
		}
		switch side {
		case "left":
			a.x, a.width = at, min(size, 100-at)
		case "right":
			a.width = min(size, at)
			a.x = at - a.width
		default:
			a.width = min(size, 2*at, 2*(100-at))
			a.x = at - float64(a.width/2)
		}
	}
	if least := min(size, leastWidth); a.width < least {
		a.x, a.width = max(0, min(a.x+float64((a.width-least)/2), 100-least)), least
	}
	a.placeLine(c.Get("line"))
	if least := 2 * lineHeight; a.height < least {
		a.y, a.height = max(0, min(a.y+float64((a.height-least)/2), 100-least)), least
	}
	switch c.Get("vertical") {
	case "rl":
		a.mode = "tbrl"
	case "lr":
		a.mode = "tblr"
	}
	if a.mode != "" { // lines run downwards
		a.y, a.height = 10, 80
	}
	a.x, a.y, a.width, a.height = round2(a.x), round2(a.y), round2(a.width), round2(a.height)
	if a.width <= 0 || a.height <= 0 {
		return bottomArea
	}
	return a
}

// placeLine places the area at a line of WebVTT.
func (a *area) placeLine(line string) {
	line, edge, _ := strings.Cut(line, ",")
	y, ok := percentOf(line)
	n, err := strconv.Atoi(line)
	switch {
	case ok:
	case err != nil:
		return
	case n >= 0:
		y = min(topLine+float64(float64(n)*lineHeight), bottomLine)
	default:
		y, edge = max(topLine, bottomLine+float64(float64(n+1)*lineHeight)), "end"
	}
	switch edge {
	case "end":
		a.y, a.height, a.display = min(topLine, y/2), y-min(topLine, y/2), "after"
	case "center":
		half := min(y, 100-y)
		a.y, a.height, a.display = y-half, 2*half, "center"
	default:
		y = min(y, 100-lineHeight)
		a.y, a.height, a.display = y, max(lineHeight, bottomLine-y), "before"
	}
}

// regionSettings returns the settings of a region of WebVTT.
func regionSettings(text string) Settings {
	var s Settings
	for field := range strings.FieldsSeq(text) {
		name, value, ok := strings.Cut(field, ":")
		switch name {
		case "id", "width", "lines", "regionanchor", "viewportanchor", "scroll":
			if ok && s.Get(name) == "" {
				s = append(s, Setting{name, value})
			}
		}
	}
	return s
}

// regionArea returns the area of a region of WebVTT: three lines of full width at the
// bottom, where it does not say otherwise.
func regionArea(r Settings) area {
	pair := func(name string, x, y float64) (float64, float64) {
		left, right, _ := strings.Cut(r.Get(name), ",")
		if v, ok := percentOf(left); ok {
			x = v
		}
		if v, ok := percentOf(right); ok {
			y = v
		}
		return x, y
	}
	width, ok := percentOf(r.Get("width"))
	if !ok || width == 0 {
		width = 100
	}
	lines, err := strconv.Atoi(r.Get("lines"))
	if err != nil || lines < 1 || lines > 15 {
		lines = 3
	}
	height := float64(lines) * lineHeight
	anchorX, anchorY := pair("regionanchor", 0, 100)
	viewX, viewY := pair("viewportanchor", 0, 100)
	x, y := max(0, viewX-width*anchorX/100), max(0, viewY-height*anchorY/100)
	return area{x: round2(x), y: round2(y), width: round2(min(width, 100-x)), height: round2(min(height, 100-y)),
		display: "after", align: "center"}
}

// settings is the inverse of areaOf, as far as areas of others have one.
func (a area) settings() Settings {
	var s Settings
	add := func(name, value string) { s = append(s, Setting{name, value}) }
	percent := func(v float64) string {
		return strconv.FormatFloat(round2(max(0, min(100, v))), 'f', -1, 64) + "%"
	}
	switch {
	case a.mode == "tbrl" || a.mode == "tb":
		add("vertical", "rl")
	case a.mode == "tblr":
		add("vertical", "lr")
	case a.display == "before" && a.y <= 5:
		add("line", "0")
	case a.display == "before" && a.y < 75:
		add("line", percent(a.y))
	case a.display == "before":
	case a.display == "center":
		add("line", percent(a.y+float64(a.height/2))+",center")
	case a.y+a.height < 75:
		add("line", percent(a.y+a.height)+",end")
	}
	left, right := a.x, a.x+a.width
	switch {
	case a.align == "left" && left > 10:
		add("position", percent(left))
	case a.align == "right" && right < 90:
		add("position", percent(right))
	case a.align == "center" && (left+right < 98 || left+right > 102):
		add("position", percent((left+right)/2))
	}
	if a.width < 75 {
		add("size", percent(a.width))
	}
	if a.align == "left" || a.align == "right" {
		add("align", a.align)
	}
	return s
}

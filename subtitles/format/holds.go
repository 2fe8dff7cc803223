package format

import (
	"slices"
	"strings"
)

// Attribute is something that cues or files have beside text, times and speakers.
type Attribute int

// The attributes.
const (
	Italics Attribute = iota
	BoldText
	Underlines
	Strikes
	Colors
	Backgrounds
	Fonts
	TextSizes
	Classes
	Languages // of words, where they are others than the file's
	RubyText
	Alignments // at which edge or corner of the screen a cue is shown
	Positions  // where exactly
	Sizes      // how wide its box is
	VerticalText
	RegionSettings
	Identifiers
	WordTimes
	EffectCodes // fades, moves and other looks that only one format knows
	Notes
	StyleSheets
	MetadataFields
	Drawings
)

// attributes are what people call them, and whether they are counted by cues or by
// themselves.
var attributes = []struct {
	title string
	cues  bool
}{
	Italics: {"italics", true}, BoldText: {"bold", true}, Underlines: {"underline", true}, Strikes: {"struck out", true},
	Colors: {"colours", true}, Backgrounds: {"background colours", true}, Fonts: {"fonts", true},
	TextSizes: {"font sizes", true}, Classes: {"classes", true},
	Languages: {"languages", true}, RubyText: {"ruby", true}, Alignments: {"alignment", true}, Positions: {"position", true},
	Sizes: {"size", true}, VerticalText: {"vertical", true}, RegionSettings: {"region", true}, Identifiers: {"identifiers", true},
	WordTimes: {"times of words", true}, EffectCodes: {"effects", true},
	Notes: {"note", false}, StyleSheets: {"style sheet", false}, MetadataFields: {"metadata field", false},
	Drawings: {"drawing", false},
}

// String returns what people call the attribute.
func (a Attribute) String() string { return attributes[a].title }

// Attributes returns all of them.
func Attributes() []Attribute {
	all := make([]Attribute, len(attributes))
	for i := range all {
		all[i] = Attribute(i)
	}
	return all
}

// textAttributes are the attributes that all formats with styles hold.
var textAttributes = []Attribute{Italics, BoldText, Underlines, Strikes, Colors}

// holding returns textAttributes and more.
func holding(more ...Attribute) []Attribute { return slices.Concat(textAttributes, more) }

// CanHold reports whether the format can hold an attribute.
func (f Format) CanHold(a Attribute) bool { return slices.Contains(f.Holds, a) }

// Without returns the format as it is where an attribute is not asked for.
func (f Format) Without(a Attribute) Format {
	f.Holds = slices.DeleteFunc(slices.Clone(f.Holds), func(held Attribute) bool { return held == a })
	return f
}

// Loss is an attribute that a format can't hold.
type Loss struct {
	Attribute
	Count int // of cues that have it or, where PerCue is false, how many there are of it
}

// PerCue reports whether an attribute is counted by the cues that have it.
func (a Attribute) PerCue() bool { return attributes[a].cues }

// Losses returns what a file of the format would not hold of cues and of what is around
// them, in the order of the attributes.
func (f Format) Losses(cues []Cue, around Surroundings) []Loss {
	counts := make([]int, len(attributes))
	counts[Notes] = around.count(Comment)
	counts[StyleSheets] = around.count(StyleSheet)
	counts[MetadataFields] = len(around.Metadata)
	if f.Name != around.Format || around.Head == "" {
		counts[Drawings] = around.count(Drawing)
	}
	if !f.CanHold(Classes) {
		cues = around.styled(cues)
	}
	for _, c := range cues {
		if around.keeps(f.Name, c) {
			continue
		}
		for a := range f.lostOf(c) {
			counts[a]++
		}
	}
	var lost []Loss
	for a, n := range counts {
		if n > 0 && (attributes[a].cues || !f.CanHold(Attribute(a))) {
			lost = append(lost, Loss{Attribute(a), n})
		}
	}
	return lost
}

// lostOf returns the attributes of a cue that the format can't hold.
func (f Format) lostOf(c Cue) map[Attribute]bool {
	lost := map[Attribute]bool{}
	add := func(has bool, a Attribute) {
		if has && !f.CanHold(a) {
			lost[a] = true
		}
	}
	var last Style
	for _, l := range c.Lines {
		for _, w := range l.Words {
			if w.Style() == last {
				continue
			}
			last = w.Style()
			add(last.Italic, Italics)
			add(last.Bold, BoldText)
			add(last.Underline, Underlines)
			add(last.Strike, Strikes)
			add(last.Color != "", Colors)
			add(last.Background != "", Backgrounds)
			add(last.Face != "", Fonts)
			if plain := !strings.HasSuffix(last.Size, "%"); last.Size != "" && !(plain && f.Name == "srt") {
				add(true, TextSizes)
				if plain { // of HTML, which has another meaning to each player
					lost[TextSizes] = true
				}
			}
			add(last.Class != "", Classes)
			add(last.Lang != "", Languages)
			add(last.Ruby != "", RubyText)
			if last.Color != "" && rgb(last.Color) == "" && f.NumericColors {
				lost[Colors] = true // a name that only CSS knows
			}
		}
	}
	key, exact := c.Settings.anchor()
	add(key != 2, Alignments)
	if own := c.Settings.Get("pos") + c.Settings.Get("X1"); own == "" || f.Name != "srt" { // of which it holds its own
		add(!exact || own != "", Positions)
	}
	size := c.Settings.Get("size")
	add(size != "" && size != "100%", Sizes)
	add(c.Settings.Get("vertical") != "", VerticalText)
	add(c.Settings.Get("region") != "", RegionSettings)
	add(strings.Trim(c.ID, "0123456789") != "", Identifiers)
	add(c.HasWordTimes(), WordTimes)
	add(c.Effects, EffectCodes)
	return lost
}

var (
	sheetRule  = lazyRegexp(`([^{}]*)\{([^{}]*)\}`)
	cueRule    = lazyRegexp(`::cue\(([^()]*)\)`)
	classRule  = lazyRegexp(`^[a-z]*\.([^\s.:>#\[\]]+)$`)
	voiceRule  = lazyRegexp(`^v\[voice=["']?([^"'\]]+)["']?\]$`)
	sheetNotes = lazyRegexp(`(?s)/\*.*?\*/`)
)

// styled returns cues in which classes and voices look as the style sheets say. Other
// classes are as they were.
func (s Surroundings) styled(cues []Cue) []Cue {
	classes, voices := map[string]Style{}, map[string]Style{}
	for _, b := range s.Blocks {
		if b.Kind != StyleSheet {
			continue
		}
		for _, m := range sheetRule().FindAllStringSubmatch(sheetNotes().ReplaceAllString(b.Text, " "), -1) {
			for _, cue := range cueRule().FindAllStringSubmatch(m[1], -1) {
				for selector := range strings.SplitSeq(cue[1], ",") {
					selector = strings.TrimSpace(selector)
					if c := classRule().FindStringSubmatch(selector); c != nil {
						classes[c[1]] = classes[c[1]].withCSS(m[2])
					}
					if v := voiceRule().FindStringSubmatch(selector); v != nil {
						voices[v[1]] = voices[v[1]].withCSS(m[2])
					}
				}
			}
		}
	}
	cues = slices.Clone(cues)
	for i := range cues {
		lines := slices.Clone(cues[i].Lines)
		for k := range lines {
			l := &lines[k]
			voice := voices[l.Speaker]
			for class := range strings.FieldsSeq(l.Class) {
				voice = voice.addClass(class)
			}
			l.Words = slices.Clone(l.Words)
			restyle(l.Words, func(s Style) Style { return voice.over(s).fromSheet(classes) })
			l.Class = ""
		}
		cues[i].Lines = lines
	}
	return cues
}

// fromSheet returns s with the declarations for its classes.
func (s Style) fromSheet(classes map[string]Style) Style {
	if s.Class == "" {
		return s
	}
	var rest []string
	for _, class := range strings.Fields(s.Class) {
		if look := classes[class]; look != (Style{}) {
			s = s.over(look)
		} else {
			rest = append(rest, class)
		}
	}
	s.Class = strings.Join(rest, " ")
	return s
}

// over returns s below another style.
func (s Style) over(above Style) Style {
	below := s
	s = above
	s.Italic = s.Italic || below.Italic
	s.Bold = s.Bold || below.Bold
	s.Underline = s.Underline || below.Underline
	s.Strike = s.Strike || below.Strike
	s.Class = strings.TrimSpace(below.Class + " " + s.Class)
	for _, f := range []struct {
		into *string
		from string
	}{{&s.Color, below.Color}, {&s.Background, below.Background}, {&s.Face, below.Face}, {&s.Size, below.Size},
		{&s.Lang, below.Lang}, {&s.Ruby, below.Ruby}} {
		if *f.into == "" {
			*f.into = f.from
		}
	}
	return s
}

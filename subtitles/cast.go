package subtitles

import (
	"cmp"
	"slices"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// cast is how a style with colours shows each of those who speak, by name.
type cast map[string]part

// part is how one of the cast is shown.
type part struct {
	color  string // as format.Style has it
	shared bool   // there are more speakers than colours, and the color is another one's
}

// newCast gives each of the speakers a part: colours go to them in the order in which they come
// up, so that those who open every episode of a series look alike in all of them. Where there are
// more speakers than colours, those have one who say the most words, and the others share the
// first one. It is also that of whoever isn't named, if anybody is: it stands for nobody in
// particular.
func newCast(colors, speakers []string, words map[string]int) cast {
	if len(colors) == 0 {
		return nil
	}
	unnamed := func(speaker string) int {
		if speaker == "" {
			return 0
		}
		return 1
	}
	byUnnamed := func(a, b string) int { return cmp.Compare(unnamed(a), unnamed(b)) }
	order := slices.SortedStableFunc(slices.Values(speakers), byUnnamed)
	most := slices.SortedStableFunc(slices.Values(order), func(a, b string) int {
		return cmp.Or(byUnnamed(a, b), cmp.Compare(words[b], words[a]))
	})
	c := cast{}
	for _, s := range most[min(len(most), len(colors)):] {
		c[s] = part{lookOf(colors[0]), true}
	}
	for _, s := range order {
		if _, shares := c[s]; !shares {
			c[s], colors = part{color: lookOf(colors[0])}, colors[1:]
		}
	}
	return c
}

// lookOf returns a colour as words have it: they are white where nothing else is said.
func lookOf(color string) string {
	if color == "white" {
		return ""
	}
	return color
}

// castOf returns the cast of an alignment, of which p is the style.
func (p *Preset) castOf(a *align.Alignment, o LayoutOptions) cast {
	if o.cast != nil || len(p.Colors) == 0 {
		return o.cast
	}
	words := map[string]int{}
	var speakers []string
	for _, t := range a.Turns {
		n := 0
		for _, s := range t.Sentences {
			n += len(shown(s, o.KeepUnspoken))
		}
		if _, known := words[t.Speaker]; !known && n > 0 {
			speakers = append(speakers, t.Speaker)
		}
		if n > 0 {
			words[t.Speaker] += n
		}
	}
	return newCast(p.Colors, speakers, words)
}

// castOfCues returns the cast of cues in their order.
func (p *Preset) castOfCues(cues []format.Cue) cast {
	words := map[string]int{}
	var speakers []string
	for _, c := range cues {
		for _, l := range c.Lines {
			if l.Sound || len(l.Words) == 0 {
				continue
			}
			if _, known := words[l.Speaker]; !known {
				speakers = append(speakers, l.Speaker)
			}
			words[l.Speaker] += len(l.Words)
		}
	}
	return newCast(p.Colors, speakers, words)
}

// needsLabel reports whether the colour of a speaker doesn't tell that it isn't the one before who
// speaks, or which of those who share it does. Before the first one there is nobody.
func (c cast) needsLabel(speaker, before string) bool {
	last, spoke := c[before]
	return speaker != before && (c[speaker].shared || spoke && last.color == c[speaker].color)
}

// show gives cues in their order the labels and colours of the cast. Who isn't named looks as
// before.
func (c cast) show(cues []format.Cue, p *Preset) {
	if c == nil {
		return
	}
	speaker := ""
	for i := range cues {
		lines := slices.Clone(cues[i].Lines)
		for k := range lines {
			l := &lines[k]
			if l.Sound {
				continue
			}
			l.Label = format.NoLabel
			if c.needsLabel(l.Speaker, speaker) {
				l.Label = p.Label
			}
			speaker = l.Speaker
			if l.Speaker != "" && len(c) > 1 {
				l.Words = colored(l.Words, c[l.Speaker].color)
			}
		}
		cues[i].Lines = lines
	}
}

// showAt shows those cues that have these settings: others are signs, which keep their look.
func (c cast) showAt(settings string, cues []format.Cue, p *Preset) {
	if c == nil {
		return
	}
	var said []format.Cue
	for _, cue := range cues {
		if cue.Settings.String() == settings {
			said = append(said, cue)
		}
	}
	c.show(said, p)
	for i := range cues {
		if cues[i].Settings.String() == settings {
			cues[i], said = said[0], said[1:]
		}
	}
}

// labelLines returns cues in which labels have a line of their own where the style asks for that
// and the cue has room for another line.
func (p *Preset) labelLines(cues []format.Cue) []format.Cue {
	if !p.LabelLine {
		return cues
	}
	before := p.speakersBefore(cues)
	for i := range cues {
		c := &cues[i]
		if len(c.Lines) == 0 || len(c.Lines) >= p.Lines || len(c.Lines[0].Words) == 0 {
			continue
		}
		if p.label().Before(*c, before[i])[0] != "" {
			label := c.Lines[0]
			label.Words = nil
			c.Lines = slices.Insert(slices.Clone(c.Lines), 0, label)
			c.Lines[1].Label = format.NoLabel
		}
	}
	return cues
}

// colored returns words in a colour.
func colored(words []format.Word, color string) []format.Word {
	words = slices.Clone(words)
	var was, is *format.Style
	for i := range words {
		w := &words[i]
		if i == 0 || w.Look != was {
			style := w.Style()
			style.Color = color
			was, is = w.Look, style.Look()
		}
		w.Look = is
	}
	return words
}

// withoutCastColors returns cues without the colours that tell named speakers apart, where all that
// one of them says has one colour, and not all have the same. The style tells who speaks in its own
// way, and a colour beside that would seem to mean something else. What nobody named says keeps its
// colour, which is all that is known of who says it.
func withoutCastColors(cues []format.Cue) []format.Cue {
	colors, mixed := map[string]string{}, map[string]bool{}
	looks := map[string]bool{}
	for _, c := range cues {
		for _, l := range c.Lines {
			if l.Sound || l.Speaker == "" {
				continue
			}
			for _, w := range l.Words {
				color := w.Style().Color
				if first, known := colors[l.Speaker]; !known {
					colors[l.Speaker] = color
				} else if first != color {
					mixed[l.Speaker] = true
				}
				looks[color] = true
			}
		}
	}
	if len(looks) < 2 {
		return cues
	}
	cues = slices.Clone(cues)
	for i := range cues {
		lines := slices.Clone(cues[i].Lines)
		for k := range lines {
			l := &lines[k]
			if color := colors[l.Speaker]; color != "" && !mixed[l.Speaker] && !l.Sound {
				l.Words = colored(l.Words, "")
				cues[i].Source = ""
			}
		}
		cues[i].Lines = lines
	}
	return cues
}

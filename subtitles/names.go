package subtitles

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"cuewright/align"
	"cuewright/subtitles/format"
)

// namesOf returns the short names of the speakers of an alignment, of which p is the style.
func (p *Preset) namesOf(a *align.Alignment, o LayoutOptions) map[string]string {
	if o.names != nil {
		return o.names
	}
	speakers := make([]string, len(a.Turns))
	for i, t := range a.Turns {
		speakers[i] = t.Speaker
	}
	return p.shortNames(speakers)
}

// namesOfCues is namesOf for cues.
func (p *Preset) namesOfCues(cues []format.Cue) map[string]string {
	var speakers []string
	for _, c := range cues {
		for _, l := range c.Lines {
			speakers = append(speakers, l.Speaker)
		}
	}
	return p.shortNames(speakers)
}

// withNames returns cues whose labels have these short names.
func withNames(cues []format.Cue, names map[string]string) []format.Cue {
	cues = slices.Clone(cues)
	for i := range cues {
		lines := slices.Clone(cues[i].Lines)
		for k := range lines {
			lines[k].Short = names[lines[k].Speaker]
		}
		cues[i].Lines = lines
	}
	return cues
}

// shortNames returns what labels call those speakers whose label is wider than a line with their
// whole name, see format.Line.Short. That is a part of the name that fits and that no other speaker's
// name begins or ends with: what stands before a comma or a bracket, or else the given name and the family
// name, since titles stand before them, or more or less of the last words. Where none of these
// fits, the name is cut off. A label over several lines would leave less room for what is said, and
// is slower to read. Where a style has a line a cue, labels have half of it.
func (p *Preset) shortNames(speakers []string) map[string]string {
	room := p.LineWidth
	if p.Lines == 1 {
		room /= 2
	}
	fits := func(name string) bool { return format.Columns(p.Label.Of(name)) <= room }
	short := map[string]string{}
	if !slices.ContainsFunc(speakers, func(s string) bool { return !fits(s) }) {
		return short
	}
	seen := map[string]bool{}    // names
	shared := map[string]int{}   // by how many names, a part of them
	calls := map[string]string{} // a label, whom
	for _, s := range speakers {
		name := format.Clean(s)
		if key := strings.ToLower(name); !seen[key] {
			seen[key] = true
			for _, part := range slices.Compact(slices.Sorted(slices.Values(nameParts(key, fits)))) {
				shared[part]++
			}
		}
		if fits(s) {
			calls[strings.ToLower(name)] = name
		}
	}
	for _, s := range speakers {
		if _, known := short[s]; known || fits(s) {
			continue
		}
		name := format.Clean(s)
		is := func(part string) bool { return fits(part) && shared[strings.ToLower(part)] == 1 }
		part, ok := partOfName(name, is)
		for _, cut := range cutNames(name, fits) {
			if ok {
				break
			}
			whom, taken := calls[strings.ToLower(cut)]
			if ok = !taken || whom == name; ok || part == "" {
				part = cut
			}
		}
		short[s], calls[strings.ToLower(part)] = part, name
	}
	return short
}

// nameParts returns what a name, and its part before a comma or a bracket, begins and ends with, in whole words
// that fit.
func nameParts(name string, fits func(string) bool) (parts []string) {
	for _, s := range []string{name, bareName(name)} {
		words := strings.Fields(s)
		for n := 1; n <= len(words); n++ {
			first, last := strings.Join(words[:n], " "), strings.Join(words[len(words)-n:], " ")
			more := fits(first) || fits(last)
			if parts = append(parts, first, last); !more {
				break
			}
		}
	}
	return parts
}

// bareName returns a name without what is said of its bearer behind a comma or in brackets.
func bareName(name string) string {
	if i := strings.IndexAny(name, format.NameEnds); i > 0 {
		name = strings.TrimSpace(name[:i])
	}
	return name
}

// joinsName are words within names and titles: neither they nor the word behind them begin what
// stands for a name by itself.
var joinsName = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`of the and for from at in on to & + von van der den dem des zu zur zum vom und für ter ten te
		de del della di da do dos das du des la le las los les el al y e et bin ibn bint abu af av`) {
		words[w] = true
	}
	return words
}()

// numbersName are words behind a family name.
var numbersName = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true}

// partOfName returns the best part of a name that is one by all that is known, see shortNames.
func partOfName(name string, is func(string) bool) (part string, ok bool) {
	bare := bareName(name)
	if bare != name && is(bare) {
		return bare, true
	}
	words := strings.Fields(bare)
	last := func(n int) string { return strings.Join(words[len(words)-n:], " ") }
	joins := func(k int) bool { return k >= 0 && joinsName[strings.ToLower(words[k])] }
	least := 2
	if numbersName[strings.ToLower(strings.TrimRight(words[len(words)-1], "."))] {
		least = 3
	}
	for n := least; n < len(words); n++ {
		if k := len(words) - n; !joins(k) && !joins(k-1) && is(last(n)) {
			return last(n), true
		}
	}
	for n := len(words) - 1; n > 0; n-- {
		if is(last(n)) {
			return last(n), true
		}
	}
	return "", false
}

// cutNames returns a name that is cut off so that it fits, from the best way to do that on: its last word where that
// is too wide, or the whole. Where titles and names are one word, in scripts without spaces, the end is kept, and else
// the beginning.
func cutNames(name string, fits func(string) bool) (cuts []string) {
	words := strings.Fields(bareName(name))
	last := words[len(words)-1]
	ways := []func(string, func(string) bool) string{startOf, endOf}
	if strings.ContainsFunc(last, isWide) {
		slices.Reverse(ways)
	}
	for _, way := range ways {
		if !fits(last) {
			cuts = append(cuts, way(last, fits))
		}
	}
	for _, way := range ways {
		cuts = append(cuts, way(name, fits))
	}
	return cuts
}

// startOf returns as much of the start of a name as fits with an ellipsis, a character at least. The ellipsis is
// three dots in formats that lack it.
func startOf(name string, fits func(string) bool) string {
	best := ""
	for g := uniseg.NewGraphemes(name); g.Next(); {
		_, to := g.Positions()
		part := strings.TrimSpace(name[:to])
		if best == "" || fits(part+"...") {
			best = part + format.Ellipsis
		} else {
			break
		}
	}
	return best
}

// endOf is startOf for the end.
func endOf(name string, fits func(string) bool) string {
	best := ""
	for g := uniseg.NewGraphemes(name); g.Next(); {
		from, _ := g.Positions()
		part := strings.TrimSpace(name[from:])
		if best = format.Ellipsis + part; fits("..." + part) {
			break
		}
	}
	return best
}

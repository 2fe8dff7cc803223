package format

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"

	"cuewright/subtitles/format/cea608"
	"cuewright/subtitles/format/ebustl"
)

// replacer writes text in the characters of a format that has few, and counts what it replaces.
type replacer struct {
	has func(rune) bool
	// letters are all of the text, foreign those of them that belong to alphabets of which the format has none, and
	// replaced the characters that became others.
	letters, foreign, replaced int
	lacking                    []rune // the first few that became others, each once
	example                    rune   // one of foreign
}

// nearest are signs that look alike, the best one first.
var nearest = []string{`"“”„‟«»‹›″`, "'‘’‚‛′`´", "-‐‑‒–—―−", "♪♫♩♬", "*•‣⁃", "|¦", "\u00A0\u2007\u202F"}

// text returns s in the characters of the format. Marks that it can't set above letters are left off, letters of
// other alphabets are spelled as in English, and what nothing is like becomes a question mark.
func (r *replacer) text(s string) string {
	var b strings.Builder
	for _, c := range norm.NFC.String(s) {
		if unicode.IsLetter(c) {
			r.letters++
		}
		if r.has(c) {
			b.WriteRune(c)
			continue
		}
		if unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf) {
			continue // of the character before, or a sign that nobody sees
		}
		b.WriteString(r.replacement(c))
		if unicode.IsSpace(c) {
			continue
		}
		r.replaced++
		if !slices.Contains(r.lacking, c) && len(r.lacking) < mostLacking {
			r.lacking = append(r.lacking, c)
		}
	}
	return b.String()
}

// mostLacking is how many of the characters that were replaced people are shown.
const mostLacking = 5

// replacement returns what stands for a character that the format lacks.
func (r *replacer) replacement(c rune) string {
	for _, alike := range nearest {
		if !strings.ContainsRune(alike, c) {
			continue
		}
		for _, other := range alike {
			if r.has(other) {
				return string(other)
			}
		}
	}
	plain := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFKD.String(string(c)))
	if r.hasAll(plain) {
		return plain
	}
	if unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) {
		r.foreign++
		r.example = c
	}
	if spelled := strings.TrimSpace(unidecode.Unidecode(string(c))); r.hasAll(spelled) {
		return spelled
	}
	return "?"
}

// hasAll reports whether the format has all characters of s, and there are some.
func (r *replacer) hasAll(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !r.has(c) })
}

// few is how many letters there have to be for each one of another alphabet: of fewer, nobody can read the text.
const few = 20

// check returns an error where more than one in so many of the letters belong to alphabets of which the format has none.
func (r *replacer) check(title string, many int) error {
	if r.foreign*many <= r.letters {
		return nil
	}
	return fmt.Errorf("%s has no %s letters, such as %c: give another format, such as .vtt or .ttml", title,
		scriptOf(r.example), r.example)
}

// CheckLetters returns an error where the format lacks most letters of a text: Write would refuse its cues. A
// text with fewer of them may still be refused.
func (f Format) CheckLetters(text string) error {
	var title string
	var tables []*replacer
	switch f.Name {
	case "scc":
		title, tables = sccStandard, []*replacer{{has: cea608.Has}}
	case "stl":
		title = stlStandard
		for _, t := range ebustl.Tables() {
			tables = append(tables, &replacer{has: t.Has})
		}
	}
	const most = 2 // one in two
	var first error
	for _, r := range tables {
		r.text(text)
		err := r.check(title, most)
		if err == nil {
			return nil
		}
		first = cmp.Or(first, err)
	}
	return first
}

// scriptOf returns the name of the script of a letter, such as Cyrillic.
func scriptOf(c rune) string {
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		if unicode.Is(unicode.Scripts[name], c) {
			return strings.ReplaceAll(name, "_", " ")
		}
	}
	return "such"
}

// tell warns of what was replaced.
func (r *replacer) tell(title string, o Options) {
	if r.replaced == 0 {
		return
	}
	shown := make([]string, len(r.lacking))
	for i, c := range r.lacking {
		shown[i] = string(c)
	}
	more := ""
	if len(r.lacking) == mostLacking {
		more = " ..."
	}
	o.warn("%s that %s lacks %s replaced by the nearest: %s%s", counted(r.replaced, "character"), title,
		wasOrWere(r.replaced), strings.Join(shown, " "), more)
}

// counted returns a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

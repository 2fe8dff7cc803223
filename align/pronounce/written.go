package pronounce

import (
	"maps"
	"slices"
	"unicode"

	bcp47 "golang.org/x/text/language"

	"cuewright/align/pronounce/langid"
)

// Misnamed is a text that is said to be in a language and isn't, by its letters.
type Misnamed struct {
	Script string   // of its letters, as Unicode names it
	Likely []string // the languages that it may be in, the likeliest first, one where that is sure; nil if nothing tells
}

// InLatin reports whether most letters of a text are Latin ones.
func InLatin(text string) bool { return langid.Examine(text).Script == "Latin" }

// ownPart is the least part of a text's letters that a language has in a text of its own: a fifth,
// as a second language has.
const ownPart = secondPart

// IsMisnamed reports whether a text that is said to be in the language of a BCP 47 tag hardly has
// letters that it is written in. Any language may be spelled in Latin letters, for those who can't
// read or type its own: a text in these is misnamed only where it is in a language of theirs.
// Languages that share their letters are not told apart, but for Chinese and Japanese.
func IsMisnamed(text, lang string) (m Misnamed, misnamed bool) {
	tag, err := bcp47.Parse(lang)
	if err != nil || tag == bcp47.Und {
		return m, false
	}
	text = beginning(text)
	found, shared := identify(text)
	e := langid.Examine(text)
	m = Misnamed{Script: e.Script, Likely: []string{found}}
	if found == "" {
		m.Likely = Likely(text)
	}
	own := scriptsOf(tag)
	if m.Script == "" || len(own) == 0 {
		return m, false
	}
	switch {
	case shared && slices.Contains(own, "Han"):
		return m, false
	case slices.Contains(own, "Hangul"): // there is Han in Korean, but not alone
		own = slices.DeleteFunc(own, func(s string) bool { return s == "Han" })
	case slices.Contains(own, "Han") && (found == chinese || found == japanese):
		return m, (found == japanese) != slices.Contains(own, "Kana")
	}
	all, inOwn := 0, 0
	for script, n := range langid.Letters(text) {
		all += n
		if slices.Contains(own, script) {
			inOwn += n
		}
	}
	return m, ownPart*inOwn < all && (m.Script != "Latin" || e.Own())
}

// isoScripts are the scripts by the codes that tags of languages name them by (ISO 15924).
var isoScripts = map[string][]string{
	"Latn": {"Latin"}, "Cyrl": {"Cyrillic"}, "Arab": {"Arabic"}, "Aran": {"Arabic"}, "Hebr": {"Hebrew"}, "Grek": {"Greek"},
	"Hani": {"Han"}, "Hans": {"Han"}, "Hant": {"Han"}, "Jpan": {"Han", "Kana"}, "Kore": {"Han", "Hangul"},
	"Hrkt": {"Kana"}, "Hira": {"Kana"}, "Kana": {"Kana"}, "Hang": {"Hangul"},
	"Deva": {"Devanagari"}, "Beng": {"Bengali"}, "Guru": {"Gurmukhi"}, "Gujr": {"Gujarati"}, "Orya": {"Oriya"},
	"Taml": {"Tamil"}, "Telu": {"Telugu"}, "Knda": {"Kannada"}, "Mlym": {"Malayalam"}, "Sinh": {"Sinhala"},
	"Thai": {"Thai"}, "Laoo": {"Lao"}, "Khmr": {"Khmer"}, "Mymr": {"Myanmar"}, "Tibt": {"Tibetan"}, "Thaa": {"Thaana"},
	"Geor": {"Georgian"}, "Armn": {"Armenian"}, "Ethi": {"Ethiopic"}, "Cher": {"Cherokee"}, "Olck": {"Ol_Chiki"},
}

// alsoIn are scripts of languages that are written in several within one country, as CLDR's supplemental
// data has them (languageData), or that change from one to another; as far as scriptsOf doesn't find them.
var alsoIn = map[string][]string{
	"Arabic":     {"bal", "crh", "doi", "ff", "ku", "ms", "pa", "so", "sw", "tg", "tk", "tt", "wo"},
	"Bengali":    {"sa", "sat"},
	"Cyrillic":   {"crh", "gag", "ku", "lad", "tk"},
	"Devanagari": {"ks", "sa", "sat", "sd"},
	"Ethiopic":   {"om", "so"},
	"Gurmukhi":   {"sd"},
	"Hebrew":     {"jrb", "lad"},
	"Kannada":    {"kok", "sa", "tcy"},
	"Malayalam":  {"kok", "sa"},
	"Ol_Chiki":   {"sat"},
	"Oriya":      {"sat"},
	"Telugu":     {"sa"},
	"Tibetan":    {"sa"},
}

// scriptsOf returns the scripts that a language is written in, in alphabetical order: that of its tag,
// else all that are likely in one country or another (CLDR's likely subtags), and those that its table has
// rules for. None for one in a script that isn't known here.
func scriptsOf(tag bcp47.Tag) []string {
	base, named, _ := tag.Raw()
	if code := named.String(); code != "Zzzz" {
		return isoScripts[code]
	}
	scripts := map[string]bool{}
	add := func(code string) {
		for _, s := range isoScripts[code] {
			scripts[s] = true
		}
	}
	likely, _ := tag.Script()
	add(likely.String())
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			region, err := bcp47.ParseRegion(string(first) + string(second))
			if err != nil {
				continue
			}
			if t, err := bcp47.Compose(base, region); err == nil {
				s, _ := t.Script()
				add(s.String())
			}
		}
	}
	for script, tags := range alsoIn {
		if slices.Contains(tags, base.String()) {
			scripts[script] = true
		}
	}
	if l := languageFor(base.String()); l.tag != plainTag && !l.transcribes && l.native == nil {
		for r := range l.rules.byLetter {
			scripts[langid.ScriptOf(string(r))] = true
		}
		for r := range l.same {
			if unicode.IsLetter(r) {
				scripts[langid.ScriptOf(string(r))] = true
			}
		}
	}
	delete(scripts, "")
	return slices.Sorted(maps.Keys(scripts))
}

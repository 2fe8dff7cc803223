package pronounce

import (
	"slices"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// Languages returns the BCP 47 tags of the languages that have rules of their own,
// in alphabetical order.
func Languages() []string {
	entries, err := tables.ReadDir("lang")
	if err != nil {
		panic(err) // embedded: can't fail
	}
	var tags []string
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), ".txt"); tag != plainTag {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return tags
}

// detectable maps whatlanggo's languages to those that have rules here. Catalan is none
// of them: whatlanggo does not know it.
var detectable = map[whatlanggo.Lang]string{
	whatlanggo.Eng: "en", whatlanggo.Spa: "es", whatlanggo.Ita: "it", whatlanggo.Deu: "de",
	whatlanggo.Fra: "fr", whatlanggo.Por: "pt", whatlanggo.Rus: "ru", whatlanggo.Nld: "nl",
	whatlanggo.Dan: "da", whatlanggo.Ron: "ro", whatlanggo.Bul: "bg", whatlanggo.Bel: "be",
	whatlanggo.Ukr: "uk", whatlanggo.Ell: "el", whatlanggo.Pol: "pl", whatlanggo.Swe: "sv",
	whatlanggo.Tur: "tr", whatlanggo.Ces: "cs", whatlanggo.Cmn: "zh", whatlanggo.Jpn: "ja", whatlanggo.Kor: "ko",
	whatlanggo.Arb: "ar", whatlanggo.Pes: "fa", whatlanggo.Heb: "he", whatlanggo.Urd: "ur", whatlanggo.Ydd: "yi",
}

// detectBytes is how much of a text Detect reads, in bytes: the rest makes its
// language no clearer.
const detectBytes = 40_000

// Detect returns the BCP 47 tag of the language of a text, as far as
// github.com/abadojack/whatlanggo is sure; "en" for what is short or unclear.
// A language without rules is named too when nothing else fits, mostly by its
// script (ja, ar, hi, ...).
func Detect(text string) string {
	if len(text) > detectBytes {
		text = strings.ToValidUTF8(text[:detectBytes], "")
	}
	known := make(map[whatlanggo.Lang]bool, len(detectable))
	for l := range detectable {
		known[l] = true
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: known})
	if tag, ok := detectable[info.Lang]; ok && (info.IsReliable() || info.Script != unicode.Latin) {
		if info.Script == unicode.Cyrillic && info.Confidence == 0 {
			return "ru" // a word or two: where several languages fit alike, whatlanggo names any by chance
		}
		return tag // a script of its own is never English
	}
	all := whatlanggo.Detect(text)
	if tag := all.Lang.Iso6391(); tag != "" && all.IsReliable() && detectable[info.Lang] == "" {
		return tag
	}
	return "en"
}

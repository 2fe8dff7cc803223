package subtitles

import (
	"fmt"
	"slices"
	"strings"
)

// Audience is who captions are for. The zero value is for adults.
type Audience string

// The audiences whose limits are their own.
const (
	Children  Audience = "children"  // programmes for children
	Education Audience = "education" // lessons at school
)

// AllAudiences returns the values of Audience but for the zero one.
func AllAudiences() []Audience { return []Audience{Children, Education} }

// AudienceNamed returns the value of that name, in any case; the zero one for "".
func AudienceNamed(name string) (Audience, error) {
	all := AllAudiences()
	if a := Audience(strings.ToLower(name)); a == "" || slices.Contains(all, a) {
		return a, nil
	}
	var names []string
	for _, a := range all {
		names = append(names, string(a))
	}
	return "", fmt.Errorf("%q: unknown: use one of %s", name, strings.Join(names, ", "))
}

// Limit is what a style asks for in some languages, for an audience, or for that audience in
// these languages.
type Limit struct {
	Languages []string // BCP 47 tags, of which pt is for pt-BR, too; none for all languages
	Audience  Audience // "" for all audiences
	// LineWidth is the longest line in columns where that of the style is longer, and 0 for no
	// other. The figures of Speed take the place of the style's where they are not 0.
	LineWidth int
	Speed     ReadingSpeed
}

// holds reports whether the limit is one of captions in that language for an audience.
func (l Limit) holds(lang string, a Audience) bool {
	lang = strings.ReplaceAll(lang, "_", "-")
	is := func(tag string) bool {
		return len(lang) >= len(tag) && strings.EqualFold(lang[:len(tag)], tag) && (len(lang) == len(tag) || lang[len(tag)] == '-')
	}
	return (l.Audience == "" || strings.EqualFold(string(l.Audience), string(a))) &&
		(len(l.Languages) == 0 || slices.ContainsFunc(l.Languages, is))
}

// ForViewers returns the preset as it holds for captions in the language of a BCP 47 tag, ""
// where that is not known, for an audience: of its limits that hold, the last one wins. Layout,
// Write and Lint of the same cues want the same preset.
func (p Preset) ForViewers(lang string, a Audience) Preset {
	for _, l := range p.Limits {
		if !l.holds(lang, a) {
			continue
		}
		if l.LineWidth > 0 {
			p.LineWidth, p.PlainLineWidth = min(p.LineWidth, l.LineWidth), min(p.PlainLineWidth, l.LineWidth)
		}
		if l.Speed.CharsPerSecond > 0 {
			p.Speed.CharsPerSecond = l.Speed.CharsPerSecond
		}
		if l.Speed.WordsPerMinute > 0 {
			p.Speed.WordsPerMinute = l.Speed.WordsPerMinute
		}
	}
	return p
}

// audienceLimits returns those of styles that count characters, or else words. Their sources:
//
//   - children, 17 characters a second: Netflix Timed Text Style Guide, English.
//   - children, 150 words a minute, and education, 130: Captioning Guidelines for the DCMP, which
//     ask for 150 in children's films and for 120 to 130 in lessons, whatever else is counted.
func audienceLimits(characters bool) []Limit {
	children := Limit{Audience: Children, Speed: ReadingSpeed{WordsPerMinute: 150}}
	if characters {
		children.Speed = ReadingSpeed{CharsPerSecond: 17}
	}
	return []Limit{children, {Audience: Education, Speed: ReadingSpeed{WordsPerMinute: 130}}}
}

// lineLimits returns the longest lines of languages whose letters are wide or tall. They are
// those of the Netflix Timed Text Style Guide, each on the page of its language: 13 characters in
// Japanese, in horizontal text, and 16 in Chinese and Korean, which are two columns each and
// Latin ones half of that; 35 in Thai, 39 in Russian.
func lineLimits() []Limit {
	return []Limit{
		{Languages: []string{"ja"}, LineWidth: 2 * 13},
		{Languages: []string{"ko", "zh"}, LineWidth: 2 * 16},
		{Languages: []string{"th"}, LineWidth: 35},
		{Languages: []string{"ru"}, LineWidth: 39},
	}
}

// netflixLimits returns the limits of the Netflix Timed Text Style Guide. The speeds are those
// for subtitles, adults' and children's, on the pages of the languages; Subtitle Edit's
// NetflixQualityController has a table of them. English has the figures of the preset itself.
// For captions for the deaf, in the language of the film, most pages allow 20 and 17.
func netflixLimits() []Limit {
	speeds := func(adults, children float64, languages string) []Limit {
		tags := strings.Fields(languages)
		return []Limit{
			{Languages: tags, Speed: ReadingSpeed{CharsPerSecond: adults}},
			{Languages: tags, Audience: Children, Speed: ReadingSpeed{CharsPerSecond: children}},
		}
	}
	return slices.Concat(lineLimits(), audienceLimits(true),
		speeds(17, 13, "cs da de el es fi fr he hu id it ms nb nl no pl pt ro ru sv th tr uk vi"),
		speeds(20, 17, "ar"), speeds(22, 18, "hi"),
		speeds(2*4, 2*4, "ja"), speeds(2*12, 2*9, "ko"), speeds(2*9, 2*7, "zh"), // two columns each
	)
}

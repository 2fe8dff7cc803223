package subtitles

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"cuewright/subtitles/format"
)

// A preset file is TOML: the preset that it stands on, what is other in it, and limits:
//
//	base = "netflix"
//	line_width = 38
//
//	[[limits]]
//	languages = ["fi", "sv"]
//	characters_per_second = 15
//
// Fields of a Preset are rows of presetFields, those of a Limit rows of limitFields.

// presetField is a key of a preset file and its place in a preset or a limit.
type presetField[T any] struct {
	key, doc string
	// place points to the value: a number or a truth; a time, which the file has in seconds; or
	// one of words, a Label or a ClipLook by its number.
	place       func(*T) any
	least, most float64 // of numbers and seconds
	words       []string
}

// labelWords and clipWords are the words for labels and looks of clips by their numbers, of which ""
// is one that no style has; colorWords are the names of colours.
var (
	labelWords = []string{"none", "", "name", "caps", "chevrons", "brackets", "dashes"}
	clipWords  = []string{"plain", "italics", "quotes"}
	colorWords = []string{"white", "yellow", "cyan", "lime", "red", "magenta", "blue", "black"} // WebVTT's
)

func presetFields() []presetField[Preset] {
	const longest = 60 // seconds
	var speakers, aspects []string
	for _, s := range AllSpeakers() {
		speakers = append(speakers, string(s))
	}
	for _, a := range format.AllAspects() {
		aspects = append(aspects, string(a))
	}
	return []presetField[Preset]{
		{"line_width", "The longest line in columns: a letter is one, a wide one, as of Chinese, two.",
			func(p *Preset) any { return &p.LineWidth }, 10, 200, nil},
		{"plain_line_width", "The same in formats that don't mark speakers by themselves, such as SubRip; 0 for no other.",
			func(p *Preset) any { return &p.PlainLineWidth }, 0, 200, nil},
		{"lines", "Lines a cue.",
			func(p *Preset) any { return &p.Lines }, 1, maxLines, nil},
		{"characters_per_second", "The fastest reading in columns a second; 0 for no limit.",
			func(p *Preset) any { return &p.Speed.CharsPerSecond }, 0, 200, nil},
		{"words_per_minute", "The fastest reading in words a minute; 0 for no limit.",
			func(p *Preset) any { return &p.Speed.WordsPerMinute }, 0, 1000, nil},
		{"shortest", "How long a cue stands at least, in seconds as all times.",
			func(p *Preset) any { return &p.Shortest }, 0, longest, nil},
		{"shortest_per_word", "The same for each of its words: the greater sum holds.",
			func(p *Preset) any { return &p.ShortestPerWord }, 0, longest, nil},
		{"longest", "How long a cue stands at the most.",
			func(p *Preset) any { return &p.Longest }, 1, longest, nil},
		{"gap", "The least gap between two cues.",
			func(p *Preset) any { return &p.Gap }, 0, longest, nil},
		{"gap_frames", "The same in frames, for films (--fps); early and late are as long then. 0 for none.",
			func(p *Preset) any { return &p.GapFrames }, 0, 100, nil},
		{"close_gap", "A gap that is shorter than this is closed to the least one.",
			func(p *Preset) any { return &p.CloseGap }, 0, longest, nil},
		{"early", "How long before its first word a cue may appear.",
			func(p *Preset) any { return &p.Early }, 0, longest, nil},
		{"late", "How long after its first word a cue may appear.",
			func(p *Preset) any { return &p.Late }, 0, longest, nil},
		{"linger", "How long a cue may stay after its last word.",
			func(p *Preset) any { return &p.Linger }, 0, longest, nil},
		{"label", `How a change of speaker is told: "none", "name" (Name:), "caps" (NAME:), "chevrons" (>> NAME:),` + "\n" +
			`"brackets" ([Name], and dashes where two share a cue) or "dashes" (these alone).`,
			func(p *Preset) any { return &p.Label }, 0, 0, labelWords},
		{"speakers", `What --speakers says where it is not given; "" for the label where the speaker changes.`,
			func(p *Preset) any { return &p.Speakers }, 0, 0, append([]string{""}, speakers...)},
		{"always", "Whether each cue has the label.",
			func(p *Preset) any { return &p.Always }, 0, 0, nil},
		{"label_line", "Whether a label has a line of its own.",
			func(p *Preset) any { return &p.LabelLine }, 0, 0, nil},
		{"label_time", "How long a label takes to be read, beside the reading speed; 0 where that has it.",
			func(p *Preset) any { return &p.LabelTime }, 0, longest, nil},
		{"colors", "Colours of speakers in turn, of " + quotedWords(colorWords) + ":\n" +
			"they take the place of labels as far as they go. [] for none.",
			func(p *Preset) any { return &p.Colors }, 0, 0, colorWords},
		{"voices_alone", "Whether formats that mark speakers by themselves, such as WebVTT, have no label.",
			func(p *Preset) any { return &p.VoicesAlone }, 0, 0, nil},
		{"clips", `How a clip looks: "plain", "italics" or "quotes" (double ones around it).`,
			func(p *Preset) any { return &p.Clips }, 0, 0, clipWords},
		{"aspect", "The shape of the picture, for formats that say how large text is (.ass, .ttml).",
			func(p *Preset) any { return &p.Aspect }, 0, 0, aspects},
	}
}

func limitFields() []presetField[Limit] {
	var audiences []string
	for _, a := range AllAudiences() {
		audiences = append(audiences, string(a))
	}
	return []presetField[Limit]{
		{"languages", "", func(l *Limit) any { return &l.Languages }, 0, 0, nil},
		{"audience", "", func(l *Limit) any { return &l.Audience }, 0, 0, audiences},
		{"line_width", "", func(l *Limit) any { return &l.LineWidth }, 10, 200, nil},
		{"characters_per_second", "", func(l *Limit) any { return &l.Speed.CharsPerSecond }, 1, 200, nil},
		{"words_per_minute", "", func(l *Limit) any { return &l.Speed.WordsPerMinute }, 1, 1000, nil},
	}
}

// keyBase and keyLimits are the keys of a preset file beside those of presetFields.
const keyBase, keyLimits = "base", "limits"

// ReadPreset returns the preset of a preset file, of which name is used for errors and for the
// preset. What the file says nothing of is as in its base; figures of the base's limits are left
// out where the file has such a figure for all. Errors name the file and the line: of what is no
// TOML, unknown or twice there, of a wrong type, out of range, or contradicts another line.
func ReadPreset(name string, text []byte) (Preset, error) {
	r, text := presetReader{name: name}, bytes.TrimPrefix(text, []byte("\ufeff"))
	var values map[string]any
	if err := toml.Unmarshal(text, &values); err != nil {
		if e, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, _ := e.Position()
			return Preset{}, fmt.Errorf("%s:%d: %s", name, line, strings.TrimPrefix(e.Error(), "toml: "))
		}
		return Preset{}, fmt.Errorf("%s: %w", name, err)
	}
	r.find(text)
	p := r.preset(values)
	if r.err != nil {
		return Preset{}, r.err
	}
	p.Base, p.Name = p.Name, name
	return p, nil
}

// presetReader is the state of ReadPreset.
type presetReader struct {
	name   string
	lines  map[string]int   // of the keys of the preset, from 1
	limits []int            // of the limits
	inside []map[string]int // of the keys of each limit
	err    error            // the first one
}

// find finds the lines of all keys: they are what a strict reader of a file that may have none
// complains of.
func (r *presetReader) find(text []byte) {
	unknown := func(into any) []toml.DecodeError {
		err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(into)
		if e, ok := errors.AsType[*toml.StrictMissingError](err); ok {
			return e.Errors
		}
		return nil
	}
	r.lines = map[string]int{}
	for _, e := range unknown(&struct{}{}) {
		line, _ := e.Position()
		key := e.Key()[0]
		if r.lines[key] == 0 {
			r.lines[key] = line
		}
		if key == keyLimits {
			r.limits, r.inside = append(r.limits, line), append(r.inside, map[string]int{})
		}
	}
	for _, e := range unknown(&struct{ Limits []struct{} }{}) {
		line, _ := e.Position()
		k, found := slices.BinarySearch(r.limits, line)
		if !found {
			k--
		}
		if key := e.Key(); len(key) > 1 && key[0] == keyLimits && k >= 0 {
			r.inside[k][key[1]] = line
		}
	}
}

// fail notes what is wrong with a line, unless a line above was wrong already.
func (r *presetReader) fail(line int, form string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s:%d: %s", r.name, max(1, line), fmt.Sprintf(form, args...))
	}
}

func (r *presetReader) preset(values map[string]any) Preset {
	base, ok := values[keyBase].(string)
	if !ok {
		r.fail(r.lines[keyBase], `names no base: begin with the preset that it stands on, such as base = "netflix"`)
		return Preset{}
	}
	p, err := PresetNamed(base)
	if err != nil {
		r.fail(r.lines[keyBase], "base: %v", err)
		return Preset{}
	}
	keys := slices.Sorted(maps.Keys(values))
	slices.SortStableFunc(keys, func(a, b string) int { return r.lines[a] - r.lines[b] })
	fields := presetFields()
	for _, key := range keys {
		i := slices.IndexFunc(fields, func(f presetField[Preset]) bool { return f.key == key })
		switch {
		case i >= 0:
			if err := fields[i].set(&p, values[key]); err != nil {
				r.fail(r.lines[key], "%v", err)
			}
		case key != keyBase && key != keyLimits:
			r.fail(r.lines[key], "%s: there is no such key: cuewright presets %s prints all", key, base)
		}
	}
	r.contradictions(&p)
	_, width := r.lines["line_width"]
	_, characters := r.lines["characters_per_second"]
	_, words := r.lines["words_per_minute"]
	p.Limits = slices.Clone(p.Limits)
	for i := range p.Limits {
		l := &p.Limits[i]
		if width {
			l.LineWidth = 0
		}
		if characters {
			l.Speed.CharsPerSecond = 0
		}
		if words {
			l.Speed.WordsPerMinute = 0
		}
	}
	p.Limits = slices.DeleteFunc(p.Limits, func(l Limit) bool { return l.LineWidth == 0 && l.Speed == ReadingSpeed{} })
	if all, ok := values[keyLimits].([]any); ok {
		for k, v := range all {
			p.Limits = append(p.Limits, r.limit(k, v))
		}
	} else if _, ok := values[keyLimits]; ok {
		r.fail(r.lines[keyLimits], "limits: write each as a table below the other keys, [[limits]]")
	}
	return p
}

// contradictions fails where two figures of the preset can't both hold; the line is that of the
// one that the file has, or of the lower one of two.
func (r *presetReader) contradictions(p *Preset) {
	for _, c := range []struct {
		lower, upper string
		wrong        bool
	}{
		{"shortest", "longest", p.Shortest > p.Longest},
		{"shortest_per_word", "longest", p.ShortestPerWord > p.Longest},
		{"plain_line_width", "line_width", p.PlainLineWidth > p.LineWidth},
		{"gap", "close_gap", p.Gap > p.CloseGap},
	} {
		if c.wrong {
			r.fail(max(r.lines[c.lower], r.lines[c.upper]), "%s is more than %s, which is %s: give others",
				c.lower, c.upper, fieldText(p, c.upper))
		}
	}
}

// fieldText returns the value of a key as the file of a preset has it.
func fieldText(p *Preset, key string) string {
	fields := presetFields()
	i := slices.IndexFunc(fields, func(f presetField[Preset]) bool { return f.key == key })
	return fields[i].text(p)
}

// limit returns the limit of that index.
func (r *presetReader) limit(k int, value any) (l Limit) {
	line, lines := r.lines[keyLimits], map[string]int{}
	if k < len(r.limits) {
		line, lines = r.limits[k], r.inside[k]
	}
	values, ok := value.(map[string]any)
	if !ok {
		r.fail(line, "limits: write each as a table below the other keys, [[limits]]")
		return l
	}
	fields := limitFields()
	keys := slices.Sorted(maps.Keys(values))
	slices.SortStableFunc(keys, func(a, b string) int { return lines[a] - lines[b] })
	for _, key := range keys {
		at := max(line, lines[key])
		i := slices.IndexFunc(fields, func(f presetField[Limit]) bool { return f.key == key })
		if i < 0 {
			r.fail(at, "%s: there is no such key of limits: cuewright presets netflix prints all", key)
		} else if err := fields[i].set(&l, values[key]); err != nil {
			r.fail(at, "%v", err)
		}
	}
	switch {
	case len(l.Languages) == 0 && l.Audience == "":
		r.fail(line, "limits: are for nobody: name their languages or an audience, else write the figures above without [[limits]]")
	case l.LineWidth == 0 && l.Speed == ReadingSpeed{}:
		r.fail(line, "limits: limit nothing: give a line_width, characters_per_second or words_per_minute")
	}
	return l
}

// set sets the field to a value of TOML.
func (f presetField[T]) set(in *T, value any) error {
	number, isNumber := value.(float64)
	whole, isWhole := value.(int64)
	if isWhole {
		number, isNumber = float64(whole), true
	}
	word, isWord := value.(string)
	inside := isNumber && number >= f.least && number <= f.most
	wrong := func(want string) error {
		return fmt.Errorf("%s = %s: give %s", f.key, tomlText(value), want)
	}
	span := fmt.Sprintf("from %v to %v", f.least, f.most)
	switch place := f.place(in).(type) {
	case *int:
		if *place = int(whole); !isWhole || !inside {
			return wrong("a whole number " + span)
		}
	case *int64:
		if *place = whole; !isWhole || !inside {
			return wrong("a whole number " + span)
		}
	case *float64:
		if *place = number; !inside {
			return wrong("a number " + span)
		}
	case *time.Duration:
		if !inside {
			return wrong("seconds " + span)
		}
		*place = time.Duration(math.Round(float64(number * float64(time.Second))))
	case *bool:
		truth, ok := value.(bool)
		if *place = truth; !ok {
			return wrong("true or false")
		}
	case *[]string:
		list, err := f.list(value)
		if *place = list; err != nil {
			return fmt.Errorf("%s = %s: %w", f.key, tomlText(value), err)
		}
	default:
		i := slices.Index(f.words, word)
		if !isWord || i < 0 || word == "" && i > 0 {
			return wrong("one of " + quotedWords(f.words))
		}
		switch place := place.(type) {
		case *format.Label:
			*place = format.Label(i)
		case *ClipLook:
			*place = ClipLook(i)
		case *Speakers:
			*place = Speakers(word)
		case *Audience:
			*place = Audience(word)
		case *format.Aspect:
			*place = format.Aspect(word)
		}
	}
	return nil
}

// list returns a list of the field's words, or of language tags, from a value of TOML.
func (f presetField[T]) list(value any) (list []string, err error) {
	if f.words == nil {
		return languageTags(value)
	}
	all, ok := value.([]any)
	for _, v := range all {
		word, _ := v.(string)
		ok = ok && slices.Contains(f.words, word) && !slices.Contains(list, word)
		list = append(list, word)
	}
	if !ok {
		return nil, errors.New("give a list, each once, of " + quotedWords(f.words))
	}
	return list, nil
}

// languageTags returns a list of BCP 47 tags from a value of TOML.
func languageTags(value any) (tags []string, err error) {
	all, ok := value.([]any)
	if !ok || len(all) == 0 {
		return nil, errors.New(`give a list of language tags, such as ["de", "pt-BR"]`)
	}
	for _, v := range all {
		tag, _ := v.(string)
		t, err := language.Parse(tag)
		if err != nil || t == language.Und {
			return nil, fmt.Errorf("%s is no language tag: give such as de or pt-BR", tomlText(v))
		}
		if slices.Contains(tags, t.String()) {
			return nil, fmt.Errorf("%s is there twice: give each once", tomlText(v))
		}
		tags = append(tags, t.String())
	}
	return tags, nil
}

// quotedWords lists words for people, in quotes.
func quotedWords(words []string) string {
	var all []string
	for i, w := range words {
		if w != "" || i == 0 {
			all = append(all, strconv.Quote(w))
		}
	}
	return strings.Join(all, ", ")
}

// text returns the value of the field as TOML has it.
func (f presetField[T]) text(in *T) string {
	switch place := f.place(in).(type) {
	case *int:
		return tomlText(int64(*place))
	case *int64:
		return tomlText(*place)
	case *float64:
		return tomlText(*place)
	case *time.Duration:
		return tomlText(place.Seconds())
	case *bool:
		return tomlText(*place)
	case *[]string:
		all := make([]any, len(*place))
		for i, tag := range *place {
			all[i] = tag
		}
		return tomlText(all)
	case *format.Label:
		return tomlText(f.words[*place])
	case *ClipLook:
		return tomlText(f.words[*place])
	case *Speakers:
		return tomlText(string(*place))
	case *Audience:
		return tomlText(string(*place))
	case *format.Aspect:
		return tomlText(string(*place))
	}
	return ""
}

// tomlText returns a value as TOML has it.
func tomlText(value any) string {
	switch v := value.(type) {
	case string:
		return strconv.Quote(v) // of what is written, no letter is one that TOML would write otherwise
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var all []string
		for _, v := range v {
			all = append(all, tomlText(v))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprint(value)
}

// TOML returns the preset as a preset file that says everything, each key with what it means: a
// start for one of one's own. ReadPreset returns the same preset from it, but for the name, for
// the frame rate and for what For has changed.
func (p Preset) TOML() []byte {
	base := p.Base
	if base == "" {
		base = p.Name
	}
	var b bytes.Buffer
	comment := func(text string) {
		for line := range strings.SplitSeq(text, "\n") {
			fmt.Fprintf(&b, "# %s\n", line)
		}
	}
	comment("A style of captions for cuewright: --preset takes the name of this file. What stands in no line\n" +
		"is as in the preset that is named first.")
	fmt.Fprintf(&b, "%s = %s\n", keyBase, tomlText(base))
	for _, f := range presetFields() {
		b.WriteByte('\n')
		comment(f.doc)
		fmt.Fprintf(&b, "%s = %s\n", f.key, f.text(&p))
	}
	for i, l := range p.Limits {
		b.WriteByte('\n')
		if i == 0 {
			comment("What is other in some languages, for an audience (--audience), or for both. The last one that holds\n" +
				"wins; lines are never longer than line_width. Limits of the base on lines, or on the speed of\n" +
				"reading, hold no more where a line above says how long these are, or how fast.")
		}
		fmt.Fprintf(&b, "[[%s]]\n", keyLimits)
		var none Limit
		for _, f := range limitFields() {
			if text := f.text(&l); text != f.text(&none) {
				fmt.Fprintf(&b, "%s = %s\n", f.key, text)
			}
		}
	}
	return b.Bytes()
}

package subtitles

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cuewright/subtitles/format"
)

// TestPresetFileRoundTrip: what a preset is printed as is that preset, and is printed so again.
func TestPresetFileRoundTrip(t *testing.T) {
	for _, p := range Presets() {
		printed := p.TOML()
		got, err := ReadPreset("mine.toml", printed)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		if again := got.TOML(); string(again) != string(printed) {
			t.Errorf("%s is printed otherwise again:\n%s", p.Name, cmp.Diff(string(printed), string(again)))
		}
		want := p
		want.Name, want.Base = "mine.toml", p.Name
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s:\n%s", p.Name, d)
		}
	}
}

// TestPresetFileHasAllFields: a field of a preset, or of a limit, that has another value is printed
// otherwise, and is read again.
func TestPresetFileHasAllFields(t *testing.T) {
	base := DefaultPreset()
	base.Limits = nil
	for i := range reflect.TypeFor[Preset]().NumField() {
		name := reflect.TypeFor[Preset]().Field(i).Name
		if slices.Contains([]string{"Name", "Base", "FrameRate", "Unit", "Speed"}, name) {
			continue // which files have no key for, or two
		}
		p := base
		other(name, reflect.ValueOf(&p).Elem().Field(i))
		got, err := ReadPreset("x.toml", p.TOML())
		got.Name, got.Base = p.Name, p.Base
		if d := cmp.Diff(p, got, cmpopts.EquateEmpty()); d != "" || err != nil || reflect.DeepEqual(p, base) {
			t.Errorf("%s is lost: %v\n%s", name, err, d)
		}
	}
	for i := range reflect.TypeFor[Limit]().NumField() {
		p, l := base, Limit{Languages: []string{"de"}, LineWidth: 30}
		other("", reflect.ValueOf(&l).Elem().Field(i))
		p.Limits = []Limit{l}
		got, err := ReadPreset("x.toml", p.TOML())
		if err != nil || !reflect.DeepEqual(got.Limits, p.Limits) {
			t.Errorf("%s of limits is lost: %v\n%s", reflect.TypeFor[Limit]().Field(i).Name, err, cmp.Diff(p.Limits, got.Limits))
		}
	}
}

// other sets a field to a value that it did not have and may have.
func other(field string, v reflect.Value) {
	switch place := v.Addr().Interface().(type) {
	case *int:
		*place++
		if *place > 42 { // a width, which none is wider than
			*place -= 2
		} else if *place < 10 && *place > 2 {
			*place = 3
		}
	case *int64:
		*place++
	case *bool:
		*place = !*place
	case *time.Duration:
		*place += 250 * time.Millisecond
	case *format.Label:
		*place = format.DashLabel
	case *ClipLook:
		*place = QuotedClips
	case *Speakers:
		*place = SpeakersAlways
	case *Audience:
		*place = Children
	case *format.Aspect:
		*place = format.Vertical
	case *ReadingSpeed:
		*place = ReadingSpeed{CharsPerSecond: 12.5, WordsPerMinute: 123}
	case *[]string:
		if *place = []string{"pt-BR", "sr-Latn"}; field == "Colors" {
			*place = []string{"cyan", "red"}
		}
	case *[]Limit:
		*place = []Limit{{Audience: Education, LineWidth: 20}}
	}
}

func TestReadPreset(t *testing.T) {
	p, err := ReadPreset("mine.toml", []byte("\ufeff# ours\r\nbase = \"Netflix\"\r\nline_width = 38\r\nlongest = 6.5\r\n"+
		"characters_per_second = 18\r\n\r\n[[limits]]\r\nlanguages = [\"FI\", \"sv\"]\r\ncharacters_per_second = 15\r\n"+
		"[[limits]]\r\nlanguages = [\"ru\"]\r\nline_width = 39\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "mine.toml" || p.Base != "netflix" || p.LineWidth != 38 || p.Longest != 6500*time.Millisecond ||
		p.Label != format.BracketLabel || p.GapFrames != 2 {
		t.Errorf("%+v", p)
	}
	for _, c := range []struct {
		lang     string
		audience Audience
		width    int
		speed    ReadingSpeed
	}{
		{"fi", "", 38, ReadingSpeed{CharsPerSecond: 15}},
		{"ja", "", 38, ReadingSpeed{CharsPerSecond: 18}}, // the file says how long lines are and how fast they are read
		{"ru", "", 38, ReadingSpeed{CharsPerSecond: 18}}, // no limit makes lines longer: a printed preset may be cut down to 38
		{"en", Education, 38, ReadingSpeed{CharsPerSecond: 18, WordsPerMinute: 130}},
	} {
		if p := p.ForViewers(c.lang, c.audience); p.LineWidth != c.width || p.Speed != c.speed {
			t.Errorf("%s, %q: %d, %v", c.lang, c.audience, p.LineWidth, p.Speed)
		}
	}
}

func TestReadPresetErrors(t *testing.T) {
	const base = "base = \"netflix\"\n"
	for _, c := range []struct{ text, want string }{
		{"", "f.toml:1: names no base"},
		{"line_width = 38\n", "f.toml:1: names no base"},
		{"\nbase = 3\n", "f.toml:2: names no base"},
		{"\nbase = \"vimeo\"\n", `f.toml:2: base: preset "vimeo": there is none of that name: use one of bbc`},
		{base + "\nline_widht = 38\n", "f.toml:3: line_widht: there is no such key: cuewright presets netflix prints all"},
		{base + "[colours]\nname = 3\n", "f.toml:2: colours: there is no such key"},
		{base + "a.b = 1\n", "f.toml:2: a: there is no such key"},
		{base + "line_width = \"wide\"\n", `f.toml:2: line_width = "wide": give a whole number from 10 to 200`},
		{base + "line_width = 38.5\n", "f.toml:2: line_width = 38.5: give a whole number from 10 to 200"},
		{base + "# one\n\nline_width = 5\n", "f.toml:4: line_width = 5: give a whole number from 10 to 200"},
		{base + "lines = 4\n", "f.toml:2: lines = 4: give a whole number from 1 to 3"},
		{base + "gap_frames = -1\n", "f.toml:2: gap_frames = -1: give a whole number from 0 to 100"},
		{base + "words_per_minute = -1.5\n", "f.toml:2: words_per_minute = -1.5: give a number from 0 to 1000"},
		{base + "characters_per_second = nan\n", "f.toml:2: characters_per_second = NaN: give a number from 0 to 200"},
		{base + "shortest = \"1s\"\n", `f.toml:2: shortest = "1s": give seconds from 0 to 60`},
		{base + "longest = inf\n", "f.toml:2: longest = +Inf: give seconds from 1 to 60"},
		{base + "always = 1\n", "f.toml:2: always = 1: give true or false"},
		{base + "label = \"colour\"\n", `f.toml:2: label = "colour": give one of "none", "name", "caps", "chevrons", "brackets", "dashes"`},
		{base + "label = \"\"\n", `f.toml:2: label = "": give one of "none"`},
		{base + "speakers = []\n", `f.toml:2: speakers = []: give one of "", "none", "change"`},
		{base + "colors = [\"pink\"]\n", `f.toml:2: colors = ["pink"]: give a list, each once, of "white", "yellow", "cyan"`},
		{base + "colors = [\"red\", \"red\"]\n", `f.toml:2: colors = ["red", "red"]: give a list, each once, of "white"`},
		{base + "lines = 1\nshortest = 9\n", "f.toml:3: shortest is more than longest, which is 7: give others"},
		{base + "shortest = 5\nlongest = 4\n", "f.toml:3: shortest is more than longest, which is 4: give others"},
		{base + "plain_line_width = 60\n", "f.toml:2: plain_line_width is more than line_width, which is 42: give others"},
		{base + "gap = 0.75\n", "f.toml:2: gap is more than close_gap, which is 0.5: give others"},
		{base + "lines = 2\nlines = 3\n", "f.toml:3: "},
		{base + "lines 2\n", "f.toml:2: "},
		{base + "limits = 3\n", "f.toml:2: limits: write each as a table"},
		{base + "limits = [3]\n", "f.toml:2: limits: write each as a table"},
		{base + "\n[[limits]]\nline_width = 30\n", "f.toml:3: limits: are for nobody"},
		{base + "\n[[limits]]\naudience = \"children\"\n", "f.toml:3: limits: limit nothing"},
		{base + "[[limits]]\naudience = \"children\"\nline_width = 30\n[[limits]]\nlanguages = [\"de\"]\nlines = 3\n",
			"f.toml:7: lines: there is no such key of limits"},
		{base + "[[limits]]\naudience = \"kids\"\n", `f.toml:3: audience = "kids": give one of "children", "education"`},
		{base + "[[limits]]\nlanguages = \"de\"\n", `f.toml:3: languages = "de": give a list of language tags, such as ["de", "pt-BR"]`},
		{base + "[[limits]]\nlanguages = [\"de\", 3]\n", `f.toml:3: languages = ["de", 3]: 3 is no language tag`},
		{base + "[[limits]]\n\nlanguages = [\"de\", \"fr\", \"DE\"]\n",
			`f.toml:4: languages = ["de", "fr", "DE"]: "DE" is there twice: give each once`},
		{base + "[[limits]]\nlanguages = [\"de\"]\nline_width = 0\n", "f.toml:4: line_width = 0: give a whole number from 10 to 200"},
	} {
		_, err := ReadPreset("f.toml", []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q:\n%v\nwant\n%s", c.text, err, c.want)
		}
	}
}

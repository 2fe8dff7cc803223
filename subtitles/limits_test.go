package subtitles

import (
	"strings"
	"testing"
	"time"

	"cuewright/subtitles/format"
)

func TestForViewers(t *testing.T) {
	for _, tt := range []struct {
		preset, lang string
		audience     Audience
		width        int
		speed        ReadingSpeed
	}{
		{"netflix", "", "", 42, ReadingSpeed{CharsPerSecond: 20}},
		{"netflix", "en-GB", "", 42, ReadingSpeed{CharsPerSecond: 20}},
		{"netflix", "en", Children, 42, ReadingSpeed{CharsPerSecond: 17}},
		{"netflix", "en", Education, 42, ReadingSpeed{CharsPerSecond: 20, WordsPerMinute: 130}},
		{"netflix", "pl", "", 42, ReadingSpeed{CharsPerSecond: 17}},
		{"netflix", "pt-BR", "", 42, ReadingSpeed{CharsPerSecond: 17}},
		{"netflix", "pt_BR", Children, 42, ReadingSpeed{CharsPerSecond: 13}},
		{"netflix", "ja", "", 26, ReadingSpeed{CharsPerSecond: 8}},
		{"netflix", "ko-KR", "", 32, ReadingSpeed{CharsPerSecond: 24}},
		{"netflix", "ZH-Hans", "", 32, ReadingSpeed{CharsPerSecond: 18}},
		{"netflix", "zh", Children, 32, ReadingSpeed{CharsPerSecond: 14}},
		{"netflix", "zhx", "", 42, ReadingSpeed{CharsPerSecond: 20}}, // another language
		{"youtube", "ja", "", 26, ReadingSpeed{CharsPerSecond: 20}},
		{"youtube", "th", "children", 35, ReadingSpeed{CharsPerSecond: 17}},
		{"netflix", "ru", "", 39, ReadingSpeed{CharsPerSecond: 17}},
		{"square", "zh", "", 32, ReadingSpeed{CharsPerSecond: 20}},
		{"vertical", "ja", "", 25, ReadingSpeed{CharsPerSecond: 20}}, // which is shorter than 26
		{"podcast", "ja", "", 65, ReadingSpeed{CharsPerSecond: 20}},
		{"bbc", "en", Children, 37, ReadingSpeed{WordsPerMinute: 150}},
		{"dcmp", "en", "", 32, ReadingSpeed{WordsPerMinute: 160}},
		{"dcmp", "en", Education, 32, ReadingSpeed{WordsPerMinute: 130}},
	} {
		p := preset(t, tt.preset, "vtt").ForViewers(tt.lang, tt.audience)
		if p.LineWidth != tt.width || p.Speed != tt.speed {
			t.Errorf("%s, %q, %q: %d columns, %+v", tt.preset, tt.lang, tt.audience, p.LineWidth, p.Speed)
		}
	}
	p := Preset{LineWidth: 65, PlainLineWidth: 32, Limits: []Limit{{LineWidth: 40}}}
	for _, name := range []string{"vtt", "srt"} {
		if a, b := p.For(name).ForViewers("", ""), p.ForViewers("", "").For(name); a.LineWidth != b.LineWidth || a.LineWidth > 40 {
			t.Errorf("%s: %d columns for the format first, %d for the viewers first", name, a.LineWidth, b.LineWidth)
		}
	}
}

// TestAudienceNamed: names in any case, and an error that lists them.
func TestAudienceNamed(t *testing.T) {
	if a, err := AudienceNamed("Children"); a != Children || err != nil {
		t.Errorf("%q, %v", a, err)
	}
	if _, err := AudienceNamed("toddlers"); err == nil || !strings.Contains(err.Error(), "children, education") {
		t.Error(err)
	}
}

// TestLayoutForViewers: lines of Japanese have up to 13 wide letters, and Lint finds longer ones.
func TestLayoutForViewers(t *testing.T) {
	a := said("ja", 125*time.Millisecond, "A: 灯台守は海を見ていたがだれも来なかったので島の家に帰ってお茶を飲んだ。")
	p := preset(t, "netflix", "srt")
	ja := p.ForViewers("ja", "")
	for _, c := range Layout(a, ja, LayoutOptions{}) {
		for _, l := range c.Lines {
			if n := format.Columns(l.Text()); n > 26 {
				t.Errorf("%d columns: %s", n, l.Text())
			}
		}
	}
	widths := 0
	for _, f := range Lint(Layout(a, p, LayoutOptions{}), ja) {
		if f.Rule == RuleLineWidth && f.Limit == 26 {
			widths++
		}
	}
	if widths == 0 {
		t.Error("lines of 42 columns break no rule for Japanese")
	}
}

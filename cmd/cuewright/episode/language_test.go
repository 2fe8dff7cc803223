package episode

import (
	"slices"
	"strings"
	"testing"

	"cuewright/align"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

func TestLanguageNotes(t *testing.T) {
	for _, c := range []struct {
		name string
		a    align.Alignment
		want []string
	}{
		{"given", align.Alignment{Lang: "hr"}, nil},
		{"sure", align.Alignment{Lang: "hr", Detected: &align.Detected{}}, nil},
		{"open", align.Alignment{Lang: "und", Detected: &align.Detected{Likely: []string{"hr", "bs", "sr-Latn"}}},
			[]string{"its text may be in hr, bs or sr-Latn, and was read as hr: give --lang"}},
		{"heard", align.Alignment{Lang: "id", Detected: &align.Detected{Likely: []string{"ms", "id"}, BySound: true}},
			[]string{"its text may be in ms or id, and the recording sounds most like id: give --lang if it isn't that"}},
		{"unknown", align.Alignment{Lang: "und", Detected: &align.Detected{}},
			[]string{"its language isn't known, so that it was read by rough rules: give --lang"}},
		{"two", align.Alignment{Lang: "en", Detected: &align.Detected{Second: "fr", Sentences: 12}},
			[]string{"12 of its sentences are read as fr, the others as en"}},
		{"one of two", align.Alignment{Lang: "en", Detected: &align.Detected{Second: "fr", Sentences: 1}},
			[]string{"1 of its sentences is read as fr, the others as en"}},
	} {
		if got := languageNotes(&c.a); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCaptionsLanguage(t *testing.T) {
	for _, c := range []struct {
		text, want string
		warnings   int
	}{
		{"Vanha vene on ollut satamassa koko talven, eikä kukaan halua korjata sitä.", "fi", 0},
		{"OK.", "und", 0}, // nobody expects more
		{"Xyzzy plugh frotz rezrov gnusto blorb nitfol izyuk bozbar.", "und", 1},
	} {
		var made Converted
		if got := made.detect("a.srt", c.text); got != c.want || len(made.Warnings) != c.warnings {
			t.Errorf("%q: %s and %q, want %s and %d warnings", c.text, got, made.Warnings, c.want, c.warnings)
		}
	}
}

// Where a script doesn't part its words letters tell how much there is.
func TestWordy(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"one two three four five six seven eight", true},
		{"a b c d e f g h", true},
		{"one two three four", false},
		{"ကျွန်တော်တို့သည်ယနေ့မနက်ဈေးသို့သွား၍ငါးနှင့်ဟင်းသီးဟင်းရွက်များဝယ်ခဲ့ကြပြီးအိမ်သို့ပြန်လာခဲ့ကြသည်", true},
		{"မင်္ဂလာပါ", false},
	} {
		if got := wordy(c.text); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
}

func TestMisnamed(t *testing.T) {
	const english = "The old boat lay in the harbour all winter, and nobody wanted to mend it."
	for _, c := range []struct{ given, text, want string }{
		{"he", english, "its language was given as he, but its letters are Latin, and it seems to be in en: give that language, or none"},
		{"en", "ᚠᚢᚦ Ⰰⰸⱏ Ⰱⱆⰽⱏⰹ", ""}, // letters that aren't known
		{"en", "ያ አሮጌ ጀልባ", "its language was given as en, but its letters are Ethiopic, and it seems to be in am or ti: give that language, or none"},
		{"en", english, ""},
		{"", english, ""},
	} {
		if got := misnamed(c.given, c.text); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.given, c.text, got, c.want)
		}
	}
}

// A check tells of a language that was not given as an alignment does, by the name of what was aligned.
func TestTellLanguage(t *testing.T) {
	words := strings.Repeat("zrk ", 8)
	cues := []format.Cue{{Lines: []format.Line{{Words: []format.Word{{Text: words}}}}}}
	heard := &align.Alignment{Lang: "id", Detected: &align.Detected{Likely: []string{"ms", "id"}, BySound: true}}
	const sound = ": its text may be in ms or id, and the recording sounds most like id: give --lang if it isn't that"
	for _, c := range []struct {
		name   string
		job    CheckJob
		report check.Report
		want   []string
	}{
		{"heard", CheckJob{Captions: "a.srt"}, check.Report{Lang: "id", Alignment: heard}, []string{"a.srt" + sound}},
		{"of a transcript", CheckJob{Captions: "a.srt", Transcript: "a.txt"}, check.Report{Lang: "id", Alignment: heard}, []string{"a.txt" + sound}},
		{"given another", CheckJob{Captions: "a.srt", Lang: "ru"}, check.Report{Lang: "ru"}, nil}, // as Russian may be spelled
		{"given", CheckJob{Captions: "a.srt", Lang: "id"}, check.Report{Lang: "und"}, nil},
		{"no recording", CheckJob{Captions: "a.srt"}, check.Report{Lang: "und"}, []string{"a.srt: its language isn't known: give --lang"}},
	} {
		var r CheckResult
		r.tellLanguage(c.job, &c.report, cues)
		if !slices.Equal(r.Warnings, c.want) {
			t.Errorf("%s: %q, want %q", c.name, r.Warnings, c.want)
		}
	}
}

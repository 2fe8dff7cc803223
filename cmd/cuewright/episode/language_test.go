package episode

import (
	"slices"
	"testing"

	"cuewright/align"
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

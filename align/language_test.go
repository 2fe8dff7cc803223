package align

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuewright/align/pronounce"
	"cuewright/testdata/race"
)

func TestDetectLanguages(t *testing.T) {
	const english = "Welcome back to the harbour hour, where we talk about boats and the people who love them. "
	const german = "Das alte Boot liegt den ganzen Winter im Hafen, und niemand will es reparieren. "
	for _, c := range []struct {
		name, script string
		tag, read    string
		of           []string // languages of its sentences
		want         Detected
	}{
		{"one", english + english, "en", "en", []string{"en", "en"}, Detected{}},
		{"two", english + german + english + "Nobody knows. ", "en", "en", []string{"en", "de", "en", "en"},
			Detected{Second: "de", Sentences: 1}},
		{"a quotation", english + english + english + english + english + english + "Das ist nicht das alte Boot. ", "en", "en",
			slices.Repeat([]string{"en"}, 7), Detected{}},
		{"two scripts", english + "Старая лодка всю зиму стоит в гавани, и никто не хочет её чинить. ", "en", "en",
			[]string{"en", "ru"}, Detected{Second: "ru", Sentences: 1}},
		{"a script without blanks", english + "这条旧船整个冬天都停在港口里。" + "没有人愿意来修理它，大家都觉得可惜。", "zh", "zh",
			[]string{"en", "zh", "zh"}, Detected{Second: "en", Sentences: 1}},
		{"open", "Saya mau makan, kamu mau makan.", "und", "id", []string{"id"},
			Detected{Likely: pronounce.Likely("Saya mau makan, kamu mau makan.")}},
		{"a few words", "Saya mau makan.", "und", "und", []string{"und"}, Detected{}},
		{"nothing", "12", "und", "und", []string{"und"}, Detected{}},
	} {
		s := parse(t, c.script)
		got := detectLanguages(s)
		var of []string
		for _, turn := range s.Turns {
			for _, sentence := range turn.Sentences {
				of = append(of, got.of(sentence.Text()))
			}
		}
		if got.tag != c.tag || got.read != c.read || !slices.Equal(of, c.of) || !reflect.DeepEqual(*got.detected, c.want) {
			t.Errorf("%s: %s, sentences %v, %+v, want %s, %v, %+v", c.name, got.tag, of, *got.detected, c.tag, c.of, c.want)
		}
	}
}

// TestSoundDecides: of two languages that a text may be in, the recording has one, whichever is likelier.
func TestSoundDecides(t *testing.T) {
	race.Skip(t, race.Slow)
	sample := readSample(t)
	e := &episode{frames: sample.frames, script: sample.script, tuning: DefaultTuning()}
	for _, tags := range [][]string{{"en", "fr"}, {"fr", "en"}, {"pl", "pl", "en"}} {
		got, err := e.heard(context.Background(), DefaultOptions(), tags)
		if err != nil || got != "en" {
			t.Errorf("of %v: %q, %v, want en", tags, got, err)
		}
	}
	// Languages that sound alike leave it open.
	if got, err := e.heard(context.Background(), DefaultOptions(), []string{"xx", "und"}); err != nil || got != "" {
		t.Errorf("of two without rules: %q, %v, want none", got, err)
	}
}

// TestLanguageNotGiven: the alignment tells how its language was found, and nothing where it was given.
func TestLanguageNotGiven(t *testing.T) {
	sample := readSample(t)
	for _, lang := range []string{"", "en"} {
		o := DefaultOptions()
		o.Lang = lang
		e := &episode{frames: sample.frames, script: sample.script, tuning: DefaultTuning()}
		got, err := e.languages(context.Background(), o)
		if err != nil || got.tag != "en" || got.read != "en" || (got.detected == nil) != (lang == "en") {
			t.Errorf("given %q: %+v, %v", lang, got, err)
		}
	}
}

// TestFewWords: a few words fit any language and any sound, so that neither decides what they are in; they are
// read by what their letters mostly stand for.
func TestFewWords(t *testing.T) {
	sample := readSample(t)
	for _, c := range []struct{ script, tag, read string }{
		{"OK.", "und", "und"},
		{"Hola!", "und", "und"},
		{"Da, da.", "und", "und"},
		{"Ciao, bella.", "it", "it"}, // sure by its letters
		{"مرحبا.", "und", "ar"},
		{"Привет!", "und", "ru"},
		{"안녕하세요.", "ko", "ko"}, // no other language has these letters
		{"你好。", "zh", "zh"},
	} {
		e := &episode{frames: sample.frames, script: parse(t, c.script), tuning: DefaultTuning()}
		got, err := e.languages(t.Context(), DefaultOptions())
		if err != nil || got.tag != c.tag || got.read != c.read || got.detected == nil || got.detected.Likely != nil || got.detected.BySound {
			t.Errorf("%s: %+v, %+v, %v, want %s, read as %s", c.script, got, got.detected, err, c.tag, c.read)
		}
	}
}

// TestBeginning: how much is looked for in a minute goes by how much is said, not by how many words there are:
// where they aren't parted they are characters.
func TestBeginning(t *testing.T) {
	for _, c := range []struct{ script, want string }{
		{"One two three. Four five six. Seven eight nine.", "One two three. Four five six."},
		{"船停在港口。没有人修理它。春天来了。", "船停在港口。没有人修理它。"}, // 5 and 6 characters, 5/8 of a word each
	} {
		var got []string
		for _, turn := range beginning(parse(t, c.script), 4).Turns {
			for _, sentence := range turn.Sentences {
				got = append(got, sentence.Text())
			}
		}
		if joined := strings.Join(got, " "); strings.ReplaceAll(joined, "。 ", "。") != c.want {
			t.Errorf("%s: %q, want %q", c.script, joined, c.want)
		}
	}
}

package format

import (
	"strings"
	"testing"
	"unicode/utf8"
	"unsafe"

	"pgregory.net/rapid"
)

// TestShortName: a name that is longer than any name is cut off once, between two characters.
func TestShortName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", ""}, {"Ann", "Ann"}, {strings.Repeat("a", 256), strings.Repeat("a", 256)},
		{strings.Repeat("a", 257), strings.Repeat("a", 256) + "…"}, {"a" + strings.Repeat("é", 128), "a" + strings.Repeat("é", 127) + "…"},
	} {
		if got := ShortName(c.name); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		short := ShortName(rapid.StringN(200, 300, -1).Draw(t, "name"))
		if again := ShortName(short); again != short || !utf8.ValidString(short) || len(short) > 256+len("…") {
			t.Errorf("%q becomes %q", short, again)
		}
	})
}

// TestShortNames: whatever names a speaker in a file, a name of a megabyte is read as one of
// a line's length.
func TestShortNames(t *testing.T) {
	long := strings.Repeat("Ann ", 1<<18)
	for name, file := range map[string]string{
		"vtt":  "WEBVTT\n\n00:01.000 --> 00:02.000\n<v " + long + ">Hello",
		"ass":  "[Script Info]\n[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00," + long + ",Hello",
		"json": `{"segments":[{"speaker":"` + long + `","startTime":1,"endTime":2,"body":"Hello"}]}`,
		"ttml": `<tt xmlns="http://www.w3.org/ns/ttml"><head><metadata><agent id="a"><name>` + long + `</name></agent></metadata></head>` +
			`<body><p begin="1s" end="2s" agent="a">Hello</p></body></tt>`,
	} {
		f, err := Read(name, file)
		if err != nil || len(f.Cues) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		if c := f.Cues[0]; c.Text() != "Hello" || !strings.HasPrefix(c.Speaker(), "Ann Ann ") || len(c.Speaker()) > 300 {
			t.Errorf("%s: %q, said by a name of %d bytes", name, c.Text(), len(c.Speaker()))
		}
	}
}

// TestSpeakersBefore: it is the speaker of the nearest line before that is no sound.
func TestSpeakersBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.Custom(func(t *rapid.T) Line {
			return Line{Speaker: rapid.SampledFrom([]string{"", "Ann", "Bob"}).Draw(t, "speaker"), Sound: rapid.Bool().Draw(t, "sound")}
		})
		cues := make([]Cue, rapid.IntRange(0, 8).Draw(t, "cues"))
		for i := range cues {
			cues[i].Lines = rapid.SliceOfN(line, 0, 2).Draw(t, "lines")
		}
		for i, got := range SpeakersBefore(cues, false) {
			want := ""
			for k := i - 1; k >= 0; k-- {
				if lines := cues[k].Lines; len(lines) > 0 && !lines[len(lines)-1].Sound {
					want = lines[len(lines)-1].Speaker
					break
				}
			}
			if got != want {
				t.Errorf("before cue %d: %q, want %q", i, got, want)
			}
		}
	})
}

// TestSizeOfWord: a caption file of a day has half a million words.
func TestSizeOfWord(t *testing.T) {
	if size := unsafe.Sizeof(Word{}); size > 56 {
		t.Errorf("a word takes %d bytes", size)
	}
}

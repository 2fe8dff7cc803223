package format

import (
	"fmt"
	"strings"
	"testing"
)

// TestUnroll: what rolling captions show twice is read once; what others repeat stays.
func TestUnroll(t *testing.T) {
	for _, c := range []struct{ name, cues, want string }{
		{"with a moment between", "0-10 Pots 10-10.01 Pots| 10.01-20 Pots|are 20-20.01 are| 20.01-30 are|hot",
			"0-10.01 Pots 10.01-20.01 are 20.01-30 hot"},
		{"without", "0-10 Pots 10-20 Pots|are 20-30 are|hot", "0-10 Pots 10-20 are 20-30 hot"},
		{"in three lines", "0-10 a 10-20 a|b 20-30 a|b|c 30-40 b|c|d 40-50 c|d|e", "0-10 a 10-20 b 20-30 c 30-40 d 40-50 e"},
		{"that overlap", "0-15 a 10-25 a|b 20-30 b|c", "0-10 a 10-20 b 20-30 c"},
		{"with a pause", "0-10 a 10-20 a|b 60-70 b|c 70-80 c|d", "0-10 a 10-20 b 60-70 c 70-80 d"},
		{"with music", "0-10 [Music] 10-20 [Music]|a 20-30 a|b 30-40 b|[Music]", "0-10 [Music] 10-20 a 20-30 b 30-40 [Music]"},
		{"by two lines at once", "0-10 a|b 10-20 a|b|c|d 20-30 c|d|e|f", "0-10 a|b 10-20 c|d 20-30 e|f"},
		{"a song", "0-10 la 10-20 la 20-30 la 30-40 la", "0-10 la 10-20 la 20-30 la 30-40 la"},
		{"a second line is added", "0-10 a 10-20 a|b 20-30 c 30-40 c|d 40-50 e 50-60 e|f",
			"0-10 a 10-20 a|b 20-30 c 30-40 c|d 40-50 e 50-60 e|f"},
		{"two cues", "0-10 a 10-20 a|b", "0-10 a 10-20 a|b"},
	} {
		for _, name := range []string{"vtt", "srt"} {
			text := "WEBVTT\n\n"
			if name == "srt" {
				text = ""
			}
			for field := range strings.SplitSeq(c.cues, " ") {
				if field == "" {
					continue
				}
				if from, to, ok := strings.Cut(field, "-"); ok {
					text += fmt.Sprintf("\n%s --> %s\n", minute(from), minute(to))
				} else {
					text = strings.TrimSuffix(text, " ") + strings.ReplaceAll(field, "|", "\n") + " "
				}
			}
			f, err := Read(name, strings.ReplaceAll(text, " \n", "\n"))
			var got []string
			for _, c := range f.Cues {
				s := fmt.Sprintf("%g-%g ", c.Start.Seconds(), c.End.Seconds())
				for i, l := range c.Lines {
					if i > 0 {
						s += "|"
					}
					s += l.Text()
				}
				got = append(got, s)
			}
			if s := strings.Join(got, " "); err != nil || s != c.want {
				t.Errorf("%s, %s: %v\n%s\nwant\n%s", c.name, name, err, s, c.want)
			}
		}
	}
}

// minute returns seconds, below a minute, as a time.
func minute(seconds string) string {
	whole, fraction, _ := strings.Cut(seconds, ".")
	return fmt.Sprintf("00:00:%02s.%s", whole, (fraction + "000")[:3])
}

// TestUnrollWords: the times of words are those of the lines they first stand in.
func TestUnrollWords(t *testing.T) {
	f, err := Read("vtt", `WEBVTT

00:01.000 --> 00:03.000 align:start position:0%
`+" "+`
the<00:01.500><c> pot</c><00:02.000><c> is</c>

00:03.000 --> 00:03.010 align:start position:0%
the pot is
`+" "+`

00:03.010 --> 00:05.000 align:start position:0%
the pot is
on<00:03.500><c> the</c><00:04.000><c> fire</c>
`)
	const want = "1000-3010||the pot is\n3010-5000||on the fire\n"
	const words = "1000 the|1500 pot|2000 is|3010 on|3500 the|4000 fire"
	if got := drawnCues(f.Cues); err != nil || got != want || drawnWords(f.Cues) != words {
		t.Errorf("%v\n%s%s", err, got, drawnWords(f.Cues))
	}
	for _, c := range f.Cues {
		if len(c.Settings) > 0 {
			t.Errorf("it is shown at %v", c.Settings)
		}
	}
	f, err = Read("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\none\n\n00:02.000 --> 00:03.000 line:10%\none\ntwo\n\n"+
		"00:03.000 --> 00:04.000 line:0\ntwo\nthree\n")
	if err != nil || len(f.Cues) != 3 || f.Cues[0].Settings.Get("line")+f.Cues[1].Settings.Get("line") != "010%" {
		t.Errorf("a place of their own: %v, %+v", err, f.Cues)
	}
}

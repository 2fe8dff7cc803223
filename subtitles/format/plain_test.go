package format

import (
	"bytes"
	"testing"
	"time"

	"cuewright/audio"
)

// TestWritePlain: how formats without markup write cues, and what could be taken for something else in them.
func TestWritePlain(t *testing.T) {
	ms := func(from, to int64) audio.Segment {
		return audio.Segment{Start: time.Duration(from) * time.Millisecond, End: time.Duration(to) * time.Millisecond}
	}
	line := func(speaker, text string) Line {
		l := newLine(speaker, 0, []span{{text: text}})
		return l
	}
	two := Cue{Segment: ms(500, 2000), Lines: []Line{line("Ann", "Mind the step,"), line("Ann", "Bo.")}}
	both := Cue{Segment: ms(2000, 3004), Lines: []Line{line("Ann", "Is it wet?"), line("Bo", "=1+1, he said")}}
	odd := Cue{Segment: ms(36_000_000, 36_001_500), Lines: []Line{line("", "[br] <i>a</i> [00:01.00]"), line("", `"so"`)}}
	for _, tt := range []struct {
		format string
		label  Label
		cues   []Cue
		want   string
	}{
		{"sbv", ChevronLabel, []Cue{two, both}, "0:00:00.500,0:00:02.000\n>> ANN: Mind the step,\nBo.\n\n" +
			"0:00:02.000,0:00:03.004\nIs it wet?\n>> BO: =1+1, he said\n\n"},
		{"sbv", NoLabel, []Cue{odd}, "10:00:00.000,10:00:01.500\n[\u2060br] <\u2060i>a<\u2060/i> [00:01.00]\n\"so\"\n\n"},
		{"lrc", DashLabel, []Cue{two, both}, "[re:cuewright]\n[00:00.50]Mind the step, Bo.\n[00:02.00]-Is it wet? -=1+1, he said\n[00:03.00]\n"},
		{"lrc", NoLabel, []Cue{two, odd}, "[re:cuewright]\n[00:00.50]Mind the step, Bo.\n[00:02.00]\n" +
			"[600:00.00][br] <\u2060i>a<\u2060/i> [00:01.00] \"so\"\n[600:01.50]\n"},
		{"lrc", NoLabel, []Cue{{Segment: ms(0, 4), Lines: []Line{line("", "[00:01.00] a")}}, {Segment: ms(1, 7000), Lines: []Line{line("", "b")}}},
			"[re:cuewright]\n[00:00.00][\u206000:01.00] a\n[00:00.01]b\n[00:07.00]\n"},
		{"csv", NoLabel, []Cue{two, both}, "\ufeffstart,end,speaker,text\r\n0.500,2.000,Ann,\"Mind the step, Bo.\"\r\n" +
			"2.000,3.004,Ann,Is it wet?\r\n2.000,3.004,Bo,\" =1+1, he said\"\r\n"},
		{"csv", NoLabel, []Cue{odd}, "\ufeffstart,end,speaker,text\r\n36000.000,36001.500,,\"[br] <i>a</i> [00:01.00] \"\"so\"\"\"\r\n"},
		{"csv", NoLabel, nil, "\ufeffstart,end,speaker,text\r\n"},
	} {
		var b bytes.Buffer
		if err := Write(&b, tt.format, tt.cues, Options{Label: tt.label}); err != nil || b.String() != tt.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", tt.format, err, b.String(), tt.want)
		}
	}
}

package subtitles

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

func TestRetime(t *testing.T) {
	ms := time.Millisecond
	seg := func(start, end time.Duration) audio.Segment { return audio.Segment{Start: start * ms, End: end * ms} }
	cues := []format.Cue{
		{Segment: seg(0, 1000), Lines: []format.Line{{Words: []format.Word{{Text: "one"}}}}},
		{Segment: seg(1000, 3000), Lines: []format.Line{{Words: []format.Word{{Text: "two", Segment: seg(1000, 2000)},
			{Text: "three", Segment: seg(2000, 3000)}}}}},
	}
	for _, tt := range []struct {
		stretch float64
		shift   time.Duration
		want    string // cues, then the times of their words
		dropped int
	}{
		{1, 0, "0-1000 0-0, 1000-3000 1000-2000 2000-3000", 0},
		{1, 500, "500-1500 0-0, 1500-3500 1500-2500 2500-3500", 0},
		{2, -1000, "0-1000 0-0, 1000-5000 1000-3000 3000-5000", 0},
		{1, -1500, "0-1500 0-500 500-1500", 1},
		{0.5, -1500, "", 2},
	} {
		kept, dropped := Retime(cues, tt.stretch, tt.shift*ms)
		var got []string
		for _, c := range kept {
			s := fmt.Sprintf("%d-%d", c.Start/ms, c.End/ms)
			for _, w := range c.Lines[0].Words {
				s += fmt.Sprintf(" %d-%d", w.Start/ms, w.End/ms)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, ", "); s != tt.want || dropped != tt.dropped {
			t.Errorf("*%v %+v ms: %s and %d dropped, want %s and %d", tt.stretch, int64(tt.shift), s, dropped,
				tt.want, tt.dropped)
		}
	}
	if cues[1].Start != time.Second || !cues[1].HasWordTimes() || cues[0].HasWordTimes() {
		t.Error("the cues given were changed")
	}
}

// TestRetimeAlignment: all that has a time moves, and what would come before 0 is no
// longer spoken.
func TestRetimeAlignment(t *testing.T) {
	seg := func(start, end int) audio.Segment {
		return audio.Segment{Start: time.Duration(start) * time.Second, End: time.Duration(end) * time.Second}
	}
	word := func(start, end int) align.Word {
		return align.Word{Segment: seg(start, end), Text: "so", Spoken: true, Confidence: 0.5}
	}
	sentence := func(s audio.Segment, words ...align.Word) align.Sentence {
		return align.Sentence{Segment: s, Spoken: true, Confidence: 0.5, Words: words}
	}
	unsaid := align.Sentence{Segment: seg(4, 4), Confidence: 0.5, Words: []align.Word{{Segment: seg(4, 4)}}}
	a := &align.Alignment{
		Segment: seg(0, 10), Speech: []audio.Segment{seg(0, 2), seg(3, 8)},
		Unscripted: []align.Unscripted{{Segment: seg(1, 2)}, {Segment: seg(8, 10), Kind: align.UnscriptedMusic}},
		Directions: []align.Direction{{Segment: seg(1, 2), Text: "a"}, {Segment: seg(8, 10), Text: "b"}},
		Turns: []align.Turn{
			{Segment: seg(0, 2), Spoken: true, Sentences: []align.Sentence{sentence(seg(0, 2), word(0, 1), word(1, 2))}},
			{Segment: seg(1, 8), Spoken: true, Sentences: []align.Sentence{
				sentence(seg(1, 2), word(1, 2)), sentence(seg(1, 4), word(1, 2), word(2, 4)), unsaid, sentence(seg(6, 8), word(6, 8)),
			}},
		},
	}
	draw := func(a *align.Alignment) string {
		var b strings.Builder
		put := func(s audio.Segment, spoken bool) {
			fmt.Fprintf(&b, " %v-%v", s.Start.Seconds(), s.End.Seconds())
			if !spoken {
				b.WriteString("!")
			}
		}
		put(a.Segment, true)
		for _, turn := range a.Turns {
			b.WriteString(" |")
			put(turn.Segment, turn.Spoken)
			for _, s := range turn.Sentences {
				b.WriteString(" (")
				put(s.Segment, s.Spoken)
				b.WriteString(":")
				for _, w := range s.Words {
					put(w.Segment, w.Spoken)
				}
				b.WriteString(")")
			}
		}
		for _, s := range a.Speech {
			b.WriteString(" speech")
			put(s, true)
		}
		for _, u := range a.Unscripted {
			b.WriteString(" unscripted")
			put(u.Segment, true)
		}
		for _, d := range a.Directions {
			b.WriteString(" " + d.Text)
			put(d.Segment, true)
		}
		return strings.TrimSpace(b.String())
	}
	before := draw(a)
	for _, c := range []struct {
		stretch float64
		shift   int
		dropped int
		want    string
	}{
		{1, 0, 0, before},
		{2, 1, 0, "0-21 | 1-5 ( 1-5: 1-3 3-5) | 3-17 ( 3-5: 3-5) ( 3-9: 3-5 5-9) ( 9-9!: 9-9!) ( 13-17: 13-17)" +
			" speech 1-5 speech 7-17 unscripted 3-5 unscripted 17-21 a 3-5 b 17-21"},
		{1, -2, 2, "0-8 | 0-0! ( 0-0!: 0-0! 0-0!) | 0-6 ( 0-0!: 0-0!) ( 0-2: 0-0! 0-2) ( 2-2!: 2-2!) ( 4-6: 4-6)" +
			" speech 1-6 unscripted 6-8 a 0-0 b 6-8"},
		{1, -5, 3, "0-5 | 0-0! ( 0-0!: 0-0! 0-0!) | 1-3 ( 0-0!: 0-0!) ( 0-0!: 0-0! 0-0!) ( 0-0!: 0-0!) ( 1-3: 1-3)" +
			" speech 0-3 unscripted 3-5 a 0-0 b 3-5"},
	} {
		moved, dropped := RetimeAlignment(a, c.stretch, time.Duration(c.shift)*time.Second)
		if got := draw(moved); got != c.want || dropped != c.dropped {
			t.Errorf("*%v %+d s: %d dropped, want %d\ngot  %s\nwant %s", c.stretch, c.shift, dropped, c.dropped, got, c.want)
		}
	}
	if draw(a) != before {
		t.Error("the alignment given was changed")
	}
}

// TestRetimeDoubtful: what is no longer spoken isn't in doubt either, and a turn has the confidence of
// the first word that is left to it.
func TestRetimeDoubtful(t *testing.T) {
	seg := func(start, end time.Duration) audio.Segment {
		return audio.Segment{Start: start * time.Second, End: end * time.Second}
	}
	sentence := func(s audio.Segment) align.Sentence {
		return align.Sentence{Segment: s, Spoken: true, Doubtful: true, Confidence: 0.25, Words: []align.Word{
			{Segment: audio.Segment{Start: s.Start, End: s.Start}, Confidence: 0.75},
			{Segment: s, Spoken: true, Confidence: 0.5},
		}}
	}
	a := &align.Alignment{Segment: seg(0, 6), Turns: []align.Turn{{
		Segment: seg(1, 5), Spoken: true, Confidence: 0.5, Sentences: []align.Sentence{sentence(seg(1, 2)), sentence(seg(3, 5))},
	}}}
	moved, _ := RetimeAlignment(a, 1, -2*time.Second)
	turn := moved.Turns[0]
	if s := turn.Sentences[0]; s.Spoken || s.Doubtful {
		t.Errorf("the first sentence is spoken: %v, doubtful: %v", s.Spoken, s.Doubtful)
	}
	if s := turn.Sentences[1]; !s.Doubtful || s.Confidence != 0.25 {
		t.Errorf("the second sentence is doubtful: %v, by %g", s.Doubtful, s.Confidence)
	}
	if turn.Confidence != 0.5 {
		t.Errorf("the confidence of the turn is %g", turn.Confidence)
	}
}

func TestTimeWords(t *testing.T) {
	at := func(start, end time.Duration) audio.Segment {
		return audio.Segment{Start: start * time.Second, End: end * time.Second}
	}
	words := func(first audio.Segment) []align.Word {
		return []align.Word{{Text: "one", Segment: first}, {Text: "a", Segment: at(2, 2)}}
	}
	a := &align.Alignment{Turns: []align.Turn{{Sentences: []align.Sentence{
		{Segment: at(2, 8), Spoken: true, Words: words(at(2, 2))},
		{Segment: at(2, 8), Spoken: true, Words: words(at(2, 3))},
		{Segment: at(2, 8), Words: words(at(2, 2))},
		{Segment: at(2, 8), Spoken: true},
	}}}}
	var got []string
	for _, s := range TimeWords(a).Turns[0].Sentences {
		for _, w := range s.Words {
			got = append(got, fmt.Sprint(w.Start.Seconds(), "-", w.End.Seconds()))
		}
	}
	if s, want := strings.Join(got, " "), "2-6 6-8 2-3 2-2 2-2 2-2"; s != want {
		t.Errorf("got %s, want %s", s, want)
	}
	if w := a.Turns[0].Sentences[0].Words[0]; w.Segment != at(2, 2) {
		t.Error("the alignment given was changed")
	}
}

// TestRetimeASS: a file of ASS that is shifted keeps all but its times, and what it draws moves
// with the rest.
func TestRetimeASS(t *testing.T) {
	const head = "[Script Info]\nPlayResX: 640\n\n[V4+ Styles]\nFormat: Name, Fontsize\nStyle: Default,20\n\n[Events]\n" +
		"Format: Layer, Start, End, Style, Text\n"
	event := func(kind, start, end, text string) string {
		return kind + ": 3," + start + "," + end + ",Default," + text + "\n"
	}
	file := head + event("Dialogue", "0:00:09.00", "0:00:10.00", `{\fad(200,0)}The fog`) +
		event("Comment", "0:00:00.00", "0:00:00.00", "{fx}") +
		event("Dialogue", "0:00:02.00", "0:00:03.00", `{\p1}m 0 0 l 9 9`) + event("Dialogue", "0:00:00.50", "0:00:00.90", `{\p1}m 1 1`) +
		event("Dialogue", "0:00:01.00", "0:00:01.50", `lifts {\k20}now.`) + "\n[Fonts]\n"
	f, err := ReadFile("ass", file)
	if err != nil {
		t.Fatal(err)
	}
	cues, _ := Retime(f.Cues, 2, -time.Second)
	var b strings.Builder
	if err := Write(&b, "ass", Captions{Cues: cues, Around: RetimeAround(f.Around, 2, -time.Second)}); err != nil {
		t.Fatal(err)
	}
	want := head + event("Dialogue", "0:00:17.00", "0:00:19.00", `{\fad(200,0)}The fog`) +
		event("Comment", "0:00:00.00", "0:00:00.00", "{fx}") +
		event("Dialogue", "0:00:03.00", "0:00:05.00", `{\p1}m 0 0 l 9 9`) + event("Dialogue", "0:00:00.00", "0:00:00.80", `{\p1}m 1 1`) +
		event("Dialogue", "0:00:01.00", "0:00:02.00", `lifts {\k20}now.`) + "\n[Fonts]\n"
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnFrames(t *testing.T) {
	for _, tt := range []struct{ rate, cues, want string }{ // starts and ends in ms
		{"25", "0-1000, 1010-2000", "0-1000, 1000-2000"},
		{"25", "19-1021", "0-1040"},
		{"24", "100-200, 200-300", "83-208, 208-292"},
		{"29.97", "1000-2002, 2002-3000, 3600000-3602000", "1001-2002, 2002-3003, 3599996-3601998"},
		{"59.94", "100-200", "100-200"},
		{"25", "0-10, 10-20, 30-70, 500-600", "0-40, 40-80, 80-120, 520-600"}, // a frame each, and they still touch
		{"25", "0-1000, 200-800, 990-1500", "0-1000, 200-800, 1000-1520"},
		{"25", "400-600, 0-200", "0-200, 400-600"},
	} {
		r, err := format.FrameRateNamed(tt.rate)
		if err != nil {
			t.Fatal(err)
		}
		var cues []format.Cue
		for _, times := range strings.Split(tt.cues, ", ") {
			var start, end int
			if _, err := fmt.Sscanf(times, "%d-%d", &start, &end); err != nil {
				t.Fatal(err)
			}
			s := audio.Segment{Start: time.Duration(start) * time.Millisecond, End: time.Duration(end) * time.Millisecond}
			cues = append(cues, format.Cue{Segment: s})
		}
		var got []string
		for _, c := range OnFrames(cues, r) {
			got = append(got, fmt.Sprintf("%d-%d", c.Start.Milliseconds(), c.End.Milliseconds()))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s at %s: %s, want %s", tt.cues, tt.rate, s, tt.want)
		}
	}
}

// TestOnFramesKeepsApart: whatever the cues, all begin and end with frames, in order, and none
// comes to overlap another. Where there is room they are off by half a frame at most.
func TestOnFramesKeepsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := atAnyRate(t, Preset{})
		var cues []format.Cue
		at := time.Duration(0)
		least := rapid.SampledFrom([]int{1, 100}).Draw(t, "least") // ms that a cue or a gap lasts
		for range rapid.IntRange(1, 12).Draw(t, "cues") {
			at += time.Duration(rapid.IntRange(0, 3).Draw(t, "gap")*rapid.IntRange(least, 200).Draw(t, "ms")) * time.Millisecond
			c := format.Cue{Segment: audio.Segment{Start: at}}
			c.End = at + time.Duration(rapid.IntRange(least, 500).Draw(t, "length"))*time.Millisecond
			if rapid.Bool().Draw(t, "next") {
				at = c.End
			}
			cues = append(cues, c)
		}
		placed := OnFrames(cues, p.FrameRate)
		for i, c := range placed {
			if !isStep(p, c.Start) || !isStep(p, c.End) || c.End <= c.Start {
				t.Fatalf("cue %d, %v, is at %v", i, cues[i].Segment, c.Segment)
			}
			near := oneStep(p)/2 + time.Millisecond
			if least > 50 && ((c.Start-cues[i].Start).Abs() > near || (c.End-cues[i].End).Abs() > near) {
				t.Fatalf("cue %d, %v, is at %v", i, cues[i].Segment, c.Segment)
			}
			for k := range i {
				if placed[k].Start > c.Start || cues[k].End <= cues[i].Start && placed[k].End > c.Start {
					t.Fatalf("%v and %v are at %v and %v", cues[k].Segment, cues[i].Segment, placed[k].Segment, c.Segment)
				}
				if cues[k].End == cues[i].Start && k == i-1 && least > 50 && placed[k].End != c.Start {
					t.Fatalf("%v and %v touch no more: %v and %v", cues[k].Segment, cues[i].Segment, placed[k].Segment, c.Segment)
				}
			}
		}
	})
}

// TestRetimeKaraoke: a file of ASS stays its own where it is shifted or stretched, and its syllables with it.
func TestRetimeKaraoke(t *testing.T) {
	const file = "[Script Info]\nTitle: Fog\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:10.00,0:00:12.00,{\\kf33}Mind {\\kf33}the {\\k34}step\n"
	for _, tt := range []struct {
		stretch float64
		want    string
	}{
		{1, "Dialogue: 0:00:11.00,0:00:13.00,{\\kf33}Mind {\\kf33}the {\\k34}step\n"},
		{1.5, "Dialogue: 0:00:16.00,0:00:19.00,{\\kf50}Mind {\\kf49}the {\\k51}step\n"},
	} {
		f, err := ReadFile("ass", file)
		if err != nil {
			t.Fatal(err)
		}
		cues, _ := Retime(f.Cues, tt.stretch, time.Second)
		var b bytes.Buffer
		err = Write(&b, "ass", Captions{Cues: cues, Words: true, Around: f.Around})
		if err != nil || !strings.HasSuffix(b.String(), tt.want) {
			t.Errorf("%v\n%s\nwant\n%s", err, b.String(), tt.want)
		}
	}
}

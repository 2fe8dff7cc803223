package format

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/audio"
)

// drawSpokenCues returns cues of words that have times, one after the other, as a layout makes them.
func drawSpokenCues(t *rapid.T) []Cue {
	var cues []Cue
	at := time.Duration(rapid.Int64Range(0, 3_000_000).Draw(t, "from")) * time.Millisecond
	for i := range rapid.IntRange(2, 4).Draw(t, "cues") {
		c := Cue{Segment: audio.Segment{Start: at}, Confidence: 1, Number: i + 1}
		speaker := rapid.SampledFrom([]string{"", "Ann", "Bo & Dé"}).Draw(t, "speaker")
		for k := range rapid.IntRange(1, 2).Draw(t, "lines") {
			l := Line{Speaker: speaker}
			for n := range rapid.IntRange(5, 7).Draw(t, "words") {
				at += time.Duration(rapid.SampledFrom([]int64{0, 0, 3, 250, 700}).Draw(t, "pause")) * time.Millisecond
				long := time.Duration(rapid.Int64Range(4, 450).Draw(t, "length")) * time.Millisecond
				text := rapid.SampledFrom([]string{"fog", "a<b", "AT&T", "灯台", "{x}", "été,"}).Draw(t, "text")
				look := Style{Italic: rapid.IntRange(0, 3).Draw(t, "italic") == 0}
				if rapid.IntRange(0, 5).Draw(t, "red") == 0 {
					look.Color = "red"
				}
				l.Words = append(l.Words, Word{Segment: audio.Segment{Start: at, End: at + long}, Text: fmt.Sprintf("%s%d%d", text, k, n),
					Look: look.Look(), Confidence: 1})
				at += long
			}
			c.Lines = append(c.Lines, l)
		}
		last := &c.Lines[len(c.Lines)-1]
		last.Words[len(last.Words)-1].Text += "."
		at += time.Duration(rapid.Int64Range(0, 500).Draw(t, "lingers")) * time.Millisecond
		c.End = at
		cues = append(cues, c)
	}
	return cues
}

// TestWordTimes: in any format that holds the times of words, each word that begins behind the one before it is
// read with its own time, to the unit of the format.
func TestWordTimes(t *testing.T) {
	for _, f := range Formats() {
		if !f.CanHold(WordTimes) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				cues := drawSpokenCues(t)
				o := Options{Words: true}
				if f.MarksSpeakers || f.Name == "ass" { // others read labels as text
					o.Label = rapid.SampledFrom([]Label{NoLabel, NameLabel, ChevronLabel, BracketLabel}).Draw(t, "label")
				}
				if rapid.IntRange(0, 2).Draw(t, "film") == 0 && f.Name == "ttml" {
					o.FrameRate = FrameRate{Frames: 24000, Seconds: 1001}
					for i := range cues {
						c := &cues[i]
						c.Start, c.End = o.FrameRate.Time(o.FrameRate.Frame(c.Start)), o.FrameRate.Time(o.FrameRate.Frame(c.End)+1)
						c.Start, c.End = c.Start.Round(time.Millisecond), c.End.Round(time.Millisecond)
					}
				}
				var b bytes.Buffer
				if err := Write(&b, f.Name, cues, o); err != nil {
					t.Fatal(err)
				}
				got, err := Read(f.Name, b.String())
				if err != nil || len(got.Warnings) > 0 {
					t.Fatalf("%v, %v of\n%s", err, got.Warnings, b.String())
				}
				sameStarts(t, f.Name, cues, got.Cues, b.String())
			})
		})
	}
}

// sameStarts compares the starts of words that get a time with those that were read.
func sameStarts(t *rapid.T, name string, cues, got []Cue, file string) {
	unit := time.Millisecond
	if name == "ass" || name == "lrc" {
		unit = 10 * time.Millisecond
	}
	var read []Word
	for _, c := range got {
		for _, l := range c.Lines {
			for _, w := range l.Words {
				w.Start = max(w.Start, c.Start) // of a cue of one word, whose time is the cue's
				read = append(read, w)
			}
		}
	}
	for _, c := range cues {
		clock := newWordClock(c, unit)
		for _, l := range c.Lines {
			for _, w := range l.Words {
				if len(read) == 0 || read[0].Text != w.Text {
					t.Fatalf("%s: %q is read as %+v, of\n%s", name, w.Text, read, file)
				}
				if at, ok := clock.start(w, false); ok && read[0].Start.Round(unit) != at {
					t.Fatalf("%s: %q begins at %v, want %v, of\n%s", name, w.Text, read[0].Start, at, file)
				}
				read = read[1:]
			}
		}
	}
}

// TestKaraokeSum: the codes of a cue last as long as the cue, so that no word comes late for
// those before it.
func TestKaraokeSum(t *testing.T) {
	code := regexp.MustCompile(`\{\\k(\d+)\}`)
	event := regexp.MustCompile(`(?m)^Dialogue: 0,([\d:.]+),([\d:.]+),.*$`)
	rapid.Check(t, func(t *rapid.T) {
		var b bytes.Buffer
		if err := Write(&b, "ass", drawSpokenCues(t), Options{Words: true}); err != nil {
			t.Fatal(err)
		}
		for _, m := range event.FindAllStringSubmatch(b.String(), -1) {
			sum, codes := 0, code.FindAllStringSubmatch(m[0], -1)
			for _, c := range codes {
				n, _ := strconv.Atoi(c[1])
				sum += n
			}
			if long := parseCueTime(m[2]) - parseCueTime(m[1]); len(codes) > 0 && time.Duration(sum)*assUnit != long {
				t.Fatalf("the codes last %d, the cue %v: %s", sum, long, m[0])
			}
		}
	})
}

// TestWriteWordTimes: how formats write the times of words.
func TestWriteWordTimes(t *testing.T) {
	ms := func(from, to int64) audio.Segment {
		return audio.Segment{Start: time.Duration(from) * time.Millisecond, End: time.Duration(to) * time.Millisecond}
	}
	red := Style{Color: "red"}.Look()
	cues := []Cue{{Segment: ms(1000, 3000), Lines: []Line{
		{Speaker: "Ann", Words: []Word{{Segment: ms(1204, 1400), Text: "Mind"}, {Segment: ms(1400, 1600), Text: "the", Look: red}}},
		{Speaker: "Bo", Words: []Word{{Segment: ms(2006, 2500), Text: "fog"}, {Segment: ms(2500, 2700), Text: "bell", Glued: true}}},
	}}, {Segment: ms(3000, 4000), Lines: []Line{{Words: []Word{{Text: "[bell rings]", Segment: ms(3100, 3500)}}, Sound: true}}}}
	for _, tt := range []struct{ format, want string }{
		{"vtt", "<v Ann>Ann: <00:00:01.204>Mind <00:00:01.400><c.red>the</c></v>\n<v Bo>Bo: <00:00:02.006>fog<00:00:02.500>bell</v>\n"},
		{"ass", `{\k20}{\k20}Ann: Mind {\c&H0000FF&}{\k61}the{\c&HFFFFFF&}\N{\k49}Bo: fog{\k50}bell` + "\n"},
		{"ass", ",&H00A8A8A8,"},
		{"ass", ",,[bell rings]\n"},
		{"ttml", `Ann: <span><set begin="00:00:00.204" tts:color="white"/>Mind</span> ` +
			`<span tts:color="#ff0000"><span><set begin="00:00:00.400" tts:color="#ff0000"/>the</span></span></span><br/>`},
		{"json", `"startTime": 1.204,` + "\n   " + `"endTime": 1.400,` + "\n   " + `"body": "Mind"`},
		{"json", `"speaker": "Bo",` + "\n   " + `"startTime": 2.006,` + "\n   " + `"endTime": 3.000,` + "\n   " + `"body": "fogbell"`},
		{"json", `"startTime": 3.000,` + "\n   " + `"endTime": 4.000,` + "\n   " + `"body": "[bell rings]"`},
	} {
		var b bytes.Buffer
		err := Write(&b, tt.format, cues, Options{Words: true, Label: NameLabel})
		if err != nil || !strings.Contains(b.String(), tt.want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.format, err, b.String(), tt.want)
		}
	}
}

// TestWriteBracketsByWord: what is in brackets among words is read as a word again, and as no sound, whoever speaks.
func TestWriteBracketsByWord(t *testing.T) {
	for _, said := range []string{"We asked [them] to go on so that it is on time.", "[They] [all] go on so that it is all on time for all of us.",
		"So that it is on time for all of us [too]", "It is ♪ on time so that it is on time."} {
		c := Cue{Segment: audio.Segment{End: 6 * time.Second}, Lines: []Line{{}}}
		for i, text := range strings.Fields(said) {
			at := time.Duration(i) * 300 * time.Millisecond
			word := Word{Text: text, Segment: audio.Segment{Start: at, End: at + 300*time.Millisecond}}
			c.Lines[0].Words = append(c.Lines[0].Words, word)
		}
		var b bytes.Buffer
		if err := Write(&b, "json", []Cue{c}, Options{Words: true}); err != nil {
			t.Fatal(err)
		}
		f, err := Read("json", b.String())
		var words []string
		for _, c := range f.Cues {
			for _, l := range c.Lines {
				words = append(words, l.Text())
				if l.Sound {
					t.Errorf("%s: %s is a sound of\n%s", said, l.Text(), b.String())
				}
			}
		}
		if got := strings.Join(words, " "); err != nil || got != said || len(f.Cues) > 3 {
			t.Errorf("%v, %d cues\n%s\nwant\n%s", err, len(f.Cues), got, said)
		}
	}
}

// TestReadOtherWordTimes: word times as others write them.
func TestReadOtherWordTimes(t *testing.T) {
	const dialogue = "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:10.00,0:00:12.00,"
	const paragraph = `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><body><div><p begin="10s" end="12s">`
	for _, tt := range []struct {
		format, text, want string
		effects            bool
	}{
		{"ass", dialogue + `{\k20}Mind {\k30}the {\k40}step` + "\n", "10000 Mind|10200 the|10500 step", false},
		{"ass", dialogue + `{\k20}{\k30}Mind {\i1\k40}the{\i0} step` + "\n", "10200 Mind|10500 the|11166 step", false},
		{"ass", dialogue + `{\kf20}ka{\kf30}ra {\kf40}oke` + "\n", "10000 kara|10500 oke", true},
		{"ass", dialogue + `{\k20}灯{\k30}台{\k40}は` + "\n", "10000 灯|10200 台|10500 は", false},
		{"ass", dialogue + `{\k20}Mind {\kt50\k40}the` + "\n", "10000 Mind|10500 the", false},
		{"ttml", paragraph + `Mind <span><set begin="0.5s" tts:color="white"/>the</span> <span><set begin="1s" tts:color="white"/>step</span></p></div></body></tt>`,
			"10000 Mind|10500 the|11000 step", false},
		{"ttml", paragraph + `Mind <span><set begin="0.5s" tts:color="red"/>the step</span></p></div></body></tt>`, "0 Mind|0 the|0 step", true},
		{"ttml", paragraph + `Mind <span><set begin="0.5s" end="1s" tts:color="white"/>the step</span></p></div></body></tt>`,
			"0 Mind|0 the|0 step", true},
	} {
		f, err := Read(tt.format, tt.text)
		if err != nil || len(f.Cues) != 1 || drawnWords(f.Cues) != tt.want || f.Cues[0].Effects != tt.effects || len(f.Warnings) > 0 {
			t.Errorf("%s: %v, %s, effects %v, want %s", tt.text, err, drawnWords(f.Cues), f.Cues[0].Effects, tt.want)
		}
	}
}

// TestReadWordsOfJSON: a transcript by word becomes cues of sentences, one of lines stays as it is.
func TestReadWordsOfJSON(t *testing.T) {
	file := func(bodies string, each time.Duration) string {
		var b strings.Builder
		at, speaker := time.Duration(0), "Ann"
		for body := range strings.FieldsSeq(bodies) {
			if body == "/" {
				at += 2 * time.Second // a pause
				continue
			}
			if body == "Bo" {
				speaker = body
				continue
			}
			fmt.Fprintf(&b, `,{"speaker":%q,"startTime":%.3f,"endTime":%.3f,"body":%q}`, speaker, at.Seconds(), (at + each).Seconds(),
				strings.ReplaceAll(body, "_", " "))
			at += each
		}
		return `{"version":"1.0.0","segments":[` + b.String()[1:] + "]}"
	}
	const words = 250 * time.Millisecond
	for _, tt := range []struct{ what, text, want string }{
		{"sentences", file("Mind the step. It is wet. So go on then, Ida.", words),
			"0-750|Ann|Mind the step.\n750-1500|Ann|It is wet.\n1500-2750|Ann|So go on then, Ida.\n"},
		{"a pause, and another speaker", file("Mind the / step it is Bo wet so go on then", words),
			"0-500|Ann|Mind the\n2500-3250|Ann|step it is\n3250-4500|Bo|wet so go on then\n"},
		{"a sound", file("Mind the step it [bell] is wet so go on", words),
			"0-1000|Ann|Mind the step it\n1000-1250|Ann|[bell]\n1250-2500|Ann|is wet so go on\n"},
		{"no spaces", file("灯 台 は 霧 の 中 に 立 っ て いる。", words), "0-2750|Ann|灯台は霧の中に立っている。\n"},
		{"lines", file("Mind_the_step It_is_wet So_go_on yes no well Go_on So_go_on It_is_wet On", words),
			"0-250|Ann|Mind the step\n250-500|Ann|It is wet\n500-750|Ann|So go on\n750-1000|Ann|yes\n1000-1250|Ann|no\n1250-1500|Ann|well\n" +
				"1500-1750|Ann|Go on\n1750-2000|Ann|So go on\n2000-2250|Ann|It is wet\n2250-2500|Ann|On\n"},
		{"few", file("yes no well", words), "0-250|Ann|yes\n250-500|Ann|no\n500-750|Ann|well\n"},
	} {
		f, err := Read("json", tt.text)
		if got := drawnCues(f.Cues); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%swant\n%s", tt.what, err, got, tt.want)
		}
	}
}

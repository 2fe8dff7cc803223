//go:build unix

package subtitles

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"cuewright/align"
	"cuewright/subtitles/format"
	"cuewright/testdata/cputime"
	"cuewright/testdata/race"
)

// shape is a hostile file: a head, a unit that comes again and again, and a tail. In the unit
// {i} stands for its number, and {from} and {to} for a second of its own as WebVTT writes it; in
// the head {n} stands for how often it comes, and {words} for as many words.
type shape struct{ format, name, head, unit, tail string }

// file returns the file of n units.
func (s shape) file(n int) string {
	var b strings.Builder
	count := fmt.Sprint(n)
	b.WriteString(strings.NewReplacer("{n}", count, "{words}", strings.Repeat("word ", n)).Replace(s.head))
	if !strings.Contains(s.unit, "{") {
		b.WriteString(strings.Repeat(s.unit, n))
	} else {
		for i := range n {
			at := time.Duration(i) * time.Second
			b.WriteString(strings.NewReplacer("{i}", fmt.Sprint(i), "{from}", format.Clock(at, ".", 3), "{to}",
				format.Clock(at+time.Second, ".", 3)).Replace(s.unit))
		}
	}
	b.WriteString(s.tail)
	return b.String()
}

const (
	vttCue  = "WEBVTT\n\n00:00:01.000 --> 10:00:00.000\n"
	vttCues = "WEBVTT\n\n"
	srtCue  = "1\n00:00:01,000 --> 10:00:00,000\n"
	assHead = "[Script Info]\n[Events]\nFormat: Start, End, Name, Text\n"
	assCue  = assHead + "Dialogue: 0:00:01.00,9:00:00.00,,"
	ttHead  = `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:m="http://www.w3.org/ns/ttml#metadata"><head><metadata>`
	ttBody  = `</metadata></head><body><div>`
	ttEnd   = `</div></body></tt>`
	ttCue   = ttHead + `<m:agent xml:id="a"><m:name>Ann</m:name></m:agent>` + ttBody + `<p begin="1s" end="36000s">`
	ttTail  = `</p>` + ttEnd
	grid    = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 86400 <exists> 1\n\"IntervalTier\" "
	wordsIn = grid + "\"words\" 0 86400 {n}\n"
	both    = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 86400 <exists> 2\n" +
		"\"IntervalTier\" \"sentences\" 0 86400 1\n0 86400 \"{words}\"\n\"IntervalTier\" \"words\" 0 86400 {n}\n"
	aligned = `{"schema":"cuewright.alignment/1","lang":"en","duration":86400,"turns":[`
	aTurn   = `{"speaker":"S","start":1,"end":2,"spoken":true,"confidence":1,"sentences":[{"start":1,"end":2,"spoken":true,"confidence":1,"words":[`
	aWord   = `{"text":"a","start":1,"end":2,"spoken":true,"confidence":1}`
	aSounds = aligned + aTurn + aWord + `]}]}],"directions":[`
	aSound  = `{"kind":"music","text":"la","start":3,"end":5}`
)

var shapes = []shape{
	{"vtt", "a cue of lines", vttCue, "ab\n", ""},
	{"vtt", "a line of words", vttCue, "ab ", ""},
	{"vtt", "a word", vttCue, "abcdef", ""},
	{"vtt", "a word of pieces", vttCue + "漢", "a-", ""},
	{"vtt", "a word without spaces", vttCue, "漢字", ""},
	{"vtt", "letters on letters", vttCue + "a", "\u0301", ""},
	{"vtt", "cues", vttCues, "{from} --> {to}\nabc\n\n", ""},
	{"vtt", "cues at one time", vttCues, "00:01.000 --> 00:02.000\nabc\n\n", ""},
	{"vtt", "cues of a day", vttCues, "{from} --> 24:00:00.000\nabc\n\n", ""},
	{"vtt", "speakers", vttCues, "{from} --> {to}\n<v Speaker {i}>abc\n\n", ""},
	{"vtt", "labels", vttCues, "{from} --> {to}\nSPEAKER {i}: abc\n\n", ""},
	{"vtt", "labels of a cue", vttCue, "Ann: So.\nBob: No.\n", ""},
	{"vtt", "speakers of a cue", vttCue, "<v S{i}>a\n", ""},
	{"vtt", "speakers of a line", vttCue, "<v S{i}>a", ""},
	{"vtt", "lines of a long name", vttCue + "<v " + strings.Repeat("Ann ", 5000) + ">", "a:\n", ""},
	{"vtt", "sounds", vttCues, "{from} --> {to}\n[music]\n\n", ""},
	{"vtt", "sounds at one time", vttCues, "00:01.000 --> 00:02.000\n[music]\n\n", ""},
	{"vtt", "sounds of a day", vttCues, "{from} --> 24:00:00.000\n[music]\n\n", ""},
	{"vtt", "lines of sounds", vttCue, "[music]\n", ""},
	{"vtt", "a sound", vttCue + "[", "la la ", "]\n"},
	{"vtt", "tags", vttCue, "<b>a</b> ", ""},
	{"vtt", "open tags", vttCue, "<b", ""},
	{"vtt", "times of words", vttCue, "<{from}>a ", ""},
	{"vtt", "entities", vttCue, "&lt;&amp;", ""},
	{"vtt", "dashes", vttCue, "- ab\n", ""},
	{"vtt", "dashes that close up", vttCue, "a—\n", ""},
	{"vtt", "numbers", vttCue, "1 ", ""},
	{"vtt", "brackets", vttCue, "(a ", ""},
	{"vtt", "notes", vttCue + "a\n\n", "NOTE a\n\n", ""},
	{"srt", "a cue of lines", srtCue, "ab\n", ""},
	{"srt", "tags", srtCue, "<b>a</b> ", ""},
	{"srt", "open braces", srtCue, `{\ <b>a `, ""},
	{"srt", "entities", srtCue, "&lt;&amp;", ""},
	{"srt", "nothing", srtCue, "\n", ""},
	{"ass", "lines", assCue, `a\N`, ""},
	{"ass", "braces", assCue, "}{a", ""},
	{"ass", "open braces", assCue, `{\p1`, ""},
	{"ass", "dialogues", assHead, "Dialogue: 0:00:01.00,0:00:02.00,Speaker {i},abc\n", ""},
	{"ttml", "agents", ttHead, `<m:agent xml:id="a{i}"><m:name>Ann {i}</m:name></m:agent>`, ttBody + `<p begin="1s" end="2s" m:agent="a7">abc</p>` + ttEnd},
	{"ttml", "a name in pieces", ttHead + `<m:agent xml:id="a"><m:name>`, "a<!-- -->", `</m:name></m:agent>` + ttBody + `<p begin="1s" end="2s" m:agent="a">abc</p>` + ttEnd},
	{"ttml", "text in pieces", ttCue, "a<!-- -->", ttTail},
	{"ttml", "speakers in turns", ttCue, `<span m:agent="a">a</span><span m:agent="b">a</span>`, ttTail},
	{"ttml", "lines", ttCue, "a<br/>", ttTail},
	{"ttml", "paragraphs in a paragraph", ttCue, `<p begin="1s" end="2s">a</p>b`, ttTail},
	{"ttml", "attributes", ttHead + ttBody + `<p begin="1s" end="2s"`, ` a{i}="b"`, ">abc</p>" + ttEnd},
	{"ttml", "wrong times", ttHead + ttBody, `<p begin="x" end="y">a</p>`, ttEnd},
	{"ttml", "elements too deep", ttCue, "<span>", ""},
	{"json", "segments", `{"segments":[`, `{"speaker":"S {i}","startTime":{i},"endTime":36000,"body":"a"},`, `{"startTime":1,"endTime":2,"body":"a"}]}`},
	{"json", "lines of a long name", `{"segments":[{"speaker":"` + strings.Repeat("Ann ", 5000) + `","startTime":1,"endTime":36000,"body":"`, `a:\n`, `"}]}`},
	{"json", "lists too deep", `{"segments":[`, "[", ""},
	{"json", "other lists", `{"a":[`, "1,", `1],"segments":[{"startTime":1,"endTime":2,"body":"a"}]}`},
	{"", "SBV of parts", "0:00:01.000,0:00:02.000\n", "a[br]", ""},
	{"", "SBV of empty lines", "0:00:01.000,0:00:02.000\n", "\na\n", ""},
	{"", "LRC of one line", "[ti:a]\n", "[00:01.00]", "a\n"},
	{"", "LRC of words", "[ti:a]\n[00:01.00]a", "<00:01.00>a", ""},
	{"", "LRC of lines that go on", "[ti:a]\n[00:01.00]a\n[00:02.00]a\n", "[00:01.00]a\na\n", ""},
	{"TextGrid", "words", wordsIn, "{i}.0 {i}.9 \"word\"\n", ""},
	{"TextGrid", "words at one time", wordsIn, "1 2 \"word\"\n", ""},
	{"TextGrid", "words without time", wordsIn, "1 1 \"word\"\n", ""},
	{"TextGrid", "words of a day", wordsIn, "{i} 86400 \"word\"\n", ""},
	{"TextGrid", "a sentence", grid + "\"sentences\" 0 86400 1\n0 86400 \"", "word ", "\"\n"},
	{"TextGrid", "words of a sentence", both, "{i}.0 {i}.9 \"word\"\n", ""},
	{"TextGrid", "pauses of a sentence", both, "{i}.0 {i}.9 \"sp\"\n", ""},
	{"TextGrid", "quotes", grid + "\"sentences\" 0 86400 1\n0 86400 \"", `""`, "\"\n"},
	{"TextGrid", "noise", grid, "x ", ""},
	{"alignment.json", "words", aligned + aTurn, aWord + ",", aWord + `]}]}]}`},
	{"alignment.json", "numbers", aligned + aTurn, `{"text":"1","start":{i},"end":{i},"spoken":true,"confidence":1},`, aWord + `]}]}]}`},
	{"alignment.json", "turns", aligned, aTurn + aWord + `]}]},`, aTurn + aWord + `]}]}]}`},
	{"alignment.json", "sounds", aSounds, `{"kind":"music","text":"la","start":1{i},"end":86400},`, aSound + `]}`},
	{"alignment.json", "sounds at one time", aSounds, aSound + ",", aSound + `]}`},
	{"alignment.json", "lists too deep", aligned, "[", ""},
}

// cost is what a step takes.
type cost struct {
	cpu   time.Duration
	bytes uint64 // allocated
}

// steps does all that is done with a file, and calls did behind each step with its name.
func (s shape) steps(text string, did func(step string)) {
	cues, _, err := Read(s.format, text)
	did("read")
	if err != nil {
		return // it is an answer, too
	}
	if f, err := format.Read(s.format, text); err == nil {
		_, _ = Script(f)
		did("script")
	}
	var a *align.Alignment
	if FormatNamed(s.format).Sentences {
		if a, _, err = ReadAlignment(s.format, text); err != nil {
			return
		}
		a, _ = RetimeAlignment(TimeWords(a), 1, time.Second)
	} else {
		moved, _ := Retime(Voices(cues), 1, time.Second)
		a = FromCues(moved, "en")
	}
	did("alignment")
	for _, name := range []string{"netflix", "youtube"} { // with dashes and with names
		preset, _ := PresetNamed(name)
		laid := Layout(a, preset, LayoutOptions{})
		did("layout of " + preset.Name)
		Lint(laid, preset)
		did("lint of " + preset.Name)
	}
	for _, f := range Formats() {
		_ = Write(io.Discard, f.Name, Captions{Cues: cues, Preset: DefaultPreset(), Words: true, Lang: "en", Alignment: a})
		did("write " + f.Name)
	}
}

// measure does all with a file of n units, notes the least that each step has taken so far, and
// returns the order of the steps.
func (s shape) measure(n int, least map[string]cost) (order []string) {
	text := s.file(n)
	cpu, bytes := cputime.Now(), allocated()
	s.steps(text, func(step string) {
		c := cost{cputime.Now() - cpu, allocated() - bytes}
		if before, ok := least[step]; ok {
			c = cost{min(c.cpu, before.cpu), min(c.bytes, before.bytes)}
		}
		least[step] = c
		order = append(order, step)
		cpu, bytes = cputime.Now(), allocated()
	})
	return order
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestLinear: what is read, laid out, judged and written takes time and memory that grow with
// its size, not with its square, whatever the shape of a file.
func TestLinear(t *testing.T) {
	race.Skip(t, "takes time and memory of its own")
	const units, times = 200, 8
	for _, s := range shapes {
		t.Run(s.format+"/"+s.name, func(t *testing.T) {
			small, large := map[string]cost{}, map[string]cost{}
			slow := ""
			for range 5 { // once may be due to what else the machine does
				order := s.measure(units, small)
				s.measure(times*units, large)
				slow = ""
				for _, step := range order {
					x, y := small[step], large[step]
					// A square would take 64 times as much. Where a search is bounded, as among sounds, it
					// may be up to 40 until the bound is reached.
					if y.bytes > 1<<20 && y.bytes > 2*times*x.bytes || y.cpu > 10*time.Millisecond && y.cpu > 6*times*x.cpu {
						slow = fmt.Sprintf("%s takes %v and %d kB for %d, %v and %d kB for %d times as much", step, x.cpu, x.bytes>>10,
							units, y.cpu, y.bytes>>10, times)
					}
				}
				if slow == "" {
					return
				}
			}
			t.Error(slow)
		})
	}
}

// BenchmarkLinear shows the time and the memory for each byte of a file of a size, and of one of
// eight times as much.
func BenchmarkLinear(b *testing.B) {
	for _, s := range shapes {
		for _, size := range []int{1 << 16, 1 << 19} {
			text := s.file(size * 100 / len(s.file(100)))
			b.Run(fmt.Sprintf("%s/%s/%dkB", s.format, s.name, size>>10), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s.steps(text, func(string) {})
				}
			})
		}
	}
}

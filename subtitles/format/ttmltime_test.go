package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/audio"
)

const (
	ttmlNames = `xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"` +
		` xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"`
	appleNames = ttmlNames + ` xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal"`
)

// drawnWords are the words of cues with their starts in milliseconds.
func drawnWords(cues []Cue) string {
	var all []string
	for _, c := range cues {
		for _, l := range c.Lines {
			for _, w := range l.Words {
				all = append(all, fmt.Sprintf("%d %s", w.Start.Milliseconds(), w.Text))
			}
		}
	}
	return strings.Join(all, "|")
}

// TestReadTTMLTimes: what times of the body, of divisions, paragraphs and spans mean.
func TestReadTTMLTimes(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"the body ends what has no end",
			"<body dur='9s'><div><p begin='1s'>The kettle</p></div></body>", "1000-9000||The kettle\n"},
		{"and what goes on for longer",
			"<body end='9s'><div><p begin='8s' end='12s'>sings</p></div></body>", "8000-9000||sings\n"},
		{"each begin is added",
			"<body begin='1m'><div begin='30s'><p begin='1s' end='2s'>over</p></div></body>", "91000-92000||over\n"},
		{"a paragraph without times is its division's",
			"<body><div begin='2s' end='5s'><p>the</p></div></body>", "2000-5000||the\n"},
		{"an end alone", "<body><div><p end='5s'>stove</p></div></body>", "0-5000||stove\n"},
		{"end and dur: the earlier", "<body><p begin='1s' end='9s' dur='2s'>now</p></body>", "1000-3000||now\n"},
		{"no end at all: up to the next cue",
			"<body><p begin='1s'>One</p><p begin='4s' end='5s'>two</p></body>", "1000-4000||One\n4000-5000||two\n"},
		{"a sequence",
			"<body><div timeContainer='seq'><p dur='2s'>One</p><p begin='1s' dur='2s'>two</p></div></body>",
			"0-2000||One\n3000-5000||two\n"},
		{"a sequence of divisions",
			"<body timeContainer='seq'><div><p begin='1s' end='2s'>One</p></div><div><p begin='1s' end='2s'>two</p></div></body>",
			"1000-2000||One\n3000-4000||two\n"},
		{"what is not shown takes its time",
			"<body timeContainer='seq'><div tts:display='none' dur='5s'/><div dur='2s'><p>two</p></div></body>",
			"5000-7000||two\n"},
		{"lines that come one after the other",
			"<body><p><span begin='1s' end='2s'>The kettle</span><br/><span begin='3s' end='4s'>sings again</span></p></body>",
			"1000-2000||The kettle\n3000-4000||sings again\n"},
		{"a span that is shorter than its paragraph",
			"<body><p begin='10s' end='20s'><span begin='2s' end='4s'>The kettle</span></p></body>",
			"12000-14000||The kettle\n"},
		{"spans in a sequence",
			"<body><p begin='5s' timeContainer='seq'><span dur='2s'>The kettle</span><span dur='1s'>sings again</span></p></body>",
			"5000-7000||The kettle\n7000-8000||sings again\n"},
		{"beyond the end: from the start of the recording",
			"<body><div begin='60s' end='90s'><p begin='61s' end='62s'>late</p></div></body>", "61000-62000||late\n"},
		{"minutes and commas",
			"<body><p begin='1:02.5' end='00:01:03,25'>odd</p><p begin='64' end='65.5 s'>bare</p></body>",
			"62500-63250||odd\n64000-65500||bare\n"},
		{"hours and minutes in one, and a full stop too many",
			"<body><p begin='1.5m2.5s' end='1h2.3s'>sum</p><p begin='01:01:00.' end='01:01:01.'>point</p></body>",
			"92500-3602300||sum\n3660000-3661000||point\n"},
		{"no longer than the region",
			"<head><layout><region xml:id='r' begin='10s' end='20s'/><region xml:id='s' begin='30s' dur='5s'/></layout></head>" +
				"<body><div region='r'><p>all</p><p begin='5s' end='15s'>last</p><p begin='12s' end='18s'>within</p>" +
				"<p begin='16s' end='25s'>first</p></div><p region='s' begin='2s'>other</p></body>",
			"10000-20000||all\n10000-15000||last\n12000-18000||within\n16000-20000||first\n30000-35000||other\n"},
		{"nothing ends the last one", "<body><p begin='1s'>One</p><p begin='4s'><span begin='1s'>two</span></p></body>",
			"1000-5000||One\n5000-10000||two\n"},
		{"no times at all", "<body><div><p>One</p><p>two</p></div></body>", "0-5000||One\n0-5000||two\n"},
		{"one without times among others", "<body><p>One</p><p begin='1s' end='2s'>two</p></body>", "0-0||One\n1000-2000||two\n"},
		{"breaks as in HTML", "<body><p begin='1s' end='2s'>one<br>two</p></body>", "1000-2000||one||two\n"},
		{"a division of no time",
			"<body><div begin='soon'><p begin='1s' end='2s'>still</p></div></body>", "1000-2000||still\n"},
	} {
		f, err := Read("ttml", "<tt "+ttmlNames+">"+c.body+"</tt>")
		if got := drawnCues(f.Cues); err != nil || got != c.want {
			t.Errorf("%s: %v\n%swant\n%s", c.name, err, got, c.want)
		}
	}
}

// TestReadTTMLNoTime: a division whose times can't be read is read without them, and told.
func TestReadTTMLNoTime(t *testing.T) {
	f, err := Read("ttml", "<tt><body>\n<div begin='soon'><p begin='1s' end='2s'>still</p></div></body></tt>")
	if err != nil || len(f.Warnings) != 1 || f.Warnings[0].Kind != NoTime ||
		!strings.HasPrefix(f.Warnings[0].Error(), `line 2: <div> is read without its times: "soon" is no time`) {
		t.Errorf("%v, %v", err, f.Warnings)
	}
}

// TestReadTTMLWords: spans that time words are words of one cue.
func TestReadTTMLWords(t *testing.T) {
	word := func(from, to, text string) string {
		return "<span begin='" + from + "' end='" + to + "' podcasts:unit='word'>" + text + "</span>"
	}
	apple := "<body dur='30.5'><div><p begin='2.5' end='9' ttm:agent='SPEAKER_2'><span begin='2.5' end='4' podcasts:unit='sentence'>" +
		word("2.5", "3", "Pour") + word("3.25", "4", "it.") + "</span><span begin='6' end='9' podcasts:unit='sentence'>" +
		word("6", "7", "灯台") + word("7", "8", "守は") + word("8", "9", "now") + "</span></p></div></body>"
	for _, c := range []struct{ name, names, body, want, words string }{
		{"Apple's sentences", appleNames, apple, "2500-4000|SPEAKER_2|Pour it.\n6000-9000|SPEAKER_2|灯台守は now\n",
			"2500 Pour|3250 it.|6000 灯台守は|8000 now"},
		{"syllables", ttmlNames,
			"<body><p begin='1s' end='4s'><span begin='0s' end='1s'>ket</span><span begin='1s' end='2s'>tle</span> " +
				"<span begin='2s' end='3s'>sings</span></p></body>", "1000-4000||kettle sings\n", "1000 kettle|3000 sings"},
		{"from the start of the recording", ttmlNames, "<body><p begin='1s' end='4s'><span begin='1s' end='2s'>The</span> " +
			"<span begin='2s' end='4s'>kettle</span></p></body>", "1000-4000||The kettle\n", "1000 The|2000 kettle"},
		{"lines that stay", ttmlNames,
			"<body><p begin='1s' end='9s'><span begin='0s'>The kettle</span><br/><span begin='4s'>sings again</span></p></body>",
			"1000-9000||The kettle||sings again\n", "1000 The|2454 kettle|5000 sings|7000 again"},
		{"text without times among it", ttmlNames,
			"<body><p begin='1s' end='9s'>The <span begin='4s'>kettle</span></p></body>",
			"1000-9000||The kettle\n", "1000 The|5000 kettle"},
		{"a label before them", ttmlNames, "<body><p begin='1s' end='5s' ttm:agent='Ida'>Ida: <span begin='0s'>The</span> " +
			"<span begin='2s'>kettle</span></p></body>", "1000-5000|Ida|The kettle\n", "1000 The|3000 kettle"},
	} {
		f, err := Read("ttml", "<tt "+c.names+">"+c.body+"</tt>")
		if got := drawnCues(f.Cues); err != nil || len(f.Warnings) > 0 || got != c.want || drawnWords(f.Cues) != c.words {
			t.Errorf("%s: %v, %v\n%s%s\nwant\n%s%s", c.name, err, f.Warnings, got, drawnWords(f.Cues), c.want, c.words)
		}
	}
}

// TestTTMLRates: frames, sub-frames, ticks and labels of frames.
func TestTTMLRates(t *testing.T) {
	const ntsc = " ttp:frameRate='30' ttp:frameRateMultiplier='1000 1001'"
	for _, c := range []struct{ rates, time, want string }{
		{"",
			"00:00:01:15", "1.500"}, {" ttp:frameRate='25'", "00:00:01:05", "1.200"}, {" ttp:frameRate='25'", "50f", "2.000"},
		{" ttp:frameRate='25' ttp:subFrameRate='2'",
			"00:00:01:05.1", "1.220"}, {" ttp:frameRate='25' ttp:subFrameRate='2'", "50t", "1.000"},
		{" ttp:tickRate='10000000'",
			"25000000t", "2.500"}, {" ttp:frameRate='24' ttp:frameRateMultiplier='1000:1001'", "24f", "1.001"},
		{ntsc, "01:00:00:00", "3600.000"}, {ntsc + " ttp:timeBase='smpte'", "01:00:00:00", "3603.600"},
		{ntsc + " ttp:timeBase='smpte' ttp:dropMode='nonDrop'", "00:00:10:15", "10.511"},
		{ntsc + " ttp:timeBase='smpte' ttp:dropMode='dropNTSC'", "01:00:00;00", "3599.996"},
		{" ttp:timeBase='smpte' ttp:dropMode='dropNTSC'", "00:10:00:00", "599.999"},
		{ntsc + " ttp:timeBase='smpte'", "01:00:00;00", "3599.996"},
		{ntsc, "01:00:00;00", "3600.000"},
		{" ttp:frameRate='60' ttp:frameRateMultiplier='1000 1001' ttp:timeBase='smpte' ttp:dropMode='dropNTSC'", "01:00:00:00", "3599.996"},
		{" ttp:frameRate='60' ttp:frameRateMultiplier='1000 1001' ttp:timeBase='smpte'", "00:01:00;04", "60.060"},
		{" ttp:timeBase='smpte' ttp:frameRate='25'", "01:00:00:05", "3600.200"},
		{" ttp:timeBase='smpte' ttp:frameRate='25'", "01:00:00;05", "3600.200"},
		{ntsc + " ttp:timeBase='smpte' ttp:dropMode='dropPAL'", "00:04:00:00", "239.973"},
	} {
		f, err := Read("ttml", "<tt "+ttmlNames+c.rates+"><body><p begin='"+c.time+"' end='9999s'>x</p></body></tt>")
		if err != nil || len(f.Warnings) > 0 || fmt.Sprintf("%.3f", f.Cues[0].Start.Seconds()) != c.want {
			t.Errorf("%s, %s: %v, %v, %v, want %s", c.rates, c.time, err, f.Warnings, f.Cues[0].Start, c.want)
		}
	}
}

// TestReadTTMLUnseen: what styles hide is no cue.
func TestReadTTMLUnseen(t *testing.T) {
	const head = "<head><styling><style xml:id='off' tts:display='none'/><style xml:id='far' style='off'/></styling>" +
		"<layout><region xml:id='r0'><style tts:display='none'/></region><region xml:id='r1'/></layout></head>"
	for _, c := range []struct{ body, want string }{
		{"<div><p begin='1s' end='2s' tts:display='none'>no</p><p begin='3s' end='4s' tts:display='auto'>yes</p></div>",
			"yes"},
		{"<div style='far'><p begin='1s' end='2s'>no</p></div><div><p begin='3s' end='4s'>yes</p></div>", "yes"},
		{"<div><p begin='1s' end='2s' region='r0'>no</p><p begin='3s' end='4s' region='r1'>yes</p></div>", "yes"},
		{"<div><p begin='1s' end='2s'>yes <span style='off'>no <span>no</span></span>indeed</p></div>", "yes indeed"},
		{"<div><p begin='1s' end='2s' tts:visibility='hidden'>no</p><p begin='3s' end='4s'>yes</p></div>", "yes"},
		{"<div><p begin='1s' end='2s'>yes<n:note xmlns:n='urn:n'>no</n:note></p></div>", "yes"},
	} {
		f, err := Read("ttml", "<tt "+ttmlNames+">"+head+"<body>"+c.body+"</body></tt>")
		if err != nil || len(f.Cues) != 1 || f.Cues[0].Text() != c.want {
			t.Errorf("%s: %v, %v", c.body, err, texts(f.Cues))
		}
	}
}

// TestReadTTMLPictures: pictures are told, and stop no text from being read.
func TestReadTTMLPictures(t *testing.T) {
	for _, picture := range []string{
		"<div begin='1s' end='2s' smpte:backgroundImage='#i'/>", "<div><p begin='1s' end='2s' smpte:backgroundImage='#i'/></div>",
		"<div begin='1s' end='2s'><image src='a.png'/></div>",
	} {
		f, err := Read("ttml", "<tt "+ttmlNames+"><head><metadata><smpte:image xml:id='i'>iVBO</smpte:image></metadata></head><body>\n"+
			picture+"<div><p begin='3s' end='4s'>yes</p></div></body></tt>")
		if err != nil || len(f.Warnings) != 1 || f.Warnings[0].Kind != LeftOut || f.Warnings[0].Number != 2 {
			t.Errorf("%s: %v, %v", picture, err, f.Warnings)
		}
		if last := f.Cues[len(f.Cues)-1]; last.Text() != "yes" {
			t.Errorf("%s: %v", picture, texts(f.Cues))
		}
	}
}

// TestTTMLNesting: times that are shared out over body, division and paragraph in any way
// add up to those of a paragraph alone.
func TestTTMLNesting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var flat, nested bytes.Buffer
		ms := func(d time.Duration) string { return fmt.Sprintf("%dms", d.Milliseconds()) }
		draw := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Millisecond
		}
		body := draw("body", 5000)
		fmt.Fprintf(&nested, "<tt><body begin='%s'>", ms(body))
		flat.WriteString("<tt><body>")
		for range rapid.IntRange(1, 3).Draw(t, "divisions") {
			div := draw("division", 5000)
			sequence := rapid.Bool().Draw(t, "sequence")
			attr, at := "", body+div
			if sequence {
				attr = " timeContainer='seq'"
			}
			fmt.Fprintf(&nested, "<div begin='%s'%s>", ms(div), attr)
			for range rapid.IntRange(1, 4).Draw(t, "paragraphs") {
				begin, dur := draw("begin", 5000), draw("dur", 5000)+time.Millisecond
				s := audio.Segment{Start: at + begin, End: at + begin + dur}
				if sequence {
					at = s.End
				}
				fmt.Fprintf(&nested, "<p begin='%s' dur='%s'>x</p>", ms(begin), ms(dur))
				fmt.Fprintf(&flat, "<p begin='%s' end='%s'>x</p>", ms(s.Start), ms(s.End))
			}
			nested.WriteString("</div>")
		}
		for _, b := range []*bytes.Buffer{&flat, &nested} {
			b.WriteString("</body></tt>")
		}
		one, _ := Read("ttml", flat.String())
		two, _ := Read("ttml", nested.String())
		if a, b := drawnCues(one.Cues), drawnCues(two.Cues); a != b {
			t.Fatalf("%s\n%s\n%s\n%s", flat.String(), nested.String(), a, b)
		}
	})
}

package format

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cuewright/testdata/cputime"
)

// TestReadOther: files that are only read.
func TestReadOther(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"SBV", "0:00:01.000,0:00:03.500\nMind the\nstep.\n\n0:00:04.000,0:01:05.250\n>> IDA: I see it.\n",
			"1000-3500||Mind the||step.\n4000-65250||>> IDA: I see it.\n"},
		{"SubViewer", "[INFORMATION]\n[TITLE]Steps\n[END INFORMATION]\n00:00:01.00,00:00:03.50\nMind the[br]step.\n\n00:00:04:00,00:00:05:25\nSo.\n",
			"1000-3500||Mind the||step.\n4000-5250||So.\n"},
		{"LRC", "[ti:Steps]\n[00:01.50]Mind the step\n[00:04.00]it is wet\n[00:06]\n[01:00.125]so [ha]\n",
			"1500-4000||Mind the step\n4000-6000||it is wet\n60125-65125||so [ha]\n"},
		{"LRC, a line that recurs", "[00:01.00][00:05.00]la\n[00:03.00]le\n", "1000-3000||la\n3000-5000||le\n5000-10000||la\n"},
		{"LRC, an offset", "[offset:500]\n[00:01.00]la\n[00:03.00]le\n", "500-2500||la\n2500-7500||le\n"},
		{"MicroDVD", "{1}{1}25\n{25}{50}Mind the|step.\n{DEFAULT}{}{C:$0000FF}\n{75}{}{y:i}So.\n{100}{125}no\n",
			"1000-2000||Mind the||step.\n3000-4000||So.\n4000-5000||no\n"},
		{"MicroDVD of another rate", "{0}{0}23.976\n{24}{48}Mind\n{2400}{2424}the {step}\n",
			"1001-2002||Mind\n100100-101101||the {step}\n"},
		{"MPL2", "[10][25]/Mind the|step.\n[30][]so\n[120][130]no\n", "1000-2500||Mind the||step.\n3000-8000||so\n12000-13000||no\n"},
		{"notes in brackets", "[1][2] as before\nSee above.\nAnd below.\n", ""},
		{"prose", "[00:01.00] said the clock.\nNobody believed it.\nNot even I.\n", ""},
		{"times in prose", "At 0:00:01.000,0:00:03.500\nMind the step.\n", ""},
		{"nothing", "", ""},
	} {
		f, ok := ReadOther(c.text)
		if got := ""; ok != (c.want != "") || ok && drawnCues(f.Cues) != c.want {
			if ok {
				got = drawnCues(f.Cues)
			}
			t.Errorf("%s: %v\n%swant\n%s", c.name, ok, got, c.want)
		}
	}
	f, _ := ReadOther("[00:01.00]<00:01.00>Mind <00:01.50>the <00:02.25>step\n[00:03.00]so\n")
	if got := drawnWords(f.Cues); got != "1000 Mind|1500 the|2250 step|0 so" {
		t.Errorf("words: %s", got)
	}
	f, ok := ReadOther("0:00:03.000,0:00:02.000\nno\n\n0:00:04.000,0:00:05.000\nyes\n")
	if !ok || len(f.Warnings) != 1 || f.Warnings[0].Number != 1 || f.Cues[1].Text() != "yes" {
		t.Errorf("one bad cue: %+v", f)
	}
	for _, text := range []string{
		"{1}{1}25\n{25}{50}yes\n{7x}{100}no\n{75}{100}yes\n", "{1}{1}25\n{25}{50}yes\n{100}{75}no\n{75}{100}yes\n",
		"[10][20]yes\n[3x][40]no\n[50][60]yes\n", "[10][20]yes\n[40][30]no\n[50][60]yes\n",
	} {
		f, ok := ReadOther(text)
		if !ok || len(f.Warnings) != 1 || f.Warnings[0].Kind != LeftOut || len(f.Cues) != 3 || f.Cues[2].Text() != "yes" {
			t.Errorf("%q: one bad cue: %+v", text, f)
		}
	}
	f, _ = ReadOther("{24}{48}Mind\n{72}{96}the step\n")
	if len(f.Warnings) != 1 || f.Warnings[0].Kind != NoTime || f.Cues[0].Start != 1001*time.Millisecond {
		t.Errorf("no rate: %+v", f)
	}
	f, _ = ReadOther("{1}{1}25\n{25}{50}{Y:b}{y:i}a|{c:$0000FF}b|c\n")
	styles := ""
	for _, l := range f.Cues[0].Lines {
		styles += fmt.Sprintf("%v%v%s ", l.Words[0].Style().Bold, l.Words[0].Style().Italic, l.Words[0].Style().Color)
	}
	if styles != "truetrue truefalsered truefalse " {
		t.Errorf("styles: %s", styles)
	}
	for _, unit := range []string{"{1}{}a\n", "[1][]a|b\n", "|{y:i}{Y:b}{C:$0000FF}a", "{y:i}"} {
		in := "{1}{2}a" + strings.Repeat(unit, 1<<12)
		if took := cputime.Of(func() { ReadOther(in) }); took > 5*time.Second {
			t.Errorf("%q: it takes %v", unit, took)
		}
	}
	long := strings.Repeat("[00:01.00]", 1<<16)
	if took := cputime.Of(func() { ReadOther(long + "a\n" + long + "b") }); took > 5*time.Second {
		t.Errorf("it takes %v", took)
	}
}

// TestReadOtherMarkup: the markup that is seen in formats that have none, and what tells of a
// file.
func TestReadOtherMarkup(t *testing.T) {
	const sbv, sub, lrc = "0:00:01.000,0:00:03.500\n", "00:00:01.00,00:00:03.50\n", "[00:01.00]"
	for _, tt := range []struct{ text, want string }{
		{sbv + "<i>Mind\nthe</i> step\n", "\n<i>Mind</i>\n<i>the</i> step\n"},
		{sbv + "{\\an8}AT&amp;T\n", " line:0\nAT&amp;T\n"},
		{sbv + "<laughs> Mind < 3\n", "\n&lt;laughs&gt; Mind &lt; 3\n"},
		{sub + "<b>Mind[br]the</b> step\n", "\n<b>Mind</b>\n<b>the</b> step\n"},
		{"[TITLE]Steps\n[AUTHOR]\n[COMMENT] wet\n" + sub + "Mind\n", "WEBVTT - Steps\ncomment: wet\n"},
		{"[COLF]&H00FFFF,[STYLE]bd,[SIZE]18,[FONT]Arial\n" + sub + "Mind <i>it</i>\n", "\n<c.yellow><b>Mind <i>it</i></b></c>\n"},
		{"[ti:Steps]\n[ar:Ida]\n" + lrc + "<u>Mind</u>\n[00:03.00]it\n", "WEBVTT - Steps\nartist: Ida\n\n1\n00:00:01.000 --> 00:00:03.000\n<u>Mind</u>\n"},
		{lrc + "<00:01.00><i>Mind <00:02.00>it</i>\n[00:03.00]so\n", "\n<i>Mind <00:00:02.000>it</i>\n"},
	} {
		f, ok := ReadOther(tt.text)
		if !ok {
			t.Errorf("%q is not read", tt.text)
			continue
		}
		if got := written(t, f, "vtt"); !strings.Contains(got, tt.want) {
			t.Errorf("%q:\n%s\nwant\n%s", tt.text, got, tt.want)
		}
	}
}

// FuzzReadOther: what is read of formats that are only read has its times the right way round, and can be
// written.
func FuzzReadOther(f *testing.F) {
	for _, text := range []string{
		"0:00:01.000,0:00:03.500\nMind the\nstep.\n\n0:00:04.000,0:01:05.250\nSo.\n",
		"{1}{1}25\n{25}{50}Mind|{y:i}it\n{75}{}{C:$0000FF}so\n{9}{x}no\n", "[10][20]/Mind|it\n[30][]so\n",
		"[TITLE]a\n00:00:01.00,00:00:03.50\nMind[br]it\n", "[offset:-500]\n[00:01.00][00:09.00]la <00:01.50>le\n[00:03.00]\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ReadOther(text)
		if !ok {
			return
		}
		var shown []Cue
		for _, c := range got.Cues {
			if c.Start < 0 || c.End < c.Start {
				t.Fatalf("%v", c.Segment)
			}
			if c.End > c.Start {
				shown = append(shown, c)
			}
		}
		if err := Write(&bytes.Buffer{}, "vtt", shown, Options{Words: true}); err != nil && !errors.Is(err, ErrNoCues) {
			t.Fatal(err)
		}
	})
}

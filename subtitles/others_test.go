package subtitles

import (
	"fmt"
	"strings"
	"testing"

	"cuewright/subtitles/format"
)

// TestOthersAsTranscripts reads captions of kinds that are only read as transcripts: who says what, with the line
// of each turn, the hints of its sentences, and the notes.
func TestOthersAsTranscripts(t *testing.T) {
	for _, c := range []struct{ name, in, kind, want string }{
		{"SBV", "0:00:00.500,0:00:05.000\nThe lamp went out at four,\nand nobody\n\n0:00:05.000,0:00:07.000\nnoticed. [Music]\n", "SBV",
			"2 : The lamp went out at four, and nobody noticed. | 0.0 at 500ms"},
		{"SBV of YouTube", "0:00:00.500,0:00:05.000\n>> Mara: The lamp went out at four,[br]and nobody noticed.\n\n" +
			"0:00:05.200,0:00:07.000\n>> Joon: Nobody?\nNot even the keeper?\n\n0:00:07.900,0:00:09.000\n>> Mara: The keeper was asleep.\n", "SBV",
			"2 Mara: The lamp went out at four, and nobody noticed. | 5 Joon: Nobody? Not even the keeper? | 9 Mara: The keeper was asleep. | " +
				"0.0 at 500ms | 1.0 at 5.2s | 2.0 at 7.9s"},
		{"SubViewer", "[INFORMATION]\n[TITLE]The lighthouse\n[AUTHOR]Mara Quist\n[DELAY]0\n[COMMENT]\n[END INFORMATION]\n[SUBTITLE]\n" +
			"[COLF]&HFFFFFF,[STYLE]bd,[SIZE]18,[FONT]Arial\n00:00:01.00,00:00:03.50\nIs the lighthouse[br]lit?\n\n" +
			"00:00:04.00,00:00:05.25\nNot before nine.\n", "SBV",
			"10 : Is the lighthouse lit? Not before nine. | 0.0 at 1s | 0.1 at 4s | 1 [INFORMATION] | 2 [TITLE]The lighthouse | " +
				"3 [AUTHOR]Mara Quist | 4 [DELAY]0 | 5 [COMMENT] | 6 [END INFORMATION] | 7 [SUBTITLE] | 8 [COLF]&HFFFFFF,[STYLE]bd,[SIZE]18,[FONT]Arial"},
		{"colons for fractions", "0:00:01:200,0:00:03:400\nMara: It is late.\n\n0:00:03:400,0:00:05:000\nJoon: Is it?\n", "SBV",
			"2 Mara: It is late. | 5 Joon: Is it? | 0.0 at 1.2s | 1.0 at 3.4s"},
		{"empty lines within a cue", "0:00:01.200,0:00:03.400\nMara: It is\n\nlate.\n\n0:00:03.400,0:00:05.000\nJoon: Is it?\n", "SBV",
			"2 Mara: It is late. | 7 Joon: Is it? | 0.0 at 1.2s | 1.0 at 3.4s"},
		{"LRC", "[00:00.50]Mara: The lamp went out at four.\n[00:05.20]Joon: Nobody noticed?\n[00:07.90]Mara: Nobody.\n", "LRC",
			"1 Mara: The lamp went out at four. | 2 Joon: Nobody noticed? | 3 Mara: Nobody. | 0.0 at 500ms | 1.0 at 5.2s | 2.0 at 7.9s"},
		{"LRC in another order", "[00:07.90]Mara: Nobody.\n[00:00.50]Mara: The lamp went out at four.\n[00:05.20]Joon: Nobody noticed?\n" +
			"[00:09.00][00:10.00]Joon: Nobody.\n", "LRC",
			"2 Mara: The lamp went out at four. | 3 Joon: Nobody noticed? | 3 Mara: Nobody. | 4 Joon: Nobody. Nobody. | " +
				"0.0 at 500ms | 1.0 at 5.2s | 2.0 at 7.9s | 3.0 at 9s | 3.1 at 10s"},
		{"lyrics that come earlier than they say", "[ti:The Lamp]\n[ar:Quist & Pell]\n[offset:+250]\n[00:01.00]The lamp is out\n" +
			"[00:05.20][00:15.20]Nobody comes\n[00:09.90]<00:09.90> The <00:10.20> keeper sleeps\n", "LRC",
			"4 : The lamp is out Nobody comes The keeper sleeps Nobody comes | 0.0 at 750ms | 0.1 at 4.95s | 0.2 at 9.65s | 0.3 at 14.95s | " +
				"1 The Lamp | 2 Quist & Pell"},
		{"without fractions", "[ti: The Lamp]\n[00:01]The lamp is out\n[00:05]\n[00:07]Nobody comes\n", "LRC",
			"2 : The lamp is out Nobody comes | 0.0 at 1s | 0.1 at 7s | 1 The Lamp"},
		{"more tags than lines", "[ar:Mara]\n[ti:The ferry]\n[al:Isle]\n[by:x]\n[offset:+500]\n\n[00:01.00]<00:01.00>It <00:01.50>is late.\n" +
			"[00:04.00]Yes.\n", "LRC", "7 : It is late. Yes. | 0.0 at 500ms | 0.1 at 3.5s | 1 Mara | 2 The ferry | 3 Isle | 4 x"},
		{"lines that go on", "[ti:The ferry]\n[00:01.00]Mara: It is late,\nand dark.\n[00:04.00]Joon: Yes.\n[00:06.00]Mara: Quite.\n", "LRC",
			"2 Mara: It is late, and dark. | 4 Joon: Yes. | 5 Mara: Quite. | 0.0 at 1s | 1.0 at 4s | 2.0 at 6s | 1 The ferry"},
		{"MicroDVD", "{1}{1}25\n{25}{75}Mara: It is late.\n{100}{150}Joon: Is it?\n", "MicroDVD",
			"2 Mara: It is late. | 3 Joon: Is it? | 0.0 at 1s | 1.0 at 4s"},
		{"a page with clocks", "[00:01] Ann: Hi.\n[00:02] Bob: Ho.\n[00:03] Ann: Oh.", "", ""},
		{"a page with clocks of hours", "[0:00:01] Ann: Hi.\n[0:00:02] Bob: Ho.\n[0:00:03] Ann: Oh.", "", ""},
		{"directions", "[MUSIC]\n[APPLAUSE]\nAnn: Hi.\n", "", ""},
		{"nothing", "\n \n", "", ""},
	} {
		if got := format.OtherName(c.in); got != c.kind {
			t.Errorf("%s: it is told by %q", c.name, got)
		}
		if c.kind == "" {
			continue
		}
		f, ok := format.ReadOther(c.in)
		if !ok {
			t.Errorf("%s is not read", c.name)
			continue
		}
		s, err := Script(f)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, turn := range s.Turns {
			said := fmt.Sprintf("%d %s:", turn.Line, turn.Speaker)
			for _, sentence := range turn.Sentences {
				said += " " + sentence.Text()
			}
			got = append(got, said)
		}
		for _, h := range s.Hints {
			got = append(got, fmt.Sprintf("%d.%d at %v", h.Turn, h.Sentence, h.At))
		}
		for _, n := range s.Notes {
			got = append(got, fmt.Sprintf("%d %s", n.Line, n.Text))
		}
		if got := strings.Join(got, " | "); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

package subtitles

import (
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// said is an alignment of one turn a line, "Speaker: text"; a word of n
// characters takes n+1 times pace, sentences end with . ! or ?, "_" is a pause of
// 100 ms, "+" before a word says that it is glued, and "~" is a space within one.
func said(lang string, pace time.Duration, turns ...string) *align.Alignment {
	a := &align.Alignment{Lang: lang}
	at := 500 * time.Millisecond
	for _, t := range turns {
		speaker, text, _ := strings.Cut(t, ": ")
		turn := align.Turn{Speaker: speaker, Spoken: true}
		var s align.Sentence
		for _, f := range strings.Fields(text) {
			if strings.Trim(f, "_") == "" {
				at += time.Duration(len(f)) * 100 * time.Millisecond
				continue
			}
			w := align.Word{Text: f, Spoken: true, Confidence: 0.5}
			if glued, ok := strings.CutPrefix(f, "+"); ok {
				w.Text, w.Glued = glued, true
			}
			w.Text = strings.ReplaceAll(w.Text, "~", " ")
			w.Start = at
			at += pace * time.Duration(format.Columns(w.Text)+1)
			w.End = at
			s.Words = append(s.Words, w)
			s.Spoken = true
			if strings.ContainsAny(f[len(f)-1:], ".!?") && f != "Dr." && f != "Feb." {
				turn.Sentences, s = append(turn.Sentences, s), align.Sentence{}
			}
		}
		if len(s.Words) > 0 {
			turn.Sentences = append(turn.Sentences, s)
		}
		a.Turns = append(a.Turns, turn)
	}
	a.End = at + time.Second
	return a
}

// drawn is cues as a viewer sees them: lines parted by /, cues by new lines, and colours before
// their lines.
func drawn(cues []format.Cue, p Preset) string {
	var b strings.Builder
	speakers := p.speakersBefore(cues)
	for i, c := range cues {
		texts := p.label().Texts(c, speakers[i])
		for k, n := 0, len(c.Lines)-len(texts); len(p.Colors) > 0 && k < len(texts); k++ {
			if words := c.Lines[k+n].Words; len(words) > 0 && words[0].Style().Color != "" {
				texts[k] = "<" + words[0].Style().Color + ">" + texts[k]
			}
		}
		b.WriteString(strings.Join(texts, " / ") + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// preset returns the preset of a name, which may have a value of Speakers behind it.
func preset(t testing.TB, name, format string) Preset {
	name, speakers, _ := strings.Cut(name, " ")
	p, err := PresetNamed(name)
	if err == nil {
		p.Speakers, err = SpeakersNamed(speakers)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p.For(format)
}

const normal = 60 * time.Millisecond // a character: 16 a second

func TestLayoutBreaks(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"en", "Short.", "Short."},
		{"en", "We spent the whole winter in a lighthouse on the northern coast.",
			"We spent the whole winter\nin a lighthouse on the northern coast."},
		{"en", "The keeper said nothing, but he left the lamp burning.",
			"The keeper said nothing,\nbut he left the lamp burning."},
		{"en", "It was the first time that Doctor Margaret Ellison saw the sea.",
			"It was the first time\nthat Doctor Margaret Ellison saw the sea."},
		{"en", "They walked for almost 14 kilometres before they saw a house.",
			"They walked for almost 14 kilometres\nbefore they saw a house."},
		{"fr", "Le phare était fermé depuis des années quand nous sommes arrivés.",
			"Le phare était fermé depuis des années\nquand nous sommes arrivés."},
		{"de", "Der Leuchtturm war lange geschlossen, als wir endlich ankamen.",
			"Der Leuchtturm war lange geschlossen,\nals wir endlich ankamen."},
		{"es", "El faro llevaba muchos años cerrado cuando por fin llegamos.",
			"El faro llevaba muchos años cerrado\ncuando por fin llegamos."},
		{"it", "Il faro era chiuso da molti anni quando finalmente siamo arrivati.",
			"Il faro era chiuso da molti anni\nquando finalmente siamo arrivati."},
		{"pt", "O farol estava fechado há muitos anos quando finalmente chegamos.",
			"O farol estava fechado há muitos anos\nquando finalmente chegamos."},
		{"ru", "Маяк был закрыт уже много лет, когда мы наконец приехали.",
			"Маяк был закрыт уже много лет,\nкогда мы наконец приехали."},
	} {
		p := preset(t, "youtube", "json")
		got := strings.ReplaceAll(drawn(Layout(said(tt.lang, normal, "A: "+tt.text), p, LayoutOptions{}), p), " / ", "\n")
		if got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.lang, got, tt.want)
		}
	}
}

func TestLayoutCues(t *testing.T) {
	for _, tt := range []struct {
		name, preset, format string
		turns                []string
		want                 string
	}{
		{"a speaker has cues of his own", "youtube", "json", []string{"Ann: Yes.", "Bob: No."}, "Yes.\nNo."},
		{"labels on a change", "youtube", "srt", []string{"Ann: Yes.", "Ann: I do.", "Bob: No."},
			">> ANN: Yes.\nI do.\n>> BOB: No."},
		{"labels in capitals", "bbc change", "srt", []string{"Ann: Yes.", "Bob: No."}, "ANN: / Yes.\nBOB: / No."},
		{"colours", "bbc", "srt", []string{"Ann: Yes.", "Bob: No."}, "Yes. / <yellow>No."},
		{"names", "podcast", "srt", []string{"Ann: Yes.", "Bob: No."}, "Ann: Yes.\nBob: No."},
		{"nobody named", "podcast", "srt", []string{": Yes.", "Bob: No."}, "Yes.\nBob: No."},
		{"no labels", "netflix", "json", []string{"Ann: Yes.", "Bob: No."}, "Yes.\nNo."},
		{"labels in a format that hides its marks", "youtube", "vtt", []string{"Ann: Yes.", "Ann: I do.", "Bob: No."},
			">> ANN: Yes.\nI do.\n>> BOB: No."},
		{"voices of a podcast", "podcast", "vtt", []string{"Ann: Yes.", "Bob: No."}, "Yes.\nNo."},
		{"voices alone", "youtube voice", "vtt", []string{"Ann: Yes.", "Bob: No."}, "Yes.\nNo."},
		{"nobody at all", "bbc none", "srt", []string{"Ann: Yes.", "Bob: No."}, "Yes.\nNo."},
		{"names of a podcast where they are wanted", "podcast change", "vtt", []string{"Ann: Yes.", "Bob: No."},
			"Ann: Yes.\nBob: No."},
		{"a label in each cue", "podcast always", "srt", []string{"Ann: Yes.", "Ann: I do.", "Bob: No."},
			"Ann: Yes.\nAnn: I do.\nBob: No."},
		{"dashes instead of names", "youtube dash", "vtt", []string{"Ann: Was the lamp lit?", "Bob: No.", "Ann: Why not?"},
			"Was the lamp lit?\n-No. / -Why not?"},
		{"brackets and dashes", "netflix", "vtt", []string{"Ann: Was the lamp lit?", "Bob: No.", "Ann: Why not?"},
			"-[Ann] Was the lamp lit? / -[Bob] No.\n[Ann] Why not?"},
		{"brackets in each cue", "netflix always", "srt", []string{"Ann: It was dark. ___________ All night.", "Bob: No."},
			"[Ann] It was dark.\n-[Ann] All night. / -[Bob] No."},
		{"no dialogue too wide for its names", "netflix", "srt",
			[]string{"Ann Smith: So the lamp was lit that night, or not?", "Bob: No."},
			"[Ann Smith] So the lamp was lit / that night, or not?\n[Bob] No."},
		{"a quick exchange with dashes", "netflix dash", "srt",
			[]string{"Ann: Was the lamp lit?", "Bob: No.", "Ann: Why not?"}, "-Was the lamp lit? / -No.\nWhy not?"},
		{"an exchange with time enough", "netflix dash", "srt",
			[]string{"Ann: Was the lamp lit?", "Bob: No, it was dark all night.", "Ann: And nobody knows why?"},
			"Was the lamp lit?\nNo, it was dark all night.\nAnd nobody knows why?"},
		{"a quick exchange without dashes", "netflix", "json",
			[]string{"Ann: Was the lamp lit?", "Bob: No.", "Ann: Why not?"}, "Was the lamp lit?\nNo.\nWhy not?"},
		{"an answer below the end of a sentence", "netflix dash", "srt",
			[]string{"Ann: We looked for it on the quay, in the boats, in the shed and under the stairs of the tower.", "Bob: Right.",
				"Ann: And then we found it in the pocket of his coat."},
			"We looked for it on the quay, / in the boats, in the shed\n-and under the stairs of the tower. / -Right.\n" +
				"And then we found it / in the pocket of his coat."},
		{"no dashes over a pause", "netflix dash", "srt",
			[]string{"Ann: So?", "Bob: ___________ No.", "Ann: ___________ Why not?"}, "So?\nNo.\nWhy not?"},
		{"a long label", "podcast", "srt", []string{"Professor Emerita Ludmila Brown: Welcome."},
			"Professor Emerita Ludmila Brown: / Welcome."},
		{"a label counts", "podcast", "srt", []string{"Ann Smith: We walked along the quay."},
			"Ann Smith: We walked / along the quay."},
		{"a label makes no line top-heavy", "netflix", "srt",
			[]string{"Ann Petrie: Fishermen know it, gulls know it, and so do the people who dig for clams."},
			"[Ann Petrie] Fishermen know it, / gulls know it,\nand so do the people who dig for clams."},
		{"a label alone on a narrow picture", "vertical", "srt", []string{"Ann Petrie: We walked along the quay."},
			">> ANN PETRIE: / We walked along the quay."},
		{"a sentence a cue", "youtube", "json", []string{"Ann: We were the first ashore. Nobody came to meet us there."},
			"We were the first ashore.\nNobody came to meet us there."},
		{"short sentences", "youtube", "json", []string{"Ann: Well, yes. And no. Who knows?"}, "Well, yes. And no.\nWho knows?"},
		{"a sentence never begins beside the end of another", "bbc", "json",
			[]string{"Ann: We saw it from the other side of the bay in the first days of spring. " +
				"Have you seen the other side of the bay?"},
			"We saw it from the other side of / the bay in the first days of spring.\n" +
				"Have you seen / the other side of the bay?"},
		{"a long pause", "youtube", "json", []string{"Ann: Wait ___________ here."}, "Wait\nhere."},
		{"a short pause", "youtube", "json", []string{"Ann: Wait __ here."}, "Wait here."},
		{"no short cue", "youtube", "json",
			[]string{"Ann: That was the precondition for the explosion of solidarity with all of them."},
			"That was the precondition / for the explosion\nof solidarity with all of them."},
		{"a URL", "youtube", "json", []string{"Ann: See https://example.org/a/very/long/path/that/fits/no/line for more."},
			"See / https://example.org/a/very/long/path/that/fits/no/line\nfor more."},
		{"a line has room for it all", "podcast", "json",
			[]string{"Ann: The tide comes in twice a day, and nobody here asks it why."},
			"The tide comes in twice a day, and nobody here asks it why."},
		{"emoji with joiners", "youtube", "json", []string{"Ann: Look 👩‍👩‍👧‍👦 there."}, "Look 👩‍👩‍👧‍👦 there."},
		{"capitals", "youtube", "json",
			[]string{"Ann: NOBODY KNEW WHY THE OLD LAMP HAD GONE OUT BEFORE THE STORM CAME."},
			"NOBODY KNEW WHY THE OLD LAMP HAD GONE OUT / BEFORE THE STORM CAME."},
		{"right to left", "youtube", "json",
			[]string{"Ann: كان البحر هادئا في تلك الليلة، ولم يكن هناك أحد على الشاطئ."},
			"كان البحر هادئا في تلك الليلة، / ولم يكن هناك أحد على الشاطئ."},
		{"glued words", "youtube", "json", []string{"Ann: They came here— +and nobody~— not one— +knew why."},
			"They came here—and nobody — / not one—knew why."},
		{"a turn of one word", "youtube", "srt", []string{"Ann: So it went.", "Bob: Yes.", "Ann: Then it went on."},
			">> ANN: So it went.\n>> BOB: Yes.\n>> ANN: Then it went on."},
		{"a turn of one word in colours", "bbc", "srt", []string{"Ann: So it went.", "Bob: Yes.", "Ann: Then it went on."},
			"So it went. / <yellow>Yes.\nThen it went on."},
		{"numbers", "youtube", "json", []string{"Ann: Between 1,250,000 and 1,300,000 tonnes were moved in 14 days."},
			"Between 1,250,000 and 1,300,000 tonnes / were moved in 14 days."},
		{"a word longer than a line", "bbc", "json",
			[]string{"Ann: Donaudampfschifffahrtselektrizitätenhauptbetriebswerk is a word."},
			"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk / is a word."},
		{"glued words without spaces", "youtube", "json",
			[]string{"Ann: 灯 +台 +守 +は +そ +の +夜 +も +一 +人 +で +海 +を +見 +て +い +た +が、 +船 +は +一 +隻 +も +通 +ら +な +か +っ +た。"},
			"灯台守はその夜も一人で海を見ていたが、 / 船は一隻も通らなかった。"},
		{"no spaces", "youtube", "json", []string{"Ann: 灯台守はその夜も一人で海を見ていたが、船は一隻も通らなかったので、日記に何も書かなかった。"},
			"灯台守はその夜も一人で海を見ていたが、\n船は一隻も通らなかったので、 / 日記に何も書かなかった。"},
	} {
		p := preset(t, tt.preset, tt.format)
		if got := drawn(Layout(said("en", normal, tt.turns...), p, LayoutOptions{}), p); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestLayoutLabelLines: labels with lines of their own leave one less for the text, and are no part
// of it where they have a time of their own.
func TestLayoutLabelLines(t *testing.T) {
	for _, tt := range []struct {
		name, preset string
		turns        []string
		want         string // with the times of cues in ms
	}{
		{"short", "bbc change", []string{"Ann: Yes.", "Bob: ____ No."}, "ANN: / Yes. 500-1200\nBOB: / No. 1200-2940"},
		{"on a change", "bbc change", []string{"Ann: We walked along the quay. We saw a lamp."},
			"ANN: / We walked along the quay. 500-2060\nWe saw a lamp. 2060-4460"},
		{"a long sentence", "bbc change", []string{"Ann: We walked along the quay, past all the boats and the nets of the islanders."},
			"ANN: / We walked along the quay, 500-2060\npast all the boats / and the nets of the islanders. 2060-6560"},
		{"in each cue", "bbc always", []string{"Ann: We walked along the quay. We saw a lamp."},
			"ANN: / We walked along the quay. 500-2060\nANN: / We saw a lamp. 2060-4460"},
		{"no dialogue", "netflix", []string{"Ann: Was the lamp lit?", "Bob: No.", "Ann: Why not?"},
			"[Ann] / Was the lamp lit? 500-1497\n[Bob] / No. 1580-1737\n[Ann] / Why not? 1820-3654"},
	} {
		p := preset(t, tt.preset, "srt")
		p.LabelLine, p.LabelTime = true, time.Second
		a := said("en", normal, tt.turns...)
		a.End = time.Minute
		cues := Layout(a, p, LayoutOptions{})
		got := strings.Split(drawn(cues, p), "\n")
		for i, c := range cues {
			got[i] += fmt.Sprintf(" %d-%d", c.Start.Milliseconds(), c.End.Milliseconds())
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

func TestLayoutTimes(t *testing.T) {
	ms := time.Millisecond
	pause := func(tenths int) []string { // in the middle, which begins at 1580 ms
		return []string{"A: A dozen old sailors came in. " + strings.Repeat("_", tenths) + " Yes."}
	}
	for _, tt := range []struct {
		name, preset string
		pace         time.Duration
		turns        []string
		want         string // start-end of each cue in ms
	}{
		{"it stands for the shortest time", "youtube", 10 * ms, []string{"A: Go on. ____________________ Yes."},
			"500-1334 2570-3404"},
		{"it lingers for half a second", "youtube", 40 * ms, pause(22), "500-2160 3860-4694"},
		{"it lingers for a second and a half", "bbc", 40 * ms, pause(25), "500-3160 4160-5360"},
		{"fast or not", "youtube", 20 * ms, pause(22), "500-1580 3280-4114"},
		{"a short gap is closed", "youtube", normal, []string{"A: A dozen old sailors came in.", "B: ____ Yes."},
			"500-2640 2640-3474"},
		{"a gap of half a second is left", "youtube", 40 * ms, pause(8), "500-1960 2460-3294"},
		{"but not by one that could not be read by then", "youtube", 20 * ms, []string{"A: A dozen old sailors came in.", "B: ______ Yes."},
			"500-1680 1680-2514"},
		{"nor by one that would be gone at once", "youtube", 40 * ms, pause(5), "500-2160 2160-2994"},
		{"a gap of a second is left", "bbc", 40 * ms, pause(20), "500-2660 3660-4860"},
		{"two frames between cues", "netflix", normal, []string{"A: A dozen old sailors came in.", "B: ____ Yes."},
			"500-2557 2640-3474"},
		{"two frames where words leave none", "netflix", normal,
			[]string{"A: A dozen old sailors came in.", "B: Yes, I have seen them."}, "500-2157 2240-4120"},
		{"two frames where they leave little more", "netflix", 58 * ms,
			[]string{"A: A dozen old sailors came in.", "B: _ Yes, I have seen them."}, "500-2199 2282-4116"},
		{"an open gap up to a second", "bbc", normal,
			[]string{"A: A dozen old sailors came in.", "B: _________ Yes."}, "500-3140 3140-4440"},
	} {
		p := preset(t, tt.preset, "json")
		var got []string
		for _, c := range Layout(said("en", tt.pace, tt.turns...), p, LayoutOptions{}) {
			got = append(got, fmt.Sprintf("%d-%d", c.Start/ms, c.End/ms))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

// TestLayoutGivesWay: cues do not linger into speech that the transcript lacks, nor into sounds
// that want a cue, but stay until they can be read before a sound.
func TestLayoutGivesWay(t *testing.T) {
	ms := time.Millisecond
	speech := func(from time.Duration) *align.Alignment {
		return &align.Alignment{Unscripted: []align.Unscripted{{Segment: audio.Segment{Start: from * ms, End: 9000 * ms}}}}
	}
	music := func(from time.Duration) *align.Alignment {
		return &align.Alignment{Directions: []align.Direction{
			{Segment: audio.Segment{Start: from * ms, End: 9000 * ms}, Kind: transcript.Music, Text: "Music"},
		}}
	}
	for _, tt := range []struct {
		name, preset string
		pace         time.Duration
		in           *align.Alignment // beside the words, which take 28 steps of pace from 500 ms on
		want         string
	}{
		{"nothing", "youtube", 40, &align.Alignment{}, "500-2120"},
		{"speech", "youtube", 40, speech(1800), "500-1800"},
		{"speech at once", "youtube", 40, speech(1620), "500-1620"},
		{"speech later", "youtube", 40, speech(2200), "500-2120"},
		{"speech before", "youtube", 40, speech(700), "500-2120"},
		{"speech over one too short", "youtube", 10, speech(900), "500-1334"},
		{"speech over one of many words", "bbc", 40, speech(1800), "500-1800"},
		{"music", "youtube", 50, music(1900), "500-1900 1900-8900"},
		{"music that began before", "youtube", 50, music(1700), "500-1900 1900-8900"},
		{"music over one to be read", "youtube", 40, music(1640), "500-1850 1850-8850"},
	} {
		a := said("en", tt.pace*ms, "A: Five men and a boy came in.") // 27 columns, to be read in 1.35 s
		a.End = 10 * time.Second
		a.Unscripted, a.Directions = tt.in.Unscripted, tt.in.Directions
		var got []string
		for _, c := range Layout(a, preset(t, tt.preset, "json"), LayoutOptions{}) {
			got = append(got, fmt.Sprintf("%d-%d", c.Start/ms, c.End/ms))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

// TestLayoutEvensSpeedOut: a break at a lesser place where the best one leaves a
// cue of fast words alone.
func TestLayoutEvensSpeedOut(t *testing.T) {
	a := said("en", 48*time.Millisecond, "Ann: They walked along the quay of the town there, past the boats and the nets, "+
		"__ and __ the __ keeper __ stood __ at __ the __ very __ end __ of __ it __ with __ a __ lamp.")
	p := preset(t, "youtube", "json")
	cues := Layout(a, p, LayoutOptions{})
	for _, f := range Lint(cues, p) {
		t.Errorf("%s %.1f in cue %d of\n%s", f.Rule, f.Value, f.Cue, drawn(cues, p))
	}
}

// TestLayoutKeepsClausesTogether: where there is no time for the best break, none that leaves the first words of
// a clause behind.
func TestLayoutKeepsClausesTogether(t *testing.T) {
	for _, tt := range []struct {
		preset    string
		character time.Duration
		text      string
		want      string
	}{
		{"youtube", 36 * time.Millisecond, "The boats leave the harbour at five, and from there they sail to the northern banks.",
			"The boats leave the harbour at five, / and from there they sail\nto the northern banks."},
		{"dcmp", 48 * time.Millisecond, "They decide what kind of harbour they want to have, which is what we are also fighting for " +
			"in the town, which is what we are asking for on the islands and everywhere else.",
			"They decide what kind of harbour / they want to have,\nwhich is what we are also / fighting for in the town,\n" +
				"which is what we are asking / for on the islands\nand everywhere else."},
		{"dcmp", 68 * time.Millisecond, "We send our thanks to you, to all the sailors and the keepers around the bay, " +
			"and to all who look and fight to live freely.",
			"We send our thanks to you, / to all the sailors\nand the keepers around the bay, / and to all who look\n" +
				"and fight to live freely."},
	} {
		p := preset(t, tt.preset, "json")
		if got := drawn(Layout(said("en", tt.character, "Ann: "+tt.text), p, LayoutOptions{}), p); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.preset, got, tt.want)
		}
	}
}

func TestLayoutFastSpeechLosesNothing(t *testing.T) {
	// 300 words a minute for ten minutes, in one turn.
	text := strings.Repeat("we said it all and we said it far too fast for anyone to read it ", 200)
	a := said("en", 60*time.Second/300/5, "Ann: "+text)
	for _, p := range Presets() {
		cues := Layout(a, p, LayoutOptions{})
		var got []string
		for i, c := range cues {
			if c.Duration() > p.Longest {
				t.Errorf("%s: cue %d stands for %v", p.Name, i, c.Duration())
			}
			for _, l := range c.Lines {
				if len(l.Words) > 0 { // a label may have a line of its own
					got = append(got, l.Text())
				}
			}
		}
		if strings.Join(got, " ") != strings.TrimSpace(text) {
			t.Errorf("%s: words were lost", p.Name)
		}
	}
}

func TestLayoutUnspoken(t *testing.T) {
	a := said("en", normal, "Ann: This is said. _______________ Not this. And this is.")
	for i, w := range a.Turns[0].Sentences[1].Words {
		w.Spoken, w.Segment = false, audio.Segment{Start: w.Start, End: w.Start}
		a.Turns[0].Sentences[1].Words[i] = w
	}
	p := preset(t, "youtube", "json")
	if got, want := drawn(Layout(a, p, LayoutOptions{}), p), "This is said.\nAnd this is."; got != want {
		t.Errorf("dropped:\n%s\nwant\n%s", got, want)
	}
	cues := Layout(a, p, LayoutOptions{KeepUnspoken: true})
	if got, want := drawn(cues, p), "This is said. Not this.\nAnd this is."; got != want {
		t.Errorf("kept:\n%s\nwant\n%s", got, want)
	}
	w := slices.Concat(cues[0].Lines[0].Words, cues[1].Lines[0].Words)
	if w[3].Start < w[2].End || w[4].End > w[5].Start || w[4].End-w[3].Start < time.Second {
		t.Errorf("what is not said has %v to %v of the pause", w[3].Start, w[4].End)
	}
}

// TestShown: what is glued where words are left out, in parentheses.
func TestShown(t *testing.T) {
	for _, tt := range [][2]string{
		{"we here— +and", "we here—and"},
		{"we here— (+and) +there", "we here—there"},
		{"we (here—) +and", "we and"},
		{"今 (+日) +は", "今は"},
		{"今 (日) +は", "今 は"},
	} {
		var s align.Sentence
		for _, f := range strings.Fields(tt[0]) {
			text := strings.Trim(f, "()")
			word, glued := strings.CutPrefix(text, "+")
			s.Words = append(s.Words, align.Word{Text: word, Glued: glued, Spoken: text == f})
		}
		if got := joined(shown(s, false)); got != tt[1] {
			t.Errorf("%s: %q, want %q", tt[0], got, tt[1])
		}
	}
}

// Asides that nobody says are shown with their sentence if that is said; what nobody says
// stands between tildes.
func TestShownAsides(t *testing.T) {
	for _, tt := range []struct{ in, want, spoken string }{
		{"see ~https://example.org/a-b~ now", "see https://example.org/a-b now", "see now"},
		{"~(a b c)~ see ~#now~", "(a b c) see #now", "see"},
		{"see, ~all of it,~ now ~[here]~", "see, now", "see, now"},
		{"~see https://example.org now~", "", ""},
	} {
		s := align.Sentence{Segment: audio.Segment{Start: 3 * time.Second, End: 9 * time.Second}}
		now, unsaid := s.Start, false
		last := time.Second // when the words before were said
		for _, f := range strings.Fields(tt.in) {
			unsaid = unsaid != strings.HasPrefix(f, "~")
			w := align.Word{Text: strings.Trim(f, "~"), Spoken: !unsaid, Segment: audio.Segment{Start: last, End: last}}
			if w.Spoken {
				w.Segment = audio.Segment{Start: now, End: now + time.Second}
				now, last, s.Spoken = w.End, w.End, true
			}
			unsaid = unsaid != (strings.HasSuffix(f, "~") && len(f) > 1)
			s.Words = append(s.Words, w)
		}
		words := shown(s, false)
		if got := joined(words); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
		at := s.Start
		var spoken []align.Word
		for _, w := range words {
			if w.Start < at || w.End < w.Start {
				t.Errorf("%s: %q is at %v, behind %v", tt.in, w.Text, w.Segment, at)
			}
			if at = w.End; w.Spoken {
				spoken = append(spoken, w)
			}
		}
		if got := joined(spoken); got != tt.spoken {
			t.Errorf("%s: %q is spoken, want %q", tt.in, got, tt.spoken)
		}
	}
}

func TestLayoutSounds(t *testing.T) {
	seg := func(start, end int) audio.Segment {
		return audio.Segment{Start: time.Duration(start) * time.Millisecond, End: time.Duration(end) * time.Millisecond}
	}
	for _, tt := range []struct {
		name      string
		direction align.Direction
		want      string
	}{
		{"music in a pause", align.Direction{Segment: seg(2000, 9000), Kind: transcript.Music, Text: "THEME MUSIC"},
			"Hello there. 500-1500|[theme music] 2000-9000|Bye now. 11280-12320"},
		{"it keeps its case", align.Direction{Segment: seg(2000, 9000), Kind: transcript.Sound, Text: "Ann laughs"},
			"Hello there. 500-1500|[Ann laughs] 2000-9000|Bye now. 11280-12320"},
		{"it waits for the speech", align.Direction{Segment: seg(900, 9000), Kind: transcript.Music, Text: "Music"},
			"Hello there. 500-1334|[Music] 1334-8334|Bye now. 11280-12320"},
		{"longer than a line", align.Direction{Segment: seg(2000, 9000), Kind: transcript.Sound,
			Text: "soft piano music plays as the rain falls on the roof"},
			"Hello there. 500-1500|[soft piano music plays as / the rain falls on the roof] 2000-9000|Bye now. 11280-12320"},
		{"notes", align.Direction{Segment: seg(2000, 4000), Kind: transcript.Music, Text: "♪"},
			"Hello there. 500-1500|♪ 2000-4000|Bye now. 11280-12320"},
		{"lyrics", align.Direction{Segment: seg(2000, 5000), Kind: transcript.Music, Text: "♪ Row the boat HOME ♪"},
			"Hello there. 500-1500|♪ Row the boat HOME ♪ 2000-5000|Bye now. 11280-12320"},
		{"lyrics of two cues", align.Direction{Segment: seg(2000, 10000), Kind: transcript.Music,
			Text: "♪ Row the boat home over the dark water, row it past the light and the bell, and sing till the morning is here ♪"},
			"Hello there. 500-1500|♪ Row the boat home over the dark water, / row it past the light and the bell, and ♪ 2000-7704|" +
				"♪ sing till the morning is here ♪ 7704-10000|Bye now. 11280-12320"},
		{"lyrics without time", align.Direction{Segment: seg(11280, 11280), Kind: transcript.Music, Text: "♪ Row the boat home ♪"},
			"Hello there. 500-1780|♪ Row the boat home ♪ Bye now. 11280-12320"},
		{"it ends with the speech", align.Direction{Segment: seg(9000, 20000), Kind: transcript.Music, Text: "Music"},
			"Hello there. 500-1780|[Music] 9000-11280|Bye now. 11280-12320"},
		{"too short to be read", align.Direction{Segment: seg(2000, 2500), Kind: transcript.Sound, Text: "Knock"},
			"Hello there. 500-1780|[Knock] Bye now. 11280-12320"},
		{"a clip's marker", align.Direction{Segment: seg(2000, 9000), Kind: transcript.ClipBegin,
			Text: "CLIP BEGINS"}, "Hello there. 500-1780|Bye now. 11280-12320"},
	} {
		a := said("en", normal, "Ann: Hello there. "+strings.Repeat("_", 100)+" Bye now.")
		a.Directions = []align.Direction{tt.direction}
		var got []string
		for _, c := range Layout(a, preset(t, "youtube", "json"), LayoutOptions{}) {
			var lines []string
			for _, l := range c.Lines {
				lines = append(lines, l.Text())
			}
			got = append(got, fmt.Sprintf("%s %d-%d", strings.Join(lines, " / "), c.Start.Milliseconds(), c.End.Milliseconds()))
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.name, s, tt.want)
		}
		if got := Layout(a, preset(t, "youtube", "json"), LayoutOptions{NoSounds: true}); len(got) != 2 {
			t.Errorf("%s: %d cues without sounds", tt.name, len(got))
		}
	}
}

// TestLayoutSoundsWithin: a sound that has no room of its own stands among the words, where the
// transcript has it.
func TestLayoutSoundsWithin(t *testing.T) {
	turns := []string{"Ann: Who is there? I can hear you, Bob.", "Bob: It is only me, the ferry was late.", "Ann: Come in."}
	for _, tt := range []struct {
		name, preset, format, text string
		before                     string // the word that starts with it, "" for the end
		leads                      bool
		want                       string
	}{
		{"before a sentence", "youtube", "json", "laughs", "I", true, "Who is there? / [laughs] I can hear you, Bob."},
		{"within a sentence", "youtube", "json", "SIGHS", "hear", true, "Who is there? I can [sighs] hear you, Bob."},
		{"at the start of a turn", "netflix", "json", "laughs", "It", true,
			"Who is there? I can hear you, Bob.\n[laughs] It is only me, / the ferry was late."},
		{"behind a label", "netflix", "vtt", "laughs", "It", true,
			"[Ann] Who is there? I can hear you, Bob.\n[Bob] [laughs] It is only me, / the ferry was late."},
		{"behind a label in capitals", "youtube", "vtt", "laughs", "It", true, "\n>> BOB: [laughs] It is only me, / the ferry was late."},
		{"between two turns", "youtube", "json", "DOOR CREAKS", "It", false,
			"Who is there? I can hear you, Bob. / [door creaks]\nIt is only me, the ferry was late."},
		{"before a label", "youtube", "vtt", "DOOR CREAKS", "It", false,
			">> ANN: Who is there? I can hear you, Bob. / [door creaks]\n>> BOB: It is only me"},
		{"at the very start", "bbc", "json", "BELLS RINGING", "Who", false, "[bells ringing] Who is there?"},
		{"at the very end", "youtube", "json", "APPLAUSE", "", false, "the ferry was late.\nCome in. / [applause]"},
		{"longer than a line", "bbc", "json", "a ship's horn sounds far out, and again", "hear", true,
			"I can [a ship's horn sounds far / out, and again] hear you, Bob."},
	} {
		a := said("en", normal, turns...)
		d := align.Direction{Kind: transcript.Sound, Text: tt.text, Leads: tt.leads, Segment: audio.Segment{Start: a.End, End: a.End}}
		for _, turn := range a.Turns {
			for _, s := range turn.Sentences {
				for _, w := range s.Words {
					if w.Text == tt.before {
						d.Segment = audio.Segment{Start: w.Start, End: w.Start}
					}
				}
			}
		}
		a.Directions = []align.Direction{d}
		p := preset(t, tt.preset, tt.format)
		if got := drawn(Layout(a, p, LayoutOptions{}), p); !strings.Contains(got, tt.want) {
			t.Errorf("%s:\n%s\nwant in it\n%s", tt.name, got, tt.want)
		}
		got := drawn(Layout(a, p, LayoutOptions{NoSounds: true}), p)
		want := drawn(Layout(said("en", normal, turns...), p, LayoutOptions{}), p)
		if got != want {
			t.Errorf("%s: without sounds\n%s\nwant\n%s", tt.name, got, want)
		}
	}
}

// TestLayoutSoundsOfTheirOwn: a sound behind words has a line of its own where these leave one, unless
// it stands in their line, where it is the speaker's.
func TestLayoutSoundsOfTheirOwn(t *testing.T) {
	for _, tt := range []struct {
		preset, format, words string
		trails                bool
		want                  string
	}{
		{"youtube", "json", "Come in.", false, "Come in. / [door creaks] [steps]"},
		{"youtube", "json", "Come in.", true, "Come in. [door creaks] [steps]"},
		{"netflix", "vtt", "Come in.", false, "[Ann] Come in. / [door creaks] [steps]"},
		{"youtube", "json", "Come in, all of you, as long as you are quiet.", false,
			"Come in, all of you, as long / as you are quiet. [door creaks] [steps]"},
		{"bbc", "json", "Come in, all of you, and be quiet.", false, "Come in, all of you, and be quiet. / [door creaks] [steps]"},
	} {
		a := said("en", normal, "Ann: "+tt.words)
		for _, text := range []string{"door creaks", "steps"} {
			a.Directions = append(a.Directions, align.Direction{
				Kind: transcript.Sound, Text: text, Trails: tt.trails, Segment: audio.Segment{Start: a.End, End: a.End},
			})
		}
		p := preset(t, tt.preset, tt.format)
		if got := drawn(Layout(a, p, LayoutOptions{}), p); got != tt.want {
			t.Errorf("%s, trails %v:\n%s\nwant\n%s", tt.preset, tt.trails, got, tt.want)
		}
	}
}

// TestLayoutSoundsInOrder: a sound among the words is not shown before one that has a cue of its own
// and comes first.
func TestLayoutSoundsInOrder(t *testing.T) {
	for _, tt := range []struct {
		name string
		door int // milliseconds into the pause of 6 s between the turns, the first five of which are music
		want string
	}{
		{"behind the music", 6000, "Who is there?\n[music]\n[door creaks] It is only me."},
		{"before the music", 50, "Who is there? / [door creaks]\n[music]\nIt is only me."},
	} {
		a := said("en", normal, "Ann: Who is there?", "Bob: "+strings.Repeat("_", 100)+" It is only me.")
		at := func(ms, length int) audio.Segment {
			from := a.Turns[1].Sentences[0].Words[0].Start - 6*time.Second + time.Duration(ms)*time.Millisecond
			return audio.Segment{Start: from, End: from + time.Duration(length)*time.Millisecond}
		}
		a.Directions = []align.Direction{
			{Kind: transcript.Music, Text: "music", Segment: at(100, 4900)},
			{Kind: transcript.Sound, Text: "door creaks", Segment: at(tt.door, 0)},
		}
		p := preset(t, "youtube", "json")
		if got := drawn(Layout(a, p, LayoutOptions{}), p); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// TestLayoutSoundsAlone: where nobody speaks, sounds have cues of any width.
func TestLayoutSoundsAlone(t *testing.T) {
	text := "[" + strings.TrimSpace(strings.Repeat("la ", 100)) + "]"
	a := &align.Alignment{Segment: audio.Segment{End: time.Minute}, Directions: []align.Direction{
		{Segment: audio.Segment{Start: 9 * time.Second, End: 50 * time.Second}, Kind: transcript.Sound, Text: strings.Trim(text, "[]")},
		{Segment: audio.Segment{Start: time.Second, End: 4 * time.Second}, Kind: transcript.Music, Text: "music"},
	}}
	if cues := Layout(a, preset(t, "youtube", "vtt"), LayoutOptions{}); len(cues) != 2 || cues[0].Text() != "[music]" || cues[1].Text() != text {
		t.Errorf("%v", cues)
	}
}

// TestLayoutMarksUnscripted: speech that the transcript lacks is marked on demand, with or without
// sounds, but not music nor where a sound is announced.
func TestLayoutMarksUnscripted(t *testing.T) {
	seg := func(from, to int) audio.Segment {
		return audio.Segment{Start: time.Duration(from) * time.Second, End: time.Duration(to) * time.Second}
	}
	a := said("en", normal, "Ann: Hello there. "+strings.Repeat("_", 300)+" Bye now.")
	a.Unscripted = []align.Unscripted{
		{Segment: seg(3, 7), Kind: align.UnscriptedSpeech}, {Segment: seg(8, 12), Kind: align.UnscriptedMusic},
		{Segment: seg(13, 17), Kind: align.UnscriptedSpeech}, {Segment: seg(18, 30), Kind: align.UnscriptedSpeech},
	}
	a.Directions = []align.Direction{{Segment: seg(13, 17), Kind: transcript.Sound, Text: "laughter"}}
	p := preset(t, "youtube", "json")
	for _, tt := range []struct {
		o    LayoutOptions
		want string
	}{
		{LayoutOptions{}, "Hello there.\n[laughter]\nBye now."},
		{LayoutOptions{MarkUnscripted: true}, "Hello there.\n[speech not in transcript]\n[laughter]\n[speech not in transcript]\nBye now."},
		{LayoutOptions{MarkUnscripted: true, NoSounds: true}, "Hello there.\n[speech not in transcript]\n[speech not in transcript]\nBye now."},
	} {
		if got := drawn(Layout(a, p, tt.o), p); got != tt.want {
			t.Errorf("%+v:\n%s\nwant\n%s", tt.o, got, tt.want)
		}
	}
}

// TestLayoutMarksMusic: music that no direction announces is shown where it is certain and longer
// than three seconds, in the language of the words.
func TestLayoutMarksMusic(t *testing.T) {
	ms := time.Millisecond
	sound := align.Direction{Kind: transcript.Sound, Text: "laughter"}
	for _, tt := range []struct {
		name, lang string
		length     time.Duration
		melodic    bool
		direction  align.Direction
		o          LayoutOptions
		want       string
	}{
		{"music", "en", 3001, true, align.Direction{}, LayoutOptions{}, "Hello.|[music]|Bye."},
		{"too short", "en", 3000, true, align.Direction{}, LayoutOptions{}, "Hello.|Bye."},
		{"any steady sound", "en", 9000, false, align.Direction{}, LayoutOptions{}, "Hello.|Bye."},
		{"announced", "en", 9000, true, sound, LayoutOptions{}, "Hello.|[laughter]|Bye."},
		{"not wanted", "en", 9000, true, align.Direction{}, LayoutOptions{NoSounds: true}, "Hello.|Bye."},
		{"not wanted, but speech is", "en", 9000, true, align.Direction{}, LayoutOptions{NoSounds: true, MarkUnscripted: true}, "Hello.|Bye."},
		{"in Spanish", "es-MX", 9000, true, align.Direction{}, LayoutOptions{}, "Hello.|[música]|Bye."},
		{"in German", "DE", 9000, true, align.Direction{}, LayoutOptions{}, "Hello.|[Musik]|Bye."},
		{"in Japanese", "ja", 9000, true, align.Direction{}, LayoutOptions{}, "Hello.|[music]|Bye."},
	} {
		a := said(tt.lang, normal, "Ann: Hello. "+strings.Repeat("_", 300)+" Bye.")
		at := audio.Segment{Start: 3000 * ms, End: (3000 + tt.length) * ms}
		a.Unscripted = []align.Unscripted{{Segment: at, Kind: align.UnscriptedMusic, Melodic: tt.melodic}}
		if tt.direction.Text != "" {
			tt.direction.Segment = at
			a.Directions = append(a.Directions, tt.direction)
		}
		p := preset(t, "youtube", "json")
		if got := strings.ReplaceAll(drawn(Layout(a, p, tt.o), p), "\n", "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestLayoutClips: what is heard in a clip stands in italics or quotes, as the preset has it.
func TestLayoutClips(t *testing.T) {
	for _, tt := range []struct {
		preset     string
		begin, end int // sentences, of "Ann: Listen.", "Bob: It rained. All day.", "Ann: It did."
		want       string
	}{
		{"netflix", 1, 2, "Listen.|/It/ /rained./ /All/ /day./|It did."},
		{"netflix", 2, 2, "Listen.|It rained. /All/ /day./|It did."},
		{"netflix", 1, -1, "Listen.|It rained. All day.|It did."},
		{"bbc", 1, 2, "Listen.|\"It rained. All day.\"|It did."},
		{"bbc", 1, 1, "Listen.|\"It rained.\" All day.|It did."},
		{"bbc", 0, 2, "\"Listen.\"|\"It rained. All day.\"|It did."},
		{"bbc", 1, -1, "Listen.|It rained. All day.|It did."},
		{"youtube", 1, 2, "Listen.|It rained. All day.|It did."},
	} {
		a := said("en", normal, "Ann: Listen.", "Bob: It rained. All day.", "Ann: It did.")
		var sentences []align.Sentence
		for _, turn := range a.Turns {
			sentences = append(sentences, turn.Sentences...)
		}
		at := sentences[tt.begin].Words[0].Start
		a.Directions = []align.Direction{{Kind: transcript.ClipBegin, Segment: audio.Segment{Start: at, End: at}}}
		if tt.end >= 0 {
			words := sentences[tt.end].Words
			at := words[len(words)-1].End
			a.Directions = append(a.Directions, align.Direction{Kind: transcript.ClipEnd, Segment: audio.Segment{Start: at, End: at}})
		}
		var got []string
		for _, c := range Layout(a, preset(t, tt.preset, "vtt"), LayoutOptions{}) {
			for _, l := range c.Lines {
				for i, w := range l.Words {
					if w.Style().Italic {
						l.Words[i].Text = "/" + w.Text + "/"
					}
				}
				got = append(got, l.Text())
			}
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s, %d to %d: %s, want %s", tt.preset, tt.begin, tt.end, s, tt.want)
		}
	}
}

// TestLayoutShowsEverySound: each sound is there once, as a cue in which no word is said or among
// the words.
func TestLayoutShowsEverySound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		a.Directions = nil
		var gaps []audio.Segment // between the words
		var words []align.Word
		var at time.Duration
		for _, turn := range a.Turns {
			for _, s := range turn.Sentences {
				for _, w := range s.Words {
					if w.Spoken {
						gaps = append(gaps, audio.Segment{Start: at, End: w.Start})
						words, at = append(words, w), w.End
					}
				}
			}
		}
		if len(words) == 0 {
			return
		}
		gaps = append(gaps, audio.Segment{Start: at, End: a.End})
		for i, gap := range gaps {
			if rapid.IntRange(0, 3).Draw(t, "sound?") > 0 {
				continue
			}
			if rapid.Bool().Draw(t, "unheard") {
				gap.Start = gap.End
			}
			a.Directions = append(a.Directions, align.Direction{
				Segment: gap, Kind: transcript.Sound, Text: fmt.Sprintf("sound %d", i), Leads: rapid.Bool().Draw(t, "leads"),
			})
		}
		var text strings.Builder
		for _, c := range Layout(a, p, LayoutOptions{}) {
			for _, l := range c.Lines {
				if len(l.Words) > 0 { // no line of a label
					text.WriteString(l.Text() + " ")
				}
			}
			for _, w := range words {
				// Words longer than any cue are no speech, and those at its edge are cut by less than a gap.
				if c.Lines[0].Sound && w.Duration() < p.Longest && w.Overlap(c.Segment) > p.Gap+oneStep(p) {
					t.Fatalf("%s from %v to %v, over %q, said from %v to %v", c.Text(), c.Start, c.End, w.Text, w.Start, w.End)
				}
			}
		}
		at2 := 0
		for _, d := range a.Directions {
			k := strings.Index(text.String()[at2:], "["+d.Text+"]")
			if k < 0 || strings.Count(text.String(), "["+d.Text+"]") != 1 {
				t.Fatalf("%s is not there once, in order: %s", d.Text, text.String())
			}
			at2 += k
		}
	})
}

// anyAlignment draws alignments as align promises them, some of them absurd.
func anyAlignment(t *rapid.T) *align.Alignment {
	a := &align.Alignment{Lang: rapid.SampledFrom([]string{"en", "fr", "de-AT", "ru", "ja", ""}).Draw(t, "lang")}
	word := rapid.OneOf(
		rapid.SampledFrom(strings.Fields("the a of and, in New York 14 kilometres we 've don’t — Dr. said. that; “yes” "+
			"-->  <b> & {\\an8} l’eau 2022 [so]")),
		rapid.StringMatching(`[a-zà-ü]{1,12}[,.]?`),
		rapid.SampledFrom([]string{"https://example.org/" + strings.Repeat("x", 80), "👩‍👩‍👧‍👦", "漢字仮名交じり文", "have —",
			"« oui »,", strings.Repeat("海", 60), "שלום", "e\u0301"}),
	)
	at := time.Duration(rapid.IntRange(0, 3e9).Draw(t, "start"))
	step := func(label string, most int) time.Duration {
		if rapid.IntRange(0, 3).Draw(t, label+"?") == 0 {
			return 0
		}
		return time.Duration(rapid.IntRange(0, most).Draw(t, label))
	}
	for range rapid.IntRange(0, 4).Draw(t, "turns") {
		turn := align.Turn{Speaker: rapid.SampledFrom([]string{"", "Ann", "Bob <b>",
			"Defense Secretary Lloyd Austin", strings.Repeat("山", 30)}).Draw(t, "speaker"), Spoken: true}
		for range rapid.IntRange(0, 4).Draw(t, "sentences") {
			s := align.Sentence{Spoken: rapid.IntRange(0, 5).Draw(t, "spoken") > 0}
			for range rapid.IntRange(0, 14).Draw(t, "words") {
				w := align.Word{Text: word.Draw(t, "word"), Glued: rapid.IntRange(0, 4).Draw(t, "glued") == 0,
					Spoken: s.Spoken, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")}
				w.Start, w.End = at, at
				if w.Spoken {
					w.End += step("length", 700e6)
					at = w.End + step("pause", 100e6)
				}
				s.Words = append(s.Words, w)
			}
			at += step("rest", 1500e6)
			turn.Sentences = append(turn.Sentences, s)
		}
		if rapid.Bool().Draw(t, "music?") {
			a.Directions = append(a.Directions,
				align.Direction{Segment: audio.Segment{Start: at, End: at + 2*time.Second}, Kind: transcript.Music,
					Text: "MUSIC"})
			at += time.Duration(rapid.IntRange(0, 5e9).Draw(t, "music"))
		}
		a.Turns = append(a.Turns, turn)
	}
	a.End = at + step("end", 2e9) + time.Second
	return a
}

// anyPreset draws a preset for a format, half of the time for a film.
func anyPreset(t *rapid.T) Preset {
	p := rapid.SampledFrom(Presets()).Draw(t, "preset")
	p.Speakers = rapid.SampledFrom(append(AllSpeakers(), "", "", "")).Draw(t, "speakers")
	p = p.For(rapid.SampledFrom([]string{"vtt", "srt"}).Draw(t, "format"))
	if n := len(p.Colors); n > 0 {
		p.Colors = p.Colors[:rapid.IntRange(1, n).Draw(t, "colours")]
	}
	if rapid.IntRange(0, 4).Draw(t, "lines of labels") == 0 {
		p.LabelLine, p.LabelTime = true, time.Second
	}
	p = p.ForViewers(rapid.SampledFrom([]string{"", "pl", "ja"}).Draw(t, "language"),
		rapid.SampledFrom([]Audience{"", Children, Education}).Draw(t, "audience"))
	if rapid.Bool().Draw(t, "film") {
		p = atAnyRate(t, p)
	}
	return p
}

func atAnyRate(t *rapid.T, p Preset) Preset {
	rate, err := format.FrameRateNamed(rapid.SampledFrom(strings.Fields("23.976 24 25 29.97 30 50 59.94")).Draw(t, "rate"))
	if err != nil {
		t.Fatal(err)
	}
	return p.At(rate)
}

// oneStep is how long p's steps are, rounded up.
func oneStep(p Preset) time.Duration {
	return (p.steps().Time(1) + time.Millisecond - 1).Truncate(time.Millisecond)
}

// isStep reports whether t is that of one of p's steps.
func isStep(p Preset, t time.Duration) bool {
	return t == p.steps().Time(p.steps().Frame(t)).Round(time.Millisecond)
}

func TestLayoutKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		keep := rapid.Bool().Draw(t, "keep")
		var want, got strings.Builder
		add := func(b *strings.Builder, w format.Word, speaker string) {
			if !w.Glued {
				b.WriteByte(' ')
			}
			b.WriteString(w.Text + speaker)
		}
		for _, turn := range a.Turns {
			for _, s := range turn.Sentences {
				for _, w := range s.Words {
					if w.Spoken || keep {
						add(&want, cueWord(w), turn.Speaker)
					}
				}
			}
		}
		for _, c := range Layout(a, p, LayoutOptions{KeepUnspoken: keep}) {
			for _, l := range c.Lines {
				if l.Sound {
					continue
				}
				for _, w := range l.Words {
					if w.Text != "[music]" {
						add(&got, w, l.Speaker)
					}
				}
			}
		}
		plain := func(s string) string { // a cut word names its speaker more than once
			if strings.Contains(s, "海") {
				for _, speaker := range []string{"Ann", "Bob <b>", "Defense Secretary Lloyd Austin", strings.Repeat("山", 30)} {
					s = strings.ReplaceAll(s, "海"+speaker, "海")
				}
			}
			return s
		}
		if plain(got.String()) != plain(want.String()) {
			t.Fatalf("got  %s\nwant %s", got.String(), want.String())
		}
	})
}

func TestLayoutHoldsItsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		cues := Layout(a, p, LayoutOptions{KeepUnspoken: rapid.Bool().Draw(t, "keep")})
		speakers := p.speakersBefore(cues)
		var before time.Duration
		for i, c := range cues {
			if c.Start < before || c.End <= c.Start || !isStep(p, c.Start) || !isStep(p, c.End) {
				t.Fatalf("cue %d: %v to %v after %v", i, c.Start, c.End, before)
			}
			before = c.End
			texts := p.label().Texts(c, speakers[i])
			if len(texts) == 0 || len(texts) > p.Lines || c.HasSeveralSpeakers() && !p.Label.HasDashes() && !inTwoColors(c, p) {
				t.Fatalf("cue %d: %v", i, c.Lines)
			}
			if c.Confidence != confidence(c.Lines[0]) && len(c.Lines[0].Words) > 0 {
				t.Fatalf("cue %d: confidence %v", i, c.Confidence)
			}
			for k, text := range texts {
				if format.Columns(text) > p.LineWidth && len(strings.Fields(text)) > 1 {
					t.Fatalf("cue %d, line %d: %d columns: %q", i, k, format.Columns(text), text)
				}
			}
			if first, _, pause, timed := wordTimes(c); timed {
				if pause > longestPause+time.Millisecond {
					t.Fatalf("cue %d: a pause of %v", i, pause)
				}
				step, near := oneStep(p), oneStep(p)/2+time.Millisecond
				if late := c.Start - first; late < -near || late > near &&
					(i == 0 || c.Start > cues[i-1].Start+step+time.Millisecond) { // which words of no length may ask for
					t.Fatalf("cue %d: starts at %v, its first word at %v", i, c.Start, first)
				}
			}
		}
	})
}

// TestLayoutOnFrames: the gap and the shortest time are whole frames, as many as the style asks for,
// where the words leave room for them.
func TestLayoutOnFrames(t *testing.T) {
	shortest := map[string]int64{"23.976": 20, "24": 20, "25": 21, "29.97": 25, "30": 25, "50": 42, "59.94": 50}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(Presets()).Draw(t, "preset")
		p = atAnyRate(t, p.For("srt"))
		a := anyAlignment(t)
		cues := Layout(a, p, LayoutOptions{})
		frame := p.FrameRate.Frame
		gap := map[bool]int64{true: 2}[p.Name == "netflix"]
		for i, c := range cues {
			if p.At(p.FrameRate).Gap != p.FrameRate.Time(gap) {
				t.Fatalf("the gap is %v", p.Gap)
			}
			least := shortest[p.FrameRate.String()]
			if p.Name == "bbc" {
				r := p.extent(c, p.speakersBefore(cues)[i])
				seconds := float64(r.words)*0.3 + r.labels.Seconds()
				least = int64(math.Ceil(seconds * float64(p.FrameRate.Frames) / float64(p.FrameRate.Seconds)))
			}
			start, end, next := frame(c.Start), frame(c.End), frame(a.End)
			if i+1 < len(cues) {
				next = frame(cues[i+1].Start) - gap
			}
			if end > next && (next-start)*2 > gap && i+1 < len(cues) && end > start+1 && 2*(end-start) > next+gap-start+1 {
				t.Fatalf("cue %d ends with frame %d, which leaves no gap before %d", i, end, next+gap)
			}
			if end-start < least && end < next-1 {
				t.Fatalf("cue %d stands for %d frames, less than %d, up to %d of %d", i, end-start, least, end, next)
			}
			if seven := int64(7 * float64(p.FrameRate.Frames) / float64(p.FrameRate.Seconds)); end-start > seven {
				if _, last, _, timed := wordTimes(c); timed && end > frame(last)+1 {
					t.Fatalf("cue %d stands for %d frames, more than %d", i, end-start, seven)
				}
			}
		}
	})
}

// inTwoColors reports whether a cue has two lines, of which each has one color and another one than
// the other.
func inTwoColors(c format.Cue, p Preset) bool {
	colors := make([]map[string]bool, len(c.Lines))
	for i, l := range c.Lines {
		colors[i] = map[string]bool{}
		for _, w := range l.Words {
			colors[i][w.Style().Color] = true
		}
	}
	return len(p.Colors) > 0 && len(colors) == 2 && len(colors[0]) == 1 && len(colors[1]) == 1 && !maps.Equal(colors[0], colors[1])
}

func confidence(l format.Line) float64 {
	if len(l.Words) == 0 {
		return 0
	}
	return l.Words[0].Confidence
}

// TestLayoutIsOptimal compares the path with the best of all cuts.
func TestLayoutIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		l := newLayout(a, p, LayoutOptions{}, nil, nil)
		if len(l.units) > 9 {
			l.units = l.units[:9]
			l.units[8].hard, l.units[8].answer = true, false
			for i := range l.units {
				l.units[i].stop = min(l.units[i].stop, 9)
			}
		}
		var cost func(i int) float64
		cost = func(i int) float64 {
			if i == len(l.units) {
				return 0
			}
			best := math.Inf(1)
			for j := i + 1; j <= len(l.units); j++ {
				best = min(best, l.least(i, j)+cost(j))
			}
			return best
		}
		got, i := 0.0, 0
		for _, c := range l.cues() {
			j := i
			for want := texts(c); texts(format.Cue{Lines: []format.Line{l.line(i, j)}}) != want; j++ {
				if j == len(l.units) {
					t.Fatalf("no units make %q", want)
				}
			}
			got += l.least(i, j)
			i = j
		}
		if want := cost(0); math.Abs(got-want) > 1e-6 {
			t.Fatalf("cost %v, the best is %v", got, want)
		}
	})
}

// texts is the text of a cue without spaces.
func texts(c format.Cue) string {
	var b strings.Builder
	for _, l := range c.Lines {
		for _, w := range l.Words {
			b.WriteString(w.Text)
		}
	}
	return b.String()
}

// least is the least that units i to j-1 cost as a cue of one speaker or of two.
func (l *layout) least(i, j int) float64 {
	cost := math.Inf(1)
	label := func(i int) int {
		if l.units[i].label == "" {
			return 0
		}
		return format.Columns(l.units[i].label) + 1
	}
	if l.fits(i, j) {
		cost = l.cue(i, j)
	}
	colors, dash := len(l.preset.Colors) > 0, 1
	if !colors && !l.preset.Label.HasDashes() || !l.units[j-1].ends {
		return cost
	}
	if colors {
		dash = 0
	}
	for k := i + 1; k < j; k++ {
		if (l.preset.LabelLine || colors) && label(i)+label(k) > 0 ||
			colors && l.cast[l.units[i].speaker].color == l.cast[l.units[k].speaker].color {
			continue
		}
		room := l.preset.LineWidth - dash
		hard := 0
		for _, u := range l.units[i : j-1] {
			if u.hard {
				hard++
			}
		}
		if u := l.units[k-1]; hard == 1 && u.hard && l.units[k].speaker != u.speaker && l.units[k].Start-u.End <= longestPause &&
			label(i)+l.width(i, k) <= room && label(k)+l.width(k, j) <= room {
			cost = min(cost, l.dialogueCost(i, k, j))
		}
	}
	return cost
}

// fits tells by trying them all whether units i to j-1 can be lines of one cue.
func (l *layout) fits(i, j int) bool {
	for k := i; k < j-1; k++ {
		if l.units[k].hard {
			return false
		}
	}
	label := 0
	if l.units[i].label != "" {
		label = format.Columns(l.units[i].label) + 1
	}
	room := l.preset.LineWidth
	line := func(from, to, label int) bool {
		return from == to || label+l.width(from, to) <= room || to-from == 1 && label == 0
	}
	var held func(from, label, lines int) bool
	held = func(from, label, lines int) bool {
		if line(from, j, label) {
			return true
		}
		for k := from; k < j && lines > 1; k++ {
			if line(from, k, label) && (k > from || label > 0) && held(k, 0, lines-1) {
				return true
			}
		}
		return false
	}
	if label > 0 && l.preset.LabelLine {
		return held(i, 0, l.preset.Lines-1)
	}
	return held(i, label, l.preset.Lines)
}

// TestSplitIsOptimal compares the lines of a cue with all others: there are as few as hold its
// units, and of so many those of the least cost.
func TestSplitIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := anyAlignment(t), anyPreset(t)
		p.Lines = rapid.IntRange(2, maxLines).Draw(t, "lines")
		l := newLayout(a, p, LayoutOptions{}, nil, nil)
		for i := range l.units {
			j := rapid.IntRange(i+1, min(l.reach(i), i+8)).Draw(t, "end")
			if l.units[i].label != "" || !l.fits(i, j) {
				continue
			}
			breaks, got := l.split(i, j)
			least, want := 0, 0.0
			for n := 1; least == 0; n++ {
				if want = l.bestOf(i, j, n); !math.IsInf(want, 1) {
					least = n
				}
			}
			lines := 1
			for _, at := range breaks {
				if at < j {
					lines++
				}
			}
			if lines != least || math.Abs(got-want) > 1e-9 {
				t.Fatalf("units %d to %d: breaks %v, cost %v; the best of %d lines is %v", i, j, breaks, got, least, want)
			}
		}
	})
}

// bestOf is the least cost of units i to j-1 in n lines; infinity where these don't hold them.
func (l *layout) bestOf(i, j, n int) float64 {
	width, best := l.preset.LineWidth, math.Inf(1)
	if n == 1 {
		if l.width(i, j) > width && j-i > 1 {
			return best
		}
		return 0
	}
	for ends := range 1 << (j - i - 1) { // a bit for each place between two units: whether a line ends there
		if bits.OnesCount(uint(ends)) != n-1 {
			continue
		}
		starts := []int{i}
		for k := i + 1; k < j; k++ {
			if ends>>(k-i-1)&1 == 1 {
				starts = append(starts, k)
			}
		}
		starts = append(starts, j)
		cost := 0.0
		for k := range n {
			here := float64(l.width(starts[k], starts[k+1]))
			if here > float64(width) && starts[k+1]-starts[k] > 1 {
				cost = math.Inf(1)
			}
			if k+1 == n {
				break
			}
			below := float64(l.width(starts[k+1], starts[k+2]))
			cost += lineBreakShare*l.breakCost(starts[k+1]-1) + costUnbalanced*math.Abs(here-below)/float64(width)
			if 2*below < here {
				cost += costTopHeavy
			}
			if starts[k+1]-starts[k] == 1 && 2*here < float64(width) || starts[k+2]-starts[k+1] == 1 && 2*below < float64(width) {
				cost += costOrphanLine
			}
		}
		best = min(best, cost)
	}
	return best
}

func BenchmarkLayout(b *testing.B) {
	text := strings.Repeat("The keeper said nothing, but he left the lamp burning for those who were still at sea. ", 500)
	a := said("en", normal, "Ann: "+text)
	p := preset(b, "youtube", "srt")
	b.ReportAllocs()
	for b.Loop() {
		Layout(a, p, LayoutOptions{})
	}
}

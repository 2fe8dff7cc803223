package transcript

import (
	"fmt"
	"strings"
	"testing"
)

// brief shows turns on one line: Speaker: sentence / sentence ¶ sentence | ...,
// directions and gaps where they stand.
func brief(s *Script) string {
	var turns []string
	d := s.Directions
	for i := 0; i <= len(s.Turns); i++ {
		var b strings.Builder
		for len(d) > 0 && d[0].Turn == i && d[0].Sentence == 0 {
			turns = append(turns, "["+d[0].Text+"]")
			d = d[1:]
		}
		if i == len(s.Turns) {
			break
		}
		t := s.Turns[i]
		if t.Speaker != "" {
			b.WriteString(t.Speaker + ": ")
		}
		for j, sentence := range t.Sentences {
			switch {
			case j == 0:
			case sentence.Paragraph > t.Sentences[j-1].Paragraph:
				b.WriteString(" ¶ ")
			default:
				b.WriteString(" / ")
			}
			for len(d) > 0 && d[0].Turn == i && d[0].Sentence == j {
				b.WriteString("[" + d[0].Text + "] ")
				d = d[1:]
			}
			b.WriteString(sentence.Text())
		}
		turns = append(turns, b.String())
	}
	return strings.Join(turns, " | ")
}

func notes(s *Script) string {
	var b []string
	for _, n := range s.Notes {
		b = append(b, n.Reason+": "+n.Text)
	}
	return strings.Join(b, " | ")
}

func TestTurns(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"labels", "Ada: Hi.\nBo: Ho.", "Ada: Hi. | Bo: Ho."},
		{"one label at the top", "Ada Byron: Hi.\nHo.", "Ada Byron: Hi. ¶ Ho."},
		{"a label again goes on", "Ada: Hi.\nAda: Ho.\nBo: No.", "Ada: Hi. ¶ Ho. | Bo: No."},
		{"a colon in the midst of speech", "Ada: Hi.\nThen he said this: no.\nBo: No.", "Ada: Hi. ¶ Then he said this: no. | Bo: No."},
		{"an opener is no label", "Ada: Hi.\nRemember: no.\nBo: No.\nAda: So: yes.", "Ada: Hi. ¶ Remember: no. | Bo: No. | Ada: So: yes."},
		{"a paragraph that ends in a colon", "Ada: Hi.\nAs I told reporters:\nNo.\nBo: No.", "Ada: Hi. ¶ As I told reporters: ¶ No. | Bo: No."},
		{"steps", "Ada: Three steps.\nStep 1: boil.\nStep 2: eat.\nBo: No.", "Ada: Three steps. ¶ Step 1: boil. ¶ Step 2: eat. | Bo: No."},
		{"common words once", "Ada: The open road was wet.\nOpen Road: that was its name.\nBo: No.", "Ada: The open road was wet. ¶ Open Road: that was its name. | Bo: No."},
		{"single turns", "Ada: Hi.\nReporter 1: Is it true?\nDeputy Mayor Jo March: No.\nAda: Oh.", "Ada: Hi. | Reporter 1: Is it true? | Deputy Mayor Jo March: No. | Ada: Oh."},
		{"questions and answers", "Q: Why?\nA: Why not?\nQ: Fine.\nA: Good.", "Q: Why? | A: Why not? | Q: Fine. | A: Good."},
		{"small letters, again and again", "host: Hi.\nguest: Ho.\nhost: So.\nguest: No.\nhost: Bye.\nguest: Bye.", "host: Hi. | guest: Ho. | host: So. | guest: No. | host: Bye. | guest: Bye."},
		{"numbers", "speaker 1: Hi.\nspeaker 2: Ho.\nspeaker 1: So.\nspeaker 2: No.", "speaker 1: Hi. | speaker 2: Ho. | speaker 1: So. | speaker 2: No."},
		{"a verse is no speaker", "We read John 3:16 aloud, as ever.\nIt was 10:30 by then.", "We read John 3:16 aloud, as ever. ¶ It was 10:30 by then."},
		{"prose with a colon", "It rained. Paris: wet.\nThe Result: mud. We left at once.\nNobody came.", "It rained. / Paris: wet. ¶ The Result: mud. / We left at once. ¶ Nobody came."},
		{"time, name", "[0:01] Ada: Hi.\n[0:02] Bo: Ho.", "Ada: Hi. | Bo: Ho."},
		{"colon, time", "Ada: 0:01\nHi.\nBo: 0:02\nHo.", "Ada: Hi. | Bo: Ho."},
		{"a time for an answer", "Ada: When?\nBo: 3:30\nAda: So late?", "Ada: When? | Bo: 3:30 | Ada: So late?"},
		{"bold, time, colon", "**Ada (0:01):** Hi.\n\n**Bo** (0:02): Ho.\n\n**Ada:** (0:03) So.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"span of time", "[00:00:01.000 --> 00:00:02.500] Ada: Hi.\n[00:00:03.000 --> 00:00:04.000] Bo: Ho.", "Ada: Hi. | Bo: Ho."},
		{"bare time, name", "00:01 Ada: Hi.\n00:02 Bo: Ho.", "Ada: Hi. | Bo: Ho."},
		{"name, time", "Ada (00:01): Hi.\nBo [00:02]: Ho.\nAda (1:00:02) Oh.", "Ada: Hi. | Bo: Ho. | Ada: Oh."},
		{"name and time, text below", "Ada Byron   0:01\nHi.\nBo   1:02:03\nHo.", "Ada Byron: Hi. | Bo: Ho."},
		{"time and name, text below", "0:01 Ada Byron\nHi.\n0:05 Bo\nHo.", "Ada Byron: Hi. | Bo: Ho."},
		{"time in speech", "Ada: Hi.\n12:30 is when we met.\nBo: Ho.", "Ada: Hi. ¶ 12:30 is when we met. | Bo: Ho."},
		{"times on lines of their own", "0:01\nhello and welcome\n0:04\nto the long road.\n0:09\nIt is wet.", "hello and welcome to the long road. ¶ It is wet."},
		{"bold, colon inside", "**Ada:** Hi.\n\n**Bo:** Ho.", "Ada: Hi. | Bo: Ho."},
		{"bold, colon outside", "**Ada**: Hi.\n\n__Bo__: Ho.", "Ada: Hi. | Bo: Ho."},
		{"bold with time", "**Ada** (0:01)\nHi.\n**Bo (0:02):** Ho.", "Ada: Hi. | Bo: Ho."},
		{"bold alone", "**Ada**\n\nHi.\n\n**Bo**\n\nHo.\n\n**Ada**\n\nOh.\n\n**Bo**\n\nNo.", "Ada: Hi. | Bo: Ho. | Ada: Oh. | Bo: No."},
		{"bold and nothing else", "**Ada** Hi there.\n\n**Bo** Ho.\n\n**Ada** Oh, **really** so.\n\n**Bo** No.", "Ada: Hi there. | Bo: Ho. | Ada: Oh, really so. | Bo: No."},
		{"bullets", "* Ada: Hi.\n* Bo: Ho.", "Ada: Hi. | Bo: Ho."},
		{"the narrator", "The narrator: Hi.\nThe guest: Ho.\nThe narrator: So.\nThe guest: No.", "The narrator: Hi. | The guest: Ho. | The narrator: So. | The guest: No."},
		{"times before lines", "0:01 Hi there.\n0:05 It is wet.\n0:09 So it is.", "Hi there. ¶ It is wet. ¶ So it is."},
		{"hyphens", "- Who is it?\n- Me.\n- Come in.", "Who is it? | Me. | Come in."},
		{"headings", "### Ada\n\nHi.\n\n### Bo\n\nHo.\n\n### Ada\n\nOh.\n\n### Bo\n\nNo.", "Ada: Hi. | Bo: Ho. | Ada: Oh. | Bo: No."},
		{"labels alone", "Ada:\nHi.\n\nBo:\nHo.", "Ada: Hi. | Bo: Ho."},
		{"capitals with roles", "ADA BYRON, HOST: Hi.\nBO (on tape): Ho.\nBYRON: No.", "ADA BYRON, HOST: Hi. | BO (on tape): Ho. | BYRON: No."},
		{"by machine", "[SPEAKER_00]: Hi.\n[SPEAKER_01]: Ho.\n[SPEAKER_00]: No.", "SPEAKER_00: Hi. | SPEAKER_01: Ho. | SPEAKER_00: No."},
		{"by machine, without brackets", "SPEAKER_00: Hi.\nSPEAKER_01: Ho.\nSPEAKER_00: No.", "SPEAKER_00: Hi. | SPEAKER_01: Ho. | SPEAKER_00: No."},
		{"brackets and a colon", "[ADA BYRON]: Hi.\n[Bo]: Ho.\n**[Cy]:** No.", "ADA BYRON: Hi. | Bo: Ho. | Cy: No."},
		{"brackets", "[Ada] Hi.\n[Bo March] Ho.\n[Ada] No.\n[Bo March] So.", "Ada: Hi. | Bo March: Ho. | Ada: No. | Bo March: So."},
		{"a label like a direction", "CLIP ONE: Hi.\nBO: Ho.\nCLIP ONE:\nNo.\nBO: Oh.\nCLIP ONE: So.", "CLIP ONE: Hi. | BO: Ho. | CLIP ONE: No. | BO: Oh. | CLIP ONE: So."},
		{"names alone", "Ada\nHi.\nBo\nHo.\nAda\nOh.\nBo\nNo.", "Ada: Hi. | Bo: Ho. | Ada: Oh. | Bo: No."},
		{"names alone, of a play", "ADA.\nHi.\nBO.\nHo.\nADA.\nOh.\nBO.\nNo.", "ADA.: Hi. | BO.: Ho. | ADA.: Oh. | BO.: No."},
		{"names alone, abbreviated", "Ada Jr.\nHi.\nBo K.\nHo.\nAda Jr.\nOh.\nBo K.\nNo.", "Ada Jr.: Hi. | Bo K.: Ho. | Ada Jr.: Oh. | Bo K.: No."},
		{"short sentences", "It is wet.\nYes.\nIt is cold.\nAmen.\nIt is dark.\nYes.\nIt was.\nAmen.\nSo.", "It is wet. ¶ Yes. ¶ It is cold. ¶ Amen. ¶ It is dark. ¶ Yes. ¶ It was. ¶ Amen. ¶ So."},
		{"brackets alone", "[Ada]\nHi.\n[Bo]\nHo.\n[Ada]\nNo.\n[Bo]\nSo.", "Ada: Hi. | Bo: Ho. | Ada: No. | Bo: So."},
		{"brackets of sounds", "[Thunder]\nHi.\n[laughs] Ho.\n[Thunder]\nNo.", "[Thunder] | Hi. / [laughs] Ho. ¶ [Thunder] No."},
		{"an insertion at the start", "Ada: Hi.\n[Bo] March said no.\nCy: Ho.\nAda: So.", "Ada: Hi. ¶ [Bo] March said no. | Cy: Ho. | Ada: So."},
		{"arrows", ">> Hi.\n>> BO: Ho.\n>>> Next.", "Hi. | BO: Ho. | Next."},
		{"dashes", "— ¿Quién es?\n— Soy yo.\n— Pasa.", "¿Quién es? | Soy yo. | Pasa."},
		{"full-width colon", "王：你好。\n李：好。", "王: 你好。 | 李: 好。"},
		{"names that are not English", "Bülent Ş.: Evet.\nЖанна д’Арк: Да.\nO’Neill-García: Sí.", "Bülent Ş.: Evet. | Жанна д’Арк: Да. | O’Neill-García: Sí."},
		{"particles", "Ludwig van Beethoven: Ta.\nThe Duke of York: No.\nLudwig van Beethoven: Ta.\nThe Duke of York: No.", "Ludwig van Beethoven: Ta. | The Duke of York: No. | Ludwig van Beethoven: Ta. | The Duke of York: No."},
		{"broken to a width", "Ada: It was the\nlongest road in\nLondon: wet, cold\nand dark.\n\nBo: I was\nthere.", "Ada: It was the longest road in London: wet, cold and dark. | Bo: I was there."},
		{"before the first label", "Transcript\nIt was night.\nAda: Hi.\nBo: Ho.", "It was night. | Ada: Hi. | Bo: Ho."},
		{"clip without labels", "Ada: Hear this.\n[CLIP BEGINS]\nHo.\n[CLIP ENDS]\nWow.\nBo: No.", "Ada: Hear this. | [CLIP BEGINS] | Ho. | [CLIP ENDS] | Ada: Wow. | Bo: No."},
		{"clip with labels", "Ada: Hear this.\n[CLIP BEGINS]\nCy: Ho.\n[CLIP ENDS]\nWow.\nBo: No.", "Ada: Hear this. | [CLIP BEGINS] | Cy: Ho. | [CLIP ENDS] | Ada: Wow. | Bo: No."},
		{"clip without words", "Ada: Hear this.\n[CLIP BEGINS]\n[CLIP ENDS]\nWow.\nBo: No.", "Ada: Hear this. ¶ [CLIP BEGINS] [CLIP ENDS] Wow. | Bo: No."},
		{"clip that never ends", "Ada: Hear this.\n[CLIP]\nHo.\nBo: No.", "Ada: Hear this. ¶ [CLIP] Ho. | Bo: No."},
		{"a direction splits nothing", "Ada: Hi.\n[MUSIC]\nHo.\nBo: No.", "Ada: Hi. ¶ [MUSIC] Ho. | Bo: No."},
		{"time in bold", "**[0:01] Ada:** Hi.\n**[0:02] Bo:** Ho.\n**[0:03] Ada:** So.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"time behind brackets", "[Ada] 10:02:01\nHi.\n[Bo] 10:02:05\nHo.\n[Ada] 10:02:09\nSo.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"time with frames", "00:00:01:12 Ada: Hi.\n00:00:02;03 Bo: Ho.\n00:00:03:00 Ada: So.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"time in words", "Ada\n0 minutes 1 second\nHi.\nBo\n1 minute\nHo.\nAda\n1 minute 9 seconds\nSo.\nBo\n2 minutes\nNo.", "Ada: Hi. | Bo: Ho. | Ada: So. | Bo: No."},
		{"a time that is said", "Ada: When?\nBo: 5 seconds ago.\nAda: At 9:30 (2 minutes ago)?", "Ada: When? | Bo: 5 seconds ago. | Ada: At 9:30 (2 minutes ago)?"},
		{"a full stop", "Q. Why?\nA. Why not?\nQ. Fine.\nA. Good.", "Q: Why? | A: Why not? | Q: Fine. | A: Good."},
		{"a list", "A. Boil.\nB. Eat.\nC. Rest.\n\nA. Boil.\nB. Eat.", "A. Boil. ¶ B. Eat. ¶ C. Rest. ¶ A. Boil. ¶ B. Eat."},
		{"a full stop behind capitals", "Mr. MARCH. Hi.\nMs. BYRON of London. Ho.\nMr. MARCH. So.\nThe CLERK. No.", "Mr. MARCH: Hi. | Ms. BYRON of London: Ho. | Mr. MARCH: So. | The CLERK: No."},
		{"a tab", "Ada\tHi.\nBo\tHo.\nAda\tSo.\nBo\tNo.", "Ada: Hi. | Bo: Ho. | Ada: So. | Bo: No."},
		{"a dash", "Ada – Hi.\nBo – Ho – or so.\nAda – So.\nBo – No.", "Ada: Hi. | Bo: Ho – or so. | Ada: So. | Bo: No."},
		{"a dash once", "It rained – so what.\nAda – she is ill – came.\nWe left.", "It rained – so what. ¶ Ada – she is ill – came. ¶ We left."},
		{"a question without a sign", "MARCH: Hi.\nQ Is it wet?\nMARCH: So.\nQ Q1 was wet, too.", "MARCH: Hi. | Q: Is it wet? | MARCH: So. | Q: Q1 was wet, too."},
		{"by machine, with a letter", "Speaker_A: Hi.\nSpeaker_B: Ho.\nSpeaker_A: So.", "Speaker_A: Hi. | Speaker_B: Ho. | Speaker_A: So."},
		{"letter case", "Ada: Hi.\nBo: Ho.\nADA: So.\nbo: No.", "Ada: Hi. | Bo: Ho. | Ada: So. | Bo: No."},
		{"voices", "Ada: Hi.\nBo: Ho.\nALL: Ah.\nAda: So.\nMan in the audience: No.\nBo: Oh.", "Ada: Hi. | Bo: Ho. | ALL: Ah. | Ada: So. | Man in the audience: No. | Bo: Oh."},
		{"no voices", "It rained. We met.\nMan in the rain: wet.\nAll: wet, too.", "It rained. / We met. ¶ Man in the rain: wet. ¶ All: wet, too."},
		{"initials that are a word", "IS: It is so.\nAK: Ho.\nIS: So.\nAK: No.", "IS: It is so. | AK: Ho. | IS: So. | AK: No."},
		{"an open bracket", "Ada: See the\nold [glossary:LM] now.\nBo: Or the\nold [glossary:CM].\nAda: So.", "Ada: See the old [glossary:LM] now. | Bo: Or the old [glossary:CM]. | Ada: So."},
		{"turns in a line", "Ada: Hi. Bo: Ho. One thing: no. Ada: So. Bo: No.", "Ada: Hi. | Bo: Ho. / One thing: no. | Ada: So. | Bo: No."},
		{"turns in a line behind times", "[0:01] Ada: Hi. [0:02] Bo: Ho. [0:03] Ada: So. [0:04] Bo: No.", "Ada: Hi. | Bo: Ho. | Ada: So. | Bo: No."},
		{"short answers behind times", "0:01 So it was.\n0:02 Right.\n0:03 And wet.\n0:04 Right.\n0:05 So.", "So it was. ¶ Right. ¶ And wet. ¶ Right. ¶ So."},
		{"headings that recur", "# Bees\n\nHi.\n\n## Wet Bees\n\nHo.\n\n## Dry Bees\n\nSo.\n\n## Wet Bees\n\nNo.", "Hi. ¶ Ho. ¶ So. ¶ No."},
		{"names and roles alone", "Ada Byron -- Head of Mills\n\nHi.\n\nBo -- Guest\n\nHo.\n\nAda Byron -- Head of Mills\n\nSo.\n\nBo -- Guest\n\nNo.", "Ada Byron: Hi. | Bo: Ho. | Ada Byron: So. | Bo: No."},
		{"a screenplay", "INT. MILL - DAY\n\nADA\n(sadly)\nHi.\n\nBO\nHo.\n\nADA\nSo.", "[INT. MILL - DAY] | [sadly] | ADA: Hi. | BO: Ho. | ADA: So."},
		{"a jingle", "Ada: Hi.\n\nJingle: [0:05]\n\nBo: Ho.\n\nAda: So.\n\nBo: No.", "Ada: Hi. | [Jingle] | Bo: Ho. | Ada: So. | Bo: No."},
		{"a talk and questions", "So it was.\n\nQ: Why?\n\nWhy not.\n\nQ: When?", "So it was. | Q: Why? | Why not. | Q: When?"},
		{"dates with a clock", "Bees\n\nMarch 1, 2024, 10:00AM\n\nAda   0:01\nHi.\n\nBo   0:02\nHo.\n\nAda   0:03\nSo.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"a month that speaks", "April: Hi.\nMay 2: no.\nBo: Ho.\nApril: So.\nMay 2: no.\nBo: No.", "April: Hi. ¶ May 2: no. | Bo: Ho. | April: So. ¶ May 2: no. | Bo: No."},
		{"a time of day with a dot", "Ada: Hi.\n\n3.05 pm\n\nBo: Ho.\n\n3.15 pm\n\nAda: So.", "Ada: Hi. | Bo: Ho. | Ada: So."},
		{"a time of day that is an answer", "Ada: When?\n\n3.05 pm\n\nBo: Ho.\n\nAda: So.", "Ada: When? ¶ 3.05 pm | Bo: Ho. | Ada: So."},
		{"brackets, one name once", "[Ada] Hi.\n[Ada] Ho.\n[Bo] So?\n[Ada] No.", "Ada: Hi. ¶ Ho. | Bo: So? | Ada: No."},
		{"brackets once, in a sentence", "[Ada] Hi.\n[Ada] Ho.\n[Bo] said so.\n[Ada] No.", "Ada: Hi. ¶ Ho. ¶ [Bo] said so. ¶ No."},
		{"bold, a seat and a party", "**Ada Byron** (Mud) (Ind) Hi.\n\n**Bo** (The Road) Ho.\n\n**Ada Byron** So.\n\n**Bo** No.", "Ada Byron: Hi. | Bo: Ho. | Ada Byron: So. | Bo: No."},
		{"bold, brackets that are said", "**Ada** (to Bo) Hi.\n\n**Bo** (Mud) is wet.\n\n**Ada** (the elder) So.\n\n**Bo** No.", "Ada: (to Bo) Hi. | Bo: (Mud) is wet. | Ada: (the elder) So. | Bo: No."},
		{"parts", "Ada: Hi.\n\nAct Two. The Road\n\nBo: Ho.\n\nPart 3\n\nAda: So.\n\nPart of it\n\nBo: No.", "Ada: Hi. | Bo: Ho. | Ada: So. ¶ Part of it | Bo: No."},
		{"label with a direction", "Ada: [laughs] Hi.\nBo: No.", "[laughs] | Ada: Hi. | Bo: No."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(s); got != c.want {
				t.Errorf("got  %s\nwant %s\nnotes %s", got, c.want, notes(s))
			}
		})
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct{ name, in, turns, notes string }{
		{"heading", "Notes.\n\nFull transcript:\nAda: Hi.", "Ada: Hi.", "show notes: Notes. | heading: Full transcript:"},
		{"heading in Markdown", "# Bees\n\n## Transcript of this episode\n\nHi.", "Hi.", "heading: Bees | heading: Transcript of this episode"},
		{"heading with words on its line", "Notes.\nTranscript: Hello and welcome to the long road again.\nIt is wet.", "Hello and welcome to the long road again. ¶ It is wet.", "show notes: Notes."},
		{"title as a heading", "Bees, an interview - Transcript\nAda: Hi.\nBo: Ho.", "Ada: Hi. | Bo: Ho.", "heading: Bees, an interview - Transcript"},
		{"heading in a menu", "Notes\nTranscript\nCredits\nA long road.\nTranscript\nAda: Hi. It is wet on the road.\nBo: Ho. So it is.", "Ada: Hi. / It is wet on the road. | Bo: Ho. / So it is.", "navigation: Notes | show notes: Transcript | navigation: Credits | show notes: A long road. | heading: Transcript"},
		{"a link to the transcript", "Ada: Hi there, all of you, on the long road to the sea.\nBo: Ho.\nTranscript", "Ada: Hi there, all of you, on the long road to the sea. | Bo: Ho. ¶ Transcript", ""},
		{"the word in speech", "Ada: We have it.\nThe transcript is on the table, as ever.\nBo: No.", "Ada: We have it. ¶ The transcript is on the table, as ever. | Bo: No.", ""},
		{"how it was made", "Transcript\nThis transcript was generated by software and may contain errors.\nAda: Hi.", "Ada: Hi.", "heading: Transcript | notice: This transcript was generated by software and may contain errors."},
		{"speech about transcripts", "Ada: We have it.\nThis transcript was edited by my aunt.\nBo: No.", "Ada: We have it. ¶ This transcript was edited by my aunt. | Bo: No.", ""},
		{"copyright", "Ada: Hi.\nBo: Ho.\n© 2024 The Road. All rights reserved.\nHome | About | Contact", "Ada: Hi. | Bo: Ho.", "footer: © 2024 The Road. All rights reserved. | footer: Home | About | Contact"},
		{"end", "Ada: Hi.\nBo: Ho.\n[END OF TRANSCRIPT]\nMore stories", "Ada: Hi. | Bo: Ho.", "footer: [END OF TRANSCRIPT] | footer: More stories"},
		{"spoken thanks", "Ada: Hi.\nBo: Ho.\nPlease subscribe, and share this with everyone.\nCopyright is a strange thing.", "Ada: Hi. | Bo: Ho. ¶ Please subscribe, and share this with everyone. ¶ Copyright is a strange thing.", ""},
		{"comments", "Ada: Hi.\nBo: Ho.\nLeave a comment\nI loved it.", "Ada: Hi. | Bo: Ho.", "footer: Leave a comment | footer: I loved it."},
		{"credits below", "Ada: Hi.\nBo: Ho.\nAda: So.\nProducer: Cy Young\nMusic: The Paper Kites", "Ada: Hi. | Bo: Ho. | Ada: So.", "credits: Producer: Cy Young | credits: Music: The Paper Kites"},
		{"a role that speaks", "Ada: Hi.\nReporter: Is it wet?\nAda: So.", "Ada: Hi. | Reporter: Is it wet? | Ada: So.", ""},
		{"a host that says one word", "Host: Hi.\nBo: Ho.\nHost: Yes\nBo: Ho.", "Host: Hi. | Bo: Ho. | Host: Yes | Bo: Ho.", ""},
		{"header", "SERIES: Bees\nDATE: May 5\nSHOW TEASE: Stay. It is wet.\nSPEAKERS: Ada & Bo\n\nADA BYRON: Hi.\nBO: Ho.\nADA: So.\nBO: No.", "ADA BYRON: Hi. | BO: Ho. | ADA: So. | BO: No.", "header: SERIES: Bees | header: DATE: May 5 | header: SHOW TEASE: Stay. It is wet. | credits: SPEAKERS: Ada & Bo"},
		{"header with somebody who speaks", "Interviewer: Ada Byron\nDate: May 5\n\nInterviewer: Is it wet?\nBo: So.\nInterviewer: No.\nBo: Oh.", "Interviewer: Is it wet? | Bo: So. | Interviewer: No. | Bo: Oh.", "credits: Interviewer: Ada Byron | header: Date: May 5"},
		{"header of each part", "## Bees\n\nPresenter: Ada\n\nAda: Hi.\nBo: Ho.\n\n## Mud\n\nPresenter: Bo\n\nBo: So.\nAda: No.", "Ada: Hi. | Bo: Ho. ¶ So. | Ada: No.", "heading: Bees | header: Presenter: Ada | heading: Mud | header: Presenter: Bo"},
		{"transcript amid the script", "Ada: Hi.\nBo: Ho.\nAda: So.\nTranscript\nBo: No. It was as wet as it ever was, and so it stayed.\nAda: Oh. So it was.", "Ada: Hi. | Bo: Ho. | Ada: So. | Bo: No. / It was as wet as it ever was, and so it stayed. | Ada: Oh. / So it was.", "heading: Transcript"},
		{"one turn under the full name", "*Ada Byron:* Hi.\n\n*AB:* So?\n\n*CM:* Ho.\n\n*AB:* No.", "Ada Byron: Hi. | AB: So? | CM: Ho. | AB: No.", ""},
		{"a label above a link", "Ada: See https://road.example.org\nBo: https://mud.example.org\nAda: So.\nBo: No.", "Ada: See https://road.example.org | Bo: https://mud.example.org | Ada: So. | Bo: No.", ""},
		{"footer of a call", "Ada: Hi.\nBo: Ho.\nAda: So.\n\nDuration: 9 minutes\n\nCall participants:\n\nBo -- Guest", "Ada: Hi. | Bo: Ho. | Ada: So.", "footer: Duration: 9 minutes | footer: Call participants: | footer: Bo -- Guest"},
		{"end with a time", "Ada: Hi.\nBo: Ho.\nAda: So.\nEND 12:40 P.M. EDT", "Ada: Hi. | Bo: Ho. | Ada: So.", "footer: END 12:40 P.M. EDT"},
		{"role", "Dr. BO MARCH (Author, \"Bees: A Life\"; Mud College): Hi.\nBYRON: Ho.\nMARCH: So.\nBYRON: No.", "Dr. BO MARCH: Hi. | BYRON: Ho. | MARCH: So. | BYRON: No.", "role: Dr. BO MARCH (Author, \"Bees: A Life\"; Mud College)"},
		{"link", "Ada: Hi.\nhttps://road.example.org\nBo: Ho.", "Ada: Hi. | Bo: Ho.", "link: https://road.example.org"},
		{"separator", "Ada: Hi.\n* * *\nBo: Ho.", "Ada: Hi. | Bo: Ho.", "separator: * * *"},
		{"label without words", "Ada: Hi.\nBo: [sighs]\nAda: Ho.\nBo: No.", "Ada: Hi. | [sighs] | Ada: Ho. | Bo: No.", "label without words: Bo"},
		{"prose with a footer", "It is a long road to the sea, and it is wet.\nWe took it twice, once by day and once by night.\nCopyright 2024 The Road", "It is a long road to the sea, and it is wet. ¶ We took it twice, once by day and once by night.", "footer: Copyright 2024 The Road"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(s); got != c.turns {
				t.Errorf("turns: got  %s\nwant %s", got, c.turns)
			}
			if got := notes(s); got != c.notes {
				t.Errorf("notes: got  %s\nwant %s", got, c.notes)
			}
		})
	}
}

func TestBrackets(t *testing.T) {
	for _, c := range []struct {
		in   string
		what bracket
		kind Kind
	}{
		{"...", gap, Other}, {"…", gap, Other}, {". . .", gap, Other}, {"", gap, Other}, {"—", gap, Other},
		{"inaudible", gap, Other}, {"inaudible 00:12:33", gap, Other}, {"crosstalk", gap, Other},
		{"foreign language", gap, Other}, {"unintelligible phrase", gap, Other},
		{"00:12:34", timestamp, Other}, {"0:05", timestamp, Other},
		{"laughs", direction, Sound}, {"LAUGHTER", direction, Sound}, {"both laughing", direction, Sound},
		{"he sighs", direction, Sound}, {"clears throat", direction, Sound},
		{"door closes", direction, Sound}, {"phone ringing", direction, Sound}, {"long pause", direction, Sound},
		{"Applaus", direction, Sound}, {"риск", insertion, Other}, {"смех", direction, Sound},
		{"THEME MUSIC", direction, Music}, {"upbeat music", direction, Music}, {"music fades", direction, Music},
		{"Musik", direction, Music}, {"SOUNDBITE OF SONG", direction, Music},
		{"CLIP BEGINS", direction, ClipBegin}, {"CLIPS BEGIN", direction, ClipBegin},
		{"SOUNDBITE OF TV SHOW", direction, ClipBegin}, {"video plays", direction, ClipBegin},
		{"BEGIN CLIP", direction, ClipBegin},
		{"CLIP ENDS", direction, ClipEnd}, {"CLIPS END", direction, ClipEnd}, {"end of recording", direction, ClipEnd},
		{"audio ends", direction, ClipEnd},
		{"SPEAKING SPANISH", direction, Other},
		{"makes it", insertion, Other}, {"put out", insertion, Other}, {"Mohammed Talat", insertion, Other},
		{"so", insertion, Other}, {"This", insertion, Other},
		{"NATO", insertion, Other}, {"the music industry", insertion, Other}, {"his theme", insertion, Other},
		{"the end", insertion, Other}, {"tax break bill", insertion, Other}, {"the phone", insertion, Other},
		{"sic", insertion, Other}, {"2019", insertion, Other},
		{"the United Nations climate conference in the autumn of last year", insertion, Other},
	} {
		what, kind := readBracket(c.in)
		if what != c.what || kind != c.kind {
			t.Errorf("[%s]: got %d, %d, want %d, %d", c.in, what, kind, c.what, c.kind)
		}
	}
}

// TestLeads: a sound in the line of words, or behind the label of words, leads to the next word; one
// behind all words of its line, in a line of its own, or behind a label without words, does not.
func TestLeads(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{"Otto (laughing): The kiln is on fire.\n\nMara: [coughs] Then put (sighs) it out. [laughs]\n\n" +
			"[DOOR CREAKS]\n\nOtto: With what?\n\nMara: There is a bucket by the door.\n",
			"laughing 0.0.0 leads|coughs 1.0.0 leads|sighs 1.0.2 leads|laughs 2.0.0 trails|DOOR CREAKS 2.0.0"},
		{"Otto: The kiln is on fire.\nMara (laughing):\nBen: Then put it out.\nMara (coughing):\n" +
			"So I see.\nOtto: With what?\n",
			"laughing 1.0.0|coughing 2.0.0 leads"},
	} {
		s, err := Parse(tt.page)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range s.Directions {
			at := fmt.Sprintf("%s %d.%d.%d", d.Text, d.Turn, d.Sentence, d.Word)
			if d.Leads {
				at += " leads"
			}
			if d.Trails {
				at += " trails"
			}
			got = append(got, at)
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s, want\n%s", s, tt.want)
		}
	}
}

func TestWholeLine(t *testing.T) {
	for _, c := range []struct {
		in, text string
		kind     Kind
		ok       bool
	}{
		{"[THEME MUSIC]", "THEME MUSIC", Music, true}, {"[CLIP ENDS].", "CLIP ENDS", ClipEnd, true}, {"[a dog walks in]", "a dog walks in", Other, true},
		{"(LAUGHTER)", "LAUGHTER", Sound, true}, {"(SOUNDBITE OF MUSIC)", "SOUNDBITE OF MUSIC", Music, true}, {"(applause)", "applause", Sound, true},
		{"\x02music plays\x02", "music plays", Music, true}, {"♪ la la ♪", "♪ la la ♪", Music, true}, {"♪ (soft music) ♪", "soft music", Music, true},
		{"♪♪", "♪", Music, true}, {"♪ la ♪ ♫ lo ♫", "♪ la ♪ ♫ lo ♫", Music, true}, {"♪ la ♪ We walked.", "", Other, false}, {"♪ la la", "", Other, false}, {"THEME MUSIC", "THEME MUSIC", Music, true},
		{"(And I mean it.)", "", Other, false}, {"\x02really\x02", "", Other, false}, {"[...]", "", Other, false}, {"[inaudible]", "", Other, false},
		{"AH [LAUGHS] NO", "", Other, false}, {"(LAUGHS) THE MUSIC", "", Other, false}, {"NO", "", Other, false},
		{"I like music", "", Other, false}, {"[one] and [two]", "", Other, false}, {"Laughs", "", Other, false},
	} {
		text, kind, ok := wholeLine(c.in)
		if ok != c.ok || ok && (text != c.text || kind != c.kind) {
			t.Errorf("%q: got %q, %d, %v, want %q, %d, %v", c.in, text, kind, ok, c.text, c.kind, c.ok)
		}
	}
}

// TestAside: what is set aside at either end because of where it stands can be said after all;
// links, headings, menus and what stands amid the script cannot.
func TestAside(t *testing.T) {
	const page = `# The Harbour Hour

Listen at https://example.org/harbour

Welcome back to the Harbour Hour.
It is good to have you.

With thanks to the county library.

Anna: So how did you end up here?

Tom: My uncle left me a workshop. Would you believe it?

Anna: I would.

Tom: It leaked.

© 2024 The Harbour Hour. All rights reserved.

Subscribe to our newsletter. It comes on Fridays.
`
	const script = "Anna: So how did you end up here?\n\nTom: My uncle left me a workshop.\n\nAnna: It leaked.\n"
	const broken = "Anna: So how did you end up in\nthis town, of all the towns that\nlie by the sea?\n\n" +
		"Tom: My uncle left me the whole\nworkshop. Would you believe it?\n\nAnna: I would.\n"
	for _, c := range []struct{ name, page, before, after string }{ // " / " between paragraphs, "|" between turns
		{"both ends", page, "Welcome back to the Harbour Hour. / It is good to have you.|With thanks to the county library.",
			"© 2024 The Harbour Hour. All rights reserved.|Subscribe to our newsletter. It comes on Fridays."},
		{"a script alone", "Anna: So?\n\nTom: Not yet.\n\nAnna: Still?\n", "", ""},
		{"lines in a row", "The bread episode\nPublished 3 May 2024\nIt is five in the morning. She\nis up.\n\n" + script,
			"The bread episode / Published 3 May 2024 / It is five in the morning. She is up.", ""},
		{"broken to a width", "Published 3 May 2024\nIt is five in the morning, and\nMary Miller is up.\n\n" + broken,
			"Published 3 May 2024 / It is five in the morning, and Mary Miller is up.", ""},
		{"credits before a last word", script + "\nCredits\nMade by Mary Miller\nThat was all. Good night.\n",
			"", "Credits / Made by Mary Miller / That was all. Good night."},
	} {
		s, err := Parse(c.page)
		if err != nil {
			t.Fatal(err)
		}
		text := func(turns []Turn) string {
			var all []string
			for _, turn := range turns {
				said := ""
				for i, sentence := range turn.Sentences {
					if i > 0 {
						said += []string{" ", " / "}[sentence.Paragraph-turn.Sentences[i-1].Paragraph]
					}
					said += sentence.Text()
				}
				all = append(all, said)
			}
			return strings.Join(all, "|")
		}
		if before, after := text(s.Before), text(s.After); before != c.before || after != c.after {
			t.Errorf("%s: before %q, want %q; after %q, want %q", c.name, before, c.before, after, c.after)
		}
	}
}

// TestCaptionCredits: what captions say of themselves is no speaker, whoever else has a label.
func TestCaptionCredits(t *testing.T) {
	for _, c := range []struct {
		name string
		cues []string // each with | between its lines
		want string
	}{
		{"alone", []string{"Subtitles: @otto", "It is late."}, "Subtitles: @otto It is late."},
		{"before turns", []string{"Directed by: Otto Quill", "AMY: It is late.", "BO: No.", "AMY: Yes."},
			"Directed by: Otto Quill | AMY: It is late. | BO: No. | AMY: Yes."},
		{"between turns", []string{"AMY: It is late.", "BO: No.", "Subtitles by: Otto", "AMY: Yes."},
			"AMY: It is late. | BO: No. / Subtitles by: Otto | AMY: Yes."},
		{"twice", []string{"Sync by: @otto", "AMY: It is late.", "BO: No.", "AMY: Yes.", "Sync by: @otto"},
			"Sync by: @otto | AMY: It is late. | BO: No. | AMY: Yes. / Sync by: @otto"},
		{"a person", []string{"Amy: It is late.", "Go home."}, "Amy: It is late. / Go home."},
		{"a person, on two lines", []string{"AMY: It is | late.", "Go home."}, "AMY: It is late. / Go home."},
	} {
		var lines []Line
		for i, cue := range c.cues {
			for text := range strings.SplitSeq(cue, " | ") {
				lines = append(lines, Line{Text: text, Number: len(lines) + 1, Cue: i})
			}
		}
		s, err := FromLines(lines)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(s); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestCaptionTurns: whose the lines of captions are that have no label, by their dashes and colours.
func TestCaptionTurns(t *testing.T) {
	for _, c := range []struct {
		name string
		cues []string // each with | between its lines, a colour as {lime} before the text of a line
		want string
	}{
		{"who spoke before goes on", []string{"[Ann] Where were you all of", "-that night? | -[Bob] No.", "[Ann] No?", "[Bob] So I said."},
			"Ann: Where were you all of that night? | Bob: No. | Ann: No? | Bob: So I said."},
		{"with a sentence", []string{"ANN: It is late.", "- Is it not? | - BOB: No.", "ANN: No?"},
			"ANN: It is late. / Is it not? | BOB: No. | ANN: No?"},
		{"the other one is another", []string{"ANN: It is late.", "- Is it? | - ANN: Yes.", "BOB: No."},
			"ANN: It is late. | Is it? | ANN: Yes. | BOB: No."},
		{"neither is named", []string{"ANN: It is late.", "- Is it? | - It is.", "BOB: No.", "ANN: Yes."},
			"ANN: It is late. | Is it? | It is. | BOB: No. | ANN: Yes."},
		{"brackets that name nobody", []string{"ANN: It is late.", "BOB: Is it?", "- So it is. | - [sic] it was.", "ANN: Yes.", "BOB: No."},
			"ANN: It is late. | BOB: Is it? | So it is. | [sic] it was. | ANN: Yes. | BOB: No."},
		{"colours", []string{"EWAN: | Good evening.", "It is late.", "{lime}Is it?", "{lime}It is.", "ANN: No.", "Go | {lime}home.", "EWAN: Yes."},
			"EWAN: Good evening. / It is late. | Is it? / It is. | ANN: No. / Go | home. | EWAN: Yes."},
		{"colours of nobody", []string{"{lime}It", "is late.", "{cyan}Is it?"}, "It is late. / Is it?"},
	} {
		var lines []Line
		for i, cue := range c.cues {
			for text := range strings.SplitSeq(cue, " | ") {
				color := ""
				if name, rest, ok := strings.Cut(strings.TrimPrefix(text, "{"), "}"); ok {
					color, text = name, rest
				}
				lines = append(lines, Line{Text: text, Color: color, Number: len(lines) + 1, Cue: i})
			}
		}
		s, err := FromLines(lines)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(s); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestCaptionBrackets: a name in brackets is one behind a dash, too, and what an editor put into a sentence is none.
func TestCaptionBrackets(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"behind dashes", []string{"[Amy] It is late.", "[Bo] It is not.", "- [Amy] Go home.", "- [Bo] No."},
			"Amy: It is late. | Bo: It is not. | Amy: Go home. | Bo: No."},
		{"behind dashes alone", []string{"- [Amy] It is late.", "- [Bo] No.", "- [Amy] Go home.", "- [Bo] Yes."},
			"Amy: It is late. | Bo: No. | Amy: Go home. | Bo: Yes."},
		{"a sound behind a dash", []string{"[Amy] It is late.", "[Bo] No.", "[Amy] Yes.", "[Bo] No.", "- [laughs] Go home.", "- (sighs) Yes."},
			"Amy: It is late. | Bo: No. | Amy: Yes. | Bo: No. | [laughs] | Go home. | [sighs] | Yes."},
		{"within a sentence", []string{"[Amy] It is late.", "[Bo] It would have cost", "[the town] sixty pounds.", "[Amy] No.", "[Bo] Yes."},
			"Amy: It is late. | Bo: It would have cost [the town] sixty pounds. | Amy: No. | Bo: Yes."},
	} {
		var lines []Line
		for i, text := range c.lines {
			lines = append(lines, Line{Text: text, Number: i + 1, Cue: i})
		}
		s, err := FromLines(lines)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(s); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

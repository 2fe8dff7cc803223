package subtitles

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBreaks: the cost at | in a sentence.
func TestBreaks(t *testing.T) {
	for _, tt := range []struct {
		lang, text string
		want       float64
	}{
		{"en", "he stopped; | then he left", clauseBreak},
		{"en", "they walked — | not far", clauseBreak},
		{"en", "they walked | — not far", boundBreak},
		{"en", "they walked, | not far", commaBreak},
		{"am", "ጀልባው ደረሰ። | ሰዎች ወጡ", clauseBreak},
		{"am", "ጀልባው፣ | ሰዎችም", commaBreak},
		{"en", "in May, | 1953", boundBreak},
		{"en", "they walked | (not far)", commaBreak},
		{"en", "they walked (not far) | to the quay", commaBreak},
		{"en", "they saw a | (very old) lamp", boundBreak},
		{"en", "they saw a (very old) | lamp", nounBreak},
		{"en", "they walked | because they could", conjunctionBreak},
		{"en", "they walked | to the quay", prepositionBreak},
		{"en", "they walked to | the quay", boundBreak},
		{"en", "they walked to the | quay", boundBreak},
		{"en", "saw | the quay", phraseBreak},
		{"en", "they walked | slowly", anyBreak},
		{"en", "what they fight | for in May", looseBreak},
		{"en", "what they fight for | in May", prepositionBreak},
		{"en", "with Margaret | Ellison there", boundBreak},
		{"en", "with Dr. | Ellison there", boundBreak},
		{"en", "President | Ellison there", boundBreak},
		{"en", "2, 3, | 4 parties", looseBreak},
		{"en", "not even buy | it, as", looseBreak},
		{"en", "a lot | of help", anyBreak},
		{"en", "the lamp | of the house", phraseBreak},
		{"en", "some 14 | kilometres away", boundBreak},
		{"en", "$4.5 | million for it", boundBreak},
		{"en", "in 2022 | prices rose", anyBreak},
		{"en", "on Feb. | 24 of that year", boundBreak},
		{"en", "the political | map", nounBreak},
		{"en", "when we | walked", boundBreak},
		{"en", "they have | walked", boundBreak},
		{"en", "they don’t | walk", boundBreak},
		{"en", "Ann’s | lamp", boundBreak},
		{"en", "THE OLD | LAMP", nounBreak},
		{"en", "JOHN | SMITH", nounBreak},
		{"en", "they took | over the company", boundBreak},
		{"en", "they walked | over the bridge", prepositionBreak},
		{"en", "what was going | on that night", boundBreak},
		{"en", "going on | since May", prepositionBreak},
		{"en", "to figure | out how it works", boundBreak},
		{"en", "it lets | it out slowly", looseBreak},
		{"en", "it lets it | out slowly", boundBreak},
		{"en", "he wants | to go", anyBreak},
		{"en", "and from | there they sail", boundBreak},
		{"en", "and since | then, nothing", boundBreak},
		{"en", "boats from all | over the coast", boundBreak},
		{"en", "it is all | the way up", boundBreak},
		{"en", "what we need right | now is help", boundBreak},
		{"en", "up | from behind the chapel", prepositionBreak},
		{"en", "up from | behind the chapel", boundBreak},
		{"en", "came at | about a quarter to six", boundBreak},
		{"en", "all out | of luck", boundBreak},
		{"en", "about 160 | billion tons", boundBreak},
		{"en", "about 160 billion | tons", boundBreak},
		{"en", "almost seven | kilometres", boundBreak},
		{"en", "two | of them", anyBreak},
		{"en", "the United States | of America there", looseBreak},
		{"en", "most | of America there", anyBreak},
		{"en", "has nearly | 28 million people", boundBreak},
		{"en", "saw roughly | three hundred boats", boundBreak},
		{"en", "stayed there | 28 days", anyBreak},
		{"en", "on August | 24 we left", boundBreak},
		{"en", "in 1170 | prices rose", anyBreak},
		{"en", "in Washington | DC today", boundBreak},
		{"en", "all of World War | II here", boundBreak},
		{"en", "saw president | Ellison there", boundBreak},
		{"en", "the president | said so", anyBreak},
		{"en", "saying these | “quiet parts” out loud", boundBreak},
		{"en", "saying | “quiet parts” out loud", anyBreak},
		{"en", "these quiet | “parts”", nounBreak},
		{"en", "the word | “lamp” in it", anyBreak},
		{"en", "the border was… | crazy", boundBreak},
		{"en", "they went… | slowly", prepositionBreak},
		{"en", "the border | regime cannot last", nounBreak},
		{"en", "the border regime | cannot last", anyBreak},
		{"en", "the tide | comes in", anyBreak},
		{"en", "a stagnant | world economy", nounBreak},
		{"en", "an absolutely | criminal history", looseBreak},
		{"en", "they have always | called it so", looseBreak},
		{"fr", "il voit | l’homme", phraseBreak},
		{"fr", "il voit le | phare", boundBreak},
		{"fr", "il dit | qu’il part", conjunctionBreak},
		{"fr", "l’homme | marche", anyBreak},
		{"de", "der alte | Turm", nounBreak},
		{"de", "er sagt | dass", conjunctionBreak},
		{"de-CH", "vor dem | Turm", boundBreak},
		{"es", "la casa | de Juan", prepositionBreak},
		{"it", "la casa | della nonna", prepositionBreak},
		{"pt", "a casa | da avó", prepositionBreak},
		{"fr", "à sept | kilomètres de là", boundBreak},
		{"fr", "un système | politique stable", nounBreak},
		{"fr", "une grande | lampe", nounBreak},
		{"fr", "il ne se | voit pas", boundBreak},
		{"fr", "ils ont | dit", boundBreak},
		{"de", "fast sieben | Kilometer weit", boundBreak},
		{"de", "die Flut fängt morgen | an.", looseBreak},
		{"de", "der | aus dem Haus", looseBreak},
		{"de", "er hat es | gesehen", boundBreak},
		{"es", "a siete | kilómetros", boundBreak},
		{"es", "el sistema | político cambia", nounBreak},
		{"es", "una gran | lámpara", nounBreak},
		{"es", "nunca se | ha visto", boundBreak},
		{"it", "a sette | chilometri", boundBreak},
		{"it", "il sistema | politico cambia", nounBreak},
		{"it", "la vecchia | lampada", nounBreak},
		{"it", "non ci | ha detto", boundBreak},
		{"pt", "a sete | quilómetros", boundBreak},
		{"pt", "o sistema | político muda", nounBreak},
		{"pt", "a velha | lâmpada", nounBreak},
		{"pt", "nunca se | tinha visto", boundBreak},
		{"ru", "старый | маяк", nounBreak},
		{"ru", "в | доме", boundBreak},
		{"sw", "nyumba ya | bahari", anyBreak},
		{"sw", "nyumba, | bahari", commaBreak},
	} {
		left, right, ok := strings.Cut(tt.text, " | ")
		if !ok {
			t.Fatal(tt.text)
		}
		before := strings.Fields(left)
		if got := newBreaker(tt.lang).costs(append(before, strings.Fields(right)...))[len(before)-1]; got != tt.want {
			t.Errorf("%s: %s: %v, want %v", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestGluedBreaks: the cost at | where no space stands.
func TestGluedBreaks(t *testing.T) {
	for _, tt := range []struct {
		lang, text string
		want       float64
	}{
		{"en", "here—|and", clauseBreak},
		{"en", "was…|crazy", anyBreak},
		{"zh", "海|見", anyBreak},
		{"ja", "海、|見", commaBreak},
		{"ja", "だ|っ", boundBreak},
		{"ja", "だ|。", boundBreak},
		{"ja", "「|海", boundBreak},
		{"ja", "だ|「海", commaBreak},
		{"zh", "了|《海", commaBreak},
		{"zh", "了》，|海", commaBreak},
		{"ja", "海|が", nounBreak},
		{"ja", "が|見", prepositionBreak},
		{"ja", "が|カメラ", prepositionBreak},
		{"ja", "ま|す", looseBreak},
		{"ja", "電|車", looseBreak},
		{"zh", "高|的", looseBreak},
		{"zh", "的|人", anyBreak},
		{"zh", "AI|技", anyBreak},
		{"th", "สวัส|ดี", boundBreak},
	} {
		left, right, _ := strings.Cut(tt.text, "|")
		if got := newBreaker(tt.lang).gluedBreak(left, right); got != tt.want {
			t.Errorf("%s: %s: %v, want %v", tt.lang, tt.text, got, tt.want)
		}
	}
}

func TestPieces(t *testing.T) {
	for _, tt := range []struct {
		word  string
		width int
		want  string
	}{
		{"海を見た。", 20, "海を見た。"},
		{"海を見た。", 6, "海|を|見|た。"},
		{"https://example.org/a-b", 6, "https://example.org/a-b"},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦!", 3, "👩‍👩‍👧‍👦|👩‍👩‍👧‍👦!"},
		{"海abc-def海", 4, "海|abc-def|海"},
	} {
		if got := strings.Join(pieces(tt.word, tt.width), "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.word, got, tt.want)
		}
	}
}

// TestBreaksGolden holds the cues of testdata/breaks.txt, where a sentence follows its language and
// the name of each preset how it lays the sentence out: / parts lines, | parts cues.
func TestBreaksGolden(t *testing.T) {
	golden := filepath.Join("testdata", "breaks.txt")
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for block := range strings.SplitSeq(strings.TrimSuffix(string(want), "\n"), "\n\n") {
		sentence, _, _ := strings.Cut(block, "\n")
		lang, text, _ := strings.Cut(sentence, ": ")
		if got.Len() > 0 {
			got.WriteByte('\n')
		}
		fmt.Fprintln(&got, sentence)
		for _, name := range []string{"youtube", "bbc"} {
			p := preset(t, name, "vtt")
			cues := drawn(Layout(said(lang, normal, ": "+text), p, LayoutOptions{}), p)
			fmt.Fprintf(&got, "%-8s %s\n", name, strings.ReplaceAll(cues, "\n", " | "))
		}
	}
	checkGolden(t, "breaks.txt", got.String())
}

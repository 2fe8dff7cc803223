package subtitles

import (
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
		{"en", "in May, | 1953", boundBreak},
		{"en", "they walked | (not far)", commaBreak},
		{"en", "they walked | because they could", conjunctionBreak},
		{"en", "they walked | to the quay", prepositionBreak},
		{"en", "they walked to | the quay", boundBreak},
		{"en", "they walked to the | quay", boundBreak},
		{"en", "saw | the quay", phraseBreak},
		{"en", "they walked | slowly", anyBreak},
		{"en", "what they fight | for in May", anyBreak},
		{"en", "what they fight for | in May", prepositionBreak},
		{"en", "with Margaret | Ellison there", boundBreak},
		{"en", "with Dr. | Ellison there", boundBreak},
		{"en", "President | Ellison there", boundBreak},
		{"en", "2, 3, | 4 parties", looseBreak},
		{"en", "not even buy | it, as", looseBreak},
		{"en", "a lot | of help", phraseBreak},
		{"en", "some 14 | kilometres away", boundBreak},
		{"en", "$4.5 | million for it", boundBreak},
		{"en", "in 2022 | prices rose", anyBreak},
		{"en", "on Feb. | 24 of that year", boundBreak},
		{"en", "the political | map", looseBreak},
		{"en", "when we | walked", boundBreak},
		{"en", "they have | walked", boundBreak},
		{"en", "they don’t | walk", boundBreak},
		{"en", "Ann’s | lamp", boundBreak},
		{"en", "THE OLD | LAMP", looseBreak},
		{"en", "JOHN | SMITH", anyBreak},
		{"fr", "il voit | l’homme", phraseBreak},
		{"fr", "il voit le | phare", boundBreak},
		{"fr", "il dit | qu’il part", conjunctionBreak},
		{"fr", "l’homme | marche", anyBreak},
		{"de", "der alte | Turm", looseBreak},
		{"de", "er sagt | dass", conjunctionBreak},
		{"de-CH", "vor dem | Turm", boundBreak},
		{"es", "la casa | de Juan", prepositionBreak},
		{"it", "la casa | della nonna", prepositionBreak},
		{"pt", "a casa | da avó", prepositionBreak},
		{"ru", "старый | маяк", looseBreak},
		{"ru", "в | доме", boundBreak},
		{"sw", "nyumba ya | bahari", anyBreak},
		{"sw", "nyumba, | bahari", commaBreak},
	} {
		left, right, ok := strings.Cut(tt.text, " | ")
		if !ok {
			t.Fatal(tt.text)
		}
		l, r := strings.Fields(left), append(strings.Fields(right), "")
		if got := newBreaker(tt.lang).cost(l[len(l)-1], r[0], r[1]); got != tt.want {
			t.Errorf("%s: %s: %v, want %v", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestGluedBreaks: the cost at | where no space stands.
func TestGluedBreaks(t *testing.T) {
	for _, tt := range []struct {
		text string
		want float64
	}{
		{"here—|and", clauseBreak},
		{"was…|crazy", clauseBreak},
		{"海|見", anyBreak},
		{"海、|見", commaBreak},
		{"だ|っ", boundBreak},
		{"AI|技", anyBreak},
		{"สวัส|ดี", boundBreak},
	} {
		left, right, _ := strings.Cut(tt.text, "|")
		if got := gluedBreak(left, right); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.text, got, tt.want)
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

// Package syllable cuts text of scripts that are written without blanks between the words into
// syllables, and says how each is read: Thai, Lao and Burmese, which spell what a syllable sounds
// like, so that it is found by rules. Where a word begins only a dictionary knows.
package syllable

import "unicode"

// Piece is a syllable of a text, or what stands between syllables.
type Piece struct {
	// Text is what is written, with the marks and signs that belong to it.
	Text string
	// Said is how it is read, in the Latin letters that the table of the language has rules for;
	// what is written, where Text is none of these scripts.
	Said string
}

// The scripts, by the blocks of Unicode.
const (
	none = iota
	thai
	lao
	burmese
)

// scriptOf returns the script that a letter or mark belongs to.
func scriptOf(r rune) int {
	if r < 0x0e00 || r > 0x109f || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
		return none
	}
	switch {
	case r < 0x0e80:
		return thai
	case r < 0x0f00:
		return lao
	case r >= 0x1000:
		return burmese
	}
	return none
}

// Has reports whether r is a letter or a mark of one of these scripts.
func Has(r rune) bool { return scriptOf(r) != none }

// Split returns the syllables of a text, in order; their texts together are the text. What
// stands between letters of these scripts is a piece by itself.
func Split(text string) []Piece {
	var out []Piece
	runes := []rune(text)
	for i := 0; i < len(runes); {
		s := scriptOf(runes[i])
		j := i + 1
		for j < len(runes) && scriptOf(runes[j]) == s {
			j++
		}
		piece := runes[i:j]
		var found []Piece
		switch s {
		case thai:
			found = splitThai(piece, thaiForms)
		case lao:
			found = splitThai(piece, laoForms)
		case burmese:
			found = splitBurmese(piece)
		case none:
			found = []Piece{{string(piece), string(piece)}}
		}
		if len(found) == 0 { // marks that stand alone
			found = []Piece{{Text: string(piece)}}
		}
		out = append(out, found...)
		i = j
	}
	return out
}

// plain is a text as it is read: letters, and the place in the text that each is from.
type plain struct {
	letters []rune
	at      []int
}

func (p *plain) append(r rune, at int) {
	p.letters = append(p.letters, r)
	p.at = append(p.at, at)
}

func (p *plain) cut(n int) { p.letters, p.at = p.letters[:n], p.at[:n] }

// add appends the syllable of letters [from, end). What is not said belongs to the syllable before.
func (p *plain) add(dst []Piece, text []rune, from, end int, said string) []Piece {
	first, last := 0, len(text)
	if from > 0 {
		first = p.at[from]
	}
	if end < len(p.letters) {
		last = p.at[end]
	}
	s := Piece{string(text[first:last]), said}
	if n := len(dst); n > 0 && (said == "" || s.Text == "" || dst[n-1].Text == "" || text[first] == 'ๆ' || text[first] == 'ໆ') {
		dst[n-1].Text += s.Text
		dst[n-1].Said += said
		return dst
	}
	return append(dst, s)
}

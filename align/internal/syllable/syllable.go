// Package syllable cuts text of scripts that are written without blanks between the words into
// syllables, and says how each is read: Thai, Lao and Burmese, which spell what a syllable sounds
// like, so that it is found by rules. Where a word begins only a dictionary knows.
package syllable

import (
	"slices"
	"unicode"
)

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

// syllables are those of a text that are found so far. Each ends where the next one begins.
type syllables struct {
	text   []rune
	starts []int    // of each, in the text
	said   [][]byte // how each is read, which a sign may say again any number of times
}

// add appends the syllable of the letters [from, end) of p. What is not said belongs to the syllable before.
func (s *syllables) add(p *plain, from, end int, said string) {
	first, last := 0, len(s.text)
	if from > 0 {
		first = p.at[from]
	}
	if end < len(p.letters) {
		last = p.at[end]
	}
	if n := len(s.starts); n > 0 && (said == "" || first == last || first == s.starts[n-1] || isAgain(s.text[first])) {
		s.said[n-1] = append(s.said[n-1], said...)
		return
	}
	s.starts = append(s.starts, first)
	s.said = append(s.said, []byte(said))
}

// pieces returns the syllables; none if nothing was added.
func (s *syllables) pieces() []Piece {
	out := make([]Piece, len(s.starts))
	end := len(s.text)
	for i, start := range slices.Backward(s.starts) {
		out[i] = Piece{string(s.text[start:end]), string(s.said[i])}
		end = start
	}
	return out
}

// isAgain reports whether r is the sign of Thai or Lao that says the syllable before again.
func isAgain(r rune) bool { return r == 'ๆ' || r == 'ໆ' }

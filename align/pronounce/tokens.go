package pronounce

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// kind is what a token is made of.
type kind uint8

const (
	letters kind = iota // with apostrophes within
	number              // digits with the separators within, as written
	sign                // one character that is neither
)

// token is the smallest part of a sentence that is expanded by itself.
type token struct {
	kind  kind
	text  string
	word  int  // its index in the sentence
	glued bool // no white space before it: the token before is of the same word
	// ways are those that a lexicon has for it, the phones of each; nil for most.
	ways [][]Phone
}

// vulgar are the fractions that compatibility decomposition would tear apart.
const vulgar = "½¼¾⅓⅔"

// normal returns a word with one form for each character: composed letters, ASCII
// apostrophes, hyphens and minus signs, ASCII digits.
func normal(word string) string {
	ascii := true
	for i := 0; i < len(word); i++ {
		if word[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(word) {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ' || r == 'ʻ' || r == '´' || r == '′':
			r = '\''
		case r == '‐' || r == '‑' || r == '–' || r == '−':
			r = '-'
		case r == '⁄':
			r = '/'
		case r == unicode.ReplacementChar, isTatweel(r), isBidiMark(r):
			continue
		case r == '٫', r == '٬', r == '٪':
			r = arabicSigns[r]
		case unicode.Is(unicode.Nd, r):
			r = '0' + digit(r)
		case r >= '՛' && r <= '՞': // marks of Armenian, which stand over a vowel
			continue
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			if r != '\u200d' && r < 0xfe00 { // a joiner is of emoji; variation selectors too
				b.WriteRune(r)
			}
			continue
		case strings.ContainsRune(vulgar, r):
		case r > 0x2000:
			b.WriteString(norm.NFKC.String(string(r)))
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String()) // half-width kana, now of full width, with their marks: ｶﾞ
}

// arabicSigns are the signs of Arabic numbers and what stands for them elsewhere.
var arabicSigns = map[rune]rune{'٫': '.', '٬': ',', '٪': '%'}

// isTatweel reports whether r only lengthens the line between two Arabic letters.
func isTatweel(r rune) bool { return r == 'ـ' }

// isBidiMark reports whether r only tells in which direction text runs.
func isBidiMark(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// digit returns the value of a decimal digit of any script: the digits of a script
// are a run of ten that begins with its zero.
func digit(r rune) rune {
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	if unicode.Is(unicode.Nd, zero-1) { // adjoining runs, as of mathematical digits
		return (r - 0x1d7ce) % 10
	}
	return r - zero
}

// tokenize splits the words of a sentence into tokens.
func tokenize(words []string) []token {
	tokens := make([]token, 0, len(words)+8)
	for w, word := range words {
		rs := []rune(normal(word))
		glued := false
		for i := 0; i < len(rs); {
			j := i + 1
			k := sign
			switch {
			case isDigit(rs[i]):
				k = number
				for j < len(rs) && (isDigit(rs[j]) || j+1 < len(rs) && strings.ContainsRune(".,:'", rs[j]) && isDigit(rs[j+1])) {
					j++
				}
			case isLetter(rs[i]):
				k = letters
				for j < len(rs) && (isLetter(rs[j]) || j+1 < len(rs) && rs[j] == '\'' && isLetter(rs[j+1])) {
					j++
				}
			case unicode.IsSpace(rs[i]):
				glued = false
				i++
				continue
			}
			tokens = append(tokens, token{kind: k, text: string(rs[i:j]), word: w, glued: glued})
			glued = true
			i = j
		}
	}
	return tokens
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isLetter reports whether r is a letter or a combining mark, which belongs to the
// letter before it.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Nl, r)
}

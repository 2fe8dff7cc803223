package transcript

import (
	"errors"
	"strings"
)

// mostWords is the most words of a transcript. The fastest talker on record, at 655 a minute,
// would say 943,200 in 24 hours, and ten megabytes of page, a season on one, hold some two
// million; a line of one word takes some 400 bytes.
const mostWords = 2_500_000

var errTooManyWords = errors.New("holds more than 2,500,000 words, and nobody says as many in two days: " +
	"cut it down to the page or the captions of one episode")

// wordsIn returns about how many words a line holds, at the most: of scripts that are written without
// spaces each character may be one.
func wordsIn(text string) int {
	n := strings.Count(text, " ") + 1
	for _, r := range text {
		if Unspaced(r) {
			n++
		}
	}
	return n
}

// tooManyWords reports whether lines and notes hold more words than mostWords.
func tooManyWords(lines []line, notes []Note) bool {
	words := 0
	for _, l := range lines {
		words += wordsIn(l.text)
	}
	for _, n := range notes {
		words += wordsIn(n.Text)
	}
	return words > mostWords
}

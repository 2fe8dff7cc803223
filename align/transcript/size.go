package transcript

import (
	"errors"
	"strings"
)

// mostWords is the most words of a transcript. The fastest talker on record, at 655 a minute,
// would say 943,200 in 24 hours; nobody reads as many as a script, and a line of one word takes
// some 400 bytes.
const mostWords = 1_000_000

var errTooManyWords = errors.New("holds more than 1,000,000 words, and nobody says as many in a day: " +
	"cut it down to the page or the captions of one episode")

// wordsIn returns about how many words a line holds; text that is written without spaces is one.
func wordsIn(text string) int { return strings.Count(text, " ") + 1 }

// tooManyWords reports whether lines hold more words than mostWords.
func tooManyWords(lines []line) bool {
	words := 0
	for _, l := range lines {
		words += wordsIn(l.text)
	}
	return words > mostWords
}

package pronounce

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// hanReadings says how Chinese characters are read, beside what go-unidecode has: one reading
// each, in Pinyin without tones, which for most is the commonest one. Where it isn't, and where
// the word decides, the table of the language says so.
//
// github.com/mozillazg/go-pinyin, by the same author, has more readings, but fills a map of
// 41,000 characters whenever a program starts, which takes 20 ms and 1.8 MB, and knows no words.
// Of the 3755 characters of the first level of GB 2312 the first readings of the two differ in
// 135, of which it is right in nine of ten.
type hanReadings struct {
	usual   map[rune]string     // where it is another one
	others  map[rune]string     // a second reading that is likely, too
	phrases map[string][]string // the readings of the characters of a word, "" for the usual one
	longest int                 // characters of a phrase
}

// add takes in a line of the section [readings]: "SYLLABLE CHARACTERS" for the usual readings
// of these, "SYLLABLE CHARACTER WORD..." for that of the character in these words, and
// "SYLLABLE +CHARACTERS" for another reading that they may have anywhere.
func (h *hanReadings) add(f []string) error {
	if len(f) < 2 {
		return fmt.Errorf("%q: want a syllable and characters", strings.Join(f, " "))
	}
	if h.usual == nil {
		h.usual, h.others, h.phrases = map[rune]string{}, map[rune]string{}, map[string][]string{}
	}
	if all, ok := strings.CutPrefix(f[1], "+"); ok {
		for _, r := range all {
			h.others[r] = f[0]
		}
		return nil
	}
	if len(f) == 2 {
		for _, r := range f[1] {
			h.usual[r] = f[0]
		}
		return nil
	}
	which, size := utf8.DecodeRuneInString(f[1])
	if size != len(f[1]) {
		return fmt.Errorf("%q: want one character", f[1])
	}
	for _, phrase := range f[2:] {
		rs := []rune(phrase)
		h.longest = max(h.longest, len(rs))
		if h.phrases[phrase] == nil {
			h.phrases[phrase] = make([]string, len(rs))
		}
		found := false
		for i, r := range rs {
			if r == which {
				h.phrases[phrase][i], found = f[0], true
			}
		}
		if !found {
			return fmt.Errorf("%s is not in %s", f[1], phrase)
		}
	}
	return nil
}

// phraseAt returns the readings of the longest phrase that text begins with, nil if there is none.
func (h *hanReadings) phraseAt(text []rune) []string {
	for n := min(h.longest, len(text)); n > 1; n-- {
		if p := h.phrases[string(text[:n])]; p != nil {
			return p
		}
	}
	return nil
}

// readHan is the reader of Chinese.
func readHan(l *language, dst [][]Phone, text []rune, other bool) (said [][]Phone, unsure bool) {
	h := &l.han
	for len(text) > 0 {
		phrase := h.phraseAt(text)
		if phrase == nil {
			phrase = []string{""}
			if also := h.others[text[0]]; also != "" {
				unsure = true
				if other {
					phrase[0] = also
				}
			}
		}
		for i, syllable := range phrase {
			dst = append(dst, l.byRules(nil, cmp.Or(syllable, h.syllable(text[i]))))
		}
		text = text[len(phrase):]
	}
	return dst, unsure
}

// syllable returns the usual reading of a character.
func (h *hanReadings) syllable(r rune) string {
	if s := h.usual[r]; s != "" {
		return s
	}
	return strings.ToLower(strings.TrimSpace(unidecode.Unidecode(string(r))))
}

package pronounce

import (
	"strings"
	"unicode"
)

// Chinese, Japanese and Korean have readers of their own: what a character sounds like depends
// on those beside it, also on those of other words, since a word is often a single character.
// A reader gets all that stands together between two signs, and gives each character its phones.
// What else stands in such a text, as Latin words, is read in English.

// nativeReader appends a reading of each character to dst: text is all characters of the
// language's scripts between two signs. other asks for the second choice where two readings
// are likely, and unsure reports whether there are such places.
type nativeReader func(l *language, dst [][]Phone, text []rune, other bool) (said [][]Phone, unsure bool)

// nativeReaderOf returns the reader of a language, nil if it needs none.
func nativeReaderOf(tag string) nativeReader {
	switch tag {
	case "ja":
		return readKana
	case "ko":
		return readHangul
	case "zh":
		return readHan
	}
	return nil
}

// isNative reports whether r is a character of the scripts of Chinese, Japanese and Korean.
func isNative(r rune) bool {
	return r >= 0x1100 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー')
}

// expandNative expands what begins at token i in a language that has a reader, and returns how
// many tokens that takes; 0 if the language has none or what all languages share applies.
func (v *verbalizer) expandNative(i int) int {
	if v.lang.native == nil {
		return 0
	}
	t := v.tokens[i]
	switch t.kind {
	case letters:
		if strings.IndexFunc(t.text, isNative) < 0 {
			return v.expandEnglish(i)
		}
		for text := t.text; text != ""; {
			n := strings.IndexFunc(text, isNative)
			if n == 0 {
				n = strings.IndexFunc(text, func(r rune) bool { return !isNative(r) })
			}
			if n < 0 {
				n = len(text)
			}
			v.out = append(v.out, spoken{word: t.word, text: strings.ToLower(text[:n]), behindSign: v.sign})
			v.sign = false
			text = text[n:]
		}
		return 1
	case number:
		return v.expandCounted(i)
	case sign:
		v.sign = true
	}
	return 0
}

// expandCounted expands the number at token i where what follows has a say in how it is read: a
// word that things are counted with, the year, a sign of percent. It returns how many tokens that
// takes, 0 if there is nothing of the kind.
func (v *verbalizer) expandCounted(i int) int {
	t, next := v.at(i), v.at(i+1)
	n := &v.lang.numbers
	bare := strings.Trim(t.text, "0123456789") == ""
	switch m := n.myriads; {
	case m.percent != "" && v.is(i+1, "%"):
		v.emit(t.word, m.percent)
		v.cardinalAt(t)
		return 2
	case m.digits != "" && bare && len(t.text) == 4 && strings.HasPrefix(next.text, m.digits):
		v.emit(t.word, n.digits(t.text))
		return 1
	case bare && next.kind == letters:
		if text := n.before(atoi(t.text), next.text); text != "" {
			v.emit(t.word, text)
			return 1
		}
	}
	return 0
}

// expandEnglish expands the letters at token i as in English.
func (v *verbalizer) expandEnglish(i int) int {
	own := v.lang
	v.lang = languageFor("en")
	defer func() { v.lang = own }()
	return v.expandLetters(i)
}

// readNative gives what is written in the scripts of the language its phones.
func (v *verbalizer) readNative() {
	if v.lang.native == nil {
		return
	}
	var text []rune
	var said [][]Phone
	for first, end := 0, 0; first < len(v.out); first = max(end, first+1) {
		text = text[:0]
		for end = first; end < len(v.out) && v.goesOn(first, end); end++ {
			text = append(text, []rune(v.out[end].text)...)
		}
		if end == first {
			continue
		}
		var unsure bool
		said, unsure = v.lang.native(v.lang, said[:0], text, v.other)
		v.unsure = v.unsure || unsure
		rest := said
		for k := first; k < end; k++ {
			v.out[k].phones = []Phone{} // also where there are none
			for range []rune(v.out[k].text) {
				v.out[k].phones = append(v.out[k].phones, rest[0]...)
				rest = rest[1:]
			}
		}
	}
}

// goesOn reports whether spoken word k is one for the reader and belongs with those from first
// on. Korean has blanks between its words, and each of them is read by itself.
func (v *verbalizer) goesOn(first, k int) bool {
	s := v.out[k]
	if s.spelled || s.phones != nil || strings.ContainsFunc(s.text, func(r rune) bool { return !isNative(r) }) {
		return false
	}
	return k == first || !s.behindSign && (v.lang.tag != "ko" || s.word == v.out[first].word)
}

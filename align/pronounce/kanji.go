package pronounce

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kanjiReadings says how Japanese reads Chinese characters, as the table of the language gives it. A
// dictionary for an analyser of morphemes (IPADIC, as github.com/ikawaha/kagome-dict/ipa has it) takes 12 MB.
// So the characters have a reading each here for where they stand beside others and for where they
// stand by themselves or in front of the kana that end a word, and words that read otherwise are listed.
type kanjiReadings struct {
	on, also map[rune]string // beside others: the usual one, and another that is likely
	kun      map[rune][]kunReading
	words    map[string][]string // of each character of a word
	longest  int                 // characters of a word
}

// kunReading is a Japanese word written with a character: what the character stands for, and the kana
// behind it in the form that dictionaries have, "" for a noun.
type kunReading struct{ kana, ending string }

// add takes in a line of the section [readings].
func (k *kanjiReadings) add(f []string) error {
	if len(f) < 3 {
		return fmt.Errorf("%q: want on, kun or word, kana and characters", strings.Join(f, " "))
	}
	if k.on == nil {
		k.on, k.also, k.kun = map[rune]string{}, map[rune]string{}, map[rune][]kunReading{}
		k.words = map[string][]string{}
	}
	kana := f[1]
	switch f[0] {
	case "on":
		set := k.on
		chars, ok := strings.CutPrefix(f[2], "+")
		if ok {
			set = k.also
		}
		for _, r := range chars {
			set[r] = kana
		}
	case "kun":
		for _, w := range f[2:] {
			r, size := utf8.DecodeRuneInString(w)
			k.kun[r] = append(k.kun[r], kunReading{kana, w[size:]})
		}
	case "word":
		for _, w := range f[2:] {
			rs := []rune(w)
			k.longest = max(k.longest, len(rs))
			k.words[w] = k.apportion(rs, []rune(kana))
		}
	default:
		return fmt.Errorf("%q: want on, kun or word", f[0])
	}
	return nil
}

// apportion deals the kana that a word is read with to its characters: by their readings as far as
// these are known, else moras in turn.
func (k *kanjiReadings) apportion(word, kana []rune) []string {
	if parts := k.parse(word, kana); parts != nil {
		return parts
	}
	var head []string
	for len(word) > 1 && len(kana) > 1 && isKana(word[0]) && plainKana(word[0]) == kana[0] {
		head, word, kana = append(head, string(kana[0])), word[1:], kana[1:]
	}
	var tail []string
	for end := len(word) - 1; end > 0 && len(kana) > 1 && isKana(word[end]) && plainKana(word[end]) == kana[len(kana)-1]; end-- {
		tail = append([]string{string(kana[len(kana)-1])}, tail...)
		word, kana = word[:end], kana[:len(kana)-1]
	}
	return slices.Concat(head, deal(len(word), kana), tail)
}

// parse returns the parts of the kana that the characters of a word stand for, nil if no readings that are
// known give all of them.
func (k *kanjiReadings) parse(word, kana []rune) []string {
	if len(word) == 0 || len(kana) == 0 {
		if len(word) == len(kana) {
			return []string{}
		}
		return nil
	}
	readings := []string{string(plainKana(word[0]))}
	if !isKana(word[0]) {
		readings = []string{k.on[word[0]], k.also[word[0]]}
		for _, w := range k.kun[word[0]] {
			readings = append(readings, w.kana)
		}
	}
	for _, r := range readings {
		n := utf8.RuneCountInString(r)
		if n == 0 || n > len(kana) || string(kana[:n]) != r {
			continue
		}
		if rest := k.parse(word[1:], kana[n:]); rest != nil {
			return append([]string{r}, rest...)
		}
	}
	return nil
}

// deal parts kana into n parts of about as many moras, one each at the least where there are as many.
func deal(n int, kana []rune) []string {
	var moras []string
	for i, r := range kana {
		if joins := isSmallKana(r) || r == 'ん'; joins && len(moras) > 0 && len(moras)+len(kana)-i > n {
			moras[len(moras)-1] += string(r)
		} else {
			moras = append(moras, string(r))
		}
	}
	out := make([]string, n)
	for i := range out {
		out[i] = strings.Join(moras[len(moras)*i/n:len(moras)*(i+1)/n], "")
	}
	return out
}

// isKana reports whether r is a letter of hiragana or katakana.
func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) || r == 'ー' }

// isSmallKana reports whether r changes the kana before it.
func isSmallKana(r rune) bool { return strings.ContainsRune("ぁぃぅぇぉゃゅょゎっ", r) }

// plainKana returns the letter of hiragana for one of katakana; others as they are.
func plainKana(r rune) rune {
	if r >= 'ァ' && r <= 'ヶ' {
		return r - 'ァ' + 'ぁ'
	}
	return r
}

// kana returns how each character of a text is read, in hiragana: "" for what is part of the one
// before it. other asks for the second choice where there is one, and unsure reports whether there is.
func (k *kanjiReadings) kana(text []rune, other bool) (out []string, unsure bool) {
	out = make([]string, len(text))
	compound := 0 // how many characters before this one have their on readings in a row
	for i := 0; i < len(text); {
		if w := k.wordAt(text, i); w != nil {
			i += copy(out[i:], w)
			compound = 0
			continue
		}
		r, chinese := text[i], false
		switch {
		case r == '々' && i > 0:
			out[i] = out[i-1]
		case !unicode.Is(unicode.Han, r):
			out[i] = string(plainKana(r))
		default:
			reading, on := k.reading(text, i)
			if on && k.also[r] != "" && k.also[r] != reading {
				unsure = true
				if other {
					reading = k.also[r]
				}
			}
			out[i], chinese = reading, on
		}
		// Long compounds are pairs of characters: 学校 is がっこう, the 物館 of 博物館 ぶつかん.
		if number := i > 0 && strings.ContainsRune(counting, text[i-1]); chinese && compound > 0 && (compound%2 == 1 || number) {
			out[i-1], out[i] = contracted(out[i-1], out[i], number)
		}
		compound++
		if !chinese {
			compound = 0
		}
		i++
	}
	return out, unsure
}

// wordAt returns the readings of the longest word of the list that stands at i, nil if there is none. A
// word of kanji alone must not be part of a longer compound, but for one of numbers.
func (k *kanjiReadings) wordAt(text []rune, i int) []string {
	if !unicode.Is(unicode.Han, text[i]) && !isKana(text[i]) {
		return nil
	}
	for n := min(k.longest, len(text)-i); n > 0; n-- {
		if w := k.words[string(text[i:i+n])]; w == nil || n == 1 && k.inCompound(text, i) {
			continue
		} else if i > 0 && isNumeral(text[i-1]) && isNumeral(text[i]) && strings.ContainsRune("日人つ", text[i+n-1]) {
			continue // 十二日 is no 二日
		} else {
			return w
		}
	}
	return nil
}

// isNumeral reports whether r is a Chinese digit or a power of ten.
func isNumeral(r rune) bool {
	return strings.ContainsRune("〇一二三四五六七八九十百千万億", r)
}

// inCompound reports whether another Chinese character stands beside that at i.
func (k *kanjiReadings) inCompound(text []rune, i int) bool {
	return i > 0 && unicode.Is(unicode.Han, text[i-1]) || i+1 < len(text) && unicode.Is(unicode.Han, text[i+1])
}

// particles may stand behind a noun and be no part of it.
const particles = "がかでとはにのもなだやへをさしすせ"

// reading returns the kana of the Chinese character at i, and whether they are its on reading.
func (k *kanjiReadings) reading(text []rune, i int) (kana string, on bool) {
	r := text[i]
	next := edge
	if i+1 < len(text) {
		next = text[i+1]
	}
	behind := i > 0 && unicode.Is(unicode.Han, text[i-1]) && k.on[text[i-1]] != ""
	compound := behind || unicode.Is(unicode.Han, next) || next == '々'
	all := k.kun[r]
	if unicode.Is(unicode.Hiragana, next) {
		for _, w := range all {
			if w.inflects(next) && !(behind && strings.ContainsRune(particles, next)) {
				return w.kana, false
			}
		}
	}
	if !compound || k.on[r] == "" {
		for _, w := range all {
			if w.ending == "" {
				return w.kana, false
			}
		}
	}
	switch {
	case k.on[r] != "":
		return k.on[r], true
	case len(all) > 0:
		return all[0].kana, false
	}
	// Unknown here: a syllable as Chinese has it is likely to be nearer than none.
	return "こう", true
}

// inflects reports whether the kana next can begin the ending of a form of the word.
func (w kunReading) inflects(next rune) bool {
	ending := []rune(w.ending)
	if len(ending) == 0 {
		return false
	}
	if len(ending) > 1 {
		return next == ending[0]
	}
	return next == ending[0] || strings.ContainsRune(endings[ending[0]], next)
}

// endings says with which kana the forms of verbs and adjectives may go on, by the kana that they end in.
var endings = map[rune]string{
	'う': "わいうえおっ", 'く': "かきくけこい", 'ぐ': "がぎぐげごい", 'す': "さしすせそ", 'つ': "たちつてとっ", 'ぬ': "なにぬねのん",
	'ぶ': "ばびぶべぼん", 'む': "まみむめもん", 'る': "らりるれろったてなまよ", 'い': "いくかけさすそ",
}

// counting are the numbers before which and behind which sounds change.
const counting = "一六八十百"

// contracted returns the readings of two characters that came from China as they are said together:
// がく and こう are がっこう, はつ and ひょう はっぴょう, いち and かい いっかい.
func contracted(a, b string, number bool) (string, string) {
	first, size := utf8.DecodeRuneInString(b)
	body := []rune(a)
	if len(body) < 2 {
		return a, b
	}
	last := body[len(body)-1]
	head := string(body[:len(body)-1]) + "っ"
	const k, s, t, h = "かきくけこ", "さしすせそ", "たちつてと", "はひふへほ"
	switch {
	case last == 'く' && strings.ContainsRune(k, first):
		return head, b
	case (last == 'つ' || number && last == 'ち') && strings.ContainsRune(k+s+t, first),
		number && last == 'く' && strings.ContainsRune(k, first):
		return head, b
	case (last == 'つ' || number && strings.ContainsRune("ちく", last)) && strings.ContainsRune(h, first):
		return head, string([]rune("ぱぴぷぺぽ")[strings.IndexRune(h, first)/len("は")]) + b[size:]
	}
	return a, b
}

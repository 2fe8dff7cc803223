package syllable

import (
	"math"
	"strings"
)

// In Thai and Lao vowels stand before, over, under and behind the consonant that they follow in
// speech, some of them in several of these places. The text is cut into syllables, each of which
// has one of the forms below, so that the sum of their costs is the least. The forms are those of
// M. Haas, The Thai System of Writing, 1956; Lao has the same with signs of its own.
//
// Tones are left out before. Lao is read by the letters of Thai that stand at the same place of its
// block.

// thaiForm is how a vowel is written: before is what stands before the consonant, 0 if nothing
// does, after what stands behind it.
type thaiForm struct {
	before rune
	after  string
	final  int // whether another consonant ends the syllable
	vowel  string
	cost   float64
}

// The values of thaiForm.final.
const (
	neverFinal = iota
	maybeFinal
	alwaysFinal
)

// A vowel that is not written is less likely than any that is, and the short a of an open
// syllable is the least likely.
const (
	thaiImplicit = 1.5
	thaiBare     = 3
	thaiBareEnd  = 4
	thaiNone     = 20  // of what is no syllable
	thaiFinalS   = 3.2 // added for a final ส, which mostly begins another syllable
	thaiRarePair = 0.5 // added for ศร and ทร, which are two syllables mostly
)

var thaiForms = []thaiForm{
	{0, "ะ", neverFinal, "a", 1}, {0, "ั", alwaysFinal, "a", 1}, {0, "า", maybeFinal, "ā", 1},
	{0, "ำ", neverFinal, "am", 1}, {0, "ิ", maybeFinal, "i", 1}, {0, "ี", maybeFinal, "ī", 1},
	{0, "ึ", maybeFinal, "ư", 1}, {0, "ื", maybeFinal, "ư", 1}, {0, "ือ", neverFinal, "ư", 1},
	{0, "ุ", maybeFinal, "u", 1}, {0, "ู", maybeFinal, "ū", 1}, {0, "ัว", neverFinal, "ua", 1},
	{0, "ัวะ", neverFinal, "ua", 1}, {0, "ว", alwaysFinal, "ua", 1}, {0, "อ", maybeFinal, "ǭ", 1},
	{0, "็อ", alwaysFinal, "ǭ", 1}, {0, "รร", neverFinal, "an", 1.2}, {0, "รร", alwaysFinal, "a", 1},
	{0, "", alwaysFinal, "o", thaiImplicit}, {0, "", neverFinal, "a", thaiBare}, {0, "็", neverFinal, "ǭ", 1},
	{'เ', "", maybeFinal, "ē", 1}, {'เ', "็", alwaysFinal, "ē", 1}, {'เ', "ะ", neverFinal, "e", 1},
	{'เ', "ย", neverFinal, "əy", 1}, {'เ', "อ", maybeFinal, "ə", 1}, {'เ', "อะ", neverFinal, "ə", 1},
	{'เ', "ิ", alwaysFinal, "ə", 1}, {'เ', "ีย", maybeFinal, "ia", 1}, {'เ', "ียะ", neverFinal, "ia", 1},
	{'เ', "ือ", maybeFinal, "ưa", 1}, {'เ', "า", neverFinal, "ao", 1}, {'เ', "าะ", neverFinal, "ǭ", 1},
	{'แ', "", maybeFinal, "ǣ", 1}, {'แ', "็", alwaysFinal, "ǣ", 1}, {'แ', "ะ", neverFinal, "ǣ", 1},
	{'โ', "", maybeFinal, "ō", 1}, {'โ', "ะ", neverFinal, "o", 1}, {'ไ', "", neverFinal, "ai", 1},
	{'ไ', "ย", neverFinal, "ai", 1}, {'ใ', "", neverFinal, "ai", 1},
}

// laoForms are those of Lao, which has some alone.
var laoForms = append([]thaiForm{
	{0, "ົ", alwaysFinal, "o", 1}, {0, "ົว", neverFinal, "ua", 1}, {0, "ຽ", alwaysFinal, "ia", 1},
	{0, "ໍ", neverFinal, "ǭ", 1}, {'เ', "ົา", neverFinal, "ao", 1}, {'เ', "ั", alwaysFinal, "ē", 1},
	{'แ', "ั", alwaysFinal, "ǣ", 1}, {'โ', "ั", alwaysFinal, "o", 1}, {'เ', "ຽ", neverFinal, "ia", 1},
	{'เ', "ัຽ", neverFinal, "ia", 1}, {'เ', "ึอ", maybeFinal, "ưa", 1}, {'เ', "ี", maybeFinal, "ə", 1},
	{0, "ัอ", alwaysFinal, "ǭ", 1},
}, thaiForms...)

// thaiLetters are the consonants at the beginning of a syllable.
var thaiLetters = map[rune]string{
	'ก': "k", 'ข': "kh", 'ฃ': "kh", 'ค': "kh", 'ฅ': "kh", 'ฆ': "kh", 'ง': "ng", 'จ': "c", 'ฉ': "ch", 'ช': "ch", 'ซ': "s",
	'ฌ': "ch", 'ญ': "y", 'ฎ': "d", 'ฏ': "t", 'ฐ': "th", 'ฑ': "th", 'ฒ': "th", 'ณ': "n", 'ด': "d", 'ต': "t", 'ถ': "th",
	'ท': "th", 'ธ': "th", 'น': "n", 'บ': "b", 'ป': "p", 'ผ': "ph", 'ฝ': "f", 'พ': "ph", 'ฟ': "f", 'ภ': "ph", 'ม': "m",
	'ย': "y", 'ร': "r", 'ล': "l", 'ว': "w", 'ศ': "s", 'ษ': "s", 'ส': "s", 'ห': "h", 'ฬ': "l", 'อ': "'", 'ฮ': "h",
}

// thaiFinals are the consonants at its end, where few differ.
var thaiFinals = map[rune]string{
	'ก': "k", 'ข': "k", 'ค': "k", 'ฆ': "k", 'ด': "t", 'ต': "t", 'ถ': "t", 'ท': "t", 'ธ': "t", 'จ': "t", 'ช': "t", 'ซ': "t",
	'ฎ': "t", 'ฏ': "t", 'ฐ': "t", 'ฑ': "t", 'ฒ': "t", 'ศ': "t", 'ษ': "t", 'ส': "t", 'บ': "p", 'ป': "p", 'พ': "p", 'ฟ': "p",
	'ภ': "p", 'ง': "ng", 'น': "n", 'ณ': "n", 'ญ': "n", 'ร': "n", 'ล': "n", 'ฬ': "n", 'ม': "m", 'ย': "y", 'ว': "w",
}

// thaiClusters are the consonants behind which each of these begins a syllable with them.
var thaiClusters = map[rune]string{'ร': "กขคตปผพ", 'ล': "กขคปผพ", 'ว': "กขค"}

// thaiPairs are the other pairs of consonants that begin a syllable.
var thaiPairs = map[string]string{
	"จร": "c", "สร": "s", "ศร": "s", "ซร": "s", "ทร": "s", "อย": "y",
	"หง": "ng", "หญ": "y", "หน": "n", "หม": "m", "หย": "y", "หร": "r", "หล": "l", "หว": "w",
}

// thaiSpellings are words that the forms do not fit, and letters that stand for others. They are
// looked for in this order.
var thaiSpellings = []struct{ written, read string }{
	{"ฤๅ", "รือ"}, {"ฤ", "รึ"}, {"ํา", "ำ"},
	{"ชาติ", "ชาด"}, {"ญาติ", "ญาด"}, {"เหตุ", "เหด"},
	{"ธาตุ", "ธาด"},
	{"โอกาส", "โอกาด"}, {"มหา", "มะหา"}, {"พยา", "พะยา"},
}

// thaiSyllable is one of the ways to read a syllable at a place of the text.
type thaiSyllable struct {
	end  int // the place behind it
	said string
	cost float64
}

// splitThai cuts Thai or Lao into syllables.
func splitThai(text []rune, forms []thaiForm) []Piece {
	found := syllables{text: text}
	p := thaiSpelled(thaiPlain(text))
	from := 0 // in the plain text
	last := ""
	for _, s := range thaiSyllables(p.letters, forms) {
		if isAgain(p.letters[from]) {
			s.said = last
		} else if s.said != "" {
			last = s.said
		}
		found.add(&p, from, s.end, s.said)
		from = s.end
	}
	return found.pieces()
}

// thaiMute are pairs of consonants neither of which is said where the second one isn't.
var thaiMute = map[string]bool{"ตร": true, "ทร": true, "ษณ": true, "ดร": true}

// thaiPlain returns the text without tones and letters that aren't said, in letters of Thai.
func thaiPlain(text []rune) plain {
	var p plain
	for i, r := range text {
		switch r {
		case 'ຍ', 'ຢ':
			r = 'ย'
		case 'ໜ':
			p.append('ห', i)
			r = 'น'
		case 'ໝ':
			p.append('ห', i)
			r = 'ม'
		case 'ຼ':
			r = 'ล'
		case 'ົ', 'ຽ', 'ໍ':
		default:
			if r >= 0x0e80 {
				r -= 0x80
			}
		}
		switch {
		case r == '์': // what it stands over isn't said, nor is the vowel of that
			n := len(p.letters)
			if n > 0 && (p.letters[n-1] == 'ิ' || p.letters[n-1] == 'ุ') {
				n--
			}
			var last rune
			if n > 0 {
				last = p.letters[n-1]
			}
			p.cut(max(0, n-1))
			if n > 1 && thaiMute[string(p.letters[n-2])+string(last)] {
				p.cut(n - 2)
			}
			if n := len(p.letters); n > 0 && strings.ContainsRune("ศษส", p.letters[n-1]) {
				p.letters[n-1] = 'ด' // it ends the syllable
			}
		case r >= '่' && r <= '๋', r == 'ฺ', r == '๎', r == 'ฯ': // tones, and others that aren't said
		default:
			p.append(r, i)
		}
	}
	return p
}

// thaiSpelled returns the text with thaiSpellings in the place of what is written.
func thaiSpelled(p plain) plain {
	var out plain
next:
	for i := 0; i < len(p.letters); {
		for _, s := range thaiSpellings {
			if n, ok := begins(p.letters[i:], s.written); ok {
				read := []rune(s.read)
				for k, r := range read { // what is added is from the beginning
					out.append(r, p.at[i+max(0, k-max(0, len(read)-n))])
				}
				i += n
				continue next
			}
		}
		out.append(p.letters[i], p.at[i])
		i++
	}
	return out
}

// thaiSyllables cuts a text into the likeliest syllables. What is none is a syllable that says nothing.
func thaiSyllables(text []rune, forms []thaiForm) []thaiSyllable {
	n := len(text)
	best := make([]float64, n+1) // the least cost from a place to the end
	choice := make([]thaiSyllable, n)
	for i := n - 1; i >= 0; i-- {
		best[i] = math.Inf(1)
		for _, s := range append(thaiReadings(text, i, forms), thaiSyllable{end: i + 1, cost: thaiNone}) {
			// Of two that cost the same the shorter one: an open syllable is likelier at the beginning.
			if c := s.cost + best[s.end]; c < best[i] || c == best[i] && s.end < choice[i].end {
				best[i], choice[i] = c, s
			}
		}
	}
	var out []thaiSyllable
	for i := 0; i < n; i = choice[i].end {
		out = append(out, choice[i])
	}
	return out
}

// thaiReadings returns the syllables that may begin at place i.
func thaiReadings(text []rune, i int, forms []thaiForm) []thaiSyllable {
	var found []thaiSyllable
	before, at := rune(0), i
	if strings.ContainsRune("เแโใไ", text[at]) {
		before, at = text[at], at+1
	}
	for size := 1; size <= 2 && at+size <= len(text); size++ {
		onset := thaiOnset(text[at : at+size])
		if onset == "" {
			continue
		}
		for _, f := range forms {
			if n, ok := begins(text[at+size:], f.after); ok && f.before == before {
				for _, s := range f.readings(text, at+size+n, onset) {
					if size == 2 && text[at+1] == 'ร' && strings.ContainsRune("ศทซ", text[at]) {
						s.cost += thaiRarePair
					}
					found = append(found, s)
				}
			}
		}
	}
	return found
}

// begins reports whether a text begins with s, and returns how many letters s has.
func begins(text []rune, s string) (n int, ok bool) {
	for _, r := range s {
		if n >= len(text) || text[n] != r {
			return 0, false
		}
		n++
	}
	return n, true
}

// thaiOnset returns the sound of one or two consonants at the beginning of a syllable, "" for none.
func thaiOnset(letters []rune) string {
	if len(letters) == 1 {
		return thaiLetters[letters[0]]
	}
	if s := thaiPairs[string(letters)]; s != "" {
		return s
	}
	a, b := letters[0], letters[1]
	if strings.ContainsRune(thaiClusters[b], a) {
		return thaiLetters[a] + thaiLetters[b]
	}
	return ""
}

// readings returns the syllables of a form whose letters end at a place, with and without a
// consonant at its end.
func (f *thaiForm) readings(text []rune, at int, onset string) []thaiSyllable {
	var found []thaiSyllable
	said := onset + f.vowel
	if f.final != alwaysFinal {
		cost := f.cost
		if cost == thaiBare && at == len(text) {
			cost = thaiBareEnd
		}
		found = append(found, thaiSyllable{at, said, cost})
	}
	if f.final == neverFinal || at >= len(text) {
		return found
	}
	// Before y and w the vowel is always written.
	if end := thaiFinals[text[at]]; end != "" && !(f.cost == thaiImplicit && (end == "y" || end == "w")) {
		cost := f.cost
		if text[at] == 'ส' {
			cost += thaiFinalS
		}
		found = append(found, thaiSyllable{at + 1, said + end, cost})
		if at+1 < len(text) && text[at+1] == 'ร' && end != "n" { // มิตร, จักร
			found = append(found, thaiSyllable{at + 2, said + end, f.cost + 0.8})
		}
		if at+1 < len(text) && text[at] == 'ร' && text[at+1] != 'ส' && thaiFinals[text[at+1]] != "" { // สามารถ
			found = append(found, thaiSyllable{at + 2, said + thaiFinals[text[at+1]], f.cost + 1})
		}
	}
	return found
}

package pronounce

import (
	"slices"
	"strings"
)

// marked expands a number as an ordinal because of the word that follows, perhaps with a
// point or a hyphen between them: Russian 2022 году, Croatian 2022. godine, Uzbek 2022-yil.
func (v *verbalizer) marked(i int) int {
	t, next, n := v.at(i), v.at(i+1), 1
	dashed := v.is(i+1, "-") && v.at(i+2).glued // 2012-yil
	if dashed || v.lang.numbers.pointAll && v.is(i+1, ".") {
		next, n = v.at(i+2), 2
	}
	if next.kind != letters || next.glued != dashed {
		return 0
	}
	mark, ok := v.lang.marks["+"+strings.ToLower(next.text)]
	if !ok {
		return 0
	}
	return n * v.ordinalAt(t.word, atoi(t.text), mark)
}

// ordinalAt expands an ordinal with the ending that the mark asks for and returns 1,
// or 0 if there is no such ordinal.
func (v *verbalizer) ordinalAt(word, value int, mark string) int {
	if value == 0 || value >= 10_000 {
		return 0
	}
	text := v.lang.numbers.ordinal(value)
	if ending, ok := strings.CutPrefix(mark, "-"); !ok {
		text = mark
	} else if ending != "" {
		text = trimVowel(text) + ending
	}
	v.emit(word, text)
	return 1
}

// day expands the day of a date as an ordinal.
func (v *verbalizer) day(i int) int {
	if !v.isDay(i) {
		return 0
	}
	v.ordinalAt(v.at(i).word, atoi(v.at(i).text), "-"+v.lang.numbers.dayEnd)
	if v.is(i+1, ".") {
		return 2
	}
	return 1
}

// isYear reports whether a number is read differently as a year: in pairs of digits in
// English, in hundreds until 1999 in German.
func (v *verbalizer) isYear(value int) bool {
	n := &v.lang.numbers
	pairs := n.yearPairs && value < 2100 && (value/100%10 != 0 || value >= 2010)
	return n.yearHundred != "" && value >= 1100 && (value < 2000 || pairs)
}

// year expands a year.
func (v *verbalizer) year(word, value int) {
	n := &v.lang.numbers
	century, rest := value/100, value%100
	v.emit(word, n.cardinal(century))
	if rest == 0 || !n.yearPairs {
		v.emit(word, n.yearHundred)
	}
	switch {
	case rest == 0:
	case rest < 10 && n.yearPairs:
		v.emit(word, n.yearZero+" "+n.cardinal(rest))
	default:
		v.emit(word, n.cardinal(rest))
	}
}

// clock expands 10:30.
func (v *verbalizer) clock(i int) int {
	t := v.tokens[i]
	if !strings.Contains(t.text, ":") {
		return 0
	}
	parts := strings.Split(t.text, ":")
	minutes := parts[1]
	ofDay := len(parts) == 2 && len(minutes) == 2 && atoi(parts[0]) < 25 && atoi(minutes) < 60
	for k, p := range parts {
		value := atoi(p)
		switch {
		case k == 0 || !ofDay:
			v.emit(t.word, v.lang.numbers.cardinal(value%limit))
			if k == 0 && ofDay {
				v.emit(t.word, v.lang.numbers.oclock)
			}
		case value == 0:
			if v.lang.tag == "en" && v.at(i+1).kind != letters {
				v.emit(t.word, "o'clock")
			}
		case value < 10 && v.lang.tag == "en":
			v.emit(t.word, "oh "+v.lang.numbers.cardinal(value))
		default:
			v.emit(t.word, v.lang.numbers.cardinal(value))
		}
	}
	return 1
}

// isDay reports whether the number at token i is the day of a date that is read as
// an ordinal: as the table says, after a month, before one, the first alone before one, or
// before a point, which makes an ordinal of any number.
func (v *verbalizer) isDay(i int) bool {
	t := v.tokens[i]
	value := atoi(t.text)
	if v.lang.numbers.pointAll && value > 31 && value < 10_000 {
		return v.is(i+1, ".") && v.at(i+2).kind == letters && !v.at(i+2).glued && !startsUpper(v.at(i+2).text)
	}
	if value < 1 || value > 31 || len(t.text) > 2 || v.at(i-1).kind == sign && v.at(i-1).glued && v.at(i-1).text == "-" {
		return false
	}
	month := func(k int) bool { return v.at(k).kind == letters && v.isMonth(strings.ToLower(v.at(k).text)) }
	switch v.lang.numbers.days {
	case "after":
		return startsUpper(v.at(i-1).text) && month(i-1) || v.at(i-1).text == "." && startsUpper(v.at(i-2).text) && month(i-2)
	case "point":
		return v.is(i+1, ".") && v.at(i+2).word >= 0 && !v.at(i+2).glued
	case "before":
		return month(i + 1)
	case "first":
		return value == 1 && month(i+1)
	}
	return false
}

// isMonth reports whether s is the name of a month or an abbreviation of one.
func (v *verbalizer) isMonth(s string) bool {
	return v.lang.months[s] || v.lang.months[v.lang.expansions[s+"."]] || v.lang.months[v.lang.expansions[s+".#"]]
}

// roman returns the value of a Roman numeral at token i, 0 if it is none: capitals,
// more than one of them unless a king or a war precedes it or it is marked as an ordinal
// in French.
func (v *verbalizer) roman(i int) int {
	s := v.at(i).text
	if mark := strings.TrimLeft(s, "IVXLCDM"); mark != "" { // XXIe
		numeral := strings.TrimSuffix(s, mark)
		_, ok := v.lang.marks[mark]
		// A capital and small letters are a word nearly always: Der, Le, La, De.
		single := len(numeral) == 1 && (v.lang.tag != "fr" || !slices.Contains(singleOrdinals, s))
		if !ok || single || v.lang.tag == "en" {
			return 0
		}
		return romanValue(numeral)
	}
	value := romanValue(s)
	n := len(s)
	if value == 0 || n < 5 && strings.Trim(s, "IVX") != "" && n < 4 {
		return 0
	}
	if n > 1 && !v.shout {
		return value
	}
	before := strings.ToLower(v.at(i - 1).text)
	if n == 1 && (v.lang.parts[before] || v.lang.kings[before] && (s != "I" || v.lang.tag != "en")) {
		return value
	}
	return 0
}

// singleOrdinals are the French ordinals that are written with a single numeral.
var singleOrdinals = []string{"Ier", "Ire", "Ière", "Ve", "Vème", "Xe", "Xème"}

// romanNumber expands a Roman numeral: after the names of kings and popes mostly
// an ordinal.
func (v *verbalizer) romanNumber(i, value int) {
	t, next := v.tokens[i], v.at(i+1)
	mark, ok := v.lang.marks[strings.TrimLeft(t.text, "IVXLCDM")]
	if !ok && !next.glued && next.kind == letters {
		mark, ok = v.lang.marks["+"+strings.ToLower(next.text)]
	}
	if ok && v.ordinalAt(t.word, value, mark) > 0 {
		return
	}
	text := v.lang.numbers.cardinal(value)
	n := &v.lang.numbers
	if n.regnal != "" && v.lang.kings[strings.ToLower(v.at(i-1).text)] && (n.regnalTo == 0 || value <= n.regnalTo) {
		text = strings.ReplaceAll(n.regnal, "#", n.ordinal(value))
	}
	v.emit(t.word, text)
}

// romanValue returns the value of a Roman numeral, 0 if s is not a well-formed one.
func romanValue(s string) int {
	v := 0
	rest := s
	for _, d := range [...]struct {
		text  string
		value int
		most  int
	}{
		{"M", 1000, 3}, {"CM", 900, 1}, {"D", 500, 1}, {"CD", 400, 1}, {"C", 100, 3}, {"XC", 90, 1}, {"L", 50, 1},
		{"XL", 40, 1}, {"X", 10, 3}, {"IX", 9, 1}, {"V", 5, 1}, {"IV", 4, 1}, {"I", 1, 3},
	} {
		for k := 0; k < d.most && strings.HasPrefix(rest, d.text); k++ {
			v += d.value
			rest = rest[len(d.text):]
		}
	}
	if rest != "" {
		return 0
	}
	return v
}

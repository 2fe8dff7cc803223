package pronounce

import "strings"

// marked reads a number as an ordinal because of the word that follows: Russian
// 2022 году.
func (r *reader) marked(i int) int {
	a, next := r.at(i), r.at(i+1)
	if next.kind != letters || next.glued {
		return 0
	}
	mark, ok := r.lang.marks["+"+strings.ToLower(next.text)]
	if !ok {
		return 0
	}
	return r.ordinalAt(a.word, atoi(a.text), mark)
}

// ordinalAt reads an ordinal with the ending that the mark asks for; 1 if it
// does.
func (r *reader) ordinalAt(word, v int, mark string) int {
	if v == 0 || v >= 10_000 {
		return 0
	}
	text := r.lang.numbers.ordinal(v)
	if ending, ok := strings.CutPrefix(mark, "-"); !ok {
		text = mark
	} else if ending != "" {
		text = trimVowel(text) + ending
	}
	r.sayAt(word, text)
	return 1
}

// day reads the day of a date as an ordinal.
func (r *reader) day(i int) int {
	if !r.isDay(i) {
		return 0
	}
	r.ordinalAt(r.at(i).word, atoi(r.at(i).text), "-"+r.lang.numbers.dayEnd)
	if r.is(i+1, ".") {
		return 2
	}
	return 1
}

// isYear says whether a number is read otherwise as a year: in pairs of digits in
// English, in hundreds until 1999 in German.
func (r *reader) isYear(v int) bool {
	n := &r.lang.numbers
	pairs := n.yearPairs && v < 2100 && (v/100%10 != 0 || v >= 2010)
	return n.yearHundred != "" && v >= 1100 && (v < 2000 || pairs)
}

// year reads a year.
func (r *reader) year(word, v int) {
	n := &r.lang.numbers
	century, rest := v/100, v%100
	r.sayAt(word, n.cardinal(century))
	if rest == 0 || !n.yearPairs {
		r.sayAt(word, n.yearHundred)
	}
	switch {
	case rest == 0:
	case rest < 10 && n.yearPairs:
		r.sayAt(word, "oh "+n.cardinal(rest))
	default:
		r.sayAt(word, n.cardinal(rest))
	}
}

// clock reads 10:30.
func (r *reader) clock(i int) int {
	a := r.atoms[i]
	if !strings.Contains(a.text, ":") {
		return 0
	}
	parts := strings.Split(a.text, ":")
	minutes := parts[1]
	ofDay := len(parts) == 2 && len(minutes) == 2 && atoi(parts[0]) < 25 && atoi(minutes) < 60
	for k, p := range parts {
		v := atoi(p)
		switch {
		case k == 0 || !ofDay:
			r.sayAt(a.word, r.lang.numbers.cardinal(v%limit))
			if k == 0 && ofDay {
				r.sayAt(a.word, r.lang.numbers.oclock)
			}
		case v == 0:
			if r.lang.tag == "en" && r.at(i+1).kind != letters {
				r.sayAt(a.word, "o'clock")
			}
		case v < 10 && r.lang.tag == "en":
			r.sayAt(a.word, "oh "+r.lang.numbers.cardinal(v))
		default:
			r.sayAt(a.word, r.lang.numbers.cardinal(v))
		}
	}
	return 1
}

// isDay says whether the number at atom i is the day of a date that is read as
// an ordinal.
func (r *reader) isDay(i int) bool {
	a := r.atoms[i]
	v := atoi(a.text)
	if v < 1 || v > 31 || len(a.text) > 2 || r.at(i-1).kind == sign && r.at(i-1).glued && r.at(i-1).text == "-" {
		return false
	}
	month := func(k int) bool { return r.at(k).kind == letters && r.isMonth(strings.ToLower(r.at(k).text)) }
	switch r.lang.tag {
	case "en":
		return startsUpper(r.at(i-1).text) && month(i-1) || r.at(i-1).text == "." && startsUpper(r.at(i-2).text) && month(i-2)
	case "de", "da", "cs":
		return r.is(i+1, ".") && r.at(i+2).word >= 0 && !r.at(i+2).glued
	case "ru", "uk", "be", "bg", "pl":
		return month(i + 1)
	case "fr", "it", "pt":
		return v == 1 && month(i+1)
	}
	return false
}

// isMonth knows months and their abbreviations.
func (r *reader) isMonth(s string) bool {
	return r.lang.months[s] || r.lang.months[r.lang.say[s+"."]] || r.lang.months[r.lang.say[s+".#"]]
}

// roman is the value of a Roman numeral at atom i, 0 if it is none: capitals,
// more than one of them unless a king or a war precedes it.
func (r *reader) roman(i int) int {
	s := r.at(i).text
	if mark := strings.TrimLeft(s, "IVXLCDM"); mark != "" { // French XXIe
		if _, ok := r.lang.marks[mark]; !ok || r.lang.tag == "en" {
			return 0
		}
		return romanValue(strings.TrimSuffix(s, mark))
	}
	v := romanValue(s)
	n := len(s)
	if v == 0 || n < 5 && strings.Trim(s, "IVX") != "" && n < 4 {
		return 0
	}
	if n > 1 && !r.shout {
		return v
	}
	before := strings.ToLower(r.at(i - 1).text)
	if n == 1 && (r.lang.parts[before] || r.lang.kings[before] && (s != "I" || r.lang.tag != "en")) {
		return v
	}
	return 0
}

// romanNumber reads a Roman numeral: after the names of kings and popes mostly
// an ordinal.
func (r *reader) romanNumber(i, v int) {
	a, next := r.atoms[i], r.at(i+1)
	mark, ok := r.lang.marks[strings.TrimLeft(a.text, "IVXLCDM")]
	if !ok && !next.glued && next.kind == letters {
		mark, ok = r.lang.marks["+"+strings.ToLower(next.text)]
	}
	if ok && r.ordinalAt(a.word, v, mark) > 0 {
		return
	}
	text := r.lang.numbers.cardinal(v)
	n := &r.lang.numbers
	if n.regnal != "" && r.lang.kings[strings.ToLower(r.at(i-1).text)] && (n.regnalTo == 0 || v <= n.regnalTo) {
		text = strings.ReplaceAll(n.regnal, "#", n.ordinal(v))
	}
	r.sayAt(a.word, text)
}

// romanValue is 0 for what is not written as numerals are.
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

package pronounce

import (
	"strconv"
	"strings"
)

// number reads the number at atom i with what belongs to it and returns how
// many atoms it has read.
func (r *reader) number(i int) int {
	a := r.atoms[i]
	next := r.at(i + 1)
	joined := next.glued
	if n := r.phone(i); n > 0 {
		return n
	}
	switch {
	case strings.Contains(a.text, ":"):
		return r.clock(i)
	case joined && isCurrency(next.text), !joined && next.kind == sign && isCurrency(next.text) && !r.at(i+2).glued:
		return 1 + r.amountWith(i, i+1, strings.Fields(r.language.say[next.text]))
	case joined && next.kind == sign && strings.Contains(vulgar, next.text):
		r.cardinalAt(a)
		if r.language.tag == "en" {
			r.sayAt(a.word, "and")
		}
		r.sayAt(a.word, r.language.say[next.text])
		return 2
	case r.is(i+1, "/") && r.at(i+2).kind == number && r.at(i+2).glued:
		if n := r.fraction(i); n > 0 {
			return n
		}
	}
	if joined && next.kind == letters {
		if n := r.suffixed(i); n > 0 {
			return n
		}
	}
	if unit, n := r.unit(i + 1); n > 0 {
		r.cardinalAt(a)
		r.sayAt(r.at(i+n).word, plural(unit, a.text))
		return 1 + n
	}
	if r.isDay(i) {
		r.sayAt(a.word, r.numbers.ordinal(atoi(a.text)))
		if r.is(i+1, ".") {
			return 2
		}
		return 1
	}
	r.plainNumber(a.word, a.text)
	return 1
}

func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return v
}

// plural picks the form of a counted word for a number as it is written.
func plural(forms []string, num string) string {
	if len(forms) == 0 {
		return ""
	}
	v, err := strconv.Atoi(num)
	switch {
	case err == nil && v == 1:
		return forms[0]
	case len(forms) > 2 && (err != nil || v%100/10 != 1 && v%10 >= 2 && v%10 <= 4):
		return forms[2]
	case len(forms) > 2 && v%10 == 1 && v%100 != 11:
		return forms[0]
	}
	return forms[min(1, len(forms)-1)]
}

// unit is the unit of measure that begins at atom i, and how many atoms it
// takes.
func (r *reader) unit(i int) ([]string, int) {
	a := r.at(i)
	if a.word < 0 || a.kind == number {
		return nil, 0
	}
	if a.text == "°" && r.at(i+1).glued && r.at(i+1).kind == letters {
		if f := r.units["°"+strings.ToLower(r.at(i+1).text)]; f != nil {
			return f, 2
		}
	}
	if a.kind != letters {
		return nil, 0
	}
	lower := strings.ToLower(a.text)
	if r.is(i+1, "/") && r.at(i+2).glued {
		if f := r.units[lower+"/"+strings.ToLower(r.at(i+2).text)]; f != nil {
			return f, 3
		}
	}
	f := r.units[lower]
	if f == nil || !a.glued && (r.words[lower] != nil || len(lower) == 1 || r.is(i+1, ".")) && lower != "m" {
		return nil, 0
	}
	return f, 1
}

// cardinalAt reads an atom as an amount, never as a year.
func (r *reader) cardinalAt(a atom) {
	whole, fraction := r.parse(a.text)
	r.quantity(a.word, whole, fraction)
}

// quantity reads digits, before and after the point.
func (r *reader) quantity(word int, whole, fraction string) {
	v, err := strconv.Atoi(whole)
	switch {
	case whole == "":
	case err != nil || v >= limit || len(whole) > 1 && whole[0] == '0':
		r.sayAt(word, r.numbers.digits(whole))
	default:
		r.sayAt(word, r.numbers.cardinal(v))
	}
	if fraction == "" {
		return
	}
	r.sayAt(word, r.numbers.point)
	if r.numbers.point == "point" || len(fraction) > 2 || fraction[0] == '0' {
		r.sayAt(word, r.numbers.digits(fraction))
		return
	}
	r.sayAt(word, r.numbers.cardinal(atoi(fraction)))
}

// parse splits a number as written into its digits before and after the point;
// what has more than one separator of a kind is grouped by it.
func (r *reader) parse(s string) (whole, fraction string) {
	s = strings.ReplaceAll(s, "'", "")
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return s, ""
	}
	sep := s[last : last+1]
	first := strings.IndexAny(s, ".,")
	group := "."
	if r.numbers.point == "point" {
		group = ","
	}
	decimal := strings.Count(s, sep) == 1
	if decimal && first == last { // one separator: a group of three digits, or a decimal
		decimal = !(len(s)-last == 4 && first <= 3 && sep == group && s[0] != '0')
	}
	if !decimal {
		return strings.NewReplacer(".", "", ",", "").Replace(s), ""
	}
	return strings.NewReplacer(".", "", ",", "").Replace(s[:last]), s[last+1:]
}

// plainNumber reads a number that stands alone: a year, an amount, or digits.
func (r *reader) plainNumber(word int, s string) {
	whole, fraction := r.parse(s)
	bare := whole == s
	v := atoi(whole)
	switch {
	case bare && len(s) > 1 && s[0] == '0', bare && len(s) >= 7 && !strings.HasSuffix(s, "000"):
		r.sayAt(word, r.numbers.digits(s))
	case strings.Count(s, ".") > 1 && !strings.Contains(s, ",") && !grouped(s):
		for i, part := range strings.Split(s, ".") { // 1.2.3, 24.02.2022
			if i > 0 && r.language.tag == "en" {
				r.sayAt(word, r.numbers.point)
			}
			r.plainNumber(word, strings.TrimLeft(part, "0"))
		}
	case bare && len(s) == 4 && r.year(word, v):
	default:
		r.quantity(word, whole, fraction)
	}
}

// grouped says whether all groups after the first have three digits.
func grouped(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return len(parts[0]) <= 3
}

// year reads a year where that differs from the number: in pairs of digits in
// English, in hundreds until 1999 in German.
func (r *reader) year(word, v int) bool {
	century, rest := v/100, v%100
	n := &r.numbers
	switch {
	case r.language.tag == "en" && v >= 1100 && v < 2100 && century%10 != 0 || r.language.tag == "en" && v >= 2010 && v < 2100:
		r.sayAt(word, n.cardinal(century))
		switch {
		case rest == 0:
			r.sayAt(word, "hundred")
		case rest < 10:
			r.sayAt(word, "oh "+n.cardinal(rest))
		default:
			r.sayAt(word, n.cardinal(rest))
		}
		return true
	case hundredYears[r.language.tag] != "" && v >= 1100 && v < 2000:
		r.sayAt(word, n.cardinal(century)+" "+hundredYears[r.language.tag])
		if rest > 0 {
			r.sayAt(word, n.cardinal(rest))
		}
		return true
	}
	return false
}

// hundredYears are the words for hundred in languages that count years by them.
var hundredYears = map[string]string{"de": "hundert", "nl": "honderd", "da": "hundrede", "sv": "hundra"}

// amount reads a number with its currency, which stands before it or after;
// returns the atoms from the number on.
func (r *reader) amount(i int, currency []string) int { return r.amountWith(i, i, currency) }

// amountWith reads the number at atom i and a scale word after atom last, then
// the currency.
func (r *reader) amountWith(i, last int, currency []string) int {
	a := r.atoms[i]
	whole, fraction := r.parse(a.text)
	next := r.at(last + 1)
	if last == i && next.kind == letters {
		unit := ""
		if f := r.units[strings.ToLower(next.text)]; next.glued && len(f) > 0 {
			unit = f[0]
			if strings.EqualFold(next.text, "m") {
				unit = r.numbers.scales[1].many
			}
		}
		if unit != "" || r.scales[strings.ToLower(next.text)] {
			r.quantity(a.word, whole, fraction)
			if unit == "" {
				unit = strings.ToLower(next.text)
			}
			r.sayAt(next.word, unit)
			r.sayAt(next.word, plural(currency, "2"))
			return 2
		}
	}
	if len(fraction) == 2 && len(currency) > 0 { // $4.50
		r.quantity(a.word, whole, "")
		r.sayAt(r.at(last).word, plural(currency, whole))
		if atoi(fraction) > 0 {
			r.sayAt(r.at(last).word, r.numbers.cardinal(atoi(fraction)))
		}
		return 1
	}
	r.quantity(a.word, whole, fraction)
	r.sayAt(r.at(last).word, plural(currency, a.text))
	return 1
}

// clock reads 10:30.
func (r *reader) clock(i int) int {
	a := r.atoms[i]
	parts := strings.Split(a.text, ":")
	minutes := parts[1]
	ofDay := len(parts) == 2 && len(minutes) == 2 && atoi(parts[0]) < 25 && atoi(minutes) < 60
	for k, p := range parts {
		v := atoi(p)
		switch {
		case k == 0 || !ofDay:
			r.sayAt(a.word, r.numbers.cardinal(v%limit))
			if k == 0 && ofDay {
				r.sayAt(a.word, r.numbers.oclock)
			}
		case v == 0:
			if r.language.tag == "en" && r.at(i+1).kind != letters {
				r.sayAt(a.word, "o'clock")
			}
		case v < 10 && r.language.tag == "en":
			r.sayAt(a.word, "oh "+r.numbers.cardinal(v))
		default:
			r.sayAt(a.word, r.numbers.cardinal(v))
		}
	}
	return 1
}

// phone is how many atoms of a telephone number it has read: groups of digits
// joined by dashes, at least seven digits.
func (r *reader) phone(i int) int {
	n, digits, groups := 0, 0, 0
	for k := i; k == i || r.at(k).glued; k++ {
		a := r.at(k)
		if a.kind == number {
			if len(a.text) > 4 || strings.ContainsAny(a.text, ".,:'") {
				return 0
			}
			digits += len(a.text)
			groups++
			n = k - i + 1
		} else if a.text != "-" {
			break
		}
	}
	if digits < 7 || groups < 2 || digits == 8 && groups != 3 || groups == 3 && len(r.at(i).text) == 4 {
		return 0
	}
	for k := i; k < i+n; k++ {
		if r.at(k).kind == number {
			r.sayAt(r.at(k).word, r.numbers.digits(r.at(k).text))
		}
	}
	return n
}

// fraction reads 1/2 and the like where they have names.
func (r *reader) fraction(i int) int {
	a, b := r.at(i), r.at(i+2)
	text := r.language.say[a.text+"/"+b.text]
	if text == "" || r.is(i+3, "/") {
		return 0
	}
	r.sayAt(a.word, text)
	return 3
}

// suffixed reads a number with letters joined to it: 1st, 1990s, 5km, 3D.
func (r *reader) suffixed(i int) int {
	a, tail := r.atoms[i], strings.ToLower(r.at(i+1).text)
	v := atoi(a.text)
	switch r.language.tag {
	case "en":
		switch tail {
		case "st", "nd", "rd", "th":
			whole, _ := r.parse(a.text)
			r.sayAt(a.word, r.numbers.ordinal(atoi(whole)%limit))
			return 2
		case "s", "'s":
			n := len(r.out)
			r.plainNumber(a.word, a.text)
			if len(r.out) > n {
				last := &r.out[len(r.out)-1]
				if base, ok := strings.CutSuffix(last.text, "y"); ok {
					last.text = base + "ies"
				} else {
					last.text += "s"
				}
			}
			return 2
		}
	default:
		mark, ok := r.marks[tail]
		if !ok || v == 0 || v >= 10_000 {
			return 0
		}
		text := r.numbers.ordinal(v)
		if ending, ok := strings.CutPrefix(mark, "-"); !ok {
			text = mark
		} else if ending != "" {
			text = trimVowel(text) + ending
		}
		r.sayAt(a.word, text)
		return 2
	}
	return 0
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
	switch r.language.tag {
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
	return r.months[s] || r.months[r.language.say[s+"."]] || r.months[r.language.say[s+".#"]]
}

// roman is the value of a Roman numeral at atom i, 0 if it is none: capitals,
// more than one of them unless a king or a war precedes it.
func (r *reader) roman(i int) int {
	s := r.at(i).text
	if strings.Trim(s, "IVXLCDM") != "" {
		return 0
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
	if n == 1 && (r.parts[before] || r.kings[before] && (s != "I" || r.language.tag != "en")) {
		return v
	}
	return 0
}

// romanNumber reads a Roman numeral: after the names of kings and popes mostly
// an ordinal.
func (r *reader) romanNumber(i, v int) {
	text := r.numbers.cardinal(v)
	n := &r.numbers
	if n.regnal != "" && r.kings[strings.ToLower(r.at(i-1).text)] && (n.regnalTo == 0 || v <= n.regnalTo) {
		text = strings.ReplaceAll(n.regnal, "#", n.ordinal(v))
	}
	r.sayAt(r.atoms[i].word, text)
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

package pronounce

import (
	"strconv"
	"strings"
)

// readNumber reads the number at atom i with what belongs to it and returns how
// many atoms it has read.
func (r *reader) readNumber(i int) int {
	a := r.atoms[i]
	for _, read := range [...]func(int) int{r.phone, r.clock, r.price, r.mixed, r.fraction, r.suffixed, r.measured, r.grouped, r.marked, r.day} {
		if n := read(i); n > 0 {
			return n
		}
	}
	r.plainNumber(a.word, a.text)
	return 1
}

// price reads 5€ and 5 €.
func (r *reader) price(i int) int {
	next := r.at(i + 1)
	if next.kind != sign || !isCurrency(next.text) || !next.glued && r.at(i+2).glued {
		return 0
	}
	return 1 + r.amount(i, i+1, strings.Fields(r.lang.say[next.text]))
}

// mixed reads 2½.
func (r *reader) mixed(i int) int {
	a, next := r.at(i), r.at(i+1)
	if !next.glued || next.kind != sign || !strings.Contains(vulgar, next.text) {
		return 0
	}
	r.cardinalAt(a)
	r.sayAt(a.word, r.lang.say["&"]+" "+r.lang.say[next.text])
	return 2
}

// measured reads a number with a unit: 5 km.
func (r *reader) measured(i int) int {
	a := r.at(i)
	forms, n := r.unit(i + 1)
	if n == 0 {
		return 0
	}
	r.cardinalAt(a)
	r.sayAt(r.at(i+n).word, r.plural(forms, a.text))
	return 1 + n
}

// grouped reads 1 000 000, whose groups of digits are parted by blanks: each
// word gets its own part.
func (r *reader) grouped(i int) int {
	if r.lang.tag == "en" || len(r.at(i).text) > 3 || r.at(i).text[0] == '0' || r.at(i).glued {
		return 0
	}
	n := 1
	for a := r.at(i + n); a.kind == number && !a.glued && len(a.text) == 3 && atoi(a.text) < 1000 && isDigit(rune(a.text[1])); a = r.at(i + n) {
		n++
	}
	num := &r.lang.numbers
	if n == 1 || n > len(num.scales)+1 || r.at(i+n).glued && r.at(i+n).kind == sign && r.at(i+n).text == "-" {
		return 0
	}
	said := ""
	for k := range n {
		v := atoi(r.at(i + k).text)
		text := ""
		switch {
		case v > 0 && k < n-1:
			text = num.scaled(v, n-2-k)
		case v > 0:
			text = num.below1000(v)
		default: // the word for thousand goes to the zeros
			if cut := strings.LastIndexByte(said, ' '); cut > 0 {
				text = said[cut+1:]
				r.out = r.out[:len(r.out)-1]
			}
		}
		r.sayAt(r.at(i+k).word, text)
		said = text
	}
	return n
}

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

func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return v
}

// plural picks the form of a counted word - one, many, few - for a number as it
// is written.
func (r *reader) plural(forms []string, num string) string {
	if len(forms) == 0 {
		return ""
	}
	v, err := strconv.Atoi(num)
	form := formMany
	switch {
	case len(forms) > 2 && err != nil:
		form = formFew // a fraction
	case len(forms) > 2:
		form = r.lang.numbers.form(v)
	case err == nil && v == 1:
		form = formOne
	}
	return forms[min(form, len(forms)-1)]
}

// unit is the unit of measure that begins at atom i, and how many atoms it
// takes.
func (r *reader) unit(i int) ([]string, int) {
	a := r.at(i)
	if a.word < 0 || a.kind == number {
		return nil, 0
	}
	if a.text == "°" && r.at(i+1).glued && r.at(i+1).kind == letters {
		if f := r.lang.units["°"+strings.ToLower(r.at(i+1).text)]; f != nil {
			return f, 2
		}
	}
	if a.kind == sign {
		return r.lang.units[a.text], min(1, len(r.lang.units[a.text]))
	}
	lower := strings.ToLower(a.text)
	if r.is(i+1, "/") && r.at(i+2).glued {
		if f := r.lang.units[lower+"/"+strings.ToLower(r.at(i+2).text)]; f != nil {
			return f, 3
		}
	}
	f := r.lang.units[lower]
	if f == nil || !a.glued && (r.lang.words[lower] != nil || len(lower) == 1 || r.is(i+1, ".")) && lower != "m" {
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
		r.sayAt(word, r.lang.numbers.digits(whole))
	default:
		r.sayAt(word, r.lang.numbers.cardinal(v))
	}
	if fraction == "" {
		return
	}
	r.sayAt(word, r.lang.numbers.point)
	if r.lang.numbers.point == "point" || len(fraction) > 2 || fraction[0] == '0' {
		r.sayAt(word, r.lang.numbers.digits(fraction))
		return
	}
	r.sayAt(word, r.lang.numbers.cardinal(atoi(fraction)))
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
	if r.lang.numbers.point == "point" {
		group = ","
	}
	decimal := strings.Count(s, sep) == 1
	if decimal && first == last { // one separator: a group of three digits, or a decimal
		decimal = !(len(s)-last == 4 && first <= 3 && sep == group && s[0] != '0')
	}
	if !decimal {
		return onlyDigits(s), ""
	}
	return onlyDigits(s[:last]), s[last+1:]
}

// onlyDigits drops the separators of a number.
func onlyDigits(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "")
}

// plainNumber reads a number that stands alone: a year, an amount, or digits.
func (r *reader) plainNumber(word int, s string) {
	whole, fraction := r.parse(s)
	bare := whole == s
	v := atoi(whole)
	switch {
	case bare && len(s) > 1 && s[0] == '0', bare && len(s) >= 7 && !strings.HasSuffix(s, "000"):
		r.sayAt(word, r.lang.numbers.digits(s))
	case strings.Count(s, ".") > 1 && !strings.Contains(s, ",") && !thousands(s):
		for i, part := range strings.Split(s, ".") { // 1.2.3, 24.02.2022
			if i > 0 && r.lang.tag == "en" {
				r.sayAt(word, r.lang.numbers.point)
			}
			r.plainNumber(word, strings.TrimLeft(part, "0"))
		}
	case bare && len(s) == 4 && r.year(word, v):
	default:
		r.quantity(word, whole, fraction)
	}
}

// thousands says whether all groups after the first have three digits.
func thousands(s string) bool {
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
	n := &r.lang.numbers
	switch {
	case r.lang.tag == "en" && v >= 1100 && v < 2100 && century%10 != 0 || r.lang.tag == "en" && v >= 2010 && v < 2100:
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
	case hundredYears[r.lang.tag] != "" && v >= 1100 && v < 2000:
		r.sayAt(word, n.cardinal(century)+" "+hundredYears[r.lang.tag])
		if rest > 0 {
			r.sayAt(word, n.cardinal(rest))
		}
		return true
	}
	return false
}

// hundredYears are the words for hundred in languages that count years by them.
var hundredYears = map[string]string{"de": "hundert", "nl": "honderd", "da": "hundrede", "sv": "hundra"}

// amount reads the number at atom i and a scale word after atom last, then
// the currency.
func (r *reader) amount(i, last int, currency []string) int {
	a := r.atoms[i]
	whole, fraction := r.parse(a.text)
	next := r.at(last + 1)
	if last == i && next.kind == letters {
		unit := ""
		if f := r.lang.units[strings.ToLower(next.text)]; next.glued && len(f) > 0 {
			unit = f[0]
			if strings.EqualFold(next.text, "m") {
				unit = r.lang.numbers.scales[1].many
			}
		}
		if unit != "" || r.lang.scales[strings.ToLower(next.text)] {
			r.quantity(a.word, whole, fraction)
			if unit == "" {
				unit = strings.ToLower(next.text)
			}
			r.sayAt(next.word, unit)
			r.sayAt(next.word, r.plural(currency, "2"))
			return 2
		}
	}
	if len(fraction) == 2 && len(currency) > 0 { // $4.50
		r.quantity(a.word, whole, "")
		r.sayAt(r.at(last).word, r.plural(currency, whole))
		if atoi(fraction) > 0 {
			r.sayAt(r.at(last).word, r.lang.numbers.cardinal(atoi(fraction)))
		}
		return 1
	}
	r.quantity(a.word, whole, fraction)
	r.sayAt(r.at(last).word, r.plural(currency, a.text))
	return 1
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
			r.sayAt(r.at(k).word, r.lang.numbers.digits(r.at(k).text))
		}
	}
	return n
}

// fraction reads 1/2 and the like where they have names.
func (r *reader) fraction(i int) int {
	a, b := r.at(i), r.at(i+2)
	text := r.lang.say[a.text+"/"+b.text]
	if !r.is(i+1, "/") || !b.glued || text == "" || r.is(i+3, "/") {
		return 0
	}
	r.sayAt(a.word, text)
	return 3
}

// suffixed reads a number with letters joined to it: 1st, 1990s, 5km, 3D.
func (r *reader) suffixed(i int) int {
	a, next := r.atoms[i], r.at(i+1)
	if !next.glued || next.kind != letters {
		if !r.is(i+1, "-") || !r.at(i+2).glued || r.at(i+2).kind != letters || r.lang.marks[r.at(i+2).text] == "" || r.lang.tag == "en" {
			return 0
		}
		return 3 * r.ordinalAt(a.word, atoi(a.text), r.lang.marks[r.at(i+2).text]) // Russian 5-го
	}
	tail := strings.ToLower(next.text)
	switch r.lang.tag {
	case "en":
		switch tail {
		case "st", "nd", "rd", "th":
			whole, _ := r.parse(a.text)
			r.sayAt(a.word, r.lang.numbers.ordinal(atoi(whole)%limit))
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
		if mark, ok := r.lang.marks[tail]; ok {
			return 2 * r.ordinalAt(a.word, atoi(a.text), mark)
		}
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

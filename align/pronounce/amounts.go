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
		if f := r.lang.measures["°"+strings.ToLower(r.at(i+1).text)]; f != nil {
			return f, 2
		}
	}
	if a.kind == sign {
		return r.lang.measures[a.text], min(1, len(r.lang.measures[a.text]))
	}
	lower := strings.ToLower(a.text)
	if r.is(i+1, "/") && r.at(i+2).glued {
		if f := r.lang.measures[lower+"/"+strings.ToLower(r.at(i+2).text)]; f != nil {
			return f, 3
		}
	}
	f := r.lang.measures[lower]
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
	case bare && len(s) == 4 && r.isYear(v) && r.choose(true):
		r.year(word, v)
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

// amount reads the number at atom i and a scale word after atom last, then
// the currency.
func (r *reader) amount(i, last int, currency []string) int {
	a := r.atoms[i]
	whole, fraction := r.parse(a.text)
	next := r.at(last + 1)
	if last == i && next.kind == letters {
		unit := ""
		if f := r.lang.measures[strings.ToLower(next.text)]; next.glued && len(f) > 0 {
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

// phone reads a telephone number digit by digit: groups joined by dashes, seven
// digits or more.
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

// atoi is the value of digits, 0 if they are too many.
func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return v
}

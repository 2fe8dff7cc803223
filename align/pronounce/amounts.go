package pronounce

import (
	"strconv"
	"strings"
)

// expandNumber expands the number at token i with what belongs to it and returns how
// many tokens that takes.
func (v *verbalizer) expandNumber(i int) int {
	t := v.tokens[i]
	for _, expand := range [...]func(int) int{
		v.telephone, v.clock, v.price, v.mixed, v.fraction, v.suffixed, v.measured, v.grouped, v.marked, v.day,
	} {
		if n := expand(i); n > 0 {
			return n
		}
	}
	v.plainNumber(t.word, t.text)
	return 1
}

// price expands 5€ and 5 €.
func (v *verbalizer) price(i int) int {
	next := v.at(i + 1)
	if next.kind != sign || !isCurrency(next.text) || !next.glued && v.at(i+2).glued {
		return 0
	}
	return 1 + v.amount(i, i+1, strings.Fields(v.lang.expansions[next.text]))
}

// mixed expands 2½.
func (v *verbalizer) mixed(i int) int {
	t, next := v.at(i), v.at(i+1)
	if !next.glued || next.kind != sign || !strings.Contains(vulgar, next.text) {
		return 0
	}
	v.cardinalAt(t)
	v.emit(t.word, v.lang.expansions["&"]+" "+v.lang.expansions[next.text])
	return 2
}

// measured expands a number with a unit of measure: 5 km.
func (v *verbalizer) measured(i int) int {
	t := v.at(i)
	forms, n := v.measure(i + 1)
	if n == 0 {
		return 0
	}
	v.cardinalAt(t)
	v.emit(v.at(i+n).word, v.plural(forms, t.text))
	return 1 + n
}

// grouped expands 1 000 000, whose groups of digits are separated by blanks: each
// word gets its own part.
func (v *verbalizer) grouped(i int) int {
	if v.lang.tag == "en" || v.lang.native != nil || len(v.at(i).text) > 3 || v.at(i).text[0] == '0' || v.at(i).glued {
		return 0
	}
	isGroup := func(t token) bool {
		return t.kind == number && !t.glued && len(t.text) == 3 && atoi(t.text) < 1000 && isDigit(rune(t.text[1]))
	}
	n := 1
	for isGroup(v.at(i + n)) {
		n++
	}
	num := &v.lang.numbers
	if num.scales[1].many == "" { // the language has no such groups
		return 0
	}
	if n == 1 || n > len(num.scales)+1 || v.at(i+n).glued && v.at(i+n).kind == sign && v.at(i+n).text == "-" {
		return 0
	}
	said := ""
	for k := range n {
		value := atoi(v.at(i + k).text)
		text := ""
		switch {
		case value > 0 && k < n-1:
			text = num.scaled(value, n-2-k)
		case value > 0:
			text = num.below1000(value)
		default: // the word for thousand goes to the zeros
			if cut := strings.LastIndexByte(said, ' '); cut > 0 {
				text = said[cut+1:]
				v.out = v.out[:len(v.out)-1]
			}
		}
		v.emit(v.at(i+k).word, text)
		said = text
	}
	return n
}

// plural returns the form of a counted word - one, many or few - for a number as it
// is written.
func (v *verbalizer) plural(forms []string, num string) string {
	if len(forms) == 0 {
		return ""
	}
	value, err := strconv.Atoi(num)
	form := formMany
	switch {
	case len(forms) > 2 && err != nil:
		form = formFew // a fraction
	case len(forms) > 2 || err == nil && v.lang.numbers.forms != "":
		form = v.lang.numbers.form(value)
	case err == nil && value == 1:
		form = formOne
	}
	return forms[min(form, len(forms)-1)]
}

// measure returns the forms of the unit of measure that begins at token i, and how
// many tokens it takes, 0 if there is none.
func (v *verbalizer) measure(i int) ([]string, int) {
	t := v.at(i)
	if t.word < 0 || t.kind == number {
		return nil, 0
	}
	if t.text == "°" && v.at(i+1).glued && v.at(i+1).kind == letters {
		if f := v.lang.measures["°"+strings.ToLower(v.at(i+1).text)]; f != nil {
			return f, 2
		}
	}
	if t.kind == sign {
		return v.lang.measures[t.text], min(1, len(v.lang.measures[t.text]))
	}
	lower := strings.ToLower(t.text)
	if v.is(i+1, "/") && v.at(i+2).glued {
		if f := v.lang.measures[lower+"/"+strings.ToLower(v.at(i+2).text)]; f != nil {
			return f, 3
		}
	}
	f := v.lang.measures[lower]
	if f == nil || !t.glued && (v.lang.words[lower] != nil || len(lower) == 1 || v.is(i+1, ".")) && lower != "m" {
		return nil, 0
	}
	return f, 1
}

// cardinalAt expands a token as an amount, never as a year.
func (v *verbalizer) cardinalAt(t token) {
	whole, fraction := v.parse(t.text)
	v.quantity(t.word, whole, fraction)
}

// quantity expands the digits before and after the decimal point.
func (v *verbalizer) quantity(word int, whole, fraction string) {
	value, err := strconv.Atoi(whole)
	switch {
	case whole == "":
	case err != nil || value >= limit || len(whole) > 1 && whole[0] == '0':
		v.emit(word, v.lang.numbers.digits(whole))
	default:
		v.emit(word, v.lang.numbers.cardinal(value))
	}
	if fraction == "" {
		return
	}
	v.emit(word, v.lang.numbers.point)
	if v.lang.numbers.commas || len(fraction) > 2 || fraction[0] == '0' {
		v.emit(word, v.lang.numbers.digits(fraction))
		return
	}
	v.emit(word, v.lang.numbers.cardinal(atoi(fraction)))
}

// parse splits a number as written into its digits before and after the decimal
// point. A separator that occurs more than once parts groups of thousands.
func (v *verbalizer) parse(s string) (whole, fraction string) {
	s = strings.ReplaceAll(s, "'", "")
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return s, ""
	}
	sep := s[last : last+1]
	first := strings.IndexAny(s, ".,")
	group := "."
	if v.lang.numbers.commas {
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

// onlyDigits returns a number without its separators.
func onlyDigits(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "")
}

// plainNumber expands a number that stands alone: a year, an amount, or digits.
func (v *verbalizer) plainNumber(word int, s string) {
	whole, fraction := v.parse(s)
	bare := whole == s
	value := atoi(whole)
	switch {
	case bare && len(s) > 1 && s[0] == '0', bare && len(s) >= 7 && !strings.HasSuffix(s, "000"):
		v.emit(word, v.lang.numbers.digits(s))
	case strings.Count(s, ".") > 1 && !strings.Contains(s, ",") && !thousands(s):
		for i, part := range strings.Split(s, ".") { // 1.2.3, 24.02.2022
			if i > 0 && v.lang.tag == "en" {
				v.emit(word, v.lang.numbers.point)
			}
			v.plainNumber(word, strings.TrimLeft(part, "0"))
		}
	case bare && len(s) == 4 && v.isYear(value) && v.choose(true):
		v.year(word, value)
	default:
		v.quantity(word, whole, fraction)
	}
}

// thousands reports whether all groups after the first have three digits.
func thousands(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return len(parts[0]) <= 3
}

// amount expands the number at token i and a scale word after token last, then the
// currency, and returns how many tokens the number and the scale word take.
func (v *verbalizer) amount(i, last int, currency []string) int {
	t := v.tokens[i]
	whole, fraction := v.parse(t.text)
	next := v.at(last + 1)
	if last == i && next.kind == letters {
		unit := ""
		if f := v.lang.measures[strings.ToLower(next.text)]; next.glued && len(f) > 0 {
			unit = f[0]
			if strings.EqualFold(next.text, "m") {
				unit = v.lang.numbers.scales[1].many
			}
		}
		if unit != "" || v.lang.scales[strings.ToLower(next.text)] {
			v.quantity(t.word, whole, fraction)
			if unit == "" {
				unit = strings.ToLower(next.text)
			}
			v.emit(next.word, unit)
			v.emit(next.word, v.plural(currency, "2"))
			return 2
		}
	}
	if len(fraction) == 2 && len(currency) > 0 { // $4.50
		v.quantity(t.word, whole, "")
		v.emit(v.at(last).word, v.plural(currency, whole))
		if atoi(fraction) > 0 {
			v.emit(v.at(last).word, v.lang.numbers.cardinal(atoi(fraction)))
		}
		return 1
	}
	v.quantity(t.word, whole, fraction)
	v.emit(v.at(last).word, v.plural(currency, t.text))
	return 1
}

// telephone expands a telephone number digit by digit: groups joined by dashes, seven
// digits or more.
func (v *verbalizer) telephone(i int) int {
	n, digits, groups := 0, 0, 0
	for k := i; k == i || v.at(k).glued; k++ {
		t := v.at(k)
		if t.kind == number {
			if len(t.text) > 4 || strings.ContainsAny(t.text, ".,:'") {
				return 0
			}
			digits += len(t.text)
			groups++
			n = k - i + 1
		} else if t.text != "-" {
			break
		}
	}
	if digits < 7 || groups < 2 || digits == 8 && groups != 3 || groups == 3 && len(v.at(i).text) == 4 {
		return 0
	}
	for k := i; k < i+n; k++ {
		if v.at(k).kind == number {
			v.emit(v.at(k).word, v.lang.numbers.digits(v.at(k).text))
		}
	}
	return n
}

// fraction expands 1/2 and the like where they have names.
func (v *verbalizer) fraction(i int) int {
	t, b := v.at(i), v.at(i+2)
	text := v.lang.expansions[t.text+"/"+b.text]
	if !v.is(i+1, "/") || !b.glued || text == "" || v.is(i+3, "/") {
		return 0
	}
	v.emit(t.word, text)
	return 3
}

// suffixed expands a number with letters joined to it: 1st, 1990s.
func (v *verbalizer) suffixed(i int) int {
	t, next := v.tokens[i], v.at(i+1)
	if !next.glued || next.kind != letters {
		mark := v.lang.marks[v.at(i+2).text]
		if !v.is(i+1, "-") || !v.at(i+2).glued || v.at(i+2).kind != letters || mark == "" || v.lang.tag == "en" {
			return 0
		}
		return 3 * v.ordinalAt(t.word, atoi(t.text), mark) // Russian 5-го
	}
	tail := strings.ToLower(next.text)
	switch v.lang.tag {
	case "en":
		switch tail {
		case "st", "nd", "rd", "th":
			whole, _ := v.parse(t.text)
			v.emit(t.word, v.lang.numbers.ordinal(atoi(whole)%limit))
			return 2
		case "s", "'s":
			n := len(v.out)
			v.plainNumber(t.word, t.text)
			if len(v.out) > n {
				last := &v.out[len(v.out)-1]
				if base, ok := strings.CutSuffix(last.text, "y"); ok {
					last.text = base + "ies"
				} else {
					last.text += "s"
				}
			}
			return 2
		}
	default:
		if mark, ok := v.lang.marks[tail]; ok {
			return 2 * v.ordinalAt(t.word, atoi(t.text), mark)
		}
	}
	return 0
}

// atoi returns the value of digits, 0 if it is too large for an int.
func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return v
}

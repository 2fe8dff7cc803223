package pronounce

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// numerals holds the number words of a language. In the table a _ stands for a
// blank within a word, and - for a form that is never used.
type numerals struct {
	small       []string // 0, 1, ... at least to 10, without holes
	tens        []string // 20, 30, ... 90
	tensJoin    string   // between tens and ones
	counts      []string // of 1, 2, ... before the word for thousand, where they differ
	onesTens    bool     // ones before tens, as in German
	hundreds    []string // 100, 200, ... 900
	exact       string   // 100 alone, where it differs
	join        string   // between hundreds and what follows
	joinWhere   string   // "last": only before a number of one word; "ones": only before 1 to 9; "all": behind thousands, too
	zeroHundred string   // said for the hundreds where there are none after thousands
	scaleFirst  bool     // the word for thousand before its number, as in Swahili
	forms       string   // which rule of plurals; see form
	scales      [4]scale // thousand, million, ... 10^12
	ordinals    []string // 0th, 1st, ...
	tenths      []string // ordinals of 20, 30, ... 90
	bothOrdinal bool     // tens and ones both become ordinals, as in Spanish
	ordEnd      string   // what makes an ordinal of a cardinal without a word of its own
	point       string   // of a decimal
	commas      bool     // a comma parts groups of thousands and a point the decimals, which are read one by one
	minus       string
	to          string  // between the ends of a range
	days        string  // which numbers are days, read as ordinals; see isDay
	pointAll    bool    // so are others with a point before a small letter: 1995. godine
	dayEnd      string  // the ending of the ordinal before the name of a month; "" as it is
	regnal      string  // an ordinal after a name, for #; "" where kings are counted by cardinals
	regnalTo    int     // the last number that is an ordinal after a name; 0: all
	yearHundred string  // the word for hundred in years that are counted by hundreds; "" if they are not
	yearPairs   bool    // years are two pairs of digits, as in English
	yearZero    string  // then, said before a second pair of 01 to 09
	oclock      string  // between hours and minutes
	myriads     myriads // in place of thousands, as in East Asia

	hundredThousand, tenMillion scale             // lakh and crore, in place of millions; "" if they aren't counted
	powers                      []string          // 100, 1000, ... where each has a word: Thai to a million
	onward                      map[string]string // a word as it is where others of the number follow
}

// scale is a power of a thousand: "one thousand", "thousand", and after 2 to 4
// in Slavic languages another form.
type scale struct{ one, many, few string }

// add takes in a line of the [numbers] section, split at blanks.
func (n *numerals) add(f []string) error {
	if len(f) < 2 {
		return fmt.Errorf("%q: want words", f[0])
	}
	words := spaced(f[1:])
	first := words[0]
	switch f[0] {
	case "small":
		n.small = append(n.small, words...)
	case "tens":
		n.tens = words
	case "tensjoin":
		n.tensJoin = first
	case "counts":
		n.counts = words
	case "onestens":
		n.onesTens, n.tensJoin = true, first
	case "hundreds":
		n.hundreds = words
	case "exact":
		n.exact = first
	case "join":
		n.join = first
		if len(f) > 2 {
			n.joinWhere = f[2]
		}
	case "zerohundred":
		n.zeroHundred = first
	case "scales":
		n.scaleFirst = first == "first"
	case "forms":
		n.forms = first
	case "thousand", "million", "billion", "trillion":
		i := slices.Index([]string{"thousand", "million", "billion", "trillion"}, f[0])
		s := scale{one: first, many: words[len(words)-1], few: words[len(words)-1]}
		if len(words) > 2 {
			s.few, s.many = words[1], words[2]
		} else if len(words) > 1 {
			s.many, s.few = words[1], words[1]
		}
		n.scales[i] = s
	case "lakh":
		n.hundredThousand = scale{one: first, many: words[len(words)-1]}
	case "crore":
		n.tenMillion = scale{one: first, many: words[len(words)-1]}
	case "powers":
		n.powers = words
	case "onward":
		if len(words)%2 != 0 {
			return fmt.Errorf("onward: want pairs of words")
		}
		if n.onward == nil {
			n.onward = map[string]string{}
		}
		for i := 0; i < len(words); i += 2 {
			n.onward[words[i]] = words[i+1]
		}
	case "ordinals":
		n.ordinals = words
	case "tenths":
		n.tenths = words
	case "bothtenths":
		n.tenths, n.bothOrdinal = words, true
	case "ordend":
		n.ordEnd = first
	case "point":
		n.point, n.commas = first, len(f) > 2 && f[2] == "."
	case "minus":
		n.minus = first
	case "to":
		n.to = first
	case "days":
		n.days, n.pointAll = first, len(f) > 2 && f[2] == "all"
	case "dayend":
		n.dayEnd = first
	case "years":
		n.yearHundred = first
		if len(f) > 3 {
			n.yearPairs, n.yearZero = f[2] == "pairs", f[3]
		}
	case "regnal":
		n.regnal = first
		if len(f) > 2 {
			n.regnalTo, _ = strconv.Atoi(f[2])
		}
	case "myriads":
		n.myriads = myriads{units: words}
	case "oneunit":
		n.myriads.one = slices.Index(n.myriads.units, first)
	case "gap":
		n.myriads.gap = first
	case "counted":
		n.myriads.counted = words
	case "twenty":
		n.myriads.twenty = first
	case "counters":
		n.myriads.counters = words
	case "uncounted":
		n.myriads.uncounted = words
	case "digits":
		n.myriads.digits = first
	case "percent":
		n.myriads.percent = first
	case "oclock":
		n.oclock = first
	default:
		return fmt.Errorf("no numerals %q", f[0])
	}
	return nil
}

// limit is the least number that cardinal has no words for.
const limit = 1_000_000_000_000_000

// cardinal returns a number in words, for 0 <= v < limit.
func (n *numerals) cardinal(v int) string {
	switch {
	case n.myriads.units != nil:
		return n.byMyriads(v)
	case n.powers != nil:
		return n.follow(n.byPowers(v))
	case n.tenMillion.one != "":
		return n.follow(n.byLakhs(v))
	}
	return n.follow(n.byThousands(v))
}

// follow returns the words of a number in the forms that they have before others.
func (n *numerals) follow(number string) string {
	if n.onward == nil {
		return number
	}
	words := strings.Fields(number)
	for i, w := range words[:len(words)-1] {
		if form, ok := n.onward[w]; ok {
			words[i] = form
		}
	}
	return strings.Join(words, " ")
}

// byPowers returns a number in words of a language that has one for each power of ten up to the
// greatest, of which there may be any number.
func (n *numerals) byPowers(v int) string {
	var parts []string
	power := 100
	for range n.powers[1:] {
		power *= 10
	}
	for i := len(n.powers) - 1; i >= 0; i-- {
		if q := v / power; q > 0 {
			parts = append(parts, n.byPowers(q)+" "+n.powers[i])
			v %= power
		}
		power /= 10
	}
	if v > 0 || len(parts) == 0 {
		parts = append(parts, n.below100(v))
	}
	return strings.Join(parts, " ")
}

// byLakhs returns a number in words as India counts: by thousands, hundred thousands and ten
// millions.
func (n *numerals) byLakhs(v int) string {
	var parts []string
	count := func(q int, s scale) {
		switch {
		case q == 1:
			parts = append(parts, s.one)
		case q > 0:
			parts = append(parts, n.byLakhs(q)+" "+s.many)
		}
	}
	count(v/10_000_000, n.tenMillion)
	count(v/100_000%100, n.hundredThousand)
	count(v/1000%100, n.scales[0])
	if v %= 1000; v > 0 || len(parts) == 0 {
		parts = append(parts, n.below1000(v))
	}
	return strings.Join(parts, " ")
}

// byThousands returns a number in words as Europe counts.
func (n *numerals) byThousands(v int) string {
	var parts []string
	power := limit / 1000
	for i := len(n.scales) - 1; i >= 0; i-- {
		if q := v / power; q > 0 {
			if n.joinWhere == "all" && len(parts) > 0 {
				parts = append(parts, n.join)
			}
			parts = append(parts, n.scaled(q, i))
			v %= power
		}
		power /= 1000
	}
	if v > 0 || len(parts) == 0 {
		if len(parts) > 0 && v < 100 && n.zeroHundred != "" {
			parts = append(parts, n.zeroHundred)
		}
		if len(parts) > 0 && (v < 100 || v%100 == 0 || n.joinWhere == "all") && n.joins(v) {
			parts = append(parts, n.join)
		}
		parts = append(parts, n.below1000(v))
	}
	return strings.Join(parts, " ")
}

// scaled returns, in words, q times 1000 to the power of i+1, for 1 <= q < 1000.
func (n *numerals) scaled(q, i int) string {
	s := n.scales[i]
	if q == 1 {
		return s.one
	}
	count := n.below1000(q)
	last := q % 100
	if last >= 20 && len(n.small) < 100 {
		last %= 10
	}
	if i == 0 && last > 0 && last <= len(n.counts) { // две тысячи
		count = strings.TrimSuffix(count, n.small[last]) + n.counts[last-1]
	}
	if n.scaleFirst {
		return s.many + " " + count
	}
	switch n.form(q) {
	case formOne:
		if s.few != s.many {
			return count + " " + s.one
		}
	case formFew:
		return count + " " + s.few
	}
	return count + " " + s.many
}

// The forms of a counted word: in Slavic languages for 1, 21, ...; for 0, 5 to 20, 25,
// ...; for 2 to 4, 22 to 24, ... The order matters: plural uses them as indices of the
// forms in a table, "one, many, few".
const (
	formOne = iota
	formMany
	formFew
)

// form returns the form of a counted word for v, by the language's rule of plurals as CLDR
// has them; the one without a name is that of Russian.
func (n *numerals) form(v int) int {
	ones, teen := v%10, v%100/10 == 1
	one, few := ones == 1 && !teen, ones >= 2 && ones <= 4 && !teen
	switch n.forms {
	case "czech":
		one, few = v == 1, v >= 2 && v <= 4
	case "polish":
		one = v == 1
	case "slovene":
		one, few = v%100 == 1, v%100 >= 2 && v%100 <= 4
	case "lithuanian":
		few = ones >= 2 && !teen
	case "latvian":
		few = false
	}
	switch {
	case one:
		return formOne
	case few:
		return formFew
	}
	return formMany
}

// joins reports whether a number of less than a thousand is joined to what precedes it.
func (n *numerals) joins(v int) bool {
	switch n.joinWhere {
	case "last":
		return n.join != "" && (v < 20 || v%10 == 0)
	case "ones":
		return n.join != "" && v < 10
	}
	return n.join != ""
}

// below1000 returns a number in words, for 0 <= v < 1000.
func (n *numerals) below1000(v int) string {
	if v < 100 {
		return n.below100(v)
	}
	if v == 100 && n.exact != "" {
		return n.exact
	}
	s := n.hundreds[v/100-1]
	if v %= 100; v > 0 {
		if n.joins(v) {
			s += " " + n.join
		}
		s += " " + n.below100(v)
	}
	return s
}

// below100 returns a number in words, for 0 <= v < 100.
func (n *numerals) below100(v int) string {
	if v < len(n.small) {
		return n.small[v]
	}
	tens, ones := n.tens[v/10-2], v%10
	switch {
	case ones == 0:
		return tens
	case n.onesTens:
		return n.one(ones) + " " + n.tensJoin + " " + tens
	case n.tensJoin != "":
		return tens + " " + n.tensJoin + " " + n.small[ones]
	}
	return tens + " " + n.small[ones]
}

// one returns a digit as it is before the tens: German "einundzwanzig" has no s.
func (n *numerals) one(v int) string {
	if v == 1 {
		return strings.TrimSuffix(n.small[1], "s")
	}
	return n.small[v]
}

// ordinal returns the ordinal of a number in words: only the last word changes.
func (n *numerals) ordinal(v int) string {
	if v < len(n.ordinals) {
		return n.ordinals[v]
	}
	if v >= 20 && v < 100 && !n.onesTens && len(n.tenths) > 0 {
		if v%10 == 0 {
			return n.tenths[v/10-2]
		}
		if v%10 < len(n.ordinals) {
			tens := n.tens[v/10-2]
			if n.bothOrdinal {
				tens = n.tenths[v/10-2]
			}
			return tens + " " + n.ordinals[v%10]
		}
	}
	if v > 100 && v%100 > 0 && v%100 < 100 && len(n.ordinals) > 0 {
		return n.cardinal(v-v%100) + " " + n.ordinal(v%100)
	}
	s := n.cardinal(v)
	if n.ordEnd == "" {
		return s
	}
	return trimVowel(s) + n.ordEnd
}

// trimVowel returns a number without its ending, as before French -ième, Italian
// -esimo and the endings of Slavic ordinals.
func trimVowel(s string) string { return strings.TrimRight(s, "aeioyíýаеоіыийья") }

// digits returns the digits of s in words, one by one.
func (n *numerals) digits(s string) string {
	var parts []string
	for _, d := range s {
		if d >= '0' && d <= '9' {
			parts = append(parts, n.small[d-'0'])
		}
	}
	return strings.Join(parts, " ")
}

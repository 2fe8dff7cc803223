package pronounce

import (
	"slices"
	"strings"
)

// myriads is how East Asia counts: by powers of 10,000.
type myriads struct {
	units []string // 10, 100, 1000, 10^4, 10^8, 10^12
	one   int      // index of the least unit that one is said before: 百 in Chinese, 万 in Japanese
	gap   string   // for missing powers in between: Chinese 一百零五

	counters  []string // words that things are counted with
	uncounted []string // words that begin like these and are none: 개 is one, 개월 isn't
	counted   []string // numbers before counters: 1, 2, ... 10, 20, ... 90; "-" as it is otherwise
	twenty    string   // 20 before these, where it is by itself
	digits    string   // what a number of four digits is spelled before: the Chinese year
	percent   string   // said before a number with a sign of percent
}

// before returns a number in words that what follows it has a say in; "" if it has none.
func (n *numerals) before(v int, follows string) string {
	has := func(counter string) bool { return strings.HasPrefix(follows, counter) }
	m := &n.myriads
	if v <= 0 || v >= 100 || !slices.ContainsFunc(m.counters, has) || slices.ContainsFunc(m.uncounted, has) {
		return ""
	}
	if v == 20 && m.twenty != "" {
		return m.twenty
	}
	var words []string
	if v > 10 {
		words = append(words, m.form(8+v/10))
	}
	if v <= 10 || v%10 > 0 {
		words = append(words, m.form((v-1)%10))
	}
	if slices.Contains(words, "") {
		return ""
	}
	return strings.Join(words, "")
}

// form returns a number before a counter, "" where it is as otherwise.
func (m *myriads) form(i int) string {
	if i >= len(m.counted) || m.counted[i] == "-" {
		return ""
	}
	return m.counted[i]
}

// byMyriads returns a number in words, for 0 <= v < limit.
func (n *numerals) byMyriads(v int) string {
	if v == 0 {
		return n.small[0]
	}
	said := ""
	gap := false // powers are missing behind what is said
	for unit, power := len(n.myriads.units)-1, 1_000_000_000_000; unit >= 2; unit, power = unit-1, power/10_000 {
		q := v / power % 10_000
		if q == 0 {
			gap = said != ""
			continue
		}
		if said != "" && (gap || q < 1000) {
			said += n.myriads.gap
		}
		gap = false
		if q > 1 || unit == 2 || unit >= n.myriads.one {
			said += n.below10000(q, said == "")
		}
		if unit > 2 {
			said += n.myriads.units[unit]
		}
	}
	return said
}

// below10000 returns a number in words, for 0 < v < 10,000; first says that nothing stands before it.
func (n *numerals) below10000(v int, first bool) string {
	said := ""
	for unit, power := 2, 1000; unit >= -1; unit, power = unit-1, power/10 {
		q := v / power % 10
		switch {
		case q == 0:
			continue
		case said != "" && v/(power*10)%10 == 0:
			said += n.myriads.gap
		}
		// Chinese has one before ten, too, but for 10 to 19.
		if q > 1 || unit < 0 || unit >= n.myriads.one || unit == 0 && n.myriads.gap != "" && !(first && v < 20) {
			said += n.small[q]
		}
		if unit >= 0 {
			said += n.myriads.units[unit]
		}
	}
	return said
}

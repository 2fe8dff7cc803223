package pronounce

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Letter-to-sound rules in the manner of Elovitz, Johnson, McHugh and Shore,
// "Automatic Translation of English Text to Phonetics by Means of
// Letter-to-Sound Rules", Naval Research Laboratory report 7948, 1976: at each
// place of a word the first rule applies whose letters stand there and whose
// contexts fit, and the word is read on after its letters.
//
// A rule is written
//
//	left[letters]right PHONES
//
// Letters are lower case, _ is the end of the word on either side, and a capital
// is a class of the table; * after a letter or class means any number of them, +
// one or more. "-" instead of PHONES marks silent letters.
type rule struct {
	left    []pattern // from the letters outwards
	letters []rune
	right   []pattern
	phones  []Phone
}

// pattern is one place of a context.
type pattern struct {
	class  *class // nil for a plain letter
	letter rune
	min    int // least number of repetitions
	many   bool
}

// class is a set of letters and of short strings, which may hold the mark of
// the word's end.
type class struct {
	letters string
	longer  [][]rune
}

// edge stands before and after a word.
const edge = '_'

// ruleSet holds the rules by their first letter, each in the table's order.
type ruleSet struct {
	byLetter map[rune][]rule
	classes  map[rune]*class
}

// addClass parses a class such as "V a e i o u".
func (rs *ruleSet) addClass(line string) error {
	f := strings.Fields(line)
	if len(f) < 2 || utf8.RuneCountInString(f[0]) != 1 {
		return fmt.Errorf("class %q: want a capital and letters", line)
	}
	name, _ := utf8.DecodeRuneInString(f[0])
	c := &class{}
	for _, s := range f[1:] {
		if utf8.RuneCountInString(s) == 1 {
			c.letters += s
		} else {
			c.longer = append(c.longer, []rune(s))
		}
	}
	rs.classes[name] = c
	return nil
}

// addRule parses a rule, "left[letters]right PHONES".
func (rs *ruleSet) addRule(line string) error {
	f := strings.Fields(line)
	if len(f) < 2 {
		return fmt.Errorf("rule %q: want letters and phones", line)
	}
	left, rest, ok1 := strings.Cut(f[0], "[")
	letters, right, ok2 := strings.Cut(rest, "]")
	if !ok1 || !ok2 || letters == "" {
		return fmt.Errorf("rule %q: want left[letters]right", line)
	}
	phones, err := parsePhones(f[1:])
	if err != nil {
		return fmt.Errorf("rule %q: %w", line, err)
	}
	r := rule{letters: []rune(letters), phones: phones}
	if r.left, err = rs.context(left); err != nil {
		return fmt.Errorf("rule %q: %w", line, err)
	}
	if r.right, err = rs.context(right); err != nil {
		return fmt.Errorf("rule %q: %w", line, err)
	}
	for i, j := 0, len(r.left)-1; i < j; i, j = i+1, j-1 {
		r.left[i], r.left[j] = r.left[j], r.left[i]
	}
	first := r.letters[0]
	rs.byLetter[first] = append(rs.byLetter[first], r)
	return nil
}

// addAfter adds the rules of another set after those of this one, but for those that these
// would hide.
func (rs *ruleSet) addAfter(others *ruleSet) {
	for first, rules := range others.byLetter {
		own := rs.byLetter[first]
		for _, r := range rules {
			if !slices.ContainsFunc(own, func(o rule) bool {
				return len(o.left)+len(o.right) == 0 && strings.HasPrefix(string(r.letters), string(o.letters))
			}) {
				rs.byLetter[first] = append(rs.byLetter[first], r)
			}
		}
	}
}

// context parses the letters, classes and repetitions of a rule's context.
func (rs *ruleSet) context(s string) ([]pattern, error) {
	var ps []pattern
	for _, c := range s {
		switch {
		case (c == '*' || c == '+') && len(ps) > 0:
			p := &ps[len(ps)-1]
			p.many = true
			if c == '*' {
				p.min = 0
			}
		case c >= 'A' && c <= 'Z':
			cl := rs.classes[c]
			if cl == nil {
				return nil, fmt.Errorf("no class %c", c)
			}
			ps = append(ps, pattern{class: cl, min: 1})
		default:
			ps = append(ps, pattern{letter: c, min: 1})
		}
	}
	return ps, nil
}

// apply appends the phones of a word, given between two edges, to dst. Letters
// without a rule are skipped.
func (rs *ruleSet) apply(dst []Phone, word []rune) []Phone {
	for i := 1; i < len(word)-1; {
		step := 1
		rules := rs.byLetter[word[i]]
		for k := range rules {
			if r := &rules[k]; r.fits(word, i) {
				dst = append(dst, r.phones...)
				step = len(r.letters)
				break
			}
		}
		i += step
	}
	return dst
}

// fits reports whether the rule applies at place i of the word.
func (r *rule) fits(word []rune, i int) bool {
	end := i + len(r.letters)
	if end >= len(word) {
		return false
	}
	for k, c := range r.letters {
		if word[i+k] != c {
			return false
		}
	}
	return match(r.right, word, end, +1, 0) && match(r.left, word, i-1, -1, 0)
}

// match reports whether the patterns fit the word from place i on in direction
// dir, +1 or -1, given that the first of them has matched done times already.
func match(ps []pattern, word []rune, i, dir, done int) bool {
	if len(ps) == 0 {
		return true
	}
	p := &ps[0]
	if done >= p.min && match(ps[1:], word, i, dir, 0) {
		return true
	}
	if done > 0 && !p.many || i < 0 || i >= len(word) {
		return false
	}
	if p.class == nil {
		return word[i] == p.letter && match(ps, word, i+dir, dir, done+1)
	}
	if strings.ContainsRune(p.class.letters, word[i]) && match(ps, word, i+dir, dir, done+1) {
		return true
	}
	for _, s := range p.class.longer {
		if stands(s, word, i, dir) && match(ps, word, i+dir*len(s), dir, done+1) {
			return true
		}
	}
	return false
}

// stands reports whether s stands in the word from i on, or up to i when dir is
// -1.
func stands(s, word []rune, i, dir int) bool {
	if dir < 0 {
		i -= len(s) - 1
	}
	if i < 0 || i+len(s) > len(word) {
		return false
	}
	for k, c := range s {
		if word[i+k] != c {
			return false
		}
	}
	return true
}

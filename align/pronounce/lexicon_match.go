package pronounce

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cuewright/align/internal/syllable"
)

// Words of a lexicon are sought in the tokens of a sentence by their atoms: letters up to the next
// apostrophe, a number, a sign; of scripts without blanks between the words, and of Hangul, whose
// particles are joined to their words, each character. So the name is found in Siobhan's and in
// 시진핑은, and not in Siobhanesque. Behind an apostrophe a word stands only where what is before it is
// elided: Angèle in d'Angèle, but no S in it's.

// atom is the smallest part of a text that is compared with words of a lexicon.
type atom struct {
	text     string // in small letters
	kind     kind
	glued    bool // no blank before it
	unspaced bool // of a script without blanks between its words
	hangul   bool
	token    int // its index among the tokens
	from, to int // its bytes of the token's text
}

// atomize splits tokens into atoms.
func atomize(tokens []token) []atom {
	var atoms []atom
	for i, t := range tokens {
		for from := 0; from < len(t.text); {
			to := len(t.text)
			r, size := utf8.DecodeRuneInString(t.text[from:])
			a := atom{kind: t.kind, token: i, from: from, glued: t.glued || from > 0}
			if t.kind == letters {
				a.unspaced, a.hangul = isUnspaced(r), unicode.Is(unicode.Hangul, r)
				if a.unspaced || a.hangul {
					to = from + size
					for to < len(t.text) { // marks belong to the letter before
						mark, n := utf8.DecodeRuneInString(t.text[to:])
						if !unicode.Is(unicode.M, mark) {
							break
						}
						to += n
					}
				} else if n := strings.IndexFunc(t.text[from:], func(r rune) bool {
					return r == '\'' || isUnspaced(r) || unicode.Is(unicode.Hangul, r)
				}); n > 0 {
					to = from + n
				} else if n == 0 {
					to, a.kind = from+size, sign
				}
			}
			a.text, a.to = strings.ToLower(t.text[from:to]), to
			atoms = append(atoms, a)
			from = to
		}
	}
	return atoms
}

// isUnspaced reports whether r is of a script that is written without blanks between its words.
func isUnspaced(r rune) bool {
	return r >= 0xe00 && (syllable.Has(r) || isNative(r) && !unicode.Is(unicode.Hangul, r) ||
		unicode.In(r, unicode.Khmer, unicode.Tibetan, unicode.Javanese))
}

// mark returns the tokens of a sentence of a language, see tableTag, in which each word that the
// lexicon has, of several the longest, is a token that knows how it is said.
func (x *Lexicon) mark(tokens []token, c choices) []token {
	if x == nil {
		return tokens
	}
	atoms := atomize(tokens)
	var marked []token
	done := atom{token: 0, to: 0} // up to here
	upTo := func(at atom) {       // copies what is before at
		for ; done.token < at.token; done.token, done.to = done.token+1, 0 {
			if rest := rest(tokens[done.token], done.to, -1); rest.text != "" {
				marked = append(marked, rest)
			}
		}
		if at.token < len(tokens) && at.from > done.to {
			marked = append(marked, rest(tokens[at.token], done.to, at.from))
		}
	}
	for i := 0; i < len(atoms); {
		e := x.at(atoms, i, c.tag)
		if e == nil {
			i++
			continue
		}
		found := atoms[i : i+len(e.atoms)]
		upTo(found[0])
		marked = append(marked, e.tokens(found, tokens, languageFor(c.tag))...)
		last := found[len(found)-1]
		done = atom{token: last.token, to: last.to}
		i += len(e.atoms)
	}
	if marked == nil {
		return tokens
	}
	upTo(atom{token: len(tokens)})
	return marked
}

// rest returns the part of a token from one byte of its text to another, -1 for its end.
func rest(t token, from, to int) token {
	if to < 0 {
		to = len(t.text)
	}
	t.text, t.glued = t.text[from:to], t.glued || from > 0
	return t
}

// at returns the longest entry that stands at atom i in a sentence of a language, nil if none
// does. One that is for the language comes before one for all.
func (x *Lexicon) at(atoms []atom, i int, tag string) *entry {
	var best *entry
	for _, e := range x.byFirst[atoms[i].text] {
		switch {
		case best != nil && len(e.atoms) < len(best.atoms):
			return best
		case e.tag != "" && e.tag != tag, !e.stands(atoms, i, slices.Contains(eliding, tag)):
		case best == nil, e.tag != "":
			best = e
		}
	}
	return best
}

// eliding are the languages in which the part before an apostrophe may be a word that has lost its vowel:
// l'amie, un'amica, l'amic, d'Äppel, d'athair.
var eliding = []string{"ca", "fr", "ga", "it", "lb"}

// stands reports whether the entry stands at atom i of a sentence in a language that elides, or not.
func (e *entry) stands(atoms []atom, i int, elides bool) bool {
	if i+len(e.atoms) > len(atoms) || atoms[i].hangul && atoms[i].glued {
		return false
	}
	if behindApostrophe(atoms, i) && (!elides || utf8.RuneCountInString(atoms[i].text) < 2) {
		return false
	}
	for k, want := range e.atoms {
		got := atoms[i+k]
		joined := got.unspaced || k > 0 && e.atoms[k-1].unspaced // blanks make no difference
		if got.text != want.text || k > 0 && !joined && got.glued != want.glued {
			return false
		}
	}
	return true
}

// behindApostrophe reports whether atom i is joined by an apostrophe to letters or a number before it.
func behindApostrophe(atoms []atom, i int) bool {
	return i > 1 && atoms[i].glued && atoms[i-1].text == "'" && atoms[i-1].glued && atoms[i-2].kind != sign
}

// tokens returns the tokens that stand for an entry at atoms of a sentence, one for each word of
// the sentence.
func (e *entry) tokens(found []atom, tokens []token, l *language) []token {
	var out []token
	var runs []int // the units of each
	from := 0
	for _, to := range e.units {
		first := found[from]
		t := tokens[first.token]
		if len(out) == 0 || out[len(out)-1].word != t.word {
			out = append(out, token{kind: letters, word: t.word, glued: t.glued || first.from > 0})
			runs = append(runs, 0)
		}
		last := len(out) - 1
		for _, a := range found[from:to] {
			out[last].text += tokens[a.token].text[a.from:a.to]
		}
		runs[last]++
		from = to
	}
	for _, w := range e.ways {
		for i, phones := range e.say(w, l, runs) {
			out[i].ways = append(out[i].ways, phones)
		}
	}
	return out
}

// Absent returns the words of the lexicon that stand in none of the sentences, given as Sentence
// takes them, in the order of the lexicon. The sentences may be in any language: one that elides where
// an entry is for all.
func (x *Lexicon) Absent(sentences [][]string) []string {
	there := map[string]bool{}
	for _, words := range sentences {
		atoms := atomize(tokenize(words))
		for i := range atoms {
			for _, e := range x.byFirst[atoms[i].text] {
				if e.stands(atoms, i, e.tag == "" || slices.Contains(eliding, e.tag)) {
					there[e.written] = true
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(x.written), func(w string) bool { return there[w] })
}

// Len returns how many words the lexicon has.
func (x *Lexicon) Len() int { return len(x.written) }

package align

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"cuewright/align/transcript"
)

// optional is words of a sentence that a path can pass by on their own.
type optional struct {
	span       // of the sentence's words
	aside bool // there to be looked at, so that readers often pass over it; else nearly always said
}

const (
	// leastClause is the fewest words of a clause or a quotation that can be passed by:
	// to squeeze fewer in between their neighbours costs less.
	leastClause = 3
	// mostPiece is the most words of the pieces that a run of more than
	// Costs.LongPhrase words without punctuation is cut into.
	mostPiece = 12
	// mostEnding is how many optional words may end at one place: see maxIncoming.
	mostEnding = 3
)

// optionals returns what of a sentence can be passed by on its own: its asides, also
// several that follow one another, its clauses between punctuation, its quotations, and
// pieces of a run of more than longPhrase words without punctuation. They are in the
// order of their ends, the shorter first, at most mostEnding with one end.
func optionals(words []transcript.Word, longPhrase int) []optional {
	texts := transcript.SaidOf(words)
	var all []optional
	run := span{none, none} // of asides, one behind the other
	for _, a := range transcript.Asides(texts) {
		aside := span{int32(a.First), int32(a.End)}
		all = append(all, optional{aside, true})
		switch {
		case aside.first == run.end:
			run.end = aside.end
			all = append(all, optional{run, true})
		case aside.first > run.end:
			run = aside
		}
	}
	clause := func(first, end int) {
		if end-first < len(texts) && transcript.Size(words[first:end]) >= leastClause {
			all = append(all, optional{span{int32(first), int32(end)}, false})
		}
	}
	first := 0
	for i := range texts {
		if end := quotationFrom(texts, i); end > i {
			clause(i, end)
		}
		if i+1 < len(texts) && !pausesAfter(texts[i]) {
			continue
		}
		n, pieces := i+1-first, 1
		if size := transcript.Size(words[first : i+1]); size > float64(longPhrase) {
			pieces = (int(size) + mostPiece - 1) / mostPiece
		}
		for k := range pieces {
			clause(first+n*k/pieces, first+n*(k+1)/pieces)
		}
		first = i + 1
	}
	return inOrder(all)
}

// clausesIn returns the clauses and quotations among optional words, as given by optionals, that lie
// in words of their sentence: those that end first, and of these the shortest, without any that
// overlap.
func clausesIn(all []optional, words span) (clauses []span) {
	for _, o := range all {
		if !o.aside && o.first >= words.first && o.end <= words.end {
			clauses = append(clauses, o.span)
			words.first = o.end
		}
	}
	return clauses
}

// inOrder puts optional words into the order of optionals, and leaves out which are too
// many or come twice: of the same words the first ones count.
func inOrder(all []optional) []optional {
	all = byEnd(all)
	kept := all[:0]
	for i, o := range all {
		if i < mostEnding || all[i-mostEnding].end != o.end {
			kept = append(kept, o)
		}
	}
	return kept
}

// byEnd puts optional words into the order of optionals, each once: of the same words the first count.
func byEnd(all []optional) []optional {
	slices.SortStableFunc(all, func(a, b optional) int { return cmp.Or(cmp.Compare(a.end, b.end), cmp.Compare(b.first, a.first)) })
	return slices.CompactFunc(all, func(a, b optional) bool { return a.span == b.span })
}

// alsoOptional returns optional words, given by optionals, together with more of a sentence, each of
// which has another end: mostEnding and one may end at one place then.
func alsoOptional(all []optional, more []span) []optional {
	all = slices.Clone(all)
	for _, words := range more {
		all = append(all, optional{words, false})
	}
	return byEnd(all)
}

// quotationFrom returns the end of the quotation that opens with word i and holds no
// other one of its kind; 0 if there is none.
func quotationFrom(texts []string, i int) int {
	inner := strings.TrimLeft(texts[i], "([*_")
	quote, size := utf8.DecodeRuneInString(inner)
	closing := map[rune]string{'"': `"`, '“': "”", '«': "»", '»': "«", '„': "“”", '「': "」", '『': "』"}[quote]
	if closing == "" {
		return 0
	}
	for k, rest := i, inner[size:]; ; rest = texts[k] {
		if strings.ContainsAny(rest, closing) {
			return k + 1
		}
		if k++; k == len(texts) || strings.ContainsRune(texts[k], quote) && !strings.ContainsRune(closing, quote) {
			return 0
		}
	}
}

package pronounce

import (
	"strings"
)

// address expands a URL or an e-mail address that begins at token i: its dots,
// slashes and dashes are spoken. Of a URL with a path the domain alone is likely, too. It
// returns how many tokens the address takes, 0 if there is none.
func (v *verbalizer) address(i int) int {
	if v.at(i).kind != letters {
		return 0
	}
	end := i + 1
	scheme := v.is(i+1, ":") && v.is(i+2, "/")
	domain := scheme || strings.EqualFold(v.at(i).text, "www") && v.is(i+1, ".")
	for v.at(end).glued {
		if v.is(end, ".") && v.at(end-1).kind == letters && v.at(end+1).glued && isDomain(v.at(end+1).text) {
			domain = true
		}
		end++
	}
	if !domain || end < i+3 {
		return 0
	}
	n := end - i
	for v.at(end-1).kind == sign { // punctuation after it
		end--
	}
	k := i
	if scheme { // left unspoken
		for k++; k < end && v.at(k).kind == sign; k++ {
		}
	}
	if path := v.pathFrom(k, end); path < end && !v.choose(true) {
		end = path
		// The rest is read as is likely: v.other has chosen the domain alone.
		v.other = false
		defer func() { v.other = true }()
		if strings.EqualFold(v.at(k).text, "www") && v.is(k+1, ".") {
			k += 2
		}
	}
	for ; k < end; k++ {
		switch t := v.at(k); {
		case t.ways != nil:
			v.emitWay(t)
		case t.kind == number:
			v.plainNumber(t.word, t.text)
		case t.kind == sign:
			v.emit(t.word, v.lang.expansions[t.text])
		case strings.EqualFold(t.text, "www"):
			v.emitLetters(t.word, t.text)
		default:
			v.word(k, t.text)
		}
	}
	return n
}

// pathFrom returns where the path, the query or the fragment behind a domain begins, among the
// tokens from k to end; end if there is none.
func (v *verbalizer) pathFrom(k, end int) int {
	for i := k + 1; i < end; i++ {
		if v.is(i, "/") || v.is(i, "?") || v.is(i, "#") {
			return i
		}
	}
	return end
}

// isDomain reports whether s is one of the commonest top-level domains. Others are
// taken for a sentence that ends without a blank after it, "end.Next".
func isDomain(s string) bool {
	switch s {
	case "com", "org", "net", "edu", "gov", "info", "io", "co", "tv", "fm",
		"de", "fr", "es", "it", "uk", "eu", "ru", "br", "pt", "ua", "us", "nl", "pl", "ch", "at", "ca", "au":
		return true
	}
	return false
}

package pronounce

import (
	"strings"
)

// address reads a URL or an e-mail address that begins at atom i: its dots,
// slashes and dashes are said. It returns how many atoms it has read.
func (r *reader) address(i int) int {
	if r.at(i).kind != letters {
		return 0
	}
	end := i + 1
	scheme := r.is(i+1, ":") && r.is(i+2, "/")
	domain := scheme || strings.EqualFold(r.at(i).text, "www") && r.is(i+1, ".")
	for r.at(end).glued {
		if r.is(end, ".") && r.at(end-1).kind == letters && r.at(end+1).glued && isDomain(r.at(end+1).text) {
			domain = true
		}
		end++
	}
	if !domain || end < i+3 {
		return 0
	}
	n := end - i
	for r.at(end-1).kind == sign { // punctuation after it
		end--
	}
	k := i
	if scheme { // nobody says it
		for k++; k < end && r.at(k).kind == sign; k++ {
		}
	}
	for ; k < end; k++ {
		switch a := r.at(k); {
		case a.kind == number:
			r.plainNumber(a.word, a.text)
		case a.kind == sign:
			r.sayAt(a.word, r.lang.say[a.text])
		case strings.EqualFold(a.text, "www"):
			r.spellAt(a.word, a.text)
		default:
			r.word(k, a.text)
		}
	}
	return n
}

// isDomain knows the commonest ends of addresses; "end.Next" without a blank is
// none.
func isDomain(s string) bool {
	switch s {
	case "com", "org", "net", "edu", "gov", "info", "io", "co", "tv", "fm",
		"de", "fr", "es", "it", "uk", "eu", "ru", "br", "pt", "ua", "us", "nl", "pl", "ch", "at", "ca", "au":
		return true
	}
	return false
}

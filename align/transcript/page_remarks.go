package transcript

import (
	"strings"
	"unicode"
)

// A bracket behind a name belongs to the name, Ada Byron (host), or tells how somebody speaks for once,
// Ada (laughing). Which one it is shows where the name stands in another label without it.

// remarks takes the brackets from names that stand without them, too, and those that are sounds from all.
func (p *page) remarks() {
	bare := map[string]bool{} // keys of the labels without a bracket
	for i := range p.items {
		if it := &p.items[i]; (it.speech() || it.label.form == colon) && it.label.name != "" && it.label.role == "" {
			bare[key(it.label)] = true
		}
	}
	for i := range p.items {
		it := &p.items[i]
		l := it.label
		name, remark := cutRemark(l.name)
		if l.name = name; remark == "" || !bare[key(l)] && !isSoundRemark(remark) {
			continue
		}
		l.role = strings.TrimSpace(remark + " " + l.role)
		l.sure = l.sure || l.form == colon && allCaps(name)
		it.label = l
	}
}

// remarkBrackets are those of remarks behind names.
var remarkBrackets = [][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}}

// cutRemark returns a name without the bracket at its end, and the bracket, which is "" if there is none of a
// few words. A number tells people of one name apart.
func cutRemark(name string) (bare, remark string) {
	for _, b := range remarkBrackets {
		at := strings.LastIndex(name, b[0])
		if at <= 0 || !strings.HasSuffix(name, b[1]) {
			continue
		}
		bare, remark = strings.TrimSpace(name[:at]), name[at:]
		if nameLike(bare) && strings.ContainsFunc(remark, unicode.IsLetter) && len(strings.Fields(remark)) <= maxNameWords {
			return bare, remark
		}
	}
	return name, ""
}

// isSoundRemark reports whether a remark tells of a sound of the speaker, as (laughing) does and (sound
// engineer) or (Author, "Whispers") does not.
func isSoundRemark(remark string) bool {
	words := strings.FieldsFunc(strings.ToLower(remark), notWordChars)
	if len(words) > longestSound || strings.ContainsAny(remark, ",;\"“«") {
		return false
	}
	for _, w := range words {
		if soundStrong[w] {
			return true
		}
	}
	if isWordOf(aSound, trimRemark(remark)) {
		return true
	}
	return len(words) == 1 && (soundWeak[words[0]] || musicWeak[words[0]]) && strings.HasSuffix(words[0], "ing")
}

// trimRemark returns a remark without its brackets.
func trimRemark(remark string) string {
	for _, b := range remarkBrackets {
		remark = strings.TrimPrefix(strings.TrimSuffix(remark, b[1]), b[0])
	}
	return remark
}

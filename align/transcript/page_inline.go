package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inlineLabel is what may be a label within a line.
type inlineLabel struct {
	item int
	at   int // offset in the text of the item, of the label or the time before it
	key  string
	// after marks one that a time stands before, as only labels have.
	after bool
}

// split cuts lines that hold several turns before each label: where a time stands before the name,
// or the end of a sentence and the name comes again.
func (p *page) split() {
	script := p.items[p.start:]
	found := inlineLabels(script)
	if len(found) == 0 {
		return
	}
	starts, inline := map[string]int{}, map[string]int{}
	for i := range script {
		if l := &script[i].label; l.form == colon && script[i].speech() {
			starts[key(*l)]++
		}
	}
	again, lines := 0, 0
	for _, f := range found {
		inline[f.key]++
	}
	comes := func(k string) int { return starts[k] + inline[k] }
	for k, n := range inline {
		if comes(k) >= 2 {
			again += n
		}
	}
	for k, n := range starts {
		if comes(k) >= 2 {
			lines += n
		}
	}
	usual := again >= 2 && again*4 >= lines // so many turns begin within lines
	kept := found[:0]
	for _, f := range found {
		if comes(f.key) >= 2 && (f.after || usual || starts[f.key] >= 2) {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 {
		return
	}
	var items []item
	for i := range script {
		it := script[i]
		from := 0
		for ; len(kept) > 0 && kept[0].item == i; kept = kept[1:] {
			items = append(items, part(it, from, kept[0].at))
			from = kept[0].at
		}
		if from > 0 {
			it = part(it, from, len(it.text))
		}
		items = append(items, it)
	}
	p.items = append(p.items[:p.start:p.start], items...)
}

// part returns a part of an item's text as an item.
func part(it item, from, to int) item {
	l := it.line
	l.text = strings.TrimSpace(l.text[from:to])
	if from > 0 {
		l.spaced, l.hint = false, hint{}
	}
	return newItem(l, false)
}

// inlineLabels returns what may be labels within the lines of a script, in their order.
func inlineLabels(script []item) (found []inlineLabel) {
	for i := range script {
		it := &script[i]
		if !it.speech() || it.unlabelled || it.level > 0 || strings.Count(it.text, ":") < 1 {
			continue
		}
		text, at := it.text, 0
		if l := &it.label; l.form != noLabel && l.rest != "" {
			at = len(text) - len(l.rest)
		}
		for {
			next, time := boundary(text[at:])
			if next < 0 {
				break
			}
			start := at + next
			at = start + time
			name, rest, form := cutName(text[at:])
			if form != colon || rest == "" || !nameLike(name) || !labelled(text[at:]) {
				continue
			}
			initials := isShortLabel(name) && !strings.ContainsFunc(name, isLower) // Q and A
			if time == 0 && (weak(name) && !initials || !beginsTurn(rest)) {
				continue
			}
			found = append(found, inlineLabel{item: i, at: start, key: strings.ToLower(name), after: time > 0})
		}
	}
	return found
}

// labelled reports whether white space or a mark stands behind the first colon: not 3:16.
func labelled(s string) bool {
	colonAt := strings.IndexFunc(s, isColon)
	if colonAt < 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(s[colonAt:])
	next, _ := utf8.DecodeRuneInString(s[colonAt+size:])
	return unicode.IsSpace(next) || next == boldMark || next == italicMark || size > 1
}

// boundary returns where in s the next label may begin: behind a sentence, or at a time,
// of which it returns the length, and -1 if there is none.
func boundary(s string) (at, time int) {
	for i := 1; i < len(s); i++ {
		// Chinese has no blank before the bracket of a time.
		if s[i-1] != ' ' && s[i-1] != boldMark && s[i-1] != italicMark && !(s[i] == '[' && s[i-1] >= utf8.RuneSelf) {
			continue
		}
		if t := leadingTime(s[i:]); t != "" {
			return i, len(t)
		}
		if strings.ContainsRune("[({<", rune(s[i])) {
			continue
		}
		before := strings.TrimRight(s[max(0, i-24):i], " \x01\x02")
		if s[i] == ' ' || before == "" || wordRune(rune(before[len(before)-1])) || before[len(before)-1] == ',' {
			continue
		}
		last := before[strings.LastIndexByte(before, ' ')+1:]
		first, _, _ := strings.Cut(s[i:min(len(s), i+longestName)], " ")
		if endsSentence("", last, Word{Text: first}, false, false) {
			return i, 0
		}
	}
	return -1, 0
}

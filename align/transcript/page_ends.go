package transcript

import (
	"slices"
	"strings"
)

// Where the script begins and ends in a page. Nothing is set aside behind labels that come again.

// heading finds the line that announces the transcript, makes notes of all before it,
// and reports whether there is one.
func (p *page) heading() bool {
	after := make([]int, len(p.items)+1) // number of words from an item on
	for i := len(p.items) - 1; i >= 0; i-- {
		after[i] = after[i+1]
		if p.items[i].speech() {
			after[i] += p.items[i].words
		}
	}
	answered := p.answered()
	// Of several headings (a menu names the transcript too) it is the last one with
	// most of the text below it.
	best, base := -1, 0
	for _, wanted := range []headingKind{heading, title} {
		for i := range p.items {
			it := &p.items[i]
			kind, inline := headingOf(it)
			switch {
			case kind != wanted || it.reason == "navigation":
				continue
			case answered[i] >= fewestAnswers: // amid the script, which has begun
				if kind == heading && inline == "" && it.speech() {
					it.reason, it.label = "heading", label{}
				}
				continue
			}
			below := after[i+1]
			if inline != "" {
				below = after[i]
			}
			switch {
			case below == 0, wanted == title && i > 0 && below*2 < after[0]:
			case best < 0:
				best, base = i, below
			case below*2 >= base:
				best = i
			}
		}
		if best >= 0 {
			break
		}
	}
	// A heading with next to nothing below it is a link to a transcript elsewhere, or
	// the transcript stands above it.
	if best < 0 || after[best]*33 < after[0] {
		return false
	}
	p.start = best
	it := &p.items[best]
	if _, inline := headingOf(it); inline != "" { // Transcript: the first words
		l := it.line
		l.text, l.level = inline, 0
		*it = newItem(l, false)
	} else {
		it.reason = "heading"
		it.label = label{}
		p.start++
	}
	p.preamble(best)
	return true
}

// fewestAnswers is how many labels that come again make a script: what stands behind them is part
// of it.
const fewestAnswers = 2

// answered returns, of each item, how many of the lines before it have a label that comes again.
func (p *page) answered() []int {
	strong := func(it *item) bool {
		f := it.label.form
		return (f == colon || f == timed || f == stopped || f == titled) && it.reason == "" && !isTopic(it.label.name)
	}
	count := map[string]int{}
	for i := range p.items {
		if it := &p.items[i]; strong(it) {
			count[key(it.label)]++
		}
	}
	n := make([]int, len(p.items)+1)
	for i := range p.items {
		n[i+1] = n[i]
		if it := &p.items[i]; strong(it) && count[key(it.label)] >= 2 && !weak(it.label.name) {
			n[i+1]++
		}
	}
	return n
}

// preamble makes notes of the items before the script.
func (p *page) preamble(end int) {
	credits := false // under a heading such as Music Credits:
	for i := range p.items[:end] {
		it := &p.items[i]
		if it.reason != "" {
			continue
		}
		it.reason = "show notes"
		colonAt := strings.IndexAny(it.plain, ":：")
		switch {
		case it.level > 0:
			it.reason, credits = "heading", false
		case colonAt > 0 && colonAt < longestName && isCredit(it.plain[:colonAt], it.plain[colonAt+1:]):
			it.reason = "credits"
			credits = strings.TrimSpace(it.plain[colonAt+1:]) == ""
		case credits && !endsText(it.plain):
			it.reason = "credits"
		case isFooter(it):
			it.reason = "navigation"
		}
		it.dir, it.isName = false, false
	}
}

// credits makes notes of lines such as "Studio Production: Ada Byron" before the first
// turn or after the last one. Between turns the role is a speaker: Reporter. Where a page has nothing else, they are turns.
func (p *page) credits(count map[string]int) {
	if p.captions {
		return
	}
	script := p.items[p.start:]
	credit := func(it *item) bool {
		return it.speech() && it.label.form == colon && count[key(it.label)] == 1 && !it.label.sure &&
			isCredit(it.label.name, it.label.rest)
	}
	turn := func(it item) bool { return it.isName && !credit(&it) && !(count[key(it.label)] == 1 && isValueOf(&it)) }
	first := slices.IndexFunc(script, turn)
	if first < 0 && !slices.ContainsFunc(script, func(it item) bool { return it.speech() && !credit(&it) && !isValueOf(&it) }) {
		return
	}
	last := len(script) - 1
	for last >= 0 && !turn(script[last]) {
		last--
	}
	for i := range script {
		// Between turns a notice is speech.
		if it := &script[i]; it.reason == "notice" && first >= 0 && first < i && i < last {
			it.reason = ""
		}
		it := &script[i]
		above := i > 0 && !it.spaced && (script[i-1].reason == "credits" || script[i-1].reason == "notice")
		// Without capitals a name looks as what is said does: alone right below the last turn it is the next one.
		alone := i+1 == len(script) || !credit(&script[i+1])
		if last >= 0 && i == last+1 && !it.spaced && alone && credit(it) && isCaseless(it.label.rest) {
			continue
		}
		if (first < 0 || i < first || i > last) && (credit(it) || i > last && above && isValueOf(it)) {
			it.reason, it.isName = "credits", false
		}
	}
}

// isValueOf reports whether an item is a known key and its value: Date: 2 March.
func isValueOf(it *item) bool {
	return it.speech() && it.label.form == colon && isTopic(it.label.name) && isValue(it.label.rest)
}

// unheaded finds the start of a script without a heading: the first label that comes
// again or can't be anything else, or the first of the labels and directions right
// before it.
func (p *page) unheaded() {
	count := map[string]int{}
	for i := range p.items {
		if p.items[i].isName {
			count[key(p.items[i].label)]++
		}
	}
	first := slices.IndexFunc(p.items, func(it item) bool {
		return it.isName && (count[key(it.label)] >= 2 || it.label.sure || !isCaseless(it.label.name) && beginsTurn(it.label.rest))
	})
	if first < 0 {
		first = slices.IndexFunc(p.items, func(it item) bool { return it.isName })
	}
	if first < 0 {
		return
	}
	for first > p.start && (p.items[first-1].dir || p.items[first-1].isName) {
		first--
	}
	first = p.talk(first)
	before, all := 0, 0
	for i := range p.items {
		if p.items[i].speech() {
			all += p.items[i].words
			if p.start <= i && i < first {
				before += p.items[i].words
			}
		}
	}
	// Show notes are shorter than the script. If more than half of the text stands
	// before the first label, that text is the script too.
	if before*2 > all {
		return
	}
	p.preamble(first)
	p.start = first
}

// talk returns where the text before item first, the first label, is part of the script: first where
// it isn't. A page that begins with paragraphs, without a title, a link or the like, begins with
// speech; and what stands before a question is what it is about.
func (p *page) talk(first int) int {
	begin := first
	for begin > p.start {
		it := &p.items[begin-1]
		open := begin != first && !p.items[begin].spaced // the line goes on
		paragraph := it.speech() && it.level == 0 && it.label.form == noLabel && (open || endsText(it.plain))
		if !paragraph && !it.dir && it.reason != "time" {
			break
		}
		begin--
	}
	if begin == 0 || isQuestion(p.items[first].label.name) || p.start > 0 {
		return begin
	}
	return first
}

// longNotice is the fewest words of a notice with nothing but a footer behind it.
const longNotice = 25

// mostRuled is the most paragraphs between a rule across the page and the footer below it.
const mostRuled = 3

// ruled returns where the footer begins that the item end is the first known of: at a rule across the page,
// where little stands between the two, and nobody with a label.
func (p *page) ruled(end, last int) int {
	if last < p.start || end == len(p.items) {
		return end
	}
	paragraphs := 0
	for i := end - 1; i > last; i-- {
		switch it := &p.items[i]; {
		case it.reason == "separator" && len(it.plain) >= 3:
			return i
		case it.speech() && (it.spaced || i > 0 && p.items[i-1].reason == "separator"):
			paragraphs++
		}
		if paragraphs > mostRuled {
			break
		}
	}
	return end
}

// fewestEnded is the fewest lines with a label that show that each of them ends as a sentence does, and longestUnended
// the most words of a line of a footer that is none.
const fewestEnded, longestUnended = 4, 15

// lastTurn returns the index of the last label, before which all labels are counted, without the keys and values of a
// footer that look like one: they come once, and no value ends as a sentence does, where nearly all turns do, as ended
// says. The key is known, or a line of a footer stands above: any other may be somebody who speaks once.
func (p *page) lastTurn() (last int, ended bool) {
	count := map[string]int{}
	last = p.start - 1
	for i := p.start; i < len(p.items); i++ {
		if p.items[i].isName {
			last = i
			count[key(p.items[i].label)]++
		}
	}
	turn := last
	for turn >= p.start {
		l := &p.items[turn].label
		if p.items[turn].isName && !(l.form == colon && !l.sure && count[key(*l)] == 1 && isValue(l.rest)) {
			break
		}
		turn--
	}
	for i := turn + 1; i <= last; i++ {
		it := &p.items[i]
		if it.speech() && isFooterLine(it) {
			break
		}
		if it.isName && !isTopic(it.label.name) {
			turn = i
		}
	}
	turns, whole := 0, 0
	for i := p.start; i <= turn; i++ {
		if it := &p.items[i]; it.isName && it.label.rest != "" {
			turns++
			if endsText(it.plain) {
				whole++
			}
		}
	}
	if turns < fewestEnded || whole*10 < turns*9 {
		return last, false
	}
	return turn, true
}

// unended returns where the lines below the last turn begin of which none ends as a sentence does, up to the end of the
// page, that are known to be of a footer or stand above such a line without a blank one between them: where all that is
// said has a label and ends as a sentence, a line that does neither is as little said as its neighbour, in whatever
// language: Share, or who holds the rights. It is the length of the items where there are none. A paragraph of its own
// may be said, as the lines of a song are.
func (p *page) unended(last int) int {
	begin, known := len(p.items), false // known: the line below this one, of the same paragraph, is of a footer
	for i := p.start; i <= last; i++ {
		if it := &p.items[i]; it.speech() && !it.isName && it.level == 0 && !endsText(it.plain) {
			return begin
		}
	}
	for i := len(p.items) - 1; i > last; i-- {
		it := &p.items[i]
		footer := it.speech() && isFooterLine(it)
		if it.dir || it.speech() && (it.joined || it.words > longestUnended || endsText(it.plain)) && !footer {
			break
		}
		known = known || footer || it.reason == "link" || it.reason == "notice"
		if known && it.speech() {
			begin = i
		}
		known = known && !it.spaced
	}
	return begin
}

// isFooterLine reports whether an item would be one of a footer if it had no label.
func isFooterLine(it *item) bool {
	bare := *it
	bare.isName = false
	return isFooter(&bare)
}

// footer finds the end of the script and makes notes of all after it.
func (p *page) footer() {
	last, ended := p.lastTurn()
	total := 0
	for i := p.start; i < len(p.items); i++ {
		if p.items[i].speech() {
			total += p.items[i].words
		}
	}
	rest := 0
	end := len(p.items)
	for i := len(p.items) - 1; i > last && i >= p.start; i-- {
		it := &p.items[i]
		if it.speech() {
			rest += it.words
		}
		// Without labels, at most half of the text is a footer.
		if last < p.start && rest*2 > total {
			break
		}
		if it.reason == "" && !it.joined && isFooterLine(it) || it.reason == "notice" && it.words >= longNotice {
			end = i
		}
	}
	end = p.ruled(end, last)
	if ended {
		end = min(end, p.unended(last))
	}
	for i := end; i < len(p.items); i++ {
		it := &p.items[i]
		if it.reason == "" {
			it.reason = "footer"
		}
		it.dir = false
	}
}

package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A page is read in steps, each over all of its lines, because what a line is depends
// on the lines around it:
//
//  1. find lines that are not speech whatever stands around them: times, links, rules,
//     menus; and directions;
//  2. find the start of the script, if there is a heading such as Transcript, and nobody
//     with a label has spoken twice before it;
//  3. cut lines that hold several turns (inline.go);
//  4. decide which lines begin with the label of a speaker: label.go says what may be one,
//     and in which form; labelEvidence counts, for each form, the names that come again;
//     isLabel has a rule for each form;
//  5. find the header above the script, KEY: value (header.go);
//  6. without a heading, let the script start at the first label, or where the page begins
//     if nothing but paragraphs stands before it;
//  7. find the lines that go on with the one before, in text broken to a width;
//  8. find the end of the script: the first line of a footer that no label follows.
//
// In doubt a line is speech: the aligner notices what nobody says, while what is left
// out here is lost to it. Whatever is left out becomes a Note.

// line is one line of a transcript, without the markup of its format.
type line struct {
	num    int    // of the file, from 1
	text   string // with marks, without white space at its ends
	spaced bool   // a blank line or the edge of a block stands before
	level  int    // of a heading, 0 for none
	chrome bool   // from a part of a web page without content, such as its menu
	voice  string // of a caption, who speaks; "" for somebody else than before
	voiced bool   // voice counts: the format says who speaks
}

// item is a line and what it was taken for.
type item struct {
	line
	plain string // text without marks
	words int

	reason string // why it is a note; "" if it may be speech

	dir     bool // it is a direction
	dirKind Kind
	dirText string

	label  label // what may be a label
	isName bool  // it is one
	joined bool  // the line goes on with the one before
	next   int   // index in the script of the item behind it that is speech or a heading, see findNext
}

// speech reports whether the item may be speech.
func (it *item) speech() bool { return it.reason == "" && !it.dir }

// page is a transcript on its way to a Script.
type page struct {
	items    []item
	captions bool // from captions: no notes around the script, lines run on
	timed    bool // lines begin with times
	stamped  bool // times to the second stand amid lines
	shouting bool // most lines are in capitals, so that these tell nothing
	start    int  // index of the first item of the script
	// questions says that only those who ask have a label.
	questions bool
}

// readPage returns the script of the lines of a page, or of captions.
func readPage(lines []line, captions bool) *Script {
	p := &page{captions: captions, items: make([]item, 0, len(lines))}
	dashes := captions || dialogueDashes(lines)
	for _, l := range lines {
		p.items = append(p.items, newItem(l, dashes))
	}
	p.shapes()
	p.namesAboveTimes()
	headed := !captions && p.heading()
	if !captions {
		p.split()
	}
	p.labels()
	if !captions && !headed {
		p.unheaded()
	}
	p.join()
	if !captions {
		p.footer()
	}
	return p.build()
}

// newItem returns the item of a line. dashes says that a dash at the start of a line announces another
// speaker.
func newItem(l line, dashes bool) item {
	it := item{line: l, plain: strings.TrimSpace(unmark(l.text)), label: readLabel(l, dashes)}
	it.words = strings.Count(it.plain, " ") + 1
	return it
}

// dialogueDashes reports whether so many lines begin with dashes that these announce
// another speaker.
func dialogueDashes(lines []line) bool {
	dashes := 0
	for _, l := range lines {
		if rest, ok := cutDash(l.text); ok && rest != "" {
			dashes++
		}
	}
	return dashes >= 2 && dashes*3 > len(lines)
}

// shapes finds the directions, and the lines that are not speech whatever stands around
// them.
func (p *page) shapes() {
	timesAlone, timesLeading, stamps, shouting := 0, 0, 0, 0
	for i := range p.items {
		it := &p.items[i]
		if stamps < fewestStamps && hasDigit(it.plain) && stamp.MatchString(it.plain) {
			stamps += len(stamp.FindAllString(it.plain, fewestStamps))
		}
		if it.words >= 3 && allCaps(it.plain) {
			shouting++
		}
		if isTime(it.plain) || unitAlone.MatchString(it.plain[:min(len(it.plain), 60)]) {
			timesAlone++
		} else if leadingTime(it.plain) != "" {
			timesLeading++
		}
	}
	labels := map[string]int{}
	for i := range p.items {
		if l := &p.items[i].label; l.form == colon {
			labels[key(*l)]++
		}
	}
	p.stamped = stamps >= fewestStamps
	p.shouting = shouting*2 >= len(p.items)
	p.timed = timesLeading >= 3 && timesLeading*3 >= len(p.items)
	for i := range p.items {
		it := &p.items[i]
		if p.captions {
			p.direction(it)
			continue
		}
		switch {
		case it.chrome:
			it.reason = "navigation"
		case isTime(it.plain) && (timesAlone > 2 || strings.ContainsAny(it.plain[:1], "[(")),
			timesAlone > 2 && len(it.plain) < 60 && unitAlone.MatchString(it.plain):
			it.reason = "time"
		case it.label.form == colon && labels[key(it.label)] >= 2 && !isHeaderKey(it.label.name):
			p.direction(it) // what a speaker says is no link and no notice
		case isLink(it.plain):
			it.reason = "link"
		case !sounds(it.plain) && !strings.ContainsAny(it.plain, "♪♫[("):
			it.reason = "separator"
		case isNotice(it.plain):
			it.reason = "notice"
		case len(it.plain) < 60 && pageMark.MatchString(it.plain):
			it.reason = "page number"
		case len(it.plain) < 100 && sceneHeading.MatchString(it.plain):
			it.dirText, it.dir = it.plain, true
		default:
			if isEnd(it.plain) {
				break
			}
			p.direction(it)
		}
		if it.reason != "" || it.dir && it.label.form != bracketed && it.label.form != colon {
			it.label = label{}
		}
	}
}

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
		it.text, it.plain, it.label = inline, unmark(inline), label{}
	} else {
		it.reason = "heading"
		it.label = label{}
		p.start++
	}
	p.preamble(best)
	return true
}

// namesAboveTimes finds the names that have their time on a line below: those alone on a line that no
// time stands above.
func (p *page) namesAboveTimes() {
	for i := 0; i+1 < len(p.items); i++ {
		it, next := &p.items[i], &p.items[i+1]
		first := i == 0 || p.items[i-1].reason != "time"
		if first && it.label.form == plain && it.speech() && next.reason == "time" && !next.spaced {
			it.label.form, it.label.sure = timed, true
		}
	}
}

// direction takes an item for a direction if its whole line is one.
func (p *page) direction(it *item) {
	it.dirText, it.dirKind, it.dir = wholeLine(it.text)
	if p.shouting && it.dir && !strings.ContainsRune("[♪♫", firstOf(it.plain)) && !(it.plain[0] == '(' && it.dirKind != Other) {
		it.dir = false
	}
}

// fewestAnswers is how many labels that come again make a script: what stands behind them is part
// of it.
const fewestAnswers = 2

// answered returns, of each item, how many of the lines before it have a label that comes again.
func (p *page) answered() []int {
	strong := func(it *item) bool {
		f := it.label.form
		return (f == colon || f == timed || f == stopped) && it.reason == "" && !isHeaderKey(it.label.name)
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

// labels decides which of the lines that look like labels name a speaker. The evidence
// is a name that comes again; a shape that only labels have; for a name that comes
// once, that it looks like one and none of its words is used otherwise.
func (p *page) labels() {
	script := p.items[p.start:]
	findNext(script)
	e := p.labelEvidence(script)
	for i := range script {
		it := &script[i]
		if e.timeRests >= 2 && isTimeRest(script, i) {
			it.label.rest = ""
		}
		if name, ok := e.jingle(script, i); ok {
			_, kind := announces(name)
			it.dir, it.dirText, it.dirKind = true, name, kind
			continue
		}
		// CLIP VOICE ONE: alone on its line looks like a direction.
		again := it.dir && it.label.form == colon && e.count[key(it.label)] >= 2
		if it.speech() || again || e.bracketed && it.label.form == bracketed {
			it.isName = p.isLabel(script, i, e)
			it.dir = it.dir && !it.isName
		}
	}
	for i := range script {
		it := &script[i]
		if e.screenplay && i > 0 && script[i-1].isName && script[i-1].label.rest == "" && it.speech() {
			if content, ok := unwrap(it.plain, '(', ')'); ok { // (quietly)
				it.dir, it.dirText = true, content
			}
		}
		// Questions and Answers: above a label is a heading.
		above := it.label.form == colon && it.label.rest == "" && (i == 0 || it.spaced) && i+1 < len(script) && script[i+1].isName
		if it.speech() && !it.isName && above {
			it.reason = "heading"
		}
	}
	// One name that comes once, in the midst of the text, is a turn of speech: But
	// the Lesson: ...
	names, last := 0, -1
	for i := range script {
		if script[i].isName {
			names++
			last = i
		}
	}
	if names == 1 && last > 0 && !script[last].label.sure &&
		slices.ContainsFunc(script[:last], func(it item) bool { return it.speech() }) {
		script[last].isName = false
	}
	p.header(e.count)
	p.credits(e.count)
	for i := range script {
		it := &script[i]
		if p.questions = !it.isName || isQuestion(it.label.name); !p.questions {
			break
		}
	}
}

// labelEvidence is what all lines of a script together say about its labels.
type labelEvidence struct {
	lines      int             // that may be said
	count      map[string]int  // of the lines that look like a label, by key
	common     map[string]bool // words that are written in small letters somewhere
	forms      [numForms]formEvidence
	settled    bool // people with labels come again, so that others may come once
	timeRests  int  // labels with a time for their text, see isTimeRest
	screenplay bool // these are in capitals, right above what is said
	plain      bool // names alone on their lines, without a sign, are labels
	bracketed  bool // names in brackets alone on their lines are labels
}

// formEvidence is what the lines of a form of labels say together.
type formEvidence struct {
	lines int // that look like it
	again int // those with a name that comes again, and with text
	names int // names that come again
}

func (p *page) labelEvidence(script []item) labelEvidence {
	e := labelEvidence{count: map[string]int{}, common: map[string]bool{}}
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		e.lines++
		if it.label.form != noLabel && it.label.name != "" {
			e.count[key(it.label)]++
		}
		for w := range strings.FieldsSeq(it.plain) {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
				e.common[strings.TrimRightFunc(w, unicode.IsPunct)] = true
			}
		}
	}
	e.bracketed = bracketedNames(script)
	seen := map[string]bool{}
	// Names alone: in capitals right above text, those that come again, and those with a role.
	cues, caps, roles := 0, 0, 0
	for i := range script {
		it := &script[i]
		if it.label.form == noLabel || !it.speech() {
			continue
		}
		f := &e.forms[it.label.form]
		f.lines++
		k := key(it.label)
		cue := it.label.form == plain && i+1 < len(script) && !script[i+1].spaced && script[i+1].speech() && allCaps(it.label.name)
		if cue {
			cues++
		}
		if e.count[k] >= 2 && (it.label.rest != "" || e.textBelow(script, i)) {
			f.again++
			if !seen[k] {
				seen[k] = true
				f.names++
			}
			if it.label.form == plain {
				if it.label.role != "" {
					roles++
				}
				if cue {
					caps++
				}
			}
		}
		if isTimeRest(script, i) {
			e.timeRests++
		}
	}
	names := 0
	for _, f := range []form{colon, timed, stopped, bracketed, column, dashed} {
		names += e.forms[f].names
	}
	f := e.forms[colon]
	e.settled = names >= 2 || f.again >= 3 && f.lines*2 >= e.lines
	// Names alone are labels only where they come again and again, each with text
	// below, and there are no other labels.
	f = e.forms[plain]
	again := f.again*3 >= f.lines*2 &&
		(f.again >= 4 && (f.again*4 >= e.lines || f.names >= 2 && f.again*12 >= e.lines) || f.names >= 2 && roles >= 2)
	e.screenplay = caps >= 2 && cues*3 >= f.lines*2
	e.plain = !p.captions && e.forms[colon].again == 0 && (again || e.screenplay)
	return e
}

// textBelow reports whether text follows item i, a label alone on its line, before another label.
func (e *labelEvidence) textBelow(script []item, i int) bool {
	if !nextIsSpeech(script, i) {
		return false
	}
	l, next := &script[i].label, &script[script[i].next]
	switch {
	case l.timed && next.label.timed: // 0:05 Right, and the next line
		return false
	case l.role != "": // of a list
		return endsText(next.plain) && next.label.role == ""
	}
	return true
}

// alone reports whether names of a form, alone on their lines as headings or in bold, are labels:
// most of such lines hold a name that comes again, and there are no other labels.
func (e *labelEvidence) alone(f form) bool {
	ev := e.forms[f]
	return ev.names >= 2 && ev.again >= 3 && ev.again*3 >= ev.lines*2 && e.forms[colon].again == 0
}

// jingle reports whether item i is a direction in the shape of a label, Jingle: [19:04], and returns
// its text.
func (e *labelEvidence) jingle(script []item, i int) (string, bool) {
	it := &script[i]
	name, rest, ok := strings.Cut(it.plain[:min(len(it.plain), longestTime)], ":")
	if rest = strings.TrimSpace(rest); !ok || !it.speech() || !it.spaced && i > 0 || rest != "" && !isTime(rest) {
		return "", false
	}
	if known, _ := announces(name); !known {
		return "", false
	}
	if it.next == len(script) {
		return name, true
	}
	next := &script[it.next]
	return name, next.spaced && next.label.form == colon && e.count[key(next.label)] >= 2
}

// bracketedNames reports whether what stands in brackets alone on a line names speakers:
// two of them at the least that come again, each with text below. Sounds of the same
// shape are rarer, and hardly two of them come again.
func bracketedNames(script []item) bool {
	count := map[string]int{}
	lines, alone := 0, 0
	for i := range script {
		switch it := &script[i]; {
		case it.label.form == bracketed && (it.label.rest != "" || nextIsSpeech(script, i)):
			count[key(it.label)]++
			alone++
		case it.speech():
			lines++
		}
	}
	again := 0
	for _, n := range count {
		if n >= 2 {
			again++
		}
	}
	return again >= 2 && 6*alone >= lines
}

// isLabel reports whether item i, which may be said, begins with the label of a speaker.
func (p *page) isLabel(script []item, i int, e labelEvidence) bool {
	it := &script[i]
	l := it.label
	n := e.count[key(l)]
	// In the midst of a paragraph a name needs to come again.
	amid := i > 0 && !p.captions && !it.spaced && script[i-1].speech() && !endsText(script[i-1].plain) &&
		!(script[i-1].isName && script[i-1].label.rest == "")
	switch l.form {
	case arrow:
		// A dash in the midst of a sentence is only a dash.
		return !l.dash || i == 0 || it.spaced || script[i-1].label.dash || !script[i-1].speech() ||
			!goesOn(script[i-1].plain, l.rest)
	case plain:
		return e.plain && e.textBelow(script, i) && (n >= 2 || !weak(l.name) && !allCommon(l.name, e.common))
	case bracketed:
		if it.dir {
			return nextIsSpeech(script, i) && !weak(l.name)
		}
		return !amid && (n >= 2 && !weak(l.name) || e.bracketed)
	case bare, headed:
		if l.rest == "" && !(nextIsSpeech(script, i) && e.alone(l.form)) {
			return false
		}
		return !weak(l.name) && (n >= 2 || l.rest == "" && l.form == bare && !allCommon(l.name, e.common))
	case timed:
		return (n >= 2 || !weak(l.name) && !amid && e.forms[timed].lines >= 2) &&
			(strings.TrimSpace(unmark(l.rest)) != "" || e.textBelow(script, i))
	case stopped:
		if isShortLabel(l.name) { // Q. and A.
			return !amid && n >= 2 && e.count[".q"] >= 2
		}
		f := e.forms[stopped]
		return !amid && f.again >= 2 && (f.names >= 2 || strings.Contains(l.name, " ")) // NASA. is a sentence
	case column, dashed:
		f := e.forms[l.form]
		return f.names >= 2 && f.again*4 >= e.lines && (n >= 2 || !weak(l.name) && !allCommon(l.name, e.common))
	case question:
		return !amid && n >= 2 && (n >= 3 || e.forms[colon].again >= 1)
	case colon:
		return !(l.rest == "" && !nextIsSpeech(script, i)) && e.isColonLabel(it, n, i == 0, amid)
	}
	return false
}

// isColonLabel reports whether an item with a colon, whose name comes n times, begins with the label
// of a speaker. first says that it is the first of the script, amid that it is within a paragraph.
func (e *labelEvidence) isColonLabel(it *item, n int, first, amid bool) bool {
	l := it.label
	f := e.forms[colon]
	single := !strings.Contains(l.name, " ") && !unspacedName(l.name)
	switch {
	case e.settled && !amid && (l.voice || allCaps(l.name) && !single):
		return true
	case l.voice && n < 2 && !nameLike(l.name):
		return false
	case weak(l.name) && single && isShortLabel(l.name) && !strings.ContainsFunc(l.name, unicode.IsLower):
		return n >= 2 // initials that are a word, too
	case n >= 2 && f.names < 2 && isTopic(l.name): // Date: once a day
		return false
	case weak(l.name) && single:
		return n >= 3 && n*10 >= f.lines || n == 2 && f.lines*2 >= e.lines
	case weak(l.name):
		return n >= 3 || n == 2 && f.lines*4 >= e.lines
	case n >= 2, l.sure:
		return true
	case amid, f.names == 0 && !first && !beginsTurn(l.rest):
		return false
	}
	return !allCommon(l.name, e.common) || first || hasDigit(l.name)
}

// credits makes notes of lines such as "Studio Production: Ada Byron" before the first
// turn or after the last one. Between turns the role is a speaker: Reporter.
func (p *page) credits(count map[string]int) {
	if p.captions {
		return
	}
	script := p.items[p.start:]
	credit := func(it *item) bool {
		return it.speech() && it.label.form == colon && count[key(it.label)] == 1 && !it.label.sure &&
			isCredit(it.label.name, it.label.rest)
	}
	turn := func(it item) bool { return it.isName && !credit(&it) }
	first := slices.IndexFunc(script, turn)
	last := len(script) - 1
	for last >= 0 && !turn(script[last]) {
		last--
	}
	for i := range script {
		// Between turns a notice is speech.
		if it := &script[i]; it.reason == "notice" && first >= 0 && first < i && i < last {
			it.reason = ""
		}
		if it := &script[i]; (first < 0 || i < first || i > last) && credit(it) {
			it.reason, it.isName = "credits", false
		}
	}
}

// isTimeRest reports whether item i is a label with a time and text below it, Ada: 0:12,
// and not a turn whose text is a time.
func isTimeRest(items []item, i int) bool {
	l := items[i].label
	return l.form == colon && isTime(unmark(l.rest)) && i+1 < len(items) &&
		items[i+1].speech() && (items[i+1].label.form == noLabel || items[i+1].label.form == plain)
}

// key returns what labels of the same speaker have in common. A name alone on its line, or with a
// sign that stands in all text, has a key of its own: it is no evidence for a label with a colon.
func key(l label) string {
	name := strings.ToLower(l.name)
	switch l.form {
	case plain:
		return "\n" + name
	case stopped:
		return "." + name
	case column:
		return "\t" + name
	case dashed:
		return "-" + name
	case question:
		return "?" + name
	}
	return name
}

// hasDigit reports whether s has an ASCII digit.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// unspacedName reports whether a name is of a script that is written without spaces.
func unspacedName(s string) bool { return strings.IndexFunc(s, Unspaced) >= 0 }

// isShortLabel reports whether s is as short as the labels of interviews, Q and A.
func isShortLabel(s string) bool { return utf8.RuneCountInString(s) <= 2 }

// allCommon reports whether the transcript uses all words of a name in small letters.
func allCommon(name string, common map[string]bool) bool {
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if w = strings.TrimFunc(w, unicode.IsPunct); w != "" && !common[w] && !nameParticles[w] {
			return false
		}
	}
	return true
}

// findNext notes of each item which one behind it is the first that is speech or a heading, or
// the length of items: what lies between is passed over once, and not for each label anew.
func findNext(items []item) {
	next := len(items)
	for i := len(items) - 1; i >= 0; i-- {
		items[i].next = next
		if items[i].speech() || items[i].reason == "heading" {
			next = i
		}
	}
}

// nextIsSpeech reports whether speech follows item i, before another label without words. What
// is behind the item is as it was for findNext.
func nextIsSpeech(items []item, i int) bool {
	if i = items[i].next; i == len(items) || !items[i].speech() {
		return false
	}
	l := items[i].label
	return l.form == noLabel || l.form == plain || l.form == arrow || l.rest != ""
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
		return it.isName && (count[key(it.label)] >= 2 || it.label.sure || beginsTurn(it.label.rest))
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

// beginsTurn reports whether the text behind a label, or below it, may be the beginning of a sentence.
func beginsTurn(rest string) bool {
	return strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "(") || !unicode.IsLower(firstLetter(rest))
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

// isQuestion reports whether a label says that somebody asks, and not who.
func isQuestion(name string) bool {
	return strings.EqualFold(name, "q") || strings.EqualFold(name, "question")
}

// join finds the lines that go on with the one before: those of captions, and of text
// that was broken to a width. Text without punctuation keeps its lines, since nothing
// else parts its sentences.
func (p *page) join() {
	script := p.items[p.start:]
	if !punctuated(script) {
		return
	}
	wrapped, blanks, _ := p.wrapped(script)
	for i := range script {
		it := &script[i]
		if !runsOn(script, i) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(it.plain, opens))
		it.joined = wrapped || (blanks || unicode.IsLower(r)) && goesOn(script[lineBefore(script, i)].plain, it.plain)
	}
}

// punctuated reports whether the text has any punctuation to speak of: a stop in forty words is
// less than that.
func punctuated(script []item) bool {
	words, stops := 0, 0
	for i := range script {
		if script[i].speech() {
			words += script[i].words
			stops += countStops(script[i].plain)
		}
	}
	return stops*40 >= words
}

// lineBefore returns the index of the item that item i may go on with: the one before,
// across a time.
func lineBefore(script []item, i int) int {
	if i > 1 && script[i-1].reason == "time" && !script[i-1].spaced {
		i--
	}
	return i - 1
}

// runsOn reports whether item i may go on with the line before it: both are speech of
// one speaker, without a blank line between them.
func runsOn(script []item, i int) bool {
	if i == 0 {
		return false
	}
	it, prev := &script[i], &script[lineBefore(script, i)]
	return it.speech() && !it.isName && it.level == 0 && !it.spaced && it.voice == prev.voice &&
		prev.speech() && prev.level == 0 && !(prev.isName && prev.label.rest == "")
}

// wrapped reports whether the text was broken to a width, and whether blank lines part
// its paragraphs; width is that of its longest line with another one below it. It was broken
// to a width if most breaks stand within sentences, or if no line had room for the first word
// of the next and blank lines part paragraphs.
func (p *page) wrapped(script []item) (wrapped, blanks bool, width int) {
	lines, spaced, pairs, open := 0, 0, 0, 0
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		lines++
		if it.spaced {
			spaced++
		}
		if runsOn(script, i) {
			pairs++
			before := script[lineBefore(script, i)].plain
			if goesOn(before, it.plain) {
				open++
			}
			width = max(width, utf8.RuneCountInString(before))
		}
	}
	blanks = (spaced+1)*2 > lines-pairs
	forced := pairs >= 3
	for i := 0; i < len(script) && forced; i++ {
		if runsOn(script, i) {
			forced = !hasRoom(script[lineBefore(script, i)].plain, script[i].plain, width)
		}
	}
	return p.captions || pairs >= 2 && open*2 > pairs || blanks && forced && open > 0, blanks, width
}

// hasRoom reports whether a line of so many characters would hold the first word of the next,
// too.
func hasRoom(line, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width
}

// goesOn reports whether a sentence goes on from one line to the next.
func goesOn(line, next string) bool {
	if !endsText(line) {
		return true
	}
	line = cutBracket(line)
	last := line[strings.LastIndexByte(line, ' ')+1:]
	first, _, _ := strings.Cut(next, " ")
	return !strings.HasSuffix(last, ":") && !endsSentence("", last, Word{Text: first}, false, false)
}

// countStops returns about the number of sentences that end in a line.
func countStops(s string) int {
	n := 0
	for _, stop := range []string{". ", "? ", "! ", "。", "！", "？", "।", "؟", "۔"} {
		n += strings.Count(s, stop)
	}
	if endsText(s) {
		n++
	}
	return n
}

// endsText reports whether a line ends as a paragraph does.
func endsText(s string) bool {
	s = strings.TrimRightFunc(cutBracket(s[max(0, len(s)-longestTime):]), closes)
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ':' || r == '…' || unicode.Is(unicode.Sentence_Terminal, r)
}

// cutBracket returns a line without the direction in brackets or the time that it ends with: behind a
// sentence it is no part of it.
func cutBracket(s string) string {
	s = strings.TrimRight(s, " ")
	if n := len(s) - 1; n > 0 && (s[n] == ']' || s[n] == ')') {
		if at := strings.LastIndexAny(s, "[("); at > 0 {
			if what, _ := readBracket(s[at+1 : n]); what != insertion {
				return strings.TrimRight(s[:at], " ")
			}
		}
	} else if n >= 0 && isDigit(s[n]) {
		if at := strings.LastIndexByte(s, ' '); strings.Count(s[at+1:], ":") >= 2 {
			return strings.TrimRight(s[:max(at, 0)], " ")
		}
	}
	return s
}

// longNotice is the fewest words of a notice with nothing but a footer behind it.
const longNotice = 25

// footer finds the end of the script and makes notes of all after it.
func (p *page) footer() {
	last := p.start - 1 // index of the last label
	total := 0
	for i := p.start; i < len(p.items); i++ {
		if p.items[i].isName {
			last = i
		}
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
		if it.reason == "" && !it.joined && isFooter(it) || it.reason == "notice" && it.words >= longNotice {
			end = i
		}
	}
	for i := end; i < len(p.items); i++ {
		it := &p.items[i]
		if it.reason == "" {
			it.reason = "footer"
		}
		it.dir = false
	}
}

// build builds the script from the items.
func (p *page) build() *Script {
	b := &builder{}
	var words map[string]bool // with hyphens
	if !p.captions {
		words = compounds(p.items)
	}
	for i := range p.items {
		if p.items[i].dir && p.items[i].dirKind == ClipEnd {
			b.clipEnds++
		}
	}
	for i := 0; i < len(p.items); i++ {
		it := &p.items[i]
		if it.voiced && b.spelling(it.voice) != b.speaker {
			b.turn(it.voice, it.num)
		}
		text := it.text
		switch {
		case it.reason != "":
			b.note(it.reason, it.text, it.num)
			continue
		case it.dir:
			b.direction(it.dirKind, it.dirText, it.num)
			continue
		case it.isName:
			b.turn(it.label.name, it.num)
			b.role(it.label, it.num)
			text = it.label.rest
		case it.level > 0:
			b.note("heading", it.text, it.num)
			continue
		default:
			text = p.cutTime(text)
			if p.questions && it.spaced && b.open && isQuestion(b.speaker) {
				b.turn("", it.num) // the answer
			}
		}
		parts := []string{p.cutStamps(text)}
		for i+1 < len(p.items) {
			if next := &p.items[i+1]; next.joined {
				parts = append(parts, p.cutStamps(next.text))
			} else if next.reason == "time" && i+2 < len(p.items) && p.items[i+2].joined {
				b.note(next.reason, next.text, next.num)
			} else {
				break
			}
			i++
		}
		if text = joinLines(parts, words); text != "" {
			b.text(text, it.num)
		}
	}
	s := b.finish()
	if !p.captions {
		script := p.items[p.start:]
		width := 0
		if wrapped, _, longest := p.wrapped(script); wrapped && punctuated(script) {
			width = longest
		}
		s.Before, s.After = aside(p.items[:p.start], width), aside(script, width)
	}
	return s
}

// aside returns what of the items is a note only because of where it stands: somebody may say
// it. Lines without a blank one between them are one turn, and each of them is a paragraph of
// its own: a title, a date and a first sentence often stand one below the other, and what is
// said of them is known by the sound alone. width is that of the lines of a page that is broken
// to one, in characters, else 0.
func aside(items []item, width int) []Turn {
	b := &builder{}
	for i := 0; i < len(items); i++ {
		it := &items[i]
		if !it.aside() {
			continue
		}
		if it.spaced || i == 0 || !items[i-1].aside() {
			b.turn("", it.num)
		}
		parts := []string{it.text}
		for i+1 < len(items) && items[i+1].aside() && asideGoesOn(&items[i], &items[i+1], width) {
			i++
			parts = append(parts, items[i].text)
		}
		b.text(joinLines(parts, nil), it.num)
	}
	turns := b.finish().Turns
	for i := range turns {
		turns[i].Aside = true
	}
	return turns
}

// aside reports whether the item is a note only because of where it stands.
func (it *item) aside() bool {
	return it.reason == "show notes" || it.reason == "header" || it.reason == "credits" || it.reason == "footer"
}

// asideGoesOn reports whether a line that is a note goes on in the next one: where a sentence
// does in small letters, and where the page is broken to a width that left no room for more.
func asideGoesOn(it, next *item, width int) bool {
	if next.spaced {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(next.plain, opens))
	if unicode.IsLower(first) && goesOn(it.plain, next.plain) {
		return true
	}
	return width > 0 && !hasRoom(it.plain, next.plain, width)
}

// cutTime returns a paragraph without the time that it begins with: a time in brackets,
// or any time in a page whose lines begin with times.
func (p *page) cutTime(s string) string {
	if s == "" || !p.timed && !strings.ContainsAny(s[:1], "[(") {
		return s
	}
	return s[len(leadingTime(s)):]
}

// cutStamps returns a text without the times within it, in a page where they are those of a program.
func (p *page) cutStamps(s string) string {
	if !p.stamped {
		return s
	}
	return strings.TrimSpace(stamp.ReplaceAllString(s, " "))
}

// joinLines joins lines with a blank, and without in scripts without spaces. Words that a line was
// broken in are made whole where compounds, see joinWord, isn't nil.
func joinLines(lines []string, compounds map[string]bool) string {
	var b strings.Builder
	whole := false // the word goes on
	for i, l := range lines {
		if i > 0 && !whole {
			before, _ := utf8.DecodeLastRuneInString(lines[i-1])
			after, _ := utf8.DecodeRuneInString(l)
			if !(Unspaced(after) && (Unspaced(before) || unicode.IsPunct(before) && before > 0x2FFF)) {
				b.WriteByte(' ')
			}
		}
		whole = false
		if compounds != nil && i+1 < len(lines) {
			l, whole = joinWord(l, lines[i+1], compounds)
		}
		b.WriteString(l)
	}
	return b.String()
}

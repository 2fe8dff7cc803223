package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A page is read in steps, each over all of its lines, because what a line is
// shows in the company it keeps:
//
//  1. lines that say by themselves that nobody says them: times, links, rules,
//     menus; and directions;
//  2. where the script begins, if a heading such as Transcript says so;
//  3. which lines begin with the label of a speaker (label.go);
//  4. where it begins otherwise: at the first label that comes again;
//  5. which lines go on with the one before, in text broken to a width;
//  6. where it ends: at the first line of a footer that no label follows.
//
// In doubt a line stays speech: the aligner finds what nobody says, while what
// is left out here is lost. Whatever is left out becomes a Note.

// item is a line and what it was taken for.
type item struct {
	line
	plain string // text without marks
	words int

	reason string // why it is a note; "" for what may be said

	dir     bool // it is a direction
	dirKind Kind
	dirText string

	label  label // what could be one
	isName bool  // it is one
	joined bool  // goes on with the line before
}

func (it *item) speech() bool { return it.reason == "" && !it.dir }

type page struct {
	items    []item
	captions bool // from captions: no notes around the script, lines run on
	timed    bool // lines begin with times
	start    int  // of the script
	end      int
}

// readPage makes a script of lines.
func readPage(lines []line, captions bool) *Script {
	p := &page{captions: captions}
	dashes := captions || dialogueDashes(lines)
	for _, l := range lines {
		it := item{line: l, plain: strings.TrimSpace(unmark(l.text)), label: readLabel(l, dashes)}
		it.words = strings.Count(it.plain, " ") + 1
		p.items = append(p.items, it)
	}
	p.end = len(p.items)
	p.shapes()
	headed := !captions && p.heading()
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

// dialogueDashes tells whether lines begin with dashes often enough to mean that
// speakers change.
func dialogueDashes(lines []line) bool {
	dashes := 0
	for _, l := range lines {
		if rest, ok := cutDash(l.text); ok && rest != "" {
			dashes++
		}
	}
	return dashes >= 2 && dashes*3 > len(lines)
}

// shapes takes out what shows by itself: directions, and lines that nobody says.
func (p *page) shapes() {
	timesAlone, timesLeading := 0, 0
	for i := range p.items {
		it := &p.items[i]
		if len(it.plain) < 60 && timeAlone.MatchString(it.plain) {
			timesAlone++
		} else if timeLeading.MatchString(it.plain[:min(len(it.plain), 60)]) {
			timesLeading++
		}
	}
	p.timed = timesLeading >= 3 && timesLeading*3 >= len(p.items)
	for i := range p.items {
		it := &p.items[i]
		if p.captions {
			it.dirText, it.dirKind, it.dir = wholeLine(it.text)
			continue
		}
		switch {
		case it.chrome:
			it.reason = "navigation"
		case len(it.plain) < 60 && timeAlone.MatchString(it.plain) && (timesAlone > 2 || strings.ContainsAny(it.plain[:1], "[(")):
			it.reason = "time"
		case isLink(it.plain):
			it.reason = "link"
		case strings.IndexFunc(it.plain, readable) < 0 && !strings.ContainsAny(it.plain, "♪♫[("):
			it.reason = "separator"
		case isNotice(it.plain):
			it.reason = "notice"
		default:
			if isEnd(it.plain) {
				break
			}
			it.dirText, it.dirKind, it.dir = wholeLine(it.text)
		}
		if it.reason != "" || it.dir {
			it.label = label{}
		}
	}
}

// heading finds the line that announces the transcript, and makes notes of all
// before it.
func (p *page) heading() bool {
	after := make([]int, len(p.items)+1) // words from an item on
	for i := len(p.items) - 1; i >= 0; i-- {
		after[i] = after[i+1]
		if p.items[i].speech() {
			after[i] += p.items[i].words
		}
	}
	// Of several headings (a menu names the transcript too) the last one that has
	// most of the text below it.
	best, base := -1, 0
	for _, wanted := range []headingKind{heading, title} {
		for i := range p.items {
			it := &p.items[i]
			kind, inline := headingOf(it)
			if kind != wanted || it.reason == "navigation" {
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
	// A heading with next to nothing below is a link to a transcript elsewhere, or
	// the transcript stands above.
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

// labels decides which of the lines that look so name a speaker. The evidence is
// a name that comes again; a shape that only labels have; for a name that comes
// once, that it looks like one and none of its words is used otherwise.
func (p *page) labels() {
	script := p.items[p.start:]
	count := map[string]int{}
	plainNames, lines := 0, 0
	common := map[string]bool{} // words that are written in small letters somewhere
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		lines++
		if it.label.form != noLabel && it.label.name != "" {
			count[key(it.label)]++
		}
		if it.label.form == plain {
			plainNames++
		}
		for w := range strings.FieldsSeq(it.plain) {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
				common[strings.TrimRightFunc(w, unicode.IsPunct)] = true
			}
		}
	}
	// Names alone on their lines, without a sign: only where they come again and
	// again, each with text below, and nothing else does.
	repeatedPlain, coloned, labelled, timedLines, timeRests := 0, 0, 0, 0, 0
	for i := range script {
		it := &script[i]
		if it.label.form == plain && count[key(it.label)] >= 2 && nextIsSpeech(script, i) {
			repeatedPlain++
		}
		if it.label.form == timed {
			timedLines++
		}
		if isTimeRest(script, i) {
			timeRests++
		}
		if it.label.form == colon {
			labelled++
			if count[key(it.label)] >= 2 {
				coloned++
			}
		}
	}
	plainWorks := !p.captions && coloned == 0 && repeatedPlain >= 4 && repeatedPlain*4 >= lines && repeatedPlain*3 >= plainNames*2

	for i := range script {
		it := &script[i]
		if timeRests >= 2 && isTimeRest(script, i) {
			it.label.rest = ""
		}
		n := count[key(it.label)]
		l := it.label
		if l.form == noLabel || !it.speech() {
			continue
		}
		// In the midst of a paragraph a name needs to come again.
		amid := i > 0 && !p.captions && !it.spaced && script[i-1].speech() && !endsText(script[i-1].plain) &&
			!(script[i-1].isName && script[i-1].label.rest == "")
		single := l.name != "" && !strings.ContainsAny(l.name, " ") && !unspacedName(l.name)
		switch l.form {
		case arrow:
			// A dash in the midst of a sentence is only a dash.
			it.isName = !l.dash || i == 0 || it.spaced || script[i-1].label.dash || !script[i-1].speech() || !goesOn(script[i-1].plain, l.rest)
		case plain:
			it.isName = plainWorks && nextIsSpeech(script, i) && (n >= 2 || !weak(l.name) && !allCommon(l.name, common))
		case bare:
			it.isName = n >= 2 && !weak(l.name) && (l.rest != "" || nextIsSpeech(script, i))
		case timed:
			it.isName = (n >= 2 || !weak(l.name) && !amid && timedLines >= 2) && (strings.TrimSpace(unmark(l.rest)) != "" || nextIsSpeech(script, i))
		case colon:
			switch {
			case l.rest == "" && !nextIsSpeech(script, i):
			case weak(l.name) && single:
				it.isName = n >= 3 && n*10 >= labelled || n == 2 && (isShortLabel(l.name) || labelled*2 >= lines)
			case weak(l.name):
				it.isName = n >= 3 || n == 2 && labelled*4 >= lines
			case n >= 2, l.sure:
				it.isName = true
			case amid:
			default:
				it.isName = !allCommon(l.name, common) || i == 0 || hasDigit(l.name)
			}
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
	if names == 1 && last > 0 && !script[last].label.sure && slices.ContainsFunc(script[:last], func(it item) bool { return it.speech() }) {
		script[last].isName = false
	}
	p.credits(count)
}

// credits makes notes of lines such as "Studio Production: Ada Byron" that no
// turn follows or none precedes. Between turns the role is a speaker: Reporter.
func (p *page) credits(count map[string]int) {
	if p.captions {
		return
	}
	script := p.items[p.start:]
	credit := func(it *item) bool {
		return it.speech() && it.label.form == colon && count[key(it.label)] == 1 && !it.label.sure && isCredit(it.label.name, it.label.rest)
	}
	turn := func(it item) bool { return it.isName && !credit(&it) }
	first := slices.IndexFunc(script, turn)
	last := len(script) - 1
	for last >= 0 && !turn(script[last]) {
		last--
	}
	for i := range script {
		// Between turns somebody says it.
		if it := &script[i]; it.reason == "notice" && first >= 0 && first < i && i < last {
			it.reason = ""
		}
		if it := &script[i]; (first < 0 || i < first || i > last) && credit(it) {
			it.reason, it.isName = "credits", false
		}
	}
}

// isTimeRest tells a label with a time and the text below, Ada: 0:12, from one
// with a time for its text.
func isTimeRest(items []item, i int) bool {
	l := items[i].label
	return l.form == colon && len(l.rest) < 40 && timeAlone.MatchString(unmark(l.rest)) && i+1 < len(items) &&
		items[i+1].speech() && (items[i+1].label.form == noLabel || items[i+1].label.form == plain)
}

// key is what labels of the same speaker have in common. A name alone on its
// line is no evidence for one with a sign.
func key(l label) string {
	if l.form == plain {
		return "\n" + strings.ToLower(l.name)
	}
	return strings.ToLower(l.name)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func unspacedName(s string) bool { return strings.IndexFunc(s, unspaced) >= 0 }

// isShortLabel tells the labels of interviews: Q and A.
func isShortLabel(s string) bool { return utf8.RuneCountInString(s) <= 2 }

// allCommon tells names made of words that the transcript uses in small letters.
func allCommon(name string, common map[string]bool) bool {
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if w = strings.TrimFunc(w, unicode.IsPunct); w != "" && !common[w] && !nameParticles[w] {
			return false
		}
	}
	return true
}

// nextIsSpeech tells whether words follow item i, before another name that
// stands alone.
func nextIsSpeech(items []item, i int) bool {
	for i++; i < len(items); i++ {
		it := &items[i]
		if it.speech() {
			f := it.label.form
			return f == noLabel || f == plain || f == arrow || it.label.rest != ""
		}
		if it.reason == "heading" {
			return false
		}
	}
	return false
}

// unheaded finds where a script without a heading begins: at the first label
// that comes again or cannot be anything else, and at the labels and directions
// right before it.
func (p *page) unheaded() {
	count := map[string]int{}
	for i := range p.items {
		if p.items[i].isName {
			count[key(p.items[i].label)]++
		}
	}
	first := slices.IndexFunc(p.items, func(it item) bool {
		return it.isName && (count[key(it.label)] >= 2 || it.label.sure)
	})
	if first < 0 {
		first = slices.IndexFunc(p.items, func(it item) bool { return it.isName })
	}
	if first < 0 {
		return
	}
	for first > 0 && (p.items[first-1].dir || p.items[first-1].isName) {
		first--
	}
	before, all := 0, 0
	for i := range p.items {
		if p.items[i].speech() {
			all += p.items[i].words
			if i < first {
				before += p.items[i].words
			}
		}
	}
	// Notes around a script are shorter than it; more than half of the text
	// without a label is a script that names somebody late.
	if before*2 > all {
		return
	}
	p.preamble(first)
	p.start = first
}

// join finds the lines that go on with the one before: those of captions, and of
// text that was broken to a width. Text without punctuation stays in its lines,
// which are then all there is to part its sentences.
func (p *page) join() {
	script := p.items[p.start:]
	// before is the item that i may go on with, across a time.
	before := func(i int) int {
		if i > 1 && script[i-1].reason == "time" && !script[i-1].spaced {
			i--
		}
		return i - 1
	}
	runsOn := func(i int) bool {
		if i == 0 {
			return false
		}
		it, prev := &script[i], &script[before(i)]
		return it.speech() && !it.isName && it.level == 0 && !it.spaced && it.voice == prev.voice &&
			prev.speech() && prev.level == 0 && !(prev.isName && prev.label.rest == "")
	}
	words, stops := 0, 0
	lines, spaced, pairs, open, width := 0, 0, 0, 0, 0
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		words += it.words
		stops += countStops(it.plain)
		lines++
		if it.spaced {
			spaced++
		}
		if runsOn(i) {
			pairs++
			if goesOn(script[before(i)].plain, it.plain) {
				open++
			}
			width = max(width, utf8.RuneCountInString(script[before(i)].plain))
		}
	}
	// One stop in forty words is less than any punctuation has.
	if pairs == 0 || stops*40 < words {
		return
	}
	// Text was broken to a width if most breaks stand within sentences, or if no
	// line had room for the first word of the next and blank lines part paragraphs.
	blanks := (spaced+1)*2 > lines-pairs
	forced := pairs >= 3
	for i := 0; i < len(script) && forced; i++ {
		if runsOn(i) {
			word, _, _ := strings.Cut(script[i].plain, " ")
			forced = utf8.RuneCountInString(script[before(i)].plain)+1+utf8.RuneCountInString(word) > width
		}
	}
	wrapped := p.captions || pairs >= 2 && open*2 > pairs || blanks && forced && open > 0
	for i := range script {
		it := &script[i]
		if !runsOn(i) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(it.plain, opens))
		it.joined = wrapped || (blanks || unicode.IsLower(r)) && goesOn(script[before(i)].plain, it.plain)
	}
}

// goesOn tells whether a sentence goes on from one line to the next.
func goesOn(line, next string) bool {
	if !endsText(line) {
		return true
	}
	last := line[strings.LastIndexByte(line, ' ')+1:]
	first, _, _ := strings.Cut(next, " ")
	return !strings.HasSuffix(last, ":") && !endsSentence("", last, Word{Text: first}, false, false)
}

// countStops is about the number of sentences that end in a line.
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

// endsText tells whether a line ends as a paragraph does.
func endsText(s string) bool {
	s = strings.TrimRightFunc(s[max(0, len(s)-40):], closes)
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ':' || r == '…' || unicode.Is(unicode.Sentence_Terminal, r)
}

// footer finds the end of the script.
func (p *page) footer() {
	last := p.start - 1 // label
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
		// Without labels to say where speech ends, no more than half is a footer.
		if last < p.start && rest*2 > total {
			break
		}
		if it.reason == "" && !it.joined && isFooter(it) {
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

// build makes the script of the items.
func (p *page) build() *Script {
	b := &builder{}
	for i := range p.items {
		if p.items[i].dir && p.items[i].dirKind == ClipEnd {
			b.clipEnds++
		}
	}
	for i := 0; i < len(p.items); i++ {
		it := &p.items[i]
		if it.voiced && it.voice != b.speaker {
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
			text = it.label.rest
		case it.level > 0:
			b.note("heading", it.text, it.num)
			continue
		default:
			text = p.cutTime(text)
		}
		parts := []string{text}
		for i+1 < len(p.items) {
			if next := &p.items[i+1]; next.joined {
				parts = append(parts, next.text)
			} else if next.reason == "time" && i+2 < len(p.items) && p.items[i+2].joined {
				b.note(next.reason, next.text, next.num)
			} else {
				break
			}
			i++
		}
		if text = joinLines(parts); text != "" {
			b.text(text, it.num)
		}
	}
	return b.finish()
}

// cutTime takes off the time that a paragraph begins with: one in brackets, or
// any where lines begin with times.
func (p *page) cutTime(s string) string {
	if s == "" || !p.timed && !strings.ContainsAny(s[:1], "[(") {
		return s
	}
	return s[len(timeLeading.FindString(s[:min(len(s), 100)])):]
}

// joinLines joins lines by spaces, and by nothing in scripts without spaces.
func joinLines(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			before, _ := utf8.DecodeLastRuneInString(lines[i-1])
			after, _ := utf8.DecodeRuneInString(l)
			if !(unspaced(after) && (unspaced(before) || unicode.IsPunct(before) && before > 0x2FFF)) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l)
	}
	return b.String()
}

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
//  2. find the start of the script, if there is a heading such as Transcript;
//  3. decide which lines begin with the label of a speaker (label.go);
//  4. without a heading, let the script start at the first label that comes again;
//  5. find the lines that go on with the one before, in text broken to a width;
//  6. find the end of the script: the first line of a footer that no label follows.
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
	// unlabelled says that nothing of the text is the label of a speaker: the format names them
	// elsewhere.
	unlabelled bool
	hint       hint // when it begins, by the file
	tabled     bool // it stands in a table of an office file
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
	start    int  // index of the first item of the script
}

// readPage returns the script of the lines of a page, or of captions.
func readPage(lines []line, captions bool) *Script {
	p := &page{captions: captions, items: make([]item, 0, len(lines))}
	dashes := captions || dialogueDashes(lines)
	for _, l := range lines {
		it := item{line: l, plain: strings.TrimSpace(unmark(l.text)), label: readLabel(l, dashes)}
		it.words = strings.Count(it.plain, " ") + 1
		if l.unlabelled {
			it.label = label{}
		}
		p.items = append(p.items, it)
	}
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
		case len(it.plain) < 60 && timeAlone.MatchString(it.plain) &&
			(timesAlone > 2 || strings.ContainsAny(it.plain[:1], "[(")):
			it.reason = "time"
		case isLink(it.plain):
			it.reason = "link"
		case !sounds(it.plain) && !strings.ContainsAny(it.plain, "♪♫[("):
			it.reason = "separator"
		case isNotice(it.plain):
			it.reason = "notice"
		default:
			if isEnd(it.plain) {
				break
			}
			it.dirText, it.dirKind, it.dir = wholeLine(it.text)
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
	// Of several headings (a menu names the transcript too) it is the last one with
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
		// CLIP VOICE ONE: alone on its line looks like a direction.
		again := it.dir && it.label.form == colon && e.count[key(it.label)] >= 2
		if it.speech() || again || e.bracketed && it.label.form == bracketed {
			it.isName = p.isLabel(script, i, e)
			it.dir = it.dir && !it.isName
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
	p.credits(e.count)
}

// labelEvidence is what all lines of a script together say about its labels.
type labelEvidence struct {
	lines     int             // that may be said
	count     map[string]int  // of the lines that look like a label, by key
	common    map[string]bool // words that are written in small letters somewhere
	coloned   int             // labels with a colon
	timed     int             // labels with a time
	timeRests int             // labels with a time for their text, see isTimeRest
	plain     bool            // names alone on their lines, without a sign, are labels
	bracketed bool            // names in brackets alone on their lines are labels
}

func (p *page) labelEvidence(script []item) labelEvidence {
	e := labelEvidence{count: map[string]int{}, common: map[string]bool{}}
	plainNames := 0
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		e.lines++
		if it.label.form != noLabel && it.label.name != "" {
			e.count[key(it.label)]++
		}
		if it.label.form == plain {
			plainNames++
		}
		for w := range strings.FieldsSeq(it.plain) {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
				e.common[strings.TrimRightFunc(w, unicode.IsPunct)] = true
			}
		}
	}
	e.bracketed = bracketedNames(script)
	repeatedPlain, repeatedColon := 0, 0
	for i := range script {
		it := &script[i]
		repeated := e.count[key(it.label)] >= 2
		switch it.label.form {
		case plain:
			if repeated && nextIsSpeech(script, i) {
				repeatedPlain++
			}
		case timed:
			e.timed++
		case colon:
			e.coloned++
			if repeated {
				repeatedColon++
			}
		}
		if isTimeRest(script, i) {
			e.timeRests++
		}
	}
	// Names alone are labels only where they come again and again, each with text
	// below, and there are no other labels.
	e.plain = !p.captions && repeatedColon == 0 && repeatedPlain >= 4 && repeatedPlain*4 >= e.lines &&
		repeatedPlain*3 >= plainNames*2
	return e
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
		return e.plain && nextIsSpeech(script, i) && (n >= 2 || !weak(l.name) && !allCommon(l.name, e.common))
	case bracketed:
		if it.dir {
			return nextIsSpeech(script, i) && !weak(l.name)
		}
		return !amid && (n >= 2 && !weak(l.name) || e.bracketed)
	case bare:
		return n >= 2 && !weak(l.name) && (l.rest != "" || nextIsSpeech(script, i))
	case timed:
		return (n >= 2 || !weak(l.name) && !amid && e.timed >= 2) &&
			(strings.TrimSpace(unmark(l.rest)) != "" || nextIsSpeech(script, i))
	case colon:
		single := !strings.Contains(l.name, " ") && !unspacedName(l.name)
		switch {
		case l.rest == "" && !nextIsSpeech(script, i):
			return false
		case weak(l.name) && single:
			return n >= 3 && n*10 >= e.coloned || n == 2 && (isShortLabel(l.name) || e.coloned*2 >= e.lines)
		case weak(l.name):
			return n >= 3 || n == 2 && e.coloned*4 >= e.lines
		case n >= 2, l.sure:
			return true
		case amid:
			return false
		}
		return !allCommon(l.name, e.common) || i == 0 || hasDigit(l.name)
	}
	return false
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
	return l.form == colon && len(l.rest) < 40 && timeAlone.MatchString(unmark(l.rest)) && i+1 < len(items) &&
		items[i+1].speech() && (items[i+1].label.form == noLabel || items[i+1].label.form == plain)
}

// key returns what labels of the same speaker have in common. A name alone on its line
// has a key of its own: it is no evidence for a label with a sign.
func key(l label) string {
	if l.form == plain {
		return "\n" + strings.ToLower(l.name)
	}
	return strings.ToLower(l.name)
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
	// Show notes are shorter than the script. If more than half of the text stands
	// before the first label, that text is the script too.
	if before*2 > all {
		return
	}
	p.preamble(first)
	p.start = first
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
	s = strings.TrimRightFunc(s[max(0, len(s)-40):], closes)
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ':' || r == '…' || unicode.Is(unicode.Sentence_Terminal, r)
}

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

// build builds the script from the items.
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
		parts, hints := []string{text}, []hint{it.hint}
		for i+1 < len(p.items) {
			if next := &p.items[i+1]; next.joined {
				parts, hints = append(parts, next.text), append(hints, next.hint)
			} else if next.reason == "time" && i+2 < len(p.items) && p.items[i+2].joined {
				b.note(next.reason, next.text, next.num)
			} else {
				break
			}
			i++
		}
		if text = joinLines(parts); text != "" {
			b.text(text, it.num)
			b.hint(parts, hints)
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
		b.text(joinLines(parts), it.num)
	}
	turns := b.finish().Turns
	for i := range turns {
		turns[i].Aside = true
	}
	return turns
}

// aside reports whether the item is a note only because of where it stands.
func (it *item) aside() bool {
	return it.reason == "show notes" || it.reason == "credits" || it.reason == "footer"
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
	return s[len(timeLeading.FindString(s[:min(len(s), 100)])):]
}

// joinLines joins lines with a blank, and without in scripts without spaces.
func joinLines(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			before, _ := utf8.DecodeLastRuneInString(lines[i-1])
			after, _ := utf8.DecodeRuneInString(l)
			if !(Unspaced(after) && (Unspaced(before) || unicode.IsPunct(before) && before > 0x2FFF)) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l)
	}
	return b.String()
}

package transcript

import (
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
//  3. cut lines that hold several turns (page_inline.go);
//  4. decide which brackets belong to a name (remarks.go), and which lines begin with the label
//     of a speaker: page_label.go says what may be one, and in which form; labelEvidence counts, for each
//     form, the names that come again; isLabel has a rule for each form;
//  5. find the header above the script, KEY: value (page_header.go);
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
	color  string // of a caption, see Line
	cue    int    // of captions, that the line stands in
	// unlabelled says that nothing of the text is the label of a speaker: the format names them
	// elsewhere.
	unlabelled bool
	said       bool // it is no direction and begins with no time, whatever it looks like
	hint       hint // when it begins, by the file
	tabled     bool // it stands in a table
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
		it := newItem(l, dashes)
		if captions {
			it.label = behindDash(it.label)
		}
		p.items = append(p.items, it)
	}
	p.initials()
	if !captions {
		p.singleSpaced()
	}
	p.shapes()
	p.namesAboveTimes()
	headed := !captions && p.heading()
	if !captions {
		p.split()
		p.initials()
	}
	p.remarks()
	p.labels()
	if captions {
		captionTurns(p.items)
	} else if !headed {
		p.unheaded()
	}
	p.join()
	if !captions {
		p.footer()
	}
	return p.build()
}

// widestLine is the widest that a text is broken to, in bytes.
const widestLine = 160

// singleSpaced takes the blank lines out of a text that has one behind each line, also within sentences, as some
// programs write what stands in a PDF.
func (p *page) singleSpaced() {
	spaced, open, widest := 0, 0, 0
	for i := range p.items {
		widest = max(widest, len(p.items[i].plain))
	}
	if widest > widestLine || len(p.items) < 2*fewestKeys {
		return
	}
	within := func(i int) bool {
		if i == 0 || len(p.items[i-1].plain)*3 < widest {
			return false
		}
		l := &p.items[i].label
		return (l.form == noLabel || l.form == plain) && p.items[i].level == 0 && goesOn(p.items[i-1].plain, p.items[i].plain)
	}
	for i := range p.items {
		if !p.items[i].spaced {
			continue
		}
		spaced++
		if within(i) {
			open++
		}
	}
	if spaced*20 < len(p.items)*19 || open*2 < spaced {
		return
	}
	for i := range p.items {
		p.items[i].spaced = p.items[i].spaced && !within(i)
	}
}

// newItem returns the item of a line. dashes says that a dash at the start of a line announces another
// speaker.
func newItem(l line, dashes bool) item {
	it := item{line: l, plain: strings.TrimSpace(unmark(l.text)), label: readLabel(l, dashes)}
	it.words = strings.Count(it.plain, " ") + 1
	if l.unlabelled {
		it.label = label{}
	}
	return it
}

// initials finds the labels that begin with an initial, A. Byron: text, which looks like the answer of an
// interview.
func (p *page) initials() {
	count := map[string]int{}
	signed := map[int]label{}
	for i := range p.items {
		it := &p.items[i]
		if it.label.form != stopped {
			continue
		}
		count[key(it.label)]++
		if !isInterviewLetter(it.label.name) {
			continue
		}
		text := strings.TrimLeft(it.text, ">- –—")
		if l, _ := readSigned(text[len(leadingTime(text)):]); l.form != noLabel {
			l.timed, l.dash = it.label.timed, it.label.dash
			l.sure = l.sure || l.timed && l.form == colon
			signed[i] = l
			count[key(l)]++
		}
	}
	for i, l := range signed {
		if count[key(l)] >= 2 || !asks(count, p.items[i].label.name) {
			p.items[i].label = l
		}
	}
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
	timesAlone := p.usual()
	labels, timedLabels := map[string]int{}, map[string]int{}
	for i := range p.items {
		switch l := &p.items[i].label; l.form {
		case colon:
			labels[key(*l)]++
		case timed:
			timedLabels[key(*l)]++
		}
	}
	p.stars()
	for i := range p.items {
		it := &p.items[i]
		if it.said {
			continue
		}
		if it.dir { // a sound, as its label or its stars say
			it.label = label{}
			continue
		}
		if p.captions {
			p.direction(it)
			continue
		}
		switch {
		case it.chrome:
			it.reason = "navigation"
		case isTime(it.plain) && (timesAlone > 2 || strings.ContainsAny(it.plain[:1], "[(") ||
			timesAlone == 2 && it.spaced && timeOfDayAlone().MatchString(it.plain)), // of a sitting, between its turns
			timesAlone > 2 && len(it.plain) < 60 && unitAlone().MatchString(it.plain):
			it.reason = "time"
		case it.label.form == colon && labels[key(it.label)] >= 2 && !isTopic(it.label.name):
			p.direction(it) // what a speaker says is no link and no notice
		case isLink(it.plain):
			it.reason = "link"
		case !sounds(it.plain) && !strings.ContainsAny(it.plain, "♪♫[("):
			it.reason = "separator"
		case isNotice(it.plain):
			it.reason = "notice"
		case len(it.plain) < 60 && pageMark().MatchString(it.plain):
			it.reason = "page number"
		case len(it.plain) < 100 && sceneHeading().MatchString(it.plain):
			it.dirText, it.dir = it.plain, true
		default:
			if isEnd(it.plain) {
				break
			}
			p.direction(it)
		}
		if it.dir && it.label.form == timed && timedLabels[key(it.label)] >= 2 { // [Ada - 0:12]
			it.dir = false
		}
		if it.reason != "" || it.dir && it.label.form != bracketed && it.label.form != colon {
			it.label = label{}
		}
	}
}

// usual finds what is usual on the page, times before lines and amid them, and capitals, and returns how many lines
// are a time alone.
func (p *page) usual() (timesAlone int) {
	timesLeading, stamps, shouting := 0, 0, 0
	for i := range p.items {
		it := &p.items[i]
		if stamps < fewestStamps && hasDigit(it.plain) && stamp().MatchString(it.plain) {
			stamps += len(stamp().FindAllString(it.plain, fewestStamps))
		}
		if it.words >= 3 && allCaps(it.plain) {
			shouting++
		}
		if isTime(it.plain) || it.plain != "" && isDigit(it.plain[0]) && unitAlone().MatchString(it.plain[:min(len(it.plain), 60)]) {
			timesAlone++
		} else if leadingTime(it.plain) != "" {
			timesLeading++
		}
	}
	p.stamped = stamps >= fewestStamps
	p.shouting = shouting*2 >= len(p.items)
	p.timed = timesLeading >= 3 && timesLeading*3 >= len(p.items)
	return timesAlone
}

// stars finds the lines that a label or stars say are sounds. Several lines in stars one below the other are
// rather a song or a poem.
func (p *page) stars() {
	amid := func(i int) bool {
		if i < 0 || i >= len(p.items) {
			return false
		}
		inner, rest, _ := marked(p.items[i].text, italicMark)
		return inner != "" && rest == ""
	}
	for i := range p.items {
		it := &p.items[i]
		if it.said {
			continue
		}
		if kind, ok := cueOf(it.label); ok {
			it.dir, it.dirText, it.dirKind = true, strings.TrimSuffix(unmark(it.label.rest), "."), kind
		} else if text, kind, ok := starred(it.text); ok && it.level == 0 && !amid(i-1) && !amid(i+1) {
			it.dir, it.dirText, it.dirKind = true, text, kind
		}
	}
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
		it.joined = wrapped || (blanks || isLower(r)) && goesOn(script[lineBefore(script, i)].plain, it.plain)
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

// behindBracket returns a line without what stands in brackets before its words, such as a sound.
func behindBracket(s string) string {
	for _, pair := range []string{"[]", "()"} {
		if inside, ok := strings.CutPrefix(s, pair[:1]); ok {
			if _, rest, ok := strings.Cut(inside, pair[1:]); ok && rest != "" {
				return strings.TrimSpace(rest)
			}
		}
	}
	return s
}

// countStops returns about the number of sentences that end in a line.
func countStops(s string) int {
	n := 0
	for _, stop := range []string{". ", "? ", "! "} {
		n += strings.Count(s, stop)
	}
	for _, r := range s {
		if isStop(r) {
			n++
		}
	}
	if endsText(s) {
		n++
	}
	return n
}

// isStop reports whether r ends a sentence wherever it stands, as the full stops of most scripts
// do that aren't part of anything else.
func isStop(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Sentence_Terminal, r) }

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
	} else if last, size := utf8.DecodeLastRuneInString(s); last > unicode.MaxASCII && strings.ContainsRune("）］】〕", last) {
		for open, closing := range closings { // at most one of them
			if at := strings.LastIndex(s, string(open)); closing == last && at > 0 {
				if what, _ := readBracket(s[at+utf8.RuneLen(open) : len(s)-size]); what != insertion {
					return strings.TrimRight(s[:at], " ")
				}
			}
		}
	} else if n >= 0 && isDigit(s[n]) {
		if at := strings.LastIndexByte(s, ' '); strings.Count(s[at+1:], ":") >= 2 {
			return strings.TrimRight(s[:max(at, 0)], " ")
		}
	}
	return s
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
	titles := p.titles()
	for i := 0; i < len(p.items); i++ {
		it := &p.items[i]
		if it.voiced && b.spelling(it.voice) != b.speaker {
			b.turn(it.voice, it.num)
		}
		for len(titles) > 0 && titles[0] < i {
			titles = titles[1:]
		}
		if len(titles) > 0 && titles[0] == i {
			b.heading(it)
			titles = titles[1:]
		}
		text := it.text
		switch {
		case it.reason != "":
			b.note(it.reason, it.text, it.num)
			continue
		case it.dir:
			b.direction(Direction{Kind: it.dirKind, Text: it.dirText, Line: it.num})
			continue
		case it.isName:
			b.turn(it.label.name, it.num)
			b.role(it.label, it.num)
			text = it.label.rest
		case it.level > 0:
			b.note("heading", it.text, it.num)
			continue
		default:
			if !it.said {
				text = p.cutTime(text)
			}
			if p.questions && it.spaced && b.open && isQuestion(b.speaker) {
				b.turn("", it.num) // the answer
			}
		}
		parts, hints := []string{p.cutStamps(text)}, []hint{it.hint}
		for i+1 < len(p.items) {
			if next := &p.items[i+1]; next.joined {
				parts, hints = append(parts, p.cutStamps(next.text)), append(hints, next.hint)
			} else if next.reason == "time" && i+2 < len(p.items) && p.items[i+2].joined {
				b.note(next.reason, next.text, next.num)
			} else {
				break
			}
			i++
		}
		if text = joinLines(parts, words); text != "" && b.text(text, it.num) {
			b.hint(parts, hints)
		}
	}
	s := b.finish()
	s.Title = p.pageTitle()
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
	if isLower(first) && goesOn(it.plain, next.plain) {
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
	return strings.TrimSpace(stamp().ReplaceAllString(s, " "))
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
			if !runTogether(before, after) {
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

package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Which lines begin with the label of a speaker is decided with all of them in view: what may be a
// label (page_label.go) is one where its form and its name come again.

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
		} else if it.label.form == colon && e.timeLeads >= fewestStamps && e.timeLeads*3 >= e.forms[colon].again*2 {
			it.label.rest = it.label.rest[len(leadingTime(it.label.rest)):]
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
	if p.captions {
		captionCredits(script)
	}
	boldRoles(script)
	p.sections(script, e)
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

// boldRoles takes what stands in brackets behind a name in bold for its role, the seat and the party of a member,
// where two labels have such.
func boldRoles(script []item) {
	var found []*label
	for i := range script {
		if l := &script[i].label; script[i].isName && l.form == bare && strings.HasPrefix(l.rest, "(") {
			if role, _ := cutRoles(l.rest); role != "" {
				found = append(found, l)
			}
		}
	}
	if len(found) < 2 {
		return
	}
	for _, l := range found {
		l.role, l.rest = cutRoles(l.rest)
	}
}

// cutRoles cuts the round brackets that text begins with from a turn behind them; role is "" where there are none,
// or they hold something else than names: (Upper Lake) (Mill) The ferry.
func cutRoles(text string) (role, rest string) {
	rest = text
	for strings.HasPrefix(rest, "(") {
		end := strings.IndexByte(rest[:min(len(rest), longestRole)], ')')
		if end < 0 {
			break
		}
		name := cleanName(rest[1:end])
		if what, _ := readBracket(name); what != insertion || !nameLike(name) || !unicode.IsUpper(firstLetter(name)) {
			break
		}
		rest = strings.TrimLeft(rest[end+1:], " ")
	}
	if rest == "" || !unicode.IsUpper(firstLetter(rest)) {
		return "", text
	}
	return strings.TrimSpace(text[:len(text)-len(rest)]), rest
}

// captionCredits takes the labels away that are a credit or a title of captions, Subtitles: Ada Byron: the names that
// come once, without a sign of a change of speaker, and not before a person's words, and those of credits.
func captionCredits(script []item) {
	names := func(it *item) bool { return it.isName && it.label.name != "" }
	count, persons := map[string]int{}, map[string]bool{}
	for i := range script {
		it := &script[i]
		if !names(it) {
			continue
		}
		marked := strings.HasPrefix(it.plain, ">>") || strings.HasPrefix(it.plain, "[") || it.label.dash
		var text strings.Builder
		text.WriteString(it.label.rest)
		for k := i + 1; k < len(script) && !names(&script[k]); k++ {
			next := &script[k] // of the same cue, or the rest of its sentence
			if next.cue != it.cue && (endsText(script[k-1].plain) || !isLower(firstLetter(next.plain))) {
				break
			}
			text.WriteString(" " + next.plain)
		}
		count[key(it.label)]++
		if marked || isPersons(it.label.name, text.String()) {
			persons[key(it.label)] = true
		}
	}
	for i := range script {
		it := &script[i]
		if k := key(it.label); names(it) && !persons[k] && (count[k] == 1 || isCaptionCredit(it.label.name)) {
			it.isName = false
		}
	}
}

// captionCreditWords are what stands before the colon of a credit or a title of captions.
var captionCreditWords = set(`by act captioned captioning captions chapter copyright correction corrections credits
	directed edited editing encoded encoding episode music part presented produced ripped scene season series source
	starring subtitle subtitled subtitles subtitling subs sync synced synchronisation synchronization timed timing title
	transcript transcription translated translation translator translators untertitel untertitelung übersetzung sous-titres
	traduction subtítulos traducción sottotitoli traduzione legendas tradução ondertiteling vertaling`)

// isCaptionCredit reports whether a name has one of captionCreditWords.
func isCaptionCredit(name string) bool {
	return hasWord(name, captionCreditWords)
}

// isPersons reports whether a name and what follows it in a cue are those of a person: it is spelled like a
// name, and words that are said end like a sentence.
func isPersons(name, text string) bool {
	if isCaptionCredit(name) {
		return false
	}
	text = strings.ToLower(unmark(text))
	for _, sign := range []string{"@", "www.", "http", ".com", ".org", ".net", "©"} {
		if strings.Contains(text, sign) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"'”’»)] ♪"))
	return unicode.Is(unicode.Terminal_Punctuation, last) || strings.ContainsRune("…—–-", last)
}

// sections makes notes of the headings of sections that stand between labels that come again: PART 1: THE
// FERRY, and what stands alone between blank lines and comes again, News or THE STORY SO FAR. In a
// screenplay, what stands on its own between the words of people is read by nobody.
func (p *page) sections(script []item, e labelEvidence) {
	lines := map[string]int{}
	alone := func(i int) bool {
		it := &script[i]
		return it.speech() && it.spaced && it.words <= maxNameWords && len(it.plain) <= longestName && !endsText(it.plain) &&
			i+1 < len(script) && script[i+1].spaced
	}
	for i := range script {
		if alone(i) {
			lines[script[i].plain]++
		}
	}
	scenes := 0
	for i := range script {
		it := &script[i]
		if it.dir && sceneHeading().MatchString(it.dirText) {
			scenes++
		}
		switch {
		case p.captions:
		case e.settled && it.speech() && it.spaced && it.label.form == colon && isPart(it.label):
			it.reason, it.isName = "heading", false
		case it.isName || !alone(i):
		case (e.settled || e.plain) && isPartHeading(it.plain):
			it.reason = "heading"
		case lines[it.plain] < 2:
		case isSection(it.plain), e.settled && it.words >= 2 && allCaps(it.plain) && !p.shouting:
			it.reason = "heading"
		}
	}
	if !e.screenplay || scenes < 2 {
		return
	}
	for i := range script {
		it := &script[i]
		if it.speech() && !it.isName && it.spaced && i > 0 && !(script[i-1].isName && script[i-1].label.rest == "") {
			it.label, it.isName = label{rest: it.text, form: arrow}, true
		}
	}
}

// labelEvidence is what all lines of a script together say about its labels.
type labelEvidence struct {
	lines      int             // that may be said
	count      map[string]int  // of the lines that look like a label, by key
	common     map[string]bool // words that are written in small letters somewhere
	forms      [numForms]formEvidence
	lower      bool // the names that come again are in small letters
	settled    bool // people with labels come again, so that others may come once
	dashes     int  // lines on which nothing but a dash announces another speaker
	timeRests  int  // labels with a time for their text, see isTimeRest
	timeLeads  int  // labels whose text begins with a time: Ada: 0:12 Good evening
	screenplay bool // these are in capitals, right above what is said
	plain      bool // names alone on their lines, without a sign, are labels
	bracketed  bool // names in brackets alone on their lines are labels
	punctuated bool // the text has punctuation, so that a line that ends in none goes on
}

// formEvidence is what the lines of a form of labels say together.
type formEvidence struct {
	lines int // that look like it
	again int // those with a name that comes again, and with text
	names int // names that come again
}

func (p *page) labelEvidence(script []item) labelEvidence {
	e := labelEvidence{count: map[string]int{}, common: map[string]bool{}}
	e.countLines(script)
	e.bracketed, e.punctuated = bracketedNames(script), punctuated(script)
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
		if it.label.dash && it.label.name == "" {
			e.dashes++
		}
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
		} else if it.label.form == colon && leadingTime(it.label.rest) != "" && !isTime(it.label.rest) {
			e.timeLeads++
		}
	}
	names := 0
	for _, f := range []form{colon, timed, stopped, bracketed, column, dashed, enclosed, titled} {
		names += e.forms[f].names
	}
	f := e.forms[colon]
	e.lower = e.forms[colon].names >= 2 && !slices.ContainsFunc(script, func(it item) bool {
		return it.label.form == colon && e.count[key(it.label)] >= 2 && strings.ContainsFunc(it.label.name, unicode.IsUpper)
	})
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

// countLines counts the lines that may be said, those of each label, and the words in small letters. Headings of sections
// that look like names alone lose their labels.
func (e *labelEvidence) countLines(script []item) {
	for i := range script {
		it := &script[i]
		if !it.speech() {
			continue
		}
		e.lines++
		if it.label.form != noLabel && it.label.name != "" {
			if l := it.label; l.rest == "" && l.form != colon && l.form != timed && isSection(l.name) {
				it.label = label{} // News, and Weather
				continue
			}
			e.count[key(it.label)]++
		}
		for w := range strings.FieldsSeq(it.plain) {
			if r, _ := utf8.DecodeRuneInString(w); isLower(r) {
				e.common[strings.TrimRightFunc(w, unicode.IsPunct)] = true
			}
		}
	}
}

// textBelow reports whether text follows item i, a label alone on its line, before another label.
func (e *labelEvidence) textBelow(script []item, i int) bool {
	if !nextIsSpeech(script, i) {
		return false
	}
	l, next := &script[i].label, &script[script[i].next]
	switch {
	case l.timed && next.label.timed, // 0:05 Right, and the next line
		l.form == plain && i > 0 && script[i-1].reason == "time" && script[i+1].reason == "time": // the times above them
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
	rest = strings.TrimSpace(rest)
	if !ok || name == "" || name[0] == '[' || name[0] == '(' ||
		!it.speech() || !it.spaced && i > 0 || rest != "" && !isTime(rest) {
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
	amid := i > 0 && !p.captions && e.punctuated && !it.spaced && script[i-1].speech() && !endsText(script[i-1].plain) &&
		!(script[i-1].isName && script[i-1].label.rest == "")
	switch l.form {
	case arrow:
		// A dash in the midst of a sentence is only a dash.
		return !l.dash || i == 0 || it.spaced || script[i-1].label.dash || !script[i-1].speech() ||
			!goesOn(script[i-1].plain, behindBracket(l.rest))
	case plain:
		once := !isCaseless(l.name) && !weak(l.name) && !isEnumerated(l.name) && !allCommon(l.name, e.common)
		return e.plain && e.textBelow(script, i) && (n >= 2 || once)
	case bracketed:
		if it.dir {
			return nextIsSpeech(script, i) && !weak(l.name)
		}
		if p.captions && n < 2 && i > 0 && isLower(firstLetter(l.name)) &&
			script[i-1].speech() && !endsText(script[i-1].plain) &&
			!(script[i-1].isName && script[i-1].label.rest == "") {
			return false // what an editor put into a sentence: it cost / [the town] much
		}
		return !amid && (n >= 2 && !weak(l.name) || e.bracketed || e.isBracketedOnce(l))
	case bare, headed:
		if l.rest == "" && !(nextIsSpeech(script, i) && e.alone(l.form)) {
			return false
		}
		return !weak(l.name) && (n >= 2 || l.rest == "" && l.form == bare && !allCommon(l.name, e.common))
	case timed:
		again := e.forms[timed].again >= 2 // nobody else has such a label
		return (n >= 2 || (!weak(l.name) || again) && !amid && e.forms[timed].lines >= 2) &&
			(strings.TrimSpace(unmark(l.rest)) != "" || e.textBelow(script, i))
	case stopped:
		if isShortLabel(l.name) { // Q. and A.
			return !amid && n >= 2 && asks(e.count, l.name) && (l.name == "Q" || l.name == "A" || n*8 >= e.lines)
		}
		f := e.forms[stopped]
		return !amid && f.again >= 2 && (f.names >= 2 || strings.Contains(l.name, " ")) // NASA. is a sentence
	case titled: // Mr. Byron. may be a sentence of its own
		f := e.forms[titled]
		return !amid && f.names >= 2 && f.again*6 >= e.lines
	case column, dashed, enclosed:
		if l.name == "Q" && n >= 2 && e.forms[colon].again >= 1 { // beside MS. BYRON: text
			return !amid
		}
		f := e.forms[l.form]
		if e.dashes >= 2 && l.form == column && n >= 2 && f.again*4 >= e.lines { // beside — text, of who asks
			return !amid
		}
		return f.names >= 2 && f.again*4 >= e.lines && (n >= 2 || !isCaseless(l.name) && !weak(l.name) && !allCommon(l.name, e.common))
	case question:
		return !amid && n >= 2 && (n >= 3 || e.forms[colon].again >= 1)
	case colon:
		return !(l.rest == "" && !nextIsSpeech(script, i)) && e.isColonLabel(it, n, i == 0, amid)
	}
	return false
}

// isBracketedOnce reports whether a name in brackets that comes once is the label of a speaker: where others before
// text come again, and the name is in front of what may be a turn.
func (e *labelEvidence) isBracketedOnce(l label) bool {
	f := e.forms[bracketed]
	return f.again >= 3 && f.again*6 >= e.lines && l.rest != "" && beginsTurn(l.rest) &&
		!weak(l.name) && !allCommon(l.name, e.common)
}

// isColonLabel reports whether an item with a colon, whose name comes n times, begins with the label
// of a speaker. first says that it is the first of the script, amid that it is within a paragraph.
func (e *labelEvidence) isColonLabel(it *item, n int, first, amid bool) bool {
	l := it.label
	f := e.forms[colon]
	single := !strings.Contains(l.name, " ") && !unspacedName(l.name)
	if isCaseless(l.name) && !l.sure && !l.voice {
		return e.isCaselessLabel(l, n, amid) && (!weak(l.name) || n >= 3)
	}
	switch {
	case e.settled && !amid && (l.voice || allCaps(l.name) && !single):
		return true
	case l.voice && n < 2 && !nameLike(l.name):
		return false
	case weak(l.name) && single && isShortLabel(l.name) && !strings.ContainsFunc(l.name, isLower):
		return n >= 2 // initials that are a word, too
	case n >= 2 && f.names < 2 && isTopic(l.name): // Date: once a day
		return false
	case n < 2 && single && !amid && e.lower && beginsName(l.name):
		return true
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

// asks reports whether a letter with a full stop is one of those of an interview that come again, both of them,
// or Q alone.
func asks(count map[string]int, letter string) bool {
	if count[".q"] >= 2 && (letter == "Q" || letter == "A") {
		return true
	}
	return slices.ContainsFunc(interviewLetters, func(pair string) bool {
		first, second := pair[:len(pair)/2], pair[len(pair)/2:]
		return (letter == first || letter == second) &&
			count["."+strings.ToLower(first)] >= 2 && count["."+strings.ToLower(second)] >= 2
	})
}

// isEnumerated reports whether a name begins as the heading of a part does: Act Two. The Ferry.
func isEnumerated(name string) bool {
	first, _, more := strings.Cut(strings.ToLower(name), " ")
	return more && enumerators[first]
}

// beginsName reports whether a word in small letters may be a name: it begins no sentence.
func beginsName(word string) bool {
	return !openers[word] && !starters[word] && !articles[word] && !enumerators[word]
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
	name := strings.ReplaceAll(strings.ToLower(l.name), "ـ", "")             // a tatweel is no letter
	if bare := strings.TrimRight(name, " #0123456789"); countedNames[bare] { // Question 2, Q12
		name = bare
	}
	switch l.form {
	case plain:
		return "\n" + name
	case stopped, titled:
		return "." + name
	case column:
		return "\t" + name
	case dashed:
		return "-" + name
	case question:
		return "?" + name
	case enclosed:
		return "(" + name
	}
	return name
}

// countedNames are those of questions and answers, which may be counted.
var countedNames = set(`q a question answer frage antwort pregunta respuesta réponse domanda risposta pergunta resposta
	вопрос ответ f fråga svar vraag antwoord`)

// hasDigit reports whether s has an ASCII digit.
func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// unspacedName reports whether a name is of a script that is written without spaces.
func unspacedName(s string) bool { return strings.IndexFunc(s, Unspaced) >= 0 }

// isShortLabel reports whether s is as short as the labels of interviews, Q and A.
func isShortLabel(s string) bool { return utf8.RuneCountInString(s) <= 2 }

// allCommon reports whether the transcript uses all words of a name in small letters, but for the
// particles beside them. A particle alone, as Ben or Al, is a name.
func allCommon(name string, common map[string]bool) bool {
	used := false
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		switch w = strings.TrimFunc(w, unicode.IsPunct); {
		case w == "":
		case common[w]:
			used = true
		case !nameParticles[w]:
			return false
		}
	}
	return used
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
	name := items[i].label.name // it may come twice, with two times
	if i = items[i].next; i == len(items) || !items[i].speech() {
		return false
	}
	l := items[i].label
	return l.form == noLabel || l.form == plain || l.form == arrow || l.rest != "" || l.form == timed && l.name == name
}

// beginsTurn reports whether the text behind a label, or below it, may be the beginning of a sentence.
func beginsTurn(rest string) bool {
	return strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "(") || !isLower(firstLetter(rest))
}

// isQuestion reports whether a label says that somebody asks, and not who.
func isQuestion(name string) bool {
	return questionLabels[strings.ToLower(name)]
}

// questionLabels are the labels of those who ask that no name is like.
var questionLabels = set(`q question frage pregunta domanda pergunta вопрос в 问 問 质问 質問 문 질문 س سؤال ש שאלה`)

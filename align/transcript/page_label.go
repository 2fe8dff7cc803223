package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A label names the speaker of what follows. How it may look:
//
//	Ada Byron: text          ADA BYRON: text        ADA BYRON, HOST: text
//	[00:12:34] Ada: text     (00:12) Ada: text      Ada (00:12): text
//	**Ada:** text            **Ada**: text          ### Ada
//	Ada  0:12                Ada:                   Ada        (text below)
//	>> ADA: text             >> text                - text     (another speaker)
//	[Ada]: text              [Ada] text             [Ada]      (text below)
//	SPEAKER_00: text         [SPEAKER_00]: text                (by machine)
//	[Ada] 10:02:01 text      **[00:12] Ada:** text             (a time first or last)
//	[Ada, 10:02:01] text     [00:12 - Ada]                     (text below)
//	Q. text                  Mr. BYRON. text                   (a full stop)
//	Ada<tab>text             Ada   text                        (a column)
//	Ada – text               Ada -- Head of Mills              (a dash; text below)
//	(Ada) text               <Ada> text            Ada > text  (other brackets)
//	安娜「text」                                               (a quotation)
//	Q text                                                     (nothing)
//	Mr. Byron. text          The Chairman. text                (a title, a full stop)
//
// A role may follow the name in brackets: Ada (author of "Notes"; Town College): text.
//
// Whether a line of such a shape has a label is decided with the whole transcript in
// view, see labels.

// label is what may be the label of a line.
type label struct {
	name string
	role string // what stands behind the name and is no part of it; "" for none
	rest string // of the line, with marks
	form form
	// sure marks a shape that nothing but a label has: with a time, in bold, after an
	// arrow, in capitals.
	sure bool
	// timed marks a label that a time stands before.
	timed bool
	// voice marks a name of somebody without one: Man in audience.
	voice bool
	// dash marks a line on which nothing but a dash announces another speaker.
	dash bool
}

// form is the shape of a label.
type form int

const (
	noLabel   form = iota
	colon          // Name: text
	timed          // Name (00:12) text, or a name and a time alone
	bare           // a name in bold, without a sign
	headed         // a name as a heading
	plain          // a name alone on its line
	arrow          // >> text
	bracketed      // [Name] text, or [Name] alone on its line
	stopped        // Q. text, Mr. NAME. text
	column         // Name, a tab or some blanks, and text
	dashed         // Name – text
	question       // Q text
	enclosed       // (Name) text, <Name> text, 名「text」
	titled         // Mr. Name. text, The Chairman. text

	numForms = iota
)

const (
	longestName   = 64 // bytes
	longestOffice = 110
	longestRole   = 200 // in brackets
	maxNameWords  = 6
	maxRoleWords  = 14
)

// readLabel returns what may be the label of a line. dashes says that a dash at the start
// of a line announces another speaker.
func readLabel(l line, dashes bool) label {
	text := l.text
	lab := label{}
	if rest, ok := strings.CutPrefix(text, ">>"); ok {
		text = strings.TrimLeft(rest, "> ")
		lab = label{rest: text, form: arrow, sure: true}
	} else if rest, ok := cutDash(text); ok && dashes {
		text = rest
		lab = label{rest: text, form: arrow, dash: true, sure: true}
	}
	// The time may stand within the bold of the name.
	marks := text[:len(text)-len(strings.TrimLeft(text, string(boldMark)+string(italicMark)))]
	lead := leadingTime(text[len(marks):])
	text = marks + text[len(marks)+len(lead):]
	if lead != "" && lab.form == arrow {
		lab.rest = text
	}
	named := readName(text, lead != "", l.level > 0)
	if bare := strings.TrimLeftFunc(text, isOrnament); named.form == noLabel && bare != text { // 🎤 Ada: text
		if l := readName(strings.TrimSpace(bare), lead != "", l.level > 0); l.form == colon || l.form == timed {
			named = l
		}
	}
	if named.form == colon || named.form == timed || named.form != noLabel && named.form < stopped && lab.form != arrow {
		named.dash = lab.dash
		named.timed = lead != ""
		named.sure = named.sure || lab.sure || lead != "" && named.form == colon
		return named
	}
	if lab.form == noLabel { // the signs that stand in all text
		lab = named
	}
	lab.timed = lead != ""
	return lab
}

// isOrnament reports whether r is a symbol that may stand before a label, or has to do with one: an emoji, a star.
func isOrnament(r rune) bool {
	return r == '*' || r >= 0x2190 && (unicode.Is(unicode.So, r) || r == '▶' || r == 0xFE0F || r == 0x200D)
}

// cutDash returns s without the dash that it begins with, and whether there is one.
func cutDash(s string) (string, bool) {
	for _, dash := range []string{"- ", "– ", "— ", "‐ ", "-", "–", "—"} {
		if rest, ok := strings.CutPrefix(s, dash); ok && rest != "" && !strings.ContainsAny(rest[:1], "-0123456789") {
			rest = strings.TrimLeft(rest, "—―") // a dash of East Asia is two wide
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// readName reads a name at the start of a line, with the sign between it and the text.
// afterTime says that a time stands before it, heading that the line is one.
func readName(text string, afterTime, heading bool) label {
	if l := readBracketed(text); l.form != noLabel {
		return l
	}
	if l := readStopped(text); isInterviewLetter(l.name) {
		return l
	}
	if l := readQuotedLabel(text); l.form != noLabel {
		return l
	}
	if l, signed := readSigned(text); signed {
		if l.form != noLabel {
			return l
		}
		if l := readWeak(text); l.form != noLabel {
			return l
		}
		return readBold(text)
	}
	if l := readRole(text); l.form != noLabel {
		return l
	}
	if l := readWeak(text); l.form != noLabel {
		return l
	}
	whole := ""
	if len(text) <= 2*longestName { // with its marks
		whole = cleanName(text)
	}
	if l := readBold(text); l.form != noLabel {
		return l
	}
	inner, after, ok := marked(text, boldMark)
	switch {
	case !nameLike(whole), isShortSentence(whole):
		return label{}
	case afterTime:
		return label{name: whole, form: timed}
	case heading:
		return label{name: whole, form: headed}
	case ok && after == "" && cleanName(inner) == whole:
		return label{name: whole, form: bare}
	}
	return label{name: whole, form: plain}
}

// readSigned reads a name before a colon or a time, and reports whether there is such a sign.
func readSigned(text string) (l label, signed bool) {
	name, rest, form := cutName(text)
	if form == noLabel {
		return label{}, false
	}
	emphasised := strings.HasPrefix(text, string(boldMark)) || strings.HasPrefix(text, string(italicMark))
	return signedName(name, rest, form, emphasised), true
}

// readBold reads a name in bold with text behind it: **Ada** Good evening.
func readBold(text string) label {
	inner, after, ok := marked(text, boldMark)
	if after = strings.TrimSpace(after); !ok || after == "" || !nameLike(cleanName(inner)) {
		return label{}
	}
	return label{name: cleanName(inner), rest: after, form: bare}
}

// signedName returns the label of a name before a colon or a time.
func signedName(name, rest string, form form, emphasised bool) label {
	name = questionNumber().ReplaceAllString(name, "") // Q12 Ada Byron: text
	l := label{name: name, rest: rest, form: form, sure: emphasised || form == timed || allCaps(name)}
	switch {
	case nameLike(name):
		l.voice = isVoice(name)
		return l
	case form == colon && isVoice(name):
		l.sure, l.voice = false, true
		return l
	case form != colon:
		at := dashes().FindStringIndex(name)
		if at == nil || at[0] == 0 || !nameLike(name[:at[0]]) || !nameLike(name[at[1]:]) {
			return label{}
		}
		l.name, l.role = name[:at[0]], name[at[0]:] // Ada Byron | Host 0:12
		return l
	}
	// Dr. ADA BYRON (Author, "Notes"; Town College): text
	if head, role, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(role, ")") && nameLike(head) {
		l.name, l.role = head, "("+role
		return l
	}
	return label{}
}

// questionNumber matches what counts the questions of a committee before the names of those who ask.
var questionNumber = lazyRegexp(`^Q\d{1,4}\s+`)

// dashes part a name from a role or from text.
var dashes = lazyRegexp(`\s+(?:-{1,3}|–|—|\||>)\s+|--+`)

// readRole reads a name and a role alone on a line: Ada Byron -- Head of Mills.
func readRole(text string) label {
	whole := strings.TrimSpace(unmark(text))
	at := dashes().FindStringIndex(whole[:min(len(whole), longestName+8)])
	if at == nil || at[0] == 0 || columnEnd(whole[:at[0]]) > 0 {
		return label{}
	}
	name, role := whole[:at[0]], whole[at[1]:]
	words := strings.Fields(role)
	if len(words) == 0 || len(words) > maxRoleWords || !nameLike(name) || endsText(role) {
		return label{}
	}
	for _, w := range words {
		first := firstLetter(w)
		if first == 0 && sounds(w) || isLower(first) && !nameParticles[strings.Trim(w, ",.;()&")] && !hasInnerCapital(w) {
			return label{}
		}
	}
	l := label{name: name, role: strings.TrimSpace(whole[at[0]:]), form: plain}
	if inner, _, ok := marked(text, boldMark); ok && cleanName(inner) == name { // **Ada Byron** - Head of Mills
		l.form = bare
	}
	return l
}

// readWeak reads a name with one of the signs behind it that stand in all text: a full stop, white
// space, a dash. It takes what is there in most lines for these to be labels.
func readWeak(text string) label {
	if rest, ok := strings.CutPrefix(text, "Q "); ok && unicode.IsUpper(firstLetter(rest)) {
		if trimmed := strings.TrimLeft(rest, " "); trimmed == rest {
			return label{name: "Q", rest: rest, form: question}
		}
	}
	if l := readStopped(text); l.form != noLabel {
		return l
	}
	if l := readEnclosed(text); l.form != noLabel {
		return l
	}
	if l := readClock(text); l.form != noLabel {
		return l
	}
	head := text[:min(len(text), longestName)]
	sign, form := dashes().FindStringIndex(head), dashed
	if at := columnEnd(head); at > 0 && (sign == nil || at <= sign[0]) {
		sign, form = []int{at, at}, column
	}
	// A blank of East Asia is as wide as a character.
	if name, rest, ok := strings.Cut(head, "\u3000"); ok && unspacedName(name) && (sign == nil || len(name) < sign[0]) {
		if rest = strings.TrimLeft(rest, "\u3000"); !strings.Contains(rest[:min(len(rest), longestName)], "\u3000") {
			sign, form = []int{len(name), len(name)}, column
		}
	}
	if sign == nil || sign[0] == 0 {
		return label{}
	}
	name, rest := cleanName(head[:sign[0]]), strings.TrimSpace(balance(head[:sign[0]], text[sign[1]:]))
	role := ""
	if before, ok := strings.CutSuffix(name, "."); ok && form == dashed { // Ada Byron (Mills), for her group. – text
		if of, as, ok := strings.Cut(before, ", "); ok && nameLike(of) {
			name, role = of, as
		} else if strings.HasSuffix(before, ")") {
			name = before
		}
	}
	if !nameLike(name) || rest == "" {
		return label{}
	}
	return label{name: name, role: role, rest: rest, form: form}
}

// readClock reads a name and a time without brackets before text: Ada 00:12:03 Good evening.
func readClock(text string) label {
	at := strings.IndexAny(text[:min(len(text), longestName)], "0123456789")
	if at < 2 || text[at-1] != ' ' && text[at-1] != '\t' {
		return label{}
	}
	name, t := cleanName(text[:at]), leadingTime(text[at:])
	if t == "" || !strings.Contains(t, ":") || !nameLike(name) {
		return label{}
	}
	rest := strings.TrimSpace(text[at+len(t):])
	if rest == "" || !beginsTurn(rest) {
		return label{}
	}
	return label{name: name, rest: rest, form: column}
}

// readEnclosed reads a name in round or angle brackets before text, as those of chats and of some
// interviews stand.
func readEnclosed(text string) label {
	s := strings.TrimLeft(text, string(boldMark)+string(italicMark))
	closing := map[rune]byte{'(': ')', '<': '>'}[firstOf(s)]
	end := strings.IndexByte(s[:min(len(s), longestName)], closing)
	if closing == 0 || end < 2 {
		return label{}
	}
	name, rest := cleanName(s[1:end]), strings.TrimSpace(balance(text[:len(text)-len(s)], s[end+1:]))
	if known, _ := announces(name); known || rest == "" || !beginsTurn(rest) || !nameLike(name) {
		return label{}
	}
	return label{name: name, rest: rest, form: enclosed}
}

// readQuotedLabel reads a name before a quotation in corner brackets, as Japanese scripts have turns: 安娜「text」. What
// stands behind the quotation makes it a sentence.
func readQuotedLabel(text string) label {
	name, _, ok := strings.Cut(text[:min(len(text), longestName)], "「")
	if name = cleanName(name); !ok || !unspacedName(name) || !nameLike(name) {
		return label{}
	}
	said := text[strings.Index(text, "「"):]
	if quoted, closed := strings.CutSuffix(said, "」"); closed {
		said = strings.TrimPrefix(quoted, "「")
	} else if strings.Contains(said, "」") {
		return label{}
	}
	return label{name: name, rest: strings.TrimSpace(said), form: enclosed}
}

// columnEnd returns where the tab or the blanks begin that end a column of names, and -1 if there are
// none.
func columnEnd(s string) int {
	s = strings.TrimRight(s, " \t")
	at := strings.IndexByte(s, '\t')
	if blanks := strings.Index(s, "  "); at < 0 || blanks >= 0 && blanks < at {
		at = blanks
	}
	if at > 0 && s[at] == ' ' && strings.ContainsRune(".,;!?", rune(s[at-1])) {
		return -1 // So.  Then
	}
	return at
}

// stoppedName matches a label that ends in a full stop: Q. and A., and a surname in capitals, with
// titles before it and a place behind it.
var stoppedName = lazyRegexp(`^([QAFPRDSВО]\d{0,3}|(?:(?:\p{Lu}\p{Ll}*|\p{Lu}{2,})\.?\s){0,4}` +
	`(?:M[ac]c?|D[aei]|L[ae]|O['’])?\p{Lu}[\p{Lu}'’-]*\p{Lu}` +
	`(?: of(?: the)?(?: \p{Lu}\p{L}+){1,3}| pro tempore| \([^()]{1,60}\))?)(?:\.|\.?--|\.—)[\x01\x02]*\s+`)

// interviewLetters are those of questions and answers, in English, German, Swedish, Spanish and Portuguese, French,
// Italian, and Russian.
var interviewLetters = []string{"QA", "FA", "FS", "PR", "QR", "DR", "ВО"}

// isInterviewLetter reports whether a name is one of interviewLetters.
func isInterviewLetter(name string) bool {
	return utf8.RuneCountInString(name) == 1 && slices.ContainsFunc(interviewLetters, func(pair string) bool {
		return strings.Contains(pair, name)
	})
}

// readStopped reads a name that ends in a full stop.
func readStopped(text string) label {
	s := strings.TrimLeft(text, string(boldMark)+string(italicMark))
	if s == "" || s[0] < 'A' || s[0] > 'Z' && s[0] < utf8.RuneSelf {
		return label{}
	}
	form, end, after := stopped, 0, 0 // end of the name, and where the text begins
	if m := stoppedName().FindStringSubmatchIndex(s[:min(len(s), longestOffice)]); m != nil {
		end, after = m[3], m[1]
	} else if end = titledEnd(s); end > 0 {
		form, after = titled, end+1
	} else {
		return label{}
	}
	rest := strings.TrimSpace(balance(text[:len(text)-len(s)+after], s[after:]))
	if form == titled {
		rest = strings.TrimLeft(rest, "–—- ")
	}
	name := cleanName(s[:end])
	if bare := strings.TrimRight(name, "0123456789"); isInterviewLetter(bare) { // Q12. text
		name = bare
	}
	if rest == "" || isLower(firstLetter(rest)) || abbrTitle[strings.ToLower(name)] {
		return label{}
	}
	return label{name: name, rest: rest, form: form}
}

var (
	// What stands before the names in the records of hearings and parliaments, or is one with The.
	titles = set(`mr mrs ms miss dr prof professor senator sen representative rep congressman congresswoman delegate
		chairman chairwoman chairperson chair president speaker secretary general admiral colonel captain sergeant
		ambassador judge justice governor gov mayor director commissioner administrator chief sheriff inspector counsel
		reverend rev rabbi bishop sister father lord lady baroness baron sir dame councilman councilwoman councilmember
		councillor alderman minister m mm mme mmes herr frau señor señora`)
	offices = set(`chairman chairwoman chairperson chair president speaker clerk witness court interpreter reporter secretary
		moderator operator commissioner presiding`)
	// M. le président, Mme la ministre déléguée
	titledOffice = lazyRegexp(`^(?:M|Mme|MM|Mmes)\.? l(?:e|a|es) \p{Ll}+(?:[ -]\p{Ll}+){0,3}\.(?:\s|$)`)
	titledName   = lazyRegexp(`^[\p{Lu}][\p{L}.]* (?:(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]*|d[aei]|van|von|der) ){0,3}` +
		`\p{Lu}[\p{L}'’-]*\p{Ll}(?: of(?: the)?(?: \p{Lu}\p{L}+){1,3})?\.(?:\s|$)`)
)

// titledEnd returns the end of the name that s begins with: a title and a surname before a full stop,
// Mr. Byron. or The Chairman., and 0 if there is none.
func titledEnd(s string) int {
	s = s[:min(len(s), longestName)]
	first, after, _ := strings.Cut(s, " ")
	if first == "The" {
		office, _, stopped := strings.Cut(after, ".")
		if stopped && offices[strings.ToLower(office)] {
			return len(first) + 1 + len(office)
		}
		return 0
	}
	if !titles[strings.ToLower(strings.TrimSuffix(first, "."))] {
		return 0
	}
	name := titledOffice().FindString(s)
	if name == "" {
		name = titledName().FindString(s)
	}
	return max(0, strings.LastIndexByte(name, '.'))
}

// isShortSentence reports whether a line of the shape of a name ends in a full stop that is not
// that of an abbreviation or an initial: Yes. is said, however often it comes. A play has HAMLET.,
// in capitals.
func isShortSentence(line string) bool {
	word, stopped := strings.CutSuffix(line[strings.LastIndexByte(line, ' ')+1:], ".")
	if !stopped || allCaps(line) || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return false
	}
	lower := strings.ToLower(word)
	return utf8.RuneCountInString(word) > 1 && !abbrTitle[lower] && !abbrEither[lower]
}

// readBracketed reads a name in square brackets at the start of a line. What names a
// sound or missing words is none. With a colon behind it, it can be nothing else.
func readBracketed(text string) label {
	s := strings.TrimLeft(text, string(boldMark)+string(italicMark))
	open, closing := firstOf(s), ']'
	if slices.Contains(squares, open) {
		closing = closings[open]
	} else if open != '[' {
		return label{}
	}
	from := utf8.RuneLen(open)
	end := strings.IndexRune(s[:min(len(s), longestName)], closing)
	if end <= from-1 {
		return label{}
	}
	name, within := strings.CutSuffix(cleanName(s[from:end]), ":") // [Ada:] text
	end += utf8.RuneLen(closing) - 1
	inner := withoutTime(name)
	if known, _ := announces(inner); known || !nameLike(inner) {
		return label{}
	}
	rest := strings.TrimSpace(balance(text[:len(text)-len(s)], s[end+1:]))
	if inner != name { // [Ada, 0:12] text
		return label{name: inner, rest: strings.TrimSpace(strings.TrimLeftFunc(rest, isColon)), form: timed, sure: true}
	}
	if within {
		return label{name: name, rest: rest, form: colon, sure: !weak(name)}
	}
	if after := strings.TrimLeftFunc(rest, isColon); after != rest {
		return label{name: name, rest: strings.TrimSpace(balance(text[:len(text)-len(s)], after)), form: colon, sure: !weak(name)}
	}
	if what, _ := readBracket(name); what != insertion {
		return label{} // [RAIN FALLS]
	}
	if t := leadingTime(rest); t != "" { // [Ada] 10:02:01
		return label{name: name, rest: strings.TrimSpace(rest[len(t):]), form: timed, sure: true}
	}
	return label{name: name, rest: rest, form: bracketed}
}

// withoutTime returns a name without the time that stands before it or behind it.
func withoutTime(name string) string {
	if !hasDigit(name) {
		return name
	}
	if at := timeWithin().FindStringIndex(name); at != nil && (at[0] == 0) != (at[1] == len(name)) {
		return strings.Trim(name[:at[0]]+name[at[1]:], " ,;|•·@-–—")
	}
	return name
}

// cutName cuts s at the colon or time after a name. The form is noLabel if there is none.
func cutName(s string) (name, rest string, f form) {
	limit := min(len(s), longestOffice)
	for i := 0; i < limit; {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '`':
			return "", "", noLabel
		case isColon(r):
			if i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1]) {
				break // within a time
			}
			if strings.HasPrefix(s[i+size:], "//") {
				return "", "", noLabel // of an address
			}
			if columnEnd(s[:i]) > 0 {
				return "", "", noLabel // the name ended before
			}
			rest = balance(s[:i], s[i+size:])
			if t := timeBracketed().FindString(rest[:min(len(rest), 60)]); t != "" {
				rest = strings.TrimLeft(rest[len(t):], " :-–—")
			}
			return cleanName(s[:i]), strings.TrimSpace(rest), colon
		case strings.ContainsRune("([{<", r):
			t := timeBracketed().FindString(s[i:min(len(s), i+60)])
			if t == "" {
				if r != '(' && r != '[' {
					break
				}
				// A colon in brackets ends no name.
				end := strings.IndexByte(s[i:min(len(s), i+longestRole)], map[rune]byte{'(': ')', '[': ']'}[r])
				if end < 0 {
					return "", "", noLabel
				}
				i += end
				limit = max(limit, min(len(s), i+8))
				continue
			}
			rest = strings.TrimSpace(s[i+len(t):])
			// The colon may stand within the bold of the name, before it ends, or after.
			rest = strings.TrimSpace(balance(s[:i], strings.TrimLeftFunc(rest, isColon)))
			for _, dash := range []string{"- ", "– ", "— "} {
				rest = strings.TrimPrefix(rest, dash)
			}
			return cleanName(s[:i]), strings.TrimSpace(strings.TrimLeftFunc(rest, isColon)), timed
		case i > 0 && isDigit(s[i]) && !isDigit(s[i-1]) && len(s) < longestName+40 && timeTrailing().MatchString(unmark(s[i:])):
			return cleanName(strings.TrimRight(unmark(s[:i]), " |•·,@-–—")), "", timed
		}
		i += size
	}
	return "", "", noLabel
}

// isColon reports whether r is a colon.
func isColon(r rune) bool { return r == ':' || r == '：' }

// balance returns rest without the mark that ends the emphasis of before.
func balance(before, rest string) string {
	for _, mark := range []string{string(boldMark), string(italicMark)} {
		if strings.Count(before, mark)%2 == 0 {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		if after, ok := strings.CutPrefix(rest, mark); ok { // without a copy of all that follows
			rest = after
		} else {
			rest = strings.Replace(rest, mark, "", 1)
		}
	}
	return rest
}

// isDigit reports whether c is an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cleanName returns a name without marks, with single blanks between its words.
func cleanName(s string) string {
	s = strings.Join(strings.Fields(unmark(s)), " ")
	if strings.HasSuffix(s, ")") {
		s = strings.TrimRight(continued().ReplaceAllString(s, ""), " ")
	}
	return s
}

// continued matches what a screenplay writes behind names: MARA (CONT'D).
var continued = lazyRegexp(`(?i) \((?:cont(?:['’]?d|inued|inuing)\.?|v\.? ?o\.?|o\.? ?s\.?|o\.? ?c\.?)\)$`)

// nameParticles holds small words within names: Ludwig van Beethoven, the Duke of York,
// Ana y Luis.
var nameParticles = set(`of the and van von vom zu zur der den de del della delle di da do dos das du des la le el
	al bin ibn ben y e i et und och og for in on at to mit et bint san ter ten af av d d' l' with & + / -`)

// lowerTitle matches The narrator, die Moderatorin.
var lowerTitle = lazyRegexp(`^(?i:the|der|die|das|le|la|el|il|o|a) \p{L}+$`)

// machineName matches SPEAKER_00 and Speaker_A, as programs that tell voices apart name them, and ada_byron,
// as people name accounts.
var machineName = lazyRegexp(`^\p{L}[\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+$`)

// nameLike reports whether s has the shape of a name: up to six words, in small letters
// only particles, without punctuation that names don't have. A single word in small
// letters passes too (host, speaker 1); labels decides on it.
func nameLike(s string) bool {
	if office, ok := officeOf(s); ok {
		s = office
	}
	if s == "" || len(s) > longestName || isDate(s) {
		return false
	}
	if machineName().MatchString(s) || !isASCII(s) && vocabularySets()[aRole][strings.ToLower(s)] { // Người dẫn
		return true
	}
	if noCaselessName(s) {
		return false
	}
	words := strings.Fields(s)
	if len(words) > maxNameWords || strings.ContainsAny(s[:1], "[(") || strings.ContainsAny(s, `?!;…*{}<>=|_~^`) ||
		strings.Contains(s, "://") || strings.Contains(s, "www.") {
		return false
	}
	if strings.Trim(words[0], "0123456789") == "." || strings.Trim(words[0], "0123456789") == ")" {
		return false // of a list
	}
	if len(words) > 1 && strings.HasSuffix(words[0], ",") && starters[strings.ToLower(words[0])] {
		return false
	}
	if lowerTitle().MatchString(s) {
		return true
	}
	if strings.Count(s, "(") != strings.Count(s, ")") || strings.Count(s, "[") != strings.Count(s, "]") {
		return false // a bracket is open
	}
	first, letters, inBracket, afterComma := true, false, false, false
	for _, w := range words {
		open := strings.HasPrefix(w, "(") || strings.HasPrefix(w, "[")
		inBracket = inBracket || open
		core := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		r, _ := utf8.DecodeRuneInString(core)
		switch {
		case core == "" && !first && (nameParticles[w] || w == "–" || w == "—"):
		case core == "":
			return false
		case strings.HasSuffix(w, ".") && !first && utf8.RuneCountInString(core) > 4 && !strings.Contains(core, "."):
			return false // a sentence ends here
		case isLower(r) && len(words) > 1 && !inBracket && !afterComma && !nameParticles[strings.ToLower(core)] &&
			!hasInnerCapital(core) && !(first && len(words) == 2 && strings.Trim(words[1], "#0123456789") == ""):
			return false
		case Unspaced(r) && utf8.RuneCountInString(core) > mostUnspaced(r):
			return false // a sentence without spaces
		}
		letters = letters || strings.IndexFunc(core, unicode.IsLetter) >= 0
		inBracket = inBracket && !strings.HasSuffix(w, ")") && !strings.HasSuffix(w, "]")
		afterComma = strings.HasSuffix(w, ",")
		first = false
	}
	return letters
}

// mostUnspaced returns the most characters of a name that is written without spaces and begins with the
// letter r: of alphabets, as Thai has one, it takes about twice those of syllables and words.
func mostUnspaced(r rune) int {
	if unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return 24
	}
	return 12
}

// officeOf returns the name before an office that is too long for one: MS. BYRON, GUILD OF MILLS,
// UPPER LAKE. It is in capitals, as nothing else of that length is before a colon.
func officeOf(s string) (name string, ok bool) {
	name, office, ok := strings.Cut(s, ", ")
	return name, ok && (len(s) > longestName || strings.Count(s, " ") >= maxNameWords) && len(s) <= longestOffice && allCaps(s) &&
		!strings.ContainsAny(office, `?!;…*{}<>=|_~^`) && strings.Contains(office, " ")
}

var (
	// Who speaks and has no name, and what may stand before and behind it: Second man, Woman at the back.
	voices = set(`all both everyone everybody crowd audience man woman boy girl child children kid kids voice voices
		voiceover voice-over caller reporter reporters speaker speakers student students narrator announcer
		operator interviewer interviewee questioner member members participant participants group chorus choir class
		listener visitor guest stranger male female men women host teacher officer driver passenger waiter
		clerk doctor nurse patient journalist moderator others alle beide mann frau männer frauen junge
		mädchen kind kinder stimme stimmen publikum zuschauer zuschauerin sprecher sprecherin hörer hörerin
		tous toutes homme femme hommes femmes voix public enfant enfants todos todas ambos hombre mujer
		público niño niña voz tutti tutte uomo donna pubblico bambino bambina voce todos todas homem mulher
		все мужчина женщина голос зал ведущий ведущая`)
	voiceBefore = set(`a an the another other first second third fourth one two three several some various young old elderly older
		younger unidentified unknown unnamed male female audience news radio tv phone anonymous off-screen offscreen distant
		some hon hon. honourable honorable recorded automated automatic computer robot robotic electronic loudspeaker background
		ein eine zweiter zweite erster erste une un autre una otro otra`)
	voiceBehind = set(`in on at from with off behind of over outside inside near by im aus am auf dans de au en del nel`)
)

// isVoice reports whether a name is that of somebody without one, in any letter case.
func isVoice(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 || len(words) > maxNameWords {
		return false
	}
	if owner, ok := strings.CutSuffix(strings.Replace(words[0], "’", "'", 1), "'s"); ok && voices[owner] { // Woman's voice
		words[0] = owner
	}
	for len(words) > 1 && voiceBefore[words[0]] {
		words = words[1:]
	}
	if voices[words[0]] && len(words) > 1 && voices[words[1]] { // Audience member
		words = words[1:]
	}
	switch {
	case len(words) == 1 && offices[words[0]]: // The Chairman
		return true
	case !voices[words[0]]:
		return false
	case len(words) == 1, len(words) == 2 && strings.Trim(words[1], "#?0123456789") == "":
		return true
	}
	return voiceBehind[words[1]] && len(words) <= 5 && !strings.ContainsAny(name, ",;.?!\"“”")
}

// hasInnerCapital reports whether a capital stands behind the first letter: d’Artagnan.
func hasInnerCapital(s string) bool {
	return strings.IndexFunc(s, unicode.IsUpper) > 0
}

var (
	// Words before a colon at the start of a paragraph: Remember: ..., The Result: ...,
	// Step 1: ... They are a label only if it comes again.
	openers = set(`remember note notes look listen see think imagine warning ps p.s first second third fourth lastly
		finally next last yesterday tomorrow tonight one two three four example examples result results fact facts
		update spoiler disclaimer question answer questions answers q a problem solution reason bottom pro con tip
		hint caveat translation meaning namely again anyway plus conclusion summary point again quote unquote
		subject title topic date time place location source sources correction edit recorded published airdate
		transcript transcription episode guests guest topics links link keywords tags read more related duration length
		schlagwort schlagwörter stichwort stichwörter kategorie kategorien mots-clés étiquettes catégorie catégories
		etiquetas palabras categoría categorías palavras-chave parole теги метки категория категории
		y pero o si no que como mi su este esto el la los las un una le les des et mais ou donc ce cette mon ma der
		die das ein eine und aber oder ich wir sie es il gli uno che os um uma e mas и но а или что как это`)
	enumerators = set(`step rule part chapter lesson point number tip reason act section item option question answer day
		week month year episode season figure phase stage round scene verse book volume table level case myth fact
		phone tel act principle key mistake secret habit theory track minute segment`)
	// The people who make an episode, and what they do.
	creditWords = set(`producer producers produced producing production pre-production post-production editor editors
		edited editing mixer mixed mixing mastering sound audio music score soundtrack theme artwork art design designer
		designed engineer engineers engineering written writer writers writing research researcher reporting reported
		reporter host hosts hosted presenter presented narrator narrated narration director directed composer composed
		credits executive executives senior associate assistant managing studio crew team staff intern interns
		fact-checker fact-checking fact-checkers transcribed transcript transcription translator translated translation
		photo photos photography cover illustration illustrator logo web distribution sponsor sponsors
		speaker speakers interviewer interviewers interviewee interviewees interviewed moderator moderators
		transcriber participants panel panelists attendees sponsored publisher published recorded recording camera video videography
		cinematography animation guest guests
		producción edición música guion sonido réalisation montage musique mixage produktion redaktion musik regie ton
		moderation produzione montaggio musiche produção edição`)
)

// weak reports whether a paragraph of speech may well begin with the name and a colon.
func weak(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	first := strings.Trim(words[0], `"“”'‘’().,`)
	if openers[first] || starters[first] || articles[first] {
		return true
	}
	if enumerators[first] && len(words) <= 3 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(first)
	upper := strings.IndexFunc(name, unicode.IsUpper) >= 0
	return isLower(r) && !upper // host, speaker 1
}

// isCredit reports whether name and rest are a role and names, no sentence: "Studio
// Production: Ada Byron".
func isCredit(name, rest string) bool {
	if strings.Count(name, " ") >= maxNameWords || !isRole(name) {
		return false
	}
	rest = strings.TrimSpace(unmark(rest))
	if rest == "" {
		return strings.Contains(strings.ToLower(name), "credits")
	}
	words := strings.Fields(rest)
	if len(words) > 40 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(rest)
	if last == '?' || unicode.Is(unicode.Sentence_Terminal, last) && len(words) > 1 &&
		!strings.HasSuffix(rest, "Jr.") && !strings.HasSuffix(rest, "Inc.") {
		return false
	}
	small := 0
	for _, w := range words {
		r := firstLetter(w)
		if isLower(r) && !nameParticles[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] &&
			w != "by" && w != "from" && !strings.Contains(w, "://") && !strings.Contains(w, ".") {
			small++
		}
	}
	return small == 0
}

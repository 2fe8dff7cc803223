package transcript

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// Form is a kind of file that holds a transcript. Which one a file is of, is told by what
// it holds and not by its name.
type Form struct {
	Name   string // as people call it, and as Script.Form has it
	Told   string // what it is told by
	Source string // the schema, the program or the document that its reader was built from
}

// The forms of a page, which is what a file of no other form is.
const (
	formText     = "plain text"
	formMarkdown = "Markdown"
	formHTML     = "HTML"
)

// Forms returns all forms that Parse and ParseOffice read, in the order in which they are
// looked for: office files, exports, pages.
func Forms() []Form {
	var all []Form
	for _, f := range officeForms() {
		all = append(all, f.Form)
	}
	for _, f := range exportForms() {
		all = append(all, f.Form)
	}
	return append(all,
		Form{formHTML, "a document tag, or a tag first and closed tags of a page", "html.spec.whatwg.org"},
		Form{formMarkdown, "headings, bold text or links by its signs",
			"spec.commonmark.org; what Descript exports, which has no JSON"},
		Form{formText, "anything else",
			"pages and scripts as people save them; what Otter and Trint export as text"},
	)
}

// exportForm is the form of what another program exports. A new one is a row in jsonForms,
// turnForms or tableForms.
type exportForm struct {
	Form
	is   func(*export) bool
	read func(*export) error
}

// exportForms returns the forms of exports in the order in which they are looked for: what is
// told by more comes first.
func exportForms() []exportForm { return slices.Concat(jsonForms(), turnForms(), tableForms()) }

// export is a file that another program has exported, on its way to a Script.
type export struct {
	text   string  // decoded
	json   *object // nil for what is no JSON
	pieces []piece // what its reader found
	lines  []line  // of an export that holds a page; there are no pieces then
	notes  []Note
	turns  bool // its pieces are paragraphs: none is a word alone, and what looks like a tag in one is text
}

// piece is what one person says in one entry of an export.
type piece struct {
	speaker string // "" where nobody is named
	// named says that the export names who speaks, be it by "": nothing of the text is a label
	// then.
	named bool
	below bool // its row names nobody, and goes on with the one above
	text  string
	opens bool // the text begins a paragraph; else it may run on from the piece before
	said  bool // the text is no direction, whatever it looks like
	level int  // of the heading that the text is, as of a line; 0 for none
	line  int  // of the file, from 1; in JSON, which has no lines to speak of, pieces are numbered
	hint  hint // when it begins, by the export
	end   hint // when it ends
}

// add adds a piece, which is numbered if it has no line.
func (e *export) add(p piece) {
	if p.line == 0 {
		p.line = len(e.pieces) + 1
	}
	e.pieces = append(e.pieces, p)
}

// readExport reads text if it is the export of another program, and reports whether it is.
// JSON always is: it is an error where its form is not known.
func readExport(text string) (s *Script, ok bool, err error) {
	e, form, ok, err := openExport(text)
	if err != nil || !ok {
		return nil, ok, err
	}
	if s, err = e.script(); err != nil {
		return nil, true, err
	}
	if len(s.Turns) == 0 {
		return nil, true, fmt.Errorf("as %s it holds nothing that is said: check that this is the right file", form)
	}
	s.Form = form
	return s, true, nil
}

// openExport reads the pieces of text, or its lines, if it is the export of another program, and
// returns its form.
func openExport(text string) (e *export, form string, ok bool, err error) {
	e = &export{text: text}
	var f exportForm
	if IsJSON(text) {
		if e.json, err = readObject(text); err != nil {
			return nil, "", true, err
		}
		if e.json, f, ok = e.json.unwrapped(); !ok {
			return nil, "", true, e.json.unknown()
		}
	} else {
		forms := slices.Concat(turnForms(), tableForms())
		i := slices.IndexFunc(forms, func(f exportForm) bool { return f.is(e) })
		if i < 0 {
			return nil, "", false, unknownText(text)
		}
		f = forms[i]
	}
	if err := f.read(e); err != nil {
		return nil, "", true, fmt.Errorf("as %s: %w", f.Name, err)
	}
	return e, f.Name, true, nil
}

// Entry is what one person says in one entry of an export, with its times.
type Entry struct {
	Speaker    string        // "" where nobody is named
	Text       string        // of one line or more
	Start, End time.Duration // End > Start, or both 0 where it has no time
	Line       int           // of the file, from 1; in JSON entries are numbered
	Unit       time.Duration // that times of the file are rounded down to; 0 where it is no more than a millisecond
	Shared     bool          // the times are a share of those of several entries
}

// Entries returns the entries of a decoded text in the order of the file, for captions of their times, where
// text is the export of another program, and reports whether it is: see Forms. Of one that lists words
// they are sentences. An entry without an end lasts until the next begins. In a form of turns, a paragraph without a time
// shares that of the one before it. What has no time otherwise stands last, Start and End 0. It is an error where most
// of an export, or all of the turns, has no times.
func Entries(text string) (entries []Entry, ok bool, err error) {
	const lastEntry = 5 * time.Second
	e, form, ok, err := openExport(text)
	if err != nil || !ok {
		return nil, ok, err
	}
	e.joinWords()
	var untimed []Entry
	for _, p := range e.pieces {
		text := strings.TrimSpace(e.plain(p.text))
		shares := e.turns && len(entries) > 0 && (p.said || !IsDirection(text))
		if text == "" || p.level > 0 {
			continue
		}
		speaker := e.plain(p.speaker)
		if p.below && text[0] == '[' && text[len(text)-1] == ']' {
			speaker = "" // nobody says a sound
		}
		if !p.hint.known && !shares {
			untimed = append(untimed, Entry{Speaker: speaker, Text: text, Line: p.line})
			continue
		}
		entry := Entry{Speaker: speaker, Text: text, Start: p.hint.at, End: p.end.at, Line: p.line, Shared: !p.hint.known}
		if e.turns {
			entry.Unit = turnUnit
		}
		entries = append(entries, entry)
	}
	if len(entries) == 0 || !e.turns && len(entries)*2 <= len(e.pieces) {
		return nil, true, fmt.Errorf("as %s it has no times: cuewright align makes captions of it with its recording", form)
	}
	for i, next := 0, 0; i < len(entries); i = next {
		for next = i + 1; next < len(entries) && entries[next].Shared; next++ {
		}
		entry := &entries[i]
		switch {
		case entry.End > entry.Start:
		case next < len(entries) && entries[next].Start > entry.Start:
			entry.End = entries[next].Start
		case next < len(entries) && entry.Unit > 0 && entries[next].Start == entry.Start:
			entry.End = entry.Start + entry.Unit // both begin in it
		default:
			entry.End = entry.Start + lastEntry*time.Duration(next-i)
		}
		share(entries[i:next])
	}
	return append(entries, untimed...), true, nil
}

// share parts the time of the first entry among all of them by the length of their text.
func share(entries []Entry) {
	whole := 0
	for _, e := range entries {
		whole += utf8.RuneCountInString(e.Text)
	}
	start, end, before := entries[0].Start, entries[0].End, 0
	for i := range entries[1:] {
		before += utf8.RuneCountInString(entries[i].Text)
		at := start + time.Duration(float64(end-start)*(float64(before)/float64(whole)))
		entries[i].End, entries[i+1].Start = at, at
	}
	entries[len(entries)-1].End = end
}

// rootOf returns the name of the outermost element of a text that is XML by its head, or, where it does not say so,
// by one element around all of it that HTML does not have; "" for other text.
func rootOf(text, head string) string {
	if m := xmlRoot().FindStringSubmatch(head); m != nil {
		return m[1]
	}
	if m := outermost().FindStringSubmatch(head); m != nil && atom.Lookup([]byte(strings.ToLower(m[1]))) == 0 &&
		strings.HasSuffix(strings.TrimSpace(text), "</"+m[1]+">") {
		return m[1]
	}
	return ""
}

// outermost matches a tag at the start of a file that another one follows.
var outermost = lazyRegexp(`^\s*<([A-Za-z][\w:.-]{0,59})(?:\s[^<>]*)?>\s*<`)

// xmlRoot matches the start of a file of XML up to the name of its root.
var xmlRoot = lazyRegexp(`^\s*<\?xml\s[^>]*>(?:\s|<!--[^>]*-->|<[?!][^>]*>)*<([\w:.-]{1,60})`)

// unknownText returns an error if text is what programs write for programs, and no page.
func unknownText(text string) error {
	head := text[:min(len(text), 4096)]
	if root := rootOf(text, head); root != "" && !isHTML(text) {
		return fmt.Errorf("XML of an unknown form: its outermost element is %s: export it as text or captions", root)
	}
	if lines := headLines(head, 1); len(lines) > 0 && rttmLine().MatchString(lines[0]) {
		return errors.New("RTTM says who speaks when, but not what: give the transcript")
	}
	return nil
}

// rttmLine matches a stretch of speech of RTTM, which has ten fields.
var rttmLine = lazyRegexp(`^(?:SPEAKER|SPKR-INFO)(?:\s+\S+){8,9}$`)

// script makes a script of what the reader found. It is an error where that is far more than an
// episode holds.
func (e *export) script() (*Script, error) {
	lines, captions := e.lines, false
	if lines == nil {
		lines, captions = e.pieceLines(), true
	}
	if tooManyWords(lines, e.notes) {
		return nil, errTooManyWords
	}
	s := readPage(lines, captions)
	s.AddNotes(e.notes)
	return s, nil
}

// joinWords joins the pieces to sentences if they are words.
func (e *export) joinWords() {
	if e.turns || !e.isWords() {
		return
	}
	j := wordJoiner{export: e}
	words := e.pieces
	e.pieces = nil
	for _, w := range words {
		j.line = w.line
		j.word(w.speaker, w.named, w.text, w.hint, w.end)
	}
	j.flush()
}

// pieceLines returns the lines of the pieces.
func (e *export) pieceLines() []line {
	e.joinWords()
	var lines []line
	for _, p := range e.pieces {
		voice := strings.Join(strings.Fields(e.plain(p.speaker)), " ")
		spaced := p.opens
		for text := range strings.SplitSeq(e.plain(p.text), "\n") {
			if text = strings.TrimSpace(text); text == "" {
				spaced = true
				continue
			}
			lines = append(lines, line{
				num: p.line, text: text, spaced: spaced, voice: voice, voiced: p.named, unlabelled: p.named, said: p.said, hint: p.hint,
				level: p.level,
			})
			spaced, p.hint = false, hint{}
		}
	}
	return lines
}

// plain returns a text of the export without markup.
func (e *export) plain(s string) string {
	if e.turns {
		return normalize(s)
	}
	return untagged(s)
}

// untagged returns a text of an export without the tags and entities of HTML that tables and web
// services keep in such texts; its breaks are line breaks.
func untagged(s string) string {
	s = tags(normalize(s))
	if strings.IndexFunc(s, isBreak) >= 0 {
		s = strings.Map(func(r rune) rune {
			if isBreak(r) {
				return '\n'
			}
			return r
		}, s)
	}
	return unmark(s)
}

// isBreak reports whether a character parts the lines that a line is cut into.
func isBreak(r rune) bool { return r == breakMark || r == blockMark }

// isWords reports whether the pieces are words, as of an export with the time of each.
func (e *export) isWords() bool {
	const least = 10
	words := 0
	for i := range e.pieces {
		text := strings.TrimSpace(e.pieces[i].text)
		first, _ := utf8.DecodeRuneInString(text)
		if most := 3; !strings.ContainsFunc(text, unicode.IsSpace) && (!Unspaced(first) || utf8.RuneCountInString(text) <= most) {
			words++
		}
	}
	return len(e.pieces) >= least && words*5 >= len(e.pieces)*4
}

// speakerName returns the name of a speaker as it is shown. Recognizers count voices, or give
// them letters; where they don't know, some write a question mark, UU or unknown.
func speakerName(s string) string {
	s = strings.TrimSpace(s)
	if firstLetter(s) == 0 || s == "UU" || strings.EqualFold(s, "unknown") {
		return ""
	}
	if utf8.RuneCountInString(s) > 1 && strings.Trim(s, "0123456789") != "" {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return s
	}
	return "Speaker " + s
}

// wordJoiner joins the words and the marks of an export that lists them one by one to pieces
// of one speaker, which end with a sentence.
type wordJoiner struct {
	export *export
	piece  piece
	text   strings.Builder
	last   rune // of the text
	words  int  // of the piece
	any    bool // a piece of the speaker came before
	line   int  // of the words to come; 0 where pieces are numbered
}

// longestJoined bounds the words of a piece without marks: its hint is for its first word.
const longestJoined = 40

// word adds a word that the speaker says.
func (j *wordJoiner) word(speaker string, named bool, text string, at, end hint) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if j.piece.speaker != speaker || j.words >= longestJoined || unicode.Is(unicode.Sentence_Terminal, j.last) {
		j.flush()
	}
	if j.text.Len() == 0 {
		if j.piece.speaker != speaker {
			j.any = false
		}
		j.piece = piece{speaker: speaker, named: named, hint: at, opens: !j.any, line: j.line}
	}
	if first, _ := utf8.DecodeRuneInString(text); j.text.Len() > 0 && !runTogether(j.last, first) {
		j.text.WriteByte(' ')
	}
	j.write(text)
	j.piece.end = end
	j.words++
}

// mark adds a mark behind the last word.
func (j *wordJoiner) mark(text string) {
	if text = strings.TrimSpace(text); text != "" {
		j.write(text)
	}
}

func (j *wordJoiner) write(text string) {
	j.text.WriteString(text)
	j.last, _ = utf8.DecodeLastRuneInString(text)
}

// flush ends the piece.
func (j *wordJoiner) flush() {
	if j.text.Len() == 0 {
		return
	}
	j.piece.text = j.text.String()
	j.export.add(j.piece)
	j.text.Reset()
	j.last, j.words, j.any = 0, 0, true
}

// paragraph ends the piece, and with it the paragraph.
func (j *wordJoiner) paragraph() {
	j.flush()
	j.any = false
}

// runTogether reports whether no blank stands between two characters of a text: in scripts that
// are written without spaces.
func runTogether(before, after rune) bool {
	return (Unspaced(before) || isWidePunct(before)) && (Unspaced(after) || isWidePunct(after))
}

// isWidePunct reports whether r is a punctuation mark of East Asia, which is as wide as a character and has its space in it.
func isWidePunct(r rune) bool { return r > 0x2FFF && unicode.IsPunct(r) }

// inEastAsia reports whether no blank stands between two sentences either, of which the first ends with before and the
// next begins with after, as in Chinese and Japanese. Thai has one there.
func inEastAsia(before, after rune) bool {
	return runTogether(before, after) && (IsCharacter(before) || isWidePunct(before)) && (IsCharacter(after) || isWidePunct(after))
}

// JoinWords returns words as one text, with a blank between two but where their script is written without.
func JoinWords(words []string) string {
	var b strings.Builder
	last := rune(0)
	for _, w := range words {
		if w == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(w); b.Len() > 0 && !runTogether(last, first) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		last, _ = utf8.DecodeLastRuneInString(w)
	}
	return b.String()
}

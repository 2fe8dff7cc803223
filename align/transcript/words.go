package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"cuewright/align/internal/syllable"
)

// event is a direction inside a paragraph.
type event struct {
	kind Kind
	text string
	word int // index of the word that it stands before
}

// longestBracket bounds a bracket, in bytes: without it many brackets would take
// quadratic time.
const longestBracket = 600

// readWords cuts a paragraph into words. Directions in brackets become events; words
// that an editor put in brackets are marked, and so are those before which words were
// cut. A mark that isn't read aloud, such as a dash that stands alone, belongs to the
// word before it, or, if it opens something, to the word after it. cut reports whether
// words were cut at the end, and tail holds the marks of a paragraph without words.
func readWords(text string) (words []Word, events []event, cut bool, tail string) {
	w := wordReader{insertedTo: -1}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == boldMark:
		case r == italicMark, r == '*' && w.token.Len() == 0:
			if n := w.starred(text[i:min(len(text), i+longestBracket)], r); n > 0 {
				i += n
				continue
			}
			if r == '*' {
				w.rune(r, i)
			}
		case unicode.IsSpace(r):
			w.flush()
			w.spaced, w.parted = true, false
		case r == '[' || r == '(':
			if n := w.bracket(text[i:], i, r == '('); n > 0 {
				i += n
				continue
			}
			w.rune(r, i)
		case isNote(r):
			w.flush()
			w.rune(r, i)
			for _, next := range text[i+size:] {
				if !isNote(next) {
					break
				}
				w.rune(next, i+size)
				size += utf8.RuneLen(next)
			}
			w.flush()
		case r == '{' || r == '<' || r == '（' || r == '［' || r == '【' || r == '〔':
			if n := w.sound(text[i:]); n > 0 {
				i += n
				continue
			}
			w.rune(r, i)
		default:
			w.rune(r, i)
		}
		i += size
	}
	w.flush()
	w.close()
	if w.opening.Len() > 0 && len(w.words) > 0 { // at the end, with nothing to open
		w.words[len(w.words)-1].Text += " " + w.opening.String()
		w.opening.Reset()
	}
	return w.words, w.events, w.cut, w.opening.String()
}

// wordReader collects the words of a paragraph.
type wordReader struct {
	words        []Word
	events       []event
	token        strings.Builder
	spaced       bool            // white space stands before the token
	opening      strings.Builder // marks that wait for the next word
	closing      strings.Builder // marks that go to the last word
	openingGlued bool            // no white space stands before them
	cut          bool            // words were cut before the next one
	insertedTo   int             // offset in the paragraph of the end of the last insertion
	said         strings.Builder // the token's letters outside an insertion
	inserted     bool            // the token has letters inside an insertion
	parted       bool            // nothing but a sound stands between the token and the word before
	sung         bool            // a note of music opened a song that none has ended yet
}

// rune adds a character of the token, at an offset of the paragraph.
func (w *wordReader) rune(r rune, at int) {
	w.token.WriteRune(r)
	switch {
	case at <= w.insertedTo && readable(r):
		w.inserted = true
	case at > w.insertedTo && (readable(r) || isApostrophe(r)):
		w.said.WriteRune(r)
	}
}

// event ends the token and adds a direction. Whatever its words, it is a sound: what a speaker does
// or what is heard beside what is said.
func (w *wordReader) event(kind Kind, text string) {
	w.flush()
	w.parted = !w.spaced || w.parted
	w.spaced = true
	if kind == Other {
		kind = Sound
	}
	w.events = append(w.events, event{kind, strings.TrimSpace(text), len(w.words)})
}

// bracket handles the bracket that s, at an offset of the paragraph, begins with, and
// returns its length in bytes; 0 if it holds words or is none.
func (w *wordReader) bracket(s string, at int, round bool) int {
	open, closing := byte('['), byte(']')
	if round {
		open, closing = '(', ')'
	}
	end := strings.IndexByte(s[:min(len(s), longestBracket)], closing)
	if end < 0 || strings.IndexByte(s[1:end], open) >= 0 {
		return 0
	}
	content := unmark(s[1:end])
	what, kind := readBracket(content)
	if round && isISBN(content) {
		return 0 // it is in capitals, and yet no direction
	}
	if round && what == direction && kind == Other && !allCaps(content) {
		return 0 // (foreign policy) is a direction in square brackets only
	}
	first := strings.Fields(content + " x")[0]
	if round && what == gap && !strings.ContainsAny(content, ".…") && !gapWords[strings.ToLower(first)] {
		return 0
	}
	switch what {
	case insertion:
		if round && len(w.words) == 0 && w.token.Len() == 0 && allCaps(content) && strings.ContainsFunc(s[end:], isLower) {
			w.event(Other, content) // (YAWNS) So late?
			break
		}
		if !round {
			w.insertedTo = at + end
		}
		return 0
	case direction:
		w.event(kind, content)
	case gap:
		if strings.ContainsFunc(content, unicode.IsLetter) || strings.Contains(content, "?") {
			mark := strings.Join(strings.Fields(timeMarked().ReplaceAllString(content, "")), " ")
			w.unheard(s[:1] + strings.Trim(mark, " ,;:-–—@") + s[end:end+1])
			break
		}
		w.flush()
		w.cut = true
		w.spaced = true
	case timestamp:
		w.flush()
		w.spaced = true
	}
	return end + 1
}

// sound handles the bracket of another kind that s begins with, {laughs} or （笑）, where it is a sound or a time,
// and returns its length in bytes; 0 if it is neither.
func (w *wordReader) sound(s string) int {
	open, size := utf8.DecodeRuneInString(s)
	end := strings.IndexRune(s[:min(len(s), longestBracket)], closings[open])
	if end < 0 {
		return 0
	}
	content := unmark(s[size:end])
	what, kind := readBracket(content)
	switch {
	case what == timestamp: // {00:25}
		w.flush()
		w.spaced = true
	case what == direction && kind != Other:
		w.event(kind, content)
	case what == gap && open >= utf8.RuneSelf && strings.ContainsFunc(content, unicode.IsLetter):
		ascii := "[]" // as Said knows them
		if open == '（' {
			ascii = "()"
		}
		w.unheard(ascii[:1] + strings.TrimSpace(content) + ascii[1:])
	default:
		return 0
	}
	return end + utf8.RuneLen(closings[open])
}

// starred handles the text between stars or in italics that s begins with, *laughs*, where it is a sound, and returns
// its length in bytes; 0 if it is none. It is a known one, or, where a sentence may begin, a few words in small letters
// before one with a capital, *gull cries* Bending the planks: what is stressed there would have the capital itself.
func (w *wordReader) starred(s string, mark rune) int {
	inner, rest, ok := marked(s, mark)
	content := strings.TrimSpace(unmark(inner))
	words := strings.Fields(content)
	if !ok || len(words) == 0 || len(words) > longestSound || strings.ContainsAny(content, "[](){}") {
		return 0
	}
	what, kind := readBracket(content)
	if what != direction || kind != Sound || len(words) > 3 {
		begins := w.token.Len() == 0 && (len(w.words) == 0 || w.sentenceEnds())
		last, _ := utf8.DecodeLastRuneInString(content)
		next, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		if !begins || !maySound(words) || !isLower(firstOf(content)) || !unicode.IsLetter(last) ||
			!strings.HasPrefix(rest, " ") || !unicode.IsUpper(firstOf(next)) || next == "I" {
			return 0
		}
		kind = Sound
	}
	w.event(kind, content)
	return len(s) - len(rest)
}

// unheard adds the mark of words that could not be heard: it is shown and takes no sound. It belongs
// to the word before it, or, behind the end of a sentence, to the next one.
func (w *wordReader) unheard(mark string) {
	glued := w.token.Len() > 0
	w.flush()
	opens := len(w.words) == 0 || w.opening.Len() > 0 || w.sentenceEnds()
	marks := &w.closing
	if opens {
		marks = &w.opening
		if marks.Len() == 0 {
			w.openingGlued = false
		}
	}
	if !glued && (marks.Len() > 0 || !opens) {
		marks.WriteByte(' ')
	}
	marks.WriteString(mark)
	w.cut, w.spaced = true, false
}

// sentenceEnds reports whether a sentence ends with the last word and the marks behind it. Of many marks, which
// all belong to one word, it reads the last.
func (w *wordReader) sentenceEnds() bool {
	const longestMark = 64
	end := w.words[len(w.words)-1].Text
	if marks := strings.TrimRightFunc(w.closing.String(), closes); marks != "" {
		end = marks[max(0, len(marks)-longestMark):]
	}
	return endsSentence("", end, Word{Text: "The"}, false, false)
}

// flush ends the token, which is a word, several words or a mark.
func (w *wordReader) flush() {
	token, said, inserted := w.token.String(), w.said.String(), w.inserted
	w.token.Reset()
	w.said.Reset()
	w.inserted = false
	if token == "" {
		return
	}
	// [Talat]’s is inserted; [T]he and it[’s] are said.
	switch said {
	case "", "s", "'s", "’s", "'", "’":
	default:
		inserted = false
	}
	for i, part := range splitToken(token) {
		glued := i > 0 || !w.spaced && len(w.words) > 0
		w.part(part, glued, inserted)
	}
	w.spaced = false
}

// part adds a word, or a mark for the word before or after it.
func (w *wordReader) part(part string, glued, inserted bool) {
	if !sounds(part) {
		marks := &w.closing
		opens := isOpening(part)
		if isNote(firstOf(part)) {
			opens, w.sung = !w.sung, !w.sung
		}
		if len(w.words) == 0 || w.opening.Len() > 0 || opens {
			marks = &w.opening
			if marks.Len() == 0 {
				w.openingGlued = glued
			}
		}
		sound := w.parted && isWidePunct(firstOf(part)) // stands between, and no blank
		if !glued && !sound && (marks.Len() > 0 || marks == &w.closing) {
			marks.WriteByte(' ')
		}
		marks.WriteString(part)
		return
	}
	w.close()
	if w.opening.Len() > 0 {
		if !glued {
			w.opening.WriteByte(' ')
		}
		part, glued = w.opening.String()+part, w.openingGlued
		w.opening.Reset()
	}
	if !glued && w.parted && len(w.words) > 0 { // by a sound, not by a blank
		last, _ := utf8.DecodeLastRuneInString(w.words[len(w.words)-1].Text)
		glued = inEastAsia(last, firstOf(part))
	}
	w.parted = false
	w.words = append(w.words, Word{Text: part, Glued: glued && len(w.words) > 0, Inserted: inserted, GapBefore: w.cut})
	w.cut = false
}

// close appends the closing marks to the last word.
func (w *wordReader) close() {
	if w.closing.Len() > 0 {
		w.words[len(w.words)-1].Text += w.closing.String()
		w.closing.Reset()
	}
}

// sounds reports whether something of a text is read aloud: letters and digits always
// are, signs such as & % $ + unless they repeat (====, $$$) or draw an arrow (=>). All
// else is for the eye: a dash, a blank to fill in (____), an emoji.
func sounds(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return true
	}
	if strings.ContainsAny(text, "<>") {
		return false
	}
	signs := []rune(text)
	for i, r := range signs {
		repeats := i > 0 && signs[i-1] == r || i+1 < len(signs) && signs[i+1] == r
		if readable(r) && !repeats {
			return true
		}
	}
	return false
}

// readable reports whether a character is read aloud where it stands for itself:
// letters, digits, signs such as & % $ +, and symbols made of letters, as №.
func readable(r rune) bool {
	switch {
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Sc, r):
		return true
	case strings.ContainsRune("&%@#+=§°×÷‰©®", r):
		return true
	}
	return unicode.Is(unicode.So, r) && r != '™' && r != '℠' && strings.ContainsFunc(norm.NFKC.String(string(r)), unicode.IsLetter)
}

// isOpening reports whether all marks of a token open something: « “ ( ¿.
func isOpening(s string) bool {
	for _, r := range s {
		if !unicode.In(r, unicode.Ps, unicode.Pi) && r != '¿' && r != '¡' {
			return false
		}
	}
	return true
}

// isApostrophe reports whether r is an apostrophe.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// splitToken cuts a run without white space into words: after the dashes and dots that
// join them (here—and, well...yes), and between the words of scripts that are written
// without spaces. A web address is one word.
func splitToken(s string) []string {
	if strings.IndexFunc(s, breaks) < 0 && !strings.Contains(s, "--") && !strings.Contains(s, "..") {
		return []string{s}
	}
	if strings.Contains(s, "://") {
		return splitAddress(s)
	}
	var parts []string
	for _, part := range splitAtDashes(s) {
		if strings.IndexFunc(part, Unspaced) < 0 {
			parts = append(parts, part)
			continue
		}
		parts = append(parts, Parted(part)...)
	}
	return parts
}

// splitAddress cuts the text around web addresses, where it is written without blanks, into words.
func splitAddress(s string) []string {
	if strings.IndexFunc(s, Unspaced) < 0 {
		return []string{s}
	}
	var parts []string
	from := 0
	for _, at := range address().FindAllStringIndex(s, -1) {
		if at[0] > from {
			parts = append(parts, splitToken(s[from:at[0]])...)
		}
		from = len(s) // an address has the punctuation behind it
		if n := strings.IndexFunc(s[at[1]:], Unspaced); n >= 0 {
			from = at[1] + n
		}
		parts = append(parts, s[at[0]:from])
	}
	switch {
	case parts == nil: // of another scheme
		return []string{s}
	case from < len(s):
		parts = append(parts, splitToken(s[from:])...)
	}
	return parts
}

// Parted returns the words of a run of text that is written without spaces: by Unicode's rules
// (UAX 29), and of scripts for which these ask for a dictionary, the syllables. Together they are
// the text.
func Parted(text string) []string {
	var parts []string
	for _, p := range syllable.Split(text) {
		if first, _ := utf8.DecodeRuneInString(p.Text); syllable.Has(first) {
			parts = append(parts, p.Text)
			continue
		}
		for state, rest := -1, p.Text; rest != ""; {
			var word string
			word, rest, state = uniseg.FirstWordInString(rest, state)
			if first, _ := utf8.DecodeRuneInString(word); extendsKana(first) && len(parts) > 0 {
				parts[len(parts)-1] += word
				continue
			}
			parts = append(parts, word)
		}
	}
	return parts
}

// extendsKana reports whether r, at the beginning of a word, is no syllable of its own: it changes or
// lengthens the kana before it, as in きょう and らーめん, or repeats a kanji, as in 人々.
func extendsKana(r rune) bool {
	return strings.ContainsRune("ぁぃぅぇぉっゃゅょゎゝゞー々", r)
}

// splitAtDashes cuts a token after the dashes and dots that join two words.
func splitAtDashes(s string) []string {
	var parts []string
	from := 0
	letters := false // the part has characters that are read aloud
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		run := i
		for run < len(s) {
			c, n := utf8.DecodeRuneInString(s[run:])
			if !isDash(c) && c != '-' && c != '.' && c != '…' {
				break
			}
			run += n
		}
		if run > i {
			next, _ := utf8.DecodeRuneInString(s[run:])
			joint := s[i:run]
			if joint != "-" && joint != "." && letters && run < len(s) && (readable(next) || isQuote(next)) && joint != "–" {
				parts = append(parts, s[from:run])
				from, letters = run, false
			}
			i = run
			continue
		}
		letters = letters || readable(r)
		i += size
	}
	return append(parts, s[from:])
}

// breaks reports whether a token with r may hold several words.
func breaks(r rune) bool { return isDash(r) || r == '…' || Unspaced(r) }

// isDash reports whether r is a dash between words. A hyphen is part of a word, and so
// is an en dash without spaces: 1914–1918.
func isDash(r rune) bool { return r == '—' || r == '―' || r == '–' }

// isQuote reports whether r opens a quotation.
func isQuote(r rune) bool { return strings.ContainsRune(`"“‘'«„`, r) }

// Unspaced reports whether r is a letter of a script that is written without spaces.
func Unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
		unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

package transcript

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text that comes from a PDF or a printer holds what stood on each page: its number, the head and
// foot that all pages have, and, of records of courts, the numbers of the lines. They are told by
// recurrence.

var (
	// A line that is the number of a page, or has it: 12, - 12 -, Page 12 of 40.
	pageNumber = lazyRegexp(`(?i)^[-–—\[(|\s]*(?:(?:page|seite|página|pagina|страница|стр\.|p\.)\s*)?(\d{1,4})` +
		`(?:\s*(?:/|of|von|de|di|из)\s*\d{1,4})?[-–—\])|\s.]*$`)
	pageNamed = lazyRegexp(`(?i)\b(?:page|seite|página|pagina|страница)\s+(\d{1,4})` +
		`(?:\s*(?:/|of|von|de|di|из)\s*\d{1,4})?$|` +
		`^(?:page|seite|página|pagina|страница)\s+(\d{1,4})\b`)
	// The number of a line: those of pages of a court, those in a column of their own, those of a list.
	lineNumber   = lazyRegexp(`^(\d{1,2})(?:\s+|$)`)
	columnNumber = lazyRegexp(`^(\d{1,4})(?:\s{2,}|\t|$)`)
	listNumber   = lazyRegexp(`^(\d{1,4})[.)]\s+`)
	// The number of a page beside its head or foot.
	numberBehind = lazyRegexp(`^(.*[^\s|\d–—-])(\s{2,}|\t|\s*[|–—-]\s*|\s)(\d{1,4})$`)
	numberBefore = lazyRegexp(`^(\d{1,4})(\s{2,}|\t|\s*[|–—]\s*)(\S.*)$`)
	// What differs in heads that are the same but for the number of the page.
	anyNumber = lazyRegexp(`\d+`)
)

const (
	// shortestPage is the fewest lines from one page number to the next.
	shortestPage = 3
	longestHead  = 100 // bytes
	// headReach is how many lines a head or foot may lie from the number of its page.
	headReach = 2
)

// unpage takes the numbers of lines and pages, and the heads and feet of pages, out of the lines of a
// text, and returns these as notes.
func unpage(lines []line) ([]line, []Note) {
	lines, notes := unnumber(lines)
	numbers := pageNumbers(lines)
	if len(numbers) == 0 {
		return lines, notes
	}
	heads := pageHeads(lines, numbers)
	kept := lines[:0]
	amid := false // a page has just begun
	for i, l := range lines {
		reason := ""
		switch {
		case numbers[i]:
			reason = "page number"
		case heads[i]:
			reason = "page head"
		}
		if reason != "" {
			notes = append(notes, Note{Reason: reason, Text: unmark(l.text), Line: l.num})
			amid = amid || len(kept) > 0
			continue
		}
		if amid { // the paragraph may go on
			l.spaced = endsText(kept[len(kept)-1].text)
			amid = false
		}
		kept = append(kept, l)
	}
	return kept, notes
}

// unnumber takes the numbers of the lines out of a text in which nearly all lines have one that is the
// one before and one: where they begin anew at 1 on each page, where they stand in a column of their own,
// and where they count turns with labels. A line that is nothing but its number becomes a note.
func unnumber(lines []line) ([]line, []Note) {
	if counted, again := countedLines(lines, lineNumber()); counted && again {
		return withoutNumbers(lines, lineNumber())
	}
	if counted, _ := countedLines(lines, columnNumber()); counted {
		return withoutNumbers(lines, columnNumber())
	}
	if counted, _ := countedLines(lines, listNumber()); counted && labelledList(lines) {
		return withoutNumbers(lines, listNumber())
	}
	return lines, nil
}

// countedLines reports whether nearly all lines begin with a number as pattern matches it that is the one
// before and one, or 1, and whether they begin anew.
func countedLines(lines []line, pattern *regexp.Regexp) (ok, again bool) {
	before, counted, numbered := 0, 0, 0
	for i := range lines {
		l := &lines[i]
		if l.text == "" || !isDigit(l.text[0]) || l.level > 0 {
			continue
		}
		m := pattern.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if n == before+1 || n == 1 {
			counted++
			again = again || n == 1 && before > 1
		}
		before = n
		numbered++
	}
	return counted >= 2*shortestPage && counted*10 >= numbered*9 && counted*4 >= len(lines)*3, again
}

// labelledList reports whether most lines have a label behind their number, and most of these come again.
func labelledList(lines []line) bool {
	count := map[string]int{}
	labels, again := 0, 0
	for _, l := range lines {
		l.text = l.text[len(listNumber().FindString(l.text)):]
		label := readLabel(l, false)
		if label.form != colon && label.form != timed && label.form != stopped {
			continue
		}
		labels++
		if count[key(label)]++; count[key(label)] == 2 {
			again++
		}
		if count[key(label)] >= 2 {
			again++
		}
	}
	return labels*3 >= len(lines)*2 && again*2 > labels
}

// withoutNumbers returns lines without the numbers that pattern matches, and as notes those that hold nothing else.
func withoutNumbers(lines []line, pattern *regexp.Regexp) (kept []line, notes []Note) {
	kept = lines[:0]
	for _, l := range lines {
		text := strings.TrimSpace(l.text[len(pattern.FindString(l.text)):])
		if text == "" {
			notes = append(notes, Note{Reason: "line number", Text: l.text, Line: l.num})
			continue
		}
		l.text = text
		kept = append(kept, l)
	}
	return kept, notes
}

// pageNumbers returns the lines that hold the number of a page and, where they are two or more that
// count up with a page between them.
func pageNumbers(lines []line) map[int]bool {
	type numbered struct{ line, number int }
	var all []numbered
	for i := range lines {
		if s := lines[i].text; len(s) < longestHead && hasDigit(s) && lines[i].level == 0 {
			m := pageNumber().FindStringSubmatch(s)
			if m == nil {
				m = pageNamed().FindStringSubmatch(s)
			}
			for _, digits := range m[min(1, len(m)):] {
				if n, err := strconv.Atoi(digits); err == nil {
					all = append(all, numbered{i, n})
				}
			}
		}
	}
	pages := map[int]bool{}
	for k := 1; k < len(all); k++ {
		a, b := all[k-1], all[k]
		if b.number == a.number+1 && b.line-a.line >= shortestPage {
			pages[a.line], pages[b.line] = true, true
		}
	}
	headsWithNumbers(lines, pages)
	return pages
}

// headsWithNumbers adds to pages the lines that hold a head, or a foot, and the number of a page, where they are
// the same but for numbers that count up with a page between them: two where white space or a bar
// parts the two, else three.
func headsWithNumbers(lines []line, pages map[int]bool) {
	type head struct {
		lines  []int
		number int // of the last one
		failed bool
	}
	heads := map[string]*head{}
	for i := range lines {
		s := lines[i].text
		if len(s) > longestHead || !hasDigit(s) || lines[i].level > 0 || !isDigit(s[0]) && !isDigit(s[len(s)-1]) {
			continue
		}
		text, sign, digits := "", "", ""
		if m := numberBefore().FindStringSubmatch(s); m != nil {
			text, sign, digits = "\x00"+m[3], m[2], m[1]
		} else if m := numberBehind().FindStringSubmatch(s); m != nil {
			text, sign, digits = m[1]+"\x00", m[2], m[3]
		} else {
			continue
		}
		if sign == " " {
			first, _, _ := strings.Cut(strings.ToLower(text), " ")
			if enumerators[first] || voices[strings.Trim(first, "\x00")] {
				continue // Chapter 1, Speaker 1
			}
			text += " "
		}
		n, _ := strconv.Atoi(digits)
		h := heads[text]
		if h == nil {
			h = &head{number: n - 1}
			heads[text] = h
		} else if last := h.lines[len(h.lines)-1]; n <= h.number || n > h.number+2 || i-last < shortestPage*(n-h.number) {
			h.failed = true
		}
		h.lines, h.number = append(h.lines, i), n
	}
	for text, h := range heads {
		fewest := 2
		if strings.HasSuffix(text, " ") {
			fewest = 3
		}
		if h.failed || len(h.lines) < fewest {
			continue
		}
		for _, i := range h.lines {
			pages[i] = true
		}
	}
}

// pageHeads returns the lines beside the numbers of pages, and at the start of the text, that come
// again beside others.
func pageHeads(lines []line, numbers map[int]bool) map[int]bool {
	key := func(i int) string {
		return anyNumber().ReplaceAllString(strings.Join(strings.Fields(lines[i].text), " "), "0")
	}
	near := map[int]bool{}
	add := func(i, step int) {
		for k := 1; k <= headReach; k++ {
			at := i + step*k
			if at < 0 || at >= len(lines) || numbers[at] || len(lines[at].text) > longestHead || endsText(lines[at].text) {
				return
			}
			near[at] = true
		}
	}
	add(-1, 1)
	for i := range numbers {
		add(i, 1)
		add(i, -1)
	}
	count := map[string]int{}
	for i := range near {
		count[key(i)]++
	}
	heads := map[int]bool{}
	for i := range near {
		if count[key(i)] >= 2 && readLabel(lines[i], false).form != colon {
			heads[i] = true
		}
	}
	return heads
}

// joinWord returns the line before another without the hyphen that breaks its last word: wood- and en.
// compounds are words that have a hyphen elsewhere, in small letters, and keep it here.
func joinWord(before, after string, compounds map[string]bool) (string, bool) {
	head, broken := strings.CutSuffix(before, "-")
	if !broken {
		head, broken = strings.CutSuffix(before, "‐")
	}
	last, _ := utf8.DecodeLastRuneInString(head)
	first, _ := utf8.DecodeRuneInString(after)
	if !broken || !unicode.IsLetter(last) || !isLower(first) {
		return before, false
	}
	rest, _, _ := strings.Cut(after, " ")
	if compounds[compound(before[strings.LastIndexByte(before, ' ')+1:]+rest)] {
		return before, true
	}
	return head, true
}

// compound returns a word with a hyphen in small letters, without what stands around it.
func compound(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
}

// compounds returns the words with a hyphen of items, nil if no line ends in one.
func compounds(items []item) map[string]bool {
	broken := func(it item) bool { return strings.HasSuffix(it.plain, "-") || strings.HasSuffix(it.plain, "‐") }
	if !slices.ContainsFunc(items, broken) {
		return nil
	}
	words := map[string]bool{}
	for i := range items {
		if !strings.Contains(items[i].plain, "-") {
			continue
		}
		for w := range strings.FieldsSeq(items[i].plain) {
			if at := strings.IndexByte(w, '-'); at > 0 && at < len(w)-1 {
				words[compound(w)] = true
			}
		}
	}
	return words
}

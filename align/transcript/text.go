package transcript

import (
	"regexp"
	"strings"
)

// textReader collects the lines of plain text or Markdown, which may hold HTML.
type textReader struct {
	lines   []line
	notes   []Note
	spaced  bool            // a blank line stands before the next one
	targets map[string]bool // names that the page gives to addresses: [name]: https://...
}

var (
	fence      = regexp.MustCompile("^(```+|~~~+)[^`]*$")
	linkTarget = regexp.MustCompile(`^\[([^\[\]]{1,200})\]:\s+(?:<\S+>|\S*[/#]\S*)(?:\s+["'(].*)?$`)
	footnote   = regexp.MustCompile(`^\[\^[^\[\]\s]{1,60}\]:`)
)

// readText returns the lines of plain text or Markdown; its front matter, code, footnotes and
// targets of links are notes.
func readText(s string) (lines []line, notes []Note) {
	all := strings.Split(s, "\n")
	r := &textReader{spaced: true, targets: map[string]bool{}}
	footnotes := map[int]bool{} // their lines
	for i, text := range all {
		all[i] = strings.TrimSpace(text)
		indented := strings.HasPrefix(text, "    ") || strings.HasPrefix(text, "\t")
		if all[i] != "" && (footnote.MatchString(all[i]) || indented && footnotes[i-1]) {
			footnotes[i] = true
		}
		if m := linkTarget.FindStringSubmatch(all[i]); m != nil {
			r.targets[strings.ToLower(m[1])] = true
		}
	}
	i := r.frontMatter(all, s)
	code := codeBlocks(all)
	for ; i < len(all); i++ {
		text := all[i]
		reason := ""
		switch {
		case code[i]:
			reason = "code"
		case footnotes[i]:
			reason = "footnote"
		case linkTarget.MatchString(text):
			reason = "link"
		}
		if reason != "" {
			if !fence.MatchString(text) {
				r.note(reason, text, i)
			}
			r.spaced = true
			continue
		}
		if end, ok := comment(all, i); ok {
			for ; i <= end; i++ {
				r.note("comment", strings.NewReplacer("<!--", "", "-->", "").Replace(all[i]), i)
			}
			i--
			continue
		}
		r.line(text, i+1)
	}
	lines, notes = unpage(r.lines)
	return lines, append(r.notes, notes...)
}

// note adds a note about a line, counted from 0.
func (r *textReader) note(reason, text string, i int) {
	if text = strings.TrimSpace(text); text != "" {
		r.notes = append(r.notes, Note{Reason: reason, Text: text, Line: i + 1})
	}
}

// frontMatter makes notes of what stands between rules at the start of the text s, and returns the
// index of the line behind it.
func (r *textReader) frontMatter(all []string, s string) int {
	if !strings.HasPrefix(s, "---\n") || !strings.Contains(s[4:min(len(s), 8000)], "\n---\n") {
		return 0
	}
	for i := 1; ; i++ {
		if all[i] == "---" {
			return i + 1
		}
		r.note("front matter", all[i], i)
	}
}

// line adds a line of the text, or several where tags of HTML part it. num counts it from 1.
func (r *textReader) line(text string, num int) {
	for k, block := range strings.Split(tags(text), string(blockMark)) {
		r.spaced = r.spaced || k > 0
		for _, part := range strings.Split(block, string(breakMark)) {
			part, level := markdownLine(part, r.targets)
			switch {
			case part != "":
				r.lines = append(r.lines, line{num: num, text: part, spaced: r.spaced, level: level})
				r.spaced = false
			case text == "":
				r.spaced = true
			}
		}
	}
}

// codeBlocks reports, of each line, whether it is part of a block of code between fences. A fence
// without an end is none, and no more than half of the page is code.
func codeBlocks(all []string) []bool {
	code := make([]bool, len(all))
	size, inside := 0, 0 // bytes
	open := -1
	for i, text := range all {
		size += len(text)
		switch {
		case text == "" || text[0] != '`' && text[0] != '~' || !fence.MatchString(text):
		case open < 0:
			open = i
		case text[0] == all[open][0] && strings.Trim(text, text[:1]) == "":
			for k := open; k <= i; k++ {
				code[k] = true
				inside += len(all[k])
			}
			open = -1
		}
	}
	if inside*2 > size {
		clear(code)
	}
	return code
}

// longestComment bounds a comment, in lines.
const longestComment = 200

// comment reports whether a comment begins with line i, and returns the line that it ends with.
func comment(all []string, i int) (end int, ok bool) {
	if !strings.HasPrefix(all[i], "<!--") {
		return 0, false
	}
	for end = i; end < len(all) && end < i+longestComment; end++ {
		if at := strings.Index(all[end], "-->"); at >= 0 {
			return end, at+3 == len(all[end])
		}
	}
	return 0, false
}

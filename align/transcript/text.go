package transcript

import (
	"slices"
	"strings"
)

// textReader collects the lines of plain text or Markdown, which may hold HTML.
type textReader struct {
	lines   []line
	notes   []Note
	words   int             // about how many the lines and notes hold
	spaced  bool            // a blank line stands before the next one
	targets map[string]bool // names that the page gives to addresses: [name]: https://...
}

var (
	fence      = lazyRegexp("^(```+|~~~+)[^`]*$")
	linkTarget = lazyRegexp(`^\[([^\[\]]{1,200})\]:\s+(?:<\S+>|\S*[/#]\S*)(?:\s+["'(].*)?$`)
	footnote   = lazyRegexp(`^\[\^[^\[\]\s]{1,60}\]:`)
	commentEnd = strings.NewReplacer("<!--", "", "-->", "")
)

// readText returns the lines of plain text or Markdown, and as notes its front matter, code, comments,
// footnotes and targets of links; both together up to mostWords and one line more.
func readText(s string) (lines []line, notes []Note) {
	r := &textReader{lines: make([]line, 0, min(strings.Count(s, "\n"), mostWords)+1), spaced: true}
	var blocks []block
	blocks, r.targets = findBlocks(s)
	inNote := false // the line before is of a footnote
	num := -1
	for raw := range strings.SplitSeq(s, "\n") {
		num++
		text := strings.TrimSpace(raw)
		for len(blocks) > 0 && blocks[0].last < num {
			blocks = blocks[1:]
		}
		reason := ""
		indented := strings.HasPrefix(raw, "    ") || strings.HasPrefix(raw, "\t")
		inNote = text != "" && (text[0] == '[' && footnote().MatchString(text) || inNote && indented)
		switch {
		case len(blocks) > 0 && blocks[0].first <= num:
			reason = blocks[0].reason
		case inNote:
			reason = "footnote"
		case text != "" && text[0] == '[' && linkTarget().MatchString(text):
			reason = "link"
		}
		switch reason {
		case "":
			r.line(text, num+1)
		case "comment":
			r.note(reason, commentEnd.Replace(text), num)
		default:
			r.spaced = true
			if reason == "footnote" || reason == "link" || !fence().MatchString(text) && text != "---" {
				r.note(reason, text, num)
			}
		}
		if r.words > mostWords {
			break
		}
	}
	lines, notes = unpage(r.lines)
	return lines, append(r.notes, notes...)
}

// note adds a note about a line, counted from 0.
func (r *textReader) note(reason, text string, num int) {
	if text = strings.TrimSpace(text); text != "" {
		r.notes = append(r.notes, Note{Reason: reason, Text: text, Line: num + 1})
		r.words += wordsIn(text)
	}
}

// block is lines of a text that are notes together: front matter, code between fences, a comment.
type block struct {
	first, last int // counted from 0
	reason      string
}

const (
	longestComment = 200  // lines
	longestMatter  = 8000 // bytes
	// mostBlocks bounds the code of a page: what is left is text.
	mostBlocks = 10_000
)

// findBlocks returns the blocks of a text that are notes, and the names of the targets of its links. A
// fence or a comment without an end is none, and no more than half of the page is code.
func findBlocks(s string) (blocks []block, targets map[string]bool) {
	targets = map[string]bool{}
	matter := strings.HasPrefix(s, "---\n") && strings.Contains(s[4:min(len(s), longestMatter)], "\n---\n")
	code, fenced := 0, 0    // bytes: of all code, and since the fence
	open, comment := -1, -1 // lines
	var sign byte           // of the fence that is open
	num := -1
	for text := range strings.SplitSeq(s, "\n") {
		num++
		text = strings.TrimSpace(text)
		fenced += len(text)
		switch {
		case matter:
			if num > 0 && text == "---" {
				matter = false
				blocks = append(blocks, block{0, num, "front matter"})
			}
			continue
		case text == "" || len(blocks) >= mostBlocks:
			continue
		case text[0] == '[':
			if m := linkTarget().FindStringSubmatch(text); m != nil {
				targets[strings.ToLower(m[1])] = true
			}
		case (text[0] == '`' || text[0] == '~') && fence().MatchString(text):
			if open < 0 {
				open, sign, fenced, comment = num, text[0], 0, -1
			} else if text[0] == sign && strings.Trim(text, text[:1]) == "" {
				blocks = append(blocks, block{open, num, "code"})
				code += fenced
				open = -1
			}
		case open < 0 && strings.HasPrefix(text, "<!--"):
			comment = num
		}
		if comment >= 0 && strings.Contains(text, "-->") {
			if strings.HasSuffix(text, "-->") && num-comment < longestComment {
				blocks = append(blocks, block{comment, num, "comment"})
			}
			comment = -1
		}
	}
	if code*2 > len(s) {
		blocks = slices.DeleteFunc(blocks, func(b block) bool { return b.reason == "code" })
	}
	return blocks, targets
}

// line adds a line of the text, or several where tags of HTML part it. num counts it from 1.
func (r *textReader) line(text string, num int) {
	if text == "" {
		r.spaced = true
		return
	}
	for text = tags(text); text != ""; {
		part := text
		at := strings.IndexAny(text, string(breakMark)+string(blockMark))
		if at >= 0 {
			part = text[:at]
		}
		if part, level := markdownLine(part, r.targets); part != "" {
			r.lines = append(r.lines, line{num: num, text: part, spaced: r.spaced, level: level})
			r.words += wordsIn(part)
			r.spaced = false
		}
		if at < 0 {
			return
		}
		r.spaced = r.spaced || text[at] == blockMark
		text = text[at+1:]
	}
}

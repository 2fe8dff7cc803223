package readable

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"
	"time"
)

var (
	//go:embed page.html
	pageFrame string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string
)

// WritePage writes a page of HTML that needs nothing beside it but the recording: it plays that, highlights the word that
// is said, plays from a word that is clicked on, and searches. Without scripts it can be read, and played from a
// paragraph. Its policy lets nothing in from outside but the recording, and no script or style run but its own.
//
// The text is in the form of WriteHTML, with an element for each word:
//
//	<span data-t="1520" data-e="1840">ferry</span>
//
// data-t is the start, and data-e the end where the next word doesn't follow at once, in milliseconds.
func WritePage(w io.Writer, t *Transcript) error {
	policy := fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; media-src 'self' file: https:; "+
		"base-uri 'none'; form-action 'none'", PolicyHash(pageScript), PolicyHash(pageStyle))
	player := ""
	if t.Audio != "" {
		player = fmt.Sprintf("<audio controls preload=\"metadata\" src=\"%s\"></audio>\n", html.EscapeString(t.Audio))
	}
	// The replacer goes through the frame once, so that nothing that is put in is looked at again.
	_, err := strings.NewReplacer(
		"{{language}}", languageAttributes(t.Lang), "{{policy}}", policy, "{{title}}", t.title(), "{{style}}", pageStyle,
		"{{player}}", player, "{{turns}}", t.pageTurns(), "{{script}}", pageScript,
	).WriteString(w, pageFrame)
	return err
}

// PolicyHash returns the source expression of a content security policy for an inline script or style.
func PolicyHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// pageTurns returns the turns as elements.
func (t *Transcript) pageTurns() string {
	var b bytes.Buffer
	open, named := false, false // a turn is open; it has a name
	begin := func() {
		if open {
			b.WriteString("</div>\n")
		}
		b.WriteString("<div class=\"turn\">\n")
		open = true
	}
	var words []Word // with times, for the ends
	for _, block := range t.Blocks {
		for _, w := range block.Words {
			if w.isTimed() {
				words = append(words, w)
			}
		}
	}
	for i := range t.Blocks {
		block := &t.Blocks[i]
		if block.Heading {
			if open {
				b.WriteString("</div>\n")
			}
			fmt.Fprintf(&b, "<h2>%s</h2>\n", html.EscapeString(block.text()))
			open = false
			continue
		}
		class := ""
		switch {
		case block.Direction:
			class = ` class="direction"`
		case isMistakable(block.text()):
			class = ` class="speech"`
		}
		if block.Opens || !open {
			begin()
		}
		if block.Opens && (block.Speaker != "" || named) {
			b.WriteString(cite(block.Speaker) + "\n")
			named = block.Speaker != ""
		}
		t.pageTime(&b, block.Start)
		fmt.Fprintf(&b, "<p%s>", class)
		for k, w := range block.Words {
			if k > 0 && !w.Glued {
				b.WriteByte(' ')
			}
			if w.isTimed() {
				words = words[1:]
			}
			w.write(&b, words)
		}
		b.WriteString("</p>\n")
	}
	if open {
		b.WriteString("</div>\n")
	}
	return b.String()
}

// pageTime writes the time of a paragraph, which leads to there in the recording if there is one.
func (t *Transcript) pageTime(b *bytes.Buffer, start time.Duration) {
	if t.Audio == "" {
		fmt.Fprintf(b, "<time class=\"at\">%s</time>\n", clock(start))
		return
	}
	ms := max(0, start.Milliseconds())
	fmt.Fprintf(b, "<a class=\"at\" href=\"%s#t=%.3f\" data-s=\"%d\"><time>%s</time></a>\n",
		html.EscapeString(t.Audio), float64(ms)/1000, ms, clock(start))
}

// isTimed reports whether a word has a time of its own.
func (w Word) isTimed() bool { return w.Spoken && w.End > w.Start }

// longestHold is how long a word is taken to go on until the next one.
const longestHold = 500 * time.Millisecond

// write writes the element of a word; next are the timed ones behind it.
func (w Word) write(b *bytes.Buffer, next []Word) {
	text := html.EscapeString(w.Text)
	switch {
	case w.Direction:
		fmt.Fprintf(b, "<i>%s</i>", text)
	case !w.isTimed():
		fmt.Fprintf(b, "<span>%s</span>", text)
	case len(next) == 0 || next[0].Start-w.End > longestHold:
		fmt.Fprintf(b, "<span data-t=\"%d\" data-e=\"%d\">%s</span>", w.Start.Milliseconds(), w.End.Milliseconds(), text)
	default:
		fmt.Fprintf(b, "<span data-t=\"%d\">%s</span>", w.Start.Milliseconds(), text)
	}
}

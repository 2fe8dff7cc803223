package readable

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"slices"

	"golang.org/x/text/language"
)

// WriteHTML writes HTML as Podcasting 2.0 recommends it for transcripts: cite for a speaker, time for the start
// and p for what is said. Where anybody is named each p has all three, though the speaker may be the one before or nobody:
// programs that read such files take a name that comes next for that of a p without one. For their sake, too, a
// direction is no p. A paragraph that looks like one has the class speech. See
// github.com/Podcastindex-org/podcast-namespace, docs/examples/transcripts/transcripts.md.
func WriteHTML(w io.Writer, t *Transcript) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html%s>\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n</head>\n<body>\n",
		languageAttributes(t.Lang), t.title())
	if t.Headed {
		fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(t.Title))
	}
	named := slices.ContainsFunc(t.Blocks, func(b Block) bool { return b.Speaker != "" })
	for i := range t.Blocks {
		block := &t.Blocks[i]
		text, class := block.text(), ""
		switch {
		case block.Heading:
			fmt.Fprintf(&b, "<h2>%s</h2>\n", html.EscapeString(text))
			continue
		case block.Direction:
			fmt.Fprintf(&b, "<div class=\"direction\">%s</div>\n", html.EscapeString(text))
			continue
		case named && block.Speaker == "":
			b.WriteString("<cite>\u00a0</cite>\n") // an empty one is none for them
		case named:
			b.WriteString(cite(block.Speaker) + "\n")
		}
		if isMistakable(text) {
			class = ` class="speech"`
		}
		fmt.Fprintf(&b, "<time>%s</time>\n<p%s>%s</p>\n", clock(block.Start), class, html.EscapeString(text))
	}
	b.WriteString("</body>\n</html>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// title returns the title of a page, which must have one, as HTML.
func (t *Transcript) title() string {
	if t.Title == "" {
		return "Transcript"
	}
	return html.EscapeString(t.Title)
}

// cite returns the element of a speaker, which is empty where somebody has no name.
func cite(name string) string {
	if name != "" {
		name = html.EscapeString(name) + ":"
	}
	return "<cite>" + name + "</cite>"
}

// languageAttributes returns the attributes of an element that holds text in a language.
func languageAttributes(lang string) string {
	if lang == "" {
		return ` dir="auto"`
	}
	direction := "ltr"
	if isRightToLeft(lang) {
		direction = "rtl"
	}
	return fmt.Sprintf(` lang="%s" dir="%s"`, html.EscapeString(lang), direction)
}

// isRightToLeft reports whether a language is written from right to left.
func isRightToLeft(lang string) bool {
	tag, err := language.Parse(lang)
	if err != nil {
		return false
	}
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Mand", "Samr", "Rohg":
		return true
	}
	return false
}

package transcript

import (
	"fmt"
	"strings"
	"testing"
)

// TestHeadings: what is the title of a part, and before which sentence it stands.
func TestHeadings(t *testing.T) {
	const ferry = "Ann: The ferry is late.\n\nBo: It is not.\n\nAnn: It is, and it is dark.\n\nBo: So we wait.\n\n"
	const keeper = "Ann: Who keeps the lamp?\n\nBo: Nobody does.\n\nAnn: Nobody?\n\nBo: Nobody at all.\n\n"
	const tale = "The ferry was late that night, and the lamp was dark.\n\nNobody came to light it, so we waited.\n\n"
	for _, tt := range []struct{ name, text, want string }{
		{"Markdown", "# Episode 7\n\nNotes on the ferry, and links.\n\n## Transcript\n\n### The ferry\n\n" + ferry + "### The keeper\n\n" + keeper,
			"The ferry before 0.0 | The keeper before 4.0"},
		{"amid a turn", "## Transcript\n\n" + ferry + "Ann: One more thing.\n\n### The keeper\n\nNobody keeps it.\n\nBo: So it is.\n\n### Good night\n\nAnn: Night.\n",
			"The keeper before 4.1 | Good night before 6.0"},
		{"of the first part, above the start", "# Episode 7\n\n## The ferry\n\n" + ferry + "## The keeper\n\n" + keeper,
			"The ferry before 0.0 | The keeper before 4.0"},
		{"the title of a page", "# Episode 7\n\n" + ferry + keeper, ""},
		{"HTML", "<html><body><h1>Episode 7</h1><h2>Transcript</h2><h3>The ferry</h3><p>" + strings.ReplaceAll(ferry, "\n\n", "</p><p>") +
			"</p><h3>The keeper</h3><p>" + strings.ReplaceAll(keeper, "\n\n", "</p><p>") + "</p></body></html>",
			"The ferry before 0.0 | The keeper before 4.0"},
		{"parts with colons", "PART 1: THE FERRY\n\n" + ferry + "PART 2: THE KEEPER\n\n" + keeper, "PART 1: THE FERRY before 0.0 | PART 2: THE KEEPER before 4.0"},
		{"chapters", ferry + "CHAPTER 2\n\n" + keeper + "Chapter Three. The Storm\n\n" + ferry, "CHAPTER 2 before 4.0 | Chapter Three. The Storm before 8.0"},
		{"two levels", "# Transcript\n\n" + ferry + "## Part two\n\n### The keeper\n\n" + keeper, "Part two: The keeper before 4.0"},
		{"an empty part", "# Transcript\n\n" + ferry + "## Sponsors\n\n## The keeper\n\n" + keeper, "The keeper before 4.0"},
		{"times in headings", "# Transcript\n\n" + ferry + "## [00:12:30] The keeper\n\n" + keeper, "The keeper before 4.0"},
		{"show notes", "# Notes\n\n- 00:00:10 The ferry\n- 00:12:30 The keeper\n\n# Transcript\n\n" + ferry + keeper, ""},
		{"nothing follows", "# Transcript\n\n" + ferry + keeper + "## Related\n\n", ""},
		{"a tale without names", "CHAPTER 1\n\n" + tale + tale + "CHAPTER 2\n\n" + tale + tale, "CHAPTER 1 before 0.0 | CHAPTER 2 before 0.5"},
		{"a tale in Markdown", "# The lamp\n\n## One\n\n" + tale + tale + "## Two\n\n" + tale + tale, "One before 0.0 | Two before 0.4"},
		{"names as headings", "# Transcript\n\n### Ann\n\nThe ferry is late.\n\n### Bo\n\nIt is not.\n\n### Ann\n\nIt is.\n\n### Bo\n\nSo we wait.\n", ""},
	} {
		s, err := Parse(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, h := range s.Headings {
			got = append(got, fmt.Sprintf("%s before %d.%d", h.Text, h.Turn, h.Sentence))
		}
		if strings.Join(got, " | ") != tt.want {
			t.Errorf("%s: %q, want %q; notes %+v", tt.name, got, tt.want, s.Notes)
		}
	}
}

package readable

import "testing"

func TestEscapeMarkdown(t *testing.T) {
	for _, c := range [][2]string{
		{"It is late - very.", "It is late - very."},
		{"1. One", `1\. One`}, {"1815) was", `1815\) was`}, {"1815 was. 2. Two", "1815 was. 2. Two"}, {"1.5 km", `1\.5 km`},
		{"# heading", `\# heading`}, {"No #1", "No #1"}, {"> quote", `\> quote`}, {"a > b", "a > b"},
		{"- item", `\- item`}, {"+ item", `\+ item`}, {"* item", `\* item`}, {"--- rule", `\--- rule`}, {"=== rule", `\=== rule`},
		{"*very* **much**", `\*very\* \*\*much\*\*`}, {"_very_ snake_case", `\_very\_ snake_case`}, {"a __b", `a \_\_b`},
		{"`code`", "\\`code\\`"}, {"~~~ fence", `\~\~\~ fence`}, {"~ about ~~no~~", `\~ about \~\~no\~\~`}, {"~5", `\~5`}, {"a ~5", "a ~5"},
		{"<b> & &lt; R&D; AT&T", `\<b> & \&lt; R\&D; AT&T`}, {`\*`, `\\\*`},
		{"[the town] [a](b) ![c](d)", `[the town] [a]\(b) ![c]\(d)`}, {"[^1]", `\[^1]`}, {"| a | b", `\| a | b`},
	} {
		if got := escapeMarkdown(c[0]); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
}

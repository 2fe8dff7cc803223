package transcript

import (
	"strings"
	"testing"
)

// TestMarkdownLine: bold is *, italics are _.
func TestMarkdownLine(t *testing.T) {
	targets := map[string]bool{"notes": true}
	for _, c := range []struct {
		in, want string
		level    int
	}{
		{"## Part two ##", "Part two", 2}, {"#part", "#part", 0}, {"> so", "so", 0}, {">> so", ">> so", 0}, {"* so", "so", 0},
		{"**Ada:** *so*", "*Ada:* _so_", 0}, {"f*ck 5 * 3", "f*ck 5 * 3", 0},
		{"`fn`s and ``a`b``", "fns and a`b", 0}, {"one ` two", "one ` two", 0}, {"``so''", "``so''", 0},
		{"[a](b) ![c](d)", "a c", 0}, {"[a][notes], [notes] and [Notes][]", "a, notes and Notes", 0}, {"[a][b] [c]", "[a][b] [c]", 0},
		{"wet.[^1] So[^n2]", "wet. So", 0}, {"[^ 1]", "[^ 1]", 0},
		{`\[00:12\] \*so\* \(a\)`, "[00:12] *so* (a)", 0}, {`\[a\](b) c:\d`, `[a](b) c:\d`, 0},
		{"<https://a.example.org> <a@b.org> <so>", "https://a.example.org a@b.org <so>", 0},
	} {
		text, level := markdownLine(c.in, targets)
		text = strings.NewReplacer(string(boldMark), "*", string(italicMark), "_").Replace(text)
		if text != c.want || level != c.level {
			t.Errorf("%q: got %q, %d, want %q, %d", c.in, text, level, c.want, c.level)
		}
	}
}

// TestTags: bold is *, italics are _, "|" parts lines and "¶" blocks.
func TestTags(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"so", "so"}, {"a < b > c", "a < b > c"}, {"<Ada> so <5", "<Ada> so <5"}, {"a<br>b<br/>c<BR />d", "a|b|c|d"},
		{`<a href="x">so</a> <span class='y'>far</span>`, "so far"}, {"<b>so</b> <em>far</em>", "*so* _far_"},
		{"<p>so</p>", "¶so¶"}, {`<h3 id="x">so</h3>`, "¶### so¶"}, {"<script>x</script>so", "so"}, {"<iframe src=x></iframe>", ""},
		{"a &amp; b &lt;c&gt; AT&T; &nosuch; 5 & 6;", "a & b <c> AT&T; &nosuch; 5 & 6;"}, {"`<br>` so", "`<br>` so"}, {"<a <b>so", "<a *so"},
		{"so <", "so <"}, {"<p", "<p"}, {"a&#1;b&#10;c", "ab c"},
	} {
		show := strings.NewReplacer(string(boldMark), "*", string(italicMark), "_", string(breakMark), "|", string(blockMark), "¶")
		got := show.Replace(tags(c.in))
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

package transcript

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// showLines shows the lines of a web page: "|" parts lines and "¶" blocks; # is a
// heading with its level, ~ chrome, * bold and _ italic.
func showLines(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i > 0 && l.spaced:
			b.WriteString(" ¶ ")
		case i > 0:
			b.WriteString(" | ")
		}
		if l.level > 0 {
			fmt.Fprintf(&b, "#%d ", l.level)
		}
		if l.chrome {
			b.WriteString("~")
		}
		b.WriteString(strings.NewReplacer(string(boldMark), "*", string(italicMark), "_").Replace(l.text))
	}
	return b.String()
}

func TestReadHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"inline", `<p>A <a href="x">long</a> <span>road</span>,wet`, "A long road,wet"},
		{"white space", "<p> a\n\t b &nbsp; c </p>", "a b c"},
		{"blocks", "<div>a<p>b</div>c", "a ¶ b ¶ c"},
		{"headings", "<h1>a</h1>b<H6>c</H6>", "#1 a ¶ b ¶ #6 c"},
		{"break", "a<br>b<BR/>c<br />d</br>e", "a | b | c | d | e"},
		{"rule", "a<hr>b", "a ¶ b"},
		{"emphasis", "<p><b>Ada</b>: <i>so</i> <em><strong>wet</strong></em>", "*Ada*: _so_ *_wet*_"},
		{"emphasis over blocks", "<b>a<p>b</b>c", "*a* ¶ *b*c"},
		{"emphasis without text", "a<b></b>b<b> </b>c", "ab c"},
		{"cite is a speaker", "<cite>Ada</cite> Hi.<cite>Bo</cite> Ho.", "*Ada* Hi. ¶ *Bo* Ho."},
		{"pre", "<pre>a\nb</pre>c\nd", "a | b ¶ c d"},
		{"list", "<ul><li>a<li>b</ul>c", "a ¶ b ¶ c"},
		{"nested lists", "<ul><li>a<ol><li>b</li><li>c</ol></li><li>d</ul>", "a ¶ b ¶ c ¶ d"},
		{"table", "<table><thead><tr><th>a<th>b<tbody><tr><td>c</td><td>d</table>e", "a ¶ b ¶ c ¶ d ¶ e"},
		{"definitions", "<dl><dt>Ada<dd>Hi.<dt>Bo<dd>Ho.</dl>", "Ada ¶ Hi. ¶ Bo ¶ Ho."},
		{"chrome", "<nav><a>a</a></nav><p>b<footer>c</footer>", "~a ¶ b ¶ ~c"},
		{"chrome that never ends", "<nav>a<p>b", "a ¶ b"},
		{"chrome that ends twice", "</nav>a</nav>b<nav>c</nav>", "a ¶ b ¶ ~c"},

		{"nothing", "", ""},
		{"unclosed tags", "<p>a<b>b<div>c<i>d", "a*b* ¶ *c_d*_"},
		{"crossed tags", "<b>a<i>b</b>c</i>d", "*a_b*c_d"},
		{"end tags alone", "</b></p>a</i></div>b", "a ¶ b"},
		{"tag that never ends", "a<p>b <a href=x", "a ¶ b"},
		{"quote that never ends", `a<p>b <a href="x>c</a>d`, "a ¶ b"},
		{"attributes", `<p title="a > b" x='<i>' y=z>c</p>`, "c"},
		{"attribute, blanks around =", `<p title = "a > b">c`, "c"},
		{"tag on two lines", "<p\nclass=x\n>a", "a"},
		{"upper case", "<P><B>a</B></P><SCRIPT>x</SCRIPT>b", "*a* ¶ b"},
		{"unknown elements", "<x-y>a</x-y><o:p>b</o:p><blink>c", "abc"},
		{"elements with a prefix", "<b:x>a</b:x> <p:y>b", "a b"},
		{"bare <", "1 < 2, a <3 and b<", "1 < 2, a <3 and b<"},
		{"many <", "a <<<b>c</b> << d", "a <<*c* << d"},
		{"bare >", "a > b >c", "a > b >c"},
		{"empty tags", "a<>b</>c", "a<>bc"},
		{"end tag of no name", "a</ b>c", "ac"},

		{"comment", "a<!-- b <p> -->c", "ac"},
		{"comment with dashes", "a<!-- b -- c --->d<!---->e<!-->f", "adef"},
		{"comment that never ends", "a<!-- b <p>c", "a"},
		{"declarations", "<!DOCTYPE html><?xml version='1.0'?><![if x]>a<![endif]>", "a"},
		{"CDATA is a comment", "a<![CDATA[b]]>c", "ac"},
		{"CDATA in a script", "a<script>//<![CDATA[\nif (a<b) {}\n//]]></script>b", "ab"},

		{"script", "a<script>if (a</b) '<p>x</p>'</script>b", "ab"},
		{"script with a script", "a<script><!-- <script>x</script> --></script>b", "ab"},
		{"script that never ends", "a<script>b<p>c", "a"},
		{"script with blanks", "a<script type=x >x</script\n>b", "ab"},
		{"style", "a<style>p > b {}</style>b", "ab"},
		{"title", "<title>a <b>b</b> &amp; c</title><p>d", "~a <b>b</b> & c ¶ d"},
		{"title that never ends", "<title>a<p>b", "a ¶ b"},
		{"title without a tag", "<title/><p>b", "b"},
		{"textarea", "a<textarea><p>b</textarea>c", "ac"},
		{"iframe", "a<iframe src=x><p>b</p></iframe>c", "ac"},
		{"iframe without a tag", "<p>a<iframe src=x /><p>b", "a ¶ b"},
		{"noscript", "a<noscript><p>b</noscript>c", "ac"},
		{"noframes", "<noframes><p>a</p></noframes>", "a"},
		{"plaintext and xmp", "<xmp><p>a</p></xmp><plaintext>b<p>c", "a ¶ b ¶ c"},
		{"picture", "a<svg><title>x</title><style/><text>y</text></svg>b", "ab"},
		{"picture without a tag", "a<svg/>b", "ab"},
		{"video", "a<video><p>no video</p></video>b", "ab"},
		{"video without an end", "a<video>b", "a"},
		{"template", "a<template><p>b</p></template>c", "ac"},

		{"entities", "&amp; &lt;p&gt; &eacute; &#233; &#xE9; &hellip;", "& <p> é é é …"},
		{"entities without ;", "a &amp b &lt c &copy 2024 &eacute", "a & b < c © 2024 é"},
		{"no entities", "AT&T R&D a & b &foo; &; &#; &#x;", "AT&T R&D a & b &foo; &; &#; &#x;"},
		{"entities of no character", "a&#1;b&shy;c&#x200b;d&#xFEFF;e", "abcde"},
		{"entity of a line break", "a&#10;b<pre>c&#10;d</pre>", "a b ¶ c | d"},
	} {
		if got := showLines(readHTML(c.in)); got != c.want {
			t.Errorf("%s: %q:\n got %s\nwant %s", c.name, c.in, got, c.want)
		}
	}
}

// The numbers of lines count the line breaks of the file, in whatever they stand.
func TestHTMLLineNumbers(t *testing.T) {
	page := "<!--\n--><br>1<p\n><br>2<script>\n</script><br>3<svg>\n<p>\n</svg><br>4<pre>5\n6</pre>&#10;7\n" +
		"<br>8<title>\n9</title\n><br>10<![x\n]><br>11\n\n<br>12"
	want := "1:2 2:3 3:4 4:6 5:6 6:7 7:7 8:8 9:9 10:10 11:11 12:13"
	var got []string
	for _, l := range readHTML(page) {
		for w := range strings.FieldsSeq(l.text) {
			got = append(got, fmt.Sprint(w, ":", l.num))
		}
	}
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got %s", g)
	}
}

// The text of a page is that which a browser's parser finds in it, however broken it is.
func TestHTMLTextMatchesParser(t *testing.T) {
	piece := rapid.SampledFrom([]string{"<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i class='>'>", "</i>", "<br>",
		"</br>", "<hr/>",
		"<ul>", "<li>", "</ul>", "<h2>", "</h2>", "<span", ">", "<", "</", "</x>", "<x-y>", "<!--", "-->", "<!-", "--!>", "<![CDATA[", "]]>", "<?", "<!x>",
		"<script>", "</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<iframe>", "</iframe>", "<svg><g/>x</svg>", "<video>x</video>", "</svg>", "</video>",
		"&amp;", "&lt", "&lt;", "&", "&#233;", "&eacute", "a", "b ", " é", "\n", "\"", "'", "="})
	rapid.Check(t, func(t *rapid.T) {
		page := "<body>" + strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		var want, got strings.Builder
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			if n.Type == html.TextNode {
				want.WriteString(n.Data)
			}
			if n.Type == html.ElementNode && htmlElements[n.Data] == htmlSkipped {
				return
			}
			for child := range n.ChildNodes() {
				walk(child)
			}
		}
		walk(root)
		for _, l := range readHTML(page) {
			got.WriteString(unmark(l.text))
		}
		visible := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		if g, w := visible(got.String()), visible(want.String()); g != w {
			t.Fatalf("%q:\n got %q\nwant %q", page, g, w)
		}
	})
}

// TestHTMLTables reads pages that are a table of who says what, and none that only lie in one.
func TestHTMLTables(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a header", "<table><tr><th>Time<th>Speaker<th>Text<tr><td>0:01<td><b>Mara</b><td>It is<br>late.<tr><td>0:04<td>Joon<td><p>Yes.<p>Very.</table>",
			"Mara: It is late. | Joon: Yes. Very."},
		{"no header", "<nav><p>Home<p>About<p>More</nav><table><tr><td>Mara</td><td>It is late, I think.</td></tr><tr><td>Joon</td><td>Yes.</td></tr>" +
			"<tr><td>Mara</td><td>Very late.</td></tr><tr><td>Joon</td><td>As always.</td></tr></table>",
			"Mara: It is late, I think. | Joon: Yes. | Mara: Very late. | Joon: As always."},
		{"a table in a cell", "<table><tr><th>Who<th>Text<tr><td>Mara<td>It is <table><tr><td>late.</table><tr><td>Joon<td>Yes.</table>",
			"Mara: It is late. | Joon: Yes."},
		{"a page in a table", "<table><tr><td>Home<td><p>Mara: It is late.<p>Joon: Yes.<p>Mara: Very.</table>", "Mara: It is late. | Joon: Yes. | Mara: Very."},
	} {
		s, err := Parse("<html>" + c.in + "</html>")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		check(t, s)
		if got := spoken(s); got != c.want || s.Form != formHTML {
			t.Errorf("%s: %s: %s\nwant %s", c.name, s.Form, got, c.want)
		}
	}
}

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cuewright/align/transcript"
	"cuewright/subtitles"
)

// TestDocumentedPlaces looks up what the reference sends those to who add something: each row names files, and the
// identifiers in a row stand in one of them.
func TestDocumentedPlaces(t *testing.T) {
	place := regexp.MustCompile("^(?:align|subtitles|cmd|testdata)/")
	identifier := regexp.MustCompile("^[A-Za-z][a-z]*(?:[A-Z][a-z]*)*$")
	rows := table(t, "README.md", "## Where to add what")
	if len(rows) < 10 {
		t.Errorf("the section has %d rows", len(rows))
	}
	for _, row := range rows {
		var names []string
		var text strings.Builder
		for _, span := range spans(row[1]) {
			if !place.MatchString(span) {
				if identifier.MatchString(span) {
					names = append(names, span)
				}
				continue
			}
			info, err := os.Stat(filepath.Join(root, span))
			if err != nil {
				t.Errorf("%s: %v", row[0], err)
			} else if !info.IsDir() {
				text.WriteString(readDocument(t, filepath.Join(root, span)))
			}
		}
		if text.Len() == 0 {
			t.Errorf("%s: the row names no file", row[0])
		}
		for _, name := range names {
			if !isPlaceholder(name) && !regexp.MustCompile(`\b`+name+`\b`).MatchString(text.String()) {
				t.Errorf("%s: no file of the row has %s", row[0], name)
			}
		}
	}
}

// isPlaceholder reports whether a name in the reference stands for any other.
func isPlaceholder(name string) bool { return name == "RuleX" }

// TestDocumentedTables holds the tables of what there is to choose from, or to be reported, to the code.
func TestDocumentedTables(t *testing.T) {
	const formats = "../../subtitles/README.md"
	var presets, extensions, commands []string
	keys := []string{"base", "[[limits]]"}
	for _, m := range regexp.MustCompile(`(?m)^(\w+) = `).FindAllStringSubmatch(string(subtitles.Preset{}.TOML()), -1) {
		if m[1] != "base" {
			keys = append(keys, m[1])
		}
	}
	for _, p := range subtitles.Presets() {
		presets = append(presets, p.Name)
	}
	for _, f := range subtitles.Formats() {
		extensions = append(extensions, "."+f.Name)
	}
	for _, c := range newApp(nil, nil, nil).VisibleCommands() {
		commands = append(commands, c.Name)
	}
	rules := constants(t, "../../subtitles/lint.go", func(name, _ string) bool { return strings.HasPrefix(name, "Rule") })
	kinds := constants(t, "../../subtitles/check/finding.go", func(_, of string) bool { return of == "Kind" })
	flag := func(command, name string) []string {
		for _, row := range table(t, "README.md", "## "+command) {
			if strings.Contains(row[0], name) {
				return spans(row[1])
			}
		}
		return nil
	}
	for _, c := range []struct {
		what      string
		got, want []string
	}{
		{"columns of presets", spans(header(t, formats, "## Presets")), presets},
		{"keys of preset files", firstCells(tableAfter(t, formats, "### Preset files", "```\n\n")), keys},
		{"values of --preset", flag("align", "--preset"), presets},
		{"formats", firstCells(table(t, formats, "## Formats")), extensions},
		{"rules of lint", firstCells(tableAfter(t, formats, "## Presets", "rules of the preset")), rules},
		{"findings of check", firstCells(table(t, "README.md", "## check")), kinds},
		{"exit codes", plainCells(table(t, "../../README.md", "### Exit codes")), plainCells(table(t, "README.md", "## Exit codes"))},
		{"commands", firstCells(table(t, "README.md", "# The commands")), commands},
	} {
		slices.Sort(c.got)
		slices.Sort(c.want)
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: documented %q, in the code %q", c.what, c.got, c.want)
		}
	}
}

// TestDocumentedForms holds the table of what is read as a transcript to the code's own, which -update writes into it.
func TestDocumentedForms(t *testing.T) {
	const head = "| form | told by | built from |\n|---|---|---|\n"
	var rows strings.Builder
	for _, f := range transcript.Forms() {
		rows.WriteString("| " + strings.Join([]string{f.Name, f.Told, f.Source}, " | ") + " |\n")
	}
	text := readDocument(t, "README.md")
	before, rest, ok := strings.Cut(text, head)
	_, after, end := strings.Cut(rest, "\n\n")
	if strings.HasPrefix(rest, "\n") { // it has no rows yet
		after, end = rest[1:], true
	}
	if !ok || !end {
		t.Fatal("the reference has no table of forms")
	}
	if want := before + head + rows.String() + "\n" + after; *update {
		if err := os.WriteFile("README.md", []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if text != want {
		t.Error("the table of forms is not that of the code: run the test with -update")
	}
}

// tableLines returns the rows of the first table below a heading of a document, and after a text if that is not "". The
// first of them is its header.
func tableLines(t *testing.T, name, heading, after string) []string {
	t.Helper()
	_, section, there := strings.Cut("\n"+readDocument(t, name), "\n"+heading+"\n")
	_, section, below := strings.Cut(section, after)
	if !there || !below {
		t.Fatalf("%s: there is no %q, or no %q below it", name, heading, after)
	}
	var rows []string
	for line := range strings.Lines(section) {
		switch {
		case strings.HasPrefix(line, "|"):
			rows = append(rows, strings.Trim(strings.TrimSpace(line), "|"))
		case len(rows) > 0, strings.HasPrefix(line, "## "):
			return rows
		}
	}
	return rows
}

// tableAfter returns the cells of the first table behind a text below a heading, without its header.
func tableAfter(t *testing.T, name, heading, after string) [][]string {
	t.Helper()
	lines := tableLines(t, name, heading, after)
	if len(lines) < 3 {
		t.Fatalf("%s: there is no table below %q", name, heading)
	}
	var rows [][]string
	for _, line := range lines[2:] {
		rows = append(rows, strings.SplitN(line, "|", 2))
	}
	return rows
}

func table(t *testing.T, name, heading string) [][]string {
	t.Helper()
	return tableAfter(t, name, heading, "")
}

func header(t *testing.T, name, heading string) string {
	t.Helper()
	return append(tableLines(t, name, heading, ""), "")[0]
}

// spans returns what stands in text as code.
func spans(text string) []string {
	var all []string
	for _, span := range codeSpan.FindAllString(text, -1) {
		all = append(all, strings.Trim(span, "`"))
	}
	return all
}

func firstCells(rows [][]string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, spans(row[0])...)
	}
	return all
}

func plainCells(rows [][]string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, strings.TrimSpace(row[0]))
	}
	return all
}

// constants returns the values of those string constants of a Go file that is accepts by their names and types.
func constants(t *testing.T, file string, is func(name, of string) bool) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		c, ok := n.(*ast.ValueSpec)
		if !ok || len(c.Names) != 1 || len(c.Values) != 1 {
			return true
		}
		of := ""
		if id, ok := c.Type.(*ast.Ident); ok {
			of = id.Name
		}
		if v, ok := c.Values[0].(*ast.BasicLit); ok && v.Kind == token.STRING && is(c.Names[0].Name, of) {
			s, err := strconv.Unquote(v.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return true
	})
	return all
}

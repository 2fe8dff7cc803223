package main

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"cuewright/testdata/race"
)

// root is the folder of the module.
const root = "../.."

// longestReadme is the size of the largest README.md that a newcomer is asked to read, in bytes.
const longestReadme = 12 << 10

func TestReadmeIsShort(t *testing.T) {
	info, err := os.Stat(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > longestReadme {
		t.Errorf("README.md has %d bytes, more than %d: move reference to the document of its package", info.Size(), longestReadme)
	}
}

// TestDocumentLinks follows the relative links of all documents, and their anchors to a heading.
func TestDocumentLinks(t *testing.T) {
	race.Skip(t, race.Slow)
	links := 0
	for _, name := range documents(t) {
		for _, target := range linksIn(prose(readDocument(t, name))) {
			links++
			if err := follow(name, target); err != nil {
				t.Errorf("%s: %s: %v", name, target, err)
			}
		}
	}
	if links == 0 {
		t.Error("the documents hold no relative link")
	}
}

func TestFollow(t *testing.T) {
	dir := t.TempDir()
	text := "# A *title*, twice\n## A title, twice\n## `.json` files\n```sh\n# no heading\n```\n"
	here := filepath.Join(dir, "here.md")
	if err := os.WriteFile(here, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		target string
		ok     bool
	}{
		{"here.md", true},
		{"#a-title-twice", true},
		{"here.md#a-title-twice-1", true},
		{"#json-files", true},
		{"#no-heading", false},
		{"#a-title-twice-2", false},
		{"there.md", false},
	} {
		if err := follow(here, c.target); (err == nil) != c.ok {
			t.Errorf("%s: %v, want success %v", c.target, err, c.ok)
		}
	}
}

// documents lists the Markdown files of the module, as paths from here.
func documents(t *testing.T) []string {
	var names []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" && filepath.Dir(name) != root):
			return fs.SkipDir // hidden, or the input of a package's tests
		case strings.HasSuffix(d.Name(), ".md"):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func readDocument(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	fence    = regexp.MustCompile("(?ms)^```.*?^```")
	codeSpan = regexp.MustCompile("`[^`\n]*`")
	link     = regexp.MustCompile(`\]\(([^()\s]*)\)`)
	heading  = regexp.MustCompile(`(?m)^#+ +(.*?)\s*$`)
)

// prose returns text without its blocks of code.
func prose(text string) string { return fence.ReplaceAllString(text, "") }

// linksIn returns the targets of the links within a repository.
func linksIn(text string) []string {
	var targets []string
	for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(text, ""), -1) {
		if !strings.Contains(m[1], ":") {
			targets = append(targets, m[1])
		}
	}
	return targets
}

// follow returns an error unless the link target of the document name leads to a file, and its anchor to a heading there.
func follow(name, target string) error {
	path, anchor, hasAnchor := strings.Cut(target, "#")
	path, err := url.PathUnescape(path)
	if err != nil {
		return err
	}
	if path != "" {
		name = filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
	}
	if _, err := os.Stat(name); err != nil || !hasAnchor {
		return err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !slices.Contains(anchors(string(text)), anchor) {
		return fmt.Errorf("no heading gives the anchor #%s", anchor)
	}
	return nil
}

// anchors returns those of the headings of a document, as GitHub makes them: lower case, hyphens for spaces, no
// punctuation, and a number where one of the same name stands above.
func anchors(text string) []string {
	var all []string
	seen := map[string]int{}
	for _, m := range heading.FindAllStringSubmatch(prose(text), -1) {
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1])
		if n := seen[anchor]; n > 0 {
			all = append(all, fmt.Sprintf("%s-%d", anchor, n))
		} else {
			all = append(all, anchor)
		}
		seen[anchor]++
	}
	return all
}

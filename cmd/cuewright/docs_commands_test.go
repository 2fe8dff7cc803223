package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocumentedCommands parses the command lines that the documents show: their commands and flags exist.
func TestDocumentedCommands(t *testing.T) {
	commands := 0
	for _, name := range documents(t) {
		for _, args := range commandLines(readDocument(t, name)) {
			commands++
			if err := parses(args); err != nil {
				t.Errorf("%s: %s: %v", name, strings.Join(args, " "), err)
			}
		}
	}
	if commands < 10 {
		t.Errorf("the documents show %d command lines: they are no longer found", commands)
	}
}

// TestFlagsAreDocumented looks for each flag in the reference of the commands.
func TestFlagsAreDocumented(t *testing.T) {
	reference := readDocument(t, "README.md")
	for _, command := range newApp(strings.NewReader(""), io.Discard, io.Discard).Commands {
		for _, c := range append(slices.Clone(command.Subcommands), command) {
			if c.Hidden {
				continue
			}
			for _, f := range visible(c.Flags) {
				if long := "`--" + f.Names()[0]; !regexp.MustCompile(regexp.QuoteMeta(long) + "[` ]").MatchString(reference) {
					t.Errorf("%s --%s is missing in cmd/cuewright/README.md", c.Name, f.Names()[0])
				}
			}
		}
	}
}

func TestCommandLines(t *testing.T) {
	text := "Prose with `cuewright align --words` and `cuewright`.\n" +
		"```sh\n" +
		"cuewright align 'a b.wav' b.txt \\\n  --words # a comment\n" +
		"x | cuewright align - b.txt && exec cuewright batch d --jobs \"$N\"\n" +
		"go run ./cmd/cuewright segments a.wav\n" +
		"aws --definition cuewright --overrides '{\"command\": [\"cuewright\", \"batch\", \"d\"]}'\n" +
		"```\n" +
		"```yaml\ncommand: [/cuewright, batch, d, --shard, auto/20]\n```\n" +
		"    cuewright train d -o m\n"
	want := []string{
		"[cuewright align a b.wav b.txt --words]", "[cuewright align - b.txt]", "[cuewright batch d --jobs $N]",
		"[cuewright segments a.wav]", "[cuewright batch d]", "[cuewright batch d --shard auto/20]",
		"[cuewright train d -o m]", "[cuewright align --words]",
	}
	var got []string
	for _, args := range commandLines(text) {
		got = append(got, fmt.Sprint(args))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, line := range []string{"cuewright algin a.wav", "cuewright align --prest bbc", "cuewright convert --jobs 2"} {
		if parses(strings.Fields(line)) == nil {
			t.Errorf("%s is taken for a command line", line)
		}
	}
}

var (
	shellWords   = regexp.MustCompile(`(?:[^\s'"]+|'[^']*'|"[^"]*")+`)
	commandWords = regexp.MustCompile(`^(?:\S*/)?cuewright$`)
	bracketed    = regexp.MustCompile(`\[([^\[\]]*cuewright\b[^\[\]]*)\]`)
	continued    = regexp.MustCompile(`\\\n\s*`)
	indented     = regexp.MustCompile(`(?m)^ {4}.*$`)
)

// commandLines returns the command lines of cuewright in a document, each as its words: those in blocks of code, then
// those within the text. A batch system takes them as a list.
func commandLines(text string) [][]string {
	var lines [][]string
	add := func(line string) {
		if m := bracketed.FindStringSubmatch(line); m != nil { // a list in JSON or YAML
			args := strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == '"' || r == ' ' })
			lines = append(lines, append([]string{"cuewright"}, args[1:]...))
			return
		}
		lines = append(lines, shellCommands(line)...)
	}
	for _, block := range fence.FindAllString(text, -1) {
		for _, line := range strings.Split(continued.ReplaceAllString(block, " "), "\n") {
			add(line)
		}
	}
	for _, line := range indented.FindAllString(prose(text), -1) {
		add(line)
	}
	for _, m := range codeSpan.FindAllString(prose(text), -1) {
		if code := strings.Trim(m, "`"); strings.HasPrefix(code, "cuewright ") {
			add(code)
		}
	}
	return lines
}

// shellCommands returns the commands of cuewright in a line of a shell script, without quotes and comments.
func shellCommands(line string) [][]string {
	var commands [][]string
	var args []string
	end := func() {
		if args != nil {
			commands = append(commands, args)
		}
		args = nil
	}
	first := true // of the words of a command, variables and exec aside
	for _, word := range shellWords.FindAllString(line, -1) {
		switch {
		case strings.HasPrefix(word, "#"):
			end()
			return commands
		case word == "|" || word == "&&" || word == "||" || word == ";":
			end()
			first = true
		case args != nil:
			args = append(args, strings.Map(func(r rune) rune {
				if r == '\'' || r == '"' {
					return -1
				}
				return r
			}, word))
		case commandWords.MatchString(word) && first:
			args = []string{"cuewright"}
		case word != "exec" && word != "go" && word != "run":
			first = false
		}
	}
	end()
	return commands
}

// parses returns an error if args name a command or a flag that does not exist.
func parses(args []string) error {
	_, err := arrange(newApp(strings.NewReader(""), io.Discard, io.Discard), args)
	return err
}

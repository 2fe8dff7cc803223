package main

import (
	"io"
	"strings"
	"testing"
)

func TestArrange(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"--version", "--version"},
		{"help", "help"},
		{"help align", "align --help"},
		{"help batch report", "batch report --help"},
		{"help nothing", `error: unknown command "nothing"`},
		{"version", "version"},
		{"align a.wav b.txt", "align -- a.wav b.txt"},
		{"align a.wav b.txt -o c.vtt --words", "align -o c.vtt --words -- a.wav b.txt"},
		{"align a.wav --preset bbc b.txt -o=c.vtt", "align --preset bbc -o=c.vtt -- a.wav b.txt"},
		{"align --words a.wav -q b.txt", "align --words -q -- a.wav b.txt"},
		{"align -o -c.vtt a b", "align -o -c.vtt -- a b"},
		{"align -- -a.wav --words", "align -- -a.wav --words"},
		{"align a.wav -- -b.txt", "align -- a.wav -b.txt"},
		{"align - b.txt --help", "align --help -- - b.txt"},
		{"batch report d --json", "batch report --json -- d"},
		{"batch a report --out d", "batch --out d -- a report"},
		{"batch ./report --out d", "batch --out d -- ./report"},
		{"--cpuprofile p align a b", "--cpuprofile p align -- a b"},
		{"algin a b", `error: unknown command "algin": did you mean "align"?`},
		{"align a b --out c", "error: unknown flag --out: did you mean --output?"},
		{"align -x", "error: unknown flag -x: see cuewright --help"},
		{"convert a.srt -o b.vtt", "error: unknown flag -o: see cuewright --help"},
		{"align a b -o", "error: -o needs a value: see --help"},
		{"--words align", "error: unknown flag --words: did you mean --version?"},
	} {
		got, err := arrange(newApp(strings.NewReader(""), io.Discard, io.Discard), strings.Fields("cuewright "+c.in))
		line := strings.TrimPrefix(strings.Join(got, " ")+" ", "cuewright ")
		if err != nil {
			line = "error: " + err.Error()
		}
		line = strings.TrimSpace(line)
		if line != c.want && !(err != nil && strings.HasPrefix(line, c.want) && c.want != "") {
			t.Errorf("%s:\ngot  %s\nwant %s", c.in, line, c.want)
		}
	}
}

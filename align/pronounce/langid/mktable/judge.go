package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"cuewright/align/pronounce/langid"
)

// How many items of each kind are drawn of a source in a language, and how long pages are.
const (
	itemsOfKind = 60
	pageLines   = 30
)

var reSentence = regexp.MustCompile(`[^.!?。！？।۔]+[.!?。！？।۔]+(?:\s|$|)`)

// items prints what languages are judged on: a sentence, 20 words or a page of the texts of a
// folder a line, behind its language and its kind.
func items(dir string, out io.Writer) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lang, _, _ := strings.Cut(filepath.Base(path), ".")
		var sentences []string
		for line := range strings.Lines(string(data)) {
			for _, s := range reSentence.FindAllString(line, -1) {
				if s = strings.TrimSpace(s); isProse(s) && (lang == "en" || !isEnglish(s)) {
					sentences = append(sentences, s)
				}
			}
		}
		for _, s := range evenly(sentences, itemsOfKind) {
			fmt.Fprintf(w, "%s\tsentence\t%s\n", lang, s)
		}
		words := strings.Fields(strings.Join(sentences, " "))
		for _, s := range evenly(slices.Collect(slices.Chunk(words, 20)), itemsOfKind) {
			fmt.Fprintf(w, "%s\twords\t%s\n", lang, strings.Join(s, " "))
		}
		for _, s := range evenly(slices.Collect(slices.Chunk(sentences, pageLines)), itemsOfKind) {
			fmt.Fprintf(w, "%s\tpage\t%s\n", lang, strings.Join(s, " "))
		}
	}
	return w.Flush()
}

// isProse reports whether a text has the words of a sentence, and little of a command.
func isProse(s string) bool {
	odd := 0
	for _, r := range s {
		if strings.ContainsRune("=/<-\"", r) {
			odd++
		}
	}
	return odd <= 1 && (len(strings.Fields(s)) >= 5 || utf8.RuneCountInString(s) >= 12 && len(s) > 2*utf8.RuneCountInString(s))
}

// isEnglish reports whether a quarter of the words are commonest in English: translations are
// not always whole.
func isEnglish(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	n := 0
	for _, w := range words {
		if slices.Contains(englishWords, w) {
			n++
		}
	}
	return 4*n > len(words)
}

var englishWords = strings.Fields("the of and to is in a for that be this with or not are by if it as on an you can from will")

// evenly returns n of all, evenly.
func evenly[T any](all []T, n int) []T {
	if len(all) <= n {
		return all
	}
	var some []T
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// judge tells how many items are told right, wrong, and not at all, by language.
func judge(file string, out io.Writer) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	kinds := []string{"sentence", "words", "page"}
	counts := map[string]*[3][3]int{"all": {}}
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<22)
	for scan.Scan() {
		lang, rest, _ := strings.Cut(scan.Text(), "\t")
		kind, text, _ := strings.Cut(rest, "\t")
		if counts[lang] == nil {
			counts[lang] = new([3][3]int)
		}
		verdict := 1
		switch tag := langid.Identify(text).Tag; {
		case tag == lang, lang == "sr" && tag == "sr-Latn": // Debian's Serbian is in either script
			verdict = 0
		case tag == "":
			verdict = 2
		}
		k := slices.Index(kinds, kind)
		counts[lang][k][verdict]++
		counts["all"][k][verdict]++
	}
	for _, lang := range sorted(counts) {
		fmt.Fprintf(out, "| %s |", lang)
		for _, c := range counts[lang] {
			fmt.Fprintf(out, " %d / %d / %d |", c[0], c[1], c[2])
		}
		fmt.Fprintln(out)
	}
	return scan.Err()
}

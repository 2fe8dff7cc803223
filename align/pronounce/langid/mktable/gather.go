package main

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ranked is the source whose lines are words, the commonest first.
const ranked = "words"

// texts holds lines of text by language and source.
type texts map[[2]string][]string

func (t texts) add(lang, source, line string) {
	if line = strings.Join(strings.Fields(line), " "); line != "" {
		t[[2]string{lang, source}] = append(t[[2]string{lang, source}], line)
	}
}

// write writes a file LANG.SOURCE.txt for each language and source. Lines that stand twice,
// and lines that are as in another language's file of that source (not translated), are left out.
func (t texts) write(dir string) error {
	langs := map[[2]string]int{} // in how many languages a line of a source stands
	for key, lines := range t {
		if key[1] == ranked {
			continue
		}
		slices.Sort(lines)
		t[key] = slices.Compact(lines)
		for _, line := range t[key] {
			langs[[2]string{key[1], line}]++
		}
	}
	english := map[string]bool{}
	for key, lines := range t {
		for _, line := range lines {
			if key[0] == "en" && key[1] != ranked {
				english[line] = true
			}
		}
	}
	for key, lines := range t {
		var b strings.Builder
		for _, line := range lines {
			if key[0] == "en" || key[1] == ranked || !english[line] && langs[[2]string{key[1], line}] <= 4 {
				b.WriteString(line + "\n")
			}
		}
		if err := os.WriteFile(filepath.Join(dir, key[0]+"."+key[1]+".txt"), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tagOf returns the class of a language by a tag as sources write it; "" for what is left out.
func tagOf(tag string) string {
	tag = strings.ReplaceAll(tag, "_", "-")
	switch strings.ToLower(tag) {
	case "sr-latn", "sr@latin", "sr-rs@latin":
		return "sr-Latn"
	case "no":
		return "nb"
	case "fil":
		return "tl"
	case "iw":
		return "he"
	case "c":
		return "en"
	case "kmr":
		return "ku"
	case "zh-min-nan", "ja-hira", "ca-valencia", "ca-es-valencia", "sr-cyrl-ba", "sr-latn-ba":
		return ""
	}
	if strings.Contains(tag, "@") { // another script or spelling
		return ""
	}
	base, rest, _ := strings.Cut(tag, "-")
	switch rest {
	case "Cyrl", "Arab", "Adlm", "Tfng", "1901", "polyton", "Mong", "Hebr":
		return ""
	case "Latn":
		if base == "hi" || base == "ug" || base == "zh" {
			return ""
		}
	}
	return strings.ToLower(base)
}

var (
	reTag         = regexp.MustCompile(`<[^<>]*>`)
	rePlaceable   = regexp.MustCompile(`\{[^{}]*\}`)
	reFluent      = regexp.MustCompile(`^\s*(?:[-\w.]+ *=|\*?\[[-\w]+\])\s*(.*)$`)
	reProperty    = regexp.MustCompile(`^[-\w.]+ *= *(.*)$`)
	reFormat      = regexp.MustCompile(`%\d*\$?[a-zA-Z]|\\u[0-9a-fA-F]{4}|\\n|&[a-zA-Z]\w*;`)
	reTroff       = regexp.MustCompile(`\\f\[\w*\]|\\f\(..|\\f.|\\\(..|\\[&%|^,/:]|\\`)
	reTranslation = regexp.MustCompile(`^  ([a-z]{2,3}(?:[_@-]\w+)*|C): (.*)$`)
)

// plain returns a message without tags, placeables and formats.
func plain(message string) string {
	message = rePlaceable.ReplaceAllString(message, " x1 ")
	message = reTag.ReplaceAllString(html.UnescapeString(message), " ")
	return strings.ReplaceAll(reFormat.ReplaceAllString(message, " "), "*", "")
}

// firefox reads the language packs below dir: messages of Fluent and of properties.
func (t texts) firefox(dir string) error {
	return walk(dir, ".xpi", func(path string) error {
		name := filepath.Base(path)
		tag, _, _ := strings.Cut(strings.TrimPrefix(name, "langpack-"), "@")
		lang := tagOf(tag)
		if lang == "" {
			return nil
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			return err
		}
		defer z.Close()
		for _, f := range z.File {
			re := reFluent
			switch filepath.Ext(f.Name) {
			case ".properties":
				re = reProperty
			case ".ftl":
			default:
				continue
			}
			r, err := f.Open()
			if err != nil {
				return err
			}
			scan := bufio.NewScanner(r)
			scan.Buffer(nil, 1<<20)
			for scan.Scan() {
				line := scan.Text()
				if strings.HasPrefix(line, "#") {
					continue
				}
				if m := re.FindStringSubmatch(line); m != nil {
					t.add(lang, "firefox", plain(m[1]))
				} else if strings.HasPrefix(line, "    ") {
					t.add(lang, "firefox", plain(line))
				}
			}
			r.Close()
		}
		return nil
	})
}

// help reads LibreOffice's help below dir, whose folders are languages: paragraphs and headings.
func (t texts) help(dir string) error {
	return walk(dir, ".html", func(path string) error {
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		lang := tagOf(strings.Split(rel, string(filepath.Separator))[0])
		if lang == "" || lang == "media" {
			return nil
		}
		return t.paragraphs(path, lang, "help")
	})
}

// paragraphs reads the paragraphs of an HTML file.
func (t texts) paragraphs(path, lang, source string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	doc, err := nethtml.Parse(f)
	if err != nil {
		return err
	}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.P, atom.Li, atom.H1, atom.H2, atom.H3:
			var b strings.Builder
			for d := range n.Descendants() {
				if d.Type == nethtml.TextNode && d.Parent.DataAtom != atom.Code {
					b.WriteString(d.Data)
				}
			}
			t.add(lang, source, b.String())
		}
	}
	return nil
}

// declaration reads the Universal Declaration of Human Rights, which names its language.
func (t texts) declaration(dir string) error {
	lang := regexp.MustCompile(`<html[^>]* lang="([^"]*)"`)
	return walk(dir, ".html", func(path string) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		m := lang.FindSubmatch(data)
		if m == nil || tagOf(string(m[1])) == "" {
			return nil
		}
		return t.paragraphs(path, tagOf(string(m[1])), "udhr")
	})
}

// scratch reads Scratch's messages: files LANG.json, of keys and messages.
func (t texts) scratch(dir string) error {
	return walk(dir, ".json", func(path string) error {
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		lang := tagOf(strings.TrimSuffix(filepath.Base(path), ".json"))
		if lang == "" || !strings.HasPrefix(rel, "www") && !strings.HasPrefix(rel, "editor") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var messages map[string]json.RawMessage
		if err := json.Unmarshal(data, &messages); err != nil {
			return nil
		}
		for _, raw := range messages {
			var s string
			var m struct{ Message string }
			if json.Unmarshal(raw, &s) != nil {
				if json.Unmarshal(raw, &m) != nil {
					continue
				}
				s = m.Message
			}
			t.add(lang, "scratch", plain(s))
		}
		return nil
	})
}

// emoji reads CLDR's names of emoji and what is looked for under them.
func (t texts) emoji(dir string) error {
	return walk(dir, ".json", func(path string) error {
		lang := tagOf(filepath.Base(filepath.Dir(path)))
		if lang == "" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var all struct {
			Annotations struct {
				Annotations map[string]struct{ Default, TTS []string }
			}
		}
		if err := json.Unmarshal(data, &all); err != nil {
			return nil
		}
		for _, a := range all.Annotations.Annotations {
			for _, s := range append(a.Default, a.TTS...) {
				t.add(lang, "emoji", s)
			}
		}
		return nil
	})
}

// appstream reads the names and summaries of AppStream's catalogue, in YAML.
func (t texts) appstream(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	lang, text := "", ""
	for scan.Scan() {
		line := scan.Text()
		m := reTranslation.FindStringSubmatch(line)
		switch {
		case m != nil:
			t.add(lang, "appstream", plain(text))
			lang, text = tagOf(m[1]), unquoted(m[2])
		case strings.HasPrefix(line, "    ") && lang != "":
			text += " " + unquoted(strings.TrimSpace(line))
		default:
			t.add(lang, "appstream", plain(text))
			lang, text = "", ""
		}
		if lang == "" {
			text = ""
		}
	}
	t.add(lang, "appstream", plain(text))
	return scan.Err()
}

// unquoted returns a scalar of YAML, or a part of one, as text.
func unquoted(s string) string {
	if s == ">-" || s == "|-" || s == ">" || s == "|" {
		return ""
	}
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		if u, err := strconv.Unquote(s); err == nil {
			return u
		}
	}
	if strings.Contains(s, `\`) {
		return ""
	}
	return strings.Trim(s, `"'`)
}

// subtitles reads lists of the commonest words of subtitles, the commonest first.
func (t texts) subtitles(dir string) error {
	return walk(dir, ".txt", func(path string) error {
		lang := listNames[strings.TrimSuffix(filepath.Base(path), ".txt")]
		data, err := os.ReadFile(path)
		if err != nil || lang == "" {
			return err
		}
		t[[2]string{lang, ranked}] = strings.Fields(string(data))
		return nil
	})
}

// listNames are the languages of the lists of words by the names of their files. Those of
// Norwegian, Serbian and Indonesian are left out: there are none of Nynorsk, Croatian, Bosnian and
// Malay, so that all that people say would look like their kin.
var listNames = map[string]string{
	"afrikaans": "af", "albanian": "sq", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca",
	"czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "esperanto": "eo", "estonian": "et",
	"farsi": "fa", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
	"hungarian": "hu", "italian": "it", "kazakh": "kk", "latvian": "lv", "lithuanian": "lt",
	"macedonian": "mk", "occitan": "oc", "polish": "pl", "portuguese": "pt", "romanian": "ro",
	"russian": "ru", "slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv",
	"turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}

// descriptions reads Debian's translated package descriptions: files Translation-LANG.
func (t texts) descriptions(path string, r io.Reader) error {
	_, tag, _ := strings.Cut(filepath.Base(path), "Translation-")
	lang := tagOf(tag)
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	text := ""
	for scan.Scan() {
		line := scan.Text()
		switch {
		case strings.HasPrefix(line, "Description-") && !strings.HasPrefix(line, "Description-md5"):
			_, short, _ := strings.Cut(line, ": ")
			t.add(lang, "descriptions", short)
		case line == " ." || line == "" || strings.HasPrefix(line, "  "):
			t.add(lang, "descriptions", text)
			text = ""
		case strings.HasPrefix(line, " "):
			text += line
		}
	}
	return scan.Err()
}

// manual reads a manual page without its requests and escapes, a line of the page a line of text
// up to the end of a paragraph.
func (t texts) manual(lang string, r io.Reader) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	text := ""
	for scan.Scan() {
		line := scan.Text()
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") || line == "" {
			t.add(lang, "manual", text)
			text = ""
			continue
		}
		text += " " + reTroff.ReplaceAllString(line, "")
	}
	t.add(lang, "manual", text)
	return scan.Err()
}

// catalogues reads catalogues of gettext below dir: dir/LANG/LC_MESSAGES/NAME.mo.
func (t texts) catalogues(dir string) error {
	return walk(dir, ".mo", func(path string) error {
		lang := tagOf(filepath.Base(filepath.Dir(filepath.Dir(path))))
		data, err := os.ReadFile(path)
		if err != nil || lang == "" || len(data) < 20 || binary.LittleEndian.Uint32(data) != 0x950412de {
			return err
		}
		n, at := binary.LittleEndian.Uint32(data[8:]), binary.LittleEndian.Uint32(data[16:])
		originals := binary.LittleEndian.Uint32(data[12:])
		message := func(table, i uint32) string {
			size, at := binary.LittleEndian.Uint32(data[table+8*i:]), binary.LittleEndian.Uint32(data[table+8*i+4:])
			return string(data[at : at+size])
		}
		for i := uint32(1); i < n; i++ {
			original, _, _ := strings.Cut(message(originals, i), "\x00")
			for s := range strings.SplitSeq(message(at, i), "\x00") {
				if s != original {
					t.add(lang, "catalogues", strings.ReplaceAll(plain(s), "_", ""))
				}
			}
		}
		return nil
	})
}

// walk calls f with each file below dir whose name has the extension, in order.
func walk(dir, ext string, f func(path string) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || ext != "" && filepath.Ext(path) != ext {
			return err
		}
		if err := f(path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
}

// gather reads the sources below in, each in the folder that ngrams.md names, and writes their
// texts to out. A source whose folder is missing is left out.
func gather(in, out string) error {
	t := texts{}
	for _, source := range []struct {
		folder string
		read   func(path string) error
	}{
		{"firefox", t.firefox},
		{"help", t.help},
		{"udhr", t.declaration},
		{"scratch", t.scratch},
		{"emoji", t.emoji},
		{"words", t.subtitles},
		{"appstream.yml", t.appstream},
		{"descriptions", func(dir string) error {
			return walk(dir, "", func(path string) error {
				return read(path, func(r io.Reader) error { return t.descriptions(path, r) })
			})
		}},
		{"mo", t.catalogues},
		{"man", func(dir string) error {
			return walk(dir, "", func(path string) error {
				lang := tagOf(filepath.Base(filepath.Dir(filepath.Dir(path)))) // man/LANG/man1/PAGE
				return read(path, func(r io.Reader) error { return t.manual(lang, r) })
			})
		}},
	} {
		path := filepath.Join(in, source.folder)
		if _, err := os.Stat(path); err != nil {
			continue
		}
		if err := source.read(path); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	return t.write(out)
}

// read calls f with what the file holds.
func read(path string, f func(io.Reader) error) error {
	r, err := os.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	return f(r)
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTagOf(t *testing.T) {
	for tag, want := range map[string]string{
		"pt_BR": "pt", "zh-TW": "zh", "no": "nb", "fil": "tl", "sr@latin": "sr-Latn", "sr-Latn": "sr-Latn", "sr": "sr", "kmr": "ku",
		"ca@valencia": "", "ja-Hira": "", "az-Cyrl": "", "C": "en", "es-419": "es", "ga-IE": "ga",
	} {
		if got := tagOf(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Lodě <b>v přístavu</b>: { $count }": "Lodě v přístavu : x1",
		"%1$S lodí, %s\\n &amp; více":        "lodí, & více",
	} {
		if got := strings.Join(strings.Fields(plain(in)), " "); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestGather: each source that is there is read, and what is not translated is left out.
func TestGather(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(in, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("scratch/www/page/en.json", `{"a": "The boat", "b": {"message": "The harbour"}}`)
	write("scratch/www/page/cs.json", `{"a": "Loď", "b": "The harbour"}`)
	write("emoji/cs/annotations.json", `{"annotations": {"annotations": {"⛵": {"default": ["plachta"], "tts": ["plachetnice"]}}}}`)
	write("udhr/ces.html", `<html lang="cs"><body><h1>Nadpis</h1><p>Všichni <i>lidé</i></p></body></html>`)
	write("help/cs/text/a.html", `<p>Uložte soubor <code>x</code>.</p>`)
	write("words/czech.txt", "je\nto\n")
	write("appstream.yml", "Summary:\n  C: A boat\n  cs: 'Malá loď,\n    a velká'\n")
	write("descriptions/Translation-cs", "Package: a\nDescription-md5: 0\nDescription-cs: krátce\n Dlouze a\n dále.\n .\n Znovu.\n\n")
	write("man/cs/man1/a.1", ".TH a\n\\fBLoď\\fR pluje\n.PP\nKonec\n")
	if err := gather(in, out); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"cs.scratch.txt":      "Loď\n",
		"en.scratch.txt":      "The boat\nThe harbour\n",
		"cs.emoji.txt":        "plachetnice\nplachta\n",
		"cs.udhr.txt":         "Nadpis\nVšichni lidé\n",
		"cs.help.txt":         "Uložte soubor .\n",
		"cs.words.txt":        "je\nto\n",
		"cs.appstream.txt":    "Malá loď, a velká\n",
		"cs.descriptions.txt": "Dlouze a dále.\nZnovu.\nkrátce\n",
		"cs.manual.txt":       "Konec\nLoď pluje\n",
	} {
		if got, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}

// TestJudge counts items that are told right, wrong and not at all.
func TestJudge(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "cs.mine.txt")
	if err := os.WriteFile(file, []byte("Stará loď leží v přístavu celou zimu a nikdo ji nechce opravit. Ne.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := items(dir, &b); err != nil {
		t.Fatal(err)
	}
	lines := b.String() + "pl\tsentence\tStará loď leží v přístavu celou zimu a nikdo ji nechce opravit.\nde\tsentence\t12\n"
	if err := os.WriteFile(file, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := judge(file, &b); err != nil {
		t.Fatal(err)
	}
	want := "| all | 1 / 1 / 1 | 1 / 0 / 0 | 1 / 0 / 0 |\n| cs | 1 / 0 / 0 | 1 / 0 / 0 | 1 / 0 / 0 |\n" +
		"| de | 0 / 0 / 1 | 0 / 0 / 0 | 0 / 0 / 0 |\n| pl | 0 / 1 / 0 | 0 / 0 / 0 | 0 / 0 / 0 |\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

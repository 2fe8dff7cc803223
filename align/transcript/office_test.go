package transcript

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"cuewright/testdata/race"
)

// archive returns an archive of parts: names and what they hold, in turns.
func archive(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// officeSample returns a file of testdata/office: a folder is the archive of what is in it, so
// that what is tested can be read.
func officeSample(t testing.TB, name string) []byte {
	t.Helper()
	if info, err := os.Stat(name); err != nil {
		t.Fatal(err)
	} else if !info.IsDir() {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var parts []string
	root := os.DirFS(name)
	files, err := filepath.Glob(name + "/*")
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := filepath.Glob(name + "/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, deeper...) {
		part := strings.TrimPrefix(filepath.ToSlash(file), filepath.ToSlash(name)+"/")
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		f, err := root.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
		parts = append(parts, part, b.String())
	}
	return archive(t, parts...)
}

// TestOfficeGolden reads a file of each office form and shows all that was understood.
func TestOfficeGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/office/*")
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for _, name := range names {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			data := officeSample(t, name)
			if !IsOffice(data) {
				t.Error("it is not known for an office file")
			}
			s, err := ParseOffice(data)
			if err != nil {
				t.Fatal(err)
			}
			check(t, s)
			seen = append(seen, s.Form)
			got, golden := s.Form+"\n"+dump(s), name+".golden"
			checkGolden(t, golden, got)
		})
	}
	for _, f := range officeForms() {
		if !slices.Contains(seen, f.Name) {
			t.Errorf("there is no example of %s", f.Name)
		}
	}
}

// word returns a Word document with that body.
func word(t testing.TB, body string) []byte {
	return archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml",
		`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`)
}

// encryptedPart returns an archive whose only part is marked as encrypted.
func encryptedPart(t testing.TB) []byte {
	data := word(t, "<w:p/>")
	data[6] |= 1
	central := bytes.LastIndex(data[:bytes.LastIndex(data, []byte("PK\x05\x06"))], []byte("PK\x01\x02"))
	data[central+8] |= 1
	return data
}

// manyEntries returns an archive of empty parts.
func manyEntries(t testing.TB, n int) []byte {
	var parts []string
	for i := range n {
		parts = append(parts, fmt.Sprint(i), "")
	}
	return archive(t, parts...)
}

func TestOfficeErrors(t *testing.T) {
	race.Skip(t, "takes long for what is unpacked here")
	t.Parallel()
	good := word(t, "<w:p><w:r><w:t>Good morning.</w:t></w:r></w:p>")
	unicodeName := func(s string) (b []byte) {
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	// A part that claims a checksum that it doesn't have.
	damaged := bytes.Replace(good, []byte("Good"), []byte("Food"), 1)
	if bytes.Equal(damaged, good) { // it is packed
		sum := crc32.ChecksumIEEE([]byte("<Types/>"))
		damaged = bytes.ReplaceAll(good, []byte{byte(sum), byte(sum >> 8), byte(sum >> 16)}, []byte{0, 0, 0})
		damaged = bytes.ReplaceAll(damaged, []byte("word/document.xml"), []byte("word/documents.xm"))
	}
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"cut off", good[:len(good)/2], "the archive is damaged or cut off ("},
		{"cut off at once", good[:4], "the archive is damaged or cut off ("},
		{"of something else", damaged, "it is an archive without a transcript: unpack it first"},
		{"a sheet", archive(t, "xl/workbook.xml", "<a/>"), "without a transcript: save the sheet as CSV"},
		{"an OpenDocument sheet", archive(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "transcript: save the sheet as CSV"},
		{"slides", archive(t, "mimetype", "application/vnd.oasis.opendocument.presentation"), "transcript: save the text of the slides"},
		{"Pages", archive(t, "Index/Document.iwa", "a"), "transcript: export it from Pages as Word or plain text"},
		{"an old document", append([]byte(oleMagic+"..."), unicodeName("WordDocument")...), "of the older kind (.doc): save it as .docx, or make"},
		{"an old sheet", append([]byte(oleMagic+"..."), unicodeName("Workbook")...), "it is a sheet (.xls): save the sheet as CSV"},
		{"old slides", append([]byte(oleMagic+"..."), unicodeName("PowerPoint Document")...), "these are slides (.ppt): save the text"},
		{"no text", word(t, "<w:p/>"), "as Word document (.docx) it holds nothing that is said"},
		{"text that breaks off", word(t, "<w:p><w:r><w:t>a</w:p"), "its text is damaged or cut off ("},
		{"deep", word(t, strings.Repeat("<w:p>", 1000)), "its text nests more than 500 deep"},
		{"a bomb", word(t, strings.Repeat("<w:p/>", 2<<20)), "word/document.xml in it unpacks to more than 250 times its size"},
		{"a large bomb", word(t, strings.Repeat(" ", maxUnpacked)), "it unpacks to more than 64 MB"},
		{"many entries", manyEntries(t, maxEntries+1), "the archive has 20001 entries"},
		{"a password", append([]byte(oleMagic+"..."), unicodeName("EncryptedPackage")...), "it has a password: save it without one"},
		{"an entry with a password", encryptedPart(t), "as Word document (.docx): it has a password: save it without one"},
		{"an OpenDocument with a password", archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x",
			"META-INF/manifest.xml", "<m:encryption-data/>"), "as OpenDocument text (.odt): it has a password"},
		{"a book without its contents", archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`), "a.opf is missing in it"},
		{"a protected book", archive(t, "META-INF/container.xml", `<rootfile full-path="o/a.opf"/>`, "o/a.opf",
			`<item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/>`, "o/a.html", "<p>Hi.", "META-INF/encryption.xml",
			`<CipherReference URI="o/a.html"/>`), "it is protected against copying"},
		{"a book whose page has another name in its list", archive(t, "META-INF/container.xml", `<rootfile full-path="o/a.opf"/>`, "o/a.opf",
			`<item id="a" href="a%20b.html" media-type="text/html"/><itemref idref="a"/>`, "o/a b.html", "<p>Hi.", "META-INF/encryption.xml",
			`<e:encryption><e:CipherReference URI="o/a%20b.html"/></e:encryption>`), "it is protected against copying"},
		{"RTF without text", []byte(`{\rtf1{\fonttbl{\f0 Arial;}}\par}`), "as rich text (.rtf) it holds nothing that is said"},
		{"too many words", []byte(`{\rtf1 ` + strings.Repeat("a ", mostWords+1) + "}"), "holds more than 2,500,000 words"},
		{"deep RTF", []byte(`{\rtf1` + strings.Repeat("{", 1000)), "its groups nest more than 500 deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !IsOffice(c.in) {
				t.Error("it is not known for an office file")
			}
			if s, err := ParseOffice(c.in); err == nil {
				t.Errorf("read as %s", s.Form)
			} else if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// TestOfficeNotes: notes stand in the order of their lines, a label without words, too, which is
// known for one later.
func TestOfficeNotes(t *testing.T) {
	s, err := ParseOffice(archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`,
		"a.opf", `<item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/>`,
		"a.html", "<html><h1>Transcript</h1>\n<p><b>Mara:</b> <h1>The lamp went out at four, and nobody noticed.</p>\n<p><b>Joon:</b> N"))
	if err != nil {
		t.Fatal(err)
	}
	check(t, s)
}

// TestRichText: what RTF writes in other ways than text.
func TestRichText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`Caf\'e9 \u8212? yes.`, "Café — yes."},
		{`\uc2\u26126??\uc0\u26412 .`, "明本."},
		{`\u-10179?\u65? b.`, "A b."},
		{`{\u8212} a {\uc2\u8212 -}b\u8212\'97.`, "— a —b—."},
		{`\u-10179?\u-8704? smile.`, "😀 smile."},
		{`\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2.`, "Привет."},
		{`{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}\f1\'93\'fa\'96\'7b\f0 .`, "日本."},
		{`a{\*\bkmkstart x}b {\field{\*\fldinst HYPERLINK "http://a.b"}{\fldrslt link}}.`, "ab link."},
		{`one{\footnote two} three{\v four} five{\deleted six}.`, "one three five."},
		{`brace \{ and \} and \\ end.`, `brace { and } and \ end.`},
		{`one\~two\_three\emdash four.`, "one two-three—four."},
		{`{\pict\bin5 }}}}}abc}text.`, "text."},
		{`{\bin99999999999999999999 a}`, ""},
		{"one\\\ntwo.", "one two."},
	} {
		s, err := ParseOffice([]byte(`{\rtf1\ansi\deff0 ` + c.in + `}`))
		if err != nil && c.want != "" {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if c.want == "" {
			continue
		}
		var got []string
		for _, turn := range s.Turns {
			for _, sentence := range turn.Sentences {
				got = append(got, sentence.Text())
			}
		}
		if joined := strings.Join(got, " "); joined != c.want {
			t.Errorf("%s: %s, want %s", c.in, joined, c.want)
		}
	}
}

// spoken returns who says what of a script: "Mara: Hi. Ho. | Joon: Hi."
func spoken(s *Script) string {
	var turns []string
	for _, turn := range s.Turns {
		var sentences []string
		for _, sentence := range turn.Sentences {
			sentences = append(sentences, sentence.Text())
		}
		turns = append(turns, turn.Speaker+": "+strings.Join(sentences, " "))
	}
	return strings.Join(turns, " | ")
}

// openDocument returns an OpenDocument with that text, and with the style H, which hides what has it.
func openDocument(t testing.TB, text string) []byte {
	return archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		`<office:document-content><style:style style:name="H"><style:text-properties text:display="none"/></style:style><office:body>`+
			text+`</office:body></office:document-content>`)
}

// book returns an e-book of one page.
func book(t testing.TB, page string) []byte {
	return archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`,
		"a.opf", `<item id="a" href="A%20b.html" media-type="text/html"/><itemref idref="a"/>`, "a b.html", page)
}

// wide returns a text in UTF-16 with its mark.
func wide(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// TestOfficeText: of a file only what its page shows is read, in whatever way programs write it.
func TestOfficeText(t *testing.T) {
	const run = `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`
	joon := `<w:p><w:r><w:t>Joon: Yes.</w:t></w:r></w:p>`
	inWord := func(in string) []byte { return word(t, `<w:p><w:r><w:t>Mara: </w:t></w:r>`+in+`</w:p>`+joon) }
	inText := func(in string) []byte {
		return openDocument(t, `<text:p>Mara: `+in+`</text:p><text:p>Joon: Yes.</text:p>`)
	}
	inRich := func(in string) []byte { return []byte(`{\rtf1\ansi ` + in + `\par Joon: Yes.\par}`) }
	box := `<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>`
	row := func(cells ...string) string {
		return `\trowd\cellx1\cellx2 \pard\intbl ` + strings.Join(cells, `\cell\pard\intbl `) + `\cell\row` + "\n"
	}
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"hidden text", inWord(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>not </w:t></w:r>` + fmt.Sprintf(run, "Here.")), "Mara: Here. | Joon: Yes."},
		{"shown text", inWord(`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Here.</w:t></w:r>`), "Mara: Here. | Joon: Yes."},
		{"changes", inWord(`<w:del><w:r><w:delText>There</w:delText></w:r></w:del><w:ins>` + fmt.Sprintf(run, "Here") + `</w:ins>` +
			fmt.Sprintf(run, ".")), "Mara: Here. | Joon: Yes."},
		{"a control", inWord(`<w:sdt><w:sdtContent>` + fmt.Sprintf(run, "Here.") + `</w:sdtContent></w:sdt>`), "Mara: Here. | Joon: Yes."},
		{"a text box", inWord(fmt.Sprintf(run, "Before it ") + box + fmt.Sprintf(run, "and behind.")),
			": A box. | Mara: Before it and behind. | Joon: Yes."},
		{"a page that breaks", inWord(fmt.Sprintf(run, "The ferry left") + `<w:r><w:br w:type="page"/></w:r>` + fmt.Sprintf(run, "at dawn.")),
			"Mara: The ferry left at dawn. | Joon: Yes."},
		{"a column that breaks", inWord(`<w:r><w:t>The ferry left</w:t><w:br w:type="column"/><w:t>at dawn.</w:t></w:r>`),
			"Mara: The ferry left at dawn. | Joon: Yes."},
		{"a page that breaks as shown", inWord(`<w:r><w:t>The light</w:t><w:lastRenderedPageBreak/><w:t>house.</w:t></w:r>`),
			"Mara: The lighthouse. | Joon: Yes."},
		{"text above all paragraphs", archive(t, "word/document.xml", `<w:r><w:t>Mara: Here.</w:t></w:r>`+joon), "Mara: Here. | Joon: Yes."},
		{"a numbered part", archive(t, "word/document2.xml", `<w:p><w:r><w:t>Mara: Here.</w:t></w:r></w:p>`+joon), "Mara: Here. | Joon: Yes."},
		{"names of Windows", archive(t, `word\document.xml`, `<w:p><w:r><w:t>Mara: Here.</w:t></w:r></w:p>`+joon), "Mara: Here. | Joon: Yes."},
		{"wide XML", archive(t, "word/document.xml", wide(`<?xml version="1.0" encoding="UTF-16"?><w:p><w:r><w:t>Mara: Où?</w:t></w:r></w:p>`+joon)),
			"Mara: Où? | Joon: Yes."},
		{"hidden spans", inText(`<text:span text:style-name="H">not </text:span>here<text:hidden-text>, no</text:hidden-text>.`),
			"Mara: here. | Joon: Yes."},
		{"a hidden section", inText(`Here.</text:p><text:section text:display="none"><text:p>Not here.</text:p></text:section><text:p>`),
			"Mara: Here. | Joon: Yes."},
		{"a frame", inText(`Before it <draw:text-box><text:p>A box.</text:p></draw:text-box>and behind.`),
			": A box. | Mara: Before it and behind. | Joon: Yes."},
		{"one file of XML", []byte(`<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">` +
			`<office:body><text:p>Mara: Here.</text:p><text:p>Joon: Yes.</text:p></office:body></office:document>`), "Mara: Here. | Joon: Yes."},
		{"a note in a book", book(t, `<p>Mara: Here.<a epub:type="noteref" href="#f">1</a></p><p>Joon: Yes.</p>`+
			`<aside role="doc-footnote"><p>A footnote.</p></aside>`), "Mara: Here. | Joon: Yes."},
		{"fonts of a book that are encrypted", archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf",
			`<item id="a" href="c.html" media-type="text/html"/><itemref idref="a"/>`, "c.html", `<p>Mara: Here.<p>Joon: Yes.`,
			"META-INF/encryption.xml", `<e><CipherReference URI="abc.html"/><CipherReference URI="c.html.ttf"/></e>`), "Mara: Here. | Joon: Yes."},
		{"a Latin book", book(t, "<?xml version='1.0' encoding='iso-8859-2'?><p>Mara: \xB3\xF3d\xBC.</p><p>Joon: Yes.</p>"), "Mara: łódź. | Joon: Yes."},
		{"a wide book", book(t, wide(`<p>Mara: Łódź.</p><p>Joon: Yes.</p>`)), "Mara: Łódź. | Joon: Yes."},
		{"an aside of a book", archive(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", `<item id="a" href="a.html" `+
			`media-type="text/html"/><item id="b" href="b.html" media-type="text/html"/><itemref idref="a"/><itemref idref="b" linear="no"/>`,
			"a.html", `<p>Mara: Here.<p>Joon: Yes.`, "b.html", `<p>Apart.`), "Mara: Here. | Joon: Yes."},
		{"a mark before RTF", append([]byte("\uFEFF\r\n"), inRich(`Mara: Here.`)...), "Mara: Here. | Joon: Yes."},
		{"UTF-8 in RTF", inRich(`Mara: Où?`), "Mara: Où? | Joon: Yes."},
		{"numbers of lists", inRich(`{\listtext 1.\tab}Mara: Here.\par{\pntext\'b7\tab}Mara: There.`), "Mara: Here. There. | Joon: Yes."},
		{"numbers of lists of pandoc", []byte(`{\rtf1\ansi {\pard \ql \f0 \sa0 \li360 \fi-360 1.\tx360\tab Mara: Here.\par}` + "\n" +
			`{\pard \ql \f0 \sa0 \li360 \fi-360 (ii)\tx360\tab Joon: Yes.\par}{\pard \fi-360 \bullet \tx360\tab Mara: There.\sa180\par}` +
			`{\pard \li0 \fi0 Joon: 1.\tab is a number.\par}{\pard \fi-360 Q.\tab Is it late?\par}}`),
			"Mara: Here. | Joon: Yes. | Mara: There. | Joon: 1. is a number. Q. Is it late?"},
		{"a heading by its style", inRich(`{\stylesheet{\s0 Normal;}{\s3\b heading 2;}}\pard Mara: Here.\par\pard\s3 The ferry\par\pard\s0 Mara: There.`),
			"Mara: Here. There. | Joon: Yes."},
		{"a table of RTF", []byte(`{\rtf1 ` + row("Time", "Who", "Text") + row("0:01", "Mara", "Here.") + row("0:02", "Joon", "Yes.") + `}`),
			"Mara: Here. | Joon: Yes."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !IsOffice(c.in) {
				t.Error("it is not known for an office file")
			}
			s, err := ParseOffice(c.in)
			if err != nil {
				t.Fatal(err)
			}
			check(t, s)
			if got := spoken(s); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

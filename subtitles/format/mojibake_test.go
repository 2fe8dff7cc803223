package format

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// misread returns text as a program saves it that took its UTF-8 for a code page.
func misread(text string, page *charmap.Charmap) string {
	var b strings.Builder
	for i := range len(text) {
		if r := page.DecodeByte(text[i]); r != '\uFFFD' {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(text[i]))
		}
	}
	return b.String()
}

// TestMojibake: UTF-8 that was misread and saved again is restored, whole, and no other text is touched.
func TestMojibake(t *testing.T) {
	texts := []string{
		"Ada: It’s late — isn’t it?\nBen: Café, naïve, “no”.\n",
		"Анна: Здравствуйте, это «Переулок».\nПётр: Добрый день.\n",
		"小明：大家好，欢迎收听。\n王老师：谢谢。\n",
		"ليلى: مرحبا بكم.\nسامي: شكرا.\n",
		"Zażółć gęślą jaźń.\n", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ.\n",
		"Gözəl şəhər, “mənim dostum”, gəl çay içək — sağ ol.\n",
		"Știi că țara și viața.\n",
		"Γεια σας, τι κάνετε;\n",
	}
	for _, text := range texts {
		for _, m := range misreadings {
			saved := misread(text, m.Charmap)
			got, guessed, err := DecodeAs([]byte(saved), "")
			if err != nil || got != text || !strings.Contains(guessed, "saved again") {
				t.Errorf("%q by %s: got %q, %q, %v", text, m.name, got, guessed, err)
			}
			if got, _, err := DecodeAs([]byte(saved), "utf-8"); err != nil || got != saved {
				t.Errorf("%q by %s, named UTF-8: got %q, %v", text, m.name, got, err)
			}
			if got, _ := unmisread(misread(saved, m.Charmap)); got != text {
				t.Errorf("%q by %s twice: got %q", text, m.name, got)
			}
		}
	}
	texts = append(texts, "Plain.", "CAFÉ’S, CAFÉ’S, CAFÉ’S", "«ALLÉ»… “Übung”", "Ã©", "naïve café, déjà vu, garçon", "ÜBER – ÄRGER", "São Paulo, João, coração",
		"Привет, Ëлка", "RÉSUMÉ” — À BIENTÔT",
		"JOSÉ’S HERE.\nTHE CAFÉ…\nBEYONCÉ—\n", "CAFÉ\u00a0! ALLÔ\u00a0? MENÜ\u00a0: BEBÉ\u00a0!", "AQUÍ… ALLÍ” ASÍ—",
		"AMANHÃ… IRMû MAÃ” MANHÃ—", "L’état, l’église, l’âge, d’être", "L’ÉTAT, L’ÉGLISE, L’ÂGE", "SPAß… SPAß“ SPAß”", "È… È… È”")
	for _, text := range texts {
		if got, guessed, err := DecodeAs([]byte(text), ""); err != nil || got != text || guessed != "" {
			t.Errorf("%q: got %q, %q, %v", text, got, guessed, err)
		}
		if example := Garbled(text); example != "" {
			t.Errorf("%q is garbled: %q", text, example)
		}
	}
}

// TestMisreadMark: a byte order mark that was misread with the text goes, too.
func TestMisreadMark(t *testing.T) {
	text := "WEBVTT\n\n00:01.000 --> 00:02.000\nIt’s late — isn’t it?\n"
	for _, m := range misreadings {
		if got, _, err := DecodeAs([]byte(misread("\uFEFF"+text, m.Charmap)), ""); err != nil || got != text {
			t.Errorf("by %s: got %q, %v", m.name, got, err)
		}
	}
}

// TestGarbled: what can't be restored whole is told.
func TestGarbled(t *testing.T) {
	right := "Ada: It’s late — isn’t it? “No”, é.\n"
	text := misread(right, charmap.Windows1252) + "And this is é.\n"
	got, guessed, err := DecodeAs([]byte(text), "")
	if err != nil || got != text || guessed != "" {
		t.Errorf("got %q, %q, %v", got, guessed, err)
	}
	if got, want := Garbled(text), "â€™"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDenseUTF16: UTF-16 without a byte order mark, in scripts whose characters have no zero byte.
func TestDenseUTF16(t *testing.T) {
	text := "健太「もしもし、どちら様ですか。」\n美咲「お兄ちゃん、私だよ。一緒に傘を持ってきて。」\n健太「わかった、すぐ行く。」\n"
	for _, order := range []string{"utf-16le", "utf-16be"} {
		e, _, err := encodingNamed(order)
		if err != nil {
			t.Fatal(err)
		}
		data, err := e.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, guessed, err := DecodeAs(data, ""); err != nil || got != text || guessed != "" {
			t.Errorf("%s: got %q, %q, %v", order, got, guessed, err)
		}
	}
}

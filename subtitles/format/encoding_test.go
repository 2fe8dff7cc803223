package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// sentences are of our own words, to be captions in the code pages of their languages.
var sentences = []struct {
	pages []string
	text  string
}{
	{[]string{"windows-1251", "koi8-r", "iso-8859-5"}, "Паром уже ждёт у причала.|Вчера весь день шёл дождь.|Где ты оставил мой старый зонт?|" +
		"Её брат работает в пекарне у моста.|Я пришёл бы раньше, но поезд опоздал."},
	{[]string{"windows-1251", "koi8-u"}, "Пором уже чекає біля пристані.|Учора цілий день ішов дощ.|Де ж ви поклали мою парасольку?|" +
		"Її брат працює в пекарні біля мосту.|Я прийшов би раніше, але поїзд спізнився."},
	{[]string{"windows-1251"}, "Фериботът вече чака на кея.|Вчера цял ден валя дъжд.|Къде остави стария ми чадър?|" +
		"Брат ми работи в пекарната до моста."},
	{[]string{"windows-1250", "iso-8859-2"}, "Přívoz už čeká u břehu.|Včera celý den pršelo a seděli jsme doma.|Víš, kolik stojí čerstvá ryba?|" +
		"Její bratr pracuje v pekárně vedle mostu.|Řekni mi, kde jsi nechal ten žlutý deštník."},
	{[]string{"windows-1250", "iso-8859-2"}, "Prom już czeka przy nabrzeżu.|Wczoraj cały dzień padało.|Czy wiesz, ile kosztuje świeża ryba?|" +
		"Jej brat pracuje w piekarni obok mostu.|Źle śpię, gdy wiatr świszcze w kominie."},
	{[]string{"windows-1250"}, "A komp már vár a parton.|Tegnap egész nap esett, és otthon ültünk.|Tudod, mennyibe kerül a friss hal?|" +
		"A bátyja a híd melletti pékségben dolgozik.|Hűvös szél fúj, és zörög az öreg ajtó."},
	{[]string{"windows-1252"}, "Die Fähre wartet schon am Kai.|Gestern hat es den ganzen Tag geregnet, “schön”.|Er müßte längst hier sein…|" +
		"Weißt du, was frischer Fisch kostet?"},
	{[]string{"windows-1252"}, "Le bac attend déjà à quai.|Hier, il a plu toute la journée.|Où as-tu laissé mon vieux parapluie ?|" +
		"Je serais venu plus tôt, mais le train était en retard."},
	{[]string{"windows-1252"}, "The ferry isn’t here yet.|“Nobody told me,” he said.|We met at the café — twice."},
	{[]string{"windows-1253", "iso-8859-7"}, "Το φέρι περιμένει ήδη στην προβλήτα.|Χθες έβρεχε όλη μέρα.|Ξέρεις πόσο κάνει το φρέσκο ψάρι;|" +
		"Ο αδελφός της δουλεύει στον φούρνο."},
	{[]string{"windows-1255"}, "המעבורת כבר מחכה ברציף.|אתמול ירד גשם כל היום.|אתה יודע כמה עולה דג טרי?|אחיה עובד במאפייה ליד הגשר."},
	{[]string{"windows-1256"}, "العبارة تنتظر عند الرصيف.|أمس أمطرت طوال اليوم وبقينا في البيت.|هل تعرف كم ثمن السمك الطازج؟|" +
		"أخوها يعمل في المخبز بجانب الجسر."},
	{[]string{"windows-874"}, "เรือข้ามฟากรออยู่ที่ท่าแล้ว|เมื่อวานฝนตกทั้งวัน เราเลยอยู่บ้าน|คุณรู้ไหมว่าปลาสดราคาเท่าไร|น้องชายของเธอทำงานที่ร้านขนมปัง"},
	{[]string{"shift_jis", "euc-jp", "iso-2022-jp"}, "フェリーはもう桟橋で待っています。|昨日は一日中雨で、家にいました。|新鮮な魚はいくらですか。|" +
		"彼女の弟は橋のそばのパン屋で働いています。"},
	{[]string{"gb18030", "gbk"}, "渡船已经在码头等着了。|昨天下了一整天的雨，我们都待在家里。|你知道新鲜的鱼多少钱吗？|她的弟弟在桥边的面包店工作。"},
	{[]string{"big5"}, "渡船已經在碼頭等著了。|昨天下了一整天的雨，我們都待在家裡。|你知道新鮮的魚多少錢嗎？|她的弟弟在橋邊的麵包店工作。"},
	{[]string{"euc-kr"}, "배가 벌써 부두에서 기다려요.|어제는 하루 종일 비가 와서 집에 있었어요.|신선한 생선이 얼마인지 아세요?|" +
		"그녀의 남동생은 다리 옆 빵집에서 일해요."},
}

// captionsOf returns a SubRip file with a cue for each of the sentences, which | parts.
func captionsOf(text string) string {
	var b strings.Builder
	for i, s := range strings.Split(text, "|") {
		fmt.Fprintf(&b, "%d\n00:00:%02d,000 --> 00:00:%02d,500\n%s\n\n", i+1, i, i, s)
	}
	return b.String()
}

// TestGuessEncoding: captions in the usual code pages come out as they were, with a guess,
// with a name and, where they are HTML or XML, with what they say themselves.
func TestGuessEncoding(t *testing.T) {
	for _, s := range sentences {
		for _, page := range s.pages {
			e, _, err := encodingNamed(page)
			if err != nil {
				t.Fatal(err)
			}
			encode := func(text string) []byte {
				data, err := e.NewEncoder().String(text)
				if err != nil {
					t.Fatalf("%s: %v", page, err)
				}
				return []byte(data)
			}
			srt := captionsOf(s.text)
			got, guessed, err := DecodeAs(encode(srt), "")
			if err != nil || got != srt || guessed == "" && page != "iso-2022-jp" {
				t.Errorf("%s: guessed %s, %v\n%s", page, guessed, err, got)
			}
			if got, guessed, err = DecodeAs(encode(srt), strings.ToUpper(page)); err != nil || got != srt || guessed != "" {
				t.Errorf("%s, named: %s, %v\n%s", page, guessed, err, got)
			}
			for _, head := range []string{
				`<html><meta charset="` + page + `"><p>`, `<html><meta http-equiv="Content-Type" content="text/html; charset=` + page + `"><p>`,
				`<?xml version="1.0" encoding="` + page + `"?><tt>`,
			} {
				text := head + s.text[:len(s.text)/2]
				text = strings.ToValidUTF8(text, "")
				if got, guessed, err = DecodeAs(encode(text), ""); err != nil || got != text || guessed != "" {
					t.Errorf("%s, declared by %s: %s, %v\n%s", page, head, guessed, err, got)
				}
			}
		}
	}
}

// TestEncodingNames: names that programs give to encodings, beside those of the web.
func TestEncodingNames(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"cp437", "F\x84hre", "Fähre"}, {"CP850", "\x9Aber", "Über"}, {"IBM852", "\x9F", "č"}, {"mac_roman", "caf\x8E", "café"},
		{"cp932", "\x83t\x83F\x83\x8A\x81[", "フェリー"}, {"cp949", "\xB9\xE8", "배"}, {"cp1251", "\xEF", "п"}, {" Latin1 ", "\xE9", "é"},
		{"utf8", "é", "é"}, {"cp936", "\xB4\xAC", "船"}, {"cp950", "\xB2\xEE", "船"},
	} {
		if got, _, err := DecodeAs([]byte(c.in), c.name); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	if err := CheckEncoding("nonsense"); err == nil {
		t.Error("an unknown name is known")
	}
	mac := "1\n00:00:01,000 --> 00:00:02,000\nLe traversier est d\x8Ej\x88 parti, mesdames, pr\x8Fs du caf\x8E.\n"
	if got, guessed, err := DecodeAs([]byte(mac), ""); err != nil || guessed != "macintosh" || !strings.Contains(got, "déjà parti, mesdames, près du café.") {
		t.Errorf("%s, %v, %s", guessed, err, got)
	}
}

// TestDecodeUnicode: UTF-16 with and without a mark, UTF-32 with one, in any script.
func TestDecodeUnicode(t *testing.T) {
	for _, s := range sentences {
		srt := captionsOf(s.text)
		for name, e := range map[string]encoding.Encoding{
			"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
			"UTF-16LE, marked": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE, marked": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
			"UTF-32LE, marked": utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "UTF-32BE, marked": utf32.UTF32(utf32.BigEndian, utf32.UseBOM),
		} {
			data, err := e.NewEncoder().Bytes([]byte(srt))
			if err != nil {
				t.Fatal(err)
			}
			if got, guessed, err := DecodeAs(data, ""); err != nil || got != srt || guessed != "" {
				t.Errorf("%s: %s, %v\n%q", name, guessed, err, got)
			}
			if got, _, err := DecodeAs(data, "windows-1251"); strings.Contains(name, "marked") && (err != nil || got != srt) {
				t.Errorf("%s against a name: %v\n%q", name, err, got)
			}
		}
	}
	if got, _, err := DecodeAs([]byte("\xEF\xBB\xBFé"), "windows-1251"); err != nil || got != "é" {
		t.Errorf("UTF-8 with a mark, against a name: %q, %v", got, err)
	}
	if got, _, err := DecodeAs([]byte("\xC3\xA9"), "windows-1252"); err != nil || got != "Ã©" {
		t.Errorf("UTF-8 without a mark, against a name: %q, %v", got, err)
	}
	if _, _, err := DecodeAs([]byte("a"), "ebcdic-7"); err == nil || !strings.Contains(err.Error(), "no encoding that is known") {
		t.Errorf("an unknown name: %v", err)
	}
	if _, err := Decode(bytes.Repeat([]byte{1, 0, 2, 0}, 100)); err == nil {
		t.Error("16-bit samples are taken for text")
	}
}

// FuzzDecode: whatever bytes a file has, it is text in UTF-8, the same each time, or refused.
func FuzzDecode(f *testing.F) {
	for _, s := range sentences {
		for _, page := range s.pages {
			e, _, err := encodingNamed(page)
			if err != nil {
				f.Fatal(err)
			}
			data, err := e.NewEncoder().String(captionsOf(s.text))
			if err != nil {
				f.Fatal(err)
			}
			f.Add([]byte(data))
		}
	}
	f.Add([]byte("\xff\xfe1\x00\n\x000"))
	f.Add([]byte("\xff\xfe\x00\x001"))
	f.Add([]byte(`<?xml version="1.0" encoding="hz-gb-2312"?>~{`))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, guessed, err := DecodeAs(data, "")
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || strings.Contains(text, "\r") {
			t.Fatalf("%q", text)
		}
		if again, g, err := DecodeAs(data, ""); err != nil || again != text || g != guessed {
			t.Fatalf("%q in %s, then %q in %s, %v", text, guessed, again, g, err)
		}
		if guessed == "" {
			return
		}
		if named, _, err := DecodeAs(data, guessed); err != nil || named != text {
			t.Fatalf("%q as a guess, %q as %s, %v", text, named, guessed, err)
		}
	})
}

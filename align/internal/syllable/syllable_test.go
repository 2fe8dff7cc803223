package syllable

import (
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct{ text, want, said string }{
		// Vowels on all sides, clusters, finals that sound alike, vowels that aren't written.
		{"สวัสดีครับ", "ส วัส ดี ครับ", "sa wat dī khrap"},
		{"ประเทศไทย", "ประ เทศ ไทย", "pra thēt thai"},
		{"เพราะเขาเรียนด้วย", "เพราะ เขา เรียน ด้วย", "phrǭ khao rian duay"},
		{"คนนมสด", "คน นม สด", "khon nom sot"},
		{"เสรีภาพ", "เส รี ภาพ", "sē rī phāp"},
		{"ตลาดสนุก", "ต ลาด ส นุก", "ta lāt sa nuk"},
		{"หมูอยู่สร้าง", "หมู อยู่ สร้าง", "mū yū sāng"},
		{"ธรรมกรรมการ", "ธรรม กรรม การ", "tham kam kān"},
		// Letters that aren't said, a sign that says the syllable again, a word that is not spelled as it's said.
		{"นี้สนุกห้องสมุด", "นี้ ส นุก ห้อง ส มุด", "nī sa nuk hǭng sa mut"},
		{"โรงพยาบาลอากาศร้อน", "โรง พ ยา บาล อา กาศ ร้อน", "rōng pha yā bān 'ā kāt rǭn"},
		{"ศาสตร์ต่างๆ", "ศาสตร์ ต่างๆ", "sāt tāngtāng"},
		{"บัตรสามารถ", "บัตร สา มารถ", "bat sā māt"},
		{"ชาติเหตุ", "ชาติ เหตุ", "chāt hēt"},
		{"ສະບາຍດີປະເທດລາວ", "ສະ ບາຍ ດີ ປະ ເທດ ລາວ", "sa bāy dī pa thēt lāw"},
		{"ເດີນໜຶ່ງຄົນ", "ເດີນ ໜຶ່ງ ຄົນ", "dən nưng khon"},
		{"မြန်မာကျောင်း", "မြန် မာ ကျောင်း", "myan mā caun"},
		{"လူတိုင်းသည်။", "လူ တိုင်း သည် ။", "lū tain thī ။"},
		{"မန္တလေး", "မန္ တ လေး", "man ta lē"},
		{"၂၉ ปี", "၂၉  ปี", "၂၉  pī"},
		{"abc ไทย", "abc  ไทย", "abc  thai"},
	} {
		var texts, said []string
		for _, p := range Split(c.text) {
			texts = append(texts, p.Text)
			said = append(said, p.Said)
		}
		if strings.Join(texts, " ") != c.want || strings.Join(said, " ") != c.said {
			t.Errorf("%q: %q, said %q, want %q, said %q", c.text, strings.Join(texts, " "), strings.Join(said, " "), c.want, c.said)
		}
	}
}

// FuzzSplit: whatever the text, the pieces are the text, and none is empty.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"สวัสดีครับ", "ๆ์", "ໜ", "ຫໜໝຼ", "်ဿာ", "a์ิ", "เ", "\xff", "เเเแแ", "์ๆ ์", "กฺ๎"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		var all strings.Builder
		for _, p := range Split(s) {
			if p.Text == "" {
				t.Errorf("%q: an empty piece", s)
			}
			all.WriteString(p.Text)
		}
		if all.String() != s {
			t.Errorf("%q became %q", s, all.String())
		}
	})
}

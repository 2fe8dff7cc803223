package syllable

import (
	"strings"
	"testing"
	"time"

	"cuewright/testdata/cputime"
	"cuewright/testdata/race"
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
		{"มากๆๆ ๆ", "มากๆๆ   ๆ", "mākmākmāk   "},
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

// TestLinear: four times as many signs, in an order that no word has, take at most eight times as long.
func TestLinear(t *testing.T) {
	race.Skip(t, "takes time of its own")
	for _, unit := range []string{"ิ", "ๆ", "กๆๆ", "เ", "່", "ໆ", "ົ", "ໜ", "ာ", "်", "ဿ", "္"} {
		for _, head := range []string{"", "ก", "ຂ", "က"} {
			took := func(n int) time.Duration {
				return cputime.Of(func() { Split(head + strings.Repeat(unit, n)) })
			}
			const many, times, tries = 20_000, 4, 8 // once may be due to what else the machine does
			small, large := time.Hour, time.Hour
			for range tries {
				if large = min(large, took(many)); large < 100*time.Millisecond {
					break
				}
				if small = min(small, took(many/times)); large < 2*times*small {
					break
				}
			}
			if large >= max(100*time.Millisecond, 2*times*small) {
				t.Errorf("%q after %q: %d take %v, %d take %v", unit, head, many/times, small, many, large)
			}
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

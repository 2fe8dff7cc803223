package transcript

import (
	"strings"
	"testing"
)

// TestRoleLabels: turns that are labelled with roles and don't end as sentences do are said, alone, below a header, and
// below one that names the roles of people whose names are the labels.
func TestRoleLabels(t *testing.T) {
	for _, c := range []struct {
		lang, host, guest, colon string
		key, names               string // lines of a header, the second naming both
		said                     [6]string
	}{
		{"Chinese", "主持人", "嘉宾", "：", "节目简介：老茶馆的故事", "小明，王老师",
			[6]string{"大家好欢迎收听今天的节目", "大家好很高兴来到这里", "我们今天聊聊茶", "好的", "请先说说那条河", "那条河很长"}},
		{"Japanese", "司会", "ゲスト", "：", "収録日：三月五日", "田中さん，佐藤さん",
			[6]string{"皆さんこんにちは今日もよろしくお願いします", "よろしくお願いします", "今日はお茶の話です", "はい", "川の話もしましょう", "長い川ですね"}},
		{"Thai", "พิธีกร", "แขกรับเชิญ", ": ", "หัวข้อ: เรื่องของชา", "สมชาย, สมหญิง",
			[6]string{"สวัสดีครับ ยินดีต้อนรับ", "สวัสดีค่ะ", "วันนี้คุยเรื่องชา", "ได้ค่ะ", "แม่น้ำยาวไหม", "ยาวมากค่ะ"}},
		{"Korean", "진행자", "게스트", ": ", "주제: 차 이야기", "민수, 영희",
			[6]string{"여러분 안녕하세요 반갑습니다", "안녕하세요", "오늘은 차 이야기를 합니다", "좋아요", "강은 길었나요", "아주 길었어요"}},
		{"Arabic", "المقدم", "الضيف", ": ", "الموضوع: حكاية الشاي", "سمير, ليلى",
			[6]string{"أهلا بكم في برنامجنا اليوم", "شكرا لكم", "نتحدث اليوم عن الشاي", "حسنا", "هل النهر طويل", "نعم إنه طويل جدا"}},
		{"Turkish", "Sunucu", "Konuk", ": ", "Konu: Çayın Öyküsü", "Ayşe, Mehmet",
			[6]string{"Herkese merhaba programa hoş geldiniz", "Hoş bulduk", "Bugün çaydan söz ediyoruz", "Olur", "Irmak uzun muydu", "Çok uzundu"}},
		{"English", "Host", "Guest", ": ", "Topic: The Tale of Tea", "Ada, Bo",
			[6]string{"hello and welcome to the show", "thank you for having me", "today we talk about tea", "Good", "was the river long", "it was very long"}},
		{"Ukrainian", "Ведуча", "Гість", ": ", "Тема: Розповідь про чай", "Оксана, Петро",
			[6]string{"вітаю вас у нашій програмі", "дякую за запрошення", "сьогодні говоримо про чай", "Добре", "чи довга була ріка", "дуже довга"}},
		{"Persian", "مجری", "مهمان", ": ", "موضوع: داستان چای", "سمیر, لیلا",
			[6]string{"سلام به برنامه ما خوش آمدید", "سلام و ممنون", "امروز درباره چای گفتگو داریم", "بله", "رود دراز بود", "خیلی دراز بود"}},
		{"Hebrew", "מנחה", "אורח", ": ", "נושא: סיפור התה", "דנה, יוסי",
			[6]string{"שלום וברוכים הבאים לתוכנית", "תודה רבה", "היום נדבר על תה", "טוב", "האם הנהר ארוך", "הוא ארוך מאוד"}},
	} {
		turns := func(a, b string) string {
			var lines strings.Builder
			for i, text := range c.said {
				lines.WriteString([]string{a, b}[i%2] + c.colon + text + "\n")
			}
			return lines.String()
		}
		first, second, _ := strings.Cut(strings.NewReplacer(", ", "|", "，", "|").Replace(c.names), "|")
		roles := c.host + c.colon + first + "\n" + c.guest + c.colon + second + "\n\n"
		for name, in := range map[string]struct {
			page, a, b string
			notes      int
		}{
			"alone":             {turns(c.host, c.guest), c.host, c.guest, 0},
			"two turns":         {strings.Join(strings.SplitAfter(turns(c.host, c.guest), "\n")[:2], ""), c.host, c.guest, 0},
			"below a header":    {c.key + "\n\n" + turns(c.host, c.guest), c.host, c.guest, 1},
			"roles in a header": {c.key + "\n" + roles + turns(first, second), first, second, 3},
		} {
			t.Run(c.lang+" "+name, func(t *testing.T) {
				s, err := Parse(in.page)
				if err != nil {
					t.Fatal(err)
				}
				if name == "two turns" { // which are too few to tell labels by
					if got := brief(s); !strings.Contains(got, c.said[0]) || !strings.Contains(got, c.said[1]) {
						t.Error(got)
					}
					return
				}
				want := len(c.said)
				if len(s.Turns) != want || len(s.Notes) != in.notes {
					t.Fatalf("got %d turns, %d notes, want %d, %d: %s; %s", len(s.Turns), len(s.Notes), want, in.notes, brief(s), notes(s))
				}
				for i, turn := range s.Turns {
					if speaker := []string{in.a, in.b}[i%2]; turn.Speaker != speaker || turn.Sentences[0].Text() != c.said[i] {
						t.Errorf("turn %d: %s", i, brief(s))
					}
				}
			})
		}
	}
}

func TestRolesOfPages(t *testing.T) {
	for _, c := range []struct{ name, in, turns, notes string }{
		{"an address that is said", "主持人：大家好\n嘉宾：你好\n主持人：请访问 https://example.com/abc\n嘉宾：好的",
			"主持人: 大家好 | 嘉宾: 你好 | 主持人: 请访问 https://example.com/abc | 嘉宾: 好的", ""},
		{"an address of a key", "Website: https://example.com/a\nWebsite: https://example.com/b\n\nAda: Hi.\nBo: Ho.\nAda: So.", "Ada: Hi. | Bo: Ho. | Ada: So.",
			"header: Website: https://example.com/a | header: Website: https://example.com/b"},
		{"roles that speak later", "Host: Ada Byron\nGuest: Bo March\n\nHost: Hi.\nGuest: Ho.\nHost: So.\nGuest: No.", "Host: Hi. | Guest: Ho. | Host: So. | Guest: No.",
			"credits: Host: Ada Byron | credits: Guest: Bo March"},
		{"a role that speaks once, at the end", "小明：大家好\n小红：你好\n小明：我们聊聊茶\n小红：好的\n嘉宾：谢谢大家", "小明: 大家好 | 小红: 你好 | 小明: 我们聊聊茶 | 小红: 好的 | 嘉宾: 谢谢大家", ""},
		{"credits below turns", "小明：大家好\n小红：你好\n小明：我们聊聊茶\n小红：好的\n\n剪辑：王老师", "小明: 大家好 | 小红: 你好 | 小明: 我们聊聊茶 | 小红: 好的", "credits: 剪辑：王老师"},
		{"a heading amid turns", "Host: hello and welcome\nGuest: thank you\nHost: we talk about tea\nGuest: good\nTranscript\nHost: so it is then\nGuest: yes",
			"Host: hello and welcome | Guest: thank you | Host: we talk about tea | Guest: good | Host: so it is then | Guest: yes", "heading: Transcript"},
		{"a first turn without a stop", "Host: hello and welcome\nGuest: thank you\nHost: So it is.\nGuest: Oh.\nHost: No.",
			"Host: hello and welcome | Guest: thank you | Host: So it is. | Guest: Oh. | Host: No.", ""},
		{"turns below headings", "# 一\n\n主持人：大家好\n嘉宾：你好\n\n# 二\n\n主持人：茶好喝\n嘉宾：好的",
			"主持人: 大家好 | 嘉宾: 你好 | 主持人: 茶好喝 | 嘉宾: 好的", "heading: 一 | heading: 二"},
		{"roles of parts", "# One\n\nPresenter: Ada Byron\n\nIt is a long road.\n\n# Two\n\nPresenter: Bo March\n\nIt is wet.",
			"It is a long road. ¶ It is wet.", "heading: One | header: Presenter: Ada Byron | heading: Two | header: Presenter: Bo March"},
	} {
		checkPage(t, c.name, c.in, c.turns, c.notes)
	}
}

// checkPage tests which turns and notes a page has.
func checkPage(t *testing.T, name, in, wantTurns, wantNotes string) {
	t.Helper()
	s, err := Parse(in)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if got := brief(s); got != wantTurns {
		t.Errorf("%s: got  %s\nwant %s", name, got, wantTurns)
	}
	if got := notes(s); got != wantNotes {
		t.Errorf("%s: notes: got  %s\nwant %s", name, got, wantNotes)
	}
}

// TestSaidAtEnd: what is said below the last turn that ends as a sentence does stays, and lines of a footer in any language go.
func TestSaidAtEnd(t *testing.T) {
	const page = "Host: Hello everybody.\nGuest: Thank you.\nHost: It is wet.\nGuest: Good.\n"
	const turns = "Host: Hello everybody. | Guest: Thank you. | Host: It is wet. | Guest: Good."
	for _, c := range []struct{ name, in, turns, notes string }{
		{"a caller", page + "Caller: Bye bye then\n© 2024 Example Radio", turns + " | Caller: Bye bye then", "footer: © 2024 Example Radio"},
		{"a caller above a blank line", page + "Caller: Bye bye then\n\n© 2024 Example Radio", turns + " | Caller: Bye bye then", "footer: © 2024 Example Radio"},
		{"a song", page + "\nOh the river runs\nDown to the sea\n\n© 2024 Example Radio", turns + " ¶ Oh the river runs Down to the sea", "footer: © 2024 Example Radio"},
		{"touching a footer", page + "\nMeer verhalen\n© 2024 Example Radio", turns, "footer: Meer verhalen | footer: © 2024 Example Radio"},
		{"a known key", page + "Duration: 9 minutes\n© 2024 Example Radio", turns, "footer: Duration: 9 minutes | footer: © 2024 Example Radio"},
		{"an unknown key below a footer", page + "© 2024 Example Radio\nFernsprecher: Ada", turns, "footer: © 2024 Example Radio | footer: Fernsprecher: Ada"},
	} {
		checkPage(t, c.name, c.in, c.turns, c.notes)
	}
}

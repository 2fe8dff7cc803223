package transcript

import (
	"strings"
	"testing"
)

// A page in a script without capitals: nothing but recurrence and place tells of labels.
func TestCaselessPages(t *testing.T) {
	lines := func(s string) string { return strings.ReplaceAll(s, " ¶ ", "\n\n") }
	for _, c := range []struct{ name, in, want string }{
		{"a narrative line with a colon is no label",
			lines("نزل المطر على القرية ¶ جلست ليلى قرب النافذة ¶ فكرت البنت الصغيرة: \"أين القارب؟\" ¶ عاد أبوها مساء"),
			"نزل المطر على القرية ¶ جلست ليلى قرب النافذة ¶ فكرت البنت الصغيرة: \"أين القارب؟\" ¶ عاد أبوها مساء"},
		{"what somebody says in a tale, time and again",
			lines("كان الباب مغلقا. ¶ وقال الرجل: افتحوا. ¶ سكت الناس. ¶ وقال الرجل: افتحوا الآن. ¶ ثم فتحوا."),
			"كان الباب مغلقا. ¶ وقال الرجل: افتحوا. ¶ سكت الناس. ¶ وقال الرجل: افتحوا الآن. ¶ ثم فتحوا."},
		{"a tale in Persian", lines("باران آمد. ¶ مادر گفت: «بیا تو.» ¶ پسر نیامد. ¶ مادر گفت: «زود باش.» ¶ شب شد."),
			"باران آمد. ¶ مادر گفت: «بیا تو.» ¶ پسر نیامد. ¶ مادر گفت: «زود باش.» ¶ شب شد."},
		{"a tale in Hebrew", lines("ירד גשם. ¶ הילדה שאלה: איפה הסירה? ¶ איש לא ענה. ¶ הילדה שאלה: ומתי נשוב? ¶ ירד לילה."),
			"ירד גשם. ¶ הילדה שאלה: איפה הסירה? ¶ איש לא ענה. ¶ הילדה שאלה: ומתי נשוב? ¶ ירד לילה."},
		{"a tale in Chinese", lines("下雨了。 ¶ 老人说：船来了。 ¶ 没有人动。 ¶ 老人说：走吧。 ¶ 天黑了。"),
			"下雨了。 ¶ 老人说：船来了。 ¶ 没有人动。 ¶ 老人说：走吧。 ¶ 天黑了。"},
		{"a topic once, among paragraphs", lines("وصل القارب متأخرا. ¶ الخلاصة: انتظر الناس ساعة. ¶ ثم عادوا إلى بيوتهم. ¶ انتهى اليوم."),
			"وصل القارب متأخرا. ¶ الخلاصة: انتظر الناس ساعة. ¶ ثم عادوا إلى بيوتهم. ¶ انتهى اليوم."},
		{"Arabic labels", "ليلى: أين القارب؟\nسامي: في الميناء.\nليلى: متى يعود؟\nسامي: غدا.",
			"ليلى: أين القارب؟ | سامي: في الميناء. | ليلى: متى يعود؟ | سامي: غدا."},
		{"a label with marks of direction and a line made longer", "\u200fليلى\u200f: أين؟\nسامي: هنا.\nليـــلى: متى؟\nسامي: غدا.",
			"ليلى: أين؟ | سامي: هنا. | ليلى: متى؟ | سامي: غدا."},
		{"two who speak once", "رضا: سلام.\nمینا: سلام، خوبی؟", "رضا: سلام. | مینا: سلام، خوبی؟"},
		{"Hebrew labels", "דנה: שלום.\nיואב כהן: מה נשמע?\nדנה: טוב.\nיואב כהן: יופי.",
			"דנה: שלום. | יואב כהן: מה נשמע? | דנה: טוב. | יואב כהן: יופי."},
		{"Hindi labels", "मीरा: नाव कहाँ है?\nरवि: घाट पर।\nमीरा: चलो।\nरवि: हाँ।", "मीरा: नाव कहाँ है? | रवि: घाट पर। | मीरा: चलो। | रवि: हाँ।"},
		{"Korean labels", "민지: 배가 왔어요?\n준호: 네. 왔어요.\n민지: 갑시다.\n준호: 좋아요.",
			"민지: 배가 왔어요? | 준호: 네. / 왔어요. | 민지: 갑시다. | 준호: 좋아요."},
		{"Georgian labels, and sentences", "ნინო: წვიმს. ნავი მოვიდა.\nგია ბერიძე: კარგი.\nნინო: წავიდეთ.\nგია ბერიძე: ჰო.",
			"ნინო: წვიმს. / ნავი მოვიდა. | გია ბერიძე: კარგი. | ნინო: წავიდეთ. | გია ბერიძე: ჰო."},
		{"Thai labels as long as their alphabet makes them", "ผู้ดำเนินรายการ: ฝนตกไหมครับ\nผู้ให้สัมภาษณ์: ตกครับ\nผู้ดำเนินรายการ: ไปกันเถอะ\nผู้ให้สัมภาษณ์: ดีครับ",
			"ผู้ดำเนินรายการ: ฝนตกไหมครับ | ผู้ให้สัมภาษณ์: ตกครับ | ผู้ดำเนินรายการ: ไปกันเถอะ | ผู้ให้สัมภาษณ์: ดีครับ"},
		{"an address amid a line without blanks", "下雨了。\n请访问https://road.example.org，谢谢大家收听。\n走吧。",
			"下雨了。 ¶ 请访问https://road.example.org，谢谢大家收听。 ¶ 走吧。"},
		{"an address behind a line without blanks", "下雨了。\n如果你还有别的问题，请访问 https://road.example.org。\n走吧。",
			"下雨了。 ¶ 如果你还有别的问题，请访问 https://road.example.org。 ¶ 走吧。"},
		{"a tale in Korean", "비가 왔어요.\n민지: 배가 왔어요?\n준호: 네.\n민지: 갑시다.\n준호: 좋아요.\n아버지께서 말씀하셨죠: 기다려라.",
			"비가 왔어요. | 민지: 배가 왔어요? | 준호: 네. | 민지: 갑시다. | 준호: 좋아요. ¶ 아버지께서 말씀하셨죠: 기다려라."},
		{"sentences of Urdu", "کشتی آ گئی۔ کون آیا؟ سب آئے!", "کشتی آ گئی۔ / کون آیا؟ / سب آئے!"},
		{"a clause mark ends no sentence", "جاء القارب؛ ثم عاد، وحده. نام الناس.", "جاء القارب؛ ثم عاد، وحده. / نام الناس."},
		{"a doctor", "قابلنا د. سمير. ثم عدنا.", "قابلنا د. سمير. / ثم عدنا."},
	} {
		s, err := Parse(c.in)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := brief(s); got != c.want {
			t.Errorf("%s:\n%s\ngot  %s\nwant %s", c.name, c.in, got, c.want)
		}
		if n := notes(s); n != "" {
			t.Errorf("%s: notes %s", c.name, n)
		}
	}
}

func TestMayBegin(t *testing.T) {
	for r, want := range map[rune]bool{'A': true, 'a': false, 'é': false, 'ب': true, 'א': true, '王': true, 'か': true, '한': true,
		'ก': true, 'अ': true, 'ნ': true, 'ж': false, '1': false, '.': false} {
		if got := mayBegin(r); got != want {
			t.Errorf("%c: %v", r, got)
		}
	}
	for s, want := range map[string]bool{"Ada": false, "ada": false, "ليلى": true, "1 王": true, "ნინო": true, "12": false, "": false} {
		if got := isCaseless(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// An address ends where the text goes on in a script without blanks, and a short name before it is no sentence.
func TestCaselessAddress(t *testing.T) {
	s, err := Parse("下雨了。\n请访问https://road.example.org，谢谢。\n微博：https://mud.example.org\n走吧。")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, w := range s.Turns[0].Sentences[1].Words {
		words = append(words, w.Text)
	}
	if got, want := strings.Join(words, " "), "请 访 问 https://road.example.org， 谢 谢。"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := notes(s), "link: 微博：https://mud.example.org"; got != want {
		t.Errorf("notes %s, want %s", got, want)
	}
}

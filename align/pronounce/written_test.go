package pronounce

import (
	"slices"
	"strings"
	"testing"

	bcp47 "golang.org/x/text/language"
)

const (
	englishText = "The old boat lay in the harbour all winter, and nobody wanted to mend it. In spring a girl from the " +
		"village came with a brush and a pot of blue paint. She asked the fishermen whose it was. "
	russianText = "Старая лодка всю зиму стояла в гавани, и никто не хотел её чинить. Весной пришла девочка из деревни " +
		"с кистью и банкой синей краски. "
	serbianText = "Stari čamac je celu zimu stajao u luci i niko nije hteo da ga popravi. U proleće je došla devojčica iz " +
		"sela sa četkicom i kantom plave boje. "
	croatianText = "Stara barka cijelu je zimu stajala u luci i nitko je nije htio popraviti. U proljeće je došla djevojčica " +
		"iz sela s kistom i kantom plave boje. "
	chineseText  = "这条旧船整个冬天都停在港口里，没有人愿意修理它。春天的时候，村里来了一个女孩，带着刷子和一罐蓝色的油漆。"
	japaneseText = "その古い船は冬の間ずっと港に置かれていて、誰も直そうとしませんでした。春になると、村から女の子が青いペンキを持って来ました。"
	koreanText   = "그 낡은 배는 겨울 내내 항구에 있었고 아무도 고치려고 하지 않았습니다."
)

// A text is misnamed where it hardly has letters of the language that it is said to be in.
func TestIsMisnamed(t *testing.T) {
	for _, c := range []struct {
		name, text string
		tags       string // given
		script     string
		likely     string // "" where it isn't misnamed
	}{
		{"English", englishText, "he ar zh ko yi hi ru ja th el ka am hy fa ur zh-Hant-TW sr-Cyrl", "Latin", "en"},
		{"English in its letters", englishText, "en en-GB de vi sr hr sr-Latn uz az ms ku ha tr no zgh und x", "Latin", ""},
		{"Russian", russianText, "en de he zh fr sr-Latn pl", "Cyrillic", "ru"},
		{"Russian in its letters", russianText, "ru uk bg sr mk kk uz mn sr-Cyrl ku tg", "Cyrillic", ""},
		{"Chinese", chineseText, "en ru ja ko he", "Han", "zh"},
		{"Chinese in its characters", chineseText, "zh zh-TW zh-Hans yue cmn nan", "Han", ""},
		{"Japanese", japaneseText, "zh en ko yue", "Kana", "ja"},
		{"Japanese in its characters", japaneseText, "ja ja-JP", "Kana", ""},
		{"Korean", koreanText, "en zh ja", "Hangul", "ko"},
		{"Korean in its characters", koreanText, "ko ko-KP", "Hangul", ""},
		{"a title of either", "東京都知事選挙、投票日。", "ja zh zh-TW", "Han", ""},
		{"Serbian", serbianText, "sr sr-Latn sr-RS bs hr", "Latin", ""},
		{"a quarter of it in another language", englishText + strings.Repeat(russianText, 1), "ru en", "", ""},
		{"Japanese in Latin letters", "Sono furui fune wa fuyu no aida zutto minato ni okarete ite, dare mo naosou to shimasen deshita. " +
			"Haru ni naru to mura kara onna no ko ga aoi penki wo motte kimashita. ", "ja", "Latin", ""},
		{"Hindi in Latin letters", "Woh purani naav poori sardiyon mein bandargaah par khadi rahi aur kisi ne use theek nahin kiya. " +
			"Bahaar mein gaon se ek ladki neela rang lekar aayi. ", "hi ur", "Latin", ""},
		{"Russian in Latin letters", "Staraya lodka vsyu zimu stoyala v gavani, i nikto ne khotel yeyo chinit. Vesnoy prishla " +
			"devochka iz derevni s kistyu i bankoy siney kraski. ", "ru", "Latin", ""},
		{"Arabic in Latin letters", "Al qarib al qadim baqiya fi al mina tiwal ash shita wa lam yurid ahad an yuslihahu. " +
			"Fi ar rabi ja'at fatat min al qarya wa ma'aha furshat wa dihan azraq. ", "ar", "Latin", ""},
		{"Sindhi in Devanagari", "पुराणी ॿेड़ी सॼो सियारो बंदर में बीठी हुई ऐं कंहिं बि उन खे ठीक न कयो।", "sd ks", "Devanagari", ""},
		{"no letters", "1 2 3", "en he", "", ""},
		{"nothing", "", "he", "", ""},
	} {
		for tag := range strings.FieldsSeq(c.tags) {
			m, misnamed := IsMisnamed(c.text, tag)
			if misnamed != (c.likely != "") {
				t.Errorf("%s as %s: misnamed: %v, %+v", c.name, tag, misnamed, m)
			}
			if misnamed && (m.Script != c.script || !slices.Equal(m.Likely, []string{c.likely})) {
				t.Errorf("%s as %s: %+v, want %s, %s", c.name, tag, m, c.script, c.likely)
			}
		}
	}
	// What it is in may be open, what it isn't in is not.
	if m, misnamed := IsMisnamed(croatianText+serbianText, "he"); !misnamed || len(m.Likely) == 0 {
		t.Errorf("Croatian as he: %+v, %v", m, misnamed)
	}
}

func TestScriptsOf(t *testing.T) {
	for _, c := range []struct{ tag, want string }{
		{"en", "Latin"}, {"he", "Hebrew"}, {"zh", "Han"}, {"ja", "Han Kana"}, {"ko", "Han Hangul"}, {"hi", "Devanagari"},
		{"sr", "Cyrillic Latin"}, {"sr-Latn", "Latin"}, {"uz", "Arabic Cyrillic Latin"}, {"az", "Arabic Cyrillic Latin"},
		{"kk", "Arabic Cyrillic"}, {"pa", "Arabic Gurmukhi"}, {"ms", "Arabic Latin"}, {"hyw", "Armenian"},
		{"sd", "Arabic Devanagari Gurmukhi"}, {"zh-Latn", "Latin"}, {"zgh", ""},
	} {
		tag := bcp47.MustParse(c.tag)
		if got := strings.Join(scriptsOf(tag), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, got, c.want)
		}
	}
}

// Each language that has rules is written in the script that it has them for.
func TestScriptsOfAll(t *testing.T) {
	for _, tag := range Languages() {
		if len(scriptsOf(bcp47.MustParse(tag))) == 0 {
			t.Errorf("%s: in no script", tag)
		}
	}
}

// Sentences in Chinese characters alone are in the language of the others.
func TestHanOrKanji(t *testing.T) {
	titles := []string{"東京都知事選挙。", "新空港建設計画決定。", "全国高校野球大会決勝戦。"}
	ja := []string{"その古い船は冬の間ずっと港に置かれていました。", "誰も直そうとしませんでした。", "春になると女の子が来ました。"}
	zh := []string{"这条旧船整个冬天都停在港口里。", "没有人愿意修理它。", "春天的时候，村里来了一个女孩。"}
	names := []string{"我们昨天一起看了《となりのトトロ》这部电影。", "她最喜欢的歌手是あいみょん。"}
	en := []string{"The old boat lay in the harbour all winter.", "Nobody wanted to mend it."}
	old := []string{"我們昨天一起看了《となりのトトロ》這部電影。", "她最喜歡的歌手是あいみょん。", "春天的時候，村裡來了一個女孩。"}
	ryoma := []string{"坂本龍馬の話です。", "龍馬は土佐に生まれた。", "龍馬暗殺の黒幕は誰か。", "その龍馬が江戸に出たのは十九の時でした。"}
	for _, c := range []struct {
		name      string
		sentences []string
		want      []string
		main      string
	}{
		{"Japanese with titles", slices.Concat(ja, titles), []string{"ja", "ja", "ja", "ja", "ja", "ja"}, "ja"},
		{"Chinese with Japanese names", slices.Concat(zh, names), []string{"zh", "zh", "zh", "zh", "zh"}, "zh"},
		{"names of two in three", slices.Concat(zh[:1], names), []string{"zh", "zh", "zh"}, "zh"},
		{"Chinese with titles", slices.Concat(zh, titles), []string{"zh", "zh", "zh", "zh", "zh", "zh"}, "zh"},
		{"Chinese in old characters", old, []string{"zh", "zh", "zh"}, "zh"},
		{"Japanese with 龍", ryoma, []string{"ja", "ja", "ja", "ja"}, "ja"},
		{"Japanese titles with 龍", slices.Concat(ja, []string{"坂本龍馬暗殺事件。", "芥川龍之介全集。", "蓮華寺珈琲館。"}),
			[]string{"ja", "ja", "ja", "ja", "ja", "ja"}, "ja"},
		{"both", slices.Concat(ja, zh), []string{"ja", "ja", "ja", "zh", "zh", "zh"}, "ja"},
		{"titles alone", titles, []string{"zh", "zh", "zh"}, "zh"},
		{"titles in English", slices.Concat(en, titles), []string{"en", "en", "zh", "zh", "zh"}, "zh"},
	} {
		words := make([]float64, len(c.sentences))
		for i, s := range c.sentences {
			words[i] = 8
			if s[0] > 0x7f {
				words[i] = float64(len([]rune(s))) * 5 / 8
			}
		}
		each, main := DetectEach(c.sentences, words)
		if !slices.Equal(each, c.want) || main != c.main {
			t.Errorf("%s: %v, %s, want %v, %s", c.name, each, main, c.want, c.main)
		}
	}
	for _, s := range []string{
		"珈琲を飲みます。", "鰻の蒲焼を食べました。", "芥川龍之介の小説です。", "龍馬は土佐に生まれた。",
		"國境の長いトンネルを抜けると雪国であった。", "餃子と蕎麦と煎餅。", "凛とした蓮の花。", "澤田さんの目的は何か。", "頰が赤い。", "𠮷野家の牛丼。",
		"政治的判断を了承した。",
	} {
		if tag := Detect(s); tag != "ja" {
			t.Errorf("%s: %s, want ja", s, tag)
		}
		if m, misnamed := IsMisnamed(s, "ja"); misnamed {
			t.Errorf("%s isn't ja: %+v", s, m)
		}
	}
}

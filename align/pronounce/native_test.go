package pronounce

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mozillazg/go-unidecode"
)

// characters returns a text cut as transcripts are: a word is a character, or what has blanks in Korean.
func characters(text string) []string {
	var words []string
	joined := false // a Latin word or a number goes on
	for _, r := range text {
		plain := r < 0x2000 && !unicode.IsSpace(r)
		switch {
		case unicode.IsSpace(r):
		case len(words) > 0 && (plain && joined || strings.ContainsRune("ゃゅょっー、。，ﾞﾟ", r)):
			words[len(words)-1] += string(r)
		default:
			words = append(words, string(r))
		}
		joined = plain
	}
	return words
}

// TestNativeReadings: the phones of the characters of a text, and behind / those that are likely, too.
func TestNativeReadings(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"zh", "他在银行走。", "T AA | D Z AY | IY N | HH AA NG | D Z OW"},
		{"zh", "行李", "SH IY NG | L IY"},
		{"zh", "音樂快樂", "IY N | UE EH | K W AY | L AH"},
		{"zh", "长大了很长", "JH AA NG | D AA | L AH | HH AH N | CH AA NG"},
		{"zh-Hant", "長大了還給你", "JH AA NG | D AA | L AH | HH W AA N | G EY | N IY"},
		{"zh", "慢慢地走在地上", "M AA N | M AA N | D AH | D Z OW | D Z AY | D IY | SH AA NG"},
		{"zh", "女子四十", "N UE | D Z IH | S IH | SH ER"},
		{"zh", "学军雪", "SH UE EH | JH UE N | SH UE EH"},
		{"zh", "一点儿，儿子", "IY | D Y EH N | ER/AA R | AA R | D Z IH"},
		{"zh", "得到", "D AH/D EY | D AW"},
		{"zh", "用iPhone吧", "Y UH NG | AY F OW N | B AA"},
		{"ja", "私は東京へ行った", "W AA T AA SH/W AA T AA SH IY | W AA/HH AA | T OW OW | K Y OW OW | EH | IY T | T AA"},
		{"ja", "きょうは、はい", "K Y OW | OW | W AA/HH AA | HH AA | IY"},
		{"ja", "がっこう", "G AA K | K OW | OW"},
		{"ja", "学校", "G AA K | K OW OW"},
		{"ja", "発表", "HH AA P | P Y OW OW"},
		{"ja", "博物館", "HH AA K UH | B UH T S/M OW T S UH | K AA N"},
		{"ja", "新聞", "SH IY M | B UH N"},
		{"ja", "三階", "S AA NG | K AA IY"},
		{"ja", "食べる", "T AA | B EH | RR UH"},
		{"ja", "開ける", "AA | K EH | RR UH"},
		{"ja", "開く", "HH IY RR AA | K UH"},
		{"ja", "人々", "HH T OW/HH IY T OW | B IY T OW"},
		{"ja", "今日", "K Y OW | OW"},
		{"ja", "カメラ", "K AA | M EH | RR AA"},
		{"ja", "ｶﾞﾗｽ", "G AA | RR AA | S/S UH"},
		{"ja", "です", "D EH | S/S UH"},
		{"ko", "국물", "K UW NG M UW L"},
		{"ko", "신라", "SH IY L L AA"},
		{"ko", "독립", "T OW NG N IY P"},
		{"ko", "같이", "K AA CH IY"},
		{"ko", "닫히다", "T AA CH IY D AA"},
		{"ko", "좋다", "CH OW T AA"},
		{"ko", "많아요", "M AA N AA Y OW"},
		{"ko", "값이", "K AA P SH IY"},
		{"ko", "옷", "OW T"},
		{"ko", "있습니다", "IY T S UH M N IY D AA"},
		{"ko", "의사의", "UH IY S AA EH/UH IY S AA IY"},
		{"ko", "ㅋㅋ", "K UH K UH"},
		{"ko", "KBS는", "K EY B IY EH S N UH N"},
	} {
		words := characters(tt.text)
		if tt.lang == "ko" {
			words = strings.Fields(tt.text)
		}
		var got []string
		for _, w := range Sentence(words, tt.lang) {
			said := names(w.Phones)
			for _, other := range w.Others {
				said += "/" + names(other)
			}
			got = append(got, said)
		}
		if got := strings.Join(got, " | "); got != tt.want {
			t.Errorf("%s: %s:\n %s, want\n %s", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestNativeNumbers: what is said for numbers in the language's own characters.
func TestNativeNumbers(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"zh", "0 10 14 110 105 1050 10050 120000", "零 | 十 | 十四 | 一百一十 | 一百零五 | 一千零五十 | 一万零五十 | 十二万"},
		{"zh", "100,000,005", "一亿零五"},
		{"zh", "2 个 12 个 2 月", "两 | 个 | 十二 | 个 | 二 | 月"},
		{"zh", "2023 年 2023", "二 零 二 三 | 年 | 二千零二十三"},
		{"zh", "50% 3.25 1,500", "百分之 五十 | 三 点 二 五 | 一千五百"},
		{"ja", "10 100 1000 10000 2023", "十 | 百 | 千 | 一万 | 二千二十三"},
		{"ja", "50%", "五十 パーセント"},
		{"ko", "10000 15 3시 20명 21개 3개월 2달 5달러 3개국", "만 | 십오 | 세 시 | 스무 명 | 스물한 개 | 삼 개월 | 두 달 | 오 달러 | 삼 개국"},
		{"ko", "50% 3.5", "오십 퍼센트 | 삼 점 오"},
	} {
		if got := spokenFor(tt.text, tt.lang); got != tt.want {
			t.Errorf("%s: %s: %s, want %s", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestPinyinIsRead: the rules have a vowel for each syllable that characters are given.
func TestPinyinIsRead(t *testing.T) {
	l := languageFor("zh")
	syllables := map[string]bool{}
	for r := rune(0x4E00); r < 0x9FA6; r++ {
		syllables[l.han.syllable(r)] = true
	}
	for _, s := range l.han.others {
		syllables[s] = true
	}
	for _, phrase := range l.han.phrases {
		for _, s := range phrase {
			syllables[s] = true
		}
	}
	for s := range syllables {
		phones := l.byRules(nil, s)
		if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" && len(s) > 2 && !slices.ContainsFunc(phones, Phone.isVowel) {
			t.Errorf("%q is read %v", s, phones)
		}
	}
	if len(syllables) < 400 {
		t.Errorf("%d syllables", len(syllables))
	}
}

// TestHanReadingsAreNeeded: the table has no reading that the library has.
func TestHanReadingsAreNeeded(t *testing.T) {
	h := languageFor("zh").han
	for r, s := range h.usual {
		if strings.ToLower(strings.TrimSpace(unidecode.Unidecode(string(r)))) == s {
			t.Errorf("%c is %s anyway", r, s)
		}
	}
	for phrase, readings := range h.phrases {
		for i, r := range []rune(phrase) {
			if readings[i] == h.syllable(r) {
				t.Errorf("%c of %s is %s anyway", r, phrase, readings[i])
			}
		}
	}
}

// TestKanjiWords: the readings of a word are those of its characters, and none is lost.
func TestKanjiWords(t *testing.T) {
	k := languageFor("ja").kanji
	for _, tt := range []struct{ word, kana, want string }{
		{"天気", "てんき", "てん+き"},
		{"今日", "きょう", "きょ+う"},
		{"一人", "ひとり", "ひ+とり"},
		{"食べ物", "たべもの", "た+べ+もの"},
		{"お母さん", "おかあさん", "お+かあ+さ+ん"},
		{"大人", "おとな", "お+とな"},
	} {
		if got := strings.Join(k.apportion([]rune(tt.word), []rune(tt.kana)), "+"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.word, got, tt.want)
		}
	}
	for word, parts := range k.words {
		for i, r := range []rune(word) {
			if parts[i] == "" && !isKana(r) && len([]rune(strings.Join(parts, ""))) >= len(parts) {
				t.Errorf("%s: %q", word, parts)
			}
		}
	}
}

func TestNativeTableErrors(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"zh", "hang", "want a syllable and characters"},
		{"zh", "hang 银行 银行", "want one character"},
		{"zh", "hang 行 走路", "is not in"},
		{"ja", "on か", "want on, kun or word"},
		{"ja", "up か 火", "want on, kun or word"},
	} {
		_, err := parseLanguage(c.tag, "[readings]\n"+c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q: error %v, want %q", c.tag, c.text, err, c.want)
		}
	}
}

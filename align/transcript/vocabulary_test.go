package transcript

import (
	"strings"
	"testing"
)

// TestVocabulary: each line of vocabulary.txt stands under a kind that is known, and each word is in small letters, once a kind
// and language.
func TestVocabulary(t *testing.T) {
	kind := ""
	for line := range strings.Lines(vocabularyText) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if name, ok := unwrap(line, '[', ']'); ok {
			kind = name
			if _, known := vocabularyKinds[kind]; !known {
				t.Errorf("no kind is called %s", kind)
			}
			continue
		}
		lang, words, _ := strings.Cut(line, " ")
		seen := map[string]bool{}
		for w := range strings.SplitSeq(words, ", ") {
			switch {
			case line == "":
			case kind == "", w == "", w != strings.ToLower(strings.TrimSpace(w)), strings.Contains(w, ","), seen[w]:
				t.Errorf("%s %s: %q", kind, lang, w)
			}
			seen[w] = true
		}
	}
	for kind, words := range vocabularies() {
		if len(words) == 0 {
			t.Errorf("kind %d has no words", kind)
		}
	}
}

func TestHeardAs(t *testing.T) {
	for text, want := range map[string]Kind{"笑": Sound, "音乐渐弱": Music, "录音开始": ClipBegin, "Кінець запису": ClipEnd, "موسيقى ختامية": Music,
		"หัวเราะ": Sound, "ไอ": Sound,
		"हँसते हुए": Sound, "می\u200cخندد": Sound, "Gülüyor": Sound, "Vỗ tay": Sound, "เสียงปรบมือ": Sound, "Ali gülüyor": Sound} {
		if known, got := announces(text); !known || got != want {
			t.Errorf("%q: %v, %v", text, known, got)
		}
	}
	for _, text := range []string{"鼓掌是什么意思呢", "Müziksiz bir gün", "ho", "الموسيقار الكبير", "拍",
		"本音", "心声", "名曲", "名声", "ไอเดีย", "Müzikli", "müzikal bir gece", "şarkıcı Ayşe", "hudebník Novák", "muzykalny wieczór", "الموسيقية",
		"musikkens dag i Tromsø", "músico", "zenész Győrből"} {
		if what, kind := readBracket(text); what == direction {
			t.Errorf("%q is a direction of kind %v", text, kind)
		}
		if isSoundOf(text) {
			t.Errorf("%q is the name of a sound", text)
		}
	}
	for _, text := range []string{"猫の叫声", "雨の音", "关门声", "เสียงฝน"} {
		if !isSoundOf(text) {
			t.Errorf("%q is no name of a sound", text)
		}
	}
}

// TestOtherDigits: times in the digits of other scripts.
func TestOtherDigits(t *testing.T) {
	for s, want := range map[string]string{"٠١:٢٣": "01:23", "۰۹": "09", "१२:०५": "12:05", "１２": "12", "𝟗𝟘": "90", "12": "12", "๐๙": "09"} {
		if got := digitsOfASCII(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

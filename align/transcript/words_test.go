package transcript

import (
	"strings"
	"testing"
)

// show writes words with what is known of them: | between words, + for glued
// ones, {inserted}, ... for a gap, and directions in angle brackets.
func show(words []Word, events []event, cut bool, tail string) string {
	var all []string
	for i, w := range words {
		for len(events) > 0 && events[0].word == i {
			all = append(all, "<"+events[0].text+">")
			events = events[1:]
		}
		text := w.Text
		if w.Inserted {
			text = "{" + text + "}"
		}
		if w.GapBefore {
			text = "..." + text
		}
		if w.Glued {
			text = "+" + text
		}
		all = append(all, text)
	}
	for _, e := range events {
		all = append(all, "<"+e.text+">")
	}
	if cut {
		all = append(all, "...")
	}
	if tail != "" {
		all = append(all, "~"+tail)
	}
	return strings.Join(all, "|")
}

func TestReadWords(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"one  two", "one|two"},
		{"have — Not for", "have —|Not|for"},
		{"“They — ” Meaning", "“They — ”|Meaning"},
		{"here—and there", "here—|+and|there"},
		{"well...yes and was…crazy", "well...|+yes|and|was…|+crazy"},
		{"a--b 1914–1918 well-known e.g. $4.5", "a--|+b|1914–1918|well-known|e.g.|$4.5"},
		{"— Hola.", "— Hola."},
		{"« Bonjour », dit", "« Bonjour »,|dit"},
		{"Vraiment ? Oui !", "Vraiment ?|Oui !"},
		{"¿ Qué ?", "¿ Qué ?"},
		{"R & B + 5 % 😀 ok", "R|&|B|+|5|% 😀|ok"},
		{"of my ____. What ==== now", "of|my ____.|What ====|now"},
		{"==== one => two ++ three -> four $$$", "==== one =>|two ++|three ->|four $$$"},
		{"one 👩‍🚀 ❤️ two • • • three *** four ~~~~ … → five", "one 👩‍🚀 ❤️|two • • •|three ***|four ~~~~ … →|five"},
		{"№ 5 = 20 ℃ @ # ½ ① 1️⃣", "№|5|=|20|℃|@|#|½|①|1️⃣"},
		{"😀", "~😀"},
		{"a book (ISBN 978-3-16-148410-0) (MUSIC)", "a|book|(ISBN|978-3-16-148410-0)|<MUSIC>"},
		{"the [council] said", "the|{[council]}|said"},
		{"and [Mohammed Talat] Al", "and|{[Mohammed}|{Talat]}|Al"},
		{"[Talat]’s [T]he it[’s] [Red State],", "{[Talat]’s}|[T]he|it[’s]|{[Red}|{State],}"},
		{"end. […] War", "end.|...War"},
		{"end [...]. War", "end .|...War"},
		{"It was [laughs] fun (laughter) (really).", "It|was|<laughs>|fun|<laughter>|(really)."},
		{"so [inaudible 00:12] yes", "so [inaudible]|...yes"},
		{"the [inaudible 0:02], now [unclear: no?] or (indistinct) yes", "the [inaudible],|...now [unclear: no?]|...or (indistinct)|...yes"},
		{"It is. [crosstalk] So", "It|is.|...[crosstalk] So"},
		{"[inaudible] so [crosstalk]", "...[inaudible] so [crosstalk]|..."},
		{"[inaudible]", "...|~[inaudible]"},
		{"so [00:12:34] yes", "so|yes"},
		{"so \x02sighs\x02 yes \x02really\x02", "so|<sighs>|yes|really"},
		{"open [bracket and (no end", "open|[bracket|and|(no|end"},
		{"[laughs]", "<laughs>"},
		{"♪ Row home ♪ and rest", "♪ Row|home ♪|and|rest"},
		{"She sang: ♪Row home♪, ♪ rest", "She|sang:|♪Row|home♪,|♪ rest"},
		{"row home ♪", "row|home ♪"},
		{"[...]", "..."},
		{"—", "~—"},
		{"今日は。", "今|+日|+は。"},
		{"「今日」と AI技術", "「今|+日」|+と|AI|+技|+術"},
		{"see https://a.example.org/x--y…z", "see|https://a.example.org/x--y…z"},
	} {
		if got := show(readWords(c.in)); got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestSplitSentences(t *testing.T) {
	for _, in := range []string{
		"In the U.S. Army we slept. | It rained.",
		"We live in the U.S. | The rest is sea.",
		"Dr. Marsh met Mr. J. R. Falk on St. Mary Street. | She left.",
		"He lives on Main St. | It is wet.",
		"It began on Feb. 24, 2022. | Then it was Mar. 1.",
		"It cost $4.5 million. | Nobody paid.",
		"She is No. 5 on the list. | No. | I am.",
		"At 3 p.m. Monday we left. | At 4 p.m. | The bus came at 5.",
		"“Really?” she said. | “Really!” | He left.",
		"‘They are tired.’ | Muhammad left.",
		"No sleep and no bathroom.'” | And then.",
		"I was… crazy. | And then… I left… | Nobody came.",
		"So... I left. | Well... | Yes.",
		"What?! | No!! | Why...?",
		"have — Not for him. | “They — ” Meaning us — “left.”",
		"Am 3. Oktober kam er. | Das ist der 2. Platz. | Es waren 12. | Gut.",
		"¿Qué hora es? | ¡Las tres! | Bien.",
		"« Vraiment ? » dit-elle. | « Oui ! » | Il part.",
		"Это было в 1961 г. на Неве. | Правда? | Да.",
		"क्या? | हाँ। | ठीक है।",
		"hi there. | how are you? | i am fine.",
		"Ford Motor Co. of Detroit. | Inc. is not a word.",
		"It is, i.e. it was, here vs. There.",
		"So did I. | Then we left.",
		"1. Boil. | 2. Eat.",
		"He said so. | [This] is true.",
		"See example.org for more. | Bye.",
		"At 12.30 we ate. | It was 7. | We left.",
		"It was great! 😀 | Then we left. ____ | Nobody came. ❤️ | So be it. | Fill in ____ here.",
		"no stops at all and no capitals",
	} {
		want := strings.Split(in, " | ")
		words, _, _, _ := readWords(strings.ReplaceAll(in, " | ", " "))
		var got []string
		for _, s := range SplitSentences(words) {
			got = append(got, Sentence{Words: s}.Text())
		}
		if strings.Join(got, " | ") != strings.Join(want, " | ") {
			t.Errorf("got  %s\nwant %s", strings.Join(got, " | "), in)
		}
	}
}

func TestSplitSentencesWithoutSpaces(t *testing.T) {
	for _, want := range []string{
		"今日は。 「本当？」はい！ Yes。",
		"「海だ。」と言った。 「山だ。」 彼も言った。",
		"他说：“太好了。” 然后走了。",
		"《山里的冬天》很好看！ 你看过吗？ 没有……我没看过。",
	} {
		words, _, _, _ := readWords(strings.ReplaceAll(want, " ", ""))
		var got []string
		for _, s := range SplitSentences(words) {
			got = append(got, Sentence{Words: s}.Text())
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("got %s, want %s", g, want)
		}
	}
}

// TestCharactersAreWords: where no space parts words, each syllable is one.
func TestCharactersAreWords(t *testing.T) {
	for _, tt := range []struct {
		text, words string
		size        float64
	}{
		{"我在北京。", "我 在 北 京。", 4 * wordsPerCharacter},
		{"きょう、人々と会った。", "きょ う、 人々 と 会っ た。", 9 * wordsPerCharacter},
		{"コーヒーを2杯", "コーヒー を 2 杯", 6*wordsPerCharacter + 1},
		{"바다가 보입니다.", "바다가 보입니다.", 2},
		{"the sea", "the sea", 2},
	} {
		words, _, _, _ := readWords(tt.text)
		var texts []string
		for _, w := range words {
			texts = append(texts, w.Text)
		}
		if got := strings.Join(texts, " "); got != tt.words {
			t.Errorf("%s: words %s, want %s", tt.text, got, tt.words)
		}
		s := Script{Turns: []Turn{{Sentences: []Sentence{{Words: words}}}}}
		if got := s.Size(); got != tt.size {
			t.Errorf("%s: size %v, want %v", tt.text, got, tt.size)
		}
	}
}

// TestSaid: marks of what could not be heard are shown and not said.
func TestSaid(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"wet,", "wet,"}, {"the [inaudible],", "the ,"}, {"[crosstalk] So", "So"}, {"so (unclear: no?)", "so"},
		{"[council]", "[council]"}, {"(mostly).", "(mostly)."}, {"[bracket", "[bracket"}, {"a] [b", "a] [b"},
	} {
		if got := (Word{Text: c.text}).Said(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestSaidLong: of a word with any number of marks nothing is said but the word, and a bracket without an end is text.
func TestSaidLong(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"so" + strings.Repeat("[inaudible]", 3) + ".", "so."}, {"so (no road ahead) [unclear]", "so (no road ahead)"},
		{"((so)) [crosstalk]", "((so))"},
		{"[" + strings.Repeat("a", longestBracket) + "[inaudible]", "[" + strings.Repeat("a", longestBracket)},
	} {
		if got := (Word{Text: c.text}).Said(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

package syllable

import "strings"

// burmeseConsonants are the consonants from U+1000 on.
var burmeseConsonants = strings.Fields("k kh g g ng s s z z ny ny t th d d n t th d d n p ph b b m y y l w th h l '")

// burmeseRhymes are what may follow the consonant of a syllable, each in the letters that it is
// said with; * is the sign that a consonant ends the syllable. After J. Okell and A. Allott,
// Burmese/Myanmar: A Dictionary of Grammatical Forms, 2001.
var burmeseRhymes = map[string]string{
	"ာ": "ā", "ါ": "ā", "ိ": "i", "ီ": "ī", "ု": "u", "ူ": "ū", "ေ": "ē", "ဲ": "ê", "ော": "ô", "ေါ": "ô",
	"ော်": "ô", "ေါ်": "ô", "ို": "ō", "ယ်": "ê", "ံ": "an", "ိံ": "ein", "ုံ": "oun",
	"က်": "êt", "င်": "in", "စ်": "it", "ဉ်": "in", "ည်": "ī", "တ်": "at", "န်": "an", "ပ်": "at", "မ်": "an",
	"ိတ်": "eit", "ိပ်": "eit", "ိန်": "ein", "ိမ်": "ein", "ုတ်": "out", "ုပ်": "out", "ုန်": "oun", "ုမ်": "oun",
	"ောက်": "aut", "ေါက်": "aut", "ောင်": "aun", "ေါင်": "aun", "ိုက်": "ait", "ိုင်": "ain",
	"ွတ်": "ut", "ွန်": "un", "ွပ်": "ut", "ွမ်": "un", "ိုယ်": "ō", "ဏ်": "an", "ဒ်": "at", "ဋ်": "at", "သ်": "at",
	"ါက်": "ak", "ာက်": "ak", "ာတ်": "at", "ာဏ်": "an", "ာန်": "an", "ုဒ်": "out", "ုဏ်": "oun", "ိဋ်": "eit", "ာဉ်": "in",
}

// burmeseVowels are vowels that stand by themselves.
var burmeseVowels = map[rune]string{
	'ဣ': "i", 'ဤ': "ī", 'ဥ': "u", 'ဦ': "ū", 'ဧ': "ē", 'ဩ': "ô", 'ဪ': "ô", '၌': "nait", '၍': "ywē", '၎': "lagaun", '၏': "i",
}

// splitBurmese cuts Burmese into syllables. Tones are left out.
func splitBurmese(text []rune) []Piece {
	found := syllables{text: text}
	var p plain
	for i, r := range text {
		switch r {
		case '့', 'း': // tones
		case 'ဿ': // a double consonant, of which the first ends a syllable
			p.append('သ', i)
			p.append('်', i)
			p.append('သ', i)
		case '္': // so does what stands over another
			p.append('်', i)
		default:
			p.append(r, i)
		}
	}
	for i := 0; i < len(p.letters); {
		n, said := 1, ""
		if v, ok := burmeseVowels[p.letters[i]]; ok {
			size, rhyme := burmeseRhyme(p.letters[i+1:])
			n, said = 1+size, v
			if size > 0 && strings.HasSuffix(rhyme, "n") { // ဥင်
				said += "n"
			}
		} else if c := int(p.letters[i] - 0x1000); c >= 0 && c < len(burmeseConsonants) {
			n, said = burmeseSyllable(p.letters[i:], burmeseConsonants[c])
		}
		found.add(&p, i, i+n, said)
		i += n
	}
	return found.pieces()
}

// burmeseSyllable returns how many signs of the text belong to the syllable at its beginning, whose
// consonant is given, and how it is said.
func burmeseSyllable(text []rune, onset string) (int, string) {
	n := 1
	for n < len(text) && strings.ContainsRune("ျြွှ", text[n]) {
		n++
	}
	medials := string(text[1:n])
	palatal, rounded, breathed := strings.ContainsAny(medials, "ျြ"), strings.Contains(medials, "ွ"), strings.Contains(medials, "ှ")
	switch {
	case palatal && onset == "k":
		onset = "c"
	case palatal && onset == "kh":
		onset = "ch"
	case palatal && onset == "g":
		onset = "j"
	case palatal && onset == "ng":
		onset = "ny"
	case palatal && onset != "y":
		onset += "y"
	case breathed && (onset == "y" || onset == "l" && palatal):
		onset = "sh"
	}
	if rounded {
		if size, said := burmeseRhyme(append([]rune("ွ"), text[n:min(n+burmeseLongest, len(text))]...)); size > 1 {
			return n + size - 1, onset + said
		}
		onset += "w"
	}
	if size, said := burmeseRhyme(text[n:]); size > 0 {
		return n + size, onset + said
	}
	return n, onset + "a"
}

// burmeseRhyme returns the length of the longest rhyme that the text begins with, and how it is
// said; 0 if there is none.
func burmeseRhyme(text []rune) (int, string) {
	for n := min(burmeseLongest, len(text)); n > 0; n-- {
		if said, ok := burmeseRhymes[string(text[:n])]; ok {
			return n, said
		}
	}
	return 0, ""
}

// burmeseLongest is how long rhymes are at most, in signs.
const burmeseLongest = 4

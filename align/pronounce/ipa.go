package pronounce

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ipa is what the signs of the International Phonetic Alphabet are read as, those of one sound
// side by side: sounds that the aligner does not know become the nearest ones, and what a broad
// transcription leaves open, as r does, is left open. Handbook of the International Phonetic
// Association, 1999, has the signs. They are decomposed: ã is a with a tilde.
var ipa = sync.OnceValue(func() map[string][]Phone {
	signs := map[string][]Phone{}
	for _, line := range strings.Split(ipaTable, "\n") {
		written, names, _ := strings.Cut(line, "=")
		phones, err := parsePhones(strings.Fields(names))
		if err != nil {
			panic(err) // a constant: can't fail
		}
		for _, sign := range strings.Fields(written) {
			signs[norm.NFD.String(sign)] = phones
		}
	}
	return signs
})

const ipaTable = `i = IY
ɪ ᵻ ɨ ɘ = IH
e = EH
ɛ = EH
æ = AE
a ɑ ä = AA
ɒ ɔ = AO
o = OW
ʊ ɵ = UH
u ɯ ʉ = UW
ʌ ə ɐ ɤ = AH
ɜ ɝ ɚ ɞ əɹ ɜɹ ər ɜr = ER
y ʏ = UE
ø œ ɶ = OE
ɑ̃ ã = AN
ɔ̃ õ = ON
ɛ̃ œ̃ æ̃ ẽ = EN
eɪ ei ɛɪ ej = EY
aɪ ai ɑɪ ɑi aj = AY
aʊ au ɑʊ ɑu = AW
oʊ ou əʊ əu ɔʊ = OW
ɔɪ ɔi oɪ oi ɔj = OY
p = P
b = B
t ʈ = T
d ɖ = D
k = K
q = K|KH
g ɡ ɢ = G
c = K Y
ɟ = G Y
f ɸ = F
v ʋ ɱ = V
β = B|V
θ = TH
ð = DH
s = S
z = Z
ʃ ɕ ʂ ç = SH
ʒ ʑ ʐ ʝ = ZH
x χ = KH
ɣ ʁ ʀ = G|KH
ħ = HH|KH
h ɦ = HH
tʃ ʧ tɕ ʨ tʂ ʈʂ = CH
dʒ ʤ dʑ ʥ dʐ ɖʐ = JH
ʦ = T S
ʣ = D Z
m = M
n ɳ = N
ŋ ɴ = NG
ɲ = N Y
l ɫ ɭ ɬ ɮ ʟ = L
ʎ = L Y
ɹ ɻ = R
r = R|RR
ɾ ɽ ɺ = R|D
w ʍ ɰ = W
j ɥ = Y
ʔ ʕ ʡ = -`

// longestIPA is the length of the longest sign in ipa, in runes, with a mark on each.
const longestIPA = 4

// readIPA returns the phones of a transcription in IPA. Stress, length, tones, ties, and other
// marks than those in ipa count for nothing.
func readIPA(text string) ([]Phone, error) {
	rest := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune("͜͡‿.|‖'()", r) { // ties, ends of syllables and of feet, what may be silent
			return -1
		}
		return r
	}, norm.NFD.String(text)))
	signs := ipa()
	var phones []Phone
next:
	for len(rest) > 0 {
		for n := min(longestIPA, len(rest)); n > 0; n-- {
			if read, ok := signs[string(rest[:n])]; ok {
				phones, rest = append(phones, read...), rest[n:]
				continue next
			}
		}
		if r := rest[0]; !unicode.In(r, unicode.M, unicode.Lm, unicode.Sk, unicode.Zs) && r != ':' {
			return nil, fmt.Errorf("%q is no sign of the IPA that is known here", rest[0])
		}
		rest = rest[1:]
	}
	return phones, nil
}

// readARPABET returns the phones of names parted by blanks, which may have a digit for the stress
// behind them as in the CMU Pronouncing Dictionary. stressed reports whether one has.
func readARPABET(text string) (phones []Phone, stressed bool, err error) {
	for _, name := range strings.Fields(text) {
		bare := strings.TrimRight(name, "012")
		p, ok := phoneByName[bare]
		if !ok || len(name)-len(bare) > 1 {
			return nil, false, fmt.Errorf("no phone %q", name)
		}
		stressed = stressed || bare != name
		phones = append(phones, p)
	}
	return phones, stressed, nil
}

// readPhones returns the phones that a person gave: names of ARPABET in capitals, or IPA.
func readPhones(text string) ([]Phone, error) {
	if isARPABET(text) {
		phones, _, err := readARPABET(text)
		return phones, err
	}
	phones, err := readIPA(text)
	if err == nil && len(phones) == 0 {
		err = fmt.Errorf("%q is no sound", text)
	}
	return phones, err
}

// isARPABET reports whether a text can only be names of ARPABET: IPA has no capitals.
func isARPABET(text string) bool {
	return strings.ToUpper(text) == text && strings.ToLower(text) != text
}

// areSigns reports whether all that stands in a text, parted by blanks as other aligners' dictionaries
// have it, may be phones: names of ARPABET, or signs of IPA; single says that one of these is a single letter.
func areSigns(text string) (signs, single bool) {
	if isARPABET(text) {
		_, _, err := readARPABET(text)
		return err == nil, err == nil
	}
	for _, sign := range strings.Fields(text) {
		phones, err := readIPA(sign)
		if err != nil || len(phones) > 2 {
			return false, false
		}
		single = single || utf8.RuneCountInString(sign) == 1
	}
	return text != "", single
}

// isIPA reports whether phones stand in a text, parted by blanks, of which one has a sign that is no letter
// of a language.
func isIPA(text string) bool {
	signs, _ := areSigns(text)
	return signs && strings.ContainsFunc(text, func(r rune) bool {
		return r >= 'ɐ' && r <= '˿' && r != 'ə' && r != 'ɛ' && r != 'ɔ' // these three are letters, too
	})
}

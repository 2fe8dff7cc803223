package pronounce

import (
	"strings"
	"testing"
)

// TestTranscribed: scripts whose signs are more than letters, in Latin letters.
func TestTranscribed(t *testing.T) {
	for _, c := range []struct{ lang, words, want string }{
		// The vowel that isn't written is said in the middle of a word, or not; at its end it isn't,
		// but where that would leave consonants that can't be said.
		{"hi", "नमस्ते समझना नमकीन लड़कपन कमल न", "nəməstē səməjhnā nəmkīn ləřəkpən kəməl nə"},
		{"hi", "मित्र राष्ट्र शब्द अंत हैं ज़रूरी डॉलर ऋण", "mitrə rāṣṭrə śəbd aṁt haiṁ zərūrī ḍôlər ṛṇ"},
		{"mr", "शब्द सगळे महाराष्ट्र", "śəbdə səgḷē məhārāṣṭrə"},
		{"ne", "भन्छ घर छन्", "bhənchə ghər chən"},
		{"gu", "ગુજરાતી સરકાર", "gujrātī sərkār"},
		{"pa", "ਪੰਜਾਬੀ ਸੱਤ ਸ਼ਹਿਰ ਸੜਕ", "pəṁjābī sətt śəhir səřək"},
		// Here it's all up to the rules, or always said.
		{"bn", "বাংলাদেশ ছিল হয়েছিল হঠাৎ", "bāṁlādēśə chilə həẏēchilə həṭhāt"},
		{"as", "অসমীয়া ৱ ৰ", "asəmīẏā wə rə"},
		{"or", "ଓଡ଼ିଆ ଭାରତ", "ōřiā bhārətə"},
		{"ta", "தமிழ் வணக்கம் ஃபோன்", "təmiḻ vəṇəkkəm ḥpōṉ"},
		{"te", "తెలుగు", "telugu"},
		{"kn", "ಕನ್ನಡ", "kənnəḍə"},
		{"ml", "മലയാളം അവൻ", "mələyāḷəṁ avən"},
		{"si", "සිංහල ඇත ඟ", "siṁhələ ætə ṅgə"},
		{"am", "ሰላም ትምህርት ኢትዮጵያ", "sälam təməhrət 'ityoṗya"},
		{"th", "สวัสดี", "sawatdī"},
		{"hi", "abc नx", "abc nəx"},
	} {
		var got []string
		for _, w := range strings.Fields(c.words) {
			got = append(got, languageFor(c.lang).transcribed(w))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %s: %s, want %s", c.lang, c.words, got, c.want)
		}
	}
}

// TestScripts holds each language of such a script to what makes it differ from its kin.
func TestScripts(t *testing.T) {
	for _, c := range []struct{ lang, words, want string }{
		{"hi", "है और यह ज्ञान", "HH AE | AO RR | Y EY | G Y AA N"},
		{"mr", "ज्ञान", "D N Y AA N"},
		{"pa", "ਭਰਾ ਘਰ", "P AH RR AA | K AH RR"},
		{"bn", "স্বাধীন ছিল আমার লক্ষ", "SH AA D IY N | CH IY L OW | AA M AA RR | L AO K OW"},
		{"as", "অসম", "AO KH AO M"},
		{"or", "ଶବ୍ଦ", "S AO B D AO"},
		{"ta", "பகல் எங்கள் பாட்டு பஞ்சு", "P AH G AH L | EH NG G AH L | P AA T UH | P AH N JH UH"},
		{"ml", "അവന്റെ", "AH V AH N D EH"},
		{"si", "සිංහල", "S IH NG HH AH L AH"},
		{"ka", "გამარჯობა", "G AA M AA RR JH AO B AA"},
		{"hy", "ոչ երեխա գրել ստանալ մարդու և ինչո՞ւ", "V AO CH | Y EH RR EH KH AA | G AH RR EH L | AH S T AA N AA L | " +
			"M AA RR D UW | Y EH V | IY N CH UW"},
		{"hyw", "բարեւ տուն", "P AA RR EH V | D UW N"},
		{"am", "ነው ሰላም", "N EH W | S EH L AA M"},
		{"th", "คน ใหญ่ กรุงเทพ", "K OW N | Y AY | K RR UH NG T EY P"},
		{"lo", "ຄົນ", "K OW N"},
		{"my", "မြန်မာ", "M Y AA N M AA"},
		{"sa", "नमस्ते", "N AA M AA S T EH"}, // without a table
		{"hi", "Amazon न", "AE M AH Z AA N | N AH"},
	} {
		var got []string
		for _, w := range Sentence(strings.Fields(c.words), c.lang) {
			got = append(got, names(w.Phones))
		}
		if got := strings.Join(got, " | "); got != c.want {
			t.Errorf("%s: %s: %s, want %s", c.lang, c.words, got, c.want)
		}
	}
}

// TestNumbersOfScripts: India counts by hundred thousands, Thailand by each power of ten, Georgia by twenties.
func TestNumbersOfScripts(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"hi", 347, "तीन सौ सैंतालीस"},
		{"hi", 12_34_56_789, "बारह करोड़ चौंतीस लाख छप्पन हज़ार सात सौ नवासी"},
		{"hi", 1_00_000, "एक लाख"},
		{"mr", 103, "एकशे तीन"},
		{"mr", 100, "शंभर"},
		{"ta", 1250, "ஆயிரத்து இருநூற்று ஐம்பது"},
		{"ta", 29, "இருபத்து ஒன்பது"},
		{"te", 2300, "రెండు వేల మూడు వందలు"},
		{"kn", 121, "ನೂರ ಇಪ್ಪತ್ತ ಒಂದು"},
		{"ml", 345, "മുന്നൂറ്റി നാല്പത്തി അഞ്ച്"},
		{"th", 2_562, "สอง พัน ห้า ร้อย หกสิบสอง"},
		{"th", 12_000_001, "สิบสอง ล้าน หนึ่ง"},
		{"ka", 99, "ოთხმოცდაცხრამეტი"},
		{"ka", 1945, "ათას ცხრაას ორმოცდახუთი"},
		{"hyw", 21, "քսանմեկ"},
		{"am", 347, "ሶስት መቶ አርባ ሰባት"},
		{"my", 347, "သုံး ရာ လေးဆယ် ခုနစ်"},
	} {
		if got := languageFor(c.lang).numbers.cardinal(c.n); got != c.want {
			t.Errorf("%s: %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
	for _, c := range []struct{ lang, digits, same string }{
		{"hi", "१,२५०", "1,250"}, {"bn", "২৯", "29"}, {"th", "๒๙", "29"}, {"my", "၃၄၇", "347"}, {"hi", "1,25,000", "१२५०००"},
	} {
		if a, b := phonesOf(c.digits, c.lang), phonesOf(c.same, c.lang); a != b {
			t.Errorf("%s: %s: %s, want that of %s: %s", c.lang, c.digits, a, c.same, b)
		}
	}
}

// TestGroupsOfPowers: 100 000 in groups is no number of thousands everywhere, and must be read without panic.
func TestGroupsOfPowers(t *testing.T) {
	for _, tag := range Languages() {
		for _, w := range Sentence([]string{"100", "000", "₹5m", "1/2", "7:30", "IV", "3.25"}, tag) {
			if len(w.Phones) == 0 {
				t.Errorf("%s: a word without phones", tag)
			}
		}
	}
}

// TestFamily: rules of the family apply where the language has none, and those of the language before them.
func TestFamily(t *testing.T) {
	l, err := parseLanguage("xx", "[family]\nbrahmic\n[rules]\n[k] G\nV[t]V D")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"kakka": "G AH G G AH", "tata": "T AH D AH", "ma": "M AH"} {
		if got := names(l.byRules(nil, word)); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
	if _, err := parseLanguage("xx", "[family]\nnone"); err == nil {
		t.Error("a family without a table is accepted")
	}
	if _, err := parseLanguage("xx", "[schwa]\nfinal some"); err == nil {
		t.Error("an unknown kind of schwa is accepted")
	}
}

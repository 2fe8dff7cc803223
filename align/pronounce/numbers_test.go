package pronounce

import (
	"strings"
	"testing"
)

// TestNumbersOfLanguages: what is particular to the numbers of each language.
func TestNumbersOfLanguages(t *testing.T) {
	for _, c := range []struct {
		lang string
		v    int
		want string
	}{
		{"nb", 21, "tjue en"}, {"nb", 345, "tre hundre og førti fem"}, {"nb", 2005, "to tusen og fem"},
		{"nn", 71, "sytti ein"}, {"nn", 2_000_000, "to millionar"},
		{"fi", 18, "kahdeksantoista"}, {"fi", 345, "kolmesataa neljäkymmentä viisi"}, {"fi", 2005, "kaksi tuhatta viisi"},
		{"et", 99, "üheksakümmend üheksa"}, {"et", 1985, "tuhat üheksasada kaheksakümmend viis"},
		{"hu", 22, "huszonkettő"}, {"hu", 2000, "két ezer"}, {"hu", 32_000, "harminc két ezer"}, {"hu", 12_000, "tizenkettő ezer"},
		{"sk", 200, "dvesto"}, {"sk", 2000, "dve tisíc"}, {"sk", 22_000_000, "dvadsať dva miliónov"}, {"sk", 3_000_000, "tri milióny"},
		{"cs", 21_000, "dvacet jeden tisíc"}, {"cs", 4_000, "čtyři tisíce"}, {"pl", 21_000, "dwadzieścia jeden tysięcy"},
		{"sl", 21, "ena in dvajset"}, {"sl", 345, "tristo pet in štirideset"}, {"sl", 21_000_000, "ena in dvajset milijonov"},
		{"hr", 2012, "dvije tisuće dvanaest"}, {"hr", 21_000, "dvadeset jedna tisuću"}, {"hr", 5_000, "pet tisuća"},
		{"sr", 2012, "dve hiljade dvanaest"}, {"sr", 200, "dvesta"}, {"bs", 2200, "dvije hiljade dvjesto"},
		{"lt", 21_000, "dvidešimt vienas tūkstantis"}, {"lt", 9_000, "devyni tūkstančiai"}, {"lt", 12_000, "dvylika tūkstančių"},
		{"lv", 21_000, "divdesmit viens tūkstotis"}, {"lv", 100, "simts"}, {"lv", 111, "simtu vienpadsmit"},
		{"is", 21, "tuttugu og einn"}, {"is", 120, "hundrað og tuttugu"}, {"is", 121, "hundrað tuttugu og einn"},
		{"is", 3_000, "þrjú þúsund"},
		{"ga", 21, "fiche a haon"}, {"ga", 12, "a dó dhéag"}, {"ga", 2_005, "dhá míle a cúig"}, {"ga", 345, "trí chéad daichead a cúig"},
		{"cy", 77, "saith deg saith"}, {"cy", 11, "un deg un"}, {"cy", 3_000, "tair mil"},
		{"eu", 21, "hogeita bat"}, {"eu", 75, "hirurogeita hamabost"}, {"eu", 1985, "mila bederatziehun eta laurogeita bost"},
		{"eu", 1_000_000, "milioi bat"}, {"eu", 1_500, "mila eta bostehun"},
		{"gl", 47, "corenta e sete"}, {"gl", 100, "cen"}, {"gl", 2_000_000, "dous millóns"},
		{"id", 1_000, "seribu"}, {"id", 2_118, "dua ribu seratus delapan belas"}, {"ms", 1_008, "seribu lapan"},
		{"fil", 21, "dalawampu at isa"}, {"fil", 4_000, "apat na libo"}, {"fil", 345, "tatlong daan at apatnapu at lima"},
		{"sw", 2_345, "elfu mbili mia tatu arobaini na tano"}, {"sw", 1_000, "elfu moja"}, {"sw", 3_000_000, "milioni tatu"},
		{"sw", 2_005, "elfu mbili na tano"},
		{"vi", 21, "hai mươi mốt"}, {"vi", 15, "mười lăm"}, {"vi", 105, "một trăm linh năm"}, {"vi", 2_005, "hai nghìn không trăm linh năm"},
		{"vi", 2_012, "hai nghìn không trăm mười hai"}, {"vi", 1_985, "một nghìn chín trăm tám mươi lăm"},
		{"eo", 345, "tricent kvardek kvin"}, {"eo", 1_985, "mil naŭcent okdek kvin"},
		{"af", 21, "een en twintig"}, {"af", 101, "honderd en een"}, {"af", 345, "driehonderd vyf en veertig"},
		{"sq", 345, "treqind e dyzet e pesë"}, {"sq", 2_000, "dy mijë"},
		{"mk", 21, "дваесет и еден"}, {"mk", 2_000, "две илјади"}, {"mk", 345, "триста четириесет и пет"}, {"mk", 120, "сто и дваесет"},
		{"az", 21, "iyirmi bir"}, {"az", 1_985, "min doqquz yüz səksən beş"},
		{"uz", 19, "o'n to'qqiz"}, {"uz", 100, "yuz"}, {"uz", 1_100, "bir ming yuz"},
		{"kk", 21, "жиырма бір"}, {"kk", 345, "үш жүз қырық бес"},
		{"la", 21, "viginti unus"}, {"la", 2_000, "duo milia"},
		{"mt", 21, "wieħed u għoxrin"}, {"mt", 3_000, "tlett elef"}, {"mt", 115, "mija u ħmistax"},
		{"lb", 21, "eent an zwanzeg"}, {"lb", 345, "dräihonnert fënnef an véierzeg"},
		{"ky", 55, "элүү беш"}, {"tt", 1_985, "мең тугыз йөз сиксән биш"}, {"tk", 1_000, "bir müň"},
		{"ku", 345, "sê sed û çil û pênc"}, {"ku", 21, "bîst û yek"},
		{"fo", 53, "trý og hálvtrýss"}, {"fo", 2_005, "tvey túsund og fimm"},
	} {
		if got := languageFor(c.lang).numbers.cardinal(c.v); got != c.want {
			t.Errorf("%s %d: %s, want %s", c.lang, c.v, got, c.want)
		}
	}
}

// saidFor returns the words that are said for a text.
func saidFor(text, lang string) string {
	var said []string
	for _, s := range verbalize(strings.Fields(text), languageFor(lang), choices{}).out {
		said = append(said, s.text)
	}
	return strings.Join(said, " ")
}

// TestDaysAndYears: what is said for a number beside a month or a year, in words of the sentence.
func TestDaysAndYears(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"nb", "5. mai 1985", "femte mai nitten åtti fem"},
		{"nb", "i 1905", "i nitten null fem"},
		{"nn", "den 20. juni", "den tjuande juni"},
		{"fi", "5. toukokuuta", "viides toukokuuta"},
		{"fi", "21. päivä", "kahdeskymmenes ensimmäinen päivä"},
		{"et", "24. mail", "kahekümne neljas mail"},
		{"hu", "1985. május 5-én", "ezer kilencszáz nyolcvan öt május ötödikén"},
		{"hu", "1-jén", "elsején"},
		{"sk", "5. mája", "piateho mája"},
		{"cs", "5. května", "pátého května"},
		{"sl", "21. maja", "ena in dvajsetega maja"},
		{"hr", "5. svibnja 1985. godine je", "petog svibnja tisuću devetsto osamdeset pete godine je"},
		{"hr", "bilo je 1985. Onda", "bilo je tisuću devetsto osamdeset pet onda"},
		{"sr", "5. маја 2012. године", "petog маја dve hiljade dvanaeste године"},
		{"lv", "5. maijā", "piektajā maijā"},
		{"lv", "2005. gadā", "divi tūkstoši piektajā gadā"},
		{"lt", "2012 metais", "du tūkstančiai dvyliktais metais"},
		{"is", "17. júní 1944", "sautjándi júní nítján hundruð fjörutíu og fjórir"},
		{"cy", "5 mai", "pumed mai"},
		{"gl", "1 xaneiro", "primeiro xaneiro"},
		{"af", "20ste in 1905", "twintigste in negentien nul vyf"},
		{"az", "5-ci", "beşinci"},
		{"uz", "2012-yil", "ikki ming o'n ikkinchi yil"},
		{"mk", "5 мај", "петти мај"},
		{"lb", "5. mee 1985", "fënneften mee nonzéng honnert fënnef an achtzeg"},
	} {
		if got := saidFor(c.text, c.lang); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}

// TestCountedWords: the form of a counted word by the rules of plurals, and decimals.
func TestCountedWords(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"sk", "1 € 3 € 5 € 22 €", "jeden euro tri eurá päť eur dvadsať dva eur"},
		{"pl", "1 km 22 km 25 km", "jeden kilometr dwadzieścia dwa kilometry dwadzieścia pięć kilometrów"},
		{"sl", "101 € 104 €", "sto ena evro sto štiri evre"},
		{"lt", "21 % 25 % 30 %", "dvidešimt vienas procentas dvidešimt penki procentai trisdešimt procentų"},
		{"lv", "21 km 25 km", "divdesmit viens kilometrs divdesmit pieci kilometri"},
		{"hr", "21 € 5 €", "dvadeset jedan euro pet eura"},
		{"fi", "1 € 24 €", "yksi euro kaksikymmentä neljä euroa"},
		{"fi", "3,5 km", "kolme pilkku viisi kilometriä"},
		{"ms", "1,250 km 2.50", "seribu dua ratus lima puluh kilometer dua perpuluhan lima kosong"},
		{"id", "1.250 km 2,5", "seribu dua ratus lima puluh kilometer dua koma lima"},
	} {
		if got := saidFor(c.text, c.lang); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}

// TestDotted: abbreviations of several parts.
func TestDotted(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"nb", "F.eks. i dag, bl.a. her", "for eksempel i dag blant annet her"},
		{"sv", "T.ex. idag", "till exempel idag"},
		{"sv", "T.ex", "T ex"},
		{"is", "o.s.frv. og t.d.", "og svo framvegis og til dæmis"},
		{"sq", "p.sh. sot", "për shembull sot"},
		{"gl", "p.ex. hoxe", "por exemplo hoxe"},
		{"en", "See a.com. It", "see a dot com it"},
	} {
		if got := saidFor(c.text, c.lang); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.lang, c.text, got, c.want)
		}
	}
	for _, tag := range Languages() {
		for key := range languageFor(tag).expansions {
			if n := strings.Count(key, "."); n > mostParts {
				t.Errorf("%s: %s has %d parts", tag, key, n)
			}
		}
	}
}

// A word of very many parts with points takes no more for each than one of few.
func TestDottedAtLength(t *testing.T) {
	allocs := func(parts int) float64 {
		word := []string{strings.Repeat("ab.", parts)}
		return testing.AllocsPerRun(1, func() { Sentence(word, "sv") })
	}
	if short, long := allocs(100), allocs(1000); long > 20*short {
		t.Errorf("100 parts take %v allocations, and 1000 %v", short, long)
	}
}

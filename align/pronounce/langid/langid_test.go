package langid

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The sentences are our own.
var sentences = []struct{ want, text string }{
	{"af", "Die ou boot lê al die hele winter langs die kaai en niemand wil dit regmaak nie."},
	{"ar", "القارب القديم في الميناء منذ الشتاء ولا أحد يريد أن يصلحه."},
	{"az", "Köhnə qayıq bütün qış limanda qaldı və heç kim onu düzəltmək istəmir."},
	{"be", "Стары човен стаіць у гавані ўсю зіму, і ніхто не хоча яго рамантаваць."},
	{"bg", "Старата лодка стоя в пристанището цяла зима и никой не иска да я поправи."},
	{"bn", "পুরনো নৌকাটি সারা শীতকাল ঘাটে পড়ে আছে এবং কেউ এটি মেরামত করতে চায় না।"},
	{"ca", "El vaixell vell és al port des de l'hivern i ningú no el vol arreglar."},
	{"cs", "Stará loď leží v přístavu celou zimu a nikdo ji nechce opravit."},
	{"cy", "Mae'r hen gwch wedi bod yn yr harbwr trwy'r gaeaf ac nid oes neb eisiau ei drwsio."},
	{"da", "Den gamle båd har ligget i havnen hele vinteren, men der er ikke nogen, der gider gøre noget ved den, for det bliver for dyrt."},
	{"de", "Das alte Boot liegt den ganzen Winter im Hafen, und niemand will es reparieren."},
	{"el", "Η παλιά βάρκα είναι στο λιμάνι όλο τον χειμώνα."},
	{"en", "The old boat has been in the harbour all winter and nobody wants to repair it."},
	{"eo", "La malnova boato kuŝas en la haveno dum la tuta vintro kaj neniu volas ripari ĝin."},
	{"es", "El barco viejo lleva todo el invierno en el puerto y nadie quiere arreglarlo."},
	{"et", "Vana paat on terve talve sadamas seisnud ja keegi ei taha seda parandada."},
	{"eu", "Itsasontzi zaharra negu osoan egon da portuan eta inork ez du konpondu nahi."},
	{"fa", "قایق قدیمی تمام زمستان در بندر بوده است و هیچ کس نمی\u200cخواهد آن را تعمیر کند."},
	{"fi", "Vanha vene on ollut satamassa koko talven, eikä kukaan halua korjata sitä."},
	{"fr", "Le vieux bateau est resté au port tout l'hiver et personne ne veut le réparer."},
	{"ga", "Tá an seanbhád sa chuan i rith an gheimhridh agus níl aon duine ag iarraidh é a dheisiú."},
	{"gl", "O barco vello leva todo o inverno no porto e ninguén o quere arranxar."},
	{"he", "הסירה הישנה עומדת בנמל כל החורף ואף אחד לא רוצה לתקן אותה."},
	{"hi", "पुरानी नाव पूरी सर्दी बंदरगाह में रही और कोई उसे ठीक नहीं करना चाहता है।"},
	{"hu", "A régi csónak egész télen a kikötőben állt, és senki sem akarja megjavítani."},
	{"hy", "Հին նավակը ամբողջ ձմեռ նավահանգստում էր։"},
	{"id", "Perahu tua itu berada di pelabuhan sepanjang musim dingin dan tidak seorang pun ingin memperbaikinya karena mahal."},
	{"is", "Gamli báturinn hefur legið í höfninni í allan vetur og enginn vill gera við hann."},
	{"it", "La vecchia barca è rimasta nel porto tutto l'inverno e nessuno vuole ripararla."},
	{"ja", "古い船は冬の間ずっと港にあった。"},
	{"ka", "ძველი ნავი მთელი ზამთარი ნავსადგურში იდგა."},
	{"ko", "낡은 배는 겨울 내내 항구에 있었습니다."},
	{"lt", "Sena valtis visą žiemą stovėjo uoste ir niekas nenori jos taisyti."},
	{"lv", "Vecā laiva visu ziemu stāvēja ostā, un neviens to nevēlas labot."},
	{"mk", "Стариот брод беше цела зима во пристаништето и никој не сака да го поправи."},
	{"mr", "जुनी बोट संपूर्ण हिवाळा बंदरात होती आणि कोणालाही ती दुरुस्त करायची नाही."},
	{"nb", "Jeg vet ikke hva de har tenkt å gjøre med den gamle båten, men ingen av dem vil gi den bort, for den er fra en annen tid."},
	{"ne", "पुरानो डुङ्गा जाडोभरि बन्दरगाहमा थियो र कसैले पनि यसलाई मर्मत गर्न चाहँदैन।"},
	{"nl", "De oude boot ligt al de hele winter in de haven en niemand wil hem repareren."},
	{"nn", "Den gamle båten har lege i hamna heile vinteren, men det er ikkje nokon som vil gjere noko med han, for det vert altfor dyrt no."},
	{"pl", "Stara łódź leży w porcie przez całą zimę i nikt nie chce jej naprawić."},
	{"ps", "زوړ کښتۍ ټول ژمی په بندر کې وه او هیڅوک نه غواړي چې هغه ورغوي."},
	{"pt", "O barco velho está no porto desde o inverno e ninguém quer consertá-lo, porque não há dinheiro."},
	{"ro", "Barca veche a stat în port toată iarna și nimeni nu vrea să o repare."},
	{"ru", "Старая лодка всю зиму стоит в гавани, и никто не хочет её чинить."},
	{"sk", "Stará loď leží v prístave celú zimu a nikto ju nechce opraviť."},
	{"sl", "Stari čoln je vso zimo v pristanišču in nihče ga noče popraviti."},
	{"sq", "Varka e vjetër ka qenë në port gjatë gjithë dimrit dhe askush nuk dëshiron ta riparojë."},
	{"sr", "Стари чамац је целе зиме у луци и нико не жели да га поправи, јер је то скупо."},
	{"sv", "Den gamla båten har legat i hamnen hela vintern och ingen vill laga den."},
	{"sw", "Mashua ya zamani imekuwa bandarini wakati wote wa baridi na hakuna mtu anayetaka kuitengeneza."},
	{"ta", "பழைய படகு குளிர்காலம் முழுவதும் துறைமுகத்தில் இருந்தது."},
	{"th", "เรือเก่าอยู่ในท่าเรือตลอดฤดูหนาว"},
	{"tl", "Ang lumang bangka ay nasa daungan sa buong taglamig at walang gustong mag-ayos nito."},
	{"tr", "Eski tekne bütün kış limanda kaldı ve kimse onu tamir etmek istemiyor."},
	{"uk", "Старий човен усю зиму стоїть у гавані, і ніхто не хоче його лагодити."},
	{"ur", "پرانی کشتی پوری سردیوں میں بندرگاہ میں رہی اور کوئی اسے ٹھیک نہیں کرنا چاہتا۔"},
	{"uz", "Eski qayiq butun qish bandargohda turdi va hech kim uni tuzatishni xohlamaydi."},
	{"vi", "Chiếc thuyền cũ nằm ở bến cảng suốt mùa đông và không ai muốn sửa nó."},
	{"zh", "旧船整个冬天都在港口。"},
}

func TestIdentify(t *testing.T) {
	for _, s := range sentences {
		if got := Identify(s.text); got.Tag != s.want {
			t.Errorf("%q: %q of %v, want %s", s.text, got.Tag, got.Likely, s.want)
		}
	}
}

// TestOpen: what fits several languages, or none, has none, and names the right ones among the likely.
func TestOpen(t *testing.T) {
	for _, c := range []struct{ text, likely string }{
		{"Dobar dan, kako ste danas?", "hr"},
		{"No, no.", "es"},
		{"Saya mau makan.", "id"},
		{"", ""},
		{"12:30 -- 14:00", ""},
		{"foo.bar(1) http://example.org/a_b", ""},
		{"Ny sambo tranainy dia tao amin'ny seranana nandritra ny ririnina ary tsy misy olona te hanamboatra azy.", "tl"},
	} {
		got := Identify(c.text)
		if got.Tag != "" || c.likely == "" != (got.Likely == nil) || c.likely != "" && !slices.Contains(got.Likely, c.likely) {
			t.Errorf("%q: %q of %v, want none, of %q among others", c.text, got.Tag, got.Likely, c.likely)
		}
	}
}

// TestNoWords: names, addresses and code tell nothing, whatever their language.
func TestNoWords(t *testing.T) {
	text := "Stará loď leží v přístavu. "
	names := "Stará loď leží v přístavu, John Smith The Washington Post of@the.com where=is(the) 1st README.the NATO. "
	a, b := Examine(text).Scores, Examine(names).Scores
	if a[0].Tag != "cs" || b[0].Tag != "cs" {
		t.Errorf("%v, %v: want cs", a[0], b[0])
	}
	if Identify(strings.ToUpper(sentences[7].text)).Tag != "cs" {
		t.Errorf("%q in capitals is not cs", sentences[7].text)
	}
}

// TestTable: each entry can be found, languages and buckets are in order.
func TestTable(t *testing.T) {
	if !strings.HasPrefix(table, Magic) {
		t.Fatalf("begins with %q", table[:8])
	}
	r := load()
	if len(r.langs) >= 1<<LangBits ||
		!slices.IsSortedFunc(r.langs, func(a, b language) int { return strings.Compare(a.tag, b.tag) }) {
		t.Errorf("languages %v", r.langs)
	}
	before := uint32(0)
	for b := range 1<<BucketBits + 1 {
		at := u32(r.buckets[4*b:])
		if at < before || int(at)*4 > len(r.entries) {
			t.Fatalf("bucket %d begins at %d, behind %d", b, at, before)
		}
		for k := before; b > 0 && k < at; k++ {
			e := u32(r.entries[4*k:])
			found := false
			r.weights(uint32(b-1)<<HashBits|e>>(LangBits+WeightBits), func(lang, weight int) {
				found = found || lang == int(e>>WeightBits&(1<<LangBits-1)) && weight == int(e&(1<<WeightBits-1))
			})
			if !found {
				t.Fatalf("entry %d of bucket %d is not found", k, b-1)
			}
		}
		before = at
	}
	if int(before)*4 != len(r.entries) {
		t.Errorf("%d entries in buckets, of %d", before, len(r.entries)/4)
	}
}

// TestAnyText: any text has an answer, the same each time.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		a, b := Identify(text), Identify(text)
		if a.Tag != b.Tag || !slices.Equal(a.Likely, b.Likely) {
			t.Fatalf("%v, then %v", a, b)
		}
		if a.Tag != "" && (len(a.Likely) == 0 || a.Likely[0] != a.Tag) {
			t.Fatalf("%v: the tag is not the likeliest", a)
		}
	})
}

func BenchmarkIdentify(b *testing.B) {
	text := strings.Repeat(sentences[12].text+" ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Identify(text)
	}
}

package subtitles

// wordClass is what a word is for line breaking; its zero value is any word that
// is in no list.
type wordClass uint8

const (
	content wordClass = iota
	conjunction
	preposition
	determiner // articles, possessives, degrees, titles: they bind to what follows
	pronoun    // subjects, and clitics before their verb
	auxiliary  // and negations
	adjective
	noun
	verb
	adverb
	number
	particle   // of a verb before it: took over
	object     // a pronoun that is none but an object: gives them
	infinitive // the English "to" before a verb
	classes
)

// breakWords are the words that make or forbid a break. Words that are as often
// something else (French "si") are left out, and those of English have their readings in
// english.go. The lists are short on purpose: the closed classes of a language are, and a
// missing word costs little. Adjectives are those that stand before their noun.
var breakWords = map[string][classes]string{
	"en": {
		conjunction: `and or but nor so yet because although though while whereas if unless until when whenever where wherever
			since as that which who whom whose whether like how what why then than`,
		preposition: `of in on at by for with from to into onto about against along among around between beyond behind below
			beneath beside besides under over above across after before during through throughout toward towards
			upon within without via per near despite except inside outside unlike amid amidst versus till aboard
			underneath alongside regarding concerning`,
		determiner: `a an the this these those my your his her its our their each every some any no all both either neither
			another such many much more most few several other very too quite mr mrs ms dr prof`,
		pronoun: `i he she we they`,
		object:  `me him us them myself yourself himself herself itself ourselves yourselves themselves`,
		auxiliary: `am is are was were be been being have has had do does did will would shall should can could may
			might must not never cannot`,
		number: `two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
			eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
			trillion dozen`,
	},
	"fr": {
		conjunction: `et ou mais donc or ni car que qu lorsqu puisqu qui dont où quand lorsque puisque parce comme si quoique
			afin alors tandis`,
		preposition: `de du des à au aux en dans par pour sur sous avec sans chez vers entre contre depuis pendant avant après
			malgré selon jusque dès d`,
		determiner: `le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
			chaque plusieurs quelques tout toute tous toutes très plus moins aussi trop monsieur madame mademoiselle
			docteur président présidente saint sainte`,
		pronoun: `je tu il elle on nous vous ils elles se me te ne y`,
		auxiliary: `suis es est sommes êtes sont étais était étaient serai sera seront ai as avons avez ont avais avait
			avaient aura auront pas jamais c j m n s t`,
	},
	"de": {
		conjunction: `und oder aber denn sondern dass weil wenn als ob obwohl damit bevor nachdem während wie wo was wer
			welche welcher welches sowie`,
		preposition: `von in im an am auf mit zu zum zur bei beim für aus nach über unter um durch gegen ohne seit bis vor
			hinter neben zwischen wegen trotz`,
		determiner: `der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine sein seine ihr
			ihre unser unsere dieser diese dieses diesen diesem jeder jede jedes alle viele einige sehr zu ganz mehr
			herr frau doktor professor präsident`,
		pronoun: `ich du er sie es wir man`,
		auxiliary: `bin bist ist sind seid war waren habe hast hat haben hatte hatten werde wird werden wurde wurden kann
			können muss müssen soll sollen will wollen darf nicht`,
	},
	"es": {
		conjunction: `y e o u pero sino que porque aunque cuando donde como si mientras pues quien quienes cual cuyo`,
		preposition: `de del a al en con por para sin sobre entre desde hasta hacia contra según durante ante bajo tras`,
		determiner: `el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella mi mis tu tus su
			sus nuestro nuestra nuestros nuestras cada todo toda todos todas muy más menos tan señor señora don doña
			doctor doctora presidente presidenta san santa`,
		pronoun: `yo tú él ella usted nosotros ellos ellas ustedes me te se nos le les`,
		auxiliary: `soy eres es somos son era eran fue fueron ser he has ha hemos han había habían está están estaba puede
			pueden no nunca`,
	},
	"it": {
		conjunction: `e ed o ma che perché anche quando dove come se mentre poiché però quindi cui chi benché`,
		preposition: `di del dello della dei degli delle dell a al allo alla ai agli alle all da dal dalla dai dalle dall in
			nel nello nella nei negli nelle nell con su sul sulla sui sulle sull per tra fra senza verso contro
			durante dopo prima d`,
		determiner: `il lo la i gli le l un uno una questo questa questi queste quel quello quella quei mio mia tuo tua suo
			sua nostro nostra loro ogni tutto tutta tutti tutte molto più meno così troppo signor signora dottor
			dottoressa professor presidente san santa`,
		pronoun:   `io tu lui lei noi voi loro mi ti si ci vi`,
		auxiliary: `sono sei è siamo siete era erano ho hai ha abbiamo avete hanno aveva può possono deve non mai c`,
	},
	"pt": {
		conjunction: `e ou mas que porque embora quando onde como se enquanto pois quem qual cujo então`,
		preposition: `de do da dos das a ao à aos às em no na nos nas num numa com por pelo pela pelos pelas para sem sobre
			entre desde até contra durante após`,
		determiner: `o os as um uma uns umas este esta esse essa isto aquele aquela meu minha seu sua nosso nossa cada todo
			toda todos todas muito mais menos tão senhor senhora dom dona doutor doutora presidente são santa`,
		pronoun:   `eu tu ele ela você nós eles elas vocês me te lhe`,
		auxiliary: `sou é somos são era eram foi foram ser está estão estava tem têm tinha pode podem vai vão não nunca`,
	},
	"ru": {
		conjunction: `и а но или что чтобы потому если когда где как который которая которое которые хотя пока чем либо`,
		preposition: `в во на с со к ко о об обо от до из изо за по под над при для без у между через перед про ради около`,
		determiner: `этот эта это эти тот та те мой моя мои твой наш наша ваш ваша свой своя каждый каждая весь вся все очень
			самый самая более менее господин госпожа`,
		pronoun:   `я ты он она оно мы вы они`,
		auxiliary: `был была было были буду будет будут есть может могут не ни бы`,
	},
}

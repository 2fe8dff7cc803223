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
		conjunction: `et ou mais donc or ni car que qu lorsqu puisqu quoiqu qui dont où quand lorsque puisque parce comme
			si quoique afin alors tandis pourquoi comment combien lequel laquelle lesquels lesquelles`,
		preposition: `de du des à au aux en dans par pour sur sous avec sans chez vers entre contre depuis pendant avant après
			malgré selon jusque jusqu dès d parmi envers outre hors durant devant derrière`,
		determiner: `le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
			chaque plusieurs quelques quelque tout toute tous toutes aucun aucune quel quelle quels quelles très
			plus moins aussi trop si assez monsieur madame mademoiselle docteur président présidente professeur
			saint sainte mme`,
		pronoun: `je j tu il elle on nous vous ils elles se s me m te t ne n y c`,
		auxiliary: `suis es est sommes êtes sont étais était étions étaient serai sera serons seront serait être été ai as
			avons avez ont avais avait avions avaient aura auront aurait avoir eu pas jamais vais vas va allons
			allez vont peux peut pouvons peuvent pourrait dois doit doivent devrait faut veut veulent fait`,
		adjective: `grand grande grands grandes petit petite petits petites bon bonne bons bonnes mauvais mauvaise beau bel
			belle beaux belles nouveau nouvel nouvelle nouveaux nouvelles vieux vieil vieille vieilles jeune jeunes
			premier première premiers premières dernier dernière derniers dernières deuxième second seconde même
			mêmes autre autres seul seule gros grosse long longue haut haute vrai vraie`,
		number: `deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
			quarante cinquante soixante cent cents mille million millions milliard milliards`,
	},
	"de": {
		conjunction: `und oder aber denn sondern dass daß weil wenn als ob obwohl damit bevor nachdem während wie wo was
			wer wen wem warum wieso woher wohin welche welcher welches welchen welchem sowie sodass falls sobald
			solange indem`,
		preposition: `von vom in im ins an am ans auf mit zu zum zur bei beim für fürs aus nach über übers unter um ums
			durch durchs gegen ohne seit bis vor vors hinter neben zwischen wegen trotz innerhalb außerhalb
			gegenüber anstatt statt laut pro per`,
		determiner: `der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine
			meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere
			unseren unserem unserer euer eure dieser diese dieses diesen diesem jener jene jenes jeder jede jedes
			jeden jedem alle allen aller viele vielen einige einigen mehrere manche beide beiden sehr zu so ganz
			mehr herr herrn frau doktor professor präsident präsidentin kapitän`,
		pronoun: `ich du er sie es wir man`,
		object:  `mich dich sich uns euch mir dir ihm ihn ihnen`,
		auxiliary: `bin bist ist sind seid war waren habe hast hat haben hatte hatten hätte werde wirst wird werden wurde
			wurden würde kann kannst können konnte könnte muss müssen musste soll sollen sollte will wollen wollte
			darf dürfen durfte mag möchte nicht`,
		number: `zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
			achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend
			million millionen milliarde milliarden`,
	},
	"es": {
		conjunction: `y e o u ni pero sino que porque aunque cuando donde como si mientras pues quien quienes cual cuales
			cuyo cuya qué quién cómo cuándo dónde`,
		preposition: `de del a al en con por para sin sobre entre desde hasta hacia contra según durante ante bajo tras
			mediante excepto`,
		determiner: `el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos
			aquellas mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra cada todo toda todos
			todas algún alguna algunos algunas ningún ninguna varios varias muchos muchas otro otra otros otras muy
			más menos tan señor señora don doña doctor doctora profesor profesora presidente presidenta san santa
			santo`,
		pronoun: `yo tú él ella usted nosotros ellos ellas ustedes me te se nos os le les`,
		auxiliary: `soy eres es somos son era eran fue fueron ser sido será sería he has ha hemos han había habían haber
			hay estoy estás está estamos están estaba estaban estar puedo puede podemos pueden podía debe deben voy
			va vamos van no nunca`,
		adjective: `gran buen buena buenos buenas mal mala primer primera primeros primeras tercer último última últimos
			últimas nuevo nueva nuevos nuevas mejor mejores peor mayor mayores menor mismo misma mismos mismas
			propio propia pequeño pequeña viejo vieja`,
		number: `dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
			dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento
			doscientos trescientos quinientos mil millón millones`,
	},
	"it": {
		conjunction: `e ed o oppure ma né che perché anche quando dove come se mentre poiché però quindi cui chi benché
			affinché finché cioè quale quali`,
		preposition: `di del dello della dei degli delle dell a ad al allo alla ai agli alle all da dal dallo dalla dai
			dagli dalle dall in nel nello nella nei negli nelle nell con col su sul sullo sulla sui sugli sulle sull
			per tra fra senza verso contro durante dopo prima presso sotto sopra oltre entro d`,
		determiner: `il lo la i gli le l un uno una questo questa questi queste quest quel quello quella quei quegli quelle
			quell mio mia miei mie tuo tua tuoi suo sua suoi sue nostro nostra nostri nostre vostro vostra loro
			ogni qualche alcuni alcune tutto tutta tutti tutte altro altra altri altre molti molte molto più meno
			così troppo signor signora dottor dottoressa professor professoressa presidente san santa`,
		pronoun: `io tu lui lei noi voi mi ti si ci vi ne me te`,
		auxiliary: `sono sei è siamo siete era erano fu stato stata sarà essere ho hai ha abbiamo avete hanno aveva avevano
			avere avrà può possono potrebbe deve devono vuole vogliono sta stanno va non mai c n`,
		adjective: `grande gran grandi buon buono buona buoni buone bel bello bella bei belle nuovo nuova nuovi nuove
			vecchio vecchia primo prima primi prime secondo seconda terzo ultimo ultima ultimi ultime stesso stessa
			stessi stesse piccolo piccola migliore peggiore`,
		number: `due tre quattro cinque sette otto nove dieci undici dodici tredici quattordici quindici sedici
			diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento
			duecento mille mila milione milioni miliardo miliardi`,
	},
	"pt": {
		conjunction: `e ou nem mas que porque embora quando onde como enquanto pois quem qual quais cujo cuja então
			porém portanto`,
		preposition: `de do da dos das dum duma a ao à aos às em no na nos nas num numa com por pelo pela pelos pelas para
			pra sem sobre entre desde até contra durante após sob perante`,
		determiner: `o os as um uma uns umas este esta estes estas esse essa esses essas isto aquele aquela aqueles
			aquelas deste desta neste nesta desse dessa nesse nessa meu minha meus minhas teu tua seu sua seus suas
			nosso nossa nossos nossas cada todo toda todos todas algum alguma alguns algumas nenhum nenhuma vários
			várias muitos muitas outro outra outros outras muito mais menos tão senhor senhora dom dona doutor
			doutora professor professora presidente são santa santo`,
		pronoun: `eu tu ele ela você nós eles elas vocês me te se lhe lhes`,
		auxiliary: `sou és é somos são era eram foi foram ser sido será seria estou está estamos estão estava estavam
			estar tenho tem temos têm tinha tinham ter há pode podem podia deve devem vou vai vamos vão não nunca`,
		adjective: `grande grandes bom boa bons boas mau má novo nova novos novas velho velha primeiro primeira primeiros
			primeiras segundo segunda último última últimos últimas mesmo mesma melhor melhores pior maior maiores
			menor próprio própria pequeno pequena`,
		number: `dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezesseis
			dezassete dezessete dezoito dezanove dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta
			noventa cem cento duzentos mil milhão milhões`,
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

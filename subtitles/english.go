package subtitles

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A guess at what the words of an English sentence are, as far as breaking lines wants to know:
// nobody breaks "the border | regime cannot be overstated", two nouns, but "the tide | comes in"
// may be broken. A word has a few readings: those of closed classes are listed in breakWords, and
// what is common beside them below; the rest goes by its ending. The cheapest sequence of readings
// is taken, where neighbours have a cost, too (Viterbi's algorithm, as for a hidden Markov model).
// Lists and costs are our own judgement, counted in no corpus. A wrong guess costs a worse break
// and nothing else.
//
// A library would guess better and weigh more: prose (github.com/jdkato/prose), the one for Go,
// has had no release since 2020 and brings ten megabytes of models.

// reading is what a word may be, at a cost in tenths. Its two classes are one, save in
// contractions: I'm is a pronoun to the word before it and an auxiliary to the next.
type reading struct {
	opens, binds wordClass
	cost         uint8
}

// maxReadings is the most readings of a word.
const maxReadings = 5

// readings of a word: the first n.
type readings struct {
	of [maxReadings]reading
	n  int
}

func (r *readings) all() []reading { return r.of[:r.n] }

// add gives the word another reading, unless it has it already.
func (r *readings) add(class wordClass, cost uint8) {
	if r.n < maxReadings && !r.can(class) {
		r.of[r.n] = reading{class, class, cost}
		r.n++
	}
}

// can reports whether the word may be of the class.
func (r *readings) can(class wordClass) bool {
	for _, one := range r.all() {
		if one.opens == class {
			return true
		}
	}
	return false
}

// follows has the cost in tenths of a word of one class (a row) before one of another (a column).
// The row of content is for the beginning of a sentence or of a clause.
var follows = [classes][classes]uint8{
	//          -  conj prep det pron aux adj noun verb adv num part obj inf
	content:     {0, 5, 8, 3, 0, 10, 10, 8, 15, 5, 10, 90, 90, 15},
	conjunction: {0, 20, 8, 4, 0, 8, 8, 5, 10, 5, 8, 90, 20, 10},
	preposition: {0, 20, 15, 0, 25, 50, 4, 0, 20, 15, 3, 90, 3, 30},
	determiner:  {0, 40, 30, 8, 90, 40, 0, 0, 50, 10, 4, 90, 90, 50},
	pronoun:     {0, 20, 25, 30, 40, 0, 25, 40, 0, 6, 30, 90, 60, 30},
	auxiliary:   {0, 15, 10, 6, 8, 6, 6, 13, 1, 3, 10, 50, 20, 8},
	adjective:   {0, 10, 12, 40, 35, 20, 7, 0, 35, 20, 15, 90, 90, 15},
	noun:        {0, 5, 0, 25, 15, 3, 25, 8, 7, 10, 20, 90, 60, 5},
	verb:        {0, 6, 5, 0, 10, 30, 8, 7, 30, 7, 5, 0, 0, 3},
	adverb:      {0, 8, 6, 8, 6, 8, 3, 15, 3, 7, 8, 30, 40, 10},
	number:      {0, 15, 10, 30, 30, 15, 4, 0, 20, 20, 5, 90, 90, 20},
	particle:    {0, 6, 0, 2, 10, 20, 15, 10, 20, 7, 6, 90, 5, 4},
	object:      {0, 5, 0, 8, 15, 10, 10, 15, 10, 5, 10, 3, 90, 3},
	infinitive:  {0, 40, 40, 5, 60, 20, 20, 10, 0, 10, 8, 90, 5, 90},
}

// beforeEnd has the cost in tenths of a word of a class before a mark or at the end.
var beforeEnd = [classes]uint8{
	conjunction: 40, preposition: 25, determiner: 30, pronoun: 30, auxiliary: 15, adjective: 10, verb: 7, adverb: 6,
	number: 10, infinitive: 20,
}

// englishClasses returns the classes of the words of a sentence, as the word before sees each and
// as the word behind it does.
func englishClasses(s *sentence) (opens, binds []wordClass) {
	words := s.words
	opens, binds = make([]wordClass, len(words)), make([]wordClass, len(words))
	known := make([]readings, len(words))
	from := make([][maxReadings]uint8, len(words)) // the reading of the word before that is best before each
	var best [maxReadings]int                      // the least cost of all words so far, for each reading of the last
	before, clause := "", true
	for i, w := range words {
		known[i] = englishReadings(w, s.bare[i], before, clause || s.shouts)
		was := best
		for k, r := range known[i].all() {
			best[k] = int(follows[content][r.opens])
			if i > 0 {
				best[k], from[i][k] = cheapest(&known[i-1], was, r.opens, clause)
			}
			best[k] += int(r.cost)
		}
		before, clause = s.bare[i], endsClause(w)
	}
	k := uint8(0)
	if n := len(words); n > 0 {
		_, k = cheapest(&known[n-1], best, content, true)
	}
	for i := len(words) - 1; i >= 0; i-- {
		r := known[i].of[k]
		opens[i], binds[i] = r.opens, r.binds
		k = from[i][k]
	}
	return opens, binds
}

// cheapest returns the least of costs, one for each reading of a word, with what it costs to go on
// from it to a word of the class next, and the index of its reading; see step.
func cheapest(word *readings, costs [maxReadings]int, next wordClass, clause bool) (cost int, index uint8) {
	for k, r := range word.all() {
		if c := costs[k] + step(r.binds, next, clause); k == 0 || c < cost {
			cost, index = c, uint8(k)
		}
	}
	return cost, index
}

// step returns the cost of a word of one class before one of another, or before the end where that
// is content. A clause may end between them where clause is set.
func step(word, next wordClass, clause bool) int {
	anew := int(beforeEnd[word]) + int(follows[content][next])
	switch {
	case next == content:
		return anew
	case clause:
		return min(anew, int(follows[word][next]))
	}
	return int(follows[word][next])
}

// endsClause reports whether a mark or a dash ends the word.
func endsClause(word string) bool {
	return strings.ContainsRune(",;:—–.!?)]…\"”", lastRune(word))
}

// englishReadings returns what a word can be, given it and the one before it bare, too; anyCase says
// that a capital tells nothing about it.
func englishReadings(word, bare, before string, anyCase bool) readings {
	var r readings
	head, tail, contracted := strings.Cut(bare, "'")
	switch {
	case bare == "": // a dash
		r.add(conjunction, 0)
	case isNumber(bare):
		if isYear(bare) || isOldYear(bare, before) {
			r.add(noun, 0)
			r.of[0].binds = content // in 2022 | prices rose
		} else {
			r.add(number, 0)
		}
	case contracted && head == "": // 've, where a format cuts words so
		r.add(auxiliary, 0)
	default:
		r = wordReadings(word, head, anyCase)
		if r.can(particle) && isPhrasal(before, head) {
			r = readings{}
			r.add(particle, 0)
			r.add(preposition, 8)
		}
	}
	if contracted && head != "" && r.n > 0 {
		for k, one := range r.all() {
			switch {
			case one.opens == auxiliary || tail == "t": // don't
				r.of[k] = reading{auxiliary, auxiliary, 0}
			case tail != "" && tail != "s" || of(pronoun, conjunction, adverb).has(one.binds):
				r.of[k].binds = auxiliary // we've, that's, here's
			default:
				r.of[k].binds = determiner // Ann's, the workers'
			}
		}
	}
	return r
}

// wordReadings returns what a word without a contraction can be; head is its bare form.
func wordReadings(word, head string, anyCase bool) readings {
	name := !anyCase && isCapital(word) && head != "i"
	r, listed := englishWords()[head]
	switch {
	case name && isAcronym(word):
		r = readings{}
		r.add(noun, 0)
	case name && !listed:
		r.add(noun, 0)
		if hasEnding(head, nationEndings, 3) {
			r.add(adjective, 2)
		}
	case !listed:
		r = endingReadings(head)
	case name:
		r.add(noun, 3)
	case r.can(verb):
		r.add(noun, 13) // most verbs are nouns at times
	}
	return r
}

// isCapital reports whether the first letter of a word is one.
func isCapital(word string) bool {
	i := strings.IndexFunc(word, unicode.IsLetter)
	if i < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(word[i:])
	return unicode.IsUpper(r)
}

// isAcronym reports whether a word is of a few capitals, as US and II are.
func isAcronym(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			letters++
		} else if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return false
		}
	}
	return letters > 1 && letters < 6
}

// isOldYear reports whether a number behind the word before is a year, as in 1170.
func isOldYear(bare, before string) bool {
	switch before {
	case "in", "since", "until", "till", "by", "from", "year":
		return len(bare) == 4 && bare[0] == '1' && isNumber(bare)
	}
	return false
}

// The endings of words that are in no list, the likelier class first.
const (
	descriptiveEndings = "al ic ive ous ful less able ible ary ish ian ese ern ical like ant ent ean sized style level class"
	nounEndings        = "tion sion ment ness ity ism ist ance ence ship hood dom age cy ery logy ee er or ure tism sis th"
	nationEndings      = "an ish ese ch ic i"
	verbEndings        = "ize ise ify ate"
)

// endingReadings returns what a word in no list can be by its ending.
func endingReadings(word string) readings {
	var r readings
	if stem, base := inflected(word); base.n > 0 {
		switch {
		case stem == "s":
			for _, one := range base.all() {
				if one.opens == verb || one.opens == noun {
					r.add(one.opens, one.cost)
				}
			}
			if r.can(verb) {
				r.add(noun, 8)
			}
		case stem == "ed" && base.can(verb):
			r.add(verb, 0)
			r.add(adjective, 5)
		case stem == "ing" && base.can(verb):
			r.add(verb, 0)
			r.add(adjective, 8)
			r.add(noun, 8)
		case stem == "er" && base.can(adjective):
			r.add(adjective, 0)
		case stem == "ly":
			r.add(adverb, 0)
		}
	}
	if r.n > 0 {
		return r
	}
	switch {
	case strings.Contains(word, "-"): // six-hour, knee-jerk, and spokes-woman
		r.add(adjective, 0)
		r.add(noun, 3)
	case hasEnding(word, "ly", 3):
		r.add(adverb, 0)
		r.add(adjective, 8)
	case hasEnding(word, "ing", 3):
		r.add(verb, 0)
		r.add(noun, 5)
		r.add(adjective, 8)
	case hasEnding(word, "ed", 3):
		r.add(verb, 0)
		r.add(adjective, 5)
	case hasEnding(word, nounEndings, 3):
		r.add(noun, 0)
		r.add(verb, 20)
	case hasEnding(word, descriptiveEndings, 3):
		r.add(adjective, 0)
		r.add(noun, 8)
	case hasEnding(word, verbEndings, 3):
		r.add(verb, 0)
		r.add(noun, 8)
		r.add(adjective, 8)
	case hasEnding(word, "s", 3) && !hasEnding(word, "ss us is", 1):
		r.add(noun, 0)
		r.add(verb, 10)
	default:
		r.add(noun, 0)
		r.add(adjective, 12)
		r.add(verb, 14)
	}
	return r
}

// hasEnding reports whether a word has one of the endings behind at least stem bytes.
func hasEnding(word, endings string, stem int) bool {
	for e := range strings.FieldsSeq(endings) {
		if len(word) >= len(e)+stem && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// inflected returns the readings of the listed word of which word is a regular form, and by which
// ending; none if there is no such word.
func inflected(word string) (ending string, base readings) {
	listed := englishWords()
	try := func(cut, put string) bool {
		stem, ok := strings.CutSuffix(word, cut)
		if ok && len(stem) > 1 {
			base = listed[stem+put]
			if n := len(stem); base.n == 0 && put == "" && len(cut) > 1 && n > 3 && stem[n-1] == stem[n-2] {
				base = listed[stem[:n-1]] // stopped, bigger
			}
		}
		return base.n > 0
	}
	switch {
	case try("ies", "y") || try("es", "") || try("s", ""):
		return "s", base
	case try("ied", "y") || try("ed", "") || try("ed", "e"):
		return "ed", base
	case try("ing", "") || try("ing", "e"):
		return "ing", base
	case try("ier", "y") || try("er", "") || try("er", "e") || try("iest", "y") || try("est", "") || try("est", "e"):
		return "er", base
	case try("ily", "y") || try("ly", ""):
		return "ly", base
	}
	return "", base
}

// isPhrasal reports whether a particle belongs to the verb before it even where a noun follows:
// took over the company.
func isPhrasal(verb, particle string) bool {
	for form := range strings.FieldsSeq(phrasal[particle]) {
		if verb == form || verb == form+"s" || verb == form+"ed" || verb == form+"ing" || verb == form+"d" ||
			verb == strings.TrimSuffix(form, "e")+"ing" {
			return true
		}
	}
	return false
}

// areOne reports whether words i and i+1 are one preposition, conjunction or adverb: because of, from
// behind, since then, at about a quarter to six.
func (b breaker) areOne(s *sentence, i int) bool {
	if b.lang != "en" || endsClause(s.words[i]) {
		return false
	}
	switch s.bare[i+1] {
	case "about", "above", "around", "behind", "below", "beneath", "between", "beyond", "inside", "outside", "over", "under",
		"within":
		if of(preposition, particle).has(s.binds[i]) && i+2 < len(s.words) && of(number, determiner).has(s.opens[i+2]) {
			return true
		}
	}
	for second := range strings.FieldsSeq(twoWords[s.bare[i]]) {
		if s.bare[i+1] == second {
			return true
		}
	}
	return false
}

// twoWords has what stands behind the first word of a pair that is one preposition, conjunction or
// adverb.
var twoWords = map[string]string{
	"according": "to", "ahead": "of", "all": "along around over through", "apart": "from", "as": "if though well",
	"because": "of", "before": "long then", "by": "now then", "close": "to", "down": "here there", "due": "to",
	"even": "if though when", "except": "for", "from": "above behind below beneath here inside now outside then there under within",
	"in": "here there", "instead": "of", "just": "after as before like when", "less": "than", "more": "than", "next": "to",
	"other": "than", "out": "here of there", "over": "here there", "rather": "than", "right": "here now there", "since": "then",
	"so": "that", "such": "as", "thanks": "to", "till": "now then", "until": "now recently then", "up": "here there",
}

// isDegree reports whether an English word says how exact the number behind it is.
func isDegree(bare string) bool {
	switch bare {
	case "almost", "nearly", "roughly", "approximately", "exactly", "precisely", "barely", "hardly", "merely", "only", "just":
		return true
	}
	return false
}

// isTitle reports whether a bare English word is bound to the name or the number behind it.
func isTitle(bare string) bool {
	switch bare {
	case "mr", "mrs", "ms", "miss", "dr", "doctor", "prof", "professor", "president", "senator", "secretary", "general",
		"captain", "sir", "lady", "judge", "saint", "king", "queen", "pope", "prince", "princess", "minister",
		"episode", "chapter", "page", "number", "part", "act", "scene", "room", "section", "volume",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
		"december":
		return true
	}
	return false
}

// isQuantity reports whether a bare English word says with "of" how much there is of something.
func isQuantity(bare string) bool {
	switch bare {
	case "lot", "lots", "bit", "kind", "kinds", "sort", "sorts", "type", "types", "couple", "dozens", "hundreds", "thousands",
		"millions", "number", "numbers", "pair", "half", "part", "parts", "rest", "most", "majority", "plenty", "none", "any",
		"some", "all", "many", "each", "one":
		return true
	}
	return false
}

// phrasal has the verbs of particles that are prepositions behind most others, in their base form
// and in irregular ones.
var phrasal = map[string]string{
	"on":   "carry go goes went gone take took taken switch turn move",
	"over": "take took taken hand turn",
	"in":   "bring brought give gave given",
	"down": "bring brought break broke broken calm close cut knock lay laid let put shut slow turn write wrote written",
	"off":  "break broke broken call cut put set shut switch take took taken turn",
}

// readingsOf has words that are more than one thing.
var readingsOf = []struct {
	words string
	of    []reading
}{
	{"to", []reading{{infinitive, infinitive, 0}, {preposition, preposition, 0}}},
	{"that", []reading{{conjunction, conjunction, 0}, {determiner, determiner, 6}, {pronoun, pronoun, 6}}},
	{"this these those", []reading{{determiner, determiner, 0}, {pronoun, pronoun, 6}}},
	{"her", []reading{{determiner, determiner, 0}, {object, object, 5}}},
	{"it you", []reading{{pronoun, pronoun, 0}, {object, object, 0}}},
	{"there", []reading{{adverb, adverb, 0}, {pronoun, pronoun, 2}}},
	{"all both some any each many much more most few several other another either neither such half none",
		[]reading{{determiner, determiner, 0}, {noun, noun, 7}}},
	{"one", []reading{{number, number, 2}, {noun, noun, 3}}},
	{"like", []reading{{preposition, preposition, 0}, {conjunction, conjunction, 6}, {verb, verb, 6}}},
	{"nobody somebody anybody everybody someone anyone everyone nothing something anything everything",
		[]reading{{pronoun, pronoun, 0}, {noun, noun, 3}}},
	{"so then", []reading{{conjunction, conjunction, 0}, {adverb, adverb, 3}}},
	{"since before after until till", []reading{{preposition, preposition, 0}, {conjunction, conjunction, 3}, {adverb, adverb, 9}}},
	{"have has had do does did", []reading{{auxiliary, auxiliary, 0}, {verb, verb, 3}}},
	{"will can may might", []reading{{auxiliary, auxiliary, 0}, {noun, noun, 20}}},
	{"away back forward apart aside together ahead", []reading{{particle, particle, 0}, {adverb, adverb, 3}}},
	{"up out off down", []reading{{particle, particle, 0}, {adverb, adverb, 3}, {preposition, preposition, 9}}},
	{"inside outside", []reading{{preposition, preposition, 0}, {noun, noun, 4}, {adverb, adverb, 6}}},
	{"on over in around along through by",
		[]reading{{preposition, preposition, 0}, {particle, particle, 9}, {adverb, adverb, 14}}},
	{"past", []reading{{adjective, adjective, 0}, {noun, noun, 2}, {preposition, preposition, 4}}},
	{"right left well", []reading{{adverb, adverb, 2}, {adjective, adjective, 2}, {noun, noun, 3}, {verb, verb, 8}}},
}

// commonWords are those whose class no ending tells, and verbs that are nouns as well.
var commonWords = [classes]string{
	adjective: `able absolute ancient angry average aware bitter bloody blind brave brief bright broad broken busy calm
		careful cheap chief civil clean clear clever close cold common complete complex cool correct crazy cruel current
		dark dead deaf dear decent deep dense different difficult direct dirty double dry dull eager easy elder empty
		enormous equal evil exact extra extreme fair fake familiar famous fancy far fast fat favourite favorite fierce
		final fine firm fit flat foreign former fresh front future genuine giant glad grand grave gray great grey grim
		gross happy hard harsh healthy heavy holy honest hot huge humble hungry ill immediate immense individual inner
		intense joint junior just keen key kind known late lazy lean level light likely live lone lonely long loose lost
		loud lovely lower loyal lucky mad male mass massive mature mean mere middle minor modern moral mutual naked
		narrow nasty naval near neat nice noble odd official only opposite other outer overall own pale particular plain
		pleasant plenty polite poor possible precise present pretty previous prime private proper proud public pure quick
		quiet racist rapid rare raw ready recent regular remote rich rough round royal sacred sad safe savage secret
		secular secure senior separate serious severe sharp sheer shallow short shy sick silent silly similar simple
		single slight slow smart smooth sober soft sole solid sore sorry sour spare special stable stagnant steady steep
		stiff still straight strange strict strong stupid subject sudden superb sure sweet swift tall tender tense thick
		thin tight tiny top total tough true twin ugly upper upset urgent useful usual vague vast violent warm weak
		wealthy weird wet wide wild wise worse worst worth wrong unique united
		first second third fourth fifth sixth seventh eighth ninth tenth
		new old big good bad same last next little small high low large young real whole certain entire full free open
		main major early human white black red green blue yellow brown north south east west northern southern eastern
		western world american better best so-called`,
	noun: `advance advantage age aid answer april army art attack attempt attention august battle bed bit book
		border box boy bread bus business call camp captain car care case cause center centre chance change
		chapter charge child children church city claim class coast company conflict control corner cost country
		couple course court cover crime crisis crossover crowd cup cut damage day deal death debt decade
		december degree demand design direction district doctor dog door doubt drink drive dynamics earth effect
		effort empire end episode estate evening event evidence example experience explosion eye face fact
		family farm father fear february feeling field fight figure film finger fire fish floor flour folks food
		foot force form friday friend fund game garden general genocide girl goal god government group growth
		guess guest gut half hand harbor harbour head health heart help history hold home hope horse hospital
		host hour house hundred idea image impact instance interest island issue january job journey judge july
		june kid kind king kitchen lack lady lamp land language law lead leader lesson letter life light line
		list look lot love man map march mark market matter meal men million mind minister minute moment monday
		money month moon morning mother mouth move movement music name narrative nation need network news night
		note november number october offer office officer oil order outlet oven owl package page pain paper
		parliament part party pattern peace people period person phone picture piece place plan play point
		police policy port post power president press price principle prison problem process product professor
		profit progress project promise proposal protest queen question race radio rain range rate reaction
		reason refugee regime report republic rest result rise risk river road role room rule run saint saturday
		school sea season seat secretary senator sense september series service set share ship shop shore side
		sign sir sister site size sky soldier solidarity son song sort sound source space speech spring staff
		stage stand standard star start state station status step stop storm story street strike struggle
		student study style suffering summer sun sunday support surprise system table talk target task tax team
		term terror test text theory thing thought threat thursday tide time today tomorrow ton tonight tonne
		tonnes tons top touch town track trade tradition trail train treatment trip troops trouble trust truth
		try tuesday tunnel turn type uncle union use user victim view village visit voice vote wage walk wall
		war watch water wave way wednesday week wheel wife wind window wing winter woman women wonder wood word
		work worker working-class world worth wrong year yesterday`,
	verb: `accept achieve act add admit advance affect affirm afford agree aim allow announce answer appear apply approach
		argue arrive ask assert assume attack attempt avoid base bear beat become begin believe belong blame block boil
		bomb born borrow break breathe bring build burn buy call campaign care carry catch cause celebrate challenge chance
		change charge check choose claim clean climb close collapse collect come commit compare complain complete condemn
		confirm connect consider contain continue control cook cost count cover create cross cry cut damage dance deal
		decide declare defeat defend define deliver demand deny depend describe deserve design destroy determine develop
		die differ disappear discover discuss display divide doubt draw dream dress drink drive drop earn eat emerge
		enable encourage end enforce enjoy ensure enter escape establish exist expect experience explain explode express
		extend face fail fall fear feed feel fight figure fill find finish fire fit fix flee float flood flow fly follow
		force forget forgive form found free gain gather get give go grow guess hand handle hang happen hate hear heat help
		hide hit hold hope hurt identify ignore imagine impose improve include increase indicate influence insist install
		intend introduce invade invent invest invite involve join jump keep kick kill knock know lack land last laugh lay
		lead lean learn leave lend let lie lift light link listen live look lose love maintain make manage mark marry matter
		mean measure meet mention mess mind miss mix move murder name need notice obtain occur offer open operate oppose
		oppress order organize own paint pass pay perform pick place plan plant play point pour predict prefer prepare
		present press pretend prevent produce promise promote protect protest prove provide publish pull push put raise
		reach react read realize receive recognize record recover reduce refer reflect refuse regard reject relate release
		rely remain remember remind remove repeat replace reply report represent require rescue resist respond rest result
		return reveal rise roll run rush save say search see seek seem select sell send separate serve set settle shake
		shape share shine shoot shout show shut sing sink sit sleep slow smell smile solve sound speak spend split spread
		square stand start state stay steal stick stop store strike struggle study succeed suffer suggest suit supply
		support suppose surprise surround survive suspect swim take talk teach tear tell tend terrorize test thank think
		threaten throw tie topple touch trade train travel treat trust try turn understand untangle use value vary visit
		vote wait wake walk want warn wash waste watch wear weigh welcome win wish wonder work worry write yell
		arose ate beat became been began bent bet bit blew bought bound bred broke broken brought built burnt came caught
		chose chosen clung crept dealt done drank drawn dreamt drew driven drove dug eaten fallen fed fell felt flew flown
		forgot forgotten fought found gave given gone got gotten grew grown heard held hid hidden hung hurt kept knew known
		laid lain learnt led left lent lit lost made meant met paid proven quit ran rang risen rode rose said sang sank sat
		saw seen sent shaken shone shot shown shrank shrunk shut sold sought spent spoke spoken spun stole stolen stood
		struck stuck sung sunk swam swept swore sworn taken taught thought threw thrown told took tore torn understood went
		woke woken won wore worn wrote written goes says`,
	adverb: `again ago ahead alone already always anyway anywhere abroad downstairs upstairs elsewhere enough else ever
		everywhere forever hard hence here hereby home how however indeed instead just later long maybe meanwhile
		moreover nearby never nevertheless now nowhere often once otherwise overseas perhaps please quite rather really
		seldom sometimes somewhat somewhere soon still sure therefore thus today together tomorrow tonight twice usually
		well yesterday yet also even only almost too very`,
}

// englishWords returns the readings of the words of all lists.
var englishWords = sync.OnceValue(func() map[string]readings {
	all := map[string]readings{}
	list := func(words string, class wordClass) {
		for w := range strings.FieldsSeq(words) {
			r := all[w]
			r.add(class, 0)
			all[w] = r
		}
	}
	for class, words := range breakWords["en"] {
		list(words, wordClass(class))
	}
	closed := make(map[string]bool, len(all))
	for w := range all {
		closed[w] = true
	}
	for _, some := range readingsOf {
		for w := range strings.FieldsSeq(some.words) {
			var r readings
			r.n = copy(r.of[:], some.of)
			all[w], closed[w] = r, true
		}
	}
	for class, words := range commonWords {
		for w := range strings.FieldsSeq(words) {
			if !closed[w] {
				list(w, wordClass(class))
			}
		}
	}
	return all
})

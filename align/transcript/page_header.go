package transcript

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// headerWords are what the keys of a header are made of, besides the roles of creditWords: Date:,
// Source File:, Length:.
var headerWords = set(`series serial season episode number no date dates title subtitle subject topic topics source sources
	file files filename archive description summary abstract synopsis tease teaser tagline keywords tags category categories
	published airdate aired broadcast released updated release recorded recording length duration runtime time location venue
	place event conference session track tape side reel program programme network station channel video audio mp3 slides
	website web url link links page email license licence copyright id isbn doi project collection repository accession
	language format show podcast original rights media biography bio occasion meeting present absent apologies attending
	abbreviations legend initials key conventions cast characters client company ticker quarter participant gender age
	occupation birthplace interviewee
	datum titel thema ort dauer länge folge sendung quelle beschreibung
	date titre sujet lieu durée émission fecha título tema lugar duración fuente fonte durata luogo data
	дата тема место выпуск тематика`)

// isHeaderKey reports whether a name before a colon is rather the key of a header: Source File.
func isHeaderKey(name string) bool {
	return isRole(name) || isTopic(name)
}

// isTopic reports whether a name before a colon says what the text behind it is about: Source File.
func isTopic(name string) bool {
	name, _, _ = strings.Cut(name, "(")
	return hasWord(name, headerWords) || isWordOf(aKey, name)
}

// sectionWords are what the headings of sections are made of that come again: News, Main Story.
var sectionWords = set(`news weather sport sports introduction intro outro conclusion discussion questions answers q&a summary
	overview background recap highlights interview conversation announcements feedback mail mailbag letters sponsor sponsors
	sponsorship advertisement ad ads break follow-up followup housekeeping topic topics story stories segment agenda notes opening
	closing remarks prepared resources references appendix preface foreword prologue epilogue timeline context results methods
	demo update updates headlines review reviews trivia quiz hymn prayer recipe tips analysis comment commentary
	nachrichten wetter einleitung fazit zusammenfassung gespräch werbung météo actualités entretien publicité noticias tiempo
	entrevista publicidad conclusión notizie meteo intervista conclusione notícias entrevista новости погода`)

var sectionBefore = set(`the a main top local world good bad final first second last next short more our today's week's this of and`)

// isSection reports whether a line is the heading of a section, by its words.
func isSection(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' || r == ':' })
	if len(words) == 0 || !sectionWords[words[len(words)-1]] {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !sectionWords[w] && !sectionBefore[w] })
}

// isPart reports whether what has the shape of a label is rather the heading of a part, PART 1: THE FERRY or
// Chapter Two: The Ferry.
func isPart(l label) bool {
	first, number, ok := strings.Cut(l.name, " ")
	return ok && enumerators[strings.ToLower(first)] && !strings.Contains(number, " ") && l.rest != "" && isPartTitle(l.rest)
}

// isPartTitle reports whether text is the title of a part: a few words with capitals that are no sentence.
func isPartTitle(text string) bool {
	words := strings.Fields(unmark(text))
	return len(words) > 0 && len(words) <= 2*maxNameWords && !endsText(text) && !slices.ContainsFunc(words, func(w string) bool {
		return isLower(firstLetter(w)) && !nameParticles[strings.ToLower(w)]
	})
}

// partNumbers are the numbers of parts that are written out.
var partNumbers = set(`one two three four five six seven eight nine ten eleven twelve i ii iii iv v vi vii viii ix x xi xii`)

// isPartHeading reports whether a line without a colon is the heading of a part: Act Two. The Ferry.
func isPartHeading(line string) bool {
	first, rest, _ := strings.Cut(line, " ")
	number, title, _ := strings.Cut(rest, " ")
	number = strings.ToLower(strings.TrimRight(number, ".,–—-"))
	return enumerators[strings.ToLower(first)] && (partNumbers[number] || isNumber(number)) && (title == "" || isPartTitle(title))
}

// isRole reports whether a name before a colon holds a role: Presenter, Sound and Music.
func isRole(name string) bool { return hasWord(name, creditWords) || isWordOf(aRole, name) }

// hasWord reports whether one of the words before a colon, in small letters, is in a set.
func hasWord(name string, words map[string]bool) bool {
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		if words[strings.Trim(w, "():&/,#@")] {
			return true
		}
	}
	return false
}

// longestValue is the most words of the value of a key that are no sentence.
const longestValue = 40

// isValue reports whether the text behind a key is no sentence.
func isValue(rest string) bool {
	rest = strings.TrimSpace(unmark(rest))
	sentence := endsText(rest) && !strings.HasSuffix(rest, "Jr.") && !strings.Contains(rest, "://")
	return rest != "" && !sentence && len(strings.Fields(rest)) <= longestValue
}

// header makes notes of the lines that say KEY: value above the script, and below a heading within
// it. Their keys come once, before anybody who comes again, and most of them are known words; a
// role, such as Interviewer, may speak later, see isHeaderLine. Where nothing that is said would be left, it isn't a header.
func (p *page) header(count map[string]int) {
	if p.captions {
		return
	}
	script := p.items[p.start:]
	values := map[string]int{} // lines of a key whose text is no sentence
	for i := range script {
		if l := &script[i].label; l.form == colon && script[i].speech() && isValue(l.rest) {
			values[key(*l)]++
		}
	}
	block := max(headBlock(script, count), namingBlock(script, count))
	isKey := func(i int) bool {
		it := &script[i]
		if i < block {
			return true
		}
		if it.label.form != colon || !it.speech() || !isHeaderKey(it.label.name) {
			return false
		}
		if it.label.rest == "" && count[key(it.label)] == 1 { // Participants: and a list
			i++
			return i < len(script) && !script[i].spaced && !endsText(script[i].plain)
		}
		return isHeaderLine(it, count[key(it.label)], values[key(it.label)])
	}
	last, keys, single := -1, 0, false
	for i := range script {
		it := &script[i]
		if isKey(i) {
			last = i
			keys++
			single = (it.label.rest == "" || isValue(it.label.rest)) && count[key(it.label)] == 1
			continue
		}
		amid := i+1 < len(script) && isKey(i+1)
		if it.isName && (count[key(it.label)] >= 2 || endsHeader(it) && !amid) ||
			it.speech() && it.label.form == noLabel && (it.spaced || last < 0) && endsText(it.plain) {
			break
		}
	}
	if keys >= 2 || keys == 1 && single {
		for last+1 < len(script) && script[last+1].speech() && !script[last+1].spaced && !script[last+1].isName {
			last++
		}
		if !slices.ContainsFunc(script[last+1:], func(it item) bool { return it.speech() }) {
			return
		}
		p.preamble(p.start + last + 1)
		for i := range script[:last+1] {
			if it := &script[i]; it.reason == "show notes" && it.label.form == colon {
				it.reason = "header"
			}
		}
		p.start += last + 1
		script = p.items[p.start:]
	}
	partHeaders(script, count, values)
}

// isHeaderLine reports whether a line with the label of a key of a header is of one, where the label has count lines and
// values of them hold no sentence. Those of a role that comes again are turns, and the first of them may be its header,
// Host: Ada Byron, above turns that end as sentences do: where these don't, nothing tells it from what is said.
func isHeaderLine(it *item, count, values int) bool {
	switch {
	case !isRole(it.label.name):
		return isValue(it.label.rest) || count == 1
	case !isValue(it.label.rest):
		return false
	}
	return count == 1 || values == 1 && isPartTitle(it.label.rest)
}

// partHeaders makes notes of the lines KEY: value below the heading of each part, Presenter: Ada Byron. Those of a role are
// no more than the headings, and something that is said stands below them.
func partHeaders(script []item, count, values map[string]int) {
	isHeading := func(it *item) bool { return it.reason == "heading" || it.level > 0 && !it.isName }
	headings := 0
	for i := range script {
		if isHeading(&script[i]) {
			headings++
		}
	}
	below := false
	var roles []int
	for i := range script {
		it := &script[i]
		k := key(it.label)
		isKey := it.label.form == colon && it.speech() && isHeaderKey(it.label.name) && values[k] == count[k]
		switch {
		case isHeading(it):
			below, roles = true, nil
		case below && isKey && !isRole(it.label.name):
			it.reason, it.isName = "header", false
		case below && isKey && count[k] <= headings:
			roles = append(roles, i)
		case it.speech() || it.dir:
			for _, r := range roles {
				script[r].reason, script[r].isName = "header", false
			}
			below, roles = false, nil
		}
	}
}

// fewestKeys is how many lines KEY: value make a block, of which one key is known.
const fewestKeys = 3

// headBlock returns the end of the block of lines that a page may begin with: KEY: value without a blank line
// between them, each key once, no value a sentence. It is 0 where there is none, or where speech looks alike.
func headBlock(script []item, count map[string]int) int {
	n, known := 0, 0
	for n < len(script) {
		it := &script[n]
		if it.label.form != colon || it.label.sure || !it.speech() || n > 0 && it.spaced ||
			count[key(it.label)] != 1 || !isValue(it.label.rest) {
			break
		}
		if isHeaderKey(it.label.name) {
			known++
		}
		n++
	}
	if n < fewestKeys || known == 0 || n == len(script) || !script[n].spaced {
		return 0
	}
	turns, sentences := 0, 0
	for i := n; i < len(script) && turns < 2*fewestKeys; i++ {
		if it := &script[i]; it.label.form == colon && count[key(it.label)] >= 2 {
			turns++
			if endsText(it.label.rest) {
				sentences++
			}
		}
	}
	if turns == 0 || sentences*3 < turns*2 {
		return 0
	}
	return n
}

// mostKeys is the most lines KEY: value of a block that names speakers, and mostNamed the most speakers looked for in
// it: each is looked for in each.
const mostKeys, mostNamed = 40, 200

// namingBlock returns the end of the lines that a page begins with, KEY: value, each key once, of which a value names
// somebody who has labels below, in whatever language the keys are: Sunucu: Ayşe Yılmaz. Titles may stand above
// them. It is 0 where there are none.
func namingBlock(script []item, count map[string]int) int {
	var names []string // in the order of the labels
	turns, sentences := 0, 0
	seen := map[string]bool{}
	for i := range script {
		l := &script[i].label
		if l.form != colon && l.form != timed && l.form != stopped || count[key(*l)] < 2 || l.name == "" {
			continue
		}
		turns++
		if endsText(l.rest) {
			sentences++
		}
		if name := strings.ToLower(l.name); !seen[name] && !isShortLabel(l.name) && len(names) < mostNamed {
			seen[name] = true
			names = append(names, name)
		}
	}
	first := 0 // behind titles
	for first < len(script) && (!script[first].speech() || script[first].label.form != colon && !endsText(script[first].plain)) {
		first++
	}
	named := false
	n := first
	for ; n < min(len(script), first+mostKeys); n++ {
		l := &script[n].label
		if l.form != colon || !script[n].speech() || count[key(*l)] != 1 || !isValue(l.rest) {
			break
		}
		value := strings.ToLower(unmark(l.rest))
		named = named || slices.ContainsFunc(names, func(name string) bool {
			// Where turns end as sentences do, a value is known by not being one.
			return value == name || sentences*3 >= turns*2 && holdsName(value, name)
		})
	}
	if !named || n == len(script) || !script[n].spaced {
		return 0
	}
	return n
}

// holdsName reports whether a value, in small letters, has a name in it: as a word of its own, or more, where these
// are parted.
func holdsName(value, name string) bool {
	before, after, ok := strings.Cut(value, name)
	if !ok || unspacedName(name) {
		return ok
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return !wordRune(last) && !wordRune(next)
}

// endsHeader reports whether a turn of somebody who speaks once ends a header.
func endsHeader(it *item) bool {
	return !isHeaderKey(it.label.name) && endsText(it.label.rest) && mayBegin(firstLetter(it.label.rest))
}

package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bracket is what stands in brackets.
type bracket int

const (
	insertion bracket = iota // words that an editor put in: [Mohammed Talat]
	direction                // [laughs], [THEME MUSIC]
	gap                      // words are missing: [...], [inaudible]
	timestamp                // [00:12:34]
)

// set returns the set of the words of a list.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// The vocabulary of directions, in the languages that the program handles best. A
// strong word names a sound and is hardly ever part of an editor's explanation; a weak
// one can be either ([theme music], but [the music of] Bach), so that it counts only as
// the first or last word of a phrase without an article.
var (
	clipStrong = set(`clip clips soundbite soundbites einspieler`)
	clipWeak   = set(`audio video tape trailer montage recording archival footage playback`)
	beginning  = set(`begin begins beginning start starts starting play plays playing of`)
	ending     = set(`end ends ended ending stop stops over finishes`)

	musicStrong = set(`jingle interlude musik música musique musica музыка müzik muziek 音楽 音乐 音樂
		음악 موسيقى ♪ ♫`)
	musicWeak = set(`music song singing theme melody intro outro`)

	soundStrong = set(`laughs laugh laughter laughing laughed chuckle chuckles chuckling giggle giggles giggling
		applause applauds clapping claps cheering cheers sigh sighs sighing cough coughs coughing sneeze sneezes
		sniffs sniffles gasps gasping groans grunts snorts sobs sobbing weeps whispers whispering mumbles mumbling
		stammers beep beeps bleep bleeped buzzer ding whoosh sfx gunshot gunshots siren sirens barking barks
		honking chirping footsteps knocking chatter hums humming whistles whistling inhales exhales pause
		rires rire applaudissements lachen lacht gelächter applaus beifall risas risa aplausos risate
		applausi смех смеётся смеется аплодисменты 笑 拍手 笑声 掌声
		soupir soupirs soupire soupirant ricane ricanements sanglots gémit gémissements chuchote chuchotements tousse toux
		suspira suspiro suspiros ríe ríen riendo tose tosen sollozos sollozando sospira sospiri tossisce singhiozza
		ridono ridendo bisbiglia sussurra risos risada risadas soluça kichert kichern seufzt seufzen seufzend lachend
		hustet räuspert flüstert flüsternd stöhnt schluchzt schluchzen jubel смеются смеясь хохот вздыхает вздох
		кашляет плачет шепчет шёпотом всхлипывает 大笑 笑い 笑い声 笑聲 掌聲 鼓掌 叹气 嘆氣 咳嗽 ため息 웃음 박수 ضحك يضحك تضحك تصفيق`)
	soundWeak = set(`sound sounds noise noises silence crying screaming shouting yelling ringing rings throat
		static feedback break advertisement ad ads ambience ambient simultaneously`)
	soundMaker = set(`phone telephone door doors bell bells dog dogs glass crowd audience`)

	gapWords = set(`inaudible unintelligible indistinct crosstalk cross-talk incomprehensible indiscernible
		overlapping unclear garbled redacted foreign inaudibles indecipherable undecipherable incoherent inintelligible unverständlich
		ininteligible incomprensibile inaudível неразборчиво 听不清 聽不清 聞き取れず 聞き取り不能`)

	articles = set(`the a an of his her their our my your its this that these those in on at for to and or le la
		les el los las der die das il lo gli o os as`)
)

var (
	dotsAlone    = lazyRegexp(`^[\s.…\-–—_?*]*$`)
	notWordChars = func(r rune) bool {
		return !unicode.IsLetter(r) && r != '-' && r != '♪' && r != '♫' && !(r >= 0x0300 && unicode.IsMark(r)) && !isJoiner(r)
	}
)

// proceeding matches what the reporters of courts and hearings write in brackets, as whole lines.
var proceeding = lazyRegexp(`(?i)^(whereupon|thereupon|(a )?((brief|short|lunch|luncheon) )?recess(ed)?\b|` +
	`(an? |the )?(discussion|conference) (was )?(held )?off|off the record|(the )?(witness|jury|interpreter) [\w ]{0,20}` +
	`(sworn|excused|affirmed|present)|(\w+ )?exhibits? (no\. ?)?(\d|(?-i:[A-Z])\b)|(the )?(meeting|hearing|session|court|deposition|proceedings?)` +
	` (was |were |is )?(adjourned|concluded|recessed|ended|stands)|time noted|(end|beginning) of (the )?(tape|side|part|audio|recording|interview|session|file|video))`)

// longestDirection is the largest number of words in brackets inside a turn that are a
// direction: [music playing softly in the background].
const longestDirection = 8

// readBracket returns what stands between brackets in the midst of speech, by the words
// and, where these are unknown, by the shape: a phrase all in capitals is a direction (a
// single word in capitals may be an acronym that an editor explains), anything else an
// insertion. A direction that is taken for an insertion costs little, since the aligner
// may leave inserted words unspoken; words that are taken for a direction are lost.
func readBracket(content string) (bracket, Kind) {
	content = digitsOfASCII(strings.TrimSpace(content))
	switch {
	case dotsAlone().MatchString(content):
		return gap, Other
	case len(content) < 60 && hasDigit(content) && timeContent().MatchString(content):
		return timestamp, Other
	case len(content) > 200:
		return insertion, Other
	}
	words := strings.FieldsFunc(strings.ToLower(timeWithin().ReplaceAllString(content, "")), notWordChars)
	if len(words) == 0 || len(words) > longestDirection {
		return insertion, Other
	}
	known, kind := vocabulary(words)
	if !known {
		if isWordOf(anUnheard, content) {
			return gap, Other
		}
		if heard, kind := heardAs(content); heard {
			return direction, kind
		}
		if len(words) >= 2 && allCaps(content) {
			return direction, Other
		}
		return insertion, Other
	}
	if len(words) <= 3 && gapWords[words[0]] || gapWords[words[len(words)-1]] {
		return gap, Other
	}
	return direction, kind
}

// vocabulary reports whether words are those of a direction, and returns its kind.
func vocabulary(words []string) (known bool, kind Kind) {
	has := func(s map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return s[w] })
	}
	first, last := words[0], words[len(words)-1]
	edge := func(s map[string]bool) bool { return !articles[first] && (s[first] || s[last]) }
	doing := strings.HasSuffix(last, "s") || strings.HasSuffix(last, "ing") // [door closes]

	clip := has(clipStrong) || has(clipWeak) && (has(beginning) || has(ending))
	switch {
	case articles[first] && !has(soundStrong):
		return has(gapWords) && len(words) <= 4, Other
	case clip && has(musicWeak), has(musicStrong), edge(musicWeak):
		return true, Music // [MUSIC FADES], (SOUNDBITE OF SONG)
	case clip && (has(soundStrong) || edge(soundWeak)):
		return true, Sound // (SOUNDBITE OF BELLS RINGING)
	case clip && has(ending):
		return true, ClipEnd
	case clip:
		return true, ClipBegin
	case has(soundStrong), edge(soundWeak), soundMaker[first] && len(words) <= 3 && doing:
		return true, Sound
	}
	return has(gapWords) && len(words) <= 4, Other
}

// wholeLine reports whether all of a line is a direction: any line in square brackets;
// a line in parentheses or italics of known words; one in parentheses all in capitals;
// a song. It returns the text without brackets and the kind. A mark of missing words, such as [...], is no direction.
func wholeLine(text string) (content string, kind Kind, ok bool) {
	if len(text) > longestBracket {
		return "", Other, false
	}
	plain := strings.TrimSpace(unmark(text))
	if content, ok := unwrapSquare(plain); ok {
		if what, _ := readBracket(content); what == gap || what == timestamp {
			return "", Other, false
		}
		known, kind := announces(content)
		if !known && isSoundOf(content) {
			kind = Sound
		}
		return content, kind, true
	}
	if isNote(firstOf(plain)) {
		content, ok := song(plain)
		return content, Music, ok
	}
	if content, ok := unwrap(plain, '(', ')'); ok {
		if isSoundOf(content) {
			return content, Sound, true
		}
		if proceeding().MatchString(content) {
			return content, Other, true
		}
		known, kind := announces(content)
		what, _ := readBracket(content)
		return content, kind, known && kind != Other || allCaps(content) && what == direction
	}
	if strings.ContainsAny(plain, "[]()") {
		return "", Other, false // the direction is the bracket alone
	}
	if closing := closings[firstOf(plain)]; closing != 0 { // {laughs}
		content, enclosed := unwrap(plain, firstOf(plain), closing)
		known, kind := announces(content)
		if !known && isSoundOf(content) {
			known, kind = true, Sound
		}
		return content, kind, enclosed && known && kind != Other
	}
	known, kind := announces(plain)
	inner, rest, _ := marked(strings.TrimSpace(text), italicMark)
	italic := inner != "" && rest == ""
	return plain, kind, known && kind != Other && (italic || allCaps(plain)) // THEME MUSIC
}

// isNote reports whether r is a note of music, which lyrics stand between.
func isNote(r rune) bool { return strings.ContainsRune("♩♪♫♬", r) }

// song reports whether a line that begins with a note is music and nothing else: no words, those of a
// direction, or lyrics up to a last note, which keep their notes. It returns what is heard. Where
// text follows a song, or nothing ends it, the line is speech.
func song(line string) (content string, ok bool) {
	content = strings.TrimSpace(strings.TrimFunc(line, func(r rune) bool { return isNote(r) || r == ' ' }))
	if content == "" {
		return "♪", true
	}
	if words := strings.Trim(content, "()[]（）［］【】"); !strings.ContainsFunc(words, isNote) {
		if known, kind := announces(words); known && kind == Music {
			return words, true
		}
	}
	outside, before := true, ' '
	for _, r := range line {
		switch {
		case isNote(r) && !isNote(before):
			outside = !outside
		case outside && !isNote(r) && !unicode.IsSpace(r):
			return "", false
		}
		before = r
	}
	return line, outside
}

// closings are the brackets in which sounds stand beside [] and ().
var closings = map[rune]rune{'{': '}', '<': '>', '（': '）', '［': '］', '【': '】', '〔': '〕'}

// squares are those of closings that East Asia has for square ones: nothing that is said stands in them alone on a line.
var squares = []rune{'［', '【', '〔'}

// unwrapSquare returns s without a pair of square brackets, and whether they enclose all of it.
func unwrapSquare(s string) (string, bool) {
	if content, ok := unwrap(s, '[', ']'); ok || !slices.Contains(squares, firstOf(s)) {
		return content, ok
	}
	return unwrap(s, firstOf(s), closings[firstOf(s)])
}

// soundLabels begin the labels of sounds in the scripts of radio plays, SOUND: a horn, far off; soundCues may
// follow.
var (
	soundLabels = set(`sound sounds sfx fx music grams atmos ambi ambience nat nats sting stinger`)
	soundCues   = set(`effect effects sound sounds cue bed under up out in`)
)

// cueOf reports whether a label is that of a sound, and which kind of direction it announces.
func cueOf(l label) (Kind, bool) {
	if l.form != colon || l.rest == "" || !allCaps(l.name) {
		return Other, false
	}
	words := strings.Fields(strings.ToLower(l.name))
	for _, w := range words[1:] {
		if !soundCues[w] {
			return Other, false
		}
	}
	if words[0] == "music" {
		return Music, true
	}
	return Sound, soundLabels[words[0]]
}

// IsDirection reports whether a paragraph is read as a direction.
func IsDirection(paragraph string) bool {
	_, _, whole := wholeLine(paragraph)
	_, _, stars := starred(paragraph)
	return whole || stars
}

// IsDirectionWithin reports whether what stands in square brackets is read as a direction in the midst of a
// paragraph, too.
func IsDirectionWithin(bracket string) bool {
	content, ok := unwrap(bracket, '[', ']')
	what, _ := readBracket(content)
	return ok && what == direction
}

// longestSound is the most words between stars that are a sound.
const longestSound = 4

// starred returns the text of a line that is a sound between stars or in italics, *gull cries*: a few words
// that are no sentence, known as a sound, or in small letters or with a verb at the end.
func starred(text string) (content string, kind Kind, ok bool) {
	if text = strings.TrimSpace(text); text == "" || text[0] != italicMark && text[0] != '*' {
		return "", Other, false
	}
	inner, rest, ok := marked(text, italicMark)
	if !ok {
		inner, ok = unwrap(unmark(text), '*', '*')
		rest = ""
	}
	words := strings.Fields(unmark(inner))
	if !ok || rest != "" || len(words) == 0 || len(words) > longestSound || strings.ContainsAny(text, "[](){}:\"“”") {
		return "", Other, false
	}
	content = strings.Join(words, " ")
	last, _ := utf8.DecodeLastRuneInString(content)
	known, kind := announces(content)
	small := isLower(firstLetter(content))
	switch {
	case !unicode.IsLetter(last):
		return "", Other, false
	case known:
		return content, kind, true
	case !maySound(words):
		return "", Other, false
	case small:
		return content, Sound, true
	}
	return content, Other, strings.HasSuffix(content, "s") || strings.HasSuffix(content, "ing") // *Foghorn sounds*
}

// maySound reports whether words between stars, none of them known as a sound, may tell of one: several, and
// not as a sentence or a phrase in one begins.
func maySound(words []string) bool {
	first := strings.ToLower(words[0])
	return len(words) > 1 && !articles[first] && !starters[first]
}

// announces reports whether the words of text are those of a direction, and returns its
// kind.
func announces(text string) (bool, Kind) {
	words := strings.FieldsFunc(strings.ToLower(text), notWordChars)
	if len(words) == 0 || len(words) > longestDirection {
		return false, Other
	}
	if known, kind := vocabulary(words); known {
		return known, kind
	}
	return heardAs(text)
}

// unwrap returns s without a pair of brackets, and whether they enclose all of it.
func unwrap(s string, open, closing rune) (string, bool) {
	inner, ok := strings.CutPrefix(s, string(open))
	if !ok {
		return s, false
	}
	inner = strings.TrimRight(inner, ".: ")
	inner, ok = strings.CutSuffix(inner, string(closing))
	if !ok || strings.ContainsRune(inner, open) || strings.ContainsRune(inner, closing) {
		return s, false
	}
	return strings.TrimSpace(inner), true
}

// allCaps reports whether s has at least two capitals and no small letter.
func allCaps(s string) bool {
	capitals := 0
	for _, r := range s {
		if isLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2
}

package transcript

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Times stand in transcripts in many forms. They are hints for people who look for a place, drift
// like all times, and are never said: no time that is recognised is shown.
//
//	0:05    00:12:34    12:34.5    10:02 AM           a clock
//	3.05 pm                                           alone on its line
//	00:12:34:12    00:12:34;12                        with frames
//	0 minutes 6 seconds    1h02m03s    3m 20s         in words
//	[00:12]    (Time: 0:12)    00:12 - 00:15          in brackets, as a span
//	#00:12:34-5#    #00:12:34#                        of one program
//	12.34    12'34"    [12.3s]    12:34Text           where they count up, see usualTimes

const (
	hours   = `(?:hours?|hrs?|h|stunden?|std|heures?|horas?|or[ae]|uur)`
	minutes = `(?:minut(?:e|es|en|o|os|i)|mins?|m)`
	seconds = `(?:sec(?:ond|onds|onde|ondes|onden|ondo|ondi|s)?|sekunden?|segundos?|s)`
	// Those that don't end in a Latin letter: \b knows no other words.
	otherHours   = `(?:час(?:а|ов)?|小?时|小時|時間?|시간)`
	otherMinutes = `(?:минут[аы]?|分钟?|分鐘?|분)`
	otherSeconds = `(?:секунд[аы]?|秒钟?|秒鐘?|초)`
	between      = `[\s,]*(?:and\s|und\s|et\s|y\s|e\s)?`

	clockTime = `\d{1,3}:\d{2}(?::\d{2}(?:[:;]\d{2})?)?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?`
	// timeOfDay is a time with a dot, which is a number like others where nothing of this follows.
	timeOfDay = `\d{1,2}[.:]\d{2}\s?[AaPp]\.?[Mm]\b\.?`
	// wordTime has two units or three: one alone may be said.
	wordTime  = `(?:` + wordUnits + `\b|` + otherUnits + `)`
	wordUnits = `\d{1,3}\s?(?i:` + hours + between + `\d{1,2}\s?` + minutes + `(?:` + between + `\d{1,2}\s?` + seconds + `)?|` +
		minutes + between + `\d{1,2}\s?` + seconds + `)`
	otherUnits = `\d{1,3}\s?(?i:` + otherHours + `\s*\d{1,2}\s?` + otherMinutes + `(?:\s*\d{1,2}\s?` + otherSeconds + `)?|` +
		otherMinutes + `\s*\d{1,2}\s?` + otherSeconds + `)`

	timePattern = `(?:` + clockTime + `|` + wordTime + `)`
	// A time, or a span of times.
	timeSpan = timePattern + `(?:\s*[\])}>]?\s*(?:-+>?|–|—|to|bis)\s*[\[({<]?\s*` + timePattern + `)?`
	// What may name a time in brackets.
	timeWord   = `(?i:(?:time ?stamp|time ?code|time|tc|at)[:\s]\s*)?`
	inBrackets = `[\[({<]\s*` + timeWord + timeSpan + `\s*[\])}>]`
)

var (
	timeAlone = lazyRegexp(`^(?:[\s\[({<]*` + timeSpan + `|` +
		`[\[({<]\s*` + timeWord + timeSpan + `|` + wordUnits + clockTime + `|` + timeOfDay + `)[\s\])}>:]*$`)
	// unitAlone matches a line that is a time only if there are more of them.
	unitAlone = lazyRegexp(`^\d{1,3}\s(?i:` + hours + `|` + minutes + `|` + seconds + `|` +
		otherHours + `|` + otherMinutes + `|` + otherSeconds + `)$`)
	timeOfDayAlone = lazyRegexp(`^` + timeOfDay + `$`)
	timeContent    = lazyRegexp(`^` + timeWord + timeSpan + `$`)
	timeWithin     = lazyRegexp(timePattern)
	timeMarked     = lazyRegexp(`(?i:\b(?:at|bei|um|à|a)\s+)?` + timePattern)
	timeLeading    = lazyRegexp(`^(?:` + inBrackets + `|` + timeSpan + `(?:\s|$))[\s:|•·\-–—]*`)
	timeBracketed  = lazyRegexp(`^[\s|•·,\-–—]*` + inBrackets)
	timeTrailing   = lazyRegexp(`^(?:[\s|•·,@\-–—]+|\s*)` + timeSpan + `\s*$`)
	// stamp matches a time to the second amid speech, which nobody writes there but a program.
	stamp    = lazyRegexp(`(?:^|\s)\d{1,2}:\d{2}:\d{2}(?:[:;.,]\d{1,3})?(?:\s|$)`)
	timeOfF4 = lazyRegexp(`#(\d{1,2}:\d{2}(?::\d{2})?)(?:-\d{1,2})?#`)
)

// fewestStamps is how many stamps of a page show that they are none that is said.
const fewestStamps = 3

// longestTime bounds a time and what stands around it, in bytes.
const longestTime = 100

// leadingTime returns the time that s begins with, and what separates it from the text.
func leadingTime(s string) string {
	if s == "" || !isDigit(s[0]) && !strings.ContainsAny(s[:1], "[({<") {
		return ""
	}
	return timeLeading().FindString(s[:min(len(s), longestTime)])
}

// isTime reports whether a line is a time and nothing else.
func isTime(s string) bool { return len(s) < 60 && hasDigit(s) && timeAlone().MatchString(s) }

var (
	// What dates have beside their numbers, in small letters: months and days of the week, as they are written out
	// and cut short, and small words.
	dateWords = set(`january february march april may june july august september october november december
		jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
		mon tue tues wed thu thur thurs fri sat sun
		januar jänner februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag
		sonnabend sonntag janvier février mars avril juin juillet août septembre octobre novembre décembre
		lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre
		octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo gennaio febbraio aprile maggio
		giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica janeiro fevereiro
		março maio junho julho setembro outubro novembro dezembro января февраля марта апреля мая июня июля августа
		сентября октября ноября декабря`)
	dateBetween = set(`the of de del do den am le el di at г`)
	ordinal     = lazyRegexp(`^\d{1,4}(?:st|nd|rd|th|er|º|ª)?$`)
)

// isDate reports whether s is a date, January 1, 2024 or 2024年1月1日, and with it no name.
func isDate(s string) bool {
	if !hasDigit(s) {
		return false
	}
	if strings.Contains(s, "年") || strings.Contains(s, "월") {
		return strings.Trim(s, "0123456789年月日년월일 ") == ""
	}
	named, numbered := false, false
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' || r == '.' }) {
		switch {
		case dateWords[w]:
			named = true
		case ordinal().MatchString(w):
			numbered = true
		case !dateBetween[w]:
			return false
		}
	}
	return named && numbered
}

// oddTimes are forms of times that are numbers like others: each at the start of a line, with its
// hours, minutes and seconds, or the seconds alone.
var oddTimes = []func() *regexp.Regexp{
	lazyRegexp(`^()(\d{2})\.(\d{2})\s+`),
	lazyRegexp(`^[\[(]()(\d{1,2})\.(\d{2})[\])]\s*`),
	lazyRegexp(`^[\[(]?(\d{1,2})\.(\d{2})\.(\d{2})(?:[\])]\s*|\s+)`),
	lazyRegexp(`^[\[(]?()(\d{1,3})['’′](\d{2})(?:["”″]|'')(?:[\])]\s*|\s+)`),
	lazyRegexp(`^[\[(]()()(\d{1,5}(?:\.\d{1,3}s?|s))(?:\s*(?:-+>?|–)\s*\d{1,5}(?:\.\d{1,3})?s?)?[\])]\s*`),
	lazyRegexp(`^()()(\d{1,5}\.\d{1,3}s?)\s*(?:-+>?|–)\s*\d{1,5}\.\d{1,3}s?:?\s+`),
	lazyRegexp(`^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[\p{L}"“¿¡]`), // 0:07So
}

// halfDay matches what goes on with a time on a clock: 10:30am.
var halfDay = lazyRegexp(`^(?:[AaPp]\.?[Mm]|h|Uhr)\b`)

// usualTimes writes the times of lines in the usual form where they stand in one of oddTimes: on three
// lines at the least and on a quarter of them, and never earlier than on the line before.
func usualTimes(lines []line) {
	var begin []int // with a digit or a bracket
	for i := range lines {
		r := firstOf(strings.TrimLeft(lines[i].text, string(boldMark)+string(italicMark)))
		if r >= '0' && r <= '9' || r == '[' || r == '(' {
			begin = append(begin, i)
		}
	}
	if len(begin)*4 < len(lines) {
		return
	}
	for n, expression := range oddTimes {
		odd, found, before := expression(), 0, -1.0
		for _, i := range begin {
			_, _, at, ok := oddTime(lines[i].text, odd)
			if !ok {
				continue
			}
			if at < before {
				found = -1
				break
			}
			found, before = found+1, at
		}
		if found < fewestStamps || found*4 < len(lines) {
			continue
		}
		for _, i := range begin {
			l := &lines[i]
			head, rest, at, ok := oddTime(l.text, odd)
			if !ok {
				continue
			}
			if n == len(oddTimes)-1 { // the letter behind it is of the text
				_, size := utf8.DecodeLastRuneInString(l.text[:len(l.text)-len(rest)])
				rest = l.text[len(l.text)-len(rest)-size:]
			}
			whole := int(at)
			l.text = fmt.Sprintf("%s[%d:%02d:%02d] %s", head, whole/3600, whole/60%60, whole%60, rest)
		}
	}
}

// oddTime returns the seconds of the time that stands in a line behind the marks of its head, and what is
// behind it.
func oddTime(text string, odd *regexp.Regexp) (head, rest string, at float64, ok bool) {
	bare := strings.TrimLeft(text, string(boldMark)+string(italicMark))
	m := odd.FindStringSubmatch(bare[:min(len(bare), longestTime)])
	if m == nil || halfDay().MatchString(bare[len(m[0])-1:]) && wordRune(rune(m[0][len(m[0])-1])) {
		return "", "", 0, false
	}
	for _, part := range m[1:] {
		n, _ := strconv.ParseFloat(strings.TrimSuffix(part, "s"), 64) // 0 for none
		at = float64(at*60) + n
	}
	return text[:len(text)-len(bare)], bare[len(m[0]):], at, true
}

// otherTime matches the time in the digits of any script that a line begins with, and timeBehind the one that stands
// behind a name alone on its line.
var (
	otherTime  = lazyRegexp(`^[\[({<（［【〔]?\s*` + otherClock + `\s*[\])}>）］】〕]?[\s:：\-–—|]*`)
	timeBehind = lazyRegexp(`^([^.,:：。،؟?!！]{2,64}?)\s*[\[({<（［【〔\s]\s*` + otherClock + `\s*[\])}>）］】〕]?$`)
)

const otherClock = `(?:(\p{Nd}{1,2})[:：])?(\p{Nd}{1,3})[:：](\p{Nd}{2})`

// westernTimes writes the times of lines in the usual form where they are in the digits of another script or between its
// signs, ［٠١:٢٣］ or 00：12: on three lines at the least and a quarter of them, and never earlier than
// on the line before but where they start again below a list of parts.
func westernTimes(lines []line) {
	type found struct {
		i    int
		text string
	}
	var all []found
	before, restarts := -1, 0 // once, behind a list of parts
	for i := range lines {
		marks, bare := cutMarks(lines[i].text)
		name, rest := "", ""
		head := bare[:min(len(bare), 2*longestTime)]
		if !strings.ContainsFunc(head, func(r rune) bool { return isOtherDigit(r) || r == '：' || closings[r] >= utf8.RuneSelf }) {
			continue
		}
		m := otherTime().FindStringSubmatch(head)
		if m != nil && !isASCII(m[0]) {
			rest, m = bare[len(m[0]):], m[1:]
		} else if m = timeBehind().FindStringSubmatch(head); m != nil && len(bare) <= longestTime &&
			!isASCII(bare[len(m[1]):]) {
			name, m = m[1], m[2:]
		} else {
			continue
		}
		at := 0
		for _, part := range m {
			n, _ := strconv.Atoi(digitsOfASCII(part)) // 0 for none
			at = at*60 + n
		}
		if at < before {
			if restarts++; restarts > 1 {
				return
			}
		}
		before = at
		clock := fmt.Sprintf("[%d:%02d:%02d]", at/3600, at/60%60, at%60)
		if name != "" {
			clock = strings.TrimSpace(name) + " " + clock
		} else if rest != "" {
			clock += " " + rest
		}
		all = append(all, found{i, marks + clock})
	}
	if len(all) < fewestStamps || len(all)*4 < len(lines) {
		return
	}
	for _, f := range all {
		lines[f.i].text = f.text
	}
}

// cutMarks returns the marks that a line begins with, and the rest.
func cutMarks(s string) (marks, bare string) {
	bare = strings.TrimLeft(s, string(boldMark)+string(italicMark))
	return s[:len(s)-len(bare)], bare
}

// hint is a time that a file gives, if it is known.
type hint struct {
	at    time.Duration
	known bool
}

// digitsOfASCII returns s with the decimal digits of other scripts as those of ASCII.
func digitsOfASCII(s string) string {
	if !strings.ContainsFunc(s, isOtherDigit) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isOtherDigit(r) {
			return '0' + digitValue(r)
		}
		return r
	}, s)
}

// isOtherDigit reports whether r is a decimal digit of another script than ASCII's.
func isOtherDigit(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Nd, r) }

// digitValue returns what a decimal digit stands for: those of a script follow each other in Unicode, from zero, and
// the ranges of a block are of ten.
func digitValue(r rune) rune {
	for n := range rune(10) {
		if !unicode.Is(unicode.Nd, r-n-1) {
			return n
		}
	}
	return (r - 0x1D7CE) % 10 // those of mathematics, which follow each other five times
}

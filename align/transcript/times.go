package transcript

import (
	"regexp"
	"strings"
)

// Times stand in transcripts in many forms. They are hints for people who look for a place, drift
// like all times, and are never said: no time that is recognised is shown.
//
//	0:05    00:12:34    12:34.5    10:02 AM           a clock
//	00:12:34:12    00:12:34;12                        with frames
//	0 minutes 6 seconds    1h02m03s    3m 20s         in words
//	[00:12]    (Time: 0:12)    00:12 - 00:15          in brackets, as a span
//	#00:12:34-5#                                      of one program

const (
	hours   = `(?:hours?|hrs?|h|stunden?|std|heures?|horas?|or[ae]|uur|час(?:а|ов)?)`
	minutes = `(?:minut(?:e|es|en|o|os|i)|mins?|m|минут[аы]?)`
	seconds = `(?:sec(?:ond|onds|onde|ondes|onden|ondo|ondi|s)?|sekunden?|segundos?|s|секунд[аы]?)`
	between = `[\s,]*(?:and\s|und\s|et\s|y\s|e\s)?`

	clockTime = `\d{1,3}:\d{2}(?::\d{2}(?:[:;]\d{2})?)?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\b\.?)?`
	// wordTime has two units or three: one alone may be said.
	wordTime = `\d{1,3}\s?(?i:` + hours + between + `\d{1,2}\s?` + minutes + `(?:` + between + `\d{1,2}\s?` + seconds + `)?|` +
		minutes + between + `\d{1,2}\s?` + seconds + `)\b`

	timePattern = `(?:` + clockTime + `|` + wordTime + `)`
	// A time, or a span of times.
	timeSpan = timePattern + `(?:\s*[\])}>]?\s*(?:-+>?|–|—|to|bis)\s*[\[({<]?\s*` + timePattern + `)?`
	// What may name a time in brackets.
	timeWord   = `(?i:(?:time ?stamp|time ?code|time|tc|at)[:\s]\s*)?`
	inBrackets = `[\[({<]\s*` + timeWord + timeSpan + `\s*[\])}>]`
)

var (
	timeAlone = regexp.MustCompile(`^(?:[\s\[({<]*` + timeSpan + `|` + `[\[({<]\s*` + timeWord + timeSpan + `)[\s\])}>:]*$`)
	// unitAlone matches a line that is a time only if there are more of them.
	unitAlone     = regexp.MustCompile(`^\d{1,3}\s(?i:` + hours + `|` + minutes + `|` + seconds + `)$`)
	timeContent   = regexp.MustCompile(`^` + timeWord + timeSpan + `$`)
	timeWithin    = regexp.MustCompile(timePattern)
	timeLeading   = regexp.MustCompile(`^(?:` + inBrackets + `|` + timeSpan + `(?:\s|$))[\s:|•·\-–—]*`)
	timeBracketed = regexp.MustCompile(`^[\s|•·,\-–—]*` + inBrackets)
	timeTrailing  = regexp.MustCompile(`^(?:[\s|•·,@\-–—]+|\s*)` + timeSpan + `\s*$`)
	// stamp matches a time to the second amid speech, which nobody writes there but a program.
	stamp    = regexp.MustCompile(`(?:^|\s)\d{1,2}:\d{2}:\d{2}(?:[:;.,]\d{1,3})?(?:\s|$)`)
	timeOfF4 = regexp.MustCompile(`#(\d{1,2}:\d{2}:\d{2})-\d#`)
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
	return timeLeading.FindString(s[:min(len(s), longestTime)])
}

// isTime reports whether a line is a time and nothing else.
func isTime(s string) bool { return len(s) < 60 && hasDigit(s) && timeAlone.MatchString(s) }

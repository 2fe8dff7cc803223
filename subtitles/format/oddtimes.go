package format

import (
	"strings"
	"unicode"
)

// Times that no standard knows are read where there is no doubt what they mean: with any
// arrow or dash between them, or none, with blanks, semicolons, full stops or figures of
// another script, in brackets, with a minus, as programs write it that moved a file to
// before its start.

const (
	arrowDashes = `-–—−‐‑‒―`
	arrow       = `[` + arrowDashes + `][` + arrowDashes + ` ]*>`
	anyArrow    = `[` + arrowDashes + `<=~_>›»》→⇒⇨⟶⟹➔➙➜➝➞➡]`
	// oddClock is up to four numbers, see tidyTime.
	oddClock = `\d{1,6}(?:\s*[:;.,'"hms]\s*-?\d{1,9}){1,3}`
)

var (
	oddTimes = lazyRegexp(`^[\s\[(]*([-−–]?)\s*(` + oddClock + `)` +
		`(\s+|\s*,\s*|[\s\])]*` + anyArrow + `(?:[\s\[(]|&gt;|` + anyArrow +
		`)*?)([-−–]?)(` + oddClock + `)(?:[\s\])}].*|[.,;]\s*|[A-Za-z]+:.*)?$`)
	clockEnd = lazyRegexp(`(\d)\s?[sSZ](\W|$)`) // a unit behind the fraction
	// plainTimes are those that all players know, in either format.
	plainTimes = lazyRegexp(`^(?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3}(?:\s.*)?$`)
)

// readOddTimes reads a line of times in any of these forms. The times it returns are such
// as parseCueTime takes.
func readOddTimes(line string) (start, end string, ok bool) {
	m := oddTimes().FindStringSubmatch(clockEnd().ReplaceAllString(line, "$1$2"))
	if m == nil {
		return "", "", false
	}
	between := arrowHead().ReplaceAllString(m[3], "")
	if m[4] != "" && between == m[3] {
		m[4] = "" // a dash between the two, not a minus
	}
	if weak := strings.Trim(m[3], " \t,") == ""; weak && (countParts(m[2]) < 4 || countParts(m[5]) < 4) {
		return "", "", false // it may be one time in pieces
	}
	start, startOK := tidyTime(m[1] + m[2])
	end, endOK := tidyTime(m[4] + m[5])
	if !startOK || !endOK {
		return "", "", false
	}
	return start, end, true
}

var (
	clockPart = lazyRegexp(`\d+`)
	clockMark = lazyRegexp(`[:;.,'"hms]`)
)

// countParts returns how many numbers a time has.
func countParts(clock string) int { return len(clockPart().FindAllString(clock, -1)) }

// tidyTime returns a time that matches oddClock with its signs as they should be: hours,
// minutes, seconds and their fraction, of which the first ones or the last may be missing. ok is
// false where the last number may count frames, and where one is too large.
func tidyTime(s string) (tidy string, ok bool) {
	parts := clockPart().FindAllString(s, -1)
	marks := clockMark().FindAllString(s, -1)
	last := marks[len(marks)-1]
	isPoint := func(mark string) bool { return strings.Contains(`.,'"s`, mark) }
	var fraction string
	switch n := len(parts); {
	case n == 4 && !isPoint(last) && len(parts[3]) != 3:
		return "", false
	case n == 4,
		n == 3 && isPoint(last) && (last != marks[0] || len(parts[2]) > 2),
		n == 3 && len(parts[2]) == 3,
		n == 2 && isPoint(last):
		fraction, parts = "."+parts[n-1], parts[:n-1]
	}
	for i, p := range parts {
		if len(p) > 2 && (i > 0 || len(parts) < 3 && len(parts) > 1) || len(parts) == 3 && len(p) > 4 {
			return "", false
		}
	}
	if strings.ContainsAny(s, "-−–") {
		tidy = "-"
	}
	return tidy + strings.Join(parts, ":") + fraction, true
}

// plainFigures returns a line with figures and signs of another width or script as those of
// ASCII, its blanks as spaces, and without marks that nobody sees, unless writers of ours put
// them there.
func plainFigures(line string) string {
	ascii := true
	for i := 0; i < len(line) && ascii; i++ {
		ascii = line[i] < 0x80
	}
	if ascii || strings.Contains(line, wordJoiner) {
		return line
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r < 0x80:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Nd, r):
			return '0' + figure(r)
		}
		return r
	}, line)
}

// figure returns the value of a decimal figure: those of a script stand in Unicode one behind
// the other, from 0 on.
func figure(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

package format

import (
	"strconv"
	"strings"
	"unicode"
)

// A line of times that can't be read must not pass for text: its cue would vanish in the
// one before. Such a line is told by its shape, and where the shape is weak by its place.

// shape is how much a line looks like the times of a cue.
type shape int

const (
	noTimes   shape = iota
	twoClocks       // the figures of two clocks, whatever stands between them
	arrowed         // two clocks and an arrow of any form
	pointed         // a clock on one side of -->, and what may have been one on the other
)

var (
	arrowHead   = lazyRegexp(`>|&gt;|[→⇒⇨⟶⟹➔➙➜➝➞➡›»》]`)
	cueSettings = lazyRegexp(`\s[A-Za-z]+\d?:.*$`) // of WebVTT, and coordinates of SubRip
)

// arrowShafts are what may stand before the head of an arrow, and what may follow it.
const (
	arrowShafts = " \t-–—−‐‑=~_"
	arrowTails  = " \t>›»→》"
)

// timesShape returns the shape of a line. One with a word joiner is text that writeSRT
// has disarmed.
func timesShape(line string) shape {
	const longest, figures = 200, 4 // bytes of a line, and the digits of a clock
	if len(line) > longest || !hasDigits(line, figures) || strings.Contains(line, wordJoiner) {
		return noTimes
	}
	if !hasDigits(line, 2*figures) && !arrowHead().MatchString(line) {
		return noTimes // as most text with a figure in it, and quickly
	}
	line = cueSettings().ReplaceAllString(line, "")
	if left, right, ok := strings.Cut(line, "-->"); ok {
		l, r := countClock(left), countClock(right)
		if l.isClock() && r.mayBeClock(l) || r.isClock() && l.mayBeClock(r) {
			return pointed
		}
	}
	if head := arrowHead().FindStringIndex(line); head != nil {
		left := strings.TrimRight(line[:head[0]], arrowShafts)
		right := strings.TrimLeft(line[head[1]:], arrowTails)
		if countClock(left).isClock() && countClock(right).isClock() {
			return arrowed
		}
	}
	if c := countClock(line); c.digits >= 2*figures && c.marks >= 3 && c.letters <= 3 && c.others <= 8 {
		return twoClocks
	}
	return noTimes
}

// hasDigits reports whether s has at least n digits.
func hasDigits(s string, n int) bool {
	for i := 0; i < len(s) && n > 0; i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n--
		}
	}
	return n <= 0
}

// clockCount counts what a text that may be a clock consists of.
type clockCount struct {
	digits         int // letters that scanners read for digits among them
	marks, colons  int // : ; . , and how many of these are : or ;
	letters, signs int
	others         int
}

func countClock(s string) (c clockCount) {
	for field := range strings.FieldsSeq(s) {
		figures := strings.ContainsAny(field, "0123456789:;")
		for _, r := range field {
			switch {
			case r >= '0' && r <= '9' || figures && strings.ContainsRune("OolI|", r):
				c.digits++
			case r == ':' || r == ';':
				c.colons++
				c.marks++
			case r == '.' || r == ',':
				c.marks++
			case unicode.IsLetter(r):
				c.letters++
			case strings.ContainsRune("+-–—−", r):
				c.signs++
			default:
				c.others++
			}
		}
	}
	return c
}

// isClock reports whether the text is a clock with at most two letters or signs too many.
func (c clockCount) isClock() bool {
	return c.digits >= 4 && c.digits <= 12 && (c.colons > 0 || c.marks > 1) && c.letters+c.others <= 2 && c.signs <= 1
}

// mayBeClock reports whether the text may be what is left of a clock, opposite to other.
func (c clockCount) mayBeClock(other clockCount) bool {
	const precise = 7 // digits of a clock with a fraction
	return c.digits <= 12 && c.letters+c.others+c.signs <= 3 && (c.digits > 0 || c.letters == 0 || other.digits >= precise)
}

// quotedLine returns a line of a file for errors.
func quotedLine(line string) string {
	const longest = 60 // runes
	runes := []rune(Clean(line))
	if len(runes) > longest {
		return strconv.Quote(string(runes[:longest]) + "…")
	}
	return strconv.Quote(string(runes))
}

const timesAdvice = "write start --> end, as in 00:00:01.000 --> 00:00:02.500"

// Suspect returns a warning of the first line that looks like the times of a cue, for a
// decoded file in which no cues were found; ok is false where no line does.
func Suspect(text string) (w Warning, ok bool) {
	i := 0
	for line := range strings.SplitSeq(text, "\n") {
		i++
		_, _, times := cueTimes(line)
		switch {
		case isTimeLine(line): // among text
			return Warning{LeftOut, i, "has the times of one, " + quotedLine(line) +
				": name the file .srt or .vtt, or put the number of the cue above them"}, true
		case times || timesShape(line) > noTimes:
			return Warning{LeftOut, i, "looks like the times of one, " + quotedLine(line) + ": " + timesAdvice}, true
		}
	}
	return Warning{}, false
}

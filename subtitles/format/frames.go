package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Captions of one line each are read, too: MicroDVD, whose times are numbers of frames in
// braces, and MPL2, whose times are tenths of a second in brackets.

var (
	frameTimes = lazyRegexp(`^\s*(?:\{\s*(\d{1,9})\s*\}\s*\{\s*(\d{0,9})\s*\}|\[(\d{1,9})\]\s*\[(\d{0,9})\])(.*)$`)
	frameLike  = lazyRegexp(`^\s*(?:\{[^{}]{1,12}\}\s*\{[^{}]{0,12}\}|\[[^][]{1,12}\]\s*\[[^][]{0,12}\])`)
	frameCode  = lazyRegexp(`\{([A-Za-z]):([^{}]*)\}`)
)

// usualRate is the rate of MicroDVD that says none, in frames a second: that of films.
const usualRate = 24000.0 / 1001

// isFrames reports whether most lines begin with such times, the first one among them.
func isFrames(head []string) bool {
	timed := 0
	for _, line := range head {
		if frameTimes().MatchString(line) {
			timed++
		}
	}
	return frameTimes().MatchString(head[0]) && timed*4 >= len(head)*3
}

// readFrames reads MicroDVD and MPL2 (https://en.wikipedia.org/wiki/MicroDVD). The first line
// of MicroDVD may hold the rate of its frames. A cue without an end lasts until the next one.
// nil for what is none.
func readFrames(lines []string) *File {
	f := &File{}
	r := &markupReader{}
	rate, given, frames := usualRate, false, 0 // how many cues are counted in frames
	timed, others := 0, 0
	var open []int // cues without an end
	for i, line := range lines {
		m := frameTimes().FindStringSubmatch(line)
		if m == nil {
			switch text := Clean(line); {
			case text == "":
			case strings.HasPrefix(text, "{DEFAULT}"): // codes for all cues
				f.Notes = append(f.Notes, Note{Text: text, Number: i + 1})
			case timed > 0 && frameLike().MatchString(line):
				others++
				f.warn(LeftOut, i+1, "the times can't be read, "+quotedLine(line)+": give numbers")
				f.Cues = append(f.Cues, Cue{Confidence: 1, Number: i + 1})
			default:
				others++
				f.Notes = append(f.Notes, Note{Text: text, Number: i + 1, Stray: true})
			}
			continue
		}
		timed++
		unit := 1.0 / 10
		if m[1] != "" {
			if v, err := strconv.ParseFloat(strings.TrimSpace(strings.Replace(m[5], ",", ".", 1)), 64); timed == 1 && m[1] == m[2] &&
				err == nil && v >= 1 && v <= 1000 {
				rate, given = v, true
				continue
			}
			frames++
			unit = 1 / rate
		}
		c := Cue{Confidence: 1, Number: i + 1}
		start, end := frameTime(m[1]+m[3], unit), frameTime(m[2]+m[4], unit)
		if m[2]+m[4] == "" {
			open = append(open, len(f.Cues))
			c.Start, c.End = start, start
		} else {
			c.Segment = f.segment(start, end, i+1, "give it a later end")
		}
		c.Lines = markup{srtTag(), `<{\`, false, srtText}.lines(r, &c, frameLines(m[5], i+1))
		f.Cues = append(f.Cues, c)
	}
	if timed < 1 || others > timed || len(f.Cues) == 0 {
		return nil
	}
	f.endOpen(open)
	if frames > 0 && !given {
		f.warn(NoTime, f.Cues[0].Number, fmt.Sprintf("the frame rate isn't said, %.3f is taken: put {1}{1}25 above all, "+
			"say, or give --stretch", usualRate))
	}
	return f
}

// frameTime returns the time of a number of units, to the millisecond; 0 for "".
func frameTime(number string, unit float64) time.Duration {
	n, _ := strconv.Atoi(number) // at most nine digits
	return time.Duration(float64(n) * unit * float64(time.Second)).Round(time.Millisecond)
}

// openEnded is how long a cue is shown that nothing ends.
const openEnded = 5 * time.Second

// endOpen ends cues that have no end, given by their places in order, where the next one
// begins, at the latest after a while.
func (f *File) endOpen(open []int) {
	next := time.Duration(-1) // the start of a cue behind
	for i := len(f.Cues) - 1; i >= 0 && len(open) > 0; i-- {
		c := &f.Cues[i]
		if i+1 < len(f.Cues) && f.Cues[i+1].Start > c.Start {
			next = f.Cues[i+1].Start
		}
		if open[len(open)-1] != i {
			continue
		}
		open = open[:len(open)-1]
		if c.End = c.Start + openEnded; next > c.Start {
			c.End = min(c.End, next)
		}
	}
}

// frameLines returns the lines of a cue, which bars part, with their codes as tags: those in
// capitals are for all lines that follow, others for one. A slash makes a line italic.
func frameLines(text string, number int) []textLine {
	const most = 8 // tags of a line
	var all []textLine
	var lasting []tag
	for line := range strings.SplitSeq(text, "|") {
		var tags []tag
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "/"); ok {
			tags, line = []tag{{"<i>", "</i>"}}, rest
		}
		line = frameCode().ReplaceAllStringFunc(line, func(code string) string {
			made := frameTags(code[1], strings.TrimSpace(code[3:len(code)-1]))
			for _, t := range made {
				switch known := slices.Contains(lasting, t) || slices.Contains(tags, t); {
				case known || len(lasting)+len(tags) == most:
				case code[1] < 'a':
					lasting = append(lasting, t)
				default:
					tags = append(tags, t)
				}
			}
			return ""
		})
		for _, t := range slices.Backward(slices.Concat(lasting, tags)) {
			line = t.open + line + t.end
		}
		all = append(all, textLine{number: number, text: line})
	}
	return all
}

// frameTags returns the tags of SubRip for a code of MicroDVD: letters of styles, or a colour
// of which blue stands first.
func frameTags(code byte, value string) (tags []tag) {
	switch code {
	case 'y', 'Y':
		for letter := range strings.SplitSeq(strings.ToLower(value), ",") {
			if letter = strings.TrimSpace(letter); len(letter) == 1 && strings.Contains("bius", letter) {
				tags = append(tags, tag{"<" + letter + ">", "</" + letter + ">"})
			}
		}
	case 'c', 'C':
		if v := strings.ToLower(strings.TrimPrefix(value, "$")); len(v) == 6 && isHex(v) {
			tags = append(tags, tag{`<font color="#` + v[4:] + v[2:4] + v[:2] + `">`, "</font>"})
		}
	}
	return tags
}

package subtitles

import (
	"time"

	"cuewright/subtitles/format"
)

// Finding is a rule of a preset that a cue breaks, by how much, and what would be
// allowed.
type Finding struct {
	Cue   int // index into the cues; -1 for one that is none of them
	Line  int // of the file, from 1, where the rule is one for files; 0 elsewhere
	Rule  string
	Value float64
	Limit float64
}

// Level is how bad a finding is.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Level returns how bad it is to break the rule: players stumble over cues that are out of
// order, overlap or hold nothing, and don't show those whose times they can't read; the rest
// is style.
func (f Finding) Level() Level {
	switch f.Rule {
	case RuleOrder, RuleOverlap, RuleNoText, RuleTimes, RuleHidden:
		return Error
	}
	return Warning
}

// The rules of Lint with the unit of their values.
const (
	RuleOrder      = "order"              // seconds from the previous cue's start: at least 0
	RuleOverlap    = "overlap"            // seconds that it overlaps the previous cue
	RuleLineWidth  = "line width"         // columns
	RuleLines      = "lines"              // lines
	RuleSpeakers   = "speakers"           // speakers in a cue
	RuleCharSpeed  = "reading cps"        // columns a second
	RuleWordSpeed  = "reading wpm"        // words a minute
	RuleShortest   = "shortest"           // seconds
	RuleLongest    = "longest"            // seconds
	RuleGap        = "gap"                // seconds to the next cue: at least
	RuleOpenGap    = "open gap"           // seconds to the next cue that should be closed
	RulePause      = "pause"              // seconds of silence within a cue
	RuleEarly      = "early"              // seconds before the first word
	RuleLate       = "late"               // seconds after the first word
	RuleCutOff     = "cut off"            // seconds before the last word's end
	RuleLingers    = "lingers"            // seconds after the last word
	RuleNoText     = "no text"            // a cue of nothing
	RuleTimes      = "times"              // none: times that are wrong, or in a form that players may not know
	RuleHidden     = "hidden text"        // none: text that players don't show
	leastTolerance = 2 * time.Millisecond // as both ends of a time are rounded
	speedTolerance = 1 + 1e-6
)

// Lint returns the rules of p that the cues break, in the order of the cues. Cues are
// judged in the order given. Rules on words need their times and are passed over
// where there are none, as in the cues of most files.
func Lint(cues []format.Cue, p Preset) []Finding {
	l := linter{Preset: p, cues: cues, before: p.speakersBefore(cues)}
	for i := range cues {
		l.cue = i
		l.place()
		if l.text() {
			l.words()
		}
	}
	return l.found
}

// LintFile returns the rules that a file breaks by what is wrong with its cues, see Read, of
// which cues are those that were read.
func LintFile(cues []format.Cue, warnings []format.Warning) []Finding {
	byLine := map[int]int{}
	for i, c := range cues {
		byLine[c.Number] = i
	}
	var found []Finding
	for _, w := range warnings {
		f := Finding{Cue: -1, Line: w.Number, Rule: RuleTimes}
		if w.Kind == format.Hidden {
			f.Rule = RuleHidden
		}
		if i, ok := byLine[w.Number]; ok && w.Kind != format.LeftOut {
			f.Cue = i
		}
		found = append(found, f)
	}
	return found
}

// linter is the state of Lint.
type linter struct {
	Preset
	cues   []format.Cue
	before []string // who spoke before each of them
	cue    int      // that is judged
	found  []Finding
}

func (l *linter) add(rule string, value, limit float64) {
	l.found = append(l.found, Finding{Cue: l.cue, Rule: rule, Value: value, Limit: limit})
}

// tolerance returns by how much a time may be off its limit: both of its ends are rounded to the unit of the format,
// or of the file.
func (l *linter) tolerance() time.Duration { return max(leastTolerance, l.Unit, l.cues[l.cue].Unit) }

// under finds a time below its limit, with a grace for rounded ones.
func (l *linter) under(rule string, value, limit time.Duration) {
	if value < limit-l.tolerance() {
		l.add(rule, value.Seconds(), limit.Seconds())
	}
}

// over finds a time above its limit, with the same grace.
func (l *linter) over(rule string, value, limit time.Duration) {
	if value > limit+l.tolerance() {
		l.add(rule, value.Seconds(), limit.Seconds())
	}
}

// place judges where the cue stands among the others.
func (l *linter) place() {
	c := l.cues[l.cue]
	if l.cue > 0 {
		before := l.cues[l.cue-1]
		l.under(RuleOrder, c.Start-before.Start, 0)
		l.over(RuleOverlap, before.End-c.Start, 0)
	}
	if l.cue+1 == len(l.cues) {
		return
	}
	if gap := l.cues[l.cue+1].Start - c.End; gap >= 0 {
		l.under(RuleGap, gap, l.Gap)
		if gap < l.CloseGap-l.tolerance() && c.Duration()+gap-l.Gap <= l.Longest {
			l.over(RuleOpenGap, gap, l.Gap)
		}
	}
}

// text judges the lines and how long there is to read them; it reports whether there
// are any.
func (l *linter) text() bool {
	c := l.cues[l.cue]
	texts := l.label().Texts(c, l.before[l.cue])
	if len(texts) == 0 {
		l.add(RuleNoText, 0, 1)
		return false
	}
	if len(texts) > l.Lines {
		l.add(RuleLines, float64(len(texts)), float64(l.Lines))
	}
	for _, text := range texts {
		if n := format.Columns(text); n > l.LineWidth {
			l.add(RuleLineWidth, float64(n), float64(l.LineWidth))
		}
	}
	if c.HasSeveralSpeakers() && !l.tellsApart(c) {
		l.add(RuleSpeakers, 2, 1)
	}

	l.over(RuleLongest, c.Duration(), l.Longest)
	r := l.extent(c, l.before[l.cue])
	seconds, labels := max(c.Duration(), time.Millisecond).Seconds(), r.labels.Seconds()
	chars, words := l.Speed.CharsPerSecond, l.Speed.WordsPerMinute
	if v := (float64(r.columns) + float64(chars*labels)) / seconds; chars > 0 && v > chars*speedTolerance {
		l.add(RuleCharSpeed, v, chars)
	}
	if v := (float64(60*float64(r.words)) + float64(words*labels)) / seconds; words > 0 && v > words*speedTolerance {
		l.add(RuleWordSpeed, v, words)
	} else {
		l.under(RuleShortest, c.Duration(), l.shortest(r)) // a speed too, where it grows with the words
	}
	return true
}

// tellsApart reports whether the style has a way to tell who says which line of a cue: that of
// the file where it is one.
func (l *linter) tellsApart(c format.Cue) bool {
	label := l.label()
	if len(l.Colors) == 0 {
		return label.HasDashes() || label == format.NoLabel || label == format.OwnLabel
	}
	labels := label.Before(c, l.before[l.cue])
	var before *format.Line // that is no sound
	for k := range c.Lines {
		line := &c.Lines[k]
		if line.Sound || len(line.Words) == 0 {
			continue
		}
		same := func(b *format.Line) bool { return colorOf(b.Words) == colorOf(line.Words) }
		if before != nil && before.Speaker != line.Speaker && labels[k] == "" && same(before) {
			return false
		}
		before = line
	}
	return true
}

// words judges the times of the cue by those of its words.
func (l *linter) words() {
	c := l.cues[l.cue]
	first, last, pause, timed := wordTimes(c)
	if !timed {
		return
	}
	l.over(RuleEarly, first-c.Start, l.Early)
	l.over(RuleLate, c.Start-first, l.Late)
	// A cue may stay longer to stand its shortest time, or to close a gap, and less long to keep one.
	least := l.shortest(l.extent(c, l.before[l.cue]))
	allowed, early := max(l.Linger, c.Start+least-last), time.Duration(0)
	if l.cue+1 < len(l.cues) && l.cues[l.cue+1].Start-c.End <= l.Gap+l.tolerance() {
		allowed += l.CloseGap
		early = l.Gap
	}
	if !l.FrameRate.IsZero() {
		allowed += l.FrameRate.Time(1) // as a frame is shown or not
		early += l.FrameRate.Time(2)   // where the longest cue is that of its words, its start is rounded, too
	}
	l.over(RuleCutOff, last-c.End, early)
	l.over(RulePause, pause, longestPause)
	if linger := c.End - last; linger > allowed+l.tolerance() {
		l.add(RuleLingers, linger.Seconds(), l.Linger.Seconds())
	}
}

// wordTimes returns when the speech of a cue begins and ends and its longest pause;
// timed is false where its words have no times.
func wordTimes(c format.Cue) (first, last, pause time.Duration, timed bool) {
	for _, line := range c.Lines {
		for _, w := range line.Words {
			if line.Sound || w.End <= w.Start {
				return 0, 0, 0, false
			}
			if !timed {
				first, timed = w.Start, true
			} else {
				pause = max(pause, w.Start-last)
			}
			last = w.End
		}
	}
	return first, last, pause, timed
}

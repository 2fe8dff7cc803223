package subtitles

import (
	"time"

	"cuewright/subtitles/format"
)

// Finding is a rule of a preset that a cue breaks, by how much, and what would be
// allowed.
type Finding struct {
	Cue   int // index into the cues
	Rule  string
	Value float64
	Limit float64
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
	lintTolerance  = 2 * time.Millisecond // as both ends of a time are rounded
	speedTolerance = 1 + 1e-6
)

// Lint says which rules of p the cues break, in the order of the cues. Cues are
// judged in the order given. Rules on words need their times and are passed over
// where there are none, as in the cues of most files.
func Lint(cues []format.Cue, p Preset) []Finding {
	var found []Finding
	for i, c := range cues {
		add := func(rule string, value, limit float64) {
			found = append(found, Finding{Cue: i, Rule: rule, Value: value, Limit: limit})
		}
		// Times in seconds, with a grace for rounded ones.
		under := func(rule string, value, limit time.Duration) {
			if value < limit-lintTolerance {
				add(rule, value.Seconds(), limit.Seconds())
			}
		}
		over := func(rule string, value, limit time.Duration) {
			if value > limit+lintTolerance {
				add(rule, value.Seconds(), limit.Seconds())
			}
		}

		if i > 0 {
			under(RuleOrder, c.Start-cues[i-1].Start, 0)
			over(RuleOverlap, cues[i-1].End-c.Start, 0)
		}
		if i+1 < len(cues) {
			if gap := cues[i+1].Start - c.End; gap >= 0 {
				under(RuleGap, gap, p.Gap)
				if gap < p.CloseGap-lintTolerance && c.Duration()+gap-p.Gap <= p.Longest {
					over(RuleOpenGap, gap, p.Gap)
				}
			}
		}

		texts := p.Label.Texts(cues, i)
		if len(texts) == 0 {
			add(RuleNoText, 0, 1)
			continue
		}
		if len(texts) > p.Lines {
			add(RuleLines, float64(len(texts)), float64(p.Lines))
		}
		for _, text := range texts {
			if n := format.Columns(text); n > p.LineWidth {
				add(RuleLineWidth, float64(n), float64(p.LineWidth))
			}
		}
		if c.HasSeveralSpeakers() && p.Label != format.DashLabel && p.Label != format.NoLabel {
			add(RuleSpeakers, 2, 1)
		}

		over(RuleLongest, c.Duration(), p.Longest)
		width, words := p.extent(cues, i)
		seconds := max(c.Duration(), time.Millisecond).Seconds()
		if v := float64(width) / seconds; p.Speed.CharsPerSecond > 0 && v > p.Speed.CharsPerSecond*speedTolerance {
			add(RuleCharSpeed, v, p.Speed.CharsPerSecond)
		}
		if v := 60 * float64(words) / seconds; p.Speed.WordsPerMinute > 0 && v > p.Speed.WordsPerMinute*speedTolerance {
			add(RuleWordSpeed, v, p.Speed.WordsPerMinute)
		} else {
			under(RuleShortest, c.Duration(), p.shortest(words)) // a speed too, where it grows with the words
		}

		first, last, pause, timed := wordTimes(c)
		if !timed {
			continue
		}
		over(RuleEarly, first-c.Start, p.Early)
		over(RuleLate, c.Start-first, p.Late)
		over(RuleCutOff, last-c.End, 0)
		over(RulePause, pause, longestPause)
		// A cue may stay longer to stand its shortest time, or to close a gap.
		allowed := max(p.Linger, c.Start+p.shortest(words)-last)
		if i+1 < len(cues) && cues[i+1].Start-c.End <= p.Gap+lintTolerance {
			allowed += p.CloseGap
		}
		if linger := c.End - last; linger > allowed+lintTolerance {
			add(RuleLingers, linger.Seconds(), p.Linger.Seconds())
		}
	}
	return found
}

// wordTimes is when the speech of a cue begins and ends and its longest pause;
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

package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"cuewright/align"
	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Input is captions and what they are checked against: any of that may be nil.
type Input struct {
	Cues       []format.Cue // in the order of their starts, see InOrder
	Reference  *Against
	Frames     *audio.Frames
	Transcript *transcript.Script
}

// Options of Check.
type Options struct {
	// Tolerance is how far a cue may start from where it should, beyond what the
	// preset allows.
	Tolerance time.Duration
	// Preset says how early and how late a cue may be.
	Preset subtitles.Preset
	// Align is how the words are found anew.
	Align align.Options
}

// DefaultTolerance is half of what viewers begin to notice.
const DefaultTolerance = 250 * time.Millisecond

// Report is what became of a check. What isn't known is nil, or zero where it is no
// pointer.
type Report struct {
	Cues     []CueReport // one for each cue
	Findings []Finding   // the worst first
	Lang     string      // of the text

	// Of a recording:
	Duration time.Duration
	Speech   []audio.Segment // by energy, music taken out as far as it is known
	Onsets   *Timing         // of the captions, by the onsets of speech alone; nil without a recording
	Coverage float64         // the share of the speech that is under cues
	// Alignment is of the transcript, or else of the captions' own text, with the
	// recording; nil where they don't belong together.
	Alignment *align.Alignment
	// Comparison is against the reference, or else against Alignment.
	Comparison *Comparison
	// Timing is by the words of the reference or of Alignment, the stretch with
	// the most cues where there are several; else it is Onsets if these are sure of it.
	Timing *Timing
}

// CueReport is what is known of a cue.
type CueReport struct {
	Expected   *time.Duration // where the cue should start
	Confidence float64        // of Expected, in [0, 1]
	Onset      *time.Duration // the nearest onset of speech
	Findings   []int          // indexes into Report.Findings
}

// Kind is what is wrong.
type Kind string

// The kinds of finding.
const (
	Mismatch    Kind = "mismatch"     // the words are other ones than those of the recording, transcript or reference
	Offset      Kind = "offset"       // all cues come early or late
	Drift       Kind = "drift"        // the captions run faster or slower than the recording
	Shift       Kind = "shift"        // a stretch of cues comes early or late
	Misplaced   Kind = "misplaced"    // a cue comes early or late
	Moved       Kind = "moved"        // words stand where others are said, and are said elsewhere
	NotHeard    Kind = "not heard"    // nobody says the words
	Uncovered   Kind = "uncovered"    // speech without captions
	OverSilence Kind = "over silence" // a cue where nobody speaks
	OverMusic   Kind = "over music"   // a cue over music without its words
	TooFast     Kind = "too fast"     // nobody could say the words while the cue stands
	PastEnd     Kind = "past the end" // a cue after the end of the recording
	Missing     Kind = "missing"      // words that are said and not captioned
	Extra       Kind = "extra"        // words that the transcript or reference lacks
	Speaker     Kind = "speaker"      // words under another's name
)

// ofWords says whether a kind is told by the words alone, whatever the times.
func (k Kind) ofWords() bool {
	return k == Moved || k == Missing || k == Extra || k == Speaker
}

// Level says how bad a finding is.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Finding is something that is wrong, or seems so.
type Finding struct {
	audio.Segment // by the captions' times; for speech without captions, by the recording's
	Kind          Kind
	Level         Level
	Message       string
	Text          string         // words it is about
	Cue, Cues     int            // the first cue and how many; Cues is 0 where there is none
	Error         time.Duration  // of the start: positive, late
	Expected      *time.Duration // where it should be
	Confidence    float64        // in [0, 1]
	// weight orders the findings of a level: what is about all captions comes first,
	// then stretches and what is out of order, then the rest by seconds or words.
	weight float64
}

// The thresholds were set on 15 episodes of known times, so that none of the 2,500
// cues of their captions is blamed, and of 1,500 of their true times three, and 243
// of 257 single cues that were moved by 0.6 to 3 s are found.
const (
	// sureStart is the confidence from which a start is taken to be known.
	sureStart = 0.9
	// sureUnspoken is that from which words are taken to be unsaid.
	sureUnspoken = 0.9
	// mostSpared is how far off by the words a cue may be that begins within
	// onsetReach of an onset, and yet isn't named.
	mostSpared = time.Second
	onsetReach = 80 * time.Millisecond
	// minOffset is the least common offset that is told.
	minOffset = 150 * time.Millisecond
	// leastConfidence is that from which a timing by words is told, and sureTiming
	// that from which one by onsets is told where there is none by words.
	leastConfidence, sureTiming = 0.5, 0.9
	// leastUncovered is the least speech between cues that is told.
	leastUncovered = 1500 * time.Millisecond
	// edge is by how much cues are widened before speech outside of them is looked
	// for: words begin and end softly.
	edge = 250 * time.Millisecond
	// longestMusic is the longest stretch that is believed to be music: speech in
	// noise or through a telephone is taken for it, too.
	longestMusic = 30 * time.Second
	// silentShare is the most speech that a cue over silence holds.
	silentShare = 0.1
	// fastestSpeech is in sounds a second; fast talkers reach 20.
	fastestSpeech = 30
	// leastRun is the fewest words in a row that are told to be missing or extra.
	leastRun = 3
	// leastShared is the share of the words, of the side that has fewer, that both
	// sides hold where they belong together: others share next to none in order.
	leastShared = 0.1
)

// InOrder is cues in the order of their starts, and where each stood.
func InOrder(cues []format.Cue) (sorted []format.Cue, from []int) {
	from = indexes(0, len(cues))
	slices.SortStableFunc(from, func(i, k int) int { return cmp.Compare(cues[i].Start, cues[k].Start) })
	for _, i := range from {
		sorted = append(sorted, cues[i])
	}
	return sorted, from
}

// Check holds captions to whatever in has. It returns an error when ctx ends and
// when the cues hold no words. Captions that don't belong to the recording are no
// error but a finding, and the only one, unless the onsets of speech say that the
// times fit, as those of a translation do.
func Check(ctx context.Context, in Input, o Options) (*Report, error) {
	words, script, err := captionWords(in.Cues)
	if err != nil {
		return nil, err
	}
	c := &checker{Report: &Report{Cues: make([]CueReport, len(in.Cues))}, in: in, o: o, words: words}
	c.settled = make([]bool, len(in.Cues))
	c.follow(inSync())
	if in.Transcript != nil {
		script = in.Transcript
	}
	var music []audio.Segment
	mismatch := ""
	if in.Frames != nil {
		c.Duration = in.Frames.Duration()
		c.Speech = audio.Segments(in.Frames, audio.DefaultSegmentOptions())
		for _, s := range c.Speech {
			c.begins = append(c.begins, s.Start)
		}
		c.Onsets = new(onsetTiming(onsetStrengths(in.Frames), c.starts()))
		switch a, err := align.Align(ctx, in.Frames, script, o.Align); {
		case errors.Is(err, align.ErrMismatch):
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil: // the recording is empty, or too short for the text
		case !slices.ContainsFunc(a.Turns, func(t align.Turn) bool { return t.Spoken }):
		default:
			c.Alignment, c.Lang = a, a.Lang
			c.found = alignmentWords(a)
			music = soundsOf(a)
		}
		if c.Alignment == nil {
			mismatch = "the words are not those of the recording, or hardly any of them"
		}
	}
	if c.Lang == "" {
		c.Lang = pronounce.Detect(text(words))
	}
	switch {
	case in.Reference != nil:
		c.ref = in.Reference.words
	case c.Alignment != nil:
		c.ref = c.found
	case in.Transcript != nil:
		c.ref = scriptWords(in.Transcript)
	}
	if c.ref != nil {
		c.Comparison = compare(c.ref, words, o.Tolerance)
		if c.Comparison.apart() {
			if mismatch == "" {
				mismatch = fmt.Sprintf("the words are not those of %s, or hardly any of them", c.other())
			}
		} else {
			if err := c.timing(ctx); err != nil {
				return nil, err
			}
			if in.Reference != nil || in.Transcript != nil {
				c.completeness()
				c.speakers()
			}
		}
	}
	if in.Frames != nil {
		if (c.Timing == nil || c.Timing.Confidence < leastConfidence) && c.Onsets.Confidence >= sureTiming {
			c.Timing = c.Onsets
			c.follow(*c.Onsets)
			c.tellTiming(*c.Onsets, "by the onsets of speech")
		}
		if err := c.unheard(ctx); err != nil {
			return nil, err
		}
		c.coverage(music)
	}
	c.speed()
	if mismatch != "" {
		if c.Onsets == nil || c.Onsets.Confidence < sureTiming { // nothing ties the cues to the recording
			c.Findings = slices.DeleteFunc(c.Findings, func(f Finding) bool { return !f.Kind.ofWords() })
		}
		c.add(Finding{Kind: Mismatch, Level: Error, Message: mismatch, Confidence: 1, weight: 1e9})
	}
	c.finish()
	return c.Report, nil
}

type checker struct {
	*Report
	in      Input
	o       Options
	words   []word          // of the captions
	ref     []word          // of what they are compared to
	found   []word          // of the alignment
	begins  []time.Duration // of segments of speech, in order
	trend   []Timing        // of each cue: that of its stretch
	settled []bool          // cues that are named already, or heard where they stand
}

// other is what the captions are compared to.
func (c *checker) other() string {
	switch {
	case c.in.Reference != nil:
		return "the reference"
	case c.in.Transcript != nil:
		return "the transcript"
	}
	return "the recording"
}

func (c *checker) add(f Finding) { c.Findings = append(c.Findings, f) }

// soundsOf is what is no speech, in order: what sounds like music, and what is
// announced as a sound.
func soundsOf(a *align.Alignment) []audio.Segment {
	var all []audio.Segment
	for _, u := range a.Unscripted {
		if u.Kind == align.UnscriptedMusic && u.Duration() < longestMusic {
			all = append(all, u.Segment)
		}
	}
	for _, d := range a.Directions {
		if d.Duration() > 0 && (d.Kind == transcript.Music || d.Kind == transcript.Sound) {
			all = append(all, d.Segment)
		}
	}
	slices.SortFunc(all, func(x, y audio.Segment) int { return cmp.Compare(x.Start, y.Start) })
	return all
}

// extent is from the start of a cue to the end of another, or of one between them.
func (c *checker) extent(first, last int) audio.Segment {
	s := c.in.Cues[first].Segment
	for _, cue := range c.in.Cues[first : last+1] {
		s.End = max(s.End, cue.End)
	}
	return s
}

// starts is when the cues with words start.
func (c *checker) starts() []time.Duration {
	var all []time.Duration
	for i, w := range c.words {
		if i == 0 || c.words[i-1].cue != w.cue {
			all = append(all, c.in.Cues[w.cue].Start)
		}
	}
	return all
}

// pick is a where yes is true, else b.
func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// cueWords is the words of a cue.
func (c *checker) cueWords(cue int) []word {
	var all []word
	for _, w := range c.words {
		if w.cue == cue {
			all = append(all, w)
		}
	}
	return all
}

// settle marks cues that nothing more is to be said of.
func (c *checker) settle(first, n int) {
	for i := first; i < first+n; i++ {
		c.settled[i] = true
	}
}

// follow has all cues follow one timing.
func (c *checker) follow(g Timing) {
	c.trend = make([]Timing, len(c.in.Cues))
	for i := range c.trend {
		c.trend[i] = g
	}
}

// finish puts the worst first, and tells each cue its findings.
func (c *checker) finish() {
	slices.SortStableFunc(c.Findings, func(x, y Finding) int {
		if x.Level != y.Level {
			return pick(x.Level == Error, -1, 1)
		}
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.Start, y.Start))
	})
	for k, f := range c.Findings {
		if f.Kind == Offset || f.Kind == Drift {
			continue
		}
		for i := f.Cue; i < f.Cue+f.Cues; i++ {
			c.Cues[i].Findings = append(c.Cues[i].Findings, k)
		}
	}
}

func clock(t time.Duration) string {
	s := t.Round(100 * time.Millisecond).Seconds()
	return fmt.Sprintf("%02d:%02d:%04.1f", int(s)/3600, int(s)/60%60, math.Mod(s, 60))
}

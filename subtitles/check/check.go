package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	Reference  *Reference
	Frames     *audio.Frames // of the recording
	Transcript *transcript.Script
}

// Options of Check.
type Options struct {
	// Tolerance is how far a cue may start from where it should, beyond what the
	// preset allows.
	Tolerance time.Duration
	// Preset says how early and how late a cue may be.
	Preset subtitles.Preset
	// Align is how the words are found in the recording.
	Align align.Options
}

// Report is the result of a check. What isn't known is nil.
type Report struct {
	Cues     []CueReport // one for each cue
	Findings []Finding   // the worst first
	Lang     string      // BCP 47 tag of the text

	// Of a recording:
	Speech   []audio.Segment // by energy, without what is known to be music
	Onsets   *Timing         // of the captions, by the onsets of speech alone; nil without a recording, see Timing
	Coverage *float64        // the share of the speech that is under cues, in [0, 1]; nil without a recording
	// Alignment is of the transcript, or else of the captions' own text, with the
	// recording; nil where they don't belong together.
	Alignment *align.Alignment
	// Comparison is against the reference, or else against Alignment, or else, by the
	// words alone, against the transcript.
	Comparison *Comparison
	// Timing is by the words of the reference or of Alignment, that of the stretch with
	// the most cues where there are several; or else Onsets, if these are sure of it. Both are
	// nil where the words are of another text and Onsets are not sure: they mean nothing then.
	Timing *Timing
}

// Count returns how many findings are of a level or worse.
func (r *Report) Count(level Level) (n int) {
	for _, f := range r.Findings {
		if level == Warning || f.Level == Error {
			n++
		}
	}
	return n
}

// CueReport is what is known of a cue; nil is unknown.
type CueReport struct {
	Expected   *time.Duration // where the cue should start
	Confidence float64        // of Expected, in [0, 1]; means nothing where that is nil
	Onset      *time.Duration // the nearest onset of speech
	Findings   []int          // indexes into Report.Findings
}

// InOrder returns cues in the order of their starts, and for each the index where it stood.
func InOrder(cues []format.Cue) (sorted []format.Cue, from []int) {
	for i := range cues {
		from = append(from, i)
	}
	slices.SortStableFunc(from, func(i, k int) int { return cmp.Compare(cues[i].Start, cues[k].Start) })
	for _, i := range from {
		sorted = append(sorted, cues[i])
	}
	return sorted, from
}

// Check compares captions with whatever in has. It returns an error when ctx ends and
// when the cues hold no words. Captions that don't belong to the recording are no
// error but a finding, and the only one, unless the onsets of speech say that the
// times fit, as those of a translation do.
func Check(ctx context.Context, in Input, o Options) (*Report, error) {
	words, script, err := captionWords(in.Cues)
	if err != nil {
		return nil, err
	}
	c := newChecker(in, o, words)
	if in.Frames != nil {
		if in.Transcript != nil {
			script = in.Transcript
		}
		if err := c.hearRecording(ctx, script); err != nil {
			return nil, err
		}
	}
	if c.Lang == "" {
		c.Lang = pronounce.Detect(text(words))
	}
	points := c.compareWords()
	if in.Frames != nil {
		c.fallBackOnOnsets()
		if err := c.holdText(ctx, script); err != nil {
			return nil, err
		}
	}
	if err := c.checkPlaces(ctx, points); err != nil {
		return nil, err
	}
	if in.Frames != nil {
		if err := c.checkUnheard(ctx); err != nil {
			return nil, err
		}
		c.checkCoverage()
		if err := c.checkFilled(ctx); err != nil {
			return nil, err
		}
		c.reportDoubtful()
	}
	c.checkSpeed()
	c.reportMismatch()
	c.finish()
	return c.Report, nil
}

// checker is a check under way.
type checker struct {
	*Report
	in       Input
	o        Options
	duration time.Duration   // of the recording; 0 without one
	words    []word          // of the captions
	cueWords [][]word        // those of each cue
	ref      []word          // of what they are compared with; nil for nothing
	found    []word          // of the alignment
	partners []int           // of each word of found, the one of words that it is paired with, or -1
	onsets   []time.Duration // of speech, in order
	sounds   []audio.Segment // that are no speech, by their starts
	missing  []audio.Segment // where words are said that the captions lack
	mismatch string          // what is of another text than the captions, "" for nothing
	trend    []Timing        // of each cue: that of its stretch
	slack    time.Duration   // that the times of the captions may be off, as they are rounded
	settled  []bool          // cues that are reported already, or heard where they stand
	said     []bool          // cues of which the alignment has words that are said, wherever
	// listener holds the words of cues to the recording; nil where nothing is aligned. What a
	// cue claims, the share that its words reach there, and how bad it is that they fit no better
	// than others would; "" where they do. leastShare is the share below which they don't.
	listener   *align.Listener
	claimed    []align.Claim
	shares     []float64
	leastShare float64
	doubt      []Level
	// How often parts of the recording were aligned anew, see maxRelistened and maxSearches.
	relistened, searches int
}

func newChecker(in Input, o Options, words []word) *checker {
	n := len(in.Cues)
	c := &checker{
		Report: &Report{Cues: make([]CueReport, n)},
		in:     in, o: o, words: words, cueWords: make([][]word, n), settled: make([]bool, n),
		said: make([]bool, n), doubt: make([]Level, n),
	}
	for i := range words {
		words[i].spoken = !words[i].aside
	}
	for _, cue := range in.Cues {
		c.slack = max(c.slack, cue.Unit/2)
	}
	for _, all := range chunks(words, cueOf) {
		c.cueWords[all[0].cue] = all
	}
	c.follow(inSync())
	return c
}

// hearRecording finds speech in the recording, and the words of a script.
func (c *checker) hearRecording(ctx context.Context, script *transcript.Script) error {
	frames := c.in.Frames
	c.duration = frames.Duration()
	c.Speech = audio.Segments(frames, audio.DefaultSegmentOptions())
	for _, s := range c.Speech {
		c.onsets = append(c.onsets, s.Start)
	}
	var starts []time.Duration // of the cues with words
	for i, words := range c.cueWords {
		if len(words) > 0 {
			starts = append(starts, c.in.Cues[i].Start+c.slack)
		}
	}
	c.Onsets = new(onsetTiming(onsetStrengths(frames), starts))
	a, listener, err := align.Listen(ctx, frames, script, c.o.Align)
	if ctx.Err() != nil && !errors.Is(err, align.ErrMismatch) {
		return ctx.Err()
	}
	var found []word
	if err == nil {
		found = alignmentWords(a)
	}
	said := count(found, func(w word) bool { return w.spoken })
	if said == 0 || float64(said) < minShared*float64(len(found)) { // another recording, or an empty one, or too short for the text
		c.mismatch = "the recording"
		return nil
	}
	c.Alignment, c.Lang, c.found, c.listener = a, a.Lang, found, listener
	for i := range c.found {
		// The aligner's opinion of what is said may be wrong; the transcript's words count.
		c.found[i].wanted = c.found[i].wanted || c.in.Transcript != nil
	}
	c.partners = match(keys(found), keys(c.words))
	for i, k := range c.partners {
		if k >= 0 && found[i].spoken {
			c.words[k].spoken = true
			c.said[c.words[k].cue] = true
		}
	}
	c.sounds = soundsOf(a)
	c.Speech = without(c.Speech, c.sounds)
	return nil
}

// soundsOf returns what sounds like music, by the starts. What a transcript or a cue
// announces as a sound may yet be speech.
func soundsOf(a *align.Alignment) []audio.Segment {
	var all []audio.Segment
	for _, u := range a.Unscripted {
		if u.Kind == align.UnscriptedMusic && u.Duration() < maxMusic {
			all = append(all, u.Segment)
		}
	}
	return all
}

// compareWords compares the captions with the reference, or else with what was heard, or
// else with the transcript, and estimates their timing by the cues that it returns: those of
// which it is known when they should start.
func (c *checker) compareWords() []point {
	switch {
	case c.in.Reference != nil:
		c.ref = c.in.Reference.words
	case c.Alignment != nil:
		c.ref = c.found
	case c.in.Transcript != nil:
		c.ref = scriptWords(c.in.Transcript)
	}
	if c.ref == nil {
		return nil
	}
	c.Comparison = compare(c.ref, c.words, c.o.Tolerance)
	if c.Comparison.apart() {
		c.mismatch = cmp.Or(c.mismatch, c.source())
		return nil
	}
	points := c.points()
	c.findTiming(points)
	return points
}

// checkPlaces finds cues that are in the wrong place, and words that only one side holds or
// under another name.
func (c *checker) checkPlaces(ctx context.Context, points []point) error {
	ofAnother := c.mismatch != "" && c.Alignment != nil // than the recording's, whose words are known
	if c.Comparison == nil || c.Comparison.apart() || ofAnother {
		return nil
	}
	for _, run := range c.offTrend(points) {
		if err := c.reportMisplaced(ctx, run); err != nil {
			return err
		}
	}
	if c.in.Reference != nil || c.in.Transcript != nil {
		c.checkCompleteness()
		c.checkSpeakers()
	}
	return nil
}

// source returns what the captions are compared with, in words.
func (c *checker) source() string {
	switch {
	case c.in.Reference != nil:
		return "the reference"
	case c.in.Transcript != nil:
		return "the transcript"
	}
	return "the recording"
}

// fallBackOnOnsets takes the timing by onsets where that is sure and there is none by
// words.
func (c *checker) fallBackOnOnsets() {
	if c.Timing != nil && c.Timing.Confidence >= minTimingConfidence || c.Onsets.Confidence < minOnsetConfidence {
		return
	}
	c.Timing = c.Onsets
	c.follow(*c.Onsets)
	c.reportTiming(*c.Onsets, "by the onsets of speech")
}

// reportMismatch reports that the words are of another text. The timing goes, and findings
// that rest on times, unless the onsets of speech tie the cues to the recording.
func (c *checker) reportMismatch() {
	if c.mismatch == "" {
		return
	}
	if c.Onsets == nil || c.Onsets.Confidence < minOnsetConfidence {
		c.Findings = slices.DeleteFunc(c.Findings, func(f Finding) bool { return !kinds[f.Kind].ofWords })
		c.Timing, c.Onsets = nil, nil
	}
	words := "the words"
	if c.in.Frames != nil && c.in.Transcript != nil && c.Alignment == nil {
		words = "the transcript's words" // those of the captions were not looked for
	}
	message := fmt.Sprintf("%s are not those of %s, or hardly any of them: check the pair", words, c.mismatch)
	c.add(Finding{Kind: Mismatch, Level: Error, Message: message, Confidence: 1, weight: Mismatch.weight(1)})
}

func (c *checker) add(f Finding) { c.Findings = append(c.Findings, f) }

// settle marks n cues that need no more findings.
func (c *checker) settle(first, n int) {
	for i := first; i < first+n; i++ {
		c.settled[i] = true
	}
}

// follow gives all cues one timing.
func (c *checker) follow(g Timing) { c.trend = slices.Repeat([]Timing{g}, len(c.in.Cues)) }

// extent returns the time from the start of cue first to the last end of cues first to
// last.
func (c *checker) extent(first, last int) audio.Segment {
	s := c.in.Cues[first].Segment
	for _, cue := range c.in.Cues[first : last+1] {
		s.End = max(s.End, cue.End)
	}
	return s
}

// finish sorts the findings and gives each cue its own.
func (c *checker) finish() {
	sortFindings(c.Findings)
	for k, f := range c.Findings {
		if kinds[f.Kind].global {
			continue
		}
		for i := f.Cue; i < f.Cue+f.Cues; i++ {
			c.Cues[i].Findings = append(c.Cues[i].Findings, k)
		}
	}
}

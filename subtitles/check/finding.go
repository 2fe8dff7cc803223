package check

import (
	"cmp"
	"slices"
	"time"

	"cuewright/audio"
)

// Kind is what is wrong.
type Kind string

// The kinds of finding.
const (
	Mismatch    Kind = "mismatch"     // the words are not those of the recording, transcript or reference
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

// isOfWords reports whether findings of the kind follow from the words alone, whatever
// the times.
func (k Kind) isOfWords() bool {
	return k == Moved || k == Missing || k == Extra || k == Speaker
}

// isGlobal reports whether findings of the kind are about the file, not about its cues
// one by one.
func (k Kind) isGlobal() bool { return k == Offset || k == Drift }

// Level is how bad a finding is.
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
	Cue, Cues     int            // index of the first cue, and how many; Cues is 0 where there is none
	Error         time.Duration  // of the start: positive, late
	Expected      *time.Duration // where it should be; nil where that isn't known
	Confidence    float64        // in [0, 1]
	weight        float64        // orders the findings of a level, the heaviest first
}

// What is about all captions comes first, then stretches, what is out of order and what
// nobody says; the rest by about as many seconds or words as are wrong.
const (
	weightMismatch  = 1e9
	weightTiming    = 1e8
	weightStretch   = 1e7
	weightMoved     = 1e4  // more by each word
	weightNotHeard  = 1000 // more by each word
	weightSpeaker   = 100  // for each cue
	weightPastEnd   = 50
	weightNothing   = 20 // a cue over silence or music
	weightUncovered = 10 // for each second
	weightTooFast   = 5
)

// sortFindings puts the worst first.
func sortFindings(all []Finding) {
	slices.SortStableFunc(all, func(x, y Finding) int {
		if x.Level != y.Level {
			return pick(x.Level == Error, -1, 1)
		}
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.Start, y.Start))
	})
}

// pick returns a if yes, else b.
func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

package check

import (
	"cmp"
	"slices"
	"time"

	"cuewright/audio"
	"cuewright/subtitles"
)

// Kind is what is wrong.
type Kind string

// The kinds of finding.
const (
	Mismatch        Kind = "mismatch"          // the words are not those of the recording, transcript or reference
	Offset          Kind = "offset"            // all cues come early or late
	Drift           Kind = "drift"             // the captions run faster or slower than the recording
	Shift           Kind = "shift"             // a stretch of cues comes early or late
	Misplaced       Kind = "misplaced"         // a cue comes early or late
	Moved           Kind = "moved"             // words stand where others are said, and are said elsewhere
	NotHeard        Kind = "not heard"         // nobody says the words
	TextDoubtful    Kind = "text doubtful"     // the words fit the sound no better than others would
	Uncovered       Kind = "uncovered"         // speech without captions
	SoundOverSpeech Kind = "sound over speech" // a cue of a sound, as [music], where somebody speaks
	OverSilence     Kind = "over silence"      // a cue where nobody speaks
	OverMusic       Kind = "over music"        // a cue over music without its words
	TooFast         Kind = "too fast"          // nobody could say the words while the cue stands
	TooFewWords     Kind = "too few words"     // somebody speaks under the cue for longer than its words take
	PastEnd         Kind = "past the end"      // a cue after the end of the recording
	Missing         Kind = "missing"           // words that are said and not captioned
	Extra           Kind = "extra"             // words that the transcript or reference lacks
	Speaker         Kind = "speaker"           // words under another's name
)

// traits is what there is to know of a kind beyond its name.
type traits struct {
	ofWords    bool // follows from the words alone, whatever the times
	global     bool // about the file, not about its cues one by one
	repairable bool // see Kind.Repairable
	// weight and each order the findings of a level: each counts for every second, cue or
	// word that is wrong. What is about all captions comes first, then stretches, what is
	// out of order and what nobody says.
	weight, each float64
}

// kinds has a row for each kind; the README of the program lists them for users.
var kinds = map[Kind]traits{
	Mismatch:        {weight: 1e9},
	Offset:          {weight: 1e8, global: true, repairable: true},
	Drift:           {weight: 1e8, global: true, repairable: true},
	Shift:           {weight: 1e7},
	Moved:           {weight: 1e4, each: 1, ofWords: true}, // words
	NotHeard:        {weight: 1000, each: 1},               // words
	Speaker:         {each: 100, ofWords: true},            // cues
	TextDoubtful:    {weight: 100, each: 100},              // of the share that is lacking
	PastEnd:         {weight: 50},
	OverSilence:     {weight: 20},
	OverMusic:       {weight: 20},
	Uncovered:       {each: 10}, // seconds
	SoundOverSpeech: {each: 10}, // seconds
	TooFast:         {weight: 5},
	TooFewWords:     {each: 10},               // seconds
	Misplaced:       {each: 1},                // seconds
	Missing:         {each: 1, ofWords: true}, // words
	Extra:           {each: 1, ofWords: true}, // words
}

// Repairable reports whether one command that moves all cues takes a finding of the kind
// out, see Timing.
func (k Kind) Repairable() bool { return kinds[k].repairable }

// weight returns that of a finding of the kind about so many seconds, cues or words.
func (k Kind) weight(size float64) float64 { return kinds[k].weight + float64(kinds[k].each*size) }

// Level is how bad a finding is.
type Level = subtitles.Level

// The levels.
const (
	Error   = subtitles.Error
	Warning = subtitles.Warning
)

// Finding is something that is wrong, or seems so.
type Finding struct {
	// Segment is by the captions' times, and for speech without captions by the
	// recording's. It is empty at 0 for words that are missing from captions without a
	// recording: the transcript has no times.
	audio.Segment
	Kind       Kind
	Level      Level
	Message    string
	Text       string         // words it is about
	Cue, Cues  int            // index of the first cue, and how many; Cues is 0 where there is none
	Error      *time.Duration // of the start: positive, late; nil where that isn't known
	Expected   *time.Duration // where it should be; nil where that isn't known
	Confidence float64        // in [0, 1]
	weight     float64        // orders the findings of a level, the heaviest first
}

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

package align

import (
	"time"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// Alignment is a script in time. Turns, their sentences and their words keep
// the script's order and are all there, spoken or not. Starts never decrease,
// and all segments lie within the recording.
type Alignment struct {
	audio.Segment                 // the whole recording
	Lang          string          // BCP 47 tag of the script's language; pronounce.Undetermined where it isn't sure
	Detected      *Detected       // how that was found; nil where it was given, or read from a file
	Turns         []Turn          //
	Verdict       Verdict         // whether the script is the recording's
	Speech        []audio.Segment // speech by energy, disjoint, in order
	Unscripted    []Unscripted    // disjoint, in order
	Directions    []Direction     // in the script's order
	Chapters      []Chapter       // in order, each behind the one before; none where the script has no headings
	Title         string          // of the script, "" where it has none
	Misfits       []Misfit        // words that may be said otherwise than their letters tell, the likeliest first
}

// Chapter is a part of the script that has a heading, as far as it is said. It lasts until the next one, or to the end.
type Chapter struct {
	Start time.Duration // of its first word
	Title string
}

// Turn is a speaker's turn, from its first spoken word to its last.
type Turn struct {
	audio.Segment
	Speaker    string
	Aside      bool    // the transcript's reader took it for a note, but it is said
	Spoken     bool    // false: none of its sentences is said; the segment is empty
	Confidence float64 // in [0, 1], the chance that Start lies within 0.25 s of the truth
	Sentences  []Sentence
}

// Sentence is a sentence from its first spoken word to its last.
type Sentence struct {
	audio.Segment
	Paragraph int  // of the turn, from 0
	Spoken    bool // false: nobody says it; the segment is empty and stands where it would be
	// Confidence is in [0, 1], as in Turn; for an unspoken sentence the chance that it is unspoken.
	// Where the sentence is Doubtful it is at most that of the least certain word in doubt.
	Confidence float64
	// Doubtful says that it is spoken, or some words of it, by the length of the sound there rather
	// than by these words: they fit hardly better than others would. Something else may be said.
	Doubtful bool
	Words    []Word
}

// Word is a word with its punctuation.
type Word struct {
	audio.Segment
	Text       string
	Glued      bool    // no space stands between it and the word before
	Inserted   bool    // an editor put it in brackets, see transcript.Word
	Spoken     bool    // false in unspoken sentences, and for insertions, asides and clauses that nobody says
	Confidence float64 // in [0, 1], as in Turn; for a word that is not spoken, the chance of that
}

// Said returns the word without the marks of what could not be heard, see transcript.Word.
func (w Word) Said() string { return transcript.Word{Text: w.Text}.Said() }

// UnscriptedKind says what audio without words of the script sounds like.
type UnscriptedKind int

// The kinds of unscripted audio.
const (
	UnscriptedSpeech UnscriptedKind = iota // speech, as of an advertisement
	UnscriptedMusic                        // music or another steady sound
)

// Unscripted is a stretch of sound that the script does not hold.
type Unscripted struct {
	audio.Segment
	Kind UnscriptedKind
	// Melodic says that notes are heard, and that it is music for certain, not some other steady sound.
	Melodic bool
}

// Direction is one of the script's directions with the audio that it belongs
// to; the segment is empty and stands between its neighbours where there is
// none.
type Direction struct {
	audio.Segment
	Kind transcript.Kind
	Text string
	// Leads says that it stands in the line of the words behind it, Trails in that of those before; see
	// transcript.Direction.
	Leads, Trails bool
}

// Options of Align. The zero value makes do without a model; see DefaultOptions.
type Options struct {
	// Lang is the BCP 47 tag of the script's language; "" detects it: see Detected.
	Lang string
	// Lexicon has words that are said otherwise than the rules of their language have it; nil for none.
	// A Model of letters has no use for one: both together are an error.
	Lexicon *pronounce.Lexicon
	// Model is the acoustic model; nil makes do with broad phonetic classes.
	Model *Model
	// Force aligns a script even if it seems to be of another recording: Mismatched. It adds
	// nothing where no word is heard.
	Force bool
	// Known is what is known of the recording, nil for nothing; a script of which anything is known
	// is forced.
	Known *Known
	// Progress, where not nil, is called with the share of the work done, in [0, 1],
	// never decreasing, from the goroutine that called Align.
	Progress func(done float64)
	// Hooks are for those who work on the aligner; nil in any other use.
	Hooks *Hooks
}

// DefaultOptions detects the language and starts from the embedded model.
func DefaultOptions() Options { return Options{Model: SeedModel()} }

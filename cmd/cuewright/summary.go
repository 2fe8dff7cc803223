package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/show"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

const (
	// maxListed findings of a kind are shown, the rest is counted.
	maxListed = 10
	// leastCertain is how many of the uncertain places are shown, the least certain
	// first.
	leastCertain = 5
)

// summarize shows a person what was done, and where to look.
func summarize(w io.Writer, j episode.Job, r *episode.Result) {
	warn(w, r.Warnings)
	noteTrack(w, j.Audio, r.Track)
	a := r.Alignment
	var sentences, words int
	speakers := map[string]bool{}
	for _, t := range a.Turns {
		if t.Speaker != "" {
			speakers[t.Speaker] = true
		}
		sentences += len(t.Sentences)
		for _, s := range t.Sentences {
			words += len(s.Words)
		}
	}
	length := a.End
	fmt.Fprintf(w, "%s: %s, language %s, captioned in %.2fs, %.0f times real time\n", show.Printable(j.Audio),
		length.Round(100*time.Millisecond), a.Lang, r.Took.Seconds(), length.Seconds()/r.Took.Seconds())
	fmt.Fprintf(w, "%s, %s, %s, %s\n", show.Count(len(a.Turns), "turn"), speakersNamed(len(speakers)),
		show.Count(sentences, "sentence"), show.Count(words, "word"))
	fmt.Fprintf(w, "confidence %.2f: the share of the sentences expected to be captioned within 0.25 s of their start\n",
		a.Confidence())

	review := a.Review(episode.Doubtful)
	list(w, fmt.Sprintf("doubtful, shown though all or some of the words hardly fit the sound there, %s: look here first:",
		show.Count(len(review.Doubtful), "sentence")), sentencePlaces(review.Doubtful), maxListed)
	list(w, fmt.Sprintf("said, though the transcript has it where notes stand, %s:", show.Count(len(review.Aside), "sentence")),
		sentencePlaces(review.Aside), maxListed)
	list(w, fmt.Sprintf("unscripted, sound without words of the transcript, %.1fs:", review.Unscripted.Seconds()),
		unscriptedPlaces(a), maxListed)
	fate := "left out of the captions"
	if j.KeepUnspoken {
		fate = "shown all the same"
	}
	list(w, fmt.Sprintf("unspoken, not heard and %s, %s:", fate, sentencesOrClauses(len(review.Unspoken))),
		sentencePlaces(review.Unspoken), maxListed)
	if !j.NoSoundCues {
		unshown := unshownDirections(a)
		list(w, fmt.Sprintf("not shown, as no sound that is known, %s:", show.Count(len(unshown), "direction")), unshown, maxListed)
	}
	list(w, fmt.Sprintf("least certain, of a confidence below %v:", episode.Doubtful),
		sentencePlaces(review.Uncertain), leastCertain)
	summarizeWords(w, j, r)
	for _, o := range r.Outputs {
		wrote(w, o)
	}
	if j.HTML != "" {
		fmt.Fprintf(w, "wrote %s, a page to look at\n", show.Printable(j.HTML))
	}
}

// summarizeWords shows which words of the lexicon there are, and which words may need one.
func summarizeWords(w io.Writer, j episode.Job, r *episode.Result) {
	if use := r.Lexicon; use != nil {
		var absent string
		if n := len(use.Absent); n > 0 && n <= leastCertain {
			absent = ", not " + show.Printable(strings.Join(use.Absent, ", "))
		}
		fmt.Fprintf(w, "%s: %d of %s in the transcript%s\n", show.Printable(j.Lexicon), use.Words-len(use.Absent),
			show.Count(use.Words, "word"), absent)
	}
	var places []string
	for _, m := range r.Alignment.Misfits {
		times := ""
		if m.Count > 1 {
			times = fmt.Sprintf(", %d times", m.Count)
		}
		places = append(places, fmt.Sprintf("%s  %s%s", format.Clock(m.Start, ".", 3), show.Printable(m.Text), times))
	}
	list(w, "words that fit their sound worst, candidates for a --lexicon if they are said otherwise than read:", places, maxListed)
}

// unscriptedPlaces returns a line for each stretch of sound without words of the
// transcript.
func unscriptedPlaces(a *align.Alignment) (places []string) {
	for _, u := range a.Unscripted {
		kind := "speech"
		if u.Kind == align.UnscriptedMusic {
			kind = "music"
		}
		for _, d := range a.Directions {
			if u.Overlap(d.Segment) > 0 {
				kind += " [" + show.Printable(d.Text) + "]"
			}
		}
		places = append(places, fmt.Sprintf("%s  %6.1fs  %s", format.Clock(u.Start, ".", 3), u.Duration().Seconds(), kind))
	}
	return places
}

// unshownDirections returns a line for each direction that no cue shows.
func unshownDirections(a *align.Alignment) (places []string) {
	for _, d := range episode.Unshown(a) {
		places = append(places, fmt.Sprintf("%s  [%s]", format.Clock(d.Start, ".", 3), show.Excerpt(d.Text)))
	}
	return places
}

// sentencePlaces returns a line for each sentence.
func sentencePlaces(sentences []align.SaidBy) (places []string) {
	for _, s := range sentences {
		places = append(places, fmt.Sprintf("%s  %.2f  %s", format.Clock(s.Start, ".", 3), s.Confidence, excerpt(s)))
	}
	return places
}

// excerpt returns the beginning of a sentence and who says it.
func excerpt(s align.SaidBy) string {
	speaker := s.Speaker
	if speaker != "" {
		speaker += ": "
	}
	return show.Excerpt(speaker + subtitles.SentenceText(s.Sentence))
}

func warn(w io.Writer, warnings []string) {
	for _, text := range warnings {
		fmt.Fprintln(w, "cuewright: warning:", show.Printable(text))
	}
}

// noteTrack shows which of several audio tracks was read.
func noteTrack(w io.Writer, recording, track string) {
	if track != "" {
		fmt.Fprintf(w, "%s: %s; another one with --track\n", show.Printable(recording), show.Printable(track))
	}
}

// wrote shows that captions were written.
func wrote(w io.Writer, o episode.Output) {
	name, held := o.Name, show.Count(o.Cues, "cue")
	if o.IsStandard() {
		name = "standard output"
	}
	switch f := subtitles.FormatNamed(o.Format); {
	case f.Chapters:
		held = show.Count(o.Cues, "chapter")
	case f.Sentences:
		held = show.Count(o.Sentences, "sentence")
	}
	fmt.Fprintf(w, "wrote %s, %s\n", show.Printable(name), held)
}

// list writes the first most of lines under a heading, and how many there are beyond.
func list(w io.Writer, heading string, lines []string, most int) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(w, heading)
	for _, line := range lines[:min(len(lines), most)] {
		fmt.Fprintf(w, "  %s\n", line)
	}
	if more := len(lines) - most; more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
}

func speakersNamed(n int) string {
	if n == 0 {
		return "nobody named"
	}
	return show.Count(n, "speaker")
}

func sentencesOrClauses(n int) string {
	if n == 1 {
		return "1 sentence or clause"
	}
	return fmt.Sprintf("%d sentences or clauses", n)
}

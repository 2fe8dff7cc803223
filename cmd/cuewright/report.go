package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"cuewright/align"
	"cuewright/subtitles"
)

const (
	// maxListed findings of a kind are shown, the rest is counted.
	maxListed = 10
	// leastCertain is how many of the uncertain places are shown, the least certain
	// first.
	leastCertain = 5
	// doubtful is the confidence below which the start of a sentence is uncertain:
	// one in ten of those at it is wrong, fewer above, and a list of such sends
	// people to look at what is right.
	doubtful = 0.9
	// maxExcerpt is how much of a sentence is shown, in characters.
	maxExcerpt = 60
)

// place is a spot in an alignment that a person may want to look at.
type place struct {
	start      time.Duration
	length     time.Duration // 0: of no interest
	confidence float64       // negative: of no interest
	text       string
}

func (p place) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  ", clock(p.start))
	if p.length > 0 {
		fmt.Fprintf(&b, "%6.1fs  ", p.length.Seconds())
	}
	if p.confidence >= 0 {
		fmt.Fprintf(&b, "%.2f  ", p.confidence)
	}
	return b.String() + p.text
}

// confidence is the share of the script's sentences expected to be captioned
// within 0.25 s of where they start. A sentence that is not said counts as
// wrong, so that the transcript of another episode is never trusted.
func confidence(a *align.Alignment) float64 {
	var sum float64
	var n int
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			n++
			if s.Spoken {
				sum += s.Confidence
			}
		}
	}
	return sum / float64(max(n, 1))
}

// summarize tells a person what was done, and where to look.
func (r *result) summarize(w io.Writer, name string) {
	warn(w, r.warnings)
	a := r.alignment
	var sentences, words int
	speakers := map[string]bool{}
	var unspoken, uncertain []place
	for _, t := range a.Turns {
		if t.Speaker != "" {
			speakers[t.Speaker] = true
		}
		sentences += len(t.Sentences)
		for _, s := range t.Sentences {
			words += len(s.Words)
			p := place{s.Start, 0, s.Confidence, excerpt(t.Speaker, s)}
			switch {
			case !s.Spoken:
				unspoken = append(unspoken, p)
			case s.Confidence < doubtful:
				uncertain = append(uncertain, p)
			}
		}
	}
	var unscripted []place
	var outside time.Duration
	for _, u := range a.Unscripted {
		kind := "speech"
		if u.Kind == align.UnscriptedMusic {
			kind = "music"
		}
		for _, d := range a.Directions {
			if u.Overlap(d.Segment) > 0 {
				kind += " [" + printable(d.Text) + "]"
			}
		}
		outside += u.Duration()
		unscripted = append(unscripted, place{u.Start, u.Duration(), -1, kind})
	}
	slices.SortStableFunc(uncertain, func(x, y place) int { return cmp.Compare(x.confidence, y.confidence) })

	length, took := a.End, r.took
	fmt.Fprintf(w, "%s: %s, language %s, captioned in %.2fs, %.0f times real time\n", printable(name),
		length.Round(100*time.Millisecond), a.Lang, took.Seconds(), length.Seconds()/took.Seconds())
	fmt.Fprintf(w, "%s, %s, %s, %s\n", count(len(a.Turns), "turn"), speakersNamed(len(speakers)), count(sentences, "sentence"), count(words, "word"))
	fmt.Fprintf(w, "confidence %.2f: so many of the sentences should be captioned within 0.25 s of their start\n", confidence(a))
	list(w, fmt.Sprintf("unscripted, sound without words of the transcript, %.1fs:", outside.Seconds()), unscripted, maxListed)
	list(w, fmt.Sprintf("unspoken, not heard and left out of the captions, %s:", count(len(unspoken), "sentence")), unspoken, maxListed)
	list(w, fmt.Sprintf("least certain, of a confidence below %v:", doubtful), uncertain, leastCertain)
	for _, o := range r.outputs {
		fmt.Fprintf(w, "wrote %s, %s\n", printable(o.name), count(o.cues, "cue"))
	}
	if r.page != "" {
		fmt.Fprintf(w, "wrote %s, a page to look at\n", printable(r.page))
	}
}

func warn(w io.Writer, warnings []string) {
	for _, text := range warnings {
		fmt.Fprintln(w, "cuewright: warning:", printable(text))
	}
}

// list writes the first most of places under a heading, and how many there are beyond.
func list(w io.Writer, heading string, places []place, most int) {
	if len(places) == 0 {
		return
	}
	fmt.Fprintln(w, heading)
	for _, p := range places[:min(len(places), most)] {
		fmt.Fprintf(w, "  %v\n", p)
	}
	if more := len(places) - most; more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
}

func speakersNamed(n int) string {
	if n == 0 {
		return "nobody named"
	}
	return count(n, "speaker")
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// clock is t as caption files write it, so that it can be searched for there.
func clock(t time.Duration) string {
	ms := t.Round(time.Millisecond).Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}

// excerpt is the beginning of a sentence and who says it.
func excerpt(speaker string, s align.Sentence) string {
	if speaker != "" {
		speaker += ": "
	}
	text := []rune(printable(speaker + subtitles.SentenceText(s)))
	if len(text) > maxExcerpt {
		text = append(text[:maxExcerpt-1], '…')
	}
	return string(text)
}

// printable is s in one line and without control characters, nor those that turn
// the direction of text around: names and words come from strangers, and a terminal
// obeys what it is shown.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

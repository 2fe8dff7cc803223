package check

import (
	"fmt"
	"strings"
	"unicode"
)

// completeness finds words that only one side holds.
func (c *checker) completeness() {
	what := c.other()
	for _, r := range c.Comparison.Missing {
		words := c.ref[r.First:r.End]
		if r.Moved {
			w := c.words[r.at]
			said := words[0]
			last := c.words[min(r.at+len(words), len(c.words))-1].cue
			f := Finding{
				Segment: c.extent(w.cue, last), Kind: Moved, Level: Error, Text: r.Text, Cue: w.cue, Cues: 1 + last - w.cue,
				Message: fmt.Sprintf("words of %s stand elsewhere in %s: out of order", named(said.speaker), what), Confidence: 1, weight: 1e4 + float64(len(words)),
			}
			if said.startKnown {
				f.Expected, f.Error = new(said.Start), f.Start-said.Start
			}
			c.add(f)
			c.settle(f.Cue, f.Cues)
			continue
		}
		if len(words) < leastRun {
			continue
		}
		f := Finding{
			Kind: Missing, Level: Error, Text: r.Text, Confidence: 1, weight: float64(len(words)),
			Message: fmt.Sprintf("%d words of %s are not in the captions", len(words), what),
		}
		if c.Alignment != nil || c.in.Reference != nil {
			f.Segment = span(words)
			f.Expected = new(f.Start)
		}
		c.add(f)
	}
	for _, r := range c.Comparison.Extra {
		if r.Moved || r.End-r.First < leastRun {
			continue
		}
		words := c.words[r.First:r.End]
		c.add(Finding{
			Segment: span(words), Kind: Extra, Level: Warning, Text: r.Text, Confidence: 1, weight: float64(len(words)),
			Message: fmt.Sprintf("%d words that %s lacks", len(words), what), Cue: words[0].cue, Cues: 1 + words[len(words)-1].cue - words[0].cue,
		})
	}
}

func named(speaker string) string {
	if speaker == "" {
		return "a turn"
	}
	return speaker
}

// person is a name as it is compared.
func person(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ")
}

// speakers finds cues whose words are another's. A name that the other side
// doesn't know stands for whom it is mostly put to, as Host, Speaker 2 and MAX do,
// unless the captions name that person, too.
func (c *checker) speakers() {
	known := map[string]bool{}
	for _, r := range c.ref {
		known[person(r.speaker)] = true
	}
	type pair struct{ mine, theirs string }
	counts := map[pair]int{}
	at := match(keys(c.ref), keys(c.words))
	for i, k := range at {
		if k >= 0 {
			counts[pair{person(c.words[k].speaker), person(c.ref[i].speaker)}]++
		}
	}
	used := map[string]bool{}
	for p := range counts {
		used[p.mine] = true
	}
	means := map[string]string{}
	most := map[string]int{}
	for p, n := range counts {
		if known[p.mine] {
			means[p.mine] = p.mine
		} else if used[p.theirs] {
			continue
		} else if n > most[p.mine] || n == most[p.mine] && p.theirs < means[p.mine] {
			means[p.mine], most[p.mine] = p.theirs, n
		}
	}
	// A cue is by whoever said most of it.
	type vote struct{ wrong, words, ref int }
	votes := make([]vote, len(c.in.Cues))
	for i, k := range at {
		if k < 0 {
			continue
		}
		w, r := c.words[k], c.ref[i]
		if w.speaker == "" || r.speaker == "" {
			continue
		}
		v := &votes[w.cue]
		v.words++
		if means[person(w.speaker)] != person(r.speaker) {
			v.wrong++
			v.ref = i
		}
	}
	speaker := func(cue int) string {
		for _, w := range c.words {
			if w.cue == cue {
				return w.speaker
			}
		}
		return ""
	}
	for i := 0; i < len(votes); i++ {
		if 2*votes[i].wrong <= votes[i].words {
			continue
		}
		first := i
		should, is := c.ref[votes[i].ref].speaker, speaker(i)
		for i+1 < len(votes) && 2*votes[i+1].wrong > votes[i+1].words && c.ref[votes[i+1].ref].speaker == should && speaker(i+1) == is {
			i++
		}
		c.add(Finding{
			Segment: c.extent(first, i), Kind: Speaker, Level: Error, Text: c.in.Cues[first].Text(), Cue: first, Cues: i - first + 1,
			Message: fmt.Sprintf("said by %s, not by %s", should, is), Confidence: 1, weight: 100 * float64(i-first+1),
		})
	}
}

package check

import (
	"fmt"
	"strings"
	"unicode"
)

// checkSpeakers finds cues whose words are another's. Neighbours with the same mistake
// are one finding.
func (c *checker) checkSpeakers() {
	partners := match(keys(c.ref), keys(c.words))
	wrong := c.wrongSpeakers(partners)
	speaker := func(cue int) string { return c.cueWords[cue][0].speaker }
	for i := 0; i < len(wrong); i++ {
		should := wrong[i]
		if should == "" {
			continue
		}
		first := i
		for i+1 < len(wrong) && wrong[i+1] == should && speaker(i+1) == speaker(first) {
			i++
		}
		n := i - first + 1
		c.add(Finding{
			Segment: c.extent(first, i), Kind: Speaker, Level: Error, Text: c.in.Cues[first].Text(), Cue: first, Cues: n,
			Message:    fmt.Sprintf("said by %s, not by %s", should, speaker(first)),
			Confidence: 1, weight: Speaker.weight(float64(n)),
		})
	}
}

// wrongSpeakers returns, for each cue, who says it by the reference if that is somebody
// else than the captions have for most of its words, else "". partners are the indexes
// of the captions' words for those of the reference, or -1.
func (c *checker) wrongSpeakers(partners []int) []string {
	means := c.speakerNames(partners)
	type count struct {
		wrong, words int
		speaker      string // of the last word that is wrong
	}
	counts := make([]count, len(c.in.Cues))
	for i, k := range partners {
		if k < 0 {
			continue
		}
		w, r := c.words[k], c.ref[i]
		if w.speaker == "" || r.speaker == "" {
			continue
		}
		n := &counts[w.cue]
		n.words++
		if means[nameKey(w.speaker)] != nameKey(r.speaker) {
			n.wrong++
			n.speaker = r.speaker
		}
	}
	wrong := make([]string, len(counts))
	for i, n := range counts {
		if 2*n.wrong > n.words {
			wrong[i] = n.speaker
		}
	}
	return wrong
}

// speakerNames returns whom each name of the captions stands for, both by nameKey. A
// name that the reference doesn't know stands for whom it is mostly put to, as Host,
// Speaker 2 and MAX do, unless the captions name that person, too.
func (c *checker) speakerNames(partners []int) map[string]string {
	known := map[string]bool{} // to the reference
	for _, r := range c.ref {
		known[nameKey(r.speaker)] = true
	}
	type pair struct{ hyp, ref string }
	counts := map[pair]int{}
	used := map[string]bool{} // by the captions
	for i, k := range partners {
		if k >= 0 {
			p := pair{nameKey(c.words[k].speaker), nameKey(c.ref[i].speaker)}
			counts[p]++
			used[p.hyp] = true
		}
	}
	means := map[string]string{}
	most := map[string]int{}
	for p, n := range counts {
		switch {
		case known[p.hyp]:
			means[p.hyp] = p.hyp
		case used[p.ref]:
		case n > most[p.hyp] || n == most[p.hyp] && p.ref < means[p.hyp]:
			means[p.hyp], most[p.hyp] = p.ref, n
		}
	}
	return means
}

// nameKey returns what a name is compared by: its letters and digits in lower case, with
// single spaces between them.
func nameKey(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return strings.Join(words, " ")
}

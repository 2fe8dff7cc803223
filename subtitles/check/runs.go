package check

import "slices"

// Run is words in a row, [First, End) of the text they are in.
type Run struct {
	First, End int
	Text       string
	Moved      bool // it stands elsewhere in the other text
	at         int  // index of its first word there, where Moved
}

// len returns how many words the run has.
func (r Run) len() int { return r.End - r.First }

const (
	// maxMovedCells bounds the search for what stands elsewhere, in pairs of words, of which
	// two texts of 30,000 words that have none in common have fewer: it takes some seconds.
	maxMovedCells = 1 << 30
	// pairCells is what a pair of runs costs beyond that of its words.
	pairCells = 64
)

// unpaired returns the runs of words without a partner, those of the reference that are
// wanted. Runs that each lack and hold elsewhere are marked as moved.
func (p pairing) unpaired() (missing, extra []Run) {
	missing, extra = runsWithout(p.toHyp, p.ref), runsWithout(p.toRef, p.hyp)
	refKeys, hypKeys := keys(p.ref), keys(p.hyp)
	cells := 0
	for m := range missing {
		for e := range extra {
			x, y := missing[m].len(), extra[e].len()
			if cells += x*y + pairCells; cells > maxMovedCells {
				return missing, extra
			}
			if r, h, same := p.sameWords(missing[m], extra[e], refKeys, hypKeys); same {
				missing[m].Moved, missing[m].at = true, h
				extra[e].Moved, extra[e].at = true, r
			}
		}
	}
	return missing, extra
}

// runsWithout returns the runs of words that are wanted and have no partner.
func runsWithout(partner []int, words []word) (all []Run) {
	for i := 0; i < len(words); i++ {
		first := i
		for i < len(words) && partner[i] < 0 && words[i].wanted {
			i++
		}
		if i > first {
			all = append(all, Run{First: first, End: i, Text: text(words[first:i])})
		}
	}
	return all
}

// sameWords reports whether a run of the reference and one of the captions are the same
// words in different places, and the index in each text of the first word they share.
func (p pairing) sameWords(missing, extra Run, refKeys, hypKeys []string) (ref, hyp int, same bool) {
	r, h := refKeys[missing.First:missing.End], hypKeys[extra.First:extra.End]
	if slices.Equal(r, h) && near(p.placeInRef(extra.First), missing.First) {
		return missing.First, extra.First, true
	}
	shorter := min(len(r), len(h))
	if shorter < minMoved {
		return 0, 0, false
	}
	shared := 0
	for i, k := range match(r, h) {
		if k < 0 {
			continue
		}
		if shared == 0 {
			ref, hyp = missing.First+i, extra.First+k
		}
		shared++
	}
	return ref, hyp, shared >= minMoved && float64(shared) >= movedShare*float64(shorter)
}

// placeInRef returns where in the reference word k of the captions would stand.
func (p pairing) placeInRef(k int) int {
	for ; k >= 0; k-- {
		if p.toRef[k] >= 0 {
			return p.toRef[k] + 1
		}
	}
	return 0
}

func near(a, b int) bool { return max(a-b, b-a) <= nearMoved }

// dropStrays undoes matches of few words amid many that have none: they are common
// words and say nothing of their times. The partners in at are indexes into a text of n
// words, or -1.
func dropStrays(at []int, n int) {
	type run struct{ a, b, len int } // a and b are where it begins in each text
	runs := []run{{}}                // the beginning of both texts
	for i, k := range at {
		if k < 0 {
			continue
		}
		if r := &runs[len(runs)-1]; r.len > 0 && r.a+r.len == i && r.b+r.len == k {
			r.len++
		} else {
			runs = append(runs, run{i, k, 1})
		}
	}
	runs = append(runs, run{len(at), n, 0})
	gap := func(x, y run) int { return max(y.a-x.a-x.len, y.b-x.b-x.len) }
	for i := 1; i+1 < len(runs); i++ {
		r := runs[i]
		if r.len <= strayRun && min(gap(runs[i-1], r), gap(r, runs[i+1])) >= minAround {
			for k := range r.len {
				at[r.a+k] = -1
			}
		}
	}
}

// dropReplaced undoes the matches of cues that hold other words than what they stand for: fewer
// than half of their words have a partner, and none of these more than strayRun in a row, so that
// they are words that any text holds. The partners in at are indexes into words, or -1.
func dropReplaced(at []int, words []word) {
	from := slices.Repeat([]int{-1}, len(words)) // the other way round
	for i, k := range at {
		if k >= 0 {
			from[k] = i
		}
	}
	for first, cue := range chunks(words, cueOf) {
		paired, run, longest := 0, 0, 0
		for k := first; k < first+len(cue); k++ {
			follows := k > first && from[k-1] >= 0 && from[k] == from[k-1]+1
			if from[k] < 0 {
				continue
			}
			run = pick(follows, run, 0) + 1
			paired, longest = paired+1, max(longest, run)
		}
		if 2*paired >= len(cue) || longest > strayRun || len(cue)-paired < minAround {
			continue
		}
		for _, i := range from[first : first+len(cue)] {
			if i >= 0 {
				at[i] = -1
			}
		}
	}
}

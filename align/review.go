package align

import (
	"cmp"
	"slices"
	"time"
)

// SaidBy is a sentence and who says it.
type SaidBy struct {
	Sentence
	Speaker string // "" where nobody is named
}

// Review is what of an alignment is worth a look, beside its Unscripted.
type Review struct {
	Doubtful   []SaidBy      // sentences of which it is doubtful whether they are said, in the script's order
	Aside      []SaidBy      // sentences that look like notes but are said, in the script's order
	Unspoken   []SaidBy      // sentences that nobody says, in the script's order
	Uncertain  []SaidBy      // other spoken sentences whose start is doubtful, the least certain first
	Unscripted time.Duration // how long Alignment.Unscripted lasts in all
}

// Review returns what of the alignment is worth a look. The start of a sentence is
// doubtful where its confidence is below doubtful.
func (a *Alignment) Review(doubtful float64) Review {
	var r Review
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if t.Aside && s.Spoken {
				r.Aside = append(r.Aside, SaidBy{s, t.Speaker})
			}
			switch {
			case !s.Spoken:
				r.Unspoken = append(r.Unspoken, SaidBy{s, t.Speaker})
			case s.Doubtful:
				r.Doubtful = append(r.Doubtful, SaidBy{s, t.Speaker})
			case s.Confidence < doubtful:
				r.Uncertain = append(r.Uncertain, SaidBy{s, t.Speaker})
			}
		}
	}
	slices.SortStableFunc(r.Uncertain, func(x, y SaidBy) int { return cmp.Compare(x.Confidence, y.Confidence) })
	for _, u := range a.Unscripted {
		r.Unscripted += u.Duration()
	}
	return r
}
